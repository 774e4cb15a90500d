//! Several sentences answered by one key, the last label again, and nothing but the article; by real keys.

use crate::picture::{Area, area};
use crate::program::Place;
use crate::screen::Screen;

/// The list of articles, and the inspector with its chips.
const LIST: Area = area(8, 120, 256, 400);
const INSPECTOR: Area = area(1030, 90, 1270, 240);
const TEXT: Area = area(330, 90, 940, 500);

#[test]
fn a_run_is_labelled_by_one_key_undone_by_one_and_labelled_again() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let article = place.article("harbour.txt", 12);
    let project = place.project("harbour.allegata.ron", &[&article]);
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    window.keys("Home");
    let one = window.settle();
    window.keys("shift+Down shift+Down");
    window.see("three sentences are chosen", |picture| picture.n_changed(&one, TEXT) > 1500);
    window.keys("2");
    place.expect(&project, &["1 denial", "2 denial", "3 denial"]);
    window.keys("ctrl+z");
    place.expect(&project, &[]);
    window.keys("ctrl+shift+z");
    place.expect(&project, &["1 denial", "2 denial", "3 denial"]);
    // The label given last, again; and a run takes it too.
    window.keys("Home Down Down Down r 3 r shift+Down r ctrl+s");
    place.expect(
        &project,
        &["1 denial", "2 denial", "3 denial", "4 denial", "5 fact", "6 fact", "7 fact", "8 fact"],
    );
    assert!(window.quit().success());
}

#[test]
fn nothing_but_the_article_is_shown_and_its_keys_are_live() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let article = place.article("harbour.txt", 12);
    let project = place.project("harbour.allegata.ron", &[&article]);
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    let all = window.settle();
    assert!(all.n_ink(LIST) > 60 && all.n_ink(INSPECTOR) > 200);
    window.keys("F11");
    let alone = window.see("no list and no inspector", |picture| {
        picture.n_ink(INSPECTOR) == 0 && picture.n_ink(area(8, 4, 250, 40)) == 0
    });
    assert!(alone.n_ink(area(300, 40, 980, 700)) > 2000, "the article is there");
    window.keys("1 2 ctrl+s");
    place.expect(&project, &["1 allegation", "2 denial"]);
    window.keys("Escape");
    window.see("everything is back", |picture| picture.n_ink(LIST) > 60 && picture.n_ink(INSPECTOR) > 200);
    assert!(window.quit().success());
}
