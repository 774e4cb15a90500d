//! The article cut into blocks that are laid out when they come into view: headline, paragraphs, captions, list items.

use crate::model::article::Article;
use crate::model::ids::ArticleId;
use crate::ui::dates;
use crate::ui::fonts::{self, Type};
use crate::ui::parts::prose;
use crate::ui::theme::{PARAGRAPH_GAP, Theme};
use egui::{Galley, Painter, Pos2, Rect, vec2};
use std::ops::Range;
use std::sync::Arc;

/// Space above the header, between meta line and headline, and below the text.
const TOP: f32 = 24.0;
const META_GAP: f32 = 8.0;
const HEADLINE_GAP: f32 = 20.0;
const BOTTOM: f32 = 64.0;
/// A paragraph longer than this many bytes is laid out in several blocks, so that none takes long.
const MAX_BLOCK_BYTES: usize = 8 * 1024;
/// Blocks this far outside the view, in points, keep their layout.
const NEAR: f32 = 400.0;

/// Sentences that are laid out together.
pub struct Block {
    /// Place of its first sentence in the article's list.
    pub first: usize,
    /// Bytes of the article's text.
    bytes: Range<usize>,
    /// Each sentence that is asked about: its place in the list and its code points in the block.
    pub sentences: Vec<(usize, Range<usize>)>,
    kind: Type,
    /// From the top of the article, in points.
    pub top: f32,
    height: f32,
    gap: f32,
    /// Whether the height was measured rather than estimated.
    measured: bool,
    pub galley: Option<Arc<Galley>>,
}

#[derive(Default)]
pub struct Blocks {
    key: Option<Key>,
    is_new: bool,
    list: Vec<Block>,
    meta: String,
    title: Option<Arc<Galley>>,
    headline_bottom: f32,
}

#[derive(PartialEq, Clone)]
struct Key {
    article: ArticleId,
    n_sentences: usize,
    title: Option<String>,
    width: u32,
    size: u32,
    pixels: u32,
}

impl Blocks {
    /// Cuts the article anew when it, or the column, is another one.
    pub fn refresh(&mut self, painter: &Painter, article: &Article, kind: Type, width: f32) {
        let key = Key {
            article: article.id.clone(),
            n_sentences: article.n_sentences(),
            title: article.meta.title.clone(),
            width: width.to_bits(),
            size: kind.size.to_bits(),
            pixels: painter.pixels_per_point().to_bits(),
        };
        if self.key.as_ref() == Some(&key) {
            return;
        }
        self.is_new = self.key.as_ref().is_none_or(|old| old.article != key.article);
        self.key = Some(key);
        self.list = cut(article, kind);
        let meta = &article.meta;
        let date = meta.published.as_deref().map(dates::long).or_else(|| meta.published_as.clone());
        let line = [meta.outlet.clone(), date, meta.byline.clone(), meta.section.clone()];
        self.meta = line.into_iter().flatten().collect::<Vec<_>>().join("   \u{b7}   ");
        let has_headline = self.list.first().is_some_and(|block| block.kind == fonts::HEADLINE);
        let title = meta.title.as_deref().filter(|_| !has_headline);
        self.title = title.map(|title| prose::layout(painter, title, fonts::HEADLINE, width));
        for block in &mut self.list {
            block.estimate(article, width);
        }
        self.restack();
    }

    /// Whether another article came since this was asked last.
    pub fn take_is_new(&mut self) -> bool {
        std::mem::take(&mut self.is_new)
    }

    /// Height of the whole article, in points.
    pub fn height(&self) -> f32 {
        self.list.last().map_or(TOP, |block| block.top + block.height) + BOTTOM
    }

    /// Where the headline ends: scrolled beyond it, the bar repeats it.
    pub fn headline_bottom(&self) -> f32 {
        self.headline_bottom
    }

    pub fn paint_header(&self, painter: &Painter, theme: &Theme, at: Pos2) {
        let meta = at + vec2(0.0, TOP);
        let line = fonts::SMALL.wrapped(painter, &self.meta, theme.tokens.weak, f32::INFINITY);
        painter.galley(meta, line, theme.tokens.weak);
        if let Some(title) = &self.title {
            let below = meta + vec2(0.0, self.meta_height());
            painter.galley_with_override_text_color(below, Arc::clone(title), theme.tokens.strong);
        }
    }

    fn meta_height(&self) -> f32 {
        if self.meta.is_empty() { 0.0 } else { fonts::SMALL.line + META_GAP }
    }

    /// The blocks that the view touches.
    pub fn in_view(&self, viewport: Rect) -> impl Iterator<Item = &Block> {
        let first = self.list.partition_point(|block| block.top + block.height < viewport.min.y);
        let rest = self.list.get(first..).unwrap_or_default();
        rest.iter().take_while(move |block| block.top <= viewport.max.y)
    }

    /// Lays out what comes into view; gives back by how much what is in view moved.
    pub fn lay_out(&mut self, painter: &Painter, article: &Article, viewport: Rect) -> f32 {
        let width = self.width();
        let mut shift = 0.0;
        let mut changed = false;
        for block in &mut self.list {
            let near =
                block.top + block.height >= viewport.min.y - NEAR && block.top <= viewport.max.y + NEAR;
            if !near {
                block.galley = None;
                continue;
            }
            let grown = block.lay_out(painter, article, width);
            if grown != 0.0 {
                changed = true;
                if block.top + block.height - grown <= viewport.min.y {
                    shift += grown;
                }
            }
        }
        if changed {
            self.restack();
        }
        shift
    }

    /// Top and bottom of a sentence from the top of the article; what lies around it is laid out, so that it is exact.
    pub fn span_of(&mut self, painter: &Painter, article: &Article, sentence: usize) -> Option<(f32, f32)> {
        let width = self.width();
        let at = self.list.partition_point(|block| block.first <= sentence).checked_sub(1)?;
        let around = at.saturating_sub(8)..(at + 9).min(self.list.len());
        for block in self.list.get_mut(around)? {
            block.lay_out(painter, article, width);
        }
        self.restack();
        let block = self.list.get(at)?;
        let range = block.sentences.iter().find(|(idx, _)| *idx == sentence).map(|(_, range)| range.clone());
        let rects = prose::rects(block.galley.as_ref()?, &range.unwrap_or(0..1));
        let (first, last) = rects.first().zip(rects.last())?;
        Some((block.top + first.top(), block.top + last.bottom()))
    }

    /// Each sentence's first point from the top, as far as known: for the strip of what is in view.
    pub fn share_in_view(&self, offset: f32, height: f32) -> Range<f32> {
        let whole = self.height().max(1.0);
        (offset / whole).clamp(0.0, 1.0)..((offset + height) / whole).clamp(0.0, 1.0)
    }

    fn width(&self) -> f32 {
        self.key.as_ref().map_or(0.0, |key| f32::from_bits(key.width))
    }

    fn restack(&mut self) {
        let mut top = TOP + self.meta_height();
        if let Some(title) = &self.title {
            top += title.size().y + HEADLINE_GAP;
            self.headline_bottom = top - HEADLINE_GAP;
        }
        for (n, block) in self.list.iter_mut().enumerate() {
            if n > 0 {
                top += block.gap;
            }
            block.top = top;
            top += block.height;
            if n == 0 && block.kind == fonts::HEADLINE {
                self.headline_bottom = top;
            }
        }
        if self.title.is_none() && self.list.first().is_none_or(|block| block.kind != fonts::HEADLINE) {
            self.headline_bottom = TOP + self.meta_height() + 1.0;
        }
    }
}

impl Block {
    pub fn is_headline(&self) -> bool {
        self.kind == fonts::HEADLINE
    }

    /// A height from the mean width of a character, until the block is laid out.
    fn estimate(&mut self, article: &Article, width: f32) {
        let text = article.text().get(self.bytes.clone()).unwrap_or_default();
        let advance = self.kind.size * 0.5;
        let rows: f32 = text
            .split('\n')
            .map(|line| (line.chars().count() as f32 * advance / width.max(1.0)).ceil().max(1.0))
            .sum();
        self.height = rows * self.kind.line;
        self.measured = false;
        self.galley = None;
    }

    /// Lays the block out if it is not; gives back by how much it grew.
    fn lay_out(&mut self, painter: &Painter, article: &Article, width: f32) -> f32 {
        if self.galley.is_some() {
            return 0.0;
        }
        let text = article.text().get(self.bytes.clone()).unwrap_or_default();
        let galley = prose::layout(painter, text, self.kind, width);
        let grown = galley.size().y - self.height;
        self.height = galley.size().y;
        self.galley = Some(galley);
        let first_time = !std::mem::replace(&mut self.measured, true);
        if first_time { grown } else { 0.0 }
    }
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
                sentences: Vec::new(),
                kind: type_of(kind, row, blocks.is_empty(), prose),
                top: 0.0,
                height: 0.0,
                gap: if kind_before == Some("headline") && blocks.len() == 1 { HEADLINE_GAP } else { gap },
                measured: false,
                galley: None,
            });
        }
        let Some(block) = blocks.last_mut() else { continue };
        let before = article.text().get(block.bytes.start..start).map_or(0, |text| text.chars().count());
        let len = (sentence.span.end - sentence.span.start) as usize;
        block.sentences.push((idx, before..before + len));
        block.bytes.end = start + row.trim_end().len();
        ends_paragraph = row.ends_with("\n\n");
        kind_before = kind;
    }
    blocks
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
