//! What can be worked out from the project, kept with the revision that it came from.

use crate::analysis::count::{self, Counts, Totals};
use crate::analysis::filter::{self, Entry};
use crate::analysis::order::{self, Arranged, Group, GroupBy, Sort};
use crate::analysis::query::Ask;
use crate::analysis::splits::near::Near;
use crate::model::coding::Coding;
use crate::model::ids::{ArticleId, CoderId, Span};
use crate::model::project::Project;
use crate::model::sheet::SheetKey;
use crate::session::desk::{Desk, Touched};
use crate::session::drawing::Measured;
use crate::session::fitting::{Among, DeepWanted, Fitting, Sought};
use crate::session::screens::splitting::NearTexts;
use crate::session::view::{Over, View};
use crate::text::shelf::Shelf;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

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
        Self::of_entries(filter::entries(project, coder))
    }

    fn of_entries(entries: Vec<Entry>) -> Self {
        let places = entries.iter().enumerate().map(|(idx, entry)| (entry.article.id.clone(), idx)).collect();
        Self {
            shelf: filter::shelf(&entries),
            totals: count::total(entries.iter().map(|entry| &entry.counts)),
            places,
            entries,
        }
    }
}

/// A line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// The head of a group, by its place among the groups.
    Head(usize),
    /// An article, by its place in the list.
    Article(usize),
}

/// What the list was made of: the articles, their states where those put them together, and what was asked for.
#[derive(Debug, PartialEq, Eq)]
struct ListStamp {
    articles: u64,
    states: u64,
    filter: String,
    sort: Sort,
    group: GroupBy,
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
    /// The articles listed, as places in `entries`, in their order; group by group where there are groups.
    list: Vec<usize>,
    groups: Vec<Group>,
    /// The place in `list` of each of `entries`.
    listed_at: Vec<Option<usize>>,
    /// What stands one below the other where there are groups: their heads, and the articles of those that are not folded.
    lines: Vec<Line>,
    list_stamp: Option<ListStamp>,
    folded: BTreeSet<String>,
    /// Grows when an article is begun, done, or no longer so.
    states_revision: u64,
    groups_stamp: u64,
    fitting: Fitting,
    sought: Sought,
    /// What of the filter was not understood.
    faults: Vec<String>,
    list_revision: u64,
    /// Grows when articles come, go or change what is known about them.
    articles_revision: u64,
    /// What an interval of agreement depends on.
    pub(in crate::session) measured: Measured,
    /// Which texts are near-identical.
    pub(in crate::session) near: NearTexts,
    /// The last state of the project in which one article alone was counted again, and its place in `entries`.
    counted_alone: Option<(u64, usize)>,
}

impl Derived {
    /// What of the filter was not understood, and left out: messages with their hints.
    pub fn faults(&self) -> &[String] {
        &self.faults
    }

    /// Which texts are near-identical, where that was looked for.
    pub fn near_texts(&self) -> Option<&Arc<Near>> {
        self.near.known()
    }

    /// What is looked for in the palette.
    pub fn sought(&self) -> &Sought {
        &self.sought
    }

    /// How many articles are listed, in groups that are folded too.
    pub fn n_listed(&self) -> usize {
        self.list.len()
    }

    /// The article at a place of the list.
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

    /// Place of an article in the list.
    pub fn place(&self, article: &ArticleId) -> Option<usize> {
        *self.listed_at.get(*self.places.get(article)?)?
    }

    /// The groups of the list; none = it has no groups.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The group of a place in the list.
    pub fn group_at(&self, place: usize) -> Option<&Group> {
        self.groups.get(self.group_idx(place)?)
    }

    fn group_idx(&self, place: usize) -> Option<usize> {
        let idx = self.groups.partition_point(|group| group.places.end <= place);
        (idx < self.groups.len()).then_some(idx)
    }

    /// Whether only the head of a group is shown.
    pub fn is_folded(&self, group: &Group) -> bool {
        self.folded.contains(&group.key)
    }

    /// Whether an article of the list is shown: its group is not folded.
    pub fn is_shown(&self, place: usize) -> bool {
        place < self.list.len() && self.group_at(place).is_none_or(|group| !self.is_folded(group))
    }

    /// The nearest article that is shown after (1) or before (-1) a place of the list.
    pub fn shown_beside(&self, place: usize, by: isize) -> Option<usize> {
        let mut at = place.checked_add_signed(by)?;
        while at < self.list.len() {
            let Some(group) = self.group_at(at).filter(|group| self.is_folded(group)) else {
                return Some(at);
            };
            at = if by > 0 { group.places.end } else { group.places.start.checked_sub(1)? };
        }
        None
    }

    /// The first article that is shown.
    pub fn first_shown(&self) -> Option<usize> {
        if self.is_shown(0) { Some(0) } else { self.shown_beside(0, 1) }
    }

    /// How many lines the list has.
    pub fn n_lines(&self) -> usize {
        if self.groups.is_empty() { self.list.len() } else { self.lines.len() }
    }

    pub fn line(&self, idx: usize) -> Option<Line> {
        if self.groups.is_empty() {
            return (idx < self.list.len()).then_some(Line::Article(idx));
        }
        self.lines.get(idx).copied()
    }

    /// The line of a place in the list, unless its group is folded.
    pub fn line_of(&self, place: usize) -> Option<usize> {
        let Some(group) = self.group_idx(place) else { return (place < self.list.len()).then_some(place) };
        let n_folded = |group: &Group| if self.is_folded(group) { group.places.len() } else { 0 };
        let before = self.groups.get(..=group).unwrap_or_default().iter().map(n_folded).sum::<usize>();
        self.is_shown(place).then(|| place + group + 1 - before)
    }

    /// How many articles of the list are not shown, because their groups are folded.
    pub fn n_folded(&self) -> usize {
        self.groups.iter().filter(|group| self.is_folded(group)).map(|group| group.places.len()).sum()
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
        self.arrange(desk, view);
        let is_open = view.over == Some(Over::Palette);
        let wanted = self.wanted(desk, if is_open { &view.sought } else { "" });
        let among = Among { entries: &self.entries, shelf: &self.shelf };
        self.sought.refresh(wanted, |typed| Ask::read(typed, &desk.project), among);
    }

    /// Makes the list again if it is to be another one.
    fn arrange(&mut self, desk: &Desk, view: &View) {
        let stamp = ListStamp {
            articles: self.articles_revision,
            states: if view.group == GroupBy::State { self.states_revision } else { 0 },
            filter: view.filter.clone(),
            sort: view.sort,
            group: view.group,
        };
        let is_same = self.list_stamp.as_ref() == Some(&stamp);
        if !is_same {
            let fits = self.fit(desk, view);
            let Arranged { list, groups } = order::arrange(&self.entries, &fits, view.sort, view.group);
            self.listed_at = vec![None; self.entries.len()];
            for (place, idx) in list.iter().enumerate() {
                if let Some(at) = self.listed_at.get_mut(*idx) {
                    *at = Some(place);
                }
            }
            (self.list, self.groups, self.list_stamp) = (list, groups, Some(stamp));
            self.groups_stamp = self.states_revision;
        } else if self.groups_stamp != self.states_revision {
            order::recount(&mut self.groups, &self.entries, &self.list);
            self.groups_stamp = self.states_revision;
        }
        if !is_same || self.folded != view.folded {
            self.folded.clone_from(&view.folded);
            self.lines.clear();
            for (idx, group) in self.groups.iter().enumerate() {
                self.lines.push(Line::Head(idx));
                if !self.folded.contains(&group.key) {
                    self.lines.extend(group.places.clone().map(Line::Article));
                }
            }
            self.list_revision += 1;
        }
    }

    fn wanted(&self, desk: &Desk, typed: &str) -> DeepWanted {
        let (articles_revision, coder) = (self.articles_revision, desk.coder.clone());
        DeepWanted { typed: typed.to_owned(), articles_revision, coder }
    }

    /// For each entry whether it fits the filter, as far as that is known by now.
    fn fit(&mut self, desk: &Desk, view: &View) -> Vec<bool> {
        let ask = Ask::read(&view.filter, &desk.project);
        let wanted = self.wanted(desk, &view.filter);
        let among = Among { entries: &self.entries, shelf: &self.shelf };
        let fits = self.fitting.fits(&ask, wanted, among);
        self.faults = ask.faults;
        fits
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
        self.states_revision += u64::from(counts.progress.state != entry.counts.progress.state);
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
        // Every project begins with the same revision: what was worked out of another one is not of this.
        (self.near, self.measured) = (NearTexts::default(), Measured::default());
    }

    fn count_all(&mut self, desk: &Desk) {
        let known = |article: &ArticleId| self.entries.get(*self.places.get(article)?);
        let entries = filter::entries_after(&desk.project, desk.coder.as_ref(), known);
        self.take(Counted::of_entries(entries));
    }

    fn take(&mut self, counted: Counted) {
        let Counted { entries, shelf, places, totals } = counted;
        (self.entries, self.shelf, self.places, self.totals) = (entries, shelf, places, totals);
        self.articles_revision += 1;
    }
}
