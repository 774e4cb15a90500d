//! Languages without rules of their own: the sentence boundaries of Unicode's UAX 29.

use crate::text::ending;
use crate::text::marks::{Kind, Mark, skip_white};
use unicode_segmentation::UnicodeSegmentation as _;

/// Tells `end_before` where each sentence but the first begins. Boundaries inside wrapped lines are left out, and
/// those that fall on white space move behind it.
pub(in crate::text) fn scan(text: &str, wrapped_at: Option<usize>, end_before: &mut dyn FnMut(usize)) {
    let mut start = skip_white(text, 0);
    let mut next = start;
    for (at, _) in text.split_sentence_bound_indices() {
        // White space has many boundaries, and is passed over once.
        if at < next {
            continue;
        }
        let words_end = text.get(..at).map_or(0, |before| before.trim_end().len());
        next = skip_white(text, at);
        if next <= start || next >= text.len() {
            continue;
        }
        let feed = text.get(words_end..next).and_then(|white| white.find('\n'));
        let is_end = feed.is_none_or(|feed| {
            let dots = words_end + feed..words_end + feed + 1;
            let ends = text.get(..words_end).is_some_and(|before| before.ends_with(['.', '!', '?']));
            let mark = Mark { after: dots.end, dots, kind: Kind::Line };
            ends || ending::is_line_end(&ending::Place { text, start, mark: &mark, next, wrapped_at })
        });
        if is_end {
            end_before(next);
            start = next;
        }
    }
}
