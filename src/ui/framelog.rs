//! One line a drawn frame: what set it off, how much CPU logic, drawing, tessellation and painting took, when it began.

use crate::shell::frames::{FrameFile, cpu_ms};
use egui::{Event, FullOutput, RawInput};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// The log, shared between the window and egui, which calls it at the seams of a frame.
#[derive(Clone)]
pub struct FrameLog(Arc<Mutex<State>>);

struct State {
    file: FrameFile,
    /// When the log was begun.
    start: Instant,
    /// The event of this frame; without one, somebody asked for it.
    event: Option<String>,
    /// When it began: in CPU time of the thread, and by the clock, in milliseconds.
    began: f64,
    at: f64,
    logic: f64,
    /// The frame before, until its painting is over.
    open: Option<Frame>,
}

/// A frame that is drawn, in milliseconds.
struct Frame {
    cause: String,
    logic: f64,
    ui: f64,
    tess: f64,
    at: f64,
    /// When its drawing ended, in CPU time of the thread.
    ended: f64,
}

impl FrameLog {
    pub fn new(file: FrameFile) -> Self {
        Self(Arc::new(Mutex::new(State {
            file,
            start: Instant::now(),
            event: None,
            began: cpu_ms(),
            at: 0.0,
            logic: 0.0,
            open: None,
        })))
    }

    /// Counts what runs before the drawing.
    pub fn logic(&self, run: impl FnOnce()) {
        let before = cpu_ms();
        run();
        self.with(|state| state.logic += cpu_ms() - before);
    }

    fn with(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl egui::Plugin for FrameLog {
    fn debug_name(&self) -> &'static str {
        "allegata frame log"
    }

    fn input_hook(&mut self, _ctx: &egui::Context, input: &mut RawInput) {
        let now = cpu_ms();
        let event = input.events.iter().find_map(cause);
        self.with(|state| {
            if let Some(Frame { cause, logic, ui, tess, at, ended }) = state.open.take() {
                // What passed since is egui's own tessellation, which was measured, and the painting.
                let paint = (now - ended - tess).max(0.0);
                let line = format!("{cause}\t{logic:.3}\t{ui:.3}\t{tess:.3}\t{paint:.3}\t{at:.1}");
                state.file.write(&line);
            }
            state.event = event;
            state.began = now;
            state.at = state.start.elapsed().as_secs_f64() * 1e3;
            state.logic = 0.0;
        });
    }

    fn output_hook(&mut self, ctx: &egui::Context, output: &mut FullOutput) {
        let drawn = cpu_ms();
        let shapes = ctx.tessellate(output.shapes.clone(), output.pixels_per_point);
        let tess = cpu_ms() - drawn;
        drop(shapes);
        self.with(|state| {
            let ui = (drawn - state.began - state.logic).max(0.0);
            let cause = state.event.take().unwrap_or_else(|| askers(ctx));
            state.open = Some(Frame { cause, logic: state.logic, ui, tess, at: state.at, ended: cpu_ms() });
        });
    }
}

/// Which lines asked for this frame: `repaint reader/hold.rs:98`.
fn askers(ctx: &egui::Context) -> String {
    let line = |cause: &egui::RepaintCause| {
        let mut parts = cause.file.rsplit(['/', '\\']);
        let (file, folder) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        format!("{folder}/{file}:{}", cause.line)
    };
    let lines: BTreeSet<String> = ctx.repaint_causes().iter().map(line).collect();
    lines.into_iter().fold("repaint".to_owned(), |all, line| format!("{all} {line}"))
}

fn cause(event: &Event) -> Option<String> {
    Some(match event {
        Event::Key { key, pressed: true, .. } => format!("key {}", key.name()),
        Event::Key { .. } => return None,
        Event::Text(_) => "text".to_owned(),
        Event::MouseWheel { .. } => "wheel".to_owned(),
        Event::PointerButton { .. } => "button".to_owned(),
        Event::PointerMoved(_) => "pointer".to_owned(),
        _ => return None,
    })
}
