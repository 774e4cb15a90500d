//! A decision: the reviewer's answer to a disagreement.

use crate::model::ids::{ArticleId, CoderId, Kept, LabelId, RecordId, Span, Stamp};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub id: RecordId,
    pub article: ArticleId,
    pub sentence: Span,
    /// Empty = decided as "none of these".
    pub labels: Box<[LabelId]>,
    pub reason: String,
    pub by: CoderId,
    pub at: Option<Stamp>,
    pub extra: Kept,
}
