//! Text as it stands in HTML, XML and SVG: whatever it says, nothing of it is a mark.

use crate::model::ids::is_bidi_control;
use std::fmt::{self, Write as _};

/// Adds words; a `String` takes everything.
pub fn say(text: &mut String, words: fmt::Arguments<'_>) {
    text.write_fmt(words).unwrap_or_default();
}

/// A text between tags or in quotes. What no XML may hold is replaced; line breaks and tabs are blanks; marks that turn the
/// direction of what follows are left out, since nothing would end them.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.extend(plain(c)),
        }
    }
    escaped
}

/// A character as it may stand in any page: `None` = left out.
pub fn plain(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        c if is_bidi_control(c) => None,
        c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => Some('\u{fffd}'),
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_is_a_mark() {
        let check = |text: &str, want: &str| assert_eq!(escaped(text), want);
        check("<script>alert('a')</script>", "&lt;script&gt;alert(&#39;a&#39;)&lt;/script&gt;");
        check("A & \"B\"\n\tC", "A &amp; &quot;B&quot;  C");
        check("\u{202e}back\u{2069} \u{0}\u{1b}\u{ffff}", "back \u{fffd}\u{fffd}\u{fffd}");
        check("\u{200f}שלום é 👍🏽", "\u{200f}שלום é 👍🏽");
    }
}
