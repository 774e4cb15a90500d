//! A dataset was given: is it taken in as one, or are its files articles?

use egui::Ui;
use std::path::{Path, PathBuf};

use crate::session::filing::shown_name;
use crate::session::intent::Intent;
use crate::session::screens::ScreenLook;
use crate::session::screens::importing::ImportLook;
use crate::session::view::Look;
use crate::ui::parts::modal::{self, Answer, AnswerKind};

pub fn dataset_ui(ui: &mut Ui, (path, paths): (&Path, &[PathBuf]), intents: &mut Vec<Intent>) {
    let mut text = format!(
        "{} has sentences with labels. As a dataset they come in as answers; nothing comes in before you have seen what.",
        shown_name(path)
    );
    if paths.len() > 1 {
        text.push_str(" The other files given with it can be added afterwards.");
    }
    let answers = [
        Answer::new("As a dataset\u{2026}", AnswerKind::Primary),
        Answer::new("As articles", AnswerKind::Plain),
        Answer::new("Cancel", AnswerKind::Cancel),
    ];
    let look = |look: ImportLook| Intent::Look(Look::Screen(ScreenLook::Import(look)));
    match modal::show(ui.ctx(), "dataset", "Is this a dataset?", &text, &answers, |_| {}) {
        Some(0) => intents.push(look(ImportLook::Open(path.to_owned()))),
        Some(1) => intents.push(look(ImportLook::Articles(paths.to_owned()))),
        Some(_) => intents.push(Intent::Look(Look::Close)),
        None => {}
    }
}
