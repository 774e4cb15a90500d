//! Exports of news databases in HTML: which one it is, and the records that one reader a database takes out of it.

mod europresse;
mod factiva;
mod nexis;
mod proquest;

use crate::formats::articles::blocks::Line;
use crate::formats::articles::found::{Asked, Doubt, Found, Layout, Left};
use crate::formats::articles::html::page::Page;
use crate::formats::articles::html::shallow;
use crate::formats::articles::{article, dated, kinds, langs};
use crate::formats::reading::Warning;
use crate::model::article::Meta;
use crate::text::fold::squeeze;
use crate::text::invisible::is_blank;
use crate::text::rules::Settings;
use dom_query::Document;
use memchr::memmem;

/// The articles of an export; none where it is no export.
pub(super) fn read(page: &Page<'_>, asked: Asked<'_>, warnings: &[Warning]) -> Option<Found> {
    let layout = asked.layout.or_else(|| layout_of(page.text))?;
    let records: fn(&Document, &str) -> Records = match layout {
        Layout::Nexis => nexis::records,
        Layout::Factiva => factiva::records,
        Layout::Europresse => europresse::records,
        Layout::ProQuest => proquest::records,
        Layout::NexisUni | Layout::Plain => return None,
    };
    let (text, n_cut) = shallow::shallow(page.text);
    let records = records(&shallow::parsed(&text)?, &text);
    if records.all.is_empty() {
        return None;
    }
    let mut found = Found {
        announced: records.announced,
        warnings: warnings.to_vec(),
        layout: Some(layout),
        ..Found::default()
    };
    found.warnings.extend(shallow::said(n_cut));
    found.warnings.extend(records.warnings.into_iter().map(Warning));
    for (idx, record) in records.all.into_iter().enumerate() {
        record.become_article((idx + 1).to_string(), page.encoding, asked, &mut found);
    }
    Some(found)
}

/// The database that made a page, by the marks that nobody else sets.
fn layout_of(text: &str) -> Option<Layout> {
    let bytes = text.as_bytes();
    let has = |mark: &str| memmem::find(bytes, mark.as_bytes()).is_some();
    if has("<!-- Hide XML section from browser") && (has("<DOC NUMBER") || has("<DOCFULL")) {
        Some(Layout::Nexis)
    } else if has("articleParagraph") && (has("<b>HD</b>") || has("id=\"hd\"") || has("Factiva")) {
        Some(Layout::Factiva)
    } else if has("DocPublicationName") && (has("itreArticleVisu")) {
        Some(Layout::Europresse)
    } else if has("name=\"DocID_") {
        Some(Layout::ProQuest)
    } else {
        None
    }
}

/// What an export holds.
#[derive(Default)]
struct Records {
    all: Vec<Record>,
    announced: Option<usize>,
    warnings: Vec<String>,
}

/// An article as its database shows it.
#[derive(Default)]
struct Record {
    /// The title is in it alone, and no line of the text.
    meta: Meta,
    /// As it is written.
    date: Option<String>,
    lines: Vec<Line>,
    doubts: Vec<Doubt>,
    /// Why there is no article in it, if the reader knows.
    why_none: Option<&'static str>,
}

impl Record {
    /// Puts the record into what was found: as an article, or as what was left out.
    fn become_article(mut self, place: String, encoding: &'static str, asked: Asked<'_>, found: &mut Found) {
        let title = self.meta.title.clone().unwrap_or_default();
        self.meta.byline = self.meta.byline.take().map(|byline| kinds::name_in_byline(&byline).to_owned());
        if self.lines.iter().all(|line| is_blank(&line.text)) {
            let why = self.why_none.unwrap_or("no text in it").to_owned();
            return found.left.push(Left { place, title, why });
        }
        if let Some(date) = self.date.as_deref() {
            self.doubts.extend(dated::put(&mut self.meta, date));
        }
        if !title.is_empty() {
            self.lines
                .insert(0, Line { text: title.clone(), kind: Some(kinds::HEADLINE), starts_paragraph: true });
        }
        if let Some(first) = self.lines.get_mut(1) {
            first.starts_paragraph = true;
        }
        let settings = asked.settings;
        let marked = Settings { lang: settings.lang.or(self.meta.lang.as_deref()), ..settings };
        kinds::mark(&mut self.lines, kinds::Headline::Marked, marked);
        match article(&self.lines, self.meta, settings, encoding, &mut found.warnings) {
            Ok(mut article) => {
                article.place = place;
                article.doubts = self.doubts;
                found.articles.push(article);
            }
            Err(why) => {
                let why = why.to_string().split('\0').next().unwrap_or_default().to_owned();
                found.left.push(Left { place, title, why });
            }
        }
    }
}

/// The words of a text in one line; none where there is none. A blank that does not break counts as one.
fn known(text: &str) -> Option<String> {
    Some(squeeze(&text.replace('\u{a0}', " "))).filter(|text| !text.is_empty())
}

/// `1,034 words`, `1.034 Wörter`, `1 034 mots`: the number, where it begins the text.
fn length(text: &str) -> Option<u32> {
    let text = text.trim();
    let is_part = |c: char| {
        c.is_ascii_digit() || matches!(c, ',' | '.' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2019}' | '\'')
    };
    let number = text.split(|c: char| !is_part(c)).next()?;
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|n| *n > 0)
}

/// Whether a text is a length and nothing else.
fn is_length(text: &str) -> bool {
    const UNITS: [&str; 18] = [
        "words",
        "word",
        "wörter",
        "wort",
        "worte",
        "mots",
        "mot",
        "palabras",
        "palabra",
        "parole",
        "woorden",
        "palavras",
        "ord",
        "słów",
        "слов",
        "字",
        "자",
        "characters",
    ];
    let lower = text.trim().to_lowercase();
    let unit = lower.trim_start_matches(|c: char| {
        c.is_ascii_digit() || c.is_whitespace() || matches!(c, ',' | '.' | '’' | '\'')
    });
    unit.len() < lower.len() && UNITS.contains(&unit.trim())
}

/// The language that a database names.
fn lang(written: &str) -> Option<String> {
    langs::tag(written)
}
