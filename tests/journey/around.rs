//! The rest of the window: narrow forms, long articles, export, several projects one after the other, and the closed folder.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::CommandExt as _;
use std::process::Command;

use allegata::formats;
use allegata::formats::datasets::asked::Asked;
use allegata::session::Session;
use allegata::session::desk::{Desk, HowSafe};
use allegata::session::exports::ToExport;
use allegata::session::intent::Intent;
use allegata::session::job::Question;
use allegata::session::prefs::Panels;
use allegata::session::view::{Look, Over};
use allegata::ui::layout::Form;
use egui::accesskit::Role;
use egui::{Rect, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::QUAY;
use crate::begin::begun;
use crate::window::{Place, Window, rows};

#[test]
fn nothing_of_the_bars_lies_over_another_in_the_narrowest_window() {
    // 1280, 1000 and 800 pixels at 200 %.
    for width in [640.0, 500.0, 400.0] {
        let place = Place::new();
        let article = place.write("bridge.txt", crate::BRIDGE);
        let mut window = Window::build(&place, Harness::builder().with_size(vec2(width, 400.0)));
        window.drop_files(&[&article]);
        window.press("1");
        let rect = |name: &str| window.harness.query_by_label(name).map(|node| node.rect());
        let inspector = width - Form::of(width).inspector_width(Panels::default(), width);
        for name in ["Keep", "Not now", "Your name"] {
            let rect = rect(name).unwrap();
            assert!(rect.right() <= inspector, "{width}: {name} at {rect:?}");
        }
        let (help, commands) = (rect("Help").unwrap(), rect("Commands").map_or(width, |rect| rect.left()));
        assert!(help.right() <= commands, "{width}: {help:?}, {commands}");
        // In the narrowest one the places are in the menu alone.
        let tabs: Vec<Rect> = window.harness.query_all_by_role(Role::Tab).map(|tab| tab.rect()).collect();
        assert_eq!(tabs.len(), if width > 600.0 { 2 } else { 0 }, "{width}");
        for tab in tabs {
            assert!(help.right() <= tab.left() && tab.right() <= commands, "{width}: {tab:?}, {commands}");
        }
    }
}

#[test]
fn enter_on_an_empty_welcome_page_opens_the_sample() {
    let place = Place::new();
    let mut window = Window::new(&place);
    window.press("Enter");
    assert!(window.has_project());
    assert!(window.desk(Desk::is_untitled), "a copy to practise on");
    assert!(window.notices().is_empty(), "{:?}", window.notices());
    let n = window.model().len();
    window.press("N 1");
    if window.with(|session| session.view().over == Some(Over::Coder)) {
        window.press("Enter");
    }
    assert!(window.model().len() >= n);
    window.press("Ctrl+W");
    assert!(!window.has_project());
    window.press("Ctrl+N Enter");
    assert_eq!(window.project().n_articles(), 0);
    window.press("1 2 U N Backspace Ctrl+Enter C Right");
    assert_eq!(window.project().n_coders(), 0);
    assert!(window.close());
}

#[test]
fn a_narrow_window_has_a_drawer() {
    let place = Place::new();
    let path = place.project("quay.ron", QUAY);
    let mut window = Window::build(&place, Harness::builder().with_size(vec2(800.0, 500.0)));
    window.drop_files(&[&path]);
    assert!(!window.shows("Night shift at the cold store"));
    window.press("Ctrl+B");
    window.harness.get_by_label_contains("Night shift at the cold store").click();
    window.settle();
    assert_eq!(window.article(), "Night shift at the cold store");
    assert!(!window.with(|session| session.view().drawer), "what was chosen closes it");
    window.press("/");
    window.type_text("who");
    window.press("Enter");
    assert_eq!(window.article(), "Who ordered the second crane");
    window.press("Escape");
    assert!(!window.with(|session| session.view().drawer), "Esc closes it");
    window.press("1 Down Enter 2");
    assert_eq!(window.said(1), "allegation");
}

#[test]
fn everything_that_stands_over_the_window_fits_in_every_size() {
    let place = Place::new();
    let path = place.project("quay.ron", QUAY);
    for size in [vec2(800.0, 500.0), vec2(1240.0, 700.0), vec2(1920.0, 1000.0)] {
        let mut window = Window::build(&place, Harness::builder().with_size(size));
        window.drop_files(&[&path]);
        let lines = Over::Lines { head: "Lines".to_owned(), lines: vec!["one".to_owned(); 40] };
        let overs = [
            Over::Palette,
            Over::Help,
            Over::About,
            Over::Coder,
            Over::Browser(Question::AddArticles),
            Over::Browser(Question::SaveAs),
            Over::Safety,
            Over::Rename,
            Over::Details,
            Over::Kind,
            Over::AsideReason,
            Over::Aside,
            Over::Replace(Box::new(ToExport {
                path: "/home/ines/out.csv".into(),
                format: "csv",
                asked: Asked::default(),
            })),
            lines,
        ];
        for over in overs {
            window.tell(Intent::Look(Look::Over(over.clone())));
            for role in [Role::Button, Role::TextInput] {
                for node in window.harness.query_all_by_role(role) {
                    let (rect, label) = (node.rect(), node.accesskit_node().label());
                    assert!(
                        rect.top() >= 0.0 && rect.bottom() <= size.y,
                        "{over:?} {size:?}: {label:?} {rect:?}"
                    );
                }
            }
            window.press("Down Up PageDown End Home Tab");
            assert!(window.with(|session| session.view().over.is_some()), "{over:?} {size:?}");
            window.press("Escape");
            assert!(window.with(|session| session.view().over.is_none()), "{over:?} {size:?}");
        }
        assert_eq!(window.model().len(), 4, "{:?}", window.model());
    }
}

#[test]
fn a_long_article_keeps_the_current_sentence_in_sight() {
    let place = Place::new();
    let mut long = String::new();
    for n in 1..=3000 {
        long += &["Sentence number ", &n.to_string(), " says that the crane stood still."].concat();
        long += if n % 7 == 0 { "\n\n" } else { " " };
    }
    let file = place.write("long.txt", long);
    let mut window = Window::new(&place);
    window.drop_files(&[&file]);
    let in_sight = |window: &Window| {
        let start = format!("Sentence {}, ", window.at());
        let node = window.harness.query_all_by_label_contains(&start).next().map(|node| node.rect());
        let rect = node.unwrap_or_else(|| panic!("{start} is not drawn"));
        assert!(rect.top() >= 44.0 && rect.bottom() <= 800.0 - 28.0, "{start} at {rect:?}");
    };
    window.press("End");
    assert_eq!(window.at(), 3000);
    in_sight(&window);
    window.press("1 Home");
    in_sight(&window);
    window.hold("Down", 40);
    assert_eq!(window.at(), 42);
    in_sight(&window);
    window.press("3 3 3 Ctrl+Z");
    in_sight(&window);
    window.press("Ctrl+Z Ctrl+Z Ctrl+Z");
    assert_eq!(window.at(), 3000, "undo shows its place");
    in_sight(&window);
}

#[test]
fn one_project_after_the_other_and_each_has_its_work() {
    let place = Place::new();
    let quay = place.project("quay.ron", QUAY);
    let other = place
        .project("other.ron", "# The lock | Ledger | 2025-01-01\nThe lock is old. [zoe: fact] It broke. []");
    let mut window = Window::on(&place, &quay);
    window.press("3 Down Enter C");
    window.type_text("left in haste");
    window.drop_files(&[&other]);
    assert_eq!(window.article(), "The lock");
    assert!(window.coder().is_none());
    let kept = rows(&formats::project::read(&fs::read(&quay).unwrap()).unwrap().project);
    assert!(kept.contains(&"1 fact".to_owned()), "{kept:?}");
    window.press("Home 2 Down Enter");
    window.drop_files(&[&quay]);
    assert_eq!(window.coder().unwrap().to_string(), "anna");
    assert_eq!(window.at(), 2);
    assert!(window.model().iter().any(|row| row.contains("left in haste")), "{:?}", window.model());
}

#[test]
fn what_was_answered_is_saved_when_the_window_loses_the_keyboard() {
    let place = Place::new();
    let path = place.project("quay.ron", QUAY);
    let mut window = Window::on(&place, &path);
    window.press("3 Down Enter");
    assert_eq!(window.desk(|desk| desk.safety().how_safe()), HowSafe::Safe);
    window.focus(false);
    let saved = |path| rows(&formats::project::read(&fs::read(path).unwrap()).unwrap().project);
    assert_eq!(saved(&path), window.model());
    window.focus(true);
    assert!(window.notices().is_empty(), "our own save is no change from outside: {:?}", window.notices());
    window.press("Ctrl+K");
    window.type_text("save by itself");
    window.press("Enter Home 1");
    window.focus(false);
    assert_ne!(saved(&path), window.model(), "only when asked");
    window.press("Ctrl+S");
    assert_eq!(saved(&path), window.model());
}

#[test]
fn articles_come_and_go_while_something_else_is_going_on() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("1 C");
    window.type_text("half a no");
    let third = place.write("third.txt", "A third one\n\nThe tide was low.\n");
    window.drop_files(&[&third]);
    assert_eq!(window.article(), "A third one");
    assert!(window.model().contains(&"2 - \"half a no\"".to_owned()), "{:?}", window.model());
    window.press("Ctrl+K");
    let fourth = place.write("fourth.txt", "A fourth one\n\nThe tide was high.\n");
    window.drop_files(&[&fourth]);
    assert_eq!(window.project().n_articles(), 4);
    window.type_text("remove this article");
    window.press("Enter");
    assert_eq!(window.project().n_articles(), 3);
    window.press("Ctrl+Z");
    assert_eq!((window.project().n_articles(), window.article().as_str()), (4, "A fourth one"));
    window.press("1 1");
    assert_eq!(window.model().len(), 4, "{:?}", window.model());
}

#[test]
fn keys_of_a_text_field_are_its_own() {
    let place = Place::new();
    let mut window = begun(&place);
    window.press("1 C");
    window.type_text("one two");
    window.press("Ctrl+Z");
    assert_eq!(window.model(), ["1 allegation"], "undo in a field undoes what was typed");
    window.type_text(" x");
    window.press("Ctrl+A Ctrl+X");
    assert!(window.field("Note").is_focused());
    window.type_text("new");
    window.press("Ctrl+S Escape");
    assert!(window.model().contains(&"2 - \"new\"".to_owned()), "{:?}", window.model());
    window.harness.event(egui::Event::Text("2".to_owned()));
    window.settle();
    assert_eq!(window.model().len(), 2, "text without a key is no command");
}

#[test]
fn tab_reaches_the_buttons_and_space_presses_them() {
    let place = Place::new();
    let mut window = begun(&place);
    for _ in 0..40 {
        window.press("Tab");
        if window.harness.get_by_role_and_label(Role::Button, "Denial").is_focused() {
            break;
        }
    }
    assert!(window.harness.get_by_role_and_label(Role::Button, "Denial").is_focused());
    window.press("Space");
    assert_eq!((window.said(1).as_str(), window.at()), ("denial", 2));
    window.press("1");
    assert_eq!(window.said(2), "allegation", "letters and digits act while a button has the focus");
}

#[test]
fn sizes_and_theme_by_keys() {
    let place = Place::new();
    let mut window = begun(&place);
    window
        .press("Ctrl++ Ctrl+Shift+= Ctrl+Shift+= Ctrl+- Ctrl+- Ctrl+Shift+Up Ctrl+Shift+Up Ctrl+Shift+Down");
    let kept = |window: &Window| window.with(|session: &Session| session.settings().clone());
    assert!((kept(&window).zoom - 1.1).abs() < 0.01, "{}", kept(&window).zoom);
    assert_eq!(kept(&window).reading_size, Some(18.0));
    window.press("Ctrl+0 1");
    assert!((kept(&window).zoom - 1.0).abs() < 0.01);
    assert_eq!(window.said(1), "allegation");
    assert!(window.close());
    assert_eq!(kept(&Window::new(&place)).reading_size, Some(18.0), "kept on this computer");
}

const NOBODY: u32 = 65534;
const TASK: &str = "ALLEGATA_TEST_WINDOW_TASK";

#[test]
fn a_closed_folder() {
    if std::env::var_os(TASK).is_none() {
        let mut command = Command::new(std::env::current_exe().unwrap());
        if fs::metadata("/proc/self").unwrap().uid() == 0 {
            command.uid(NOBODY).gid(NOBODY); // permissions do not bind the superuser
        }
        let command = command.args(["--exact", "around::a_closed_folder", "--nocapture"]).env(TASK, "1");
        let output = command.output().unwrap();
        let said =
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        assert!(said.contains("1 passed"), "{said}");
        return;
    }
    let place = Place::new();
    let path = place.project("closed/quay.ron", QUAY);
    let folder = path.parent().unwrap();
    let mode =
        |path: &std::path::Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    mode(&path, 0o444);
    mode(folder, 0o555);
    let before = fs::read(&path).unwrap();
    let mut window = Window::on(&place, &path);
    println!("{:?}", window.notices());
    window.press("3 Enter 3 Ctrl+S");
    println!("{:?} {:?} {}", window.notices(), window.desk(|desk| desk.safety().how_safe()), window.status());
    assert_eq!(fs::read(&path).unwrap(), before);
    assert!(!window.notices().is_empty(), "it is said");
    let answered = window.model();
    window.answer(Question::SaveAs, &[&place.doc("copy.ron")]);
    window.press("Home 2");
    if window.with(|session| session.view().over == Some(Over::Coder)) {
        window.press("Down Enter");
    }
    assert_ne!(window.model(), answered, "work goes on in another place");
    assert_eq!(window.said(1), "denial");
    assert!(window.close());
    mode(folder, 0o755);
}
