//! An article: its text, which never changes after import, and the sentences that tile it.

use crate::model::ids::{ArticleId, Kept, Span};
use std::fmt;
use std::ops::{Deref, DerefMut, Range};
use std::sync::Arc;

/// The name of the kind that a sentence has if it has none.
pub const PROSE: &str = "prose";

/// The kind of a sentence that is set aside: never asked for, whatever the scheme says, and counted nowhere.
pub const ASIDE: &str = "aside";

/// A row of the text that may carry a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Place in code points, without the white space after it.
    pub span: Span,
    /// The same place in bytes of the text.
    pub bytes: Range<u32>,
    /// `headline`, `dateline`, `byline`, `caption`, `item`, [`ASIDE`] or a newer version's word; absent = prose.
    pub kind: Option<Arc<str>>,
    pub extra: Kept,
}

impl Sentence {
    /// The name of its kind: [`PROSE`] where it has none.
    pub fn kind_name(&self) -> &str {
        self.kind.as_deref().unwrap_or(PROSE)
    }
}

/// What is known about an article beside its text; absent when unknown.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Meta {
    pub title: Option<String>,
    pub subtitle: Option<String>,
    pub byline: Option<String>,
    pub outlet: Option<String>,
    pub section: Option<String>,
    /// ISO date; a year, or a year and month, is allowed.
    pub published: Option<String>,
    /// The date as the source wrote it.
    pub published_as: Option<String>,
    pub url: Option<String>,
    /// The id that the database gave it.
    pub doc_id: Option<String>,
    /// The length as the source states it.
    pub words: Option<u32>,
    /// BCP 47.
    pub lang: Option<String>,
    pub tags: Vec<String>,
    /// Id of the import record.
    pub import: Option<String>,
}

/// What is known about an article, in no room if that is nothing.
#[derive(Default, Clone)]
pub struct MetaIfAny(Option<Box<Meta>>);

static NOTHING_KNOWN: Meta = Meta {
    title: None,
    subtitle: None,
    byline: None,
    outlet: None,
    section: None,
    published: None,
    published_as: None,
    url: None,
    doc_id: None,
    words: None,
    lang: None,
    tags: Vec::new(),
    import: None,
};

impl From<Meta> for MetaIfAny {
    fn from(meta: Meta) -> Self {
        Self((meta != NOTHING_KNOWN).then(|| Box::new(meta)))
    }
}

impl Deref for MetaIfAny {
    type Target = Meta;

    fn deref(&self) -> &Meta {
        self.0.as_deref().unwrap_or(&NOTHING_KNOWN)
    }
}

impl DerefMut for MetaIfAny {
    fn deref_mut(&mut self) -> &mut Meta {
        self.0.get_or_insert_default()
    }
}

impl fmt::Debug for MetaIfAny {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl PartialEq for MetaIfAny {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Meta {
    /// The date, else as the source wrote it.
    pub fn date_known(&self) -> Option<&str> {
        self.published.as_deref().or(self.published_as.as_deref())
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    pub id: ArticleId,
    /// The order in which articles came in, which is the order shown.
    pub added: u32,
    pub meta: MetaIfAny,
    /// Name of the file it came from.
    pub source: Option<String>,
    /// SHA-256 of that file's bytes, in hex.
    pub source_sha256: Option<String>,
    /// SHA-256 of the text, in hex, as recorded at import.
    pub sha256: String,
    /// Whether the text still is what `sha256` says; if not, the article is locked for labelling.
    pub intact: bool,
    text: Arc<str>,
    // A list that grew is not copied: it may be long.
    sentences: Arc<Vec<Sentence>>,
    /// Why the whole article is set aside: no answer is asked for, and those given count nowhere until it is back.
    pub aside: Option<String>,
    /// Which part of a dataset it belongs to, as `train` or `test`; an id, since files are named after it.
    pub split: Option<String>,
    pub extra: Kept,
}

/// What is wrong with sentences that should tile a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TilingError {
    #[error("sentence {0} has no text")]
    Empty(usize),
    #[error("sentence {0} does not begin where the text or the sentence before it ends")]
    Gap(usize),
    #[error("sentence {0} cuts a character")]
    InsideCharacter(usize),
    #[error("the last sentence does not end with the text")]
    Rest,
    #[error("an article without text")]
    NoText,
}

/// Makes sentences of byte ranges that tile the text, each with its white space after it.
///
/// `kinds` gives the kind for each range, in the same order.
pub fn tile(text: &str, rows: &[(Range<usize>, Option<Arc<str>>)]) -> Result<Vec<Sentence>, TilingError> {
    if text.is_empty() {
        return Err(TilingError::NoText);
    }
    let mut sentences = Vec::with_capacity(rows.len());
    let (mut at, mut chars) = (0_usize, 0_u32);
    for (idx, (range, kind)) in rows.iter().enumerate() {
        if range.start != at || range.end < range.start {
            return Err(TilingError::Gap(idx));
        }
        let row = text.get(range.clone()).ok_or(TilingError::InsideCharacter(idx))?;
        let body = row.trim_end();
        if body.is_empty() {
            return Err(TilingError::Empty(idx));
        }
        let n_body = count(body);
        sentences.push(Sentence {
            span: Span::new(chars, chars + n_body),
            bytes: narrow(range.start)..narrow(range.start + body.len()),
            kind: kind.clone(),
            extra: None,
        });
        chars += n_body + count(row.get(body.len()..).unwrap_or_default());
        at = range.end;
    }
    if at == text.len() { Ok(sentences) } else { Err(TilingError::Rest) }
}

fn count(text: &str) -> u32 {
    narrow(text.chars().count())
}

/// Texts are at most 32 MiB, so that places in them fit; a larger one saturates and fails the audit.
fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl Sentence {
    /// Whether it is set aside alone.
    pub fn is_aside(&self) -> bool {
        self.kind.as_deref() == Some(ASIDE)
    }
}

impl Article {
    /// An article of a text and the sentences that tile it; id, hash and the rest are set by whoever knows them.
    pub fn new(id: ArticleId, text: Arc<str>, sentences: Vec<Sentence>, sha256: String) -> Self {
        Self {
            id,
            added: 0,
            meta: MetaIfAny::default(),
            source: None,
            source_sha256: None,
            sha256,
            intact: true,
            text,
            sentences: sentences.into(),
            aside: None,
            split: None,
            extra: None,
        }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    pub fn n_sentences(&self) -> usize {
        self.sentences.len()
    }

    /// The same article with other sentences over the same text.
    #[must_use]
    pub fn with_sentences(&self, sentences: Vec<Sentence>) -> Self {
        Self { sentences: sentences.into(), ..self.clone() }
    }

    /// Whether a sentence is set aside, alone or with its article.
    pub fn is_aside(&self, sentence: &Sentence) -> bool {
        self.aside.is_some() || sentence.is_aside()
    }

    /// Sentences set aside alone.
    pub fn n_aside(&self) -> usize {
        self.sentences.iter().filter(|sentence| sentence.is_aside()).count()
    }

    /// The sentences of the paragraph in which one stands, by place in the list.
    pub fn paragraph(&self, idx: usize) -> Range<usize> {
        let ends = |idx: &usize| {
            let row = self.row_of(*idx);
            row.get(row.trim_end().len()..).is_some_and(|gap| gap.matches('\n').count() > 1)
        };
        let start = (0..idx).rev().find(ends).map_or(0, |last| last + 1);
        let end = (idx..self.n_sentences()).find(ends).map_or(self.n_sentences(), |last| last + 1);
        start..end.max(start)
    }

    /// Place of a sentence in the list, by its id.
    pub fn idx_of(&self, span: Span) -> Option<usize> {
        self.sentences.binary_search_by_key(&span, |s| s.span).ok()
    }

    /// A sentence's text, without the white space after it.
    pub fn words_of(&self, sentence: &Sentence) -> &str {
        self.text.get(sentence.bytes.start as usize..sentence.bytes.end as usize).unwrap_or_default()
    }

    /// A sentence's text with the white space up to the next sentence.
    pub fn row_of(&self, idx: usize) -> &str {
        let start = if idx == 0 { Some(0) } else { self.sentences.get(idx).map(|s| s.bytes.start as usize) };
        let end = self.sentences.get(idx + 1).map_or(self.text.len(), |s| s.bytes.start as usize);
        start.and_then(|start| self.text.get(start..end)).unwrap_or_default()
    }

    /// The title, or the first words of the text where there is none.
    pub fn shown_title(&self) -> &str {
        match &self.meta.title {
            Some(title) if !title.trim().is_empty() => title,
            _ => {
                let line = self.text.trim_start().lines().next().unwrap_or_default();
                let Some((end, _)) = line.char_indices().nth(80) else { return line };
                let words = line.get(..end).unwrap_or_default();
                // Not in the middle of a word.
                words.rsplit_once(' ').map_or(words, |(whole, _)| whole)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranges(text: &str, ends: &[usize]) -> Result<Vec<String>, TilingError> {
        let mut start = 0;
        let rows: Vec<_> = ends
            .iter()
            .map(|&end| {
                let row = (start..end, None);
                start = end;
                row
            })
            .collect();
        Ok(tile(text, &rows)?.iter().map(|s| s.span.to_string()).collect())
    }

    #[test]
    fn spans_count_code_points_without_the_white_space_after() {
        let text = "Ja 👍🏽. Nein.\n\nEnde.";
        let first = "Ja 👍🏽. ".len();
        let second = first + "Nein.\n\n".len();
        assert_eq!(ranges(text, &[first, second, text.len()]).unwrap(), ["0-6", "7-12", "14-19"]);
    }

    #[test]
    fn tiling_refuses_gaps_blanks_and_cut_characters() {
        assert_eq!(ranges("ab", &[1]), Err(TilingError::Rest));
        assert_eq!(ranges("é", &[1, 2]), Err(TilingError::InsideCharacter(0)));
        assert_eq!(ranges("a  ", &[1, 3]), Err(TilingError::Empty(1)));
        assert_eq!(ranges("", &[]), Err(TilingError::NoText));
        assert_eq!(tile("ab", &[(1..2, None)]), Err(TilingError::Gap(0)));
    }
}
