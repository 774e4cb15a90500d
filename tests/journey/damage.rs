//! Bad input: each says what and where, the rest goes on, nothing is overwritten.

use std::fs;

use allegata::session::job::Question;
use allegata::session::view::Over;

use crate::begin::begun;
use crate::window::{Place, Window};
use crate::{BRIDGE, FERRY, QUAY};

#[test]
fn a_file_that_cannot_be_read_does_not_keep_the_others_out() {
    let place = Place::new();
    let bridge = place.write("bridge.md", BRIDGE);
    let picture = place.write("picture.txt", [0, 159, 146, 150, 0, 0, 7, 255, 0, 0, 1, 2]);
    let empty = place.write("empty.txt", "");
    let ferry = place.write("ferry.txt", FERRY);
    let mut window = Window::new(&place);
    window.drop_files(&[&bridge, &picture, &place.doc("gone.txt"), &empty, &ferry]);
    assert_eq!(window.project().n_articles(), 2);
    let said = window.notices();
    assert!(said.iter().any(|n| n == ": Added 2 articles, 9 sentences"), "{said:?}");
    assert!(said.iter().any(|n| n.starts_with("Not read: 3 files")), "{said:?}");
    window.click("All 2");
    for name in ["picture.txt", "gone.txt", "empty.txt"] {
        assert!(window.shows(name), "{name}");
    }
    window.press("1");
    assert_eq!(window.model().len(), 0, "the list is read first");
    window.press("Escape 1");
    assert_eq!(window.model(), ["1 allegation"]);
}

#[test]
fn nothing_that_can_be_read_stays_on_the_welcome_page() {
    let place = Place::new();
    let mut window = Window::new(&place);
    let picture = place.write("picture.txt", [0, 159, 146, 150, 0, 0, 7, 255, 0, 0, 1, 2]);
    window.drop_files(&[&picture]);
    assert!(!window.has_project());
    let said = window.notices();
    assert!(said.concat().contains("picture.txt"), "{said:?}");
    for (name, content) in [
        ("empty.ron", ""),
        ("cut.ron", "(\nformat: 1, writers_from: 1,\nid: \"x"),
        ("merge.ron", "<<<<<<< ours\n(\n=======\n(\n>>>>>>> theirs\n"),
        ("deep.ron", &"[".repeat(100_000)),
    ] {
        let path = place.write(name, content);
        window.drop_files(&[&path]);
        assert!(!window.has_project(), "{name}");
        let said = window.notices();
        assert!(said.iter().any(|n| n.starts_with("Not opened: ") && n.contains(name)), "{name}: {said:?}");
        assert_eq!(fs::read_to_string(&path).unwrap(), content);
    }
    window.drop_files(&[&place.write("ferry.txt", FERRY)]);
    assert!(window.has_project());
}

#[test]
fn an_article_that_is_there_already_is_said_and_skipped() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("1");
    let again = place.write("again/bridge.md", BRIDGE);
    let other = place.write("other.txt", "A third one\n\nThe tide was low.\n");
    window.drop_files(&[&again, &other]);
    assert_eq!(window.project().n_articles(), 3);
    let said = window.notices();
    assert!(
        said.iter().any(|n| n.starts_with("Skipped: ") && n.contains("already in the project")),
        "{said:?}"
    );
    assert_eq!(window.article(), "A third one");
    window.drop_files(&[&place.doc("again")]);
    assert_eq!(window.project().n_articles(), 3, "a folder is looked into");
    window.press("Ctrl+Z");
    assert_eq!(window.project().n_articles(), 2, "{}", window.status());
    assert_eq!(window.model(), ["1 allegation"]);
}

#[test]
fn a_locked_article_refuses_every_key_with_words() {
    let place = Place::new();
    let path = place
        .project("quay.ron", &QUAY.replace("anna: ", "").replace("; ben: fact", "").replace("ben: ", ""));
    let changed = fs::read_to_string(&path).unwrap().replace("nobody needed", "nobody wanted");
    fs::write(&path, &changed).unwrap();
    let mut window = Window::on(&place, &path);
    if window.with(|session| session.view().over == Some(Over::Mends)) {
        window.click("Accept and go on");
    }
    window.article_row("Who ordered the second crane").click();
    window.settle();
    assert_eq!(window.article(), "Who ordered the second crane");
    let before = window.project();
    for key in ["1", "0", "U", "Delete", "Shift+2", "Ctrl+Enter", "C"] {
        window.press("Down");
        window.press(key);
        assert!(window.status().contains("does not match its hash"), "{key}: {}", window.status());
        assert_eq!(window.project(), before, "{key}");
    }
    window.press("Right 1 Down Enter");
    assert_ne!(window.project(), before, "other articles are as ever");
}

#[test]
fn mends_are_accepted_before_anything_is_written() {
    let place = Place::new();
    let path = place
        .project("quay.ron", &QUAY.replace("anna: ", "").replace("; ben: fact", "").replace("ben: ", ""));
    let sound = fs::read_to_string(&path).unwrap();
    let row = sound.lines().find(|line| line.contains("labels: [\"denial\"]")).unwrap();
    let damaged = sound.replacen(row, &format!("{row}\n{}", row.replace("denial", "fact")), 1);
    fs::write(&path, &damaged).unwrap();
    let mut window = Window::on(&place, &path);
    assert_eq!(window.with(|session| session.view().over.clone()), Some(Over::Mends));
    window.press("1 0 U");
    window.press("Escape");
    assert_eq!(window.with(|session| session.view().over.clone()), None, "look around first");
    let before = window.project();
    window.press("1 0 U Delete Ctrl+Z Ctrl+S");
    assert_eq!(window.project(), before);
    assert!(window.status().contains("accept it first"), "{}", window.status());
    window.focus(false);
    window.focus(true);
    assert_eq!(fs::read_to_string(&path).unwrap(), damaged, "nothing is written");
    window.press("Ctrl+K");
    window.type_text("what was mended");
    window.press("Enter");
    assert_eq!(window.with(|session| session.view().over.clone()), Some(Over::Mends));
    window.click("Accept and go on");
    assert_ne!(fs::read_to_string(&path).unwrap(), damaged);
    window.press("3 Down Enter");
    assert!(window.with(|session| session.view().over.is_none()));
    assert_ne!(window.project(), before);
}

#[test]
fn a_project_among_articles_and_a_newer_format() {
    let place = Place::new();
    let mut window = begun(&place);
    let quay = place.project("quay.ron", QUAY);
    let other = place.write("other.txt", "A third one\n\nThe tide was low.\n");
    window.drop_files(&[&quay, &other]);
    window.click("Only add, here");
    assert_eq!(window.project().n_articles(), 3);
    window.drop_files(&[&quay]);
    assert_eq!(window.article(), "Who ordered the second crane");
    let newer = fs::read_to_string(&quay)
        .unwrap()
        .replace("format: 1, writers_from: 1", "format: 9, writers_from: 9");
    let newer = place.write("newer.ron", newer);
    window.answer(Question::OpenProject, &[&newer]);
    let before = fs::read(&newer).unwrap();
    window.press("1 Down Enter 2 3 Ctrl+S");
    assert_eq!(fs::read(&newer).unwrap(), before, "what a newer program wrote is not overwritten");
}
