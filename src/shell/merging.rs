//! A copy of the open project, read as it is, and the two as one.

use std::path::Path;
use std::sync::Arc;

use crate::analysis::merge::{self, Merged};
use crate::model::becoming::becoming;
use crate::model::ids::Stamp;
use crate::model::project::Project;
use crate::session::screens::merging::{Copy, Planned, Source, ToMerge};
use crate::shell::files;
use crate::shell::folders::Folders;
use crate::shell::reading;
use crate::shell::store;

/// Reads the copy, finds what both came from, and merges; `of` is the file that the project is open from.
pub fn merge(project: &Project, of: &Path, copy: ToMerge, folders: &Folders) -> Result<Planned, String> {
    let copy = match copy {
        ToMerge::New(source) => Arc::new(read(project, of, source, folders)?),
        ToMerge::Again(copy) => copy,
    };
    let base = copy.base.as_ref().map(|base| &base.project);
    let merged: Merged = merge::merge(base, project, &copy.project).map_err(|error| error.to_string())?;
    let action = becoming(project, &merged.project);
    Ok(Planned { copy: Some(copy), merged, action })
}

fn read(project: &Project, of: &Path, source: Source, folders: &Folders) -> Result<Copy, String> {
    let (theirs, at, hash, journal) = match &source {
        Source::File(path) | Source::OnDisk(path) => {
            let theirs = reading::as_it_is(path).map_err(|error| error.to_string())?;
            let whole = theirs.whole(path).map_err(|why| why.to_string())?;
            let at = files::stamp(path).ok().map(|stamp| Stamp(stamp.secs()));
            (whole.project, at, whole.hash, None)
        }
        Source::Version(version) => {
            let (theirs, restored) = store::read_version(version).map_err(|error| error.to_string())?;
            if restored.n_refused > 0 {
                return Err(format!(
                    "{} of its changes cannot be taken up\0hint: open it as a copy and look at it",
                    restored.n_refused
                ));
            }
            (theirs, Some(version.at), String::new(), Some(version))
        }
    };
    let base = if theirs.id() == project.id() {
        store::origin(of, (project, &theirs), journal, folders)
    } else {
        None
    };
    Ok(Copy { at, hash, project: theirs, base, source })
}
