//! Crashes, other programs, damaged files: everything is said, nothing is lost.

use crate::desk::{Desk, FIRE_ID};
use allegata::formats::journal::Entry;
use allegata::model::ids::{ArticleId, LabelId, Stamp};
use allegata::model::plan::{self, Answer};
use allegata::model::sheet::SheetKey;
use allegata::shell::clock;
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

/// An answer in the journal that the file does not have, as a killed program leaves it.
fn answer_and_die(desk: &Desk) {
    let mut opened = desk.open();
    let coder = opened.project.coders().next().unwrap().id.clone();
    let key = SheetKey { coder, article: ArticleId::new(FIRE_ID) };
    let denial = Answer::Labels(vec![LabelId::new("denial")]);
    let at = Stamp(clock::now_secs());
    let span = opened.project.article(&key.article).unwrap().sentences().get(2).unwrap().span;
    let action = plan::answer(&opened.project, &key, span, &denial, at).unwrap();
    let name = "Label: denial".to_owned();
    let entry = Entry { n: opened.last_n + 1, at, by: None, name, undoes: None, action };
    opened.store.append(&[entry]).unwrap();
}

#[test]
fn what_a_crash_left_comes_back() {
    let mut desk = Desk::with_project();
    answer_and_die(&desk);
    let before = desk.read("p.allegata.ron");
    desk.run(&["check", "p.allegata.ron"]);
    desk.run(&["show", "p.allegata.ron", "--article", FIRE_ID]);
    desk.run(&["recover", "p.allegata.ron", "--list"]);
    assert_eq!(desk.read("p.allegata.ron"), before);
    desk.run(&["recover", "p.allegata.ron"]);
    desk.run(&["recover", "p.allegata.ron"]);
    desk.run(&["check", "p.allegata.ron"]);
    desk.run(&["recover", "p.allegata.ron", "--list"]);
    desk.run(&["recover", "p.allegata.ron", "--restore", "2", "-o", "old.allegata.ron"]);
    desk.run(&["recover", "p.allegata.ron", "--restore", "2", "-o", "old.allegata.ron"]);
    desk.run(&["recover", "p.allegata.ron", "--restore", "9", "-o", "nine.allegata.ron"]);
    desk.run(&["recover", "p.allegata.ron", "--restore", "1"]);
    desk.run(&["recover", "fire.txt", "--list"]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn verbs_that_write_take_up_what_a_crash_left() {
    let mut desk = Desk::with_project();
    answer_and_die(&desk);
    desk.run(&["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", "#4", "--as", "fact"]);
    desk.run(&["show", "p.allegata.ron", "--article", FIRE_ID]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn while_another_program_has_it_open() {
    let mut desk = Desk::with_project();
    let opened = desk.open();
    let label = ["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", "#4", "--as", "fact"];
    assert_eq!(desk.run(&label), 3);
    assert!(desk.said.contains("another program has this project open"), "{}", desk.said);
    assert_eq!(desk.run(&["show", "p.allegata.ron"]), 0);
    assert_eq!(desk.run(&["export", "p.allegata.ron", "--to", "csv"]), 0);
    assert_eq!(desk.run(&["check", "p.allegata.ron"]), 0);
    assert_eq!(desk.run(&["resplit", "p.allegata.ron", "--dry-run"]), 0);
    assert_eq!(desk.run(&["resplit", "p.allegata.ron"]), 3);
    drop(opened);
    assert_eq!(desk.run(&label), 0);
}

/// What `check`, `show` and `label` say of a file that is damaged; none of them changes it.
fn damaged(contents: &[u8]) -> String {
    let mut desk = Desk::with_project();
    fs::write(desk.at("p.allegata.ron"), contents).unwrap();
    assert_eq!(desk.run(&["check", "p.allegata.ron"]), 1, "{}", desk.said);
    desk.run(&["show", "p.allegata.ron"]);
    let label = ["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", "#4", "--as", "fact"];
    assert_eq!(desk.run(&label), 3, "{}", desk.said);
    assert_eq!(desk.run(&["add", "p.allegata.ron", "rain.txt"]), 3, "{}", desk.said);
    assert_eq!(fs::read(desk.at("p.allegata.ron")).unwrap(), contents);
    desk.transcript()
}

/// The file of a project with one answer.
fn sound() -> String {
    let mut desk = Desk::with_project();
    desk.run(&["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", "#2", "--as", "allegation"]);
    desk.read("p.allegata.ron")
}

#[test]
fn damaged_files_are_named_and_left_alone() {
    let sound = sound();
    let answer = sound.lines().find(|line| line.contains("labels: [\"allegation\"]")).unwrap();
    let cases: [(&str, Vec<u8>); 9] = [
        ("empty", Vec::new()),
        ("cut off", sound.as_bytes()[..sound.len() / 2].to_vec()),
        ("git conflict", sound.replacen("articles: [", "<<<<<<< ours\narticles: [", 1).into_bytes()),
        ("newer", sound.replacen("format: 1, writers_from: 1", "format: 9, writers_from: 9", 1).into_bytes()),
        ("brackets", "[".repeat(100_000).into_bytes()),
        ("not UTF-8", [sound.as_bytes(), b"\xff"].concat()),
        (
            "two rows",
            sound
                .replacen(answer, &format!("{answer}\n{}", answer.replace("allegation", "denial")), 1)
                .into_bytes(),
        ),
        ("no such sentence", sound.replacen(answer, &answer.replace("33-113", "33-112"), 1).into_bytes()),
        ("other text", sound.replacen("had hidden a leak", "had mended a leak", 1).into_bytes()),
    ];
    let mut said = String::new();
    for (name, contents) in cases {
        assert!(contents != sound.as_bytes(), "{name}");
        writeln!(said, "== {name}\n{}", damaged(&contents)).unwrap();
    }
    insta::assert_snapshot!(said);
}

#[test]
fn a_folder_is_no_project() {
    let mut desk = Desk::new();
    fs::create_dir(desk.at("p.ron")).unwrap();
    desk.run(&["show", "p.ron"]);
    desk.run(&["check", "p.ron", "nope.ron"]);
    desk.run(&["check", "fire.txt"]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn what_a_newer_version_wrote_stays_word_for_word() {
    let desk = &mut Desk::with_project();
    let newer = desk.read("p.allegata.ron").replacen("(id: \"fc", "(future: Some((a: [1, 2])), id: \"fc", 1);
    let newer = newer.replacen("(id: \"fact\"", "(r#odd: \"f\", id: \"fact\"", 1);
    desk.file("p.allegata.ron", &newer);
    assert_eq!(
        desk.run(&["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", "#4", "--as", "fact"]),
        0
    );
    let written = desk.read("p.allegata.ron");
    assert!(written.contains("future: Some((a: [1, 2]))"), "{written}");
    assert!(written.contains("odd: \"f\""), "{written}");
}

#[test]
fn an_earlier_version_goes_into_a_project_file() {
    let mut desk = Desk::with_project();
    let restore =
        |desk: &mut Desk, out: &str| desk.run(&["recover", "p.allegata.ron", "--restore", "1", "-o", out]);
    assert_eq!(restore(&mut desk, "-"), 2);
    assert_eq!(restore(&mut desk, "old.txt"), 2);
    assert!(!desk.at("-").exists() && !desk.at("old.txt").exists());
    assert!(desk.said.contains("hint: `inquiry.allegata.ron`"), "{}", desk.said);
    assert!(desk.said.contains("hint: `old.txt.allegata.ron`"), "{}", desk.said);
    assert_eq!(restore(&mut desk, "old.ron"), 0, "{}", desk.said);
}

/// A file stands where the folders would be made, so that not even root can make them.
#[test]
fn who_only_reads_needs_no_folder_of_its_own() {
    let mut desk = Desk::with_project();
    for folder in ["state", "config"] {
        fs::remove_dir_all(desk.at(folder)).unwrap();
        desk.file(folder, "in the way");
    }
    assert_eq!(desk.run(&["show", "p.allegata.ron"]), 0, "{}", desk.said);
    assert_eq!(desk.run(&["check", "p.allegata.ron"]), 0, "{}", desk.said);
    assert_eq!(desk.run(&["export", "p.allegata.ron", "--to", "csv"]), 0, "{}", desk.said);
    assert_eq!(desk.run(&["resplit", "p.allegata.ron", "--dry-run"]), 0, "{}", desk.said);
    assert_eq!(desk.run(&["add", "p.allegata.ron", "rain.txt"]), 3, "{}", desk.said);
}

#[test]
#[cfg(target_os = "linux")]
fn an_output_that_takes_nothing() {
    let desk = Desk::with_project();
    let run = |arguments: &[&str]| {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_allegata"))
            .args(arguments)
            .current_dir(desk.at(""))
            .env("ALLEGATA_STATE_DIR", desk.at("state"))
            .env("ALLEGATA_CONFIG_DIR", desk.at("config"))
            .stdout(full)
            .output()
            .unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, said) = run(&["export", "p.allegata.ron", "--to", "csv"]);
    assert!(code == 3 && said.starts_with("error: the output cannot be written, "), "{code} {said}");
    assert!(said.contains("\nhint: "), "{said}");
    let (code, said) = run(&["add", "p.allegata.ron", "rain.txt"]);
    assert!(
        code == 1 && said.starts_with("error: what was asked for is saved, but the output"),
        "{code} {said}"
    );
    assert!(desk.read("p.allegata.ron").contains("It rained in the harbour."));
}
