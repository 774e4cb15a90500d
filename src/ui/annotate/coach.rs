//! The strip under the reader: the first keys until this person has given five answers, and the coder's name, asked without taking the
//! keys away. It lies below the text, so that nothing that is read moves when it comes or goes.

use crate::session::Session;
use crate::session::command;
use crate::session::intent::{CoderChoice, Intent};
use crate::session::view::{Field as Keyboard, Look};
use crate::ui::fonts;
use crate::ui::parts::button::{self, Button};
use crate::ui::parts::field::Field;
use crate::ui::parts::{frame, keycap, spoken};
use crate::ui::theme::{self, STROKE};
use egui::{Align2, Id, Key, Rect, Stroke, Ui, pos2, vec2};

/// Heights of the three lines, and of the name alone.
const LINES: f32 = 76.0;
const NAME: f32 = 48.0;
/// Width of the field for the name.
const FIELD: f32 = 180.0;
/// Between what stands in the row of the name.
const GAP: f32 = 8.0;
const LATER: &str = "Not now";

/// The name of who is at the keyboard, as it is typed.
#[derive(Debug, Default)]
pub struct CoachDraft {
    name: Option<String>,
}

/// How high the strip is now.
pub fn coach_height(session: &Session) -> f32 {
    let lines = if shows_lines(session) { LINES } else { 0.0 };
    let name = if wants_name(session) { NAME } else { 0.0 };
    if lines + name > 0.0 && session.article().is_some() { lines + name } else { 0.0 }
}

pub fn coach_ui(ui: &mut Ui, session: &Session, draft: &mut CoachDraft, intents: &mut Vec<Intent>) {
    let place = ui.max_rect();
    if place.height() < 1.0 {
        return;
    }
    let t = theme::of(ui).tokens;
    ui.painter().rect_filled(place, 0, t.chrome);
    ui.painter().hline(place.x_range(), place.top(), Stroke::new(STROKE, t.border));
    let mut top = place.top();
    if shows_lines(session) {
        lines_ui(ui, session, Rect::from_min_size(place.min, vec2(place.width(), LINES)));
        top += LINES;
    }
    if wants_name(session) {
        let band = Rect::from_min_max(pos2(place.left(), top), place.max);
        name_ui(ui, band, session, draft, intents);
    }
}

fn shows_lines(session: &Session) -> bool {
    let can_answer = session.desk().is_some_and(|desk| desk.closed_for_writing().is_none());
    can_answer && !session.settings().coached && session.derived().totals().progress.n_answered < 5
}

/// Whether the coder made for the first answer still has no name, or another name is wanted.
fn wants_name(session: &Session) -> bool {
    let view = session.view();
    let nameless =
        session.desk().is_some_and(|desk| desk.coder_is_nameless() && desk.closed_for_writing().is_none());
    view.names_coder || nameless && !view.stays_nameless
}

fn lines_ui(ui: &Ui, session: &Session, place: Rect) {
    let Some(desk) = session.desk() else { return };
    let t = theme::of(ui).tokens;
    let own = |rows: &[(&str, &str)]| {
        rows.iter().map(|(key, words)| ((*key).to_owned(), (*words).to_owned())).collect::<Vec<_>>()
    };
    let labels = desk.project().scheme().current().take(3);
    let labels =
        labels.filter_map(|label| Some((command::keys_of(label).next()?.clone(), label.name.to_lowercase())));
    let goes_on =
        if desk.project().scheme().takes_several() { "none" } else { "none; each goes on to the next" };
    let rows = [
        labels.chain(own(&[("0", goes_on)])).collect(),
        own(&[
            ("\u{2193} \u{2191}", "move"),
            ("Backspace", "back, and takes the label away"),
            ("U", "unsure"),
            ("C", "note"),
        ]),
        own(&[("Ctrl K", "every command"), ("F1", "all keys")]),
    ];
    let painter = ui.painter().with_clip_rect(place);
    for (row, y) in rows.iter().zip([16.0, 38.0, 60.0]) {
        let mut x = place.left() + 16.0;
        let line = Rect::from_x_y_ranges(place.x_range(), place.top() + y - 11.0..=place.top() + y + 11.0);
        let told = row.iter().map(|(key, words)| format!("{key}: {words}"));
        spoken::text(ui, line, &told.collect::<Vec<_>>().join(", "));
        for (key, words) in row {
            let width = keycap::width(&painter, key);
            if x + width + 6.0 + frame::text_width(&painter, words, fonts::SMALL) > place.right() - 8.0 {
                break;
            }
            let at = pos2(x + width, place.top() + y);
            keycap::paint(&painter, &theme::of(ui), at, key, keycap::Ground::Plain);
            let words_at = at + vec2(6.0, 0.0);
            let drawn = frame::text(&painter, words_at, Align2::LEFT_CENTER, words, fonts::SMALL, t.normal);
            x = drawn.right() + 16.0;
        }
    }
}

fn name_ui(ui: &mut Ui, band: Rect, session: &Session, draft: &mut CoachDraft, intents: &mut Vec<Intent>) {
    let t = theme::of(ui).tokens;
    ui.painter().hline(band.x_range(), band.top(), Stroke::new(STROKE, t.border));
    let at = pos2(band.left() + 16.0, band.center().y);
    let words = "Your answers are kept under your name";
    spoken::text(ui, band, words);
    let keep = Button::new("Keep").key("Enter");
    let later = frame::text_width(ui.painter(), LATER, fonts::INTERFACE);
    let beside = keep.natural_width(ui.painter()) + later + 2.0 * GAP;
    let room = band.width() - 32.0 - beside;
    let said = frame::text_width(ui.painter(), words, fonts::INTERFACE) + 12.0;
    let left = if said + FIELD <= room {
        frame::text(ui.painter(), at, Align2::LEFT_CENTER, words, fonts::INTERFACE, t.normal).right() + 12.0
    } else {
        at.x
    };
    let rest = Rect::from_min_max(pos2(left, band.top() + 9.0), band.max - vec2(16.0, 9.0));
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    let mut row = ui.new_child(egui::UiBuilder::new().max_rect(rest).layout(layout));
    row.spacing_mut().item_spacing.x = GAP;
    let mut name = draft.name.clone().unwrap_or_else(|| {
        let given = session.desk().and_then(|desk| desk.coder_name());
        given.or(session.settings().name.as_deref()).unwrap_or_default().to_owned()
    });
    let field = Field::new(Id::unique("coder name"), "Your name", &mut name).hint("Your name");
    let field = field.width(FIELD.min(room)).show(&mut row);
    if session.view().focus == Some(Keyboard::Name) {
        field.request_focus();
        intents.push(Intent::Look(Look::Focused));
    }
    let entered = field.lost_focus() && row.input(|input| input.key_pressed(Key::Enter));
    let empty = name.trim().is_empty().then_some("type a name first");
    let kept = keep.disabled(empty).show(&mut row).clicked();
    let later = button::link(&mut row, LATER, None).clicked();
    if (entered || kept) && empty.is_none() {
        intents.push(Intent::Coder(CoderChoice::Name(name.trim().to_owned())));
        draft.name = None;
        intents.push(Intent::Look(Look::Named));
    } else if later {
        draft.name = None;
        intents.push(Intent::Look(Look::Named));
    } else if field.changed() {
        draft.name = Some(name);
    }
}
