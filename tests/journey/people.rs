//! Who is at the keyboard, and a scheme that takes several labels.

use allegata::model::action::{Action, SchemeHead};
use allegata::session::Session;
use allegata::session::view::Over;

use crate::QUAY;
use crate::begin::begun;
use crate::window::{Place, Window, drawn};

fn over(window: &Window) -> Option<Over> {
    window.with(|session: &Session| session.view().over.clone())
}

#[test]
fn the_first_label_asks_who_it_is_and_waits() {
    let place = Place::new();
    let path = place.project("quay.ron", QUAY);
    let mut window = Window::on(&place, &path);
    assert_eq!((over(&window), window.at()), (None, 1), "nothing is asked for looking");
    let before = window.project();
    window.press("1");
    assert_eq!(over(&window), Some(Over::Coder));
    window.press("Enter 2 3 0 U");
    assert_eq!(window.project(), before);
    window.press("Escape");
    assert_eq!((over(&window), window.at()), (None, 1));
    assert_eq!(window.project(), before, "not now: nobody answered");

    window.press("1 Enter");
    assert_eq!(over(&window), Some(Over::Coder), "nobody is chosen beforehand");
    window.press("Down Down Enter");
    assert_eq!(over(&window), None);
    assert_eq!(window.coder().unwrap().to_string(), "ben");
    assert_eq!((window.said(1).as_str(), window.at()), ("allegation", 2), "the answer that waited");
    window.press("3");
    assert_eq!((over(&window), window.said(2).as_str()), (None, "fact"), "asked once");
    let anna = ["1 allegation", "2 denial"];
    let ben = ["2 denial", "1 allegation", "2 fact"];
    assert_eq!(window.model(), [&anna[..], &ben[..]].concat());
    window.press("Ctrl+Z Ctrl+Z");
    assert_eq!(window.said(1), "fact", "what ben had said before");

    assert!(window.close());
    let mut window = Window::on(&place, &path);
    window.press("Home 1");
    assert_eq!((over(&window), window.coder().unwrap().to_string()), (None, "ben".to_owned()));
}

#[test]
fn somebody_new_gives_a_name_and_gets_the_answer() {
    let place = Place::new();
    let path = place.project("quay.ron", QUAY);
    let mut window = Window::on(&place, &path);
    window.press("2 Down Down Down");
    assert!(window.field("Somebody new").is_focused());
    window.type_text("Cleo 3");
    window.press("Enter");
    assert_eq!(over(&window), None);
    assert_eq!(window.desk(|desk| desk.coder_name().map(str::to_owned)).as_deref(), Some("Cleo 3"));
    assert_eq!((window.said(1).as_str(), window.at()), ("denial", 2));
    assert_eq!(window.project().n_coders(), 3);
    assert!(window.shows("Cleo 3"));
}

#[test]
fn the_first_coder_is_named_without_losing_the_keys() {
    let place = Place::new();
    let mut window = begun(&place);
    assert!(!window.shows("Your name"));
    window.press("1");
    assert!(!window.field("Your name").is_focused());
    window.press("2");
    assert_eq!(window.model(), ["1 allegation", "2 denial"]);
    window.field("Your name").focus();
    window.settle();
    window.type_text("Ada 12");
    assert_eq!(window.model().len(), 2);
    window.press("Enter");
    assert_eq!(window.desk(|desk| desk.coder_name().map(str::to_owned)).as_deref(), Some("Ada 12"));
    assert!(!window.shows("Your name"));
    window.press("3");
    assert_eq!(window.model().len(), 3);
}

#[test]
fn several_labels_add_up_and_enter_goes_on() {
    let place = Place::new();
    let mut project = drawn(&QUAY.replace("anna: ", "").replace("; ben: fact", "").replace("ben: ", ""));
    let scheme = project.scheme();
    let to = SchemeHead {
        version: scheme.version,
        choose: "several".to_owned(),
        skip: scheme.skip.clone(),
        extra: None,
    };
    project.apply(Action::Scheme { to }).unwrap();
    let path = place.keep("several.ron", &project);
    let mut window = Window::on(&place, &path);
    window.press("Down Down 1 Down Enter Home");
    assert_eq!(window.at(), 1);
    window.press("D");
    assert_eq!((window.said(1).as_str(), window.at()), ("allegation and denial", 1), "a key adds");
    window.press("A");
    assert_eq!((window.said(1).as_str(), window.at()), ("denial", 1), "and takes away");
    window.press("D");
    assert_eq!(window.said(1), "unanswered", "the last one gone is no answer");
    window.press("3 Space");
    assert_eq!((window.said(1).as_str(), window.at()), ("fact", 2));
    window.press("0");
    assert_eq!((window.said(2).as_str(), window.at()), ("none of these", 3), "none goes on");
    window.press("1 2 3 Enter");
    assert_eq!((window.said(3).as_str(), window.at()), ("denial and fact", 4));
    window.press("Ctrl+Z Ctrl+Z");
    assert_eq!((window.said(3).as_str(), window.at()), ("unanswered", 3));
    window.press("Ctrl+Z");
    assert_eq!((window.said(3).as_str(), window.at()), ("allegation", 3));
}

#[test]
fn on_the_next_project_the_name_is_offered_and_the_first_keys_are_known() {
    let place = Place::new();
    let mut window = begun(&place);
    assert!(window.shows("Ctrl K: every command"));
    window.press("1");
    assert!(window.shows("Coder: not named yet"), "no id is shown");
    window.field("Your name").focus();
    window.settle();
    window.type_text("Ada");
    window.press("Enter 2 3 1 2");
    assert!(!window.shows("Ctrl K: every command"), "after five answers");
    assert!(window.close());

    let other = place.write("other.txt", "A bridge was sold. Nobody says by whom.");
    let mut window = Window::new(&place);
    window.drop_files(&[&other]);
    assert!(!window.shows("Ctrl K: every command"), "once a person, not once a project");
    window.press("1");
    assert_eq!(window.field("Your name").value().as_deref(), Some("Ada"));
    window.click("Keep");
    assert_eq!(window.desk(|desk| desk.coder_name().map(str::to_owned)).as_deref(), Some("Ada"));
    assert!(window.close());

    let path = place.project("quay.ron", QUAY);
    let mut window = Window::on(&place, &path);
    window.press("1");
    assert_eq!(window.field("Somebody new").value().as_deref(), Some("Ada"));
    window.press("Enter");
    assert_eq!(over(&window), Some(Over::Coder), "offered, not taken");
    window.press("Up Enter");
    assert_eq!(window.desk(|desk| desk.coder_name().map(str::to_owned)).as_deref(), Some("Ada"));
    assert_eq!(window.project().n_coders(), 3);
}
