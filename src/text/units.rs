//! Places in a text as other programs count them: bytes as places on the way out, places as bytes on the way in.

use crate::text::offsets::CharIndex;
use std::borrow::Cow;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation as _;

/// What a program counts when it says where something stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unit {
    /// Python, R.
    #[default]
    CodePoints,
    /// JavaScript, Java.
    Utf16,
    /// Of the text in UTF-8.
    Bytes,
    /// A letter with its accents, an emoji with its skin and CR with LF are one.
    Graphemes,
}

impl Unit {
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
            Unit::Bytes => {
                self.n += left;
                self.byte += left;
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

/// The places of one text in one unit, ready for questions in any order.
#[derive(Debug)]
pub struct Places<'a> {
    text: &'a str,
    /// The byte of each place; absent where it is the place itself. [`INSIDE`] = no character begins there.
    bytes: Option<Vec<u32>>,
}

const INSIDE: u32 = u32::MAX;

impl<'a> Places<'a> {
    pub fn new(text: &'a str, unit: Unit) -> Self {
        let byte = |at: usize| u32::try_from(at).unwrap_or(INSIDE);
        let is_plain = text.is_ascii() && (unit != Unit::Graphemes || !text.contains('\r'));
        let bytes = match unit {
            _ if is_plain => None,
            Unit::Bytes => None,
            Unit::CodePoints => Some(text.char_indices().map(|(at, _)| byte(at)).collect()),
            Unit::Graphemes => Some(text.grapheme_indices(true).map(|(at, _)| byte(at)).collect()),
            Unit::Utf16 => {
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

/// A text as a program has it that counts in a unit, to cut out what stands between two of its places. It knows nothing of how
/// places are worked out here, so that it can judge them.
pub enum Cut<'a> {
    CodePoints(&'a str, CharIndex<'a>),
    Utf16(Vec<u16>),
    Bytes(&'a str),
    Graphemes(Vec<&'a str>),
}

impl<'a> Cut<'a> {
    pub fn new(text: &'a str, unit: Unit) -> Self {
        match unit {
            Unit::CodePoints => Self::CodePoints(text, CharIndex::new(text)),
            Unit::Bytes => Self::Bytes(text),
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
            Self::Bytes(text) => text.get(start..end).map(Cow::Borrowed),
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

    #[test]
    fn places_are_found_again_as_each_program_counts() {
        let text = "Ja 👍🏽.\r\nE\u{301}";
        let check = |unit, place: u64, want: Option<usize>| {
            assert_eq!(Places::new(text, unit).byte_of(place), want, "{unit:?} {place}");
        };
        let (stop, end) = (text.find('.'), Some(text.len()));
        for (unit, of_stop, of_end) in
            [(Unit::CodePoints, 5, 10), (Unit::Utf16, 7, 12), (Unit::Bytes, 11, 17), (Unit::Graphemes, 4, 7)]
        {
            check(unit, 3, Some(3));
            check(unit, of_stop, stop);
            check(unit, of_end, end);
            check(unit, of_end + 1, None);
            check(unit, u64::MAX, None);
        }
        check(Unit::Utf16, 4, None);
        check(Unit::Bytes, 4, None);
        assert_eq!(Places::new("", Unit::Utf16).byte_of(0), Some(0));
        assert_eq!(Places::new("a\r\nb", Unit::Graphemes).byte_of(2), Some(3));
    }

    /// Both ways are one: what is written in a unit is found again, byte for byte.
    #[test]
    fn what_is_counted_is_found_again() {
        let starts: Vec<usize> = TEXT.char_indices().map(|(at, _)| at).chain([TEXT.len()]).collect();
        let ranges: Vec<_> = starts.windows(2).map(|two| two[0]..two[1]).collect();
        for unit in Unit::ALL {
            let there = Places::new(TEXT, unit);
            let told = places(TEXT, unit, &ranges);
            assert!(told.iter().flatten().count() > 6, "{unit:?}");
            for (range, place) in ranges.iter().zip(told) {
                let Some(place) = place else { continue };
                assert_eq!(there.byte_of(place.start as u64), Some(range.start), "{unit:?}");
                assert_eq!(there.byte_of(place.end as u64), Some(range.end), "{unit:?}");
            }
        }
    }
}
