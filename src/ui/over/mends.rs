//! What was mended in the file, to be accepted.

use egui::Ui;

use super::{lines, rows};
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::view::Look;
use crate::ui::numbers::counted;
use crate::ui::parts::modal::{self, Answer, AnswerKind};

const WIDTH: f32 = 640.0;

pub fn mends_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    let Some(desk) = session.desk() else { return };
    let mends = desk.mends();
    let text = format!(
        "{} was damaged: {} mended. Look at them before you go on. Until you accept, nothing is written and \
         nothing can be changed; accepting saves the file as it was mended and keeps the damaged one as a backup.",
        desk.file_name(),
        counted(mends.len(), "place was", "places were"),
    );
    let answers = [
        Answer::new("Accept and go on", AnswerKind::Primary),
        Answer::new("Close without writing", AnswerKind::Plain),
        Answer::new("Look around first", AnswerKind::Cancel),
    ];
    let most = (ui.ctx().content_rect().height() - 280.0).max(80.0);
    let given = modal::show_sized(ui.ctx(), "mends", ("Mended", &text), WIDTH, &answers, |ui| {
        rows::text_card(ui, most, |ui| lines::list_ui(ui, mends));
    });
    match given {
        Some(0) => intents.push(Intent::Run("accept-mends")),
        Some(1) => intents.push(Intent::Run("close")),
        Some(_) => intents.push(Intent::Look(Look::Close)),
        None => {}
    }
}
