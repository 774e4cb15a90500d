//! Bytes in and out, one file a format.

pub mod project;
