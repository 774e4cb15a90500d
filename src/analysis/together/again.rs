//! The same files put together once more, with other choices: what that changes in the project that was made of them.

use super::Together;
use crate::model::action::{Action, Record};
use crate::model::deciding;
use crate::model::project::Project;
use crate::model::sheet::SheetKey;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What another choice changes.
#[derive(Debug)]
pub struct Change {
    pub action: Action,
    pub n_answers: usize,
}

/// What makes of the open project `now` what the files say as they are taken now. What was done in it since stays, and decisions
/// that now find a place come where nothing is decided. `None` = nothing is other than it was.
pub fn again(now: &Project, was: &Together, is: &Together) -> Option<Change> {
    let keys: BTreeSet<&SheetKey> =
        was.project.sheets().chain(is.project.sheets()).map(|sheet| &sheet.key).collect();
    let mut actions = Vec::new();
    let mut n_answers = 0;
    for key in keys {
        let (before, after) = (was.project.sheet(key), is.project.sheet(key));
        let is_open = now.article(&key.article).is_some_and(|article| article.intact);
        if before == after || !is_open || now.coder(&key.coder).is_none() || now.sheet(key) == after {
            continue;
        }
        let rows = |sheet: Option<&Arc<crate::model::sheet::Sheet>>| -> BTreeSet<_> {
            let rows = sheet.into_iter().flat_map(|sheet| &sheet.rows).filter(|row| row.coding.answered);
            rows.map(|row| (row.span, row.coding.labels.clone())).collect()
        };
        let (had, has) = (rows(before), rows(after));
        let spans: BTreeSet<_> = had.symmetric_difference(&has).map(|(span, _)| *span).collect();
        n_answers += spans.len();
        actions.push(Action::Sheet { key: key.clone(), to: after.cloned() });
    }
    let standing = deciding::standing(now);
    for decision in is.project.decisions().filter(|decision| was.project.decision(&decision.id).is_none()) {
        let is_free = !standing.contains_key(&(&decision.article, decision.sentence));
        if is_free && now.decision(&decision.id).is_none() && now.article(&decision.article).is_some() {
            let (id, to) = (decision.id.clone(), Some(decision.clone()));
            actions.push(Action::Record(Record::Decision { id, to }));
        }
    }
    (!actions.is_empty()).then_some(Change { action: Action::Many(actions), n_answers })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::together::{Choice, together};
    use crate::model::ids::{CoderId, LabelId, ProjectId};
    use crate::model::sketch;

    fn drawn(drawing: &str) -> Project {
        sketch::project(drawing, |text| format!("a{}", text.len()), |_| String::new()).unwrap()
    }

    #[test]
    fn another_choice_changes_what_the_files_say_and_nothing_else() {
        let first = drawn("# One\nFire. [anna: fact] Rain. [anna: denial]");
        let later = drawn("# One\nFire. [anna: none] Rain. [anna: denial]");
        let files = [&first, &later];
        let put = |choice: &Choice| together(&files, ProjectId::new("new"), choice).unwrap();
        let was = put(&Choice::default());
        let one = &was.twice[0];
        assert_eq!((one.taken, one.other, one.differ.len()), (0, 1, 1));
        let is = put(&Choice { from: [(CoderId::new("anna"), 1)].into(), ..Choice::default() });
        assert_eq!((is.twice[0].taken, is.twice[0].other), (1, 0));
        let mut now = was.project.clone();
        let change = again(&now, &was, &is).unwrap();
        assert_eq!(change.n_answers, 1);
        let undo = now.apply(change.action).unwrap();
        assert_eq!(now, is.project);
        assert!(again(&now, &was, &is).is_none(), "it is so already");
        now.apply(undo).unwrap();
        assert_eq!(now, was.project);
    }

    #[test]
    fn a_label_may_be_another_one_here_or_none() {
        let ours = drawn("# One\nFire. [anna: fact] Rain. [anna: denial]");
        let theirs = drawn("# One\nFire. [ben: allegation] Rain. [ben: denial]");
        let put = |to: Option<&str>| {
            let labels = [((1, LabelId::new("allegation")), to.map(LabelId::new))].into();
            let choice = Choice { labels, ..Choice::default() };
            let made = together(&[&ours, &theirs], ProjectId::new("new"), &choice).unwrap();
            let left = made.mappings[0].n_left;
            assert_eq!(made.mappings[0].n_left_so(&choice.labels), left);
            let ben = CoderId::new("ben");
            let said = made.project.sheets_of(&ben).flat_map(|sheet| &sheet.rows);
            let said: Vec<String> =
                said.flat_map(|row| row.coding.labels.iter().map(ToString::to_string)).collect();
            (said.join(" "), left)
        };
        assert_eq!(put(Some("fact")), ("fact denial".to_owned(), 0));
        assert_eq!(put(None), ("denial".to_owned(), 1));
    }
}
