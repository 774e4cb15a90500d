//! Files that say different things, a colleague's file over mine, and answers that change after they were decided on.

use std::fs;
use std::path::PathBuf;

use allegata::analysis::compare::Kind;
use allegata::formats::project as file;
use allegata::model::action::{Action, Record};
use allegata::model::coding::{Coding, labels_cell};
use allegata::model::conflict::{Conflict, Value, What};
use allegata::model::ids::{ArticleId, CoderId, LabelId, Span, Stamp};
use allegata::model::plan::{self, Answer};
use allegata::model::project::Project;
use allegata::model::sheet::SheetKey;
use allegata::session::intent::{CoderChoice, Intent};
use allegata::session::job::{JobResult, Question};
use allegata::session::screens::Screen;
use allegata::session::view::Place as InWindow;

use egui_kittest::kittest::Queryable as _;

use crate::review::{ada, decided, files, sums, team};
use crate::window::{Place, Window, rows};

const LATER: i64 = 2_000_000_000;

/// The sentence of this number in the first article.
fn sentence(project: &Project, number: usize) -> (ArticleId, Span) {
    let first = project.articles().min_by_key(|article| article.added).unwrap();
    (first.id.clone(), first.sentences()[number - 1].span)
}

/// What a coder says of a sentence of the first article, later than all that was said before.
fn said(project: &mut Project, coder: &str, number: usize, label: &str) {
    let (article, span) = sentence(project, number);
    let key = SheetKey { coder: CoderId::new(coder), article };
    let answer = Answer::Labels(vec![LabelId::new(label)]);
    let action = plan::answer(project, &key, span, &answer, Stamp(LATER)).unwrap();
    project.apply(action).unwrap();
}

fn read(path: &PathBuf) -> Project {
    file::read(&fs::read(path).unwrap()).unwrap().project
}

fn answer_of(window: &Window, coder: &str, number: usize) -> String {
    let project = window.project();
    let (article, span) = sentence(&project, number);
    let coding = project.coding(&SheetKey { coder: CoderId::new(coder), article }, span).cloned();
    coding.filter(|coding| coding.answered).map_or("-".to_owned(), |coding| labels_cell(&coding.labels))
}

fn screen(window: &Window) -> Option<usize> {
    window.with(|session| match &session.view().screen {
        Some(Screen::Compare(comparing)) => Some(comparing.things().count()),
        _ => None,
    })
}

fn given(window: &mut Window, files: &[PathBuf]) {
    window.tell(Intent::Finished(Box::new(JobResult::Given(files.to_vec()))));
}

#[test]
fn what_files_say_differently_is_shown_and_chosen_before_it_is_decided() {
    let place = Place::new();
    let mut paths = files(&place);
    // Jonas' file has another codebook, and tove sent a later file.
    let text = fs::read_to_string(&paths[1]).unwrap();
    let text =
        text.replace("\"allegation\"", "\"charge\"").replace("name: \"Allegation\"", "name: \"Charge\"");
    paths[1] = place.write("jonas-b.ron", text);
    let mut later = read(&paths[2]);
    said(&mut later, "tove", 1, "allegation");
    said(&mut later, "tove", 3, "denial");
    paths.push(place.keep("tove-2.ron", &later));
    let before: Vec<_> = paths.iter().map(|path| fs::read(path).unwrap()).collect();

    let mut window = Window::new(&place);
    given(&mut window, &paths);
    assert_eq!(screen(&window), Some(2), "a codebook and a coder: {:?}", window.notices());
    assert!(window.shows("The codebook of jonas-b.ron"));
    assert!(window.shows("1 answer stays out: the label has none here."));
    // A label key decides nothing here, it maps: charge is an allegation.
    window.press("1");
    assert!(window.shows("Every answer has a label here."), "{:?}", window.texts());
    window.press("Right");
    assert!(window.shows("A coder whose answers stand in two files"), "names are hidden");
    let texts = window.texts().join("|");
    assert!(
        texts.contains("fact or Allegation") || texts.contains("Fact or Allegation"),
        "one by one: {texts}"
    );
    assert!(texts.contains("None or Denial"), "one by one: {texts}");
    assert_eq!(
        (answer_of(&window, "jonas", 1), answer_of(&window, "tove", 3)),
        ("-".to_owned(), "none".to_owned())
    );
    window.press("T");
    assert!(window.shows("Every answer has a label here. 2 answers are taken from the other file."));
    window.press("Ctrl+Enter");
    assert_eq!(screen(&window), None);
    assert_eq!(window.with(|session| session.view().place), InWindow::Review);
    assert_eq!(answer_of(&window, "jonas", 1), "allegation");
    assert_eq!(
        (answer_of(&window, "tove", 1), answer_of(&window, "tove", 3)),
        ("allegation".to_owned(), "denial".to_owned())
    );
    // It is one step, and it is looked at again by hand.
    window.press("Ctrl+Z");
    assert_eq!(
        (answer_of(&window, "jonas", 1), answer_of(&window, "tove", 3)),
        ("-".to_owned(), "none".to_owned())
    );
    window.press("Ctrl+Shift+Z");
    assert_eq!(answer_of(&window, "jonas", 1), "allegation");
    window.press("2");
    ada(&mut window);
    let n = decided(&window).len();
    assert_eq!(n, 1);
    window.tell(Intent::Run("compare-choose"));
    assert_eq!(screen(&window), Some(2));
    window.press("0 Ctrl+Enter");
    assert_eq!(answer_of(&window, "jonas", 1), "-", "left out after all");
    assert_eq!(decided(&window).len(), n, "what is decided stays");
    assert!(
        window.notices().iter().any(|notice| notice.contains("not everything")),
        "{:?}",
        window.notices()
    );
    let after: Vec<_> = paths.iter().map(|path| fs::read(path).unwrap()).collect();
    assert_eq!(after, before, "the files are only read");
}

#[test]
fn a_colleagues_file_over_mine_is_decided_and_discussed_and_changes_no_answer() {
    let place = Place::new();
    let path = place.keep("team.ron", &team());
    let mut theirs = read(&files(&place)[2]);
    said(&mut theirs, "tove", 2, "fact");
    let theirs = place.keep("theirs.ron", &theirs);
    let kept = fs::read(&theirs).unwrap();
    let mut window = Window::on(&place, &path);
    window.press("Ctrl+3");
    let answers = rows(&window.project());
    window.answer(Question::OverMine, &[&theirs]);
    assert!(window.status().contains("Tove Lind (theirs) over mine: "), "{}", window.status());
    for button in ["Theirs", "Mine", "Discuss"] {
        assert!(window.shows(button), "{:?}", window.texts());
    }
    let (article, span) = sentence(&window.project(), 2);
    window.tell(Intent::Look(allegata::session::view::Look::Place { article, sentence: Some(span) }));
    window.press("T");
    ada(&mut window);
    assert!(decided(&window).contains(&"1 2 fact".to_owned()), "{:?}", decided(&window));
    assert_eq!(rows(&window.project()), answers, "nobody's answer changes");
    assert_eq!(sums(&window, Kind::Stale), 0);
    window.press("Shift+C");
    window.type_text("Why a fact");
    window.press("Ctrl+Enter Escape");
    assert_eq!(window.project().n_comments(), 1);
    let before = decided(&window);
    window.tell(Intent::Run("over-away"));
    assert_eq!(sums(&window, Kind::Stale), 0, "what the guest said is none of the answers decided on");
    assert_eq!((decided(&window), rows(&window.project())), (before, answers));
    assert_eq!(fs::read(&theirs).unwrap(), kept);
}

#[test]
fn a_real_collect_makes_decisions_stale_and_so_does_a_sheet_that_leaves() {
    let place = Place::new();
    let path = place.keep("team.ron", &team());
    let mut sent = team();
    said(&mut sent, "jonas", 3, "fact");
    let sent = place.keep("jonas-again.ron", &sent);
    let mut window = Window::on(&place, &path);
    window.press("Ctrl+3");
    let (article, span) = sentence(&window.project(), 3);
    window.tell(Intent::Look(allegata::session::view::Look::Place { article, sentence: Some(span) }));
    window.press("2");
    ada(&mut window);
    assert_eq!((decided(&window), sums(&window, Kind::Stale)), (vec!["1 3 denial".to_owned()], 0));
    window.tell(Intent::Run("collect"));
    window.answer(Question::TeamFiles, &[&sent]);
    window.press("Ctrl+Enter");
    assert_eq!(answer_of(&window, "jonas", 3), "fact", "{:?}", window.notices());
    assert_eq!((decided(&window).len(), sums(&window, Kind::Stale)), (1, 1), "listed, not lost");
    assert!(window.shows("Stale 1"), "{:?}", window.texts());
    // Decided on what is answered now, it is so no more.
    let (article, span) = sentence(&window.project(), 3);
    window.tell(Intent::Look(allegata::session::view::Look::Place { article, sentence: Some(span) }));
    window.press("3");
    assert_eq!((decided(&window), sums(&window, Kind::Stale)), (vec!["1 3 fact".to_owned()], 0));
    // The coder goes, with all answers.
    window.tell(Intent::Coder(CoderChoice::Remove(CoderId::new("jonas"))));
    assert_eq!((decided(&window).len(), sums(&window, Kind::Stale)), (1, 1));
    window.press("Ctrl+Z");
    assert_eq!(sums(&window, Kind::Stale), 0);
    let key = window.project().sheets_of(&CoderId::new("tove")).next().unwrap().key.clone();
    window.tell(Intent::Do { name: "a sheet leaves".to_owned(), action: Action::Sheet { key, to: None } });
    assert_eq!((decided(&window).len(), sums(&window, Kind::Stale)), (1, 1));
}

#[test]
fn damaged_files_are_named_and_the_others_open() {
    let place = Place::new();
    let good = files(&place);
    let text = fs::read_to_string(&good[0]).unwrap();
    let deep = format!("(format: 1, writers_from: 1, x: {}{})", "(".repeat(20_000), ")".repeat(20_000));
    let bad = [
        place.write("cut.ron", &text.as_bytes()[..text.len() / 2]),
        place.write("empty.ron", ""),
        place.write("foreign.ron", "(name: \"a game\", level: 3)"),
        place.write("picture.ron", [0x89, b'P', b'N', b'G', 0, 255, 254]),
        place.write("deep.ron", deep),
        place.write("conflict.ron", format!("<<<<<<< ours\n{text}")),
        place.doc("gone.ron"),
    ];
    let newer =
        place.write("newer.ron", text.replace("format: 1, writers_from: 1", "format: 9, writers_from: 9"));
    let all: Vec<PathBuf> = good[1..].iter().chain(&bad).chain([&newer]).cloned().collect();
    let before: Vec<_> = all.iter().map(|path| fs::read(path).ok()).collect();
    let mut window = Window::new(&place);
    given(&mut window, &all);
    assert!(window.has_project(), "{:?}", window.notices());
    let listed = window.with(|session| {
        let shown = session.notices().shown();
        shown.iter().flat_map(|notice| notice.list.clone()).collect::<Vec<_>>().join("\n")
    });
    for path in &bad {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(listed.contains(&name), "{name} is not named in {listed}");
    }
    assert!(sums(&window, Kind::Disagree) > 0);
    assert_eq!(all.iter().map(|path| fs::read(path).ok()).collect::<Vec<_>>(), before, "nothing is written");
    // Nothing but damaged ones: said, and nothing is open.
    let mut window = Window::new(&Place::new());
    given(&mut window, &bad);
    assert!(!window.has_project());
    assert!(!window.notices().is_empty());
}

#[test]
fn a_sentence_in_conflict_is_listed_with_both_sides() {
    let place = Place::new();
    let mut project = team();
    let (article, span) = sentence(&project, 2);
    let side = |label: &str| {
        let labels = [LabelId::new(label)].into();
        Some(Value::Coding(Coding { labels, answered: true, ..Coding::default() }))
    };
    let conflict = Conflict {
        what: What::Coding,
        field: None,
        coder: Some(CoderId::new("mira")),
        article: Some(article),
        sentence: Some(span),
        id: None,
        base: None,
        ours: side("denial"),
        theirs: side("fact"),
        who: None,
        at: None,
        extra: None,
    };
    let to = Some(Box::new(conflict));
    project.apply(Action::Record(Record::Conflict { place: 0, to })).unwrap();
    let path = place.keep("team.ron", &project);
    let mut window = Window::on(&place, &path);
    window.press("Ctrl+3");
    window.harness.get_by_label("Conflict 1").click();
    window.settle();
    window.press("Down Up Down");
    assert_eq!(window.with(|session| session.review().queue().len()), 1);
    assert_eq!(window.at(), 2);
    let texts = window.texts().join("|");
    assert!(texts.contains(": denial here, fact in the other copy."), "{texts}");
    assert!(!texts.contains("Mira"), "{texts}");
    assert!(window.shows("Conflict\u{2026}"));
}
