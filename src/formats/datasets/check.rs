//! A dataset that was written is read back, and every place in it is looked up in the text as the other program has it.
//!
//! A fault is a clause that names the first sentence that is not what stands at its place.

use crate::formats::datasets::csv::unguarded;
use crate::formats::datasets::rows::Going;
use crate::formats::datasets::scan::Scan;
use crate::formats::datasets::sheets::fitting;
use crate::formats::datasets::what::{Cells, RowsOf};
use crate::formats::hashes::sha256_hex;
use crate::model::article::Article;
use crate::model::ids::ArticleId;
use crate::text::units::{Cut, Unit};
use std::borrow::Cow;
use std::io::BufRead;

/// What a sentence says of itself.
pub(in crate::formats) enum Quote<'a> {
    Words(&'a str),
    /// As much of the words as a cell of Excel holds.
    Cell(&'a str),
    Hash(&'a str),
}

/// Looks sentences up one after the other.
pub(in crate::formats) struct Places<'a, 'g> {
    going: &'g Going<'a>,
    /// The article that the last one stood in.
    at: Option<(&'a Article, Cut<'a>)>,
    pub n: usize,
}

impl<'a, 'g> Places<'a, 'g> {
    pub fn new(going: &'g Going<'a>) -> Self {
        Self { going, at: None, n: 0 }
    }

    /// Looks at one sentence; places are code points of the article's text.
    pub fn look(
        &mut self,
        article: &str,
        (start, end): (usize, usize),
        quote: &Quote<'_>,
    ) -> Result<(), String> {
        if self.at.as_ref().is_none_or(|(at, _)| at.id.as_str() != article) {
            let found = self.going.project.article(&ArticleId::new(article));
            let found = found.ok_or_else(|| format!("no article `{article}`"))?;
            self.at = Some((found, Cut::new(found.text(), Unit::CodePoints)));
        }
        let there = self.at.as_ref().and_then(|(_, cut)| cut.slice(start, end));
        let is_it = there.is_some_and(|there| match quote {
            Quote::Words(words) => there == *words,
            Quote::Cell(words) => fitting(&there) == *words,
            Quote::Hash(hash) => sha256_hex(there.as_bytes()) == *hash,
        });
        if !is_it {
            return Err(differs(article, &format!("{start}-{end}")));
        }
        self.n += 1;
        Ok(())
    }
}

pub(in crate::formats) fn differs(article: &str, place: &str) -> String {
    format!("sentence `{place}` of article `{article}` is not what stands there")
}

/// What is written does not read as it should.
pub(in crate::formats) fn unread(error: impl std::fmt::Display) -> String {
    format!("what was written cannot be read, {error}")
}

pub fn commas(going: &Going<'_>, from: &mut dyn BufRead) -> Result<usize, String> {
    table(going, b',', from)
}

pub fn tabs(going: &Going<'_>, from: &mut dyn BufRead) -> Result<usize, String> {
    table(going, b'\t', from)
}

fn table(going: &Going<'_>, separator: u8, from: &mut dyn BufRead) -> Result<usize, String> {
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_reader(from);
    let head = reader.headers().map_err(unread)?.clone();
    let column = |name: &str| head.iter().position(|column| column == name);
    let cell = |record: &'_ csv::StringRecord, idx: Option<usize>| -> String {
        let cell = idx.and_then(|idx| record.get(idx)).unwrap_or_default();
        if going.what.cells == Cells::ForExcel { unguarded(cell).to_owned() } else { cell.to_owned() }
    };
    let (article, text) = (column("article_id"), column("text"));
    let (start, end, hash) = (column("start"), column("end"), column("text_sha256"));
    let (of_articles, mut n_articles) = (going.what.rows == RowsOf::Articles, 0);
    let mut places = Places::new(going);
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(unread)? {
        let id = article.and_then(|idx| record.get(idx)).unwrap_or_default();
        if of_articles {
            let known = going
                .project
                .article(&ArticleId::new(id))
                .filter(|known| text.is_none() || known.text() == cell(&record, text));
            n_articles += usize::from(known.is_some());
            known.ok_or_else(|| format!("article `{id}` does not read as it is"))?;
            continue;
        }
        let place = |idx: Option<usize>| -> Result<usize, String> {
            idx.and_then(|idx| record.get(idx)).unwrap_or_default().parse().map_err(unread)
        };
        let place = (place(start)?, place(end)?);
        // To the letter without a copy, but in a table for spreadsheets.
        let words = text.and_then(|idx| record.get(idx)).unwrap_or_default();
        let words = if going.what.cells == Cells::ForExcel { unguarded(words) } else { words };
        match hash.and_then(|idx| record.get(idx)) {
            Some(hash) => places.look(id, place, &Quote::Hash(hash))?,
            None => places.look(id, place, &Quote::Words(words))?,
        }
    }
    Ok(if of_articles { n_articles } else { places.n })
}

pub fn json_lines(going: &Going<'_>, from: &mut dyn BufRead) -> Result<usize, String> {
    let mut places = Places::new(going);
    each_line(from, |line| {
        let (mut article, mut place) = (Cow::Borrowed(""), (None, None));
        let (mut text, mut hash) = (Cow::Borrowed(""), None);
        let scanned = Scan::new(line).object(|scan, name| {
            match name {
                b"article_id" => article = scan.text()?,
                b"start" => place.0 = Some(scan.count()?),
                b"end" => place.1 = Some(scan.count()?),
                b"text" => text = scan.text()?,
                b"text_sha256" => hash = Some(scan.text()?),
                _ => scan.pass()?,
            }
            Some(())
        });
        let place = scanned.and_then(|()| place.0.zip(place.1));
        let place = place.ok_or_else(|| unread(format!("line {}", places.n + 1)))?;
        let quote = hash.as_deref().map_or(Quote::Words(&text), Quote::Hash);
        places.look(&article, place, &quote)
    })?;
    Ok(places.n)
}

/// Calls `take` with every line.
pub(in crate::formats) fn each_line(
    from: &mut dyn BufRead,
    mut take: impl FnMut(&[u8]) -> Result<(), String>,
) -> Result<(), String> {
    let mut line = Vec::new();
    while from.read_until(b'\n', &mut line).map_err(unread)? > 0 {
        take(&line)?;
        line.clear();
    }
    Ok(())
}
