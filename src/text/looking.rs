//! The form in which words are looked for: folded, with each run of white space as one blank, and the way back to the text.

use crate::text::fold::{fold_char, squeeze};
use memchr::memmem::Finder;
use std::ops::Range;

/// `text` as words are looked for in it.
pub fn looked(text: &str) -> String {
    if text.is_ascii() {
        let mut out = squeeze(text);
        out.make_ascii_lowercase();
        return out;
    }
    let mut out = String::with_capacity(text.len());
    push_looked(text, &mut out, |_, _| {});
    out
}

/// Whether the plain letters, digits and blanks of `folded`, which is made of `text`, are those of the text one by one, but for
/// capital letters: then a plain word stands in both or in none.
pub fn is_as_folded(text: &str, folded: &str) -> bool {
    if text.is_ascii() {
        return text.len() == folded.len() && text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    }
    let mut made = String::new();
    let mut was_blank = true;
    let is_kept = text.chars().all(|c| {
        let is_double = was_blank && c == ' ';
        was_blank = c == ' ';
        if c.is_ascii() {
            return !is_double && (' '..='~').contains(&c);
        }
        made.clear();
        fold_char(c, &mut made);
        !c.is_whitespace() && !made.is_empty() && !made.bytes().any(|byte| byte.is_ascii_alphanumeric())
    });
    is_kept && !was_blank
}

/// The same, behind what is there; `each` hears of each letter where it stands in `text`, and how long `out` is before it.
/// Bytes.
fn push_looked(text: &str, out: &mut String, mut each: impl FnMut(usize, usize)) {
    let (start, mut blank) = (out.len(), None);
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            blank = blank.or((out.len() > start).then_some(at));
            continue;
        }
        let before = out.len();
        fold_char(c, out);
        if out.len() == before {
            continue;
        }
        if let Some(white) = blank.take() {
            // It is known only now that something follows the white space.
            each(white, before);
            out.insert(before, ' ');
            each(at, before + 1);
        } else {
            each(at, before);
        }
    }
}

/// A text in the form that words are looked for in, with the way back.
#[derive(Debug, Default)]
pub struct Looked {
    folded: String,
    /// For each letter its place in `folded` and in the text.
    places: Vec<(usize, usize)>,
    len: usize,
}

impl Looked {
    pub fn of(text: &str) -> Self {
        let mut looked = Self { len: text.len(), ..Self::default() };
        let places = &mut looked.places;
        push_looked(text, &mut looked.folded, |at, before| places.push((before, at)));
        looked
    }

    /// Where a word in its folded form stands in the text. Bytes; in order.
    pub fn places_of(&self, word: &str, whole: bool) -> Vec<Range<usize>> {
        let found = occurrences(&self.folded, word, whole);
        found.map(|at| self.place(at)..self.place_after(at + word.len())).collect()
    }

    /// Where the letter at a place of the folded form stands in the text.
    fn place(&self, at: usize) -> usize {
        let idx = self.places.partition_point(|(folded, _)| *folded <= at);
        idx.checked_sub(1).and_then(|idx| self.places.get(idx)).map_or(0, |(_, place)| *place)
    }

    /// The end of what ends before a place of the folded form: accents of its last letter belong to it.
    fn place_after(&self, at: usize) -> usize {
        let idx = self.places.partition_point(|(folded, _)| *folded < at);
        self.places.get(idx).map_or(self.len, |(_, place)| *place)
    }
}

/// A word to be looked for in many texts.
#[derive(Debug, Clone)]
pub struct Needle {
    finder: Finder<'static>,
    len: usize,
    whole: bool,
}

impl Needle {
    /// A word in its folded form; as a whole word, if that is asked for.
    pub fn new(word: &str, whole: bool) -> Self {
        Self { finder: Finder::new(word.as_bytes()).into_owned(), len: word.len(), whole }
    }

    /// Where it stands first in a folded text, from a place on. Bytes.
    pub fn next(&self, text: &str, from: usize) -> Option<usize> {
        if self.len == 0 {
            return None;
        }
        let mut from = from;
        loop {
            let at = from + self.finder.find(text.as_bytes().get(from..)?)?;
            if !self.whole || is_whole(text, at..at + self.len) {
                return Some(at);
            }
            from = at + 1;
        }
    }

    pub fn is_in(&self, text: &str) -> bool {
        self.next(text, 0).is_some()
    }

    /// Bytes of the word.
    pub fn n_bytes(&self) -> usize {
        self.len
    }
}

/// Where a word stands in a text, both folded; as a whole word, if that is asked for. Bytes.
pub fn occurrences<'a>(text: &'a str, word: &'a str, whole: bool) -> impl Iterator<Item = usize> + 'a {
    let needle = Needle::new(word, whole);
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = needle.next(text, from)?;
        from = at + word.len();
        Some(at)
    })
}

/// Whether what stands there is no part of a longer word.
pub fn is_whole(text: &str, place: Range<usize>) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let before = text.get(..place.start).and_then(|text| text.chars().next_back());
    let after = text.get(place.end..).and_then(|text| text.chars().next());
    !before.is_some_and(is_word) && !after.is_some_and(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_looked_for_in_one_form() {
        let check = |text: &str, want: &str| assert_eq!(looked(text), want, "{text}");
        check("", "");
        check(" \n ", "");
        check("  He\u{a0}took\n\nmoney ", "he took money");
        check("L\u{2019}\u{c9}lys\u{e9}e", "l'elysee");
        check("e\u{301} \u{200b} x", "e x");
        check("Stra\u{df}e", "strasse");
    }

    #[test]
    fn plain_letters_are_kept_or_not() {
        let check = |text: &str, want: bool| assert_eq!(is_as_folded(text, &looked(text)), want, "{text}");
        check("He took money.", true);
        check("He said: \u{201c}No\u{2019}s no\u{201d} \u{2014} twice \u{4e2d}", true);
        for other in [
            "a  b",
            " a",
            "a ",
            "a\nb",
            "a\tb",
            "caf\u{e9}",
            "cafe\u{301}",
            "a\u{a0}b",
            "\u{201c}a  b",
            "\u{17f}",
            "\u{212a}",
            "\u{df}",
        ] {
            check(other, false);
        }
    }

    #[test]
    fn a_find_is_shown_where_it_stands() {
        let check = |text: &str, word: &str, want: &[&str]| {
            let places = Looked::of(text).places_of(&looked(word), false);
            let got: Vec<&str> = places.into_iter().map(|place| text.get(place).unwrap()).collect();
            assert_eq!(got, want, "{word} in {text}");
        };
        check("The depot, the DEPOT.", "depot", &["depot", "DEPOT"]);
        check("L\u{2019}\u{c9}lys\u{e9}e.", "elysee", &["\u{c9}lys\u{e9}e"]);
        check("cafe\u{301} noir", "cafe", &["cafe\u{301}"]);
        check("He took\n  money", "took money", &["took\n  money"]);
        check("Stra\u{df}e", "sse", &["\u{df}e"]);
        check("Stra\u{df}e", "s", &["S", "\u{df}", "\u{df}"]);
        check("\u{1f44d}\u{1f3fd} ok", "ok", &["ok"]);
        check("aaa", "aa", &["aa"]);
        check("x", "", &[]);
    }

    #[test]
    fn whole_words_are_no_parts_of_longer_ones() {
        let check = |text: &str, word: &str, want: &[usize]| {
            assert_eq!(occurrences(text, word, true).collect::<Vec<_>>(), want, "{word} in {text}");
        };
        check("he, the he", "he", &[0, 8]);
        check("then", "he", &[]);
        check("it's he-man", "he", &[5]);
        check("aab ab", "ab", &[4]);
        check("\u{e9}t\u{e9} t", "t", &[6]);
    }
}
