//! A damaged project file: what parses opens, nothing is lost, and what was mended once is sound.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may fall"
)]

#[path = "support/project.rs"]
mod support;

use allegata::formats::project::{self, ProjectError};
use proptest::prelude::*;
use std::time::{Duration, Instant};
use support::{GOLDEN, NEWER, mended};

/// The lines of a case that begin with a mark, as one text.
fn marked(case: &str, mark: &str) -> String {
    let lines = case.lines().filter_map(|line| line.strip_prefix(mark));
    lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

#[test]
fn each_damage_has_its_mending() {
    let cases: Vec<&str> = include_str!("cases/project/damage.txt").split("\n# ").skip(1).collect();
    assert!(cases.len() > 40);
    for case in cases {
        let [old, new, says, holds] = ["-", "+", "?", "="].map(|mark| marked(case, mark));
        let text = GOLDEN.replacen(&old, &new, 1);
        assert!(text != GOLDEN, "{case}\nis not in the golden file");
        let (mends, written) = mended(&text);
        assert!(mends.iter().any(|mend| mend.contains(&says)), "{case}\nsays: {mends:#?}");
        assert!(written.contains(&holds), "{case}\nwritten: {written}");
    }
}

#[test]
fn rows_of_a_text_find_their_order_again() {
    let (first, second) = (r#"(s: "39-51", t: "By Ada"#, r#"(s: "53-115", t: "The mayor"#);
    let mut lines: Vec<&str> = GOLDEN.lines().collect();
    let at = |lines: &[&str], start: &str| lines.iter().position(|line| line.starts_with(start)).unwrap();
    let (a, b) = (at(&lines, first), at(&lines, second));
    lines.swap(a, b);
    lines.insert(a, lines[b + 1]);
    let (mends, written) = mended(&lines.join("\n"));
    assert!(mends[0].contains("put in order"), "{mends:?}");
    assert_eq!(mends.len(), 1);
    assert_eq!(written, GOLDEN);
}

#[test]
fn an_article_without_text_takes_nothing_with_it() {
    let begin = GOLDEN.find("(s: \"0-21\"").unwrap();
    let end = begin + GOLDEN[begin..].find("\n],").unwrap();
    let text = format!("{}{}", &GOLDEN[..begin], &GOLDEN[end + 1..]);
    let (mends, written) = mended(&text);
    assert_eq!(mends.len(), 2, "{mends:?}");
    assert!(
        written.contains("\narticle(id: \"9f8e7d6c5b-00ff\", added: 1")
            && written.contains("\ncomment(id: \"c0\"")
    );
}

#[test]
fn long_notes_and_names_lose_nothing() {
    let note = format!("{}é", "n".repeat(65_535));
    let (mends, written) = mended(&GOLDEN.replace("ask Ben", &note));
    assert!(mends[0].contains("64 KiB") && written.contains("note_rest: \"é\""), "{mends:?}");
    let (mends, written) = mended(&GOLDEN.replace("Anna K.", &"A".repeat(201)));
    assert!(mends[0].contains("200 characters") && written.contains(&"A".repeat(201)), "{mends:?}");
}

#[test]
fn more_abbreviations_than_a_project_may_have_stay_in_the_file() {
    let list: Vec<String> = (0..1003).map(|n| format!("\"a{n}\"")).collect();
    let text =
        GOLDEN.replace("conflicts: [", &format!("never_end_after: [{}],\nconflicts: [", list.join(", ")));
    let (mends, written) = mended(&text);
    assert_eq!(mends.len(), 1, "{mends:?}");
    assert!(mends[0].contains("more than 1000 abbreviations: the last 3 stay in the file"), "{mends:?}");
    assert!(
        written.contains("\"a999\",\n],\nnever_end_after_as_written: [\"a1000\", \"a1001\", \"a1002\"],\n")
    );
}

#[test]
fn a_decision_for_several_labels_where_one_is_taken_keeps_the_first() {
    let text = GOLDEN.replace("choose: \"several\"", "choose: \"one\"");
    let text = text.replace("[\"allegation\"], reason", "[\"denial\", \"allegation\"], reason");
    let (mends, written) = mended(&text);
    assert_eq!(mends.len(), 2, "{mends:?}");
    assert!(written.contains(r#"s: "53-115", labels: ["denial"], reason"#));
    assert!(written.contains(r#"labels_as_written: ["denial", "allegation"]"#));
}

#[test]
fn much_damage_of_one_kind_takes_no_longer_than_its_size() {
    let begin = Instant::now();
    let comment =
        |n: usize| format!("(id: \"c1\", article: \"9f8e7d6c5b-00ff\", by: \"ben-q2ma\", text: \"{n}\"),\n");
    let comments: String = (0..20_000).map(comment).collect();
    let sheet = "(coder: \"ben-q2ma\", article: \"9f8e7d6c5b-00ff\", rows: [(s: \"0-21\", labels: [])]),\n"
        .repeat(20_000);
    let text = GOLDEN.replace("comments: [\n", &format!("comments: [\n{comments}"));
    let text = text.replace("sheets: [\n", &format!("sheets: [\n{sheet}"));
    let (mends, _) = mended(&text);
    let counted: Vec<_> = mends.iter().filter(|mend| mend.contains(" more of this kind: ")).collect();
    assert_eq!((mends.len(), counted.len()), (303, 3), "{counted:?}");
    assert!(counted.iter().all(|mend| mend.starts_with("198") || mend.starts_with("199")), "{counted:?}");
    assert!(begin.elapsed() < Duration::from_secs(30), "{:?}", begin.elapsed());
}

#[derive(Debug, Clone)]
enum Damage {
    Drop(usize),
    Double(usize, usize),
    Swap(usize, usize),
    SwapTexts(usize, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = 0..10_000_usize;
    prop_oneof![
        at.clone().prop_map(Damage::Drop),
        (at.clone(), at.clone()).prop_map(|(a, b)| Damage::Double(a, b)),
        (at.clone(), at.clone()).prop_map(|(a, b)| Damage::Swap(a, b)),
        (at.clone(), at).prop_map(|(a, b)| Damage::SwapTexts(a, b)),
    ]
}

/// Every other line of records, so that most damage still parses.
fn records(lines: &[String]) -> Vec<usize> {
    let is_record = |line: &str| line.starts_with('(') && line.ends_with("),");
    (0..lines.len()).filter(|idx| is_record(&lines[*idx])).collect()
}

fn damaged(text: &str, damages: &[Damage]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for damage in damages {
        let records = records(&lines);
        if records.len() < 2 {
            break;
        }
        let pick = |n: &usize| records[n % records.len()];
        match damage {
            Damage::Drop(a) => drop(lines.remove(pick(a))),
            Damage::Double(a, b) => lines.insert(pick(b), lines[pick(a)].clone()),
            Damage::Swap(a, b) => lines.swap(pick(a), pick(b)),
            Damage::SwapTexts(a, b) => {
                let joined = lines.join("\n");
                let mut parts: Vec<&str> = joined.split('"').collect();
                let n_texts = parts.len() / 2;
                parts.swap(a % n_texts * 2 + 1, b % n_texts * 2 + 1);
                lines = parts.join("\"").lines().map(str::to_owned).collect();
            }
        }
    }
    lines.join("\n") + "\n"
}

proptest! {
    // `PROPTEST_CASES` may ask for more.
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases.max(400),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_parses_opens(damages in prop::collection::vec(damage(), 1..4), newer: bool) {
        let text = damaged(if newer { NEWER } else { GOLDEN }, &damages);
        match project::read(text.as_bytes()) {
            Ok(_) => drop(mended(&text)),
            Err(ProjectError::Syntax { .. } | ProjectError::Newer { .. }) => {}
            Err(other) => panic!("{other}\n{text}"),
        }
    }
}

#[test]
fn damage_mostly_parses() {
    let swaps = (0..400).filter(|n| {
        let text = damaged(GOLDEN, &[Damage::SwapTexts(n * 7, n * 13 + 1)]);
        project::read(text.as_bytes()).is_ok()
    });
    assert!(swaps.count() > 200);
}
