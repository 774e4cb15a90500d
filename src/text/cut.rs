//! Parts of a text by byte; a place that is none gives nothing. Inlined, since the scan lives of them.

use crate::text::invisible::is_invisible;

#[inline]
pub(in crate::text) fn skip_white(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        match bytes.get(at) {
            Some(b' ' | b'\n' | b'\t' | b'\r' | 0xb | 0xc) => at += 1,
            Some(0x80..) => match first_char(text, at) {
                Some(c) if c.is_whitespace() => at += c.len_utf8(),
                _ => return at,
            },
            _ => return at,
        }
    }
}

/// The first character at or after `from` that is neither white nor invisible.
#[inline]
pub(in crate::text) fn skip_unseen(text: &str, from: usize) -> usize {
    let mut at = skip_white(text, from);
    while let Some(c) = first_char(text, at).filter(|&c| is_invisible(c)) {
        at = skip_white(text, at + c.len_utf8());
    }
    at
}

#[inline]
pub(in crate::text) fn first_char(text: &str, at: usize) -> Option<char> {
    tail(text, at).chars().next()
}

#[inline]
pub(in crate::text) fn last_char(text: &str, before: usize) -> Option<char> {
    between(text, 0, before).chars().next_back()
}

#[inline]
pub(in crate::text) fn tail(text: &str, from: usize) -> &str {
    text.get(from..).unwrap_or("")
}

/// At most `n_bytes` of `text`, whole characters.
#[inline]
pub(in crate::text) fn head(text: &str, n_bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(n_bytes)).unwrap_or("")
}

#[inline]
pub(in crate::text) fn between(text: &str, from: usize, to: usize) -> &str {
    text.get(from..to).unwrap_or("")
}
