//! A row of the list of articles, its height known before it is drawn.

use egui::epaint::text::TextWrapping;
use egui::{Align2, Color32, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::bar::{self, Segment};
use super::icons::{self, Icon};
use super::{frame, tooltip};
use crate::ui::fonts;
use crate::ui::theme::{self, RADIUS};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArticleState {
    NotBegun,
    Begun,
    Done,
}

/// The values of a row.
#[derive(Clone, Copy, Debug)]
pub struct ListRow<'a> {
    pub title: &'a str,
    /// Outlet and date.
    pub meta: &'a str,
    /// Right of the meta line: *20*, *9 of 19*, *2 unsure*.
    pub count: &'a str,
    pub state: ArticleState,
    /// Empty until begun: then there is no bar.
    pub segments: &'a [Segment],
    /// Sentences of the article.
    pub total: usize,
    pub selected: bool,
    /// Rows of the title, 1 or 2, as told by `title_rows`.
    pub title_rows: usize,
}

/// From the row's left edge to sign and title, from its right edge to the count.
const SIGN: f32 = 19.0;
const TITLE: f32 = 34.0;
const RIGHT: f32 = 12.0;
/// No line of words is narrower or wider than this a character, in points.
const NARROW: f32 = 5.5;
const WIDE: f32 = 13.0;
/// The most rows of a title.
const MOST_ROWS: usize = 2;

/// Height of a row, without the point between rows; all rows of a kind are equal, so that a list can be virtual.
pub fn row_height(title_rows: usize, has_bar: bool) -> f32 {
    let rows = title_rows.clamp(1, MOST_ROWS) as f32;
    fonts::LIST_TITLE.line.mul_add(rows, if has_bar { 44.0 } else { 36.0 })
}

/// How many rows (1 or 2) the title takes in a row `width` points wide, where its length alone tells; most do.
pub fn plain_title_rows(title: &str, width: f32) -> Option<usize> {
    let room = width - TITLE - RIGHT;
    let n_chars = title.chars().take(400).count() as f32;
    if n_chars * NARROW > room {
        return Some(MOST_ROWS);
    }
    (n_chars * WIDE < room).then_some(1)
}

/// How many rows (1 or 2) the title takes, whether bold or not: adds up advances instead of shaping.
pub fn title_rows(ui: &Ui, title: &str, width: f32) -> usize {
    let room = width - TITLE - RIGHT;
    let font = fonts::LIST_TITLE_BOLD.font();
    ui.fonts_mut(|fonts| {
        let natural: f32 = title.chars().map(|c| fonts.glyph_width(&font, c)).sum();
        if natural <= room { 1 } else { MOST_ROWS }
    })
}

/// Draws the row in the width that is there.
pub fn show(ui: &mut Ui, row: &ListRow<'_>) -> Response {
    let has_bar = !row.segments.is_empty();
    let size = vec2(ui.available_width(), row_height(row.title_rows, has_bar));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response
        .widget_info(|| WidgetInfo::selected(Role::ListBoxOption, ui.is_enabled(), row.selected, row.title));
    if ui.is_rect_visible(rect) && paint(ui, rect, row, &response) {
        return tooltip::text(response, row.title);
    }
    response
}

/// True if the title had to be cut.
fn paint(ui: &Ui, rect: Rect, row: &ListRow<'_>, response: &Response) -> bool {
    let (painter, theme) = (ui.painter(), theme::of(ui));
    let t = &theme.tokens;
    if row.selected || response.hovered() {
        painter.rect_filled(rect, RADIUS, if row.selected { t.selected } else { t.hover });
    }
    if response.has_focus() {
        let edge = egui::Stroke::new(theme::STROKE_FOCUS, t.focus_ring);
        painter.rect_stroke(rect, RADIUS, edge, egui::StrokeKind::Inside);
    }
    let done = row.state == ArticleState::Done;
    let (kind, colour) = match (row.selected, done) {
        (true, _) => (fonts::LIST_TITLE_BOLD, t.strong),
        (false, true) => (fonts::LIST_TITLE, t.weak),
        (false, false) => (fonts::LIST_TITLE, t.normal),
    };
    let icon = match row.state {
        ArticleState::NotBegun => Icon::Ring,
        ArticleState::Begun => Icon::Half,
        ArticleState::Done => Icon::Tick,
    };
    let sign_colour = if row.selected { t.strong } else { t.weak };
    icons::paint(painter, icon, pos2(rect.left() + SIGN, rect.top() + 18.5), sign_colour);

    let (left, right) = (rect.left() + TITLE, rect.right() - RIGHT);
    let wrap = TextWrapping {
        max_rows: row.title_rows.clamp(1, MOST_ROWS),
        ..TextWrapping::wrap_at_width(right - left)
    };
    let title = kind.rows(painter, row.title, colour, wrap);
    let cut = title.elided;
    painter.galley(pos2(left, rect.top() + 8.0), title, colour);

    let rows = row.title_rows.clamp(1, MOST_ROWS) as f32;
    let middle = fonts::LIST_TITLE.line.mul_add(rows, rect.top() + 8.0 + 3.0 + 8.0);
    let count =
        frame::text(painter, pos2(right, middle), Align2::RIGHT_CENTER, row.count, fonts::SMALL, t.weak);
    frame::text_between(painter, pos2(left, middle), count.left() - 8.0, row.meta, fonts::SMALL, t.weak);

    if !row.segments.is_empty() {
        let at = Rect::from_min_size(pos2(left, middle + 14.0), vec2(right - left, bar::THIN));
        let track = if row.selected { t.paper } else { t.track };
        bar::paint(painter, at, &faded(row.segments, ground(row, response, t), done), row.total, track);
    }
    cut
}

fn ground(row: &ListRow<'_>, response: &Response, t: &theme::Tokens) -> Color32 {
    match (row.selected, response.hovered()) {
        (true, _) => t.selected,
        (false, true) => t.hover,
        (false, false) => t.chrome,
    }
}

/// The bar of an article that is done steps back to 60 %.
fn faded(segments: &[Segment], ground: Color32, done: bool) -> Vec<Segment> {
    let share = if done { 0.6 } else { 1.0 };
    segments.iter().map(|s| Segment { colour: theme::mix(ground, s.colour, share), ..*s }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_as_high_as_drawn() {
        for (rows, has_bar, want) in [
            (1, false, 54.0),
            (2, false, 72.0),
            (1, true, 62.0),
            (2, true, 80.0),
            (0, false, 54.0),
            (9, true, 80.0),
        ] {
            assert!((row_height(rows, has_bar) - want).abs() < 0.01, "{rows} {has_bar}");
        }
    }
}
