//! Saving: never over what somebody else wrote, and so that a crash at any moment loses nothing.

use std::fs;
use std::path::{Path, PathBuf};

use crate::formats::journal::Saved;
use crate::formats::project;
use crate::model::ids::Stamp;
use crate::model::project::Project;
use crate::session::job::Outside;
use crate::shell::backups;
use crate::shell::clock;
use crate::shell::file_error::FileError;
use crate::shell::files;
use crate::shell::lock::Lock;
use crate::shell::store::live::{Beginning, Live};
use crate::shell::store::store_error::StoreError;
use crate::shell::store::{NAMED, Store, from_root, journals};

impl Store {
    /// Whether the file is still the one that was read or saved last.
    pub fn outside(&self) -> Outside {
        let Ok(stamp) = files::stamp(&self.target) else { return Outside::Gone };
        if stamp == self.stamp {
            return Outside::Same;
        }
        match files::hash_of_file(&self.target) {
            Ok(hash) if hash == self.hash => Outside::Same,
            Ok(_) => Outside::Changed,
            Err(_) => Outside::Gone,
        }
    }

    /// Puts the project, which has the actions up to `upto`, into its file. A file that is gone comes back.
    ///
    /// What the journal has beyond `upto` stays there.
    pub fn save(&mut self, project: &Project, upto: u64) -> Result<Stamp, StoreError> {
        self.may_write()?;
        self.keep_lock()?;
        let outside = self.outside();
        if outside == Outside::Changed {
            return Err(StoreError::ChangedOutside(self.path.clone()));
        }
        let text = text_of(&self.path, project)?;
        let hash = files::hash_of(text.as_bytes());
        if outside == Outside::Same && self.backup.is_none() {
            self.back_up_found();
        }
        self.say_saved(&hash, upto)?;
        if outside == Outside::Gone || hash != self.hash {
            self.stamp = files::save(&self.target, text.as_bytes())?.stamp;
            self.hash = hash;
            self.base = project.clone();
            self.backup = self.back_up(clock::now_secs());
        }
        self.settle(upto);
        Ok(self.saved_at())
    }

    /// Puts the project in another place, where it is from now on. What lies there is replaced, and kept as a backup.
    ///
    /// The untitled file that it comes from, and the journal, are removed when the new file is on the disk.
    pub fn save_as(&mut self, path: &Path, project: &Project, upto: u64) -> Result<Stamp, StoreError> {
        let path = from_root(path)?;
        let target = files::resolve(&path)?;
        if target == self.target {
            return self.save(project, upto);
        }
        let lock = Lock::take(&target, &self.state)?;
        let text = text_of(&path, project)?;
        if target.exists()
            && let Err(error) = backups::add(&self.folder, &target, clock::now_secs())
        {
            tracing::warn!("no backup of what is replaced: {error}");
        }
        let stamp = files::save(&target, text.as_bytes())?.stamp;
        let mut next = Self {
            path,
            is_untitled: false,
            lock: Some(lock),
            read_only: String::new(),
            base: project.clone(),
            hash: files::hash_of(text.as_bytes()),
            stamp,
            live: None,
            last_n: self.last_n.max(upto),
            saved_n: upto,
            backup: None,
            target,
            state: self.state.clone(),
            folder: self.folder.clone(),
        };
        next.backup = next.back_up(clock::now_secs());
        let rest = self.live.as_ref().map_or(Ok(Vec::new()), |live| live.after(upto))?;
        if !rest.is_empty() {
            let beginning = Beginning {
                folder: &next.folder,
                id: next.base.id(),
                target: &next.target,
                hash: &next.hash,
                saved_n: upto,
                entries: &rest,
            };
            let live = Live::create(&beginning, |to| next.put_base(to))?;
            next.live = Some(live);
        }
        let mut old = std::mem::replace(self, next);
        if let Some(live) = old.live.take() {
            live.remove();
        }
        if old.is_untitled && old.lock.is_some() {
            journals::remove(&old.target);
        }
        Ok(self.saved_at())
    }

    /// Lays a copy of the file at `to`. Where the file has changed since, the project as it was is written there, and what
    /// its hash is, is said.
    pub(super) fn put_base(&self, to: &Path) -> Result<Option<Saved>, StoreError> {
        if let Some(backup) = &self.backup
            && link(backup, to).is_ok()
        {
            return Ok(None); // a backup is never written again, so the two may share their bytes
        }
        let copied = files::copy_base(&self.target, to);
        let same = |stamp: Result<files::Stamp, FileError>| stamp.is_ok_and(|stamp| stamp == self.stamp);
        if copied.is_ok() && (same(files::stamp(&self.target)) || files::hash_of_file(to)? == self.hash) {
            return Ok(None);
        }
        let text = project::write(&self.base);
        files::save(to, text.as_bytes())?;
        Ok(Some(Saved { sha256: files::hash_of(text.as_bytes()), upto: self.saved_n }))
    }

    /// Tells the journal which file will hold the actions up to `upto`.
    fn say_saved(&mut self, hash: &str, upto: u64) -> Result<(), StoreError> {
        let Some(live) = &mut self.live else { return Ok(()) };
        match live.say_saved(Saved { sha256: hash.to_owned(), upto }) {
            // With nothing beyond `upto` the file will hold all, and a drive that is full is a reason to save elsewhere.
            Err(error) if live.last_n() <= upto => tracing::warn!("{error}"),
            said => said?,
        }
        Ok(())
    }

    /// The file holds the actions up to `upto` now: a journal with nothing beyond begins anew.
    fn settle(&mut self, upto: u64) {
        self.saved_n = self.saved_n.max(upto);
        self.last_n = self.last_n.max(upto);
        let saved_n = self.saved_n;
        if let Some(live) = self.live.take_if(|live| live.last_n() <= saved_n) {
            live.remove();
            if let Err(error) = self.prepare() {
                tracing::warn!("{error}"); // `append` tries again, and says it
            }
        } else if let Some(live) = &self.live {
            let base = journals::base_of(live.path());
            if let Err(error) = self.put_base(&base) {
                tracing::warn!("{error}"); // the journal knows the old base as well
            }
        }
    }

    /// The lock is taken again if somebody has removed its side-car by hand.
    fn keep_lock(&mut self) -> Result<(), StoreError> {
        if self.lock.as_ref().is_some_and(|lock| !lock.is_in_place()) {
            // Should it fail, the old one stays: `save` asks again.
            self.lock = Some(Lock::take(&self.target, &self.state)?);
        }
        Ok(())
    }

    /// A backup of the file as it was found, made before this program replaces it for the first time.
    fn back_up_found(&mut self) {
        let newest = backups::list(&self.folder).ok().and_then(|list| list.first().map(|newest| newest.time));
        let written = self.saved_at().0;
        let now = clock::now_secs();
        // Order is age: an old file that came back is the newest generation all the same.
        let time = if newest.is_none_or(|newest| newest < written) { written.min(now) } else { now };
        self.backup = self.back_up(time);
    }

    /// Keeps the file's place beside its backups: it leads to them where nothing is left of the file.
    fn name_file(&self) {
        let (name, place) = (self.folder.join(NAMED), self.target.as_os_str().as_encoded_bytes());
        if std::fs::read(&name).is_ok_and(|kept| kept == place) {
            return;
        }
        if let Err(error) = files::save(&name, place) {
            tracing::warn!("the place of the file is not kept beside its backups: {error}");
        }
    }

    /// The newest backup, which has the file's content; a save does not fail for want of one.
    fn back_up(&self, time: i64) -> Option<PathBuf> {
        self.name_file();
        let newest = || backups::list(&self.folder).map(|list| list.into_iter().next());
        let made = backups::add(&self.folder, &self.target, time).and_then(|made| match made {
            Some(backup) => Ok(Some(backup)),
            None => newest(),
        });
        match made {
            Ok(backup) => backup.map(|backup| backup.path),
            Err(error) => {
                tracing::warn!("no backup: {error}");
                None
            }
        }
    }
}

/// What is written for a project, if a file may be as large.
pub(super) fn text_of(path: &Path, project: &Project) -> Result<String, StoreError> {
    let text = project::write(project);
    if text.len() as u64 > files::MAX_FILE_BYTES {
        return Err(StoreError::FileTooLarge { path: path.into(), len: text.len() });
    }
    Ok(text)
}

/// Gives one of our own files a second name; what had it before loses it only when that is done.
fn link(from: &Path, to: &Path) -> std::io::Result<()> {
    let aside = files::beside(to, "new");
    journals::remove(&aside);
    fs::hard_link(from, &aside)?;
    fs::rename(&aside, to)?;
    journals::remove(&aside); // a rename onto another name of the same file does nothing
    Ok(())
}
