//! One sheet out of two: row by row the later answer wins.

use super::News;
use super::differences::{Difference, Kind};
use crate::model::coding::{Coding, Row};
use crate::model::ids::{CoderId, Stamp};
use crate::model::plan;
use crate::model::project::Project;
use crate::model::sheet::{Sheet, SheetKey};

/// Answers that could not be taken.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Missed {
    /// At sentences that the project does not have.
    pub outside: usize,
    /// With labels that the project does not have, or with several where it takes one.
    pub labels: usize,
    /// Given at the same time as another answer.
    pub same_time: usize,
    /// To articles whose text is another one.
    pub no_article: usize,
    pub refused: usize,
}

impl Missed {
    pub fn differences(self) -> impl Iterator<Item = Difference> {
        let kinds = [
            (Kind::Outside, self.outside),
            (Kind::OtherLabels, self.labels),
            (Kind::SameTime, self.same_time),
            (Kind::OtherText, self.no_article),
            (Kind::Refused, self.refused),
        ];
        kinds.into_iter().filter(|(_, n)| *n > 0).map(|(kind, n)| Difference::new(kind, n))
    }
}

/// When a coder last said something.
pub(super) fn last(project: &Project, coder: &CoderId) -> Option<Stamp> {
    let of_sheet = |sheet: &Sheet| sheet.rows.iter().filter_map(|row| row.coding.at).max().max(sheet.done_at);
    project.sheets_of(coder).filter_map(|sheet| of_sheet(sheet)).max()
}

/// Whether all that a coder said in one file is in another one, as it is or later.
pub(super) fn is_within(mine: &Project, theirs: &Project, coder: &CoderId) -> bool {
    mine.sheets_of(coder).all(|sheet| {
        let Some(other) = theirs.sheet(&sheet.key) else {
            return sheet.rows.is_empty() && sheet.kept.is_empty() && !sheet.done;
        };
        let is_in = |span, coding: &Coding| {
            let same = |there: &Coding| other.by_itself(there) == sheet.by_itself(coding);
            other.coding(span).is_some_and(|there| there.at > coding.at || same(there))
        };
        let is_done = !sheet.done || other.done || other.rows.iter().any(|row| row.coding.at > sheet.done_at);
        is_done && sheet.rows.iter().all(|row| is_in(row.span, &row.coding))
    })
}

/// A sheet of the project with what a file has; `None` = it has nothing new.
pub(super) fn merged(
    project: &Project,
    key: &SheetKey,
    theirs: &Sheet,
    is_later: bool,
    missed: &mut Missed,
) -> Option<(Sheet, News)> {
    let article = project.article(&key.article)?;
    let ours = project.sheet(key).map(AsRef::as_ref);
    let mut merged = ours.cloned().unwrap_or_else(|| Sheet::new(key.clone(), theirs.scheme));
    let mut news = News::default();
    for row in &theirs.rows {
        if article.idx_of(row.span).is_none() {
            missed.outside += usize::from(row.coding.answered);
            continue;
        }
        let was = ours.and_then(|sheet| Some(sheet.by_itself(sheet.coding(row.span)?)));
        let was = was.as_ref();
        let Some(now) = later(was, &theirs.by_itself(&row.coding), is_later, missed) else { continue };
        let counted = counted(was, &now);
        if plan::put_row(project.scheme(), article, &mut merged, row.span, now).is_ok() {
            news.add(counted);
        } else {
            missed.labels += 1;
        }
    }
    for row in &theirs.kept {
        let coding = merged.in_place(theirs.by_itself(&row.coding));
        let row = Row { span: row.span, coding };
        if !ours.is_some_and(|sheet| sheet.kept.contains(&row)) {
            merged.kept.push(row);
        }
    }
    let said = |sheet: &Sheet| sheet.rows.iter().filter_map(|row| row.coding.at).max().max(sheet.done_at);
    let was_done = ours.is_some_and(|sheet| sheet.done);
    (merged.done, merged.done_at) = match ours {
        Some(ours) if said(theirs) < said(ours) => (ours.done, ours.done_at),
        _ => (theirs.done, theirs.done_at),
    };
    news.n_done = usize::from(merged.done && !was_done);
    news.n_reopened = usize::from(!merged.done && was_done);
    let is_new = match ours {
        Some(ours) => merged != *ours,
        // An empty sheet says nothing that the project would not know.
        None => !merged.rows.is_empty() || !merged.kept.is_empty() || merged.done,
    };
    is_new.then_some((merged, news))
}

/// What a row becomes; `None` = it stays.
fn later(was: Option<&Coding>, theirs: &Coding, is_later: bool, missed: &mut Missed) -> Option<Coding> {
    let Some(was) = was else {
        // Also the time when an answer was taken away: an older file would bring it back.
        return (!theirs.is_blank()).then(|| theirs.clone());
    };
    if was == theirs || theirs.at < was.at {
        return None;
    }
    if theirs.at > was.at {
        return Some(theirs.clone());
    }
    // A note and a doubt do not change the time of their answer, and two answers may be of one second: the file is its
    // coder's own, if it is no older one.
    let is_same = (was.answered, &was.labels) == (theirs.answered, &theirs.labels);
    missed.same_time += usize::from(!is_same && !is_later);
    is_later.then(|| theirs.clone())
}

fn counted(was: Option<&Coding>, now: &Coding) -> News {
    let had_answer = was.is_some_and(|was| was.answered);
    let is_same = was.is_some_and(|was| (was.answered, &was.labels) == (now.answered, &now.labels));
    let one = |is: bool| usize::from(is);
    News {
        n_new: one(!had_answer && now.answered),
        n_changed: one(had_answer && now.answered && !is_same),
        n_taken_away: one(had_answer && !now.answered),
        n_notes: one(is_same || !had_answer && !now.answered && !now.says_nothing()),
        ..News::default()
    }
}
