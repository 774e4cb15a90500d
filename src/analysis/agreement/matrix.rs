//! What coders answered: a row a unit, a column a coder.

/// The place of a label in the list of labels.
pub type LabelIdx = u16;

/// Units × coders, each cell a label or missing, and the article that a unit belongs to where that is known.
///
/// Rows that are alike are kept once: few of a million units differ from all others, and figures go by kinds of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matrix {
    coders: Vec<String>,
    labels: Vec<String>,
    kinds: Kinds,
    /// The kind of each unit.
    units: Vec<u32>,
    /// A number an article, of each row; empty = not known.
    articles: Vec<u32>,
    /// Where rows of one article stand together: which, and the row after the last of them.
    stretches: Vec<(u32, usize)>,
    /// What each label is made of, where an answer can be several; empty = each stands for itself.
    sets: Vec<Vec<LabelIdx>>,
}

impl Matrix {
    /// An empty matrix. The labels are those of the codebook, with *none of these*, not only those that occur.
    pub fn new(coders: Vec<String>, labels: Vec<String>) -> Self {
        Self { coders, labels, ..Self::default() }
    }

    /// The same, where each label is a set of others, sorted: what one can be near another by.
    #[must_use]
    pub fn of_sets(self, sets: Vec<Vec<LabelIdx>>) -> Self {
        Self { sets, ..self }
    }

    /// What a label is made of; absent where each stands for itself.
    pub fn set(&self, label: LabelIdx) -> Option<&[LabelIdx]> {
        self.sets.get(usize::from(label)).map(Vec::as_slice)
    }

    /// Whether an answer can be several labels.
    pub fn has_sets(&self) -> bool {
        !self.sets.is_empty()
    }

    /// Adds a unit: what each coder answered, in their order. What is too short is filled up with missing answers.
    pub fn push(&mut self, row: impl IntoIterator<Item = Option<LabelIdx>>, article: Option<u32>) {
        let n_labels = self.labels.len();
        let known = |label: &LabelIdx| usize::from(*label) < n_labels;
        let filled = row.into_iter().map(|cell| cell.filter(known)).chain(std::iter::repeat(None));
        self.units.push(self.kinds.take(filled.take(self.coders.len())));
        let Some(article) = article else { return };
        self.articles.push(article);
        match self.stretches.last_mut() {
            Some((last, end)) if *last == article => *end = self.articles.len(),
            _ => self.stretches.push((article, self.articles.len())),
        }
    }

    pub fn coders(&self) -> &[String] {
        &self.coders
    }

    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    pub const fn n_units(&self) -> usize {
        self.units.len()
    }

    pub fn rows(&self) -> impl Iterator<Item = &[Option<LabelIdx>]> {
        self.units.iter().map(|kind| self.kinds.row(*kind))
    }

    /// The rows that differ from each other, and how many units are like each, in the order in which they came.
    pub fn kinds(&self) -> impl Iterator<Item = (&[Option<LabelIdx>], u64)> {
        (0..).zip(&self.kinds.times).map(|(kind, times)| (self.kinds.row(kind), *times))
    }

    /// The kind of each unit, as its place among them.
    pub fn kind_of_each(&self) -> &[u32] {
        &self.units
    }

    /// The article of each unit, if all have one.
    pub fn articles(&self) -> Option<&[u32]> {
        (!self.units.is_empty() && self.articles.len() == self.units.len()).then_some(&self.articles)
    }

    /// Where units of one article stand together, in their order: which article, and the kinds of its units.
    pub fn stretches(&self) -> impl Iterator<Item = (u32, &[u32])> {
        let mut from = 0;
        self.stretches.iter().map(move |(article, end)| {
            let kinds = self.units.get(std::mem::replace(&mut from, *end)..*end);
            (*article, kinds.unwrap_or_default())
        })
    }

    /// Takes out the coders without any answer, who say nothing about agreement; their names.
    pub fn drop_silent(&mut self) -> Vec<String> {
        let mut speaks = vec![false; self.coders.len()];
        for (row, _) in self.kinds() {
            for (speaks, cell) in speaks.iter_mut().zip(row) {
                *speaks |= cell.is_some();
            }
        }
        if speaks.iter().all(|speaks| *speaks) {
            return vec![];
        }
        self.become_of(|row| {
            let said = row.iter().zip(&speaks).filter(|(_, speaks)| **speaks);
            said.map(|(cell, _)| *cell).collect()
        });
        let mut silent = Vec::new();
        let mut turn = speaks.into_iter();
        self.coders.retain(|name| {
            let speaks = turn.next().unwrap_or(true);
            silent.extend((!speaks).then(|| name.clone()));
            speaks
        });
        silent
    }

    /// The same with a label taken as missing.
    #[must_use]
    pub fn without(&self, label: LabelIdx) -> Self {
        let mut rest = self.clone();
        rest.become_of(|row| row.iter().map(|cell| cell.filter(|cell| *cell != label)).collect());
        rest
    }

    /// Whether each answer has a label among others: 1, else 0. Of answers that are sets.
    #[must_use]
    pub fn having(&self, member: LabelIdx) -> Self {
        let has = |label: LabelIdx| self.set(label).is_some_and(|set| set.contains(&member));
        let mut two = self.clone();
        two.become_of(|row| row.iter().map(|cell| cell.map(|label| has(label).into())).collect());
        (two.labels, two.sets) = (vec!["without".to_owned(), "with".to_owned()], vec![]);
        two
    }

    /// The labels that sets are made of, in their order.
    pub fn members(&self) -> Vec<LabelIdx> {
        let mut members: Vec<LabelIdx> = self.sets.iter().flatten().copied().collect();
        members.sort_unstable();
        members.dedup();
        members
    }

    /// Each kind of row becomes another one.
    fn become_of(&mut self, to: impl Fn(&[Option<LabelIdx>]) -> Vec<Option<LabelIdx>>) {
        let mut kinds = Kinds::default();
        let become_of = |(row, times): (&[Option<LabelIdx>], u64)| {
            let kind = kinds.take(to(row).into_iter());
            kinds.add(kind, times - 1);
            kind
        };
        let places: Vec<u32> = self.kinds().map(become_of).collect();
        for unit in &mut self.units {
            *unit = places.get(*unit as usize).copied().unwrap_or_default();
        }
        self.kinds = kinds;
    }
}

/// Rows that differ from each other, found by what is in them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Kinds {
    width: usize,
    /// Row after row.
    cells: Vec<Option<LabelIdx>>,
    /// How many units are of each kind.
    times: Vec<u64>,
    /// A table of places + 1 by hash, of which no more than half are taken; 0 = free.
    slots: Vec<u32>,
}

impl Kinds {
    fn row(&self, kind: u32) -> &[Option<LabelIdx>] {
        let from = kind as usize * self.width;
        self.cells.get(from..from + self.width).unwrap_or_default()
    }

    fn add(&mut self, kind: u32, times: u64) {
        if let Some(n) = self.times.get_mut(kind as usize) {
            *n += times;
        }
    }

    /// Counts a row; gives its kind.
    fn take(&mut self, row: impl Iterator<Item = Option<LabelIdx>>) -> u32 {
        let from = self.cells.len();
        self.cells.extend(row);
        self.width = self.cells.len() - from;
        let new = u32::try_from(self.times.len()).unwrap_or(u32::MAX);
        if 2 * (self.times.len() + 1) > self.slots.len() {
            self.grow();
        }
        let slot = self.slot_of(self.cells.get(from..).unwrap_or_default());
        if let Some(kind) = self.slots.get(slot).copied().unwrap_or_default().checked_sub(1) {
            self.cells.truncate(from);
            self.add(kind, 1);
            return kind;
        }
        if let Some(slot) = self.slots.get_mut(slot) {
            *slot = new.saturating_add(1);
        }
        self.times.push(1);
        new
    }

    /// The slot of a row, or the free one where it would be.
    fn slot_of(&self, row: &[Option<LabelIdx>]) -> usize {
        let mask = self.slots.len().saturating_sub(1);
        let hash = row.iter().fold(0_u64, |hash, cell| {
            let cell = cell.map_or(0, |label| u64::from(label) + 1);
            (hash ^ cell).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29)
        });
        #[expect(clippy::cast_possible_truncation, reason = "any bits of it will do")]
        let mut slot = (hash ^ (hash >> 32)) as usize & mask;
        loop {
            match self.slots.get(slot).copied().unwrap_or_default().checked_sub(1) {
                Some(kind) if self.row(kind) != row => slot = (slot + 1) & mask,
                _ => return slot,
            }
        }
    }

    fn grow(&mut self) {
        let n = (2 * self.slots.len()).max(16);
        self.slots = vec![0; n];
        for place in (1..).take(self.times.len()) {
            let slot = self.slot_of(self.row(place - 1));
            if let Some(slot) = self.slots.get_mut(slot) {
                *slot = place;
            }
        }
    }
}
