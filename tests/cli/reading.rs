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
    desk.run(&["export", "p.allegata.ron", "--to", "xls"]);
    desk.run(&["export", "p.allegata.ron"]);
    desk.run(&["export", "p.allegata.ron", "-o", "new.xlsx"]);
    desk.run(&["export", "p.allegata.ron", "-o", "new.xlsx"]);
    desk.run(&["export", "p.allegata.ron", "--to", "csv", "--coder", "cleo"]);
    desk.run(&["export", "nope.ron", "--to", "csv"]);
    insta::assert_snapshot!(desk.transcript());
}

/// What can be asked of an export, and what it says: to the letter, with exit codes.
#[test]
fn export_does_what_is_asked() {
    let mut desk = Desk::with_project();
    for (sentence, label) in [("#2", "allegation"), ("#3", "denial"), ("#4", "none")] {
        desk.run(&["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", sentence, "--as", label]);
    }
    desk.said.clear();
    let mut export = |options: &str| {
        let options: Vec<_> = ["export", "p.allegata.ron"].into_iter().chain(options.split(' ')).collect();
        desk.run(&options)
    };
    assert_eq!(export("--to csv -o all"), 0);
    assert_eq!(export("--to csv -o all"), 3);
    assert_eq!(export("--to csv -o all --force"), 0);
    assert_eq!(export("--to csv -o out.xlsx --unanswered drop --none drop --rename denial=no"), 0);
    assert_eq!(export("--to csv --unanswered drop --columns 0/1"), 0);
    assert_eq!(export("--to csv --names pseudonyms -o hidden.csv"), 0);
    assert_eq!(export("--to tsv --rows articles --for-excel"), 0);
    assert_eq!(export("--to jsonl --no-text --articles nothing"), 0);
    assert_eq!(export("--to jsonl --articles label:nope"), 2);
    assert_eq!(export("--to csv --rename nope=x"), 2);
    assert_eq!(export("--to csv --rename fact=none"), 2);
    assert_eq!(export("--to csv --rename fact"), 2);
    assert_eq!(export("--to spacy --no-text"), 2);
    assert_eq!(export("--to csv --unit utf16"), 2);
    assert_eq!(export("--to doccano --unit codepoints"), 2);
    assert_eq!(export("--to doccano --unit graphemes"), 0);
    assert_eq!(export("--to doccano"), 0);
    assert_eq!(export("--to brat"), 2);
    assert_eq!(export("--to brat -o corpus"), 0);
    assert_eq!(export("--to brat -o corpus"), 3);
    assert_eq!(export("--to brat -o corpus --force"), 0);
    assert_eq!(export("--to brat -o ."), 3);
    assert_eq!(export("--to brat -o . --force"), 3);
    assert_eq!(export("--to brat -o p.allegata.ron --force"), 2);
    assert_eq!(export("--to labelstudio -o tasks"), 0);
    assert_eq!(export("--to labelstudio -o tasks"), 3);
    assert_eq!(export("--to labelstudio-rows --as predictions"), 0);
    assert_eq!(export("--to prodigy --none drop"), 0);
    assert_eq!(export("--to spacy -o train.jsonl"), 0);
    let hidden = desk.read("hidden.csv");
    assert!(hidden.contains(",coder-") && !hidden.contains("ines-"), "{hidden}");
    assert_eq!(desk.read("out.xlsx").lines().count(), 3);
    assert!(desk.read("corpus/annotation.conf").starts_with("[entities]\nallegation\n"));
    assert!(desk.read("tasks.json.config.xml").contains("<Label value=\"allegation\""));
    insta::assert_snapshot!(desk.transcript());
}

/// What a format has no place for is said, and which of several answers goes out is asked.
#[test]
fn export_says_what_cannot_go_along() {
    let mut desk = Desk::with_project();
    let answer = ["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", "#2", "--as", "allegation"];
    desk.run(&[&answer[..], &["--note", "who?", "--unsure"]].concat());
    desk.said.clear();
    desk.run(&["export", "p.allegata.ron", "--to", "doccano", "--unsure", "column", "-o", "out.jsonl"]);
    desk.run(&["export", "p.allegata.ron", "--to", "prodigy-spans", "--unsure", "column", "-o", "p.jsonl"]);
    // Her id is by chance.
    let said = std::mem::take(&mut desk.said);
    desk.file("eva.csv", &format!("article,sentence,labels\n{FIRE_ID},#2,denial\n"));
    desk.run(&["label", "p.allegata.ron", "--from", "eva.csv", "--new-coder", "Eva Nagy"]);
    assert_eq!(desk.run(&["export", "p.allegata.ron", "--to", "spacy"]), 2);
    assert!(desk.said.contains("hint: `--layer gold`, or name one with `--layer`: `eva-"), "{}", desk.said);
    assert_eq!(desk.run(&["export", "p.allegata.ron", "--to", "labelstudio", "-o", "all.json"]), 0);
    assert_eq!(desk.read("all.json").matches("\"coder\":\"").count(), 1, "one was unsure");
    desk.said = said;
    desk.run(&["export", "p.allegata.ron", "--to", "spacy", "--layer", "Eva Nagy"]);
    desk.run(&["export", "p.allegata.ron", "--to", "spacy", "--layer", "gold"]);
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
    assert!(desk.read("p.allegata.ron").contains("\nnever_end_after: [\n\"Xyz\",\n\"z. B.\",\n],\n"));
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
