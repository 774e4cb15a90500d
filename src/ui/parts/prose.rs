//! A paragraph of the article, painted: what each sentence was answered, by tint, line and margin letter.
//!
//! The text is laid out once in the placeholder colour (`layout`). Whatever changes with an answer, the
//! pointer or the theme is painted behind and around it, and only for the rows that can be seen.

mod lines;
mod margin;
mod outline;
mod rows;

use std::ops::Range;
use std::sync::Arc;

use egui::{Color32, Galley, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, pos2};

pub use margin::{Beside, beside};
pub use rows::{before, char_at, first_and_last, rects, sentence_at};

use self::rows::Row;
use crate::ui::fonts::Type;
use crate::ui::theme::{
    LabelColours, RADIUS_TINT, STROKE, STROKE_CURRENT, STROKE_FOCUS, Theme, none_colours,
};

/// The line under the words of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    Solid,
    Dashed,
    Dotted,
}

/// One label as it is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark<'a> {
    pub letter: &'a str,
    pub colours: LabelColours,
    pub line: Line,
}

/// What was answered. Several labels: the first gives the tint, all give their letter and their line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Answer<'a> {
    Unanswered,
    None,
    Labels(&'a [Mark<'a>]),
    /// Offered by the program, accepted by nobody: a dashed letter box only.
    Suggested(&'a [Mark<'a>]),
}

/// One sentence of the paragraph; ranges are in order and do not overlap.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence<'a> {
    /// Code points of the paragraph.
    pub range: Range<usize>,
    pub answer: Answer<'a>,
    pub unsure: bool,
    pub note: bool,
    pub current: bool,
    pub hovered: bool,
    /// Underline without tint: agreed, in Review.
    pub quiet: bool,
    /// What is left of the flash after undo or recovery, 1 to 0.
    pub flash: f32,
}

impl Sentence<'_> {
    pub const fn new(range: Range<usize>, answer: Answer<'_>) -> Sentence<'_> {
        Sentence {
            range,
            answer,
            unsure: false,
            note: false,
            current: false,
            hovered: false,
            quiet: false,
            flash: 0.0,
        }
    }
}

/// What else marks words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpanKind {
    Hit,
    /// The hit in hand.
    HitCurrent,
    /// Words given as source or target.
    Words,
    /// Words being selected.
    Selection,
}

/// Marked words, in code points of the paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub range: Range<usize>,
    pub kind: SpanKind,
}

/// A laid-out paragraph and all that is known of it.
#[derive(Clone, Copy, Debug)]
pub struct Paragraph<'a> {
    pub galley: &'a Arc<Galley>,
    /// Top left corner of the text.
    pub pos: Pos2,
    /// Width of the column; note signs stand right of it.
    pub width: f32,
    pub sentences: &'a [Sentence<'a>],
    pub spans: &'a [Span],
    /// Whether letters and note signs are drawn beside the text.
    pub margin: bool,
    /// A headline: its text keeps its full strength, whatever was answered.
    pub headline: bool,
}

/// How far tints, outlines and hits reach beyond the words.
const TINT_BESIDE: f32 = 1.0;
const OUTLINE_BESIDE: f32 = 3.0;
/// Of a row of 28 points, what the tint leaves free above and below, and the outline at its ends.
const TINT_INSET: f32 = 2.0;
const OUTLINE_INSET: f32 = 1.25;
/// From the foot of the row up to the underline, and from one line down to the next.
const UNDERLINE: f32 = 3.5;
const UNDERLINE_STEP: f32 = 2.5;
/// More lines would run into the row below; the letters beside the text tell all labels.
const MAX_LINES: usize = 3;

/// Lays a paragraph out; its colours come when it is painted.
pub fn layout(painter: &Painter, text: &str, kind: Type, width: f32) -> Arc<Galley> {
    kind.wrapped(painter, text, Color32::PLACEHOLDER, width)
}

/// Paints the rows that the painter's clip lets through.
pub fn paint(painter: &Painter, theme: &Theme, paragraph: &Paragraph<'_>) {
    let rows = rows::visible(paragraph.galley, paragraph.pos, painter.clip_rect());
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return };
    let shown = first.chars.start..last.chars.end;
    let sentences = in_sight(paragraph.sentences, &shown);
    let paragraph = &Paragraph { sentences, ..*paragraph };
    for sentence in sentences.iter().filter(|s| !s.current) {
        paint_sentence(painter, theme, &rows, sentence);
    }
    // The outline of the current one lies over its neighbours.
    for sentence in sentences.iter().filter(|s| s.current) {
        paint_sentence(painter, theme, &rows, sentence);
    }
    for span in paragraph.spans.iter().filter(|span| rows::touch(&span.range, &shown)) {
        paint_span(painter, theme, &rows, span);
    }
    for sentence in sentences {
        paint_underlines(painter, &rows, sentence);
    }
    paint_text(painter, theme, paragraph, &rows);
    for span in paragraph.spans.iter().filter(|span| rows::touch(&span.range, &shown)) {
        paint_span_edge(painter, theme, &rows, span);
    }
    if paragraph.margin {
        margin::paint(painter, theme, paragraph, &rows);
    }
}

/// The sentences that touch the shown code points; they are in order.
fn in_sight<'a>(sentences: &'a [Sentence<'a>], shown: &Range<usize>) -> &'a [Sentence<'a>] {
    let from = sentences.partition_point(|s| s.range.end <= shown.start);
    let to = sentences.partition_point(|s| s.range.start < shown.end);
    sentences.get(from..to).unwrap_or_default()
}

fn paint_sentence(painter: &Painter, theme: &Theme, rows: &[Row<'_>], sentence: &Sentence<'_>) {
    let t = &theme.tokens;
    let wide = || {
        let parts = rows.iter().filter_map(|row| row.part(&sentence.range));
        outline::stacks(parts, OUTLINE_BESIDE, OUTLINE_INSET)
    };
    let (fill, ink) = tints(theme, sentence);
    if sentence.current {
        for stack in wide() {
            outline::fill(painter, &stack, fill.unwrap_or(t.current_unlabelled));
            painter.add(Shape::closed_line(outline::path(&stack), Stroke::new(STROKE_CURRENT, ink)));
        }
    } else if sentence.hovered {
        for stack in wide() {
            outline::fill(painter, &stack, fill.unwrap_or(t.hover));
            painter.add(Shape::closed_line(outline::path(&stack), Stroke::new(STROKE, t.control)));
        }
    } else if let Some(fill) = fill.filter(|_| !sentence.quiet) {
        for part in rows.iter().filter_map(|row| row.part(&sentence.range)) {
            painter.rect_filled(tint_rect(part), RADIUS_TINT, fill);
        }
    }
    if sentence.flash > 0.0 {
        let flash = t.hit_current.gamma_multiply(sentence.flash.min(1.0));
        for part in rows.iter().filter_map(|row| row.part(&sentence.range)) {
            painter.rect_filled(tint_rect(part), RADIUS_TINT, flash);
        }
    }
}

/// The fill of a sentence, if it has one, and the ink of its outline.
fn tints(theme: &Theme, sentence: &Sentence<'_>) -> (Option<Color32>, Color32) {
    let t = &theme.tokens;
    match sentence.answer {
        Answer::Labels([first, ..]) if sentence.current => (Some(first.colours.current), first.colours.ink),
        Answer::Labels([first, ..]) => (Some(first.colours.rest), first.colours.ink),
        Answer::None if sentence.current => (Some(none_colours(theme.dark).current), t.strong),
        _ => (None, t.strong),
    }
}

fn tint_rect(part: Rect) -> Rect {
    part.expand2(Vec2::new(TINT_BESIDE, -TINT_INSET))
}

fn paint_underlines(painter: &Painter, rows: &[Row<'_>], sentence: &Sentence<'_>) {
    let Answer::Labels(marks) = sentence.answer else { return };
    for part in rows.iter().filter_map(|row| row.part(&sentence.range)) {
        for (idx, mark) in marks.iter().take(MAX_LINES).enumerate() {
            let colour = if sentence.current { mark.colours.ink } else { mark.colours.mark };
            let y = UNDERLINE_STEP.mul_add(idx as f32, part.bottom() - UNDERLINE);
            underline(painter, mark.line, pos2(part.left(), y), part.right(), colour);
        }
    }
}

/// The line of a label from `left` to `right`; also for previews and legends.
pub fn underline(painter: &Painter, line: Line, left: Pos2, right: f32, colour: Color32) {
    let ends = [left, pos2(right, left.y)];
    match line {
        Line::Solid => {
            painter.line_segment(ends, Stroke::new(1.25, colour));
        }
        Line::Dashed => painter.extend(Shape::dashed_line(&ends, Stroke::new(1.5, colour), 5.0, 4.0)),
        Line::Dotted => {
            let ends = [pos2(left.x + 1.0, left.y), pos2(right, left.y)];
            painter.extend(Shape::dotted_line(&ends, colour, 4.5, 1.0));
        }
    }
}

fn paint_span(painter: &Painter, theme: &Theme, rows: &[Row<'_>], span: &Span) {
    let t = &theme.tokens;
    let fill = match span.kind {
        SpanKind::Hit => t.hit,
        SpanKind::HitCurrent => t.hit_current,
        SpanKind::Selection => t.text_selection,
        SpanKind::Words => return,
    };
    for part in rows.iter().filter_map(|row| row.part(&span.range)) {
        painter.rect_filled(span_rect(part), 3, fill);
    }
}

fn paint_span_edge(painter: &Painter, theme: &Theme, rows: &[Row<'_>], span: &Span) {
    let t = &theme.tokens;
    let edge = match span.kind {
        SpanKind::Hit => Stroke::new(STROKE, t.control.gamma_multiply(0.6)),
        SpanKind::HitCurrent => Stroke::new(1.5, t.strong),
        SpanKind::Words => Stroke::new(1.25, t.control),
        SpanKind::Selection => return,
    };
    for part in rows.iter().filter_map(|row| row.part(&span.range)) {
        painter.rect_stroke(span_rect(part), 3, edge, StrokeKind::Inside);
    }
}

fn span_rect(part: Rect) -> Rect {
    part.expand2(Vec2::new(2.0, -TINT_INSET))
}

/// A caret between two words, with a foot and a head.
pub fn caret(painter: &Painter, theme: &Theme, (top, bottom): (Pos2, Pos2)) {
    const HALF: f32 = 5.0;
    let ink = theme.tokens.strong;
    painter.line_segment([top, bottom], Stroke::new(STROKE_FOCUS, ink));
    for (end, way) in [(top, 1.0), (bottom, -1.0)] {
        let corners =
            vec![pos2(end.x - HALF, end.y), pos2(end.x + HALF, end.y), pos2(end.x, HALF.mul_add(way, end.y))];
        painter.add(Shape::convex_polygon(corners, ink, Stroke::NONE));
    }
}

/// The text in its colours: sentences answered *none* step back. Each piece is drawn through a clip of its own,
/// so that no glyph is drawn twice and nothing is laid out again.
fn paint_text(painter: &Painter, theme: &Theme, paragraph: &Paragraph<'_>, rows: &[Row<'_>]) {
    let t = &theme.tokens;
    let pale = |s: &&Sentence<'_>| s.answer == Answer::None && !s.current && !paragraph.headline;
    let pale: Vec<&Sentence<'_>> = paragraph.sentences.iter().filter(pale).collect();
    let draw = |clip: Rect, colour: Color32| {
        let clipped = painter.with_clip_rect(painter.clip_rect().intersect(clip));
        clipped.galley_with_override_text_color(paragraph.pos, Arc::clone(paragraph.galley), colour);
    };
    if pale.is_empty() {
        return draw(Rect::EVERYTHING, if paragraph.headline { t.strong } else { t.read });
    }
    let mut band: Option<(Rect, Color32)> = None;
    for row in rows {
        for (x_range, is_pale) in row.split(&pale) {
            let colour = if is_pale { t.read_none } else { t.read };
            let piece = Rect::from_x_y_ranges(x_range, row.rect.y_range());
            match &mut band {
                Some((clip, of)) if *of == colour && clip.x_range() == piece.x_range() => {
                    clip.max.y = piece.max.y;
                }
                _ => {
                    if let Some((clip, of)) = band.replace((piece, colour)) {
                        draw(clip, of);
                    }
                }
            }
        }
    }
    if let Some((clip, colour)) = band {
        draw(clip, colour);
    }
}
