//! Articles that were read together, before anything enters a project: what is new, there already, near-identical, doubtful.
//!
//! All of it is worked out anew from what the readers gave and what was chosen since: nothing is mended in place.

pub mod doubts;
mod lines;
pub mod repeats;
pub mod taking;

use crate::analysis::duplicates::{alike, groups, share};
use crate::formats::articles::arrivals::{self, Arrival, Arrivals};
use crate::formats::articles::batch::doubts::Doubtful;
use crate::formats::articles::dated::{self, Order, Proof};
use crate::formats::articles::found::Doubt;
use crate::formats::articles::{article_id, settings_of};
use crate::formats::hashes::sha256_hex;
use crate::model::article::Article;
use crate::model::ids::ArticleId;
use crate::model::mending::Field;
use crate::model::plan;
use crate::model::project::Project;
use crate::text::rules::Settings;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A file as it was read.
#[derive(Debug)]
pub struct FileRead {
    /// As it was named.
    pub name: String,
    pub sha256: Option<String>,
    /// What it gives, or why it gives nothing.
    pub read: Result<Arrivals, String>,
}

/// Which article of which file, and which part of it where it was parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    pub file: usize,
    pub nth: usize,
    pub part: usize,
}

/// What somebody chose or mended before the articles come in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// Which number of `03/04/2006` is the day, where the dates themselves do not prove it.
    pub order: Option<Order>,
    /// Whether lines go that repeat in most articles.
    pub cuts: bool,
    /// What is said of articles in the place of what was read.
    pub says: BTreeMap<Key, Vec<(Field, String)>>,
    /// Articles that are two: the byte of the text where the second begins.
    pub parted: BTreeMap<Key, usize>,
}

/// What an article of a batch is to the project.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    New,
    /// The project has it, or an earlier one of the batch is the same.
    There {
        id: ArticleId,
        title: String,
    },
    Near(Near),
    /// It cannot come in: why.
    Refused(String),
}

/// A text that is nearly the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    pub to: NearTo,
    pub title: String,
    /// Of the shingles of this text, those that stand in the other: 0 to 1.
    pub share: f64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NearTo {
    /// An article of the project.
    There(ArticleId),
    /// A row of the batch, by its place.
    Row(usize),
}

/// An article of a batch.
#[derive(Debug, Clone)]
pub struct Row {
    pub key: Key,
    /// Where it stands in its file, if that holds several.
    pub place: String,
    pub article: Article,
    /// The language whose rules divided it.
    pub lang: String,
    pub n_cut: usize,
    /// Of its body: headline, byline and dateline are not counted.
    pub n_words: usize,
    pub standing: Standing,
    pub doubts: Vec<Doubtful>,
    /// What the reader alone saw.
    seen: Vec<Doubt>,
}

/// All of them.
#[derive(Debug, Default)]
pub struct Batch {
    pub rows: Vec<Row>,
    /// Lines that repeat in most articles, and in how many: cut if that was chosen.
    pub repeated: Vec<repeats::Repeated>,
    /// Whether there are dates whose order has to be said.
    pub asks_order: bool,
}

/// Works out what comes of files. `today` is an ISO date.
pub fn batch(files: &[FileRead], project: &Project, choices: &Choices, today: &str) -> Batch {
    let settings = settings_of(project);
    let mut rows = pieces(files, choices, settings);
    let asks_order = put_dates(&mut rows, choices.order);
    let repeated = repeats::find(&rows);
    if choices.cuts {
        repeats::cut(&mut rows, &repeated, settings);
    }
    for row in &mut rows {
        name_anew(row, choices.says.get(&row.key));
    }
    stand(&mut rows, project);
    find_near(&mut rows, project);
    doubts::find(&mut rows, files, today);
    Batch { rows, repeated, asks_order }
}

impl Batch {
    /// Rows that would come in, if near ones do.
    pub fn coming(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| matches!(row.standing, Standing::New | Standing::Near(_)))
    }

    /// Whether all of them may come in unseen: nothing is doubtful, near-identical or asked for, and nobody counted them.
    pub fn is_plain(&self, files: &[FileRead]) -> bool {
        let is_plain = |row: &Row| row.doubts.is_empty() && !matches!(row.standing, Standing::Near(_));
        !self.asks_order && self.rows.iter().all(is_plain) && files.iter().all(FileRead::is_plain)
    }
}

impl FileRead {
    /// Whether its kind of file states little: a text or a document that is one article, and no page, table or database.
    pub fn is_text(&self) -> bool {
        self.read.as_ref().is_ok_and(|read| {
            read.layout.is_none()
                && matches!(read.format, "txt" | "md" | "docx" | "odt" | "rtf" | "epub" | "pdf")
        })
    }

    /// Whether nothing about it has to be looked at before it comes in: one article, or none at all.
    fn is_plain(&self) -> bool {
        match &self.read {
            Ok(read) => {
                let is_one = read.articles.len() <= 1 && read.left.is_empty();
                is_one && read.layout.is_none() && (self.is_text() || matches!(read.format, "html" | "mht"))
            }
            Err(_) => true,
        }
    }
}

/// The articles of all files, those that are two apart.
fn pieces(files: &[FileRead], choices: &Choices, settings: Settings<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    for (file, read) in files.iter().enumerate() {
        let articles = read.read.as_ref().map_or(&[][..], |read| read.articles.as_slice());
        for (nth, arrival) in articles.iter().enumerate() {
            let mut row = Row::of(Key { file, nth, part: 0 }, arrival);
            // Each part may be parted again.
            while let Some((first, second)) =
                choices.parted.get(&row.key).and_then(|at| lines::parted(&row, *at, settings))
            {
                rows.push(first);
                row = second;
            }
            rows.push(row);
        }
    }
    rows
}

impl Row {
    fn of(key: Key, arrival: &Arrival) -> Self {
        let Arrival { article, lang, n_cut, place, doubts } = arrival.clone();
        Self {
            key,
            place,
            n_words: lines::n_words(&article, &lang),
            article,
            lang,
            n_cut,
            standing: Standing::New,
            doubts: Vec::new(),
            seen: doubts,
        }
    }
}

/// Gives dates that are written in numbers alone their order: what the batch proves, else what was said. Whether it is left open.
fn put_dates(rows: &mut [Row], said: Option<Order>) -> bool {
    let open = |row: &Row| row.article.meta.published.is_none();
    let written = |row: &Row| row.article.meta.published_as.clone();
    let all: Vec<String> = rows.iter().filter_map(written).collect();
    let order = said.or(match dated::order_of(all.iter().map(String::as_str)) {
        Proof::Of(order) => Some(order),
        Proof::Contradictory | Proof::Nothing => None,
    });
    let mut asks = false;
    for row in rows.iter_mut().filter(|row| open(row)) {
        let Some(written) = written(row) else { continue };
        match order.and_then(|order| dated::in_order(&written, order)) {
            Some(iso) => row.article.meta.published = Some(iso),
            None => asks |= matches!(dated::read(&written), dated::Dated::DayMonth { .. }),
        }
    }
    asks
}

/// Puts in what is said of an article, and gives it the id that it has by that.
fn name_anew(row: &mut Row, says: Option<&Vec<(Field, String)>>) {
    let article = &mut row.article;
    for (field, text) in says.into_iter().flatten() {
        field.put(&mut article.meta, text);
    }
    let meta = &article.meta;
    let id = article_id(article.text(), meta.outlet.as_deref(), meta.date_known(), meta.url.as_deref());
    article.id = ArticleId::new(id);
    article.sha256 = sha256_hex(article.text().as_bytes());
}

/// Says of each row whether it is there already; each new one gets an id that is free.
fn stand(rows: &mut [Row], project: &Project) {
    let mut grown = project.clone();
    let mut added = plan::n_added(project);
    for row in rows {
        if let Some(there) = arrivals::twin(&grown, &row.article) {
            row.standing = Standing::There { id: there.id.clone(), title: there.shown_title().to_owned() };
            continue;
        }
        row.article = arrivals::with_free_id(&grown, row.article.clone());
        added = added.saturating_add(1);
        if let Err(refusal) = grown.apply(plan::take_in(row.article.clone(), added)) {
            row.standing = Standing::Refused(refusal.to_string());
        }
    }
}

/// Says of new rows which of them are nearly what the project has, or an earlier row.
fn find_near(rows: &mut [Row], project: &Project) {
    let there: Vec<&Arc<Article>> = project.articles().collect();
    let new: Vec<usize> = (0..rows.len())
        .filter(|idx| rows.get(*idx).is_some_and(|row| row.standing == Standing::New))
        .collect();
    if new.is_empty() || new.len() + there.len() < 2 {
        return;
    }
    let texts: Vec<&str> = there
        .iter()
        .map(|article| article.text())
        .chain(new.iter().filter_map(|idx| rows.get(*idx)).map(|row| row.article.text()))
        .collect();
    let pairs = alike(texts.iter().copied());
    let mut near = Vec::new();
    for group in groups(texts.len(), &pairs) {
        for place in group.iter().skip(1).filter(|place| **place >= there.len()) {
            let direct = pairs.iter().find(|pair| pair.second == *place).map(|pair| pair.first);
            let Some(other) = direct.or(group.first().copied()) else { continue };
            let (Some(text), Some(with)) = (texts.get(*place), texts.get(other)) else { continue };
            near.push((*place, other, share(text, with)));
        }
    }
    for (place, other, share) in near {
        let row_of = |place: usize| place.checked_sub(there.len()).and_then(|idx| new.get(idx)).copied();
        let to = match (there.get(other), row_of(other)) {
            (Some(article), _) => Some((NearTo::There(article.id.clone()), article.shown_title().to_owned())),
            (None, Some(idx)) => {
                rows.get(idx).map(|row| (NearTo::Row(idx), row.article.shown_title().to_owned()))
            }
            (None, None) => None,
        };
        if let (Some((to, title)), Some(row)) = (to, row_of(place).and_then(|idx| rows.get_mut(idx))) {
            row.standing = Standing::Near(Near { to, title, share });
        }
    }
}
