//! Two coders beside each other: how often each said what, and what that comes to.

use super::matrix::{LabelIdx, Matrix};
use super::undefined::{Figure, Undefined};

/// How often two coders gave which labels to the same units: first label, second label, times; in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Confusion {
    cells: Vec<(LabelIdx, LabelIdx, u64)>,
    /// How often each gave each label.
    first: Vec<u64>,
    second: Vec<u64>,
    n: u64,
}

impl Confusion {
    /// Counts two columns of a matrix.
    pub fn of(matrix: &Matrix, first: usize, second: usize) -> Self {
        let column = |row: &[Option<LabelIdx>], at: usize| row.get(at).copied().flatten();
        let both = matrix.rows().filter_map(|row| column(row, first).zip(column(row, second)));
        let mut both: Vec<(LabelIdx, LabelIdx)> = both.collect();
        both.sort_unstable();
        let cells = both.chunk_by(|a, b| a == b);
        let cells = cells.filter_map(|same| same.first().map(|(a, b)| (*a, *b, same.len() as u64)));
        let n_labels = matrix.labels().len();
        let (mut confusion, none) = (Self { cells: cells.collect(), ..Self::default() }, vec![0; n_labels]);
        (confusion.first, confusion.second) = (none.clone(), none);
        for (a, b, n) in &confusion.cells {
            for (given, label) in [(&mut confusion.first, a), (&mut confusion.second, b)] {
                if let Some(given) = given.get_mut(usize::from(*label)) {
                    *given += n;
                }
            }
            confusion.n += n;
        }
        confusion
    }

    /// Units that both answered.
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// First label, second label, and how often; only what occurs.
    pub fn cells(&self) -> &[(LabelIdx, LabelIdx, u64)] {
        &self.cells
    }

    /// How often the first gave this label and the second that one.
    pub fn n_of(&self, first: LabelIdx, second: LabelIdx) -> u64 {
        let found = self.cells.binary_search_by_key(&(first, second), |(a, b, _)| (*a, *b));
        found.ok().and_then(|at| self.cells.get(at)).map_or(0, |(.., n)| *n)
    }

    /// How often the first, and the second, gave this label.
    pub fn n_given(&self, label: LabelIdx) -> (u64, u64) {
        let given = |given: &[u64]| given.get(usize::from(label)).copied().unwrap_or_default();
        (given(&self.first), given(&self.second))
    }

    /// The share of units in which both gave the same label.
    pub fn percent(&self) -> Figure {
        if self.n == 0 {
            return Err(Undefined::NoPairableUnits);
        }
        Ok(self.n_same() as f64 / self.n as f64)
    }

    /// Cohen's kappa (1960).
    pub fn cohen(&self) -> Figure {
        let percent = self.percent()?;
        let expected = self.expected()?;
        Ok((percent - expected) / (1.0 - expected))
    }

    /// The large-sample standard error of Cohen's kappa (Fleiss, Cohen and Everitt 1969).
    pub fn cohen_se(&self) -> Figure {
        let percent = self.percent()?;
        let expected = self.expected()?;
        let n = self.n as f64;
        let share = |given: &[u64], label: LabelIdx| {
            given.get(usize::from(label)).copied().unwrap_or_default() as f64 / n
        };
        // The published sum of squares less the square of their mean, as squares about the mean: 0 stays 0.
        let mean = percent * expected - 2.0 * expected + percent;
        let squares = self.cells.iter().map(|(a, b, times)| {
            let term = if a == b {
                (1.0 - expected) - (share(&self.first, *a) + share(&self.second, *a)) * (1.0 - percent)
            } else {
                -(share(&self.second, *a) + share(&self.first, *b)) * (1.0 - percent)
            };
            *times as f64 / n * (term - mean).powi(2)
        });
        let variance = squares.sum::<f64>() / (n * (1.0 - expected).powi(4));
        Ok(variance.sqrt())
    }

    /// Scott's pi (1955): both coders' labels together make the expected agreement.
    pub fn scott(&self) -> Figure {
        let percent = self.percent()?;
        self.expected()?;
        let twice = 2.0 * self.n as f64;
        let given = self.first.iter().zip(&self.second);
        let expected: f64 = given.map(|(a, b)| ((a + b) as f64 / twice).powi(2)).sum();
        Ok((percent - expected) / (1.0 - expected))
    }

    /// Cohen's kappa after collapsing to this label and any other.
    pub fn cohen_of(&self, label: LabelIdx) -> Figure {
        self.percent()?;
        let given = |given: &[u64]| given.get(usize::from(label)).copied().unwrap_or_default();
        let (a, b) = (given(&self.first), given(&self.second));
        let same = self.cells.iter().find(|(first, second, _)| *first == label && *second == label);
        let same = same.map_or(0, |(.., n)| *n);
        if (a == 0 && b == 0) || (a == self.n && b == self.n) {
            return Err(Undefined::NoVariation);
        }
        let (n, a, b, same) = (self.n as f64, a as f64, b as f64, same as f64);
        let percent = (n - a - b + 2.0 * same) / n;
        let expected = (a * b + (n - a) * (n - b)) / (n * n);
        Ok((percent - expected) / (1.0 - expected))
    }

    /// Units to which both gave the same label.
    pub fn n_same(&self) -> u64 {
        self.cells.iter().filter(|(a, b, _)| a == b).map(|(.., n)| n).sum()
    }

    /// What chance would bring; nothing if both always said the same one label.
    fn expected(&self) -> Figure {
        if matches!(self.cells.as_slice(), [(a, b, _)] if a == b) {
            return Err(Undefined::NoVariation);
        }
        let n = self.n as f64;
        Ok(self.first.iter().zip(&self.second).map(|(a, b)| *a as f64 / n * (*b as f64 / n)).sum())
    }
}
