//! Typing is not a command; the palette and the mouse do what keys do.

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use crate::begin::begun;
use crate::window::{Place, Window};

#[test]
fn a_note_is_typed_and_no_command_fires() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("1 C");
    assert!(window.field("Note").is_focused());
    let before = (window.at(), window.model());
    window.type_text("a d f 1 2 3 0 u n J k . ? [ ] / c");
    window.press("Down Up Left Right Home End Backspace Delete");
    assert_eq!((window.at(), window.model()), before, "{}", window.status());
    assert!(window.field("Note").is_focused());
    window.press("Escape");
    assert!(!window.field("Note").is_focused());
    let note = "a d f 1 2 3 0 u n J k . ? [ ] / ";
    assert_eq!(window.field("Note").value().as_deref(), Some(note.trim_end()));
    assert_eq!(window.model(), ["1 allegation".to_owned(), format!("2 - {:?}", note.trim_end())]);
    window.press("2");
    assert_eq!((window.said(2).as_str(), window.at()), ("denial", 3), "the keys are live again");
    window.press("Ctrl+Z Ctrl+Z");
    assert_eq!(window.model(), ["1 allegation"], "the note is one change");
}

#[test]
fn a_note_is_kept_whatever_ends_it() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("C");
    window.type_text("one");
    window.harness.get_by_label_contains("Sentence 3, ").click();
    window.settle();
    assert_eq!((window.at(), window.model()), (3, vec!["1 - \"one\"".to_owned()]));
    window.press("C");
    window.type_text("three");
    window.press("Ctrl+Enter");
    assert!(window.model().contains(&"3 - \"three\"".to_owned()), "{:?}", window.model());
    window.press("Escape C");
    window.type_text(" more");
    window.press("Escape");
    assert!(window.model().contains(&"3 - \"three more\"".to_owned()), "{:?}", window.model());
    window.press("Down C");
    window.type_text("four");
    let project = window.desk(|desk| desk.path().to_owned());
    assert!(window.close());
    let mut window = Window::new(&place);
    window.press("Enter");
    assert_eq!(window.desk(|desk| desk.path().to_owned()), project);
    assert!(window.model().contains(&"4 - \"four\"".to_owned()), "{:?}", window.model());
}

#[test]
fn a_note_on_the_sentence_just_answered_and_back() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press(".");
    assert_eq!(window.status(), "Note on the sentence just answered: nothing was answered yet");
    window.press("1 2 .");
    assert_eq!(window.at(), 2);
    assert!(window.field("Note").is_focused());
    window.type_text("who sent it?");
    window.press("Escape");
    assert_eq!(window.at(), 3, "back where the person was");
    assert_eq!(window.model(), ["1 allegation", "2 denial \"who sent it?\""]);
    window.press("3");
    assert_eq!((window.said(3).as_str(), window.at()), ("fact", 4));
    window.press("Right 1 [ . Escape");
    assert_eq!(window.article(), "A bridge that was paid for twice", "back from another article too");
    assert_eq!(window.at(), 4);
}

#[test]
fn the_filter_takes_letters_and_digits() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("/");
    assert!(window.field("Filter articles").is_focused());
    window.type_text("ferry 1");
    assert_eq!(window.with(|session| session.derived().n_listed()), 0);
    assert!(window.shows("Clear the filter"));
    window.press("Backspace Backspace");
    assert_eq!(window.with(|session| session.derived().n_listed()), 1);
    assert_eq!(window.model().len(), 0, "nothing was answered");
    window.press("Enter");
    assert_eq!(window.article(), "Ferry line says its engines were sound");
    window.press("1");
    assert_eq!(window.model(), ["1 allegation"]);
    window.press("/");
    window.type_text("x");
    window.click("Clear the filter");
    assert_eq!(window.with(|session| session.derived().n_listed()), 2);
    window.press("Escape");
    window.press("2");
    assert_eq!(window.model().len(), 2);
}

#[test]
fn the_palette_finds_commands_labels_and_articles() {
    let place = Place::new();
    let mut window = begun(&place);
    let over = |window: &Window| window.with(|session| session.view().over.is_some());
    window.press("Ctrl+K");
    assert!(over(&window));
    window.type_text("unsure");
    window.press("Enter");
    assert!(!over(&window));
    assert_eq!(window.said(1), "unanswered, unsure");
    window.press("Ctrl+K");
    window.type_text("denial");
    window.press("Enter");
    assert_eq!((window.said(1).as_str(), window.at()), ("denial, unsure", 2));
    window.press("Ctrl+K");
    window.type_text("ferry");
    window.press("Enter");
    assert_eq!(window.article(), "Ferry line says its engines were sound");
    window.press("Ctrl+K");
    window.type_text("redo");
    assert!(window.shows("nothing was undone"), "a command that cannot run says why");
    window.press("Enter Escape");
    assert!(!over(&window));
    window.press("Ctrl+K Ctrl+K");
    assert!(!over(&window), "the same key closes it");
    window.press("F1 1 2 3");
    assert!(over(&window));
    window.press("Escape");
    assert!(!over(&window));
    assert_eq!(window.model(), ["1 denial ?"], "no letter came through");
    window.press("1");
    assert_eq!(window.model().len(), 2, "and now they do");
}

#[test]
fn the_mouse_does_what_the_keys_do() {
    let place = Place::new();
    let mut window = begun(&place);
    window.click("Denial");
    assert_eq!((window.said(1).as_str(), window.at()), ("denial", 2));
    window.click("None of these");
    assert_eq!((window.said(2).as_str(), window.at()), ("none of these", 3));
    window.harness.get_by_label_contains("Sentence 5, ").click();
    window.settle();
    assert_eq!(window.at(), 5);
    window.harness.get_by_label_contains("Sentence 4, ").click_secondary();
    window.harness.run();
    assert_eq!(window.at(), 4);
    window.harness.get_by_role_and_label(Role::MenuItem, "Fact").click();
    window.harness.run();
    window.settle();
    assert_eq!((window.said(4).as_str(), window.at()), ("fact", 4));
    window.harness.get_by_label_contains("Ferry line says").click();
    window.settle();
    assert_eq!(window.article(), "Ferry line says its engines were sound");
    window.press("2");
    assert_eq!(window.said(1), "denial", "after clicks the keys are live");
}
