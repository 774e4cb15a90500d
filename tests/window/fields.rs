//! Every field of one line takes the click, shows its caret and what is typed, and no letter of it becomes an answer.

use crate::picture::{Area, area};
use crate::program::{Place, Window};
use crate::screen::Screen;

/// Keys of every label, of notes, moves and undo, if nobody held them back.
const TYPED: &str = "a1 d2f3 u0cn";
/// A caret, one point wide and as high as a row.
const CARET: usize = 10;
/// So much ink have half of the signs at least.
const INK: usize = 240;

/// Clicks into a field whose text is in that part of the window, and sees a caret.
fn click(window: &Window<'_>, name: &str, (x, y): (usize, usize), text: Area) {
    let shut = window.settle();
    window.click(x, y);
    window.see(&format!("{name}: a caret"), |picture| picture.n_changed(&shut, text) >= CARET);
}

/// Types into what has the keyboard, and sees it there.
fn type_into(window: &Window<'_>, name: &str, text: Area) {
    let before = window.settle();
    window.text(TYPED);
    window.see(&format!("{name}: ink"), |picture| picture.n_changed(&before, text) > INK);
}

fn check(window: &Window<'_>, name: &str, at: (usize, usize), text: Area) {
    click(window, name, at, text);
    type_into(window, name, text);
}

/// Presses keys after which something stands over the window and shades the rest.
fn come_to(window: &Window<'_>, keys: &str) {
    let shut = window.settle();
    window.keys(keys);
    window.see(keys, |picture| picture.n_changed(&shut, shut.whole()) > 200_000);
}

#[test]
fn fields_of_the_window_and_over_it() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let article = place.article("harbour.txt", 12);
    let project = place.project("harbour.allegata.ron", &[&article]);
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    window.keys("1 2");
    place.expect(&project, &["1 allegation", "2 denial"]);

    let filter = area(40, 93, 200, 113);
    check(&window, "the filter", (130, 103), filter);
    window.keys("ctrl+a Delete Escape");
    check(&window, "the filter's magnifier", (27, 103), filter);
    window.keys("ctrl+a Delete Escape");

    let palette = area(376, 106, 620, 132);
    come_to(&window, "ctrl+k");
    window.click(600, 119);
    type_into(&window, "the palette", palette);
    window.keys("Escape");
    come_to(&window, "ctrl+i");
    check(&window, "the browser's path", (600, 198), area(266, 189, 860, 208));
    window.keys("Escape");
    come_to(&window, "ctrl+shift+s");
    type_into(&window, "the name of a copy", area(266, 589, 860, 608));
    check(&window, "the path of a copy", (600, 169), area(266, 160, 860, 178));
    check(&window, "the name of a copy", (600, 598), area(266, 589, 860, 608));
    window.keys("Escape");
    window.settle();
    window.click(1160, 786);
    window.settle();
    check(&window, "the name of somebody new", (600, 442), area(438, 433, 840, 452));
    window.keys("Escape");
    window.settle();
    assert_eq!(place.answers(&project), ["1 allegation", "2 denial"]);
    window.keys("3");
    place.expect(&project, &["1 allegation", "2 denial", "3 fact"]);
}

#[test]
fn a_note_in_a_window_too_low_for_it() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let project = place.project("harbour.allegata.ron", &[&place.article("harbour.txt", 12)]);
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    window.keys(&["ctrl+plus"; 10].join(" "));
    window.settle();
    window.keys("c");
    type_into(&window, "the note", area(950, 180, 1240, 610));
}

#[test]
fn the_name_under_the_first_answers() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let article = place.article("harbour.txt", 12);
    let window = place.open(&screen, &[article.to_str().unwrap()]);
    window.keys("1");
    check(&window, "the name", (620, 748), area(546, 738, 710, 758));
    let before = window.settle();
    window.keys("ctrl+a");
    window.text("Ines Varga");
    window.keys("Return");
    let named = window
        .see("the name in the status", |picture| picture.n_changed(&before, area(960, 776, 1210, 796)) > 100);
    assert!(named.n_changed(&before, area(540, 730, 960, 768)) > 1000, "and nobody asks for it");
    assert_eq!(named.n_changed(&before, area(984, 650, 1280, 720)), 0, "one answer, as before");
}

#[test]
fn the_filter_in_a_drawer_at_every_zoom() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let article = place.article("harbour.txt", 12);
    let project = place.project("harbour.allegata.ron", &[&article]);
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    window.keys("1");
    // In halves of what is at 100 %.
    for halves in [3, 4] {
        window.keys(&["ctrl+plus"; 5].join(" "));
        window.settle();
        window.keys("ctrl+b");
        window.settle();
        let at = |points: usize| points * halves / 2;
        let text = area(at(40), at(93), at(200), at(113));
        check(&window, "the filter", (at(130), at(103)), text);
        window.keys("Escape Escape");
    }
    assert_eq!(place.answers(&project), ["1 allegation"]);
}
