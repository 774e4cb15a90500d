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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::articles::ArticleIn;
    use crate::formats::articles::batch::taking::taking;
    use crate::formats::articles::found::{Asked, Layout, Left};
    use crate::formats::articles::plain::read_plain;
    use crate::model::article::Meta;
    use crate::model::ids::ProjectId;
    use crate::model::project::Parts;

    fn empty() -> Project {
        Project::assemble(Parts::new(ProjectId::new("p"), "P")).unwrap()
    }

    /// Words enough for an article, of which each number makes others.
    fn body(n: usize, lang: &str) -> String {
        let words: &[&str] = match lang {
            "de" => &[
                "Der",
                "Rat",
                "hat",
                "gestern",
                "nicht",
                "\u{fc}ber",
                "die",
                "Mittel",
                "entschieden",
                "und",
                "das",
                "ist",
            ],
            _ => &["The", "council", "said", "that", "it", "had", "not", "paid", "the", "firm", "for", "its"],
        };
        let sentence = |at: usize| {
            let word = |k: usize| words[(n * 7 + at * 5 + k * (n % 5 + 1)) % words.len()].to_lowercase();
            format!("{} {} {n}{at} {}.", words[0], (0..9).map(word).collect::<Vec<_>>().join(" "), word(at))
        };
        (0..6).map(sentence).collect::<Vec<_>>().join(" ")
    }

    fn arrival(place: &str, text: &str, meta: Meta) -> Arrival {
        let mut read: ArticleIn = read_plain(text.as_bytes(), Asked::default()).unwrap().articles.remove(0);
        read.meta = Meta { title: meta.title.clone().or(read.meta.title.clone()), ..meta };
        let lang = read.lang.clone();
        let article = read.into_article().unwrap();
        Arrival { article, lang, n_cut: 0, place: place.to_owned(), doubts: Vec::new() }
    }

    fn dated(outlet: &str, written: &str) -> Meta {
        let mut meta = Meta { outlet: Some(outlet.to_owned()), ..Meta::default() };
        dated::put(&mut meta, written);
        meta
    }

    fn export(articles: Vec<Arrival>) -> FileRead {
        let read = Arrivals {
            format: "docx",
            layout: Some(Layout::NexisUni),
            announced: Some(articles.len()),
            articles,
            ..Arrivals::default()
        };
        FileRead { name: "nexis.docx".to_owned(), sha256: None, read: Ok(read) }
    }

    fn doubts(row: &Row) -> Vec<&'static str> {
        row.doubts.iter().map(|doubt| doubt.id).collect()
    }

    fn looked(files: &[FileRead], choices: &Choices) -> Batch {
        batch(files, &empty(), choices, "2026-06-01")
    }

    #[test]
    fn each_article_is_looked_at_for_what_is_doubtful() {
        let rows = vec![
            arrival("1", &body(1, "en"), dated("Post", "2025-03-01")),
            arrival("2", &body(2, "en"), dated("Post", "")),
            arrival("3", &body(3, "en"), dated("Post", "March 3, 2031")),
            arrival("4", "Too short to be one.", dated("Post", "2025-03-04")),
            arrival("5", &body(5, "en"), Meta { words: Some(400), ..dated("Post", "2025-03-05") }),
            arrival("6", &body(6, "de"), dated("Post", "2025-03-06")),
            arrival(
                "7",
                &body(7, "en").replace("council", "\u{fffd}\u{fffd}uncil"),
                dated("Post", "2025-03-07"),
            ),
            arrival("8", &body(8, "en"), Meta { words: Some(72), ..dated("Post", "2025-03-08") }),
        ];
        let files = [export(rows)];
        let batch = looked(&files, &Choices::default());
        let got: Vec<_> = batch.rows.iter().map(doubts).collect();
        let want: [&[&str]; 8] = [
            &[],
            &["no-date"],
            &["future-date"],
            &["short"],
            &["length"],
            &["language"],
            &["unreadable"],
            &[],
        ];
        assert_eq!(got, want);
        assert!(batch.rows.iter().all(|row| row.standing == Standing::New));
        assert!(!batch.is_plain(&files));
        let says = &batch.rows[4].doubts[0].says;
        assert!(
            says.starts_with("the file says 400 words, ") && says.ends_with("the end may be missing"),
            "{says}"
        );
    }

    #[test]
    fn a_plain_text_states_nothing_and_is_not_asked_for_it() {
        let read = Arrivals {
            format: "txt",
            articles: vec![arrival("", "It burnt.", Meta::default())],
            ..Arrivals::default()
        };
        let files = [FileRead { name: "a.txt".to_owned(), sha256: None, read: Ok(read) }];
        let batch = looked(&files, &Choices::default());
        assert_eq!(doubts(&batch.rows[0]), [""; 0]);
        assert!(batch.is_plain(&files));
    }

    #[test]
    fn the_whole_batch_says_which_number_is_the_day() {
        let of = |dates: [&str; 2], order: Option<Order>| {
            let [a, b] = dates;
            let rows = vec![
                arrival("1", &body(1, "en"), dated("Post", a)),
                arrival("2", &body(2, "en"), dated("Post", b)),
            ];
            let batch = looked(&[export(rows)], &Choices { order, ..Choices::default() });
            let dates = batch.rows.iter().map(|row| row.article.meta.published.clone().unwrap_or_default());
            (dates.collect::<Vec<_>>().join(" "), batch.asks_order)
        };
        assert_eq!(of(["03/04/2006", "14/04/2006"], None), ("2006-04-03 2006-04-14".to_owned(), false));
        assert_eq!(of(["03/04/2006", "04/14/2006"], None), ("2006-03-04 2006-04-14".to_owned(), false));
        assert_eq!(of(["03/04/2006", "05/04/2006"], None), (" ".to_owned(), true));
        let said = Some(Order::DayFirst);
        assert_eq!(of(["03/04/2006", "05/04/2006"], said), ("2006-04-03 2006-04-05".to_owned(), false));
        // One that cannot be in the order that was said stays open.
        assert_eq!(of(["03/04/2006", "04/14/2006"], said).0, "2006-04-03 2006-04-14");
    }

    #[test]
    fn the_same_words_are_there_and_nearly_the_same_are_near() {
        let text = body(1, "en");
        let cut: String = text.split_inclusive(". ").take(5).collect();
        let mut project = empty();
        let first = arrival("", &text, dated("Post", "2025-03-01")).article;
        project.apply(plan::add_article(&project, first)).unwrap();
        let rows = vec![
            arrival("1", &text, dated("Post", "2025-03-01")),
            arrival("2", &text, dated("Echo", "2025-03-02")),
            arrival("3", &body(9, "en"), dated("Post", "2025-03-03")),
            arrival("4", &cut, dated("Wire", "2025-03-04")),
            arrival("5", &body(9, "en"), dated("Post", "2025-03-03")),
        ];
        let files = [export(rows)];
        let batch = batch(&files, &project, &Choices::default(), "2026-06-01");
        let of = |idx: usize| match &batch.rows[idx].standing {
            Standing::There { .. } => "there".to_owned(),
            Standing::Near(Near { to: NearTo::There(_), share, .. }) => format!("near, {share:.2}"),
            other => format!("{other:?}"),
        };
        assert_eq!(
            [of(0), of(1), of(2), of(3), of(4)],
            ["there", "near, 1.00", "New", "near, 1.00", "there"]
        );
        let all = taking(&batch, &files, |_| true);
        assert_eq!((all.articles.len(), all.left.len()), (3, 2));
        let strict = taking(&batch, &files, |row| row.standing == Standing::New);
        assert_eq!((strict.articles.len(), strict.left.len(), strict.files[0].taken), (1, 4, 1));
        assert!(strict.left.iter().any(|left| left.why == "near-identical to an article of the project"));
    }

    #[test]
    fn what_is_said_of_an_article_goes_before_what_was_read() {
        let key = Key { file: 0, nth: 0, part: 0 };
        let says = vec![(Field::Outlet, "Echo".to_owned()), (Field::Date, "2024-01-02".to_owned())];
        let choices = Choices { says: BTreeMap::from([(key, says)]), ..Choices::default() };
        let files = [export(vec![arrival("1", &body(1, "en"), dated("Post", "03/04/2006"))])];
        let row = looked(&files, &choices).rows.remove(0);
        let meta = &row.article.meta;
        assert_eq!([&meta.outlet, &meta.published].map(Option::as_deref), [Some("Echo"), Some("2024-01-02")]);
        let id = article_id(row.article.text(), Some("Echo"), Some("2024-01-02"), None);
        assert_eq!((row.article.id.as_str(), doubts(&row).len()), (id.as_str(), 0));
    }

    #[test]
    fn lines_that_repeat_are_cut_and_an_article_is_parted() {
        let with = |n: usize| format!("{}\n\nCopyright 2025 Post. All rights reserved.", body(n, "en"));
        let rows = (1..=4).map(|n| arrival(&n.to_string(), &with(n), dated("Post", "2025-03-01"))).collect();
        let files = [export(rows)];
        let before = looked(&files, &Choices::default());
        assert_eq!(before.repeated.len(), 1);
        assert_eq!(
            (before.repeated[0].n, before.repeated[0].line.as_str()),
            (4, "Copyright 2025 Post. All rights reserved.")
        );
        let after = looked(&files, &Choices { cuts: true, ..Choices::default() });
        assert!(after.rows.iter().all(|row| !row.article.text().contains("Copyright")));
        assert_eq!(after.rows[0].article.text(), body(1, "en"));

        let two =
            format!("{}\n\nCouncil postpones vote\n\nLYND (AP) \u{2014} {}", body(1, "en"), body(2, "en"));
        let files =
            [export(vec![arrival("9", &two, Meta { words: Some(120), ..dated("Post", "2025-03-01") })])];
        let whole = looked(&files, &Choices::default());
        let at = body(1, "en").len() + 2;
        assert_eq!(whole.rows[0].second_at(), Some(at), "{:?}", whole.rows[0].article.sentences());
        let parted = BTreeMap::from([(whole.rows[0].key, at)]);
        let parts = looked(&files, &Choices { parted, ..Choices::default() });
        let [first, second] = &parts.rows[..] else { panic!("{:?}", parts.rows) };
        assert_eq!(first.article.text(), body(1, "en"));
        assert_eq!(
            (second.article.shown_title(), second.place.as_str()),
            ("Council postpones vote", "9, part 2")
        );
        assert_eq!(second.article.meta.outlet.as_deref(), Some("Post"));
    }

    #[test]
    fn what_a_reader_left_out_is_in_the_account() {
        let mut file = export(vec![arrival("1", &body(1, "en"), dated("Post", "2025-03-01"))]);
        if let Ok(read) = &mut file.read {
            read.announced = Some(3);
            read.left.push(Left {
                place: "2".to_owned(),
                title: "Sorry".to_owned(),
                why: "a message".to_owned(),
            });
        }
        let files = [file];
        let account = taking(&looked(&files, &Choices::default()), &files, |_| true);
        let of = &account.files[0];
        assert_eq!((of.announced, of.found, of.taken, of.layout), (Some(3), 2, 1, Some("nexis-uni")));
        assert_eq!((account.left.len(), account.left[0].place.as_str()), (1, "2"));
    }
}
