//! The cells of the status bar.

use egui::{Align2, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::icons::{self, Icon};
use super::{frame, spoken, tooltip};
use crate::ui::fonts;
use crate::ui::theme::{self, STATUS_BAR, STROKE, Theme};

/// How a cell is meant; it decides the colour of sign and words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Calm,
    Success,
    Warning,
    Error,
}

/// One cell: a sign, words, more words, and what the pointer shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cell<'a> {
    pub icon: Option<Icon>,
    pub text: &'a str,
    /// Stands after the words, always calm.
    pub more: &'a str,
    pub tone: Tone,
    /// All of it, as the whole path of the file.
    pub tip: &'a str,
    /// Whether a click does something.
    pub clickable: bool,
    /// Whether it is read out when it changes.
    pub live: bool,
}

/// Where the person clicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clicked {
    Left(usize),
    Right(usize),
}

const EDGE: f32 = 12.0;

/// Draws the bar in the width that is there; the right cells keep their room, the left ones are cut.
pub fn show(ui: &mut Ui, left: &[Cell<'_>], right: &[Cell<'_>]) -> Option<Clicked> {
    let (bar, _) = ui.allocate_exact_size(vec2(ui.available_width(), STATUS_BAR), Sense::hover());
    let theme = theme::of(ui);
    let mut clicked = None;

    let mut edge = bar.right() - EDGE;
    for (idx, cell) in right.iter().enumerate().rev() {
        let width = width(ui, cell);
        let rect = Rect::from_x_y_ranges(edge - width..=edge, bar.y_range());
        if cell_ui(ui, rect, cell, ("right", idx)).clicked() {
            clicked = Some(Clicked::Right(idx));
        }
        edge = rect.left() - EDGE;
        if idx > 0 {
            separator(ui, edge, bar, &theme);
            edge -= EDGE;
        }
    }

    let limit = edge - EDGE;
    let mut edge = bar.left() + EDGE;
    for (idx, cell) in left.iter().enumerate() {
        if edge > limit {
            break;
        }
        if idx > 0 {
            separator(ui, edge, bar, &theme);
            edge += EDGE;
        }
        let right = (edge + width(ui, cell)).min(limit);
        let rect = Rect::from_x_y_ranges(edge..=right.max(edge), bar.y_range());
        if cell_ui(ui, rect, cell, ("left", idx)).clicked() {
            clicked = Some(Clicked::Left(idx));
        }
        edge = rect.right() + EDGE;
    }
    clicked
}

fn width(ui: &Ui, cell: &Cell<'_>) -> f32 {
    let icon = if cell.icon.is_some() { 20.0 } else { 0.0 };
    let more = if cell.more.is_empty() {
        0.0
    } else {
        9.0 + frame::text_width(ui.painter(), cell.more, fonts::SMALL)
    };
    (icon + frame::text_width(ui.painter(), cell.text, fonts::SMALL) + more + 0.5).ceil()
}

fn separator(ui: &Ui, x: f32, bar: Rect, theme: &Theme) {
    let y = bar.center().y;
    ui.painter().vline(x, y - 6.0..=y + 6.0, Stroke::new(STROKE, theme.tokens.border));
}

fn cell_ui(ui: &Ui, rect: Rect, cell: &Cell<'_>, salt: (&str, usize)) -> Response {
    let sense = if cell.clickable { Sense::click() } else { Sense::hover() };
    let response = ui.interact(rect, ui.scope_id().with(salt), sense);
    let role = if cell.clickable { Role::Button } else { Role::Label };
    let words = [cell.text, cell.more].join(" ");
    // What is read out by itself says what is new, and no more.
    let told = if cell.live { cell.text } else { words.trim() };
    response.widget_info(|| WidgetInfo::labeled(role, true, told));
    if cell.live {
        spoken::live(&response);
    }
    let cut = paint_cell(ui, rect, cell, cell.clickable && response.hovered());
    if response.has_focus() {
        frame::focus_ring(ui.painter(), rect.shrink2(vec2(0.0, 6.0)), 4, &theme::of(ui));
    }
    if !cell.tip.is_empty() {
        tooltip::text(response, cell.tip)
    } else if cut {
        tooltip::text(response, &words)
    } else {
        response
    }
}

/// Paints a cell; true if words had to be cut.
fn paint_cell(ui: &Ui, rect: Rect, cell: &Cell<'_>, lit: bool) -> bool {
    let painter = ui.painter();
    let t = theme::of(ui).tokens;
    let (sign, words) = match cell.tone {
        Tone::Calm if lit => (t.strong, t.strong),
        Tone::Calm => (t.normal, t.weak),
        Tone::Success => (t.success, t.success),
        Tone::Warning => (t.warning, t.warning),
        Tone::Error => (t.error, t.error),
    };
    let mut left = rect.left();
    let middle = rect.center().y;
    if let Some(icon) = cell.icon {
        icons::paint(painter, icon, pos2(left + 7.0, middle), sign);
        left += 20.0;
    }
    let full = frame::text_width(painter, cell.text, fonts::SMALL);
    if left + full > rect.right() + 0.5 {
        return frame::text_between(
            painter,
            pos2(left, middle),
            rect.right(),
            cell.text,
            fonts::SMALL,
            words,
        );
    }
    frame::text(painter, pos2(left, middle), Align2::LEFT_CENTER, cell.text, fonts::SMALL, words);
    let at = pos2(left + full + 9.0, middle);
    !cell.more.is_empty()
        && frame::text_between(painter, at, rect.right() + 0.5, cell.more, fonts::SMALL, t.weak)
}
