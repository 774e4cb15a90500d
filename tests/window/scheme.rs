//! The scheme as a person changes it: a label by keys, another by the mouse, given, saved, and there again.

use crate::program::Place;
use crate::screen::{Screen, wait_for};

#[test]
fn labels_are_added_given_and_there_again() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let article = place.article("harbour.txt", 8);
    let project = place.project("harbour.allegata.ron", &[&article]);
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    let file = || std::fs::read_to_string(&project).unwrap();
    let open = || {
        window.keys("ctrl+k");
        window.settle();
        window.text("scheme");
        window.settle();
        window.keys("Return");
        window.settle();
    };
    open();
    window.keys("a");
    window.settle();
    window.text("Rumour");
    window.keys("Return");
    window.settle();
    window.text("Nobody says where it is from");
    window.keys("Escape");
    window.settle();
    // The button at the head of the list.
    window.click(288, 114);
    window.settle();
    window.text("Praise");
    window.keys("Return");
    window.settle();
    window.keys("Escape");
    window.settle();
    window.keys("Escape");
    window.settle();
    window.keys("r p ctrl+s");
    wait_for("both labels in the file", || {
        Some(file()).filter(|text| text.contains("id: \"rumour\"") && text.contains("id: \"praise\""))
    });
    assert!(file().contains("says: \"Nobody says where it is from\""));
    place.expect(&project, &["1 rumour", "2 praise"]);
    assert!(window.quit().success());

    let window = place.open(&screen, &[project.to_str().unwrap()]);
    window.keys("r ctrl+s");
    place.expect(&project, &["1 rumour", "2 praise", "3 rumour"]);
    assert!(window.quit().success());
    place.cli(&["check", project.to_str().unwrap()]);
}
