//! What the other process does.

use std::fs;
use std::path::Path;

use allegata::shell::file_error::FileError;
use allegata::shell::files;
use allegata::shell::folders::Folders;
use allegata::shell::journal_file::{JournalFile, ValidPrefix, read_valid};
use allegata::shell::lock::Lock;
use allegata::shell::settings::SettingsFile;

use crate::tools::{is_summed, names, summed, text};

/// How often each program counts.
pub const COUNTS: usize = 300;
/// How many settings each program changes.
pub const CHANGES: usize = 20;

/// Does the task `name` at `path`; the tests wait until it says that it is ready.
pub fn perform(name: &str, path: &Path) {
    match name {
        "save" => save_for_ever(|text| assert!(files::save(path, text).unwrap().folder_synced)),
        "write plainly" => save_for_ever(|text| fs::write(path, text).unwrap()),
        "append" => append_for_ever(path),
        "lock" => {
            let _lock = Lock::take(path, path.parent().unwrap()).unwrap();
            files::save(path, b"replaced by the holder").unwrap();
            println!("READY");
            std::thread::park(); // until killed
        }
        "count" => count(path),
        "settings" => change_settings(path),
        "fill" => fill(path),
        "refused" => refused(path),
        "folders" => println!("FOUND {:?}", Folders::find().map_err(|e| e.to_string())),
        other => panic!("no such task: {other}"),
    }
}

fn save_for_ever(save: impl Fn(&[u8])) {
    let texts = [text(0), text(1), text(2)];
    save(&texts[0]);
    println!("READY");
    loop {
        for text in &texts {
            save(text);
        }
    }
}

fn append_for_ever(path: &Path) {
    let mut journal = JournalFile::create(path, &summed("header")).unwrap();
    println!("READY");
    for n in 1.. {
        journal.append(&[summed(format!("{n} {}", "x".repeat(n % 5000)))]).unwrap();
        println!("SAFE {n}");
    }
}

fn count(path: &Path) {
    let mut n_done = 0;
    while n_done < COUNTS {
        match Lock::take(path, path.parent().unwrap()) {
            Ok(_lock) => {
                let count: usize = fs::read_to_string(path).unwrap().parse().unwrap();
                fs::write(path, (count + 1).to_string()).unwrap();
                n_done += 1;
            }
            Err(FileError::Held { .. }) => std::thread::yield_now(),
            Err(error) => panic!("{error}"),
        }
    }
}

fn change_settings(dir: &Path) {
    let file = SettingsFile::of(&Folders::at(dir).unwrap());
    for n in 0..CHANGES {
        let project = format!("{}-{n}", std::process::id());
        file.update(|settings| drop(settings.coders.insert(project, "ana-7f3k".into()))).unwrap();
    }
}

/// In a folder that holds less than 1 MiB, or where a file may hold less.
fn fill(dir: &Path) {
    let path = dir.join("a.ron");
    files::save(&path, b"old").unwrap();
    let error = files::save(&path, &vec![b'x'; 4 << 20]).unwrap_err();
    println!("REFUSED {error:?}");
    assert!(matches!(error, FileError::Full(_) | FileError::TooLargeForDrive(_)));
    assert_eq!(fs::read(&path).unwrap(), b"old");
    assert_eq!(names(dir), ["a.ron"]);
    let ballast = dir.join("ballast");
    fs::write(&ballast, vec![b'x'; 100_000]).unwrap();
    let mut journal = JournalFile::create(&dir.join("j"), &summed("header")).unwrap();
    let line = summed("y".repeat(9_000));
    let n_safe = (1..=1_000).take_while(|_| journal.append(std::slice::from_ref(&line)).is_ok()).count();
    assert!((10..1_000).contains(&n_safe));
    let whole = ValidPrefix { n_lines: n_safe + 1, len: journal.len(), rest: 0 };
    assert_eq!(read_valid(&dir.join("j"), is_summed).unwrap(), whole);
    if matches!(error, FileError::Full(_)) {
        assert!(matches!(files::copy_base(&ballast, &dir.join("base")), Err(FileError::Full(_))));
        assert!(!dir.join("base").exists() && !dir.join(".base.allegata-new").exists());
        drop(Lock::take(&path, dir).unwrap()); // a full disk is no reason not to open
        fs::remove_file(&ballast).unwrap();
        journal.append(&[line]).unwrap();
        assert_eq!(read_valid(&dir.join("j"), is_summed).unwrap().n_lines, n_safe + 2);
    }
}

/// As somebody whom permissions bind.
fn refused(dir: &Path) {
    let (closed, free) = (dir.join("closed/a.ron"), dir.join("free/a.ron"));
    assert!(matches!(files::save(&closed, b"new"), Err(FileError::FolderReadOnly(_))));
    assert!(matches!(files::save(&closed.with_file_name("b"), b"new"), Err(FileError::FolderReadOnly(_))));
    assert!(matches!(files::save(&free, b"new"), Err(FileError::ReadOnly(_))));
    // Some may write it, but not this user.
    assert!(matches!(files::save(&free.with_file_name("theirs.ron"), b"new"), Err(FileError::ReadOnly(_))));
    assert!(matches!(files::read(&dir.join("free/secret"), 10), Err(FileError::NotReadable(_))));
    assert_eq!(files::read(&free, 10).unwrap(), b"old");
    let lock = Lock::take(&closed, &dir.join("free")).unwrap();
    assert!(lock.guards_this_computer_only());
    assert!(matches!(Lock::take(&closed, &dir.join("free")), Err(FileError::Held { .. })));
    drop(lock);
    assert!(!Lock::take(&free, &dir.join("free")).unwrap().guards_this_computer_only());
    assert_eq!(names(&dir.join("free")), ["a.ron", "secret", "theirs.ron"]);
    assert_eq!(names(&dir.join("closed")), ["a.ron"]);
}
