//! The coefficients that are worked out of sums. Each names its source.

use super::matrix::LabelIdx;
use super::sums::Sums;
use super::undefined::{Figure, Undefined};

/// Mean over pairable units of the share of agreeing pairs in the unit (Fleiss 1971, Gwet 2014).
pub fn percent(sums: &Sums) -> Figure {
    pairable(sums)?;
    Ok(sums.share / sums.n_pairable as f64)
}

/// The share of agreeing pairs among all pairs of answers to the same unit.
pub fn percent_pooled(sums: &Sums) -> Figure {
    pairable(sums)?;
    Ok(sums.n_agreeing as f64 / sums.n_pairs as f64)
}

/// One minus the observed disagreement of Krippendorff's alpha, which weights units by their answers.
pub fn percent_krippendorff(sums: &Sums) -> Figure {
    pairable(sums)?;
    Ok(sums.near / sums.n_answers as f64)
}

/// The share of pairable units in which all said the same.
pub fn percent_all_agree(sums: &Sums) -> Figure {
    pairable(sums)?;
    Ok(sums.n_unanimous as f64 / sums.n_pairable as f64)
}

/// Krippendorff's alpha, nominal (Krippendorff 2018, ch. 12): expected disagreement from *n*(*n*−1), pairable units only.
pub fn alpha(sums: &Sums) -> Figure {
    pairable(sums)?;
    let n = sums.n_answers as f64;
    if sums.labels.iter().any(|label| label.n_answers == sums.n_answers) {
        return Err(Undefined::NoVariation);
    }
    let squares: f64 = sums.labels.iter().map(|label| (label.n_answers as f64).powi(2)).sum();
    Ok(1.0 - (n - 1.0) * (n - sums.near) / (n * n - squares))
}

/// The same after collapsing to this label and any other.
pub fn alpha_of(sums: &Sums, label: LabelIdx) -> Figure {
    pairable(sums)?;
    let of = sums.label(label);
    if of.n_answers == 0 || of.n_answers == sums.n_answers {
        return Err(Undefined::NoVariation);
    }
    let (given, others) = (of.n_answers as f64, (sums.n_answers - of.n_answers) as f64);
    Ok(1.0 - (sums.n_answers as f64 - 1.0) * of.apart / (given * others))
}

/// The share of agreeing pairs among those in which one gave this label (Fleiss 1981; for two coders and two labels, positive
/// and negative agreement).
pub fn specific(sums: &Sums, label: LabelIdx) -> Figure {
    let of = sums.label(label);
    if of.n_met == 0 {
        return Err(Undefined::CategoryNotInPairableRatings);
    }
    Ok(of.n_agreeing as f64 / of.n_met as f64)
}

/// Fleiss' kappa with missing answers as Gwet (2014) takes them: expected agreement from all rated units.
pub fn fleiss(sums: &Sums) -> Figure {
    let percent = percent(sums)?;
    if sums.labels.len() < 2 {
        return Err(Undefined::NoVariation);
    }
    let expected: f64 = shares(sums).map(|share| share * share).sum();
    Ok((percent - expected) / (1.0 - expected))
}

/// Fleiss' kappa of one label against the others, on units that all `n_coders` coders answered (Fleiss 1971).
pub fn fleiss_of(complete: &Sums, label: LabelIdx, n_coders: usize) -> Figure {
    is_complete(complete, n_coders)?;
    let of = complete.label(label);
    if of.n_given == 0 || of.n_given == complete.n_answers {
        return Err(Undefined::NoVariation);
    }
    let share = of.share / complete.n_rated as f64;
    let expected = share * share + (1.0 - share) * (1.0 - share);
    let percent = 1.0 - 2.0 * of.apart / complete.n_answers as f64;
    Ok((percent - expected) / (1.0 - expected))
}

/// Fleiss' kappa on units that all coders answered (Fleiss 1971).
pub fn fleiss_listwise(complete: &Sums, n_coders: usize) -> Figure {
    is_complete(complete, n_coders)?;
    fleiss(complete)
}

/// Gwet's AC1 (Gwet 2008) for a codebook of `n_labels`.
pub fn ac1(sums: &Sums, n_labels: usize) -> Figure {
    let percent = percent(sums)?;
    if n_labels < 2 {
        return Err(Undefined::FewerThanTwoCategories);
    }
    let expected = shares(sums).map(|share| share * (1.0 - share)).sum::<f64>() / (n_labels as f64 - 1.0);
    Ok((percent - expected) / (1.0 - expected))
}

/// Brennan and Prediger's kappa (1981) for a codebook of `n_labels`: all labels equally likely by chance.
pub fn brennan_prediger(sums: &Sums, n_labels: usize) -> Figure {
    let percent = percent(sums)?;
    if n_labels < 2 {
        return Err(Undefined::FewerThanTwoCategories);
    }
    let expected = 1.0 / n_labels as f64;
    Ok((percent - expected) / (1.0 - expected))
}

/// Conger's kappa (1980): expected agreement from how often each coder gives each label, over the pairs of coders.
/// `marginals`: of each coder, how often each label.
pub fn conger(sums: &Sums, marginals: &[Vec<u64>]) -> Figure {
    let percent = percent(sums)?;
    let r = marginals.len() as f64;
    let mut both: Vec<(f64, f64)> = vec![(0.0, 0.0); marginals.iter().map(Vec::len).max().unwrap_or(0)];
    for given in marginals {
        let all = given.iter().sum::<u64>() as f64;
        for ((sum, squares), n) in both.iter_mut().zip(given) {
            let share = *n as f64 / all;
            *sum += share;
            *squares += share * share;
        }
    }
    if sums.labels.len() < 2 {
        return Err(Undefined::NoVariation);
    }
    let expected = both.iter().map(|(sum, squares)| sum * sum - squares).sum::<f64>() / (r * (r - 1.0));
    Ok((percent - expected) / (1.0 - expected))
}

fn pairable(sums: &Sums) -> Result<(), Undefined> {
    if sums.n_pairable == 0 { Err(Undefined::NoPairableUnits) } else { Ok(()) }
}

fn is_complete(complete: &Sums, n_coders: usize) -> Result<(), Undefined> {
    match (complete.n_rated, n_coders) {
        (0, _) => Err(Undefined::NoCompleteUnits),
        (_, ..2) => Err(Undefined::FewerThanTwoRaters),
        _ => Ok(()),
    }
}

/// How large a share of a rated unit each label has on average.
fn shares(sums: &Sums) -> impl Iterator<Item = f64> {
    sums.labels.iter().map(|label| label.share / sums.n_rated as f64)
}
