//! Actions that belong together, worked out from what is there. `None` = nothing would change.

use crate::model::action::Action;
use crate::model::article::Article;
use crate::model::coding::Coding;
use crate::model::ids::{ArticleId, LabelId, Span, Stamp};
use crate::model::project::Project;
use crate::model::sheet::{Sheet, SheetKey};
use std::sync::Arc;

/// An answer to one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Labels in any order; none of them = "none of these".
    Labels(Vec<LabelId>),
    Unanswered,
}

/// Records an answer. The same answer given again changes nothing, not even its time.
pub fn answer(project: &Project, key: &SheetKey, span: Span, answer: &Answer, at: Stamp) -> Option<Action> {
    let was = project.coding(key, span);
    let mut coding = was.cloned().unwrap_or_default();
    match answer {
        Answer::Labels(labels) => {
            let labels = in_scheme_order(project, labels);
            if coding.answered && coding.labels == labels && !coding.check {
                return None;
            }
            coding.labels = labels;
            coding.answered = true;
            coding.at = Some(at);
        }
        Answer::Unanswered => {
            if !coding.answered {
                return None;
            }
            coding.answered = false;
            coding.labels = Box::default();
            coding.at = None;
        }
    }
    coding.check = false;
    coding.by = None;
    put(project, key, span, coding)
}

/// Adds or takes away one label, in a scheme that takes several. Taking the last one away leaves it unanswered.
pub fn toggle(project: &Project, key: &SheetKey, span: Span, label: &LabelId, at: Stamp) -> Option<Action> {
    let mut labels = project.coding(key, span).map(|c| c.labels.to_vec()).unwrap_or_default();
    match labels.iter().position(|other| other == label) {
        Some(idx) => {
            labels.remove(idx);
        }
        None => labels.push(label.clone()),
    }
    let to = if labels.is_empty() { Answer::Unanswered } else { Answer::Labels(labels) };
    answer(project, key, span, &to, at)
}

/// Sets or takes away the doubt beside an answer.
pub fn unsure(project: &Project, key: &SheetKey, span: Span, unsure: bool) -> Option<Action> {
    let mut coding = project.coding(key, span).cloned().unwrap_or_default();
    if coding.unsure == unsure {
        return None;
    }
    coding.unsure = unsure;
    put(project, key, span, coding)
}

/// Writes a note; an empty one takes it away.
pub fn note(project: &Project, key: &SheetKey, span: Span, note: &str) -> Option<Action> {
    let mut coding = project.coding(key, span).cloned().unwrap_or_default();
    let note = note.trim_end();
    if coding.note.as_deref().unwrap_or_default() == note {
        return None;
    }
    coding.note = (!note.is_empty()).then(|| note.into());
    put(project, key, span, coding)
}

/// Says that an article is done, or not done after all.
pub fn done(project: &Project, key: &SheetKey, done: bool, at: Stamp) -> Option<Action> {
    let mut sheet = sheet_or_new(project, key);
    if sheet.done == done {
        return None;
    }
    sheet.done = done;
    sheet.done_at = done.then_some(at);
    Some(Action::Sheet { key: key.clone(), to: Some(Arc::new(sheet)) })
}

/// Takes in an article as the last one.
pub fn add_article(project: &Project, mut article: Article) -> Action {
    article.added = project.articles().map(|a| a.added).max().unwrap_or(0).saturating_add(1);
    Action::Article { id: article.id.clone(), to: Some(Arc::new(article)) }
}

/// Takes an article out, with everything that names it.
pub fn remove_article(project: &Project, id: &ArticleId) -> Option<Action> {
    project.article(id)?;
    let mut actions: Vec<Action> =
        project.sheets_for(id).map(|s| Action::Sheet { key: s.key.clone(), to: None }).collect();
    let links = project.links().filter(|l| l.article == *id || l.to_article == *id);
    actions.extend(links.map(|l| Action::Link { id: l.id.clone(), to: None }));
    let decisions = project.decisions().filter(|d| d.article == *id);
    actions.extend(decisions.map(|d| Action::Decision { id: d.id.clone(), to: None }));
    let (answers, comments): (Vec<_>, Vec<_>) =
        project.comments().filter(|c| c.article == *id).partition(|c| c.re.is_some());
    let comments = answers.into_iter().chain(comments);
    actions.extend(comments.map(|c| Action::Comment { id: c.id.clone(), to: None }));
    actions.push(Action::Article { id: id.clone(), to: None });
    Some(Action::Many(actions))
}

fn in_scheme_order(project: &Project, labels: &[LabelId]) -> Box<[LabelId]> {
    let mut ordered = labels.to_vec();
    ordered.sort_by_key(|id| project.scheme().idx_of(id));
    ordered.dedup();
    ordered.into()
}

fn sheet_or_new(project: &Project, key: &SheetKey) -> Sheet {
    project
        .sheet(key)
        .map_or_else(|| Sheet::new(key.clone(), project.scheme().version), |sheet| Sheet::clone(sheet))
}

/// The row as a coding, or as a whole sheet where there is none yet, or where the sheet is no longer done.
fn put(project: &Project, key: &SheetKey, span: Span, coding: Coding) -> Option<Action> {
    let to = (!coding.is_blank()).then_some(coding);
    let reopens = |sheet: &Sheet| sheet.done && !to.as_ref().is_some_and(|coding| coding.answered);
    match project.sheet(key) {
        Some(sheet) if !reopens(sheet) => Some(Action::Coding { key: key.clone(), span, to }),
        None if to.is_none() => None,
        _ => {
            let mut sheet = sheet_or_new(project, key);
            sheet.done = false;
            sheet.done_at = None;
            sheet.put(span, to);
            Some(Action::Sheet { key: key.clone(), to: Some(Arc::new(sheet)) })
        }
    }
}
