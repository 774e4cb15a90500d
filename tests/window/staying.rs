//! The current sentence stays at its height, and a key never answers what cannot be seen.

use crate::picture::{Area, Picture, area};
use crate::program::{Place, Window};
use crate::screen::{Screen, wait_for};
use std::ops::RangeInclusive;
use std::path::PathBuf;

/// Ink of an allegation in light: its margin letter, and the outline of the current sentence.
const INK: [u8; 3] = [0xA2, 0x3F, 0x00];

/// An article whose current sentence, the only one with a label, is in the middle of it.
fn open<'a>(screen: &'a Screen, place: &'a Place) -> (Window<'a>, PathBuf) {
    let article = place.article("harbour.txt", 90);
    let project = place.project("harbour.allegata.ron", &[&article]);
    let window = place.open(screen, &[project.to_str().unwrap()]);
    window.point_at(640, 20);
    window.keys_every(std::time::Duration::from_millis(4), &["Down"; 40].join(" "));
    // Five answers, after which the lines for beginners below the text are gone.
    window.keys("shift+2 shift+3 shift+2 shift+3 shift+1");
    wait_for("the answer", || Some(place.answers(&project)).filter(|all| *all == ["41 allegation"]));
    window.settle();
    (window, project)
}

/// The rows of the filled box in the margin.
fn box_rows(picture: &Picture, margin: Area) -> Vec<usize> {
    let is_box = |y: &usize| picture.n_of(Area { top: *y, bottom: y + 1, ..margin }, INK) >= 8;
    (margin.top..margin.bottom).filter(is_box).collect()
}

/// The middle of the box, once it is there and so many pixels high: what was asked for may take a moment.
fn height(window: &Window<'_>, margin: Area, box_height: RangeInclusive<usize>) -> usize {
    let is_so = |picture: &Picture| box_height.contains(&box_rows(picture, margin).len());
    let rows = box_rows(&window.see("the box of the current sentence", is_so), margin);
    let (first, last) = rows.first().zip(rows.last()).unwrap();
    usize::midpoint(*first, *last)
}

/// The margin left of the text; wide enough for every zoom.
fn margin(left: usize, right: usize) -> Area {
    area(left, 110, right, 760)
}

#[test]
fn zoom_and_widths_leave_it_where_it_is() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let (window, _) = open(&screen, &place);
    let was = height(&window, margin(266, 330), 20..=24);

    for _ in 0..10 {
        window.keys("ctrl+plus");
    }
    let is = height(&window, margin(2, 80), 43..=46);
    assert!(is.abs_diff(was) <= 4, "at 200 %: from {was} to {is}");
    window.keys("ctrl+0");
    let is = height(&window, margin(266, 330), 20..=24);
    assert!(is.abs_diff(was) <= 1, "there and back: from {was} to {is}");

    for (width, left, right) in [(1100, 2, 70), (900, 2, 50), (800, 2, 50), (1280, 266, 330)] {
        window.resize(width, 800);
        let is = height(&window, margin(left, right), 20..=24);
        assert!(is.abs_diff(was) <= 2, "{width} wide: from {was} to {is}");
    }
}

#[test]
fn a_dragged_edge_leaves_it_where_it_is() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let (window, _) = open(&screen, &place);
    let was = height(&window, margin(266, 330), 20..=24);
    window.point_at(264, 600);
    window.settle();
    screen.xdotool(&["mousedown", "1"]);
    window.settle(); // the press is seen before it moves: both in one frame would be a press beside the edge
    for x in [300, 360, 420] {
        window.point_at(x, 600);
        let is = height(&window, margin(x + 4, x + 66), 20..=24);
        assert!(is.abs_diff(was) <= 1, "the list {x} wide: from {was} to {is}");
    }
    screen.xdotool(&["mouseup", "1"]);
    let is = height(&window, margin(424, 486), 20..=24);
    assert!(is.abs_diff(was) <= 1, "from {was} to {is}");
}

#[test]
fn a_key_brings_back_what_was_scrolled_away_and_answers_then() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let (window, project) = open(&screen, &place);
    window.point_at(600, 500);
    screen.xdotool(&["click", "--repeat", "30", "--delay", "5", "4"]);
    let away = window.settle();
    assert_eq!(away.rows_of(margin(266, 330), INK), [0; 0], "scrolled away");
    window.keys("2");
    let back = window.see("it comes back", |picture| !picture.rows_of(margin(266, 330), INK).is_empty());
    assert!(back.n_of(margin(266, 330), INK) > 50);
    window.settle();
    assert_eq!(place.answers(&project), ["41 allegation"]);
    window.keys("2");
    wait_for("the second press answers", || {
        Some(place.answers(&project)).filter(|all| *all == ["41 denial"])
    });
}
