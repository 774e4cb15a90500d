//! Edit: undo and redo.

use super::{ROW, can_change};
use crate::session::command::{Command, Menu};

pub(super) const ROWS: &[Command] = &[
    Command {
        id: "undo",
        menu: Menu::Edit,
        label: "Undo",
        help: "Take the last change back and go to where it was.",
        keys: &["Ctrl+Z"],
        ready: |session| {
            can_change(session)?;
            let name = session.desk().and_then(|desk| desk.history().undo_name());
            name.map(|_| ()).ok_or_else(|| "nothing was changed yet".to_owned())
        },
        run: |session, effects| session.undo(effects),
        says: Some(|session| session.desk()?.history().undo_name().map(|name| format!("Undo {name}"))),
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
        id: "filter",
        menu: Menu::Edit,
        label: "Filter articles",
        help: "Type to list only the articles with these words in title, outlet, date or state.",
        keys: &["Ctrl+F", "/"],
        ready: super::is_open,
        run: |session, _| {
            session.view.drawer = true;
            session.view.focus = Some(crate::session::view::Field::Filter);
        },
        begins_group: true,
        ..ROW
    },
];
