//! Notices under the header, pushing the place down.

use crate::session::Session;
use crate::session::command;
use crate::session::intent::Intent;
use crate::session::notice::Tone;
use crate::session::view::{Look, Over};
use crate::ui::drafts::Drafts;
use crate::ui::keys;
use crate::ui::parts::notice::{self, Notice, NoticeButton, NoticeKind};
use crate::ui::theme::{self};
use egui::Ui;

pub fn notices_ui(ui: &mut Ui, session: &Session, _drafts: &mut Drafts, intents: &mut Vec<Intent>) {
    let t = theme::of(ui).tokens;
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
