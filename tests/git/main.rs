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
#[path = "../support/two.rs"]
mod two;

use allegata::formats::project;
use allegata::formats::project::journal::Entry;
use allegata::model::action::Action;
use allegata::model::coder::Coder;
use allegata::model::coding::Coding;
use allegata::model::conflict::Value;
use allegata::model::ids::{ArticleId, CoderId, Stamp};
use allegata::model::project::Project;
use allegata::model::sheet::SheetKey;
use allegata::shell::store::{self, Mode};
use repository::{FILE, Repository};
use std::fs;
use std::sync::Arc;
use two::{article, assign, bare, comment, label};

/// What somebody does to a project.
type Deed = fn(&mut Project);

/// Two coders and no answers but one; the third article is given to Anna.
fn base() -> Project {
    let mut project = bare();
    assign(&mut project, "anna-7f3k", 2);
    label(&mut project, "anna-7f3k", 1, 3, "fact", 0);
    project
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

/// A crash left answers in a journal; git shows versions meanwhile, by names of its own and by the file's.
#[test]
fn git_shows_versions_beside_a_journal_and_nothing_is_written() {
    let (_, ours, theirs, _) = SCENARIOS[9];
    let repository = Repository::new(&base(), &done(ours), &done(theirs));
    repository.set_up();
    repository.git(&["checkout", "-q", "ours"]);
    let mut opened = store::open(&repository.at(FILE), &repository.folders(), Mode::Write).unwrap();
    let article = article(&opened.project, 2);
    let key = SheetKey { coder: CoderId::new("anna-7f3k"), article: article.id.clone() };
    let span = article.sentences()[0].span;
    let to =
        Coding { answered: true, note: Some("left over".into()), at: Some(Stamp(1)), ..Coding::default() };
    let action = Action::Coding { key, span, to: Some(to) };
    let entry = Entry { n: 1, at: Stamp(1), by: None, name: "none".into(), undoes: None, action };
    opened.store.append(&[entry]).unwrap();
    drop(opened);
    let before = repository.all_files();
    assert!(before.iter().any(|(path, _)| path.extension().is_some_and(|end| end == "journal")));
    let answer = |said: &str| {
        let lines = said.lines().filter(|line| line.contains("anna-7f3k: "));
        lines.map(|line| line.replace("    ", "")).collect::<Vec<_>>()
    };
    // Two versions under temporary names: as they are, though one of them is what the journal is on.
    let said = repository.git(&["diff", "base", "ours", "--", FILE]);
    assert_eq!(answer(&said), ["-anna-7f3k: fact", "+anna-7f3k: denial"], "{said}");
    let said = repository.git(&["log", "-p", "--format=%s", "-1", "theirs", "--", FILE]);
    assert_eq!(answer(&said), ["-anna-7f3k: fact", "+anna-7f3k: allegation"], "{said}");
    // The file by its own name has what comes back, in memory.
    let (said, code) = repository.says(&["show", "--plain", FILE]);
    assert!(code == 0 && said.contains("anna-7f3k: none, note: left over"), "{said}");
    assert_eq!(repository.all_files(), before, "nothing is written");
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
