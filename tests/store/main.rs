//! Nothing is lost: killed while labelling and while saving, journals cut at every byte, files changed by others.
//!
//! What must happen in another process is a task of `child`: the test binary runs itself with `TASK` set.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test may fail"
)]

mod drafts;
mod others;
mod places;
mod races;
mod recovery;
mod tasks;
mod tools;
mod vanishing;

use std::fs;
use std::path::Path;

use allegata::shell::store::{self, Mode};

use crate::tools::{PLACE, Place, TASK, kill_after, last_mark, names, said, spawn, under};

/// What the script exits with when it may not mount; none of the child's own codes.
const NOT_PERMITTED: i32 = 77;

/// Does nothing unless a test has started it as a process of its own.
#[test]
fn child() {
    let (Ok(task), Some(place)) = (std::env::var(TASK), std::env::var_os(PLACE)) else { return };
    tasks::perform(&task, Path::new(&place));
}

/// The window keeps the store on a thread of its own.
#[test]
fn a_store_goes_to_another_thread() {
    let place = Place::new();
    let mut desk = place.desk();
    let thread = std::thread::Builder::new().spawn(move || desk.answer(1)).unwrap();
    thread.join().unwrap();
    assert_eq!(last_mark(&place.look().project), 1);
}

#[test]
fn two_hundred_kills_while_labelling_lose_nothing() {
    let place = Place::new();
    let (mut safe, mut n_between, mut saved) = (0, 0, 0);
    for n in 0..200 {
        let said = kill_after(spawn("label", place.root()), n, 12_000).unwrap_or(safe);
        assert!(said >= safe);
        safe = said;
        let found = place.look();
        let mark = last_mark(&found.project);
        assert!(mark >= safe, "answer {safe} was acknowledged before kill {n}, and {mark} is the last");
        assert_eq!((found.recovered.len() as u64, found.last_n), (mark - saved, mark - saved));
        n_between += u64::from(mark > safe);
        safe = mark;
        if n % 20 == 19 {
            // Else most of the time would go into reading what was read before.
            assert_eq!(last_mark(&place.read().project), saved);
            let mut desk = place.desk();
            desk.save();
            desk.store.close();
            assert_eq!(names(&place.state()), ["backups"]);
            saved = safe;
        }
    }
    // Else the kills came at idle moments and prove nothing.
    assert!(safe > 100, "only {safe} answers were given");
    assert!(n_between > 5, "only {n_between} of 200 kills came between writing and saying so");
    assert_eq!(last_mark(&place.read().project), safe);
}

#[test]
fn two_hundred_kills_while_saving_lose_and_tear_nothing() {
    let place = Place::new();
    let (mut safe, mut n_left_over, mut n_recovered) = (0, 0, 0);
    for n in 0..200 {
        let said = kill_after(spawn("label and save", place.root()), n, 40_000).unwrap_or(safe);
        safe = said.max(safe);
        let file = place.read();
        assert!(file.mends.is_empty(), "{:?}", file.mends);
        let in_file = last_mark(&file.project);
        let found = place.look();
        assert!(found.warnings.is_empty());
        let mark = last_mark(&found.project);
        assert!(mark >= safe, "answer {safe} was acknowledged before kill {n}, and {mark} is the last");
        assert_eq!(found.recovered.len() as u64, mark - in_file);
        n_recovered += u64::from(mark > in_file);
        let names = names(&place.root().join("docs"));
        let known = ["a.ron", ".a.ron.allegata-new", ".a.ron.allegata-lock"];
        assert!(names.iter().all(|name| known.contains(&name.as_str())), "{names:?}");
        n_left_over += u64::from(names.iter().any(|name| name.ends_with("-new")));
        safe = mark;
    }
    assert!(safe > 200, "only {safe} answers were given");
    assert!(n_recovered > 20, "only {n_recovered} of 200 kills left something to recover");
    assert!(n_left_over > 5, "only {n_left_over} of 200 kills came during a save");
    let mut desk = place.desk();
    desk.save();
    desk.store.close();
    assert_eq!(last_mark(&place.read().project), safe);
    assert_eq!(names(&place.root().join("docs")), ["a.ron"]);
    assert_eq!(names(&place.state()), ["backups"]);
}

#[test]
fn a_full_disk_loses_nothing_and_says_so() {
    // Every shell can limit the size of a file: the journal meets it first, and a save makes room.
    let place = Place::new();
    let limited = under("trap '' XFSZ; ulimit -f 64; exec \"$@\"", "fill", place.root());
    assert!(limited.status.success(), "{}", said(&limited));
    assert!(
        said(&limited).contains("REFUSED file would be larger than this drive allows"),
        "{}",
        said(&limited)
    );
    assert!(said(&limited).contains("\nSAVED\n"), "{}", said(&limited));
    let found = place.look();
    assert_eq!((found.recovered.len(), found.base.title().len()), (1, 190));
    // A small drive of its own needs permission.
    let place = Place::empty(tempfile::tempdir().unwrap());
    let small = under(
        &format!(
            "for how in --mount '--mount --map-root-user'; do
                unshare $how true 2>/dev/null || continue
                exec unshare $how sh -c '
                    mount -t tmpfs -o size=512k,mode=777 none \"${PLACE}\" || exit {NOT_PERMITTED}
                    exec \"$@\"
                ' sh \"$@\"
            done
            exit {NOT_PERMITTED}"
        ),
        "fill a small drive",
        place.root(),
    );
    if small.status.code() == Some(NOT_PERMITTED) {
        eprintln!("no permission to mount a small drive: only the limit of a file's size was tested");
        return;
    }
    assert!(small.status.success(), "{}", said(&small));
    assert!(said(&small).contains("REFUSED disk is full"), "{}", said(&small));
}

#[test]
fn reading_writes_nothing() {
    let place = Place::new();
    let mut desk = place.desk();
    desk.answer(1);
    desk.crash();
    let all = || (names(place.root()), names(&place.root().join("docs")), names(&place.state()));
    let before = all();
    let mut found = place.look();
    assert_eq!(last_mark(&found.project), 1);
    assert_eq!(found.read_only.as_deref(), Some("opened for reading"));
    assert!(found.store.append(&found.recovered).is_err());
    assert!(found.store.save(&found.project, 1).is_err());
    found.store.close();
    assert_eq!(all(), before);
    // Also where nothing is known of the project yet.
    let other = Place::new();
    fs::remove_dir_all(&other.folders.state).unwrap();
    store::open(&other.file, &other.folders, Mode::Read).unwrap().store.close();
    assert!(!other.folders.state.exists());
}
