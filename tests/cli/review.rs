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

#[test]
fn other_codebooks_and_later_files_are_said_one_by_one_and_chosen() {
    let mut desk = two();
    let theirs = desk
        .read("jonas.ron")
        .replace("\"allegation\"", "\"charge\"")
        .replace("\"Allegation\"", "\"Charge\"");
    desk.file("jonasb.ron", &theirs);
    fs::copy(desk.at("mira.ron"), desk.at("mira2.ron")).unwrap();
    desk.run(&[
        "label",
        "mira2.ron",
        "--article",
        FIRE_ID,
        "--sentence",
        "#2",
        "--as",
        "fact",
        "--coder",
        "Mira Okafor",
    ]);
    // Later whatever the second is.
    let later = desk.read("mira2.ron").replace("at: \"20", "at: \"21");
    desk.file("mira2.ron", &later);
    let files = ["compare", "mira.ron", "jonasb.ron", "mira2.ron"];
    let before = ["mira.ron", "jonasb.ron", "mira2.ron"].map(|file| desk.read(file));
    desk.said.clear();
    assert_eq!(desk.run(&files), 1);
    assert_eq!(desk.run(&[&files[..], &["--json"]].concat()), 1);
    let mira = ["--answers", "Mira Okafor=mira2.ron", "--label", "charge=allegation"];
    assert_eq!(desk.run(&[&files[..], &mira[..]].concat()), 1);
    assert_eq!(desk.run(&[&files[..], &["--label", "Charge="]].concat()), 1);
    assert_eq!(desk.run(&[&files[..], &["--label", "charge"]].concat()), 2);
    assert_eq!(desk.run(&[&files[..], &["--label", "charge=gossip"]].concat()), 2);
    assert_eq!(desk.run(&[&files[..], &["--label", "gossip=fact"]].concat()), 2);
    assert_eq!(desk.run(&[&files[..], &["--answers", "Mira Okafor=other.ron"]].concat()), 2);
    assert_eq!(desk.run(&[&files[..], &["--answers", "Ada=mira2.ron"]].concat()), 2);
    assert_eq!(desk.run(&["compare", "mira.ron", "--label", "charge=fact"]), 2);
    assert_eq!(desk.run(&[&files[..], &["--summary", "-"]].concat()), 1);
    assert_eq!(desk.run(&[&files[..], &["--summary", "s.md"]].concat()), 1);
    assert!(desk.read("s.md").starts_with("# "));
    assert_eq!(desk.run(&[&files[..], &["--summary", "mira.ron"]].concat()), 3);
    assert_eq!(["mira.ron", "jonasb.ron", "mira2.ron"].map(|file| desk.read(file)), before);
    insta::assert_snapshot!(desk.transcript());
}

/// Files cut, doubled and changed by chance: `compare` says what it can, never more than it should, and writes nothing.
#[test]
fn two_hundred_damaged_files_are_compared() {
    let mut desk = two();
    let good = desk.read("mira.ron");
    let theirs = fs::read(desk.at("jonas.ron")).unwrap();
    let mut seed = 5_u64;
    let mut next = |n: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % n.max(1)
    };
    let mut n_read = 0;
    for round in 0..200 {
        let mut bytes = theirs.clone();
        let at = next(bytes.len());
        let end = (at + next(120)).min(bytes.len());
        match round % 5 {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let some = bytes[at..end].to_vec();
                bytes.splice(at..at, some);
            }
            3 => bytes[at] = b'0' + u8::try_from(next(10)).unwrap(),
            _ => bytes[at] = u8::try_from(next(256)).unwrap(),
        }
        fs::write(desk.at("bad.ron"), &bytes).unwrap();
        let code = desk.run(&["compare", "mira.ron", "bad.ron", "--json"]);
        assert!([0, 1].contains(&code), "round {round} exits with {code}: {}", desk.said);
        n_read += usize::from(desk.said.contains("Jonas"));
        desk.said.clear();
        assert_eq!(fs::read(desk.at("bad.ron")).unwrap(), bytes);
    }
    assert_eq!(desk.read("mira.ron"), good);
    assert!(n_read > 20, "only {n_read} could be read");
}
