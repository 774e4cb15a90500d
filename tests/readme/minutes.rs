//! The five minutes of the README, as it tells them: the sample, a label a key, the article done, the table written.

use crate::window::{Place, Window};
use allegata::session::desk::Desk;
use allegata::session::job::Question;
use std::fs;

#[test]
fn the_first_article_as_the_readme_tells_it() {
    let place = Place::new();
    let mut window = Window::new(&place);
    window.press("Enter");
    assert_eq!((window.article().as_str(), window.at()), ("Baker sold short loaves, customer says", 1));
    assert!(window.desk(Desk::is_untitled));

    window.press("1");
    assert_eq!(window.with(|session| session.view().over.clone()), None, "nothing is asked");
    assert_eq!(window.status(), "Labelled sentence 1: allegation");
    window.press("3 1 U");
    assert!(window.with(|session| session.view().sentence) > 2);
    window.press("Backspace Ctrl+Z Home");
    // The byline is not asked for: 14 of 15 sentences.
    window.press("1 1 3 3 1 1 2 2 2 3 3 3 0 0");
    assert_eq!(window.with(|session| session.derived().totals().progress.n_answered), 14);
    window.press("Ctrl+Enter");
    assert_eq!(window.article(), "Who signed for the library roof?");

    let (file, table) = (place.doc("first.allegata.ron"), place.doc("first.csv"));
    window.answer(Question::SaveAs, &[&file]);
    window.press("Ctrl+E");
    window.answer(Question::Export("csv"), &[&table]);
    window.press("Ctrl+E");
    assert!(file.exists(), "{:?}", window.notices());
    let table = fs::read_to_string(table).unwrap();
    assert_eq!(table.lines().filter(|row| row.contains(",denial,")).count(), 3, "{table}");
}
