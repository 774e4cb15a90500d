//! Bytes to Unicode code points and back. Rust counts bytes; files, exports and ids count code points.

use std::ops::Range;
use unicode_segmentation::GraphemeCursor;

/// The offsets of one text, ready for questions in any order: a mark every `STRIDE` code points.
#[derive(Clone, Debug)]
pub struct CharIndex<'a> {
    text: &'a str,
    /// Byte offset of code point `i * STRIDE`; empty when the text is ASCII and both counts agree.
    marks: Vec<usize>,
}

/// Code points between two marks.
const STRIDE: usize = 64;

impl<'a> CharIndex<'a> {
    pub fn new(text: &'a str) -> Self {
        let marks = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().step_by(STRIDE).map(|(byte, _)| byte).collect()
        };
        Self { text, marks }
    }

    /// The code points before byte `byte`. Past the end: all of them; inside a character: those before it.
    pub fn char_of(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let Some(mark_idx) = self.marks.partition_point(|&mark| mark <= byte).checked_sub(1) else {
            return byte;
        };
        let mark = self.marks.get(mark_idx).copied().unwrap_or(0);
        let rest = self.text.get(mark..).unwrap_or("");
        mark_idx * STRIDE + rest.char_indices().take_while(|(at, c)| mark + at + c.len_utf8() <= byte).count()
    }

    /// The byte at which code point `char` begins; past the end, the length of the text.
    pub fn byte_of(&self, char: usize) -> usize {
        if self.marks.is_empty() {
            return char.min(self.text.len());
        }
        let Some(&mark) = self.marks.get(char / STRIDE) else { return self.text.len() };
        let rest = self.text.get(mark..).unwrap_or("");
        rest.char_indices().nth(char % STRIDE).map_or(self.text.len(), |(at, _)| mark + at)
    }
}

/// Whether a place in `text`, in bytes, is inside what a reader takes for one character: an emoji with its skin, a letter with
/// its accent.
pub fn cuts_character(text: &str, byte: usize) -> bool {
    !GraphemeCursor::new(byte, text.len(), true).is_boundary(text, 0).unwrap_or(false)
}

/// The length of `text` in bytes without the white space at its end.
pub fn trim_end_len(text: &str) -> usize {
    text.trim_end().len()
}

/// The spans of sentences, in code points, without the white space after each. `sentences` are byte ranges of
/// `text` in order, not overlapping. One pass.
pub fn spans(text: &str, sentences: &[Range<usize>]) -> Vec<Range<u32>> {
    let mut counter = Counter { text, byte: 0, char: 0 };
    let mut spans = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        let part = text.get(sentence.clone()).unwrap_or("");
        let start = counter.advance_to(sentence.start);
        let end = counter.advance_to(sentence.start + trim_end_len(part));
        spans.push(start..end);
    }
    spans
}

/// Sorted byte offsets as code points. One pass.
pub fn chars_of(text: &str, bytes: &[usize]) -> Vec<u32> {
    let mut counter = Counter { text, byte: 0, char: 0 };
    bytes.iter().map(|&byte| counter.advance_to(byte)).collect()
}

/// Sorted code point offsets as bytes. One pass; past the end, the length of the text.
pub fn bytes_of(text: &str, chars: &[u32]) -> Vec<usize> {
    let mut starts = text.char_indices().map(|(byte, _)| byte).chain(std::iter::once(text.len()));
    let mut at = 0_u32;
    let mut byte = starts.next().unwrap_or(0);
    let mut found = Vec::with_capacity(chars.len());
    for &char in chars {
        while at < char {
            let Some(next) = starts.next() else { break };
            byte = next;
            at += 1;
        }
        found.push(byte);
    }
    found
}

/// Counts code points forward.
struct Counter<'a> {
    text: &'a str,
    byte: usize,
    char: u32,
}

impl Counter<'_> {
    fn advance_to(&mut self, byte: usize) -> u32 {
        if let Some(part) = self.text.get(self.byte..byte) {
            // An article holds at most 32 MiB, so a u32 is never full.
            self.char = self.char.saturating_add(u32::try_from(part.chars().count()).unwrap_or(u32::MAX));
            self.byte = byte;
        }
        self.char
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let long = "Zürich — 東京 🗞 ascii ".repeat(40);
        for text in ["", "plain ascii", "é", "a🗞b", long.as_str()] {
            let index = CharIndex::new(text);
            let mut bytes: Vec<usize> = text.char_indices().map(|(byte, _)| byte).collect();
            bytes.push(text.len());
            for (char, &byte) in bytes.iter().enumerate() {
                assert_eq!(index.char_of(byte), char, "{text} at byte {byte}");
                assert_eq!(index.byte_of(char), byte, "{text} at char {char}");
            }
            let chars: Vec<u32> = (0..u32::try_from(bytes.len()).unwrap()).collect();
            assert_eq!(chars_of(text, &bytes), chars);
            assert_eq!(bytes_of(text, &chars), bytes);
        }
    }

    #[test]
    fn odd_questions() {
        let index = CharIndex::new("a🗞b");
        assert_eq!(index.char_of(2), 1);
        assert_eq!(index.char_of(99), 3);
        assert_eq!(index.byte_of(99), 6);
        assert_eq!(bytes_of("ab", &[1, 9]), [1, 2]);
        assert_eq!(CharIndex::new("ab").byte_of(9), 2);
    }

    #[test]
    fn spans_leave_the_white_space_after_out() {
        let text = "  Zoë lied. He “did” not.\n\nEnd";
        let cut = text.find("He").unwrap();
        let last = text.find("End").unwrap();
        let got = spans(text, &[0..cut, cut..last, last..text.len()]);
        assert_eq!(got, [0..11, 12..25, 27..30]);
    }
}
