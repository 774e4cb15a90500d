//! Plain strings: sentences, folding, finding, offsets. Knows nothing of articles.

mod cut;
mod ending;
pub mod find;
pub mod fold;
mod guess;
pub mod items;
pub mod language;
mod marks;
pub mod offsets;
pub mod rules;
pub mod segment;
mod terminators;
mod uax29;
pub mod wrapping;
