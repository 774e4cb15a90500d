//! Search in the real window: typed, marked in the text, gone through, answered from, ended.

use crate::picture::area;
use crate::program::Place;
use crate::screen::Screen;

#[test]
fn what_is_found_is_marked_gone_through_and_answered() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let ferry =
        "Ferry stood still\n\nThe ferry stopped twice. A mechanic signed for it. The line rejects this.\n";
    let (harbour, ferry) = (place.article("harbour.txt", 12), place.write("ferry.txt", ferry));
    let project = place.project("harbour.allegata.ron", &[&harbour, &ferry]);
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    let list = area(8, 120, 256, 400);
    let before = window.settle();
    window.keys("ctrl+f");
    window.settle();
    window.text("mechanic");
    // One hit, in the place of the list.
    let found =
        window.see("the hits take the list's place", |picture| picture.n_changed(&before, list) > 200);
    window.keys("Return");
    window.see("the hit in hand is marked", |picture| {
        picture.n_changed(&found, area(330, 100, 940, 500)) > 300
    });
    window.keys("Down");
    window.settle();
    window.keys("2");
    window.settle();
    window.keys("Escape ctrl+s");
    place.expect(&project, &["3 denial"]);
    window.see("the list is back", |picture| picture.n_ink(area(36, 192, 200, 236)) > 60);
    assert!(window.quit().success());
}
