//! The matrix of a project: a row a sentence that is asked about, a column a coder.

use crate::analysis::agreement::matrix::{LabelIdx, Matrix};
use crate::analysis::agreement::unitizing::{self, Continuum, Section, Unitized};
use crate::analysis::units::{AnswerIdx, Units};
use crate::model::coding::{Row, labels_cell};
use crate::model::ids::{ArticleId, CoderId, LabelId, Span};
use crate::model::project::Project;
use crate::model::sheet::SheetKey;
use std::collections::BTreeSet;

/// What a sentence without an answer is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Missing {
    /// A missing answer: *none of these* is only what was answered so.
    #[default]
    Missing,
    /// *None of these*, in an article that its coder called done.
    NoneIfDone,
}

/// Which answers count, and what none is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rule {
    pub missing: Missing,
    /// Leaves out what a coder answered in an article that this coder has not called done.
    pub finished_only: bool,
    /// Leaves out answers with a label that is no longer given.
    pub no_retired: bool,
    /// Leaves out answers that were given under another version of the codebook.
    pub this_version_only: bool,
    /// Takes in what was answered to sentences set aside.
    pub with_aside: bool,
}

/// What is in the answers that somebody who reads the figures has to know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// Sheets with answers that their coder has not called done, and the answers in them.
    pub n_unfinished: usize,
    pub n_in_unfinished: usize,
    /// Labels that are no longer given, and how often each was.
    pub retired: Vec<(LabelId, usize)>,
    /// Answers that were given under another version of the codebook.
    pub n_of_other_version: usize,
    /// Sentences set aside, which nobody is asked about, and the answers that they have all the same.
    pub n_aside: usize,
    pub n_in_aside: usize,
    /// Answers of sentences whose boundaries changed afterwards.
    pub n_to_check: usize,
}

/// Counts it, over the articles that are `taken`.
pub fn said(project: &Project, units: &Units, taken: impl Fn(&ArticleId) -> bool) -> Said {
    let mut said = Said::default();
    let scheme = project.scheme();
    let mut retired: Vec<_> =
        scheme.labels.iter().filter(|label| label.retired).map(|l| (&l.id, 0)).collect();
    for of in units.articles.iter().filter(|of| taken(&of.article)) {
        let Some(article) = project.article(&of.article) else { continue };
        let asked = |span| of.at(span).is_some();
        let aside = article.sentences().iter().filter(|sentence| article.is_aside(sentence));
        let aside: BTreeSet<Span> = aside.map(|sentence| sentence.span).collect();
        said.n_aside += aside.len();
        for coder in of.coders.iter().filter_map(|coder| units.coder(*coder)) {
            let key = SheetKey { coder: coder.clone(), article: of.article.clone() };
            let Some(sheet) = project.sheet(&key) else { continue };
            if !aside.is_empty() {
                let in_aside = |row: &&Row| row.coding.answered && aside.contains(&row.span);
                said.n_in_aside += sheet.rows.iter().filter(in_aside).count();
            }
            let answers = || sheet.rows.iter().filter(|row| row.coding.answered && asked(row.span));
            let n = answers().count();
            if n > 0 && !sheet.done {
                said.n_unfinished += 1;
                said.n_in_unfinished += n;
            }
            let is_other = |row: &&Row| sheet.version_of(&row.coding) != scheme.version;
            said.n_of_other_version += answers().filter(is_other).count();
            said.n_to_check += answers().filter(|row| row.coding.check).count();
            for (label, times) in &mut retired {
                *times += answers().filter(|row| row.coding.labels.contains(*label)).count();
            }
        }
    }
    let occur = retired.into_iter().filter(|(_, n)| *n > 0);
    said.retired = occur.map(|(label, n)| (label.clone(), n)).collect();
    said
}

/// The answers of these units, each an own label: *none of these* first, then the labels that are given, then what else occurs
/// (labels no longer given, several labels together). Only articles that are `taken`.
pub fn matrix(project: &Project, units: &Units, rule: Rule, taken: impl Fn(&ArticleId) -> bool) -> Matrix {
    let is_retired = |label: &LabelId| project.scheme().label(label).is_none_or(|label| label.retired);
    let counts: Vec<bool> = (0..units.answers.len())
        .map(|answer| AnswerIdx::try_from(answer).unwrap_or_default())
        .map(|answer| !rule.no_retired || !units.answers.labels(answer).iter().any(is_retired))
        .collect();
    let mut rows: Vec<(Vec<Option<usize>>, u32)> = vec![];
    for (number, article) in (0..).zip(&units.articles).filter(|(_, article)| taken(&article.article)) {
        let coders = article.coders.iter().map(|coder| {
            let key = units
                .coder(*coder)
                .map(|id| SheetKey { coder: id.clone(), article: article.article.clone() });
            let sheet = key.and_then(|key| project.sheet(&key));
            let is_done = sheet.is_some_and(|sheet| sheet.done);
            let version = project.scheme().version;
            // An answer has its own version, silence that of its sheet.
            let is_of_version = sheet.is_some_and(|sheet| sheet.scheme == version);
            let is_in = is_done || !rule.finished_only;
            let others = sheet.filter(|_| rule.this_version_only).into_iter().flat_map(|sheet| {
                let is_other = |row: &&Row| sheet.version_of(&row.coding) != version;
                sheet.rows.iter().filter(is_other).map(|row| row.span)
            });
            let others: BTreeSet<Span> = others.collect();
            let is_silence = is_in && (is_of_version || !rule.this_version_only);
            // The first answer is none of these.
            let silence = (rule.missing == Missing::NoneIfDone && is_done && is_silence).then_some(0);
            (usize::from(*coder), is_in, others, silence)
        });
        let coders: Vec<_> = coders.collect();
        for (unit, place) in article.units.iter().enumerate() {
            let mut row = vec![None; units.coders.len()];
            for ((coder, is_in, others, silence), cell) in coders.iter().zip(article.cells(unit)) {
                let answer = cell.answer.map(|answer| answer as usize);
                let is_in = *is_in && !others.contains(&place.span);
                let counted = answer.filter(|at| is_in && counts.get(*at).copied().unwrap_or(false));
                // Nobody was asked about what is aside: silence there is no answer by any rule.
                let silence = silence.filter(|_| unit < article.n_asked());
                if let Some(place) = row.get_mut(*coder) {
                    *place = if answer.is_some() { counted } else { silence };
                }
            }
            rows.push((row, number));
        }
    }
    let mut occurs = vec![false; units.answers.len()];
    for answer in rows.iter().flat_map(|(row, _)| row.iter().flatten()) {
        if let Some(occurs) = occurs.get_mut(*answer) {
            *occurs = true;
        }
    }
    let (mut names, mut places, mut sets) = (vec![], vec![], vec![]);
    for (answer, occurs) in (0..).zip(&occurs) {
        let labels = units.answers.labels(answer);
        let is_given = match labels {
            [] => true,
            [label] => project.scheme().label(label).is_some_and(|label| !label.retired),
            _ => false,
        };
        let place = LabelIdx::try_from(names.len()).ok().filter(|_| is_given || *occurs);
        names.extend(place.map(|_| labels_cell(labels)));
        places.push(place);
        let idx_of = |label| project.scheme().idx_of(label).and_then(|idx| LabelIdx::try_from(idx).ok());
        sets.extend(place.map(|_| labels.iter().filter_map(idx_of).collect::<Vec<_>>()));
    }
    let mut matrix = Matrix::new(units.coders.iter().map(ToString::to_string).collect(), names);
    if project.scheme().takes_several() || sets.iter().any(|set| set.len() > 1) {
        matrix = matrix.of_sets(sets);
    }
    for (row, article) in rows {
        let cells = row.into_iter().map(|answer| places.get(answer?).copied().flatten());
        matrix.push(cells, Some(article));
    }
    matrix
}

/// Figures over the text; labels are places in `names`.
#[derive(Debug, Clone, PartialEq)]
pub struct OverText {
    pub n_articles: usize,
    pub names: Vec<String>,
    pub figures: Unitized<usize>,
}

/// Agreement over the text itself, where coders have other boundaries: what each marked, with the rows whose sentence is no
/// longer there. Over the articles that all of these coders answered in; answers that the rule leaves out are none.
pub fn unitized(
    project: &Project,
    units: &Units,
    coders: &[CoderId],
    (rule, taken): (Rule, impl Fn(&ArticleId) -> bool),
) -> OverText {
    let scheme = project.scheme();
    let is_retired = |label: &LabelId| scheme.label(label).is_none_or(|label| label.retired);
    let (mut continua, mut names) = (vec![], vec![]);
    let mut place = |labels: &[LabelId]| {
        let name = labels_cell(labels);
        let at = names.iter().position(|known| *known == name).unwrap_or(names.len());
        names.extend((at == names.len()).then_some(name));
        at
    };
    for of in units.articles.iter().filter(|of| taken(&of.article)) {
        let Some(article) = project.article(&of.article) else { continue };
        let aside =
            article.sentences().iter().filter(|sentence| !rule.with_aside && article.is_aside(sentence));
        let aside: BTreeSet<Span> = aside.map(|sentence| sentence.span).collect();
        let marked = coders.iter().map(|coder| {
            let key = SheetKey { coder: coder.clone(), article: of.article.clone() };
            let sheet = project.sheet(&key).filter(|sheet| sheet.done || !rule.finished_only)?;
            let counts = |row: &&Row| {
                let is_left_out = (rule.no_retired && row.coding.labels.iter().any(is_retired))
                    || (rule.this_version_only && sheet.version_of(&row.coding) != scheme.version);
                row.coding.answered && !is_left_out && !aside.contains(&row.span)
            };
            let mut rows: Vec<_> = sheet.rows.iter().chain(&sheet.kept).filter(counts).collect();
            rows.sort_by_key(|row| row.span);
            let is_begun = !rows.is_empty();
            let labelled = rows.into_iter().filter(|row| !row.coding.labels.is_empty());
            let sections = labelled.map(|row| Section {
                start: row.span.start.into(),
                end: row.span.end.into(),
                label: place(&row.coding.labels),
            });
            let sections: Vec<_> = sections.collect();
            is_begun.then_some(sections)
        });
        if let Some(coders) = marked.collect::<Option<Vec<_>>>() {
            let len = article.sentences().last().map_or(0, |last| last.span.end);
            continua.push(Continuum { len: len.into(), coders });
        }
    }
    let figures = unitizing::of(&continua);
    OverText { n_articles: continua.len(), names, figures }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::agreement::figures;
    use crate::analysis::agreement::sums::Sums;
    use crate::model::ids::Stamp;
    use crate::model::{plan, sketch};

    const DRAWN: &str = "# Fire\nOne. [denial; ben: fact ?] Two. [none; ben: none] Three. [fact] Four. []\n# Rain\nIt fell. [ben: fact; cleo: fact]";

    fn drawn() -> Project {
        sketch::project(DRAWN, |text| format!("a{}", text.len()), |_| String::new()).unwrap()
    }

    fn shown(project: &Project, missing: Missing, taken: impl Fn(&ArticleId) -> bool) -> Vec<String> {
        let rule = Rule { missing, ..Rule::default() };
        let matrix = matrix(project, &Units::of(project), rule, taken);
        let name = |cell: &Option<LabelIdx>| {
            cell.and_then(|idx| matrix.labels().get(usize::from(idx)).cloned()).unwrap_or("-".to_owned())
        };
        matrix.rows().map(|row| row.iter().map(name).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn a_matrix_has_what_was_answered() {
        let project = drawn();
        let all = ["denial fact -", "none none -", "fact - -", "- - -", "- fact fact"];
        assert_eq!(shown(&project, Missing::Missing, |_| true), all);
        assert_eq!(shown(&project, Missing::Missing, |id| id.as_str() == "a8"), ["- fact fact"]);
        let matrix = matrix(&project, &Units::of(&project), Rule::default(), |_| true);
        assert_eq!(matrix.labels(), ["none", "allegation", "denial", "fact"]);
        assert_eq!(matrix.articles(), Some(&[0, 0, 0, 0, 1][..]));
        let same = figures::percent_pooled(&Sums::of(matrix.rows())).unwrap();
        assert!((same - 2.0 / 3.0).abs() < 1e-12, "{same}");
    }

    #[test]
    fn no_answer_in_a_done_article_can_be_none() {
        let mut project = drawn();
        let article = project.articles().next().unwrap().id.clone();
        let key = SheetKey { coder: CoderId::new("ben"), article };
        let done = plan::done(&project, &key, true, Stamp(1)).unwrap();
        project.apply(done).unwrap();
        let none = ["denial fact -", "none none -", "fact none -", "- none -", "- fact fact"];
        assert_eq!(shown(&project, Missing::NoneIfDone, |_| true), none);
        assert_eq!(shown(&project, Missing::Missing, |_| true), shown(&drawn(), Missing::Missing, |_| true));
    }

    #[test]
    fn a_retired_label_counts_where_it_occurs() {
        let mut project = drawn();
        for label in ["allegation", "denial"] {
            let idx = project.scheme().labels.iter().position(|one| one.id.as_str() == label).unwrap();
            let retired =
                crate::model::scheme::Label { retired: true, ..(*project.scheme().labels[idx]).clone() };
            let to = Some((idx, std::sync::Arc::new(retired)));
            let id = crate::model::ids::LabelId::new(label);
            project.apply(crate::model::action::Action::Label { id, to }).unwrap();
        }
        let matrix = matrix(&project, &Units::of(&project), Rule::default(), |_| true);
        assert_eq!(matrix.labels(), ["none", "denial", "fact"]);
    }
}
