//! The find bar over the article: what is looked for, which hit one is at, and the ways on.

use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::notice::in_window;
use crate::session::searching::FindLook;
use crate::session::view::{Field as Keyboard, Look};
use crate::ui::annotate::has_drawer;
use crate::ui::fonts;
use crate::ui::numbers::{counted, grouped};
use crate::ui::parts::button::Button;
use crate::ui::parts::field::Field;
use crate::ui::parts::icons::Icon;
use crate::ui::parts::{frame, spoken, tooltip};
use crate::ui::theme::{self, BAR_CONTROL_HEIGHT, CONTROL_HEIGHT, FIND_BAR, PANEL_PADDING, STROKE};
use egui::{Key, Modifiers, Rect, Stroke, Ui, pos2, vec2};

const FIELD: &str = "find field";
const FIELD_WIDTH: f32 = 280.0;
const LEAST_FIELD: f32 = 150.0;
const GAP: f32 = 8.0;
/// The line below the bar that says what was not understood.
const FAULT: f32 = 24.0;

/// How high the bar is, with what it has to say.
pub fn bar_height(session: &Session) -> f32 {
    match (session.search().is_open(), session.search().found().faults.is_empty()) {
        (false, _) => 0.0,
        (true, true) => FIND_BAR,
        (true, false) => FIND_BAR + FAULT,
    }
}

pub fn bar_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    let theme = theme::of(ui);
    let t = theme.tokens;
    let bar = ui.max_rect();
    ui.painter().hline(bar.x_range(), bar.bottom() - 0.5, Stroke::new(STROKE, t.border));
    let middle = bar.top() + FIND_BAR / 2.0;
    let find = |look| Intent::Look(Look::Find(look));
    let nothing = (session.search().found().n_hits() == 0).then_some("nothing was found");

    let close = Button::new("Close").key("Esc").height(BAR_CONTROL_HEIGHT);
    let previous = Button::new("Previous").key("Shift Enter").height(CONTROL_HEIGHT).disabled(nothing);
    let next = Button::new("Next").key("Enter").height(CONTROL_HEIGHT).disabled(nothing);
    // Where there is little room the buttons go without their keys, and then the keys do it alone.
    let plain = [previous.clone().key(None), next.clone().key(None)];
    let width = |buttons: &[Button<'_>]| -> f32 {
        buttons.iter().map(|button| button.natural_width(ui.painter()) + GAP).sum()
    };
    let room = bar.width() - 2.0 * PANEL_PADDING - close.natural_width(ui.painter()) - GAP;
    let forms = [vec![previous, next], plain.to_vec(), Vec::new()];
    let buttons = forms.into_iter().find(|form| room - width(form) >= LEAST_FIELD).unwrap_or_default();
    let field_width = (room - width(&buttons)).clamp(16.0, FIELD_WIDTH);

    let field = Rect::from_min_size(
        pos2(bar.left() + PANEL_PADDING, middle - CONTROL_HEIGHT / 2.0),
        vec2(field_width, CONTROL_HEIGHT),
    );
    field_ui(ui, session, field, intents);
    let mut left = field.right() + GAP;
    for (button, forward) in buttons.into_iter().zip([false, true]) {
        let size = vec2(button.natural_width(ui.painter()), CONTROL_HEIGHT);
        let place = Rect::from_min_size(pos2(left, middle - size.y / 2.0), size);
        left = place.right() + GAP;
        if button.show_at(ui, place, egui::Id::unique(("find step", forward))).clicked() {
            intents.push(find(FindLook::Step(forward)));
        }
    }
    let size = vec2(close.natural_width(ui.painter()), BAR_CONTROL_HEIGHT);
    let place = Rect::from_min_size(pos2(bar.right() - PANEL_PADDING - size.x, middle - size.y / 2.0), size);
    if close.quiet().show_at(ui, place, egui::Id::unique("find close")).clicked() {
        intents.push(find(FindLook::Close));
    }
    if let Some(fault) = session.search().found().faults.first() {
        let line = Rect::from_min_max(pos2(field.left(), bar.top() + FIND_BAR - 4.0), bar.max);
        let what = in_window(fault);
        spoken::text(ui, line, &what);
        let at = pos2(line.left(), line.top() + 10.0);
        let right = bar.right() - PANEL_PADDING;
        if frame::text_between(ui.painter(), at, right, &what, fonts::SMALL, t.warning) {
            let response = ui.interact(line, egui::Id::unique("find fault"), egui::Sense::hover());
            tooltip::text(response, &what);
        }
    }
    // The keyboard may be at the article meanwhile: Esc ends the search from there too.
    let is_free = session.view().over.is_none() && !has_drawer(ui, session) && !ui.ctx().text_edit_focused();
    if is_free && !egui::Popup::is_any_open(ui.ctx()) && ui.input(|input| input.key_pressed(Key::Escape)) {
        intents.push(find(FindLook::Close));
    }
}

fn field_ui(ui: &mut Ui, session: &Session, place: Rect, intents: &mut Vec<Intent>) {
    let id = egui::Id::unique(FIELD);
    let find = |look| Intent::Look(Look::Find(look));
    let has_keyboard = ui.memory(|memory| memory.has_focus(id));
    let pressed = |modifiers, key| has_keyboard && ui.input_mut(|input| input.consume_key(modifiers, key));
    if pressed(Modifiers::SHIFT, Key::Enter) {
        intents.push(find(FindLook::Step(false)));
    } else if pressed(Modifiers::NONE, Key::Enter) {
        intents.push(find(FindLook::Step(true)));
    } else if pressed(Modifiers::NONE, Key::Escape) {
        intents.push(find(FindLook::Close));
        ui.memory_mut(|memory| memory.surrender_focus(id));
    } else if pressed(Modifiers::NONE, Key::ArrowDown) {
        // On to what was found: from here on the keys are those of the article.
        if session.hit_in_hand().is_none() {
            intents.push(find(FindLook::Step(true)));
        }
        ui.memory_mut(|memory| memory.surrender_focus(id));
    }
    let mut text = session.search().typed().to_owned();
    let suffix = whereabouts(session);
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(place).id_salt("find"));
    let field = Field::new(id, "Search", &mut text)
        .icon(Icon::Magnifier)
        .hint("Search texts, titles, notes")
        .suffix(&suffix)
        .width(place.width())
        .show(&mut inside);
    if session.view().focus == Some(Keyboard::Search) {
        field.request_focus();
        intents.push(Intent::Look(Look::Focused));
    }
    if field.changed() {
        intents.push(find(FindLook::Typed(text)));
    }
    spoken::announce(ui, place, "hits", &suffix);
}

/// `5 of 11`, `11 hits`, or nothing while nothing is looked for.
fn whereabouts(session: &Session) -> String {
    let search = session.search();
    let n = search.found().n_hits();
    match session.hit_in_hand() {
        _ if search.typed().trim().is_empty() => String::new(),
        _ if !search.is_up_to_date() && n == 0 => "searching\u{2026}".to_owned(),
        Some(number) => format!("{} of {}", grouped(number + 1), grouped(n)),
        None => counted(n, "hit", "hits"),
    }
}
