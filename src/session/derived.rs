//! What can be worked out from the project, kept with the revision that it came from.

use crate::analysis::count::{self, Counts, Totals};
use crate::analysis::filter::{self, Entry, Sort};
use crate::analysis::query::Ask;
use crate::model::coding::Coding;
use crate::model::ids::{ArticleId, CoderId, Span};
use crate::model::project::Project;
use crate::model::sheet::SheetKey;
use crate::session::desk::{Desk, Touched};
use crate::session::drawing::Measured;
use crate::session::fitting::{Among, DeepWanted, Fitting, Sought};
use crate::session::view::{Over, View};
use crate::text::shelf::Shelf;
use std::collections::{BTreeMap, BTreeSet};

/// The articles of a project as a list needs them. Made where the project is opened, so that no frame waits for it.
#[derive(Debug, Default)]
pub struct Counted {
    entries: Vec<Entry>,
    shelf: Shelf,
    places: BTreeMap<ArticleId, usize>,
    totals: Totals,
}

impl Counted {
    pub fn of(project: &Project, coder: Option<&CoderId>) -> Self {
        let entries = filter::entries(project, coder);
        let places = entries.iter().enumerate().map(|(idx, entry)| (entry.article.id.clone(), idx)).collect();
        Self {
            shelf: filter::shelf(&entries),
            totals: count::total(entries.iter().map(|entry| &entry.counts)),
            places,
            entries,
        }
    }
}

#[derive(Debug, Default)]
pub struct Derived {
    /// Of which project state and coder the entries are.
    stamp: Option<(u64, Option<CoderId>)>,
    /// Every article with its counts, in the order in which they came in.
    entries: Vec<Entry>,
    /// The words of each of them.
    shelf: Shelf,
    /// Places in `entries`.
    places: BTreeMap<ArticleId, usize>,
    totals: Totals,
    /// The articles shown, as places in `entries`, in the order shown.
    list: Vec<usize>,
    list_stamp: Option<(u64, String, Sort)>,
    fitting: Fitting,
    sought: Sought,
    /// What of the filter was not understood.
    faults: Vec<String>,
    list_revision: u64,
    /// Grows when articles come, go or change what is known about them.
    articles_revision: u64,
    /// What an interval of agreement depends on.
    pub(in crate::session) measured: Measured,
    /// The last state of the project in which one article alone was counted again, and its place in `entries`.
    counted_alone: Option<(u64, usize)>,
}

impl Derived {
    /// What of the filter was not understood, and left out: messages with their hints.
    pub fn faults(&self) -> &[String] {
        &self.faults
    }

    /// What is looked for in the palette.
    pub fn sought(&self) -> &Sought {
        &self.sought
    }

    /// How many articles are shown.
    pub fn n_listed(&self) -> usize {
        self.list.len()
    }

    /// The article at a place of the list shown.
    pub fn listed(&self, place: usize) -> Option<&Entry> {
        self.list.get(place).and_then(|idx| self.entries.get(*idx))
    }

    /// The same as its place among all articles.
    pub fn listed_idx(&self, place: usize) -> Option<usize> {
        self.list.get(place).copied()
    }

    /// Grows when articles come, go or change what is known about them.
    pub fn articles_revision(&self) -> u64 {
        self.articles_revision
    }

    /// The article that was counted again, if that is all that changed in this state of the project.
    pub fn counted_alone_in(&self, revision: u64) -> Option<&ArticleId> {
        let (_, idx) = self.counted_alone.filter(|(of, _)| *of == revision)?;
        self.entries.get(idx).map(|entry| &entry.article.id)
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
                *self = Self {
                    list_revision: self.list_revision + 1,
                    articles_revision: self.articles_revision + 1,
                    ..Self::default()
                };
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
                Touched::Nothing | Touched::Decision { .. } | Touched::Comment(_) if is_next => {}
                Touched::Answer { key, span, was } if is_next => {
                    self.recount_answer(desk, key, *span, was.as_ref());
                }
                Touched::Answers(article) if is_next => self.recount(desk, article),
                _ => self.count_all(desk),
            }
            debug_assert_eq!(self.totals, count::total(self.entries.iter().map(|entry| &entry.counts)));
            self.stamp = Some(stamp);
        }
        let is_same = self.list_stamp.as_ref().is_some_and(|(revision, text, sort)| {
            *revision == self.articles_revision && *text == view.filter && *sort == view.sort
        });
        if !is_same {
            let ask = Ask::read(&view.filter, &desk.project);
            let among = Among { entries: &self.entries, shelf: &self.shelf };
            let fits = self.fitting.fits(&ask, self.wanted(desk, &view.filter), among);
            self.list = filter::pick(&self.entries, &fits, view.sort);
            self.faults = ask.faults;
            self.list_stamp = Some((self.articles_revision, view.filter.clone(), view.sort));
            self.list_revision += 1;
        }
        let is_open = view.over == Some(Over::Palette);
        let wanted = self.wanted(desk, if is_open { &view.sought } else { "" });
        let among = Among { entries: &self.entries, shelf: &self.shelf };
        self.sought.refresh(wanted, |typed| Ask::read(typed, &desk.project), among);
    }

    fn wanted(&self, desk: &Desk, typed: &str) -> DeepWanted {
        let (articles_revision, coder) = (self.articles_revision, desk.coder.clone());
        DeepWanted { typed: typed.to_owned(), articles_revision, coder }
    }

    fn recount(&mut self, desk: &Desk, article: &ArticleId) {
        self.change(desk, article, |entry| {
            count::of_article(&desk.project, &entry.article, desk.coder.as_ref())
        });
    }

    fn recount_answer(&mut self, desk: &Desk, key: &SheetKey, span: Span, was: Option<&Coding>) {
        if desk.coder.as_ref() != Some(&key.coder) {
            return;
        }
        self.change(desk, &key.article, |entry| {
            let counts = count::after_answer(&entry.counts, &desk.project, &entry.article, (key, span), was);
            debug_assert_eq!(counts, count::of_article(&desk.project, &entry.article, desk.coder.as_ref()));
            counts
        });
    }

    fn change(&mut self, desk: &Desk, article: &ArticleId, counted: impl FnOnce(&Entry) -> Counts) {
        let Some(idx) = self.places.get(article).copied() else { return };
        let Some(entry) = self.entries.get_mut(idx) else { return };
        let counts = counted(entry);
        self.totals.change(Some(&entry.counts), Some(&counts));
        entry.counts = counts;
        self.counted_alone = Some((desk.revision, idx));
    }

    /// The query that is to be looked into articles for, if there is one.
    pub(in crate::session) fn deep_wanted(&self) -> Option<DeepWanted> {
        self.fitting.wanted().or_else(|| self.sought.wanted()).cloned()
    }

    /// Takes over which articles fit.
    pub(in crate::session) fn take_deep(&mut self, of: &DeepWanted, ids: &BTreeSet<ArticleId>) {
        if self.fitting.take(of, ids) {
            self.list_stamp = None;
        }
        self.sought.take(of, ids);
    }

    /// Takes over what was counted while the project was opened.
    pub(in crate::session) fn begin(&mut self, counted: Counted, desk: &Desk) {
        self.take(counted);
        self.stamp = Some((desk.revision, desk.coder.clone()));
    }

    fn count_all(&mut self, desk: &Desk) {
        self.take(Counted::of(&desk.project, desk.coder.as_ref()));
    }

    fn take(&mut self, counted: Counted) {
        let Counted { entries, shelf, places, totals } = counted;
        (self.entries, self.shelf, self.places, self.totals) = (entries, shelf, places, totals);
        self.articles_revision += 1;
    }
}
