//! Notices in the real window: one line below the text, several behind *All n*, and nothing moves for them.

use crate::picture::{Area, Picture, area};
use crate::program::Place;
use crate::screen::{Screen, wait_for};
use std::fs;

/// All that is drawn but the rows of the text that a notice takes, the scroll bar beside the text and the status.
const STAYS: [Area; 4] =
    [area(0, 0, 969, 718), area(0, 718, 264, 772), area(955, 718, 969, 772), area(980, 0, 1280, 772)];
const NOTICE: Area = area(268, 724, 936, 766);
const PAPER: [u8; 3] = [0xFF, 0xFD, 0xFA];
const ERROR: [u8; 3] = [0xA0, 0x12, 0x46];
const WARNING: [u8; 3] = [0x7A, 0x4F, 0x00];
/// At the right end of a notice.
const CROSS: (usize, usize) = (914, 745);
const ALL: (usize, usize) = (873, 745);

fn nothing_moved(now: &Picture, before: &Picture, when: &str) {
    for part in STAYS {
        let rows: Vec<usize> = (part.top..part.bottom)
            .filter(|y| now.n_changed(before, Area { top: *y, bottom: y + 1, ..part }) > 0)
            .collect();
        assert_eq!(rows, [0; 0], "{when}: {part:?}");
    }
}

#[test]
fn notices_are_one_line_and_move_nothing() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let article = place.article("harbour.txt", 60);
    let project = place.project("harbour.allegata.ron", &[&article]);
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    window.point_at(640, 20);
    window.keys("1 2 3 0 1"); // after five the coach line below the text goes
    wait_for("five answers", || Some(()).filter(|()| place.answers(&project).len() == 5));
    window.see("text where the coach lines were", |picture| picture.n_of(NOTICE, PAPER) > 20_000);
    let calm = window.settle();

    // Another program writes the file; the next save finds that out.
    let text = fs::read_to_string(&project).unwrap();
    fs::write(&project, format!("{text}\n")).unwrap();
    window.keys("ctrl+s");
    window.see("a warning", |picture| picture.n_of(NOTICE, WARNING) > 100);
    nothing_moved(&window.settle(), &calm, "one notice");

    // The folder of the journal goes, and a file has its name.
    let id = text.split("\nid: \"").nth(1).unwrap().split('"').next().unwrap();
    let folder = place.state().join(id);
    fs::rename(&folder, place.doc("away")).unwrap();
    fs::write(&folder, "").unwrap();
    window.see("an error in front of it", |picture| picture.n_of(NOTICE, ERROR) > 100);
    nothing_moved(&window.settle(), &calm, "two notices");

    window.click(ALL.0, ALL.1);
    let list = window.see("the list of both", |picture| picture.at(640, 700) != calm.at(640, 700));
    assert!(list.n_changed(&calm, area(300, 260, 980, 540)) > 20_000, "it stands over the window");
    window.keys("Escape");
    window.see("the window again", |picture| picture.at(640, 700) == calm.at(640, 700));
    window.click(CROSS.0, CROSS.1);
    window.see("the warning again", |picture| picture.n_of(NOTICE, WARNING) > 100);
    window.click(CROSS.0, CROSS.1);
    window.point_at(640, 20);
    window.see("no notice", |picture| picture.n_changed(&calm, NOTICE) == 0);
    nothing_moved(&window.settle(), &calm, "no notice");
}
