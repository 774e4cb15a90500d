//! The fingerprint of a text.

use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// SHA-256 of a text's bytes, in lower-case hex.
pub(in crate::formats) fn sha256(text: &str) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        write!(hex, "{byte:02x}").unwrap_or_default(); // a String takes everything
    }
    hex
}
