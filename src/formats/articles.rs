//! Articles on their way in: what every reader gives, how its lines become a text tiled by sentences, ids and hashes.

use crate::formats::blocks::Line;
use crate::formats::kinds;
use crate::model::article::{Article, Meta, TilingError, tile};
use crate::model::ids::ArticleId;
use crate::text::fold::squeeze;
use crate::text::segment::{MAX_SENTENCE_BYTES, Rules, Settings, segment_counted};
use sha2::{Digest as _, Sha256};
use std::ops::Range;
use std::sync::Arc;

/// An article with more text is refused.
pub const MAX_ARTICLE_BYTES: usize = 32 << 20;

/// An article as read, not yet part of a project.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleIn {
    /// Canonical: `\n\n` between paragraphs, `\n` for a line break meant inside one, nothing at the ends.
    pub text: String,
    pub sentences: Vec<SentenceIn>,
    pub meta: Meta,
    pub encoding: &'static str,
    /// Cuts that the longest sentence allowed has forced.
    pub n_cut: usize,
}

/// A row of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentenceIn {
    /// Bytes of the text. The rows tile it: white space belongs to the one before.
    pub bytes: Range<usize>,
    /// `headline`, `dateline`, `byline`, `caption`, `item`; none = prose.
    pub kind: Option<&'static str>,
}

/// Something a reader noticed and went on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning(pub String);

/// Why there is no article in these bytes. A reader never fails for what a text says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    #[error("the file is empty hint: look at the file that it was copied from")]
    Empty,
    #[error("there are no words in the file hint: open it in an editor and see what it holds")]
    NoWords,
    #[error("this is {what} and cannot be read as text hint: save it as plain text (UTF-8) and add that")]
    Binary { what: &'static str },
    #[error("the encoding `UTF-32` cannot be read hint: save the file as UTF-8")]
    Utf32,
    #[error(
        "an article of {n_mib} MiB is too long, the limit is {} MiB hint: split the file into its articles",
        MAX_ARTICLE_BYTES >> 20
    )]
    TooLarge { n_mib: usize },
}

impl ArticleIn {
    /// The article of the model, with its id and hash.
    pub fn into_article(self) -> Result<Article, TilingError> {
        let rows: Vec<_> = self.sentences.into_iter().map(|s| (s.bytes, s.kind.map(Arc::from))).collect();
        let sentences = tile(&self.text, &rows)?;
        let meta = self.meta;
        let id =
            article_id(&self.text, meta.outlet.as_deref(), meta.published.as_deref(), meta.url.as_deref());
        let hash = sha256_hex(self.text.as_bytes());
        let mut article = Article::new(ArticleId::new(id), self.text.into(), sentences, hash);
        article.meta = meta;
        Ok(article)
    }
}

/// Puts lines together: the text, its sentences, and the title if `meta` has none.
///
/// The language is that of the settings, else that of `meta`, else guessed from the whole text.
pub fn article(
    lines: &[Line],
    mut meta: Meta,
    settings: Settings<'_>,
    encoding: &'static str,
    warnings: &mut Vec<Warning>,
) -> Result<ArticleIn, ReadError> {
    let mut text = String::new();
    let mut placed: Vec<(&Line, Range<usize>)> = Vec::new();
    for line in lines.iter().filter(|line| !line.text.trim().is_empty()) {
        if !text.is_empty() {
            text.push_str(if line.starts_paragraph { "\n\n" } else { "\n" });
        }
        let at = text.len();
        text.push_str(line.text.trim());
        placed.push((line, at..text.len()));
    }
    if text.is_empty() {
        return Err(ReadError::NoWords);
    }
    if text.len() > MAX_ARTICLE_BYTES {
        return Err(ReadError::TooLarge { n_mib: text.len() >> 20 });
    }
    let lang = settings.lang.or(meta.lang.as_deref());
    let rules = Rules::of(&text, Settings { lang, ..settings });
    let mut sentences: Vec<SentenceIn> = Vec::new();
    let mut n_cut = 0;
    for (line, place) in placed {
        if let Some(last) = sentences.last_mut() {
            last.bytes.end = place.start;
        }
        let at = place.start;
        for (bytes, kind) in rows(line, text.get(place).unwrap_or_default(), &rules, &mut n_cut) {
            sentences.push(SentenceIn { bytes: at + bytes.start..at + bytes.end, kind });
        }
    }
    if n_cut > 0 {
        let kib = MAX_SENTENCE_BYTES >> 10;
        warnings.push(Warning(format!("sentences longer than {kib} KiB: cut in {n_cut} places")));
    }
    let first = |kind| lines.iter().find(|line| line.kind == Some(kind));
    if meta.title.is_none() {
        meta.title = first(kinds::HEADLINE).map(|line| line.text.trim().to_owned());
    }
    if meta.byline.is_none() {
        meta.byline = first(kinds::BYLINE).map(|line| kinds::name_in_byline(line.text.trim()).to_owned());
    }
    Ok(ArticleIn { text, sentences, meta, encoding, n_cut })
}

/// An article's id: 10 hex digits for its words, whatever the white space between them, and 4 for where it was
/// printed. Two people who add the same file get the same id. Absent counts as empty.
pub fn article_id(text: &str, outlet: Option<&str>, published: Option<&str>, url: Option<&str>) -> String {
    let words = sha256_hex(squeeze(text).as_bytes());
    let print = [outlet, published, url].map(Option::unwrap_or_default).join("\n");
    let print = sha256_hex(print.as_bytes());
    let digits = |hex: &str, n: usize| hex.chars().take(n).collect::<String>();
    format!("{}-{}", digits(&words, 10), digits(&print, 4))
}

/// SHA-256 as 64 lower-case hex digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    let halves = Sha256::digest(bytes).into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
    halves.filter_map(|half| char::from_digit(u32::from(half), 16)).collect()
}

/// A longer headline or byline is split like prose.
const MAX_WHOLE_BYTES: usize = 1000;

/// The sentences of one line: byte ranges of `words`, each with its kind.
fn rows(
    line: &Line,
    words: &str,
    rules: &Rules<'_>,
    n_cut: &mut usize,
) -> Vec<(Range<usize>, Option<&'static str>)> {
    let is_whole = matches!(line.kind, Some(kinds::HEADLINE | kinds::BYLINE));
    if is_whole && words.len() <= MAX_WHOLE_BYTES {
        return vec![(0..words.len(), line.kind)];
    }
    let mut rows = Vec::new();
    let mut at = 0;
    if line.kind.is_none()
        && line.starts_paragraph
        && let Some(len) = kinds::dateline_len(words)
    {
        rows.push((0..len, Some(kinds::DATELINE)));
        at = len;
    }
    let segmented = segment_counted(words.get(at..).unwrap_or(""), rules);
    *n_cut += segmented.n_cut;
    rows.extend(segmented.sentences.into_iter().map(|bytes| (at + bytes.start..at + bytes.end, line.kind)));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, kind: Option<&'static str>, starts_paragraph: bool) -> Line {
        Line { text: text.to_owned(), kind, starts_paragraph }
    }

    #[test]
    fn lines_become_a_tiled_text() {
        let lines = [
            line("Mayor took money", Some(kinds::HEADLINE), true),
            line("LYND (AP) — He did. She did not.", None, true),
            line("A line", None, false),
        ];
        let got = article(&lines, Meta::default(), Settings::default(), "UTF-8", &mut Vec::new()).unwrap();
        assert_eq!(got.text, "Mayor took money\n\nLYND (AP) — He did. She did not.\nA line");
        let rows: Vec<&str> = got.sentences.iter().map(|s| got.text.get(s.bytes.clone()).unwrap()).collect();
        assert_eq!(rows, ["Mayor took money\n\n", "LYND (AP) — ", "He did. ", "She did not.\n", "A line"]);
        assert_eq!(got.meta.title.as_deref(), Some("Mayor took money"));
        assert_eq!(rows.concat(), got.text);
    }

    #[test]
    fn no_words_no_article() {
        let got =
            article(&[line(" ", None, true)], Meta::default(), Settings::default(), "UTF-8", &mut Vec::new());
        assert_eq!(got, Err(ReadError::NoWords));
    }

    #[test]
    fn an_id_is_for_words_and_print() {
        let id =
            article_id("Mayor took money.\n\nHe denies it.", Some("Lynd Echo"), Some("2018-02-16"), None);
        assert_eq!(
            article_id(" Mayor took\nmoney. He denies it.", Some("Lynd Echo"), Some("2018-02-16"), None),
            id
        );
        let reprint =
            article_id("Mayor took money. He denies it.", Some("Roth Post"), Some("2018-02-16"), None);
        assert_eq!(id.split_once('-').unwrap().0, reprint.split_once('-').unwrap().0);
        assert_ne!(id, reprint);
        // Counted once by hand with `sha256sum`: of nothing, and of two line feeds.
        assert_eq!(article_id("", None, None, None), "e3b0c44298-75a1");
        assert_eq!(sha256_hex(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
