//! Articles on their way in: what every reader gives, how its lines become a text tiled by sentences, ids and hashes.

pub mod arrivals;
pub mod batch;
pub mod blocks;
mod code_pages;
mod columns;
pub(super) mod databases;
pub mod dated;
pub mod datelines;
pub(super) mod docx;
pub(super) mod epub;
pub mod found;
mod front_matter;
pub(super) mod html;
mod kinds;
mod langs;
pub(super) mod mail;
pub mod markdown;
pub(super) mod objects;
pub(super) mod ods;
pub(super) mod odt;
mod office;
mod packed;
mod pages;
pub(super) mod pdf;
pub mod plain;
mod rows;
pub(super) mod rtf;
pub(super) mod tables;
mod tags;
pub(super) mod warc;
mod xml;
pub(super) mod zipped;

use crate::formats::articles::blocks::Line;
use crate::formats::articles::datelines::dateline_len;
use crate::formats::articles::found::Doubt;
use crate::formats::hashes::sha256_hex;
use crate::formats::reading::{MAX_ARTICLE_BYTES, ReadError, Warning};
use crate::model::article::{Article, Meta, Sentence, TilingError, tile};
use crate::model::ids::ArticleId;
use crate::model::project::Project;
use crate::text::fold::squeeze;
use crate::text::invisible::is_blank;
use crate::text::rules::{Rules, Settings};
use crate::text::segment::{MAX_SENTENCE_BYTES, segment_counted};
use std::ops::Range;
use std::sync::Arc;

/// An article as read, not yet part of a project.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleIn {
    /// Canonical: `\n\n` between paragraphs, `\n` for a line break meant inside one, nothing at the ends.
    pub text: String,
    pub sentences: Vec<SentenceIn>,
    pub meta: Meta,
    pub encoding: &'static str,
    /// The language whose rules divided it, as [`Rules::lang`] has it: what `meta` says, else what was guessed.
    pub lang: String,
    /// Cuts that the longest sentence allowed has forced.
    pub n_cut: usize,
    /// Where it stands in its file, if that holds several: `4`, `row 7`, `chapter 2`, `pages/fire.html`.
    pub place: String,
    /// What the reader alone could see that is odd about it.
    pub doubts: Vec<Doubt>,
}

/// A row of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentenceIn {
    /// Bytes of the text. The rows tile it: white space belongs to the one before.
    pub bytes: Range<usize>,
    /// `headline`, `dateline`, `byline`, `caption`, `item`; none = prose.
    pub kind: Option<&'static str>,
}

impl ArticleIn {
    /// The article of the model, with its id and hash.
    pub fn into_article(self) -> Result<Article, TilingError> {
        let rows: Vec<_> = self.sentences.into_iter().map(|s| (s.bytes, s.kind.map(Arc::from))).collect();
        let sentences = tile(&self.text, &rows)?;
        let meta = self.meta;
        let id = article_id(&self.text, meta.outlet.as_deref(), meta.date_known(), meta.url.as_deref());
        let hash = sha256_hex(self.text.as_bytes());
        let mut article = Article::new(ArticleId::new(id), self.text.into(), sentences, hash);
        article.meta = meta.into();
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
    let mut placed: Vec<Placed<'static>> = Vec::new();
    for line in lines.iter().filter(|line| !is_blank(&line.text)) {
        let is_first = placed.is_empty();
        if !is_first {
            text.push_str(if line.starts_paragraph { "\n\n" } else { "\n" });
        }
        let at = text.len();
        text.push_str(line.text.trim());
        let starts_paragraph = line.starts_paragraph || is_first;
        placed.push(Placed { bytes: at..text.len(), kind: line.kind, starts_paragraph });
    }
    if placed.is_empty() {
        return Err(ReadError::NoWords);
    }
    if text.len() > MAX_ARTICLE_BYTES {
        return Err(ReadError::TooLarge { n_mib: text.len() >> 20 });
    }
    let lang = settings.lang.or(meta.lang.as_deref());
    let rules = Rules::of(&text, Settings { lang, ..settings });
    let (rows, n_cut) = rows(&text, &placed, &rules);
    let lang = rules.lang().to_owned();
    let sentences = rows.into_iter().map(|(bytes, kind)| SentenceIn { bytes, kind }).collect();
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
    Ok(ArticleIn { text, sentences, meta, encoding, lang, n_cut, place: String::new(), doubts: Vec::new() })
}

/// The sentences that an article would come in with today, over its text as it is. Its lines keep their kinds, but datelines
/// before text are looked for anew; a sentence that stays keeps its kind, if it gets none, and the fields of a newer version.
pub fn split_again(article: &Article, settings: Settings<'_>) -> Result<Vec<Sentence>, TilingError> {
    let text = article.text();
    let lang = settings.lang.or(article.meta.lang.as_deref());
    let (rows, _) = rows(text, &lines_of(article), &Rules::of(text, Settings { lang, ..settings }));
    let rows: Vec<_> = rows.into_iter().map(|(bytes, kind)| (bytes, kind.map(Arc::from))).collect();
    let mut sentences = tile(text, &rows)?;
    for sentence in &mut sentences {
        let was = article.idx_of(sentence.span).and_then(|idx| article.sentences().get(idx));
        if let Some(was) = was {
            sentence.kind = sentence.kind.take().or_else(|| was.kind.clone());
            sentence.extra.clone_from(&was.extra);
        }
    }
    Ok(sentences)
}

/// What the splitter is told of the articles of a project.
pub fn settings_of(project: &Project) -> Settings<'_> {
    Settings { never_end_after: project.never_end_after(), ..Settings::default() }
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

/// A longer headline, byline or line that is a date is split like prose.
const MAX_WHOLE_BYTES: usize = 1000;

/// A line of an article's text.
pub(super) struct Placed<'a> {
    /// Without white space at its ends.
    bytes: Range<usize>,
    kind: Option<&'a str>,
    starts_paragraph: bool,
}

/// Bytes of the text, and the kind.
type Row<'a> = (Range<usize>, Option<&'a str>);

/// The lines of a text that is there, each with the kind of the sentence that begins it.
fn lines_of(article: &Article) -> Vec<Placed<'_>> {
    let text = article.text();
    let (mut lines, mut at) = (Vec::new(), 0);
    let mut starts_paragraph = true;
    let mut n_feeds = 0;
    for line in text.split('\n') {
        let words = line.trim();
        if !words.is_empty() {
            let start = at + line.len() - line.trim_start().len();
            starts_paragraph |= n_feeds > 1;
            let end = start + words.len();
            let kind = kind_at(article, start)
                .filter(|kind| *kind != kinds::DATELINE || is_one_sentence(article, start, end));
            lines.push(Placed { bytes: start..end, kind, starts_paragraph });
            (starts_paragraph, n_feeds) = (false, 0);
        }
        n_feeds += 1;
        at += line.len() + 1;
    }
    lines
}

/// The kind of the sentence whose words begin at a byte.
fn kind_at(article: &Article, at: usize) -> Option<&str> {
    let sentences = article.sentences();
    let idx = sentences.partition_point(|sentence| sentence.bytes.start as usize <= at).checked_sub(1)?;
    let sentence = sentences.get(idx)?;
    let before = article.text().get(sentence.bytes.start as usize..at)?;
    sentence.kind.as_deref().filter(|_| before.trim().is_empty())
}

/// Whether the sentence at `start` holds all words to `end`.
fn is_one_sentence(article: &Article, start: usize, end: usize) -> bool {
    let sentences = article.sentences();
    let idx = sentences.partition_point(|sentence| sentence.bytes.start as usize <= start);
    idx.checked_sub(1).and_then(|idx| sentences.get(idx)).is_some_and(|s| end <= s.bytes.end as usize)
}

/// The sentences of a text: byte ranges that tile it, each with its kind; and the number of cuts in long ones.
fn rows<'a>(text: &str, lines: &[Placed<'a>], rules: &Rules<'_>) -> (Vec<Row<'a>>, usize) {
    let mut n_cut = 0;
    let mut starts = Vec::new();
    for line in lines {
        let words = text.get(line.bytes.clone()).unwrap_or_default();
        let in_line = starts_in(line, words, rules, &mut n_cut);
        starts.extend(in_line.into_iter().map(|(at, kind)| (line.bytes.start + at, kind)));
    }
    if let Some(first) = starts.first_mut() {
        first.0 = 0;
    }
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
    (starts.iter().zip(ends).map(|((at, kind), end)| (*at..end, *kind)).collect(), n_cut)
}

/// Where sentences begin in the words of one line, each with its kind.
fn starts_in<'a>(
    line: &Placed<'a>,
    words: &str,
    rules: &Rules<'_>,
    n_cut: &mut usize,
) -> Vec<(usize, Option<&'a str>)> {
    let is_whole = matches!(line.kind, Some(kinds::HEADLINE | kinds::BYLINE | kinds::DATELINE));
    if is_whole && words.len() <= MAX_WHOLE_BYTES {
        return vec![(0, line.kind)];
    }
    let mut starts = Vec::new();
    let mut at = 0;
    if line.kind.is_none()
        && line.starts_paragraph
        && let Some(len) = dateline_len(words, rules.lang())
    {
        starts.push((0, Some(kinds::DATELINE)));
        at = len;
    }
    let segmented = segment_counted(words.get(at..).unwrap_or(""), rules);
    *n_cut += segmented.n_cut;
    starts.extend(segmented.sentences.into_iter().map(|bytes| (at + bytes.start, line.kind)));
    starts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::articles::found::Asked;
    use crate::formats::articles::markdown::read_markdown;
    use crate::formats::articles::plain::read_plain;
    use crate::model::ids::Extra;
    use proptest::prelude::*;

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

    /// Rows of an article of these sentences, split again: each with its kind in brackets, if it has one.
    fn again(rows: &[(&str, Option<&str>)]) -> Vec<String> {
        let mut at = 0;
        let ranges = rows.iter().map(|(words, kind)| {
            at += words.len();
            (at - words.len()..at, kind.map(Arc::from))
        });
        let ranges: Vec<_> = ranges.collect();
        let text: String = rows.iter().map(|(words, _)| *words).collect();
        let sentences = tile(&text, &ranges).unwrap();
        let mut article = Article::new(ArticleId::new("a"), text.into(), sentences, String::new());
        article = article.with_sentences(split_again(&article, Settings::default()).unwrap());
        let shown = |sentence: &Sentence| {
            let kind = sentence.kind.as_ref().map(|kind| format!("[{kind}] ")).unwrap_or_default();
            format!("{kind}{}", article.words_of(sentence))
        };
        article.sentences().iter().map(shown).collect()
    }

    #[test]
    fn lines_keep_their_kinds_when_split_again() {
        let check = |rows: &[(&str, Option<&str>)], want: &[&str]| assert_eq!(again(rows), want);
        check(&[("He ran. She ran.\n\nIt rained.", None)], &["He ran.", "She ran.", "It rained."]);
        check(&[("He ", None), ("ran. She ", None), ("ran.", None)], &["He ran.", "She ran."]);
        // A headline is one sentence, a caption may be two, a newer version's kind stays.
        check(
            &[
                ("Flood. A", Some("headline")),
                ("t last\n\n", None),
                ("Photo: ", Some("caption")),
                ("A boat. A car.", None),
            ],
            &["[headline] Flood. At last", "[caption] Photo: A boat.", "[caption] A car."],
        );
        check(&[("One. Two.\n\n", Some("box")), ("Three.", None)], &["[box] One.", "[box] Two.", "Three."]);
        // Datelines are found where a paragraph begins, and are not what was once taken for one.
        check(
            &[("LYND (AP) — He ran.\nROTH (AP) — She ran.", None)],
            &["[dateline] LYND (AP) —", "He ran.", "ROTH (AP) — She ran."],
        );
        check(&[("He ran ", Some("dateline")), ("home.", None)], &["He ran home."]);
        // In the middle of a line a kind stays with its sentence.
        check(&[("He ran. ", None), ("Really?", Some("box"))], &["He ran.", "[box] Really?"]);
        check(&[(" \n He ran. ", Some("item")), ("\n \n Home.\n", None)], &["[item]  \n He ran.", "Home."]);
    }

    #[test]
    fn what_a_newer_version_wrote_stays_with_a_sentence_that_stays() {
        let read =
            read_plain(b"He ran. She did not. It rained.", Asked::default()).unwrap().articles.remove(0);
        let mut article = read.into_article().unwrap();
        let mut sentences = article.sentences().to_vec();
        for sentence in &mut sentences {
            sentence.extra = Some(Box::new(Extra::from_iter([("mood", sentence.span.to_string().as_str())])));
        }
        article = article.with_sentences(sentences.clone());
        assert_eq!(split_again(&article, Settings::default()).unwrap(), sentences);
        let joined = [
            vec![sentences[0].clone()],
            tile(article.text(), &[(0..8, None), (8..31, None)]).unwrap().split_off(1),
        ];
        let again = split_again(&article.with_sentences(joined.concat()), Settings::default()).unwrap();
        assert_eq!(again[0], sentences[0]);
        assert_eq!((again[1].span, &again[1].extra), (sentences[1].span, &None));
    }

    #[test]
    fn no_text_is_no_sentence() {
        let article = Article::new(ArticleId::new("a"), " \n".into(), vec![], String::new());
        assert_eq!(split_again(&article, Settings::default()), Err(TilingError::Rest));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_has_just_come_in_is_split_again_as_it_is(
            parts in proptest::collection::vec(
                proptest::sample::select(vec![
                    "LYND (AP) — ", "By Ines Varga", "Photo: ", "Mayor took money", "He said no. ", "She left! ", "- pay ", "1. ",
                    "\n", "\n\n", "\n\n", " ", "“So?” ", "Mr. Hale ", "# ", "> ", "* * *", "\u{85}", "\u{a0}", "\\", "<br>", "<p>",
                ]),
                0..40,
            ),
        ) {
            for read in [read_plain, read_markdown] {
                let Ok(found) = read(parts.concat().as_bytes(), Asked::default()) else { continue };
                for article in found.articles {
                    let article = article.into_article().unwrap();
                    prop_assert_eq!(split_again(&article, Settings::default()).unwrap(), article.sentences());
                }
            }
        }
    }
}
