//! Intervals by drawing articles again and again (Efron 1979; Davison and Hinkley 1997, ch. 2): beside the jackknife, on request.

use super::sums::{Part, Sums};
use super::undefined::Undefined;
use crate::analysis::chance::Chance;

/// What came of the draws.
#[derive(Debug, Clone, PartialEq)]
pub struct Bootstrap {
    /// The 2.5th and 97.5th percentile of alpha over the draws in which it is defined.
    pub low: f64,
    pub high: f64,
    pub mean: f64,
    pub sd: f64,
    pub seed: u64,
    /// Draws, and those of them in which alpha is undefined.
    pub n: usize,
    pub n_undefined: usize,
}

/// What alpha needs of an article.
#[derive(Debug, Clone, Default)]
struct Few {
    n_answers: f64,
    near: f64,
}

/// Draws as many articles as there are, with replacement, `n` times, and works alpha out of each draw.
pub fn of_alpha(parts: &[Part], n: usize, seed: u64) -> Result<Bootstrap, Undefined> {
    // A part may stand for several that are just like it.
    let each: Vec<usize> = parts
        .iter()
        .enumerate()
        .flat_map(|(at, part)| std::iter::repeat_n(at, usize::try_from(part.n).unwrap_or_default()))
        .collect();
    if each.len() < 2 {
        return Err(Undefined::FewerThanTwoGroups);
    }
    let n_labels = parts.iter().filter_map(|part| part.sums.labels.last()).map(|last| last.label).max();
    let n_labels = n_labels.map_or(0, |last| usize::from(last) + 1);
    let few: Vec<Few> = parts.iter().map(|part| few(&part.sums)).collect();
    let given: Vec<Vec<f64>> = parts.iter().map(|part| given(&part.sums, n_labels)).collect();
    let mut chance = Chance::new(seed);
    let mut times = vec![0_u32; parts.len()];
    let mut values = Vec::with_capacity(n);
    for _ in 0..n {
        times.fill(0);
        for _ in 0..each.len() {
            if let Some(time) = each.get(chance.below(each.len())).and_then(|at| times.get_mut(*at)) {
                *time += 1;
            }
        }
        values.extend(alpha(&few, &given, &times, n_labels));
    }
    values.sort_unstable_by(f64::total_cmp);
    let n_undefined = n - values.len();
    let [low, high] = [0.025, 0.975].map(|share| quantile(&values, share));
    let n_defined = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n_defined;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let (low, high) = low.zip(high).ok_or(Undefined::NoVariation)?;
    Ok(Bootstrap { low, high, mean, sd: (squares / n_defined).sqrt(), seed, n, n_undefined })
}

fn few(sums: &Sums) -> Few {
    Few { n_answers: sums.n_answers as f64, near: sums.near }
}

/// How often each label was given in pairable units.
fn given(sums: &Sums, n_labels: usize) -> Vec<f64> {
    let mut given = vec![0.0; n_labels];
    for label in &sums.labels {
        if let Some(n) = given.get_mut(usize::from(label.label)) {
            *n = label.n_answers as f64;
        }
    }
    given
}

/// Alpha of a draw in which each article stands so many times; absent where it is undefined.
fn alpha(few: &[Few], given: &[Vec<f64>], times: &[u32], n_labels: usize) -> Option<f64> {
    let (mut n, mut near) = (0.0, 0.0);
    let mut labels = vec![0.0; n_labels];
    for ((part, given), time) in few.iter().zip(given).zip(times).filter(|(_, time)| **time > 0) {
        let time = f64::from(*time);
        n += time * part.n_answers;
        near += time * part.near;
        for (label, given) in labels.iter_mut().zip(given) {
            *label += time * given;
        }
    }
    let squares: f64 = labels.iter().map(|label| label * label).sum();
    let (observed, expected) = ((n - 1.0) * (n - near), n * n - squares);
    (expected > 0.0).then(|| 1.0 - observed / expected)
}

/// The smallest value that at least this share of all values does not exceed.
fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let place = (share * sorted.len() as f64).ceil().max(1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in the list")]
    sorted.get(place as usize - 1).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::agreement::matrix::Matrix;
    use crate::analysis::agreement::{figures, sums};

    /// Six articles of one unit each, whose 46,656 draws were all worked out: mean 0.516797, standard deviation 0.272267, 0.14 %
    /// undefined, percentiles −0.047619 and 1.
    fn six() -> Matrix {
        let labels = ["allegation", "denial", "fact", "none"].map(str::to_owned).to_vec();
        let mut matrix = Matrix::new(["A", "B", "C"].map(str::to_owned).to_vec(), labels);
        let rows = [(2, 2), (3, 2), (1, 1), (3, 3), (0, 1)].map(|(a, b)| [Some(a), Some(b), None]);
        for (article, row) in (0..).zip(rows.into_iter().chain([[Some(3); 3]])) {
            matrix.push(row, Some(article));
        }
        matrix
    }

    #[test]
    fn draws_come_to_what_all_draws_come_to() {
        let matrix = six();
        let parts = sums::by_article(&matrix, matrix.articles().unwrap());
        let n = 20_000;
        let got = of_alpha(&parts, n, 7).unwrap();
        let near = 4.0 * 0.272_267 / (n as f64).sqrt();
        assert!((got.mean - 0.516_796_8).abs() < near, "{got:?}");
        assert!((got.sd / 0.272_266_96 - 1.0).abs() < 0.02, "{got:?}");
        assert!((got.low + 0.047_619_047_6).abs() < 1e-6 && (got.high - 1.0).abs() < 1e-9, "{got:?}");
        assert!((1..100).contains(&got.n_undefined), "{got:?}");
        assert_eq!(of_alpha(&parts, n, 7).unwrap(), got, "the same seed, the same draws");
        assert_ne!(of_alpha(&parts, n, 8).unwrap().mean.to_bits(), got.mean.to_bits());
    }

    #[test]
    fn what_cannot_be_drawn_says_why() {
        assert_eq!(of_alpha(&[], 100, 1), Err(Undefined::FewerThanTwoGroups));
        let mut matrix = Matrix::new(vec!["A".into(), "B".into()], vec!["x".into(), "y".into()]);
        for article in 0..3 {
            matrix.push([Some(0), Some(0)], Some(article));
        }
        let parts = sums::by_article(&matrix, matrix.articles().unwrap());
        assert_eq!(of_alpha(&parts, 100, 1), Err(Undefined::NoVariation));
        assert_eq!(figures::alpha(&Sums::of(matrix.rows())), Err(Undefined::NoVariation));
    }
}
