//! The case files of the room `formats`: adding a case there needs no Rust.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "articles_in/archives.rs"]
mod archives;
#[path = "articles_in/databases.rs"]
mod databases;
#[path = "articles_in/documents.rs"]
mod documents;
#[path = "articles_in/exports.rs"]
mod exports;
#[path = "articles_in/mails.rs"]
mod mails;
#[path = "support/mutate.rs"]
mod mutate;
#[path = "articles_in/mutated.rs"]
mod mutated;
#[path = "articles_in/pages.rs"]
mod pages;
#[cfg(feature = "pdf")]
#[path = "articles_in/pdf.rs"]
mod pdf;
#[cfg(feature = "pdf")]
#[path = "articles_in/pdf_writer.rs"]
mod pdf_writer;
#[path = "articles_in/tables.rs"]
mod tables;

use allegata::formats::articles::found::{Asked, Found};
use allegata::formats::articles::markdown::read_markdown;
use allegata::formats::articles::plain::read_plain;
use allegata::formats::articles::split_again;
use allegata::formats::reading::{ReadError, Warning};
use allegata::formats::{self, ReadArticles, Reads};
use allegata::text::message::plain;
use allegata::text::rules::Settings;

#[test]
fn plain_articles() {
    check_cases(include_str!("cases/formats/plain.txt"), read_plain);
}

#[test]
fn markdown_articles() {
    check_cases(include_str!("cases/formats/markdown.txt"), read_markdown);
}

#[test]
fn saved_pages() {
    check_cases(include_str!("cases/formats/html.txt"), |bytes, asked| reader("html")(bytes, asked));
}

fn reader(id: &str) -> ReadArticles {
    match formats::by_id(id).unwrap().reads {
        Reads::Articles(read) => read,
        _ => panic!("{id} gives no articles"),
    }
}

/// Runs the cases of one file; its head says how a case is written.
fn check_cases(file: &str, read: ReadArticles) {
    let mut wrong = Vec::new();
    let cases: Vec<&str> = file.split("\n=== ").skip(1).collect();
    for case in &cases {
        let (name, body) = case.split_once('\n').unwrap();
        let (input, want) = body.split_once("==>\n").unwrap_or_else(|| panic!("`{name}` has no line `==>`"));
        let got = shown(read(&bytes_of(input), Asked::default()));
        let (got, want) = (got.trim(), want.trim());
        if got != want {
            wrong.push(format!("=== {name}\n--- want\n{want}\n--- got\n{got}\n"));
        }
    }
    assert!(cases.len() >= 10, "{} cases", cases.len());
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// The input of a case as bytes: `\r`, `\t`, `\s` (a space at the end of a line) and `\x93` are read.
fn bytes_of(input: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut parts = input.split('\\');
    bytes.extend_from_slice(parts.next().unwrap_or("").as_bytes());
    for part in parts {
        let (byte, len) = match part.chars().next() {
            Some('r') => (b'\r', 1),
            Some('t') => (b'\t', 1),
            Some('s') => (b' ', 1),
            Some('x') => (u8::from_str_radix(part.get(1..3).unwrap(), 16).unwrap(), 3),
            _ => (b'\\', 0),
        };
        bytes.push(byte);
        bytes.extend_from_slice(part.get(len..).unwrap().as_bytes());
    }
    bytes
}

/// What a reader gave, as the case files write it.
fn shown(read: Result<Found, ReadError>) -> String {
    let Found { articles, warnings, .. } = match read {
        Ok(read) => read,
        Err(error) => return format!("@error {}", plain(&error.to_string())),
    };
    let mut lines = Vec::new();
    for article in articles {
        if article.encoding != "UTF-8" {
            lines.push(format!("@encoding {}", article.encoding));
        }
        let meta = &article.meta;
        for (name, value) in [
            ("title", &meta.title),
            ("subtitle", &meta.subtitle),
            ("byline", &meta.byline),
            ("outlet", &meta.outlet),
            ("published", &meta.published),
            ("published_as", &meta.published_as),
            ("url", &meta.url),
            ("lang", &meta.lang),
        ] {
            lines.extend(value.as_ref().map(|value| format!("@{name} {value}")));
        }
        lines.extend(article.doubts.iter().map(|doubt| format!("@doubt {doubt:?}")));
        lines.extend(warnings.iter().map(|Warning(warning)| format!("@warning {warning}")));
        let mut at = 0;
        for sentence in &article.sentences {
            assert_eq!(sentence.bytes.start, at, "the sentences tile the text");
            at = sentence.bytes.end;
            let row = article.text.get(sentence.bytes.clone()).unwrap();
            let words = row.trim_end();
            let mark = match row.get(words.len()..).unwrap() {
                "\n\n" => "\n",
                "\n" => " ⏎",
                " " | "" => "",
                other => panic!("white space {other:?} after `{words}`"),
            };
            lines.push(format!("{:<9}{words}{mark}", sentence.kind.unwrap_or("-")));
        }
        assert_eq!(at, article.text.len(), "the sentences tile the text");
        let taken = article.into_article().unwrap();
        let again = split_again(&taken, Settings::default()).unwrap();
        assert_eq!(again, taken.sentences(), "what has just come in is split again as it is");
    }
    lines.join("\n")
}
