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

/// All units of a matrix.
pub fn of_all(matrix: &Matrix) -> Sums {
    of_kinds(matrix, |_| true)
}

/// The units that all coders answered.
pub fn of_complete(matrix: &Matrix) -> Sums {
    of_kinds(matrix, |row| row.iter().all(Option::is_some))
}

fn of_kinds(matrix: &Matrix, is_in: impl Fn(&[Option<LabelIdx>]) -> bool) -> Sums {
    let mut gathered = Gathered::new(matrix.labels().len());
    for (row, times) in matrix.kinds().filter(|(row, _)| is_in(row)) {
        gathered.add(&Sums::of([row]), times);
    }
    gathered.take()
}

/// Units added up, label by label.
struct Gathered {
    sums: Sums,
    labels: Vec<LabelSums>,
    /// Those of them that occur.
    given: Vec<LabelIdx>,
}

impl Gathered {
    fn new(n_labels: usize) -> Self {
        let labels =
            (0..=LabelIdx::MAX).take(n_labels).map(|label| LabelSums { label, ..LabelSums::default() });
        Self { sums: Sums::default(), labels: labels.collect(), given: vec![] }
    }

    /// Adds what a unit adds up to, so many times.
    fn add(&mut self, unit: &Sums, times: u64) {
        let often = times as f64;
        let sums = &mut self.sums;
        sums.n_rated += unit.n_rated * times;
        sums.n_pairable += unit.n_pairable * times;
        sums.n_unanimous += unit.n_unanimous * times;
        sums.n_answers += unit.n_answers * times;
        sums.share += unit.share * often;
        sums.n_agreeing += unit.n_agreeing * times;
        sums.n_pairs += unit.n_pairs * times;
        sums.near += unit.near * often;
        for of in &unit.labels {
            let Some(label) = self.labels.get_mut(usize::from(of.label)) else { continue };
            if label.n_given == 0 {
                self.given.push(of.label);
            }
            label.n_given += of.n_given * times;
            label.n_answers += of.n_answers * times;
            label.n_agreeing += of.n_agreeing * times;
            label.n_met += of.n_met * times;
            label.apart += of.apart * often;
            label.share += of.share * often;
        }
    }

    /// What was added up, and begins anew.
    fn take(&mut self) -> Sums {
        let mut sums = std::mem::take(&mut self.sums);
        self.given.sort_unstable();
        sums.labels.reserve_exact(self.given.len());
        for given in self.given.drain(..) {
            if let Some(label) = self.labels.get_mut(usize::from(given)) {
                sums.labels
                    .push(std::mem::replace(label, LabelSums { label: given, ..LabelSums::default() }));
            }
        }
        sums
    }
}

/// A part an article; articles without an answer are none.
pub fn by_article(matrix: &Matrix, articles: &[u32]) -> Vec<Part> {
    let mut units: Vec<(u32, u32)> =
        articles.iter().copied().zip(matrix.kind_of_each().iter().copied()).collect();
    if !units.is_sorted_by_key(|(article, _)| *article) {
        units.sort_by_key(|(article, _)| *article);
    }
    let of_kind: Vec<Sums> = matrix.kinds().map(|(row, _)| Sums::of([row])).collect();
    let mut gathered = Gathered::new(matrix.labels().len());
    // How often each kind occurs in the article, and which do.
    let (mut times, mut there) = (vec![0_u32; of_kind.len()], vec![]);
    let parts = units.chunk_by(|a, b| a.0 == b.0).map(|group| {
        for (_, kind) in group {
            if let Some(times) = times.get_mut(*kind as usize) {
                if *times == 0 {
                    there.push(*kind);
                }
                *times += 1;
            }
        }
        for kind in there.drain(..) {
            if let Some((of, times)) = of_kind.get(kind as usize).zip(times.get_mut(kind as usize)) {
                gathered.add(of, u64::from(std::mem::take(times)));
            }
        }
        Part { sums: gathered.take(), n: 1 }
    });
    parts.filter(|part| part.sums.n_rated > 0).collect()
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
