//! Small projects on which two people work, and what they do.
#![allow(dead_code, reason = "each test takes what it needs")]
#![allow(clippy::indexing_slicing, reason = "a test may fall")]

use crate::big;
use allegata::model::action::{Action, Record};
use allegata::model::article::Article;
use allegata::model::comment::Comment;
use allegata::model::ids::{CoderId, LabelId, RecordId, Stamp};
use allegata::model::plan::{self, Answer};
use allegata::model::project::Project;
use allegata::model::sheet::{Sheet, SheetKey};
use std::sync::Arc;

/// Six articles of eight sentences, two coders, no sheets and no comments.
pub fn bare() -> Project {
    let mut project = big::project(6, 8, &[1, 4]);
    let keys: Vec<SheetKey> = project.sheets().map(|sheet| sheet.key.clone()).collect();
    for key in keys {
        project.apply(Action::Sheet { key, to: None }).unwrap();
    }
    let ids: Vec<RecordId> = project.comments().map(|comment| comment.id.clone()).collect();
    for id in ids {
        project.apply(Action::Record(Record::Comment { id, to: None })).unwrap();
    }
    project
}

pub fn article(project: &Project, n: usize) -> &Article {
    project.articles().nth(n).unwrap()
}

/// Answers a sentence, so many seconds after the first.
pub fn label(project: &mut Project, coder: &str, n: usize, sentence: usize, label: &str, later: i64) {
    let article = article(project, n);
    let span = article.sentences()[sentence].span;
    let key = SheetKey { coder: CoderId::new(coder), article: article.id.clone() };
    let answer = Answer::Labels(vec![LabelId::new(label)]);
    let action = plan::answer(project, &key, span, &answer, Stamp(1_795_428_672 + later)).unwrap();
    project.apply(action).unwrap();
}

/// Ben asks something about an article.
pub fn comment(project: &mut Project, id: &str, n: usize) {
    let (id, article) = (RecordId::new(id), article(project, n).id.clone());
    let (by, text) = (CoderId::new("ben-q2ma"), "So?".to_owned());
    let to = Comment {
        id: id.clone(),
        article,
        sentence: None,
        by,
        at: None,
        text,
        re: None,
        resolved: false,
        extra: None,
    };
    project.apply(Action::Record(Record::Comment { id, to: Some(to) })).unwrap();
}

/// Gives an article to a coder, as it is handed out.
pub fn assign(project: &mut Project, coder: &str, n: usize) {
    let key = SheetKey { coder: CoderId::new(coder), article: article(project, n).id.clone() };
    let sheet = Sheet { assigned: true, ..Sheet::new(key.clone(), project.scheme().version) };
    project.apply(Action::Sheet { key, to: Some(Arc::new(sheet)) }).unwrap();
}
