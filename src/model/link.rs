//! A link: a denial answers an allegation.

use crate::model::ids::{ArticleId, CoderId, Kept, RecordId, Span, Stamp};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub id: RecordId,
    /// Where the denial stands.
    pub article: ArticleId,
    pub sentence: Span,
    /// Where the allegation stands that it answers.
    pub to_article: ArticleId,
    pub to_sentence: Span,
    pub by: CoderId,
    pub at: Option<Stamp>,
    pub extra: Kept,
}
