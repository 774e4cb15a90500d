//! Undo and redo without limit: each step holds the action that takes it back.

use crate::model::action::{Action, Place};
use crate::model::project::{Project, Refusal};

/// One thing done, by name, with the way back.
#[derive(Debug, Clone)]
struct Step {
    name: String,
    /// Takes it back (or, among the undone, does it again).
    back: Action,
    place: Option<Place>,
}

/// What an undo or redo did to the project.
#[derive(Debug, Clone)]
pub struct Moved {
    pub name: String,
    /// The action that was applied, for the journal.
    pub action: Action,
    pub place: Option<Place>,
}

#[derive(Debug, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
}

impl History {
    /// Applies an action and remembers the way back; what was undone before can no longer be redone.
    pub fn act(
        &mut self,
        project: &mut Project,
        name: &str,
        action: Action,
    ) -> Result<Option<Place>, Refusal> {
        let wanted = action.place();
        let back = project.apply(action)?;
        let place = wanted.or_else(|| back.place());
        self.undone.clear();
        self.done.push(Step { name: name.to_owned(), back, place: place.clone() });
        Ok(place)
    }

    pub fn undo(&mut self, project: &mut Project) -> Result<Option<Moved>, Refusal> {
        shift(&mut self.done, &mut self.undone, project)
    }

    pub fn redo(&mut self, project: &mut Project) -> Result<Option<Moved>, Refusal> {
        shift(&mut self.undone, &mut self.done, project)
    }

    /// Name of what undo would take back.
    pub fn undo_name(&self) -> Option<&str> {
        self.done.last().map(|step| step.name.as_str())
    }

    /// Name of what redo would do again.
    pub fn redo_name(&self) -> Option<&str> {
        self.undone.last().map(|step| step.name.as_str())
    }

    pub fn n_done(&self) -> usize {
        self.done.len()
    }
}

fn shift(from: &mut Vec<Step>, to: &mut Vec<Step>, project: &mut Project) -> Result<Option<Moved>, Refusal> {
    let Some(step) = from.last().cloned() else { return Ok(None) };
    let back = project.apply(step.back.clone())?;
    from.pop();
    to.push(Step { name: step.name.clone(), back, place: step.place.clone() });
    Ok(Some(Moved { name: step.name, action: step.back, place: step.place }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::{ArticleId, CoderId, LabelId, Stamp};
    use crate::model::plan::{self, Answer};
    use crate::model::sheet::SheetKey;
    use crate::model::sketch;

    #[test]
    fn steps_have_names_and_places_and_a_new_one_ends_redo() {
        let mut project =
            sketch::project("One. [denial] Two. []", |_| "a".to_owned(), |_| String::new()).unwrap();
        let key = SheetKey { coder: CoderId::new("anna"), article: ArticleId::new("a") };
        let spans: Vec<_> = project.articles().next().unwrap().sentences().iter().map(|s| s.span).collect();
        let mut history = History::default();
        assert!(history.undo(&mut project).unwrap().is_none());

        let fact = Answer::Labels(vec![LabelId::new("fact")]);
        let action = plan::answer(&project, &key, spans[1], &fact, Stamp(1)).unwrap();
        let place = history.act(&mut project, "label: fact", action).unwrap().unwrap();
        assert_eq!(place.sentence, Some(spans[1]));
        let action = plan::answer(&project, &key, spans[0], &Answer::Unanswered, Stamp(2)).unwrap();
        history.act(&mut project, "take the label away", action).unwrap();
        assert_eq!((history.undo_name(), history.redo_name()), (Some("take the label away"), None));

        let undone = history.undo(&mut project).unwrap().unwrap();
        assert_eq!(
            (undone.name.as_str(), undone.place.unwrap().sentence),
            ("take the label away", Some(spans[0]))
        );
        let undone = history.undo(&mut project).unwrap().unwrap();
        assert_eq!((undone.name.as_str(), undone.place.unwrap().sentence), ("label: fact", Some(spans[1])));
        let redone = history.redo(&mut project).unwrap().unwrap();
        assert_eq!((redone.name.as_str(), redone.place.unwrap().sentence), ("label: fact", Some(spans[1])));
        assert_eq!(
            (history.undo_name(), history.redo_name()),
            (Some("label: fact"), Some("take the label away"))
        );

        let refused = Action::Coder { id: CoderId::new("anna"), to: None };
        assert!(history.act(&mut project, "remove", refused).is_err());
        assert_eq!(history.redo_name(), Some("take the label away"));
        history
            .act(&mut project, "title", Action::Project { title: "T".to_owned(), never_end_after: vec![] })
            .unwrap();
        assert_eq!((history.redo_name(), history.n_done()), (None, 2));
    }
}
