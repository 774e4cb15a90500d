//! The sentence splitter: one pass over the text, rules for English news, terminators of other scripts.
//! Every place where a sentence could end is looked at once, with a bounded look back and ahead.

use std::ops::Range;

use crate::text::abbreviations::{self, Class};

/// A longer sentence is cut: at the last white space before, else at a character boundary.
pub const MAX_SENTENCE_BYTES: usize = 64 * 1024;

/// The sentences of a text, and how many cuts [`MAX_SENTENCE_BYTES`] forced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segmented {
    /// Byte ranges that tile the text: white space belongs to the sentence before it.
    pub sentences: Vec<Range<usize>>,
    pub n_cut: usize,
}

/// What a splitter is told beside the text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settings<'a> {
    /// BCP 47; absent = guessed from the text.
    pub lang: Option<&'a str>,
    /// Whether a sentence may begin in lower case after a full stop: for text from the web, not for news.
    pub lower_case: bool,
    /// The project's own abbreviations, with or without their last full stop: no sentence ends after one.
    pub never_end_after: &'a [String],
}

/// The rules for one text: of its language, and the project's own.
#[derive(Clone, Debug)]
pub struct Rules<'a> {
    settings: Settings<'a>,
}

impl<'a> Rules<'a> {
    /// The rules for `text`, whose language is guessed where the settings do not name it.
    pub fn of(text: &str, settings: Settings<'a>) -> Self {
        let _ = text;
        Self { settings }
    }

    /// The language whose rules these are, as its two letters.
    pub fn lang(&self) -> &str {
        self.settings.lang.unwrap_or("en")
    }
}

/// Byte ranges of the sentences. They tile `text`; none is empty; white space at the start of the text belongs to
/// the first. A line feed always ends a sentence.
pub fn segment(text: &str, rules: &Rules<'_>) -> Vec<Range<usize>> {
    segment_counted(text, rules).sentences
}

/// Like [`segment`], and counts the sentences that were cut because of their length.
pub fn segment_counted(text: &str, rules: &Rules<'_>) -> Segmented {
    let _ = rules;
    let mut segmented = Segmented { sentences: Vec::new(), n_cut: 0 };
    let mut start = 0;
    let mut at = skip_white(text, 0);
    while let Some(mark) = next_mark(text, at) {
        let next = skip_white(text, mark.after);
        if next >= text.len() {
            break;
        }
        at = mark.after;
        if is_end(text, start, &mark, next) {
            push(text, start..next, &mut segmented);
            start = next;
            at = next;
        }
    }
    if start < text.len() {
        push(text, start..text.len(), &mut segmented);
    }
    segmented
}

/// A place where a sentence could end.
struct Mark {
    /// Byte range of the terminators (`.`, `?!`, `. . .`, a line feed).
    dots: Range<usize>,
    /// Where the closing quotes, brackets and footnote marks after them end.
    after: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Line,
    Stop,
    Ellipsis,
    /// `?` or `!`.
    Call,
    /// A terminator of a script that needs no space after it.
    Wide,
}

fn next_mark(text: &str, from: usize) -> Option<Mark> {
    let mut at = from;
    loop {
        let found =
            tail(text, at).bytes().position(|b| matches!(b, b'.' | b'!' | b'?' | b'\n') || b >= 0x80)?;
        at += found;
        let c = first_char(text, at)?;
        let kind = match c {
            '\n' => Kind::Line,
            '.' => Kind::Stop,
            '…' => Kind::Ellipsis,
            '!' | '?' | '‼' | '⁇' | '⁈' | '⁉' | '؟' => Kind::Call,
            '。' | '！' | '？' | '｡' | '।' | '॥' | '۔' | '։' | '።' | '፧' | '។' => Kind::Wide,
            ';' if is_greek(last_char(text, at)) => Kind::Call,
            _ => {
                at += c.len_utf8();
                continue;
            }
        };
        let dots = at..at + c.len_utf8();
        if kind == Kind::Line {
            return Some(Mark { after: dots.end, dots, kind });
        }
        return Some(finish_mark(text, dots, kind));
    }
}

/// Takes over the terminators, closers and footnote marks that follow the first terminator.
fn finish_mark(text: &str, mut dots: Range<usize>, mut kind: Kind) -> Mark {
    let mut n_stops = usize::from(kind == Kind::Stop);
    while let Some(c) = first_char(text, dots.end) {
        match c {
            '.' => n_stops += 1,
            '!' | '?' => kind = Kind::Call,
            '。' | '！' | '？' => kind = Kind::Wide,
            '…' => kind = Kind::Ellipsis,
            // The spaced ellipsis `. . .` of American print.
            ' ' if n_stops > 0 && is_spaced_stop(text, dots.end) => {}
            _ => break,
        }
        dots.end += c.len_utf8();
    }
    if kind == Kind::Stop && n_stops > 1 {
        // Four dots are an ellipsis and a full stop.
        kind = if n_stops == 3 || n_stops == 2 { Kind::Ellipsis } else { Kind::Stop };
    }
    let after = skip_closers(text, dots.end);
    Mark { dots, after, kind }
}

fn is_spaced_stop(text: &str, at: usize) -> bool {
    let mut ahead = tail(text, at).chars().skip(1);
    ahead.next() == Some('.') && ahead.next().is_none_or(|c| c.is_whitespace() || c == '.' || is_closer(c))
}

fn skip_closers(text: &str, from: usize) -> usize {
    let mut at = from;
    while let Some(c) = first_char(text, at) {
        let next = first_char(text, at + c.len_utf8());
        let closes = match c {
            _ if is_closer(c) => true,
            // Closers in German and Nordic print, openers elsewhere.
            '“' | '‘' | '«' => {
                next.is_none_or(|c| c.is_whitespace() || is_closer(c) || ",.;:–—".contains(c))
            }
            // French print has a space before the closing mark.
            ' ' | '\u{a0}' | '\u{202f}' => next == Some('»'),
            _ => false,
        };
        if closes {
            at += c.len_utf8();
        } else if let Some(len) = footnote_len(tail(text, at)) {
            at += len;
        } else {
            break;
        }
    }
    at
}

/// The length of a footnote mark such as `[12]` or ` [3]` at the start of `text`.
fn footnote_len(text: &str) -> Option<usize> {
    let inside = text.strip_prefix(' ').unwrap_or(text).strip_prefix('[')?;
    let n_digits = inside.bytes().take(4).take_while(u8::is_ascii_digit).count();
    let closes = n_digits > 0 && inside.as_bytes().get(n_digits) == Some(&b']');
    closes.then_some(text.len() - inside.len() + n_digits + 1)
}

/// Does a sentence that began at `start` end at `mark`? `next` is the first character that is not white after it.
fn is_end(text: &str, start: usize, mark: &Mark, next: usize) -> bool {
    let closed = mark.after > mark.dots.end;
    match mark.kind {
        Kind::Line => return true,
        Kind::Wide => return is_wide_end(text, mark),
        _ if next == mark.after => return is_end_without_space(text, start, mark),
        _ => {}
    }
    let before = word_before(text, start, mark.dots.start);
    let ahead = Ahead::new(tail(text, next));
    if !ahead.can_begin {
        return false;
    }
    match mark.kind {
        Kind::Call => !(closed && is_spoken_on(&ahead)),
        Kind::Ellipsis if !closed => ahead.is_starter() || ahead.quoted,
        Kind::Stop if closed => !is_abbreviation(before) || ahead.is_starter() || ahead.quoted,
        Kind::Stop => is_end_after_stop(text, start, mark, before, &ahead),
        Kind::Ellipsis | Kind::Line | Kind::Wide => true,
    }
}

fn is_wide_end(text: &str, mark: &Mark) -> bool {
    let inside_title = between(text, mark.dots.end, mark.after).ends_with(['》', '〉', '»']);
    let quoted_on = mark.after > mark.dots.end
        && tail(text, mark.after)
            .starts_with(['と', 'っ', 'の', 'な', 'は', 'が', 'を', 'に', 'で', '、', '，']);
    !inside_title && !quoted_on
}

/// A full stop alone, with white space after it.
fn is_end_after_stop(text: &str, start: usize, mark: &Mark, before: &str, ahead: &Ahead<'_>) -> bool {
    // `1. Item`: the number of an item opens the sentence.
    if is_item_mark(between(text, start, mark.dots.start).trim_start()) {
        return false;
    }
    let n_chars = before.chars().take(2).count();
    if n_chars == 1 && before.chars().all(char::is_alphabetic) {
        return ahead.is_starter() && before.chars().all(char::is_uppercase);
    }
    match abbreviations::class(before) {
        Some(Class::Leading) => false,
        Some(Class::Number) => !ahead.digit && (matches!(before, "No" | "no") || ahead.is_starter()),
        Some(Class::Month) => !ahead.digit && ahead.is_starter(),
        Some(Class::Trailing) => ahead.is_starter() || ahead.quoted,
        None if is_acronym(before) => ahead.is_starter() || ahead.quoted,
        None if is_short_number(before) => !abbreviations::is_german_month(ahead.word),
        None => true,
    }
}

/// `word.Word`, `?Word`, `.“Word`: the space was forgotten, or it is a name, a number, an address.
fn is_end_without_space(text: &str, start: usize, mark: &Mark) -> bool {
    let rest = head(tail(text, mark.after), MAX_LOOK_BYTES);
    let opened = rest.starts_with(['“', '«', '„']);
    let rest = rest.trim_start_matches(['“', '«', '„']);
    let word = rest.split(char::is_whitespace).next().unwrap_or("").trim_end_matches(['.', ',', '?', '!']);
    let mut letters = word.chars();
    let is_word = letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_none_or(char::is_lowercase)
        && !word.contains(['.', '/', '@', ':', '_', '=']);
    let before = word_before(text, start, mark.dots.start);
    let is_plain = !before.contains(['.', '/', '@', ':', '_']);
    let n_lower = before.chars().rev().take_while(|c| c.is_lowercase()).take(3).count();
    is_word && is_plain && (opened || mark.kind != Kind::Stop || n_lower == 3) && mark.kind != Kind::Ellipsis
}

/// `"Why?" Smith asked`: a subject and a verb of saying within six words after a closed question or call.
fn is_spoken_on(ahead: &Ahead<'_>) -> bool {
    if ahead.quoted || (ahead.is_starter() && ahead.word != "I") {
        return false;
    }
    for word in ahead.rest.split_whitespace().take(6) {
        let bare = word.trim_end_matches([',', '.', ':', ';']);
        if abbreviations::is_speech_verb(bare) {
            return true;
        }
        // A full stop after a title or an initial goes on.
        if word.ends_with(['.', '?', '!', ':', ';']) && bare.len() > 4 {
            return false;
        }
    }
    false
}

/// What follows a mark, up to a bounded length.
struct Ahead<'a> {
    /// From the first letter or digit, opening quotes and brackets left out.
    rest: &'a str,
    word: &'a str,
    quoted: bool,
    digit: bool,
    can_begin: bool,
}

impl<'a> Ahead<'a> {
    fn new(text: &'a str) -> Self {
        let text = head(text, 4 * MAX_LOOK_BYTES);
        let rest = text.trim_start_matches(is_opener);
        let quoted = between(text, 0, text.len() - rest.len()).contains(|c| !"([{".contains(c));
        let word_end =
            rest.find(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’')).unwrap_or(rest.len());
        let word = between(rest, 0, word_end);
        let mut chars = rest.chars();
        let first = chars.next();
        let second = chars.next();
        let can_begin = first.is_some_and(|c| {
            if c.is_alphabetic() {
                !c.is_lowercase() || second.is_some_and(char::is_uppercase)
            } else {
                c.is_numeric() || "$€£¥#@•".contains(c) || c >= '\u{2600}'
            }
        });
        Self { rest, word, quoted, digit: first.is_some_and(char::is_numeric), can_begin }
    }

    /// A starter that is not itself an initial (`A.`).
    fn is_starter(&self) -> bool {
        abbreviations::is_starter(self.word)
            && (self.word.len() > 1 || !tail(self.rest, self.word.len()).starts_with('.'))
    }
}

/// How far back a word is looked for; no abbreviation is as long.
const MAX_LOOK_BYTES: usize = 40;

/// The word that ends at `end`, its inner full stops included, at most [`MAX_LOOK_BYTES`] long.
fn word_before(text: &str, start: usize, end: usize) -> &str {
    let from = text.ceil_char_boundary(end.saturating_sub(MAX_LOOK_BYTES).max(start));
    let part = between(text, from, end);
    let word = part.rsplit(|c: char| c.is_whitespace() || "-–—/“„«([".contains(c)).next().unwrap_or("");
    word.trim_start_matches(is_opener)
}

fn is_abbreviation(word: &str) -> bool {
    is_acronym(word) || abbreviations::class(word).is_some_and(|class| class != Class::Number)
}

/// Letters and full stops by turns, one or two letters each: `U.S`, `a.m`, `Ph.D`.
fn is_acronym(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| part.len() <= 2 && part.chars().all(char::is_alphabetic))
}

fn is_short_number(word: &str) -> bool {
    matches!(word.len(), 1 | 2) && word.bytes().all(|b| b.is_ascii_digit())
}

fn is_item_mark(text: &str) -> bool {
    matches!(text.len(), 1..=3)
        && (text.bytes().all(|b| b.is_ascii_digit())
            || text.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'))
            || (text.len() == 1 && text.bytes().all(|b| b.is_ascii_alphabetic())))
}

/// Adds a sentence, cut where it is too long. White space does not count, so that no piece is white space alone.
fn push(text: &str, sentence: Range<usize>, to: &mut Segmented) {
    let mut start = sentence.start;
    loop {
        let content = skip_white(text, start);
        if between(text, content, sentence.end).trim_end().len() <= MAX_SENTENCE_BYTES {
            break;
        }
        let part = head(tail(text, content), MAX_SENTENCE_BYTES);
        let kept = part.trim_end_matches(|c: char| !c.is_whitespace()).len();
        let end = skip_white(text, content + if kept == 0 { part.len() } else { kept });
        to.sentences.push(start..end);
        to.n_cut += 1;
        start = end;
    }
    to.sentences.push(start..sentence.end);
}

fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '”'
            | '’'
            | '»'
            | '›'
            | ')'
            | ']'
            | '}'
            | '」'
            | '』'
            | '）'
            | '】'
            | '》'
            | '〉'
            | '＂'
    )
}

fn is_opener(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '“' | '‘' | '«' | '‹' | '„' | '‚' | '(' | '[' | '{' | '¿' | '¡' | '`' | '「' | '『'
    )
}

fn is_greek(c: Option<char>) -> bool {
    c.is_some_and(|c| ('\u{370}'..='\u{3ff}').contains(&c))
}

fn skip_white(text: &str, from: usize) -> usize {
    text.len() - tail(text, from).trim_start().len()
}

fn first_char(text: &str, at: usize) -> Option<char> {
    tail(text, at).chars().next()
}

fn last_char(text: &str, before: usize) -> Option<char> {
    between(text, 0, before).chars().next_back()
}

fn tail(text: &str, from: usize) -> &str {
    text.get(from..).unwrap_or("")
}

/// At most `n_bytes` of `text`, whole characters.
fn head(text: &str, n_bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(n_bytes)).unwrap_or("")
}

fn between(text: &str, from: usize, to: usize) -> &str {
    text.get(from..to).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn english() -> Rules<'static> {
        Rules::of("", Settings { lang: Some("en"), ..Settings::default() })
    }

    /// Every case of `tests/cases/text` runs in `tests/articles_in.rs`; here is what a case file cannot say.
    fn check_tiles(text: &str) {
        let sentences = segment(text, &english());
        let mut at = 0;
        for sentence in &sentences {
            assert_eq!(sentence.start, at);
            let part = text.get(sentence.clone()).unwrap();
            assert!(at == 0 || !part.starts_with(char::is_whitespace));
            assert!(!part.is_empty() && part.trim().len() <= MAX_SENTENCE_BYTES);
            at = sentence.end;
        }
        assert_eq!(at, text.len());
    }

    fn n(text: &str) -> usize {
        check_tiles(text);
        segment(text, &english()).len()
    }

    #[test]
    fn odd_texts() {
        assert_eq!(n(""), 0);
        assert_eq!(n(" \n\n "), 1);
        assert_eq!(n("."), 1);
        assert_eq!(n("\n\n\n.\n\n\n"), 1);
        assert_eq!(n("  Lead. Two.  "), 2);
        assert_eq!(n("One\nTwo\n\nThree\n"), 3);
        assert_eq!(segment("  Lead. Two.\n", &english()), [0..8, 8..13]);
    }

    #[test]
    fn a_long_sentence_is_cut_and_counted() {
        let words = "word ".repeat(40_000);
        let cut = segment_counted(&words, &english());
        assert_eq!(cut.n_cut, 3);
        assert!(cut.sentences.iter().all(|s| words.get(s.clone()).unwrap().ends_with("word ")));
        let solid = segment_counted(&"é".repeat(100_000), &english());
        assert_eq!(solid.n_cut, 3);
        assert_eq!(segment_counted("Short. Shorter.", &english()).n_cut, 0);
        check_tiles(&" ".repeat(200_000));
        check_tiles(&format!("Lead.{}Then.", " ".repeat(200_000)));
    }

    /// Each of these is quadratic in a careless splitter, which would take minutes.
    #[test]
    fn a_long_run_of_anything_is_no_trouble() {
        let n_bytes = 1 << 18;
        for unit in [
            "a", ".", "\n", " ", ". ", "a.", "A.A", "! ", "?\"", "[1]", ".[1]", "Mr. ", "é.", "\"", "。",
            ". . ", "?A", "\n .",
        ] {
            check_tiles(&unit.repeat(n_bytes / unit.len()));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_is_tiled(text in "(?s).{0,200}") {
            check_tiles(&text);
        }

        #[test]
        fn any_news_like_text_is_tiled(
            parts in proptest::collection::vec(
                proptest::sample::select(vec!["Mr", ".", " ", "\n", "U.S", "“", "”", "\"", "?", "…", "The", "he", "5", "[1]", "é", "。"]),
                0..60,
            ),
        ) {
            check_tiles(&parts.concat());
        }
    }
}
