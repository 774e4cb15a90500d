//! Who is to read the articles that are meant?

use egui::Ui;

use super::rows::{self, Row, RowsDraft};
use crate::model::ids::{ArticleId, CoderId};
use crate::model::sheet::SheetKey;
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::mending::{Assigned, Mending};
use crate::session::view::Look;
use crate::ui::numbers::{counted, grouped};
use crate::ui::parts::modal::{self, Answer, AnswerKind};

/// The coders with what is assigned to them, counted once a change.
#[derive(Debug, Default)]
pub struct AssignDraft {
    revision: Option<u64>,
    ids: Vec<ArticleId>,
    listed: Vec<Listed>,
    rows: RowsDraft,
}

#[derive(Debug)]
struct Listed {
    coder: CoderId,
    name: String,
    n_assigned: usize,
}

pub fn assign_ui(ui: &mut Ui, session: &Session, draft: &mut AssignDraft, intents: &mut Vec<Intent>) {
    draft.count(session);
    let (n, coders) = (draft.ids.len(), draft.listed.len());
    if n == 0 {
        return intents.push(Intent::Look(Look::Close));
    }
    let page = rows::most_rows(ui.ctx(), 220.0);
    draft.rows.keys(ui, coders, page);
    let chosen = draft.listed.get(draft.rows.selected);
    let nobody = chosen.is_none().then_some("choose who is to read");
    let has_all = chosen.filter(|one| one.n_assigned == n).map(|_| "all of them are assigned already");
    let has_none = chosen.filter(|one| one.n_assigned == 0).map(|_| "none of them is assigned");
    let answers = [
        Answer { disabled: nobody.or(has_all), ..Answer::new("Assign", AnswerKind::Primary) },
        Answer { disabled: nobody.or(has_none), ..Answer::new("No longer", AnswerKind::Plain) },
        Answer::new("Cancel", AnswerKind::Cancel),
    ];
    let head = format!("Who is to read {}?", counted(n, "article", "articles"));
    let text = "No answer changes. Whoever it is assigned to lists it by is:mine.";
    let given = modal::show(ui.ctx(), "assign", &head, text, &answers, |ui| {
        let listed = &draft.listed;
        draft.rows.show(ui, "Coders", coders, page, |idx| {
            let one = listed.get(idx)?;
            let meta = match one.n_assigned {
                0 => String::new(),
                n_assigned if n_assigned == n => "assigned".to_owned(),
                n_assigned => format!("{} of {} assigned", grouped(n_assigned), grouped(n)),
            };
            Some(Row { text: one.name.clone(), meta, tip: String::new() })
        });
    });
    let Some(given) = given else { return };
    intents.push(Intent::Look(Look::Close));
    let assigned = match given {
        0 => Assigned::Given,
        1 => Assigned::TakenBack,
        _ => return,
    };
    if let Some(one) = draft.listed.get(draft.rows.selected) {
        intents.push(Intent::Mend(Mending::Assign(draft.ids.clone(), one.coder.clone(), assigned)));
    }
}

impl AssignDraft {
    fn count(&mut self, session: &Session) {
        let Some(desk) = session.desk().filter(|desk| self.revision != Some(desk.revision())) else { return };
        if self.revision.is_none() {
            self.ids = session.meant_articles();
            self.rows.selected = rows::NONE;
        }
        self.revision = Some(desk.revision());
        let project = desk.project();
        let is_assigned = |coder: &CoderId, article: &ArticleId| {
            let key = SheetKey { coder: coder.clone(), article: article.clone() };
            project.sheet(&key).is_some_and(|sheet| sheet.assigned)
        };
        let coders = project.coders().filter(|coder| !coder.is_reviewer());
        self.listed = coders
            .map(|coder| Listed {
                coder: coder.id.clone(),
                name: coder.shown_name().to_owned(),
                n_assigned: self.ids.iter().filter(|id| is_assigned(&coder.id, id)).count(),
            })
            .collect();
        // With one coder there is nothing to choose.
        if self.listed.len() == 1 {
            self.rows.go(0);
        }
    }
}
