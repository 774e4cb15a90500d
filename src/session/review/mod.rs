//! The place Review: where coders differ, what is looked at of it, and in which order.

pub mod agreement;
mod deciding;
mod going;
pub mod names;
mod over;
pub mod together;

pub use deciding::CODES;

use crate::analysis::compare::{At, Comparison, Judged, Kind};
use crate::analysis::taking::Take;
use crate::analysis::together::over::Over;
use crate::analysis::units::AnswerIdx;
use crate::model::deciding::Deciding;
use crate::model::decision::Decision;
use crate::model::ids::{ArticleId, CoderId, LabelId, Span};
use crate::session::Session;
use crate::session::desk::{Desk, Touched};
use crate::session::job::{Effect, Job};
use crate::session::review::agreement::{Agreement, AgreementLook};
use crate::session::review::together::CameTogether;
use crate::session::view::View;
use std::path::PathBuf;
use std::sync::Arc;

/// What is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    pub kind: Kind,
    /// Not only in the article shown.
    pub everywhere: bool,
    /// Only sentences that this coder answered otherwise than somebody else.
    pub coder: Option<CoderId>,
    /// Only sentences that were answered in these two ways.
    pub pair: Option<(AnswerIdx, AnswerIdx)>,
    /// Sentences to which all said the same are left out of the reader.
    pub hides_agreed: bool,
    pub shows_names: bool,
    /// The sentences of the cell of agreement that is looked at, and no others.
    pub cell: bool,
}

impl Default for Chosen {
    fn default() -> Self {
        Self {
            kind: Kind::Disagree,
            everywhere: false,
            coder: None,
            pair: None,
            hides_agreed: false,
            shows_names: false,
            cell: false,
        }
    }
}

/// What is looked at or chosen in the place.
#[derive(Debug, Clone, PartialEq)]
pub enum ReviewLook {
    Chosen(Chosen),
    Go(At),
    /// Decide all of it at once.
    Take(Take),
    /// Something in the screen Agreement.
    Agreement(AgreementLook),
}

/// Of what the queue is.
#[derive(Debug, Clone, PartialEq, Eq)]
struct QueueOf {
    chosen: Chosen,
    article: Option<usize>,
    /// Grows when other units may be in it.
    edition: u64,
    /// The same of the cell of agreement.
    n_lists: u64,
}

/// The state of the place.
#[derive(Debug, Default)]
pub struct Review {
    comparison: Option<Comparison>,
    /// Of which state of the project the comparison is, and the one that is being compared.
    stamp: Option<u64>,
    asked: Option<u64>,
    edition: u64,
    /// Grows when answers, or sentences, may be others.
    answers: u64,
    agreement: Agreement,
    chosen: Chosen,
    queue: Vec<At>,
    queue_of: Option<QueueOf>,
    /// Seed of the order in which hidden coders stand.
    seed: u64,
    /// The labels chosen so far for a sentence, where it takes several.
    picked: Option<(ArticleId, Span, Vec<LabelId>)>,
    /// A reason written before there is a decision that it belongs to.
    reason: Option<(ArticleId, Span, String)>,
    /// A sentence just decided against the majority: why?
    asks_why: Option<(ArticleId, Span)>,
    /// What was decided in this sitting, the last one last.
    decided: Vec<(ArticleId, Span)>,
    /// A decision that waits until it is known who decides.
    held: Option<Deciding>,
    /// A colleague's file that lies over the project, and what came of it.
    over_path: Option<PathBuf>,
    over: Option<Over>,
    /// Where the project is of several files.
    together: Option<Arc<CameTogether>>,
}

impl Review {
    /// The place as it begins; what is still being worked out for it as it was finds nobody who waits for it.
    pub(in crate::session) fn anew(&self) -> Self {
        Self { answers: self.answers + 1, ..Self::default() }
    }

    /// What differs; nothing while it is worked out.
    pub fn comparison(&self) -> Option<&Comparison> {
        self.comparison.as_ref()
    }

    pub fn agreement(&self) -> &Agreement {
        &self.agreement
    }

    pub fn chosen(&self) -> &Chosen {
        &self.chosen
    }

    /// The units looked at, in their order.
    pub fn queue(&self) -> &[At] {
        &self.queue
    }

    /// The sentence that was decided against the majority, as long as it is asked why.
    pub fn asks_why(&self) -> Option<&(ArticleId, Span)> {
        self.asks_why.as_ref()
    }

    /// The labels chosen so far for a sentence.
    pub fn picked(&self, article: &ArticleId, span: Span) -> Option<&[LabelId]> {
        let (of, at, labels) = self.picked.as_ref()?;
        (of == article && *at == span).then_some(labels)
    }

    /// The reason begun for a sentence that is not decided.
    pub fn reason(&self, article: &ArticleId, span: Span) -> Option<&str> {
        let (of, at, reason) = self.reason.as_ref()?;
        (of == article && *at == span).then_some(reason)
    }

    /// Whether a decision waits until it is known who decides.
    pub fn has_held(&self) -> bool {
        self.held.is_some()
    }

    /// Takes over what a job worked out, if the project is still as it was.
    pub(in crate::session) fn compared(&mut self, revision: u64, comparison: Comparison, desk: &Desk) {
        self.asked = None;
        if revision == desk.revision() {
            self.comparison = Some(comparison);
            self.stamp = Some(revision);
            self.edition += 1;
            self.answers += 1;
        }
    }

    pub(in crate::session) fn broke(&mut self) {
        self.asked = None;
    }

    /// Brings what can be brought up to the state of the project at once; the rest is a job.
    fn refresh(&mut self, desk: &Desk) -> Option<Job> {
        let revision = desk.revision();
        if self.stamp == Some(revision) {
            return None;
        }
        let is_next = self.stamp.is_some_and(|stamp| stamp + 1 == revision);
        if let Some(comparison) = self.comparison.as_mut().filter(|_| is_next) {
            let project = desk.project();
            let is_done = match &desk.touched {
                Touched::Nothing => true,
                // Beside the answers of the project there are a colleague's.
                Touched::Answer { .. } if self.over_path.is_some() => false,
                Touched::Answer { key, .. } => {
                    comparison.look_again(project, &key.article);
                    self.edition += 1;
                    self.answers += 1;
                    // A first sheet of somebody is a column more.
                    comparison.units.coders.contains(&key.coder)
                }
                Touched::Decision { article, span, id } => {
                    comparison.decided_again(project, article, *span, id);
                    let at = comparison.at(article, *span);
                    self.queue_again(at);
                    true
                }
                Touched::Comment(article) => {
                    comparison.commented_again(project, article);
                    self.edition += 1;
                    true
                }
                Touched::Answers(_) | Touched::Anything => false,
            };
            if is_done {
                self.stamp = Some(revision);
                return None;
            }
        }
        if self.asked == Some(revision) {
            return None;
        }
        self.asked = Some(revision);
        Some(Job::Compare { project: desk.project().clone(), over: self.over_path.clone(), revision })
    }

    /// One unit is another one: it goes from the queue, or the queue is made again.
    fn queue_again(&mut self, at: Option<At>) {
        let Some((comparison, at)) = self.comparison.as_ref().zip(at) else { return };
        let belongs = belongs(comparison, &self.chosen, at);
        match (self.queue.iter().position(|other| *other == at), belongs) {
            (Some(place), false) => {
                self.queue.remove(place);
            }
            (None, true) => self.edition += 1,
            _ => {}
        }
    }

    fn arrange(&mut self, view: &View) {
        let Some(comparison) = &self.comparison else {
            self.queue.clear();
            self.queue_of = None;
            return;
        };
        let article = view.article.as_ref().and_then(|article| comparison.units.place_of(article));
        let article = if self.chosen.everywhere { None } else { article };
        let n_lists = if self.chosen.cell { self.agreement.n_lists() } else { 0 };
        let of = QueueOf { chosen: self.chosen.clone(), article, edition: self.edition, n_lists };
        if self.queue_of.as_ref() == Some(&of) {
            return;
        }
        self.queue = if self.chosen.cell {
            let listed = self.agreement.sentences().iter();
            listed.copied().filter(|at| comparison.judged(*at).is_some()).collect()
        } else if article.is_none() && !self.chosen.everywhere {
            vec![]
        } else {
            let mut queue = comparison.queue(self.chosen.kind, article);
            queue.retain(|at| belongs(comparison, &self.chosen, *at));
            queue
        };
        self.queue_of = Some(of);
    }

    fn forget_sentence(&mut self) {
        (self.picked, self.reason) = (None, None);
    }
}

/// Whether a unit is among those looked at.
fn belongs(comparison: &Comparison, chosen: &Chosen, at: At) -> bool {
    let Some(judged) = comparison.judged(at).filter(|judged| judged.is(chosen.kind)) else { return false };
    let Some(article) = comparison.units.articles.get(at.article) else { return false };
    let cells = article.cells(at.unit);
    let has = |answer: AnswerIdx| cells.iter().any(|cell| cell.answer == Some(answer));
    let is_pair = chosen.pair.is_none_or(|(a, b)| has(a) && has(b));
    let stands_apart = |coder: &CoderId| {
        let mut column = article.coders.iter().zip(cells);
        let own = column.find(|(of, _)| comparison.units.coder(**of) == Some(coder));
        let own = own.and_then(|(_, cell)| cell.answer);
        own.is_some() && cells.iter().any(|cell| cell.answer.is_some() && cell.answer != own)
    };
    is_pair && (chosen.coder.as_ref().is_none_or(stands_apart) || !judged.differs() && chosen.coder.is_none())
}

impl Session {
    pub fn review(&self) -> &Review {
        &self.review
    }

    /// The current sentence as one of the units that are compared.
    pub fn review_at(&self) -> Option<At> {
        let comparison = self.review.comparison()?;
        let (article, span) = self.current_span()?;
        comparison.at(&article, span)
    }

    /// How the current sentence was judged.
    pub fn judged_here(&self) -> Option<&Judged> {
        self.review.comparison()?.judged(self.review_at()?)
    }

    /// The decision about the current sentence.
    pub fn decision_here(&self) -> Option<&Decision> {
        let (article, span) = self.current_span()?;
        let project = self.desk()?.project();
        self.review.comparison()?.decision(project, &article, span)
    }

    /// What the place shows is of the project as it is now.
    pub(in crate::session) fn refresh_review(&mut self, effects: &mut Vec<Effect>) {
        if !self.view.is_in_review() {
            return;
        }
        let Some(desk) = &self.desk else { return };
        if self.review.seed == 0 {
            self.review.seed = self.now.chance | 1;
        }
        let had = self.review.comparison.is_some();
        if let Some(job) = self.review.refresh(desk) {
            self.start(job, effects);
        }
        self.review.arrange(&self.view);
        if had {
            self.settle_review();
        }
        self.refresh_agreement(effects);
    }

    /// The comparison is there.
    pub(in crate::session) fn compared(
        &mut self,
        revision: u64,
        comparison: Comparison,
        over: Option<Result<Over, String>>,
    ) {
        if let Some(over) = over.filter(|_| self.review.over_path.is_some()) {
            self.lies_over(over);
        }
        let Some(desk) = &self.desk else { return };
        let is_first = self.review.comparison.is_none();
        self.review.compared(revision, comparison, desk);
        self.review.arrange(&self.view);
        if is_first {
            self.begin_review(self.review.together.is_some());
        }
    }

    pub(in crate::session) fn look_at_review(&mut self, look: ReviewLook, effects: &mut Vec<Effect>) {
        match look {
            ReviewLook::Chosen(chosen) => {
                self.review.chosen = chosen;
                self.review.arrange(&self.view);
            }
            ReviewLook::Go(at) => self.review_go(at),
            ReviewLook::Take(take) => self.take_all(&take, effects),
            ReviewLook::Agreement(look) => self.look_at_agreement(look),
        }
    }
}
