//! A question over the window: a title, words, what the caller adds, and the answers.

use egui::{Align, Context, Frame, Id, Key, Layout, Margin, Modifiers, Stroke, Ui};

use super::button::Button;
use super::spoken;
use crate::ui::fonts;
use crate::ui::theme::{self, RADIUS_WINDOW, STROKE, Theme};

/// What an answer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerKind {
    /// `Enter` gives it.
    Primary,
    Plain,
    /// `Esc` and a click beside the window give it.
    Cancel,
}

/// One answer; `disabled` says why it cannot be given.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    pub text: &'a str,
    pub kind: AnswerKind,
    pub disabled: Option<&'a str>,
}

impl<'a> Answer<'a> {
    pub const fn new(text: &'a str, kind: AnswerKind) -> Self {
        Self { text, kind, disabled: None }
    }
}

/// Width of the question, without its padding.
pub const WIDTH: f32 = 420.0;
/// Padding, and what is left of the window beside it.
const EDGE: f32 = 36.0;

/// The frame of a window over the window: a question, the palette.
pub fn window_frame(theme: &Theme) -> Frame {
    Frame::new()
        .fill(theme.tokens.surface)
        .stroke(Stroke::new(STROKE, theme.tokens.border))
        .corner_radius(RADIUS_WINDOW)
        .shadow(theme.window_shadow())
}

/// Shows the question; gives back the index of the answer once there is one.
pub fn show(
    ctx: &Context,
    id: &str,
    title: &str,
    text: &str,
    answers: &[Answer<'_>],
    contents: impl FnOnce(&mut Ui),
) -> Option<usize> {
    show_sized(ctx, id, (title, text), WIDTH, answers, contents)
}

/// The same, `width` points wide if the window has them; `head` is title and words.
pub fn show_sized(
    ctx: &Context,
    id: &str,
    (title, text): (&str, &str),
    width: f32,
    answers: &[Answer<'_>],
    contents: impl FnOnce(&mut Ui),
) -> Option<usize> {
    let theme = theme::of_ctx(ctx);
    let t = theme.tokens;
    let frame = window_frame(&theme).inner_margin(Margin::same(20));
    let modal = egui::Modal::new(Id::unique(id)).frame(frame).backdrop_color(t.shade).show(ctx, |ui| {
        ui.set_width(width.min(ui.ctx().content_rect().width() - 2.0 * EDGE));
        ui.spacing_mut().item_spacing.y = 8.0;
        let head = ui.label(fonts::SCREEN_TITLE.rich(title, t.strong));
        spoken::dialog_under(ui, &head, text);
        if !text.is_empty() {
            ui.label(fonts::INTERFACE.rich(text, t.normal));
        }
        contents(ui);
        ui.add_space(8.0);
        answers_ui(ui, answers)
    });
    let cancelled = modal.backdrop_response.clicked() && modal.is_top_modal;
    modal
        .inner
        .or_else(|| key(ctx, Key::Escape).then(|| position(answers, AnswerKind::Cancel)).flatten())
        .or_else(|| cancelled.then(|| position(answers, AnswerKind::Cancel)).flatten())
        .or_else(|| {
            let idx = position(answers, AnswerKind::Primary)?;
            let enabled = answers.get(idx)?.disabled.is_none() && !is_on_control(ctx);
            (enabled && key(ctx, Key::Enter)).then_some(idx)
        })
}

/// The answers from the right: the primary one last in reading order.
fn answers_ui(ui: &mut Ui, answers: &[Answer<'_>]) -> Option<usize> {
    let mut given = None;
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let order = |kind| answers.iter().enumerate().filter(move |(_, a)| a.kind == kind);
        let all = order(AnswerKind::Primary).chain(order(AnswerKind::Plain)).chain(order(AnswerKind::Cancel));
        for (idx, answer) in all {
            let button = Button::new(answer.text).disabled(answer.disabled);
            let button = match answer.kind {
                AnswerKind::Primary => button.primary().key("Enter"),
                AnswerKind::Plain => button,
                AnswerKind::Cancel => button.key("Esc"),
            };
            if button.show(ui).clicked() {
                given = Some(idx);
            }
        }
    });
    given
}

/// Whether the keyboard is on a control that takes `Enter` itself.
fn is_on_control(ctx: &Context) -> bool {
    ctx.memory(egui::Memory::focused).is_some() && !ctx.text_edit_focused()
}

fn key(ctx: &Context, key: Key) -> bool {
    ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key))
}

fn position(answers: &[Answer<'_>], kind: AnswerKind) -> Option<usize> {
    answers.iter().position(|answer| answer.kind == kind)
}
