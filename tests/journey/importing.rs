//! The screen *Import a dataset*: what would come in, whose it is, what its labels mean; taken in, undone, and again.

use std::fs;

use allegata::session::intent::Intent;
use allegata::session::job::Question;
use allegata::session::screens::Screen;
use allegata::session::screens::ScreenLook;
use allegata::session::screens::importing::{ImportLook, Importing, Means, Whose};
use allegata::session::view::{Look, Over};

use crate::window::{Place, Window, rows};

const TWO: &str = "# Who ordered the crane | Quay Courier | 2025-04-09
The board ordered a crane, a clerk says. [jonas: allegation] The board denies it. [jonas: denial] It arrived in April. []
# Night shift | Tide | 2025-05-03
Two guards slept. []";

fn with<R>(window: &Window, read: impl FnOnce(&Importing) -> R) -> R {
    window.with(|session| match &session.view().screen {
        Some(Screen::Import(importing)) => read(importing),
        other => panic!("no import: {other:?}"),
    })
}

fn form(window: &mut Window, change: impl FnOnce(&mut allegata::session::screens::importing::Form)) {
    let mut form = with(window, |importing| importing.form().clone());
    change(&mut form);
    window.tell(Intent::Look(Look::Screen(ScreenLook::Import(ImportLook::Form(Box::new(form))))));
}

const LABELLED: &str = "text,label,coder
\"The board ordered a crane, a clerk says.\",allegation,mira
The board denies it.,rumour,mira
It arrived in April.,fact,mira
Two guards slept.,allegation,mira
Nobody said this.,fact,mira
";

#[test]
fn a_dataset_is_seen_before_it_comes_in_and_comes_in_once() {
    let place = Place::new();
    let path = place.project("quay.allegata.ron", TWO);
    let dataset = place.write("mira.csv", LABELLED);
    let mut window = Window::on(&place, &path);
    let before = rows(&window.project());
    window.tell(Intent::Run("import"));
    window.answer(Question::Dataset, &[&dataset]);
    assert!(window.shows("Import a dataset"));
    assert!(window.shows("4 answers are new"), "{:?}", window.texts());
    assert!(window.shows("1 answer or line with no place"), "{:?}", window.texts());
    assert!(window.shows("Coder mira") && window.shows("Label rumour"), "{:?}", window.texts());
    assert_eq!(rows(&window.project()), before, "nothing is written before the button");
    // The rumour is a denial here.
    form(&mut window, |form| {
        form.means.insert("rumour".to_owned(), Means::Label(allegata::model::ids::LabelId::new("denial")));
    });
    assert!(!window.shows("Label rumour"));
    window.press("Ctrl+Enter");
    assert!(window.with(|session| session.view().screen.is_none()), "{}", window.status());
    let after = rows(&window.project());
    assert_eq!(after.len(), before.len() + 4, "{after:?}");
    assert!(window.notices().concat().contains("4 answers came in from mira.csv"), "{:?}", window.notices());
    window.press("Ctrl+Z");
    assert_eq!(rows(&window.project()), before, "one step");
    window.press("Ctrl+Shift+Z");
    assert_eq!(rows(&window.project()), after);
    // Twice adds nothing, and says so.
    window.tell(Intent::Run("import"));
    window.answer(Question::Dataset, &[&dataset]);
    form(&mut window, |form| {
        form.means.insert("rumour".to_owned(), Means::Label(allegata::model::ids::LabelId::new("denial")));
    });
    assert!(window.shows("4 answers are here already"), "{:?}", window.texts());
    window.press("Ctrl+Enter");
    assert!(window.status().contains("all of it is here already"), "{}", window.status());
    assert_eq!(rows(&window.project()), after);
}

#[test]
fn an_answer_that_is_here_stays_unless_somebody_says_otherwise() {
    let place = Place::new();
    let path = place.project("quay.allegata.ron", TWO);
    let dataset =
        place.write("labels.csv", "text,label\nThe board denies it.,fact\nIt arrived in April.,fact\n");
    let mut window = Window::on(&place, &path);
    window.drop_files(&[&dataset]);
    assert!(matches!(window.with(|session| session.view().over.clone()), Some(Over::Dataset { .. })));
    window.click("As a dataset\u{2026}");
    // Nobody is named: it has to be said who.
    form(&mut window, |form| form.whose = Whose::Known(allegata::model::ids::CoderId::new("jonas")));
    assert!(window.shows("denial stays, the dataset says fact"), "{:?}", window.texts());
    assert!(window.shows("Take in 1 answer"));
    form(&mut window, |form| form.overwrites = true);
    assert!(
        window.shows("denial gives way to fact") && window.shows("Take in 2 answers"),
        "{:?}",
        window.texts()
    );
    form(&mut window, |form| form.overwrites = false);
    window.press("Ctrl+Enter");
    let said = rows(&window.project()).concat();
    assert!(said.contains("denial"), "{said}");
    form_of_somebody_new(&mut window, &dataset);
}

fn form_of_somebody_new(window: &mut Window, dataset: &std::path::Path) {
    window.tell(Intent::Run("import"));
    window.answer(Question::Dataset, &[dataset]);
    form(window, |form| form.whose = Whose::New("Ada Brandt".to_owned()));
    assert!(window.shows("Coder Ada Brandt") && window.shows("Take in 2 answers"), "{:?}", window.texts());
    window.press("Ctrl+Enter");
    assert!(window.project().coders().any(|coder| coder.name == "Ada Brandt"));
}

#[test]
fn without_a_project_one_is_made() {
    let place = Place::new();
    let dataset = place.write("mira.csv", LABELLED);
    let mut window = Window::new(&place);
    window.drop_files(&[&dataset]);
    window.click("As a dataset\u{2026}");
    assert!(window.shows("Make a project of it"), "{:?}", window.texts());
    assert!(!window.has_project());
    window.press("Ctrl+Enter");
    assert!(window.has_project(), "{:?}", window.notices());
    assert_eq!(rows(&window.project()).len(), 5, "{:?}", rows(&window.project()));
    assert!(window.desk(allegata::session::desk::Desk::is_untitled));
    assert_eq!(window.desk(|desk| desk.project().title().to_owned()), "mira");
}

#[test]
fn what_is_no_dataset_is_said_and_articles_stay_articles() {
    let place = Place::new();
    let path = place.project("quay.allegata.ron", TWO);
    let mut window = Window::on(&place, &path);
    let before = window.project();
    for (name, bytes) in
        [("a.csv", "one,two\n1,2\n"), ("b.jsonl", "{\"text\":"), ("c.csv", ""), ("d.json", "[")]
    {
        let odd = place.write(name, bytes);
        window.tell(Intent::Run("import"));
        window.answer(Question::Dataset, &[&odd]);
        window.press("Ctrl+Enter");
        assert!(window.status().starts_with("Take in the dataset: "), "{name}: {}", window.status());
        window.press("Escape");
        assert!(window.with(|session| session.view().screen.is_none()));
        // Dropped, it is no dataset and no article.
        window.drop_files(&[&odd]);
        assert_eq!(window.with(|session| session.view().over.clone()), None, "{name}");
    }
    assert_eq!(window.project(), before);
    // A dataset may be articles too: then what reads articles says what it can.
    let dataset = place.write("mira.csv", LABELLED);
    window.drop_files(&[&dataset]);
    window.click("As articles");
    assert_eq!(window.project(), before, "{:?}", window.notices());
    assert!(!fs::read_to_string(&dataset).unwrap().is_empty());
    let tide = place.write("tide.txt", "Tide\n\nThe tide was low.\n");
    window.drop_files(&[&tide]);
    assert_eq!(window.project().n_articles(), 3);
}
