//! Finding: fuzzy for the palette (any title or command by a few letters), by whole words for the list filter.

use crate::text::fold::fold;
use memchr::memmem::Finder as Memmem;
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// A fuzzy finder. It keeps its working memory (about 130 KB), so keep it from query to query.
pub struct Finder {
    matcher: Matcher,
    pattern: Pattern,
    chars: Vec<char>,
}

/// How well a candidate fits, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Higher is better; comparable within one query only.
    pub score: u32,
    /// The matched characters of the candidate: indices in code points, sorted, each once.
    pub chars: Vec<u32>,
}

impl Finder {
    pub fn new() -> Self {
        Self { matcher: Matcher::new(Config::DEFAULT), pattern: Pattern::default(), chars: Vec::new() }
    }

    /// Sets what is looked for. The words of `query` may occur in any order; case and accents do not count.
    pub fn look_for(&mut self, query: &str) {
        // `Pattern::new`, not `parse`: a person who types `'` or `!` means that character.
        self.pattern = Pattern::new(query, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
    }

    /// Does `candidate` hold the letters looked for, in their order? Everything fits an empty query.
    pub fn hit(&mut self, candidate: &str) -> Option<Hit> {
        // Made by hand: the crate's own form counts graphemes, and everything here counts code points.
        let candidate = if candidate.is_ascii() {
            Utf32Str::Ascii(candidate.as_bytes())
        } else {
            self.chars.clear();
            self.chars.extend(candidate.chars());
            Utf32Str::Unicode(&self.chars)
        };
        let mut chars = Vec::new();
        let score = self.pattern.indices(candidate, &mut self.matcher, &mut chars)?;
        chars.sort_unstable();
        chars.dedup();
        Some(Hit { score, chars })
    }
}

impl Default for Finder {
    fn default() -> Self {
        Self::new()
    }
}

/// Fuzzy match of one query and one candidate: the score and the matched characters (code points).
/// For many candidates keep a [`Finder`].
pub fn fuzzy(query: &str, candidate: &str) -> Option<(u32, Vec<u32>)> {
    let mut finder = Finder::new();
    finder.look_for(query);
    finder.hit(candidate).map(|hit| (hit.score, hit.chars))
}

/// A quick look at many texts before the finder looks at the best of them: a word counts when its letters stand close
/// together, since three letters lie scattered over almost any title.
pub struct Sieve {
    words: Vec<Word>,
}

struct Word {
    letters: Box<[u8]>,
    whole: Memmem<'static>,
}

impl Sieve {
    /// Sets what is looked for, as it was typed.
    pub fn new(query: &str) -> Self {
        let folded = fold(query);
        let word = |word: &str| Word {
            letters: word.as_bytes().into(),
            whole: Memmem::new(word.as_bytes()).into_owned(),
        };
        Self { words: folded.split_whitespace().map(word).collect() }
    }

    /// How far a folded text is from holding the words as they are: 0 when each begins a word of it, more for a word
    /// inside another or with letters between; nothing when it does not fit.
    pub fn looseness(&self, folded: &str) -> Option<usize> {
        self.words.iter().map(|word| word.looseness(folded.as_bytes())).sum()
    }
}

impl Word {
    fn looseness(&self, text: &[u8]) -> Option<usize> {
        let mut inside = false;
        for start in self.whole.find_iter(text) {
            if start
                .checked_sub(1)
                .and_then(|before| text.get(before))
                .is_none_or(|b| !b.is_ascii_alphanumeric())
            {
                return Some(0);
            }
            inside = true;
        }
        if inside {
            return Some(1);
        }
        let (first, rest) = self.letters.split_first()?;
        // As many letters between as the word has, and a few.
        let most = self.letters.len() * 2 + 2;
        let window = |start: usize| {
            let mut left = text.get(start + 1..(start + most).min(text.len()))?.iter();
            let n = left.len();
            let fits = rest.iter().all(|letter| left.any(|other| other == letter));
            fits.then(|| 1 + n - left.len())
        };
        let windows = memchr::memchr_iter(*first, text).filter_map(window);
        windows.min().map(|window| 2 + window - self.letters.len())
    }
}

/// Does every word of `query` occur in `text`? Both already folded (`fold::fold`), so that a list folds its rows
/// once and not at every key press.
pub fn contains_folded(text: &str, query: &str) -> bool {
    query.split_whitespace().all(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fuzzy_says_where() {
        let check = |query: &str, candidate: &str, want: Option<&[u32]>| {
            let got = fuzzy(query, candidate).map(|(_, chars)| chars);
            assert_eq!(got.as_deref(), want, "`{query}` in `{candidate}`");
        };
        check("sa", "Save as", Some(&[0, 1]));
        check("sva", "Save as", Some(&[0, 2, 5]));
        check("zz", "Save as", None);
        check("", "Save as", Some(&[]));
        check("as save", "Save as", Some(&[0, 1, 2, 3, 5, 6]));
        check("elysee", "L’Élysée", Some(&[2, 3, 4, 5, 6, 7]));
        // Two code points that look like one letter: the indices go on counting code points.
        check("x", "e\u{301}e\u{301}x", Some(&[4]));
        check("!", "Yahoo! sues", Some(&[5]));
    }

    #[test]
    fn the_better_fit_scores_higher() {
        let mut finder = Finder::new();
        finder.look_for("exp");
        let near = finder.hit("Export dataset").unwrap().score;
        let far = finder.hit("Next open paragraph").unwrap().score;
        assert!(near > far);
    }

    #[test]
    fn every_word_must_occur() {
        let check =
            |text, query, want| assert_eq!(contains_folded(&fold(text), &fold(query)), want, "{query}");
        check("The Guardian: ZTE hits back", "zte guard", true);
        check("The Guardian: ZTE hits back", "zte times", false);
        check("The Guardian", "", true);
        check("Élysée", "elys", true);
    }

    #[test]
    fn the_sieve_keeps_what_is_close() {
        let check = |query: &str, text: &str, want: Option<usize>| {
            assert_eq!(Sieve::new(query).looseness(&fold(text)), want, "`{query}` in `{text}`");
        };
        check("den", "Food office denies delay", Some(0));
        check("DEN", "A sudden delay", Some(1));
        check("dny", "She may deny it", Some(3));
        check("den", "Dairy group accused of rewriting", None);
        check("milk elysee", "L\u{2019}Élysée buys milk", Some(0));
        check("milk bread", "Parents want milk", None);
        check("", "Anything", Some(0));
        check("denial", "den", None);
    }
}
