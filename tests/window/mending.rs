//! Details of an article and what is set aside, as a person does it: menu, typed words, the saved file.

use crate::program::Place;
use crate::screen::{Screen, wait_for};

#[test]
fn an_outlet_is_typed_and_an_article_set_aside() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let article = place.article("harbour.txt", 12);
    let project = place.project("harbour.allegata.ron", &[&article]);
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    let file = || std::fs::read_to_string(&project).unwrap();
    let command = |words: &str| {
        window.keys("ctrl+k");
        window.settle();
        window.text(words);
        window.settle();
        window.keys("Return");
        window.settle();
    };
    command("details of this");
    window.keys("Tab Tab Tab");
    window.text("Quay Courier 1");
    window.settle();
    window.keys("Return ctrl+s");
    wait_for("the outlet in the file", || {
        Some(file()).filter(|text| text.contains("outlet: \"Quay Courier 1\""))
    });
    command("set this article aside");
    window.text("no news 2");
    window.settle();
    window.keys("Return ctrl+s");
    wait_for("the reason in the file", || Some(file()).filter(|text| text.contains("aside: \"no news 2\"")));
    window.keys("1");
    window.settle();
    assert_eq!(place.answers(&project), [] as [&str; 0], "no answer is asked for, nor was one typed");
    command("bring this article back");
    window.keys("1 ctrl+s");
    place.expect(&project, &["1 allegation"]);
    wait_for("no reason in the file", || Some(()).filter(|()| !file().contains("aside: ")));
    assert!(window.quit().success());

    // What was mended stands, and the work goes on where it was.
    let window = place.open(&screen, &[project.to_str().unwrap()]);
    window.keys("2 ctrl+s");
    place.expect(&project, &["1 allegation", "2 denial"]);
    assert!(window.quit().success());
    let table = place.cli(&["export", project.to_str().unwrap(), "--to", "csv"]);
    let rows: Vec<_> = table.lines().skip(1).collect();
    assert!(rows.len() == 13 && rows.iter().all(|row| row.contains("Quay Courier 1")), "{table}");
    place.cli(&["check", project.to_str().unwrap()]);
}
