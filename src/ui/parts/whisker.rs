//! A figure with its interval on a line: a dot between two ends, and the marks that it is judged against.

use egui::{Color32, Painter, Rect, Shape, Stroke, pos2};

use crate::ui::theme::STROKE;

/// Radius of the dot, and half the height of the ends.
const DOT: f32 = 3.5;
const END: f32 = 5.0;

/// The numbers at the ends of the line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    pub low: f64,
    pub high: f64,
}

/// A figure with its interval, where it has these.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Value {
    pub value: Option<f64>,
    pub interval: Option<(f64, f64)>,
}

/// The colours of line, marks and figure.
#[derive(Clone, Copy, Debug)]
pub struct Inks {
    pub line: Color32,
    pub mark: Color32,
    pub figure: Color32,
}

impl Scale {
    /// The scale that begins at the first of a few round numbers with all of these on it, and ends at 1.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let least = values.into_iter().fold(1.0, f64::min);
        let low = [0.5, 0.0, -0.5, -1.0].into_iter().find(|low| *low <= least);
        Self { low: low.unwrap_or(-1.0), high: 1.0 }
    }

    /// Where a number lies on a line; what is beyond an end lies at it.
    pub fn x(&self, line: Rect, value: f64) -> f32 {
        let share = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        #[expect(clippy::cast_possible_truncation, reason = "a place in the window")]
        let share = share as f32;
        line.width().mul_add(share, line.left())
    }

    /// Whether a number is on it.
    pub fn holds(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }
}

/// Paints it along the middle of a line; marks are as high as the rectangle.
pub fn paint(painter: &Painter, line: Rect, scale: Scale, marks: &[f64], value: Value, inks: Inks) {
    let y = line.center().y;
    painter.hline(line.x_range(), y, Stroke::new(STROKE, inks.line));
    for mark in marks.iter().filter(|mark| scale.holds(**mark)) {
        let x = scale.x(line, *mark);
        let ends = [pos2(x, line.top()), pos2(x, line.bottom())];
        painter.extend(Shape::dashed_line(&ends, Stroke::new(STROKE, inks.mark), 2.0, 2.0));
    }
    if let Some((low, high)) = value.interval {
        let stroke = Stroke::new(1.5, inks.figure);
        painter.hline(scale.x(line, low)..=scale.x(line, high), y, stroke);
        for end in [low, high].into_iter().filter(|end| scale.holds(*end)) {
            painter.vline(scale.x(line, end), y - END..=y + END, stroke);
        }
    }
    if let Some(value) = value.value {
        painter.circle_filled(pos2(scale.x(line, value), y), DOT, inks.figure);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::vec2;

    #[test]
    fn a_scale_has_all_figures_on_it() {
        for (least, want) in [(0.63, 0.5), (0.4, 0.0), (-0.1, -0.5), (-0.7, -1.0), (-3.0, -1.0)] {
            let low = Scale::of([0.9, least]).low;
            assert!((low - want).abs() < 1e-9, "{least}: {low}");
        }
        assert!((Scale::of([]).low - 0.5).abs() < 1e-9);
        let line = Rect::from_min_size(pos2(10.0, 0.0), vec2(100.0, 10.0));
        let scale = Scale::of([0.6]);
        for (value, x) in [(0.5, 10.0), (0.75, 60.0), (1.0, 110.0), (-4.0, 10.0), (7.0, 110.0)] {
            assert!((scale.x(line, value) - x).abs() < 1e-3, "{value}");
        }
    }
}
