//! Looking elsewhere: sentences, articles, filter, what stands over the window. Never changes the project.

use crate::model::action::Place;
use crate::model::article::Article;
use crate::model::ids::{ArticleId, Span};
use crate::session::Session;
use crate::session::ends::END_OF_LIST;
use crate::session::job::Effect;
use crate::session::prefs::{AfterLabel, Setting, Stop};
use crate::session::view::{Listing, Look, Over, Place as Where};
use std::sync::Arc;

/// So many sentences are a page: about what stands in a window of usual height.
const PAGE: usize = 10;
/// So many folded groups are remembered.
const MAX_FOLDED: usize = 200;

impl Session {
    /// The article shown.
    pub fn article(&self) -> Option<&Arc<Article>> {
        self.desk.as_ref()?.article(self.view.article.as_ref()?)
    }

    /// The current sentence.
    pub fn current_span(&self) -> Option<(ArticleId, Span)> {
        let article = self.article()?;
        Some((article.id.clone(), article.sentences().get(self.view.sentence)?.span))
    }

    /// Where the person is: `Sentence 10`, and `of 27`. Every count is of sentences to answer: where some are passed over, and
    /// keep their numbers, it is `9th of 26 to answer`.
    pub fn whereabouts(&self) -> Option<[String; 2]> {
        let (desk, article) = self.desk.as_ref().zip(self.article())?;
        let n = self.derived.counts(&article.id)?.progress.n_sentences as usize;
        let idx = self.view.sentence;
        let counts = |idx: &usize| desk.asks(article, *idx) || desk.coding(article, *idx).is_some();
        let is_passed_over = !counts(&idx);
        let of = match n {
            _ if is_passed_over => "to read, not to answer".to_owned(),
            n if n == article.n_sentences() => format!("of {n}"),
            n => format!("{} of {n} to answer", nth((0..=idx).filter(counts).count())),
        };
        Some([format!("Sentence {}", idx + 1), of])
    }

    pub(in crate::session) fn look(&mut self, look: Look, effects: &mut Vec<Effect>) {
        match look {
            Look::Article(id) => {
                if self.view.article.as_ref() == Some(&id) {
                    self.view.choice.clear();
                } else {
                    self.go(&id, None);
                }
            }
            Look::Sentence(idx) => self.go_to(idx),
            Look::Place { article, sentence } => {
                self.view.over = None;
                self.go(&article, sentence);
            }
            Look::Filter(text) => self.view.filter = text,
            Look::Seek(text) => self.view.sought = text,
            Look::Dismiss(id) => self.notices.dismiss(id),
            Look::Sort(sort) => self.view.sort = sort,
            Look::Group(by) => self.group_by(by),
            Look::Fold(key) => {
                if !self.view.folded.remove(&key) {
                    self.view.folded.insert(key);
                }
            }
            Look::Choose(choosing) => self.choose(choosing),
            Look::Report(chosen) => self.view.report = chosen,
            Look::Chart(chosen) => self.view.chart = chosen,
            Look::Drawer(open) => self.view.drawer = open,
            Look::Over(over) => {
                // The menus are shown again with what hangs on them.
                self.view.alone &= !matches!(over, Over::Menu { .. });
                self.view.over = Some(over);
            }
            Look::Alone(alone) => self.view.alone = alone,
            Look::Ask(question) => {
                self.view.over = None;
                self.ask(question, effects);
            }
            Look::Close => self.close_over(),
            Look::Focused => self.view.focus = None,
            Look::Field(field) => self.view.focus = Some(field),
            Look::NoteLeft => {
                if let Some((article, sentence)) = self.view.back_to.take() {
                    self.go(&article, None);
                    self.go_to(sentence);
                }
            }
            Look::Named => {
                self.view.names_coder = false;
                self.view.stays_nameless = true;
            }
            Look::Scrolled(scroll) => self.view.scroll = scroll,
            Look::Unseen(since) => self.view.unseen = since,
            Look::Flashed => self.view.flash = None,
            Look::Find(look) => self.find(look),
            Look::Split(meant) => self.mean(meant),
            Look::List(listing) => self.list_again(listing),
            Look::Screen(look) => self.look_at_screen(look, effects),
            Look::Review(look) => self.look_at_review(look, effects),
        }
        if self.view.over.is_none() {
            self.keep_stop(effects, false);
        }
    }

    fn list_again(&mut self, listing: Option<Listing>) {
        if listing.is_some() {
            self.view.screen = None;
            self.view.place = Where::Annotate;
            self.view.drawer = true;
        }
        self.view.listing = listing;
    }

    fn close_over(&mut self) {
        if self.view.over == Some(Over::Coder) {
            self.view.held = None;
            self.forget_held_decision();
        }
        self.view.over = None;
    }

    /// Shows an article, at a sentence, or where its answers end.
    pub(in crate::session) fn go(&mut self, article: &ArticleId, sentence: Option<Span>) {
        let Some(desk) = &self.desk else { return };
        let Some(found) = desk.article(article) else { return };
        let asked = |idx: &usize| desk.asks(found, *idx);
        let idx = match sentence {
            Some(span) => found.idx_of(span),
            None => (0..found.n_sentences())
                .find(|idx| desk.is_open(found, *idx))
                .or_else(|| (0..found.n_sentences()).find(asked)),
        };
        let idx = idx.unwrap_or(0);
        if self.view.article.as_ref() != Some(article) {
            self.view.choice.clear();
            // What is gone to is seen in the list, whatever was folded.
            let group = self.derived.place(article).and_then(|place| self.derived.group_at(place));
            if let Some(group) = group {
                self.view.folded.remove(&group.key);
            }
        }
        self.view.article = Some(article.clone());
        self.view.sentence = idx;
        self.view.back_to = None;
        self.view.scroll_to = None;
        self.moved();
        self.notices.withdraw(END_OF_LIST);
    }

    /// Brings the current sentence back into view if it cannot be seen; true if so: what cannot be seen is not answered.
    pub(in crate::session) fn looks_back(&mut self) -> bool {
        if self.view.unseen != Some(self.view.n_moves) || self.article().is_none() {
            return false;
        }
        self.view.drawer = false;
        self.view.n_moves += 1;
        let number = self.view.sentence + 1;
        self.notices.status(format!("Sentence {number} was out of sight: press again to answer it"));
        true
    }

    pub(in crate::session) fn go_to(&mut self, idx: usize) {
        if self.article().is_some_and(|article| idx < article.n_sentences()) {
            self.view.sentence = idx;
            self.moved();
        }
    }

    fn moved(&mut self) {
        self.view.answered_at_end = None;
        self.view.run_from = None;
        self.view.caret = None;
        self.view.pointed = None;
        self.view.n_moves += 1;
    }

    /// Shows what undo or recovery changed and flashes it once.
    pub(in crate::session) fn show_change(&mut self, place: &Place) {
        self.go(&place.article, place.sentence);
        self.view.flash = place.sentence.map(|span| (place.article.clone(), span));
    }

    /// Goes to the next (1) or previous (-1) sentence that is asked about; false at the end.
    pub(in crate::session) fn step(&mut self, by: isize) -> bool {
        let Some((desk, article)) = self.desk.as_ref().zip(self.article()) else { return false };
        let asked = |idx: &usize| desk.asks(article, *idx);
        let to = match by {
            1.. => (self.view.sentence + 1..article.n_sentences()).find(asked),
            _ => (0..self.view.sentence).rev().find(asked),
        };
        to.map(|idx| self.go_to(idx)).is_some()
    }

    /// Goes a page of sentences on (1) or back (-1), as far as there are any.
    pub(in crate::session) fn step_page(&mut self, by: isize) -> bool {
        (0..PAGE).take_while(|_| self.step(by)).count() > 0
    }

    /// Goes to the first or the last sentence that is asked about.
    pub(in crate::session) fn go_to_end(&mut self, last: bool) {
        let Some((desk, article)) = self.desk.as_ref().zip(self.article()) else { return };
        let mut asked = (0..article.n_sentences()).filter(|idx| desk.asks(article, *idx));
        let to = if last { asked.next_back() } else { asked.next() };
        if let Some(idx) = to {
            self.go_to(idx);
        }
    }

    /// Goes on after a label, as this person wants it; never into another article. False where nothing comes.
    pub(in crate::session) fn step_on(&mut self) -> bool {
        if let Some(went) = self.step_hit_on() {
            return went;
        }
        match self.settings.after_label {
            AfterLabel::Next => self.step(1),
            AfterLabel::NextUnanswered => self.step_open_here(true),
        }
    }

    /// Stays where there is no answer, else goes to the next sentence without one.
    pub(in crate::session) fn go_on(&mut self) {
        let here = self.desk.as_ref().zip(self.article());
        if !here.is_some_and(|(desk, article)| desk.is_open(article, self.view.sentence)) {
            self.step_open(true);
        }
    }

    /// Shows the next (1) or previous (-1) article of the list; false at the end.
    pub(in crate::session) fn step_article(&mut self, by: isize) -> bool {
        let at = self.view.article.as_ref().and_then(|id| self.derived.place(id));
        let next = match at {
            Some(at) => self.derived.shown_beside(at, by),
            None => self.derived.first_shown(),
        };
        let next = next.and_then(|next| self.derived.listed(next));
        let Some(id) = next.map(|entry| entry.article.id.clone()) else { return false };
        self.go(&id, None);
        true
    }

    /// Goes to the next or previous sentence without an answer, on into other articles of the list.
    pub(in crate::session) fn step_open(&mut self, forward: bool) -> bool {
        self.step_open_here(forward) || self.step_open_round(forward, None)
    }

    /// Goes to the next article of the list with a sentence without an answer, and after the last one on from the first.
    pub(in crate::session) fn step_gap(&mut self) -> bool {
        let here = self.view.article.clone();
        self.step_open_round(true, here.as_ref())
    }

    /// Goes to the next or previous sentence of the article without an answer.
    fn step_open_here(&mut self, forward: bool) -> bool {
        let Some((desk, article)) = self.desk.as_ref().zip(self.article()) else { return false };
        let open = |idx: &usize| desk.is_open(article, *idx);
        let to = if forward {
            (self.view.sentence + 1..article.n_sentences()).find(open)
        } else {
            (0..self.view.sentence).rev().find(open)
        };
        to.map(|idx| self.go_to(idx)).is_some()
    }

    /// The same in the articles after or before it, round the list and back to this one, but for one of them.
    fn step_open_round(&mut self, forward: bool, but: Option<&ArticleId>) -> bool {
        let Some((desk, article)) = self.desk.as_ref().zip(self.article()) else { return false };
        let at = self.derived.place(&article.id);
        let n = self.derived.n_listed();
        let from = at.unwrap_or(0);
        let places = (usize::from(at.is_some())..=n)
            .map(|k| if forward { (from + k) % n.max(1) } else { (from + n * 2 - k) % n.max(1) });
        let with_gaps = places
            .filter(|place| self.derived.is_shown(*place))
            .filter_map(|place| self.derived.listed(place))
            .filter(|entry| entry.counts.progress.n_unanswered() > 0 && Some(&entry.article.id) != but);
        let gap = |other: &Article| {
            let mut open = (0..other.n_sentences()).filter(|idx| desk.is_open(other, *idx));
            if forward { open.next() } else { open.next_back() }
        };
        let mut found = with_gaps.filter_map(|entry| Some((entry.article.id.clone(), gap(&entry.article)?)));
        let Some((id, idx)) = found.next() else { return false };
        self.go(&id, None);
        self.go_to(idx);
        true
    }

    /// Remembers on this computer where this person is; to disk only when asked.
    pub(in crate::session) fn keep_stop(&mut self, effects: &mut Vec<Effect>, to_disk: bool) {
        let Some(desk) = &self.desk else { return };
        let Some((article, span)) = self.current_span() else { return };
        let stop = Stop {
            article: article.to_string(),
            sentence: span.start,
            scroll: self.view.scroll,
            filter: self.view.filter.clone(),
            sort: self.view.sort.id(),
            group: self.view.group.id().to_owned(),
            folded: self.view.folded.iter().take(MAX_FOLDED).cloned().collect(),
            at: self.now.at.0,
        };
        let setting = Setting::Stop { project: desk.project.id().to_string(), stop };
        if to_disk {
            effects.push(Effect::Keep(setting.clone()));
        }
        self.settings.take(setting);
    }
}

/// `1st`, `2nd`, `13th`.
fn nth(n: usize) -> String {
    let ending = match (n % 100, n % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

#[cfg(test)]
mod tests {
    use super::nth;

    #[test]
    fn places_are_read() {
        let check = |n, want| assert_eq!(nth(n), want);
        check(1, "1st");
        check(2, "2nd");
        check(3, "3rd");
        check(4, "4th");
        check(11, "11th");
        check(112, "112th");
        check(23, "23rd");
        check(60, "60th");
    }
}
