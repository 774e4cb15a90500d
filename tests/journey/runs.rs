//! Several sentences answered at once, the last label again, and only the article.

use crate::begin::begun;
use crate::window::{Place, Window};

#[test]
fn a_run_is_answered_and_undone_as_one() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("Shift+Down Shift+Down");
    assert_eq!(window.status(), "Sentences 1 to 3 chosen: a label key answers all");
    window.press("2");
    assert_eq!(window.model(), ["1 denial", "2 denial", "3 denial"]);
    assert_eq!((window.at(), window.status().as_str()), (4, "Sentences 1 to 3: denial"));
    window.press("Ctrl+Z");
    assert_eq!(window.model().len(), 0);
    window.press("Ctrl+Shift+Z");
    assert_eq!(window.model().len(), 3);
    // Upwards, and one let go again; Delete takes them away.
    window.press("Home Down Down Shift+Up Shift+Up Shift+Down Delete");
    assert_eq!(window.model(), ["1 denial"], "{}", window.status());
    // Whoever goes elsewhere chose one sentence.
    window.press("Home Shift+Down Down 1");
    assert_eq!(window.model(), ["1 denial", "3 allegation"]);
}

#[test]
fn the_last_label_again() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("R");
    assert_eq!(window.model().len(), 0);
    window.press("3 R R 0 R");
    assert_eq!(window.model(), ["1 fact", "2 fact", "3 fact", "4 none", "5 none"]);
}

#[test]
fn where_the_scheme_has_an_r_the_scheme_wins() {
    let place = Place::new();
    let path = place.project("quay.ron", crate::QUAY);
    let text = std::fs::read_to_string(&path).unwrap().replace("\"3\", \"F\"", "\"3\", \"R\"");
    std::fs::write(&path, text).unwrap();
    let mut window = Window::on(&place, &path);
    window.tell(allegata::session::intent::Intent::Coder(allegata::session::intent::CoderChoice::Known(
        allegata::model::ids::CoderId::new("anna"),
    )));
    let before = window.model().len();
    window.press("End R");
    assert!(window.model().len() > before);
    assert!(window.model().iter().any(|row| row.ends_with("fact")), "{:?}", window.model());
}

#[test]
fn only_the_article_and_everything_again() {
    let place = Place::new();
    let mut window = begun(&place);
    assert!(window.shows("Articles 2"));
    window.press("F11");
    assert!(!window.shows("Articles 2") && !window.shows("File"));
    window.press("1");
    assert_eq!(window.model(), ["1 allegation"]);
    window.press("Escape");
    assert!(window.shows("Articles 2"));
    window.press("F11 F11");
    assert!(window.shows("Articles 2"));
}
