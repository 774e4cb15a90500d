//! Many short sentences in one row: the current one can always be told in the margin.

use crate::picture::{Picture, area};
use crate::program::Place;
use crate::screen::Screen;

/// Edge of the box of a current sentence without an answer.
const STRONG: [u8; 3] = [0x1A, 0x19, 0x17];
const N_SENTENCES: usize = 24;

/// How much of the margin between the reader's edge and the text is as dark as the box of the current sentence.
fn n_dark(picture: &Picture) -> usize {
    picture.n_of(area(1, 110, 46, 360), STRONG)
}

#[test]
fn the_current_sentence_is_marked_in_the_narrowest_window() {
    let (screen, place) = (Screen::new(800, 500), Place::new());
    let questions: Vec<String> = (0..N_SENTENCES).map(|n| format!("Why {}?", n % 10)).collect();
    let text = format!("Questions at the quay\n\nA clerk was asked.\n\n{}\n", questions.join(" "));
    let article = place.write("quay.txt", &text);
    let project = place.project("quay.allegata.ron", &[&article]);
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    window.resize(800, 500);
    window.point_at(400, 20);
    window.keys("Home Down Down");
    for n in (1..N_SENTENCES).step_by(3) {
        let picture = window.settle();
        assert!(n_dark(&picture) >= 12, "question {n} has no box in the margin");
        let outside = picture.n_ink(area(0, 110, 3, 360));
        assert_eq!(outside, 0, "question {n}: something is cut off at the edge");
        window.keys("Down Down Down");
    }
}
