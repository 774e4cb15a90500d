//! What the file can be gone back to: work that is not in it, and earlier versions of it.

use egui::Ui;

use super::rows::{self, Row, RowsDraft};
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::job::Job;
use crate::session::screens::ScreenLook;
use crate::session::screens::merging::{MergeLook, Source};
use crate::session::version::{Version, VersionKind};
use crate::session::view::{Look, Over};
use crate::shell::clock;
use crate::text::message::capital;
use crate::ui::fonts;
use crate::ui::parts::modal::{self, Answer, AnswerKind};
use crate::ui::theme;

const WIDTH: f32 = 600.0;
/// Lines that are kept free for what there is to know of the chosen one.
const NOTE_LINES: usize = 2;

pub fn versions_ui(ui: &mut Ui, session: &Session, draft: &mut RowsDraft, intents: &mut Vec<Intent>) {
    let Some(Over::Versions(versions)) = &session.view().over else { return };
    let is_open = session.desk().is_some_and(|desk| versions.iter().all(|version| version.of == desk.path()));
    let text = if versions.is_empty() {
        "There is none yet: a backup is made when a project that was saved before is saved again."
    } else if is_open {
        "Opens as a copy without a name; the file that is open now stays as it is."
    } else {
        "The file cannot be opened as it is. What this computer kept of it opens as a copy without a name."
    };
    let refused = versions.is_empty().then_some("there is no earlier version");
    let in_hand = versions.get(draft.selected);
    let (words, kept) = match in_hand.map(|version| version.kind) {
        Some(VersionKind::Away) => ("Take it back", None),
        Some(VersionKind::Journal) => ("Put away\u{2026}", None),
        _ => ("Put away\u{2026}", Some("only work that is not in the file is put away")),
    };
    let closed = session.desk().and_then(|desk| desk.closed_for_writing());
    let mut answers = vec![
        Answer { disabled: refused, ..Answer::new("Open as a copy", AnswerKind::Primary) },
        Answer::new("Close", AnswerKind::Cancel),
    ];
    if is_open && !versions.is_empty() {
        answers.push(Answer { disabled: closed, ..Answer::new("Merge\u{2026}", AnswerKind::Plain) });
    }
    let merges = answers.len() - 1;
    if versions.iter().any(|version| version.kind != VersionKind::Backup) {
        answers.push(Answer { disabled: kept, ..Answer::new(words, AnswerKind::Plain) });
    }
    let now = session.now().at.0;
    let has_notes = versions.iter().any(|version| !version.note.is_empty());
    let note_height = if has_notes { fonts::SMALL.line * NOTE_LINES as f32 } else { 0.0 };
    let most = rows::most_rows(ui.ctx(), 160.0 + note_height);
    let mut clicked = None;
    let given = modal::show_sized(ui.ctx(), "versions", ("Earlier versions", text), WIDTH, &answers, |ui| {
        if versions.is_empty() {
            return;
        }
        draft.keys(ui, versions.len(), most);
        clicked = draft.show(ui, "Earlier versions", versions.len(), most, |idx| {
            versions.get(idx).map(|version| row(version, now))
        });
        if has_notes {
            note_ui(ui, versions.get(draft.selected), note_height);
        }
    });
    // A click chooses a row; the second one opens it.
    let again = ui.input(|input| input.pointer.button_double_clicked(egui::PointerButton::Primary));
    let opens = given == Some(0) || clicked.is_some() && again;
    let chosen = opens.then_some(draft.selected);
    if let Some(version) = chosen.and_then(|idx| versions.get(idx)) {
        intents.push(Intent::Look(Look::Close));
        intents.push(Intent::Start(Job::OpenVersion { version: version.clone() }));
    } else if given == Some(1) {
        intents.push(Intent::Look(Look::Close));
    } else if let Some(version) = in_hand.filter(|_| merges > 1 && given == Some(merges)) {
        let source = Source::Version(version.clone());
        intents.push(Intent::Look(Look::Screen(ScreenLook::Merge(MergeLook::Open(source)))));
    } else if let Some(version) = in_hand.filter(|_| given.is_some_and(|given| given > merges)) {
        intents.push(match version.kind {
            VersionKind::Away => Intent::Start(Job::PutAway { version: version.clone(), away: false }),
            _ => Intent::Look(Look::Over(Over::PutAway(version.clone()))),
        });
    }
}

/// Is this journal to be put away?
pub fn put_away_ui(ui: &mut Ui, session: &Session, intents: &mut Vec<Intent>) {
    let Some(Over::PutAway(version)) = &session.view().over else { return };
    let at = day_and_time(version.at.0, session.now().at.0);
    let text = format!(
        "The work of {at} ({}) stays on this computer, last among the earlier versions, and can be taken back. \
         It is not named any more when the project is opened.",
        version.says
    );
    let answers = [Answer::new("Put away", AnswerKind::Primary), Answer::new("Leave it", AnswerKind::Cancel)];
    match modal::show(ui.ctx(), "put-away", "Put this work away?", &text, &answers, |_| {}) {
        Some(0) => intents.push(Intent::Start(Job::PutAway { version: version.clone(), away: true })),
        Some(_) => intents.push(Intent::Run("versions")),
        None => {}
    }
}

fn row(version: &Version, now: i64) -> Row {
    let at = day_and_time(version.at.0, now);
    let text = match version.kind {
        VersionKind::Journal => format!("Not in the file: work of {at}"),
        VersionKind::Away => format!("Put away: work of {at}"),
        VersionKind::Backup => at,
    };
    Row { text, meta: version.says.clone(), tip: version.path.display().to_string() }
}

/// What there is to know of the chosen version, in a place that stays as high.
fn note_ui(ui: &mut Ui, chosen: Option<&Version>, height: f32) {
    let t = theme::of(ui).tokens;
    let note = chosen.map(|version| version.note.as_str()).unwrap_or_default();
    let rect = rows::strip(ui, height);
    let mut place = ui.new_child(egui::UiBuilder::new().max_rect(rect));
    place.label(fonts::SMALL.rich(capital(note), t.normal));
}

/// The day, always with the time: several versions may be of one day.
fn day_and_time(at: i64, now: i64) -> String {
    let (day, time) = (clock::day(at, now), clock::clock_time(at));
    if day.contains(&time) { day } else { format!("{day}, {time}") }
}
