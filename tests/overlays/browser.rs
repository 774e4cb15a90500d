//! The in-app browser: by keys, by letters, by mouse; and when it is needed.

use crate::{Window, browsed, small};
use allegata::session::job::{Effect, Job, Question};
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use std::path::Path;

/// The paths that the browser handed over.
fn jobs(window: &Window) -> Vec<String> {
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let says = |effect: &Effect| match effect {
        Effect::Start(Job::Open { path, .. }) => Some(format!("open {}", name(path))),
        Effect::Start(Job::ReadArticles { paths, .. }) => {
            Some(format!("read {}", paths.iter().map(|path| name(path)).collect::<Vec<_>>().join(" ")))
        }
        Effect::Start(Job::Save { to: Some(to), .. }) => Some(format!("save {}", name(to))),
        Effect::Start(Job::Export { to, .. }) => Some(format!("export {}", name(&to.path))),
        _ => None,
    };
    window.effects.iter().filter_map(says).collect()
}

#[track_caller]
fn browse(question: Question, keys: &[(Modifiers, Key)], want: &[&str]) -> Harness<'static, Window> {
    let folder = tempfile::tempdir().unwrap();
    let mut h = small(browsed(folder.path(), question));
    for (held, key) in keys {
        h.key_press_modifiers(*held, *key);
        h.run();
    }
    assert_eq!(jobs(h.state()), want, "{keys:?} {:?}", h.state().intents);
    h
}

const NO: Modifiers = Modifiers::NONE;

#[test]
fn files_are_chosen_by_keys() {
    let down = (NO, Key::ArrowDown);
    let enter = (NO, Key::Enter);
    // Folders first: articles, Older.
    browse(Question::OpenProject, &[down, down, down, enter], &["open tender.ron"]);
    browse(Question::OpenProject, &[down, down, enter], &["open cold-chain.ron"]);
    browse(Question::OpenProject, &[(NO, Key::End), enter], &["open tender.ron"]);
    browse(Question::OpenProject, &[down, enter, enter], &[]);
    browse(
        Question::OpenProject,
        &[down, enter, (NO, Key::Backspace), down, down, enter],
        &["open tender.ron"],
    );
    browse(
        Question::OpenProject,
        &[(NO, Key::ArrowRight), (Modifiers::ALT, Key::ArrowUp), (NO, Key::End), enter],
        &["open tender.ron"],
    );
    browse(
        Question::AddArticles,
        &[down, down, (NO, Key::Space), down, (NO, Key::Space), enter],
        &["read 1-storage.txt 3-reply.txt"],
    );
    let more = (Modifiers::SHIFT, Key::ArrowDown);
    browse(
        Question::AddArticles,
        &[down, down, more, more, enter],
        &["read 1-storage.txt 2-board.md 3-reply.txt"],
    );
    browse(Question::AddFolder, &[down, enter, enter], &["read articles"]);
    browse(Question::SaveAs, &[(NO, Key::Escape)], &[]);
}

#[test]
fn letters_go_to_names_and_paths() {
    let folder = tempfile::tempdir().unwrap();
    let mut h = small(browsed(folder.path(), Question::OpenProject));
    h.event(egui::Event::Text("t".into()));
    h.run();
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(jobs(h.state()), ["open tender.ron"]);

    let mut h = small(browsed(folder.path(), Question::OpenProject));
    h.key_press_modifiers(Modifiers::ALT, Key::L);
    h.run();
    h.get_by_label("Folder or file").type_text("ten");
    h.run();
    h.key_press(Key::Tab);
    h.run();
    assert!(h.state().drafts.browser.path.ends_with("/tender.ron"), "{}", h.state().drafts.browser.path);
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(jobs(h.state()), ["open tender.ron"]);
}

#[test]
fn what_cannot_be_opened_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let mut h = small(browsed(folder.path(), Question::OpenProject));
    h.key_press_modifiers(Modifiers::ALT, Key::L);
    h.run();
    h.get_by_label("Folder or file").type_text("nowhere");
    h.run();
    h.key_press(Key::Enter);
    h.run();
    h.get_by_label("there is no such file or folder");
    assert!(jobs(h.state()).is_empty());
}

#[test]
fn hidden_and_other_files_are_shown_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let mut h = small(browsed(folder.path(), Question::AddArticles));
    assert!(h.query_by_label("scan.tiff").is_none() && h.query_by_label(".draft.txt").is_none());
    h.get_by_label("All files").click();
    h.run();
    h.get_by_label("scan.tiff");
    h.get_by_label("Hidden files").click();
    h.run();
    h.get_by_label(".draft.txt");
}

#[test]
fn a_file_is_saved_under_a_name() {
    let folder = tempfile::tempdir().unwrap();
    let mut h = small(browsed(folder.path(), Question::SaveAs));
    assert!(h.get_by_label("Name of the file").is_focused());
    assert_eq!(h.state().drafts.browser.name, "cold-chain.ron");
    // The name before its ending is selected: typing takes its place.
    h.get_by_label("Name of the file").type_text("second");
    h.run();
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(jobs(h.state()), ["save second.ron"]);
}

#[test]
fn writing_over_a_file_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let mut h = small(browsed(folder.path(), Question::SaveAs));
    h.key_press(Key::Enter);
    h.run();
    h.get_by_label("Replace this file?");
    assert!(jobs(h.state()).is_empty());
    h.key_press(Key::Escape);
    h.run();
    assert!(h.query_by_label("Replace this file?").is_none());
    assert!(h.state().session.view().over.is_some(), "only the question is closed");
    h.key_press(Key::Enter);
    h.run();
    h.key_press(Key::Enter);
    h.run();
    assert!(jobs(h.state()).is_empty(), "replacing is never what Enter does");
    h.get_by_label("Replace").click();
    h.run();
    assert_eq!(jobs(h.state()), ["save cold-chain.ron"]);
}

#[test]
fn the_mouse_chooses_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut h = small(browsed(folder.path(), Question::AddArticles));
    h.get_by_label("1-storage.txt").click();
    h.run();
    h.get_by_label("3-reply.txt").click_modifiers(Modifiers::COMMAND);
    h.run();
    h.get_by_label("Add 1 file").click();
    h.run();
    assert_eq!(jobs(h.state()), ["read 3-reply.txt"]);
}

/// Asks for a file in a process with no desktop around it, which is this test once more.
#[cfg(target_os = "linux")]
#[test]
fn without_a_desktop_nobody_can_ask() {
    const MARK: &str = "ALLEGATA_TEST_ASKS";
    if std::env::var_os(MARK).is_some() {
        let dialog = allegata::ui::dialogs::dialog(Question::OpenProject, None, "", None);
        let (paths, no_service) = allegata::ui::dialogs::ask(Question::OpenProject, dialog);
        assert!(paths.is_empty() && no_service);
        return;
    }
    let program = std::env::current_exe().unwrap();
    let ran = std::process::Command::new(program)
        .args(["--exact", "browser::without_a_desktop_nobody_can_ask"])
        .env(MARK, "1")
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
        .env("PATH", "")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success() && said.contains("1 passed"), "{said}");
}
