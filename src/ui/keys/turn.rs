//! What of the input of one frame waits for the next one.
//!
//! egui looks at the keys of a frame before it looks at their text: a press that ends a field would take away what was typed
//! right before it, and one that opens a field would come too late for what is typed right after it. So a frame ends where
//! the keyboard may go to somebody else.

use crate::session::command::{self, Command, Where};
use crate::ui::keys::{Press, names};
use egui::{Event, Key};

/// Who gets a press.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taker {
    Window,
    /// An open menu, of the top bar or of a widget.
    Menu,
    Widget,
}

/// What was let through in this frame.
#[derive(Debug, Clone, Copy)]
pub struct Turn {
    /// Whether a text field has the keyboard.
    is_typing: bool,
    /// Whether it gets text in this frame.
    has_text: bool,
    /// Whether the keyboard may be somebody else's in the next frame.
    ends: bool,
}

impl Turn {
    pub fn new(is_typing: bool) -> Self {
        Self { is_typing, has_text: false, ends: false }
    }

    /// Whether an event, and all that follow it, come with the next frame. `types`: the text of a press is the next event.
    pub fn is_over_before(self, event: &Event, types: bool) -> bool {
        match event {
            Event::Key { pressed: true, .. } => self.ends || self.has_text && !types,
            Event::PointerButton { pressed: true, .. } => self.ends || self.has_text,
            Event::Text(_) | Event::Ime(_) | Event::Paste(_) | Event::Copy | Event::Cut => self.ends,
            _ => false,
        }
    }

    /// Takes down a press that was let through.
    pub fn press(&mut self, press: Press, taker: Taker) {
        let walks = matches!(
            press.key,
            Key::ArrowDown
                | Key::ArrowUp
                | Key::ArrowLeft
                | Key::ArrowRight
                | Key::PageDown
                | Key::PageUp
                | Key::Home
                | Key::End
        );
        self.ends |= match taker {
            Taker::Window => self.is_typing || opens_something(press),
            Taker::Widget if self.is_typing => matches!(press.key, Key::Enter | Key::Escape | Key::Tab),
            Taker::Menu | Taker::Widget => !walks,
        };
    }

    /// Takes down any other event that was let through.
    pub fn event(&mut self, event: &Event) {
        match event {
            Event::Text(_) | Event::Ime(_) | Event::Paste(_) => self.has_text = self.is_typing,
            Event::PointerButton { .. } => self.ends = true,
            _ => {}
        }
    }
}

/// Whether a key of the window may give the keyboard to a field: any command but those that only move; answers do not.
fn opens_something(press: Press) -> bool {
    let mut fitting =
        command::all().filter(|command| command.keys.iter().any(|name| names::fits(name, press)));
    // Wherever the person is: a key that only moves in one place may open something in another.
    let in_a_place =
        |command: &Command| [Where::Annotate, Where::Review].iter().any(|place| command.holds_in(*place));
    fitting.any(|command| !command.repeats && in_a_place(command))
        && (press.is_chord() || press.digit().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{Modifiers, PointerButton, pos2};

    fn key(key: Key, modifiers: Modifiers) -> Event {
        Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
    }

    fn click() -> Event {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        Event::PointerButton { pos: pos2(0.0, 0.0), button, pressed: true, modifiers }
    }

    /// How many of these events come in the first frame: letters with their text, `^S` with Ctrl, `Esc`, `click`.
    fn check(is_typing: bool, taker: Taker, events: &str, want: usize) {
        let mut turn = Turn::new(is_typing);
        let mut n = 0;
        for name in events.split(' ') {
            let (modifiers, name) = match name.strip_prefix('^') {
                Some(name) => (Modifiers::COMMAND, name),
                None => (Modifiers::NONE, name),
            };
            if name == "click" {
                if turn.is_over_before(&click(), false) {
                    break;
                }
                turn.event(&click());
            } else {
                let types = name.len() == 1 && modifiers.is_none();
                let pressed = Key::from_name(name).unwrap();
                if turn.is_over_before(&key(pressed, modifiers), types) {
                    break;
                }
                let taker = if modifiers.is_none() { taker } else { Taker::Window };
                turn.press(Press { modifiers, types, ..Press::of(pressed) }, taker);
                if types {
                    turn.event(&Event::Text(name.to_lowercase()));
                }
            }
            n += 1;
        }
        assert_eq!(n, want, "{events}");
    }

    #[test]
    fn what_was_typed_comes_before_what_ends_the_field() {
        for end in ["Escape", "Enter", "Tab", "^S", "^K", "click", "Down", "Backspace"] {
            check(true, Taker::Widget, &format!("W H O {end} 1"), 3);
        }
        for end in ["Escape 1", "Enter 1", "Tab X", "^S X", "click X"] {
            check(true, Taker::Widget, end, 1);
        }
        check(true, Taker::Widget, "Down Down X", 3);
    }

    #[test]
    fn what_opens_a_field_comes_before_what_is_typed_into_it() {
        check(false, Taker::Window, "C W H O", 1);
        check(false, Taker::Window, "^K E X", 1);
        check(false, Taker::Window, "Slash F E", 1);
        check(false, Taker::Window, "click F E", 1);
        check(false, Taker::Menu, "Down Enter X", 2);
        check(false, Taker::Widget, "Slash H O", 1);
    }

    #[test]
    fn answers_and_steps_wait_for_nothing() {
        check(false, Taker::Window, "1 2 A 3 Down Down 0 J", 8);
    }
}
