//! Fields to type in, of one line or several.

use egui::epaint::text::TextWrapping;
use egui::{
    Align, Align2, Color32, CursorIcon, Frame, Id, Layout, Margin, Rect, Response, Sense, Stroke, TextBuffer,
    TextEdit, Ui, UiBuilder, pos2, vec2,
};

use super::frame;
use super::icons::{self, Icon};
use super::keycap::{self, Ground};
use crate::ui::fonts;
use crate::ui::theme::{self, CONTROL_HEIGHT, RADIUS, STROKE, STROKE_FOCUS, Theme};
use std::ops::Range;

/// A field, built up and then shown; `name` is read out and found by tests.
#[must_use]
pub struct Field<'a> {
    id: Id,
    name: &'a str,
    text: &'a mut String,
    hint: &'a str,
    icon: Option<Icon>,
    error: Option<&'a str>,
    suffix: &'a str,
    key: Option<&'a str>,
    rows: usize,
    height: f32,
    width: Option<f32>,
    editable: Editable,
    kind: fonts::Type,
    edge: Edge,
    marks: &'a [Range<usize>],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Editable {
    Yes,
    No,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edge {
    Drawn,
    Bare,
}

const PADDING: f32 = 9.0;

/// Selects all of a field's text, so that what is offered is typed over.
pub fn select_all(ctx: &egui::Context, id: Id, text: &str) {
    use egui::text::{CCursor, CCursorRange};
    let mut state = egui::text_edit::TextEditState::load(ctx, id).unwrap_or_default();
    let all = CCursorRange::two(CCursor::new(0), CCursor::new(text.chars().count()));
    state.cursor.set_char_range(Some(all));
    state.store(ctx, id);
}

impl<'a> Field<'a> {
    pub fn new(id: Id, name: &'a str, text: &'a mut String) -> Self {
        Self {
            id,
            name,
            text,
            hint: "",
            icon: None,
            error: None,
            suffix: "",
            key: None,
            rows: 1,
            height: CONTROL_HEIGHT,
            width: None,
            editable: Editable::Yes,
            kind: fonts::INTERFACE,
            edge: Edge::Drawn,
            marks: &[],
        }
    }

    /// Places in the text to be marked, as what was looked for: bytes, in order.
    pub fn marks(self, marks: &'a [Range<usize>]) -> Self {
        Self { marks, ..self }
    }

    /// Shown while nothing is typed.
    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }

    /// Painted at the left, as the magnifier of a filter.
    pub fn icon(self, icon: Icon) -> Self {
        Self { icon: Some(icon), ..self }
    }

    /// What is wrong with the text: the edge turns and the words stand below.
    pub fn error(self, error: impl Into<Option<&'a str>>) -> Self {
        Self { error: error.into(), ..self }
    }

    /// Small words at the right end, as *5 of 11*.
    pub fn suffix(self, suffix: &'a str) -> Self {
        Self { suffix, ..self }
    }

    pub fn key(self, key: impl Into<Option<&'a str>>) -> Self {
        Self { key: key.into(), ..self }
    }

    /// Several rows; it grows with the text.
    pub fn rows(self, rows: usize) -> Self {
        Self { rows, ..self }
    }

    pub fn height(self, height: f32) -> Self {
        Self { height, ..self }
    }

    pub fn width(self, width: f32) -> Self {
        Self { width: Some(width), ..self }
    }

    pub fn read_only(self) -> Self {
        Self { editable: Editable::No, ..self }
    }

    /// Another size of type, as in the palette.
    pub fn kind(self, kind: fonts::Type) -> Self {
        Self { kind, ..self }
    }

    /// Without fill and edge: what it stands in has them.
    pub fn bare(self) -> Self {
        Self { edge: Edge::Bare, ..self }
    }

    /// The response of the text: `changed`, `lost_focus`, `request_focus`.
    pub fn show(mut self, ui: &mut Ui) -> Response {
        let width = self.width.unwrap_or_else(|| ui.available_width());
        let theme = theme::of(ui);
        let behind = ui.painter().add(egui::Shape::Noop);
        let top = ui.cursor().min;
        let several = self.rows > 1;
        let left = PADDING + if self.icon.is_some() { 20.0 } else { 0.0 };
        let right = PADDING + self.right_width(ui);
        let above = if several { 5.0 } else { (self.height - self.kind.line) / 2.0 };
        let error = self.error;

        // Laid out from its own corner: a child takes over how the row around it is aligned, and in a centred one a line of
        // text would stand in the middle of all the height that there is.
        let line = if several { f32::INFINITY } else { self.kind.line };
        let max = Rect::from_min_size(
            pos2(top.x + left, top.y + above),
            vec2((width - left - right).max(16.0), line),
        );
        let least =
            if several { 2.0f32.mul_add(above, self.kind.line * self.rows as f32) } else { self.height };
        let around = self.around(ui, Rect::from_min_size(top, vec2(width, least)));
        let layout = Layout::top_down(Align::Min);
        let mut inside = ui.new_child(UiBuilder::new().max_rect(max).layout(layout));
        let response = self.edit(&mut inside, max.width(), &theme);
        if around.is_some_and(|around| around.clicked()) {
            response.request_focus();
        }
        let height = if several { 2.0f32.mul_add(above, inside.min_rect().height()) } else { self.height };
        let rect = Rect::from_min_size(top, vec2(width, height));
        let below = if error.is_some() { 20.0 } else { 0.0 };
        ui.allocate_rect(Rect::from_min_size(top, vec2(width, height + below)), Sense::hover());

        if self.text.is_empty() {
            // egui leaves the hint out where the layouter is one's own.
            let at = pos2(max.left(), max.top() + self.kind.line / 2.0);
            frame::text_between(
                ui.painter(),
                at,
                rect.right() - PADDING,
                self.hint,
                self.kind,
                theme.tokens.weak,
            );
        }
        if self.edge == Edge::Drawn {
            ui.painter().set(behind, self.edge_shape(rect, &theme, response.has_focus()));
        }
        self.paint_ends(ui, rect, &theme);
        if let Some(error) = error {
            let at = pos2(rect.left(), rect.bottom() + 4.0);
            frame::text(ui.painter(), at, Align2::LEFT_TOP, error, fonts::SMALL, theme.tokens.error);
        }
        response
    }

    /// The whole field, below its text: a click on the magnifier, the edge or the words at the end is meant for the text.
    fn around(&self, ui: &Ui, rect: Rect) -> Option<Response> {
        let takes = self.editable == Editable::Yes;
        takes.then(|| {
            ui.interact(rect, self.id.with("around"), Sense::CLICK).on_hover_cursor(CursorIcon::Text)
        })
    }

    fn edit(&mut self, ui: &mut Ui, width: f32, theme: &Theme) -> Response {
        let t = theme.tokens;
        let several = self.rows > 1;
        let (kind, marks) = (self.kind, self.marks);
        let colour = if self.editable == Editable::Yes { t.strong } else { t.weak };
        let mut layouter = |ui: &Ui, text: &dyn TextBuffer, width: f32| {
            let wrap =
                if several { TextWrapping::wrap_at_width(width) } else { TextWrapping::no_max_width() };
            let mut job = kind.marked(text.as_str(), colour, marks, t.hit);
            job.wrap = wrap;
            ui.painter().layout_job(job)
        };
        let edit = if several {
            TextEdit::multiline(self.text).desired_rows(self.rows)
        } else {
            TextEdit::singleline(self.text)
        };
        let response = edit
            .id(self.id)
            .frame(Frame::NONE)
            .margin(Margin::ZERO)
            .font(kind.font())
            .text_color(colour)
            .desired_width(width)
            .min_size(vec2(0.0, kind.line * self.rows as f32))
            .interactive(self.editable == Editable::Yes)
            .layouter(&mut layouter)
            .show(ui)
            .response
            .response;
        response.accessible_name(self.name)
    }

    fn right_width(&self, ui: &Ui) -> f32 {
        let suffix = if self.suffix.is_empty() {
            0.0
        } else {
            8.0 + frame::text_width(ui.painter(), self.suffix, fonts::SMALL)
        };
        suffix + self.key.map_or(0.0, |key| 8.0 + keycap::width(ui.painter(), key))
    }

    fn edge_shape(&self, rect: Rect, theme: &Theme, focused: bool) -> egui::Shape {
        let t = &theme.tokens;
        let (fill, edge) = match (self.editable, self.error) {
            (Editable::No, _) => (Color32::TRANSPARENT, Stroke::new(STROKE, t.border)),
            (Editable::Yes, Some(_)) => (t.surface, Stroke::new(STROKE_FOCUS, t.error)),
            (Editable::Yes, None) if focused => (t.surface, Stroke::new(STROKE_FOCUS, t.focus_ring)),
            (Editable::Yes, None) => (t.surface, Stroke::new(STROKE, t.control)),
        };
        let corners = egui::CornerRadius::same(RADIUS);
        egui::epaint::RectShape::new(rect, corners, fill, edge, egui::StrokeKind::Inside).into()
    }

    fn paint_ends(&self, ui: &Ui, rect: Rect, theme: &Theme) {
        let (painter, t) = (ui.painter(), &theme.tokens);
        let middle = rect.top() + self.height.min(rect.height()) / 2.0;
        if let Some(icon) = self.icon {
            icons::paint(painter, icon, pos2(rect.left() + 16.0, middle), t.normal);
        }
        let mut right = rect.right() - PADDING;
        if let Some(key) = self.key {
            right = keycap::paint(painter, theme, pos2(right, middle), key, Ground::Plain) - 8.0;
        }
        if !self.suffix.is_empty() {
            let at = pos2(right, middle);
            frame::text(painter, at, Align2::RIGHT_CENTER, self.suffix, fonts::SMALL, t.weak);
        }
    }
}
