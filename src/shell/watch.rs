//! Notices that somebody else touched a file, by watching its folder: a watch on the file ends at the first rename.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::shell::file_error::FileError;
use crate::shell::files;

/// Watches while it lives.
#[derive(Debug)]
pub struct Watch {
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Calls `touched` on a thread of its own whenever the file may have changed, also many times for one change,
    /// also for our own saves: compare stamps.
    ///
    /// An error is worth a warning only; look at the file again when the window gets the focus.
    pub fn start(path: &Path, touched: impl Fn() + Send + 'static) -> Result<Self, FileError> {
        let target = files::resolve(path)?;
        let failed = |source| FileError::NotWatched { path: target.clone(), source };
        let folder = files::folder_of(&target).unwrap_or(Path::new(".")).to_path_buf();
        let name = target.file_name().unwrap_or_default().to_os_string();
        let ours = (folder.clone(), name);
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| match event {
            Ok(event) if concerns(&event, &ours) => touched(),
            Ok(_) => {}
            Err(error) => {
                tracing::warn!("watching `{}`: {error}", ours.0.display());
                touched(); // something may have been missed
            }
        })
        .map_err(failed)?;
        watcher.watch(&folder, RecursiveMode::NonRecursive).map_err(failed)?;
        Ok(Self { _watcher: watcher })
    }
}

fn concerns(event: &Event, (folder, name): &(PathBuf, OsString)) -> bool {
    let is_change = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false, // else our own looking would call us again, for ever
        _ => true,
    };
    let is_ours = |path: &PathBuf| path.file_name() == Some(name) || path == folder;
    event.need_rescan() || is_change && event.paths.iter().any(is_ours)
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, DataChange, Flag, ModifyKind, RemoveKind, RenameMode};

    use super::*;

    #[test]
    fn only_changes_of_our_file_count() {
        let watched = (PathBuf::from("/d"), OsString::from("a.ron"));
        let check = |kind: EventKind, paths: &[&str], want: bool| {
            let event = paths.iter().fold(Event::new(kind), |event, path| event.add_path(path.into()));
            assert_eq!(concerns(&event, &watched), want, "{event:?}");
        };
        let data = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        check(data, &["/d/a.ron"], true);
        check(data, &["/d/b.ron"], false);
        check(data, &["/d/.a.ron.allegata-new"], false);
        check(
            EventKind::Modify(ModifyKind::Name(RenameMode::Both)),
            &["/d/.a.ron.allegata-new", "/d/a.ron"],
            true,
        );
        check(EventKind::Create(CreateKind::File), &["/d/a.ron"], true);
        check(EventKind::Remove(RemoveKind::File), &["/d/a.ron"], true);
        check(EventKind::Remove(RemoveKind::Folder), &["/d"], true);
        check(EventKind::Access(AccessKind::Open(AccessMode::Any)), &["/d/a.ron"], false);
        check(EventKind::Access(AccessKind::Close(AccessMode::Read)), &["/d/a.ron"], false);
        check(EventKind::Access(AccessKind::Close(AccessMode::Write)), &["/d/a.ron"], true);
        check(EventKind::Any, &["/d/a.ron"], true);
        let overflow = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert!(concerns(&overflow, &watched));
    }

    #[test]
    fn a_save_is_noticed() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.ron");
        std::fs::write(&path, "1").unwrap();
        let (tell, told) = std::sync::mpsc::channel();
        let _watch = Watch::start(&path, move || tell.send(()).unwrap_or_default()).unwrap();
        files::save(&path, b"2").unwrap();
        told.recv_timeout(std::time::Duration::from_secs(10)).unwrap();
        assert!(Watch::start(&dir.path().join("gone/a.ron"), || ()).is_err());
    }
}
