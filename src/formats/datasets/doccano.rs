//! doccano: labels at places in an article, or labels of a sentence a line. What is no text and no label becomes metadata there.
//!
//! Places count UTF-16, as the browser does; a project of doccano can be made to count grapheme clusters.

use crate::formats::datasets::counts::Counts;
use crate::formats::datasets::outlet::{Form, OF_LINES, Outlet, json_lines};
use crate::formats::datasets::pages::{self, Known, Origin};
use crate::formats::datasets::rows::Going;
use crate::formats::datasets::what::Shape;
use crate::formats::{Format, Reads, Thing, Writes};
use crate::text::units::{Cut, Unit};
use serde::{Deserialize, Serialize};
use std::io;

pub const SPANS: Format = Format {
    id: "doccano",
    name: "doccano, articles",
    extensions: &["jsonl"],
    reads: Reads::Nothing,
    writes: Writes::Dataset(Outlet {
        shape: Shape::Spans,
        is_one_answer: true,
        units: &[Unit::Utf16, Unit::Graphemes],
        form: Form::File { write: write_spans, check: check_spans, beside: None },
        takes: &[],
    }),
    keeps: &[Thing::Text, Thing::Sentences, Thing::Labels, Thing::Metadata],
};

pub const ROWS: Format =
    json_lines(("doccano-rows", "doccano, sentences"), Shape::Lines, (write_rows, check_rows), OF_LINES);

#[derive(Serialize)]
struct Article<'a> {
    text: &'a str,
    label: Vec<(usize, usize, &'a str)>,
    doc: &'a str,
    #[serde(flatten)]
    known: Known<'a>,
}

#[derive(Serialize)]
struct Sentence<'a> {
    text: &'a str,
    label: &'a [String],
    #[serde(flatten)]
    origin: Origin<'a>,
}

fn write_spans(going: &Going<'_>, out: &mut dyn io::Write) -> io::Result<Counts> {
    pages::spans(going, |page, _| {
        let labels = page.answers.iter().flat_map(|answer| {
            answer.labels.iter().map(|label| (answer.place.start, answer.place.end, label.as_str()))
        });
        let (text, doc) = (page.article.text(), page.article.id.as_str());
        pages::put_line(out, &Article { text, label: labels.collect(), doc, known: page.known() })
    })
}

fn write_rows(going: &Going<'_>, out: &mut dyn io::Write) -> io::Result<Counts> {
    pages::each(going, |page, _| {
        page.answers.iter().try_for_each(|answer| {
            let line = Sentence { text: answer.words, label: &answer.labels, origin: page.origin(answer) };
            pages::put_line(out, &line)
        })
    })
}

#[derive(Deserialize)]
struct Back<T> {
    text: String,
    label: Vec<T>,
}

fn check_spans(going: &Going<'_>, from: &mut dyn io::BufRead) -> Result<usize, String> {
    let mut n = 0;
    pages::spans(going, |page, _| {
        let back: Back<(usize, usize, String)> = pages::next_line(from)?;
        n += page.verify_spans(&back.text, &Cut::new(&back.text, going.what.unit), back.label)?;
        Ok::<_, String>(())
    })?;
    pages::at_end(from)?;
    Ok(n)
}

fn check_rows(going: &Going<'_>, from: &mut dyn io::BufRead) -> Result<usize, String> {
    let counts = pages::each(going, |page, _| {
        page.answers.iter().try_for_each(|answer| {
            let back: Back<String> = pages::next_line(from)?;
            page.verify_line(answer, &back.text, &back.label)
        })
    })?;
    pages::at_end(from)?;
    Ok(counts.n_rows)
}
