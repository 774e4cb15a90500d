//! Keys: what a press asks for. The table of commands says which key does what.

pub mod menus;
mod names;
mod tap;
mod turn;

pub use names::{cap, first_cap};
pub use tap::{KeyTap, Pressed};

use crate::session::Session;
use crate::session::command::{self, Command, Where};
use crate::session::intent::{Answering, Intent, Noting, Say, Then};
use crate::session::view::{Look, Over};
use egui::{Key, Modifiers};

/// A key that was pressed while no text field had the keyboard, or together with Ctrl.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Press {
    pub key: Key,
    /// Where it lies on an American keyboard.
    pub physical: Option<Key>,
    pub modifiers: Modifiers,
    /// Whether it was down already.
    pub repeat: bool,
    /// Whether it stands for text.
    pub types: bool,
}

impl Press {
    /// The key alone.
    pub fn of(key: Key) -> Self {
        Self { key, physical: None, modifiers: Modifiers::NONE, repeat: false, types: false }
    }

    fn is_chord(&self) -> bool {
        self.modifiers.command || self.modifiers.ctrl
    }

    /// The digit that it stands for: its own sign, or the one at its place. Digits lie behind Shift on one keyboard and
    /// before it on another; but a key of the keypad that moves about is none, though it lies where a digit is.
    fn digit(&self) -> Option<Key> {
        let moves = matches!(
            self.key,
            Key::ArrowDown
                | Key::ArrowLeft
                | Key::ArrowRight
                | Key::ArrowUp
                | Key::Home
                | Key::End
                | Key::PageUp
                | Key::PageDown
                | Key::Insert
                | Key::Delete
                | Key::Clear
        );
        let at_its_place = self.physical.filter(|_| !moves);
        [Some(self.key), at_its_place].into_iter().flatten().find(|key| is_digit(*key))
    }
}

/// What a press asks for.
pub fn intent(session: &Session, press: Press) -> Option<Intent> {
    match session.view().over {
        Some(Over::Menu { menu, row }) if !press.is_chord() => return menus::intent(menu, row, press),
        None => {
            if let Some(menu) = menus::of_letter(press) {
                return Some(Intent::Look(Look::Over(Over::menu(menu))));
            }
            if press.key == Key::Enter && !press.modifiers.any() && is_listing(session) {
                return (!press.repeat).then_some(Intent::Run("check-right"));
            }
            if let Some(nth) = code(session, press) {
                return (!press.repeat).then_some(Intent::Note(Noting::Code(nth)));
            }
            if matches!(session.place(), Where::Annotate | Where::Review | Where::Compare)
                && let Some(answering) = answer(session, press)
            {
                // One press, one answer.
                return (!press.repeat).then_some(Intent::Answer(answering));
            }
        }
        Some(_) => {}
    }
    let place = session.place();
    let fits = |command: &&Command| command.keys.iter().any(|name| names::fits(name, press));
    let command = command::all().filter(|command| command.holds_in(place)).find(fits)?;
    if press.repeat && !command.repeats {
        return None;
    }
    let stands_in_the_way = !matches!(session.view().over, None | Some(Over::Menu { .. }));
    if stands_in_the_way && !matches!(command.id, "palette" | "help" | "quit") {
        return None;
    }
    Some(match command.id {
        "palette" if session.view().over == Some(Over::Palette) => Intent::Look(Look::Close),
        "help" if session.view().over == Some(Over::Help) => Intent::Look(Look::Close),
        id => Intent::Run(id),
    })
}

/// Whether answers to look at again have the list's place: `Enter` says that one is right.
fn is_listing(session: &Session) -> bool {
    session.place() == Where::Annotate && session.view().listing.is_some()
}

/// Asked why it was decided against the majority, a digit names a reason.
fn code(session: &Session, press: Press) -> Option<usize> {
    if session.place() != Where::Review || press.is_chord() || press.modifiers.any() {
        return None;
    }
    session.review().asks_why()?;
    let nth = press.digit()?.name().parse::<usize>().ok()?.checked_sub(1)?;
    (nth < session.codes().len()).then_some(nth)
}

/// A label's key gives it, unless it is one of the program's own; with Shift the answer is given and the sentence stays.
fn answer(session: &Session, press: Press) -> Option<Answering> {
    let modifiers = press.modifiers;
    if press.is_chord() || modifiers.alt {
        return None;
    }
    let scheme = session.desk()?.project().scheme();
    let digit = press.digit();
    let hits = |name: &str| match Key::from_name(name) {
        Some(key) if is_digit(key) => digit == Some(key),
        // A letter with Shift belongs to commands: `Shift+D`.
        Some(key) => key == press.key && !modifiers.shift,
        None => false,
    };
    let label = scheme.current().find(|label| command::keys_of(label).any(|name| hits(name)));
    let is_none = || command::find("none").is_some_and(|none| none.keys.iter().any(|name| hits(name)));
    let (say, goes_on) = match label {
        Some(label) => (Say::Label(label.id.clone()), !scheme.takes_several()),
        None if is_none() => (Say::None, true),
        None => return None,
    };
    let then = if modifiers.shift || !goes_on { Then::Stay } else { Then::Next };
    Some(Answering { sentence: None, say, then })
}

fn is_digit(key: Key) -> bool {
    matches!(key.name().as_bytes(), [b'0'..=b'9'])
}
