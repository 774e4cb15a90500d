//! Edit: undo and redo, copies, the filter.

use super::{ROW, can_change};
use crate::session::Session;
use crate::session::command::{Command, Menu, Where};
use crate::session::job::Effect;
use crate::session::searching::FindLook;

pub(super) const ROWS: &[Command] = &[
    Command {
        id: "undo",
        menu: Menu::Edit,
        label: "Undo",
        help: "Take the last change back and go to where it was.",
        keys: &["Ctrl+Z"],
        ready: |session| {
            if session.undo_name_in_screen().is_some() {
                return Ok(());
            }
            can_change(session)?;
            let name = session.desk().and_then(|desk| desk.history().undo_name());
            name.map(|_| ()).ok_or_else(|| "nothing was changed yet".to_owned())
        },
        run: |session, effects| {
            if !session.undo_in_screen() {
                session.undo(effects);
            }
        },
        says: Some(|session| {
            let of_screen = session.undo_name_in_screen();
            let name = of_screen.or_else(|| session.desk()?.history().undo_name());
            name.map(|name| format!("Undo {name}"))
        }),
        ..ROW
    },
    Command {
        id: "redo",
        menu: Menu::Edit,
        label: "Redo",
        help: "Do again what undo took back.",
        keys: &["Ctrl+Shift+Z", "Ctrl+Y"],
        ready: |session| {
            can_change(session)?;
            let name = session.desk().and_then(|desk| desk.history().redo_name());
            name.map(|_| ()).ok_or_else(|| "nothing was undone".to_owned())
        },
        run: |session, effects| session.redo(effects),
        says: Some(|session| session.desk()?.history().redo_name().map(|name| format!("Redo {name}"))),
        ..ROW
    },
    Command {
        id: "copy",
        holds: Where::Annotate,
        menu: Menu::Edit,
        label: "Copy the sentence",
        help: "Put the current sentence on the clipboard.",
        keys: &["Ctrl+C"],
        ready: super::has_article,
        run: |session, effects| copy(session, false, effects),
        begins_group: true,
        ..ROW
    },
    Command {
        id: "copy-cited",
        holds: Where::Annotate,
        menu: Menu::Edit,
        label: "Copy with its source",
        help: "Put the current sentence on the clipboard, with title, outlet, date and place.",
        keys: &["Ctrl+Shift+C"],
        ready: super::has_article,
        run: |session, effects| copy(session, true, effects),
        ..ROW
    },
    Command {
        id: "search",
        holds: Where::Annotate,
        menu: Menu::Edit,
        label: "Search\u{2026}",
        help: "Look for words in texts, titles, notes and comments of the article or the whole project; Esc ends it.",
        keys: &["Ctrl+F"],
        ready: super::is_open,
        run: |session, _| session.find(FindLook::Open),
        begins_group: true,
        ..ROW
    },
    Command {
        id: "filter",
        holds: Where::Annotate,
        menu: Menu::Edit,
        label: "Filter articles",
        help: "Type to list only the articles with these words in title, outlet, date or state.",
        keys: &["/"],
        ready: super::is_open,
        run: |session, _| {
            session.view.drawer = true;
            // The list gives way to what was found: it comes back first.
            session.find(FindLook::Close);
            session.view.focus = Some(crate::session::view::Field::Filter);
        },
        ..ROW
    },
];

/// Copies the current sentence; cited, with where it stands: `(“Title”, Outlet, 2025-03-14, sentence 5)`.
fn copy(session: &mut Session, cited: bool, effects: &mut Vec<Effect>) {
    let Some(article) = session.article() else { return };
    let idx = session.view.sentence;
    let Some(sentence) = article.sentences().get(idx) else { return };
    let mut text = article.words_of(sentence).trim().to_owned();
    let number = idx + 1;
    if cited {
        let title = format!("\u{201c}{}\u{201d}", article.shown_title());
        let meta = [article.meta.outlet.as_deref(), article.meta.published.as_deref()];
        let known = meta.into_iter().flatten().map(str::to_owned);
        let parts = std::iter::once(title).chain(known).chain([format!("sentence {number}")]);
        text = format!("{text} ({})", parts.collect::<Vec<_>>().join(", "));
    }
    effects.push(Effect::Copy(text));
    let with = if cited { " with its source" } else { "" };
    session.notices.status(format!("Copied sentence {number}{with}"));
}
