//! Keys: from the names in the command table to presses, and what a press asks for.
//!
//! egui moves its focus by arrows before an app sees them, so a plugin takes the presses first (emilk/egui#7899).

use crate::session::Session;
use crate::session::command::{self, Command};
use crate::session::intent::{Answering, Intent, Say, Then};
use crate::session::view::{Look, Over};
use egui::{Event, Key, Modifiers};
use std::sync::{Arc, Mutex, PoisonError};

/// A key that was pressed while no text field had the keyboard, or together with Ctrl.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Press {
    pub key: Key,
    /// Where it lies on the keyboard, for digits behind Shift.
    pub physical: Option<Key>,
    pub modifiers: Modifiers,
    /// Whether it was held down so long that it repeats.
    pub repeat: bool,
}

/// The presses of this frame, and whether the window wants single keys now.
#[derive(Debug, Default)]
pub struct Pressed {
    presses: Vec<Press>,
    /// Something stands over the window: only keys with Ctrl and function keys act.
    over: bool,
}

/// Who has the keyboard.
#[derive(Debug, Clone, Copy)]
struct Keyboard {
    /// A text field.
    typing: bool,
    /// Any widget.
    focused: bool,
    /// Something stands over the window.
    over: bool,
}

/// Takes presses before egui sees them.
pub struct KeyTap(pub Arc<Mutex<Pressed>>);

impl egui::Plugin for KeyTap {
    fn debug_name(&self) -> &'static str {
        "allegata keys"
    }

    fn input_hook(&mut self, ctx: &egui::Context, input: &mut egui::RawInput) {
        let mut pressed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let keyboard = Keyboard {
            typing: ctx.text_edit_focused(),
            focused: ctx.memory(|memory| memory.focused().is_some()),
            over: pressed.over,
        };
        let typing = keyboard.typing;
        let mut took_letter = false;
        input.events.retain(|event| match event {
            Event::Key { key, physical_key, pressed: true, repeat, modifiers } => {
                let press =
                    Press { key: *key, physical: *physical_key, modifiers: *modifiers, repeat: *repeat };
                let takes = takes(press, keyboard);
                if takes {
                    pressed.presses.push(press);
                    took_letter |= !typing;
                }
                !takes
            }
            Event::Text(_) => typing || !took_letter,
            _ => true,
        });
    }
}

/// Whether a press is the window's own rather than a widget's.
fn takes(press: Press, Keyboard { typing, focused, over }: Keyboard) -> bool {
    let chord = press.modifiers.command || press.modifiers.ctrl;
    let is_function = matches!(press.key, Key::F1 | Key::F2 | Key::F3 | Key::F11);
    if is_function {
        return true;
    }
    if chord {
        // What a text field does with Ctrl is its own while it has the keyboard.
        let edits = matches!(
            press.key,
            Key::A | Key::C | Key::V | Key::X | Key::Z | Key::Y | Key::Backspace | Key::Delete
        ) || matches!(
            press.key,
            Key::ArrowLeft | Key::ArrowRight | Key::ArrowUp | Key::ArrowDown | Key::Home | Key::End
        );
        return !(typing && edits || over && press.key == Key::Enter);
    }
    if typing || over {
        return false;
    }
    match press.key {
        Key::Tab | Key::Escape => false,
        // A widget reached by Tab is pressed by these.
        Key::Enter | Key::Space => !focused,
        _ => true,
    }
}

impl Pressed {
    /// The presses since the last frame.
    pub fn take(&mut self, session: &Session) -> Vec<Press> {
        self.over = session.view().over.is_some() || session.desk().is_none();
        std::mem::take(&mut self.presses)
    }
}

/// What a press asks for.
pub fn intent(session: &Session, press: Press) -> Option<Intent> {
    let answers = session.desk().is_some() && session.view().over.is_none();
    if answers && let Some(answering) = label_of(session, press) {
        // A key that is held down must not answer the whole article.
        return (!press.repeat).then_some(Intent::Answer(answering));
    }
    let command = command::all().find(|command| command.keys.iter().any(|name| fits(name, press)))?;
    let answers_once = matches!(command.id, "none" | "unsure" | "done" | "take-back");
    if press.repeat && answers_once {
        return None;
    }
    if session.view().over.is_some() && !matches!(command.id, "palette" | "help" | "quit") {
        return None;
    }
    Some(match command.id {
        "palette" if session.view().over == Some(Over::Palette) => Intent::Look(Look::Close),
        "help" if session.view().over == Some(Over::Help) => Intent::Look(Look::Close),
        id => Intent::Run(id),
    })
}

/// The scheme's own keys win over commands; with Shift the label is given and the sentence stays.
fn label_of(session: &Session, press: Press) -> Option<Answering> {
    let modifiers = press.modifiers;
    if modifiers.command || modifiers.ctrl || modifiers.alt {
        return None;
    }
    let scheme = session.desk()?.project().scheme();
    let digit = press.physical.filter(|key| is_digit(*key));
    let hits = |name: &String| {
        let key = Key::from_name(name);
        // A letter with Shift belongs to commands: `Shift+D`.
        let shifted_letter = modifiers.shift && key.is_some_and(|key| !is_digit(key));
        !shifted_letter && key.is_some() && (key == Some(press.key) || key == digit)
    };
    let label = scheme.current().find(|label| label.keys.iter().any(hits))?;
    let stays = modifiers.shift || scheme.takes_several();
    let then = if stays { Then::Stay } else { Then::Next };
    Some(Answering { sentence: None, say: Say::Label(label.id.clone()), then })
}

fn is_digit(key: Key) -> bool {
    matches!(key.name().as_bytes(), [b'0'..=b'9'])
}

/// Whether a press is the key of that name: `Ctrl+Shift+Z`.
fn fits(name: &str, press: Press) -> bool {
    let Some((modifiers, key)) = parse(name) else { return false };
    if modifiers.command != (press.modifiers.command || press.modifiers.ctrl)
        || modifiers.alt != press.modifiers.alt
    {
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
        other => other,
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The first key of a command as printed, or nothing.
pub fn first_cap(command: &Command) -> String {
    command.keys.first().map(|key| cap(key)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_table_can_be_pressed() {
        for command in command::all() {
            for key in command.keys {
                assert!(parse(key).is_some(), "{}: {key}", command.id);
            }
        }
    }

    #[test]
    fn caps_are_short() {
        for (name, want) in
            [("Ctrl+Shift+Z", "Ctrl Shift Z"), ("Down", "↓"), ("Ctrl++", "Ctrl +"), (".", ".")]
        {
            assert_eq!(cap(name), want);
        }
    }

    #[test]
    fn brackets_and_shift() {
        let press = |key, modifiers| Press { key, physical: None, modifiers, repeat: false };
        assert!(fits("]", press(Key::CloseBracket, Modifiers::NONE)));
        assert!(fits("Shift+N", press(Key::N, Modifiers::SHIFT)));
        assert!(!fits("N", press(Key::N, Modifiers::SHIFT)));
        assert!(!fits("Ctrl+Z", press(Key::Z, Modifiers::COMMAND | Modifiers::SHIFT)));
        assert!(fits("Ctrl++", press(Key::Plus, Modifiers::COMMAND | Modifiers::SHIFT)));
    }
}
