//! A theme that was switched looks as after a fresh start, and goes back without a trace.

use crate::picture::{Area, Picture, area};
use crate::program::{Place, Window};
use crate::screen::Screen;

const PAPER_LIGHT: [u8; 3] = [0xFF, 0xFD, 0xFA];
const PAPER_DARK: [u8; 3] = [0x18, 0x17, 0x15];
/// List, reader and inspector: what lies between the top bar and the status bar, which says what was done last.
const MIDDLE: Area = area(0, 44, 1280, 772);

/// The menu *View* in the top bar, and its rows *Light* and *Dark*.
const VIEW: (usize, usize) = (350, 22);
const LIGHT: (usize, usize) = (376, 185);
const DARK: (usize, usize) = (376, 213);

/// Chooses a theme in the menu; what is shown then.
fn choose(window: &Window<'_>, row: (usize, usize), paper: [u8; 3]) -> Picture {
    window.click(VIEW.0, VIEW.1);
    window.settle();
    window.click(row.0, row.1);
    window.see("the other theme", |picture| picture.n_of(MIDDLE, paper) > 200_000);
    aside(window);
    window.settle()
}

/// Puts the pointer where nothing answers it, by a movement that the window sees: scroll bars are fainter without a pointer.
fn aside(window: &Window<'_>) {
    window.point_at(600, 20);
    window.settle();
    window.point_at(640, 20);
}

#[test]
fn there_and_back_is_as_a_fresh_start() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let article = place.article("harbour.txt", 30);
    let project = place.project("harbour.allegata.ron", &[&article]);
    let path = project.to_str().unwrap();
    let window = place.open(&screen, &[path]);
    aside(&window);
    window.keys("1 2 3 0 1");
    window.keys("ctrl+s");
    let light = window.settle();
    assert!(light.n_of(MIDDLE, PAPER_LIGHT) > 200_000, "light where the desktop names no theme");

    let dark = choose(&window, DARK, PAPER_DARK);
    let light_again = choose(&window, LIGHT, PAPER_LIGHT);
    assert_eq!(light_again.n_changed(&light, MIDDLE), 0, "there and back");
    choose(&window, DARK, PAPER_DARK);
    assert!(window.quit().success());

    let window = place.open(&screen, &[path]);
    aside(&window);
    let fresh = window.settle();
    assert_eq!(dark.n_changed(&fresh, MIDDLE), 0, "after the switch and after a fresh start");
}
