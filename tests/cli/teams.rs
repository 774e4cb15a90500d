//! `handout` and `collect`: files go out and come back.

use crate::desk::Desk;
use std::fs;

/// A project with twelve articles and two coders.
fn team() -> Desk {
    let mut desk = Desk::new();
    for n in 0..12 {
        let words = format!("Depot {n} burnt.\n\nNobody knows why, says the firm of depot {n}. It rained.\n");
        desk.file(&format!("in/{n:02}.txt"), &words);
    }
    desk.run(&["new", "p.allegata.ron", "--coder", "Ada Brandt"]);
    desk.run(&["add", "p.allegata.ron", "in"]);
    desk.said.clear();
    desk
}

fn label(desk: &mut Desk, file: &str, article: &str, sentence: &str, labels: &str, coder: &str) -> i32 {
    let said = ["--sentence", sentence, "--as", labels, "--coder", coder];
    desk.run(&[&["label", file, "--article", article], &said[..]].concat())
}

fn articles_of(desk: &Desk, file: &str) -> Vec<String> {
    let text = desk.read(file);
    let rows = text.lines().filter(|line| line.starts_with("(id: ") && line.contains("added:"));
    rows.map(|line| line.split('"').nth(1).unwrap().to_owned()).collect()
}

#[test]
fn files_go_out_and_come_back() {
    let mut desk = team();
    let out = ["handout", "p.allegata.ron", "--to", "out", "--coder", "Mira Okafor", "--coder", "Jonas Feld"];
    let shared = ["--overlap", "25%", "--seed", "7"];
    assert_eq!(desk.run(&[&out[..], &shared, &["--dry-run"]].concat()), 0);
    assert!(!desk.at("out").exists());
    let before = desk.read("p.allegata.ron");
    assert_eq!(desk.run(&[&out[..], &shared].concat()), 0);
    let mut names: Vec<_> = fs::read_dir(desk.at("out"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["p-jonas.allegata.ron", "p-mira.allegata.ron"]);
    assert_ne!(desk.read("p.allegata.ron"), before, "the project remembers who has which");
    // Again: nothing is left to hand out, and no file is replaced.
    let after = desk.read("p.allegata.ron");
    assert_eq!(desk.run(&[&out[..], &shared].concat()), 3);
    assert_eq!(desk.run(&[&out[..], &["--articles", "depot"]].concat()), 3);
    assert_eq!(desk.read("p.allegata.ron"), after);
    // Nothing was labelled: nothing comes in, and the file stays to the byte.
    let files = ["out/p-mira.allegata.ron", "out/p-jonas.allegata.ron"];
    assert_eq!(desk.run(&["collect", "p.allegata.ron", files[0], files[1]]), 0);
    assert_eq!(desk.read("p.allegata.ron"), after);

    let (mira, jonas) = (articles_of(&desk, files[0]), articles_of(&desk, files[1]));
    label(&mut desk, files[0], &mira[0], "#1", "fact", "Mira Okafor");
    label(&mut desk, files[0], &mira[0], "#2", "denial", "Mira Okafor");
    label(&mut desk, files[1], &jonas[0], "#1", "fact", "Jonas Feld");
    let theirs = files.map(|file| desk.read(file));
    assert_eq!(desk.run(&["collect", "p.allegata.ron", files[0], files[1], "--dry-run"]), 0);
    assert_eq!(desk.read("p.allegata.ron"), after);
    assert_eq!(desk.run(&["collect", "p.allegata.ron", files[0], files[1]]), 0);
    let once = desk.read("p.allegata.ron");
    assert_eq!(desk.run(&["collect", "p.allegata.ron", files[0], files[1]]), 0);
    assert_eq!(desk.read("p.allegata.ron"), once, "twice adds nothing");
    assert_eq!(files.map(|file| desk.read(file)), theirs, "their files are only read");

    // An answer taken away is an answer too, even the only one.
    label(&mut desk, files[1], &jonas[0], "#1", "unanswered", "Jonas Feld");
    assert_eq!(desk.run(&["collect", "p.allegata.ron", files[1]]), 0);
    let project = desk.open().project;
    let sheets: usize = project.sheets().map(|sheet| sheet.n_answered()).sum();
    assert_eq!(sheets, 2);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn what_is_left_out_is_named() {
    let mut desk = team();
    desk.run(&["handout", "p.allegata.ron", "--to", "out", "--coder", "Mira Okafor"]);
    let file = "out/p-mira.allegata.ron";
    let mira = articles_of(&desk, file);
    label(&mut desk, file, &mira[0], "#1", "fact", "Mira Okafor");
    fs::copy(desk.at(file), desk.at("older.ron")).unwrap();
    label(&mut desk, file, &mira[0], "#2", "fact", "Mira Okafor");
    desk.file("broken.ron", "(format: 1, id: ");
    desk.run(&["new", "other.ron"]);
    let before = desk.read("p.allegata.ron");
    let all = [file, "older.ron", "broken.ron", "other.ron", "missing.ron"];
    assert_eq!(desk.run(&[&["collect", "p.allegata.ron"], &all[..], &["--dry-run", "--json"]].concat()), 1);
    assert_eq!(desk.run(&[&["collect", "p.allegata.ron"], &all[..]].concat()), 1);
    assert_ne!(desk.read("p.allegata.ron"), before);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn hand_out_refuses_what_makes_no_sense() {
    let mut desk = team();
    let before = desk.read("p.allegata.ron");
    let out = |desk: &mut Desk, rest: &[&str]| {
        desk.run(&[&["handout", "p.allegata.ron", "--to", "out"], rest].concat())
    };
    let people = ["--coder", "Mira", "--coder", "Jonas"];
    assert_eq!(out(&mut desk, &["--overlap", "120%"]), 2);
    assert_eq!(out(&mut desk, &["--overlap", "some"]), 2);
    assert_eq!(out(&mut desk, &[&people[..], &["--by", "1"]].concat()), 2);
    assert_eq!(out(&mut desk, &["--coder", "Mira", "--coder", "Mira"]), 2);
    assert_eq!(out(&mut desk, &[&people[..], &["--by", "3", "--overlap", "20%"]].concat()), 3);
    assert_eq!(out(&mut desk, &[&people[..], &["--articles", "nowhere"]].concat()), 3);
    desk.file("out/p-mira.allegata.ron", "mine");
    assert_eq!(out(&mut desk, &people), 3);
    assert_eq!(desk.read("out/p-mira.allegata.ron"), "mine");
    assert_eq!(desk.read("p.allegata.ron"), before);
    assert_eq!(fs::read_dir(desk.at("out")).unwrap().count(), 1);
    insta::assert_snapshot!(desk.transcript());
}
