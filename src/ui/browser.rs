//! The in-app browser for files: opens where no dialog of the desktop answers.

mod walk;

use std::path::{Path, PathBuf};

use egui::{Event, EventFilter, Frame, Id, Key, Margin, Modifiers, Stroke, Ui, vec2};

use crate::formats::report::Form;
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::job::{JobResult, Question};
use crate::session::prefs::Setting;
use crate::session::view::{Look, Over};
use crate::shell::places;
use crate::ui::dialogs;
use crate::ui::numbers::counted;
use crate::ui::over::seen::Seen;
use crate::ui::parts::field::Field;
use crate::ui::parts::modal::{self, Answer, AnswerKind};
use crate::ui::theme::{self, RADIUS_WINDOW, STROKE};
use walk::{Act, Walk};

mod view;

const WIDTH: f32 = 760.0;
const PATH: &str = "browser-path";
const NAME: &str = "browser-name";
const LIST: &str = "browser-list";

/// What is typed in the browser, and where it is.
#[derive(Default)]
pub struct BrowserDraft {
    pub path: String,
    pub name: String,
    seen: Seen,
    walk: Walk,
    /// Home and the folders of recent projects.
    recent: Vec<(String, PathBuf)>,
    /// Why what was typed cannot be done.
    refused: Option<String>,
    /// A file that would be written over: asked about first.
    clash: Option<PathBuf>,
    /// The name of a folder to be made, while it is typed.
    new_folder: Option<String>,
    /// What is to get the keyboard.
    wants: Option<&'static str>,
    /// Points that the list is scrolled, and whether the row in hand is to be brought in view.
    offset: f32,
    moved: bool,
}

/// Draws the browser.
pub fn browser_ui(ui: &mut Ui, session: &Session, draft: &mut BrowserDraft, intents: &mut Vec<Intent>) {
    let Some(Over::Browser(question)) = session.view().over else { return };
    let ctx = ui.ctx().clone();
    if draft.seen.is_new(&ctx) {
        draft.begin(session, question);
    }
    // A key that is held must not answer the question after the one it was pressed for.
    ctx.input_mut(|input| {
        input.events.retain(|event| !matches!(event, Event::Key { key: Key::Enter, repeat: true, .. }));
    });
    if !draft.is_asking() {
        draft.keys(&ctx, question, intents);
    }
    let theme = theme::of_ctx(&ctx);
    let t = theme.tokens;
    let frame = Frame::new()
        .fill(t.surface)
        .stroke(Stroke::new(STROKE, t.border))
        .corner_radius(RADIUS_WINDOW)
        .shadow(theme.window_shadow())
        .inner_margin(Margin::same(20));
    let shown =
        egui::Modal::new(Id::unique("browser")).frame(frame).backdrop_color(t.shade).show(&ctx, |ui| {
            ui.set_width(WIDTH.min(ctx.content_rect().width() - 72.0));
            ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
            draft.ui(ui, question, session.now().at.0, intents);
        });
    if shown.backdrop_response.clicked() && !draft.is_asking() {
        draft.close(intents);
    }
    draft.give_focus(&ctx);
    draft.clash_ui(&ctx, question, intents);
    draft.new_folder_ui(&ctx, question);
}

impl BrowserDraft {
    /// Begins in the folder of the project, with a name for what is to be written.
    fn begin(&mut self, session: &Session, question: Question) {
        let (folder, name) = dialogs::start(session, question);
        let folder = places::start_folder(folder.as_deref());
        self.name = name;
        self.refused = None;
        self.clash = None;
        self.new_folder = None;
        self.walk = Walk::default();
        self.recent = recent(session);
        self.enter(&folder, question);
        self.wants = Some(if walk::is_written(question) { NAME } else { LIST });
    }

    /// Whether a question stands over the browser.
    fn is_asking(&self) -> bool {
        self.clash.is_some() || self.new_folder.is_some()
    }

    /// Goes without a file; the next time begins where one was.
    fn close(&self, intents: &mut Vec<Intent>) {
        intents.push(Intent::Set(Setting::Folder(self.walk.folder.clone())));
        intents.push(Intent::Look(Look::Close));
    }

    fn enter(&mut self, folder: &Path, question: Question) {
        self.walk.enter(folder, question, None);
        self.arrived();
    }

    fn leave(&mut self, question: Question) {
        if self.walk.leave(question) {
            self.arrived();
        }
    }

    fn arrived(&mut self) {
        self.path = shown_folder(&self.walk.folder);
        self.refused = None;
        self.moved = true;
        self.offset = 0.0;
    }

    /// What `Enter` does now: in the name's field it writes, else it acts on the row in hand.
    fn act(&self, question: Question, in_name: bool) -> Act {
        if !in_name {
            return self.walk.act(question);
        }
        if self.name.trim().is_empty() {
            return Act::Nothing("type a name for the file");
        }
        Act::Choose(vec![places::typed(&walk::with_ending(question, &self.name), &self.walk.folder)])
    }

    fn take(&mut self, act: Act, question: Question, intents: &mut Vec<Intent>) {
        match act {
            Act::Enter(folder) => {
                self.enter(&folder, question);
                self.wants = Some(LIST);
            }
            Act::Name(name) => {
                self.name = name;
                self.wants = Some(NAME);
            }
            Act::Choose(paths) if walk::is_written(question) => self.write(paths, question, intents),
            Act::Choose(paths) => chosen(question, paths, intents),
            Act::Nothing(why) => self.refused = Some(why.to_owned()),
        }
    }

    /// Gives a file to be written away, unless it is there already or cannot be.
    fn write(&mut self, paths: Vec<PathBuf>, question: Question, intents: &mut Vec<Intent>) {
        let Some(path) = paths.first() else { return };
        if places::is_folder(path) {
            self.refused = Some("a folder has this name".to_owned());
        } else if !path.parent().is_some_and(places::is_folder) {
            self.refused = Some("there is no such folder to write into".to_owned());
        } else if places::exists(path) {
            self.clash = Some(path.clone());
        } else {
            chosen(question, paths, intents);
        }
    }

    /// Does what is typed in the path's field.
    fn take_path(&mut self, question: Question, intents: &mut Vec<Intent>) {
        let path = places::typed(&self.path, &self.walk.folder);
        if places::is_folder(&path) {
            self.enter(&path, question);
            self.wants = Some(LIST);
        } else if walk::is_written(question) && path.parent().is_some_and(places::is_folder) {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            if let Some(parent) = path.parent() {
                self.enter(parent, question);
            }
            self.name = name.unwrap_or_default();
            self.wants = Some(NAME);
        } else if places::exists(&path) && !walk::has_here(question) {
            chosen(question, vec![path], intents);
        } else {
            self.refused = Some("there is no such file or folder".to_owned());
        }
    }

    /// Goes on with what is typed in the path's field as far as it is certain; else the keyboard goes to the list.
    fn complete(&mut self, question: Question) {
        let Some(more) = places::completed(&self.path, &self.walk.folder) else {
            self.wants = Some(LIST);
            return;
        };
        if more.ends_with(std::path::is_separator) {
            let folder = places::typed(&more, &self.walk.folder);
            self.walk.enter(&folder, question, None);
            self.arrived();
        }
        self.path = more;
        self.follow_path(question);
        self.wants = Some(PATH);
    }

    /// While a name in this folder is typed, the list goes to it.
    fn follow_path(&mut self, question: Question) {
        self.refused = None;
        let (before, begun) = match self.path.rfind(std::path::is_separator) {
            Some(at) => self.path.split_at_checked(at + 1).unwrap_or_default(),
            None => ("", self.path.as_str()),
        };
        let here = before.is_empty() || places::typed(before, &self.walk.folder) == self.walk.folder;
        let begun = begun.to_owned();
        if here && !begun.is_empty() && self.walk.go_to_begun(question, &begun) {
            self.moved = true;
        }
    }

    fn keys(&mut self, ctx: &egui::Context, question: Question, intents: &mut Vec<Intent>) {
        let pressed = |held, key| ctx.input_mut(|input| input.consume_key(held, key));
        let focused = |name: &str| ctx.memory(|memory| memory.has_focus(Id::unique(name)));
        if pressed(Modifiers::NONE, Key::Escape) {
            self.close(intents);
        }
        if pressed(Modifiers::ALT, Key::N) {
            self.ask_for_folder(ctx);
        }
        if pressed(Modifiers::ALT, Key::ArrowUp) {
            self.leave(question);
            self.wants = Some(LIST);
        }
        if pressed(Modifiers::ALT, Key::L) {
            self.wants = Some(PATH);
        }
        if pressed(Modifiers::ALT, Key::H) {
            let also = walk::Also { hidden: !self.walk.also.hidden, ..self.walk.also };
            self.walk.show_also(also, question);
        }
        if focused(PATH) {
            if pressed(Modifiers::SHIFT, Key::Tab) || pressed(Modifiers::NONE, Key::ArrowDown) {
                self.wants = Some(LIST);
            } else if pressed(Modifiers::NONE, Key::Tab) {
                self.complete(question);
            } else if pressed(Modifiers::NONE, Key::Enter) {
                self.take_path(question, intents);
            }
        } else if focused(LIST) {
            self.list_keys(ctx, question);
        }
        let on_control = ctx.memory(egui::Memory::focused).is_some() && !focused(LIST) && !focused(NAME);
        if !on_control && pressed(Modifiers::NONE, Key::Enter) {
            let act = self.act(question, focused(NAME));
            self.take(act, question, intents);
        }
    }

    fn list_keys(&mut self, ctx: &egui::Context, question: Question) {
        let pressed = |held, key| ctx.input_mut(|input| input.consume_key(held, key));
        if pressed(Modifiers::NONE, Key::Backspace) || pressed(Modifiers::NONE, Key::ArrowLeft) {
            return self.leave(question);
        }
        if pressed(Modifiers::NONE, Key::ArrowRight) {
            if let Act::Enter(folder) = self.walk.act(question) {
                self.enter(&folder, question);
            }
            return;
        }
        let at = self.walk.cursor;
        let last = self.walk.n_rows(question).saturating_sub(1);
        let moves = [
            (Key::ArrowDown, at + 1),
            (Key::ArrowUp, at.saturating_sub(1)),
            (Key::PageDown, at + view::PAGE),
            (Key::PageUp, at.saturating_sub(view::PAGE)),
            (Key::Home, 0),
            (Key::End, last),
        ];
        for (key, to) in moves {
            for (held, extend) in [(Modifiers::SHIFT, true), (Modifiers::NONE, false)] {
                if pressed(held, key) {
                    self.walk.go(question, to, extend);
                    self.moved = true;
                }
            }
        }
        if walk::takes_several(question) && pressed(Modifiers::COMMAND, Key::A) {
            self.walk.mark_all(question);
        }
        if walk::takes_several(question) && pressed(Modifiers::NONE, Key::Space) {
            self.walk.mark(question);
            self.walk.go(question, self.walk.cursor + 1, false);
            self.moved = true;
        }
        if ctx.input(|input| input.modifiers.alt) {
            return;
        }
        let typed: String = ctx.input(|input| {
            let text = |event: &Event| if let Event::Text(text) = event { Some(text.clone()) } else { None };
            input.events.iter().filter_map(text).collect()
        });
        match typed.chars().next() {
            // The beginning of a path: on in its field.
            Some(c) if c == '~' || std::path::is_separator(c) => {
                self.path = c.to_string();
                self.wants = Some(PATH);
            }
            Some(c) if !c.is_whitespace() => {
                self.walk.go_to_letter(question, c);
                self.moved = true;
            }
            _ => {}
        }
    }

    /// Gives the keyboard to what asked for it; a part of the browser always has it.
    fn give_focus(&mut self, ctx: &egui::Context) {
        if self.is_asking() {
            return;
        }
        let list = Id::unique(LIST);
        let wanted = self.wants.take().map(Id::unique);
        let nothing = ctx.memory(egui::Memory::focused).is_none();
        let Some(id) = wanted.or(nothing.then_some(list)) else {
            let filter = |tab, arrows| EventFilter {
                tab,
                horizontal_arrows: true,
                vertical_arrows: arrows,
                ..EventFilter::default()
            };
            ctx.memory_mut(|memory| {
                memory.set_focus_lock_filter(list, filter(false, true));
                memory.set_focus_lock_filter(Id::unique(PATH), filter(true, true));
            });
            return;
        };
        ctx.memory_mut(|memory| memory.request_focus(id));
        if id != list {
            let text = if id == Id::unique(NAME) { &self.name } else { &self.path };
            put_caret(ctx, id, text, id == Id::unique(NAME));
        }
    }

    fn clash_ui(&mut self, ctx: &egui::Context, question: Question, intents: &mut Vec<Intent>) {
        let Some(path) = self.clash.clone() else { return };
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let kept = match question {
            Question::SaveAs => "What is in it now is kept among its earlier versions.",
            _ => "What is in it now would be gone.",
        };
        let text = format!("{name} is there already. {kept}");
        let answers = [Answer::new("Replace", AnswerKind::Plain), Answer::new("Keep it", AnswerKind::Cancel)];
        match modal::show(ctx, "browser-clash", "Replace this file?", &text, &answers, |_| {}) {
            Some(0) => {
                self.clash = None;
                chosen(question, vec![path], intents);
            }
            Some(_) => {
                self.clash = None;
                self.wants = Some(NAME);
            }
            None => {}
        }
    }

    fn ask_for_folder(&mut self, ctx: &egui::Context) {
        self.refused = None;
        self.new_folder = Some(String::new());
        // Nothing behind the question keeps the keyboard.
        ctx.memory_mut(egui::Memory::stop_text_input);
    }

    /// Makes a folder in the one shown, and goes into it.
    fn new_folder_ui(&mut self, ctx: &egui::Context, question: Question) {
        let Some(mut name) = self.new_folder.take() else { return };
        let field = Id::unique("new-folder");
        let trimmed = name.trim();
        let refused = match trimmed {
            "" => Some("type a name for the folder"),
            "." | ".." => Some("this is no name for a folder"),
            name if name.contains(std::path::is_separator) => Some("a name holds no `/`"),
            _ => None,
        };
        let answers = [
            Answer { disabled: refused, ..Answer::new("Make it", AnswerKind::Primary) },
            Answer::new("Cancel", AnswerKind::Cancel),
        ];
        let given = modal::show(ctx, "browser-new-folder", "New folder", "", &answers, |ui| {
            let error = self.refused.as_deref();
            let shown = Field::new(field, "Name of the folder", &mut name).error(error).show(ui);
            if shown.changed() {
                self.refused = None;
            }
            if ui.memory(|memory| memory.focused().is_none()) {
                shown.request_focus();
            }
        });
        match given {
            Some(0) => {
                let path = self.walk.folder.join(name.trim());
                match places::make_folder(&path) {
                    Ok(()) => {
                        self.enter(&path, question);
                        self.wants = Some(if walk::is_written(question) { NAME } else { LIST });
                    }
                    Err(why) => {
                        self.refused = Some(why);
                        self.new_folder = Some(name);
                    }
                }
            }
            Some(_) => self.wants = Some(LIST),
            None => self.new_folder = Some(name),
        }
    }

    /// The words on the button that does what `Enter` does.
    fn button_words(question: Question, act: &Act) -> String {
        match (act, question) {
            (Act::Enter(_), _) => "Open folder".to_owned(),
            (Act::Name(_), _) => "Take this name".to_owned(),
            (_, Question::OpenProject | Question::OverMine) => "Open".to_owned(),
            (_, Question::Copy) => "Merge this".to_owned(),
            (_, Question::Scheme) => "Look at this scheme".to_owned(),
            (_, Question::Codebook) => "Export".to_owned(),
            (Act::Choose(paths), Question::AddArticles | Question::TeamFiles | Question::CompareFiles) => {
                format!("Add {}", counted(paths.len(), "file", "files"))
            }
            (_, Question::CompareFiles) => "Compare".to_owned(),
            (_, Question::AddArticles | Question::TeamFiles) => "Add".to_owned(),
            (_, Question::Dataset) => "Look at this dataset".to_owned(),
            (_, Question::HandOutFolder | Question::DatasetFolder | Question::Report(Form::Folder)) => {
                "Take this folder".to_owned()
            }
            (_, Question::AddFolder) => "Add this folder".to_owned(),
            (_, Question::Export(_)) => "Take this place".to_owned(),
            _ => "Save".to_owned(),
        }
    }
}

/// Hands over what was chosen, as a dialog of the desktop would.
fn chosen(question: Question, paths: Vec<PathBuf>, intents: &mut Vec<Intent>) {
    let asked = JobResult::Asked { dialog: None, question, paths, no_service: false };
    intents.push(Intent::Finished(Box::new(asked)));
}

/// Home, then the folders of recent projects, each once.
fn recent(session: &Session) -> Vec<(String, PathBuf)> {
    const MOST: usize = 8;
    let mut found: Vec<(String, PathBuf)> =
        places::home().map(|home| ("Home".to_owned(), home)).into_iter().collect();
    let here = session.desk().filter(|desk| !desk.is_untitled()).map(|desk| desk.path().to_owned());
    let paths = here
        .into_iter()
        .chain(session.settings().recent.iter().filter(|row| !row.untitled).map(|row| row.path.clone()));
    for path in paths {
        let Some(folder) = path.parent().map(Path::to_owned) else { continue };
        if found.len() < MOST
            && !found.iter().any(|(_, other)| *other == folder)
            && places::is_folder(&folder)
        {
            let name = folder
                .file_name()
                .map_or_else(|| shown_folder(&folder), |n| n.to_string_lossy().into_owned());
            found.push((name, folder));
        }
    }
    found
}

/// A folder's path with a separator at the end, to type on after it.
fn shown_folder(folder: &Path) -> String {
    let mut text = folder.display().to_string();
    if !text.ends_with(std::path::is_separator) {
        text.push(std::path::MAIN_SEPARATOR);
    }
    text
}

/// Puts the caret at the end of the text, or with `stem` selects the name before its first dot.
fn put_caret(ctx: &egui::Context, id: Id, text: &str, stem: bool) {
    use egui::text::{CCursor, CCursorRange};
    let end = CCursor::new(text.chars().count());
    let range = if stem {
        let upto = text.chars().take_while(|c| *c != '.').count();
        CCursorRange::two(CCursor::new(0), CCursor::new(upto))
    } else {
        CCursorRange::one(end)
    };
    let mut state = egui::text_edit::TextEditState::load(ctx, id).unwrap_or_default();
    state.cursor.set_char_range(Some(range));
    state.store(ctx, id);
}
