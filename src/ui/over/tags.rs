//! The tags of the articles that are meant: one is typed or chosen, and put to all of them or taken away.

use egui::{Id, Ui};
use std::collections::{BTreeMap, BTreeSet};

use super::rows::{self, Row, RowsDraft};
use crate::model::ids::ArticleId;
use crate::model::mending::Details;
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::mending::Mending;
use crate::session::view::Look;
use crate::text::looking::looked;
use crate::ui::numbers::{counted, grouped};
use crate::ui::parts::field::Field;
use crate::ui::parts::modal::{self, Answer, AnswerKind};

const FIELD: &str = "tag";

/// What is typed, and the tags of the project, counted once a change.
#[derive(Debug, Default)]
pub struct TagsDraft {
    typed: String,
    /// Whether the field has the keyboard.
    focused: bool,
    /// Of which state of the project, and with which words, the rows are.
    stamp: Option<(u64, String)>,
    ids: Vec<ArticleId>,
    listed: Vec<Listed>,
    rows: RowsDraft,
}

#[derive(Debug)]
struct Listed {
    tag: String,
    /// How many of those meant have it.
    n_have: usize,
    is_new: bool,
}

pub fn tags_ui(ui: &mut Ui, session: &Session, draft: &mut TagsDraft, intents: &mut Vec<Intent>) {
    draft.count(session);
    let n = draft.ids.len();
    let Some(article) = draft.ids.first().and_then(|id| session.desk()?.article(id)) else {
        return intents.push(Intent::Look(Look::Close));
    };
    let (tags, page) = (draft.listed.len(), rows::most_rows(ui.ctx(), 240.0));
    draft.rows.keys(ui, tags, page);
    let chosen = draft.listed.get(draft.rows.selected);
    let words = match chosen {
        Some(one) if one.n_have == n => format!("Take \u{201c}{}\u{201d} away", rows::shortened(&one.tag)),
        Some(one) => format!("Put \u{201c}{}\u{201d}", rows::shortened(&one.tag)),
        None => "Put".to_owned(),
    };
    let refused = chosen.is_none().then_some("type a tag or choose one");
    let answers = [
        Answer { disabled: refused, ..Answer::new(&words, AnswerKind::Primary) },
        Answer::new("Close", AnswerKind::Cancel),
    ];
    let (head, text) = match n {
        1 => ("Tags of this article".to_owned(), format!("\u{201c}{}\u{201d}", article.shown_title())),
        n => (
            format!("Tags of {}", counted(n, "article", "articles")),
            "A tag that all of them have is taken away, any other is put to all.".to_owned(),
        ),
    };
    let mut clicked = None;
    let given = modal::show(ui.ctx(), "tags", &head, &text, &answers, |ui| {
        let field = Field::new(Id::unique(FIELD), "Tag", &mut draft.typed)
            .hint("A new tag, or the beginning of one")
            .show(ui);
        if !draft.focused {
            field.request_focus();
        }
        draft.focused = field.has_focus();
        if tags > 0 {
            let listed = &draft.listed;
            clicked = draft.rows.show(ui, "Tags", tags, page, |idx| Some(listed.get(idx)?.row(n)));
        }
    });
    let taken = clicked.or((given == Some(0)).then_some(draft.rows.selected));
    match taken.and_then(|idx| draft.listed.get(idx)) {
        Some(one) => {
            let tag = vec![one.tag.clone()];
            let says = if one.n_have == n {
                Details { take: tag, ..Details::default() }
            } else {
                Details { add: tag, ..Details::default() }
            };
            intents.push(Intent::Mend(Mending::Details(draft.ids.clone(), says)));
            // The next tag can be typed at once.
            draft.typed.clear();
            draft.focused = false;
        }
        None if given.is_some() => intents.push(Intent::Look(Look::Close)),
        None => {}
    }
}

impl TagsDraft {
    /// Lists the tags of the project that go with what is typed, first of all what is typed itself.
    fn count(&mut self, session: &Session) {
        let Some(desk) = session.desk() else { return };
        let stamp = (desk.revision(), self.typed.clone());
        if self.stamp.as_ref() == Some(&stamp) {
            return;
        }
        let is_first = self.stamp.is_none();
        if is_first {
            self.ids = session.meant_articles();
        }
        let is_typed = self.stamp.as_ref().is_some_and(|(_, typed)| *typed != self.typed);
        self.stamp = Some(stamp);
        let meant: BTreeSet<&ArticleId> = self.ids.iter().collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for article in desk.project().articles() {
            for tag in &article.meta.tags {
                *counts.entry(tag).or_default() += usize::from(meant.contains(&article.id));
            }
        }
        let typed = self.typed.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = looked(&typed);
        let is_new = !typed.is_empty() && !counts.contains_key(typed.as_str());
        let mut listed: Vec<Listed> = counts
            .into_iter()
            .filter(|(tag, _)| looked(tag).contains(&words))
            .map(|(tag, n_have)| Listed { tag: tag.to_owned(), n_have, is_new: false })
            .collect();
        // What is typed comes first, then what begins so, then in the order of the letters.
        listed.sort_by_cached_key(|one| (one.tag != typed, !looked(&one.tag).starts_with(&words)));
        if is_new {
            listed.insert(0, Listed { tag: typed, n_have: 0, is_new });
        }
        self.listed = listed;
        if is_first || is_typed || self.typed.is_empty() && self.rows.selected >= self.listed.len() {
            // Nothing is chosen until something is typed: Enter is not to take a tag away by chance.
            if words.is_empty() { self.rows.selected = rows::NONE } else { self.rows.go(0) }
        }
    }
}

impl Listed {
    fn row(&self, n: usize) -> Row {
        let meta = match (self.is_new, self.n_have, n) {
            (true, ..) => "new".to_owned(),
            (_, 0, _) => String::new(),
            (_, 1, 1) => "has it".to_owned(),
            (_, have, n) if have == n => format!("all {} have it", grouped(n)),
            (_, have, n) => format!("{} of {} have it", grouped(have), grouped(n)),
        };
        Row { text: self.tag.clone(), meta, tip: String::new() }
    }
}
