//! How far something is, in the colours of the answers.

use egui::epaint::CornerRadius;
use egui::{Color32, Painter, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::ui::theme::{self, RADIUS_TINT};

/// Height in lists.
pub const THIN: f32 = 3.0;
/// Height in the inspector.
pub const THICK: f32 = 10.0;

/// A run of one colour; `count` of the `total` sentences.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    pub colour: Color32,
    pub count: usize,
}

/// Paints the segments over a track; what is left of `total` shows the track. Segments stand one point apart.
pub fn paint(painter: &Painter, rect: Rect, segments: &[Segment], total: usize, track: Color32) {
    let radius = CornerRadius::same(RADIUS_TINT);
    let counted: usize = segments.iter().map(|s| s.count).sum();
    if counted < total || counted == 0 {
        painter.rect_filled(rect, radius, track);
    }
    let whole = total.max(counted).max(1) as f32;
    let mut done = 0_usize;
    for segment in segments.iter().filter(|s| s.count > 0) {
        let left = rect.left() + rect.width() * done as f32 / whole;
        done += segment.count;
        let right = rect.left() + rect.width() * done as f32 / whole;
        let gap = if done < total.max(counted) { 1.0 } else { 0.0 };
        // A single answer among thousands still shows.
        let run =
            Rect::from_min_max(pos2(left, rect.top()), pos2((right - gap).max(left + 1.0), rect.bottom()));
        let side = |is_end: bool| if is_end { RADIUS_TINT } else { 0 };
        let (left, right) = (side(done == segment.count), side(done == total.max(counted)));
        let corners = CornerRadius { nw: left, sw: left, ne: right, se: right };
        painter.rect_filled(run, corners, segment.colour);
    }
}

/// A bar of its own in the width that is there; `name` is read out.
pub fn show(ui: &mut Ui, height: f32, segments: &[Segment], total: usize, name: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, name));
    if ui.is_rect_visible(rect) {
        paint(ui.painter(), rect, segments, total, theme::of(ui).tokens.track);
    }
    response
}
