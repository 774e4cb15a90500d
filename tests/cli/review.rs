//! Comparing files and deciding: `compare`, `decide`, `export --layer gold`.

use crate::desk::{Desk, FIRE_ID};
use std::fs;

/// A project, and the files of two coders who answered its article.
fn two() -> Desk {
    let mut desk = Desk::with_project();
    desk.run(&["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", "#1", "--as", "fact"]);
    for (file, name, labels) in [
        ("mira.ron", "Mira Okafor", ["none", "allegation", "denial", "fact"]),
        ("jonas.ron", "Jonas Feld", ["none", "fact", "denial", "allegation"]),
    ] {
        fs::copy(desk.at("p.allegata.ron"), desk.at(file)).unwrap();
        let rows = labels.iter().enumerate().map(|(idx, label)| format!("{FIRE_ID},#{},{label}\n", idx + 1));
        desk.file("answers.csv", &format!("article,sentence,labels\n{}", rows.collect::<String>()));
        assert_eq!(desk.run(&["label", file, "--from", "answers.csv", "--new-coder", name]), 0);
    }
    desk.said.clear();
    desk
}

#[test]
fn files_are_compared_and_the_unread_are_named() {
    let mut desk = two();
    let before = ["mira.ron", "jonas.ron"].map(|file| desk.read(file));
    assert_eq!(desk.run(&["compare", "p.allegata.ron"]), 0, "one coder agrees with nobody and everybody");
    assert_eq!(desk.run(&["compare", "mira.ron", "jonas.ron"]), 1);
    assert_eq!(desk.run(&["compare", "mira.ron", "jonas.ron", "--json"]), 1);
    desk.file("broken.ron", "(format: 1, id: ");
    assert_eq!(desk.run(&["compare", "mira.ron", "broken.ron", "gone.ron"]), 1);
    assert_eq!(desk.run(&["compare", "broken.ron", "gone.ron"]), 3);
    assert_eq!(desk.run(&["compare"]), 2);
    assert_eq!(["mira.ron", "jonas.ron"].map(|file| desk.read(file)), before);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn what_most_say_is_decided_and_exported_as_gold() {
    let mut desk = two();
    desk.run(&["merge", "/dev/null", "mira.ron", "jonas.ron", "-o", "both.ron"]);
    desk.said.clear();
    let before = desk.read("both.ron");
    desk.run(&["new", "bare.ron"]);
    assert_eq!(desk.run(&["decide", "bare.ron", "--take", "unanimous"]), 2, "nobody is known here");
    let by = ["--by", "Ada Brandt"];
    assert_eq!(desk.run(&[&["decide", "both.ron", "--take", "unanimous", "--dry-run"], &by[..]].concat()), 1);
    assert_eq!(desk.run(&[&["decide", "both.ron", "--take", "majority:2"], &by[..]].concat()), 2);
    assert_eq!(desk.run(&[&["decide", "both.ron", "--take", "coder:nobody"], &by[..]].concat()), 2);
    assert_eq!(desk.run(&["decide", "both.ron"]), 2);
    assert_eq!(desk.read("both.ron"), before);
    assert_eq!(
        desk.run(
            &[&["decide", "both.ron", "--take", "unanimous", "--reason", "all agree"], &by[..]].concat()
        ),
        1
    );
    assert_eq!(desk.run(&[&["decide", "both.ron", "--take", "majority"], &by[..]].concat()), 1);
    desk.file(
        "bad.csv",
        &format!("article,sentence,labels,reason\n{FIRE_ID},#2,fact,\n{FIRE_ID},#9,fact,\n"),
    );
    let once = desk.read("both.ron");
    assert_eq!(desk.run(&[&["decide", "both.ron", "--from", "bad.csv"], &by[..]].concat()), 3);
    assert_eq!(desk.read("both.ron"), once, "all rows or none");
    desk.file(
        "good.csv",
        &format!("article,sentence,labels,reason\n{FIRE_ID},#2,fact,p. 2\n{FIRE_ID},#4,none,\n"),
    );
    assert_eq!(desk.run(&[&["decide", "both.ron", "--from", "good.csv"], &by[..]].concat()), 0);
    assert_eq!(desk.run(&["compare", "both.ron"]), 1);
    assert_eq!(desk.run(&["export", "both.ron", "--to", "csv", "--layer", "gold", "-o", "gold.csv"]), 0);
    let gold = desk.read("gold.csv");
    let columns = gold.lines().map(|row| {
        let cells: Vec<&str> = row.rsplitn(6, ',').collect();
        format!("{} {} {}", cells[4], cells[3], cells[2])
    });
    let want = [
        "layer gold_by reason",
        "gold decided ",
        "gold decided p. 2",
        "gold decided all agree",
        "gold decided ",
    ];
    assert_eq!(columns.collect::<Vec<_>>(), want);
    assert_eq!(desk.run(&["label", "both.ron", "--from", "gold.csv"]), 2);
    assert_eq!(desk.run(&["label", "both.ron", "--from", "gold.csv", "--coder", "Mira Okafor"]), 0);
    assert_eq!(
        desk.run(&["export", "both.ron", "--to", "jsonl", "--layer", "Jonas Feld", "-o", "j.jsonl"]),
        0
    );
    assert_eq!(
        desk.run(&["export", "both.ron", "--to", "jsonl", "--coder", "Jonas Feld", "-o", "k.jsonl"]),
        0
    );
    assert_eq!(desk.read("j.jsonl"), desk.read("k.jsonl"));
    assert_eq!(desk.run(&["export", "both.ron", "--to", "csv", "--layer", "nobody"]), 2);
}
