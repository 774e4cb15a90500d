//! Are articles to go, with everything that was said of them? It says first how much that is.

use egui::Ui;

use crate::analysis::said::Said;
use crate::model::ids::ArticleId;
use crate::model::plan;
use crate::model::project::Project;
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::mending::Mending;
use crate::session::view::Look;
use crate::ui::numbers::counted;
use crate::ui::parts::modal::{self, Answer, AnswerKind};

/// What is meant, counted once a change.
#[derive(Debug, Default)]
pub struct RemoveDraft {
    revision: Option<u64>,
    ids: Vec<ArticleId>,
    said: Said,
    /// Where articles are to go: those that cannot yet.
    left: Vec<ArticleId>,
}

impl RemoveDraft {
    /// Counts what was said of the articles that are meant.
    pub fn count(&mut self, session: &Session) -> (&[ArticleId], Said) {
        self.count_of(session, |_, meant| (meant, Vec::new()));
        (&self.ids, self.said)
    }

    /// The same of those that `divided` gives first; the others are left out.
    fn count_of(
        &mut self,
        session: &Session,
        divided: impl Fn(&Project, Vec<ArticleId>) -> (Vec<ArticleId>, Vec<ArticleId>),
    ) {
        if let Some(desk) = session.desk().filter(|desk| self.revision != Some(desk.revision())) {
            self.revision = Some(desk.revision());
            (self.ids, self.left) = divided(desk.project(), session.meant_articles());
            self.said = Said::of(desk.project(), &self.ids, desk.coder());
        }
    }
}

pub fn remove_ui(ui: &mut Ui, session: &Session, draft: &mut RemoveDraft, intents: &mut Vec<Intent>) {
    draft.count_of(session, |project, meant| plan::removable(project, &meant));
    let RemoveDraft { ids, said, left, .. } = &*draft;
    let n = counted(ids.len(), "article", "articles");
    let what = if said.is_nothing() {
        "Nobody has answered anything in them.".to_owned()
    } else {
        format!("What was said of them goes with them: {said}.")
    };
    let stay = match left.as_slice() {
        [] => String::new(),
        left => format!(
            " Left out until conflicts in them are decided, under File \u{25b8} Merge a copy: {}.",
            session.named_all(left)
        ),
    };
    let text = format!("{what} One undo brings everything back.{stay}");
    let (head, answer) = (format!("Remove {n}?"), format!("Remove {n}"));
    let refused = ids.is_empty().then_some("conflicts are open in all of them");
    let answers = [
        Answer { disabled: refused, ..Answer::new(&answer, AnswerKind::Primary) },
        Answer::new("Cancel", AnswerKind::Cancel),
    ];
    let given = modal::show(ui.ctx(), "remove", &head, &text, &answers, |_| {});
    if given.is_some() {
        intents.push(Intent::Look(Look::Close));
    }
    if given == Some(0) {
        // Also those that are left out, so that the end says it too.
        let all = ids.iter().chain(left).cloned().collect();
        intents.push(Intent::Mend(Mending::Remove(all)));
    }
}
