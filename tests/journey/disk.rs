//! Saved, closed, killed, opened twice, changed by others: everything is there afterwards.

use std::fs;

use allegata::formats;
use allegata::model::audit;
use allegata::session::Session;
use allegata::session::desk::{Desk, HowSafe};
use allegata::session::job::Question;
use allegata::shell::store;

use crate::QUAY;
use crate::begin::begun;
use crate::window::{Place, Window, rows};

const BRIDGE: &str = "A bridge that was paid for twice";
const FERRY: &str = "Ferry line says its engines were sound";

fn on_disk(path: &std::path::Path) -> Vec<String> {
    rows(&formats::project::read(&fs::read(path).unwrap()).unwrap().project)
}

#[test]
fn saved_under_a_name_and_opened_again() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("1 2 C");
    window.type_text("which Monday?");
    window.press("Escape Right 0 U");
    assert!(window.desk(Desk::is_untitled));
    window.answer(Question::SaveAs, &[&place.doc("story")]);
    let path = place.doc("story.allegata.ron");
    assert_eq!(window.status(), "Saved as story.allegata.ron");
    let want = ["1 none", "2 - ?", "1 allegation", "2 denial", "3 - \"which Monday?\""];
    let sorted = |mut rows: Vec<String>| {
        rows.sort();
        rows
    };
    assert_eq!(sorted(on_disk(&path)), sorted(want.map(str::to_owned).into()));
    window.press("3 Ctrl+S");
    assert!(matches!(window.desk(|desk| desk.safety().how_safe()), HowSafe::Saved(_)));
    let full = window.project();
    assert!(window.close());
    let window = Window::on(&place, &path);
    assert_eq!(window.project(), full);
    assert!(window.notices().is_empty(), "{:?}", window.notices());
    assert!(!window.desk(Desk::is_untitled));
}

#[test]
fn go_on_where_you_were() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("1 2 3 /");
    window.type_text("ferry");
    window.press("Enter 1 Down");
    assert_eq!((window.article().as_str(), window.at()), (FERRY, 3));
    assert!(window.close());

    let mut window = Window::new(&place);
    assert!(window.shows("4 of 9 answered · go on"), "the first row of the welcome page");
    window.press("Enter");
    assert_eq!((window.article().as_str(), window.at()), (FERRY, 3));
    assert_eq!(window.with(|session| session.view().filter.clone()), "ferry");
    assert_eq!(window.answers()[0], "allegation");
    window.press("2");
    assert_eq!(window.said(3), "denial", "and nobody is asked for again");
    window.press("Ctrl+W");
    assert!(!window.has_project());
    assert!(window.shows("5 of 9 answered · go on"));
    window.press("Enter");
    assert_eq!((window.article().as_str(), window.at()), (FERRY, 4));
}

#[test]
fn killed_in_the_middle_everything_comes_back() {
    let place = Place::new();
    let path = place.project("quay.ron", QUAY);
    let mut window = Window::on(&place, &path);
    window.press("1 Down Enter Ctrl+S N 3 N 2");
    assert_eq!(window.desk(|desk| desk.safety().how_safe()), HowSafe::Safe);
    window.press("C");
    window.type_text("late");
    window.press("Escape Home");
    let full = window.project();
    let killed = place.picture();
    assert!(window.close());
    place.go_back_to(&killed);
    assert_ne!(on_disk(&path), rows(&full), "the file is behind");

    let mut window = Window::new(&place);
    window.press("Enter");
    assert_eq!(window.project(), full);
    assert!(window.notices().iter().any(|n| n.starts_with("Recovered: 3 changes")), "{:?}", window.notices());
    assert_eq!(window.said(window.at()), "unanswered", "at the next sentence without an answer");
    window.click("List them");
    assert!(window.shows("note"));
    window.press("Escape Ctrl+Z");
    assert!(!window.model().iter().any(|row| row.contains("late")), "recovered work can be undone");
    window.press("Ctrl+Y Ctrl+S");
    assert_eq!(on_disk(&path), rows(&full));
    assert!(window.close());
    let window = Window::on(&place, &path);
    assert!(window.notices().is_empty(), "{:?}", window.notices());
}

#[test]
fn killed_before_it_had_a_name() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("1 2 3");
    let full = window.project();
    let killed = place.picture();
    assert!(window.close());
    place.go_back_to(&killed);
    let mut window = Window::new(&place);
    window.press("Enter");
    assert_eq!(window.project(), full);
    assert_eq!((window.article().as_str(), window.said(2).as_str()), (BRIDGE, "denial"));
}

#[test]
fn a_second_window_reads_only_and_says_who_writes() {
    let place = Place::new();
    let path = place.project("quay.ron", QUAY);
    let mut first = Window::on(&place, &path);
    first.press("1 Down Enter"); // as anna, who said so before
    let mut second = Window::on(&place, &path);
    let why = second.desk(|desk| desk.read_only().map(str::to_owned)).unwrap();
    assert!(why.contains("another program has this project open, held by `"), "{why}");
    assert!(second.notices().iter().any(|n| n.starts_with("Read only: ")), "{:?}", second.notices());
    let before = second.project();
    second.press("1 2 0 U Backspace Delete C . Ctrl+Enter Ctrl+Z Ctrl+S");
    second.type_text("note");
    assert_eq!(second.project(), before);
    assert!(second.with(|session| session.view().over.is_none()), "nobody is asked who they are");
    second.press("Escape Home 1");
    assert!(second.status().contains("another program has this project open"), "{}", second.status());
    first.press("Down 3");
    assert_eq!(first.model().len(), before.sheets().map(|sheet| sheet.rows.len()).sum::<usize>() + 1);

    let copy = place.doc("copy.ron");
    second.answer(Question::SaveAs, &[&copy]);
    assert_eq!(second.status(), "Saved as copy.ron");
    second.press("Home 1");
    assert!(second.desk(|desk| desk.read_only().is_none()));
    assert!(first.close());
    assert!(second.close());
}

#[test]
fn a_file_that_changed_outside_is_not_overwritten() {
    let place = Place::new();
    let path = place.project("quay.ron", QUAY);
    let mut window = Window::on(&place, &path);
    window.press("1 Down Enter");
    let theirs = fs::read_to_string(&path).unwrap().replace("title: \"Sketch\"", "title: \"Theirs\"");
    fs::write(&path, &theirs).unwrap();
    window.focus(false);
    window.focus(true);
    assert!(window.notices().iter().any(|n| n.starts_with("Changed outside: ")), "{:?}", window.notices());
    window.press("2 Ctrl+S 3");
    assert_eq!(fs::read_to_string(&path).unwrap(), theirs, "nothing was overwritten");
    assert_eq!(window.desk(|desk| desk.safety().how_safe()), HowSafe::Safe, "the journal has it");
    let full = window.project();
    window.answer(Question::SaveAs, &[&place.doc("mine.ron")]);
    assert_eq!(on_disk(&place.doc("mine.ron")), rows(&full));
    assert_eq!(fs::read_to_string(&path).unwrap(), theirs);
    assert!(!window.notices().iter().any(|n| n.starts_with("Changed outside: ")), "{:?}", window.notices());
    assert!(window.close());
}

#[test]
fn read_again_takes_what_the_others_wrote() {
    let place = Place::new();
    let path = place.project("quay.ron", QUAY);
    let mut window = Window::on(&place, &path);
    let theirs = fs::read_to_string(&path).unwrap().replace("title: \"Sketch\"", "title: \"Theirs\"");
    fs::write(&path, &theirs).unwrap();
    window.focus(false);
    window.focus(true);
    window.click("Read it again");
    window.press("Enter");
    assert_eq!(window.project().title(), "Theirs");
    assert!(window.desk(|desk| desk.read_only().is_none()), "{:?}", window.notices());
    window.press("1 Down Enter");
    assert_eq!(window.said(1), "allegation");
    window.press("3");
    let status = {
        window.answer(Question::OpenProject, &[&path]);
        window.status()
    };
    assert_eq!(status, "quay.ron is open already");
    let full = window.project();
    window.press("Ctrl+K");
    window.type_text("read the file again");
    window.press("Enter Enter");
    assert_eq!(window.project(), full, "what only the journal had comes back");
    assert!(window.notices().concat().contains("Recovered: "), "{:?}", window.notices());
}

#[test]
fn a_file_that_is_gone_is_said_and_written_again() {
    let place = Place::new();
    let path = place.project("quay.ron", QUAY);
    let mut window = Window::on(&place, &path);
    window.press("1 Down Enter");
    fs::remove_file(&path).unwrap();
    window.focus(false);
    window.focus(true);
    let said = window.notices().concat();
    assert!(said.contains("no longer there") || path.exists(), "{said}");
    window.press("3 Ctrl+S");
    assert_eq!(on_disk(&path), window.model());
}

#[test]
fn a_journal_that_cannot_be_written_is_said_and_closing_asks() {
    let place = Place::new();
    let path = place.project("quay.ron", QUAY);
    let mut window = Window::on(&place, &path);
    let id = window.project().id().to_string();
    let folder = place.folders.place_of(&id);
    fs::remove_dir_all(&folder).unwrap();
    fs::write(&folder, "a file in the way").unwrap();
    window.press("3 Down Enter");
    assert_eq!(window.said(1), "fact");
    let how_safe = window.desk(|desk| desk.safety().how_safe());
    assert!(matches!(how_safe, HowSafe::NotSafe(_)), "{how_safe:?}");
    assert!(window.notices().iter().any(|n| n.starts_with("Not safe")), "{:?}", window.notices());
    fs::remove_dir_all(path.parent().unwrap()).unwrap();
    window.press("Down 2 Ctrl+S");
    assert!(matches!(window.desk(|desk| desk.safety().how_safe()), HowSafe::NotSafe(_)));
    assert!(!window.asks_to_close(), "it is asked first");
    window.press("Escape");
    assert!(window.with(|session: &Session| session.view().over.is_none()));
    fs::create_dir(path.parent().unwrap()).unwrap();
    window.answer(Question::SaveAs, &[&place.doc("saved.ron")]);
    assert_eq!(on_disk(&place.doc("saved.ron")), window.model());
    assert!(window.notices().is_empty(), "{:?}", window.notices());
    assert!(window.asks_to_close());
}

#[test]
fn nothing_is_asked_when_all_is_safe() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("1 2");
    assert!(window.close(), "untitled work is kept too");
    let untitled = store::untitled(&place.folders);
    assert_eq!(untitled.len(), 1);
    let window = Window::new(&place);
    assert!(!window.has_project());
    assert!(window.with(|session: &Session| session.settings().recent.len() == 1));
    assert!(window.close(), "the welcome page closes too");
}

/// Keys pressed without sense, the same each time: whatever they come to is sound, and comes back after a kill.
#[test]
fn a_cat_on_the_keyboard() {
    let keys = "1 2 3 0 A D F U Down Up J K Left Right [ ] N Shift+N Home End Backspace Delete Shift+1 Enter Space \
                Ctrl+Enter Ctrl+Z Ctrl+Z Ctrl+Z Ctrl+Shift+Z Ctrl+Y C . Escape Tab / Ctrl+F Ctrl+K F1 Ctrl+B";
    let keys: Vec<&str> = keys.split_whitespace().collect();
    for seed in [1_u64, 7] {
        let place = Place::new();
        let mut window = begun(&place);
        let mut bits = seed;
        for _ in 0..160 {
            // Knuth, MMIX.
            bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let key = keys[usize::try_from(bits >> 33).unwrap() % keys.len()];
            window.press(key);
            window.with(|session| {
                let Some(article) = session.article() else { return };
                assert!(session.view().sentence < article.n_sentences(), "{seed} {key}");
            });
            assert!(audit::audit(&window.project()).is_empty(), "{seed} {key}");
        }
        window.press("Escape Escape Escape Home 3");
        let full = window.project();
        let killed = place.picture();
        assert!(window.close());
        place.go_back_to(&killed);
        let mut window = Window::new(&place);
        window.press("Enter");
        assert_eq!(window.project(), full, "{seed}");
        while window.desk(|desk| desk.history().undo_name().is_some()) {
            window.press("Ctrl+Z");
        }
        assert_eq!(window.project().n_articles(), 0, "{seed}");
        while window.desk(|desk| desk.history().redo_name().is_some()) {
            window.press("Ctrl+Y");
        }
        assert_eq!(window.project(), full, "{seed}");
    }
}
