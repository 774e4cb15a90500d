//! Places in a text as other programs count them: in code points, in UTF-16, in what a reader takes for one character.

use crate::text::offsets::CharIndex;
use std::borrow::Cow;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation as _;

/// What a program counts when it says where something stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Python, R.
    CodePoints,
    /// JavaScript, Java.
    Utf16,
    /// A letter with its accents, an emoji with its skin and CR with LF are one.
    Graphemes,
}

impl Unit {
    pub fn name(self) -> &'static str {
        match self {
            Self::CodePoints => "code points",
            Self::Utf16 => "UTF-16 code units",
            Self::Graphemes => "grapheme clusters",
        }
    }
}

/// Ranges of bytes as places in a unit. They are in order of their beginnings and ends; `None` = one begins or ends inside what
/// the unit takes for one.
pub fn places(text: &str, unit: Unit, ranges: &[Range<usize>]) -> Vec<Option<Range<usize>>> {
    let mut counter = Counter { text, unit, byte: 0, n: 0 };
    let mut place = |byte: usize| {
        counter.go_to(byte);
        (counter.byte == byte).then_some(counter.n)
    };
    let mut all = Vec::with_capacity(ranges.len());
    // The answers of several coders stand at one place, and nobody counts backwards.
    for same in ranges.chunk_by(|a, b| a == b) {
        let at = same.first().and_then(|range| place(range.start).zip(place(range.end)));
        all.extend(same.iter().map(|_| at.map(|(start, end)| start..end)));
    }
    all
}

/// Counts forward.
struct Counter<'a> {
    text: &'a str,
    unit: Unit,
    byte: usize,
    n: usize,
}

impl Counter<'_> {
    /// Up to a place in bytes, or past it where it is inside of one.
    fn go_to(&mut self, byte: usize) {
        let rest = self.text.get(self.byte..).unwrap_or_default();
        let part = |len: usize| rest.get(..len).unwrap_or_default();
        let left = byte.saturating_sub(self.byte).min(rest.len());
        match self.unit {
            Unit::CodePoints => {
                self.n += part(left).chars().count();
                self.byte += part(left).len();
            }
            Unit::Utf16 => {
                self.n += part(left).encode_utf16().count();
                self.byte += part(left).len();
            }
            Unit::Graphemes => {
                let mut graphemes = rest.graphemes(true);
                while self.byte < byte
                    && let Some(one) = graphemes.next()
                {
                    self.byte += one.len();
                    self.n += 1;
                }
            }
        }
    }
}

/// A text as a program has it that counts in a unit, to cut out what stands between two of its places. It knows nothing of how
/// places are worked out here, so that it can judge them.
pub enum Cut<'a> {
    CodePoints(&'a str, CharIndex<'a>),
    Utf16(Vec<u16>),
    Graphemes(Vec<&'a str>),
}

impl<'a> Cut<'a> {
    pub fn new(text: &'a str, unit: Unit) -> Self {
        match unit {
            Unit::CodePoints => Self::CodePoints(text, CharIndex::new(text)),
            Unit::Utf16 => Self::Utf16(text.encode_utf16().collect()),
            Unit::Graphemes => Self::Graphemes(text.graphemes(true).collect()),
        }
    }

    /// What stands there; `None` = there is no such place.
    pub fn slice(&self, start: usize, end: usize) -> Option<Cow<'a, str>> {
        match self {
            Self::CodePoints(text, index) => {
                let end_byte = index.byte_of(end);
                // Past the end the index says the length: there is no such place.
                let is_there = index.char_of(end_byte) == end;
                is_there.then(|| text.get(index.byte_of(start)..end_byte).map(Cow::Borrowed))?
            }
            Self::Utf16(units) => String::from_utf16(units.get(start..end)?).ok().map(Cow::Owned),
            Self::Graphemes(all) => Some(Cow::Owned(all.get(start..end)?.concat())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Ja 👍🏽.\r\nE\u{301} 東\u{1F5DE}!";

    fn of(word: &str) -> Range<usize> {
        let start = TEXT.find(word).unwrap();
        start..start + word.len()
    }

    #[test]
    fn places_are_counted_as_each_program_counts() {
        let ranges = [of("Ja 👍🏽."), of("E\u{301} 東"), of("\u{1F5DE}!")];
        let check = |unit, want: [Range<usize>; 3]| {
            assert_eq!(places(TEXT, unit, &ranges), want.map(Some), "{unit:?}");
        };
        check(Unit::CodePoints, [0..6, 8..12, 12..14]);
        check(Unit::Utf16, [0..8, 10..14, 14..17]);
        check(Unit::Graphemes, [0..5, 6..9, 9..11]);
    }

    #[test]
    fn a_place_may_be_asked_for_again() {
        let ranges = [of("Ja 👍🏽."), of("Ja 👍🏽."), of("\u{1F5DE}!"), of("\u{1F5DE}!")];
        assert_eq!(places(TEXT, Unit::Utf16, &ranges), [0..8, 0..8, 14..17, 14..17].map(Some));
    }

    #[test]
    fn a_place_inside_of_one_is_none() {
        let accent = TEXT.find('\u{301}').unwrap();
        let ranges = [accent..accent + 2, of("\u{1F5DE}!")];
        assert_eq!(places(TEXT, Unit::CodePoints, &ranges), [Some(9..10), Some(12..14)]);
        assert_eq!(places(TEXT, Unit::Graphemes, &ranges), [None, Some(9..11)]);
    }

    #[test]
    fn what_is_cut_out_is_what_stands_there() {
        for unit in [Unit::CodePoints, Unit::Utf16, Unit::Graphemes] {
            let cut = Cut::new(TEXT, unit);
            let words = ["Ja 👍🏽.", "E\u{301} 東", "\u{1F5DE}!"];
            for (word, place) in words.iter().zip(places(TEXT, unit, &words.map(of))) {
                let place = place.unwrap();
                assert_eq!(cut.slice(place.start, place.end).as_deref(), Some(*word), "{unit:?}");
            }
            assert_eq!(cut.slice(0, 99), None, "{unit:?}");
            assert_eq!(cut.slice(3, 2), None, "{unit:?}");
        }
        assert_eq!(Cut::new(TEXT, Unit::Utf16).slice(3, 4), None, "half of an emoji");
    }
}
