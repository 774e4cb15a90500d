//! Opening: take the lock, read the file, bring back what a crash left in journals.

use std::path::{Path, PathBuf};

use crate::formats::journal::Entry;
use crate::formats::project;
use crate::model::ids::ProjectId;
use crate::model::project::Project;
use crate::shell::file_error::FileError;
use crate::shell::files;
use crate::shell::folders::{self, Folders};
use crate::shell::lock::Lock;
use crate::shell::store::journals::{self, Found, JOURNAL, LEFT, Replay};
use crate::shell::store::live::{Beginning, Live};
use crate::shell::store::save::text_of;
use crate::shell::store::store_error::StoreError;
use crate::shell::store::{Mode, Opened, Store, changes, from_root, when};

/// The folder of untitled projects in the state folder.
pub(super) const UNTITLED: &str = "untitled";

/// How many untitled projects can lie side by side.
const MAX_UNTITLED: usize = 10_000;

/// How often a file is read anew that somebody else is writing just then.
const MAX_READS: usize = 10;

/// A project file as it was read.
#[derive(Debug)]
struct Read {
    project: Project,
    mends: Vec<String>,
    /// That a newer version has to write it, if so.
    newer: Option<String>,
    /// Why it must not be written, if so.
    closed: Option<String>,
    hash: String,
    stamp: files::Stamp,
}

/// The journals that concern a file, by what is to be done with them.
#[derive(Debug, Default)]
struct Sorted {
    /// They began with this file, or it was saved from them; with the last action that it holds.
    fitting: Vec<(Found, u64, Option<Lock>)>,
    warnings: Vec<String>,
}

/// Opens a project file, recovering first. Unless it is opened for reading, this program is the one that may write it,
/// or `Opened::read_only` says why not.
pub fn open(path: &Path, folders: &Folders, mode: Mode) -> Result<Opened, StoreError> {
    let path = from_root(path)?;
    let target = files::resolve(&path)?;
    files::stamp(&target)?; // no lock beside a file that is not there
    let taken = match mode {
        Mode::Read => Ok(None),
        Mode::Write => Lock::take(&target, &folders.state).map(Some),
    };
    let read = read(&target)?;
    let is_held = matches!(&taken, Err(FileError::Held { .. }));
    let lock = match (taken, &read.closed) {
        (Ok(None), _) => Err("opened for reading".to_owned()),
        (Ok(Some(_)), Some(why)) => Err(why.clone()),
        (Ok(Some(lock)), None) => Ok(lock),
        (Err(error), _) => Err(not_ours(&error)),
    };
    // Who reads only is told too: what is shown may not be all that the file says.
    let mut warnings: Vec<String> = read.newer.iter().filter(|_| mode == Mode::Read).cloned().collect();
    if lock.as_ref().is_ok_and(Lock::guards_this_computer_only) {
        warnings.push(format!(
            "no lock can be laid beside the file, so programs on other computers do not see that it is open: `{}`",
            path.display()
        ));
    }
    let id = read.project.id().clone();
    let folder = folders.place_of(id.as_str());
    let mut store = Store {
        is_untitled: target.parent() == Some(&untitled_folder(folders)),
        path,
        target,
        state: folders.state.clone(),
        folder,
        read_only: lock.as_ref().err().cloned().unwrap_or_default(),
        lock: lock.ok(),
        base: read.project.clone(),
        hash: read.hash,
        stamp: read.stamp,
        live: None,
        last_n: 0,
        saved_n: 0,
        backup: None,
    };
    if store.lock.is_some()
        && let Err(error) = folders.project(id.as_str())
    {
        warnings.push(format!("no journal can be kept, save often: {error}"));
    }
    let mut project = read.project.clone();
    let recovered = if is_held {
        warnings.extend(said_of_others(&store, &id));
        Vec::new()
    } else {
        recover(&mut store, &id, &mut project, &mut warnings)
    };
    Ok(Opened {
        project,
        base: read.project,
        recovered,
        mends: read.mends,
        read_only: store.lock.is_none().then(|| store.read_only.clone()),
        warnings,
        saved_at: store.saved_at(),
        last_n: store.last_n,
        store,
    })
}

/// Writes a new project file. One that is there already is an error.
pub fn create(path: &Path, project: &Project, folders: &Folders) -> Result<Store, StoreError> {
    let path = from_root(path)?;
    let target = files::resolve(&path)?;
    let lock = Lock::take(&target, &folders.state)?;
    if target.exists() {
        return Err(StoreError::Exists(path));
    }
    let folder = folders.project(project.id().as_str())?;
    let text = text_of(&path, project)?;
    let saved = files::save(&target, text.as_bytes())?;
    Ok(Store {
        is_untitled: target.parent() == Some(&untitled_folder(folders)),
        path,
        target,
        state: folders.state.clone(),
        folder,
        lock: Some(lock),
        read_only: String::new(),
        base: project.clone(),
        hash: files::hash_of(text.as_bytes()),
        stamp: saved.stamp,
        live: None,
        last_n: 0,
        saved_n: 0,
        backup: None,
    })
}

/// Writes a new project file into the state folder, where it waits for its place.
pub fn create_untitled(project: &Project, folders: &Folders) -> Result<Store, StoreError> {
    let folder = untitled_folder(folders);
    folders::make_private(&folder)?;
    let mut taken = folder.clone();
    for n in 1..=MAX_UNTITLED {
        let name = if n == 1 { "Untitled".to_owned() } else { format!("Untitled {n}") };
        taken = folder.join(format!("{name}.allegata.ron"));
        match create(&taken, project, folders) {
            Err(StoreError::Exists(_) | StoreError::File(FileError::Held { .. })) => {}
            made => return made,
        }
    }
    Err(StoreError::Exists(taken))
}

/// Where untitled projects lie; real paths, so that they can be compared.
pub(super) fn untitled_folder(folders: &Folders) -> PathBuf {
    let folder = folders.state.join(UNTITLED);
    files::resolve(&folder).unwrap_or(folder)
}

fn read(target: &Path) -> Result<Read, StoreError> {
    let mut stamp = files::stamp(target)?;
    let mut bytes = files::read(target, files::MAX_FILE_BYTES)?;
    for _ in 0..MAX_READS {
        let now = files::stamp(target)?;
        if now == stamp {
            break;
        }
        stamp = now;
        bytes = files::read(target, files::MAX_FILE_BYTES)?;
    }
    let loaded = project::read(&bytes).map_err(|error| StoreError::project(target, error))?;
    let newer = loaded.read_only.map(|format| {
        format!(
            "file is written by a newer version of Allegata, only format {format} and later may write it: `{}` hint: \
             look at it here, and change it with the newer version",
            target.display()
        )
    });
    let closed =
        newer.clone().or_else(|| files::may_be_replaced(target).err().map(|error| error.to_string()));
    Ok(Read {
        project: loaded.project,
        mends: loaded.mends.iter().map(ToString::to_string).collect(),
        newer,
        closed,
        hash: files::hash_of(&bytes),
        stamp,
    })
}

fn not_ours(error: &FileError) -> String {
    match error {
        FileError::Held { path, held } => format!(
            "opened for reading, because another program has this project open, {held}: `{}` hint: close it there and \
             open it again, or save under another name",
            path.display()
        ),
        other => other.to_string(),
    }
}

/// What is to be said of the journals of the program that holds the file.
fn said_of_others(store: &Store, id: &ProjectId) -> Option<String> {
    let found = journals::all_in(&store.folder, JOURNAL).ok()?;
    let journals = found.iter().filter(|found| found.is_of(id, &store.target, &store.hash));
    let n: usize =
        journals.map(|found| found.held_by(&store.hash).map_or(0, |held| found.after(held).count())).sum();
    (n > 0).then(|| format!("the other program has {} that the file does not have yet", changes(n)))
}

/// Brings back on `project` what journals have and the file has not, in order; for writing, also in `store`.
fn recover(
    store: &mut Store,
    id: &ProjectId,
    project: &mut Project,
    warnings: &mut Vec<String>,
) -> Vec<Entry> {
    let sorted = sort(store, id).unwrap_or_else(|error| Sorted {
        warnings: vec![format!("what a crash may have left cannot be looked for: {error}")],
        ..Sorted::default()
    });
    warnings.extend(sorted.warnings);
    let mut all = Replay::default();
    // Per journal, whether something in it did not come back.
    let mut partly = Vec::new();
    for (found, held, _) in &sorted.fitting {
        let n_refused = all.refused.len();
        journals::replay(project, found.after(*held), &mut all);
        partly.push(found.is_damaged || all.refused.len() > n_refused);
    }
    warnings.extend(lost(&all, &sorted.fitting));
    store.last_n = all.back.len() as u64;
    if store.lock.is_none() {
        return all.back;
    }
    if let Err(error) = take_over(store, sorted.fitting, &partly, &mut all.back) {
        // What came back can be looked at and saved elsewhere; the journals stay as they are for the next try.
        store.lock = None;
        store.read_only = format!("opened for reading, because the journal cannot go on: {error}");
    }
    all.back
}

/// The journals of this file, those in use by other programs left out.
fn sort(store: &Store, id: &ProjectId) -> Result<Sorted, StoreError> {
    let for_writing = store.lock.is_some();
    if for_writing {
        journals::clear_unfinished(&store.folder)?;
    }
    let mut sorted = Sorted::default();
    for found in journals::all_in(&store.folder, JOURNAL)? {
        if !found.is_of(id, &store.target, &store.hash) {
            continue;
        }
        let guard = if for_writing {
            match Lock::take(&found.path, &store.folder) {
                Ok(guard) => Some(guard),
                Err(FileError::Held { .. }) => {
                    sorted.warnings.push(format!(
                        "another program has this project open although its lock is gone, close it before you go on: \
                         `{}`",
                        store.path.display()
                    ));
                    continue;
                }
                Err(_) => None, // the new journal fails for the same reason, and says it
            }
        } else {
            None
        };
        if let Some(held) = found.held_by(&store.hash) {
            sorted.fitting.push((found, held, guard));
            continue;
        }
        let unsaved = found.unsaved();
        if let Some(last) = unsaved.last() {
            sorted.warnings.push(format!(
                "there is unsaved work of {}, {}, made on another version of this file; it is kept, and the file is shown \
                 as it is: `{}` hint: `allegata recover --list` shows it",
                when(last.at),
                changes(unsaved.len()),
                store.path.display()
            ));
        } else if for_writing && !found.is_damaged {
            remove_spent(&found.path);
        }
    }
    Ok(sorted)
}

/// What is to be said of actions that did not come back.
fn lost(all: &Replay, fitting: &[(Found, u64, Option<Lock>)]) -> Vec<String> {
    let mut said = Vec::new();
    if let Some((entry, refusal)) = all.refused.first() {
        said.push(format!(
            "{} could not be brought back, the first of them `{}`: {refusal}; the journal is kept hint: \
             `allegata recover --list` shows it",
            changes(all.refused.len()),
            entry.name
        ));
    }
    for (found, ..) in fitting.iter().filter(|(found, ..)| found.is_damaged) {
        said.push(format!(
            "the journal is damaged after {}, what follows could not be brought back and is kept: `{}`",
            changes(found.entries.len()),
            found.path.display()
        ));
    }
    said
}

/// Makes what came back the store's journal: the one that was left, or a new one of all that were.
fn take_over(
    store: &mut Store,
    mut fitting: Vec<(Found, u64, Option<Lock>)>,
    partly: &[bool],
    back: &mut [Entry],
) -> Result<(), StoreError> {
    if let ([(found, held, guard)], [false]) = (fitting.as_mut_slice(), partly)
        && !back.is_empty()
        && found.is_at(&store.target)
        && found.last_n() - *held == back.len() as u64
        && journals::base_of(&found.path).exists()
        && let Some(guard) = guard.take()
    {
        store.live = Some(Live::go_on(found, guard)?);
        store.saved_n = *held;
        store.last_n = found.last_n();
        return Ok(());
    }
    if !back.is_empty() {
        renumber(back);
        let beginning = Beginning {
            folder: &store.folder,
            id: store.base.id(),
            target: &store.target,
            hash: &store.hash,
            saved_n: 0,
            entries: back,
        };
        store.live = Some(Live::create(&beginning, |to| store.put_base(to))?);
    }
    for ((found, ..), is_partly) in fitting.iter().zip(partly) {
        if *is_partly {
            let aside = found.path.with_extension(LEFT);
            std::fs::rename(&found.path, &aside)
                .map_err(|e| FileError::writing(&aside, "keeping the journal", e))?;
        } else {
            remove_spent(&found.path);
        }
    }
    Ok(())
}

/// Numbers from 1 on, also where one action names another.
fn renumber(entries: &mut [Entry]) {
    let old: Vec<u64> = entries.iter().map(|entry| entry.n).collect();
    for (idx, entry) in entries.iter_mut().enumerate() {
        entry.n = idx as u64 + 1;
        // The last before it: two journals may each have an action of this number.
        let place = |n: u64| old.iter().take(idx).rposition(|other| *other == n);
        entry.undoes = entry.undoes.and_then(place).map(|place| place as u64 + 1);
    }
}

fn remove_spent(journal: &Path) {
    journals::remove(journal);
    journals::remove(&journals::base_of(journal));
}
