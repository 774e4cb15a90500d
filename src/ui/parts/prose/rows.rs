//! The rows of a laid-out paragraph and where code points lie in them.

use std::ops::Range;

use egui::epaint::text::PlacedRow;
use egui::{Galley, Pos2, Rangef, Rect, Vec2, pos2};

use super::Sentence;

/// A row on the screen.
pub(super) struct Row<'a> {
    /// Code points of the paragraph that stand in it.
    pub chars: Range<usize>,
    /// As high as the line; where it is on the screen.
    pub rect: Rect,
    placed: &'a PlacedRow,
}

impl Row<'_> {
    /// The part of the row that the words of `range` take, without white space at its ends.
    pub fn part(&self, range: &Range<usize>) -> Option<Rect> {
        let from = range.start.max(self.chars.start) - self.chars.start;
        let to = range.end.min(self.chars.end).checked_sub(self.chars.start)?;
        let glyphs = self.placed.glyphs.get(from..to.max(from))?;
        let mut inked = glyphs.iter().filter(|glyph| !glyph.chr.is_whitespace());
        let first = inked.next()?;
        // Right-to-left words come in the order of reading, so the ends are looked for.
        let ends = inked.fold((first.pos.x, first.max_x()), |(left, right), glyph| {
            (left.min(glyph.pos.x), right.max(glyph.max_x()))
        });
        Some(Rect::from_x_y_ranges(
            self.rect.left() + ends.0..=self.rect.left() + ends.1,
            self.rect.y_range(),
        ))
    }

    /// Whether the words of `range` begin in this row.
    pub fn starts(&self, range: &Range<usize>) -> bool {
        self.chars.contains(&range.start) && self.part(range).is_some()
    }

    /// The row cut where pale sentences begin and end: reaches beyond the text, so that equal rows join.
    pub fn split(&self, pale: &[&Sentence<'_>]) -> Vec<(Rangef, bool)> {
        let far = 10_000.0;
        let (start, end) = (self.rect.left() - far, self.rect.left() + far);
        let mut pieces = Vec::new();
        let mut x = start;
        for sentence in pale.iter().filter(|s| touch(&s.range, &self.chars)) {
            let Some(part) = self.part(&sentence.range) else { continue };
            let begins = self.chars.start < sentence.range.start;
            let ends = sentence.range.end < self.chars.end;
            let left = if begins { part.left() - 2.0 } else { start };
            let right = if ends { part.right() + 2.0 } else { end };
            if left > x {
                pieces.push((Rangef::new(x, left), false));
            }
            pieces.push((Rangef::new(left.max(x), right), true));
            x = right;
        }
        if x < end {
            pieces.push((Rangef::new(x, end), false));
        }
        pieces
    }
}

/// The rows that lie in the clip, in order.
pub(super) fn visible(galley: &Galley, pos: Pos2, clip: Rect) -> Vec<Row<'_>> {
    all(galley, pos)
        .filter(|row| row.rect.bottom() >= clip.top() && row.rect.top() <= clip.bottom())
        .collect()
}

/// The row at a height of the screen.
pub(super) fn at(galley: &Galley, pos: Pos2, y: f32) -> Option<Row<'_>> {
    all(galley, pos).find(|row| row.rect.y_range().contains(y))
}

pub(super) fn touch(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

fn all(galley: &Galley, pos: Pos2) -> impl Iterator<Item = Row<'_>> {
    galley.rows.iter().scan(0_usize, move |next, row| {
        let start = *next;
        let end = start + row.glyphs.len();
        *next = end + usize::from(row.ends_with_newline);
        Some(Row { chars: start..end, rect: row.rect().translate(pos.to_vec2()), placed: row })
    })
}

/// The rectangles of a range of code points, one a row, in points from the paragraph's top left corner.
pub fn rects(galley: &Galley, range: &Range<usize>) -> Vec<Rect> {
    all(galley, Pos2::ZERO).filter_map(|row| row.part(range)).collect()
}

/// The first and the last of these rectangles.
pub fn first_and_last(galley: &Galley, range: &Range<usize>) -> Option<(Rect, Rect)> {
    let mut parts = all(galley, Pos2::ZERO)
        .skip_while(|row| row.chars.end <= range.start)
        .take_while(|row| row.chars.start < range.end)
        .filter_map(|row| row.part(range));
    let first = parts.next()?;
    Some((first, parts.last().unwrap_or(first)))
}

/// The code point under a place given from the paragraph's top left corner; `None` beside the words.
pub fn char_at(galley: &Galley, at: Vec2) -> Option<usize> {
    let row = self::at(galley, Pos2::ZERO, at.y)?;
    let over = |(_, glyph): &(usize, &egui::epaint::text::Glyph)| {
        let left = row.rect.left() + glyph.pos.x;
        (left..left + glyph.advance_width).contains(&at.x)
    };
    row.placed.glyphs.iter().enumerate().find(over).map(|(idx, _)| row.chars.start + idx)
}

/// Where a caret before a code point stands: its foot and its head, from the paragraph's top left corner.
pub fn before(galley: &Galley, char: usize) -> Option<(Pos2, Pos2)> {
    let row = all(galley, Pos2::ZERO).find(|row| row.chars.contains(&char))?;
    let glyph = row.placed.glyphs.get(char - row.chars.start)?;
    let x = row.rect.left() + glyph.pos.x - 2.0;
    Some((pos2(x, row.rect.top()), pos2(x, row.rect.bottom())))
}

/// The sentence under a place given from the paragraph's top left corner.
///
/// Left of the text, where the letters stand, it is the first sentence that begins in the row; up to eight points
/// beyond the end of a row it is the last one in the row.
pub fn sentence_at(galley: &Galley, sentences: &[Sentence<'_>], at: Vec2) -> Option<usize> {
    let place = pos2(at.x, at.y);
    let row = self::at(galley, Pos2::ZERO, place.y)?;
    let holding = |char: usize| sentences.iter().position(|s| s.range.contains(&char));
    if place.x < row.rect.left() {
        return sentences.iter().position(|s| row.starts(&s.range)).or_else(|| holding(row.chars.start));
    }
    if let Some(char) = char_at(galley, at) {
        return holding(char);
    }
    let last = sentences.iter().rposition(|s| row.part(&s.range).is_some())?;
    let end = row.part(&sentences.get(last)?.range)?.right();
    (place.x <= end + 8.0).then_some(last)
}
