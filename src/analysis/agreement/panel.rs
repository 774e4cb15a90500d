//! All figures of a matrix, worked out at once.

use super::distance::{self, Distance};
use super::figures;
use super::jackknife::{self, Interval};
use super::matrix::{LabelIdx, Matrix};
use super::pairs::Confusion;
use super::sums::{self, Part, Sums};
use super::undefined::{Figure, Undefined};

/// Figures over all coders, over each label and over each pair.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    pub counts: Counts,
    pub percent: Figure,
    pub percent_pooled: Figure,
    pub percent_krippendorff: Figure,
    pub percent_all_agree: Figure,
    pub percent_pairs_mean: Figure,
    pub alpha: Figure,
    pub alpha_interval: Result<Interval, Undefined>,
    /// After collapsing to *none of these* and any label; absent where there is no *none*.
    pub alpha_detection: Option<Figure>,
    /// With *none of these* as missing.
    pub alpha_type: Option<Figure>,
    /// With a distance between sets of labels; absent where each answer is one label.
    pub alpha_jaccard: Option<Figure>,
    pub alpha_masi: Option<Figure>,
    pub fleiss: Figure,
    pub fleiss_listwise: Figure,
    pub ac1: Figure,
    pub brennan_prediger: Figure,
    /// The same two with as many labels as occur.
    pub ac1_observed: Figure,
    pub brennan_prediger_observed: Figure,
    pub conger: Figure,
    pub light: Figure,
    pub n_light_pairs: u64,
    /// Each label of the codebook, in its order.
    pub labels: Vec<OfLabel>,
    /// Each pair of coders, in the order of the columns.
    pub pairs: Vec<Pair>,
    pub errors: Errors,
}

/// What went in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub n_units: usize,
    pub n_rated: u64,
    pub n_pairable: u64,
    /// Answers in pairable units.
    pub n_answers: u64,
    pub n_coders: usize,
    /// Articles with an answer; absent where they are not known.
    pub n_articles: Option<u64>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct OfLabel {
    pub name: String,
    pub alpha: Figure,
    pub specific: Figure,
    pub fleiss: Figure,
    /// Times it was given in pairable units.
    pub n: u64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    pub a: String,
    pub b: String,
    pub confusion: Confusion,
    pub percent: Figure,
    pub cohen: Figure,
    pub cohen_se: Figure,
    pub scott: Figure,
    /// Each label of the codebook, in its order.
    pub cohen_of: Vec<Figure>,
}

impl Pair {
    /// The 95 % interval of Cohen's kappa by its large-sample standard error; nothing agrees better than 1.
    pub fn cohen_interval(&self) -> Result<(f64, f64), Undefined> {
        if self.confusion.n() < 2 {
            return Err(Undefined::FewerThanTwoGroups);
        }
        let (kappa, reach) = (self.cohen?, 1.959_963_984_540_054 * self.cohen_se?);
        Ok((kappa - reach, (kappa + reach).min(1.0)))
    }
}

/// Standard errors by the jackknife.
#[derive(Debug, Clone, PartialEq)]
pub struct Errors {
    pub by: LeftOut,
    pub percent: Figure,
    pub alpha: Figure,
    pub fleiss: Figure,
    pub ac1: Figure,
}

/// What the jackknife leaves out at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    Article,
    /// Where all units are of one article, or articles are not known.
    Unit,
}

/// Works out all figures; `none` is the label that stands for *none of these*. Coders without an answer are left out before.
pub fn of(matrix: &Matrix, none: Option<LabelIdx>) -> Panel {
    let (sums, complete) = (sums::of_all(matrix), sums::of_complete(matrix));
    let (n_coders, n_labels) = (matrix.coders().len(), matrix.labels().len());
    let articles = matrix.articles().map(|articles| sums::by_article(matrix, articles));
    let n_articles = articles.as_ref().map(|parts| parts.len() as u64);
    let (by, parts) = articles_or_units(matrix, articles);
    let errors = errors(&sums, by, &parts, n_labels);
    let alpha = figures::alpha(&sums);
    let pairs = pairs(matrix);
    let kappas: Vec<f64> = pairs.iter().filter_map(|pair| pair.cohen.ok()).collect();
    let percents: Vec<f64> = pairs.iter().filter_map(|pair| pair.percent.ok()).collect();
    Panel {
        counts: Counts {
            n_units: matrix.n_units(),
            n_rated: sums.n_rated,
            n_pairable: sums.n_pairable,
            n_answers: sums.n_answers,
            n_coders,
            n_articles,
        },
        percent: figures::percent(&sums),
        percent_pooled: figures::percent_pooled(&sums),
        percent_krippendorff: figures::percent_krippendorff(&sums),
        percent_all_agree: figures::percent_all_agree(&sums),
        percent_pairs_mean: mean(&percents).ok_or(Undefined::NoPairableUnits),
        alpha,
        alpha_interval: alpha.and_then(|alpha| jackknife::interval(alpha, errors.alpha?, &parts)),
        alpha_detection: none.map(|none| figures::alpha_of(&sums, none)),
        alpha_type: none.map(|none| figures::alpha(&sums::of_all(&matrix.without(none)))),
        alpha_jaccard: of_sets(matrix, Distance::Jaccard),
        alpha_masi: of_sets(matrix, Distance::Masi),
        fleiss: figures::fleiss(&sums),
        fleiss_listwise: figures::fleiss_listwise(&complete, n_coders),
        ac1: figures::ac1(&sums, n_labels),
        brennan_prediger: figures::brennan_prediger(&sums, n_labels),
        ac1_observed: figures::ac1(&sums, sums.labels.len()),
        brennan_prediger_observed: figures::brennan_prediger(&sums, sums.labels.len()),
        conger: figures::conger(&sums, &marginals(matrix)),
        light: mean(&kappas).ok_or(Undefined::NoDefinedPair),
        n_light_pairs: kappas.len() as u64,
        labels: of_labels(matrix, &sums, &complete),
        pairs,
        errors,
    }
}

/// What is left out at a time, and drawn: articles where there are several, else units.
pub fn left_out(matrix: &Matrix) -> (LeftOut, Vec<Part>) {
    articles_or_units(matrix, matrix.articles().map(|articles| sums::by_article(matrix, articles)))
}

fn articles_or_units(matrix: &Matrix, articles: Option<Vec<Part>>) -> (LeftOut, Vec<Part>) {
    match articles.filter(|parts| parts.len() > 1) {
        Some(parts) => (LeftOut::Article, parts),
        None => (LeftOut::Unit, sums::by_unit(matrix)),
    }
}

fn of_sets(matrix: &Matrix, distance: Distance) -> Option<Figure> {
    let set = |label| matrix.set(label).unwrap_or_default();
    matrix.has_sets().then(|| distance::alpha(matrix, |a, b| distance.between(set(a), set(b))))
}

fn errors(sums: &Sums, by: LeftOut, parts: &[Part], n_labels: usize) -> Errors {
    Errors {
        by,
        percent: jackknife::standard_error(sums, parts, figures::percent),
        alpha: jackknife::standard_error(sums, parts, figures::alpha),
        fleiss: jackknife::standard_error(sums, parts, figures::fleiss),
        ac1: jackknife::standard_error(sums, parts, |sums| figures::ac1(sums, n_labels)),
    }
}

fn of_labels(matrix: &Matrix, sums: &Sums, complete: &Sums) -> Vec<OfLabel> {
    let n_coders = matrix.coders().len();
    let labels = (0..=LabelIdx::MAX).zip(matrix.labels());
    let of = labels.map(|(label, name)| OfLabel {
        name: name.clone(),
        alpha: figures::alpha_of(sums, label),
        specific: figures::specific(sums, label),
        fleiss: figures::fleiss_of(complete, label, n_coders),
        n: sums.label(label).n_answers,
    });
    of.collect()
}

fn pairs(matrix: &Matrix) -> Vec<Pair> {
    let n_labels = matrix.labels().len();
    let coders = || matrix.coders().iter().enumerate();
    let mut pairs = Vec::new();
    for (first, a) in coders() {
        for (second, b) in coders().skip(first + 1) {
            let confusion = Confusion::of(matrix, first, second);
            let cohen_of = (0..=LabelIdx::MAX).take(n_labels).map(|label| confusion.cohen_of(label));
            pairs.push(Pair {
                a: a.clone(),
                b: b.clone(),
                percent: confusion.percent(),
                cohen: confusion.cohen(),
                cohen_se: confusion.cohen_se(),
                scott: confusion.scott(),
                cohen_of: cohen_of.collect(),
                confusion,
            });
        }
    }
    pairs
}

/// How often each coder gave each label.
fn marginals(matrix: &Matrix) -> Vec<Vec<u64>> {
    let mut given = vec![vec![0; matrix.labels().len()]; matrix.coders().len()];
    for (row, times) in matrix.kinds() {
        for (given, cell) in given.iter_mut().zip(row) {
            if let Some(n) = cell.and_then(|label| given.get_mut(usize::from(label))) {
                *n += times;
            }
        }
    }
    given
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}
