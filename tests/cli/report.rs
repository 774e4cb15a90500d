//! `report`: the files it writes, the figures in them beside those of `agreement`, and what it refuses.

use crate::desk::Desk;
use allegata::formats::articles::article_id;
use allegata::formats::hashes::sha256_hex;
use allegata::formats::project;
use allegata::model::sketch;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

/// Twelve articles of eight sentences; ben answers some otherwise, cleo only half of them.
fn drawn() -> String {
    let labels = ["fact", "allegation", "denial", "none", "fact", "fact", "allegation", "denial"];
    let article = |n: usize| {
        let sentence = |(place, label): (usize, &&str)| {
            let ben = if (n * 7 + place).is_multiple_of(5) { "none" } else { *label };
            let cleo = if place < 4 {
                format!("; cleo: {}", if n.is_multiple_of(3) { "fact" } else { *label })
            } else {
                String::new()
            };
            format!("Words {n} and {place}. [{label}; ben: {ben}{cleo}]")
        };
        let sentences: Vec<_> = labels.iter().enumerate().map(sentence).collect();
        format!("# Story {n} | Post {} | 2025-0{}-1{}\n{}\n", n % 2, n % 9 + 1, n % 10, sentences.join(" "))
    };
    (0..12).map(article).collect::<Vec<_>>().concat()
}

fn desk() -> Desk {
    let desk = Desk::new();
    let drawn = sketch::project(
        &drawn(),
        |text| article_id(text, None, None, None),
        |text| sha256_hex(text.as_bytes()),
    );
    desk.file("p.allegata.ron", &project::write(&drawn.unwrap()));
    desk
}

/// The numbers of a row of a table, by what stands first in it.
fn numbers(page: &str, row: &str) -> Vec<f64> {
    let parts = page.split_once(&format!("<th scope=\"row\" dir=\"auto\">{row}</th>"));
    assert!(parts.is_some(), "{row}: {page}");
    let cells = parts.unwrap().1.split("</tr>").next().unwrap();
    let values = cells.split("<data value=\"").skip(1);
    values.map(|value| value.split('"').next().unwrap().parse().unwrap()).collect()
}

fn json(desk: &mut Desk, arguments: &[&str]) -> Value {
    desk.said.clear();
    desk.run(&[&["agreement", "--json"], arguments].concat());
    serde_json::from_str(desk.said.lines().find(|line| line.starts_with('{')).unwrap()).unwrap()
}

/// The last digit of a number may be lost when JSON is read.
fn near(got: &[f64], want: &[f64], what: &str) {
    let is_near = |(got, want): (&f64, &f64)| (got - want).abs() <= 1e-15 * want.abs().max(1.0);
    assert!(
        got.len() == want.len() && got.iter().zip(want).all(is_near),
        "{what}: {got:?} instead of {want:?}"
    );
}

fn number(value: &Value) -> f64 {
    assert!(value.is_number(), "{value}");
    value.as_f64().unwrap()
}

#[test]
fn every_figure_is_the_one_of_agreement() {
    let mut desk = desk();
    assert_eq!(desk.run(&["report", "p.allegata.ron", "-o", "out/", "--names", "real"]), 0, "{}", desk.said);
    let page = desk.read("out/report.html");
    let all = json(&mut desk, &["p.allegata.ron"]);
    let with_interval = |figure: &str, interval: &Value| {
        vec![number(&all[figure]), number(&interval["low"]), number(&interval["high"])]
    };
    let n = number(&all["counts"]["pairable"]);
    let mut want = with_interval("krippendorff_alpha_nominal", &all["alpha_interval"]);
    want.push(n);
    near(&numbers(&page, "Krippendorff\u{2019}s alpha, nominal"), &want, "alpha");
    for (row, key) in [
        ("alpha, detection: none of these or any label", "alpha_detection"),
        ("alpha, type: which label, without none of these", "alpha_type"),
        ("Percent agreement, mean over sentences", "percent"),
        ("Percent agreement, all pairs of answers", "percent_pooled"),
        ("Percent agreement, sentences in which all agree", "percent_all_agree"),
        ("Fleiss\u{2019} kappa, missing answers as Gwet (2014)", "fleiss_kappa"),
        ("Fleiss\u{2019} kappa, sentences that all answered", "fleiss_kappa_listwise"),
        ("Gwet\u{2019}s AC1", "gwet_ac1"),
        ("Brennan and Prediger\u{2019}s kappa", "brennan_prediger"),
        ("Conger\u{2019}s kappa", "conger_kappa"),
        ("Light\u{2019}s kappa, mean of the pairs", "light_kappa"),
    ] {
        near(&numbers(&page, row)[..1], &[number(&all[key])], row);
    }
    for (label, name) in [("fact", "Fact"), ("denial", "Denial"), ("none", "None of these")] {
        let got = numbers(&page, name);
        let of = ["krippendorff_alpha_category", "specific_agreement"].map(|key| number(&all[key][label]));
        near(&[got[0], got[3], got[4]], &[of[0], of[1], number(&all["counts"]["labels"][label])], name);
    }
    for pair in all["pairs"].as_array().unwrap() {
        let name = format!("{} and {}", pair["a"].as_str().unwrap(), pair["b"].as_str().unwrap());
        let got = numbers(&page, &name);
        let want = ["cohen_kappa", "scott_pi", "percent", "n"].map(|key| number(&pair[key]));
        near(&[got[0], got[3], got[4], got[5]], &want, &name);
    }
    for batch in all["over_time"]["batches"].as_array().unwrap() {
        let name = format!("{} to {}", batch["first"], batch["last"]);
        let ends = &batch["alpha_interval"];
        let want = [&batch["krippendorff_alpha_nominal"], &ends["low"], &ends["high"], &batch["pairable"]]
            .map(number);
        near(&numbers(&page, &name), &want, &name);
    }
    // The matrix gives the same coefficients again, by the command that the page prints.
    let command = "allegata agreement --matrix matrix.csv --labels none,allegation,denial,fact";
    assert!(page.contains(command), "{page}");
    let again = json(&mut desk, &["--matrix", "out/matrix.csv", "--labels", "none,allegation,denial,fact"]);
    for (key, value) in again.as_object().unwrap() {
        assert_eq!(all[key], *value, "{key}");
    }
}

#[test]
fn three_writers_say_the_same() {
    let mut desk = desk();
    for name in ["r.html", "r.md", "r.tex"] {
        assert_eq!(desk.run(&["report", "p.allegata.ron", "-o", name]), 0, "{}", desk.said);
    }
    desk.run(&["report", "p.allegata.ron", "-o", "out/"]);
    // Words and numbers, whatever stands between them.
    let words = |text: &str| -> BTreeSet<String> {
        let text = text.replace("\\textquotesingle{}", "'").replace("$-$", "\u{2212}").replace('\\', "");
        let mut plain = String::new();
        let mut is_in = true;
        for c in text.chars() {
            match c {
                '<' => is_in = false,
                '>' if !is_in => is_in = true,
                c if is_in => {
                    plain.push(if c.is_alphanumeric() || "\u{2212}.".contains(c) { c } else { ' ' });
                }
                _ => {}
            }
        }
        plain.split_whitespace().map(|word| word.trim_matches('.').to_owned()).collect()
    };
    let paragraph =
        |text: &str| text.lines().find(|line| line.contains("Three coders answered")).unwrap().to_owned();
    let [html, markdown, latex] = ["r.html", "r.md", "r.tex"].map(|name| desk.read(name));
    assert_eq!(words(&paragraph(&html)), words(&paragraph(&markdown)));
    assert_eq!(words(&paragraph(&html)), words(&paragraph(&latex)));
    // In a folder the same is said; only what lies beside it is named.
    assert_eq!(paragraph(&desk.read("out/report.html")), paragraph(&html));
    assert!(paragraph(&html).contains("Krippendorff\u{2019}s alpha (nominal) was 0."), "{html}");
}

#[test]
fn a_folder_has_everything_and_names_nobody() {
    let mut desk = desk();
    desk.run(&["report", "p.allegata.ron", "-o", "out/"]);
    let mut names: Vec<_> = fs::read_dir(desk.at("out"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    for name in &names {
        let text = desk.read(&format!("out/{name}"));
        for coder in ["anna", "ben", "cleo"] {
            let is_word = |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|word| word == coder);
            assert!(!is_word(&text), "{coder} in {name}");
        }
    }
    desk.said.push_str(&names.join("\n"));
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn the_paragraph_in_markdown() {
    let mut desk = desk();
    desk.run(&["report", "p.allegata.ron", "-o", "r.md"]);
    let page = desk.read("r.md");
    // The hash is that of a program that may write the project otherwise one day.
    insta::assert_snapshot!(page.split("## Data and software").next().unwrap());
}

#[test]
fn a_draw_is_said_with_its_seed() {
    let mut desk = desk();
    assert_eq!(desk.run(&["draw", "p.allegata.ron", "--count", "12", "--seed", "7"]), 0, "{}", desk.said);
    desk.run(&["report", "p.allegata.ron", "-o", "r.md"]);
    let page = desk.read("r.md");
    let said = "are of 12 drawn by chance, evenly by outlet and month, from 12 (seed 7).";
    assert!(page.contains(said) && page.contains("| 7 | 12 | 12 | outlet and month | 12 |"), "{page}");
}

#[test]
fn what_is_there_stays_and_what_makes_no_sense_is_said() {
    let mut desk = desk();
    desk.file("there.html", "mine");
    desk.file("full/matrix.csv", "mine");
    desk.file("file", "mine");
    for arguments in [
        &["-o", "there.html"][..],
        &["-o", "full"],
        &["-o", "full/"],
        &["-o", "there.html", "--force"],
        &["-o", "full/", "--force"],
        &["-o", "new"],
        &["-o", "new.pdf"],
        &["-o", "file/"],
        &["-o", "p.allegata.ron"],
        &["-o", "no/such/folder/r.html"],
        &["-o", "x.html", "--names", "mine"],
        &["-o", "x.html", "--articles", "nowhere"],
        &[],
    ] {
        desk.run(&[&["report", "p.allegata.ron"], arguments].concat());
    }
    desk.run(&["report", "nope.ron", "-o", "x.html"]);
    desk.run(&["report", "p.allegata.ron", "nope.ron", "-o", "x.html"]);
    assert!(desk.read("there.html").starts_with("<!DOCTYPE html>"));
    assert!(desk.read("full/matrix.csv").starts_with("unit,article,Coder "));
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn the_same_files_give_the_same_report() {
    let mut desk = desk();
    desk.run(&["report", "p.allegata.ron", "-o", "one.html"]);
    desk.run(&["report", "p.allegata.ron", "-o", "two.html"]);
    assert_eq!(desk.read("one.html"), desk.read("two.html"));
    // Also of several: ids that are made by chance are not in it.
    desk.file("q.allegata.ron", &desk.read("p.allegata.ron"));
    desk.run(&["report", "p.allegata.ron", "q.allegata.ron", "-o", "three.html"]);
    desk.run(&["report", "p.allegata.ron", "q.allegata.ron", "-o", "four.html"]);
    let three = desk.read("three.html");
    assert_eq!(three, desk.read("four.html"));
    assert!(
        three.contains("file-2.allegata.ron") && !three.contains("q.allegata.ron"),
        "a file may be called after its coder"
    );
}

/// Names that would be marks somewhere.
#[test]
fn no_name_is_a_mark() {
    let mut desk = desk();
    let odd = "<script>alert(1)</script> & a|b_c%d\\\\input{x} \u{200f}שלום";
    let file = desk.read("p.allegata.ron");
    let file = file
        .replace("(id: \"anna\", name: \"anna\"", &format!("(id: \"anna\", name: \"{odd}\""))
        .replace("title: \"Sketch\"", &format!("title: \"{odd}\""))
        .replace("outlet: \"Post 1\"", &format!("outlet: \"{odd}\""));
    desk.file("odd.allegata.ron", &file);
    assert_eq!(
        desk.run(&["report", "odd.allegata.ron", "-o", "out/", "--names", "real"]),
        0,
        "{}",
        desk.said
    );
    let page = desk.read("out/report.html");
    assert!(
        !page.contains("<script")
            && page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; a|b_c%d\\input{x}"),
        "{page}"
    );
    let page = desk.read("out/report.md");
    assert!(page.contains("\\<script\\>alert(1)\\</script\\> \\& a\\|b\\_c%d\\\\input{x}"), "{page}");
    let page = desk.read("out/report.tex");
    assert!(
        page.contains("\\textless{}script\\textgreater{}alert(1)\\textless{}/script\\textgreater{} \\& a\\textbar{}b\\_c\\%d\\textbackslash{}input\\{x\\}"),
        "{page}"
    );
    assert!(
        desk.read("out/matrix.csv").starts_with(
            "unit,article,<script>alert(1)</script> & a|b_c%d\\input{x} \u{200f}שלום,ben,cleo\n"
        )
    );
    for name in ["alpha-by-label-90mm.svg", "labels-over-time-190mm.svg"] {
        let picture = desk.read(&format!("out/{name}"));
        assert!(!picture.contains("<script"), "{picture}");
    }
}
