//! Lines from place to place: a part below or beside the other, with one legend above all.

use crate::analysis::chart::{Line, Lines, Part};
use crate::formats::svg::paper::{Paper, RULE, Stroke, Style, WEAK, wide};
use crate::formats::svg::{GAP, PAD, value, whisker};
use crate::text::numbers::grouped;

/// Room for the numbers of the axis.
const AXIS: f64 = 84.0;
/// Room for the letters at the ends of lines, and for the names of marks.
const ENDS: f64 = 40.0;
const MARKS: f64 = 76.0;
const LINE: f64 = 30.0;

/// Where a part stands.
#[derive(Debug, Clone, Copy)]
struct Frame {
    left: f64,
    right: f64,
    top: f64,
    foot: f64,
}

pub(super) fn draw(paper: &mut Paper, plot: &Lines) {
    if plot.places.is_empty() {
        paper.text((PAD, 40.0), "\u{2013}  too few articles for batches", Style::SMALL);
        return paper.reach(60.0);
    }
    let mut y = legend(paper, plot);
    let is_single = plot.parts.len() < 2;
    let n_columns = if paper.width > 1000.0 && !is_single { 2 } else { 1 };
    let column = (paper.width - 2.0 * PAD - GAP * (n_columns - 1) as f64) / n_columns as f64;
    let high = if is_single { 400.0 } else { 260.0 };
    let ends = if plot.marks.is_empty() { ENDS } else { MARKS };
    for row in plot.parts.chunks(n_columns) {
        let mut foot = y;
        for (place, part) in (0_u32..).zip(row) {
            let left = PAD + f64::from(place) * (column + GAP);
            let head = if part.title.is_empty() { 20.0 } else { 56.0 };
            let frame = Frame {
                left: left + AXIS,
                right: left + column - ends,
                top: y + head,
                foot: y + head + high,
            };
            if !part.title.is_empty() {
                paper.text_within((left, y + 26.0), &part.title, Style::BOLD, column);
            }
            foot = foot.max(draw_part(paper, plot, part, frame));
        }
        y = foot + GAP;
    }
    paper.reach(y);
}

/// Which letter is which label, a line of the picture or several; where it ends.
fn legend(paper: &mut Paper, plot: &Lines) -> f64 {
    let mut known: Vec<&Line> = vec![];
    for line in plot.parts.iter().flat_map(|part| &part.lines) {
        let is_new = !line.sign.letter.is_empty() && known.iter().all(|other| other.sign != line.sign);
        known.extend(is_new.then_some(line));
    }
    if known.is_empty() {
        return 0.0;
    }
    let (mut x, mut y) = (PAD, 30.0);
    for line in known {
        let letter = wide(&line.sign.letter, Style::BOLD);
        let name = wide(&line.sign.name, Style::PLAIN).min(paper.width / 2.0);
        let all = 60.0 + letter + 10.0 + name + 2.0 * GAP;
        if x > PAD && x + all - 2.0 * GAP > paper.width - PAD {
            (x, y) = (PAD, y + 38.0);
        }
        stroke(paper, &[(x, y - 8.0), (x + 48.0, y - 8.0)], line);
        paper.text((x + 60.0, y), &line.sign.letter, Style::BOLD);
        paper.text_within((x + 70.0 + letter, y), &line.sign.name, Style::PLAIN, name);
        x += all;
    }
    y + 20.0
}

/// Draws a part in its frame; gives where it ends.
fn draw_part(paper: &mut Paper, plot: &Lines, part: &Part, frame: Frame) -> f64 {
    let Frame { left, right, top, foot } = frame;
    let y = |value: f64| foot - plot.scale.place(value) * (foot - top);
    let step = (right - left) / plot.places.len() as f64;
    let x = |place: f64| left + place * step;
    for tick in plot.scale.ticks() {
        paper.line((left, y(tick)), (right, y(tick)), RULE);
        paper.text((left - 12.0, y(tick) + 8.0), &plot.scale.shown(tick), Style::SMALL.end());
    }
    for mark in &plot.marks {
        paper.line((left, y(*mark)), (right, y(*mark)), Stroke { dash: "1 7", ..WEAK });
        paper.text((right + 10.0, y(*mark) + 8.0), &format!("{mark}"), Style::SMALL);
    }
    for (place, change) in (0_u32..).zip(&plot.changes) {
        let at = x(change.at.clamp(0.0, plot.places.len() as f64));
        paper.line((at, top), (at, foot), Stroke { dash: "8 6", ..WEAK });
        // On the side with more room, each above the other.
        let is_right = at > f64::midpoint(left, right);
        let (side, style) = if is_right { (-8.0, Style::SMALL.end()) } else { (8.0, Style::SMALL) };
        paper.text((at + side, foot - 14.0 - LINE * f64::from(place % 4)), &change.name, style);
    }
    let middle = |place: usize| x(place as f64 + 0.5);
    for line in &part.lines {
        draw_line(paper, line, middle, y);
        if line.sign.letter.is_empty() {
            for (place, at) in line.points.iter().enumerate() {
                whisker(paper, at, |value| (middle(place), y(value)), &plot.scale);
            }
        }
    }
    letters(paper, part, right + 10.0, y);
    names(paper, plot, part, (middle, step, foot))
}

/// A line from point to point, with a gap where there is no value.
fn draw_line(paper: &mut Paper, line: &Line, x: impl Fn(usize) -> f64, y: impl Fn(f64) -> f64) {
    let points = line.points.iter().enumerate();
    let points: Vec<_> = points.map(|(place, at)| Some((x(place), y(at.value.ok()?)))).collect();
    for run in points.split(Option::is_none) {
        let run: Vec<_> = run.iter().flatten().copied().collect();
        if run.len() > 1 {
            stroke(paper, &run, line);
        }
        for point in run.iter().filter(|_| !line.sign.letter.is_empty()) {
            paper.dot(*point, 5.0, &line.sign.colour);
        }
    }
}

fn stroke(paper: &mut Paper, points: &[(f64, f64)], line: &Line) {
    if line.sign.letter.is_empty() {
        return paper.stroked(points, WEAK.colour, (2.0, ""));
    }
    let dash = match line.sign.stroke.as_str() {
        "dashed" => "14 8",
        "dotted" => "1 8",
        _ => "",
    };
    paper.stroked(points, &line.sign.colour, (4.0, dash));
}

/// The letter of each line behind its last point, moved down where two would lie on each other.
fn letters(paper: &mut Paper, part: &Part, x: f64, y: impl Fn(f64) -> f64) {
    let ends = part.lines.iter().filter_map(|line| {
        let last = line.points.iter().rev().find_map(|at| at.value.ok())?;
        Some((y(last), line.sign.letter.as_str()))
    });
    let mut ends: Vec<_> = ends.filter(|(_, letter)| !letter.is_empty()).collect();
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut last = f64::NEG_INFINITY;
    for (y, letter) in ends {
        let at = y.max(last + 26.0);
        paper.text_within((x, at + 9.0), letter, Style::BOLD, ENDS - 8.0);
        last = at;
    }
}

/// What stands below the places: values where there is one line, names, and of how many answers; gives where it ends.
fn names(
    paper: &mut Paper,
    plot: &Lines,
    part: &Part,
    (x, step, foot): (impl Fn(usize) -> f64, f64, f64),
) -> f64 {
    let mut y = foot + 34.0;
    let first = part.lines.first();
    if let Some(line) = first.filter(|line| line.sign.letter.is_empty()) {
        for (place, at) in line.points.iter().enumerate() {
            paper.text(
                (x(place), y),
                &value(at).unwrap_or_else(|| "\u{2013}".to_owned()),
                Style::BOLD.middle(),
            );
        }
        y += LINE;
    }
    let fits = |words: &str| wide(words, Style::SMALL) + 8.0 <= step;
    let is_one = plot.places.iter().all(|name| fits(name));
    let rows =
        plot.places.iter().map(|name| if is_one { vec![name.as_str()] } else { name.split(' ').collect() });
    let rows: Vec<Vec<&str>> = rows.collect();
    let deep = rows.iter().map(Vec::len).max().unwrap_or(1);
    for (place, rows) in rows.iter().enumerate() {
        for (row, words) in (0_u32..).zip(rows) {
            paper.text((x(place), y + LINE * f64::from(row)), words, Style::SMALL.middle());
        }
    }
    y += LINE * deep as f64;
    let counts: Vec<_> = first.map_or(&[][..], |line| &line.points).iter().map(|at| grouped(at.n)).collect();
    let have_noun = counts.iter().all(|n| fits(&format!("n {n}")));
    for (place, n) in counts.iter().enumerate() {
        let words = if have_noun { format!("n {n}") } else { n.clone() };
        paper.text((x(place), y), &words, Style::SMALL.middle());
    }
    if !have_noun {
        paper.text((PAD, y), "n", Style::SMALL);
    }
    y
}
