//! Rows of a menu, the word in the top bar that opens one, and the button that shows a choice.

use egui::accesskit::HasPopup;
use egui::{
    Align2, Context, Frame, Id, Key, Margin, Painter, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

use super::icons::{self, Icon};
use super::{frame, keycap, tooltip};
use crate::text::message::capital;
use crate::ui::fonts;
use crate::ui::theme::{
    self, BAR_CONTROL_HEIGHT, MENU_ROW_HEIGHT, RADIUS, RADIUS_SMALL, STROKE, STROKE_FOCUS, Theme,
};

/// Least width of a menu, inside.
pub const WIDTH: f32 = 240.0;
/// Height of the line between groups of entries.
pub const GAP: f32 = 9.0;

/// The frame of a menu or of anything that floats.
pub fn menu_frame(theme: &Theme) -> Frame {
    Frame::new()
        .fill(theme.tokens.surface)
        .stroke(Stroke::new(STROKE, theme.tokens.border))
        .corner_radius(RADIUS)
        .shadow(theme.popup_shadow())
        .inner_margin(Margin::same(4))
}

/// One entry of a menu.
#[derive(Clone, Copy, Debug, Default)]
pub struct Row<'a> {
    pub text: &'a str,
    /// At the right: the keys that do the same.
    pub keys: &'a str,
    /// Why it cannot run, if it cannot.
    pub disabled: Option<&'a str>,
    /// One of several that exclude each other: whether it is the one that holds.
    pub chosen: Option<bool>,
    /// Whether room for a tick is left before the words, as in a menu where some have one.
    pub indent: bool,
    /// Whether the keyboard is on it; nothing = the pointer alone says which one is meant.
    pub lit: Option<bool>,
}

/// Width of the room for a tick.
const TICK: f32 = 20.0;

/// An entry with its words, its keys and why it cannot run if it cannot.
pub fn row(ui: &mut Ui, text: &str, keys: &str, disabled: Option<&str>) -> Response {
    Row { text, keys, disabled, ..Row::default() }.show(ui)
}

/// An entry of a menu of choices, of which one holds.
pub fn choice_row(ui: &mut Ui, text: &str, chosen: bool) -> Response {
    Row { text, chosen: Some(chosen), indent: true, ..Row::default() }.show(ui)
}

impl Row<'_> {
    /// The width that it needs: a menu is as wide as its widest, so that all keys stand in one column.
    pub fn natural_width(&self, painter: &Painter) -> f32 {
        let keys = match self.keys {
            "" => 0.0,
            keys => 24.0 + keycap::words_width(painter, keys, fonts::SMALL),
        };
        16.0 + self.words_left() + frame::text_width(painter, self.text, fonts::INTERFACE) + keys
    }

    fn words_left(&self) -> f32 {
        if self.indent { TICK } else { 0.0 }
    }

    pub fn show(&self, ui: &mut Ui) -> Response {
        let natural = self.natural_width(ui.painter());
        let width = natural.max(ui.available_width().min(WIDTH)).max(ui.min_rect().width());
        let sense = if self.disabled.is_none() { Sense::click() } else { Sense::hover() };
        let (rect, response) = ui.allocate_exact_size(vec2(width, MENU_ROW_HEIGHT), sense);
        let enabled = self.disabled.is_none() && ui.is_enabled();
        response.widget_info(|| match self.chosen {
            Some(chosen) => WidgetInfo::selected(Role::MenuItemRadio, enabled, chosen, self.text),
            None => WidgetInfo::labeled(Role::MenuItem, enabled, self.text),
        });
        ui.ctx().accesskit_node_builder(response.id, |node| {
            if !self.keys.is_empty() {
                node.set_keyboard_shortcut(self.keys);
            }
            if let Some(reason) = self.disabled {
                node.set_description(reason);
            }
        });
        self.paint(ui, rect, &response, enabled);
        match self.disabled {
            Some(reason) if self.lit == Some(true) => {
                tooltip::beside(&response, reason);
                response
            }
            Some(reason) => tooltip::text(response, reason),
            None => response,
        }
    }

    fn paint(&self, ui: &Ui, rect: Rect, response: &Response, enabled: bool) {
        let (painter, t) = (ui.painter(), theme::of(ui).tokens);
        let lit = self.lit == Some(true) || response.has_focus();
        if lit || self.lit.is_none() && enabled && response.hovered() {
            painter.rect_filled(rect, RADIUS_SMALL, t.hover);
        }
        if lit {
            let edge = Stroke::new(STROKE_FOCUS, t.focus_ring);
            painter.rect_stroke(rect, RADIUS_SMALL, edge, StrokeKind::Inside);
        }
        let middle = rect.center().y;
        let colour = if enabled { t.strong } else { t.weak };
        if self.chosen == Some(true) {
            icons::paint(painter, Icon::Tick, pos2(rect.left() + 14.0, middle), colour);
        }
        let at = pos2(rect.left() + 8.0 + self.words_left(), middle);
        frame::text(painter, at, Align2::LEFT_CENTER, self.text, fonts::INTERFACE, colour);
        let at = pos2(rect.right() - 8.0, middle);
        keycap::paint_words(painter, at, self.keys, fonts::SMALL, t.weak);
    }
}

/// A line between groups of entries.
pub fn gap(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.min_rect().width().max(WIDTH), GAP), Sense::hover());
    let stroke = Stroke::new(STROKE, theme::of(ui).tokens.border);
    ui.painter().hline(rect.x_range(), rect.center().y, stroke);
}

/// Hands keys to the menu that hangs on a widget and is open: it is drawn after the keys are taken.
pub fn hand_keys(ctx: &Context, keys: Vec<Key>) {
    ctx.data_mut(|data| data.insert_temp(keys_id(), keys));
}

/// Walks the rows of such a menu by the keys that were handed to it; gives back the row that they chose.
pub fn walk(ui: &Ui, rows: &[Response]) -> Option<usize> {
    let keys: Vec<Key> = ui.data_mut(|data| data.remove_temp(keys_id())).unwrap_or_default();
    let can: Vec<usize> = (0..rows.len()).filter(|idx| rows.get(*idx).is_some_and(can_run)).collect();
    let mut at = can.iter().position(|idx| rows.get(*idx).is_some_and(Response::has_focus));
    let last = can.len().saturating_sub(1);
    for key in keys {
        at = match key {
            Key::ArrowDown => Some(at.map_or(0, |at| if at == last { 0 } else { at + 1 })),
            Key::ArrowUp => Some(at.and_then(|at| at.checked_sub(1)).unwrap_or(last)),
            Key::Home => Some(0),
            Key::End => Some(last),
            Key::Enter | Key::Space => return can.get(at?).copied(),
            _ => at,
        };
    }
    if let Some(row) = at.and_then(|at| rows.get(*can.get(at)?)) {
        row.request_focus();
    }
    None
}

fn keys_id() -> Id {
    Id::unique("keys of a menu")
}

fn can_run(row: &Response) -> bool {
    row.sense.senses_click()
}

/// The word in the top bar; the view hangs the popup on its response. While Alt is down, the letter that opens it has a line.
pub fn head(ui: &mut Ui, text: &str, open: bool) -> Response {
    let width = frame::text_width(ui.painter(), text, fonts::INTERFACE) + 16.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, BAR_CONTROL_HEIGHT), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, ui.is_enabled(), text));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_has_popup(HasPopup::Menu);
        node.set_expanded(open);
    });
    let (painter, theme) = (ui.painter(), theme::of(ui));
    let t = &theme.tokens;
    if open || response.hovered() {
        painter.rect_filled(rect, RADIUS_SMALL, if open { t.selected } else { t.hover });
    }
    if response.has_focus() {
        frame::focus_ring(painter, rect.shrink(2.0), RADIUS_SMALL, &theme);
    }
    let words = frame::text(painter, rect.center(), Align2::CENTER_CENTER, text, fonts::INTERFACE, t.normal);
    if ui.input(|input| input.modifiers.alt) {
        let first = text.get(..1).unwrap_or_default();
        let letter = frame::text_width(painter, first, fonts::INTERFACE);
        let x = words.left()..=words.left() + letter;
        painter.hline(x, words.bottom() - 2.0, Stroke::new(STROKE, t.normal));
    }
    response
}

/// What is chosen, with a chevron: a drop-down in a field's frame.
pub fn choice(ui: &mut Ui, name: &str, chosen: &str, width: f32) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(width, theme::CONTROL_HEIGHT), Sense::click());
    response.widget_info(|| drop_down_info(name, chosen));
    let (painter, theme) = (ui.painter(), theme::of(ui));
    let t = &theme.tokens;
    let fill = if response.hovered() { t.hover } else { t.surface };
    frame::card(painter, rect, RADIUS, fill, Stroke::new(STROKE, t.control));
    if response.has_focus() {
        frame::focus_ring(painter, rect, RADIUS, &theme);
    }
    icons::paint(painter, Icon::ChevronDown, pos2(rect.right() - 13.0, rect.center().y), t.normal);
    let at = pos2(rect.left() + 9.0, rect.center().y);
    let cut = frame::text_between(painter, at, rect.right() - 22.0, chosen, fonts::INTERFACE, t.strong);
    if cut { tooltip::text(response, chosen) } else { response }
}

/// A drop-down with its menu; gives the place of the option that was chosen. `head` is its name and what is shown.
pub fn drop_down(ui: &mut Ui, head: (&str, &str), width: f32, options: &[&str]) -> Option<usize> {
    let (name, shown) = head;
    let head = choice(ui, name, shown, width);
    let popup = menu_frame(&theme::of(ui));
    let mut chosen = None;
    egui::Popup::menu(&head).frame(popup).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let rows: Vec<_> = options
            .iter()
            .map(|option| choice_row(ui, &capital(option), shown.starts_with(option)))
            .collect();
        let clicked = rows.iter().position(Response::clicked);
        if let Some(idx) = walk(ui, &rows).or(clicked) {
            chosen = Some(idx);
            ui.close();
        }
    });
    chosen
}

/// The same without a frame, in small type, as *Oldest first* over a list.
pub fn quiet_choice(ui: &mut Ui, name: &str, chosen: &str) -> Response {
    let width = frame::text_width(ui.painter(), chosen, fonts::SMALL) + 13.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, theme::LEAST_TARGET), Sense::click());
    response.widget_info(|| drop_down_info(name, chosen));
    let (painter, theme) = (ui.painter(), theme::of(ui));
    let t = &theme.tokens;
    let colour = if response.hovered() { t.strong } else { t.weak };
    frame::text(painter, rect.left_center(), Align2::LEFT_CENTER, chosen, fonts::SMALL, colour);
    icons::paint(painter, Icon::ChevronDown, pos2(rect.right() - 4.0, rect.center().y), colour);
    if response.has_focus() {
        frame::focus_ring(painter, rect, RADIUS_SMALL, &theme);
    }
    response
}

fn drop_down_info(name: &str, chosen: &str) -> WidgetInfo {
    let mut info = WidgetInfo::labeled(Role::ComboBox, true, name);
    info.current_text_value = Some(chosen.to_owned());
    info
}
