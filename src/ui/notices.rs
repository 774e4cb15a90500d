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
use crate::ui::parts::frame;
use crate::ui::parts::notice::{self, Notice, NoticeButton, NoticeKind};
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
                match one.offers.get(pressed) {
                    Some((_, id)) => intents.push(Intent::Run(id)),
                    None => {
                        let over = Over::Lines { head: one.head.clone(), lines: one.list.clone() };
                        intents.push(Intent::Look(Look::Over(over)));
                    }
                }
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

/// Three lines beside the reader until the fifth answer.
pub fn coach_ui(ui: &Ui, session: &Session, place: Rect) {
    let Some(desk) = session.desk() else { return };
    let begun = session.derived().totals().progress.n_answered;
    if session.view().n_answers >= 5
        || begun >= 5
        || desk.closed_for_writing().is_some()
        || session.article().is_none()
    {
        return;
    }
    let t = theme::of(ui).tokens;
    let labels = desk.project().scheme().current().take(3);
    let keys =
        labels.filter_map(|label| Some(format!("{} {}", label.keys.first()?, label.name.to_lowercase())));
    let lines = [
        format!("Press {} or 0 none: it labels and goes on.", keys.collect::<Vec<_>>().join(", ")),
        "\u{2193} \u{2191} move, Backspace goes back and takes the label away, U is unsure.".to_owned(),
        "Ctrl K finds every command; F1 shows all keys.".to_owned(),
    ];
    let width =
        lines.iter().map(|line| frame::text_width(ui.painter(), line, fonts::SMALL)).fold(0.0, f32::max);
    let size = vec2((width + 32.0).min(place.width() - 24.0), 3.0 * 20.0 + 20.0);
    let corner =
        pos2(place.left() + 12.0_f32.max((place.width() - size.x) / 2.0 - 20.0), place.bottom() - 12.0);
    let card = Rect::from_min_size(corner - vec2(0.0, size.y), size);
    let painter = ui.painter().with_clip_rect(place);
    frame::floating(&painter, card, &theme::of(ui));
    for (line, y) in lines.iter().zip([20.0, 40.0, 60.0]) {
        let at = pos2(card.left() + 16.0, card.top() + y);
        frame::text_between(&painter, at, card.right() - 12.0, line, fonts::SMALL, t.normal);
    }
}
