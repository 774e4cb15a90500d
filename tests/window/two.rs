//! Two windows on one project: the second is for reading, and says so.

use crate::picture::area;
use crate::program::Place;
use crate::screen::{Screen, wait_for};

#[test]
fn the_second_window_on_a_file_reads_only() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let project = place.project("harbour.allegata.ron", &[&place.article("harbour.txt", 20)]);
    let path = project.to_str().unwrap();
    let first = place.open(&screen, &[path]);
    first.keys("1 2");
    place.expect(&project, &["1 allegation", "2 denial"]);
    let alone = first.settle();

    let second = place.open(&screen, &[path]);
    second.point_at(640, 20);
    let beside = second.settle();
    assert!(beside.n_changed(&alone, area(0, 44, 1280, 80)) > 1000, "a notice over the text says why");
    second.keys("3 3 3");
    second.settle();
    assert!(second.quit().success());
    assert_eq!(place.answers(&project), ["1 allegation", "2 denial"], "the second answers nothing");

    // The first goes on, and what it saves is what it has.
    first.focus();
    first.keys("3 ctrl+s");
    place.expect(&project, &["1 allegation", "2 denial", "3 fact"]);
    assert!(first.quit().success());
    let saved = std::fs::read_to_string(&project).unwrap();
    assert_eq!(saved.matches("labels: [\"").count(), 3, "{saved}");
    // Now there is room for another.
    let third = place.open(&screen, &[path]);
    third.keys("1");
    wait_for("the third answers", || Some(()).filter(|()| place.answers(&project).len() == 4));
}
