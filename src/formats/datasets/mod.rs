//! Labelled datasets: what goes out, a row a sentence, and tables of answers that come in.

pub mod csv;
pub mod decisions_plan;
pub mod incoming;
pub mod jsonl;
pub mod labels_plan;
pub mod labels_table;
mod lines;
pub mod rows;
