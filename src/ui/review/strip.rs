//! The strip: a column a sentence, a row a coder. Where people differ the column is framed.

use super::{EDGE, Shown};
use crate::analysis::compare::Kind;
use crate::analysis::units::AnswerIdx;
use crate::session::intent::Intent;
use crate::session::view::Look;
use crate::ui::fonts;
use crate::ui::parts::icons::{self, Icon};
use crate::ui::parts::prose::Line;
use crate::ui::parts::{frame, spoken, tooltip};
use crate::ui::theme::{self, RADIUS_SMALL, RADIUS_TINT, STROKE, STROKE_FOCUS};
use egui::{Align2, Color32, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

/// From the edge to the first column, and the widest and narrowest column.
const LEFT: f32 = 76.0;
const PITCH: f32 = 44.0;
const LEAST_PITCH: f32 = 5.0;
/// Rows of up to three coders; more share the same height.
const ROW: f32 = 15.0;
const ROWS_HEIGHT: f32 = 45.0;
/// How strong an answer is drawn that all gave.
const AGREED: f32 = 0.38;
/// Narrower columns have no numbers.
const NUMBERS_FROM: f32 = 22.0;

pub(super) fn strip_ui(ui: &mut Ui, shown: &Shown<'_>, intents: &mut Vec<Intent>) {
    let (rect, t) = (ui.max_rect(), shown.theme.tokens);
    let n = shown.units.units.len();
    let room = rect.width() - LEFT - EDGE;
    let pitch = (room / n.max(1) as f32).clamp(LEAST_PITCH, PITCH);
    let row = ROW.min(ROWS_HEIGHT / shown.columns.len().max(1) as f32);
    let top = rect.top() + 9.0 + (ROWS_HEIGHT - row * shown.columns.len() as f32).max(0.0) / 2.0;
    for (idx, column) in shown.columns.iter().enumerate() {
        let at = pos2(rect.left() + EDGE, row.mul_add(idx as f32 + 0.5, top));
        // So many that they cannot be read have the numbers of their columns in the reader alone.
        if row >= 11.0 {
            let right = rect.left() + LEFT - 6.0;
            // The first of several names is enough where there is no room for all.
            let fits = frame::text_width(ui.painter(), &column.name, fonts::SMALL) <= right - at.x;
            let first = column.name.split_whitespace().next().unwrap_or(&column.name);
            let name = if fits { &column.name } else { first };
            let cut = frame::text_between(ui.painter(), at, right, name, fonts::SMALL, t.normal);
            if cut || !fits {
                let place = Rect::from_min_max(pos2(at.x, at.y - row / 2.0), pos2(right, at.y + row / 2.0));
                tooltip::text(spoken::text(ui, place, &column.name), &column.name);
            }
        }
    }
    let current = shown.session.current_span().and_then(|(_, span)| shown.units.at(span));
    // Of more columns than there is room for, those about the current one.
    let n_shown = (1..=n).take_while(|n| *n as f32 * pitch <= room + 0.5).count();
    let first = current.unwrap_or(0).saturating_sub(n_shown / 2).min(n - n_shown.min(n));
    for unit in first..first + n_shown {
        let left = pitch.mul_add((unit - first) as f32, rect.left() + LEFT);
        let cell = Rect::from_min_size(pos2(left, rect.top() + 5.0), vec2(pitch, ROWS_HEIGHT + 10.0));
        column_ui(ui, shown, (unit, current == Some(unit)), cell, (top, row), intents);
    }
}

fn column_ui(
    ui: &Ui,
    shown: &Shown<'_>,
    (unit, is_current): (usize, bool),
    rect: Rect,
    (top, row): (f32, f32),
    intents: &mut Vec<Intent>,
) {
    let t = shown.theme.tokens;
    let Some(place) = shown.units.units.get(unit) else { return };
    let Some(judged) = shown.comparison.judged(shown.at(unit)) else { return };
    let number = place.idx + 1;
    let target = rect.with_max_y(rect.bottom() + 24.0);
    let response = ui.interact(target, ui.scope_id().with(("unit", unit)), Sense::CLICK);
    let differs = judged.is(Kind::Disagree);
    response.widget_info(|| {
        let words = format!("Sentence {number}: {}", shown.spoken(unit));
        WidgetInfo::selected(Role::Button, true, is_current, &words)
    });
    let painter = ui.painter();
    let box_ = rect.shrink2(vec2(1.5_f32.min(rect.width() / 8.0), 0.0));
    if is_current {
        painter.rect(box_, RADIUS_SMALL, t.selected, Stroke::new(STROKE_FOCUS, t.strong), StrokeKind::Inside);
    } else if differs {
        let edge = if rect.width() >= 12.0 { t.control } else { t.border };
        painter.rect(box_, RADIUS_SMALL, t.surface, Stroke::new(STROKE, edge), StrokeKind::Inside);
    } else if response.hovered() {
        painter.rect_filled(box_, RADIUS_SMALL, t.hover);
    }
    let width = (rect.width() - 10.0).clamp(rect.width() * 0.5, 34.0);
    for (idx, (_, answer)) in shown.answers(unit).enumerate() {
        let y = row.mul_add(idx as f32 + 0.5, top);
        let bar = Rect::from_center_size(pos2(rect.center().x, y), vec2(width, (row * 0.6).min(9.0)));
        bar_ui(ui, shown, answer, bar, differs);
    }
    if rect.width() >= NUMBERS_FROM && ui.max_rect().height() > super::STRIP_LOW {
        let at = pos2(rect.center().x, rect.bottom() + 13.0);
        let kind = if differs { fonts::SMALL_BOLD } else { fonts::SMALL };
        let colour = if differs { t.strong } else { t.weak };
        let at = if judged.is_decided() { at - vec2(6.0, 0.0) } else { at };
        let drawn = frame::text(painter, at, Align2::CENTER_CENTER, &number.to_string(), kind, colour);
        if judged.is_decided() {
            icons::paint(painter, Icon::Tick, pos2(drawn.right() + 8.0, at.y), t.strong);
        }
    }
    if response.clicked() {
        intents.push(Intent::Look(Look::Sentence(place.idx as usize)));
    }
    tooltip::worked_out(response, || format!("Sentence {number}: {}", shown.spoken(unit)));
}

/// One answer in the shape of its label: full, two parts, a thin line; a dash for none, a frame for no answer.
fn bar_ui(ui: &Ui, shown: &Shown<'_>, answer: Option<AnswerIdx>, bar: Rect, differs: bool) {
    let painter = ui.painter();
    let t = shown.theme.tokens;
    let faint = |colour: Color32| if differs { colour } else { colour.gamma_multiply(AGREED) };
    let Some(answer) = answer else {
        let edge = Stroke::new(STROKE, t.border);
        painter.rect_stroke(bar, RADIUS_TINT, edge, StrokeKind::Inside);
        return;
    };
    let mark = shown.labels(answer).first().and_then(|id| shown.marks.get(id));
    let Some(mark) = mark else {
        let half = 5.0_f32.min(bar.width() / 2.0);
        let colour = if differs { t.strong } else { theme::none_colours(shown.theme.dark).mark };
        let at = bar.center().x - half..=bar.center().x + half;
        painter.hline(at, bar.center().y, Stroke::new(1.5, colour));
        return;
    };
    let colour = faint(mark.colours.mark);
    match mark.line {
        Line::Solid => {
            painter.rect_filled(bar, RADIUS_TINT, colour);
        }
        Line::Dashed => {
            let gap = 4.0_f32.min(bar.width() / 4.0);
            let half = vec2((bar.width() - gap) / 2.0, bar.height());
            painter.rect_filled(Rect::from_min_size(bar.min, half), RADIUS_TINT, colour);
            painter.rect_filled(Rect::from_min_size(bar.max - half, half), RADIUS_TINT, colour);
        }
        Line::Dotted => {
            let line = Rect::from_center_size(bar.center(), vec2(bar.width(), 2.5));
            painter.rect_filled(line, 1, colour);
        }
    }
}
