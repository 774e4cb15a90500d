//! Which articles have near-identical texts, and stay together: worked out once, and kept as long as the texts are the same.

use crate::analysis::duplicates;
use crate::analysis::filter::in_order;
use crate::model::article::Article;
use crate::model::ids::ArticleId;
use crate::model::project::Project;
use std::sync::Arc;

/// Groups of near-identical texts among the articles that can be in a split.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Near {
    /// The articles, each with the hash of its text.
    of: Vec<(ArticleId, String)>,
    /// By their places in `of`.
    groups: Vec<Vec<usize>>,
}

impl Near {
    /// Compares the texts: the slow part of a plan.
    pub fn of(project: &Project) -> Self {
        let articles = placeable(project);
        let pairs = duplicates::alike(articles.iter().map(|article| article.text()));
        let groups = duplicates::groups(articles.len(), &pairs);
        let of = articles.iter().map(|article| (article.id.clone(), article.sha256.clone())).collect();
        Self { of, groups }
    }

    /// What is known already, where it is that of this project.
    pub fn again(known: Option<Arc<Self>>, project: &Project) -> Arc<Self> {
        known.filter(|known| known.is_of(project)).unwrap_or_else(|| Arc::new(Self::of(project)))
    }

    /// Whether it is that of this project: the same texts can be in splits.
    pub fn is_of(&self, project: &Project) -> bool {
        let articles = placeable(project);
        articles.len() == self.of.len()
            && articles
                .iter()
                .zip(&self.of)
                .all(|(article, (id, sha256))| article.id == *id && article.sha256 == *sha256)
    }

    pub(in crate::analysis) fn groups(&self) -> &[Vec<usize>] {
        &self.groups
    }
}

/// The articles that are in a split or can come into one, in the order in which they came in.
pub(in crate::analysis) fn placeable(project: &Project) -> Vec<&Article> {
    let can_be = |article: &&Article| article.aside.is_none() || article.split.is_some();
    in_order(project).into_iter().map(|article| &**article).filter(can_be).collect()
}
