//! `git-setup` and `diff`: what they say, to the letter, and that nothing else is written.

use crate::desk::{Desk, FIRE_ID};
use std::fs;
use std::process::Command;

fn git(desk: &Desk, arguments: &[&str]) {
    let mut command = Command::new("git");
    command
        .args(arguments)
        .current_dir(desk.at(""))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("HOME", desk.at("state"));
    assert!(command.output().unwrap().status.success(), "git {arguments:?}");
}

#[test]
fn git_is_set_up_checked_and_undone() {
    let mut desk = Desk::new();
    // Somewhere above may be a repository: a folder that is none stops the search.
    assert_eq!(desk.run(&["git-setup", "--undo", "--check"]), 2);
    desk.file(".git", "none");
    assert_eq!(desk.run(&["git-setup"]), 3);
    fs::remove_file(desk.at(".git")).unwrap();
    git(&desk, &["init", "-q"]);
    assert_eq!(desk.run(&["git-setup", "--check"]), 1);
    assert_eq!(desk.run_where_git_looks(&["git-setup"]), 0);
    assert_eq!(desk.run_where_git_looks(&["git-setup", "--check"]), 0);
    // Without the program on the PATH git could not call it.
    assert_eq!(desk.run(&["git-setup", "--check"]), 1);
    desk.said.push_str(&desk.read(".gitattributes"));
    // What somebody else wants of git stays.
    let line = desk.read(".gitattributes");
    desk.file(".gitattributes", &format!("*.pdf binary\r\n{line}"));
    assert_eq!(desk.run_where_git_looks(&["git-setup", "--undo"]), 0);
    assert_eq!(desk.read(".gitattributes"), "*.pdf binary\r\n");
    assert_eq!(desk.run_where_git_looks(&["git-setup", "--check"]), 1);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn what_differs_is_told_by_article() {
    let mut desk = Desk::with_project();
    fs::copy(desk.at("p.allegata.ron"), desk.at("base.ron")).unwrap();
    assert_eq!(desk.run(&["diff", "base.ron", "p.allegata.ron"]), 0);
    assert_eq!(desk.run(&["diff", "base.ron", "p.allegata.ron", "--json"]), 0);
    let said = desk.said.clone();
    let label = |desk: &mut Desk, sentence: &str, rest: &[&str]| {
        desk.run(
            &[&["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", sentence], rest].concat(),
        );
    };
    label(&mut desk, "#2", &["--as", "allegation", "--unsure", "--note", "who says it?"]);
    fs::copy(desk.at("p.allegata.ron"), desk.at("mine.ron")).unwrap();
    label(&mut desk, "#2", &["--as", "denial", "--unsure=false"]);
    label(&mut desk, "#3", &["--as", "none"]);
    desk.run(&["join", "p.allegata.ron", "--article", FIRE_ID, "--sentence", "#2"]);
    desk.run(&["set", "p.allegata.ron", "--article", FIRE_ID, "--title", "Fire in the store"]);
    desk.run(&["add", "p.allegata.ron", "rain.txt"]);
    let text = desk.read("p.allegata.ron").replace("doubt: \"A worry", "doubt: \"Any worry");
    let by = text.split("(id: \"ines-").nth(1).unwrap().split('"').next().unwrap();
    let comment =
        format!("comments: [\n(id: \"k3\", article: \"{FIRE_ID}\", by: \"ines-{by}\", text: \"So?\"),\n");
    desk.file("p.allegata.ron", &text.replacen("comments: [\n", &comment, 1));
    desk.said = said;
    let before = files(&desk);
    assert_eq!(desk.run(&["diff", "mine.ron", "p.allegata.ron"]), 1);
    assert_eq!(desk.run(&["diff", "mine.ron", "p.allegata.ron", "--base", "base.ron", "--json"]), 1);
    assert_eq!(desk.run(&["diff", "p.allegata.ron", "mine.ron", "--base", "base.ron"]), 1);
    // What is no version of it, and what is none at all.
    desk.file("cut.ron", "(format: 1, id: ");
    assert_eq!(desk.run(&["diff", "mine.ron", "cut.ron"]), 3);
    assert_eq!(desk.run(&["diff", "mine.ron", "missing.ron"]), 3);
    assert_eq!(desk.run(&["diff", "mine.ron"]), 2);
    fs::remove_file(desk.at("cut.ron")).unwrap();
    assert_eq!(files(&desk), before, "nothing is written");
    insta::assert_snapshot!(desk.transcript());
}

/// Names and contents of all files.
fn files(desk: &Desk) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(desk.at("")).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.filter(|path| path.is_file());
    let mut files: Vec<_> = files
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}
