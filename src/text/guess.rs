//! The language of a text of which nothing is said.

use crate::text::language::{self, Language};
use crate::text::marks::head;

/// How much of a text is looked at, in bytes: more than a page changes nothing.
const MAX_LOOK_BYTES: usize = 2048;

/// The language of `text`, as far as there are rules for it. A text too short to tell is taken for English.
pub(in crate::text) fn language(text: &str) -> Option<&'static Language> {
    let guess = whatlang::detect(head(text.trim_start(), MAX_LOOK_BYTES));
    match guess {
        Some(guess) if guess.is_reliable() => language::language(guess.lang().code()),
        Some(guess) if guess.script() != whatlang::Script::Latin => language::language(guess.lang().code()),
        _ => language::english(),
    }
}
