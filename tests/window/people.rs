//! Who is at the keyboard: a teammate is never answered for, and the own name is offered from project to project.

use crate::program::{Place, Window};
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

/// Coders are renamed, made reviewers and taken out by keys, saved, and brought back by one undo.
#[test]
fn coders_are_renamed_and_taken_out_and_come_back() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let project = place.project("harbour.allegata.ron", &[&place.article("harbour.txt", 6)]);
    let path = project.to_str().unwrap();
    let id = fs::read_to_string(&project).unwrap();
    let id = id
        .lines()
        .find_map(|line| line.strip_prefix("(id: \"")?.split_once("\", added:"))
        .unwrap()
        .0
        .to_owned();
    let said = ["--article", &id, "--sentence", "#2", "--as", "denial"];
    place.cli(&[&["label", path, "--new-coder", "Mira"], &said[..]].concat());
    place.expect(&project, &["2 denial"]);
    let window = place.open(&screen, &[path]);
    let coders = |window: &Window| {
        window.keys("ctrl+k");
        window.text("coders");
        window.keys("Return");
        window.settle();
    };
    let saved = |what: &str, is_so: &dyn Fn(&str) -> bool| {
        window.keys("ctrl+s");
        wait_for(what, || fs::read_to_string(&project).ok().filter(|text| is_so(text)));
    };
    // The second in the list; Tab goes to her name, and on to the buttons.
    coders(&window);
    window.keys("Down Tab ctrl+a");
    window.text("Mira Okafor");
    window.keys("Return");
    window.settle();
    window.keys("Escape");
    saved("the new name", &|text| text.contains("name: \"Mira Okafor\""));
    coders(&window);
    window.keys("Down Tab Tab Tab space");
    window.settle();
    window.keys("Escape");
    saved("the role", &|text| text.contains("name: \"Mira Okafor\", role: \"reviewer\""));
    coders(&window);
    window.keys("Down Tab Tab space");
    window.settle();
    window.keys("Escape");
    saved("one coder", &|text| !text.contains("Mira"));
    assert!(place.answers(&project).is_empty(), "her answers go with her");
    window.keys("ctrl+z ctrl+z ctrl+z");
    saved("the old name", &|text| text.contains("name: \"Mira\""));
    place.expect(&project, &["2 denial"]);
    assert!(window.quit().success());
}
