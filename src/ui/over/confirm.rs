//! Questions before something that undo cannot take back.

use egui::Ui;

use crate::session::Session;
use crate::session::desk::HowSafe;
use crate::session::intent::Intent;
use crate::session::job::Job;
use crate::session::view::{Confirm, Look, Over};
use crate::ui::drafts::Drafts;
use crate::ui::parts::modal::{self, Answer, AnswerKind};

/// Read the file again and lose what is only here?
pub fn reload_ui(ui: &mut Ui, session: &Session, _: &mut Drafts, intents: &mut Vec<Intent>) {
    let Some(desk) = session.desk() else { return };
    let name = desk.file_name();
    let lost = if desk.safety().is_saved() {
        "Everything here is in the file; undo begins anew."
    } else {
        "What was not saved to the file is no longer in the window afterwards."
    };
    let text = format!(
        "{name} is read as it is now on the disk. {lost} To keep both, save under another name first."
    );
    let answers = [
        Answer::new("Read it again", AnswerKind::Primary),
        Answer::new("Save as\u{2026}", AnswerKind::Plain),
        Answer::new("Stay", AnswerKind::Cancel),
    ];
    match modal::show(ui.ctx(), "reload", "Read the file again?", &text, &answers, |_| {}) {
        Some(0) => intents.push(Intent::Start(Job::Open { path: desk.path().to_owned() })),
        Some(1) => save_as(intents),
        Some(_) => intents.push(Intent::Look(Look::Close)),
        None => {}
    }
}

/// Close although the work is not safe?
pub fn close_unsafe_ui(ui: &mut Ui, session: &Session, _: &mut Drafts, intents: &mut Vec<Intent>) {
    let Some(Over::Confirm(Confirm::CloseUnsafe(command))) = session.view().over else { return };
    let why = match session.desk().map(|desk| desk.safety().how_safe()) {
        Some(HowSafe::NotSafe(why)) => {
            format!("Neither the file nor the journal has all of your work: {why}.")
        }
        Some(HowSafe::Saving | HowSafe::Writing) => "Your work is on its way to the disk.".to_owned(),
        Some(HowSafe::Safe | HowSafe::Saved(_)) => "Your work is safe by now.".to_owned(),
        None => return,
    };
    let text = format!(
        "{why} What is not on a disk is lost when the window closes. Saving to another place keeps it."
    );
    let answers = [
        Answer::new("Save as\u{2026}", AnswerKind::Primary),
        Answer::new("Close and lose it", AnswerKind::Plain),
        Answer::new("Stay", AnswerKind::Cancel),
    ];
    match modal::show(ui.ctx(), "close-unsafe", "Close although it is not safe?", &text, &answers, |_| {}) {
        Some(0) => save_as(intents),
        // The session asks once: while this question stands, it goes.
        Some(1) => intents.push(Intent::Run(command)),
        Some(_) => intents.push(Intent::Look(Look::Close)),
        None => {}
    }
}

fn save_as(intents: &mut Vec<Intent>) {
    intents.push(Intent::Look(Look::Close));
    intents.push(Intent::Run("save-as"));
}
