//! With which labels a new project begins.

use egui::{Key, Modifiers, Ui};

use super::rows::{self, Row, RowsDraft};
use crate::formats::codebook::READY;
use crate::session::filing::UNTITLED;
use crate::session::intent::Intent;
use crate::session::job::Job;
use crate::session::view::Look;
use crate::text::message::capital;
use crate::ui::parts::modal::{self, Answer, AnswerKind};

pub fn new_ui(ui: &mut Ui, draft: &mut RowsDraft, intents: &mut Vec<Intent>) {
    let answers = [Answer::new("Begin", AnswerKind::Primary), Answer::new("Cancel", AnswerKind::Cancel)];
    let text = "Its labels to begin with; Project, Scheme changes them at any time.";
    let page = rows::most_rows(ui.ctx(), 200.0);
    let mut clicked = None;
    let given = modal::show(ui.ctx(), "new project", "New project", text, &answers, |ui| {
        draft.keys(ui, READY.len(), page);
        clicked = draft.show(ui, "Ready schemes", READY.len(), page, |idx| {
            let ready = READY.get(idx)?;
            let meta = if idx == 0 { "as usual" } else { "" };
            Some(Row { text: capital(ready.says), meta: meta.to_owned(), tip: String::new() })
        });
    });
    let entered = given.is_none() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    match clicked.or((given == Some(0) || entered).then_some(draft.selected)) {
        Some(scheme) => {
            intents.push(Intent::Look(Look::Close));
            let title = UNTITLED.to_owned();
            intents.push(Intent::Start(Job::New { title, scheme, articles: vec![] }));
        }
        None if given.is_some() => intents.push(Intent::Look(Look::Close)),
        None => {}
    }
}
