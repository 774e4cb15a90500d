//! The list of articles and the inspector: the filter and its words, counts that agree, and a codebook that moves nothing.

use allegata::formats::show;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::begin::begun;
use crate::window::{Place, Window};
use crate::{BRIDGE, FERRY, QUAY};

/// Titles of the articles that the list shows.
fn listed(window: &Window) -> Vec<String> {
    let titles = |session: &allegata::session::Session| {
        let derived = session.derived();
        let entries = (0..derived.n_listed()).filter_map(|place| derived.listed(place));
        entries.map(|entry| entry.article.shown_title().chars().take(5).collect()).collect()
    };
    window.with(titles)
}

fn filter(window: &mut Window, words: &str) -> Vec<String> {
    window.press("/ Ctrl+A Delete");
    window.type_text(words);
    listed(window)
}

#[test]
fn the_filters_words_work_and_are_told() {
    let place = Place::new();
    let mut window = begun(&place);
    assert_eq!(listed(&window), ["A bri", "Ferry"]);
    window.press("2 U C");
    window.type_text("who?");
    window.press("Escape");
    for (words, want) in [
        ("begun", &["A bri"][..]),
        ("new", &["Ferry"]),
        ("unsure", &["A bri"]),
        ("note", &["A bri"]),
        ("done", &[]),
        ("denial", &["A bri"]),
        ("Denial", &["A bri"]),
        ("fact", &[]),
        ("ferry", &["Ferry"]),
    ] {
        assert_eq!(filter(&mut window, words), want, "{words}");
    }
    window.press("Escape");
    let field = window.field("Filter articles").rect().center();
    window.harness.hover_at(field);
    window.harness.run_steps(60);
    for words in ["done, begun, new, unsure, note", "allegation, denial, fact"] {
        assert!(window.shows(words), "{words}");
    }
}

#[test]
fn a_filter_is_seen_and_esc_clears_it() {
    let place = Place::new();
    let mut window = begun(&place);
    assert!(window.shows("Articles 2"));
    filter(&mut window, "bridge");
    assert!(window.shows("Articles 1 of 2"));
    window.press("Escape");
    assert_eq!((listed(&window).len(), window.field("Filter articles").is_focused()), (2, false));
    assert!(!window.shows("Articles 1 of 2"));
    window.press("1");
    assert_eq!(window.model().len(), 1, "the keys are live again");

    filter(&mut window, "nothing of the kind");
    let card = window.harness.get_by_label_contains("No article matches").rect();
    let button = window.harness.get_by_role_and_label(Role::Button, "Clear the filter").rect();
    assert!(card.contains_rect(button), "{button:?} in {card:?}");
    assert!(window.shows("2 articles are hidden"));
    window.press("Escape");
    assert_eq!(listed(&window).len(), 2);

    filter(&mut window, "bridge");
    window.press("Enter");
    assert!(window.close());
    let mut window = Window::new(&place);
    window.press("Enter");
    assert_eq!(listed(&window), ["A bri"]);
    assert!(window.shows("Articles 1 of 2"));
    assert!(
        window.status().contains("the filter \u{201c}bridge\u{201d} lists 1 of 2 articles"),
        "{}",
        window.status()
    );
}

#[test]
fn an_empty_list_is_one_card_with_its_button() {
    let place = Place::new();
    let mut window = Window::new(&place);
    window.press("Ctrl+N Enter");
    let list = window.harness.get_by_role_and_label(Role::Region, "List of articles");
    let card = list.get_by_label_contains("No articles in this project").rect();
    let buttons: Vec<_> = list.query_all_by_role(Role::Button).map(|node| node.rect()).collect();
    let inside = buttons.iter().filter(|rect| card.contains_rect(**rect)).count();
    assert_eq!(inside, 1, "{buttons:?} in {card:?}");
}

/// A byline is read and not answered: no count has it.
#[test]
fn counts_are_of_sentences_to_answer_everywhere() {
    let place = Place::new();
    let text =
        "Harbour office denies it\n\nBy Ines Varga\n\nThe office denies it. The papers came. Nobody asked.\n";
    let file = place.write("harbour.txt", text);
    let mut window = Window::new(&place);
    window.drop_files(&[&file]);
    let n_all = window.with(|session| session.article().unwrap().n_sentences());
    assert_eq!(n_all, 5, "the case has a sentence that is passed over");
    assert!(window.notices().concat().contains("Added 1 article, 4 sentences"), "{:?}", window.notices());
    window.press("1");
    for words in ["1 of 4 answered", "of 4 to answer", "0 of 1 done, 1 of 4 sentences"] {
        assert!(window.shows(words), "{words}");
    }
    assert!(!window.shows("of 5"));
    let mut overview = Vec::new();
    show::overview(&window.project(), &mut overview).unwrap();
    let overview = String::from_utf8(overview).unwrap();
    assert!(
        overview.contains("4 sentences to label") && overview.contains("  4          coder-"),
        "{overview}"
    );
}

#[test]
fn rows_name_the_file_where_nothing_else_tells_and_the_year() {
    let place = Place::new();
    let mut window = Window::new(&place);
    let (bridge, ferry) = (place.write("bridge-7.md", BRIDGE), place.write("ferry-8.txt", FERRY));
    window.drop_files(&[&bridge, &ferry]);
    let rows = window.harness.query_all_by_role(Role::ListBoxOption);
    let rows: Vec<_> = rows.filter_map(|node| node.accesskit_node().label()).collect();
    for words in ["twice, Harbour Post \u{b7} 14 Mar 2025, not begun", "sound, ferry-8.txt, not begun"] {
        assert!(rows.iter().any(|row| row.contains(words)), "{words} in {rows:#?}");
    }
    assert_eq!(filter(&mut window, "ferry-8"), ["Ferry"]);
}

/// Whatever is given or pointed at, Unsure and Note stay where they are, and nothing lies over the chips.
#[test]
fn the_codebook_moves_nothing() {
    let place = Place::new();
    let mut window = Window::on(&place, &place.project("quay.ron", QUAY));
    window.press("1 Down Enter Home");
    let at = |window: &Window| {
        let unsure = window.harness.get_by_role_and_label(Role::CheckBox, "Unsure").rect();
        (unsure, window.field("Note").rect())
    };
    window.press("Down Down");
    let was = at(&window);
    assert!(window.shows("None of these: it was read, and no label fits"));
    for (key, says) in [("1", "Codebook: allegation"), ("2", "Codebook: denial"), ("3", "Codebook: fact")] {
        window.press(&format!("Shift+{key}"));
        assert!(window.shows(says), "{says}");
        assert_eq!(at(&window), was, "{says}");
    }
    window.press("0 Up");
    assert!(window.shows("Codebook: none of these"));
    assert_eq!(at(&window), was);

    let chips = ["Allegation", "Denial", "Fact", "None of these"];
    let chip = |window: &Window, name: &str| window.harness.get_by_role_and_label(Role::Button, name).rect();
    let places = chips.map(|name| chip(&window, name));
    for (name, place) in chips.iter().zip(places) {
        window.harness.hover_at(place.center());
        window.harness.run_steps(60);
        assert!(window.shows(&format!("Codebook: {}", name.to_lowercase())), "{name}");
        assert_eq!(at(&window), was, "{name}");
        let tips: Vec<_> = window.harness.query_all_by_role(Role::Tooltip).map(|tip| tip.rect()).collect();
        assert!(places.iter().all(|chip| tips.iter().all(|tip| !tip.intersects(*chip))), "{name}: {tips:?}");
    }
}
