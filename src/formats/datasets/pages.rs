//! Answers article by article, for formats that hold whole articles or a sentence a line; and how they are found again in what
//! was written.

use crate::formats::datasets::check::{differs, unread};
use crate::formats::datasets::counts::Counts;
use crate::formats::datasets::rows::{Given, Going, Row, Walk};
use crate::formats::datasets::what::{Unanswered, UnsureAs};
use crate::model::article::{Article, Sentence};
use crate::text::units::{Cut, places};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::convert::Infallible;
use std::io;
use std::ops::Range;

/// One answer on its way out.
#[derive(Debug, Clone)]
pub(in crate::formats) struct Answer<'a> {
    pub sentence: &'a Sentence,
    pub words: &'a str,
    /// Where it stands in the article, in the unit of the format.
    pub place: Range<usize>,
    pub coder: Option<String>,
    pub is_answered: bool,
    /// With `none` where that is a label; empty where there is no answer.
    pub labels: Vec<String>,
    pub is_unsure: bool,
    pub note: Option<String>,
}

/// An article with the answers that go out.
#[derive(Debug)]
pub(in crate::formats) struct Page<'a> {
    pub article: &'a Article,
    pub answers: Vec<Answer<'a>>,
}

/// What is known of an article, as other programs keep it beside its text.
#[derive(Debug, Serialize)]
pub(in crate::formats) struct Known<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outlet: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

/// Where a sentence of a line is from, and what was said beside its answer.
#[derive(Debug, Serialize)]
pub(in crate::formats) struct Origin<'a> {
    pub doc: &'a str,
    pub sentence_id: String,
    pub start: u32,
    pub end: u32,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unsure: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'a str>,
}

impl<'a> Page<'a> {
    pub fn known(&self) -> Known<'a> {
        let meta = &self.article.meta;
        Known {
            title: meta.title.as_deref(),
            outlet: meta.outlet.as_deref(),
            published: meta.published.as_deref(),
            url: meta.url.as_deref(),
        }
    }

    pub fn origin<'r>(&'r self, answer: &'r Answer<'_>) -> Origin<'r> {
        let span = answer.sentence.span;
        Origin {
            doc: self.article.id.as_str(),
            sentence_id: span.to_string(),
            start: span.start,
            end: span.end,
            unsure: answer.is_unsure,
            note: answer.note.as_deref(),
        }
    }

    /// Compares labels at places, found in what was written, with those of this page; says how many answers they are.
    pub fn verify_spans(
        &self,
        text: &str,
        cut: &Cut<'_>,
        found: impl IntoIterator<Item = (usize, usize, String)>,
    ) -> Result<usize, String> {
        if text != self.article.text() {
            return Err(format!("the text of article `{}` is not what was written", self.article.id));
        }
        let mut found = found.into_iter();
        for answer in &self.answers {
            let fault = || differs(self.article.id.as_str(), &answer.sentence.span.to_string());
            for label in &answer.labels {
                let (start, end, given) = found.next().ok_or_else(fault)?;
                if given != *label || cut.slice(start, end).is_none_or(|words| words != answer.words) {
                    return Err(fault());
                }
            }
        }
        match found.next() {
            Some((start, end, _)) => Err(differs(self.article.id.as_str(), &format!("{start}-{end}"))),
            None => Ok(self.answers.len()),
        }
    }

    /// Compares a line that was written with an answer.
    pub fn verify_line(&self, answer: &Answer<'_>, text: &str, labels: &[String]) -> Result<(), String> {
        let cut = self.article.text().chars().skip(answer.sentence.span.start as usize);
        let n = answer.sentence.span.end.saturating_sub(answer.sentence.span.start) as usize;
        if cut.take(n).eq(text.chars()) && labels == answer.labels {
            return Ok(());
        }
        Err(differs(self.article.id.as_str(), &answer.sentence.span.to_string()))
    }
}

/// Calls `take` with every article of which something goes out, until it fails.
pub(in crate::formats) fn each<'a, E>(
    going: &Going<'a>,
    mut take: impl FnMut(&Page<'a>, &mut Counts) -> Result<(), E>,
) -> Result<Counts, E> {
    let mut walk = Walk::new(going);
    for article in going.articles() {
        let article: &'a Article = article;
        let mut answers = vec![];
        let Ok(is_answered) = walk.article(article, |row| {
            answers.extend(answer(row, going, article));
            Ok::<(), Infallible>(())
        });
        if is_answered || going.what.unanswered == Unanswered::Keep {
            take(&Page { article, answers }, &mut walk.counts)?;
        }
    }
    Ok(walk.counts)
}

/// The same for labels at places: an answer without a label has none, and neither has one whose place the unit cannot name.
pub(in crate::formats) fn spans<'a, E>(
    going: &Going<'a>,
    mut take: impl FnMut(&Page<'a>, &mut Counts) -> Result<(), E>,
) -> Result<Counts, E> {
    let mut n_articles = 0;
    let mut counts = each(going, |page, counts| {
        let ranges: Vec<Range<usize>> = page.answers.iter().map(|answer| bytes(answer.sentence)).collect();
        let mut placed = Page { article: page.article, answers: vec![] };
        let (n_before, mut n_open, mut n_odd) = (page.answers.len(), 0, 0);
        for (answer, place) in page.answers.iter().zip(places(page.article.text(), going.what.unit, &ranges))
        {
            match place {
                _ if answer.labels.is_empty() => n_open += 1,
                None => n_odd += 1,
                Some(place) => placed.answers.push(Answer { place, ..answer.clone() }),
            }
        }
        counts.n_rows -= n_before - placed.answers.len();
        counts.open -= n_open;
        counts.places += n_odd;
        n_articles += 1;
        take(&placed, counts)
    })?;
    counts.n_articles = n_articles;
    Ok(counts)
}

fn bytes(sentence: &Sentence) -> Range<usize> {
    sentence.bytes.start as usize..sentence.bytes.end as usize
}

fn answer<'a>(row: &Row<'_>, going: &Going<'_>, article: &'a Article) -> Option<Answer<'a>> {
    let sentence = article.sentences().get(article.idx_of(row.sentence.span)?)?;
    let given = going.labels(row);
    Some(Answer {
        sentence,
        words: article.words_of(sentence),
        place: sentence.span.start as usize..sentence.span.end as usize,
        coder: row.coder.map(|coder| going.coder(coder).to_owned()),
        is_answered: given.is_some(),
        labels: given.into_iter().flat_map(Given::or_none).map(str::to_owned).collect(),
        is_unsure: row.is_unsure() && going.what.unsure == UnsureAs::Column,
        note: row.note().map(str::to_owned),
    })
}

/// Writes a line of JSON.
pub(in crate::formats) fn put_line(out: &mut dyn io::Write, line: &impl Serialize) -> io::Result<()> {
    let mut bytes = serde_json::to_vec(line)?;
    bytes.push(b'\n');
    out.write_all(&bytes)
}

/// Reads the next line of JSON.
pub(in crate::formats) fn next_line<T: DeserializeOwned>(from: &mut dyn io::BufRead) -> Result<T, String> {
    let mut line = Vec::new();
    from.read_until(b'\n', &mut line).map_err(unread)?;
    serde_json::from_slice(&line).map_err(unread)
}

/// Whether nothing more was written than was read.
pub(in crate::formats) fn at_end(from: &mut dyn io::BufRead) -> Result<(), String> {
    let rest = from.fill_buf().map_err(unread)?;
    if rest.is_empty() { Ok(()) } else { Err(unread("there is more in it")) }
}
