//! Earlier versions of the file.

use egui::Ui;

use super::rows::{self, Row};
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::job::Job;
use crate::session::view::{Look, Over};
use crate::shell::clock;
use crate::ui::drafts::Drafts;
use crate::ui::parts::modal::{self, Answer, AnswerKind};

const WIDTH: f32 = 560.0;

pub fn versions_ui(ui: &mut Ui, session: &Session, drafts: &mut Drafts, intents: &mut Vec<Intent>) {
    let Some(Over::Versions(versions)) = &session.view().over else { return };
    let text = if versions.is_empty() {
        "There is none yet: a backup is made when a project that was saved before is saved again."
    } else {
        "Opens as a copy without a name; the file that is open now stays as it is."
    };
    let refused = versions.is_empty().then_some("there is no earlier version");
    let answers = [
        Answer { disabled: refused, ..Answer::new("Open as a copy", AnswerKind::Primary) },
        Answer::new("Close", AnswerKind::Cancel),
    ];
    let now = session.now().at.0;
    let most = rows::most_rows(ui.ctx(), 160.0);
    let draft = &mut drafts.over.rows;
    let mut clicked = None;
    let given = modal::show_sized(ui.ctx(), "versions", ("Earlier versions", text), WIDTH, &answers, |ui| {
        if !versions.is_empty() {
            draft.keys(ui, versions.len(), most);
            clicked = draft.show(ui, "Earlier versions", versions.len(), most, |idx| {
                let version = versions.get(idx)?;
                Some(Row {
                    text: day_and_time(version.at.0, now),
                    meta: version.says.clone(),
                    tip: version.path.display().to_string(),
                })
            });
        }
    });
    let chosen = clicked.or((given == Some(0)).then_some(draft.selected));
    if let Some(version) = chosen.and_then(|idx| versions.get(idx)) {
        intents.push(Intent::Look(Look::Close));
        intents.push(Intent::Start(Job::OpenVersion { version: version.clone() }));
    } else if given == Some(1) {
        intents.push(Intent::Look(Look::Close));
    }
}

/// The day, always with the time: several versions may be of one day.
fn day_and_time(at: i64, now: i64) -> String {
    let (day, time) = (clock::day(at, now), clock::clock_time(at));
    if day.contains(&time) { day } else { format!("{day}, {time}") }
}
