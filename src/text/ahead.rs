//! What follows a mark, up to a bounded length: whether a sentence can begin there, and how.

use crate::text::before::{MAX_LOOK_BYTES, is_acronym, is_plain_letter};
use crate::text::cut::{between, first_char, head, tail};
use crate::text::invisible::is_invisible;
use crate::text::language::{Language, Lists};
use crate::text::quotes::is_opener;

/// What follows a mark, up to a bounded length.
pub(in crate::text) struct Ahead<'a> {
    /// From the first letter or digit, opening quotes and brackets left out.
    pub rest: &'a str,
    pub quoted: bool,
    pub bracketed: bool,
    pub digit: bool,
    pub lower: bool,
    /// A dash stands before it: somebody else speaks.
    pub dash: bool,
    /// `(Austria)`: words in brackets that are no sentence.
    pub aside: bool,
}

impl<'a> Ahead<'a> {
    /// None where no sentence can begin.
    pub fn new(text: &'a str, language: &Language) -> Option<Self> {
        let text = head(text, 4 * MAX_LOOK_BYTES);
        let spoken = text
            .strip_prefix(|c| matches!(c, '—' | '–' | '-') || (c == '−' && language.speech_dash))
            .filter(|rest| rest.starts_with(|c: char| c.is_whitespace() || c.is_uppercase() || is_opener(c)));
        let opened = spoken.map_or(text, str::trim_start);
        // Low quotes of a typewriter.
        let unquoted = opened.strip_prefix(",,").unwrap_or(opened);
        let mut rest = unquoted.trim_start_matches(|c| is_opener(c) || is_invisible(c));
        if rest.starts_with(char::is_whitespace) {
            // French print has a space after the opening mark.
            rest = rest.trim_start().trim_start_matches(is_opener);
        }
        let marks = between(opened, 0, opened.len() - rest.len());
        let quoted = marks.contains(|c| !"([{".contains(c));
        let mut chars = rest.chars();
        let first = chars.next()?;
        let mut lower = first.is_lowercase() && !chars.next().is_some_and(char::is_uppercase);
        if lower && let Some(quote @ ('\'' | '’')) = first_char(opened, 0) {
            // Dutch `'s Avonds`, `'t Is`; but `Corp. 's Tasty Oats`.
            let word = between(opened, 0, quote.len_utf8() + first.len_utf8());
            let mut behind = tail(opened, word.len()).chars();
            let is_starter = language.lists(word).has(Lists::STARTERS);
            lower =
                !(is_starter && behind.next() == Some(' ') && behind.next().is_some_and(char::is_uppercase));
        }
        let is_signed = "+-–−±<>≈".contains(first) && rest.chars().nth(1).is_some_and(char::is_numeric);
        let digit = first.is_numeric() || is_signed;
        let can_begin = first.is_alphabetic()
            || digit
            || "$£¥#@•§*=_~©†‡".contains(first)
            // Currencies, arrows, numbers in circles, pictures; not `№`, which goes on: `2012 жыл. № 590`.
            || matches!(first, '\u{20a0}'..='\u{20cf}' | '\u{2190}'..='\u{21ff}' | '\u{2460}'..='\u{24ff}' | '\u{25a0}'..);
        if !can_begin || (spoken.is_some() && (lower || digit)) {
            return None;
        }
        let bracketed = opened.starts_with('(');
        let inside = tail(opened, 1);
        let aside = bracketed
            && inside.find(['(', ')', '!', '?', '…']).is_some_and(|at| {
                tail(inside, at).starts_with(')') && !has_full_stop(between(inside, 0, at))
            });
        Some(Self { rest, quoted, bracketed, digit, lower, dash: spoken.is_some(), aside })
    }

    pub fn word(&self) -> &'a str {
        let is_end = |c: char| !(is_plain_letter(c) || c.is_alphanumeric());
        between(self.rest, 0, self.rest.find(is_end).unwrap_or(self.rest.len()))
    }

    /// Whether it goes on after an abbreviation: `Inc. Chairman`, `4 p.m. Monday`, `4 p.m. Denver time`.
    pub fn goes_on(&self, language: &Language) -> bool {
        let has = |word: &str| language.lists(word).has(Lists::GOES_ON);
        let mut others = tail(self.rest, self.word().len()).split_whitespace().take(2);
        let after_names = others.find(|word| !word.starts_with(char::is_uppercase));
        has(self.word()) || after_names.is_some_and(|word| has(word.trim_end_matches([',', '.', ';'])))
    }

    /// `U.S. officials`: full stops and capitals by turns before a small letter. `J. D. Hale` is somebody.
    pub fn is_acronym(&self) -> bool {
        let word = self.rest.split_whitespace().next().unwrap_or("");
        let is_dotted = word.len() > 3
            && word
                .split_terminator('.')
                .all(|part| part.len() == 1 && part.bytes().all(|b| b.is_ascii_uppercase()))
            && word.ends_with('.');
        is_dotted && tail(self.rest, word.len()).trim_start().starts_with(char::is_lowercase)
    }

    /// `Yahoo! Inc.`: nothing begins so.
    pub fn is_company_form(&self, language: &Language) -> bool {
        let word = self.word();
        let lists = if tail(self.rest, word.len()).starts_with('.') {
            language.lists(word)
        } else {
            Lists::default()
        };
        lists.has(Lists::OFTEN_END) && !lists.has(Lists::STARTERS)
    }

    /// Whether the word is a starter, and not itself an initial (`A.`).
    pub fn starts(&self, language: &Language) -> bool {
        let word = self.word();
        let behind = first_char(self.rest, word.len());
        if let Some(c @ ('\'' | '’')) = behind
            && language.lists(between(self.rest, 0, word.len() + c.len_utf8())).has(Lists::STARTERS)
        {
            return true;
        }
        let lists = language.lists(word);
        // `A. Smith`, `No. 5`; but `Mr. Smith` is a starter.
        lists.has(Lists::STARTERS) && (behind != Some('.') || lists.has(Lists::NEVER_END))
    }
}

/// Whether a full stop stands there that is none of an acronym's: `U.K.`.
fn has_full_stop(words: &str) -> bool {
    let is_dotted = |word: &str| word.matches('.').nth(1).is_some() && is_acronym(word);
    words.split([' ', ',', '/']).any(|word| word.contains('.') && !is_dotted(word))
}
