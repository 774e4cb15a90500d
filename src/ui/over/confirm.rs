//! Questions before something that undo cannot take back.

use std::path::PathBuf;

use egui::Ui;

use crate::session::Session;
use crate::session::desk::{Desk, HowSafe};
use crate::session::filing::shown_name;
use crate::session::intent::Intent;
use crate::session::job::{Job, JobResult};
use crate::session::notice::in_window;
use crate::session::view::{Confirm, Look, Over};
use crate::ui::numbers::grouped;
use crate::ui::parts::modal::{self, Answer, AnswerKind};

/// Four answers in a row.
const GIVEN_WIDTH: f32 = 520.0;

/// Read the file again and lose what is only here?
pub fn reload_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
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
        Some(0) => intents.push(Intent::Start(Job::Open { path: desk.path().to_owned(), with: Vec::new() })),
        Some(1) => save_as(intents),
        Some(_) => intents.push(Intent::Look(Look::Close)),
        None => {}
    }
}

/// Close although the work is not safe?
pub fn close_unsafe_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    let Some(Over::Confirm(Confirm::CloseUnsafe(command))) = session.view().over else { return };
    let why = match session.desk().map(|desk| desk.safety().how_safe()) {
        Some(HowSafe::NotSafe(why)) => {
            format!("Neither the file nor the journal has all of your work: {}.", in_window(&why))
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

/// A project and articles were given together: what is meant?
pub fn given_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    let Some(Over::Given { projects, articles }) = &session.view().over else { return };
    let Some((first, others)) = projects.split_first() else { return };
    let name = shown_name(first);
    let files = match articles.as_slice() {
        [one] => shown_name(one),
        more => format!("{} other files", grouped(more.len())),
    };
    let left = match others.len() {
        0 => String::new(),
        1 => " The other project stays closed.".to_owned(),
        n => format!(" The other {} projects stay closed.", grouped(n)),
    };
    let text = format!("{name} is a project, and {files} came with it.{left}");
    let closed = session.desk().and_then(Desk::closed_for_writing);
    let mut answers = vec![
        Answer::new("Open and add", AnswerKind::Primary),
        Answer::new("Only open", AnswerKind::Plain),
        Answer::new("Cancel", AnswerKind::Cancel),
    ];
    if session.desk().is_some() {
        answers.push(Answer { disabled: closed, ..Answer::new("Only add, here", AnswerKind::Plain) });
    }
    let title = "Open the project, or add the articles?";
    let open = |with: Vec<PathBuf>| Intent::Start(Job::Open { path: first.clone(), with });
    let with = |more: &[PathBuf]| others.iter().chain(more).cloned().collect::<Vec<_>>();
    let then = match modal::show_sized(ui.ctx(), "given", (title, &text), GIVEN_WIDTH, &answers, |_| {}) {
        Some(0) => Some(open(with(articles))),
        Some(1) => Some(open(with(&[]))),
        Some(3) => Some(Intent::Finished(Box::new(JobResult::Given(articles.clone())))),
        Some(_) => None,
        None => return,
    };
    intents.push(Intent::Look(Look::Close));
    intents.extend(then);
}

fn save_as(intents: &mut Vec<Intent>) {
    intents.push(Intent::Look(Look::Close));
    intents.push(Intent::Run("save-as"));
}
