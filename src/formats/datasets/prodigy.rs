//! Prodigy: a choice a line for each sentence, or whole articles with spans. Places are code points.

use crate::formats::datasets::counts::Counts;
use crate::formats::datasets::outlet::{OF_LINES, json_lines};
use crate::formats::datasets::pages::{self, Known, Origin};
use crate::formats::datasets::rows::{self, Going};
use crate::formats::datasets::what::Shape;
use crate::formats::{Format, Thing};
use crate::text::units::{Cut, Unit};
use serde::{Deserialize, Serialize};
use std::io;

pub const ROWS: Format =
    json_lines(("prodigy", "Prodigy, sentences"), Shape::Lines, (write_rows, check_rows), OF_LINES);

pub const SPANS: Format = json_lines(
    ("prodigy-spans", "Prodigy, articles"),
    Shape::Spans,
    (write_spans, check_spans),
    &[Thing::Text, Thing::Sentences, Thing::Labels, Thing::Unsure, Thing::Notes, Thing::Metadata],
);

/// What a task was answered with, as Prodigy says it.
const ACCEPT: &str = "accept";

#[derive(Serialize)]
struct Choice<'a> {
    id: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct Task<'a> {
    text: &'a str,
    options: &'a [Choice<'a>],
    /// Absent = yet to be answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    accept: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<&'static str>,
    meta: Origin<'a>,
}

fn write_rows(going: &Going<'_>, out: &mut dyn io::Write) -> io::Result<Counts> {
    let named = rows::named(going);
    let options: Vec<_> = named.iter().map(|named| Choice { id: &named.id, text: named.name() }).collect();
    pages::each(going, |page, _| {
        page.answers.iter().try_for_each(|answer| {
            let task = Task {
                text: answer.words,
                options: &options,
                accept: answer.is_answered.then_some(&answer.labels),
                answer: answer.is_answered.then_some(ACCEPT),
                meta: page.origin(answer),
            };
            pages::put_line(out, &task)
        })
    })
}

#[derive(Serialize)]
struct Span<'a> {
    start: usize,
    end: usize,
    label: &'a str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unsure: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

#[derive(Serialize)]
struct Meta<'a> {
    doc: &'a str,
    #[serde(flatten)]
    known: Known<'a>,
}

#[derive(Serialize)]
struct Article<'a> {
    text: &'a str,
    spans: Vec<Span<'a>>,
    answer: &'static str,
    meta: Meta<'a>,
}

fn write_spans(going: &Going<'_>, out: &mut dyn io::Write) -> io::Result<Counts> {
    pages::spans(going, |page, _| {
        let spans = page.answers.iter().flat_map(|answer| {
            answer.labels.iter().map(|label| Span {
                start: answer.place.start,
                end: answer.place.end,
                label,
                unsure: answer.is_unsure,
                note: answer.note.as_deref(),
            })
        });
        let meta = Meta { doc: page.article.id.as_str(), known: page.known() };
        pages::put_line(
            out,
            &Article { text: page.article.text(), spans: spans.collect(), answer: ACCEPT, meta },
        )
    })
}

#[derive(Deserialize)]
struct TaskBack {
    text: String,
    #[serde(default)]
    accept: Vec<String>,
}

fn check_rows(going: &Going<'_>, from: &mut dyn io::BufRead) -> Result<usize, String> {
    let counts = pages::each(going, |page, _| {
        page.answers.iter().try_for_each(|answer| {
            let back: TaskBack = pages::next_line(from)?;
            page.verify_line(answer, &back.text, &back.accept)
        })
    })?;
    pages::at_end(from)?;
    Ok(counts.n_rows)
}

#[derive(Deserialize)]
struct SpanBack {
    start: usize,
    end: usize,
    label: String,
}

#[derive(Deserialize)]
struct ArticleBack {
    text: String,
    spans: Vec<SpanBack>,
}

fn check_spans(going: &Going<'_>, from: &mut dyn io::BufRead) -> Result<usize, String> {
    let mut n = 0;
    pages::spans(going, |page, _| {
        let back: ArticleBack = pages::next_line(from)?;
        let found = back.spans.into_iter().map(|span| (span.start, span.end, span.label));
        n += page.verify_spans(&back.text, &Cut::new(&back.text, Unit::CodePoints), found)?;
        Ok::<_, String>(())
    })?;
    pages::at_end(from)?;
    Ok(n)
}
