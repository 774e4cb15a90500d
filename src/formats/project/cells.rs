//! The smallest things of the file's records, and the rows of its two long lists.

use crate::formats::project::read::own::{Own, Scan};
use crate::formats::project::record::file_record;
use crate::formats::project::room;
use crate::formats::time;
use crate::model::ids::{Span, Stamp};
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use std::fmt;

/// The most texts in one small list (keys, tags, examples): three bytes of source are 24 of memory.
const MAX_TEXTS: usize = 65_536;
/// As many as a list of ours has, or nearly: an abbreviation for each of a thousand.
const FEW_TEXTS: usize = 1024;
/// Past so many a list takes its room text by text, and what there is none for is left out.
const USUAL_TEXTS: usize = 64;

file_record!(
    /// A row of an article's text.
    TextRowRec {
        s: SpanRec = must,
        t: String = must,
        kind: String = may,
    }
);

file_record!(
    /// A coding; in a sheet it stands at a sentence, elsewhere `s` is absent.
    CodingRec {
        s: SpanRec = may,
        labels: Texts = may,
        answered: bool = may,
        unsure: bool = (false),
        note: String = may,
        at: StampRec = may,
        check: bool = (false),
        by: String = may,
        scheme: u32 = may,
    }
);

/// A text that should name a span: `Err` holds what stands there instead.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::formats) struct SpanRec(pub Result<Span, String>);

/// A text that should name a moment: `Err` holds what stands there instead.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::formats) struct StampRec(pub Result<Stamp, String>);

/// A short list of texts.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::formats) struct Texts(pub Vec<String>);

/// What a text takes in a list that has so many already; nothing in a usual list, whose record takes it.
fn room_of(text: &str, n: usize) -> usize {
    if n < USUAL_TEXTS { 0 } else { 3 * size_of::<String>() + room::of_text(text) }
}

impl SpanRec {
    pub fn of(text: &str) -> Self {
        let span = Span::parse(text).filter(|span| is_written_so(*span, text));
        Self(span.ok_or_else(|| text.to_owned()))
    }
}

impl StampRec {
    fn of(text: &str) -> Self {
        Self(time::read(text).ok_or_else(|| text.to_owned()))
    }
}

impl Own for SpanRec {
    fn read(scan: &mut Scan<'_>) -> Option<Self> {
        Some(Self::of(&scan.text()?))
    }
}

impl Own for StampRec {
    fn read(scan: &mut Scan<'_>) -> Option<Self> {
        Some(Self::of(&scan.text()?))
    }
}

impl Own for Texts {
    fn read(scan: &mut Scan<'_>) -> Option<Self> {
        let mut texts = Vec::new();
        scan.list(|scan| {
            let text = String::read(scan)?;
            room::take(room_of(&text, texts.len())).then_some(())?;
            texts.push(text);
            scan.next()?;
            // Longer ones are for the other reader, which says what is wrong with them.
            (texts.len() <= FEW_TEXTS).then_some(())
        })?;
        Some(Self(texts))
    }
}

impl<'de> Deserialize<'de> for SpanRec {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Read;
        impl Visitor<'_> for Read {
            type Value = SpanRec;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a span such as \"0-121\"")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<SpanRec, E> {
                Ok(SpanRec::of(text))
            }
        }
        from.deserialize_str(Read)
    }
}

/// Whether a span has no zeros in front: `07-9` is another text.
fn is_written_so(span: Span, text: &str) -> bool {
    let n_digits = |n: u32| n.checked_ilog10().map_or(1, |log| log as usize + 1);
    text.len() == n_digits(span.start) + n_digits(span.end) + 1
}

impl<'de> Deserialize<'de> for StampRec {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Read;
        impl Visitor<'_> for Read {
            type Value = StampRec;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a time such as \"2026-11-23T10:11:12Z\"")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<StampRec, E> {
                Ok(StampRec::of(text))
            }
        }
        from.deserialize_str(Read)
    }
}

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Texts;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of texts")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Texts, A::Error> {
                let mut texts = Vec::new();
                let mut n = 0;
                while let Some(text) = seq.next_element::<String>()? {
                    if n >= MAX_TEXTS {
                        return Err(A::Error::custom(format!("a list of more than {MAX_TEXTS} texts")));
                    }
                    n += 1;
                    if room::take_or_leave(room_of(&text, texts.len())) {
                        texts.push(text);
                    }
                }
                Ok(Texts(texts))
            }
        }
        from.deserialize_seq(Read)
    }
}
