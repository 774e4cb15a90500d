//! A box to tick, with its key: *Unsure*.

use egui::{Align2, Rect, Response, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::frame;
use super::icons::{self, Icon};
use super::keycap::{self, Ground};
use crate::ui::fonts;
use crate::ui::theme::{self, CHIP_HEIGHT, RADIUS_SMALL, STROKE};

/// Takes the whole width if a key stands at its right end; a click only tells, the caller keeps the tick.
pub fn show(ui: &mut Ui, ticked: bool, name: &str, key: Option<&str>) -> Response {
    let natural = 39.0 + frame::text_width(ui.painter(), name, fonts::INTERFACE);
    let width = if key.is_some() { ui.available_width().max(natural) } else { natural };
    show_sized(ui, ticked, name, key, vec2(width, CHIP_HEIGHT), 11.0)
}

/// In a bar: as wide as its words, the box at the left edge.
pub fn show_in_bar(ui: &mut Ui, ticked: bool, name: &str) -> Response {
    let width = 25.0 + frame::text_width(ui.painter(), name, fonts::INTERFACE);
    show_sized(ui, ticked, name, None, vec2(width, theme::BAR_CONTROL_HEIGHT), 0.0)
}

fn show_sized(ui: &mut Ui, ticked: bool, name: &str, key: Option<&str>, size: Vec2, indent: f32) -> Response {
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), ticked, name));
    let (painter, theme) = (ui.painter(), theme::of(ui));
    let t = &theme.tokens;
    let middle = rect.center().y;
    let square = Rect::from_center_size(pos2(rect.left() + indent + 8.0, middle), Vec2::splat(16.0));
    let (fill, edge) = if ticked { (t.accent, t.accent) } else { (t.surface, t.control) };
    let fill = if response.hovered() && !ticked { t.hover } else { fill };
    frame::card(painter, square, RADIUS_SMALL, fill, Stroke::new(STROKE, edge));
    if ticked {
        icons::paint(painter, Icon::Tick, square.center(), t.on_accent);
    }
    if response.has_focus() {
        frame::focus_ring(painter, square, RADIUS_SMALL, &theme);
    }
    let at = pos2(square.right() + if indent > 0.0 { 12.0 } else { 9.0 }, middle);
    frame::text(painter, at, Align2::LEFT_CENTER, name, fonts::INTERFACE, t.strong);
    if let Some(key) = key {
        keycap::paint(painter, &theme, pos2(rect.right() - 9.0, middle), key, Ground::Plain);
    }
    response
}
