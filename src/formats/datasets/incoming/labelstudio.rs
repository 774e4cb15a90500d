//! Tasks of Label Studio: regions in a text, or choices for a whole one; an annotation for each coder.

use crate::analysis::incoming::{Document, Incoming, Left, Mark};
use crate::formats::datasets::incoming::rows::{Of, RowIn, Rows, answer};
use crate::formats::datasets::incoming::values::{self, name, text};
use crate::formats::datasets::incoming::{Source, Unreadable};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::Range;

const DOC: [&str; 3] = ["doc", "article_id", "doc_id"];
const TEXT: [&str; 3] = ["text", "sentence", "content"];

/// What is gathered while tasks are read.
#[derive(Default)]
struct Tasks {
    documents: Vec<Document>,
    rows: Rows,
    bad: Vec<Left>,
    n_cancelled: usize,
    n_relations: usize,
}

/// What one coder said of one place; none = of the whole text.
#[derive(Default)]
struct Region {
    span: Option<Range<u64>>,
    quote: Option<String>,
    words: Option<Vec<String>>,
    note: Option<String>,
    unsure: bool,
    /// Where the annotation itself names nobody.
    coder: Option<String>,
}

pub(super) fn read(source: &Source<'_>) -> Result<Incoming, Unreadable> {
    let (mut tasks, mut left) = (Tasks::default(), Vec::new());
    values::each((source.bytes(), source.told), &mut left, |line, value| tasks.take(line, value))?;
    left.extend(tasks.bad);
    let mut incoming = tasks.rows.end(left);
    incoming.documents.extend(tasks.documents);
    let counts = [(tasks.n_cancelled, "cancelled annotations"), (tasks.n_relations, "relations")];
    incoming
        .notes
        .extend(counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what} are not taken")));
    Ok(incoming)
}

impl Tasks {
    fn take(&mut self, line: u64, task: &Value) -> Result<(), String> {
        let data = task.get("data").unwrap_or(task);
        // A picture has an address in its place.
        let only = || {
            let texts = data.as_object()?.values().filter_map(Value::as_str);
            texts.filter(|text| text.trim().contains(char::is_whitespace)).max_by_key(|text| text.len())
        };
        let words = text(data, &TEXT).or_else(only).ok_or("a task without a text")?;
        let all =
            |name: &str| task.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let mut annotations: Vec<(Option<String>, &Value)> = Vec::new();
        for annotation in all("annotations").iter().filter(|one| one.is_object()) {
            if annotation.get("was_cancelled").and_then(Value::as_bool).unwrap_or(false) {
                self.n_cancelled += 1;
                continue;
            }
            annotations.push((name(annotation, &["completed_by", "coder", "created_username"]), annotation));
        }
        if annotations.is_empty() {
            let predictions = all("predictions").iter().filter(|one| one.is_object());
            annotations.extend(predictions.map(|one| (name(one, &["model_version"]), one)));
        }
        let mut document =
            Document { id: name(data, &DOC), text: Some(words.to_owned()), ..Document::default() };
        let mut is_row = false;
        for (coder, annotation) in annotations {
            let results =
                annotation.get("result").and_then(Value::as_array).ok_or("an annotation without a result")?;
            for region in self.regions(results, line).into_values() {
                let is_whole = region.span.is_none();
                is_row |= is_whole;
                let (labels, is_doubted) = answer(region.words);
                let (unsure, coder) = (is_doubted || region.unsure, coder.clone().or(region.coder));
                if is_whole {
                    self.push_row(line, data, words, coder.as_deref(), (labels, unsure, region.note))?;
                    continue;
                }
                document.marks.push(Mark {
                    line,
                    span: region.span,
                    quote: region.quote,
                    coder,
                    labels,
                    unsure,
                    note: region.note,
                    ..Mark::default()
                });
            }
        }
        // A sentence is one also where nobody said anything; a text with offsets in the data is no article.
        let has_place = values::span(data, &["start"], &["end"])?.is_some();
        if has_place && !is_row {
            self.push_row(line, data, words, None, (None, false, None))?;
        } else if !is_row || !document.marks.is_empty() {
            self.documents.push(document);
        }
        Ok(())
    }

    fn push_row(
        &mut self,
        line: u64,
        data: &Value,
        words: &str,
        coder: Option<&str>,
        (labels, unsure, note): (Option<Vec<String>>, bool, Option<String>),
    ) -> Result<(), String> {
        let span = values::span(data, &["start"], &["end"])?;
        let cell = |of: Of| match of {
            Of::Text => Some(words.to_owned()),
            Of::Article => name(data, &DOC),
            Of::Coder => coder.map(str::to_owned),
            Of::Start => span.as_ref().map(|span| span.start.to_string()),
            Of::End => span.as_ref().map(|span| span.end.to_string()),
            Of::Unsure => unsure.then(|| "true".to_owned()),
            Of::Note => note.clone(),
            Of::Title => name(data, &["title"]),
            Of::Outlet => name(data, &["outlet"]),
            Of::Published => name(data, &["published"]),
            Of::Url => name(data, &["url"]),
            _ => None,
        };
        self.rows.push(RowIn { line, cell: &cell, labels })
    }

    /// The regions of an annotation: labels, choices and notes of one `id` are one.
    fn regions(&mut self, results: &[Value], line: u64) -> BTreeMap<String, Region> {
        let mut regions: BTreeMap<String, Region> = BTreeMap::new();
        for (idx, result) in results.iter().enumerate() {
            let kind = text(result, &["type"]).unwrap_or_default();
            if kind == "relation" {
                self.n_relations += 1;
                continue;
            }
            let Some(value) = result.get("value") else {
                self.bad.push(Left::new(line, format!("`{}` is no result", values::short(result))));
                continue;
            };
            let places = value.get("globalOffsets").unwrap_or(value);
            let span = match values::span(places, &["start"], &["end"]) {
                Ok(Some(span)) if span.start >= span.end => {
                    self.bad.push(Left::new(line, format!("`{}` is no place", values::short(value))));
                    continue;
                }
                Ok(span) => span,
                Err(why) => {
                    self.bad.push(Left::new(line, why));
                    continue;
                }
            };
            // What is said of the whole text belongs together.
            let own = || name(result, &["id"]).unwrap_or_else(|| format!("#{idx}"));
            let region = regions.entry(if span.is_some() { own() } else { String::new() }).or_default();
            region.span = span.or(region.span.take());
            if let Some(quote) =
                text(value, &["text"]).filter(|_| region.span.is_some() && kind != "textarea")
            {
                region.quote = Some(quote.to_owned());
            }
            if let Some(meta) = result.get("meta") {
                let note = meta.get("text").map(values::words).and_then(Result::ok).unwrap_or_default();
                region.note = region.note.take().or(Some(note.join("\n")).filter(|note| !note.is_empty()));
                region.unsure |= meta.get("unsure").and_then(Value::as_bool).unwrap_or(false);
                region.coder = region.coder.take().or_else(|| name(meta, &["coder"]));
            }
            let words = ["labels", "choices", "hypertextlabels"].iter().find_map(|name| value.get(*name));
            match (words.map(values::words), kind) {
                (Some(Ok(words)), _) => region.words.get_or_insert_default().extend(words),
                (Some(Err(why)), _) => self.bad.push(Left::new(line, why)),
                (None, "textarea") => {
                    let note = value.get("text").map(values::words).and_then(Result::ok).unwrap_or_default();
                    region.note = Some(note.join("\n")).filter(|note| !note.is_empty());
                }
                (None, _) => {}
            }
        }
        regions
    }
}
