//! Screens that are no place: a header with what it is about and the way out, the screen's own middle, and a foot with what
//! will happen and the one button.

mod add;
mod afterwards;
pub mod collect;
pub mod comparing;
pub mod export;
pub mod handout;
pub mod import;
mod matrix;
pub mod merge;
pub mod scheme;

use crate::session::Session;
use crate::session::command::CommandId;
use crate::session::intent::Intent;
use crate::session::screens::{Screen, ScreenLook};
use crate::session::view::Look;
use crate::ui::parts::button::Button;
use crate::ui::parts::{frame, spoken, tooltip};
use crate::ui::review::agreement::{self, AgreementDraft};
use crate::ui::theme::{self, STROKE};
use crate::ui::{fonts, notices};
use egui::{Align2, Id, Key, Rect, Stroke, Ui, UiBuilder, pos2, vec2};

pub const HEADER: f32 = 48.0;
pub const FOOT: f32 = 100.0;
const EDGE: f32 = 16.0;

/// What is typed in a screen and not yet chosen.
#[derive(Default)]
pub struct ScreensDraft {
    handout: handout::HandOutDraft,
    export: export::ExportDraft,
    add: add::AddDraft,
    agreement: AgreementDraft,
}

/// The rooms of a screen.
#[derive(Debug, Clone, Copy)]
struct Rooms {
    header: Rect,
    middle: Rect,
    foot: Rect,
}

/// Draws the screen that is open.
pub fn screens_ui(ui: &mut Ui, session: &Session, draft: &mut ScreensDraft, intents: &mut Vec<Intent>) {
    let place = ui.max_rect();
    if matches!(session.view().screen, Some(Screen::Agreement)) {
        agreement::agreement_ui(ui, session, &mut draft.agreement, intents);
        if draft.agreement.may_close() {
            escape(ui, session, intents);
        }
        return;
    }
    let band = notices::band_height(session);
    let rooms = Rooms {
        header: place.with_max_y(place.top() + HEADER),
        middle: Rect::from_min_max(
            pos2(place.left(), place.top() + HEADER + band),
            pos2(place.right(), place.bottom() - FOOT),
        ),
        foot: place.with_min_y(place.bottom() - FOOT),
    };
    if band > 0.0 {
        let at = rooms.header.translate(vec2(0.0, HEADER)).with_max_y(rooms.middle.top());
        let mut below = ui.new_child(UiBuilder::new().max_rect(at).id_salt("notices"));
        notices::notices_ui(&mut below, session, intents);
    }
    match &session.view().screen {
        Some(Screen::HandOut(hand_out)) => {
            handout::handout_ui(ui, (session, hand_out), rooms, &mut draft.handout, intents);
        }
        Some(Screen::Collect(collecting)) => collect::collect_ui(ui, (session, collecting), rooms, intents),
        Some(Screen::Scheme(scheming)) => scheme::scheme_ui(ui, (session, scheming), rooms, intents),
        Some(Screen::Merge(merging)) => merge::merge_ui(ui, (session, merging), rooms, intents),
        Some(Screen::Compare(comparing)) => comparing::comparing_ui(ui, (session, comparing), rooms, intents),
        Some(Screen::Export(exporting)) => {
            export::export_ui(ui, (session, exporting), rooms, &mut draft.export, intents);
            if !draft.export.may_close() {
                return;
            }
        }
        Some(Screen::Import(importing)) => import::import_ui(ui, (session, importing), rooms, intents),
        Some(Screen::Add(adding)) => {
            add::add_ui(ui, (session, adding), rooms, &mut draft.add, intents);
            if !draft.add.may_close() {
                return;
            }
        }
        // Without a foot: it writes nothing.
        Some(Screen::Agreement) => {}
        None => {}
    }
    escape(ui, session, intents);
}

/// Esc closes the screen, unless something else takes it.
fn escape(ui: &Ui, session: &Session, intents: &mut Vec<Intent>) {
    let escaped = ui.input(|input| input.key_pressed(Key::Escape));
    let is_alone = session.view().over.is_none() && !egui::Popup::is_any_open(ui.ctx());
    if escaped && is_alone && !ui.ctx().text_edit_focused() {
        intents.push(close());
    }
}

fn close() -> Intent {
    Intent::Look(Look::Screen(ScreenLook::Close))
}

/// The header: title, what it is about, and the way out. Gives the right edge that is left for other buttons.
fn header_ui(ui: &Ui, rect: Rect, words: (&str, &str), intents: &mut Vec<Intent>) -> f32 {
    header_with(ui, rect, words, (&Button::new("Cancel").key("Esc"), &[]), intents)
}

/// The same with other words on the way out, and with buttons before it, each with its command.
fn header_with(
    ui: &Ui,
    rect: Rect,
    (title, about): (&str, &str),
    (way_out, buttons): (&Button<'_>, &[(&str, CommandId)]),
    intents: &mut Vec<Intent>,
) -> f32 {
    let t = theme::of(ui).tokens;
    ui.painter().rect_filled(rect, 0, t.chrome);
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(STROKE, t.border));
    spoken::heading(ui, rect, title);
    let at = pos2(rect.left() + EDGE, rect.center().y);
    let drawn = frame::text(ui.painter(), at, Align2::LEFT_CENTER, title, fonts::SCREEN_TITLE, t.strong);
    let width = way_out.natural_width(ui.painter());
    let place = at_right(rect, rect.right() - EDGE, width);
    let mut left = place.left() - 12.0;
    for (words, command) in buttons.iter().rev() {
        let button = Button::new(words);
        let place = at_right(rect, left, button.natural_width(ui.painter()));
        if place.left() < drawn.right() + EDGE {
            break;
        }
        if button.show_at(ui, place, Id::unique(("screen", *command))).clicked() {
            intents.push(Intent::Run(command));
        }
        left = place.left() - 12.0;
    }
    let from = drawn.right_center() + vec2(13.0, 0.0);
    fitted(ui, from, left - 4.0, about, fonts::INTERFACE, t.weak);
    if way_out.clone().show_at(ui, place, Id::unique("screen cancel")).clicked() {
        intents.push(close());
    }
    left
}

/// A control of so much width that ends at `right`, in the middle of a bar.
fn at_right(bar: Rect, right: f32, width: f32) -> Rect {
    Rect::from_center_size(pos2(right - width / 2.0, bar.center().y), vec2(width, theme::CONTROL_HEIGHT))
}

/// A part of the window with a name of its own, filled.
fn part(ui: &mut Ui, rect: Rect, fill: egui::Color32, name: &str) -> Ui {
    let part = UiBuilder::new().max_rect(rect).scope_id(Id::unique(("screen", name)));
    let mut part = ui.new_child(part.accessibility_role(egui::Role::Region).accessibility_label(name));
    part.shrink_clip_rect(rect);
    part.painter().rect_filled(rect, 0, fill);
    part.spacing_mut().item_spacing = vec2(8.0, 4.0);
    part
}

/// A row of small words between two edges, given to those who do not see it too.
fn words(ui: &Ui, at: egui::Pos2, right: f32, text: &str, kind: fonts::Type, colour: egui::Color32) {
    let rect = Rect::from_min_max(pos2(at.x, at.y - 10.0), pos2(right.max(at.x), at.y + 10.0));
    spoken::text(ui, rect, text);
    fitted(ui, at, right, text, kind, colour);
}

/// A row of text between two edges; where it is cut, all of it shows under the pointer.
fn fitted(ui: &Ui, at: egui::Pos2, right: f32, text: &str, kind: fonts::Type, colour: egui::Color32) {
    if frame::text_between(ui.painter(), at, right, text, kind, colour) {
        let rect = Rect::from_min_max(pos2(at.x, at.y - 10.0), pos2(right.max(at.x), at.y + 10.0));
        let id = Id::unique(("cut", text, at.x.to_bits(), at.y.to_bits()));
        tooltip::text(ui.interact(rect, id, egui::Sense::hover()), text);
    }
}

/// Words in several rows, from a corner; gives the bottom.
fn paragraph(
    ui: &Ui,
    at: egui::Pos2,
    width: f32,
    text: &str,
    kind: fonts::Type,
    colour: egui::Color32,
) -> f32 {
    let galley = kind.wrapped(ui.painter(), text, colour, width);
    let rect = Rect::from_min_size(at, galley.size());
    spoken::text(ui, rect, text);
    ui.painter().galley(at, galley, colour);
    rect.bottom()
}

/// Words that begin a line.
fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
