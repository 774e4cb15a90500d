//! Marks of notes after a full stop: `[12]`, `²`, `†`, `(1)`, `[citation needed]`.

use crate::text::cut::{first_char, head, tail};
use crate::text::quotes::{is_closer, is_opener};

/// The longest words in brackets that are a mark, in bytes.
const MAX_WORDS: usize = 40;

/// The length of a mark at the start of `text`. `[12]`, `[^1]` and remarks in lower case may have a space before.
pub(in crate::text) fn mark_len(text: &str) -> Option<usize> {
    match first_char(text, 0)? {
        '[' => {
            let len = bracketed_len(text)?;
            let is_number = is_number(head(text, len));
            let pages = if is_number { pages_len(tail(text, len)) } else { 0 };
            (is_number || is_free(tail(text, len))).then_some(len + pages)
        }
        '［' | '〔' | '（' => wide_len(text),
        ' ' => {
            let len = bracketed_len(tail(text, 1))?;
            let mark = head(tail(text, 1), len);
            (is_number(mark) || (is_remark(mark) && is_free(tail(text, 1 + len)))).then_some(1 + len)
        }
        '(' => {
            let len = head(text, MAX_WORDS).find(')')? + 1;
            let inside = text.get(1..len - 1)?;
            let is_mark = matches!(inside.len(), 1..=3)
                && (inside.bytes().all(|b| b.is_ascii_digit() || b == b'*')
                    || inside == "a"
                    || inside == "b");
            (is_mark && is_free(tail(text, len))).then_some(len)
        }
        c if is_raised(c) => {
            // `²,³`: a comma between two.
            let ends = |(at, c): &(usize, char)| {
                !(is_raised(*c) || *c == ',' && tail(text, at + 1).starts_with(is_raised))
            };
            Some(text.char_indices().find(ends).map_or(text.len(), |(at, _)| at))
        }
        c if is_sign(c) => {
            let end = text.find(|other| other != c).unwrap_or(text.len());
            (end <= 3 * c.len_utf8() && is_free(tail(text, end))).then_some(end)
        }
        _ => None,
    }
}

/// The length of the digits of a mark that lost its height: `He left.1 She stayed.` Only after a word or a closing mark, and
/// before a sentence.
pub(in crate::text) fn lowered_len(before: &str, text: &str) -> Option<usize> {
    let n_digits = text.bytes().take(4).take_while(u8::is_ascii_digit).count();
    let mut behind = tail(text, n_digits).chars();
    let is_before_sentence = behind.next().is_some_and(char::is_whitespace)
        && behind.find(|c| !c.is_whitespace() && !is_opener(*c)).is_some_and(char::is_uppercase);
    let mut letters = before.chars().rev();
    let is_after_word = match letters.next() {
        Some('.') => letters.take(3).filter(|c| c.is_lowercase()).count() == 3,
        Some(c) => is_closer(c) && letters.next().is_some_and(|c| matches!(c, '.' | '!' | '?')),
        None => false,
    };
    (matches!(n_digits, 1..=3) && is_before_sentence && is_after_word).then_some(n_digits)
}

/// The length of what stands in square brackets in one line, if it is short and no omission.
fn bracketed_len(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('[')?;
    let end = head(inside, MAX_WORDS).find([']', '[', '\n'])?;
    let words = head(inside, end);
    let is_mark =
        tail(inside, end).starts_with(']') && words.contains(|c: char| c.is_alphanumeric() || is_sign(c));
    is_mark.then_some(end + 2)
}

/// The length of the pages after a number in brackets: `[12]:34–5`, `[12]: 34`.
fn pages_len(text: &str) -> usize {
    let Some(after) = text.strip_prefix(':') else { return 0 };
    let after = after.strip_prefix(' ').unwrap_or(after);
    let n_pages = after.find(|c: char| !c.is_ascii_digit() && !"-–,".contains(c)).unwrap_or(after.len());
    let len = text.len() - after.len() + n_pages;
    let is_pages = after.starts_with(|c: char| c.is_ascii_digit()) && is_free(tail(text, len));
    if is_pages { len } else { 0 }
}

/// The length of a mark in the brackets of Chinese and Japanese: `［1］`, `〔注2〕`, `（注3）`; `（1）` begins a point of a list.
fn wide_len(text: &str) -> Option<usize> {
    let close = head(text, MAX_WORDS).find(['］', '〕', '）'])?;
    let inside = text.get(text.chars().next()?.len_utf8()..close)?;
    let number = inside.trim_start_matches(['注', '註', '脚']);
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let is_mark = matches!(number.chars().count(), 1..=3) && number.chars().all(is_digit);
    let is_named = number.len() < inside.len() || !text.starts_with('（');
    (is_mark && is_named).then_some(close + '）'.len_utf8())
}

/// `[12]`, `[3, 4]`, `[5–7]`, `[^1]`.
fn is_number(mark: &str) -> bool {
    let inside = mark.trim_matches(['[', ']']);
    let inside = inside.strip_prefix('^').unwrap_or(inside);
    inside.starts_with(|c: char| c.is_ascii_digit())
        && inside.len() <= 12
        && inside.chars().all(|c| c.is_ascii_digit() || ", -–".contains(c))
        && inside.split([',', '-', '–']).all(|n| n.trim().len() <= 4)
}

/// `[citation needed]`, `[laughs]`; not `[He]`.
fn is_remark(mark: &str) -> bool {
    let inside = mark.trim_matches(['[', ']']);
    inside.chars().nth(2).is_some() && inside.chars().all(|c| c.is_lowercase() || c == ' ')
}

fn is_raised(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁻' | '⁽' | '⁾')
}

fn is_sign(c: char) -> bool {
    matches!(c, '*' | '†' | '‡' | '§' | '¶' | '‖' | '※')
}

/// Whether a mark that ends here is no part of a word.
fn is_free(rest: &str) -> bool {
    first_char(rest, 0).is_none_or(|c| {
        c.is_whitespace() || is_closer(c) || is_raised(c) || is_sign(c) || matches!(c, '[' | '(')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks() {
        let check = |text: &str, want: &str| {
            assert_eq!(
                mark_len(text).map(|len| head(text, len)),
                Some(want).filter(|w| !w.is_empty()),
                "{text}"
            );
        };
        check("[12] She", "[12]");
        check("[1]She", "[1]");
        check(" [3, 4]", " [3, 4]");
        check("[^1] She", "[^1]");
        check("[a][b]", "[a]");
        check("[citation needed] She", "[citation needed]");
        check(" [laughs] She", " [laughs]");
        check("² She", "²");
        check("¹²,³ She", "¹²,³");
        check("* She", "*");
        check("¹⁻³ She", "¹⁻³");
        check("††", "††");
        check("(1) She", "(1)");
        check(" [He] left", "");
        check("[...] She", "");
        check("[He]ro", "");
        check("*She*", "");
        check("§5", "");
        check("(1999) She", "");
        check("(of course) She", "");
        check(" (1) She", "");
        check("[12345] She", "[12345]");
        check("[12]: 34 She", "[12]: 34");
        check("[12]:34–35[2] She", "[12]:34–35");
        check("[12]: She", "[12]");
        check("[12]: 34th", "[12]");
        check("¶ She", "¶");
        check("［1］彼", "［1］");
        check("（注１）彼", "（注１）");
        check("（1）彼", "");
        check("（注）彼", "");
        check(" [12345] She", "");
        check("[", "");
        check("", "");
    }

    #[test]
    fn marks_that_lost_their_height() {
        let check = |before: &str, text: &str, want: Option<usize>| {
            assert_eq!(lowered_len(before, text), want, "{before}{text}");
        };
        check("He left.", "1 She stayed.", Some(1));
        check("“He left.”", "12 “She stayed.”", Some(2));
        check("He left.", "1 she", None);
        check("He left.", "1", None);
        check("It cost 4.", "5 Euros", None);
        check("See No.", "5 Roth Street", None);
        check("the U.S.", "5 Roth", None);
        check("He left.", "1999 Roth", None);
    }
}
