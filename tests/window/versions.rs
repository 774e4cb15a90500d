//! Work that is not in the file, as a person meets it: a colleague's file that comes while we save, a journal that goes, and
//! what is listed under Earlier versions.

use crate::picture::area;
use crate::program::Place;
use crate::screen::{Screen, wait_for};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// The words of an error.
const ERROR: [u8; 3] = [0xA0, 0x12, 0x46];

/// The project's own folder in the state folder.
fn state_of(place: &Place, project: &Path) -> PathBuf {
    let text = fs::read_to_string(project).unwrap();
    let id = text.split("\nid: \"").nth(1).unwrap().split('"').next().unwrap();
    place.state().join(id)
}

fn journals(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.extension().is_some_and(|end| end == "journal")).collect()
}

/// Whether these words stand in the project's file or in one of its versions.
fn is_somewhere(place: &Place, project: &Path, words: &str) -> bool {
    let mut folders = vec![state_of(place, project).join("backups")];
    let mut files = vec![project.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() { &mut folders } else { &mut files }.push(path);
        }
    }
    files.iter().any(|file| fs::read_to_string(file).is_ok_and(|text| text.contains(words)))
}

#[test]
fn a_colleagues_file_that_comes_while_the_window_saves_is_not_replaced() {
    const ROUNDS: usize = 8;
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let article = place.article("harbour.txt", 40);
    // On a real drive: a save waits for it, and that is when a colleague comes.
    let drive = tempfile::tempdir().unwrap();
    let project = place.project(drive.path().join("harbour.allegata.ron").to_str().unwrap(), &[&article]);
    let aside = drive.path().join(".harbour.allegata.ron.allegata-new");
    let sound = fs::read_to_string(&project).unwrap();
    let mut n_between = 0;
    for n in 0..ROUNDS {
        fs::write(&project, &sound).unwrap();
        let window = place.open(&screen, &[project.to_str().unwrap()]);
        window.keys("1");
        wait_for("an answer in the journal", || Some(()).filter(|()| place.answers(&project).len() == 1));
        let theirs = format!("title: \"theirs {n}\"");
        let from = place.write(
            drive.path().join("theirs").to_str().unwrap(),
            &sound.replacen("title: \"harbour\"", &theirs, 1),
        );
        assert!(fs::read_to_string(&from).unwrap().contains(&theirs));
        let stop = AtomicBool::new(false);
        let has_come = std::thread::scope(|scope| {
            let colleague = scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    if fs::symlink_metadata(&aside).is_ok() {
                        fs::rename(&from, &project).unwrap();
                        return true;
                    }
                }
                false
            });
            window.keys("ctrl+s");
            wait_for("the end of the save", || {
                let text = fs::read_to_string(&project).unwrap();
                Some(()).filter(|()| text != sound && fs::symlink_metadata(&aside).is_err())
            });
            stop.store(true, Ordering::Relaxed);
            colleague.join().unwrap()
        });
        if has_come {
            assert!(is_somewhere(&place, &project, &theirs), "round {n}: what the colleague wrote is lost");
        }
        // What was answered is in the file, in a version, or in the journal.
        window.kill();
        let answered = "labels: [\"allegation\"]";
        let is_kept =
            is_somewhere(&place, &project, answered) || !journals(&state_of(&place, &project)).is_empty();
        assert!(is_kept, "round {n}: the answer is lost");
        fs::remove_dir_all(place.state()).unwrap();
        n_between += usize::from(has_come);
    }
    println!("{n_between} of {ROUNDS} came between");
    assert!(n_between > 0, "the colleague never came between");
}

#[test]
fn a_journal_that_goes_while_nobody_types_is_begun_anew() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let article = place.article("harbour.txt", 10);
    let project = place.project("harbour.allegata.ron", &[&article]);
    let folder = state_of(&place, &project);
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    window.keys("1 2 3");
    wait_for("three answers in the journal", || Some(()).filter(|()| place.answers(&project).len() == 3));
    fs::remove_dir_all(&folder).unwrap();
    wait_for("a new journal", || Some(()).filter(|()| place.answers(&project).len() == 3));
    window.kill();
    assert_eq!(place.answers(&project), ["1 allegation", "2 denial", "3 fact"]);
}

#[test]
fn where_no_journal_can_be_begun_the_status_says_so_by_itself() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let article = place.article("harbour.txt", 10);
    let project = place.project("harbour.allegata.ron", &[&article]);
    let folder = state_of(&place, &project);
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    window.keys("1 2");
    wait_for("two answers in the journal", || Some(()).filter(|()| place.answers(&project).len() == 2));
    let safe = window.settle();
    let status = area(0, 770, 260, 800);
    // In one step, so that the program meets no folder that is only gone.
    let in_the_way = place.write("in the way", "");
    fs::rename(&folder, place.doc("away")).unwrap();
    fs::rename(in_the_way, &folder).unwrap();
    window.see("the status to change by itself", |picture| picture.n_of(status, ERROR) > 40);
    let notice = area(264, 600, 980, 772);
    window.see("a notice that says why", |picture| picture.n_changed(&safe, notice) > 1000);
    fs::remove_file(&folder).unwrap();
    let again = wait_for("a new journal", || Some(journals(&folder)).filter(|found| !found.is_empty()));
    assert_eq!(again.len(), 1);
    window.see("the status to be calm again", |picture| picture.n_of(status, ERROR) == 0);
    window.kill();
    assert_eq!(place.answers(&project).len(), 2);
}

#[test]
fn unsaved_work_on_another_version_is_listed_and_opens_as_a_copy() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let article = place.article("harbour.txt", 10);
    let project = place.project("harbour.allegata.ron", &[&article]);
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    window.keys("1 2 3");
    wait_for("three answers in the journal", || Some(()).filter(|()| place.answers(&project).len() == 3));
    window.kill();
    let theirs = fs::read_to_string(&project).unwrap().replacen("title: \"harbour\"", "title: \"Ana's\"", 1);
    fs::write(&project, &theirs).unwrap();
    assert_eq!(place.answers(&project), [] as [String; 0]);
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    // By the palette, as any command; the first row is the journal's.
    window.keys("ctrl+k");
    window.settle();
    window.text("earlier version");
    window.settle();
    window.keys("Return");
    window.settle();
    window.keys("Return");
    let copy = wait_for("an untitled copy", || {
        let found = fs::read_dir(place.state().join("untitled")).ok()?.map(|entry| entry.unwrap().path());
        let mut found: Vec<_> =
            found.filter(|path| path.extension().is_some_and(|end| end == "ron")).collect();
        found.pop()
    });
    wait_for("the answers in it", || Some(()).filter(|()| place.answers(&copy).len() == 3));
    assert_eq!(place.answers(&copy), ["1 allegation", "2 denial", "3 fact"]);
    assert_eq!(fs::read_to_string(&project).unwrap(), theirs);
    assert!(window.quit().success());
}
