//! The records of the file as they stand there, before anything is checked.

use crate::formats::project::record::record;
use crate::formats::project::rows::{RowsRec, TextRec};
use crate::formats::project::time;
use crate::model::ids::{Span, Stamp};
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use std::fmt;

/// The most texts in one small list (keys, tags, examples): three bytes of source are 24 of memory.
const MAX_TEXTS: usize = 65_536;

record!(
    /// The whole file.
    FileRec {
        format: u32 = must,
        writers_from: u32 = (1),
        id: String = must,
        title: String = (String::new()),
        scheme: SchemeRec = must,
        coders: Vec<CoderRec> = (Vec::new()),
        articles: Vec<ArticleRec> = (Vec::new()),
        sheets: Vec<SheetRec> = (Vec::new()),
        links: Vec<LinkRec> = (Vec::new()),
        decisions: Vec<DecisionRec> = (Vec::new()),
        comments: Vec<CommentRec> = (Vec::new()),
        conflicts: Vec<ConflictRec> = (Vec::new()),
        never_end_after: Texts = (Texts::default()),
    }
);

record!(
    SchemeRec {
        version: u32 = must,
        choose: String = must,
        skip: Texts = (Texts::default()),
        labels: Vec<LabelRec> = must,
    }
);

record!(LabelRec {
    id: String = must,
    name: String = (String::new()),
    keys: Texts = (Texts::default()),
    letter: String = (String::new()),
    colour: String = (String::new()),
    line: String = (String::new()),
    says: String = (String::new()),
    is: Texts = (Texts::default()),
    is_not: Texts = (Texts::default()),
    doubt: String = may,
    retired: bool = (false),
});

record!(CoderRec { id: String = must, name: String = (String::new()) });

record!(ArticleRec {
    id: String = must,
    added: u32 = (0),
    title: String = may,
    subtitle: String = may,
    byline: String = may,
    outlet: String = may,
    section: String = may,
    published: String = may,
    published_as: String = may,
    url: String = may,
    doc_id: String = may,
    words: u32 = may,
    lang: String = may,
    tags: Texts = (Texts::default()),
    import: String = may,
    source: String = may,
    source_sha256: String = may,
    sha256: String = must,
    // SHA-256 of a text that is known not to be the one imported.
    locked: String = may,
    text: TextRec = must,
});

record!(
    /// A row of an article's text.
    TextRowRec {
        s: SpanRec = must,
        t: String = must,
        kind: String = may,
    }
);

record!(SheetRec {
    coder: String = must,
    article: String = must,
    assigned: bool = (false),
    done: bool = (false),
    done_at: StampRec = may,
    scheme: u32 = (1),
    rows: RowsRec = must,
    kept: RowsRec = (RowsRec::default()),
});

record!(
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
    }
);

record!(LinkRec {
    id: String = must,
    article: String = must,
    s: SpanRec = must,
    to_article: String = must,
    to_s: SpanRec = must,
    by: String = must,
    at: StampRec = may,
});

record!(DecisionRec {
    id: String = must,
    article: String = must,
    s: SpanRec = must,
    labels: Texts = must,
    reason: String = (String::new()),
    by: String = must,
    at: StampRec = may,
});

record!(CommentRec {
    id: String = must,
    article: String = must,
    s: SpanRec = may,
    by: String = must,
    at: StampRec = may,
    text: String = must,
    re: String = may,
});

record!(ConflictRec {
    coder: String = must,
    article: String = must,
    s: SpanRec = must,
    base: CodingRec = may,
    ours: CodingRec = may,
    theirs: CodingRec = may,
    who: String = may,
    at: StampRec = may,
});

/// A text that should name a span: `Err` holds what stands there instead.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::formats) struct SpanRec(pub Result<Span, String>);

/// A text that should name a moment: `Err` holds what stands there instead.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::formats) struct StampRec(pub Result<Stamp, String>);

/// A short list of texts.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::formats) struct Texts(pub Vec<String>);

impl<'de> Deserialize<'de> for SpanRec {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Read;
        impl Visitor<'_> for Read {
            type Value = SpanRec;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a span such as \"0-121\"")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<SpanRec, E> {
                let span = Span::parse(text).filter(|span| is_written_so(*span, text));
                Ok(SpanRec(span.ok_or_else(|| text.to_owned())))
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
                Ok(StampRec(time::read(text).ok_or_else(|| text.to_owned())))
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
                while let Some(text) = seq.next_element()? {
                    if texts.len() >= MAX_TEXTS {
                        return Err(A::Error::custom(format!("a list of more than {MAX_TEXTS} texts")));
                    }
                    texts.push(text);
                }
                Ok(Texts(texts))
            }
        }
        from.deserialize_seq(Read)
    }
}
