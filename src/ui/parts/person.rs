//! A coder in few signs. Whoever's name is hidden is a number in a ring: a number in a square is a key.

use super::frame;
use crate::ui::fonts;
use egui::{Align2, Color32, Painter, Pos2, Rect, Stroke, Vec2, pos2};

const RING: f32 = 16.0;
const GAP: f32 = 5.0;

/// A coder as one sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person<'a> {
    /// First letters of the name, or the number.
    pub short: &'a str,
    pub hidden: bool,
}

impl Person<'_> {
    fn width(&self, painter: &Painter) -> f32 {
        let words = frame::text_width(painter, self.short, fonts::SMALL);
        // More than one digit makes it longer.
        if self.hidden { RING.max(words + 8.0) } else { words }
    }

    /// Paints it round its middle.
    pub fn paint(&self, painter: &Painter, middle: Pos2, colour: Color32) {
        if self.hidden {
            let ring = Rect::from_center_size(middle, Vec2::new(self.width(painter), RING));
            let edge = Stroke::new(1.0, colour);
            painter.rect_stroke(ring, RING / 2.0, edge, egui::StrokeKind::Inside);
            frame::text(painter, middle, Align2::CENTER_CENTER, self.short, fonts::KEYCAP, colour);
        } else {
            frame::text(painter, middle, Align2::CENTER_CENTER, self.short, fonts::SMALL, colour);
        }
    }
}

/// Paints several so that the last one ends at `right`; gives the left edge.
pub fn paint_all(painter: &Painter, right: Pos2, people: &[Person<'_>], colour: Color32) -> f32 {
    let mut x = right.x;
    for (nth, person) in people.iter().rev().enumerate() {
        x -= if nth == 0 { 0.0 } else { GAP };
        let width = person.width(painter);
        person.paint(painter, pos2(x - width / 2.0, right.y), colour);
        x -= width;
    }
    x
}
