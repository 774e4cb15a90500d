//! Actions of who decides what coders answered differently. `None` = nothing would change.

use crate::model::action::{Action, Record};
use crate::model::coding::labels_cell;
use crate::model::decision::Decision;
use crate::model::ids::{ArticleId, CoderId, LabelId, RecordId, Span, Stamp};
use crate::model::plan;
use crate::model::project::Project;
use std::collections::BTreeMap;

/// What is decided about one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deciding {
    pub article: ArticleId,
    pub sentence: Span,
    /// In any order; empty = none of these.
    pub labels: Vec<LabelId>,
    pub reason: String,
    /// A reason that is used again and again; empty = none.
    pub code: String,
}

/// Who decides, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct By {
    pub coder: CoderId,
    pub at: Stamp,
}

/// What everybody who labels answered to a sentence, a line a coder, as a decision keeps it.
pub fn answers(project: &Project, article: &ArticleId, sentence: Span) -> Box<[Box<str>]> {
    let said = project.sheets_for(article).filter(|sheet| is_counted(project, &sheet.key.coder));
    let said = said.filter_map(|sheet| {
        let coding = sheet.coding(sentence).filter(|coding| coding.answered)?;
        Some(answer(&sheet.key.coder, &coding.labels).into())
    });
    said.collect()
}

/// One line of them: `anna-7f3k denial|fact`, `anna-7f3k none`.
pub fn answer(coder: &CoderId, labels: &[LabelId]) -> String {
    format!("{coder} {}", labels_cell(labels))
}

/// Whether this person's answers count: a reviewer decides and does not label.
pub fn is_counted(project: &Project, coder: &CoderId) -> bool {
    project.coder(coder).is_some_and(|coder| !coder.is_reviewer())
}

/// The decision about each sentence: of several the latest stands.
pub fn standing(project: &Project) -> BTreeMap<(&ArticleId, Span), &Decision> {
    let mut decided = BTreeMap::new();
    for decision in project.decisions() {
        let stands = decided.entry((&decision.article, decision.sentence)).or_insert(decision);
        if is_later(decision, stands) {
            *stands = decision;
        }
    }
    decided
}

/// Which of two decisions about a sentence stands.
pub fn is_later(decision: &Decision, than: &Decision) -> bool {
    (decision.at, &decision.id) > (than.at, &than.id)
}

/// Records a decision in the place of the one that stands. The same said again changes nothing, unless what was answered is
/// other than it was.
pub fn decide(
    project: &Project,
    standing: Option<&Decision>,
    deciding: &Deciding,
    by: &By,
    new_id: impl FnOnce() -> RecordId,
) -> Option<Action> {
    let answers = answers(project, &deciding.article, deciding.sentence);
    decide_on(project, standing, (deciding, answers), by, new_id)
}

/// The same on these answers, where somebody's lie over the project.
pub fn decide_on(
    project: &Project,
    standing: Option<&Decision>,
    (deciding, answers): (&Deciding, Box<[Box<str>]>),
    by: &By,
    new_id: impl FnOnce() -> RecordId,
) -> Option<Action> {
    let labels = plan::in_scheme_order(project.scheme(), &deciding.labels);
    let reason = deciding.reason.trim_end();
    if let Some(was) = standing {
        let same = was.labels == labels && was.reason == reason && was.code == deciding.code;
        if same && was.answers == answers {
            return None;
        }
    }
    let id = standing.map_or_else(new_id, |was| was.id.clone());
    let decision = Decision {
        id: id.clone(),
        article: deciding.article.clone(),
        sentence: deciding.sentence,
        labels,
        reason: reason.to_owned(),
        code: deciding.code.clone(),
        by: by.coder.clone(),
        at: Some(by.at),
        answers,
        extra: standing.and_then(|was| was.extra.clone()),
    };
    Some(Action::Record(Record::Decision { id, to: Some(decision) }))
}

/// Opens a sentence again: whatever was decided about it goes.
pub fn reopen(project: &Project, article: &ArticleId, sentence: Span) -> Option<Action> {
    let here = project.decisions().filter(|d| d.article == *article && d.sentence == sentence);
    let gone = here.map(|d| Action::Record(Record::Decision { id: d.id.clone(), to: None }));
    let mut gone: Vec<Action> = gone.collect();
    if gone.len() > 1 { Some(Action::Many(gone)) } else { gone.pop() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::audit;
    use crate::model::sketch;

    const DRAWING: &str = "One. [denial; ben: fact] Two. [fact; ben: none] Three. [] Four. [none]";

    fn drawn() -> (Project, ArticleId) {
        let project = sketch::project(DRAWING, |_| "a".to_owned(), |_| String::new()).unwrap();
        (project, ArticleId::new("a"))
    }

    fn by(at: i64) -> By {
        By { coder: CoderId::new("ben"), at: Stamp(at) }
    }

    fn deciding(project: &Project, nth: usize, labels: &[&str]) -> Deciding {
        let article = project.articles().next().unwrap();
        Deciding {
            article: article.id.clone(),
            sentence: article.sentences()[nth].span,
            labels: labels.iter().map(|id| LabelId::new(*id)).collect(),
            reason: "it answers \n".to_owned(),
            code: "slip".to_owned(),
        }
    }

    #[test]
    fn a_decision_keeps_what_was_answered_and_goes_again() {
        let (before, article) = drawn();
        let mut project = before.clone();
        let first = deciding(&project, 0, &["denial"]);
        let id = || RecordId::new("d1");
        let action = decide(&project, None, &first, &by(5), id).unwrap();
        let undo = project.apply(action).unwrap();
        let stands = project.decisions().next().unwrap().clone();
        assert_eq!(stands.answers.join(", "), "anna denial, ben fact");
        assert_eq!((stands.reason.as_str(), stands.code.as_str()), ("it answers", "slip"));
        assert!(project.sheets().eq(before.sheets()), "a decision changes no coding");
        assert_eq!(decide(&project, Some(&stands), &first, &by(9), id), None, "said already");
        // The same answer to other codings is another decision, in the same place.
        let other = deciding(&project, 0, &[]);
        let action = decide(&project, Some(&stands), &other, &by(9), || RecordId::new("d2")).unwrap();
        project.apply(action.clone()).unwrap();
        assert_eq!(project.decisions().map(|d| d.id.as_str()).collect::<Vec<_>>(), ["d1"]);
        assert_eq!(audit::audit(&project), []);
        project.apply(reopen(&project, &article, first.sentence).unwrap()).unwrap();
        assert_eq!(reopen(&project, &article, first.sentence), None);
        project.apply(action).unwrap();
        project.apply(undo).unwrap();
        assert_eq!(project, before);
    }

    #[test]
    fn reviewers_answers_are_not_asked() {
        let (mut project, article) = drawn();
        let ben = project.coder(&CoderId::new("ben")).cloned().unwrap();
        let role = Some(crate::model::coder::REVIEWER.to_owned());
        let to = Some(crate::model::coder::Coder { role, ..ben.clone() });
        project.apply(Action::Coder { id: ben.id, to }).unwrap();
        let span = project.article(&article).unwrap().sentences()[1].span;
        assert_eq!(answers(&project, &article, span).join(", "), "anna fact");
    }
}
