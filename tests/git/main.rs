//! Ten things that two people do at once, brought together by a real git: with the merge driver and without.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fall"
)]

#[path = "../../benches/big.rs"]
mod big;
mod damage;
mod repository;

use allegata::formats::project;
use allegata::model::action::{Action, Record};
use allegata::model::article::Article;
use allegata::model::coder::Coder;
use allegata::model::coding::Coding;
use allegata::model::comment::Comment;
use allegata::model::conflict::Value;
use allegata::model::ids::{ArticleId, CoderId, LabelId, RecordId, Stamp};
use allegata::model::plan::{self, Answer};
use allegata::model::project::Project;
use allegata::model::sheet::{Sheet, SheetKey};
use repository::{FILE, Repository};
use std::fs;
use std::sync::Arc;

/// What somebody does to a project.
type Deed = fn(&mut Project);

/// Six articles of eight sentences, two coders, no sheets and no comments; the third article is given to Anna.
fn base() -> Project {
    let mut project = big::project(6, 8, &[1, 4]);
    let keys: Vec<SheetKey> = project.sheets().map(|sheet| sheet.key.clone()).collect();
    for key in keys {
        project.apply(Action::Sheet { key, to: None }).unwrap();
    }
    let ids: Vec<RecordId> = project.comments().map(|comment| comment.id.clone()).collect();
    for id in ids {
        project.apply(Action::Record(Record::Comment { id, to: None })).unwrap();
    }
    let key = SheetKey { coder: CoderId::new("anna-7f3k"), article: article(&project, 2).id.clone() };
    let sheet = Sheet { assigned: true, ..Sheet::new(key.clone(), project.scheme().version) };
    project.apply(Action::Sheet { key, to: Some(Arc::new(sheet)) }).unwrap();
    label(&mut project, "anna-7f3k", 1, 3, "fact", 0);
    project
}

fn article(project: &Project, n: usize) -> &Article {
    project.articles().nth(n).unwrap()
}

fn label(project: &mut Project, coder: &str, n: usize, sentence: usize, label: &str, later: i64) {
    let article = article(project, n);
    let span = article.sentences()[sentence].span;
    let key = SheetKey { coder: CoderId::new(coder), article: article.id.clone() };
    let answer = Answer::Labels(vec![LabelId::new(label)]);
    let action = plan::answer(project, &key, span, &answer, Stamp(1_795_428_672 + later)).unwrap();
    project.apply(action).unwrap();
}

fn comment(project: &mut Project, id: &str, n: usize) {
    let (id, article) = (RecordId::new(id), article(project, n).id.clone());
    let (by, text) = (CoderId::new("ben-q2ma"), "So?".to_owned());
    let to = Comment {
        id: id.clone(),
        article,
        sentence: None,
        by,
        at: None,
        text,
        re: None,
        resolved: false,
        extra: None,
    };
    project.apply(Action::Record(Record::Comment { id, to: Some(to) })).unwrap();
}

fn take_in(project: &mut Project, after: usize, name: &str) {
    let mut copy = article(project, after).clone();
    copy.id = ArticleId::new(format!("{}-{name}", copy.id));
    copy.added = 7;
    copy.meta.outlet = Some(name.to_owned());
    project.apply(Action::Article { id: copy.id.clone(), to: Some(Arc::new(copy)) }).unwrap();
}

fn join_in(project: &mut Project, name: &str) {
    let id = CoderId::new(name);
    let to = Some(Coder::new(id.clone(), name));
    project.apply(Action::Coder { id, to }).unwrap();
}

/// What both do, and whether git alone brings it together.
const SCENARIOS: [(&str, Deed, Deed, bool); 10] = [
    (
        "two coders start the same article",
        |p| (0..8).for_each(|s| label(p, "anna-7f3k", 3, s, "fact", 0)),
        |p| (0..8).for_each(|s| label(p, "ben-q2ma", 3, s, "denial", 0)),
        true,
    ),
    (
        "one coder on two machines starts neighbouring articles",
        |p| (0..8).for_each(|s| label(p, "anna-7f3k", 3, s, "fact", 0)),
        |p| (0..8).for_each(|s| label(p, "anna-7f3k", 4, s, "denial", 0)),
        true,
    ),
    (
        "one coder on two machines starts an article that was handed out",
        |p| (0..4).for_each(|s| label(p, "anna-7f3k", 2, s, "fact", 0)),
        |p| (4..8).for_each(|s| label(p, "anna-7f3k", 2, s, "denial", 0)),
        true,
    ),
    ("both take in an article", |p| take_in(p, 1, "x"), |p| take_in(p, 3, "y"), true),
    ("both comment", |p| comment(p, "k3", 2), |p| comment(p, "a9", 3), true),
    ("two new coders in one gap", |p| join_in(p, "cleo-1"), |p| join_in(p, "dora-2"), false),
    ("two first articles in one gap", |p| take_in(p, 5, "x"), |p| take_in(p, 5, "y"), false),
    (
        "one coder begins an article on two machines",
        |p| label(p, "anna-7f3k", 4, 0, "fact", 0),
        |p| label(p, "anna-7f3k", 4, 5, "fact", 0),
        false,
    ),
    (
        "the same answer at two times",
        |p| label(p, "anna-7f3k", 2, 0, "fact", 0),
        |p| label(p, "anna-7f3k", 2, 0, "fact", 600),
        false,
    ),
    (
        "the same answer changed differently",
        |p| label(p, "anna-7f3k", 1, 3, "denial", 5),
        |p| label(p, "anna-7f3k", 1, 3, "allegation", 9),
        false,
    ),
];

fn done(deed: Deed) -> Project {
    let mut project = base();
    deed(&mut project);
    project
}

/// The last scenario is the one true conflict.
fn is_conflict(name: &str) -> bool {
    name == SCENARIOS[9].0
}

#[test]
fn with_the_driver_only_the_true_conflict_is_one() {
    let ways: [(&str, &[&str], &str); 3] = [
        ("merge", &["merge", "-q", "--no-edit", "theirs"], "ours"),
        ("rebase", &["rebase", "-q", "ours"], "theirs"),
        ("cherry-pick", &["cherry-pick", "theirs"], "ours"),
    ];
    for (name, ours, theirs, _) in SCENARIOS {
        for (way, command, on) in ways {
            let repository = Repository::new(&base(), &done(ours), &done(theirs));
            repository.set_up();
            repository.git(&["checkout", "-q", on]);
            let (is_clean, said) = repository.tries(command);
            assert_eq!(is_clean, !is_conflict(name), "{name}, {way}: {said}");
            let loaded = project::read(&fs::read(repository.at(FILE)).unwrap()).unwrap();
            assert_eq!(loaded.mends, [], "{name}, {way}");
            assert_eq!(loaded.project.conflicts().len(), usize::from(is_conflict(name)), "{name}, {way}");
            if let Some(conflict) = loaded.project.conflicts().first() {
                let cell =
                    |side: &Option<Value>| side.as_ref().and_then(Value::coding).map(Coding::labels_cell);
                let sides = [cell(&conflict.base), cell(&conflict.ours), cell(&conflict.theirs)];
                // Who is rebased comes to what is there.
                assert_eq!(sides, ["fact", "denial", "allegation"].map(|label| Some(label.to_owned())));
            } else if name != SCENARIOS[8].0 {
                // One after the other; articles that come in move the others' numbers.
                let (mut both, mut turned) = (done(ours), done(theirs));
                theirs(&mut both);
                ours(&mut turned);
                assert!([both, turned].contains(&loaded.project), "{name}, {way}");
            }
            assert_eq!(repository.left_overs(), Vec::<String>::new(), "{name}, {way}");
        }
    }
}

#[test]
fn without_the_driver_git_merges_what_has_slots() {
    for (name, ours, theirs, is_clean) in SCENARIOS {
        let repository = Repository::new(&base(), &done(ours), &done(theirs));
        repository.git(&["checkout", "-q", "ours"]);
        let (merged, said) = repository.tries(&["merge", "-q", "--no-edit", "theirs"]);
        assert_eq!(merged, is_clean, "{name}: {said}");
        let read = project::read(&fs::read(repository.at(FILE)).unwrap());
        assert_eq!(read.is_ok(), is_clean, "{name}");
        if read.is_err() {
            // What git cannot do is done by hand from its three versions.
            for (stage, to) in [(":1", "o.ron"), (":2", "a.ron"), (":3", "b.ron")] {
                let text = repository.git(&["show", &format!("{stage}:{FILE}")]);
                fs::write(repository.at(to), text).unwrap();
            }
            let code = repository.allegata(&["merge", "o.ron", "a.ron", "b.ron", "-o", "m.ron"]);
            assert_eq!(code, i32::from(is_conflict(name)), "{name}");
            assert_eq!(project::read(&fs::read(repository.at("m.ron")).unwrap()).unwrap().mends, []);
        }
    }
}

#[test]
fn a_checkout_with_other_line_ends_merges_too() {
    let (_, ours, theirs, _) = SCENARIOS[7];
    let repository = Repository::new(&base(), &done(ours), &done(theirs));
    repository.git(&["config", "core.autocrlf", "true"]);
    repository.set_up();
    repository.git(&["checkout", "-q", "ours"]);
    let (is_clean, said) = repository.tries(&["merge", "-q", "--no-edit", "theirs"]);
    assert!(is_clean, "{said}");
    assert!(!fs::read_to_string(repository.at(FILE)).unwrap().contains('\r'));
    // Files that came by another way, with the ends of another system.
    for (name, project) in [("o.ron", base()), ("a.ron", done(ours)), ("b.ron", done(theirs))] {
        fs::write(repository.at(name), project::write(&project).replace('\n', "\r\n")).unwrap();
    }
    assert_eq!(repository.allegata(&["merge", "o.ron", "a.ron", "b.ron"]), 0);
    let mut both = done(ours);
    theirs(&mut both);
    assert!(fs::read_to_string(repository.at("a.ron")).unwrap() == project::write(&both));
}

#[test]
fn what_is_set_up_is_checked_and_undone() {
    let repository = Repository::new(&base(), &base(), &base());
    fs::write(repository.at(".gitattributes"), "*.pdf binary\n").unwrap();
    assert_eq!(repository.allegata(&["git-setup", "--check"]), 1);
    assert_eq!(repository.allegata(&["git-setup"]), 0);
    assert_eq!(repository.allegata(&["git-setup"]), 0);
    let line = "*.allegata.ron text eol=lf merge=allegata diff=allegata\n";
    let attributes = || fs::read_to_string(repository.at(".gitattributes")).unwrap();
    assert_eq!(attributes(), format!("*.pdf binary\n{line}"));
    let driver = repository.git(&["config", "--get", "merge.allegata.driver"]);
    assert_eq!(driver, "allegata merge %O %A %B %L %P\n");
    assert_eq!(repository.git(&["config", "--get", "diff.allegata.textconv"]), "allegata show --plain\n");
    assert_eq!(repository.allegata(&["git-setup", "--check"]), 0);
    assert_eq!(repository.allegata(&["git-setup", "--undo"]), 0);
    assert_eq!(attributes(), "*.pdf binary\n");
    assert_eq!(repository.allegata(&["git-setup", "--check"]), 1);
    assert!(!repository.tries(&["config", "--get", "merge.allegata.driver"]).0);
}

#[test]
fn differences_are_told_and_nothing_is_written() {
    let (_, ours, theirs, _) = SCENARIOS[9];
    let repository = Repository::new(&base(), &done(ours), &done(theirs));
    for (name, project) in [("o.ron", base()), ("a.ron", done(ours)), ("b.ron", done(theirs))] {
        fs::write(repository.at(name), project::write(&project)).unwrap();
    }
    assert_eq!(repository.allegata(&["diff", "a.ron", "a.ron"]), 0);
    assert_eq!(repository.allegata(&["diff", "a.ron", "b.ron"]), 1);
    let (said, code) = repository.says(&["diff", "a.ron", "b.ron", "--base", "o.ron", "--json"]);
    assert_eq!(code, 1);
    assert!(
        said.contains(r#""coder":"anna-7f3k""#) && said.contains(r#""base":{"labels":["fact"]"#),
        "{said}"
    );
    assert!(said.contains(r#""a":{"labels":["denial"]"#) && said.contains(r#""codings":1"#), "{said}");
    assert_eq!(repository.left_overs(), ["a.ron", "b.ron", "o.ron"]);
    // Another project is another project, and an empty file is none.
    let other = base().copy_as(allegata::model::ids::ProjectId::new("other"));
    fs::write(repository.at("b.ron"), project::write(&other)).unwrap();
    fs::write(repository.at("empty.ron"), "").unwrap();
    let before = fs::read(repository.at("a.ron")).unwrap();
    assert_eq!(repository.allegata(&["merge", "o.ron", "a.ron", "b.ron"]), 3);
    assert_eq!(repository.allegata(&["merge", "o.ron", "a.ron", "empty.ron"]), 3);
    assert_eq!(repository.allegata(&["merge", "empty.ron", "a.ron", "a.ron"]), 0);
    assert_eq!(repository.allegata(&["merge", "/dev/null", "a.ron", "a.ron"]), 0);
    assert_eq!(fs::read(repository.at("a.ron")).unwrap(), before);
}
