//! Rows of a table that are an article each: what its cells say becomes text and metadata.

use crate::formats::articles::blocks::{self, Line};
use crate::formats::articles::columns::Columns;
use crate::formats::articles::found::{Asked, Column, Doubt, Found, Left};
use crate::formats::articles::{article, dated, kinds, langs, plain, tags};
use crate::formats::reading::{ReadError, Warning};
use crate::model::article::Meta;
use crate::text::fold::{fold, squeeze};
use crate::text::rules::Settings;

/// A row as its reader has it: what stands in the cell at a place.
pub(super) type Cells<'a> = &'a dyn Fn(usize) -> Option<&'a str>;

/// The articles of rows, one after the other.
pub(super) struct Rows<'a> {
    asked: Asked<'a>,
    encoding: &'static str,
    pub found: Found,
    /// What somebody should know of the columns has been said.
    is_named: bool,
}

impl<'a> Rows<'a> {
    pub fn new(asked: Asked<'a>, encoding: &'static str, warnings: Vec<Warning>) -> Self {
        Self { asked, encoding, found: Found { warnings, ..Found::default() }, is_named: false }
    }

    /// Says which columns were taken, the first time.
    pub fn name(&mut self, columns: &Columns) {
        if !std::mem::replace(&mut self.is_named, true) {
            self.found.columns = columns.named();
            self.found.warnings.extend(columns.doubtful());
        }
    }

    pub fn left(&mut self, place: String, title: &str, why: impl Into<String>) {
        self.found.left.push(Left { place, title: shortened(title), why: why.into() });
    }

    /// Takes a row.
    pub fn take(&mut self, place: String, columns: &Columns, cells: Cells<'_>, doubts: Vec<Doubt>) {
        self.name(columns);
        let first = |column| columns.places(column).find_map(|place| full(cells(place)));
        let title = first(Column::Title).map(squeeze).unwrap_or_default();
        let mut lines = columns.lead.and_then(cells).map(body).unwrap_or_default();
        let text = columns.places(Column::Text).next().and_then(|place| full(cells(place)));
        lines.extend(text.map(body).unwrap_or_default());
        if lines.is_empty() {
            return self.left(place, &title, "no text in it");
        }
        let mut doubts = doubts;
        let meta = meta(columns, cells, &title, &mut doubts);
        let marked = with_title(&mut lines, &title);
        // Asked once, for the kinds and for the text.
        let settings = self.asked.settings;
        let lang = settings.lang.or(meta.lang.as_deref()).map(str::to_owned);
        let lang = lang.unwrap_or_else(|| plain::guessed(&lines, settings));
        let settings = Settings { lang: Some(&lang), ..settings };
        kinds::mark(&mut lines, marked, settings);
        let mut warnings = Vec::new();
        match article(&lines, meta, settings, self.encoding, &mut warnings) {
            Ok(mut article) => {
                self.found
                    .warnings
                    .extend(warnings.into_iter().map(|Warning(why)| Warning(format!("{place}: {why}"))));
                article.place = place;
                article.doubts = doubts;
                self.found.articles.push(article);
            }
            Err(ReadError::NoWords) => self.left(place, &title, "no text in it"),
            Err(why) => {
                let why = why.to_string();
                self.left(place, &title, crate::text::message::what(&why));
            }
        }
    }
}

/// Puts a title before lines as their headline, unless they begin with it.
pub(super) fn with_title(lines: &mut Vec<Line>, title: &str) -> kinds::Headline {
    if title.is_empty() {
        return kinds::Headline::Find;
    }
    let is_same = |line: &Line| fold(&squeeze(&line.text)) == fold(title);
    match lines.iter_mut().find(|line| !line.text.trim().is_empty()) {
        Some(line) if is_same(line) => line.kind = Some(kinds::HEADLINE),
        _ => {
            let headline =
                Line { text: title.to_owned(), kind: Some(kinds::HEADLINE), starts_paragraph: true };
            if let Some(first) = lines.first_mut() {
                first.starts_paragraph = true;
            }
            lines.insert(0, headline);
        }
    }
    kinds::Headline::Marked
}

fn body(cell: &str) -> Vec<Line> {
    tags::lines(cell).unwrap_or_else(|| blocks::lines(cell))
}

/// A cell that says something: `nan`, `NULL` and the like are what programs write for nothing.
fn full(cell: Option<&str>) -> Option<&str> {
    let cell = cell?.trim();
    (!cell.is_empty() && !matches!(cell, "nan" | "NaN" | "NULL" | "null" | "None" | "N/A" | "NA"))
        .then_some(cell)
}

fn meta(columns: &Columns, cells: Cells<'_>, title: &str, doubts: &mut Vec<Doubt>) -> Meta {
    let all = |column| columns.places(column).filter_map(|place| full(cells(place)));
    let first = |column| all(column).next().map(squeeze);
    let is_address = |text: &&str| text.starts_with("http://") || text.starts_with("https://");
    let mut meta = Meta {
        title: (!title.is_empty()).then(|| title.to_owned()),
        byline: first(Column::Byline).map(|byline| kinds::name_in_byline(&byline).to_owned()),
        // What some programs call the source is where it was found.
        outlet: all(Column::Outlet).find(|text| !is_address(text)).map(squeeze),
        section: first(Column::Section),
        url: first(Column::Url).or_else(|| all(Column::Outlet).find(is_address).map(squeeze)),
        doc_id: first(Column::DocId),
        lang: all(Column::Lang).find_map(langs::tag),
        ..Meta::default()
    };
    if let Some(date) = all(Column::Date).next() {
        doubts.extend(dated::put(&mut meta, date));
    }
    meta
}

/// The beginning of a title, for a list.
fn shortened(title: &str) -> String {
    title.chars().take(120).collect()
}
