//! By pair: Cohen's kappa with interval and how many sentences, below the diagonal; on it the labels that each coder gives.

use super::{Scene, push, span};
use crate::session::intent::Intent;
use crate::session::review::agreement::AgreementLook;
use crate::ui::fonts;
use crate::ui::numbers::{counted, decimal, grouped};
use crate::ui::parts::bar::{self, Segment};
use crate::ui::parts::{frame, scroll, spoken, tooltip};
use crate::ui::theme::{self, RADIUS, STROKE, STROKE_CURRENT, STROKE_FOCUS, none_colours};
use egui::{Align2, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

const HEAD: f32 = 36.0;
const FOOT: f32 = 14.0;
const EDGE: f32 = 24.0;
/// From one cell to the next, and how large one is.
const STEP: egui::Vec2 = vec2(104.0, 58.0);
const CELL: egui::Vec2 = vec2(100.0, 54.0);
/// The names of the columns stand in a row above.
const NAMES_HIGH: f32 = 22.0;
const NAMES: (f32, f32) = (52.0, 120.0);

/// The pair that was last brought into view.
#[derive(Default)]
pub(super) struct Followed(Option<(usize, usize)>);

pub(super) fn height(scene: &Scene<'_>) -> f32 {
    STEP.y.mul_add(scene.agreement.columns().len() as f32, HEAD + NAMES_HIGH + FOOT)
}

/// The width in which all of it can be seen.
pub(super) fn width(ui: &Ui, scene: &Scene<'_>) -> f32 {
    STEP.x.mul_add(scene.agreement.columns().len() as f32, EDGE + names(ui, scene) + 8.0)
}

fn names(ui: &Ui, scene: &Scene<'_>) -> f32 {
    let columns = scene.agreement.columns().iter().take(64);
    let widths = columns.map(|column| frame::text_width(ui.painter(), &column.name, fonts::SMALL) + 14.0);
    widths.fold(NAMES.0, f32::max).min(NAMES.1)
}

pub(super) fn pairs_ui(ui: &mut Ui, scene: &Scene<'_>, followed: &mut Followed, intents: &mut Vec<Intent>) {
    let (rect, t) = (ui.max_rect(), scene.theme.tokens);
    let at = pos2(rect.left() + EDGE, rect.top() + 23.0);
    spoken::heading(
        ui,
        Rect::from_min_max(rect.min, pos2(rect.right(), rect.top() + HEAD)),
        "By pair: Cohen\u{2019}s kappa",
    );
    let title =
        frame::text(ui.painter(), at, Align2::LEFT_CENTER, "By pair", fonts::INTERFACE_BOLD, t.strong);
    let at = title.right_center() + vec2(10.0, 0.0);
    let kind = "Cohen\u{2019}s kappa, 95 % interval for large samples";
    frame::text_between(ui.painter(), at, rect.right() - 12.0, kind, fonts::INTERFACE, t.weak);
    let names = names(ui, scene);
    let n = scene.agreement.columns().len();
    let room = Rect::from_min_max(pos2(rect.left() + EDGE, rect.top() + HEAD), rect.max);
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(room).id_salt("pairs"));
    inside.shrink_clip_rect(room);
    let whole = vec2(names + STEP.x * n as f32 + 4.0, NAMES_HIGH + STEP.y * n as f32 + FOOT);
    let mut area = scroll::both().id_salt("pairs").auto_shrink([false; 2]);
    let chosen = scene.agreement.chosen_pair();
    if let Some((row, column)) = chosen.filter(|_| followed.0 != chosen) {
        followed.0 = chosen;
        let offset = |at: usize, step: f32, before: f32, room: f32, whole: f32| {
            (before + step * (at as f32 + 0.5) - room / 2.0).clamp(0.0, (whole - room).max(0.0))
        };
        if whole.x > room.width() {
            area = area.horizontal_scroll_offset(offset(column, STEP.x, names, room.width(), whole.x));
        }
        if whole.y > room.height() {
            area = area.vertical_scroll_offset(offset(row, STEP.y, NAMES_HIGH, room.height(), whole.y));
        }
    }
    area.show_viewport(&mut inside, |ui, seen| {
        let (all, _) = ui.allocate_exact_size(whole, Sense::hover());
        let origin = all.min + vec2(names, NAMES_HIGH);
        let cell = |row: usize, column: usize| {
            Rect::from_min_size(origin + vec2(STEP.x * column as f32, STEP.y * row as f32), CELL)
        };
        let in_view = |from: f32, to: f32, step: f32, before: f32| {
            let nth = |at: f32| ((at - before) / step).max(0.0);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a place among the coders"
            )]
            let (first, last) = (nth(from) as usize, nth(to).ceil() as usize);
            first.min(n)..last.min(n)
        };
        let rows = in_view(seen.top(), seen.bottom(), STEP.y, NAMES_HIGH);
        let columns = in_view(seen.left(), seen.right(), STEP.x, names);
        for row in rows.clone() {
            for column in columns.clone().filter(|column| *column <= row) {
                if row == column {
                    own_ui(ui, scene, row, cell(row, column));
                } else {
                    cell_ui(ui, scene, (row, column), cell(row, column), intents);
                }
            }
        }
        // Names stay where they are while cells scroll.
        let (left, top) = (all.left() + seen.left(), all.top() + seen.top());
        let side = Rect::from_min_max(pos2(left, top), pos2(left + names - 4.0, top + seen.height()));
        let above = Rect::from_min_max(pos2(left, top), pos2(left + seen.width(), top + NAMES_HIGH));
        if seen.left() > 0.0 {
            ui.painter().rect_filled(side, 0, t.paper);
        }
        for row in rows {
            name_ui(ui, scene, row, side.left(), side.right() - 4.0, cell(row, 0).center().y);
        }
        ui.painter().rect_filled(above, 0, t.paper);
        for column in columns {
            let at = cell(0, column);
            let width = frame::text_width(ui.painter(), scene.called(column), fonts::SMALL).min(CELL.x - 4.0);
            let x = at.center().x - width / 2.0;
            if x >= side.right() - 4.0 {
                name_ui(ui, scene, column, x, at.right(), top + NAMES_HIGH / 2.0);
            }
        }
    });
}

fn name_ui(ui: &Ui, scene: &Scene<'_>, coder: usize, left: f32, right: f32, y: f32) {
    let name = scene.called(coder);
    let t = scene.theme.tokens;
    if frame::text_between(ui.painter(), pos2(left, y), right, name, fonts::SMALL, t.normal) {
        let rect = Rect::from_min_max(pos2(left, y - 8.0), pos2(right, y + 8.0));
        let id = ui.scope_id().with(("name", coder, y.to_bits()));
        tooltip::text(ui.interact(rect, id, Sense::hover()), name);
    }
}

/// The labels that a coder gives.
fn own_ui(ui: &Ui, scene: &Scene<'_>, coder: usize, rect: Rect) {
    let (painter, t) = (ui.painter(), scene.theme.tokens);
    let Some(column) = scene.column(coder) else { return };
    let Some(given) = scene.figures.worked.panel.given.get(column.place) else { return };
    let mut segments = vec![];
    let mut said = vec![];
    for label in scene.agreement.labels() {
        let n = given.get(usize::from(*label)).and_then(|n| usize::try_from(*n).ok()).unwrap_or_default();
        let first = scene.agreement.answer(*label).and_then(|labels| labels.first());
        let mark = first.and_then(|id| scene.marks.get(id)).map(|mark| mark.colours.mark);
        let colour = mark.unwrap_or_else(|| none_colours(scene.theme.dark).mark);
        segments.push(Segment { colour, count: n });
        if n > 0 {
            said.push(format!("{} {}", scene.name(*label).to_lowercase(), grouped(n)));
        }
    }
    let n: usize = segments.iter().map(|segment| segment.count).sum();
    let answers = counted(n, "answer", "answers");
    let words = format!("{}: {answers}; {}", column.name, said.join(", "));
    tooltip::text(spoken::text(ui, rect, &words), &words);
    let at = Rect::from_center_size(rect.center() - vec2(0.0, 8.0), vec2(84.0, 6.0));
    bar::paint(painter, at, &segments, n, t.track);
    let at = rect.center() + vec2(0.0, 9.0);
    frame::text(painter, at, Align2::CENTER_CENTER, &answers, fonts::SMALL, t.weak);
}

/// What two coders come to.
fn cell_ui(ui: &Ui, scene: &Scene<'_>, (row, column): (usize, usize), rect: Rect, intents: &mut Vec<Intent>) {
    let (painter, t) = (ui.painter(), scene.theme.tokens);
    let Some((pair, _)) = scene.agreement.pair(row, column) else { return };
    let is_chosen = scene.agreement.chosen_pair() == Some((row, column));
    let n = usize::try_from(pair.confusion.n()).unwrap_or(usize::MAX);
    let interval = pair.cohen_interval().ok();
    let response = ui.interact(rect, ui.scope_id().with(("pair", row, column)), Sense::click());
    let (a, b) = (scene.called(row), scene.called(column));
    let sentences = counted(n, "sentence", "sentences");
    let said = match (pair.cohen, interval) {
        (Ok(kappa), Some(interval)) => {
            format!("{a} and {b}: kappa {}, 95 % interval {}, {sentences}", decimal(kappa, 2), span(interval))
        }
        (Ok(kappa), None) => format!("{a} and {b}: kappa {}, no interval, {sentences}", decimal(kappa, 2)),
        (Err(why), _) => format!("{a} and {b}: kappa undefined, {}; {sentences}", why.words()),
    };
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, &said));
    let edge = if is_chosen { Stroke::new(STROKE_CURRENT, t.strong) } else { Stroke::new(STROKE, t.border) };
    let fill = if response.hovered() { t.hover } else { t.surface };
    painter.rect(rect, RADIUS, fill, edge, StrokeKind::Inside);
    if response.has_focus() {
        let ring = Stroke::new(STROKE_FOCUS, t.focus_ring);
        painter.rect_stroke(rect.expand(1.0), RADIUS, ring, StrokeKind::Outside);
    }
    let at = |y: f32| pos2(rect.center().x, rect.top() + y);
    let centred = Align2::CENTER_CENTER;
    if let Ok(kappa) = pair.cohen {
        frame::text(painter, at(12.0), centred, &decimal(kappa, 2), fonts::INTERFACE_BOLD, scene.ink());
        let words = interval.map_or_else(|| "no interval".to_owned(), span);
        frame::text(painter, at(28.0), centred, &words, fonts::SMALL, t.weak);
    } else {
        frame::text(painter, at(12.0), centred, "\u{2013}", fonts::INTERFACE_BOLD, t.weak);
        let words = if n == 0 { "none in common" } else { "all alike" };
        frame::text(painter, at(28.0), centred, words, fonts::SMALL, t.weak);
    }
    frame::text(painter, at(43.0), centred, &format!("n {}", grouped(n)), fonts::SMALL, t.weak);
    if response.clicked() {
        push(intents, AgreementLook::Pair(row, column));
    }
    tooltip::text(response, &said);
    debug_assert!(rect.height() >= theme::LEAST_TARGET);
}
