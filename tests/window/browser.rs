//! The own browser for files, where no portal answers: type, make a folder, save, open again.

use crate::program::Place;
use crate::screen::{Screen, wait_for};
use std::fs;

#[test]
fn a_project_finds_its_place_and_is_opened_there_again() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let article = place.article("harbour.txt", 6);
    let window = place.open(&screen, &[article.to_str().unwrap()]);
    window.keys("1");
    window.settle();
    window.keys("ctrl+shift+s");
    window.settle();
    window.keys("alt+l ctrl+a");
    window.text(&format!("{}/", place.doc("").display()).replace("//", "/"));
    window.keys("Return");
    window.settle();
    window.keys("alt+n");
    window.settle();
    window.text("kept here");
    window.keys("Return");
    wait_for("the folder", || Some(()).filter(|()| place.doc("kept here").is_dir()));
    window.settle();
    window.keys("ctrl+a");
    // Right before Enter, without a pause.
    window.keys_every(std::time::Duration::ZERO, "m i n e Return");
    let project = place.doc("kept here/mine.allegata.ron");
    wait_for("the project in its place", || Some(()).filter(|()| project.exists()));
    let text = fs::read_to_string(&project).unwrap();
    assert!(text.contains("title: \"Harbour office answers\""), "it is called after its article");
    assert!(window.quit().success());
    assert_eq!(place.answers(&project), ["1 allegation"]);

    // The next time the browser begins there.
    let window = place.open(&screen, &[]);
    window.keys("ctrl+o");
    window.settle();
    window.keys("Return");
    window.settle();
    window.keys("2 ctrl+s");
    place.expect(&project, &["1 allegation", "2 denial"]);
    assert!(window.quit().success());
}
