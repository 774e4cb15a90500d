//! The whole article as a strip of cells: what is answered, where one is, what is in view.

use std::ops::Range;

use egui::{
    Color32, Painter, Pos2, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2,
};

use super::prose::Line;
use crate::ui::theme::{self, STROKE, Tokens};

/// Width of the cells.
pub const WIDTH: f32 = 9.0;
/// Room that the pointer takes left of the cells, and the line right of them.
pub const LEFT: f32 = 7.0;
pub const RIGHT: f32 = 5.0;

/// The answer of one sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CellKind {
    Unanswered,
    None,
    /// Solid fills the cell, dashed is two bars, dotted a thin one.
    Label {
        mark: Color32,
        line: Line,
    },
}

/// One sentence: its answer and how much room it takes (code points).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    pub kind: CellKind,
    pub len: usize,
}

/// What was done to the strip.
pub struct OverviewOutput {
    pub response: Response,
    /// The sentence that was clicked or dragged to.
    pub go_to: Option<usize>,
}

/// Draws the strip in `rect` (cells `WIDTH` wide from its left edge on); `in_view` is a share of the height, 0 to 1.
pub fn show(
    ui: &Ui,
    rect: Rect,
    cells: &[Cell],
    current: Option<usize>,
    in_view: Range<f32>,
) -> OverviewOutput {
    let strip = Rect::from_min_max(rect.min, pos2(rect.left() + WIDTH, rect.bottom()));
    let target =
        Rect::from_min_max(pos2(rect.left() - LEFT, rect.top()), pos2(strip.right() + RIGHT, rect.bottom()));
    let response = ui.interact(target, ui.scope_id().with("overview"), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, ui.is_enabled(), "Overview of the article"));
    let map = Map::new(cells, strip.height());
    let t = theme::of(ui).tokens;
    let painter = ui.painter();
    paint_cells(painter, strip, cells, &map, &t);
    if let Some((top, bottom)) = current.and_then(|idx| map.span(cells, idx)) {
        let middle = strip.top() + f32::midpoint(top, bottom);
        painter.add(pointer(pos2(strip.left() - 2.0, middle), t.strong));
    }
    let (from, to) = (in_view.start.clamp(0.0, 1.0), in_view.end.clamp(0.0, 1.0));
    if to > from {
        let x = strip.right() + 3.0;
        let y = |share: f32| strip.height().mul_add(share, strip.top());
        let line = Rect::from_min_max(pos2(x, y(from)), pos2(x + 2.0, y(to)));
        painter.rect_filled(line, 1, t.control);
    }
    let at = response.interact_pointer_pos().filter(|_| response.clicked() || response.dragged());
    let go_to = at.and_then(|pos| map.index_at(cells, pos.y - strip.top()));
    OverviewOutput { response, go_to }
}

/// Where the cells are: heights follow the length of the sentences.
struct Map {
    /// Points per code point.
    scale: f32,
    /// Points between cells; none when they would eat the cells.
    gap: f32,
    /// Added to each length, so that the shortest sentence is seen.
    base: f32,
}

impl Map {
    fn new(cells: &[Cell], height: f32) -> Self {
        let n = cells.len().max(1) as f32;
        let total: f32 = cells.iter().map(|cell| cell.len as f32).sum::<f32>();
        let base = total / n * 0.25;
        let gap = if height / n >= 4.0 { 1.5 } else { 0.0 };
        let free = (height - gap * (n - 1.0)).max(1.0);
        Self { scale: free / base.mul_add(n, total).max(1.0), gap, base }
    }

    fn height(&self, cell: &Cell) -> f32 {
        (cell.len as f32 + self.base) * self.scale
    }

    /// Top and bottom of each cell, from the strip's top on.
    fn spans<'a>(&'a self, cells: &'a [Cell]) -> impl Iterator<Item = (f32, f32)> + 'a {
        cells.iter().scan(0.0_f32, |top, cell| {
            let span = (*top, *top + self.height(cell));
            *top = span.1 + self.gap;
            Some(span)
        })
    }

    fn span(&self, cells: &[Cell], idx: usize) -> Option<(f32, f32)> {
        self.spans(cells).nth(idx)
    }

    fn index_at(&self, cells: &[Cell], y: f32) -> Option<usize> {
        if cells.is_empty() {
            return None;
        }
        let found = self.spans(cells).position(|(_, bottom)| y < bottom + self.gap);
        Some(found.unwrap_or(cells.len() - 1))
    }
}

fn paint_cells(painter: &Painter, strip: Rect, cells: &[Cell], map: &Map, t: &Tokens) {
    let mut last_drawn = f32::NEG_INFINITY;
    let mut longest: Option<(f32, &Cell)> = None;
    for (cell, (top, bottom)) in cells.iter().zip(map.spans(cells)) {
        if bottom - top >= 1.0 {
            paint_cell(painter, strip, cell.kind, (top, bottom), t);
            continue;
        }
        // Under a point high: of all that share a point, the longest speaks for the rest.
        if top - last_drawn >= 1.0 {
            if let Some((from, shown)) = longest.take() {
                paint_cell(painter, strip, shown.kind, (from, from + 1.0), t);
            }
            last_drawn = top.floor();
        }
        if longest.is_none_or(|(_, other)| cell.len > other.len) {
            longest = Some((last_drawn, cell));
        }
    }
    if let Some((from, shown)) = longest {
        paint_cell(painter, strip, shown.kind, (from, from + 1.0), t);
    }
}

fn paint_cell(painter: &Painter, strip: Rect, kind: CellKind, (top, bottom): (f32, f32), t: &Tokens) {
    let part = |left: f32, right: f32| {
        Rect::from_min_max(
            pos2(strip.left() + left, strip.top() + top),
            pos2(strip.left() + right, strip.top() + bottom),
        )
    };
    match kind {
        CellKind::Unanswered if bottom - top < 4.0 => {
            painter.rect_filled(part(0.5, 8.5), 0, t.border);
        }
        CellKind::Unanswered => {
            painter.rect_stroke(part(0.0, WIDTH), 1, Stroke::new(STROKE, t.border), StrokeKind::Inside);
        }
        CellKind::None => {
            let middle = part(1.0, 8.0).center();
            let dash = Rect::from_center_size(middle, egui::vec2(7.0, 1.5));
            painter.rect_filled(dash, 0, t.weak);
        }
        CellKind::Label { mark, line: Line::Solid } => {
            painter.rect_filled(part(0.0, WIDTH), 0, mark);
        }
        CellKind::Label { mark, line: Line::Dashed } => {
            painter.rect_filled(part(0.0, 3.75), 0, mark);
            painter.rect_filled(part(5.25, WIDTH), 0, mark);
        }
        CellKind::Label { mark, line: Line::Dotted } => {
            painter.rect_filled(part(3.0, 6.0), 0, mark);
        }
    }
}

fn pointer(tip: Pos2, colour: Color32) -> Shape {
    let back = tip.x - 5.0;
    Shape::convex_polygon(vec![tip, pos2(back, tip.y + 4.0), pos2(back, tip.y - 4.0)], colour, Stroke::NONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(lens: &[usize]) -> Vec<Cell> {
        lens.iter().map(|len| Cell { kind: CellKind::Unanswered, len: *len }).collect()
    }

    #[test]
    fn the_cells_fill_the_strip() {
        for lens in [vec![10, 20, 30], vec![5; 4], vec![3; 5_000], vec![0, 0]] {
            let cells = cells(&lens);
            let map = Map::new(&cells, 700.0);
            let end = map.spans(&cells).last().map_or(0.0, |(_, bottom)| bottom);
            if lens.iter().any(|len| *len > 0) {
                assert!((end - 700.0).abs() < 1.0, "{} cells end at {end}", lens.len());
            }
        }
    }

    #[test]
    fn a_click_finds_the_cell_under_it() {
        let cells = cells(&[10, 200, 10, 45, 0]);
        let map = Map::new(&cells, 600.0);
        for (idx, (top, bottom)) in map.spans(&cells).enumerate() {
            assert_eq!(map.index_at(&cells, f32::midpoint(top, bottom)), Some(idx));
        }
        assert_eq!(map.index_at(&cells, -5.0), Some(0));
        assert_eq!(map.index_at(&cells, 9_999.0), Some(4));
        assert_eq!(map.index_at(&[], 5.0), None);
    }
}
