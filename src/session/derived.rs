//! What can be worked out from the project, kept with the revision that it came from.

use crate::analysis::count::{self, Counts, Totals};
use crate::analysis::filter::{self, Entry, Filter, Sort};
use crate::model::ids::{ArticleId, CoderId};
use crate::session::desk::{Desk, Touched};
use crate::session::view::View;
use std::collections::BTreeMap;

#[derive(Debug, Default)]
pub struct Derived {
    /// Of which project state and coder the entries are.
    stamp: Option<(u64, Option<CoderId>)>,
    /// Every article with its counts, in the order in which they came in.
    entries: Vec<Entry>,
    /// Places in `entries`.
    places: BTreeMap<ArticleId, usize>,
    totals: Totals,
    /// The articles shown, as places in `entries`, in the order shown.
    list: Vec<usize>,
    list_stamp: Option<(u64, String, Sort)>,
    list_revision: u64,
    /// Grows when articles come, go or change what is known about them.
    articles_revision: u64,
}

impl Derived {
    /// How many articles are shown.
    pub fn n_listed(&self) -> usize {
        self.list.len()
    }

    /// The article at a place of the list shown.
    pub fn listed(&self, place: usize) -> Option<&Entry> {
        self.list.get(place).and_then(|idx| self.entries.get(*idx))
    }

    /// All articles, in the order in which they came in.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Grows whenever other articles, or the same in another order, are shown.
    pub fn list_revision(&self) -> u64 {
        self.list_revision
    }

    pub fn counts(&self, article: &ArticleId) -> Option<&Counts> {
        self.entries.get(*self.places.get(article)?).map(|entry| &entry.counts)
    }

    pub fn totals(&self) -> &Totals {
        &self.totals
    }

    /// Place of an article in the list shown.
    pub fn place(&self, article: &ArticleId) -> Option<usize> {
        let idx = self.places.get(article)?;
        self.list.iter().position(|other| other == idx)
    }

    pub(in crate::session) fn refresh(&mut self, desk: Option<&Desk>, view: &View) {
        let Some(desk) = desk else {
            if self.stamp.is_some() {
                *self = Self { list_revision: self.list_revision + 1, ..Self::default() };
            }
            return;
        };
        let stamp = (desk.revision, desk.coder.clone());
        if self.stamp.as_ref() != Some(&stamp) {
            let is_next = self
                .stamp
                .as_ref()
                .is_some_and(|(revision, coder)| *coder == desk.coder && revision + 1 == desk.revision);
            match &desk.touched {
                Touched::Nothing if is_next => {}
                Touched::Answers(article) if is_next => self.recount(desk, article),
                _ => self.count_all(desk),
            }
            self.totals = count::total(self.entries.iter().map(|entry| &entry.counts));
            self.stamp = Some(stamp);
        }
        let is_same = self.list_stamp.as_ref().is_some_and(|(revision, text, sort)| {
            *revision == self.articles_revision && *text == view.filter && *sort == view.sort
        });
        if !is_same {
            self.list = filter::pick(&self.entries, &Filter::parse(&view.filter), view.sort);
            self.list_stamp = Some((self.articles_revision, view.filter.clone(), view.sort));
            self.list_revision += 1;
        }
    }

    fn recount(&mut self, desk: &Desk, article: &ArticleId) {
        let entry = self.places.get(article).and_then(|idx| self.entries.get_mut(*idx));
        if let Some(entry) = entry {
            entry.counts = count::of_article(&desk.project, &entry.article, desk.coder.as_ref());
        }
    }

    /// Takes over what was counted while the project was opened.
    pub(in crate::session) fn begin(&mut self, entries: Vec<Entry>, desk: &Desk) {
        self.take(entries);
        self.totals = count::total(self.entries.iter().map(|entry| &entry.counts));
        self.stamp = Some((desk.revision, desk.coder.clone()));
    }

    fn count_all(&mut self, desk: &Desk) {
        self.take(filter::entries(&desk.project, desk.coder.as_ref()));
    }

    fn take(&mut self, entries: Vec<Entry>) {
        self.entries = entries;
        self.places =
            self.entries.iter().enumerate().map(|(idx, entry)| (entry.article.id.clone(), idx)).collect();
        self.articles_revision += 1;
    }
}
