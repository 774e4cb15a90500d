//! The one table of commands, which menu, keys, palette, help, README and `--help` read.

use crate::session::Session;
use crate::session::commands;
use crate::session::job::Effect;

/// A command's name in the table.
pub type CommandId = &'static str;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Menu {
    File,
    Edit,
    Sentence,
    Project,
    View,
    Help,
}

impl Menu {
    /// In the order of the bar.
    pub const ALL: [Self; 6] =
        [Self::File, Self::Edit, Self::Sentence, Self::Project, Self::View, Self::Help];

    pub fn name(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Sentence => "Sentence",
            Self::Project => "Project",
            Self::View => "View",
            Self::Help => "Help",
        }
    }
}

/// A row of the table.
pub struct Command {
    pub id: CommandId,
    pub menu: Menu,
    pub label: &'static str,
    /// One sentence for help and tooltips.
    pub help: &'static str,
    /// As printed on key caps: `Ctrl+Shift+Z`, `Down`, `.`.
    pub keys: &'static [&'static str],
    /// Why it cannot run now, if so.
    pub ready: fn(&Session) -> Result<(), String>,
    pub run: fn(&mut Session, &mut Vec<Effect>),
    /// What it would do now, where that is more than the label says.
    pub says: Option<fn(&Session) -> Option<String>>,
    /// Whether a thin line stands above it in its menu.
    pub begins_group: bool,
}

impl Command {
    /// The label, or what it would do now: `Undo label: denial`.
    pub fn shown_label(&self, session: &Session) -> String {
        self.says.and_then(|says| says(session)).unwrap_or_else(|| self.label.to_owned())
    }
}

/// Every command, menu by menu.
pub fn all() -> impl Iterator<Item = &'static Command> {
    Menu::ALL.into_iter().flat_map(|menu| commands::of(menu).iter())
}

/// The commands of one menu, in its order.
pub fn of(menu: Menu) -> &'static [Command] {
    commands::of(menu)
}

/// The command of that name; the table's first one for a name that is not in it, which a test rules out.
pub(in crate::session) fn by_id(id: CommandId) -> &'static Command {
    find(id).unwrap_or(&commands::FIRST)
}

/// The command of that name.
pub fn find(id: &str) -> Option<&'static Command> {
    all().find(|command| command.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ids_and_keys_are_given_once() {
        let (mut ids, mut keys) = (BTreeSet::new(), BTreeSet::new());
        for command in all() {
            assert!(ids.insert(command.id), "{} twice", command.id);
            assert!(command.help.ends_with('.'), "{}: help is a sentence", command.id);
            for key in command.keys {
                assert!(keys.insert(*key), "{key} twice");
            }
        }
        assert!(ids.len() > 30);
    }
}
