//! The matrix of a project: a row a sentence that is asked about, a column a coder.

use crate::analysis::agreement::matrix::{LabelIdx, Matrix};
use crate::analysis::units::Units;
use crate::model::coding::labels_cell;
use crate::model::ids::ArticleId;
use crate::model::project::Project;
use crate::model::sheet::SheetKey;

/// What a sentence without an answer is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Missing {
    /// A missing answer: *none of these* is only what was answered so.
    #[default]
    Missing,
    /// *None of these*, in an article that its coder called done.
    NoneIfDone,
}

/// The answers of these units, each an own label: *none of these* first, then the labels that are given, then what else occurs
/// (labels no longer given, several labels together). Only articles that are `taken`.
pub fn matrix(
    project: &Project,
    units: &Units,
    missing: Missing,
    taken: impl Fn(&ArticleId) -> bool,
) -> Matrix {
    let mut rows: Vec<(Vec<Option<usize>>, u32)> = vec![];
    for (number, article) in (0..).zip(&units.articles).filter(|(_, article)| taken(&article.article)) {
        let coders = article.coders.iter().map(|coder| {
            let key = units
                .coder(*coder)
                .map(|id| SheetKey { coder: id.clone(), article: article.article.clone() });
            let is_done = key.and_then(|key| project.sheet(&key)).is_some_and(|sheet| sheet.done);
            // The first answer is none of these.
            (usize::from(*coder), (missing == Missing::NoneIfDone && is_done).then_some(0))
        });
        let coders: Vec<_> = coders.collect();
        for unit in 0..article.units.len() {
            let mut row = vec![None; units.coders.len()];
            for ((coder, silence), cell) in coders.iter().zip(article.cells(unit)) {
                if let Some(place) = row.get_mut(*coder) {
                    *place = cell.answer.map_or(*silence, |answer| Some(answer as usize));
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
    let (mut names, mut places) = (vec![], vec![]);
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
    }
    let mut matrix = Matrix::new(units.coders.iter().map(ToString::to_string).collect(), names);
    for (row, article) in rows {
        let cells = row.into_iter().map(|answer| places.get(answer?).copied().flatten());
        matrix.push(cells, Some(article));
    }
    matrix
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::agreement::figures;
    use crate::analysis::agreement::sums::Sums;
    use crate::model::ids::{CoderId, Stamp};
    use crate::model::{plan, sketch};

    const DRAWN: &str = "# Fire\nOne. [denial; ben: fact ?] Two. [none; ben: none] Three. [fact] Four. []\n# Rain\nIt fell. [ben: fact; cleo: fact]";

    fn drawn() -> Project {
        sketch::project(DRAWN, |text| format!("a{}", text.len()), |_| String::new()).unwrap()
    }

    fn shown(project: &Project, missing: Missing, taken: impl Fn(&ArticleId) -> bool) -> Vec<String> {
        let matrix = matrix(project, &Units::of(project), missing, taken);
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
        let matrix = matrix(&project, &Units::of(&project), Missing::Missing, |_| true);
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
        let matrix = matrix(&project, &Units::of(&project), Missing::Missing, |_| true);
        assert_eq!(matrix.labels(), ["none", "denial", "fact"]);
    }
}
