//! `new` and `add`: projects and articles.

use crate::desk::{Desk, FIRE_ID, RAIN};
use std::fs;

/// The id of [`RAIN`], which follows from it.
const RAIN_ID: &str = "177e222c1c-75a1";

#[test]
fn new_makes_a_project_once() {
    let mut desk = Desk::new();
    desk.run(&["new", "p.allegata.ron", "--title", "The cold store", "--coder", "Ines Várga"]);
    desk.run(&["new", "p.allegata.ron"]);
    desk.run(&["new", "q.ron"]);
    desk.run(&["new", "q"]);
    desk.run(&["new", "nowhere/q.ron"]);
    desk.run(&["new", "r.ron", "--coder", ""]);
    desk.run(&["new", "r.ron", "--title", "a\u{202E}b"]);
    desk.run(&["new"]);
    desk.run(&["show", "p.allegata.ron"]);
    desk.run(&["show", "q.ron"]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn a_folder_brings_in_nothing_that_lies_outside() {
    let mut desk = Desk::with_project();
    fs::create_dir(desk.at("in")).unwrap();
    desk.file("in/b.txt", RAIN);
    for (target, link) in [("../fire.txt", "in/a.txt"), ("b.txt", "in/c.txt"), ("..", "in/up")] {
        std::os::unix::fs::symlink(target, desk.at(link)).unwrap();
    }
    let left = "! warning: 2 links in the folder are left out: they lead out of it, or nowhere\n";
    for arguments in
        [&["add", "p.allegata.ron", "in"][..], &["sentences", "in"], &["sentences", "in", "--json"]]
    {
        desk.said.clear();
        assert_eq!(desk.run(arguments), 0, "{}", desk.said);
        assert!(desk.said.contains(left) && !desk.said.contains("inspector"), "{}", desk.said);
    }
    desk.run(&["add", "p.allegata.ron", "in", "--json"]);
    assert!(desk.said.contains(left), "{}", desk.said);
}

#[test]
fn add_takes_files_folders_and_the_standard_input() {
    let mut desk = Desk::with_project();
    fs::create_dir_all(desk.at("more/deep")).unwrap();
    desk.file(
        "more/a.md",
        "---\noutlet: Ledger\ndate: 2024-05\n---\n\n# Council\n\nIt met. It denied nothing.\n",
    );
    desk.file("more/deep/rain.txt", RAIN);
    desk.file("more/page.html", "<p>It rained.</p>");
    desk.file("empty.txt", "");
    fs::write(desk.at("program.txt"), b"\x7fELF\0\0\x01").unwrap();
    fs::write(desk.at("latin.txt"), b"The caf\xe9 burnt, the owner said in the evening of that day.")
        .unwrap();
    desk.run(&["add", "p.allegata.ron", "more", "rain.txt", "fire.txt", "latin.txt"]);
    desk.run(&["add", "p.allegata.ron", "fire.txt", "--outlet", "Harbour Post", "--date", "2025-03-02"]);
    desk.run(&[
        "add",
        "p.allegata.ron",
        "empty.txt",
        "program.txt",
        "nope.txt",
        "more/page.html",
        "p.allegata.ron",
    ]);
    desk.run_with("# Rain\n\nIt rained.\n", &["add", "p.allegata.ron", "-", "--title", "Rain", "--json"]);
    desk.run(&["add", "p.allegata.ron", "rain.txt", "empty.txt", "--json"]);
    desk.run(&["show", "p.allegata.ron"]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn add_refuses_what_makes_no_sense() {
    let mut desk = Desk::with_project();
    let before = desk.read("p.allegata.ron");
    desk.run(&["add", "p.allegata.ron"]);
    desk.run(&["add", "p.allegata.ron", "rain.txt", "--date", "1 March"]);
    desk.file("wind.txt", "It blew.");
    desk.run(&["add", "p.allegata.ron", "rain.txt", "wind.txt", "--title", "Weather"]);
    fs::create_dir(desk.at("hollow")).unwrap();
    desk.run(&["add", "p.allegata.ron", "hollow"]);
    desk.run(&["add", "q.allegata.ron", "rain.txt"]);
    assert_eq!(desk.read("p.allegata.ron"), before);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn no_sentence_ends_after_an_abbreviation_of_the_project() {
    let mut desk = Desk::new();
    desk.file("own.md", "---\nlang: en\n---\n\nThe council told Xyz. Brand that it rained. It blew.\n");
    let mut add = |list: &str, want: &str| {
        fs::remove_file(desk.at("q.ron")).unwrap_or_default();
        desk.run(&["new", "q.ron"]);
        let file = desk.read("q.ron");
        desk.file("q.ron", &file.replacen("coders: [", &format!("never_end_after: [{list}], coders: ["), 1));
        desk.said.clear();
        assert_eq!(desk.run(&["add", "q.ron", "own.md"]), 0);
        assert!(desk.said.contains(want), "{list}: {}", desk.said);
    };
    add("", "  3 sentences  ");
    add(r#""Xyz""#, "  2 sentences  ");
    add(r#""Xyz.""#, "  2 sentences  ");
}

/// Two rows of a file's text as one.
fn joined(file: &str, first: &str, second: &str) -> String {
    let end = second.split('"').nth(1).unwrap().split_once('-').unwrap().1;
    let (start, words) = first.split_once('-').unwrap();
    let words = words.split_once('"').unwrap().1.trim_end_matches("\"),");
    let rest = second.split_once("t: \"").unwrap().1;
    file.replacen(&format!("{first}\n{second}"), &format!("{start}-{end}\"{words}{rest}"), 1)
}

/// A project with a second article, whose file has other sentences than the splitter makes: one cut in two, two joined, a
/// headline that is none.
fn with_other_sentences() -> Desk {
    let mut desk = Desk::with_project();
    desk.run(&["add", "p.allegata.ron", "rain.txt"]);
    let file = desk.read("p.allegata.ron").replacen(", kind: \"headline\"", "", 1);
    let cut = "An inspector alleged that the owner, ";
    let file = file.replacen(
        &format!("(s: \"33-113\", t: \"{cut}"),
        &format!("(s: \"33-69\", t: \"{cut}\"),\n(s: \"70-113\", t: \""),
        1,
    );
    let row = |words: &str| file.lines().find(|line| line.contains(words)).unwrap();
    desk.file("p.allegata.ron", &joined(&file, row("We hid nothing"), row("The fire began")));
    desk.said.clear();
    desk
}

#[test]
fn resplit_shows_what_changes_and_takes_the_answers_along() {
    let mut desk = with_other_sentences();
    assert_eq!(desk.run(&["check", "p.allegata.ron"]), 0, "{}", desk.said);
    for (sentence, label) in [("#1", "none"), ("#2", "allegation"), ("#3", "fact"), ("#4", "denial")] {
        desk.run(&["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", sentence, "--as", label]);
    }
    desk.said.clear();
    let before = desk.read("p.allegata.ron");
    desk.run(&["resplit", "p.allegata.ron", "--dry-run"]);
    desk.run(&["resplit", "p.allegata.ron", "--article", "nope"]);
    desk.run(&["resplit", "p.allegata.ron", "--article", RAIN_ID]);
    assert_eq!(desk.read("p.allegata.ron"), before);
    desk.run(&["resplit", "p.allegata.ron", "--article", FIRE_ID, "--article", RAIN_ID]);
    desk.run(&["resplit", "p.allegata.ron"]);
    desk.run(&["show", "p.allegata.ron", "--article", FIRE_ID]);
    desk.run(&["check", "p.allegata.ron"]);
    insta::assert_snapshot!(desk.transcript());
}

/// What holds on to a sentence stops its article, not the others.
#[test]
fn resplit_leaves_an_article_whose_decisions_cannot_follow() {
    let mut desk = with_other_sentences();
    let file = desk.read("p.allegata.ron");
    let coder = file.split("(id: \"ines-").nth(1).unwrap().split('"').next().unwrap();
    let span = file.lines().find(|line| line.contains("We hid nothing")).unwrap().split('"').nth(1).unwrap();
    let slot = format!("// {FIRE_ID}\n],\ncomments");
    let decision = format!(
        "(id: \"d1\", article: \"{FIRE_ID}\", s: \"{span}\", labels: [\"denial\"], by: \"ines-{coder}\"),"
    );
    let held = file.replacen(&slot, &slot.replace("],", &format!("{decision}\n],")), 1);
    desk.file("p.allegata.ron", &held);
    desk.run(&["resplit", "p.allegata.ron", "--dry-run"]);
    desk.run(&["resplit", "p.allegata.ron"]);
    assert_eq!(desk.read("p.allegata.ron"), held);
    let whole = "(s: \"0-25\", t: \"It rained in the harbour.\")";
    let cut = "(s: \"0-9\", t: \"It rained \"),\n(s: \"10-25\", t: \"in the harbour.\")";
    assert!(held.contains(whole));
    desk.file("p.allegata.ron", &held.replacen(whole, cut, 1));
    desk.run(&["resplit", "p.allegata.ron"]);
    assert_eq!(desk.read("p.allegata.ron"), held);
    insta::assert_snapshot!(desk.transcript());
}

/// What both versions say of it would be lost: it stays, the others go, and that is said.
#[test]
fn an_article_with_an_open_conflict_is_left_out() {
    let mut desk = Desk::with_project();
    desk.run(&["add", "p.allegata.ron", "rain.txt"]);
    for copy in ["base.ron", "theirs.ron"] {
        fs::copy(desk.at("p.allegata.ron"), desk.at(copy)).unwrap();
    }
    for (file, label) in [("p.allegata.ron", "denial"), ("theirs.ron", "fact")] {
        desk.run(&[
            "label",
            file,
            "--article",
            FIRE_ID,
            "--sentence",
            "#1",
            "--as",
            label,
            "--coder",
            "Ines Várga",
        ]);
    }
    desk.run(&["merge", "base.ron", "p.allegata.ron", "theirs.ron"]);
    desk.said.clear();
    let before = desk.read("p.allegata.ron");
    assert_eq!(desk.run(&["remove", "p.allegata.ron", "--article", FIRE_ID]), 3);
    assert_eq!(desk.run(&["remove", "p.allegata.ron", "--article", FIRE_ID, RAIN_ID, "--dry-run"]), 1);
    assert_eq!(desk.read("p.allegata.ron"), before);
    assert_eq!(desk.run(&["remove", "p.allegata.ron", "--articles", "to:2030 or rain"]), 1);
    assert_eq!(desk.open().project.n_articles(), 1);
    insta::assert_snapshot!(desk.transcript());
}
