//! What is wrong in a file that parses, and the one mending of each kind: nothing is lost, everything is said.
//!
//! What has no place in a project (a sheet for an article that is not there) goes to the project's unknown field
//! `unplaced`, as RON, so that it stays in the file.

mod articles;
mod records;
mod scheme;
mod sheets;

pub(in crate::formats) use articles::article_as_written;
pub(in crate::formats) use records::{comment, decision, link};
pub(in crate::formats) use scheme::label;
pub(in crate::formats) use sheets::sheet_as_written;

use crate::formats::project::read::ProjectError;
use crate::formats::project::record;
use crate::formats::project::records::FileRec;
use crate::formats::project::{FORMAT, escape};
use crate::model::action::Place;
use crate::model::article::Article;
use crate::model::coder::Coder;
use crate::model::decision::Conflict;
use crate::model::ids::{self, ArticleId, CoderId, Extra, Kept, LabelId, ProjectId, Span};
use crate::model::project::{Parts, Project};
use crate::model::scheme::Scheme;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
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
        f.write_str(&self.says)
    }
}

/// The project of a file, and what had to be mended.
pub(in crate::formats) fn project(file: FileRec) -> Result<(Project, Vec<Mend>), ProjectError> {
    if file.coders.len() > ids::MAX_CODERS {
        return Err(ProjectError::TooManyCoders(file.coders.len()));
    }
    if file.scheme.labels.len() > ids::MAX_LABELS {
        return Err(ProjectError::TooManyLabels(file.scheme.labels.len()));
    }
    let mut mender = Mender::new(file.scheme);
    let mut extra = newer_head(file.format, file.writers_from, file.extra);
    let id = mender.project_id(&file.id);
    let title = mender.name("the project", file.title, "title", &mut extra);
    let never_end_after = mender.abbreviations(file.never_end_after.0, &mut extra);
    mender.take_coders(file.coders);
    let articles = mender.take_articles(file.articles);
    mender.take_conflicts(file.conflicts);
    let sheets = mender.take_sheets(file.sheets);
    let links = mender.take_links(file.links);
    let decisions = mender.take_decisions(file.decisions);
    let comments = mender.take_comments(file.comments);
    if mender.coders.len() > ids::MAX_CODERS {
        return Err(ProjectError::TooManyCoders(mender.coder_ids.len()));
    }
    if mender.scheme.labels.len() > ids::MAX_LABELS {
        return Err(ProjectError::TooManyLabels(mender.label_ids.len()));
    }
    put_unplaced(&mut extra, &mender.unplaced);
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
        extra,
    };
    Ok((Project::assemble(parts)?, mender.mends))
}

/// What is known while a file is mended, section by section.
struct Mender {
    mends: Vec<Mend>,
    /// RON source of records that have no place in the project.
    unplaced: Vec<String>,
    scheme: Scheme,
    /// Ids as they are written, and the labels, coders and articles that they mean.
    label_ids: BTreeMap<String, LabelId>,
    coder_ids: BTreeMap<String, CoderId>,
    articles: BTreeMap<String, Placed>,
    coders: Vec<Coder>,
    conflicts: Vec<Conflict>,
}

/// An article, and the spans that its sentences had in the file where those were wrong.
#[derive(Clone)]
struct Placed {
    article: Arc<Article>,
    moved: BTreeMap<Span, Span>,
}

impl Placed {
    /// The sentence that a span means.
    fn span(&self, written: Span) -> Option<Span> {
        let moved = self.moved.get(&written).copied();
        moved.or_else(|| self.article.idx_of(written).map(|_| written))
    }

    fn title(&self) -> String {
        quoted(&self.article)
    }
}

impl Mender {
    fn say(&mut self, says: String) {
        self.mends.push(Mend { place: None, says });
    }

    fn say_at(&mut self, article: &ArticleId, sentence: Option<Span>, says: String) {
        self.mends.push(Mend { place: Some(Place { article: article.clone(), sentence }), says });
    }

    fn project_id(&mut self, written: &str) -> ProjectId {
        let id = free_id(written, 0, |_| false);
        if id != written {
            self.say(format!("the project's id `{written}` is no id: it is `{id}` now"));
        }
        ProjectId::new(id)
    }

    /// A name without control characters and not too long; the name as it is written travels along.
    fn name(&mut self, of: &str, name: String, field: &str, extra: &mut Kept) -> String {
        if ids::is_name(&name) {
            return name;
        }
        let shown = name.chars().filter(|c| !c.is_control() && !ids::is_bidi_control(*c));
        let shown: String = shown.take(ids::MAX_NAME_CHARS).collect();
        record::add(extra, &format!("{field}_as_written"), escape::string(&name));
        self.say(format!(
            "the name of {of} is longer than 200 characters or holds control characters: it is `{shown}` now, and \
             stays beside it as it was written"
        ));
        shown
    }

    /// The project's own abbreviations; one that is none, or one too many, travels along as it is written.
    fn abbreviations(&mut self, written: Vec<String>, extra: &mut Kept) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let (mut list, mut left) = (Vec::new(), Vec::new());
        for text in written {
            if !ids::is_abbreviation(&text) {
                self.say(format!(
                    "`{}` under `never_end_after` is no abbreviation (1 to 64 bytes on one line, without control \
                     characters): it stays in the file, and does nothing",
                    shown(&text)
                ));
                left.push(text);
            } else if !seen.insert(text.clone()) {
                self.say(format!("`{text}` stands twice under `never_end_after`: once is enough"));
            } else if list.len() < ids::MAX_ABBREVIATIONS {
                list.push(text);
            } else {
                left.push(text);
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
            let left: Vec<_> = left.iter().map(|text| escape::string(text)).collect();
            record::add(extra, "never_end_after_as_written", format!("[{}]", left.join(", ")));
        }
        list
    }

    /// Says that a time could not be read; it has been kept as written.
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
    let mut fields = vec![("format".to_owned(), format.to_string())];
    fields.push(("writers_from".to_owned(), writers_from.to_string()));
    fields.extend(extra.map(|extra| extra.0).unwrap_or_default());
    Some(Box::new(Extra(fields)))
}

/// Puts what has no place into the field `unplaced`, after what is there already.
fn put_unplaced(extra: &mut Kept, sources: &[String]) {
    if sources.is_empty() {
        return;
    }
    let list = sources.join(",\n") + ",\n";
    let fields = &mut extra.get_or_insert_default().0;
    let earlier = fields.iter_mut().find(|(name, _)| name == "unplaced");
    match earlier.and_then(|(_, source)| source.ends_with(",\n]").then_some(source)) {
        Some(source) => {
            source.pop();
            source.push_str(&list);
            source.push(']');
        }
        None => record::add(extra, "unplaced", format!("[\n{list}]")),
    }
}

/// The text itself if it is an id and free, else one made of it.
///
/// `n_renamed` have got a new id already: with many of them, numbers are not tried one by one.
fn free_id(written: &str, n_renamed: usize, is_taken: impl Fn(&str) -> bool) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-') { c } else { '-' };
    let mut id = written.to_owned();
    if !ids::is_id(written) {
        id = written.chars().map(plain).take(ids::MAX_ID_BYTES).collect();
        if id.bytes().all(|b| b == b'.') {
            id.insert(0, 'x');
        }
    }
    if !is_taken(&id) && ids::is_id(&id) {
        return id;
    }
    // Room for a number behind it.
    let stem: String = id.chars().take(ids::MAX_ID_BYTES - 12).collect();
    let mut n = if n_renamed < 8 { 2 } else { n_renamed + 2 };
    loop {
        let id = format!("{stem}-{n}");
        if !is_taken(&id) {
            return id;
        }
        n += 1;
    }
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
            assert_eq!(free_id(written, 0, taken), want, "{written}");
            assert!(ids::is_id(&free_id(written, 0, taken)));
        }
    }

    #[test]
    fn what_has_no_place_gathers_in_one_field() {
        let mut extra = None;
        put_unplaced(&mut extra, &["a(1)".to_owned()]);
        put_unplaced(&mut extra, &["b(2)".to_owned(), "c(3)".to_owned()]);
        assert_eq!(extra.unwrap().0, [("unplaced".to_owned(), "[\na(1),\nb(2),\nc(3),\n]".to_owned())]);
    }
}
