//! Which of the answers that begin in one row have room beside it, in one line or two.

use std::ops::Range;

/// The answers shown, and how many of them stand in the first of two lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lines {
    pub shown: Range<usize>,
    pub first: usize,
}

/// Shares answers of these widths out to at most two lines of `room`, in reading order. Where not all have room, those
/// about the current one are shown, and `more` is left free at the end for the number of the others.
pub(super) fn lines(widths: &[f32], gap: f32, room: f32, current: usize, more: f32) -> Lines {
    let n = widths.len();
    if let Some(first) = halves(widths, gap, room) {
        return Lines { shown: 0..n, first };
    }
    for start in 0..=current {
        let rest = widths.get(start..).unwrap_or_default();
        let first = n_fitting(rest, gap, room).max(1);
        let second = n_fitting(rest.get(first..).unwrap_or_default(), gap, room - more - gap);
        if start + first + second > current {
            return Lines { shown: start..start + first + second, first };
        }
    }
    Lines { shown: current..(current + 1).min(n), first: 1 }
}

/// How wide these stand side by side.
pub(super) fn width(widths: &[f32], gap: f32) -> f32 {
    widths.iter().sum::<f32>() + gap * widths.len().saturating_sub(1) as f32
}

/// How many stand in the first line, if all have room: all of them, or so that both lines are about as wide.
fn halves(widths: &[f32], gap: f32, room: f32) -> Option<usize> {
    let n = widths.len();
    if width(widths, gap) <= room {
        return Some(n);
    }
    let widest = |first: usize| {
        let (above, below) = widths.split_at(first);
        width(above, gap).max(width(below, gap))
    };
    let first = (1..n).min_by(|a, b| widest(*a).total_cmp(&widest(*b)))?;
    (widest(first) <= room).then_some(first)
}

/// How many of the first have room side by side.
fn n_fitting(widths: &[f32], gap: f32, room: f32) -> usize {
    let mut right = -gap;
    widths
        .iter()
        .take_while(|width| {
            right += gap + **width;
            right <= room
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `n` answers eight wide, three apart, a number of fourteen.
    #[track_caller]
    fn check(n: usize, room: f32, current: usize, shown: Range<usize>, first: usize) {
        let widths = vec![8.0; n];
        assert_eq!(lines(&widths, 3.0, room, current, 14.0), Lines { shown, first });
    }

    #[test]
    fn what_fits_stands_in_one_line_and_else_in_halves() {
        check(1, 40.0, 0, 0..1, 1);
        check(3, 40.0, 0, 0..3, 3);
        check(4, 40.0, 0, 0..4, 2);
        check(5, 40.0, 0, 0..5, 2);
        check(6, 40.0, 5, 0..6, 3);
    }

    #[test]
    fn the_current_one_is_always_shown() {
        check(7, 40.0, 0, 0..5, 3);
        check(7, 40.0, 4, 0..5, 3);
        check(7, 40.0, 5, 1..6, 3);
        check(40, 40.0, 39, 35..40, 3);
        for n in 1..60 {
            for room in [0.0, 9.0, 30.0, 62.0, 200.0] {
                for current in 0..n {
                    let got = lines(&vec![8.0; n], 3.0, room, current, 14.0);
                    assert!(
                        got.shown.contains(&current) && got.shown.end <= n && got.first >= 1,
                        "{n} {room}"
                    );
                }
            }
        }
    }
}
