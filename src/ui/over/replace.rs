//! May an export take the place of what is there?

use egui::Ui;

use crate::session::exports::ToExport;
use crate::session::filing::shown_name;
use crate::session::intent::Intent;
use crate::session::screens::ScreenLook;
use crate::session::screens::exporting::ExportLook;
use crate::session::view::Look;
use crate::ui::parts::modal::{self, Answer, AnswerKind};

pub fn replace_ui(ui: &mut Ui, to: &ToExport, intents: &mut Vec<Intent>) {
    let text = format!("{} is there already. What is in it now would be gone.", shown_name(&to.path));
    let answers = [Answer::new("Replace", AnswerKind::Plain), Answer::new("Keep it", AnswerKind::Cancel)];
    let given = modal::show(ui.ctx(), "replace", "Replace what is there?", &text, &answers, |_| {});
    match given {
        Some(0) => {
            let replace = ExportLook::Replace(Box::new(to.clone()));
            intents.push(Intent::Look(Look::Screen(ScreenLook::Export(replace))));
        }
        Some(_) => intents.push(Intent::Look(Look::Close)),
        None => {}
    }
}
