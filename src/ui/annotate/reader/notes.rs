//! In a wide window the notes themselves stand beside the text, and which sentences are unsure.

use crate::model::coding::Coding;
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::view::Look;
use crate::ui::annotate::reader::Painting;
use crate::ui::annotate::reader::blocks::Blocks;
use crate::ui::fonts;
use crate::ui::marks::Marks;
use crate::ui::parts::{frame, tooltip};
use crate::ui::theme::{self, STROKE};
use egui::text::TextWrapping;
use egui::{Align2, CursorIcon, Rangef, Rect, Sense, Stroke, Ui, pos2};

/// Notes of sentences this far above the view, in points, may reach into it.
const ABOVE: f32 = 400.0;
/// From the line to the words, and between two notes.
const INSET: f32 = 13.0;
const GAP: f32 = 10.0;
/// A longer note is cut; the inspector and the tooltip have all of it.
const MAX_ROWS: usize = 8;
/// Letters of labels shown at most.
const MAX_LETTERS: usize = 3;

/// Draws the notes in view, each at the row where its sentence begins, or below the note before.
pub fn notes_ui(
    ui: &Ui,
    painting: &Painting<'_>,
    blocks: &Blocks,
    (place, view): (Rangef, Rangef),
    marks: &Marks<'_>,
    intents: &mut Vec<Intent>,
) {
    let origin_y = ui.max_rect().top();
    let mut below = f32::MIN;
    for block in blocks.in_view(Rangef::new(view.min - ABOVE, view.max)) {
        for (idx, _) in block.sentences(painting.article) {
            let coding = painting.desk.coding(painting.article, idx);
            let Some(coding) = coding.filter(|coding| coding.unsure || coding.note.is_some()) else {
                continue;
            };
            let Some(extent) = blocks.extent(ui.painter(), painting.article, idx) else { continue };
            let top = (origin_y + extent.top + 2.0).max(below);
            let room = Rect::from_x_y_ranges(place, top..=f32::INFINITY);
            below = note_ui(ui, painting.session, room, (idx, coding), marks, intents) + GAP;
        }
    }
}

/// Draws one note at the top of `room`; gives back where it ends.
fn note_ui(
    ui: &Ui,
    session: &Session,
    room: Rect,
    (idx, coding): (usize, &Coding),
    marks: &Marks<'_>,
    intents: &mut Vec<Intent>,
) -> f32 {
    let t = theme::of(ui).tokens;
    let painter = ui.painter();
    let note = coding.note.as_deref().unwrap_or_default();
    let wrap = TextWrapping { max_rows: MAX_ROWS, ..TextWrapping::wrap_at_width(room.width() - INSET) };
    let words = (!note.is_empty()).then(|| {
        let mut job = fonts::LIST_TITLE.marked(note, t.normal, &session.found_in_note(note), t.hit);
        job.wrap = wrap;
        painter.layout_job(job)
    });
    let height = fonts::LIST_TITLE.line + words.as_ref().map_or(0.0, |words| words.size().y);
    let rect = Rect::from_x_y_ranges(room.x_range(), room.top()..=room.top() + height);
    if !painter.clip_rect().intersects(rect) {
        return rect.bottom();
    }
    let response = ui.interact(rect, ui.scope_id().with(("note", idx)), Sense::CLICK);
    let line = if response.hovered() { t.control } else { t.border };
    painter.vline(rect.left() + 0.5, rect.y_range(), Stroke::new(STROKE, line));
    let left = rect.left() + INSET;
    let x = letters(ui, pos2(left, rect.top() + fonts::LIST_TITLE.line / 2.0), coding, marks);
    let unsure = if coding.unsure { ", unsure" } else { "" };
    let head = format!("Sentence {}{unsure}", idx + 1);
    let at = pos2(x, rect.top() + fonts::LIST_TITLE.line / 2.0);
    frame::text(painter, at, Align2::LEFT_CENTER, &head, fonts::SMALL, t.weak);
    if response.clicked() {
        intents.push(Intent::Look(Look::Sentence(idx)));
    }
    if response.hovered() {
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
    }
    if let Some(words) = words {
        let is_cut = words.elided;
        painter.galley(pos2(left, rect.top() + fonts::LIST_TITLE.line), words, t.normal);
        if is_cut {
            tooltip::text(response, note);
        }
    }
    rect.bottom()
}

/// The letters of the answer as they stand in the margin; gives back where the words go on.
fn letters(ui: &Ui, at: egui::Pos2, coding: &Coding, marks: &Marks<'_>) -> f32 {
    let t = theme::of(ui).tokens;
    let mut pieces: Vec<(String, egui::Color32)> = Vec::new();
    if coding.is_none() {
        pieces.push(("\u{2013}".to_owned(), t.read_none));
    } else if coding.answered {
        let known = coding.labels.iter().filter_map(|id| marks.get(id));
        pieces.extend(known.take(MAX_LETTERS).map(|mark| (mark.letter.to_owned(), mark.colours.ink)));
        if coding.labels.len() > MAX_LETTERS {
            pieces.push((format!("+{}", coding.labels.len() - MAX_LETTERS), t.weak));
        }
    }
    let ink = pieces.first().map_or(t.weak, |(_, ink)| *ink);
    if coding.unsure {
        pieces.push(("?".to_owned(), ink));
    }
    let is_empty = pieces.is_empty();
    let mut x = at.x;
    for (text, ink) in pieces {
        x = frame::text(ui.painter(), pos2(x, at.y), Align2::LEFT_CENTER, &text, fonts::LETTER, ink).right();
    }
    if is_empty { x } else { x + 8.0 }
}
