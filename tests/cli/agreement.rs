//! `agreement`: figures from a table of answers, in words and for programs.

use crate::desk::{Desk, FIRE_ID};

const TABLE: &str = "\
unit,article,Ines,Marek,Uma
1,harbour,fact,fact,
2,harbour,allegation,allegation,allegation
3,harbour,denial,allegation,
4,school,none,none,none
5,school,fact,fact,none
6,fire,fact,fact,fact
7,fire,denial,denial,
8,fire,none,fact,none
";

#[test]
fn figures_of_a_table() {
    let mut desk = Desk::new();
    desk.file("answers.csv", TABLE);
    let labels = ["--labels", "allegation,denial,fact,none"];
    desk.run(&[&["agreement", "--matrix", "answers.csv"], &labels[..]].concat());
    desk.run(&[&["agreement", "--matrix", "answers.csv", "--json"], &labels[..]].concat());
    // The labels that occur, from a spreadsheet of another country.
    desk.file("bom.csv", &format!("\u{feff}{}", TABLE.replace(',', ";").replace('\n', "\r\n")));
    desk.run(&["agreement", "--matrix", "bom.csv"]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn tables_that_say_nothing_and_tables_that_are_none() {
    let mut desk = Desk::new();
    for (name, table) in [
        ("one.csv", "unit,A,B\n1,x,y\n"),
        ("same.csv", "unit,A,B\n1,x,x\n2,x,x\n"),
        ("silent.csv", "unit,A,B,C\n1,x,x,\n2,y,x,\n1,y,y,\n"),
        ("empty.csv", ""),
        ("none.csv", "unit\n1\n"),
        ("nameless.csv", "unit,A,,C\n1,x,x,x\n"),
        ("twice.csv", "unit,A,A\n1,x,x\n"),
        ("ragged.csv", "unit,A,B\n1,x,x\n\n2,x\n"),
        ("cut.csv", "unit,A,B\n1,x,\"x\n2,x,x\n"),
        ("unknown.csv", "unit,A,B\n1,x,x\n2,x, x\n"),
    ] {
        desk.file(name, table);
        desk.run(&["agreement", "--matrix", name, "--labels", "x,y"]);
    }
    desk.run(&["agreement", "--matrix", "one.csv", "--labels", "x,y,x"]);
    desk.run(&["agreement", "--matrix", "nope.csv"]);
    desk.run(&["agreement"]);
    insta::assert_snapshot!(desk.transcript());
}

/// Two coders of one project, with an article that one of them did not finish.
#[test]
fn figures_of_a_project_and_of_several_files() {
    let mut desk = Desk::with_project();
    let rows = |labels: [&str; 4]| {
        let rows = labels.iter().zip(1..).filter(|(label, _)| !label.is_empty());
        let rows = rows.map(|(label, n)| format!("{FIRE_ID},#{n},{label}\n"));
        format!("article,sentence,labels\n{}", rows.collect::<String>())
    };
    desk.file("ines.csv", &rows(["fact", "allegation", "denial", "fact"]));
    desk.file("jonas.csv", &rows(["none", "allegation", "denial", ""]));
    desk.run(&["label", "p.allegata.ron", "--from", "ines.csv"]);
    let alone = desk.read("p.allegata.ron");
    desk.run(&["label", "p.allegata.ron", "--from", "jonas.csv", "--new-coder", "Jonas Feld"]);
    desk.said.clear();
    let figures = |desk: &mut Desk, rest: &[&str]| {
        desk.said.clear();
        let code = desk.run(&[&["agreement", "--json"], rest].concat());
        let json = desk
            .said
            .lines()
            .find(|line| line.starts_with('{'))
            .map(|line| serde_json::from_str(line).unwrap());
        (code, json.unwrap_or(serde_json::Value::Null))
    };
    let (code, one) = figures(&mut desk, &["p.allegata.ron"]);
    assert_eq!((code, &one["pairs"][0]["n"]), (0, &3.into()), "{one}");
    // As a table says it.
    desk.file(
        "table.csv",
        "unit,Ines,Jonas\n1,fact,none\n2,allegation,allegation\n3,denial,denial\n4,fact,\n",
    );
    let (_, table) =
        figures(&mut desk, &["--matrix", "table.csv", "--labels", "none,allegation,denial,fact"]);
    for key in ["krippendorff_alpha_nominal", "percent", "gwet_ac1", "brennan_prediger", "specific_agreement"]
    {
        assert_eq!(one[key], table[key], "{key}");
    }
    // The same of two files, of the articles that fit, and of none.
    desk.file("ines.ron", &alone);
    let (_, two) = figures(&mut desk, &["ines.ron", "p.allegata.ron"]);
    assert_eq!(two["krippendorff_alpha_nominal"], one["krippendorff_alpha_nominal"]);
    assert_eq!(figures(&mut desk, &["p.allegata.ron", "--articles", "cold"]).1, one);
    assert_eq!(figures(&mut desk, &["p.allegata.ron", "--articles", "nowhere"]).0, 3);
    assert_eq!(figures(&mut desk, &["ines.ron"]).0, 1);
    desk.said.clear();
    desk.run(&["agreement", "p.allegata.ron"]);
    desk.run(&["agreement"]);
    desk.run(&["agreement", "p.allegata.ron", "--matrix", "table.csv"]);
    desk.run(&["agreement", "p.allegata.ron", "--labels", "a,b"]);
    insta::assert_snapshot!(desk.transcript());
}

/// What has to be known of the answers is said, and can be left out; the interval by draws is the same each time.
#[test]
fn what_is_in_the_answers_is_said() {
    let mut desk = Desk::with_project();
    desk.file(
        "ines.csv",
        &format!("article,sentence,labels\n{FIRE_ID},#1,fact\n{FIRE_ID},#2,allegation\n{FIRE_ID},#3,denial\n{FIRE_ID},#4,fact\n"),
    );
    desk.file(
        "jonas.csv",
        &format!(
            "article,sentence,labels\n{FIRE_ID},#1,none\n{FIRE_ID},#2,allegation\n{FIRE_ID},#3,denial\n"
        ),
    );
    desk.run(&["label", "p.allegata.ron", "--from", "ines.csv"]);
    desk.run(&["label", "p.allegata.ron", "--from", "jonas.csv", "--new-coder", "Jonas Feld"]);
    // A label that is no longer given, and sentences that nobody is asked about.
    let retired =
        desk.read("p.allegata.ron").replacen("id: \"denial\",", "id: \"denial\", retired: true,", 1);
    desk.file("retired.allegata.ron", &retired);
    desk.run(&["set", "retired.allegata.ron", "--article", FIRE_ID, "--sentence", "#4", "--kind", "aside"]);
    desk.said.clear();
    desk.run(&["agreement", "retired.allegata.ron", "--json", "--bootstrap", "200", "--seed", "7"]);
    let json: serde_json::Value =
        serde_json::from_str(desk.said.lines().find(|line| line.starts_with('{')).unwrap()).unwrap();
    assert_eq!(json["said"]["answers_with_retired_labels"]["denial"], 2, "{json}");
    assert_eq!(
        (&json["other_rule"]["missing"], &json["alpha_bootstrap"]["seed"]),
        (&"none-if-done".into(), &7.into())
    );
    assert_eq!(json["alpha_u_articles"], 1, "{json}");
    desk.said.clear();
    desk.run(&["agreement", "retired.allegata.ron", "--bootstrap", "200", "--seed", "7"]);
    desk.run(&["agreement", "retired.allegata.ron", "--leave-out", "retired"]);
    desk.run(&["agreement", "retired.allegata.ron", "--leave-out", "unfinished,older"]);
    desk.run(&["agreement", "retired.allegata.ron", "--leave-out", "everything"]);
    desk.run(&["agreement", "retired.allegata.ron", "--bootstrap", "7"]);
    desk.run(&["agreement", "retired.allegata.ron", "--seed", "7"]);
    insta::assert_snapshot!(desk.transcript());
}

/// Where an answer can be several labels, each label has figures as it stands among others; boundaries that differ are followed
/// over the text, by the same rules.
#[test]
fn several_labels_and_other_boundaries() {
    let mut desk = Desk::with_project();
    let several = desk.read("p.allegata.ron").replacen("choose: \"one\"", "choose: \"several\"", 1);
    desk.file("p.allegata.ron", &several);
    let rows = |labels: [&str; 4]| {
        let rows = labels.iter().zip(1..).map(|(label, n)| format!("{FIRE_ID},#{n},{label}\n"));
        format!("article,sentence,labels\n{}", rows.collect::<String>())
    };
    desk.file("ines.csv", &rows(["fact", "allegation|fact", "denial", "none"]));
    desk.file("jonas.csv", &rows(["fact|denial", "allegation", "denial", "none"]));
    desk.run(&["label", "p.allegata.ron", "--from", "ines.csv"]);
    desk.run(&["label", "p.allegata.ron", "--from", "jonas.csv", "--new-coder", "Jonas Feld"]);
    let json = |desk: &mut Desk, rest: &[&str]| -> serde_json::Value {
        desk.said.clear();
        desk.run(&[&["agreement", "p.allegata.ron", "--json"], rest].concat());
        serde_json::from_str(desk.said.lines().find(|line| line.starts_with('{')).unwrap()).unwrap()
    };
    let all = json(&mut desk, &[]);
    // Allegation is with both in one of four sentences; as the only label it is nobody else's.
    assert_eq!(all["krippendorff_alpha_label"]["allegation"], 1.0, "{all}");
    assert_eq!(all["specific_agreement_label"]["denial"].as_f64().map(|of| (of * 3.0).round()), Some(2.0));
    assert_eq!(all["krippendorff_alpha_category"]["allegation"].as_f64(), Some(0.0), "{all}");
    assert!(all["krippendorff_alpha_label"].get("none").is_none());
    let whole = all["alpha_u"].as_f64().unwrap();
    desk.run(&["join", "p.allegata.ron", "--article", FIRE_ID, "--sentence", "#2"]);
    let joined = json(&mut desk, &[])["alpha_u"].as_f64().unwrap();
    assert!((joined - whole).abs() < 1e-12, "the text and what was said of it are the same");
    // What is left out has no part in it.
    assert!(json(&mut desk, &["--leave-out", "unfinished"])["alpha_u"].is_null());
    desk.run(&["report", "p.allegata.ron", "-o", "r.md"]);
    let report = desk.read("r.md");
    assert!(
        report.contains("Alpha of one label, given alone or with others, against the rest was"),
        "{report}"
    );
    assert!(report.contains("alpha for unitizing was") && report.contains("| Fact alone |"), "{report}");
    desk.said.clear();
    desk.run(&["agreement", "p.allegata.ron"]);
    insta::assert_snapshot!(desk.transcript());
}
