//! Documents of office programs: what goes into one by a writer of the test's own comes back paragraph for paragraph.

use allegata::formats::articles::found::{Asked, Found};
use allegata::formats::reading::ReadError;
use allegata::formats::{self, Reads};
use proptest::prelude::*;
use std::io::{Cursor, Write as _};
use zip::CompressionMethod::{Deflated, Stored};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub const KINDS: [&str; 4] = ["docx", "odt", "rtf", "epub"];

pub fn read(id: &str, bytes: &[u8]) -> Result<Found, ReadError> {
    match formats::by_id(id).unwrap().reads {
        Reads::Articles(read) => read(bytes, Asked::default()),
        _ => panic!("{id} gives no articles"),
    }
}

/// An archive with these files.
pub fn packed(parts: &[(String, Vec<u8>)], is_packed: bool) -> Vec<u8> {
    let method = if is_packed { Deflated } else { Stored };
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The parts of a document with a heading and paragraphs, each of lines; of RTF there is one, which is in no archive.
pub fn parts(id: &str, heading: &str, paragraphs: &[Vec<String>]) -> Vec<(String, Vec<u8>)> {
    let part = |name: &str, text: String| (name.to_owned(), text.into_bytes());
    let body = |begin: &str, line: &dyn Fn(&str) -> String, between: &str, end: &str| -> String {
        let one = |lines: &Vec<String>| {
            let lines: Vec<String> = lines.iter().map(|text| line(text)).collect();
            format!("{begin}{}{end}", lines.join(between))
        };
        paragraphs.iter().map(one).collect()
    };
    match id {
        "docx" => {
            let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text));
            let styles = "<w:styles><w:style w:styleId=\"h\"><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr></w:style></w:styles>";
            let head = format!("<w:p><w:pPr><w:pStyle w:val=\"h\"/></w:pPr>{}</w:p>", run(heading));
            let body = body("<w:p>", &run, "<w:r><w:br/></w:r>", "</w:p>");
            vec![
                part("word/styles.xml", styles.to_owned()),
                part("word/document.xml", format!("<w:document><w:body>{head}{body}</w:body></w:document>")),
                part("docProps/core.xml", "<c><dc:language>en</dc:language></c>".to_owned()),
            ]
        }
        "odt" => {
            let body = body("<text:p>", &escaped, "<text:line-break/>", "</text:p>");
            let head = format!("<text:h text:outline-level=\"1\">{}</text:h>", escaped(heading));
            vec![
                part(
                    "content.xml",
                    format!("<o:d><o:body><office:text>{head}{body}</office:text></o:body></o:d>"),
                ),
                part("meta.xml", "<m><dc:language>en</dc:language></m>".to_owned()),
            ]
        }
        "rtf" => {
            let line = |text: &str| {
                let sign = |unit: u16| match char::from_u32(u32::from(unit)) {
                    Some(c @ ('\\' | '{' | '}')) => format!("\\{c}"),
                    Some(c) if c.is_ascii() => c.to_string(),
                    _ => format!("\\u{}?", i32::from(unit.cast_signed())),
                };
                text.encode_utf16().map(sign).collect::<String>()
            };
            let body = body("\\pard ", &line, "\\line ", "\\par\n");
            let head = format!("\\pard\\outlinelevel0 {}\\par\n", line(heading));
            vec![part("", format!("{{\\rtf1\\ansi\\ansicpg1252\\uc1 {head}{body}}}"))]
        }
        "epub" => {
            let container = "<c><rootfile full-path=\"a/p.opf\"/></c>";
            let package = "<p><metadata><dc:language>en</dc:language></metadata><manifest><item id=\"x\" href=\"t/x.xhtml\" \
                           media-type=\"application/xhtml+xml\"/></manifest><spine><itemref idref=\"x\"/></spine></p>";
            let body = body("<p>", &escaped, "<br/>", "</p>");
            let page = format!("<html><body><h1>{}</h1>{body}</body></html>", escaped(heading));
            vec![
                part("META-INF/container.xml", container.to_owned()),
                part("a/p.opf", package.to_owned()),
                part("a/t/x.xhtml", page),
            ]
        }
        other => panic!("{other}"),
    }
}

/// The document that they make.
pub fn whole(parts: &[(String, Vec<u8>)], is_packed: bool) -> Vec<u8> {
    match parts {
        [(name, bytes)] if name.is_empty() => bytes.clone(),
        parts => packed(parts, is_packed),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn paragraphs_come_back_as_they_were(
        heading in "[A-Z][a-z\u{e9}\u{4e2d}\u{1f525}&<\\\\{}]{2,20}",
        paragraphs in proptest::collection::vec(
            proptest::collection::vec("[A-Z\u{e4}][a-z \u{301}\u{627}\u{5d0}\u{1f44d}\u{1f3fd}&<>\"'\\\\{};]{0,40}[a-z]\\.", 1..3), 1..5),
    ) {
        let want = std::iter::once(heading.clone()).chain(paragraphs.iter().map(|lines| lines.join("\n")));
        let want = want.collect::<Vec<_>>().join("\n\n");
        for id in KINDS {
            let bytes = whole(&parts(id, &heading, &paragraphs), true);
            let Found { articles, warnings, .. } = read(id, &bytes).unwrap();
            prop_assert_eq!(&warnings, &[], "{}", id);
            prop_assert_eq!(articles.len(), 1);
            // Blanks and tabs in a row are the same everywhere but in HTML.
            let squeezed = |text: &str| text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
            prop_assert_eq!(squeezed(&articles[0].text), squeezed(&want), "{}", id);
            prop_assert_eq!(articles[0].meta.title.as_deref(), Some(heading.as_str()), "{}", id);
        }
    }
}

#[test]
fn what_is_no_such_document_is_refused_in_words() {
    for id in KINDS {
        for (bytes, want) in [
            (&b""[..], "the file is empty"),
            (b"The mayor took money.", "that cannot be read"),
            (b"PK\x03\x04 and no more", "that cannot be read"),
        ] {
            let why = read(id, bytes).unwrap_err().to_string();
            assert!(why.contains(want) && why.contains("\0hint: "), "{id}: {why}");
        }
    }
    // Word before 2007.
    let old = formats::guess("a.doc", b"").unwrap();
    assert_eq!(old.id, "txt");
    assert_eq!(read("txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").unwrap_err(), ReadError::OldOffice);
}

#[test]
fn bombs_are_refused_and_deep_documents_are_read() {
    let zeros = vec![b' '; 65 << 20];
    for (id, name) in
        [("docx", "word/document.xml"), ("odt", "content.xml"), ("epub", "META-INF/container.xml")]
    {
        let why = read(id, &packed(&[(name.to_owned(), zeros.clone())], true)).unwrap_err().to_string();
        assert!(why.contains("more than 64 MiB"), "{id}: {why}");
    }
    let many: Vec<_> = (0..10_001).map(|n| (n.to_string(), vec![])).collect();
    let why = read("docx", &packed(&many, true)).unwrap_err().to_string();
    assert!(why.contains("the limit is 10000"), "{why}");
    let n = 100_000;
    let deep = |open: &str, close: &str, text: &str| open.repeat(n) + text + &close.repeat(n);
    let page = |id: &str, deep: String| {
        let mut parts = parts(id, "Head", &[]);
        let (name, _) = parts
            .iter()
            .find(|(name, _)| {
                name.ends_with("document.xml") || name.ends_with("content.xml") || name.ends_with("x.xhtml")
            })
            .unwrap()
            .clone();
        parts.iter_mut().find(|(other, _)| *other == name).unwrap().1 = deep.into_bytes();
        read(id, &packed(&parts, true)).unwrap().articles[0].text.clone()
    };
    let words = "<w:r><w:t>Words at the bottom.</w:t></w:r>";
    assert_eq!(page("docx", deep("<w:p>", "</w:p>", words)), "Words at the bottom.");
    assert_eq!(
        page(
            "odt",
            format!("<office:text>{}</office:text>", deep("<text:p>", "</text:p>", "Words at the bottom."))
        ),
        "Words at the bottom."
    );
    assert_eq!(page("epub", deep("<div>", "</div>", "Words at the bottom.")), "Words at the bottom.");
    assert_eq!(
        read("rtf", (String::from("{\\rtf1 ") + &deep("{", "}", "Words at the bottom.") + "}").as_bytes())
            .unwrap()
            .articles[0]
            .text,
        "Words at the bottom."
    );
}
