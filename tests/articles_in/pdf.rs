//! PDFs that the test's own writer made: what comes back of them, and what is said of those that have no text or would do harm.

use crate::documents::read;
use crate::mutated::{Part, Sample};
use crate::pdf_writer::{column, content, file, objects, packed, pdf, put, stream};
use allegata::formats::articles::found::{Doubt, Found};
use std::time::{Duration, Instant};

const FIRST: &str = "The depot at the harbour of Lynd burnt to the ground on Sunday night, two people who had seen it from the \
    other side of the river said. Nobody was hurt, but the firm that owns it has lost most of what it had in store for the winter.";
const SECOND: &str = "\u{201c}We know nothing of the cause,\u{201d} the caf\u{e9} owner Ines Varga said; she had called the fire brigade at \
    half past eleven. It took the men four hours to put out the fire, and two of the neighbouring houses had to be left for the night.";
const THIRD: &str = "The mayor said that the council would meet on Tuesday. He had asked for a report on the state of all depots at the \
    harbour two years ago, he said, and never seen it.";

fn said(found: &Found) -> Vec<&str> {
    found.warnings.iter().map(|warning| warning.0.as_str()).collect()
}

#[test]
fn paragraphs_and_the_title_come_back() {
    let (mut page, _) = column(60.0, 700.0, 90, &[FIRST, SECOND, THIRD]);
    page.insert(0, put(60.0, 750.0, 22.0, "Depot burnt down in Lynd"));
    let found = read("pdf", &pdf(&[page])).unwrap();
    let article = &found.articles[0];
    assert_eq!(article.text, ["Depot burnt down in Lynd", FIRST, SECOND, THIRD].join("\n\n"));
    assert_eq!(article.meta.title.as_deref(), Some("Depot burnt down in Lynd"));
    assert_eq!(article.sentences[0].kind, Some("headline"));
    assert_eq!((said(&found), &article.doubts), (vec![], &vec![]));
}

#[test]
fn heads_feet_and_page_numbers_are_left_out_and_counted() {
    let page = |n: usize, paragraph: &str| {
        let (mut page, _) = column(60.0, 740.0, 90, &[paragraph]);
        page.push(put(60.0, 800.0, 9.0, "Lynd Echo"));
        page.push(put(450.0, 800.0, 9.0, "12 May 2024"));
        page.push(put(60.0, 60.0, 9.0, &format!("Seite {n} von 3")));
        page
    };
    let found = read("pdf", &pdf(&[page(1, FIRST), page(2, SECOND), page(3, THIRD)])).unwrap();
    assert_eq!(found.articles[0].text, [FIRST, SECOND, THIRD].join("\n\n"));
    let said = said(&found).join("; ");
    assert!(said.contains("Lynd Echo") && said.contains("3 page numbers are left out"), "{said}");
    // On a single page it is known by its words.
    let found = read("pdf", &pdf(&[page(1, FIRST)[..].to_vec()])).unwrap();
    assert!(!found.articles[0].text.contains("Seite"), "{}", found.articles[0].text);
}

#[test]
fn a_foot_that_came_too_near_is_cut_off() {
    let page = |n: usize, paragraph: &str| {
        let (mut page, y) = column(60.0, 740.0, 90, &[paragraph]);
        page.push(put(60.0, y + 12.0, 10.0, &format!("Lynd Echo, page {n} of 2")));
        page
    };
    let found = read("pdf", &pdf(&[page(1, FIRST), page(2, SECOND)])).unwrap();
    assert_eq!(found.articles[0].text, [FIRST, SECOND].join("\n\n"));
    assert_eq!(found.warnings.len(), 1, "{found:?}");
}

#[test]
fn columns_are_read_one_after_the_other_and_parted_words_become_whole() {
    let (left, _) = column(50.0, 740.0, 44, &[FIRST, "She saw the men of the har-"]);
    let (right, _) =
        column(310.0, 740.0, 44, &["bour run for their lives, and called for help.", SECOND, THIRD]);
    let found = read("pdf", &pdf(&[[left, right].concat()])).unwrap();
    let joined = "She saw the men of the harbour run for their lives, and called for help.";
    assert_eq!(found.articles[0].text, [FIRST, joined, SECOND, THIRD].join("\n\n"));
}

#[test]
fn a_paragraph_without_an_end_is_said_to_be_uncertain() {
    let long = [FIRST, SECOND, THIRD].join(" ").repeat(4);
    let (page, _) = column(60.0, 780.0, 90, &[&long]);
    let found = read("pdf", &pdf(&[page])).unwrap();
    let [Doubt::Other(doubt)] = found.articles[0].doubts.as_slice() else { panic!("{found:?}") };
    assert_eq!(doubt, "paragraphs uncertain: 1 paragraph has more than 250 words");
}

/// Objects of a page that is a picture, with texts that are drawn in a mode.
fn scan(texts: &str) -> Vec<Vec<u8>> {
    let mut objects = objects(&[format!("q 595 0 0 842 0 0 cm /I Do Q\n3 Tr\n{texts}")]);
    let page = String::from_utf8(objects[3].clone()).unwrap();
    objects[3] = page.replace("/Font", "/XObject << /I 6 0 R >> /Font").into_bytes();
    let picture =
        "/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8";
    objects.push(packed(picture, &[200; 64]));
    objects
}

#[test]
fn a_scan_is_said_to_be_one() {
    let why = read("pdf", &file(&scan(""), "")).unwrap_err().to_string();
    assert!(why.starts_with("this is a scan: its 1 page is a picture without text\0hint: "), "{why}");
    // What a program recognised in it is read, and said to be that.
    let (page, _) = column(60.0, 740.0, 90, &[FIRST]);
    let found = read("pdf", &file(&scan(&content(&page)), "")).unwrap();
    assert_eq!(found.articles[0].text, FIRST);
    assert!(said(&found)[0].contains("(OCR)"), "{found:?}");
    assert_eq!(found.articles[0].doubts.len(), 1);
}

#[test]
fn what_a_program_noted_is_the_title_where_there_is_no_heading() {
    let (page, _) = column(60.0, 740.0, 90, &[FIRST, SECOND]);
    let title = |noted: &str| {
        let mut objects = objects(&[content(&page)]);
        objects.push(format!("<< /Title ({noted}) /CreationDate (D:20240506) >>").into_bytes());
        let found = read("pdf", &file(&objects, "/Info 6 0 R")).unwrap();
        let meta = found.articles[0].meta.clone();
        assert_eq!(meta.published, None);
        meta.title
    };
    assert_eq!(title("Depot burnt down").as_deref(), Some("Depot burnt down"));
    assert_eq!(title("Microsoft Word - depot.doc"), None);
}

/// Reads a file that means harm, on a stack as jobs have it.
fn harmless(name: &str, bytes: Vec<u8>) -> String {
    let begun = Instant::now();
    let reading = std::thread::Builder::new().stack_size(2 << 20).spawn(move || match read("pdf", &bytes) {
        Ok(found) => format!("{} articles", found.articles.len()),
        Err(error) => error.to_string(),
    });
    let said = reading.unwrap().join().unwrap();
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(10), "{name}: {took:?}");
    said
}

#[test]
fn what_is_no_pdf_or_is_locked_is_refused_in_words() {
    for (bytes, want) in [
        (&b""[..], "the file is empty"),
        (b"The mayor took money.", "this is a PDF that cannot be read, it does not begin as one"),
        (b"%PDF-1.7 and no more", "this is a PDF that cannot be read"),
    ] {
        let why = read("pdf", bytes).unwrap_err().to_string();
        assert!(why.contains(want) && why.contains("\0hint: "), "{why}");
    }
    let (page, _) = column(60.0, 740.0, 90, &[FIRST]);
    let mut objects = objects(&[content(&page)]);
    let key = "41".repeat(32);
    objects.push(
        format!("<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{key}> /U <{key}> >>").into_bytes(),
    );
    let why = read("pdf", &file(&objects, "/Encrypt 6 0 R /ID [<00> <00>]")).unwrap_err().to_string();
    assert!(why.contains("it has a password"), "{why}");
}

#[test]
fn files_that_mean_harm_are_refused_or_read() {
    let (page, _) = column(60.0, 740.0, 90, &[FIRST]);
    let good = objects(&[content(&page)]);
    let with = |more: &[Vec<u8>]| file(&[good.clone(), more.to_vec()].concat(), "");
    let n = 100_000;
    for (open, close) in [("[", "]"), ("<< /A ", ">>"), ("1 0 obj ", "")] {
        let deep = (open.repeat(n) + &close.repeat(n)).into_bytes();
        let said = harmless(open, with(std::slice::from_ref(&deep)));
        assert!(said.contains("deep"), "{said}");
        // Packed in a stream of objects, and in what a page draws.
        let said = harmless(
            "packed",
            with(&[packed("/Type /ObjStm /N 1 /First 4", &[b"9 0 ", deep.as_slice()].concat())]),
        );
        assert!(said.contains("deep"), "{said}");
    }
    // A page that is its own parent, one that is in itself, a table of contents that goes in circles.
    let mut loops = good.clone();
    loops[1] = b"<< /Type /Pages /Kids [2 0 R 4 0 R 2 0 R] /Count 3 /Parent 2 0 R >>".to_vec();
    assert_eq!(harmless("loop of pages", file(&loops, "")), "1 articles");
    let mut loops = good.clone();
    loops[0] = b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>".to_vec();
    loops.push(b"<< /First 7 0 R /Last 7 0 R /Count 1 >>".to_vec());
    loops.push(b"<< /Title (A) /Next 7 0 R /First 6 0 R >>".to_vec());
    assert_eq!(harmless("loop of contents", file(&loops, "")), "1 articles");
    // A long one that does not.
    let mut long = good.clone();
    long[0] = b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>".to_vec();
    long.push(b"<< /First 7 0 R /Last 7 0 R /Count 1 >>".to_vec());
    for n_entries in [900, 20_000] {
        for entry in long.len() + 1..long.len() + n_entries {
            long.push(format!("<< /Title (A) /Next {} 0 R >>", entry + 1).into_bytes());
        }
        assert_eq!(harmless("long contents", file(&long, "")), "1 articles");
    }
    let mut drawn = good.clone();
    drawn[4] = packed("", "[".repeat(n).as_bytes());
    assert!(harmless("nested in a page", file(&drawn, "")).contains("deep"));
    let zeros = vec![b' '; 65 << 20];
    drawn[4] = packed("", &zeros);
    assert!(harmless("a bomb", file(&drawn, "")).contains("more than 64 MiB"));
    // Numbers that are too large for anything.
    for count in ["-1", "99999999999999999999", "4294967296"] {
        let mut huge = good.clone();
        huge[1] = format!("<< /Type /Pages /Kids [4 0 R] /Count {count} >>").into_bytes();
        huge.push(stream(&format!("/Type /ObjStm /N {count} /First {count}"), b"1 0 "));
        huge.push(stream(&format!("/Type /XRef /W [{count} {count} 1] /Size {count}"), b"1 0 "));
        harmless(count, file(&huge, ""));
    }
    let whole = file(&good, "");
    for end in (0..whole.len()).step_by(whole.len() / 50) {
        let mut cut = whole.clone();
        cut.truncate(end);
        drop(read("pdf", &cut));
    }
}

/// Two pages with text, a form, a picture, lines of a table and contents, for others to change.
pub fn sample() -> Sample {
    let drawn = [
        "BT /F1 20 Tf 60 750 Td (D\\351p\\364t burnt) Tj ET\nq 1 0 0 1 0 0 cm /X Do Q BT /F1 10 Tf 60 700 Td [(It b) -20 (urnt, two)] TJ 0 -12 Td (people said.) Tj ET",
        "q 60 600 m 300 600 l S 60 500 m 300 500 l S 60 600 m 60 500 l S 300 600 m 300 500 l S Q BI /W 2 /H 2 /CS /G /BPC 8 ID abcd EI \
         BT /F2 10 Tf 60 700 Td <00010002> Tj 3 Tr (unseen) ' ET",
    ];
    let mut objects = objects(&drawn.map(str::to_owned));
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R /Outlines 8 0 R /Lang (en) >>".to_vec();
    for page in [3, 5] {
        let text = String::from_utf8(objects[page].clone()).unwrap();
        objects[page] =
            text.replace("/F1 3 0 R >>", "/F1 3 0 R /F2 10 0 R >> /XObject << /X 9 0 R >>").into_bytes();
    }
    let map = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange \
               2 beginbfchar <0001> <0041> <0002> <00e9> endbfchar endcmap end";
    objects.extend([
        b"<< /First 8 0 R /Last 8 0 R /Count 1 /Title (A) /Dest [4 0 R /Fit] >>".to_vec(),
        stream("/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>", b"BT /F1 9 Tf 60 800 Td (Lynd Echo, p. 1) Tj ET"),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [11 0 R] /ToUnicode 12 0 R >>".to_vec(),
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 /W [1 [500 600]] >>".to_vec(),
        stream("", map.as_bytes()),
    ]);
    // What pages draw is changed before it is packed.
    let mut parts: Vec<Part> = objects.into_iter().map(|object| (String::new(), object)).collect();
    for (place, drawn) in [4, 6].into_iter().zip(drawn) {
        parts[place] = ("content".to_owned(), drawn.as_bytes().to_vec());
    }
    Sample { id: "pdf", parts, whole }
}

fn whole(parts: &[Part], is_packed: bool) -> Vec<u8> {
    let object = |(name, bytes): &Part| match name.as_str() {
        "content" if is_packed => packed("", bytes),
        "content" => stream("", bytes),
        _ => bytes.clone(),
    };
    file(&parts.iter().map(object).collect::<Vec<_>>(), "")
}
