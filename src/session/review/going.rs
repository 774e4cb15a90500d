//! Going about in Review: the queue, the next disagreement, the next article with one.

use crate::analysis::compare::{At, Kind};
use crate::session::Session;
use crate::session::view::Place;

impl Session {
    /// Goes to a unit.
    pub(in crate::session) fn review_go(&mut self, at: At) {
        let Some(comparison) = self.review.comparison() else { return };
        let unit = comparison.units.articles.get(at.article);
        let unit = unit.and_then(|article| Some((article.article.clone(), article.units.get(at.unit)?.span)));
        let Some((article, span)) = unit else { return };
        self.review.asks_why = None;
        self.go(&article, Some(span));
        self.review.arrange(&self.view);
    }

    /// Shows the place, at a sentence where people differ.
    pub(in crate::session) fn show_place(&mut self, place: Place) {
        self.view.screen = None;
        self.view.over = None;
        if self.view.place != place {
            self.view.place = place;
            self.view.n_moves += 1;
            self.review.asks_why = None;
            if place == Place::Review && self.review.comparison.is_some() {
                self.begin_review(false);
            }
        }
    }

    /// The place is opened: at the sentence shown, if people differ there, else at the first one where they do.
    /// Of files that were just put together at the sentence where they are most apart.
    pub(in crate::session) fn begin_review(&mut self, is_new: bool) {
        self.review.arrange(&self.view);
        let differs = !is_new && self.judged_here().is_some_and(|judged| judged.is(Kind::Disagree));
        let is_open =
            |at: &At| self.review.comparison().and_then(|c| c.judged(*at)).is_some_and(|j| !j.is_decided());
        let first = self.review.queue.iter().copied().find(is_open);
        match first {
            _ if differs => {}
            // Those most apart stand first.
            Some(first) => self.review_go(first),
            None => {
                if !self.step_review(Kind::Undecided, true) {
                    self.step_review(Kind::Disagree, true);
                }
            }
        }
    }

    /// The article shown is one that is compared.
    pub(in crate::session) fn settle_review(&mut self) {
        let Some(comparison) = self.review.comparison() else { return };
        let is_there = self.view.article.as_ref().is_some_and(|id| comparison.units.place_of(id).is_some());
        if !is_there && !comparison.units.articles.is_empty() {
            self.review_go(At { article: 0, unit: 0 });
        }
    }

    /// Goes through the queue.
    pub(in crate::session) fn step_queue(&mut self, by: isize) {
        let at = self.review_at();
        let place = at.and_then(|at| self.review.queue.iter().position(|other| *other == at));
        let to = match (place, at) {
            (Some(place), _) => place.checked_add_signed(by),
            // Beside the queue: on to the next of it in the order of reading.
            (None, Some(at)) if by > 0 => self.review.queue.iter().position(|other| *other > at),
            (None, Some(at)) => self.review.queue.iter().rposition(|other| *other < at),
            (None, None) => Some(0),
        };
        if let Some(at) = to.and_then(|to| self.review.queue.get(to)).copied() {
            self.review_go(at);
        } else {
            let end = if by > 0 { "the last" } else { "the first" };
            self.notices.status(format!("This is {end} sentence of the list"));
        }
    }

    /// Goes on after a decision: to the next of the queue that is open, else to the next open one anywhere.
    pub(in crate::session) fn go_on_in_review(&mut self) {
        let Some(comparison) = self.review.comparison() else { return };
        let at = self.review_at();
        let is_open = |at: &At| comparison.judged(*at).is_some_and(|judged| !judged.is_decided());
        let place = at.and_then(|at| self.review.queue.iter().position(|other| *other == at));
        let next = match (place, at) {
            (Some(place), _) => self.review.queue.iter().skip(place + 1).copied().find(is_open),
            (None, Some(at)) => self.review.queue.iter().copied().find(|other| *other > at && is_open(other)),
            (None, None) => None,
        };
        let next = next
            .or_else(|| self.review.queue.iter().copied().find(|other| Some(*other) != at && is_open(other)));
        match next {
            Some(at) => self.review_go(at),
            None if self.review.chosen.cell => {
                self.notices.status("Every sentence of this cell is decided: Esc goes back to the figures");
            }
            None => {
                if !self.step_review(Kind::Undecided, true) {
                    self.notices.status("Nothing is left to decide here");
                }
            }
        }
    }

    /// Goes to the next unit of a kind in the order of reading, on into other articles and round to this one; false if there is
    /// none.
    pub(in crate::session) fn step_review(&mut self, kind: Kind, forward: bool) -> bool {
        let Some(comparison) = self.review.comparison() else { return false };
        let n = comparison.units.articles.len();
        let here = self.view.article.as_ref().and_then(|id| comparison.units.place_of(id));
        let at = self.review_at();
        let start = here.unwrap_or(0);
        let in_article = |article: usize, fits: &dyn Fn(usize) -> bool| {
            if comparison.sums_of(article).n(kind) == 0 {
                return None;
            }
            let judged = comparison.judged_in(article);
            let mut units = (0..judged.len())
                .filter(|unit| judged.get(*unit).is_some_and(|judged| judged.is(kind)) && fits(*unit));
            let unit = if forward { units.next() } else { units.next_back() };
            unit.map(|unit| At { article, unit })
        };
        let past = |unit: usize| at.is_none_or(|at| if forward { unit > at.unit } else { unit < at.unit });
        let next = in_article(start, &past).or_else(|| {
            let others = (1..=n).map(|k| if forward { (start + k) % n } else { (start + n - k % n) % n });
            let mut others = others.filter_map(|article| in_article(article, &|_| true));
            others.next()
        });
        let next = next.filter(|next| Some(*next) != at);
        next.map(|at| self.review_go(at)).is_some()
    }

    /// Shows the next (1) or previous (-1) article of those compared, at the first sentence that is open in it.
    pub(in crate::session) fn step_review_article(&mut self, by: isize) {
        let Some(comparison) = self.review.comparison() else { return };
        let here = self.view.article.as_ref().and_then(|id| comparison.units.place_of(id));
        let to = here.map_or(Some(0), |here| here.checked_add_signed(by));
        let Some(to) = to.filter(|to| *to < comparison.units.articles.len()) else {
            let end = if by > 0 { "last" } else { "first" };
            return self.notices.status(format!("This is the {end} article that is compared"));
        };
        let judged = comparison.judged_in(to);
        let first = |kind: Kind| judged.iter().position(|judged| judged.is(kind));
        let unit = first(Kind::Undecided).or_else(|| first(Kind::Disagree)).unwrap_or(0);
        self.review_go(At { article: to, unit });
    }
}
