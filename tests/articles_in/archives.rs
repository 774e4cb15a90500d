//! Archives of articles, and the XML of Factiva: what is in them comes in, and what does not is named.

use crate::documents::{packed, read};
use allegata::formats::articles::found::{Found, Layout};
use std::fmt::Write as _;

fn part(name: &str, text: &str) -> (String, Vec<u8>) {
    (name.to_owned(), text.as_bytes().to_vec())
}

/// What a file gives: places with the titles of articles, and places with the reasons of what is left.
fn shown(found: &Found) -> (Vec<String>, Vec<String>) {
    let title =
        |article: &allegata::formats::articles::ArticleIn| article.meta.title.clone().unwrap_or_default();
    let articles = found.articles.iter().map(|article| format!("{}: {}", article.place, title(article)));
    let left = found.left.iter().map(|left| format!("{}: {}", left.place, left.why));
    (articles.collect(), left.collect())
}

/// A document of Factiva in XML; `announced` may be another number than there is.
fn factiva(announced: usize, n: usize) -> String {
    let mut xml =
        format!("<?xml version=\"1.0\" encoding=\"utf-8\"?><r><ppsarticleResultSet count=\"{announced}\">");
    for idx in 1..=n {
        write!(
            xml,
            "<ppsarticle><article><accessionNo>QC{idx:04}</accessionNo><baseLanguage>EN</baseLanguage>\
             <headline><paragraph><hlt>Crane</hlt> {idx} paid twice</paragraph></headline>\
             <leadParagraph><paragraph>The board paid for crane {idx} &amp; nobody asked.</paragraph></leadParagraph>\
             <publicationDate><dateTime>2025-03-0{}T01:35:58Z</dateTime></publicationDate>\
             <sourceName>Quay Courier</sourceName><wordCount>15</wordCount>\
             <tailParagraphs><paragraph>It came \u{1f525} in May.</paragraph><paragraph>It stood.</paragraph></tailParagraphs>\
             </article></ppsarticle>",
            idx % 9 + 1
        )
        .unwrap();
    }
    xml + "</ppsarticleResultSet></r>"
}

#[test]
fn an_archive_gives_what_is_in_it_and_names_the_rest() {
    let inner = packed(&[part("x.txt", "Inside.")], true);
    let parts = [
        part("a.txt", "Depot burns\n\nThe depot burnt, police said.\n"),
        part("docs/b.md", "# Council\n\nIt met."),
        part("docs/rows.csv", "title,text\nOne,It rained.\nTwo,It snowed.\nThree,\n"),
        ("docs/inner.zip".to_owned(), inner.clone()),
        // Told by its bytes, whatever it is called.
        ("docs/inner.dat".to_owned(), inner),
        part("../evil.txt", "Outside."),
        part(".hidden.txt", "Hidden."),
        ("pic.png".to_owned(), b"\x89PNG\r\n\x1a\n\0\0".to_vec()),
        part("empty.txt", ""),
        part("__MACOSX/a.txt", "Not one."),
    ];
    for is_packed in [true, false] {
        let found = read("zip", &packed(&parts, is_packed)).unwrap();
        let (articles, left) = shown(&found);
        assert_eq!(
            articles,
            [
                "a.txt: Depot burns",
                "docs/b.md: Council",
                "docs/rows.csv, row 2: One",
                "docs/rows.csv, row 3: Two"
            ]
        );
        for (place, why) in [
            ("docs/rows.csv, row 4", "no text"),
            ("docs/inner.zip", "an archive in an archive"),
            ("docs/inner.dat", ""),
            (".hidden.txt", "a hidden file"),
            ("pic.png", ""),
            ("empty.txt", "the file is empty"),
        ] {
            let has = |line: &&String| line.starts_with(&format!("{place}: ")) && line.contains(why);
            assert_eq!(left.iter().filter(has).count(), 1, "{place}: {left:?}");
        }
        assert!(!articles.iter().any(|line| line.contains("Outside")), "{articles:?}");
        assert_eq!(
            left.iter().filter(|line| line.contains("leads out of the archive")).count(),
            1,
            "{left:?}"
        );
    }
}

#[test]
fn an_archive_that_swells_is_left_out_and_the_others_come_in() {
    let parts =
        [("bomb.txt".to_owned(), vec![b'a'; 70 << 20]), part("a.txt", "The depot burnt, police said.")];
    let (articles, left) = shown(&read("zip", &packed(&parts, true)).unwrap());
    assert_eq!((articles.len(), left.len()), (1, 1), "{articles:?} {left:?}");
    assert!(left[0].starts_with("bomb.txt: "), "{left:?}");
    // Cut anywhere it is read or refused.
    let whole = packed(&parts[1..], true);
    for n in 0..whole.len() {
        drop(read("zip", &whole[..n]));
    }
}

#[test]
fn articles_of_factiva_come_one_by_one() {
    for n in [1, 10, 500] {
        let found = read("xml", factiva(n, n).as_bytes()).unwrap();
        assert_eq!(
            (found.articles.len(), found.announced, found.layout),
            (n, Some(n), Some(Layout::Factiva))
        );
        let last = found.articles.last().unwrap();
        let meta = &last.meta;
        assert_eq!(meta.title.as_deref(), Some(format!("Crane {n} paid twice").as_str()));
        assert_eq!(meta.outlet.as_deref(), Some("Quay Courier"));
        assert_eq!(meta.published.as_deref(), Some(format!("2025-03-0{}", n % 9 + 1).as_str()));
        assert_eq!((meta.doc_id.as_deref(), meta.words), (Some(format!("QC{n:04}").as_str()), Some(15)));
        let body =
            format!("The board paid for crane {n} & nobody asked.\n\nIt came \u{1f525} in May.\n\nIt stood.");
        assert!(last.text.ends_with(&body), "{}", last.text);
    }
    let short = read("xml", factiva(12, 10).as_bytes()).unwrap();
    assert_eq!((short.articles.len(), short.announced), (10, Some(12)));
    // An entity of its own is not unfolded, and a document that breaks off keeps what came before.
    let bomb = "<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>".to_owned()
        + factiva(1, 1).trim_start_matches("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
    if let Ok(found) = read("xml", bomb.replace("paid twice", "&b;").as_bytes()) {
        assert!(!found.articles.iter().any(|article| article.text.contains("aaaa")));
    }
    let whole = factiva(3, 3);
    let cut = read("xml", &whole.as_bytes()[..whole.len() * 2 / 3]).unwrap();
    assert!(cut.articles.len() < 3 && cut.announced == Some(3), "{}", cut.articles.len());
}
