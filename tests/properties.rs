//! Laws: what always holds of a project, whatever is done to it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may"
)]

#[path = "properties/boundaries.rs"]
mod boundaries;
#[path = "properties/datasets.rs"]
mod datasets;
#[path = "properties/dice.rs"]
mod dice;
#[path = "properties/merging.rs"]
mod merging;
#[path = "properties/review.rs"]
mod review;
#[path = "properties/scheme.rs"]
mod scheme;
#[path = "properties/teams.rs"]
mod teams;
#[path = "properties/twin.rs"]
mod twin;

use allegata::analysis::said::Said;
use allegata::model::action::Action;
use allegata::model::article::Article;
use allegata::model::audit::audit;
use allegata::model::coding::Coding;
use allegata::model::comment::Comment;
use allegata::model::conflict::{Conflict, Value, What};
use allegata::model::handing;
use allegata::model::history::History;
use allegata::model::ids::{ArticleId, CoderId, LabelId, RecordId, Stamp};
use allegata::model::plan::{self, Answer};
use allegata::model::project::{Parts, Project, Refusal};
use allegata::model::sketch;
use dice::{Dice, KINDS};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Scripts of up to so many actions, each a row of bytes for [`Dice`].
fn scripts(n_actions: usize) -> impl Strategy<Value = (usize, Vec<Vec<u8>>)> {
    (0..3_usize, prop::collection::vec(prop::collection::vec(any::<u8>(), 0..48), 1..n_actions))
}

fn sketched(drawing: &str) -> Project {
    sketch::project(drawing, |text| format!("a{}", text.len()), |text| text.len().to_string()).unwrap()
}

/// Projects to begin with: an ordinary one, one with all that a merge leaves, one of more articles than a chunk holds.
fn base(which: usize) -> Project {
    let ordinary = sketched(
        "# Mayor denies bribe | Ledger | 2025-03-14\n\
         The mayor took money, a report says. [allegation; ben: fact] He denies it. [denial ?; ben: denial]\n\n\
         It rained 👍🏽. [none] Nobody answered. [] Its note. [fact \"see page 2\"]\n\
         # Second\nEnd. [ben: none] Or not? [] Oh.",
    );
    match which {
        0 => ordinary,
        1 => {
            let mut parts = Parts::of(&ordinary);
            let locked = ordinary.articles().next().unwrap();
            parts.articles[0] = Arc::new({
                let mut article = Article::clone(locked);
                article.intact = false;
                article
            });
            let answer = |labels: &[LabelId]| {
                Some(Value::Coding(Coding { answered: true, labels: labels.into(), ..Coding::default() }))
            };
            parts.conflicts.push(Conflict {
                coder: Some(CoderId::new("anna")),
                article: Some(locked.id.clone()),
                sentence: Some(locked.sentences()[0].span),
                ours: answer(&[]),
                theirs: answer(&[parts.scheme.labels[1].id.clone()]),
                ..Conflict::new(What::Coding)
            });
            "several".clone_into(&mut parts.scheme.choose);
            let comments = [comment("c0", &locked.id, None), comment("c1", &locked.id, Some("c0"))];
            parts.comments = comments.map(Arc::new).into();
            Project::assemble(parts).unwrap()
        }
        _ => {
            let drawing: Vec<_> =
                (0..64).map(|n| format!("# {n}\nHe {}. [fact]", "ran ".repeat(n + 1).trim_end())).collect();
            sketched(&drawing.join("\n"))
        }
    }
}

fn comment(id: &str, article: &ArticleId, re: Option<&str>) -> Comment {
    Comment {
        id: RecordId::new(id),
        article: article.clone(),
        sentence: None,
        by: CoderId::new("ben"),
        at: None,
        text: "Who said so?".to_owned(),
        re: re.map(RecordId::new),
        resolved: false,
        extra: None,
    }
}

/// Everything in a project as text: it shares nothing with the project, so it cannot change with it.
fn told(project: &Project) -> String {
    format!("{:?}", Parts::of(project))
}

/// Applies a script and gives each step to a check: what was, the action, what `apply` said, what is.
fn run(
    (which, script): &(usize, Vec<Vec<u8>>),
    mut check: impl FnMut(&Project, &Action, Option<Action>, &Project) -> Result<(), TestCaseError>,
) -> Result<Project, TestCaseError> {
    let mut project = base(*which);
    for throw in script {
        let before = project.clone();
        let action = dice::action(&project, &mut Dice::new(throw));
        let inverse = project.apply(action.clone()).ok();
        check(&before, &action, inverse, &project)?;
    }
    Ok(project)
}

fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn inverse_restores_and_its_inverse_does_it_again(script in scripts(24)) {
        run(&script, |before, action, inverse, after| {
            let Some(inverse) = inverse else { return Ok(()) };
            prop_assert_eq!(dice::kind(&inverse), dice::kind(action));
            let mut project = after.clone();
            let again = project.apply(inverse.clone());
            prop_assert!(again.is_ok(), "{action:?}\ncannot be taken back by\n{inverse:?}:\n{again:?}");
            prop_assert!(project == *before, "{action:?}\nis not taken back by\n{inverse:?}");
            prop_assert_eq!(told(&project), told(before));
            prop_assert!(project.apply(again.unwrap()).is_ok());
            prop_assert!(project == *after, "{action:?}\nis not done again");
            Ok(())
        })?;
    }

    #[test]
    fn refusal_changes_nothing(script in scripts(24)) {
        run(&script, |before, action, inverse, after| {
            if inverse.is_none() {
                prop_assert!(before == after, "refused, but it left a trace: {action:?}");
                prop_assert_eq!(told(before), told(after));
            }
            Ok(())
        })?;
    }

    #[test]
    fn every_project_that_can_be_reached_is_sound(script in scripts(24)) {
        run(&script, |_, action, _, after| {
            prop_assert_eq!(audit(after), vec![], "after {:?}", action);
            Ok(())
        })?;
    }

    #[test]
    fn every_project_that_can_be_reached_can_be_put_together_from_its_parts(script in scripts(24)) {
        let live = run(&script, |_, _, _, _| Ok(()))?;
        let again = Project::assemble(Parts::of(&live));
        prop_assert!(again.as_ref() == Ok(&live), "{:?}", again.err());
    }

    #[test]
    fn answers_to_a_locked_text_stay_as_they_are(script in scripts(24)) {
        run(&script, |before, action, _, after| {
            // Several actions may unlock it, do something, and lock it again.
            let locked = before.articles().filter(|a| !a.intact && !matches!(action, Action::Many(_)));
            for article in locked {
                let sheets = |project: &Project| project.sheets_for(&article.id).cloned().collect::<Vec<_>>();
                prop_assert_eq!(sheets(before), sheets(after), "{:?}", action);
            }
            Ok(())
        })?;
    }

    #[test]
    fn replay_equals_live(script in scripts(24)) {
        let mut journal = vec![];
        let live = run(&script, |_, action, inverse, _| {
            journal.extend(inverse.map(|_| action.clone()));
            Ok(())
        })?;
        let mut replayed = base(script.0);
        for action in journal {
            prop_assert!(replayed.apply(action).is_ok());
        }
        prop_assert!(replayed == live);
        prop_assert_eq!(told(&replayed), told(&live));
    }

    #[test]
    fn a_snapshot_keeps_what_it_saw(script in scripts(24)) {
        let mut snapshots = vec![];
        run(&script, |before, _, _, _| {
            snapshots.push((before.clone(), told(before)));
            Ok(())
        })?;
        for (snapshot, saw) in snapshots {
            prop_assert_eq!(told(&snapshot), saw);
        }
    }

    #[test]
    fn undo_all_and_redo_all_return_exactly((which, script) in scripts(24)) {
        let (mut project, mut history) = (base(which), History::default());
        let mut states = vec![project.clone()];
        for throw in &script {
            let action = dice::action(&project, &mut Dice::new(throw));
            if history.act(&mut project, "act", action).is_ok() {
                states.push(project.clone());
            }
        }
        prop_assert_eq!(history.n_done(), states.len() - 1);
        for state in states.iter().rev().skip(1) {
            prop_assert!(matches!(history.undo(&mut project), Ok(Some(_))));
            prop_assert!(project == *state);
        }
        prop_assert!(matches!(history.undo(&mut project), Ok(None)));
        for state in states.iter().skip(1) {
            prop_assert!(matches!(history.redo(&mut project), Ok(Some(_))));
            prop_assert!(project == *state);
        }
        prop_assert!(matches!(history.redo(&mut project), Ok(None)));
    }

    /// What undo and redo do is journalled like any other action: replaying it gives the same project.
    #[test]
    fn undo_and_redo_replay_from_the_actions_that_they_report((which, script) in scripts(24)) {
        let (mut live, mut replayed, mut history) = (base(which), base(which), History::default());
        for throw in &script {
            let moved = match throw.first().map(|n| n % 4) {
                Some(0) => history.undo(&mut live).unwrap().map(|moved| moved.action),
                Some(1) => history.redo(&mut live).unwrap().map(|moved| moved.action),
                _ => {
                    let action = dice::action(&live, &mut Dice::new(throw.get(1..).unwrap_or_default()));
                    history.act(&mut live, "act", action.clone()).ok().map(|_| action)
                }
            };
            if let Some(action) = moved {
                prop_assert!(replayed.apply(action).is_ok());
            }
        }
        prop_assert!(replayed == live);
    }

    #[test]
    fn a_plan_changes_something_and_can_be_taken_back(script in scripts(16), throws in prop::collection::vec(any::<u8>(), 16)) {
        let before = run(&script, |_, _, _, _| Ok(()))?;
        let Some(action) = dice::planned(&before, &mut Dice::new(&throws)) else { return Ok(()) };
        let mut project = before.clone();
        if let Ok(inverse) = project.apply(action.clone()) {
            prop_assert!(project != before, "a plan that changes nothing: {action:?}");
            prop_assert!(project.apply(inverse).is_ok());
            prop_assert!(project == before, "{action:?}");
        }
    }

    /// Articles can go whatever names them: also comments that answer comments, links both ways, locked articles.
    #[test]
    fn any_article_can_be_removed_and_comes_back(script in scripts(32), which in any::<prop::sample::Index>()) {
        let before = run(&script, |_, _, _, _| Ok(()))?;
        let ids: Vec<_> = before.articles().map(|a| a.id.clone()).collect();
        if ids.is_empty() {
            return Ok(());
        }
        let id = which.get(&ids);
        let mut project = before.clone();
        let inverse = project.apply(plan::remove_article(&before, id).unwrap());
        if before.conflicts().iter().any(|conflict| conflict.article.as_ref() == Some(id)) {
            prop_assert_eq!(inverse, Err(Refusal::ArticleInUse(id.clone())));
            return Ok(());
        }
        prop_assert!(inverse.is_ok(), "{inverse:?}");
        prop_assert!(project.article(id).is_none());
        prop_assert_eq!(project.n_articles() + 1, before.n_articles());
        let back = project.apply(inverse.unwrap());
        prop_assert!(back.is_ok(), "{back:?}");
        prop_assert!(project == before);
    }

    /// Several at once: one action, and its inverse brings back all of them with everything that named them.
    #[test]
    fn several_articles_can_be_removed_and_come_back(script in scripts(32), throws in prop::collection::vec(any::<u8>(), 8)) {
        let before = run(&script, |_, _, _, _| Ok(()))?;
        let dice = &mut Dice::new(&throws);
        let ids: Vec<_> = (0..4).map(|_| dice::sheet_key(&before, dice).article).collect();
        let there: BTreeSet<_> = ids.iter().filter(|id| before.article(id).is_some()).collect();
        let said = Said::of(&before, &ids, None);
        let Some(action) = plan::remove_articles(&before, &ids) else {
            prop_assert!(there.is_empty());
            return Ok(());
        };
        let mut project = before.clone();
        let n_answers = |project: &Project| project.sheets().map(|sheet| sheet.n_answered()).sum::<usize>();
        let Ok(inverse) = project.apply(action) else {
            prop_assert!(project == before);
            let in_conflict = |conflict: &Conflict| conflict.article.as_ref().is_some_and(|id| there.contains(id));
            prop_assert!(before.conflicts().iter().any(in_conflict), "only what is in a conflict stays");
            return Ok(());
        };
        prop_assert_eq!(project.n_articles() + there.len(), before.n_articles());
        prop_assert_eq!(n_answers(&project) + said.others, n_answers(&before), "no answer goes uncounted");
        prop_assert_eq!(audit(&project), vec![]);
        project.apply(inverse).unwrap();
        prop_assert!(project == before);
    }

    /// What is assigned and taken back again leaves every answer as it was.
    #[test]
    fn assigning_changes_no_answer(script in scripts(24), throws in prop::collection::vec(any::<u8>(), 8)) {
        let before = run(&script, |_, _, _, _| Ok(()))?;
        let dice = &mut Dice::new(&throws);
        let key = dice::sheet_key(&before, dice);
        let Some(coder) = before.coder(&key.coder).cloned() else { return Ok(()) };
        let ids = vec![key.article, dice::sheet_key(&before, dice).article];
        let rows = |project: &Project| {
            project.sheets().flat_map(|sheet| sheet.rows.clone()).collect::<Vec<_>>()
        };
        for action in [handing::assign(&before, &[(coder.clone(), ids.clone())]), handing::unassign(&before, &coder.id, &ids)] {
            let mut project = before.clone();
            let Some(Ok(inverse)) = action.map(|action| project.apply(action)) else { continue };
            prop_assert_eq!(rows(&project), rows(&before));
            prop_assert_eq!(audit(&project), vec![]);
            project.apply(inverse).unwrap();
            prop_assert!(project == before);
        }
    }

    #[test]
    fn the_same_answer_given_again_changes_nothing(
        script in scripts(16),
        throws in prop::collection::vec(any::<u8>(), 16),
        order in any::<bool>(),
    ) {
        let mut project = run(&script, |_, _, _, _| Ok(()))?;
        let dice = &mut Dice::new(&throws);
        let key = dice::sheet_key(&project, dice);
        let Some(span) = dice::place(&project, &key.article, dice) else { return Ok(()) };
        let mut answer = dice::answer(&project, dice);
        let action = plan::answer(&project, &key, span, &answer, Stamp(1));
        if action.is_some_and(|action| project.apply(action).is_err()) {
            return Ok(());
        }
        if order {
            // Neither the order in which the labels are said, nor that of the scheme, is part of an answer.
            if let Answer::Labels(labels) = &mut answer {
                labels.reverse();
            }
            let first = project.scheme().labels.first().cloned();
            let action = first.map(|label| Action::Label { id: label.id.clone(), to: Some((9, label)) });
            project.apply(Action::Many(action.into_iter().collect())).unwrap();
        }
        prop_assert_eq!(plan::answer(&project, &key, span, &answer, Stamp(2)), None);
    }

    #[test]
    fn an_answer_is_what_was_said(script in scripts(16), throws in prop::collection::vec(any::<u8>(), 16)) {
        let mut project = run(&script, |_, _, _, _| Ok(()))?;
        let dice = &mut Dice::new(&throws);
        let key = dice::sheet_key(&project, dice);
        let Some(span) = dice::place(&project, &key.article, dice) else { return Ok(()) };
        let answer = dice::answer(&project, dice);
        let action = plan::answer(&project, &key, span, &answer, Stamp(1));
        if action.is_some_and(|action| project.apply(action).is_err()) {
            return Ok(());
        }
        let said = project.coding(&key, span);
        let Answer::Labels(labels) = answer else { return Ok(()) };
        if project.sheet(&key).is_none() {
            return Ok(());
        }
        prop_assert!(said.is_some_and(|said| said.answered), "{said:?}");
        prop_assert!(labels.iter().all(|label| said.unwrap().has(label)));
        prop_assert!(said.unwrap().labels.iter().all(|label| labels.contains(label)));
    }
}

/// The laws say nothing about actions that never happen: each kind is accepted and refused many times.
#[test]
fn every_kind_of_action_is_tried_taken_and_refused() {
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeMap<(&str, bool), u32> = BTreeMap::new();
    for _ in 0..1_100 {
        let script = scripts(24).new_tree(&mut runner).unwrap().current();
        run(&script, |_, action, inverse, _| {
            *seen.entry((dice::kind(action), inverse.is_some())).or_default() += 1;
            Ok(())
        })
        .unwrap();
    }
    for kind in KINDS {
        for taken in [true, false] {
            // What a newer version wrote is never refused.
            if kind == "Head" && !taken {
                continue;
            }
            let n_times = seen.get(&(kind, taken)).copied().unwrap_or_default();
            assert!(n_times >= 5, "{kind}, taken: {taken}: {n_times} times\n{seen:#?}");
        }
    }
}
