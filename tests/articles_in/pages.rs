//! Saved pages: what goes into one comes back paragraph for paragraph, and what was made to hurt does not.

use crate::documents::read;
use allegata::formats::articles::found::{Doubt, Found};
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A page with a menu, a heading and paragraphs, each of lines.
pub fn page(heading: &str, paragraphs: &[Vec<String>]) -> Vec<u8> {
    let body = paragraphs.iter().map(|lines| {
        let lines: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
        format!("<p>{}</p>\n", lines.join("<br>"))
    });
    format!(
        "<!DOCTYPE html><html><head><title>{0} | Lynd Echo</title><meta property=\"og:site_name\" content=\"Lynd Echo\"></head><body>\
         <nav><a href=\"/\">Home</a> <a href=\"/news\">News</a></nav><article><h1>{0}</h1>\n{1}</article>\
         <footer><a href=\"/about\">About</a></footer></body></html>",
        escaped(heading),
        body.collect::<String>()
    )
    .into_bytes()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn paragraphs_come_back_as_they_were(
        heading in "[A-Z][a-z\u{e9}\u{4e2d}&<]{2,20}",
        paragraphs in proptest::collection::vec(
            proptest::collection::vec("[A-Z\u{e4}][a-z \u{301}\u{627}\u{5d0}\u{1f44d}&<>\"'\\\\{};,]{0,60}[a-z]\\.", 1..3), 1..12),
    ) {
        let want = std::iter::once(heading.clone()).chain(paragraphs.iter().map(|lines| lines.join("\n")));
        let want = want.collect::<Vec<_>>().join("\n\n");
        let Found { articles, warnings, left, .. } = read("html", &page(&heading, &paragraphs)).unwrap();
        prop_assert_eq!((warnings, left), (vec![], vec![]));
        prop_assert_eq!(articles.len(), 1);
        let squeezed = |text: &str| text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        // Where there are too few words for an article, all that is seen of the page comes back.
        let got = match articles[0].doubts.as_slice() {
            [] => articles[0].text.clone(),
            _ => articles[0].text.replace("\n\nHome News", "").replace("\n\nAbout", ""),
        };
        prop_assert_eq!(squeezed(&got), squeezed(&want));
        prop_assert_eq!(articles[0].meta.title.as_deref(), Some(heading.as_str()));
    }
}

/// Without optimization everything takes many times as long.
const SIZE: usize = if cfg!(debug_assertions) { 1 << 14 } else { 1 << 20 };

/// So many bytes of `unit`, and words.
fn many(unit: &str) -> Vec<u8> {
    (unit.repeat(SIZE / unit.len()) + " Words at the bottom.").into_bytes()
}

#[test]
fn what_was_made_to_hurt_is_read_in_time() {
    let mut pages: Vec<(String, Vec<u8>)> = [
        "<div>",
        "<table><tr><td>",
        "<dd><li>",
        "<b>",
        "<p>",
        "<a>",
        "<a href=x>y",
        "<div></x>",
        "<button><div></button><i></div>",
        "<table>x",
        "<svg><g>",
        "<template>",
        "<ruby><rt>",
        "<select><option>",
        "<!--",
        "<script>",
        "</",
        "<",
        "&",
        "&amp",
        "<p><b><p><i>",
        "<h1></h2><dd></h1>",
        "<form><div></form>",
        "<math><mi>",
        "<td><table></td>",
        "<ul><li><div>x",
        "<span>x</span>",
        "x<br>",
        "\u{0}",
        "<![CDATA[",
        "<font color=a>",
        "<li>a",
        "<title>",
        "<textarea>",
        "<p>Fire, he says.</p>",
        "<body a=b>",
        "<noscript>",
    ]
    .iter()
    .map(|unit| ((*unit).to_owned(), many(unit)))
    .collect();
    let attributes = (0..SIZE / 8).map(|n| format!(" a{n}=b")).collect::<Vec<_>>().concat();
    pages.push(("attributes".to_owned(), format!("<p{attributes}>Words at the bottom.").into_bytes()));
    let marks = (0..5000).map(|n| format!("<font size={n}>")).collect::<Vec<_>>().concat();
    pages.push(("marks".to_owned(), (marks.clone() + &"<p>x".repeat(SIZE / 4)).into_bytes()));
    pages.push(("marks and boxes".to_owned(), (marks + &"<div>x</div>".repeat(SIZE / 12)).into_bytes()));
    let mut wrong = vec![];
    for (name, bytes) in pages {
        let begun = Instant::now();
        let read = read("html", &bytes);
        let took = begun.elapsed();
        println!(
            "{name}: {took:?} {}",
            read.map_or_else(|why| why.to_string(), |found| format!("{} articles", found.articles.len()))
        );
        if took > Duration::from_secs(if cfg!(debug_assertions) { 10 } else { 2 }) {
            wrong.push((name, took));
        }
    }
    assert_eq!(wrong, []);
}

#[test]
fn deep_pages_keep_their_text_and_say_so() {
    let n = SIZE / 16;
    let words = "The depot burnt down on Monday, and two people say that nobody had looked at it for years. "
        .repeat(3);
    for (open, close) in
        [("<div>", "</div>"), ("<table><tr><td>", "</td></tr></table>"), ("<dd><li>", "</li></dd>")]
    {
        let page =
            format!("<html><body>{}{words}{}<p>After.</p></body></html>", open.repeat(n), close.repeat(n));
        let Found { articles, warnings, .. } = read("html", page.as_bytes()).unwrap();
        assert!(articles[0].text.contains(words.trim()), "{open}");
        assert!(warnings.iter().any(|warning| warning.0.contains("nested too deep")), "{open}: {warnings:?}");
    }
    // As deep as real pages are.
    let page = format!(
        "<html><body><h1>Fire</h1>{}<p>{words}</p>{}</body></html>",
        "<div>".repeat(1459),
        "</div>".repeat(1459)
    );
    let Found { articles, warnings, .. } = read("html", page.as_bytes()).unwrap();
    assert_eq!(articles[0].text, format!("Fire\n\n{}", words.trim()));
    assert_eq!(articles[0].doubts, [] as [Doubt; 0]);
    assert_eq!(warnings.len(), 1, "{warnings:?}");
}

#[test]
fn prose_outside_of_the_article_is_said() {
    let sentence = "The depot on the harbour burnt down on Monday, and two people who saw it say that nobody had looked at it for years, ever.";
    let paragraph = |n: usize| format!("<p>{sentence} {n}</p>");
    let body: String = (0..8).map(paragraph).collect::<Vec<_>>().concat();
    let other: String = (100..108).map(paragraph).collect::<Vec<_>>().concat();
    let page = format!(
        "<html><body><article><h1>Fire</h1>{body}</article><div class=\"sidebar related\">{other}</div></body></html>"
    );
    let Found { articles, warnings, .. } = read("html", page.as_bytes()).unwrap();
    assert!(articles[0].text.contains("ever. 7") && !articles[0].text.contains("ever. 100"));
    assert!(
        warnings[0].0.starts_with("8 paragraphs of the page outside of its article left out, "),
        "{warnings:?}"
    );
}
