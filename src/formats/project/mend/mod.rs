//! What is wrong in a file that parses, and the one mending of each kind: nothing is lost, everything is said.
//!
//! What has no place in a project (a sheet for an article that is not there) goes to the project's unknown field
//! `unplaced`, as RON, so that it stays in the file.

mod articles;
mod conflicts;
mod draws;
mod imports;
mod records;
mod scheme;
mod sheets;

pub(in crate::formats) use articles::article_as_written;
pub(in crate::formats) use conflicts::conflict;
pub(in crate::formats) use draws::draw;
pub(in crate::formats) use imports::import;
pub(in crate::formats) use records::{Listing, comment, decision, link};
pub(in crate::formats) use scheme::label;
pub(in crate::formats) use sheets::sheet_as_written;

use crate::formats::project::project_error::ProjectError;
use crate::formats::project::record;
use crate::formats::project::records::FileRec;
use crate::formats::project::rows::MOST_SAID;
use crate::formats::project::{FORMAT, escape};
use crate::model::action::Place;
use crate::model::article::Article;
use crate::model::coder::Coder;
use crate::model::conflict::Conflict;
use crate::model::ids::{self, ArticleId, CoderId, Extra, Kept, LabelId, ProjectId, Span};
use crate::model::project::{Parts, Project};
use crate::model::scheme::Scheme;
use crate::text::message;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::panic::Location;
use std::sync::Arc;

/// Something that was wrong in a file, where, and what was done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    pub place: Option<Place>,
    /// A sentence for people.
    pub says: String,
}

impl fmt::Display for Mend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&message::unmarked(&self.says))
    }
}

/// The project of a file, and what had to be mended.
#[derive(Debug)]
pub(in crate::formats) struct Mended {
    pub project: Project,
    pub mends: Vec<Mend>,
    /// Records without a place for which there was no room either.
    pub n_left_out: usize,
}

/// Mends a file of so many bytes.
pub(in crate::formats) fn project(file: FileRec, n_bytes: usize) -> Result<Mended, ProjectError> {
    if file.coders.n > ids::MAX_CODERS {
        return Err(ProjectError::TooManyCoders(file.coders.n));
    }
    if file.scheme.labels.n > ids::MAX_LABELS {
        return Err(ProjectError::TooManyLabels(file.scheme.labels.n));
    }
    let mut mender = Mender::new(file.scheme, Unplaced::new(n_bytes));
    let mut extra = newer_head(file.format, file.writers_from, file.extra);
    let id = mender.project_id(&file.id);
    let title = mender.name("the project", file.title, "title", &mut extra);
    let never_end_after = mender.abbreviations(&file.never_end_after.0, &mut extra);
    mender.take_coders(file.coders);
    let articles = mender.take_articles(file.articles);
    mender.take_conflicts(file.conflicts);
    let sheets = mender.take_sheets(file.sheets);
    let links = mender.take_links(file.links);
    let decisions = mender.take_decisions(file.decisions);
    let comments = mender.take_comments(file.comments);
    let draws = mender.take_draws(file.draws);
    let imports = mender.take_imports(file.imports);
    if mender.coders.len() > ids::MAX_CODERS {
        return Err(ProjectError::TooManyCoders(mender.coder_ids.len()));
    }
    if mender.scheme.labels.len() > ids::MAX_LABELS {
        return Err(ProjectError::TooManyLabels(mender.label_ids.len()));
    }
    let handed_to =
        file.handed_to.map(|coder| mender.coder_ids.get(&coder).cloned().unwrap_or(CoderId::new(coder)));
    mender.conflicts.iter_mut().for_each(conflicts::rename_what_travels);
    put_unplaced(&mut extra, &mender.unplaced.list);
    let (mends, n_left_out) = (mender.mends.into_list(), mender.unplaced.n_left_out);
    let parts = Parts {
        id,
        title,
        scheme: mender.scheme,
        coders: mender.coders,
        articles,
        sheets,
        links,
        decisions,
        comments,
        conflicts: mender.conflicts,
        never_end_after,
        handed_to,
        draws,
        imports,
        extra,
    };
    Ok(Mended { project: Project::assemble(parts)?, mends, n_left_out })
}

/// What is known while a file is mended, section by section.
struct Mender {
    mends: Mends,
    unplaced: Unplaced,
    scheme: Scheme,
    /// Ids as they are written, and the labels, coders and articles that they mean.
    label_ids: BTreeMap<String, LabelId>,
    coder_ids: BTreeMap<String, CoderId>,
    /// The ids that labels of the scheme have, or will have.
    labels_taken: BTreeSet<String>,
    label_numbers: Numbers,
    coder_numbers: Numbers,
    articles: BTreeMap<ArticleId, Placed>,
    coders: Vec<Coder>,
    conflicts: Vec<Conflict>,
}

/// The most bytes of what is said of one thing.
const MOST_WORDS: usize = 1000;

/// What had to be mended. What is said at one place of this code is of one kind: the first are listed, all are counted.
#[derive(Debug, Default)]
struct Mends {
    list: Vec<Mend>,
    n: BTreeMap<&'static Location<'static>, usize>,
    /// The first of each kind that is not listed any more.
    more: Vec<(&'static Location<'static>, String)>,
}

impl Mends {
    fn push(&mut self, kind: &'static Location<'static>, mend: Mend) {
        let n = self.n.entry(kind).or_default();
        *n += 1;
        if *n <= MOST_SAID {
            self.list.push(Mend { says: short(mend.says), ..mend });
        } else if *n == MOST_SAID + 1 {
            self.more.push((kind, short(mend.says)));
        }
    }

    fn into_list(self) -> Vec<Mend> {
        let Self { mut list, n, more } = self;
        for (kind, first) in more {
            let n = n.get(kind).copied().unwrap_or_default().saturating_sub(MOST_SAID);
            list.push(Mend { place: None, says: format!("{n} more of this kind: {first}") });
        }
        list
    }
}

/// What is said, without its middle if it is very long: names in it come from the file.
fn short(says: String) -> String {
    if says.len() <= MOST_WORDS {
        return says;
    }
    let head = says.get(..says.floor_char_boundary(MOST_WORDS / 2)).unwrap_or_default();
    let tail = says.get(says.ceil_char_boundary(says.len() - MOST_WORDS / 2)..).unwrap_or_default();
    format!("{head} … {tail}")
}

/// Records that have no place in the project, as RON, as far as there is room for them.
#[derive(Debug)]
struct Unplaced {
    /// Each with a comma and a line end.
    list: String,
    most_bytes: usize,
    n_left_out: usize,
}

impl Unplaced {
    /// Room that a small file has too.
    const LEAST: usize = 256 << 10;

    /// Room for as much as the file of so many bytes itself.
    fn new(n_bytes: usize) -> Self {
        Self { list: String::new(), most_bytes: n_bytes.max(Self::LEAST), n_left_out: 0 }
    }

    fn push(&mut self, source: &str) {
        // Once something is left out nothing may be written, and the rest would only take room.
        if self.n_left_out > 0 || self.list.len() + source.len() > self.most_bytes {
            self.n_left_out += 1;
            return;
        }
        self.list.push_str(source);
        self.list.push_str(",\n");
    }
}

/// An article, and the spans that its sentences had in the file where those were wrong.
#[derive(Clone)]
struct Placed {
    article: Arc<Article>,
    moved: Option<Arc<BTreeMap<Span, Span>>>,
}

impl Placed {
    /// The sentence that a span means.
    fn span(&self, written: Span) -> Option<Span> {
        let moved = self.moved.as_ref().and_then(|moved| moved.get(&written).copied());
        moved.or_else(|| self.article.idx_of(written).map(|_| written))
    }

    fn title(&self) -> String {
        quoted(&self.article)
    }
}

impl Mender {
    #[track_caller]
    fn say(&mut self, says: String) {
        self.mends.push(Location::caller(), Mend { place: None, says });
    }

    #[track_caller]
    fn say_at(&mut self, article: &ArticleId, sentence: Option<Span>, says: String) {
        let place = Some(Place { article: article.clone(), sentence });
        self.mends.push(Location::caller(), Mend { place, says });
    }

    fn project_id(&mut self, written: &str) -> ProjectId {
        let id = Numbers::default().free_id(written, |_| false);
        if id != written {
            self.say(format!("the project's id `{written}` is no id: it is `{id}` now"));
        }
        ProjectId::new(id)
    }

    /// A name without control characters and not too long; the name as it is written travels along.
    #[track_caller]
    fn name(&mut self, of: &str, name: String, field: &str, extra: &mut Kept) -> String {
        if ids::is_name(&name) {
            return name;
        }
        let shown = name.chars().filter(|c| !c.is_control() && !ids::is_bidi_control(*c));
        let shown: String = shown.take(ids::MAX_NAME_CHARS).collect();
        record::add(extra, &format!("{field}_as_written"), &escape::string(&name));
        self.say(format!(
            "the name of {of} is longer than 200 characters or holds control characters: it is `{shown}` now, and \
             stays beside it as it was written"
        ));
        shown
    }

    /// The project's own abbreviations; one that is none, or one too many, travels along as it is written.
    fn abbreviations(&mut self, written: &[String], extra: &mut Kept) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let (mut list, mut left) = (Vec::new(), String::new());
        let mut leave = |text: &str| {
            left.push_str(if left.is_empty() { "" } else { ", " });
            left.push_str(&escape::string(text));
        };
        for text in written {
            if !ids::is_abbreviation(text) {
                self.say(format!(
                    "`{}` under `never_end_after` is no abbreviation (1 to 64 bytes on one line, without control \
                     characters): it stays in the file, and does nothing",
                    shown(text)
                ));
                leave(text);
            } else if !seen.insert(text.as_str()) {
                self.say(format!("`{text}` stands twice under `never_end_after`: once is enough"));
            } else if list.len() < ids::MAX_ABBREVIATIONS {
                list.push(text.clone());
            } else {
                leave(text);
            }
        }
        let n_more = seen.len().saturating_sub(list.len());
        if n_more > 0 {
            self.say(format!(
                "`never_end_after` has more than {} abbreviations: the last {n_more} stay in the file, and do nothing",
                ids::MAX_ABBREVIATIONS
            ));
        }
        if !left.is_empty() {
            record::add(extra, "never_end_after_as_written", &format!("[{left}]"));
        }
        list
    }

    /// Says that a time could not be read; it has been kept as written.
    #[track_caller]
    fn bad_time(&mut self, of: &str, written: &str) {
        self.say(format!(
            "the time `{written}` of {of} cannot be read: it stays beside it as it was written"
        ));
    }
}

/// The head of a file of a newer format, which stays what it is.
fn newer_head(format: u32, writers_from: u32, extra: Kept) -> Kept {
    if format <= FORMAT {
        return extra;
    }
    let mut head = Extra::default();
    head.push("format", &format.to_string());
    head.push("writers_from", &writers_from.to_string());
    extra.iter().flat_map(|extra| extra.fields()).for_each(|(name, source)| head.push(name, source));
    Some(Box::new(head))
}

/// Puts what has no place into the field `unplaced`, after what is there already.
fn put_unplaced(extra: &mut Kept, list: &str) {
    if list.is_empty() {
        return;
    }
    let goes_on = |source: &str| source.ends_with(",\n]");
    let is_there = extra.as_ref().and_then(|extra| extra.get("unplaced")).is_some_and(goes_on);
    if !is_there {
        let name = record::free_name(extra, "unplaced");
        extra.get_or_insert_default().push_pieces(&name, &["[\n", list, "]"]);
        return;
    }
    let mut longer = Extra::default();
    for (name, source) in extra.iter().flat_map(|extra| extra.fields()) {
        match source.strip_suffix(']').filter(|_| name == "unplaced") {
            Some(source) => longer.push_pieces(name, &[source, list, "]"]),
            None => longer.push(name, source),
        }
    }
    *extra = Some(Box::new(longer));
}

/// The numbers that were last put behind the stems of new ids: with many of one stem, they are not tried from the first.
#[derive(Debug, Default)]
struct Numbers(BTreeMap<String, usize>);

impl Numbers {
    /// The text itself if it is an id and free, else one made of it.
    fn free_id(&mut self, written: &str, is_taken: impl Fn(&str) -> bool) -> String {
        let id = plain_id(written);
        if !is_taken(&id) && ids::is_id(&id) {
            return id;
        }
        // Room for a number behind it.
        let stem: String = id.chars().take(ids::MAX_ID_BYTES - 12).collect();
        let n = self.0.entry(stem.clone()).or_insert(1);
        loop {
            *n += 1;
            let id = format!("{stem}-{n}");
            if !is_taken(&id) {
                return id;
            }
        }
    }
}

/// The text with nothing in it that an id does not have, and not longer than one.
fn plain_id(written: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-') { c } else { '-' };
    let mut id = written.to_owned();
    if !ids::is_id(written) {
        id = written.chars().map(plain).take(ids::MAX_ID_BYTES).collect();
        if id.bytes().all(|b| b == b'.') {
            id.insert(0, 'x');
        }
    }
    id
}

/// A text of a file in a message: on one line, not too long.
fn shown(text: &str) -> String {
    let plain = |c: char| if c.is_control() || ids::is_bidi_control(c) { '\u{FFFD}' } else { c };
    let shown: String = text.chars().map(plain).take(ids::MAX_ABBREVIATION_BYTES).collect();
    if text.chars().nth(ids::MAX_ABBREVIATION_BYTES).is_some() { format!("{shown}…") } else { shown }
}

/// An article's title in quotation marks, not too long.
fn quoted(article: &Article) -> String {
    let title = article.shown_title();
    match title.char_indices().nth(60) {
        Some((end, _)) => format!("“{}…”", title.get(..end).unwrap_or_default()),
        None => format!("“{title}”"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_made_of_what_is_written() {
        let taken = |id: &str| ["a", "a-2", "none"].contains(&id);
        for (written, want) in [
            ("b", "b"),
            ("a", "a-3"),
            ("none", "none-2"),
            ("", "x"),
            ("..", "x.."),
            ("ä b|c", "--b-c"),
            (&"y".repeat(70), &"y".repeat(64)),
        ] {
            assert_eq!(Numbers::default().free_id(written, taken), want, "{written}");
            assert!(ids::is_id(want));
        }
    }

    #[test]
    fn numbers_of_one_stem_go_on() {
        let mut numbers = Numbers::default();
        let mut taken = BTreeSet::from(["a".to_owned(), "a-3".to_owned()]);
        for want in ["a-2", "a-4", "a-5"] {
            let id = numbers.free_id("a", |id| taken.contains(id));
            assert_eq!(id, want);
            taken.insert(id);
        }
    }

    #[test]
    fn mends_of_one_kind_are_counted() {
        let mut mends = Mends::default();
        let (one, other) = (Location::caller(), Location::caller());
        assert!(one != other);
        for n in 1..=MOST_SAID + 30 {
            mends.push(one, Mend { place: None, says: format!("thing {n}") });
        }
        mends.push(other, Mend { place: None, says: "x".repeat(5000) });
        let list = mends.into_list();
        assert_eq!(list.len(), MOST_SAID + 2);
        assert_eq!(list.last().unwrap().says, "30 more of this kind: thing 101");
        assert!(list.iter().all(|mend| mend.says.len() <= MOST_WORDS + 10));
    }

    #[test]
    fn there_is_room_for_as_much_as_the_file() {
        let mut unplaced = Unplaced::new(3 << 20);
        for _ in 0..5 {
            unplaced.push(&"x".repeat(1 << 20));
        }
        assert_eq!((unplaced.list.len() >> 20, unplaced.n_left_out), (2, 3));
    }

    #[test]
    fn what_has_no_place_gathers_in_one_field() {
        let mut extra = None;
        put_unplaced(&mut extra, "a(1),\n");
        put_unplaced(&mut extra, "b(2),\nc(3),\n");
        let fields = [("unplaced", "[\na(1),\nb(2),\nc(3),\n]")];
        assert_eq!(extra, Some(Box::new(Extra::from_iter(fields))));
    }
}
