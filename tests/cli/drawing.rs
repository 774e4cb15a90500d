//! `draw`: the sample that agreement is measured on, and how much an interval needs.

use crate::desk::Desk;
use allegata::formats::project::read;

/// Twelve articles of two outlets and three months.
fn drawn_from() -> Desk {
    let mut desk = Desk::new();
    for n in 0..12 {
        let outlet = if n % 2 == 0 { "Ledger" } else { "Post" };
        let text =
            ["first", "second", "third"].map(|at| format!("It burnt {n} times in {at} street.")).join(" ");
        desk.file(
            &format!("articles/{n}.md"),
            &format!("---\noutlet: {outlet}\ndate: 2025-0{}-11\n---\n\n# Fire {n}\n\n{text}\n", n % 3 + 1),
        );
    }
    desk.run(&["new", "p.allegata.ron", "--title", "Fires"]);
    desk.run(&["add", "p.allegata.ron", "articles"]);
    desk.said.clear();
    desk
}

fn json(desk: &mut Desk, rest: &[&str]) -> (i32, serde_json::Value) {
    desk.said.clear();
    let code = desk.run(&[&["draw", "p.allegata.ron", "--json"], rest].concat());
    let json = desk.said.lines().find(|line| line.starts_with('{'));
    (code, json.map_or(serde_json::Value::Null, |line| serde_json::from_str(line).unwrap()))
}

#[test]
fn a_sample_is_drawn_and_taken_back() {
    let mut desk = drawn_from();
    let before = desk.read("p.allegata.ron");
    // Looking and trying write nothing.
    let (code, nothing) = json(&mut desk, &[]);
    assert_eq!((code, nothing["draws"].as_array().unwrap().len()), (0, 0), "{nothing}");
    assert_eq!((&nothing["design_effect"], &nothing["need"][1]["half_width"]), (&2.0.into(), &0.05.into()));
    assert!(nothing["design_effect_measured_in"].is_null());
    let (_, tried) = json(&mut desk, &["--share", "50%", "--seed", "7", "--dry-run"]);
    assert_eq!(desk.read("p.allegata.ron"), before);
    let (code, drawn) = json(&mut desk, &["--share", "50%", "--seed", "7"]);
    assert_eq!((code, &drawn["written"]), (0, &true.into()));
    let draw = &drawn["draws"][0];
    assert_eq!(draw["articles"], tried["draws"][0]["articles"], "the same seed, the same articles");
    assert_eq!((&draw["size"], &draw["of"], &draw["seed"]), (&6.into(), &12.into(), &7.into()));
    let after = desk.read("p.allegata.ron");
    let project = read(after.as_bytes()).unwrap().project;
    assert_eq!(project.draws().next().unwrap().articles.len(), 6);

    // What was drawn is not drawn again, and of six the seventh cannot be drawn.
    let (_, second) = json(&mut desk, &["--count", "6"]);
    let articles = |draw: &serde_json::Value| draw["draws"][0]["articles"].as_array().unwrap().clone();
    assert!(articles(&second).iter().all(|article| !articles(&drawn).contains(article)));
    assert_eq!(desk.run(&["draw", "p.allegata.ron", "--count", "1"]), 3);
    assert_eq!(json(&mut desk, &[]).1["draws"].as_array().unwrap().len(), 2);

    // Files that are handed out do not say which were drawn; what was drawn goes to several.
    let out = ["handout", "p.allegata.ron", "--to", "out", "--coder", "Mira", "--coder", "Jonas", "--drawn"];
    let second = second["draws"][0]["id"].as_str().unwrap();
    assert_eq!(desk.run(&["draw", "p.allegata.ron", "--take-back", second]), 0);
    assert_eq!(desk.run(&[&out[..], &["--overlap", "20%"]].concat()), 2);
    assert_eq!(desk.run(&out), 0);
    for name in ["out/p-mira.allegata.ron", "out/p-jonas.allegata.ron"] {
        let text = desk.read(name);
        assert!(!text.contains("draws"), "{text}");
        for article in articles(&drawn) {
            assert!(text.contains(article.as_str().unwrap()), "{name} lacks an article that both read");
        }
        assert_eq!(read(text.as_bytes()).unwrap().project.n_articles(), 9);
    }
    let first = drawn["draws"][0]["id"].as_str().unwrap();
    assert_eq!(desk.run(&["draw", "p.allegata.ron", "--take-back", first]), 0);
    assert_eq!(desk.run(&["draw", "p.allegata.ron", "--take-back", first]), 2);
    assert!(!desk.read("p.allegata.ron").contains("draws"));
}

#[test]
fn what_is_drawn_is_told() {
    let mut desk = drawn_from();
    let run = |desk: &mut Desk, rest: &[&str]| desk.run(&[&["draw", "p.allegata.ron"], rest].concat());
    assert_eq!(run(&mut desk, &[]), 0);
    assert_eq!(run(&mut desk, &["--half-width", "0.3", "--dry-run"]), 0);
    assert_eq!(run(&mut desk, &["--half-width", "0.05", "--dry-run"]), 3);
    assert_eq!(
        run(&mut desk, &["--count", "2", "--articles", "ledger", "--even-by", "month", "--dry-run"]),
        0
    );
    assert_eq!(run(&mut desk, &["--count", "2", "--even-by", "chance", "--seed", "3", "--dry-run"]), 0);
    assert_eq!(run(&mut desk, &["--count", "0"]), 3);
    for bad in [
        &["--share", "0.2"][..],
        &["--half-width", "2"],
        &["--count", "2", "--share", "5%"],
        &["--articles", "ledger"],
        &["--count", "2", "--take-back", "r1"],
        &["--take-back", "r1"],
    ] {
        assert_eq!(run(&mut desk, bad), 2, "{bad:?}");
    }
    let handout = ["handout", "p.allegata.ron", "--to", "out", "--coder", "Mira", "--coder", "Jonas"];
    assert_eq!(desk.run(&[&handout[..], &["--overlap", "50%", "--dry-run"]].concat()), 0);
    assert_eq!(desk.run(&[&handout[..], &["--drawn", "--dry-run"]].concat()), 3);
    insta::assert_snapshot!(desk.transcript());
}
