//! A chart as SVG: text stays text, in fonts that are named, on white paper, as wide as a column or a page in print.
//!
//! Lengths are in tenths of a millimetre. The picture says in words what it shows: its title, its caption and its numbers.

mod lines;
mod paper;

use crate::analysis::chart::{Chart, Estimate, Plot, Scale, Whiskers};
use crate::formats::svg::paper::{INK, Paper, RULE, Stroke, Style, WEAK, wide};
use crate::text::numbers::grouped;

/// How wide a picture is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Width {
    /// A column of a journal: 90 mm.
    Column,
    /// A page: 190 mm.
    #[default]
    Page,
}

impl Width {
    pub const ALL: [Self; 2] = [Self::Column, Self::Page];

    pub const fn mm(self) -> u32 {
        match self {
            Self::Column => 90,
            Self::Page => 190,
        }
    }

    const fn units(self) -> f64 {
        match self {
            Self::Column => 900.0,
            Self::Page => 1900.0,
        }
    }
}

/// The picture of a chart.
pub fn write(chart: &Chart, width: Width) -> String {
    let mut paper = Paper::new(width.units());
    match &chart.plot {
        Plot::Whiskers(plot) => whiskers(&mut paper, plot),
        Plot::Lines(plot) => lines::draw(&mut paper, plot),
    }
    paper.end(chart, width.mm())
}

const PAD: f64 = 16.0;
const GAP: f64 = 20.0;
const ROW: f64 = 46.0;

fn whiskers(paper: &mut Paper, plot: &Whiskers) {
    let (small, plain, bold) = (Style::SMALL, Style::PLAIN, Style::BOLD);
    let widest = |texts: &mut dyn Iterator<Item = String>, style: Style| {
        texts.map(|text| wide(&text, style)).fold(0.0, f64::max)
    };
    let n_of = |at: &Estimate| format!("n {}", grouped(at.n));
    let right = paper.width - PAD;
    let n_col = widest(&mut plot.rows.iter().map(|row| n_of(&row.at)), small);
    let interval_col = widest(&mut plot.rows.iter().filter_map(|row| interval(&row.at)), small);
    let value_col = widest(&mut plot.rows.iter().filter_map(|row| value(&row.at)), bold);
    let name_col = widest(&mut plot.rows.iter().map(|row| row.name.clone()), plain).min(paper.width * 0.34);
    let from = PAD + name_col + 2.0 * GAP;
    let value_end = right - n_col - interval_col - 2.0 * GAP;
    let to = (value_end - value_col - 2.0 * GAP).max(from + 100.0);
    let x = |value: f64| from + plot.scale.place(value) * (to - from);
    let top = 40.0;
    let mut y = top + ROW / 2.0;
    for row in &plot.rows {
        paper.text_within((PAD, y + 9.0), &row.name, plain, name_col);
        if let Some(value) = value(&row.at) {
            paper.line((from, y), (to, y), RULE);
            whisker(paper, &row.at, |value| (x(value), y), &plot.scale);
            paper.text((value_end, y + 9.0), &value, bold.end());
            paper.text((value_end + GAP, y + 9.0), &interval(&row.at).unwrap_or_default(), small);
            paper.text((right, y + 9.0), &n_of(&row.at), small.end());
        } else {
            let why = row.at.value.err().unwrap_or_default();
            for (place, line) in
                paper::wrapped(&format!("\u{2013}  {why}"), small, right - from).iter().enumerate()
            {
                if place > 0 {
                    y += 30.0;
                }
                paper.text((from, y + 9.0), line, small);
            }
        }
        y += ROW;
    }
    let foot = y - ROW / 2.0 + 6.0;
    for mark in &plot.marks {
        paper.line((x(*mark), top), (x(*mark), foot), Stroke { dash: "1 7", ..WEAK });
    }
    marks_apart(paper, &plot.marks, (x, top - 14.0));
    paper.line((from, foot), (to, foot), WEAK);
    let mut last = f64::NEG_INFINITY;
    for tick in plot.scale.ticks() {
        let label = plot.scale.shown(tick);
        paper.line((x(tick), foot), (x(tick), foot + 8.0), WEAK);
        let half = wide(&label, small) / 2.0;
        if x(tick) - half > last + 8.0 {
            paper.text((x(tick), foot + 34.0), &label, small.middle());
            last = x(tick) + half;
        }
    }
    paper.reach(foot + 46.0);
}

/// The names of the marks above them, each beside the other where they would meet.
fn marks_apart(paper: &mut Paper, marks: &[f64], (x, y): (impl Fn(f64) -> f64, f64)) {
    let mut last = f64::NEG_INFINITY;
    for mark in marks {
        let label = format!("{mark}");
        let width = wide(&label, Style::SMALL);
        let at = (x(*mark) - width / 2.0).max(last + 12.0);
        paper.text((at, y), &label, Style::SMALL);
        last = at + width;
    }
}

/// A value as a dot with its interval as a bar. What reaches over the scale is cut there, without its end.
fn whisker(paper: &mut Paper, at: &Estimate, place: impl Fn(f64) -> (f64, f64), scale: &Scale) {
    let Ok(value) = at.value else { return };
    if let Some((low, high)) = at.interval {
        paper.line(place(low), place(high), INK);
        for end in [low, high].into_iter().filter(|end| *end >= scale.low && *end <= scale.high) {
            let (x, y) = place(end);
            let across = if place(low).0 < place(high).0 { (0.0, 9.0) } else { (9.0, 0.0) };
            paper.line((x - across.0, y - across.1), (x + across.0, y + across.1), INK);
        }
    }
    if value >= scale.low {
        paper.dot(place(value), 7.0, INK.colour);
    }
}

/// The value with two decimals.
fn value(at: &Estimate) -> Option<String> {
    at.value.ok().map(number)
}

fn interval(at: &Estimate) -> Option<String> {
    at.interval.map(|(low, high)| format!("{} to {}", number(low), number(high)))
}

fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    if text == "-0.00" { "0.00".to_owned() } else { text.replacen('-', "\u{2212}", 1) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::chart::{Change, Line, Lines, Part, Sign, Whisker};

    fn at(value: f64, low: f64, high: f64, n: u64) -> Estimate {
        Estimate { value: Ok(value), interval: Some((low, high)), n }
    }

    const NONE: Estimate =
        Estimate { value: Err("no unit was answered by two coders"), interval: None, n: 0 };

    fn labels() -> Chart {
        let row = |name: &str, at: Estimate| Whisker { name: name.to_owned(), at };
        let rows = vec![
            row("Allegation", at(0.842, 0.791, 0.898, 1428)),
            row(
                "A name that is much longer than a column of print has room for <b>&",
                at(-1.2, -3.0, 0.4, 7),
            ),
            row("None of these", NONE),
        ];
        let scale = Scale::of_coefficients(rows.iter().map(|row| &row.at));
        let plot = Plot::Whiskers(Whiskers { rows, scale, marks: vec![0.667, 0.8] });
        Chart { title: "By label & more".to_owned(), says: "Alpha <of> each label.".to_owned(), plot }
    }

    fn over_time(n: usize) -> Chart {
        let points = (0..n).map(|n| if n == 1 { NONE } else { at(0.8, 0.7, 0.9 + n as f64 / 100.0, 130) });
        let sign = |letter: &str| Sign {
            name: format!("Label {letter}"),
            letter: letter.to_owned(),
            colour: "#0072B2".to_owned(),
            stroke: "dashed".to_owned(),
        };
        let part = |title: &str, letters: &[&str]| Part {
            title: title.to_owned(),
            lines: letters
                .iter()
                .map(|letter| Line { sign: sign(letter), points: points.clone().collect() })
                .collect(),
        };
        let plot = Plot::Lines(Lines {
            places: (0..n).map(|n| format!("{} to {}", n * 1000 + 1, (n + 1) * 1000)).collect(),
            parts: vec![part("Coder 1", &["A", "D"]), part("", &[""])],
            scale: Scale::of_coefficients(&[]),
            marks: vec![0.667, 0.8],
            changes: vec![Change { at: 1.5, name: "codebook version 3".to_owned() }],
        });
        Chart { title: "Over time".to_owned(), says: String::new(), plot }
    }

    /// The numbers that stand in attributes of this name.
    fn numbers(svg: &str, name: &str) -> Vec<f64> {
        let name = format!(" {name}=\"");
        let parts = svg.split(name.as_str()).skip(1);
        parts.map(|part| part.split('"').next().unwrap().trim_end_matches("mm").parse().unwrap()).collect()
    }

    #[test]
    fn pictures_keep_to_their_paper() {
        for chart in [labels(), over_time(0), over_time(1), over_time(4), over_time(10)] {
            for width in Width::ALL {
                let svg = write(&chart, width);
                let height = numbers(&svg, "height")[1];
                assert!(svg.starts_with(&format!(
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}mm\"",
                    width.mm()
                )));
                for (names, most) in
                    [(["x", "x1", "x2", "cx"], width.units()), (["y", "y1", "y2", "cy"], height)]
                {
                    for name in names {
                        let out = numbers(&svg, name).into_iter().find(|at| !(0.0..=most).contains(at));
                        assert_eq!(out, None, "{name}: {svg}");
                    }
                }
                assert!(svg.ends_with("</svg>\n") && !svg.contains("NaN"), "{svg}");
            }
        }
    }

    #[test]
    fn text_is_text_and_nothing_of_it_is_a_mark() {
        let svg = write(&labels(), Width::Column);
        assert!(svg.contains("<title>By label &amp; more</title>"), "{svg}");
        assert!(
            svg.contains("<desc>Alpha &lt;of&gt; each label. Allegation: 0.842, 0.791 to 0.898, n 1428; "),
            "{svg}"
        );
        assert!(svg.contains("None of these: \u{2013}, no unit was answered by two coders"), "{svg}");
        assert!(
            svg.contains(">0.84</text>")
                && svg.contains(">0.79 to 0.90</text>")
                && svg.contains(">n 1,428</text>")
        );
        assert!(svg.contains("font-family=\"Noto Sans, Arial, Helvetica, sans-serif\""), "{svg}");
        // What is cut off can be read whole.
        assert!(svg.contains(
            "<g><title>A name that is much longer than a column of print has room for &lt;b&gt;&amp;</title>\n<text"
        ));
        assert!(svg.contains("\u{2026}</text>\n</g>"), "{svg}");
        assert!(!svg.contains("<b>") && !svg.contains("script"), "{svg}");
    }

    #[test]
    fn changes_and_marks_are_named() {
        let svg = write(&over_time(4), Width::Page);
        for words in ["codebook version 3", "Coder 1", "1 to 1000", "0.667", "Label A"] {
            assert!(svg.contains(&format!(">{words}<")), "{words}: {svg}");
        }
    }

    #[test]
    fn numbers_are_as_people_write_them() {
        assert_eq!([0.845, -0.2, -0.001, 1.0].map(number), ["0.84", "\u{2212}0.20", "0.00", "1.00"]);
    }
}
