//! Who is at the keyboard? Asked where an answer was given and nobody is known; the answer waits.

use egui::{Id, Key, Modifiers, Ui};

use super::rows::{self, Row, RowsDraft};
use crate::model::ids::{CoderId, MAX_NAME_CHARS, is_name};
use crate::session::Session;
use crate::session::command::Where;
use crate::session::desk::Desk;
use crate::session::intent::{CoderChoice, Intent};
use crate::session::view::Look;
use crate::ui::numbers::grouped;
use crate::ui::parts::field::{self, Field};
use crate::ui::parts::modal::{self, Answer, AnswerKind};

const FIELD: &str = "new-coder";

/// The name of somebody new, and the coders.
#[derive(Debug, Default)]
pub struct CoderDraft {
    pub name: String,
    rows: RowsDraft,
    listed: Coders,
}

impl CoderDraft {
    /// The question is asked again: a name begun stays.
    pub fn begin(&mut self) {
        (self.rows, self.listed) = <(RowsDraft, Coders)>::default();
    }
}

/// The coders as they are listed, worked out once a change.
#[derive(Debug, Default)]
struct Coders {
    /// Of which state of the project.
    revision: Option<u64>,
    coders: Vec<Listed>,
}

#[derive(Debug)]
struct Listed {
    id: CoderId,
    name: String,
    says: String,
}

pub fn coder_ui(ui: &mut Ui, session: &Session, draft: &mut CoderDraft, intents: &mut Vec<Intent>) {
    let Some(desk) = session.desk() else { return };
    let CoderDraft { name, rows, listed: draft } = draft;
    if draft.revision != Some(desk.revision()) {
        let is_first = draft.revision.is_none();
        draft.coders = listed(desk);
        draft.revision = Some(desk.revision());
        if is_first {
            // In a file that was handed out it is most likely who got it.
            let here = desk.coder().or_else(|| desk.project().handed_to());
            let here = draft.coders.iter().position(|coder| Some(&coder.id) == here);
            // Nobody is chosen beforehand: Enter is not to answer for a teammate.
            match here {
                Some(idx) => rows.go(idx),
                None if draft.coders.is_empty() => rows.go(0),
                None => rows.selected = rows::NONE,
            }
            let known = session.settings().name.as_deref();
            let is_listed = |known: &str| draft.coders.iter().any(|coder| coder.name == known);
            if let Some(known) = known.filter(|known| name.is_empty() && !is_listed(known)) {
                known.clone_into(name);
            }
        }
    }
    let n = draft.coders.len();
    let typed = name.trim().to_owned();
    let error = (!is_name(&typed))
        .then(|| format!("a name has at most {MAX_NAME_CHARS} letters and no control characters"));
    // Before the answers are known: Enter in the same moment is for the one chosen by then.
    let most = rows::most_rows(ui.ctx(), 240.0);
    keys(ui, rows, n, most);
    let is_nobody = rows.selected == rows::NONE;
    let is_new = rows.selected >= n;
    let go_on = match draft.coders.get(rows.selected) {
        Some(coder) => format!("Go on as {}", rows::shortened(&coder.name)),
        None => "Go on".to_owned(),
    };
    let refused = match (is_new, typed.is_empty(), &error) {
        _ if is_nobody => Some("choose who you are"),
        (true, true, _) => Some("type the name of who is new"),
        (true, false, Some(why)) => Some(why.as_str()),
        _ => None,
    };
    let answers = [
        Answer { disabled: refused, ..Answer::new(&go_on, AnswerKind::Primary) },
        Answer::new("Not now", AnswerKind::Cancel),
    ];
    let decides = session.place() == Where::Review;
    let title = if decides { "Who decides?" } else { "Who is at the keyboard?" };
    let text = if decides {
        "Each decision is kept under a name. Somebody new is a reviewer, who decides and does not label."
    } else if session.view().held.is_some() {
        "Everybody has their own answers, so each is kept under a name. The answer that you just gave waits until \
         you say who you are."
    } else {
        "Everybody has their own answers, so each is kept under a name."
    };
    let mut clicked = None;
    let given = modal::show(ui.ctx(), "coder", title, text, &answers, |ui| {
        if n > 0 {
            clicked = rows.show(ui, "Coders", n, most, |idx| {
                let coder = draft.coders.get(idx)?;
                Some(Row { text: coder.name.clone(), meta: coder.says.clone(), tip: String::new() })
            });
        }
        field_ui(ui, rows, n, name, error.as_deref());
    });
    let taken = (given == Some(0)).then_some(rows.selected);
    match clicked.or(taken) {
        Some(idx) => {
            let choice = match draft.coders.get(idx) {
                Some(coder) => CoderChoice::Known(coder.id.clone()),
                None => CoderChoice::New(typed),
            };
            name.clear();
            intents.push(Intent::Coder(choice));
        }
        None if given.is_some() => intents.push(Intent::Look(Look::Close)),
        None => {}
    }
}

fn listed(desk: &Desk) -> Vec<Listed> {
    let project = desk.project();
    let row = |coder: &crate::model::coder::Coder| {
        let n: usize = project.sheets_of(&coder.id).map(|sheet| sheet.n_answered()).sum();
        let here = if desk.coder() == Some(&coder.id) { ", at the keyboard now" } else { "" };
        Listed {
            id: coder.id.clone(),
            name: if coder.name.trim().is_empty() { "Not named yet".to_owned() } else { coder.name.clone() },
            says: format!("{} answered{here}", grouped(n)),
        }
    };
    let mut coders: Vec<_> = project.coders().collect();
    coders.sort_by_key(|coder| Some(&coder.id) != project.handed_to());
    coders.into_iter().map(row).collect()
}

/// The arrows go through the coders and on into the field.
fn keys(ui: &Ui, rows: &mut RowsDraft, n: usize, page: usize) {
    let field = Id::unique(FIELD);
    let in_field = ui.memory(|memory| memory.has_focus(field));
    if in_field {
        rows.selected = n;
        let up = n > 0 && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowUp));
        if up {
            ui.memory_mut(|memory| memory.surrender_focus(field));
            rows.go(n - 1);
        }
        return;
    }
    rows.keys(ui, n + 1, page);
    if rows.selected >= n && rows.selected != rows::NONE {
        ui.memory_mut(|memory| memory.request_focus(field));
    }
}

fn field_ui(ui: &mut Ui, draft: &mut RowsDraft, n: usize, name: &mut String, error: Option<&str>) {
    let words = if n == 0 { "Your name" } else { "Somebody new" };
    ui.add_space(4.0);
    rows::caption(ui, words);
    let shown = Field::new(Id::unique(FIELD), words, name).hint("Name").error(error).show(ui);
    if shown.gained_focus() {
        draft.selected = n;
        field::select_all(ui.ctx(), shown.id, name);
    }
}
