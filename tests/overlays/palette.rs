//! The palette: finds, chooses, passes over.

use crate::{Window, harness, moment, opened, project, session_of, small, worked};
use allegata::model::ids::ArticleId;
use allegata::session::intent::Intent;
use allegata::session::view::Over;
use allegata::ui::theme::ThemeChoice;
use egui::accesskit::Role;
use egui::{Key, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

#[test]
fn the_palette_labels() {
    let mut h = small(Window::new(worked()).open(Over::Palette));
    h.get_by_label("Command, label or article").type_text("fact");
    h.run();
    h.key_press(Key::Enter);
    h.run();
    let window = h.state();
    assert!(window.session.view().over.is_none());
    let desk = window.session.desk().unwrap();
    let article = desk.article(&ArticleId::new("article-0")).unwrap();
    assert_eq!(desk.coding(article, 1).unwrap().labels_cell(), "fact");
}

/// Who types the whole name of a command means that one, not a longer name with the same words.
#[test]
fn the_name_itself_comes_first() {
    let mut h = small(Window::new(worked()).open(Over::Palette));
    h.get_by_label("Command, label or article").type_text("set aside");
    h.run();
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(h.state().session.view().over, Some(Over::Aside));
}

#[test]
fn the_palette_goes_to_articles() {
    let mut h = small(Window::new(worked()).open(Over::Palette));
    h.get_by_label("Command, label or article").type_text("school milk");
    h.run();
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(h.state().session.view().article, Some(ArticleId::new("article-1")));
}

/// Articles are asked for as in the list: what is typed may be a key, a phrase, a thing that is not to be.
#[test]
fn articles_are_asked_for_by_the_grammar() {
    let articles = |typed: &str| {
        let mut h = small(Window::new(worked()).open(Over::Palette));
        h.get_by_label("Command, label or article").type_text(typed);
        h.run();
        let session = &h.state().session;
        let found = session.derived().sought().list().iter();
        found
            .map(|idx| session.derived().entries()[*idx].article.shown_title().to_owned())
            .collect::<Vec<_>>()
    };
    let all = articles("title:a or title:e or title:o");
    assert_eq!(all.len(), 3, "{all:?}");
    let with = |word: &str| all.iter().filter(|title| title.to_lowercase().contains(word)).count();
    assert_eq!(articles("milk").len(), with("milk"));
    assert_eq!(articles("\"school milk\"").len(), with("school milk"));
    let without = articles("title:a or title:e or title:o -milk");
    assert_eq!(without.len(), all.len() - with("milk"), "{without:?}");
    assert!(!articles("label:denial").is_empty());
    assert_eq!(articles("xyz:denial"), Vec::<String>::new());
}

/// `label:denial` is no way to give that label.
#[test]
fn a_question_is_no_command() {
    let mut h = small(Window::new(worked()).open(Over::Palette));
    h.get_by_label("Command, label or article").type_text("label:denial");
    h.run();
    let before = h.state().session.desk().unwrap().revision();
    h.key_press(Key::Enter);
    h.run();
    let session = &h.state().session;
    assert!(session.view().over.is_none());
    assert_eq!(session.desk().unwrap().revision(), before, "nothing was answered");
}

#[test]
fn a_key_that_there_is_not_is_said() {
    let mut h = small(Window::new(worked()).open(Over::Palette));
    h.get_by_label("Command, label or article").type_text("xyz:denial");
    h.run();
    h.get_by_label_contains("there is no \u{201c}xyz:\u{201d} to ask for");
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(h.state().session.view().over, Some(Over::Palette), "nothing was chosen");
}

#[test]
fn what_cannot_run_is_passed_over() {
    let mut h = small(Window::new(session_of(opened(project(1)))).open(Over::Palette));
    h.get_by_label("Command, label or article").type_text("redo");
    h.run();
    let rows: Vec<_> = h.get_all_by_role(egui::accesskit::Role::ListBoxOption).collect();
    assert!(rows[0].accesskit_node().is_disabled(), "redo cannot run");
    drop(rows);
    h.key_press(Key::Enter);
    h.run();
    let is_run = |intent: &&String| intent.contains("redo") && !intent.contains("Seek");
    let ran: Vec<&String> = h.state().intents.iter().filter(is_run).collect();
    assert!(ran.is_empty(), "{ran:?}");
}

#[test]
fn a_palette_opened_again_is_empty() {
    let mut h = small(Window::new(worked()).open(Over::Palette));
    h.get_by_label("Command, label or article").type_text("zzz");
    h.run();
    h.get_by_label_contains("No command and no article matches");
    h.key_press(Key::Escape);
    h.run();
    h.state_mut().session.handle(Intent::Run("palette"), &moment());
    h.run();
    assert_eq!(h.state().drafts.palette.query, "");
}

/// 10,000 articles: how long a keystroke takes, and a frame in which nothing happens, is printed.
#[test]
fn many_articles_are_found_at_once() {
    let mut h = small(Window::new(session_of(opened(project(10_000)))).open(Over::Palette));
    for letter in "report 9".chars() {
        h.event(egui::Event::Text(letter.to_string()));
        let began = std::time::Instant::now();
        h.step();
        let key = began.elapsed();
        h.run_ok();
        let began = std::time::Instant::now();
        h.step();
        println!("{letter:?}: {key:?}, idle {:?}", began.elapsed());
    }
    let rows: Vec<_> =
        h.get_all_by_role(Role::ListBoxOption).filter_map(|row| row.accesskit_node().label()).collect();
    assert_eq!(rows[0], "Report number 9");
    assert!(rows.iter().all(|row| row.starts_with("Report number 9")), "{rows:?}");
}

#[test]
fn the_palette_looks_as_it_did() {
    let window = Window::new(worked()).open(Over::Palette);
    let mut h = harness(window, vec2(660.0, 440.0), ThemeChoice::Light);
    h.get_by_label("Command, label or article").type_text("den");
    h.run();
    h.snapshot("palette-light");
}
