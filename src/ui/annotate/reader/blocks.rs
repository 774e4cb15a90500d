//! The article cut into blocks that are laid out when they come into view: headline, paragraphs, captions, list items.
//!
//! Only heights are kept from frame to frame. A layout points into egui's picture of all glyphs, which is made anew with
//! another theme, another zoom, new fonts, or when it is full: so each frame asks egui for what it shows; egui keeps it.

use crate::model::article::Article;
use crate::model::ids::Span;
use crate::text::dates;
use crate::text::fold;
use crate::ui::fonts::{self, Type};
use crate::ui::parts::frame;
use crate::ui::parts::prose::{self, Paragraph};
use crate::ui::theme::{PARAGRAPH_GAP, Theme};
use egui::{Galley, Painter, Pos2, Rangef, vec2};
use std::ops::Range;
use std::sync::Arc;

/// Space above the header, between meta line and headline, and below the text.
const TOP: f32 = 24.0;
const META_GAP: f32 = 8.0;
const HEADLINE_GAP: f32 = 20.0;
const BOTTOM: f32 = 64.0;
/// A paragraph longer than this many bytes is laid out in several blocks, so that none takes long.
const MAX_BLOCK_BYTES: usize = 8 * 1024;
/// Blocks this far outside the view, in points, are measured before they come into it.
const NEAR: f32 = 400.0;

/// Sentences that are laid out together.
pub struct Block {
    /// Place of its first sentence in the article's list.
    pub first: usize,
    /// Bytes of the article's text.
    bytes: Range<usize>,
    /// How many it has.
    n_sentences: usize,
    /// Lines, as the text has them, and code points of all of them.
    n_lines: u32,
    n_chars: u32,
    kind: Type,
    /// From the top of the article, in points.
    pub top: f32,
    height: f32,
    gap: f32,
    /// Whether the height was measured rather than estimated.
    measured: bool,
    /// While it is in view: its layout of this frame.
    pub galley: Option<Arc<Galley>>,
}

/// The type and the width in which an article is set, and how fine the screen is.
#[derive(Clone, Copy, PartialEq)]
pub struct Setting {
    pub kind: Type,
    pub width: f32,
    pub pixels_per_point: f32,
}

/// Where a sentence stands, in points from the top of the article.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    pub top: f32,
    /// Middle of its first row.
    pub middle: f32,
    /// Middle of its last row.
    pub last: f32,
    pub bottom: f32,
}

#[derive(Default)]
pub struct Blocks {
    article: Option<Arc<Article>>,
    setting: Option<Setting>,
    list: Vec<Block>,
    /// Places of the blocks that have a layout.
    laid_out: Range<usize>,
    meta: String,
    has_title: bool,
    headline_bottom: f32,
}

impl Blocks {
    /// Cuts the article anew when it, or its type, is another one, and estimates its heights when the column is;
    /// true for another article.
    pub fn refresh(&mut self, painter: &Painter, article: &Arc<Article>, kind: Type, width: f32) -> bool {
        let setting = Setting { kind, width, pixels_per_point: painter.pixels_per_point() };
        let same = self.article.as_ref().is_some_and(|kept| Arc::ptr_eq(kept, article));
        if same && self.setting == Some(setting) {
            return false;
        }
        let is_new = self.article.as_ref().is_none_or(|kept| kept.id != article.id);
        if !same || self.setting.is_none_or(|old| old.kind != kind) {
            self.list = cut(article, kind);
            self.laid_out = 0..0;
            self.meta = meta(article);
            let has_headline = self.list.first().is_some_and(Block::is_headline);
            self.has_title = article.meta.title.is_some() && !has_headline;
        }
        self.article = Some(Arc::clone(article));
        self.setting = Some(setting);
        for block in &mut self.list {
            block.estimate(width);
        }
        self.restack(painter);
        is_new
    }

    pub fn setting(&self) -> Option<Setting> {
        self.setting
    }

    /// Height of the whole article, in points.
    pub fn height(&self) -> f32 {
        self.list.last().map_or(TOP, Block::bottom) + BOTTOM
    }

    /// Where the headline ends: scrolled beyond it, the bar repeats it.
    pub fn headline_bottom(&self) -> f32 {
        self.headline_bottom
    }

    /// Paints outlet, date, author and the headline with its marks; true if the line had to be cut.
    pub fn paint_header(&self, painter: &Painter, theme: &Theme, at: Pos2, hits: &[prose::Span]) -> bool {
        let width = self.setting.map_or(0.0, |setting| setting.width);
        let middle = at + vec2(0.0, TOP + fonts::SMALL.line / 2.0);
        let cut =
            frame::text_between(painter, middle, at.x + width, &self.meta, fonts::SMALL, theme.tokens.weak);
        if let Some(title) = self.title(painter) {
            let below = at + vec2(0.0, self.meta_bottom());
            let paragraph = Paragraph {
                galley: &title,
                pos: below,
                width,
                sentences: &[],
                spans: hits,
                margin: false,
                headline: true,
            };
            prose::paint(painter, theme, &paragraph);
        }
        cut
    }

    /// Outlet, date, author and section in one line.
    pub fn meta(&self) -> &str {
        &self.meta
    }

    /// Where that line ends.
    pub fn meta_bottom(&self) -> f32 {
        TOP + self.meta_height()
    }

    fn meta_height(&self) -> f32 {
        if self.meta.is_empty() { 0.0 } else { fonts::SMALL.line + META_GAP }
    }

    /// The title, where the text does not begin with it.
    fn title(&self, painter: &Painter) -> Option<Arc<Galley>> {
        let title = self.article.as_ref()?.meta.title.as_deref().filter(|_| self.has_title)?;
        Some(prose::layout(painter, title, fonts::HEADLINE, self.setting?.width))
    }

    /// The blocks that the view touches.
    pub fn in_view(&self, view: Rangef) -> impl Iterator<Item = &Block> {
        let first = self.list.partition_point(|block| block.bottom() < view.min);
        let rest = self.list.get(first..).unwrap_or_default();
        rest.iter().take_while(move |block| block.top <= view.max)
    }

    /// Lays out what the view shows and measures what is near it; true if a height was not as it was taken to be.
    pub fn lay_out(&mut self, painter: &Painter, article: &Article, view: Rangef) -> bool {
        let width = self.setting.map_or(0.0, |setting| setting.width);
        for block in self.list.get_mut(std::mem::take(&mut self.laid_out)).unwrap_or_default() {
            block.galley = None;
        }
        let from = self.list.partition_point(|block| block.bottom() < view.min - NEAR);
        let to = self.list.partition_point(|block| block.top <= view.max + NEAR).max(from);
        let mut changed = false;
        for block in self.list.get_mut(from..to).unwrap_or_default() {
            let in_view = block.bottom() >= view.min && block.top <= view.max;
            if block.measured && !in_view {
                continue;
            }
            let galley = block.layout(painter, article, width);
            changed |= (galley.size().y - block.height).abs() > 0.01;
            block.height = galley.size().y;
            block.measured = true;
            block.galley = in_view.then_some(galley);
        }
        self.laid_out = from..to;
        if changed {
            self.restack(painter);
        }
        changed
    }

    /// Where a sentence stands; `None` where there is none, or nothing of it can be seen.
    pub fn extent(&self, painter: &Painter, article: &Article, sentence: usize) -> Option<Extent> {
        let block = self.block_of(sentence)?;
        let range = block.range_of(article, sentence)?;
        let galley = match &block.galley {
            Some(galley) => Arc::clone(galley),
            None => block.layout(painter, article, self.setting?.width),
        };
        let (first, last) = prose::first_and_last(&galley, &range)?;
        Some(Extent {
            top: block.top + first.top(),
            middle: block.top + first.center().y,
            last: block.top + last.center().y,
            bottom: block.top + last.bottom(),
        })
    }

    /// Whether any part of the block that holds a sentence is in view.
    pub fn touches(&self, sentence: usize, view: Rangef) -> bool {
        self.block_of(sentence).is_some_and(|block| block.bottom() >= view.min && block.top <= view.max)
    }

    fn block_of(&self, sentence: usize) -> Option<&Block> {
        let at = self.list.partition_point(|block| block.first <= sentence).checked_sub(1)?;
        self.list.get(at)
    }

    /// The part of the article that the view shows, 0 to 1.
    pub fn share_in_view(&self, view: Rangef) -> Range<f32> {
        let whole = self.height().max(1.0);
        (view.min / whole).clamp(0.0, 1.0)..(view.max / whole).clamp(0.0, 1.0)
    }

    fn restack(&mut self, painter: &Painter) {
        let mut top = self.meta_bottom();
        self.headline_bottom = top + 1.0;
        if let Some(title) = self.title(painter) {
            top += title.size().y;
            self.headline_bottom = top;
            top += HEADLINE_GAP;
        }
        for (n, block) in self.list.iter_mut().enumerate() {
            if n > 0 {
                top += block.gap;
            }
            block.top = top;
            top += block.height;
            if n == 0 && block.is_headline() {
                self.headline_bottom = top;
            }
        }
    }
}

impl Block {
    pub fn is_headline(&self) -> bool {
        self.kind == fonts::HEADLINE
    }

    pub fn bottom(&self) -> f32 {
        self.top + self.height
    }

    /// Its sentences, in order: place in the list and code points in the block.
    pub fn sentences<'a>(
        &self,
        article: &'a Article,
    ) -> impl Iterator<Item = (usize, Range<usize>)> + use<'a> {
        let all = self.first..self.first + self.n_sentences;
        let of = article.sentences().get(all.clone()).unwrap_or_default();
        let from = of.first().map_or(0, |first| first.span.start);
        all.zip(of).map(move |(idx, sentence)| (idx, within(from, sentence.span)))
    }

    /// Code points in the block of one of its sentences.
    fn range_of(&self, article: &Article, sentence: usize) -> Option<Range<usize>> {
        let is_here = (self.first..self.first + self.n_sentences).contains(&sentence);
        let [first, of] = [self.first, sentence].map(|idx| article.sentences().get(idx));
        is_here.then_some(within(first?.span.start, of?.span))
    }

    /// A height from the mean width of a character, until the block is laid out.
    fn estimate(&mut self, width: f32) {
        let advance = self.kind.size * 0.5;
        let rows = (self.n_chars as f32 * advance / width.max(1.0)).ceil();
        // Of several lines each ends half empty.
        let n_lines = self.n_lines as f32;
        self.height = (rows + (n_lines - 1.0) / 2.0).ceil().max(n_lines) * self.kind.line;
        self.measured = false;
        self.galley = None;
    }

    fn layout(&self, painter: &Painter, article: &Article, width: f32) -> Arc<Galley> {
        let text = article.text().get(self.bytes.clone()).unwrap_or_default();
        prose::layout(painter, text, self.kind, width)
    }
}

/// Why it is set aside, outlet, date, author and section; the author only where the text does not begin with the name.
fn meta(article: &Article) -> String {
    let meta = &article.meta;
    let date = meta.published.as_deref().map(dates::long).or_else(|| meta.published_as.clone());
    let byline = meta.byline.clone().filter(|byline| !names(article, byline));
    let mut line: Vec<String> = Vec::new();
    let aside = article.aside.as_ref().map(|reason| format!("Set aside: {reason}"));
    for part in [aside, meta.outlet.clone(), date, byline, meta.section.clone()].into_iter().flatten() {
        if !line.contains(&part) {
            line.push(part);
        }
    }
    line.join("   \u{b7}   ")
}

/// Whether a byline among the sentences gives the name.
fn names(article: &Article, byline: &str) -> bool {
    let name = fold::fold(byline);
    let bylines = article.sentences().iter().filter(|s| s.kind.as_deref() == Some("byline"));
    bylines.map(|s| fold::fold(article.words_of(s))).any(|said| said.contains(&name) || name.contains(&said))
}

/// The blocks of an article: paragraphs, but headlines and bylines by themselves, and long paragraphs in pieces.
fn cut(article: &Article, prose: Type) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut ends_paragraph = true;
    let mut kind_before: Option<&str> = None;
    for (idx, sentence) in article.sentences().iter().enumerate() {
        let row = article.row_of(idx);
        let start = sentence.bytes.start as usize;
        let kind = sentence.kind.as_deref();
        let is_long = blocks.last().is_some_and(|block| start - block.bytes.start > MAX_BLOCK_BYTES);
        let stands_alone = |kind: Option<&str>| matches!(kind, Some("headline" | "byline" | "caption"));
        let begins = ends_paragraph
            || is_long
            || kind != kind_before && (stands_alone(kind) || stands_alone(kind_before));
        if begins {
            let after_item = kind == Some("item") && kind_before == Some("item");
            let gap = match (ends_paragraph, after_item) {
                (true, true) => PARAGRAPH_GAP / 2.0,
                (true, false) => PARAGRAPH_GAP,
                (false, _) => 0.0,
            };
            blocks.push(Block {
                first: idx,
                bytes: start..start,
                n_sentences: 0,
                n_lines: 1,
                n_chars: 0,
                kind: type_of(kind, row, blocks.is_empty(), prose),
                top: 0.0,
                height: 0.0,
                gap: if kind_before == Some("headline") && blocks.len() == 1 { HEADLINE_GAP } else { gap },
                measured: false,
                galley: None,
            });
        }
        let Some(block) = blocks.last_mut() else { continue };
        let from = article.sentences().get(block.first).map_or(sentence.span.start, |first| first.span.start);
        block.n_sentences += 1;
        block.n_chars = sentence.span.end.saturating_sub(from);
        block.bytes.end = start + row.trim_end().len();
        ends_paragraph = row.ends_with("\n\n");
        kind_before = kind;
    }
    for block in &mut blocks {
        let text = article.text().get(block.bytes.clone()).unwrap_or_default();
        block.n_lines = u32::try_from(text.matches('\n').count() + 1).unwrap_or(u32::MAX);
    }
    blocks
}

/// A span as code points from `from`.
fn within(from: u32, span: Span) -> Range<usize> {
    let [start, end] = [span.start, span.end].map(|at| at.saturating_sub(from) as usize);
    start..end
}

/// How a block is set that begins with `row`, a sentence of `kind` and the white space after it.
fn type_of(kind: Option<&str>, row: &str, is_first: bool, prose: Type) -> Type {
    match kind {
        Some("headline") if is_first => fonts::HEADLINE,
        Some("headline") => prose.bold(),
        Some("byline" | "caption") => fonts::INTERFACE,
        Some("dateline") if row.ends_with("\n\n") => fonts::INTERFACE,
        _ => prose,
    }
}
