//! Mending what was read: details, kinds of paragraphs, what is set aside; each undone again.

use allegata::session::intent::Intent;
use allegata::session::view::Look;
use egui_kittest::kittest::Queryable as _;

use crate::begin::begun;
use crate::window::{Place, Window};

fn run(window: &mut Window, id: &'static str) {
    window.tell(Intent::Run(id));
}

fn meta(window: &Window) -> allegata::model::article::Meta {
    window.with(|session| (*session.article().unwrap().meta).clone())
}

#[test]
fn details_are_typed_and_undone() {
    let place = Place::new();
    let mut window = begun(&place);
    let before = window.project();
    run(&mut window, "details");
    // The title has the keyboard; digits are no labels.
    window.press("Ctrl+A");
    window.type_text("Bridge 1 paid twice");
    window.harness.get_by_label("Outlet").click();
    window.settle();
    window.press("Ctrl+A");
    window.type_text("Quay Courier");
    window.press("Enter");
    assert_eq!(meta(&window).title.as_deref(), Some("Bridge 1 paid twice"));
    assert_eq!(meta(&window).outlet.as_deref(), Some("Quay Courier"));
    assert_eq!(window.status(), "Changed: \u{201c}Bridge 1 paid twice\u{201d}");
    assert_eq!(window.answers(), ["unanswered"; 5]);
    window.press("Ctrl+Z");
    assert_eq!(window.project(), before);
}

#[test]
fn a_date_that_is_none_is_not_taken() {
    let place = Place::new();
    let mut window = begun(&place);
    run(&mut window, "details");
    window.harness.get_by_label("Date").click();
    window.settle();
    window.press("Ctrl+A");
    window.type_text("last spring");
    window.press("Enter");
    assert_eq!(meta(&window).published.as_deref(), Some("2025-03-14"));
    assert!(window.with(|session| session.view().over.is_some()), "it stays to be mended");
    window.press("Escape");
    assert!(window.with(|session| session.view().over.is_none()));
}

#[test]
fn several_articles_get_one_outlet() {
    let place = Place::new();
    let mut window = begun(&place);
    run(&mut window, "details");
    window.harness.get_by_label_contains("For all 2 articles").click();
    window.settle();
    window.harness.get_by_label("Outlet").click();
    window.settle();
    window.type_text("Tide & Trade");
    window.press("Enter");
    let outlets: Vec<_> = window.project().articles().map(|a| a.meta.outlet.clone()).collect();
    assert_eq!(outlets, [Some("Tide & Trade".to_owned()), Some("Tide & Trade".to_owned())]);
    let titles: Vec<_> = window.project().articles().map(|a| a.meta.title.is_some()).collect();
    assert_eq!(titles, [true, true], "what each has of its own stays");
}

#[test]
fn a_kind_that_asks_anew_takes_the_mark_and_says_so() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("1 2 3 Down");
    run(&mut window, "kind");
    // Prose is chosen; the byline is the second row after it.
    window.press("Down Down Enter");
    assert_eq!(window.status(), "This paragraph is: byline");
    run(&mut window, "done");
    window.press("Left");
    let is_done = |window: &Window| window.with(allegata::session::Session::is_done);
    assert!(is_done(&window));
    window.tell(Intent::Look(Look::Sentence(4)));
    run(&mut window, "kind");
    window.press("Home Enter");
    let want = "This paragraph is: prose. The article is no longer done: 2 sentences have no answer";
    assert_eq!(window.status(), want);
    assert!(!is_done(&window));
    window.press("Ctrl+Z");
    assert!(is_done(&window));
}

#[test]
fn what_is_set_aside_takes_no_answer_and_comes_back_with_its_own() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("1 2 Home");
    let before = window.project();
    run(&mut window, "aside-sentence");
    assert_eq!(window.status(), "Set this sentence aside");
    assert!(window.sentences()[0].starts_with("Sentence 1, set aside: "), "{:?}", window.sentences());
    window.press("3 U");
    assert_eq!(window.status(), "This sentence is set aside: no answer is asked for");
    let counted = |window: &Window| window.with(|session| session.derived().totals().progress.n_answered);
    assert_eq!(counted(&window), 1);
    run(&mut window, "aside-sentence");
    assert_eq!((window.project(), counted(&window)), (before, 2));

    run(&mut window, "aside-article");
    window.type_text("no news 1");
    window.press("Enter");
    assert_eq!(counted(&window), 0);
    assert!(window.status().starts_with("Set aside: \u{201c}A bridge that was paid for twice\u{201d}"));
    window.press("1");
    assert_eq!(window.status(), "This article is set aside: no answer is asked for");
    // Listed, and brought back from there.
    run(&mut window, "aside");
    window.harness.get_by_label("Bring it back").click();
    window.settle();
    assert_eq!(counted(&window), 2);
}
