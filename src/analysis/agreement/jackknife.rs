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
    let mut values: Vec<Vec<Figure>> = vec![];
    let mut of_rest = vec![];
    figures(whole, &mut of_rest);
    values.resize(of_rest.len(), vec![]);
    let n = n_parts(parts);
    if n < 2 {
        return vec![Err(Undefined::FewerThanTwoGroups); values.len()];
    }
    for part in parts {
        of_rest.clear();
        figures(&whole.less(&part.sums), &mut of_rest);
        for (values, value) in values.iter_mut().zip(&of_rest) {
            values.push(*value);
        }
    }
    values.iter().map(|values| spread(values, parts, n as f64)).collect()
}

fn spread(values: &[Figure], parts: &[Part], n: f64) -> Figure {
    let values = values.iter().zip(parts).map(|(value, part)| value.map(|value| (value, part.n as f64)));
    let values = values.collect::<Result<Vec<_>, _>>()?;
    let mean = values.iter().map(|(value, times)| value * times).sum::<f64>() / n;
    let squares: f64 = values.iter().map(|(value, times)| (value - mean).powi(2) * times).sum();
    Ok(((n - 1.0) / n * squares).sqrt())
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
