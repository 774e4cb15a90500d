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
    /// A reason that is used again and again: `slip`; empty = none.
    pub code: String,
    pub by: CoderId,
    pub at: Option<Stamp>,
    /// What was answered when it was decided, a line a coder: `anna-7f3k denial`. Empty = not known.
    pub answers: Box<[Box<str>]>,
    pub extra: Kept,
}
