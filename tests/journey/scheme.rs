//! The scheme editor: labels come, change, are merged and retired; every step is said and undone.

use allegata::model::ids::{CoderId, LabelId};
use allegata::model::scheme::Scheme;
use allegata::session::Session;
use allegata::session::command::Where;
use allegata::session::intent::{CoderChoice, Intent};
use allegata::session::job::Question;
use allegata::session::mending::Mending;
use allegata::session::screens::scheming::SchemeChange;
use allegata::session::view::{Listing, Look, Over};
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use crate::QUAY;
use crate::window::{Place, Window, rows};

fn opened(place: &Place) -> Window {
    let path = place.project("quay.allegata.ron", QUAY);
    let mut window = Window::on(place, &path);
    window.tell(Intent::Run("scheme"));
    assert_eq!(window.with(Session::place), Where::Scheme);
    window
}

fn scheme(window: &Window) -> Scheme {
    window.project().scheme().clone()
}

/// Clicks one of several that exclude each other.
fn choose(window: &mut Window, name: &str) {
    window.harness.get_by_role_and_label(Role::RadioButton, name).click();
    window.settle();
}

/// The labels in their order, each with its letter and keys.
fn labels(window: &Window) -> Vec<String> {
    let retired = |is: bool| if is { " retired" } else { "" };
    let labels = scheme(window).labels;
    let labels = labels.iter().map(|label| {
        format!("{} {} {}{}", label.name, label.letter, label.keys.join(""), retired(label.retired))
    });
    labels.collect()
}

#[test]
fn a_label_is_added_defined_and_given_by_keys_alone() {
    let place = Place::new();
    let mut window = opened(&place);
    let before = window.project();
    window.press("A");
    window.type_text("Rumour");
    window.press("Enter");
    assert_eq!(labels(&window).last().unwrap(), "Rumour R 4R");
    assert_eq!(window.status(), "Added label: rumour");
    // The definition has the keyboard: what is typed is no command.
    window.type_text("Nobody says where it is from.");
    window.press("Escape");
    assert_eq!(window.with(Session::place), Where::Scheme, "Esc leaves the field alone");
    assert_eq!(window.status(), "Changed definition: rumour");
    let added = scheme(&window);
    let rumour = added.label(&LabelId::new("rumour")).unwrap();
    assert_eq!((rumour.says.as_str(), added.version), ("Nobody says where it is from.", 3));
    window.press("Ctrl+Z Ctrl+Z");
    assert_eq!(window.project(), before, "two steps");
    window.press("Ctrl+Shift+Z Ctrl+Shift+Z Escape");
    assert_eq!(window.with(Session::place), Where::Annotate);
    window.tell(Intent::Coder(CoderChoice::Known(CoderId::new("ben"))));
    window.press("End R");
    assert_eq!(window.said(5), "rumour");
    window.press("Ctrl+S");
    let saved = std::fs::read_to_string(place.doc("quay.allegata.ron")).unwrap();
    assert!(saved.contains("labels: [\"rumour\"]") && saved.contains("Nobody says where"), "{saved}");
}

#[test]
fn what_is_typed_is_said_when_the_screen_closes() {
    let place = Place::new();
    let mut window = opened(&place);
    window.press("Enter Ctrl+A");
    window.type_text("Charge");
    window.tell(Intent::Run("to-review"));
    assert_eq!(labels(&window)[0], "Charge A 1A");
    assert_eq!(scheme(&window).labels[0].id.as_str(), "allegation", "an id never changes");
    assert_eq!(scheme(&window).version, 1, "a name is no other meaning");
}

#[test]
fn what_is_typed_is_said_when_the_window_leaves() {
    let place = Place::new();
    let mut window = opened(&place);
    window.press("Enter Ctrl+A");
    window.type_text("Charge");
    window.tell(Intent::Pause);
    assert_eq!(labels(&window)[0], "Charge A 1A");
}

/// A label more is another codebook: answers of the one before are listed, and leave the list as each is found right.
#[test]
fn answers_of_an_earlier_version_leave_the_list_one_by_one() {
    let place = Place::new();
    let path = place.project("quay.allegata.ron", QUAY);
    let mut window = Window::on(&place, &path);
    window.tell(Intent::Coder(CoderChoice::Known(CoderId::new("ben"))));
    window.press("Home Down 2");
    let denial = LabelId::new("denial");
    let older = |window: &Window| window.with(|s| s.checks().rows().len());
    let list = |window: &mut Window| {
        window.tell(Intent::Look(Look::List(Some(Listing::Older(LabelId::new("denial"))))));
        window.settle();
    };
    list(&mut window);
    assert_eq!(older(&window), 0, "all are of today");
    window.tell(Intent::Run("scheme"));
    window.press("A");
    window.type_text("Rumour");
    window.press("Enter Escape Escape");
    assert_eq!(scheme(&window).version, 2);
    list(&mut window);
    assert_eq!(older(&window), 2);
    assert!(window.shows("given under version 1 of the scheme"));
    window.press("Enter");
    assert_eq!(older(&window), 1);
    window.press("2");
    assert_eq!(window.with(|s| s.view().listing.clone()), None, "the list gives its place back");
    let saved = |window: &mut Window| {
        window.press("Ctrl+S");
        std::fs::read_to_string(&path).unwrap().matches("labels: [\"denial\"]").count()
    };
    assert_eq!(saved(&mut window), 3);
    let project = window.project();
    let versions = project.sheets().flat_map(|sheet| {
        sheet.rows.iter().filter(|row| row.coding.has(&denial)).map(|row| sheet.version_of(&row.coding))
    });
    assert_eq!(versions.filter(|version| *version == 2).count(), 2, "the other is Anna\u{2019}s");
    window.press("Ctrl+Z Ctrl+Z");
    list(&mut window);
    assert_eq!(older(&window), 2);
}

#[test]
fn signs_that_others_have_are_refused_where_they_are_typed() {
    let place = Place::new();
    let mut window = opened(&place);
    let before = window.project();
    for (field, typed, why) in [
        ("Letter", "D", "Denial\u{2019}s"),
        ("Keys", "1 D", "D is Denial\u{2019}s"),
        ("Keys", "c", "C is \u{201c}Note\u{201d}"),
        ("Name", "Fact", "there is \u{201c}Fact\u{201d} already"),
    ] {
        window.field(field).click();
        window.settle();
        window.press("Ctrl+A");
        window.type_text(typed);
        assert!(window.shows(why) || window.with(|s| s.scheming().is_some()), "{why}");
        window.press("Tab");
        assert!(window.status().ends_with(why), "{}", window.status());
    }
    assert_eq!(window.project(), before);
}

#[test]
fn the_order_is_changed_by_keys_and_the_label_in_hand_stays() {
    let place = Place::new();
    let mut window = opened(&place);
    window.press("Down Alt+Up");
    assert_eq!(labels(&window), ["Denial D 2D", "Allegation A 1A", "Fact F 3F"]);
    window.press("Alt+Down Alt+Down Alt+Down");
    assert_eq!(labels(&window), ["Allegation A 1A", "Fact F 3F", "Denial D 2D"]);
    assert_eq!(scheme(&window).version, 1);
    window.press("Ctrl+Z Ctrl+Z Ctrl+Z");
    assert_eq!(labels(&window), ["Allegation A 1A", "Denial D 2D", "Fact F 3F"]);
}

#[test]
fn colours_and_lines_are_clicked() {
    let place = Place::new();
    let mut window = opened(&place);
    choose(&mut window, "violet");
    choose(&mut window, "Dotted");
    let label = scheme(&window).labels[0].clone();
    assert_eq!((label.colour.as_str(), label.line.as_str()), ("#7A67C0", "dotted"));
    assert_eq!(scheme(&window).version, 1);
    // Blue and sky are near to one another: that is said.
    choose(&mut window, "sky");
    assert!(window.harness.query_by_label_contains("Too close to Denial").is_some());
}

#[test]
fn merging_says_what_it_touches_and_undo_takes_it_back() {
    let place = Place::new();
    let mut window = opened(&place);
    let before = window.project();
    assert!(window.shows("1 coding in 1 article uses Allegation"));
    window.click("Merge into\u{2026}");
    window.harness.get_by_role_and_label(Role::MenuItem, "Fact").click();
    window.settle();
    assert_eq!(window.status(), "Merged allegation into fact: 1 coding in 1 article");
    assert_eq!(labels(&window), ["Denial D 2D", "Fact F 3F"]);
    let merged = scheme(&window);
    assert_eq!(merged.label(&LabelId::new("fact")).unwrap().was, [LabelId::new("allegation")]);
    assert!(rows(&window.project()).iter().all(|row| !row.contains("allegation")));
    window.press("Ctrl+Z");
    assert_eq!(window.project(), before);
}

#[test]
fn a_retired_label_is_kept_and_offered_no_more() {
    let place = Place::new();
    let mut window = opened(&place);
    window.press("Down");
    window.click("Retire");
    assert_eq!(labels(&window), ["Allegation A 1A", "Denial D 2D retired", "Fact F 3F"]);
    assert_eq!(window.status(), "Retired denial: 2 codings in 2 articles keep it");
    window.press("Escape");
    assert!(window.harness.query_by_role_and_label(Role::Button, "Denial").is_none(), "no chip");
    window.tell(Intent::Run("scheme"));
    // Its key was given to another meanwhile.
    let fact = LabelId::new("fact");
    window.press("Down");
    assert_eq!(window.with(|s| s.scheming().unwrap().label.clone()), Some(fact));
    window.field("Keys").click();
    window.settle();
    window.press("Ctrl+A");
    window.type_text("3 2");
    window.press("Tab");
    window.tell(Intent::Mend(Mending::Scheme(SchemeChange::Retire(LabelId::new("denial"), false))));
    assert_eq!(labels(&window), ["Allegation A 1A", "Denial D D", "Fact F 32"]);
    assert_eq!(window.status(), "Brought back denial; 2 is another label\u{2019}s now");
}

#[test]
fn one_label_a_sentence_is_refused_while_a_sentence_has_two() {
    let place = Place::new();
    let mut window = opened(&place);
    choose(&mut window, "Several");
    assert_eq!(scheme(&window).choose, "several");
    window.press("Escape");
    window.tell(Intent::Coder(CoderChoice::Known(CoderId::new("anna"))));
    window.press("Home D");
    assert_eq!(window.said(1), "allegation and denial");
    window.tell(Intent::Run("scheme"));
    choose(&mut window, "One label a sentence");
    assert_eq!(scheme(&window).choose, "several");
    assert!(
        window.notices().iter().any(|notice| notice.contains("1 sentence has several labels")),
        "{:?}",
        window.notices()
    );
}

#[test]
fn a_scheme_that_is_imported_says_first_what_it_does() {
    let place = Place::new();
    let other = place.project("other.allegata.ron", "One. [fact]");
    let text = std::fs::read_to_string(&other).unwrap();
    let lines: Vec<_> = text.lines().filter(|line| !line.starts_with("(id: \"denial\"")).collect();
    std::fs::write(&other, lines.join("\n")).unwrap();
    let mut window = opened(&place);
    let before = window.project();
    window.answer(Question::Scheme, &[&other]);
    assert!(window.harness.query_by_label_contains("Retired: Denial, 2 codings keep it").is_some());
    assert_eq!(window.project(), before, "nothing yet");
    window.click("Take it over");
    assert_eq!(labels(&window), ["Allegation A 1A", "Fact F 3F", "Denial D 2D retired"]);
    window.press("Ctrl+Z");
    assert_eq!(window.project(), before);
    let broken = place.write("broken.ron", "(format: 1, scheme: (labels: [");
    window.answer(Question::Scheme, &[&broken]);
    assert!(window.notices().iter().any(|notice| notice.starts_with("Not read")), "{:?}", window.notices());
}

#[test]
fn the_codebook_is_exported_as_a_page_and_as_a_scheme() {
    let place = Place::new();
    let mut window = opened(&place);
    let page = place.doc("book.md");
    window.answer(Question::Codebook, &[&page]);
    assert!(std::fs::read_to_string(&page).unwrap().contains("## Denial"));
    let file = place.doc("labels.allegata.ron");
    window.answer(Question::Codebook, &[&file]);
    window.answer(Question::Scheme, &[&file]);
    assert!(
        window.notices().iter().any(|notice| notice.contains("the same scheme")),
        "{:?}",
        window.notices()
    );
}

#[test]
fn a_project_begins_with_a_ready_scheme() {
    let place = Place::new();
    let mut window = Window::new(&place);
    window.press("Ctrl+N");
    assert_eq!(window.with(|session| session.view().over.clone()), Some(Over::New));
    window.press("Escape");
    assert!(!window.has_project());
    window.press("Ctrl+N Down Down Enter");
    assert_eq!(
        scheme(&window).labels.iter().map(|l| l.name.as_str()).collect::<Vec<_>>(),
        ["Support", "Deny", "Query", "Comment"]
    );
    window.press("Ctrl+N End Enter");
    assert!(scheme(&window).labels.is_empty());
    window.tell(Intent::Run("scheme"));
    assert!(window.shows("No labels yet"));
    window.press("A");
    window.type_text("First");
    window.press("Enter");
    assert_eq!(labels(&window), ["First F 1F"]);
}
