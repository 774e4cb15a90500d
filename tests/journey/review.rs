//! Review: where people differ, decided by keys, undone, saved, exported as gold.

use allegata::analysis::compare::Kind;
use allegata::analysis::units::Units;
use allegata::model::action::Action;
use allegata::model::coder::Coder;
use allegata::model::coding::labels_cell;
use allegata::model::ids::CoderId;
use allegata::session::intent::{Intent, Noting};
use allegata::session::job::{JobResult, Question};
use allegata::session::view::{Look, Over, Place as InWindow};
use egui_kittest::kittest::Queryable as _;
use std::path::PathBuf;

use crate::window::{Place, Window, drawn};

const THREE: &str = "# Who ordered the second crane | Quay Courier | 2025-04-09\n\
    The port board ordered a crane, a clerk says. [mira: allegation; jonas: allegation; tove: fact] \
    The board calls that untrue. [mira: denial; jonas: denial; tove: denial] \
    The crane arrived in April. [mira: fact; jonas: denial; tove: none]\n\n\
    It has not been used since. [mira: none ?; jonas: fact \"Ask Mira.\"; tove: fact]\n\
    # Night shift | Tide | 2025-05-03\n\
    Two guards slept, the owner claims. [mira: allegation; jonas: fact]";

pub const NAMES: [(&str, &str); 3] =
    [("mira", "Mira Okafor"), ("jonas", "Jonas Feld"), ("tove", "Tove Lind")];

/// A project with three coders, each under a name.
pub fn team() -> allegata::model::project::Project {
    let mut project = drawn(THREE);
    for (id, name) in NAMES {
        let to = Some(Coder::new(CoderId::new(id), name));
        project.apply(Action::Coder { id: CoderId::new(id), to }).unwrap();
    }
    project
}

/// Each coder's own file.
pub fn files(place: &Place) -> Vec<PathBuf> {
    let one = |(id, name): (&str, &str)| {
        let others = NAMES.iter().filter(|(other, _)| *other != id);
        let mut project = team();
        for (other, _) in others {
            let other = CoderId::new(*other);
            let sheets: Vec<_> = project.sheets_of(&other).map(|sheet| sheet.key.clone()).collect();
            for key in sheets {
                project.apply(Action::Sheet { key, to: None }).unwrap();
            }
            project.apply(Action::Coder { id: other, to: None }).unwrap();
        }
        place.keep(&format!("{}.ron", name.split(' ').next().unwrap().to_lowercase()), &project)
    };
    NAMES.map(one).into()
}

/// What is decided: article by number of its sentences, sentence by its number.
pub fn decided(window: &Window) -> Vec<String> {
    let project = window.project();
    let mut rows: Vec<_> = project
        .decisions()
        .map(|d| {
            let article = project.article(&d.article).unwrap();
            let why = if d.code.is_empty() { d.reason.clone() } else { d.code.clone() };
            let why = if why.is_empty() { String::new() } else { format!(" ({why})") };
            let number = article.idx_of(d.sentence).unwrap() + 1;
            format!("{} {number} {}{why}", article.added, labels_cell(&d.labels))
        })
        .collect();
    rows.sort();
    rows
}

fn compared(place: &Place) -> Window {
    let mut window = Window::new(place);
    window.tell(Intent::Finished(Box::new(JobResult::Given(files(place)))));
    assert_eq!(window.with(|session| session.view().place), InWindow::Review);
    window
}

pub fn sums(window: &Window, kind: Kind) -> usize {
    window.with(|session| session.review().comparison().unwrap().sums.n(kind))
}

/// Somebody new decides.
pub fn ada(window: &mut Window) {
    assert!(window.shows("Who decides?"));
    window.press("Down Down Down Down");
    window.type_text("Ada Brandt");
    window.press("Enter");
}

#[test]
fn three_files_are_decided_by_keys_undone_saved_and_exported_as_gold() {
    let place = Place::new();
    let mut window = compared(&place);
    let theirs = files_as_they_are(&place);
    assert!(window.desk(allegata::session::desk::Desk::is_untitled));
    assert_eq!((sums(&window, Kind::Disagree), sums(&window, Kind::All)), (4, 5));
    assert_eq!(window.at(), 3, "the sentence where they are most apart");
    // Nothing is decided until it is known who decides; then it is never asked again.
    window.press("Enter");
    assert!(window.status().contains("no majority"), "{}", window.status());
    window.press("2");
    assert!(decided(&window).is_empty());
    ada(&mut window);
    assert_eq!(decided(&window), ["1 3 denial"]);
    assert!(window.project().coders().any(|coder| coder.name == "Ada Brandt" && coder.is_reviewer()));
    assert_eq!(window.at(), 1);
    // As most say; then against them, with a reason by number.
    window.press("Enter");
    assert_eq!((decided(&window).last().unwrap().as_str(), window.at()), ("1 3 denial", 4));
    window.press("0");
    assert!(window.shows("Go on"));
    window.press("2");
    assert_eq!(decided(&window), ["1 1 allegation", "1 3 denial", "1 4 none (slip)"]);
    assert_eq!(window.article(), "Night shift", "on to the next article");
    window.press("N Backspace");
    assert_eq!(decided(&window), ["1 1 allegation", "1 3 denial"], "the last decision is open again");
    assert_eq!(window.at(), 4);
    window.press("3 Ctrl+Z");
    assert_eq!(decided(&window).len(), 2);
    assert_eq!(window.at(), 4, "undo shows its place");
    window.press("Ctrl+Shift+Z");
    assert_eq!(decided(&window), ["1 1 allegation", "1 3 denial", "1 4 fact"]);
    window.press("Shift+D");
    assert_eq!(window.article(), "Night shift");
    window.press("C");
    window.type_text("It is a claim");
    window.press("Enter 1");
    assert_eq!(decided(&window).last().unwrap(), "2 1 allegation (It is a claim)");
    assert_eq!(sums(&window, Kind::Undecided), 0);

    let saved = place.doc("gold.allegata.ron");
    window.press("Ctrl+S");
    window.answer(Question::SaveAs, &[&saved]);
    let before = decided(&window);
    let table = place.doc("gold.csv");
    window.tell(Intent::Run("export-gold"));
    window.answer(Question::Export("csv"), &[&table]);
    window.press("Ctrl+E Escape");
    let rows = std::fs::read_to_string(&table).unwrap();
    let by = |row: &str| row.rsplit(',').nth(3).unwrap().to_owned();
    assert_eq!(
        rows.lines().skip(1).map(by).collect::<Vec<_>>(),
        ["decided", "unanimous", "decided", "decided", "decided"]
    );
    // What was decided is sent back as a file.
    let summary = place.doc("summary.md");
    window.answer(Question::Summary, &[&place.doc("summary")]);
    let text = std::fs::read_to_string(&summary).unwrap();
    assert!(text.contains("4 of 4 disagreements decided") && text.contains("\n## "));
    assert!(text.contains("It is a claim"), "{text}");
    window.answer(Question::Summary, &[&place.doc("summary")]);
    assert!(window.notices().iter().any(|notice| notice.contains("there is a file of that name")));
    window.answer(Question::Summary, &[&saved]);
    assert!(window.notices().iter().any(|notice| notice.contains("Not written")), "{:?}", window.notices());
    assert!(window.close());
    let window = Window::on(&place, &saved);
    assert_eq!(decided(&window), before);
    let now: Vec<_> = files_as_they_are(&place);
    assert_eq!(now, theirs, "the files of the coders are only read");
}

fn files_as_they_are(place: &Place) -> Vec<Vec<u8>> {
    ["mira.ron", "jonas.ron", "tove.ron"].map(|name| std::fs::read(place.doc(name)).unwrap()).into()
}

#[test]
fn the_list_says_what_there_is_and_what_is_decided_here_and_in_all() {
    let place = Place::new();
    let path = place.keep("team.ron", &team());
    let mut window = Window::on(&place, &path);
    window.press("Ctrl+3");
    for words in ["Disagree 3", "Unsure 1", "All 4", "Open 3", "Noted 1"] {
        assert!(window.shows(words), "{words} is not among {:?}", window.texts());
    }
    for words in ["Conflict 0", "Stale 0"] {
        assert!(!window.shows(words), "{words}: there are none");
    }
    assert!(window.shows("0 of 3 decided here, 0 of 4 decided in all"));
    window.press("2");
    ada(&mut window);
    assert!(window.shows("1 of 3 decided here, 1 of 4 decided in all"));
    window.harness.get_by_label("Noted 1").click();
    window.settle();
    assert_eq!(window.with(|session| session.review().queue().len()), 1);
    // The articles with how far each is, and one is gone to.
    window.tell(Intent::Run("review-articles"));
    assert!(window.shows("1 of 4 disagreements decided in all of them."));
    window.press("Down Enter");
    assert_eq!((window.article().as_str(), window.at()), ("Night shift", 1));
}

#[test]
fn hidden_names_stand_nowhere() {
    let place = Place::new();
    let path = place.keep("team.ron", &team());
    let mut window = Window::on(&place, &path);
    window.press("Ctrl+3");
    let shown = |window: &Window| {
        let texts = window.texts();
        NAMES
            .iter()
            .filter(|(_, name)| {
                let first = name.split(' ').next().unwrap();
                texts.iter().any(|text| text.contains(first))
            })
            .count()
    };
    for keys in ["Home", "Down", "Down", "Down", "Right"] {
        window.press(keys);
        assert_eq!(shown(&window), 0, "{:#?}", window.texts());
    }
    window.press("Left H");
    assert_eq!(shown(&window), 3);
    window.press("H");
    assert_eq!(shown(&window), 0);
}

#[test]
fn an_answer_that_changes_makes_a_decision_stale() {
    let place = Place::new();
    let path = place.keep("team.ron", &team());
    let mut window = Window::on(&place, &path);
    window.press("Ctrl+3 2");
    ada(&mut window);
    assert_eq!((sums(&window, Kind::Stale), decided(&window).len()), (0, 1));
    let project = window.project();
    let decision = project.decisions().next().unwrap().clone();
    let jonas = CoderId::new("jonas");
    let sheet = project.sheets_of(&jonas).find(|s| s.key.article == decision.article).unwrap();
    let action = Action::Sheet { key: sheet.key.clone(), to: None };
    window.tell(Intent::Do { name: "a sheet leaves".to_owned(), action });
    assert_eq!((sums(&window, Kind::Stale), decided(&window).len()), (1, 1), "listed, not lost");
    window.press("Ctrl+Z");
    assert_eq!(sums(&window, Kind::Stale), 0);
    let whole = window.with(|session| session.review().comparison().cloned());
    let project = window.project();
    assert_eq!(whole.unwrap(), allegata::analysis::compare::Comparison::of(&project));
    assert_eq!(Units::of(&project).articles.len(), 2);
}

#[test]
fn all_that_most_say_is_taken_as_one_step() {
    let place = Place::new();
    let path = place.keep("team.ron", &team());
    let mut window = Window::on(&place, &path);
    window.press("Ctrl+3");
    window.tell(Intent::Look(Look::Over(Over::TakeAll)));
    assert!(window.shows("Decide 1 sentence"), "what all say is offered first");
    window.press("Down");
    assert!(window.shows("Decide 3 sentences"));
    window.press("Enter");
    ada(&mut window);
    window.tell(Intent::Look(Look::Over(Over::TakeAll)));
    window.press("Down Enter");
    assert_eq!(decided(&window), ["1 1 allegation", "1 2 denial", "1 4 fact"]);
    window.press("Ctrl+Z");
    assert!(decided(&window).is_empty(), "one step back");
}

#[test]
fn comments_are_threads_and_no_disagreement() {
    let place = Place::new();
    let path = place.keep("team.ron", &team());
    let mut window = Window::on(&place, &path);
    window.press("Ctrl+3 2");
    ada(&mut window);
    let before = sums(&window, Kind::Disagree);
    window.press("Shift+C");
    assert!(window.field("Your comment").is_focused());
    window.type_text("Is that so");
    window.press("Ctrl+Enter");
    assert_eq!(window.project().n_comments(), 1);
    assert!(window.shows("Settle"));
    let id = window.project().comments().next().unwrap().id.clone();
    window.tell(Intent::Note(Noting::Settle(id, true)));
    assert!(window.project().comments().all(|comment| comment.resolved));
    window.press("Escape");
    assert_eq!(sums(&window, Kind::Disagree), before);
}
