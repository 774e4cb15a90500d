//! A list in a dialog: one row is chosen by the arrows, `Enter` or a click takes it.

use egui::{Align2, Key, Modifiers, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::ui::fonts;
use crate::ui::parts::{frame, scroll, spoken, tooltip};
use crate::ui::theme::{self, RADIUS, RADIUS_SMALL, STROKE};

const ROW_HEIGHT: f32 = 32.0;
/// No row is chosen: the arrows lead to the first or the last one.
pub const NONE: usize = usize::MAX;
/// How far an arrow scrolls text, in points.
const LINE: f32 = 40.0;

/// Which row is chosen, and how far the list is scrolled.
#[derive(Debug, Default)]
pub struct RowsDraft {
    pub selected: usize,
    offset: f32,
    moved: bool,
    /// Whether the row to begin at was chosen.
    begun: bool,
}

/// The values of a row.
pub struct Row {
    pub text: String,
    /// At the right end, in small type.
    pub meta: String,
    /// What the pointer shows; all of the text where it is empty and had to be cut.
    pub tip: String,
}

impl RowsDraft {
    /// Takes the keys that move among `n` rows, of which `page` are in view.
    pub fn keys(&mut self, ui: &Ui, n: usize, page: usize) {
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let last = n.saturating_sub(1);
        if self.selected != NONE {
            self.selected = self.selected.min(last);
        }
        let from = (self.selected != NONE).then_some(self.selected);
        let to = if pressed(Key::ArrowDown) {
            from.map_or(0, |at| (at + 1).min(last))
        } else if pressed(Key::ArrowUp) {
            from.map_or(last, |at| at.saturating_sub(1))
        } else if pressed(Key::PageDown) {
            from.map_or(0, |at| (at + page).min(last))
        } else if pressed(Key::PageUp) {
            from.map_or(last, |at| at.saturating_sub(page))
        } else if pressed(Key::Home) {
            0
        } else if pressed(Key::End) {
            last
        } else {
            return;
        };
        self.go(to);
    }

    /// Chooses the row to begin at, once.
    pub fn begin_at(&mut self, row: usize) {
        if !std::mem::replace(&mut self.begun, true) {
            self.go(row);
        }
    }

    /// Chooses a row and brings it in view.
    pub fn go(&mut self, to: usize) {
        self.selected = to;
        self.moved = true;
    }

    /// Draws `n` rows in a card of at most `most` rows; gives back the one that was clicked.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        name: &str,
        n: usize,
        most: usize,
        row: impl Fn(usize) -> Option<Row>,
    ) -> Option<usize> {
        let t = theme::of(ui).tokens;
        let height = ROW_HEIGHT * n.min(most) as f32 + 8.0;
        let (card, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
        frame::card(ui.painter(), card, RADIUS, t.paper, Stroke::new(STROKE, t.border));
        let inside = card.shrink(4.0);
        let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(inside).id_salt(("rows", name)));
        inner.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let mut area = scroll::down().max_height(inside.height()).auto_shrink(false);
        if std::mem::take(&mut self.moved) {
            area = area.vertical_scroll_offset(self.offset_for(inside.height()));
        }
        let mut clicked = None;
        let output = area.show_rows(&mut inner, ROW_HEIGHT, n, |ui, range| {
            spoken::list(ui, name, n);
            for idx in range {
                if let Some(row) = row(idx)
                    && row_ui(ui, &row, idx, idx == self.selected)
                {
                    clicked = Some(idx);
                }
            }
        });
        self.offset = output.state.unclamped_offset().y;
        if let Some(idx) = clicked {
            self.selected = idx;
        }
        clicked
    }

    fn offset_for(&self, height: f32) -> f32 {
        let top = ROW_HEIGHT * self.selected as f32;
        self.offset.min(top).max(top + ROW_HEIGHT - height)
    }
}

fn row_ui(ui: &mut Ui, row: &Row, place: usize, selected: bool) -> bool {
    // Rows are chosen by the arrows; Tab goes past them to the buttons.
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::CLICK);
    let words =
        if row.meta.is_empty() { row.text.clone() } else { format!("{} \u{b7} {}", row.text, row.meta) };
    response.widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, true, words.as_str()));
    spoken::option(&response, selected, place);
    if selected {
        spoken::here(ui.ctx(), response.id);
    }
    let (painter, t) = (ui.painter(), theme::of(ui).tokens);
    if selected || response.hovered() {
        painter.rect_filled(rect, RADIUS_SMALL, if selected { t.selected } else { t.hover });
    }
    let middle = rect.center().y;
    let at = pos2(rect.right() - 8.0, middle);
    let meta = frame::text(painter, at, Align2::RIGHT_CENTER, &row.meta, fonts::SMALL, t.weak);
    let left = pos2(rect.left() + 8.0, middle);
    let cut = frame::text_between(painter, left, meta.left() - 12.0, &row.text, fonts::INTERFACE, t.strong);
    let clicked = response.clicked();
    if !row.tip.is_empty() {
        tooltip::text(response, &row.tip);
    } else if cut {
        tooltip::text(response, &row.text);
    }
    clicked
}

/// How many rows of a list fit over the buttons in a window of this height.
pub fn most_rows(ctx: &egui::Context, other: f32) -> usize {
    let room = ctx.content_rect().height() - 72.0 - other;
    that_fit(room / ROW_HEIGHT, 3, 10)
}

/// So many rows as fit, but never fewer and never more than these.
pub fn that_fit(room: f32, least: usize, most: usize) -> usize {
    (least..=most).rev().find(|n| *n as f32 <= room).unwrap_or(least)
}

/// Inside a scroll area without rows to choose: the arrows scroll it.
pub fn scroll_keys(ui: &Ui, page: f32) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let by = if pressed(Key::ArrowDown) {
        -LINE
    } else if pressed(Key::ArrowUp) {
        LINE
    } else if pressed(Key::PageDown) || pressed(Key::Space) {
        -page
    } else if pressed(Key::PageUp) {
        page
    } else if pressed(Key::End) {
        f32::MIN / 4.0
    } else if pressed(Key::Home) {
        f32::MAX / 4.0
    } else {
        return;
    };
    ui.scroll_with_delta(vec2(0.0, by));
}

/// A card with wrapped text in it, as high as the text up to `most` points; the arrows scroll it.
pub fn text_card(ui: &mut Ui, most: f32, add: impl FnOnce(&mut Ui)) {
    let t = theme::of(ui).tokens;
    egui::Frame::new()
        .fill(t.paper)
        .stroke(Stroke::new(STROKE, t.border))
        .corner_radius(RADIUS)
        .inner_margin(egui::Margin::symmetric(12, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            scroll::down().max_height(most).min_scrolled_height(most).auto_shrink([false, true]).show(
                ui,
                |ui| {
                    scroll_keys(ui, most - LINE);
                    ui.spacing_mut().item_spacing.y = 6.0;
                    add(ui);
                },
            );
        });
}

/// The place that the next thing takes, `height` points high, over the whole width.
pub fn strip(ui: &mut Ui, height: f32) -> Rect {
    ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover()).0
}

/// A name that a button has room for.
pub fn shortened(name: &str) -> String {
    const MOST: usize = 24;
    if name.chars().count() <= MOST {
        return name.to_owned();
    }
    let begun: String = name.chars().take(MOST).collect();
    format!("{begun}\u{2026}")
}

/// Small words over a field; the field itself says them to those who cannot see.
pub fn caption(ui: &mut Ui, words: &str) {
    let t = theme::of(ui).tokens;
    let rect = strip(ui, fonts::SMALL.line);
    frame::text(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, words, fonts::SMALL, t.weak);
    ui.add_space(-4.0);
}
