//! Deciding many sentences at once: what is taken, and how many each choice would decide.

use egui::{Key, Modifiers, Ui};

use super::rows::{self, Row, RowsDraft};
use crate::analysis::taking::Take;
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::review::ReviewLook;
use crate::session::view::Look;
use crate::ui::numbers::counted;
use crate::ui::parts::modal::{self, Answer, AnswerKind};

const WIDTH: f32 = 520.0;
/// The shares that a majority may be asked for.
const SHARES: [(f64, &str); 3] =
    [(0.5, "What more than half say"), (0.66, "What two in three say"), (0.75, "What three in four say")];

/// The choices with what they would decide, counted once a change.
#[derive(Debug, Default)]
pub struct TakingDraft {
    rows: RowsDraft,
    revision: Option<u64>,
    choices: Vec<(Take, String, usize)>,
}

pub fn taking_ui(ui: &mut Ui, session: &Session, draft: &mut TakingDraft, intents: &mut Vec<Intent>) {
    let Some(desk) = session.desk() else { return };
    if draft.revision != Some(desk.revision()) {
        draft.revision = Some(desk.revision());
        draft.choices = choices(session);
    }
    let n = draft.choices.len();
    let page = rows::most_rows(ui.ctx(), 200.0);
    let chosen = draft.choices.get(draft.rows.selected);
    let refused = chosen.filter(|(.., n)| *n == 0).map(|_| "there is nothing to decide so");
    let words = match chosen {
        Some((.., n)) => format!("Decide {}", counted(*n, "sentence", "sentences")),
        None => "Decide".to_owned(),
    };
    let answers = [
        Answer { disabled: refused, ..Answer::new(&words, AnswerKind::Primary) },
        Answer::new("Cancel", AnswerKind::Cancel),
    ];
    let text = "Nobody\u{2019}s answer changes, and what is decided stays. One undo takes all of it back.";
    let mut clicked = None;
    let given = modal::show_sized(ui.ctx(), "take all", ("Take all", text), WIDTH, &answers, |ui| {
        draft.rows.keys(ui, n, page);
        let choices = &draft.choices;
        clicked = draft.rows.show(ui, "What is taken", n, page, |idx| {
            let (_, text, n) = choices.get(idx)?;
            let meta = counted(*n, "sentence", "sentences");
            Some(Row { text: text.clone(), meta, tip: String::new() })
        });
    });
    let entered = given.is_none() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    let taken = draft.choices.get(draft.rows.selected).filter(|(.., n)| *n > 0);
    match taken.filter(|_| given == Some(0) || entered) {
        Some((take, ..)) => intents.push(Intent::Look(Look::Review(ReviewLook::Take(take.clone())))),
        None if given.is_some() => intents.push(Intent::Look(Look::Close)),
        None => {}
    }
}

fn choices(session: &Session) -> Vec<(Take, String, usize)> {
    let mut takes = vec![(Take::Unanimous, "What all say".to_owned())];
    takes.extend(SHARES.map(|(share, words)| (Take::Majority(share), words.to_owned())));
    let coders = session.review().comparison().map(|comparison| comparison.units.coders.clone());
    // Whoever is taken whole is taken by name.
    if let Some((desk, coders)) = session.desk().zip(coders).filter(|_| session.review().chosen().shows_names)
    {
        for coder in coders {
            let name = desk.project().coder(&coder).map_or("", |coder| coder.shown_name()).to_owned();
            takes.push((Take::Coder(coder), format!("Everything that {name} says")));
        }
    }
    takes
        .into_iter()
        .map(|(take, words)| {
            let n = session.n_to_take(&take);
            (take, words, n)
        })
        .collect()
}
