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
/// Height of a mark.
const HIT: f32 = 4.0;

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

/// What was done to the strip.
pub struct OverviewOutput {
    pub response: Response,
    /// The sentence that was clicked or dragged to.
    pub go_to: Option<usize>,
    /// The sentence under the pointer.
    pub pointed: Option<usize>,
}

/// Where the cells are: heights follow the length of the sentences. Kept from frame to frame, for an article may have very many.
#[derive(Debug, Default)]
pub struct Cells {
    /// Length of each sentence, in code points.
    lens: Vec<usize>,
    /// The height of the strip that the rest is for.
    height: f32,
    map: Map,
    /// Top of each cell, from the strip's top on; after the last one its end and the gap below it.
    tops: Vec<f32>,
    /// What is drawn: a cell, and from where to where.
    drawn: Vec<(usize, f32, f32)>,
    /// What was answered in each that is drawn.
    kinds: Vec<CellKind>,
}

/// In which cells another answer may be than when they were drawn last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renewed {
    Nothing,
    One(usize),
    All,
}

#[derive(Debug, Default)]
struct Map {
    /// Points per code point.
    scale: f32,
    /// Points between cells; none when they would eat the cells.
    gap: f32,
    /// Added to each length, so that the shortest sentence is seen.
    base: f32,
}

/// Draws the strip in `rect` (cells `WIDTH` wide from its left edge on); `kind` says what was answered in a cell that is
/// renewed, `in_view` is a share of the height, 0 to 1.
pub fn show(
    ui: &Ui,
    rect: Rect,
    cells: &mut Cells,
    (renewed, kind): (Renewed, impl Fn(usize) -> CellKind),
    current: Option<usize>,
    in_view: Range<f32>,
) -> OverviewOutput {
    let strip = Rect::from_min_max(rect.min, pos2(rect.left() + WIDTH, rect.bottom()));
    let target =
        Rect::from_min_max(pos2(rect.left() - LEFT, rect.top()), pos2(strip.right() + RIGHT, rect.bottom()));
    // Tab has nothing to do here: the sentences are gone to by keys of their own.
    let response = ui.interact(target, ui.scope_id().with("overview"), Sense::CLICK | Sense::DRAG);
    response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, ui.is_enabled(), "Overview of the article"));
    let renewed = if cells.fit(strip.height()) { Renewed::All } else { renewed };
    cells.renew(renewed, kind);
    let t = theme::of(ui).tokens;
    let painter = ui.painter();
    for ((_, top, bottom), kind) in cells.drawn.iter().zip(&cells.kinds) {
        paint_cell(painter, strip, *kind, (*top, *bottom), &t);
    }
    if let Some((top, bottom)) = current.and_then(|cell| cells.span(cell)) {
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
    let moves = response.drag_started() || response.drag_delta().y.abs() > 0.0;
    let at = response.interact_pointer_pos().filter(|_| response.clicked() || moves);
    let cell = |pos: Pos2| cells.index_at(pos.y - strip.top());
    let (go_to, pointed) = (at.and_then(cell), response.hover_pos().and_then(cell));
    OverviewOutput { response, go_to, pointed }
}

/// Marks where something was found, right of the cells: places from the strip's top on.
pub fn mark_hits(ui: &Ui, rect: Rect, middles: &[f32]) {
    let t = theme::of(ui).tokens;
    for middle in middles {
        let middle = rect.top() + middle;
        let mark = Rect::from_min_max(
            pos2(rect.left() + WIDTH + 1.0, middle - HIT / 2.0),
            pos2(rect.left() + WIDTH + RIGHT + 2.0, middle + HIT / 2.0),
        );
        ui.painter().rect(mark, 1, t.hit_current, Stroke::new(STROKE, t.strong), StrokeKind::Inside);
    }
}

impl Cells {
    /// The cells of sentences of these lengths, in code points.
    pub fn of(lens: Vec<usize>) -> Self {
        Self { lens, height: f32::NAN, ..Self::default() }
    }

    /// Lays the cells out in a strip that high; false if they are.
    fn fit(&mut self, height: f32) -> bool {
        if self.height.to_bits() == height.to_bits() {
            return false;
        }
        self.height = height;
        self.map = Map::new(&self.lens, height);
        self.tops.clear();
        self.drawn.clear();
        let mut top = 0.0_f32;
        let mut last_drawn = f32::NEG_INFINITY;
        let mut longest: Option<(f32, usize, usize)> = None;
        for (cell, len) in self.lens.iter().enumerate() {
            self.tops.push(top);
            let bottom = top + self.map.height(*len);
            if bottom - top >= 1.0 {
                self.drawn.push((cell, top, bottom));
            } else {
                // Under a point high: of all that share a point, the longest speaks for the rest.
                if top - last_drawn >= 1.0 {
                    self.drawn.extend(longest.take().map(|(from, cell, _)| (cell, from, from + 1.0)));
                    last_drawn = top.floor();
                }
                if longest.is_none_or(|(_, _, other)| *len > other) {
                    longest = Some((last_drawn, cell, *len));
                }
            }
            top = bottom + self.map.gap;
        }
        self.tops.push(top);
        self.drawn.extend(longest.map(|(from, cell, _)| (cell, from, from + 1.0)));
        true
    }

    fn renew(&mut self, renewed: Renewed, kind: impl Fn(usize) -> CellKind) {
        match renewed {
            Renewed::Nothing => {}
            Renewed::One(cell) => {
                let at = self.drawn.binary_search_by_key(&cell, |(cell, ..)| *cell);
                if let Some(drawn) = at.ok().and_then(|at| self.kinds.get_mut(at)) {
                    *drawn = kind(cell);
                }
            }
            Renewed::All => self.kinds = self.drawn.iter().map(|(cell, ..)| kind(*cell)).collect(),
        }
    }

    /// Top and bottom of a cell, from the strip's top on.
    fn span(&self, cell: usize) -> Option<(f32, f32)> {
        let (top, len) = self.tops.get(cell).zip(self.lens.get(cell))?;
        Some((*top, *top + self.map.height(*len)))
    }

    /// The middles of cells, from the strip's top on; very many would lie over each other, and are left out.
    pub fn middles(&self, cells: impl Iterator<Item = usize>) -> Vec<f32> {
        let mut middles: Vec<f32> = Vec::new();
        for (top, bottom) in cells.filter_map(|cell| self.span(cell)) {
            let middle = f32::midpoint(top, bottom);
            if middles.last().is_none_or(|last| middle >= last + HIT / 2.0) {
                middles.push(middle);
            }
        }
        middles
    }

    fn index_at(&self, y: f32) -> Option<usize> {
        let last = self.lens.len().checked_sub(1)?;
        let below = self.tops.get(1..).unwrap_or_default();
        Some(below.partition_point(|next| *next <= y).min(last))
    }
}

impl Map {
    fn new(lens: &[usize], height: f32) -> Self {
        let n = lens.len().max(1) as f32;
        let total: f32 = lens.iter().map(|len| *len as f32).sum::<f32>();
        let base = total / n * 0.25;
        let gap = if height / n >= 4.0 { 1.5 } else { 0.0 };
        let free = (height - gap * (n - 1.0)).max(1.0);
        Self { scale: free / base.mul_add(n, total).max(1.0), gap, base }
    }

    fn height(&self, len: usize) -> f32 {
        (len as f32 + self.base) * self.scale
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

    fn cells(lens: &[usize], height: f32) -> Cells {
        let mut cells = Cells::of(lens.to_vec());
        cells.fit(height);
        cells
    }

    #[test]
    fn the_cells_fill_the_strip() {
        for lens in [vec![10, 20, 30], vec![5; 4], vec![3; 5_000], vec![0, 0]] {
            let end = cells(&lens, 700.0).span(lens.len() - 1).unwrap().1;
            if lens.iter().any(|len| *len > 0) {
                assert!((end - 700.0).abs() < 1.0, "{} cells end at {end}", lens.len());
            }
        }
    }

    #[test]
    fn a_click_finds_the_cell_under_it() {
        let cells = cells(&[10, 200, 10, 45, 0], 600.0);
        for idx in 0..5 {
            let (top, bottom) = cells.span(idx).unwrap();
            assert_eq!(cells.index_at(f32::midpoint(top, bottom)), Some(idx));
        }
        assert_eq!(cells.index_at(-5.0), Some(0));
        assert_eq!(cells.index_at(9_999.0), Some(4));
        assert_eq!(Cells::of(vec![]).index_at(5.0), None);
    }

    #[test]
    fn of_cells_under_a_point_high_the_longest_is_drawn() {
        let lens: Vec<usize> = (0..3_000).map(|n| if n % 100 == 7 { 60 } else { 20 }).collect();
        let cells = cells(&lens, 700.0);
        let n_long = cells.drawn.iter().filter(|(cell, ..)| cell % 100 == 7).count();
        assert_eq!(n_long, 30, "each is seen");
        assert!(cells.drawn.len() <= 701, "{} for 700 points", cells.drawn.len());
        assert!(cells.drawn.is_sorted_by_key(|(cell, ..)| *cell), "top to bottom");
    }

    #[test]
    fn only_what_is_renewed_is_asked_for() {
        let mut cells = cells(&vec![10; 5_000], 700.0);
        cells.renew(Renewed::All, |_| CellKind::Unanswered);
        let (shown, ..) = cells.drawn[3];
        for (renewed, n) in [(Renewed::Nothing, 0), (Renewed::One(shown), 1), (Renewed::One(shown + 1), 1)] {
            cells.renew(renewed, |cell| {
                assert_eq!(cell, shown, "one that is not drawn is not asked for");
                CellKind::None
            });
            assert_eq!(cells.kinds.iter().filter(|kind| **kind == CellKind::None).count(), n, "{renewed:?}");
        }
    }

    #[test]
    fn of_hits_that_would_lie_over_each_other_one_is_marked() {
        let n = |lens: Vec<usize>| cells(&lens, 700.0).middles(0..lens.len()).len();
        assert_eq!(n(vec![20; 12]), 12);
        assert_eq!(n(vec![]), 0);
        let many = n(vec![20; 100_000]);
        assert!((300..=350).contains(&many), "{many} marks");
    }

    #[test]
    fn another_height_is_another_layout() {
        let mut cells = cells(&[10, 10], 100.0);
        cells.fit(200.0);
        assert_eq!(cells.drawn.len(), 2);
        assert!((cells.span(1).unwrap().1 - 200.0).abs() < 0.1);
    }
}
