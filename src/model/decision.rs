//! A decision: the reviewer's answer to a disagreement; a conflict: two answers that a merge could not bring together.

use crate::model::coding::Coding;
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

/// Two answers of one coder to one sentence, both kept until somebody decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    pub coder: CoderId,
    pub article: ArticleId,
    pub sentence: Span,
    pub base: Option<Coding>,
    pub ours: Option<Coding>,
    pub theirs: Option<Coding>,
    pub who: Option<String>,
    pub at: Option<Stamp>,
    pub extra: Kept,
}
