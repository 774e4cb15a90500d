//! doccano's JSON lines, alone or in a zip: articles with spans (UTF-16, or graphemes where a project says so), or a text with its labels.

use crate::analysis::incoming::{Document, Incoming, Left, Mark};
use crate::formats::datasets::incoming::rows::{Rows, answer, push_object};
use crate::formats::datasets::incoming::values::{self, is_list_of_lists, name_with_meta, text};
use crate::formats::datasets::incoming::{Source, Told, Unreadable, zipped};
use crate::text::units::Unit;
use serde_json::Value;
use std::ops::Range;

const TEXT: [&str; 2] = ["text", "data"];
const DOC: [&str; 3] = ["doc", "article_id", "doc_id"];
const CODER: [&str; 4] = ["coder", "annotator", "username", "annotation_approver"];

/// The file in a zip that has everybody's labels, and the one for who is not named.
const NOBODY: [&str; 2] = ["all", "unknown"];

pub(super) fn read(source: &Source<'_>) -> Result<Incoming, Unreadable> {
    if !zipped::is_zip(source.bytes()) {
        return lines((source.bytes(), source.told));
    }
    let mut incoming = Incoming::default();
    zipped::each(source.bytes(), |member, file| {
        let read = match lines((&file.bytes, source.told)) {
            // Somebody who has not begun.
            Err(Unreadable::Empty) => return Ok(()),
            read => read?,
        };
        let coder = (!NOBODY.contains(&member)).then(|| member.to_owned());
        for mut document in read.documents {
            for mark in document.marks.iter_mut().filter(|mark| mark.coder.is_none()) {
                mark.coder.clone_from(&coder);
            }
            incoming.documents.push(document);
        }
        let name = file.name.replace('`', "'");
        let left = read.left.into_iter();
        incoming.left.extend(left.map(|left| Left::new(left.line, format!("{} in `{name}`", left.why))));
        incoming.notes.extend(read.notes.into_iter().map(|note| format!("{note}, in `{name}`")));
        Ok(())
    })?;
    if incoming.documents.is_empty() && incoming.left.is_empty() {
        return Err(Unreadable::Empty);
    }
    Ok(incoming)
}

fn lines(from: (&[u8], Told<'_>)) -> Result<Incoming, Unreadable> {
    let (mut documents, mut rows, mut left) = (Vec::new(), Rows::default(), Vec::new());
    let (mut n_links, mut n_comments) = (0, 0);
    let (mut bad, mut bare) = (Vec::new(), Vec::new());
    values::each(from, &mut left, |line, value| {
        let n = |name: &str| value.get(name).and_then(Value::as_array).map_or(0, Vec::len);
        n_links += n("relations");
        n_comments += n("Comments");
        let labels = value.get("label").or_else(|| value.get("labels"));
        let spans = value.get("entities").or_else(|| labels.filter(|labels| is_list_of_lists(labels)));
        let Some(spans) = spans else {
            if labels.and_then(Value::as_array).is_some_and(Vec::is_empty) {
                // An article in which nothing is labelled looks like a sentence that nobody labelled.
                bare.push((line, value.clone()));
                return Ok(());
            }
            return push_object(&mut rows, line, value);
        };
        let words = text(value, &TEXT).ok_or("no text")?;
        let mut document = Document {
            id: name_with_meta(value, &DOC),
            text: Some(words.to_owned()),
            counted: Unit::Utf16,
            ..Document::default()
        };
        let coder = name_with_meta(value, &CODER);
        for one in spans.as_array().ok_or("its spans are no list")? {
            match span(one) {
                Ok((span, word)) => {
                    let (labels, unsure) = answer(Some(vec![word]));
                    document.marks.push(Mark {
                        line,
                        span: Some(span),
                        coder: coder.clone(),
                        labels,
                        unsure,
                        ..Mark::default()
                    });
                }
                Err(why) => bad.push(Left::new(line, why)),
            }
        }
        documents.push(document);
        Ok(())
    })?;
    for (line, value) in bare {
        if documents.is_empty() {
            let mut value = value;
            value.as_object_mut().map(|fields| fields.insert("answered".to_owned(), Value::Bool(false)));
            if let Err(why) = push_object(&mut rows, line, &value) {
                bad.push(Left::new(line, why));
            }
        } else {
            let text = text(&value, &TEXT).map(str::to_owned);
            let id = name_with_meta(&value, &DOC);
            documents.push(Document { id, text, counted: Unit::Utf16, ..Document::default() });
        }
    }
    left.extend(bad);
    let mut incoming = rows.end(left);
    incoming.documents.extend(documents);
    let counts = [(n_links, "relations"), (n_comments, "comments on whole texts")];
    incoming
        .notes
        .extend(counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what} are not taken")));
    Ok(incoming)
}

/// `[0, 2, "ORG"]`, or an object with offsets and a label.
fn span(one: &Value) -> Result<(Range<u64>, String), String> {
    let odd = || format!("`{}` is no span", values::short(one));
    let part = |name: &str, idx: usize| one.get(name).or_else(|| one.get(idx)).ok_or_else(odd);
    let (start, end, label) = (part("start_offset", 0)?, part("end_offset", 1)?, part("label", 2)?);
    let place = |value: &Value| value.as_u64().ok_or_else(odd);
    let span = place(start)?..place(end)?;
    let label = label.as_str().map(str::trim).filter(|label| !label.is_empty()).ok_or_else(odd)?;
    if span.start < span.end { Ok((span, label.to_owned())) } else { Err(odd()) }
}
