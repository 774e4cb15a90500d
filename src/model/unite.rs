//! Two labels become one: everybody's answers, those kept aside, decisions and conflicts follow; the old id stays as `was`, so
//! that older files are understood.

use crate::model::action::Action;
use crate::model::becoming::becoming;
use crate::model::coding::{Row, labels_cell};
use crate::model::conflict::Value;
use crate::model::ids::{ArticleId, LabelId};
use crate::model::plan::in_scheme_order;
use crate::model::project::{Parts, Project};
use crate::model::scheme::{Label, Scheme};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A merge of two labels, and what that touches.
#[derive(Debug, Clone, PartialEq)]
pub struct United {
    /// All of it: done, undone and journalled as one.
    pub action: Action,
    pub touches: Touches,
    pub version: u32,
}

/// What names a label.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Touches {
    /// Answers, and in how many articles.
    pub n_codings: usize,
    pub n_articles: usize,
    /// Those of them that have the other label too.
    pub n_both: usize,
    /// Answers that are kept aside, since their sentence is another one now.
    pub n_kept: usize,
    pub n_decisions: usize,
    pub n_conflicts: usize,
}

impl Touches {
    /// What names a label; `beside` is one that may stand beside it.
    pub fn of(project: &Project, label: &LabelId, beside: Option<&LabelId>) -> Self {
        let mut touches = Self::default();
        let mut articles: BTreeSet<&ArticleId> = BTreeSet::new();
        for sheet in project.sheets() {
            for row in sheet.rows.iter().filter(|row| row.coding.has(label)) {
                touches.n_codings += 1;
                touches.n_both += usize::from(beside.is_some_and(|beside| row.coding.has(beside)));
                articles.insert(&sheet.key.article);
            }
            touches.n_kept += sheet.kept.iter().filter(|row| row.coding.has(label)).count();
        }
        touches.n_articles = articles.len();
        touches.n_decisions = project.decisions().filter(|d| d.labels.contains(label)).count();
        let names = |value: &Value| value.labels().contains(label);
        touches.n_conflicts = project.conflicts().iter().filter(|c| c.sides().any(names)).count();
        touches
    }

    /// In words: `16 codings in 4 articles, 1 decision`.
    pub fn says(&self) -> String {
        let n = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
        let mut parts = vec![format!(
            "{} in {}",
            n(self.n_codings, "coding", "codings"),
            n(self.n_articles, "article", "articles")
        )];
        let others = [
            (self.n_kept, "answer kept aside", "answers kept aside"),
            (self.n_decisions, "decision", "decisions"),
            (self.n_conflicts, "conflict", "conflicts"),
        ];
        parts.extend(
            others.iter().filter(|(count, ..)| *count > 0).map(|(count, one, many)| n(*count, one, many)),
        );
        parts.join(", ")
    }
}

/// Merges a label into another one; a sentence that has both has one then. `None` = one of them is not there, or they are the same.
pub fn unite(project: &Project, from: &LabelId, into: &LabelId) -> Option<United> {
    let scheme = project.scheme();
    let gone = scheme.label(from).filter(|_| from != into)?;
    scheme.label(into)?;
    let mut parts = Parts::of(project);
    let before = [from.clone()].into_iter().chain(gone.was.iter().cloned());
    let before: Vec<LabelId> = before.collect();
    for label in &mut parts.scheme.labels {
        if label.id == *into {
            remember(Arc::make_mut(label), &before);
        }
    }
    parts.scheme.labels.retain(|label| label.id != *from);
    parts.scheme.version = scheme.version.saturating_add(1);
    let version = parts.scheme.version;
    Renames([(from.clone(), into.clone())].into()).rename(&mut parts);
    let action = becoming(project, &Project::assemble(parts).ok()?)?;
    Some(United { action, touches: Touches::of(project, from, Some(into)), version })
}

/// A project as it is in a scheme in which labels were merged that it still has: what each became. `None` = there are none.
pub fn as_merged(project: &Project, now: &Scheme) -> Option<(Project, Vec<(LabelId, LabelId)>)> {
    let gone = project.scheme().labels.iter().filter_map(|label| Some((&label.id, now.merged(&label.id)?)));
    let gone: Vec<(LabelId, Arc<Label>)> = gone.map(|(id, into)| (id.clone(), Arc::clone(into))).collect();
    if gone.is_empty() {
        return None;
    }
    let mut parts = Parts::of(project);
    let renames: BTreeMap<_, _> = gone.iter().map(|(from, into)| (from.clone(), into.id.clone())).collect();
    let labels = &mut parts.scheme.labels;
    for (from, into) in &gone {
        if let Some(there) = labels.iter_mut().find(|label| label.id == into.id) {
            let before: Vec<_> = into.was.iter().filter(|id| now.label(id).is_none()).cloned().collect();
            remember(Arc::make_mut(there), &before);
        } else {
            // It comes as it is now, in the place of the first that it was.
            let place = labels.iter().position(|label| label.id == *from).unwrap_or(labels.len());
            let bare = Label { keys: vec![], letter: String::new(), ..Label::clone(into) };
            labels.insert(place, Arc::new(bare));
        }
    }
    labels.retain(|label| !renames.contains_key(&label.id));
    Renames(renames.clone()).rename(&mut parts);
    Some((Project::assemble(parts).ok()?, renames.into_iter().collect()))
}

/// Ids that a label takes on as former ones.
pub(in crate::model) fn remember(label: &mut Label, ids: &[LabelId]) {
    for id in ids {
        if label.id != *id && !label.was.contains(id) {
            label.was.push(id.clone());
        }
    }
}

/// What labels become.
struct Renames(BTreeMap<LabelId, LabelId>);

impl Renames {
    fn rename(&self, parts: &mut Parts) {
        let scheme = parts.scheme.clone();
        for sheet in &mut parts.sheets {
            let names = |row: &Row| self.names(&row.coding.labels);
            if sheet.rows.iter().chain(&sheet.kept).any(names) {
                let sheet = Arc::make_mut(sheet);
                for row in sheet.rows.iter_mut().chain(&mut sheet.kept) {
                    self.labels(&mut row.coding.labels, &scheme);
                }
            }
        }
        for decision in &mut parts.decisions {
            let named = |line: &str| self.0.keys().any(|id| line.contains(id.as_str()));
            if self.names(&decision.labels) || decision.answers.iter().any(|line| named(line)) {
                let decision = Arc::make_mut(decision);
                self.labels(&mut decision.labels, &scheme);
                decision.answers.iter_mut().for_each(|line| self.answer(line, &scheme));
            }
        }
        for conflict in &mut parts.conflicts {
            for side in [&mut conflict.base, &mut conflict.ours, &mut conflict.theirs].into_iter().flatten() {
                match side {
                    Value::Coding(coding) => self.labels(&mut coding.labels, &scheme),
                    Value::Decision(decision) => {
                        self.labels(&mut decision.labels, &scheme);
                        decision.answers.iter_mut().for_each(|line| self.answer(line, &scheme));
                    }
                    _ => {}
                }
            }
        }
    }

    fn names(&self, labels: &[LabelId]) -> bool {
        labels.iter().any(|label| self.0.contains_key(label))
    }

    fn labels(&self, labels: &mut Box<[LabelId]>, scheme: &Scheme) {
        if self.names(labels) {
            let now: Vec<LabelId> = labels.iter().map(|id| self.0.get(id).unwrap_or(id).clone()).collect();
            *labels = in_scheme_order(scheme, &now);
        }
    }

    /// A line of what was answered when something was decided, `anna denial|fact`: as it would be answered now, so that the
    /// decision stays one about these answers.
    fn answer(&self, line: &mut Box<str>, scheme: &Scheme) {
        let Some((coder, cell)) = line.rsplit_once(' ') else { return };
        let mut labels: Box<[LabelId]> = cell.split('|').map(LabelId::new).collect();
        if self.names(&labels) {
            self.labels(&mut labels, scheme);
            *line = format!("{coder} {}", labels_cell(&labels)).into();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::action::Record;
    use crate::model::audit;
    use crate::model::conflict::{Conflict, What};
    use crate::model::deciding::{self, By, Deciding};
    use crate::model::ids::{CoderId, RecordId, Stamp};
    use crate::model::sketch;

    const DRAWING: &str = "One. [allegation; ben: denial] Two. [denial ? \"p. 2\"] Three. [fact; ben: allegation]\n\n\
                           Four. [none] Five. []";

    fn id(id: &str) -> LabelId {
        LabelId::new(id)
    }

    fn drawn() -> Project {
        let mut project = sketch::project(DRAWING, |_| "a".to_owned(), |_| String::new()).unwrap();
        let article = project.articles().next().unwrap().clone();
        let sentence = article.sentences()[0].span;
        let by = By { coder: CoderId::new("ben"), at: Stamp(9) };
        let deciding = Deciding {
            article: article.id.clone(),
            sentence,
            labels: vec![id("allegation")],
            reason: String::new(),
            code: String::new(),
        };
        let decided = deciding::decide(&project, None, &deciding, &by, || RecordId::new("d")).unwrap();
        project.apply(decided).unwrap();
        let sheet = project.sheets().next().unwrap().clone();
        let conflict = Conflict {
            coder: Some(sheet.key.coder.clone()),
            article: Some(article.id.clone()),
            sentence: Some(sentence),
            ours: Some(Value::Coding(sheet.rows[0].coding.clone())),
            theirs: Some(Value::Coding(sheet.rows[2].coding.clone())),
            ..Conflict::new(What::Coding)
        };
        let to = Some(Box::new(conflict));
        project.apply(Action::Record(Record::Conflict { place: 0, to })).unwrap();
        let mut kept = (*sheet).clone();
        kept.kept = vec![kept.rows[0].clone()];
        project.apply(Action::Sheet { key: sheet.key.clone(), to: Some(Arc::new(kept)) }).unwrap();
        project
    }

    fn shown(project: &Project) -> String {
        let sheets = project.sheets().map(|sheet| {
            let cells =
                |rows: &[Row]| rows.iter().map(|row| row.coding.labels_cell()).collect::<Vec<_>>().join(" ");
            format!("{}: {} / {}", sheet.key.coder, cells(&sheet.rows), cells(&sheet.kept))
        });
        let decided =
            project.decisions().map(|d| format!("{} ({})", labels_cell(&d.labels), d.answers.join(", ")));
        let sides =
            project.conflicts().iter().flat_map(Conflict::sides).map(|side| labels_cell(side.labels()));
        sheets.chain(decided).chain(sides).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn everything_that_names_a_label_follows_it() {
        let mut project = drawn();
        let before = project.clone();
        let united = unite(&project, &id("allegation"), &id("denial")).unwrap();
        assert_eq!(
            united.touches,
            Touches { n_codings: 2, n_articles: 1, n_both: 0, n_kept: 1, n_decisions: 1, n_conflicts: 1 }
        );
        assert_eq!(
            united.touches.says(),
            "2 codings in 1 article, 1 answer kept aside, 1 decision, 1 conflict"
        );
        let inverse = project.apply(united.action).unwrap();
        assert_eq!(audit::audit(&project), []);
        assert_eq!(
            shown(&project),
            "anna: denial denial fact none / denial; ben: denial denial / ; denial (anna denial, ben denial); denial; fact"
        );
        let decision = project.decisions().next().unwrap();
        let now = deciding::answers(&project, &decision.article, decision.sentence);
        assert_eq!(decision.answers, now, "the decision is about the answers as they are");
        assert_eq!(project.scheme().version, 2);
        assert_eq!(project.scheme().label(&id("denial")).unwrap().was, [id("allegation")]);
        assert_eq!(project.scheme().label(&id("allegation")), None);
        project.apply(inverse).unwrap();
        assert_eq!(project, before);
        assert_eq!(unite(&project, &id("fact"), &id("fact")), None);
        assert_eq!(unite(&project, &id("fact"), &id("rumour")), None);
    }

    #[test]
    fn both_in_one_sentence_become_one() {
        let mut project = drawn();
        let several = Scheme { choose: "several".to_owned(), ..project.scheme().clone() };
        project.apply(crate::model::codebook::adopt(&project, &several).unwrap().unwrap().action).unwrap();
        let key = project.sheets().next().unwrap().key.clone();
        let span = project.articles().next().unwrap().sentences()[0].span;
        for label in ["fact", "denial"] {
            let add = crate::model::plan::toggle(&project, &key, span, &id(label), Stamp(3)).unwrap();
            project.apply(add).unwrap();
        }
        let united = unite(&project, &id("allegation"), &id("fact")).unwrap();
        assert_eq!(united.touches.n_both, 1);
        project.apply(united.action).unwrap();
        assert_eq!(project.coding(&key, span).unwrap().labels_cell(), "denial|fact");
    }

    #[test]
    fn an_older_file_is_read_in_the_scheme_as_it_is() {
        let older = drawn();
        let mut project = older.clone();
        for (from, into) in [("allegation", "denial"), ("denial", "fact")] {
            project.apply(unite(&project, &id(from), &id(into)).unwrap().action).unwrap();
        }
        assert_eq!(project.scheme().label(&id("fact")).unwrap().was, [id("denial"), id("allegation")]);
        let (now, renames) = as_merged(&older, project.scheme()).unwrap();
        assert_eq!(shown(&now), shown(&project));
        assert_eq!(now.scheme().labels, project.scheme().labels);
        assert_eq!(renames, [(id("allegation"), id("fact")), (id("denial"), id("fact"))]);
        assert_eq!(as_merged(&project, older.scheme()), None);
    }
}
