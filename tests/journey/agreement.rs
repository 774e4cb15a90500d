//! Agreement: three files, their figures, a cell, its sentences, a decision, and the same figures.

use std::path::PathBuf;
use std::process::Command;

use allegata::analysis::agreement::of_project::Missing;
use allegata::formats::figures;
use allegata::formats::svg::Width;
use allegata::model::ids::CoderId;
use allegata::model::plan;
use allegata::model::sheet::SheetKey;
use allegata::session::intent::Intent;
use allegata::session::job::{JobResult, Question};
use allegata::session::review::agreement::Picture;
use allegata::session::screens::Screen;
use allegata::session::view::{Over, Place as InWindow};
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use serde_json::Value;

use crate::review::{NAMES, ada, decided, files, team};
use crate::window::{Place, Window};

/// Twelve articles of six sentences, which three coders answered: mostly alike, and as they are drawn each time.
pub fn dozen() -> allegata::model::project::Project {
    let labels = ["allegation", "denial", "fact", "none"];
    let article = |n: usize| {
        let sentence = |m: usize| {
            let alike = (n * 7 + m * 5) % 4;
            let said = |coder: usize, name: &str| {
                let strays = (n * n * 5 + m * 7 + coder * 11 + n * m * coder) % 13 < 1 + n % 3;
                format!("{name}: {}", labels[if strays { (alike + coder) % 4 } else { alike }])
            };
            let said = [said(1, "mira"), said(2, "jonas"), said(3, "tove")].join("; ");
            format!("The depot of article {n} kept its log number {m} in pencil. [{said}]")
        };
        let sentences: Vec<String> = (1..=6).map(sentence).collect();
        format!("# Cold store {n} | Ledger | 2025-03-{:02}\n{}\n", n + 1, sentences.join(" "))
    };
    crate::window::drawn(&(0..12).map(article).collect::<String>())
}

/// Three coders' files, compared, and their figures shown.
fn shown(place: &Place) -> (Window, Vec<PathBuf>) {
    let mut window = Window::new(place);
    let files = files(place);
    window.tell(Intent::Finished(Box::new(JobResult::Given(files.clone()))));
    window.press("G");
    assert!(is_shown(&window), "{:?}", window.notices());
    (window, files)
}

fn is_shown(window: &Window) -> bool {
    window.with(|session| matches!(session.view().screen, Some(Screen::Agreement)))
}

/// The figures in the window, as programs read them.
fn figures_of(window: &Window) -> Value {
    window.with(|session| {
        let agreement = session.review().agreement();
        assert!(!agreement.is_counting());
        // As they are read again: the last digit of a number may be lost on the way.
        serde_json::from_str(&figures::of(&agreement.figures().unwrap().worked.panel).to_string()).unwrap()
    })
}

/// What `allegata agreement --json` says of these files.
fn said(files: &[PathBuf], more: &[&str]) -> Value {
    let program = env!("CARGO_BIN_EXE_allegata");
    let out = Command::new(program).arg("agreement").args(files).arg("--json").args(more).output().unwrap();
    serde_json::from_slice(&out.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&out.stderr)))
}

/// All that the one object says is in the other one.
fn holds(all: &Value, some: &Value) {
    for (key, value) in some.as_object().unwrap() {
        if key == "undefined" {
            continue;
        }
        assert_eq!(&all[key], value, "{key}");
    }
}

#[test]
fn three_files_a_cell_its_sentences_a_decision_and_the_same_figures() {
    let place = Place::new();
    let (mut window, files) = shown(&place);
    let before = figures_of(&window);
    let all = said(&files, &[]);
    holds(&all, &before);
    assert!(window.shows("whole project: 2 articles, 5 sentences, 3 coders"), "{:?}", window.texts());
    let texts = window.texts().join("\n");
    assert!(texts.contains("Krippendorff\u{2019}s alpha ") && texts.contains("95 % interval"), "{texts}");
    assert!(texts.contains("The lower end"), "{texts}");
    // The fullest cell is chosen; arrows choose others, and Enter lists the sentences of one.
    let cell = |window: &Window| window.with(|session| session.review().agreement().chosen_cell().unwrap());
    window.press("Left Left Left Left");
    let first = cell(&window);
    window.press("Right");
    let second = cell(&window);
    assert_ne!(first, second);
    window.press("Left");
    assert_eq!(cell(&window), first);
    let at = (0..3).flat_map(|row| (0..3).map(move |column| (row, column)));
    let full = at.map(|(row, column)| {
        window.with(|session| {
            let agreement = session.review().agreement();
            let labels = agreement.labels();
            let pair = agreement.chosen_pair().unwrap();
            (agreement.n_in(pair, (labels[row], labels[column])), labels[row], labels[column])
        })
    });
    let (n, row, column) = full.filter(|(_, row, column)| row != column).max_by_key(|(n, ..)| *n).unwrap();
    let look = allegata::session::review::agreement::AgreementLook::Cell(row, column);
    window.tell(Intent::Look(allegata::session::view::Look::Review(
        allegata::session::review::ReviewLook::Agreement(look),
    )));
    assert_eq!(window.with(|session| session.review().agreement().sentences().len()) as u64, n);
    window.press("Enter");
    assert!(!is_shown(&window) && window.with(|session| session.view().place) == InWindow::Review);
    assert_eq!(window.with(|session| session.review().queue().len()) as u64, n);
    window.press("2");
    ada(&mut window);
    assert_eq!(decided(&window).len(), 1);
    window.press("Escape");
    assert!(is_shown(&window), "back to the figures");
    assert_eq!(figures_of(&window), before, "what is decided never enters agreement");
    window.press("Escape");
    assert!(!is_shown(&window));
    assert!(window.with(|session| !session.review().chosen().cell));
}

#[test]
fn figures_follow_answers_words_and_rules_and_stay_those_of_the_command_line() {
    let place = Place::new();
    let (mut window, files) = shown(&place);
    let whole = figures_of(&window);
    // Words that articles are to fit.
    window.press("/");
    window.type_text("tide");
    let few = figures_of(&window);
    assert_ne!(few, whole);
    holds(&said(&files, &["--articles", "tide"]), &few);
    assert!(window.shows("1 of 2 articles, 1 sentence, 2 coders"), "{:?}", window.texts());
    window.type_text("x");
    assert!(window.shows("No article"), "{:?}", window.texts());
    window.press("Escape");
    assert!(is_shown(&window), "Esc was for the field");
    assert_eq!(figures_of(&window), whole);
    // Another answer changes the figures; undo brings them back.
    let mira = CoderId::new("mira");
    let key = |window: &Window, coder: &CoderId| {
        let project = window.project();
        let key = project.sheets_of(coder).next().unwrap().key.clone();
        SheetKey { coder: coder.clone(), article: key.article }
    };
    let of_mira = key(&window, &mira);
    let span = window.project().article(&of_mira.article).unwrap().sentences()[0].span;
    let at = allegata::model::ids::Stamp(2_000_000_000);
    let none = plan::Answer::Labels(vec![]);
    let action = plan::answer(&window.project(), &of_mira, span, &none, at).unwrap();
    window.tell(Intent::Do { name: "another answer".to_owned(), action });
    let said = window.project().coding(&of_mira, span).cloned().unwrap();
    assert!(said.answered && said.labels.is_empty(), "{:?}", window.notices());
    assert_ne!(figures_of(&window), whole);
    window.press("Ctrl+Z");
    assert_eq!(figures_of(&window), whole);
    // By the other rule, silence in a done article is an answer: the same until something is done.
    window.press("M");
    assert_eq!(figures_of(&window), whole);
    let rule = |window: &Window| window.with(|session| session.review().agreement().lens().rule.missing);
    assert_eq!(rule(&window), Missing::NoneIfDone);
    window.press("M F");
    let texts = window.texts().join("\n");
    for name in ["Fleiss\u{2019} kappa", "AC1", "Brennan", "Conger", "Light", "Scott", "interval by draws"] {
        assert!(texts.contains(name), "{name}: {texts}");
    }
    let seed = |window: &Window| window.with(|session| session.review().agreement().lens().seed);
    let was = seed(&window);
    window.harness.get_by_label("Draw with another seed").click();
    window.settle();
    assert_eq!(seed(&window), was + 1);
    assert_eq!(figures_of(&window), whole);
}

#[test]
fn hidden_names_stand_nowhere_among_the_figures() {
    let place = Place::new();
    let (mut window, _) = shown(&place);
    let named = |window: &Window| {
        let texts = window.texts();
        let is_said = |(_, name): &&(&str, &str)| {
            let first = name.split(' ').next().unwrap();
            texts.iter().any(|text| text.contains(first))
        };
        NAMES.iter().filter(is_said).count()
    };
    for keys in ["Home", "]", "]", "F", "Down", "M"] {
        window.press(keys);
        assert_eq!(named(&window), 0, "{:#?}", window.texts());
        assert!(window.texts().iter().any(|text| text.contains("Coder 2")));
    }
    window.press("H");
    assert_eq!(named(&window), 3);
    window.press("] Enter");
    assert!(!is_shown(&window));
    window.press("H Escape");
    assert!(is_shown(&window));
    assert_eq!(named(&window), 0, "{:#?}", window.texts());
}

/// The rows of a CSV table, cell by cell: none of ours has a comma in it.
fn rows(path: &std::path::Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|row| row.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn figures_and_charts_are_taken_along_as_they_are_shown() {
    let place = Place::new();
    let (mut window, _) = shown(&place);
    window.click("CSV");
    assert!(window.with(|session| session.view().over == Some(Over::Browser(Question::Figures))));
    let csv = place.doc("figures.csv");
    window.answer(Question::Figures, &[&csv]);
    let said = format!("The figures are in {}", csv.display());
    assert!(window.notices().iter().any(|notice| notice.contains(&said)), "{:?}", window.notices());
    let table = rows(&csv);
    let figures = figures_of(&window);
    let of = |name: &str| table.iter().filter(|row| row[0] == name).collect::<Vec<_>>();
    for key in ["krippendorff_alpha_nominal", "percent_pooled", "conger_kappa", "gwet_ac1"] {
        assert_eq!(of(key)[0][4].parse().ok(), figures[key].as_f64(), "{key}");
    }
    let ends = ["low", "high"].map(|end| figures["alpha_interval"][end].as_f64());
    assert_eq!([5, 6].map(|cell| of("krippendorff_alpha_nominal")[0][cell].parse().ok()), ends);
    let sorted = |mut all: Vec<f64>| {
        all.sort_by(f64::total_cmp);
        all
    };
    let kappas = of("cohen_kappa").iter().filter_map(|row| row[4].parse().ok()).collect();
    let pairs = figures["pairs"].as_array().unwrap().iter();
    assert_eq!(sorted(kappas), sorted(pairs.filter_map(|pair| pair["cohen_kappa"].as_f64()).collect()));
    // Names are hidden, and stay so.
    let text = std::fs::read_to_string(&csv).unwrap();
    assert!(text.contains("Coder 1") && !text.to_lowercase().contains("mira"), "{text}");
    window.press("H");
    window.answer(Question::Figures, &[&csv]);
    assert!(std::fs::read_to_string(&csv).unwrap().contains("Mira Okafor"));
    // A name that gets its ending here replaces nothing that nobody was asked about.
    let was = std::fs::read(&csv).unwrap();
    window.press("H");
    window.answer(Question::Figures, &[&place.doc("figures")]);
    assert_eq!(std::fs::read(&csv).unwrap(), was);
    assert!(window.notices().iter().any(|notice| notice.contains("Not written")), "{:?}", window.notices());

    window.click("SVG");
    assert!(window.with(|session| session.view().over == Some(Over::Chart)));
    assert!(window.shows("Chart as SVG") && window.shows("By label") && !window.shows("Labels over time"));
    assert!(window.shows("Over time there is no chart"), "{:?}", window.texts());
    window.harness.get_by_role_and_label(Role::RadioButton, "90 mm wide").click();
    window.settle();
    window.press("Enter");
    let chart = Question::Chart(Picture::ByLabel, Width::Column);
    assert!(window.with(|session| session.view().over == Some(Over::Browser(chart))));
    let svg = place.doc("labels.svg");
    window.answer(chart, &[&svg]);
    let text = std::fs::read_to_string(&svg).unwrap();
    assert!(text.starts_with("<svg") && text.contains("90mm") && text.contains(">Allegation<"), "{text}");
    let said = format!("The chart is in {}", svg.display());
    assert!(window.notices().iter().any(|notice| notice.contains(&said)), "{:?}", window.notices());
    window.click("Report\u{2026}");
    assert!(window.shows("Report on reliability"));
}

#[test]
fn of_a_dozen_articles_there_is_a_chart_over_time() {
    let place = Place::new();
    let path = place.keep("dozen.ron", &dozen());
    let mut window = Window::on(&place, &path);
    window.press("Ctrl+3 G");
    window.tell(Intent::Run("agreement-svg"));
    for (name, picture, words) in
        [("Over time", Picture::OverTime, "1 to 6"), ("Labels over time", Picture::LabelsOverTime, "Coder 3")]
    {
        window.harness.get_by_role_and_label(Role::RadioButton, name).click();
        window.settle();
        assert_eq!(window.with(|session| session.view().chart), (picture, Width::Page));
        let svg = place.doc("chart.svg");
        window.answer(Question::Chart(picture, Width::Page), &[&svg]);
        let text = std::fs::read_to_string(&svg).unwrap();
        assert!(text.contains("190mm") && text.contains(words), "{name}: {text}");
    }
}

/// Whoever set a sentence aside after it was answered can count it all the same; nobody decides it.
#[test]
fn what_is_set_aside_is_left_out_unless_somebody_wants_it() {
    let place = Place::new();
    let mut project = team();
    let first = project.articles().min_by_key(|article| article.added).unwrap();
    let (article, span) = (first.id.clone(), first.sentences()[0].span);
    let n_before = {
        let units = allegata::analysis::units::Units::of(&project);
        units.articles.iter().map(|article| article.units.len()).sum::<usize>()
    };
    let aside = allegata::model::mending::kind(&project, &article, span, "aside").unwrap().unwrap();
    project.apply(aside.action).unwrap();
    let path = place.keep("aside.ron", &project);
    let mut window = Window::on(&place, &path);
    window.press("Ctrl+3 G");
    let counts =
        |window: &Window| usize::try_from(figures_of(window)["counts"]["units"].as_u64().unwrap()).unwrap();
    assert_eq!(counts(&window), n_before - 1);
    holds(&said(std::slice::from_ref(&path), &[]), &figures_of(&window));
    let words = window.texts().into_iter().find(|text| text.contains("set aside")).unwrap();
    // It stands below what is in view.
    window.harness.get_by_role_and_label(Role::CheckBox, &words).click_accesskit();
    window.settle();
    assert_eq!(counts(&window), n_before, "{words}");
    let all = said(std::slice::from_ref(&path), &["--also", "aside"]);
    holds(&all, &figures_of(&window));
    assert_eq!(all["said"]["sentences_set_aside"], 1);
    // Cells say how many there are; those that can be decided are listed.
    let listed = window.with(|session| {
        let agreement = session.review().agreement();
        agreement.sentences().iter().all(|at| session.review().comparison().unwrap().judged(*at).is_some())
    });
    assert!(listed);
}

#[test]
fn where_there_is_nothing_to_compare_it_says_what_to_do() {
    let place = Place::new();
    let check = |drawing: &str, want: &str| {
        let path = place.project(&format!("{}.ron", want.replace(' ', "-")), drawing);
        let mut window = Window::on(&place, &path);
        window.press("Ctrl+3");
        window.tell(Intent::Run("agreement"));
        assert!(window.shows(want), "{want}: {:?}", window.texts());
        assert!(window.close());
    };
    check("# Fire\nOne. [fact] Two. [denial]", "One coder alone");
    check("# Fire\nOne. [anna: fact] Two. [ben: denial]", "No sentence was answered by two");
    check("# Fire\nOne. [fact; ben: fact] Two. [fact; ben: fact]", "undefined");
}

/// Articles by one outlet alone: the interval is by sentence, and says so.
#[test]
fn one_article_is_judged_by_sentence_and_says_so() {
    let place = Place::new();
    let project = team();
    let path = place.keep("team.ron", &project);
    let mut window = Window::on(&place, &path);
    window.press("Ctrl+3 G /");
    window.type_text("courier");
    assert!(window.shows("one article only, so by sentence"), "{:?}", window.texts());
}
