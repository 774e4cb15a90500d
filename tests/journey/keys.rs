//! Held keys, keypads, other keyboards, keys that change nothing when they come too late; the menus by the keyboard.

use allegata::analysis::order::{Column, Sort};
use allegata::session::view::Over;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::begin::begun;
use crate::window::{Place, Window};

/// A window on an article of so many sentences.
fn long(place: &Place, n: usize) -> Window {
    let sentences: Vec<String> =
        (1..=n).map(|n| format!("The lock keeper gave answer number {n}.")).collect();
    let file = place.write("lock.txt", format!("The lock keeper answers\n\n{}\n", sentences.join(" ")));
    let mut window = Window::new(place);
    window.drop_files(&[&file]);
    window
}

#[test]
fn one_press_is_one_answer_however_long_it_is_held() {
    let place = Place::new();
    let mut window = long(&place, 30);
    window.hold("2", 20);
    assert_eq!(window.model(), ["1 denial"]);
    window.hold("F", 20);
    window.hold("0", 20);
    window.hold("Shift+1", 20);
    assert_eq!(window.model(), ["1 denial", "2 fact", "3 none", "4 allegation"]);
    window.hold("U", 4);
    assert_eq!(window.model()[3], "4 allegation ?", "an even number of presses would be none");
    window.hold("Delete", 3);
    assert_eq!(window.model()[3], "4 - ?");
    window.hold("Backspace", 20);
    assert_eq!((window.model().len(), window.at()), (3, 3), "{:?}", window.model());
    window.hold("Ctrl+Z", 20);
    assert_eq!((window.model().len(), window.at()), (4, 3), "{:?}", window.model());
    window.hold("C", 20);
    assert!(window.field("Note").is_focused());
    window.press("Escape");
    assert_eq!(
        window.model().len(),
        4,
        "a held key does not go on in the field that it opened: {:?}",
        window.model()
    );
    window.press("2 2");
    assert_eq!(&window.model()[2..], ["3 denial", "4 denial ?"], "pressed twice it answers twice");
}

/// A scheme that somebody wrote by hand: its label has keys of the program's own beside one that is free.
#[test]
fn no_label_takes_a_key_of_the_program() {
    let place = Place::new();
    let file = place.project("p.ron", "# Lock\nIt broke. [] It held. [] It rusted. [] It went. []");
    let keys = "keys: [\"0\", \"Backspace\", \"u\", \"ArrowDown\", \"7\"]";
    let text = std::fs::read_to_string(&file).unwrap().replacen("keys: [\"3\", \"F\"]", keys, 1);
    assert!(text.contains(keys), "{text}");
    std::fs::write(&file, text).unwrap();
    let mut window = Window::on(&place, &file);
    window.press("7 0");
    assert_eq!(window.model(), ["1 fact", "2 none"]);
    window.press("Backspace");
    assert_eq!(window.model(), ["1 fact"]);
    let at = window.at();
    window.press("Down");
    assert_eq!((window.model().len(), window.at()), (1, at + 1));
}

#[test]
fn what_moves_repeats() {
    let place = Place::new();
    let mut window = long(&place, 80);
    for (key, n, at) in
        [("Down", 9, 11), ("J", 4, 16), ("Up", 1, 14), ("K", 2, 11), ("PageDown", 2, 41), ("PageUp", 0, 31)]
    {
        window.hold(key, n);
        assert_eq!(window.at(), at, "{key}");
    }
    window.press("PageDown PageDown PageDown PageDown PageDown PageDown");
    assert_eq!(window.at(), 81);
    window.press("Home PageUp");
    assert_eq!(window.at(), 1);
    assert!(window.model().is_empty());
}

#[test]
fn a_button_that_has_the_keyboard_is_pressed_once() {
    let place = Place::new();
    let mut window = long(&place, 30);
    window.harness.get_by_role_and_label(Role::Button, "Denial").focus();
    window.harness.run();
    window.hold("Space", 20);
    assert_eq!(window.model(), ["1 denial"]);
    assert!(window.harness.get_by_role_and_label(Role::Button, "Denial").is_focused());
    window.hold("Enter", 20);
    assert_eq!(window.model(), ["1 denial", "2 denial"]);
}

#[test]
fn a_key_goes_up_with_another_sign_or_while_the_window_is_away() {
    let place = Place::new();
    let mut window = long(&place, 30);
    let one = Some(Key::Num1);
    window.down(Key::Num1, one, Modifiers::NONE, "1");
    window.harness.step();
    window.up(Key::Exclamationmark, one, Modifiers::SHIFT);
    window.press("1");
    assert_eq!(window.model().len(), 2);
    window.down(Key::Num2, Some(Key::Num2), Modifiers::NONE, "2");
    window.harness.step();
    window.harness.input_mut().events.extend([Event::WindowFocused(false), Event::WindowFocused(true)]);
    window.press("2");
    assert_eq!(window.model().len(), 4, "{:?}", window.model());
}

#[test]
fn a_keypad_whose_digits_are_off_moves_and_changes_nothing() {
    let place = Place::new();
    let mut window = long(&place, 30);
    window.press("1");
    let keypad = [
        (Key::End, Some(Key::Num1), 31),
        (Key::Home, Some(Key::Num7), 1),
        (Key::ArrowDown, Some(Key::Num2), 2),
        (Key::PageDown, Some(Key::Num3), 12),
        (Key::PageUp, Some(Key::Num9), 2),
        (Key::ArrowUp, Some(Key::Num8), 1),
        (Key::Insert, Some(Key::Num0), 1),
        (Key::Num5, Some(Key::Num5), 1),
        (Key::Delete, None, 1),
        (Key::ArrowRight, Some(Key::Num6), 1),
        (Key::ArrowLeft, Some(Key::Num4), 1),
    ];
    for (key, physical, at) in keypad {
        window.press_as(key, physical, Modifiers::NONE, "");
        assert_eq!((window.at(), window.model()), (at, vec!["1 allegation".to_owned()]), "{key:?}");
    }
    for (key, text) in [(Key::Num3, "3"), (Key::Num2, "2"), (Key::Num0, "0")] {
        window.press_as(key, Some(key), Modifiers::NONE, text);
    }
    assert_eq!(window.model(), ["1 fact", "2 denial", "3 none"], "with its digits on it labels");
}

#[test]
fn digits_before_and_behind_shift() {
    let place = Place::new();
    let mut window = long(&place, 30);
    // A French keyboard: `&`, `é` and `à` lie where 1, 2 and 0 are, and the digits behind Shift. `é` and `à` are no keys to egui.
    window.press_as(Key::Num1, Some(Key::Num1), Modifiers::NONE, "&");
    window.press_as(Key::Num2, Some(Key::Num2), Modifiers::NONE, "é");
    window.press_as(Key::Num0, Some(Key::Num0), Modifiers::NONE, "à");
    assert_eq!(window.model(), ["1 allegation", "2 denial", "3 none"]);
    window.press_as(Key::Num0, Some(Key::Num0), Modifiers::SHIFT, "0");
    assert_eq!((window.at(), window.said(4).as_str()), (4, "none of these"));
    window.press_as(Key::Num2, Some(Key::Num2), Modifiers::SHIFT, "2");
    assert_eq!((window.at(), window.said(4).as_str()), (4, "denial"));
    // A German one: `=` lies behind 0; a Czech one: `+` lies before 1.
    window.press_as(Key::Equals, Some(Key::Num0), Modifiers::SHIFT, "=");
    assert_eq!((window.at(), window.said(4).as_str()), (4, "none of these"));
    window.press_as(Key::Plus, Some(Key::Num1), Modifiers::NONE, "+");
    assert_eq!((window.at(), window.said(4).as_str()), (5, "allegation"));
    window.press("Shift+0 Shift+3");
    assert_eq!((window.at(), window.said(5).as_str()), (5, "fact"));
}

#[test]
fn with_altgr_nothing_happens_outside_a_field() {
    let place = Place::new();
    let mut window = long(&place, 30);
    let altgr = Some(Key::AltRight);
    let signs = [
        (Key::Num1, Some(Key::Num1), "¹"),
        (Key::D, Some(Key::D), "ð"),
        (Key::F, Some(Key::F), "đ"),
        (Key::U, Some(Key::U), "↓"),
        (Key::OpenBracket, Some(Key::Num8), "["),
        (Key::ArrowDown, Some(Key::ArrowDown), ""),
    ];
    for (key, physical, text) in signs {
        window.down(Key::AltRight, altgr, Modifiers::NONE, "");
        window.press_as(key, physical, Modifiers::NONE, text);
        window.up(Key::AltRight, altgr, Modifiers::NONE);
        window.settle();
        assert_eq!((window.at(), window.model().len()), (1, 0), "{text}");
    }
    window.press("1 C");
    window.down(Key::AltRight, altgr, Modifiers::NONE, "");
    window.press_as(Key::D, Some(Key::D), Modifiers::NONE, "ð");
    window.up(Key::AltRight, altgr, Modifiers::NONE);
    window.press("Escape");
    assert_eq!(window.model(), ["1 allegation", "2 - \"ð\""]);
}

fn menu(window: &Window) -> String {
    window.with(|session| match session.view().over {
        Some(Over::Menu { menu, row }) => format!("{} {}", menu.name(), row.unwrap_or_default()),
        None => String::new(),
        Some(_) => "something else".to_owned(),
    })
}

#[test]
fn the_menus_by_the_keyboard() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("1 F10");
    assert_eq!(menu(&window), "File new");
    window.press("Down Down");
    assert_eq!(menu(&window), "File sample");
    window.press("Right");
    assert_eq!(menu(&window), "Edit undo");
    let row = window.harness.get_by_role_and_label(Role::MenuItem, "Undo label: allegation");
    assert!(row.is_focused(), "the reading is on the row");
    window.press("Enter");
    assert_eq!((menu(&window).as_str(), window.model().len()), ("", 0));
    window.press("Alt+S 1 2 3 U");
    assert_eq!(
        (menu(&window).as_str(), window.model().len()),
        ("Sentence none", 0),
        "no key goes past the menu"
    );
    window.press("Down Down Down Enter");
    assert_eq!(window.said(1), "unanswered, unsure");
    window.press("Alt+S Escape 1");
    assert_eq!((menu(&window).as_str(), window.said(1).as_str()), ("", "allegation, unsure"));
    window.press("Alt+E End Home Up");
    assert_eq!(menu(&window), "Edit filter");
    window.press("Left Left");
    assert_eq!(menu(&window), "Help help");
    window.press("F10");
    assert_eq!(menu(&window), "");
    window.press("Alt+E Down Enter");
    assert_eq!(window.status(), "Redo: nothing was undone", "what cannot run says why");
}

#[test]
fn a_menu_gives_the_keyboard_back() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("C");
    window.type_text("ha");
    window.press("Alt+V");
    assert_eq!(menu(&window), "View to-annotate");
    window.press("Escape");
    assert!(window.field("Note").is_focused());
    window.type_text("lf");
    window.press("Escape");
    assert_eq!(window.model(), ["1 - \"half\""]);
}

#[test]
fn keys_at_once_walk_a_menu_that_was_not_drawn_yet() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("1");
    let alt = Modifiers::ALT;
    window.down(Key::E, Some(Key::E), alt, "e");
    window.up(Key::E, Some(Key::E), alt);
    window.down(Key::Enter, Some(Key::Enter), Modifiers::NONE, "");
    window.up(Key::Enter, Some(Key::Enter), Modifiers::NONE);
    window.down(Key::Num2, Some(Key::Num2), Modifiers::NONE, "2");
    window.up(Key::Num2, Some(Key::Num2), Modifiers::NONE);
    window.harness.step();
    window.settle();
    assert_eq!(window.model(), ["1 denial"], "undone by the menu, then labelled");
}

#[test]
fn an_open_menu_of_choices_keeps_the_keys() {
    let place = Place::new();
    let mut window = begun(&place);
    window.harness.get_by_label("Order").click();
    window.harness.run();
    window.press("1 2");
    assert!(window.model().is_empty());
    for key in [Key::End, Key::ArrowDown, Key::ArrowDown, Key::Enter] {
        // At once, in one frame.
        window.down(key, Some(key), Modifiers::NONE, "");
        window.up(key, Some(key), Modifiers::NONE);
    }
    window.harness.step();
    window.settle();
    assert_eq!(window.with(|session| session.view().sort), Sort::by(Column::Title));
    window.press("1");
    assert_eq!(window.model().len(), 1);
    window.harness.get_by_label_contains("Sentence 3, ").click_secondary();
    window.harness.run();
    window.press("Down Down Enter");
    assert_eq!(window.said(3), "denial");
    window.harness.get_by_label_contains("Sentence 4, ").click_secondary();
    window.harness.run();
    window.press("Down Escape 3");
    assert_eq!((window.said(4).as_str(), window.at()), ("fact", 5));
}
