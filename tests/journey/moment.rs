//! Keys that come within one moment, as from fast hands on a slow machine: none is lost, each means what it would alone.

use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use allegata::session::intent::{CoderChoice, Intent};
use allegata::session::job::Question;
use allegata::session::view::{Look, Over};

use crate::QUAY;
use crate::begin::begun;
use crate::window::{Place, Window};

/// Presses keys in a single frame: `Ctrl+K Escape 1`; a word between quotation marks is typed letter by letter, and `@Name`
/// clicks the button of that name.
fn at_once(window: &mut Window, keys: &str) {
    let mut events = Vec::new();
    let mut press = |key: Option<Key>, modifiers: Modifiers, text: &str| {
        let event = |pressed| {
            key.map(|key| Event::Key { key, physical_key: Some(key), pressed, repeat: false, modifiers })
        };
        events.extend(event(true));
        if !text.is_empty() {
            events.push(Event::Text(text.to_owned()));
        }
        events.extend(event(false));
    };
    for name in keys.split(' ') {
        if let Some(text) = name.strip_prefix('"') {
            for c in text.trim_end_matches('"').chars() {
                press(Key::from_name(&c.to_uppercase().to_string()), Modifiers::NONE, &c.to_string());
            }
        } else {
            let ctrl = name.strip_prefix("Ctrl+");
            let modifiers =
                if ctrl.is_some() { Modifiers::CTRL | Modifiers::COMMAND } else { Modifiers::NONE };
            let key = Key::from_name(ctrl.unwrap_or(name)).unwrap();
            let types = ctrl.is_none() && name.len() == 1;
            press(Some(key), modifiers, if types { name } else { "" }.to_lowercase().as_str());
        }
    }
    window.harness.input_mut().events.extend(events);
    window.harness.step();
    window.settle();
}

/// Types, and clicks at the same moment where something is.
fn type_and_click(window: &mut Window, text: &str, what: &str) {
    let pos = window.harness.get_by_label_contains(what).rect().center();
    let mut events = vec![Event::Text(text.to_owned()), Event::PointerMoved(pos)];
    events.extend([true, false].map(|pressed| {
        let (button, modifiers) = (egui::PointerButton::Primary, Modifiers::NONE);
        Event::PointerButton { pos, button, pressed, modifiers }
    }));
    window.harness.input_mut().events.extend(events);
    window.harness.step();
    window.settle();
}

#[test]
fn a_note_and_what_ends_it() {
    let place = Place::new();
    let mut window = begun(&place);
    at_once(&mut window, "C \"one\" Escape 1");
    assert_eq!(window.model(), ["1 allegation \"one\""]);
    at_once(&mut window, "C \"two\" Tab");
    assert_eq!(window.model(), ["1 allegation \"one\"", "2 - \"two\""]);
    window.press("Escape Down C");
    type_and_click(&mut window, "three", "Sentence 5, ");
    assert_eq!(window.at(), 5);
    assert!(window.model().contains(&"3 - \"three\"".to_owned()), "{:?}", window.model());
    at_once(&mut window, "C \"four\" Ctrl+K \"unsure\" Enter");
    assert!(window.model().contains(&"5 - ? \"four\"".to_owned()), "{:?}", window.model());
    window.press("Up C");
    at_once(&mut window, "\"said\" Ctrl+K");
    assert!(window.model().contains(&"4 - \"said\"".to_owned()), "{:?}", window.model());
}

#[test]
fn the_filter_and_what_ends_it() {
    let place = Place::new();
    let mut window = begun(&place);
    at_once(&mut window, "Slash \"ferry\" Enter 2");
    assert_eq!(window.article(), "Ferry line says its engines were sound");
    assert_eq!(window.model(), ["1 denial"]);
    at_once(&mut window, "Slash \"x\"");
    assert_eq!(window.field("Filter articles").accesskit_node().value().as_deref(), Some("ferryx"));
}

#[test]
fn a_name_and_what_ends_it() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("1");
    window.tell(Intent::Look(Look::Field(allegata::session::view::Field::Name)));
    at_once(&mut window, "\"ines\" Enter 2");
    assert_eq!(window.desk(|desk| desk.coder_name().map(str::to_owned)).as_deref(), Some("ines"));
    assert_eq!(window.model(), ["1 allegation", "2 denial"]);

    let path = place.project("quay.ron", QUAY);
    let mut window = Window::on(&place, &path);
    window.press("1");
    assert_eq!(window.with(|session| session.view().over.clone()), Some(Over::Coder));
    for _ in 0..4 {
        if window.harness.ctx.text_edit_focused() {
            break;
        }
        window.press("Down");
    }
    at_once(&mut window, "\"uma\" Enter");
    assert_eq!(window.desk(|desk| desk.coder_name().map(str::to_owned)).as_deref(), Some("uma"));
    assert_eq!(window.model().len(), 5, "{:?}", window.model());
    let ben = window.project().coders().last().unwrap().id.clone();
    window.tell(Intent::Coder(CoderChoice::Known(ben)));
}

#[test]
fn the_palette_and_what_ends_it() {
    let place = Place::new();
    let mut window = begun(&place);
    at_once(&mut window, "Ctrl+K \"denial\" Enter 1");
    assert_eq!(window.model(), ["1 denial", "2 allegation"]);
    at_once(&mut window, "Ctrl+K \"ab\" Escape 3");
    assert_eq!(window.model(), ["1 denial", "2 allegation", "3 fact"]);
}

#[test]
fn a_path_in_the_browser_and_what_ends_it() {
    let place = Place::new();
    let path = place.project("quay.ron", QUAY);
    let mut window = begun(&place);
    window.tell(Intent::Look(Look::Over(Over::Browser(Question::OpenProject))));
    at_once(&mut window, &format!("\"{}\" Enter", path.display()));
    assert_eq!(window.desk(|desk| desk.path().to_owned()), path);
    window.tell(Intent::Look(Look::Over(Over::Browser(Question::SaveAs))));
    at_once(&mut window, "Ctrl+A \"other\" Enter");
    assert_eq!(window.desk(|desk| desk.path().to_owned()), place.doc("other.allegata.ron"));
}
