//! Bytes in and out, one file a format.

pub mod articles;
pub mod blocks;
pub mod decode;
pub mod front_matter;
pub mod kinds;
pub mod markdown;
pub mod plain;
