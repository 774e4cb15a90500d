//! Figures of a project: counts, and which articles a list shows.

pub mod count;
pub mod division;
pub mod filter;
