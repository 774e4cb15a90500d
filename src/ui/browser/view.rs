//! How the browser looks: path, places, list, name, and the buttons.

use std::path::Path;

use egui::{Align, Align2, Id, Layout, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder};
use egui::{WidgetInfo, pos2, vec2};

use super::walk::{self, Act, Also, Row};
use super::{BrowserDraft, LIST, NAME, PATH};
use crate::session::intent::Intent;
use crate::session::job::Question;
use crate::shell::clock;
use crate::shell::places::Entry;
use crate::ui::dialogs;
use crate::ui::fonts;
use crate::ui::numbers::counted;
use crate::ui::over::rows;
use crate::ui::parts::button::Button;
use crate::ui::parts::field::Field;
use crate::ui::parts::icons::{self, Icon};
use crate::ui::parts::{checkbox, frame, scroll, spoken, tooltip};
use crate::ui::theme::{self, CONTROL_HEIGHT, RADIUS, RADIUS_SMALL, STROKE, STROKE_FOCUS};

/// Rows that a page key goes over.
pub const PAGE: usize = 8;
const ROW_HEIGHT: f32 = 28.0;
const PLACES: f32 = 168.0;
/// Room for everything but the list.
const OTHER: f32 = 300.0;
const LEAST_LIST: f32 = 112.0;
const MOST_LIST: f32 = 364.0;

impl BrowserDraft {
    pub(super) fn ui(&mut self, ui: &mut Ui, question: Question, now: i64, intents: &mut Vec<Intent>) {
        let t = theme::of(ui).tokens;
        let head = ui.label(fonts::SCREEN_TITLE.rich(&dialogs::kind(question).title, t.strong));
        spoken::dialog_under(ui, &head, "");
        self.path_ui(ui, question);
        let window = ui.ctx().content_rect().height();
        let height = (window - OTHER).clamp(LEAST_LIST, MOST_LIST);
        let (body, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
        let left = Rect::from_min_size(body.min, vec2(PLACES, height));
        let right = Rect::from_min_max(pos2(left.right() + 12.0, body.top()), body.max);
        self.places_ui(ui, left, question);
        self.list_ui(ui, right, question, now, intents);
        if walk::is_written(question) {
            rows::caption(ui, "Name of the file");
            let field = Field::new(Id::unique(NAME), "Name of the file", &mut self.name).show(ui);
            if field.changed() {
                self.refused = None;
            }
        }
        self.says_ui(ui, question);
        self.foot_ui(ui, question, intents);
    }

    fn path_ui(&mut self, ui: &mut Ui, question: Question) {
        let up = Button::new("Up").key("Alt \u{2191}");
        let up_width = up.natural_width(ui.painter());
        let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL_HEIGHT), Sense::hover());
        let place = Rect::from_min_max(row.min, pos2(row.right() - up_width - 8.0, row.bottom()));
        let mut inside = ui.new_child(UiBuilder::new().max_rect(place).id_salt("path"));
        let field =
            Field::new(Id::unique(PATH), "Folder or file", &mut self.path).key("Alt L").show(&mut inside);
        if field.changed() {
            self.follow_path(question);
        }
        let place = Rect::from_min_max(pos2(row.right() - up_width, row.top()), row.max);
        let refused = self.walk.folder.parent().is_none().then_some("this is the uppermost folder");
        let response = up.disabled(refused).show_at(ui, place, ui.scope_id().with("up"));
        if tooltip::text(response, "To the folder around this one").clicked() {
            self.leave(question);
            self.wants = Some(LIST);
        }
    }

    fn places_ui(&mut self, ui: &Ui, column: Rect, question: Question) {
        let mut gone = None;
        let head = pos2(column.left() + 8.0, column.top() + 12.0);
        let t = theme::of(ui).tokens;
        let place = frame::text(ui.painter(), head, Align2::LEFT_CENTER, "Places", fonts::SMALL, t.weak);
        spoken::heading(ui, place, "Places");
        for (nth, (name, folder)) in self.recent.iter().enumerate() {
            let top = ROW_HEIGHT.mul_add(nth as f32, column.top() + 24.0);
            if top + ROW_HEIGHT > column.bottom() {
                break;
            }
            let rect = Rect::from_min_size(pos2(column.left(), top), vec2(column.width(), ROW_HEIGHT));
            let is_here = *folder == self.walk.folder;
            if place_ui(ui, rect, name, folder, is_here).clicked() {
                gone = Some(folder.clone());
            }
        }
        if let Some(folder) = gone {
            self.enter(&folder, question);
            self.wants = Some(LIST);
        }
    }

    fn list_ui(&mut self, ui: &mut Ui, card: Rect, question: Question, now: i64, intents: &mut Vec<Intent>) {
        let theme = theme::of(ui);
        let t = &theme.tokens;
        let list = ui.interact(card, Id::unique(LIST), Sense::focusable_noninteractive());
        let name = format!("What is in {}", self.walk.folder.display());
        list.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, &name));
        frame::card(ui.painter(), card, RADIUS, t.paper, Stroke::new(STROKE, t.border));
        if list.has_focus() {
            let ring = Stroke::new(STROKE_FOCUS, t.focus_ring);
            ui.painter().rect_stroke(card, RADIUS, ring, StrokeKind::Inside);
        }
        let inside = card.shrink(4.0);
        let n = self.walk.n_rows(question);
        if n == 0 {
            self.empty_ui(ui, inside, question);
            return;
        }
        let mut inner = ui.new_child(UiBuilder::new().max_rect(inside).id_salt("browser-rows"));
        inner.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let mut area = scroll::down().max_height(inside.height()).auto_shrink(false);
        if std::mem::take(&mut self.moved) {
            let top = ROW_HEIGHT * self.walk.cursor as f32;
            let offset = self.offset.min(top).max(top + ROW_HEIGHT - inside.height());
            area = area.vertical_scroll_offset(offset);
        }
        let mut clicked = None;
        let in_hand = list.has_focus();
        let output = area.show_rows(&mut inner, ROW_HEIGHT, n, |ui, range| {
            for at in range {
                if let Some(response) = self.row_ui(ui, question, at, now, in_hand) {
                    clicked = Some((at, response.double_clicked()));
                }
            }
        });
        self.offset = output.state.unclamped_offset().y;
        if let Some((at, twice)) = clicked {
            self.click(ui, question, at, twice, intents);
        }
    }

    fn click(&mut self, ui: &Ui, question: Question, at: usize, twice: bool, intents: &mut Vec<Intent>) {
        let held = ui.input(|input| input.modifiers);
        self.wants = Some(LIST);
        if held.command && walk::takes_several(question) {
            self.walk.go(question, at, false);
            self.walk.mark(question);
            return;
        }
        if !held.shift {
            self.walk.marked.clear();
        }
        self.walk.go(question, at, held.shift);
        if let Act::Name(name) = self.walk.act(question) {
            self.name = name;
        }
        if twice {
            let act = match self.walk.act(question) {
                Act::Name(_) => self.act(question, true),
                act => act,
            };
            self.take(act, question, intents);
        }
    }

    /// Draws a row; gives back its response if it was clicked.
    fn row_ui(
        &self,
        ui: &mut Ui,
        question: Question,
        at: usize,
        now: i64,
        in_hand: bool,
    ) -> Option<Response> {
        let row = self.walk.row(question, at)?;
        let selected = at == self.walk.cursor;
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), Sense::CLICK);
        let (name, meta, is_folder) = match row {
            Row::Here => ("This folder".to_owned(), String::new(), false),
            Row::Entry(entry) => (entry.name.clone(), meta(entry, now), entry.is_folder),
        };
        let marked = self.walk.marked.contains(&name);
        let spoken = match (marked, is_folder) {
            (true, _) => format!("{name}, chosen"),
            (false, true) => format!("{name}, folder"),
            (false, false) => name.clone(),
        };
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, selected || marked, &spoken));
        let (painter, t) = (ui.painter(), theme::of(ui).tokens);
        let fill = match (selected, marked || response.hovered()) {
            (true, _) if in_hand => Some(t.selected),
            (true, _) | (_, true) => Some(t.hover),
            _ => None,
        };
        if let Some(fill) = fill {
            painter.rect_filled(rect, RADIUS_SMALL, fill);
        }
        let middle = rect.center().y;
        let mut left = rect.left() + 8.0;
        if walk::takes_several(question) {
            if marked {
                icons::paint(painter, Icon::Tick, pos2(left + 6.0, middle), t.strong);
            }
            left += 20.0;
        }
        let mut right = rect.right() - 8.0;
        if is_folder {
            icons::paint(painter, Icon::ChevronRight, pos2(right - 4.0, middle), t.weak);
            right -= 16.0;
        }
        let at = pos2(right, middle);
        let meta = frame::text(painter, at, Align2::RIGHT_CENTER, &meta, fonts::SMALL, t.weak);
        let kind = if is_folder { fonts::INTERFACE_BOLD } else { fonts::INTERFACE };
        let cut = frame::text_between(painter, pos2(left, middle), meta.left() - 12.0, &name, kind, t.strong);
        let response = if cut { tooltip::text(response, &name) } else { response };
        (response.clicked() || response.double_clicked()).then_some(response)
    }

    /// Why there is nothing in the list.
    fn empty_ui(&self, ui: &mut Ui, inside: Rect, question: Question) {
        let t = theme::of(ui).tokens;
        let (words, colour) = match &self.walk.trouble {
            Some(why) => (why.clone(), t.error),
            None if self.walk.n_left_out() > 0 => {
                let left_out = counted(self.walk.n_left_out(), "other file is", "other files are");
                (format!("Nothing that fits: {left_out} not shown"), t.weak)
            }
            None if walk::has_here(question) => ("No folders in this folder".to_owned(), t.weak),
            None => ("Nothing in this folder".to_owned(), t.weak),
        };
        let response = ui.interact(inside, ui.scope_id().with("empty"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
        let galley = fonts::INTERFACE.wrapped(ui.painter(), &words, colour, inside.width() - 24.0);
        let place = Align2::CENTER_CENTER.anchor_size(inside.center(), galley.size());
        ui.painter().galley(place.min, galley, colour);
    }

    /// One line: what is wrong, or how many are chosen, or which keys there are.
    fn says_ui(&self, ui: &mut Ui, question: Question) {
        let t = theme::of(ui).tokens;
        let n = self.walk.marked.len();
        let (words, colour) = match &self.refused {
            Some(why) => (why.clone(), t.error),
            None if n > 0 => (format!("{} chosen", counted(n, "file", "files")), t.normal),
            None if walk::takes_several(question) => (
                "Space chooses, Ctrl A all, Shift with the arrows several; Backspace goes up".to_owned(),
                t.weak,
            ),
            None => {
                ("Backspace goes up, a letter goes to the next name, Tab completes a path".to_owned(), t.weak)
            }
        };
        ui.label(fonts::SMALL.rich(words, colour));
    }

    fn foot_ui(&mut self, ui: &mut Ui, question: Question, intents: &mut Vec<Intent>) {
        let in_name = ui.memory(|memory| memory.has_focus(Id::unique(NAME)));
        let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL_HEIGHT), Sense::hover());
        let layout = Layout::left_to_right(Align::Center);
        let mut left = ui.new_child(UiBuilder::new().max_rect(row).layout(layout).id_salt("also"));
        let mut also = self.walk.also;
        if checkbox::show_in_bar(&mut left, also.hidden, "Hidden files").clicked() {
            also.hidden = !also.hidden;
        }
        left.add_space(8.0);
        if !walk::has_here(question)
            && checkbox::show_in_bar(&mut left, also.all_files, "All files").clicked()
        {
            also.all_files = !also.all_files;
        }
        left.add_space(8.0);
        if Button::new("New folder\u{2026}").key("Alt N").show(&mut left).clicked() {
            self.ask_for_folder(left.ctx());
        }
        if also != self.walk.also {
            self.change_also(also, question);
        }
        // A click on the button of a file to be written always writes it: the mouse has no row in hand.
        let at_list = ui.memory(|memory| memory.has_focus(Id::unique(LIST)));
        let act = self.act(question, in_name || (walk::is_written(question) && !at_list));
        let refused = if let Act::Nothing(why) = &act { Some(*why) } else { None };
        let words = Self::button_words(question, &act);
        let layout = Layout::right_to_left(Align::Center);
        let mut right = ui.new_child(UiBuilder::new().max_rect(row).layout(layout).id_salt("answers"));
        if Button::new(&words).primary().key("Enter").disabled(refused).show(&mut right).clicked() {
            self.take(act, question, intents);
        }
        if Button::new("Cancel").key("Esc").show(&mut right).clicked() {
            self.close(intents);
        }
    }

    fn change_also(&mut self, also: Also, question: Question) {
        self.walk.show_also(also, question);
        self.moved = true;
    }
}

fn place_ui(ui: &Ui, rect: Rect, name: &str, folder: &Path, is_here: bool) -> Response {
    let response = ui.interact(rect, ui.scope_id().with(("place", folder)), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_here, name));
    let (painter, theme) = (ui.painter(), theme::of(ui));
    let t = &theme.tokens;
    if is_here || response.hovered() {
        painter.rect_filled(rect, RADIUS_SMALL, if is_here { t.selected } else { t.hover });
    }
    if response.has_focus() {
        painter.rect_stroke(rect, RADIUS_SMALL, Stroke::new(STROKE_FOCUS, t.focus_ring), StrokeKind::Inside);
    }
    let at = pos2(rect.left() + 8.0, rect.center().y);
    frame::text_between(painter, at, rect.right() - 8.0, name, fonts::INTERFACE, t.strong);
    tooltip::text(response, &folder.display().to_string())
}

/// `12 KB · 3 October`; nothing for a folder.
fn meta(entry: &Entry, now: i64) -> String {
    if entry.is_folder {
        return String::new();
    }
    match entry.modified {
        Some(at) => format!("{} \u{b7} {}", size(entry.len), clock::day(at, now)),
        None => size(entry.len),
    }
}

/// A length in bytes as it is read: `312 bytes`, `12 KB`, `1.4 MB`.
fn size(len: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1000, "KB")];
    for (unit, name) in UNITS {
        if len >= unit {
            let tenths = len / (unit / 10);
            return match tenths {
                0..100 => format!("{}.{} {name}", tenths / 10, tenths % 10),
                _ => format!("{} {name}", tenths / 10),
            };
        }
    }
    counted(usize::try_from(len).unwrap_or(usize::MAX), "byte", "bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read() {
        let check = |len, want: &str| assert_eq!(size(len), want);
        check(0, "0 bytes");
        check(1, "1 byte");
        check(999, "999 bytes");
        check(1000, "1.0 KB");
        check(12_345, "12 KB");
        check(1_400_000, "1.4 MB");
        check(u64::MAX, "18446744073 GB");
    }
}
