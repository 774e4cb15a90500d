//! Names and places: ids that are given once, spans in code points, times, and what a newer version wrote beside them.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// The longest id in bytes.
pub const MAX_ID_BYTES: usize = 64;
/// The longest name of a person, label or project, in characters.
pub const MAX_NAME_CHARS: usize = 200;
/// The longest note in bytes.
pub const MAX_NOTE_BYTES: usize = 64 * 1024;
/// The longest name of a file that an import tells of, in bytes: a path as long as systems know.
pub const MAX_FILE_NAME_BYTES: usize = 4096;
/// The most labels a scheme holds.
pub const MAX_LABELS: usize = 4096;
/// The most coders a project holds.
pub const MAX_CODERS: usize = 256;

/// The most abbreviations of its own that a project holds.
pub const MAX_ABBREVIATIONS: usize = 1000;
/// The longest of them in bytes.
pub const MAX_ABBREVIATION_BYTES: usize = 64;

/// Label ids that mean something else in files: no label may take them.
pub const RESERVED_LABELS: [&str; 3] = ["none", "unanswered", "unsure"];

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            pub fn new(text: impl Into<Arc<str>>) -> Self {
                Self(text.into())
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// An article's id: a name given once, `5d1f0c9a2b-03fe`.
    ArticleId
);
id!(
    /// A coder's id: a slug and four characters, `anna-7f3k`.
    CoderId
);
id!(
    /// A label's id: `allegation`.
    LabelId
);
id!(
    /// The random id of a link, comment, decision, draw or import.
    RecordId
);
id!(
    /// A project's id: names its folder in the state folder.
    ProjectId
);

/// Says whether a text may be an id: 1 to 64 bytes of `[A-Za-z0-9._-]`, and no name of a folder.
pub fn is_id(text: &str) -> bool {
    (1..=MAX_ID_BYTES).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
        && !text.bytes().all(|b| b == b'.')
}

/// Says whether a text may be a name: at most 200 characters, no control characters, no bidi controls.
pub fn is_name(text: &str) -> bool {
    text.chars().count() <= MAX_NAME_CHARS && !text.chars().any(|c| c.is_control() || is_bidi_control(c))
}

/// Says whether a text may be an abbreviation: 1 to 64 bytes on one line, nothing white at its ends, no control
/// characters, no bidi controls.
pub fn is_abbreviation(text: &str) -> bool {
    let odd = |c: char| c.is_control() || is_bidi_control(c) || matches!(c, '\u{2028}' | '\u{2029}');
    (1..=MAX_ABBREVIATION_BYTES).contains(&text.len()) && text.trim() == text && !text.contains(odd)
}

/// Says whether a character turns the direction of the text around it.
pub fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A sentence's id: its place in the article's text in Unicode code points, end exclusive, without the white space after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// Reads `122-268`.
    pub fn parse(text: &str) -> Option<Self> {
        let (start, end) = text.split_once('-')?;
        let number = |part: &str| -> Option<u32> {
            part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok()).flatten()
        };
        let span = Self { start: number(start)?, end: number(end)? };
        (span.start < span.end).then_some(span)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.start, self.end)
    }
}

/// A moment in seconds since 1970-01-01T00:00:00Z. The file writes it as `2026-11-23T10:11:12Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp(pub i64);

/// Fields of a record that this version does not know: name and RON source of each, in the order read.
///
/// They stand in one text, each behind its two lengths (`1 3 aNew`): a file can hold a great many.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Extra(String);

impl Extra {
    /// Adds a field behind the others.
    pub fn push(&mut self, name: &str, source: &str) {
        self.push_pieces(name, &[source]);
    }

    /// The same of a source that lies in pieces.
    pub fn push_pieces(&mut self, name: &str, source: &[&str]) {
        let n_source: usize = source.iter().map(|piece| piece.len()).sum();
        let lengths = [name.len().to_string(), n_source.to_string()];
        let pieces = lengths.iter().flat_map(|length| [length.as_str(), " "]).chain([name]);
        self.0.extend(pieces.chain(source.iter().copied()));
    }

    /// Name and source of each field.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut rest = self.0.as_str();
        std::iter::from_fn(move || {
            let (n_name, tail) = rest.split_once(' ')?;
            let (n_source, tail) = tail.split_once(' ')?;
            let (name, tail) = tail.split_at_checked(n_name.parse().ok()?)?;
            let (source, tail) = tail.split_at_checked(n_source.parse().ok()?)?;
            rest = tail;
            Some((name, source))
        })
    }

    pub fn n_fields(&self) -> usize {
        self.fields().count()
    }

    /// The source of a field.
    pub fn get(&self, name: &str) -> Option<&str> {
        // Most names are not there, which is seen sooner than all names are read.
        self.0
            .contains(name)
            .then(|| self.fields().find(|(other, _)| *other == name))?
            .map(|(_, source)| source)
    }

    /// How long all of it is, in bytes.
    pub fn n_bytes(&self) -> usize {
        self.0.len()
    }
}

impl<'a> FromIterator<(&'a str, &'a str)> for Extra {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(fields: I) -> Self {
        let mut extra = Self::default();
        fields.into_iter().for_each(|(name, source)| extra.push(name, source));
        extra
    }
}

/// What a newer version wrote in a record, if anything: it travels with the record, word for word.
pub type Kept = Option<Box<Extra>>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_short_and_plain() {
        for good in ["a", "anna-7f3k", "5d1f0c9a2b-03fe", "A.b_c"] {
            assert!(is_id(good), "{good}");
        }
        let long = "x".repeat(65);
        for bad in ["", "a b", "a|b", "a,b", "ä", "..", "a/b", &long] {
            assert!(!is_id(bad), "{bad}");
        }
    }

    #[test]
    fn spans_read_what_they_write() {
        assert_eq!(Span::parse("0-121"), Some(Span::new(0, 121)));
        assert_eq!(Span::new(7, 9).to_string(), "7-9");
        for bad in ["", "-", "3", "3-", "-3", "+1-2", "5-5", "6-5", "1-2-3", "1-4294967296", "a-b"] {
            assert_eq!(Span::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn abbreviations_are_short_lines() {
        for good in ["Abg", "z. B.", "Az.", "z.\u{A0}B.", "г", &"x".repeat(64)] {
            assert!(is_abbreviation(good), "{good}");
        }
        for bad in
            ["", " ", "Abg ", "\u{A0}Az", "two\nlines", "a\u{2028}b", "a\u{202E}b", "a\tb", &"x".repeat(65)]
        {
            assert!(!is_abbreviation(bad), "{bad}");
        }
    }

    #[test]
    fn fields_come_back_in_their_order() {
        let fields = [("a", "1"), ("", ""), ("b c", "\"é 2 2 x\""), ("a2", "[\n]")];
        let extra: Extra = fields.into_iter().collect();
        assert!(extra.fields().eq(fields));
        assert_eq!(
            (extra.n_fields(), extra.get("a2"), extra.get("c"), extra.get("é")),
            (4, Some("[\n]"), None, None)
        );
    }

    #[test]
    fn names_hold_no_bidi_controls() {
        assert!(is_name("Ines Várga"));
        assert!(!is_name("Ines\u{202E}agraV"));
        assert!(!is_name(&"x".repeat(201)));
        assert!(!is_name("two\nlines"));
    }
}
