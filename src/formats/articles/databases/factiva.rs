//! Factiva as text: fields that each begin with a code of two or three letters, the text in `LP` and `TD`, the id in `AN`.

use crate::formats::articles::blocks::Line;
use crate::formats::articles::databases::export::{Export, Piece};
use crate::formats::articles::found::Doubt;

/// Codes before the text, of the text, and after it.
const BEFORE: &str = "SE HD HLP BY CR CT WC PD ET SN SC ED PG VOL LA CY CX AR RF CLM ART";
const TEXT: &str = "LP TD";
const AFTER: &str = "CO IN NS RE IPC IPD PUB DS AN";

/// The code that a line begins with, and what comes after it.
pub(super) fn code(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let len = line.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(line.len());
    let (code, rest) = line.split_at_checked(len).filter(|(code, _)| matches!(code.len(), 2 | 3))?;
    let is_known = [BEFORE, TEXT, AFTER].iter().any(|codes| codes.split(' ').any(|known| known == code));
    let is_apart = rest.is_empty() || rest.starts_with(['\t', '\u{a0}']) || rest.starts_with("  ");
    // A word in capitals may begin a sentence; a list of codes has its signs.
    let is_field = rest.starts_with(' ')
        && match code {
            "AN" => rest.trim_start().starts_with("Document "),
            "CO" | "IN" | "NS" | "RE" => rest.contains(" : "),
            "HD" | "WC" | "PD" | "SN" | "SC" | "LA" | "CY" | "LP" | "TD" | "IPC" | "PUB" => true,
            _ => false,
        };
    (is_known && (is_apart || is_field)).then(|| (code, rest.trim()))
}

/// Whether lines have such fields: a headline, a text and an id.
pub(super) fn is_it(rows: &[Line]) -> bool {
    let has = |wanted: &str| rows.iter().any(|row| code(&row.text).is_some_and(|(code, _)| code == wanted));
    has("HD") && (has("LP") || has("TD")) && (has("AN") || has("WC"))
}

pub(super) fn read(rows: &[Line], export: &mut Export<'_>) {
    let mut k = 0;
    let mut open: Option<(Piece, Vec<&str>)> = None;
    // A field begins a paragraph, also where its code stands alone.
    let (mut field, mut is_fresh) = ("", false);
    for row in rows {
        let text = row.text.trim();
        if matches!(text, "Search Summary" | "Suchzusammenfassung" | "R\u{e9}sum\u{e9} de la recherche") {
            break;
        }
        let found = code(&row.text);
        if let Some((code, _)) = found {
            let is_before = BEFORE.split(' ').any(|known| known == code);
            let is_next = match &open {
                None => is_before,
                Some((_, seen)) => is_before && (seen.contains(&"AN") || seen.contains(&code)),
            };
            if is_next {
                end(open.take(), export);
                k += 1;
                open = Some((Piece { place: format!("{k}"), ..Piece::default() }, Vec::new()));
            }
        }
        let Some((piece, seen)) = &mut open else { continue };
        let words = match found {
            Some((code, rest)) => {
                field = code;
                seen.push(code);
                rest
            }
            None => text,
        };
        if TEXT.split(' ').any(|code| code == field) {
            is_fresh |= found.is_some();
            if !words.is_empty() {
                let starts_paragraph = std::mem::take(&mut is_fresh) || row.starts_paragraph;
                piece.body.push(Line { text: words.to_owned(), kind: None, starts_paragraph });
            }
            continue;
        }
        put(piece, field, words);
    }
    end(open.take(), export);
}

fn end(open: Option<(Piece, Vec<&str>)>, export: &mut Export<'_>) {
    let Some((mut piece, seen)) = open else { return };
    if !seen.contains(&"AN") {
        piece.doubts.push(Doubt::Other("it has no id at its end: the file may be cut off".to_owned()));
    }
    export.add(piece);
}

fn put(piece: &mut Piece, field: &str, words: &str) {
    let field = match field {
        "HD" => &mut piece.title,
        "BY" => &mut piece.byline,
        "WC" => &mut piece.length,
        "PD" => &mut piece.date,
        "SN" => &mut piece.outlet,
        "SE" => &mut piece.section,
        "LA" => &mut piece.lang,
        "HLP" => &mut piece.subtitle,
        "AN" => {
            let words = words.trim_start_matches("Document ").trim_start_matches("Dokument ").trim();
            if piece.doc_id.is_empty() {
                words.clone_into(&mut piece.doc_id);
            }
            return;
        }
        _ => return,
    };
    if !field.is_empty() && !words.is_empty() {
        field.push(' ');
    }
    field.push_str(words);
}
