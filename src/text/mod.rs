//! Plain strings: sentences, folding, finding, offsets. Knows nothing of articles.

mod ending;
pub mod find;
pub mod fold;
mod guess;
pub mod items;
pub mod language;
mod marks;
pub mod offsets;
pub mod segment;
mod uax29;
pub mod wrapping;
