//! What was said about a sentence for everybody: threads, to be answered and settled.

use egui::{Id, Key, Modifiers, Ui};

use crate::model::comment::Comment;
use crate::model::ids::RecordId;
use crate::session::Session;
use crate::session::intent::{Intent, Noting};
use crate::session::view::{Field as Keyboard, Look};
use crate::shell::clock;
use crate::ui::fonts;
use crate::ui::parts::field::Field;
use crate::ui::parts::modal::{self, Answer, AnswerKind};
use crate::ui::parts::{button, checkbox, scroll};
use crate::ui::theme;

const WIDTH: f32 = 560.0;
const MOST_HEIGHT: f32 = 320.0;

/// What is being written, and which comment it answers.
#[derive(Debug, Default)]
pub struct CommentsDraft {
    text: String,
    re: Option<RecordId>,
    /// Whether it is about the whole article.
    whole: bool,
}

pub fn comments_ui(ui: &mut Ui, session: &Session, draft: &mut CommentsDraft, intents: &mut Vec<Intent>) {
    let Some((desk, article)) = session.desk().zip(session.article()) else {
        return intents.push(Intent::Look(Look::Close));
    };
    let Some((_, span)) = session.current_span() else { return intents.push(Intent::Look(Look::Close)) };
    let about = |comment: &&Comment| {
        comment.article == article.id && (comment.sentence.is_none() || comment.sentence == Some(span))
    };
    let mut here: Vec<&Comment> = desk.project().comments().filter(about).collect();
    here.sort_by_key(|comment| (comment.at, &comment.id));
    let heads: Vec<&Comment> = here
        .iter()
        .filter(|comment| !here.iter().any(|other| Some(&other.id) == comment.re.as_ref()))
        .copied()
        .collect();
    let title = format!("Comments on sentence {}", session.view().sentence + 1);
    let refused = draft.text.trim().is_empty().then_some("write something");
    let answers = [
        Answer { disabled: refused, ..Answer::new("Add comment", AnswerKind::Primary) },
        Answer::new("Close", AnswerKind::Cancel),
    ];
    let text = "Comments are for everybody who opens the file. They are no answer and no disagreement.";
    let given = modal::show_sized(ui.ctx(), "comments", (&title, text), WIDTH, &answers, |ui| {
        scroll::down().max_height(MOST_HEIGHT).auto_shrink([false, true]).show(ui, |ui| {
            for head in heads {
                thread_ui(ui, session, draft, head, &here, 0, intents);
            }
        });
        let caption = if draft.re.is_some() { "Your answer" } else { "Your comment" };
        super::rows::caption(ui, caption);
        let field = Field::new(Id::unique("comment"), caption, &mut draft.text).rows(2).hint("For everybody");
        let field = field.show(ui);
        if session.view().focus == Some(Keyboard::Comment) {
            field.request_focus();
            intents.push(Intent::Look(Look::Focused));
        }
        if draft.re.is_none() && checkbox::show(ui, draft.whole, "About the whole article", None).clicked() {
            draft.whole = !draft.whole;
        }
    });
    let entered = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
    if (given == Some(0) || entered) && refused.is_none() {
        let text = std::mem::take(&mut draft.text);
        let span = (!draft.whole).then_some(span);
        let re = draft.re.take();
        intents.push(Intent::Note(Noting::Comment { article: article.id.clone(), span, text, re }));
    } else if given.is_some() {
        intents.push(Intent::Look(Look::Close));
    }
}

fn thread_ui(
    ui: &mut Ui,
    session: &Session,
    draft: &mut CommentsDraft,
    comment: &Comment,
    all: &[&Comment],
    depth: u8,
    intents: &mut Vec<Intent>,
) {
    let t = theme::of(ui).tokens;
    let at = session.review_at().map(|at| at.article);
    let columns = at.map(|article| session.columns(article)).unwrap_or_default();
    let who = session.shown_person(&columns, &comment.by);
    let when = comment.at.map(|at| clock::day(at.0, session.now().at.0)).unwrap_or_default();
    let about = if comment.sentence.is_none() { ", about the article" } else { "" };
    let settled = if comment.resolved { ", settled" } else { "" };
    ui.horizontal(|ui| {
        ui.add_space(f32::from(depth) * 20.0);
        ui.label(fonts::SMALL_BOLD.rich(who, t.strong));
        ui.label(fonts::SMALL.rich(format!("{when}{about}{settled}"), t.weak));
        if button::link(ui, "Answer", None).clicked() {
            draft.re = Some(comment.id.clone());
        }
        if depth == 0 {
            let words = if comment.resolved { "Take up again" } else { "Settle" };
            if button::link(ui, words, None).clicked() {
                intents.push(Intent::Note(Noting::Settle(comment.id.clone(), !comment.resolved)));
            }
        }
    });
    ui.horizontal_wrapped(|ui| {
        ui.add_space(f32::from(depth) * 20.0);
        let text = session.as_shown(&columns, &comment.text);
        let ink = if comment.resolved { t.weak } else { t.normal };
        ui.label(fonts::INTERFACE.marked(&text, ink, &session.found_in_note(&text), t.hit));
    });
    ui.add_space(4.0);
    for answer in all.iter().filter(|other| other.re.as_ref() == Some(&comment.id)) {
        thread_ui(ui, session, draft, answer, all, (depth + 1).min(4), intents);
    }
}
