//! `splits` and `import`: the parts of a dataset, and labels made elsewhere.

use crate::desk::{Desk, FIRE_ID};

/// Twenty articles of two outlets, the last two of which print the same story.
fn harbour() -> Desk {
    let mut desk = Desk::new();
    desk.run(&["new", "p.allegata.ron", "--coder", "Ines Várga"]);
    for n in 0..20 {
        let outlet = if n % 2 == 0 { "Ledger" } else { "Post" };
        let story = if n > 17 {
            "The harbour was closed for repairs on Monday, the council said".to_owned()
        } else {
            let own = char::from(b'a' + u8::try_from(n).unwrap());
            (0..30).map(|word| format!("{own}{word}")).collect::<Vec<_>>().join(" ")
        };
        desk.file(&format!("{n}.txt"), &format!("{story}.\n"));
        desk.run(&["add", "p.allegata.ron", &format!("{n}.txt"), "--outlet", outlet]);
    }
    desk.said.clear();
    desk
}

#[test]
fn articles_are_placed_once_and_stay() {
    let mut desk = harbour();
    let before = desk.read("p.allegata.ron");
    assert_eq!(desk.run(&["splits", "p.allegata.ron", "70,15,15", "--dry-run"]), 0);
    assert_eq!(desk.read("p.allegata.ron"), before);
    assert_eq!(desk.run(&["splits", "p.allegata.ron", "70,15,15"]), 0);
    let placed = desk.read("p.allegata.ron");
    assert_eq!(placed.matches("split: \"").count(), 20);
    assert_eq!(desk.run(&["splits", "p.allegata.ron", "50,50", "--seed", "9"]), 0);
    assert_eq!(desk.read("p.allegata.ron"), placed);
    let twins: Vec<_> =
        desk.open().project.articles().filter(|a| a.text().contains("harbour")).cloned().collect();
    assert_eq!(twins.len(), 2);
    assert_eq!(twins[0].split, twins[1].split);
    let ids = [twins[0].id.as_str(), twins[1].id.as_str()];
    assert_eq!(desk.run(&["set", "p.allegata.ron", "--article", ids[0], "--split", "held-out"]), 0);
    assert_eq!(desk.run(&["splits", "p.allegata.ron", "70,15,15"]), 1);
    assert_eq!(desk.run(&["set", "p.allegata.ron", "--article", ids[0], ids[1], "--split", ""]), 0);
    assert_eq!(desk.run(&["set", "p.allegata.ron", "--article", ids[0], "--split", "a b"]), 2);
    assert_eq!(desk.run(&["splits", "p.allegata.ron", "70,20"]), 2);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn our_own_table_comes_back_as_a_project_and_into_one() {
    let mut desk = Desk::with_project();
    for (sentence, label) in [("#2", "allegation"), ("#3", "denial"), ("#4", "none")] {
        desk.run(&["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", sentence, "--as", label]);
    }
    desk.run(&["export", "p.allegata.ron", "--to", "csv", "-o", "out.csv"]);
    desk.said.clear();
    let before = desk.read("p.allegata.ron");
    assert_eq!(desk.run(&["import", "out.csv", "--dry-run"]), 0);
    assert!(!desk.at("out.allegata.ron").exists());
    assert_eq!(desk.run(&["import", "out.csv"]), 0);
    assert_eq!(desk.run(&["import", "out.csv"]), 3);
    assert_eq!(desk.run(&["import", "out.csv", "out.allegata.ron"]), 0);
    // Into the project that it is from nothing comes.
    assert_eq!(desk.run(&["import", "out.csv", "p.allegata.ron"]), 0);
    assert_eq!(desk.read("p.allegata.ron"), before);
    desk.run(&["show", "out.allegata.ron", "--plain"]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn labels_of_others_come_in_and_what_does_not_is_named() {
    let mut desk = Desk::with_project();
    desk.run(&["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", "#4", "--as", "fact"]);
    desk.said.clear();
    let text = desk.open().project.articles().next().unwrap().text().to_owned();
    // As doccano counts: the flame is two.
    let span = |words: &str| {
        let at = text.find(words).unwrap();
        let units = |text: &str| text.encode_utf16().count();
        (units(text.get(..at).unwrap()), units(text.get(..at + words.len()).unwrap()))
    };
    let (reply, fire) =
        (span("\u{201c}We hid nothing,\u{201d} Ines V\u{e1}rga replied."), span("The fire began at 04:10."));
    let line = serde_json::json!({"id": 3, "text": text, "label": [
        [reply.0, reply.1, "NEG"], [fire.0, fire.1, "denial"], [fire.0, fire.1 + 99, "fact"],
    ]});
    desk.file("all.jsonl", &format!("{line}\nbroken\n"));
    let import = |desk: &mut Desk, rest: &[&str]| {
        desk.run(&[&["import", "all.jsonl", "p.allegata.ron"], rest].concat())
    };
    assert_eq!(import(&mut desk, &[]), 2);
    assert_eq!(import(&mut desk, &["--coder", "Ines V\u{e1}rga"]), 2);
    assert_eq!(import(&mut desk, &["--coder", "Ines V\u{e1}rga", "--map", "NEG"]), 2);
    let mapped = ["--coder", "Ines V\u{e1}rga", "--map", "NEG=denial"];
    assert_eq!(import(&mut desk, &[&mapped[..], &["--dry-run"]].concat()), 1);
    assert_eq!(import(&mut desk, &[&mapped[..], &["--dry-run", "--json"]].concat()), 1);
    assert_eq!(import(&mut desk, &mapped), 1);
    assert_eq!(import(&mut desk, &[&mapped[..], &["--overwrite"]].concat()), 1);
    assert_eq!(import(&mut desk, &["--from", "brat"]), 2);
    assert_eq!(import(&mut desk, &["--from", "csv"]), 3);
    assert_eq!(desk.run(&["import", "nowhere.csv", "p.allegata.ron"]), 3);
    // A line of 1 GB is refused by its size, before it is read.
    std::fs::File::create(desk.at("huge.jsonl")).unwrap().set_len(1 << 30).unwrap();
    assert_eq!(desk.run(&["import", "huge.jsonl", "p.allegata.ron"]), 3);
    assert_eq!(desk.run(&["import", "fire.txt", "p.allegata.ron"]), 3);
    desk.run(&["show", "p.allegata.ron", "--plain"]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn a_whole_project_goes_out_as_lines_and_is_the_same_again() {
    let mut desk = Desk::with_project();
    desk.run(&["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", "#2", "--as", "allegation"]);
    desk.said.clear();
    let whole = ["export", "p.allegata.ron", "--to", "jsonl", "--rows", "articles"];
    assert_eq!(desk.run(&[&whole[..], &["-o", "whole"]].concat()), 0);
    assert_eq!(desk.run(&[&whole[..], &["-o", "whole.jsonl"]].concat()), 3);
    for options in [&["--layer", "gold"][..], &["--no-text"], &["--names", "pseudonyms"], &["--splits"]] {
        assert_eq!(desk.run(&[&whole[..], options, &["-o", "other.jsonl"]].concat()), 2);
    }
    assert_eq!(desk.run(&["import", "whole.jsonl", "--coder", "Mira Okafor"]), 2);
    assert_eq!(desk.run(&["import", "whole.jsonl", "--dry-run"]), 0);
    assert_eq!(desk.run(&["import", "whole.jsonl"]), 0);
    assert_eq!(desk.run(&["import", "whole.jsonl"]), 3);
    assert_eq!(desk.read("whole.allegata.ron"), desk.read("p.allegata.ron"));
    // Into one that is there come its answers.
    assert_eq!(desk.run(&["import", "whole.jsonl", "p.allegata.ron"]), 0);
    assert_eq!(desk.run(&["new", "bare.allegata.ron", "--coder", "Jonas Feld"]), 0);
    assert_eq!(desk.run(&["add", "bare.allegata.ron", "fire.txt"]), 0);
    assert_eq!(desk.run(&["import", "whole.jsonl", "bare.allegata.ron"]), 0);
    let text = desk.read("whole.jsonl");
    desk.file("cut.jsonl", text.get(..text.len() / 2).unwrap());
    assert_eq!(desk.run(&["import", "cut.jsonl", "--json"]), 3);
    desk.file("newer.jsonl", &text.replacen("\"writers_from\": 1", "\"writers_from\": 2", 1));
    assert_eq!(desk.run(&["import", "newer.jsonl"]), 3);
    desk.file("more.jsonl", &text.replacen("\"title\": \"Cold", "\"topic\": 3, \"title\": \"Cold", 1));
    assert_eq!(desk.run(&["import", "more.jsonl", "--dry-run"]), 0);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn a_dataset_goes_out_in_splits() {
    let mut desk = harbour();
    let before = desk.read("p.allegata.ron");
    let label = |desk: &mut Desk, n: usize| {
        let id = desk.open().project.articles().nth(n).unwrap().id.to_string();
        desk.run(&["label", "p.allegata.ron", "--article", &id, "--sentence", "#1", "--as", "fact"]);
    };
    (0..12).for_each(|n| label(&mut desk, n));
    desk.said.clear();
    let export = |desk: &mut Desk, to: &str, rest: &[&str]| {
        desk.run(&[&["export", "p.allegata.ron", "--to", to, "--splits"], rest].concat())
    };
    assert_eq!(export(&mut desk, "csv", &["-o", "out.csv"]), 0);
    assert_eq!(export(&mut desk, "spacy", &["-o", "out.jsonl"]), 0);
    assert_eq!(export(&mut desk, "spacy", &["-o", "out"]), 3);
    assert_eq!(export(&mut desk, "spacy", &["-o", "out", "--force"]), 0);
    assert_eq!(export(&mut desk, "spacy", &[]), 2);
    assert_eq!(export(&mut desk, "brat", &["-o", "folder"]), 0);
    let count = |name: &str| desk.read(name).lines().count();
    let parts = ["train", "validation", "test"].map(|part| count(&format!("out.{part}.jsonl")));
    assert_eq!(parts.iter().sum::<usize>(), 12, "{parts:?}");
    // The same splits in both, and none of them in the project.
    let table = desk.read("out.csv");
    assert_eq!(
        table.lines().filter(|row| row.ends_with(",train") && row.contains(",fact,")).count(),
        parts[0]
    );
    assert!(!desk.read("p.allegata.ron").contains("split: ") && !before.contains("split: "));
    assert!(desk.at("folder.test/annotation.conf").exists());
    assert_eq!(desk.run(&["splits", "p.allegata.ron", "70,15,15"]), 0);
    assert_eq!(export(&mut desk, "jsonl", &["-o", "again.jsonl"]), 0);
    let again = desk.read("again.jsonl");
    let train = again.lines().filter(|row| row.contains("\"split\":\"train\"") && row.contains("[\"fact\"]"));
    assert_eq!(train.count(), parts[0]);
    // A table brings its splits into a project that is made of it.
    assert_eq!(desk.run(&["import", "again.jsonl"]), 0);
    // Two of them are one text.
    assert_eq!(desk.read("again.allegata.ron").matches("split: \"").count(), 19);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn texts_are_attached_to_a_dataset_without_them() {
    let mut desk = Desk::with_project();
    desk.run(&["add", "p.allegata.ron", "rain.txt", "--title", "Rain"]);
    desk.run(&["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", "#2", "--as", "allegation"]);
    for to in ["csv", "tsv", "jsonl"] {
        desk.run(&["export", "p.allegata.ron", "--to", to, "--no-text", "-o", "bare"]);
        desk.run(&["export", "p.allegata.ron", "--to", to, "-o", "full"]);
    }
    desk.said.clear();
    let attach = |desk: &mut Desk, rest: &[&str]| desk.run(&[&["attach"], rest].concat());
    for to in ["csv", "tsv", "jsonl"] {
        let (bare, full) = (format!("bare.{to}"), format!("full.{to}"));
        assert!(!desk.read(&bare).contains("alleged"));
        // A project, and files as they are.
        assert_eq!(attach(&mut desk, &[&bare, "p.allegata.ron", "-o", "out"]), 0);
        assert_eq!(desk.read(&format!("out.{to}")), desk.read(&full), "{to}");
        assert_eq!(attach(&mut desk, &[&bare, "fire.txt", "rain.txt", "-o", &format!("two.{to}")]), 0);
        assert_eq!(desk.read(&format!("two.{to}")), desk.read(&full), "{to}");
    }
    assert_eq!(attach(&mut desk, &["bare.csv", "p.allegata.ron", "-o", "out.csv"]), 3);
    assert_eq!(attach(&mut desk, &["bare.csv", "p.allegata.ron", "-o", "out.csv", "--force"]), 0);
    assert_eq!(attach(&mut desk, &["bare.csv", "p.allegata.ron", "-o", "bare.csv", "--force"]), 2);
    assert_eq!(attach(&mut desk, &["bare.csv", "p.allegata.ron", "-o", "p.allegata.ron", "--force"]), 2);
    assert_eq!(attach(&mut desk, &["full.csv", "p.allegata.ron"]), 2);
    assert_eq!(attach(&mut desk, &["fire.txt", "p.allegata.ron"]), 2);
    assert_eq!(attach(&mut desk, &["nowhere.csv", "p.allegata.ron"]), 3);
    // A workbook comes out as the table that it would be, others are refused.
    desk.run(&["export", "p.allegata.ron", "--to", "xlsx", "--names", "real", "--no-text", "-o", "bare"]);
    assert_eq!(attach(&mut desk, &["bare.xlsx", "p.allegata.ron", "-o", "sheet"]), 0);
    assert_eq!(desk.read("sheet.csv"), desk.read("full.csv"));
    assert_eq!(attach(&mut desk, &["bare.xlsx", "p.allegata.ron", "-o", "sheet.xlsx"]), 2);
    desk.file("no.xlsx", "no workbook");
    assert_eq!(attach(&mut desk, &["no.xlsx", "p.allegata.ron", "-o", "no.csv"]), 3);
    assert_eq!(attach(&mut desk, &["bare.parquet", "p.allegata.ron"]), 2);
    // One of the two articles, cut out of a page with more around it, and with a word that is another.
    let other = desk.read("fire.txt").replace("04:10", "05:20");
    desk.file("page.txt", &format!("Home\n\nNews\n\n{other}\n\nShare this article\n"));
    assert_eq!(attach(&mut desk, &["bare.csv", "page.txt", "-o", "some.csv"]), 1);
    let some = desk.read("some.csv");
    assert!(some.contains("We hid nothing") && !some.contains("05:20") && !some.contains("04:10"));
    desk.file("strange.txt", "Nothing of it.\n");
    assert_eq!(attach(&mut desk, &["bare.csv", "strange.txt", "-o", "none.csv"]), 3);
    assert!(!desk.at("none.csv").exists());
    insta::assert_snapshot!(desk.transcript());
}
