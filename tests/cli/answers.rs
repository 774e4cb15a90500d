//! `label`: one sentence, a table, and who says it.

use crate::desk::{Desk, FIRE_ID};
use std::fs;

#[test]
fn label_one_sentence() {
    let mut desk = Desk::with_project();
    let label = |desk: &mut Desk, rest: &[&str]| {
        desk.run(&[&["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence"], rest].concat())
    };
    label(&mut desk, &["#2", "--as", "allegation", "--unsure", "--note", "=who says it?"]);
    label(&mut desk, &["#3", "--as", "denial"]);
    label(&mut desk, &["33-113", "--as", "allegation"]);
    label(&mut desk, &["#1", "--as", "none"]);
    label(&mut desk, &["#3", "--as", "unanswered"]);
    label(&mut desk, &["#2", "--as", "fact", "--unsure=false"]);
    desk.run(&["show", "p.allegata.ron", "--article", FIRE_ID]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn label_refuses_and_says_why() {
    let mut desk = Desk::with_project();
    let before = desk.read("p.allegata.ron");
    let label = |desk: &mut Desk, article: &str, sentence: &str, labels: &str| {
        desk.run(&["label", "p.allegata.ron", "--article", article, "--sentence", sentence, "--as", labels])
    };
    label(&mut desk, "nope", "#1", "fact");
    label(&mut desk, FIRE_ID, "#9", "fact");
    label(&mut desk, FIRE_ID, "0-1", "fact");
    label(&mut desk, FIRE_ID, "seven", "fact");
    label(&mut desk, FIRE_ID, "#1", "fakt");
    label(&mut desk, FIRE_ID, "#1", "fact,denial");
    label(&mut desk, FIRE_ID, "#1", "fact,none");
    label(&mut desk, FIRE_ID, "#1", "");
    desk.run(&["label", "p.allegata.ron", "--article", FIRE_ID]);
    desk.run(&["label", "p.allegata.ron", "--from", "x.csv", "--as", "fact"]);
    desk.run(&["label", "p.allegata.ron", "--from", "x.csv"]);
    desk.run(&["label", "p.allegata.ron", "--from", "rain.txt"]);
    assert_eq!(desk.read("p.allegata.ron"), before);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn nobody_is_answered_for() {
    let mut desk = Desk::with_project();
    // Another computer, where nobody is known.
    fs::remove_dir_all(desk.at("config")).unwrap();
    let fact = ["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", "#4", "--as", "fact"];
    desk.run(&fact);
    desk.run(&[&fact[..], &["--coder", "Cleo"]].concat());
    desk.run(&[&fact[..], &["--coder", "Ines Várga"]].concat());
    // Naming somebody once does not sit them down in front of this computer.
    desk.run(&fact);
    // In a project without coders the first one may be named into it.
    desk.run(&["new", "q.ron"]);
    desk.run(&["add", "q.ron", "rain.txt"]);
    let rain = ["label", "q.ron", "--article", "177e222c1c-75a1", "--sentence", "#1", "--as", "fact"];
    desk.run(&rain);
    desk.run(&[&rain[..], &["--coder", "Ines Várga"]].concat());
    desk.run(&[&rain[..7], &["none"]].concat());
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn label_from_a_table() {
    let mut desk = Desk::with_project();
    desk.file(
        "good.csv",
        &format!("article,sentence,labels,unsure,note\n{FIRE_ID},#2,allegation,true,who?\n{FIRE_ID},#3,denial,,\n{FIRE_ID},#1,,,\n"),
    );
    desk.file(
        "bad.csv",
        &format!(
            "\u{feff}article;sentence;labels;coder\r\n{FIRE_ID};#4;fact;\r\n{FIRE_ID};#9;fact;\r\n\r\nnope;#1;fact;\r\n{FIRE_ID};#4;fact;cleo\r\n"
        ),
    );
    desk.run(&["label", "p.allegata.ron", "--from", "good.csv"]);
    desk.run(&["label", "p.allegata.ron", "--from", "good.csv"]);
    let before = desk.read("p.allegata.ron");
    desk.run(&["label", "p.allegata.ron", "--from", "bad.csv"]);
    assert_eq!(desk.read("p.allegata.ron"), before);
    // What was exported can be read back, and changes nothing.
    desk.run(&["export", "p.allegata.ron", "--to", "csv", "-o", "out.csv"]);
    desk.run(&["label", "p.allegata.ron", "--from", "out.csv"]);
    let table = desk.read("out.csv");
    desk.run_with(&table, &["label", "p.allegata.ron", "--from", "-"]);
    assert_eq!(desk.read("p.allegata.ron"), before);
    desk.run(&["export", "p.allegata.ron", "--to", "csv"]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn a_new_coder_brings_a_table() {
    let mut desk = Desk::with_project();
    desk.file("eva.csv", &format!("article,sentence,labels\n{FIRE_ID},#2,allegation\n,,\n"));
    assert_eq!(desk.run(&["label", "p.allegata.ron", "--from", "eva.csv", "--new-coder", "Éva Nagy"]), 0);
    assert!(desk.said.contains("1 row taken") && desk.said.contains("new coder eva-"), "{}", desk.said);
    assert!(desk.read("p.allegata.ron").contains("name: \"Éva Nagy\""));
    // There is one now, and one who labels.
    assert_eq!(desk.run(&["label", "p.allegata.ron", "--from", "eva.csv", "--new-coder", "Éva Nagy"]), 2);
    let both = ["label", "p.allegata.ron", "--from", "eva.csv", "--new-coder", "Bo", "--coder", "Éva Nagy"];
    assert_eq!(desk.run(&both), 2);
    let one = ["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", "#2", "--as", "fact"];
    assert_eq!(desk.run(&[&one[..], &["--new-coder", "Bo"]].concat()), 0);
    assert!(desk.said.contains(" bo-"), "{}", desk.said);
}

#[test]
fn tables_that_are_cut_off_or_went_through_a_spreadsheet() {
    let mut desk = Desk::with_project();
    let before = desk.read("p.allegata.ron");
    desk.file("cut.csv", &format!("article,sentence,labels,note\n{FIRE_ID},#2,fact,\"who says"));
    assert_eq!(desk.run(&["label", "p.allegata.ron", "--from", "cut.csv"]), 3);
    assert!(desk.said.contains("cut off inside a cell that begins in line 2"), "{}", desk.said);
    assert_eq!(desk.read("p.allegata.ron"), before);
    desk.file("dates.csv", &format!("article,sentence,labels,start,end\n{FIRE_ID},Jan-33,fact,33,113\n"));
    assert_eq!(desk.run(&["label", "p.allegata.ron", "--from", "dates.csv"]), 0);
    assert!(desk.said.contains("`Jan-33` is a date that a spreadsheet made"), "{}", desk.said);
    assert!(desk.said.contains("1 row taken"), "{}", desk.said);
}
