//! Opening project files in tests.
#![allow(dead_code, reason = "each test takes what it needs")]
#![allow(clippy::panic, reason = "a test may fall")]

use allegata::formats::project::{self, Loaded};
use allegata::model::audit::audit;

pub const GOLDEN: &str = include_str!("../cases/project/format-1.ron");
pub const NEWER: &str = include_str!("../cases/project/newer-format.ron");

pub fn open(text: &str) -> Loaded {
    project::read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// Opens a file that is sound.
pub fn sound(text: &str) -> Loaded {
    let loaded = open(text);
    assert_eq!(loaded.mends, []);
    loaded
}

/// Opens a file, saves it and opens it again: the second time there is nothing to mend.
pub fn mended(text: &str) -> (Vec<String>, String) {
    let first = open(text);
    assert_eq!(audit(&first.project), []);
    let written = project::write(&first.project);
    let second = open(&written);
    assert_eq!(second.mends, [], "{written}");
    assert_eq!(second.project.conflicts(), first.project.conflicts());
    assert!(second.project == first.project);
    assert_eq!(project::write(&second.project), written);
    (first.mends.iter().map(ToString::to_string).collect(), written)
}
