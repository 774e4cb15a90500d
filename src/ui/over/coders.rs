//! The coders: renamed, made reviewers, taken out; what each did is counted first.

use egui::{Id, Ui};

use super::rows::{self, Row, RowsDraft};
use crate::model::coder::Coder;
use crate::model::ids::{CoderId, MAX_NAME_CHARS, is_name};
use crate::session::Session;
use crate::session::intent::{CoderChoice, Intent};
use crate::session::people::Work;
use crate::session::view::Look;
use crate::ui::fonts;
use crate::ui::parts::field::Field;
use crate::ui::parts::modal::{self, Answer, AnswerKind};
use crate::ui::theme;

const WIDTH: f32 = 560.0;
const FIELD: &str = "coder name";

/// The name as it is typed, and whose it is.
#[derive(Debug, Default)]
pub struct CodersDraft {
    rows: RowsDraft,
    name: String,
    of: Option<CoderId>,
    listed: Vec<Listed>,
    /// Of which state of the project.
    revision: Option<u64>,
}

#[derive(Debug, Clone)]
struct Listed {
    coder: Coder,
    says: String,
}

pub fn coders_ui(ui: &mut Ui, session: &Session, draft: &mut CodersDraft, intents: &mut Vec<Intent>) {
    let Some(desk) = session.desk() else { return };
    if draft.revision != Some(desk.revision()) {
        let listed =
            |coder: &Coder| Listed { coder: coder.clone(), says: Work::of(desk.project(), &coder.id).says() };
        draft.listed = desk.project().coders().map(listed).collect();
        draft.revision = Some(desk.revision());
        draft.of = None;
    }
    let n = draft.listed.len();
    let most = rows::most_rows(ui.ctx(), 260.0);
    if !ui.memory(|memory| memory.has_focus(Id::unique(FIELD))) {
        draft.rows.keys(ui, n, most);
    }
    let in_hand = draft.listed.get(draft.rows.selected.min(n.saturating_sub(1))).cloned();
    let Some(Listed { coder, says }) = in_hand else { return intents.push(Intent::Look(Look::Close)) };
    if draft.of.as_ref() != Some(&coder.id) {
        draft.name.clone_from(&coder.name);
        draft.of = Some(coder.id.clone());
    }
    let typed = draft.name.trim().to_owned();
    let error = (!is_name(&typed))
        .then(|| format!("a name has at most {MAX_NAME_CHARS} letters and no control characters"));
    let is_as_it_was = typed.is_empty() || typed == coder.name;
    let refused = if is_as_it_was { Some("type another name") } else { error.as_deref() };
    let role = if coder.is_reviewer() { "Let label again" } else { "Make a reviewer" };
    let answers = [
        Answer { disabled: refused, ..Answer::new("Rename", AnswerKind::Primary) },
        Answer::new("Close", AnswerKind::Cancel),
        Answer { disabled: session.stays(&coder.id), ..Answer::new("Remove", AnswerKind::Plain) },
        Answer::new(role, AnswerKind::Plain),
    ];
    let text = "A reviewer decides and does not label: gets no file, and is in no figures and queues.";
    let (name, rows, listed) = (&mut draft.name, &mut draft.rows, &draft.listed);
    let given = modal::show_sized(ui.ctx(), "coders", ("Coders", text), WIDTH, &answers, |ui| {
        let clicked = rows.show(ui, "Coders", n, most, |idx| {
            let Listed { coder, says } = listed.get(idx)?;
            let role = if coder.is_reviewer() { "reviewer, " } else { "" };
            Some(Row {
                text: coder.shown_name().to_owned(),
                meta: format!("{role}{says}"),
                tip: String::new(),
            })
        });
        if let Some(idx) = clicked {
            rows.go(idx);
        }
        ui.add_space(4.0);
        rows::caption(ui, "Name");
        Field::new(Id::unique(FIELD), "Name", name).error(error.as_deref()).show(ui);
        let t = theme::of(ui).tokens;
        let goes = format!("Removing takes out {says}; undo brings all of it back.");
        ui.label(fonts::SMALL.rich(goes, t.weak));
    });
    let id = coder.id.clone();
    match given {
        Some(0) => intents.push(Intent::Coder(CoderChoice::Rename(id, typed))),
        Some(1) => intents.push(Intent::Look(Look::Close)),
        Some(2) => intents.push(Intent::Coder(CoderChoice::Remove(id))),
        Some(_) => intents.push(Intent::Coder(CoderChoice::Review(id, !coder.is_reviewer()))),
        None => {}
    }
}
