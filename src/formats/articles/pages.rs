//! The paragraphs of a document as its reader meets them, and the article that they make.

use crate::formats::articles::blocks::Line;
use crate::formats::articles::found::{Asked, Found};
use crate::formats::articles::{article, databases, kinds};
use crate::formats::reading::{ReadError, Warning};
use crate::model::article::Meta;
use crate::text::rules::Settings;

/// Paragraphs in paragraphs are told apart down to here: notes and text boxes stand in them.
const MAX_DEPTH: usize = 32;

/// Paragraphs as they come: begun, filled, ended. One that begins in another comes after it.
#[derive(Default)]
pub(super) struct Pages {
    lines: Vec<Line>,
    open: Vec<Paragraph>,
    /// Those that stood in the outermost one.
    after: Vec<Line>,
    /// Begun where there were as many as there may be.
    n_deeper: usize,
}

#[derive(Default)]
struct Paragraph {
    /// Its lines but for the last.
    lines: Vec<String>,
    text: String,
    is_heading: bool,
}

impl Pages {
    pub fn begin(&mut self) {
        if self.open.len() < MAX_DEPTH {
            self.open.push(Paragraph::default());
        } else {
            self.n_deeper += 1;
            self.line_break();
        }
    }

    /// Says that the paragraph is a heading.
    pub fn heading(&mut self) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.is_heading = true;
        }
    }

    /// Line breaks in a file mean nothing here.
    pub fn push(&mut self, text: &str) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.text.extend(text.chars().map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c }));
        }
    }

    pub fn line_break(&mut self) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.lines.push(std::mem::take(&mut paragraph.text));
        }
    }

    pub fn end(&mut self) {
        if self.n_deeper > 0 {
            self.n_deeper -= 1;
            return self.line_break();
        }
        let Some(mut paragraph) = self.open.pop() else { return };
        paragraph.lines.push(paragraph.text);
        let kind = paragraph.is_heading.then_some(kinds::HEADLINE);
        let made = (0..).zip(paragraph.lines).map(|(n, text)| Line { text, kind, starts_paragraph: n == 0 });
        if self.open.is_empty() {
            self.lines.extend(made);
            self.lines.append(&mut self.after);
        } else {
            self.after.extend(made);
        }
    }

    /// Whether text would come into a paragraph.
    pub fn is_in_paragraph(&self) -> bool {
        !self.open.is_empty()
    }

    /// What is there, with what was never ended.
    pub fn into_lines(mut self) -> Vec<Line> {
        self.n_deeper = 0;
        while self.is_in_paragraph() {
            self.end();
        }
        self.lines
    }
}

/// The one article of a document: its headings are headlines, or the headline is looked for.
pub(super) fn article_of(
    pages: Pages,
    meta: Meta,
    asked: Asked<'_>,
    encoding: &'static str,
    mut warnings: Vec<Warning>,
) -> Result<Found, ReadError> {
    let settings = asked.settings;
    let mut lines = pages.into_lines();
    // A paragraph that begins with nothing begins with its first words.
    let mut starts = false;
    lines.retain_mut(|line| {
        starts |= line.starts_paragraph;
        let is_blank = crate::text::invisible::is_blank(&line.text);
        if !is_blank {
            line.starts_paragraph |= std::mem::take(&mut starts);
        }
        !is_blank
    });
    if let Some(found) = databases::of_lines(&lines, asked, encoding, &warnings) {
        return Ok(found);
    }
    warnings.extend(databases::looks_like_one(&lines));
    // Bytes that mean nothing in their encoding came as this sign, or stand in the document as it.
    let n_bad: usize = lines.iter().map(|line| line.text.matches('\u{fffd}').count()).sum();
    if n_bad > 0 {
        let places = if n_bad == 1 { "1 place is".to_owned() } else { format!("{n_bad} places are") };
        warnings.push(Warning(format!("{places} no letter, and read as `\u{fffd}`")));
    }
    let is_marked = lines.iter().any(|line| line.kind == Some(kinds::HEADLINE));
    let headline = if is_marked { kinds::Headline::Marked } else { kinds::Headline::Find };
    kinds::mark(&mut lines, headline, Settings { lang: settings.lang.or(meta.lang.as_deref()), ..settings });
    // What the text says of itself goes before what the program that made it noted.
    let (title, byline) = (meta.title.clone(), meta.byline.clone());
    let meta = Meta { title: None, byline: None, ..meta };
    let mut article = article(&lines, meta, settings, encoding, &mut warnings)?;
    article.meta.title = article.meta.title.or(title);
    article.meta.byline = article.meta.byline.or(byline);
    Ok(Found::one(article, warnings))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_paragraph_comes_after_it() {
        let mut pages = Pages::default();
        pages.begin();
        pages.push("a\nb");
        pages.begin();
        pages.push("note");
        pages.end();
        pages.line_break();
        pages.push("c");
        pages.end();
        pages.push("nowhere");
        for _ in 0..100 {
            pages.begin();
            pages.push("d");
        }
        let lines: Vec<String> = pages.into_lines().into_iter().map(|line| line.text).collect();
        assert_eq!(lines.iter().take(3).collect::<Vec<_>>(), ["a b", "c", "note"]);
        assert_eq!(lines.concat().matches('d').count(), 100);
    }
}
