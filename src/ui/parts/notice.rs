//! What has to be said in the place where one is: trouble, a warning, or what was done.

use egui::{Align2, Color32, Rect, Response, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::button::{self, Button};
use super::frame;
use super::icons::{self, Icon};
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

/// The values of a notice; `title` and `hint` may be empty.
#[derive(Clone, Copy, Debug)]
pub struct Notice<'a> {
    pub kind: NoticeKind,
    pub title: &'a str,
    pub text: &'a str,
    pub hint: &'a str,
    /// Up to two.
    pub buttons: &'a [NoticeButton<'a>],
}

/// What was done to the notice.
pub struct NoticeOutput {
    pub response: Response,
    /// Index of the button that was pressed.
    pub pressed: Option<usize>,
    pub closed: bool,
}

const PADDING: Vec2 = vec2(13.0, 10.0);
const GAP: f32 = 10.0;

/// Draws the notice in the width that is there.
pub fn show(ui: &mut Ui, notice: &Notice<'_>) -> NoticeOutput {
    let theme = theme::of(ui);
    let width = ui.available_width();
    let painter = ui.painter().clone();
    let closable = notice.kind != NoticeKind::Done;
    let widths: Vec<f32> = notice.buttons.iter().map(|b| button_width(ui, notice.kind, b)).collect();
    let buttons: f32 = widths.iter().map(|w| w + GAP).sum();
    let right = if closable { 33.0 } else { PADDING.x };
    let title = if notice.title.is_empty() {
        0.0
    } else {
        frame::text_width(&painter, notice.title, fonts::LIST_TITLE_BOLD) + GAP
    };
    let room = (width - PADDING.x - title - right - buttons - 4.0).max(80.0);
    let t = &theme.tokens;
    let text = fonts::LIST_TITLE.wrapped(&painter, notice.text, t.strong, room);
    let hint =
        (!notice.hint.is_empty()).then(|| fonts::LIST_TITLE.wrapped(&painter, notice.hint, t.normal, room));
    let hint_height = hint.as_ref().map_or(0.0, |galley| galley.size().y);
    let height = (text.size().y + hint_height + 2.0 * PADDING.y).max(38.0);

    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Alert, true, spoken(notice)));
    let tone = paint_ground(ui, rect, notice.kind, &theme);
    let top =
        rect.top() + if hint.is_none() && text.rows.len() == 1 { (height - 18.0) / 2.0 } else { PADDING.y };
    let left = rect.left() + PADDING.x;
    let title_at = pos2(left, top);
    frame::text(&painter, title_at, Align2::LEFT_TOP, notice.title, fonts::LIST_TITLE_BOLD, tone);
    let text_height = text.size().y;
    painter.galley(pos2(left + title, top), text, t.strong);
    if let Some(hint) = hint {
        painter.galley(pos2(left + title, top + text_height), hint, t.normal);
    }
    let pressed = buttons_ui(ui, rect, notice, &widths, right);
    let closed = closable && cross_ui(ui, rect, &response, &theme);
    NoticeOutput { response, pressed, closed }
}

fn spoken(notice: &Notice<'_>) -> String {
    [notice.title, notice.text, notice.hint]
        .iter()
        .filter(|s| !s.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(" ")
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
    let middle =
        if rect.height() < 50.0 { rect.center().y } else { rect.top() + 10.5 + BAR_CONTROL_HEIGHT / 2.0 };
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
    let middle = pos2(rect.right() - 18.0, rect.top() + 15.5);
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
