//! The report: chosen and asked for in the window, written, read back, beside the figures that the window shows.

use allegata::analysis::agreement::drift;
use allegata::analysis::agreement::worked::{self, Asked};
use allegata::analysis::units::Units;
use allegata::formats::report::Form;
use allegata::formats::report::making::Named;
use allegata::session::Session;
use allegata::session::intent::Intent;
use allegata::session::job::Question;
use allegata::session::view::{Over, Place as InWindow};
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use std::fs;

use crate::review::team;
use crate::window::{Place, Window};

fn opened(place: &Place) -> Window {
    let path = place.keep("cranes.allegata.ron", &team());
    let mut window = Window::on(place, &path);
    window.tell(Intent::Run("to-review"));
    assert_eq!(window.with(|session| session.view().place), InWindow::Review);
    window
}

/// The number of a cell of the row that begins so.
fn number(page: &str, row: &str, cell: usize) -> String {
    let parts = page.split_once(&format!(">{row}</th>"));
    assert!(parts.is_some(), "{row}: {page}");
    let value = parts.unwrap().1.split("<data value=\"").nth(cell + 1).unwrap();
    value.split('"').next().unwrap().to_owned()
}

fn choose(window: &mut Window, name: &str) {
    window.harness.get_by_role_and_label(Role::RadioButton, name).click();
    window.harness.run();
    window.settle();
}

#[test]
fn a_page_has_the_figures_of_the_window() {
    let place = Place::new();
    let mut window = opened(&place);
    window.tell(Intent::Run("report"));
    assert!(window.with(|session| session.view().over == Some(Over::Report)));
    assert!(window.shows("Report on reliability"));
    // While names are hidden, no report has them.
    choose(&mut window, "Real names");
    assert!(window.with(Session::report_named) == Named::Pseudonyms);
    window.press("Escape");
    window.tell(Intent::Run("hide-names"));
    window.tell(Intent::Run("report"));
    choose(&mut window, "Real names");
    assert!(
        window.shows("Coders stand under their names, and reasons in people\u{2019}s own words are printed.")
    );
    // The dialog asks for a file; this is its answer.
    window.press("Enter");
    let path = place.doc("cranes-reliability.html");
    window.answer(Question::Report(Form::Html), &[&path]);
    let page = fs::read_to_string(&path).unwrap();
    let said = format!("The report is in {}", path.display());
    assert!(window.notices().iter().any(|notice| notice.contains(&said)), "{:?}", window.notices());
    let project = window.project();
    let units = Units::of(&project);
    let worked = worked::of(&project, &units, Asked::default(), |_| true);
    let panel = &worked.panel;
    assert_eq!(number(&page, "Krippendorff\u{2019}s alpha, nominal", 0), panel.alpha.unwrap().to_string());
    assert_eq!(
        number(&page, "Percent agreement, mean over sentences", 0),
        panel.percent.unwrap().to_string()
    );
    let pair = &panel.pairs[0];
    assert_eq!(number(&page, "Jonas Feld and Mira Okafor", 0), pair.cohen.unwrap().to_string(), "{}", pair.a);
    assert!(drift::of(&project, &units, &worked.matrix).batches.is_empty(), "two articles are no batches");
    assert!(page.contains("fewer than 6 articles"), "{page}");
    // The same name again: whoever asked for the file asked about that.
    window.answer(Question::Report(Form::Html), &[&path]);
    assert_eq!(fs::read_to_string(&path).unwrap(), page);
}

#[test]
fn a_folder_is_a_new_one_and_names_nobody() {
    let place = Place::new();
    let mut window = opened(&place);
    window.tell(Intent::Run("report"));
    choose(&mut window, "Folder with everything");
    let folder = place.doc("out");
    fs::create_dir(&folder).unwrap();
    window.answer(Question::Report(Form::Folder), &[&folder]);
    let stem = window
        .with(|session| allegata::session::filing::file_stem(session.desk().unwrap().project().title()));
    let report = folder.join(format!("{stem}-report"));
    let files = fs::read_dir(&report).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    assert!(files.len() > 12, "{files:?}");
    let said = format!("The report is in {}: {} files", report.display(), files.len());
    assert!(window.notices().iter().any(|notice| notice.contains(&said)), "{:?}", window.notices());
    for file in &files {
        let text = fs::read_to_string(file).unwrap();
        assert!(!text.contains("Mira") && !text.contains("mira"), "{}", file.display());
    }
    window.answer(Question::Report(Form::Folder), &[&folder]);
    assert!(
        window.notices().iter().any(|notice| notice.contains("is there already")),
        "{:?}",
        window.notices()
    );
    // A project never gives way, whatever it is called.
    let kept = place.keep("kept.html", &team());
    let before = fs::read(&kept).unwrap();
    window.answer(Question::Report(Form::Html), &[&kept]);
    assert_eq!(fs::read(&kept).unwrap(), before);
    assert!(window.notices().iter().any(|notice| notice.contains("Not written")), "{:?}", window.notices());
}
