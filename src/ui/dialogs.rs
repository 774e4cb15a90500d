//! Stand-in.

use crate::session::job::Question;
use std::path::{Path, PathBuf};

pub fn ask(_: Question, _: Option<&Path>) -> (Vec<PathBuf>, bool) {
    (vec![], true)
}
