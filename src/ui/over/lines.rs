//! The lines behind a notice.

use egui::Ui;

use super::rows;
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::view::{Look, Over};
use crate::ui::fonts;
use crate::ui::numbers::counted;
use crate::ui::parts::modal::{self, Answer, AnswerKind};
use crate::ui::theme;

/// More lines are not laid out; *Copy all* has them.
const MOST_LINES: usize = 300;
const WIDTH: f32 = 640.0;

pub fn lines_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    let Some(Over::Lines { head, lines }) = &session.view().over else { return };
    let most = (ui.ctx().content_rect().height() - 220.0).max(80.0);
    let answers = [Answer::new("Close", AnswerKind::Cancel), Answer::new("Copy all", AnswerKind::Plain)];
    let text = counted(lines.len(), "line", "lines");
    let given = modal::show_sized(ui.ctx(), "lines", (head, &text), WIDTH, &answers, |ui| {
        rows::text_card(ui, most, |ui| list_ui(ui, lines));
    });
    match given {
        Some(1) => ui.ctx().copy_text(lines.join("\n")),
        Some(_) => intents.push(Intent::Look(Look::Close)),
        None if is_entered(ui) => intents.push(Intent::Look(Look::Close)),
        None => {}
    }
}

/// Lines of text, as many as can be read.
pub fn list_ui(ui: &mut Ui, lines: &[String]) {
    let t = theme::of(ui).tokens;
    for line in lines.iter().take(MOST_LINES) {
        ui.label(fonts::INTERFACE.rich(line, t.normal));
    }
    if let Some(more) = lines.len().checked_sub(MOST_LINES).filter(|more| *more > 0) {
        let words = format!("and {}", counted(more, "more line", "more lines"));
        ui.label(fonts::INTERFACE.rich(words, t.weak));
    }
}

/// Whether `Enter` was pressed where nothing has the keyboard: it closes what is only to be read.
pub fn is_entered(ui: &Ui) -> bool {
    ui.ctx().memory(egui::Memory::focused).is_none()
        && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Enter))
}
