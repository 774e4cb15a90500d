//! Names of keys as the command table has them: `Ctrl+Shift+Z`, `Down`, `.`; and how they are printed on a cap.

use crate::session::Session;
use crate::session::command::Command;
use crate::ui::keys::Press;
use egui::{Key, Modifiers};

/// Whether a press is the key of that name.
pub fn fits(name: &str, press: Press) -> bool {
    let Some((modifiers, key)) = parse(name) else { return false };
    if modifiers.command != press.is_chord() || modifiers.alt != press.modifiers.alt {
        return false;
    }
    // `+` and `]` may themselves need Shift on some keyboards.
    let needs_shift = modifiers.shift == press.modifiers.shift || !modifiers.shift && !is_plain(key);
    key == press.key && needs_shift
}

/// Whether a key means something else with Shift; signs lie behind Shift on one keyboard and not on another.
fn is_plain(key: Key) -> bool {
    !matches!(
        key,
        Key::Plus
            | Key::Minus
            | Key::Equals
            | Key::Slash
            | Key::Period
            | Key::Comma
            | Key::OpenBracket
            | Key::CloseBracket
    )
}

/// Reads `Ctrl+Shift+Z`, `.`, `Ctrl++`.
fn parse(name: &str) -> Option<(Modifiers, Key)> {
    let mut modifiers = Modifiers::NONE;
    let mut rest = name;
    loop {
        if let Some(after) = rest.strip_prefix("Ctrl+") {
            modifiers.command = true;
            rest = after;
        } else if let Some(after) = rest.strip_prefix("Shift+") {
            modifiers.shift = true;
            rest = after;
        } else if let Some(after) = rest.strip_prefix("Alt+") {
            modifiers.alt = true;
            rest = after;
        } else {
            break;
        }
    }
    let key = match rest {
        "[" => Key::OpenBracket,
        "]" => Key::CloseBracket,
        other => Key::from_name(other)?,
    };
    Some((modifiers, key))
}

/// How a key is printed on its cap: `Ctrl Shift Z`, `↓`.
pub fn cap(name: &str) -> String {
    let words = name.replace("Ctrl++", "Ctrl+Plus");
    let words = words.split('+').map(|word| match word {
        "Plus" => "+",
        "Down" => "\u{2193}",
        "Up" => "\u{2191}",
        "Right" => "\u{2192}",
        "Left" => "\u{2190}",
        "PageDown" => "Page \u{2193}",
        "PageUp" => "Page \u{2191}",
        other => other,
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The first key of a command as printed, or nothing.
pub fn first_cap(session: &Session, command: &Command) -> String {
    command.shown_keys(session).first().map(|key| cap(key)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::command;

    #[test]
    fn every_key_of_the_table_can_be_pressed() {
        for command in command::all() {
            for key in command.keys {
                assert!(parse(key).is_some(), "{}: {key}", command.id);
            }
        }
    }

    #[test]
    fn keys_of_labels_are_keys_of_keyboards() {
        let letters = ('a'..='z').chain('A'..='Z').chain('0'..='9').map(String::from);
        let signs = (' '..='~').filter(char::is_ascii_punctuation).map(String::from);
        let others = ["ä", "Numpad7", "KeyQ", "F12", "F36", "F0", "Shift", "Ctrl+X", "", "\u{8}", "Insert"];
        for name in letters.chain(signs).chain(others.map(str::to_owned)) {
            assert_eq!(command::is_key(&name), Key::from_name(&name).is_some(), "{name}");
        }
        // Whatever name a key of the table has, it is the program's own.
        let holds = |command: &&Command| command.holds_in(command::Where::Annotate) && !command.yields;
        let here = command::all().filter(holds);
        for key in here.flat_map(|command| command.keys).filter_map(|key| Key::from_name(key)) {
            assert!(
                command::is_built_in(key.name()) && command::is_built_in(key.symbol_or_name()),
                "{key:?}"
            );
        }
    }

    #[test]
    fn caps_are_short() {
        for (name, want) in [
            ("Ctrl+Shift+Z", "Ctrl Shift Z"),
            ("Down", "↓"),
            ("Ctrl++", "Ctrl +"),
            (".", "."),
            ("PageUp", "Page ↑"),
        ] {
            assert_eq!(cap(name), want);
        }
    }

    #[test]
    fn brackets_and_shift() {
        let press = |key, modifiers| Press { modifiers, ..Press::of(key) };
        assert!(fits("]", press(Key::CloseBracket, Modifiers::NONE)));
        assert!(fits("Shift+N", press(Key::N, Modifiers::SHIFT)));
        assert!(!fits("N", press(Key::N, Modifiers::SHIFT)));
        assert!(!fits("Ctrl+Z", press(Key::Z, Modifiers::COMMAND | Modifiers::SHIFT)));
        assert!(fits("Ctrl++", press(Key::Plus, Modifiers::COMMAND | Modifiers::SHIFT)));
    }
}
