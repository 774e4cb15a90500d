//! The two long lists, read row by row into what the model holds: an article's text and a sheet's rows.

use crate::formats::project::cells::{CodingRec, SpanRec, StampRec, TextRowRec, Texts};
use crate::formats::project::escape;
use crate::formats::project::read::own::{Own, Scan};
use crate::formats::project::record;
use crate::formats::project::room;
use crate::formats::project::write_records as records;
use crate::model::article::Sentence;
use crate::model::coding::{Coding, Row};
use crate::model::ids::{Kept, LabelId, Span, Stamp};
use serde::de::{Deserialize, Deserializer, Error as _, SeqAccess, Visitor};
use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

/// How many mends of one kind are said one by one; the rest is counted.
pub(in crate::formats) const MOST_SAID: usize = 100;

/// An article's text and its sentences, counted anew while they are read.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::formats) struct TextRec {
    pub text: String,
    pub sentences: Vec<Sentence>,
    /// Sentences (by place in the list) that say another span than they have; `None` = no span at all.
    pub moved: Moved,
    /// Rows of nothing but white space, which went to the row before.
    pub blank: Sources,
    /// Those of them that have more than white space: a kind, or what a newer version wrote.
    pub odd_blank: Sources,
    /// Rows for which there was no room.
    pub n_left_out: usize,
    n_chars: u32,
    /// Where a sentence begins whose first rows were blank.
    begun: Option<(u32, u32)>,
}

/// Sentences (by place in the list) that say another span than they have; `None` = no span at all.
pub(in crate::formats) type Moved = Vec<(u32, Option<Span>)>;

/// RON sources of rows, in one text: a file can hold a great many.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::formats) struct Sources {
    text: String,
    ends: Vec<u32>,
}

impl Sources {
    fn push(&mut self, source: &str) {
        self.text.push_str(source);
        self.ends.push(narrow(self.text.len()));
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let ranges = starts.zip(&self.ends).map(|(start, end)| start as usize..*end as usize);
        ranges.map(|range| self.text.get(range).unwrap_or_default())
    }
}

impl TextRec {
    pub fn push(&mut self, row: TextRowRec) {
        let TextRowRec { s: SpanRec(written), t, kind, extra } = row;
        let room = size_of::<Sentence>() + t.len() + room::of_extra(&extra);
        if self.n_left_out > 0 || !room::take(room) {
            self.n_left_out += 1;
            return;
        }
        let body = t.trim_end();
        let n_body = narrow(body.chars().count());
        let n_rest = narrow(t.get(body.len()..).unwrap_or_default().chars().count());
        let here = (narrow(self.text.len()), self.n_chars);
        if body.is_empty() {
            let is_plain = kind.is_none() && extra.is_none();
            let written = written.map_or_else(|written| written, |span| span.to_string());
            let source =
                records::one_line(|out| records::text_row(out, &written, &t, kind.as_deref(), &extra));
            self.blank.push(&source);
            if !is_plain {
                self.odd_blank.push(&source);
            }
            if self.sentences.is_empty() {
                self.begun.get_or_insert(here);
            }
        } else {
            let (byte, chars) = self.begun.take().unwrap_or(here);
            let n_chars = (self.n_chars - chars).saturating_add(n_body);
            let span = Span::new(chars, chars.saturating_add(n_chars));
            if written != Ok(span) {
                self.moved.push((narrow(self.sentences.len()), written.ok()));
            }
            let bytes = byte..narrow(self.text.len() + body.len());
            let kind = kind.map(|kind| self.shared_kind(kind));
            self.sentences.push(Sentence { span, bytes, kind, extra });
        }
        self.text.push_str(&t);
        self.n_chars = self.n_chars.saturating_add(n_body).saturating_add(n_rest);
    }

    /// A row of the text, with the white space after its sentence.
    pub fn row(&self, idx: usize) -> &str {
        let start = |idx: usize| self.sentences.get(idx).map(|sentence| sentence.bytes.start as usize);
        let end = start(idx + 1).unwrap_or(self.text.len());
        start(idx).and_then(|start| self.text.get(start..end)).unwrap_or_default()
    }

    /// Lets go of the room that more rows would have taken.
    fn fit(&mut self) {
        self.text.shrink_to_fit();
        self.sentences.shrink_to_fit();
        self.moved.shrink_to_fit();
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
    /// Nothing, in nearly every sheet.
    pub odd: Option<Box<Odds>>,
}

/// All that is odd in the rows of a sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::formats) struct Odds {
    /// Rows without a span at all.
    pub nowhere: Sources,
    pub blank: Few<Span>,
    pub no_labels: Few<Span>,
    /// With the time as it is written, not too long.
    pub times: Few<(Span, String)>,
    /// Rows for which there was no room.
    pub n_left_out: usize,
}

/// The first things of a kind, and how many more there are.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::formats) struct Few<T> {
    pub first: Vec<T>,
    pub n_more: usize,
}

impl<T> Default for Few<T> {
    fn default() -> Self {
        Self { first: Vec::new(), n_more: 0 }
    }
}

impl<T> Few<T> {
    fn push(&mut self, thing: T) {
        if self.first.len() < MOST_SAID {
            self.first.push(thing);
        } else {
            self.n_more += 1;
        }
    }

    fn append(&mut self, other: Self) {
        other.first.into_iter().for_each(|thing| self.push(thing));
        self.n_more += other.n_more;
    }
}

impl Odds {
    fn push(&mut self, odd: Odd) {
        match odd {
            Odd::Blank(span) => self.blank.push(span),
            Odd::NoLabels(span) => self.no_labels.push(span),
            Odd::Time(span, written) => self.times.push((span, written)),
        }
    }

    /// What is odd in further rows of the same sheet.
    pub fn append(&mut self, other: Self) {
        other.nowhere.iter().for_each(|source| self.nowhere.push(source));
        self.blank.append(other.blank);
        self.no_labels.append(other.no_labels);
        self.times.append(other.times);
        self.n_left_out += other.n_left_out;
    }
}

/// Names that stand again and again in one sheet: one text for all.
#[derive(Debug, Default)]
pub(in crate::formats) struct Names {
    labels: Vec<LabelId>,
    by: Vec<Arc<str>>,
    /// The last ids of articles and coders.
    ids: VecDeque<Arc<str>>,
}

impl Names {
    /// Labels of a scheme, so that a label in a sheet is the scheme's own.
    const MOST: usize = 32;
    const LAST: usize = 4;

    pub fn label(&mut self, id: &str) -> LabelId {
        if let Some(known) = self.labels.iter().find(|known| known.as_str() == id) {
            return known.clone();
        }
        let label = LabelId::new(id);
        if self.labels.len() < Self::MOST {
            self.labels.push(label.clone());
        } else {
            // One text for each, whatever comes of it.
            room::take(2 * room::ALLOCATION);
        }
        label
    }

    /// One text for an id that stands again and again.
    pub fn id(&mut self, id: String) -> Arc<str> {
        if let Some(known) = self.ids.iter().find(|known| ***known == *id) {
            return Arc::clone(known);
        }
        let id: Arc<str> = id.into();
        self.ids.push_front(Arc::clone(&id));
        self.ids.truncate(Self::LAST);
        id
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
    let CodingRec { s, labels, answered, unsure, note, at, check, by, scheme, mut extra } = rec;
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
    let note = note.map(String::into);
    let coding = Coding { answered, labels, unsure, note, at, check, by, scheme, extra };
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
            record::add(extra, &format!("{name}_as_written"), &escape::string(&written));
            odd(written);
            None
        }
    }
}

impl RowsRec {
    /// Takes a row; `None` when it does not say where it stands.
    fn push(&mut self, rec: CodingRec, names: &mut Names) -> Option<()> {
        let (s, coding, odd) = coding(rec, names);
        match s? {
            SpanRec(Err(written)) => {
                let source = records::one_line(|out| records::coding(out, Some(&written), &coding));
                self.odd.get_or_insert_default().nowhere.push(&source);
            }
            SpanRec(Ok(span)) => {
                for odd in odd {
                    self.odd.get_or_insert_default().push(odd);
                }
                let says_nothing = coding.is_blank()
                    && coding.labels.is_empty()
                    && coding.at.is_none()
                    && coding.by.is_none()
                    && coding.scheme.is_none()
                    && !coding.check;
                if says_nothing {
                    self.odd.get_or_insert_default().push(Odd::Blank(span));
                } else if room::take(room_for(&coding)) {
                    self.rows.push(Row { span, coding });
                } else {
                    self.odd.get_or_insert_default().n_left_out += 1;
                }
            }
        }
        Some(())
    }
}

/// About how many bytes a row takes.
pub(in crate::formats) fn room_for(coding: &Coding) -> usize {
    let labels = if coding.labels.is_empty() { 0 } else { room::ALLOCATION };
    let note = coding.note.as_deref().map_or(0, room::of_text);
    size_of::<Row>() + labels + size_of_val(&*coding.labels) + note + room::of_extra(&coding.extra)
}

/// Texts of a file are at most 256 MiB, so that places in them fit.
fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl Own for TextRec {
    fn read(scan: &mut Scan<'_>) -> Option<Self> {
        let mut text = Self::default();
        scan.list(|scan| {
            text.push(Own::read(scan)?);
            scan.next()
        })?;
        if text.n_left_out > 0 {
            return None;
        }
        text.fit();
        Some(text)
    }
}

impl Own for RowsRec {
    fn read(scan: &mut Scan<'_>) -> Option<Self> {
        let (mut rows, mut names) = (Self::default(), Names::default());
        scan.list(|scan| {
            rows.push(Own::read(scan)?, &mut names)?;
            scan.next()
        })?;
        if rows.odd.as_ref().is_some_and(|odd| odd.n_left_out > 0) {
            return None;
        }
        rows.rows.shrink_to_fit();
        Some(rows)
    }
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
                text.fit();
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
                    rows.push(row, &mut names).ok_or_else(|| A::Error::missing_field("s"))?;
                }
                rows.rows.shrink_to_fit();
                Ok(rows)
            }
        }
        from.deserialize_seq(Read)
    }
}
