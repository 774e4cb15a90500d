//! Somebody else is there too: other programs, closed folders, files that change, places that are taken.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::os::unix::process::CommandExt as _;
use std::process::Command;
use std::time::{Duration, SystemTime};

use allegata::formats::project;
use allegata::session::job::Outside;
use allegata::shell::folders::Folders;
use allegata::shell::store::{self, Mode, StoreError};

use crate::tools::{
    Desk, Place, answer, answered, entry, last_mark, names, open, said, sample, spawn, with_task,
};

const NOBODY: u32 = 65534;

#[test]
fn two_programs_on_one_file() {
    let place = Place::new();
    let mut holder = spawn("hold", place.root());
    let mut second = store::open(&place.file, &place.folders, Mode::Write).unwrap();
    let why = second.read_only.clone().unwrap();
    assert!(why.contains("another program has this project open, held by `"), "{why}");
    assert!(why.contains(" on `") && why.contains(" since today") && why.contains("\0hint: "), "{why}");
    assert_eq!((last_mark(&second.project), second.recovered.len()), (0, 0));
    assert!(
        second.warnings.concat().contains("1 change that the file does not have yet"),
        "{:?}",
        second.warnings
    );
    let before = fs::read(&place.file).unwrap();
    assert!(matches!(second.store.save(&answered(2), 2), Err(StoreError::ReadOnly(_))));
    assert!(matches!(second.store.append(&[]), Err(StoreError::ReadOnly(_))));
    assert_eq!(fs::read(&place.file).unwrap(), before);
    // Who reads sees what the other one has done so far.
    assert_eq!(last_mark(&place.look().project), 1);
    assert_eq!(
        store::journals(&place.file, &place.folders).unwrap()[0].says,
        "of project `Sketch`, in use by a program that has the project open"
    );
    // Another place is free.
    let elsewhere = place.file.with_file_name("b.ron");
    second.store.save_as(&elsewhere, &answered(2), 0).unwrap();
    second.store.append(&[crate::tools::entry(1, crate::tools::answer(&sample(), 3))]).unwrap();
    drop(second);
    assert_eq!(last_mark(&open(&elsewhere, &place.folders).project), 3);
    holder.kill().unwrap();
    holder.wait().unwrap();
    let mut desk = place.desk();
    assert_eq!(last_mark(&desk.project), 1);
    desk.save();
}

#[test]
fn a_lock_that_was_removed_by_hand_is_asked_for_again() {
    let place = Place::new();
    let mut desk = place.desk();
    desk.answer(1);
    let lock = place.file.with_file_name(".a.ron.allegata-lock");
    fs::remove_file(&lock).unwrap();
    desk.save();
    assert!(lock.exists());
    fs::remove_file(&lock).unwrap();
    let mut holder = spawn("hold", place.root());
    desk.answer(2);
    let error = desk.store.save(&desk.project, desk.n).unwrap_err().to_string();
    assert!(error.contains("open in another program"), "{error}");
    holder.kill().unwrap();
    holder.wait().unwrap();
}

#[test]
fn a_file_that_changed_is_not_overwritten() {
    let place = Place::new();
    let mut desk = place.desk();
    desk.answer(1);
    // Touched, but the same: no reason to stop.
    let text = fs::read(&place.file).unwrap();
    fs::write(&place.file, &text).unwrap();
    let file = fs::File::options().append(true).open(&place.file).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000)).unwrap();
    assert_eq!(desk.store.outside(), Outside::Same);
    desk.save();
    desk.answer(2);
    let theirs = project::write(&answered(9));
    fs::write(&place.file, &theirs).unwrap();
    assert_eq!(desk.store.outside(), Outside::Changed);
    let error = desk.store.save(&desk.project, desk.n).unwrap_err();
    assert!(matches!(error, StoreError::ChangedOutside(_)));
    assert!(error.to_string().contains("hint: save under another name, or read it again"), "{error}");
    assert_eq!(fs::read_to_string(&place.file).unwrap(), theirs);
    let elsewhere = place.file.with_file_name("b.ron");
    desk.store.save_as(&elsewhere, &desk.project, desk.n).unwrap();
    assert_eq!(desk.store.outside(), Outside::Same);
    desk.store.close();
    assert_eq!(last_mark(&open(&elsewhere, &place.folders).project), 2);
    assert_eq!(fs::read_to_string(&place.file).unwrap(), theirs);
}

#[test]
fn a_file_that_is_gone_comes_back_with_a_save() {
    let place = Place::new();
    let mut desk = place.desk();
    fs::remove_file(&place.file).unwrap();
    assert_eq!(desk.store.outside(), Outside::Gone);
    desk.answer(1);
    desk.save();
    assert_eq!((desk.store.outside(), last_mark(&place.read().project)), (Outside::Same, 1));
    desk.answer(2);
    fs::remove_dir_all(place.file.parent().unwrap()).unwrap();
    let error = desk.store.save(&desk.project, desk.n).unwrap_err().to_string();
    assert!(error.contains("folder is gone"), "{error}");
    desk.crash();
    let found = store::journals(&place.file, &place.folders);
    assert!(found.is_err(), "{found:?}");
    fs::create_dir(place.file.parent().unwrap()).unwrap();
    let left = store::journals(&place.file, &place.folders).unwrap();
    assert_eq!(left[0].n_changes, 1);
    store::restore(&place.file, &place.folders, 1, &place.file).unwrap();
    assert_eq!(last_mark(&place.read().project), 2);
}

/// No journal is left after a good end: the backups are found by the file's place alone.
#[test]
fn a_file_of_which_nothing_is_left_comes_back_from_its_backups() {
    let place = Place::new();
    let mut desk = place.desk();
    desk.answer(1);
    desk.save();
    desk.store.close();
    let lose: [fn(&std::path::Path); 2] =
        [|file| fs::write(file, "").unwrap(), |file| fs::remove_file(file).unwrap()];
    for (n, lose) in lose.into_iter().enumerate() {
        lose(&place.file);
        assert_eq!(store::backups(&place.file, &place.folders).unwrap().len(), 2);
        let out = place.root().join(format!("back-{n}.ron"));
        store::restore(&place.file, &place.folders, 1, &out).unwrap();
        assert_eq!(last_mark(&project::read(&fs::read(out).unwrap()).unwrap().project), 1);
    }
}

#[test]
fn a_read_only_file_is_for_reading() {
    let place = Place::new();
    let mut desk = place.desk();
    desk.answer(1);
    desk.crash();
    fs::set_permissions(&place.file, fs::Permissions::from_mode(0o444)).unwrap();
    let opened = store::open(&place.file, &place.folders, Mode::Write).unwrap();
    let why = opened.read_only.unwrap();
    assert!(why.contains("file is read-only") && why.contains("\0hint: "), "{why}");
    assert_eq!(last_mark(&opened.project), 1); // what a crash left is shown, and stays where it is
    assert_eq!(names(place.file.parent().unwrap()), ["a.ron"]);
    fs::set_permissions(&place.file, fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(last_mark(&place.open().project), 1);
}

#[test]
fn a_read_only_file_goes_on_elsewhere_with_a_journal() {
    let place = Place::new();
    fs::set_permissions(&place.file, fs::Permissions::from_mode(0o444)).unwrap();
    // As on a computer that never had this project open for writing.
    fs::remove_dir_all(place.state()).unwrap();
    let opened = store::open(&place.file, &place.folders, Mode::Write).unwrap();
    assert!(opened.read_only.is_some());
    let mut store = opened.store;
    let copy = place.file.with_file_name("b.ron");
    store.save_as(&copy, &opened.project, opened.last_n).unwrap();
    store.append(&[entry(opened.last_n + 1, answer(&opened.project, 1))]).unwrap();
    drop(store);
    assert_eq!(last_mark(&open(&copy, &place.folders).project), 1);
}

#[test]
fn a_folder_that_is_closed_to_writing() {
    let place = Place::new();
    let sub = place.root().join("sub");
    fs::create_dir(&sub).unwrap();
    for folder in [place.root(), sub.as_path()] {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o777)).unwrap();
    }
    let mut exe = std::env::current_exe().unwrap();
    let is_root = fs::metadata(place.root()).unwrap().uid() == 0;
    if is_root {
        // Copied by another process: a file that any thread of ours still writes cannot be run.
        let reachable = place.root().join("exe");
        assert!(Command::new("cp").arg(&exe).arg(&reachable).status().unwrap().success());
        exe = reachable;
    }
    let mut command = Command::new(exe);
    if is_root {
        command.uid(NOBODY).gid(NOBODY); // permissions do not bind the superuser
    }
    let output = with_task(command, "closed folder", &sub).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
}

#[test]
fn a_symlink_stays_and_the_mode_too() {
    let place = Place::new();
    fs::set_permissions(&place.file, fs::Permissions::from_mode(0o640)).unwrap();
    let link = place.root().join("link.ron");
    symlink("docs/a.ron", &link).unwrap();
    let mut desk = Desk::new(open(&link, &place.folders));
    assert_eq!(desk.store.path(), link);
    desk.answer(1);
    let second = store::open(&place.file, &place.folders, Mode::Write).unwrap();
    assert!(second.read_only.is_some());
    drop(second);
    desk.crash();
    let mut desk = place.desk(); // by the other name
    assert_eq!(last_mark(&desk.project), 1);
    desk.save();
    assert!(link.is_symlink());
    assert_eq!(fs::metadata(&place.file).unwrap().mode() & 0o777, 0o640);
    assert_eq!(last_mark(&place.read().project), 1);
}

#[test]
fn an_untitled_project_finds_its_place() {
    let place = Place::new();
    let untitled = place.folders.state.join("untitled");
    let mut store = store::create_untitled(&sample(), &place.folders).unwrap();
    assert!(store.is_untitled());
    assert_eq!(store.path(), untitled.join("Untitled.allegata.ron"));
    let other = store::create_untitled(&sample(), &place.folders).unwrap();
    assert_eq!(other.path(), untitled.join("Untitled 2.allegata.ron"));
    other.close();
    assert_eq!(store::untitled(&place.folders).len(), 2);
    let entries: Vec<_> =
        (1..=3).map(|n| crate::tools::entry(n, crate::tools::answer(&sample(), n))).collect();
    store.append(&entries).unwrap();
    // A crash is survived like any other.
    let path = store.path().to_path_buf();
    drop(store);
    let opened = open(&path, &place.folders);
    assert!(opened.store.is_untitled());
    assert_eq!(last_mark(&opened.project), 3);
    // A place that cannot be had leaves everything where it is.
    let mut store = opened.store;
    assert!(store.save_as(&place.root().join("no/b.ron"), &answered(3), 3).is_err());
    assert!(store.is_untitled() && path.exists());
    let named = place.file.with_file_name("named.ron");
    store.save_as(&named, &answered(2), 2).unwrap(); // a snapshot of before the third
    assert!(!store.is_untitled() && !path.exists());
    assert_eq!(store.path(), named);
    store.append(&[crate::tools::entry(4, crate::tools::answer(&sample(), 4))]).unwrap();
    let second = store::open(&named, &place.folders, Mode::Write).unwrap();
    assert!(second.read_only.is_some());
    drop((store, second));
    let opened = open(&named, &place.folders);
    assert_eq!((last_mark(&opened.project), opened.recovered.len(), opened.last_n), (4, 2, 4));
    assert_eq!(names(&untitled), ["Untitled 2.allegata.ron"]);
}

#[test]
fn a_place_that_is_taken() {
    let place = Place::new();
    let error = store::create(&place.file, &sample(), &place.folders).unwrap_err().to_string();
    assert!(error.starts_with("a file of this name is there already: `"), "{error}");
    let mut desk = place.desk();
    desk.answer(1);
    // What the person agreed to replace is kept as a backup.
    let other = place.file.with_file_name("b.ron");
    fs::write(&other, project::write(&answered(7))).unwrap();
    desk.store.save_as(&other, &desk.project, desk.n).unwrap();
    let versions = store::backups(&other, &place.folders).unwrap();
    let marks: Vec<u64> = versions
        .iter()
        .map(|version| last_mark(&project::read(&fs::read(&version.path).unwrap()).unwrap().project))
        .collect();
    assert_eq!(marks, [1, 7]);
    // Not over a file that is in use.
    let holder = place.desk();
    assert!(desk.store.save_as(&place.file, &desk.project, desk.n).is_err());
    assert_eq!(desk.store.path(), other);
    holder.store.close();
}

#[test]
fn earlier_versions() {
    let place = Place::new();
    let mut desk = place.desk();
    for mark in 1..=3 {
        desk.answer(mark);
        desk.save();
    }
    let folder = desk.store.places().into_iter().find(|(name, _)| name == "Backups").unwrap().1;
    assert_eq!(names(&folder).len(), 5, "four versions, and the place that they are of");
    desk.answer(4);
    desk.crash();
    let versions = store::backups(&place.file, &place.folders).unwrap();
    let says: Vec<&str> = versions.iter().map(|version| version.says.as_str()).collect();
    assert_eq!(
        says,
        ["1 article, 4 answers", "1 article, 3 answers", "1 article, 2 answers", "1 article, 1 answer"]
    );
    // One journal, then the backups. The file itself may be damaged by now, or gone.
    let out = |n: usize| place.root().join(format!("{n}.ron"));
    let check = |damage: &dyn Fn()| {
        damage();
        for (n, mark) in [(1, 4), (2, 3), (3, 2), (5, 0)] {
            store::restore(&place.file, &place.folders, n, &out(n)).unwrap();
            assert_eq!(last_mark(&project::read(&fs::read(out(n)).unwrap()).unwrap().project), mark);
            let again = store::restore(&place.file, &place.folders, n, &out(n));
            assert!(matches!(again, Err(StoreError::Exists(_))));
            fs::remove_file(out(n)).unwrap();
        }
        for n in [0, 6, usize::MAX] {
            let error = store::restore(&place.file, &place.folders, n, &out(n)).unwrap_err().to_string();
            assert!(error.contains(&format!("no version {n}, there are 5")), "{error}");
        }
    };
    let text = fs::read(&place.file).unwrap();
    check(&|| {});
    check(&|| fs::write(&place.file, &text[..text.len() / 2]).unwrap());
    check(&|| fs::write(&place.file, "").unwrap());
    check(&|| fs::remove_file(&place.file).unwrap());
    // A file that came by mail has no versions, and that is no error; one that nobody knows is.
    let folders = Folders::at(&place.root().join("other user")).unwrap();
    fs::write(&place.file, &text).unwrap();
    assert_eq!(store::journals(&place.file, &folders).unwrap(), []);
    assert_eq!(store::backups(&place.file, &folders).unwrap(), []);
    fs::write(&place.file, "").unwrap();
    let error = store::backups(&place.file, &folders).unwrap_err().to_string();
    assert!(error.starts_with("nothing is known of this project") && error.contains("\0hint: "), "{error}");
}

#[test]
fn a_state_folder_that_takes_nothing_is_said_and_saving_goes_on() {
    let place = Place::new();
    fs::remove_dir_all(place.state()).unwrap();
    fs::write(place.state(), "a file in the way").unwrap();
    let opened = place.open();
    assert!(opened.warnings.concat().contains("no journal can be kept"), "{:?}", opened.warnings);
    let mut desk = Desk::new(opened);
    let action = crate::tools::answer(&desk.project, 1);
    desk.project.apply(action.clone()).unwrap();
    assert!(desk.store.append(&[crate::tools::entry(1, action)]).is_err());
    desk.store.save(&desk.project, 1).unwrap();
    assert_eq!(last_mark(&place.read().project), 1);
}

#[test]
fn what_cannot_be_opened_says_what_where_and_what_to_do() {
    let place = Place::new();
    let dir = place.file.parent().unwrap();
    let text = fs::read_to_string(&place.file).unwrap();
    let check = |bytes: Option<&[u8]>, want: &str| {
        let file = dir.join("bad.ron");
        bytes.map_or_else(|| drop(fs::remove_file(&file)), |bytes| fs::write(&file, bytes).unwrap());
        for mode in [Mode::Read, Mode::Write] {
            let error = store::open(&file, &place.folders, mode).unwrap_err().to_string();
            assert!(
                error.contains(want) && error.contains("bad.ron") && error.contains("\0hint: "),
                "{error}"
            );
        }
        assert_eq!(fs::read(&file).ok().as_deref(), bytes, "nothing is overwritten");
        assert!(!names(dir).iter().any(|name| name.starts_with(".bad")), "{:?}", names(dir));
    };
    check(None, "no such file");
    check(Some(b""), "empty");
    check(Some(b"\xff\xfe(\0"), "UTF-16");
    check(Some(&text.as_bytes()[..text.find("Nobody").unwrap()]), "breaks off");
    check(Some(text.replacen("articles:", "<<<<<<< ours\narticles:", 1).as_bytes()), "git conflicts");
    check(Some("(".repeat(100_000).as_bytes()), "");
    let error = store::open(dir, &place.folders, Mode::Write).unwrap_err().to_string();
    assert!(error.starts_with("this is a folder, not a file"), "{error}");
}
