//! Help: the palette, the keys, what this is.

use super::{ROW, always};
use crate::session::command::{Command, Menu};
use crate::session::view::Over;

const HERE: Command = Command { menu: Menu::Help, ready: always, ..ROW };

/// The command that a name not in the table stands for: it shows the help.
pub(in crate::session) static FIRST: Command = HELP;

const HELP: Command = Command {
    id: "help",
    label: "Keys and help",
    help: "Show every key and what it does.",
    keys: &["F1"],
    run: |session, _| session.view.over = Some(Over::Help),
    ..HERE
};

pub(super) const ROWS: &[Command] = &[
    HELP,
    Command {
        id: "palette",
        label: "Commands",
        help: "Find a command, a label or an article by typing.",
        keys: &["Ctrl+K"],
        run: |session, _| {
            session.view.over =
                if session.view.over == Some(Over::Palette) { None } else { Some(Over::Palette) };
        },
        ..HERE
    },
    Command {
        id: "menus",
        label: "Menus by the keyboard",
        help: "Open the menus by the keyboard; Alt and the first letter of a menu opens that one.",
        keys: &["F10"],
        run: |session, _| session.view.over = Some(Over::menu(Menu::File)),
        ..HERE
    },
    Command {
        id: "about",
        label: "About Allegata",
        help: "Version, licences and what Allegata keeps on this computer.",
        run: |session, _| session.view.over = Some(Over::About),
        ..HERE
    },
];
