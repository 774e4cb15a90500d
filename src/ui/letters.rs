//! Letters in a size that has not been drawn yet, put by in small portions: drawing each anew costs a frame that anybody feels.
//!
//! egui draws a letter when it is laid out, and keeps it. So what a frame shows is laid out in the new size a portion a frame,
//! and only then is the window drawn in it.

use crate::ui::fonts::{self, Type};
use egui::epaint::{ClippedShape, Shape};
use egui::text::LayoutJob;
use egui::{Color32, Context, FullOutput};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long a frame may lay out letters for later ones.
const PORTION: Duration = Duration::from_millis(3);

/// Words with the letters of most articles, each several times: a letter that stands at another part of a pixel is another one.
const SAMPLE: &str = "The mayor said that nobody had asked why the harbour was sold, and who was paid for it. \
    Just before six, Mr Quick of the works council denied every claim; “I know of no such deal,” he told us. \
    A judge will view the boxes in March, says a report by Jane Zimmer, which the paper has read in full. \
    BCDEFGKLNOPRSTUVWY 0123456789 (10–25) 30 35 46 57 68 79";

/// The types of an article beside its list.
const OF_ARTICLE: [Type; 8] = [
    fonts::READING,
    fonts::LIST_TITLE,
    fonts::HEADLINE,
    fonts::INTERFACE,
    fonts::INTERFACE_BOLD,
    fonts::SMALL,
    fonts::KEYCAP,
    fonts::LIST_TITLE_BOLD,
];

/// Shared with the plugin that looks at what a frame shows.
#[derive(Clone, Debug)]
pub struct Letters(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    /// Zooms that the window has been drawn in, by their bits.
    seen: BTreeSet<u32>,
    /// Whether the texts of the next frame are wanted.
    looks: bool,
    /// What is to be laid out in another zoom; none = nobody asks for one.
    next: Option<Next>,
    /// What is laid out while a project is opened.
    sample: Vec<LayoutJob>,
}

#[derive(Debug)]
struct Next {
    zoom: f32,
    jobs: Vec<Arc<LayoutJob>>,
    n_done: usize,
}

impl Default for Letters {
    fn default() -> Self {
        // A few words at a time: all of them take longer than a portion may.
        let words: Vec<&str> = SAMPLE.split_inclusive(' ').collect();
        let pieces = words.chunks(4).map(<[&str]>::concat);
        let jobs =
            pieces.flat_map(|piece| OF_ARTICLE.map(|of| of.job(&piece, Color32::BLACK, f32::INFINITY)));
        let mut sample: Vec<LayoutJob> = jobs.collect();
        sample.reverse();
        let state = State { seen: BTreeSet::new(), looks: false, next: None, sample };
        Self(Arc::new(Mutex::new(state)))
    }
}

impl Letters {
    /// Makes a portion of the letters for another zoom, and says whether the window can be drawn in it.
    pub fn are_there(&self, ctx: &Context, zoom: f32) -> bool {
        let mut state = self.state();
        // What a window begins with is its first frame's.
        if state.seen.is_empty() || state.seen.contains(&zoom.to_bits()) {
            state.drawn_in(zoom);
            return true;
        }
        match &mut state.next {
            None => state.looks = true,
            Some(next) => {
                if next.zoom.to_bits() != zoom.to_bits() {
                    (next.zoom, next.n_done) = (zoom, 0);
                }
                let left = next.jobs.get(next.n_done..).unwrap_or_default();
                next.n_done += portion(ctx, zoom, left.iter().map(|job| LayoutJob::clone(job)));
                if next.n_done >= next.jobs.len() {
                    state.drawn_in(zoom);
                    return true;
                }
            }
        }
        ctx.request_repaint();
        false
    }

    /// Makes a portion of the letters that an article is likely to have.
    pub fn expect_article(&self, ctx: &Context) {
        let mut state = self.state();
        if state.seen.is_empty() {
            return ctx.request_repaint(); // the window's first frame has enough to do
        }
        let n_done = portion(ctx, ctx.zoom_factor(), state.sample.iter().rev().cloned());
        let n_left = state.sample.len().saturating_sub(n_done);
        state.sample.truncate(n_left);
        if n_left > 0 {
            ctx.request_repaint();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn drawn_in(&mut self, zoom: f32) {
        self.seen.insert(zoom.to_bits());
        (self.looks, self.next) = (false, None);
    }
}

impl egui::Plugin for Letters {
    fn debug_name(&self) -> &'static str {
        "allegata letters"
    }

    fn output_hook(&mut self, _ctx: &Context, output: &mut FullOutput) {
        let mut state = self.state();
        if std::mem::take(&mut state.looks) {
            let mut jobs = Vec::new();
            output.shapes.iter().for_each(|ClippedShape { shape, .. }| texts(shape, &mut jobs));
            state.next = Some(Next { zoom: 0.0, jobs, n_done: 0 });
        }
    }
}

/// The texts of a shape.
fn texts(shape: &Shape, jobs: &mut Vec<Arc<LayoutJob>>) {
    match shape {
        Shape::Text(text) => jobs.push(Arc::clone(&text.galley.job)),
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| texts(shape, jobs)),
        _ => {}
    }
}

/// Lays texts out in the letters of a zoom, as many as there is time for, one at least; how many.
fn portion(ctx: &Context, zoom: f32, jobs: impl Iterator<Item = LayoutJob>) -> usize {
    let began = Instant::now();
    let here = ctx.pixels_per_point();
    // As egui itself counts: a letter is known by the very bits of its density.
    let there = zoom * ctx.native_pixels_per_point().unwrap_or(1.0);
    ctx.input_mut(|input| input.pixels_per_point = there);
    let mut n_done = 0;
    for job in jobs {
        ctx.fonts_mut(|fonts| drop(fonts.layout_job(job)));
        n_done += 1;
        if began.elapsed() >= PORTION {
            break;
        }
    }
    ctx.input_mut(|input| input.pixels_per_point = here);
    n_done
}
