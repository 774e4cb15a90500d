//! Looking through a project, on all cores.

use crate::analysis::filter;
use crate::analysis::query::articles::Asking;
use crate::analysis::query::index::{Index, Part};
use crate::analysis::query::search::{Searching, Wanted, ask_of};
use crate::analysis::query::{Ask, Who};
use crate::model::ids::{ArticleId, CoderId};
use crate::model::project::Project;
use crate::session::fitting::DeepWanted;
use crate::session::searching::Looked;
use crate::shell::jobs;
use std::collections::BTreeSet;
use std::sync::Arc;

/// So many articles are read, or looked into, at a time.
const PORTION: usize = 64;

/// Brings the texts up to date and looks for what is wanted.
pub fn search(
    project: &Project,
    index: &Index,
    sentences: Option<Wanted>,
    articles: Option<DeepWanted>,
    coder: Option<&CoderId>,
) -> Looked {
    let mut index = up_to_date(project, index);
    let sentences = sentences.map(|wanted| {
        let ask = ask_of(&wanted, project);
        index = index.with_sheets(project, &ask.coders(project, Who::One(wanted.coder.as_ref())));
        let searching = Searching::new(&ask, &wanted, project, &index);
        let portions = jobs::cores().map(searching.n_portions(), |idx| searching.portion(idx));
        let found = searching.found(portions);
        (wanted, found)
    });
    let articles = articles.map(|wanted| {
        let ids = fitting(project, &index, &wanted, coder);
        (wanted, ids)
    });
    Looked { project: project.id().clone(), index, sentences, articles }
}

fn up_to_date(project: &Project, index: &Index) -> Index {
    let Some(planned) = index.plan(project) else { return index.clone() };
    let parts: Vec<Vec<Arc<Part>>> = jobs::cores().map(planned.len().div_ceil(PORTION), |idx| {
        planned.iter().skip(idx * PORTION).take(PORTION).cloned().map(Part::made).collect()
    });
    index.with(project, parts.into_iter().flatten().collect())
}

fn fitting(
    project: &Project,
    index: &Index,
    wanted: &DeepWanted,
    coder: Option<&CoderId>,
) -> BTreeSet<ArticleId> {
    let ask = Ask::read(&wanted.typed, project);
    let asking = Asking::new(&ask, project, Who::One(coder));
    let parts = index.parts();
    let fit: Vec<Vec<ArticleId>> = jobs::cores().map(parts.len().div_ceil(PORTION), |idx| {
        let (parts, ask) = (parts.iter().skip(idx * PORTION).take(PORTION), ask.clone());
        let fitting = parts.filter(|part| asking.fits(&ask, part, &filter::head(&part.article)));
        fitting.map(|part| part.article.id.clone()).collect()
    });
    fit.into_iter().flatten().collect()
}
