//! One line a drawn frame: what set it off, and how much CPU logic, drawing, tessellation and painting took.

use crate::shell::frames::{FrameFile, cpu_ms};
use egui::{Event, FullOutput, RawInput};
use std::sync::{Arc, Mutex, PoisonError};

/// The log, shared between the window and egui, which calls it at the seams of a frame.
#[derive(Clone)]
pub struct FrameLog(Arc<Mutex<State>>);

struct State {
    file: FrameFile,
    cause: String,
    began: f64,
    logic: f64,
    /// Of the frame before, until its painting is over: cause, logic, ui, tessellation, and when its drawing ended.
    open: Option<(String, f64, f64, f64, f64)>,
}

impl FrameLog {
    pub fn new(file: FrameFile) -> Self {
        Self(Arc::new(Mutex::new(State {
            file,
            cause: String::new(),
            began: cpu_ms(),
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
        let cause = input.events.iter().find_map(cause).unwrap_or_else(|| "repaint".to_owned());
        self.with(|state| {
            if let Some((cause, logic, ui, tess, ended)) = state.open.take() {
                // What passed since is egui's own tessellation, which was measured, and the painting.
                let paint = (now - ended - tess).max(0.0);
                state.file.write(&format!("{cause}\t{logic:.3}\t{ui:.3}\t{tess:.3}\t{paint:.3}"));
            }
            state.cause = cause;
            state.began = now;
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
            state.open = Some((std::mem::take(&mut state.cause), state.logic, ui, tess, cpu_ms()));
        });
    }
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
