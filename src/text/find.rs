//! Finding: fuzzy for the palette (any title or command by a few letters), by whole words for the list filter.

use crate::text::fold::{fold, fold_char};
use memchr::memmem::Finder as Memmem;
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use std::collections::BTreeSet;

/// A finder of a few letters. It keeps its working memory (about 130 KB), so keep it from query to query.
pub struct Finder {
    matcher: Matcher,
    pattern: Pattern,
    /// What is looked for, folded.
    words: Vec<Vec<char>>,
    chars: Vec<char>,
    letters: Vec<Letter>,
}

/// A letter of a candidate, folded.
#[derive(Debug, Clone, Copy)]
struct Letter {
    c: char,
    /// The character that it comes from, in code points.
    from: u32,
    begins_word: bool,
    is_word: bool,
}

/// Nobody abbreviates in more letters, nor a longer line than this.
const MOST_ABBREVIATED: usize = 16;
const MOST_LETTERS: usize = 200;

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
        Self {
            matcher: Matcher::new(Config::DEFAULT),
            pattern: Pattern::default(),
            words: Vec::new(),
            chars: Vec::new(),
            letters: Vec::new(),
        }
    }

    /// Sets what is looked for. The words of `query` may occur in any order; case and accents do not count.
    pub fn look_for(&mut self, query: &str) {
        // `Pattern::new`, not `parse`: a person who types `'` or `!` means that character.
        self.pattern = Pattern::new(query, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
        let folded = fold(query);
        self.words = folded.split_whitespace().map(|word| word.chars().collect()).collect();
    }

    /// Does `candidate` hold each word looked for, as it stands or as beginnings of words: `exd` is in `Export dataset`?
    /// Letters that lie scattered over it are no fit. Everything fits an empty query.
    pub fn hit(&mut self, candidate: &str) -> Option<Hit> {
        self.spell(candidate);
        let mut chars = Vec::new();
        for word in &self.words {
            let places = as_it_stands(word, &self.letters).or_else(|| abbreviated(word, &self.letters))?;
            chars.extend(places.into_iter().filter_map(|at| self.letters.get(at)).map(|letter| letter.from));
        }
        chars.sort_unstable();
        chars.dedup();
        // Made by hand: the crate's own form counts graphemes, and everything here counts code points.
        let candidate = if candidate.is_ascii() {
            Utf32Str::Ascii(candidate.as_bytes())
        } else {
            self.chars.clear();
            self.chars.extend(candidate.chars());
            Utf32Str::Unicode(&self.chars)
        };
        let score = self.pattern.score(candidate, &mut self.matcher).unwrap_or_default();
        Some(Hit { score, chars })
    }

    fn spell(&mut self, candidate: &str) {
        self.letters.clear();
        let mut folded = String::new();
        let mut was_word = false;
        for (from, c) in (0_u32..).zip(candidate.chars()) {
            folded.clear();
            fold_char(c, &mut folded);
            for c in folded.chars() {
                let is_word = c.is_alphanumeric();
                self.letters.push(Letter { c, from, begins_word: is_word && !was_word, is_word });
                was_word = is_word;
            }
        }
    }
}

/// The places of a word's letters where they follow each other: where it begins a word, if there is such a place.
fn as_it_stands(word: &[char], letters: &[Letter]) -> Option<Vec<usize>> {
    let is_here = |at: &usize| {
        let here = letters.get(*at..).unwrap_or_default().iter().map(|letter| &letter.c);
        here.take(word.len()).eq(word)
    };
    let begins = |at: &usize| letters.get(*at).is_some_and(|letter| letter.begins_word);
    let mut all = (0..letters.len()).filter(is_here);
    let first = all.next()?;
    let best = if begins(&first) { first } else { all.find(begins).unwrap_or(first) };
    Some((best..best + word.len()).collect())
}

/// The places of a word's letters where the first one begins a word, and each other one stands after it in the same word, or
/// begins a later one.
fn abbreviated(word: &[char], letters: &[Letter]) -> Option<Vec<usize>> {
    let first = *word.first().filter(|_| word.len() <= MOST_ABBREVIATED && letters.len() <= MOST_LETTERS)?;
    let starts =
        (0..letters.len()).filter(|at| letters.get(*at).is_some_and(|l| l.begins_word && l.c == first));
    // That from here on nothing fits is worked out once.
    let mut fails = BTreeSet::new();
    for start in starts {
        let mut places = vec![start];
        if goes_on(word, letters, &mut places, &mut fails) {
            return Some(places);
        }
    }
    None
}

fn goes_on(
    word: &[char],
    letters: &[Letter],
    places: &mut Vec<usize>,
    fails: &mut BTreeSet<(usize, usize)>,
) -> bool {
    let (n, Some(last)) = (places.len(), places.last().copied()) else { return false };
    let Some(wanted) = word.get(n) else { return true };
    if fails.contains(&(n, last)) {
        return false;
    }
    let mut in_word = true;
    for (at, letter) in letters.iter().enumerate().skip(last + 1) {
        in_word &= letter.is_word;
        if letter.c == *wanted && (in_word || letter.begins_word) {
            places.push(at);
            if goes_on(word, letters, places, fails) {
                return true;
            }
            places.pop();
        }
    }
    fails.insert((n, last));
    false
}

impl Default for Finder {
    fn default() -> Self {
        Self::new()
    }
}

/// One query and one candidate: the score and the matched characters (code points). For many candidates keep a [`Finder`].
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
        check("exd", "Export dataset", Some(&[0, 1, 7]));
        check("port", "Export dataset", Some(&[2, 3, 4, 5]));
        check("sse", "Stra\u{df}e", Some(&[4, 5]));
        // Letters that lie about are no fit, whatever their order.
        check("outlet", "Choose the previous article too", None);
        check("exp", "Next open paragraph", None);
        check("xd", "Export dataset", None);
        check("aaaaaaaaaaaaaaab", &"a ".repeat(100), None);
    }

    #[test]
    fn the_better_fit_scores_higher() {
        let mut finder = Finder::new();
        finder.look_for("exp");
        let near = finder.hit("Export dataset").unwrap().score;
        let far = finder.hit("Every extra paragraph").unwrap().score;
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
