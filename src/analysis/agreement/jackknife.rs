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
    let errors = standard_errors(whole, parts, |rest, figures| figures.push(figure(rest)));
    errors.first().copied().unwrap_or(Err(Undefined::FewerThanTwoGroups))
}

/// The same of several figures, in their order: each part is taken away once for all of them.
pub fn standard_errors(
    whole: &Sums,
    parts: &[Part],
    figures: impl Fn(&Sums, &mut Vec<Figure>),
) -> Vec<Figure> {
    let mut of_rest = vec![];
    figures(whole, &mut of_rest);
    // Values are near that of the whole: their distances from it are added up, and none is kept.
    let mut spreads: Vec<Result<Spread, Undefined>> = of_rest
        .iter()
        .map(|of_whole| Ok(Spread { from: of_whole.unwrap_or(0.0), ..Spread::default() }))
        .collect();
    let n = n_parts(parts);
    if n < 2 {
        return vec![Err(Undefined::FewerThanTwoGroups); spreads.len()];
    }
    for part in parts {
        of_rest.clear();
        let rest = whole.less(&part.sums);
        figures(&rest, &mut of_rest);
        for (spread, value) in spreads.iter_mut().zip(&of_rest) {
            match (spread.as_mut(), value) {
                (Ok(spread), Ok(value)) => spread.add(*value, part.n as f64),
                (Ok(_), Err(why)) => *spread = Err(*why),
                (Err(_), _) => {}
            }
        }
    }
    let error = |spread: Result<Spread, Undefined>| spread.map(|spread| spread.error(n as f64));
    spreads.into_iter().map(error).collect()
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
