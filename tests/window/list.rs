//! The filter of the list in the real window: typed, seen, cleared by Esc, seen again after a restart; and a codebook that
//! stays where it is.

use crate::picture::{Picture, area};
use crate::program::{Place, Window};
use crate::screen::Screen;
use std::path::PathBuf;

/// Two articles, one of them named after the harbour.
fn project(place: &Place) -> PathBuf {
    let ferry =
        "Ferry stood still\n\nThe ferry stopped twice. A mechanic signed for it. The line rejects this.\n";
    let (harbour, ferry) = (place.article("harbour.txt", 12), place.write("ferry.txt", ferry));
    place.project("harbour.allegata.ron", &[&harbour, &ferry])
}

/// Whether the second row of the list is there.
fn has_two_rows(picture: &Picture) -> bool {
    picture.n_ink(area(36, 192, 200, 236)) > 60
}

fn filtered(window: &Window<'_>) -> Picture {
    window.see("one row", |picture| !has_two_rows(picture))
}

#[test]
fn a_filter_is_cleared_by_esc_and_seen_after_a_restart() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let project = project(&place);
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    let all = window.see("two rows", has_two_rows);
    window.click(130, 103);
    window.text("ferry");
    filtered(&window);
    window.see("the header counts", |picture| picture.n_changed(&all, area(70, 56, 130, 76)) > 20);
    window.keys("Escape");
    window.see("two rows again", has_two_rows);
    window.keys("1");
    let n = |place: &Place| place.answers(&project).len();
    crate::screen::wait_for("an answer", || Some(()).filter(|()| n(&place) == 1));

    window.click(130, 103);
    window.text("harbour");
    window.keys("Return");
    window.point_at(640, 20); // off the field, whose tooltip lies over the list
    let one = window.settle();
    assert!(!has_two_rows(&one));
    assert!(window.quit().success());
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    filtered(&window);
    let again = window.settle();
    assert_eq!(again.n_changed(&one, area(12, 50, 200, 118)), 0, "the filter and the count are seen");
    assert!(window.settle().n_ink(area(120, 778, 600, 796)) > 200, "and the status says so");
}

#[test]
fn pointing_at_a_chip_changes_the_codebook_and_covers_nothing() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let project = project(&place);
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    window.point_at(640, 20);
    let rest = window.settle();
    let (codebook, below) = (area(990, 250, 1270, 450), area(990, 460, 1270, 640));
    let ys = [105, 143, 181, 219];
    for y in ys {
        window.point_at(1100, y);
        let pointed = window.see("another codebook", |picture| picture.n_changed(&rest, codebook) > 400);
        assert_eq!(pointed.n_changed(&rest, below), 0, "unsure and note at {y}");
        // The pointer rests for longer than a tooltip waits.
        let pointed = window.settle();
        for other in ys.into_iter().filter(|other| *other != y) {
            let chip = area(997, other - 16, 1264, other + 16);
            assert_eq!(pointed.n_changed(&rest, chip), 0, "at {y} the chip at {other} is covered");
        }
    }
    for key in ["shift+1", "shift+2", "shift+3", "shift+0"] {
        window.point_at(640, 20);
        let before = window.settle();
        window.keys(key);
        window.see(key, |picture| picture.n_changed(&before, codebook) > 400);
        let given = window.settle();
        assert_eq!(given.n_changed(&rest, below), 0, "unsure and note after {key}");
    }
}
