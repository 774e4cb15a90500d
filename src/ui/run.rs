//! The window's start and end: eframe around the [`App`].

use crate::session::intent::Intent;
use crate::session::job::{JobResult, Question};
use crate::session::prefs::WindowPlace;
use crate::shell::Shell;
use crate::shell::folders::Folders;
use crate::shell::frames::FrameFile;
use crate::shell::signals;
use crate::ui::App;
use crate::ui::framelog::FrameLog;
use std::path::PathBuf;
use std::sync::Arc;

/// Packages that a bare Debian needs to show the window.
pub const PACKAGES: &str =
    "libx11-6 libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0 libgl1 libgl1-mesa-dri libegl1";

/// Opens the window on these files and stays until it is closed.
pub fn run(paths: Vec<PathBuf>, frame_log: Option<PathBuf>) -> anyhow::Result<()> {
    let folders = Folders::find()?;
    let place = crate::shell::settings::SettingsFile::of(&folders).read().settings.window;
    let mut viewport = egui::ViewportBuilder::default()
        .with_title("Allegata")
        .with_app_id("allegata")
        .with_min_inner_size([800.0, 500.0])
        .with_inner_size([1280.0, 800.0])
        .with_drag_and_drop(true);
    if let Some(place) = place {
        viewport = viewport
            .with_inner_size([place.width, place.height])
            .with_position([place.x, place.y])
            .with_maximized(place.maximized);
    }
    let options = eframe::NativeOptions {
        viewport,
        renderer: eframe::Renderer::Glow,
        ..eframe::NativeOptions::default()
    };
    eframe::run_native(
        "allegata",
        options,
        Box::new(move |creation| {
            let ctx = creation.egui_ctx.clone();
            let waker = ctx.clone();
            let shell = Shell::new(folders, Arc::new(move || waker.request_repaint()));
            let log = match frame_log {
                Some(path) => Some(FrameLog::new(FrameFile::create(&path)?)),
                None => None,
            };
            // Before the window's own plugin: it takes keys away, and a frame is named by them.
            if let Some(log) = &log {
                ctx.add_plugin(log.clone());
            }
            let mut app = App::new(&ctx, shell);
            if !paths.is_empty() {
                let asked = JobResult::Asked { question: Question::AddArticles, paths, no_service: false };
                app.shell.tick(vec![Intent::Finished(Box::new(asked))]);
            }
            // SIGTERM and its like close the window as its own button does.
            let closer = ctx;
            signals::listen(move || {
                closer.send_viewport_cmd(egui::ViewportCommand::Close);
                closer.request_repaint();
            });
            Ok(Box::new(Window { app, place: None, log }))
        }),
    )
    .map_err(|error| anyhow::anyhow!("{error}"))
}

struct Window {
    app: App,
    place: Option<WindowPlace>,
    log: Option<FrameLog>,
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        match &self.log {
            Some(log) => log.logic(|| self.app.logic(ctx)),
            None => self.app.logic(ctx),
        }
        self.place = place(ctx).or(self.place);
        if ctx.input(|input| input.viewport().close_requested()) && !self.app.shell.quits() {
            if let Some(place) = self.place {
                self.app.keep_place(place);
            }
            if !self.app.close() {
                ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            }
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.app.frame(ui);
    }
}

fn place(ctx: &egui::Context) -> Option<WindowPlace> {
    ctx.input(|input| {
        let viewport = input.viewport();
        let (inner, outer) = (viewport.inner_rect?, viewport.outer_rect?);
        let maximized = viewport.maximized.unwrap_or(false);
        Some(WindowPlace {
            x: outer.min.x,
            y: outer.min.y,
            width: inner.width(),
            height: inner.height(),
            maximized,
        })
    })
}
