//! Windows that do not open, and windows that are taken away: each in its own words, with exit code 3 and every answer kept.

use crate::program::Place;
use crate::screen::{Screen, wait_for};
use std::fs;

/// Words for a person: no places on the disk of whoever built the program, no colour codes, no panic.
fn expect(said: &str, parts: &[&str]) {
    for part in parts {
        assert!(said.contains(part), "no {part:?} in {said}");
    }
    for never in ["/src/", ".rs:", "\u{1b}", "panicked", "RUST_BACKTRACE"] {
        assert!(!said.contains(never), "{never:?} in {said}");
    }
}

#[test]
fn a_desktop_that_is_not_there_is_named() {
    let place = Place::new();
    let check = |changed: &[(&str, &str)], parts: &[&str]| {
        let (code, said) = place.fail(changed);
        assert_eq!(code, Some(3), "{said}");
        expect(&said, parts);
        assert!(!said.contains("answers are kept"), "{said}");
    };
    check(&[("DISPLAY", "")], &["error: there is no display for the window\nhint: start it on a desktop"]);
    check(
        &[("DISPLAY", ":4711")],
        &["error: the desktop at `DISPLAY=:4711` does not let the window in\nhint: "],
    );
    check(
        &[("DISPLAY", ""), ("WAYLAND_DISPLAY", "not-there")],
        &["error: the desktop at `WAYLAND_DISPLAY=not-there` does not let the window in\nhint: "],
    );
}

#[test]
fn a_dead_wayland_leads_to_x11() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let project = place.project("harbour.allegata.ron", &[&place.article("harbour.txt", 5)]);
    let surroundings = [("WAYLAND_DISPLAY", "not-there"), ("XDG_RUNTIME_DIR", "/nowhere")];
    let window = place.start_with(&screen, &surroundings, &[project.to_str().unwrap()]);
    window.settle();
    window.keys("1 2");
    place.expect(&project, &["1 allegation", "2 denial"]);
    assert!(window.quit().success());
    expect(&place.said(), &["goes to X11"]);
}

#[test]
fn a_missing_library_is_named_with_its_package() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let check = |broken: &[&str], parts: &[&str]| {
        let folder = tempfile::tempdir().unwrap();
        for name in broken {
            fs::write(folder.path().join(name), "this is no library").unwrap();
        }
        let (code, said) =
            place.fail(&[("DISPLAY", &screen.display), ("LD_LIBRARY_PATH", folder.path().to_str().unwrap())]);
        assert_eq!(code, Some(3), "{said}");
        expect(&said, parts);
    };
    check(
        &["libxkbcommon-x11.so.0", "libxkbcommon-x11.so"],
        &[
            "error: a library for the window is missing: `libxkbcommon-x11.so",
            "\nhint: install the packages libxkbcommon-x11-0; ",
        ],
    );
    check(
        &["libGL.so.1", "libGL.so", "libEGL.so.1", "libEGL.so"],
        &["error: the desktop offers no OpenGL to draw the window with\nhint: install the packages libgl1 "],
    );
}

#[test]
fn a_folder_that_cannot_be_used_is_no_matter_of_packages() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let file = place.write("a file", "");
    let check = |variable: &str, what: &str| {
        let (code, said) =
            place.fail(&[("DISPLAY", &screen.display), (variable, file.join("below").to_str().unwrap())]);
        assert_eq!(code, Some(3), "{said}");
        expect(
            &said,
            &[
                &format!("error: no folder for {what}"),
                &format!("\nhint: set `{variable}` to another folder"),
            ],
        );
        assert!(!said.contains("packages"), "{said}");
    };
    check("ALLEGATA_STATE_DIR", "journals and backups");
    check("ALLEGATA_CONFIG_DIR", "settings");
}

#[test]
fn a_window_that_is_taken_away_keeps_every_answer() {
    let place = Place::new();
    for (what, words) in [
        ("windowclose", "error: another program closed the window: answers are kept\nhint: start again"),
        // The window may go a moment before the connection.
        ("windowkill", ": answers are kept\nhint: start again"),
        ("the desktop's end", "error: the desktop has ended"),
    ] {
        let screen = Screen::new(1280, 800);
        let name = format!("{what}.txt");
        let project = place.project(&format!("{what}.allegata.ron"), &[&place.article(&name, 10)]);
        let window = place.open(&screen, &[project.to_str().unwrap()]);
        window.keys("1 2 3");
        wait_for("three answers", || Some(()).filter(|()| place.answers(&project).len() == 3));
        match what {
            "the desktop's end" => screen.end(),
            what => window.by_another(what),
        }
        let status = window.end();
        assert_eq!(status.code(), Some(3), "{what}: {status}: {}", place.said());
        expect(&place.said(), &[words]);
        assert_eq!(place.answers(&project), ["1 allegation", "2 denial", "3 fact"], "{what}");
    }
}

#[test]
fn a_signal_ends_a_window_that_nobody_touches() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let project = place.project("harbour.allegata.ron", &[&place.article("harbour.txt", 10)]);
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    window.keys("1 2 3");
    window.settle();
    window.signal("TERM");
    assert!(window.end().success(), "{}", place.said());
    assert_eq!(place.answers(&project), ["1 allegation", "2 denial", "3 fact"]);
}

#[test]
fn the_desktop_knows_the_window_by_its_name() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let window = place.open(&screen, &[]);
    // Both halves of WM_CLASS, as `allegata.desktop` has it.
    for half in ["--class", "--classname"] {
        let found = screen.xdotool(&["search", "--onlyvisible", half, "^allegata$"]);
        assert!(!found.trim().is_empty(), "{half}");
    }
    assert!(window.quit().success());
}
