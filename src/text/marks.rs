//! Places where a sentence could end: terminators with the quotes and brackets that close after them, and line feeds.

use crate::text::cut::{first_char, tail};
use crate::text::language::Language;
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
            Some(kind @ (Kind::Line | Kind::Colon)) => return Some(Mark { after: at, dots, kind }),
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
    let is_plain = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let is_alone = match bytes.get(dots.end) {
        Some(b' ') => is_plain(dots.end + 1),
        Some(b'\n' | b',') => true,
        _ => is_plain(dots.end),
    };
    if is_alone {
        return Mark { after: dots.end, dots, kind };
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
    let after = skip_closers(text, dots.end);
    Mark { dots, after, kind }
}

fn is_spaced_stop(text: &str, at: usize) -> bool {
    let mut ahead = tail(text, at).chars().skip(1);
    ahead.next() == Some('.') && ahead.next().is_none_or(|c| c.is_whitespace() || c == '.' || is_closer(c))
}

fn skip_closers(text: &str, from: usize) -> usize {
    let mut at = from;
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
                Some('\'') => is_spaced_closer(text, at + c.len_utf8()),
                _ => false,
            },
            _ => false,
        };
        if closes {
            at += c.len_utf8();
        } else if let Some(len) = footnote_len(tail(text, at)) {
            at += len;
        } else {
            break;
        }
    }
    at
}

/// `''` after a space, with nothing or white space behind it.
fn is_spaced_closer(text: &str, at: usize) -> bool {
    let mut ahead = tail(text, at).chars();
    ahead.next() == Some('\'') && ahead.next() == Some('\'') && ahead.next().is_none_or(char::is_whitespace)
}

/// The length of a footnote mark such as `[12]` or ` [3]` at the start of `text`.
fn footnote_len(text: &str) -> Option<usize> {
    let inside = text.strip_prefix(' ').unwrap_or(text).strip_prefix('[')?;
    let n_digits = inside.bytes().take(4).take_while(u8::is_ascii_digit).count();
    let closes = n_digits > 0 && inside.as_bytes().get(n_digits) == Some(&b']');
    closes.then_some(text.len() - inside.len() + n_digits + 1)
}

pub(in crate::text) fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '”'
            | '’'
            | '»'
            | '›'
            | ')'
            | ']'
            | '}'
            | '」'
            | '』'
            | '）'
            | '】'
            | '》'
            | '〉'
            | '＂'
    )
}

pub(in crate::text) fn is_opener(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '‘'
            | '«'
            | '‹'
            | '„'
            | '‚'
            | '”'
            | '»'
            | '('
            | '['
            | '{'
            | '¿'
            | '¡'
            | '`'
            | '「'
            | '『'
    )
}
