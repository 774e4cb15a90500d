//! The cases of `tests/cases/segment/`, one file a language: adding one needs no Rust.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use allegata::text::language::languages;
use allegata::text::rules::{Rules, Settings};
use allegata::text::segment::segment;
use std::fs;
use std::path::Path;

/// What is wrong with the cases of one language: one a line, `|` before, between and after the sentences.
fn wrong(lang: &str, at_least: usize) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/cases/segment/{lang}.txt"));
    let cases = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{lang}: {error}"));
    let rules = Rules::of("", Settings { lang: Some(lang), ..Settings::default() });
    let mut n_cases = 0;
    let mut wrong = Vec::new();
    for (line_idx, line) in cases.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        n_cases += 1;
        let parts = line.strip_prefix('|').and_then(|l| l.strip_suffix('|')).unwrap().split('|');
        let want: Vec<String> = parts.map(read).collect();
        let text = want.concat();
        let got: Vec<&str> = segment(&text, &rules).into_iter().map(|s| text.get(s).unwrap()).collect();
        if got != want {
            wrong.push(format!("{lang}.txt, line {}: {line}\n  got |{}|", line_idx + 1, got.join("|")));
        }
    }
    assert!(n_cases >= at_least, "{lang} has {n_cases} cases, fewer than {at_least}");
    wrong
}

/// A line with its `\n`, `\r` and `\u{ad}` read.
fn read(line: &str) -> String {
    let line = line.replace("\\n", "\n").replace("\\r", "\r");
    let mut parts = line.split("\\u{");
    let mut read = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (hex, rest) = part.split_once('}').unwrap();
        read.push(char::from_u32(u32::from_str_radix(hex, 16).unwrap()).unwrap());
        read.push_str(rest);
    }
    read
}

#[test]
fn english() {
    let wrong = wrong("en", 60);
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_other_language() {
    let codes = languages().iter().map(|language| language.code).filter(|code| *code != "en");
    let wrong: Vec<String> = codes.flat_map(|code| wrong(code, 10)).collect();
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
}
