//! The same in the real window, where the keys pass through its own hands first.

use crate::window::{Place, Window};
use allegata::session::desk::Desk;
use allegata::session::intent::Intent;
use allegata::session::job::{JobResult, Question};
use allegata::session::view::Over;

const TWO: [(&str, &str); 2] =
    [("alder.ron", "The mayor denies it."), ("birch.ron", "It rained for a week. Nobody was told. [none]")];

fn no_dialog(question: Question) -> Intent {
    Intent::Finished(Box::new(JobResult::Asked { dialog: None, question, paths: vec![], no_service: true }))
}

fn title(window: &Window) -> String {
    window.desk(Desk::file_name)
}

#[test]
fn a_project_is_opened_without_a_dialog() {
    let place = Place::new();
    let paths = TWO.map(|(name, drawing)| place.project(name, drawing));
    let mut window = Window::on(&place, &paths[0]);
    window.tell(no_dialog(Question::OpenProject));
    assert_eq!(
        window.with(|session| session.view().over.clone()),
        Some(Over::Browser(Question::OpenProject))
    );
    window.press("B Enter");
    assert_eq!(title(&window), "birch.ron");
}

#[test]
fn the_palette_is_opened_typed_into_and_left() {
    let place = Place::new();
    let path = place.project(TWO[0].0, TWO[0].1);
    let mut window = Window::on(&place, &path);
    window.press("Ctrl+K D E N Escape");
    assert_eq!(window.with(|session| session.view().over.clone()), None);
    assert!(window.model().is_empty(), "letters typed in the palette label nothing");
    window.press("Ctrl+K D E N I Enter");
    assert_eq!(window.model(), ["1 denial"]);
    window.press("F1 Down PageDown Escape Ctrl+K Ctrl+K");
    assert_eq!(window.with(|session| session.view().over.clone()), None);
}

#[test]
fn one_comes_back_to_the_welcome_page_and_goes_on() {
    let place = Place::new();
    let path = place.project(TWO[0].0, TWO[0].1);
    let mut window = Window::on(&place, &path);
    window.press("1 Ctrl+W");
    assert!(!window.has_project());
    assert!(window.shows("1 of 1 answered \u{b7} go on"));
    window.press("Enter");
    assert_eq!(title(&window), "alder.ron");
}

#[test]
fn pictures() {
    let Some(folder) = std::env::var_os("ALLEGATA_PICTURES").map(std::path::PathBuf::from) else { return };
    let place = Place::new();
    let path = place.project("cold.ron", "# Dairy group accused of rewriting records | Ledger | 2025-03-14\nThe dairy altered its records, three people say. [allegation] The dairy rejects that. [denial] The county opened a file. [fact] Nights are long. [none] More is to come.\n\nNobody was there. The board meets on Monday.\n# Parents demand denials | Post | 2025-03-15\nParents want to know. They wait.");
    for choice in [egui::Theme::Light, egui::Theme::Dark] {
        let builder = egui_kittest::Harness::builder()
            .with_size(crate::window::SIZE)
            .with_theme(choice)
            .renderer(crate::cpu::CpuRenderer::default());
        let mut window = Window::build(&place, builder);
        window.answer(Question::OpenProject, &[&path]);
        let keep = |window: &mut Window, name: &str| {
            window
                .harness
                .render()
                .unwrap()
                .save(folder.join(format!("real-{name}-{choice:?}.png")))
                .unwrap();
        };
        for (keys, name) in [("Ctrl+K D E N", "palette"), ("Escape F1", "help"), ("Escape Ctrl+W", "welcome")]
        {
            window.press(keys);
            keep(&mut window, name);
        }
    }
}
