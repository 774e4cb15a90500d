//! Who has which article once the files are in: a row a coder, a column an article, what is not done as a frame.

use crate::analysis::collect::{Afterwards, Column};
use crate::text::dates;
use crate::ui::fonts;
use crate::ui::numbers::counted;
use crate::ui::over::rows::that_fit;
use crate::ui::parts::{frame, scroll, spoken, tooltip};
use crate::ui::theme::{self, STROKE, none_colours};
use egui::{Align2, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

pub const HEAD: f32 = 44.0;
pub const ROW: f32 = 24.0;
const STEP: f32 = 7.3;
const CELL: f32 = 5.3;
const HEIGHT: f32 = 16.0;
const NAMES: f32 = 60.0;
const EDGE: f32 = 16.0;

/// How high it is with so many coders, and no higher than there is room.
pub fn height(after: &Afterwards, room: f32) -> f32 {
    if after.columns.is_empty() {
        return 0.0;
    }
    ROW.mul_add(after.coders.len() as f32, HEAD + 12.0).min(room)
}

pub fn afterwards_ui(ui: &mut Ui, place: Rect, after: &Afterwards) {
    let t = theme::of(ui).tokens;
    ui.painter().hline(place.x_range(), place.top(), Stroke::new(STROKE, t.border));
    let y = place.top() + 22.0;
    let (left, right) = (place.left() + EDGE, place.right() - EDGE);
    let (done, shared) = after.n_shared();
    let double = match shared {
        0 => String::new(),
        n => format!("{done} of {} complete", counted(n, "shared article", "shared articles")),
    };
    let width = frame::text_width(ui.painter(), &double, fonts::SMALL);
    super::words(ui, pos2(right - width, y), right + 1.0, &double, fonts::SMALL, t.weak);
    spoken::heading(ui, Rect::from_min_max(pos2(left, y - 10.0), pos2(right, y + 10.0)), "Afterwards");
    let head = frame::text(
        ui.painter(),
        pos2(left, y),
        Align2::LEFT_CENTER,
        "Afterwards",
        fonts::INTERFACE_BOLD,
        t.strong,
    );
    let says = format!(
        "{}, {} done by everybody who has them",
        counted(after.columns.len(), "article", "articles"),
        after.n_done()
    );
    let at = head.right_center() + vec2(9.0, 0.0);
    super::words(ui, at, right - width - 12.0, &says, fonts::INTERFACE, t.weak);

    let grid = Rect::from_min_max(pos2(left, place.top() + HEAD), pos2(right, place.bottom() - 4.0));
    let mut part = ui.new_child(egui::UiBuilder::new().max_rect(grid).id_salt("afterwards"));
    part.shrink_clip_rect(grid);
    let n = after.columns.len();
    let step = ((grid.width() - NAMES) / n.max(1) as f32).clamp(STEP, STEP * 3.0);
    scroll::down().id_salt("after rows").auto_shrink(false).show(&mut part, |ui| {
        let size = vec2(grid.width(), ROW * after.coders.len() as f32);
        let (all, _) = ui.allocate_exact_size(size, Sense::hover());
        for (row, (_, name)) in after.coders.iter().enumerate() {
            let at = pos2(all.left(), ROW.mul_add(row as f32 + 0.5, all.top()));
            let first = name.split_whitespace().next().unwrap_or(name);
            super::fitted(ui, at, all.left() + NAMES - 8.0, first, fonts::SMALL, t.normal);
        }
        let cells = all.with_min_x(all.left() + NAMES);
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(cells).id_salt("after cells"));
        inner.shrink_clip_rect(cells);
        let area = scroll::across().id_salt("after").max_height(cells.height());
        area.show_viewport(&mut inner, |ui, seen| {
            let size = vec2(step * n as f32, cells.height());
            let (all, _) = ui.allocate_exact_size(size, Sense::hover());
            let response = ui.interact(all, Id::unique("afterwards cells"), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Grid, true, "Who has which, and what is done"));
            let first = that_fit(seen.left() / step, 0, n);
            let last = that_fit(seen.right() / step + 1.0, 0, n);
            for column in first..last {
                if let Some(one) = after.columns.get(column) {
                    column_ui(ui, pos2(step.mul_add(column as f32, all.left()), all.top()), step, one);
                }
            }
            let pointed = response.hover_pos().map(|at| that_fit((at.x - all.left()) / step, 0, n));
            if let Some(one) = pointed.and_then(|column| after.columns.get(column)) {
                tooltip::at_pointer(response, &said(one, after));
            }
        });
    });
}

fn column_ui(ui: &Ui, at: egui::Pos2, step: f32, column: &Column) {
    let theme = theme::of(ui);
    let t = theme.tokens;
    let colour = if column.n_readers() > 1 { t.strong } else { none_colours(theme.dark).mark };
    let width = (step - (STEP - CELL)).min(CELL * 2.0);
    for (row, cell) in column.cells.iter().enumerate() {
        let middle = pos2(at.x + step / 2.0, ROW.mul_add(row as f32 + 0.5, at.y));
        let rect = Rect::from_center_size(middle, vec2(width, HEIGHT));
        match cell {
            Some(true) => drop(ui.painter().rect_filled(rect, 1, colour)),
            Some(false) => {
                ui.painter().rect_stroke(rect, 1, Stroke::new(STROKE, colour), StrokeKind::Inside);
            }
            None => {
                ui.painter().hline(middle.x - 2.0..=middle.x + 2.0, middle.y, Stroke::new(1.0, t.border));
            }
        }
    }
}

/// The article of a column, and who is done with it.
fn said(column: &Column, after: &Afterwards) -> String {
    let readers = column.cells.iter().zip(&after.coders).filter_map(|(cell, (_, name))| {
        Some(format!("{name}: {}", if (*cell)? { "done" } else { "not done" }))
    });
    let meta = &column.article.meta;
    let about = [meta.outlet.clone(), meta.published.as_deref().map(dates::short)];
    let about: Vec<_> = about.into_iter().flatten().collect();
    let about = (!about.is_empty()).then(|| about.join(" \u{b7} "));
    let lines = std::iter::once(column.article.shown_title().to_owned()).chain(about).chain(readers);
    lines.collect::<Vec<_>>().join("\n")
}
