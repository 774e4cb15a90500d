//! Pictures of the window in light and dark, drawn on the CPU with the bundled fonts alone.

use allegata::model::action::Action;
use allegata::model::coder::Coder;
use allegata::model::ids::CoderId;
use allegata::session::intent::Intent;
use allegata::session::job::Question;
use allegata::session::prefs::{LabelCount, RecentProject, Setting, Theme};
use allegata::shell::settings::SettingsFile;
use egui::{Vec2, vec2};
use egui_kittest::{Harness, SnapshotOptions};

use crate::cpu;
use crate::window::{Place, Window, drawn};

const PORT: &str = "# Port board paid for a crane that never came | Quay Courier | 2025-04-09\n\
    The port board paid for a crane that was never built, two former clerks have told the Courier. [allegation] The \
    board runs nine quays and a cold store. [fact] “Every coin went where it should”, its chair, Lena Orme, said on \
    Monday. [denial]\n\n\
    A contract of March 2023 names a price of 4.2 million. [fact] The money left the board's account in three parts, \
    the clerks say, and none of them reached the builder. [allegation ? \"which account?\"] Orme calls this a tale \
    told by people who were dismissed. []\n\n\
    The builder did not want to comment. [none] A hearing is set for June. [] It will be open to the public. []\n\
    # Night shift at the cold store | Tide & Trade | 2025-05-03\n\
    Two guards slept through a theft, the owner claims. [allegation] Both deny it. [denial] The lock was old. [fact]\n\
    # What the pilots saw | Quay Courier | 2025-05-11\n\
    A barge left at night without lights, two pilots say. [] Nobody has asked the harbour master.";

fn window(place: &Place, theme: Theme, size: Vec2) -> Window {
    let system = if theme == Theme::Dark { egui::Theme::Dark } else { egui::Theme::Light };
    let kept = SettingsFile::of(&place.folders).update(|settings| settings.take(Setting::Theme(theme)));
    kept.unwrap();
    // Glyphs lie elsewhere in the atlas when a job's words were drawn before: the last bit of a colour may differ.
    let options = SnapshotOptions::new().threshold(0.3);
    let builder = Harness::builder()
        .with_size(size)
        .with_theme(system)
        .renderer(cpu::CpuRenderer::default())
        .with_options(options);
    Window::build(place, builder)
}

fn annotate(theme: Theme) -> Window {
    annotate_at(&Place::new(), theme)
}

fn annotate_at(place: &Place, theme: Theme) -> Window {
    let mut project = drawn(PORT);
    let id = CoderId::new("anna");
    let named = Coder::new(id.clone(), "Anna Quill".to_owned());
    project.apply(Action::Coder { id, to: Some(named) }).unwrap();
    project.apply(Action::Project { title: "Port inquiry".to_owned(), never_end_after: vec![] }).unwrap();
    let path = place.keep("port.allegata.ron", &project);
    let coder = Setting::Coder { project: project.id().to_string(), coder: "anna".to_owned() };
    SettingsFile::of(&place.folders).update(|settings| settings.take(coder)).unwrap();
    let mut window = window(place, theme, vec2(960.0, 600.0));
    window.drop_files(&[&path]);
    // What was just answered is in the journal and not in the file, so that no time of day is shown.
    window.press("2 Down");
    window
}

fn drop_target(theme: Theme) -> Window {
    let place = Place::new();
    let mut window = annotate_at(&place, theme);
    window.hover_files(&["crane.txt", "night.md", "pilots.md"].map(std::path::Path::new));
    window
}

fn welcome(theme: Theme) -> Window {
    let place = Place::new();
    let row = |title: &str, opened_at, numbers: [usize; 4], labels: [usize; 3]| {
        let colours = [("Allegation", "#D55E00"), ("Denial", "#0072B2"), ("Fact", "#009E73")];
        RecentProject {
            untitled: false,
            id: title.to_owned(),
            path: place.write(&format!("{}.ron", title.replace(' ', "-")), "()"),
            title: title.to_owned(),
            opened_at,
            n_articles: numbers[0],
            n_done: numbers[1],
            n_sentences: numbers[2],
            n_answered: numbers[3],
            labels: (colours.iter().zip(labels))
                .map(|((name, colour), n)| LabelCount {
                    name: (*name).to_owned(),
                    colour: (*colour).to_owned(),
                    n,
                })
                .collect(),
        }
    };
    let kept = SettingsFile::of(&place.folders).update(|settings| {
        settings.remember(row("Ferry reports", 1_580_000_000, [12, 12, 340, 340], [88, 41, 190]));
        settings.remember(row("Port inquiry", 1_590_000_000, [24, 9, 561, 214], [70, 38, 91]));
    });
    kept.unwrap();
    window(&place, theme, vec2(960.0, 600.0))
}

fn agreement(theme: Theme) -> Window {
    let place = Place::new();
    let mut project = crate::agreement::dozen();
    for (id, name) in crate::review::NAMES {
        let to = Some(Coder::new(CoderId::new(id), name));
        project.apply(Action::Coder { id: CoderId::new(id), to }).unwrap();
    }
    let path = place.keep("cold.allegata.ron", &project);
    let mut window = window(&place, theme, vec2(1240.0, 720.0));
    window.drop_files(&[&path]);
    // In the journal and not in the file, so that no time of day is shown.
    let title = Action::Project { title: "Cold chain 2025".to_owned(), never_end_after: vec![] };
    window.tell(Intent::Do { name: "title".to_owned(), action: title });
    // Under their names before there are figures: numbers are dealt by chance, and the pair in hand stays.
    window.press("Ctrl+3 H G");
    window
}

/// *Export* with splits, which are shown and not kept yet.
fn exporting(theme: Theme) -> Window {
    let place = Place::new();
    let path = place.keep("harbour.allegata.ron", &crate::exporting::harbour());
    let mut window = window(&place, theme, vec2(1280.0, 800.0));
    window.drop_files(&[&path]);
    let title = Action::Project { title: "Harbour stories".to_owned(), never_end_after: vec![] };
    window.tell(Intent::Do { name: "title".to_owned(), action: title });
    window.press("Ctrl+E");
    crate::exporting::tick(&mut window, crate::exporting::SPLIT);
    window
}

/// *Import a dataset* with answers that are new, the same, other ones, and some without a place.
fn importing(theme: Theme) -> Window {
    let place = Place::new();
    let path = place.keep("port.allegata.ron", &drawn(PORT));
    let dataset = place.write("mira.csv", IMPORTED);
    let mut window = window(&place, theme, vec2(1280.0, 800.0));
    window.drop_files(&[&path]);
    let title = Action::Project { title: "Port inquiry".to_owned(), never_end_after: vec![] };
    window.tell(Intent::Do { name: "title".to_owned(), action: title });
    window.tell(Intent::Run("import"));
    window.answer(Question::Dataset, &[&dataset]);
    window
}

const IMPORTED: &str = "text,label,coder
The board runs nine quays and a cold store.,fact,mira
A hearing is set for June.,plan,mira
It will be open to the public.,plan,mira
The builder did not want to comment.,none,anna
The lock was old.,allegation,anna
Nobody said this.,fact,mira
";

#[test]
fn export_in_light() {
    exporting(Theme::Light).harness.snapshot("export-light");
}

#[test]
fn export_in_dark() {
    exporting(Theme::Dark).harness.snapshot("export-dark");
}

#[test]
fn import_in_light() {
    importing(Theme::Light).harness.snapshot("import-light");
}

#[test]
fn import_in_dark() {
    importing(Theme::Dark).harness.snapshot("import-dark");
}

#[test]
fn agreement_in_light() {
    agreement(Theme::Light).harness.snapshot("agreement-light");
}

#[test]
fn agreement_in_dark() {
    agreement(Theme::Dark).harness.snapshot("agreement-dark");
}

#[test]
fn annotate_in_light() {
    annotate(Theme::Light).harness.snapshot("annotate-light");
}

#[test]
fn annotate_in_dark() {
    annotate(Theme::Dark).harness.snapshot("annotate-dark");
}

#[test]
fn files_over_it_in_light() {
    drop_target(Theme::Light).harness.snapshot("drop-light");
}

#[test]
fn files_over_it_in_dark() {
    drop_target(Theme::Dark).harness.snapshot("drop-dark");
}

#[test]
fn welcome_in_light() {
    welcome(Theme::Light).harness.snapshot("welcome-light");
}

#[test]
fn welcome_in_dark() {
    welcome(Theme::Dark).harness.snapshot("welcome-dark");
}
