//! The twin of a project in JSON lines: the same project comes back, and what is wrong with one is named.

use crate::big;
use crate::support::{GOLDEN, NEWER, sound};
use allegata::formats::project;
use allegata::formats::twin::{self, TwinError};
use allegata::model::audit::audit;
use allegata::model::project::Project;
use serde_json::{Value, json};

fn twin_of(project: &Project) -> String {
    let mut out = Vec::new();
    twin::write(project, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn comes_back(project: &Project) {
    let text = twin_of(project);
    let back = twin::read(text.as_bytes()).unwrap_or_else(|why| panic!("{why}\n{text}"));
    assert!(back.project == *project, "{text}");
    assert_eq!((back.mended, back.unknown), (vec![], vec![]));
    assert_eq!(twin_of(&back.project), text);
}

#[test]
fn every_field_of_the_file_comes_back() {
    for text in [GOLDEN, NEWER] {
        let project = sound(text).project;
        comes_back(&project);
        assert!(twin::is_twin(twin_of(&project).as_bytes()));
    }
    let mut n_articles = vec![1, 200];
    n_articles.extend(std::env::var("TWIN_ARTICLES").ok().and_then(|n| n.parse::<usize>().ok()));
    for n in n_articles {
        comes_back(&big::project(n, 30, &[1, 3]));
    }
}

/// As somebody reads it who has nothing but JSON.
#[test]
fn places_of_a_twin_are_places_in_its_text() {
    let text = twin_of(&sound(GOLDEN).project);
    let mut n_rows = 0;
    for line in text.lines().skip(1) {
        let article: Value = serde_json::from_str(line).unwrap();
        let chars: Vec<char> = article["text"].as_str().unwrap().chars().collect();
        let mut ids = vec![];
        for sentence in article["sentences"].as_array().unwrap() {
            let (start, end) = sentence["s"].as_str().unwrap().split_once('-').unwrap();
            let words: String = chars[start.parse().unwrap()..end.parse().unwrap()].iter().collect();
            assert_eq!(words, words.trim_end());
            ids.push(&sentence["s"]);
        }
        for sheet in article["sheets"].as_array().into_iter().flatten() {
            for row in sheet["rows"].as_array().unwrap() {
                assert!(ids.contains(&&row["s"]), "{row}");
                n_rows += 1;
            }
        }
    }
    assert!(n_rows > 3);
}

/// The lines of a twin, changed as values.
fn changed(change: impl FnOnce(&mut Vec<Value>)) -> String {
    let text = twin_of(&sound(GOLDEN).project);
    let mut lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    change(&mut lines);
    lines.iter().flat_map(|line| [line.to_string(), "\n".to_owned()]).collect()
}

#[test]
fn what_other_programs_add_is_kept_and_said() {
    let text = changed(|lines| {
        lines[1]["topic"] = json!({"a": [1, 2.5, null, "x\n"], "b": null});
        lines[1]["added"] = json!(7.0);
        lines[2]["topic"] = json!("rain");
        lines[2]["lang"] = Value::Null;
        lines[0]["made_by"] = json!(true);
        lines[0]["n_articles"] = json!(2.0);
        lines[0]["sheets"] = Value::Null;
        lines[1]["scheme"] = Value::Null;
    });
    let back = twin::read(text.as_bytes()).unwrap();
    let says = [
        "`made_by` in 1 line is nothing that this version knows: it is kept as it is",
        "`topic` in 2 lines is nothing that this version knows: it is kept as it is",
    ];
    assert_eq!(back.unknown, says);
    let file = project::write(&back.project);
    assert!(
        file.contains("topic: (a: [1, 2.5, None, \"x\\n\"])") && file.contains("topic: \"rain\""),
        "{file}"
    );
    assert!(file.contains("made_by: true") && file.contains("added: 7,"), "{file}");
    comes_back(&back.project);
}

#[test]
fn what_is_wrong_with_a_twin_is_named_with_its_line() {
    let whole = twin_of(&sound(GOLDEN).project);
    let lines: Vec<&str> = whole.lines().collect();
    let check = |text: &str, want: &str| {
        let why = twin::read(text.as_bytes()).map(|twin| twin.mended).unwrap_err().to_string();
        assert!(why.replace('\0', " ").starts_with(want), "{why}");
        assert!(why.contains("\0hint: "), "{why}");
    };
    check(lines[0], "the first line says 2 articles, and here are 0: the rest was cut off");
    check(&whole[..whole.len() - 40], "line 3: EOF while parsing");
    check("", "the file is empty");
    check(&changed(|l| l[0]["n_articles"] = json!(-1)), "line 1: `n_articles` is no number of articles");
    check("[1]", "line 1: invalid type: sequence, expected an object");
    check("{\"id\": 1}", "line 1: the first line does not say `\"allegata\": \"project\"`");
    check(&whole.replacen("\"text\"", "\"words\"", 1), "line 2: an article without a `text`");
    check(&whole.replacen("\"s\": \"0-", "\"s\": \"1-", 1), "line 2: sentence `1-");
    check(&whole.replacen("\"rows\": [", "\"rows\": 3, \"old\": [", 1), "line 3: ");
    check(&whole.replacen("\"title\": ", "\"title\": 3, \"old\": ", 1), "line 1: ");
    let change = |change: &dyn Fn(&mut Vec<Value>)| changed(|lines| change(lines));
    check(
        &change(&|l| l[0]["writers_from"] = json!(9)),
        "this was written by a newer version, in its format 9",
    );
    check(&change(&|l| l[0]["format"] = json!("x")), "line 1: ");
    check(&change(&|l| l[0]["sheets"] = json!([])), "line 1: `sheets` stands in the first line");
    check(&change(&|l| l[1]["my topic"] = json!(1)), "line 2: `my topic` cannot be a field of a project");
    check(&change(&|l| l[1]["a), b: ("] = json!(1)), "line 2: `a), b: (` cannot be a field");
    check(&change(&|l| l[2]["extra"] = json!({"a": "1, b: 2"})), "line 3: a field of `extra` is no RON");
    check(&change(&|l| l[2]["extra"] = json!({"a": 1})), "line 3: invalid type");
    check(
        &change(&|l| l[1]["sentences"][0]["s"] = json!("0-99999")),
        "line 2: sentence `0-99999` has no place",
    );
    check(&change(&|l| l[1]["sentences"][1]["s"] = json!("0-9")), "line 2: sentence `0-9` has no place");
    check(&change(&|l| l[1]["sentences"] = json!([3])), "line 2: its `sentences` are no list of objects");
    check(
        &change(&|l| l[1]["sheets"] = json!([3])),
        "line 2: among its `sheets` is something that is no object",
    );
    check(&change(&|l| l[1]["sheets"] = json!({})), "line 2: its `sheets` are no list");
    check(&change(&|l| l[2]["sheets"][0]["scheme"] = json!(-1)), "line 3: ");
    check(&change(&|l| l[2]["added"] = json!(1e30)), "line 3: ");
    check(&format!("{}\n{}", lines[0], "x".repeat(9)), "line 2: expected value");
    let twice = lines[1].replacen('{', "{\"id\": \"a\", ", 1);
    check(&[lines[0], &twice, lines[2]].join("\n"), "line 2: `id` stands there twice");
    // An article that came in twice, another text: mended as in a project's file, and said.
    let text = changed(|lines| lines[0]["n_articles"] = Value::Null) + lines[1];
    let back = twin::read(text.as_bytes()).unwrap();
    assert!(!back.mended.is_empty() && audit(&back.project).is_empty());
    let other = whole.replacen("gate", "gale", 1);
    assert!(other != whole && twin::read(other.as_bytes()).unwrap().mended.concat().contains("not the one"));
    assert!(matches!(twin::read(&[0xFF, b'\n']), Err(TwinError::Line { line: 1, .. })));
    let deep = format!("{}{}{}", lines[1].trim_end_matches('}'), ", \"x\": ", "[".repeat(200));
    check(&[lines[0], &deep].join("\n"), "line 2: ");
    assert!(
        !twin::is_twin(b"{\"allegata\": \"report\"}")
            && !twin::is_twin(b"{\"a\": 1}\n")
            && !twin::is_twin(b"")
    );
}
