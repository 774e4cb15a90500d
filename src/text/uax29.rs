//! Languages without rules of their own: the sentence boundaries of Unicode's UAX 29.

use crate::text::ending;
use crate::text::marks::{Kind, Mark, skip_white};
use crate::text::segment::Rules;
use unicode_segmentation::UnicodeSegmentation as _;

/// Tells `end_before` where each sentence but the first begins. Boundaries inside wrapped lines are left out, and
/// those after an initial
/// or an abbreviation of the project's. Those that fall on white space move behind it.
pub(in crate::text) fn scan(
    text: &str,
    rules: &Rules<'_>,
    wrapped_at: Option<usize>,
    end_before: &mut dyn FnMut(usize),
) {
    let mut start = skip_white(text, 0);
    for (at, _) in text.split_sentence_bound_indices() {
        let next = skip_white(text, at);
        if next <= start || next >= text.len() {
            continue;
        }
        let words_end = text.get(..at).map_or(0, |before| before.trim_end().len());
        let sentence = text.get(start..words_end).unwrap_or("");
        let feed = text.get(words_end..next).and_then(|white| white.find('\n'));
        let is_end = feed.map_or(!ending::ends_with_abbreviation(sentence, rules), |feed| {
            let dots = words_end + feed..words_end + feed + 1;
            let ends = sentence.ends_with(['.', '!', '?']);
            let mark = Mark { after: dots.end, dots, kind: Kind::Line };
            ends || ending::is_line_end(&ending::Place { text, start, mark: &mark, next, wrapped_at })
        });
        if is_end {
            end_before(next);
            start = next;
        }
    }
}
