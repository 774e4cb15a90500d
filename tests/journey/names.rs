//! What a project is called, what is on the clipboard, and the list of recent projects.

use egui_kittest::kittest::Queryable as _;

use allegata::session::intent::Intent;
use allegata::session::job::Question;
use allegata::session::view::{Look, Over};

use crate::begin::begun;
use crate::window::{Place, Window};
use crate::{BRIDGE, FERRY, QUAY};

fn title(window: &Window) -> String {
    window.desk(|desk| desk.project().title().to_owned())
}

#[test]
fn a_project_that_nobody_named_is_called_after_what_comes_in() {
    let place = Place::new();
    let mut window = begun(&place);
    assert_eq!(title(&window), "A bridge that was paid for twice");
    window.press("Ctrl+Z");
    assert_eq!(title(&window), "Untitled", "undone together");
    window.press("Ctrl+Y");
    window.answer(Question::SaveAs, &[&place.doc("mine.ron")]);
    assert_eq!(title(&window), "A bridge that was paid for twice");
    assert!(window.close());

    place.write("The quay papers/a.txt", FERRY);
    place.write("The quay papers/b.md", BRIDGE);
    let mut window = Window::new(&place);
    window.drop_files(&[&place.doc("The quay papers")]);
    assert_eq!(title(&window), "The quay papers");
    window.press("Ctrl+N Enter");
    assert_eq!(title(&window), "Untitled");
    window.answer(Question::AddArticles, &[&place.doc("The quay papers/a.txt")]);
    assert_eq!(title(&window), "Ferry line says its engines were sound");
    let more = place.write("more.txt", "Another one. It is short.");
    window.answer(Question::AddArticles, &[&more]);
    assert_eq!(title(&window), "Ferry line says its engines were sound", "the first one names it");
}

#[test]
fn a_project_is_renamed() {
    let place = Place::new();
    let path = place.project("quay.ron", QUAY);
    let mut window = Window::on(&place, &path);
    let before = title(&window);
    window.tell(Intent::Run("rename"));
    assert!(window.field("Title").is_focused());
    assert_eq!(window.field("Title").value().unwrap_or_default(), before);
    window.press("Ctrl+A");
    window.type_text("Cranes 1 2 3");
    window.press("Enter");
    assert_eq!((title(&window).as_str(), window.with(|s| s.view().over.clone())), ("Cranes 1 2 3", None));
    window.press("Ctrl+Z");
    assert_eq!(title(&window), before, "undo takes it back");
    window.tell(Intent::Run("rename"));
    window.press("Ctrl+A Delete Enter");
    assert!(window.shows("Rename the project"), "a project has a title");
    window.press("Escape Ctrl+Y Ctrl+S");
    assert!(window.close());
    assert_eq!(title(&Window::on(&place, &path)), "Cranes 1 2 3");
}

#[test]
fn a_recent_project_is_forgotten_and_its_file_stays() {
    let place = Place::new();
    let (quay, other) =
        (place.project("quay.ron", QUAY), place.project("other.ron", &QUAY.replace("crane", "ship")));
    for path in [&quay, &other] {
        assert!(Window::on(&place, path).close());
    }
    let mut window = Window::new(&place);
    let recent = |window: &Window| window.with(|session| session.settings().recent.len());
    assert_eq!(recent(&window), 2);
    window.press("Down Delete");
    assert_eq!(recent(&window), 1);
    window.harness.get_by_label_contains("answered").hover();
    window.settle();
    window.harness.get_by_label("Forget").click();
    window.settle();
    assert_eq!(recent(&window), 0);
    assert!(quay.exists() && other.exists());
}

/// Copies by the key, as the window system says it; what is on the clipboard then.
fn copied(window: &mut Window, cited: bool) -> String {
    if cited {
        let modifiers = egui::Modifiers::COMMAND | egui::Modifiers::CTRL | egui::Modifiers::SHIFT;
        window.down(egui::Key::C, Some(egui::Key::C), modifiers, "");
        window.up(egui::Key::C, Some(egui::Key::C), modifiers);
    } else {
        window.harness.input_mut().events.push(egui::Event::Copy);
    }
    window.harness.step();
    let commands = &window.harness.output().platform_output.commands;
    commands
        .iter()
        .find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
        .unwrap_or_default()
}

#[test]
fn the_current_sentence_is_copied_alone_and_with_its_source() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("Down");
    let sentence = "The builder denies that a bill was sent again.";
    assert_eq!(copied(&mut window, false), sentence);
    assert_eq!(window.status(), "Copied sentence 2");
    let cited = format!(
        "{sentence} (\u{201c}A bridge that was paid for twice\u{201d}, Harbour Post, 2025-03-14, sentence 2)"
    );
    assert_eq!(copied(&mut window, true), cited);
    assert!(window.model().is_empty(), "C is no note here: {:?}", window.model());
    window.press("C");
    assert_eq!(copied(&mut window, false), "", "in a field it is the field's");
}

#[test]
fn the_browser_makes_a_folder_chooses_all_and_begins_where_one_was() {
    let place = Place::new();
    place.write("papers/a.txt", FERRY);
    place.write("papers/b.md", BRIDGE);
    place.write("papers/c.dat", "x");
    let mut window = begun(&place);
    let open = |window: &mut Window, question| window.tell(Intent::Look(Look::Over(Over::Browser(question))));
    open(&mut window, Question::SaveAs);
    window.press("Alt+L Ctrl+A");
    window.type_text(&format!("{}/", place.doc("papers").display()));
    window.press("Enter");
    window.click("New folder\u{2026}");
    assert!(window.field("Name of the folder").is_focused());
    window.press("Enter");
    assert!(window.shows("Name of the folder"), "without a name there is none");
    window.type_text("kept");
    window.press("Enter");
    assert!(place.doc("papers/kept").is_dir());
    window.type_text("mine");
    window.press("Enter");
    assert!(place.doc("papers/kept/mine.allegata.ron").exists(), "saved in the new folder");

    open(&mut window, Question::AddArticles);
    assert!(window.shows("What is in") && window.harness.query_by_label_contains("papers/kept").is_some());
    window.press("Backspace Ctrl+A");
    assert!(window.shows("2 files chosen"));
    window.press("Escape");
    open(&mut window, Question::OpenProject);
    let here = format!("What is in {}", place.doc("papers").display());
    assert!(window.harness.query_by_label(&here).is_some(), "where one was, also when one went away");
    window.press("Alt+N");
    window.type_text("kept");
    window.press("Enter");
    assert!(window.shows("Name of the folder"), "one of this name is there");
}
