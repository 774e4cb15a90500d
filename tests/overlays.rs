//! What stands over the window and the welcome page, by label and by real keys, and as pictures.
#![cfg(feature = "gui")]

#[path = "support/cpu.rs"]
mod cpu;

use allegata::model::article::{Article, tile};
use allegata::model::ids::{ArticleId, LabelId, ProjectId, Stamp};
use allegata::model::project::{Parts, Project};
use allegata::session::Session;
use allegata::session::intent::{Answering, CoderChoice, Intent, Say, Then};
use allegata::session::job::{Effect, Job, JobResult, Opened, Question, Recovered, Version};
use allegata::session::moment::Moment;
use allegata::session::prefs::{LabelCount, RecentProject, Settings};
use allegata::session::view::{Confirm, Look, Over};
use allegata::ui::drafts::Drafts;
use allegata::ui::theme::{self, ThemeChoice};
use allegata::ui::{over, welcome};
use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// 24 November 2026, 12:00 UTC.
const NOW: i64 = 1_795_521_600;
const DAY: i64 = 86_400;

/// A window with a session and what is drawn over it; what only the shell could do is written down.
struct Window {
    session: Session,
    drafts: Drafts,
    effects: Vec<Effect>,
    intents: Vec<String>,
}

impl Window {
    fn new(mut session: Session) -> Self {
        session.handle(Intent::Time, &moment());
        Self { session, drafts: Drafts::default(), effects: vec![], intents: vec![] }
    }

    fn ui(&mut self, ui: &mut egui::Ui) {
        let mut intents = Vec::new();
        // Where the top bar and the status bar will be.
        let room = ui.ctx().content_rect();
        let room = egui::Rect::from_min_max(
            room.min + vec2(0.0, theme::TOP_BAR),
            room.max - vec2(0.0, theme::STATUS_BAR),
        );
        ui.painter().rect_filled(ui.ctx().content_rect(), 0, theme::of(ui).tokens.chrome);
        let mut place = ui.new_child(egui::UiBuilder::new().max_rect(room));
        let ui = &mut place;
        if self.session.desk().is_none() {
            welcome::welcome_ui(ui, &self.session, &mut self.drafts, &mut intents);
        }
        over::over_ui(ui, &self.session, &mut self.drafts, &mut intents);
        for intent in intents {
            self.intents.push(format!("{intent:?}").chars().take(200).collect());
            self.effects.extend(self.session.handle(intent, &moment()));
        }
    }

    fn open(mut self, over: Over) -> Self {
        self.session.handle(Intent::Look(Look::Over(over)), &moment());
        self
    }
}

fn moment() -> Moment {
    Moment { at: Stamp(NOW), chance: 7 }
}

fn harness(window: Window, size: egui::Vec2, choice: ThemeChoice) -> Harness<'static, Window> {
    let system = if choice == ThemeChoice::Dark { egui::Theme::Dark } else { egui::Theme::Light };
    let mut harness = Harness::builder()
        .with_size(size)
        .with_theme(system)
        .renderer(cpu::CpuRenderer::default())
        .with_context_setup(move |ctx| theme::apply(ctx, choice))
        .with_options(egui_kittest::SnapshotOptions::new().threshold(0.0))
        .build_ui_state(|ui, window: &mut Window| window.ui(ui), window);
    harness.run();
    harness
}

fn small(window: Window) -> Harness<'static, Window> {
    harness(window, vec2(1280.0, 800.0), ThemeChoice::Light)
}

fn article(n: usize) -> Article {
    let titles = [
        "Dairy group Tarnbrook accused of rewriting cold-store records",
        "Parents demand logbooks after report on school milk",
        "Food office denies delay",
    ];
    let title = titles.get(n).map_or_else(|| format!("Report number {n}"), |title| (*title).to_owned());
    let text = format!("Text {n} begins. The firm denied it. The register shows eleven entries.");
    let ends = ["Text", "The firm", "The register"];
    let starts: Vec<usize> = ends.iter().map(|begin| text.find(begin).unwrap()).collect();
    let rows: Vec<_> =
        (0..3).map(|i| (starts[i]..starts.get(i + 1).copied().unwrap_or(text.len()), None)).collect();
    let sentences = tile(&text, &rows).unwrap();
    let mut article =
        Article::new(ArticleId::new(format!("article-{n}")), text.into(), sentences, "0".repeat(64));
    article.meta.title = Some(title.into());
    article
}

fn project(n_articles: usize) -> Project {
    let mut parts = Parts::new(ProjectId::new("p1"), "Cold chain 2025");
    parts.articles = (0..n_articles).map(|n| Arc::new(article(n))).collect();
    Project::assemble(parts).unwrap()
}

fn opened(project: Project) -> Opened {
    Opened {
        project,
        history: Default::default(),
        path: "/home/ines/work/cold-chain-2025.ron".into(),
        untitled: false,
        read_only: None,
        mends: vec![],
        recovered: vec![],
        warnings: vec![],
        saved_at: Stamp(NOW),
        last_n: 0,
        places: vec![],
        arrived: None,
    }
}

fn session_of(opened: Opened) -> Session {
    let mut session = Session::default();
    session.handle(Intent::Finished(Box::new(JobResult::Opened(Ok(Box::new(opened))))), &moment());
    session
}

fn recent(title: &str, path: &Path, days: i64, figures: [usize; 8]) -> RecentProject {
    let [n_articles, n_done, n_sentences, n_answered, a, d, f, _] = figures;
    let label = |name: &str, colour: &str, n| LabelCount { name: name.into(), colour: colour.into(), n };
    RecentProject {
        id: title.into(),
        path: path.into(),
        title: title.into(),
        opened_at: NOW - days * DAY,
        n_articles,
        n_done,
        n_sentences,
        n_answered,
        labels: vec![
            label("Allegation", "#D55E00", a),
            label("Denial", "#0072B2", d),
            label("Fact", "#009E73", f),
        ],
    }
}

/// Five projects, of which the last one's file is gone.
fn recents(folder: &Path) -> Vec<RecentProject> {
    let rows = [
        recent("Cold chain 2025", &folder.join("a.ron"), 1, [24, 2, 561, 67, 17, 16, 29, 0]),
        recent(
            "Harbour tender, second wave",
            &folder.join("b.ron"),
            2,
            [112, 97, 3340, 2906, 640, 390, 1700, 0],
        ),
        recent("Coder training, set B", &folder.join("c.ron"), 12, [12, 12, 318, 318, 82, 51, 161, 0]),
        recent(
            "Waste contracts 2019 to 2024",
            &folder.join("d.ron"),
            52,
            [640, 41, 19_470, 1288, 300, 60, 850, 0],
        ),
        recent("Press council pilot", &folder.join("gone.ron"), 175, [9, 1, 200, 20, 5, 5, 5, 0]),
    ];
    for row in rows.iter().take(4) {
        std::fs::write(&row.path, "x").unwrap();
    }
    rows.to_vec()
}

fn welcome(recent: Vec<RecentProject>) -> Window {
    Window::new(Session::new(Settings { recent, ..Settings::default() }))
}

/// Writes what is drawn to the folder `ALLEGATA_PICTURES`, to be looked at.
fn picture(harness: &mut Harness<'static, Window>, name: &str) {
    if let Some(folder) = std::env::var_os("ALLEGATA_PICTURES") {
        harness.render().unwrap().save(PathBuf::from(folder).join(format!("{name}.png"))).unwrap();
    }
}

fn opens(window: &Window) -> Vec<PathBuf> {
    let path = |effect: &Effect| match effect {
        Effect::Start(Job::Open { path }) => Some(path.clone()),
        _ => None,
    };
    window.effects.iter().filter_map(path).collect()
}

/// A session over three articles, with two coders, a coder at the keyboard and one answer.
fn worked() -> Session {
    let mut session = session_of(opened(project(3)));
    for name in ["Mira Okafor", "Jonas Brandt"] {
        session.handle(Intent::Coder(CoderChoice::New(name.into())), &moment());
    }
    session.handle(say(), &moment());
    session
}

fn say() -> Intent {
    let say = Say::Label(LabelId::new("denial"));
    Intent::Answer(Answering { sentence: None, say, then: Then::Next })
}

fn browsed(folder: &Path, question: Question) -> Window {
    for name in ["articles", "Older"] {
        std::fs::create_dir_all(folder.join(name)).unwrap();
    }
    for name in [
        "cold-chain.ron",
        "tender.ron",
        "1-storage.txt",
        "2-board.md",
        "3-reply.txt",
        "scan.pdf",
        ".draft.txt",
    ] {
        std::fs::write(folder.join(name), "Some words.").unwrap();
    }
    let path = folder.join("cold-chain.ron");
    let session = session_of(Opened { path, ..opened(project(3)) });
    Window::new(session).open(Over::Browser(question))
}

fn every_over(folder: &Path) -> Vec<(&'static str, Window)> {
    let recovered = |n: u32| Recovered {
        name: "label: denial".into(),
        at: Stamp(NOW - 60 * i64::from(n)),
        article: Some(ArticleId::new("article-0")),
        sentence: Some(article(0).sentences()[n as usize % 3].span),
    };
    let version = |n: i64| Version {
        path: format!("/home/ines/.local/state/allegata/p1/backups/{n}.ron").into(),
        at: Stamp(NOW - n * DAY / 2),
        says: format!("24 articles, {} answers", 500 - n),
    };
    let places = vec![
        ("Journal".to_owned(), PathBuf::from("/home/ines/.local/state/allegata/p1/journal.ron")),
        ("Backups".to_owned(), PathBuf::from("/home/ines/.local/state/allegata/p1/backups")),
    ];
    let mends = vec![
        "a second row for sentence 122-268 of article `article-1` was set aside".to_owned(),
        "the label `alegation` is not in the scheme: the row was kept as it is, without an answer".to_owned(),
    ];
    let lines =
        (1..30).map(|n| format!("page-{n}.pdf: this is no text hint: save it as text first")).collect();
    let with = |opened: Opened| Window::new(session_of(opened));
    let plain = || opened(project(3));
    let unsafe_session = || {
        let mut session = worked();
        session.handle(
            Intent::Finished(Box::new(JobResult::JournalFailed("the disk is full".into()))),
            &moment(),
        );
        session
    };
    vec![
        ("palette", Window::new(worked()).open(Over::Palette)),
        ("help", Window::new(worked()).open(Over::Help)),
        ("about", Window::new(worked()).open(Over::About)),
        ("coder", Window::new(worked()).open(Over::Coder)),
        ("safety", with(Opened { places, ..plain() }).open(Over::Safety)),
        (
            "recovered",
            with(Opened { recovered: (0..14).map(recovered).collect(), last_n: 14, ..plain() })
                .open(Over::Recovered),
        ),
        ("mends", with(Opened { mends, ..plain() })),
        ("versions", with(plain()).open(Over::Versions((0..14).map(version).collect()))),
        ("lines", with(plain()).open(Over::Lines { head: "Not read".into(), lines })),
        ("reload", Window::new(worked()).open(Over::Confirm(Confirm::Reload))),
        ("close-unsafe", Window::new(unsafe_session()).open(Over::Confirm(Confirm::CloseUnsafe))),
        ("browser-open", browsed(folder, Question::OpenProject)),
        ("browser-articles", browsed(folder, Question::AddArticles)),
        ("browser-folder", browsed(folder, Question::AddFolder)),
        ("browser-save", browsed(folder, Question::SaveAs)),
    ]
}

#[test]
fn everything_is_drawn_in_any_window() {
    let folder = tempfile::tempdir().unwrap();
    for (size, choice, name) in [
        (vec2(1280.0, 800.0), ThemeChoice::Light, "light"),
        (vec2(1280.0, 800.0), ThemeChoice::Dark, "dark"),
        (vec2(800.0, 500.0), ThemeChoice::Light, "small"),
    ] {
        for (over, window) in every_over(folder.path()) {
            let mut h = harness(window, size, choice);
            assert!(h.state().session.view().over.is_some(), "{over}");
            if over == "palette" {
                h.get_by_label("Command, label or article").type_text("den");
                h.run();
            }
            picture(&mut h, &format!("{over}-{name}"));
            h.key_press(Key::Escape);
            h.run();
            assert!(h.state().session.view().over.is_none(), "Esc closes {over}");
        }
        let mut h = harness(welcome(recents(folder.path())), size, choice);
        picture(&mut h, &format!("welcome-{name}"));
        let mut h = harness(welcome(vec![]), size, choice);
        picture(&mut h, &format!("welcome-first-{name}"));
    }
}

#[test]
fn enter_goes_on_where_one_was() {
    let folder = tempfile::tempdir().unwrap();
    let mut h = small(welcome(recents(folder.path())));
    assert!(h.get_by_label("Cold chain 2025 \u{b7} 67 of 561 answered \u{b7} go on").is_focused());
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(opens(h.state()), [folder.path().join("a.ron")]);
}

#[test]
fn arrows_go_through_the_recent_projects() {
    let folder = tempfile::tempdir().unwrap();
    let mut h = small(welcome(recents(folder.path())));
    for key in [Key::ArrowDown, Key::ArrowDown, Key::ArrowUp] {
        h.key_press(key);
        h.run();
    }
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(opens(h.state()), [folder.path().join("b.ron")]);
}

#[test]
fn the_page_has_the_keyboard_again_after_the_palette() {
    let folder = tempfile::tempdir().unwrap();
    let mut h = small(welcome(recents(folder.path())));
    h.key_press(Key::ArrowDown);
    h.run();
    h.state_mut().session.handle(Intent::Run("palette"), &moment());
    h.run();
    h.key_press(Key::Escape);
    h.run();
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(opens(h.state()), [folder.path().join("b.ron")]);
}

#[test]
fn without_projects_enter_tries_the_sample() {
    let mut h = small(welcome(vec![]));
    assert!(h.get_by_label("Try the sample").is_focused());
    h.key_press(Key::Enter);
    h.run();
    assert!(matches!(h.state().effects.as_slice(), [Effect::Start(Job::Sample)]), "{:?}", h.state().effects);
}

#[test]
fn a_project_that_is_gone_is_said_and_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let mut h = small(welcome(recents(folder.path())));
    h.get_by_label("Press council pilot. The file has moved or its drive is not connected");
    h.get_by_label("Find it\u{2026}").click();
    h.run();
    assert!(matches!(h.state().effects.as_slice(), [Effect::Ask(Question::OpenProject)]));
    h.get_by_label("Forget").click();
    h.run();
    assert_eq!(h.state().session.settings().recent.len(), 4);
    assert!(h.query_by_label("Forget").is_none());
}

#[test]
fn a_project_found_elsewhere_leaves_no_dead_row() {
    let folder = tempfile::tempdir().unwrap();
    let mut rows = recents(folder.path());
    rows[4].id = rows[1].id.clone();
    let h = small(welcome(rows));
    let left: Vec<&str> = h.state().session.settings().recent.iter().map(|row| row.title.as_str()).collect();
    assert!(!left.contains(&"Press council pilot") && left.len() == 4, "{left:?}");
}

#[test]
fn the_palette_labels() {
    let mut h = small(Window::new(worked()).open(Over::Palette));
    h.get_by_label("Command, label or article").type_text("fact");
    h.run();
    h.key_press(Key::Enter);
    h.run();
    let window = h.state();
    assert!(window.session.view().over.is_none());
    let desk = window.session.desk().unwrap();
    let article = desk.article(&ArticleId::new("article-0")).unwrap();
    assert_eq!(desk.coding(article, 1).unwrap().labels_cell(), "fact");
}

#[test]
fn the_palette_goes_to_articles() {
    let mut h = small(Window::new(worked()).open(Over::Palette));
    h.get_by_label("Command, label or article").type_text("school milk");
    h.run();
    h.key_press(Key::Enter);
    h.run();
    assert_eq!(h.state().session.view().article, Some(ArticleId::new("article-1")));
}

#[test]
fn what_cannot_run_is_passed_over() {
    let mut h = small(Window::new(session_of(opened(project(1)))).open(Over::Palette));
    h.get_by_label("Command, label or article").type_text("redo");
    h.run();
    let rows: Vec<_> = h.get_all_by_role(egui::accesskit::Role::ListBoxOption).collect();
    assert!(rows[0].accesskit_node().is_disabled(), "redo cannot run");
    drop(rows);
    h.key_press(Key::Enter);
    h.run();
    let ran: Vec<&String> = h.state().intents.iter().filter(|intent| intent.contains("redo")).collect();
    assert!(ran.is_empty(), "{ran:?}");
}

#[test]
fn a_palette_opened_again_is_empty() {
    let mut h = small(Window::new(worked()).open(Over::Palette));
    h.get_by_label("Command, label or article").type_text("zzz");
    h.run();
    h.get_by_label_contains("No command and no article matches");
    h.key_press(Key::Escape);
    h.run();
    h.state_mut().session.handle(Intent::Run("palette"), &moment());
    h.run();
    assert_eq!(h.state().drafts.palette.query, "");
}

#[test]
fn the_coder_is_chosen_and_the_answer_given() {
    let mut session = worked();
    let project = session.desk().unwrap().project().clone();
    session = session_of(opened(project));
    session.handle(say(), &moment());
    assert_eq!(session.view().over, Some(Over::Coder), "nobody is known here");
    let mut h = small(Window::new(session));
    h.get_by_label_contains("waits until you say who you are");
    h.key_press(Key::ArrowDown);
    h.run();
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
    assert_eq!(h.state().drafts.coder, "");
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
        matches!(h.state().effects.as_slice(), [Effect::Ask(Question::SaveAs)]),
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
        matches!(h.state().effects.as_slice(), [Effect::Ask(Question::SaveAs)]),
        "{:?}",
        h.state().effects
    );
}

/// The paths that the browser handed over.
fn jobs(window: &Window) -> Vec<String> {
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let says = |effect: &Effect| match effect {
        Effect::Start(Job::Open { path }) => Some(format!("open {}", name(path))),
        Effect::Start(Job::ReadArticles { paths, .. }) => {
            Some(format!("read {}", paths.iter().map(|path| name(path)).collect::<Vec<_>>().join(" ")))
        }
        Effect::Start(Job::Save { to: Some(to), .. }) => Some(format!("save {}", name(to))),
        Effect::Start(Job::Export { path, .. }) => Some(format!("export {}", name(path))),
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
    assert_eq!(jobs(h.state()), want, "{keys:?}");
    h
}

const NO: Modifiers = Modifiers::NONE;

#[test]
fn files_are_chosen_by_keys() {
    let down = (NO, Key::ArrowDown);
    let enter = (NO, Key::Enter);
    // Folders first: articles, Older.
    browse(Question::OpenProject, &[down, down, enter], &["open cold-chain.ron"]);
    browse(Question::OpenProject, &[(NO, Key::End), enter], &["open tender.ron"]);
    browse(Question::OpenProject, &[down, enter, enter], &[]);
    browse(
        Question::OpenProject,
        &[down, enter, (NO, Key::Backspace), down, enter],
        &["open cold-chain.ron"],
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
    h.key_press_modifiers(Modifiers::COMMAND, Key::L);
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
    h.key_press_modifiers(Modifiers::COMMAND, Key::L);
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
    assert!(h.query_by_label("scan.pdf").is_none() && h.query_by_label(".draft.txt").is_none());
    h.get_by_label("All files").click();
    h.run();
    h.get_by_label("scan.pdf");
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

/// Run by the test below, in a process with no desktop around it.
#[test]
#[ignore = "asks the desktop for a file"]
fn asks_for_a_file() {
    let (paths, no_service) = allegata::ui::dialogs::ask(Question::OpenProject, None, "");
    assert!(paths.is_empty() && no_service);
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_desktop_nobody_can_ask() {
    let program = std::env::current_exe().unwrap();
    let ran = std::process::Command::new(program)
        .args(["--ignored", "--exact", "asks_for_a_file"])
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
        .env("PATH", "")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success() && said.contains("1 passed"), "{said}");
}
