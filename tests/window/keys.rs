//! Held keys, the keypad, other keyboards: one press is one answer, and what only moves changes nothing.

use crate::program::{Place, Window};
use crate::screen::{Screen, wait_for};
use std::path::PathBuf;
use std::time::Duration;

/// Longer than it takes until a held key repeats, and then some repeats.
const HELD: Duration = Duration::from_millis(900);

/// A window on an article of forty sentences.
fn open<'a>(screen: &'a Screen, place: &'a Place) -> (Window<'a>, PathBuf) {
    let article = place.article("harbour.txt", 40);
    let project = place.project("harbour.allegata.ron", &[&article]);
    (place.open(screen, &[project.to_str().unwrap()]), project)
}

#[test]
fn a_held_key_answers_once() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let (window, project) = open(&screen, &place);
    window.hold("2", HELD);
    window.keys("3");
    place.expect(&project, &["1 denial", "2 fact"]);
    window.hold("a", HELD);
    window.keys("3");
    place.expect(&project, &["1 denial", "2 fact", "3 allegation", "4 fact"]);
    window.hold("BackSpace", HELD);
    window.keys("shift+0");
    place.expect(&project, &["1 denial", "2 fact", "3 allegation", "4 none"]);
    window.hold("Delete", HELD);
    window.keys("2");
    place.expect(&project, &["1 denial", "2 fact", "3 allegation", "4 denial"]);
}

#[test]
fn what_moves_repeats_while_it_is_held() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let (window, project) = open(&screen, &place);
    window.hold("Down", HELD);
    window.keys("1");
    let number = |answer: &str| answer.split(' ').next().unwrap().parse::<usize>().unwrap();
    let first = wait_for("an answer", || place.answers(&project).first().map(|answer| number(answer)));
    assert!(first > 4, "held, Down went to sentence {first} alone");
    window.keys("Home Next 2");
    wait_for("ten sentences on", || place.answers(&project).iter().any(|a| a == "11 denial").then_some(()));
}

/// xdotool presses the keys of a keypad by their codes.
#[test]
fn the_keypad_moves_without_its_digits_and_labels_with_them() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let (window, project) = open(&screen, &place);
    // 87 End, 88 Down, 79 Home, 80 Up, 84 the middle key, 91 Delete, 90 Insert.
    window.keys("1 79 84 91 90 88 88 80");
    window.keys("2");
    place.expect(&project, &["1 allegation", "2 denial"]);
    window.keys("87");
    window.keys("shift+3");
    place.expect(&project, &["1 allegation", "2 denial", "41 fact"]);
    window.keys("Num_Lock Home 89");
    window.keys("88");
    place.expect(&project, &["1 fact", "2 denial", "41 fact"]);
    window.keys("90");
    window.keys("87");
    place.expect(&project, &["1 fact", "2 denial", "3 none", "4 allegation", "41 fact"]);
}

/// A German keyboard has `AltGr`, 108, and signs of a third level behind most keys.
#[test]
fn altgr_and_a_key_do_nothing_outside_a_field() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    screen.keyboard("de");
    let (window, project) = open(&screen, &place);
    for code in ["10", "40", "41", "30", "17"] {
        screen.xdotool(&["keydown", "108", "key", code, "keyup", "108"]);
    }
    window.keys("11");
    place.expect(&project, &["1 denial"]);
}

#[test]
fn digits_behind_shift_and_before_it() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    screen.keyboard("fr");
    let (window, project) = open(&screen, &place);
    // 10, 11, 19: the keys of 1, 2 and 0; a French keyboard has `&`, `é` and `à` there.
    window.keys("10");
    place.expect(&project, &["1 allegation"]);
    window.keys("11");
    place.expect(&project, &["1 allegation", "2 denial"]);
    window.keys("19");
    place.expect(&project, &["1 allegation", "2 denial", "3 none"]);
    let shifted = |code: &str| screen.xdotool(&["keydown", "50", "key", code, "keyup", "50"]);
    shifted("11");
    shifted("19");
    window.keys("Up");
    place.expect(&project, &["1 allegation", "2 denial", "3 none", "4 none"]);
}
