//! Characters that nobody sees: Unicode's default-ignorable code points.

/// Ends a line inside a word: the word goes on in the next line.
pub const SOFT_HYPHEN: char = '\u{ad}';

/// Whether nobody sees the character: joiners, marks of direction, variation selectors, soft hyphens. White space is
/// none of them.
pub fn is_invisible(c: char) -> bool {
    c >= SOFT_HYPHEN
        && matches!(
            c,
            SOFT_HYPHEN
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fff8}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Whether there is nothing to see in `text`.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

/// Whether the last word of a line goes on in the next one. White space after the mark does not count.
pub fn ends_in_soft_hyphen(line: &str) -> bool {
    line.trim_end().ends_with(SOFT_HYPHEN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_to_see() {
        for blank in ["", " \t", "\u{200b}", " \u{feff}\u{a0}\u{fe0f}"] {
            assert!(is_blank(blank), "{blank:?}");
        }
        for seen in ["a", "\u{200b}.", "-", "\u{301}"] {
            assert!(!is_blank(seen), "{seen:?}");
        }
        assert!(ends_in_soft_hyphen("trea\u{ad} \r") && !ends_in_soft_hyphen("trea-"));
    }
}
