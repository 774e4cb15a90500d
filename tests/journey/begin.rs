//! Files are dropped, the keys are live, a whole article is labelled, everything is undone and done again.

use crate::window::{Place, Window};
use crate::{BRIDGE, FERRY};
use allegata::model::ids::Stamp;
use allegata::session::Session;
use allegata::session::intent::Intent;
use allegata::session::job::{Effect, JobResult, Question};
use allegata::session::moment::Moment;
use allegata::session::prefs::Settings;
use allegata::session::view::{Look, Over};

/// A window on both articles, untitled, the first shown.
pub fn begun(place: &Place) -> Window {
    let (bridge, ferry) = (place.write("bridge.md", BRIDGE), place.write("ferry.txt", FERRY));
    let mut window = Window::new(place);
    window.drop_files(&[&bridge, &ferry]);
    window
}

#[test]
fn files_dropped_on_the_welcome_page_are_a_project_at_once() {
    let place = Place::new();
    let mut window = begun(&place);
    assert!(window.has_project());
    assert_eq!((window.article().as_str(), window.at()), ("A bridge that was paid for twice", 1));
    assert_eq!(window.answers(), ["unanswered"; 5]);
    assert_eq!(window.with(|session| session.view().over.clone()), None, "nothing is asked");
    window.press("1");
    assert_eq!((window.said(1).as_str(), window.at()), ("allegation", 2));
    assert_eq!(window.status(), "Labelled sentence 1: allegation");
    window.press("Down");
    assert_eq!(window.at(), 3, "the name is asked for without taking the keys away");
}

#[test]
fn a_whole_article_by_keyboard_then_undone_and_done_again() {
    let place = Place::new();
    let mut window = begun(&place);
    let empty = window.project();
    window.press("1 D 3 0 F");
    let said = ["allegation", "denial", "fact", "none of these", "fact"];
    assert_eq!(window.answers(), said);
    assert_eq!(window.model(), ["1 allegation", "2 denial", "3 fact", "4 none", "5 fact"]);
    assert_eq!(window.at(), 5, "the last sentence stays");
    assert!(window.status().contains("Ctrl Enter"), "{}", window.status());
    assert!(window.sentences()[2].ends_with("fact: The papers were handed in on Monday."));
    let full = window.project();

    for (number, was) in [(5, "fact"), (4, "none of these"), (3, "fact"), (2, "denial"), (1, "allegation")] {
        window.press("Ctrl+Z");
        assert_eq!((window.at(), window.said(number).as_str()), (number, "unanswered"));
        let want = format!("undone: {was} → unanswered (sentence {number}, Harbour Post)");
        assert_eq!(window.status(), want);
    }
    assert_eq!(window.answers(), ["unanswered"; 5]);
    let mut n_undone = 5;
    while window.desk(|desk| desk.history().undo_name().is_some()) {
        window.press("Ctrl+Z");
        n_undone += 1;
        assert!(n_undone < 20, "undo has no end");
    }
    assert_eq!(window.desk(|desk| desk.project().n_articles()), 0);
    window.press("Ctrl+Z 1 U Down N");
    assert_eq!(window.desk(|desk| desk.project().n_coders()), 0, "there is nothing to answer");

    for n in 0..n_undone {
        window.press(if n % 2 == 0 { "Ctrl+Shift+Z" } else { "Ctrl+Y" });
    }
    assert_eq!(window.project(), full);
    assert_eq!((window.article().as_str(), window.at()), ("A bridge that was paid for twice", 5));
    assert_eq!(window.answers(), said);
    window.press("Ctrl+Y");
    assert_eq!(window.project(), full, "nothing is left to be done again");
    assert_ne!(window.project(), empty);
}

#[test]
fn undo_goes_to_another_article() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("1 Right 2 Down");
    assert_eq!((window.article().as_str(), window.at()), ("Ferry line says its engines were sound", 3));
    window.press("Ctrl+Z Ctrl+Z");
    assert_eq!((window.article().as_str(), window.at()), ("A bridge that was paid for twice", 1));
    window.press("Ctrl+Y Ctrl+Y");
    assert_eq!((window.article().as_str(), window.at()), ("Ferry line says its engines were sound", 1));
    assert_eq!(window.said(1), "denial");
}

#[test]
fn back_and_away_unsure_and_staying() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("1 2 Backspace");
    assert_eq!((window.at(), window.model()), (2, vec!["1 allegation".to_owned()]));
    window.press("Backspace");
    assert_eq!((window.at(), window.model().len()), (1, 0), "{:?}", window.model());
    window.press("Backspace");
    assert_eq!((window.at(), window.model().len()), (1, 0), "there is nothing before the first");
    window.press("Shift+1");
    assert_eq!((window.at(), window.said(1).as_str()), (1, "allegation"));
    window.press("Shift+2");
    assert_eq!((window.at(), window.said(1).as_str()), (1, "denial"));
    window.press("U");
    assert_eq!((window.at(), window.said(1).as_str()), (1, "denial, unsure"));
    window.press("3 Up");
    assert_eq!(window.said(1), "fact, unsure", "the doubt stays beside another label");
    window.press("U Delete");
    assert_eq!((window.at(), window.said(1).as_str()), (1, "unanswered"));
}

#[test]
fn a_key_held_down_answers_one_sentence() {
    let place = Place::new();
    let mut window = begun(&place);
    window.hold("1", 6);
    assert_eq!((window.at(), window.model()), (2, vec!["1 allegation".to_owned()]));
    window.hold("0", 6);
    assert_eq!((window.at(), window.model().len()), (3, 2));
    window.hold("Down", 6);
    assert_eq!(window.at(), 5);
}

#[test]
fn what_is_open_across_articles_and_article_done() {
    let place = Place::new();
    let mut window = begun(&place);
    let (bridge, ferry) = ("A bridge that was paid for twice", "Ferry line says its engines were sound");
    let at = |window: &Window| (window.article(), window.at());
    window.press("1 Down 3");
    assert_eq!(at(&window), (bridge.to_owned(), 4));
    window.press("Shift+N");
    assert_eq!(at(&window), (bridge.to_owned(), 2));
    window.press("Shift+N");
    assert_eq!(at(&window), (ferry.to_owned(), 4), "round to the last open one of the other article");
    window.press("N");
    assert_eq!(at(&window), (bridge.to_owned(), 2), "and forward again");
    window.press("N N N");
    assert_eq!(at(&window), (ferry.to_owned(), 1));
    window.press("[ J J K");
    assert_eq!(at(&window), (bridge.to_owned(), 3), "an article opens where its answers end");

    window.press("Ctrl+Enter");
    assert_eq!(at(&window), (bridge.to_owned(), 3));
    assert_eq!(window.status(), "Mark article done: 3 sentences left");
    assert!(!window.with(allegata::session::Session::is_done));
    window.press("Home Down 2 Down 3 3");
    assert_eq!(window.answers(), ["allegation", "denial", "fact", "fact", "fact"]);
    window.press("Ctrl+Enter");
    assert_eq!(at(&window), (ferry.to_owned(), 1), "done, and on to the next");
    window.press("Left");
    assert!(window.with(allegata::session::Session::is_done));
    window.press("Ctrl+Z");
    assert!(!window.with(allegata::session::Session::is_done), "{}", window.status());
}

/// A session and the dialogs that it asks for: each intent with how many.
struct Asked(Session);

impl Asked {
    fn tell(&mut self, intent: Intent) -> usize {
        let effects = self.0.handle(intent, &Moment { at: Stamp(0), chance: 0 });
        effects.into_iter().filter(|effect| matches!(effect, Effect::Ask(..))).count()
    }

    fn close(&mut self, dialog: u64, no_service: bool) {
        let question = Question::OpenProject;
        let closed = JobResult::Asked { dialog: Some(dialog), question, paths: Vec::new(), no_service };
        assert_eq!(self.tell(Intent::Finished(Box::new(closed))), 0);
    }

    fn over(&self) -> Option<Over> {
        self.0.view().over.clone()
    }
}

#[test]
fn one_dialog_at_a_time() {
    let mut session = Asked(Session::new(Settings::default()));
    assert_eq!(session.tell(Intent::Run("open")), 1);
    assert_eq!(session.tell(Intent::Run("open")), 0, "the first is open still");
    assert_eq!(session.tell(Intent::Run("add")), 0, "and hides any other");
    assert_eq!(session.0.notices().shown().len(), 1, "said once");
    session.close(1, false);
    assert_eq!(session.0.notices().shown(), []);
    assert_eq!(session.tell(Intent::Run("open")), 1, "given up, and asked again");
}

#[test]
fn a_dialog_that_never_answers_is_given_up() {
    let mut session = Asked(Session::new(Settings::default()));
    session.tell(Intent::Run("own-browser"));
    assert_eq!(session.over(), None, "nothing is asked");
    session.tell(Intent::Run("open"));
    session.tell(Intent::Run("open"));
    assert_eq!(session.0.notices().front().unwrap().offers[0].1, "own-browser");
    session.tell(Intent::Run("own-browser"));
    assert_eq!(session.over(), Some(Over::Browser(Question::OpenProject)));
    assert_eq!(session.0.notices().shown(), []);
    session.tell(Intent::Look(Look::Close));
    assert_eq!(session.tell(Intent::Run("add")), 0, "the desktop is not asked again");
    assert_eq!(session.over(), Some(Over::Browser(Question::AddArticles)));
    session.close(1, true);
    assert_eq!(session.over(), Some(Over::Browser(Question::AddArticles)), "who was given up is not heard");
    session.tell(Intent::Look(Look::Close));
    assert_eq!(session.tell(Intent::Run("add")), 0);
    session.tell(Intent::Look(Look::Close));
    session.close(1, false);
    assert_eq!(session.tell(Intent::Run("add")), 1, "it has answered after all");
}
