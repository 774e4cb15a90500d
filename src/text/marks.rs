//! Places where a sentence could end: terminators with the quotes and brackets that close after them, and line feeds.

use crate::text::cut::{between, first_char, tail};
use crate::text::invisible::is_invisible;
use crate::text::language::Language;
use crate::text::notes;
use crate::text::quotes::is_closer;
use crate::text::terminators::{self, Kind};
use std::ops::Range;

/// A place where a sentence could end.
#[derive(Debug)]
pub(in crate::text) struct Mark {
    /// Byte range of the terminators (`.`, `?!`, `. . .`, a line feed).
    pub dots: Range<usize>,
    /// Where the closing quotes, brackets and footnote marks after them end.
    pub after: usize,
    pub kind: Kind,
    /// Whether there are any.
    pub closed: bool,
}

/// The first mark at or after `from`, which is a character boundary.
pub(in crate::text) fn next(text: &str, from: usize, language: &Language) -> Option<Mark> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|&byte| language.stop_bytes.has(byte))?;
        let start = match bytes.get(at) {
            Some(0x80..) => text.floor_char_boundary(at),
            _ => at,
        };
        let c = first_char(text, start)?;
        let dots = start..start + c.len_utf8();
        at = dots.end;
        match kind_of(c, language) {
            None => {}
            Some(_) if c == '፡' && !tail(text, at).starts_with('፡') => {}
            Some(kind @ (Kind::Line | Kind::Colon)) => {
                return Some(Mark { after: at, dots, kind, closed: false });
            }
            Some(kind) => return Some(finish(text, dots, kind)),
        }
    }
}

fn kind_of(c: char, language: &Language) -> Option<Kind> {
    if language.terminators.contains(&c) { Some(Kind::Call) } else { terminators::kind(c) }
}

/// Takes over the terminators, closers and footnote marks that follow the first terminator.
fn finish(text: &str, mut dots: Range<usize>, mut kind: Kind) -> Mark {
    let bytes = text.as_bytes();
    // The usual cases first: behind a terminator a letter, or a space and a letter.
    let is_alone = match bytes.get(dots.end) {
        Some(b' ') => bytes.get(dots.end + 1).is_some_and(u8::is_ascii_alphanumeric),
        Some(b'\n' | b',') => true,
        Some(byte) => byte.is_ascii_alphabetic(),
        None => false,
    };
    if is_alone {
        return Mark { after: dots.end, dots, kind, closed: false };
    }
    let mut n_stops = usize::from(kind == Kind::Stop);
    while let Some(c) = first_char(text, dots.end) {
        match c {
            '.' => n_stops += 1,
            '!' | '?' | '؟' if kind != Kind::Wide => kind = Kind::Call,
            '。' | '！' | '？' | '፡' => kind = Kind::Wide,
            '…' if kind == Kind::Stop => kind = Kind::Ellipsis,
            '…' => {}
            // The spaced ellipsis `. . .` of American print.
            ' ' if n_stops > 0 && is_spaced_stop(text, dots.end) => {}
            _ => break,
        }
        dots.end += c.len_utf8();
    }
    if kind == Kind::Stop && n_stops > 1 {
        // Four dots are an ellipsis and a full stop.
        kind = if n_stops < 4 { Kind::Ellipsis } else { Kind::Stop };
    }
    let (after, closed) = skip_closers(text, dots.end);
    Mark { dots, after, kind, closed }
}

fn is_spaced_stop(text: &str, at: usize) -> bool {
    let mut ahead = tail(text, at).chars().skip(1);
    ahead.next() == Some('.') && ahead.next().is_none_or(|c| c.is_whitespace() || c == '.' || is_closer(c))
}

/// Where the closers, footnote marks and invisible characters at `from` end, and whether one is to be seen.
fn skip_closers(text: &str, from: usize) -> (usize, bool) {
    let mut at = from;
    let mut is_closed = false;
    while let Some(c) = first_char(text, at) {
        let next = first_char(text, at + c.len_utf8());
        let closes = match c {
            _ if is_closer(c) => true,
            // Closers in German and Nordic print, openers elsewhere.
            '“' | '‘' | '«' => {
                next.is_none_or(|c| c.is_whitespace() || is_closer(c) || ",.;:–—".contains(c))
            }
            // French print has a space before the closing mark, Dutch agencies before two apostrophes.
            ' ' | '\u{a0}' | '\u{202f}' => match next {
                // Not the opening one of Danish print.
                Some('»') => {
                    first_char(text, at + c.len_utf8() + '»'.len_utf8()).is_none_or(|c| !c.is_alphanumeric())
                }
                Some('\'') if is_spaced_closer(text, at + c.len_utf8()) => true,
                Some(quote @ ('\'' | '"')) => {
                    let behind = first_char(text, at + c.len_utf8() + 1);
                    behind.is_none_or(char::is_whitespace) && is_open(text, from, quote)
                }
                _ => false,
            },
            _ => false,
        };
        if closes {
            at += c.len_utf8();
        } else if is_invisible(c) {
            at += c.len_utf8();
            continue;
        } else if let Some(len) = note_len(text, at) {
            at += len;
        } else {
            break;
        }
        is_closed = true;
    }
    (at, is_closed)
}

fn note_len(text: &str, at: usize) -> Option<usize> {
    let rest = tail(text, at);
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        let from = text.ceil_char_boundary(at.saturating_sub(16));
        return notes::lowered_len(between(text, from, at), rest);
    }
    notes::mark_len(rest)
}

/// Whether a quotation that this mark would close is open at `end`: an odd number of `"` in the line; a grave accent or an
/// apostrophe before a word, with no detached one since.
fn is_open(text: &str, end: usize, quote: char) -> bool {
    let from = text.ceil_char_boundary(end.saturating_sub(MAX_QUOTED_BYTES));
    let look = between(text, from, end);
    let look = look.rsplit('\n').next().unwrap_or(look);
    if quote == '"' {
        return look.matches('"').count() % 2 == 1;
    }
    let opened = look.rfind('`').max(look.rfind(" '"));
    opened.is_some_and(|at| {
        let words = tail(look, at).trim_start_matches([' ', '`', '\'']);
        words.starts_with(char::is_alphanumeric) && words.len() + 2 >= tail(look, at).len()
    })
}

/// A quotation that began earlier is looked for no further back.
const MAX_QUOTED_BYTES: usize = 1000;

/// `''` after a space, with nothing or white space behind it.
fn is_spaced_closer(text: &str, at: usize) -> bool {
    let mut ahead = tail(text, at).chars();
    ahead.next() == Some('\'') && ahead.next() == Some('\'') && ahead.next().is_none_or(char::is_whitespace)
}
