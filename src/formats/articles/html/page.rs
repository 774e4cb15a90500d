//! A page as an article: what `dom_smoothie` takes for the article of the page, with what the page says of it.

use crate::formats::articles::blocks::Line;
use crate::formats::articles::found::{Asked, Doubt, Found};
use crate::formats::articles::html::lines::Written;
use crate::formats::articles::html::{page_meta, shallow};
use crate::formats::articles::{article, blocks, datelines, kinds};
use crate::formats::reading::{ReadError, Warning};
use crate::model::article::Meta;
use crate::text::fold::squeeze;
use crate::text::rules::Settings;
use dom_query::Document;
use dom_smoothie::{Config, Readability};

/// A page that was decoded.
pub(in crate::formats::articles) struct Page<'a> {
    pub text: &'a str,
    pub encoding: &'static str,
    /// Where it lay, if whoever saved it wrote that down outside the page.
    pub address: Option<&'a str>,
}

/// With fewer words there is no article.
const MIN_WORDS: usize = 30;

/// The library needs the more time the deeper what it looks at lies, and the square of the signs in a line that HTML escapes. No
/// page has as many.
const MAX_NODES: usize = 300_000;
const MAX_WEIGHT: usize = 20_000_000;
const MAX_SIGNS: usize = 10_000;

/// Reads the article of a page.
pub(super) fn read(
    page: &Page<'_>,
    asked: Asked<'_>,
    mut warnings: Vec<Warning>,
) -> Result<Found, ReadError> {
    let (text, n_cut) = shallow::shallow(page.text);
    warnings.extend(shallow::said(n_cut));
    let Some(tree) = shallow::parsed(&text) else {
        warnings.push(Warning(
            "the page is nested too deep to be read as one: all of its text is taken".to_owned(),
        ));
        let mut lines = blocks::lines(&shallow::stripped(&text));
        kinds::mark(&mut lines, kinds::Headline::Find, asked.settings);
        let mut article = article(&lines, Meta::default(), asked.settings, page.encoding, &mut warnings)?;
        article.doubts.push(no_article());
        return Ok(Found::one(article, warnings));
    };
    let page_meta::PageMeta { mut meta, mut doubts } = page_meta::of(&tree, page.address);
    let seen = Written::of(tree.body().unwrap_or_else(|| tree.root()));
    let is_usual = tree.tree.len() <= MAX_NODES
        && seen.weight <= MAX_WEIGHT
        && seen.lines.iter().all(|line| line.text.matches('&').count() <= MAX_SIGNS);
    let config = Config { disable_json_ld: true, ..Config::default() };
    let grabbed = is_usual
        .then(|| Readability::with_document(tree, None, Some(config)).and_then(|mut page| page.parse()).ok())
        .flatten();
    let byline = grabbed.as_ref().and_then(|article| article.byline.as_deref()).map(squeeze);
    let body = grabbed.map(|article| Written::of(Document::fragment(article.content).root()));
    let body = body.filter(|body| body.n_words >= MIN_WORDS);
    if body.is_none() {
        doubts.push(no_article());
    }
    let is_article = body.is_some();
    warnings.extend(body.as_ref().and_then(|body| outside(&seen, body)));
    let body = body.unwrap_or(seen);
    if body.n_words >= MIN_WORDS && body.is_mostly_links() {
        doubts.push(Doubt::Other("most of it is links, as on a page of contents".to_owned()));
    }
    meta.byline = meta.byline.or_else(|| {
        let byline = byline.filter(|byline| is_article && byline.chars().count() <= MAX_BYLINE_CHARS)?;
        Some(kinds::name_in_byline(&byline).to_owned())
    });
    let mut lines = body.lines;
    take_head(&mut lines, &meta, is_article);
    if let Some(title) = &meta.title {
        lines.insert(0, Line { text: title.clone(), kind: Some(kinds::HEADLINE), starts_paragraph: true });
        if let Some(first) = lines.get_mut(1) {
            first.starts_paragraph = true;
        }
    }
    let settings = asked.settings;
    // The first words of all that is seen are those of a menu.
    let is_marked = !is_article || lines.iter().any(|line| line.kind == Some(kinds::HEADLINE));
    let headline = if is_marked { kinds::Headline::Marked } else { kinds::Headline::Find };
    kinds::mark(&mut lines, headline, Settings { lang: settings.lang.or(meta.lang.as_deref()), ..settings });
    let mut article = article(&lines, meta, settings, page.encoding, &mut warnings)?;
    article.doubts = doubts;
    Ok(Found::one(article, warnings))
}

const MAX_BYLINE_CHARS: usize = 100;

/// So many lines at the top may say again what the metadata says.
const N_HEAD_LINES: usize = 8;

/// A line of a page with so many words is no button, and so many in all are more than a notice below the article.
const MIN_PROSE: usize = 25;
const MIN_OUTSIDE: usize = 100;

/// What is said where much prose of a page is not in its article.
fn outside(seen: &Written, body: &Written) -> Option<Warning> {
    let inside: String = body.lines.iter().map(|line| bare(&line.text)).collect();
    let n_words = |line: &Line| line.text.split_whitespace().count();
    let is_left = |line: &&Line| n_words(line) >= MIN_PROSE && !inside.contains(&bare(&line.text));
    let left: Vec<&Line> = seen.lines.iter().filter(is_left).collect();
    let n: usize = left.iter().map(|line| n_words(line)).sum();
    let first: String = left.first()?.text.split_whitespace().take(8).collect::<Vec<_>>().join(" ");
    let is_much = n >= MIN_OUTSIDE && n * 3 >= body.n_words;
    let paragraphs =
        if left.len() == 1 { "1 paragraph".to_owned() } else { format!("{} paragraphs", left.len()) };
    is_much.then(|| {
        Warning(format!("{paragraphs} of the page outside of its article left out, {n} words from `{first}`"))
    })
}

/// Letters and digits in lower case.
fn bare(text: &str) -> String {
    text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

fn no_article() -> Doubt {
    Doubt::Other("no article found on the page: all of its text is taken".to_owned())
}

/// Takes the lines out that say title, writer and date again.
fn take_head(lines: &mut Vec<Line>, meta: &Meta, is_article: bool) {
    let bare =
        |text: &str| -> String { text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect() };
    let title = meta.title.as_deref().map(bare).filter(|title| !title.is_empty());
    let byline = meta.byline.as_deref().map(bare).filter(|byline| !byline.is_empty());
    let outlet = meta.outlet.as_deref().map(bare);
    let has_date = meta.published.is_some() || meta.published_as.is_some();
    let mut idx = 0;
    let mut had_title = false;
    lines.retain(|line| {
        idx += 1;
        let words = bare(&line.text);
        let is_title = Some(&words) == title.as_ref() && !had_title;
        had_title |= is_title;
        if !is_article || idx > N_HEAD_LINES {
            return !is_title;
        }
        let is_byline = byline.as_ref().is_some_and(|byline| {
            let rest = words.strip_suffix(byline.as_str());
            rest.is_some_and(|rest| {
                matches!(rest, "" | "by" | "von" | "par" | "por" | "author" | "autor" | "auteur")
            })
        });
        let is_date = has_date && datelines::is_date(line.text.trim());
        let is_outlet = Some(&words) == outlet.as_ref() && line.text.len() <= MAX_BYLINE_CHARS;
        !(is_title || is_byline || is_date || is_outlet)
    });
}
