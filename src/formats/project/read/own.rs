//! The reader of our own layout: what `write` writes, and nothing else.
//!
//! It gives `None` at the first thing that it does not expect, and then the file is read as any RON is. What it takes it
//! takes as that reader would: a law, not a hope, since whoever builds for tests reads every file both ways.

use crate::formats::project::read::runs::Runs;
use crate::formats::project::room;
use memchr::{memchr, memchr2};
use std::any::Any;
use std::borrow::Cow;

/// What stands in our own layout.
pub(in crate::formats) trait Own: Sized {
    /// Reads one; `None` = that is not how we write it.
    fn read(scan: &mut Scan<'_>) -> Option<Self>;
}

/// A text of our own layout, and how far it has been read.
pub(in crate::formats) struct Scan<'a> {
    rest: &'a str,
    len: usize,
    /// Runs of records that were read ahead.
    runs: Runs,
}

impl<'a> Scan<'a> {
    /// A text, of which some runs were read ahead.
    pub(super) fn of(text: &'a str, runs: Runs) -> Self {
        Self { rest: text, len: text.len(), runs }
    }

    /// One thing that is the whole of the text.
    pub fn whole<T: Own>(mut self) -> Option<T> {
        self.slots()?;
        let whole = T::read(&mut self)?;
        self.rest = self.rest.strip_prefix('\n').unwrap_or(self.rest);
        self.rest.is_empty().then_some(whole)
    }

    /// A text that begins at a byte of a longer one.
    pub fn from(text: &'a str, byte: usize) -> Option<Self> {
        Some(Self { rest: text.get(byte..)?, len: text.len(), runs: Runs::default() })
    }

    /// The byte of the text that comes next.
    pub fn at(&self) -> usize {
        self.len - self.rest.len()
    }

    /// Takes these bytes, if they come next.
    fn take(&mut self, source: &str) -> bool {
        let rest = self.rest.strip_prefix(source);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Takes a comma and the one blank or line's end after it.
    fn comma(&mut self) -> bool {
        self.take(", ") || self.take(",\n")
    }

    /// Begins a record.
    pub fn open(&mut self) -> Option<()> {
        let is_open = self.take("(");
        self.take("\n");
        is_open.then_some(())
    }

    /// A field, if it is the one that comes next. `name` has its colon; `n_read` fields stand before it in the record.
    pub fn field<T: Own>(&mut self, name: &str, n_read: &mut usize) -> Option<Option<T>> {
        let before = self.rest;
        if (*n_read == 0 || self.comma()) && self.take(name) {
            *n_read += 1;
            return T::read(self).map(Some);
        }
        self.rest = before;
        Some(None)
    }

    /// Ends a record of which so many fields were read.
    pub fn close(&mut self, n_read: usize) -> Option<()> {
        if n_read > 0 {
            self.take(",\n");
        }
        self.take(")").then_some(())
    }

    /// The lines of nothing but a slot.
    pub fn slots(&mut self) -> Option<()> {
        while let Some(slot) = self.rest.strip_prefix("//") {
            let end = memchr(b'\n', slot.as_bytes())?;
            self.rest = slot.get(end + 1..)?;
        }
        Some(())
    }

    /// Whether a list goes on, after its bracket or after one of its things.
    pub fn goes_on(&mut self) -> Option<bool> {
        self.slots()?;
        Some(!self.rest.starts_with(']'))
    }

    /// Ends one thing of a list.
    pub fn next(&mut self) -> Option<()> {
        (self.comma() || self.rest.starts_with(']')).then_some(())
    }

    /// A list, thing by thing.
    pub fn list(&mut self, mut thing: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.take("[").then_some(())?;
        self.take("\n");
        while self.goes_on()? {
            thing(self)?;
        }
        self.take("]").then_some(())
    }

    /// What was read ahead of the list that the next byte goes on with, if it was.
    pub fn run<T: Any>(&mut self) -> Option<Vec<T>> {
        let (run, end) = self.runs.take::<T>(self.at())?;
        room::pass(end - self.at());
        self.rest = self.rest.get(end - self.at()..)?;
        Some(run)
    }

    /// The digits of a number, with no zero in front.
    fn digits(&mut self) -> Option<&'a str> {
        let n_digits = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.rest.split_at_checked(n_digits)?;
        if digits.starts_with('0') && n_digits > 1 {
            return None;
        }
        self.rest = rest;
        Some(digits)
    }

    /// A text in quotation marks.
    pub fn text(&mut self) -> Option<Cow<'a, str>> {
        let body = self.rest.strip_prefix('"')?;
        let (plain, tail) = body.split_at_checked(memchr2(b'"', b'\\', body.as_bytes())?)?;
        if let Some(rest) = tail.strip_prefix('"') {
            self.rest = rest;
            return Some(plain.into());
        }
        self.rest = tail;
        self.escaped(plain.to_owned()).map(Cow::Owned)
    }

    /// The rest of a text, from its first escape on.
    fn escaped(&mut self, mut text: String) -> Option<String> {
        loop {
            if self.take("\"") {
                return Some(text);
            }
            text.push(self.escape()?);
            let end = memchr2(b'"', b'\\', self.rest.as_bytes())?;
            let (plain, tail) = self.rest.split_at_checked(end)?;
            text.push_str(plain);
            self.rest = tail;
        }
    }

    fn escape(&mut self) -> Option<char> {
        let mut chars = self.rest.strip_prefix('\\')?.chars();
        let c = match chars.next()? {
            c @ ('"' | '\\') => c,
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let (digits, rest) = chars.as_str().strip_prefix('{')?.split_once('}')?;
                let is_ours = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
                if !(1..=6).contains(&digits.len()) || !digits.bytes().all(is_ours) {
                    return None;
                }
                chars = rest.chars();
                char::from_u32(u32::from_str_radix(digits, 16).ok()?)?
            }
            _ => return None,
        };
        self.rest = chars.as_str();
        Some(c)
    }
}

impl Own for String {
    fn read(scan: &mut Scan<'_>) -> Option<Self> {
        scan.text().map(Cow::into_owned)
    }
}

impl<T: Own> Own for Box<T> {
    fn read(scan: &mut Scan<'_>) -> Option<Self> {
        T::read(scan).map(Self::new)
    }
}

impl Own for bool {
    fn read(scan: &mut Scan<'_>) -> Option<Self> {
        let is_so = scan.take("true");
        (is_so || scan.take("false")).then_some(is_so)
    }
}

impl Own for u32 {
    fn read(scan: &mut Scan<'_>) -> Option<Self> {
        scan.digits()?.parse().ok()
    }
}

impl Own for u64 {
    fn read(scan: &mut Scan<'_>) -> Option<Self> {
        scan.digits()?.parse().ok()
    }
}
