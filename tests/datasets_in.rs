//! Datasets on their way in: what goes out comes back, in every unit, and no bytes make a reader fall.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fall")]

#[path = "support/mutate.rs"]
mod mutate;
#[path = "datasets_in/mutated.rs"]
mod mutated;
#[path = "datasets_in/zips.rs"]
mod zips;

use allegata::analysis::incoming::taking::{Taken, Wish, take};
use allegata::analysis::incoming::{Incoming, Left};
use allegata::formats::datasets::incoming::{File, READERS, Source, Unreadable, by_id, guess};
use allegata::formats::datasets::outlet::Form;
use allegata::formats::datasets::rows::{Going, Layer};
use allegata::formats::datasets::what::{Cells, Columns, Names, NoneAs, Unanswered, UnsureAs, What};
use allegata::formats::{self, Thing, Writes, making};
use allegata::model::action::Action;
use allegata::model::article::{Article, tile};
use allegata::model::coder::Coder;
use allegata::model::coding::{Coding, Row};
use allegata::model::ids::{ArticleId, CoderId, LabelId, ProjectId, Stamp};
use allegata::model::project::{Parts, Project};
use allegata::model::sheet::{Sheet, SheetKey};
use allegata::model::sketch;
use allegata::text::units::{Places, Unit};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

/// Two articles with what goes wrong elsewhere: emoji with skin, an accent of its own, CJK, Arabic, quotes, tabs.
const DRAWN: &str = "\
# Fire, “again” | Post | 2025-03-02
👍🏽 El dueño dijo que la mu\u{301}sica no sonó. [allegation ?; ben: fact \"=SUM(1)\"] 東京で雨が降った。[denial \"no, no\"]

🔥🔥 «لم يحدث شيء» قال. [none; ben: none] The end\tof it. [fact; ben: ?]
# Rain
It rained. [ben: denial] No. [] No. [fact]";

fn drawn() -> Project {
    sketch::project(DRAWN, |text| format!("a{}", text.len()), |text| format!("{:064x}", text.len())).unwrap()
}

/// A dataset as the program writes it: everybody's answers, or anna's where a format has one answer a sentence.
fn written(project: &Project, id: &str, change: impl FnOnce(&mut What)) -> Vec<File> {
    let Writes::Dataset(outlet) = formats::by_id(id).unwrap().writes else { panic!("{id} is no dataset") };
    let layer = if outlet.is_one_answer { Layer::Coder(CoderId::new("anna")) } else { Layer::Coders };
    let mut what = What::usual(&outlet, layer);
    change(&mut what);
    let going = Going::new(project, &what);
    let mut files = Vec::new();
    match outlet.form {
        Form::File { write, .. } => {
            let mut bytes = Vec::new();
            write(&going, &mut bytes).unwrap();
            files.push(File { name: format!("x.{id}"), bytes });
        }
        Form::Folder { write, .. } => {
            let mut put = |name: &str, bytes: &[u8]| {
                files.push(File { name: name.to_owned(), bytes: bytes.to_vec() });
                Ok(())
            };
            write(&going, &mut put).unwrap();
        }
    }
    files
}

/// A zip of these files, packed or as they are.
fn zip_of(members: &[(&str, &[u8])], is_packed: bool) -> Vec<u8> {
    use zip::CompressionMethod::{Deflated, Stored};
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let method = if is_packed { Deflated } else { Stored };
    for (name, bytes) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default().compression_method(method)).unwrap();
        std::io::Write::write_all(&mut zip, bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn exported(project: &Project, id: &str) -> Vec<u8> {
    written(project, id, |what| what.names = Names::Real).remove(0).bytes
}

/// The tables of our own, with whether they hold when an answer was given.
fn tables() -> impl Iterator<Item = (&'static str, bool)> {
    let all = [("csv", true), ("jsonl", true), ("xlsx", true), ("parquet", false)];
    all.into_iter().filter(|(id, _)| formats::by_id(id).is_some())
}

/// A folder for Hugging Face with everything in it; none where the program is built without.
fn hugging_face(project: &Project) -> Option<Incoming> {
    let reader = by_id("hf")?;
    let files = written(project, "hf", |what| {
        let (unanswered, none, unsure) = (Unanswered::Keep, NoneAs::Label, UnsureAs::Column);
        *what = What { names: Names::Real, unanswered, none, unsure, ..what.clone() };
    });
    let source = Source::of(&files, true);
    assert_eq!(guess("x", &source).unwrap().id, "hf");
    Some((reader.read)(&source).unwrap())
}

/// Reads a dataset as the program does: by its name if nobody says what it is.
fn read(name: &str, bytes: &[u8]) -> Result<Incoming, Unreadable> {
    let files = [File { name: name.to_owned(), bytes: bytes.to_vec() }];
    let source = Source::of(&files, false);
    (guess(name, &source).unwrap().read)(&source)
}

fn wish() -> Wish {
    Wish { adds_labels: true, ..Wish::new(Stamp(7)) }
}

fn of(coder: &str) -> Wish {
    Wish { coder: Some(Coder::new(CoderId::new(coder), coder)), ..wish() }
}

/// The project without anything said in it.
fn bare(project: &Project) -> Project {
    let mut bare = project.clone();
    for sheet in project.sheets() {
        bare.apply(Action::Sheet { key: sheet.key.clone(), to: None }).unwrap();
    }
    bare
}

fn done(project: &Project, incoming: &Incoming, wish: &Wish) -> (Project, Taken) {
    let taken = take(project, incoming, wish).unwrap();
    let mut after = project.clone();
    if let Some(action) = taken.action.clone() {
        let inverse = after.apply(action).unwrap();
        let mut back = after.clone();
        back.apply(inverse).unwrap();
        assert_eq!(back, *project, "one step back");
    }
    (after, taken)
}

/// What is said of each sentence, by article, place and coder; `times` with when.
fn said(project: &Project, times: bool) -> BTreeMap<String, String> {
    let mut said = BTreeMap::new();
    for sheet in project.sheets() {
        for row in &sheet.rows {
            let c = &row.coding;
            let at = c.at.filter(|_| times);
            let what = format!("{} {} {:?} {at:?}", c.labels_cell(), c.unsure, c.note);
            said.insert(format!("{} {} {}", sheet.key.article, row.span, sheet.key.coder), what);
        }
    }
    said
}

fn left(taken: &Taken) -> Vec<String> {
    taken.left.iter().map(Left::to_string).collect()
}

#[test]
fn our_own_tables_come_back_into_the_project_and_as_a_project() {
    let project = drawn();
    for (id, times) in tables() {
        let bytes = exported(&project, id);
        let incoming = read(&format!("out.{id}"), &bytes).unwrap();
        comes_back(&project, id, incoming, times);
    }
    if let Some(incoming) = hugging_face(&project) {
        comes_back(&project, "hf", incoming, false);
    }
}

fn comes_back(project: &Project, id: &str, mut incoming: Incoming, times: bool) {
    assert_eq!(incoming.left, []);
    let (after, taken) = done(&bare(project), &incoming, &wish());
    assert_eq!(said(&after, times), said(project, times), "{id}");
    assert_eq!((left(&taken), taken.n_overlaps, taken.n_moved), (vec![], 0, 0));
    // Twice adds nothing.
    let (again, taken) = done(&after, &incoming, &wish());
    assert_eq!((again == after, taken.action, taken.n_new), (true, None, 0));
    assert_eq!(done(project, &incoming, &wish()).1.action, None);
    // And as a project of its own.
    let made = making::project(&mut incoming, ProjectId::new("p"), "p").unwrap();
    let (made, taken) = done(&made, &incoming, &wish());
    assert_eq!(said(&made, times), said(project, times), "{id}");
    assert_eq!(left(&taken), Vec::<String>::new());
    for (article, was) in made.articles().zip(project.articles()) {
        assert_eq!((article.text(), article.sentences()), (was.text(), was.sentences()));
        assert_eq!(article.meta.outlet, was.meta.outlet);
    }
}

/// A cell of Excel has an end: what is longer stands there as far as it goes, is counted, and is found again by its place.
#[test]
fn a_text_longer_than_a_cell_is_found_by_its_place() {
    let long = "\u{1F525} ä".repeat(12_000);
    let drawing = format!("# Long\n{long}. [fact] Short. [denial]");
    let project = sketch::project(&drawing, |_| "a".to_owned(), |_| format!("{:064x}", 1)).unwrap();
    let Writes::Dataset(outlet) = formats::by_id("xlsx").unwrap().writes else { panic!("xlsx is written") };
    let Form::File { write, check, .. } = outlet.form else { panic!("xlsx is one file") };
    let what = What { names: Names::Real, ..What::usual(&outlet, Layer::Coders) };
    let (going, mut bytes) = (Going::new(&project, &what), vec![]);
    let counts = write(&going, &mut bytes).unwrap();
    // The sentence, and the article with it.
    assert_eq!((counts.cut, check(&going, &mut &*bytes)), (2, Ok(2)));
    let said_so = counts.not_held(formats::by_id("xlsx").unwrap()).join(", ");
    assert!(said_so.starts_with("2 cells of more than 32,767"), "{said_so}");
    let (after, taken) = done(&bare(&project), &read("x.xlsx", &bytes).unwrap(), &wish());
    assert_eq!((said(&after, true), left(&taken)), (said(&project, true), vec![]));
}

fn unpacked(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let n = zip.len();
    let mut part = |idx| {
        let mut entry = zip.by_index(idx).unwrap();
        let (name, mut bytes) = (entry.name().unwrap().into_owned(), vec![]);
        std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
        (name, bytes)
    };
    (0..n).map(&mut part).collect()
}

/// A workbook of these parts.
fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_workbook_is_refused_before_it_takes_the_memory_of_a_machine() {
    let refused = |parts: &[(&str, &[u8])]| match read("x.xlsx", &packed(parts)) {
        Err(why) => why.to_string(),
        Ok(incoming) => panic!("{incoming:?}"),
    };
    let zeros = vec![b' '; 65 << 20];
    assert!(refused(&[("xl/media/x.bin", &zeros)]).contains("more than 64 MiB"));
    assert!(refused(&[("xl/styles.xml", &zeros[..9 << 20])]).contains("more than 8 MiB"));
    let shared = b"<sst uniqueCount='99999999999'><si><t>a</t></si></sst>";
    let why = refused(&[("xl/sharedStrings.xml", shared)]);
    assert!(why.contains("it says that it has 99999999999 texts"), "{why}");
    let many: Vec<(String, &[u8])> = (0..10_001).map(|n| (n.to_string(), b"".as_slice())).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    assert!(refused(&many).contains("10001 parts"));
    let old = read("x.xlsx", &[0xD0, 0xCF, 0x11, 0xE0, 0, 0]).unwrap_err().to_string();
    assert!(old.contains("password"), "{old}");
    // Cells at the other end of the sheet take no room between.
    let mut parts = unpacked(&exported(&drawn(), "xlsx"));
    let (_, sheet) = parts.iter_mut().find(|(name, _)| name.ends_with("sheet1.xml")).unwrap();
    let far = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>";
    *sheet = String::from_utf8(sheet.clone()).unwrap().replace("</sheetData>", far).into_bytes();
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, bytes)| (name.as_str(), &**bytes)).collect();
    assert!(read("x.xlsx", &packed(&parts)).unwrap().documents.len() == 2);
}

/// What a reader looks at first: how it ends, and what it says that it has.
#[test]
fn parquet_is_refused_where_it_says_what_cannot_be() {
    if by_id("parquet").is_none() {
        return;
    }
    let whole = exported(&drawn(), "parquet");
    let refused = |bytes: &[u8]| match read("x.parquet", bytes) {
        Err(why) => why.to_string(),
        Ok(incoming) => panic!("{incoming:?}"),
    };
    assert!(refused(&whole[..whole.len() - 1]).contains("does not end as Parquet does"));
    assert!(refused(b"article_id,text\n").contains("does not end as Parquet does"));
    let mut long = whole;
    let at = long.len() - 8;
    long[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    assert!(refused(&long).contains("it says that 4294967295 bytes describe it"));
    assert_eq!(read("x.parquet", b""), Err(Unreadable::Empty));
}

#[test]
fn a_table_for_spreadsheets_comes_back_to_the_letter() {
    let project = drawn();
    let plain = String::from_utf8(exported(&project, "csv")).unwrap();
    let for_excel = |what: &mut What| (what.cells, what.columns) = (Cells::ForExcel, Columns::ZeroOne);
    for id in ["csv", "tsv"] {
        let guarded = written(&project, id, for_excel).remove(0).bytes;
        assert!(String::from_utf8_lossy(&guarded).contains("'=SUM(1)"));
        let (after, _) = done(&bare(&project), &read(&format!("out.{id}"), &guarded).unwrap(), &wish());
        assert_eq!(said(&after, true), said(&project, true));
    }
    let utf16: Vec<u8> = plain.replace(',', "\t").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(read("out.csv", &utf16).is_ok());
}

#[test]
fn nothing_gives_way_unless_it_is_asked_to_and_then_it_is_listed() {
    let project = drawn();
    let table = "article_id,text,label,note\n,It rained.,denial,\n,It rained.,denial,why?\n,The end\tof it.,denial,\n,Nobody knows.,fact,\n,No.,fact,\n";
    let incoming = read("x.csv", table.as_bytes()).unwrap();
    let (after, taken) = done(&project, &incoming, &of("anna"));
    let differs: Vec<_> =
        taken.differs.iter().map(|d| format!("{} {} -> {}", d.coder, d.here, d.there)).collect();
    assert_eq!(differs, ["anna fact -> denial"]);
    assert_eq!(taken.n_new, 1, "{taken:?}");
    let lefts = [
        "line 5: no sentence has its words, `Nobody knows.`",
        "line 6: its words stand in several places, `No.`",
    ];
    assert_eq!(left(&taken), lefts);
    let overwrites = Wish { overwrites: true, ..of("anna") };
    let (replaced, taken) = done(&project, &incoming, &overwrites);
    assert_eq!((taken.differs.len(), taken.n_new), (1, 2));
    assert_ne!(said(&replaced, false), said(&after, false));
    // The note beside the answer came along, from the second row.
    assert!(
        said(&after, false).values().any(|what| what == "denial false Some(\"why?\") None"),
        "{:?}",
        said(&after, false)
    );
}

#[test]
fn labels_are_known_mapped_added_or_refused() {
    let project = drawn();
    let table = "text,label\nIt rained.,Denial\nThe end of it.,NEG\n";
    let incoming = read("x.csv", table.as_bytes()).unwrap();
    let in_it = Wish { adds_labels: false, ..of("cleo") };
    let refused = take(&project, &incoming, &in_it).unwrap_err().to_string();
    assert!(refused.starts_with("these labels are not in the scheme: `NEG`"), "{refused}");
    let mapped = |to: Option<&str>| {
        let map = BTreeMap::from([("NEG".to_owned(), to.map(str::to_owned))]);
        done(&project, &incoming, &Wish { map, ..in_it.clone() })
    };
    let (after, taken) = mapped(Some("fact"));
    assert_eq!((taken.n_new, taken.labels.len(), taken.coders.len()), (2, 0, 1));
    assert!(said(&after, false).iter().any(|(at, what)| at.ends_with("cleo") && what.starts_with("fact")));
    let (_, taken) = mapped(None);
    assert_eq!((taken.n_new, taken.n_skipped), (1, 1));
    let (after, taken) = mapped(Some("NEG"));
    assert_eq!((taken.n_new, taken.labels.len()), (2, 1));
    assert_eq!(after.scheme().labels.last().unwrap().id.as_str(), "NEG");
    let nobody = take(&project, &incoming, &wish()).unwrap_err().to_string();
    assert!(nobody.starts_with("the dataset names no coder"), "{nobody}");
}

/// The answers of anna as other programs write them; those for whole articles in a unit.
fn foreign(project: &Project, id: &str, counted: Unit) -> (String, Vec<File>) {
    let (mut lines, mut tasks, mut files) = (String::new(), Vec::new(), Vec::new());
    for article in project.articles() {
        let text = article.text();
        let places = Places::new(text, counted);
        let place = |byte: u32| (0..9999).find(|n| places.byte_of(*n) == Some(byte as usize)).unwrap();
        let sheet = project.sheets_for(&article.id).find(|sheet| sheet.key.coder.as_str() == "anna");
        let rows = sheet.iter().flat_map(|sheet| &sheet.rows).filter(|row| !row.coding.labels.is_empty());
        let spans: Vec<(u64, u64, &str, &str)> = rows
            .map(|row| {
                let sentence = &article.sentences()[article.idx_of(row.span).unwrap()];
                let (start, end) = (place(sentence.bytes.start), place(sentence.bytes.end));
                (start, end, row.coding.labels[0].as_str(), article.words_of(sentence))
            })
            .collect();
        let doc = article.id.as_str();
        let mut line = |value: Value| writeln!(lines, "{value}").unwrap();
        match id {
            "doccano" => {
                let label: Vec<Value> = spans.iter().map(|(a, b, label, _)| json!([a, b, label])).collect();
                line(json!({"id": 1, "text": text, "label": label, "Comments": []}));
            }
            "doccano-rows" => spans.iter().for_each(|(a, b, label, words)| {
                line(json!({"id": 1, "text": words, "label": [label], "doc": doc, "start": a, "end": b}));
            }),
            "prodigy" => spans.iter().for_each(|(a, b, label, words)| {
                let meta = json!({"doc": doc, "start": a, "end": b});
                line(json!({"text": words, "options": [], "accept": [label], "answer": "accept", "meta": meta}));
                line(json!({"text": words, "accept": ["fact"], "answer": "ignore", "meta": meta}));
            }),
            "spacy" => spans.iter().for_each(|(a, b, label, words)| {
                line(json!({"text": words, "cats": {*label: 1.0, "x": 0.0}, "meta": {"doc": doc, "start": a, "end": b}}));
            }),
            "prodigy-spans" => {
                let spans: Vec<Value> =
                    spans.iter().map(|(a, b, label, _)| json!({"start": a, "end": b, "label": label})).collect();
                line(json!({"text": text, "spans": spans, "answer": "accept", "meta": {"doc": doc}}));
            }
            "labelstudio" => {
                let region = |(idx, (a, b, label, words)): (usize, &(u64, u64, &str, &str))| {
                    json!({"id": format!("r{idx}"), "from_name": "label", "to_name": "text", "type": "labels",
                        "value": {"start": a, "end": b, "labels": [label], "text": words.replace('\n', "\\n")}})
                };
                let result: Vec<Value> = spans.iter().enumerate().map(region).collect();
                tasks.push(json!({"data": {"text": text, "doc": doc}, "annotations": [{"completed_by": 3, "result": result}]}));
            }
            "labelstudio-rows" => spans.iter().for_each(|(a, b, label, words)| {
                let result = json!([{"from_name": "label", "to_name": "text", "type": "choices", "value": {"choices": [label]}}]);
                let data = json!({"text": words, "doc": doc, "start": a, "end": b});
                tasks.push(json!({"data": data, "annotations": [{"result": result}]}));
            }),
            _ => {
                let mut ann = String::new();
                for (idx, (a, b, label, words)) in spans.iter().enumerate() {
                    writeln!(ann, "T{idx}\t{label} {a} {b}\t{}", words.replace(['\n', '\r'], " ")).unwrap();
                }
                files.push(File { name: format!("{doc}.txt"), bytes: text.as_bytes().to_vec() });
                files.push(File { name: format!("{doc}.ann"), bytes: ann.into_bytes() });
            }
        }
    }
    let text = if tasks.is_empty() { lines } else { serde_json::to_string_pretty(&tasks).unwrap() };
    if files.is_empty() {
        files.push(File { name: "x.json".to_owned(), bytes: text.clone().into_bytes() });
    }
    (text, files)
}

const FOREIGN: [&str; 8] = [
    "doccano",
    "doccano-rows",
    "prodigy",
    "spacy",
    "prodigy-spans",
    "labelstudio",
    "labelstudio-rows",
    "brat",
];

/// Labels of anna, which is all that these formats hold here.
fn labels_of(project: &Project, coder: &str) -> BTreeMap<String, String> {
    let rows = |(at, what): (&String, &String)| {
        let label = what.split(' ').next().unwrap().to_owned();
        (!["", "none"].contains(&label.as_str())).then(|| (at.replace(&format!(" {coder}"), ""), label))
    };
    said(project, false)
        .iter()
        .filter(|(at, _)| at.ends_with(&format!(" {coder}")))
        .filter_map(rows)
        .collect()
}

#[test]
fn what_other_programs_write_is_told_apart_and_read_in_any_unit() {
    let project = drawn();
    let want = labels_of(&project, "anna");
    for id in FOREIGN {
        for counted in Unit::ALL {
            let (_, files) = foreign(&project, id, counted);
            let source = Source::of(&files, id == "brat");
            let reader = guess("x.json", &source).unwrap();
            let told = if id == "labelstudio-rows" { "labelstudio" } else { id };
            assert_eq!(reader.id, told);
            let incoming = (reader.read)(&source).unwrap();
            let (after, taken) = done(&bare(&project), &incoming, &of("dora"));
            assert_eq!(labels_of(&after, "dora"), want, "{id} {counted:?}: {:?}", left(&taken));
            let says = taken.notes.iter().any(|note| note.contains("count "));
            let usual = if id == "doccano" { Unit::Utf16 } else { Unit::CodePoints };
            assert_eq!(says, counted != usual, "{id} {counted:?} {:?}", taken.notes);
        }
    }
}

#[test]
fn a_project_made_of_spans_takes_several_labels_where_a_sentence_has_several() {
    let line = json!({"text": "He lit it, and he denied it. It rained.", "label": [[0, 9, "Fire\tand \u{202E}smoke"], [11, 27, "B"]]});
    let mut incoming = read("x.jsonl", line.to_string().as_bytes()).unwrap();
    let made = making::project(&mut incoming, ProjectId::new("p"), "p").unwrap();
    let (made, taken) = done(&made, &incoming, &of("dora"));
    assert_eq!(left(&taken), Vec::<String>::new());
    assert!(made.scheme().takes_several());
    let names: Vec<_> = made.scheme().labels.iter().map(|label| label.name.as_str()).collect();
    assert_eq!(names, ["B", "Fire and smoke"]);
    let article = made.articles().next().unwrap();
    let both = labels_of(&made, "dora");
    assert_eq!(
        both.into_iter().collect::<Vec<_>>(),
        [(format!("{} 0-28", article.id), "B|fire-and-smoke".to_owned())]
    );
}

#[test]
fn odd_parts_are_named_and_the_rest_comes() {
    let project = bare(&drawn());
    let check = |name: &str, text: &str, n_new: usize, want: &[&str]| {
        let incoming = read(name, text.as_bytes()).unwrap();
        let (_, taken) = done(&project, &incoming, &of("dora"));
        let said: Vec<_> =
            left(&taken).into_iter().map(|why| why.split('\0').next().unwrap().to_owned()).collect();
        assert_eq!(
            (taken.n_new, said),
            (n_new, want.iter().map(|&w| w.to_owned()).collect::<Vec<_>>()),
            "{text}"
        );
    };
    let doc = "It rained. No. No.";
    check(
        "a.jsonl",
        &format!(
            "{{\"text\": \"{doc}\", \"label\": [[0, 10, \"fact\"], [0, 999, \"fact\"], [-1, 4, \"fact\"], [9, 3, \"fact\"], [\"x\"]]}}\n{{\"label\": \"fact\"}}\nnonsense\n"
        ),
        1,
        &[
            "line 1: `[-1,4,\"fact\"]` is no span",
            "line 1: `[9,3,\"fact\"]` is no span",
            "line 1: `[\"x\"]` is no span",
            "line 1: no such place in the text: article `a18`",
            "line 2: neither a place nor the words of a sentence",
            "line 3: expected ident at column 2",
        ],
    );
    check(
        "a.csv",
        "doc,start,end,label\na18,0,10,fact\na18,0,99,fact\na18,x,9,fact\na18,9,9,fact\na18,1\na18,18446744073709551615,3,fact\n",
        1,
        &[
            "line 3: no such place in the text: article `a18`",
            "line 4: `x` is no place in a text",
            "line 5: a place that ends before it begins: 9-9",
            "line 6: 2 cells under 4 columns",
            "line 7: a place that ends before it begins: 18446744073709551615-3",
        ],
    );
    check(
        "b.jsonl",
        "{\"text\": \"Elsewhere it rained.\", \"label\": [[0, 9, \"fact\"]]}",
        0,
        &["line 1: an article is not in this project: 1 answers left out"],
    );
}

#[test]
fn what_is_no_dataset_is_refused_with_a_reason() {
    let check = |name: &str, bytes: &[u8], want: &str| {
        let files = [File { name: name.to_owned(), bytes: bytes.to_vec() }];
        let source = Source::of(&files, false);
        let reader = guess(name, &source).or_else(|| by_id("jsonl")).unwrap();
        let why = (reader.read)(&source).unwrap_err().to_string();
        assert!(why.starts_with(want) && why.contains("\0hint: "), "{why}");
    };
    check("a.csv", b"", "the file is empty");
    check("a.csv", b"a,b\n1,2\n", "the first line names no column for labels");
    check("a.csv", b"label,b\n1,2\n", "the first line names no column for the sentence");
    check("a.csv", b"text,label\n\"cut,2\n", "the table is cut off inside a cell that begins in line 2");
    check("a.jsonl", b" \n", "the file is empty");
    check("a.json", b"[{\"text\": \"x\"}, {", "this is no JSON, EOF while parsing an object");
    check("a.jsonl", b"nonsense\n", "no line of it can be read, the first one says: line 1: expected ident");
    check("a.json", "[".repeat(200_000).as_bytes(), "this is no JSON, EOF while parsing a list");
    let deep = format!("{}1{}\n", "{\"text\":".repeat(50_000), "}".repeat(50_000));
    check(
        "a.jsonl",
        deep.as_bytes(),
        "no line of it can be read, the first one says: line 1: recursion limit",
    );
}

/// A sentence with the gap after it, what anna and ben say of it, and whether anna is unsure.
type Thrown = (usize, usize, usize, usize, bool);

const SENTENCES: [&str; 10] = [
    "It rained.",
    "👍🏽 «لم يحدث شيء» قال.",
    "東京で雨が降った。",
    "E\u{301}l niega, \"todo\"; dice.",
    "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467} ran\thome.",
    "क्\u{200d}ष was never asked.",
    "'=SUM(1), or -1?",
    "| a # b ; c",
    "No.",
    "\\n is no line.",
];
const GAPS: [&str; 6] = [" ", "\n\n", "\r\n", "\r\n\r\n", "  ", "\u{3000}"];

/// One article of these sentences.
fn made_of(thrown: &[Thrown]) -> Project {
    let mut parts = Parts::new(ProjectId::new("p"), "p");
    parts.coders = ["anna", "ben"].map(|id| Coder::new(CoderId::new(id), id)).to_vec();
    let (mut text, mut rows) = (String::new(), vec![]);
    for (sentence, gap, ..) in thrown {
        let start = text.len();
        text.push_str(SENTENCES[*sentence]);
        text.push_str(GAPS[*gap]);
        rows.push((start..text.len(), None));
    }
    let sentences = tile(&text, &rows).unwrap();
    let spans: Vec<_> = sentences.iter().map(|sentence| sentence.span).collect();
    let id = ArticleId::new("a-1");
    parts.articles.push(Arc::new(Article::new(id.clone(), text.into(), sentences, "00".to_owned())));
    for (who, coder) in ["anna", "ben"].iter().enumerate() {
        let key = SheetKey { coder: CoderId::new(*coder), article: id.clone() };
        let mut sheet = Sheet::new(key, 1);
        for (span, (note, _, a, b, unsure)) in spans.iter().zip(thrown) {
            let labels: &[&str] =
                [&[][..], &[], &["allegation"], &["denial"], &["fact"]][if who == 0 { *a } else { *b }];
            let coding = Coding {
                answered: [a, b][who] > &0,
                labels: labels.iter().map(|id| LabelId::new(*id)).collect(),
                unsure: *unsure && who == 0,
                note: (*b == 3 && who == 0).then(|| SENTENCES[*note].into()),
                at: ([a, b][who] > &0).then_some(Stamp(1_767_225_700)),
                ..Coding::default()
            };
            if !coding.is_blank() {
                sheet.rows.push(Row { span: *span, coding });
            }
        }
        parts.sheets.push(Arc::new(sheet));
    }
    Project::assemble(parts).unwrap()
}

/// What a format promises to keep of labelled sentences: of all coders, or of anna.
fn kept(project: &Project, keeps: &[Thing], is_all: bool) -> BTreeMap<String, String> {
    let mut kept = BTreeMap::new();
    for sheet in project.sheets().filter(|sheet| is_all || sheet.key.coder.as_str() == "anna") {
        for row in sheet.rows.iter().filter(|row| !row.coding.labels.is_empty()) {
            let unsure = keeps.contains(&Thing::Unsure) && row.coding.unsure;
            // A note of brat is on one line.
            let note = row.coding.note.as_deref().filter(|_| keeps.contains(&Thing::Notes));
            let note = note.map(|note| note.split_whitespace().collect::<Vec<_>>().join(" "));
            let what = format!("{} {unsure} {note:?}", row.coding.labels_cell());
            kept.insert(format!("{} {} {}", sheet.key.article, row.span, sheet.key.coder), what);
        }
    }
    kept
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    /// Whatever a project holds comes back, also where the offsets count something else than they should.
    #[test]
    fn what_goes_out_comes_back(
        thrown in prop::collection::vec((0..10_usize, 0..6_usize, 0..5_usize, 0..5_usize, any::<bool>()), 1..12),
        unit in 0..4_usize,
    ) {
        let project = made_of(&thrown);
        let folder = hugging_face(&project).map(|incoming| ("hf", incoming, false));
        let tables = tables().map(|(id, times)| {
            (id, read(&format!("out.{id}"), &exported(&project, id)).unwrap(), times)
        });
        for (id, incoming, times) in tables.chain(folder) {
            let (after, taken) = done(&bare(&project), &incoming, &wish());
            prop_assert_eq!(said(&after, times), said(&project, times), "{} {:?}", id, left(&taken));
            prop_assert_eq!(done(&project, &incoming, &wish()).1.action, None);
        }
        // What our own writers make for other programs: what they keep is what comes back.
        for id in FOREIGN {
            // Whole articles leave unsure answers out, unless they are asked for.
            let files = written(&project, id, |what| what.unsure = UnsureAs::Column);
            let source = Source::of(&files, id == "brat");
            let Ok(incoming) = (by_id(id).unwrap().read)(&source) else { continue };
            let is_all = id.starts_with("labelstudio");
            let (after, taken) = done(&bare(&project), &incoming, &if is_all { wish() } else { of("anna") });
            let keeps = formats::by_id(id).unwrap().keeps;
            prop_assert_eq!(kept(&after, keeps, is_all), kept(&project, keeps, is_all), "{} {:?}", id, left(&taken));
        }
        // Where words come along, the unit is found; without them only what is said is right for certain.
        for id in FOREIGN {
            let usual = if id == "doccano" { Unit::Utf16 } else { Unit::CodePoints };
            // The same words twice may stand at a wrong place too.
            let words: BTreeSet<usize> = thrown.iter().map(|(sentence, ..)| *sentence).collect();
            let is_told = !["doccano", "prodigy-spans"].contains(&id) && words.len() == thrown.len();
            let counted = if is_told { Unit::ALL[unit] } else { usual };
            let (_, files) = foreign(&project, id, counted);
            let source = Source::of(&files, id == "brat");
            let Ok(incoming) = (by_id(id).unwrap().read)(&source) else { continue };
            let (after, taken) = done(&bare(&project), &incoming, &of("dora"));
            let want = labels_of(&project, "anna");
            prop_assert_eq!(labels_of(&after, "dora"), want, "{} {:?} {:?}", id, counted, left(&taken));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    /// Cut, doubled, overwritten: every reader takes any bytes, and what it gives can be placed.
    #[test]
    fn no_bytes_make_a_reader_fall(which in 0..12_usize, at in any::<prop::sample::Index>(), byte in any::<u8>(), how in 0..5_u8) {
        let project = drawn();
        let tables: Vec<_> = tables().map(|(id, _)| id).collect();
        let id = *tables.iter().chain(&FOREIGN).cycle().nth(which).unwrap();
        let mut files = if which < tables.len() {
            vec![File { name: format!("x.{id}"), bytes: exported(&project, id) }]
        } else {
            foreign(&project, id, Unit::Utf16).1
        };
        let n_files = files.len();
        // What is packed is also changed before it is packed.
        let mut parts = if id == "xlsx" && byte % 2 == 0 { unpacked(&files[0].bytes) } else { vec![] };
        let n_parts = parts.len();
        let bytes = match parts.get_mut(at.index(n_parts.max(1))) {
            Some((_, bytes)) => bytes,
            None => &mut files[at.index(n_files)].bytes,
        };
        let place = at.index(bytes.len().max(1)).min(bytes.len().saturating_sub(1));
        match how {
            0 => bytes.truncate(place),
            1 => bytes.insert(place, byte),
            2 => bytes[place] = byte,
            3 => drop(bytes.remove(place)),
            _ => {
                let tail = bytes[place..].to_vec();
                bytes.splice(place..place, tail);
            }
        }
        if n_parts > 0 {
            let parts: Vec<_> = parts.iter().map(|(name, bytes)| (name.as_str(), &**bytes)).collect();
            files[0].bytes = packed(&parts);
        }
        let source = Source::of(&files, id == "brat");
        for reader in &READERS {
            let Ok(mut incoming) = (reader.read)(&source) else { continue };
            if let Ok(taken) = take(&project, &incoming, &of("dora")) {
                let mut after = project.clone();
                taken.action.map(|action| after.apply(action).unwrap());
            }
            if let Ok(made) = making::project(&mut incoming, ProjectId::new("p"), "p")
                && let Ok(taken) = take(&made, &incoming, &of("dora"))
            {
                let mut after = made.clone();
                taken.action.map(|action| after.apply(action).unwrap());
            }
        }
    }
}
