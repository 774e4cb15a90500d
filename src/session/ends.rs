//! The end of an article and the end of the list: what a label key does there, and what is said.

use crate::analysis::count::State;
use crate::model::ids::{ArticleId, Span};
use crate::session::Session;
use crate::session::intent::{Answering, Then};
use crate::session::notice::{Notice, Tone};

/// Head of the notice at the end of the list.
pub(in crate::session) const END_OF_LIST: &str = "End of the list";

impl Session {
    /// Whether a label key comes after the last sentence was answered, by the momentum of the hand: then nothing is
    /// changed. Whoever names the sentence, stays on it or comes back to it means it.
    pub(in crate::session) fn comes_too_late(&mut self, answering: &Answering) -> bool {
        let by_key = answering.sentence.is_none() && answering.then == Then::Next;
        if !by_key || !self.is_past_the_end() {
            return false;
        }
        let words = self.end_words();
        if !self.notices.status_line().ends_with(&words) {
            self.notices.status(words);
        }
        true
    }

    /// Whether the last sentence has just been answered and nobody went anywhere since.
    pub(in crate::session) fn is_past_the_end(&self) -> bool {
        let Some(desk) = &self.desk else { return false };
        let Some(article) = self.article() else { return false };
        let coding = desk.coding(article, self.view.sentence);
        self.view.answered_at_end.is_some()
            && self.view.answered_at_end == self.current_span()
            && coding.is_some_and(|coding| coding.answered)
    }

    /// Goes on after an answer; where nothing comes after, that is said.
    pub(in crate::session) fn after_answer(&mut self, article: &ArticleId, span: Span, then: Then) {
        if then == Then::Next && self.view.listing.is_some() {
            return self.next_check();
        }
        let here = Some((article.clone(), span));
        if then == Then::Stay || self.current_span() != here || self.step_on() {
            return;
        }
        self.view.answered_at_end = here;
        let words = self.end_words();
        let said = self.notices.status_line();
        if self.notices.can_undo() && !said.ends_with(&words) {
            let said = format!("{said}. {words}");
            self.notices.changed(said);
        } else {
            self.notices.status(words);
        }
    }

    /// What is said after the last answer of an article, and how one goes on from there.
    fn end_words(&self) -> String {
        let Some((desk, article)) = self.desk().zip(self.article()) else { return String::new() };
        if self.hit_in_hand().is_some() {
            return "Last hit: Esc ends the search".to_owned();
        }
        let mut after = self.view.sentence + 1..article.n_sentences();
        let is_last = !after.any(|idx| desk.asks(article, idx));
        let end = if is_last { "Last sentence" } else { "No sentence without an answer comes after it" };
        match (0..article.n_sentences()).filter(|idx| desk.is_open(article, *idx)).count() {
            0 if self.is_done() => format!("{end}: the article is done"),
            0 => format!("{end}: Ctrl Enter marks the article done"),
            n => format!("{end}: {n} before it without an answer, Shift N goes there"),
        }
    }

    /// Says that the list is at its end, what is left in it, and how to go on.
    pub(in crate::session) fn tell_end_of_list(&mut self) {
        self.derived.refresh(self.desk.as_ref(), &self.view);
        let shown = (0..self.derived.n_listed()).filter(|place| self.derived.is_shown(*place));
        let listed = shown.filter_map(|place| self.derived.listed(place));
        let listed = listed.map(|entry| &entry.counts.progress).filter(|one| one.state != State::Aside);
        let listed: Vec<_> = listed.collect();
        let n_open: u32 = listed.iter().map(|progress| progress.n_unanswered()).sum();
        let n_with_gaps = listed.iter().filter(|progress| progress.n_unanswered() > 0).count();
        let n_not_done = listed.iter().filter(|progress| progress.state != State::Done).count();
        let articles = |n| if n == 1 { "1 article".to_owned() } else { format!("{n} articles") };
        let mut text = match (n_open, n_not_done) {
            (0, 0) => "Every article is done".to_owned(),
            (0, n) => format!("Every sentence has an answer; not marked done: {}", articles(n)),
            (1, _) => "1 sentence has no answer yet".to_owned(),
            (n, _) => format!("{n} sentences in {} have no answer yet", articles(n_with_gaps)),
        };
        let n_hidden = self.derived.entries().len() - self.derived.n_listed();
        if n_hidden > 0 {
            text = format!("{text}. Hidden by the filter: {}", articles(n_hidden));
        }
        if self.derived.n_folded() > 0 {
            text = format!("{text}. In groups that are folded: {}", articles(self.derived.n_folded()));
        }
        let mut notice = Notice::new(Tone::Success, END_OF_LIST, text)
            .offering("Export\u{2026}", "export")
            .until_changed();
        if n_open > 0 {
            notice = notice.offering("Next article with gaps", "next-gap");
        }
        self.tell(notice);
    }
}
