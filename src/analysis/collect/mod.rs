//! Putting together what coders did in files that were handed out: a table of who did what and what differs, and one action.
//!
//! Row by row the later answer wins, and one taken away is an answer too. What is not an answer stays the project's: codebook,
//! what is known about articles, who has which article; where a file says other than the project, it is listed.

mod afterwards;
mod differences;
mod rows;
mod times;

pub use afterwards::{Afterwards, Column};
pub use differences::{Difference, Kind};
pub use times::{LEAST_SAME, SameTimes};

use crate::analysis::count;
use crate::model::action::{Action, Record};
use crate::model::ids::{ArticleId, CoderId, Stamp};
use crate::model::plan;
use crate::model::project::Project;
use crate::model::sheet::SheetKey;
use crate::model::unite;
use crate::text::message::Message;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A file as it came in.
#[derive(Debug, Clone)]
pub struct Came {
    /// As it is named in messages.
    pub name: String,
    /// What stands in it, or why it cannot be read.
    pub project: Result<Project, String>,
    /// How much of it had to be mended.
    pub n_mends: usize,
}

impl Came {
    /// With labels that the project merged since as they are now.
    fn as_merged(&self, into: &Project) -> Self {
        let merged = self.project.as_ref().ok().and_then(|came| unite::as_merged(came, into.scheme()));
        merged.map_or_else(|| self.clone(), |(project, _)| Self { project: Ok(project), ..self.clone() })
    }
}

/// What is to be taken of what differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Boundaries {
    Ours,
    Theirs,
    /// Of these files (by place) and articles.
    Some(BTreeSet<(usize, ArticleId)>),
}

impl Boundaries {
    fn takes(&self, file: usize, article: &ArticleId) -> bool {
        match self {
            Self::Ours => false,
            Self::Theirs => true,
            Self::Some(some) => some.contains(&(file, article.clone())),
        }
    }
}

/// What one coder did in one file; or the file, where it is nobody's.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Place of the file.
    pub file: usize,
    pub coder: Option<CoderId>,
    /// The coder's name, as far as it is known.
    pub name: String,
    pub left_out: Option<LeftOut>,
    /// Answers and sentences of this coder in the file.
    pub n_answered: usize,
    pub n_sentences: usize,
    /// Sheets that are done, and all.
    pub n_done: usize,
    pub n_sheets: usize,
    pub news: News,
    /// Of the file, at its first row.
    pub differences: Vec<Difference>,
}

/// Why a file, or a coder's work in it, is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeftOut {
    /// Not chosen.
    NotChosen,
    /// It cannot be read, and why.
    Unread(String),
    OtherProject,
    /// Nobody has a sheet in it.
    Empty,
    /// All of it is in another file of this coder, or in a later form: that one's place.
    Older(usize),
    /// It is a reviewer's, who does not label.
    Reviewer,
}

impl LeftOut {
    pub fn says(&self, names: &[String]) -> String {
        match self {
            Self::NotChosen => "left out".to_owned(),
            Self::Unread(why) => {
                let what = Message::of(why).what;
                // The path stands last, and beside it already.
                let what = what
                    .rsplit_once(": `")
                    .filter(|(_, path)| path.ends_with('`'))
                    .map_or(what.as_str(), |(what, _)| what);
                format!("left out: {what}")
            }
            Self::OtherProject => "another project: left out".to_owned(),
            Self::Empty => "nobody has a sheet in it: left out".to_owned(),
            Self::Older(other) => {
                format!("older than {}: left out", names.get(*other).map_or("another file", String::as_str))
            }
            Self::Reviewer => "a reviewer does not label: left out".to_owned(),
        }
    }
}

/// What comes in of a file.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct News {
    /// Sentences that had no answer and have one.
    pub n_new: usize,
    /// Answers that are other ones.
    pub n_changed: usize,
    pub n_taken_away: usize,
    /// Notes and doubts of answers that stay.
    pub n_notes: usize,
    /// Sheets that are done now.
    pub n_done: usize,
    /// Sheets that are no longer done.
    pub n_reopened: usize,
    pub n_articles: usize,
    pub n_comments: usize,
    /// Articles whose sentences are those of the file.
    pub n_boundaries: usize,
}

impl News {
    pub fn n(&self) -> usize {
        let Self {
            n_new,
            n_changed,
            n_taken_away,
            n_notes,
            n_done,
            n_reopened,
            n_articles,
            n_comments,
            n_boundaries,
        } = self;
        n_new
            + n_changed
            + n_taken_away
            + n_notes
            + n_done
            + n_reopened
            + n_articles
            + n_comments
            + n_boundaries
    }

    /// In words: `12 new answers, 1 comment`; `number` writes a number.
    pub fn says(&self, number: impl Fn(usize) -> String) -> String {
        let parts = [
            (self.n_new, "new answer", "new answers"),
            (self.n_changed, "answer changed", "answers changed"),
            (self.n_taken_away, "answer taken away", "answers taken away"),
            (self.n_notes, "note or doubt", "notes or doubts"),
            (self.n_done, "article done", "articles done"),
            (self.n_reopened, "article open again", "articles open again"),
            (self.n_articles, "new article", "new articles"),
            (self.n_comments, "comment", "comments"),
            (self.n_boundaries, "article with other sentences", "articles with other sentences"),
        ];
        let parts = parts.into_iter().filter(|(n, ..)| *n > 0);
        let parts: Vec<_> = parts
            .map(|(n, one, many)| if n == 1 { format!("1 {one}") } else { format!("{} {many}", number(n)) })
            .collect();
        if parts.is_empty() { "nothing new".to_owned() } else { parts.join(", ") }
    }

    fn add(&mut self, other: Self) {
        self.n_new += other.n_new;
        self.n_changed += other.n_changed;
        self.n_taken_away += other.n_taken_away;
        self.n_notes += other.n_notes;
        self.n_done += other.n_done;
        self.n_reopened += other.n_reopened;
        self.n_articles += other.n_articles;
        self.n_comments += other.n_comments;
        self.n_boundaries += other.n_boundaries;
    }
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct Collected {
    pub rows: Vec<Row>,
    pub same_times: Vec<SameTimes>,
    pub news: News,
    /// All of it; `None` = nothing is new.
    pub action: Option<Action>,
    /// The project with it.
    pub after: Project,
    /// Who has which article in it, and what is done.
    pub afterwards: Afterwards,
}

impl Collected {
    /// Whether there is something to look at: what was left out, what differs.
    pub fn is_to_be_looked_at(&self) -> bool {
        let odd = |row: &Row| row.left_out.is_some() || row.differences.iter().any(|one| one.kind.differs());
        self.rows.iter().any(odd) || !self.same_times.is_empty()
    }
}

/// Puts together. `chosen` says of each file whether it is taken.
pub fn collect(project: &Project, files: &[Came], chosen: &[bool], boundaries: &Boundaries) -> Collected {
    let files: Vec<Came> = files.iter().map(|came| came.as_merged(project)).collect();
    let files = files.as_slice();
    let mut growing = Growing { after: project.clone(), actions: vec![], news: News::default() };
    let mut rows = table(project, files, chosen);
    let mut collected: BTreeSet<CoderId> = BTreeSet::new();
    for (idx, came) in files.iter().enumerate() {
        let Ok(theirs) = &came.project else { continue };
        let taken: Vec<usize> = (0..rows.len())
            .filter(|row| rows.get(*row).is_some_and(|row| row.file == idx && row.left_out.is_none()))
            .collect();
        let Some(first) = taken.first().copied() else { continue };
        let mut differences = differences::of_file(&growing.after, theirs, came.n_mends);
        growing.take_articles(theirs);
        let ids = pairs(&growing.after, theirs);
        growing.take_boundaries(idx, theirs, &ids, boundaries, &mut differences);
        for row in taken {
            let Some(row) = rows.get_mut(row) else { continue };
            let Some(coder) = row.coder.clone() else { continue };
            growing.take_coder(theirs, &coder);
            let before = std::mem::take(&mut growing.news);
            growing.take_sheets(theirs, &coder, &ids, &mut differences);
            row.news = std::mem::replace(&mut growing.news, before);
            growing.news.add(row.news);
            collected.insert(coder);
        }
        let before = std::mem::take(&mut growing.news);
        growing.take_comments(theirs, &ids);
        let n_comments = std::mem::replace(&mut growing.news, before).n_comments;
        growing.news.n_comments += n_comments;
        if let Some(row) = rows.get_mut(first) {
            row.news.n_comments = n_comments;
            if row.n_sheets > row.n_done {
                differences.push(Difference::new(Kind::NotDone, row.n_sheets - row.n_done));
            }
            row.differences = differences;
        }
    }
    let same_times = times::same_times(&growing.after, &collected);
    let Growing { after, actions, news } = growing;
    Collected {
        rows,
        same_times,
        news,
        action: (!actions.is_empty()).then_some(Action::Many(actions)),
        afterwards: Afterwards::of(&after),
        after,
    }
}

/// Who is in which file, and what is left out.
fn table(project: &Project, files: &[Came], chosen: &[bool]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (file, came) in files.iter().enumerate() {
        let row = |left_out| Row {
            file,
            coder: None,
            name: String::new(),
            left_out: Some(left_out),
            n_answered: 0,
            n_sentences: 0,
            n_done: 0,
            n_sheets: 0,
            news: News::default(),
            differences: vec![],
        };
        let theirs = match &came.project {
            Ok(theirs) if theirs.id() == project.id() => theirs,
            Ok(_) => {
                rows.push(row(LeftOut::OtherProject));
                continue;
            }
            Err(why) => {
                rows.push(row(LeftOut::Unread(why.clone())));
                continue;
            }
        };
        let n_before = rows.len();
        for coder in theirs.coders().filter(|coder| theirs.sheets_of(&coder.id).next().is_some()) {
            let known = project.coder(&coder.id).unwrap_or(coder);
            let is_left = known.is_reviewer().then_some(LeftOut::Reviewer);
            let is_left =
                is_left.or_else(|| (!chosen.get(file).unwrap_or(&true)).then_some(LeftOut::NotChosen));
            let mut row = Row {
                coder: Some(coder.id.clone()),
                name: known.shown_name().to_owned(),
                ..row(LeftOut::Empty)
            };
            row.left_out = is_left;
            for sheet in theirs.sheets_of(&coder.id) {
                let Some(article) = theirs.article(&sheet.key.article) else { continue };
                let progress = count::of_article(theirs, article, Some(&coder.id)).progress;
                row.n_answered += progress.n_answered as usize;
                row.n_sentences += progress.n_sentences as usize;
                row.n_done += usize::from(sheet.done);
                row.n_sheets += 1;
            }
            rows.push(row);
        }
        if rows.len() == n_before {
            rows.push(row(LeftOut::Empty));
        }
    }
    leave_out_older(files, &mut rows);
    rows
}

/// Of two files of one coder, the one whose work is all in the other is left out; of two alike, the second.
fn leave_out_older(files: &[Came], rows: &mut [Row]) {
    let theirs = |row: &Row| files.get(row.file).and_then(|came| came.project.as_ref().ok());
    let mut older = vec![];
    for (idx, row) in rows.iter().enumerate().filter(|(_, row)| row.left_out.is_none()) {
        let Some((mine, coder)) = theirs(row).zip(row.coder.as_ref()) else { continue };
        let is_later = |(other_idx, other): &(usize, &Row)| {
            let is_other = *other_idx != idx && other.file != row.file && other.left_out.is_none();
            let Some(theirs) = theirs(other).filter(|_| is_other && other.coder.as_ref() == Some(coder))
            else {
                return false;
            };
            rows::is_within(mine, theirs, coder)
                && (*other_idx < idx || !rows::is_within(theirs, mine, coder))
        };
        if let Some((_, later)) = rows.iter().enumerate().find(is_later) {
            older.push((idx, later.file));
        }
    }
    for (idx, later) in older {
        if let Some(row) = rows.get_mut(idx) {
            row.left_out = Some(LeftOut::Older(later));
        }
    }
}

/// Which article of the project each article of a file is: by id where the text is the same, else by its text.
fn pairs(project: &Project, theirs: &Project) -> BTreeMap<ArticleId, ArticleId> {
    let mut by_text: Option<BTreeMap<&str, &ArticleId>> = None;
    let mut pairs = BTreeMap::new();
    for article in theirs.articles() {
        let own = project.article(&article.id).filter(|own| own.text() == article.text());
        let found = own.map(|own| own.id.clone()).or_else(|| {
            let by_text =
                by_text.get_or_insert_with(|| project.articles().map(|own| (own.text(), &own.id)).collect());
            by_text.get(article.text()).map(|id| (*id).clone())
        });
        pairs.extend(found.map(|id| (article.id.clone(), id)));
    }
    pairs
}

/// The project as it grows, with the actions that made it grow.
struct Growing {
    after: Project,
    actions: Vec<Action>,
    news: News,
}

impl Growing {
    /// Does it, unless the project refuses.
    fn act(&mut self, action: Action) -> bool {
        let done = self.after.apply(action.clone()).is_ok();
        if done {
            self.actions.push(action);
        }
        done
    }

    /// Articles that a coder added come along.
    fn take_articles(&mut self, theirs: &Project) {
        let known = pairs(&self.after, theirs);
        let mut new: Vec<_> = theirs.articles().filter(|article| !known.contains_key(&article.id)).collect();
        new.sort_by_key(|article| article.added);
        for article in new {
            if self.after.article(&article.id).is_none() {
                let action = plan::add_article(&self.after, article.as_ref().clone());
                self.news.n_articles += usize::from(self.act(action));
            }
        }
    }

    fn take_coder(&mut self, theirs: &Project, id: &CoderId) {
        if self.after.coder(id).is_none()
            && let Some(coder) = theirs.coder(id)
        {
            self.act(Action::Coder { id: id.clone(), to: Some(coder.clone()) });
        }
    }

    /// Other sentences are taken on request.
    fn take_boundaries(
        &mut self,
        file: usize,
        theirs: &Project,
        ids: &BTreeMap<ArticleId, ArticleId>,
        wanted: &Boundaries,
        differences: &mut Vec<Difference>,
    ) {
        for article in theirs.articles() {
            let Some(own) = ids.get(&article.id).and_then(|id| self.after.article(id)) else { continue };
            let n = differences::n_boundaries(own, article);
            if n == 0 {
                continue;
            }
            let (id, title) = (own.id.clone(), own.shown_title().to_owned());
            let planned = if wanted.takes(file, &article.id) {
                plan::resplit(&self.after, &id, article.sentences().to_vec()).ok().flatten()
            } else {
                None
            };
            let is_taken = planned.is_some_and(|planned| self.act(planned.action));
            self.news.n_boundaries += usize::from(is_taken);
            let kind = if is_taken { Kind::BoundariesTaken } else { Kind::Boundaries };
            let article = Some(article.id.clone());
            differences.push(Difference { kind, n, what: title, article, fields: vec![] });
        }
    }

    fn take_sheets(
        &mut self,
        theirs: &Project,
        coder: &CoderId,
        ids: &BTreeMap<ArticleId, ArticleId>,
        differences: &mut Vec<Difference>,
    ) {
        // A file older than what the project has may not take notes and doubts back.
        let last_here = rows::last(&self.after, coder);
        let is_later = rows::last(theirs, coder) >= last_here;
        let mut missed = rows::Missed::default();
        for sheet in theirs.sheets_of(coder) {
            let Some(id) = ids.get(&sheet.key.article) else {
                missed.no_article += sheet.n_answered();
                continue;
            };
            let key = SheetKey { coder: coder.clone(), article: id.clone() };
            let Some((merged, news)) = rows::merged(&self.after, &key, sheet, is_later, &mut missed) else {
                continue;
            };
            if self.act(Action::Sheet { key, to: Some(Arc::new(merged)) }) {
                self.news.add(news);
            } else {
                missed.refused += news.n_new + news.n_changed + news.n_taken_away;
            }
        }
        differences.extend(missed.differences());
    }

    /// Comments are a union, by their ids; what is about a sentence that the project does not have is about its article.
    fn take_comments(&mut self, theirs: &Project, ids: &BTreeMap<ArticleId, ArticleId>) {
        let mut waiting: Vec<_> = theirs.comments().filter(|c| self.after.comment(&c.id).is_none()).collect();
        loop {
            let n_before = waiting.len();
            waiting.retain(|comment| {
                let Some(id) = ids.get(&comment.article) else { return false };
                if comment.re.as_ref().is_some_and(|re| self.after.comment(re).is_none()) {
                    return true;
                }
                let mut comment = (*comment).clone();
                comment.article = id.clone();
                let has = |span| self.after.article(id).is_some_and(|article| article.idx_of(span).is_some());
                comment.sentence = comment.sentence.filter(|span| has(*span));
                self.take_coder(theirs, &comment.by);
                let record = Record::Comment { id: comment.id.clone(), to: Some(comment) };
                self.news.n_comments += usize::from(self.act(Action::Record(record)));
                false
            });
            if waiting.len() == n_before {
                break;
            }
        }
    }
}

/// When a coder last said something in a project.
pub fn last_said(project: &Project, coder: &CoderId) -> Option<Stamp> {
    rows::last(project, coder)
}
