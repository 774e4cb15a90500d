//! Bringing back what a crash left in journals, and saying what does not come back by itself.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::formats::project::journal::{Draft, Entry};
use crate::model::ids::ProjectId;
use crate::model::project::Project;
use crate::model::sheet::SheetKey;
use crate::shell::disk;
use crate::shell::file_error::FileError;
use crate::shell::files;
use crate::shell::lock::Lock;
use crate::shell::replace;
use crate::shell::store::Store;
use crate::shell::store::journals::{self, Found, JOURNAL, LEFT, Replay};
use crate::shell::store::left;
use crate::shell::store::live::Live;
use crate::shell::store::save::keep_found;
use crate::shell::store::store_error::StoreError;
use crate::shell::store::words::{changes, holding, list_command, when};

/// What recovery came to.
#[derive(Debug, Default)]
pub(super) struct Recovery {
    /// The actions that came back, in order.
    pub entries: Vec<Entry>,
    /// Notes begun and not said.
    pub drafts: Vec<Draft>,
    pub warnings: Vec<String>,
    /// What did not come back by itself: sentences.
    pub left: Vec<String>,
}

/// The journals that concern a file, by what is to be done with them.
#[derive(Debug, Default)]
struct Sorted {
    /// They began with this file, or it was saved from them; with the last action that it holds.
    fitting: Vec<(Found, u64, Option<Lock>)>,
    /// The file has all their actions, or another version of it has.
    spent: Vec<(Found, Option<Lock>)>,
    warnings: Vec<String>,
    /// What does not come back by itself.
    left: Vec<String>,
    /// The files that this program wrote or was to write, by their hashes.
    ours: BTreeSet<String>,
}

/// What is to be said of the journals of the program that holds the file.
pub(super) fn said_of_others(store: &Store, id: &ProjectId) -> Option<String> {
    let found = journals::all_in(&store.folder, JOURNAL).ok()?;
    let journals = found.iter().filter(|found| found.is_of(id, &store.target, &store.hash));
    let n: usize =
        journals.map(|found| found.held_by(&store.hash).map_or(0, |held| found.after(held).count())).sum();
    (n > 0).then(|| format!("the other program has {} that the file does not have yet", changes(n)))
}

/// What is to be said of journals of another project that lay at this place.
pub(super) fn said_of_former(store: &Store, id: &ProjectId) -> Vec<String> {
    let entries = fs::read_dir(&store.state).into_iter().flatten();
    let folders =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|folder| *folder != store.folder);
    let found = folders.flat_map(|folder| journals::all_at(&folder, &store.target));
    found
        .filter(|found| !found.is_for(id) && !left::is_away(found))
        .filter_map(|found| said_of_left(store, &found, "made on another project that lay here"))
        .collect()
}

/// Brings back on `project` what journals have and the file has not, in order; for writing, also in `store`.
pub(super) fn recover(store: &mut Store, id: &ProjectId, project: &mut Project) -> Recovery {
    let mut sorted = sort(store, id).unwrap_or_else(|error| Sorted {
        warnings: vec![format!("what a crash may have left cannot be looked for: {error}")],
        ..Sorted::default()
    });
    let mut left = std::mem::take(&mut sorted.left);
    left.extend(keep_displaced(store, &sorted.ours));
    let mut all = Replay::default();
    // Per journal, whether something in it did not come back.
    let mut partly = Vec::new();
    for (found, held, _) in &sorted.fitting {
        let n_refused = all.refused.len();
        journals::replay(project, found.after(*held), &mut all);
        partly.push(found.is_damaged || all.refused.len() > n_refused);
    }
    left.extend(lost(&store.path, &all, &sorted.fitting));
    let spent = sorted.spent.iter().map(|(found, _)| found);
    let drafts = drafts(spent.chain(sorted.fitting.iter().map(|(found, ..)| found)), project);
    store.last_n = all.back.len() as u64;
    if store.lock.is_some() {
        match take_over(store, sorted.fitting, &partly, &mut all.back, &drafts) {
            Ok(()) => sorted.spent.iter().for_each(|(found, _)| remove_spent(&found.path)),
            Err(error) => {
                // What came back can be looked at and saved elsewhere; the journals stay as they are for the next try.
                store.lock = None;
                store.read_only = format!("opened for reading, because the journal cannot go on: {error}");
            }
        }
    }
    Recovery { entries: all.back, drafts, warnings: sorted.warnings, left }
}

/// The notes begun in journals that nobody has said since.
pub(super) fn drafts<'a>(journals: impl Iterator<Item = &'a Found>, project: &Project) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for found in journals {
        for draft in &found.drafts {
            draft.clone().put_into(&mut drafts);
        }
    }
    drafts.retain(|draft| {
        let key = draft.by.clone().map(|coder| SheetKey { coder, article: draft.article.clone() });
        let coding = key.and_then(|key| project.coding(&key, draft.span));
        let note = coding.and_then(|coding| coding.note.as_deref()).unwrap_or_default();
        // A crash may come between the saying and the line that says so.
        draft.text.as_deref().is_some_and(|text| text.trim_end() != note)
    });
    drafts
}

/// Makes versions of files that a save which was cut off left beside the project file, unless they are our own.
fn keep_displaced(store: &Store, ours: &BTreeSet<String>) -> Option<String> {
    store.lock.as_ref()?;
    let mut n_kept = 0;
    replace::clear_left_overs(&store.target, &mut |found| {
        let hash = files::hash_of_file(found)?;
        if hash != store.hash && !ours.contains(&hash) && keep_found(&store.folder, &store.target, found)? {
            n_kept += 1;
        }
        Ok(())
    });
    (n_kept > 0).then(|| {
        format!(
            "a save that was cut off had left another version beside the file; it is kept as an earlier version: `{}`\
             \0hint: {}",
            store.path.display(),
            ways_back(&store.path)
        )
    })
}

/// The journals of this file, those in use by other programs left out.
fn sort(store: &Store, id: &ProjectId) -> Result<Sorted, StoreError> {
    let for_writing = store.lock.is_some();
    if for_writing {
        journals::clear_unfinished(&store.folder)?;
    }
    let mut sorted = Sorted::default();
    for found in journals::all_in(&store.folder, JOURNAL)? {
        let comes_back = found.is_of(id, &store.target, &store.hash);
        // Else it is another's, or that of a copy in another place.
        let concerns = comes_back || found.header.is_none() || found.is_for(id) && found.is_homeless();
        if !concerns {
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
        sorted.ours.extend(found.header.iter().map(|header| header.base.clone()));
        sorted.ours.extend(found.saves.iter().map(|save| save.sha256.clone()));
        if let Some(held) = found.held_by(&store.hash).filter(|_| comes_back) {
            sorted.fitting.push((found, held, guard));
            continue;
        }
        let is_kept = found.header.is_none() || found.is_damaged || !comes_back;
        let why = if found.header.is_none() {
            "in a journal whose beginning is damaged, on an unknown version of this project"
        } else {
            "made on another version of this file"
        };
        match said_of_left(store, &found, why) {
            Some(said) => sorted.left.push(said),
            None if !is_kept => sorted.spent.push((found, guard)),
            None => {}
        }
    }
    Ok(sorted)
}

/// What is to be said of a journal that does not come back by itself, if there is anything in it.
fn said_of_left(store: &Store, found: &Found, why: &str) -> Option<String> {
    let missing = found.missing_in(&store.hash);
    let (path, ways) = (store.path.display(), ways_back(&store.path));
    let Some(last) = missing.last() else {
        let trouble = found.trouble.as_ref().map(|trouble| format!(", {trouble}")).unwrap_or_default();
        let said = format!(
            "there is a journal of which nothing can be read{trouble}; it is kept: `{path}`\0hint: {ways}"
        );
        return found.is_unreadable().then_some(said);
    };
    Some(format!(
        "there is unsaved work of {}, {}, {why}; it is kept, and the file is shown as it is: `{path}`\0hint: {ways}",
        when(last.at),
        if found.drafts.is_empty() {
            holding(&missing)
        } else {
            format!("{} and a note half typed", holding(&missing))
        }
    ))
}

/// Where to find what does not come back by itself.
fn ways_back(path: &Path) -> String {
    format!("it is listed under Earlier versions in the window, and by `{}`", list_command(path))
}

/// What is to be said of actions that did not come back.
fn lost(path: &Path, all: &Replay, fitting: &[(Found, u64, Option<Lock>)]) -> Vec<String> {
    let mut said = Vec::new();
    if let Some((entry, refusal)) = all.refused.first() {
        said.push(format!(
            "{} could not be brought back, the first of them `{}`: {refusal}; the journal is kept: `{}`\0hint: {}",
            changes(all.refused.len()),
            entry.name,
            path.display(),
            ways_back(path)
        ));
    }
    for (found, ..) in fitting.iter().filter(|(found, ..)| found.is_damaged) {
        let beyond: Vec<&Entry> = found.beyond.iter().collect();
        let beyond = if beyond.is_empty() { "nothing whole".to_owned() } else { holding(&beyond) };
        said.push(format!(
            "the journal is damaged after {}, what follows ({beyond}) does not come back by itself and is kept: `{}`\
             \0hint: {}",
            changes(found.entries.len()),
            path.display(),
            ways_back(path)
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
    drafts: &[Draft],
) -> Result<(), StoreError> {
    if let ([(found, held, guard)], [false]) = (fitting.as_mut_slice(), partly)
        && !(back.is_empty() && drafts.is_empty())
        && drafts == found.drafts
        && found.is_at(&store.target)
        && found.last_n() - *held == back.len() as u64
        && journals::base_of(&found.path).exists()
        && let Some(guard) = guard.take()
    {
        store.live = Some(Live::go_on(found, *held, guard)?);
        store.saved_n = *held;
        store.last_n = found.last_n();
        return Ok(());
    }
    if !(back.is_empty() && drafts.is_empty()) {
        renumber(back);
        store.live = Some(store.begin_journal(back, drafts)?);
    }
    for ((found, ..), is_partly) in fitting.iter().zip(partly) {
        if *is_partly {
            let aside = found.path.with_extension(LEFT);
            disk::rename(&found.path, &aside)
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
