//! The version that two others came from, as far as this computer knows it: in backups, and beside journals.

use std::path::Path;

use crate::analysis::merge::ancestry::has_all_of;
use crate::model::ids::Stamp;
use crate::model::project::Project;
use crate::session::job::{Version, VersionKind};
use crate::session::screens::merging::{Base, BaseFrom};
use crate::shell::backups;
use crate::shell::files;
use crate::shell::folders::Folders;
use crate::shell::store::journals::{self, Found, JOURNAL};
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
    if let Some(version) = journal.filter(|version| version.kind != VersionKind::Backup) {
        // Theirs is that file with what was done to it.
        let base = base_beside(&version.path, ours, |base| has_all_of(ours, base));
        if base.is_some() {
            return base;
        }
    }
    let found = journals::all_in(&folder, JOURNAL).unwrap_or_default();
    let (own, others): (Vec<Found>, Vec<Found>) =
        found.into_iter().partition(|found| found.is_at(&target) && is_in_use(&found.path));
    // Ours is what this program read or saved last, with what was done to it.
    for found in &own {
        let base = base_beside(&found.path, ours, |base| has_all_of(theirs, base));
        if base.is_some() {
            return base;
        }
    }
    let is_both = |base: &Project| has_all_of(ours, base) && has_all_of(theirs, base);
    for backup in backups::list(&folder, &target).unwrap_or_default() {
        let Ok(project) = read(&backup.path) else { continue };
        if is_both(&project) {
            return Some(Base { project, at: Some(Stamp(backup.time)), from: BaseFrom::Backups });
        }
    }
    others.iter().rev().find_map(|found| base_beside(&found.path, ours, |base| is_both(base)))
}

/// The file that a journal began with, if it is a base.
fn base_beside(journal: &Path, ours: &Project, is_base: impl Fn(&Project) -> bool) -> Option<Base> {
    let path = journals::base_of(journal);
    let project = read(&path).ok()?;
    let at = files::stamp(&path).ok().map(|stamp| Stamp(stamp.secs()));
    (project.id() == ours.id() && is_base(&project)).then_some(Base { project, at, from: BaseFrom::Journal })
}
