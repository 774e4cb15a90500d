//! What shows when the pointer rests on something.

use egui::{Align2, Frame, Margin, Response, Sense, Ui, pos2, vec2};

use super::frame;
use super::keycap::{self, Ground};
use crate::ui::fonts;
use crate::ui::theme;

const WIDTH: f32 = 268.0;

/// Words only; also on a control that is disabled.
pub fn text(response: Response, words: &str) -> Response {
    if words.is_empty() {
        return response;
    }
    let show = |ui: &mut Ui| {
        Frame::new().inner_margin(Margin::symmetric(8, 4)).show(ui, |ui| {
            ui.set_max_width(WIDTH);
            ui.label(fonts::LIST_TITLE.rich(words, theme::of(ui).tokens.normal));
        });
    };
    response.on_hover_ui(show).on_disabled_hover_ui(show)
}

/// A name with its keys, and what it means.
pub fn entry(response: Response, name: &str, keys: &[&str], words: &str) -> Response {
    response.on_hover_ui(|ui| entry_ui(ui, name, keys, words))
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
