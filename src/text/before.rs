//! The word before a mark.

use crate::text::cut::{between, tail};
use crate::text::invisible::is_invisible;
use crate::text::language::{Language, Lists};
use crate::text::quotes::is_opener;

/// The word before a mark.
pub(in crate::text) struct Before<'a> {
    /// Its inner full stops included.
    pub word: &'a str,
    pub lists: Lists,
    /// Whether an abbreviation of two words begins with it.
    pub begins_two: bool,
    /// Whether the word before it has a digit.
    pub after_number: bool,
    /// Whether an abbreviation stands before it.
    pub after_stop: bool,
    /// Whether a name and a comma stand before it: `Dover, Del.`
    pub after_place: bool,
}

/// How far is looked to either side; no abbreviation is as long.
pub(in crate::text) const MAX_LOOK_BYTES: usize = 40;

impl<'a> Before<'a> {
    /// The word that ends at `end` in a sentence that began at `start`.
    pub fn new(text: &'a str, start: usize, end: usize, language: &Language) -> Self {
        let from = text.ceil_char_boundary(end.saturating_sub(MAX_LOOK_BYTES).max(start));
        let look = between(text, from, end).trim_end_matches(is_invisible);
        let word_start = last_word_start(look);
        let word = tail(look, word_start);
        let mut lists = language.lists(word);
        let begins_two = lists.has(Lists::FIRST_OF_TWO);
        let earlier = between(look, 0, word_start).trim_end();
        if lists.has(Lists::LAST_OF_TWO) {
            let of_both = language.lists(tail(look, last_word_start(earlier)));
            lists = if of_both.is_abbreviation() { of_both } else { lists };
        }
        if lists == Lists::default()
            && let Some((_, bare)) = word.rsplit_once(['\'', '’'])
        {
            // `l'avv.`, `dell’art.`
            let of_bare = language.lists(bare);
            lists = if of_bare.is_abbreviation() { of_bare } else { lists };
        }
        let after_number = lists.has(Lists::AFTER_NUMBER)
            && earlier.rsplit(char::is_whitespace).next().is_some_and(|word| word.contains(char::is_numeric));
        let after_place = lists.has(Lists::PLACE)
            && earlier
                .strip_suffix(',')
                .is_some_and(|name| tail(name, last_word_start(name)).starts_with(char::is_uppercase));
        let after_stop = earlier.ends_with('.');
        Self { word, lists, begins_two, after_number, after_stop, after_place }
    }
}

/// Where the last word of `text` begins, its inner full stops and the hyphens after them included.
pub(in crate::text) fn last_word_start(text: &str) -> usize {
    let mut start = text.len();
    let mut chars = text.char_indices().rev().peekable();
    while let Some((at, c)) = chars.next() {
        let ends = match c {
            '-' => chars.peek().is_none_or(|(_, before)| *before != '.' && !before.is_ascii_digit()),
            // `didn't`, but `'Sen`.
            '\'' | '’' => chars.peek().is_none_or(|(_, before)| !before.is_alphanumeric()),
            _ if is_plain_letter(c) => false,
            // Latin letters in a script without spaces.
            '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' => start < text.len(),
            _ => c.is_whitespace() || is_opener(c) || matches!(c, '–' | '—' | '/' | ',' | ':' | ';' | '|'),
        };
        if ends {
            break;
        }
        start = at;
    }
    start
}

/// Letters and digits that are told without a look into Unicode's tables: most of what news have.
pub(in crate::text) fn is_plain_letter(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, 'À'..='\u{24f}' | 'Ά'..='\u{481}' | 'ء'..='ي' | '\u{5d0}'..='\u{5ea}' | '\u{904}'..='\u{963}' | '가'..='힣')
            && !matches!(c, '×' | '÷' | '·')
}

/// Letters and full stops by turns, one or two letters each: `U.S`, `a.m`, `Ph.D`.
pub(in crate::text) fn is_acronym(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| {
            let part = part.strip_prefix('-').unwrap_or(part);
            part.chars().take(3).count() <= 2 && part.chars().all(char::is_alphabetic)
        })
}
