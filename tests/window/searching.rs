//! Search in the real window: typed, marked in the text, gone through, answered from, ended.

use crate::picture::area;
use crate::program::Place;
use crate::screen::{Screen, wait_for};

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

/// Two articles with what is looked for: `N` goes from one to the other, and the palette finds by what was answered there.
#[test]
fn hits_lead_through_articles_and_the_palette_asks_by_the_grammar() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let ferry =
        "Ferry stood still\n\nThe ferry stopped twice. A mechanic signed for it. The line rejects this.\n";
    let ferry = place.write("ferry.txt", ferry);
    let dock = place.write(
        "dock.txt",
        "Dock shut for a day\n\nThe dock was shut. Nobody paid. Then a mechanic came. It is open.\n",
    );
    let other = place.article("harbour.txt", 12);
    let project = place.project("harbour.allegata.ron", &[&ferry, &dock, &other]);
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    window.settle();
    window.keys("ctrl+f");
    let before = window.settle();
    window.text("a mechanic");
    window.see("what was found", |picture| picture.n_changed(&before, area(8, 120, 256, 400)) > 200);
    window.settle();
    window.keys("Return");
    window.settle();
    window.keys("Down shift+2");
    window.settle();
    window.keys("n");
    window.settle();
    window.keys("shift+1");
    window.settle();
    window.keys("Escape");
    let article = window.settle();
    let expect = |want: &[&str]| {
        wait_for(&want.join(", "), || {
            let mut answers = place.answers(&project);
            answers.sort_unstable();
            (answers == want).then_some(())
        });
    };
    expect(&["3 denial", "4 allegation"]);

    window.keys("ctrl+k");
    window.settle();
    window.text("xyz:denial");
    let unknown = window.see("an unknown key is said, in colour", |picture| {
        picture.n_changed(&article, area(352, 140, 900, 260)) > 200
    });
    window.keys("ctrl+a");
    window.text("label:denial -dock");
    window.see("an article is found", |picture| picture.n_changed(&unknown, area(352, 140, 900, 260)) > 200);
    window.keys("Return");
    window.settle();
    window.keys("Home shift+3 ctrl+s");
    expect(&["1 fact", "3 denial", "4 allegation"]);
    assert!(window.quit().success());
}
