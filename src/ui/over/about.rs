//! What this program is, under which licences, and what it keeps on this computer.

use egui::Ui;

use super::{lines, rows};
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::view::Look;
use crate::ui::fonts;
use crate::ui::parts::modal::{self, Answer, AnswerKind};
use crate::ui::theme;

/// Head and words of each paragraph.
pub const PARAGRAPHS: [(&str, &str); 4] = [
    (
        "What it is for",
        "Read news articles closely and record, sentence by sentence, what is alleged, what is denied and what is \
         stated as fact.",
    ),
    (
        "Offline",
        "It works without a network and sends nothing anywhere. A project is one readable file that you can copy, \
         compare and give to others.",
    ),
    (
        "What it keeps on this computer",
        "A journal of your answers until the project's file has them, backups of the file, and your choices: theme, \
         sizes, recent projects and where you stopped.",
    ),
    ("Licences", "Allegata: MIT or Apache-2.0, as you like. The type, Noto Sans: SIL Open Font License 1.1."),
];

pub fn about_ui(ui: &mut Ui, _: &Session, intents: &mut Vec<Intent>) {
    let title = format!("Allegata {}", env!("CARGO_PKG_VERSION"));
    let answers = [Answer::new("Close", AnswerKind::Cancel)];
    let most = (ui.ctx().content_rect().height() - 190.0).max(80.0);
    let text = "Allegata et probata: things alleged and things proved.";
    let given = modal::show_sized(ui.ctx(), "about", (&title, text), 480.0, &answers, |ui| {
        rows::text_card(ui, most, paragraphs_ui);
    });
    if given.is_some() || lines::is_entered(ui) {
        intents.push(Intent::Look(Look::Close));
    }
}

/// The paragraphs one under the other.
pub fn paragraphs_ui(ui: &mut Ui) {
    let t = theme::of(ui).tokens;
    ui.spacing_mut().item_spacing.y = 2.0;
    for (head, words) in PARAGRAPHS {
        ui.label(fonts::INTERFACE_BOLD.rich(head, t.strong));
        ui.label(fonts::INTERFACE.rich(words, t.normal));
        ui.add_space(8.0);
    }
}
