//! An article that is pasted: what is known about it, and its text.

use egui::{Event, Id, Key, Modifiers, Ui, ViewportCommand};

use super::rows;
use crate::formats::articles::arrivals;
use crate::model::mending::Field as Known;
use crate::session::Session;
use crate::session::arriving::Pasted;
use crate::session::intent::Intent;
use crate::session::mending::Mending;
use crate::session::view::{Look, Over};
use crate::text::message::Message;
use crate::ui::numbers::grouped;
use crate::ui::parts::field::Field;
use crate::ui::parts::modal::{self, Answer, AnswerKind};
use crate::ui::parts::scroll;

const WIDTH: f32 = 600.0;
/// So long the clipboard has to answer.
const WAIT_SECS: f64 = 1.0;
const TEXT: &str = "paste text";
const TEXT_ROWS: usize = 8;
const TEXT_HEIGHT: f32 = 180.0;

/// What is longer is not laid out as a whole, which would take seconds: its beginning is shown, and it comes in as it is.
const MOST_BYTES: usize = 200_000;
/// So much of it is shown.
const SHOWN_CHARS: usize = 2_000;

/// The fields beside the text, row by row.
const ROWS: [&[Known]; 3] = [&[Known::Title], &[Known::Outlet, Known::Date], &[Known::Url]];
const FIELDS: [Known; 4] = [Known::Title, Known::Outlet, Known::Date, Known::Url];

#[derive(Debug, Default)]
pub struct PasteDraft {
    begun: bool,
    /// When the clipboard was asked for its text, which comes a frame later.
    asked_at: Option<f64>,
    known: [String; FIELDS.len()],
    text: String,
    /// A text too long for the field, and how many characters it has.
    whole: Option<(String, usize)>,
}

pub fn paste_ui(ui: &mut Ui, session: &Session, draft: &mut PasteDraft, intents: &mut Vec<Intent>) {
    let Some(Over::Paste(pasted)) = &session.view().over else { return };
    let is_first = !std::mem::replace(&mut draft.begun, true);
    if is_first {
        draft.text.clone_from(pasted);
        draft.put_aside();
        // With Shift the window system hands over the key alone.
        if pasted.is_empty() {
            ui.ctx().send_viewport_cmd(ViewportCommand::RequestPaste);
            draft.asked_at = Some(ui.input(|input| input.time));
        }
    }
    let came = draft.take_asked(ui);
    draft.take_long(ui);
    let fits = |(field, text): (&Known, &String)| arrivals::fits(*field, text).err();
    let errors: Vec<Option<String>> = FIELDS.iter().zip(&draft.known).map(fits).collect();
    let has_text = draft.whole.is_some() || !draft.text.trim().is_empty();
    let refused = match (errors.iter().flatten().next(), !has_text) {
        (Some(_), _) => Some("something does not fit"),
        (None, true) => Some("paste or type the text"),
        (None, false) => None,
    };
    let answers = [
        Answer { disabled: refused, ..Answer::new("Add article", AnswerKind::Primary) },
        Answer::new("Cancel", AnswerKind::Cancel),
    ];
    let text = "It comes in as a text file does: paragraphs by empty lines. The text never changes afterwards. In it Enter \
                begins a line, and Ctrl Enter adds the article.";
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
                    if *field == Known::Title && (came || is_first && !pasted.is_empty()) {
                        shown.request_focus();
                    }
                }
            });
        }
        let words = match &draft.whole {
            Some((_, n)) => format!("Text: {} characters, of which this is the beginning", grouped(*n)),
            None => "Text".to_owned(),
        };
        rows::caption(ui, &words);
        scroll::down().max_height(TEXT_HEIGHT).auto_shrink([false, true]).show(ui, |ui| {
            let field = Field::new(Id::unique(TEXT), "Text", &mut draft.text).rows(TEXT_ROWS);
            let field = if draft.whole.is_some() { field.read_only() } else { field };
            let field = field.hint("Ctrl V puts it here").show(ui);
            if is_first && pasted.is_empty() {
                field.request_focus();
            }
            if field.has_focus() {
                ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
            }
        });
    });
    let added = || ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
    let given = given.or_else(|| (refused.is_none() && added()).then_some(0));
    match given {
        Some(0) if refused.is_none() => {
            let says = FIELDS.iter().zip(&draft.known).filter(|(_, text)| !text.trim().is_empty());
            let says = says.map(|(field, text)| (*field, text.trim().to_owned())).collect();
            let text = std::mem::take(&mut draft.text);
            let text = draft.whole.take().map_or(text, |(whole, _)| whole);
            intents.push(Intent::Look(Look::Close));
            intents.push(Intent::Mend(Mending::Paste(Pasted { says, text })));
        }
        Some(_) => intents.push(Intent::Look(Look::Close)),
        None => {}
    }
}

impl PasteDraft {
    /// The text that the clipboard was asked for; true when it has come.
    fn take_asked(&mut self, ui: &Ui) -> bool {
        let now = ui.input(|input| input.time);
        if self.asked_at.is_none_or(|at| now - at > WAIT_SECS) || !self.text.is_empty() {
            return false;
        }
        ui.ctx().request_repaint_after_secs(0.05);
        let pasted = ui.input_mut(|input| {
            let at = input.events.iter().position(|event| matches!(event, Event::Paste(_)))?;
            Some(input.events.remove(at))
        });
        let Some(Event::Paste(text)) = pasted else { return false };
        self.text = text;
        self.asked_at = None;
        self.put_aside();
        true
    }

    /// What is pasted into the field and too long for it goes beside it before it is laid out.
    fn take_long(&mut self, ui: &Ui) {
        if self.whole.is_none() && ui.memory(|memory| memory.has_focus(Id::unique(TEXT))) {
            let is_long = |event: &Event| matches!(event, Event::Paste(text) if text.len() > MOST_BYTES);
            let pasted = ui.input_mut(|input| {
                let at = input.events.iter().position(is_long)?;
                Some(input.events.remove(at))
            });
            if let Some(Event::Paste(text)) = pasted {
                self.text.push_str(&text);
            }
        }
        self.put_aside();
    }

    /// Puts a text aside that is too long for the field, of which its beginning is shown then.
    fn put_aside(&mut self) {
        if self.whole.is_none() && self.text.len() > MOST_BYTES {
            let beginning = self.text.chars().take(SHOWN_CHARS).collect();
            let whole = std::mem::replace(&mut self.text, beginning);
            let n = whole.chars().count();
            self.whole = Some((whole, n));
        }
    }
}
