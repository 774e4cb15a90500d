//! A note half typed outlives a crash as a draft: it comes back beside the project, never in it, until it is said.

use std::fs;

use allegata::formats::project::journal::Draft;
use allegata::model::action::Action;
use allegata::model::coding::Coding;
use allegata::model::ids::Stamp;
use allegata::model::project::Project;
use allegata::shell::store::{Opened, journals};

use crate::tools::{Desk, Place, answered, entry, last_mark, sample};

/// A note half typed in the field of sentence `idx`, or that it is one no more.
fn draft(project: &Project, idx: usize, text: Option<&str>) -> Draft {
    let sheet = project.sheets().next().unwrap();
    let span = project.article(&sheet.key.article).unwrap().sentences()[idx].span;
    let (by, article) = (Some(sheet.key.coder.clone()), sheet.key.article.clone());
    Draft { at: Stamp(1_795_000_000), by, article, span, text: text.map(str::to_owned) }
}

fn texts(opened: &Opened) -> Vec<&str> {
    opened.drafts.iter().filter_map(|draft| draft.text.as_deref()).collect()
}

/// A crash with two answers and a note half typed between them.
fn crashed() -> Place {
    let place = Place::new();
    let mut desk = place.desk();
    desk.answer(1);
    desk.store.put_draft(&draft(&desk.project, 4, Some("who"))).unwrap();
    desk.store.put_draft(&draft(&desk.project, 4, Some("who says so"))).unwrap();
    desk.answer(2);
    desk.crash();
    place
}

#[test]
fn a_draft_comes_back_and_what_follows_it_too() {
    let place = crashed();
    let found = place.look();
    assert_eq!((texts(&found), last_mark(&found.project)), (vec!["who says so"], 2));
    for _ in 0..2 {
        let opened = place.open();
        assert_eq!((texts(&opened), last_mark(&opened.project), opened.last_n), (vec!["who says so"], 2, 2));
        assert!(opened.left.is_empty() && opened.warnings.is_empty());
        opened.store.close();
    }
}

#[test]
fn a_draft_stays_through_saves_closing_and_another_crash() {
    let place = crashed();
    let mut desk = place.desk();
    desk.save();
    desk.answer(3);
    desk.save();
    desk.store.close();
    assert_eq!(place.read().project, answered(3));
    let opened = place.open();
    assert_eq!((texts(&opened), opened.recovered.len()), (vec!["who says so"], 0));
    let mut desk = Desk::new(opened);
    desk.answer(4);
    desk.crash();
    let opened = place.open();
    assert_eq!((texts(&opened), last_mark(&opened.project)), (vec!["who says so"], 4));
    let mut desk = Desk::new(opened);
    let elsewhere = place.file.with_file_name("b.ron");
    desk.store.save_as(&elsewhere, &desk.project, desk.n).unwrap();
    desk.crash();
    assert_eq!(texts(&crate::tools::open(&elsewhere, &place.folders)), ["who says so"]);
}

#[test]
fn said_or_given_up_it_is_gone() {
    let place = crashed();
    let mut desk = place.desk();
    desk.store.put_draft(&draft(&desk.project, 4, None)).unwrap();
    desk.save();
    desk.store.close();
    assert!(place.open().drafts.is_empty());
    assert!(place.journals().is_empty(), "and its journal with it");
}

#[test]
fn a_crash_between_the_saying_and_the_end_of_the_draft() {
    let place = crashed();
    let mut desk = place.desk();
    let draft = draft(&desk.project, 4, None);
    let key = desk.project.sheets().next().unwrap().key.clone();
    let coding = Coding { note: Some("who says so".into()), ..Coding::default() };
    let action = Action::Coding { key, span: draft.span, to: Some(coding) };
    desk.store.append(&[entry(3, action)]).unwrap();
    desk.crash();
    assert!(place.open().drafts.is_empty(), "what was said is no draft");
}

#[test]
fn on_another_version_of_the_file_the_draft_is_there_all_the_same() {
    let place = Place::new();
    let mut desk = place.desk();
    desk.store.put_draft(&draft(&desk.project, 2, Some("half"))).unwrap();
    desk.crash();
    let theirs = allegata::formats::project::write(&answered(5));
    fs::write(&place.file, &theirs).unwrap();
    let opened = place.open();
    assert_eq!((texts(&opened), &opened.project), (vec!["half"], &answered(5)));
    opened.store.close();
    assert_eq!(texts(&place.open()), ["half"]);
    assert_eq!(fs::read_to_string(&place.file).unwrap(), theirs, "nothing was written");
}

#[test]
fn with_answers_on_another_version_it_stays_with_them_and_is_said() {
    let place = crashed();
    fs::write(&place.file, allegata::formats::project::write(&answered(5))).unwrap();
    let opened = place.open();
    assert!(opened.drafts.is_empty());
    assert!(opened.left.concat().contains("a note half typed"), "{:?}", opened.left);
    opened.store.close();
    assert_eq!(journals(&place.file, &place.folders).unwrap().len(), 1);
}

#[test]
fn a_journal_that_goes_is_begun_anew_with_the_draft() {
    let place = Place::new();
    let mut desk = place.desk();
    desk.store.put_draft(&draft(&desk.project, 1, Some("begun"))).unwrap();
    fs::remove_dir_all(place.state()).unwrap();
    desk.store.keep_journal().unwrap();
    desk.crash();
    let opened = place.open();
    assert_eq!((texts(&opened), &opened.project), (vec!["begun"], &sample()));
}

#[test]
fn a_draft_too_long_for_the_journal_is_refused() {
    let place = Place::new();
    let mut desk = place.desk();
    let error = desk.store.put_draft(&draft(&desk.project, 1, Some(&"x".repeat(5 << 20)))).unwrap_err();
    assert!(error.to_string().contains("\0hint: "), "{error}");
    desk.answer(1);
    desk.crash();
    assert_eq!(last_mark(&place.open().project), 1);
}
