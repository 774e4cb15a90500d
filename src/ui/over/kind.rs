//! What the paragraph of the current sentence is; or the sentence is set aside.

use egui::{Key, Modifiers, Ui};

use super::rows::{self, Row, RowsDraft};
use crate::model::article::{ASIDE, PROSE};
use crate::model::mending::KINDS;
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::mending::Mending;
use crate::session::view::Look;
use crate::ui::parts::modal::{self, Answer, AnswerKind};

pub fn kind_ui(ui: &mut Ui, session: &Session, draft: &mut RowsDraft, intents: &mut Vec<Intent>) {
    let Some((desk, article)) = session.desk().zip(session.article()) else { return };
    let Some(sentence) = article.sentences().get(session.view().sentence) else { return };
    let here = sentence.kind_name();
    let kinds: Vec<&'static str> = KINDS.into_iter().chain([ASIDE]).collect();
    draft.begin_at(kinds.iter().position(|kind| *kind == here).unwrap_or(0));
    let answers = [Answer::new("Set", AnswerKind::Primary), Answer::new("Cancel", AnswerKind::Cancel)];
    let text = "It is for the whole paragraph, and decides whether answers are asked for. Set aside is for this sentence alone.";
    let n = kinds.len();
    let page = rows::most_rows(ui.ctx(), 200.0);
    let mut clicked = None;
    let given = modal::show(ui.ctx(), "kind", "What is this paragraph?", text, &answers, |ui| {
        draft.keys(ui, n, page);
        clicked = draft.show(ui, "Kinds", n, page, |idx| {
            let kind = *kinds.get(idx)?;
            let asked = if desk.project().scheme().asks_for(Some(kind)) { "" } else { "not asked for" };
            let meta = if kind == here { "now" } else { asked };
            Some(Row { text: name_of(kind).to_owned(), meta: meta.to_owned(), tip: String::new() })
        });
    });
    let entered = given.is_none() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    match clicked.or((given == Some(0) || entered).then_some(draft.selected)) {
        Some(idx) => {
            intents.push(Intent::Look(Look::Close));
            intents.extend(kinds.get(idx).map(|kind| Intent::Mend(Mending::Kind(kind))));
        }
        None if given.is_some() => intents.push(Intent::Look(Look::Close)),
        None => {}
    }
}

/// The name of a kind in the window.
pub fn name_of(kind: &str) -> &str {
    match kind {
        PROSE => "Prose",
        "headline" => "Headline",
        "byline" => "Byline",
        "dateline" => "Dateline",
        "caption" => "Caption",
        "item" => "Item of a list",
        ASIDE => "Set aside",
        other => other,
    }
}
