//! Who is at the keyboard: a teammate is never answered for, and the own name is offered from project to project.

use crate::program::Place;
use crate::screen::{Screen, wait_for};
use std::fs;

#[test]
fn enter_answers_for_nobody_and_the_name_comes_along() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let article = place.article("harbour.txt", 6);
    // A project without a coder: the first answer makes one, whose name is asked for below the text.
    let mine = place.doc("mine.allegata.ron");
    place.cli(&["new", mine.to_str().unwrap()]);
    place.cli(&["add", mine.to_str().unwrap(), article.to_str().unwrap()]);
    let window = place.open(&screen, &[mine.to_str().unwrap()]);
    window.keys("1");
    window.settle();
    window.keys("ctrl+k");
    window.settle();
    window.text("coder's name");
    window.settle();
    window.keys("Return");
    window.settle();
    window.text("Uma");
    window.keys("Return 2 ctrl+s");
    wait_for("the name in the file", || {
        Some(()).filter(|()| fs::read_to_string(&mine).unwrap().contains("name: \"Uma\""))
    });
    assert!(window.quit().success());

    // A teammate's file: it knows Ines, and nobody at this computer is she.
    let theirs = place.project("theirs.allegata.ron", &[&article]);
    fs::remove_file(place.doc("../config/settings.ron")).unwrap_or_default();
    let window = place.open(&screen, &[theirs.to_str().unwrap()]);
    window.keys("1");
    let asked = window.settle();
    window.keys("Return Return");
    let still = window.settle();
    assert!(still.n_changed(&asked, still.whole()) < 400, "the question stays");
    assert!(place.answers(&theirs).is_empty(), "Enter answers for nobody");
    window.keys("Down Return");
    place.expect(&theirs, &["1 allegation"]);
    assert!(window.quit().success());
}
