//! `ProQuest` as text: records between lines of `_`, their fields with labels in English.

use crate::formats::articles::blocks::Line;
use crate::formats::articles::databases::export::{Export, Piece, has, label};
use crate::formats::articles::found::Doubt;

const MIN_RULE: usize = 40;

pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= MIN_RULE && line.bytes().all(|byte| byte == b'_')
}

pub(super) fn is_it(rows: &[Line]) -> bool {
    let is_field = |row: &Line| {
        label(&row.text)
            .is_some_and(|(name, _)| has("proquest document id|publication title|full text", &name))
    };
    rows.iter().any(|row| is_rule(&row.text)) && rows.iter().any(is_field)
}

/// Labels of a record, folded; others stand in its text.
const LABELS: &str = "title|publication title|publication date|publication year|full text|abstract|author|section|pages|first page|\
     proquest document id|document url|language of publication|language|word count|subject|company / organization|\
     company/organization|people|location|publication info|publication subject|publisher|place of publication|\
     country of publication|issn|e-issn|source type|document type|document feature|copyright|last updated|database|links|\
     identifier / keyword|classification|volume|issue|number of pages|column|dateline|credit|alternate title|business indexing term|\
     accession number|publication info|publication edition";

pub(super) fn read(rows: &[Line], export: &mut Export<'_>) {
    let mut k = 0;
    for record in rows.split(|row| is_rule(&row.text)) {
        let fields = fields(record);
        let is_record =
            fields.iter().any(|(name, _)| has("title|proquest document id|full text|abstract", name));
        // Before the first rule and after the last one stands what is no record.
        if !is_record {
            continue;
        }
        k += 1;
        let first = |wanted: &str| {
            let found = fields.iter().find(|(name, _)| has(wanted, name));
            found
                .map(|(_, rows)| rows.iter().map(|row| row.text.trim()).collect::<Vec<_>>().join(" "))
                .unwrap_or_default()
        };
        let rows = |wanted: &str| {
            fields.iter().find(|(name, _)| name == wanted).map(|(_, rows)| rows.clone()).unwrap_or_default()
        };
        let mut piece = Piece {
            place: format!("{k}"),
            title: first("title"),
            outlet: first("publication title"),
            date: first("publication date"),
            section: first("section"),
            length: first("word count"),
            byline: first("author"),
            lang: first("language of publication|language"),
            doc_id: first("proquest document id"),
            url: first("document url"),
            subjects: first("subject"),
            body: rows("full text"),
            ..Piece::default()
        };
        if piece.date.is_empty() {
            piece.date = first("publication year");
        }
        piece.body.retain(|row| !row.text.trim().is_empty());
        if piece.body.is_empty() {
            piece.body = rows("abstract");
            piece.body.retain(|row| !row.text.trim().is_empty());
            if !piece.body.is_empty() {
                piece.doubts.push(Doubt::Other("an abstract, and not the text of the article".to_owned()));
            }
        }
        export.add(piece);
    }
}

/// The fields of a record with their lines.
fn fields(record: &[Line]) -> Vec<(String, Vec<Line>)> {
    let mut fields: Vec<(String, Vec<Line>)> = Vec::new();
    for row in record {
        let known = label(&row.text).filter(|(name, _)| has(LABELS, name));
        // In a text only a line apart begins the next field.
        let is_in_text = fields.last().is_some_and(|(name, _)| has("full text|abstract", name));
        match known.filter(|_| !is_in_text || row.starts_paragraph) {
            Some((name, rest)) => {
                fields.push((name, vec![Line { text: rest.to_owned(), kind: None, starts_paragraph: true }]));
            }
            None => {
                if let Some((_, rows)) = fields.last_mut() {
                    rows.push(row.clone());
                }
            }
        }
    }
    fields
}
