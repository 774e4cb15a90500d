//! Beside the text: the letters of the answers at the left, the signs of notes at the right.

use egui::{Align2, Color32, Painter, Pos2, Rect, Stroke, pos2, vec2};

use super::rows::Row;
use super::{Answer, Mark, Paragraph, Sentence};
use crate::ui::fonts;
use crate::ui::parts::icons::{self, Icon};
use crate::ui::parts::{chip, frame};
use crate::ui::theme::{RADIUS_SMALL, STROKE_CURRENT, Theme};

/// From the text's left edge to the middle of a single letter, and the side of a filled box.
const MIDDLE: f32 = 27.0;
const BOX: f32 = 22.0;
const GAP: f32 = 4.0;
/// The least space between them and the text.
const NEAREST: f32 = 6.0;
/// From the column's right edge to the middle of the note sign.
const NOTE: f32 = 21.0;

/// One piece of text in its colour.
type Letters<'a> = Vec<(&'a str, Color32)>;

pub(super) fn paint(painter: &Painter, theme: &Theme, paragraph: &Paragraph<'_>, rows: &[Row<'_>]) {
    for row in rows {
        let mut right = paragraph.pos.x - MIDDLE + BOX / 2.0;
        let mut unseen = painter.clone();
        unseen.set_invisible();
        // Where several do not fit beside the edge of the view they stand nearer to the text.
        let lacks = painter.clip_rect().left() + 1.0 - paint_row(&unseen, theme, paragraph, row, right);
        right = (right + lacks.max(0.0)).min(paragraph.pos.x - NEAREST);
        paint_row(painter, theme, paragraph, row, right);
        let noted = |s: &&Sentence<'_>| s.note && row.starts(&s.range);
        let current = paragraph.sentences.iter().filter(noted).any(|s| s.current);
        if paragraph.sentences.iter().any(|s| noted(&s)) {
            let at = pos2(paragraph.pos.x + paragraph.width + NOTE, row.rect.center().y);
            let colour = if current { theme.tokens.strong } else { theme.tokens.weak };
            icons::paint(painter, Icon::Speech, at, colour);
        }
    }
}

/// Paints the answers that begin in a row, in reading order, the last one nearest to the text; gives back their left edge.
fn paint_row(
    painter: &Painter,
    theme: &Theme,
    paragraph: &Paragraph<'_>,
    row: &Row<'_>,
    mut right: f32,
) -> f32 {
    let mut left = right;
    for sentence in paragraph.sentences.iter().rev().filter(|s| row.starts(&s.range)) {
        left = paint_answer(painter, theme, pos2(right, row.rect.center().y), sentence);
        right = left - GAP;
    }
    left
}

/// Paints what stands for one answer with its right edge at `right`; gives back its left edge.
fn paint_answer(painter: &Painter, theme: &Theme, right: Pos2, sentence: &Sentence<'_>) -> f32 {
    let t = &theme.tokens;
    match sentence.answer {
        Answer::Unanswered | Answer::Labels([]) => {
            let middle = pos2(right.x - BOX / 2.0, right.y);
            if sentence.current {
                let rect = Rect::from_center_size(middle, vec2(BOX, BOX));
                frame::card(painter, rect, RADIUS_SMALL, t.paper, Stroke::new(STROKE_CURRENT, t.strong));
                icons::ring(painter, middle, 2.75, Stroke::new(STROKE_CURRENT, t.strong));
                return rect.left();
            }
            icons::ring(painter, middle, 3.25, Stroke::new(1.25, t.control));
            middle.x - 5.0
        }
        Answer::Suggested(marks) => {
            let middle = pos2(right.x - BOX / 2.0, right.y);
            let (letter, ink) = marks.first().map_or(("?", t.weak), |mark| (mark.letter, mark.colours.ink));
            chip::empty_letter_box(painter, middle, BOX - 2.0, letter, ink);
            right.x - BOX
        }
        Answer::None => {
            let ink = if sentence.current { t.strong } else { t.read_none };
            paint_letters(painter, theme, right, vec![("–", ink)], sentence)
        }
        Answer::Labels(marks) => {
            let letters = marks.iter().map(|mark: &Mark<'_>| (mark.letter, mark.colours.ink)).collect();
            paint_letters(painter, theme, right, letters, sentence)
        }
    }
}

fn paint_letters(
    painter: &Painter,
    theme: &Theme,
    right: Pos2,
    mut letters: Letters<'_>,
    sentence: &Sentence<'_>,
) -> f32 {
    let ink = letters.first().map_or(theme.tokens.strong, |(_, ink)| *ink);
    if sentence.unsure {
        letters.push(("?", ink));
    }
    let widths: Vec<f32> =
        letters.iter().map(|(letter, _)| frame::text_width(painter, letter, fonts::LETTER)).collect();
    let width: f32 = widths.iter().sum();
    let left = if sentence.current {
        let rect = Rect::from_min_max(
            pos2(right.x - (width + 10.0).max(BOX), right.y - BOX / 2.0),
            pos2(right.x, right.y + BOX / 2.0),
        );
        painter.rect_filled(rect, RADIUS_SMALL, ink);
        rect.center().x - width / 2.0
    } else {
        // A single letter stands in the middle of its place; what is wider grows to the left.
        let single = (BOX - width) / 2.0;
        right.x - width - single.clamp(4.0, BOX / 2.0)
    };
    let mut x = left;
    for ((letter, colour), width) in letters.iter().zip(&widths) {
        let colour = if sentence.current { theme.tokens.paper } else { *colour };
        frame::text(painter, pos2(x, right.y), Align2::LEFT_CENTER, letter, fonts::LETTER, colour);
        x += width;
    }
    if sentence.current { right.x - (width + 10.0).max(BOX) } else { left }
}
