//! Units counted article by article: which answers were given to a unit, whoever gave them, and how often.
//!
//! Of a million units few differ so, and what an article adds up to is that of a few kinds, each so many times.

use super::matrix::{LabelIdx, Matrix};
use super::sums::{Gathered, Part, Plain, Sums};
use std::collections::BTreeMap;

/// With so many kinds of units, or fewer, a look at each is sooner done than a list of those that occur.
const FEW: usize = 64;

/// How often each kind of unit occurs in each article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    n_labels: usize,
    /// Of each kind, the answers to a unit, sorted.
    kinds: Vec<Vec<LabelIdx>>,
    /// Which kinds, and how often, article after article.
    times: Vec<(u32, u32)>,
    /// Where each article ends there.
    ends: Vec<usize>,
}

impl Tally {
    /// Counts the units of a matrix whose articles are known.
    pub fn of(matrix: &Matrix) -> Option<Self> {
        matrix.articles()?;
        let (kinds, of_rows) = kinds(matrix);
        let mut tally = Self { n_labels: matrix.labels().len(), ..Self::default() };
        let mut counts = vec![0_u32; kinds.len()];
        tally.kinds = kinds;
        let mut stretches: Vec<_> = matrix.stretches().collect();
        stretches.sort_by_key(|(article, _)| *article);
        for of_article in stretches.chunk_by(|a, b| a.0 == b.0) {
            tally.add(of_article, &of_rows, &mut counts);
        }
        Some(tally)
    }

    /// Adds an article; `counts` is all 0 before and afterwards.
    fn add(&mut self, stretches: &[(u32, &[u32])], of_rows: &[u32], counts: &mut [u32]) {
        let rows = stretches.iter().flat_map(|(_, rows)| *rows);
        let kinds = rows.filter_map(|row| of_rows.get(*row as usize).copied());
        for kind in kinds.clone() {
            if let Some(count) = counts.get_mut(kind as usize) {
                *count += 1;
            }
        }
        if counts.len() <= FEW {
            // Each is written, and the next over it where it is 0: which are, nothing could guess.
            let mut n = self.times.len();
            self.times.resize(n + counts.len(), (0, 0));
            for (kind, count) in (0..).zip(counts) {
                if let Some(place) = self.times.get_mut(n) {
                    *place = (kind, *count);
                }
                n += usize::from(*count > 0);
                *count = 0;
            }
            self.times.truncate(n);
        } else {
            for kind in kinds {
                let count = counts.get_mut(kind as usize).map(std::mem::take).unwrap_or_default();
                self.times.extend((count > 0).then_some((kind, count)));
            }
        }
        self.ends.push(self.times.len());
    }

    /// Hands over what each article adds up to, `without` a label where it is taken as missing; not articles without an answer.
    pub fn each(&self, without: Option<LabelIdx>, mut take: impl FnMut(&Sums)) {
        let of = self.kinds.iter().map(|answers| Sums::of_unit(answers.iter().copied(), without));
        let of: Vec<Plain> = of.map(|sums| Plain::from(&sums)).collect();
        let mut gathered = Gathered::new(self.n_labels);
        let mut from = 0;
        for end in &self.ends {
            for (kind, count) in self.times.get(from..*end).unwrap_or_default() {
                if let Some(of) = of.get(*kind as usize) {
                    gathered.add(of, f64::from(*count));
                }
            }
            from = *end;
            let sums = gathered.take();
            if sums.n_rated > 0 {
                take(sums);
            }
        }
    }

    /// The same as a list.
    pub fn parts(&self) -> Vec<Part> {
        let mut parts = vec![];
        self.each(None, |sums| parts.push(Part { sums: sums.clone(), n: 1 }));
        parts
    }
}

/// The kinds of units by what was answered, whoever answered it, and of each kind of row which it is.
fn kinds(matrix: &Matrix) -> (Vec<Vec<LabelIdx>>, Vec<u32>) {
    let mut places: BTreeMap<Vec<LabelIdx>, u32> = BTreeMap::new();
    let of_rows = matrix.kinds().map(|(row, _)| {
        let mut answers: Vec<LabelIdx> = row.iter().flatten().copied().collect();
        answers.sort_unstable();
        let next = u32::try_from(places.len()).unwrap_or(u32::MAX);
        *places.entry(answers).or_insert(next)
    });
    let of_rows = of_rows.collect();
    let mut kinds: Vec<_> = places.into_iter().collect();
    kinds.sort_unstable_by_key(|(_, place)| *place);
    (kinds.into_iter().map(|(answers, _)| answers).collect(), of_rows)
}
