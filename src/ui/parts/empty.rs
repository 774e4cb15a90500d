//! A place with nothing in it: one bold line, what to do, one button.

use egui::{Align2, Response, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::button::Button;
use super::frame;
use crate::ui::fonts;
use crate::ui::theme::{self, RADIUS, STROKE};

/// Draws it in a card as wide as there is room; gives back the button's response if there is one.
pub fn show(ui: &mut Ui, title: &str, text: &str, button: Option<Button<'_>>) -> Option<Response> {
    let theme = theme::of(ui);
    let t = &theme.tokens;
    let width = ui.available_width();
    let room = (width - 32.0).max(80.0);
    let title_galley = fonts::INTERFACE_BOLD.wrapped(ui.painter(), title, t.strong, room);
    let text_galley = fonts::INTERFACE.wrapped(ui.painter(), text, t.weak, room);
    let title_height = title_galley.size().y;
    let text_height = text_galley.size().y;
    let button_height = if button.is_some() { 12.0 + theme::CONTROL_HEIGHT } else { 0.0 };
    let height = 21.0 + title_height + 2.0 + text_height + button_height + 21.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, [title, text].join(" ")));
    let painter = ui.painter();
    frame::card(painter, rect, RADIUS, egui::Color32::TRANSPARENT, Stroke::new(STROKE, t.border));
    let mut top = rect.center_top() + vec2(0.0, 21.0);
    for galley in [title_galley, text_galley] {
        let size = galley.size();
        painter.galley(Align2::CENTER_TOP.anchor_size(top, size).min, galley, t.strong);
        top.y += size.y + 2.0;
    }
    let button = button?;
    let size = vec2(button.natural_width(painter), theme::CONTROL_HEIGHT);
    let place = Align2::CENTER_TOP.anchor_size(top + vec2(0.0, 10.0), size);
    Some(button.show_at(ui, place, response.id.with("button")))
}
