//! Work that is not in the file is found from the window too: journals that do not fit, files that cannot be opened, a journal
//! that went while the program ran.

use std::fs;
use std::path::{Path, PathBuf};

use allegata::session::Session;
use allegata::session::desk::{Desk, HowSafe};
use allegata::session::intent::Intent;
use allegata::session::job::{Job, Question};
use allegata::session::version::VersionKind;
use allegata::session::view::Over;

use crate::QUAY;
use crate::window::{Place, Window};

/// A project of which one answer is in a journal and not in the file, as a kill leaves it; all answers in both.
fn killed(place: &Place) -> (PathBuf, Vec<String>) {
    let path = place.project("quay.ron", QUAY);
    let mut window = Window::on(place, &path);
    window.press("3 Down Enter");
    let (killed, rows) = (place.picture(), window.model());
    assert!(window.close());
    place.go_back_to(&killed);
    (path, rows)
}

/// What the list of earlier versions holds: kind, content, note.
fn listed(window: &Window) -> Vec<String> {
    window.with(|session| {
        let Some(Over::Versions(versions)) = &session.view().over else { panic!("no list") };
        let kind = |kind| if kind == VersionKind::Journal { "journal" } else { "version" };
        versions.iter().map(|v| format!("{}: {}; {}", kind(v.kind), v.says, v.note)).collect()
    })
}

/// Work that nobody wants back is put away: not named any more, and not lost.
#[test]
fn a_journal_is_put_away_and_taken_back() {
    let place = Place::new();
    let (path, _) = killed(&place);
    let theirs = fs::read_to_string(&path).unwrap().replace("title: \"Sketch\"", "title: \"Theirs\"");
    fs::write(&path, &theirs).unwrap();
    let waits = |window: &Window| window.notices().concat().contains("Not in the file: ");
    let mut window = Window::on(&place, &path);
    window.click("Show what was kept");
    let before = listed(&window).len();
    window.click("Put away\u{2026}");
    assert!(window.shows("can be taken back"));
    window.press("Escape");
    assert!(window.shows("Not in the file: work of today, "), "asked first");
    window.click("Put away\u{2026}");
    window.press("Enter");
    assert_eq!(listed(&window).len(), before);
    assert!(!waits(&window));
    assert!(
        listed(&window).concat().contains("1 answer; of project `Sketch`, put away"),
        "{:?}",
        listed(&window)
    );
    drop(window);
    let mut window = Window::on(&place, &path);
    assert!(!waits(&window), "{:?}", window.notices());
    window.tell(Intent::Run("versions"));
    let place_of = listed(&window).iter().position(|row| row.contains("put away")).unwrap();
    window.press(&["Home"].into_iter().chain(vec!["Down"; place_of]).collect::<Vec<_>>().join(" "));
    window.click("Take it back");
    assert!(!listed(&window).concat().contains("put away"), "{:?}", listed(&window));
    drop(window);
    assert!(waits(&Window::on(&place, &path)));
}

fn open(place: &Place, path: &Path) -> Window {
    let mut window = Window::new(place);
    window.answer(Question::OpenProject, &[path]);
    window
}

#[test]
fn work_on_another_version_is_offered_with_a_button() {
    let place = Place::new();
    let (path, rows) = killed(&place);
    let theirs = fs::read_to_string(&path).unwrap().replace("title: \"Sketch\"", "title: \"Theirs\"");
    fs::write(&path, &theirs).unwrap();
    let mut window = Window::on(&place, &path);
    let said = window.notices().concat();
    assert!(
        said.contains("Not in the file: there is unsaved work of ") && said.contains("1 answer"),
        "{said}"
    );
    assert_ne!(window.model(), rows, "it is not put onto a file that it was not made on");
    window.click("Show what was kept");
    assert_eq!(
        listed(&window)[0],
        "journal: 1 answer; of project `Sketch`, made on another version of the file"
    );
    assert!(window.shows("Not in the file: work of today, "));
    window.press("Enter");
    assert_eq!(window.model(), rows);
    assert!(window.desk(Desk::is_untitled), "as a copy without a name");
    assert_eq!(fs::read_to_string(&path).unwrap(), theirs);
    assert!(window.close());
    // It is offered until somebody takes it away.
    assert!(Window::on(&place, &path).notices().concat().contains("unsaved work of "));
}

#[test]
fn a_file_that_cannot_be_opened_brings_what_was_kept_of_it() {
    let lose: [fn(&Path); 3] = [
        |file| fs::write(file, "").unwrap(),
        |file| fs::write(file, &fs::read(file).unwrap()[..200]).unwrap(),
        |file| fs::remove_file(file).unwrap(),
    ];
    for lose in lose {
        let place = Place::new();
        let (path, rows) = killed(&place);
        lose(&path);
        let mut window = open(&place, &path);
        assert!(window.notices().concat().contains("Not opened: "), "{:?}", window.notices());
        assert!(listed(&window)[0].starts_with("journal: 1 answer; "), "{:?}", listed(&window));
        assert!(window.shows("The file cannot be opened as it is."));
        window.press("Enter");
        assert_eq!(window.model(), rows);
        assert!(window.close());
    }
    // Nothing was ever kept of it: nothing is offered.
    let place = Place::new();
    let path = place.write("empty.ron", "");
    let window = open(&place, &path);
    assert!(window.with(|session: &Session| session.view().over.is_none()) && !window.has_project());
}

#[test]
fn a_journal_that_went_is_begun_anew_or_it_is_said() {
    let place = Place::new();
    let path = place.project("quay.ron", QUAY);
    let mut window = Window::on(&place, &path);
    window.press("3 Down Enter 1");
    let how_safe = |window: &Window| window.desk(|desk| desk.safety().how_safe());
    assert_eq!(how_safe(&window), HowSafe::Safe);
    let folder = place.folders.place_of(window.project().id().as_str());
    fs::remove_dir_all(&folder).unwrap();
    // As the window does it when it gets the keyboard, and by itself every now and then.
    window.tell(Intent::Start(Job::LookOutside));
    assert_eq!(how_safe(&window), HowSafe::Safe);
    let (full, killed) = (window.project(), place.picture());
    // Where no new one can be begun, the window has the only copy, and says so.
    fs::remove_dir_all(&folder).unwrap();
    fs::write(&folder, "a file in the way").unwrap();
    window.press("Down 3");
    let HowSafe::NotSafe(why) = how_safe(&window) else { panic!("{:?}", how_safe(&window)) };
    assert!(why.starts_with("the journal is gone, and no new one can be begun"), "{why}");
    fs::write(&path, "somebody else's").unwrap();
    assert!(!window.asks_to_close(), "it is asked first");
    window.press("Escape");
    fs::remove_file(&folder).unwrap();
    window.press("Down 1");
    assert_eq!(how_safe(&window), HowSafe::Safe);
    assert!(!window.notices().concat().contains("Not safe"), "{:?}", window.notices());
    drop(window);
    place.go_back_to(&killed);
    assert_eq!(Window::on(&place, &path).project(), full);
}

#[test]
fn an_export_takes_no_projects_place() {
    let place = Place::new();
    let path = place.project("quay.ron", QUAY);
    let text = fs::read(&path).unwrap();
    let (link, other) = (place.doc("link.csv"), place.doc("other.csv"));
    std::os::unix::fs::symlink(&path, &link).unwrap();
    fs::write(&other, &text).unwrap();
    let mut window = Window::on(&place, &path);
    window.press("Ctrl+E");
    for to in [&link, &other] {
        window.answer(Question::Export("csv"), &[to]);
        window.press("Ctrl+E");
        let said = window.notices().concat();
        assert!(said.contains("Not exported: this is a project, and nothing else takes its place"), "{said}");
        assert_eq!((fs::read(&path).unwrap(), fs::read(to).unwrap()), (text.clone(), text.clone()));
    }
    window.answer(Question::Export("csv"), &[&place.doc("fine.csv")]);
    window.press("Ctrl+E");
    assert!(fs::read_to_string(place.doc("fine.csv")).unwrap().starts_with("article_id,"));
}
