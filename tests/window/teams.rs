//! A team without a server: a file goes out, comes back, is collected, and one undo takes it back.

use crate::program::{Place, Window};
use crate::screen::{Screen, wait_for};
use std::fs;

/// A conflict is decided by keys, saved, and is gone when the file is opened again.
#[test]
fn a_conflict_is_decided() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let project = place.project("harbour.allegata.ron", &[&place.article("harbour.txt", 6)]);
    let copy = place.doc("harbour-copy.allegata.ron");
    let text = fs::read_to_string(&project).unwrap();
    let id = text
        .lines()
        .find_map(|line| line.strip_prefix("(id: \"")?.split_once("\", added:"))
        .unwrap()
        .0
        .to_owned();
    let label = |file: &std::path::Path, label: &str| {
        place.cli(&["label", file.to_str().unwrap(), "--article", &id, "--sentence", "#2", "--as", label]);
    };
    fs::copy(&project, &copy).unwrap();
    label(&project, "fact");
    label(&copy, "denial");
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    run(&window, "merge a copy");
    window.keys("alt+l ctrl+a");
    window.text(copy.to_str().unwrap());
    window.keys("Return");
    window.settle();
    window.keys("t ctrl+Return");
    window.settle();
    window.keys("ctrl+s");
    place.expect(&project, &["2 denial"]);
    assert!(window.quit().success());
    let saved = fs::read_to_string(&project).unwrap();
    assert!(saved.contains("conflicts: []"), "the record is gone");
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    window.settle();
    assert!(window.quit().success());
    assert_eq!(fs::read_to_string(&project).unwrap(), saved);
}

/// Runs a command by its name.
fn run(window: &Window<'_>, command: &str) {
    window.keys("ctrl+k");
    window.settle();
    window.text(command);
    window.settle();
    window.keys("Return");
    window.settle();
}

#[test]
fn a_file_is_handed_out_answered_collected_and_taken_back() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let project = place.doc("harbour.allegata.ron");
    place.cli(&["new", project.to_str().unwrap(), "--coder", "Ada Brandt"]);
    for (name, n) in [("quay.txt", 6), ("crane.txt", 4), ("ferry.txt", 5)] {
        let article = place.article(name, n);
        place.cli(&["add", project.to_str().unwrap(), article.to_str().unwrap()]);
    }
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    run(&window, "hand out");
    // Keys of the place are not those of the screen: nothing is answered.
    window.keys("1 Right Left ctrl+Return");
    let file = place.doc("hand-out/harbour-ada.allegata.ron");
    wait_for("the file", || Some(()).filter(|()| file.exists()));
    window.settle();
    assert!(window.quit().success());
    assert!(place.answers(&project).is_empty());
    assert_eq!(fs::read_dir(place.doc("hand-out")).unwrap().count(), 1, "nothing else lies there");

    // At the coder's computer the question comes at once, with the coder chosen; then it never comes again.
    fs::remove_file(place.settings()).unwrap_or_default();
    let window = place.open(&screen, &[file.to_str().unwrap()]);
    window.keys("Return");
    window.settle();
    window.keys("1 ctrl+s");
    place.expect(&file, &["1 allegation"]);
    assert!(window.quit().success());
    let theirs = fs::read(&file).unwrap();

    let window = place.open(&screen, &[project.to_str().unwrap()]);
    run(&window, "collect");
    window.keys("alt+l ctrl+a");
    window.text(file.to_str().unwrap());
    window.keys("Return");
    window.settle();
    window.keys("ctrl+Return");
    window.settle();
    window.keys("ctrl+s");
    place.expect(&project, &["1 allegation"]);
    window.keys("ctrl+z ctrl+s");
    place.expect(&project, &[]);
    assert!(window.quit().success());
    assert_eq!(fs::read(&file).unwrap(), theirs, "the coder's file is only read");
}
