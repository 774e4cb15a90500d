//! The real window without a screen: its own folders, real keys, files that are dropped on it.
#![allow(dead_code, reason = "each test binary takes what it needs of this file")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use allegata::model::ids::{CoderId, ProjectId};
use allegata::model::project::Project;
use allegata::model::sketch;
use allegata::session::Session;
use allegata::session::desk::Desk;
use allegata::session::intent::Intent;
use allegata::session::job::{JobResult, Question};
use allegata::session::screens::Screen;
use allegata::shell::Shell;
use allegata::shell::files;
use allegata::shell::folders::Folders;
use allegata::shell::store;
use allegata::ui::App;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Vec2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};

/// Wide enough for list, reader and inspector.
pub const SIZE: Vec2 = vec2(1280.0, 800.0);

/// A computer of one person: folders for state and settings, and one for documents.
pub struct Place {
    dir: tempfile::TempDir,
    pub folders: Folders,
}

impl Place {
    /// On a drive in memory, where the system has one: waiting for a disk would take most of the time.
    pub fn new() -> Self {
        let dir = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        let folders = Folders::at(dir.path()).unwrap();
        fs::create_dir(dir.path().join("docs")).unwrap();
        Self { dir, folders }
    }

    /// A path among the documents.
    pub fn doc(&self, name: &str) -> PathBuf {
        self.dir.path().join("docs").join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.doc(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// A saved and closed project, drawn in one text.
    pub fn project(&self, name: &str, drawing: &str) -> PathBuf {
        self.keep(name, &drawn(drawing))
    }

    pub fn keep(&self, name: &str, project: &Project) -> PathBuf {
        let path = self.doc(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        store::create(&path, project, &self.folders).unwrap().close();
        path
    }

    /// Everything that lies on the disk now, without the locks of living programs.
    pub fn picture(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        let mut folders = vec![self.dir.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if !path.to_string_lossy().ends_with("-lock") {
                    found.push((path.clone(), fs::read(path).unwrap()));
                }
            }
        }
        found.sort();
        found
    }

    /// Makes the disk as it was: what a program that was killed then has left.
    pub fn go_back_to(&self, picture: &[(PathBuf, Vec<u8>)]) {
        for (path, _) in self.picture() {
            fs::remove_file(path).unwrap();
        }
        for (path, bytes) in picture {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }
}

/// A project from a drawing, with an id made of it.
pub fn drawn(drawing: &str) -> Project {
    let id = |text: &str| format!("{:.10}-0000", files::hash_of(text.as_bytes()));
    let project = sketch::project(drawing, id, |text| files::hash_of(text.as_bytes())).unwrap();
    project.copy_as(ProjectId::new(format!("p-{}", id(drawing))))
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        fs::read(&self.0).map_err(|error| error.to_string())
    }
}

/// The window, driven by keys and labels.
pub struct Window {
    pub harness: Harness<'static>,
    app: Rc<RefCell<Option<App>>>,
}

impl Window {
    /// Opens on the welcome page.
    pub fn new(place: &Place) -> Self {
        Self::build(place, Harness::builder().with_size(SIZE))
    }

    pub fn build(place: &Place, builder: egui_kittest::HarnessBuilder<()>) -> Self {
        let app = Rc::new(RefCell::new(None));
        let (made, drawn) = (Rc::clone(&app), Rc::clone(&app));
        let folders = place.folders.clone();
        let harness = builder
            // Letters of a new zoom are made a few a frame.
            .with_max_steps(400)
            .with_context_setup(move |ctx| {
                *made.borrow_mut() = Some(App::new(ctx, Shell::new(folders, Arc::new(|| ()))));
            })
            .build_ui(move |ui| {
                if let Some(app) = drawn.borrow_mut().as_mut() {
                    app.logic(ui.ctx());
                    // The harness leaves a margin, a real window none.
                    let whole = ui.ctx().content_rect();
                    let mut whole_ui = ui.new_child(egui::UiBuilder::new().max_rect(whole));
                    whole_ui.set_clip_rect(whole);
                    app.frame(&mut whole_ui);
                }
            });
        let mut window = Self { harness, app };
        window.settle();
        window
    }

    /// Opens with a project, as from the command line.
    pub fn on(place: &Place, path: &Path) -> Self {
        let mut window = Self::new(place);
        window.answer(Question::OpenProject, &[path]);
        assert!(window.has_project(), "{:?}", window.notices());
        window
    }

    /// Waits until nothing is under way, and draws until nothing moves.
    pub fn settle(&mut self) {
        self.rest();
        loop {
            self.harness.run();
            let drawn = self.state();
            self.rest();
            if self.state() == drawn {
                return;
            }
        }
    }

    fn rest(&mut self) {
        if let Some(app) = self.app.borrow_mut().as_mut() {
            app.shell.settle();
        }
    }

    /// What the window is drawn from, as far as jobs change it.
    fn state(&self) -> String {
        self.with(|session| {
            let desk = session.desk().map(|desk| (desk.path(), desk.revision(), desk.safety().how_safe()));
            let (view, notices) = (session.view(), session.notices());
            let counts = session.review().agreement().is_counting();
            let looks = match &view.screen {
                Some(Screen::Export(exporting)) => exporting.is_counting(),
                Some(Screen::Import(importing)) => importing.is_reading() && importing.path().is_some(),
                _ => false,
            };
            let (said, n) = (notices.status_line(), notices.shown().len());
            format!("{desk:?} {:?} {said} {n} {counts} {looks}", view.over)
        })
    }

    /// Hands the window an intent that no key can give.
    pub fn tell(&mut self, intent: Intent) {
        self.tell_at_once(vec![intent]);
    }

    /// Hands it several before anything that they start can end.
    pub fn tell_at_once(&mut self, intents: Vec<Intent>) {
        self.app.borrow_mut().as_mut().unwrap().shell.tick(intents);
        self.settle();
    }

    /// What a dialog for files would have answered.
    pub fn answer(&mut self, question: Question, paths: &[&Path]) {
        self.tell(Self::answered(question, paths));
    }

    pub fn answered(question: Question, paths: &[&Path]) -> Intent {
        let paths = paths.iter().map(|path| (*path).to_owned()).collect();
        Intent::Finished(Box::new(JobResult::Asked { dialog: None, question, paths, no_service: false }))
    }

    /// The window gets or loses the keyboard.
    pub fn focus(&mut self, focused: bool) {
        self.harness.input_mut().focused = focused;
        self.harness.step();
        self.settle();
    }

    /// Holds files over the window; none = they are carried away again.
    pub fn hover_files(&mut self, paths: &[&Path]) {
        let hovered =
            |path: &&Path| egui::HoveredFile { path: Some(path.to_path_buf()), ..Default::default() };
        self.harness.input_mut().hovered_files = paths.iter().map(hovered).collect();
        // egui draws on for as long as files are held there.
        self.harness.run_steps(3);
    }

    pub fn drop_files(&mut self, paths: &[&Path]) {
        self.harness.input_mut().hovered_files.clear();
        let files = paths.iter().map(|path| Arc::new(Dropped((*path).to_owned())) as _);
        self.harness.input_mut().dropped_files.extend(files);
        self.harness.step();
        self.settle();
    }

    /// Presses keys one after the other: `Ctrl+Shift+Z Down 1 .`; a letter also sends its text, as a keyboard does.
    pub fn press(&mut self, keys: &str) {
        for key in keys.split_whitespace() {
            self.press_once(key);
            self.settle();
        }
    }

    /// Holds a key down until it has repeated so many times. As from the window system, no press says that it is a repeat.
    pub fn hold(&mut self, name: &str, n_repeats: usize) {
        let (key, modifiers) = Self::named(name);
        for _ in 0..=n_repeats {
            self.down(key, Some(key), modifiers, "");
            self.harness.step();
        }
        self.up(key, Some(key), modifiers);
        self.settle();
    }

    /// Presses a key as it lies on some other keyboard: what it stands for, where it lies, and its text.
    pub fn press_as(&mut self, key: Key, physical: Option<Key>, modifiers: Modifiers, text: &str) {
        self.send(Some((key, physical)), modifiers, text);
        self.settle();
    }

    /// A key goes down, and stays down until it goes up.
    pub fn down(&mut self, key: Key, physical_key: Option<Key>, modifiers: Modifiers, text: &str) {
        let input = self.harness.input_mut();
        input.events.push(Event::Key { key, physical_key, pressed: true, repeat: false, modifiers });
        if !text.is_empty() {
            input.events.push(Event::Text(text.to_owned()));
        }
    }

    pub fn up(&mut self, key: Key, physical_key: Option<Key>, modifiers: Modifiers) {
        let event = Event::Key { key, physical_key, pressed: false, repeat: false, modifiers };
        self.harness.input_mut().events.push(event);
    }

    /// Types into whatever has the keyboard.
    pub fn type_text(&mut self, text: &str) {
        for c in text.chars() {
            let name = c.to_uppercase().to_string();
            let key = if c == ' ' { Some(Key::Space) } else { Key::from_name(&name) };
            let modifiers = if c.is_uppercase() { Modifiers::SHIFT } else { Modifiers::NONE };
            self.send(key.map(|key| (key, Some(key))), modifiers, &c.to_string());
        }
        self.settle();
    }

    /// `Ctrl+Shift+Z` as a key and what is held with it.
    fn named(name: &str) -> (Key, Modifiers) {
        let mut modifiers = Modifiers::NONE;
        let mut rest = name;
        loop {
            if let Some(after) = rest.strip_prefix("Ctrl+") {
                modifiers |= Modifiers::CTRL | Modifiers::COMMAND;
                rest = after;
            } else if let Some(after) = rest.strip_prefix("Shift+") {
                modifiers |= Modifiers::SHIFT;
                rest = after;
            } else if let Some(after) = rest.strip_prefix("Alt+") {
                modifiers |= Modifiers::ALT;
                rest = after;
            } else {
                break;
            }
        }
        (Key::from_name(rest).unwrap_or_else(|| panic!("no key {rest}")), modifiers)
    }

    fn press_once(&mut self, name: &str) {
        let (physical, modifiers) = Self::named(name);
        let rest = if name.ends_with('+') { "+" } else { name.rsplit('+').next().unwrap_or(name) };
        // On an American keyboard.
        let (key, text) = match (rest, modifiers.shift) {
            ("=", true) => (Key::Plus, "+".to_owned()),
            ("1", true) => (Key::Exclamationmark, "!".to_owned()),
            ("2", true) => (physical, "@".to_owned()),
            ("3", true) => (physical, "#".to_owned()),
            ("0", true) => (physical, ")".to_owned()),
            (one, false) if one.chars().count() == 1 => (physical, one.to_lowercase()),
            (one, true) if one.chars().count() == 1 => (physical, one.to_owned()),
            ("Space", _) => (physical, " ".to_owned()),
            _ => (physical, String::new()),
        };
        let text = if modifiers.ctrl { String::new() } else { text };
        self.send(Some((key, Some(physical))), modifiers, &text);
    }

    /// A press with its text in one frame, and the release in the next one.
    fn send(&mut self, key: Option<(Key, Option<Key>)>, modifiers: Modifiers, text: &str) {
        let event = |pressed| {
            let (key, physical_key) = key?;
            Some(Event::Key { key, physical_key, pressed, repeat: false, modifiers })
        };
        let input = self.harness.input_mut();
        input.events.push(Event::ModifiersChanged(modifiers));
        input.events.extend(event(true));
        if !text.is_empty() {
            input.events.push(Event::Text(text.to_owned()));
        }
        self.harness.step();
        let input = self.harness.input_mut();
        input.events.extend(event(false));
        input.events.push(Event::ModifiersChanged(Modifiers::NONE));
    }

    /// Clicks the button of that name.
    pub fn click(&mut self, name: &str) {
        self.harness.get_by_role_and_label(Role::Button, name).click();
        self.harness.run();
        self.settle();
    }

    /// Whether anything that can be read out has these words.
    pub fn shows(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).next().is_some()
    }

    /// The text field of that name.
    pub fn field<'a>(&'a self, name: &'a str) -> Node<'a> {
        let is_field = |role| matches!(role, Role::TextInput | Role::MultilineTextInput);
        let mut found = self.harness.query_all_by_label(name);
        found.find(|node| is_field(node.accesskit_node().role())).unwrap_or_else(|| panic!("no field {name}"))
    }

    /// The row of the article with that title.
    pub fn article_row(&self, title: &str) -> Node<'_> {
        let start = format!("{title}, ");
        let mut rows = self.harness.query_all_by_role(Role::ListBoxOption);
        let named =
            |node: &Node<'_>| node.accesskit_node().label().is_some_and(|label| label.starts_with(&start));
        rows.find(named).unwrap_or_else(|| panic!("no row {title}"))
    }

    /// Every sentence in view as it is read out: `Sentence 3, denial: The company rejects this.`
    pub fn sentences(&self) -> Vec<String> {
        let found = self.harness.query_all_by_role(Role::ListBoxOption);
        found
            .filter_map(|node| node.accesskit_node().label())
            .filter(|l| l.starts_with("Sentence "))
            .collect()
    }

    /// What is read out of the answer to sentence `number`: `denial, unsure`.
    pub fn said(&self, number: usize) -> String {
        let start = format!("Sentence {number}, ");
        let all = self.sentences();
        let one = all.iter().find_map(|label| label.strip_prefix(&start));
        let one = one.unwrap_or_else(|| panic!("no {start} in {all:#?}"));
        one.split_once(": ").unwrap().0.to_owned()
    }

    /// All that is read out of the window: every name, value and description.
    pub fn texts(&self) -> Vec<String> {
        let texts = self.harness.root().children_recursive().flat_map(|node| {
            let node = node.accesskit_node();
            [node.label(), node.value()]
        });
        texts.flatten().collect()
    }

    /// What is read out of the answers to all sentences in view.
    pub fn answers(&self) -> Vec<String> {
        let said = |label: String| label.split_once(", ").unwrap().1.split_once(": ").unwrap().0.to_owned();
        self.sentences().into_iter().map(said).collect()
    }

    /// Reads the session.
    pub fn with<R>(&self, read: impl FnOnce(&Session) -> R) -> R {
        read(self.app.borrow().as_ref().unwrap().shell.session())
    }

    pub fn desk<R>(&self, read: impl FnOnce(&Desk) -> R) -> R {
        self.with(|session| read(session.desk().unwrap()))
    }

    pub fn has_project(&self) -> bool {
        self.with(|session| session.desk().is_some())
    }

    pub fn project(&self) -> Project {
        self.desk(|desk| desk.project().clone())
    }

    /// Number of the current sentence, counted from 1 as the window does.
    pub fn at(&self) -> usize {
        self.with(|session| session.view().sentence + 1)
    }

    /// Title of the article shown.
    pub fn article(&self) -> String {
        self.with(|session| session.article().map(|a| a.shown_title().to_owned()).unwrap_or_default())
    }

    pub fn status(&self) -> String {
        self.with(|session| session.notices().status_line().to_owned())
    }

    /// Head and text of each notice.
    pub fn notices(&self) -> Vec<String> {
        let say = |notice: &allegata::session::notice::Notice| format!("{}: {}", notice.head, notice.text);
        self.with(|session| session.notices().shown().iter().map(say).collect())
    }

    pub fn coder(&self) -> Option<CoderId> {
        self.desk(|desk| desk.coder().cloned())
    }

    /// Answers of all coders in the model: labels and marks of each row, article by article.
    pub fn model(&self) -> Vec<String> {
        rows(&self.project())
    }

    /// Asks the window to close as its button does; true if it may.
    pub fn asks_to_close(&mut self) -> bool {
        self.rest();
        let goes = self.app.borrow_mut().as_mut().unwrap().close();
        if !goes {
            self.settle();
        }
        goes
    }

    /// Closes the window; true if it went.
    pub fn close(mut self) -> bool {
        self.asks_to_close()
    }
}

/// Every answer in a project: `1 allegation ? "note"`.
pub fn rows(project: &Project) -> Vec<String> {
    let mut rows = Vec::new();
    for sheet in project.sheets() {
        let article = project.article(&sheet.key.article).unwrap();
        for row in &sheet.rows {
            let number = article.idx_of(row.span).unwrap() + 1;
            let labels: Vec<String> = row.coding.labels.iter().map(ToString::to_string).collect();
            let said = match (row.coding.answered, labels.is_empty()) {
                (false, _) => "-".to_owned(),
                (true, true) => "none".to_owned(),
                (true, false) => labels.join("+"),
            };
            let unsure = if row.coding.unsure { " ?" } else { "" };
            let note = row.coding.note.as_ref().map(|note| format!(" {note:?}")).unwrap_or_default();
            rows.push(format!("{number} {said}{unsure}{note}"));
        }
    }
    rows
}
