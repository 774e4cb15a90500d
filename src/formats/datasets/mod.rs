//! Labelled datasets: what goes out, a row a sentence or an article with places, and tables of answers that come in.

mod articles_table;
pub mod asked;
pub mod brat;
pub mod check;
pub mod counts;
pub mod csv;
pub mod decisions_plan;
pub mod doccano;
pub mod incoming;
pub mod jsonl;
pub mod labels_plan;
pub mod labels_table;
pub mod labelstudio;
mod lines;
pub mod outlet;
mod pages;
pub mod preview;
pub mod prodigy;
pub mod rows;
pub mod spacy;
pub mod what;
