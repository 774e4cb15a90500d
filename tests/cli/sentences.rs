//! `sentences`: articles and lines of texts divided, without a project.

use crate::desk::{Desk, RAIN};
use std::fs;

#[test]
fn sentences_without_a_project() {
    let mut desk = Desk::new();
    desk.run(&["sentences", "fire.txt"]);
    desk.run(&["sentences", "rain.txt", "fire.txt", "nope.txt"]);
    desk.run_with("It rained. It blew.", &["sentences", "-", "--json", "--lang", "en"]);
    desk.run(&["sentences", "fire.txt", "--json", "--lang", "en"]);
    desk.run(&["sentences", "nope.txt"]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn sentences_names_what_it_passes_over() {
    let mut desk = Desk::new();
    desk.file("again.txt", RAIN);
    assert_eq!(desk.run(&["sentences", "rain.txt", "again.txt"]), 1);
    assert!(
        desk.said.contains("! skipped, the same text as before, ") && desk.said.contains(": `again.txt`")
    );
}

#[test]
fn the_language_is_the_one_asked_for_else_the_articles() {
    let mut desk = Desk::new();
    desk.file("brand.md", "---\nlang: de\n---\n\n# Brand\n\nEs brannte.\n");
    let mut lang = |arguments: &[&str]| {
        desk.said.clear();
        assert_eq!(desk.run(&[&["sentences", "brand.md", "--json"], arguments].concat()), 0);
        let (_, lang) = desk.said.split_once("\"lang\":\"").unwrap();
        lang.split('"').next().unwrap().to_owned()
    };
    assert_eq!(lang(&[]), "de");
    assert_eq!(lang(&["--lang", "fr"]), "fr");
    assert_eq!(lang(&["--lower-case"]), "de");
}

#[test]
fn figures_instead_of_sentences() {
    let mut desk = Desk::new();
    desk.file("brand.md", "---\nlang: de\n---\n\n# Brand\n\nEs brannte.\n");
    desk.file("long.md", &format!("---\nlang: en\n---\n\n{}", "word ".repeat(30_000)));
    desk.file("short.md", "---\nlang: en\n---\n\nIt blew.\n");
    desk.run(&["sentences", "fire.txt", "--stats", "--lang", "en"]);
    desk.run(&["sentences", "brand.md", "short.md", "long.md", "nope.txt", "--stats"]);
    desk.run(&["sentences", "nope.txt", "--stats"]);
    insta::assert_snapshot!(desk.transcript());
}

const LINES: &str = r#"{"id": "a-1", "text": "It rained. It blew.", "lang": "en", "ends": [3]}
{"text": "\u00c9mile \ud83d\udd25 left.\r\n\r\nNobody  saw him. \n", "id": 7.50}

{"id": 123456789012345678901234567890, "text": ""}
"#;

#[test]
fn lines_of_texts_become_lines_of_ends() {
    let mut desk = Desk::new();
    desk.file("a.jsonl", LINES);
    desk.run(&["sentences", "--jsonl", "a.jsonl"]);
    desk.run_with(LINES, &["sentences", "--jsonl"]);
    desk.run_with(LINES, &["sentences", "--jsonl", "--lang", "en", "a.jsonl", "-"]);
    desk.run_with("", &["sentences", "--jsonl"]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn a_bad_line_is_said_and_the_rest_goes_on() {
    let mut desk = Desk::new();
    let bad: &[u8] = b"{\"id\": 1, \"text\": \"It rained.\"}\nrain\n{\"id\": 2}\n[3, \"It rained.\"]\n\n\
        {\"id\": {}, \"text\": \"\"}\n{\"id\": 4, \"text\": \"\xe9\"}\n{\"id\": 5, \"text\": \"It blew.\"}";
    fs::write(desk.at("bad.jsonl"), bad).unwrap();
    desk.run(&["sentences", "--jsonl", "bad.jsonl", "nope.jsonl"]);
    desk.run_with("rain", &["sentences", "--jsonl"]);
    desk.run(&["sentences", "--jsonl", "nope.jsonl"]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn a_line_that_is_too_long_is_passed_over() {
    let mut desk = Desk::new();
    let long = format!("{{\"id\": 1, \"text\": \"{}\"}}\n", "a".repeat(64 << 20));
    desk.file("long.jsonl", &(long + "{\"id\": 2, \"text\": \"It rained.\"}\n"));
    assert_eq!(desk.run(&["sentences", "--jsonl", "long.jsonl"]), 1);
    assert!(desk.said.contains("\n{\"id\":2,\"ends\":[10]}\n"), "{}", desk.said);
    assert!(desk.said.contains("! error: line 1 is longer than 64 MiB: `long.jsonl`\n"), "{}", desk.said);
}

#[test]
fn options_that_do_not_fit_together_are_refused() {
    let mut desk = Desk::new();
    for arguments in [
        &["--json", "--jsonl"][..],
        &["--json", "--stats"],
        &["--jsonl", "--stats"],
        &["--lang", "en_US"],
        &["--lang", ""],
    ] {
        assert_eq!(desk.run(&[&["sentences", "fire.txt"], arguments].concat()), 2, "{arguments:?}");
    }
    assert_eq!(desk.run(&["sentences"]), 2);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn a_language_without_rules_is_said() {
    let mut desk = Desk::new();
    for tag in ["english", "th"] {
        assert_eq!(desk.run(&["sentences", "rain.txt", "--lang", tag]), 0);
        let said =
            format!("! warning: there are no rules for the language `{tag}`, Unicode's are used\n! hint: ");
        assert!(desk.said.contains(&said), "{}", desk.said);
    }
    desk.said.clear();
    desk.run(&["sentences", "rain.txt", "--lang", "EN-gb"]);
    assert!(!desk.said.contains("warning"), "{}", desk.said);
}

#[test]
fn the_standard_input_has_the_format_that_is_said_or_that_it_looks_like() {
    let mut desk = Desk::new();
    let story = "---\ntitle: Harbour\n---\n\n# Fire\n\nIt burnt. He left.\n";
    let mut said = |arguments: &[&str], input: &str| {
        desk.said.clear();
        let code = desk.run_with(input, &[&["sentences", "-"], arguments].concat());
        (code, desk.said.lines().filter(|line| line.contains('#')).count(), desk.said.clone())
    };
    for arguments in [&[][..], &["--format", "md"]] {
        let (code, n, said) = said(arguments, story);
        assert!((code, n) == (0, 3) && said.contains("(headline) Fire"), "{said}");
    }
    let (_, _, as_text) = said(&["--format", "txt"], story);
    assert!(as_text.contains("title: Harbour"), "{as_text}");
    let (_, _, as_markdown) = said(&["--format", "md"], "It *burnt*.");
    assert!(as_markdown.contains("It burnt."), "{as_markdown}");
    assert_eq!(said(&["--format", "html"], story).0, 2);
    assert_eq!(desk.run(&["sentences", "fire.txt", "--format", "md"]), 2);
}
