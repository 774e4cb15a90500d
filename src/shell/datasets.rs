//! The files of a dataset that comes in.

use crate::formats::datasets::incoming::File;
use crate::shell::file_error::FileError;
use crate::shell::files::{self, MAX_FILE_BYTES};
use std::fs;
use std::path::Path;

/// What a folder of a dataset has: texts and annotations beside each other, Parquet below `data`.
const ENDINGS: [&str; 3] = ["txt", "ann", "parquet"];
const BELOW: &str = "data";

/// A file, or the `.txt`, `.ann` and `.parquet` files of a folder and of `data` in it, in the order of their names; and whether
/// it is a folder.
///
/// What is too large, one file or all together, is refused before it is read.
pub fn read(path: &Path) -> Result<(Vec<File>, bool), FileError> {
    if !path.is_dir() {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        return Ok((vec![File { name, bytes: files::read(path, MAX_FILE_BYTES)? }], false));
    }
    let listed = |folder: &Path| -> std::io::Result<Vec<_>> {
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect()
    };
    let mut paths = listed(path).map_err(|error| FileError::reading(path, "listing", error))?;
    let below = path.join(BELOW);
    if below.is_dir() {
        paths.extend(listed(&below).map_err(|error| FileError::reading(&below, "listing", error))?);
    }
    paths.retain(|path| path.extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known)));
    paths.sort();
    let (mut found, mut left) = (Vec::with_capacity(paths.len()), MAX_FILE_BYTES);
    for path in paths {
        let bytes = files::read(&path, left)?;
        left = left.saturating_sub(bytes.len() as u64);
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        found.push(File { name, bytes });
    }
    Ok((found, true))
}
