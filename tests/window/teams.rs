//! A team without a server: a file goes out, comes back, is collected, and one undo takes it back.

use crate::program::Place;
use crate::screen::{Screen, wait_for};
use std::fs;

#[test]
fn a_file_is_handed_out_answered_collected_and_taken_back() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let project = place.doc("harbour.allegata.ron");
    place.cli(&["new", project.to_str().unwrap(), "--coder", "Ada Brandt"]);
    for (name, n) in [("quay.txt", 6), ("crane.txt", 4), ("ferry.txt", 5)] {
        let article = place.article(name, n);
        place.cli(&["add", project.to_str().unwrap(), article.to_str().unwrap()]);
    }
    let run = |window: &crate::program::Window<'_>, command: &str| {
        window.keys("ctrl+k");
        window.settle();
        window.text(command);
        window.settle();
        window.keys("Return");
        window.settle();
    };
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    run(&window, "hand out");
    // Keys of the place are not those of the screen: nothing is answered.
    window.keys("1 Right Left ctrl+Return");
    let file = place.doc("hand-out/harbour-ada.allegata.ron");
    wait_for("the file", || Some(()).filter(|()| file.exists()));
    window.settle();
    assert!(window.quit().success());
    assert!(place.answers(&project).is_empty());
    assert_eq!(fs::read_dir(place.doc("hand-out")).unwrap().count(), 1, "nothing else lies there");

    // At the coder's computer the question comes at once, with the coder chosen; then it never comes again.
    fs::remove_file(place.settings()).unwrap_or_default();
    let window = place.open(&screen, &[file.to_str().unwrap()]);
    window.keys("Return");
    window.settle();
    window.keys("1 ctrl+s");
    place.expect(&file, &["1 allegation"]);
    assert!(window.quit().success());
    let theirs = fs::read(&file).unwrap();

    let window = place.open(&screen, &[project.to_str().unwrap()]);
    run(&window, "collect");
    window.keys("alt+l ctrl+a");
    window.text(file.to_str().unwrap());
    window.keys("Return");
    window.settle();
    window.keys("ctrl+Return");
    window.settle();
    window.keys("ctrl+s");
    place.expect(&project, &["1 allegation"]);
    window.keys("ctrl+z ctrl+s");
    place.expect(&project, &[]);
    assert!(window.quit().success());
    assert_eq!(fs::read(&file).unwrap(), theirs, "the coder's file is only read");
}
