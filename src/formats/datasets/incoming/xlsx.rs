//! Excel workbooks: a sheet with a row a sentence, ours or another by the names of its columns; texts and what is known of them
//! from our sheet of articles.

use crate::analysis::incoming::{Document, Incoming, Left};
use crate::formats::datasets::incoming::rows::Rows;
use crate::formats::datasets::incoming::table::{self, Head};
use crate::formats::datasets::incoming::{Source, Told, Unreadable};
use crate::formats::datasets::sheets::is_full;
use crate::formats::datasets::xlsx::{ARTICLES, SENTENCES};
use crate::formats::workbook::{self, Opened};
use std::collections::BTreeMap;

pub(super) fn read(source: &Source<'_>) -> Result<Incoming, Unreadable> {
    let bytes = source.bytes();
    if bytes.is_empty() {
        return Err(Unreadable::Empty);
    }
    let mut book = workbook::open_any(bytes).map_err(Unreadable::NoWorkbook)?;
    let sheets = book.sheets();
    let ours = sheets.iter().find(|sheet| *sheet == SENTENCES);
    let mut first_fault = None;
    for sheet in ours.into_iter().chain(&sheets) {
        match sentences(&mut book, sheet, source.told) {
            Ok(mut incoming) => {
                let others = sheets.iter().filter(|other| *other != sheet && *other != ARTICLES);
                let others: Vec<_> = others.map(|other| format!("`{}`", other.replace('`', "'"))).collect();
                if ours.is_none() && !others.is_empty() {
                    incoming.notes.push(format!("other sheets are not read: {}", others.join(", ")));
                }
                if sheets.iter().any(|other| other == ARTICLES) {
                    articles(&mut book, &mut incoming);
                }
                return Ok(incoming);
            }
            Err(Unreadable::Stopped) => return Err(Unreadable::Stopped),
            Err(fault) => {
                first_fault.get_or_insert(fault);
            }
        }
    }
    Err(first_fault.unwrap_or(Unreadable::Empty))
}

fn sentences(book: &mut Opened<'_>, sheet: &str, told: Told<'_>) -> Result<Incoming, Unreadable> {
    let (mut rows, mut left) = (Rows::default(), Vec::new());
    let (mut head, mut fault): (Option<Head>, Option<Unreadable>) = (None, None);
    let mut record = csv::ByteRecord::new();
    let read = book.each_row(sheet, &mut |line, cells| {
        if let Err(stopped) = told.row() {
            fault = Some(stopped);
            return Err(String::new());
        }
        let Some(head) = &head else {
            return match Head::of(&csv::ByteRecord::from_iter(cells)) {
                Ok(found) => {
                    head = Some(found);
                    Ok(())
                }
                Err(why) => {
                    let says = why.to_string();
                    fault = Some(why);
                    Err(says)
                }
            };
        };
        record.clear();
        for idx in 0..head.n() {
            // The beginning of a longer text is no words that stand somewhere: then the place alone says where.
            let cell = cells.get(idx).filter(|cell| !is_full(cell));
            record.push_field(cell.map(String::as_bytes).unwrap_or_default());
        }
        if let Err(why) = table::row(&record, head, false, line, &mut rows) {
            left.push(Left::new(line, why));
        }
        Ok(())
    });
    match (fault, read) {
        (Some(fault), _) => return Err(fault),
        // What was read before the fault stays.
        (None, Err(why)) if head.is_some() => left.push(Left::new(0, why)),
        (None, Err(why)) => return Err(Unreadable::NoWorkbook(why)),
        (None, Ok(())) if head.is_none() => return Err(Unreadable::Empty),
        (None, Ok(())) => {}
    }
    Ok(rows.end(left))
}

/// Adds what the sheet of articles knows of those that have sentences.
fn articles(book: &mut Opened<'_>, incoming: &mut Incoming) {
    let Incoming { documents, left, .. } = incoming;
    let places: BTreeMap<String, usize> = documents
        .iter()
        .enumerate()
        .filter_map(|(idx, document)| Some((document.id.clone()?, idx)))
        .collect();
    let mut columns: BTreeMap<String, usize> = BTreeMap::new();
    let read = book.each_row(ARTICLES, &mut |_, cells| {
        if columns.is_empty() {
            columns = cells.iter().enumerate().map(|(idx, name)| (name.clone(), idx)).collect();
            return Ok(());
        }
        let cell = |name: &str| {
            let cell = columns.get(name).and_then(|idx| cells.get(*idx));
            cell.filter(|cell| !cell.trim().is_empty() && !is_full(cell)).cloned()
        };
        let place = cell("article_id").and_then(|id| places.get(&id).copied());
        if let Some(document) = place.and_then(|place| documents.get_mut(place)) {
            add(document, &cell);
        }
        Ok(())
    });
    left.extend(read.err().map(|why| Left::new(0, why)));
}

fn add(document: &mut Document, cell: &dyn Fn(&str) -> Option<String>) {
    document.text = cell("text");
    document.sha256 = cell("sha256");
    let meta = &mut document.meta;
    for (known, name) in [
        (&mut meta.subtitle, "subtitle"),
        (&mut meta.byline, "byline"),
        (&mut meta.section, "section"),
        (&mut meta.lang, "lang"),
        (&mut meta.doc_id, "doc_id"),
    ] {
        if known.is_none() {
            *known = cell(name);
        }
    }
    let tags = cell("tags").unwrap_or_default();
    meta.tags = tags.split('|').filter(|tag| !tag.is_empty()).map(str::to_owned).collect();
}
