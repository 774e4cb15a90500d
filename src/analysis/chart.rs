//! A chart as a value: the window draws it, and it is written as SVG and as CSV. All three show the same numbers.

/// What is drawn, and what it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    pub title: String,
    /// What the numbers are and where their intervals come from: the caption.
    pub says: String,
    pub plot: Plot,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Plot {
    /// A row a thing, its value and interval on one scale that lies below all of them.
    Whiskers(Whiskers),
    /// Values from place to place, in one part or several that share their scale.
    Lines(Lines),
}

/// A value, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    pub value: Result<f64, &'static str>,
    /// Lower and upper end, where it has an interval.
    pub interval: Option<(f64, f64)>,
    /// What it was worked out of.
    pub n: u64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Whiskers {
    pub rows: Vec<Whisker>,
    pub scale: Scale,
    /// Values that are marked on the scale.
    pub marks: Vec<f64>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Whisker {
    pub name: String,
    pub at: Estimate,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Lines {
    /// The names of the places, from left to right.
    pub places: Vec<String>,
    pub parts: Vec<Part>,
    pub scale: Scale,
    /// Values that are marked across each part.
    pub marks: Vec<f64>,
    pub changes: Vec<Change>,
}

/// A part of a chart with lines of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Empty where there is only one.
    pub title: String,
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub sign: Sign,
    /// One a place.
    pub points: Vec<Estimate>,
}

/// How a line is told from the others, three times: by colour, by stroke, by the letter at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    pub name: String,
    /// Empty where there is only one line.
    pub letter: String,
    /// `#RRGGBB` on light paper.
    pub colour: String,
    /// `solid`, `dashed`, `dotted`; anything else is solid.
    pub stroke: String,
}

/// Something that happened between the places.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The first place reaches from 0 to 1, and its point stands in the middle.
    pub at: f64,
    pub name: String,
}

/// The numbers of an axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    pub low: f64,
    pub high: f64,
    pub step: f64,
    pub as_percent: bool,
}

impl Estimate {
    /// All numbers that it has.
    fn reach(&self) -> impl Iterator<Item = f64> {
        let ends = self.interval.map(|(low, high)| [low, high]);
        self.value.ok().into_iter().chain(ends.into_iter().flatten())
    }
}

impl Scale {
    /// From nothing to all, in percent.
    pub const SHARES: Self = Self { low: 0.0, high: 1.0, step: 0.25, as_percent: true };
    /// The steps that people read easily.
    const STEPS: [f64; 4] = [0.1, 0.25, 0.5, 1.0];
    /// Most steps from one end to the other.
    const MOST: f64 = 6.0;
    /// No scale of coefficients goes lower: what lies below is cut off at the edge.
    const LOWEST: f64 = -1.0;

    /// A scale up to 1 that all of these lie on, and that begins at .5 or below.
    pub fn of_coefficients<'a>(all: impl IntoIterator<Item = &'a Estimate>) -> Self {
        let low = all.into_iter().flat_map(Estimate::reach).fold(0.5, f64::min).max(Self::LOWEST);
        let fits = |step: &f64| (1.0 - low) / step <= Self::MOST;
        let step = Self::STEPS.into_iter().find(fits).unwrap_or(1.0);
        let low = 1.0 - ((1.0 - low) / step - 1e-9).ceil() * step;
        // Without the noise of the subtraction.
        Self { low: (low * 100.0).round() / 100.0, high: 1.0, step, as_percent: false }
    }

    /// The numbers that stand at the axis, from the lowest.
    pub fn ticks(&self) -> impl Iterator<Item = f64> + use<> {
        let Self { low, high, step, .. } = *self;
        let at = move |n: u32| ((low + f64::from(n) * step) * 100.0).round() / 100.0;
        (0..100).map(at).take_while(move |tick| *tick <= high + 1e-9)
    }

    /// Where a value lies between the ends, from 0 to 1; at the edge if it lies outside.
    pub fn place(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// A number as it stands at the axis.
    pub fn shown(&self, value: f64) -> String {
        if self.as_percent {
            return format!("{:.0} %", value * 100.0);
        }
        let text = format!("{value:.3}");
        let text = text.trim_end_matches('0').trim_end_matches('.');
        text.replacen('-', "\u{2212}", 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(value: f64, interval: Option<(f64, f64)>) -> Estimate {
        Estimate { value: Ok(value), interval, n: 9 }
    }

    #[test]
    fn a_scale_has_all_values_and_few_steps() {
        let check = |all: &[Estimate], want: &str| {
            let scale = Scale::of_coefficients(all);
            let ticks: Vec<_> = scale.ticks().map(|tick| scale.shown(tick)).collect();
            assert_eq!(ticks.join(" "), want);
        };
        check(&[], "0.5 0.6 0.7 0.8 0.9 1");
        check(&[at(0.8, Some((0.76, 0.85)))], "0.5 0.6 0.7 0.8 0.9 1");
        check(&[at(0.5, Some((0.41, 0.9)))], "0.4 0.5 0.6 0.7 0.8 0.9 1");
        check(&[at(0.5, Some((0.39, 0.9)))], "0.25 0.5 0.75 1");
        check(&[at(-0.2, None)], "\u{2212}0.25 0 0.25 0.5 0.75 1");
        check(&[at(-0.2, Some((-7.0, 1.0)))], "\u{2212}1 \u{2212}0.5 0 0.5 1");
        check(&[Estimate { value: Err("so"), interval: None, n: 0 }], "0.5 0.6 0.7 0.8 0.9 1");
    }

    #[test]
    fn what_lies_outside_stands_at_the_edge() {
        let scale = Scale::of_coefficients(&[]);
        let places = [0.2, 0.5, 0.75, 1.0].map(|value| format!("{:.3}", scale.place(value)));
        assert_eq!(places, ["0.000", "0.000", "0.500", "1.000"]);
        assert_eq!(Scale::SHARES.ticks().map(|tick| Scale::SHARES.shown(tick)).last().unwrap(), "100 %");
    }
}
