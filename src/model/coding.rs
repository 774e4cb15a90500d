//! A coding: what one coder said of one sentence.

use crate::model::ids::{Kept, LabelId, Span, Stamp};
use std::sync::Arc;

/// What one coder said of one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coding {
    /// Whether there is an answer; a note or "unsure" can stand without one.
    pub answered: bool,
    /// The labels in the scheme's order; empty and answered is "none of these".
    pub labels: Box<[LabelId]>,
    pub unsure: bool,
    pub note: Option<Box<str>>,
    /// When the answer was given.
    pub at: Option<Stamp>,
    /// To be looked at again, since the sentence's boundaries changed.
    pub check: bool,
    /// `suggestion`, `import` or a newer version's word; absent = by hand.
    pub by: Option<Arc<str>>,
    /// The version of the scheme that the answer was given under, where that is another one than its sheet's.
    pub scheme: Option<u32>,
    pub extra: Kept,
}

/// A coding at its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub span: Span,
    pub coding: Coding,
}

impl Coding {
    /// Whether the row would say nothing: such a row is not kept. A time without an answer says when one was taken away.
    pub fn is_blank(&self) -> bool {
        self.says_nothing() && self.at.is_none() && self.extra.is_none()
    }

    /// Whether there is neither an answer nor a word beside it.
    pub fn says_nothing(&self) -> bool {
        !self.answered && !self.unsure && self.note.is_none()
    }

    /// Answered with "none of these".
    pub fn is_none(&self) -> bool {
        self.answered && self.labels.is_empty()
    }

    pub fn has(&self, label: &LabelId) -> bool {
        self.labels.contains(label)
    }

    /// The labels' ids joined by `|`, `none`, or empty when unanswered: the form of tables.
    pub fn labels_cell(&self) -> String {
        let mut cell = String::new();
        self.push_labels_cell(&mut cell);
        cell
    }

    /// The same, behind what is there.
    pub fn push_labels_cell(&self, cell: &mut String) {
        if self.answered {
            push_labels_cell(&self.labels, cell);
        }
    }
}

/// The labels of an answer in a cell, behind what is there: ids joined by `|`, or `none`.
pub fn push_labels_cell(labels: &[LabelId], cell: &mut String) {
    if labels.is_empty() {
        cell.push_str("none");
    }
    for (idx, label) in labels.iter().enumerate() {
        if idx > 0 {
            cell.push('|');
        }
        cell.push_str(label.as_str());
    }
}

/// The same as a text.
pub fn labels_cell(labels: &[LabelId]) -> String {
    let mut cell = String::new();
    push_labels_cell(labels, &mut cell);
    cell
}
