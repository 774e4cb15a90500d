//! The window's start and end: eframe around the [`App`].

use crate::session::intent::Intent;
use crate::session::job::JobResult;
use crate::session::prefs::WindowPlace;
use crate::shell::Shell;
use crate::shell::aside::aside;
use crate::shell::folders::Folders;
use crate::shell::frames::FrameFile;
use crate::shell::settings::SettingsFile;
use crate::shell::signals;
use crate::ui::App;
use crate::ui::drops;
use crate::ui::faults::{self, Fault, Say};
use crate::ui::framelog::FrameLog;
use crate::ui::icon;
use crate::ui::pace::{self, Pace};
use crate::ui::place::{self, Monitor, Usual};
use eframe::{EframeWinitApplication, UserEvent};
use egui::{Rect, pos2, vec2};
use std::cell::{Cell, RefCell};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;
use winit::application::ApplicationHandler;
use winit::event::{StartCause, WindowEvent};
use winit::event_loop::{ActiveEventLoop, DeviceEvents, EventLoop};
use winit::window::WindowId;

/// By this name the desktop finds the window's entry, `allegata.desktop`.
const NAME: &str = "allegata";

/// Opens the window on these files and stays until it is closed.
///
/// What ends it where there is no way back is said with `say`.
pub fn run(paths: Vec<PathBuf>, frame_log: Option<PathBuf>, say: Say) -> Result<(), Fault> {
    opened(paths, frame_log, say).inspect_err(faults::turn_to_x11)
}

fn opened(paths: Vec<PathBuf>, frame_log: Option<PathBuf>, say: Say) -> Result<(), Fault> {
    let folders = Folders::find().map_err(Fault::Folder)?;
    let log =
        frame_log.map(|path| FrameFile::create(&path).map_err(|error| Fault::FrameLog(error.to_string())));
    let log = log.transpose()?.map(FrameLog::new);
    let kept = SettingsFile::of(&folders).read().settings.window;
    let shared = Rc::new(Shared { kept, ..Shared::default() });

    let event_loop = faults::caught(|| EventLoop::<UserEvent>::with_user_event().build())
        .and_then(|built| built.map_err(|error| error.to_string()))
        .map_err(|why| Fault::of_desktop(&why))?;
    let creator = {
        let (shared, proxy) = (Rc::clone(&shared), event_loop.create_proxy());
        Box::new(move |creation: &eframe::CreationContext<'_>| {
            pace::ask_once(&creation.egui_ctx, proxy);
            shared.ctx.replace(Some(creation.egui_ctx.clone()));
            let app = Rc::new(RefCell::new(begin(creation, &shared, folders, paths, log.as_ref())));
            shared.app.replace(Some(Rc::clone(&app)));
            LAST_WORD.set(Some(LastWord { app: Some(Rc::clone(&app)), say }));
            let begun = shared.begun.get();
            let window = Window { app, place: Usual::at(begun), seen: None, grows: begun.maximized, log };
            Ok(Box::new(window) as Box<dyn eframe::App>)
        })
    };
    let options = options(&shared);
    let app = eframe::create_native(NAME, options, creator, &event_loop);
    let mut desktop = Desktop { app, shared: Rc::clone(&shared), pace: Pace::default() };
    let ended = faults::caught(|| event_loop.run_app(&mut desktop));
    if let Some(mut last) = LAST_WORD.take() {
        last.app = None;
    }
    shared.fate(ended.map(|ended| ended.map_err(|error| error.to_string())), say)
}

fn options(shared: &Rc<Shared>) -> eframe::NativeOptions {
    let viewport = egui::ViewportBuilder::default()
        .with_title("Allegata")
        .with_app_id(NAME)
        .with_icon(icon::icon())
        .with_drag_and_drop(true);
    let shared = Rc::clone(shared);
    eframe::NativeOptions {
        viewport,
        renderer: eframe::Renderer::Glow,
        // Asked for when the screens are known.
        window_builder: Some(Box::new(move |viewport| shared.placed(viewport))),
        ..eframe::NativeOptions::default()
    }
}

thread_local! {
    /// Where a connection to X breaks, its library ends the program from inside: no error comes back, and of our code only
    /// what this thread drops at its end is run.
    static LAST_WORD: Cell<Option<LastWord>> = const { Cell::new(None) };
}

struct LastWord {
    app: Option<Rc<RefCell<App>>>,
    say: Say,
}

impl Drop for LastWord {
    fn drop(&mut self) {
        let Some(app) = self.app.take() else { return };
        if let Ok(mut app) = app.try_borrow_mut() {
            app.end();
        }
        faults::end_with(&Fault::DesktopGone, self.say);
    }
}

/// What the loop, eframe and the window know together.
#[derive(Default)]
struct Shared {
    /// Where the window was the last time.
    kept: Option<WindowPlace>,
    monitors: RefCell<Vec<Monitor>>,
    /// Where it was put.
    begun: Cell<WindowPlace>,
    ctx: RefCell<Option<egui::Context>>,
    /// None until the window is there.
    app: RefCell<Option<Rc<RefCell<App>>>>,
    /// Another program took the window away.
    is_gone: Cell<bool>,
}

impl Shared {
    fn placed(&self, viewport: egui::ViewportBuilder) -> egui::ViewportBuilder {
        let monitors = self.monitors.borrow();
        let place = place::fitted(self.kept, &monitors);
        self.begun.set(place);
        let scale = monitors.first().map_or(1.0, |monitor| monitor.scale);
        let size = vec2(place.width, place.height) / scale;
        let viewport = viewport
            .with_inner_size(size)
            .with_min_inner_size(place::SMALLEST.min(size))
            .with_maximized(place.maximized);
        match place.x.zip(place.y) {
            Some((x, y)) => viewport.with_position(pos2(x, y) / scale),
            None => viewport,
        }
    }

    /// Whether the window goes because it was closed.
    fn ends_by_itself(&self) -> bool {
        self.app.borrow().as_ref().is_none_or(|app| app.try_borrow().is_ok_and(|app| app.shell.quits()))
    }

    /// How it ended, in words where it was no good end.
    fn fate(&self, ended: Result<Result<(), String>, String>, say: Say) -> Result<(), Fault> {
        let app = self.app.take();
        let Some(app) = app else {
            let why = ended.and_then(|ended| ended).err();
            return Err(why.map_or(Fault::NoDrawing, |why| Fault::of_desktop(&why)));
        };
        let mut app = app.borrow_mut();
        let fault = match ended {
            Ok(Ok(())) if self.is_gone.get() => Fault::WindowGone,
            Ok(Ok(())) if app.shell.quits() => return Ok(()),
            // A loop that nobody has ended lost its desktop.
            Ok(Ok(()) | Err(_)) => Fault::DesktopGone,
            Err(why) => Fault::of_break(why),
        };
        if matches!(fault, Fault::Own(_)) {
            // Nothing is known of what is in the window now: the journal has what there was.
            app.shell.let_go();
        } else {
            app.end();
        }
        // There is nothing left to be put away, and who tries may be ended by the library of X.
        faults::end_with(&fault, say)
    }
}

/// The app in its new window.
fn begin(
    creation: &eframe::CreationContext<'_>,
    shared: &Shared,
    folders: Folders,
    paths: Vec<PathBuf>,
    log: Option<&FrameLog>,
) -> App {
    let ctx = creation.egui_ctx.clone();
    if let Some(window) = creation.winit_window() {
        settle_in(window, shared.begun.get());
        #[cfg(target_os = "linux")]
        if let Err(error) = name_class(window) {
            tracing::debug!("the window has no class: {error}");
        }
    }
    let waker = ctx.clone();
    let shell = Shell::new(folders, Arc::new(move || waker.request_repaint()));
    // Before the window's own plugin: it takes keys away, and a frame is named by them.
    if let Some(log) = log {
        ctx.add_plugin(log.clone());
    }
    let mut app = App::new(&ctx, shell);
    drops::set_taken(&ctx, takes_drops(creation));
    app.told.window = creation.winit_window().map(Arc::downgrade).unwrap_or_default();
    if !paths.is_empty() {
        let paths = paths.into_iter().map(|path| std::path::absolute(&path).unwrap_or(path)).collect();
        app.shell.tick(vec![Intent::Finished(Box::new(JobResult::Given(paths)))]);
    }
    let (appearance, follower) = (app.told.appearance.clone(), ctx.clone());
    aside("allegata-desktop", move || appearance.follow(|| follower.request_repaint()));
    // SIGTERM and its like close the window as its own button does.
    let closer = ctx;
    signals::listen(move || {
        closer.send_viewport_cmd(egui::ViewportCommand::Close);
        closer.request_repaint();
    });
    app
}

/// Whether files can be dropped on the window: on Wayland nobody tells it of them.
fn takes_drops(creation: &eframe::CreationContext<'_>) -> bool {
    use winit::raw_window_handle::{HasWindowHandle as _, RawWindowHandle};
    let handle = creation.winit_window().and_then(|window| Some(window.window_handle().ok()?.as_raw()));
    !matches!(handle, Some(RawWindowHandle::Wayland(_)))
}

/// Both halves of the class are our name; egui gives winit the second alone.
#[cfg(target_os = "linux")]
fn name_class(window: &winit::window::Window) -> Result<(), Box<dyn std::error::Error>> {
    use winit::raw_window_handle::{HasWindowHandle as _, RawWindowHandle};
    use x11rb::protocol::xproto::{AtomEnum, PropMode};
    use x11rb::wrapper::ConnectionExt as _;
    let id = match window.window_handle()?.as_raw() {
        RawWindowHandle::Xlib(handle) => u32::try_from(handle.window)?,
        RawWindowHandle::Xcb(handle) => handle.window.get(),
        _ => return Ok(()),
    };
    let (desktop, _) = x11rb::connect(None)?;
    let class = format!("{NAME}\0{NAME}\0");
    desktop
        .change_property8(PropMode::REPLACE, id, AtomEnum::WM_CLASS, AtomEnum::STRING, class.as_bytes())?
        .check()?;
    Ok(())
}

/// Screens of several densities: the size was guessed by another screen's.
fn settle_in(window: &winit::window::Window, place: WindowPlace) {
    let Some((x, y)) = place.x.zip(place.y) else { return };
    let size = winit::dpi::PhysicalSize::new(place.width, place.height);
    if window.inner_size().cast::<f32>() != size && !place.maximized {
        window.set_outer_position(winit::dpi::PhysicalPosition::new(x, y));
        // Granted or not, it is the desktop's to say.
        window.request_inner_size(size).map(drop).unwrap_or_default();
    }
}

/// The screens, the one that a first window opens on before the others.
fn monitors(event_loop: &ActiveEventLoop) -> Vec<Monitor> {
    let first = event_loop.primary_monitor();
    let others = event_loop.available_monitors().filter(|monitor| Some(monitor) != first.as_ref());
    let all = first.clone().into_iter().chain(others);
    // Wayland tells nobody where a window is; its sizes are in units of its own.
    let is_wayland = is_wayland(event_loop);
    let monitor = |monitor: winit::monitor::MonitorHandle| {
        let (at, size) = (monitor.position().cast::<f32>(), monitor.size().cast::<f32>());
        #[expect(clippy::cast_possible_truncation, reason = "a density is a small number")]
        let scale = monitor.scale_factor() as f32;
        let (size, scale) = if is_wayland {
            (vec2(size.width, size.height) / scale, 1.0)
        } else {
            (vec2(size.width, size.height), scale)
        };
        Monitor { rect: Rect::from_min_size(pos2(at.x, at.y), size), scale }
    };
    all.map(monitor).filter(|monitor| monitor.rect.is_positive()).collect()
}

#[cfg(target_os = "linux")]
fn is_wayland(event_loop: &ActiveEventLoop) -> bool {
    winit::platform::wayland::ActiveEventLoopExtWayland::is_wayland(event_loop)
}

#[cfg(not(target_os = "linux"))]
fn is_wayland(_: &ActiveEventLoop) -> bool {
    false
}

/// eframe in our hands: it is told of the desktop, at our pace, and never that its window was taken away, which it does not
/// survive.
struct Desktop<'a> {
    app: EframeWinitApplication<'a>,
    shared: Rc<Shared>,
    pace: Pace,
}

impl ApplicationHandler<UserEvent> for Desktop<'_> {
    fn resumed(&mut self, event_loop: &ActiveEventLoop) {
        self.shared.monitors.replace(monitors(event_loop));
        self.pace.follow_screens(event_loop);
        // How the mouse moves on its table is nothing to us.
        event_loop.listen_device_events(DeviceEvents::Never);
        self.app.resumed(event_loop);
    }

    fn window_event(&mut self, event_loop: &ActiveEventLoop, window: WindowId, event: WindowEvent) {
        if event == WindowEvent::Destroyed && !self.shared.ends_by_itself() {
            self.shared.is_gone.set(true);
            event_loop.exit();
        } else if !self.shared.is_gone.get() {
            for (window, event) in self.pace.take(window, event) {
                self.pass_on(event_loop, window, event);
            }
        }
    }

    fn new_events(&mut self, event_loop: &ActiveEventLoop, cause: StartCause) {
        if !self.shared.is_gone.get() {
            self.app.new_events(event_loop, cause);
        }
    }

    fn user_event(&mut self, event_loop: &ActiveEventLoop, event: UserEvent) {
        if !self.shared.is_gone.get() {
            self.app.user_event(event_loop, event);
        }
    }

    fn about_to_wait(&mut self, event_loop: &ActiveEventLoop) {
        if !self.shared.is_gone.get() {
            self.app.about_to_wait(event_loop);
        }
    }

    fn suspended(&mut self, event_loop: &ActiveEventLoop) {
        self.app.suspended(event_loop);
    }

    fn exiting(&mut self, event_loop: &ActiveEventLoop) {
        if !self.shared.is_gone.get() {
            self.app.exiting(event_loop);
        }
    }

    fn memory_warning(&mut self, event_loop: &ActiveEventLoop) {
        self.app.memory_warning(event_loop);
    }
}

impl Desktop<'_> {
    fn pass_on(&mut self, event_loop: &ActiveEventLoop, window: WindowId, event: WindowEvent) {
        let is_frame = event == WindowEvent::RedrawRequested;
        let due = if is_frame { self.pace.too_soon(Instant::now()) } else { None };
        let Some(due) = due else { return self.app.window_event(event_loop, window, event) };
        let n_passes = self.shared.ctx.borrow().as_ref().map_or(0, egui::Context::cumulative_pass_nr);
        self.app.user_event(event_loop, pace::at(due, egui::ViewportId::ROOT, n_passes));
    }
}

struct Window {
    app: Rc<RefCell<App>>,
    place: Usual,
    /// What egui last said of the window's place, so that the desktop is asked only when something has changed.
    seen: Option<(Option<Rect>, Option<Rect>, Option<bool>)>,
    /// It is to be maximised, which some desktops hear only from a window that is shown.
    grows: bool,
    log: Option<FrameLog>,
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &egui::Context, frame: &mut eframe::Frame) {
        self.see_place(ctx, frame);
        let mut app = self.app.borrow_mut();
        let had_keyboard = app.has_keyboard();
        match &self.log {
            Some(log) => log.logic(|| app.logic(ctx)),
            None => app.logic(ctx),
        }
        let closes = ctx.input(|input| input.viewport().close_requested());
        let may_end = closes || app.shell.quits() || had_keyboard && !app.has_keyboard();
        if let Some(place) = self.place.to_keep().filter(|_| may_end) {
            app.keep_place(place);
        }
        if closes && !app.shell.quits() && !app.close() {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.app.borrow_mut().frame(ui);
    }
}

impl Window {
    fn see_place(&mut self, ctx: &egui::Context, frame: &eframe::Frame) {
        let (seen, at) = ctx.input(|input| {
            let viewport = input.viewport();
            ((viewport.inner_rect, viewport.outer_rect, viewport.maximized), input.time)
        });
        let Some(window) = frame.winit_window() else { return };
        if self.grows && self.seen.is_some() && window.is_visible() != Some(false) {
            self.grows = false;
            window.set_maximized(true);
        }
        if self.seen == Some(seen) {
            return;
        }
        self.seen = Some(seen);
        if window.is_minimized() == Some(true) || window.fullscreen().is_some() {
            return;
        }
        self.place.see(place_of(window), at);
    }
}

/// Where a window stands, as the desktop has it.
fn place_of(window: &winit::window::Window) -> WindowPlace {
    let corner = window.outer_position().ok().map(|at| at.cast::<f32>());
    let pixels = window.inner_size().cast::<f32>();
    #[expect(clippy::cast_possible_truncation, reason = "a density is a small number")]
    let scale = if corner.is_some() { 1.0 } else { window.scale_factor() as f32 };
    WindowPlace {
        x: corner.map(|at| at.x),
        y: corner.map(|at| at.y),
        width: pixels.width / scale,
        height: pixels.height / scale,
        maximized: window.is_maximized(),
    }
}
