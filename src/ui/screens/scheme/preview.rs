//! The label in hand as coders see it; and answers that were given under an earlier version.

use super::{EDGE, Shown};
use crate::model::scheme::Label;
use crate::session::command;
use crate::session::intent::Intent;
use crate::session::view::{Listing, Look};
use crate::ui::fonts;
use crate::ui::numbers::counted;
use crate::ui::parts::button::Button;
use crate::ui::parts::chip::Chip;
use crate::ui::parts::{frame, scroll, spoken};
use crate::ui::screens::paragraph;
use crate::ui::theme::{self, RADIUS, STROKE, label_colours};
use egui::{Id, Margin, Rect, Stroke, Ui, pos2, vec2};

const CARD: f32 = 134.0;

pub(super) fn preview_ui(ui: &mut Ui, shown: Shown<'_>, intents: &mut Vec<Intent>) {
    let place = ui.max_rect();
    let theme = theme::of(ui);
    let t = theme.tokens;
    let Some(label) = shown.label else { return };
    let n_older = shown.scheming.n_older(&label.id);
    let below = if n_older > 0 { CARD + 2.0 * EDGE } else { 0.0 };
    let inner =
        Rect::from_min_max(place.min + vec2(EDGE, 12.0), pos2(place.right() - EDGE, place.bottom() - below));
    let mut column = ui.new_child(egui::UiBuilder::new().max_rect(inner).id_salt("as coders see it"));
    column.shrink_clip_rect(inner.expand2(vec2(8.0, 0.0)));
    scroll::down().id_salt("preview").auto_shrink(false).show(&mut column, |ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 8.0);
        ui.label(fonts::INTERFACE_BOLD.rich("As coders see it", t.strong));
        let keys: Vec<&str> = command::keys_of(label).take(2).map(String::as_str).collect();
        let colours = label_colours(&label.colour, theme.dark);
        let reason = label.retired.then_some("retired: it is offered no more");
        Chip::new(&label.letter, &label.name, colours)
            .keys(&keys)
            .given(!label.retired)
            .disabled(reason)
            .show(ui);
        let card = egui::Frame::new()
            .fill(t.surface)
            .stroke(Stroke::new(STROKE, t.border))
            .corner_radius(RADIUS)
            .shadow(theme.popup_shadow())
            .inner_margin(Margin::symmetric(12, 10));
        card.show(ui, |ui| entry_ui(ui, label));
    });
    if n_older > 0 {
        let card = Rect::from_min_max(
            pos2(place.left() + EDGE, place.bottom() - EDGE - CARD),
            place.max - vec2(EDGE, EDGE),
        );
        older_ui(ui, card, label, n_older, intents);
    }
}

fn entry_ui(ui: &mut Ui, label: &Label) {
    let t = theme::of(ui).tokens;
    ui.set_width(ui.available_width());
    ui.spacing_mut().item_spacing = vec2(0.0, 2.0);
    ui.label(fonts::INTERFACE_BOLD.rich(&label.name, t.strong));
    if label.says.is_empty() {
        ui.label(fonts::LIST_TITLE.rich("No definition yet.", t.weak));
    } else {
        ui.label(fonts::LIST_TITLE.rich(&label.says, t.normal));
    }
    for (head, texts) in [("Yes", &label.is), ("No", &label.is_not)] {
        if !texts.is_empty() {
            ui.add_space(4.0);
            ui.label(fonts::SMALL.rich(head, t.weak));
        }
        for text in texts {
            ui.label(fonts::LIST_TITLE.rich(text, t.normal));
        }
    }
    if let Some(doubt) = &label.doubt {
        ui.add_space(4.0);
        ui.label(fonts::SMALL.rich("When in doubt", t.weak));
        ui.label(fonts::LIST_TITLE.rich(doubt, t.normal));
    }
}

fn older_ui(ui: &Ui, card: Rect, label: &Label, n: usize, intents: &mut Vec<Intent>) {
    let t = theme::of(ui).tokens;
    frame::card(ui.painter(), card, RADIUS, t.warning_tint, Stroke::new(STROKE, t.border));
    let at = card.min + vec2(12.0, 10.0);
    let width = card.width() - 24.0;
    let below = paragraph(ui, at, width, "The scheme has changed", fonts::INTERFACE_BOLD, t.warning);
    let was = if n == 1 { "was" } else { "were" };
    let text = format!(
        "{} {was} given under an earlier version. They can be looked at again.",
        counted(n, "coding", "codings")
    );
    paragraph(ui, pos2(at.x, below), width, &text, fonts::LIST_TITLE, t.strong);
    let list = Button::new("List them");
    let size = vec2(list.natural_width(ui.painter()), theme::CONTROL_HEIGHT);
    let at = Rect::from_min_size(pos2(at.x, card.bottom() - 10.0 - size.y), size);
    if list.show_at(ui, at, Id::unique("list older")).clicked() {
        intents.push(Intent::Look(Look::List(Some(Listing::Older(label.id.clone())))));
    }
    spoken::text(ui, card, &text);
}
