//! The articles that are compared, each with how far it is decided: one is gone to.

use egui::{Key, Modifiers, Ui};

use super::rows::{self, Row, RowsDraft};
use crate::analysis::compare::{At, Judged, Kind};
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::review::ReviewLook;
use crate::session::view::Look;
use crate::ui::numbers::grouped;
use crate::ui::parts::modal::{self, Answer, AnswerKind};

const WIDTH: f32 = 600.0;

pub fn compared_ui(ui: &mut Ui, session: &Session, draft: &mut RowsDraft, intents: &mut Vec<Intent>) {
    let Some((desk, comparison)) = session.desk().zip(session.review().comparison()) else {
        return intents.push(Intent::Look(Look::Close));
    };
    let articles = &comparison.units.articles;
    let here = session.view().article.as_ref().and_then(|id| comparison.units.place_of(id));
    draft.begin_at(here.unwrap_or(0));
    let (n, page) = (articles.len(), rows::most_rows(ui.ctx(), 200.0));
    let (all, decided) = (comparison.sums.n(Kind::Disagree), comparison.sums.n_decided);
    let text = format!("{} of {} disagreements decided in all of them.", grouped(decided), grouped(all));
    let answers = [Answer::new("Go there", AnswerKind::Primary), Answer::new("Close", AnswerKind::Cancel)];
    let mut clicked = None;
    let title = "Articles that are compared";
    let given = modal::show_sized(ui.ctx(), "compared", (title, &text), WIDTH, &answers, |ui| {
        draft.keys(ui, n, page);
        clicked = draft.show(ui, "Articles", n, page, |idx| {
            let found = desk.article(&articles.get(idx)?.article)?;
            let sums = comparison.sums_of(idx);
            let meta = match sums.n(Kind::Disagree) {
                0 => "nobody differs".to_owned(),
                of => format!("{} of {} decided", grouped(sums.n_decided), grouped(of)),
            };
            Some(Row { text: found.shown_title().to_owned(), meta, tip: String::new() })
        });
    });
    let entered = given.is_none() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    if clicked.is_some() || given == Some(0) || entered {
        let article = clicked.unwrap_or(draft.selected);
        let judged = comparison.judged_in(article);
        let open = judged.iter().position(|judged| judged.is(Kind::Undecided));
        let unit = open.or_else(|| judged.iter().position(Judged::differs)).unwrap_or(0);
        intents.push(Intent::Look(Look::Close));
        intents.push(Intent::Look(Look::Review(ReviewLook::Go(At { article, unit }))));
    } else if given.is_some() {
        intents.push(Intent::Look(Look::Close));
    }
}
