//! What stands over the window and the welcome page, by label and by real keys, and as pictures.
#![cfg(feature = "gui")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "tests may"
)]

#[path = "overlays/asked.rs"]
mod asked;
#[path = "overlays/browser.rs"]
mod browser;
#[path = "support/cpu.rs"]
mod cpu;
#[path = "overlays/palette.rs"]
mod palette;
#[path = "overlays/real.rs"]
mod real;
#[path = "overlays/welcome.rs"]
mod welcome_page;
#[path = "support/window.rs"]
mod window;

use allegata::formats::datasets::asked::Asked;
use allegata::model::article::{Article, tile};
use allegata::model::history::History;
use allegata::model::ids::{ArticleId, LabelId, ProjectId, Stamp};
use allegata::model::project::{Parts, Project};
use allegata::session::Session;
use allegata::session::exports::ToExport;
use allegata::session::intent::{Answering, CoderChoice, Intent, Say, Then};
use allegata::session::job::{Effect, JobResult, Opened, Question, Recovered};
use allegata::session::moment::Moment;
use allegata::session::prefs::{LabelCount, RecentProject, Settings};
use allegata::session::version::{Version, VersionKind};
use allegata::session::view::{Confirm, Look, Over};
use allegata::ui::drafts::Drafts;
use allegata::ui::theme::{self, ThemeChoice};
use allegata::ui::welcome as page;
use egui::{Key, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
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
            page::welcome_ui(ui, &self.session, &mut self.drafts.welcome, &mut intents);
        }
        allegata::ui::over_ui(ui, &self.session, &mut self.drafts, &mut intents);
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
        // Where a glyph lies in the atlas, which depends on what was drawn before, moves a pixel by less than this.
        .with_options(egui_kittest::SnapshotOptions::new().threshold(0.5))
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
    article.meta.title = Some(title);
    article
}

fn project(n_articles: usize) -> Project {
    let mut parts = Parts::new(ProjectId::new("p1"), "Cold chain 2025");
    parts.articles = (0..n_articles).map(|n| Arc::new(article(n))).collect();
    Project::assemble(parts).unwrap()
}

fn opened(project: Project) -> Opened {
    Opened {
        coder: None,
        counted: allegata::session::derived::Counted::of(&project, None),
        project,
        history: History::default(),
        path: "/home/ines/work/cold-chain-2025.ron".into(),
        untitled: false,
        read_only: None,
        mends: vec![],
        recovered: vec![],
        drafts: vec![],
        warnings: vec![],
        left: vec![],
        saved_at: Stamp(NOW),
        last_n: 0,
        places: vec![],
        arrived: None,
        together: None,
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
        untitled: false,
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
        "scan.tiff",
        ".draft.txt",
    ] {
        std::fs::write(folder.join(name), "Some words.").unwrap();
    }
    // A file that is open already is not opened again.
    let path = folder.join(if question == Question::SaveAs { "cold-chain.ron" } else { "mine.ron" });
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
        kind: if n == 0 { VersionKind::Journal } else { VersionKind::Backup },
        of: opened(project(3)).path,
        path: format!("/home/ines/.local/state/allegata/p1/backups/{n}.ron").into(),
        at: Stamp(NOW - n * DAY / 2),
        says: if n == 0 { "5 answers".into() } else { format!("24 articles, {} answers", 500 - n) },
        note: if n == 0 {
            "of project `Cold chain`, made on another version of the file".into()
        } else {
            String::new()
        },
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
        ("close-unsafe", Window::new(unsafe_session()).open(Over::Confirm(Confirm::CloseUnsafe("quit")))),
        (
            "replace",
            Window::new(worked()).open(Over::Replace(Box::new(ToExport {
                path: "/home/ines/out.csv".into(),
                format: "csv",
                asked: Asked::default(),
            }))),
        ),
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
