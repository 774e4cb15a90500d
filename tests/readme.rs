//! The README cannot go stale: its tables are those of the program, its picture is of the window.
//!
//! `UPDATE=1 cargo test --test readme` writes them anew.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

#[cfg(feature = "gui")]
#[path = "support/cpu.rs"]
mod cpu;
#[cfg(feature = "gui")]
#[path = "readme/picture.rs"]
mod picture;
#[cfg(feature = "gui")]
#[path = "support/window.rs"]
mod window;

use std::fs;
use std::path::PathBuf;

/// Whether what is compared is to be written anew.
fn updates() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The text of a file of the repository.
fn file(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap()
}
