//! One colleague's file over mine: theirs or mine is decided, sentence by sentence; nobody's answer changes.

use crate::analysis::together::over::Over;
use crate::model::ids::{CoderId, LabelId};
use crate::model::project::Project;
use crate::session::Session;
use crate::session::desk::Desk;
use crate::session::job::Effect;
use crate::session::notice::{Notice, Tone};
use crate::session::review::{Chosen, Review};
use crate::session::view::Place;
use std::path::PathBuf;

impl Review {
    /// Whose answers lie over the project, if a colleague's do.
    pub fn over(&self) -> Option<&Over> {
        self.over.as_ref()
    }

    pub(in crate::session) fn over_project(&self) -> Option<&Project> {
        self.over.as_ref().map(|over| &over.project)
    }
}

impl Session {
    /// The project that is compared: with a colleague's answers, if they lie over it.
    pub fn review_project(&self) -> Option<&Project> {
        self.review.over_project().or_else(|| self.desk().map(Desk::project))
    }

    /// Lays a colleague's file over the project.
    pub(in crate::session) fn lay_over(&mut self, path: PathBuf) {
        self.view.place = Place::Review;
        self.view.screen = None;
        self.review = Review { over_path: Some(path), seed: self.review.seed, ..self.review.anew() };
    }

    /// Puts it away again.
    pub(in crate::session) fn put_over_away(&mut self) {
        self.review = Review { seed: self.review.seed, ..self.review.anew() };
    }

    /// It was read, or cannot be.
    pub(in crate::session) fn lies_over(&mut self, over: Result<Over, String>) {
        match over {
            Ok(over) => {
                if self.review.over.is_none() {
                    if over.n_left > 0 {
                        let n = over.n_left;
                        let answers = if n == 1 { "1 answer".to_owned() } else { format!("{n} answers") };
                        let text = format!("{answers} in the file find no sentence or label here");
                        self.tell(Notice::new(Tone::Warning, "Look", text));
                    }
                    let coder = Some(over.coder.clone());
                    // Whose answer is whose is what one wants to know here.
                    let (shows_names, everywhere) = (true, true);
                    self.review.chosen =
                        Chosen { everywhere, coder, shows_names, ..self.review.chosen.clone() };
                    self.notices.status(over.says());
                }
                self.review.over = Some(over);
            }
            Err(why) => {
                self.tell(Notice::new(Tone::Error, "Not opened", why));
                self.put_over_away();
            }
        }
    }

    /// What one coder answered here.
    fn answer_of(&self, coder: &CoderId) -> Option<Vec<LabelId>> {
        let (comparison, at) = self.review.comparison().zip(self.review_at())?;
        let article = comparison.units.articles.get(at.article)?;
        let mut cells = article.coders.iter().zip(article.cells(at.unit));
        let (_, cell) = cells.find(|(of, _)| comparison.units.coder(**of) == Some(coder))?;
        Some(comparison.units.answers.labels(cell.answer?).to_vec())
    }

    /// Decides what the colleague said, or what is said in this project.
    pub(in crate::session) fn decide_side(&mut self, theirs: bool, effects: &mut Vec<Effect>) {
        let Some(over) = self.review.over().map(|over| over.coder.clone()) else { return };
        let own = self.desk().and_then(|desk| desk.coder().cloned());
        let labels = if theirs {
            self.answer_of(&over)
        } else {
            // Whoever is at the keyboard; a reviewer has the only other answer.
            own.and_then(|own| self.answer_of(&own)).or_else(|| self.only_other(&over))
        };
        let Some(((article, span), labels)) = self.current_span().zip(labels) else {
            return self.notices.status(if theirs {
                "They did not answer this"
            } else {
                "There is no one answer of yours here"
            });
        };
        self.decide(&article, span, labels, effects);
    }

    fn only_other(&self, over: &CoderId) -> Option<Vec<LabelId>> {
        let comparison = self.review.comparison()?;
        let others = comparison.units.coders.iter().filter(|coder| *coder != over);
        let mut said = others.filter_map(|coder| self.answer_of(coder));
        let first = said.next()?;
        said.all(|other| other == first).then_some(first)
    }
}
