//! Looking elsewhere: sentences, articles, filter, what stands over the window. Never changes the project.

use crate::model::action::Place;
use crate::model::article::Article;
use crate::model::ids::{ArticleId, Span};
use crate::session::Session;
use crate::session::job::Effect;
use crate::session::prefs::{Setting, Stop};
use crate::session::view::{Look, Over};
use std::sync::Arc;

impl Session {
    /// The article shown.
    pub fn article(&self) -> Option<&Arc<Article>> {
        self.desk.as_ref()?.article(self.view.article.as_ref()?)
    }

    pub(in crate::session) fn current_span(&self) -> Option<(ArticleId, Span)> {
        let article = self.article()?;
        Some((article.id.clone(), article.sentences().get(self.view.sentence)?.span))
    }

    pub(in crate::session) fn look(&mut self, look: Look, effects: &mut Vec<Effect>) {
        match look {
            Look::Article(id) => {
                if self.view.article.as_ref() != Some(&id) {
                    self.go(&id, None);
                }
            }
            Look::Sentence(idx) => self.go_to(idx),
            Look::Place { article, sentence } => {
                self.view.over = None;
                self.go(&article, sentence);
            }
            Look::Filter(text) => self.view.filter = text,
            Look::Sort(sort) => self.view.sort = sort,
            Look::Drawer(open) => self.view.drawer = open,
            Look::Over(over) => self.view.over = Some(over),
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
            Look::Flashed => self.view.flash = None,
        }
        if self.view.over.is_none() {
            self.keep_stop(effects, false);
        }
    }

    fn close_over(&mut self) {
        if self.view.over == Some(Over::Coder) {
            self.view.held = None;
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
        self.view.article = Some(article.clone());
        self.view.sentence = idx.unwrap_or(0);
        self.view.back_to = None;
        self.view.n_moves += 1;
    }

    fn go_to(&mut self, idx: usize) {
        if self.article().is_some_and(|article| idx < article.n_sentences()) {
            self.view.sentence = idx;
            self.view.n_moves += 1;
        }
    }

    /// Shows what undo or recovery changed and flashes it once.
    pub(in crate::session) fn show_change(&mut self, place: &Place) {
        self.go(&place.article, place.sentence);
        self.view.flash = place.sentence.map(|span| (place.article.clone(), span));
    }

    /// Goes to the next (1) or previous (-1) sentence that is asked about; false at the end.
    pub(in crate::session) fn step(&mut self, by: isize) -> bool {
        let Some(desk) = &self.desk else { return false };
        let Some(article) = self.article() else { return false };
        let mut idx = self.view.sentence;
        while let Some(next) = idx.checked_add_signed(by).filter(|next| *next < article.n_sentences()) {
            idx = next;
            if desk.asks(article, idx) {
                self.go_to(idx);
                return true;
            }
        }
        false
    }

    /// Shows the next (1) or previous (-1) article of the list; false at the end.
    pub(in crate::session) fn step_article(&mut self, by: isize) -> bool {
        let at = self.view.article.as_ref().and_then(|id| self.derived.place(id));
        let next = match at {
            Some(at) => at.checked_add_signed(by),
            None => Some(0),
        };
        let next = next.and_then(|next| self.derived.listed(next));
        let Some(id) = next.map(|entry| entry.article.id.clone()) else { return false };
        self.go(&id, None);
        true
    }

    /// Goes to the next or previous sentence without an answer, on into other articles of the list.
    pub(in crate::session) fn step_open(&mut self, forward: bool) -> bool {
        let Some(desk) = &self.desk else { return false };
        let Some(article) = self.article() else { return false };
        let open = |idx: &usize| desk.is_open(article, *idx);
        let here = if forward {
            (self.view.sentence + 1..article.n_sentences()).find(open)
        } else {
            (0..self.view.sentence).rev().find(open)
        };
        if let Some(idx) = here {
            self.go_to(idx);
            return true;
        }
        let at = self.derived.place(&article.id).unwrap_or(0);
        let n = self.derived.n_listed();
        let others = (1..=n).map(|k| if forward { (at + k) % n.max(1) } else { (at + n * 2 - k) % n.max(1) });
        let mut found = None;
        for place in others {
            let Some(entry) = self.derived.listed(place) else { continue };
            if entry.counts.progress.n_unanswered() == 0 {
                continue;
            }
            let other = &entry.article;
            let mut places: Box<dyn Iterator<Item = usize>> = if forward {
                Box::new(0..other.n_sentences())
            } else {
                Box::new((0..other.n_sentences()).rev())
            };
            found = places.find(|idx| desk.is_open(other, *idx)).map(|idx| (other.id.clone(), idx));
            if found.is_some() {
                break;
            }
        }
        let Some((id, idx)) = found else { return false };
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
            sort: self.view.sort.id().to_owned(),
            at: self.now.at.0,
        };
        let setting = Setting::Stop { project: desk.project.id().to_string(), stop };
        if to_disk {
            effects.push(Effect::Keep(setting.clone()));
        }
        self.settings.take(setting);
    }
}
