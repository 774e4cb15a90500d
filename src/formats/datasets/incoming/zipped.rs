//! A zip as doccano gives it out: the lines of all in one file, or a file a member of the project. It is read member by member, and
//! nothing of it reaches a disk.

use crate::formats::datasets::incoming::{File, Unreadable};
use std::io::{Cursor, Read as _};

/// The most files in a zip, and the most bytes of all of them together as they are without it.
const MAX_FILES: usize = 4096;
pub(super) const MAX_BYTES: u64 = 256 << 20;

/// Whether bytes are a zip.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Calls `take` with each file of JSON lines in a zip, under its name without folders and ending. Everything in it is known by its
/// name before anything is read.
pub(super) fn each(
    bytes: &[u8],
    mut take: impl FnMut(&str, File) -> Result<(), Unreadable>,
) -> Result<(), Unreadable> {
    let broken = |error: &dyn std::fmt::Display| Unreadable::Zip(format!("it is broken, {error}"));
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    if archive.len() > MAX_FILES {
        let why = format!("{} files are in it, and {MAX_FILES} are the most", archive.len());
        return Err(Unreadable::Zip(why));
    }
    let mut wanted = Vec::new();
    for idx in 0..archive.len() {
        let member = archive.by_index_raw(idx).map_err(|error| broken(&error))?;
        let name = member.name().map_err(|error| broken(&error))?.into_owned();
        let shown: String = name.chars().filter(|c| !c.is_control() && *c != '`').take(60).collect();
        let refused = |why: &str| Err(Unreadable::Zip(format!("{why}: `{shown}`")));
        if member.is_dir() {
            continue;
        }
        let lower = name.to_lowercase();
        let ends = |endings: &[&str]| endings.iter().any(|ending| lower.ends_with(ending));
        if member.enclosed_name().is_none()
            || name.starts_with('/')
            || name.contains(['\\', '\0'])
            || member.is_symlink()
        {
            return refused("a name in it leads out of it");
        }
        if member.encrypted() {
            return refused("a file in it has a password");
        }
        if ends(&[".zip", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".zst"]) {
            return refused("an archive is in it");
        }
        // What an Apple puts beside every file is none of doccano's.
        let is_hidden = name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
        if ends(&[".jsonl", ".json"]) && !is_hidden {
            wanted.push((idx, name));
        }
    }
    if wanted.is_empty() {
        return Err(Unreadable::Zip("no `.jsonl` file is in it".to_owned()));
    }
    let mut left = MAX_BYTES;
    for (idx, name) in wanted {
        let member = archive.by_index(idx).map_err(|error| broken(&error))?;
        let mut bytes = Vec::new();
        // What it says of its length is only what it says.
        let n = member.take(left + 1).read_to_end(&mut bytes).map_err(|error| broken(&error))?;
        left = left
            .checked_sub(n as u64)
            .ok_or_else(|| Unreadable::Zip(format!("more than {} MiB are in it", MAX_BYTES >> 20)))?;
        if is_zip(&bytes) {
            return Err(Unreadable::Zip(format!("an archive is in it: `{}`", name.replace('`', "'"))));
        }
        let file = name.rsplit('/').next().unwrap_or(&name);
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_owned();
        take(&stem, File { name, bytes })?;
    }
    Ok(())
}
