//! Figures of a project: counts, which articles a list shows, and what two versions of it come to.

pub mod again;
pub mod agreement;
pub mod aside;
pub mod chance;
pub mod chart;
pub mod collect;
pub mod compare;
pub mod count;
pub mod deal;
pub mod difference;
pub mod division;
pub mod drawing;
pub mod filter;
pub mod gold;
pub mod merge;
pub mod need;
pub mod pseudonyms;
pub mod query;
pub mod taking;
pub mod together;
pub mod units;
