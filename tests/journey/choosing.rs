//! The list sorted and put in groups, several articles chosen at once, and what is done to all of them.

use allegata::analysis::order::{Column, GroupBy, Sort};
use allegata::model::ids::CoderId;
use allegata::session::Session;
use allegata::session::intent::{CoderChoice, Intent};
use egui::{Modifiers, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::window::{Place, Window};

const PAPERS: &str = "# Crane ordered twice | Quay Courier | 2025-04-09
The board ordered a crane. [anna: allegation; ben: fact] It denies that. [anna: denial]
# Auditors look again | Tide & Trade | 2025-01-02
They want the papers. [ben: fact]
# Night shift | Quay Courier | 2024
Two guards slept. [] Both deny it. []
# Bridge paid for | | 2025-06-01
A firm was paid. []";

fn opened(place: &Place) -> Window {
    let path = place.project("papers.ron", PAPERS);
    let mut window = Window::on(place, &path);
    window.tell(Intent::Coder(CoderChoice::Known(CoderId::new("anna"))));
    window
}

/// The lines of the list: heads as `[Quay Courier, 2 articles]`, articles by their first word, those that stand out with a star.
fn lines(window: &Window) -> String {
    let list = window.harness.get_by_role_and_label(Role::ListBox, "Articles");
    let mut lines: Vec<(f32, String)> = Vec::new();
    for node in list.children_recursive() {
        let access = node.accesskit_node();
        let label = access.label().unwrap_or_default();
        let line = match access.role() {
            Role::Button => format!("[{label}]"),
            Role::ListBoxOption => {
                let star = if access.is_selected() == Some(true) { "*" } else { "" };
                format!("{}{star}", label.split([' ', ',']).next().unwrap())
            }
            _ => continue,
        };
        lines.push((node.rect().top(), line));
    }
    lines.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    lines.into_iter().map(|(_, line)| line).collect::<Vec<_>>().join(" ")
}

fn choose(window: &mut Window, name: &str) {
    window.harness.get_by_label("Order").click();
    window.settle();
    // Where a column and a group are called alike the column comes first.
    window.harness.query_all_by_role_and_label(Role::MenuItemRadio, name).next().unwrap().click();
    window.settle();
}

fn click(window: &mut Window, title: &str, modifiers: Modifiers) {
    window.article_row(title).click_modifiers(modifiers);
    window.settle();
}

fn ctrl() -> Modifiers {
    Modifiers::CTRL | Modifiers::COMMAND
}

#[test]
fn the_list_is_sorted_by_any_column_both_ways_and_stays_so() {
    let place = Place::new();
    let mut window = opened(&place);
    assert_eq!(lines(&window), "Crane* Auditors Night Bridge");
    choose(&mut window, "Title");
    assert_eq!(lines(&window), "Auditors Bridge Crane* Night");
    choose(&mut window, "Title");
    assert_eq!(lines(&window), "Night Crane* Bridge Auditors", "the same again turns it round");
    choose(&mut window, "Date");
    assert_eq!(lines(&window), "Night Auditors Crane* Bridge");
    choose(&mut window, "Newest first");
    assert_eq!(lines(&window), "Bridge Crane* Auditors Night");
    choose(&mut window, "Outlet");
    assert_eq!(lines(&window), "Crane* Night Auditors Bridge", "no outlet comes last");
    choose(&mut window, "Progress");
    assert_eq!(lines(&window), "Auditors Night Bridge Crane*");
    choose(&mut window, "Length");
    choose(&mut window, "Longest first");
    assert_eq!(lines(&window), "Crane* Night Auditors Bridge");
    window.press("Right");
    assert_eq!(window.article(), "Night shift", "the next article is the next of the list");
    assert!(window.close());
    let mut window = Window::new(&place);
    window.press("Enter");
    assert_eq!(lines(&window), "Crane Night* Auditors Bridge");
    let sort = Sort { by: Column::Length, backwards: true };
    assert_eq!(window.with(|session| session.view().sort), sort);
}

#[test]
fn groups_fold_count_and_are_gone_through_as_shown() {
    let place = Place::new();
    let mut window = opened(&place);
    window.harness.get_by_label("Order").click();
    window.settle();
    // The columns are called alike: the last one of the two puts together.
    window.harness.query_all_by_role_and_label(Role::MenuItemRadio, "Outlet").last().unwrap().click();
    window.settle();
    assert_eq!(window.with(|session| session.view().group), GroupBy::Outlet);
    assert_eq!(
        lines(&window),
        "[Quay Courier, 2 articles] Crane* Night [Tide & Trade, 1 article] Auditors [No outlet, 1 article] Bridge"
    );
    window.click("Tide & Trade, 1 article");
    assert_eq!(
        lines(&window),
        "[Quay Courier, 2 articles] Crane* Night [Tide & Trade, 1 article] [No outlet, 1 article] Bridge"
    );
    window.press("Right Right");
    assert_eq!(window.article(), "Bridge paid for", "what is folded is passed over");
    window.press("Left Left N N N");
    assert_eq!((window.article().as_str(), window.at()), ("Bridge paid for", 1), "also on the way to a gap");
    window.press("0 N 0 0 N");
    let notices = window.notices().concat();
    assert!(notices.contains("In groups that are folded: 1 article"), "{notices}");
    // What is gone to by other ways is seen.
    let auditors =
        window.project().articles().find(|a| a.shown_title().starts_with("Aud")).unwrap().id.clone();
    window.tell(Intent::Look(allegata::session::view::Look::Place { article: auditors, sentence: None }));
    assert!(lines(&window).contains("Auditors*"), "{}", lines(&window));
    // By state, an article goes where it belongs as soon as it is begun.
    choose(&mut window, "State");
    assert!(lines(&window).contains("[Not begun, 1 article] Auditors*"), "{}", lines(&window));
    window.press("1");
    assert!(!lines(&window).contains("Not begun"), "{}", lines(&window));
    window.press("Ctrl+Enter");
    assert!(lines(&window).contains("[Done, 1 article] Auditors"), "{}", lines(&window));
    assert!(window.close());
    let mut window = Window::new(&place);
    window.press("Enter");
    assert_eq!(window.with(|session| session.view().group), GroupBy::State);
}

#[test]
fn several_are_chosen_by_clicks_and_keys_and_let_go() {
    let place = Place::new();
    let mut window = opened(&place);
    click(&mut window, "Night shift", ctrl());
    assert_eq!(lines(&window), "Crane* Auditors Night* Bridge");
    assert_eq!(window.status(), "2 articles chosen: the menu Article is for all of them");
    assert_eq!(window.article(), "Crane ordered twice", "the one that is read stays");
    // With articles chosen Shift and an arrow choose more of them, and no sentences.
    window.press("Shift+Down");
    assert_eq!(lines(&window), "Crane Auditors Night* Bridge*");
    window.press("Shift+Up Shift+Up");
    assert_eq!(lines(&window), "Crane Auditors* Night* Bridge");
    window.press("Escape");
    assert_eq!(lines(&window), "Crane* Auditors Night Bridge");
    window.press("Shift+Down");
    assert_eq!(window.status(), "Sentences 1 to 2 chosen: a label key answers all");
    click(&mut window, "Night shift", Modifiers::SHIFT);
    assert_eq!(lines(&window), "Crane* Auditors* Night* Bridge");
    click(&mut window, "Auditors look again", ctrl());
    assert_eq!(lines(&window), "Crane* Auditors Night* Bridge");
    // A click without anything shows one, and only that.
    click(&mut window, "Night shift", Modifiers::NONE);
    assert_eq!(lines(&window), "Crane Auditors Night* Bridge");
    window.press("Ctrl+A");
    assert_eq!(lines(&window), "Crane* Auditors* Night* Bridge*");
    // What the list does not show is not chosen.
    window.press("/");
    window.type_text("quay");
    window.press("Enter");
    assert_eq!(window.with(|session| session.view().choice.n()), 0, "another article is shown");
    window.press("Ctrl+A");
    assert_eq!(window.with(|session| session.view().choice.n()), 2);
}

#[test]
fn what_is_chosen_is_tagged_set_aside_assigned_and_removed_each_as_one_change() {
    let place = Place::new();
    let mut window = opened(&place);
    let before = window.project();
    click(&mut window, "Auditors look again", ctrl());
    window.press("Shift+T");
    assert!(window.shows("Tags of 2 articles"));
    window.type_text("court");
    window.press("Enter Escape");
    let tagged = |window: &Window| {
        window.project().articles().filter(|a| a.meta.tags.contains(&"court".to_owned())).count()
    };
    assert_eq!((tagged(&window), window.status().as_str()), (2, "Tags changed: 2 articles"));
    // All have it: the same again takes it away.
    window.press("Shift+T Down Enter Escape");
    assert_eq!(tagged(&window), 0);
    window.press("Ctrl+Z");
    assert_eq!(tagged(&window), 2);
    window.press("Ctrl+Z");
    assert_eq!(window.project(), before);

    click(&mut window, "Crane ordered twice", Modifiers::NONE);
    click(&mut window, "Auditors look again", ctrl());
    window.tell(Intent::Run("details"));
    assert!(window.shows("Details of 2 articles"));
    window.harness.get_by_label("Language").click();
    window.settle();
    window.type_text("de");
    window.harness.get_by_label("Tags").click();
    window.settle();
    window.type_text("court");
    window.press("Enter");
    assert_eq!(window.project().articles().filter(|a| a.meta.lang.as_deref() == Some("de")).count(), 2);
    assert_eq!(tagged(&window), 2);
    window.press("Ctrl+Z");
    assert_eq!(window.project(), before, "fields and tags are one change");

    click(&mut window, "Crane ordered twice", Modifiers::NONE);
    click(&mut window, "Auditors look again", ctrl());
    window.tell(Intent::Run("aside-article"));
    assert!(window.shows("4 answers, 2 of them by 1 other"), "{:?}", window.texts());
    window.type_text("no news");
    window.press("Enter");
    assert_eq!(window.project().articles().filter(|a| a.aside.is_some()).count(), 2);
    window.tell(Intent::Run("aside-article"));
    assert_eq!(window.project(), before, "brought back without a question");

    window.tell(Intent::Run("assign"));
    assert!(window.shows("Who is to read 2 articles?"));
    window.press("Down Down Enter");
    let ben = CoderId::new("ben");
    assert_eq!(window.project().sheets_of(&ben).filter(|sheet| sheet.assigned).count(), 2);
    assert_eq!(window.status(), "Assigned to ben: 2 articles");
    window.press("Ctrl+Z");
    assert_eq!(window.project(), before);

    click(&mut window, "Crane ordered twice", Modifiers::NONE);
    click(&mut window, "Auditors look again", ctrl());
    window.tell(Intent::Run("remove-article"));
    assert!(window.shows("4 answers, 2 of them by 1 other"), "{:?}", window.texts());
    assert_eq!(window.project().n_articles(), 4, "nothing goes before the question is answered");
    window.press("Enter");
    assert_eq!(window.project().n_articles(), 2);
    assert_eq!(window.article(), "Night shift", "the next one that is left");
    window.press("Ctrl+Z");
    assert_eq!(window.project(), before);
}

#[test]
fn the_other_button_has_a_menu_for_all_that_are_chosen() {
    let place = Place::new();
    let mut window = opened(&place);
    click(&mut window, "Night shift", ctrl());
    window.article_row("Night shift").click_secondary();
    window.settle();
    window.harness.get_by_role_and_label(Role::MenuItem, "Tags of 2 articles\u{2026}").click();
    window.settle();
    assert!(window.shows("Tags of 2 articles"));
    window.press("Escape");
    // Of a row that is not chosen it is for that one alone, which is shown then.
    window.article_row("Bridge paid for").click_secondary();
    window.settle();
    assert_eq!((window.article().as_str(), window.with(Session::n_meant)), ("Bridge paid for", 1));
    window.harness.get_by_role_and_label(Role::MenuItem, "Remove this article").click();
    window.settle();
    assert_eq!(window.project().n_articles(), 3, "nobody else said anything of it");
    assert!(window.notices().concat().contains("Removed \u{201c}Bridge paid for\u{201d}"));
}
