//! Two copies of one project become one: what both changed is decided by keys, or waits in the file.

use std::fs;
use std::path::{Path, PathBuf};

use allegata::formats;
use allegata::model::coding::Coding;
use allegata::model::ids::{ArticleId, CoderId, LabelId, Stamp};
use allegata::model::plan::{self, Answer};
use allegata::model::project::Project;
use allegata::model::sheet::SheetKey;
use allegata::session::intent::Intent;
use allegata::session::job::Question;
use allegata::session::screens::Screen;
use allegata::session::screens::merging::Merging;

use crate::QUAY;
use crate::window::{Place, Window, drawn, rows};

const NOW: i64 = 1_900_000_000;

fn first(project: &Project) -> ArticleId {
    project.articles().min_by_key(|article| article.added).unwrap().id.clone()
}

/// What a coder says of a sentence of the first article.
fn said(mut project: Project, coder: &str, number: usize, label: &str) -> Project {
    let key = SheetKey { coder: CoderId::new(coder), article: first(&project) };
    let span = project.article(&key.article).unwrap().sentences()[number - 1].span;
    let answer = Answer::Labels(vec![LabelId::new(label)]);
    let action =
        plan::answer(&project, &key, span, &answer, Stamp(NOW + i64::try_from(number).unwrap())).unwrap();
    project.apply(action).unwrap();
    project
}

/// The project as it is open, and a copy in which anna's first answer is another one, and ben has one more.
fn two(place: &Place) -> (PathBuf, PathBuf) {
    let base = drawn(QUAY);
    let ours = said(base.clone(), "anna", 1, "fact");
    let theirs = said(said(base, "anna", 1, "denial"), "ben", 4, "allegation");
    (place.keep("quay.ron", &ours), place.keep("copy.ron", &theirs))
}

fn merging<R>(window: &Window, read: impl FnOnce(&Merging) -> R) -> R {
    window.with(|session| match &session.view().screen {
        Some(Screen::Merge(merging)) => read(merging),
        other => panic!("no merge, but {other:?}"),
    })
}

fn open(window: &mut Window, copy: &Path) {
    window.tell(Intent::Run("merge"));
    window.answer(Question::Copy, &[copy]);
}

fn on_disk(path: &Path) -> Project {
    formats::project::read(&fs::read(path).unwrap()).unwrap().project
}

fn anna(project: &Project, number: usize) -> String {
    let key = SheetKey { coder: CoderId::new("anna"), article: first(project) };
    let span = project.article(&key.article).unwrap().sentences()[number - 1].span;
    project.coding(&key, span).map(Coding::labels_cell).unwrap_or_default()
}

#[test]
fn a_conflict_is_decided_by_a_key_and_one_undo_takes_the_merge_back() {
    for (key, stands) in [("M", "fact"), ("T", "denial")] {
        let place = Place::new();
        let (path, copy) = two(&place);
        let theirs = fs::read(&copy).unwrap();
        let mut window = Window::on(&place, &path);
        let before = window.project();
        open(&mut window, &copy);
        assert_eq!(merging(&window, |merging| (merging.conflicts().len(), merging.n_open())), (1, 1));
        assert!(window.shows("Keep mine") && window.shows("Take theirs"));
        assert!(window.shows("anna\u{2019}s answer to sentence 1"), "what it is about");
        // Keys of the place are not those of the screen.
        window.press("1 Down 2");
        assert_eq!(window.project(), before, "nothing changes before the one button");
        window.press(key);
        assert_eq!(merging(&window, Merging::n_open), 0);
        window.press("Ctrl+Z");
        assert_eq!(merging(&window, Merging::n_open), 1, "undo opens it again");
        window.press(key);
        window.press("Ctrl+Enter");
        let after = window.project();
        assert_eq!(anna(&after, 1), stands);
        assert!(after.conflicts().is_empty(), "the record goes");
        assert!(rows(&after).contains(&"4 allegation".to_owned()), "what only theirs has is taken");
        assert!(window.notices().concat().contains("Merged with copy.ron: "), "{:?}", window.notices());
        window.press("Ctrl+Z");
        assert_eq!(window.project(), before);
        assert_eq!(fs::read(&copy).unwrap(), theirs, "the copy is only read");
    }
}

#[test]
fn an_open_conflict_comes_along_and_is_decided_later() {
    let place = Place::new();
    let (path, copy) = two(&place);
    let mut window = Window::on(&place, &path);
    open(&mut window, &copy);
    window.press("T N Ctrl+Enter Ctrl+S");
    let saved = on_disk(&path);
    assert_eq!((saved.conflicts().len(), anna(&saved, 1).as_str()), (1, "fact"), "mine meanwhile");
    assert!(window.close());

    let mut window = Window::on(&place, &path);
    window.tell(Intent::Run("merge"));
    window.press("Escape");
    assert_eq!(merging(&window, |merging| merging.conflicts().len()), 1, "it lies in the file");
    window.press("T Ctrl+Enter Ctrl+S");
    let decided = on_disk(&path);
    assert_eq!((decided.conflicts().len(), anna(&decided, 1).as_str()), (0, "denial"));
    window.press("Ctrl+Z");
    assert_eq!(window.project(), saved);
}

#[test]
fn what_another_program_wrote_is_merged_with_what_is_here() {
    let place = Place::new();
    let path = place.project("quay.ron", QUAY);
    let mut window = Window::on(&place, &path);
    window.press("3 Down Enter 1");
    let mine = window.model();
    let theirs = said(drawn(QUAY), "ben", 4, "allegation");
    fs::write(&path, formats::project::write(&theirs)).unwrap();
    window.focus(false);
    window.focus(true);
    assert!(window.notices().concat().contains("Changed outside"), "{:?}", window.notices());
    window.click("Merge with it");
    assert!(
        merging(&window, |merging| merging.copy().unwrap().base.is_some()),
        "what was opened here is the base"
    );
    assert_eq!(merging(&window, |merging| merging.conflicts().len()), 0);
    assert!(window.shows("No conflict"));
    window.press("Ctrl+Enter");
    assert!(!window.notices().concat().contains("Changed outside"), "{:?}", window.notices());
    let saved = rows(&on_disk(&path));
    assert!(saved.contains(&"4 allegation".to_owned()), "{saved:?}");
    assert!(mine.iter().all(|row| saved.contains(row)), "{saved:?}");
    assert!(window.close());
    assert!(Window::on(&place, &path).notices().is_empty(), "nothing is left over");
}

/// Work that a crash left, and the file is another version by now.
#[test]
fn work_on_an_older_version_is_merged() {
    let place = Place::new();
    let path = place.project("quay.ron", QUAY);
    let mut window = Window::on(&place, &path);
    window.press("3 Down Enter");
    let (killed, rows_of_then) = (place.picture(), window.model());
    assert!(window.close());
    place.go_back_to(&killed);
    let theirs = said(drawn(QUAY), "ben", 4, "allegation");
    fs::write(&path, formats::project::write(&theirs)).unwrap();

    let mut window = Window::on(&place, &path);
    window.click("Show what was kept");
    window.click("Merge\u{2026}");
    assert!(
        merging(&window, |merging| merging.copy().unwrap().base.is_some()),
        "the file that it was done on"
    );
    assert_eq!(merging(&window, |merging| merging.conflicts().len()), 0);
    window.press("Ctrl+Enter");
    let now = window.project();
    assert!(rows_of_then.iter().all(|row| rows(&now).contains(row)), "{:?}", rows(&now));
    assert!(rows(&now).contains(&"4 allegation".to_owned()));
    window.press("Ctrl+S");
    assert!(window.close());
    assert!(
        !Window::on(&place, &path).notices().concat().contains("Not in the file"),
        "it is in the file now"
    );
}

#[test]
fn another_project_is_refused_in_words() {
    let place = Place::new();
    let (path, _) = two(&place);
    let other = place.project("other.ron", "A crane fell. [anna: fact]");
    let mut window = Window::on(&place, &path);
    open(&mut window, &other);
    assert!(
        window.notices().concat().contains("Not merged: these are two projects"),
        "{:?}",
        window.notices()
    );
    window.press("Escape");
    assert!(window.with(|session| session.view().screen.is_none()));
}
