//! The welcome page: go on, begin, find again.

use crate::{Window, moment, recents, small, welcome};
use allegata::session::intent::Intent;
use allegata::session::job::{Effect, Job, Question};
use egui::Key;
use egui_kittest::kittest::Queryable as _;
use std::path::PathBuf;

fn opens(window: &Window) -> Vec<PathBuf> {
    let path = |effect: &Effect| match effect {
        Effect::Start(Job::Open { path, .. }) => Some(path.clone()),
        _ => None,
    };
    window.effects.iter().filter_map(path).collect()
}

#[test]
fn enter_goes_on_where_one_was() {
    let folder = tempfile::tempdir().unwrap();
    let mut h = small(welcome(recents(folder.path())));
    assert!(h.get_by_label("Cold chain 2025 \u{b7} 67 of 561 answered \u{b7} go on").is_focused());
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(opens(h.state()), [folder.path().join("a.ron")]);
}

#[test]
fn arrows_go_through_the_recent_projects() {
    let folder = tempfile::tempdir().unwrap();
    let mut h = small(welcome(recents(folder.path())));
    for key in [Key::ArrowDown, Key::ArrowDown, Key::ArrowUp] {
        h.key_press(key);
        h.run();
    }
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(opens(h.state()), [folder.path().join("b.ron")]);
}

#[test]
fn the_page_has_the_keyboard_again_after_the_palette() {
    let folder = tempfile::tempdir().unwrap();
    let mut h = small(welcome(recents(folder.path())));
    h.key_press(Key::ArrowDown);
    h.run();
    h.state_mut().session.handle(Intent::Run("palette"), &moment());
    h.run();
    h.key_press(Key::Escape);
    h.run();
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(opens(h.state()), [folder.path().join("b.ron")]);
}

#[test]
fn nothing_is_promised_that_the_desktop_cannot_do() {
    let mut h = small(welcome(vec![]));
    assert!(h.query_by_label_contains("You can also drop").is_some());
    allegata::ui::drops::set_taken(&h.ctx, false);
    h.run();
    assert!(h.query_by_label_contains("drop").is_none());
    assert!(h.query_by_label_contains("Ctrl+I begins a project with your articles").is_some());
}

#[test]
fn without_projects_enter_tries_the_sample() {
    let mut h = small(welcome(vec![]));
    assert!(h.get_by_label("Try the sample").is_focused());
    h.key_press(Key::Enter);
    h.run();
    assert!(matches!(h.state().effects.as_slice(), [Effect::Start(Job::Sample)]), "{:?}", h.state().effects);
}

#[test]
fn a_project_that_is_gone_is_said_and_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let mut h = small(welcome(recents(folder.path())));
    h.get_by_label("Press council pilot. The file has moved or its drive is not connected");
    h.get_by_label("Find it\u{2026}").click();
    h.run();
    assert!(matches!(h.state().effects.as_slice(), [Effect::Ask(Question::OpenProject, _)]));
    h.get_by_label("Forget").click();
    h.run();
    assert_eq!(h.state().session.settings().recent.len(), 4);
    assert!(h.query_by_label("Forget").is_none());
}

#[test]
fn a_project_found_elsewhere_leaves_no_dead_row() {
    let folder = tempfile::tempdir().unwrap();
    let mut rows = recents(folder.path());
    rows[4].id = rows[1].id.clone();
    let h = small(welcome(rows));
    let left: Vec<&str> = h.state().session.settings().recent.iter().map(|row| row.title.as_str()).collect();
    assert!(!left.contains(&"Press council pilot") && left.len() == 4, "{left:?}");
}
