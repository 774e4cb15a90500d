//! Sentences one by one, of a table or of JSON lines, gathered into the articles that they stand in.

use crate::analysis::incoming::{Document, Incoming, Left, Mark};
use crate::formats::datasets::incoming::{Source, Unreadable, values};
use crate::formats::time;
use crate::model::article::{Meta, PROSE};
use crate::model::ids::Span;
use crate::text::fold::fold;
use serde_json::Value;
use std::collections::BTreeMap;

/// What a column or a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Of {
    Article,
    Sha256,
    Sentence,
    Text,
    Labels,
    Label,
    Answered,
    Coder,
    Unsure,
    Note,
    Start,
    End,
    Kind,
    At,
    Title,
    Outlet,
    Published,
    Url,
    Lang,
    Source,
    Split,
}

/// The names of each, folded, those of our own tables first.
const NAMES: [(Of, &[&str]); 21] = [
    (Of::Article, &["article_id", "article", "doc", "doc_id", "document", "document_id", "text_id"]),
    (Of::Sha256, &["article_sha256"]),
    (Of::Sentence, &["sentence_id", "span"]),
    (Of::Text, &["text", "sentence", "sentence_text", "quote", "content"]),
    (Of::Labels, &["labels"]),
    (Of::Label, &["label", "annotation", "class", "category", "code", "answer"]),
    (Of::Answered, &["answered"]),
    (Of::Coder, &["coder", "coder_id", "annotator", "annotator_id", "username", "user", "rater"]),
    (Of::Unsure, &["unsure"]),
    (Of::Note, &["note", "notes", "comment"]),
    (Of::Start, &["start", "begin", "start_offset"]),
    (Of::End, &["end", "end_offset"]),
    (Of::Kind, &["kind"]),
    (Of::At, &["labelled_at"]),
    (Of::Title, &["title", "headline"]),
    (Of::Outlet, &["outlet", "media_name", "publication"]),
    (Of::Published, &["published", "date", "publish_date"]),
    (Of::Url, &["url", "link"]),
    (Of::Lang, &["lang", "language"]),
    (Of::Source, &["source"]),
    (Of::Split, &["split"]),
];

/// Which columns are what, by their names: the place of each.
pub(super) fn columns(names: &[String]) -> BTreeMap<Of, usize> {
    let folded: Vec<String> = names.iter().map(|name| fold(name.trim())).collect();
    let place =
        |wanted: &[&str]| wanted.iter().find_map(|name| folded.iter().position(|other| other == name));
    NAMES.iter().filter_map(|(of, wanted)| Some((*of, place(wanted)?))).collect()
}

/// A row on its way: its cells as they stand, and its labels as they are understood.
pub(super) struct RowIn<'a> {
    pub line: u64,
    pub cell: &'a dyn Fn(Of) -> Option<String>,
    /// Absent = no answer.
    pub labels: Option<Vec<String>>,
}

/// The articles so far.
#[derive(Default)]
pub(super) struct Rows {
    documents: Vec<Document>,
    places: BTreeMap<String, usize>,
}

impl Rows {
    pub(super) fn push(&mut self, row: RowIn<'_>) -> Result<(), String> {
        let known =
            |of: Of| (row.cell)(of).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let sentence = known(Of::Sentence);
        let span = match (known(Of::Start), known(Of::End)) {
            (Some(start), Some(end)) => {
                let place = |text: String| {
                    let whole = text.strip_suffix(".0").unwrap_or(&text);
                    whole.parse::<u64>().map_err(|_| format!("`{text}` is no place in a text"))
                };
                Some(place(start)?..place(end)?)
            }
            _ => sentence.as_deref().and_then(Span::parse).map(|span| span.start.into()..span.end.into()),
        };
        if let Some(span) = span.as_ref().filter(|span| span.start >= span.end) {
            return Err(format!("a place that ends before it begins: {}-{}", span.start, span.end));
        }
        let quote = (row.cell)(Of::Text).filter(|text| !text.trim().is_empty());
        if span.is_none() && quote.is_none() {
            return Err("neither a place nor the words of a sentence".to_owned());
        }
        let is_true = |text: String| matches!(fold(&text).as_str(), "true" | "1" | "yes");
        let (labels, is_doubted) = answer(row.labels);
        let mark = Mark {
            line: row.line,
            span,
            quote,
            kind: known(Of::Kind).filter(|kind| kind != PROSE),
            coder: known(Of::Coder),
            labels,
            unsure: is_doubted || known(Of::Unsure).is_some_and(is_true),
            note: (row.cell)(Of::Note).filter(|note| !note.trim().is_empty()),
            at: known(Of::At).and_then(|text| time::read(&text)),
        };
        let name = known(Of::Article);
        let key = name.clone().unwrap_or_default();
        let place = *self.places.entry(key).or_insert(self.documents.len());
        if place == self.documents.len() {
            let published = known(Of::Published);
            let meta = Meta {
                title: known(Of::Title),
                outlet: known(Of::Outlet),
                published,
                url: known(Of::Url),
                lang: known(Of::Lang),
                ..Meta::default()
            };
            let (sha256, source, split) = (known(Of::Sha256), known(Of::Source), known(Of::Split));
            // Without a name nobody knows that these rows are of one article.
            let meta = if name.is_some() { meta } else { Meta::default() };
            self.documents.push(Document {
                id: name,
                sha256,
                meta,
                source,
                split,
                is_tiled: true,
                ..Document::default()
            });
        }
        if let Some(document) = self.documents.get_mut(place) {
            document.marks.push(mark);
        }
        Ok(())
    }

    pub(super) fn end(self, left: Vec<Left>) -> Incoming {
        Incoming { documents: self.documents, left, notes: vec![] }
    }
}

/// Words of an answer: `none` is none of these, `unsure` a doubt, `unanswered` no answer.
pub(super) fn answer(words: Option<Vec<String>>) -> (Option<Vec<String>>, bool) {
    let Some(words) = words else { return (None, false) };
    let is = |word: &String, what: &str| word.eq_ignore_ascii_case(what);
    let is_doubted = words.iter().any(|word| is(word, "unsure"));
    if words.iter().any(|word| is(word, "unanswered")) {
        return (None, is_doubted);
    }
    let n = words.len();
    let labels: Vec<String> = words
        .into_iter()
        .filter(|word| !word.is_empty() && !is(word, "none") && !is(word, "unsure"))
        .collect();
    // Only a doubt is no answer.
    let is_answer = !labels.is_empty() || n == 0 || !is_doubted;
    (is_answer.then_some(labels), is_doubted)
}

/// JSON lines with the names of the table.
pub(super) fn read(source: &Source<'_>) -> Result<Incoming, Unreadable> {
    let (mut rows, mut left) = (Rows::default(), Vec::new());
    values::each((source.bytes(), source.told), &mut left, |line, value| {
        push_object(&mut rows, line, value)
    })?;
    Ok(rows.end(left))
}

/// An object with the names of the table; one field may stand in its `meta`.
pub(super) fn push_object(rows: &mut Rows, line: u64, value: &Value) -> Result<(), String> {
    if !value.is_object() {
        return Err(format!("`{}` is no object", values::short(value)));
    }
    let field = |of: Of| {
        let names = NAMES.iter().find(|(other, _)| *other == of).map(|(_, names)| *names).unwrap_or_default();
        let found =
            |value: &Value| names.iter().find_map(|name| value.get(*name).filter(|v| !v.is_null()).cloned());
        found(value).or_else(|| value.get("meta").and_then(found))
    };
    let labels = field(Of::Labels).or_else(|| field(Of::Label));
    let is_answered = field(Of::Answered).and_then(|value| value.as_bool());
    let labels = match (labels, is_answered) {
        (_, Some(false)) | (None, _) => None,
        (Some(labels), _) => Some(values::words(&labels)?),
    };
    let cell = |of: Of| match field(of)? {
        Value::String(text) => Some(text),
        Value::Bool(is) => Some(is.to_string()),
        Value::Number(number) => Some(number.to_string()),
        other => Some(values::short(&other)).filter(|_| matches!(of, Of::Start | Of::End)),
    };
    rows.push(RowIn { line, cell: &cell, labels })
}
