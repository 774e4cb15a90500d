//! Beside the text: the letters of the answers at the left, the signs of notes at the right.
//!
//! The answers that begin in a row stand side by side in reading order. Where they have no room they are smaller, in two
//! lines; what has no room even then is counted, `+3`. The current one is always among those shown.

use std::borrow::Cow;

use egui::{Align2, Color32, Painter, Pos2, Rect, Stroke, pos2, vec2};

use super::lines::{self, Lines};
use super::rows::{self, Row};
use super::{Answer, Paragraph, Sentence};
use crate::ui::fonts::{self, Type};
use crate::ui::parts::icons::{self, Icon};
use crate::ui::parts::{chip, frame};
use crate::ui::theme::{RADIUS_SMALL, RADIUS_TINT, STROKE_CURRENT, Theme};

/// From the text's left edge to the middle of a single letter, and the side of a filled box.
const MIDDLE: f32 = 27.0;
const BOX: f32 = 22.0;
const GAP: f32 = 4.0;
/// Where several stand they may come this near to the text and to the reader's edge.
const NEAREST: f32 = 8.0;
const EDGE: f32 = 4.0;
/// The same for small letters: what they take at least, what a box adds, and what lies between them.
const SMALL_CELL: f32 = 8.0;
const SMALL_BOX: f32 = 5.0;
const SMALL_GAP: f32 = 3.0;
/// From one line of small letters to the next, where the row is high enough.
const STEP: f32 = 13.5;
/// Letters of one answer that are shown before the others are counted.
const MAX_LETTERS: usize = 3;
/// From the column's right edge to the middle of the note sign.
const NOTE: f32 = 21.0;
/// The least from there to the reader's right edge, where the overview stands.
const NOTE_EDGE: f32 = 38.0;

pub(super) fn paint(painter: &Painter, theme: &Theme, paragraph: &Paragraph<'_>, rows: &[Row<'_>]) {
    for row in rows {
        paint_row(painter, theme, &stand(painter, theme, paragraph, row));
        let noted = |s: &&Sentence<'_>| s.note && row.starts(&s.range);
        let current = paragraph.sentences.iter().filter(noted).any(|s| s.current);
        if paragraph.sentences.iter().any(|s| noted(&s)) {
            let x = paragraph.pos.x + paragraph.width + NOTE;
            let at = pos2(x.min(painter.clip_rect().right() - NOTE_EDGE), row.rect.center().y);
            let colour = if current { theme.tokens.strong } else { theme.tokens.weak };
            icons::paint(painter, Icon::Speech, at, colour);
        }
    }
}

/// What lies left of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// The answer that was pointed at, as a place in the list of sentences.
    pub sentence: usize,
    /// All that begin in the row, if some of them are only counted.
    pub crowd: Vec<usize>,
}

/// The answer under a place left of the text.
pub fn beside(painter: &Painter, theme: &Theme, paragraph: &Paragraph<'_>, at: Pos2) -> Option<Beside> {
    if at.x >= paragraph.pos.x {
        return None;
    }
    let row = rows::at(paragraph.galley, paragraph.pos, at.y)?;
    let beginning = |(idx, s): (usize, &Sentence<'_>)| row.starts(&s.range).then_some(idx);
    let all: Vec<usize> = paragraph.sentences.iter().enumerate().filter_map(beginning).collect();
    let standing = stand(painter, theme, paragraph, &row);
    let near = |rect: &Rect| rect.distance_sq_to_pos(at);
    let nearest = standing.answers.iter().min_by(|(_, a), (_, b)| near(a).total_cmp(&near(b)));
    let (entry, _) = nearest?;
    let sentence = *all.get(entry.nth)?;
    let crowd = if standing.more.is_some() { all } else { Vec::new() };
    Some(Beside { sentence, crowd })
}

#[derive(Clone, Copy, PartialEq)]
enum Size {
    Full,
    Small,
}

/// One answer that begins in a row.
struct Entry<'a> {
    sentence: &'a Sentence<'a>,
    /// How many begin in the row before it.
    nth: usize,
    /// Its letters with their colours; none for a ring.
    letters: Vec<(Cow<'a, str>, Color32)>,
}

/// Where the answers of a row stand.
struct Standing<'a> {
    size: Size,
    answers: Vec<(Entry<'a>, Rect)>,
    /// How many have no room, and where that is said.
    more: Option<(usize, Rect)>,
}

fn stand<'a>(painter: &Painter, theme: &Theme, paragraph: &Paragraph<'a>, row: &Row<'_>) -> Standing<'a> {
    let begins = |s: &&Sentence<'_>| row.starts(&s.range);
    let here = || paragraph.sentences.iter().filter(begins).enumerate();
    let entries = |most: usize| -> Vec<Entry<'a>> {
        here()
            .map(|(nth, sentence)| Entry { sentence, nth, letters: letters(theme, sentence, most) })
            .collect()
    };
    let left = painter.clip_rect().left() + EDGE;
    let middle = row.rect.center().y;
    let full = entries(MAX_LETTERS);
    if full.is_empty() {
        return Standing { size: Size::Full, answers: Vec::new(), more: None };
    }
    let widths: Vec<f32> = full.iter().map(|entry| entry.width(painter, Size::Full)).collect();
    let width = lines::width(&widths, GAP);
    let nearest = paragraph.pos.x - NEAREST;
    if width <= nearest - left {
        let right = (paragraph.pos.x - MIDDLE + BOX / 2.0).max(left + width);
        let place =
            Rect::from_min_max(pos2(right - width, middle - BOX / 2.0), pos2(right, middle + BOX / 2.0));
        return Standing { size: Size::Full, answers: side_by_side(full, &widths, GAP, place), more: None };
    }
    let room = nearest - left;
    let several = stacked(painter, full, room, (nearest, row.rect));
    let fits = several.more.is_none() && several.answers.iter().all(|(_, rect)| rect.left() >= left - 0.1);
    if fits { several } else { stacked(painter, entries(1), room, (nearest, row.rect)) }
}

/// Small, in one line or two, as many as have room.
fn stacked<'a>(
    painter: &Painter,
    mut entries: Vec<Entry<'a>>,
    room: f32,
    (right, row): (f32, Rect),
) -> Standing<'a> {
    let n = entries.len();
    let widths: Vec<f32> = entries.iter().map(|entry| entry.width(painter, Size::Small)).collect();
    let current = entries.iter().position(|entry| entry.sentence.current).unwrap_or(0);
    let number = text_width(painter, &format!("+{n}"), Size::Small);
    let Lines { shown, first } = lines::lines(&widths, SMALL_GAP, room, current, number);
    let n_hidden = n - shown.len();
    let step = STEP.min(row.height() / 2.0);
    let is_two = n_hidden > 0 || first < shown.len();
    let line = |nth: f32, width: f32| {
        let middle = if is_two { row.center().y + step * (nth - 0.5) } else { row.center().y };
        Rect::from_center_size(pos2(right - width / 2.0, middle), vec2(width, step - 0.5))
    };
    let widths = widths.get(shown.clone()).unwrap_or_default();
    let (above, below) = widths.split_at(first.min(widths.len()));
    entries.truncate(shown.end);
    let mut rest = entries.split_off(shown.start);
    let second = rest.split_off(first.min(rest.len()));
    let more_width = if n_hidden > 0 { number + if below.is_empty() { 0.0 } else { SMALL_GAP } } else { 0.0 };
    let mut answers = side_by_side(rest, above, SMALL_GAP, line(0.0, lines::width(above, SMALL_GAP)));
    let lower = line(1.0, lines::width(below, SMALL_GAP) + more_width);
    answers.extend(side_by_side(second, below, SMALL_GAP, lower));
    let more = (n_hidden > 0)
        .then(|| (n_hidden, Rect::from_min_max(pos2(lower.right() - number, lower.top()), lower.max)));
    Standing { size: Size::Small, answers, more }
}

fn side_by_side<'a>(
    entries: Vec<Entry<'a>>,
    widths: &[f32],
    gap: f32,
    place: Rect,
) -> Vec<(Entry<'a>, Rect)> {
    let mut x = place.left();
    let put = |(entry, width): (Entry<'a>, &f32)| {
        let rect = Rect::from_x_y_ranges(x..=x + width, place.y_range());
        x += width + gap;
        (entry, rect)
    };
    entries.into_iter().zip(widths).map(put).collect()
}

/// The letters of an answer in their colours, at most so many; the others are counted. None where a ring stands.
fn letters<'a>(theme: &Theme, sentence: &Sentence<'a>, most: usize) -> Vec<(Cow<'a, str>, Color32)> {
    let t = &theme.tokens;
    let marks = match sentence.answer {
        Answer::Unanswered | Answer::Labels([]) => return Vec::new(),
        Answer::None => {
            let ink = if sentence.current { t.strong } else { t.read_none };
            return with_doubt(vec![(Cow::Borrowed("\u{2013}"), ink)], sentence);
        }
        Answer::Suggested(marks) => {
            let (letter, ink) = marks.first().map_or(("?", t.weak), |mark| (mark.letter, mark.colours.ink));
            return vec![(Cow::Borrowed(letter), ink)];
        }
        Answer::Labels(marks) => marks,
    };
    let mut letters: Vec<(Cow<'a, str>, Color32)> =
        marks.iter().take(most).map(|mark| (Cow::Borrowed(mark.letter), mark.colours.ink)).collect();
    if marks.len() > most {
        letters.push((Cow::Owned(format!("+{}", marks.len() - most)), t.weak));
    }
    with_doubt(letters, sentence)
}

fn with_doubt<'a>(
    mut letters: Vec<(Cow<'a, str>, Color32)>,
    sentence: &Sentence<'_>,
) -> Vec<(Cow<'a, str>, Color32)> {
    if let Some((_, ink)) = letters.first().filter(|_| sentence.unsure) {
        letters.push((Cow::Borrowed("?"), *ink));
    }
    letters
}

impl Entry<'_> {
    fn letters_width(&self, painter: &Painter, size: Size) -> f32 {
        self.letters.iter().map(|(letter, _)| text_width(painter, letter, size)).sum()
    }

    /// What it takes in its line.
    fn width(&self, painter: &Painter, size: Size) -> f32 {
        let letters = self.letters_width(painter, size);
        let is_suggested = matches!(self.sentence.answer, Answer::Suggested(_));
        match size {
            Size::Full if self.sentence.current || is_suggested => (letters + 10.0).max(BOX),
            // A single letter stands in the middle of its place; what is wider grows to the left.
            Size::Full if self.letters.is_empty() => BOX / 2.0 + 5.0,
            Size::Full => letters + ((BOX - letters) / 2.0).clamp(GAP, BOX / 2.0),
            Size::Small if self.sentence.current || is_suggested => letters.max(SMALL_CELL) + SMALL_BOX,
            Size::Small => letters.max(SMALL_CELL),
        }
    }
}

fn text_width(painter: &Painter, text: &str, size: Size) -> f32 {
    frame::text_width(painter, text, kind(size))
}

fn kind(size: Size) -> Type {
    match size {
        Size::Full => fonts::LETTER,
        Size::Small => fonts::LETTER_SMALL,
    }
}

fn paint_row(painter: &Painter, theme: &Theme, standing: &Standing<'_>) {
    for (entry, rect) in &standing.answers {
        paint_entry(painter, theme, entry, *rect, standing.size);
    }
    if let Some((n, rect)) = standing.more {
        let words = format!("+{n}");
        frame::text(
            painter,
            rect.center(),
            Align2::CENTER_CENTER,
            &words,
            kind(Size::Small),
            theme.tokens.weak,
        );
    }
}

fn paint_entry(painter: &Painter, theme: &Theme, entry: &Entry<'_>, rect: Rect, size: Size) {
    let t = &theme.tokens;
    let sentence = entry.sentence;
    if let Answer::Suggested(_) = sentence.answer {
        return paint_suggestion(painter, entry, rect, size);
    }
    let Some((_, ink)) = entry.letters.first() else {
        return paint_ring(painter, theme, entry, rect, size);
    };
    let width = entry.letters_width(painter, size);
    let mut x = rect.center().x - width / 2.0;
    if sentence.current {
        painter.rect_filled(rect, radius(size), *ink);
    } else if size == Size::Full {
        // Its place reaches to the middle of the letter box; the letter itself ends before.
        x = rect.left();
    }
    for (letter, ink) in &entry.letters {
        let colour = if sentence.current { t.paper } else { *ink };
        let drawn =
            frame::text(painter, pos2(x, rect.center().y), Align2::LEFT_CENTER, letter, kind(size), colour);
        x = drawn.right();
    }
}

fn radius(size: Size) -> u8 {
    match size {
        Size::Full => RADIUS_SMALL,
        Size::Small => RADIUS_TINT,
    }
}

/// A dashed box: nobody has accepted it.
fn paint_suggestion(painter: &Painter, entry: &Entry<'_>, rect: Rect, size: Size) {
    let Some((letter, ink)) = entry.letters.first() else { return };
    let (box_side, kind, width) = match (size, entry.sentence.current) {
        (Size::Full, true) => (BOX, fonts::LETTER, 1.5),
        (Size::Full, false) => (BOX - 2.0, fonts::LETTER_PALE, 1.0),
        (Size::Small, true) => (rect.height(), fonts::LETTER_SMALL, 1.5),
        (Size::Small, false) => (rect.height(), fonts::KEYCAP, 1.0),
    };
    chip::dashed_letter_box(painter, rect.center(), box_side, (letter, kind), Stroke::new(width, *ink));
}

/// What stands for a sentence without an answer.
fn paint_ring(painter: &Painter, theme: &Theme, entry: &Entry<'_>, rect: Rect, size: Size) {
    let t = &theme.tokens;
    let current = |width: f32| Stroke::new(width, t.strong);
    let quiet = Stroke::new(1.25, t.control);
    let (middle, ring, stroke) = match (size, entry.sentence.current) {
        (Size::Full, true) => (rect.center(), 2.75, current(STROKE_CURRENT)),
        (Size::Small, true) => (rect.center(), 1.75, current(1.5)),
        (Size::Full, false) => (pos2(rect.left() + 5.0, rect.center().y), 3.25, quiet),
        (Size::Small, false) => (rect.center(), 2.5, quiet),
    };
    if entry.sentence.current {
        frame::card(painter, rect, radius(size), t.paper, stroke);
    }
    icons::ring(painter, middle, ring, stroke);
}
