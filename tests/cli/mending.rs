//! `set`: what is known about articles, what a paragraph is, what is set aside.

use crate::desk::{Desk, FIRE_ID, RAIN};

const FIRE_FILE: [&str; 3] = ["add", "p.allegata.ron", "fire.txt"];

fn set(desk: &mut Desk, rest: &[&str]) -> i32 {
    desk.run(&[&["set", "p.allegata.ron", "--article", FIRE_ID], rest].concat())
}

#[test]
fn what_is_known_is_mended_and_the_file_stays_known() {
    let mut desk = Desk::with_project();
    set(
        &mut desk,
        &["--outlet", "The Lynd  Ledger", "--date", "2025-03", "--lang", "en", "--url", "a.example/1"],
    );
    set(&mut desk, &["--outlet", "The Lynd Ledger"]);
    set(&mut desk, &["--title", "-5 degrees and a fire", "--byline", "Ines Várga", "--url", ""]);
    desk.run(&["show", "p.allegata.ron"]);
    // The same file, as it came in, as it is known now, and with nothing said.
    desk.run(&[&FIRE_FILE[..], &["--outlet", "Harbour Post", "--date", "2025-03-02"]].concat());
    desk.run(&[&FIRE_FILE[..], &["--outlet", "The Lynd Ledger", "--date", "2025-03"]].concat());
    desk.run(&FIRE_FILE);
    // The same words from another file; and a reprint, which says that it is one.
    let words = desk.read("fire.txt");
    desk.file("again.txt", &format!("{words}\n\n"));
    desk.run(&["add", "p.allegata.ron", "again.txt"]);
    desk.run(&["add", "p.allegata.ron", "again.txt", "--outlet", "Coast Echo"]);
    let before = desk.read("p.allegata.ron");
    set(&mut desk, &["--date", "last week"]);
    set(&mut desk, &["--lang", "English!"]);
    set(&mut desk, &[]);
    desk.run(&["set", "p.allegata.ron", "--article", "nope", "--title", "A"]);
    desk.run(&["set", "p.allegata.ron", "--article", FIRE_ID, "nope", "--title", "A"]);
    set(&mut desk, &["--kind", "item"]);
    set(&mut desk, &["--sentence", "#9", "--kind", "item"]);
    set(&mut desk, &["--sentence", "#1", "--kind", "poem"]);
    assert_eq!(desk.read("p.allegata.ron"), before);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn what_is_set_aside_counts_nowhere_until_it_is_back() {
    let mut desk = Desk::with_project();
    desk.run(&["add", "p.allegata.ron", "rain.txt"]);
    for (sentence, label) in [("#1", "none"), ("#2", "allegation"), ("#3", "fact"), ("#4", "denial")] {
        desk.run(&["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", sentence, "--as", label]);
    }
    let before = desk.read("p.allegata.ron");
    desk.said.clear();
    set(&mut desk, &["--sentence", "#3", "--kind", "aside"]);
    desk.run(&["set", "p.allegata.ron", "--article", "177e222c1c-75a1", "--aside", "no news"]);
    desk.run(&["show", "p.allegata.ron"]);
    desk.run(&["show", "p.allegata.ron", "--plain"]);
    desk.run(&["check", "p.allegata.ron"]);
    desk.run(&["check", "p.allegata.ron", "--json"]);
    desk.run(&["export", "p.allegata.ron", "--to", "csv", "-o", "-"]);
    set(&mut desk, &["--sentence", "#3", "--kind", ""]);
    desk.run(&["set", "p.allegata.ron", "--article", "177e222c1c-75a1", FIRE_ID, "--aside", ""]);
    assert_eq!(desk.read("p.allegata.ron"), before);
    assert!(before.contains(RAIN.trim()));
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn a_kind_is_that_of_the_whole_paragraph() {
    let mut desk = Desk::new();
    desk.file(
        "notes.txt",
        "He ran to the harbour. She did not.\n\nBy the gate they met again. It rained on them.\n",
    );
    desk.run(&["new", "p.allegata.ron", "--coder", "Ines Várga"]);
    desk.run(&["add", "p.allegata.ron", "notes.txt", "--title", "Notes"]);
    let file = desk.read("p.allegata.ron");
    let id = file.split("articles: [\n(id: \"").nth(1).unwrap().split('"').next().unwrap();
    for (sentence, kind) in
        [("#2", "caption"), ("#3", "byline"), ("#4", "headline"), ("#4", "headline"), ("#1", "")]
    {
        desk.run(&["set", "p.allegata.ron", "--article", id, "--sentence", sentence, "--kind", kind]);
    }
    desk.run(&["show", "p.allegata.ron", "--plain"]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn sentences_are_joined_and_split_and_answers_follow() {
    let mut desk = Desk::with_project();
    for (sentence, label) in [("#2", "allegation"), ("#3", "denial"), ("#4", "fact")] {
        desk.run(&["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", sentence, "--as", label]);
    }
    desk.said.clear();
    let before = desk.read("p.allegata.ron");
    let mend = |desk: &mut Desk, verb: &str, rest: &[&str]| {
        desk.run(&[&[verb, "p.allegata.ron", "--article", FIRE_ID], rest].concat())
    };
    // The last of a paragraph, nowhere, inside an emoji's place, no place, nothing said.
    assert_eq!(mend(&mut desk, "join", &["--sentence", "#1"]), 3);
    assert_eq!(mend(&mut desk, "join", &["--sentence", "#9"]), 3);
    assert_eq!(mend(&mut desk, "join", &["--sentence", "seven"]), 2);
    assert_eq!(mend(&mut desk, "join", &[]), 2);
    assert_eq!(mend(&mut desk, "split", &["--sentence", "#2"]), 2);
    assert_eq!(mend(&mut desk, "split", &["--sentence", "#2", "--at", "33"]), 3);
    assert_eq!(mend(&mut desk, "split", &["--sentence", "#2", "--at", "99999"]), 3);
    assert_eq!(desk.run(&["join", "p.allegata.ron", "--article", "nope", "--sentence", "#2"]), 3);
    assert_eq!(desk.read("p.allegata.ron"), before);
    assert_eq!(mend(&mut desk, "split", &["--sentence", "#2", "--at", "46"]), 0);
    desk.run(&["show", "p.allegata.ron", "--plain"]);
    assert_eq!(desk.run(&["check", "p.allegata.ron"]), 0);
    assert_eq!(mend(&mut desk, "join", &["--sentence", "#2"]), 0);
    assert_eq!(mend(&mut desk, "join", &["--sentence", "#2"]), 0);
    assert_eq!(desk.run(&["check", "p.allegata.ron", "--json"]), 0);
    insta::assert_snapshot!(desk.transcript());
}
