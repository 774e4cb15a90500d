//! What merges with plain git and what does not: `git merge-file` on files that the writer wrote.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may fall"
)]

#[path = "../benches/big.rs"]
mod big;
#[path = "support/two.rs"]
mod two;

use allegata::formats::project;
use allegata::model::action::{Action, Record};
use allegata::model::coder::Coder;
use allegata::model::ids::{ArticleId, CoderId, Span};
use allegata::model::project::Project;
use std::fs;
use std::process::Command;
use std::sync::Arc;
use two::{article, assign, bare, comment};

fn label(project: &mut Project, coder: &str, n: usize, sentence: usize, label: &str) {
    two::label(project, coder, n, sentence, label, i64::try_from(sentence).unwrap());
}

/// Takes in a copy of the first article's text, under an id of its own. Both sides give it the same number: ids settle the order.
fn take_in(project: &mut Project, id: &str) {
    let mut copy = article(project, 0).clone();
    copy.id = ArticleId::new(id);
    copy.added = 7;
    project.apply(Action::Article { id: copy.id.clone(), to: Some(Arc::new(copy)) }).unwrap();
}

/// The text that git makes of two sides, and whether it is clean.
fn git_merge(base: &Project, ours: &Project, theirs: &Project) -> (String, bool) {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new("git");
    command.args(["merge-file", "-p"]).current_dir(folder.path());
    for (name, side) in [("ours", ours), ("base", base), ("theirs", theirs)] {
        fs::write(folder.path().join(name), project::write(side)).unwrap();
        command.arg(name);
    }
    let output = command.output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.success())
}

/// Both sides do something; git brings it together, and the result is what both did one after the other.
fn check_clean(start: &Project, ours: impl Fn(&mut Project), theirs: impl Fn(&mut Project)) {
    let (mut our_side, mut their_side, mut both) = (start.clone(), start.clone(), start.clone());
    ours(&mut our_side);
    theirs(&mut their_side);
    for (left, right) in [(&our_side, &their_side), (&their_side, &our_side)] {
        let (text, is_clean) = git_merge(start, left, right);
        assert!(is_clean, "{text}");
        let loaded = project::read(text.as_bytes()).unwrap();
        assert_eq!(loaded.mends, []);
        assert_eq!(project::write(&loaded.project), text);
        if both == *start {
            ours(&mut both);
            theirs(&mut both);
        }
        assert!(loaded.project == both);
    }
}

#[test]
fn two_coders_start_the_same_article() {
    check_clean(
        &bare(),
        |p| (0..8).for_each(|s| label(p, "anna-7f3k", 2, s, "fact")),
        |p| (0..8).for_each(|s| label(p, "ben-q2ma", 2, s, "denial")),
    );
}

#[test]
fn one_coder_on_two_machines_starts_neighbouring_articles() {
    check_clean(
        &bare(),
        |p| (0..8).for_each(|s| label(p, "anna-7f3k", 2, s, "fact")),
        |p| (0..8).for_each(|s| label(p, "anna-7f3k", 3, s, "denial")),
    );
}

#[test]
fn one_coder_on_two_machines_answers_neighbouring_sentences() {
    let mut start = bare();
    label(&mut start, "anna-7f3k", 1, 7, "fact");
    check_clean(
        &start,
        |p| [0, 2, 4].into_iter().for_each(|s| label(p, "anna-7f3k", 1, s, "fact")),
        |p| [1, 3, 5, 6].into_iter().for_each(|s| label(p, "anna-7f3k", 1, s, "denial")),
    );
}

#[test]
fn one_coder_on_two_machines_starts_an_article_that_was_handed_out() {
    let mut start = bare();
    assign(&mut start, "anna-7f3k", 2);
    let text = project::write(&start);
    // Files from before, and from other hands, have no slots in it.
    let (head, rest) = text.split_once("assigned: true, scheme: 1, rows: [").unwrap();
    let (slots, rest) = rest.split_once("]),").unwrap();
    assert_eq!(slots.matches("\n// ").count(), 8, "{slots}");
    let without = format!("{head}assigned: true, scheme: 1, rows: []),{rest}");
    for text in [&text, &without] {
        let loaded = project::read(text.as_bytes()).unwrap();
        assert!(loaded.project == start && loaded.mends.is_empty(), "{:?}", loaded.mends);
    }
    let cases: [[&[usize]; 2]; 3] =
        [[&[0, 1, 2, 3], &[4, 5, 6, 7]], [&[0, 2, 4, 6], &[1, 3, 5, 7]], [&[0], &[7]]];
    for [ours, theirs] in cases {
        check_clean(
            &start,
            |p| ours.iter().for_each(|s| label(p, "anna-7f3k", 2, *s, "fact")),
            |p| theirs.iter().for_each(|s| label(p, "anna-7f3k", 2, *s, "denial")),
        );
    }
}

/// What the README says that plain git does not bring together.
#[test]
fn what_one_coder_does_twice_is_a_conflict() {
    let mut start = bare();
    let check = |start: &Project, ours: &dyn Fn(&mut Project), theirs: &dyn Fn(&mut Project)| {
        let (mut our_side, mut their_side) = (start.clone(), start.clone());
        ours(&mut our_side);
        theirs(&mut their_side);
        let (text, is_clean) = git_merge(start, &our_side, &their_side);
        assert!(!is_clean, "{text}");
    };
    // She begins an article on two machines that nobody handed out.
    check(&start, &|p| label(p, "anna-7f3k", 2, 0, "fact"), &|p| label(p, "anna-7f3k", 2, 5, "fact"));
    // She gives the same answer on both, at another second.
    assign(&mut start, "anna-7f3k", 2);
    let later = |p: &mut Project| two::label(p, "anna-7f3k", 2, 0, "fact", 327);
    check(&start, &|p| label(p, "anna-7f3k", 2, 0, "fact"), &later);
}

#[test]
fn two_coders_change_their_answers() {
    let mut start = bare();
    for coder in ["anna-7f3k", "ben-q2ma"] {
        (0..6).for_each(|n| (0..8).for_each(|s| label(&mut start, coder, n, s, "fact")));
    }
    check_clean(
        &start,
        |p| (0..6).for_each(|n| (0..8).for_each(|s| label(p, "anna-7f3k", n, s, "denial"))),
        |p| (0..6).for_each(|n| (0..8).for_each(|s| label(p, "ben-q2ma", n, s, "allegation"))),
    );
}

#[test]
fn both_take_in_an_article() {
    let start = bare();
    let after = |n: usize| format!("{}-x", article(&start, n).id);
    check_clean(&start, |p| take_in(p, &after(1)), |p| take_in(p, &after(3)));
}

#[test]
fn both_comment_on_articles_of_their_own() {
    check_clean(&bare(), |p| comment(p, "k3", 2), |p| comment(p, "a9", 3));
}

#[test]
fn one_renames_the_project_while_the_other_labels() {
    check_clean(
        &bare(),
        |p| {
            p.apply(Action::Project { title: "Harbour".to_owned(), never_end_after: vec![] }).unwrap();
        },
        |p| label(p, "ben-q2ma", 0, 0, "fact"),
    );
}

#[test]
fn one_gets_a_name_while_the_other_works_for_her() {
    let anna = Coder::new(CoderId::new("anna-7f3k"), "Anna".to_owned());
    check_clean(
        &bare(),
        |p| {
            p.apply(Action::Coder { id: anna.id.clone(), to: Some(anna.clone()) }).unwrap();
        },
        |p| label(p, "anna-7f3k", 0, 0, "fact"),
    );
}

#[test]
fn the_same_answer_changed_differently_is_a_conflict() {
    let mut start = bare();
    (0..8).for_each(|s| label(&mut start, "anna-7f3k", 1, s, "fact"));
    let (mut ours, mut theirs) = (start.clone(), start.clone());
    label(&mut ours, "anna-7f3k", 1, 3, "denial");
    label(&mut theirs, "anna-7f3k", 1, 3, "allegation");
    let (text, is_clean) = git_merge(&start, &ours, &theirs);
    assert!(!is_clean);
    assert_eq!(text.matches("<<<<<<< ").count(), 1);
    let line = text.lines().position(|line| line.starts_with("<<<<<<< ")).unwrap() + 1;
    let error = project::read(text.as_bytes()).unwrap_err();
    assert_eq!(error, project::ProjectError::GitConflict { line });
    // Taking both sides, as some tools do, loses nothing either.
    let both: String = text
        .lines()
        .filter(|l| !["<<<<", "====", ">>>>"].iter().any(|m| l.starts_with(m)))
        .fold(String::new(), |t, l| t + l + "\n");
    let loaded = project::read(both.as_bytes()).unwrap();
    assert_eq!(loaded.mends.len(), 1);
    let conflict = &loaded.project.conflicts()[0];
    let cells =
        [&conflict.ours, &conflict.theirs].map(|side| side.as_ref().unwrap().coding().unwrap().labels_cell());
    assert_eq!(cells, ["denial", "allegation"]);
}

#[test]
fn a_clean_merge_that_makes_nonsense_is_mended() {
    let mut start = bare();
    label(&mut start, "anna-7f3k", 1, 6, "fact");
    let id = article(&start, 1).id.clone();
    let (mut ours, mut theirs) = (start.clone(), start.clone());
    // Ours joins the first two sentences; theirs, meanwhile, comments on the second of them.
    let rows: Vec<_> = {
        let article = start.article(&id).unwrap();
        let joined = article.sentences()[0].clone();
        let second = &article.sentences()[1];
        let (span, bytes) = (Span::new(0, second.span.end), 0..second.bytes.end);
        let joined = allegata::model::article::Sentence { span, bytes, ..joined };
        std::iter::once(joined).chain(article.sentences().iter().skip(2).cloned()).collect()
    };
    let second = start.article(&id).unwrap().sentences()[1].span;
    ours.apply(Action::Sentences { article: id, to: rows }).unwrap();
    comment(&mut theirs, "k3", 1);
    let mut said = theirs.comments().next().unwrap().clone();
    said.sentence = Some(second);
    theirs.apply(Action::Record(Record::Comment { id: said.id.clone(), to: Some(said) })).unwrap();
    let (text, is_clean) = git_merge(&start, &ours, &theirs);
    assert!(is_clean, "{text}");
    let loaded = project::read(text.as_bytes()).unwrap();
    assert_eq!(loaded.mends.len(), 1, "{:?}", loaded.mends);
    assert!(loaded.mends[0].says.contains("about the article now"));
    assert_eq!(loaded.project.comments().next().unwrap().sentence, None);
}
