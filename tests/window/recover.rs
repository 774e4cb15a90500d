//! The power goes while a note is half typed; and what fast hands type right before the key that ends it.

use crate::picture::{Area, Picture, area};
use crate::program::{Place, Window};
use crate::screen::{Screen, wait_for};
use std::fs;
use std::path::{Path, PathBuf};

/// Where the note's field is, in a window of 1280 by 800.
const INSPECTOR: Area = area(984, 400, 1276, 660);

fn open<'a>(screen: &'a Screen, place: &'a Place) -> (Window<'a>, PathBuf) {
    let article = place.article("harbour.txt", 12);
    let project = place.project("harbour.allegata.ron", &[&article]);
    (place.open(screen, &[project.to_str().unwrap()]), project)
}

/// Whether these words stand in a journal.
fn is_in_a_journal(place: &Place, words: &str) -> bool {
    let folders = fs::read_dir(place.state()).into_iter().flatten().map(|entry| entry.unwrap().path());
    let files = folders.filter_map(|folder| fs::read_dir(folder).ok()).flatten();
    let mut journals = files
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "journal"));
    journals.any(|path| fs::read_to_string(path).is_ok_and(|text| text.contains(words)))
}

/// The notes in the file.
fn note_of(project: &Path) -> Vec<String> {
    let text = fs::read_to_string(project).unwrap();
    text.split("note: \"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

fn saved(window: &Window<'_>, project: &Path, want: &[&str]) {
    window.keys("ctrl+s");
    wait_for("the note in the file", || Some(()).filter(|()| note_of(project) == want));
}

#[test]
fn a_note_half_typed_is_back_in_its_field_after_a_kill() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let (window, project) = open(&screen, &place);
    window.keys("1 2 c");
    window.settle();
    window.text("who has written to them");
    // A second after the last letter, without another key.
    wait_for("the note in the journal", || {
        Some(()).filter(|()| is_in_a_journal(&place, "who has written to them"))
    });
    window.kill();
    assert_eq!(place.answers(&project), ["1 allegation", "2 denial"], "it is no answer");
    place.cli(&[
        "label",
        project.to_str().unwrap(),
        "--article",
        &id_of(&project),
        "--sentence",
        "#5",
        "--as",
        "fact",
    ]);
    assert!(note_of(&project).is_empty(), "and goes into no file by itself");

    let window = place.open(&screen, &[project.to_str().unwrap()]);
    let with_note = window.settle();
    window.keys("Up");
    let without = window.settle();
    let n_ink = |picture: &Picture| picture.n_ink(INSPECTOR);
    assert!(with_note.n_changed(&without, INSPECTOR) > 200, "{} {}", n_ink(&with_note), n_ink(&without));
    window.keys("Down c");
    window.settle();
    window.text(", and when?");
    window.keys("Escape");
    saved(&window, &project, &["who has written to them, and when?"]);
    assert!(window.quit().success());
}

fn id_of(project: &Path) -> String {
    let text = fs::read_to_string(project).unwrap();
    let articles = text.split("articles: [").nth(1).unwrap();
    articles.split("id: \"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[test]
fn what_is_typed_right_before_the_end_of_a_field_is_in_it() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let (window, project) = open(&screen, &place);
    // In one go and without a pause: many of them come within one frame.
    let at_once = |keys: &str| window.keys_every(std::time::Duration::ZERO, keys);
    at_once("c h e l l o Escape 1");
    saved(&window, &project, &["hello"]);
    place.expect(&project, &["1 allegation, note: hello"]);
    at_once("c w h o Tab");
    window.keys("Escape");
    saved(&window, &project, &["hello", "who"]);
    at_once("ctrl+k d e n i a l Return 3");
    place.expect(&project, &["1 allegation, note: hello", "2 denial, note: who", "3 fact"]);
}
