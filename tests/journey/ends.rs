//! The end of an article and of the list, and changes that are never silent.

use allegata::session::notice::Notice;
use egui_kittest::kittest::Queryable as _;

use crate::begin::begun;
use crate::window::{Place, Window};

const BRIDGE_SAID: [&str; 5] = ["allegation", "denial", "fact", "none of these", "fact"];

/// What the notices offer.
fn offers(window: &Window) -> Vec<String> {
    let of = |notice: &Notice| notice.offers.iter().map(|(words, _)| words.clone()).collect::<Vec<_>>();
    window.with(|session| session.notices().shown().iter().flat_map(of).collect())
}

#[test]
fn after_the_last_sentence_a_label_key_changes_nothing() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("1 2 3 0 3");
    let said = window.status();
    assert_eq!(said, "Labelled sentence 5: fact. Last sentence: Ctrl Enter marks the article done");
    window.press("1 2 0 A D");
    assert_eq!(window.answers(), BRIDGE_SAID);
    assert_eq!((window.at(), window.status()), (5, said), "the words stand once");
    // Whoever means it can: by staying, by coming back, by the mouse, after undo.
    window.press("Shift+1");
    assert_eq!(window.said(5), "allegation");
    window.press("3");
    assert_eq!(window.said(5), "allegation");
    window.press("Up Down 3");
    assert_eq!(window.said(5), "fact");
    window.harness.get_by_label_contains("Sentence 5, ").click();
    window.settle();
    window.press("2 1");
    assert_eq!(window.said(5), "denial");
    window.press("Ctrl+Z 1 2");
    assert_eq!(window.said(5), "allegation");
    window.click("Denial");
    assert_eq!(window.said(5), "denial", "a click is meant");
    window.press("End 3");
    assert_eq!(window.said(5), "fact");
    window.press("U");
    assert_eq!(window.said(5), "fact, unsure", "the doubt is about the sentence shown");
    window.press("Right Left End 2");
    assert_eq!(window.said(5), "denial, unsure");
}

#[test]
fn after_the_last_answer_backspace_takes_that_one_away() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("1 2 3 0 3 Backspace");
    assert_eq!(
        (window.at(), window.said(5).as_str(), window.said(4).as_str()),
        (5, "unanswered", "none of these")
    );
    window.press("1 Backspace Backspace");
    assert_eq!(
        (window.at(), window.said(5).as_str(), window.said(4).as_str()),
        (4, "unanswered", "unanswered")
    );
}

#[test]
fn what_is_left_before_the_end_is_said() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("End 1");
    assert!(
        window.status().ends_with("Last sentence: 4 before it without an answer, Shift N goes there"),
        "{}",
        window.status()
    );
    window.press("Shift+N");
    assert_eq!(window.at(), 4);
}

#[test]
fn a_label_goes_on_to_the_next_gap_where_that_is_wanted() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("1 2 Down 3 0 Home Down Down");
    assert_eq!(window.model(), ["1 allegation", "2 denial", "4 fact", "5 none"]);
    window.press("3");
    assert_eq!(window.at(), 4, "as ever to the next sentence");
    window.press("Ctrl+Z Delete Home Delete");
    window.press("Ctrl+K");
    window.type_text("after a label go to the next un");
    window.press("Enter Home");
    assert_eq!(window.model(), ["2 denial", "4 fact", "5 none"]);
    window.press("1");
    assert_eq!(window.at(), 3);
    window.press("2 3 1");
    assert_eq!(window.at(), 3, "no gap comes after it, and keys at speed change no answer");
    assert_eq!(window.model(), ["1 allegation", "2 denial", "3 denial", "4 fact", "5 none"]);
    assert!(window.close());
    let mut window = Window::new(&place);
    window.press("Enter Home Shift+3 Delete End Delete Home 1");
    assert_eq!(window.at(), 5, "kept on this computer");
}

#[test]
fn the_end_of_the_list_says_what_is_left() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("Right 1 1 1 1 Ctrl+Enter");
    assert_eq!(window.article(), "Ferry line says its engines were sound");
    let told = "End of the list: 5 sentences in 1 article have no answer yet";
    assert!(window.notices().contains(&told.to_owned()), "{:?}", window.notices());
    assert_eq!(offers(&window), ["Export…", "Next article with gaps"]);
    window.click("Next article with gaps");
    assert_eq!((window.article().as_str(), window.at()), ("A bridge that was paid for twice", 1));
    assert!(window.notices().is_empty(), "{:?}", window.notices());
    window.press("1 2 3 0 3 Ctrl+Enter N");
    assert!(
        window.notices().contains(&"End of the list: Every article is done".to_owned()),
        "{:?}",
        window.notices()
    );
    assert_eq!(offers(&window), ["Export…"]);
    window.press("Delete");
    assert!(window.notices().is_empty(), "it is no longer so: {:?}", window.notices());
}

#[test]
fn an_article_done_that_loses_an_answer_says_so() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("1 2 3 0 3 Ctrl+Enter");
    assert_eq!(window.status(), "Marked done: “A bridge that was paid for twice”");
    window.press("Left Home 2");
    assert_eq!(window.status(), "Labelled sentence 1: denial", "another label leaves the mark");
    window.press("Home Delete");
    assert_eq!(window.status(), "Sentence 1: take label away; the article is no longer marked done");
    window.press("Ctrl+Z");
    assert!(window.status().ends_with("; the article is marked done"), "{}", window.status());
    window.press("Down Backspace");
    assert!(window.status().ends_with("; the article is no longer marked done"), "{}", window.status());
}

#[test]
fn a_removed_article_is_said_and_undone_from_there() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("1 2 Ctrl+K");
    window.type_text("remove this");
    window.press("Enter");
    assert_eq!(window.notices(), [": Removed “A bridge that was paid for twice”, with 2 answers"]);
    assert_eq!(window.status(), "Removed “A bridge that was paid for twice”, with 2 answers");
    window.harness.get_by_label("Undo").click();
    window.settle();
    assert_eq!((window.project().n_articles(), window.model().len()), (2, 2));
    assert!(window.notices().is_empty(), "{:?}", window.notices());
    window.press("Ctrl+K");
    window.type_text("remove this");
    window.press("Enter 3");
    assert!(offers(&window).is_empty(), "after another change the offered undo would take that back");
}
