//! The two long lists, read row by row into what the model holds: an article's text and a sheet's rows.

use crate::formats::project::escape;
use crate::formats::project::record;
use crate::formats::project::records::{CodingRec, SpanRec, StampRec, TextRowRec, Texts};
use crate::formats::project::write_records as records;
use crate::model::article::Sentence;
use crate::model::coding::{Coding, Row};
use crate::model::ids::{Kept, LabelId, Span, Stamp};
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use std::fmt;
use std::sync::Arc;

/// An article's text and its sentences, counted anew while they are read.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::formats) struct TextRec {
    pub text: String,
    pub sentences: Vec<Sentence>,
    /// Sentences (by place in the list) that say another span than they have; `None` = no span at all.
    pub moved: Vec<(usize, Option<Span>)>,
    /// Rows of nothing but white space, which went to the row before.
    pub blank: Vec<BlankRow>,
    n_chars: u32,
    /// Where a sentence begins whose first rows were blank.
    begun: Option<(u32, u32)>,
}

/// A row of nothing but white space.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::formats) struct BlankRow {
    /// RON source of the row.
    pub source: String,
    /// Whether its white space is all it has.
    pub is_plain: bool,
}

impl TextRec {
    pub fn push(&mut self, row: TextRowRec) {
        let TextRowRec { s: SpanRec(written), t, kind, extra } = row;
        let body = t.trim_end();
        let n_body = narrow(body.chars().count());
        let n_rest = narrow(t.get(body.len()..).unwrap_or_default().chars().count());
        let here = (narrow(self.text.len()), self.n_chars);
        if body.is_empty() {
            let is_plain = kind.is_none() && extra.is_none();
            let written = written.map_or_else(|written| written, |span| span.to_string());
            let source =
                records::one_line(|out| records::text_row(out, &written, &t, kind.as_deref(), &extra));
            self.blank.push(BlankRow { source, is_plain });
            if self.sentences.is_empty() {
                self.begun.get_or_insert(here);
            }
        } else {
            let (byte, chars) = self.begun.take().unwrap_or(here);
            let n_chars = (self.n_chars - chars).saturating_add(n_body);
            let span = Span::new(chars, chars.saturating_add(n_chars));
            if written != Ok(span) {
                self.moved.push((self.sentences.len(), written.ok()));
            }
            let bytes = byte..narrow(self.text.len() + body.len());
            let kind = kind.map(|kind| self.shared_kind(kind));
            self.sentences.push(Sentence { span, bytes, kind, extra });
        }
        self.text.push_str(&t);
        self.n_chars = self.n_chars.saturating_add(n_body).saturating_add(n_rest);
    }

    /// One name of a kind for all sentences near each other.
    fn shared_kind(&self, kind: String) -> Arc<str> {
        let known = self.sentences.iter().rev().take(8).filter_map(|s| s.kind.as_ref());
        known.into_iter().find(|known| ***known == *kind).map_or_else(|| kind.into(), Arc::clone)
    }
}

/// Something in a sheet's rows that the model cannot hold, and what was done about it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::formats) enum Odd {
    /// No span at all: the row's RON source.
    NoSpan(String),
    /// A row that says nothing at all.
    Blank(Span),
    /// A row without labels that does not say that it is unanswered.
    NoLabels(Span),
    /// A time that cannot be read: kept as it is written.
    Time(Span, String),
}

/// The rows of a sheet, in the order of the file.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::formats) struct RowsRec {
    pub rows: Vec<Row>,
    pub odd: Vec<Odd>,
}

/// Names that stand again and again in one sheet: one text for all.
#[derive(Debug, Default)]
pub(in crate::formats) struct Names {
    labels: Vec<LabelId>,
    by: Vec<Arc<str>>,
}

impl Names {
    /// Labels of a scheme, so that a label in a sheet is the scheme's own.
    const MOST: usize = 32;

    fn label(&mut self, id: &str) -> LabelId {
        if let Some(known) = self.labels.iter().find(|known| known.as_str() == id) {
            return known.clone();
        }
        let label = LabelId::new(id);
        if self.labels.len() < Self::MOST {
            self.labels.push(label.clone());
        }
        label
    }

    fn by(&mut self, by: String) -> Arc<str> {
        if let Some(known) = self.by.iter().find(|known| ***known == *by) {
            return Arc::clone(known);
        }
        let by: Arc<str> = by.into();
        if self.by.len() < Self::MOST {
            self.by.push(Arc::clone(&by));
        }
        by
    }
}

/// The coding of a record, its span, and what could not be taken as it stands.
pub(in crate::formats) fn coding(rec: CodingRec, names: &mut Names) -> (Option<SpanRec>, Coding, Vec<Odd>) {
    let CodingRec { s, labels, answered, unsure, note, at, check, by, mut extra } = rec;
    let here = match &s {
        Some(SpanRec(Ok(span))) => *span,
        _ => Span::new(0, 0),
    };
    let mut odd = Vec::new();
    if labels.is_none() && answered.is_none() {
        odd.push(Odd::NoLabels(here));
    }
    let answered = answered.unwrap_or(labels.is_some());
    let at = stamp(at, "at", &mut extra, |written| odd.push(Odd::Time(here, written)));
    let Texts(labels) = labels.unwrap_or_default();
    let labels: Box<[LabelId]> = labels.iter().map(|id| names.label(id)).collect();
    let by = by.map(|by| names.by(by));
    let coding = Coding { answered, labels, unsure, note: note.map(String::into), at, check, by, extra };
    (s, coding, odd)
}

/// A moment; what cannot be read as one stays beside it as it is written.
pub(in crate::formats) fn stamp(
    rec: Option<StampRec>,
    name: &str,
    extra: &mut Kept,
    odd: impl FnOnce(String),
) -> Option<Stamp> {
    match rec?.0 {
        Ok(stamp) => Some(stamp),
        Err(written) => {
            record::add(extra, &format!("{name}_as_written"), escape::string(&written));
            odd(written);
            None
        }
    }
}

impl RowsRec {
    fn push<E: Error>(&mut self, rec: CodingRec, names: &mut Names) -> Result<(), E> {
        let (s, coding, odd) = coding(rec, names);
        match s {
            None => return Err(E::missing_field("s")),
            Some(SpanRec(Err(written))) => self.odd.push(Odd::NoSpan(records::one_line(|out| {
                records::coding(out, Some(&written), &coding);
            }))),
            Some(SpanRec(Ok(span))) => {
                self.odd.extend(odd);
                let says_nothing = coding.is_blank()
                    && coding.labels.is_empty()
                    && coding.at.is_none()
                    && coding.by.is_none()
                    && !coding.check;
                if says_nothing {
                    self.odd.push(Odd::Blank(span));
                } else {
                    self.rows.push(Row { span, coding });
                }
            }
        }
        Ok(())
    }
}

/// Texts of a file are at most 256 MiB, so that places in them fit.
fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl<'de> Deserialize<'de> for TextRec {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = TextRec;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the rows of a text")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<TextRec, A::Error> {
                let mut text = TextRec::default();
                while let Some(row) = seq.next_element()? {
                    text.push(row);
                }
                text.text.shrink_to_fit();
                text.sentences.shrink_to_fit();
                Ok(text)
            }
        }
        from.deserialize_seq(Read)
    }
}

impl<'de> Deserialize<'de> for RowsRec {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = RowsRec;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the rows of a sheet")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<RowsRec, A::Error> {
                let (mut rows, mut names) = (RowsRec::default(), Names::default());
                while let Some(row) = seq.next_element()? {
                    rows.push::<A::Error>(row, &mut names)?;
                }
                rows.rows.shrink_to_fit();
                Ok(rows)
            }
        }
        from.deserialize_seq(Read)
    }
}
