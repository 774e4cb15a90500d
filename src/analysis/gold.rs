//! The gold layer: of each sentence what was decided, else what all said, else what the only one said who answered.

use crate::analysis::units::{Answers, Cell};
use crate::model::decision::Decision;
use crate::model::ids::LabelId;

/// Where a gold answer is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoldBy {
    Decided,
    /// At least two answered, and all said the same.
    Unanimous,
    /// One answered.
    Single,
}

/// The gold answer to a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gold<'a> {
    pub labels: &'a [LabelId],
    pub by: GoldBy,
    /// Where it was decided.
    pub decision: Option<&'a Decision>,
}

impl GoldBy {
    /// The word of tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Decided => "decided",
            Self::Unanimous => "unanimous",
            Self::Single => "single",
        }
    }
}

/// The gold answer; `None` = it is open.
pub fn of<'a>(answers: &'a Answers, cells: &[Cell], decision: Option<&'a Decision>) -> Option<Gold<'a>> {
    if let Some(decision) = decision {
        return Some(Gold { labels: &decision.labels, by: GoldBy::Decided, decision: Some(decision) });
    }
    let mut given = cells.iter().filter_map(|cell| cell.answer);
    let first = given.next()?;
    let mut by = GoldBy::Single;
    for other in given {
        if other != first {
            return None;
        }
        by = GoldBy::Unanimous;
    }
    Some(Gold { labels: answers.labels(first), by, decision: None })
}
