//! What stands on the paper of a picture: lines, dots and words, each within it.

use crate::analysis::chart::{Chart, Estimate, Plot};
use crate::formats::markup::{escaped, say};

/// Text is as it reads in print: 2.5 mm are 7 points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    size: f64,
    bold: bool,
    weak: bool,
    anchor: &'static str,
}

impl Style {
    pub const PLAIN: Self = Self { size: 26.0, bold: false, weak: false, anchor: "start" };
    pub const SMALL: Self = Self { size: 24.0, weak: true, ..Self::PLAIN };
    pub const BOLD: Self = Self { bold: true, ..Self::PLAIN };

    pub const fn middle(self) -> Self {
        Self { anchor: "middle", ..self }
    }

    pub const fn end(self) -> Self {
        Self { anchor: "end", ..self }
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Stroke {
    pub colour: &'static str,
    pub width: f64,
    /// Lengths of strokes and gaps; empty = solid.
    pub dash: &'static str,
}

pub(super) const INK: Stroke = Stroke { colour: "#1A1917", width: 3.0, dash: "" };
pub(super) const WEAK: Stroke = Stroke { colour: "#635E55", width: 2.0, dash: "" };
pub(super) const RULE: Stroke = Stroke { colour: "#DFDBD3", width: 2.0, dash: "" };

pub(super) type Point = (f64, f64);

pub(super) struct Paper {
    pub width: f64,
    height: f64,
    body: String,
}

impl Paper {
    pub fn new(width: f64) -> Self {
        Self { width, height: 0.0, body: String::new() }
    }

    /// Makes the paper at least so high.
    pub fn reach(&mut self, height: f64) {
        self.height = self.height.max(height);
    }

    pub fn line(&mut self, from: Point, to: Point, stroke: Stroke) {
        self.stroked(&[from, to], stroke.colour, (stroke.width, stroke.dash));
    }

    /// A line through points, in a colour of the scheme.
    pub fn stroked(&mut self, points: &[Point], colour: &str, (width, dash): (f64, &str)) {
        let dash = if dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dash}\"") };
        let cap = if dash.contains("\"1 ") { " stroke-linecap=\"round\"" } else { "" };
        let look = format!("stroke=\"{}\" stroke-width=\"{width}\"{dash}{cap}", escaped(colour));
        let shape = match points {
            [(x1, y1), (x2, y2)] => {
                format!("<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" {look}/>\n")
            }
            points => {
                let points: Vec<_> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
                format!("<polyline points=\"{}\" fill=\"none\" {look}/>\n", points.join(" "))
            }
        };
        self.body.push_str(&shape);
    }

    pub fn dot(&mut self, (x, y): Point, radius: f64, colour: &str) {
        let colour = escaped(colour);
        say(
            &mut self.body,
            format_args!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius}\" fill=\"{colour}\"/>\n"),
        );
    }

    /// Words that are cut off where there is no room for them; pointing at them shows them whole.
    pub fn text_within(&mut self, at: Point, words: &str, style: Style, room: f64) {
        if wide(words, style) <= room {
            return self.text(at, words, style);
        }
        let mut cut = String::new();
        for c in words.chars() {
            cut.push(c);
            if wide(&cut, style) + style.size > room {
                break;
            }
        }
        say(&mut self.body, format_args!("<g><title>{}</title>\n", escaped(words)));
        self.text(at, &format!("{}\u{2026}", cut.trim_end()), style);
        self.body.push_str("</g>\n");
    }

    pub fn text(&mut self, (x, y): Point, words: &str, style: Style) {
        let bold = if style.bold { " font-weight=\"bold\"" } else { "" };
        let anchor = if style.anchor == "start" {
            String::new()
        } else {
            format!(" text-anchor=\"{}\"", style.anchor)
        };
        let colour = if style.weak { WEAK.colour } else { INK.colour };
        let (size, look) = (style.size, format!("fill=\"{colour}\"{bold}{anchor}"));
        say(
            &mut self.body,
            format_args!(
                "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\" {look}>{}</text>\n",
                escaped(words)
            ),
        );
    }

    /// The whole file.
    pub fn end(self, chart: &Chart, mm: u32) -> String {
        let (width, height, mm_high) = (self.width, self.height.ceil(), self.height.ceil() / 10.0);
        let (title, says) = (escaped(&chart.title), escaped(&in_words(chart)));
        let body = self.body;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{mm}mm\" height=\"{mm_high}mm\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{title}\" \
             font-family=\"Noto Sans, Arial, Helvetica, sans-serif\">\n\
             <title>{title}</title>\n<desc>{says}</desc>\n\
             <rect x=\"0\" y=\"0\" width=\"{width}\" height=\"{height}\" fill=\"#FFFFFF\"/>\n{body}</svg>\n"
        )
    }
}

/// The caption and all numbers, for who does not see the picture.
fn in_words(chart: &Chart) -> String {
    let said = |name: &str, at: &Estimate| {
        let value = at.value.map_or_else(|why| format!("\u{2013}, {why}"), |value| format!("{value:.3}"));
        let interval = at.interval.map(|(low, high)| format!(", {low:.3} to {high:.3}")).unwrap_or_default();
        format!("{name}: {value}{interval}, n {}", at.n)
    };
    let numbers: Vec<String> = match &chart.plot {
        Plot::Whiskers(plot) => plot.rows.iter().map(|row| said(&row.name, &row.at)).collect(),
        Plot::Lines(plot) => {
            let lines = plot.parts.iter().flat_map(|part| part.lines.iter().map(move |line| (part, line)));
            let points = lines.flat_map(|(part, line)| {
                let of = [part.title.as_str(), line.sign.name.as_str()];
                let of: Vec<_> = of.into_iter().filter(|name| !name.is_empty()).collect();
                let places = plot.places.iter().zip(&line.points);
                places.map(move |(place, at)| said(&format!("{}, {place}", of.join(", ")), at))
            });
            points.chain(plot.changes.iter().map(|change| change.name.clone())).collect()
        }
    };
    let numbers = if numbers.is_empty() { numbers.concat() } else { format!("{}.", numbers.join("; ")) };
    format!("{} {numbers}", chart.says).trim().to_owned()
}

/// About how wide words are: fonts differ, and nothing here can measure them.
pub(super) fn wide(words: &str, style: Style) -> f64 {
    let em = words.chars().map(|c| match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | ' ' | '(' | ')' => 0.30,
        'f' | 'r' | 't' | '-' => 0.40,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.90,
        c if c.is_ascii_digit() || c.is_lowercase() => 0.58,
        c if u32::from(c) >= 0x1100 => 1.0,
        _ => 0.66,
    });
    em.sum::<f64>() * style.size * if style.bold { 1.07 } else { 1.0 }
}

/// Words in lines that are no wider than this, as far as single words are not.
pub(super) fn wrapped(words: &str, style: Style, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = vec![];
    for word in words.split(' ') {
        match lines.last_mut() {
            Some(line) if wide(&format!("{line} {word}"), style) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
