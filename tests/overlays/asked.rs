//! What is asked and listed over the window.

use crate::{Window, every_over, moment, opened, say, session_of, small, worked};
use allegata::session::job::{Effect, Job, Question};
use allegata::session::view::{Confirm, Over};
use egui::Key;
use egui_kittest::kittest::Queryable as _;

#[test]
fn the_coder_is_chosen_and_the_answer_given() {
    let mut session = worked();
    let project = session.desk().unwrap().project().clone();
    session = session_of(opened(project));
    session.handle(say(), &moment());
    assert_eq!(session.view().over, Some(Over::Coder), "nobody is known here");
    let mut h = small(Window::new(session));
    h.get_by_label_contains("waits until you say who you are");
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(h.state().session.view().over, Some(Over::Coder), "nobody is chosen beforehand");
    for _ in 0..2 {
        h.key_press(Key::ArrowDown);
        h.run();
    }
    h.key_press(Key::Enter);
    h.run();
    let desk = h.state().session.desk().unwrap();
    let second = desk.project().coders().nth(1).unwrap();
    assert_eq!(desk.coder(), Some(&second.id));
    assert!(h.state().session.view().held.is_none() && h.state().session.view().over.is_none());
}

#[test]
fn somebody_new_types_a_name() {
    let mut h = small(Window::new(worked()).open(Over::Coder));
    for _ in 0..2 {
        h.key_press(Key::ArrowDown);
        h.run();
    }
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(h.state().session.view().over, Some(Over::Coder), "no name, nobody");
    h.get_by_label("Somebody new").type_text("Ines Varga");
    h.run();
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(h.state().session.desk().unwrap().coder_name(), Some("Ines Varga"));
    assert_eq!(h.state().drafts.over.coder.name, "");
}

#[test]
fn recovered_rows_lead_to_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let window = every_over(folder.path()).into_iter().find(|(name, _)| *name == "recovered").unwrap().1;
    let mut h = small(window);
    h.key_press(Key::End);
    h.run();
    h.key_press(Key::Enter);
    h.run();
    assert!(h.state().session.view().over.is_none());
    assert_eq!(h.state().session.view().sentence, 1, "the fourteenth row is of the second sentence");
}

#[test]
fn a_version_opens_as_a_copy() {
    let folder = tempfile::tempdir().unwrap();
    let window = every_over(folder.path()).into_iter().find(|(name, _)| *name == "versions").unwrap().1;
    let mut h = small(window);
    h.key_press(Key::ArrowDown);
    h.run();
    h.key_press(Key::Enter);
    h.run();
    let [Effect::Start(Job::OpenVersion { version })] = h.state().effects.as_slice() else {
        panic!("{:?}", h.state().effects)
    };
    assert!(version.path.ends_with("1.ron"));
}

#[test]
fn mends_are_accepted_or_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let mends = || small(every_over(folder.path()).into_iter().find(|(name, _)| *name == "mends").unwrap().1);
    let mut h = mends();
    h.key_press(Key::Enter);
    h.run();
    assert!(h.state().session.desk().unwrap().mends().is_empty());
    let mut h = mends();
    h.get_by_label("Close without writing").click();
    h.run();
    assert!(h.state().session.desk().is_none());
    assert!(!h.state().effects.iter().any(|effect| matches!(effect, Effect::Start(Job::Save { .. }))));
}

#[test]
fn closing_unsafe_work_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let unsafe_work =
        || small(every_over(folder.path()).into_iter().find(|(name, _)| *name == "close-unsafe").unwrap().1);
    let mut h = unsafe_work();
    h.key_press(Key::Enter);
    h.run();
    assert!(
        matches!(h.state().effects.as_slice(), [Effect::Ask(Question::SaveAs, _)]),
        "{:?}",
        h.state().effects
    );
    let mut h = unsafe_work();
    h.get_by_label("Close and lose it").click();
    h.run();
    assert!(h.state().effects.iter().any(|effect| matches!(effect, Effect::Quit)));
}

#[test]
fn tab_and_enter_press_the_button_that_has_the_keyboard() {
    let mut h = small(Window::new(worked()).open(Over::Confirm(Confirm::Reload)));
    h.key_press(Key::Tab);
    h.run();
    h.key_press(Key::Tab);
    h.run();
    let stay = h.get_by_label("Save as\u{2026}");
    assert!(stay.is_focused());
    h.key_press(Key::Enter);
    h.run();
    assert!(
        matches!(h.state().effects.as_slice(), [Effect::Ask(Question::SaveAs, _)]),
        "{:?}",
        h.state().effects
    );
}
