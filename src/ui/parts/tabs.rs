//! The tabs of the work places, and the row of choices of which one holds.

use egui::{Align2, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::{frame, spoken};
use crate::ui::fonts;
use crate::ui::theme::{self, CONTROL_HEIGHT, RADIUS, STROKE, STROKE_FOCUS, TOP_BAR};

/// Width of a tab, and the least that its name takes.
pub const WIDTH: f32 = 96.0;
pub const LEAST_WIDTH: f32 = 72.0;

/// Draws the tabs side by side; none is lit if `current` is `None`. Gives back the one that was clicked.
pub fn show(ui: &mut Ui, names: &[&str], current: Option<usize>, width: f32) -> Option<usize> {
    let size = vec2(width * names.len() as f32, TOP_BAR);
    let (row, _) = ui.allocate_exact_size(size, Sense::hover());
    let theme = theme::of(ui);
    let t = &theme.tokens;
    let mut clicked = None;
    for (idx, name) in names.iter().enumerate() {
        let rect = Rect::from_min_size(
            pos2(width.mul_add(idx as f32, row.left()), row.top()),
            vec2(width, row.height()),
        );
        let response = ui.interact(rect, ui.scope_id().with(("tab", *name)), Sense::click());
        let lit = current == Some(idx);
        response.widget_info(|| WidgetInfo::labeled(Role::Tab, ui.is_enabled(), name));
        spoken::option(&response, lit, idx);
        let painter = ui.painter();
        let (kind, colour) = match (lit, response.hovered()) {
            (true, _) => (fonts::INTERFACE_BOLD, t.strong),
            (false, true) => (fonts::INTERFACE, t.strong),
            (false, false) => (fonts::INTERFACE, t.weak),
        };
        let middle = pos2(rect.center().x, rect.center().y);
        frame::text(painter, middle, Align2::CENTER_CENTER, name, kind, colour);
        if lit {
            let line = Rect::from_min_max(
                pos2(rect.left() + 16.0, rect.bottom() - 1.0),
                pos2(rect.right() - 16.0, rect.bottom() + 1.0),
            );
            painter.rect_filled(line, 0, t.accent);
        }
        if response.has_focus() {
            frame::focus_ring(painter, rect.shrink2(vec2(8.0, 9.0)), RADIUS, &theme);
        }
        if response.clicked() {
            clicked = Some(idx);
        }
    }
    clicked
}

/// A row of choices in one frame, as *Disagree 6, Unsure 2, All 27*; fills the width that is given.
pub fn choices(ui: &mut Ui, names: &[&str], current: usize, width: f32) -> Option<usize> {
    let (row, _) = ui.allocate_exact_size(vec2(width, CONTROL_HEIGHT), Sense::hover());
    let theme = theme::of(ui);
    let t = &theme.tokens;
    let (parts, small) = parts(ui, names, width);
    let mut clicked = None;
    let mut left = row.left();
    frame::card(ui.painter(), row, RADIUS, t.surface, Stroke::NONE);
    for (idx, (name, part)) in names.iter().zip(parts).enumerate() {
        let rect = Rect::from_min_size(pos2(left, row.top()), vec2(part, row.height()));
        left = rect.right();
        let response = ui.interact(rect, ui.scope_id().with(("choice", *name)), Sense::click());
        let lit = current == idx;
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), lit, name));
        let painter = ui.painter();
        let side = |end: bool| if end { RADIUS } else { 0 };
        let (first, last) = (side(idx == 0), side(idx + 1 == names.len()));
        let corners = egui::CornerRadius { nw: first, sw: first, ne: last, se: last };
        if lit || response.hovered() {
            painter.rect_filled(rect, corners, if lit { t.selected } else { t.hover });
        }
        if idx > 0 {
            painter.vline(rect.left(), rect.y_range(), Stroke::new(STROKE, t.border));
        }
        let kind = match (lit, small) {
            (true, false) => fonts::INTERFACE_BOLD,
            (false, false) => fonts::INTERFACE,
            (true, true) => fonts::SMALL_BOLD,
            (false, true) => fonts::SMALL,
        };
        frame::text(painter, rect.center(), Align2::CENTER_CENTER, name, kind, t.strong);
        if response.has_focus() {
            painter.rect_stroke(
                rect.shrink(2.0),
                4,
                Stroke::new(STROKE_FOCUS, t.focus_ring),
                StrokeKind::Inside,
            );
        }
        if response.clicked() {
            clicked = Some(idx);
        }
    }
    ui.painter().rect_stroke(row, RADIUS, Stroke::new(STROKE, t.control), StrokeKind::Inside);
    clicked
}

/// How wide each choice is: all alike where each has room, else as their words ask for; and whether in small type.
fn parts(ui: &Ui, names: &[&str], width: f32) -> (Vec<f32>, bool) {
    let natural = |kind: fonts::Type| {
        let words = names.iter().map(|name| frame::text_width(ui.painter(), name, kind) + 12.0);
        words.collect::<Vec<f32>>()
    };
    let alike = width / names.len().max(1) as f32;
    let plain = natural(fonts::INTERFACE_BOLD);
    if plain.iter().all(|part| *part <= alike) {
        return (vec![alike; names.len()], false);
    }
    let small = plain.iter().sum::<f32>() > width;
    let words = if small { natural(fonts::SMALL_BOLD) } else { plain };
    let rest = (width - words.iter().sum::<f32>()) / names.len().max(1) as f32;
    (words.into_iter().map(|part| part + rest).collect(), small)
}
