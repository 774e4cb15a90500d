//! Files over the window and let go on it: what is shown, done, asked and said.

use std::path::{Path, PathBuf};

use allegata::session::desk::Desk;
use allegata::session::intent::Intent;
use allegata::session::job::JobResult;
use allegata::session::notice::Tone;
use allegata::session::view::Over;

use crate::window::{Place, Window};
use crate::{BRIDGE, FERRY, QUAY};

const BROKEN: [u8; 12] = [0, 159, 146, 150, 0, 0, 7, 255, 0, 0, 1, 2];

fn is_asked(window: &Window) -> bool {
    window.with(|session| matches!(session.view().over, Some(Over::Given { .. })))
}

fn path_of(window: &Window) -> PathBuf {
    window.desk(|desk| desk.path().to_owned())
}

fn titles(window: &Window) -> Vec<String> {
    window.project().articles().map(|article| article.shown_title().to_owned()).collect()
}

/// Everything behind the last notice with this head.
fn listed(window: &Window, head: &str) -> Vec<String> {
    let lists = |session: &allegata::session::Session| {
        let mut latest = session.notices().shown().iter().rev();
        latest.find(|notice| notice.head == head).map(|notice| notice.list.clone()).unwrap_or_default()
    };
    window.with(lists)
}

fn has(lines: &[String], words: &str) -> bool {
    lines.iter().any(|line| line.contains(words))
}

#[test]
fn files_over_the_window_are_told_what_would_come_of_them() {
    let place = Place::new();
    let (a, b) = (place.project("a.ron", QUAY), place.project("b.ron", FERRY_DRAWN));
    let (ferry, bridge) = (place.write("ferry.txt", FERRY), place.write("bridge.md", BRIDGE));
    let mut window = Window::new(&place);
    let check = |window: &mut Window, files: &[&Path], want: &str| {
        window.hover_files(files);
        assert!(window.shows(want), "{want}");
        window.hover_files(&[]);
        assert!(!window.shows(want), "{want} after they were carried away");
    };
    check(&mut window, &[&ferry], "Drop to begin a project with ferry.txt");
    check(&mut window, &[&ferry, &bridge], "Drop to begin a project with 2 files");
    check(&mut window, &[&a], "Drop to open a.ron");
    check(&mut window, &[&b, &a], "Drop to compare 2 files");
    check(&mut window, &[&ferry, &a], "a.ron is a project, other files are not: you are asked what to do");
    window.drop_files(&[&a]);
    let title = window.desk(|desk| desk.project().title().to_owned());
    check(&mut window, &[&ferry], &format!("Drop to add ferry.txt to “{title}”"));
    check(&mut window, &[&b], &format!("Drop to open b.ron. “{title}” is closed; all of it is kept"));
    window.hover_files(&[&ferry]);
    window.drop_files(&[&ferry]);
    assert!(!window.shows("Drop to"), "and once they are dropped");
}

const FERRY_DRAWN: &str =
    "# The ferry | Tide & Trade | 2025-05-03\nThe ferry stopped twice. [] The line rejects this. []";

#[test]
fn what_did_not_come_in_is_said_whatever_came_with_it() {
    let place = Place::new();
    let (ferry, bridge) = (place.write("in/ferry.txt", FERRY), place.write("bridge.md", BRIDGE));
    let (twin, broken) = (place.write("twin.txt", FERRY), place.write("broken.txt", BROKEN));
    let gone = place.doc("gone.txt");
    place.write("in/table.dat", "x");
    // By its name it is no project.
    let hidden = place.doc("hidden.project");
    std::fs::copy(place.project("a.ron", QUAY), &hidden).unwrap();
    let folder = ferry.parent().unwrap();
    let all: Vec<&Path> = vec![&hidden, folder, &twin, &broken, &gone, &bridge];
    let check = |window: &mut Window, n: usize, n_skipped: usize| {
        window.drop_files(&all);
        assert_eq!(titles(window).len(), n);
        let said = window.notices();
        assert!(has(&said, "Not opened: hidden.project: open it by itself"), "{said:?}");
        assert!(has(&said, "Look: 1 file in the folder is left out"), "{said:?}");
        assert_eq!(listed(window, "Skipped").len(), n_skipped, "{said:?}");
        let refused = listed(window, "Not read");
        assert!(
            refused.len() == 2 && has(&refused, "broken.txt") && has(&refused, "gone.txt"),
            "{refused:?}"
        );
        let last = window.with(|session| session.notices().shown().last().map(|notice| notice.tone));
        assert_eq!(last, Some(Tone::Error), "nothing comes after what is wrong: {said:?}");
    };
    let mut window = Window::new(&place);
    check(&mut window, 2, 1);
    check(&mut window, 2, 3);
    // Where nothing at all comes in.
    for mut window in [Window::new(&place), Window::on(&place, &place.doc("a.ron"))] {
        let before = window.has_project();
        window.drop_files(&[&broken, &gone]);
        assert_eq!(window.has_project(), before);
        assert!(has(&window.notices(), "Not read: 2 files could not be read"), "{:?}", window.notices());
    }
    // A project alone is opened, whatever its name; one beside what cannot be read too, and that is said.
    let mut window = Window::new(&place);
    window.drop_files(&[&broken, &hidden]);
    assert!(window.desk(|desk| desk.path().ends_with("hidden.project")));
    assert!(has(&window.notices(), "broken.txt"), "{:?}", window.notices());
}

#[test]
fn articles_for_a_project_that_cannot_be_changed_are_said_one_by_one() {
    let place = Place::new();
    let path = place.project("a.ron", QUAY);
    let first = Window::on(&place, &path);
    let mut window = Window::on(&place, &path);
    assert!(window.desk(|desk| desk.closed_for_writing().is_some()), "the first window has it");
    let (ferry, broken) = (place.write("ferry.txt", FERRY), place.write("broken.txt", BROKEN));
    window.hover_files(&[&ferry]);
    assert!(window.shows("Articles cannot be added here"));
    window.drop_files(&[&ferry, &broken]);
    assert_eq!(listed(&window, "Not added"), ["Ferry line says its engines were sound"]);
    assert!(has(&window.notices(), "broken.txt"), "{:?}", window.notices());
    assert!(first.close());
}

#[test]
fn a_project_and_articles_together_are_asked_about() {
    let place = Place::new();
    let (a, b) = (place.project("a.ron", QUAY), place.project("b.ron", FERRY_DRAWN));
    let (ferry, bridge) = (place.write("ferry.txt", FERRY), place.write("bridge.md", BRIDGE));
    let given: [&Path; 3] = [&ferry, &a, &bridge];

    let mut window = Window::new(&place);
    window.drop_files(&given);
    assert!(is_asked(&window) && !window.has_project());
    assert!(window.shows("a.ron is a project, and 2 other files came with it."));
    window.press("Escape");
    assert!(!is_asked(&window) && !window.has_project() && window.notices().is_empty());
    window.drop_files(&given);
    window.press("Enter");
    assert_eq!((path_of(&window), titles(&window).len()), (a.clone(), 4));
    assert!(has(&window.notices(), "Added 2 articles"), "{:?}", window.notices());
    window.press("Ctrl+Z");
    assert_eq!(titles(&window).len(), 2, "undo takes them out again");
    assert!(window.close());

    let mut window = Window::on(&place, &b);
    window.drop_files(&given);
    window.click("Only add, here");
    assert_eq!((path_of(&window), titles(&window).len()), (b.clone(), 3));
    // More is dropped while it is asked.
    window.drop_files(&[&a, &bridge]);
    window.drop_files(&[&place.write("third.txt", "Nobody came.")]);
    assert!(is_asked(&window) && window.shows("a.ron is a project, and 2 other files came with it."));
    window.click("Only open");
    assert_eq!((path_of(&window), titles(&window).len()), (a, 2));
    // The project that is open already: there is nothing to ask.
    let open = path_of(&window);
    window.drop_files(&[&open, &ferry, &b]);
    assert!(!is_asked(&window));
    assert_eq!((path_of(&window), titles(&window).len()), (open, 3));
    assert!(has(&window.notices(), "Not opened: b.ron"), "{:?}", window.notices());
}

#[test]
fn several_projects_are_compared_unless_the_first_is_open() {
    let place = Place::new();
    let (a, b, c) =
        (place.project("a.ron", QUAY), place.project("b.ron", FERRY_DRAWN), place.doc("c.allegata.ron"));
    // As from the command line.
    let mut window = Window::new(&place);
    window.tell(Intent::Finished(Box::new(JobResult::Given(vec![b.clone(), a.clone()]))));
    assert!(window.desk(Desk::is_untitled) && window.shows("Hide names"));
    assert_eq!(titles(&window).len(), 3);
    window.drop_files(&[&a, &b, &c]);
    assert!(window.desk(Desk::is_untitled));
    assert!(has(&window.notices(), "Left out: 1 file was left out"), "{:?}", window.notices());
    assert!(has(&listed(&window, "Left out"), "c.allegata.ron: "), "{:?}", listed(&window, "Left out"));
    window.drop_files(&[&a]);
    assert_eq!(path_of(&window), a);
    window.drop_files(&[&a, &b, &c]);
    assert!(has(&window.notices(), "Not opened: 2 more projects"), "{:?}", window.notices());
    window.drop_files(&[&a, &b]);
    assert_eq!(path_of(&window), a);
    assert!(window.status().contains("is open already"), "{}", window.status());
    assert!(has(&window.notices(), "Not opened: b.ron: open it by itself"), "{:?}", window.notices());
    assert!(window.close());
    // The first cannot be opened.
    let mut window = Window::new(&place);
    window.drop_files(&[&place.write("empty.ron", ""), &place.doc("gone.ron")]);
    assert!(!window.has_project());
    assert!(has(&window.notices(), "Not opened: no file could be compared"), "{:?}", window.notices());
    window.drop_files(&[&a]);
    assert!(!window.desk(Desk::is_untitled));
}
