//! A comment: said for everybody, about an article or one of its sentences.

use crate::model::ids::{ArticleId, CoderId, Kept, RecordId, Span, Stamp};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    pub id: RecordId,
    pub article: ArticleId,
    /// Absent = about the whole article.
    pub sentence: Option<Span>,
    pub by: CoderId,
    pub at: Option<Stamp>,
    pub text: String,
    /// The comment that it answers.
    pub re: Option<RecordId>,
    /// Settled: kept, and asked about no more.
    pub resolved: bool,
    pub extra: Kept,
}
