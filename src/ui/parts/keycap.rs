//! The key that would do the same, printed where the mouse would click.

use egui::{Align2, Color32, Painter, Pos2, Rect, Sense, Stroke, Ui, pos2, vec2};

use super::frame;
use crate::ui::fonts;
use crate::ui::theme::{self, KEYCAP_HEIGHT, RADIUS_SMALL, STROKE, Theme};

/// What the cap lies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    Plain,
    /// A primary button.
    Accent,
    /// A disabled control.
    Disabled,
}

/// Width of a cap: never narrower than high.
pub fn width(painter: &Painter, key: &str) -> f32 {
    (frame::text_width(painter, key, fonts::KEYCAP) + 11.0).max(KEYCAP_HEIGHT).round()
}

/// Paints a cap with its right edge at `right`, in the middle of its row; gives back its left edge.
pub fn paint(painter: &Painter, theme: &Theme, right: Pos2, key: &str, ground: Ground) -> f32 {
    let size = vec2(width(painter, key), KEYCAP_HEIGHT);
    let rect = Rect::from_min_size(pos2(right.x - size.x, right.y - size.y / 2.0), size);
    let t = &theme.tokens;
    let (fill, edge, text) = match ground {
        Ground::Plain => (t.surface, t.border, t.weak),
        Ground::Accent => (Color32::TRANSPARENT, theme::mix(t.accent, t.on_accent, 0.35), t.on_accent),
        Ground::Disabled => (Color32::TRANSPARENT, t.border, t.weak),
    };
    frame::card(painter, rect, RADIUS_SMALL, fill, Stroke::new(STROKE, edge));
    frame::text(painter, rect.center(), Align2::CENTER_CENTER, key, fonts::KEYCAP, text);
    rect.left()
}

/// Paints several caps, the last one at `right`; gives back the left edge of the first.
pub fn paint_all(
    painter: &Painter,
    theme: &Theme,
    right: Pos2,
    keys: &[&str],
    gap: f32,
    ground: Ground,
) -> f32 {
    keys.iter()
        .rev()
        .fold(right.x + gap, |edge, key| paint(painter, theme, pos2(edge - gap, right.y), key, ground))
}

/// A cap standing by itself in a row.
pub fn show(ui: &mut Ui, key: &str) -> egui::Response {
    let size = vec2(width(ui.painter(), key), KEYCAP_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    if ui.is_rect_visible(rect) {
        paint(ui.painter(), &theme::of(ui), rect.right_center(), key, Ground::Plain);
    }
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, key));
    response
}
