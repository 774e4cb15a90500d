//! Article: what is known about it, its tags, who reads it; for the one that is shown, or all that are chosen together.

use super::{ROW, can_change, is_open, n_articles, short};
use crate::analysis::said::Said;
use crate::model::ids::ArticleId;
use crate::model::plan;
use crate::session::Session;
use crate::session::choosing::Choosing;
use crate::session::command::{Command, Menu, Where};
use crate::session::job::Effect;
use crate::session::mending::Mending;
use crate::session::notice::{Notice, Tone};
use crate::session::view::Over;

const HERE: Command = Command { menu: Menu::Article, ready: can_change_article, ..ROW };

pub(super) const ROWS: &[Command] = &[
    Command {
        id: "details",
        label: "Details of this article\u{2026}",
        help: "Mend title, outlet, date, language and the rest, for this article, those chosen, or all in the list.",
        run: |session, _| session.view.over = Some(Over::Details),
        says: Some(|session| several(session, |n| format!("Details of {n}\u{2026}"))),
        ..HERE
    },
    Command {
        id: "tags",
        holds: Where::Annotate,
        label: "Tags\u{2026}",
        help: "Put a tag to this article, or to all that are chosen, or take one away.",
        keys: &["Shift+T"],
        run: |session, _| session.view.over = Some(Over::Tags),
        says: Some(|session| several(session, |n| format!("Tags of {n}\u{2026}"))),
        ..HERE
    },
    Command {
        id: "assign",
        holds: Where::Annotate,
        label: "Assign to a coder\u{2026}",
        help: "Say who is to read this article, or all that are chosen; is:mine lists what is assigned to you.",
        ready: |session| {
            can_change_article(session)?;
            let any =
                session.desk().is_some_and(|desk| desk.project().coders().any(|one| !one.is_reviewer()));
            any.then_some(()).ok_or_else(|| "nobody labels in this project yet".to_owned())
        },
        run: |session, _| session.view.over = Some(Over::Assign),
        says: Some(|session| several(session, |n| format!("Assign {n} to a coder\u{2026}"))),
        ..HERE
    },
    Command {
        id: "resplit",
        label: "Split this article again\u{2026}",
        help: "Divide the article into sentences again, by another language or after other abbreviations; old and new are shown first.",
        ready: |session| {
            can_change(session)?;
            session.article().map(|_| ()).ok_or_else(|| "no article is shown".to_owned())?;
            if session.n_meant() > 1 { Err("only one article at a time".to_owned()) } else { Ok(()) }
        },
        run: |session, _| session.view.over = Some(Over::Resplit),
        begins_group: true,
        ..HERE
    },
    Command {
        id: "aside-article",
        label: "Set this article aside\u{2026}",
        help: "Ask for no answer in this article, or in all that are chosen, and say why; or bring back with all answers.",
        run: |session, effects| {
            if are_aside(session) {
                session.mend(Mending::Aside(session.meant_articles(), None), effects);
            } else {
                session.view.over = Some(Over::AsideReason);
            }
        },
        says: Some(|session| {
            if are_aside(session) {
                let all = several(session, |n| format!("Bring {n} back"));
                return Some(all.unwrap_or_else(|| "Bring this article back".to_owned()));
            }
            several(session, |n| format!("Set {n} aside\u{2026}"))
        }),
        ..HERE
    },
    Command {
        id: "aside",
        label: "Set aside\u{2026}",
        help: "List the articles and sentences that are set aside, and bring them back.",
        ready: is_open,
        run: |session, _| session.view.over = Some(Over::Aside),
        ..HERE
    },
    Command {
        id: "remove-article",
        label: "Remove this article",
        help: "Take the article, or all that are chosen, out of the project, with every answer; undo brings them back.",
        run: |session, effects| {
            let ids = session.meant_articles();
            let said = session.desk().map(|desk| Said::of(desk.project(), &ids, desk.coder()));
            // What others said goes only after a look at how much it is.
            if ids.len() > 1 || said.is_some_and(|said| said.others > 0) {
                session.view.over = Some(Over::Remove);
            } else {
                session.mend(Mending::Remove(ids), effects);
            }
        },
        says: Some(|session| several(session, |n| format!("Remove {n}\u{2026}"))),
        ..HERE
    },
    Command {
        id: "choose-all-articles",
        holds: Where::Annotate,
        label: "Choose all articles of the list",
        help: "Choose all articles that the list shows: what this menu does is then done to all of them; Esc lets them go.",
        keys: &["Ctrl+A"],
        ready: has_list,
        run: |session, _| session.choose_all(),
        begins_group: true,
        ..HERE
    },
    Command {
        id: "choose-next-article",
        holds: Where::Annotate,
        label: "Choose the next article too",
        help: "Choose several articles: Ctrl or Shift and a click in the list, then Shift \u{2193} and Shift \u{2191} as well.",
        ready: has_list,
        run: |session, _| session.stretch_choice(1),
        ..HERE
    },
    Command {
        id: "choose-previous-article",
        holds: Where::Annotate,
        label: "Choose the previous article too",
        help: "Choose several articles, upwards.",
        ready: has_list,
        run: |session, _| session.stretch_choice(-1),
        ..HERE
    },
    Command {
        id: "choose-none",
        holds: Where::Annotate,
        label: "Let the chosen articles go",
        help: "Only the article that is shown is meant again; Esc does it too.",
        ready: |session| {
            let any = !session.view().choice.is_empty();
            any.then_some(()).ok_or_else(|| "no articles are chosen".to_owned())
        },
        run: |session, _| session.choose(Choosing::Nothing),
        ..HERE
    },
];

fn can_change_article(session: &Session) -> Result<(), String> {
    can_change(session)?;
    let any = session.n_meant() > 0;
    any.then_some(()).ok_or_else(|| "no article is shown".to_owned())
}

fn has_list(session: &Session) -> Result<(), String> {
    is_open(session)?;
    let any = session.derived().first_shown().is_some();
    any.then_some(()).ok_or_else(|| "the list shows no article".to_owned())
}

/// Words for several articles, where several are meant.
fn several(session: &Session, words: impl Fn(String) -> String) -> Option<String> {
    let n = session.n_meant();
    (n > 1).then(|| words(n_articles(n)))
}

/// Whether all articles that are meant are set aside.
fn are_aside(session: &Session) -> bool {
    let is_aside = |id: &ArticleId| {
        session.desk().and_then(|desk| desk.article(id)).is_some_and(|article| article.aside.is_some())
    };
    let choice = &session.view().choice;
    match session.article() {
        Some(article) if choice.is_empty() => article.aside.is_some(),
        _ => !choice.is_empty() && choice.ids().all(is_aside),
    }
}

impl Session {
    /// Takes articles out with all answers to them, as one change, and shows the next one that is left.
    pub(in crate::session) fn remove_articles(&mut self, ids: &[ArticleId], effects: &mut Vec<Effect>) {
        let Some(desk) = self.desk() else { return };
        let (ids, left) = plan::removable(desk.project(), ids);
        let (ids, left) = (ids.as_slice(), left.as_slice());
        let left_out = match left {
            [] => String::new(),
            left => format!(". Left out, for a conflict in it is open: {}", self.named_all(left)),
        };
        let Some(action) = plan::remove_articles(desk.project(), ids) else {
            let text =
                format!("nothing was removed{left_out}\0hint: File \u{25b8} Merge a copy\u{2026} decides it");
            return self.tell(Notice::new(Tone::Error, "Not done", text));
        };
        let neighbour = self.neighbour_of(ids);
        let said = Said::of(desk.project(), ids, desk.coder());
        let of = self.named(ids);
        let name = match ids {
            [id] => {
                let title = desk.article(id).map_or("", |article| article.shown_title());
                format!("remove article: {}", short(title))
            }
            _ => format!("remove: {of}"),
        };
        if !self.act(&name, action, effects) {
            return;
        }
        let with = if said.is_nothing() { String::new() } else { format!(", with {said}") };
        let text = format!("Removed {of}{with}{left_out}");
        self.notices.changed(text.clone());
        self.tell(Notice::new(Tone::News, "", text).offering("Undo", "undo").until_changed());
        if self.article().is_none() {
            self.view.article = None;
            if let Some(neighbour) = neighbour {
                self.go(&neighbour, None);
            }
        }
    }

    /// The nearest article of the list that none of these is: after the one shown, else before it.
    fn neighbour_of(&self, ids: &[ArticleId]) -> Option<ArticleId> {
        let at = self.view.article.as_ref().and_then(|id| self.derived.place(id))?;
        let goes: std::collections::BTreeSet<&ArticleId> = ids.iter().collect();
        let stays = |place: &usize| {
            self.derived.listed(*place).is_some_and(|entry| !goes.contains(&entry.article.id))
        };
        let after = (at..self.derived.n_listed()).find(stays);
        let place = after.or_else(|| (0..at).rev().find(stays))?;
        self.derived.listed(place).map(|entry| entry.article.id.clone())
    }
}
