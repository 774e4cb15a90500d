//! Lines of Prodigy and of spaCy: a sentence that was chosen for or accepted, an article with spans, or a text with `cats`.

use crate::analysis::incoming::{Document, Incoming, Left, Mark};
use crate::formats::datasets::incoming::rows::{Of, RowIn, Rows, answer};
use crate::formats::datasets::incoming::values::{self, name_with_meta, text};
use crate::formats::datasets::incoming::{Source, Unreadable};
use serde_json::Value;

const DOC: [&str; 3] = ["doc", "article_id", "doc_id"];
const CODER: [&str; 4] = ["coder", "_annotator_id", "annotator", "_session_id"];

pub(super) fn read(source: &Source<'_>) -> Result<Incoming, Unreadable> {
    let (mut documents, mut rows, mut left, mut bad) = (Vec::new(), Rows::default(), Vec::new(), Vec::new());
    let mut n_passed = 0_usize;
    values::each((source.bytes(), source.told), &mut left, |line, value| {
        let words = text(value, &["text"]).ok_or("no text")?;
        let is_taken = value.get("answer").and_then(Value::as_str).is_none_or(|said| said == "accept");
        n_passed += usize::from(!is_taken);
        if let Some(spans) = value.get("spans").and_then(Value::as_array) {
            let mut document = Document {
                id: name_with_meta(value, &DOC),
                text: Some(words.to_owned()),
                ..Document::default()
            };
            for one in spans.iter().filter(|_| is_taken) {
                match mark(one, line) {
                    Ok(mark) => document.marks.push(Mark { coder: name_with_meta(value, &CODER), ..mark }),
                    Err(why) => bad.push(Left::new(line, why)),
                }
            }
            documents.push(document);
            return Ok(());
        }
        let labels = if is_taken { labels(value)? } else { None };
        let span = values::span(value, &["start"], &["end"])?;
        let cell = |of: Of| match of {
            Of::Text => Some(words.to_owned()),
            Of::Article => name_with_meta(value, &DOC),
            Of::Coder => name_with_meta(value, &CODER),
            Of::Start => span.as_ref().map(|span| span.start.to_string()),
            Of::End => span.as_ref().map(|span| span.end.to_string()),
            Of::Note => name_with_meta(value, &["note"]),
            Of::Unsure => {
                value.get("unsure").or_else(|| value.get("meta")?.get("unsure")).map(ToString::to_string)
            }
            Of::Title => name_with_meta(value, &["title"]),
            Of::Outlet => name_with_meta(value, &["outlet"]),
            Of::Published => name_with_meta(value, &["published"]),
            Of::Url => name_with_meta(value, &["url"]),
            _ => None,
        };
        rows.push(RowIn { line, cell: &cell, labels })
    })?;
    left.extend(bad);
    let mut incoming = rows.end(left);
    incoming.documents.extend(documents);
    if n_passed > 0 {
        incoming.notes.push(format!("{n_passed} lines that were rejected or ignored say nothing"));
    }
    Ok(incoming)
}

/// What a line is answered with: what was chosen, the one label that was accepted, or the `cats` from one half on.
fn labels(value: &Value) -> Result<Option<Vec<String>>, String> {
    if let Some(cats) = value.get("cats").filter(|cats| cats.is_array()) {
        return values::words(cats).map(Some);
    }
    if let Some(cats) = value.get("cats") {
        let cats = cats.as_object().ok_or_else(|| format!("`{}` is no `cats`", values::short(cats)))?;
        let mut words = Vec::new();
        for (label, score) in cats {
            let score = score.as_f64().or_else(|| score.as_bool().map(|is| f64::from(u8::from(is))));
            let score = score.ok_or_else(|| format!("`{label}` has no number in `cats`"))?;
            words.extend((score >= 0.5).then(|| label.clone()));
        }
        return Ok(if cats.is_empty() { None } else { Some(words) });
    }
    if let Some(accept) = value.get("accept") {
        return values::words(accept).map(Some);
    }
    value.get("label").filter(|label| !label.is_null()).map(values::words).transpose()
}

fn mark(one: &Value, line: u64) -> Result<Mark, String> {
    let odd = || format!("`{}` is no span", values::short(one));
    let span =
        values::span(one, &["start"], &["end"])?.filter(|span| span.start < span.end).ok_or_else(odd)?;
    let word = text(one, &["label"]).ok_or_else(odd)?;
    let (labels, unsure) = answer(Some(vec![word.trim().to_owned()]));
    let unsure = unsure || one.get("unsure").and_then(Value::as_bool).unwrap_or(false);
    let note = text(one, &["note"]).map(str::to_owned);
    Ok(Mark {
        line,
        span: Some(span),
        quote: text(one, &["text"]).map(str::to_owned),
        labels,
        unsure,
        note,
        ..Mark::default()
    })
}
