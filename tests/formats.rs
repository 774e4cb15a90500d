//! Do all formats agree: one project through each, the output as a snapshot, and every offset against the text.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a test stops at what it did not expect"
)]

use allegata::formats::datasets::outlet::{Form, Outlet};
use allegata::formats::datasets::rows::{Going, Layer};
use allegata::formats::datasets::what::{self, Cells, Columns, RowsOf, Shape, Unanswered, What};
use allegata::formats::{self, Writes, json, show};
use allegata::model::action::Action;
use allegata::model::ids::{ArticleId, CoderId, Stamp};
use allegata::model::plan;
use allegata::model::project::Project;
use allegata::model::sheet::SheetKey;
use allegata::model::sketch;
use std::collections::BTreeMap;

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
    drawn_of(DRAWN)
}

fn drawn_of(drawing: &str) -> Project {
    let name = |text: &str| format!("article-{}", text.chars().count());
    let hash = |text: &str| format!("hash-{}", text.len());
    let mut project = sketch::project(drawing, name, hash).unwrap();
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

fn outlet(id: &str) -> Outlet {
    match formats::by_id(id).unwrap().writes {
        Writes::Dataset(outlet) => outlet,
        _ => panic!("{id} is no dataset"),
    }
}

/// The dataset in a format, with everybody's answers or, where that has one answer a sentence, Anna's. A folder is its files one
/// after the other. It is read back, as after every export.
fn dataset(id: &str, change: impl FnOnce(&mut What)) -> String {
    let (project, outlet) = (drawn(), outlet(id));
    let layer = if outlet.is_one_answer { Layer::Coder(CoderId::new("anna")) } else { Layer::Coders };
    let mut what = What::usual(&outlet, layer);
    change(&mut what);
    let going = Going::new(&project, &what);
    match outlet.form {
        Form::File { write, check, beside } => {
            let mut out = Vec::new();
            let counts = write(&going, &mut out).unwrap();
            let n = if what.rows == RowsOf::Articles { counts.n_articles } else { counts.n_rows };
            assert_eq!(check(&going, &mut &*out), Ok(n), "{id}");
            let beside = beside.map(|beside| format!("{}:\n{}", beside.ending, (beside.text)(&going)));
            shown(id, out) + &beside.unwrap_or_default()
        }
        Form::Folder { write, check } => {
            let mut files = BTreeMap::new();
            let counts = write(&going, &mut |name, bytes| {
                files.insert(name.to_owned(), bytes.to_vec());
                Ok(())
            });
            let mut get = |name: &str| Ok(files.get(name).cloned().unwrap());
            assert_eq!(check(&going, &mut get), Ok(counts.unwrap().n_rows), "{id}");
            let texts = files.into_iter().map(|(name, bytes)| {
                let text = shown(&name, bytes);
                (name, text)
            });
            texts.flat_map(|(name, text)| [name, ":\n".to_owned(), text, "\n".to_owned()]).collect()
        }
    }
}

/// A file as people read it, by its name or its format: of what is no text, what is in it.
fn shown(name: &str, bytes: Vec<u8>) -> String {
    match name.rsplit('.').next().unwrap() {
        "xlsx" => cells(bytes),
        #[cfg(feature = "parquet")]
        "parquet" => rows(bytes),
        "md" | "json" => without_sizes(&String::from_utf8(bytes).unwrap()),
        _ => String::from_utf8(bytes).unwrap(),
    }
}

/// The cells of every sheet, between bars.
fn cells(bytes: Vec<u8>) -> String {
    use calamine::Reader as _;
    let mut book = calamine::Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let mut all = String::new();
    for name in book.sheet_names() {
        all.extend([name.as_str(), ":"]);
        let mut cells = book.worksheet_cells_reader(&name).unwrap();
        let mut at = u32::MAX;
        while let Some(cell) = cells.next_cell().unwrap() {
            let row = cell.get_position().0;
            all += if row == at { "|" } else { "\n" };
            at = row;
            all += &calamine::Data::from(cell.get_value().clone()).to_string().escape_debug().to_string();
        }
        all += "\n";
    }
    all
}

#[cfg(feature = "parquet")]
fn rows(bytes: Vec<u8>) -> String {
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
    let metadata = reader.metadata().file_metadata();
    let key = metadata.key_value_metadata().unwrap().iter().find(|key| key.key == "huggingface").unwrap();
    let rows = reader.get_row_iter(None).unwrap().map(|row| format!("{}\n", row.unwrap()));
    format!("{}\n{}", key.value.as_ref().unwrap(), rows.collect::<String>())
}

/// Without what another version of a compressor changes.
fn without_sizes(text: &str) -> String {
    let sizes = ["\"sha256\": \"", "\"contentSize\": \"", "num_bytes: ", "download_size: ", "dataset_size: "];
    let line = |line: &str| {
        let size = sizes.iter().find_map(|size| Some(&line[..line.find(size)? + size.len()]));
        size.map_or(line.to_owned(), |line| format!("{line}…"))
    };
    text.lines().map(|one| line(one) + "\n").collect()
}

#[test]
fn csv_as_written() {
    insta::assert_snapshot!(dataset("csv", |_| {}));
}

#[test]
fn json_lines_as_written() {
    insta::assert_snapshot!(dataset("jsonl", |_| {}));
}

/// The other formats, each as a snapshot of its own.
#[test]
fn datasets_as_written() {
    for format in formats::datasets().filter(|format| !["csv", "jsonl"].contains(&format.id)) {
        insta::assert_snapshot!(format.id, dataset(format.id, |_| {}));
    }
}

#[test]
fn tables_as_they_can_be_asked_for() {
    let excel = |what: &mut What| {
        what.cells = Cells::ForExcel;
        what.columns = Columns::ZeroOne;
        what.names = what::Names::Pseudonyms;
        what.unanswered = Unanswered::Drop;
    };
    insta::assert_snapshot!("csv-for-excel", dataset("csv", excel));
    insta::assert_snapshot!("csv-articles", dataset("csv", |what| what.rows = RowsOf::Articles));
    insta::assert_snapshot!("csv-no-text", dataset("csv", |what| what.text = false));
    assert!(dataset("jsonl", |what| what.text = false).contains("\"text_sha256\":\""));
    for shape in [Shape::Lines, Shape::Spans] {
        let formats = formats::datasets().filter(|format| outlet(format.id).shape == shape);
        for format in formats {
            let all = dataset(format.id, |what| {
                what.unanswered = Unanswered::Keep;
                what.none = what::NoneAs::Label;
                what.unsure = what::UnsureAs::Label;
            });
            assert!(all.contains("unsure"), "{}: {all}", format.id);
        }
    }
}

/// A letter that is not as it was written, half of a file, a place one further: none of it is verified.
#[test]
fn what_is_not_as_written_is_found() {
    let project = drawn();
    for format in formats::datasets() {
        let outlet = outlet(format.id);
        let layer = if outlet.is_one_answer { Layer::Coder(CoderId::new("anna")) } else { Layer::Coders };
        let what = What::usual(&outlet, layer);
        let going = Going::new(&project, &what);
        let Form::File { write, check, .. } = outlet.form else { continue };
        let mut out = Vec::new();
        let n_rows = write(&going, &mut out).unwrap().n_rows;
        let Ok(text) = String::from_utf8(out.clone()) else {
            // What is packed is held against a project of which a letter differs, and cut.
            let other = drawn_of(&DRAWN.replace("fire began", "fire begin"));
            assert!(check(&Going::new(&other, &what), &mut &*out).is_err(), "{}", format.id);
            assert!(check(&going, &mut &out[..out.len() / 2]).is_err(), "{}", format.id);
            continue;
        };
        let places = [("\"start\":", 1), (",[", 0), ("[[", 0), (",0,", -1)];
        let moved = places.iter().find_map(|(mark, back)| {
            let at = text.find(mark)? + mark.len();
            let at = if *back < 0 { at - 2 } else { at };
            let n: String = text[at..].chars().take_while(char::is_ascii_digit).collect();
            let more = (n.parse::<u32>().ok()? + 1).to_string();
            Some(format!("{}{more}{}", &text[..at], &text[at + n.len()..]))
        });
        let half = text[..text.floor_char_boundary(text.len() / 2)].to_owned();
        let mut others = vec![text.replacen("fire began", "fire begin", 1), half];
        // Lines name the place for people only: there the words are compared with the sentence.
        others.extend(moved.filter(|_| outlet.shape != Shape::Lines));
        for other in others {
            assert_ne!(other, text, "{}", format.id);
            assert_ne!(check(&going, &mut other.as_bytes()), Ok(n_rows), "{}: {other}", format.id);
        }
        assert_eq!(check(&going, &mut text.as_bytes()), Ok(n_rows), "{}", format.id);
    }
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

    let table = dataset("csv", |_| {});
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

    for line in dataset("jsonl", |_| {}).lines() {
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
