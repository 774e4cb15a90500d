//! Every stop of the Tab key shows its ring, and has a name.

use allegata::session::intent::Intent;
use allegata::session::job::Question;
use allegata::session::view::{Look, Over};
use egui::epaint::{ClippedShape, Shape};
use egui::{Rect, vec2};
use egui_kittest::Harness;

use crate::QUAY;
use crate::window::{Place, Window};

const RING: egui::Color32 = allegata::ui::theme::LIGHT.tokens.focus_ring;

/// The rings of the focus in this frame: two points wide, in the ring's colour.
fn rings(shapes: &[ClippedShape]) -> Vec<Rect> {
    fn of(shape: &Shape, found: &mut Vec<Rect>) {
        match shape {
            Shape::Rect(rect) if rect.stroke.color == RING && rect.stroke.width >= 1.9 => {
                found.push(rect.rect);
            }
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| of(shape, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    for clipped in shapes {
        of(&clipped.shape, &mut found);
    }
    found
}

/// Goes round by Tab and looks for a ring about each stop.
fn check_stops(window: &mut Window, what: &str, at_least: usize) {
    let mut seen = Vec::new();
    for _ in 0..80 {
        window.press("Tab");
        let ctx = window.harness.ctx.clone();
        let Some(id) = ctx.memory(egui::Memory::focused) else { break };
        if seen.contains(&id) {
            break;
        }
        seen.push(id);
        let place = ctx.read_response(id).unwrap().rect;
        let rings = rings(&window.harness.output().shapes);
        // Only what has the focus draws one, so it is enough that it stands there.
        let around = rings.iter().any(|ring| ring.left() < place.right() && ring.right() > place.left());
        assert!(around, "{what}: no ring at {place:?}, stop {}; rings {rings:?}", seen.len());
    }
    assert!(seen.len() >= at_least, "{what}: only {} stops", seen.len());
}

#[test]
fn what_stands_over_the_window_has_rings_too() {
    let place = Place::new();
    let path = place.project("quay.ron", QUAY);
    let mut window = Window::on(&place, &path);
    let lines =
        Over::Lines { head: "Left out".to_owned(), lines: vec!["a.txt".to_owned(), "b.txt".to_owned()] };
    let browser = Over::Browser(Question::AddArticles);
    for over in [Over::Safety, Over::About, Over::Help, Over::Coder, lines, browser] {
        window.tell(Intent::Look(Look::Over(over.clone())));
        check_stops(&mut window, &format!("{over:?}"), 1);
        window.tell(Intent::Look(Look::Close));
    }
}

#[test]
fn each_stop_of_tab_has_its_ring() {
    let place = Place::new();
    let path = place.project("quay.ron", QUAY);
    let mut window = Window::new(&place);
    check_stops(&mut window, "welcome", 5);
    let mut window = Window::on(&place, &path);
    check_stops(&mut window, "annotate", 15);
    window.press("Escape");
    let broken = place.write("broken.ron", "(");
    window.drop_files(&[&broken]);
    assert!(!window.notices().is_empty());
    check_stops(&mut window, "with a notice", 16);
    let mut window = Window::build(&place, Harness::builder().with_size(vec2(850.0, 600.0)));
    window.drop_files(&[&path]);
    check_stops(&mut window, "compact", 10);
    window.press("Ctrl+B");
    check_stops(&mut window, "drawer", 10);
}
