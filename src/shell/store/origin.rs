//! The version that two others came from, as far as this computer knows it: in backups, and beside journals.

use std::path::Path;

use crate::analysis::merge::ancestry;
use crate::model::ids::Stamp;
use crate::model::project::Project;
use crate::session::screens::merging::{Base, BaseFrom};
use crate::session::version::{Version, VersionKind};
use crate::shell::backups;
use crate::shell::files;
use crate::shell::folders::Folders;
use crate::shell::store::journals::{self, JOURNAL};
use crate::shell::store::left::is_in_use;
use crate::shell::store::versions::read;

/// The latest version that both came from. `ours` is open from the file at `path`; `journal` is where theirs was worked on.
///
/// Only one that both certainly have all of is one: which of theirs came from it, nobody wrote down.
pub fn origin(
    path: &Path,
    (ours, theirs): (&Project, &Project),
    journal: Option<&Version>,
    folders: &Folders,
) -> Option<Base> {
    let folder = folders.place_of(ours.id().as_str());
    let target = files::resolve(path).ok()?;
    // Of one side it is certain that it came from this; of the other it has to be seen.
    let is_seen = |other: &Project, base: &Project, at: Option<Stamp>| {
        let parted_later = || at.is_some_and(|at| ancestry::parted_after(ours, theirs, at));
        ancestry::has_all_of(other, base) && (ancestry::is_worded_alike(base, other) || parted_later())
    };
    if let Some(version) = journal.filter(|version| version.kind != VersionKind::Backup) {
        // Theirs is that file with what was done to it.
        let base = base_beside(&version.path, ours, |base, at| is_seen(ours, base, at));
        if base.is_some() {
            return base;
        }
    }
    let found = journals::all_in(&folder, JOURNAL).unwrap_or_default();
    // Ours is what this program read or saved last, with what was done to it.
    let own = found.iter().filter(|found| found.is_at(&target) && is_in_use(&found.path));
    let mut own = own.map(|found| base_beside(&found.path, ours, |base, at| is_seen(theirs, base, at)));
    if let Some(base) = own.find_map(|base| base) {
        return Some(base);
    }
    for backup in backups::list(&folder, &target).unwrap_or_default() {
        let Ok(project) = read(&backup.path) else { continue };
        let at = Some(Stamp(backup.time));
        if ancestry::has_all_of(ours, &project) && is_seen(theirs, &project, at) {
            return Some(Base { project, at, from: BaseFrom::Backups });
        }
    }
    None
}

/// The file that a journal began with, if it is a base.
fn base_beside(
    journal: &Path,
    ours: &Project,
    is_base: impl Fn(&Project, Option<Stamp>) -> bool,
) -> Option<Base> {
    let path = journals::base_of(journal);
    let project = read(&path).ok()?;
    let at = files::stamp(&path).ok().map(|stamp| Stamp(stamp.secs()));
    (project.id() == ours.id() && is_base(&project, at)).then_some(Base {
        project,
        at,
        from: BaseFrom::Journal,
    })
}
