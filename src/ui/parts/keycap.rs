//! The key that would do the same, printed where the mouse would click.

use egui::{Align2, Color32, Painter, Pos2, Rect, Sense, Stroke, Ui, Vec2, pos2, vec2};

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

/// Length of a painted arrow.
const ARROW: f32 = 8.0;

/// Width of a cap: never narrower than high.
pub fn width(painter: &Painter, key: &str) -> f32 {
    (words_width(painter, key, fonts::KEYCAP) + 11.0).max(KEYCAP_HEIGHT).round()
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
    if parted(key).1.is_some() {
        let half = words_width(painter, key, fonts::KEYCAP) / 2.0;
        let right = pos2(rect.center().x + half, rect.center().y);
        paint_words(painter, right, key, fonts::KEYCAP, text);
    } else {
        frame::text(painter, rect.center(), Align2::CENTER_CENTER, key, fonts::KEYCAP, text);
    }
    rect.left()
}

/// The words of a key, and where its arrow points: `Ctrl Shift ↑`, `↓`. The type has no arrows.
fn parted(key: &str) -> (&str, Option<Vec2>) {
    let ways = [
        ("\u{2191}", vec2(0.0, -1.0)),
        ("\u{2193}", vec2(0.0, 1.0)),
        ("\u{2190}", vec2(-1.0, 0.0)),
        ("\u{2192}", vec2(1.0, 0.0)),
    ];
    ways.into_iter()
        .find_map(|(arrow, way)| Some((key.strip_suffix(arrow)?, Some(way))))
        .unwrap_or((key, None))
}

/// The width of a key as plain words.
pub fn words_width(painter: &Painter, key: &str, kind: fonts::Type) -> f32 {
    let (words, arrow) = parted(key);
    frame::text_width(painter, words, kind) + if arrow.is_some() { ARROW } else { 0.0 }
}

/// Paints a key as plain words, as in menus, with its right end at `right`.
pub fn paint_words(painter: &Painter, right: Pos2, key: &str, kind: fonts::Type, colour: Color32) {
    let (words, arrow) = parted(key);
    let mut end = right;
    if let Some(way) = arrow {
        paint_arrow(painter, pos2(right.x - ARROW / 2.0, right.y), way, colour);
        end.x -= ARROW;
    }
    frame::text(painter, end, Align2::RIGHT_CENTER, words, kind, colour);
}

fn paint_arrow(painter: &Painter, middle: Pos2, way: Vec2, colour: Color32) {
    let stroke = Stroke::new(1.0, colour);
    let (tip, tail) = (middle + way * (ARROW / 2.0), middle - way * (ARROW / 2.0));
    painter.line_segment([tail, tip], stroke);
    for side in [way.rot90(), -way.rot90()] {
        painter.line_segment([tip, tip - way * 3.0 + side * 2.5], stroke);
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_are_words_of_their_own() {
        let check = |key, words, arrow: bool| {
            let (got, way) = parted(key);
            assert_eq!((got, way.is_some()), (words, arrow), "{key}");
        };
        check("\u{2191}", "", true);
        check("Ctrl Shift \u{2193}", "Ctrl Shift ", true);
        check("Down", "Down", false);
        check("", "", false);
    }
}
