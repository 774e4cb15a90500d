//! Languages without rules of their own: the sentence boundaries of Unicode's UAX 29.

use crate::text::cut::{between, head, skip_white, tail};
use crate::text::ending;
use crate::text::marks::Mark;
use crate::text::rules::Rules;
use crate::text::terminators::Kind;
use unicode_segmentation::UnicodeSegmentation as _;

/// The crate looks ahead without end for some marks, so it is given pieces of at most as many bytes.
const MAX_PIECE_BYTES: usize = 4096;

/// Tells `end_before` where each sentence but the first begins. Boundaries inside wrapped lines are left out, and
/// those after an initial or an abbreviation of the project's. Those that fall on white space move behind it.
pub(in crate::text) fn scan(
    text: &str,
    rules: &Rules<'_>,
    wrapped_at: Option<usize>,
    end_before: &mut dyn FnMut(usize),
) {
    let mut start = skip_white(text, 0);
    let mut next = start;
    let mut at = 0;
    while at < text.len() {
        let piece = head(tail(text, at), MAX_PIECE_BYTES);
        let mut last_bound = 0;
        for (bound, _) in piece.split_sentence_bound_indices().skip(1) {
            last_bound = bound;
            // White space has many boundaries, and is passed over once.
            if at + bound < next {
                continue;
            }
            next = skip_white(text, at + bound);
            if next > start && next < text.len() && is_end(text, start, next, rules, wrapped_at) {
                end_before(next);
                start = next;
            }
        }
        // The sentence that the piece cut begins the next piece; one longer than a piece goes on there.
        let is_rest = at + piece.len() == text.len() || last_bound == 0;
        at += if is_rest { piece.len() } else { last_bound };
    }
}

fn is_end(text: &str, start: usize, next: usize, rules: &Rules<'_>, wrapped_at: Option<usize>) -> bool {
    let sentence = between(text, start, next).trim_end();
    let words_end = start + sentence.len();
    let Some(feed) = between(text, words_end, next).find('\n') else {
        return !ending::ends_with_abbreviation(sentence, rules);
    };
    let dots = words_end + feed..words_end + feed + 1;
    let mark = Mark { after: dots.end, dots, kind: Kind::Line, closed: false };
    sentence.ends_with(['.', '!', '?'])
        || ending::is_line_end(&ending::Place { text, start, mark: &mark, next, wrapped_at })
}
