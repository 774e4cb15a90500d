//! What a set of units adds up to: every figure but those of pairs is worked out of it, and sums of articles can be added up
//! and taken away again, which is what the jackknife does.

use super::matrix::{LabelIdx, Matrix};
use std::collections::BTreeMap;

/// Sums over units. *Rated* units have one answer or more, *pairable* ones two or more.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sums {
    pub n_rated: u64,
    pub n_pairable: u64,
    /// Pairable units in which all said the same.
    pub n_unanimous: u64,
    /// Answers in pairable units, Σ m.
    pub n_answers: u64,
    /// Σ over pairable units of Σ n(n−1) / (m(m−1)).
    pub share: f64,
    /// Σ n(n−1) and Σ m(m−1) over pairable units.
    pub n_agreeing: u64,
    pub n_pairs: u64,
    /// Σ over pairable units of Σ n(n−1) / (m−1).
    pub near: f64,
    /// The labels that occur, in their order.
    pub labels: Vec<LabelSums>,
}

/// The same of one label.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct LabelSums {
    pub label: LabelIdx,
    /// Times it was given in rated units, and in pairable ones.
    pub n_given: u64,
    pub n_answers: u64,
    /// Σ n(n−1) and Σ n(m−1) over pairable units.
    pub n_agreeing: u64,
    pub n_met: u64,
    /// Σ over pairable units of n(m−n) / (m−1).
    pub apart: f64,
    /// Σ over rated units of n / m.
    pub share: f64,
}

impl Sums {
    /// Adds up units; a coder's answer each, missing ones left out.
    pub fn of<'a>(rows: impl IntoIterator<Item = &'a [Option<LabelIdx>]>) -> Self {
        let mut sums = Self::default();
        let mut labels = Vec::new();
        let mut given = Vec::new();
        for row in rows {
            given.clear();
            given.extend(row.iter().flatten().copied());
            sums.add_unit(&mut given, &mut labels);
        }
        // Stable, so that floats add up in the order of the units.
        labels.sort_by_key(|label: &LabelSums| label.label);
        sums.labels = labels.chunk_by(|a, b| a.label == b.label).filter_map(total).collect();
        sums
    }

    fn add_unit(&mut self, given: &mut [LabelIdx], labels: &mut Vec<LabelSums>) {
        given.sort_unstable();
        let m = given.len() as u64;
        if m == 0 {
            return;
        }
        let is_pairable = m > 1;
        self.n_rated += 1;
        let mut agreeing = 0;
        for same in given.chunk_by(|a, b| a == b) {
            let Some(label) = same.first().copied() else { continue };
            let n = same.len() as u64;
            let share = n as f64 / m as f64;
            let mut sums = LabelSums { label, n_given: n, share, ..LabelSums::default() };
            if is_pairable {
                agreeing += n * (n - 1);
                sums.n_answers = n;
                sums.n_agreeing = n * (n - 1);
                sums.n_met = n * (m - 1);
                sums.apart = (n * (m - n)) as f64 / (m - 1) as f64;
                self.n_unanimous += u64::from(n == m);
            }
            labels.push(sums);
        }
        if is_pairable {
            self.n_pairable += 1;
            self.n_answers += m;
            self.n_agreeing += agreeing;
            self.n_pairs += m * (m - 1);
            self.share += agreeing as f64 / (m * (m - 1)) as f64;
            self.near += agreeing as f64 / (m - 1) as f64;
        }
    }

    /// All sums without those of a part of the units.
    #[must_use]
    pub fn less(&self, part: &Self) -> Self {
        let mut parts = part.labels.iter().peekable();
        let labels = self.labels.iter().filter_map(|whole| {
            let part = parts.next_if(|part| part.label == whole.label).copied().unwrap_or_default();
            let rest = LabelSums {
                label: whole.label,
                n_given: whole.n_given - part.n_given,
                n_answers: whole.n_answers - part.n_answers,
                n_agreeing: whole.n_agreeing - part.n_agreeing,
                n_met: whole.n_met - part.n_met,
                apart: whole.apart - part.apart,
                share: whole.share - part.share,
            };
            (rest.n_given > 0).then_some(rest)
        });
        Self {
            labels: labels.collect(),
            n_rated: self.n_rated - part.n_rated,
            n_pairable: self.n_pairable - part.n_pairable,
            n_unanimous: self.n_unanimous - part.n_unanimous,
            n_answers: self.n_answers - part.n_answers,
            share: self.share - part.share,
            n_agreeing: self.n_agreeing - part.n_agreeing,
            n_pairs: self.n_pairs - part.n_pairs,
            near: self.near - part.near,
        }
    }

    /// The sums of one label; zeros if it does not occur.
    pub fn label(&self, label: LabelIdx) -> LabelSums {
        let at = self.labels.binary_search_by_key(&label, |sums| sums.label);
        at.ok().and_then(|at| self.labels.get(at)).copied().unwrap_or_default()
    }
}

fn total(same: &[LabelSums]) -> Option<LabelSums> {
    same.iter().copied().reduce(|a, b| LabelSums {
        label: a.label,
        n_given: a.n_given + b.n_given,
        n_answers: a.n_answers + b.n_answers,
        n_agreeing: a.n_agreeing + b.n_agreeing,
        n_met: a.n_met + b.n_met,
        apart: a.apart + b.apart,
        share: a.share + b.share,
    })
}

/// A part of the units that the jackknife leaves out at a time, and how many parts are just like it.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    pub sums: Sums,
    pub n: u64,
}

/// A part an article; articles without an answer are none.
pub fn by_article(matrix: &Matrix, articles: &[u32]) -> Vec<Part> {
    let mut rows: Vec<(u32, &[Option<LabelIdx>])> = articles.iter().copied().zip(matrix.rows()).collect();
    rows.sort_by_key(|(article, _)| *article);
    let groups = rows.chunk_by(|a, b| a.0 == b.0);
    let parts = groups.map(|group| Part { sums: Sums::of(group.iter().map(|(_, row)| *row)), n: 1 });
    parts.filter(|part| part.sums.n_rated > 0).collect()
}

/// A part a unit; units with the same answers stand together, since leaving one out or another is the same.
pub fn by_unit(matrix: &Matrix) -> Vec<Part> {
    let mut alike: BTreeMap<Vec<LabelIdx>, u64> = BTreeMap::new();
    for row in matrix.rows() {
        let mut row: Vec<_> = row.iter().flatten().copied().collect();
        row.sort_unstable();
        *alike.entry(row).or_default() += 1;
    }
    let parts = alike.into_iter().map(|(row, n)| {
        let row: Vec<_> = row.into_iter().map(Some).collect();
        Part { sums: Sums::of([row.as_slice()]), n }
    });
    parts.filter(|part| part.sums.n_rated > 0).collect()
}
