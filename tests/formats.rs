//! Do all formats agree: one project through each, the output as a snapshot, and every offset against the text.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use allegata::formats::datasets::rows::Layer;
use allegata::formats::datasets::{csv, jsonl};
use allegata::formats::{json, show};
use allegata::model::action::Action;
use allegata::model::ids::{ArticleId, CoderId, Stamp};
use allegata::model::plan;
use allegata::model::project::Project;
use allegata::model::sheet::SheetKey;
use allegata::model::sketch;

const DRAWN: &str = "\
# Cold store fire: “nobody checked” | Harbour Post | 2025-03-02
An inspector said that the cold store’s owner, Várga & Sons, had hidden a leak for months. [allegation ?; ben: allegation] \
🔥👍🏽 “We hid nothing,” Ines Várga replied. [denial \"a denial, or only a reply?\"; ben: denial]

The fire began at 04:10, the harbour office wrote. [fact; ben: none] Prices, =SUM(it all), rose. []

# Council adjourns |  | 2025
The council met on Monday. [ben: fact \"=HYPERLINK(1)\"]
# Weather
Rain. []";

fn drawn() -> Project {
    let name = |text: &str| format!("article-{}", text.chars().count());
    let hash = |text: &str| format!("hash-{}", text.len());
    let mut project = sketch::project(DRAWN, name, hash).unwrap();
    let id =
        project.articles().find(|article| article.shown_title() == "Council adjourns").unwrap().id.clone();
    let key = SheetKey { coder: CoderId::new("ben"), article: id };
    project.apply(plan::done(&project, &key, true, Stamp(1_767_225_700)).unwrap()).unwrap();
    project.apply(Action::Project { title: "Cold chain".to_owned(), never_end_after: vec![] }).unwrap();
    project
}

fn text(write: impl FnOnce(&Project, &mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&drawn(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn csv_as_written() {
    insta::assert_snapshot!(text(|project, out| csv::write(project, &Layer::Coders, out)));
}

#[test]
fn json_lines_as_written() {
    insta::assert_snapshot!(text(|project, out| jsonl::write(project, &Layer::Coders, out)));
}

#[test]
fn json_as_written() {
    let object = text(|project, out| json::line(&json::of(project, None), out));
    let object: serde_json::Value = serde_json::from_str(&object).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&object).unwrap());
}

#[test]
fn plain_text_as_written() {
    insta::assert_snapshot!(text(|project, out| show::plain(project, None, out)));
}

#[test]
fn overview_as_written() {
    insta::assert_snapshot!(text(|project, out| show::overview(project, out)));
}

#[test]
fn one_article_alone() {
    let rain = ArticleId::new("article-5");
    let plain = text(|project, out| show::plain(project, Some(&rain), out));
    assert_eq!(plain, "article article-5: Weather\n#1 0-5  Rain.\n");
    let object = text(|project, out| json::line(&json::of(project, Some(&rain)), out));
    let object: serde_json::Value = serde_json::from_str(&object).unwrap();
    assert_eq!(object["articles"].as_array().unwrap().len(), 1);
    assert_eq!(object["articles"][0]["id"], "article-5");
}

/// What a reader in another language does with offsets in code points.
fn slice(text: &str, start: u64, end: u64) -> String {
    let (start, end) = (usize::try_from(start).unwrap(), usize::try_from(end).unwrap());
    text.chars().skip(start).take(end - start).collect()
}

#[test]
fn offsets_of_every_format_give_the_text_that_is_quoted() {
    let project = drawn();
    let whole = |id: &str| project.article(&ArticleId::new(id)).unwrap().text();
    let mut n = 0;

    let table = text(|project, out| csv::write(project, &Layer::Coders, out));
    let mut reader = ::csv::Reader::from_reader(table.as_bytes());
    for row in reader.deserialize::<std::collections::BTreeMap<String, String>>() {
        let row = row.unwrap();
        let quoted =
            slice(whole(&row["article_id"]), row["start"].parse().unwrap(), row["end"].parse().unwrap());
        assert_eq!(quoted, row["text"]);
        assert_eq!(format!("{}-{}", row["start"], row["end"]), row["sentence_id"]);
        n += 1;
    }
    assert_eq!(n, 10);

    for line in text(|project, out| jsonl::write(project, &Layer::Coders, out)).lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = whole(row["article_id"].as_str().unwrap());
        assert_eq!(slice(text, row["start"].as_u64().unwrap(), row["end"].as_u64().unwrap()), row["text"]);
        n += 1;
    }
    assert_eq!(n, 20);

    let object = text(|project, out| json::line(&json::of(project, None), out));
    let object: serde_json::Value = serde_json::from_str(&object).unwrap();
    for article in object["articles"].as_array().unwrap() {
        for row in article["sentences"].as_array().unwrap() {
            let text = article["text"].as_str().unwrap();
            assert_eq!(
                slice(text, row["start"].as_u64().unwrap(), row["end"].as_u64().unwrap()),
                row["text"]
            );
            n += 1;
        }
    }
    assert_eq!(n, 26);
}
