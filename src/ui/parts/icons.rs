//! The small signs, painted as paths; each stands beside a word or has a tooltip.

use std::f32::consts::PI;

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

/// A sign of about 12 points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    Tick,
    Ring,
    Half,
    /// A bar: set aside.
    Aside,
    Magnifier,
    Speech,
    Cross,
    Warning,
    ChevronDown,
    ChevronRight,
    /// Six dots: a row that can be dragged.
    Grip,
    /// Two sheets, one behind the other.
    Copies,
}

/// Paints the sign around its middle.
pub fn paint(painter: &Painter, icon: Icon, middle: Pos2, colour: Color32) {
    let at = |x: f32, y: f32| pos2(middle.x + x, middle.y + y);
    let line = |points: Vec<Pos2>, width: f32| painter.line(points, Stroke::new(width, colour));
    match icon {
        Icon::Tick => {
            line(vec![at(-4.75, 0.5), at(-1.75, 3.75), at(4.75, -3.5)], 2.0);
        }
        Icon::Ring => {
            painter.circle_stroke(middle, 4.25, Stroke::new(1.25, colour));
        }
        Icon::Half => {
            painter.circle_stroke(middle, 4.0, Stroke::new(1.5, colour));
            painter.add(Shape::convex_polygon(half_disc(middle, 4.0), colour, Stroke::NONE));
        }
        Icon::Aside => {
            line(vec![at(-4.0, 0.0), at(4.0, 0.0)], 1.5);
        }
        Icon::Copies => {
            let sheet = |x: f32, y: f32| Rect::from_min_max(at(x, y), at(x + 7.0, y + 7.0));
            let stroke = Stroke::new(1.25, colour);
            painter.rect_stroke(sheet(-5.0, -5.0), 1, stroke, egui::StrokeKind::Middle);
            painter.rect_stroke(sheet(-2.0, -2.0), 1, stroke, egui::StrokeKind::Middle);
        }
        Icon::Magnifier => {
            painter.circle_stroke(at(-1.25, -1.25), 4.0, Stroke::new(1.5, colour));
            line(vec![at(1.75, 1.75), at(5.0, 5.0)], 1.75);
        }
        Icon::Speech => {
            let body = vec![
                at(-5.5, -4.5),
                at(5.5, -4.5),
                at(5.5, 2.5),
                at(-1.0, 2.5),
                at(-3.5, 5.0),
                at(-3.5, 2.5),
                at(-5.5, 2.5),
            ];
            painter.add(Shape::closed_line(body, Stroke::new(1.5, colour)));
        }
        Icon::Cross => {
            line(vec![at(-3.0, -3.0), at(3.0, 3.0)], 1.5);
            line(vec![at(3.0, -3.0), at(-3.0, 3.0)], 1.5);
        }
        Icon::Warning => {
            let body = vec![at(0.0, -5.5), at(6.0, 5.0), at(-6.0, 5.0)];
            painter.add(Shape::closed_line(body, Stroke::new(1.5, colour)));
            line(vec![at(0.0, -1.5), at(0.0, 1.25)], 1.25);
            painter.circle_filled(at(0.0, 2.9), 0.75, colour);
        }
        Icon::ChevronDown => {
            line(vec![at(-3.0, -1.5), at(0.0, 1.5), at(3.0, -1.5)], 1.5);
        }
        Icon::ChevronRight => {
            line(vec![at(-1.5, -3.0), at(1.5, 0.0), at(-1.5, 3.0)], 1.5);
        }
        Icon::Grip => {
            for (x, y) in [(-2.0, -4.0), (2.0, -4.0), (-2.0, 0.0), (2.0, 0.0), (-2.0, 4.0), (2.0, 4.0)] {
                painter.circle_filled(at(x, y), 1.0, colour);
            }
        }
    }
}

/// A ring of any size, for the margin of the reader.
pub fn ring(painter: &Painter, middle: Pos2, radius: f32, stroke: Stroke) {
    painter.circle_stroke(middle, radius, stroke);
}

/// The right half of a disc.
fn half_disc(middle: Pos2, radius: f32) -> Vec<Pos2> {
    (0_u8..=12)
        .map(|step| {
            let angle = PI * (f32::from(step) / 12.0) - PI / 2.0;
            middle + radius * vec2(angle.cos(), angle.sin())
        })
        .collect()
}
