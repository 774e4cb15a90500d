//! What somebody hears who does not see the window: the tree that screen readers are given, after each key.

use allegata::session::intent::Intent;
use allegata::session::job::Question;
use allegata::session::view::{Look, Over};
use egui::accesskit::{Action, Live, Role};
use egui::vec2;
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};

use crate::QUAY;
use crate::begin::begun;
use crate::window::{Place, Window};

fn all(window: &Window) -> Vec<Node<'_>> {
    window.harness.root().children_recursive().collect()
}

fn name(node: &AccessKitNode<'_>) -> String {
    node.label().or_else(|| node.value()).unwrap_or_default()
}

/// What the reading is on.
fn focused(window: &Window) -> Node<'_> {
    let all = all(window);
    let found: Vec<_> = all.into_iter().filter(|node| node.accesskit_node().is_focused()).collect();
    let [one] = found.as_slice() else { panic!("{} nodes have the reading", found.len()) };
    *one
}

fn heard(window: &Window) -> String {
    name(&focused(window).accesskit_node())
}

/// Everything that is read out by itself when it changes.
fn live(window: &Window) -> Vec<String> {
    let nodes = all(window).into_iter().map(|node| node.accesskit_node());
    nodes.filter(|node| node.live() != Live::Off).map(|node| name(&node)).collect()
}

/// Names of the nodes around one, the nearest first.
fn around(node: &Node<'_>) -> Vec<(Role, String)> {
    let mut around = Vec::new();
    let mut node = node.accesskit_node().parent();
    while let Some(one) = node {
        if one.role() != Role::GenericContainer {
            around.push((one.role(), name(&one)));
        }
        node = one.parent();
    }
    around
}

#[test]
fn the_current_sentence_has_the_reading_after_each_key() {
    let place = Place::new();
    let mut window = begun(&place);
    let steps = [
        ("Home", "Sentence 1, unanswered: The council paid for one bridge twice, two auditors say.", ""),
        (
            "1",
            "Sentence 2, unanswered: The builder denies that a bill was sent again.",
            "Labelled sentence 1: allegation",
        ),
        ("2", "Sentence 3, unanswered: The papers were handed in on Monday.", "Labelled sentence 2: denial"),
        ("3", "Sentence 4, unanswered: Nobody has asked the mayor yet.", "Labelled sentence 3: fact"),
        (
            "0",
            "Sentence 5, unanswered: A second report is to follow in May.",
            "Labelled sentence 4: none of these",
        ),
        ("U", "Sentence 5, unanswered, unsure: A second report is to follow in May.", "Sentence 5: unsure"),
        ("Up", "Sentence 4, none of these: Nobody has asked the mayor yet.", "Sentence 5: unsure"),
        (
            "Backspace",
            "Sentence 3, unanswered: The papers were handed in on Monday.",
            "Sentence 3: take label away",
        ),
        (
            "Ctrl+Z",
            "Sentence 3, fact: The papers were handed in on Monday.",
            "undone: unanswered → fact (sentence 3, Harbour Post)",
        ),
        (
            "Right",
            "Sentence 1, unanswered: Ferry line says its engines were sound",
            "undone: unanswered → fact (sentence 3, Harbour Post)",
        ),
    ];
    for (key, want, said) in steps {
        window.press(key);
        assert_eq!(heard(&window), want, "{key}");
        assert!(said.is_empty() || live(&window).contains(&said.to_owned()), "{key}: {:?}", live(&window));
        let sentence = focused(&window);
        let node = sentence.accesskit_node();
        assert_eq!((node.role(), node.is_selected()), (Role::ListBoxOption, Some(true)), "{key}");
        assert_eq!(around(&sentence)[0], (Role::ListBox, "Sentences".to_owned()), "{key}");
        let selected = window.sentences().len();
        let chosen = all(&window).into_iter().filter(|node| {
            let node = node.accesskit_node();
            name(&node).starts_with("Sentence ") && node.is_selected() == Some(true)
        });
        assert_eq!((chosen.count(), selected > 1), (1, true), "{key}");
    }
}

#[test]
fn a_sentence_names_its_note_and_its_doubt() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("1 . ");
    assert_eq!(heard(&window), "Note", "the field has the keyboard");
    window.type_text("p. 4?");
    window.press("Escape Up U");
    assert_eq!(
        heard(&window),
        "Sentence 1, allegation, unsure: The council paid for one bridge twice, two auditors say. Note: p. 4?"
    );
}

#[test]
fn the_reading_stays_with_the_current_sentence_wherever_it_is() {
    let place = Place::new();
    let sentences: Vec<String> = (1..=400).map(|n| format!("The ferryman said number {n}.")).collect();
    let file = place.write("long.txt", sentences.join(" "));
    let mut window = Window::new(&place);
    window.drop_files(&[&file]);
    window.press("End");
    assert!(heard(&window).starts_with("Sentence 400, unanswered"), "{}", heard(&window));
    window.press("Home 1");
    assert!(heard(&window).starts_with("Sentence 2, unanswered"), "{}", heard(&window));
    window.harness.get_by_role_and_label(Role::Button, "Denial").focus();
    window.harness.run();
    assert_eq!(heard(&window), "Denial");
    window.press("2");
    assert!(
        heard(&window).starts_with("Sentence 3, unanswered"),
        "a key of the text leads back to it: {}",
        heard(&window)
    );
}

#[test]
fn a_screen_reader_can_go_to_a_sentence() {
    let place = Place::new();
    let mut window = begun(&place);
    window.harness.get_by_label_contains("Sentence 4, ").click_accesskit();
    window.settle();
    assert_eq!(window.at(), 4);
    window.harness.get_by_label_contains("Sentence 2, ").focus();
    window.settle();
    assert_eq!(window.at(), 2);
}

#[test]
fn an_article_names_outlet_and_progress() {
    let place = Place::new();
    let mut window = begun(&place);
    let rows = |window: &Window| {
        let rows = window.harness.query_all_by_role(Role::ListBoxOption);
        let rows = rows.filter(|node| around(node)[0].1 == "Articles");
        rows.map(|node| (name(&node.accesskit_node()), node.accesskit_node().is_selected().unwrap()))
            .collect::<Vec<_>>()
    };
    let bridge = "A bridge that was paid for twice, Harbour Post · 14 Mar";
    let check = |window: &Window, nth: usize, title: &str, progress: &str, chosen: bool| {
        let (row, selected) = &rows(window)[nth];
        assert!(row.starts_with(title) && row.ends_with(progress), "{row}");
        assert_eq!(*selected, chosen, "{row}");
    };
    let ferry = "Ferry line says its engines were sound";
    check(&window, 0, bridge, ", not begun, 0 of 5 answered", true);
    window.press("1 U 2");
    check(&window, 0, bridge, ", begun, 2 of 5 answered, 1 unsure", true);
    window.press("3 0 1 Ctrl+Enter");
    check(&window, 0, bridge, ", done, 5 of 5 answered, 1 unsure", false);
    check(&window, 1, ferry, ", not begun, 0 of 4 answered", true);
}

/// What a Tab stop or a part of the window is called must be said.
fn check_names(window: &Window, place: &str) {
    let root = window.harness.root().accesskit_node();
    assert!(name(&root).ends_with("Allegata"), "{place}: the window is called {:?}", name(&root));
    for node in all(window) {
        let node = node.accesskit_node();
        let is_stop = node.data().supports_action(Action::Focus);
        let needs_name = is_stop
            || matches!(
                node.role(),
                Role::Dialog | Role::ListBox | Role::Splitter | Role::Region | Role::Menu
            );
        assert!(!needs_name || !name(&node).is_empty(), "{place}: {:?} without a name", node.role());
    }
}

#[test]
fn every_tab_stop_and_every_part_has_a_name() {
    let place = Place::new();
    let path = place.project("quay.ron", QUAY);
    let mut window = Window::new(&place);
    check_names(&window, "welcome");
    for words in ["Read the news closely", "You can also drop", "Projects that you open", "Recent projects"] {
        assert!(
            window.shows(words) || all(&window).iter().any(|n| name(&n.accesskit_node()).contains(words)),
            "{words}"
        );
    }
    window.drop_files(&[&path]);
    check_names(&window, "annotate");
    let names: Vec<String> = all(&window).iter().map(|node| name(&node.accesskit_node())).collect();
    for words in [
        "Quay Courier, 9 April 2025",
        "0 of 2 done, 0 of 8 sentences",
        "Width of the list of articles",
        "Width of the inspector",
        "Sentence 1 of 5",
    ] {
        assert!(names.iter().any(|name| name.contains(words)), "{words} in {names:#?}");
    }
    for _ in 0..40 {
        window.press("Tab");
        assert_ne!(heard(&window), "", "a Tab stop without a name");
    }
    window.press("Alt+F");
    check_names(&window, "menu");
    window.press("Escape");
    let mut narrow = Window::build(&place, Harness::builder().with_size(vec2(800.0, 500.0)));
    narrow.drop_files(&[&path]);
    narrow.press("Ctrl+B");
    check_names(&narrow, "drawer");
}

#[test]
fn dialogs_are_named_modal_and_have_the_reading() {
    let place = Place::new();
    let path = place.project("quay.ron", QUAY);
    let mut window = Window::on(&place, &path);
    let lines = Over::Lines { head: "Left out".to_owned(), lines: vec!["one".to_owned(), "two".to_owned()] };
    for (over, title) in [
        (Over::Palette, "Commands"),
        (Over::Help, "Keys and help"),
        (Over::About, concat!("Allegata ", env!("CARGO_PKG_VERSION"))),
        (Over::Coder, "Who is at the keyboard?"),
        (Over::Browser(Question::AddArticles), "Add articles"),
        (Over::Safety, "Where everything lies"),
        (lines, "Left out"),
    ] {
        window.tell(Intent::Look(Look::Over(over)));
        check_names(&window, title);
        let dialogs: Vec<_> =
            all(&window).into_iter().filter(|node| node.accesskit_node().role() == Role::Dialog).collect();
        let [dialog] = dialogs.as_slice() else { panic!("{} dialogs: {title}", dialogs.len()) };
        assert_eq!(name(&dialog.accesskit_node()), title);
        assert!(dialog.accesskit_node().is_modal(), "{title}");
        let reading = focused(&window);
        let inside = around(&reading).iter().any(|(role, _)| *role == Role::Dialog);
        assert!(inside || reading.accesskit_node().role() == Role::Dialog, "{title}: {}", heard(&window));
        window.press("Escape");
    }
    window.press("Ctrl+K Down");
    let chosen = all(&window).into_iter().map(|node| node.accesskit_node());
    let chosen: Vec<_> =
        chosen.filter(|node| node.is_selected() == Some(true)).map(|node| name(&node)).collect();
    assert!(chosen.iter().any(|row| live(&window).contains(row)), "{chosen:?} {:?}", live(&window));
}
