//! Bytes in and out: one file a format.

pub mod csv;
pub mod dataset;
pub mod journal;
pub mod json;
pub mod jsonl;
pub mod labels_plan;
pub mod labels_table;
pub mod show;
pub mod stamp;
