//! The coders of a project: renamed, taken out with their answers, and reviewers, who do not label.

use allegata::model::coder::Coder;
use allegata::model::ids::CoderId;
use allegata::session::intent::Intent;
use allegata::session::view::Over;

use crate::QUAY;
use crate::window::{Place, Window};

fn name(window: &Window, id: &str) -> Option<String> {
    window.project().coder(&CoderId::new(id)).map(|coder| coder.name.clone())
}

#[test]
fn another_coder_is_renamed() {
    let place = Place::new();
    let path = place.project("quay.ron", QUAY);
    let mut window = Window::on(&place, &path);
    let before = window.project();
    window.tell(Intent::Run("coders"));
    window.press("Down");
    window.field("Name").focus();
    window.settle();
    window.press("Ctrl+A");
    window.type_text("Ben Aoki");
    window.press("Enter");
    assert_eq!(name(&window, "ben").as_deref(), Some("Ben Aoki"));
    window.press("Escape Ctrl+Z");
    assert_eq!(window.project(), before);
}

#[test]
fn a_coder_goes_with_all_answers_and_undo_brings_them_back() {
    let place = Place::new();
    let path = place.project("quay.ron", QUAY);
    let mut window = Window::on(&place, &path);
    let before = window.project();
    window.tell(Intent::Run("coders"));
    window.press("Down");
    assert!(window.shows("Removing takes out 2 answers in 2 articles; undo brings all of it back."));
    window.click("Remove");
    assert_eq!(name(&window, "ben"), None);
    assert_eq!(window.model(), ["1 allegation", "2 denial"]);
    assert!(window.notices().concat().contains("2 answers in 2 articles"), "{:?}", window.notices());
    window.press("Escape Ctrl+Z");
    assert_eq!(window.project(), before);
}

#[test]
fn a_reviewer_labels_nothing_and_is_told_so() {
    let place = Place::new();
    let path = place.project("quay.ron", QUAY);
    let mut window = Window::on(&place, &path);
    window.tell(Intent::Run("coders"));
    window.press("Down");
    window.click("Make a reviewer");
    assert!(window.project().coder(&CoderId::new("ben")).is_some_and(Coder::is_reviewer));
    window.press("Escape 1 Down Down Enter");
    let before = window.project();
    window.press("3");
    assert_eq!(window.project(), before);
    assert_eq!(window.status(), "ben is a reviewer, who decides and does not label");
    for key in ["0", "U", "Backspace"] {
        window.press(key);
        assert_eq!(window.project(), before, "{key}");
    }
    // The one at the keyboard stays; the role is taken back.
    window.tell(Intent::Run("coders"));
    window.press("Down");
    window.click("Let label again");
    window.press("Escape 3");
    assert_eq!(window.with(|session| session.view().over.clone()), None::<Over>);
    assert_eq!(window.said(1), "fact");
}
