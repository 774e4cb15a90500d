//! `scheme` and `new --scheme`: the codebook shown, written, taken over.

use crate::desk::{Desk, FIRE_ID};

fn scheme(desk: &mut Desk, rest: &[&str]) -> i32 {
    desk.run(&[&["scheme", "p.allegata.ron"], rest].concat())
}

#[test]
fn a_scheme_goes_out_and_is_taken_over() {
    let mut desk = Desk::with_project();
    assert_eq!(scheme(&mut desk, &["--show"]), 0);
    assert_eq!(scheme(&mut desk, &["--show", "--json"]), 0);
    assert_eq!(scheme(&mut desk, &["--export", "labels.ron"]), 0);
    let written = desk.read("labels.ron");
    assert_eq!(scheme(&mut desk, &["--export", "labels.ron"]), 3);
    assert_eq!(desk.read("labels.ron"), written);
    assert_eq!(scheme(&mut desk, &["--markdown", "codebook.md"]), 0);
    assert!(desk.read("codebook.md").contains("## Denial"));
    let before = desk.read("p.allegata.ron");
    assert_eq!(scheme(&mut desk, &["--import", "labels.ron"]), 0);
    // Nothing asked, two things asked, no project.
    assert_eq!(scheme(&mut desk, &[]), 2);
    assert_eq!(scheme(&mut desk, &["--show", "--import", "labels.ron"]), 2);
    assert_eq!(scheme(&mut desk, &["--import", "fire.txt"]), 3);
    assert_eq!(scheme(&mut desk, &["--import", "nothing.ron"]), 3);
    assert_eq!(desk.read("p.allegata.ron"), before);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn labels_in_use_are_retired_and_said() {
    let mut desk = Desk::with_project();
    for (sentence, label) in [("#2", "allegation"), ("#3", "denial")] {
        desk.run(&["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", sentence, "--as", label]);
    }
    desk.run(&["new", "q.allegata.ron", "--scheme", "stance"]);
    let before = desk.read("p.allegata.ron");
    assert_eq!(scheme(&mut desk, &["--import", "q.allegata.ron", "--dry-run"]), 1);
    assert_eq!(desk.read("p.allegata.ron"), before);
    assert_eq!(scheme(&mut desk, &["--import", "q.allegata.ron"]), 1);
    assert_eq!(scheme(&mut desk, &["--import", "q.allegata.ron"]), 0);
    assert_eq!(scheme(&mut desk, &["--show"]), 0);
    assert_eq!(desk.run(&["check", "p.allegata.ron"]), 0);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn a_project_begins_with_a_ready_scheme_or_with_that_of_a_file() {
    let mut desk = Desk::new();
    for (name, code) in [("claim", 0), ("stance", 0), ("empty", 0), ("allegation", 0), ("opinion", 2)] {
        assert_eq!(desk.run(&["new", &format!("{name}.ron"), "--scheme", name]), code, "{name}");
    }
    assert_eq!(desk.run(&["new", "again.ron", "--scheme", "claim.ron"]), 0);
    let labels = |desk: &mut Desk, name: &str| {
        desk.said.clear();
        desk.run(&["scheme", name, "--show"]);
        desk.said.split_once('\n').unwrap().1.to_owned()
    };
    assert_eq!(labels(&mut desk, "again.ron"), labels(&mut desk, "claim.ron"));
    assert!(labels(&mut desk, "claim.ron").contains("background: Background"));
    assert_eq!(labels(&mut desk, "empty.ron").lines().count(), 3);
}

/// Two labels on one sentence: how many a sentence takes is not changed under them, and they are listed.
#[test]
fn several_labels_are_not_taken_away() {
    let mut desk = Desk::with_project();
    let file = desk.read("p.allegata.ron");
    desk.file("one.ron", &file);
    desk.file("p.allegata.ron", &file.replace("choose: \"one\"", "choose: \"several\""));
    desk.run(&[
        "label",
        "p.allegata.ron",
        "--article",
        FIRE_ID,
        "--sentence",
        "#2",
        "--as",
        "allegation,fact",
    ]);
    let before = desk.read("p.allegata.ron");
    desk.said.clear();
    assert_eq!(scheme(&mut desk, &["--import", "one.ron"]), 3);
    assert!(desk.said.contains("1 sentence with several labels"), "{}", desk.said);
    assert!(desk.said.contains(&format!("{FIRE_ID} 33-113")), "{}", desk.said);
    assert_eq!(desk.read("p.allegata.ron"), before);
}
