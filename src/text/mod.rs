//! Plain strings: sentences, folding, finding, offsets. Knows nothing of articles.

mod ahead;
mod before;
mod cut;
pub mod dates;
mod ending;
pub mod find;
pub mod fold;
mod guess;
pub mod invisible;
pub mod items;
pub mod language;
pub mod looking;
mod marks;
pub mod message;
mod notes;
pub mod numbers;
pub mod offsets;
pub mod query;
pub mod rules;
pub mod segment;
pub mod shelf;
mod small_words;
mod terminators;
mod uax29;
pub mod units;
pub mod words;
pub mod wrapping;
