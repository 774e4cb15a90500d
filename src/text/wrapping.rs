//! Whether the lines of a text were broken by a program at some width, and which line breaks were.

use memchr::{memchr, memchr_iter, memrchr};

/// Narrower text is verse or a list, wider text is not wrapped. Code points.
const MIN_WIDTH: usize = 40;
const MAX_WIDTH: usize = 120;

/// A wrapper does not always fill the line. Code points.
const SLACK: usize = 4;

/// The width in code points at which the lines of `text` were broken, if they were: on most of them the next word
/// had no more room. Verse fails this, and lines that all end a sentence or all begin with a capital.
pub fn width(text: &str) -> Option<usize> {
    let mut n_by_width = [0_usize; MAX_WIDTH + 1];
    let mut n_pairs = 0;
    for (line, _) in pairs(text) {
        *n_by_width.get_mut(n_chars(line).min(MAX_WIDTH))? += 1;
        n_pairs += 1;
    }
    if n_pairs < 2 {
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
    let (mut n_forced, mut n_ends, mut n_capital) = (0, 0, 0);
    for (line, next) in pairs(text) {
        n_forced += usize::from(is_forced(line, next, width));
        n_ends += usize::from(line.ends_with(['.', '!', '?', '"', '”']));
        n_capital += usize::from(next.starts_with(char::is_uppercase));
    }
    let is_wrapped =
        n_forced * 10 >= n_pairs * 6 && n_ends * 10 <= n_pairs * 6 && n_capital * 10 <= n_pairs * 8;
    is_wrapped.then_some(width)
}

/// Whether the next word had no room on `line`.
pub fn is_forced(line: &str, next: &str, width: usize) -> bool {
    let n_word = next.chars().take(width).take_while(|c| !c.is_whitespace()).count();
    n_chars(line) + 1 + n_word + SLACK > width
}

/// Whether no wrapper would have broken `line`.
pub fn is_short(line: &str) -> bool {
    n_chars(line) < MIN_WIDTH
}

/// The line that ends at the line feed at `end`, cut to what could matter.
pub fn line_before(text: &str, end: usize) -> &str {
    let from = text.ceil_char_boundary(end.saturating_sub(4 * MAX_WIDTH));
    let look = text.get(from..end).unwrap_or("");
    let start = memrchr(b'\n', look.as_bytes()).map_or(0, |at| at + 1);
    look.get(start..).unwrap_or("").trim()
}

/// Lines that have another one directly below, each with the start of that one.
fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    memchr_iter(b'\n', text.as_bytes()).filter_map(|end| {
        let below = text.get(end + 1..)?;
        // The usual case first: a blank line.
        if below.starts_with('\n') {
            return None;
        }
        let look = below.get(..below.floor_char_boundary(4 * MAX_WIDTH))?;
        let next = look.get(..memchr(b'\n', look.as_bytes()).unwrap_or(look.len()))?.trim();
        let line = line_before(text, end);
        (!line.is_empty() && !next.is_empty()).then_some((line, next))
    })
}

fn n_chars(text: &str) -> usize {
    text.chars().count()
}
