//! Items of lists: their bullets and numbers at the start of a line, and lists that run on in one line.

use crate::text::cut::{between, head, tail};

const BULLETS: [char; 7] = ['•', '·', '‣', '◦', '▪', '⁃', '●'];

/// The number of an item: `1.`, `2)`, `3.)`, `a.`; perhaps with a bullet before it, as in `⁃9.`
#[derive(Clone, Copy, PartialEq, Eq)]
struct Number<'a> {
    value: u32,
    is_letter: bool,
    /// `.`, `)` or `.)`.
    form: &'a str,
}

impl<'a> Number<'a> {
    fn read(word: &'a str) -> Option<Self> {
        let word = word.trim_start_matches(BULLETS);
        let n_digits = word.bytes().take(4).take_while(u8::is_ascii_digit).count();
        let (value, len) = match word.bytes().next()? {
            letter @ b'a'..=b'z' => (u32::from(letter), 1),
            _ => (head(word, n_digits).parse().ok().filter(|_| n_digits <= 3)?, n_digits),
        };
        let form = tail(word, len);
        let is_letter = n_digits == 0;
        matches!(form, "." | ")" | ".)").then_some(Self { value, is_letter, form })
    }

    fn is_after(self, before: Self) -> bool {
        self == Self { value: before.value + 1, ..before }
    }
}

/// The length in bytes of the mark of an item (`- `, `• `, `1. `, `2) `) at the start of `text`, its space included.
pub fn mark_len(text: &str) -> Option<usize> {
    if text.starts_with(char::is_alphabetic) {
        return None;
    }
    let word = first_word(text);
    let is_mark = word.len() <= 4 && Number::read(word).is_some_and(|number| !number.is_letter)
        || matches!(word, "-" | "*" | "+" | "–")
        || is_bullet(word);
    let rest = tail(text, word.len());
    let words = rest.trim_start();
    (is_mark && !words.is_empty()).then_some(text.len() - words.len())
}

/// Whether a list whose item is `item` goes on with `next`: by the same bullet or the next number.
pub fn is_next_mark(item: &str, next: &str) -> bool {
    match (Number::read(first_word(item)), Number::read(first_word(next))) {
        (Some(number), Some(next)) => next.is_after(number),
        (None, None) => mark_len(item).is_some() && first_word(item) == first_word(next),
        _ => false,
    }
}

/// Whether the full stop at `stop` belongs to the number of an item: of the one that begins the sentence at `start`,
/// or of the next in a list that runs on in one line.
pub(in crate::text) fn is_number(text: &str, start: usize, stop: usize) -> bool {
    if begins_no_item(tail(text, start)) && stop - start > 1 {
        return false;
    }
    if stop - start <= MAX_NUMBER_BYTES {
        let opening = between(text, start, stop).trim_start_matches(BULLETS).trim_start();
        if matches!(opening.len(), 1..=3) && is_number_or_letter(opening) {
            return true;
        }
    }
    // Rarely more than this one look.
    let Some(before) = first_number(head(tail(text, start), MAX_NUMBER_BYTES)) else { return false };
    let from = text.ceil_char_boundary(stop.saturating_sub(MAX_NUMBER_BYTES).max(start));
    let word_start = between(text, from, stop).rfind(char::is_whitespace).map_or(from, |at| from + at);
    let look = head(tail(text, word_start).trim_start(), MAX_NUMBER_BYTES);
    // Of the second item or a later one: the sentence is divided when its end is found.
    Number::read(first_word(look)).is_some_and(|number| {
        let n_later = number.value.saturating_sub(before.value);
        (1..=MAX_ITEMS).contains(&n_later) && number == Number { value: number.value, ..before }
    })
}

/// Where in the sentence `text` the next item of a list begins that runs on in one line; `text` begins with an item.
pub(in crate::text) fn next_item(text: &str) -> Option<usize> {
    if begins_no_item(text) {
        return None;
    }
    let look = head(text, MAX_NUMBER_BYTES);
    let first = first_number(look);
    let bullet = look.chars().next().filter(|c| BULLETS.contains(c));
    if first.is_none() && bullet.is_none() {
        return None;
    }
    let mut bullet_at = None;
    let mut at = first_word(text).len();
    while at < text.len() {
        at = text.len() - tail(text, at).trim_start().len();
        let word = first_word(tail(text, at));
        let is_next = Number::read(word).zip(first).is_some_and(|(number, first)| number.is_after(first));
        if is_next {
            return Some(bullet_at.unwrap_or(at));
        }
        bullet_at = bullet.is_some_and(|bullet| word.starts_with(bullet)).then_some(at);
        if bullet_at.is_some() && first.is_none() {
            return bullet_at;
        }
        at += word.len();
    }
    None
}

/// The usual case, told from one byte: a capital letter.
fn begins_no_item(text: &str) -> bool {
    text.bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_uppercase() || byte == b'"' || (0xc3..0xe2).contains(&byte))
}

/// Lists that run on in one line are short.
const MAX_ITEMS: u32 = 9;

/// No number of an item is longer, its bullet and the space after that included.
const MAX_NUMBER_BYTES: usize = 12;

fn first_number(text: &str) -> Option<Number<'_>> {
    let word = first_word(text);
    let word = if is_bullet(word) { first_word(tail(text, word.len()).trim_start()) } else { word };
    Number::read(word)
}

fn first_word(text: &str) -> &str {
    text.split(char::is_whitespace).next().unwrap_or("")
}

fn is_bullet(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(|c| BULLETS.contains(&c)) && chars.next().is_none()
}

fn is_number_or_letter(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
        || text.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'))
        || (text.len() == 1 && text.bytes().all(|b| b.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks() {
        let check = |text: &str, want: Option<usize>| assert_eq!(mark_len(text), want, "{text}");
        check("- pay", Some(2));
        check("•  pay", Some(5));
        check("12. pay", Some(4));
        check("3) pay", Some(3));
        check("3.) pay", Some(4));
        check("● pay", Some(4));
        check("1984. pay", None);
        check("-pay", None);
        check("- ", None);
        check("", None);
        check("3.5 pay", None);
        check("a. pay", None);
    }

    #[test]
    fn lists_in_one_line() {
        let check = |text: &str, want: Option<&str>| {
            assert_eq!(next_item(text).map(|at| tail(text, at)), want, "{text}");
        };
        check("1.) pay 2.) leave", Some("2.) leave"));
        check("1) pay 3) leave", None);
        check("• pay • leave", Some("• leave"));
        check("• 9. pay • 10. leave", Some("• 10. leave"));
        check("a. pay b. leave", Some("b. leave"));
        check("Pay 2) leave", None);
        check("1.", None);
        check("•", None);
    }
}
