//! Buttons: at rest, primary, disabled with its reason, and the underlined word that acts like one.

use egui::{
    Align2, Color32, CursorIcon, Painter, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use super::keycap::{self, Ground};
use super::{frame, tooltip};
use crate::ui::fonts;
use crate::ui::theme::{self, CONTROL_HEIGHT, RADIUS, STROKE, Theme};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Rest,
    Primary,
    /// Without an edge: beside others that matter more.
    Quiet,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Setting {
    Centred,
    /// Text at the left, key and note at the right edge.
    Spread,
}

/// A button, built up and then shown.
#[derive(Clone, Debug)]
pub struct Button<'a> {
    text: &'a str,
    key: Option<&'a str>,
    note: Option<&'a str>,
    reason: Option<&'a str>,
    look: Look,
    setting: Setting,
    height: f32,
    width: Option<f32>,
}

const PADDING: f32 = 13.0;
const GAP: f32 = 8.0;

impl<'a> Button<'a> {
    pub const fn new(text: &'a str) -> Self {
        Self {
            text,
            key: None,
            note: None,
            reason: None,
            look: Look::Rest,
            setting: Setting::Centred,
            height: CONTROL_HEIGHT,
            width: None,
        }
    }

    /// The one thing to do here.
    #[must_use]
    pub const fn primary(self) -> Self {
        Self { look: Look::Primary, ..self }
    }

    /// Without an edge.
    #[must_use]
    pub const fn quiet(self) -> Self {
        Self { look: Look::Quiet, ..self }
    }

    #[must_use]
    pub fn key(self, key: impl Into<Option<&'a str>>) -> Self {
        Self { key: key.into(), ..self }
    }

    /// Small words beside the text.
    #[must_use]
    pub fn note(self, note: impl Into<Option<&'a str>>) -> Self {
        Self { note: note.into(), ..self }
    }

    /// Cannot be pressed, for this reason; it is the tooltip. `None` leaves it enabled.
    #[must_use]
    pub fn disabled(self, reason: impl Into<Option<&'a str>>) -> Self {
        Self { reason: reason.into(), ..self }
    }

    #[must_use]
    pub const fn height(self, height: f32) -> Self {
        Self { height, ..self }
    }

    #[must_use]
    pub const fn width(self, width: f32) -> Self {
        Self { width: Some(width), ..self }
    }

    /// Text left, key and note right, as on the welcome page.
    #[must_use]
    pub const fn spread(self) -> Self {
        Self { setting: Setting::Spread, ..self }
    }

    /// The width it takes if none is set.
    pub fn natural_width(&self, painter: &Painter) -> f32 {
        (self.content_width(painter) + 2.0 * PADDING).round()
    }

    pub fn show(self, ui: &mut Ui) -> Response {
        let width = self.width.unwrap_or_else(|| self.natural_width(ui.painter()));
        let sense = if self.reason.is_none() { Sense::click() } else { Sense::hover() };
        let (rect, response) = ui.allocate_exact_size(vec2(width, self.height), sense);
        self.finish(ui, rect, response)
    }

    /// Shows it in a given place instead of the next one.
    pub fn show_at(self, ui: &Ui, rect: Rect, id: egui::Id) -> Response {
        let sense = if self.reason.is_none() { Sense::click() } else { Sense::hover() };
        let response = ui.interact(rect, id, sense);
        self.finish(ui, rect, response)
    }

    fn finish(self, ui: &Ui, rect: Rect, response: Response) -> Response {
        let enabled = self.reason.is_none() && ui.is_enabled();
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, self.text));
        if ui.is_rect_visible(rect) {
            self.paint(ui, rect, &response, enabled);
        }
        match self.reason {
            Some(reason) => tooltip::text(response, reason),
            None => response,
        }
    }

    fn content_width(&self, painter: &Painter) -> f32 {
        let note = self.note.map_or(0.0, |note| GAP + frame::text_width(painter, note, fonts::SMALL));
        let key = self.key.map_or(0.0, |key| GAP + keycap::width(painter, key));
        frame::text_width(painter, self.text, self.kind()) + note + key
    }

    fn kind(&self) -> fonts::Type {
        match (self.look, self.setting) {
            (Look::Primary, Setting::Spread) => fonts::INTERFACE_BOLD,
            _ => fonts::INTERFACE,
        }
    }

    fn paint(&self, ui: &Ui, rect: Rect, response: &Response, enabled: bool) {
        let (painter, theme) = (ui.painter(), theme::of(ui));
        let (fill, edge, text) = self.colours(&theme, response, enabled);
        frame::card(painter, rect, RADIUS, fill, Stroke::new(STROKE, edge));
        if response.has_focus() {
            frame::focus_ring(painter, rect, RADIUS, &theme);
        }
        let ground = match (enabled, self.look) {
            (false, _) => Ground::Disabled,
            (true, Look::Primary) => Ground::Accent,
            (true, Look::Rest | Look::Quiet) => Ground::Plain,
        };
        let middle = rect.center().y;
        let note_colour = if self.look == Look::Primary && enabled { text } else { theme.tokens.weak };
        let left = match self.setting {
            Setting::Spread => rect.left() + PADDING + 4.0,
            Setting::Centred => rect.center().x - self.content_width(painter) / 2.0,
        };
        let words =
            frame::text(painter, pos2(left, middle), Align2::LEFT_CENTER, self.text, self.kind(), text);
        match self.setting {
            Setting::Spread => {
                let mut right = rect.right() - PADDING;
                if let Some(key) = self.key {
                    right = keycap::paint(painter, &theme, pos2(right, middle), key, ground) - GAP;
                }
                if let Some(note) = self.note {
                    let at = pos2(right, middle);
                    frame::text(painter, at, Align2::RIGHT_CENTER, note, fonts::SMALL, note_colour);
                }
            }
            Setting::Centred => {
                let mut right = words.right();
                if let Some(note) = self.note {
                    let at = pos2(right + GAP, middle);
                    right = frame::text(painter, at, Align2::LEFT_CENTER, note, fonts::SMALL, note_colour)
                        .right();
                }
                if let Some(key) = self.key {
                    let at = pos2(right + GAP + keycap::width(painter, key), middle);
                    keycap::paint(painter, &theme, at, key, ground);
                }
            }
        }
    }

    /// Fill, edge and text.
    fn colours(&self, theme: &Theme, response: &Response, enabled: bool) -> (Color32, Color32, Color32) {
        let t = &theme.tokens;
        if !enabled {
            return (Color32::TRANSPARENT, t.border, t.weak);
        }
        let pressed = response.is_pointer_button_down_on();
        let share = if pressed { 0.3 } else { 0.16 };
        match self.look {
            Look::Primary if response.hovered() || pressed => {
                let fill = theme::mix(t.accent, t.on_accent, share);
                (fill, fill, t.on_accent)
            }
            Look::Primary => (t.accent, t.accent, t.on_accent),
            Look::Quiet if pressed => (t.selected, t.selected, t.strong),
            Look::Quiet if response.hovered() => (t.hover, t.hover, t.strong),
            Look::Quiet => (Color32::TRANSPARENT, Color32::TRANSPARENT, t.strong),
            Look::Rest if pressed => (t.selected, t.control, t.strong),
            Look::Rest if response.hovered() => (t.hover, t.control, t.strong),
            Look::Rest => (t.surface, t.control, t.strong),
        }
    }
}

/// An underlined word that acts, with the key that does the same.
pub fn link(ui: &mut Ui, text: &str, key: Option<&str>) -> Response {
    let cap = key.map_or(0.0, |key| 10.0 + keycap::width(ui.painter(), key));
    let size = vec2(frame::text_width(ui.painter(), text, fonts::INTERFACE) + cap, theme::LEAST_TARGET);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    paint_link(ui, rect, &response, text, key);
    response
}

/// The same in a given place.
pub fn link_at(ui: &Ui, rect: Rect, id: egui::Id, text: &str, key: Option<&str>) -> Response {
    let response = ui.interact(rect, id, Sense::click());
    paint_link(ui, rect, &response, text, key);
    response
}

/// The width that a link with its key takes.
pub fn link_width(painter: &Painter, text: &str, key: Option<&str>) -> f32 {
    let cap = key.map_or(0.0, |key| 10.0 + keycap::width(painter, key));
    frame::text_width(painter, text, fonts::INTERFACE) + cap
}

fn paint_link(ui: &Ui, rect: Rect, response: &Response, text: &str, key: Option<&str>) {
    response.widget_info(|| WidgetInfo::labeled(Role::Link, ui.is_enabled(), text));
    let (painter, theme) = (ui.painter(), theme::of(ui));
    let t = &theme.tokens;
    let words =
        frame::text(painter, rect.left_center(), Align2::LEFT_CENTER, text, fonts::INTERFACE, t.strong);
    let line = if response.hovered() { 2.0 } else { STROKE };
    painter.hline(words.x_range(), words.bottom() - 1.5, Stroke::new(line, t.strong));
    if let Some(key) = key {
        let at = pos2(words.right() + 10.0 + keycap::width(painter, key), rect.center().y);
        keycap::paint(painter, &theme, at, key, Ground::Plain);
    }
    if response.has_focus() {
        frame::focus_ring(painter, words.expand2(vec2(2.0, 0.0)), RADIUS, &theme);
    }
    if response.hovered() {
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
    }
}
