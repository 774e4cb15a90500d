//! Bytes in and out, one file a format.

pub mod journal;
pub mod project;
