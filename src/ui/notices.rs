//! What is to be read now, in one line below the text, so that nothing above it moves when it comes or goes. Several are one
//! with a count.

use crate::session::Session;
use crate::session::command;
use crate::session::intent::Intent;
use crate::session::notice::{self as said, Tone};
use crate::session::view::{Look, Over};
use crate::ui::keys;
use crate::ui::parts::notice::{self, Notice, NoticeButton, NoticeKind};
use crate::ui::theme;
use egui::{Rect, Ui, UiBuilder, vec2};

const EDGE: f32 = 8.0;

/// How high the band is now.
pub fn band_height(session: &Session) -> f32 {
    session.notices().front().map_or(0.0, |_| 2.0f32.mul_add(EDGE, notice::HEIGHT))
}

/// Draws it in the place that is there.
pub fn notices_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    let Some(one) = session.notices().front() else { return };
    let place = ui.max_rect();
    ui.painter().rect_filled(place, 0, theme::of(ui).tokens.paper);
    let caps: Vec<String> = one
        .offers
        .iter()
        .map(|(_, id)| command::find(id).map(|command| keys::first_cap(session, command)).unwrap_or_default())
        .collect();
    let offers = one.offers.iter().zip(&caps);
    let mut buttons: Vec<NoticeButton<'_>> = offers
        .map(|((words, _), cap)| NoticeButton { text: words, key: (!cap.is_empty()).then_some(cap.as_str()) })
        .collect();
    let n = session.notices().shown().len();
    let all = format!("All {n}");
    let more = match (n, one.list.len()) {
        (2.., _) => Some((all.as_str(), "Notices", every_line(session.notices().shown()))),
        (_, 2..) => Some(("List them", one.head.as_str(), one.list.clone())),
        _ => None,
    };
    buttons.extend(more.as_ref().map(|(text, ..)| NoticeButton { text, key: None }));
    let kind = match one.tone {
        Tone::Error => NoticeKind::Error,
        Tone::Warning => NoticeKind::Warning,
        Tone::Success => NoticeKind::Success,
        Tone::News => NoticeKind::Done,
    };
    let band = Rect::from_min_size(place.min, vec2(place.width(), notice::HEIGHT + 2.0 * EDGE));
    let inner = band.shrink2(vec2(12.0, EDGE));
    let mut line = ui.new_child(UiBuilder::new().max_rect(inner).id_salt("notice"));
    let out = notice::show(&mut line, &Notice { kind, title: &one.head, text: &one.text, buttons: &buttons });
    if let Some(pressed) = out.pressed {
        intents.push(match (one.offers.get(pressed), more) {
            (Some((_, id)), _) => Intent::Run(id),
            (None, Some((_, head, lines))) => {
                Intent::Look(Look::Over(Over::Lines { head: head.to_owned(), lines }))
            }
            (None, None) => return,
        });
    }
    if out.closed {
        intents.push(Intent::Look(Look::Dismiss(one.id)));
    }
}

/// Every notice with every line behind it, the newest first.
fn every_line(shown: &[said::Notice]) -> Vec<String> {
    let lines = |one: &said::Notice| {
        let text = if one.head.is_empty() { one.text.clone() } else { format!("{}: {}", one.head, one.text) };
        let list = if one.list.len() > 1 { one.list.clone() } else { Vec::new() };
        [text].into_iter().chain(list)
    };
    shown.iter().rev().flat_map(lines).collect()
}
