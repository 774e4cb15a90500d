//! The matrix of a pair: how often one said this and the other that. The fuller a cell, the darker its ground.

use super::{Scene, push};
use crate::analysis::agreement::matrix::LabelIdx;
use crate::session::intent::Intent;
use crate::session::review::agreement::AgreementLook;
use crate::ui::fonts;
use crate::ui::numbers::{counted, grouped};
use crate::ui::parts::{frame, keycap, scroll, spoken, tooltip};
use crate::ui::theme::{self, RADIUS, STROKE, STROKE_CURRENT, STROKE_FOCUS};
use egui::{Align2, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use std::ops::Range;

const HEAD: f32 = 36.0;
const FOOT: f32 = 62.0;
const EDGE: f32 = 24.0;
/// The cells of a few labels, and of many; and the gap between them.
const CELL: egui::Vec2 = vec2(48.0, 44.0);
const SMALL_CELL: egui::Vec2 = vec2(36.0, 30.0);
const MANY: usize = 8;
const GAP: f32 = 4.0;
/// The column with the names and letters of the rows, the row with those of the columns, and the sums at the other ends.
const SIDE: (f32, f32) = (58.0, 104.0);
const ABOVE: f32 = 34.0;
const SUMS: egui::Vec2 = vec2(46.0, 28.0);
/// Wider where the sums have more digits.
const SUMS_OF_MANY: f32 = 58.0;
const MANY_SENTENCES: usize = 10_000;
/// How dark the ground of the emptiest and of the fullest cell is off the diagonal.
const SHADE: (f32, f32) = (0.04, 0.26);

/// The cell that was last brought into view.
#[derive(Default)]
pub(super) struct Followed(Option<((usize, usize), (LabelIdx, LabelIdx))>);

fn cell_size(scene: &Scene<'_>) -> egui::Vec2 {
    if scene.agreement.labels().len() > MANY { SMALL_CELL } else { CELL }
}

/// How large all cells are together.
fn cells_size(scene: &Scene<'_>) -> egui::Vec2 {
    (cell_size(scene) + egui::Vec2::splat(GAP)) * scene.agreement.labels().len() as f32
}

fn sums_width(scene: &Scene<'_>) -> f32 {
    if scene.figures.worked.panel.counts.n_units < MANY_SENTENCES { SUMS.x } else { SUMS_OF_MANY }
}

pub(super) fn width(scene: &Scene<'_>) -> f32 {
    cells_size(scene).x + EDGE + SIDE.0 + 20.0 + sums_width(scene)
}

pub(super) fn height(scene: &Scene<'_>) -> f32 {
    cells_size(scene).y + HEAD + ABOVE + SUMS.y + FOOT
}

/// What is drawn: the pair, and how many sentences the fullest cell off the diagonal has.
struct Drawn<'a> {
    scene: &'a Scene<'a>,
    pair: (usize, usize),
    most: u64,
    /// Room for the name of the coder of the rows, and the letters.
    side: f32,
}

pub(super) fn confusion_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    followed: &mut Followed,
    intents: &mut Vec<Intent>,
) {
    let (rect, t) = (ui.max_rect(), scene.theme.tokens);
    let Some(pair) = scene.agreement.chosen_pair() else { return };
    let Some((of, _)) = scene.agreement.pair(pair.0, pair.1) else { return };
    let n = usize::try_from(of.confusion.n()).unwrap_or(usize::MAX);
    let same = usize::try_from(of.confusion.n_same()).unwrap_or(usize::MAX);
    let off = of.confusion.cells().iter().filter(|(a, b, _)| a != b).map(|(.., n)| *n);
    let drawn = Drawn { scene, pair, most: off.max().unwrap_or_default(), side: side(ui, scene, pair) };
    // The coder of the columns stands further left among the pairs, and is named first.
    let whole = format!("{} against {}", scene.called(pair.1), scene.called(pair.0));
    let head = Rect::from_min_max(rect.min, pos2(rect.right(), rect.top() + HEAD));
    spoken::heading(ui, head, &whole);
    let at = pos2(rect.left() + EDGE, rect.top() + 23.0);
    let count = format!("n {}", grouped(n));
    let width = frame::text_width(ui.painter(), &count, fonts::INTERFACE);
    let most = rect.right() - 20.0 - width;
    let wide = |words: &str| frame::text_width(ui.painter(), words, fonts::INTERFACE_BOLD);
    let is_whole = at.x + wide(&whole) <= most;
    // Of long names what there is room for, so that both can be told.
    let half = (most - at.x - wide(" against ")) / 2.0;
    let [first, second] = [pair.1, pair.0].map(|coder| short_name(ui, scene, coder, half));
    let words = if is_whole { whole.clone() } else { format!("{first} against {second}") };
    let natural = wide(&words);
    frame::text_between(ui.painter(), at, most, &words, fonts::INTERFACE_BOLD, t.strong);
    if !is_whole {
        named(ui, Rect::from_min_max(at - vec2(0.0, 10.0), pos2(most, at.y + 10.0)), ("pair", 0), &whole);
    }
    let at = pos2((at.x + natural).min(most) + 9.0, at.y);
    frame::text(ui.painter(), at, Align2::LEFT_CENTER, &count, fonts::INTERFACE, t.weak);
    let room = Rect::from_min_max(pos2(rect.left() + EDGE, rect.top() + HEAD), rect.max - vec2(0.0, FOOT));
    cells_ui(ui, &drawn, room, followed, intents);
    // Right below the matrix, or at the foot where it scrolls.
    let natural = HEAD + ABOVE + SUMS.y + cells_size(scene).y;
    let y = (rect.top() + natural + 8.0).min(rect.bottom() - FOOT + 6.0);
    let says = format!(
        "On the diagonal, {} of {}: the same label. The fuller a cell\u{2019}s ground, the more.",
        grouped(same),
        counted(n, "sentence", "sentences")
    );
    let width = (rect.width() - EDGE - 16.0).min(420.0);
    let bottom = super::paragraph(ui, pos2(rect.left() + EDGE, y), width, &says, fonts::SMALL, t.weak);
    let mut x = rect.left() + EDGE;
    for cap in ["\u{2190}", "\u{2192}", "\u{2191}", "\u{2193}"] {
        let right = x + keycap::width(ui.painter(), cap);
        keycap::paint(ui.painter(), &scene.theme, pos2(right, bottom + 11.0), cap, keycap::Ground::Plain);
        x = right + 4.0;
    }
    let at = pos2(x + 4.0, bottom + 11.0);
    frame::text_between(ui.painter(), at, rect.right() - 8.0, "choose a cell", fonts::SMALL, t.weak);
}

fn cells_ui(ui: &mut Ui, drawn: &Drawn<'_>, room: Rect, followed: &mut Followed, intents: &mut Vec<Intent>) {
    let agreement = drawn.scene.agreement;
    let labels = agreement.labels();
    let (n, side) = (labels.len(), drawn.side);
    let of_cell = cell_size(drawn.scene);
    let step = of_cell + egui::Vec2::splat(GAP);
    let whole = cells_size(drawn.scene) + vec2(side + sums_width(drawn.scene), ABOVE + SUMS.y);
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(room).id_salt("cells"));
    inside.shrink_clip_rect(room);
    let chosen = agreement.chosen_cell();
    let mut area = scroll::both().id_salt("cells").auto_shrink([false; 2]);
    let follow = chosen.map(|cell| (drawn.pair, cell));
    if let Some((_, (row, column))) = follow.filter(|follow| followed.0 != Some(*follow)) {
        followed.0 = follow;
        let place =
            |label: LabelIdx| labels.iter().position(|other| *other == label).unwrap_or_default() as f32;
        let offset = |at: f32, step: f32, before: f32, room: f32, whole: f32| {
            (before + step * (at + 0.5) - room / 2.0).clamp(0.0, (whole - room).max(0.0))
        };
        if whole.x > room.width() {
            area = area.horizontal_scroll_offset(offset(place(column), step.x, side, room.width(), whole.x));
        }
        if whole.y > room.height() {
            area = area.vertical_scroll_offset(offset(place(row), step.y, ABOVE, room.height(), whole.y));
        }
    }
    area.show_viewport(&mut inside, |ui, seen| {
        let (all, _) = ui.allocate_exact_size(whole, Sense::hover());
        let origin = all.min + vec2(side, ABOVE);
        let cell = |row: usize, column: usize| {
            Rect::from_min_size(origin + vec2(step.x * column as f32, step.y * row as f32), of_cell)
        };
        let rows = in_view(seen.y_range(), step.y, ABOVE, n);
        let columns = in_view(seen.x_range(), step.x, side, n);
        for row in rows.clone() {
            for column in columns.clone() {
                let Some((a, b)) = labels.get(row).zip(labels.get(column)) else { continue };
                cell_ui(ui, drawn, (*a, *b), cell(row, column), intents);
            }
        }
        let corner = all.min + seen.min.to_vec2();
        heads_ui(ui, drawn, Rect::from_min_size(corner, seen.size()), &(rows, columns), &cell);
    });
}

/// The places of which something is seen.
fn in_view(seen: egui::Rangef, step: f32, before: f32, n: usize) -> Range<usize> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place among the labels")]
    let nth = |at: f32| (((at - before) / step).max(0.0)) as usize;
    nth(seen.min).min(n)..(nth(seen.max) + 1).min(n)
}

/// Letters and sums of rows and columns; they stay where they are while cells scroll.
fn heads_ui(
    ui: &Ui,
    drawn: &Drawn<'_>,
    seen: Rect,
    (rows, columns): &(Range<usize>, Range<usize>),
    cell: &dyn Fn(usize, usize) -> Rect,
) {
    let scene = drawn.scene;
    let (painter, t) = (ui.painter(), scene.theme.tokens);
    let labels = scene.agreement.labels();
    let n = labels.len();
    let given = |label: LabelIdx| {
        let (pair, is_turned) = scene.agreement.pair(drawn.pair.0, drawn.pair.1)?;
        let (first, second) = pair.confusion.n_given(label);
        Some(if is_turned { (second, first) } else { (first, second) })
    };
    let chosen = scene.agreement.chosen_cell();
    let side = seen.with_max_x(seen.left() + drawn.side - 4.0);
    let above = seen.with_max_y(seen.top() + ABOVE - 4.0);
    painter.rect_filled(side, 0, t.paper);
    painter.rect_filled(above, 0, t.paper);
    let name = |label: LabelIdx| scene.name(label);
    for row in rows.clone() {
        let Some(label) = labels.get(row).copied() else { continue };
        let at = cell(row, 0).center().y;
        if at < above.bottom() {
            continue;
        }
        let (letter, ink) = scene.letter(label);
        let place = frame::text(
            painter,
            pos2(side.right() - 8.0, at),
            Align2::RIGHT_CENTER,
            &letter,
            fonts::LETTER,
            ink,
        );
        named(ui, place, ("row", row), &name(label));
        let sum = given(label).map_or(0, |(row, _)| row);
        let right = cell(row, n.saturating_sub(1)).right() + sums_width(scene) - 12.0;
        let sum = grouped(usize::try_from(sum).unwrap_or(usize::MAX));
        let lit = chosen.is_some_and(|(row, _)| row == label);
        let colour = if lit { t.strong } else { t.weak };
        frame::text(painter, pos2(right, at), Align2::RIGHT_CENTER, &sum, fonts::SMALL, colour);
    }
    for column in columns.clone() {
        let Some(label) = labels.get(column).copied() else { continue };
        let x = cell(0, column).center().x;
        if x < side.right() {
            continue;
        }
        let (letter, ink) = scene.letter(label);
        let at = pos2(x, above.bottom() - 10.0);
        let place = frame::text(painter, at, Align2::CENTER_CENTER, &letter, fonts::LETTER, ink);
        named(ui, place, ("column", column), &name(label));
        let sum = given(label).map_or(0, |(_, column)| column);
        let y = cell(n.saturating_sub(1), 0).bottom() + 14.0;
        let sum = grouped(usize::try_from(sum).unwrap_or(usize::MAX));
        let lit = chosen.is_some_and(|(_, column)| column == label);
        let colour = if lit { t.strong } else { t.weak };
        frame::text(painter, pos2(x, y), Align2::CENTER_CENTER, &sum, fonts::SMALL, colour);
    }
    let corner = Rect::from_min_max(seen.min, pos2(side.right(), above.bottom()));
    painter.rect_filled(corner, 0, t.paper);
    let (row, column) = drawn.pair;
    let of_row = short_name(ui, scene, row, drawn.side - 26.0);
    let at = pos2(seen.left(), cell(0, 0).center().y - 2.0);
    if rows.start == 0 && at.y > above.bottom() {
        frame::text(painter, at, Align2::LEFT_CENTER, &of_row, fonts::SMALL, t.normal);
    }
    let of_column = short_name(ui, scene, column, drawn.side - 6.0);
    let at = pos2(side.right() - 4.0, above.bottom() - 12.0);
    frame::text(painter, at, Align2::RIGHT_CENTER, &of_column, fonts::SMALL, t.normal);
}

/// How wide the names and letters of the rows are.
fn side(ui: &Ui, scene: &Scene<'_>, (row, _): (usize, usize)) -> f32 {
    let letters = scene.agreement.labels().iter().take(64);
    let letters =
        letters.map(|label| frame::text_width(ui.painter(), &scene.letter(*label).0, fonts::LETTER));
    let name = short_name(ui, scene, row, 52.0);
    let name = frame::text_width(ui.painter(), &name, fonts::SMALL);
    (name + letters.fold(10.0, f32::max) + 20.0).clamp(SIDE.0, SIDE.1)
}

/// A coder's name, its first word, or its letters: what there is room for.
fn short_name(ui: &Ui, scene: &Scene<'_>, coder: usize, room: f32) -> String {
    let Some(column) = scene.column(coder) else { return String::new() };
    let fits = |name: &&str| frame::text_width(ui.painter(), name, fonts::SMALL) <= room;
    let first = column.name.split_whitespace().next().unwrap_or(&column.name);
    // The first word of a number in the place of a name says nothing.
    let first = if scene.session.review().chosen().shows_names { first } else { &column.name };
    [column.name.as_str(), first].into_iter().find(fits).unwrap_or(&column.short).to_owned()
}

/// What a letter stands for, under the pointer.
fn named(ui: &Ui, place: Rect, id: (&str, usize), name: &str) {
    let response = ui.interact(place.expand(6.0), ui.scope_id().with(id), Sense::hover());
    tooltip::text(response, name);
}

fn cell_ui(
    ui: &Ui,
    drawn: &Drawn<'_>,
    (row, column): (LabelIdx, LabelIdx),
    rect: Rect,
    intents: &mut Vec<Intent>,
) {
    let scene = drawn.scene;
    let (painter, t) = (ui.painter(), scene.theme.tokens);
    let n = scene.agreement.n_in(drawn.pair, (row, column));
    let is_chosen = scene.agreement.chosen_cell() == Some((row, column));
    let response = ui.interact(rect, ui.scope_id().with(("cell", row, column)), Sense::CLICK);
    let count = usize::try_from(n).unwrap_or(usize::MAX);
    let said = || {
        let (a, b) = (scene.called(drawn.pair.0), scene.called(drawn.pair.1));
        let (row, column) = (scene.name(row).to_lowercase(), scene.name(column).to_lowercase());
        format!("{}: {a} {row}, {b} {column}", counted(count, "sentence", "sentences"))
    };
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, said()));
    if is_chosen {
        spoken::here(ui.ctx(), response.id);
    }
    let ground = if row == column {
        t.surface
    } else if n == 0 {
        theme::mix(t.paper, t.strong, SHADE.0 / 2.0)
    } else {
        let share = n as f32 / drawn.most.max(1) as f32;
        theme::mix(t.paper, t.strong, (SHADE.1 - SHADE.0).mul_add(share, SHADE.0))
    };
    let edge = match (is_chosen, row == column || response.hovered()) {
        (true, _) => Stroke::new(STROKE_CURRENT, t.strong),
        (false, true) => Stroke::new(STROKE, if response.hovered() { t.control } else { t.border }),
        (false, false) => Stroke::NONE,
    };
    painter.rect(rect, RADIUS, ground, edge, StrokeKind::Inside);
    if response.has_focus() {
        let ring = Stroke::new(STROKE_FOCUS, t.focus_ring);
        painter.rect_stroke(rect.expand(1.0), RADIUS, ring, StrokeKind::Outside);
    }
    let kind = if is_chosen { fonts::INTERFACE_BOLD } else { fonts::INTERFACE };
    let colour = if n == 0 { t.weak } else { scene.ink() };
    let words = grouped(count);
    let kind =
        if words.len() > 5 || (rect.width() < CELL.x && words.len() > 3) { fonts::SMALL } else { kind };
    frame::text(painter, rect.center(), Align2::CENTER_CENTER, &words, kind, colour);
    if response.double_clicked() {
        push(intents, AgreementLook::Queue(None));
    } else if response.clicked() {
        push(intents, AgreementLook::Cell(row, column));
    }
    tooltip::worked_out(response, said);
}
