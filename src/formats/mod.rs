//! Bytes in and out: one file a format.

pub mod csv;
pub mod dataset;
pub mod jsonl;
pub mod stamp;
