//! What has to be said in the place where one is: trouble, a warning, or what was done.

use egui::{Color32, Rect, Response, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::button::{self, Button};
use super::frame;
use super::icons::{self, Icon};
use super::{spoken, tooltip};
use crate::ui::fonts;
use crate::ui::theme::{self, BAR_CONTROL_HEIGHT, RADIUS, STROKE, Theme};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    Error,
    Warning,
    Success,
    /// Goes by itself; its buttons are links with their keys.
    Done,
}

/// A button of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoticeButton<'a> {
    pub text: &'a str,
    pub key: Option<&'a str>,
}

/// The values of a notice; `title` may be empty.
#[derive(Clone, Copy, Debug)]
pub struct Notice<'a> {
    pub kind: NoticeKind,
    pub title: &'a str,
    pub text: &'a str,
    /// Up to three.
    pub buttons: &'a [NoticeButton<'a>],
}

/// What was done to the notice.
pub struct NoticeOutput {
    pub response: Response,
    /// Index of the button that was pressed.
    pub pressed: Option<usize>,
    pub closed: bool,
}

/// One line, whatever it says.
pub const HEIGHT: f32 = 38.0;
const PADDING: f32 = 13.0;
const GAP: f32 = 10.0;

/// Draws the notice in the width that is there; what its line has no room for is in the tooltip.
pub fn show(ui: &mut Ui, notice: &Notice<'_>) -> NoticeOutput {
    let theme = theme::of(ui);
    let width = ui.available_width();
    let painter = ui.painter().clone();
    let closable = notice.kind != NoticeKind::Done;
    let widths: Vec<f32> = notice.buttons.iter().map(|b| button_width(ui, notice.kind, b)).collect();
    let right = if closable { 33.0 } else { PADDING };
    let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Alert, true, words(notice)));
    spoken::live(&response);
    let tone = paint_ground(ui, rect, notice.kind, &theme);
    let t = &theme.tokens;
    let end = rect.right() - right - widths.iter().map(|w| w + GAP).sum::<f32>() - 4.0;
    let mut at = pos2(rect.left() + PADDING, rect.center().y);
    let mut is_cut = false;
    if !notice.title.is_empty() {
        let bold = fonts::LIST_TITLE_BOLD;
        is_cut |= frame::text_between(&painter, at, end, notice.title, bold, tone);
        at.x += frame::text_width(&painter, notice.title, bold) + GAP;
    }
    is_cut |= frame::text_between(&painter, at, end, notice.text, fonts::LIST_TITLE, t.strong);
    let response = if is_cut { tooltip::text(response, &words(notice)) } else { response };
    let pressed = buttons_ui(ui, rect, notice, &widths, right);
    let closed = closable && cross_ui(ui, rect, &response, &theme);
    NoticeOutput { response, pressed, closed }
}

fn words(notice: &Notice<'_>) -> String {
    [notice.title, notice.text].iter().filter(|s| !s.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

fn button_width(ui: &Ui, kind: NoticeKind, button: &NoticeButton<'_>) -> f32 {
    if kind == NoticeKind::Done {
        button::link_width(ui.painter(), button.text, button.key)
    } else {
        Button::new(button.text).key(button.key).natural_width(ui.painter())
    }
}

/// Paints fill and edge; gives back the colour of the title.
fn paint_ground(ui: &Ui, rect: Rect, kind: NoticeKind, theme: &Theme) -> Color32 {
    let t = &theme.tokens;
    let (fill, edge, tone) = match kind {
        NoticeKind::Error => (t.error_tint, t.error, t.error),
        NoticeKind::Warning => (t.warning_tint, t.border, t.warning),
        NoticeKind::Success => (t.success_tint, t.border, t.success),
        NoticeKind::Done => {
            frame::floating(ui.painter(), rect, theme);
            return t.strong;
        }
    };
    frame::card(ui.painter(), rect, RADIUS, fill, Stroke::new(STROKE, edge));
    tone
}

fn buttons_ui(ui: &Ui, rect: Rect, notice: &Notice<'_>, widths: &[f32], right: f32) -> Option<usize> {
    let mut pressed = None;
    let mut edge = rect.right() - right;
    let middle = rect.center().y;
    for (idx, (button, width)) in notice.buttons.iter().zip(widths).enumerate().rev() {
        let size = vec2(*width, BAR_CONTROL_HEIGHT);
        let place = Rect::from_min_size(pos2(edge - width, middle - size.y / 2.0), size);
        let id = ui.scope_id().with((notice.title, notice.text, "button", idx));
        let response = if notice.kind == NoticeKind::Done {
            button::link_at(ui, place, id, button.text, button.key)
        } else {
            Button::new(button.text).key(button.key).show_at(ui, place, id)
        };
        if response.clicked() {
            pressed = Some(idx);
        }
        edge -= width + GAP;
    }
    pressed
}

fn cross_ui(ui: &Ui, rect: Rect, notice: &Response, theme: &Theme) -> bool {
    let middle = pos2(rect.right() - 18.0, rect.center().y);
    let place = Rect::from_center_size(middle, Vec2::splat(theme::LEAST_TARGET));
    let response = ui.interact(place, notice.id.with("close"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Close this notice"));
    let t = &theme.tokens;
    let colour = if response.hovered() { t.strong } else { t.normal };
    icons::paint(ui.painter(), Icon::Cross, middle, colour);
    if response.has_focus() {
        frame::focus_ring(ui.painter(), place.shrink(4.0), 2, theme);
    }
    response.clicked()
}
