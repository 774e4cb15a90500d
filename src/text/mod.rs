//! Plain strings: sentences, folding, finding, offsets. Knows nothing of articles.

pub mod abbreviations;
pub mod find;
pub mod fold;
pub mod offsets;
pub mod segment;
