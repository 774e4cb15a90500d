//! Every field to type in, wherever one is: as high as its text, inside the window, and a click is all that it needs.

use allegata::session::intent::Intent;
use allegata::session::job::Question;
use allegata::session::view::{Look, Over};
use egui::accesskit::Role;
use egui::{Rect, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::BRIDGE;
use crate::window::{Place, Window};

/// The fields that are shown now: name, and whether it has one line.
fn fields(window: &Window) -> Vec<(String, bool)> {
    let roles = [(Role::TextInput, true), (Role::MultilineTextInput, false)];
    let of = |(role, one_line): (Role, bool)| {
        let found = window.harness.query_all_by_role(role);
        found.filter_map(move |node| Some((node.accesskit_node().label()?, one_line))).collect::<Vec<_>>()
    };
    roles.into_iter().flat_map(of).collect()
}

/// Types into every field that came since these were shown; how many there are.
fn check(window: &mut Window, place: &str, behind: &[(String, bool)]) -> usize {
    let (mut shown, model) = (fields(window), window.model());
    shown.retain(|field| !behind.contains(field));
    for (name, one_line) in &shown {
        let rect = window.field(name).rect();
        let whole = window.harness.ctx.content_rect();
        assert!(whole.contains_rect(rect), "{place}: {name} at {rect:?}");
        assert!(!one_line || rect.height() <= 32.0, "{place}: {name} at {rect:?}");
        window.field(name).click();
        window.settle();
        assert!(window.field(name).is_focused(), "{place}: {name}");
        let before = window.field(name).value().unwrap_or_default();
        window.type_text("a1 U");
        let after = window.field(name).value().unwrap_or_default();
        assert_eq!(after.len(), before.len() + 4, "{place}: {name} has {after:?}");
        assert!(after.contains("a1 U"), "{place}: {name} has {after:?}");
        assert_eq!(window.model(), model, "{place}: {name}");
    }
    shown.len()
}

#[test]
fn a_click_is_enough_in_every_place_and_size() {
    for (size, narrow) in [(vec2(1280.0, 800.0), false), (vec2(800.0, 500.0), true)] {
        let place = Place::new();
        let article = place.write("bridge.txt", BRIDGE);
        let mut window = Window::build(&place, Harness::builder().with_size(size));
        window.drop_files(&[&article]);
        window.press("1");
        // Beside the text: name, and in a wide window filter and note; in a narrow one the note is a row.
        assert_eq!(
            check(&mut window, "the window", &[]),
            if narrow { 1 } else { 3 },
            "{:?}",
            fields(&window)
        );
        window.press("Escape");
        if narrow {
            let behind = fields(&window);
            window.press("Ctrl+B");
            assert_eq!(check(&mut window, "the drawer", &behind), 1);
            window.press("Escape Escape");
        }
        for (over, n) in [
            (Over::Palette, 1),
            (Over::Coder, 1),
            (Over::Browser(Question::AddArticles), 1),
            (Over::Browser(Question::SaveAs), 2),
            (Over::Browser(Question::Export("jsonl")), 2),
        ] {
            let behind = fields(&window);
            window.tell(Intent::Look(Look::Over(over.clone())));
            assert_eq!(check(&mut window, &format!("{over:?}"), &behind), n, "{over:?}");
            window.press("Escape");
        }
    }
}

/// The magnifier, the edges and the space above the text belong to the field.
#[test]
fn a_click_anywhere_in_the_field_is_meant_for_its_text() {
    let place = Place::new();
    let article = place.write("bridge.txt", BRIDGE);
    let mut window = Window::new(&place);
    window.drop_files(&[&article]);
    let text = window.field("Filter articles").rect();
    let field = Rect::from_min_max(
        pos2(12.0, text.center().y - 15.0),
        pos2(text.right() + 9.0, text.center().y + 15.0),
    );
    for at in [
        pos2(field.left() + 15.0, field.center().y),
        pos2(field.left() + 2.0, field.top() + 2.0),
        pos2(field.right() - 2.0, field.bottom() - 2.0),
    ] {
        // Twice: what has the keyboard keeps it.
        for _ in 0..2 {
            window.harness.hover_at(at);
            window.harness.drag_at(at);
            window.harness.drop_at(at);
            window.settle();
            assert!(window.field("Filter articles").is_focused(), "{at:?}");
        }
        window.press("Escape");
        assert!(!window.field("Filter articles").is_focused(), "{at:?}");
    }
}
