//! Notices: one line, in the words of the window, and nothing moves for them.

use allegata::session::desk::HowSafe;
use allegata::session::job::Question;
use egui::accesskit::Role;
use egui::{Rect, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use std::fs;

use crate::QUAY;
use crate::begin::begun;
use crate::window::{Place, Window};

/// Where everything is that is not a notice and has a name.
fn places(window: &Window) -> Vec<(String, Rect)> {
    let mut found = Vec::new();
    for role in [Role::ListBoxOption, Role::Button, Role::CheckBox, Role::MultilineTextInput, Role::TextInput]
    {
        for node in window.harness.query_all_by_role(role) {
            let label = node.accesskit_node().label().unwrap_or_default();
            if label != "Close this notice" && label != "Save as\u{2026}" && !label.starts_with("All ") {
                found.push((label, node.rect()));
            }
        }
    }
    found
}

fn notice(window: &Window) -> Rect {
    let alerts: Vec<_> = window.harness.query_all_by_role(Role::Alert).map(|node| node.rect()).collect();
    assert_eq!(alerts.len(), 1, "one notice at a time");
    alerts[0]
}

#[test]
fn nothing_moves_and_several_are_one_line() {
    for size in [vec2(1280.0, 800.0), vec2(1920.0, 1000.0), vec2(1000.0, 700.0), vec2(800.0, 600.0)] {
        let place = Place::new();
        let path = place.project("quay.ron", QUAY);
        let mut window = Window::build(&place, Harness::builder().with_size(size));
        window.drop_files(&[&path]);
        window.press("1 Escape Home");
        let was = places(&window);
        let empty = place.write("empty.txt", "");
        let long = place.write(&format!("{}.txt", "long".repeat(50)), "");
        window.drop_files(&[&empty]);
        let one = notice(&window);
        assert_eq!(places(&window), was, "a notice comes at {size:?}");
        window.drop_files(&[&long]);
        let two = notice(&window);
        assert_eq!(places(&window), was, "another comes at {size:?}");
        assert!(one.height() <= 40.0 && one == two, "{one:?} {two:?} at {size:?}");
        window.click("All 2");
        assert!(window.shows("the file is empty"));
        window.press("Escape");
        window.click("Close this notice");
        assert!(!window.shows("All 2"));
        window.click("Close this notice");
        assert_eq!(places(&window), was, "both are gone at {size:?}");
    }
}

#[test]
fn notices_have_the_words_of_the_window() {
    let place = Place::new();
    let mut window = begun(&place);
    let missing = place.doc("gone.txt");
    let project = place.write("broken.allegata.ron", "(");
    window.drop_files(&[&missing]);
    window.drop_files(&[&project]);
    window.press("Escape");
    let said = window.notices();
    assert!(said.len() > 1, "{said:?}");
    for one in &said {
        assert!(!one.contains('`') && !one.contains("hint:") && !one.contains("allegata recover"), "{one}");
    }
}

#[test]
fn a_copy_that_cannot_be_written_does_not_make_the_work_unsafe() {
    let place = Place::new();
    let path = place.project("quay.ron", QUAY);
    let mut window = Window::on(&place, &path);
    window.press("1 Down Enter Ctrl+S");
    let there = place.doc("no folder/copy.ron");
    window.answer(Question::SaveAs, &[&there]);
    assert!(window.notices().concat().contains("Not saved there: "), "{:?}", window.notices());
    assert!(window.notices().concat().contains("Your work is where it was"), "{:?}", window.notices());
    let how_safe = window.desk(|desk| desk.safety().how_safe());
    assert!(matches!(how_safe, HowSafe::Saved(_) | HowSafe::Safe), "{how_safe:?}");
    assert!(!window.shows("Not safe"));
    window.press("2");
    let there = place.doc("copy.ron");
    window.answer(Question::SaveAs, &[&there]);
    assert!(window.notices().is_empty(), "{:?}", window.notices());
}

#[test]
fn what_is_replaced_is_kept_and_enter_replaces_nothing() {
    let place = Place::new();
    let (path, other) = (place.project("quay.ron", QUAY), place.doc("other.allegata.ron"));
    fs::write(&other, "somebody's notes").unwrap();
    let mut window = Window::on(&place, &path);
    window.tell(allegata::session::intent::Intent::Look(allegata::session::view::Look::Over(
        allegata::session::view::Over::Browser(Question::SaveAs),
    )));
    window.press("Ctrl+A");
    window.type_text("other");
    window.press("Enter");
    assert!(window.shows("Replace this file?") && window.shows("is kept among its earlier versions"));
    window.press("Enter Enter");
    assert_eq!(fs::read_to_string(&other).unwrap(), "somebody's notes", "Enter replaces nothing");
    window.click("Replace");
    assert_ne!(fs::read_to_string(&other).unwrap(), "somebody's notes");
    let kept = place.picture().into_iter().any(|(path, bytes)| path != other && bytes == b"somebody's notes");
    assert!(kept, "it is kept as it was");
}
