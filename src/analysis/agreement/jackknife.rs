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
    let n = n_parts(parts);
    if n < 2 {
        return Err(Undefined::FewerThanTwoGroups);
    }
    let values = parts.iter().map(|part| figure(&whole.less(&part.sums)).map(|value| (value, part.n as f64)));
    let values = values.collect::<Result<Vec<_>, _>>()?;
    let n = n as f64;
    let mean = values.iter().map(|(value, times)| value * times).sum::<f64>() / n;
    let squares: f64 = values.iter().map(|(value, times)| (value - mean).powi(2) * times).sum();
    Ok(((n - 1.0) / n * squares).sqrt())
}

/// The interval round a figure, by Student's t with parts − 1 degrees of freedom; nothing agrees better than 1.
pub fn interval(value: f64, standard_error: f64, parts: &[Part]) -> Result<Interval, Undefined> {
    let df = n_parts(parts).saturating_sub(1);
    let reach = student::reach(df).ok_or(Undefined::FewerThanTwoGroups)? * standard_error;
    Ok(Interval { low: value - reach, high: (value + reach).min(1.0), df })
}

fn n_parts(parts: &[Part]) -> u64 {
    parts.iter().map(|part| part.n).sum()
}
