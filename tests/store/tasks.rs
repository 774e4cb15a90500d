//! What the other process does.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use allegata::shell::folders::Folders;
use allegata::shell::store::{self, Mode, Opened, StoreError};

use crate::races;
use crate::tools::{Desk, answer, entry, last_mark, open, sample};

/// Does the task `name` in the place `root`; the tests wait until it says that it is ready.
pub fn perform(name: &str, root: &Path) {
    let folders = Folders::at(root).unwrap();
    let file = root.join("docs/a.ron");
    match name {
        "label" => label(&mut Desk::new(open(&file, &folders)), 0),
        "label and save" => label(&mut Desk::new(open(&file, &folders)), 3),
        "hold" => {
            let mut desk = Desk::new(open(&file, &folders));
            let mark = last_mark(&desk.project) + 1;
            desk.answer(mark);
            println!("READY");
            std::thread::park(); // until killed
        }
        "fill" => fill(&file, &folders),
        "fill a small drive" => {
            fs::create_dir(root.join("docs")).unwrap();
            store::create(&file, &sample(), &folders).unwrap().close();
            fill(&file, &folders);
        }
        "colleague renames" => races::perform(root, |theirs, file| fs::rename(theirs, file).unwrap()),
        "colleague writes in place" => {
            races::perform(root, |theirs, file| fs::write(file, fs::read(theirs).unwrap()).unwrap());
        }
        "closed folder" => closed_folder(root, &folders),
        other => panic!("no such task: {other}"),
    }
}

/// Answers for ever, saying each number when it is safe, and saves after `save_each` answers.
fn label(desk: &mut Desk, save_each: u64) {
    let first = last_mark(&desk.project) + 1;
    println!("READY");
    for mark in first.. {
        desk.answer(mark);
        println!("SAFE {mark}");
        if save_each > 0 && mark % save_each == 0 {
            desk.save();
        }
    }
}

/// Where the drive is full, or a file may hold little.
fn fill(file: &Path, folders: &Folders) {
    let mut desk = Desk::new(store::open(file, folders, Mode::Write).unwrap());
    desk.answer(1);
    let old = fs::read(file).unwrap();
    let mut large = desk.project.clone();
    let mut n = desk.n;
    let error = loop {
        n += 1;
        let action =
            allegata::model::action::Action::Project { title: "x".repeat(190), never_end_after: vec![] };
        large.apply(action.clone()).unwrap();
        match desk.store.append(&[entry(n, action)]) {
            Ok(()) => assert!(n < 100_000, "the drive takes everything"),
            Err(error) => break error,
        }
    };
    println!("REFUSED {error}");
    assert!(matches!(error, StoreError::File(_)), "{error:?}");
    assert_eq!(fs::read(file).unwrap(), old);
    // Where only files may not be as long, the project file is short enough, and a save makes room.
    match desk.store.save(&large, n) {
        Ok(_) => {
            println!("SAVED");
            let action = answer(&large, 2);
            desk.store.append(&[entry(n + 1, action)]).unwrap();
        }
        Err(error) => {
            println!("NOT SAVED {error}");
            assert_eq!(fs::read(file).unwrap(), old);
        }
    }
}

/// As somebody whom permissions bind, in a folder that is closed to writing.
fn closed_folder(root: &Path, folders: &Folders) {
    let docs = root.join("closed");
    let file = docs.join("a.ron");
    fs::create_dir(&docs).unwrap();
    store::create(&file, &sample(), folders).unwrap().close();
    fs::set_permissions(&docs, fs::Permissions::from_mode(0o555)).unwrap();
    let opened = store::open(&file, folders, Mode::Write).unwrap();
    assert_eq!(opened.read_only, None);
    assert!(opened.warnings.concat().contains("programs on other computers"), "{:?}", opened.warnings);
    let second = store::open(&file, folders, Mode::Write).unwrap();
    assert!(second.read_only.is_some_and(|why| why.contains("another program has this project open")));
    let mut desk = Desk::new(opened);
    desk.answer(1);
    let error = desk.store.save(&desk.project, desk.n).unwrap_err().to_string();
    assert!(error.contains("not allowed to write in this folder") && error.contains("\0hint: "), "{error}");
    let elsewhere = root.join("b.ron");
    desk.crash();
    let mut desk = Desk::new(open_anyway(&file, folders));
    assert_eq!(last_mark(&desk.project), 1);
    desk.store.save_as(&elsewhere, &desk.project, desk.n).unwrap();
    desk.store.close();
    assert_eq!(last_mark(&open(&elsewhere, folders).project), 1);
    fs::set_permissions(&docs, fs::Permissions::from_mode(0o755)).unwrap();
}

fn open_anyway(file: &Path, folders: &Folders) -> Opened {
    store::open(file, folders, Mode::Write).unwrap()
}
