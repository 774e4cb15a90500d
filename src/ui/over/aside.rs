//! Setting an article aside with a reason, and what is set aside.

use egui::{Id, Ui};

use super::rows::{self, Row, RowsDraft};
use crate::analysis::aside::Aside;
use crate::model::article::Article;
use crate::model::ids::ArticleId;
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::mending::Mending;
use crate::session::view::Look;
use crate::text::message::capital;
use crate::ui::parts::field::Field;
use crate::ui::parts::modal::{self, Answer, AnswerKind};

const WIDTH: f32 = 560.0;

/// A reason being typed, and what is listed, worked out once a change.
#[derive(Debug, Default)]
pub struct AsideDraft {
    reason: String,
    /// Whether the field has had the keyboard.
    focused: bool,
    /// Of which state of the project.
    revision: Option<u64>,
    listed: Vec<Listed>,
    sum: Aside,
    list: RowsDraft,
}

#[derive(Debug)]
struct Listed {
    article: ArticleId,
    /// A sentence set aside alone, by its place in the list.
    sentence: Option<usize>,
    text: String,
    why: String,
}

/// Why is this article set aside?
pub fn reason_ui(ui: &mut Ui, session: &Session, draft: &mut AsideDraft, intents: &mut Vec<Intent>) {
    let Some(article) = session.article() else { return intents.push(Intent::Look(Look::Close)) };
    let id = Id::unique("aside-reason");
    let refused = draft.reason.trim().is_empty().then_some("type a reason");
    let answers = [
        Answer { disabled: refused, ..Answer::new("Set aside", AnswerKind::Primary) },
        Answer::new("Cancel", AnswerKind::Cancel),
    ];
    let text = "No answer is asked for any more. Answers that are there stay in the file, count nowhere, and come back \
                with the article.";
    let given = modal::show(ui.ctx(), "aside", "Set this article aside?", text, &answers, |ui| {
        rows::caption(ui, "Why");
        let hint = "an advertisement, a duplicate, another language";
        let field = Field::new(id, "Why", &mut draft.reason).hint(hint).show(ui);
        if !draft.focused {
            field.request_focus();
            draft.focused = field.has_focus();
        }
    });
    match given {
        Some(0) => {
            let reason = std::mem::take(&mut draft.reason).trim().to_owned();
            intents.push(Intent::Look(Look::Close));
            intents.push(Intent::Mend(Mending::Aside(vec![article.id.clone()], Some(reason))));
        }
        Some(_) => intents.push(Intent::Look(Look::Close)),
        None => {}
    }
}

/// What is set aside: a row goes there.
pub fn list_ui(ui: &mut Ui, session: &Session, draft: &mut AsideDraft, intents: &mut Vec<Intent>) {
    let Some(desk) = session.desk() else { return };
    if draft.revision != Some(desk.revision()) {
        draft.revision = Some(desk.revision());
        let entries = session.derived().entries().iter();
        draft.listed = entries.flat_map(|entry| listed(&entry.article)).collect();
        draft.sum = Aside::of(desk.project());
    }
    let n = draft.listed.len();
    let chosen = draft.listed.get(draft.list.selected).map(|one| one.sentence.is_none());
    let refused = desk.closed_for_writing();
    let none = chosen.is_none().then_some("nothing is set aside");
    let answers = [
        Answer { disabled: none, ..Answer::new("Show it", AnswerKind::Primary) },
        Answer { disabled: none.or(refused), ..Answer::new("Bring it back", AnswerKind::Plain) },
        Answer::new("Close", AnswerKind::Cancel),
    ];
    let text = if n == 0 {
        "Nothing is set aside. Articles and sentences that no answer should be asked for can be: Project \u{25b8} Set this \
         article aside, Sentence \u{25b8} Set this sentence aside."
            .to_owned()
    } else {
        format!("{}.", capital(&draft.sum.to_string()))
    };
    let page = rows::most_rows(ui.ctx(), 220.0);
    let mut clicked = None;
    let given = modal::show_sized(ui.ctx(), "aside-list", ("Set aside", &text), WIDTH, &answers, |ui| {
        draft.list.keys(ui, n, page);
        if n > 0 {
            clicked = draft.list.show(ui, "Set aside", n, page, |idx| {
                let one = draft.listed.get(idx)?;
                Some(Row { text: one.text.clone(), meta: one.why.clone(), tip: String::new() })
            });
        }
    });
    let one = draft.listed.get(draft.list.selected);
    match (clicked.map(|_| 0).or(given), one) {
        (Some(0), Some(one)) => show(one, intents),
        (Some(1), Some(one)) => {
            match one.sentence {
                Some(_) => {
                    show(one, intents);
                    intents.push(Intent::Mend(Mending::Kind("")));
                }
                None => intents.push(Intent::Mend(Mending::Aside(vec![one.article.clone()], None))),
            }
            intents.push(Intent::Look(Look::Close));
        }
        (Some(_), _) => intents.push(Intent::Look(Look::Close)),
        (None, _) => {}
    }
}

fn show(one: &Listed, intents: &mut Vec<Intent>) {
    intents.push(Intent::Look(Look::Close));
    intents.push(Intent::Look(Look::Article(one.article.clone())));
    intents.extend(one.sentence.map(|idx| Intent::Look(Look::Sentence(idx))));
}

fn listed(article: &Article) -> Vec<Listed> {
    let row = |sentence: Option<usize>, text: &str, why: &str| Listed {
        article: article.id.clone(),
        sentence,
        text: text.to_owned(),
        why: why.to_owned(),
    };
    if let Some(reason) = &article.aside {
        return vec![row(None, article.shown_title(), reason)];
    }
    let aside = article.sentences().iter().enumerate().filter(|(_, sentence)| sentence.is_aside());
    aside.map(|(idx, sentence)| row(Some(idx), article.words_of(sentence), "a sentence")).collect()
}
