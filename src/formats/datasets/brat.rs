//! brat: a folder with the text and the annotations of each article, and the configuration with the scheme's names and colours.
//!
//! Places are code points. No annotation of brat goes over a line break: where a sentence does, it is written in fragments.

use crate::formats::datasets::check::{differs, unread};
use crate::formats::datasets::counts::Counts;
use crate::formats::datasets::outlet::{Form, Get, Outlet, Put};
use crate::formats::datasets::pages::{self, Answer, Page};
use crate::formats::datasets::rows::{self, Going, Named};
use crate::formats::datasets::what::Shape;
use crate::formats::{Format, Reads, Thing, Writes};
use crate::model::ids::Span;
use crate::text::units::{Cut, Unit};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::ops::Range;

pub const FORMAT: Format = Format {
    id: "brat",
    name: "brat",
    extensions: &[],
    reads: Reads::Nothing,
    writes: Writes::Dataset(Outlet {
        shape: Shape::Spans,
        is_one_answer: true,
        units: &[Unit::CodePoints],
        form: Form::Folder { write, check },
        takes: &[],
    }),
    keeps: &[Thing::Text, Thing::Sentences, Thing::Labels, Thing::Unsure, Thing::Notes],
};

/// What ends a line for brat, which reads as Python's `splitlines` does.
const BREAKS: [char; 10] =
    ['\n', '\r', '\u{B}', '\u{C}', '\u{1C}', '\u{1D}', '\u{1E}', '\u{85}', '\u{2028}', '\u{2029}'];

fn write(going: &Going<'_>, put: Put<'_>) -> io::Result<Counts> {
    let links = links(going);
    let named = rows::named(going);
    put("annotation.conf", annotation_conf(&named).as_bytes())?;
    put("visual.conf", visual_conf(&named).as_bytes())?;
    let mut counts = pages::spans(going, |page, _| {
        let name = page.article.id.as_str();
        put(&format!("{name}.txt"), page.article.text().as_bytes())?;
        put(&format!("{name}.ann"), annotations(page, &links).as_bytes())
    })?;
    // A relation stands in one document.
    let chosen = going.project.links().filter(|link| going.what.has(&link.article));
    counts.links = chosen.filter(|link| link.article != link.to_article).count();
    Ok(counts)
}

/// What each denial answers in its own article.
type Links<'a> = BTreeMap<&'a str, Vec<(Span, Span)>>;

fn links<'a>(going: &Going<'a>) -> Links<'a> {
    let mut links = Links::new();
    for link in going.project.links().filter(|link| link.article == link.to_article) {
        links.entry(link.article.as_str()).or_default().push((link.sentence, link.to_sentence));
    }
    links
}

/// The annotations of an article, a line each.
fn annotations(page: &Page<'_>, links: &Links<'_>) -> String {
    let (mut out, mut first_of) = (String::new(), BTreeMap::new());
    let (mut n_spans, mut n_marks, mut n_notes) = (0, 0, 0);
    // A String takes everything.
    let mut line = |line: std::fmt::Arguments<'_>| out.write_fmt(line).unwrap_or_default();
    for answer in &page.answers {
        let (places, words) = fragments(answer);
        for (idx, label) in answer.labels.iter().enumerate() {
            n_spans += 1;
            line(format_args!("T{n_spans}\t{label} {places}\t{words}\n"));
            if idx > 0 {
                continue;
            }
            first_of.insert(answer.sentence.span, n_spans);
            if answer.is_unsure {
                n_marks += 1;
                line(format_args!("A{n_marks}\tUnsure T{n_spans}\n"));
            }
            if let Some(note) = &answer.note {
                n_notes += 1;
                let note = note.replace(BREAKS, " ").replace('\t', " ");
                line(format_args!("#{n_notes}\tAnnotatorNotes T{n_spans}\t{note}\n"));
            }
        }
    }
    let links = links.get(page.article.id.as_str()).into_iter().flatten();
    let both = links.filter_map(|(from, to)| Some((first_of.get(from)?, first_of.get(to)?)));
    for (n, (from, to)) in both.enumerate() {
        line(format_args!("R{}\tAnswers Arg1:T{from} Arg2:T{to}\n", n + 1));
    }
    out
}

/// The places of a sentence between its line breaks, and its words as brat joins them: `0 5;6 12`.
fn fragments(answer: &Answer<'_>) -> (String, String) {
    let (mut places, mut words): (Vec<Range<usize>>, Vec<&str>) = (vec![], vec![]);
    let mut at = answer.place.start;
    for piece in answer.words.split(BREAKS) {
        let n = piece.chars().count();
        if n > 0 {
            places.push(at..at + n);
            words.push(piece);
        }
        // Each break is one code point.
        at += n + 1;
    }
    let places = places.iter().map(|place| format!("{} {}", place.start, place.end));
    (places.collect::<Vec<_>>().join(";"), words.join(" "))
}

fn annotation_conf(named: &[Named<'_>]) -> String {
    let labels: String = named.iter().flat_map(|named| [named.id.as_str(), "\n"]).collect();
    format!(
        "[entities]\n{labels}\n[relations]\nAnswers\tArg1:<ENTITY>, Arg2:<ENTITY>\n\n[events]\n\n[attributes]\nUnsure\tArg:<ENTITY>\n"
    )
}

fn visual_conf(named: &[Named<'_>]) -> String {
    let (mut labels, mut drawing) = (String::new(), String::new());
    for named in named {
        // Signs that part the fields are none of a name.
        let name = named.name().replace(['|', '\n', '\r'], " ");
        let letter = named.label.map_or("", |label| label.letter.as_str()).replace('|', " ");
        let short = if letter.is_empty() { String::new() } else { format!(" | {letter}") };
        labels.extend([named.id.as_str(), " | ", &name, &short, "\n"]);
        if let Some(label) = named.label {
            drawing.extend([named.id.as_str(), "\tbgColor:", &label.colour, "\n"]);
        }
    }
    format!("[labels]\n{labels}\n[drawing]\n{drawing}")
}

fn check(going: &Going<'_>, get: Get<'_>) -> Result<usize, String> {
    let mut n = 0;
    pages::spans(going, |page, _| {
        let name = page.article.id.as_str();
        let mut read = |ending: &str| {
            String::from_utf8(get(&format!("{name}.{ending}")).map_err(unread)?).map_err(unread)
        };
        let (text, annotations) = (read("txt")?, read("ann")?);
        let cut = Cut::new(&text, Unit::CodePoints);
        if text != page.article.text() {
            return Err(format!("the text of article `{name}` is not what was written"));
        }
        let mut found = annotations.split_terminator(BREAKS).filter(|line| line.starts_with('T'));
        for answer in &page.answers {
            let fault = || differs(name, &answer.sentence.span.to_string());
            for label in &answer.labels {
                let (given, words) = found.next().and_then(|line| back(line, &cut)).ok_or_else(fault)?;
                let without_breaks: String = answer.words.split(BREAKS).collect();
                if given != *label || words != without_breaks {
                    return Err(fault());
                }
            }
        }
        n += page.answers.len();
        found.next().map_or(Ok(()), |line| Err(format!("`{line}` of article `{name}` is too much")))
    })?;
    Ok(n)
}

/// The label of an annotation, and what stands at its places; none where its own words differ from that.
fn back(line: &str, cut: &Cut<'_>) -> Option<(String, String)> {
    let (_, rest) = line.split_once('\t')?;
    let (label_and_places, quoted) = rest.split_once('\t')?;
    let (label, places) = label_and_places.split_once(' ')?;
    let pieces: Option<Vec<_>> = places
        .split(';')
        .map(|place| {
            let (start, end) = place.split_once(' ')?;
            cut.slice(start.parse().ok()?, end.parse().ok()?)
        })
        .collect();
    let pieces = pieces?;
    (pieces.join(" ") == quoted).then(|| (label.to_owned(), pieces.concat()))
}
