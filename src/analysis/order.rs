//! In which order a list of articles stands, and in which groups.

use crate::analysis::count::State;
use crate::analysis::filter::Entry;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;

/// What a list is sorted by.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// As they came in.
    #[default]
    Added,
    Title,
    Outlet,
    Date,
    /// How much of it is answered.
    Progress,
    /// How many sentences it has.
    Length,
    Language,
    Tags,
}

/// The order of a list.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    pub by: Column,
    pub backwards: bool,
}

/// What the articles of a list are put together by.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum GroupBy {
    #[default]
    Nothing,
    Outlet,
    State,
}

/// Articles that stand together under a head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What tells it from the others, also in settings: the outlet, folded, or the state.
    pub key: String,
    pub name: String,
    /// Its places in the list.
    pub places: Range<usize>,
    pub n_done: usize,
}

/// Which entries a list shows, as places among all, in their order; with groups they stand group by group.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Arranged {
    pub list: Vec<usize>,
    pub groups: Vec<Group>,
}

impl Column {
    /// In the order of the menu.
    pub const ALL: [Self; 8] = [
        Self::Added,
        Self::Title,
        Self::Outlet,
        Self::Date,
        Self::Progress,
        Self::Length,
        Self::Language,
        Self::Tags,
    ];

    /// The name in the menu.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "As added",
            Self::Title => "Title",
            Self::Outlet => "Outlet",
            Self::Date => "Date",
            Self::Progress => "Progress",
            Self::Length => "Length",
            Self::Language => "Language",
            Self::Tags => "Tags",
        }
    }

    /// What comes first: forwards, and backwards.
    pub fn directions(self) -> [&'static str; 2] {
        match self {
            Self::Added => ["First added first", "Last added first"],
            Self::Title | Self::Outlet | Self::Language | Self::Tags => ["A to Z", "Z to A"],
            Self::Date => ["Oldest first", "Newest first"],
            Self::Progress => ["Least done first", "Most done first"],
            Self::Length => ["Shortest first", "Longest first"],
        }
    }

    /// The name in settings.
    fn id(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Title => "title",
            Self::Outlet => "outlet",
            Self::Date => "date",
            Self::Progress => "progress",
            Self::Length => "length",
            Self::Language => "language",
            Self::Tags => "tags",
        }
    }
}

impl Sort {
    pub fn by(by: Column) -> Self {
        Self { by, backwards: false }
    }

    /// What a choice of a column makes of it: the same column again turns it round.
    #[must_use]
    pub fn choosing(self, by: Column) -> Self {
        if self.by == by { Self { by, backwards: !self.backwards } } else { Self::by(by) }
    }

    /// In words, over the list.
    pub fn name(self) -> String {
        let [forwards, backwards] = self.by.directions();
        match (self.by, self.backwards) {
            (Column::Added, false) => self.by.name().to_owned(),
            (Column::Date | Column::Progress | Column::Length, false) => forwards.to_owned(),
            (Column::Added | Column::Date | Column::Progress | Column::Length, true) => backwards.to_owned(),
            (by, false) => by.name().to_owned(),
            (by, true) => format!("{}, {backwards}", by.name()),
        }
    }

    /// The name in settings.
    pub fn id(self) -> String {
        format!("{}{}", self.by.id(), if self.backwards { "-backwards" } else { "" })
    }

    /// The order of that name in settings; any other is the order in which articles came in.
    pub fn of_id(id: &str) -> Self {
        // As earlier versions wrote them.
        let id = match id {
            "oldest" => "date",
            "newest" => "date-backwards",
            "least-done" => "progress",
            id => id,
        };
        let (column, backwards) = id.strip_suffix("-backwards").map_or((id, false), |column| (column, true));
        let by = Column::ALL.into_iter().find(|by| by.id() == column);
        by.map_or_else(Self::default, |by| Self { by, backwards })
    }
}

impl GroupBy {
    /// In the order of the menu.
    pub const ALL: [Self; 3] = [Self::Nothing, Self::Outlet, Self::State];

    /// The name in the menu.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nothing => "No groups",
            Self::Outlet => "Outlet",
            Self::State => "State",
        }
    }

    /// The name in settings.
    pub fn id(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Outlet => "outlet",
            Self::State => "state",
        }
    }

    /// The groups of that name in settings; any other are none.
    pub fn of_id(id: &str) -> Self {
        Self::ALL.into_iter().find(|by| by.id() == id).unwrap_or_default()
    }
}

/// Puts the entries that fit in order, and in groups; `fits` says which do.
pub fn arrange(entries: &[Entry], fits: &[bool], sort: Sort, by: GroupBy) -> Arranged {
    let fitting = entries.iter().zip(fits).enumerate().filter_map(|(idx, (_, fits))| fits.then_some(idx));
    let list = sorted(entries, fitting.collect(), sort);
    match by {
        GroupBy::Nothing => Arranged { list, groups: Vec::new() },
        GroupBy::Outlet => by_outlet(entries, &list, sort.by == Column::Outlet && sort.backwards),
        GroupBy::State => by_state(entries, &list),
    }
}

/// Counts again what is done in each group.
pub fn recount(groups: &mut [Group], entries: &[Entry], list: &[usize]) {
    for group in groups {
        group.n_done = n_done(entries, list.get(group.places.clone()).unwrap_or_default());
    }
}

/// Ties stay in the order in which they came in; what is not known comes last.
fn sorted(entries: &[Entry], mut picked: Vec<usize>, sort: Sort) -> Vec<usize> {
    let Sort { by, backwards } = sort;
    match by {
        Column::Added if backwards => picked.reverse(),
        Column::Added => {}
        Column::Title => return by_words(&picked, entries, backwards, Entry::folded_title),
        Column::Outlet => return by_words(&picked, entries, backwards, Entry::folded_outlet),
        // ISO dates are in order as texts are.
        Column::Date => return by_words(&picked, entries, backwards, Entry::folded_date),
        Column::Language => {
            return by_words(&picked, entries, backwards, |entry| {
                entry.article.meta.lang.as_deref().unwrap_or_default()
            });
        }
        Column::Tags => return by_words(&picked, entries, backwards, Entry::folded_tags),
        Column::Progress => by_number(&mut picked, entries, backwards, part_done),
        Column::Length => {
            by_number(&mut picked, entries, backwards, |entry| entry.article.n_sentences() as f64);
        }
    }
    picked
}

/// Answers in sentences, as a fraction; done is all.
fn part_done(entry: &Entry) -> f64 {
    let progress = &entry.counts.progress;
    if matches!(progress.state, State::Done | State::Aside) {
        return 1.0;
    }
    f64::from(progress.n_answered) / f64::from(progress.n_sentences.max(1))
}

fn by_number(picked: &mut [usize], entries: &[Entry], backwards: bool, of: impl Fn(&Entry) -> f64) {
    let number = |idx: &usize| entries.get(*idx).map_or(0.0, &of);
    // Each is worked out once, not with each comparison.
    let mut rows: Vec<(f64, usize)> = picked.iter().map(|idx| (number(idx), *idx)).collect();
    rows.sort_by(|(a, _), (b, _)| {
        let order = a.total_cmp(b);
        if backwards { order.reverse() } else { order }
    });
    for (place, (_, idx)) in picked.iter_mut().zip(rows) {
        *place = idx;
    }
}

fn by_words<'a>(
    picked: &[usize],
    entries: &'a [Entry],
    backwards: bool,
    of: impl Fn(&'a Entry) -> &'a str,
) -> Vec<usize> {
    in_order(picked, backwards, |idx| entries.get(idx).map(&of).unwrap_or_default())
}

/// The first letters of a text as a number are in order as the text is, and far quicker to compare; the rest is looked at only
/// where they are the same. Nothing comes after everything else, wherever one begins.
fn in_order<'a>(picked: &[usize], backwards: bool, of: impl Fn(usize) -> &'a str) -> Vec<usize> {
    let mut rows: Vec<(u128, usize)> = Vec::with_capacity(picked.len());
    let (mut unknown, mut any_is_long) = (Vec::new(), false);
    for idx in picked {
        let text = of(*idx);
        if text.is_empty() {
            unknown.push(*idx);
            continue;
        }
        any_is_long |= text.len() > LETTERS;
        let first = first_letters(text);
        rows.push((if backwards { !first } else { first }, *idx));
    }
    // Ties are in the order of their places, which none has twice.
    rows.sort_unstable();
    unknown.sort_unstable();
    if any_is_long {
        let rest = |idx: usize| of(idx).as_bytes().get(LETTERS..).unwrap_or_default();
        for alike in rows.chunk_by_mut(|(a, _), (b, _)| a == b).filter(|alike| alike.len() > 1) {
            alike.sort_by(|(_, a), (_, b)| {
                let order = rest(*a).cmp(rest(*b));
                if backwards { order.reverse() } else { order }
            });
        }
    }
    rows.into_iter().map(|(_, idx)| idx).chain(unknown).collect()
}

const LETTERS: usize = size_of::<u128>();

fn first_letters(text: &str) -> u128 {
    let mut first = [0; LETTERS];
    let n = text.len().min(LETTERS);
    if let (Some(to), Some(from)) = (first.get_mut(..n), text.as_bytes().get(..n)) {
        to.copy_from_slice(from);
    }
    u128::from_be_bytes(first)
}

fn by_outlet(entries: &[Entry], list: &[usize], backwards: bool) -> Arranged {
    let mut of_each: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for idx in list {
        let outlet = entries.get(*idx).map(Entry::folded_outlet).unwrap_or_default();
        of_each.entry(outlet).or_default().push(*idx);
    }
    let mut all: Vec<_> = of_each.into_iter().collect();
    all.sort_by(|(a, _), (b, _)| match (a.is_empty(), b.is_empty()) {
        (false, false) if backwards => b.cmp(a),
        (false, false) => Ordering::Equal,
        (a, b) => a.cmp(&b),
    });
    let named = all.into_iter().map(|(key, places)| {
        let first = places.first().and_then(|idx| entries.get(*idx));
        let name = first.and_then(|entry| entry.article.meta.outlet.clone()).filter(|_| !key.is_empty());
        (key.to_owned(), name.unwrap_or_else(|| "No outlet".to_owned()), places)
    });
    together(entries, named)
}

/// What is at hand comes first.
fn by_state(entries: &[Entry], list: &[usize]) -> Arranged {
    let named = [State::Begun, State::New, State::Done, State::Aside].into_iter().map(|state| {
        let is = |idx: &&usize| entries.get(**idx).is_some_and(|entry| entry.counts.progress.state == state);
        let name = match state {
            State::New => "Not begun",
            State::Begun => "Begun",
            State::Done => "Done",
            State::Aside => "Set aside",
        };
        (state.name().to_owned(), name.to_owned(), list.iter().filter(is).copied().collect::<Vec<_>>())
    });
    together(entries, named.filter(|(.., places)| !places.is_empty()))
}

/// Group by group: key, name and entries of each.
fn together(entries: &[Entry], named: impl Iterator<Item = (String, String, Vec<usize>)>) -> Arranged {
    let mut all = Arranged::default();
    for (key, name, of_group) in named {
        let from = all.list.len();
        let places = from..from + of_group.len();
        all.groups.push(Group { key, name, places, n_done: n_done(entries, &of_group) });
        all.list.extend(of_group);
    }
    all
}

fn n_done(entries: &[Entry], of_group: &[usize]) -> usize {
    let states = of_group.iter().filter_map(|idx| Some(entries.get(*idx)?.counts.progress.state));
    states.filter(|state| *state == State::Done).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::filter;
    use crate::model::ids::{CoderId, Stamp};
    use crate::model::mending;
    use crate::model::sheet::SheetKey;
    use crate::model::{plan, sketch};

    const DRAWN: &str = "# New York port strike | Harbour Post | 2025-03-02
Dockers walked out. [fact ?] The union is blamed. []
# Émile Roux cleared | Ledger | 2024
He denies it. [denial \"again\"]
# A done deal | ledger
They signed. [] Nobody saw it. [] It rained. []
# Bribe at the depot |  | 2025-03
He took it. []";

    fn drawn() -> Vec<Entry> {
        let mut project =
            sketch::project(DRAWN, |text| format!("a{}", text.len()), |_| String::new()).unwrap();
        let coder = CoderId::new("anna");
        let named = |project: &crate::model::project::Project, word: &str| {
            project.articles().find(|a| a.shown_title().contains(word)).unwrap().id.clone()
        };
        let key = SheetKey { coder: coder.clone(), article: named(&project, "Roux") };
        project.apply(plan::done(&project, &key, true, Stamp(0)).unwrap()).unwrap();
        for (word, tag) in [("strike", "work"), ("deal", "Court")] {
            let tags = mending::tags(&project, &[named(&project, word)], &[tag.to_owned()], &[]);
            project.apply(tags.unwrap()).unwrap();
        }
        filter::entries(&project, Some(&coder))
    }

    fn shown(entries: &[Entry], sort: Sort, by: GroupBy) -> String {
        let arranged = arrange(entries, &vec![true; entries.len()], sort, by);
        let numbers =
            |places: &[usize]| places.iter().map(|idx| (idx + 1).to_string()).collect::<Vec<_>>().join(" ");
        if by == GroupBy::Nothing {
            assert_eq!(arranged.groups, []);
            return numbers(&arranged.list);
        }
        let groups = arranged.groups.iter().map(|group| {
            let done = if group.n_done > 0 { format!(" ({} done)", group.n_done) } else { String::new() };
            format!("{}{done}: {}", group.name, numbers(&arranged.list[group.places.clone()]))
        });
        groups.collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn sorts_keep_ties_as_added_and_put_the_unknown_last() {
        let entries = drawn();
        for (by, forwards, backwards) in [
            (Column::Added, "1 2 3 4", "4 3 2 1"),
            (Column::Title, "3 4 2 1", "1 2 4 3"),
            (Column::Outlet, "1 2 3 4", "2 3 1 4"),
            (Column::Date, "2 4 1 3", "1 4 2 3"),
            (Column::Progress, "3 4 1 2", "2 1 3 4"),
            (Column::Length, "2 4 1 3", "3 1 2 4"),
            (Column::Language, "1 2 3 4", "1 2 3 4"),
            (Column::Tags, "3 1 2 4", "1 3 2 4"),
        ] {
            for (backwards, want) in [(false, forwards), (true, backwards)] {
                let sort = Sort { by, backwards };
                assert_eq!(shown(&entries, sort, GroupBy::Nothing), want, "{sort:?}");
            }
        }
    }

    #[test]
    fn groups_keep_the_order_inside() {
        let entries = drawn();
        let check = |by, sort, want: &str| assert_eq!(shown(&entries, sort, by), want, "{sort:?}");
        check(
            GroupBy::Outlet,
            Sort::by(Column::Title),
            "Harbour Post: 1 | ledger (1 done): 3 2 | No outlet: 4",
        );
        let backwards = Sort { by: Column::Outlet, backwards: true };
        check(GroupBy::Outlet, backwards, "Ledger (1 done): 2 3 | Harbour Post: 1 | No outlet: 4");
        check(GroupBy::State, Sort::default(), "Begun: 1 | Not begun: 3 4 | Done (1 done): 2");
    }

    #[test]
    fn long_titles_that_begin_alike_are_in_order() {
        let titles = [
            "a title that begins so: b",
            "a title that begins so: a",
            "a title that",
            "a title that begins so",
        ];
        let got = in_order(&[0, 1, 2, 3], false, |idx| titles[idx]);
        assert_eq!(got, [2, 3, 1, 0]);
    }

    #[test]
    fn an_order_is_remembered_by_its_id() {
        for by in Column::ALL {
            for backwards in [false, true] {
                let sort = Sort { by, backwards };
                assert_eq!(Sort::of_id(&sort.id()), sort);
            }
            assert!(
                Sort::by(by).choosing(by).backwards && !Sort::default().choosing(Column::Title).backwards
            );
        }
        assert_eq!(Sort::of_id("by smell"), Sort::default());
        assert_eq!(Sort::of_id("newest"), Sort { by: Column::Date, backwards: true });
        for by in GroupBy::ALL {
            assert_eq!(GroupBy::of_id(by.id()), by);
        }
    }
}
