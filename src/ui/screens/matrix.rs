//! Who has which article: a row a coder, a column an article.

use crate::analysis::deal::Deal;
use crate::text::dates;
use crate::ui::fonts;
use crate::ui::numbers::counted;
use crate::ui::over::rows::that_fit;
use crate::ui::parts::{scroll, spoken, tooltip};
use crate::ui::theme::{self, none_colours};
use egui::{Align2, Color32, Id, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

pub const ROW: f32 = 34.0;
/// From one column to the next, and how much of it a cell fills.
const STEP: f32 = 7.3;
const CELL: f32 = 5.3;
const HEIGHT: f32 = 24.0;
const NAMES: f32 = 108.0;
const MONTHS: f32 = 24.0;

/// How high it is with so many rows.
pub fn height(n_rows: usize) -> f32 {
    ROW.mul_add(n_rows as f32, MONTHS)
}

/// What is pointed at or clicked: column and row.
pub enum Asked {
    Moved(usize, usize),
}

/// Draws it in a place; `cell` is the one in hand.
pub fn matrix_ui(
    ui: &mut Ui,
    place: Rect,
    deal: &Deal,
    names: &[String],
    cell: (usize, usize),
) -> Option<Asked> {
    let theme = theme::of(ui);
    let t = theme.tokens;
    for (row, name) in names.iter().enumerate() {
        let at = pos2(place.left(), ROW.mul_add(row as f32 + 0.5, place.top()));
        super::fitted(ui, at, place.left() + NAMES - 8.0, name, fonts::INTERFACE, t.normal);
    }
    let columns = place.with_min_x(place.left() + NAMES);
    let n = deal.columns.len();
    let mut part = ui.new_child(egui::UiBuilder::new().max_rect(columns).id_salt("matrix"));
    part.shrink_clip_rect(columns);
    let mut asked = None;
    let step = (columns.width() / n.max(1) as f32).clamp(STEP, STEP * 3.0);
    let area = scroll::across().id_salt("matrix").max_height(columns.height());
    area.show_viewport(&mut part, |ui, seen| {
        let size = vec2(step * n as f32, height(names.len()));
        let (all, _) = ui.allocate_exact_size(size, Sense::hover());
        let response = ui.interact(all, Id::unique("matrix"), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Grid, true, "Who gets which"));
        let cell_at = |pos: Pos2| {
            let (x, y) = ((pos.x - all.left()) / step, (pos.y - all.top()) / ROW);
            let (column, row) = (that_fit(x, 0, n), that_fit(y, 0, names.len()));
            (column < n && row < names.len()).then_some((column, row))
        };
        let first = that_fit(seen.left() / step, 0, n);
        let last = that_fit(seen.right() / step + 1.0, 0, n);
        paint(ui, (all, step), deal, (first, last), names.len());
        let middle = |(column, row): (usize, usize)| {
            pos2(step.mul_add(column as f32 + 0.5, all.left()), ROW.mul_add(row as f32 + 0.5, all.top()))
        };
        let frame = Rect::from_center_size(middle(cell), vec2(step + 3.0, HEIGHT + 6.0));
        ui.painter().rect_stroke(frame, 2, Stroke::new(1.75, t.strong), StrokeKind::Inside);
        if let Some(words) = said(deal, cell, names) {
            spoken::announce(ui, frame, "cell", &words);
        }
        if let Some((column, row)) =
            response.interact_pointer_pos().and_then(cell_at).filter(|_| response.clicked())
        {
            asked = Some(Asked::Moved(column, row));
        }
        let pointed = response.hover_pos().and_then(cell_at);
        if let Some(words) = pointed.and_then(|cell| said(deal, cell, names)) {
            tooltip::at_pointer(response, &words);
        }
    });
    asked
}

fn paint(ui: &Ui, (all, step): (Rect, f32), deal: &Deal, (first, last): (usize, usize), n_rows: usize) {
    let theme = theme::of(ui);
    let t = theme.tokens;
    let painter = ui.painter();
    let single = none_colours(theme.dark).mark;
    let mut month = String::new();
    for column in first..last {
        let Some(one) = deal.columns.get(column) else { continue };
        let x = step.mul_add(column as f32, all.left());
        for row in 0..n_rows {
            let middle = pos2(x + step / 2.0, ROW.mul_add(row as f32 + 0.5, all.top()));
            if one.readers.contains(&row) {
                let colour = if one.readers.len() > 1 { t.strong } else { single };
                paint_cell(ui, middle, (step - (STEP - CELL)).min(CELL * 2.0), colour);
            } else {
                painter.hline(middle.x - 2.0..=middle.x + 2.0, middle.y, Stroke::new(1.0, t.border));
            }
        }
        let date = one.article.meta.published.as_deref().unwrap_or_default();
        let now: String = date.chars().take(7).collect();
        if now.len() == 7 && now != month {
            let at = pos2(x, ROW.mul_add(n_rows as f32, all.top()));
            painter.vline(at.x, at.y..=at.y + 6.0, Stroke::new(1.0, t.control));
            let words = dates::month(&now);
            let text = crate::ui::parts::frame::text_width(painter, &words, fonts::SMALL);
            if text < step * 12.0 || month.is_empty() {
                let at = at + vec2(4.0, 12.0);
                crate::ui::parts::frame::text(painter, at, Align2::LEFT_CENTER, &words, fonts::SMALL, t.weak);
            }
            month = now;
        }
    }
}

fn paint_cell(ui: &Ui, middle: Pos2, width: f32, colour: Color32) {
    let rect = Rect::from_center_size(middle, vec2(width, HEIGHT));
    ui.painter().rect_filled(rect, 1, colour);
}

/// The article of a cell and who reads it.
fn said(deal: &Deal, (column, row): (usize, usize), names: &[String]) -> Option<String> {
    let one = deal.columns.get(column)?;
    let meta = &one.article.meta;
    let date = meta.published.as_deref().map(dates::short);
    let parts = [meta.outlet.clone(), date, Some(counted(one.n_sentences, "sentence", "sentences"))];
    let readers: Vec<_> =
        one.readers.iter().filter_map(|reader| names.get(*reader)).map(String::as_str).collect();
    let here = names.get(row)?;
    let does = if one.readers.contains(&row) { "gives it away" } else { "gets it" };
    Some(format!(
        "{}\n{}\n{}. A click: {here} {does}.",
        one.article.shown_title(),
        parts.into_iter().flatten().collect::<Vec<_>>().join(" \u{b7} "),
        readers.join(" and ")
    ))
}
