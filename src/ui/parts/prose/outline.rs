//! The outline of a sentence that runs over several rows: one closed path with round corners.

use egui::epaint::{CornerRadius, Mesh};
use egui::{Color32, Painter, Pos2, Rect, Vec2, pos2};

/// Radius of the corners, where the steps between rows leave room for it.
const RADIUS: f32 = 4.0;
/// Points along a rounded corner.
const STEPS: u8 = 5;

/// Puts the parts of a sentence, one a row, into stacks that hang together, widened by `beside`.
///
/// Rows of a stack meet; its first and last row are drawn in by `inset`. Two rows that have nothing above
/// each other (a sentence from the end of a row to the start of the next) are two stacks.
pub(super) fn stacks(parts: impl Iterator<Item = Rect>, beside: f32, inset: f32) -> Vec<Vec<Rect>> {
    let mut stacks: Vec<Vec<Rect>> = Vec::new();
    for part in parts {
        let part = part.expand2(Vec2::new(beside, 0.0));
        match stacks.last_mut() {
            Some(stack) if stack.last().is_some_and(|above| hang_together(*above, part)) => stack.push(part),
            _ => stacks.push(vec![part]),
        }
    }
    for stack in &mut stacks {
        if let Some(first) = stack.first_mut() {
            first.min.y += inset;
        }
        if let Some(last) = stack.last_mut() {
            last.max.y -= inset;
        }
    }
    stacks
}

fn hang_together(above: Rect, below: Rect) -> bool {
    let overlap = above.right().min(below.right()) - above.left().max(below.left());
    overlap > 2.0 * RADIUS && (below.top() - above.bottom()).abs() < 1.0
}

/// The closed path round a stack, clockwise, corners rounded.
pub(super) fn path(stack: &[Rect]) -> Vec<Pos2> {
    let corners = corners(stack);
    (0..corners.len()).flat_map(|idx| rounded(&corners, idx)).collect()
}

/// Fills the stack: rectangles with the outer corners round, and the hollow of each inner corner.
pub(super) fn fill(painter: &Painter, stack: &[Rect], colour: Color32) {
    for (idx, rect) in stack.iter().enumerate() {
        let above = idx.checked_sub(1).and_then(|idx| stack.get(idx));
        let below = stack.get(idx + 1);
        let bare = |other: Option<&Rect>, x: f32| other.is_none_or(|r| x < r.left() || x > r.right());
        let side = |other: Option<&Rect>, x: f32| if bare(other, x) { 4 } else { 0 };
        let radius = CornerRadius {
            nw: side(above, rect.left()),
            ne: side(above, rect.right()),
            sw: side(below, rect.left()),
            se: side(below, rect.right()),
        };
        painter.rect_filled(*rect, radius, colour);
    }
    let corners = corners(stack);
    for idx in 0..corners.len() {
        if let Some((before, corner, after)) = around(&corners, idx)
            && turn(before, corner, after) < 0.0
        {
            painter.add(fan(corner, &rounded(&corners, idx), colour));
        }
    }
}

/// Corners clockwise from the top left; corners that lie on a straight line are left out.
fn corners(stack: &[Rect]) -> Vec<Pos2> {
    let right = stack.iter().flat_map(|r| [r.right_top(), r.right_bottom()]);
    let left = stack.iter().rev().flat_map(|r| [r.left_bottom(), r.left_top()]);
    let mut kept: Vec<Pos2> = Vec::new();
    for point in right.chain(left) {
        // Steps too small to see would only make dents.
        let point = match kept.last() {
            Some(last) if (last.x - point.x).abs() < 1.0 => pos2(last.x, point.y),
            _ => point,
        };
        if kept.last().is_some_and(|last| last.distance(point) < 0.1) {
            continue;
        }
        if let [.., before, last] = kept.as_slice()
            && (before.x - last.x).abs() < 0.1
            && (last.x - point.x).abs() < 0.1
        {
            kept.pop();
        }
        kept.push(point);
    }
    kept
}

fn around(corners: &[Pos2], idx: usize) -> Option<(Pos2, Pos2, Pos2)> {
    let n = corners.len();
    Some((*corners.get((idx + n - 1) % n)?, *corners.get(idx)?, *corners.get((idx + 1) % n)?))
}

/// Above zero where a clockwise path turns right: an outer corner.
fn turn(before: Pos2, corner: Pos2, after: Pos2) -> f32 {
    let (a, b) = (corner - before, after - corner);
    a.x * b.y - a.y * b.x
}

fn rounded(corners: &[Pos2], idx: usize) -> Vec<Pos2> {
    let Some((before, corner, after)) = around(corners, idx) else { return Vec::new() };
    let (into, out) = (corner - before, after - corner);
    let radius = RADIUS.min(into.length() / 2.0).min(out.length() / 2.0);
    let (into, out) = (into.normalized() * radius, out.normalized() * radius);
    let middle = corner - into + out;
    (0..=STEPS)
        .map(|step| {
            let angle = f32::from(step) / f32::from(STEPS) * std::f32::consts::FRAC_PI_2;
            middle - out * angle.cos() + into * angle.sin()
        })
        .collect()
}

/// The hollow between an inner corner and its arc.
fn fan(corner: Pos2, arc: &[Pos2], colour: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    mesh.colored_vertex(corner, colour);
    for point in arc {
        mesh.colored_vertex(*point, colour);
    }
    let last = u32::try_from(arc.len()).unwrap_or(0);
    for idx in 1..last {
        mesh.add_triangle(0, idx, idx + 1);
    }
    mesh
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(nth: u8, left: f32, right: f32) -> Rect {
        let top = f32::from(nth) * 28.0;
        Rect::from_min_max(pos2(left, top), pos2(right, top + 28.0))
    }

    #[track_caller]
    fn check(rows: &[Rect], want_stacks: usize, want_corners: &[usize]) {
        let stacks = stacks(rows.iter().copied(), 3.0, 1.25);
        assert_eq!(stacks.len(), want_stacks);
        let got: Vec<usize> = stacks.iter().map(|stack| corners(stack).len()).collect();
        assert_eq!(got, want_corners);
    }

    #[test]
    fn rows_that_overlap_share_one_path() {
        check(&[row(0, 10.0, 90.0)], 1, &[4]);
        check(&[row(0, 60.0, 400.0), row(1, 0.0, 300.0)], 1, &[8]);
        check(&[row(0, 60.0, 400.0), row(1, 0.0, 390.0), row(2, 0.0, 200.0)], 1, &[10]);
        check(&[row(0, 0.0, 400.0), row(1, 0.0, 400.0)], 1, &[4]);
    }

    #[test]
    fn rows_that_do_not_overlap_have_two_paths() {
        check(&[row(0, 300.0, 400.0), row(1, 0.0, 200.0)], 2, &[4, 4]);
        check(&[row(0, 300.0, 400.0), row(1, 0.0, 301.0)], 2, &[4, 4]);
    }

    #[test]
    fn the_path_stays_round_the_rows() {
        let stacks = stacks([row(0, 60.0, 400.0), row(1, 0.0, 300.0)].into_iter(), 3.0, 1.25);
        for stack in &stacks {
            for point in path(stack) {
                let near = stack.iter().any(|r| r.expand(0.01 + RADIUS).contains(point));
                assert!(near, "{point:?} lies outside");
                assert!(point.x.is_finite() && point.y.is_finite());
            }
        }
    }
}
