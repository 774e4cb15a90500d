//! Rows of a menu, the word in the top bar that opens one, and the button that shows a choice.

use egui::{Align2, Frame, Margin, Painter, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::icons::{self, Icon};
use super::{frame, keycap, tooltip};
use crate::ui::fonts;
use crate::ui::theme::{self, BAR_CONTROL_HEIGHT, MENU_ROW_HEIGHT, RADIUS, RADIUS_SMALL, STROKE, Theme};

/// Least width of a menu, inside.
pub const WIDTH: f32 = 240.0;

/// The frame of a menu or of anything that floats.
pub fn menu_frame(theme: &Theme) -> Frame {
    Frame::new()
        .fill(theme.tokens.surface)
        .stroke(Stroke::new(STROKE, theme.tokens.border))
        .corner_radius(RADIUS)
        .shadow(theme.popup_shadow())
        .inner_margin(Margin::same(4))
}

/// One entry: its words, its keys at the right, and why it cannot run if it cannot.
pub fn row(ui: &mut Ui, text: &str, keys: &str, disabled: Option<&str>) -> Response {
    row_with(ui, text, keys, disabled, None)
}

/// The width that an entry needs: a menu is as wide as its widest, so that all keys stand in one column.
pub fn natural_width(painter: &Painter, text: &str, keys: &str) -> f32 {
    let keys = if keys.is_empty() { 0.0 } else { 24.0 + keycap::words_width(painter, keys, fonts::SMALL) };
    16.0 + frame::text_width(painter, text, fonts::INTERFACE) + keys
}

/// An entry with a tick or another sign before its words.
pub fn row_with(ui: &mut Ui, text: &str, keys: &str, disabled: Option<&str>, icon: Option<Icon>) -> Response {
    let painter = ui.painter();
    let indent = if icon.is_some() { 20.0 } else { 0.0 };
    let natural = indent + natural_width(painter, text, keys);
    let width = natural.max(ui.available_width().min(WIDTH)).max(ui.min_rect().width());
    let sense = if disabled.is_none() { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(width, MENU_ROW_HEIGHT), sense);
    let enabled = disabled.is_none() && ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, enabled, text));
    let (painter, t) = (ui.painter(), theme::of(ui).tokens);
    if enabled && (response.hovered() || response.has_focus()) {
        painter.rect_filled(rect, RADIUS_SMALL, t.hover);
    }
    let middle = rect.center().y;
    let colour = if enabled { t.strong } else { t.weak };
    if let Some(icon) = icon {
        icons::paint(painter, icon, pos2(rect.left() + 14.0, middle), colour);
    }
    let at = pos2(rect.left() + 8.0 + indent, middle);
    frame::text(painter, at, Align2::LEFT_CENTER, text, fonts::INTERFACE, colour);
    let at = pos2(rect.right() - 8.0, middle);
    keycap::paint_words(painter, at, keys, fonts::SMALL, t.weak);
    match disabled {
        Some(reason) => tooltip::text(response, reason),
        None => response,
    }
}

/// A line between groups of entries.
pub fn gap(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.min_rect().width().max(WIDTH), 9.0), Sense::hover());
    let stroke = Stroke::new(STROKE, theme::of(ui).tokens.border);
    ui.painter().hline(rect.x_range(), rect.center().y, stroke);
}

/// The word in the top bar; the view hangs the popup on its response.
pub fn head(ui: &mut Ui, text: &str, open: bool) -> Response {
    let width = frame::text_width(ui.painter(), text, fonts::INTERFACE) + 16.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, BAR_CONTROL_HEIGHT), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::MenuItem, ui.is_enabled(), open, text));
    let (painter, theme) = (ui.painter(), theme::of(ui));
    let t = &theme.tokens;
    if open || response.hovered() {
        painter.rect_filled(rect, RADIUS_SMALL, if open { t.selected } else { t.hover });
    }
    if response.has_focus() {
        frame::focus_ring(painter, rect.shrink(2.0), RADIUS_SMALL, &theme);
    }
    frame::text(painter, rect.center(), Align2::CENTER_CENTER, text, fonts::INTERFACE, t.normal);
    response
}

/// What is chosen, with a chevron: a drop-down in a field's frame.
pub fn choice(ui: &mut Ui, name: &str, chosen: &str, width: f32) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(width, theme::CONTROL_HEIGHT), Sense::click());
    response.widget_info(|| drop_down_info(name, chosen));
    let (painter, theme) = (ui.painter(), theme::of(ui));
    let t = &theme.tokens;
    let fill = if response.hovered() { t.hover } else { t.surface };
    frame::card(painter, rect, RADIUS, fill, Stroke::new(STROKE, t.control));
    if response.has_focus() {
        frame::focus_ring(painter, rect, RADIUS, &theme);
    }
    icons::paint(painter, Icon::ChevronDown, pos2(rect.right() - 13.0, rect.center().y), t.normal);
    let at = pos2(rect.left() + 9.0, rect.center().y);
    let cut = frame::text_between(painter, at, rect.right() - 22.0, chosen, fonts::INTERFACE, t.strong);
    if cut { tooltip::text(response, chosen) } else { response }
}

/// The same without a frame, in small type, as *Oldest first* over a list.
pub fn quiet_choice(ui: &mut Ui, name: &str, chosen: &str) -> Response {
    let width = frame::text_width(ui.painter(), chosen, fonts::SMALL) + 13.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, theme::LEAST_TARGET), Sense::click());
    response.widget_info(|| drop_down_info(name, chosen));
    let (painter, theme) = (ui.painter(), theme::of(ui));
    let t = &theme.tokens;
    let colour = if response.hovered() { t.strong } else { t.weak };
    frame::text(painter, rect.left_center(), Align2::LEFT_CENTER, chosen, fonts::SMALL, colour);
    icons::paint(painter, Icon::ChevronDown, pos2(rect.right() - 4.0, rect.center().y), colour);
    if response.has_focus() {
        frame::focus_ring(painter, rect, RADIUS_SMALL, &theme);
    }
    response
}

fn drop_down_info(name: &str, chosen: &str) -> WidgetInfo {
    let mut info = WidgetInfo::labeled(Role::ComboBox, true, name);
    info.current_text_value = Some(chosen.to_owned());
    info
}
