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

/// Twenty articles of two outlets, of which the last two print nearly the same story.
pub fn harbour() -> Project {
    let article = |n: usize| {
        let word = if n > 17 { "same".to_owned() } else { format!("own{n}x") };
        let story = (0..30).map(|idx| format!("{word}{idx}")).collect::<Vec<_>>().join(" ");
        let (outlet, label) = (["Ledger", "Post"][n % 2], ["fact", "denial"][n / 2 % 2]);
        format!("# Story {n} | {outlet}\n{story} end {n}. [{label}] Nobody was hurt. []")
    };
    crate::window::drawn(&(0..20).map(article).collect::<Vec<_>>().join("\n"))
}

fn split_on(place: &Place, project: &Project) -> Window {
    let path = place.keep("harbour.allegata.ron", project);
    let mut window = Window::on(place, &path);
    window.press("Ctrl+E");
    tick(&mut window, SPLIT);
    window
}

pub const SPLIT: &str = "Split by article, never by sentence";

pub fn tick(window: &mut Window, words: &str) {
    window.harness.get_by_role_and_label(Role::CheckBox, words).click();
    window.harness.run();
    window.settle();
}

/// Which split each article is in, as the open project has it.
fn places(window: &Window) -> Vec<Option<String>> {
    window.with(|session| {
        session.desk().unwrap().project().articles().map(|article| article.split.clone()).collect()
    })
}

fn type_over(window: &mut Window, name: &str, text: &str) {
    window.field(name).focus();
    window.harness.run();
    window.press("Ctrl+A");
    window.type_text(text);
    window.press("Enter");
}

#[test]
fn splits_are_seen_kept_and_written() {
    let place = Place::new();
    let mut window = split_on(&place, &harbour());
    assert!(
        window.shows("train: 14 articles, 28 sentences; denial 8 (57 %), fact 6 (43 %)"),
        "{:?}",
        window.texts()
    );
    assert!(window.shows("validation: 3 articles, 6 sentences") && window.shows("test: 3 articles"));
    assert!(
        window.shows("2 near-identical articles in 1 group stay together. 20 of 20 articles get a place")
    );
    // Nothing is in the project yet.
    assert!(places(&window).iter().all(Option::is_none));
    type_over(&mut window, "Share of train", "50");
    assert!(window.shows("The shares come to 80, not to 100."), "{:?}", window.texts());
    window.press("Ctrl+E");
    assert!(!place.doc("sketch.csv").exists(), "shares that cannot be write nothing");
    assert!(window.status().contains("the shares come to 80"), "{}", window.status());
    type_over(&mut window, "Share of validation", "0");
    type_over(&mut window, "Share of test", "50");
    assert!(window.shows("train: 10 articles") && window.shows("test: 10 articles"), "{:?}", window.texts());
    let parting = with(&window, |exporting| exporting.preview().unwrap().parting.clone().unwrap());
    window.press("K");
    assert_eq!(window.status(), "Splits: 20 articles placed");
    let kept = places(&window);
    let shown: Vec<_> = parting.after.articles().map(|article| article.split.clone()).collect();
    assert_eq!(kept, shown, "they are placed as it was shown");
    assert!(window.shows("an article once placed never moves") && !window.shows("Keep in the project"));
    // As one step.
    window.press("Ctrl+Z");
    assert!(places(&window).iter().all(Option::is_none));
    assert!(window.shows("train: 10 articles"), "{:?}", window.texts());
    window.press("Ctrl+Y");
    assert_eq!(places(&window), kept);
    // The dataset has them, and the saved project too.
    let table = written(&mut window, &place.doc("sketch.csv"));
    let head: Vec<&str> = table.lines().next().unwrap().split(',').collect();
    let at = head.iter().position(|name| *name == "split").unwrap();
    let of = |name: &str| table.lines().filter(|row| row.split(',').nth(at) == Some(name)).count();
    assert_eq!((of("train"), of("test")), (20, 20), "{table}");
    window.press("Escape Ctrl+S");
    assert!(window.close());
    let saved = fs::read_to_string(place.doc("harbour.allegata.ron")).unwrap();
    assert_eq!(saved.matches("split: \"train\"").count(), 10);
    // Opened again the shares are those of the project, and the last settings hold.
    let mut window = Window::on(&place, &place.doc("harbour.allegata.ron"));
    window.press("Ctrl+E");
    assert!(window.shows("train: 10 articles") && window.shows("All are placed"), "{:?}", window.texts());
}

#[test]
fn an_export_in_splits_keeps_them() {
    let place = Place::new();
    let mut window = split_on(&place, &harbour());
    type_over(&mut window, "Seed", "seven");
    assert!(window.shows("The seed is a whole number."));
    type_over(&mut window, "Seed", "7");
    assert!(window.shows("Exporting keeps them in the project."));
    let table = written(&mut window, &place.doc("sketch.csv"));
    let kept = places(&window);
    assert!(kept.iter().all(Option::is_some), "{kept:?}");
    assert!(
        table.contains(",train") && window.notices().concat().contains("40 sentences written, 40 verified")
    );
    // What comes later joins them, and nothing else moves; the shares are those that are there.
    let mut project = window.with(|session| session.desk().unwrap().project().clone());
    assert!(window.close());
    let ids: Vec<_> = project.articles().take(4).map(|article| article.id.clone()).collect();
    project.apply(allegata::model::mending::split(&project, &ids, None).unwrap()).unwrap();
    let before: Vec<_> = project.articles().map(|article| article.split.clone()).collect();
    let path = place.keep("later.allegata.ron", &project);
    let mut window = Window::on(&place, &path);
    window.press("Ctrl+E");
    assert!(window.shows("4 articles get a place; 16 placed before never move"), "{:?}", window.texts());
    window.press("K");
    for (was, is) in before.iter().zip(places(&window)) {
        assert!(is.is_some() && (was.is_none() || *was == is), "{was:?} {is:?}");
    }
}

#[test]
fn texts_are_compared_once_whatever_else_is_chosen() {
    let place = Place::new();
    let mut window = split_on(&place, &harbour());
    let near = |window: &Window| window.with(|session| session.derived().near_texts().cloned().unwrap());
    let first = near(&window);
    choose(&mut window, "Leave out");
    type_over(&mut window, "Seed", "4");
    window.press("Down");
    window.press("K");
    assert!(places(&window).iter().all(Option::is_some));
    window.press("Ctrl+Z");
    assert!(std::sync::Arc::ptr_eq(&first, &near(&window)));
}

#[test]
fn too_few_articles_are_not_split_and_it_is_said_why() {
    let place = Place::new();
    let mut window = opened(&place);
    assert!(window.shows("Splits need 3 articles or more, and there are 2 that could be placed."));
    tick(&mut window, SPLIT);
    assert!(with(&window, |exporting| !exporting.asked().splits), "it cannot be ticked");
    window.press("K");
    assert!(window.status().contains("the dataset is not split"), "{}", window.status());
}
