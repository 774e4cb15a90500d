//! Where and when a report was written: `WASHINGTON (AP) — ` before the text, `Friday, July 21, 2017` on its own line.

/// The length in bytes of a dateline such as `WASHINGTON (AP) — ` at the start of a paragraph, its dash and the
/// white space after it included. It may be the whole paragraph. `lang`: two letters, or empty where unknown.
pub fn dateline_len(text: &str, lang: &str) -> Option<usize> {
    let look = text.get(..text.floor_char_boundary(MAX_DATELINE_BYTES))?;
    let len = after_dash(look).or_else(|| after_full_stop(look, lang))?;
    let rest = text.get(len..)?;
    let opens = rest.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || "\"'“‘«„".contains(c));
    (opens || rest.is_empty()).then_some(len)
}

/// Whether a line is a dateline and nothing else; here it needs no dash after its agency.
pub fn is_dateline(line: &str) -> bool {
    if line.len() > MAX_DATELINE_BYTES {
        return false;
    }
    let is_before_dash = after_dash(line).is_some_and(|len| len == line.len());
    is_before_dash || Place::read(line).is_some_and(|place| place.has_known_agency && !place.city.is_empty())
}

/// Whether a line is a date and nothing else: `Friday, July 21, 2017`, `Updated 5:04 PM, Nov. 5, 2019`.
pub fn is_date(line: &str) -> bool {
    if line.len() > MAX_DATELINE_BYTES {
        return false;
    }
    let (mut has_day, mut has_month, mut has_year, mut is_whole) = (false, false, false, false);
    for word in line.split(|c: char| c.is_whitespace() || ",|•()".contains(c)) {
        let word = word.trim_end_matches([':', '.', '-', '–', '—']);
        let lower = word.to_lowercase();
        let is_number = !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
        if is_number && word.len() == 4 {
            has_year |= word.starts_with("19") || word.starts_with("20");
        } else if is_number && word.len() <= 2 || is_ordinal(&lower) {
            has_day = true;
        } else if has(MONTHS, &lower) {
            has_month = true;
        } else if is_numeric_date(word) {
            is_whole = true;
        } else if !(word.is_empty() || is_time(&lower) || has(DATE_WORDS, &lower)) {
            return false;
        }
    }
    is_whole || (has_day && has_month && has_year)
}

const MAX_DATELINE_BYTES: usize = 100;

/// In these languages' newspapers a place in capitals may end with a full stop: `HAMBURG. Der Senat …`.
const WITH_FULL_STOP: &[&str] = &["de", "sv"];

/// Words in capitals before a dash that name no place. Lists are one text each, a comma between its words.
const NO_PLACES: &str = "\
    ACHTUNG, ALERT, ANALYSE, ANALYSIS, ASEAN, BREAKING, BREXIT, CORRECTION, COVID, DANKE, EDITORIAL, EILMELDUNG, \
    ENDE, EXCLUSIVE, EXKLUSIV, FACTBOX, FIFA, HALT, HOW, INTERVIEW, JETZT, KOMMENTAR, LIVE, NASA, NATO, \
    NEIN, NEU, NEWS, NOT, OPEC, OPINION, STOP, STOPP, UEFA, UNESCO, UNICEF, UPDATE, UPDATED, URGENT, \
    VIDEO, WATCH, WHAT, WHY";

/// News agencies, in lower case. Others count only after a place in capitals.
const AGENCIES: &str = "\
    aap, adnkronos, afp, agi, aku, ani, anp, ansa, ap, apa, associated press, ats, belga, bernama, \
    bloomberg, bta, cnn, cp, ctk, dapd, ddp, dpa, dpa-afx, dts, efe, epd, europa press, hina, ians, \
    interfax, jiji, kna, kyodo, lusa, mti, notimex, ntb, ots, pap, pti, reuters, ria novosti, ritzau, \
    rtr, sda, sid, stt, tanjug, tass, tasr, the associated press, the canadian press, tt, unian, upi, \
    xinhua, yonhap, čtk";

const MONTHS: &str = "\
    january, february, march, april, may, june, july, august, september, october, november, december, \
    jan, feb, mar, apr, jun, jul, aug, sep, sept, oct, nov, dec, januar, jänner, februar, märz, mai, \
    juni, juli, oktober, dezember, okt, dez, janvier, février, mars, avril, juin, juillet, août, \
    septembre, octobre, novembre, décembre, janv, févr, avr, juil, déc, enero, febrero, marzo, abril, \
    mayo, junio, julio, agosto, septiembre, octubre, noviembre, diciembre, ene, abr, ago, dic, gennaio, \
    febbraio, aprile, maggio, giugno, luglio, settembre, ottobre, dicembre, gen, mag, giu, lug, set, \
    ott, janeiro, fevereiro, março, maio, junho, julho, setembro, outubro, novembro, dezembro, fev, \
    out";

/// What else stands in a line that is a date.
const DATE_WORDS: &str = "\
    monday, tuesday, wednesday, thursday, friday, saturday, sunday, mon, tue, tues, wed, thu, thur, \
    thurs, fri, sat, sun, published, posted, updated, last, first, date, on, at, of, am, pm, a.m, p.m, \
    gmt, utc, et, est, edt, ct, cst, cdt, mst, mdt, pt, pst, pdt, bst, cet, cest, montag, dienstag, \
    mittwoch, donnerstag, freitag, samstag, sonnabend, sonntag, den, um, uhr, stand, aktualisiert, \
    veröffentlicht, lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche, le, à, publié, mis, \
    jour, lunes, martes, miércoles, jueves, viernes, sábado, domingo, de, del, a, las, publicado, \
    actualizado, lunedì, martedì, mercoledì, giovedì, venerdì, sabato, domenica, pubblicato";

/// Small words inside the name of a place.
const PLACE_WORDS: &[&str] = &["de", "del", "la", "le", "of", "am", "an", "der", "sur", "upon"];

/// Where the text begins after a dash and what goes with it: `WASHINGTON (AP) — `, `MADRID, 5 nov (EFE).- `,
/// `WASHINGTON — (AP) `, `(Reuters) - `.
fn after_dash(look: &str) -> Option<usize> {
    let (at, _) = look.match_indices(DASHES).find(|&(at, dash)| is_dash(look, at, dash))?;
    let place = Place::read(look.get(..at)?.trim_end())?;
    let rest = look.get(at..)?.trim_start_matches(DASHES).trim_start();
    let behind = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let rest = match behind {
        Some((agency, rest)) if is_known_agency(agency) && !place.has_known_agency => {
            rest.trim_start().trim_start_matches(DASHES).trim_start()
        }
        _ if place.is_sure() => rest,
        _ => return None,
    };
    Some(look.len() - rest.len())
}

/// Where the text begins after a place in capitals with a full stop: `HAMBURG. `, `HAMBURG (dpa). `.
fn after_full_stop(look: &str, lang: &str) -> Option<usize> {
    if !WITH_FULL_STOP.contains(&lang) {
        return None;
    }
    let (place, rest) = look.split_once(". ")?;
    let rest = rest.trim_start();
    let read = Place::read(place)?;
    let is_name = read.city.chars().all(|c| c.is_uppercase() || c.is_whitespace() || matches!(c, '/' | '-'));
    let is_plain = !read.city.contains(char::is_whitespace) && place.len() == read.city.len();
    // One letter would be an initial, and a few are a party or a firm.
    let is_long = read.city.chars().take(4).count() == 4;
    let is_it =
        is_name && read.is_sure() && is_long && (is_plain || read.has_known_agency) && !rest.is_empty();
    is_it.then_some(look.len() - rest.len())
}

const DASHES: [char; 4] = ['—', '–', '-', '_'];

/// A dash between words: long, doubled, or a hyphen or underscore with white space on both sides.
fn is_dash(text: &str, at: usize, dash: &str) -> bool {
    let before = text.get(..at).unwrap_or("");
    let after = text.get(at + dash.len()..).unwrap_or("");
    let is_spaced =
        before.is_empty() || before.ends_with(char::is_whitespace) || before.ends_with([')', '.']);
    match dash {
        "-" | "_" => {
            is_spaced
                && (after.is_empty() || after.starts_with(char::is_whitespace) || after.starts_with('-'))
        }
        _ => is_spaced || after.starts_with(char::is_whitespace) || !before.ends_with(char::is_numeric),
    }
}

/// What stands before the dash: `WASHINGTON`, `PARIS, Feb. 16`, `WASHINGTON (AP)`, `New York (Reuters)`, `(Reuters)`.
struct Place<'a> {
    city: &'a str,
    has_agency: bool,
    has_known_agency: bool,
    in_capitals: bool,
}

impl<'a> Place<'a> {
    /// None where this is no place.
    fn read(text: &'a str) -> Option<Self> {
        let text = text
            .strip_suffix('.')
            .filter(|text| text.ends_with([')']) || is_in_capitals(text))
            .unwrap_or(text);
        let (place, agency) = match text.strip_suffix(')') {
            Some(text) => text.rsplit_once('(').map(|(place, agency)| (place.trim_end(), Some(agency)))?,
            None => (text, None),
        };
        let has_known_agency = agency.is_some_and(is_known_agency);
        let has_agency = has_known_agency
            || agency.is_some_and(|agency| agency.starts_with(char::is_uppercase) && agency.len() <= 30);
        if agency.is_some() && !has_agency {
            return None;
        }
        let (city, rest) = place.split_once(',').unwrap_or((place, ""));
        let is_it = if city.is_empty() {
            has_known_agency && place.is_empty()
        } else {
            is_name(city) && is_date_or_state(rest)
        };
        is_it.then(|| Self { city, has_agency, has_known_agency, in_capitals: is_in_capitals(city) })
    }

    /// Whether capitals or an agency speak for it. `SPD`, `BBC`: three letters or no vowel are no place by themselves.
    fn is_sure(&self) -> bool {
        let is_acronym = self.city.is_ascii()
            && !self.city.contains([' ', '-'])
            && (self.city.len() <= 3 || !self.city.contains(['A', 'E', 'I', 'O', 'U', 'Y']));
        self.has_known_agency || (self.in_capitals && (self.has_agency || !is_acronym))
    }
}

fn has(list: &str, word: &str) -> bool {
    list.split(", ").any(|other| other == word)
}

fn is_in_capitals(city: &str) -> bool {
    let n_capitals = city.chars().filter(|c| c.is_uppercase()).count();
    n_capitals >= 3 && !city.chars().any(char::is_lowercase)
}

/// One to five words, each with a capital.
fn is_name(city: &str) -> bool {
    let mut n_words = 0;
    let is_it = city.split_whitespace().all(|word| {
        n_words += 1;
        (word.starts_with(char::is_uppercase) || (n_words > 1 && PLACE_WORDS.contains(&word)))
            && !has(NO_PLACES, word)
    });
    is_it
        && (1..=5).contains(&n_words)
        && !city.contains(|c: char| c.is_numeric() || "?!:;\"“”()".contains(c))
}

fn is_date_or_state(text: &str) -> bool {
    text.split_whitespace().count() <= 5
        && text.split_whitespace().all(|word| {
            let bare = word.trim_end_matches([',', '.']);
            word.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
                || has(MONTHS, bare)
                || PLACE_WORDS.contains(&bare)
        })
}

/// `AP`, `dpa/lno`, `Reuters, AFP`: one of them is known.
fn is_known_agency(text: &str) -> bool {
    text.len() <= 30 && text.to_lowercase().split(['/', ',']).any(|name| has(AGENCIES, name.trim()))
}

/// `5th`, `1er`.
fn is_ordinal(word: &str) -> bool {
    let number = word.trim_start_matches(|c: char| c.is_ascii_digit());
    matches!(word.len() - number.len(), 1 | 2) && matches!(number, "st" | "nd" | "rd" | "th" | "er")
}

/// `05.11.2019`, `2019-11-05`, `11/5/2019`.
fn is_numeric_date(word: &str) -> bool {
    let mut parts = word.split(['.', '-', '/']);
    let lens: [usize; 3] = [(); 3]
        .map(|()| parts.next().filter(|part| part.bytes().all(|b| b.is_ascii_digit())).map_or(0, str::len));
    parts.next().is_none() && matches!(lens, [4, 1 | 2, 1 | 2] | [1 | 2, 1 | 2, 2 | 4])
}

/// `5:04`, `17.04`, `5:04pm`, `5pm`, `17h04`.
fn is_time(word: &str) -> bool {
    let clock = word.trim_end_matches(|c: char| c.is_ascii_lowercase() || c == '.');
    let zone = word.get(clock.len()..).unwrap_or("");
    let is_clock = clock
        .split([':', '.', 'h'])
        .all(|part| matches!(part.len(), 1 | 2) && part.bytes().all(|b| b.is_ascii_digit()));
    is_clock
        && match zone {
            "" => clock.contains([':', '.', 'h']),
            _ => matches!(zone, "am" | "pm" | "a.m" | "p.m" | "h"),
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lang: &str, text: &str, want: &str) {
        let got = dateline_len(text, lang).map_or("", |len| text.get(..len).unwrap());
        assert_eq!(got, want, "{text}");
    }

    #[test]
    fn datelines() {
        let check = |text: &str, want: &str| check("en", text, want);
        check("WASHINGTON (AP) — The mayor left.", "WASHINGTON (AP) — ");
        check("WASHINGTON (AP) -- The mayor left.", "WASHINGTON (AP) -- ");
        check("WASHINGTON (AP) _ The mayor left.", "WASHINGTON (AP) _ ");
        check("WASHINGTON — (AP) The mayor left.", "WASHINGTON — (AP) ");
        check("WASHINGTON -- (AP) -- The mayor left.", "WASHINGTON -- (AP) -- ");
        check("LYND, Minn. — The mayor left.", "LYND, Minn. — ");
        check("LYND, Jan. 5 (UPI) - “No,” he said.", "LYND, Jan. 5 (UPI) - ");
        check("LYND, Ohio, Nov. 5 (Reuters) - The mayor left.", "LYND, Ohio, Nov. 5 (Reuters) - ");
        check("LYND, Ohio, Nov. 5 (Reuters) -", "LYND, Ohio, Nov. 5 (Reuters) -");
        check("(Reuters) - The mayor left.", "(Reuters) - ");
        check("New York (Reuters) – 40 people left.", "New York (Reuters) – ");
        check("LYND (Lynd Echo) – 40 people left.", "LYND (Lynd Echo) – ");
        check("Rome, 5 Nov. (ANSA) – The mayor left.", "Rome, 5 Nov. (ANSA) – ");
        check("ROME—The mayor left.", "ROME—");
        check("TEL-AVIV – The mayor left.", "TEL-AVIV – ");
        check("PARIS (AFP) - Le maire est parti.", "PARIS (AFP) - ");
        check("MADRID, 5 nov (EFE).- El alcalde se fue.", "MADRID, 5 nov (EFE).- ");
        check("MADRID.- El alcalde se fue.", "MADRID.- ");
        check("LISBOA, 5 de novembro (Lusa) – O autarca saiu.", "LISBOA, 5 de novembro (Lusa) – ");
        check("Berlin (dpa) - Der Senat tagt.", "Berlin (dpa) - ");
        check("Frankfurt am Main (dpa/lno) – Der Rat tagt.", "Frankfurt am Main (dpa/lno) – ");
    }

    #[test]
    fn no_datelines() {
        for text in [
            "BORA — the firm from Lynd — denied it.",
            "BREAKING — The mayor left.",
            "NATO – the alliance – met in Lynd.",
            "NATO – Das Bündnis tagt.",
            "IBM – The firm is for sale.",
            "HSBC – The bank is for sale.",
            "IBM. The firm is for sale.",
            "The mayor — He left — is back.",
            "Harlow (the mayor) — He left.",
            "Harlow (Labour) — He left.",
            "(Laughter) - The mayor left.",
            "(AP) The mayor left.",
            "WHY NOT? — The mayor left.",
            "A — B",
            "A_B _ C",
            "",
            "—",
            "- The mayor left.",
            "(AP)",
        ] {
            check("en", text, "");
        }
    }

    #[test]
    fn a_place_with_a_full_stop() {
        check("de", "HAMBURG. Der Senat tagt.", "HAMBURG. ");
        check("de", "BERLIN/MOSKAU. Der Senat tagt.", "BERLIN/MOSKAU. ");
        check("de", "HAMBURG (dpa). Der Senat tagt.", "HAMBURG (dpa). ");
        check("sv", "STOCKHOLM. Regeringen avgår.", "STOCKHOLM. ");
        for text in [
            "NEIN. Der Senat tagt.",
            "SPD. Die Partei tagt.",
            "IBM. Die Firma baut.",
            "ES WAR AUS. Er ging.",
            "Hamburg. Der Senat tagt.",
            "HAMBURG.",
        ] {
            check("de", text, "");
        }
        check("en", "HAMBURG. The senate met.", "");
    }

    #[test]
    fn lines_that_are_datelines() {
        for line in [
            "LYND, Ohio, Nov. 5 (Reuters) -",
            "LYND (AP) —",
            "LYND (AP)",
            "Berlin (dpa)",
            "ROTH --",
            "(Reuters) -",
        ] {
            assert!(is_dateline(line), "{line}");
        }
        for line in ["LYND", "LYND (AP) — The mayor left.", "Harlow (Labour)", "NEWS (Lynd)", "(AP)", "—", ""]
        {
            assert!(!is_dateline(line), "{line}");
        }
    }

    #[test]
    fn dates() {
        for line in [
            "Friday, July 21, 2017",
            "Updated 5:04 PM, Nov. 5, 2019",
            "Published: November 5th, 2019 | Updated: 5:04 p.m. ET",
            "Nov. 5, 2019, at 5pm",
            "5 November 2019 - 17:04 GMT",
            "2019-11-05",
            "Dienstag, 5. November 2019, 17.04 Uhr",
            "Stand: 05.11.2019, 17:04 Uhr",
            "Publié le 5 novembre 2019 à 17h04",
            "martes, 5 de noviembre de 2019",
        ] {
            assert!(is_date(line), "{line}");
        }
        for line in [
            "",
            "2019",
            "November 2019",
            "Friday",
            "May 5",
            "5 of 2019",
            "On Nov. 5, 2019, the mayor left.",
            "Lynd, Nov. 5, 2019",
            "The March of 20 May 2019",
            "1-2-3",
        ] {
            assert!(!is_date(line), "{line}");
        }
    }
}
