//! Laws of other sentences: every row is somewhere, and what was not touched stays.

use crate::dice::{self, Dice};
use crate::{config, run, scripts};
use allegata::model::article::Sentence;
use allegata::model::audit::audit;
use allegata::model::boundaries::Resplit;
use allegata::model::coding::Coding;
use allegata::model::ids::{ArticleId, Span};
use allegata::model::plan;
use allegata::model::project::Project;
use allegata::model::repair;
use allegata::model::sheet::{Sheet, SheetKey};
use proptest::prelude::*;
use std::cell::Cell;

/// A project, one of its articles, other sentences for it, and the plan for these.
fn planned(
    script: &(usize, Vec<Vec<u8>>),
    throws: &[u8],
) -> Result<Option<(Project, ArticleId, Resplit)>, TestCaseError> {
    let project = run(script, |_, _, _, _| Ok(()))?;
    let dice = &mut Dice::new(throws);
    let article = dice::sheet_key(&project, dice).article;
    let to = dice::sentences(&project, &article, dice);
    let plan = plan::resplit(&project, &article, to).ok().flatten();
    Ok(plan.map(|plan| (project, article, plan)))
}

fn sentences(project: &Project, article: &ArticleId) -> Vec<Sentence> {
    project.article(article).unwrap().sentences().to_vec()
}

/// The sentences that share text with a place and are asked about.
fn over(project: &Project, article: &ArticleId, span: Span) -> Vec<Span> {
    let meets = |s: &Sentence| s.span.start < span.end && span.start < s.span.end;
    let asks = |s: &Sentence| project.scheme().asks_for(s.kind.as_deref());
    sentences(project, article).iter().filter(|s| meets(s) && asks(s)).map(|s| s.span).collect()
}

fn says_all(now: &Coding, was: &Coding) -> bool {
    let labels = !was.answered || now.answered && was.labels.iter().all(|label| now.has(label));
    let note = was.note.as_ref().is_none_or(|note| now.note.as_ref().unwrap().contains(note.as_ref()));
    labels && note && (now.unsure || !was.unsure) && (was.extra.is_none() || was.extra == now.extra)
}

fn row_is_somewhere(project: &Project, now: &Sheet, was: &Coding, span: Span) -> Result<(), TestCaseError> {
    let article = &now.key.article;
    if project.article(article).unwrap().idx_of(span).is_some() {
        prop_assert_eq!(now.coding(span), Some(was), "carried");
        return Ok(());
    }
    if now.kept.iter().any(|row| row.span == span && row.coding == *was) {
        return Ok(());
    }
    let over = over(project, article, span);
    prop_assert!(!over.is_empty(), "{span} is gone: {was:?}");
    for span in over {
        let says = now.coding(span);
        prop_assert!(says.is_some_and(|now| says_all(now, was)), "{span} says {says:?}, not {was:?}");
    }
    Ok(())
}

thread_local! {
    /// How many plans there were, since laws of nothing prove nothing.
    static N_PLANS: Cell<usize> = const { Cell::new(0) };
}

fn no_row_disappears((before, article, plan): (Project, ArticleId, Resplit)) -> Result<(), TestCaseError> {
    N_PLANS.set(N_PLANS.get() + 1);
    let mut after = before.clone();
    let inverse = after.apply(plan.action);
    prop_assert!(inverse.is_ok(), "planned, but refused: {inverse:?}");
    prop_assert_eq!(audit(&after), vec![]);
    prop_assert_eq!(plan::resplit(&after, &article, sentences(&after, &article)), Ok(None));
    prop_assert_eq!(before.sheets().count(), after.sheets().count());
    for followed in &plan.followed {
        let key = SheetKey { coder: followed.coder.clone(), article: article.clone() };
        let (was, now) = (before.sheet(&key).unwrap(), after.sheet(&key).unwrap());
        let n_told = followed.n_carried + followed.joined.len() + followed.split.len() + followed.kept.len();
        prop_assert_eq!(n_told, was.rows.len());
        for row in &was.rows {
            row_is_somewhere(&after, now, &row.coding, row.span)?;
        }
        for row in &was.kept {
            let back = followed.restored.contains(&row.span) && now.coding(row.span).is_some();
            prop_assert!(now.kept.contains(row) || back, "{row:?} was kept and is gone");
        }
        prop_assert!(now.kept.len() <= was.kept.len() + followed.kept.len());
        prop_assert!(now.kept.len() + followed.restored.len() >= was.kept.len());
        let empty = followed.unanswered.iter().all(|span| !now.coding(*span).is_some_and(|c| c.answered));
        prop_assert!(empty && (!now.done || followed.unanswered.is_empty()));
    }
    let comments = |project: &Project| {
        project.comments().map(|c| (c.id.clone(), c.sentence.is_some())).collect::<Vec<_>>()
    };
    prop_assert_eq!(comments(&before), comments(&after));
    prop_assert_eq!(before.links().count(), after.links().count());
    prop_assert_eq!(before.decisions().count(), after.decisions().count());
    prop_assert!(after.apply(inverse.unwrap()).is_ok());
    prop_assert!(after == before);
    Ok(())
}

#[test]
fn no_row_disappears_and_undo_restores() {
    let strategy = (scripts(16), prop::collection::vec(any::<u8>(), 24));
    proptest::test_runner::TestRunner::new(config())
        .run(&strategy, |(script, throws)| planned(&script, &throws)?.map_or(Ok(()), no_row_disappears))
        .unwrap();
    assert!(N_PLANS.get() >= 50, "{} plans", N_PLANS.get());
}

/// One sentence of a project joined with the next, or split, by hand.
fn repaired(
    script: &(usize, Vec<Vec<u8>>),
    throws: &[u8],
) -> Result<Option<(Project, ArticleId, Resplit)>, TestCaseError> {
    let project = run(script, |_, _, _, _| Ok(()))?;
    let dice = &mut Dice::new(throws);
    let article = dice::sheet_key(&project, dice).article;
    let Some(span) = dice::place(&project, &article, dice) else { return Ok(None) };
    let plan = if dice.roll(2) == 0 {
        repair::join(&project, &article, span)
    } else {
        let at = span.start + u32::try_from(dice.roll(40)).unwrap();
        repair::split(&project, &article, span, at)
    };
    let Some(plan) = plan.ok().flatten() else { return Ok(None) };
    // Only this place of the article has other sentences.
    let mut after = project.clone();
    after.apply(plan.action.clone()).unwrap();
    let (was, is) = (sentences(&project, &article), sentences(&after, &article));
    prop_assert_eq!(was.len().abs_diff(is.len()), 1);
    prop_assert!(was.iter().filter(|one| !is.contains(one)).count() <= 2);
    prop_assert_eq!(&project.article(&article).unwrap().text(), &after.article(&article).unwrap().text());
    Ok(Some((project, article, plan)))
}

#[test]
fn joined_and_split_by_hand_no_row_disappears_and_undo_restores() {
    let strategy = (scripts(16), prop::collection::vec(any::<u8>(), 24));
    let before = N_PLANS.replace(0);
    proptest::test_runner::TestRunner::new(config())
        .run(&strategy, |(script, throws)| repaired(&script, &throws)?.map_or(Ok(()), no_row_disappears))
        .unwrap();
    assert!(N_PLANS.get() >= 50, "{} plans", N_PLANS.get());
    N_PLANS.set(before);
}

proptest! {
    #![proptest_config(config())]

    /// What was split is joined again, and each answer that both parts have is the one that was there.
    #[test]
    fn split_and_joined_again_the_sentences_are_the_same(
        script in scripts(16),
        throws in prop::collection::vec(any::<u8>(), 24),
    ) {
        let before = run(&script, |_, _, _, _| Ok(()))?;
        let dice = &mut Dice::new(&throws);
        let article = dice::sheet_key(&before, dice).article;
        let Some(span) = dice::place(&before, &article, dice) else { return Ok(()) };
        let at = span.start + u32::try_from(dice.roll(40)).unwrap();
        let Ok(Some(split)) = repair::split(&before, &article, span, at) else { return Ok(()) };
        let mut project = before.clone();
        project.apply(split.action).unwrap();
        let first = sentences(&project, &article).into_iter().find(|one| one.span.start == span.start).unwrap();
        let joined = repair::join(&project, &article, first.span);
        // Links and decisions of both parts cannot always be one again.
        let Ok(Some(joined)) = joined else { return Ok(()) };
        project.apply(joined.action).unwrap();
        let spans = |project: &Project| {
            sentences(project, &article).iter().map(|one| (one.span, one.kind.clone())).collect::<Vec<_>>()
        };
        prop_assert_eq!(spans(&project), spans(&before));
        prop_assert_eq!(audit(&project), vec![]);
        for sheet in before.sheets().filter(|sheet| sheet.key.article == article) {
            let Some(was) = sheet.coding(span).filter(|was| was.answered) else { continue };
            let now = project.sheet(&sheet.key).unwrap();
            prop_assert!(now.coding(span).is_some_and(|now| now.answered && now.labels == was.labels));
        }
    }

    #[test]
    fn there_and_back_leaves_what_was_not_touched(
        script in scripts(16),
        throws in prop::collection::vec(any::<u8>(), 24),
    ) {
        let Some((before, article, plan)) = planned(&script, &throws)? else { return Ok(()) };
        let old = sentences(&before, &article);
        let mut project = before.clone();
        prop_assert!(project.apply(plan.action).is_ok());
        let new = sentences(&project, &article);
        // A link that was joined is not taken apart again.
        let Ok(Some(back)) = plan::resplit(&project, &article, old.clone()) else { return Ok(()) };
        prop_assert!(project.apply(back.action).is_ok());
        prop_assert_eq!(sentences(&project, &article), old);
        let stayed = |span: Span| new.iter().any(|sentence| sentence.span == span);
        for sheet in before.sheets() {
            let now = project.sheet(&sheet.key).unwrap();
            for row in &sheet.rows {
                let is_other = sheet.key.article != article;
                if is_other || stayed(row.span) {
                    prop_assert_eq!(now.coding(row.span), Some(&row.coding));
                }
            }
        }
    }
}
