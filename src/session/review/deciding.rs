//! Deciding in Review: by key, by the majority, many at once; why; and what is said for everybody.

use crate::analysis::compare::{Decided, Kind};
use crate::analysis::taking::{self, Take};
use crate::model::action::{Action, Record};
use crate::model::coding::labels_cell;
use crate::model::comment::Comment;
use crate::model::deciding::{self, By, Deciding};
use crate::model::ids::{ArticleId, LabelId, RecordId, Span};
use crate::model::project::Project;
use crate::session::Session;
use crate::session::intent::{Answering, Say};
use crate::session::job::Effect;
use crate::session::notice::{Notice, Tone};
use crate::session::view::Over;

/// Reasons that every project has.
pub const CODES: [&str; 3] = ["codebook unclear", "slip", "context"];
/// The most codes that are offered.
const MOST_CODES: usize = 9;

/// The names of labels in words: `denial`, `allegation + fact`, `none of these`.
pub(super) fn words(project: &Project, labels: &[LabelId]) -> String {
    if labels.is_empty() {
        return "none of these".to_owned();
    }
    let name =
        |id: &LabelId| project.scheme().label(id).map_or(id.to_string(), |label| label.name.to_lowercase());
    labels.iter().map(name).collect::<Vec<_>>().join(" + ")
}

impl Session {
    /// What a label's key means in Review.
    pub(in crate::session) fn answer_in_review(&mut self, answering: Answering, effects: &mut Vec<Effect>) {
        let Some((article, span)) = answering.sentence.or_else(|| self.current_span()) else {
            return self.notices.status("No article is shown");
        };
        let Some(desk) = &self.desk else { return };
        let several = desk.project().scheme().takes_several();
        match answering.say {
            Say::Label(label) if several => self.pick(&article, span, label),
            Say::Label(label) => self.decide(&article, span, vec![label], effects),
            Say::None => self.decide(&article, span, vec![], effects),
            Say::Unanswered | Say::Unsure(_) | Say::Note(_) => {}
        }
    }

    /// Adds or takes away a label of the decision to be.
    fn pick(&mut self, article: &ArticleId, span: Span, label: LabelId) {
        let mut labels = self.review.picked(article, span).map(<[LabelId]>::to_vec).unwrap_or_default();
        match labels.iter().position(|other| *other == label) {
            Some(place) => {
                labels.remove(place);
            }
            None => labels.push(label),
        }
        self.review.picked = Some((article.clone(), span, labels));
    }

    /// Enter: the labels that were chosen, else what most said.
    pub(in crate::session) fn decide_chosen(&mut self, effects: &mut Vec<Effect>) {
        if self.review.asks_why.take().is_some() {
            return self.go_on_in_review();
        }
        let Some((article, span)) = self.current_span() else { return };
        if let Some(labels) = self.review.picked(&article, span).filter(|labels| !labels.is_empty()) {
            let labels = labels.to_vec();
            return self.decide(&article, span, labels, effects);
        }
        let majority = self.judged_here().and_then(|judged| judged.majority);
        let labels = majority.zip(self.review.comparison()).map(|(a, c)| c.units.answers.labels(a).to_vec());
        match labels {
            Some(labels) => self.decide(&article, span, labels, effects),
            None => self.notices.status("There is no majority here: decide with a label\u{2019}s key"),
        }
    }

    /// Records a decision and goes on; asks first who decides, where that is not known, and then why, where most said otherwise.
    pub(in crate::session) fn decide(
        &mut self,
        article: &ArticleId,
        span: Span,
        labels: Vec<LabelId>,
        effects: &mut Vec<Effect>,
    ) {
        let reason = self.review.reason(article, span).unwrap_or_default().to_owned();
        let deciding =
            Deciding { article: article.clone(), sentence: span, labels, reason, code: String::new() };
        self.decide_so(deciding, effects);
    }

    fn decide_so(&mut self, deciding: Deciding, effects: &mut Vec<Effect>) {
        let Some(desk) = &self.desk else { return };
        if let Some(why) = desk.closed_for_writing() {
            let why = why.to_owned();
            return self.notices.status(format!("Nothing was changed: {why}"));
        }
        let at = self.review.comparison().and_then(|c| c.at(&deciding.article, deciding.sentence));
        let Some((comparison, at)) = self.review.comparison().zip(at) else {
            return self.notices.status("No answer is asked for here");
        };
        let Some(by) = self.by() else {
            self.review.held = Some(deciding);
            self.view.over = Some(Over::Coder);
            return;
        };
        let project = desk.project();
        let standing = comparison.decision(project, &deciding.article, deciding.sentence);
        let mut deciding = deciding;
        if let Some(was) = standing.filter(|_| deciding.reason.is_empty()) {
            // Decided otherwise, the reason of before is none.
            let is_same = labels_cell(&was.labels) == labels_cell(&deciding.labels);
            if is_same {
                (deciding.reason, deciding.code) = (was.reason.clone(), was.code.clone());
            }
        }
        let majority = comparison.judged(at).and_then(|judged| judged.majority);
        let majority = majority.map(|answer| comparison.units.answers.labels(answer));
        let mut sorted = deciding.labels.clone();
        sorted.sort_by_key(|label| project.scheme().idx_of(label));
        let overrides = majority.is_some_and(|majority| majority != sorted.as_slice());
        let asks_why = overrides && deciding.reason.is_empty() && deciding.code.is_empty();
        let id = || RecordId::new(self.now.letters(at.unit as u64 + 7, 10));
        let action = deciding::decide_on(project, standing, (&deciding, comparison.answers(at)), &by, id);
        let number = self.number_of(&deciding.article, deciding.sentence);
        let words = words(project, &deciding.labels);
        if let Some(action) = action {
            if !self.act(&format!("decision: {words}"), action, effects) {
                return;
            }
            self.notices.changed(format!("Decided sentence {number}: {words}"));
            self.review.decided.push((deciding.article.clone(), deciding.sentence));
        }
        self.refresh_review(effects);
        self.review.forget_sentence();
        if asks_why {
            self.review.asks_why = Some((deciding.article, deciding.sentence));
        } else {
            self.go_on_in_review();
        }
    }

    /// Who decides, now.
    fn by(&self) -> Option<By> {
        let desk = self.desk()?;
        let coder = desk.coder()?;
        desk.project().coder(coder).map(|_| By { coder: coder.clone(), at: self.now.at })
    }

    /// The decision that waited until it was known who decides.
    pub(in crate::session) fn decide_held(&mut self, effects: &mut Vec<Effect>) {
        if let Some(held) = self.review.held.take() {
            self.decide_so(held, effects);
        }
    }

    pub(in crate::session) fn forget_held_decision(&mut self) {
        self.review.held = None;
    }

    fn number_of(&self, article: &ArticleId, span: Span) -> usize {
        let found = self.desk().and_then(|desk| desk.article(article));
        found.and_then(|found| found.idx_of(span)).map_or(0, |idx| idx + 1)
    }

    /// Backspace: the last decision of this sitting, or the one here, goes.
    pub(in crate::session) fn reopen_last(&mut self, effects: &mut Vec<Effect>) {
        self.review.asks_why = None;
        let Some(desk) = &self.desk else { return };
        let project = desk.project();
        let Some(comparison) = self.review.comparison() else { return };
        let is_decided =
            |(article, span): &(ArticleId, Span)| comparison.decision(project, article, *span).is_some();
        let last = self.review.decided.iter().rposition(is_decided);
        let last = last.and_then(|place| self.review.decided.get(place)).cloned();
        let Some((article, span)) = last.or_else(|| self.current_span().filter(is_decided)) else {
            return self.notices.status("Nothing was decided in this sitting");
        };
        let Some(action) = deciding::reopen(project, &article, span) else { return };
        let number = self.number_of(&article, span);
        if self.act("open again", action, effects) {
            self.review.decided.retain(|place| *place != (article.clone(), span));
            self.refresh_review(effects);
            self.go(&article, Some(span));
            self.view.flash = Some((article, span));
            self.notices.changed(format!("Sentence {number} is open again"));
        }
    }

    /// The reasons that are offered: those that every project has, and those that were used in this one.
    pub fn codes(&self) -> Vec<String> {
        let mut codes: Vec<String> = CODES.map(str::to_owned).to_vec();
        let used = self.desk().into_iter().flat_map(|desk| desk.project().decisions());
        for decision in used.filter(|decision| !decision.code.is_empty()) {
            if codes.len() >= MOST_CODES {
                break;
            }
            if !codes.contains(&decision.code) {
                codes.push(decision.code.clone());
            }
        }
        codes
    }

    /// Says why, by the number of a code, of the sentence that is asked about.
    pub(in crate::session) fn say_code(&mut self, nth: usize, effects: &mut Vec<Effect>) {
        let Some((article, span)) = self.review.asks_why.clone() else { return };
        let Some(code) = self.codes().get(nth).cloned() else { return };
        self.give_reason(&article, span, None, Some(code), effects);
        self.review.asks_why = None;
        self.go_on_in_review();
    }

    /// A reason was written: if it was asked for here, on to the next.
    pub(in crate::session) fn why_is_said(&mut self, article: &ArticleId, span: Span) {
        if self.review.asks_why.as_ref() != Some(&(article.clone(), span)) {
            return;
        }
        self.review.asks_why = None;
        if self.current_span() == Some((article.clone(), span)) {
            self.go_on_in_review();
        }
    }

    /// Gives a decision a reason, or keeps it for the decision to be.
    pub(in crate::session) fn give_reason(
        &mut self,
        article: &ArticleId,
        span: Span,
        reason: Option<String>,
        code: Option<String>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(desk) = &self.desk else { return };
        let decision = self.review.comparison().and_then(|c| c.decision(desk.project(), article, span));
        let Some(was) = decision else {
            if let Some(reason) = reason {
                self.review.reason = Some((article.clone(), span, reason));
            }
            return;
        };
        let Some(by) = self.by() else { return };
        let deciding = Deciding {
            article: article.clone(),
            sentence: span,
            labels: was.labels.to_vec(),
            reason: reason.unwrap_or_else(|| was.reason.clone()),
            code: code.unwrap_or_else(|| was.code.clone()),
        };
        let answers = was.answers.clone();
        let action =
            deciding::decide_on(desk.project(), Some(was), (&deciding, answers), &by, || was.id.clone());
        let number = self.number_of(article, span);
        if let Some(action) = action
            && self.act("reason", action, effects)
        {
            self.notices.changed(format!("Reason kept with the decision on sentence {number}"));
            self.refresh_review(effects);
        }
    }

    /// How many sentences taking all would decide.
    pub fn n_to_take(&self, take: &Take) -> usize {
        self.review.comparison().map_or(0, |comparison| taking::decidings(comparison, take, "", "").len())
    }

    /// Decides many sentences at once, as one step.
    pub(in crate::session) fn take_all(&mut self, take: &Take, effects: &mut Vec<Effect>) {
        self.view.over = None;
        let Some((desk, comparison)) = self.desk.as_ref().zip(self.review.comparison()) else { return };
        let Some(by) = self.by() else {
            self.view.over = Some(Over::Coder);
            return;
        };
        let decidings = taking::decidings(comparison, take, "", "");
        let mut purpose = 1_000;
        let new_id = || {
            purpose += 1;
            RecordId::new(self.now.letters(purpose, 10))
        };
        let action = taking::action(desk.project(), comparison, &decidings, &by, new_id);
        let n = decidings.len();
        let sentences = if n == 1 { "1 sentence".to_owned() } else { format!("{n} sentences") };
        match action {
            None => self.notices.status("There is nothing to take"),
            Some(action) => {
                if self.act(&format!("take all: {sentences}"), action, effects) {
                    let text = format!("{sentences} decided");
                    self.notices.changed(text.clone());
                    self.tell(Notice::new(Tone::News, "", text).offering("Undo", "undo").until_changed());
                }
            }
        }
    }

    /// Says something about a sentence for everybody.
    pub(in crate::session) fn comment(
        &mut self,
        article: &ArticleId,
        sentence: Option<Span>,
        text: &str,
        re: Option<RecordId>,
        effects: &mut Vec<Effect>,
    ) {
        let text = text.trim();
        let Some(by) = self.by().filter(|_| !text.is_empty()) else {
            if !text.is_empty() {
                self.notices.status("Say first who is at the keyboard");
            }
            return;
        };
        let id = RecordId::new(self.now.letters(77, 10));
        let comment = Comment {
            id: id.clone(),
            article: article.clone(),
            sentence,
            by: by.coder,
            at: Some(by.at),
            text: text.to_owned(),
            re,
            resolved: false,
            extra: None,
        };
        if self.act("comment", Action::Record(Record::Comment { id, to: Some(comment) }), effects) {
            self.notices.changed("Comment added");
        }
    }

    /// Settles the thread of a comment, or takes it up again.
    pub(in crate::session) fn resolve(&mut self, id: &RecordId, resolved: bool, effects: &mut Vec<Effect>) {
        let comment = self.desk().and_then(|desk| desk.project().comment(id)).cloned();
        let Some(comment) = comment.filter(|comment| comment.resolved != resolved) else { return };
        let action = Record::Comment { id: id.clone(), to: Some(Comment { resolved, ..comment }) };
        let name = if resolved { "comment settled" } else { "comment taken up again" };
        self.act(name, Action::Record(action), effects);
    }

    /// Whether every sentence that differs is decided, and none is stale.
    pub fn is_all_decided(&self) -> bool {
        let sums = self.review.comparison().map(|comparison| comparison.sums);
        sums.is_some_and(|sums| sums.n(Kind::Undecided) == 0 && sums.n(Kind::Stale) == 0)
    }

    /// Whether the decision here is of other answers than there are now.
    pub fn is_stale_here(&self) -> bool {
        self.judged_here().is_some_and(|judged| judged.decided == Decided::Stale)
    }
}
