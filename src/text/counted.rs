//! Places in a text as other programs count them, found again as bytes.

use unicode_segmentation::UnicodeSegmentation as _;

/// What a program counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Counted {
    /// Python, R.
    #[default]
    CodePoints,
    /// JavaScript, Java.
    Utf16,
    /// Of the text in UTF-8.
    Bytes,
    /// What a reader takes for one character; CR with LF is one.
    Graphemes,
}

impl Counted {
    pub const ALL: [Self; 4] = [Self::CodePoints, Self::Utf16, Self::Bytes, Self::Graphemes];

    pub fn name(self) -> &'static str {
        match self {
            Self::CodePoints => "code points",
            Self::Utf16 => "UTF-16 code units",
            Self::Bytes => "bytes",
            Self::Graphemes => "grapheme clusters",
        }
    }
}

/// The places of one text in one unit, ready for questions in any order.
#[derive(Debug)]
pub struct Places<'a> {
    text: &'a str,
    /// The byte of each place; absent where it is the place itself. [`INSIDE`] = no character begins there.
    bytes: Option<Vec<u32>>,
}

const INSIDE: u32 = u32::MAX;

impl<'a> Places<'a> {
    pub fn new(text: &'a str, counted: Counted) -> Self {
        let byte = |at: usize| u32::try_from(at).unwrap_or(INSIDE);
        let is_plain = text.is_ascii() && (counted != Counted::Graphemes || !text.contains('\r'));
        let bytes = match counted {
            _ if is_plain => None,
            Counted::Bytes => None,
            Counted::CodePoints => Some(text.char_indices().map(|(at, _)| byte(at)).collect()),
            Counted::Graphemes => Some(text.grapheme_indices(true).map(|(at, _)| byte(at)).collect()),
            Counted::Utf16 => {
                let mut bytes = Vec::with_capacity(text.len());
                for (at, c) in text.char_indices() {
                    bytes.push(byte(at));
                    bytes.extend((c.len_utf16() == 2).then_some(INSIDE));
                }
                Some(bytes)
            }
        };
        Self { text, bytes }
    }

    /// The byte at which something begins or ends; `None` = past the end, or inside a character.
    pub fn byte_of(&self, place: u64) -> Option<usize> {
        let place = usize::try_from(place).ok()?;
        let Some(bytes) = &self.bytes else {
            return Some(place).filter(|at| self.text.is_char_boundary(*at));
        };
        match bytes.get(place) {
            Some(at) => Some(*at as usize).filter(|_| *at != INSIDE),
            None => Some(self.text.len()).filter(|_| place == bytes.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_as_each_program_counts() {
        let text = "Ja 👍🏽.\r\nE\u{301}";
        let check = |counted, place: u64, want: Option<usize>| {
            assert_eq!(Places::new(text, counted).byte_of(place), want, "{counted:?} {place}");
        };
        let (stop, end) = (text.find('.'), Some(text.len()));
        for (counted, of_stop, of_end) in [
            (Counted::CodePoints, 5, 10),
            (Counted::Utf16, 7, 12),
            (Counted::Bytes, 11, 17),
            (Counted::Graphemes, 4, 7),
        ] {
            check(counted, 3, Some(3));
            check(counted, of_stop, stop);
            check(counted, of_end, end);
            check(counted, of_end + 1, None);
            check(counted, u64::MAX, None);
        }
        check(Counted::Utf16, 4, None);
        check(Counted::Bytes, 4, None);
        assert_eq!(Places::new("", Counted::Utf16).byte_of(0), Some(0));
        assert_eq!(Places::new("a\r\nb", Counted::Graphemes).byte_of(2), Some(3));
    }
}
