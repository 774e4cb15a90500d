//! Deciding a conflict: the side that was chosen stands, and the record of it goes.

use crate::analysis::merge::fields::FIELDS;
use crate::model::action::{Action, Record, SchemeHead};
use crate::model::article::{Article, PROSE, Sentence, tile};
use crate::model::coder::Coder;
use crate::model::coding::Coding;
use crate::model::comment::Comment;
use crate::model::conflict::{Conflict, Plain, Value, What};
use crate::model::decision::Decision;
use crate::model::ids::{ArticleId, CoderId, Extra, Kept, LabelId, RecordId, Span};
use crate::model::plan;
use crate::model::project::{Project, Refusal};
use crate::model::sheet::{Sheet, SheetKey};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Whose value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    Ours,
    Theirs,
}

/// Why a conflict stays open.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Undecided {
    #[error("it is not open any more")]
    NotOpen,
    #[error("a newer version of Allegata wrote it, and can decide it")]
    Newer,
    #[error("an older version of Allegata wrote it: the {0} stay as they are\0hint: keep yours")]
    Older(&'static str),
    #[error("what it is about is not there any more")]
    Gone,
    #[error(transparent)]
    Refused(#[from] Refusal),
}

/// What decides a conflict that is open in the project, as one action. Answers, notes and decisions of ours are those of now,
/// whatever was said since the merge.
pub fn decide(project: &Project, conflict: &Conflict, side: Side) -> Result<Action, Undecided> {
    let place = project.conflicts().iter().position(|open| open == conflict).ok_or(Undecided::NotOpen)?;
    let mut actions = vec![Action::Record(Record::Conflict { place, to: None })];
    let value = match side {
        Side::Ours => conflict.ours.as_ref(),
        Side::Theirs => conflict.theirs.as_ref(),
    };
    let is_said = matches!(conflict.what, What::Coding | What::Note | What::Decision);
    if !(is_said && conflict.field.is_none() && side == Side::Ours) {
        let mut after = project.clone();
        actions.iter().cloned().try_for_each(|action| after.apply(action).map(drop))?;
        actions.extend(stand(&after, conflict, value)?);
    }
    let action = Action::Many(actions);
    project.clone().apply(action.clone())?;
    Ok(action)
}

/// What ours says of it: of answers, notes and decisions what the project says now.
pub fn mine(project: &Project, conflict: &Conflict) -> Option<Value> {
    let place = || Some((sheet_key(conflict)?, conflict.sentence?));
    match (&conflict.what, &conflict.field) {
        (What::Coding | What::Note, None) => {
            let (key, span) = place()?;
            project.coding(&key, span).cloned().map(Value::Coding)
        }
        (What::Decision, None) => {
            let is_here = |one: &&Decision| {
                conflict.article.as_ref() == Some(&one.article) && conflict.sentence == Some(one.sentence)
            };
            project.decisions().find(is_here).cloned().map(Value::Decision)
        }
        _ => conflict.ours.clone(),
    }
}

/// What makes a value stand.
fn stand(project: &Project, conflict: &Conflict, value: Option<&Value>) -> Result<Vec<Action>, Undecided> {
    let gone = || Undecided::Gone;
    let field = conflict.field.as_deref();
    Ok(match (&conflict.what, field) {
        (What::Coding | What::Note, _) => row(project, conflict, value).ok_or_else(gone)?,
        (What::Decision, _) => decision(project, conflict, value).ok_or_else(gone)?,
        (What::Sheet, Some(field)) => {
            let key = sheet_key(conflict).ok_or_else(gone)?;
            let was = project.sheet(&key).ok_or_else(gone)?;
            let to = Sheet { extra: with_field(&was.extra, field, value), ..Sheet::clone(was) };
            vec![Action::Sheet { key, to: Some(Arc::new(to)) }]
        }
        (What::Article, field) => {
            let id = conflict.article.as_ref().ok_or_else(gone)?;
            article(project, id, field, value).ok_or_else(gone)?
        }
        (What::Sentences, field) => {
            let id = conflict.article.as_ref().ok_or_else(gone)?;
            sentences(project, id, (conflict.sentence, field), value)?
        }
        (What::Label, _) => {
            let id = LabelId::new(conflict.id.as_deref().ok_or_else(gone)?);
            let labels = &project.scheme().labels;
            let place = project.scheme().idx_of(&id).unwrap_or(labels.len());
            match value {
                Some(Value::Label(label)) => vec![Action::Label { id, to: Some((place, Arc::clone(label))) }],
                Some(_) => return Err(Undecided::Newer),
                None if place == labels.len() => vec![],
                None => vec![Action::Label { id, to: None }],
            }
        }
        (What::Scheme, Some(field)) => scheme(project, field, value),
        (What::Coder, field) => {
            let id = conflict.coder.as_ref().ok_or_else(gone)?;
            coder(project, id, field, value)
        }
        (What::Comment, Some("text")) => {
            let id = RecordId::new(conflict.id.as_deref().ok_or_else(gone)?);
            let was = project.comment(&id).ok_or_else(gone)?;
            let to = Comment { text: text(value).unwrap_or_default(), ..was.clone() };
            vec![Action::Record(Record::Comment { id, to: Some(to) })]
        }
        (What::Project, Some("title")) => {
            let never_end_after = project.never_end_after().to_vec();
            vec![Action::Project { title: text(value).unwrap_or_default(), never_end_after }]
        }
        // Both sides as a program laid them side by side that did not know the section: what stands is ours.
        (What::Project, Some("draws" | "imports")) if value == conflict.ours.as_ref() => vec![],
        (What::Project, Some("draws")) => return Err(Undecided::Older("drawn samples")),
        (What::Project, Some("imports")) => return Err(Undecided::Older("records of imports")),
        (What::Project, Some(field)) => {
            vec![Action::Record(Record::Head { extra: with_field(project.extra(), field, value) })]
        }
        _ => return Err(Undecided::Newer),
    })
}

fn sheet_key(conflict: &Conflict) -> Option<SheetKey> {
    Some(SheetKey { coder: conflict.coder.clone()?, article: conflict.article.clone()? })
}

/// An answer, a note, or a field of a row that this version does not know; the rest of the row stays.
fn row(project: &Project, conflict: &Conflict, value: Option<&Value>) -> Option<Vec<Action>> {
    let (key, span) = (sheet_key(conflict)?, conflict.sentence?);
    project.article(&key.article)?.idx_of(span)?;
    let now = project.coding(&key, span).cloned().unwrap_or_default();
    let said = value.and_then(Value::coding).cloned().unwrap_or_default();
    let to = match (&conflict.what, &conflict.field) {
        (What::Note, _) => Coding { note: said.note, ..now },
        (_, Some(field)) => Coding { extra: with_field(&now.extra, field, value), ..now },
        _ => Coding { unsure: now.unsure, note: now.note, extra: now.extra, ..said },
    };
    Some(plan::put(project, &key, span, to).into_iter().collect())
}

/// One decision stands at a sentence.
fn decision(project: &Project, conflict: &Conflict, value: Option<&Value>) -> Option<Vec<Action>> {
    let (article, span) = (conflict.article.as_ref()?, conflict.sentence?);
    project.article(article)?.idx_of(span)?;
    let here = project.decisions().filter(|one| one.article == *article && one.sentence == span);
    let record = |id: &RecordId, to| Action::Record(Record::Decision { id: id.clone(), to });
    let mut actions: Vec<_> = here.map(|one| record(&one.id, None)).collect();
    let said = value.and_then(Value::decision);
    actions.extend(said.map(|said| record(&said.id, Some(said.clone()))));
    Some(actions)
}

fn article(
    project: &Project,
    id: &ArticleId,
    field: Option<&str>,
    value: Option<&Value>,
) -> Option<Vec<Action>> {
    let Some(field) = field else {
        // One side took it away, and it is there: it stays or goes with all that is said about it.
        let goes = value.is_none().then(|| plan::remove_article(project, id)).flatten();
        return Some(goes.into_iter().collect());
    };
    let mut to = Article::clone(project.article(id)?);
    match FIELDS.iter().find(|known| known.name == field) {
        Some(known) => (known.set)(&mut to, text(value)),
        None => to.extra = with_field(&to.extra, field, value),
    }
    Some(vec![Action::Article { id: id.clone(), to: Some(Arc::new(to)) }])
}

/// Where sentences begin, of what kind one is, or a field of it that this version does not know.
fn sentences(
    project: &Project,
    id: &ArticleId,
    (span, field): (Option<Span>, Option<&str>),
    value: Option<&Value>,
) -> Result<Vec<Action>, Undecided> {
    let article = project.article(id).ok_or(Undecided::Gone)?;
    let mut to = article.sentences().to_vec();
    match (field, span.and_then(|span| article.idx_of(span)).and_then(|idx| to.get_mut(idx))) {
        (None, _) => to = begun(article, value).ok_or(Undecided::Newer)?,
        (Some("kind"), Some(sentence)) => {
            sentence.kind = text(value).filter(|kind| kind != PROSE).map(Arc::from);
        }
        (Some(field), Some(sentence)) => {
            sentence.extra = with_field(&sentence.extra, field, value);
            return Ok(vec![Action::Sentences { article: id.clone(), to }]);
        }
        (Some(_), None) => return Err(Undecided::Gone),
    }
    Ok(plan::resplit(project, id, to)?.map(|planned| planned.action).into_iter().collect())
}

/// The sentences of an article that begin where these spans do.
fn begun(article: &Article, value: Option<&Value>) -> Option<Vec<Sentence>> {
    let Some(Plain::Texts(spans)) = value.and_then(Value::plain) else { return None };
    let starts: Option<Vec<u32>> = spans.iter().map(|span| Some(Span::parse(span)?.start)).collect();
    let starts = starts?;
    let known: BTreeMap<u32, &Sentence> =
        article.sentences().iter().map(|sentence| (sentence.span.start, sentence)).collect();
    let mut offsets = article.text().char_indices().map(|(byte, _)| byte);
    let (mut n_read, mut bytes) = (0, vec![]);
    for start in &starts {
        bytes.push(offsets.nth((*start as usize).checked_sub(n_read)?)?);
        n_read = *start as usize + 1;
    }
    let ends = bytes.iter().skip(1).copied().chain([article.text().len()]);
    let kind = |start: &u32| known.get(start).and_then(|sentence| sentence.kind.clone());
    let rows: Vec<_> =
        bytes.iter().zip(ends).zip(&starts).map(|((from, to), start)| (*from..to, kind(start))).collect();
    let mut sentences = tile(article.text(), &rows).ok()?;
    for sentence in &mut sentences {
        sentence.extra = known.get(&sentence.span.start).and_then(|was| was.extra.clone());
    }
    Some(sentences)
}

fn scheme(project: &Project, field: &str, value: Option<&Value>) -> Vec<Action> {
    let scheme = project.scheme();
    let head = |choose: String, extra: Kept| {
        vec![Action::Scheme {
            to: SchemeHead { version: scheme.version, choose, skip: scheme.skip.clone(), extra },
        }]
    };
    match (field, value.and_then(Value::plain)) {
        ("choose", _) => head(text(value).unwrap_or_default(), scheme.extra.clone()),
        ("labels", Some(Plain::Texts(order))) => {
            let labels = order.iter().filter_map(|id| scheme.label(&LabelId::new(id.as_str())));
            let put = |(idx, label): (usize, &Arc<_>)| (idx, Arc::clone(label));
            labels
                .enumerate()
                .map(put)
                .map(|to| Action::Label { id: to.1.id.clone(), to: Some(to) })
                .collect()
        }
        _ => head(scheme.choose.clone(), with_field(&scheme.extra, field, value)),
    }
}

fn coder(project: &Project, id: &CoderId, field: Option<&str>, value: Option<&Value>) -> Vec<Action> {
    let was = project.coder(id).cloned();
    let known = was.clone().unwrap_or_else(|| Coder::new(id.clone(), ""));
    let to = match (field, value) {
        (None, None) => None,
        (None | Some("name"), _) => Some(Coder { name: text(value).unwrap_or_default(), ..known }),
        (Some("role"), _) => Some(Coder { role: text(value), ..known }),
        (Some(field), _) => Some(Coder { extra: with_field(&known.extra, field, value), ..known }),
    };
    if was == to { vec![] } else { vec![Action::Coder { id: id.clone(), to }] }
}

fn text(value: Option<&Value>) -> Option<String> {
    match value?.plain()? {
        Plain::Text(text) | Plain::Source(text) => Some(text.clone()),
        Plain::Texts(texts) => Some(texts.join(", ")),
    }
}

/// Fields that this version does not know, with this value of one of them.
fn with_field(extra: &Kept, name: &str, value: Option<&Value>) -> Kept {
    let source = text(value);
    let is_there = extra.as_ref().is_some_and(|extra| extra.get(name).is_some());
    let new = source.as_deref().filter(|_| !is_there).map(|source| (name, source));
    let fields = extra.iter().flat_map(|extra| extra.fields()).filter_map(|(known, was)| {
        if known == name { source.as_deref().map(|source| (known, source)) } else { Some((known, was)) }
    });
    let fields: Vec<_> = fields.chain(new).collect();
    (!fields.is_empty()).then(|| Box::new(fields.into_iter().collect::<Extra>()))
}
