//! One colleague's answers laid over a project, in memory.

use super::{Choice, together};
use crate::model::action::Action;
use crate::model::audit::Problem;
use crate::model::coder::Coder;
use crate::model::deciding::is_counted;
use crate::model::ids::{CoderId, LabelId, ProjectId, Span};
use crate::model::project::{Parts, Project};
use crate::model::sheet::{Sheet, SheetKey};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A project with a colleague's answers beside those that it has.
#[derive(Debug, Clone)]
pub struct Over {
    pub project: Project,
    /// Whose answers lie over it, under an id that nobody has in it.
    pub coder: CoderId,
    pub name: String,
    /// Answers that are to sentences, or have labels, that the project does not have.
    pub n_left: usize,
    /// Sentences that are answered otherwise in the project; that only they answered; that nobody answered but in the project.
    pub n_differ: usize,
    pub n_theirs: usize,
    pub n_ours: usize,
}

impl Over {
    /// What differs, in words.
    pub fn says(&self) -> String {
        let answers = |n: usize| if n == 1 { "1 answer".to_owned() } else { format!("{n} answers") };
        let differ = if self.n_differ == 1 { "differs" } else { "differ" };
        let only = [(self.n_theirs, "only theirs"), (self.n_ours, "only here")];
        let only = only.iter().filter(|(n, _)| *n > 0).map(|(n, whose)| format!(", {n} {whose}"));
        format!("{} over mine: {} {differ}{}", self.name, answers(self.n_differ), only.collect::<String>())
    }
}

/// Lays the answers of the one who answered most in a file over a project. Nothing else comes of the file. `None` = nobody answered
/// anything in it.
pub fn over(ours: &Project, theirs: &Project) -> Result<Option<Over>, Problem> {
    let n_answered =
        |coder: &&Coder| theirs.sheets_of(&coder.id).map(|sheet| sheet.n_answered()).sum::<usize>();
    let coders = theirs.coders().filter(|coder| !coder.is_reviewer());
    let Some(colleague) = coders.max_by_key(|coder| n_answered(coder)).filter(|coder| n_answered(coder) > 0)
    else {
        return Ok(None);
    };
    let mut id = colleague.id.clone();
    let mut n = 2;
    while ours.coder(&id).is_some() {
        let short: String = colleague.id.as_str().chars().take(56).collect();
        id = CoderId::new(format!("{short}-{n}"));
        n += 1;
    }
    let sheets = theirs.sheets_of(&colleague.id).map(|sheet| {
        let key = SheetKey { coder: id.clone(), article: sheet.key.article.clone() };
        Arc::new(Sheet { key, ..Sheet::clone(sheet) })
    });
    let name = format!("{} (theirs)", colleague.shown_name());
    let alone = Project::assemble(Parts {
        scheme: theirs.scheme().clone(),
        coders: vec![Coder::new(id.clone(), name.clone())],
        articles: theirs.articles().cloned().collect(),
        sheets: sheets.collect(),
        ..Parts::new(ProjectId::new("theirs"), theirs.title())
    })?;
    let both = together(&[ours, &alone], ours.id().clone(), &Choice::default())?;
    let mut project = ours.clone();
    let to = both.project.coder(&id).cloned();
    let mut actions = vec![Action::Coder { id: id.clone(), to }];
    for sheet in both.project.sheets_of(&id) {
        if ours.article(&sheet.key.article).is_some_and(|article| article.intact) {
            actions.push(Action::Sheet { key: sheet.key.clone(), to: Some(Arc::clone(sheet)) });
        }
    }
    // What is over the sheets is sound: it was just put together over the same articles and codebook.
    if project.apply(Action::Many(actions)).is_err() {
        return Ok(None);
    }
    let n_left = both.elsewhere.len() + both.mappings.iter().map(|mapping| mapping.n_left).sum::<usize>();
    let [n_differ, n_theirs, n_ours] = counts(ours, &project, &id);
    Ok(Some(Over { project, coder: id, name, n_left, n_differ, n_theirs, n_ours }))
}

/// Sentences that are answered otherwise, only by the colleague, only by others.
fn counts(ours: &Project, both: &Project, guest: &CoderId) -> [usize; 3] {
    let set = |labels: &[LabelId]| labels.iter().cloned().collect::<BTreeSet<_>>();
    let (mut n_differ, mut n_theirs, mut n_ours) = (0, 0, 0);
    for sheet in both.sheets_of(guest) {
        let answered = |sheet: &Sheet, span: Span| {
            let coding = sheet.coding(span).filter(|coding| coding.answered)?;
            Some(set(&coding.labels))
        };
        let others = ours.sheets_for(&sheet.key.article);
        let others: Vec<_> = others.filter(|sheet| is_counted(ours, &sheet.key.coder)).collect();
        let Some(article) = both.article(&sheet.key.article) else { continue };
        for sentence in article.sentences() {
            let theirs = answered(sheet, sentence.span);
            let mut said = others.iter().filter_map(|other| answered(other, sentence.span)).peekable();
            match (theirs, said.peek().is_some()) {
                (Some(theirs), true) => n_differ += usize::from(said.any(|other| other != theirs)),
                (Some(_), false) => n_theirs += 1,
                (None, true) => n_ours += 1,
                (None, false) => {}
            }
        }
    }
    [n_differ, n_theirs, n_ours]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::compare::{Comparison, Kind};
    use crate::model::sketch;

    fn drawn(drawing: &str) -> Project {
        sketch::project(drawing, |text| format!("a{}", text.len()), |_| String::new()).unwrap()
    }

    #[test]
    fn a_colleagues_answers_lie_over_mine_and_change_nothing_of_them() {
        let ours = drawn("# One\nFire. [anna: fact] Rain. [anna: denial]");
        let theirs =
            drawn("# One\nFire. [anna: fact; ben: none] Rain. [anna: none]\n# Two\nIt snowed. [anna: fact]");
        let over = over(&ours, &theirs).unwrap().unwrap();
        assert_eq!((over.coder.as_str(), over.name.as_str(), over.n_left), ("anna-2", "anna (theirs)", 0));
        assert_eq!(over.says(), "anna (theirs) over mine: 1 answer differs");
        let comparison = Comparison::of(&over.project);
        assert_eq!((comparison.sums.n(Kind::All), comparison.sums.n(Kind::Disagree)), (2, 1));
        let mine = CoderId::new("anna");
        assert!(over.project.sheets_of(&mine).eq(ours.sheets_of(&mine)));
        assert!(super::over(&ours, &drawn("# One\nFire. []")).unwrap().is_none());
    }
}
