//! Articles as a person takes them in: a table named with a project, looked at by key and mouse, taken in, saved, there again.

use crate::program::Place;
use crate::screen::Screen;
use std::fs;

#[test]
fn a_table_of_articles_is_seen_ticked_taken_in_and_there_again() {
    let (screen, place) = (Screen::new(1280, 800), Place::new());
    let project = place.project("quay.allegata.ron", &[]);
    let row = |n: usize, title: &str, date: &str| {
        let text: Vec<String> = (0..7)
            .map(|at| {
                format!(
                    "The {title} of {n} cost the port {at}{n} crowns more than the council of {at} had said."
                )
            })
            .collect();
        format!("{title},Quay Courier,{date},\"{}\"", text.join(" "))
    };
    let rows = [row(1, "Crane", "2025-03-01"), row(2, "Ferry", ""), row(3, "Lock", "2025-03-03")];
    let table = place.write("stories.csv", &format!("headline,outlet,date,text\n{}\n", rows.join("\n")));
    let window = place.open(&screen, &[project.to_str().unwrap(), table.to_str().unwrap()]);
    // Both were named: the project is opened, and the table added to it.
    window.keys("Return");
    window.settle();
    // The row without a date stands first. Its outlet is mended in place, and the row below it stays out.
    window.keys("Return");
    window.settle();
    window.keys("Tab ctrl+a");
    window.text("Skerrow Post");
    window.keys("Return");
    window.settle();
    window.keys("Down");
    window.keys("space");
    window.settle();
    window.keys("ctrl+Return");
    window.settle();
    window.keys("ctrl+s");
    window.settle();
    assert!(window.quit().success());
    let text = fs::read_to_string(&project).unwrap();
    assert!(text.contains("Skerrow Post") && text.contains("imports: ["), "{text}");
    let shown = place.cli(&["show", project.to_str().unwrap()]);
    assert!(shown.contains("Ferry") && shown.contains("Lock") && !shown.contains("Crane"), "{shown}");
}
