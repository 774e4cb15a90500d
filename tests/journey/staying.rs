//! The current sentence stays where it is on the screen, and what cannot be seen is not answered.

use std::fmt::Write as _;

use allegata::session::intent::Intent;
use allegata::session::prefs::{Panels, Setting};
use allegata::session::view::Look;
use egui::accesskit::Role;
use egui::{Event, Modifiers, MouseWheelUnit, Rect, TouchPhase, Vec2, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::window::{Place, Window};

/// An article of so many sentences of many lengths, in paragraphs of six.
pub fn long_article(n_sentences: usize) -> String {
    let mut text = "# What the tide gauge wrote down | Quay Courier | 2025-06-02\n".to_owned();
    for n in 1..=n_sentences {
        let rest = " for the third time that week, as two people who stood there say".repeat(n * 7 % 4);
        write!(text, "Gauge {n} was read at night{rest}. []").unwrap();
        text.push_str(if n % 6 == 0 { "\n\n" } else { " " });
    }
    text.trim_end().to_owned()
}

fn open(place: &Place, size: Vec2) -> Window {
    let path = place.project("gauge.ron", &long_article(120));
    let mut window = Window::build(place, Harness::builder().with_size(size));
    window.drop_files(&[&path]);
    window
}

/// Where the first row of a sentence is on the screen, if any of it is drawn.
fn row_of(window: &Window, number: usize) -> Option<Rect> {
    let start = format!("Sentence {number}, ");
    let found = window.harness.query_all_by_role(Role::ListBoxOption);
    let mut found = found.filter(|node| {
        node.accesskit_node().label().is_some_and(|label| label.replace(": ", ", ").starts_with(&start))
    });
    // What is out of sight is in the tree without a size.
    found.next().map(|node| node.rect()).filter(egui::Rect::is_positive)
}

fn middle(window: &Window) -> f32 {
    row_of(window, window.at()).unwrap_or_else(|| panic!("sentence {} is not drawn", window.at())).center().y
}

fn go_down(window: &mut Window, n_sentences: usize) {
    window.tell_at_once((0..n_sentences).map(|_| Intent::Run("next")).collect());
}

#[track_caller]
fn check_stays(window: &Window, was: f32, when: &str) {
    let is = middle(window);
    assert!((is - was).abs() < 1.0, "{when}: the sentence went from {was} to {is}");
}

fn scroll(window: &mut Window, points: f32) {
    window.harness.hover_at(pos2(600.0, 400.0));
    window.harness.input_mut().events.push(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, -points),
        phase: TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    });
    window.harness.step();
    window.settle();
}

#[test]
fn widths_sizes_and_notices_leave_the_sentence_where_it_is() {
    let place = Place::new();
    let scan = place.write("scan.txt", "");
    let mut window = open(&place, vec2(1280.0, 800.0));
    for n_down in [0, 3, 40, 30] {
        go_down(&mut window, n_down);
        let was = middle(&window);
        for (articles, inspector) in [(Some(420.0), None), (Some(420.0), Some(470.0)), (None, None)] {
            window.tell(Intent::Set(Setting::Panels(Panels { articles, inspector })));
            check_stays(&window, was, "an edge is dragged");
        }
        window.press("Ctrl+Shift+Up Ctrl+Shift+Up Ctrl+Shift+Up");
        if n_down > 3 {
            check_stays(&window, was, "larger text");
        }
        window.press("Ctrl+Shift+Down Ctrl+Shift+Down Ctrl+Shift+Down");
        check_stays(&window, was, "smaller text");
        for width in [1000.0, 850.0, 1700.0, 1280.0] {
            window.harness.set_size(vec2(width, 800.0));
            window.settle();
            if width < 1240.0 && n_down == 0 {
                // The bar with the drawer's button takes the place of the first line.
                continue;
            }
            check_stays(&window, was, &format!("{width} wide"));
        }
        window.drop_files(&[&scan]);
        assert!(!window.notices().is_empty());
        check_stays(&window, was, "a notice comes");
        for id in window.with(|session| session.notices().shown().iter().map(|n| n.id).collect::<Vec<_>>()) {
            window.tell(Intent::Look(Look::Dismiss(id)));
        }
        check_stays(&window, was, "the notice goes");
    }
}

#[test]
fn a_low_window_keeps_it_in_sight_and_gives_it_back_its_place() {
    let place = Place::new();
    let mut window = open(&place, vec2(1280.0, 800.0));
    go_down(&mut window, 60);
    window.press("Down Down Down Down Down Down");
    let was = middle(&window);
    window.harness.set_size(vec2(900.0, 300.0));
    window.settle();
    let low = middle(&window);
    assert!(low > 88.0 && low < 300.0 - 28.0, "{low}: out of sight");
    window.harness.set_size(vec2(1280.0, 800.0));
    window.settle();
    check_stays(&window, was, "there and back");
}

#[test]
fn whatever_changes_it_is_in_sight() {
    let place = Place::new();
    let mut window = open(&place, vec2(1280.0, 800.0));
    window.press("1 2 3 0 1 2");
    window.tell(Intent::Look(Look::Named));
    let mut dice = 7_u32;
    let mut size = vec2(1280.0, 800.0);
    for step in 0..120 {
        dice = dice.wrapping_mul(1_103_515_245).wrapping_add(12_345);
        let throw = (dice >> 16) as usize;
        let what = match throw % 6 {
            0 | 1 => {
                size = [vec2(1280.0, 800.0), vec2(860.0, 520.0), vec2(1040.0, 420.0), vec2(1900.0, 900.0)]
                    [throw / 6 % 4];
                window.harness.set_size(size);
                "size"
            }
            2 => {
                let articles = [None, Some(200.0), Some(480.0)][throw / 6 % 3];
                window.tell(Intent::Set(Setting::Panels(Panels { articles, inspector: None })));
                "panels"
            }
            3 => {
                window.tell(Intent::Set(Setting::ReadingSize([14.0, 17.0, 24.0][throw / 6 % 3])));
                "reading size"
            }
            4 => {
                go_down(&mut window, throw / 6 % 30);
                "moves on"
            }
            _ => {
                window.tell_at_once((0..throw / 6 % 30).map(|_| Intent::Run("previous")).collect());
                "moves back"
            }
        };
        window.settle();
        let row = row_of(&window, window.at());
        let row = row.unwrap_or_else(|| panic!("step {step}, {what}, {size}: not drawn"));
        let bar =
            if size.x < 1240.0 || window.with(|session| session.view().scroll) > 150.0 { 88.0 } else { 44.0 };
        assert!(
            row.top() >= bar - 1.0 && row.bottom() <= size.y - 28.0 + 1.0,
            "step {step}, {what}, {size}: {row:?} is out of sight"
        );
        assert_eq!(window.with(|session| session.view().unseen), None, "step {step}, {what}");
    }
}

#[test]
fn what_is_read_stays_too_where_the_current_sentence_is_far_away() {
    let place = Place::new();
    let mut window = open(&place, vec2(1280.0, 800.0));
    scroll(&mut window, 1_500.0);
    assert_eq!(row_of(&window, window.at()), None);
    let before = window.sentences();
    let number = |sentences: &[String]| -> usize {
        let first = sentences.first().unwrap().trim_start_matches("Sentence ");
        first.split([',', ':']).next().unwrap().parse().unwrap()
    };
    let first = number(&before) + 1;
    let was = row_of(&window, first).unwrap().center().y;
    window.tell(Intent::Set(Setting::Panels(Panels { articles: Some(470.0), inspector: Some(470.0) })));
    let is = row_of(&window, first).unwrap().center().y;
    assert!((was - is).abs() < 60.0, "what was read went from {was} to {is}");
}

#[test]
fn a_key_does_not_answer_what_cannot_be_seen() {
    let place = Place::new();
    let mut window = open(&place, vec2(1280.0, 800.0));
    window.press("1 2 3");
    let answered = window.model();
    for key in ["1", "0", "U", "Delete", "Backspace"] {
        scroll(&mut window, 2_000.0);
        assert_eq!(row_of(&window, 4), None);
        window.press(key);
        assert_eq!(window.model(), answered, "{key} did something unseen");
        assert_eq!(window.at(), 4);
        assert!(window.status().contains("Sentence 4 was out of sight"), "{}", window.status());
        assert!(row_of(&window, 4).is_some(), "{key} brings it back");
    }
    window.press("1");
    assert_eq!((window.model().len(), window.at()), (4, 5), "then it answers");
    // A move shows the sentence by itself, so the next key is meant for it.
    scroll(&mut window, 2_000.0);
    window.press("Down 2");
    assert_eq!(window.model().last().map(String::as_str), Some("6 denial"));
}

#[test]
fn keys_at_speed_are_not_taken_for_blind_ones() {
    let place = Place::new();
    let mut window = open(&place, vec2(1280.0, 500.0));
    window.press("1");
    for n in 0..60 {
        let key = [egui::Key::Num1, egui::Key::Num2, egui::Key::Num3][n % 3];
        for pressed in [true, false] {
            let event = Event::Key {
                key,
                physical_key: Some(key),
                pressed,
                repeat: false,
                modifiers: Modifiers::NONE,
            };
            window.harness.input_mut().events.push(event);
        }
        window.harness.step();
    }
    window.settle();
    assert_eq!(window.model().len(), 61);
}

#[test]
fn a_drawer_over_the_text_is_closed_before_a_key_answers() {
    let place = Place::new();
    let mut window = open(&place, vec2(900.0, 600.0));
    window.press("1 Ctrl+B");
    window.press("2");
    assert_eq!((window.model().len(), window.at()), (1, 2));
    assert!(!window.with(|session| session.view().drawer));
    window.press("2");
    assert_eq!(window.model().len(), 2);
}

#[test]
fn the_pointer_means_nothing_while_keys_are_used() {
    let place = Place::new();
    let mut window = open(&place, vec2(1280.0, 800.0));
    let points = |window: &mut Window| {
        window.harness.run();
        window.harness.output().platform_output.cursor_icon == egui::CursorIcon::PointingHand
    };
    let at = row_of(&window, 8).unwrap().center();
    window.harness.hover_at(at);
    assert!(points(&mut window));
    window.press("Down");
    assert!(!points(&mut window), "a move");
    window.harness.hover_at(at + vec2(2.0, 0.0));
    assert!(points(&mut window), "the pointer was moved");
    window.press("Shift+1");
    assert!(!points(&mut window), "an answer without a move");
    window.tell(Intent::Look(Look::Sentence(9)));
    assert!(!points(&mut window));
}
