//! How much has to be read by two for an interval of alpha that is as narrow as wished.
//!
//! The variance of alpha from *n* sentences is that of one sentence, times the design effect, divided by *n*. The design effect
//! (Kish 1965, ch. 8.2) is how many times larger the variance is because sentences come in articles; it is measured as the
//! square of the standard error by leaving out articles over that by leaving out sentences. Where nothing has been measured it
//! is taken to be 2, and the variance of one sentence is Cohen's large-sample one (1960, formula 7) for an alpha of 0.8, with
//! labels as likely as each other: *p*(1−*p*) / (1−*e*)², *p* the observed and *e* the expected agreement. The interval is
//! Student's t with one degree of freedom less than there are articles, as that of the figures is.

use crate::analysis::agreement::figures;
use crate::analysis::agreement::jackknife;
use crate::analysis::agreement::matrix::Matrix;
use crate::analysis::agreement::of_project::{self, Rule};
use crate::analysis::agreement::student;
use crate::analysis::agreement::sums::{self, Sums};
use crate::analysis::units::Units;
use crate::model::project::Project;

/// What is taken where nothing has been measured.
const TAKEN: f64 = 2.0;
const ALPHA: f64 = 0.8;
/// Of fewer articles a design effect is chance.
const FEWEST_ARTICLES: usize = 10;
/// From no agreement to the best is as far.
const WIDEST: f64 = 1.0;
/// More than any project has.
const MOST_ARTICLES: usize = 1 << 24;

/// What an interval depends on beside the number of sentences.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Design {
    pub effect: f64,
    pub alpha: f64,
    /// The variance of alpha of one sentence, if sentences were drawn one by one.
    pub variance: f64,
    /// In how many articles that two or more answered it was measured; absent = taken.
    pub measured: Option<usize>,
}

/// What has to be read by two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    pub n_articles: usize,
    pub n_sentences: usize,
}

impl Design {
    /// What is taken of a codebook with so many answers, *none of these* among them.
    pub fn taken(n_answers: usize) -> Self {
        let by_chance = 1.0 / n_answers.max(2) as f64;
        let observed = by_chance + ALPHA * (1.0 - by_chance);
        let variance = observed * (1.0 - observed) / (1.0 - by_chance).powi(2);
        Self { effect: TAKEN, alpha: ALPHA, variance, measured: None }
    }

    /// What a project's answers come to.
    pub fn of_project(project: &Project) -> Self {
        let matrix = of_project::matrix(project, &Units::of(project), Rule::default(), |_| true);
        Self::of(&matrix, project.scheme().current().count() + 1)
    }

    /// What the answers that there are come to; what is taken, where they are too few or all alike.
    pub fn of(matrix: &Matrix, n_answers: usize) -> Self {
        Self::measured(matrix).unwrap_or_else(|| Self::taken(n_answers))
    }

    fn measured(matrix: &Matrix) -> Option<Self> {
        let whole = Sums::of(matrix.rows());
        let mut articles = sums::by_article(matrix);
        articles.retain(|part| part.sums.n_pairable > 0);
        let n_articles = articles.len();
        let alpha = figures::alpha(&whole).ok()?;
        let error = |parts: &[_]| jackknife::standard_error(&whole, parts, figures::alpha).ok();
        let by_article = error(&articles)?;
        let mut units = sums::by_unit(matrix);
        units.retain(|part| part.sums.n_pairable > 0);
        let by_unit = error(&units).filter(|error| *error > 0.0)?;
        // Less than 1 comes by chance alone.
        let effect = (by_article / by_unit).powi(2).max(1.0);
        let variance = by_unit.powi(2) * whole.n_pairable as f64;
        let design = Self { effect, alpha, variance, measured: Some(n_articles) };
        (n_articles >= FEWEST_ARTICLES).then_some(design)
    }

    /// Half the width of the 95 % interval to be expected; nothing of so little that it would say nothing.
    pub fn half_width(&self, (n_articles, n_sentences): (usize, usize)) -> Option<f64> {
        if n_sentences == 0 {
            return None;
        }
        let reach = student::reach(n_articles.checked_sub(1)? as u64)?;
        let half = reach * (self.variance * self.effect / n_sentences as f64).sqrt();
        (half < WIDEST).then_some(half)
    }

    /// The ends of the interval to be expected.
    pub fn interval(&self, n: (usize, usize)) -> Option<(f64, f64)> {
        let half = self.half_width(n)?;
        Some((self.alpha - half, (self.alpha + half).min(1.0)))
    }

    /// What has to be read by two for an interval of this half width, in articles of so many sentences; nothing where no number
    /// is enough.
    pub fn need(&self, half_width: f64, per_article: f64) -> Option<Need> {
        let is_possible = half_width > 0.0 && per_article > 0.0 && self.variance.is_finite();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a count, of few articles"
        )]
        let sentences = |n_articles: usize| (n_articles as f64 * per_article).ceil() as usize;
        let suits = |n_articles: usize| {
            self.half_width((n_articles, sentences(n_articles))).is_some_and(|half| half <= half_width)
        };
        if !is_possible || !suits(MOST_ARTICLES) {
            return None;
        }
        // More articles make it narrower, so that the fewest are found by halving.
        let (mut too_few, mut enough) = (1, MOST_ARTICLES);
        while enough - too_few > 1 {
            let middle = too_few.midpoint(enough);
            if suits(middle) {
                enough = middle;
            } else {
                too_few = middle;
            }
        }
        Some(Need { n_articles: enough, n_sentences: sentences(enough) })
    }

    /// Where the design effect is from: `design effect 2 assumed`.
    pub fn says(&self) -> String {
        match self.measured {
            Some(n) => format!("design effect {:.1}, measured here in {n} articles", self.effect),
            None => format!("design effect {} assumed", self.effect),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_is_cohens_error_for_two_coders() {
        // e = 1/4, p = 0.85: 0.85 · 0.15 / 0.75² = 0.2266…
        let design = Design::taken(4);
        assert!((design.variance - 0.226_666_666).abs() < 1e-8, "{design:?}");
        assert_eq!(design.says(), "design effect 2 assumed");
        // 1.96² · 0.22667 · 2 / 0.05² = 697 sentences; by Student's t of 23 articles a few more.
        let need = design.need(0.05, 30.0).unwrap();
        assert_eq!(need, Need { n_articles: 26, n_sentences: 780 });
        let (wider, half) = ((25, 750), design.half_width((26, 780)).unwrap());
        assert!(half <= 0.05 && design.half_width(wider).unwrap() > 0.05, "{half}");
        assert_eq!(design.half_width((1, 30)), None);
        assert_eq!(design.half_width((3, 0)), None);
    }

    #[test]
    fn half_the_width_needs_four_times_as_much() {
        let design = Design::taken(4);
        let n = |half| design.need(half, 25.0).unwrap().n_articles as f64;
        assert!((n(0.01) / n(0.02) - 4.0).abs() < 0.05);
        for (half, per_article) in [(0.0, 25.0), (-1.0, 25.0), (f64::NAN, 25.0), (0.05, 0.0), (1e-9, 1.0)] {
            assert_eq!(design.need(half, per_article), None, "{half} {per_article}");
        }
        assert_eq!(design.need(5.0, 25.0).map(|need| need.n_articles), Some(3));
        assert_eq!(design.half_width((2, 50)), None, "12.7 errors of 0.095");
    }

    /// Answers of two coders in so many articles of twenty sentences; in every third article they differ in so many.
    fn answers(n_articles: u32, n_differing: usize) -> Matrix {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let mut matrix = Matrix::new(names(&["anna", "ben"]), names(&["denial", "fact"]));
        for article in 0..n_articles {
            for unit in 0..20_u16 {
                let label = unit % 2;
                let differs = article % 3 == 0 && usize::from(unit) < n_differing;
                matrix.push([Some(label), Some(if differs { 1 - label } else { label })], Some(article));
            }
        }
        matrix
    }

    #[test]
    fn the_design_effect_is_measured_where_there_is_enough() {
        assert_eq!(Design::of(&answers(9, 6), 3).measured, None, "too few articles");
        assert_eq!(Design::of(&answers(30, 0), 3).measured, None, "all alike");
        assert_eq!(Design::of(&Matrix::default(), 3), Design::taken(3));
        let design = Design::of(&answers(30, 6), 3);
        assert_eq!(design.measured, Some(30));
        // The share apart is 0.1, its variance between articles 0.02: (0.02 / 29) / (0.09 / 599) of leaving out.
        assert!((design.effect - 4.6).abs() < 0.2, "{design:?}");
        assert!(
            design.says().starts_with("design effect 4.")
                && design.says().ends_with("measured here in 30 articles")
        );
        // What is there is what is to be expected of as much.
        let errors = crate::analysis::agreement::panel::of(&answers(30, 6), None);
        let is = errors.alpha_interval.unwrap();
        let (low, high) = design.interval((30, 600)).unwrap();
        assert!((low - is.low).abs() < 1e-9 && (high - is.high).abs() < 1e-9, "{low} {high} {is:?}");
    }
}
