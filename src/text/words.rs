//! Where words begin, for a caret that walks them.

use unicode_segmentation::UnicodeSegmentation as _;

/// Where words begin after the first, in code points: behind white space, and between words that stand side by side where a
/// language writes none.
pub fn starts(text: &str) -> Vec<u32> {
    let (mut starts, mut at) = (vec![], 0_u32);
    let mut before: Option<&str> = None;
    for piece in text.split_word_bounds() {
        let is_white = |piece: &str| piece.chars().all(char::is_whitespace);
        let is_word = |piece: &str| piece.chars().any(char::is_alphanumeric);
        let begins = before.is_some_and(|before| is_white(before) || is_word(before) && is_word(piece));
        if begins && !is_white(piece) && at > 0 {
            starts.push(at);
        }
        before = Some(piece);
        at = at.saturating_add(u32::try_from(piece.chars().count()).unwrap_or(u32::MAX));
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_behind_white_space_and_beside_each_other() {
        let check = |text: &str, want: &[u32]| assert_eq!(starts(text), want, "{text}");
        check("", &[]);
        check("One.", &[]);
        check("He said \u{201c}no\u{201d}  and ran.", &[3, 8, 14, 18]);
        check("  Na\u{ef}ve \u{1f44d}\u{1f3fd} men", &[2, 8, 11]);
        check("Don't stop-gap it", &[6, 15]);
        check("市長は否定した。", &[1, 2, 3, 4, 5, 6]);
    }
}
