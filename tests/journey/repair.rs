//! Sentences joined and split by keys; answers to look at again; each undone.

use allegata::model::ids::CoderId;
use allegata::session::Session;
use allegata::session::command::Where;
use allegata::session::intent::{CoderChoice, Intent};
use allegata::session::view::Listing;
use egui_kittest::kittest::Queryable as _;

use crate::QUAY;
use crate::window::{Place, Window};

fn opened(place: &Place) -> Window {
    let path = place.project("quay.allegata.ron", QUAY);
    let mut window = Window::on(place, &path);
    window.tell(Intent::Coder(CoderChoice::Known(CoderId::new("anna"))));
    window.press("Home");
    assert_eq!(window.with(Session::place), Where::Annotate);
    window
}

fn words(window: &Window) -> Vec<String> {
    let article = window.with(|session| session.article().unwrap().clone());
    article.sentences().iter().map(|sentence| article.words_of(sentence).to_owned()).collect()
}

#[test]
fn a_sentence_is_joined_with_the_next_and_undo_parts_them() {
    let place = Place::new();
    let mut window = opened(&place);
    let before = window.project();
    window.press("M");
    assert_eq!(words(&window).len(), 4);
    assert_eq!(
        window.status(),
        "Joined sentences 1 and 2: your 2 answers are kept aside, to check; 1 other coder answered it: it follows, or is kept aside to check"
    );
    window.press("Ctrl+Z");
    assert_eq!(window.project(), before);
    // The last of its paragraph joins nothing.
    window.press("Home Down Down M");
    assert_eq!(window.project(), before);
    assert_eq!(
        window.status(),
        "Nothing was changed: sentence #3 is the last of its paragraph, and no sentence goes over two"
    );
}

#[test]
fn a_caret_walks_the_words_and_splits_there() {
    let place = Place::new();
    let mut window = opened(&place);
    let before = window.project();
    window.press("Shift+M");
    assert!(window.status().starts_with("Point at the word"), "{}", window.status());
    window.press("Down Ctrl+Right Ctrl+Right");
    assert!(window.shows("Split before \u{201c}calls\u{201d}"));
    assert!(window.shows("Both parts keep your answer"));
    window.press("Escape");
    assert!(!window.shows("Split before"));
    assert_eq!(window.project(), before);
    window.press("Ctrl+Left");
    assert!(window.shows("Split before \u{201c}untrue\u{201d}"));
    window.press("Ctrl+Left Ctrl+Left Shift+M");
    assert_eq!(words(&window)[1..3], ["The board", "calls that untrue."]);
    assert_eq!(window.status(), "Split sentence 2: both parts keep your answer, to check");
    assert_eq!((window.said(2), window.said(3)), ("denial".to_owned(), "denial".to_owned()));
    window.press("M");
    assert_eq!(words(&window)[1], "The board calls that untrue.", "joined again");
    window.press("Ctrl+Z Ctrl+Z");
    assert_eq!(window.project(), before);
}

#[test]
fn a_sentence_is_split_at_the_pointer() {
    let place = Place::new();
    let mut window = opened(&place);
    window.press("Down");
    let sentence = window.harness.get_by_label_contains("Sentence 2, denial").rect();
    // Its first row has one word; the others stand below, at the left edge of the text.
    let left = window.harness.get_by_label_contains("Sentence 1, allegation").rect().left();
    let at = egui::pos2(left + 60.0, sentence.center().y + 28.0);
    window.harness.hover_at(at);
    window.settle();
    window.press("Shift+M");
    let parts = words(&window);
    assert_eq!(parts.len(), 6, "{parts:?}, {}", window.status());
    assert_eq!(format!("{} {}", parts[1], parts[2]), "The board calls that untrue.");
}

#[test]
fn what_is_to_check_takes_the_lists_place_and_is_right_by_enter() {
    let place = Place::new();
    let mut window = opened(&place);
    window.press("Down Ctrl+Right Shift+M Up Up M");
    let before = window.project();
    window.tell(Intent::Run("to-check"));
    assert_eq!(window.with(|session| session.view().listing.clone()), Some(Listing::ToCheck));
    let n = window.with(|session| session.checks().rows().len());
    assert!(n >= 2, "{n}");
    assert!(window.shows(&format!("To check {n}")));
    assert!(window.shows("label allegation; its sentence is a part of sentence"));
    window.press("Escape");
    assert_eq!(window.with(|session| session.view().listing.clone()), None);
    window.tell(Intent::Run("to-check"));
    window.press("Enter");
    assert!(window.status().starts_with("Checked sentence"), "{}", window.status());
    let left = window.with(|session| session.checks().rows().len());
    assert!(left < n, "{left}");
    window.press("Ctrl+Z");
    assert_eq!(window.project(), before);
    window.tell(Intent::Run("check-all-right"));
    assert_eq!(window.with(|session| session.view().listing.clone()), None, "the place is given back");
    assert_eq!(window.with(Session::n_to_check), 0);
    window.press("Ctrl+Z");
    assert_eq!(window.project(), before);
}

#[test]
fn a_label_with_the_key_m_keeps_it() {
    let place = Place::new();
    let path = place.project("quay.allegata.ron", QUAY);
    let text =
        std::fs::read_to_string(&path).unwrap().replace("keys: [\"3\", \"F\"]", "keys: [\"3\", \"M\"]");
    std::fs::write(&path, text).unwrap();
    let mut window = Window::on(&place, &path);
    window.tell(Intent::Coder(CoderChoice::Known(CoderId::new("anna"))));
    window.press("Home M");
    assert_eq!(window.said(1), "fact");
    assert_eq!(words(&window).len(), 5);
    window.tell(Intent::Run("scheme"));
    window.press("Down Down");
    assert!(window.shows("M gives this label"));
}

#[test]
fn an_article_is_split_again_after_old_and_new_were_shown() {
    let place = Place::new();
    let path = place
        .project("insp.allegata.ron", "He met Insp. [anna: fact] Ode there. [fact] Then he went. [none]");
    let mut window = Window::on(&place, &path);
    let before = window.project();
    window.tell(Intent::Run("resplit"));
    let field = window.field("No sentence ends after");
    field.click();
    window.settle();
    window.type_text("Insp.");
    assert!(window.shows("2 sentences in place of 3."));
    assert!(window.shows("He met Insp. Ode there."));
    assert_eq!(window.project(), before, "only shown");
    window.click("Split again");
    assert_eq!(words(&window), ["He met Insp. Ode there.", "Then he went."]);
    assert!(
        window.status().contains("2 sentences in place of 3. Answers and notes: 1 stay, 2 go into a longer"),
        "{}",
        window.status()
    );
    window.press("Ctrl+Z");
    assert_eq!(window.project(), before);
}
