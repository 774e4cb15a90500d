//! The first rows of what would be written, as its own writer writes them.

use super::PAPER_EDGE;
use crate::formats::datasets::preview::{First, Preview};
use crate::formats::datasets::what::RowsOf;
use crate::model::ids::LabelId;
use crate::session::Session;
use crate::session::screens::exporting::Exporting;
use crate::text::message::{Message, capital};
use crate::ui::fonts;
use crate::ui::numbers::grouped;
use crate::ui::parts::{frame, scroll, spoken};
use crate::ui::screens::{fitted, words};
use crate::ui::theme::{self, STROKE};
use egui::{Align2, Rect, Sense, Stroke, Ui, pos2, vec2};

const ROW: f32 = 30.0;
const COLUMN_GAP: f32 = 20.0;
const LEAST: f32 = 28.0;
const MOST: f32 = 380.0;
/// Room for the letter before a label.
const LETTER: f32 = 17.0;

pub(super) fn first_ui(ui: &mut Ui, session: &Session, exporting: &Exporting) {
    let t = theme::of(ui).tokens;
    let (head, _) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::hover());
    let inner = head.shrink2(vec2(PAPER_EDGE, 0.0));
    spoken::heading(ui, head, "First rows");
    let title = frame::text(
        ui.painter(),
        inner.left_center(),
        Align2::LEFT_CENTER,
        "First rows",
        fonts::INTERFACE_BOLD,
        t.strong,
    );
    let says = |ui: &Ui, text: &str| {
        let at = title.right_center() + vec2(9.0, 0.0);
        words(ui, at, inner.right() - 120.0, text, fonts::INTERFACE, t.weak);
    };
    match exporting.looked() {
        None => says(ui, "counting\u{2026}"),
        Some(Err(why)) => {
            let Message { what, .. } = Message::of(why);
            says(ui, &capital(&what));
        }
        Some(Ok(preview)) => {
            let file = match (&preview.first.is_as_table, preview.first.file.as_str()) {
                (true, _) => "as a table of text, since the format cannot be read by eye",
                (false, file) => file,
            };
            says(ui, if exporting.is_counting() { "counting\u{2026}" } else { file });
            rows_ui(ui, session, (preview, inner.width()));
            let n = grouped(preview.first.rows.len());
            let of = match (preview.first.columns.is_empty(), preview.what.rows) {
                (true, _) => format!("{n} lines"),
                (false, RowsOf::Articles) => format!("{n} of {}", grouped(preview.counts.n_articles)),
                (false, RowsOf::Sentences) if preview.first.rows.len() <= preview.counts.n_rows => {
                    format!("{n} of {}", grouped(preview.counts.n_rows))
                }
                (false, RowsOf::Sentences) => n,
            };
            frame::text(ui.painter(), inner.right_center(), Align2::RIGHT_CENTER, &of, fonts::SMALL, t.weak);
        }
    }
}

fn rows_ui(ui: &mut Ui, session: &Session, (preview, width): (&Preview, f32)) {
    let first = &preview.first;
    let widths = widths(ui, first, width);
    let whole = widths.iter().sum::<f32>() + COLUMN_GAP * widths.len() as f32;
    let n = first.rows.len() + usize::from(!first.columns.is_empty());
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
        ui.add_space(PAPER_EDGE);
        scroll::across().id_salt("first rows").max_width(width).auto_shrink([false, true]).show(ui, |ui| {
            let size = vec2(whole.max(width), ROW * n as f32 + 4.0);
            let (place, _) = ui.allocate_exact_size(size, Sense::hover());
            let mut top = place.top();
            if !first.columns.is_empty() {
                row_ui(ui, session, (first, &widths), (&first.columns, place.with_min_y(top)), true);
                top += ROW;
            }
            for row in &first.rows {
                row_ui(ui, session, (first, &widths), (row, place.with_min_y(top)), false);
                top += ROW;
            }
        });
    });
}

fn is_label(column: &str) -> bool {
    matches!(column, "label" | "labels")
}

/// How wide each column is: as its widest cell, and the widest of all takes what is left.
fn widths(ui: &Ui, first: &First, width: f32) -> Vec<f32> {
    let n = first.columns.len().max(1);
    let cell = |text: &str| frame::text_width(ui.painter(), &line_of(text), fonts::INTERFACE).min(MOST);
    let natural = |idx: usize| {
        let head = first.columns.get(idx).map_or("", String::as_str);
        let cells = first.rows.iter().filter_map(|row| row.get(idx));
        let widest = cells.map(|text| cell(text)).fold(LEAST, f32::max);
        let letter = if is_label(head) { LETTER } else { 0.0 };
        (widest + letter).max(frame::text_width(ui.painter(), head, fonts::SMALL)).ceil()
    };
    let mut widths: Vec<f32> = (0..n).map(natural).collect();
    let whole = widths.iter().sum::<f32>() + COLUMN_GAP * n as f32;
    let widest = widths.iter_mut().max_by(|a, b| a.total_cmp(b));
    if let Some(widest) = widest.filter(|_| whole < width) {
        *widest += width - whole;
    }
    widths
}

/// A cell in one line.
fn line_of(text: &str) -> String {
    const MOST_CHARS: usize = 120;
    text.chars().take(MOST_CHARS).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn row_ui(
    ui: &Ui,
    session: &Session,
    (first, widths): (&First, &[f32]),
    (cells, place): (&[String], Rect),
    is_head: bool,
) {
    let theme = theme::of(ui);
    let t = theme.tokens;
    let row = Rect::from_min_size(place.min, vec2(place.width(), ROW));
    if !is_head {
        spoken::text(ui, row, &cells.join(", "));
    }
    let clip = ui.clip_rect();
    let mut x = row.left();
    for (idx, (cell, width)) in cells.iter().zip(widths).enumerate() {
        let right = x + width;
        let at = pos2(x, row.center().y);
        x = right + COLUMN_GAP;
        if cell.is_empty() || right < clip.left() || at.x > clip.right() {
            continue;
        }
        let column = first.columns.get(idx).map_or("", String::as_str);
        if is_head {
            frame::text_between(ui.painter(), at, right, cell, fonts::SMALL, t.weak);
            continue;
        }
        let scheme = session.desk().map(|desk| desk.project().scheme()).filter(|_| is_label(column));
        let mut at = at;
        if let Some(label) = scheme.and_then(|scheme| scheme.label(&LabelId::new(cell.as_str()))) {
            let colour = theme::label_colours(&label.colour, theme.dark).ink;
            let letter = frame::text(
                ui.painter(),
                at,
                Align2::LEFT_CENTER,
                &label.letter,
                fonts::INTERFACE_BOLD,
                colour,
            );
            at.x = (at.x + LETTER).max(letter.right() + 5.0);
        }
        let is_known = matches!(column, "text" | "label" | "labels" | "");
        let colour = if is_known { t.strong } else { t.weak };
        fitted(ui, at, right, &line_of(cell), fonts::INTERFACE, colour);
    }
    let line = Stroke::new(STROKE, t.border);
    ui.painter().hline(row.x_range(), row.bottom() - 0.5, line);
}
