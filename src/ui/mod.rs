//! The window over the shell.

pub mod annotate;
pub mod browser;
pub mod commands;
pub mod desktop;
pub mod dialogs;
pub mod drafts;
pub mod drops;
pub mod faults;
pub mod fonts;
pub mod framelog;
pub mod help;
pub mod icon;
pub mod keys;
pub mod layout;
pub mod letters;
pub mod marks;
pub mod notices;
pub mod numbers;
pub mod over;
pub mod pace;
pub mod palette;
pub mod parts;
pub mod place;
pub mod review;
pub mod run;
pub mod screens;
pub mod status;
pub mod theme;
pub mod welcome;

pub use run::run;

use crate::session::Session;
use crate::session::command::{self, Menu};
use crate::session::intent::{Intent, Noting};
use crate::session::job::{Job, JobKind, JobResult, Question};
use crate::session::prefs::{Setting, Theme as Chosen, WindowPlace};
use crate::session::screens::Screen;
use crate::session::view::{Confirm, Look, Over, Place};
use crate::shell::Shell;
use crate::ui::desktop::{Appearance, Scheme};
use crate::ui::drafts::Drafts;
use crate::ui::keys::{KeyTap, Pressed};
use crate::ui::letters::Letters;
use crate::ui::parts::{frame, keycap, spoken, tabs};
use crate::ui::theme::{STATUS_BAR, STROKE, TOP_BAR, ThemeChoice};
use egui::{Align2, Rect, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// The window: the shell, text begun but not said, and the keys of this frame.
pub struct App {
    pub shell: Shell,
    drafts: Drafts,
    pressed: Arc<Mutex<Pressed>>,
    /// The desktop, and what egui was last told: theme, zoom, whether the window had the keyboard.
    told: Told,
}

#[derive(Default)]
struct Told {
    /// The window, that dialogs lie above it.
    window: Weak<winit::window::Window>,
    /// Light or dark, as the desktop says.
    appearance: Appearance,
    theme: Option<ThemeChoice>,
    zoom: f32,
    /// What another zoom waits for.
    letters: Letters,
    focused: bool,
    title: String,
    /// A signal asks for the end. The close is asked for in a frame, which brings the one that it is noticed in; asked for
    /// between two frames, it would wait for the next key.
    ends: Arc<AtomicBool>,
}

/// Width of the field that opens the palette.
const PALETTE_BUTTON: f32 = 136.0;

impl App {
    /// Prepares egui and makes the window's state.
    pub fn new(ctx: &egui::Context, shell: Shell) -> Self {
        theme::apply(ctx, choice(shell.session().settings().theme, None));
        let pressed = Arc::<Mutex<Pressed>>::default();
        ctx.add_plugin(KeyTap::new(Arc::clone(&pressed)));
        // Zoom is ours: egui's own keys would not be kept in the settings.
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let told = Told { focused: true, ..Told::default() };
        ctx.add_plugin(told.letters.clone());
        Self { shell, drafts: Drafts::default(), pressed, told }
    }

    /// Everything but the drawing: keys, dropped files, jobs. Runs also while the window is hidden.
    pub fn logic(&mut self, ctx: &egui::Context) {
        let mut intents = Vec::new();
        let presses = {
            let mut pressed = self.pressed.lock().unwrap_or_else(PoisonError::into_inner);
            pressed.take()
        };
        for press in presses {
            // The session is asked anew for each: the key before may have opened something.
            if let Some(intent) = keys::intent(self.shell.session(), press) {
                let before = std::mem::take(&mut intents);
                self.shell.tick(before);
                self.leave_note(&intent);
                leave_button(ctx, &intent);
                self.shell.tick(vec![intent]);
            }
        }
        intents.extend(dropped(ctx));
        intents.extend(pasted(ctx, self.shell.session()));
        if self.is_opening() || !intents.is_empty() {
            // Another project may be shown after this.
            self.say_note();
        }
        intents.extend(self.focus_changed(ctx));
        self.shell.tick(intents);
        // Not in the frame in which the project comes, which has enough to do.
        if self.is_opening() {
            self.told.letters.expect_article(ctx);
        }
        if let Some(text) = self.shell.take_copied() {
            ctx.copy_text(text);
        }
        for (question, dialog) in self.shell.take_questions() {
            self.ask(question, dialog);
        }
        self.tell_egui(ctx);
        if let Some(secs) = self.shell.session().wake_in_secs() {
            ctx.request_repaint_after(std::time::Duration::from_secs(secs.unsigned_abs()));
        }
    }

    fn is_opening(&self) -> bool {
        self.shell.session().running().iter().any(|running| running.kind == JobKind::Open)
    }

    /// A note that is being written is said before a command acts on what is shown.
    fn leave_note(&mut self, intent: &Intent) {
        let keeps = matches!(intent, Intent::Look(_) | Intent::Set(_));
        if !keeps {
            self.say_note();
        }
    }

    fn say_note(&mut self) {
        if self.shell.session().desk().is_some_and(|desk| desk.note_field().is_some()) {
            self.shell.tick(vec![Intent::Note(Noting::Left)]);
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
        spoken::window(ui.ctx(), &title(session));
        let part = |ui: &mut Ui, rect: Rect, name: &str| {
            let mut part = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(name));
            part.shrink_clip_rect(rect);
            part
        };
        if annotate::is_alone(session) {
            middle_ui(&mut part(ui, whole, "middle"), session, &mut self.drafts, &mut intents);
        } else {
            top_ui(&mut part(ui, top, "top"), session, &mut self.drafts, &mut intents);
            middle_ui(&mut part(ui, middle, "middle"), session, &mut self.drafts, &mut intents);
            let mut status = part(ui, bottom, "status");
            status.painter().rect_filled(bottom, 0, theme.tokens.chrome);
            status.painter().hline(bottom.x_range(), bottom.top(), Stroke::new(STROKE, theme.tokens.border));
            status::status_ui(&mut status, session, &mut intents);
        }
        over_ui(ui, session, &mut self.drafts, &mut intents);
        drops::drops_ui(ui, session);
        if !intents.is_empty() {
            let is_over = |shell: &Shell| shell.session().view().over.is_some();
            let was_over = is_over(&self.shell);
            self.shell.tick(intents);
            if was_over && !is_over(&self.shell) {
                // What stood over the window has the keyboard no more: the next key is for what is below.
                ui.memory_mut(egui::Memory::stop_text_input);
            }
            ui.ctx().request_repaint();
        }
        pace::draw_until_pointed(ui.ctx());
        self.pressed.lock().unwrap_or_else(PoisonError::into_inner).look(self.shell.session());
    }

    /// The window is to be closed: true if it may.
    pub fn close(&mut self) -> bool {
        self.leave_note(&Intent::Run("quit"));
        self.shell.tick(vec![Intent::Run("quit")]);
        self.shell.quits()
    }

    fn ask(&mut self, question: Question, number: u64) {
        let (folder, name) = dialogs::start(self.shell.session(), question);
        let dialog =
            dialogs::dialog(question, folder.as_deref(), &name, self.told.window.upgrade().as_deref());
        self.shell.ask((question, number), move || dialogs::ask(question, dialog));
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
        let (chosen, zoom) = (choice(settings.theme, self.told.appearance.scheme()), settings.zoom);
        if self.told.theme != Some(chosen) {
            ctx.set_theme(theme::preference(chosen));
            // The frame under way was begun in the other one.
            ctx.request_repaint();
            self.told.theme = Some(chosen);
        }
        if (self.told.zoom - zoom).abs() > f32::EPSILON && self.told.letters.are_there(ctx, zoom) {
            ctx.set_zoom_factor(zoom);
            self.told.zoom = zoom;
        }
        let title = title(self.shell.session());
        if self.told.title != title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.told.title = title;
        }
        if self.shell.quits() || self.told.ends.swap(false, Ordering::Relaxed) {
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }

    /// Keeps the window's place for the next time.
    pub fn keep_place(&mut self, place: WindowPlace) {
        if self.shell.session().settings().window != Some(place) {
            self.shell.tick(vec![Intent::Set(Setting::Window(place))]);
        }
    }

    /// The window is gone and nobody can be asked: all that there is goes to the disk, as far as it takes it.
    pub fn end(&mut self) {
        // Asked a second time it does not ask back.
        if !self.close() {
            self.close();
        }
    }

    /// Whether the window had the keyboard in the last frame.
    pub fn has_keyboard(&self) -> bool {
        self.told.focused
    }
}

/// A key that answers or moves brings the reading back to the text, from whatever button Tab had led to.
fn leave_button(ctx: &egui::Context, intent: &Intent) {
    let acts_on_text = match intent {
        Intent::Answer(_) => true,
        Intent::Run(id) => command::find(id).is_some_and(|command| command.menu == Menu::Sentence),
        _ => false,
    };
    let focused = ctx.memory(egui::Memory::focused);
    if let Some(id) = focused.filter(|_| acts_on_text && !ctx.text_edit_focused()) {
        ctx.memory_mut(|memory| memory.surrender_focus(id));
    }
}

/// The words in the window's frame.
fn title(session: &Session) -> String {
    session
        .desk()
        .map_or_else(|| "Allegata".to_owned(), |desk| format!("{} \u{2013} Allegata", desk.project().title()))
}

/// What was chosen, and where that is the desktop's own, what the desktop says: by its setting, or else to egui.
fn choice(theme: Chosen, desktop: Option<Scheme>) -> ThemeChoice {
    match (theme, desktop) {
        (Chosen::Light, _) | (Chosen::System, Some(Scheme::Light)) => ThemeChoice::Light,
        (Chosen::Dark, _) | (Chosen::System, Some(Scheme::Dark)) => ThemeChoice::Dark,
        (Chosen::System, None) => ThemeChoice::System,
    }
}

/// Files that were dropped on the window are taken in, or opened.
fn dropped(ctx: &egui::Context) -> Option<Intent> {
    let files = ctx.input(|input| input.raw.dropped_files.clone());
    let paths: Vec<_> = files.iter().map(|file| file.path().to_owned()).collect();
    (!paths.is_empty()).then(|| Intent::Finished(Box::new(JobResult::Given(paths))))
}

/// What is pasted with Shift while no field has the keyboard becomes an article, once something is known about it.
fn pasted(ctx: &egui::Context, session: &Session) -> Option<Intent> {
    if ctx.text_edit_focused() || session.view().over.is_some() || session.view().screen.is_some() {
        return None;
    }
    command::find("paste").filter(|command| command.refusal(session).is_none())?;
    let text = ctx.input(|input| {
        let text = input.events.iter().find_map(|event| match event {
            egui::Event::Paste(text) => Some(text.clone()),
            _ => None,
        });
        text.filter(|_| input.modifiers.shift)
    })?;
    Some(Intent::Look(Look::Over(Over::Paste(text))))
}

fn top_ui(ui: &mut Ui, session: &Session, drafts: &mut Drafts, intents: &mut Vec<Intent>) {
    let theme = theme::of(ui);
    let t = theme.tokens;
    let bar = ui.max_rect();
    ui.painter().rect_filled(bar, 0, t.chrome);
    ui.painter().hline(bar.x_range(), bar.bottom() - 0.5, Stroke::new(STROKE, t.border));
    let row = Rect::from_min_max(bar.min + vec2(8.0, 0.0), bar.max);
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    let mut menus = ui.new_child(UiBuilder::new().max_rect(row).layout(layout).id_salt("menus"));
    commands::menus_ui(&mut menus, session, &mut drafts.menus, intents);
    let menus_end = menus.min_rect().right();

    let names = Place::ALL.map(Place::name);
    let n_tabs = if session.desk().is_some() { names.len() as f32 } else { 0.0 };
    // Where there is little room the field is only its key, and in the end only in the menu *Help*.
    let rest = bar.right() - 12.0 - menus_end - 24.0;
    let key = keycap::width(ui.painter(), "Ctrl K") + 14.0;
    let fits = [(PALETTE_BUTTON, tabs::WIDTH), (key, tabs::LEAST_WIDTH)]
        .into_iter()
        .find(|(field, tab)| rest >= field + n_tabs * tab);
    let width = fits.map_or(0.0, |(field, _)| field);
    let field =
        Rect::from_min_max(pos2(bar.right() - 12.0 - width, bar.top() + 8.0), bar.max - vec2(12.0, 8.0));
    if width > 0.0 && palette_button(ui, field).clicked() {
        intents.push(Intent::Run("palette"));
    }
    let Some(desk) = session.desk() else { return };
    let title = desk.project().title();
    let width = frame::text_width(ui.painter(), title, fonts::INTERFACE_BOLD);
    let least = menus_end + 12.0;
    let each = ((field.left() - 12.0 - least) / n_tabs).min(tabs::WIDTH);
    let tab = Rect::from_center_size(bar.center(), vec2(each * n_tabs, bar.height()));
    let tab = tab.translate(vec2((least - tab.left()).max(0.0), 0.0));
    // With less room the places are in the menu *View* alone.
    if each >= tabs::LEAST_WIDTH {
        let mut middle = ui.new_child(UiBuilder::new().max_rect(tab).id_salt("tabs"));
        let lit = Place::ALL.iter().position(|place| *place == session.view().place);
        // Agreement is a screen of Review.
        let lit = lit.filter(|_| matches!(session.view().screen, None | Some(Screen::Agreement)));
        let chosen = tabs::show(&mut middle, &names, lit, each);
        let chosen = chosen.filter(|chosen| lit != Some(*chosen));
        if let Some(place) = chosen.and_then(|idx| Place::ALL.get(idx)) {
            intents.push(Intent::Run(place.command()));
        }
    }
    let left = (field.left() - 12.0 - width).max(tab.right() + 12.0);
    let place = Rect::from_x_y_ranges(left..=(field.left() - 12.0).max(left), bar.y_range());
    spoken::heading(ui, place, title);
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
    if rect.width() >= PALETTE_BUTTON {
        let at = pos2(rect.left() + 10.0, rect.center().y);
        frame::text(ui.painter(), at, Align2::LEFT_CENTER, "Commands", fonts::INTERFACE, t.weak);
    }
    let at = pos2(rect.right() - 7.0, rect.center().y);
    keycap::paint(ui.painter(), &theme, at, "Ctrl K", keycap::Ground::Plain);
    response
}

fn middle_ui(ui: &mut Ui, session: &Session, drafts: &mut Drafts, intents: &mut Vec<Intent>) {
    let place = ui.max_rect();
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    if session.desk().is_none() && session.view().screen.is_none() {
        // The page stands in the middle: it moves for a notice only where there is no room below it.
        let band = notices::band_height(session);
        let is_low = place.height() < welcome::HEIGHT + 2.0 * band;
        let room = if is_low { place.with_max_y(place.bottom() - band) } else { place };
        let mut welcome = ui.new_child(UiBuilder::new().max_rect(room).id_salt("welcome"));
        welcome::welcome_ui(&mut welcome, session, &mut drafts.welcome, intents);
        let below = place.with_min_y(place.bottom() - band);
        let mut below = ui.new_child(UiBuilder::new().max_rect(below).id_salt("notices"));
        notices::notices_ui(&mut below, session, intents);
        return;
    }
    if session.view().screen.is_some() {
        return screens::screens_ui(ui, session, &mut drafts.screens, intents);
    }
    match session.view().place {
        Place::Annotate => annotate::annotate_ui(ui, session, &mut drafts.coach, intents),
        Place::Review => review::review_ui(ui, session, &mut drafts.review, intents),
    }
}

/// Draws what stands over the window, if anything does.
pub fn over_ui(ui: &mut Ui, session: &Session, drafts: &mut Drafts, intents: &mut Vec<Intent>) {
    let over = session.view().over.as_ref().filter(|over| !matches!(over, Over::Menu { .. }));
    let Some(over) = over else { return };
    let draft = &mut drafts.over;
    draft.begin(ui.ctx(), over);
    match over {
        // Drawn by the top bar.
        Over::Menu { .. } => {}
        Over::Palette => palette::palette_ui(ui, session, &mut drafts.palette, intents),
        Over::Help => help::help_ui(ui, session, intents),
        Over::Browser(_) => browser::browser_ui(ui, session, &mut drafts.browser, intents),
        Over::About => over::about::about_ui(ui, session, intents),
        Over::New => over::new::new_ui(ui, &mut draft.rows, intents),
        Over::Rename => over::rename::rename_ui(ui, session, &mut draft.title, intents),
        Over::Coder => over::coder::coder_ui(ui, session, &mut draft.coder, intents),
        Over::Coders => over::coders::coders_ui(ui, session, &mut draft.coders, intents),
        Over::Paste(_) => over::paste::paste_ui(ui, session, &mut draft.paste, intents),
        Over::Details => over::details::details_ui(ui, session, &mut draft.details, intents),
        Over::Draw => over::draw::draw_ui(ui, session, &mut draft.draw, intents),
        Over::Resplit => over::resplit::resplit_ui(ui, session, &mut draft.resplit, intents),
        Over::Kind => over::kind::kind_ui(ui, session, &mut draft.rows, intents),
        Over::Tags => over::tags::tags_ui(ui, session, &mut draft.tags, intents),
        Over::Assign => over::assign::assign_ui(ui, session, &mut draft.assign, intents),
        Over::Remove => over::remove::remove_ui(ui, session, &mut draft.remove, intents),
        Over::AsideReason => over::aside::reason_ui(ui, session, &mut draft.aside, intents),
        Over::Aside => over::aside::list_ui(ui, session, &mut draft.aside, intents),
        Over::Safety => over::safety::safety_ui(ui, session, intents),
        Over::Recovered => over::recovered::recovered_ui(ui, session, &mut draft.rows, intents),
        Over::Imports => over::imports::imports_ui(ui, session, &mut draft.rows, intents),
        Over::Mends => over::mends::mends_ui(ui, session, intents),
        Over::Versions(_) => over::versions::versions_ui(ui, session, &mut draft.rows, intents),
        Over::PutAway(_) => over::versions::put_away_ui(ui, session, intents),
        Over::Lines { .. } => over::lines::lines_ui(ui, session, intents),
        Over::Confirm(Confirm::Reload) => over::confirm::reload_ui(ui, session, intents),
        Over::Confirm(Confirm::CloseUnsafe(_)) => over::confirm::close_unsafe_ui(ui, session, intents),
        Over::Report => over::report::report_ui(ui, session, intents),
        Over::Dataset { path, paths } => over::dataset::dataset_ui(ui, (path, paths), intents),
        Over::Replace(to) => over::replace::replace_ui(ui, to, intents),
        Over::Chart => over::chart::chart_ui(ui, session, intents),
        Over::TakeAll => over::taking::taking_ui(ui, session, &mut draft.taking, intents),
        Over::Compared => over::compared::compared_ui(ui, session, &mut draft.rows, intents),
        Over::Comments => over::comments::comments_ui(ui, session, &mut draft.comments, intents),
        Over::Given { .. } => over::confirm::given_ui(ui, session, intents),
    }
}
