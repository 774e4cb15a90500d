//! Edges and fills that the controls share, and text set into them.

use egui::epaint::CornerRadius;
use egui::{Align2, Color32, Painter, Pos2, Rect, Stroke, StrokeKind, pos2};

use crate::ui::fonts::Type;
use crate::ui::theme::{RADIUS, STROKE, STROKE_FOCUS, Theme};

/// A filled rectangle with an edge that lies inside it.
pub fn card(painter: &Painter, rect: Rect, radius: u8, fill: Color32, edge: Stroke) {
    painter.rect(rect, CornerRadius::same(radius), fill, edge, StrokeKind::Inside);
}

/// A card that floats.
pub fn floating(painter: &Painter, rect: Rect, theme: &Theme) {
    let t = &theme.tokens;
    painter.add(theme.popup_shadow().as_shape(rect, CornerRadius::same(RADIUS)));
    card(painter, rect, RADIUS, t.surface, Stroke::new(STROKE, t.border));
}

/// The ring of the keyboard focus, two points wide and two away.
pub fn focus_ring(painter: &Painter, rect: Rect, radius: u8, theme: &Theme) {
    let ring = Stroke::new(STROKE_FOCUS, theme.tokens.focus_ring);
    painter.rect_stroke(rect.expand(2.0), CornerRadius::same(radius + 2), ring, StrokeKind::Outside);
}

/// One row of text set at a corner, edge or the middle; gives back where it went.
pub fn text(painter: &Painter, at: Pos2, anchor: Align2, text: &str, kind: Type, colour: Color32) -> Rect {
    let galley = kind.line(painter, text, colour, f32::INFINITY);
    let rect = anchor.anchor_size(at, galley.size());
    painter.galley(rect.min, galley, colour);
    rect
}

/// One row of text between `left` and `right`, cut with `…` where it must be; true if it was.
pub fn text_between(
    painter: &Painter,
    left: Pos2,
    right: f32,
    text: &str,
    kind: Type,
    colour: Color32,
) -> bool {
    let galley = kind.line(painter, text, colour, (right - left.x).max(0.0));
    let cut = galley.elided;
    painter.galley(pos2(left.x, left.y - galley.size().y / 2.0), galley, colour);
    cut
}

/// Width of one row of text.
pub fn text_width(painter: &Painter, text: &str, kind: Type) -> f32 {
    kind.line(painter, text, Color32::PLACEHOLDER, f32::INFINITY).size().x
}
