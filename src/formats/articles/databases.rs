//! Exports of news databases, which hold many articles in a text: told apart by their layout. One that is not known is said to be
//! what it looks like.

mod export;
mod factiva;
pub(in crate::formats) mod factiva_xml;
mod nexis;
mod proquest;
pub(in crate::formats) mod ris;
mod uni;

use crate::formats::articles::blocks::{Line, with_line_feeds};
use crate::formats::articles::databases::export::Export;
use crate::formats::articles::found::{Asked, Found, Layout};
use crate::formats::reading::Warning;
use crate::text::invisible::is_blank;

/// The articles of a text whose lines may be wrapped; none where it is no export.
pub(super) fn of_text(
    text: &str,
    asked: Asked<'_>,
    encoding: &'static str,
    warnings: &[Warning],
) -> Option<Found> {
    if asked.layout == Some(Layout::Plain) || (asked.layout.is_none() && !may_be_one(text)) {
        return None;
    }
    let text = with_line_feeds(text);
    let (mut rows, mut starts_paragraph) = (Vec::new(), true);
    for line in text.split('\n') {
        if is_blank(line) {
            starts_paragraph = true;
            continue;
        }
        let text = line.trim_end().to_owned();
        rows.push(Line { text, kind: None, starts_paragraph: std::mem::take(&mut starts_paragraph) });
    }
    // Lines that go on below each other are those of a page.
    let n_short = rows.iter().filter(|row| row.text.chars().count() > 100).count();
    let is_wrapped = n_short * 20 < rows.len();
    taken_apart(&rows, asked, (encoding, is_wrapped), warnings)
}

/// The same of a document's paragraphs.
pub(super) fn of_lines(
    lines: &[Line],
    asked: Asked<'_>,
    encoding: &'static str,
    warnings: &[Warning],
) -> Option<Found> {
    taken_apart(lines, asked, (encoding, false), warnings)
}

/// Whether a text has anything of what these layouts have in their lines.
fn may_be_one(text: &str) -> bool {
    const SIGNS: [&str; 9] = [
        "End of Document",
        "Ende des Dokuments",
        "Fin d",
        " DOCUMENT",
        "Dokument",
        "Document",
        "________________________________________",
        "Fine del documento",
        "\nAN",
    ];
    SIGNS.iter().any(|sign| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some())
}

fn taken_apart(
    rows: &[Line],
    asked: Asked<'_>,
    (encoding, is_wrapped): (&'static str, bool),
    warnings: &[Warning],
) -> Option<Found> {
    let layout = asked.layout.or_else(|| layout(rows))?;
    let mut export = Export::new(asked, encoding, is_wrapped);
    match layout {
        Layout::NexisUni => uni::read(rows, &mut export),
        Layout::Nexis => nexis::read(rows, &mut export),
        Layout::Factiva => factiva::read(rows, &mut export),
        Layout::ProQuest => proquest::read(rows, &mut export),
        Layout::Europresse | Layout::Plain => return None,
    }
    let mut found = export.found;
    found.layout = Some(layout);
    if found.articles.is_empty() {
        return None;
    }
    found.warnings.splice(0..0, warnings.iter().cloned());
    Some(found)
}

/// The layout of lines, by what stands between the articles.
fn layout(rows: &[Line]) -> Option<Layout> {
    let is_counted = rows.iter().any(|row| nexis::counter(&row.text).is_some());
    let n_lengths = || rows.iter().filter(|row| is_length(&row.text)).count();
    // A counter alone may be in any text: the length of an article stands below it.
    if is_counted && n_lengths() > 0 {
        Some(Layout::Nexis)
    } else if rows.iter().any(|row| uni::is_end(&row.text)) && n_lengths() > 0 {
        Some(Layout::NexisUni)
    } else if proquest::is_it(rows) {
        Some(Layout::ProQuest)
    } else if factiva::is_it(rows) {
        Some(Layout::Factiva)
    } else {
        None
    }
}

fn is_length(line: &str) -> bool {
    export::label(line)
        .is_some_and(|(name, rest)| export::has(export::LENGTH, &name) && export::n_words(rest).is_some())
}

/// A warning where lines look like such an export: each of its articles ends or begins with a line that no article has.
pub(super) fn looks_like_one(lines: &[Line]) -> Option<Warning> {
    let n = |is: fn(&str) -> bool| lines.iter().filter(|line| is(line.text.trim())).count();
    let n = n(uni::is_end).max(n(|line| nexis::counter(line).is_some()));
    let how_many = match n {
        0 => return None,
        1 => "one article".to_owned(),
        n => format!("{n} articles"),
    };
    let apart = if n > 1 { "taken as one, with" } else { "taken with" };
    Some(Warning(format!(
        "it looks like an export of a news database with {how_many}: {apart} all that the database writes round them"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exports_are_known_by_the_lines_between_their_articles() {
        let said = |text: &str| {
            let lines: Vec<Line> = text
                .lines()
                .map(|text| Line { text: text.to_owned(), kind: None, starts_paragraph: true })
                .collect();
            looks_like_one(&lines).map(|warning| warning.0)
        };
        assert_eq!(said("The end of document two.\nDocument 3 of 4"), None);
        assert!(
            said("a\nEnd of Document\nb\n End of Document ")
                .unwrap()
                .contains("with 2 articles: taken as one")
        );
        assert!(said("1 of 1 DOCUMENT\na").unwrap().contains("with one article: taken with"));
        assert!(said("Dokument 1 von 2\na\nDokument 2 von 2").unwrap().contains("2 articles"));
    }
}
