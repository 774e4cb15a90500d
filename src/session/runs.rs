//! Several sentences answered at once: a run of them is chosen, and one label, one undo, is for all. And the last label again.

use crate::model::action::Action;
use crate::model::ids::{ArticleId, Span};
use crate::session::Session;
use crate::session::answering::said;
use crate::session::intent::{Answering, Say, Then};
use crate::session::job::Effect;
use std::ops::RangeInclusive;

impl Session {
    /// The sentences chosen together, by place in the article's list: more than the current one.
    pub fn run_of_sentences(&self) -> Option<RangeInclusive<usize>> {
        let (from, to) = (self.view.run_from?, self.view.sentence);
        (from != to).then(|| from.min(to)..=from.max(to))
    }

    /// Chooses the next sentence (1) or the one before (-1) together with the current one, or lets the last one go again.
    pub(in crate::session) fn stretch_run(&mut self, by: isize) {
        let from = self.view.run_from.unwrap_or(self.view.sentence);
        if !self.step(by) {
            return;
        }
        self.view.run_from = Some(from);
        match self.run_of_sentences() {
            Some(run) => {
                let (first, last) = (run.start() + 1, run.end() + 1);
                self.notices.status(format!("Sentences {first} to {last} chosen: a label key answers all"));
            }
            None => self.notices.status("No longer several sentences"),
        }
    }

    /// Says the same of all sentences chosen together, as one change; false where it is about the current one alone.
    pub(in crate::session) fn answer_run(
        &mut self,
        answering: &Answering,
        effects: &mut Vec<Effect>,
    ) -> bool {
        let is_current = |named: &(ArticleId, Span)| self.current_span().as_ref() == Some(named);
        let is_meant = answering.sentence.as_ref().is_none_or(is_current);
        let Some(run) =
            self.run_of_sentences().filter(|_| is_meant && !matches!(answering.say, Say::Note(_)))
        else {
            return false;
        };
        let Some((desk, article)) = self.desk().zip(self.article()) else { return false };
        let Some(key) = desk.key(&article.id) else { return false };
        let spans: Vec<Span> = run
            .clone()
            .filter(|idx| desk.asks(article, *idx))
            .filter_map(|idx| Some(article.sentences().get(idx)?.span))
            .collect();
        // In a scheme that takes several a label is added to all, unless all have it.
        let has =
            |span: &Span, label| desk.project.coding(&key, *span).is_some_and(|coding| coding.has(label));
        let adds = match &answering.say {
            Say::Label(label) if desk.project.scheme().takes_several() => {
                !spans.iter().all(|span| has(span, label))
            }
            _ => false,
        };
        // Each is planned on what the one before leaves: the first makes the sheet.
        let mut after = desk.project.clone();
        let (mut actions, mut name) = (Vec::new(), String::new());
        for span in &spans {
            if let Say::Label(label) = &answering.say
                && adds
                && has(span, label)
            {
                continue;
            }
            let Some((said, action)) = said(&after, &key, *span, &answering.say, self.now.at) else {
                continue;
            };
            if after.apply(action.clone()).is_ok() {
                name = said;
                actions.push(action);
            }
        }
        let (first, last) = (run.start() + 1, run.end() + 1);
        if actions.is_empty() {
            self.notices.status(format!("Sentences {first} to {last} have it already"));
            return true;
        }
        let n = actions.len();
        if self.act(&format!("{name}, {n} sentences"), Action::Many(actions), effects) {
            let what = name.strip_prefix("label: ").unwrap_or(&name);
            self.notices.changed(format!("Sentences {first} to {last}: {what}"));
            if matches!(answering.say, Say::Label(_) | Say::None) {
                self.view.last_said = Some(answering.say.clone());
            }
            self.go_to(*run.end());
            if answering.then == Then::Next {
                self.step_on();
            }
        }
        true
    }

    /// Gives the current sentence the label that was given last.
    pub(in crate::session) fn repeat_label(&mut self, effects: &mut Vec<Effect>) {
        let Some(say) = self.view.last_said.clone() else { return };
        let several = self.desk().is_some_and(|desk| desk.project.scheme().takes_several());
        let then = if several && matches!(say, Say::Label(_)) { Then::Stay } else { Then::Next };
        self.answer(Answering { sentence: None, say, then }, effects);
    }
}
