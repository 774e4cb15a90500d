//! Sentences joined and split by keys, as a person does it: the caret, the key, the saved file.

use crate::picture::area;
use crate::program::Place;
use crate::screen::{Screen, wait_for};

#[test]
fn a_sentence_is_split_at_the_caret_and_joined_again() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let article = place.article("harbour.txt", 8);
    let project = place.project("harbour.allegata.ron", &[&article]);
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    let file = || std::fs::read_to_string(&project).unwrap();
    let n_sentences =
        || file().lines().filter(|line| line.starts_with("(s: ") && line.contains(" t: ")).count();
    let n = n_sentences();
    window.keys("1 Home");
    window.keys("ctrl+Right ctrl+Right");
    window.settle();
    window.keys("shift+m ctrl+s");
    wait_for("two sentences of one in the file", || Some(()).filter(|()| n_sentences() == n + 1));
    place.expect(&project, &["1 allegation, to check", "2 allegation, to check"]);
    // Both are to be checked: the list has the place of the articles.
    window.keys("ctrl+k");
    window.settle();
    window.text("to check");
    window.settle();
    window.keys("Return");
    window.settle();
    window.keys("Return 2 ctrl+s");
    place.expect(&project, &["1 allegation", "2 denial"]);
    window.keys("ctrl+z ctrl+z ctrl+z ctrl+s");
    wait_for("one sentence again", || Some(()).filter(|()| n_sentences() == n));
    // The headline is a paragraph of its own: it joins nothing.
    window.keys("Home m Down m ctrl+s");
    wait_for("one sentence of two", || Some(()).filter(|()| n_sentences() == n - 1));
    assert!(window.quit().success());
    place.cli(&["check", project.to_str().unwrap()]);
}

#[test]
fn a_sentence_is_split_where_the_pointer_lies_also_after_another_key() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let article = place.article("harbour.txt", 8);
    let project = place.project("harbour.allegata.ron", &[&article]);
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    // On `question` in the second row, then an answer that stays where it is.
    window.click(570, 164);
    window.settle();
    window.keys("shift+2 u");
    window.settle();
    window.keys("shift+m ctrl+s");
    place.expect(&project, &["3 denial, unsure, to check", "4 denial, unsure, to check"]);
    let show = place.cli(&["show", "--plain", project.to_str().unwrap()]);
    let second = show.lines().find(|line| line.starts_with("#4 ")).unwrap();
    assert!(second.ends_with(" question number 2 in writing."), "{second}");
    // The list of what is to be checked goes, and then a search goes too.
    window.keys("ctrl+k");
    window.settle();
    window.text("to check");
    window.settle();
    window.keys("Return");
    window.settle();
    window.keys("Escape");
    let list = window.settle();
    window.keys("ctrl+f");
    window.settle();
    window.text("writing");
    let left = area(4, 60, 260, 500);
    window.see("hits in the list's place", |picture| picture.n_changed(&list, left) > 200);
    window.keys("Escape");
    window.see("the list again", |picture| picture.n_changed(&list, left) < 60);
    assert!(window.quit().success());
}
