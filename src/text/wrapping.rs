//! Whether the lines of a text were broken by a program at some width, and which line breaks were.

use crate::text::invisible::ends_in_soft_hyphen;
use crate::text::items::{is_next_mark, mark_len};
use memchr::{memchr, memchr_iter, memrchr};

/// Narrower text is a list or a table, wider text is not wrapped. Code points.
const MIN_WIDTH: usize = 30;
const MAX_WIDTH: usize = 120;

/// Narrower text may be verse: its lines must be filled to the last word.
const MIN_EASY_WIDTH: usize = 45;

/// A wrapper does not always fill the line. Code points.
const SLACK: usize = 4;

/// Fewer lines of verse could be filled by chance.
const MIN_NARROW_PAIRS: usize = 4;

/// The width in code points at which the lines of `text` were broken, if they were: on most of them the next word
/// had no more room. Verse fails this, and lines that all end a sentence or all begin with a capital.
pub fn width(text: &str) -> Option<usize> {
    let mut n_by_width = [0_usize; MAX_WIDTH + 1];
    let mut n_pairs = 0;
    for (line, _) in pairs(text) {
        *n_by_width.get_mut(n_chars(line, MAX_WIDTH))? += 1;
        n_pairs += 1;
    }
    if n_pairs == 0 {
        return None;
    }
    let mut n_wider = n_pairs / 20;
    let width = (0..=MAX_WIDTH).rev().find(|width| {
        let n = n_by_width.get(*width).copied().unwrap_or(0);
        let is_it = n > n_wider;
        n_wider = n_wider.saturating_sub(n);
        is_it
    })?;
    if !(MIN_WIDTH..MAX_WIDTH).contains(&width) {
        return None;
    }
    let (mut n_forced, mut n_ends, mut n_halts, mut n_capital) = (0, 0, 0, 0);
    for (line, next) in pairs(text) {
        n_forced += usize::from(is_forced(line, next, width));
        let ends = ends_sentence(line);
        n_ends += usize::from(ends);
        n_halts += usize::from(ends || line.ends_with([',', ';', ':', '—', '–']));
        n_capital +=
            usize::from(next.trim_start().starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic()));
    }
    let is_wrapped = if width < MIN_EASY_WIDTH {
        n_pairs >= MIN_NARROW_PAIRS
            && n_forced * 10 >= n_pairs * 9
            && n_halts * 10 <= n_pairs * 5
            && n_capital * 10 <= n_pairs * 6
    } else {
        n_forced * 10 >= n_pairs * 6 && n_ends * 10 <= n_pairs * 6 && n_capital * 10 < n_pairs * 8
    };
    is_wrapped.then_some(width)
}

/// Whether the next word had no room on `line`. White space before a line counts as part of it.
pub fn is_forced(line: &str, next: &str, width: usize) -> bool {
    if ends_in_soft_hyphen(line) {
        return true;
    }
    let next = next.trim_start();
    // Scripts without spaces break anywhere.
    let n_word = if next.starts_with(is_without_spaces) {
        1
    } else {
        next.chars().take(width).take_while(|c| !c.is_whitespace()).count()
    };
    let slack = if width < MIN_EASY_WIDTH { 0 } else { SLACK };
    n_chars(line, width) + 1 + n_word + slack > width
}

/// Whether no wrapper would have broken `line`.
pub(in crate::text) fn is_short(line: &str) -> bool {
    n_chars(line.trim_start(), MIN_EASY_WIDTH) < MIN_EASY_WIDTH
}

/// Whether the break between two lines of a wrapped text was meant: the next word had room, or an item of a list or an
/// indented paragraph begins. Both lines with the white space before them.
pub fn is_meant(line: &str, next: &str, width: usize) -> bool {
    let words = next.trim_start();
    if words.starts_with(char::is_lowercase) || ends_in_soft_hyphen(line) {
        return false;
    }
    if !is_forced(line, next, width) {
        return true;
    }
    let before = line.trim_start();
    if mark_len(words).is_some() {
        // Not `am` `5. November`; but an item may fill its line, and its other lines may be set in.
        let is_listed = is_next_mark(before, words) || is_indented(next, line);
        return is_listed || ends_sentence(line) || line.ends_with([':', ';']);
    }
    is_indented(line, next) && mark_len(before).is_none()
}

/// Whether `next` is set in and `line` is not.
pub fn is_indented(line: &str, next: &str) -> bool {
    let mut white = next.chars().take_while(|c| c.is_whitespace());
    white.nth(1).is_some() && !line.starts_with(char::is_whitespace)
}

/// Does a line end a sentence? Closing quotes and brackets do not count.
pub fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(|c: char| c.is_whitespace() || "\"'”’“»)]」』".contains(c))
        .ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।', '։', '።'])
}

/// Chinese and Japanese.
pub fn is_without_spaces(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ff65}' | '\u{20000}'..='\u{3ffff}')
}

/// The line that ends at the line feed at `end`, cut to what could matter, without white space after it.
pub(in crate::text) fn line_before(text: &str, end: usize) -> &str {
    let from = text.ceil_char_boundary(end.saturating_sub(4 * MAX_WIDTH));
    let look = text.get(from..end).unwrap_or("");
    let start = memrchr(b'\n', look.as_bytes()).map_or(0, |at| at + 1);
    look.get(start..).unwrap_or("").trim_end()
}

/// Lines that have another one directly below, each with that one. A break before an item of a list is meant and
/// proves nothing.
fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    memchr_iter(b'\n', text.as_bytes()).filter_map(|end| {
        let below = text.get(end + 1..)?;
        // The usual case first: a blank line.
        if below.starts_with('\n') {
            return None;
        }
        let look = below.get(..below.floor_char_boundary(4 * MAX_WIDTH))?;
        let next = look.get(..memchr(b'\n', look.as_bytes()).unwrap_or(look.len()))?.trim_end();
        let line = line_before(text, end);
        let is_pair = !line.is_empty() && !next.is_empty() && mark_len(next.trim_start()).is_none();
        is_pair.then_some((line, next))
    })
}

fn n_chars(text: &str, at_most: usize) -> usize {
    text.chars().take(at_most).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meant_breaks() {
        let check = |line: &str, next: &str, want: bool| {
            assert_eq!(is_meant(line, next, 50), want, "{line} / {next}");
        };
        let full = "The mayor of Lynd took money from a builder, says";
        check(full, "a report.", false);
        check(full, "Harlow.", false);
        check(full, "  Harlow.", true);
        check(full, "5. November is the day.", false);
        check(full, "- Harlow Bros.", false);
        check("The mayor of Lynd took money from two builders:", "- Harlow Bros.", true);
        check("- Harlow Bros. of Roth, which built the old bridge", "- Tinsel Co.", true);
        check("  of Roth, which built the old bridge and the port", "- Tinsel Co.", true);
        check("1. Harlow Bros. of Roth, which built the bridge or", "2. Tinsel Co.", true);
        check("1. Harlow Bros. of Roth, which built the bridge or", "5. Tinsel Co.", false);
        check("- Harlow Bros. of Roth, which built the old bridge", "  Lynd knows.", false);
        check("The mayor left.", "The clerk stayed.", true);
        check("The mayor left", "with the clerk.", false);
    }

    #[test]
    fn narrow_text_and_verse() {
        let prose = "The mayor of Lynd took money from a\nbuilder, says a report that the council\nreceived on Monday. The mayor, who has\nheld the office since 2009, denies it\nand will stay.\n";
        assert_eq!(width(prose), Some(39));
        let verse = "The river took the bridge,\nthe mayor took the toll he never earned,\nand nobody took the blame\nfor all the money stolen,\nfor all the wood that burned.\n";
        assert_eq!(width(verse), None);
    }
}
