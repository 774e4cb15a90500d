//! A dataset as the window asks for it.

use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use crate::formats;
use crate::formats::datasets::asked::outlet;
use crate::formats::datasets::counts;
use crate::formats::datasets::rows::Going;
use crate::model::project::Project;
use crate::session::exports::{Mark, Replaces, ToExport, Written};
use crate::session::job::ExportTrouble;
use crate::session::watch::Watch;
use crate::shell::export::{self, To};
use crate::shell::file_error::FileError;
use crate::shell::places;

/// Writes what is asked for of the project in the file `of`.
pub fn write(
    project: &Project,
    of: &Path,
    to: &ToExport,
    replaces: Replaces,
    watch: &Watch,
) -> Result<Written, ExportTrouble> {
    let failed = |why: String| ExportTrouble::Failed(why);
    let format = formats::by_id(to.format).ok_or_else(|| failed(format!("no format `{}`", to.format)))?;
    let outlet = outlet(format).map_err(failed)?;
    let is_there = places::exists(&to.path) && !export::is_stream(&to.path);
    let may_replace = match replaces {
        Replaces::Nothing => false,
        Replaces::Own(mark) => mark_of(&to.path) == mark,
        Replaces::Asked => true,
    };
    if is_there && !may_replace {
        return Err(ExportTrouble::IsThere);
    }
    let what = to.asked.what(project, format).map_err(failed)?;
    let at = To { path: &to.path, source: of, replaces: is_there };
    let going = Going::new(project, &what);
    let exported = export::watched(&going, &outlet, at, watch).map_err(|error| match error {
        _ if watch.stops() => ExportTrouble::Stopped,
        FileError::Exists(_) => ExportTrouble::IsThere,
        error => ExportTrouble::Failed(error.to_string()),
    })?;
    let counts = &exported.counts;
    Ok(Written {
        said: counts.said(project, &what),
        n_verified: exported.n_verified.map(counts::grouped),
        left_out: counts.left_out(),
        not_held: counts.not_held(format),
        mark: mark_of(&to.path),
    })
}

/// The mark of a dataset; that of nothing where it cannot be looked at.
fn mark_of(path: &Path) -> Mark {
    let mut mark = Mark::default();
    let mut left = vec![path.to_owned()];
    while let Some(path) = left.pop() {
        let Ok(found) = fs::metadata(&path) else { continue };
        if found.is_dir() {
            let entries = fs::read_dir(&path).into_iter().flatten().flatten();
            left.extend(entries.map(|entry| entry.path()));
            continue;
        }
        let changed = found.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
        let changed_ns = changed.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or_default();
        mark.n_files += 1;
        mark.n_bytes += found.len();
        mark.changed_ns = mark.changed_ns.max(changed_ns);
    }
    mark
}
