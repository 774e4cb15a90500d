//! Notices under the header, pushing the place down; the coder's name is asked here too, without taking the keys away.

use crate::session::Session;
use crate::session::command;
use crate::session::intent::{CoderChoice, Intent};
use crate::session::notice::Tone;
use crate::session::view::{Field as Keyboard, Look, Over};
use crate::ui::drafts::Drafts;
use crate::ui::fonts;
use crate::ui::keys;
use crate::ui::parts::button::Button;
use crate::ui::parts::field::Field;
use crate::ui::parts::notice::{self, Notice, NoticeButton, NoticeKind};
use crate::ui::parts::{frame, keycap};
use crate::ui::theme::{self, STROKE};
use egui::{Align2, Id, Key, Rect, Sense, Stroke, Ui, pos2, vec2};

/// How high the band with the name is.
const NAME_BAND: f32 = 48.0;

pub fn notices_ui(ui: &mut Ui, session: &Session, drafts: &mut Drafts, intents: &mut Vec<Intent>) {
    let t = theme::of(ui).tokens;
    if wants_name(session) {
        name_ui(ui, session, drafts, intents);
    }
    let shown = session.notices().shown();
    if shown.is_empty() {
        return;
    }
    let band = egui::Frame::new().fill(t.paper).inner_margin(egui::Margin::symmetric(12, 8));
    band.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 8.0;
        // The newest are the ones to be read; older ones come up as these are closed.
        for one in shown.iter().rev().take(3).rev() {
            let (text, hint) = match one.text.split_once(" hint: ") {
                Some((text, hint)) => (text, format!("hint: {hint}")),
                None => (one.text.as_str(), String::new()),
            };
            let caps: Vec<String> = one
                .offers
                .iter()
                .map(|(_, id)| command::find(id).map(keys::first_cap).unwrap_or_default())
                .collect();
            let mut buttons: Vec<NoticeButton<'_>> = one
                .offers
                .iter()
                .zip(&caps)
                .map(|((words, _), cap)| NoticeButton {
                    text: words,
                    key: (!cap.is_empty()).then_some(cap.as_str()),
                })
                .collect();
            let lists = one.list.len() > 1;
            if lists {
                buttons.push(NoticeButton { text: "List them", key: None });
            }
            let kind = match one.tone {
                Tone::Error => NoticeKind::Error,
                Tone::Warning => NoticeKind::Warning,
                Tone::Success => NoticeKind::Success,
                Tone::News => NoticeKind::Done,
            };
            let out =
                notice::show(ui, &Notice { kind, title: &one.head, text, hint: &hint, buttons: &buttons });
            if let Some(pressed) = out.pressed {
                intents.push(one.offers.get(pressed).map_or_else(
                    || {
                        Intent::Look(Look::Over(Over::Lines {
                            head: one.head.clone(),
                            lines: one.list.clone(),
                        }))
                    },
                    |(_, id)| Intent::Run(id),
                ));
            }
            if out.closed {
                intents.push(Intent::Dismiss(one.id));
            }
        }
    });
}

/// Whether a coder made for the first answer still has no name, or another name is wanted.
fn wants_name(session: &Session) -> bool {
    let nameless =
        session.desk().is_some_and(|desk| desk.coder_is_nameless() && desk.closed_for_writing().is_none());
    session.view().focus == Some(Keyboard::Name)
        || session.view().names_coder
        || nameless && session.view().n_answers > 0
}

fn name_ui(ui: &mut Ui, session: &Session, drafts: &mut Drafts, intents: &mut Vec<Intent>) {
    let theme = theme::of(ui);
    let t = theme.tokens;
    let (band, _) = ui.allocate_exact_size(vec2(ui.available_width(), NAME_BAND), Sense::hover());
    ui.painter().rect_filled(band, 0, t.chrome);
    ui.painter().hline(band.x_range(), band.bottom(), Stroke::new(STROKE, t.border));
    let at = pos2(band.left() + 16.0, band.center().y);
    let words = "Your answers are kept under your name";
    let drawn = frame::text(ui.painter(), at, Align2::LEFT_CENTER, words, fonts::INTERFACE, t.normal);
    let rest = Rect::from_min_max(pos2(drawn.right() + 12.0, band.top() + 9.0), band.max - vec2(16.0, 9.0));
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    let mut row = ui.new_child(egui::UiBuilder::new().max_rect(rest).layout(layout));
    let mut name = drafts.name.clone().unwrap_or_else(|| {
        let named = session.desk().filter(|desk| !desk.coder_is_nameless());
        named.and_then(|desk| desk.coder_name()).unwrap_or_default().to_owned()
    });
    let field = Field::new(Id::unique("coder name"), "Your name", &mut name)
        .hint("Your name")
        .width(200.0)
        .show(&mut row);
    if session.view().focus == Some(Keyboard::Name) {
        field.request_focus();
        intents.push(Intent::Look(Look::Focused));
    }
    let entered = field.lost_focus() && row.input(|input| input.key_pressed(Key::Enter));
    let keep =
        Button::new("Keep").key("Enter").disabled(name.trim().is_empty().then_some("type a name first"));
    let pressed = keep.show(&mut row).clicked();
    if (entered || pressed) && !name.trim().is_empty() {
        intents.push(Intent::Coder(CoderChoice::Name(name.trim().to_owned())));
        drafts.name = None;
        intents.push(Intent::Look(Look::Named));
    } else if field.changed() {
        drafts.name = Some(name);
    } else if field.lost_focus() {
        intents.push(Intent::Look(Look::Named));
    }
}

/// Height of the three lines under the reader.
const COACH: f32 = 76.0;

/// How high the coach lines under the reader are; they go after the fifth answer.
pub fn coach_height(session: &Session) -> f32 {
    let Some(desk) = session.desk() else { return 0.0 };
    let begun = session.view().n_answers >= 5 || session.derived().totals().progress.n_answered >= 5;
    let idle = begun || desk.closed_for_writing().is_some() || session.article().is_none();
    if idle { 0.0 } else { COACH }
}

/// What the first keys are, until five answers were given.
pub fn coach_ui(ui: &Ui, session: &Session, place: Rect) {
    let Some(desk) = session.desk().filter(|_| place.height() > 1.0) else { return };
    let t = theme::of(ui).tokens;
    let labels = desk.project().scheme().current().take(3);
    let mut keys: Vec<(String, String)> = labels
        .filter_map(|label| Some((label.keys.first()?.clone(), label.name.to_lowercase())))
        .chain([("0".to_owned(), "none: labels and goes on".to_owned())])
        .collect();
    let rows = [
        std::mem::take(&mut keys),
        [
            ("\u{2193} \u{2191}", "move"),
            ("Backspace", "back, and takes the label away"),
            ("U", "unsure"),
            ("C", "note"),
        ]
        .map(|(key, words)| (key.to_owned(), words.to_owned()))
        .to_vec(),
        [("Ctrl K", "every command"), ("F1", "all keys")]
            .map(|(key, words)| (key.to_owned(), words.to_owned()))
            .to_vec(),
    ];
    let painter = ui.painter().with_clip_rect(place);
    painter.rect_filled(place, 0, t.chrome);
    painter.hline(place.x_range(), place.top(), Stroke::new(STROKE, t.border));
    for (row, y) in rows.iter().zip([16.0, 38.0, 60.0]) {
        let mut x = place.left() + 16.0;
        for (key, words) in row {
            let width = keycap::width(&painter, key);
            let at = pos2(x + width, place.top() + y);
            keycap::paint(&painter, &theme::of(ui), at, key, keycap::Ground::Plain);
            let drawn = frame::text(
                &painter,
                at + vec2(6.0, 0.0),
                Align2::LEFT_CENTER,
                words,
                fonts::SMALL,
                t.normal,
            );
            x = drawn.right() + 16.0;
        }
    }
}
