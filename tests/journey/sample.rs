//! The reliability sample: drawn in the window, taken back, and not said in the files that are handed out.

use std::process::Command;

use allegata::session::intent::Intent;
use allegata::session::view::Over;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use crate::agreement::dozen;
use crate::window::{Place, Window};

fn drawn(window: &Window) -> Vec<Vec<String>> {
    let articles = |draw: &allegata::model::draw::Draw| {
        draw.articles.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    window.project().draws().map(articles).collect()
}

#[test]
fn a_sample_is_drawn_undone_drawn_again_and_left_out_of_what_is_handed_out() {
    let place = Place::new();
    let path = place.keep("dozen.allegata.ron", &dozen());
    let mut window = Window::on(&place, &path);
    window.tell(Intent::Run("draw"));
    assert!(window.with(|session| session.view().over == Some(Over::Draw)));
    assert!(window.shows("Reliability sample"), "{:?}", window.texts());
    window.harness.get_by_role_and_label(Role::RadioButton, "a number of articles").click();
    window.settle();
    window.field("Number of articles").focus();
    window.press("Ctrl+A");
    window.type_text("nought");
    assert!(window.shows("The number of articles is a whole number"), "{:?}", window.texts());
    window.press("Ctrl+A");
    window.type_text("5");
    assert!(window.shows("5 articles of 12 would be drawn, 30 sentences."), "{:?}", window.texts());
    window.click("Draw 5 articles");
    let first = drawn(&window);
    assert_eq!(first.iter().map(Vec::len).collect::<Vec<_>>(), [5]);
    // One step back and it was never drawn; drawn again by the same seed it is the same.
    window.press("Ctrl+Z");
    assert!(drawn(&window).is_empty());
    window.tell(Intent::Run("draw"));
    window.click("Draw 5 articles");
    assert_eq!(drawn(&window), first);
    window.press("Ctrl+S");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("draws: ["), "{text}");
    let out = place.doc("out");
    let program = env!("CARGO_BIN_EXE_allegata");
    let handed = Command::new(program)
        .args(["handout", path.to_str().unwrap(), "--to", out.to_str().unwrap(), "--drawn"])
        .args(["--coder", "mira", "--coder", "jonas"])
        .output()
        .unwrap();
    assert!(handed.status.success(), "{}", String::from_utf8_lossy(&handed.stderr));
    let files: Vec<_> = std::fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 2, "{files:?}");
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let read = allegata::formats::project::read(text.as_bytes()).unwrap().project;
        assert_eq!(read.draws().count(), 0, "{}: which articles were drawn is not said", file.display());
        for article in &first[0] {
            assert!(read.articles().any(|one| one.id.as_str() == article), "both get {article}");
        }
    }
    // Taken back in the dialog, in which it is listed.
    window.tell(Intent::Run("draw"));
    window.harness.get_by_label("Take back").click();
    window.settle();
    assert!(drawn(&window).is_empty());
}
