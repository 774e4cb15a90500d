//! The screen *Export*: a format by keys, choices by the mouse, what is shown, what is written, and the same once more.

use std::fs;
use std::path::Path;

use allegata::formats;
use allegata::model::ids::ProjectId;
use allegata::model::project::{Parts, Project};
use allegata::session::intent::Intent;
use allegata::session::job::Question;
use allegata::session::screens::Screen;
use allegata::session::screens::exporting::Exporting;
use allegata::session::view::Over;
use egui::accesskit::Role;
use egui::vec2;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::window::{Place, Window};

const TWO: &str = "# Who ordered the crane | Quay Courier | 2025-04-09
The board ordered a crane, a clerk says. [mira: allegation; jonas: allegation] The board denies it. [mira: denial ?] \
It arrived in April. [mira: fact \"=1+1\"; jonas: none] Nobody came. [mira: none]
# Night shift | Tide | 2025-05-03
Two guards slept. [mira: allegation] The gate stood open. []";

fn opened(place: &Place) -> Window {
    let path = place.project("quay.allegata.ron", TWO);
    let mut window = Window::on(place, &path);
    window.press("Ctrl+E");
    window
}

fn with<R>(window: &Window, read: impl FnOnce(&Exporting) -> R) -> R {
    window.with(|session| match &session.view().screen {
        Some(Screen::Export(exporting)) => read(exporting),
        other => panic!("no export: {other:?}"),
    })
}

fn written(window: &mut Window, path: &Path) -> String {
    window.press("Ctrl+E");
    fs::read_to_string(path).unwrap_or_else(|_| panic!("nothing written: {:?}", window.notices()))
}

/// A choice of the form, by its words: the first of that name.
fn choose(window: &mut Window, words: &str) {
    window.harness.get_all_by_role_and_label(Role::RadioButton, words).next().unwrap().click();
    window.harness.run();
    window.settle();
}

#[test]
fn every_format_of_the_table_is_in_the_list_and_is_written_and_verified() {
    let place = Place::new();
    let mut window = opened(&place);
    window.press("Up Up");
    for (idx, format) in formats::datasets().enumerate() {
        if idx > 0 {
            window.press("Down");
        }
        assert_eq!(with(&window, |exporting| exporting.format().id), format.id);
        let named = format!("{}, ", format.name);
        let rows = window.harness.query_all_by_role(Role::ListBoxOption);
        assert!(
            rows.filter_map(|node| node.accesskit_node().label()).any(|label| label.starts_with(&named)),
            "{named}"
        );
        if with(&window, |exporting| exporting.refusal().is_some()) {
            // One answer a sentence, and two people answered.
            choose(&mut window, "Gold");
        }
        let out = with(&window, |exporting| exporting.to().unwrap().to_owned());
        assert!(!out.exists(), "{out:?}");
        window.press("Ctrl+E");
        assert!(out.exists(), "{}: {:?}", format.id, window.notices());
        let said = window.notices().concat();
        let n = with(&window, |exporting| {
            let counts = exporting.preview().unwrap().counts.clone();
            counts.n_rows
        });
        assert!(said.contains(&format!("{n} ")) && said.contains(&format!(", {n} verified")), "{n} {said}");
        // Several have one ending, and some lay a file beside it.
        for left in fs::read_dir(place.doc("")).unwrap().map(|entry| entry.unwrap().path()) {
            match left.file_name().unwrap().to_string_lossy().starts_with("sketch") {
                true if left.is_dir() => fs::remove_dir_all(left).unwrap(),
                true => fs::remove_file(left).unwrap(),
                false => {}
            }
        }
    }
}

#[test]
fn what_is_shown_is_what_is_written() {
    let place = Place::new();
    let mut window = opened(&place);
    let out = place.doc("sketch.csv");
    assert_eq!(with(&window, |exporting| exporting.to().unwrap().to_owned()), out);
    assert!(window.shows("First rows") && window.shows("The board ordered a crane"));
    assert!(window.shows("10 rows go out of 2 articles"), "{:?}", window.texts());
    // By the mouse: without those unanswered, the gold layer, without the text.
    choose(&mut window, "Leave out");
    choose(&mut window, "Gold");
    choose(&mut window, "Without: ids, places, hashes");
    assert!(window.shows("4 sentences go out"), "{:?}", window.texts());
    assert!(window.shows("Left out: 2 without an answer"));
    let table = written(&mut window, &out);
    assert_eq!(table.lines().count(), 5, "{table}");
    assert!(!table.contains("crane, a clerk") && table.contains("text_sha256"), "{table}");
    // By the keys: the field of the articles.
    window.press("/");
    window.type_text("outlet:tide");
    window.press("Escape");
    assert!(window.shows("1 sentence goes out"), "{:?}", window.texts());
    let table = written(&mut window, &out);
    assert_eq!(table.lines().count(), 2, "{table}");
    assert!(window.notices().concat().contains("1 sentence written, 1 verified"), "{:?}", window.notices());
    window.press("/");
    window.type_text(" coder:nobody");
    window.press("Escape Ctrl+E");
    assert!(
        window.status().starts_with("Export") && window.status().contains("nobody"),
        "{}",
        window.status()
    );
    assert_eq!(fs::read_to_string(&out).unwrap(), table);
}

#[test]
fn only_what_a_format_knows_is_offered_and_its_own_defaults_hold() {
    let place = Place::new();
    let mut window = opened(&place);
    assert!(window.shows("For spreadsheets") && window.shows("A row is") && !window.shows("Places count"));
    choose(&mut window, "An article");
    for format in formats::datasets().take_while(|format| format.id != "doccano") {
        let _ = format;
        window.press("Down");
    }
    assert_eq!(with(&window, |exporting| exporting.format().id), "doccano");
    assert!(!window.shows("For spreadsheets") && !window.shows("A row is") && window.shows("Places count"));
    choose(&mut window, "Gold");
    let lit = |window: &Window, words: &str| {
        let all = window.harness.query_all_by_role_and_label(Role::RadioButton, words);
        all.filter(|node| node.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)).count()
    };
    // Without an answer, none of these and unsure ones are left out.
    assert_eq!((lit(&window, "Leave out"), lit(&window, "Keep")), (3, 0));
    choose(&mut window, "grapheme clusters");
    let out = with(&window, |exporting| exporting.to().unwrap().to_owned());
    let text = written(&mut window, &out);
    assert!(text.contains("allegation"), "{text}");
    assert!(
        window.with(|session| session.last_export().unwrap().options.join(" ").contains("--unit graphemes"))
    );
}

#[test]
fn names_are_taken_as_they_stand_and_nothing_is_replaced_unasked() {
    let place = Place::new();
    let mut window = opened(&place);
    for (name, want) in
        [("three", "three.csv"), ("out.xlsx", "out.xlsx"), ("six.v2", "six.v2"), ("a.csv", "a.csv")]
    {
        window.answer(Question::Export("csv"), &[&place.doc(name)]);
        assert!(written(&mut window, &place.doc(want)).starts_with("article_id,"), "{name}");
    }
    assert!(!place.doc("out.xlsx.csv").exists());
    // Its own file is written again without a word; another's is asked about.
    let own = place.doc("a.csv");
    window.press("Ctrl+E");
    assert_eq!(window.with(|session| session.view().over.clone()), None);
    fs::write(&own, "mine").unwrap();
    window.press("Ctrl+E");
    assert!(matches!(window.with(|session| session.view().over.clone()), Some(Over::Replace(_))));
    window.press("Enter");
    assert_eq!(fs::read_to_string(&own).unwrap(), "mine", "Enter alone replaces nothing");
    window.press("Escape");
    assert_eq!(fs::read_to_string(&own).unwrap(), "mine");
    window.press("Ctrl+E");
    window.click("Replace");
    assert!(fs::read_to_string(&own).unwrap().starts_with("article_id,"));
    // The dialog has asked about the name that was typed, and not about the file that it becomes.
    let other = place.write("other.csv", "mine");
    window.answer(Question::Export("csv"), &[&place.doc("other")]);
    window.press("Ctrl+E");
    assert!(matches!(window.with(|session| session.view().over.clone()), Some(Over::Replace(_))));
    window.press("Escape");
    window.answer(Question::Export("csv"), &[&other]);
    assert!(written(&mut window, &other).starts_with("article_id,"));
    // Never a project.
    let project = place.doc("quay.allegata.ron");
    let before = fs::read(&project).unwrap();
    window.answer(Question::Export("csv"), &[&project]);
    window.press("Ctrl+E");
    assert!(window.notices().concat().contains("Not exported"), "{:?}", window.notices());
    assert_eq!(fs::read(&project).unwrap(), before);
}

#[test]
fn the_last_export_is_remembered_and_had_again() {
    let place = Place::new();
    let path = place.project("quay.allegata.ron", TWO);
    let mut window = Window::on(&place, &path);
    window.press("Ctrl+Shift+E");
    assert!(window.status().contains("nothing was exported from this project yet"), "{}", window.status());
    window.press("Ctrl+E Down Down");
    choose(&mut window, "Gold");
    let out = place.doc("sketch.jsonl");
    let first = written(&mut window, &out);
    assert!(window.shows("Export again"));
    assert!(window.close());
    let mut window = Window::on(&place, &path);
    fs::remove_file(&out).unwrap();
    window.press("Ctrl+Shift+E");
    assert_eq!(fs::read_to_string(&out).unwrap(), first);
    let said = window.notices().concat();
    assert!(said.contains("6 sentences written, 6 verified") && said.contains("sketch.jsonl"), "{said}");
    window.press("Ctrl+E");
    assert_eq!(with(&window, |exporting| exporting.format().id), "jsonl");
    assert!(window.shows("Last time"));
    // Another project has nothing of it but the format.
    assert!(!fs::read_to_string(&path).unwrap().contains("jsonl"), "it is no part of the project");
}

#[test]
fn without_a_place_it_is_asked_for_and_then_written() {
    let place = Place::new();
    let mut window = Window::new(&place);
    window.drop_files(&[&place.write("a.txt", "A title\n\nThe tide was low. It rose.\n")]);
    window.press("1 Ctrl+E");
    assert_eq!(with(&window, |exporting| exporting.to().map(Path::to_owned)), None);
    window.press("Ctrl+E");
    window.answer(Question::Export("csv"), &[&place.doc("tide")]);
    assert!(fs::read_to_string(place.doc("tide.csv")).unwrap().contains("The tide was low."));
}

#[test]
fn the_same_as_a_command_line() {
    let place = Place::new();
    let mut window = opened(&place);
    choose(&mut window, "Gold");
    window.down(egui::Key::C, Some(egui::Key::C), egui::Modifiers::NONE, "c");
    window.harness.step();
    let commands = &window.harness.output().platform_output.commands;
    let copied = commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    window.up(egui::Key::C, Some(egui::Key::C), egui::Modifiers::NONE);
    window.settle();
    let (project, out) = (place.doc("quay.allegata.ron"), place.doc("sketch.csv"));
    let want = format!("allegata export {} --to csv -o {} --layer gold", project.display(), out.display());
    assert_eq!(copied.as_deref(), Some(want.as_str()));
    window.press("Escape");
    assert!(window.with(|session| session.view().screen.is_none()));
}

#[test]
fn an_empty_project_and_forty_labels_are_drawn_in_every_size() {
    let place = Place::new();
    let mut labelled = crate::window::drawn(TWO);
    let mut scheme = labelled.scheme().clone();
    for n in 0..40 {
        let name = format!("A label with quite a long name that somebody gave it, number {n}");
        let label = allegata::model::codebook::new_label(&scheme, &name, |_| false);
        scheme.labels.push(std::sync::Arc::new(label));
    }
    let adopted = allegata::model::codebook::adopt(&labelled, &scheme).unwrap().unwrap();
    labelled.apply(adopted.action).unwrap();
    let forty = place.keep("forty.allegata.ron", &labelled);
    let nothing = Project::assemble(Parts::new(ProjectId::new("p-0"), "Nothing yet")).unwrap();
    let empty = place.keep("empty.allegata.ron", &nothing);
    for size in [vec2(800.0, 500.0), vec2(900.0, 600.0), vec2(1280.0, 800.0), vec2(1920.0, 1080.0)] {
        for path in [&forty, &empty] {
            let mut window = Window::build(&place, Harness::builder().with_size(size));
            window.drop_files(&[path]);
            window.press("Ctrl+E");
            window.tell(Intent::Look(allegata::session::view::Look::Close));
            let button = window
                .harness
                .get_all_by_role(Role::Button)
                .find(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with("Export")));
            let rect = button.unwrap().rect();
            assert!(rect.right() <= size.x && rect.bottom() <= size.y, "{size:?} {rect:?}");
            window.press("Down Down Down Escape");
            assert!(window.with(|session| session.view().screen.is_none()), "{size:?}");
        }
    }
}
