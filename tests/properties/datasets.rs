//! Whatever stands in texts and notes: a dataset in every format reads back as what went out, each place in the other program's
//! own unit.

use allegata::formats;
use allegata::formats::Writes;
use allegata::formats::datasets::counts::Counts;
use allegata::formats::datasets::outlet::{Form, Outlet};
use allegata::formats::datasets::rows::{Going, Layer};
use allegata::formats::datasets::what::{Cells, NoneAs, Unanswered, UnsureAs, What};
use allegata::model::article::{Article, tile};
use allegata::model::coder::Coder;
use allegata::model::coding::{Coding, Row};
use allegata::model::ids::{ArticleId, CoderId, LabelId, ProjectId};
use allegata::model::project::{Parts, Project};
use allegata::model::scheme::{Label, Scheme};
use allegata::model::sheet::{Sheet, SheetKey};
use allegata::text::units::Unit;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

const N_LABELS: usize = 40;
const SENTENCES: [&str; 16] = [
    "He said \"no\",\t(twice); 'yes'.",
    "👍🏽 Ja.",
    "👨‍👩‍👧 zu dritt 🇩🇪",
    "E\u{301}tat à l\u{2019}heure.",
    "\u{301}Odd.",
    "東京は、晴れ。",
    "قال: لا، أبدًا.",
    "=SUM(1)",
    "-1",
    "'=x",
    "a\u{2028}b\u{85}c",
    "Two\r\nlines.",
    "Three\n\nlines\n.",
    "<&>|;\\n \\u0041",
    "\u{feff}bom",
    "\u{1F5DE}",
];
const BETWEEN: [&str; 5] = [" ", "\r\n", "\n\n", "\t", ""];

/// A sentence, what stands behind it, and what Anna and Ben say: of each the labels, unsure, a note.
type Said = (Option<Vec<usize>>, bool, Option<usize>);
type Drawn = Vec<(usize, usize, Said, Said)>;

fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    let said = || {
        let labels = prop::option::of(prop::collection::vec(0..N_LABELS, 0..3));
        (labels, any::<bool>(), prop::option::of(0..SENTENCES.len()))
    };
    let sentence = (0..SENTENCES.len(), 0..BETWEEN.len(), said(), said());
    prop::collection::vec(prop::collection::vec(sentence, 1..8), 1..4)
}

fn project(articles: &[Drawn]) -> Project {
    let mut parts = Parts::new(ProjectId::new("p"), "P");
    let like = parts.scheme.labels[0].clone();
    let label = |n: usize| {
        let (id, letter) = (
            LabelId::new(format!("l{n}")),
            char::from_u32(0x4E00 + u32::try_from(n).unwrap()).unwrap().to_string(),
        );
        Arc::new(Label { id, letter, keys: vec![], name: format!("\"{n}\"|<&>"), ..Label::clone(&like) })
    };
    parts.scheme =
        Scheme { labels: (0..N_LABELS).map(label).collect(), choose: "several".to_owned(), ..parts.scheme };
    let coders = ["anna", "ben"].map(CoderId::new);
    parts.coders = coders.iter().map(|id| Coder::new(id.clone(), "")).collect();
    for (n, drawn) in articles.iter().enumerate() {
        let (mut text, mut rows) = (String::new(), vec![]);
        for (sentence, between, ..) in drawn {
            let start = text.len();
            text.push_str(SENTENCES[*sentence]);
            text.push_str(BETWEEN[*between]);
            rows.push((start..text.len(), None));
        }
        let sentences = tile(&text, &rows).unwrap();
        for (idx, coder) in coders.iter().enumerate() {
            let key = SheetKey { coder: coder.clone(), article: ArticleId::new(format!("a{n}")) };
            let mut sheet = Sheet::new(key, 1);
            for (sentence, (_, _, anna, ben)) in sentences.iter().zip(drawn) {
                let (labels, unsure, note) = [anna, ben][idx];
                let mut given: Vec<_> = labels.clone().unwrap_or_default();
                given.sort_unstable();
                given.dedup();
                let coding = Coding {
                    answered: labels.is_some(),
                    labels: given.iter().map(|n| LabelId::new(format!("l{n}"))).collect(),
                    unsure: *unsure,
                    note: note.map(|n| SENTENCES[n].into()),
                    ..Coding::default()
                };
                if !coding.is_blank() {
                    sheet.rows.push(Row { span: sentence.span, coding });
                }
            }
            parts.sheets.push(Arc::new(sheet));
        }
        let mut article =
            Article::new(ArticleId::new(format!("a{n}")), text.into(), sentences, "h".to_owned());
        article.added = u32::try_from(n).unwrap();
        parts.articles.push(Arc::new(article));
    }
    Project::assemble(parts).unwrap()
}

fn outlet(id: &str) -> Outlet {
    match formats::by_id(id).unwrap().writes {
        Writes::Dataset(outlet) => outlet,
        _ => panic!("{id} is no dataset"),
    }
}

/// The files of a dataset, and what is in it; that it is verified is part of it.
fn written(project: &Project, id: &str, what: &What) -> (BTreeMap<String, String>, Counts) {
    let going = Going::new(project, what);
    let mut files = BTreeMap::new();
    let mut put = |name: &str, bytes: &[u8]| {
        files.insert(name.to_owned(), bytes.to_vec());
        Ok(())
    };
    let counts = match outlet(id).form {
        Form::File { write, check, .. } => {
            let mut out = Vec::new();
            let counts = write(&going, &mut out).unwrap();
            assert_eq!(
                check(&going, &mut &*out),
                Ok(counts.n_rows),
                "{id}: {}",
                String::from_utf8_lossy(&out)
            );
            put("", &out).unwrap();
            counts
        }
        Form::Folder { write, check } => {
            let counts = write(&going, &mut put).unwrap();
            assert_eq!(
                check(&going, &mut |name| Ok(files[name].clone())),
                Ok(counts.n_rows),
                "{id}: {files:?}"
            );
            counts
        }
    };
    // Those who look into a text take one that is none.
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (files.into_iter().map(|(name, bytes)| (name, text(bytes))).collect(), counts)
}

fn what(id: &str, bits: u8) -> What {
    let outlet = outlet(id);
    let anna = || Layer::Coder(CoderId::new("anna"));
    let layer = if outlet.is_one_answer || bits & 1 == 1 { anna() } else { Layer::Coders };
    let usual = What::usual(&outlet, layer);
    What {
        unanswered: if bits & 2 == 0 { usual.unanswered } else { Unanswered::Keep },
        none: if bits & 4 == 0 { usual.none } else { NoneAs::Label },
        unsure: [usual.unsure, UnsureAs::Column, UnsureAs::Label, UnsureAs::Drop][usize::from(bits >> 3 & 3)],
        cells: if bits & 32 == 0 { Cells::Plain } else { Cells::ForExcel },
        unit: outlet.units[usize::from(bits >> 6) % outlet.units.len()],
        ..usual
    }
}

/// What Anna answered that is no "none of these": words and labels, in order.
fn annas(project: &Project) -> Vec<(String, Vec<String>)> {
    let anna = CoderId::new("anna");
    let mut all = vec![];
    for article in project.articles() {
        let key = SheetKey { coder: anna.clone(), article: article.id.clone() };
        for sentence in article.sentences() {
            if let Some(coding) =
                project.coding(&key, sentence.span).filter(|coding| !coding.labels.is_empty())
            {
                let labels = coding.labels.iter().map(ToString::to_string).collect();
                all.push((article.words_of(sentence).to_owned(), labels));
            }
        }
    }
    all
}

fn number(value: &serde_json::Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn every_dataset_is_verified(articles in drawn(), bits in any::<u8>()) {
        let project = project(&articles);
        for format in formats::datasets() {
            written(&project, format.id, &what(format.id, bits));
        }
    }

    /// Here the test itself cuts texts, as JavaScript does.
    #[test]
    fn doccano_cuts_out_what_was_answered(articles in drawn()) {
        let project = project(&articles);
        let what = What { unsure: UnsureAs::Column, ..what("doccano", 0) };
        prop_assert_eq!(what.unit, Unit::Utf16);
        let (files, _) = written(&project, "doccano", &what);
        let mut found: Vec<(String, Vec<String>)> = vec![];
        for line in files[""].lines().filter(|line| !line.is_empty()) {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            let text: Vec<u16> = line["text"].as_str().unwrap().encode_utf16().collect();
            let mut at = None;
            for span in line["label"].as_array().unwrap() {
                let (place, label) = ((number(&span[0]), number(&span[1])), span[2].as_str().unwrap().to_owned());
                let words = String::from_utf16(&text[place.0..place.1]).unwrap();
                if at == Some(place) {
                    found.last_mut().unwrap().1.push(label);
                } else {
                    found.push((words, vec![label]));
                }
                at = Some(place);
            }
        }
        prop_assert_eq!(found, annas(&project));
    }

    /// As Python does, also for each coder.
    #[test]
    fn label_studio_and_prodigy_cut_out_what_was_answered(articles in drawn()) {
        let project = project(&articles);
        let slice = |text: &str, span: &serde_json::Value| -> String {
            text.chars().skip(number(&span["start"])).take(number(&span["end"]) - number(&span["start"])).collect()
        };
        let labels = |list: &serde_json::Value| -> Vec<String> {
            list.as_array().unwrap().iter().map(|label| label.as_str().unwrap().to_owned()).collect()
        };
        let with = |id| What { unsure: UnsureAs::Column, ..what(id, 1) };
        let (files, _) = written(&project, "labelstudio", &with("labelstudio"));
        let tasks: serde_json::Value = serde_json::from_str(&files[""]).unwrap();
        let mut found = vec![];
        for task in tasks.as_array().unwrap() {
            for region in task["annotations"][0]["result"].as_array().into_iter().flatten() {
                let words = slice(task["data"]["text"].as_str().unwrap(), &region["value"]);
                prop_assert_eq!(&words, region["value"]["text"].as_str().unwrap());
                found.push((words, labels(&region["value"]["labels"])));
            }
        }
        prop_assert_eq!(&found, &annas(&project));

        let (files, _) = written(&project, "prodigy-spans", &with("prodigy-spans"));
        let mut found = vec![];
        for line in files[""].split_terminator('\n') {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            let spans = line["spans"].as_array().unwrap().iter();
            found.extend(spans.map(|span| (slice(line["text"].as_str().unwrap(), span), span["label"].as_str().unwrap().to_owned())));
        }
        let each = annas(&project).into_iter().flat_map(|(words, labels)| {
            labels.into_iter().map(move |label| (words.clone(), label))
        });
        prop_assert_eq!(found, each.collect::<Vec<_>>());
    }

    /// Tables hold the same cells again, also as spreadsheets have them.
    #[test]
    fn tables_hold_what_was_said(articles in drawn(), for_excel in any::<bool>()) {
        let project = project(&articles);
        for (id, separator) in [("csv", b','), ("tsv", b'\t')] {
            let what = what(id, if for_excel { 33 } else { 1 });
            let (files, _) = written(&project, id, &what);
            let mut reader = csv::ReaderBuilder::new().delimiter(separator).from_reader(files[""].as_bytes());
            let back = |cell: &str| if for_excel { csv_unguarded(cell) } else { cell.to_owned() };
            let mut found = vec![];
            for row in reader.deserialize::<BTreeMap<String, String>>() {
                let row = row.unwrap();
                found.push([back(&row["text"]), row["labels"].clone(), row["unsure"].clone(), back(&row["note"])]);
            }
            let anna = CoderId::new("anna");
            let mut want = vec![];
            for article in project.articles() {
                let key = SheetKey { coder: anna.clone(), article: article.id.clone() };
                for sentence in article.sentences() {
                    let coding = project.coding(&key, sentence.span).cloned().unwrap_or_default();
                    let unsure = if coding.unsure { "true" } else { "" };
                    let note = coding.note.as_deref().unwrap_or_default().to_owned();
                    want.push([article.words_of(sentence).to_owned(), coding.labels_cell(), unsure.to_owned(), note]);
                }
            }
            prop_assert_eq!(found, want);
        }
    }
}

/// What a spreadsheet shows: without the sign before what would be a formula.
fn csv_unguarded(cell: &str) -> String {
    let guarded = cell
        .strip_prefix('\'')
        .filter(|rest| rest.trim_start_matches('\'').starts_with(['=', '+', '-', '@']));
    guarded.unwrap_or(cell).to_owned()
}
