//! Agreement over time: batches of articles in the order in which they were coded, alpha of each, how often each coder gave each
//! label in it, and where the codebook changed.

use super::figures;
use super::jackknife::{self, Interval};
use super::matrix::{LabelIdx, Matrix};
use super::sums::{Part, Sums};
use super::undefined::{Figure, Undefined};
use crate::analysis::units::{ArticleUnits, Units};
use crate::model::ids::Stamp;
use crate::model::project::Project;
use crate::model::sheet::{Sheet, SheetKey};
use std::sync::Arc;

/// With fewer articles nothing can be said of a time.
pub const FEWEST: usize = 6;
/// Articles of a batch, unless there would be more than [`MOST`] batches.
const USUAL: usize = 6;
const MOST: usize = 10;

/// Only articles that two coders or more answered something in: the others say nothing of agreement.
#[derive(Debug, Clone, PartialEq)]
pub struct Drift {
    pub order: Order,
    pub n_articles: usize,
    /// Articles whose answers have no time, of those that stand in the order of coding: they come last.
    pub n_undated: usize,
    /// The columns and labels of the matrix.
    pub coders: Vec<String>,
    pub labels: Vec<String>,
    /// Empty with fewer than [`FEWEST`] articles.
    pub batches: Vec<Batch>,
    pub changes: Vec<Change>,
}

/// What the order of the articles is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By the middle one of the times at which an article's answers were given.
    Coding,
    /// As they came into the project, since no answer has a time.
    Project,
}

/// Articles that were coded one after the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    /// Its articles, counted from 1 in the order of coding.
    pub first: usize,
    pub last: usize,
    pub n_pairable: u64,
    /// Krippendorff's alpha, nominal.
    pub alpha: Figure,
    /// By leaving out one article of the batch at a time.
    pub interval: Result<Interval, Undefined>,
    /// How often each coder gave each label: a row a coder, also where nobody else answered.
    pub given: Vec<Vec<u64>>,
}

/// From this article on, most answers were given under a newer version of the codebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    pub version: u32,
    /// Articles that come before it.
    pub after: usize,
}

impl Batch {
    pub const fn n_articles(&self) -> usize {
        self.last + 1 - self.first
    }
}

/// Works it out of a project's matrix, as `of_project::matrix` makes it of these units.
pub fn of(project: &Project, units: &Units, matrix: &Matrix) -> Drift {
    let mut articles = shared(project, units, matrix);
    let is_dated = articles.iter().any(|article| article.at.is_some());
    articles.sort_by_key(|article| (article.at.is_none(), article.at));
    let n = articles.len();
    let n_batches = if n < FEWEST { 0 } else { (n / USUAL).clamp(2, MOST) };
    let batches = (0..n_batches).filter_map(|batch| {
        let (from, to) = (batch * n / n_batches, (batch + 1) * n / n_batches);
        Some(batch_of(matrix, articles.get(from..to)?, from))
    });
    Drift {
        order: if is_dated { Order::Coding } else { Order::Project },
        n_articles: n,
        n_undated: if is_dated { articles.iter().filter(|article| article.at.is_none()).count() } else { 0 },
        coders: matrix.coders().to_vec(),
        labels: matrix.labels().to_vec(),
        batches: batches.collect(),
        changes: changes(&articles),
    }
}

/// What is known of an article that several answered.
struct Coded<'a> {
    rows: Vec<&'a [Option<LabelIdx>]>,
    sums: Sums,
    at: Option<Stamp>,
    version: u32,
}

fn shared<'a>(project: &Project, units: &Units, matrix: &'a Matrix) -> Vec<Coded<'a>> {
    let Some(numbers) = matrix.articles() else { return vec![] };
    let rows: Vec<_> = numbers.iter().zip(matrix.rows()).collect();
    let coded = rows.chunk_by(|a, b| a.0 == b.0).filter_map(|rows| {
        let of = units.articles.get(*rows.first()?.0 as usize)?;
        let rows: Vec<_> = rows.iter().map(|(_, row)| *row).collect();
        let sums = Sums::of(rows.iter().copied());
        if sums.n_pairable == 0 {
            return None;
        }
        let sheets = || sheets(project, units, of);
        let answers = || {
            let rows = sheets().flat_map(|sheet| sheet.rows.iter().map(move |row| (sheet, &row.coding)));
            rows.filter(|(_, coding)| coding.answered)
        };
        let at = middle(answers().filter_map(|(_, coding)| coding.at));
        let version = middle(answers().map(|(sheet, coding)| sheet.version_of(coding))).unwrap_or_default();
        Some(Coded { rows, sums, at, version })
    });
    coded.collect()
}

fn sheets<'a>(
    project: &'a Project,
    units: &'a Units,
    of: &'a ArticleUnits,
) -> impl Iterator<Item = &'a Arc<Sheet>> {
    let coders = of.coders.iter().filter_map(|coder| units.coder(*coder));
    coders.filter_map(|coder| project.sheet(&SheetKey { coder: coder.clone(), article: of.article.clone() }))
}

/// The middle one of what all answers to an article have: one that was changed long after moves it by little.
fn middle<T: Ord + Copy>(all: impl Iterator<Item = T>) -> Option<T> {
    let mut all: Vec<T> = all.collect();
    all.sort_unstable();
    all.get(all.len().checked_sub(1)? / 2).copied()
}

fn batch_of(matrix: &Matrix, articles: &[Coded<'_>], before: usize) -> Batch {
    let rows = || articles.iter().flat_map(|article| article.rows.iter().copied());
    let sums = Sums::of(rows());
    let parts: Vec<Part> = articles.iter().map(|article| Part { sums: article.sums.clone(), n: 1 }).collect();
    let alpha = figures::alpha(&sums);
    let interval = alpha.and_then(|alpha| {
        let error = jackknife::standard_error(&sums, &parts, figures::alpha)?;
        jackknife::interval(alpha, error, &parts)
    });
    let mut given = vec![vec![0; matrix.labels().len()]; matrix.coders().len()];
    for row in rows() {
        for (given, label) in given.iter_mut().zip(row) {
            if let Some(n) = label.and_then(|label| given.get_mut(usize::from(label))) {
                *n += 1;
            }
        }
    }
    Batch {
        first: before + 1,
        last: before + articles.len(),
        n_pairable: sums.n_pairable,
        alpha,
        interval,
        given,
    }
}

fn changes(articles: &[Coded<'_>]) -> Vec<Change> {
    let mut changes = vec![];
    let mut version = articles.first().map_or(0, |first| first.version);
    for (after, article) in articles.iter().enumerate().filter(|(_, article)| article.version > 0) {
        if article.version > version {
            version = article.version;
            changes.push(Change { version, after });
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::agreement::of_project::{self, Rule};
    use crate::model::ids::{ArticleId, CoderId};
    use crate::model::project::Parts;
    use crate::model::sketch;

    /// After the first words of its text.
    fn name(text: &str) -> String {
        let words = text.chars().take_while(|c| *c != '.').filter(|c| *c != ' ');
        ["a".to_owned(), words.collect()].concat()
    }

    /// Twelve articles that two answered; in the later ones of the project they agree.
    fn drawn() -> Project {
        let article = |n: usize| {
            let ben = if n < 6 { "denial" } else { "fact" };
            format!("# A{n:02}\nOne {n:02}. [fact; ben: {ben}] Two. [denial; ben: denial]\n")
        };
        let drawing = (0..12).map(article).collect::<Vec<_>>().concat();
        // One article more that nobody else answered.
        let drawing = drawing + "# Z\nAlone here. [fact]\n";
        sketch::project(&drawing, name, |_| String::new()).unwrap()
    }

    /// The same where each answer has a time and each sheet a version, by the place of its article.
    fn timed(
        project: &Project,
        at: impl Fn(usize) -> Option<i64>,
        version: impl Fn(usize) -> u32,
    ) -> Project {
        let mut parts = Parts::of(project);
        for sheet in &mut parts.sheets {
            let place = place(project, &sheet.key.article);
            let sheet = Arc::make_mut(sheet);
            sheet.scheme = version(place);
            for row in &mut sheet.rows {
                row.coding.at = at(place).map(Stamp);
            }
        }
        Project::assemble(parts).unwrap()
    }

    /// Its place among the articles as they came.
    fn place(project: &Project, id: &ArticleId) -> usize {
        project.article(id).unwrap().added as usize - 1
    }

    fn untimed(project: &Project) -> Project {
        timed(project, |_| None, |_| 1)
    }

    fn drift(project: &Project) -> Drift {
        let units = Units::of(project);
        of(project, &units, &of_project::matrix(project, &units, Rule::default(), |_| true))
    }

    fn alphas(drift: &Drift) -> Vec<String> {
        let shown = |batch: &Batch| {
            let alpha = batch.alpha.map_or_else(|why| why.key().to_owned(), |alpha| format!("{alpha:.2}"));
            format!("{} to {}: {alpha}, n {}", batch.first, batch.last, batch.n_pairable)
        };
        drift.batches.iter().map(shown).collect()
    }

    #[test]
    fn articles_stand_in_the_order_of_coding() {
        let project = drawn();
        let as_they_came = drift(&untimed(&project));
        assert_eq!(
            (as_they_came.order, as_they_came.n_undated, as_they_came.n_articles),
            (Order::Project, 0, 12)
        );
        assert_eq!(alphas(&as_they_came), ["1 to 6: -0.28, n 12", "7 to 12: 1.00, n 12"]);
        assert_eq!(as_they_came.batches[0].given, [[0, 0, 6, 6], [0, 0, 12, 0]]);
        assert_eq!(as_they_came.batches[0].n_articles(), 6);
        // The articles that came last were coded first.
        let time = |place: usize| i64::try_from(place).unwrap();
        let turned = drift(&timed(&project, |place| Some(100 - time(place)), |_| 1));
        assert_eq!(turned.order, Order::Coding);
        assert_eq!(alphas(&turned), ["1 to 6: 1.00, n 12", "7 to 12: -0.28, n 12"]);
        // Those without a time come last, and are counted.
        let half = drift(&timed(&project, |place| (place >= 6).then_some(time(place)), |_| 1));
        assert_eq!((half.order, half.n_undated), (Order::Coding, 6));
        assert_eq!(alphas(&half), alphas(&turned));
    }

    #[test]
    fn a_batch_is_worked_out_as_if_it_were_all() {
        let project = untimed(&drawn());
        let units = Units::of(&project);
        let early = |id: &ArticleId| place(&project, id) < 6;
        let alone = of_project::matrix(&project, &units, Rule::default(), early);
        let panel = crate::analysis::agreement::panel::of(&alone, None);
        let batch = &drift(&project).batches[0];
        assert_eq!((batch.alpha, batch.interval), (panel.alpha, panel.alpha_interval));
        assert_eq!(batch.interval.unwrap().df, 5);
    }

    #[test]
    fn the_codebook_changes_where_newer_sheets_begin() {
        let project = timed(&drawn(), |_| None, |place| if place < 4 { 1 } else { 3 });
        assert_eq!(drift(&project).changes, [Change { version: 3, after: 4 }]);
        assert_eq!(drift(&timed(&project, |_| None, |_| 2)).changes, []);
    }

    #[test]
    fn batches_are_even_and_few() {
        let sizes = |n: usize| {
            let article =
                |n: usize| format!("# A{n:03}\nOne {n:03}. [fact; ben: fact] Two. [denial; ben: fact]");
            let drawing = (0..n).map(article).collect::<Vec<_>>().join("\n");
            let project = sketch::project(&drawing, name, |_| String::new());
            let drift = drift(&project.unwrap());
            drift.batches.iter().map(Batch::n_articles).collect::<Vec<_>>()
        };
        assert_eq!(sizes(5), [0; 0]);
        assert_eq!(sizes(6), [3, 3]);
        assert_eq!(sizes(17), [8, 9]);
        assert_eq!(sizes(24), [6; 4]);
        assert_eq!(sizes(64), [6, 6, 7, 6, 7, 6, 6, 7, 6, 7]);
    }

    #[test]
    fn reviewers_have_no_part_in_it() {
        let mut parts = Parts::of(&drawn());
        for coder in parts.coders.iter_mut().filter(|coder| coder.id == CoderId::new("ben")) {
            coder.role = Some(crate::model::coder::REVIEWER.to_owned());
        }
        let drift = drift(&Project::assemble(parts).unwrap());
        assert_eq!((drift.n_articles, drift.batches.len()), (0, 0));
    }
}
