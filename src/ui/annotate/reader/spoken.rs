//! The article as it is read out: a list of sentences, each with its answer, its doubt and its note.

use crate::model::article::Article;
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::view::Look;
use crate::text::dates;
use crate::ui::marks::said;
use crate::ui::parts::spoken;
use egui::accesskit::Action;
use egui::{Id, Rect, Role, Sense, Ui, WidgetInfo};

/// What is painted over the text: title, outlet, date and who wrote it.
pub fn header_ui(ui: &Ui, article: &Article, place: Rect) {
    let meta = &article.meta;
    let date = meta.published.as_deref().map(dates::long).or_else(|| meta.published_as.clone());
    let aside = article.aside.as_ref().map(|reason| format!("set aside: {reason}"));
    let words =
        [meta.title.clone(), aside, meta.outlet.clone(), date, meta.byline.clone(), meta.section.clone()];
    spoken::heading(ui, place, &words.into_iter().flatten().collect::<Vec<_>>().join(", "));
}

/// Gives a sentence to the tree at the place where it begins; the reading is at the current one.
pub fn sentence_ui(
    ui: &Ui,
    session: &Session,
    (article, idx): (&Article, usize),
    rect: Rect,
    intents: &mut Vec<Intent>,
) {
    let Some((desk, sentence)) = session.desk().zip(article.sentences().get(idx)) else { return };
    let current = idx == session.view().sentence;
    let coding = desk.coding(article, idx);
    let response = ui.interact(rect, id_of(article, idx), Sense::hover());
    response.widget_info(|| {
        let note = coding.and_then(|coding| coding.note.as_deref());
        let note = note.map(|note| format!(" Note: {note}")).unwrap_or_default();
        let said = if article.is_aside(sentence) {
            "set aside".to_owned()
        } else {
            said(desk.project().scheme(), coding)
        };
        let words = article.words_of(sentence);
        WidgetInfo::labeled(Role::ListBoxOption, true, format!("Sentence {}, {said}: {words}{note}", idx + 1))
    });
    spoken::option(&response, current, idx);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.add_action(Action::Click);
        node.add_action(Action::Focus);
    });
    let asked = |action| ui.input(|input| input.has_accesskit_action_request(response.id, action));
    if asked(Action::Click) || asked(Action::Focus) {
        intents.push(Intent::Look(Look::Sentence(idx)));
    }
    if current {
        spoken::here(ui.ctx(), response.id);
    }
}

/// The current sentence is in the tree also while it is scrolled out of sight.
pub fn current_ui(ui: &Ui, session: &Session, article: &Article, intents: &mut Vec<Intent>) {
    let idx = session.view().sentence;
    if !ui.ctx().has_accesskit_node(id_of(article, idx)) {
        let top = Rect::from_min_size(ui.clip_rect().min, egui::Vec2::ZERO);
        sentence_ui(ui, session, (article, idx), top, intents);
    }
}

fn id_of(article: &Article, idx: usize) -> Id {
    Id::unique(("sentence", &article.id, idx))
}
