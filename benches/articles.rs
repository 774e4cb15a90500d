//! Articles on their way in: what the processor does to read files and divide them into sentences, all in memory.
//!
//! `cargo bench --bench articles`; fails where a kind of file takes longer than it may, or gives other articles than were put in.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "a bench may")]

#[expect(dead_code, reason = "its words alone")]
mod big;

use allegata::formats;
use allegata::formats::articles::arrivals;
use allegata::formats::articles::found::Asked;
use allegata::model::article::Meta;
use big::WORDS;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::time::Duration;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const RUNS: usize = 5;
/// What all files of a kind may take together.
const PLAIN: Duration = Duration::from_millis(800);
const PAGES: Duration = Duration::from_secs(5);
const NEXIS: Duration = Duration::from_secs(1);

/// Numbers that look like chance and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % sides
    }

    fn sentence(&mut self) -> String {
        let mut words = String::from("Yesterday");
        for _ in 0..14 + self.roll(14) {
            words.push(' ');
            words.push_str(WORDS[self.roll(WORDS.len())]);
        }
        words + "."
    }

    fn paragraphs(&mut self, n: usize) -> Vec<String> {
        (0..n).map(|_| [self.sentence(), self.sentence(), self.sentence()].join(" ")).collect()
    }
}

/// A page as a news site serves it: 100 KB, of which 10 are an article.
fn page(n: usize, dice: &mut Dice) -> Vec<u8> {
    let paragraphs = dice.paragraphs(30);
    let data = format!(
        "{{\"@context\":\"https://schema.org\",\"@graph\":[{{\"@type\":\"NewsArticle\",\"headline\":\"Depot {n} burnt down\",\
         \"datePublished\":\"2024-05-06T07:08:09Z\",\"author\":{{\"name\":\"Ines Varga\"}},\"publisher\":{{\"name\":\"Lynd Echo\"}}}}]}}"
    );
    let mut page = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Depot {n} burnt down | Lynd Echo</title>\
         <script type=\"application/ld+json\">{data}</script><style>"
    );
    for n in 0..300 {
        writeln!(page, ".c{n} {{ margin: 0 auto; padding: {n}px; color: #336699 }}").unwrap();
    }
    page.push_str("</style></head><body><nav><ul>");
    for n in 0..200 {
        write!(
            page,
            "<li class=\"menu-item\"><a href=\"/section/{n}\" data-track=\"nav-{n}\">Section {n}</a></li>"
        )
        .unwrap();
    }
    write!(page, "</ul></nav><main><article><h1>Depot {n} burnt down</h1><div class=\"body\">").unwrap();
    for (paragraph, n) in paragraphs.iter().zip(0..) {
        write!(page, "<p class=\"text\" data-n=\"{n}\">{paragraph} <a href=\"/more/{n}\">More</a></p>")
            .unwrap();
        if n % 6 == 5 {
            page.push_str(
                "<aside><div class=\"ad\"><div><div><span>Advertisement</span></div></div></div></aside>",
            );
        }
    }
    page.push_str("</div></article></main><section class=\"more\">");
    let mut n = 0;
    while page.len() < 98_000 {
        n += 1;
        let title = dice.sentence();
        write!(page, "<div class=\"card\"><div class=\"in\"><a href=\"/{n}\"><h3>{title}</h3></a><img src=\"/{n}.jpg\" alt=\"\"></div></div>")
            .unwrap();
        write!(
            page,
            "<script>window.slots.push({{id: {n}, size: [300, 250], more: \"{}\"}});</script>",
            "x".repeat(200)
        )
        .unwrap();
    }
    page.push_str("</section><footer><p>© Lynd Echo</p></footer></body></html>");
    page.into_bytes()
}

/// A delivery of Nexis Uni as a Word document.
fn nexis(n_articles: usize, dice: &mut Dice) -> Vec<u8> {
    let line = |body: &mut String, text: &str| {
        write!(body, "<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>").unwrap();
    };
    let mut body = String::new();
    for text in [
        "User Name: = Ines Varga",
        "Date and Time: = Monday, May 6, 2024 7:08:00 AM CEST",
        "Job Number: = 123456789",
    ] {
        line(&mut body, text);
    }
    line(&mut body, &format!("Documents ({n_articles})"));
    for n in 1..=n_articles {
        line(&mut body, &format!("{n}. Depot {n} burnt down"));
        line(&mut body, "Client/Matter: -None-");
        line(&mut body, "Search Terms: depot");
    }
    for n in 1..=n_articles {
        let paragraphs = dice.paragraphs(30);
        let n_words: usize = paragraphs.iter().map(|text| text.split(' ').count()).sum();
        let day = 1 + n % 28;
        for text in [
            format!("Depot {n} burnt down"),
            "Lynd Echo".to_owned(),
            format!("May {day}, 2024 Monday"),
            "Copyright 2024 Lynd Echo All Rights Reserved".to_owned(),
            "Section:\u{a0}NEWS; Pg. 4".to_owned(),
            format!("Length:\u{a0}{n_words} words"),
            "Byline:\u{a0}Ines Varga".to_owned(),
            "Body".to_owned(),
        ] {
            line(&mut body, &text);
        }
        for paragraph in &paragraphs {
            line(&mut body, paragraph);
        }
        for text in [format!("Load-Date:\u{a0}May {day}, 2024"), "End of Document".to_owned()] {
            line(&mut body, &text);
        }
    }
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    zip.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    write!(zip, "<w:document xmlns:w=\"urn:w\"><w:body>{body}</w:body></w:document>").unwrap();
    zip.finish().unwrap().into_inner()
}

/// What the processor has done for this program so far, on all cores.
fn processor() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.try_into().unwrap(), time.tv_nsec.try_into().unwrap())
}

/// Reads all files several times; false where they take longer than they may.
fn is_fast(what: &str, name: &str, files: &[Vec<u8>], n_articles: usize, goal: Duration) -> bool {
    let Some(format) = formats::by_name(name).filter(|_| formats::is_article(name)) else {
        println!("{what:<28} is not yet read");
        return true;
    };
    let mut works = vec![];
    for _ in 0..RUNS {
        let before = processor();
        let read = |bytes: &Vec<u8>| {
            arrivals::read(name, Some(format), bytes, &Meta::default(), Asked::default())
                .unwrap()
                .articles
                .len()
        };
        let n: usize = files.iter().map(read).sum();
        works.push(processor().saturating_sub(before));
        assert_eq!(n, n_articles, "{what}");
    }
    works.sort_unstable();
    let (middle, least) = (works[RUNS / 2], works[0]);
    let n_bytes: usize = files.iter().map(Vec::len).sum();
    let each = middle / u32::try_from(n_articles).unwrap();
    println!(
        "{what:<28} {middle:>8.1?} (least {least:.1?}, goal {goal:?}), {each:.1?} an article, {} MB",
        n_bytes / 1_000_000
    );
    middle <= goal
}

fn main() {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let plain: Vec<Vec<u8>> = (0..10_000)
        .map(|n| format!("Depot {n} burnt down\n\n{}\n", dice.paragraphs(10).join("\n\n")).into_bytes())
        .collect();
    let pages: Vec<Vec<u8>> = (0..1000).map(|n| page(n, &mut dice)).collect();
    let nexis = [nexis(500, &mut dice)];
    let all = [
        ("10,000 plain files", is_fast("10,000 plain files", "a.txt", &plain, 10_000, PLAIN)),
        ("1,000 saved pages", is_fast("1,000 saved pages", "a.html", &pages, 1000, PAGES)),
        ("500 articles of Nexis Uni", is_fast("500 articles of Nexis Uni", "a.docx", &nexis, 500, NEXIS)),
    ];
    let too_long: Vec<&str> = all.iter().filter(|(_, is_fast)| !is_fast).map(|(what, _)| *what).collect();
    assert!(too_long.is_empty(), "too long: {too_long:?}");
}
