//! The head of a group in a list: it folds, and says how much the group holds.

use egui::{Align2, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::icons::{self, Icon};
use super::{frame, tooltip};
use crate::ui::fonts;
use crate::ui::theme::{self, RADIUS, STROKE, STROKE_FOCUS};

/// Height of a head, without the point between rows.
pub const HEIGHT: f32 = 32.0;
/// From the edges of the row to chevron, name and count.
const CHEVRON: f32 = 19.0;
const NAME: f32 = 34.0;
const RIGHT: f32 = 12.0;

/// The values of a head.
#[derive(Clone, Copy, Debug)]
pub struct GroupHead<'a> {
    pub name: &'a str,
    /// *12, 3 done*.
    pub count: &'a str,
    /// The same as it is read out: *12 articles, 3 done*.
    pub spoken: &'a str,
    pub folded: bool,
}

/// Draws the head in the width that is there.
pub fn show(ui: &mut Ui, head: &GroupHead<'_>) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::click());
    let words = format!("{}, {}", head.name, head.spoken);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), words.as_str()));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_expanded(!head.folded));
    if ui.is_rect_visible(rect) && paint(ui, rect, head, &response) {
        return tooltip::text(response, head.name);
    }
    response
}

/// True if the name had to be cut.
fn paint(ui: &Ui, rect: Rect, head: &GroupHead<'_>, response: &Response) -> bool {
    let (painter, t) = (ui.painter(), theme::of(ui).tokens);
    if response.hovered() {
        painter.rect_filled(rect, RADIUS, t.hover);
    }
    painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(STROKE, t.border));
    if response.has_focus() {
        let edge = Stroke::new(STROKE_FOCUS, t.focus_ring);
        painter.rect_stroke(rect, RADIUS, edge, egui::StrokeKind::Inside);
    }
    let middle = rect.center().y;
    let icon = if head.folded { Icon::ChevronRight } else { Icon::ChevronDown };
    icons::paint(painter, icon, pos2(rect.left() + CHEVRON, middle), t.normal);
    let at = pos2(rect.right() - RIGHT, middle);
    let count = frame::text(painter, at, Align2::RIGHT_CENTER, head.count, fonts::SMALL, t.weak);
    let at = pos2(rect.left() + NAME, middle);
    frame::text_between(painter, at, count.left() - 8.0, head.name, fonts::SMALL_BOLD, t.strong)
}
