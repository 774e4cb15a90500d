//! A note half typed: in the journal while it is typed, in its field after a crash, in the project when it is said.

use std::time::Duration;

use allegata::session::desk::HowSafe;
use allegata::session::intent::CoderChoice;
use allegata::session::intent::Intent;

use crate::QUAY;
use crate::window::{Place, Window, rows};

/// A window on the quay, with Anna at the keyboard and the third sentence current.
fn open(place: &Place) -> (Window, std::path::PathBuf) {
    let path = place.project("quay.ron", QUAY);
    let mut window = Window::on(place, &path);
    let anna = window.project().coders().next().unwrap().id.clone();
    window.tell(Intent::Coder(CoderChoice::Known(anna)));
    window.press("Home Down Down C");
    assert!(window.field("Note").is_focused());
    (window, path)
}

fn how_safe(window: &Window) -> HowSafe {
    window.desk(|desk| desk.safety().how_safe())
}

/// Time goes by, and the window looks at the clock, until it is so.
fn wait(window: &mut Window, is_so: impl Fn(&Window) -> bool) {
    for _ in 0..400 {
        window.settle();
        if is_so(window) {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("waited in vain: {:?}", how_safe(window));
}

fn note(window: &Window) -> String {
    window.field("Note").value().unwrap_or_default()
}

#[test]
fn what_is_typed_is_on_the_disk_a_second_later() {
    let place = Place::new();
    let (mut window, path) = open(&place);
    let before = (window.model(), window.desk(allegata::session::desk::Desk::revision));
    assert!(matches!(how_safe(&window), HowSafe::Saved(_)));
    window.type_text("who says");
    wait(&mut window, |window| how_safe(window) == HowSafe::Safe);
    let killed = place.picture();
    assert_eq!((window.model(), window.desk(allegata::session::desk::Desk::revision)), before, "no action");
    window.type_text(" so");
    assert!(
        matches!(how_safe(&window), HowSafe::Writing | HowSafe::Safe),
        "never Saved while it is in no file: {:?}",
        how_safe(&window)
    );
    drop(window);
    place.go_back_to(&killed);
    let mut window = Window::on(&place, &path);
    assert_eq!((window.at(), note(&window).as_str()), (3, "who says"));
    assert_eq!(window.model(), before.0, "it is in its field, not in the project");
    assert!(window.notices().concat().contains("a note half typed"), "{:?}", window.notices());
    assert_eq!(how_safe(&window), HowSafe::Safe);
    // Keys are live, and an answer does not say the note.
    window.press("1");
    assert!(!window.model().concat().contains("who says"), "{:?}", window.model());
    window.press("Up C");
    window.type_text(" that");
    window.press("Escape");
    assert!(window.model().contains(&"3 allegation \"who says that\"".to_owned()), "{:?}", window.model());
    window.press("Ctrl+S");
    assert!(matches!(how_safe(&window), HowSafe::Saved(_)));
    assert!(window.close());
    let window = Window::on(&place, &path);
    assert!(window.notices().is_empty(), "said, it is no draft any more: {:?}", window.notices());
}

#[test]
fn untouched_it_stays_a_draft_and_given_up_it_goes() {
    let place = Place::new();
    let (mut window, path) = open(&place);
    window.type_text("half");
    wait(&mut window, |window| how_safe(window) == HowSafe::Safe);
    let killed = place.picture();
    drop(window);
    place.go_back_to(&killed);
    let before = rows(&allegata::formats::project::read(&std::fs::read(&path).unwrap()).unwrap().project);
    for _ in 0..2 {
        let mut window = Window::on(&place, &path);
        assert_eq!(note(&window), "half");
        window.press("Down Up Ctrl+S");
        assert!(window.close());
    }
    let mut window = Window::on(&place, &path);
    assert_eq!((note(&window).as_str(), window.model()), ("half", before.clone()));
    window.press("C Backspace Backspace Backspace Backspace");
    assert_eq!(note(&window), "");
    window.press("Escape");
    assert_eq!(window.model(), before);
    assert!(matches!(how_safe(&window), HowSafe::Saved(_)));
    assert!(window.close());
    assert_eq!(note(&Window::on(&place, &path)), "");
}

#[test]
fn it_stands_in_the_field_of_who_typed_it() {
    let place = Place::new();
    let (mut window, path) = open(&place);
    window.type_text("mine");
    wait(&mut window, |window| how_safe(window) == HowSafe::Safe);
    let killed = place.picture();
    drop(window);
    place.go_back_to(&killed);
    let mut window = Window::on(&place, &path);
    let coders: Vec<_> = window.project().coders().map(|coder| coder.id.clone()).collect();
    window.tell(Intent::Coder(CoderChoice::Known(coders[1].clone())));
    assert_eq!(note(&window), "", "another's note is not shown");
    window.tell(Intent::Coder(CoderChoice::Known(coders[0].clone())));
    assert_eq!(note(&window), "mine");
}

/// Whoever has not said yet who they are does not lose what they typed by not saying it now either.
#[test]
fn a_note_that_waits_for_a_name() {
    let place = Place::new();
    let path = place.project("quay.ron", QUAY);
    let mut window = Window::on(&place, &path);
    window.press("C");
    window.type_text("so it is");
    window.press("Escape");
    assert!(window.shows("Who is at the keyboard?"));
    window.press("Escape");
    assert_eq!(note(&window), "so it is");
    let anna = window.project().coders().next().unwrap().id.clone();
    window.press("C Escape");
    window.tell(Intent::Coder(CoderChoice::Known(anna)));
    assert!(window.model().concat().contains("\"so it is\""), "{:?}", window.model());
    assert_eq!(window.with(|session| session.desk().unwrap().note_field().cloned()), None);
}
