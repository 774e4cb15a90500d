//! Text as RON source: readable, and nothing in it that hides from a reader.

use std::fmt::Write as _;

/// Appends a text as a RON string, quotes included.
///
/// Control characters, bidi overrides, U+200B and U+FEFF are escaped; joiners and combining marks stay.
pub(in crate::formats) fn push_string(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    while let Some((plain, tail)) = first_suspect(rest).and_then(|at| rest.split_at_checked(at)) {
        out.push_str(plain);
        let mut chars = tail.chars();
        if let Some(c) = chars.next() {
            push_char(out, c);
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

/// Appends a text as a JSON string, quotes included.
pub(in crate::formats) fn push_json(out: &mut String, text: &str) {
    if text.bytes().all(|b| b >= b' ' && b != b'"' && b != b'\\') {
        out.extend(["\"", text, "\""]);
    } else {
        // A text can always be written.
        out.push_str(&serde_json::to_string(text).unwrap_or_default());
    }
}

/// A text as a RON string.
pub(in crate::formats) fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push_string(&mut out, text);
    out
}

/// Appends a field's name: the reader takes the `r#` off, so it is put back where it is needed.
pub(in crate::formats) fn push_name(out: &mut String, name: &str) {
    let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && name.bytes().next().is_some_and(|b| !b.is_ascii_digit());
    if !plain {
        out.push_str("r#");
    }
    out.push_str(name);
}

/// The place of the first byte that may begin a character that is escaped, block by block since most have none.
fn first_suspect(text: &str) -> Option<usize> {
    let mut at = 0;
    for block in text.as_bytes().chunks(32) {
        if block.iter().fold(false, |any, b| any | suspect(*b)) {
            return block.iter().position(|b| suspect(*b)).map(|within| at + within);
        }
        at += block.len();
    }
    None
}

/// Whether a byte may begin a character that is escaped. All of them begin a character.
fn suspect(b: u8) -> bool {
    matches!(b, 0..=0x1F | b'"' | b'\\' | 0x7F | 0xC2 | 0xE2 | 0xEF)
}

fn push_char(out: &mut String, c: char) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        c if c.is_control() || is_hidden(c) => {
            write!(out, "\\u{{{:x}}}", u32::from(c)).unwrap_or_default(); // a String takes everything
        }
        c => out.push(c),
    }
}

fn is_hidden(c: char) -> bool {
    crate::model::ids::is_bidi_control(c) || matches!(c, '\u{200B}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hides_nothing_and_keeps_the_rest() {
        for (text, want) in [
            ("plain", r#""plain""#),
            ("a \"b\" \\ it's", r#""a \"b\" \\ it's""#),
            ("a\n\n\tb\r", r#""a\n\n\tb\r""#),
            ("\u{0}\u{1F}\u{7F}\u{85}", r#""\u{0}\u{1f}\u{7f}\u{85}""#),
            ("\u{202E}x\u{2069}\u{200B}\u{FEFF}", r#""\u{202e}x\u{2069}\u{200b}\u{feff}""#),
            ("“क्‍ष” e\u{301} \u{A0}\u{200C}", "\"“क्‍ष” e\u{301} \u{A0}\u{200C}\""),
            ("", r#""""#),
        ] {
            assert_eq!(string(text), want);
        }
    }

    #[test]
    fn every_character_comes_back() {
        let all: String = ('\0'..=char::MAX).collect();
        let back: String = ron::from_str(&string(&all)).unwrap();
        assert!(back == all);
    }

    #[test]
    fn names_get_their_mark_back() {
        let name = |name: &str| {
            let mut out = String::new();
            push_name(&mut out, name);
            out
        };
        assert_eq!(name("with-dash"), "r#with-dash");
        assert_eq!(name("plain_2"), "plain_2");
        assert_eq!(name("2nd"), "r#2nd");
    }
}
