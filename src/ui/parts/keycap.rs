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
    if let [Piece::Words(words)] = pieces(key).as_slice() {
        frame::text(painter, rect.center(), Align2::CENTER_CENTER, words, fonts::KEYCAP, text);
    } else {
        let right = rect.center().x + words_width(painter, key, fonts::KEYCAP) / 2.0;
        paint_words(painter, pos2(right, rect.center().y), key, fonts::KEYCAP, text);
    }
    rect.left()
}

/// A part of what stands on a cap. The type has no arrows: they are painted.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Piece<'a> {
    Words(&'a str),
    /// Where it points.
    Arrow(Vec2),
}

/// What stands on a cap: `Ctrl Shift ↑`, `↓`.
fn pieces(key: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = key;
    while let Some((at, c)) = rest.char_indices().find(|(_, c)| way(*c).is_some()) {
        let (words, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
        if !words.is_empty() {
            pieces.push(Piece::Words(words));
        }
        pieces.extend(way(c).map(Piece::Arrow));
        rest = after.get(c.len_utf8()..).unwrap_or_default();
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest));
    }
    pieces
}

fn way(c: char) -> Option<Vec2> {
    match c {
        '\u{2191}' => Some(vec2(0.0, -1.0)),
        '\u{2193}' => Some(vec2(0.0, 1.0)),
        '\u{2190}' => Some(vec2(-1.0, 0.0)),
        '\u{2192}' => Some(vec2(1.0, 0.0)),
        _ => None,
    }
}

/// The width of a key as plain words.
pub fn words_width(painter: &Painter, key: &str, kind: fonts::Type) -> f32 {
    let width = |piece: &Piece<'_>| match piece {
        Piece::Words(words) => frame::text_width(painter, words, kind),
        Piece::Arrow(_) => ARROW,
    };
    pieces(key).iter().map(width).sum()
}

/// Paints a key as plain words, as in menus, with its right end at `right`.
pub fn paint_words(painter: &Painter, right: Pos2, key: &str, kind: fonts::Type, colour: Color32) {
    let mut end = right;
    for piece in pieces(key).into_iter().rev() {
        match piece {
            Piece::Words(words) => {
                end.x = frame::text(painter, end, Align2::RIGHT_CENTER, words, kind, colour).left();
            }
            Piece::Arrow(way) => {
                paint_arrow(painter, pos2(end.x - ARROW / 2.0, end.y), way, colour);
                end.x -= ARROW;
            }
        }
    }
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
    fn arrows_are_pieces_of_their_own() {
        let check = |key, want: &[Piece<'_>]| assert_eq!(pieces(key), want, "{key}");
        let (up, down) = (Piece::Arrow(vec2(0.0, -1.0)), Piece::Arrow(vec2(0.0, 1.0)));
        check("\u{2191}", &[up]);
        check("Ctrl Shift \u{2193}", &[Piece::Words("Ctrl Shift "), down]);
        check("\u{2193} \u{2191}", &[down, Piece::Words(" "), up]);
        check("Down", &[Piece::Words("Down")]);
        check("", &[]);
    }
}
