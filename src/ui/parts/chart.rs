//! Lines of a chart from place to place, as they are in a report too: the same value, drawn in the window.

use egui::{Align2, Color32, Painter, Rect, Shape, Stroke, pos2};

use super::frame;
use crate::analysis::chart::{Estimate, Line, Lines, Part, Sign};
use crate::ui::fonts;
use crate::ui::theme::{STROKE, Tokens};

/// From the left edge to the first place: the numbers of the axis.
const AXIS: f32 = 34.0;
/// Room right of the last place, for the letters at the ends of lines.
const LETTERS: f32 = 16.0;
const DOT: f32 = 4.0;
const END: f32 = 5.0;

/// Where the places of a chart are.
#[derive(Clone, Copy, Debug)]
pub struct Plotted {
    pub plot: Rect,
    n: usize,
}

impl Plotted {
    /// The part of it that a place has.
    pub fn place(&self, idx: usize) -> Rect {
        let width = self.plot.width() / self.n.max(1) as f32;
        let left = width.mul_add(idx as f32, self.plot.left());
        Rect::from_min_max(pos2(left, self.plot.top()), pos2(left + width, self.plot.bottom()))
    }
}

/// Paints one part of a chart with its axis. `ink` is what a line without a colour is drawn in.
pub fn paint(
    painter: &Painter,
    rect: Rect,
    (chart, part): (&Lines, &Part),
    t: &Tokens,
    ink: impl Fn(&Sign) -> Color32,
) -> Plotted {
    let has_letters = part.lines.iter().any(|line| !line.sign.letter.is_empty());
    let right = rect.right() - if has_letters { LETTERS } else { 0.0 };
    let plot =
        Rect::from_min_max(pos2(rect.left() + AXIS, rect.top() + 8.0), pos2(right, rect.bottom() - 8.0));
    let plotted = Plotted { plot, n: chart.places.len() };
    let y = |value: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "a place in the window")]
        let share = chart.scale.place(value) as f32;
        plot.height().mul_add(-share, plot.bottom())
    };
    for tick in chart.scale.ticks() {
        painter.hline(plot.x_range(), y(tick), Stroke::new(STROKE, t.border));
        let at = pos2(plot.left() - 8.0, y(tick));
        frame::text(painter, at, Align2::RIGHT_CENTER, &chart.scale.shown(tick), fonts::SMALL, t.weak);
    }
    for mark in chart.marks.iter().filter(|mark| (chart.scale.low..=chart.scale.high).contains(*mark)) {
        let ends = [pos2(plot.left(), y(*mark)), pos2(plot.right(), y(*mark))];
        painter.extend(Shape::dashed_line(&ends, Stroke::new(STROKE, t.control), 2.0, 2.0));
    }
    changes(painter, chart, &plotted, t);
    for line in &part.lines {
        paint_line(painter, line, &plotted, &y, (ink(&line.sign), t));
    }
    plotted
}

/// What happened between the places: a line across, its name at the foot.
fn changes(painter: &Painter, chart: &Lines, plotted: &Plotted, t: &Tokens) {
    let plot = plotted.plot;
    for (nth, change) in chart.changes.iter().enumerate() {
        #[expect(clippy::cast_possible_truncation, reason = "a place in the window")]
        let share = (change.at / plotted.n.max(1) as f64) as f32;
        let x = plot.width().mul_add(share, plot.left());
        let ends = [pos2(x, plot.top()), pos2(x, plot.bottom())];
        painter.extend(Shape::dashed_line(&ends, Stroke::new(STROKE, t.normal), 2.0, 2.0));
        let width = frame::text_width(painter, &change.name, fonts::SMALL);
        let y = plot.bottom() - 12.0 - 16.0 * (nth % 3) as f32;
        let left = if x - width - 6.0 > plot.left() { x - width - 6.0 } else { x + 6.0 };
        frame::text(painter, pos2(left, y), Align2::LEFT_CENTER, &change.name, fonts::SMALL, t.normal);
    }
}

fn paint_line(
    painter: &Painter,
    line: &Line,
    plotted: &Plotted,
    y: &dyn Fn(f64) -> f32,
    (ink, t): (Color32, &Tokens),
) {
    let x = |idx: usize| plotted.place(idx).center().x;
    let has_letter = !line.sign.letter.is_empty();
    let stroke = if has_letter { Stroke::new(1.5, ink) } else { Stroke::new(STROKE, t.control) };
    let defined = |(idx, point): (usize, &Estimate)| Some(pos2(x(idx), y(point.value.ok()?)));
    let points: Vec<_> = line.points.iter().enumerate().map(defined).collect();
    // A place without a value breaks the line.
    for pair in points.windows(2) {
        if let [Some(from), Some(to)] = pair {
            match line.sign.stroke.as_str() {
                "dashed" => painter.extend(Shape::dashed_line(&[*from, *to], stroke, 5.0, 4.0)),
                "dotted" => painter.extend(Shape::dotted_line(&[*from, *to], ink, 4.5, 1.0)),
                _ => {
                    painter.line_segment([*from, *to], stroke);
                }
            }
        }
    }
    for (idx, point) in line.points.iter().enumerate() {
        if let Some((low, high)) = point.interval {
            let stroke = Stroke::new(1.5, ink);
            painter.vline(x(idx), y(high)..=y(low), stroke);
            for end in [low, high] {
                painter.hline(x(idx) - END..=x(idx) + END, y(end), stroke);
            }
        }
    }
    for at in points.iter().flatten() {
        painter.circle_filled(*at, if has_letter { 2.5 } else { DOT }, ink);
    }
    if let Some(last) = points.iter().rev().flatten().next().filter(|_| has_letter) {
        let at = pos2(plotted.plot.right() + 4.0, last.y);
        frame::text(painter, at, Align2::LEFT_CENTER, &line.sign.letter, fonts::LETTER, ink);
    }
}
