//! Saving: never over what somebody else wrote, and so that a crash at any moment loses nothing.

use std::path::{Path, PathBuf};

use crate::formats::project;
use crate::formats::project::journal::{Entry, Saved};
use crate::model::ids::Stamp;
use crate::model::project::Project;
use crate::session::job::Outside;
use crate::shell::backups::{self, Source};
use crate::shell::clock;
use crate::shell::disk;
use crate::shell::file_error::FileError;
use crate::shell::files;
use crate::shell::lock::Lock;
use crate::shell::replace::{self, Expected};
use crate::shell::store::live::Live;
use crate::shell::store::store_error::StoreError;
use crate::shell::store::{Store, Tried, from_root, journals};

impl Store {
    /// Whether the file is still the one that was read or saved last.
    pub fn outside(&mut self) -> Outside {
        let looked = files::stamp(&self.target).and_then(|stamp| {
            let is_same = stamp == self.stamp;
            let hash = if is_same { self.hash.clone() } else { files::hash_of_file(&self.target)? };
            Ok((stamp, hash))
        });
        match looked {
            Ok((_, hash)) if hash == self.hash => Outside::Same,
            Ok((stamp, hash)) => match self.tried.take_if(|tried| tried.hash == hash) {
                Some(tried) => {
                    // A save of ours that broke off has come to its place all the same.
                    self.stamp = stamp;
                    self.take_as_saved(tried);
                    Outside::Same
                }
                None => Outside::Changed,
            },
            Err(FileError::Missing(_)) => Outside::Gone,
            Err(error) => Outside::Unseen(error.to_string()),
        }
    }

    /// What another program put into the file is in the project by now, which a save may put there. Where the file has changed
    /// once more since, it is another's version as before.
    pub fn take_up(&mut self, hash: &str, project: Project) -> Result<(), StoreError> {
        let stamp = files::stamp(&self.target)?;
        if files::hash_of_file(&self.target)? == hash {
            (self.stamp, self.base) = (stamp, project);
            hash.clone_into(&mut self.hash);
            // Kept before it is replaced for the first time.
            self.backup = None;
        }
        Ok(())
    }

    /// Puts the project, which has the actions up to `upto`, into its file. A file that is gone comes back.
    ///
    /// What the journal has beyond `upto` stays there.
    pub fn save(&mut self, project: &Project, upto: u64) -> Result<Stamp, StoreError> {
        self.may_write()?;
        self.keep_lock()?;
        let outside = self.outside();
        match &outside {
            Outside::Same | Outside::Gone => {}
            Outside::Changed => return Err(StoreError::ChangedOutside(self.path.clone())),
            Outside::Unseen(why) => return Err(StoreError::Unseen(why.clone())),
        }
        let text = text_of(&self.path, project)?;
        let hash = files::hash_of(text.as_bytes());
        if outside == Outside::Same && self.backup.is_none() {
            self.back_up_found();
        }
        if let Err(error) = self.keep_journal() {
            tracing::warn!("{error}"); // the file will hold all
        }
        self.say_saved(&hash, upto)?;
        if outside == Outside::Gone || hash != self.hash {
            let expected =
                if outside == Outside::Gone { Expected::Nothing } else { Expected::Hash(&self.hash) };
            let mut keep = |found: &Path| keep_found(&self.folder, &self.target, found).map(drop);
            let saved = replace::save(&self.target, text.as_bytes(), expected, &mut keep);
            let tried = Tried { hash, project: project.clone(), upto };
            match saved {
                Ok(saved) => {
                    self.stamp = saved.stamp;
                    self.take_as_saved(tried);
                    self.backup = self.back_up(Source::Bytes(text.as_bytes()), clock::now_secs());
                }
                Err(error) => {
                    self.tried = Some(tried);
                    return Err(self.or_changed(error));
                }
            }
        }
        self.settle(upto);
        Ok(self.saved_at())
    }

    /// Puts the project in another place, where it is from now on. What lies there is replaced, once it is kept as a backup.
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
        let replaced = if target.exists() { Some(self.kept_before(&target)?) } else { None };
        let expected = replaced.as_deref().map_or(Expected::Nothing, Expected::Hash);
        let mut keep = |found: &Path| keep_found(&self.folder, &target, found).map(drop);
        let stamp = replace::save(&target, text.as_bytes(), expected, &mut keep)?.stamp;
        let mut next = Self {
            path,
            is_untitled: false,
            lock: Some(lock),
            read_only: String::new(),
            base: project.clone(),
            hash: files::hash_of(text.as_bytes()),
            stamp,
            tried: None,
            live: None,
            last_n: self.last_n.max(upto),
            saved_n: upto,
            backup: None,
            target,
            state: self.state.clone(),
            folder: self.folder.clone(),
        };
        next.backup = next.back_up(Source::Bytes(text.as_bytes()), clock::now_secs());
        let unsaved = self.live.as_ref().map(Live::unsaved).unwrap_or_default();
        let rest: Vec<Entry> = unsaved.iter().filter(|entry| entry.n > upto).cloned().collect();
        let drafts = self.live.as_ref().map(Live::drafts).unwrap_or_default();
        if !rest.is_empty() || !drafts.is_empty() {
            next.live = Some(next.begin_journal(&rest, drafts)?);
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
        files::write_private(to, text.as_bytes())?;
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
        let is_spent = |live: &&Live| live.last_n() <= saved_n;
        // No file has the notes that are being written: they are in the new journal before the old one goes.
        let drafts = self.live.as_ref().filter(is_spent).map(Live::drafts).unwrap_or_default();
        let anew = (!drafts.is_empty()).then(|| self.begin_journal(&[], drafts));
        let fails = matches!(anew, Some(Err(_)));
        if let Some(live) = self.live.take_if(|live| !fails && live.last_n() <= saved_n) {
            self.live = anew.and_then(Result::ok);
            live.remove();
            if let Err(error) = self.prepare() {
                tracing::warn!("{error}"); // `append` tries again, and says it
            }
        } else if let Some(live) = &mut self.live {
            live.forget(saved_n);
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

    /// The file is now the one that was tried to be saved.
    fn take_as_saved(&mut self, tried: Tried) {
        self.hash = tried.hash;
        self.base = tried.project;
        self.saved_n = self.saved_n.max(tried.upto);
        self.backup = None;
    }

    /// A backup of the file as it was found, made before this program replaces it for the first time.
    fn back_up_found(&mut self) {
        let time = self.saved_at().0.min(clock::now_secs());
        let found = self.back_up(Source::File(&self.target), time);
        // Somebody may have written it while it was copied: then it is another's version.
        let is_still = || files::stamp(&self.target).is_ok_and(|stamp| stamp == self.stamp);
        let is_ours =
            |path: &PathBuf| is_still() || files::hash_of_file(path).is_ok_and(|hash| hash == self.hash);
        self.backup = found.filter(is_ours);
    }

    /// Keeps the file's place beside its backups.
    pub(super) fn name_place(&self) {
        if let Err(error) = backups::name_place(&self.folder, &self.target) {
            tracing::warn!("the place of the file is not kept beside its backups: {error}");
        }
    }

    /// The newest backup, which has that content; a save does not fail for want of one.
    fn back_up(&self, source: Source<'_>, time: i64) -> Option<PathBuf> {
        let newest = || backups::list(&self.folder, &self.target).map(|list| list.into_iter().next());
        let made = backups::add(&self.folder, &self.target, source, time).and_then(|made| match made {
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

    /// Keeps what lies in another place before it is replaced there; its hash.
    fn kept_before(&self, target: &Path) -> Result<String, StoreError> {
        let written = files::stamp(target)?.secs().min(clock::now_secs());
        let made = backups::add(&self.folder, target, Source::File(target), written)?;
        let kept = match made {
            Some(backup) => Some(backup),
            None => backups::list(&self.folder, target)?.into_iter().next(),
        };
        Ok(files::hash_of_file(&kept.map_or_else(|| target.to_path_buf(), |backup| backup.path))?)
    }

    /// Where the file is no longer what it was, that is all there is to say.
    fn or_changed(&self, error: FileError) -> StoreError {
        match error {
            FileError::Changed(_) | FileError::Exists(_) => StoreError::ChangedOutside(self.path.clone()),
            other => other.into(),
        }
    }
}

/// Makes a version of a file that came between, for the project file at `target`; whether it was none yet.
pub(super) fn keep_found(folder: &Path, target: &Path, found: &Path) -> Result<bool, FileError> {
    Ok(backups::add_found(folder, target, found)?.is_some())
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
    disk::link(from, &aside)?;
    disk::rename(&aside, to)?;
    journals::remove(&aside); // a rename onto another name of the same file does nothing
    Ok(())
}
