//! An article that is pasted: what is known about it, and its text.

use egui::{Id, Ui};

use super::rows;
use crate::formats::articles::arrivals;
use crate::model::mending::Field as Known;
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::mending::Mending;
use crate::session::view::{Look, Over};
use crate::text::message::Message;
use crate::ui::parts::field::Field;
use crate::ui::parts::modal::{self, Answer, AnswerKind};
use crate::ui::parts::scroll;

const WIDTH: f32 = 600.0;
const TEXT_ROWS: usize = 8;
const TEXT_HEIGHT: f32 = 180.0;

/// The fields beside the text, row by row.
const ROWS: [&[Known]; 3] = [&[Known::Title], &[Known::Outlet, Known::Date], &[Known::Url]];
const FIELDS: [Known; 4] = [Known::Title, Known::Outlet, Known::Date, Known::Url];

#[derive(Debug, Default)]
pub struct PasteDraft {
    begun: bool,
    known: [String; FIELDS.len()],
    text: String,
}

pub fn paste_ui(ui: &mut Ui, session: &Session, draft: &mut PasteDraft, intents: &mut Vec<Intent>) {
    let Some(Over::Paste(pasted)) = &session.view().over else { return };
    let is_first = !std::mem::replace(&mut draft.begun, true);
    if is_first {
        draft.text.clone_from(pasted);
    }
    let fits = |(field, text): (&Known, &String)| arrivals::fits(*field, text).err();
    let errors: Vec<Option<String>> = FIELDS.iter().zip(&draft.known).map(fits).collect();
    let refused = match (errors.iter().flatten().next(), draft.text.trim().is_empty()) {
        (Some(_), _) => Some("something does not fit"),
        (None, true) => Some("paste or type the text"),
        (None, false) => None,
    };
    let answers = [
        Answer { disabled: refused, ..Answer::new("Add article", AnswerKind::Primary) },
        Answer::new("Cancel", AnswerKind::Cancel),
    ];
    let text =
        "It comes in as a text file does: paragraphs by empty lines. The text never changes afterwards.";
    let head = ("Paste an article", text);
    let given = modal::show_sized(ui.ctx(), "paste", head, WIDTH, &answers, |ui| {
        for row in ROWS {
            ui.columns(row.len(), |columns| {
                for (column, field) in columns.iter_mut().zip(row) {
                    let Some(idx) = FIELDS.iter().position(|other| other == field) else { continue };
                    let Some(typed) = draft.known.get_mut(idx) else { continue };
                    let error =
                        errors.get(idx).and_then(Option::as_deref).map(|error| Message::of(error).what);
                    let hint = if *field == Known::Date { "2025, 2025-03 or 2025-03-01" } else { "" };
                    rows::caption(column, field.name());
                    let id = Id::unique(("paste", field.name()));
                    let shown =
                        Field::new(id, field.name(), typed).hint(hint).error(error.as_deref()).show(column);
                    if is_first && *field == Known::Title && !pasted.is_empty() {
                        shown.request_focus();
                    }
                }
            });
        }
        rows::caption(ui, "Text");
        scroll::down().max_height(TEXT_HEIGHT).auto_shrink([false, true]).show(ui, |ui| {
            let field = Field::new(Id::unique("paste text"), "Text", &mut draft.text).rows(TEXT_ROWS);
            let field = field.hint("Ctrl V puts it here").show(ui);
            if is_first && pasted.is_empty() {
                field.request_focus();
            }
        });
    });
    match given {
        Some(0) if refused.is_none() => {
            let says = FIELDS.iter().zip(&draft.known).filter(|(_, text)| !text.trim().is_empty());
            let says = says.map(|(field, text)| (*field, text.trim().to_owned())).collect();
            let text = std::mem::take(&mut draft.text);
            intents.push(Intent::Look(Look::Close));
            intents.push(Intent::Mend(Mending::Paste { says, text }));
        }
        Some(_) => intents.push(Intent::Look(Look::Close)),
        None => {}
    }
}
