//! Exports of news databases made here, in their layouts and languages: every article comes out, with what its head says.

use crate::documents::{packed, read};
use allegata::formats::articles::found::{Doubt, Found};
use proptest::prelude::*;

/// The kinds of exports, for the mutations: a format and a layout in it.
pub const KINDS: [(&str, &str); 7] = [
    ("docx", "uni"),
    ("rtf", "uni"),
    ("txt", "nexis-en"),
    ("txt", "nexis-de"),
    ("txt", "nexis-fr"),
    ("txt", "factiva"),
    ("txt", "proquest"),
];

struct Story {
    title: String,
    day: usize,
    text: Vec<String>,
}

fn stories(n: usize) -> Vec<Story> {
    let story = |k: usize| {
        Story {
        title: format!("Depot number {k} burnt down"),
        day: k % 28 + 1,
        text: vec![
            format!("The depot number {k} burnt at night, two people who had been there said on the day after it had burnt."),
            "\u{201c}Nobody knows why it did,\u{201d} the mayor of the town told those who had come to see it.".to_owned(),
        ],
    }
    };
    (1..=n).map(story).collect()
}

fn words(story: &Story) -> usize {
    story.text.iter().map(|text| text.split_whitespace().count()).sum()
}

/// A text wrapped as these databases wrap it.
fn wrapped(text: &str) -> String {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split(' ') {
        if line.chars().count() + word.chars().count() >= 78 {
            lines.push(std::mem::take(&mut line));
        }
        line.push_str(if line.is_empty() { "" } else { " " });
        line.push_str(word);
    }
    lines.push(line);
    lines.join("\r\n")
}

fn centred(text: &str) -> String {
    format!("{}{text}", " ".repeat((78 - text.chars().count()) / 2))
}

fn nexis(stories: &[Story], lang: &str) -> String {
    let n = stories.len();
    let (months, labels, rights) = match lang {
        "en" => (
            "March",
            ["BYLINE", "SECTION", "LENGTH", "LOAD-DATE", "LANGUAGE", "PUBLICATION-TYPE"],
            "All Rights Reserved",
        ),
        "de" => (
            "M\u{e4}rz",
            ["AUTOR", "RUBRIK", "L\u{c4}NGE", "UPDATE", "SPRACHE", "PUBLICATION-TYPE"],
            "Alle Rechte vorbehalten",
        ),
        _ => (
            "mars",
            ["AUTEUR", "RUBRIQUE", "LONGUEUR", "DATE-CHARGEMENT", "LANGUE", "TYPE-PUBLICATION"],
            "Tous droits r\u{e9}serv\u{e9}s",
        ),
    };
    let mut out = format!(
        "\u{feff}\r\n\r\nDownload Request: Selected Items: 1-{n}\r\nTime Of Request: Friday, March 20, 2018  16:51:31\r\n\r\nTerms: (depot)\r\n\r\n\r\n"
    );
    for (k, story) in (1..).zip(stories) {
        let (counter, date, length) = match lang {
            "en" => (
                format!("{k} of {n} DOCUMENTS"),
                format!("{months} {}, 2006 Tuesday", story.day),
                format!("{} words", words(story)),
            ),
            "de" => (
                format!("Dokument {k} von {n}"),
                format!("Dienstag {}. {months} 2006", story.day),
                format!("{} W\u{f6}rter", words(story)),
            ),
            _ => (
                format!("Document {k} de {n}"),
                format!("mardi {} {months} 2006", story.day),
                format!("{} mots", words(story)),
            ),
        };
        let name = match lang {
            "en" => "ENGLISH",
            "de" => "GERMAN; DEUTSCH",
            _ => "FRENCH; FRAN\u{c7}AIS",
        };
        let text: Vec<String> = story.text.iter().map(|text| wrapped(text)).collect();
        let lines = [
            centred(&counter),
            String::new(),
            String::new(),
            centred("Lynd Echo"),
            String::new(),
            centred(&date),
            centred("First Edition"),
            String::new(),
            story.title.clone(),
            String::new(),
            format!("{}: Ines Varga", labels[0]),
            String::new(),
            format!("{}: NEWS; Pg. 3", labels[1]),
            String::new(),
            format!("{}: {length}", labels[2]),
            String::new(),
            text.join("\r\n\r\n"),
            String::new(),
            format!("{}: March 16, 2006", labels[3]),
            String::new(),
            format!("{}: {name}", labels[4]),
            String::new(),
            format!("{}: Newspaper", labels[5]),
            String::new(),
            String::new(),
            centred("Copyright 2006 Lynd Echo Ltd."),
            centred(rights),
            String::new(),
        ];
        out.push_str(&(lines.join("\r\n") + "\r\n"));
    }
    out
}

/// The paragraphs of an export of Nexis Uni.
fn uni(stories: &[Story]) -> Vec<String> {
    let n = stories.len();
    let mut out: Vec<String> =
        ["User Name: = Ines", "Date and Time: = Friday, 5. July 2019 09:31:00 CEST", "Job Number: = 1"]
            .map(str::to_owned)
            .to_vec();
    out.push(format!("Documents ({n})"));
    for (k, story) in (1..).zip(stories) {
        out.push(format!("{k}. {}", story.title));
        let rest = [
            "Client/Matter: -None-",
            "Search Terms: depot",
            "Search Type: Natural Language",
            "Narrowed by:",
            "Content Type",
            "Narrowed by",
            "News",
            "Timeline: Jan 01, 2006 to Dec 31, 2006",
        ];
        out.extend(rest.map(str::to_owned));
    }
    for story in stories {
        out.extend([
            story.title.clone(),
            "Lynd Echo".to_owned(),
            format!("March {}, 2006 Tuesday 1:04 PM GMT", story.day),
            "Copyright 2006 Lynd Echo Ltd. All Rights Reserved".to_owned(),
        ]);
        out.extend([
            "Section:\u{a0}NEWS; Pg. 3".to_owned(),
            format!("Length:\u{a0}{} words", words(story)),
            "Byline:\u{a0}Ines Varga".to_owned(),
            "Body".to_owned(),
        ]);
        out.extend(story.text.clone());
        out.extend([
            "Classification".to_owned(),
            "Language:\u{a0}ENGLISH".to_owned(),
            "Subject:\u{a0}FIRES (90%); DEPOTS (78%)".to_owned(),
            "Load-Date:\u{a0}March 16, 2006".to_owned(),
            "End of Document".to_owned(),
        ]);
    }
    out
}

fn factiva(stories: &[Story]) -> String {
    let story = |story: &Story| {
        let (first, rest) = story.text.split_first().unwrap();
        format!(
            "SE\tNews\nHD\t{}\nBY\tInes Varga\nWC\t{} words\nPD\t{} March 2006\nET\t10:15\nSN\tLynd Echo\nSC\tLYND\nPG\t3\nLA\tEnglish\nCY\t(c) 2006\n\nLP\t\n{first}\n\nTD\t\n{}\n\nNS\tgfire : Fires\n\nAN\tDocument LYND000020060314e23e{:05}\n\n\u{c}",
            story.title,
            words(story),
            story.day,
            rest.join("\n\n"),
            story.day
        )
    };
    stories.iter().map(story).collect::<String>() + "Search Summary\nText\tdepot\nResults Found\t3\n"
}

fn proquest(stories: &[Story]) -> String {
    let rule = "_".repeat(60);
    let story = |story: &Story| {
        format!(
            "{}\n\nAuthor: Varga, Ines\n\nPublication info: Lynd Echo ; Lynd [Lynd]{} Mar 2006: 3.\n\nFull text: {}\n\nSubject: Fires; Depots\n\nTitle: {}\n\nPublication title: Lynd Echo\n\nPages: 3\n\n\
             Publication date: Mar {}, 2006\n\nSection: News\n\nLanguage of publication: English\n\nProQuest document ID: 2446{}\n\nDocument URL: https://example.org/{}\n\n",
            story.title,
            story.day,
            story.text.join("\n\n"),
            story.title,
            story.day,
            story.day,
            story.day
        )
    };
    let records: Vec<String> = stories.iter().map(story).collect();
    format!("{rule}\n{}{rule}\nContact us at: https://example.org\n", records.join(&format!("{rule}\n\n")))
}

fn export(id: &str, layout: &str, stories: &[Story]) -> Vec<(String, Vec<u8>)> {
    let part = |name: &str, text: String| vec![(name.to_owned(), text.into_bytes())];
    match (id, layout) {
        ("docx", _) => {
            let paragraph = |text: &String| {
                format!(
                    "<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
                    text.replace('&', "&amp;")
                )
            };
            let body: String = uni(stories).iter().map(paragraph).collect();
            part("word/document.xml", format!("<w:document><w:body>{body}</w:body></w:document>"))
        }
        ("rtf", _) => {
            let sign = |c: char| if c.is_ascii() { c.to_string() } else { format!("\\u{}?", u32::from(c)) };
            let paragraph =
                |text: &String| format!("\\pard {}\\par\n", text.chars().map(sign).collect::<String>());
            part(
                "",
                format!("{{\\rtf1\\ansi\\uc1 {}}}", uni(stories).iter().map(paragraph).collect::<String>()),
            )
        }
        (_, "factiva") => part("", factiva(stories)),
        (_, "proquest") => part("", proquest(stories)),
        (_, layout) => part("", nexis(stories, layout.trim_start_matches("nexis-"))),
    }
}

/// An export of two articles in its parts, for the mutations.
pub fn parts(id: &str, layout: &str) -> Vec<(String, Vec<u8>)> {
    export(id, layout, &stories(2))
}

fn whole(id: &str, layout: &str, stories: &[Story]) -> Vec<u8> {
    let parts = export(id, layout, stories);
    if parts[0].0.is_empty() { parts[0].1.clone() } else { packed(&parts, true) }
}

fn check(id: &str, layout: &str, stories: &[Story]) {
    let Found { articles, announced, left, warnings, .. } = read(id, &whole(id, layout, stories)).unwrap();
    let n = stories.len();
    assert_eq!((articles.len(), &left, &warnings), (n, &vec![], &vec![]), "{layout}");
    let says = !matches!(layout, "factiva" | "proquest");
    assert_eq!(announced, says.then_some(n), "{layout}");
    for ((k, article), story) in (1..).zip(&articles).zip(stories) {
        let meta = &article.meta;
        assert_eq!(meta.title.as_ref(), Some(&story.title), "{layout} {k}");
        assert_eq!(meta.outlet.as_deref(), Some("Lynd Echo"), "{layout} {k}");
        assert_eq!(meta.published, Some(format!("2006-03-{:02}", story.day)), "{layout} {k}");
        let lang = match layout {
            "nexis-de" => "de",
            "nexis-fr" => "fr",
            _ => "en",
        };
        assert_eq!(meta.lang.as_deref(), Some(lang), "{layout} {k}");
        let byline = if layout == "proquest" { "Varga, Ines" } else { "Ines Varga" };
        assert_eq!(meta.byline.as_deref(), Some(byline), "{layout} {k}");
        assert!(
            meta.section.as_deref().is_some_and(|section| section.to_lowercase().starts_with("news")),
            "{layout} {k}"
        );
        if layout != "proquest" {
            assert_eq!(meta.words, Some(u32::try_from(words(story)).unwrap()), "{layout} {k}");
        }
        assert_eq!(article.text, format!("{}\n\n{}", story.title, story.text.join("\n\n")), "{layout} {k}");
        assert_eq!((article.place.as_str(), &article.doubts), (format!("{k}").as_str(), &vec![]), "{layout}");
    }
}

#[test]
fn one_ten_and_five_hundred_articles_come_apart() {
    for (id, layout) in KINDS {
        for n in [1, 10, 500] {
            check(id, layout, &stories(n));
        }
    }
}

#[test]
fn what_is_announced_and_not_there_is_named() {
    let export = nexis(&stories(4), "en");
    // The third article is gone.
    let (before, rest) = export.split_once("3 of 4 DOCUMENTS").unwrap();
    let (_, after) = rest.split_once("4 of 4 DOCUMENTS").unwrap();
    let found = read("txt", format!("{before}4 of 4 DOCUMENTS{after}").as_bytes()).unwrap();
    assert_eq!((found.articles.len(), found.announced), (3, Some(4)));
    let left: Vec<_> = found.left.iter().map(|left| (left.place.as_str(), left.why.as_str())).collect();
    assert_eq!(left, [("3", "announced, and not in the file")]);
    // So is what the list of a cover names.
    let mut paragraphs = uni(&stories(3));
    let at = paragraphs.iter().position(|text| text == "End of Document").unwrap();
    paragraphs.truncate(at + 1);
    let mut body = String::new();
    for text in &paragraphs {
        body.extend(["<w:p><w:r><w:t>", text, "</w:t></w:r></w:p>"]);
    }
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    let found =
        read("docx", &packed(&[("word/document.xml".to_owned(), document.into_bytes())], true)).unwrap();
    assert_eq!((found.articles.len(), found.announced), (1, Some(3)));
    let left: Vec<_> = found.left.iter().map(|left| (left.place.as_str(), left.title.as_str())).collect();
    assert_eq!(left, [("2", "Depot number 2 burnt down"), ("3", "Depot number 3 burnt down")]);
}

#[test]
fn messages_corrections_and_counters_in_a_text() {
    let export = nexis(&stories(2), "en");
    let story = &stories(2)[0];
    let (before, after) = export.split_once(&wrapped(&story.text[0])).unwrap();
    let message = format!(
        "{before}We are sorry but there is an error in this document and it is not possible to display it.{}",
        after.split_once(&wrapped(&story.text[1])).unwrap().1
    );
    let found = read("txt", message.as_bytes()).unwrap();
    assert_eq!((found.articles.len(), found.announced, found.left.len()), (1, Some(2), 1));
    assert!(found.left[0].why.contains("a message of the database"), "{:?}", found.left);
    let counted = format!("{before}9 of 12 DOCUMENTS\r\n\r\n{}{after}", wrapped(&story.text[0]));
    let found = read("txt", counted.as_bytes()).unwrap();
    assert_eq!(found.articles.len(), 2);
    assert!(found.articles[0].text.contains("9 of 12 DOCUMENTS"));
    let corrected = export.replacen("LOAD-DATE:", "CORRECTION-DATE: March 18, 2006\r\n\r\nLOAD-DATE:", 1);
    let found = read("txt", corrected.as_bytes()).unwrap();
    assert_eq!(found.articles[0].doubts, [Doubt::Correction]);
    assert!(!found.articles[0].text.contains("CORRECTION"));
    // No export: a text that only speaks of one.
    for text in [
        "The end of document two.\n\nIt burnt.",
        "1 of 2 DOCUMENTS\n\nwere burnt, he said.",
        "HD was his name.\n\nHe left.",
    ] {
        assert_eq!(read("txt", text.as_bytes()).unwrap().articles.len(), 1);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_back_from_any_layout(
        texts in proptest::collection::vec(("[A-Z][a-z]{3,9} [a-z]{3,9} [a-z]{3,20}", proptest::collection::vec("[A-Z][a-z]{2,8}( [a-z]{2,9}){3,30}\\.", 2..4)), 2..4),
    ) {
        let stories: Vec<Story> = (1..).zip(texts).map(|(day, (title, text))| Story { title, day, text }).collect();
        for (id, layout) in KINDS {
            check(id, layout, &stories);
        }
    }
}
