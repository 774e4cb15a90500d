//! Dates as sources write them, in the languages of newspapers. The day is taken as printed: no zone moves it, and no date is
//! made up. `03/04/2006` stays open until a whole batch says which number is the day.

use crate::formats::articles::found::Doubt;
use crate::model::article::Meta;
use crate::text::fold::{fold_char, squeeze};
use jiff::civil::Date;

/// What a date says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dated {
    /// A day, or where it is vague a month, a year or the first day of several: ISO 8601.
    Plain {
        iso: String,
        is_vague: bool,
    },
    /// Two numbers of which either may be the day, and the year.
    DayMonth {
        a: u8,
        b: u8,
        year: i32,
    },
    Unknown,
}

/// Which number of `03/04/2006` is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    DayFirst,
    MonthFirst,
}

/// What the dates of a batch prove of their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    Of(Order),
    /// Some have the day first and others the month.
    Contradictory,
    /// None has a number over 12.
    Nothing,
}

/// Longer words are no date; no more of them is looked at or kept.
const MAX_CHARS: usize = 200;

/// Puts a date into `meta` as it is written, and as ISO where it is plain. Says if it is vague.
pub fn put(meta: &mut Meta, written: &str) -> Option<Doubt> {
    let written: String = squeeze(written).chars().take(MAX_CHARS).collect();
    if written.is_empty() {
        return None;
    }
    let dated = read(&written);
    let (iso, is_vague) = match dated {
        Dated::Plain { iso, is_vague } => (Some(iso), is_vague),
        Dated::DayMonth { .. } | Dated::Unknown => (None, false),
    };
    meta.published_as = (iso.as_ref() != Some(&written)).then(|| written.clone());
    meta.published = iso;
    is_vague.then_some(Doubt::VagueDate(written))
}

/// Reads a date.
pub fn read(written: &str) -> Dated {
    let folded = folded(written);
    if let Some(dated) = with_signs(&folded) {
        return dated;
    }
    let tokens = tokens(&folded);
    if let Some(numbers) = numbers(&tokens) {
        return of_numbers(numbers);
    }
    named(&tokens).or_else(|| year_alone(&tokens)).unwrap_or(Dated::Unknown)
}

/// The ISO date in an order that somebody knows; that of a plain date whatever the order.
pub fn in_order(written: &str, order: Order) -> Option<String> {
    match read(written) {
        Dated::Plain { iso, .. } => Some(iso),
        Dated::DayMonth { a, b, year } => {
            let (day, month) = if order == Order::DayFirst { (a, b) } else { (b, a) };
            iso(year, month.into(), day.into())
        }
        Dated::Unknown => None,
    }
}

/// What dates prove of the order that they are written in.
pub fn order_of<'a>(written: impl Iterator<Item = &'a str>) -> Proof {
    let mut proof = Proof::Nothing;
    for date in written {
        let Some(found) = numbers(&tokens(&folded(date))) else { continue };
        let (a, b) = (found.first, found.second);
        if found.is_year_first || (iso(found.year, b, a).is_none() && iso(found.year, a, b).is_none()) {
            continue;
        }
        let order = match (a > 12, b > 12) {
            (true, false) => Order::DayFirst,
            (false, true) => Order::MonthFirst,
            _ => continue,
        };
        proof = match proof {
            Proof::Nothing => Proof::Of(order),
            Proof::Of(other) if other == order => proof,
            Proof::Of(_) | Proof::Contradictory => return Proof::Contradictory,
        };
    }
    proof
}

/// Lower case without accents, also of Greek and Russian letters, with plain digits; no more than a date has.
fn folded(written: &str) -> String {
    let mut folded = String::new();
    for c in written.chars().take(MAX_CHARS) {
        match c {
            '\u{ff10}'..='\u{ff19}' => {
                folded.extend(char::from_digit(u32::from(c) - 0xff10, 10));
            }
            _ => fold_char(c, &mut folded),
        }
    }
    let plain = |c| match c {
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        'й' => 'и',
        'ё' => 'е',
        _ => c,
    };
    folded.chars().map(plain).collect()
}

/// A day that is in the calendar, as ISO.
fn iso(year: i32, month: u32, day: u32) -> Option<String> {
    let year = i16::try_from(year).ok().filter(|year| (1000..3000).contains(year))?;
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some(date.to_string())
}

fn day(year: i32, month: u32, day: u32, is_vague: bool) -> Dated {
    iso(year, month, day).map_or(Dated::Unknown, |iso| Dated::Plain { iso, is_vague })
}

fn month_of(year: i32, month: u32) -> Dated {
    let iso = iso(year, month, 1).and_then(|iso| Some(iso.get(..7)?.to_owned()));
    iso.map_or(Dated::Unknown, |iso| Dated::Plain { iso, is_vague: true })
}

/// Years with a sign behind each number: `2018年5月28日`, `2018년 5월 28일`.
fn with_signs(folded: &str) -> Option<Dated> {
    let (before, rest) = folded.split_once(['年', '년'])?;
    let digits_before = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let year: i32 = before.get(before.len() - digits_before..)?.parse().ok()?;
    let number = |text: &str| text.trim().parse::<u32>().ok();
    let Some((month, rest)) = rest.split_once(['月', '월']).and_then(|(n, rest)| Some((number(n)?, rest)))
    else {
        return Some(year_of(year));
    };
    Some(match rest.split_once(['日', '일', '号', '號']).and_then(|(n, _)| number(n)) {
        Some(n) => day(year, month, n, false),
        None => month_of(year, month),
    })
}

fn year_of(year: i32) -> Dated {
    if !(1000..3000).contains(&year) {
        return Dated::Unknown;
    }
    Dated::Plain { iso: format!("{year}"), is_vague: true }
}

/// A piece of a date.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Token<'a> {
    kind: Kind,
    /// What stands between it and the one before, without white space.
    gap: &'a str,
    /// Whether a blank stands before it.
    is_apart: bool,
    /// Whether it ends a stretch of time: `11-12`, `11 to 12`.
    ends_range: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Number {
        n: u32,
        n_digits: usize,
    },
    Month(u32),
    Season,
    /// A word that no date has.
    Other,
}

impl Kind {
    /// A number and how many digits it has.
    fn number(self) -> Option<(u32, usize)> {
        match self {
            Self::Number { n, n_digits } => Some((n, n_digits)),
            Self::Month(_) | Self::Season | Self::Other => None,
        }
    }
}

/// What says something, without weekdays and small words; a time of day and a zone are none of it.
fn tokens(folded: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut rest, mut ends_range, mut gap_start) = (folded, false, 0);
    while let Some(first) = rest.chars().next() {
        let at = folded.len() - rest.len();
        let is_like = |c: char| if first.is_ascii_digit() { c.is_ascii_digit() } else { is_letter(c) };
        let len = rest.find(|c| !is_like(c)).unwrap_or(rest.len());
        if len == 0 {
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
            continue;
        }
        let (word, after) = rest.split_at_checked(len).unwrap_or((rest, ""));
        rest = after;
        let gap = folded.get(gap_start..at).unwrap_or_default();
        gap_start = at + len;
        if first.is_ascii_digit() && is_time(after) {
            let n = after
                .find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | '+')))
                .unwrap_or(after.len());
            rest = after.get(n..).unwrap_or_default();
            gap_start += n;
            continue;
        }
        // `11./12. March`.
        let sign = gap.trim_matches([' ', '.', '\t']);
        let kind = match word.parse() {
            Ok(n) => Kind::Number { n, n_digits: len },
            Err(_) if has(SKIPPED, word) => {
                ends_range |= sign == "-";
                continue;
            }
            Err(_) if has(UNTIL, word) => {
                ends_range = true;
                continue;
            }
            Err(_) => kind_of(word),
        };
        ends_range |= matches!(sign, "-" | "--" | "/");
        tokens.push(Token { kind, gap: gap.trim(), is_apart: gap.contains(char::is_whitespace), ends_range });
        ends_range = false;
    }
    tokens
}

/// A letter of a word; the sign of `1º` is one too.
fn is_letter(c: char) -> bool {
    c.is_alphabetic()
}

/// Whether minutes come next.
fn is_time(after: &str) -> bool {
    after.strip_prefix(':').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

fn kind_of(word: &str) -> Kind {
    let month = (1..).zip(MONTHS).find(|(_, names)| has(names, word));
    match month {
        Some((n, _)) => Kind::Month(n),
        None if has(SEASONS, word) => Kind::Season,
        None => Kind::Other,
    }
}

fn has(list: &str, word: &str) -> bool {
    list.split(' ').any(|other| other == word)
}

/// Three numbers with a sign between them.
#[derive(Debug, Clone, Copy)]
struct Numbers {
    year: i32,
    first: u32,
    second: u32,
    /// `2006-03-14`, where the month comes first of all others.
    is_year_first: bool,
}

/// The first three numbers that are a date by their signs, or the eight digits that are all there is.
fn numbers(tokens: &[Token<'_>]) -> Option<Numbers> {
    if let Some(Token { kind: Kind::Number { n, n_digits: 8 }, .. }) = tokens.first()
        && tokens
            .get(1)
            .is_none_or(|next| matches!(next.kind, Kind::Other | Kind::Number { n_digits: 6, .. }))
    {
        let year = i32::try_from(n / 10_000).ok()?;
        return Some(Numbers { year, first: n / 100 % 100, second: n % 100, is_year_first: true });
    }
    tokens.windows(3).find_map(|three| {
        let [_, second, third] = three else { return None };
        let sign = second.gap;
        if !matches!(sign, "-" | "/" | ".") || third.gap != sign || (second.is_apart && sign != ".") {
            return None;
        }
        let lens: Vec<usize> =
            three.iter().map(|token| token.kind.number().map_or(0, |(_, len)| len)).collect();
        let numbers: Vec<u32> =
            three.iter().filter_map(|token| token.kind.number()).map(|(n, _)| n).collect();
        let &[before, between, last] = numbers.as_slice() else { return None };
        let whole = |year: u32| i32::try_from(year).ok();
        let (year, first, second, is_year_first) = match lens.as_slice() {
            [4, 1 | 2, 1 | 2] => (whole(before)?, between, last, true),
            [1 | 2, 1 | 2, 4] => (whole(last)?, before, between, false),
            [1 | 2, 1 | 2, 2] if sign != "-" => (short_year(last), before, between, false),
            _ => return None,
        };
        Some(Numbers { year, first, second, is_year_first })
    })
}

/// As POSIX reads years of two digits.
fn short_year(n: u32) -> i32 {
    let n = i32::try_from(n).unwrap_or_default();
    if n < 69 { 2000 + n } else { 1900 + n }
}

fn of_numbers(Numbers { year, first, second, is_year_first }: Numbers) -> Dated {
    if is_year_first {
        return day(year, first, second, false);
    }
    match (iso(year, second, first), iso(year, first, second)) {
        (Some(iso), None) | (None, Some(iso)) => Dated::Plain { iso, is_vague: false },
        (Some(iso), Some(other)) if iso == other => Dated::Plain { iso, is_vague: false },
        (Some(_), Some(_)) => match (u8::try_from(first), u8::try_from(second)) {
            (Ok(a), Ok(b)) => Dated::DayMonth { a, b, year },
            _ => Dated::Unknown,
        },
        (None, None) => Dated::Unknown,
    }
}

/// A date with the name of a month. What names a day that is in no calendar is no date, and no vaguer one either.
fn named(tokens: &[Token<'_>]) -> Option<Dated> {
    let rests = || (0..tokens.len()).filter_map(|n| tokens.get(n..));
    rests().find_map(named_day).or_else(|| rests().find_map(named_month))
}

/// The date that these begin with.
fn named_day(rest: &[Token<'_>]) -> Option<Dated> {
    let part = |n: usize| rest.get(n).copied();
    let month = |n| part(n).and_then(|token| if let Kind::Month(n) = token.kind { Some(n) } else { None });
    let number = |n, digits: &[usize]| {
        part(n).and_then(|token| match token.kind {
            Kind::Number { n, n_digits } if digits.contains(&n_digits) => Some(n),
            _ => None,
        })
    };
    let short = |n| number(n, &[1, 2]);
    let year = |n| number(n, &[4]).and_then(|year| i32::try_from(year).ok());
    let ends_range = |n| part(n).is_some_and(|token| token.ends_range);
    // `14 March 2006`, `11-12 March 2006`, `30 March - 2 April 2006`.
    if let Some(first) = short(0) {
        if let (Some(m), Some(y)) = (month(1), year(2)) {
            return Some(day(y, m, first, false));
        }
        if let (Some(m), Some(y)) = (month(1), number(2, &[2]))
            && part(1).is_some_and(|token| token.gap == "-")
            && part(2).is_some_and(|token| token.gap == "-")
        {
            return Some(day(short_year(y), m, first, false));
        }
        if let (Some(_), true, Some(m), Some(y)) = (short(1), ends_range(1), month(2), year(3)) {
            return Some(day(y, m, first, true));
        }
        if let (Some(m), Some(_), Some(other), Some(y)) = (month(1), short(2), month(3), year(4)) {
            return Some(if other < m { Dated::Unknown } else { day(y, m, first, true) });
        }
    }
    // `March 14, 2006`, `March 11-12, 2006`, `March 30 - April 2, 2006`.
    if let (Some(m), Some(first)) = (month(0), short(1)) {
        if let Some(y) = year(2) {
            return Some(day(y, m, first, false));
        }
        if let (Some(_), true, Some(y)) = (short(2), ends_range(2), year(3)) {
            return Some(day(y, m, first, true));
        }
        if let (Some(other), Some(_), Some(y)) = (month(2), short(3), year(4)) {
            return Some(if other < m { Dated::Unknown } else { day(y, m, first, true) });
        }
    }
    // `2006 March 14`.
    let (y, m, last) = (year(0)?, month(1)?, short(2)?);
    Some(day(y, m, last, false))
}

/// `March 2006`, `March/April 2006`, `2006 March`.
fn named_month(rest: &[Token<'_>]) -> Option<Dated> {
    let year = |n: usize| match rest.get(n)?.kind {
        Kind::Number { n, n_digits: 4 } => i32::try_from(n).ok(),
        _ => None,
    };
    let month = |n: usize| match rest.get(n)?.kind {
        Kind::Month(n) => Some(n),
        _ => None,
    };
    match (month(0), month(1)) {
        (Some(first), None) => Some(month_of(year(1)?, first)),
        (Some(first), Some(last)) if first < last => Some(month_of(year(2)?, first)),
        (None, Some(only)) => Some(month_of(year(0)?, only)),
        _ => None,
    }
}

/// `2006`, `Spring 2006`, `2006-03`.
fn year_alone(tokens: &[Token<'_>]) -> Option<Dated> {
    let year = |token: &Token<'_>| match token.kind {
        Kind::Number { n, n_digits: 4 } => i32::try_from(n).ok(),
        _ => None,
    };
    if let [first, Token { kind: Kind::Number { n, n_digits: 2 }, gap: "-", .. }] = tokens
        && (1..=12).contains(n)
    {
        return Some(month_of(year(first)?, *n));
    }
    let mut others = tokens.iter().filter(|token| token.kind != Kind::Season);
    let found = year(others.next()?)?;
    others.next().is_none().then(|| year_of(found))
}

/// The names of each month, folded: en de fr es it pt nl sv da nb fi pl cs ru tr el, whole, short, and as they stand in a date.
const MONTHS: [&str; 12] = [
    "january jan januar janner jaenner janvier janv enero ene gennaio gen janeiro januari tammikuu tammikuuta tammi \
     styczen stycznia sty leden ledna led январь января янв ocak oca ιανουαριοσ ιανουαριου ιαν",
    "february feb februar feber fevrier fevr fev febrero febbraio fevereiro februari helmikuu helmikuuta helmi luty lutego lut \
     unor unora uno февраль февраля фев февр subat sub φεβρουαριοσ φεβρουαριου φεβ",
    "march mar marz maerz mrz mars marzo marco maart mrt marts maaliskuu maaliskuuta maalis marzec marca brezen brezna bre \
     март марта мар mart μαρτιοσ μαρτιου μαρ",
    "april apr avril avr abril abr aprile huhtikuu huhtikuuta huhti kwiecien kwietnia kwi duben dubna dub апрель апреля апр \
     nisan nis απριλιοσ απριλιου απρ",
    "may mai mayo maggio mag maio mei maj toukokuu toukokuuta touko maja kveten kvetna kve маи мая mayis μαιοσ μαιου μαι",
    "june jun juni juin junio giugno giu junho kesakuu kesakuuta kesa czerwiec czerwca cze cerven cervna июнь июня июн haziran \
     haz ιουνιοσ ιουνιου ιουν",
    "july jul juli juillet juil julio luglio lug julho heinakuu heinakuuta heina lipiec lipca lip cervenec cervence июль июля \
     июл temmuz tem ιουλιοσ ιουλιου ιουλ",
    "august aug aout agosto ago augustus augusti elokuu elokuuta elo sierpien sierpnia sie srpen srpna srp август августа авг \
     agustos agu αυγουστοσ αυγουστου αυγ",
    "september sep sept septembre septiembre setiembre set settembre setembro syyskuu syyskuuta syys wrzesien wrzesnia wrz \
     zari zar сентябрь сентября сен сент eylul eyl σεπτεμβριοσ σεπτεμβριου σεπ σεπτ",
    "october oct oktober okt octobre octubre ottobre ott outubro out lokakuu lokakuuta loka pazdziernik pazdziernika paz \
     rijen rijna rij октябрь октября окт ekim eki οκτωβριοσ οκτωβριου οκτ",
    "november nov novembre noviembre novembro marraskuu marraskuuta marras listopad listopada listopadu lis ноябрь ноября ноя \
     нояб kasim kas νοεμβριοσ νοεμβριου νοε νοεμ",
    "december dec dezember dez decembre diciembre dic dicembre dezembro desember des joulukuu joulukuuta joulu grudzien \
     grudnia gru prosinec prosince pro декабрь декабря дек aralik ara δεκεμβριοσ δεκεμβριου δεκ",
];

/// What stands in a date and says nothing of the day, folded: weekdays, small words, ordinals.
const SKIPPED: &str = "\
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun \
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so \
    lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim \
    lunes martes miercoles jueves viernes sabado domingo mie jue vie sab dom \
    lunedi martedi mercoledi giovedi venerdi sabato domenica gio \
    segunda terca quarta quinta sexta feira segunda-feira seg ter qua qui sex \
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo vr za zo \
    mandag tisdag onsdag torsdag fredag lordag sondag lordag tirsdag man tis ons tors fre lor son tir tor \
    maanantai maanantaina tiistai tiistaina keskiviikko keskiviikkona torstai torstaina perjantai perjantaina \
    lauantai lauantaina sunnuntai sunnuntaina ti ke pe la su \
    poniedzialek wtorek sroda czwartek piatek sobota niedziela pon wt sr czw pt sob niedz nd \
    pondeli utery streda ctvrtek patek nedele po ut st ct pa ne \
    понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс \
    pazartesi sali carsamba persembe cuma cumartesi pazar \
    δευτερα τριτη τεταρτη πεμπτη παρασκευη σαββατο κυριακη \
    of the de del d den der le el il al am vom dem on em da o a e i y og och et \
    nd rd th er re eme ste \u{ba} \u{aa} t z utc gmt cet cest mez mesz est edt pst pdt bst et am pm";

/// Words between the two ends of a stretch of time, folded.
const UNTIL: &str = "to until through bis und and au tot en till til do";

/// What a year is divided into where no month is named, folded.
const SEASONS: &str = "\
    spring summer autumn fall winter fruhling fruhjahr fruehjahr sommer herbst printemps ete automne hiver primavera verano otono \
    invierno estate autunno inverno verao outono lente voorjaar zomer herfst najaar var host";

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(written: &str) -> String {
        match read(written) {
            Dated::Plain { iso, is_vague: false } => iso,
            Dated::Plain { iso, is_vague: true } => format!("~{iso}"),
            Dated::DayMonth { a, b, year } => format!("{a}|{b} {year}"),
            Dated::Unknown => "?".to_owned(),
        }
    }

    fn check(rows: &[(&str, &str)]) {
        let got: Vec<_> = rows.iter().map(|(written, _)| (*written, shown(written))).collect();
        let want: Vec<_> = rows.iter().map(|(written, want)| (*written, (*want).to_owned())).collect();
        assert_eq!(got, want);
    }

    #[test]
    fn days_in_numbers() {
        check(&[
            ("2012-01-09", "2012-01-09"),
            ("2012-01-09T01:35:58Z", "2012-01-09"),
            ("2012-01-09T23:35:58.123-08:00", "2012-01-09"),
            ("2012-01-09 01:35", "2012-01-09"),
            ("2012/1/9", "2012-01-09"),
            ("2012.01.09.", "2012-01-09"),
            ("20060314", "2006-03-14"),
            ("20060314T101500Z", "2006-03-14"),
            ("20061314", "?"),
            ("14/03/2006", "2006-03-14"),
            ("03/14/2006", "2006-03-14"),
            ("14.3.2006", "2006-03-14"),
            ("14. 3. 2006", "2006-03-14"),
            ("Di, 14.03.2006, 10:15 Uhr", "2006-03-14"),
            ("14-03-2006", "2006-03-14"),
            ("3/14/06 10:00", "2006-03-14"),
            ("14.03.99", "1999-03-14"),
            ("03/04/2006", "3|4 2006"),
            ("3.4.2006", "3|4 2006"),
            ("04/04/2006", "2006-04-04"),
            ("31/02/2006", "?"),
            ("32/13/2006", "?"),
            ("2006-02-29", "?"),
            ("1142294400", "?"),
            ("10:15", "?"),
            ("10.15", "?"),
        ]);
    }

    #[test]
    fn days_in_words() {
        check(&[
            ("January 11, 2010 Monday", "2010-01-11"),
            ("July 4, 2019 Thursday 1:04 PM GMT", "2019-07-04"),
            ("July 4, 2019 Thursday 1:04 PM GMT+1", "2019-07-04"),
            ("May 8, 2010", "2010-05-08"),
            ("Mar 3 2019", "2019-03-03"),
            ("Tuesday, March 14th, 2006", "2006-03-14"),
            ("12 April 2013 Tuesday", "2013-04-12"),
            ("Tue, 14 Mar 2006 23:10:00 -0800", "2006-03-14"),
            ("Tue Mar 14 10:00:00 UTC 2006", "2006-03-14"),
            ("14-Mar-2006", "2006-03-14"),
            ("14-MAR-06", "2006-03-14"),
            ("14Mar2006", "2006-03-14"),
            ("2006 Mar 14", "2006-03-14"),
            ("5. Juli 2019 Freitag", "2019-07-05"),
            ("27. Februar 2012 Montag 9:50 PM GMT+1", "2012-02-27"),
            ("Samstag 7. März 2020", "2020-03-07"),
            ("3. J\u{e4}nner 2011", "2011-01-03"),
            ("1er mars 2006", "2006-03-01"),
            ("mar. 14 mars 2006", "2006-03-14"),
            ("mardi 14 mars 2006, p. 16", "2006-03-14"),
            ("Politique, mardi 14 mars 2006, p. 16", "2006-03-14"),
            ("1 ao\u{fb}t 2006", "2006-08-01"),
            ("1 aou\u{302}t 2006", "2006-08-01"),
            ("5 de julio de 2019", "2019-07-05"),
            ("viernes 5 de julio del 2019", "2019-07-05"),
            ("domenica 1\u{ba} maggio 2011", "2011-05-01"),
            ("segunda-feira, 14 de mar\u{e7}o de 2006", "2006-03-14"),
            ("dinsdag 14 maart 2006", "2006-03-14"),
            ("den 14 mars 2006", "2006-03-14"),
            ("tirsdag den 14. marts 2006", "2006-03-14"),
            ("14. desember 2006", "2006-12-14"),
            ("tiistaina 14. maaliskuuta 2006", "2006-03-14"),
            ("14 pa\u{17a}dziernika 2006 r.", "2006-10-14"),
            ("14. \u{159}\u{ed}jna 2006", "2006-10-14"),
            ("14 марта 2006 г.", "2006-03-14"),
            ("вторник, 5 мая 2015", "2015-05-05"),
            ("14 A\u{11f}ustos 2006 Pazartesi", "2006-08-14"),
            ("14 ARALIK 2006", "2006-12-14"),
            ("14 Kas\u{131}m 2006", "2006-11-14"),
            ("Τρίτη, 14 Μαρτίου 2006", "2006-03-14"),
            ("5 ΜΑΪΟΥ 2006", "2006-05-05"),
            ("2018年5月28日 星期一", "2018-05-28"),
            ("２０１８年５月２８日", "2018-05-28"),
            ("2018년 5월 28일", "2018-05-28"),
            ("31 February 2010", "?"),
            ("February 31, 2010", "?"),
            ("45 May 2010", "?"),
            ("2018年2月30日", "?"),
            ("14 March", "?"),
            ("yesterday", "?"),
            ("", "?"),
            ("The Lynd Echo", "?"),
        ]);
    }

    #[test]
    fn vague_dates() {
        check(&[
            ("May 2010", "~2010-05"),
            ("mai 2010", "~2010-05"),
            ("2010-05", "~2010-05"),
            ("2018年5月", "~2018-05"),
            ("May/June 2010", "~2010-05"),
            ("Spring 2010", "~2010"),
            ("Fr\u{fc}hjahr 2010", "~2010"),
            ("Fall/Winter 2010", "~2010"),
            ("2010", "~2010"),
            ("January 11-12, 2010", "~2010-01-11"),
            ("11./12. Januar 2010", "~2010-01-11"),
            ("11 to 12 January 2010", "~2010-01-11"),
            ("January 30 - February 2, 2010", "~2010-01-30"),
            ("30 January\u{2013}2 February 2010", "~2010-01-30"),
            ("December 30 - January 2, 2010", "?"),
            ("Issue 12 2010", "?"),
            ("9999", "?"),
        ]);
    }

    #[test]
    fn names_of_months_clash_nowhere_and_are_folded() {
        let all: Vec<(usize, &str)> = MONTHS
            .iter()
            .enumerate()
            .flat_map(|(n, names)| names.split(' ').map(move |name| (n, name)))
            .collect();
        for (n, name) in &all {
            assert_eq!(folded(name), *name);
            assert!(all.iter().all(|(other, same)| same != name || other == n), "{name}");
            assert!(!has(SKIPPED, name) && !has(UNTIL, name) && !has(SEASONS, name), "{name}");
        }
        for word in SKIPPED.split(' ').chain(UNTIL.split(' ')).chain(SEASONS.split(' ')) {
            assert!(!word.is_empty());
        }
    }

    #[test]
    fn a_batch_proves_its_order() {
        let proof = |dates: &[&str]| order_of(dates.iter().copied());
        assert_eq!(proof(&["03/04/2006", "14/04/2006"]), Proof::Of(Order::DayFirst));
        assert_eq!(proof(&["03/04/2006", "04/14/2006", "5 May 2006"]), Proof::Of(Order::MonthFirst));
        assert_eq!(proof(&["14/04/2006", "04/14/2006"]), Proof::Contradictory);
        assert_eq!(proof(&["03/04/2006", "2006-04-14", "32/01/2006"]), Proof::Nothing);
        assert_eq!(in_order("03/04/2006", Order::DayFirst).as_deref(), Some("2006-04-03"));
        assert_eq!(in_order("03/04/2006", Order::MonthFirst).as_deref(), Some("2006-03-04"));
        assert_eq!(in_order("14/04/2006", Order::MonthFirst).as_deref(), Some("2006-04-14"));
        assert_eq!(in_order("soon", Order::MonthFirst), None);
    }

    #[test]
    fn metadata_keep_the_date_as_it_is_written() {
        let check = |written: &str, published: Option<&str>, published_as: Option<&str>, is_vague: bool| {
            let mut meta = Meta::default();
            let doubt = put(&mut meta, written);
            assert_eq!((meta.published.as_deref(), meta.published_as.as_deref()), (published, published_as));
            assert_eq!(doubt.is_some(), is_vague);
        };
        check(" 2006-03-14 ", Some("2006-03-14"), None, false);
        check("14.\u{a0}M\u{e4}rz\n2006", Some("2006-03-14"), Some("14. M\u{e4}rz 2006"), false);
        check("May 2010", Some("2010-05"), Some("May 2010"), true);
        check("2010", Some("2010"), None, true);
        check("03/04/2006", None, Some("03/04/2006"), false);
        check("soon", None, Some("soon"), false);
        check("  ", None, None, false);
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn whatever_is_read_is_in_the_calendar(written in "[ -~0-9年月日/.-]{0,40}") {
            if let Dated::Plain { iso, .. } = read(&written) {
                let whole = format!("{iso}-01-01");
                proptest::prop_assert!(whole.get(..10).unwrap().parse::<Date>().is_ok(), "{}", iso);
            }
        }

        #[test]
        fn every_day_is_read_in_every_form(year in 1000_i16..3000, month in 1_i8..=12, n in 1_i8..=28, which in 0_usize..100) {
            let want = Date::new(year, month, n).unwrap().to_string();
            let names: Vec<_> = MONTHS[usize::try_from(month).unwrap() - 1].split(' ').collect();
            let name = names[which % names.len()];
            for written in [
                format!("{n}. {name} {year}"), format!("{name} {n}, {year}"), format!("{year}-{month:02}-{n:02}T10:00:00Z"),
                format!("{n} de {name} de {year} 10:15"), format!("{year}年{month}月{n}日"),
            ] {
                proptest::prop_assert_eq!(shown(&written), want.clone(), "{}", written);
            }
        }
    }
}
