//! `show`, `export`, `check` and the help: nothing is written.

use crate::desk::{Desk, FIRE_ID};
use std::process::{Command, Stdio};

#[test]
fn help_of_every_verb() {
    let mut desk = Desk::new();
    desk.run(&["--help"]);
    for verb in [
        "new",
        "add",
        "show",
        "label",
        "resplit",
        "export",
        "check",
        "recover",
        "diff",
        "merge",
        "git-setup",
        "sentences",
    ] {
        desk.run(&[verb, "--help"]);
    }
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn export_writes_where_it_may() {
    let mut desk = Desk::with_project();
    desk.run(&["export", "p.allegata.ron", "--to", "jsonl"]);
    desk.run(&["export", "p.allegata.ron", "--to", "csv", "-o", "new.csv"]);
    assert!(desk.read("new.csv").starts_with("article_id,sentence_id,coder,labels,"));
    let before = desk.read("p.allegata.ron");
    desk.run(&["export", "p.allegata.ron", "--to", "csv", "-o", "p.allegata.ron"]);
    assert_eq!(desk.read("p.allegata.ron"), before);
    desk.run(&["export", "p.allegata.ron", "--to", "csv", "-o", "nowhere/new.csv"]);
    desk.run(&["export", "p.allegata.ron", "--to", "xlsx"]);
    desk.run(&["export", "p.allegata.ron", "--to", "csv", "--coder", "cleo"]);
    desk.run(&["export", "nope.ron", "--to", "csv"]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn show_says_what_is_there() {
    let mut desk = Desk::with_project();
    desk.run(&["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", "#2", "--as", "allegation"]);
    desk.said.clear();
    desk.run(&["show", "p.allegata.ron"]);
    desk.run(&["show", "p.allegata.ron", "--plain"]);
    desk.run(&["show", "p.allegata.ron", "--json"]);
    desk.run(&["show", "p.allegata.ron", "--article", "nope"]);
    desk.run(&["show", "p.allegata.ron", "--plain", "--json"]);
    insta::assert_snapshot!(desk.transcript());
}

/// A list that somebody wrote into the file by hand.
#[test]
fn abbreviations_of_a_project_are_said() {
    let mut desk = Desk::with_project();
    let file = desk.read("p.allegata.ron");
    let with = |list: &str| file.replacen("coders: [", &format!("never_end_after: [{list}], coders: ["), 1);
    desk.file("p.allegata.ron", &with(r#""Xyz", "z. B.""#));
    desk.run(&["show", "p.allegata.ron"]);
    desk.run(&["check", "p.allegata.ron"]);
    desk.run(&["add", "p.allegata.ron", "rain.txt"]);
    assert!(desk.read("p.allegata.ron").ends_with("\nnever_end_after: [\n\"Xyz\",\n\"z. B.\",\n],\n)\n"));
    desk.file("bad.ron", &with(r#""Xyz", "", "Xyz""#));
    desk.run(&["check", "bad.ron"]);
    insta::assert_snapshot!(desk.said);
    desk.run(&["show", "p.allegata.ron", "--json"]);
    assert!(desk.said.contains(r#""never_end_after":["Xyz","z. B."]"#), "{}", desk.said);
}

#[test]
fn check_says_what_is_in_files() {
    let mut desk = Desk::with_project();
    desk.run(&["new", "q.ron"]);
    desk.said.clear();
    desk.file("broken.ron", "(");
    desk.run(&["check", "p.allegata.ron", "q.ron"]);
    desk.run(&["check", "p.allegata.ron", "broken.ron"]);
    desk.run(&["check", "p.allegata.ron", "broken.ron", "nope.ron", "--json"]);
    insta::assert_snapshot!(desk.transcript());
}

/// What somebody wrote by hand is said, and nothing refuses.
#[test]
fn check_says_what_makes_no_sense() {
    let mut desk = Desk::with_project();
    let file = desk.read("p.allegata.ron");
    let odd =
        file.replacen("choose: \"one\"", "choose: \"maybe\"", 1).replacen("#0072B2", "sea\\u{1b}blue", 1);
    let odd = odd.replacen("keys: [\"3\", \"F\"]", r#"keys: ["0", "\u{8}", "Backspace", "3"]"#, 1);
    desk.file("p.allegata.ron", &odd);
    desk.run(&["check", "p.allegata.ron"]);
    desk.run(&["check", "p.allegata.ron", "--json"]);
    desk.run(&["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", "#2", "--as", "fact"]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn a_mistyped_verb_opens_no_window() {
    let mut desk = Desk::new();
    assert_eq!(desk.run(&["lable", "p.ron"]), 2);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn who_has_seen_enough_may_go() {
    let desk = Desk::with_project();
    for arguments in [
        ["show", "p.allegata.ron", "--json"].as_slice(),
        &["check", "p.allegata.ron", "--json"],
        &["sentences", "fire.txt"],
        &["sentences", "fire.txt", "--json"],
        &["resplit", "p.allegata.ron", "--dry-run"],
        &["add", "p.allegata.ron", "rain.txt", "--json"],
    ] {
        // Nobody reads the other end from the start.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = Command::new(env!("CARGO_BIN_EXE_allegata"))
            .args(arguments)
            .current_dir(desk.at(""))
            .env("ALLEGATA_STATE_DIR", desk.at("state"))
            .env("ALLEGATA_CONFIG_DIR", desk.at("config"))
            .stdout(writer)
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), said.as_str()), (Some(0), ""), "{arguments:?}");
    }
}
