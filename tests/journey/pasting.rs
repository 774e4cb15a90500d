//! An article that is pasted, tags, a comment on an article.

use crate::begin::begun;
use crate::window::Place;
use allegata::session::intent::Intent;
use egui_kittest::kittest::Queryable as _;

#[test]
fn an_article_is_pasted_and_undone() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("Ctrl+Shift+V");
    assert!(window.field("Text").is_focused());
    window.type_text("The lock was old. Nobody saw 1 thief.");
    window.harness.get_by_label("Title").click();
    window.settle();
    window.type_text("A theft at the quay");
    window.harness.get_by_label("Date").click();
    window.settle();
    window.type_text("2025-05");
    window.click("Add article");
    assert_eq!((window.article().as_str(), window.at()), ("A theft at the quay", 1));
    let meta = window.with(|session| (*session.article().unwrap().meta).clone());
    assert_eq!(meta.published.as_deref(), Some("2025-05"));
    assert_eq!(window.with(|session| session.article().unwrap().n_sentences()), 2);
    window.press("1");
    assert_eq!(window.model(), ["1 allegation"]);
    let n = |window: &crate::window::Window| window.with(|session| session.derived().entries().len());
    assert_eq!(n(&window), 3);
    window.press("Ctrl+Z Ctrl+Z Ctrl+Z");
    assert_eq!(n(&window), 2);
}

/// What a person types into the text may have paragraphs: Enter is a line there.
#[test]
fn the_text_takes_lines_and_ctrl_enter_adds_it() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("Ctrl+Shift+V");
    window.type_text("The lock was old.");
    window.press("Enter Enter");
    window.type_text("Nobody saw it.");
    assert!(window.field("Text").is_focused(), "still being typed");
    window.press("Ctrl+Enter");
    let text = window.with(|session| session.article().unwrap().text().to_owned());
    assert_eq!(text.trim_end(), "The lock was old.\n\nNobody saw it.");
}

/// What the clipboard answers a frame later goes into the text, and the title is next.
#[test]
fn the_clipboard_is_asked_where_the_key_brings_no_text() {
    let place = Place::new();
    let mut window = begun(&place);
    let modifiers = egui::Modifiers { shift: true, ..egui::Modifiers::CTRL | egui::Modifiers::COMMAND };
    window.down(egui::Key::V, Some(egui::Key::V), modifiers, "");
    window.harness.step();
    window.harness.step();
    // The clipboard answers a frame after it was asked.
    let text = "It rained. ".repeat(30_000);
    window.harness.input_mut().events.push(egui::Event::Paste(text));
    window.harness.step();
    window.up(egui::Key::V, Some(egui::Key::V), modifiers);
    window.settle();
    assert!(window.field("Title").is_focused());
    assert!(window.shows("Text"));
    window.type_text("Rain");
    window.press("Enter");
    let n = window.with(|session| session.article().unwrap().n_sentences());
    assert_eq!(
        (window.article().as_str(), n),
        ("Rain", 30_000),
        "a text too long for the field comes in whole"
    );
}

#[test]
fn tags_are_typed_and_filtered_by() {
    let place = Place::new();
    let mut window = begun(&place);
    window.tell(Intent::Run("details"));
    window.harness.get_by_label("Tags").click();
    window.settle();
    window.type_text("court, follow  up");
    window.press("Enter");
    let tags = window.with(|session| session.article().unwrap().meta.tags.clone());
    assert_eq!(tags, ["court", "follow up"]);
    window.press("/");
    window.type_text("tag:court");
    assert_eq!(window.with(|session| session.derived().n_listed()), 1);
    window.press("Escape Ctrl+Z");
    assert!(window.with(|session| session.article().unwrap().meta.tags.is_empty()));
}

#[test]
fn a_comment_is_on_the_whole_article_and_found() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("1 Shift+C");
    window.type_text("Ask the archive about 1924");
    window.harness.get_by_label("About the whole article").click();
    window.settle();
    window.click("Add comment");
    window.press("Escape");
    let comments = window.project();
    let comment = comments.comments().next().unwrap();
    assert_eq!((comment.sentence, comment.text.as_str()), (None, "Ask the archive about 1924"));
    window.press("Ctrl+F");
    window.type_text("archive");
    assert_eq!(window.with(|session| session.search().found().n_hits()), 1);
}
