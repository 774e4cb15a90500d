//! Tables with an article a row: what goes into one comes back row by row, in every format, and what is odd is named.

use crate::documents::{packed, read};
use allegata::formats::articles::found::{Asked, Column, Doubt, Found};
use allegata::formats::{self, Reads};
use proptest::prelude::*;
use std::fmt::Write as _;

pub const KINDS: [&str; 6] = ["csv", "tsv", "xlsx", "ods", "jsonl", "json"];

/// A table in a format, without the archive that it may be in: its rows are cells, the first row the names.
pub fn parts(id: &str, rows: &[Vec<String>]) -> Vec<(String, Vec<u8>)> {
    let part = |name: &str, text: String| vec![(name.to_owned(), text.into_bytes())];
    let xml = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    match id {
        "csv" | "tsv" => {
            let between = if id == "csv" { "," } else { "\t" };
            let cell = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
            let row = |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join(between) + "\r\n";
            part("", rows.iter().map(row).collect())
        }
        "xlsx" => {
            let mut sheet = String::from("<worksheet><sheetData>");
            for (n, row) in (1..).zip(rows) {
                write!(sheet, "<row r=\"{n}\">").unwrap();
                for (letter, cell) in ('A'..).zip(row) {
                    let words = xml(cell);
                    write!(sheet, "<c r=\"{letter}{n}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{words}</t></is></c>").unwrap();
                }
                sheet.push_str("</row>");
            }
            sheet.push_str("</sheetData></worksheet>");
            let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
            let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
            let relations = "http://schemas.openxmlformats.org/package/2006/relationships";
            let sheet = sheet.replacen("<worksheet>", &format!("<worksheet xmlns=\"{main}\">"), 1);
            [
                ("xl/worksheets/sheet1.xml", sheet),
                (
                    "xl/workbook.xml",
                    format!("<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"),
                ),
                (
                    "xl/_rels/workbook.xml.rels",
                    format!("<Relationships xmlns=\"{relations}\"><Relationship Id=\"rId1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
                ),
                (
                    "_rels/.rels",
                    format!("<Relationships xmlns=\"{relations}\"><Relationship Id=\"rId1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
                ),
            ]
            .into_iter()
            .flat_map(|(name, text)| part(name, text))
            .collect()
        }
        "ods" => {
            let paragraph = |line: &str| format!("<text:p>{}</text:p>", xml(line));
            let cell = |cell: &String| {
                let paragraphs: String = cell.split('\n').map(paragraph).collect();
                format!("<table:table-cell>{paragraphs}</table:table-cell>")
            };
            let row = |row: &Vec<String>| {
                format!("<table:table-row>{}</table:table-row>", row.iter().map(cell).collect::<String>())
            };
            let rows: String = rows.iter().map(row).collect();
            let table = format!("<table:table table:name=\"A\">{rows}</table:table>");
            part(
                "content.xml",
                format!("<o:d><o:b><office:spreadsheet>{table}</office:spreadsheet></o:b></o:d>"),
            )
        }
        "jsonl" | "json" => {
            let (names, rows) = rows.split_first().unwrap();
            let object = |row: &Vec<String>| {
                let fields =
                    names.iter().zip(row).map(|(name, cell)| format!("{}: {}", json(name), json(cell)));
                format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
            };
            let objects: Vec<String> = rows.iter().map(object).collect();
            let text =
                if id == "json" { format!("[{}]", objects.join(",\n")) } else { objects.join("\n") + "\n" };
            part("", text)
        }
        other => panic!("{other}"),
    }
}

fn json(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

fn whole(id: &str, rows: &[Vec<String>]) -> Vec<u8> {
    let parts = parts(id, rows);
    if parts[0].0.is_empty() { parts[0].1.clone() } else { packed(&parts, true) }
}

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

#[test]
fn five_hundred_rows_are_five_hundred_articles() {
    for id in KINDS {
        for n in [1, 10, 500] {
            let article = |k: usize| {
                row(&[
                    &format!("Depot {k} burnt"),
                    "Lynd Echo",
                    &format!("{}. M\u{e4}rz 2006", k % 28 + 1),
                    "Deutsch",
                    &format!(
                        "The depot number {k} burnt at night.\n\n\u{201c}Nobody knows why,\u{201d} a man said."
                    ),
                ])
            };
            let rows: Vec<_> = std::iter::once(row(&["Titel", "Zeitung", "Datum", "Sprache", "Text"]))
                .chain((1..=n).map(article))
                .collect();
            let Found { articles, left, warnings, columns, .. } = read(id, &whole(id, &rows)).unwrap();
            assert_eq!((articles.len(), left, warnings), (n, vec![], vec![]), "{id}");
            assert_eq!(columns.first(), Some(&(Column::Text, "Text".to_owned())), "{id}");
            for (k, article) in (1..).zip(&articles) {
                let meta = &article.meta;
                assert_eq!(meta.title, Some(format!("Depot {k} burnt")), "{id}");
                assert_eq!(meta.published, Some(format!("2006-03-{:02}", k % 28 + 1)), "{id}");
                assert_eq!(meta.outlet.as_deref(), Some("Lynd Echo"));
                assert!(
                    article
                        .text
                        .starts_with(&format!("Depot {k} burnt\n\nThe depot number {k} burnt at night.\n"))
                );
                let place = match id {
                    "json" => format!("{k}"),
                    "jsonl" if n == 1 => String::new(),
                    "jsonl" => format!("line {k}"),
                    _ => format!("row {}", k + 1),
                };
                assert_eq!(article.place, place);
            }
        }
    }
}

#[test]
fn what_is_odd_is_named() {
    let found = |text: &str| read("csv", text.as_bytes()).unwrap();
    let rows = found("title;text\nA;It burnt.\nB;\nC;It burnt.;twice\n\nD;\"It burnt\n");
    let places: Vec<_> = rows.articles.iter().map(|article| article.place.as_str()).collect();
    assert_eq!(places, ["row 2", "row 4"]);
    assert_eq!(rows.articles[1].doubts, [Doubt::Other("3 cells under 2 columns".to_owned())]);
    let left: Vec<_> = rows.left.iter().map(|left| (left.title.as_str(), left.why.as_str())).collect();
    assert_eq!(left, [("B", "no text in it"), ("D", "the table is cut off in the middle of it")]);
    assert!(rows.warnings[0].0.starts_with("1 row has more or fewer than 2 cells"), "{:?}", rows.warnings);
    // Whatever stands between, and in whatever encoding.
    for between in [",", ";", "\t", "|"] {
        let text = format!(
            "date{between}text{between}title\n14/03/2006{between}\"It burnt, and; it\t| burnt\"{between}A\n"
        );
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xff\xfe".to_vec(), utf16].concat(),
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        ] {
            let found = read("tsv", &bytes).unwrap();
            assert_eq!(found.articles[0].meta.published.as_deref(), Some("2006-03-14"), "{between}");
            assert_eq!(found.left, []);
        }
    }
    let cloud = "id,indexed_date,language,media_name,media_url,publish_date,title,url\n1,2,en,Echo,echo.example,2006-03-14,A,u\n";
    let why = read("csv", cloud.as_bytes()).unwrap_err().to_string();
    assert!(
        why.contains("no column with the text")
            && why.contains("`media_name`")
            && why.contains("--map text="),
        "{why}"
    );
    let ours = "article_id,sentence_id,text,labels\na,0-3,x,y\n";
    assert!(read("csv", ours.as_bytes()).unwrap_err().to_string().contains("allegata import"));
}

#[test]
fn columns_that_are_said_go_first() {
    let Reads::Articles(reader) = formats::by_id("csv").unwrap().reads else { panic!() };
    let columns = [(Column::Text, "summary".to_owned())];
    let asked = Asked { columns: &columns, ..Asked::default() };
    let found = reader(b"text,summary\nlong,It burnt.\n", asked).unwrap();
    assert_eq!(found.articles[0].text, "It burnt.");
    let why = reader(b"text,body\nlong,It burnt.\n", asked).unwrap_err().to_string();
    assert!(why.contains("no column `summary`, it has `text`, `body`"), "{why}");
}

#[test]
fn html_in_a_cell_becomes_paragraphs() {
    let found =
        read("csv", b"title,text\nFire,\"<p>It <b>burnt</b>.</p><p>Tom &amp; Ann left.</p>\"\n").unwrap();
    assert_eq!(found.articles[0].text, "Fire\n\nIt burnt.\n\nTom & Ann left.");
}

#[test]
fn bombs_are_refused() {
    let zeros = vec![b' '; 65 << 20];
    for (id, name) in [("xlsx", "xl/sharedStrings.xml"), ("ods", "content.xml")] {
        let why = read(id, &packed(&[(name.to_owned(), zeros.clone())], true)).unwrap_err().to_string();
        assert!(why.contains("more than"), "{id}: {why}");
    }
    let n = 300_000;
    for text in [
        "\"".repeat(n),
        "a,".repeat(n),
        "text\n".repeat(20),
        "<".repeat(n),
        "text\n<p></p><p".to_owned() + &"<!--a<".repeat(n / 10),
    ] {
        drop(read("csv", text.as_bytes()));
    }
    for text in ["[".repeat(n), "{\"text\":".repeat(n), "{\"a\":1}\n".repeat(n / 30), "[{},".repeat(n)] {
        drop(read("json", text.as_bytes()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn rows_come_back_as_they_were(
        rows in proptest::collection::vec(("[A-Z][a-z\u{e9}&<;,|]{2,20}", "[A-Z][a-z ,;|\"'&<]{0,40}[a-z]\\."), 1..6),
    ) {
        let cells = rows.iter().map(|(title, text)| row(&[title, text, "x"]));
        let all: Vec<_> = std::iter::once(row(&["headline", "body", "other"])).chain(cells).collect();
        for id in KINDS {
            let found = read(id, &whole(id, &all)).unwrap();
            prop_assert_eq!(found.left, vec![], "{}", id);
            let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let got: Vec<_> = found.articles.iter().map(|article| squeezed(&article.text)).collect();
            let want: Vec<_> = rows.iter().map(|(title, text)| squeezed(&format!("{title} {text}"))).collect();
            prop_assert_eq!(got, want, "{}", id);
        }
    }
}
