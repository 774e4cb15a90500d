//! A label to give: its letter, its name, its keys. Also the filled letter box by itself.

use egui::epaint::CornerRadius;
use egui::{
    Align2, Color32, Painter, Pos2, Rect, Response, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::keycap::{self, Ground};
use super::person::{self, Person};
use super::{frame, tooltip};
use crate::ui::fonts::{self, Type};
use crate::ui::theme::{self, CHIP_HEIGHT, LabelColours, RADIUS, RADIUS_SMALL, STROKE, STROKE_FOCUS, Theme};

/// A chip, built up and then shown in the width that is there.
#[derive(Clone, Debug)]
pub struct Chip<'a> {
    letter: &'a str,
    name: &'a str,
    colours: LabelColours,
    keys: &'a [&'a str],
    votes: &'a [Person<'a>],
    given: Given,
    reason: Option<&'a str>,
    height: f32,
    width: Option<f32>,
}

/// Whether the current sentence has this label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    Yes,
    No,
}

impl From<bool> for Given {
    fn from(given: bool) -> Self {
        if given { Self::Yes } else { Self::No }
    }
}

impl<'a> Chip<'a> {
    /// `letter` is a dash for *none of these*.
    pub const fn new(letter: &'a str, name: &'a str, colours: LabelColours) -> Self {
        Self {
            letter,
            name,
            colours,
            keys: &[],
            votes: &[],
            given: Given::No,
            reason: None,
            height: CHIP_HEIGHT,
            width: None,
        }
    }

    /// Up to two are drawn; the compact chip is given one.
    #[must_use]
    pub const fn keys(self, keys: &'a [&'a str]) -> Self {
        Self { keys, ..self }
    }

    /// Who gave this label, in Review.
    #[must_use]
    pub const fn votes(self, votes: &'a [Person<'a>]) -> Self {
        Self { votes, ..self }
    }

    #[must_use]
    pub fn given(self, given: impl Into<Given>) -> Self {
        Self { given: given.into(), ..self }
    }

    /// Cannot be given, for this reason.
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

    pub fn show(self, ui: &mut Ui) -> Response {
        let width = self.width.unwrap_or_else(|| ui.available_width());
        let sense = if self.reason.is_none() { Sense::click() } else { Sense::hover() };
        let (rect, response) = ui.allocate_exact_size(vec2(width, self.height), sense);
        let enabled = self.reason.is_none() && ui.is_enabled();
        response
            .widget_info(|| WidgetInfo::selected(Role::Button, enabled, self.given == Given::Yes, self.name));
        if ui.is_rect_visible(rect) && self.paint(ui, rect, &response, enabled) {
            return tooltip::left(response, self.reason.unwrap_or(self.name));
        }
        match self.reason {
            Some(reason) => tooltip::left(response, reason),
            None => response,
        }
    }

    /// True if the name had to be cut.
    fn paint(&self, ui: &Ui, rect: Rect, response: &Response, enabled: bool) -> bool {
        let (painter, theme) = (ui.painter(), theme::of(ui));
        let t = &theme.tokens;
        let given = self.given == Given::Yes;
        let (fill, edge) = match (enabled, given) {
            (false, _) => (Color32::TRANSPARENT, Stroke::new(STROKE, t.border)),
            (true, true) => (self.colours.current, Stroke::new(STROKE_FOCUS, self.colours.ink)),
            (true, false) if response.hovered() => (self.colours.rest, Stroke::new(STROKE, self.colours.ink)),
            (true, false) => (t.surface, Stroke::new(STROKE, t.border)),
        };
        frame::card(painter, rect, RADIUS, fill, edge);
        if response.has_focus() {
            frame::focus_ring(painter, rect, RADIUS, &theme);
        }
        let middle = rect.center().y;
        let square = pos2(rect.left() + 19.0, middle);
        if enabled {
            letter_box(painter, &theme, square, 20.0, self.letter, self.colours.ink);
        } else {
            empty_letter_box(painter, square, 20.0, self.letter, t.weak);
        }
        let ground = if enabled { Ground::Plain } else { Ground::Disabled };
        let right = pos2(rect.right() - 9.0, middle);
        let mut edge = keycap::paint_all(painter, &theme, right, self.keys, 10.0, ground);
        if !self.votes.is_empty() {
            edge = person::paint_all(painter, pos2(edge - 8.0, middle), self.votes, t.weak);
        }
        let kind = if given { fonts::INTERFACE_BOLD } else { fonts::INTERFACE };
        let colour = if enabled { t.strong } else { t.weak };
        frame::text_between(painter, pos2(rect.left() + 39.0, middle), edge - 8.0, self.name, kind, colour)
    }
}

/// The filled box with the letter in the colour of the paper.
pub fn letter_box(painter: &Painter, theme: &Theme, middle: Pos2, side: f32, letter: &str, fill: Color32) {
    let rect = Rect::from_center_size(middle, Vec2::splat(side));
    painter.rect_filled(rect, CornerRadius::same(RADIUS_SMALL), fill);
    frame::text(painter, middle, Align2::CENTER_CENTER, letter, fonts::LETTER, theme.tokens.paper);
}

/// The dashed box of what is only suggested or retired.
pub fn empty_letter_box(painter: &Painter, middle: Pos2, side: f32, letter: &str, colour: Color32) {
    dashed_letter_box(painter, middle, side, (letter, fonts::LETTER_PALE), Stroke::new(1.0, colour));
}

/// The same with a letter of any kind, in the colour of its edge.
pub fn dashed_letter_box(
    painter: &Painter,
    middle: Pos2,
    side: f32,
    (letter, kind): (&str, Type),
    edge: Stroke,
) {
    let rect = Rect::from_center_size(middle, Vec2::splat(side)).shrink(0.5);
    let mut path = Vec::new();
    let corners = egui::epaint::RoundedRect::new(rect, CornerRadius::same(RADIUS_SMALL));
    egui::epaint::tessellator::path::rounded_rectangle(&mut path, corners);
    path.extend(path.first().copied());
    painter.extend(egui::Shape::dashed_line(&path, edge, 2.5, 2.0));
    frame::text(painter, middle, Align2::CENTER_CENTER, letter, kind, edge.color);
}
