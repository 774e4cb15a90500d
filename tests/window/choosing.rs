//! The list of articles sorted, in groups, and several of its articles chosen and tagged, by real clicks and keys.

use crate::picture::{Area, Picture, area};
use crate::program::{Place, Window};
use crate::screen::{Screen, wait_for};
use std::path::PathBuf;

/// The first two rows of the list where there are no groups.
const ROWS: [(usize, usize); 2] = [(130, 150), (130, 212)];
const ORDER: (usize, usize) = (222, 66);
const LIST: Area = area(4, 122, 260, 500);

fn project(place: &Place) -> PathBuf {
    let text = |title: &str| format!("{title}\n\nThe board ordered a crane. Nobody needed it.\n");
    let files = ["Zinc", "Anchor", "Mole"].map(|title| place.write(&format!("{title}.txt"), &text(title)));
    let path = place.doc("quay.allegata.ron");
    place.cli(&["new", path.to_str().unwrap(), "--coder", "Ines"]);
    for (file, outlet) in files.iter().zip(["Quay Courier", "Tide & Trade", "Quay Courier"]) {
        place.cli(&["add", path.to_str().unwrap(), file.to_str().unwrap(), "--outlet", outlet]);
    }
    path
}

/// Titles of the articles with this tag, in the saved file.
fn tagged(place: &Place, project: &PathBuf, tag: &str) -> usize {
    let file = std::fs::read_to_string(project).unwrap();
    place.cli(&["check", project.to_str().unwrap()]);
    file.matches(&format!("tags: [\"{tag}\"]")).count()
}

fn click_with(window: &Window<'_>, modifier: &str, (x, y): (usize, usize)) {
    let (x, y) = (x.to_string(), y.to_string());
    window.screen.xdotool(&["keydown", modifier, "mousemove", &x, &y, "click", "1", "keyup", modifier]);
}

fn changed(window: &Window<'_>, before: &Picture, what: &str) -> Picture {
    window.see(what, |picture| picture.n_changed(before, LIST) > 60);
    window.settle()
}

#[test]
fn several_articles_are_chosen_and_tagged_and_undone_as_one() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let project = project(&place);
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    window.click(ROWS[0].0, ROWS[0].1);
    let one = window.settle();
    click_with(&window, "ctrl", ROWS[1]);
    changed(&window, &one, "two rows stand out");
    window.keys("shift+t");
    window.settle();
    window.text("court 7");
    window.settle();
    window.keys("Return");
    window.settle();
    window.keys("Escape ctrl+s");
    wait_for("two articles with the tag", || Some(()).filter(|()| tagged(&place, &project, "court 7") == 2));
    assert_eq!(place.answers(&project), [] as [&str; 0], "the digit was typed into the field");
    window.keys("ctrl+z ctrl+s");
    wait_for("none again", || Some(()).filter(|()| tagged(&place, &project, "court 7") == 0));
    // All of the list, by the menu: Alt+A, the second row.
    window.keys("ctrl+a");
    window.settle();
    window.keys("alt+a Down Return");
    window.settle();
    window.text("quay");
    window.settle();
    window.keys("Return");
    window.settle();
    window.keys("Escape");
    window.settle();
    window.keys("Escape 1 ctrl+s");
    wait_for("three with the other", || Some(()).filter(|()| tagged(&place, &project, "quay") == 3));
    place.expect(&project, &["1 allegation"]);
    assert!(window.quit().success());
}

#[test]
fn the_list_is_sorted_and_grouped_and_stays_so() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let project = project(&place);
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    window.point_at(640, 20);
    let added = window.settle();
    window.click(ORDER.0, ORDER.1);
    window.settle();
    // The second row of the menu: by title.
    window.keys("Down Down Return");
    window.point_at(640, 20);
    let titles = changed(&window, &added, "another order");
    // Zinc is read and stands last now; Anchor comes first: `[` twice goes there.
    window.keys("bracketleft bracketleft 3 ctrl+s");
    wait_for("the first of the list is answered", || {
        let show = place.cli(&["show", "--plain", project.to_str().unwrap()]);
        let anchor = show.find("Anchor")?;
        Some(()).filter(|()| {
            show.get(anchor..).unwrap().contains(": fact") && show.matches(": fact").count() == 1
        })
    });
    // Grouped by outlet: heads come between.
    let sorted = window.settle();
    window.click(ORDER.0, ORDER.1);
    window.settle();
    window.keys("End Up Return");
    window.point_at(640, 20);
    let grouped = changed(&window, &sorted, "groups");
    // A click on the first head folds it.
    window.click(130, 140);
    window.point_at(640, 20);
    changed(&window, &grouped, "a folded group");
    assert_ne!(titles.n_changed(&grouped, LIST), 0);
    let folded = window.settle();
    assert!(window.quit().success());
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    window.point_at(640, 20);
    let again = window.settle();
    assert_eq!(again.n_changed(&folded, LIST), 0, "the order and the groups are as they were");
    assert!(window.quit().success());
}
