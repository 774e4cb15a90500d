//! Keys at speed, held keys, work that outlives a kill.

use crate::program::Place;
use crate::screen::{Screen, wait_for};
use std::time::Duration;

#[test]
fn thirty_sentences_at_speed_are_thirty_answers() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let article = place.article("harbour.txt", 40);
    let project = place.project("harbour.allegata.ron", &[&article]);
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    window.keys("1");
    window.settle();
    let keys: Vec<_> = (0..30).map(|n| ["1", "2", "3"][n % 3]).collect();
    window.keys_every(Duration::from_millis(20), &keys.join(" "));
    let answers =
        wait_for("31 answers in the journal", || Some(place.answers(&project)).filter(|all| all.len() == 31));
    assert_eq!(answers.first().map(String::as_str), Some("1 allegation"));
    assert_eq!(answers.last().map(String::as_str), Some("31 fact"), "{answers:?}");
}
