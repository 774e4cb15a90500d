//! Are articles to go, with everything that was said of them? It says first how much that is.

use egui::Ui;

use crate::analysis::said::Said;
use crate::model::ids::ArticleId;
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::mending::Mending;
use crate::session::view::Look;
use crate::ui::numbers::counted;
use crate::ui::parts::modal::{self, Answer, AnswerKind};

/// What goes, counted once a change.
#[derive(Debug, Default)]
pub struct RemoveDraft {
    revision: Option<u64>,
    ids: Vec<ArticleId>,
    said: Said,
}

impl RemoveDraft {
    /// Counts what was said of the articles that are meant.
    pub fn count(&mut self, session: &Session) -> (&[ArticleId], Said) {
        if let Some(desk) = session.desk().filter(|desk| self.revision != Some(desk.revision())) {
            self.revision = Some(desk.revision());
            self.ids = session.meant_articles();
            self.said = Said::of(desk.project(), &self.ids, desk.coder());
        }
        (&self.ids, self.said)
    }
}

pub fn remove_ui(ui: &mut Ui, session: &Session, draft: &mut RemoveDraft, intents: &mut Vec<Intent>) {
    let (ids, said) = draft.count(session);
    let n = counted(ids.len(), "article", "articles");
    let what = if said.is_nothing() {
        "Nobody has answered anything in them.".to_owned()
    } else {
        format!("What was said of them goes with them: {said}.")
    };
    let text = format!("{what} One undo brings everything back.");
    let (head, answer) = (format!("Remove {n}?"), format!("Remove {n}"));
    let answers = [Answer::new(&answer, AnswerKind::Primary), Answer::new("Cancel", AnswerKind::Cancel)];
    let given = modal::show(ui.ctx(), "remove", &head, &text, &answers, |_| {});
    if given.is_some() {
        intents.push(Intent::Look(Look::Close));
    }
    if given == Some(0) {
        intents.push(Intent::Mend(Mending::Remove(ids.to_vec())));
    }
}
