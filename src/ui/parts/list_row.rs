//! A row of the list of articles, its height known before it is drawn.

use egui::epaint::text::TextWrapping;
use egui::{Align2, Color32, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::bar::{self, Segment};
use super::icons::{self, Icon};
use super::{frame, tooltip};
use crate::ui::fonts;
use crate::ui::theme::{self, RADIUS, RADIUS_SMALL};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArticleState {
    NotBegun,
    Begun,
    Done,
    Aside,
}

/// The values of a row.
#[derive(Clone, Copy, Debug)]
pub struct ListRow<'a> {
    pub title: &'a str,
    /// Outlet and date.
    pub meta: &'a str,
    /// Right of the meta line: *20*, *9 of 19*, *2 unsure*.
    pub count: &'a str,
    /// How far it is, as it is read out: *begun, 9 of 19 answered*.
    pub progress: &'a str,
    pub state: ArticleState,
    /// Empty until begun: then there is no bar.
    pub segments: &'a [Segment],
    /// Sentences of the article.
    pub total: usize,
    pub selected: bool,
    /// While several rows are chosen together: whether this one is.
    pub chosen: Option<bool>,
    /// Rows of the title, 1 or 2, as told by `title_rows`.
    pub title_rows: usize,
}

/// From the row's left edge to sign and title, from its right edge to the count.
const SIGN: f32 = 19.0;
const TITLE: f32 = 34.0;
const RIGHT: f32 = 12.0;
/// Width of the bar before a row that is chosen together with others.
const CHOSEN: f32 = 3.0;
/// Wider than any row.
const WIDEST: f32 = 1_000.0;
/// The most rows of a title.
const MOST_ROWS: usize = 2;

impl ListRow<'_> {
    /// Whether it stands out: it is one of those chosen, or shown and there are none.
    fn is_lit(&self) -> bool {
        self.chosen.unwrap_or(self.selected)
    }
}

/// Height of a row, without the point between rows; all rows of a kind are equal, so that a list can be virtual.
pub fn row_height(title_rows: usize, has_bar: bool) -> f32 {
    let rows = title_rows.clamp(1, MOST_ROWS) as f32;
    fonts::LIST_TITLE.line.mul_add(rows, if has_bar { 44.0 } else { 36.0 })
}

/// How many rows (1 or 2) a title takes that is `natural` points wide, in a row `width` points wide.
pub fn title_rows(natural: f32, width: f32) -> u8 {
    if natural <= width - TITLE - RIGHT { 1 } else { 2 }
}

/// The widths of the most frequent letters, so that many titles can be measured.
pub struct Letters([f32; 128]);

impl Letters {
    pub fn of(ui: &Ui) -> Self {
        let font = fonts::LIST_TITLE_BOLD.font();
        ui.fonts_mut(|fonts| Self(std::array::from_fn(|n| fonts.glyph_width(&font, ascii(n)))))
    }

    /// Width of a title in one row, bold as when it is selected: adds up advances instead of shaping. What is wider than
    /// any list is not measured to its end.
    pub fn width(&self, ui: &Ui, title: &str) -> f32 {
        let font = fonts::LIST_TITLE_BOLD.font();
        let mut natural = 0.0;
        for letter in title.chars() {
            natural += match self.0.get(letter as usize) {
                Some(width) => *width,
                None => ui.fonts_mut(|fonts| fonts.glyph_width(&font, letter)),
            };
            if natural > WIDEST {
                break;
            }
        }
        natural
    }
}

fn ascii(n: usize) -> char {
    u8::try_from(n).map_or(' ', char::from)
}

/// Draws the row in the width that is there.
pub fn show(ui: &mut Ui, row: &ListRow<'_>) -> Response {
    let has_bar = !row.segments.is_empty();
    let size = vec2(ui.available_width(), row_height(row.title_rows, has_bar));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| {
        let words = [row.title, row.meta, row.progress].into_iter().filter(|words| !words.is_empty());
        let words = words.collect::<Vec<_>>().join(", ");
        WidgetInfo::selected(Role::ListBoxOption, ui.is_enabled(), row.is_lit(), words)
    });
    if ui.is_rect_visible(rect) && paint(ui, rect, row, &response) {
        return tooltip::text(response, row.title);
    }
    response
}

/// True if the title had to be cut.
fn paint(ui: &Ui, rect: Rect, row: &ListRow<'_>, response: &Response) -> bool {
    let (painter, theme) = (ui.painter(), theme::of(ui));
    let t = &theme.tokens;
    if row.is_lit() || response.hovered() {
        painter.rect_filled(rect, RADIUS, if row.is_lit() { t.selected } else { t.hover });
    }
    if row.chosen == Some(true) {
        let bar = Rect::from_x_y_ranges(rect.left()..=rect.left() + CHOSEN, rect.shrink(7.0).y_range());
        painter.rect_filled(bar, RADIUS_SMALL, t.accent);
    }
    if response.has_focus() {
        let edge = egui::Stroke::new(theme::STROKE_FOCUS, t.focus_ring);
        painter.rect_stroke(rect, RADIUS, edge, egui::StrokeKind::Inside);
    }
    let done = matches!(row.state, ArticleState::Done | ArticleState::Aside);
    let (kind, colour) = match (row.selected, done) {
        (true, _) => (fonts::LIST_TITLE_BOLD, t.strong),
        (false, true) => (fonts::LIST_TITLE, t.weak),
        (false, false) => (fonts::LIST_TITLE, t.normal),
    };
    let icon = match row.state {
        ArticleState::NotBegun => Icon::Ring,
        ArticleState::Begun => Icon::Half,
        ArticleState::Done => Icon::Tick,
        ArticleState::Aside => Icon::Aside,
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
    // A title that takes another row only while it is bold has what is known of the article close below it until then.
    let rows = title.rows.len().clamp(1, MOST_ROWS) as f32;
    painter.galley(pos2(left, rect.top() + 8.0), title, colour);

    let middle = fonts::LIST_TITLE.line.mul_add(rows, rect.top() + 8.0 + 3.0 + 8.0);
    let count =
        frame::text(painter, pos2(right, middle), Align2::RIGHT_CENTER, row.count, fonts::SMALL, t.weak);
    frame::text_between(painter, pos2(left, middle), count.left() - 8.0, row.meta, fonts::SMALL, t.weak);

    if !row.segments.is_empty() {
        let at = Rect::from_min_size(pos2(left, middle + 14.0), vec2(right - left, bar::THIN));
        let track = if row.is_lit() { t.paper } else { t.track };
        bar::paint(painter, at, &faded(row.segments, ground(row, response, t), done), row.total, track);
    }
    cut
}

fn ground(row: &ListRow<'_>, response: &Response, t: &theme::Tokens) -> Color32 {
    match (row.is_lit(), response.hovered()) {
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
