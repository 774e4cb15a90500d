//! The menus of the top bar by the keyboard: F10 or Alt with a first letter opens one, arrows walk, Enter takes a row.

use crate::session::command::{self, CommandId, Menu};
use crate::session::intent::Intent;
use crate::session::view::{Look, Over};
use crate::ui::keys::Press;
use egui::Key;

/// Whether a press opens a menu.
pub fn opens(press: Press) -> bool {
    press.key == Key::F10 || of_letter(press).is_some()
}

/// The menu whose first letter is pressed with Alt.
pub fn of_letter(press: Press) -> Option<Menu> {
    if !press.modifiers.alt || press.is_chord() || press.modifiers.shift {
        return None;
    }
    Menu::ALL.into_iter().find(|menu| menu.name().get(..1) == Some(press.key.name()))
}

/// What a press asks of the menu that is open, of which a row may be chosen. A key with Ctrl is a command as ever.
pub fn intent(menu: Menu, row: Option<CommandId>, press: Press) -> Option<Intent> {
    let rows = command::of(menu);
    let at = row.and_then(|row| rows.iter().position(|command| command.id == row));
    let go = |idx: usize| Some(Over::Menu { menu, row: rows.get(idx).map(|command| command.id) });
    let last = rows.len().saturating_sub(1);
    let over = match press.key {
        Key::ArrowDown => go(at.map_or(0, |at| if at == last { 0 } else { at + 1 })),
        Key::ArrowUp => go(at.and_then(|at| at.checked_sub(1)).unwrap_or(last)),
        Key::Home | Key::PageUp => go(0),
        Key::End | Key::PageDown => go(last),
        Key::ArrowRight => Some(Over::menu(beside(menu, 1))),
        Key::ArrowLeft => Some(Over::menu(beside(menu, Menu::ALL.len() - 1))),
        Key::Tab if press.modifiers.shift => Some(Over::menu(beside(menu, Menu::ALL.len() - 1))),
        Key::Tab => Some(Over::menu(beside(menu, 1))),
        _ if press.repeat => None,
        Key::Enter | Key::Space => return row.map(Intent::Run),
        Key::Escape | Key::F10 => return Some(Intent::Look(Look::Close)),
        _ => match of_letter(press)? {
            same if same == menu => return Some(Intent::Look(Look::Close)),
            other => Some(Over::menu(other)),
        },
    };
    over.map(|over| Intent::Look(Look::Over(over)))
}

/// The menu so many places further right, round the bar.
fn beside(menu: Menu, by: usize) -> Menu {
    let at = Menu::ALL.iter().position(|other| *other == menu).unwrap_or(0);
    Menu::ALL.get((at + by) % Menu::ALL.len()).copied().unwrap_or(menu)
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::Modifiers;

    /// Presses keys in an open menu; where that leads: `Edit undo`, a command's name, or nothing when it closed.
    fn check(start: Menu, keys: &[Key], want: &str) {
        let (mut menu, mut row) = (start, None);
        let mut got = String::new();
        for key in keys {
            got = match intent(menu, row, Press::of(*key)) {
                Some(Intent::Look(Look::Over(Over::Menu { menu: to, row: at }))) => {
                    (menu, row) = (to, at);
                    format!("{} {}", to.name(), at.unwrap_or_default())
                }
                Some(Intent::Run(id)) => id.to_owned(),
                Some(Intent::Look(Look::Close)) => String::new(),
                other => format!("{other:?}"),
            };
        }
        assert_eq!(got, want, "{start:?} {keys:?}");
    }

    #[test]
    fn keys_walk_and_choose() {
        use Key::{ArrowDown, ArrowLeft, ArrowRight, ArrowUp, End, Enter, Escape, Home, Space};
        check(Menu::Edit, &[ArrowDown], "Edit undo");
        check(Menu::Edit, &[ArrowDown, ArrowDown, Enter], "redo");
        check(Menu::Edit, &[ArrowUp], "Edit filter");
        check(Menu::Edit, &[End, ArrowDown], "Edit undo");
        check(Menu::Edit, &[Home, ArrowUp, Space], "filter");
        check(Menu::Edit, &[ArrowLeft], "File new");
        check(Menu::File, &[ArrowLeft], "Help help");
        check(Menu::Help, &[ArrowRight], "File new");
        check(Menu::Edit, &[Escape], "");
        check(Menu::Edit, &[Enter], "None");
    }

    #[test]
    fn each_menu_has_a_letter_of_its_own() {
        for menu in Menu::ALL {
            let key = Key::from_name(menu.name().get(..1).unwrap()).unwrap();
            let press = Press { modifiers: Modifiers::ALT, ..Press::of(key) };
            assert_eq!(of_letter(press), Some(menu));
            assert_eq!(of_letter(Press::of(key)), None);
        }
    }
}
