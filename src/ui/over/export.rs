//! In which format the labels are exported; and whether another file may give way.

use egui::{Key, Modifiers, Ui};

use super::rows::{self, Row, RowsDraft};
use crate::formats::datasets::rows::Layer;
use crate::formats::{self, Format};
use crate::session::Session;
use crate::session::filing::shown_name;
use crate::session::intent::Intent;
use crate::session::job::{Job, Question};
use crate::session::prefs::Setting;
use crate::session::view::{Look, Over};
use crate::ui::fonts;
use crate::ui::parts::modal::{self, Answer, AnswerKind};
use crate::ui::parts::tabs;
use crate::ui::theme;

const WIDTH: f32 = 520.0;
/// Lines that are kept free for what the chosen format keeps and loses.
const SAID_LINES: f32 = 4.0;

pub fn export_ui(ui: &mut Ui, session: &Session, draft: &mut RowsDraft, intents: &mut Vec<Intent>) {
    let formats: Vec<&'static Format> = formats::datasets().collect();
    let last = session.settings().export.as_deref();
    draft.begin_at(formats.iter().position(|format| Some(format.id) == last).unwrap_or(0));
    let answers = [
        Answer::new("Choose the file\u{2026}", AnswerKind::Primary),
        Answer::new("Cancel", AnswerKind::Cancel),
    ];
    let is_gold = session.view().exports == Layer::Gold;
    let text = if is_gold {
        "A row for each sentence: what was decided, else what all said, else what the only one said."
    } else {
        "The labels of all coders, a row for each sentence."
    };
    let page = rows::most_rows(ui.ctx(), 160.0 + SAID_LINES * fonts::SMALL.line);
    let mut clicked = None;
    let given = modal::show_sized(ui.ctx(), "export", ("Export labels", text), WIDTH, &answers, |ui| {
        let layers = [Layer::Coders, Layer::Gold];
        let chosen = tabs::choices(ui, &["All coders", "Gold"], usize::from(is_gold), ui.available_width());
        if let Some(layer) = chosen.and_then(|idx| layers.get(idx)) {
            intents.push(Intent::Look(Look::Exports(layer.clone())));
        }
        draft.keys(ui, formats.len(), page);
        clicked =
            draft.show(ui, "Formats", formats.len(), page, |idx| formats.get(idx).map(|format| row(format)));
        if let Some(format) = formats.get(draft.selected) {
            said_ui(ui, format);
        }
    });
    // A click on a row chooses it and shows what it keeps; a second one goes on with it.
    let again = clicked.is_some()
        && ui.input(|input| input.pointer.button_double_clicked(egui::PointerButton::Primary));
    let entered = given.is_none() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    match formats.get(draft.selected).filter(|_| given == Some(0) || entered || again) {
        Some(format) => {
            intents.push(Intent::Set(Setting::Export(format.id.to_owned())));
            intents.push(Intent::Look(Look::Ask(Question::Export(format.id))));
        }
        None if given.is_some() => intents.push(Intent::Look(Look::Close)),
        None => {}
    }
}

/// A file of the whole name is there, and nobody was asked about it.
pub fn replace_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    let Some(Over::Replace { path, format }) = &session.view().over else { return };
    let text = format!("{} is there already. What is in it now would be gone.", shown_name(path));
    let answers = [Answer::new("Replace", AnswerKind::Plain), Answer::new("Keep it", AnswerKind::Cancel)];
    let given = modal::show(ui.ctx(), "replace", "Replace this file?", &text, &answers, |_| {});
    if given.is_some() {
        intents.push(Intent::Look(Look::Close));
    }
    if let (Some(0), Some(desk), Some(format)) = (given, session.desk(), formats::by_id(format)) {
        let (project, of) = (desk.project().clone(), desk.path().to_owned());
        let layer = session.view().exports.clone();
        let export = Job::Export { project, of, path: path.clone(), format, layer, replaces: true };
        intents.push(Intent::Start(export));
    }
}

fn row(format: &Format) -> Row {
    let endings: Vec<_> = format.extensions.iter().map(|ending| format!(".{ending}")).collect();
    let meta = if format.is_folder() { "a folder".to_owned() } else { endings.join(" ") };
    Row { text: format.name.to_owned(), meta, tip: String::new() }
}

/// What the chosen format keeps and loses, in a place that stays as high.
fn said_ui(ui: &mut Ui, format: &Format) {
    let t = theme::of(ui).tokens;
    let rect = rows::strip(ui, SAID_LINES * fonts::SMALL.line);
    let mut place = ui.new_child(egui::UiBuilder::new().max_rect(rect));
    place.spacing_mut().item_spacing.y = 0.0;
    for (head, kept) in [("Keeps", true), ("Loses", false)] {
        let things = format.things(kept);
        let things = if things.is_empty() { "nothing" } else { &things };
        place.label(fonts::SMALL.rich(format!("{head}: {things}"), t.normal));
    }
}
