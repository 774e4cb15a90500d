//! The window over the shell.

pub mod articles;
pub mod browser;
pub mod coach;
pub mod commands;
pub mod dates;
pub mod dialogs;
pub mod drafts;
pub mod fonts;
pub mod framelog;
pub mod help;
pub mod inspector;
pub mod keys;
pub mod layout;
pub mod marks;
pub mod notices;
pub mod over;
pub mod palette;
pub mod parts;
pub mod reader;
pub mod run;
pub mod status;
pub mod theme;
pub mod welcome;

pub use run::run;

use crate::session::intent::Intent;
use crate::session::job::{Job, JobKind, JobResult, Question};
use crate::session::prefs::{Setting, Theme as Chosen, WindowPlace};
use crate::shell::Shell;
use crate::ui::drafts::Drafts;
use crate::ui::keys::{KeyTap, Pressed};
use crate::ui::layout::Form;
use crate::ui::parts::{frame, keycap, tabs};
use crate::ui::theme::{STATUS_BAR, STROKE, TOP_BAR, ThemeChoice};
use egui::{Align2, Rect, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use std::sync::{Arc, Mutex, PoisonError};

/// The window: the shell, text begun but not said, and the keys of this frame.
pub struct App {
    pub shell: Shell,
    drafts: Drafts,
    pressed: Arc<Mutex<Pressed>>,
    /// What egui was last told: theme, zoom, whether the window had the keyboard.
    told: Told,
}

#[derive(Default, PartialEq)]
struct Told {
    theme: Option<Chosen>,
    zoom: f32,
    focused: bool,
    title: String,
}

impl App {
    /// Prepares egui and makes the window's state.
    pub fn new(ctx: &egui::Context, shell: Shell) -> Self {
        theme::apply(ctx, choice(shell.session().settings().theme));
        let pressed = Arc::<Mutex<Pressed>>::default();
        ctx.add_plugin(KeyTap(Arc::clone(&pressed)));
        // Zoom is ours: egui's own keys would not be kept in the settings.
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        Self { shell, drafts: Drafts::default(), pressed, told: Told { focused: true, ..Told::default() } }
    }

    /// Everything but the drawing: keys, dropped files, jobs. Runs also while the window is hidden.
    pub fn logic(&mut self, ctx: &egui::Context) {
        let mut intents = Vec::new();
        let presses = {
            let mut pressed = self.pressed.lock().unwrap_or_else(PoisonError::into_inner);
            pressed.take(self.shell.session())
        };
        for press in presses {
            // The session is asked anew for each: the key before may have opened something.
            if let Some(intent) = keys::intent(self.shell.session(), press) {
                let before = std::mem::take(&mut intents);
                self.shell.tick(before);
                self.leave_note(&intent);
                self.shell.tick(vec![intent]);
            }
        }
        intents.extend(dropped(ctx));
        let opens = self.shell.session().running().iter().any(|running| running.kind == JobKind::Open);
        if opens || !intents.is_empty() {
            // Another project may be shown after this.
            self.say_note();
        }
        intents.extend(self.focus_changed(ctx));
        self.shell.tick(intents);
        for question in self.shell.take_questions() {
            self.ask(question);
        }
        self.tell_egui(ctx);
        if let Some(secs) = self.shell.session().wake_in_secs() {
            ctx.request_repaint_after(std::time::Duration::from_secs(secs.unsigned_abs()));
        }
    }

    /// A note that is being written is said before a command acts on what is shown.
    fn leave_note(&mut self, intent: &Intent) {
        let keeps = matches!(intent, Intent::Look(_) | Intent::Set(_));
        if !keeps {
            self.say_note();
        }
    }

    fn say_note(&mut self) {
        if let Some(draft) = self.drafts.note.take() {
            let mut said = Vec::new();
            inspector::say_note(draft, &mut said);
            self.shell.tick(said);
        }
    }

    /// Draws the window as things are now; what is asked for meanwhile is done before the next frame.
    pub fn frame(&mut self, ui: &mut Ui) {
        let mut intents = Vec::new();
        let session = self.shell.session();
        let whole = ui.max_rect();
        let top = Rect::from_min_size(whole.min, vec2(whole.width(), TOP_BAR));
        let bottom = Rect::from_min_max(pos2(whole.left(), whole.bottom() - STATUS_BAR), whole.max);
        let middle = Rect::from_min_max(top.left_bottom(), bottom.right_top());
        let theme = theme::of(ui);
        ui.painter().rect_filled(whole, 0, theme.tokens.paper);
        let part = |ui: &mut Ui, rect: Rect, name: &str| {
            let mut part = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(name));
            part.shrink_clip_rect(rect);
            part
        };
        top_ui(&mut part(ui, top, "top"), session, &mut self.drafts, &mut intents);
        middle_ui(&mut part(ui, middle, "middle"), session, &mut self.drafts, &mut intents);
        let mut status = part(ui, bottom, "status");
        status.painter().rect_filled(bottom, 0, theme.tokens.chrome);
        status.painter().hline(bottom.x_range(), bottom.top(), Stroke::new(STROKE, theme.tokens.border));
        status::status_ui(&mut status, session, &mut self.drafts, &mut intents);
        over::over_ui(ui, session, &mut self.drafts, &mut intents);
        if !intents.is_empty() {
            self.shell.tick(intents);
            ui.ctx().request_repaint();
        }
    }

    /// The window is to be closed: true if it may.
    pub fn close(&mut self) -> bool {
        self.leave_note(&Intent::Run("quit"));
        self.shell.tick(vec![Intent::Run("quit")]);
        self.shell.quits()
    }

    fn ask(&mut self, question: Question) {
        let (folder, name) = dialogs::start(self.shell.session(), question);
        self.shell.ask(question, move || dialogs::ask(question, folder.as_deref(), &name));
    }

    fn focus_changed(&mut self, ctx: &egui::Context) -> Option<Intent> {
        let focused = ctx.input(|input| input.focused);
        if focused == self.told.focused {
            return None;
        }
        self.told.focused = focused;
        if focused {
            self.shell.session().desk().map(|_| Intent::Start(Job::LookOutside))
        } else {
            Some(Intent::Pause)
        }
    }

    fn tell_egui(&mut self, ctx: &egui::Context) {
        let settings = self.shell.session().settings();
        let (chosen, zoom) = (settings.theme, settings.zoom);
        if self.told.theme != Some(chosen) {
            ctx.set_theme(theme::preference(choice(chosen)));
            self.told.theme = Some(chosen);
        }
        if (self.told.zoom - zoom).abs() > f32::EPSILON {
            ctx.set_zoom_factor(zoom);
            self.told.zoom = zoom;
        }
        let title = match self.shell.session().desk() {
            Some(desk) => format!("{} \u{2013} Allegata", desk.project().title()),
            None => "Allegata".to_owned(),
        };
        if self.told.title != title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.told.title = title;
        }
        if self.shell.quits() {
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }

    /// Keeps the window's place for the next time.
    pub fn keep_place(&mut self, place: WindowPlace) {
        self.shell.tick(vec![Intent::Set(Setting::Window(place))]);
    }
}

fn choice(theme: Chosen) -> ThemeChoice {
    match theme {
        Chosen::System => ThemeChoice::System,
        Chosen::Light => ThemeChoice::Light,
        Chosen::Dark => ThemeChoice::Dark,
    }
}

/// Files that were dropped on the window are taken in, or opened.
fn dropped(ctx: &egui::Context) -> Option<Intent> {
    let files = ctx.input(|input| input.raw.dropped_files.clone());
    let paths: Vec<_> = files.iter().map(|file| file.path().to_owned()).collect();
    let question = Question::AddArticles;
    (!paths.is_empty())
        .then(|| Intent::Finished(Box::new(JobResult::Asked { question, paths, no_service: false })))
}

fn top_ui(ui: &mut Ui, session: &crate::session::Session, drafts: &mut Drafts, intents: &mut Vec<Intent>) {
    let theme = theme::of(ui);
    let t = theme.tokens;
    let bar = ui.max_rect();
    ui.painter().rect_filled(bar, 0, t.chrome);
    ui.painter().hline(bar.x_range(), bar.bottom() - 0.5, Stroke::new(STROKE, t.border));
    let row = Rect::from_min_max(bar.min + vec2(8.0, 0.0), bar.max);
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    let mut menus = ui.new_child(UiBuilder::new().max_rect(row).layout(layout).id_salt("menus"));
    commands::menus_ui(&mut menus, session, drafts, intents);
    let menus_end = menus.min_rect().right();

    let field = Rect::from_min_max(pos2(bar.right() - 148.0, bar.top() + 8.0), bar.max - vec2(12.0, 8.0));
    if palette_button(ui, field).clicked() {
        intents.push(Intent::Run("palette"));
    }
    let Some(desk) = session.desk() else { return };
    let title = desk.project().title();
    let width = frame::text_width(ui.painter(), title, fonts::INTERFACE_BOLD);
    let tab = Rect::from_center_size(bar.center(), vec2(tabs::WIDTH, bar.height()));
    let tab = if tab.left() < menus_end + 12.0 {
        tab.translate(vec2(menus_end + 12.0 - tab.left(), 0.0))
    } else {
        tab
    };
    let mut middle = ui.new_child(UiBuilder::new().max_rect(tab).id_salt("tabs"));
    tabs::show(&mut middle, &["Annotate"], Some(0), tabs::WIDTH);
    let left = (field.left() - 12.0 - width).max(tab.right() + 12.0);
    frame::text_between(
        ui.painter(),
        pos2(left, bar.center().y),
        field.left() - 12.0,
        title,
        fonts::INTERFACE_BOLD,
        t.strong,
    );
}

fn palette_button(ui: &Ui, rect: Rect) -> egui::Response {
    let theme = theme::of(ui);
    let t = theme.tokens;
    let response = ui.interact(rect, egui::Id::unique("palette button"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Commands"));
    let fill = if response.hovered() { t.hover } else { t.surface };
    frame::card(ui.painter(), rect, theme::RADIUS, fill, Stroke::new(STROKE, t.border));
    if response.has_focus() {
        frame::focus_ring(ui.painter(), rect, theme::RADIUS, &theme);
    }
    let at = pos2(rect.left() + 10.0, rect.center().y);
    frame::text(ui.painter(), at, Align2::LEFT_CENTER, "Commands", fonts::INTERFACE, t.weak);
    let at = pos2(rect.right() - 7.0, rect.center().y);
    keycap::paint(ui.painter(), &theme, at, "Ctrl K", keycap::Ground::Plain);
    response
}

fn middle_ui(ui: &mut Ui, session: &crate::session::Session, drafts: &mut Drafts, intents: &mut Vec<Intent>) {
    let place = ui.max_rect();
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    notices::notices_ui(ui, session, drafts, intents);
    let place = Rect::from_min_max(pos2(place.left(), ui.min_rect().bottom().max(place.top())), place.max);
    if session.desk().is_none() {
        let mut welcome = ui.new_child(UiBuilder::new().max_rect(place).id_salt("welcome"));
        welcome::welcome_ui(&mut welcome, session, drafts, intents);
        return;
    }
    annotate_ui(ui, place, session, drafts, intents);
}

fn annotate_ui(
    ui: &mut Ui,
    place: Rect,
    session: &crate::session::Session,
    drafts: &mut Drafts,
    intents: &mut Vec<Intent>,
) {
    let theme = theme::of(ui);
    let t = theme.tokens;
    let form = Form::of(ui.ctx().content_rect().width());
    let panels = session.settings().panels;
    let line = Stroke::new(STROKE, t.border);
    let list_width = form.list_width(panels);
    let column = |ui: &mut Ui, rect: Rect, fill: egui::Color32, name: &str| {
        let mut column = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(name));
        column.shrink_clip_rect(rect);
        column.painter().rect_filled(rect, 0, fill);
        column
    };
    let inspector =
        Rect::from_min_max(pos2(place.right() - form.inspector_width(panels), place.top()), place.max);
    let list = Rect::from_min_size(place.min, vec2(list_width, place.height()));
    let reader_left = if form.has_list() { list.right() } else { place.left() };
    let reader = Rect::from_min_max(pos2(reader_left, place.top()), inspector.left_bottom());

    let coach = pos2(reader.left(), reader.bottom() - coach::coach_height(session));
    let (reader, coach) = (
        Rect::from_min_max(reader.min, pos2(reader.right(), coach.y)),
        Rect::from_min_max(coach, reader.max),
    );
    reader::reader_ui(&mut column(ui, reader, t.paper, "reader"), session, drafts, intents);
    coach::coach_ui(&mut column(ui, coach, t.chrome, "coach"), session, drafts, intents);
    inspector::inspector_ui(&mut column(ui, inspector, t.chrome, "inspector"), session, drafts, intents);
    ui.painter().vline(inspector.left(), inspector.y_range(), line);
    if form != Form::Compact {
        edge_ui(ui, inspector.left_top(), inspector.left_bottom(), "inspector", |x| {
            let mut panels = panels;
            panels.inspector = Some((place.right() - x).clamp(260.0, 480.0));
            intents.push(Intent::Set(Setting::Panels(panels)));
        });
    }
    if form.has_list() {
        articles::articles_ui(&mut column(ui, list, t.chrome, "articles"), session, drafts, intents);
        ui.painter().vline(list.right(), list.y_range(), line);
        edge_ui(ui, list.right_top(), list.right_bottom(), "articles", |x| {
            let mut panels = panels;
            panels.articles = Some((x - place.left()).clamp(200.0, 480.0));
            intents.push(Intent::Set(Setting::Panels(panels)));
        });
    } else if session.view().drawer {
        drawer_ui(ui, place, list, session, drafts, intents);
    }
}

/// In a narrow window the list lies over the reader until something is chosen.
fn drawer_ui(
    ui: &mut Ui,
    place: Rect,
    list: Rect,
    session: &crate::session::Session,
    drafts: &mut Drafts,
    intents: &mut Vec<Intent>,
) {
    let theme = theme::of(ui);
    let area =
        egui::Area::new(egui::Id::unique("drawer")).fixed_pos(place.min).order(egui::Order::Foreground);
    area.show(ui.ctx(), |ui| {
        let beside = Rect::from_min_max(list.right_top(), place.max);
        let shade = ui.interact(beside, egui::Id::unique("beside the drawer"), Sense::click());
        ui.painter().rect_filled(beside, 0, theme.tokens.shade);
        let mut drawer = ui.new_child(UiBuilder::new().max_rect(list).id_salt("articles"));
        drawer.painter().rect_filled(list, 0, theme.tokens.chrome);
        articles::articles_ui(&mut drawer, session, drafts, intents);
        let escaped = ui.input(|input| input.key_pressed(egui::Key::Escape));
        if shade.clicked() || escaped && !ui.ctx().text_edit_focused() {
            intents.push(Intent::Look(crate::session::view::Look::Drawer(false)));
        }
    });
}

/// An edge between panels that can be dragged.
fn edge_ui(ui: &Ui, from: egui::Pos2, to: egui::Pos2, name: &str, mut moved: impl FnMut(f32)) {
    let rect = Rect::from_two_pos(from, to).expand2(vec2(3.0, 0.0));
    let response = ui.interact(rect, egui::Id::unique(("edge", name)), Sense::drag());
    if response.hovered() || response.dragged() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::ResizeHorizontal);
    }
    if response.dragged()
        && let Some(at) = response.interact_pointer_pos()
    {
        moved(at.x);
    }
}
