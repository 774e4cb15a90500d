//! A dataset in parts, each in a file or a folder of its own: all of them, or none.

use crate::formats::datasets::outlet::Outlet;
use crate::formats::datasets::rows::Going;
use crate::shell::disk;
use crate::shell::export::{Exported, To, dataset};
use crate::shell::file_error::FileError;
use crate::shell::files;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// The name of one part: `out.train.jsonl` of `out.jsonl`, and `out.train` of a folder `out`.
pub fn path_of(path: &Path, part: &str, is_folder: bool) -> PathBuf {
    let ending = path.extension().filter(|_| !is_folder);
    let mut name = OsString::from(
        if ending.is_some() { path.file_stem() } else { path.file_name() }.unwrap_or_default(),
    );
    name.push(".");
    name.push(part);
    if let Some(ending) = ending {
        name.push(".");
        name.push(ending);
    }
    path.with_file_name(name)
}

/// Writes the parts one after the other. Where one is there already, or fails, those that are new go again.
pub fn parts(
    goings: &[(PathBuf, Going<'_>)],
    outlet: &Outlet,
    (source, replaces): (&Path, bool),
) -> Result<Vec<Exported>, FileError> {
    let is_there = |path: &Path| fs::symlink_metadata(path).is_ok();
    if let Some((path, _)) = goings.iter().find(|(path, _)| !replaces && is_there(path)) {
        return Err(FileError::Exists(path.clone()));
    }
    let (mut written, mut new) = (Vec::with_capacity(goings.len()), Vec::new());
    for (path, going) in goings {
        let is_new = !is_there(path);
        match dataset(going, outlet, To { path, source, replaces }) {
            Ok(exported) => {
                new.extend(is_new.then(|| (path, exported.beside.clone())));
                written.push(exported);
            }
            Err(error) => {
                for (path, beside) in new {
                    if path.is_dir() {
                        disk::remove_whole_folder(path).unwrap_or_else(|error| {
                            tracing::warn!("cannot remove `{}` again: {error}", path.display());
                        });
                    } else {
                        files::remove_left_over(path);
                    }
                    if let Some(beside) = beside {
                        files::remove_left_over(&beside);
                    }
                }
                return Err(error);
            }
        }
    }
    Ok(written)
}
