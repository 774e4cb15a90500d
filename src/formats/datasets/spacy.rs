//! spaCy: a line a sentence with a figure a category, from which ten lines of Python make a `DocBin`.

use crate::formats::Format;
use crate::formats::datasets::counts::Counts;
use crate::formats::datasets::outlet::{OF_LINES, json_lines};
use crate::formats::datasets::pages::{self, Origin};
use crate::formats::datasets::rows::{self, Going};
use crate::formats::datasets::what::Shape;
use serde::{Deserialize, Serialize, Serializer};
use std::io;

pub const FORMAT: Format = json_lines(("spacy", "spaCy categories"), Shape::Lines, (write, check), OF_LINES);

/// The lines that make a `DocBin` of what is written here.
pub const DOCBIN: &str = r#"import json, spacy
from spacy.tokens import DocBin
nlp = spacy.blank("en")
docs = DocBin()
for line in open("train.jsonl", encoding="utf-8"):
    row = json.loads(line)
    doc = nlp.make_doc(row["text"])
    doc.cats = row["cats"]
    docs.add(doc)
docs.to_disk("train.spacy")"#;

#[derive(Serialize)]
struct Line<'a> {
    text: &'a str,
    #[serde(serialize_with = "in_order")]
    cats: Vec<(&'a str, f32)>,
    meta: Origin<'a>,
}

fn in_order<S: Serializer>(cats: &[(&str, f32)], to: S) -> Result<S::Ok, S::Error> {
    to.collect_map(cats.iter().copied())
}

fn write(going: &Going<'_>, out: &mut dyn io::Write) -> io::Result<Counts> {
    let names = rows::names(going);
    let cat =
        |name: &str, labels: &[String]| if labels.iter().any(|label| label == name) { 1.0 } else { 0.0 };
    pages::each(going, |page, _| {
        page.answers.iter().try_for_each(|answer| {
            // Without an answer nothing is known of any category.
            let names = names.iter().filter(|_| answer.is_answered);
            let cats = names.map(|name| (name.as_str(), cat(name, &answer.labels))).collect();
            pages::put_line(out, &Line { text: answer.words, cats, meta: page.origin(answer) })
        })
    })
}

#[derive(Deserialize)]
struct Back {
    text: String,
    cats: serde_json::Map<String, serde_json::Value>,
}

fn check(going: &Going<'_>, from: &mut dyn io::BufRead) -> Result<usize, String> {
    let counts = pages::each(going, |page, _| {
        page.answers.iter().try_for_each(|answer| {
            let Back { text, cats } = pages::next_line(from)?;
            let is_given =
                |label: &&String| cats.get(*label).and_then(serde_json::Value::as_f64) == Some(1.0);
            let labels: Vec<String> = answer.labels.iter().filter(is_given).cloned().collect();
            let n_given = cats.values().filter(|figure| figure.as_f64() == Some(1.0)).count();
            if n_given != labels.len() {
                return page.verify_line(answer, &text, &[]);
            }
            page.verify_line(answer, &text, &labels)
        })
    })?;
    pages::at_end(from)?;
    Ok(counts.n_rows)
}
