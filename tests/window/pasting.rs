//! An article pasted by its key: with text on the clipboard, and typed where there is none.

use crate::program::Place;
use crate::screen::{Screen, wait_for};

#[test]
fn what_is_on_the_clipboard_becomes_an_article() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let article = place.article("harbour.txt", 6);
    let project = place.project("harbour.allegata.ron", &[&article]);
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    let file = || std::fs::read_to_string(&project).unwrap();
    // The program puts a sentence on the clipboard itself: the test needs no other one.
    window.keys("Home Down ctrl+c");
    window.settle();
    window.keys("ctrl+shift+v");
    window.settle();
    // The text is there, so the title has the keyboard.
    window.text("A theft 1");
    window.settle();
    window.keys("Return");
    window.settle();
    window.keys("3 ctrl+s");
    wait_for("the article in the file", || Some(()).filter(|()| file().contains("title: \"A theft 1\"")));
    let shown = place.cli(&["show", "--plain", project.to_str().unwrap()]);
    let (_, pasted) = shown.split_once("A theft 1").unwrap();
    assert!(pasted.contains("The harbour office answered question number 1 in writing."), "{shown}");
    assert!(pasted.contains(": fact"), "the keys are live in it: {shown}");
    assert!(window.quit().success());
    place.cli(&["check", project.to_str().unwrap()]);
}
