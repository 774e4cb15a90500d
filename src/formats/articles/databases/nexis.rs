//! Nexis and `LexisNexis` as they were before 2019: each article begins with `3 of 10 DOCUMENTS`.

use crate::formats::articles::blocks::Line;
use crate::formats::articles::databases::export::{self, Export, Piece, has, is_in_capitals, label};
use crate::formats::articles::dated::{self, Dated};
use crate::formats::articles::found::Doubt;
use crate::text::fold::fold;

/// `3 of 10 DOCUMENTS`, `Dokument 3 von 10`, `Document 3 de 10`: which of how many.
pub(super) fn counter(line: &str) -> Option<(usize, usize)> {
    const MAX_COUNTER_BYTES: usize = 60;
    if line.len() > 200 || line.trim().len() > MAX_COUNTER_BYTES {
        return None;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit()).then(|| word.parse().ok())?;
    match words.as_slice() {
        [k, "of", n, "DOCUMENTS" | "DOCUMENT"] => Some((number(k)?, number(n)?)),
        ["Dokument" | "DOKUMENT", k, "von" | "VON", n] => Some((number(k)?, number(n)?)),
        ["Document" | "DOCUMENT", k, "de" | "DE", n] => Some((number(k)?, number(n)?)),
        ["Documento" | "DOCUMENTO", k, "de" | "DE", n] => Some((number(k)?, number(n)?)),
        _ => None,
    }
}

pub(super) fn read(rows: &[Line], export: &mut Export<'_>) {
    let mut starts: Vec<(usize, usize, usize)> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let Some((k, n)) = counter(&row.text) else { continue };
        // One in a text tells another number.
        let is_next = starts.last().is_none_or(|(_, last, all)| k == last + 1 || (n == *all && k > *last));
        if is_next {
            starts.push((at, k, n));
        }
    }
    let (Some((first_at, first, _)), Some((_, last, _))) = (starts.first().copied(), starts.last().copied())
    else {
        return;
    };
    // Where a file says itself which it holds, that is what it announces.
    let cover = rows.get(..first_at).unwrap_or_default();
    let of_cover = cover.iter().find_map(|row| selected(&row.text));
    let n = starts.iter().map(|(.., n)| *n).next().unwrap_or_default();
    let end = of_cover.unwrap_or(if first == 1 { n } else { last });
    export.found.announced = Some((end + 1).saturating_sub(first).max(starts.len()));
    let mut expected = first;
    for (idx, (at, k, _)) in starts.iter().enumerate() {
        missing(expected..*k, export);
        expected = k + 1;
        let end = starts.get(idx + 1).map_or(rows.len(), |(next, ..)| *next);
        let segment = rows.get(at + 1..end).unwrap_or_default();
        let piece = piece(segment, format!("{k}"), export.is_wrapped);
        export.add(piece);
    }
    missing(expected..end + 1, export);
}

/// As many are named one by one.
const MOST_NAMED: usize = 1000;

fn missing(numbers: std::ops::Range<usize>, export: &mut Export<'_>) {
    for k in numbers.take(MOST_NAMED) {
        export.left(&format!("{k}"), "", "announced, and not in the file");
    }
}

/// The last number of `Selected Items: 1-10`.
fn selected(line: &str) -> Option<usize> {
    let folded = fold(line);
    let is_it = ["selected items", "ausgewahlte", "elements selectionnes", "documents selectionnes"]
        .iter()
        .any(|words| folded.contains(words));
    let (_, range) = folded.rsplit_once(':').filter(|_| is_it)?;
    let (_, last) = range.trim().split_once('-')?;
    last.trim().parse().ok()
}

/// A date stands among the first lines.
const N_HEAD_ROWS: usize = 8;
/// The first label stands among these.
const N_LABEL_ROWS: usize = 20;

fn piece(rows: &[Line], place: String, is_wrapped: bool) -> Piece {
    let mut piece = Piece { place, ..Piece::default() };
    let after = trailer(rows, &mut piece);
    let rows = rows.get(..after).unwrap_or_default();
    let first_label = rows.iter().take(N_LABEL_ROWS).position(|row| head_label(&row.text).is_some());
    let head_end = first_label.unwrap_or(N_HEAD_ROWS).min(N_HEAD_ROWS).min(rows.len());
    let is_date = |vague: bool| {
        rows.iter().take(head_end).skip(1).position(|row| match dated::read(&row.text) {
            Dated::Plain { is_vague, .. } => is_vague == vague && row.text.trim().len() < 100,
            Dated::DayMonth { .. } => !vague,
            Dated::Unknown => false,
        })
    };
    let date_at = is_date(false).or_else(|| is_date(true)).map(|at| at + 1);
    piece.outlet = rows.first().map(|row| row.text.clone()).unwrap_or_default();
    piece.date = date_at.and_then(|at| rows.get(at)).map(|row| row.text.clone()).unwrap_or_default();
    let from = date_at.unwrap_or(0) + 1;
    let label_at = first_label.filter(|at| *at >= from);
    let mut at = titles(rows, from, label_at, is_wrapped, &mut piece);
    // The head ends where no label begins; the length is its last line as a rule, but others may come after it.
    let has_length_at = |at: usize| {
        rows.iter().skip(at).take(4).any(|row| matches!(head_label(&row.text), Some((Of::Length, _))))
    };
    while let Some(row) = rows.get(at) {
        let Some((of, rest)) = head_label(&row.text) else {
            if label_at.is_some() && has_length_at(at) {
                at += 1;
                continue;
            }
            break;
        };
        let mut value = rest.to_owned();
        at += 1;
        while let Some(more) = rows
            .get(at)
            .filter(|more| is_wrapped && !more.starts_paragraph && head_label(&more.text).is_none())
        {
            value = format!("{value} {}", more.text.trim());
            at += 1;
        }
        match of {
            Of::Headline => piece.title = value,
            Of::Byline => piece.byline = value,
            Of::Section => piece.section = value,
            Of::Length => piece.length = value,
            Of::Highlight => piece.subtitle = value,
            Of::Other => {}
        }
    }
    piece.body = rows.get(at..).unwrap_or_default().to_vec();
    if let Some(first) = piece.body.first_mut() {
        first.starts_paragraph = true;
    }
    piece
}

/// The headline between the date and the first label, and what stands below it; where the labels begin, or the text.
fn titles(rows: &[Line], from: usize, label_at: Option<usize>, is_wrapped: bool, piece: &mut Piece) -> usize {
    let is_edition = |row: &Line| {
        let folded = fold(&row.text);
        let is_centred = is_wrapped && row.text.starts_with("          ");
        let is_named = ["edition", "ausgabe", "edicion", "editie"].iter().any(|word| folded.contains(word));
        is_centred || is_named && row.text.trim().len() < 60
    };
    let mut paragraphs: Vec<(usize, String, bool)> = Vec::new();
    for (n, row) in rows.iter().enumerate().take(label_at.unwrap_or(from + 6).min(rows.len())).skip(from) {
        let goes_on = n > from
            && (is_wrapped && !row.starts_paragraph)
            && !paragraphs.last().is_some_and(|(.., edition)| *edition);
        match paragraphs.last_mut().filter(|_| goes_on) {
            Some((_, text, _)) => text.extend([" ", row.text.trim()]),
            None => paragraphs.push((n, row.text.trim().to_owned(), is_edition(row))),
        }
        if fold(&row.text).contains("correction appended") {
            piece.doubts.push(Doubt::Correction);
        }
    }
    let is_correction = |text: &str| fold(text).contains("correction appended");
    let all_editions = paragraphs.iter().all(|(.., edition)| *edition);
    let mut titles = paragraphs
        .into_iter()
        .filter(|(_, text, edition)| (!edition || all_editions) && !is_correction(text));
    if let Some((_, title, _)) = titles.next() {
        piece.title = title;
    }
    let next = titles.next();
    match label_at {
        Some(at) => {
            piece.subtitle = next.map(|(_, text, _)| text).unwrap_or_default();
            at
        }
        // Without labels the text begins with the next paragraph.
        None => next.map_or(rows.len(), |(at, ..)| at),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Headline,
    Byline,
    Section,
    Length,
    Highlight,
    Other,
}

/// A label of the head, which is written in capitals.
fn head_label(line: &str) -> Option<(Of, &str)> {
    let (name, rest) = label(line).filter(|_| is_in_capitals(line))?;
    let of = [
        (export::HEADLINE, Of::Headline),
        (export::BYLINE, Of::Byline),
        (export::SECTION, Of::Section),
        (export::LENGTH, Of::Length),
        (export::HIGHLIGHT, Of::Highlight),
        (export::OTHER, Of::Other),
    ];
    of.iter().find(|(names, _)| has(names, &name)).map(|(_, of)| (*of, rest))
}

/// Where the text ends and what is known of it begins; takes what it says.
fn trailer(rows: &[Line], piece: &mut Piece) -> usize {
    let labelled =
        |at: usize| rows.get(at).and_then(|row| label(&row.text).filter(|_| is_in_capitals(&row.text)));
    let is_after = |at: usize, names: &str| labelled(at).is_some_and(|(name, _)| has(names, &name));
    let is_any = |at: usize| is_after(at, export::AFTER) || is_after(at, export::MAYBE_AFTER);
    let length_at =
        (0..rows.len().min(N_LABEL_ROWS)).rev().find(|at| is_after(*at, export::LENGTH)).unwrap_or(0);
    let begins = |at: &usize| {
        let next = at + 1;
        let is_last = next >= rows.len() || rows.get(next).is_some_and(|row| is_copyright(&row.text));
        is_after(*at, export::AFTER) || is_after(*at, export::MAYBE_AFTER) && (is_any(next) || is_last)
    };
    let found = (length_at + 1..rows.len()).find(begins);
    let end = found.unwrap_or_else(|| {
        let n_rights = rows.iter().rev().take(3).take_while(|row| is_copyright(&row.text)).count();
        rows.len() - n_rights
    });
    for at in end..rows.len() {
        let Some((name, rest)) = labelled(at) else { continue };
        let more =
            rows.iter().skip(at + 1).take_while(|row| !row.starts_paragraph && label(&row.text).is_none());
        let value =
            || std::iter::once(rest).chain(more.map(|row| row.text.trim())).collect::<Vec<_>>().join(" ");
        if has(export::LANGUAGE, &name) {
            piece.lang = value();
        } else if has(export::SUBJECT, &name) {
            piece.subjects = value();
        } else if name == "correction-date" || name == "correction" {
            piece.doubts.push(Doubt::Correction);
        }
    }
    end
}

pub(super) fn is_copyright(line: &str) -> bool {
    let folded = fold(line);
    let folded = folded.trim();
    [
        "copyright",
        "all rights reserved",
        "alle rechte vorbehalten",
        "tous droits reserves",
        "(c) ",
        "\u{a9}",
        "todos los derechos",
    ]
    .iter()
    .any(|words| folded.starts_with(words))
}
