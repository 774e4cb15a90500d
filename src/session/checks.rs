//! Answers to be looked at again, in the place of the list: those whose sentence changed, and those of an earlier version.

use crate::analysis::again;
use crate::model::article::Article;
use crate::model::checking::{self, Place};
use crate::model::coding::Coding;
use crate::model::ids::{ArticleId, CoderId, LabelId, Span};
use crate::model::project::Project;
use crate::model::scheme::Scheme;
use crate::session::Session;
use crate::session::commands::short;
use crate::session::job::Effect;
use crate::session::view::Listing;
use std::sync::Arc;

/// The list that is shown, of this state of the project.
#[derive(Debug, Default)]
pub struct Checks {
    of: Option<(u64, Option<CoderId>, Listing)>,
    rows: Vec<Check>,
}

/// An answer to look at again.
#[derive(Debug, Clone)]
pub struct Check {
    pub article: Arc<Article>,
    pub place: Place,
    /// The sentence that it is about now.
    pub sentence: Span,
    pub coding: Coding,
    /// The version of the scheme that it was given under, where that is why it is listed.
    pub version: Option<u32>,
}

/// As many labels of an answer are named.
const MOST_NAMES: usize = 3;

impl Check {
    /// What was answered, and why it is to be looked at: `label denial; its sentence is a part of sentence 4 now`.
    pub fn says(&self, scheme: &Scheme) -> String {
        // A row that many long names fill says nothing else.
        let name = |id| scheme.label(id).map(|label| short(&label.name.to_lowercase()));
        let mut names: Vec<String> = self.coding.labels.iter().filter_map(name).collect();
        let n = names.len();
        if n > MOST_NAMES {
            names.truncate(MOST_NAMES - 1);
            names.push(format!("{} more", n + 1 - MOST_NAMES));
        }
        let said = match (self.coding.answered, n) {
            (true, 0) => "none of these".to_owned(),
            (true, 1) => format!("label {}", names.join("")),
            (true, _) => format!("labels {}", names.join(" and ")),
            (false, _) if self.coding.note.is_some() => "a note".to_owned(),
            (false, _) => "unsure".to_owned(),
        };
        format!("{said}; {}", self.why())
    }

    fn why(&self) -> String {
        let sentences = self.article.sentences();
        let number = |span: Span| self.article.idx_of(span).map_or(0, |idx| idx + 1);
        if self.place.is_kept {
            let span = self.place.span;
            let over: Vec<usize> = (1..)
                .zip(sentences)
                .filter(|(_, s)| s.span.start < span.end && span.start < s.span.end)
                .map(|(nth, _)| nth)
                .collect();
            return match over.as_slice() {
                [] => "its sentence is gone, and it is kept beside".to_owned(),
                [one] => format!("its sentence is a part of sentence {one} now, and it is kept beside"),
                [first, .., last] => {
                    format!("its sentence is in sentences {first} to {last} now, and it is kept beside")
                }
            };
        }
        match self.version {
            Some(version) => format!("given under version {version} of the scheme"),
            None => format!("sentence {} begins or ends elsewhere now", number(self.place.span)),
        }
    }
}

impl Checks {
    pub fn rows(&self) -> &[Check] {
        &self.rows
    }

    pub fn n_articles(&self) -> usize {
        self.rows.chunk_by(|a, b| a.article.id == b.article.id).count()
    }
}

impl Session {
    pub fn checks(&self) -> &Checks {
        &self.checks
    }

    /// How many answers of who is at the keyboard are to be looked at, since their sentence changed.
    pub fn n_to_check(&self) -> usize {
        self.derived.totals().progress.n_check as usize
    }

    /// The list is of the project as it is now; an empty one gives the place back.
    pub(in crate::session) fn refresh_checks(&mut self) {
        let Some((desk, listing)) = self.desk.as_ref().zip(self.view.listing.clone()) else {
            self.checks = Checks::default();
            self.view.listing = None;
            return;
        };
        let of = (desk.revision(), desk.coder().cloned(), listing);
        if self.checks.of.as_ref() == Some(&of) {
            return;
        }
        let had = self.checks.of.as_ref().is_some_and(|(_, _, listing)| *listing == of.2);
        let rows = match &of.2 {
            Listing::ToCheck => to_check(desk.project(), desk.coder()),
            Listing::Older(label) => older(desk.project(), desk.coder(), label),
        };
        self.checks = Checks { of: Some(of), rows };
        if self.checks.rows.is_empty() {
            self.view.listing = None;
            if !had {
                self.notices.status("No answer of yours is to be looked at again");
            }
        } else if !had {
            self.go_to_check(0);
        }
    }

    pub(in crate::session) fn go_to_check(&mut self, nth: usize) {
        let row = self.checks.rows.get(nth).map(|row| (row.article.id.clone(), row.sentence));
        if let Some((article, sentence)) = row {
            self.go(&article, Some(sentence));
        }
    }

    /// The rows about the current sentence.
    fn checks_here(&self) -> Vec<usize> {
        let Some((article, span)) = self.current_span() else { return vec![] };
        let is_here = |row: &Check| row.article.id == article && row.sentence == span;
        let rows = self.checks.rows.iter().enumerate().filter(|(_, row)| is_here(row));
        rows.map(|(idx, _)| idx).collect()
    }

    /// Whether a row of the list is about the current sentence.
    pub fn is_check_here(&self, nth: usize) -> bool {
        self.checks_here().contains(&nth)
    }

    /// Goes to the next row of the list; after the last one comes the first.
    pub(in crate::session) fn next_check(&mut self) {
        let here = self.checks_here().last().copied();
        let place = |article: &ArticleId| self.derived.place(article);
        let at = self.current_span();
        let next = here.map(|idx| idx + 1).or_else(|| {
            let (article, span) = at?;
            let after = |row: &Check| {
                (row.article.id == article && row.sentence > span) || place(&row.article.id) > place(&article)
            };
            self.checks.rows.iter().position(after)
        });
        let n = self.checks.rows.len();
        self.go_to_check(next.unwrap_or(0) % n.max(1));
    }

    /// The answers about the current sentence are right as they are.
    pub(in crate::session) fn is_right(&mut self, effects: &mut Vec<Effect>) {
        let rows = self.checks_here();
        if rows.is_empty() {
            return self.next_check();
        }
        let places: Vec<Place> =
            rows.iter().filter_map(|idx| self.checks.rows.get(*idx)).map(|row| row.place.clone()).collect();
        let number = self.view.sentence + 1;
        let first = rows.first().copied().unwrap_or(0);
        if self.say_right(&places, &format!("checked sentence {number}"), effects) {
            self.notices.changed(format!("Checked sentence {number}: it stays as it is"));
            self.refresh_checks();
            let n = self.checks.rows.len();
            self.go_to_check(first % n.max(1));
        }
    }

    /// All of them are.
    pub(in crate::session) fn all_right(&mut self, effects: &mut Vec<Effect>) {
        let places: Vec<Place> = self.checks.rows.iter().map(|row| row.place.clone()).collect();
        let n = places.len();
        if self.view.listing.is_some() && self.say_right(&places, &format!("checked {n} answers"), effects) {
            self.notices.changed(format!("Checked {n} answers: they stay as they are"));
        }
    }

    fn say_right(&mut self, places: &[Place], name: &str, effects: &mut Vec<Effect>) -> bool {
        let Some(desk) = self.desk() else { return false };
        let action = checking::right(desk.project(), places);
        action.is_some_and(|action| self.act(name, action, effects))
    }
}

/// Answers whose sentence changed, in the order in which articles came in.
fn to_check(project: &Project, coder: Option<&CoderId>) -> Vec<Check> {
    let Some(coder) = coder else { return vec![] };
    let mine = again::again(project).filter(|again| again.coder == coder);
    let rows = mine.filter_map(|again| {
        let article = project.article(&again.article.id)?;
        let key = crate::model::sheet::SheetKey { coder: coder.clone(), article: article.id.clone() };
        let place = Place { key, span: again.row.span, is_kept: again.is_kept };
        Some(check(article, place, &again.row.coding, None))
    });
    in_order(rows.collect())
}

/// Answers with a label that were given under an earlier version of the scheme.
fn older(project: &Project, coder: Option<&CoderId>, label: &LabelId) -> Vec<Check> {
    let version = project.scheme().version;
    let sheets = coder.into_iter().flat_map(|coder| project.sheets_of(coder));
    let rows = sheets.flat_map(|sheet| {
        let article = project.article(&sheet.key.article);
        let article = article.filter(|article| article.aside.is_none()).into_iter();
        article.flat_map(|article| {
            let is_older = |coding: &Coding| coding.has(label) && sheet.is_older(coding, version);
            let given = sheet.rows.iter().filter(move |row| is_older(&row.coding));
            given.map(|row| {
                let place = Place { key: sheet.key.clone(), span: row.span, is_kept: false };
                check(article, place, &row.coding, Some(sheet.version_of(&row.coding)))
            })
        })
    });
    in_order(rows.collect())
}

fn check(article: &Arc<Article>, place: Place, coding: &Coding, version: Option<u32>) -> Check {
    // What is kept is shown at the sentence over its start.
    let at = article.sentences().partition_point(|sentence| sentence.span.end <= place.span.start);
    let over = article.sentences().get(at).or(article.sentences().last());
    let sentence = over.map_or(place.span, |sentence| sentence.span);
    Check { article: Arc::clone(article), place, sentence, coding: coding.clone(), version }
}

fn in_order(mut rows: Vec<Check>) -> Vec<Check> {
    rows.sort_by_key(|row| (row.article.added, row.sentence, row.place.is_kept));
    rows
}
