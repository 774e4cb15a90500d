//! Standard errors and intervals by leaving out one article at a time.

use super::student;
use super::sums::{Part, Sums};
use super::undefined::{Figure, Undefined};

/// A 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
    /// Degrees of freedom of Student's t: parts − 1.
    pub df: u64,
}

/// The standard error of a figure by deleting one part at a time: √((G−1)/G · Σ(θ₍g₎ − mean)²).
pub fn standard_error(whole: &Sums, parts: &[Part], figure: impl Fn(&Sums) -> Figure) -> Figure {
    let mut left_out = LeftOut::new(whole, |rest, figures| figures.push(figure(rest)));
    for part in parts {
        left_out.add(&part.sums, part.n);
    }
    left_out.errors().first().copied().unwrap_or(Err(Undefined::FewerThanTwoGroups))
}

/// Figures of all units but a part of them, part by part; each part is taken away once for all figures.
pub struct LeftOut<'a, F> {
    whole: &'a Sums,
    figures: F,
    rest: Sums,
    of_rest: Vec<Figure>,
    spreads: Vec<Result<Spread, Undefined>>,
    n: u64,
}

impl<'a, F: Fn(&Sums, &mut Vec<Figure>)> LeftOut<'a, F> {
    /// The function pushes figures, always as many and in the same order.
    pub fn new(whole: &'a Sums, figures: F) -> Self {
        let mut of_rest = vec![];
        figures(whole, &mut of_rest);
        // Values are near that of the whole: their distances from it are added up, and none is kept.
        let from = |of_whole: &Figure| Ok(Spread { from: of_whole.unwrap_or(0.0), ..Spread::default() });
        let spreads = of_rest.iter().map(from).collect();
        Self { whole, figures, rest: Sums::default(), of_rest, spreads, n: 0 }
    }

    /// Leaves out a part, of which there are so many that are just like it.
    pub fn add(&mut self, part: &Sums, n: u64) {
        self.n += n;
        self.rest.become_less(self.whole, part);
        self.of_rest.clear();
        (self.figures)(&self.rest, &mut self.of_rest);
        for (spread, value) in self.spreads.iter_mut().zip(&self.of_rest) {
            match (spread.as_mut(), value) {
                (Ok(spread), Ok(value)) => spread.add(*value, n as f64),
                (Ok(_), Err(why)) => *spread = Err(*why),
                // Of several reasons always the same one, whichever part came first.
                (Err(kept), Err(why)) => *kept = (*kept).min(*why),
                (Err(_), Ok(_)) => {}
            }
        }
    }

    /// Parts that were left out.
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// The standard error of each figure.
    pub fn errors(self) -> Vec<Figure> {
        if self.n < 2 {
            return vec![Err(Undefined::FewerThanTwoGroups); self.spreads.len()];
        }
        self.spreads.into_iter().map(|spread| spread.map(|spread| spread.error(self.n as f64))).collect()
    }
}

/// How far values lie from another one, added up.
#[derive(Debug, Clone, Copy, Default)]
struct Spread {
    from: f64,
    sum: f64,
    squares: f64,
}

impl Spread {
    fn add(&mut self, value: f64, times: f64) {
        let far = value - self.from;
        self.sum += far * times;
        self.squares += far * far * times;
    }

    fn error(&self, n: f64) -> f64 {
        let squares = (self.squares - self.sum * self.sum / n).max(0.0);
        ((n - 1.0) / n * squares).sqrt()
    }
}

/// The interval round a figure, by Student's t with parts − 1 degrees of freedom; nothing agrees better than 1.
pub fn interval(value: f64, standard_error: f64, parts: &[Part]) -> Result<Interval, Undefined> {
    interval_of(value, standard_error, degrees_of_freedom(parts))
}

/// The same where the degrees of freedom are known.
pub fn interval_of(value: f64, standard_error: f64, df: u64) -> Result<Interval, Undefined> {
    let reach = student::reach(df).ok_or(Undefined::FewerThanTwoGroups)? * standard_error;
    Ok(Interval { low: value - reach, high: (value + reach).min(1.0), df })
}

/// Parts − 1.
pub fn degrees_of_freedom(parts: &[Part]) -> u64 {
    n_parts(parts).saturating_sub(1)
}

fn n_parts(parts: &[Part]) -> u64 {
    parts.iter().map(|part| part.n).sum()
}
