//! The window comes back where it was, whatever the zoom, and fits the screen.

use crate::program::Place;
use crate::screen::Screen;
use std::fs;

#[test]
fn it_comes_back_where_it_was_at_every_zoom() {
    let screen = Screen::new(1366, 768);
    for zoom in ["0.8", "1.0", "1.5"] {
        let place = Place::new();
        fs::create_dir(place.settings().parent().unwrap()).unwrap();
        fs::write(place.settings(), format!("(zoom: {zoom})")).unwrap();
        let window = place.open(&screen, &[]);
        let [_, _, width, height] = window.rect();
        assert_eq!(
            (width, height),
            (1280, 672),
            "the first start leaves room for the desktop's bars, at {zoom}"
        );
        let put = [47, 33, 911, 607];
        window.put(put);
        window.settle();
        assert!(window.quit().success());
        for n in 1..=3 {
            let window = place.open(&screen, &[]);
            assert_eq!(window.rect(), put, "restart {n} at {zoom}");
            assert!(window.quit().success());
        }
        let settings = fs::read_to_string(place.settings()).unwrap();
        assert!(settings.contains(&format!("zoom: {zoom}")), "{settings}");
    }
}

#[test]
fn a_place_on_a_screen_that_is_gone_is_not_used() {
    let (screen, place) = (Screen::new(1366, 768), Place::new());
    fs::create_dir(place.settings().parent().unwrap()).unwrap();
    let check = |kept: &str, want: [i32; 4]| {
        fs::write(place.settings(), format!("(window: ({kept}))")).unwrap();
        let window = place.open(&screen, &[]);
        assert_eq!(window.rect(), want, "{kept}");
        assert!(window.quit().success());
    };
    check("x: 2500.0, y: 200.0, width: 900.0, height: 600.0", [0, 0, 900, 600]);
    check("x: 700.0, y: 300.0, width: 900.0, height: 600.0", [466, 168, 900, 600]);
    check("x: 10.0, y: 10.0, width: 2560.0, height: 1400.0", [0, 10, 1366, 672]);
}
