//! `new` and `add`: projects and articles.

use crate::desk::{Desk, RAIN};
use std::fs;

#[test]
fn new_makes_a_project_once() {
    let mut desk = Desk::new();
    desk.run(&["new", "p.allegata.ron", "--title", "The cold store", "--coder", "Ines Várga"]);
    desk.run(&["new", "p.allegata.ron"]);
    desk.run(&["new", "q.ron"]);
    desk.run(&["new", "q"]);
    desk.run(&["new", "nowhere/q.ron"]);
    desk.run(&["new", "r.ron", "--coder", ""]);
    desk.run(&["new", "r.ron", "--title", "a\u{202E}b"]);
    desk.run(&["new"]);
    desk.run(&["show", "p.allegata.ron"]);
    desk.run(&["show", "q.ron"]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn add_takes_files_folders_and_the_standard_input() {
    let mut desk = Desk::with_project();
    fs::create_dir_all(desk.at("more/deep")).unwrap();
    desk.file(
        "more/a.md",
        "---\noutlet: Ledger\ndate: 2024-05\n---\n\n# Council\n\nIt met. It denied nothing.\n",
    );
    desk.file("more/deep/rain.txt", RAIN);
    desk.file("more/page.html", "<p>It rained.</p>");
    desk.file("empty.txt", "");
    fs::write(desk.at("program.txt"), b"\x7fELF\0\0\x01").unwrap();
    fs::write(desk.at("latin.txt"), b"The caf\xe9 burnt, the owner said in the evening of that day.")
        .unwrap();
    desk.run(&["add", "p.allegata.ron", "more", "rain.txt", "fire.txt", "latin.txt"]);
    desk.run(&["add", "p.allegata.ron", "fire.txt", "--outlet", "Harbour Post", "--date", "2025-03-02"]);
    desk.run(&[
        "add",
        "p.allegata.ron",
        "empty.txt",
        "program.txt",
        "nope.txt",
        "more/page.html",
        "p.allegata.ron",
    ]);
    desk.run_with("# Rain\n\nIt rained.\n", &["add", "p.allegata.ron", "-", "--title", "Rain", "--json"]);
    desk.run(&["add", "p.allegata.ron", "rain.txt", "empty.txt", "--json"]);
    desk.run(&["show", "p.allegata.ron"]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn add_refuses_what_makes_no_sense() {
    let mut desk = Desk::with_project();
    let before = desk.read("p.allegata.ron");
    desk.run(&["add", "p.allegata.ron"]);
    desk.run(&["add", "p.allegata.ron", "rain.txt", "--date", "1 March"]);
    desk.file("wind.txt", "It blew.");
    desk.run(&["add", "p.allegata.ron", "rain.txt", "wind.txt", "--title", "Weather"]);
    fs::create_dir(desk.at("hollow")).unwrap();
    desk.run(&["add", "p.allegata.ron", "hollow"]);
    desk.run(&["add", "q.allegata.ron", "rain.txt"]);
    assert_eq!(desk.read("p.allegata.ron"), before);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn no_sentence_ends_after_an_abbreviation_of_the_project() {
    let mut desk = Desk::new();
    desk.file("own.md", "---\nlang: en\n---\n\nThe council told Xyz. Brand that it rained. It blew.\n");
    let mut add = |list: &str, want: &str| {
        fs::remove_file(desk.at("q.ron")).unwrap_or_default();
        desk.run(&["new", "q.ron"]);
        let file = desk.read("q.ron");
        desk.file("q.ron", &file.replacen("coders: [", &format!("never_end_after: [{list}], coders: ["), 1));
        desk.said.clear();
        assert_eq!(desk.run(&["add", "q.ron", "own.md"]), 0);
        assert!(desk.said.contains(want), "{list}: {}", desk.said);
    };
    add("", "  3 sentences  ");
    add(r#""Xyz""#, "  2 sentences  ");
    add(r#""Xyz.""#, "  2 sentences  ");
}
