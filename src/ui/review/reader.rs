//! The reader of Review: one sentence a line, a column a coder and one for gold.

use super::{Shown, answer, column_text, letter};
use crate::analysis::compare::{Decided, Kind};
use crate::model::ids::Span;
use crate::session::intent::Intent;
use crate::session::view::Look;
use crate::ui::fonts::{self, READING_REVIEW};
use crate::ui::parts::icons::{self, Icon};
use crate::ui::parts::prose::{self, Mark, Paragraph, Sentence};
use crate::ui::parts::{chip, frame, scroll, spoken, tooltip};
use crate::ui::theme::{self, RADIUS_SMALL, RADIUS_TINT, STROKE};
use egui::text::TextWrapping;
use egui::{Align2, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2};

/// The columns: from the edge to the first one, from one to the next, from the last one to gold, from gold to the text.
const LEFT: f32 = 35.0;
const COLUMN: f32 = 22.0;
const TO_GOLD: f32 = 41.0;
const TO_TEXT: f32 = 32.0;
const HEAD: f32 = 32.0;
/// Widest text, and what is left free right of it.
const MOST_TEXT: f32 = 620.0;
const RIGHT: f32 = 40.0;
const ROW_GAP: f32 = 4.0;
const PARAGRAPH: f32 = 14.0;
/// Where a sentence that is gone to comes to stand, and the band that it may be in.
const COME_TO: f32 = 0.35;
const BAND: (f32, f32) = (0.15, 0.85);

/// Where the rows of the article are, kept from frame to frame.
#[derive(Default)]
pub(super) struct ReaderDraft {
    /// Of what the rows are: where the article lies in memory, the width, what is hidden.
    of: Option<(usize, u32, u64)>,
    rows: Vec<Row>,
    height: f32,
    /// Which move to which sentence was followed last, and in what room.
    followed: Option<(u64, usize, [u32; 2])>,
    /// For this state of the project the hidden rows were worked out.
    revision: u64,
}

#[derive(Debug, Clone, Copy)]
struct Row {
    idx: usize,
    top: f32,
    height: f32,
}

pub(super) fn reader_ui(ui: &mut Ui, shown: &Shown<'_>, draft: &mut ReaderDraft, intents: &mut Vec<Intent>) {
    let rect = ui.max_rect();
    let places = places(rect, shown.columns.len(), ui.ctx().content_rect().width());
    let width = places.width;
    head_ui(ui, shown, rect.with_max_y(rect.top() + HEAD), &places);
    draft.arrange(ui, shown, width);
    let body = rect.with_min_y(rect.top() + HEAD);
    let mut inside = ui.new_child(UiBuilder::new().max_rect(body).id_salt("body"));
    inside.shrink_clip_rect(body);
    let offset_id = egui::Id::unique("review offset");
    let offset = ui.data(|data| data.get_temp(offset_id)).unwrap_or(0.0_f32);
    let mut area = scroll::down().auto_shrink([false; 2]).id_salt("review reader");
    if let Some(to) = draft.follow(shown, offset, body.height()) {
        area = area.vertical_scroll_offset(to);
    }
    let out = area.show_viewport(&mut inside, |ui, viewport| {
        ui.set_height(draft.height);
        let top = ui.max_rect().top();
        let from = draft.rows.partition_point(|row| row.top + row.height < viewport.min.y);
        for row in draft.rows.iter().skip(from).take_while(|row| row.top <= viewport.max.y) {
            let at = Rect::from_min_size(pos2(rect.left(), top + row.top), vec2(rect.width(), row.height));
            row_ui(ui, shown, row.idx, at, &places, intents);
        }
    });
    ui.data_mut(|data| data.insert_temp(offset_id, out.state.unclamped_offset().y));
}

/// Where things stand from left to right.
struct Places {
    /// The middles of the first coder's column and of gold's.
    first: f32,
    gold: f32,
    /// Where the text begins, and its width.
    text: f32,
    width: f32,
    /// Where notes begin, where there is room for them.
    notes: Option<f32>,
}

/// Columns, text and notes as one block, in the middle of the room.
fn places(rect: Rect, n: usize, window: f32) -> Places {
    let before = LEFT + COLUMN * n.saturating_sub(1) as f32 + TO_GOLD + TO_TEXT;
    let width = (rect.width() - RIGHT - before).clamp(160.0, MOST_TEXT);
    let beside = theme::NOTES_GAP + theme::NOTES_WIDTH;
    let has_notes = window >= theme::WIDE_FROM && rect.width() >= before + width + beside + RIGHT;
    let block = before + width + if has_notes { beside } else { 0.0 } + RIGHT;
    let left = rect.left() + ((rect.width() - block) / 2.0).max(0.0).round();
    let text = left + before;
    let notes = has_notes.then_some(text + width + theme::NOTES_GAP);
    Places { first: left + LEFT, gold: text - TO_TEXT, text, width, notes }
}

fn head_ui(ui: &Ui, shown: &Shown<'_>, rect: Rect, places: &Places) {
    let t = shown.theme.tokens;
    for (idx, column) in shown.columns.iter().enumerate() {
        let x = places.first + COLUMN * idx as f32;
        let cell = Rect::from_center_size(pos2(x, rect.center().y), vec2(COLUMN, rect.height()));
        let response = spoken::text(ui, cell, &column.name);
        tooltip::text(response, &column.name);
        shown.person(column).paint(ui.painter(), pos2(x, rect.center().y), t.weak);
    }
    column_text(ui, places.gold, rect.center().y, "Gold", fonts::SMALL, t.strong);
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(STROKE, t.border));
}

impl ReaderDraft {
    fn arrange(&mut self, ui: &Ui, shown: &Shown<'_>, width: f32) {
        let chosen = shown.session.review().chosen();
        // What is hidden depends on the answers.
        let state = if chosen.hides_agreed { shown.desk.revision() + 1 } else { 0 };
        let of = (std::ptr::from_ref(shown.article).addr(), width.to_bits(), state);
        if self.of == Some(of) && self.revision <= shown.desk.revision() {
            return;
        }
        (self.of, self.revision) = (Some(of), shown.desk.revision());
        self.rows.clear();
        let mut top = 10.0;
        for (idx, sentence) in shown.article.sentences().iter().enumerate() {
            if chosen.hides_agreed && !self::is_looked_at(shown, idx) {
                continue;
            }
            let words = shown.article.words_of(sentence);
            let height = prose::layout(ui.painter(), words, READING_REVIEW, width).size().y;
            let ends = shown.article.row_of(idx);
            let gap = ends.get(ends.trim_end().len()..).is_some_and(|gap| gap.matches('\n').count() > 1);
            let height = height + ROW_GAP + if gap { PARAGRAPH } else { 0.0 };
            self.rows.push(Row { idx, top, height });
            top += height;
        }
        self.height = top + 40.0;
    }

    /// How far the article is to be scrolled, if the current sentence was gone to and lies out of the band.
    fn follow(&mut self, shown: &Shown<'_>, offset: f32, height: f32) -> Option<f32> {
        let view = shown.session.view();
        let width = self.of.map_or(0, |(_, width, _)| width);
        let now = (view.n_moves, view.sentence, [width, height.to_bits()]);
        if self.followed == Some(now) {
            return None;
        }
        self.followed = Some(now);
        let row = self.rows.iter().find(|row| row.idx == view.sentence)?;
        let is_in = row.top >= offset + BAND.0 * height && row.top + row.height <= offset + BAND.1 * height;
        let most = (self.height - height).max(0.0);
        (!is_in).then(|| (row.top - COME_TO * height).clamp(0.0, most))
    }
}

/// Whether a sentence is shown where agreed ones are hidden.
fn is_looked_at(shown: &Shown<'_>, idx: usize) -> bool {
    let span = shown.article.sentences().get(idx).map(|sentence| sentence.span);
    let unit = span.and_then(|span| shown.units.at(span));
    let judged = unit.and_then(|unit| shown.comparison.judged(shown.at(unit)));
    idx == shown.session.view().sentence || judged.is_some_and(|judged| judged.is(Kind::Disagree))
}

fn row_ui(ui: &Ui, shown: &Shown<'_>, idx: usize, rect: Rect, places: &Places, intents: &mut Vec<Intent>) {
    let t = shown.theme.tokens;
    let Some(sentence) = shown.article.sentences().get(idx) else { return };
    let (text_x, width) = (places.text, places.width);
    let words = shown.article.words_of(sentence);
    let unit = shown.units.at(sentence.span);
    let is_current = shown.session.view().sentence == idx;
    let galley = prose::layout(ui.painter(), words, READING_REVIEW, width);
    let target = Rect::from_min_size(rect.min, vec2(rect.width(), galley.size().y));
    let response = ui.interact(target, ui.scope_id().with(("sentence", idx)), Sense::CLICK);
    response.widget_info(|| {
        let said = unit.map_or_else(|| "not asked for".to_owned(), |unit| shown.spoken(unit));
        let words = format!("Sentence {}: {words} {said}", idx + 1);
        WidgetInfo::selected(Role::Button, true, is_current, &words)
    });
    if is_current {
        spoken::here(ui.ctx(), response.id);
    }
    if response.clicked() {
        intents.push(Intent::Look(Look::Sentence(idx)));
    }
    let pos = pos2(text_x, rect.top());
    let judged = unit.and_then(|unit| shown.comparison.judged(shown.at(unit)));
    let gold = unit.and_then(|unit| shown.gold(unit));
    let marks: Vec<Mark<'_>> =
        gold.iter().flat_map(|gold| gold.labels).filter_map(|id| shown.marks.get(id).copied()).collect();
    let n_chars = words.chars().count();
    let is_open = judged.is_some_and(|judged| judged.is(Kind::Undecided));
    if is_open && !is_current {
        for part in prose::rects(&galley, &(0..n_chars)) {
            let part = part.translate(pos.to_vec2()).expand2(vec2(1.0, -2.0));
            ui.painter().rect_filled(part, RADIUS_TINT, t.current_unlabelled);
        }
    }
    let flash = shown.session.view().flash.as_ref();
    let flashes = flash.is_some_and(|(article, span)| *article == shown.article.id && *span == sentence.span);
    if flashes {
        intents.push(Intent::Look(Look::Flashed));
    }
    let painted = Sentence {
        current: is_current,
        hovered: response.hovered() && !tooltip::rests(&response),
        quiet: judged.is_none_or(|judged| !judged.differs()),
        flash: if flashes { 1.0 } else { 0.0 },
        ..Sentence::new(0..n_chars, answer(gold.as_ref(), &marks))
    };
    let paragraph = Paragraph {
        galley: &galley,
        pos,
        width,
        sentences: std::slice::from_ref(&painted),
        spans: &[],
        margin: false,
        headline: false,
    };
    prose::paint(ui.painter(), &shown.theme, &paragraph);
    let Some((unit, judged)) = unit.zip(judged) else { return };
    let middle = rect.top() + READING_REVIEW.line / 2.0;
    for (column, (_, said)) in shown.answers(unit).enumerate() {
        let x = places.first + COLUMN * column as f32;
        let (text, ink) = match said {
            Some(said) => letter(shown, shown.labels(said)),
            None => ("\u{b7}".to_owned(), t.weak),
        };
        let kind = if judged.differs() { fonts::LETTER } else { fonts::LETTER_PALE };
        column_text(ui, x, middle, &text, kind, ink);
    }
    gold_ui(
        ui,
        shown,
        pos2(places.gold, middle),
        (gold.map(|gold| letter(shown, gold.labels)), judged.decided),
        is_open,
    );
    if judged.is_commented() {
        icons::paint(ui.painter(), Icon::Speech, pos2(text_x + width + 14.0, middle), t.weak);
    }
    if let Some(left) = places.notes {
        // Rows of notes are lower.
        let n_rows = galley.rows.len() * 3 / 2;
        notes_ui(ui, shown, sentence.span, (pos2(left, rect.top() + 5.0), n_rows));
    }
}

/// What coders noted about a sentence, beside it.
fn notes_ui(ui: &Ui, shown: &Shown<'_>, span: Span, (at, n_rows): (Pos2, usize)) {
    let t = shown.theme.tokens;
    let notes: Vec<String> = shown.notes(span).map(|(name, note)| format!("{name}: {note}")).collect();
    if notes.is_empty() {
        return;
    }
    let text = notes.join("  ").replace('\n', " ");
    let wrap = TextWrapping { max_rows: n_rows, ..TextWrapping::wrap_at_width(theme::NOTES_WIDTH) };
    let galley = fonts::SMALL.rows(ui.painter(), &text, t.normal, wrap);
    let cut = galley.elided;
    let rect = Rect::from_min_size(at, galley.size());
    ui.painter().galley(at, galley, t.normal);
    let response = spoken::text(ui, rect, &text);
    if cut {
        tooltip::text(response, &notes.join("\n"));
    }
}

/// The gold letter: filled where it was decided, a question mark where it is open.
fn gold_ui(
    ui: &Ui,
    shown: &Shown<'_>,
    at: Pos2,
    (gold, decided): (Option<(String, egui::Color32)>, Decided),
    is_open: bool,
) {
    let (painter, t) = (ui.painter(), shown.theme.tokens);
    match (gold, decided) {
        (None, _) if is_open => chip::letter_box(painter, &shown.theme, at, 20.0, "?", t.strong),
        (None, _) => {}
        (Some((text, ink)), Decided::No) => {
            frame::text(painter, at, Align2::CENTER_CENTER, &text, fonts::LETTER, ink);
        }
        (Some((text, ink)), decided) => {
            chip::letter_box(painter, &shown.theme, at, 20.0, &text, ink);
            if decided == Decided::Stale {
                let around = Rect::from_center_size(at, vec2(26.0, 26.0));
                let edge = Stroke::new(1.5, t.warning);
                painter.rect_stroke(around, RADIUS_SMALL + 2, edge, StrokeKind::Inside);
            }
        }
    }
}
