//! The one table of commands, which menu, keys, palette, help, README and `--help` read.

use crate::model::scheme::{Label, Scheme};
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
    Article,
    Project,
    Review,
    View,
    Help,
    /// In no menu of the bar, but in that of the list of articles.
    List,
    /// In no menu of the bar: keys that hold in a screen alone.
    Screen,
    /// The same in the screens through which something comes in or goes out.
    Datasets,
}

/// Where the keys of a command hold; a key is given once a place. What holds in one place can be done nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Where {
    Everywhere,
    Annotate,
    Review,
    HandOut,
    Collect,
    Merge,
    Scheme,
    Compare,
    Agreement,
    Export,
    Import,
    Add,
}

impl Where {
    pub fn name(self) -> &'static str {
        match self {
            Self::Everywhere => "everywhere",
            Self::Annotate => "Annotate",
            Self::Review => "Review",
            Self::HandOut => "Hand out",
            Self::Collect => "Collect",
            Self::Merge => "Merge",
            Self::Scheme => "Scheme",
            Self::Compare => "Compare files",
            Self::Agreement => "Agreement",
            Self::Export => "Export",
            Self::Import => "Import a dataset",
            Self::Add => "Add articles",
        }
    }
}

impl Menu {
    /// In the order of the bar.
    pub const ALL: [Self; 8] = [
        Self::File,
        Self::Edit,
        Self::Sentence,
        Self::Article,
        Self::Project,
        Self::Review,
        Self::View,
        Self::Help,
    ];

    /// Those that are not in the bar.
    pub const BESIDE: [Self; 3] = [Self::List, Self::Screen, Self::Datasets];

    pub fn is_of_screens(self) -> bool {
        matches!(self, Self::Screen | Self::Datasets)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Sentence => "Sentence",
            Self::Article => "Article",
            Self::Project => "Project",
            Self::Review => "Review",
            Self::View => "View",
            Self::Help => "Help",
            Self::List => "List",
            Self::Screen | Self::Datasets => "In a screen",
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
    pub holds: Where,
    /// Why it cannot run now, if so.
    pub ready: fn(&Session) -> Result<(), String>,
    pub run: fn(&mut Session, &mut Vec<Effect>),
    /// What it would do now, where that is more than the label says.
    pub says: Option<fn(&Session) -> Option<String>>,
    /// Whether a thin line stands above it in its menu.
    pub begins_group: bool,
    /// Whether a held key runs it again and again: only what moves about or changes a size does.
    pub repeats: bool,
    /// Whether a label may have its key: the label wins, and the command is in its menu and the palette.
    pub yields: bool,
    /// One of several that exclude each other: whether it is the one that holds now.
    pub chosen: Option<fn(&Session) -> bool>,
}

impl Command {
    /// Whether its keys hold where the person is.
    pub fn holds_in(&self, place: Where) -> bool {
        self.holds == Where::Everywhere || self.holds == place
    }

    /// Why it cannot run now, if so.
    pub fn refusal(&self, session: &Session) -> Option<String> {
        if !self.holds_in(session.place()) {
            return Some(format!("only in {}", self.holds.name()));
        }
        (self.ready)(session).err()
    }

    /// Whether its menu has it now: what answers an empty list would take is left out.
    pub fn is_in_menu(&self, session: &Session) -> bool {
        match self.id {
            "to-check" => session.n_to_check() > 0,
            "check-right" | "check-all-right" => session.view().listing.is_some(),
            _ => true,
        }
    }

    /// Its keys, but for those that a label of the scheme has taken.
    pub fn shown_keys(&self, session: &Session) -> Vec<&'static str> {
        let scheme = session.desk().filter(|_| self.yields).map(|desk| desk.project().scheme());
        let is_taken = |key: &str| {
            let mut labels = scheme.into_iter().flat_map(Scheme::current);
            labels.any(|label| label.keys.iter().any(|own| own.eq_ignore_ascii_case(key)))
        };
        self.keys.iter().copied().filter(|key| !is_taken(key)).collect()
    }

    /// The label, or what it would do now: `Undo label: denial`.
    pub fn shown_label(&self, session: &Session) -> String {
        self.says.and_then(|says| says(session)).unwrap_or_else(|| self.label.to_owned())
    }
}

/// Every command, menu by menu.
pub fn all() -> impl Iterator<Item = &'static Command> {
    Menu::ALL.into_iter().chain(Menu::BESIDE).flat_map(|menu| commands::of(menu).iter())
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

/// Other names of keys that the table names, and keys that move about in any window.
const OTHER_NAMES: [(&str, &str); 22] = [
    ("ArrowDown", "Down"),
    ("ArrowUp", "Up"),
    ("ArrowLeft", "Left"),
    ("ArrowRight", "Right"),
    ("\u{23F7}", "Down"),
    ("\u{23F6}", "Up"),
    ("\u{23F4}", "Left"),
    ("\u{23F5}", "Right"),
    ("Return", "Enter"),
    ("NumpadEnter", "Enter"),
    (" ", "Space"),
    ("Period", "."),
    ("NumpadDecimal", "."),
    ("Slash", "/"),
    ("NumpadDivide", "/"),
    ("OpenBracket", "["),
    ("BracketLeft", "["),
    ("CloseBracket", "]"),
    ("BracketRight", "]"),
    ("Digit0", "0"),
    ("Numpad0", "0"),
    ("Esc", "Escape"),
];

/// Whether a key has a meaning of the program's own where labels are given, which no label takes away.
pub fn is_built_in(key: &str) -> bool {
    let plain = key.strip_prefix("Key").filter(|letter| letter.len() == 1).unwrap_or(key);
    let letter = if plain.len() == 1 { plain.to_ascii_uppercase() } else { plain.to_owned() };
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == letter);
    let name = other.map_or(letter.as_str(), |(_, name)| name);
    ["Escape", "Tab"].contains(&name)
        || all().any(|command| {
            !command.yields && command.holds_in(Where::Annotate) && command.keys.contains(&name)
        })
}

/// Whether a keyboard may have a key of that name, to be pressed alone.
pub fn is_key(name: &str) -> bool {
    const SIGNS: &str = ",;:-+=\\|?!{}`'./[] ";
    const WORDS: [&str; 16] = [
        "Insert",
        "Comma",
        "Minus",
        "Plus",
        "Equals",
        "Equal",
        "Semicolon",
        "Colon",
        "Backslash",
        "Pipe",
        "Quote",
        "Backtick",
        "OpenCurlyBracket",
        "CloseCurlyBracket",
        "Questionmark",
        "Exclamationmark",
    ];
    let is_one = |part: &str, of: fn(&u8) -> bool| part.len() == 1 && part.bytes().all(|byte| of(&byte));
    let is_digit = |lead: &str| name.strip_prefix(lead).is_some_and(|n| is_one(n, u8::is_ascii_digit));
    let is_nth = |n: &str| n.parse().is_ok_and(|n: u8| (1..=35).contains(&n));
    is_one(name, u8::is_ascii_alphanumeric)
        || name.chars().count() == 1 && SIGNS.contains(name)
        || WORDS.contains(&name)
        || is_digit("Digit")
        || is_digit("Numpad")
        || name.strip_prefix("Key").is_some_and(|letter| is_one(letter, u8::is_ascii_uppercase))
        || name.strip_prefix('F').is_some_and(is_nth)
        || ["Browser", "Media", "Audio", "Launch"].iter().any(|lead| name.starts_with(lead))
}

/// The keys that give a label.
pub fn keys_of(label: &Label) -> impl Iterator<Item = &String> {
    label.keys.iter().filter(|key| !is_built_in(key))
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
                let places = match command.holds {
                    Where::Everywhere => {
                        use Where::{
                            Agreement, Annotate, Collect, Compare, Export, HandOut, Import, Merge, Review,
                            Scheme,
                        };
                        vec![
                            Annotate, Review, HandOut, Collect, Merge, Compare, Scheme, Agreement, Export,
                            Import,
                        ]
                    }
                    place => vec![place],
                };
                for place in places {
                    assert!(keys.insert((*key, place.name())), "{key} twice in {}", place.name());
                }
            }
        }
        assert!(ids.len() > 30);
    }
}
