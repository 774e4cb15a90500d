//! The cases of `tests/cases/query/`: what the one grammar finds, and what it does not understand. Adding one needs no Rust.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use allegata::analysis::filter;
use allegata::analysis::query::index::{Index, Part};
use allegata::analysis::query::sentences::{Asking, At, Fields, Hit};
use allegata::analysis::query::{Ask, Who};
use allegata::model::decision::Decision;
use allegata::model::ids::{CoderId, RecordId};
use allegata::model::project::{Parts, Project};
use allegata::model::sketch;
use std::fs;
use std::path::Path;
use std::sync::Arc;

fn file(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/query").join(name)).unwrap()
}

/// The project of the cases. The first article is Anna's, tagged, in English, and its second sentence decided; she is done
/// with the second.
fn project() -> Project {
    let drawn = file("project.txt");
    let drawn = sketch::project(&drawn, |text| format!("a{}", text.len()), |_| String::new()).unwrap();
    let mut parts = Parts::of(&drawn);
    let anna = CoderId::new("anna");
    for article in &mut parts.articles {
        let article = Arc::make_mut(article);
        if article.added == 1 {
            article.meta.lang = Some("en-GB".to_owned());
            article.meta.tags = vec!["court".to_owned(), "Harbour  news".to_owned()];
        }
        for sheet in parts.sheets.iter_mut().filter(|sheet| sheet.key.article == article.id) {
            let sheet = Arc::make_mut(sheet);
            sheet.assigned = sheet.key.coder == anna && article.added == 1;
            sheet.done = sheet.key.coder == anna && article.added == 2;
        }
    }
    let first = parts.articles.iter().find(|article| article.added == 1).unwrap();
    let decision = Decision {
        id: RecordId::new("d1"),
        article: first.id.clone(),
        sentence: first.sentences()[1].span,
        labels: Box::default(),
        reason: String::new(),
        code: String::new(),
        by: anna,
        at: None,
        answers: Box::default(),
        extra: None,
    };
    parts.decisions.push(Arc::new(decision));
    Project::assemble(parts).unwrap()
}

/// Runs the cases of a file; `got` says what a query comes to.
fn check(name: &str, got: impl Fn(&str) -> String) {
    let mut wrong = Vec::new();
    let cases = file(name);
    let lines = cases.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    for line in lines {
        let (query, want) = line.split_once(" =>").unwrap();
        let (got, want) = (got(query), want.trim());
        if got != want {
            wrong.push(format!("{query}\n  want {want}\n  got  {got}"));
        }
    }
    assert!(wrong.is_empty(), "{name}:\n{}", wrong.join("\n"));
}

fn shown(part: &Part, hit: Hit) -> String {
    let note = if hit.at == At::Note { "n" } else { "" };
    match hit.sentence() {
        Some(idx) => format!("{}.{}{note}", part.article.added, idx + 1),
        None => format!("{}.T", part.article.added),
    }
}

#[test]
fn sentences_are_found() {
    let (project, anna) = (project(), CoderId::new("anna"));
    let index = Index::whole(&project);
    check("sentences.txt", |query| {
        let ask = Ask::read(query, &project);
        assert!(ask.faults.is_empty(), "{query}: {:?}", ask.faults);
        let asking = Asking::new(&ask, &project, Who::One(Some(&anna)), (Fields::ALL, false), None);
        let mut found: Vec<String> = Vec::new();
        for part in index.parts() {
            found.extend(asking.finds(&ask, part, None).hits.iter().map(|hit| shown(part, *hit)));
        }
        found.join(" ")
    });
}

#[test]
fn articles_are_chosen() {
    let (project, anna) = (project(), CoderId::new("anna"));
    let entries = filter::entries(&project, Some(&anna));
    let numbers = |fits: Vec<bool>| {
        let picked: Vec<usize> = (0..entries.len()).filter(|idx| fits[*idx]).collect();
        picked.iter().map(|idx| (idx + 1).to_string()).collect::<Vec<_>>().join(" ")
    };
    check("articles.txt", |query| {
        let ask = Ask::read(query, &project);
        assert!(ask.faults.is_empty(), "{query}: {:?}", ask.faults);
        let ids = filter::all_fitting(&ask, &project, Who::One(Some(&anna)));
        let fits: Vec<bool> = entries.iter().map(|entry| ids.contains(&entry.article.id)).collect();
        if !ask.is_deep() {
            let counted = filter::fitting(&ask, &entries, &filter::shelf(&entries));
            assert_eq!(counted, fits, "{query}: what was counted says something else");
        }
        numbers(fits)
    });
}

#[test]
fn what_is_not_understood_is_said() {
    let project = project();
    check("faults.txt", |query| {
        let ask = Ask::read(query, &project);
        ask.faults.iter().map(|fault| fault.split('\0').next().unwrap()).collect::<Vec<_>>().join("; ")
    });
}

#[test]
fn hostile_queries_end_soon() {
    let project = project();
    let index = Index::whole(&project);
    let long = "x".repeat(100_000);
    let many = "a or ".repeat(50_000);
    let deep = format!("/{}{}/", "(".repeat(400), ")".repeat(400));
    let slow = format!("/{}b/", "(a*)*".repeat(40));
    let quotes = "\"".repeat(100_001);
    let odd = "\u{202e}label:\u{200b} \u{0} - -- : :: is:: \"\u{feff}\" /\u{301}/";
    for query in [
        &long,
        &many,
        &deep,
        &slow,
        &quotes,
        odd,
        "label:\u{301}",
        "-/./",
        "/(?i)(?-u:\\xff)/",
        "/\\p{L}{500}/",
    ] {
        let ask = Ask::read(query, &project);
        let asking = Asking::new(&ask, &project, Who::Everybody, (Fields::ALL, true), None);
        for part in index.parts() {
            for hit in asking.finds(&ask, part, None).hits {
                let text =
                    hit.sentence().map_or("", |idx| part.article.words_of(&part.article.sentences()[idx]));
                for place in ask.query.places(text, true) {
                    assert!(text.get(place).is_some(), "{query}");
                }
            }
        }
    }
}
