//! Bytes in and out: one file a format.

pub mod articles;
pub mod blocks;
pub mod csv;
pub mod dataset;
pub mod decode;
pub mod front_matter;
pub mod journal;
pub mod json;
pub mod jsonl;
pub mod kinds;
pub mod labels_plan;
pub mod labels_table;
pub mod markdown;
pub mod plain;
pub mod show;
pub mod stamp;
