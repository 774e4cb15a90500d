//! Several things at once: what is asked for while something else is under way is neither lost nor done elsewhere.

use std::fs;

use allegata::formats;
use allegata::session::desk::{Desk, HowSafe};
use allegata::session::intent::Intent;
use allegata::session::job::Question;

use crate::QUAY;
use crate::begin::begun;
use crate::window::{Place, Window, rows};

fn on_disk(path: &std::path::Path) -> Vec<String> {
    rows(&formats::project::read(&fs::read(path).unwrap()).unwrap().project)
}

fn is_busy(window: &Window) -> bool {
    window.with(|session| !session.running().is_empty())
}

#[test]
fn a_place_that_is_given_while_a_save_is_under_way() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("1 2");
    let path = place.doc("story.ron");
    window.tell_at_once(vec![Intent::Pause, Window::answered(Question::SaveAs, &[&path])]);
    assert!(!window.desk(Desk::is_untitled));
    assert_eq!(window.desk(|desk| desk.path().to_owned()), path);
    assert_eq!(on_disk(&path), window.model());
    assert!(!is_busy(&window));
}

#[test]
fn closed_while_a_save_is_under_way() {
    let place = Place::new();
    let path = place.project("quay.ron", QUAY);
    let mut window = Window::on(&place, &path);
    window.press("1 Down Enter 2");
    let full = window.model();
    window.tell_at_once(vec![Intent::Pause, Intent::Run("unsure"), Intent::Run("close")]);
    assert!(!window.has_project());
    assert!(!is_busy(&window), "no save is shown for ever");
    assert_ne!(on_disk(&path), full, "what came during the save is in the file too");
    assert_eq!(on_disk(&path).len(), full.len() + 1);
}

#[test]
fn articles_for_a_project_that_was_closed() {
    let place = Place::new();
    let path = place.project("quay.ron", QUAY);
    let article = place.write("late.txt", "A late article. It was long in coming.");
    let mut window = Window::on(&place, &path);
    window.tell_at_once(vec![Window::answered(Question::AddArticles, &[&article]), Intent::Run("close")]);
    assert!(window.notices().concat().contains("these articles"), "{:?}", window.notices());
    assert!(!is_busy(&window));
}

#[test]
fn a_saved_file_that_is_gone_is_back_when_the_window_closes() {
    let place = Place::new();
    let path = place.project("quay.ron", QUAY);
    let mut window = Window::on(&place, &path);
    window.press("1 Down Enter 2 Ctrl+S");
    let full = window.model();
    fs::remove_file(&path).unwrap();
    window.focus(false);
    window.focus(true);
    let how_safe = window.desk(|desk| desk.safety().how_safe());
    assert!(matches!(how_safe, HowSafe::NotSafe(_)), "{how_safe:?}");
    assert!(window.close());
    assert_eq!(on_disk(&path), full);
}

#[test]
fn answers_go_on_after_undo_took_the_coder_away() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("1 Ctrl+Z Ctrl+Z");
    assert_eq!(window.project().n_coders(), 0);
    window.press("Home 2");
    assert_eq!(window.said(1), "denial", "{:?}", window.notices());
    assert_eq!(window.project().n_coders(), 1);
}
