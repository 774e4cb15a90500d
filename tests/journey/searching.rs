//! Search: typed, gone through, answered from, ended; the list's field with the same words.

use crate::begin::begun;
use crate::window::{Place, Window};
use allegata::analysis::query::search::{Given, Options, Scope};
use allegata::session::intent::Intent;
use allegata::session::searching::FindLook;
use allegata::session::view::Look;

fn n_hits(window: &Window) -> usize {
    window.with(|session| session.search().found().n_hits())
}

fn in_hand(window: &Window) -> Option<usize> {
    window.with(allegata::session::Session::hit_in_hand)
}

#[test]
fn what_is_typed_is_found_and_gone_through() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("Ctrl+F");
    assert!(window.field("Search").is_focused());
    window.type_text("say");
    // `say` and `says`, a headline among them; nobody has gone anywhere.
    assert_eq!((n_hits(&window), window.at()), (3, 1));
    window.press("Enter");
    assert_eq!((window.article().as_str(), window.at()), ("Ferry line says its engines were sound", 1));
    window.press("Enter");
    assert_eq!(window.at(), 3, "{:?}", in_hand(&window));
    window.press("Shift+Enter Shift+Enter");
    assert_eq!((window.article().as_str(), window.at()), ("A bridge that was paid for twice", 1));
    assert_eq!(window.answers(), ["unanswered"; 5], "what is typed answers nothing");
    window.press("Escape");
    assert!(!window.with(|session| session.search().is_open()));
    window.press("1");
    assert_eq!(window.model(), ["1 allegation"]);
}

#[test]
fn who_types_faster_than_is_looked_for_goes_to_the_hit_all_the_same() {
    let place = Place::new();
    let mut window = begun(&place);
    let find = |find: FindLook| Intent::Look(Look::Find(find));
    let typed = |text: &str| find(FindLook::Typed(text.to_owned()));
    window.tell_at_once(vec![find(FindLook::Open), typed("say"), find(FindLook::Step(true))]);
    assert_eq!(
        (in_hand(&window), window.article().as_str()),
        (Some(1), "Ferry line says its engines were sound")
    );
    // What is typed on is meant, not what was typed before.
    window.tell_at_once(vec![typed("sa"), find(FindLook::Step(true)), typed("bridge")]);
    assert_eq!(window.article(), "Ferry line says its engines were sound", "{:?}", in_hand(&window));
}

#[test]
fn hits_are_answered_from_the_list() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("Ctrl+F");
    window.type_text("once or twice or first or report");
    window.press("Down");
    assert!(!window.field("Search").is_focused());
    let n = n_hits(&window);
    let at = (window.article(), window.at());
    window.press("1");
    assert_ne!((window.article(), window.at()), at, "on to the next hit");
    window.press("N Shift+N");
    window.press("2");
    assert_eq!(window.with(|session| session.search().found().n_hits()), n, "hits stay as they are answered");
    window.press("Escape");
    assert!(!window.with(|session| session.search().is_open()), "also from the article");
}

#[test]
fn it_is_narrowed_by_what_stands_beside_it() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("1 2");
    window.press("Ctrl+F");
    window.type_text("the");
    let all = n_hits(&window);
    let mut n = |options: Options| {
        window.tell(Intent::Look(Look::Find(FindLook::Options(options))));
        n_hits(&window)
    };
    assert!(n(Options { whole: true, ..Options::default() }) <= all);
    assert_eq!(n(Options { given: Given::NoAnswer, ..Options::default() }), all - 2);
    assert_eq!(n(Options { scope: Scope::Notes, ..Options::default() }), 0);
    let here = n(Options { here: true, ..Options::default() });
    assert!(here > 0 && here < all);
    assert_eq!(n(Options { regex: true, ..Options::default() }), all);
}

#[test]
fn what_is_not_understood_is_said_and_the_rest_is_found() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("Ctrl+F");
    window.type_text("speaker:mayor bridge");
    assert_eq!(n_hits(&window), 2, "the title and a sentence");
    assert!(window.shows("speaker:"), "{:?}", window.texts());
    window.press("Escape /");
    window.type_text("speaker:mayor ferry");
    assert!(window.shows("there is no `speaker:` to ask for"));
    assert_eq!(window.with(|session| session.derived().n_listed()), 1);
}

#[test]
fn the_list_looks_into_texts_and_answers() {
    let place = Place::new();
    let mut window = begun(&place);
    let n = |window: &Window| window.with(|session| session.derived().n_listed());
    window.press("/");
    window.type_text("text:engine");
    assert_eq!(n(&window), 1);
    window.press("Ctrl+A");
    window.type_text("-/engine/");
    assert_eq!(n(&window), 1);
    window.press("Ctrl+A");
    window.type_text("from:2025-03 to:2025-03");
    assert_eq!(n(&window), 1);
    window.press("Escape");
    assert_eq!(n(&window), 2);
}
