//! What a crash left and recovery brought back; each row leads to its place.

use egui::Ui;

use super::rows::{self, Row, RowsDraft};
use crate::session::Session;
use crate::session::desk::Desk;
use crate::session::intent::Intent;
use crate::session::job::Recovered;
use crate::session::view::Look;
use crate::shell::clock;
use crate::ui::numbers::counted;
use crate::ui::parts::modal::{self, Answer, AnswerKind};

const WIDTH: f32 = 600.0;

pub fn recovered_ui(ui: &mut Ui, session: &Session, draft: &mut RowsDraft, intents: &mut Vec<Intent>) {
    let Some(desk) = session.desk() else { return };
    let recovered = desk.recovered();
    let text = format!(
        "{} not yet in the file when the program ended. Everything is here again; undo takes it back step by step.",
        counted(recovered.len(), "change was", "changes were"),
    );
    let leads = recovered.get(draft.selected).is_some_and(|row| row.article.is_some());
    let refused = (!leads).then_some("this change has no place in an article");
    let answers = [
        Answer { disabled: refused, ..Answer::new("Go there", AnswerKind::Primary) },
        Answer::new("Close", AnswerKind::Cancel),
    ];
    let most = rows::most_rows(ui.ctx(), 180.0);
    let mut clicked = None;
    let given = modal::show_sized(ui.ctx(), "recovered", ("Recovered", &text), WIDTH, &answers, |ui| {
        draft.keys(ui, recovered.len(), most);
        clicked = draft.show(ui, "Recovered changes", recovered.len(), most, |idx| {
            recovered.get(idx).map(|row| row_of(desk, row))
        });
    });
    let chosen = clicked.or((given == Some(0)).then_some(draft.selected));
    let row = chosen.and_then(|idx| recovered.get(idx));
    if let Some((row, article)) = row.and_then(|row| Some((row, row.article.clone()?))) {
        intents.push(Intent::Look(Look::Place { article, sentence: row.sentence }));
    } else if given == Some(1) {
        intents.push(Intent::Look(Look::Close));
    }
}

/// `label: denial · sentence 7, Title`, and when it was.
fn row_of(desk: &Desk, row: &Recovered) -> Row {
    let mut text = row.name.clone();
    if let Some(article) = row.article.as_ref().and_then(|id| desk.article(id)) {
        let number = row.sentence.and_then(|span| article.idx_of(span));
        text.push_str(" \u{b7} ");
        if let Some(idx) = number {
            text = format!("{text}sentence {}, ", idx + 1);
        }
        text.push_str(article.shown_title());
    }
    Row { text, meta: clock::clock_time(row.at.0), tip: String::new() }
}
