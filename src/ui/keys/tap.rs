//! Takes the window's own presses out of the input before a widget sees them, and knows which keys are held down.
//!
//! egui moves its focus by arrows before an app sees them, so a plugin takes the presses first (emilk/egui#7899). What
//! comes from the window system calls no press a repeat; egui finds out later than a plugin is asked, so it is found out here.

use crate::session::Session;
use crate::session::view::Over;
use crate::ui::keys::turn::{Taker, Turn};
use crate::ui::keys::{Press, menus};
use crate::ui::parts::{menu, tooltip};
use egui::{Event, Key, Modifiers};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The presses of this frame that are the window's own, and what stands in the way of single keys.
#[derive(Debug, Default)]
pub struct Pressed {
    presses: Vec<Press>,
    over: Standing,
}

/// What stands over the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Standing {
    #[default]
    Nothing,
    /// No project: there are no sentences.
    Welcome,
    /// A menu of the top bar: every key is for it.
    Menu,
    /// Something with controls of its own: only keys with Ctrl and function keys act.
    Other,
}

/// Who has the keyboard.
#[derive(Debug, Clone, Copy)]
struct Keyboard {
    /// A text field.
    typing: bool,
    /// Any widget.
    focused: bool,
    over: Standing,
    /// A menu that hangs on a widget is open.
    popup: bool,
}

/// Takes presses before egui sees them.
pub struct KeyTap {
    pressed: Arc<Mutex<Pressed>>,
    held: Held,
    /// What comes with the next frame.
    waiting: Vec<Event>,
}

/// The keys that are down, and whose they are: a key that repeats stays with who took its press.
#[derive(Debug, Default)]
struct Held(BTreeMap<Key, Owner>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    Window,
    Widget,
}

/// Where a press goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Window,
    Widget,
    /// To the menu that hangs on a widget.
    Popup,
    Nowhere,
}

impl Pressed {
    /// The presses since the last frame.
    pub fn take(&mut self) -> Vec<Press> {
        std::mem::take(&mut self.presses)
    }

    /// Remembers what stands over the window until the next presses.
    pub fn look(&mut self, session: &Session) {
        self.over = match session.view().over {
            Some(Over::Menu { .. }) => Standing::Menu,
            Some(_) => Standing::Other,
            None if session.desk().is_none() && session.view().screen.is_none() => Standing::Welcome,
            None => Standing::Nothing,
        };
    }
}

impl KeyTap {
    pub fn new(pressed: Arc<Mutex<Pressed>>) -> Self {
        Self { pressed, held: Held::default(), waiting: Vec::new() }
    }
}

impl egui::Plugin for KeyTap {
    fn debug_name(&self) -> &'static str {
        "allegata keys"
    }

    fn input_hook(&mut self, ctx: &egui::Context, input: &mut egui::RawInput) {
        let mut pressed = self.pressed.lock().unwrap_or_else(PoisonError::into_inner);
        let popup = egui::Popup::is_any_open(ctx);
        let mut keyboard = Keyboard {
            typing: ctx.text_edit_focused(),
            focused: ctx.memory(|memory| memory.focused().is_some()),
            over: if popup { Standing::Other } else { pressed.over },
            popup,
        };
        let mut for_popup = Vec::new();
        let mut left = Vec::with_capacity(input.events.len());
        let mut events = std::mem::take(&mut self.waiting);
        events.append(&mut input.events);
        let mut events = events.into_iter().peekable();
        let mut turn = Turn::new(keyboard.typing);
        // The text of a press comes right after it and goes where the press goes.
        let mut of_press = None;
        while let Some(event) = events.next() {
            if let Some(rests) = rests_pointer(&event) {
                tooltip::set_resting(ctx, rests);
            }
            let types = matches!(events.peek(), Some(Event::Text(_)));
            let goes_along = matches!(event, Event::Text(_)) && of_press.is_some();
            if !goes_along && turn.is_over_before(&event, types) {
                self.waiting.push(event);
                break;
            }
            let goes_on = of_press.take().is_none_or(|fate| fate == Fate::Widget);
            match event {
                Event::Key { key, physical_key: physical, pressed: true, repeat, modifiers } => {
                    let press = Press { key, physical, modifiers, repeat, types };
                    let (press, fate) = self.held.down(press, keyboard);
                    match fate {
                        Fate::Window => {
                            let taker =
                                if keyboard.over == Standing::Menu { Taker::Menu } else { Taker::Window };
                            turn.press(press, taker);
                            pressed.presses.push(press);
                            if menus::opens(press) && keyboard.over != Standing::Other {
                                keyboard.over = Standing::Menu;
                            }
                        }
                        Fate::Popup => {
                            turn.press(press, Taker::Menu);
                            for_popup.push(press.key);
                        }
                        Fate::Widget => {
                            turn.press(press, Taker::Widget);
                            left.push(event);
                        }
                        Fate::Nowhere => {}
                    }
                    of_press = Some(fate);
                }
                Event::Key { key, physical_key, pressed: false, .. } => {
                    self.held.up(physical_key.unwrap_or(key));
                    left.push(event);
                }
                Event::Text(_) if !goes_on => {}
                // The window system's word for Ctrl+C: outside a field it copies the sentence.
                Event::Copy if !keyboard.typing && keyboard.over == Standing::Nothing => {
                    let modifiers = Modifiers::CTRL | Modifiers::COMMAND;
                    pressed.presses.push(Press { modifiers, ..Press::of(Key::C) });
                }
                Event::WindowFocused(false) => {
                    self.held.0.clear();
                    left.push(event);
                }
                _ => {
                    turn.event(&event);
                    left.push(event);
                }
            }
        }
        self.waiting.extend(events);
        if !self.waiting.is_empty() {
            ctx.request_repaint();
        }
        input.events = left;
        if !for_popup.is_empty() {
            menu::hand_keys(ctx, for_popup);
        }
    }
}

impl Held {
    /// Notes a press; says where it goes and whether the key was down already.
    fn down(&mut self, press: Press, keyboard: Keyboard) -> (Press, Fate) {
        let id = press.physical.unwrap_or(press.key);
        let owner = self.0.get(&id).copied();
        let press = Press { repeat: press.repeat || owner.is_some(), ..press };
        let owner = *self
            .0
            .entry(id)
            .or_insert_with(|| if takes(press, keyboard) { Owner::Window } else { Owner::Widget });
        let fate = match owner {
            _ if !keyboard.typing && (self.is_third_level(press.modifiers) || is_dead_keypad(press)) => {
                Fate::Nowhere
            }
            Owner::Window => Fate::Window,
            Owner::Widget if keyboard.popup && walks(press) => Fate::Popup,
            Owner::Widget if press.repeat && !repeats_for_widget(press.key, keyboard) => Fate::Nowhere,
            Owner::Widget => Fate::Widget,
        };
        (press, fate)
    }

    fn up(&mut self, id: Key) {
        self.0.remove(&id);
    }

    /// Whether `AltGr` is down, with which a key stands for a third sign: `{`, `ł`, `½`. It is no modifier to egui.
    fn is_third_level(&self, modifiers: Modifiers) -> bool {
        self.0.contains_key(&Key::AltRight) && !modifiers.alt && !modifiers.ctrl && !modifiers.command
    }
}

/// Whether an event means that the pointer only lies where it is, or that it is in use; most say nothing of it.
fn rests_pointer(event: &Event) -> Option<bool> {
    match event {
        Event::Key { pressed: true, .. } => Some(true),
        Event::PointerMoved(_) | Event::PointerButton { .. } | Event::MouseWheel { .. } => Some(false),
        _ => None,
    }
}

/// Whether a press is the window's own rather than a widget's.
fn takes(press: Press, Keyboard { typing, focused, over, .. }: Keyboard) -> bool {
    let is_function = matches!(press.key, Key::F1 | Key::F2 | Key::F3 | Key::F10 | Key::F11);
    if is_function || over == Standing::Menu || over != Standing::Other && menus::opens(press) {
        return true;
    }
    let has_controls = matches!(over, Standing::Other | Standing::Welcome);
    if press.is_chord() {
        // What a text field does with Ctrl is its own while it has the keyboard.
        let edits = matches!(
            press.key,
            Key::A | Key::C | Key::V | Key::X | Key::Z | Key::Y | Key::Backspace | Key::Delete
        ) || matches!(
            press.key,
            Key::ArrowLeft | Key::ArrowRight | Key::ArrowUp | Key::ArrowDown | Key::Home | Key::End
        );
        return !(typing && edits || has_controls && matches!(press.key, Key::Enter | Key::A));
    }
    if typing || has_controls {
        return false;
    }
    match press.key {
        Key::Tab | Key::Escape => false,
        // A widget reached by Tab is pressed by these.
        Key::Enter | Key::Space => !focused,
        _ => true,
    }
}

/// Whether a press walks a menu or chooses its row.
fn walks(press: Press) -> bool {
    match press.key {
        Key::ArrowDown | Key::ArrowUp | Key::Home | Key::End => true,
        Key::Enter | Key::Space => !press.repeat,
        _ => false,
    }
}

/// Whether a widget gets a key again and again while it is held: what presses a button does not, nor a key whose press
/// went to a field that no longer has the keyboard.
fn repeats_for_widget(key: Key, keyboard: Keyboard) -> bool {
    match key {
        Key::Enter | Key::Escape => false,
        Key::Space => keyboard.typing,
        Key::Tab => true,
        _ => keyboard.typing || matches!(keyboard.over, Standing::Other | Standing::Welcome),
    }
}

/// Whether a press is a key of the keypad that neither moves nor types, its digits being switched off: its middle one
/// lies where the 5 is, and its Delete is no key of a place that egui knows.
fn is_dead_keypad(press: Press) -> bool {
    let is_middle = press.key == Key::Num5 && press.physical == Some(Key::Num5) && !press.types;
    is_middle && !press.is_chord() || press.key == Key::Delete && press.physical.is_none()
}
