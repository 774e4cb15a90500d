//! What is known about an article, or about several alike: those chosen, or all that the list shows.

use egui::{Id, Ui};

use super::rows;
use crate::formats::articles::arrivals;
use crate::model::article::Article;
use crate::model::ids::ArticleId;
use crate::model::mending::{Details, Field};
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::mending::Mending;
use crate::session::view::Look;
use crate::text::message::Message;
use crate::ui::numbers::counted;
use crate::ui::parts::checkbox;
use crate::ui::parts::field;
use crate::ui::parts::modal::{self, Answer, AnswerKind};

const WIDTH: f32 = 560.0;

/// The fields row by row: all of them have room in the smallest window.
const ROWS: [&[Field]; 5] = [
    &[Field::Title],
    &[Field::Subtitle],
    &[Field::Byline, Field::Outlet],
    &[Field::Date, Field::Lang],
    &[Field::Url],
];

/// What is typed, and what was there before.
#[derive(Debug, Default)]
pub struct DetailsDraft {
    begun: bool,
    /// Whether the first field has had the keyboard.
    focused: bool,
    /// Whether it is for several: those chosen, or all that the list shows.
    for_all: bool,
    was: [String; Field::ALL.len()],
    typed: [String; Field::ALL.len()],
    /// Tags with commas between.
    tags_were: Vec<String>,
    tags: String,
}

pub fn details_ui(ui: &mut Ui, session: &Session, draft: &mut DetailsDraft, intents: &mut Vec<Intent>) {
    let Some(desk) = session.desk() else { return };
    let meant = session.meant_articles();
    let articles = || meant.iter().filter_map(|id| desk.article(id)).map(AsRef::as_ref);
    if articles().next().is_none() {
        return intents.push(Intent::Look(Look::Close));
    }
    let is_chosen = meant.len() > 1;
    if !std::mem::replace(&mut draft.begun, true) {
        draft.for_all = is_chosen;
        draft.take(articles());
    }
    let errors: Vec<_> =
        Field::ALL.iter().zip(&draft.typed).map(|(field, text)| arrivals::fits(*field, text).err()).collect();
    let says = draft.says();
    let refused = match (errors.iter().flatten().next(), says == Details::default()) {
        (Some(_), _) => Some("something does not fit"),
        (None, true) => Some("nothing was changed"),
        (None, false) => None,
    };
    let n_listed = session.derived().n_listed();
    let n_changed = if is_chosen { meant.len() } else { n_listed };
    let words = if draft.for_all {
        format!("Change {}", counted(n_changed, "article", "articles"))
    } else {
        "Change".to_owned()
    };
    let answers = [
        Answer { disabled: refused, ..Answer::new(&words, AnswerKind::Primary) },
        Answer::new("Cancel", AnswerKind::Cancel),
    ];
    let head = match (draft.for_all, is_chosen) {
        (true, true) => format!("Details of {}", counted(n_changed, "article", "articles")),
        (true, false) => "Details of several articles".to_owned(),
        (false, _) => "Details of this article".to_owned(),
    };
    let text = "The text itself never changes. A field left empty is not known.";
    let mut switched = false;
    let given = modal::show_sized(ui.ctx(), "details", (&head, text), WIDTH, &answers, |ui| {
        if n_listed > 1 && !is_chosen {
            let name = format!("For all {} in the list", counted(n_listed, "article", "articles"));
            switched = checkbox::show(ui, draft.for_all, &name, None).clicked();
        }
        rows::caption(ui, "Tags");
        field::Field::new(Id::unique(("details", "Tags")), "Tags", &mut draft.tags)
            .hint("court, follow up")
            .show(ui);
        for row in ROWS {
            let shown: Vec<_> = row.iter().filter(|field| !draft.for_all || is_shared(**field)).collect();
            ui.columns(shown.len().max(1), |columns| {
                for (column, field) in columns.iter_mut().zip(shown) {
                    field_ui(column, draft, &errors, *field);
                }
            });
        }
    });
    if switched {
        draft.for_all = !draft.for_all;
        let listed = (0..n_listed).filter_map(|place| session.derived().listed(place));
        if draft.for_all {
            draft.take(listed.map(|entry| entry.article.as_ref()));
        } else {
            draft.take(articles());
        }
    }
    match given {
        Some(0) => {
            let ids = if draft.for_all && !is_chosen { listed(session) } else { meant };
            intents.push(Intent::Look(Look::Close));
            intents.push(Intent::Mend(Mending::Details(ids, says)));
        }
        Some(_) => intents.push(Intent::Look(Look::Close)),
        None => {}
    }
}

fn field_ui(ui: &mut Ui, draft: &mut DetailsDraft, errors: &[Option<String>], field: Field) {
    let Some(idx) = Field::ALL.iter().position(|other| *other == field) else { return };
    let (Some(typed), Some(was)) = (draft.typed.get_mut(idx), draft.was.get(idx)) else { return };
    let hint = match (field, draft.for_all && was.is_empty()) {
        (_, true) => "left as it is",
        (Field::Date, _) => "2025, 2025-03 or 2025-03-01",
        (Field::Lang, _) => "en, pt-BR; empty: guessed",
        _ => "",
    };
    let error = errors.get(idx).and_then(|error| error.as_deref()).map(|error| Message::of(error).what);
    rows::caption(ui, field.name());
    let id = Id::unique(("details", field.name()));
    let shown = field::Field::new(id, field.name(), typed).hint(hint).error(error.as_deref()).show(ui);
    if !draft.focused {
        shown.request_focus();
        draft.focused = shown.has_focus();
    }
}

/// What several articles can have alike.
fn is_shared(field: Field) -> bool {
    !matches!(field, Field::Title | Field::Subtitle | Field::Url)
}

fn listed(session: &Session) -> Vec<ArticleId> {
    let listed = (0..session.derived().n_listed()).filter_map(|place| session.derived().listed(place));
    listed.map(|entry| entry.article.id.clone()).collect()
}

impl DetailsDraft {
    /// Begins with what all of these articles have alike.
    fn take<'a>(&mut self, articles: impl IntoIterator<Item = &'a Article>) {
        let articles: Vec<_> = articles.into_iter().collect();
        self.was = Field::ALL.map(|field| {
            let mut known = articles.iter().map(|article| field.of(&article.meta).unwrap_or_default());
            let first = known.next().unwrap_or_default();
            if known.all(|other| other == first) { first.to_owned() } else { String::new() }
        });
        self.typed.clone_from(&self.was);
        let mut tags = articles.first().map(|article| article.meta.tags.clone()).unwrap_or_default();
        tags.retain(|tag| articles.iter().all(|article| article.meta.tags.contains(tag)));
        self.tags = tags.join(", ");
        self.tags_were = tags;
    }

    /// What is another than it was.
    fn says(&self) -> Details {
        let typed: Vec<String> = self
            .tags
            .split(',')
            .map(|tag| tag.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|tag| !tag.is_empty())
            .collect();
        let add = typed.iter().filter(|tag| !self.tags_were.contains(tag)).cloned().collect();
        let take = self.tags_were.iter().filter(|tag| !typed.contains(tag)).cloned().collect();
        let fields = Field::ALL.into_iter().zip(self.was.iter().zip(&self.typed));
        let changed = fields.filter(|(field, (was, typed))| {
            was.trim() != typed.trim() && (!self.for_all || is_shared(*field))
        });
        let fields = changed.map(|(field, (_, typed))| (field, typed.trim().to_owned())).collect();
        Details { fields, add, take }
    }
}
