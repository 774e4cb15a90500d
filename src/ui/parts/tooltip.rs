//! What shows when the pointer rests on something.

use egui::{Align2, Context, Frame, Id, Margin, Response, Sense, Ui, pos2, vec2};

use super::frame;
use super::keycap::{self, Ground};
use crate::ui::fonts;
use crate::ui::theme;

const WIDTH: f32 = 268.0;

/// Says whether the pointer only lies where it is, because somebody works by keys: then it is shown nothing.
pub fn set_resting(ctx: &Context, rests: bool) {
    ctx.data_mut(|data| data.insert_temp(resting_id(), rests));
}

/// Whether the pointer only lies where it is, since keys are used: what is under it means nothing.
pub fn rests(response: &Response) -> bool {
    is_resting(&response.ctx)
}

/// The same, wherever it lies.
pub fn is_resting(ctx: &Context) -> bool {
    ctx.data(|data| data.get_temp(resting_id())).unwrap_or(false)
}

fn resting_id() -> Id {
    Id::unique("pointer that rests")
}

/// Words only; also on a control that is disabled.
pub fn text(response: Response, words: &str) -> Response {
    if words.is_empty() || rests(&response) {
        return response;
    }
    response.on_hover_ui(|ui| words_ui(ui, words)).on_disabled_hover_ui(|ui| words_ui(ui, words))
}

/// Words that are put together only when they are shown.
pub fn worked_out(response: Response, words: impl FnOnce() -> String) -> Response {
    if rests(&response) { response } else { response.on_hover_ui(|ui| words_ui(ui, &words())) }
}

/// Words left of a control, also of one that is disabled, so that what stands above and below it can be seen.
pub fn left(response: Response, words: &str) -> Response {
    if rests(&response) {
        return response;
    }
    for tip in [egui::Tooltip::for_enabled(&response), egui::Tooltip::for_disabled(&response)] {
        shown_left(tip, |ui| words_ui(ui, words));
    }
    response
}

fn shown_left(mut tip: egui::Tooltip<'_>, contents: impl FnOnce(&mut Ui)) {
    tip.popup = tip.popup.align(egui::RectAlign::LEFT).gap(8.0);
    tip.show(contents);
}

/// Words beside the pointer: for what is too large to stand beside it.
pub fn at_pointer(response: Response, words: &str) -> Response {
    if rests(&response) { response } else { response.on_hover_ui_at_pointer(|ui| words_ui(ui, words)) }
}

/// Words beside something that the keyboard is on, so that what stands below it can be read.
pub fn beside(response: &Response, words: &str) {
    let mut tip = egui::Tooltip::for_widget(response);
    tip.popup = tip.popup.align(egui::RectAlign::RIGHT).gap(8.0);
    tip.show(|ui| words_ui(ui, words));
}

fn words_ui(ui: &mut Ui, words: &str) {
    Frame::new().inner_margin(Margin::symmetric(8, 4)).show(ui, |ui| {
        ui.set_max_width(WIDTH);
        ui.label(fonts::LIST_TITLE.rich(words, theme::of(ui).tokens.normal));
    });
}

/// A name with its keys, and what it means, left of the control.
pub fn entry_left(response: &Response, name: &str, keys: &[&str], words: &str) {
    if !rests(response) {
        shown_left(egui::Tooltip::for_enabled(response), |ui| entry_ui(ui, name, keys, words));
    }
}

/// The inside of such a tooltip; also drawn by itself in the codebook's preview.
pub fn entry_ui(ui: &mut Ui, name: &str, keys: &[&str], words: &str) {
    Frame::new().inner_margin(Margin { left: 8, right: 8, top: 3, bottom: 2 }).show(ui, |ui| {
        ui.set_width(WIDTH - 24.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        let t = theme::of(ui).tokens;
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
        let right = pos2(rect.right(), rect.center().y);
        let edge = keycap::paint_all(ui.painter(), &theme::of(ui), right, keys, 6.0, Ground::Plain);
        let at = rect.left_center();
        if edge > at.x {
            frame::text(ui.painter(), at, Align2::LEFT_CENTER, name, fonts::INTERFACE_BOLD, t.strong);
        }
        if !words.is_empty() {
            ui.label(fonts::LIST_TITLE.rich(words, t.normal));
        }
    });
}
