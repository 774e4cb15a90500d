//! An article is split again: how, and old and new sentences side by side before anything is done.

use egui::{Id, Sense, Ui, vec2};

use super::rows;
use crate::model::ids::ArticleId;
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::mending::Mending;
use crate::session::resplitting::{Planned, Wish, planned};
use crate::session::view::Look;
use crate::ui::fonts;
use crate::ui::numbers::counted;
use crate::ui::parts::field::Field;
use crate::ui::parts::modal::{self, Answer, AnswerKind};
use crate::ui::parts::{checkbox, spoken};
use crate::ui::theme;

const WIDTH: f32 = 720.0;
/// The most places that are shown; the rest is counted.
const MOST: usize = 100;

/// What is wished, and what it comes to.
#[derive(Default)]
pub struct ResplitDraft {
    wish: Option<Wish>,
    plan: Option<(Wish, u64, Result<Option<Planned>, String>)>,
}

pub fn resplit_ui(ui: &mut Ui, session: &Session, draft: &mut ResplitDraft, intents: &mut Vec<Intent>) {
    let Some((desk, article)) = session.desk().zip(session.article()) else {
        return intents.push(Intent::Look(Look::Close));
    };
    let wish = draft.wish.get_or_insert_with(|| Wish::of(desk.project(), article));
    let is_old = |(of, revision, _): &(Wish, u64, _)| of != wish || *revision != desk.revision();
    if draft.plan.as_ref().is_none_or(is_old) {
        let plan = planned(desk.project(), &article.id, wish);
        draft.plan = Some((wish.clone(), desk.revision(), plan));
    }
    let plan = draft.plan.as_ref().map(|(_, _, plan)| plan);
    let refused = match plan {
        Some(Err(why)) => Some(why.as_str()),
        Some(Ok(None)) | None => Some("the sentences stay as they are"),
        Some(Ok(Some(_))) => desk.closed_for_writing(),
    };
    let answers = [
        Answer { disabled: refused, ..Answer::new("Split again", AnswerKind::Primary) },
        Answer::new("Cancel", AnswerKind::Cancel),
    ];
    let text = "The text never changes; everybody\u{2019}s answers follow. Old sentences stand left, new ones right.";
    let room = (ui.ctx().content_rect().height() - 420.0).max(80.0);
    let given =
        modal::show_sized(ui.ctx(), "resplit", ("Split this article again", text), WIDTH, &answers, |ui| {
            ui.columns(2, |columns| {
                if let [left, right] = columns {
                    rows::caption(left, "Language");
                    Field::new(Id::unique("resplit lang"), "Language", &mut wish.lang)
                        .hint("en, pt-BR; empty: guessed")
                        .show(left);
                    if checkbox::show_in_bar(left, wish.lower_case, "Sentences may begin in lower case")
                        .clicked()
                    {
                        wish.lower_case = !wish.lower_case;
                    }
                    rows::caption(right, "No sentence ends after, in the whole project");
                    Field::new(
                        Id::unique("never end after"),
                        "No sentence ends after",
                        &mut wish.never_end_after,
                    )
                    .hint("Insp., a line each")
                    .rows(3)
                    .show(right);
                }
            });
            preview_ui(ui, plan, room);
        });
    match given {
        Some(0) => {
            let id: ArticleId = article.id.clone();
            intents.push(Intent::Look(Look::Close));
            intents.push(Intent::Mend(Mending::Resplit(id, wish.clone())));
        }
        Some(_) => intents.push(Intent::Look(Look::Close)),
        None => {}
    }
}

fn preview_ui(ui: &mut Ui, plan: Option<&Result<Option<Planned>, String>>, room: f32) {
    let t = theme::of(ui).tokens;
    let planned = match plan {
        Some(Ok(Some(planned))) => planned,
        Some(Err(why)) => {
            ui.label(fonts::INTERFACE.rich(why, t.error));
            return;
        }
        _ => {
            ui.label(fonts::INTERFACE.rich("The sentences stay as they are.", t.weak));
            return;
        }
    };
    ui.label(fonts::INTERFACE.rich(planned.says.join(" "), t.strong));
    if planned.changes.is_empty() {
        return;
    }
    rows::text_card(ui, room, |ui| {
        let half = (ui.available_width() - 24.0) / 2.0;
        for (old, new) in planned.changes.iter().take(MOST) {
            let lay = |words: &[String], colour| {
                let text =
                    words.iter().map(|words| format!("\u{2022} {words}")).collect::<Vec<_>>().join("\n");
                (fonts::LIST_TITLE.wrapped(ui.painter(), &text, colour, half), text)
            };
            let ((left, was), (right, is)) = (lay(old, t.weak), lay(new, t.strong));
            let height = left.size().y.max(right.size().y);
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
            spoken::text(ui, rect, &format!("{was} becomes {is}"));
            ui.painter().galley(rect.min, left, t.weak);
            ui.painter().galley(rect.min + vec2(half + 24.0, 0.0), right, t.strong);
            ui.painter().hline(rect.x_range(), rect.bottom() + 3.0, egui::Stroke::new(1.0, t.border));
        }
        let more = planned.changes.len().saturating_sub(MOST);
        if more > 0 {
            ui.label(fonts::SMALL.rich(format!("and {} more", counted(more, "place", "places")), t.weak));
        }
    });
}
