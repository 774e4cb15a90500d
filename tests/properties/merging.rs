//! Laws of merging: two versions of a project, made by chance from a common one, become one.

use crate::dice::{self, Dice};
use crate::{base, config, told};
use allegata::analysis::merge::account::Account;
use allegata::analysis::merge::deciding::{self, Side};
use allegata::analysis::merge::{Merged, merge};
use allegata::formats::project::{read, write};
use allegata::model::action::{Action, Record};
use allegata::model::audit::audit;
use allegata::model::becoming::becoming;
use allegata::model::coding::Coding;
use allegata::model::comment::Comment;
use allegata::model::conflict::{Conflict, Value, What};
use allegata::model::decision::Decision;
use allegata::model::ids::{ArticleId, CoderId, Kept, RecordId, Span};
use allegata::model::plan;
use allegata::model::project::{Parts, Project};
use allegata::model::scheme::Label;
use allegata::model::sheet::SheetKey;
use proptest::prelude::*;

type Script = Vec<Vec<u8>>;

/// A beginning, what both sides know, and what each does to it.
fn stories() -> impl Strategy<Value = (usize, Script, Script, Script)> {
    let script = |n: usize| prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..n);
    (0..2_usize, script(6), script(8), script(8))
}

fn after(mut project: Project, script: &Script) -> Project {
    for throw in script {
        let action = dice::action(&project, &mut Dice::new(throw));
        drop(project.apply(action));
    }
    project
}

fn three((which, common, ours, theirs): &(usize, Script, Script, Script)) -> [Project; 3] {
    let base = after(base(*which), common);
    let (ours, theirs) = (after(base.clone(), ours), after(base.clone(), theirs));
    [base, ours, theirs]
}

fn merged(base: &Project, ours: &Project, theirs: &Project) -> Merged {
    merge(Some(base), ours, theirs).unwrap()
}

/// What is open, without who merged and which side was whose.
fn open(conflicts: &[Conflict]) -> Vec<String> {
    // Of two labels with one key, that of ours keeps it.
    let without_signs = |value: &Option<Value>| match value {
        Some(Value::Label(label)) => {
            Some(Label { keys: vec![], letter: String::new(), ..Label::clone(label) })
        }
        _ => None,
    };
    let is_sign = |conflict: &&Conflict| {
        conflict.what == What::Label && without_signs(&conflict.ours) == without_signs(&conflict.theirs)
    };
    // Where boundaries are open, all else of the article is at those of ours.
    let unsettled = with_open_boundaries(conflicts);
    let stands_elsewhere = |conflict: &&Conflict| {
        conflict.what != What::Sentences
            && conflict.article.as_ref().is_some_and(|id| unsettled.contains(&id))
    };
    let mut open: Vec<String> = conflicts
        .iter()
        .filter(|conflict| !is_sign(conflict) && !stands_elsewhere(conflict))
        .map(|conflict| {
            let mut sides = [said(conflict.ours.as_ref()), said(conflict.theirs.as_ref())];
            sides.sort();
            let Conflict { what, field, coder, article, sentence, id, base, .. } = conflict;
            // One that a side moved to another sentence is told where ours has it.
            let place = (*what != What::Decision).then_some((article, sentence));
            format!("{what:?} {field:?} {coder:?} {place:?} {id:?} {} {sides:?}", said(base.as_ref()))
        })
        .collect();
    open.sort();
    open
}

fn said(value: Option<&Value>) -> String {
    match value {
        Some(Value::Decision(Decision { labels, reason, by, at, .. })) => {
            format!("{labels:?} {reason:?} {by:?} {at:?}")
        }
        other => format!("{other:?}"),
    }
}

/// Articles whose boundaries both changed.
fn with_open_boundaries(conflicts: &[Conflict]) -> Vec<&ArticleId> {
    let boundaries = conflicts.iter().filter(|conflict| conflict.what == What::Sentences);
    boundaries.filter_map(|conflict| conflict.article.as_ref()).collect()
}

fn rows(project: &Project) -> impl Iterator<Item = (&SheetKey, Span, &Coding)> {
    project.sheets().flat_map(|sheet| sheet.rows.iter().map(|row| (&sheet.key, row.span, &row.coding)))
}

/// Whether a merge kept what a coder changed in a row, or says where it went.
fn is_kept(merged: &Merged, key: &SheetKey, span: Span, [was, is]: [&Coding; 2]) -> bool {
    let (project, blank) = (&merged.project, Coding::default());
    let answer = |coding: &Coding| {
        let mut labels = coding.labels.to_vec();
        labels.sort();
        (coding.answered, labels)
    };
    let same_answer = |other: &Coding| answer(was) == answer(is) || answer(other) == answer(is);
    let same_note = |other: &Coding| was.note == is.note || is.note.is_none() || other.note == is.note;
    let same = |other: &Coding| same_answer(other) && same_note(other);
    let said: Vec<&Coding> = project
        .conflicts()
        .iter()
        .flat_map(|conflict| [&conflict.ours, &conflict.theirs])
        .flatten()
        .filter_map(|side| side.coding())
        .chain([project.coding(key, span).unwrap_or(&blank)])
        .chain(project.sheet(key).iter().flat_map(|sheet| sheet.kept.iter().map(|row| &row.coding)))
        .collect();
    let is_moved = project.article(&key.article).is_some_and(|article| article.idx_of(span).is_none());
    is_moved || said.iter().any(|other| same(other)) || {
        said.iter().any(|other| same_answer(other)) && said.iter().any(|other| same_note(other))
    }
}

fn n_changes(account: &Account) -> usize {
    let all = account.all();
    all.ours + all.theirs
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_one_side_did_is_the_merge(story in stories()) {
        let [base, ours, _] = three(&story);
        for (name, merged) in [
            ("twice", merged(&base, &ours, &ours)),
            ("ours", merged(&base, &ours, &base)),
            ("theirs", merged(&base, &base, &ours)),
        ] {
            prop_assert_eq!(&merged.new_conflicts, &vec![], "{}", name);
            prop_assert!(write(&merged.project) == write(&ours), "{}\n{}\n{}", name, write(&merged.project), write(&ours));
            prop_assert_eq!(told(&merged.project), told(&ours), "{}", name);
        }
        prop_assert_eq!(n_changes(&merged(&base, &base, &base).account), 0);
    }

    /// One list of changes makes of one version the other, or their merge, and undo brings it back to the byte.
    #[test]
    fn one_version_becomes_another_and_back(story in stories()) {
        let [base, ours, theirs] = three(&story);
        let both = merged(&base, &ours, &theirs).project;
        let is_one_text = |to: &Project| {
            ours.articles().all(|article| to.article(&article.id).is_none_or(|other| other.text() == article.text()))
        };
        for (name, to) in [("merged", &both), ("theirs", &theirs), ("base", &base)] {
            prop_assert!(name != "merged" || is_one_text(to));
            if !is_one_text(to) {
                continue;
            }
            let mut now = ours.clone();
            if let Some(action) = becoming(&ours, to) {
                let back = now.apply(action.clone());
                prop_assert!(back.is_ok(), "{}: {:?}\n{:?}", name, back.err(), action);
                prop_assert_eq!(told(&now), told(to), "{}", name);
                prop_assert!(now.apply(back.unwrap()).is_ok());
            }
            prop_assert_eq!(told(&now), if becoming(&ours, to).is_some() { told(&ours) } else { told(to) });
        }
    }

    /// Of a conflict that is decided the record goes, the chosen value stands, and undo brings both back.
    #[test]
    fn a_conflict_is_decided_for_either_side(story in stories()) {
        let [base, ours, theirs] = three(&story);
        let project = merged(&base, &ours, &theirs).project;
        for conflict in project.conflicts() {
            for side in [Side::Ours, Side::Theirs] {
                let Ok(action) = deciding::decide(&project, conflict, side) else { continue };
                let mut decided = project.clone();
                let back = decided.apply(action).unwrap();
                prop_assert_eq!(audit(&decided), vec![]);
                let n = |project: &Project| project.conflicts().iter().filter(|open| *open == conflict).count();
                prop_assert_eq!(n(&decided) + 1, n(&project));
                if let (What::Coding, None, Some(coder), Some(article), Some(span)) =
                    (&conflict.what, &conflict.field, &conflict.coder, &conflict.article, conflict.sentence)
                {
                    let key = SheetKey { coder: coder.clone(), article: article.clone() };
                    let blank = Coding::default();
                    let now = decided.coding(&key, span).unwrap_or(&blank);
                    let before = project.coding(&key, span).unwrap_or(&blank);
                    let theirs = conflict.theirs.as_ref().and_then(|value| value.coding()).unwrap_or(&blank);
                    // Mine is what the project says by now.
                    let want = if side == Side::Ours { before } else { theirs };
                    prop_assert_eq!((now.answered, &now.labels), (want.answered, &want.labels), "{:?}", conflict);
                    prop_assert_eq!((&now.note, now.unsure), (&before.note, before.unsure));
                }
                if side == Side::Ours && !matches!(conflict.what, What::Article | What::Coder | What::Label | What::Sentences) {
                    let without = |project: &Project| {
                        let mut parts = Parts::of(project);
                        parts.conflicts.clear();
                        format!("{parts:?}")
                    };
                    prop_assert_eq!(without(&decided), without(&project), "{:?}", conflict);
                }
                decided.apply(back).unwrap();
                prop_assert_eq!(told(&decided), told(&project));
            }
        }
    }

    #[test]
    fn a_merge_is_sound_and_read_again_as_it_is(story in stories()) {
        let [base, ours, theirs] = three(&story);
        let project = merged(&base, &ours, &theirs).project;
        prop_assert_eq!(audit(&project), vec![]);
        let text = write(&project);
        let again = read(text.as_bytes()).unwrap();
        prop_assert!(again.project.conflicts() == project.conflicts(), "{}", text);
    }

    #[test]
    fn whose_side_is_ours_decides_nothing_but_what_is_open(story in stories()) {
        let [base, ours, theirs] = three(&story);
        let (one, other) = (merged(&base, &ours, &theirs), merged(&base, &theirs, &ours));
        // Of two articles with one id, that of ours keeps it.
        let is_renamed = one.account.said.iter().any(|said| said.contains("theirs is `"));
        if !is_renamed {
            prop_assert_eq!(open(&one.new_conflicts), open(&other.new_conflicts));
        }
        // Where boundaries are open, rows stand at those of ours, one in place of several or several in place of one.
        if !is_renamed && with_open_boundaries(&one.new_conflicts).is_empty() {
            let (sums, turned) = (one.account.all(), other.account.all());
            prop_assert_eq!((sums.ours, sums.theirs, sums.alike), (turned.theirs, turned.ours, turned.alike));
        }
        if one.new_conflicts.is_empty() && one.project.conflicts().is_empty() && !is_renamed {
            prop_assert_eq!(told(&one.project), told(&other.project));
        }
    }

    #[test]
    fn merged_again_nothing_changes(story in stories()) {
        let [base, ours, theirs] = three(&story);
        let once = merged(&base, &ours, &theirs).project;
        let twice = merged(&base, &once, &theirs).project;
        prop_assert_eq!(told(&twice), told(&once));
    }

    #[test]
    fn nothing_that_somebody_said_disappears(story in stories()) {
        let [base, ours, theirs] = three(&story);
        let merged = merged(&base, &ours, &theirs);
        for side in [&ours, &theirs] {
            for (key, span, coding) in rows(side) {
                if base.coding(key, span) != Some(coding) && side.article(&key.article) == base.article(&key.article) {
                    prop_assert!(
                        is_kept(&merged, key, span, [base.coding(key, span).unwrap_or(&Coding::default()), coding]),
                        "{key} {span} {coding:?}\nbase {:?}\nmerged {:?}",
                        base.coding(key, span),
                        merged.project.coding(key, span)
                    );
                }
            }
            for comment in side.comments().filter(|comment| base.comment(&comment.id) != Some(*comment)) {
                let is_there = merged.project.comment(&comment.id).is_some();
                prop_assert!(is_there, "{comment:?}");
            }
        }
    }

    /// Nothing known of what was before: nothing that either has is lost.
    #[test]
    fn without_a_common_version_all_is_there(story in stories()) {
        let [_, ours, theirs] = three(&story);
        let merged = merge(None, &ours, &theirs).unwrap();
        prop_assert_eq!(audit(&merged.project), vec![]);
        for side in [&ours, &theirs] {
            for (key, span, coding) in rows(side) {
                let is_same = ours.article(&key.article).map(|a| a.text()) == theirs.article(&key.article).map(|a| a.text());
                if is_same {
                    prop_assert!(is_kept(&merged, key, span, [&Coding::default(), coding]), "{key} {span} {coding:?}");
                }
            }
            for comment in side.comments() {
                prop_assert!(merged.project.comment(&comment.id).is_some(), "{comment:?}");
            }
        }
        let same = merge(None, &ours, &ours).unwrap();
        prop_assert_eq!(told(&same.project), told(&ours));
    }
}

/// A comment elsewhere answers one on an article that the other side removed.
#[test]
fn an_answer_outlives_the_article_of_what_it_answers() {
    let comment = |id: &str, article: &ArticleId, re: Option<&str>| Comment {
        id: RecordId::new(id),
        article: article.clone(),
        sentence: None,
        by: CoderId::new("anna"),
        at: None,
        text: "Is that so?".to_owned(),
        re: re.map(RecordId::new),
        resolved: false,
        extra: Kept::default(),
    };
    let say = |project: &mut Project, comment: Comment| {
        let id = comment.id.clone();
        project.apply(Action::Record(Record::Comment { id, to: Some(comment) })).unwrap();
    };
    let mut was = base(0);
    let [first, second] = [0, 1].map(|nth| was.articles().nth(nth).unwrap().id.clone());
    say(&mut was, comment("c1", &second, None));
    let (mut ours, mut theirs) = (was.clone(), was.clone());
    ours.apply(plan::remove_article(&ours, &second).unwrap()).unwrap();
    say(&mut theirs, comment("c2", &first, Some("c1")));
    let both = merged(&was, &ours, &theirs);
    let left: Vec<_> = both.project.comments().map(|comment| (comment.id.as_str(), &comment.re)).collect();
    assert_eq!(left, [("c2", &None)]);
    assert!(both.account.said.iter().any(|said| said.starts_with("comment `c2` answers nothing now")));
}

/// One side decided a sentence twice, the other once: whose side is ours changes nothing in what there is.
#[test]
fn decisions_of_one_sentence_meet_one_by_one() {
    let was = base(0);
    let article = was.articles().next().unwrap();
    let (id, span) = (article.id.clone(), article.sentences()[0].span);
    let decided = |ids: &[&str]| {
        let mut project = was.clone();
        for id_of_record in ids {
            let to = Decision {
                id: RecordId::new(*id_of_record),
                article: id.clone(),
                sentence: span,
                labels: Box::default(),
                reason: String::new(),
                code: String::new(),
                answers: Box::default(),
                by: CoderId::new("anna"),
                at: None,
                extra: Kept::default(),
            };
            project.apply(Action::Record(Record::Decision { id: to.id.clone(), to: Some(to) })).unwrap();
        }
        project
    };
    let check = |ours: &[&str], theirs: &[&str], want: usize| {
        let (one, other) = (decided(ours), decided(theirs));
        let (one, other) = (merged(&was, &one, &other), merged(&was, &other, &one));
        let (sums, turned) = (one.account.all(), other.account.all());
        assert_eq!(
            (sums.ours, sums.theirs, sums.alike),
            (turned.theirs, turned.ours, turned.alike),
            "{ours:?} {theirs:?}"
        );
        assert_eq!(told(&one.project), told(&other.project), "{ours:?} {theirs:?}");
        assert_eq!(one.project.decisions().count(), want, "{ours:?} {theirs:?}");
    };
    check(&["d0", "d1"], &["d0"], 2);
    check(&["d0", "d1"], &["d2"], 2);
    check(&["d2"], &["d0", "d1"], 2);
    check(&["d0", "d2"], &["d1", "d3"], 2);
    check(&["d0"], &["d0"], 1);
}
