//! Deciding many sentences at once: what all said, what most said, or what one coder said.

use crate::analysis::compare::{At, Comparison, Judged, most};
use crate::model::action::Action;
use crate::model::deciding::{self, By, Deciding};
use crate::model::ids::{CoderId, LabelId, RecordId};
use crate::model::project::Project;

/// What is taken.
#[derive(Debug, Clone, PartialEq)]
pub enum Take {
    /// Where at least two answered and all said the same.
    Unanimous,
    /// Where more than half of those who answered said the same, at least two and at least this share.
    Majority(f64),
    /// Everything that this coder answered.
    Coder(CoderId),
}

/// What would be decided, and about which units: nothing about those that are decided already.
pub fn decidings(comparison: &Comparison, take: &Take, reason: &str, code: &str) -> Vec<(At, Deciding)> {
    let mut taken = Vec::new();
    for (place, article) in comparison.units.articles.iter().enumerate() {
        for (unit, row) in article.units.iter().enumerate() {
            let at = At { article: place, unit };
            if comparison.judged(at).is_none_or(Judged::is_decided) {
                continue;
            }
            if let Some(labels) = labels(comparison, at, take) {
                let (article, sentence) = (article.article.clone(), row.span);
                let (reason, code) = (reason.to_owned(), code.to_owned());
                taken.push((at, Deciding { article, sentence, labels, reason, code }));
            }
        }
    }
    taken
}

/// What is taken of a unit, if anything.
fn labels(comparison: &Comparison, at: At, take: &Take) -> Option<Vec<LabelId>> {
    let units = &comparison.units;
    let article = units.articles.get(at.article)?;
    let cells = article.cells(at.unit);
    let answer = match take {
        Take::Unanimous => most(cells).filter(|most| most.of >= 2 && most.n == most.of)?.answer,
        Take::Majority(share) => {
            let enough = |n: usize, of: usize| n as f64 >= share * of as f64 - 1e-9;
            most(cells).filter(|most| most.is_majority() && enough(most.n, most.of))?.answer
        }
        Take::Coder(coder) => {
            let mut column = article.coders.iter().zip(cells);
            column.find(|(of, _)| units.coder(**of) == Some(coder))?.1.answer?
        }
    };
    Some(units.answers.labels(answer).to_vec())
}

/// All of it as one action; `None` = nothing is taken.
pub fn action(
    project: &Project,
    comparison: &Comparison,
    decidings: &[(At, Deciding)],
    by: &By,
    mut new_id: impl FnMut() -> RecordId,
) -> Option<Action> {
    let actions = decidings.iter().filter_map(|(at, deciding)| {
        deciding::decide_on(project, None, (deciding, comparison.answers(*at)), by, &mut new_id)
    });
    let actions: Vec<Action> = actions.collect();
    (!actions.is_empty()).then_some(Action::Many(actions))
}
