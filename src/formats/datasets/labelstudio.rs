//! Label Studio: a task an article with labelled regions, or a task a sentence with a choice; an annotation, or a prediction, a
//! coder. Places are code points. The labelling interface that fits lies beside it.
//!
//! A file is one list, written a task a line.

use crate::formats::datasets::check::unread;
use crate::formats::datasets::counts::Counts;
use crate::formats::datasets::outlet::{Beside, Form, Outlet, Takes};
use crate::formats::datasets::pages::{self, Answer, Known, Origin, Page};
use crate::formats::datasets::rows::{self, Going};
use crate::formats::datasets::what::{AnswersAs, Shape};
use crate::formats::markup::escaped;
use crate::formats::{Format, Reads, Thing, Writes};
use crate::text::units::{Cut, Unit};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;
use std::io;

pub const SPANS: Format = Format {
    id: "labelstudio",
    name: "Label Studio, articles",
    extensions: &["json"],
    reads: Reads::Nothing,
    writes: Writes::Dataset(Outlet {
        shape: Shape::Spans,
        is_one_answer: false,
        units: &[Unit::CodePoints],
        form: Form::File {
            write: write_spans,
            check: check_spans,
            beside: Some(Beside { ending: CONFIG, text: regions_config }),
        },
        takes: &[Takes::Predictions],
    }),
    keeps: &[
        Thing::Text,
        Thing::Sentences,
        Thing::Labels,
        Thing::Unsure,
        Thing::Notes,
        Thing::Coders,
        Thing::Metadata,
    ],
};

pub const ROWS: Format = Format {
    id: "labelstudio-rows",
    name: "Label Studio, sentences",
    extensions: &["json"],
    reads: Reads::Nothing,
    writes: Writes::Dataset(Outlet {
        shape: Shape::Lines,
        is_one_answer: false,
        units: &[Unit::CodePoints],
        form: Form::File {
            write: write_rows,
            check: check_rows,
            beside: Some(Beside { ending: CONFIG, text: choices_config }),
        },
        takes: &[Takes::Predictions],
    }),
    keeps: &[Thing::Sentences, Thing::Labels, Thing::Unsure, Thing::Notes, Thing::Coders],
};

const CONFIG: &str = ".config.xml";

#[derive(Serialize)]
struct Task<D: Serialize, V: Serialize> {
    data: D,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    annotations: Vec<Annotation<V>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    predictions: Vec<Annotation<V>>,
}

#[derive(Serialize)]
struct Annotation<V: Serialize> {
    /// Who predicted: the coder.
    #[serde(skip_serializing_if = "Option::is_none")]
    model_version: Option<String>,
    result: Vec<Region<V>>,
}

#[derive(Serialize)]
struct Region<V: Serialize> {
    id: String,
    from_name: &'static str,
    to_name: &'static str,
    r#type: &'static str,
    value: V,
    #[serde(skip_serializing_if = "Meta::is_empty")]
    meta: Meta,
}

/// What is shown beside a region.
#[derive(Serialize)]
struct Meta {
    /// The note.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    text: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    coder: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unsure: bool,
}

impl Meta {
    fn of(answer: &Answer<'_>) -> Self {
        let text = answer.note.iter().cloned().collect();
        Self { text, coder: answer.coder.clone(), unsure: answer.is_unsure }
    }

    fn is_empty(&self) -> bool {
        self.text.is_empty() && self.coder.is_none() && !self.unsure
    }
}

#[derive(Serialize)]
struct Place<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    labels: &'a [String],
}

#[derive(Serialize)]
struct Choice<'a> {
    choices: &'a [String],
}

#[derive(Serialize)]
struct Article<'a> {
    text: &'a str,
    doc: &'a str,
    #[serde(flatten)]
    known: Known<'a>,
}

#[derive(Serialize)]
struct Sentence<'a> {
    text: &'a str,
    #[serde(flatten)]
    origin: Origin<'a>,
}

/// Writes tasks as one list.
struct Tasks<'o> {
    out: &'o mut dyn io::Write,
    is_begun: bool,
}

impl Tasks<'_> {
    fn put(&mut self, task: &impl Serialize) -> io::Result<()> {
        self.out.write_all(if self.is_begun { b",\n" } else { b"[\n" })?;
        self.is_begun = true;
        self.out.write_all(&serde_json::to_vec(task)?)
    }

    fn end(self) -> io::Result<()> {
        self.out.write_all(if self.is_begun { b"\n]\n" } else { b"[]\n" })?;
        self.out.flush()
    }
}

/// A task with what each coder said.
fn task<D: Serialize, V: Serialize>(
    data: D,
    by_coder: Vec<(Option<String>, Vec<Region<V>>)>,
    going: &Going<'_>,
) -> Task<D, V> {
    let are_predictions = going.what.answers == AnswersAs::Predictions;
    let said = by_coder
        .into_iter()
        .map(|(coder, result)| Annotation { model_version: coder.filter(|_| are_predictions), result });
    let said: Vec<_> = said.collect();
    if are_predictions {
        Task { data, annotations: vec![], predictions: said }
    } else {
        Task { data, annotations: said, predictions: vec![] }
    }
}

/// The answers of each coder by themselves, in the order in which coders come.
fn by_coder<'r, 'a>(answers: &'r [Answer<'a>]) -> Vec<(Option<String>, Vec<&'r Answer<'a>>)> {
    let mut all: Vec<(Option<String>, Vec<&Answer<'_>>)> = vec![];
    for answer in answers {
        match all.iter_mut().find(|(coder, _)| *coder == answer.coder) {
            Some((_, theirs)) => theirs.push(answer),
            None => all.push((answer.coder.clone(), vec![answer])),
        }
    }
    all
}

fn region<V: Serialize>(answer: &Answer<'_>, r#type: &'static str, value: V) -> Region<V> {
    let id = format!("s{}", answer.sentence.span);
    Region { id, from_name: "label", to_name: "text", r#type, value, meta: Meta::of(answer) }
}

fn write_spans(going: &Going<'_>, out: &mut dyn io::Write) -> io::Result<Counts> {
    let mut tasks = Tasks { out, is_begun: false };
    let counts = pages::spans(going, |page, _| {
        let said = by_coder(&page.answers).into_iter().map(|(coder, answers)| {
            let regions = answers.into_iter().map(|answer| {
                let (start, end) = (answer.place.start, answer.place.end);
                let value = Place { start, end, text: answer.words, labels: &answer.labels };
                region(answer, "labels", value)
            });
            (coder, regions.collect())
        });
        let (text, doc) = (page.article.text(), page.article.id.as_str());
        tasks.put(&task(Article { text, doc, known: page.known() }, said.collect(), going))
    })?;
    tasks.end()?;
    Ok(counts)
}

/// The answers to one sentence after the other: they stand side by side.
fn sentences<'r, 'a>(page: &'r Page<'a>) -> impl Iterator<Item = &'r [Answer<'a>]> {
    page.answers.chunk_by(|one, other| one.sentence.span == other.sentence.span)
}

fn write_rows(going: &Going<'_>, out: &mut dyn io::Write) -> io::Result<Counts> {
    let mut tasks = Tasks { out, is_begun: false };
    let counts = pages::each(going, |page, _| {
        sentences(page).try_for_each(|answers| {
            let Some(first) = answers.first() else { return Ok(()) };
            let given = answers.iter().filter(|answer| answer.is_answered);
            let said = given.map(|answer| {
                let value = Choice { choices: &answer.labels };
                (answer.coder.clone(), vec![region(answer, "choices", value)])
            });
            // What one coder said beside an answer stands with the answer.
            let origin = Origin { unsure: false, note: None, ..page.origin(first) };
            tasks.put(&task(Sentence { text: first.words, origin }, said.collect(), going))
        })
    })?;
    tasks.end()?;
    Ok(counts)
}

fn regions_config(going: &Going<'_>) -> String {
    config(going, ("Labels", "Label"), "")
}

fn choices_config(going: &Going<'_>) -> String {
    let several = going.project.scheme().takes_several();
    let choice = if several { " choice=\"multiple\"" } else { " choice=\"single\"" };
    config(going, ("Choices", "Choice"), choice)
}

/// The labelling interface: labels by their ids, with their colours, and what they mean as a hint.
fn config(going: &Going<'_>, (all, one): (&str, &str), choice: &str) -> String {
    let mut xml = format!("<View>\n  <{all} name=\"label\" toName=\"text\"{choice}>\n");
    for named in rows::named(going) {
        let says = named.label.map_or("", |label| label.says.as_str());
        let hint =
            if says.is_empty() { named.name().to_owned() } else { format!("{}: {says}", named.name()) };
        let colour = named.label.map(|label| format!(" background=\"{}\"", escaped(&label.colour)));
        let colour = colour.filter(|_| one == "Label").unwrap_or_default();
        // A String takes everything.
        writeln!(xml, "    <{one} value=\"{}\"{colour} hint=\"{}\"/>", escaped(&named.id), escaped(&hint))
            .unwrap_or_default();
    }
    xml.extend(["  </", all, ">\n  <Text name=\"text\" value=\"$text\"/>\n</View>\n"]);
    xml
}

#[derive(Deserialize)]
struct TaskBack<V> {
    data: DataBack,
    #[serde(default = "Vec::new")]
    annotations: Vec<AnnotationBack<V>>,
    #[serde(default = "Vec::new")]
    predictions: Vec<AnnotationBack<V>>,
}

#[derive(Deserialize)]
struct DataBack {
    text: String,
}

#[derive(Deserialize)]
struct AnnotationBack<V> {
    result: Vec<RegionBack<V>>,
}

#[derive(Deserialize)]
struct RegionBack<V> {
    value: V,
}

#[derive(Deserialize)]
struct PlaceBack {
    start: usize,
    end: usize,
    labels: Vec<String>,
}

#[derive(Deserialize)]
struct ChoiceBack {
    choices: Vec<String>,
}

/// Reads the next task of the list: a line of it.
fn next_task<V: for<'de> Deserialize<'de>>(from: &mut dyn io::BufRead) -> Result<TaskBack<V>, String> {
    let mut line = Vec::new();
    from.read_until(b'\n', &mut line).map_err(unread)?;
    if line == b"[\n" {
        line.clear();
        from.read_until(b'\n', &mut line).map_err(unread)?;
    }
    let task = line.strip_suffix(b"\n").unwrap_or(&line);
    serde_json::from_slice(task.strip_suffix(b",").unwrap_or(task)).map_err(unread)
}

/// Whether the list ends here.
fn ends(from: &mut dyn io::BufRead) -> Result<(), String> {
    let mut rest = String::new();
    from.read_to_string(&mut rest).map_err(unread)?;
    if ["]\n", "[]\n"].contains(&rest.as_str()) {
        Ok(())
    } else {
        Err(unread("the list does not end where it should"))
    }
}

fn check_spans(going: &Going<'_>, from: &mut dyn io::BufRead) -> Result<usize, String> {
    let mut n = 0;
    pages::spans(going, |page, _| {
        let back: TaskBack<PlaceBack> = next_task(from)?;
        let cut = Cut::new(&back.data.text, Unit::CodePoints);
        let mut said = back.annotations.into_iter().chain(back.predictions);
        for (_, answers) in by_coder(&page.answers) {
            let theirs = Page { article: page.article, answers: answers.into_iter().cloned().collect() };
            let regions = said.next().map(|said| said.result).unwrap_or_default();
            let found = regions.into_iter().flat_map(|region| {
                let PlaceBack { start, end, labels } = region.value;
                labels.into_iter().map(move |label| (start, end, label))
            });
            n += theirs.verify_spans(&back.data.text, &cut, found)?;
        }
        if said.next().is_some() { Err(unread("there is more in it")) } else { Ok(()) }
    })?;
    ends(from)?;
    Ok(n)
}

fn check_rows(going: &Going<'_>, from: &mut dyn io::BufRead) -> Result<usize, String> {
    let counts = pages::each(going, |page, _| {
        sentences(page).try_for_each(|answers| {
            let back: TaskBack<ChoiceBack> = next_task(from)?;
            let mut said = back.annotations.into_iter().chain(back.predictions).flat_map(|said| said.result);
            answers.iter().try_for_each(|answer| {
                let given = if answer.is_answered { said.next() } else { None };
                let labels = given.map(|region| region.value.choices).unwrap_or_default();
                page.verify_line(answer, &back.data.text, &labels)
            })
        })
    })?;
    ends(from)?;
    Ok(counts.n_rows)
}
