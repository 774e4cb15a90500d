//! All that is said of the agreement in a project, worked out in one place: what the window, the command line and the report
//! show.

use crate::analysis::agreement::bootstrap::{self, Bootstrap};
use crate::analysis::agreement::drift::{self, Drift};
use crate::analysis::agreement::matrix::{LabelIdx, Matrix};
use crate::analysis::agreement::of_project::{self, Missing, OverText, Rule, Said};
use crate::analysis::agreement::panel::{self, Alpha, LeftOut, OfLabel, Panel};
use crate::analysis::agreement::undefined::Undefined;
use crate::analysis::units::Units;
use crate::model::coding::labels_cell;
use crate::model::ids::{ArticleId, CoderId, LabelId};
use crate::model::project::Project;
use crate::model::sheet::SheetKey;
use std::collections::{BTreeMap, BTreeSet};

/// The label that stands for *none of these*.
pub const NONE: &str = "none";

/// What is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asked {
    pub rule: Rule,
    /// An interval by draws too.
    pub draws: Option<Draws>,
    /// Figures over the text too.
    pub over_text: bool,
    /// By batches of articles in the order of coding too.
    pub over_time: bool,
}

/// Articles are drawn so many times, from this seed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draws {
    pub n: usize,
    pub seed: u64,
}

/// An interval by draws, and what was drawn.
pub type Drawn = Result<(LeftOut, Bootstrap), Undefined>;

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Worked {
    /// By which rule.
    pub rule: Rule,
    /// The answers that count, without the columns of coders who gave none.
    pub matrix: Matrix,
    /// What each label of the matrix stands for; nothing = *none of these*.
    pub answers: Vec<Box<[LabelId]>>,
    /// The units of the matrix, where they are not those that are asked about alone: with sentences set aside.
    pub with_aside: Option<Units>,
    /// The coders who gave none.
    pub silent: Vec<String>,
    pub panel: Panel,
    /// Each label, alone or with others; empty where an answer is one label.
    pub each: Vec<OfLabel>,
    pub other: Other,
    pub said: Said,
    pub draws: Option<Drawn>,
    pub over_text: Option<OverText>,
    pub drift: Option<Drift>,
    /// Whether there are answers to sentences that are no longer there.
    pub has_kept: bool,
}

/// What the figures of a label are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// The label, or *none of these*, or just these labels together.
    Answer,
    /// The label, alone or with others.
    Among,
    /// The label alone, where others can stand with it.
    Alone,
}

impl Worked {
    /// The figures by label: where an answer can be several, first each label as it stands among others.
    pub fn by_label(&self) -> impl Iterator<Item = (Means, &OfLabel)> {
        let each = self.each.iter().map(|of| (Means::Among, of));
        let places = self.order().filter_map(|place| {
            let of = self.panel.labels.get(usize::from(place))?;
            Some((self.means(place), of))
        });
        each.chain(places)
    }

    /// What the figures of a label of the matrix are of.
    pub fn means(&self, label: LabelIdx) -> Means {
        let is_one = self.answers.get(usize::from(label)).is_some_and(|labels| labels.len() == 1);
        if is_one && !self.each.is_empty() { Means::Alone } else { Means::Answer }
    }

    /// The labels in the order in which they are shown: *none of these* is last.
    pub fn order(&self) -> impl Iterator<Item = LabelIdx> {
        let none = none(&self.matrix);
        let all = (0..=LabelIdx::MAX).take(self.matrix.labels().len());
        all.filter(move |label| Some(*label) != none).chain(none)
    }
}

/// What the other rule for missing answers comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Other {
    pub rule: Missing,
    /// Whether any answer differs; if not, the figures are the same.
    pub differs: bool,
    pub alpha: Alpha,
    /// Of each coder, the answers that stand by one of the rules alone: sentences passed over in articles that are done.
    pub passed: Vec<Passed>,
    /// Of each coder, sentences without an answer in articles that are not done: missing by both rules.
    pub unreached: Vec<Passed>,
}

/// Sentences without an answer of a coder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    pub coder: CoderId,
    pub n: usize,
    pub n_articles: usize,
}

/// Works it out, over the articles that are `taken`.
pub fn of(project: &Project, units: &Units, asked: Asked, taken: impl Fn(&ArticleId) -> bool) -> Worked {
    let taken = &taken;
    let rule = asked.rule;
    let with_aside = rule.with_aside.then(|| units.with_aside(project));
    let units = with_aside.as_ref().unwrap_or(units);
    let other_rule = match rule.missing {
        Missing::Missing => Missing::NoneIfDone,
        Missing::NoneIfDone => Missing::Missing,
    };
    let mut matrix = of_project::matrix(project, units, rule, taken);
    let mut other = of_project::matrix(project, units, Rule { missing: other_rule, ..rule }, taken);
    let passed = passed_over(&matrix, &other);
    let silent = matrix.drop_silent();
    let panel = panel::of(&matrix, none(&matrix));
    let differs = !passed.is_empty();
    let alpha = if differs {
        other.drop_silent();
        panel::alpha_alone(&other)
    } else {
        panel.whole_alpha()
    };
    let unreached = unreached(project, units, taken);
    let draws = asked.draws.map(|draws| {
        let (of, parts) = panel::left_out(&matrix);
        bootstrap::of_alpha(&parts, draws.n, draws.seed).map(|drawn| (of, drawn))
    });
    let over_text = asked.over_text.then(|| {
        let answered = |coder: &&CoderId| {
            let mut sheets = project.sheets_of(coder).filter(|sheet| taken(&sheet.key.article));
            sheets.any(|sheet| sheet.rows.iter().chain(&sheet.kept).any(|row| row.coding.answered))
        };
        let coders: Vec<CoderId> = units.coders.iter().filter(answered).cloned().collect();
        of_project::unitized(project, units, &coders, (rule, taken))
    });
    let drift = asked.over_time.then(|| drift::of(project, units, &matrix));
    let name =
        |label: LabelIdx| project.scheme().labels.get(usize::from(label)).map(|label| label.id.to_string());
    let each = panel::of_members(&matrix).into_iter();
    let each = each.map(|(label, of)| OfLabel { name: name(label).unwrap_or_default(), ..of });
    Worked {
        rule,
        each: each.collect(),
        answers: answers(units, &matrix),
        silent,
        other: Other { rule: other_rule, differs, alpha, passed, unreached },
        said: of_project::said(project, units, taken),
        draws,
        over_text,
        drift,
        has_kept: project.sheets().any(|sheet| taken(&sheet.key.article) && !sheet.kept.is_empty()),
        panel,
        matrix,
        with_aside,
    }
}

/// The place of *none of these* among the labels.
pub fn none(matrix: &Matrix) -> Option<LabelIdx> {
    let idx = matrix.labels().iter().position(|label| label == NONE);
    idx.and_then(|idx| LabelIdx::try_from(idx).ok())
}

/// What the labels of a matrix stand for.
fn answers(units: &Units, matrix: &Matrix) -> Vec<Box<[LabelId]>> {
    let sets = (0..).take(units.answers.len()).map(|answer| units.answers.labels(answer));
    let by_name: BTreeMap<String, &[LabelId]> = sets.map(|labels| (labels_cell(labels), labels)).collect();
    let of = matrix.labels().iter().map(|name| by_name.get(name).copied().unwrap_or_default().into());
    of.collect()
}

/// The answers that only one of two matrices has, coder by coder.
fn passed_over(matrix: &Matrix, other: &Matrix) -> Vec<Passed> {
    let mut of: Vec<(usize, BTreeSet<u32>)> = vec![(0, BTreeSet::new()); matrix.coders().len()];
    let articles = matrix.articles().unwrap_or_default();
    for ((row, other), article) in matrix.rows().zip(other.rows()).zip(articles) {
        for ((here, there), (n, articles)) in row.iter().zip(other).zip(&mut of) {
            if here.is_some() != there.is_some() {
                *n += 1;
                articles.insert(*article);
            }
        }
    }
    let of = matrix.coders().iter().zip(of).filter(|(_, (n, _))| *n > 0);
    of.map(|(coder, (n, articles))| Passed {
        coder: CoderId::new(coder.as_str()),
        n,
        n_articles: articles.len(),
    })
    .collect()
}

/// Sentences without an answer in articles that their coder has not called done, coder by coder.
fn unreached(project: &Project, units: &Units, taken: impl Fn(&ArticleId) -> bool) -> Vec<Passed> {
    let mut of: Vec<Passed> =
        units.coders.iter().map(|coder| Passed { coder: coder.clone(), n: 0, n_articles: 0 }).collect();
    for article in units.articles.iter().filter(|article| taken(&article.article)) {
        for (column, coder) in article.coders.iter().enumerate() {
            let Some(passed) = of.get_mut(usize::from(*coder)) else { continue };
            let key = SheetKey { coder: passed.coder.clone(), article: article.article.clone() };
            if project.sheet(&key).is_none_or(|sheet| sheet.done) {
                continue;
            }
            let cells = (0..article.n_asked()).filter_map(|unit| article.cells(unit).get(column));
            let n = cells.filter(|cell| cell.answer.is_none()).count();
            passed.n += n;
            passed.n_articles += usize::from(n > 0);
        }
    }
    of.retain(|passed| passed.n > 0);
    of
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::Stamp;
    use crate::model::{plan, sketch};

    const DRAWN: &str = "# Fire\nOne. [denial; ben: fact ?] Two. [none; ben: none] Three. [fact] Four. [none]\n# Rain\nIt fell. [fact; ben: fact] It rained. [fact; ben: denial] Done. [denial; ben: denial]";

    fn drawn() -> Project {
        sketch::project(DRAWN, |text| format!("a{}", text.len()), |_| String::new()).unwrap()
    }

    fn worked(project: &Project, asked: Asked) -> Worked {
        of(project, &Units::of(project), asked, |_| true)
    }

    #[test]
    fn both_rules_stand_beside_each_other() {
        let mut project = drawn();
        let open = worked(&project, Asked::default());
        assert!(!open.other.differs, "nobody called anything done");
        assert_eq!(open.other.alpha, open.panel.whole_alpha());
        let unreached = Passed { coder: CoderId::new("ben"), n: 2, n_articles: 1 };
        assert_eq!(open.other.unreached, std::slice::from_ref(&unreached));

        let article = project.articles().min_by_key(|article| article.added).unwrap().id.clone();
        let key = SheetKey { coder: CoderId::new("ben"), article };
        let done = plan::done(&project, &key, true, Stamp(1)).unwrap();
        project.apply(done).unwrap();
        let done = worked(&project, Asked::default());
        assert_eq!(done.panel, open.panel, "by this rule nothing changed");
        assert_eq!((done.other.passed.as_slice(), done.other.unreached.len()), (&[unreached][..], 0));
        let rule = Rule { missing: Missing::NoneIfDone, ..Rule::default() };
        let turned = worked(&project, Asked { rule, ..Asked::default() });
        assert_eq!(
            (turned.panel.whole_alpha(), turned.other.alpha),
            (done.other.alpha, done.panel.whole_alpha())
        );
        assert_eq!(turned.other.passed, done.other.passed);
    }

    #[test]
    fn what_is_not_asked_for_is_not_worked_out() {
        let project = drawn();
        let few = worked(&project, Asked::default());
        assert!(few.draws.is_none() && few.over_text.is_none() && few.drift.is_none() && !few.has_kept);
        let draws = Some(Draws { n: 200, seed: 7 });
        let all = worked(&project, Asked { draws, over_text: true, over_time: true, ..Asked::default() });
        assert!(
            all.draws.is_some_and(|drawn| drawn.is_ok()) && all.over_text.is_some() && all.drift.is_some()
        );
        assert_eq!(all.panel, few.panel);
        let names: Vec<_> = few.answers.iter().map(|labels| labels_cell(labels)).collect();
        assert_eq!(names, few.matrix.labels());
    }
}
