//! What a set of units adds up to: every figure but those of pairs is worked out of it, and sums of articles can be added up
//! and taken away again, which is what the jackknife does.

use super::matrix::{LabelIdx, Matrix};
use super::tally::Tally;
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

    /// What the answers to one unit add up to, `without` a label where it is taken as missing.
    pub fn of_unit(answers: impl Iterator<Item = LabelIdx>, without: Option<LabelIdx>) -> Self {
        let given: Vec<_> = answers.filter(|label| Some(*label) != without).map(Some).collect();
        Self::of([given.as_slice()])
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

    /// Becomes all sums without those of a part of the units.
    pub fn become_less(&mut self, whole: &Self, part: &Self) {
        let mut labels = std::mem::take(&mut self.labels);
        labels.clear();
        let mut parts = part.labels.iter().peekable();
        labels.extend(whole.labels.iter().filter_map(|whole| {
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
        }));
        *self = Self {
            labels,
            n_rated: whole.n_rated - part.n_rated,
            n_pairable: whole.n_pairable - part.n_pairable,
            n_unanimous: whole.n_unanimous - part.n_unanimous,
            n_answers: whole.n_answers - part.n_answers,
            share: whole.share - part.share,
            n_agreeing: whole.n_agreeing - part.n_agreeing,
            n_pairs: whole.n_pairs - part.n_pairs,
            near: whole.near - part.near,
        };
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

/// All units of a matrix.
pub fn of_all(matrix: &Matrix) -> Sums {
    of_kinds(matrix, None, |_| true)
}

/// The same with a label taken as missing.
pub fn of_all_without(matrix: &Matrix, label: LabelIdx) -> Sums {
    of_kinds(matrix, Some(label), |_| true)
}

/// The units that all coders answered.
pub fn of_complete(matrix: &Matrix) -> Sums {
    of_kinds(matrix, None, |row| row.iter().all(Option::is_some))
}

fn of_kinds(matrix: &Matrix, without: Option<LabelIdx>, is_in: impl Fn(&[Option<LabelIdx>]) -> bool) -> Sums {
    let mut gathered = Gathered::new(matrix.labels().len());
    for (row, times) in matrix.kinds().filter(|(row, _)| is_in(row)) {
        let unit = Sums::of_unit(row.iter().flatten().copied(), without);
        gathered.add(&Plain::from(&unit), times as f64);
    }
    gathered.take().clone()
}

/// Sums as plain numbers beside each other, which a processor multiplies and adds several at a time; counts are whole below 2⁵³.
#[derive(Debug, Clone, Default)]
pub struct Plain {
    units: [f64; 8],
    labels: Vec<(LabelIdx, [f64; 6])>,
}

impl From<&Sums> for Plain {
    fn from(sums: &Sums) -> Self {
        let whole = |n: u64| n as f64;
        let [rated, pairable, unanimous] = [sums.n_rated, sums.n_pairable, sums.n_unanimous].map(whole);
        let [answers, agreeing, pairs] = [sums.n_answers, sums.n_agreeing, sums.n_pairs].map(whole);
        let labels = sums.labels.iter().map(|of| {
            let [given, answers] = [of.n_given, of.n_answers].map(whole);
            let [agreeing, met] = [of.n_agreeing, of.n_met].map(whole);
            (of.label, [given, answers, agreeing, met, of.apart, of.share])
        });
        let units = [rated, pairable, unanimous, answers, agreeing, pairs, sums.share, sums.near];
        Self { units, labels: labels.collect() }
    }
}

/// Units added up, label by label; no memory is asked for again and again.
pub struct Gathered {
    units: [f64; 8],
    labels: Vec<[f64; 6]>,
    /// Labels that occur.
    given: Vec<LabelIdx>,
    /// What was taken last.
    taken: Sums,
}

impl Gathered {
    pub fn new(n_labels: usize) -> Self {
        Self { units: [0.0; 8], labels: vec![[0.0; 6]; n_labels], given: vec![], taken: Sums::default() }
    }

    /// Adds what a unit adds up to, so many times.
    pub fn add(&mut self, unit: &Plain, times: f64) {
        for (sum, of) in self.units.iter_mut().zip(&unit.units) {
            *sum += of * times;
        }
        for (label, of) in &unit.labels {
            let Some(sums) = self.labels.get_mut(usize::from(*label)) else { continue };
            let [n_given, ..] = *sums;
            if n_given == 0.0 {
                self.given.push(*label);
            }
            for (sum, of) in sums.iter_mut().zip(of) {
                *sum += of * times;
            }
        }
    }

    /// What was added up, and begins anew.
    pub fn take(&mut self) -> &Sums {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count, not below 0")]
        let count = |sum: f64| sum as u64;
        let mut labels = std::mem::take(&mut self.taken.labels);
        labels.clear();
        self.given.sort_unstable();
        for label in self.given.drain(..) {
            let sums = self.labels.get_mut(usize::from(label)).map(std::mem::take).unwrap_or_default();
            let [given, answers, agreeing, met, apart, share] = sums;
            let [n_given, n_answers, n_agreeing, n_met] = [given, answers, agreeing, met].map(count);
            labels.push(LabelSums { label, n_given, n_answers, n_agreeing, n_met, apart, share });
        }
        let [rated, pairable, unanimous, answers, agreeing, pairs, share, near] =
            std::mem::take(&mut self.units);
        let [n_rated, n_pairable, n_unanimous] = [rated, pairable, unanimous].map(count);
        let [n_answers, n_agreeing, n_pairs] = [answers, agreeing, pairs].map(count);
        self.taken =
            Sums { n_rated, n_pairable, n_unanimous, n_answers, share, n_agreeing, n_pairs, near, labels };
        &self.taken
    }
}

/// A part an article; articles without an answer, and units whose article is not known, are none.
pub fn by_article(matrix: &Matrix) -> Vec<Part> {
    Tally::of(matrix).map(|tally| tally.parts()).unwrap_or_default()
}

/// A part a unit; units with the same answers stand together, since leaving one out or another is the same.
pub fn by_unit(matrix: &Matrix) -> Vec<Part> {
    let mut alike: BTreeMap<Vec<LabelIdx>, u64> = BTreeMap::new();
    for (row, times) in matrix.kinds() {
        let mut row: Vec<_> = row.iter().flatten().copied().collect();
        row.sort_unstable();
        *alike.entry(row).or_default() += times;
    }
    let parts = alike.into_iter().map(|(row, n)| {
        let row: Vec<_> = row.into_iter().map(Some).collect();
        Part { sums: Sums::of([row.as_slice()]), n }
    });
    parts.filter(|part| part.sums.n_rated > 0).collect()
}
