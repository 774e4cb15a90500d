//! How often the window is drawn: for a key, for a notch of the wheel, and not at all while nobody does anything.

use crate::program::{Place, Window};
use crate::screen::Screen;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Between two pictures of a screen that shows sixty in a second, in milliseconds, with what a timer may be early.
const REFRESH_MS: f64 = 1000.0 / 60.0 - 1.5;

/// A drawn frame, as the log has it.
struct Frame {
    cause: String,
    at_ms: f64,
}

/// The frames of the log so far, but for the last one, which is written when the next is drawn.
fn frames(log: &Path) -> Vec<Frame> {
    let text = std::fs::read_to_string(log).unwrap();
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next().unwrap().split('\t').collect();
    lines
        .map(|line| {
            let row: BTreeMap<&str, &str> = head.iter().copied().zip(line.split('\t')).collect();
            let field = |name: &str| row.get(name).copied().unwrap_or_default().to_owned();
            Frame { cause: field("cause"), at_ms: field("at_ms").parse().unwrap() }
        })
        .collect()
}

fn project(place: &Place) -> (PathBuf, PathBuf) {
    let article = place.article("harbour.txt", 60);
    (place.project("harbour.allegata.ron", &[&article]), place.doc("frames"))
}

fn open<'a>(place: &'a Place, screen: &'a Screen, (project, log): &(PathBuf, PathBuf)) -> Window<'a> {
    let window = place.open(screen, &["--frame-log", log.to_str().unwrap(), project.to_str().unwrap()]);
    window.point_at(640, 20);
    window.settle();
    window
}

/// How many frames are drawn by what is done.
fn n_drawn(window: &Window<'_>, log: &Path, act: impl FnOnce()) -> usize {
    let before = frames(log).len();
    act();
    window.settle();
    frames(log).len() - before
}

#[test]
fn a_key_is_drawn_twice_at_most() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let files = project(&place);
    let window = open(&place, &screen, &files);
    // The first answer of a sitting has the session say more, and the reader scrolls to sentences farther down.
    window.keys("1");
    window.settle();
    for key in ["2", "3", "0", "1", "Up", "Down", "u"] {
        let n = n_drawn(&window, &files.1, || window.keys(key));
        assert!((1..=2).contains(&n), "{n} frames for {key}: {:?}", causes(&files.1, n));
    }
}

fn causes(log: &Path, n: usize) -> Vec<String> {
    let mut frames = frames(log);
    let from = frames.len().saturating_sub(n + 1);
    frames.drain(from..).map(|frame| frame.cause).collect()
}

#[test]
fn a_notch_of_the_wheel_is_drawn_once_a_refresh() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let files = project(&place);
    let window = open(&place, &screen, &files);
    window.point_at(600, 500);
    window.settle();
    let before = frames(&files.1).len();
    screen.xdotool(&["click", "5"]);
    window.settle();
    screen.xdotool(&["click", "5"]);
    window.settle();
    let drawn = frames(&files.1).split_off(before);
    assert!(drawn.iter().any(|frame| frame.cause == "wheel"));
    for pair in drawn.windows(2) {
        let apart = pair[1].at_ms - pair[0].at_ms;
        assert!(apart >= REFRESH_MS, "two frames {apart} ms apart, the second for: {}", pair[1].cause);
    }
}

#[test]
fn nothing_is_drawn_while_nobody_does_anything() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let files = project(&place);
    let window = open(&place, &screen, &files);
    let before = frames(&files.1).len();
    window.settle();
    window.settle();
    assert_eq!(frames(&files.1).len(), before);
}
