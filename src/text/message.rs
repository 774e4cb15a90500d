//! A message: what is so, and what to do about it.
//!
//! The two travel as one text, so that an error can stand in another one. Between them is a mark that begins with NUL: no system
//! allows it in the name of a file, and the readers of tables and projects let none of it into what they say, so that nothing
//! from outside poses as a hint.

/// Stands between what is so and what to do about it.
pub const MARK: &str = "\0hint: ";

/// A message in its two parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub what: String,
    pub hint: Option<String>,
}

impl Message {
    /// The parts of a text. The last hint is the message's own; one before it is that of an error which is told in it.
    pub fn of(text: &str) -> Self {
        match text.rsplit_once(MARK) {
            Some((what, hint)) => Self { what: plain(what), hint: Some(hint.to_owned()) },
            None => Self { what: text.to_owned(), hint: None },
        }
    }

    /// The same with more said before the hint.
    #[must_use]
    pub fn and(self, more: &str) -> String {
        let hint = self.hint.map(|hint| format!("{MARK}{hint}")).unwrap_or_default();
        format!("{}{more}{hint}", self.what)
    }
}

/// What is so, without what to do about it.
pub fn what(text: &str) -> &str {
    text.rsplit_once(MARK).map_or(text, |(what, _)| what)
}

/// A clause as it begins a sentence.
pub fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// A text from outside without what could pose as a mark.
pub fn unmarked(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
}

/// The message in one line, for logs and JSON: `disk is full hint: free some space`.
pub fn plain(text: &str) -> String {
    text.replace(MARK, " hint: ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_two_parts() {
        let check = |text: &str, what: &str, hint: Option<&str>| {
            let message = Message::of(text);
            assert_eq!((message.what.as_str(), message.hint.as_deref()), (what, hint), "{text:?}");
        };
        check("disk is full\0hint: free some space", "disk is full", Some("free some space"));
        check("no such file: `a hint: b`", "no such file: `a hint: b`", None);
        check("`a hint: b` is none\0hint: take `c hint: d`", "`a hint: b` is none", Some("take `c hint: d`"));
        check("one (it is full\0hint: wait)\0hint: stop", "one (it is full hint: wait)", Some("stop"));
        check("", "", None);
    }

    #[test]
    fn more_is_said_before_the_hint() {
        assert_eq!(Message::of("gone\0hint: look").and(": `a`"), "gone: `a`\0hint: look");
        assert_eq!(Message::of("gone").and(": `a`"), "gone: `a`");
        assert_eq!(plain("gone\0hint: look"), "gone hint: look");
        assert_eq!((what("gone\0hint: look"), what("gone hint: look")), ("gone", "gone hint: look"));
        assert_eq!(what(&unmarked("gone\0hint: look")), "gone\u{FFFD}hint: look");
    }
}
