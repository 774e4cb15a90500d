//! All figures of a matrix, worked out at once.

use super::distance::{self, Distance};
use super::figures;
use super::jackknife::{self, Interval};
use super::matrix::{LabelIdx, Matrix};
use super::pairs::Confusion;
use super::sums::{self, Part, Sums};
use super::tally::Tally;
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
    pub alpha_detection: Option<Alpha>,
    /// With *none of these* as missing.
    pub alpha_type: Option<Alpha>,
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
    /// Of each coder, how often each label.
    pub given: Vec<Vec<u64>>,
    pub errors: Errors,
}

/// What went in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub n_units: usize,
    pub n_rated: u64,
    pub n_pairable: u64,
    /// Units that all coders answered.
    pub n_complete: u64,
    /// Answers in pairable units.
    pub n_answers: u64,
    pub n_coders: usize,
    /// Articles with an answer; absent where they are not known.
    pub n_articles: Option<u64>,
}

/// Krippendorff's alpha with its interval, and how many units it is of: those that two or more answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alpha {
    pub value: Figure,
    pub interval: Result<Interval, Undefined>,
    /// What the interval leaves out at a time.
    pub by: LeftOut,
    pub n: u64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct OfLabel {
    pub name: String,
    pub alpha: Figure,
    pub alpha_interval: Result<Interval, Undefined>,
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

impl Panel {
    /// The 95 % interval of one of the figures that have a standard error.
    pub fn interval(&self, value: Figure, error: Figure) -> Result<Interval, Undefined> {
        jackknife::interval_of(value?, error?, self.errors.df)
    }

    /// Krippendorff's alpha of all labels.
    pub const fn whole_alpha(&self) -> Alpha {
        Alpha {
            value: self.alpha,
            interval: self.alpha_interval,
            by: self.errors.by,
            n: self.counts.n_pairable,
        }
    }
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
    /// Degrees of freedom of Student's t.
    pub df: u64,
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
    let tally = Tally::of(matrix);
    let (errors, n_articles, of_labels_errors) = errors(matrix, tally.as_ref(), &sums);
    let by = errors.by;
    let alpha = figures::alpha(&sums);
    let labels = of_labels(matrix, (&sums, &complete), &of_labels_errors, errors.df);
    let of_none = none.and_then(|none| labels.get(usize::from(none)));
    let (pairs, given) = (pairs(matrix), given(matrix));
    let kappas: Vec<f64> = pairs.iter().filter_map(|pair| pair.cohen.ok()).collect();
    let percents: Vec<f64> = pairs.iter().filter_map(|pair| pair.percent.ok()).collect();
    Panel {
        counts: Counts {
            n_units: matrix.n_units(),
            n_rated: sums.n_rated,
            n_pairable: sums.n_pairable,
            n_complete: complete.n_rated,
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
        alpha_interval: alpha.and_then(|alpha| jackknife::interval_of(alpha, errors.alpha?, errors.df)),
        alpha_detection: of_none.map(|of| Alpha {
            value: of.alpha,
            interval: of.alpha_interval,
            by,
            n: sums.n_pairable,
        }),
        alpha_type: none.map(|none| alpha_without(matrix, tally.as_ref(), none)),
        alpha_jaccard: of_sets(matrix, Distance::Jaccard),
        alpha_masi: of_sets(matrix, Distance::Masi),
        fleiss: figures::fleiss(&sums),
        fleiss_listwise: figures::fleiss_listwise(&complete, n_coders),
        ac1: figures::ac1(&sums, n_labels),
        brennan_prediger: figures::brennan_prediger(&sums, n_labels),
        ac1_observed: figures::ac1(&sums, sums.labels.len()),
        brennan_prediger_observed: figures::brennan_prediger(&sums, sums.labels.len()),
        conger: figures::conger(&sums, &given),
        light: mean(&kappas).ok_or(Undefined::NoDefinedPair),
        n_light_pairs: kappas.len() as u64,
        labels,
        pairs,
        given,
        errors,
    }
}

/// What is left out at a time, and drawn: articles where there are several, else units.
pub fn left_out(matrix: &Matrix) -> (LeftOut, Vec<Part>) {
    let articles = sums::by_article(matrix);
    if articles.len() > 1 { (LeftOut::Article, articles) } else { (LeftOut::Unit, sums::by_unit(matrix)) }
}

fn of_sets(matrix: &Matrix, distance: Distance) -> Option<Figure> {
    let set = |label| matrix.set(label).unwrap_or_default();
    matrix.has_sets().then(|| distance::alpha(matrix, |a, b| distance.between(set(a), set(b))))
}

/// Alpha alone, with its interval.
pub fn alpha_alone(matrix: &Matrix) -> Alpha {
    let sums = sums::of_all(matrix);
    let alone = |rest: &Sums, values: &mut Vec<Figure>| values.push(figures::alpha(rest));
    alpha_of(&sums, &jackknife(matrix, Tally::of(matrix).as_ref(), None, (&sums, alone)))
}

/// The same with a label taken as missing, of units that were counted by article already if that can be done.
fn alpha_without(matrix: &Matrix, tally: Option<&Tally>, label: LabelIdx) -> Alpha {
    let sums = sums::of_all_without(matrix, label);
    let alone = |rest: &Sums, values: &mut Vec<Figure>| values.push(figures::alpha(rest));
    alpha_of(&sums, &jackknife(matrix, tally, Some(label), (&sums, alone)))
}

fn alpha_of(sums: &Sums, left: &LeftOutEach) -> Alpha {
    let value = figures::alpha(sums);
    let error = left.errors.first().copied().unwrap_or(Err(Undefined::FewerThanTwoGroups));
    let interval = value.and_then(|value| jackknife::interval_of(value, error?, left.df));
    Alpha { value, interval, by: left.by, n: sums.n_pairable }
}

/// What came of leaving out part after part.
struct LeftOutEach {
    by: LeftOut,
    df: u64,
    /// Articles with an answer; absent where they are not known.
    n_articles: Option<u64>,
    errors: Vec<Figure>,
}

/// Leaves out articles where there are several, else units, `without` a label where it is taken as missing.
fn jackknife<F: Fn(&Sums, &mut Vec<Figure>)>(
    matrix: &Matrix,
    tally: Option<&Tally>,
    without: Option<LabelIdx>,
    (whole, figures): (&Sums, F),
) -> LeftOutEach {
    let mut left_out = jackknife::LeftOut::new(whole, &figures);
    if let Some(tally) = tally {
        tally.each(without, |article| left_out.add(article, 1));
    }
    let (n_articles, mut by) = (tally.map(|_| left_out.n()), LeftOut::Article);
    if left_out.n() < 2 {
        (left_out, by) = (jackknife::LeftOut::new(whole, &figures), LeftOut::Unit);
        let units =
            without.map_or_else(|| sums::by_unit(matrix), |label| sums::by_unit(&matrix.without(label)));
        for unit in units {
            left_out.add(&unit.sums, unit.n);
        }
    }
    LeftOutEach { by, df: left_out.n().saturating_sub(1), n_articles, errors: left_out.errors() }
}

/// Standard errors of what stands for all labels, and of alpha of each label against the rest; how many articles have an answer.
fn errors(matrix: &Matrix, tally: Option<&Tally>, whole: &Sums) -> (Errors, Option<u64>, Vec<Figure>) {
    let n_labels = matrix.labels().len();
    let figures = |rest: &Sums, values: &mut Vec<Figure>| {
        values.extend([
            figures::percent(rest),
            figures::alpha(rest),
            figures::fleiss(rest),
            figures::ac1(rest, n_labels),
        ]);
        let labels = (0..=LabelIdx::MAX).take(n_labels);
        values.extend(labels.map(|label| figures::alpha_of(rest, label)));
    };
    let left = jackknife(matrix, tally, None, (whole, figures));
    let mut all = left.errors.into_iter();
    let mut next = || all.next().unwrap_or(Err(Undefined::FewerThanTwoGroups));
    let (percent, alpha, fleiss, ac1) = (next(), next(), next(), next());
    let errors = Errors { by: left.by, df: left.df, percent, alpha, fleiss, ac1 };
    (errors, left.n_articles, all.collect())
}

fn of_labels(matrix: &Matrix, (sums, complete): (&Sums, &Sums), errors: &[Figure], df: u64) -> Vec<OfLabel> {
    let n_coders = matrix.coders().len();
    let labels = (0..=LabelIdx::MAX).zip(matrix.labels()).zip(errors);
    let of = labels.map(|((label, name), error)| {
        let alpha = figures::alpha_of(sums, label);
        OfLabel {
            name: name.clone(),
            alpha,
            alpha_interval: alpha.and_then(|alpha| jackknife::interval_of(alpha, (*error)?, df)),
            specific: figures::specific(sums, label),
            fleiss: figures::fleiss_of(complete, label, n_coders),
            n: sums.label(label).n_answers,
        }
    });
    of.collect()
}

/// Each label that an answer can be one of several, whether it is given alone or with others, against answers without it.
pub fn of_members(matrix: &Matrix) -> Vec<(LabelIdx, OfLabel)> {
    let of = matrix.members().into_iter().filter_map(|member| {
        let two = matrix.having(member);
        let (sums, complete) = (sums::of_all(&two), sums::of_complete(&two));
        let (errors, _, of_labels_errors) = errors(&two, Tally::of(&two).as_ref(), &sums);
        let labels = of_labels(&two, (&sums, &complete), &of_labels_errors, errors.df);
        Some((member, labels.into_iter().next_back()?))
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
fn given(matrix: &Matrix) -> Vec<Vec<u64>> {
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
