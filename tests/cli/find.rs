//! `find`, and queries of other verbs.

use crate::desk::{Desk, FIRE_ID};

#[test]
fn sentences_are_found() {
    let mut desk = Desk::with_project();
    desk.run(&["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", "#2", "--as", "denial"]);
    desk.said.clear();
    for query in
        ["the", "label:denial", "-label:denial fire", "/[A-Z]\\w+\\./ or is:unsure", "nothing like it"]
    {
        desk.run(&["find", "p.allegata.ron", "--", query]);
    }
    desk.run(&["find", "p.allegata.ron", "label:denial", "--json"]);
    desk.run(&["find", "p.allegata.ron", "nothing like it", "--json"]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn what_is_not_understood_is_wrong_usage() {
    let mut desk = Desk::with_project();
    for query in ["speaker:mayor", "label:rumour", "is:mayor", "coder:zoe", "from:march", "/(/", "", "  "] {
        desk.run(&["find", "p.allegata.ron", query]);
    }
    desk.run(&["find", "p.allegata.ron"]);
    desk.run(&["handout", "p.allegata.ron", "--to", "out", "--coder", "Zoe", "--articles", "speaker:mayor"]);
    desk.run(&["agreement", "p.allegata.ron", "--articles", "label:rumour"]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn tags_are_put_taken_away_and_asked_for() {
    let mut desk = Desk::with_project();
    let set = |desk: &mut Desk, rest: &[&str]| {
        let all = [&["set", "p.allegata.ron", "--article", FIRE_ID], rest].concat();
        desk.run(&all);
    };
    set(&mut desk, &["--tag", "court", "--tag", " follow   up "]);
    set(&mut desk, &["--tag", "court"]);
    desk.run(&["find", "p.allegata.ron", "tag:\"follow up\" fire"]);
    set(&mut desk, &["--untag", "court", "--tag", "archive"]);
    desk.run(&["find", "p.allegata.ron", "tag:court"]);
    assert!(desk.read("p.allegata.ron").contains("tags: [\"follow up\", \"archive\"]"));
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn a_query_says_which_articles_are_tagged_assigned_set_aside_and_removed() {
    let mut desk = Desk::with_project();
    desk.run(&["add", "p.allegata.ron", "rain.txt", "--outlet", "Tide & Trade"]);
    desk.run(&["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", "#2", "--as", "denial"]);
    desk.said.clear();
    for rest in [
        &["set", "--articles", "outlet:post or rain", "--tag", "spring", "--lang", "en"][..],
        &["set", "--articles", "tag:spring", "--assign", "Ines Várga"],
        &["set", "--articles", "tag:spring", "--assign", "Ines Várga"],
        &["set", "--articles", "outlet:tide", "--unassign", "Ines Várga"],
        &["set", "--articles", "tag:spring", "--assign", "Zoe"],
        &["set", "--articles", "tag:autumn", "--untag", "spring"],
        &["set", "--articles", "speaker:mayor", "--untag", "spring"],
        &["set", "--tag", "spring"],
        &["set", "--articles", "tag:spring", "--sentence", "#1", "--kind", "item"],
        &["set", "--articles", "outlet:tide", "--aside", "no news"],
        &["set", "--articles", "is:aside", "--aside", ""],
        &["remove", "--articles", "tag:spring", "--dry-run"],
        &["remove", "--article", "nope"],
        &["remove"],
        &["remove", "--article", FIRE_ID, "--articles", "post"],
        &["remove", "--articles", "post"],
    ] {
        let (verb, rest) = rest.split_first().unwrap();
        desk.run(&[&[*verb, "p.allegata.ron"], rest].concat());
    }
    desk.run(&["show", "p.allegata.ron"]);
    insta::assert_snapshot!(desk.transcript());
}
