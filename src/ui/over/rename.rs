//! Another title for the project.

use egui::{Id, Ui};

use crate::model::action::Action;
use crate::model::ids::{MAX_NAME_CHARS, is_name};
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::view::Look;
use crate::ui::parts::field::{self, Field};
use crate::ui::parts::modal::{self, Answer, AnswerKind};

pub fn rename_ui(ui: &mut Ui, session: &Session, draft: &mut Option<String>, intents: &mut Vec<Intent>) {
    let Some(desk) = session.desk() else { return };
    let id = Id::unique("project title");
    let is_first = draft.is_none();
    let title = draft.get_or_insert_with(|| desk.project().title().to_owned());
    let error = (!is_name(title.trim()))
        .then(|| format!("a title has at most {MAX_NAME_CHARS} letters and no control characters"));
    let refused = if title.trim().is_empty() { Some("type a title") } else { error.as_deref() };
    let answers = [
        Answer { disabled: refused, ..Answer::new("Rename", AnswerKind::Primary) },
        Answer::new("Cancel", AnswerKind::Cancel),
    ];
    let text = "The title stands at the top of the window and in the list of recent projects.";
    let given = modal::show(ui.ctx(), "rename", "Rename the project", text, &answers, |ui| {
        let shown = Field::new(id, "Title", title).error(error.as_deref()).show(ui);
        if is_first {
            shown.request_focus();
            field::select_all(ui.ctx(), id, title);
        }
    });
    let title = title.trim().to_owned();
    if given == Some(0) && title != desk.project().title() {
        let never_end_after = desk.project().never_end_after().to_vec();
        let action = Action::Project { title, never_end_after };
        intents.push(Intent::Do { name: "project's title".to_owned(), action });
    }
    if given.is_some() {
        intents.push(Intent::Look(Look::Close));
    }
}
