//! What stands in every text that a regular expression finds something in, so that the others need not be asked.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::literal::{Extractor, Literal};
use regex_syntax::hir::{Dot, Hir, HirKind};

/// Runs of plain letters and digits that must all stand, in this order and none over another, in the folded form of a text in
/// which `source` finds something, whether case counts or not. None where nothing is known, or it cannot be read. `depth` is how
/// deep it may nest.
pub fn needed(source: &str, depth: u32) -> Vec<String> {
    let mut runs = Vec::new();
    if let Some(read) = read(source, depth) {
        push_needed(&read, &mut runs);
    }
    // The longest say most.
    while runs.len() > MOST
        && let Some(shortest) = (0..runs.len()).min_by_key(|idx| runs.get(*idx).map(String::len))
    {
        runs.remove(shortest);
    }
    runs
}

/// Whether that is all that an expression asks for: then it finds something wherever those runs stand in this order in the folded
/// form of a text, if that is as [`is_as_folded`](crate::text::looking::is_as_folded) says. So it is of words with anything but
/// line breaks between them.
pub fn needs_no_more(source: &str, depth: u32) -> bool {
    let Some(read) = read(source, depth) else { return false };
    let (mut n_runs, mut after_run) = (0, false);
    is_run_or_gap(&read, &mut n_runs, &mut after_run) && (1..=MOST).contains(&n_runs)
}

/// Words of which one must stand in the folded form of a text in which `source` finds something: several, where it finds nothing
/// but a few words; and whether that is all that it asks for, as in [`needs_no_more`]. `depth` is how deep it may nest.
pub fn any_of(source: &str, depth: u32) -> Option<(Vec<String>, bool)> {
    let read = read(source, depth)?;
    let found = Extractor::new().limit_total(MOST_WORDS).extract(&read);
    let mut is_all = read.properties().look_set().is_empty();
    let literals = found.literals().filter(|literals| found.is_exact() && literals.len() > 1)?;
    let mut word = |literal: &Literal| {
        let whole = std::str::from_utf8(literal.as_bytes()).ok()?;
        let word = whole.trim().to_ascii_lowercase();
        is_all &= word.len() == whole.len();
        // White space in a row is one blank there, and other signs are folded in more than one way.
        let is_plain =
            word.split(' ').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric()));
        (is_plain && word.len() > 1).then_some(word)
    };
    let words = literals.iter().map(&mut word).collect::<Option<_>>()?;
    Some((words, is_all))
}

/// An expression as if case counted: then letters are letters, and not each a choice of two.
fn read(source: &str, depth: u32) -> Option<Hir> {
    ParserBuilder::new().nest_limit(depth).build().parse(source).ok()
}

/// Whether all that an expression finds is found wherever the same letters stand, and ends after a few: then many texts can
/// be looked through as one. `depth` is how deep it may nest.
pub fn is_short(source: &str, depth: u32) -> bool {
    let read = ParserBuilder::new().case_insensitive(true).nest_limit(depth).build().parse(source);
    read.is_ok_and(|read| {
        let is_few = |len: usize| (1..=SHORT).contains(&len);
        let (least, most) = (read.properties().minimum_len(), read.properties().maximum_len());
        read.properties().look_set().is_empty() && least.is_some_and(is_few) && most.is_some_and(is_few)
    })
}

/// In bytes.
const SHORT: usize = 256;

/// More say little more.
const MOST: usize = 4;
const MOST_WORDS: usize = 32;

fn is_run_or_gap(read: &Hir, n_runs: &mut usize, after_run: &mut bool) -> bool {
    match read.kind() {
        HirKind::Literal(literal) if !*after_run => {
            (*n_runs, *after_run) = (*n_runs + 1, true);
            literal.0.iter().all(u8::is_ascii_alphanumeric)
        }
        HirKind::Concat(parts) => parts.iter().all(|part| is_run_or_gap(part, n_runs, after_run)),
        HirKind::Repetition(again) if again.min == 0 && again.max.is_none() => {
            *after_run = false;
            *again.sub == Hir::dot(Dot::AnyCharExceptLF)
        }
        _ => false,
    }
}

fn push_needed(read: &Hir, runs: &mut Vec<String>) {
    match read.kind() {
        // Other signs are folded in more than one way.
        HirKind::Literal(literal) => {
            let words = literal.0.split(|byte| !byte.is_ascii_alphanumeric());
            let words = words.filter(|word| !word.is_empty());
            runs.extend(words.map(|word| String::from_utf8_lossy(word).to_ascii_lowercase()));
        }
        HirKind::Concat(parts) => parts.iter().for_each(|part| push_needed(part, runs)),
        HirKind::Capture(group) => push_needed(&group.sub, runs),
        HirKind::Repetition(again) if again.min > 0 => push_needed(&again.sub, runs),
        HirKind::Repetition(_)
        | HirKind::Alternation(_)
        | HirKind::Class(_)
        | HirKind::Look(_)
        | HirKind::Empty => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::looking::looked;
    use crate::text::query::Pattern;
    use proptest::prelude::*;

    #[test]
    fn what_must_be_there() {
        let check = |source: &str, want: &[&str]| assert_eq!(needed(source, 50), want, "{source}");
        check("depot", &["depot"]);
        check("dep[ao]t", &["dep", "t"]);
        check("Mayor.*money", &["mayor", "money"]);
        check("took \\w+ money", &["took", "money"]);
        check("a.*b.*a", &["a", "b", "a"]);
        check("one.*of.*three.*to.*four", &["one", "three", "to", "four"]);
        check("(bribe|fraud) case", &["case"]);
        check("a?b+(c{2}d)*", &["b"]);
        check("\\bcaf\u{e9}s\\b", &["caf", "s"]);
        check("x|y", &[]);
        check("(?i)ab", &[]);
        check("\\d+", &[]);
        check("(", &[]);
        check("", &[]);
    }

    #[test]
    fn one_of_a_few_words_must_be_there() {
        let check = |source: &str, want: Option<&[&str]>| {
            let got = any_of(source, 50);
            assert_eq!(
                got.as_ref()
                    .map(|(words, _)| words.iter().map(String::as_str).collect::<Vec<_>>())
                    .as_deref(),
                want,
                "{source}"
            );
        };
        check(
            "(mayor|court) (said|denied)",
            Some(&["mayor said", "mayor denied", "court said", "court denied"]),
        );
        check("dep[ao]t", Some(&["depat", "depot"]));
        check("\\b(Bribe|fraud)s?\\b", Some(&["bribes", "bribe", "frauds", "fraud"]));
        check("depot", None);
        check("caf.", None);
        check("bribe|caf\u{e9}", None);
        check("a  b|cd", None);
        check("a|bc", None);
        check("mayor.*money|court", None);
        check("(", None);
    }

    #[test]
    fn words_and_gaps_alone_need_no_more() {
        let all_in_order = |source: &str| needs_no_more(source, 50);
        for source in ["depot", "mayor.*money", ".*a.*?b.*", "a.*b.*c.*d"] {
            assert!(all_in_order(source), "{source}");
        }
        for source in [
            "a.*b.*c.*d.*e",
            "a.+b",
            "(a)(b)",
            "a b",
            "a.*[bc]",
            "(?s)a.*b",
            "a\\b",
            ".*",
            "",
            "(",
            "caf\u{e9}.*a",
        ] {
            assert!(!all_in_order(source), "{source}");
        }
        let one_is_all = |source: &str| any_of(source, 50).unwrap().1;
        assert!(one_is_all("(mayor|court) (said|denied)") && one_is_all("dep[ao]t"));
        assert!(!one_is_all("\\b(bribe|fraud)s?") && !one_is_all("(bribe|fraud) "));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// It is never missing where the expression finds something: also beside letters that are another's capital or
        /// small letter in Unicode alone, accents written as their own letter, and odd white space.
        #[test]
        fn nothing_is_found_without_it(
            source in "([kKsaij\u{17f}]|[ks]\\+|\\(s k\\)|\\.|a\\?|\\[ak\\]|\\\\b| |\u{e9}|\\(a\\|s\\)){1,5}",
            text in "([kKsSaAiIjJ\u{17f}\u{212a}\u{e9}\u{301}\u{130}\u{131}\u{df}]|  ?|\n| \u{a0}){0,12}",
        ) {
            if let Ok(pattern) = Pattern::new(&source) && pattern.holds(&text, false) {
                let folded = looked(&text);
                let mut rest = folded.as_str();
                for run in needed(&source, 50) {
                    let at = rest.find(&run);
                    prop_assert!(at.is_some(), "{source} needs {run} in {text}");
                    rest = rest.get(at.unwrap() + run.len()..).unwrap();
                }
                let words = any_of(&source, 50);
                prop_assert!(words.is_none_or(|(words, _)| words.iter().any(|word| folded.contains(word.as_str()))), "{source} in {text}");
            }
        }
    }
}
