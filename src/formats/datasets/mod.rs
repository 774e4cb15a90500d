//! Labelled datasets: what goes out, a row a sentence or an article with places, and tables of answers that come in.

mod articles_table;
pub mod asked;
pub mod brat;
pub mod check;
pub mod counts;
pub mod csv;
pub mod decisions_plan;
pub mod doccano;
#[cfg(feature = "parquet")]
pub mod hf;
pub mod incoming;
pub mod jsonl;
pub mod labels_plan;
pub mod labels_table;
pub mod labelstudio;
mod lines;
pub mod outlet;
mod pages;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod parting;
pub mod preview;
pub mod prodigy;
pub mod rows;
mod scan;
mod sheets;
pub mod spacy;
pub mod what;
pub mod xlsx;
