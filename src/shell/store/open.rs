//! Opening: take the lock, read the file; recovery follows.

use std::fs;
use std::path::{Path, PathBuf};

use crate::formats::project;
use crate::model::project::Project;
use crate::shell::file_error::FileError;
use crate::shell::files;
use crate::shell::folders::{self, Folders};
use crate::shell::jobs;
use crate::shell::lock::Lock;
use crate::shell::replace::{self, Expected};
use crate::shell::store::recover::{Recovery, recover, said_of_former, said_of_others};
use crate::shell::store::save::{keep_found, text_of};
use crate::shell::store::store_error::StoreError;
use crate::shell::store::{Mode, Opened, Store, from_root};

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
    /// That what the file holds keeps this version from writing it, if so.
    barred: Option<String>,
    /// Why it must not be written, if so.
    closed: Option<String>,
    hash: String,
    stamp: files::Stamp,
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
    let mut warnings: Vec<String> = read.barred.iter().filter(|_| mode == Mode::Read).cloned().collect();
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
        tried: None,
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
    let came = if is_held {
        warnings.extend(said_of_others(&store, &id));
        Recovery::default()
    } else {
        recover(&mut store, &id, &mut project)
    };
    warnings.extend(came.warnings);
    let mut left = came.left;
    left.extend(said_of_former(&store, &id));
    Ok(Opened {
        project,
        base: read.project,
        recovered: came.entries,
        drafts: came.drafts,
        mends: read.mends,
        read_only: store.lock.is_none().then(|| store.read_only.clone()),
        warnings,
        left,
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
    let mut keep = |found: &Path| keep_found(&folder, &target, found).map(drop);
    let saved = replace::save(&target, text.as_bytes(), Expected::Nothing, &mut keep);
    let saved = saved.map_err(|error| match error {
        FileError::Exists(_) => StoreError::Exists(path.clone()),
        other => other.into(),
    })?;
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
        tried: None,
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

/// The untitled projects, last written first.
pub fn untitled(folders: &Folders) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(untitled_folder(folders)) else { return Vec::new() };
    let mut found: Vec<(i64, PathBuf)> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "ron"))
        .filter_map(|path| Some((files::stamp(&path).ok()?.mtime_ns, path)))
        .collect();
    found.sort_by(|one, other| other.cmp(one));
    found.into_iter().map(|(_, path)| path).collect()
}

/// Where untitled projects lie; real paths, so that they can be compared.
fn untitled_folder(folders: &Folders) -> PathBuf {
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
    let loaded =
        project::read_on(&bytes, jobs::cores()).map_err(|error| StoreError::project(target, error))?;
    let barred = loaded.read_only.map(|format| {
        format!(
            "file is written by a newer version of Allegata, only format {format} and later may write it: `{}`\0hint: \
             look at it here, and change it with the newer version",
            target.display()
        )
    });
    let barred = barred.or_else(|| {
        (loaded.n_left_out > 0).then(|| {
            format!(
                "file holds more than a project of its length has room for, so it is not written and nothing of it is lost: \
                 `{}`\0hint: look at it here, and mend the file by hand or restore an earlier version",
                target.display()
            )
        })
    });
    let closed =
        barred.clone().or_else(|| replace::may_be_replaced(target).err().map(|error| error.to_string()));
    Ok(Read {
        project: loaded.project,
        mends: loaded.mends.iter().map(ToString::to_string).collect(),
        barred,
        closed,
        hash: files::hash_of(&bytes),
        stamp,
    })
}

fn not_ours(error: &FileError) -> String {
    match error {
        FileError::Held { path, held } => format!(
            "opened for reading, because another program has this project open, {held}: `{}`\0hint: close it there and \
             open it again, or save under another name",
            path.display()
        ),
        other => other.to_string(),
    }
}
