//! The texts of a project as words are looked for in them, article by article, kept from query to query.

use crate::analysis::filter::in_order;
use crate::model::article::Article;
use crate::model::project::Project;
use crate::text::looking::{looked, occurrences};
use std::collections::BTreeMap;
use std::sync::Arc;

/// An article as it is looked through.
#[derive(Debug)]
pub struct Part {
    pub article: Arc<Article>,
    title: Box<str>,
    /// The sentences, each with a line break after it.
    text: Box<str>,
    /// Where each sentence ends in `text`, its line break not counted. Bytes.
    ends: Box<[u32]>,
}

/// All articles, in the order in which they came in.
#[derive(Debug, Default, Clone)]
pub struct Index {
    parts: Arc<Vec<Arc<Part>>>,
}

/// An article whose part is still to be made, or the one that is there.
pub type Planned = Result<Arc<Part>, Arc<Article>>;

impl Index {
    /// What has to be made anew for a state of the project; [`Part::of`] does it, on as many cores as there are.
    pub fn plan(&self, project: &Project) -> Vec<Planned> {
        let there: BTreeMap<_, _> = self.parts.iter().map(|part| (&part.article.id, part)).collect();
        let plan = |article: &Arc<Article>| match there.get(&article.id) {
            Some(part) if Arc::ptr_eq(&part.article, article) => Ok(Arc::clone(part)),
            _ => Err(Arc::clone(article)),
        };
        in_order(project).into_iter().map(plan).collect()
    }

    pub fn of(parts: Vec<Arc<Part>>) -> Self {
        Self { parts: Arc::new(parts) }
    }

    /// Of all articles of a project, one after the other.
    pub fn whole(project: &Project) -> Self {
        Self::of(Self::default().plan(project).into_iter().map(Part::made).collect())
    }

    pub fn parts(&self) -> &[Arc<Part>] {
        &self.parts
    }
}

impl Part {
    pub fn of(article: &Arc<Article>) -> Self {
        let mut text = String::with_capacity(article.text().len() + article.n_sentences());
        let mut ends = Vec::with_capacity(article.n_sentences());
        for sentence in article.sentences() {
            text.push_str(&looked(article.words_of(sentence)));
            ends.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
            text.push('\n');
        }
        Self {
            article: Arc::clone(article),
            title: looked(article.shown_title()).into(),
            text: text.into(),
            ends: ends.into(),
        }
    }

    /// The part that is there, or one made now.
    pub fn made(planned: Planned) -> Arc<Self> {
        planned.unwrap_or_else(|article| Arc::new(Self::of(&article)))
    }

    pub fn title(&self) -> &str {
        &self.title
    }

    /// For each sentence whether it holds words in their folded form; `None` = none does.
    pub fn holding(&self, words: &str, whole: bool) -> Option<Vec<bool>> {
        let mut found = occurrences(&self.text, words, whole).peekable();
        found.peek()?;
        let mut holding = vec![false; self.ends.len()];
        let mut idx = 0;
        for at in found {
            while self.ends.get(idx).is_some_and(|end| (*end as usize) <= at) {
                idx += 1;
            }
            if let Some(holds) = holding.get_mut(idx) {
                *holds = true;
            }
        }
        Some(holding)
    }
}
