//! The sentence splitter: one scan over the bytes for places where a sentence could end; what decides at each is in
//! `ending`, what it knows of a language in `assets/sentences`.

use crate::text::cut::{between, head, skip_unseen, skip_white, tail};
use crate::text::language::Language;
use crate::text::rules::Rules;
use crate::text::terminators::Kind;
use crate::text::{ending, items, marks, uax29, wrapping};
use std::ops::Range;

/// A longer sentence is cut: at the last white space before, else at a character boundary.
pub const MAX_SENTENCE_BYTES: usize = 64 * 1024;

/// The sentences of a text, and how many cuts [`MAX_SENTENCE_BYTES`] forced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segmented {
    /// Byte ranges that tile the text: white space belongs to the sentence before it.
    pub sentences: Vec<Range<usize>>,
    pub n_cut: usize,
}

/// Byte ranges of the sentences. They tile `text`; none is empty; white space at the start of the text belongs to
/// the first.
///
/// A blank line always ends a sentence, a single line feed does unless the lines of the text are wrapped. For a
/// language without rules these are the boundaries of Unicode's UAX 29, save those inside wrapped lines.
pub fn segment(text: &str, rules: &Rules<'_>) -> Vec<Range<usize>> {
    segment_counted(text, rules).sentences
}

/// Like [`segment`], and counts the sentences that were cut because of their length.
pub fn segment_counted(text: &str, rules: &Rules<'_>) -> Segmented {
    let mut segmented = Segmented { sentences: Vec::with_capacity(text.len() / 128 + 1), n_cut: 0 };
    let wrapped_at = wrapping::width(text);
    let mut start = 0;
    let mut end_before = |next: usize| {
        push(text, start..next, &mut segmented);
        start = next;
    };
    match rules.language {
        Some(language) => scan(text, language, rules, wrapped_at, &mut end_before),
        None => uax29::scan(text, rules, wrapped_at, &mut end_before),
    }
    if start < text.len() {
        push(text, start..text.len(), &mut segmented);
    }
    segmented
}

/// Tells `end_before` where each sentence but the first begins.
fn scan(
    text: &str,
    language: &'static Language,
    rules: &Rules<'_>,
    wrapped_at: Option<usize>,
    end_before: &mut dyn FnMut(usize),
) {
    let mut start = skip_white(text, 0);
    let mut at = start;
    if let Some(words) = ending::after_date(text, start, language) {
        end_before(words);
        start = words;
    }
    while let Some(mark) = marks::next(text, at, language) {
        if mark.kind == Kind::Colon {
            if let Some(credit) = ending::credit_before(text, start, mark.dots.start, language) {
                end_before(credit);
                start = credit;
            }
            at = mark.after;
            continue;
        }
        let seen = skip_unseen(text, mark.after);
        if seen >= text.len() {
            break;
        }
        let place = ending::Place { text, start, mark: &mark, next: seen, wrapped_at };
        let is_end = ending::is_end(&place, language, rules);
        // Invisible characters stand with the word that they touch.
        let gap = between(text, mark.after, seen);
        let next = mark.after
            + gap
                .rfind(char::is_whitespace)
                .map_or(gap.len(), |at| gap.len() - tail(gap, at).trim_start().len());
        if is_end {
            end_before(next);
            start = next;
            if let Some(words) = ending::after_date(text, start, language) {
                end_before(words);
                start = words;
            }
        }
        at = if is_end || mark.kind == Kind::Line { next } else { mark.after };
    }
}

/// Adds a sentence: in parts, if it is a list that runs on in one line.
fn push(text: &str, sentence: Range<usize>, to: &mut Segmented) {
    let mut start = sentence.start;
    let mut words = skip_white(text, start);
    while let Some(next) = items::next_item(between(text, words, sentence.end)) {
        push_cut(text, start..words + next, to);
        words += next;
        start = words;
    }
    push_cut(text, start..sentence.end, to);
}

/// Adds a sentence, cut where it is too long. White space does not count, so that no piece is white space alone.
fn push_cut(text: &str, sentence: Range<usize>, to: &mut Segmented) {
    if sentence.len() <= MAX_SENTENCE_BYTES {
        to.sentences.push(sentence);
        return;
    }
    let mut start = sentence.start;
    let words_end = start + between(text, start, sentence.end).trim_end().len();
    loop {
        let content = skip_white(text, start);
        if words_end.saturating_sub(content) <= MAX_SENTENCE_BYTES {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::language::languages;
    use crate::text::rules::Settings;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    fn english() -> Rules<'static> {
        Rules::of("", Settings { lang: Some("en"), ..Settings::default() })
    }

    fn fallback() -> Rules<'static> {
        Rules::of("", Settings { lang: Some("th"), ..Settings::default() })
    }

    /// The sentences with `|` between them.
    fn split(text: &str, rules: &Rules<'_>) -> String {
        check_tiles(text, rules);
        let parts = segment(text, rules).into_iter().map(|s| text.get(s).unwrap());
        parts.collect::<Vec<_>>().join("|")
    }

    /// Every case of `tests/cases/segment` runs in `tests/segment.rs`; here is what a case file cannot say.
    fn check_tiles(text: &str, rules: &Rules<'_>) {
        let sentences = segment(text, rules);
        let mut at = 0;
        for sentence in &sentences {
            assert_eq!(sentence.start, at);
            let part = text.get(sentence.clone()).unwrap();
            assert!(at == 0 || !part.starts_with(char::is_whitespace));
            assert!(!part.is_empty() && part.trim().len() <= MAX_SENTENCE_BYTES);
            assert!(!part.trim().is_empty() || text.trim().is_empty());
            at = sentence.end;
        }
        assert_eq!(at, text.len());
    }

    fn n(text: &str) -> usize {
        check_tiles(text, &english());
        check_tiles(text, &fallback());
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
        check_tiles(&" ".repeat(200_000), &english());
        check_tiles(&format!("Lead.{}Then.", " ".repeat(200_000)), &english());
    }

    #[test]
    fn lower_case_begins_a_sentence_if_that_is_said() {
        let rules =
            |lower_case| Rules::of("", Settings { lang: Some("en"), lower_case, ..Settings::default() });
        let check = |text: &str, strict: &str, lower: &str| {
            assert_eq!(split(text, &rules(false)), strict);
            assert_eq!(split(text, &rules(true)), lower);
        };
        check(
            "it rained. we left! why? no idea",
            "it rained. we left! why? no idea",
            "it rained. |we left! |why? |no idea",
        );
        check(
            "The U.S. army and approx. ten men.",
            "The U.S. army and approx. ten men.",
            "The U.S. army and approx. ten men.",
        );
        check("He paused ... then left.", "He paused ... then left.", "He paused ... then left.");
    }

    #[test]
    fn no_sentence_ends_after_what_the_project_says() {
        let check = |own: &[&str], text: &str, want: &str| {
            let own: Vec<String> = own.iter().map(|own| (*own).to_owned()).collect();
            let settings = Settings { lang: Some("en"), never_end_after: &own, ..Settings::default() };
            assert_eq!(split(text, &Rules::of("", settings)), want, "{own:?}");
        };
        let text = "Clause Abk. The rest. The end.";
        check(&[], text, "Clause Abk. |The rest. |The end.");
        check(&["Abk"], text, "Clause Abk. The rest. |The end.");
        check(&["Abk."], text, "Clause Abk. The rest. |The end.");
        check(&["Clause Abk."], text, "Clause Abk. The rest. |The end.");
        // Not the end of a longer word, nor in other letters; and nothing is said by nothing.
        check(&["bk", "abk", "", ".", " "], text, "Clause Abk. |The rest. |The end.");
    }

    #[test]
    fn wrapped_lines_are_no_ends_in_any_language() {
        let words = "the ferry was to leave the old harbour at noon but ";
        let line = format!("{}\n", words.trim_end());
        let text = format!("{}it stayed. Nobody came.\n\nThe rest follows.", line.repeat(4));
        let want = format!("{}it stayed. |Nobody came.\n\n|The rest follows.", line.repeat(4));
        assert_eq!(split(&text, &english()), want);
        assert_eq!(split(&text, &fallback()), want);
        assert_eq!(split("One\nTwo \n Three", &fallback()), "One\n|Two \n |Three");
    }

    #[test]
    fn a_language_without_rules_has_those_of_unicode() {
        assert_eq!(fallback().lang(), "th");
        assert_eq!(
            split(" Mr. Hale ran. He won? Yes.\u{85} ", &fallback()),
            " Mr. |Hale ran. |He won? |Yes.\u{85} "
        );
        assert_eq!(split("3.4 m. to go…\u{2028}\u{2028}", &fallback()), "3.4 m. to go…\u{2028}\u{2028}");
    }

    /// Each of these is quadratic in a careless splitter, which would take minutes.
    #[test]
    fn a_long_run_of_anything_is_no_trouble() {
        let n_bytes = 1 << 18;
        let check = |text: &str| {
            check_tiles(text, &english());
            check_tiles(text, &fallback());
        };
        for unit in [
            "a", ".", "\n", " ", ". ", "a.", "A.A", "! ", "?\"", "[1]", ".[1]", "Mr. ", "é.", "\"", "。",
            ". . ", "?A", "\n .", " \n", "•", "\u{2028}",
        ] {
            check(&unit.repeat(n_bytes / unit.len()));
        }
        for (first, then) in [("•", "A. "), ("x", " \n"), ("x", " 5 p.m. 5"), (". ", "1 "), (".", ")")] {
            let text = first.repeat(n_bytes / first.len()) + &then.repeat(n_bytes / then.len());
            check_tiles(&text, &english());
        }
    }

    /// Settings as dice throw them.
    fn any_rules() -> impl Strategy<Value = Rules<'static>> {
        static OWN: LazyLock<Vec<String>> =
            LazyLock::new(|| ["", ".", " ", "Mr", "he.", "é", "。"].map(str::to_owned).to_vec());
        let langs: Vec<_> = languages().iter().map(|l| l.code).chain(["th", "xx"]).collect();
        (proptest::sample::select(langs), any::<bool>(), any::<bool>()).prop_map(
            |(lang, lower_case, has_own)| {
                let never_end_after = if has_own { OWN.as_slice() } else { &[] };
                Rules::of("", Settings { lang: Some(lang), lower_case, never_end_after })
            },
        )
    }

    // `PROPTEST_CASES=1000000 cargo test --release --no-default-features --lib text::segment` is the long run.
    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_is_tiled(text in "(?s).{0,200}", rules in any_rules()) {
            check_tiles(&text, &rules);
        }

        #[test]
        fn any_news_like_text_is_tiled(
            parts in proptest::collection::vec(
                proptest::sample::select(vec![
                    "Mr", ".", " ", "\n", "U.S", "“", "”", "\"", "?", "…", "The", "he", "5", "[1]", "é", "。", "•", "1.",
                    "2.", " »", "《", "፡", "Photo:", "\r\n", "\u{85}", "\u{a0}", "\u{2028}", "\u{301}", "\0", "г",
                ]),
                0..60,
            ),
            rules in any_rules(),
        ) {
            check_tiles(&parts.concat(), &rules);
        }
    }
}
