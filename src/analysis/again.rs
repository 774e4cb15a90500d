//! Answers to be looked at again, since sentences changed under them.

use crate::model::article::Article;
use crate::model::coding::Row;
use crate::model::ids::CoderId;
use crate::model::project::Project;
use std::sync::Arc;

/// One of them.
#[derive(Debug, Clone, Copy)]
pub struct Again<'a> {
    pub article: &'a Article,
    pub coder: &'a CoderId,
    pub row: &'a Row,
    /// Whether its sentence is no longer there, so that it stands beside the article.
    pub is_kept: bool,
}

/// All of them, by coder and article; none in what is set aside.
pub fn again(project: &Project) -> impl Iterator<Item = Again<'_>> {
    project.sheets().flat_map(|sheet| {
        let article = project.article(&sheet.key.article).map(Arc::as_ref);
        article.filter(|article| article.aside.is_none()).into_iter().flat_map(|article| {
            let is_asked = |row: &Row| article.idx_of(row.span).and_then(|idx| article.sentences().get(idx));
            let rows = sheet.rows.iter().filter(move |row| {
                row.coding.check && is_asked(row).is_some_and(|sentence| !sentence.is_aside())
            });
            let one = |row, is_kept| Again { article, coder: &sheet.key.coder, row, is_kept };
            rows.map(move |row| one(row, false)).chain(sheet.kept.iter().map(move |row| one(row, true)))
        })
    })
}
