//! How far the article is scrolled. It follows the current sentence when that moves; whatever else changes (zoom, widths,
//! sizes, notices, heights that were only estimated), the sentence that is held stays where it is on the screen.

use crate::model::article::Article;
use crate::session::view::View;
use crate::ui::annotate::reader::blocks::{Blocks, Extent, Setting};
use egui::{Painter, Rangef, Rect, Ui};

/// The band of the reader's height in which the current sentence stays, and where it comes to when it leaves it.
const BAND: (f32, f32) = (0.15, 0.85);
const COMES_TO: f32 = 0.35;
/// How long the reader scrolls to the current sentence, in seconds; over more than this many heights it jumps.
const SCROLL_SECS: f64 = 0.12;
const FAR: f32 = 2.0;
/// How often heights near the view may turn out otherwise within one frame.
const MAX_PASSES: usize = 8;
/// A difference of offsets, in points, that only a person's own scrolling makes.
const BY_HAND: f32 = 0.05;
/// How much of a row's middle has to be in sight, in points, for the row to be seen.
const SEEN: f32 = 8.0;

#[derive(Default)]
pub struct Hold {
    /// The move that was followed last, and to which sentence.
    followed: Option<(u64, usize)>,
    held: Option<Held>,
    travel: Option<Travel>,
    /// How far the article was scrolled in the last frame, in points.
    offset: f32,
}

/// A sentence that stays where it is on the screen.
#[derive(Clone, Copy)]
struct Held {
    sentence: usize,
    /// Middle of its first row, in pixels from the window's top.
    at_px: f32,
    /// How the reader stood when it was put there.
    stand: Stand,
    in_sight: InSight,
}

/// How much of a sentence was in sight when it was put where it is.
#[derive(Clone, Copy, PartialEq)]
enum InSight {
    All,
    /// Its first row, but not its last.
    Beginning,
    Nothing,
}

/// What a height on the screen means.
#[derive(Clone, Copy, PartialEq)]
struct Stand {
    place: Rect,
    setting: Option<Setting>,
}

/// The way of the held sentence to its place.
#[derive(Clone, Copy)]
struct Travel {
    /// Middle of its first row when it began, in points from the reader's top.
    from: f32,
    began: f64,
}

/// The article in the reader of this frame.
pub struct Stage<'a> {
    pub painter: &'a Painter,
    pub article: &'a Article,
    pub place: Rect,
    /// Height of the bar that repeats the headline over the text.
    pub bar: f32,
    /// Whether the article was another one in the frame before.
    pub is_new: bool,
}

impl Hold {
    /// How far the article is to be scrolled this frame; what comes into view then is laid out.
    pub fn offset(&mut self, ui: &Ui, view: &View, blocks: &mut Blocks, stage: &Stage<'_>) -> f32 {
        let now = ui.input(|input| input.time);
        if stage.is_new {
            (self.held, self.travel) = (None, None);
            self.offset = view.scroll_to.unwrap_or(0.0);
        }
        let mut offset = self.settle(blocks, stage, now);
        let moved = (view.n_moves, view.sentence);
        if self.followed != Some(moved) {
            let at_once = stage.is_new || self.followed.is_none();
            self.followed = Some(moved);
            self.follow(view.sentence, offset, blocks, stage, now, at_once);
            offset = self.settle(blocks, stage, now);
        }
        if self.travel.is_some_and(|travel| now - travel.began >= SCROLL_SECS) {
            self.travel = None;
        }
        if self.travel.is_some() {
            ui.ctx().request_repaint();
        }
        self.offset = offset;
        offset
    }

    /// What was scrolled by hand in this frame is held from now on.
    pub fn scrolled(&mut self, to: f32, current: usize, blocks: &Blocks, stage: &Stage<'_>) {
        if self.travel.is_some() || (to - self.offset).abs() < BY_HAND {
            return;
        }
        self.offset = to;
        let view = Rangef::new(to, to + stage.place.height());
        let is_seen = self.sees(current, blocks, stage);
        let sentence = if is_seen { Some(current) } else { first_in(view, blocks, stage) };
        let Some(sentence) = sentence else { return self.held = None };
        if let Some(extent) = blocks.extent(stage.painter, stage.article, sentence) {
            self.held = Some(stage.held(sentence, &extent, to, blocks));
        }
    }

    /// Whether a row of the sentence can be read, or will be in a moment.
    pub fn sees(&self, sentence: usize, blocks: &Blocks, stage: &Stage<'_>) -> bool {
        if self.travel.is_some() {
            return true;
        }
        let view = Rangef::new(self.offset, self.offset + stage.place.height());
        if !blocks.touches(sentence, view) {
            return false;
        }
        let Some(extent) = blocks.extent(stage.painter, stage.article, sentence) else { return true };
        let sight = Rangef::new(view.min + stage.bar_at(self.offset, blocks) + SEEN, view.max - SEEN);
        sight.contains(extent.middle)
            || sight.contains(extent.last)
            || extent.middle < sight.min && extent.last > sight.max
    }

    /// Lays out what is in view until nothing moves any more, the held sentence staying where it is.
    fn settle(&self, blocks: &mut Blocks, stage: &Stage<'_>, now: f64) -> f32 {
        let mut offset = self.offset;
        for _ in 0..MAX_PASSES {
            offset = self.wanted(blocks, stage, now).clamp(0.0, stage.most(blocks));
            let view = Rangef::new(offset, offset + stage.place.height());
            if !blocks.lay_out(stage.painter, stage.article, view) {
                break;
            }
        }
        offset
    }

    fn wanted(&self, blocks: &Blocks, stage: &Stage<'_>, now: f64) -> f32 {
        let Some(held) = &self.held else { return self.offset };
        let Some(extent) = blocks.extent(stage.painter, stage.article, held.sentence) else {
            return self.offset;
        };
        let to = stage.height_of(held, &extent, blocks);
        let Some(travel) = &self.travel else { return extent.middle - to };
        // Ease out: fast at first; a step is a whole pixel, or the letters would swim.
        let eased = 1.0 - (1.0 - share(now - travel.began, SCROLL_SECS)).powi(3);
        stage.in_pixels(extent.middle - egui::lerp(travel.from..=to, eased))
    }

    /// Holds the current sentence, brought into the band if it is outside.
    fn follow(
        &mut self,
        sentence: usize,
        from: f32,
        blocks: &Blocks,
        stage: &Stage<'_>,
        now: f64,
        at_once: bool,
    ) {
        let Some(extent) = blocks.extent(stage.painter, stage.article, sentence) else { return };
        let to = target(&extent, from, blocks, stage);
        self.held = Some(stage.held(sentence, &extent, to.unwrap_or(from), blocks));
        let is_near = |to: &f32| (to - from).abs() <= stage.place.height() * FAR;
        let way = to.filter(|to| !at_once && is_near(to));
        self.travel = way.map(|_| Travel { from: extent.middle - from, began: now });
    }
}

impl Stage<'_> {
    /// The farthest offset.
    fn most(&self, blocks: &Blocks) -> f32 {
        (blocks.height() - self.place.height()).max(0.0)
    }

    fn pixels_per_point(&self) -> f32 {
        self.painter.pixels_per_point()
    }

    fn in_pixels(&self, points: f32) -> f32 {
        (points * self.pixels_per_point()).round() / self.pixels_per_point()
    }

    /// What the headline's bar covers at an offset.
    fn bar_at(&self, offset: f32, blocks: &Blocks) -> f32 {
        if offset >= blocks.headline_bottom() { self.bar } else { 0.0 }
    }

    fn held(&self, sentence: usize, extent: &Extent, offset: f32, blocks: &Blocks) -> Held {
        let view = (offset + self.bar_at(offset, blocks), offset + self.place.height());
        let in_sight = if extent.top < view.0 || extent.middle + SEEN > view.1 {
            InSight::Nothing
        } else if extent.bottom > view.1 {
            InSight::Beginning
        } else {
            InSight::All
        };
        Held {
            sentence,
            at_px: (self.place.top() + extent.middle - offset) * self.pixels_per_point(),
            stand: Stand { place: self.place, setting: blocks.setting() },
            in_sight,
        }
    }

    /// Where the middle of its first row is to be, in points from the reader's top.
    fn height_of(&self, held: &Held, extent: &Extent, blocks: &Blocks) -> f32 {
        let height = held.at_px / self.pixels_per_point() - self.place.top();
        if held.stand == (Stand { place: self.place, setting: blocks.setting() }) {
            return height;
        }
        // Under another zoom or in a lower window that place may be outside: what was in sight stays in sight.
        let half_row = extent.middle - extent.top;
        let below = match held.in_sight {
            InSight::All => extent.bottom - extent.middle,
            InSight::Beginning => half_row,
            InSight::Nothing => return height,
        };
        let bar = self.bar_at(extent.middle - height, blocks);
        height.min(self.place.height() - below).max(bar + half_row)
    }
}

/// Where the reader has to scroll to, if a sentence is outside the band.
fn target(extent: &Extent, from: f32, blocks: &Blocks, stage: &Stage<'_>) -> Option<f32> {
    let height = stage.place.height();
    let most = stage.most(blocks);
    let bar = stage.bar_at(from, blocks);
    let band = (from + (height * BAND.0).max(bar), from + height * BAND.1);
    let inside = extent.top >= band.0 && extent.bottom <= band.1;
    let at_start = from <= 0.5 && extent.top < band.0 && extent.bottom <= band.1;
    let at_end = from >= most - 0.5 && extent.top >= band.0 && extent.bottom <= from + height;
    if inside || at_start || at_end {
        return None;
    }
    // A long sentence begins higher, so that its end is in view too.
    let lead = (height * COMES_TO).min(height - (extent.bottom - extent.top)).max(stage.bar);
    let to = stage.in_pixels((extent.top - lead).clamp(0.0, most));
    ((to - from).abs() > 0.5).then_some(to)
}

/// The first sentence that begins in view.
fn first_in(view: Rangef, blocks: &Blocks, stage: &Stage<'_>) -> Option<usize> {
    let sentences = blocks.in_view(view).flat_map(|block| block.sentences(stage.article));
    let begins = |idx: &usize| {
        let extent = blocks.extent(stage.painter, stage.article, *idx);
        extent.is_some_and(|extent| view.contains(extent.middle))
    };
    sentences.map(|(idx, _)| idx).find(begins)
}

/// How much of a time is over, 0 to 1.
#[expect(clippy::cast_possible_truncation, reason = "a share between 0 and 1")]
pub fn share(secs: f64, of: f64) -> f32 {
    (secs / of).clamp(0.0, 1.0) as f32
}
