//! Objects of JSON, of which a few values are looked at: what else is in a line is passed over without being made into anything.

use std::borrow::Cow;

/// A line that is gone through from its beginning.
pub(in crate::formats) struct Scan<'a> {
    rest: &'a [u8],
}

/// Lists in lists.
const MAX_DEPTH: usize = 64;

impl<'a> Scan<'a> {
    pub fn new(line: &'a [u8]) -> Self {
        Self { rest: line }
    }

    /// Calls `take` with each name of the object; what stands behind it has to be taken, or passed. Nothing may follow the object.
    pub fn object(&mut self, mut take: impl FnMut(&mut Self, &[u8]) -> Option<()>) -> Option<()> {
        self.sign(b'{')?;
        if self.sign(b'}').is_none() {
            loop {
                let name = self.raw()?;
                self.sign(b':')?;
                take(self, name)?;
                if self.sign(b'}').is_some() {
                    break;
                }
                self.sign(b',')?;
            }
        }
        self.rest.trim_ascii().is_empty().then_some(())
    }

    /// A text.
    pub fn text(&mut self) -> Option<Cow<'a, str>> {
        let before = self.rest.trim_ascii_start();
        let raw = self.raw()?;
        if memchr::memchr(b'\\', raw).is_none() {
            return std::str::from_utf8(raw).ok().map(Cow::Borrowed);
        }
        serde_json::from_slice(before.get(..raw.len() + 2)?).ok().map(Cow::Owned)
    }

    /// A number that counts something.
    pub fn count(&mut self) -> Option<usize> {
        let rest = self.rest.trim_ascii_start();
        let n = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = rest.split_at_checked(n)?;
        self.rest = rest;
        std::str::from_utf8(digits).ok()?.parse().ok()
    }

    /// Whatever stands there.
    pub fn pass(&mut self) -> Option<()> {
        self.value(0)
    }

    fn value(&mut self, depth: usize) -> Option<()> {
        self.rest = self.rest.trim_ascii_start();
        let (end, is_object) = match self.rest.first()? {
            b'"' => return self.raw().map(drop),
            b'[' if depth < MAX_DEPTH => (b']', false),
            b'{' if depth < MAX_DEPTH => (b'}', true),
            _ => return self.word(),
        };
        self.rest = self.rest.get(1..)?;
        if self.sign(end).is_some() {
            return Some(());
        }
        loop {
            if is_object {
                self.raw()?;
                self.sign(b':')?;
            }
            self.value(depth + 1)?;
            if self.sign(end).is_some() {
                return Some(());
            }
            self.sign(b',')?;
        }
    }

    /// `true`, `false`, `null` or a number.
    fn word(&mut self) -> Option<()> {
        let is_of_word = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
        let n = self.rest.iter().take_while(is_of_word).count();
        let (word, rest) = self.rest.split_at_checked(n)?;
        let is_known = matches!(word, b"true" | b"false" | b"null");
        let is_number = || word.first().is_some_and(|byte| byte.is_ascii_digit() || *byte == b'-');
        self.rest = rest;
        (is_known || is_number()).then_some(())
    }

    /// What stands between the quotes of a text, as it is written.
    fn raw(&mut self) -> Option<&'a [u8]> {
        self.sign(b'"')?;
        let text = self.rest;
        let mut at = 0;
        loop {
            at += memchr::memchr2(b'"', b'\\', text.get(at..)?)?;
            if text.get(at) == Some(&b'"') {
                break;
            }
            // Whatever stands behind it belongs to it.
            at += 2;
        }
        self.rest = text.get(at + 1..)?;
        text.get(..at)
    }

    fn sign(&mut self, sign: u8) -> Option<()> {
        if self.rest.first() != Some(&sign) {
            self.rest = self.rest.trim_ascii_start();
        }
        self.rest = self.rest.strip_prefix(&[sign])?;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text `t` and the count `n` of an object.
    fn found(line: &str) -> Option<(String, usize)> {
        let (mut text, mut count) = (String::new(), 0);
        Scan::new(line.as_bytes()).object(|scan, name| {
            match name {
                b"t" => text = scan.text()?.into_owned(),
                b"n" => count = scan.count()?,
                _ => scan.pass()?,
            }
            Some(())
        })?;
        Some((text, count))
    }

    #[test]
    fn values_are_found_among_others() {
        let check = |line: &str, want: Option<(&str, usize)>| {
            assert_eq!(found(line), want.map(|(text, n)| (text.to_owned(), n)), "{line}");
        };
        check("{}", Some(("", 0)));
        check(r#"{"t":"é","n":7}"#, Some(("é", 7)));
        check(" { \"a\" : [1, {\"n\":[true, null]}, \"]\"] , \"n\" : 12 }\n", Some(("", 12)));
        check(r#"{"x":"\"","t":"a\"\\\u0041\n","n":1}"#, Some(("a\"\\A\n", 1)));
        check(r#"{"x":{"t":"no"},"n":-1}"#, None);
        check(r#"{"t":"open}"#, None);
        check(r#"{"t":"open\"}"#, None);
        check(r#"{"n":1} {"n":2}"#, None);
        check(r#"{"n":1"#, None);
        check(r#"{"x":nothing}"#, None);
        check(r#"{"x":}"#, None);
        check(&format!("{{\"x\":{}", "[".repeat(100_000)), None);
    }
}
