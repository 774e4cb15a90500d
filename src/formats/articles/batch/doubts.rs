//! What should be looked at before an article comes in, for all readers in one place.

use crate::formats::articles::arrivals::is_date;
use crate::formats::articles::batch::{FileRead, Row, Standing, lines};
use crate::formats::articles::blocks::Line;
use crate::formats::articles::dated::{self, Dated};
use crate::formats::articles::found::Doubt;
use crate::formats::articles::kinds;
use crate::text::language::language;
use std::collections::BTreeMap;

/// Why an article is doubtful.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubtful {
    /// For scripts: `no-date`, `length`.
    pub id: &'static str,
    /// A clause in lower case.
    pub says: String,
}

/// Below so many words something is likely missing.
const FEWEST_WORDS: usize = 30;
/// How far the length that is stated may be from the one found: of long articles in hundredths, of short ones in words.
const MOST_OFF: usize = 15;
const MOST_OFF_WORDS: usize = 10;
const SHORT_WORDS: usize = 60;
/// The tag of a language that nobody can tell.
const UNKNOWN: &str = "und";
/// No newspaper is older.
const FIRST_YEAR: &str = "1600";

/// Finds the doubts of all rows.
pub(super) fn find(rows: &mut [Row], files: &[FileRead], today: &str) {
    let usual = usual_language(rows);
    for row in rows {
        let Some(file) = files.get(row.key.file) else { continue };
        let mut doubts: Vec<Doubtful> = row.seen.iter().map(|doubt| seen(doubt, row)).collect();
        doubts.extend(date(row, file, today));
        if !file.is_text() {
            doubts.extend(length(row));
            doubts.extend(two_in_one(row));
        }
        doubts.extend(stated_language(row, usual.as_deref()));
        doubts.extend(unreadable(row));
        let mut ids = Vec::new();
        doubts.retain(|doubt| {
            let is_new = doubt.id == "other" || !ids.contains(&doubt.id);
            ids.push(doubt.id);
            is_new
        });
        row.doubts = doubts;
    }
}

impl Row {
    /// Whether it is no article at all: a message of the database.
    pub fn is_message(&self) -> bool {
        self.doubts.iter().any(|doubt| doubt.id == "message")
    }

    pub fn is_doubtful(&self) -> bool {
        !self.doubts.is_empty() && !matches!(self.standing, Standing::There { .. } | Standing::Refused(_))
    }

    /// Where a second article seems to begin. A byte of the text.
    pub fn second_at(&self) -> Option<usize> {
        let said = self.seen.iter().find_map(|doubt| match doubt {
            Doubt::TwoInOne { at } => Some(*at),
            _ => None,
        });
        said.or_else(|| second_headline(self))
    }
}

fn doubtful(id: &'static str, says: impl Into<String>) -> Doubtful {
    Doubtful { id, says: says.into() }
}

fn seen(doubt: &Doubt, row: &Row) -> Doubtful {
    match doubt {
        Doubt::VagueDate(words) => {
            doubtful("vague-date", format!("only \u{201c}{words}\u{201d} is said of its date"))
        }
        Doubt::TwoInOne { at } => second(row, *at),
        Doubt::Message => doubtful("message", format!("a message of the database, {}", words(row.n_words))),
        Doubt::Correction => doubtful("correction", "a correction, or corrected since"),
        Doubt::Unreadable { n, n_chars } => not_readable(*n, *n_chars),
        Doubt::Other(says) => doubtful("other", says.clone()),
    }
}

fn words(n: usize) -> String {
    if n == 1 { "1 word".to_owned() } else { format!("{n} words") }
}

fn date(row: &Row, file: &FileRead, today: &str) -> Option<Doubtful> {
    let meta = &row.article.meta;
    let (published, written) = (meta.published.as_deref(), meta.published_as.as_deref());
    if let Some(published) = published.filter(|published| is_date(published)) {
        // A year, or a month, is not over before its last day.
        let today = today.get(..published.len()).unwrap_or(today);
        return if published > today {
            Some(doubtful("future-date", format!("its date, {published}, is still to come")))
        } else if published < FIRST_YEAR {
            Some(doubtful("old-date", format!("its date is {published}")))
        } else {
            None
        };
    }
    match written {
        Some(written) if matches!(dated::read(written), Dated::DayMonth { .. }) => {
            let both = [dated::Order::DayFirst, dated::Order::MonthFirst]
                .map(|order| dated::in_order(written, order).unwrap_or_default());
            let [day_first, month_first] = both;
            Some(doubtful("date-order", format!("its date, {written}, may be {day_first} or {month_first}")))
        }
        Some(written) => {
            let written: String = written.chars().take(40).collect();
            Some(doubtful("no-date", format!("no date found: \u{201c}{written}\u{201d} is none")))
        }
        None if file.is_text() => None,
        None => Some(doubtful("no-date", "no date found")),
    }
}

/// Too few words, or not as many as the source states.
fn length(row: &Row) -> Option<Doubtful> {
    let found = row.n_words;
    let stated = row.article.meta.words.map(|n| n as usize).filter(|n| *n > 0);
    if let Some(stated) = stated {
        let off = stated.abs_diff(found);
        let is_off = if stated < SHORT_WORDS { off > MOST_OFF_WORDS } else { off * 100 > stated * MOST_OFF };
        if is_off {
            let why = if found < stated { ": the end may be missing" } else { "" };
            let were = if found == 1 { "was" } else { "were" };
            return Some(doubtful(
                "length",
                format!("the file says {}, {found} {were} found{why}", words(stated)),
            ));
        }
        return None;
    }
    (found < FEWEST_WORDS).then(|| doubtful("short", format!("{} only", words(found))))
}

/// The language of most articles, by its first letters.
fn usual_language(rows: &[Row]) -> Option<String> {
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows.iter().filter(|row| first_letters(&row.lang) != UNKNOWN) {
        *counted.entry(first_letters(&row.lang)).or_default() += 1;
    }
    let most = counted.into_iter().max_by_key(|(_, n)| *n)?;
    (rows.len() > 2 && most.1 * 2 > rows.len()).then(|| most.0.to_owned())
}

fn first_letters(lang: &str) -> &str {
    lang.split('-').next().unwrap_or_default()
}

fn stated_language(row: &Row, usual: Option<&str>) -> Option<Doubtful> {
    let own = first_letters(&row.lang);
    let name =
        |tag: &str| language(tag).map_or_else(|| format!("`{tag}`"), |language| language.name.to_owned());
    let usual = usual.filter(|usual| *usual != own && !own.is_empty() && own != UNKNOWN)?;
    // Of one file out of many nobody expects that it is in the language of the others, and few words tell little.
    (!row.place.is_empty() && row.n_words >= FEWEST_WORDS)
        .then(|| doubtful("language", format!("in {}; most of the others are in {}", name(own), name(usual))))
}

fn unreadable(row: &Row) -> Option<Doubtful> {
    let text = row.article.text();
    let n = text.matches('\u{fffd}').count();
    if n == 0 {
        return None;
    }
    let n_chars = text.chars().count();
    (n * 100 > n_chars).then(|| not_readable(n, n_chars))
}

fn not_readable(n: usize, n_chars: usize) -> Doubtful {
    doubtful("unreadable", format!("{n} of {n_chars} characters could not be read"))
}

fn two_in_one(row: &Row) -> Option<Doubtful> {
    second_headline(row).map(|at| second(row, at))
}

fn second(row: &Row, at: usize) -> Doubtful {
    let before =
        lines::of(&row.article).into_iter().filter(|(start, line)| line.starts_paragraph && *start < at);
    doubtful(
        "two-in-one",
        format!("perhaps two articles in one: a second headline after paragraph {}", before.count()),
    )
}

/// A short paragraph without an end, with prose before it and a byline or a dateline after it, seems to begin another article.
fn second_headline(row: &Row) -> Option<usize> {
    const MOST_WORDS: usize = 16;
    let lines = lines::of(&row.article);
    let is_prose = |line: &Line| line.kind.is_none() && line.text.ends_with(['.', '!', '?', '\u{201d}', '"']);
    let n_before = lines.iter().position(|(_, line)| is_prose(line)).map_or(lines.len(), |idx| idx + 1);
    let pairs = lines.iter().zip(lines.iter().skip(1)).skip(n_before);
    let is_head = |text: &str| {
        let n = text.split_whitespace().count();
        (2..=MOST_WORDS).contains(&n)
            && text.starts_with(char::is_uppercase)
            && text.ends_with(char::is_alphanumeric)
    };
    let begins = |start: usize, kind: Option<&str>| {
        matches!(kind, Some(kinds::BYLINE | kinds::DATELINE))
            || row.article.sentences().iter().any(|sentence| {
                sentence.bytes.start as usize == start && sentence.kind.as_deref() == Some(kinds::DATELINE)
            })
    };
    let found = pairs.filter(|((_, line), (start, next))| {
        line.starts_paragraph && next.starts_paragraph && is_head(&line.text) && begins(*start, next.kind)
    });
    found.map(|((start, _), _)| *start).next()
}
