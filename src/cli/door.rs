//! The one door to the terminal: what comes from a file passes it and steers nothing.

use crate::model::ids::is_bidi_control;
use std::io::{self, Write};

/// What stands in the place of a character that would steer.
const IN_ITS_PLACE: &str = "\u{FFFD}";

/// The text without what steers a terminal or turns the direction of what follows; line breaks stay.
fn harmless(text: &str) -> String {
    text.replace(steers, IN_ITS_PLACE)
}

/// The same on one line, so that a name can pose as no line of its own.
pub(in crate::cli) fn one_line(text: &str) -> String {
    text.replace(|c| steers(c) || c == '\n', IN_ITS_PLACE)
}

fn steers(c: char) -> bool {
    c.is_control() && c != '\n' || is_bidi_control(c)
}

/// A stream that only lets through what steers no terminal.
pub(in crate::cli) struct Door<'a> {
    to: &'a mut dyn Write,
    /// Whether all is let through to the letter: into a file or a pipe, and never on a terminal.
    is_open: bool,
    /// The beginning of a character whose other bytes are still to come.
    begun: Vec<u8>,
}

impl<'a> Door<'a> {
    pub(in crate::cli) fn new(to: &'a mut dyn Write) -> Self {
        Self { to, is_open: false, begun: Vec::new() }
    }

    /// Lets through to the letter, if it is not a terminal that is written to.
    pub(in crate::cli) fn for_data(to: &'a mut dyn Write, is_terminal: bool) -> Self {
        Self { is_open: !is_terminal, ..Self::new(to) }
    }
}

impl Write for Door<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_open {
            return self.to.write(bytes);
        }
        let joined = [std::mem::take(&mut self.begun).as_slice(), bytes].concat();
        let mut chunks = joined.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            self.to.write_all(harmless(chunk.valid()).as_bytes())?;
            let is_begun = chunks.peek().is_none()
                && std::str::from_utf8(chunk.invalid()).is_err_and(|error| error.error_len().is_none());
            if is_begun {
                self.begun = chunk.invalid().to_vec();
            } else if !chunk.invalid().is_empty() {
                self.to.write_all(IN_ITS_PLACE.as_bytes())?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each with what it becomes as a text and on one line.
    const CASES: [(&str, &str, &str); 5] = [
        ("Várga \u{1F525}\nhint: a", "Várga \u{1F525}\nhint: a", "Várga \u{1F525}\u{FFFD}hint: a"),
        ("a\u{1b}[31mb\tc\r", "a\u{FFFD}[31mb\u{FFFD}c\u{FFFD}", "a\u{FFFD}[31mb\u{FFFD}c\u{FFFD}"),
        ("\u{9b}31m\u{7f}\0", "\u{FFFD}31m\u{FFFD}\u{FFFD}", "\u{FFFD}31m\u{FFFD}\u{FFFD}"),
        ("evil\u{202e}txt.exe", "evil\u{FFFD}txt.exe", "evil\u{FFFD}txt.exe"),
        ("\u{2067}a\u{2069}", "\u{FFFD}a\u{FFFD}", "\u{FFFD}a\u{FFFD}"),
    ];

    #[test]
    fn names_steer_no_terminal() {
        for (text, want, on_one_line) in CASES {
            assert_eq!((harmless(text).as_str(), one_line(text).as_str()), (want, on_one_line), "{text:?}");
        }
    }

    #[test]
    fn a_stream_steers_no_terminal_wherever_it_is_cut() {
        for (text, want, _) in CASES {
            for n in 1..=text.len() {
                let mut out = Vec::new();
                let mut door = Door::new(&mut out);
                text.as_bytes().chunks(n).for_each(|part| door.write_all(part).unwrap());
                assert_eq!(String::from_utf8(out).unwrap(), want, "{text:?} in parts of {n}");
            }
        }
        let mut out = Vec::new();
        Door::new(&mut out).write_all(b"a\xffb\xe2\x80c").unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a\u{FFFD}b\u{FFFD}c");
    }

    #[test]
    fn data_stays_to_the_letter_but_on_a_terminal() {
        let bytes = b"\x1b[31m\xff";
        let written = |is_terminal| {
            let mut out = Vec::new();
            Door::for_data(&mut out, is_terminal).write_all(bytes).unwrap();
            out
        };
        assert_eq!(written(false), bytes);
        assert_eq!(written(true), "\u{FFFD}[31m\u{FFFD}".as_bytes());
    }
}
