//! Krippendorff's alpha where an answer is a set of labels, and two answers can be near each other.

use super::matrix::{LabelIdx, Matrix};
use super::undefined::{Figure, Undefined};
use std::collections::BTreeMap;

/// How far two sets of labels are apart, from 0 to 1; two empty sets are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distance {
    /// One minus what both have of what either has (Jaccard 1912).
    Jaccard,
    /// The same, weighted by whether one holds the other: 1 where they are the same, 2/3 where one is part of the other, 1/3 where
    /// they meet, 0 where they do not (MASI; Passonneau 2006).
    Masi,
}

impl Distance {
    /// Between two sets; each is sorted and has nothing twice.
    pub fn between<T: PartialEq>(self, a: &[T], b: &[T]) -> f64 {
        if a == b {
            return 0.0;
        }
        let n_both = a.iter().filter(|label| b.contains(label)).count();
        let n_either = a.len() + b.len() - n_both;
        let near = n_both as f64 / n_either as f64;
        let weight = match self {
            Self::Jaccard => 1.0,
            Self::Masi if n_both == 0 => 0.0,
            Self::Masi if n_both == a.len() || n_both == b.len() => 2.0 / 3.0,
            Self::Masi => 1.0 / 3.0,
        };
        near.mul_add(-weight, 1.0)
    }
}

/// Alpha with a distance between answers (Krippendorff 2018, ch. 12): coincidences of pairable units, expected disagreement from
/// *n*(*n*−1).
pub fn alpha(matrix: &Matrix, distance: impl Fn(LabelIdx, LabelIdx) -> f64) -> Figure {
    let mut apart = 0.0;
    let mut given: BTreeMap<LabelIdx, u64> = BTreeMap::new();
    let mut known: BTreeMap<(LabelIdx, LabelIdx), f64> = BTreeMap::new();
    let mut between = |a: LabelIdx, b: LabelIdx| *known.entry((a, b)).or_insert_with(|| distance(a, b));
    let mut answers: Vec<LabelIdx> = vec![];
    for (row, times) in matrix.kinds() {
        answers.clear();
        answers.extend(row.iter().flatten());
        if answers.len() < 2 {
            continue;
        }
        let pairs = answers.iter().enumerate();
        let pairs = pairs.flat_map(|(at, a)| answers.iter().skip(at + 1).map(move |b| (*a, *b)));
        let of_unit: f64 = pairs.map(|(a, b)| between(a, b)).sum();
        apart += times as f64 * 2.0 * of_unit / (answers.len() - 1) as f64;
        for answer in &answers {
            *given.entry(*answer).or_default() += times;
        }
    }
    let n = given.values().sum::<u64>() as f64;
    if given.is_empty() {
        return Err(Undefined::NoPairableUnits);
    }
    let mut expected = 0.0;
    for (a, n_a) in &given {
        for (b, n_b) in given.range(..a) {
            expected += 2.0 * *n_a as f64 * *n_b as f64 * between(*a, *b);
        }
    }
    if expected == 0.0 {
        return Err(Undefined::NoVariation);
    }
    Ok(1.0 - (n - 1.0) * apart / expected)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::agreement::figures;
    use crate::analysis::agreement::sums::Sums;

    #[test]
    fn sets_are_near_each_other() {
        let check = |a: &str, b: &str, jaccard: f64, masi: f64| {
            let [a, b] = [a, b].map(|text| text.chars().collect::<Vec<_>>());
            assert!((Distance::Jaccard.between(&a, &b) - jaccard).abs() < 1e-12, "{a:?} {b:?}");
            assert!((Distance::Masi.between(&a, &b) - masi).abs() < 1e-12, "{a:?} {b:?}");
            assert!((Distance::Masi.between(&b, &a) - masi).abs() < 1e-12, "{b:?} {a:?}");
        };
        check("", "", 0.0, 0.0);
        check("", "a", 1.0, 1.0);
        check("a", "a", 0.0, 0.0);
        check("a", "b", 1.0, 1.0);
        check("ab", "a", 0.5, 2.0 / 3.0);
        check("ab", "ac", 2.0 / 3.0, 8.0 / 9.0);
    }

    #[test]
    fn with_all_answers_as_far_apart_it_is_the_nominal_one() {
        let mut matrix =
            Matrix::new(vec!["a".into(), "b".into(), "c".into()], vec!["x".into(), "y".into(), "z".into()]);
        for row in [
            [Some(0), Some(0), None],
            [Some(1), Some(2), Some(1)],
            [None, Some(2), Some(2)],
            [None, None, Some(1)],
        ] {
            matrix.push(row, None);
        }
        let all_apart = alpha(&matrix, |a, b| f64::from(u8::from(a != b))).unwrap();
        let nominal = figures::alpha(&Sums::of(matrix.rows())).unwrap();
        assert!((all_apart - nominal).abs() < 1e-12, "{all_apart} {nominal}");
    }

    #[test]
    fn what_is_undefined_says_why() {
        let mut matrix = Matrix::new(vec!["a".into(), "b".into()], vec!["x".into()]);
        assert_eq!(alpha(&matrix, |_, _| 1.0), Err(Undefined::NoPairableUnits));
        matrix.push([Some(0), Some(0)], None);
        assert_eq!(alpha(&matrix, |_, _| 1.0), Err(Undefined::NoVariation));
    }
}
