//! The imports of articles: when, from which files, and what of each came in or did not.

use egui::{Key, Modifiers, Ui};

use super::rows::{self, Row, RowsDraft};
use crate::model::import::Import;
use crate::session::Session;
use crate::session::filing::shown_name;
use crate::session::intent::Intent;
use crate::session::view::{Look, Over};
use crate::shell::clock;
use crate::text::message::capital;
use crate::ui::numbers::{counted, grouped};
use crate::ui::parts::modal::{self, Answer, AnswerKind};
use std::path::Path;

const WIDTH: f32 = 600.0;

pub fn imports_ui(ui: &mut Ui, session: &Session, draft: &mut RowsDraft, intents: &mut Vec<Intent>) {
    let Some(desk) = session.desk() else { return };
    let mut imports: Vec<&Import> = desk.project().imports().collect();
    // The last one is looked for most.
    imports.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.id.cmp(&b.id)));
    let n_articles = desk.project().articles().filter(|article| article.meta.import.is_some()).count();
    let text = format!(
        "{} of {} came in by {}.",
        grouped(n_articles),
        counted(desk.project().n_articles(), "article", "articles"),
        counted(imports.len(), "import that is recorded", "imports that are recorded"),
    );
    let answers =
        [Answer::new("What came of it", AnswerKind::Primary), Answer::new("Close", AnswerKind::Cancel)];
    let (n, page) = (imports.len(), rows::most_rows(ui.ctx(), 200.0));
    let now = session.now().at.0;
    let mut clicked = None;
    let given = modal::show_sized(ui.ctx(), "imports", ("Imports", &text), WIDTH, &answers, |ui| {
        draft.keys(ui, n, page);
        clicked = draft.show(ui, "Imports", n, page, |idx| imports.get(idx).map(|import| row(import, now)));
    });
    let entered = given.is_none() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    let chosen =
        (clicked.is_some() || given == Some(0) || entered).then(|| clicked.unwrap_or(draft.selected));
    if let Some(import) = chosen.and_then(|idx| imports.get(idx)) {
        let title = capital(&row(import, now).text);
        intents.push(Intent::Look(Look::Over(Over::Lines { head: title, lines: lines(import) })));
    } else if given.is_some() {
        intents.push(Intent::Look(Look::Close));
    }
}

fn row(import: &Import, now: i64) -> Row {
    let name = import.files.first().map(|file| shown_name(Path::new(&file.name))).unwrap_or_default();
    let text = match import.files.len() {
        0 => "no file".to_owned(),
        1 => name,
        n => format!("{name} and {}", counted(n - 1, "other file", "other files")),
    };
    let when = import.at.map(|at| clock::day(at.0, now)).unwrap_or_default();
    let left = match import.left.len() {
        0 => String::new(),
        n => format!(", {} left out", grouped(n)),
    };
    let meta = format!("{} taken{left} \u{b7} {when}", grouped(import.n_taken()));
    Row { text, meta, tip: String::new() }
}

/// The account of an import: its files, what they warned of, and what did not come in.
fn lines(import: &Import) -> Vec<String> {
    let mut lines = vec![format!("Read by Allegata {}", import.program)];
    for file in &import.files {
        let announced = file.announced.map(|n| format!("{n} announced, ")).unwrap_or_default();
        lines.push(format!("{}: {announced}{} found, {} taken", file.name, file.found, file.taken));
        lines.extend(file.warnings.iter().map(|warning| format!("{}: {warning}", file.name)));
    }
    for left in &import.left {
        let place = if left.place.is_empty() { String::new() } else { format!(", {}", left.place) };
        let title = if left.title.is_empty() { String::new() } else { format!(" ({})", left.title) };
        lines.push(format!("Left out, {}: {}{place}{title}", left.why, left.file));
    }
    lines
}
