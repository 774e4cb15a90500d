//! The menus by the keyboard alone.

use crate::picture::{Area, Picture, area};
use crate::program::{Place, Window};
use crate::screen::Screen;

/// Where the menus of the top bar open.
const MENUS: Area = area(0, 44, 560, 520);

/// A menu is open when a part of the window below its word is covered.
fn open(window: &Window<'_>, shut: &Picture) -> Picture {
    window.see("a menu", |picture| picture.n_changed(shut, MENUS) > 4000)
}

#[test]
fn menus_open_walk_choose_and_close_by_keys() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let article = place.article("harbour.txt", 12);
    let project = place.project("harbour.allegata.ron", &[&article]);
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    window.keys("1 2");
    let shut = window.settle();

    window.keys("alt+e");
    let edit = open(&window, &shut);
    window.keys("Down");
    window.see("another row with the focus", |picture| picture.n_changed(&edit, MENUS) > 200);
    window.keys("Up Return");
    place.expect(&project, &["1 allegation"]);

    let shut = window.settle();
    window.keys("F10");
    let file = open(&window, &shut);
    window.keys("Right");
    window.see("the next menu", |picture| picture.n_changed(&file, MENUS) > 2000);
    window.keys("Escape");
    window.see("no menu", |picture| picture.n_changed(&shut, MENUS) < 200);

    // At the speed of a hand that knows the way; digits in a menu label nothing.
    window.keys("F10 Right Right 1 2 3 Home Return 3");
    place.expect(&project, &["1 allegation", "2 none", "3 fact"]);
}

#[test]
fn a_row_below_the_window_is_scrolled_to_before_another_key() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let project = place.project("harbour.allegata.ron", &[&place.article("harbour.txt", 12)]);
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    window.resize(800, 500);
    let shut = window.settle();
    window.keys("F10");
    open(&window, &shut);
    for key in ["End", "Home", "Up"] {
        window.keys(key);
        let then = window.settle();
        // Drawn once more, it would be where it is to be.
        for x in [700, 705] {
            window.point_at(x, 470);
            window.settle();
        }
        let again = window.settle();
        assert_eq!(again.n_changed(&then, area(8, 44, 250, 496)), 0, "{key}: the row is seen one frame late");
    }
}

#[test]
fn a_menu_takes_the_keyboard_from_a_field_and_gives_it_back() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let article = place.article("harbour.txt", 12);
    let project = place.project("harbour.allegata.ron", &[&article]);
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    window.keys("1 c");
    let shut = window.settle();
    window.text("who");
    window.settle();
    window.keys("alt+v");
    open(&window, &shut);
    window.keys("Escape");
    window.settle();
    window.text(" says");
    window.settle();
    window.keys("Escape");
    place.expect(&project, &["1 allegation", "2 unanswered, note: who says"]);
}
