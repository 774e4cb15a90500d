//! A draw: articles chosen by chance for several to read, so that agreement can be measured on them.

use crate::model::ids::{ArticleId, CoderId, Kept, RecordId, Stamp};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    pub id: RecordId,
    /// Who drew, where that is known.
    pub by: Option<CoderId>,
    pub at: Option<Stamp>,
    /// The same seed draws the same from the same articles.
    pub seed: u64,
    /// How many were drawn: some of them may have been removed since.
    pub size: u32,
    /// From how many.
    pub of: u32,
    /// What it is even by: `outlet`, `month`; empty = chance alone.
    pub strata: Box<[Box<str>]>,
    pub articles: Vec<ArticleId>,
    pub extra: Kept,
}

impl Draw {
    pub fn has(&self, article: &ArticleId) -> bool {
        self.articles.contains(article)
    }
}
