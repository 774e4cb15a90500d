//! Several articles chosen together in the list: by a click with Ctrl or Shift, by Shift with an arrow, all by Ctrl+A. What is
//! done to the article then is done to all of them, as one change.

use crate::model::ids::ArticleId;
use crate::session::Session;
use crate::session::commands::{n_articles, short};
use std::collections::BTreeSet;

/// The articles chosen together; none = only the one that is shown is meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    ids: BTreeSet<ArticleId>,
    /// The two ends of a run of them: where it begins, and the one that moves.
    from: Option<ArticleId>,
    to: Option<ArticleId>,
    /// The row of the list that has the keyboard.
    row: Option<ArticleId>,
    /// Of which list they are.
    list: u64,
}

/// How articles are chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choosing {
    /// One more, or one less.
    Toggle(ArticleId),
    /// All from where it began to this one.
    UpTo(ArticleId),
    /// All of a group of the list, by its key.
    Group(String),
    /// Only the one that is shown.
    Nothing,
    /// This row of the list has the keyboard, or none has.
    Row(Option<ArticleId>),
}

impl Choice {
    pub fn has(&self, article: &ArticleId) -> bool {
        self.ids.contains(article)
    }

    pub fn n(&self) -> usize {
        self.ids.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The articles, in the order of their ids.
    pub fn ids(&self) -> impl Iterator<Item = &ArticleId> {
        self.ids.iter()
    }

    /// Whether Shift with an arrow is for the list, and not for the sentences.
    pub fn is_in_list(&self) -> bool {
        !self.ids.is_empty() || self.row.is_some()
    }

    /// The row of the list that has the keyboard.
    pub fn row(&self) -> Option<&ArticleId> {
        self.row.as_ref()
    }

    /// The end that moves, to be kept in view.
    pub fn moving_end(&self) -> Option<&ArticleId> {
        self.to.as_ref()
    }

    pub(in crate::session) fn clear(&mut self) {
        self.ids.clear();
        (self.from, self.to) = (None, None);
    }
}

impl Session {
    /// The articles that are meant: those chosen together in the order of the list, else the one that is shown.
    pub fn meant_articles(&self) -> Vec<ArticleId> {
        let choice = &self.view.choice;
        if choice.is_empty() {
            return self.article().map(|article| article.id.clone()).into_iter().collect();
        }
        let places = choice.ids.iter().filter_map(|id| Some((self.derived.place(id)?, id)));
        let mut places: Vec<_> = places.collect();
        places.sort_unstable();
        places.into_iter().map(|(_, id)| id.clone()).collect()
    }

    /// How many articles are meant.
    pub fn n_meant(&self) -> usize {
        let n = self.view.choice.n();
        if n == 0 { usize::from(self.article().is_some()) } else { n }
    }

    pub(in crate::session) fn choose(&mut self, choosing: Choosing) {
        match choosing {
            Choosing::Row(row) => return self.view.choice.row = row,
            Choosing::Nothing => self.view.choice.clear(),
            Choosing::Toggle(id) => self.toggle(id),
            Choosing::UpTo(id) => self.choose_up_to(id),
            Choosing::Group(key) => {
                let group = self.derived.groups().iter().find(|group| group.key == key);
                let places = group.map(|group| group.places.clone()).unwrap_or_default();
                let listed = places.filter_map(|place| self.derived.listed(place));
                self.view.choice.ids.extend(listed.map(|entry| entry.article.id.clone()));
            }
        }
        self.say_choice();
    }

    /// Chooses all articles of the list that are shown.
    pub(in crate::session) fn choose_all(&mut self) {
        let shown = (0..self.derived.n_listed()).filter(|place| self.derived.is_shown(*place));
        let shown = shown.filter_map(|place| self.derived.listed(place));
        let ids = shown.map(|entry| entry.article.id.clone()).collect();
        self.view.choice.clear();
        self.view.choice.ids = ids;
        self.say_choice();
    }

    /// Chooses the next (1) or the previous (-1) article of the list too, or lets the last one go again.
    pub(in crate::session) fn stretch_choice(&mut self, by: isize) {
        let choice = &self.view.choice;
        let start = choice.to.as_ref().or(choice.from.as_ref()).or(choice.row.as_ref());
        let start = start.or(self.view.article.as_ref()).and_then(|id| self.derived.place(id));
        let next = match start {
            Some(start) => self.derived.shown_beside(start, by),
            None => self.derived.first_shown(),
        };
        let Some(next) = next.and_then(|next| self.derived.listed(next)) else { return };
        self.choose_up_to(next.article.id.clone());
        self.say_choice();
    }

    /// Other articles are listed: what is no longer seen is no longer chosen.
    pub(in crate::session) fn keep_choice(&mut self) {
        let (choice, derived) = (&mut self.view.choice, &self.derived);
        if choice.list == derived.list_revision() {
            return;
        }
        choice.list = derived.list_revision();
        let is_shown = |id: &ArticleId| derived.place(id).is_some_and(|place| derived.is_shown(place));
        choice.ids.retain(is_shown);
        for end in [&mut choice.from, &mut choice.to, &mut choice.row] {
            end.take_if(|id| !is_shown(id));
        }
    }

    fn toggle(&mut self, id: ArticleId) {
        let current = self.view.article.clone().filter(|id| self.derived.place(id).is_some());
        let choice = &mut self.view.choice;
        if choice.ids.is_empty() {
            choice.ids.extend(current);
        }
        if !choice.ids.remove(&id) {
            choice.ids.insert(id.clone());
        }
        (choice.from, choice.to) = (Some(id), None);
    }

    fn choose_up_to(&mut self, id: ArticleId) {
        let choice = &self.view.choice;
        let from = choice.from.as_ref().or(choice.row.as_ref()).or(self.view.article.as_ref());
        let from = from.filter(|from| self.derived.place(from).is_some()).unwrap_or(&id).clone();
        let Some((a, b)) = self.derived.place(&from).zip(self.derived.place(&id)) else { return };
        let run = (a.min(b)..=a.max(b)).filter(|place| self.derived.is_shown(*place));
        let listed = run.filter_map(|place| self.derived.listed(place));
        let ids = listed.map(|entry| entry.article.id.clone()).collect();
        let choice = &mut self.view.choice;
        (choice.ids, choice.from, choice.to) = (ids, Some(from), Some(id));
    }

    fn say_choice(&mut self) {
        match self.view.choice.n() {
            0 => self.notices.status("No longer several articles"),
            n => {
                let said = format!("{} chosen: the menu Article is for all of them", n_articles(n));
                self.notices.status(said);
            }
        }
    }

    /// `“Ferry fire”, “A strike”`, and how many more there are where they are many.
    pub fn named_all(&self, ids: &[ArticleId]) -> String {
        const MOST: usize = 3;
        let names: Vec<_> = ids.iter().take(MOST).map(|id| self.named(std::slice::from_ref(id))).collect();
        match ids.len().saturating_sub(MOST) {
            0 => names.join(", "),
            n => format!("{} and {n} more", names.join(", ")),
        }
    }

    /// `“Ferry fire”`, or `3 articles`.
    pub(in crate::session) fn named(&self, ids: &[ArticleId]) -> String {
        let article = match ids {
            [id] => self.desk().and_then(|desk| desk.article(id)),
            _ => None,
        };
        match article {
            Some(article) => format!("\u{201c}{}\u{201d}", short(article.shown_title())),
            None => n_articles(ids.len()),
        }
    }
}
