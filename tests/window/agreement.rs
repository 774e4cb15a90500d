//! Agreement: three coders' files, a cell of a pair's matrix, its sentences, a decision, and the same figure.

use crate::picture::area;
use crate::program::Place;
use crate::review::{gold, three};
use crate::screen::{Screen, wait_for};

#[test]
fn a_click_on_a_cell_shows_its_sentences_and_a_decision_changes_no_figure() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let files = three(&place, 6);
    let window = place.open(&screen, &files.each_ref().map(|file| file.to_str().unwrap()));
    window.settle();
    window.keys("g");
    window.settle();
    window.keys("h");
    window.settle();
    // Tove against Jonas, at denial against fact; a cell above it is empty.
    window.click(998, 293);
    let full = window.settle();
    window.keys("Up");
    let empty = window.settle();
    let (figure, sentences) = (area(16, 100, 340, 300), area(720, 380, 1270, 700));
    assert_eq!(full.n_changed(&empty, figure), 0, "a cell is chosen, nothing is counted anew");
    assert!(full.n_ink(sentences) > 4 * empty.n_ink(sentences), "no sentence was answered so");
    window.click(554, 480);
    let clicked = window.settle();
    assert!(
        clicked.n_ink(sentences) > 4 * empty.n_ink(sentences),
        "the sentences of the cell that was clicked"
    );
    // A click on the first of them: the list of Review is the cell, and one of it is decided.
    window.click(900, 400);
    window.settle();
    window.keys("3");
    window.settle();
    window.keys("Down Down Down Down");
    window.text("Ada");
    window.keys("Return");
    window.settle();
    window.keys("Escape");
    let back = window.settle();
    assert_eq!(back.n_changed(&clicked, figure), 0, "what is decided never enters agreement");
    assert!(back.n_changed(&clicked, sentences) > 0, "the sentence is decided");
    let project = place.doc("gold.allegata.ron");
    window.keys("ctrl+s");
    window.settle();
    window.keys("ctrl+a");
    window.text("gold");
    window.keys("Return");
    wait_for("the project", || Some(()).filter(|()| project.exists()));
    window.settle();
    assert!(window.quit().success());
    let decided = gold(&place, &project).into_iter().filter(|row| row.contains("decided")).count();
    assert_eq!(decided, 1);
}
