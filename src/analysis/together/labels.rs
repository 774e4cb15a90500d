//! Another codebook's labels as those of this one.

use crate::model::ids::LabelId;
use crate::model::scheme::{Label, Scheme};
use crate::text::fold::fold;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Labels that were chosen for those of other codebooks, by place of the file and label there; none = they are no label here.
pub type Chosen = BTreeMap<(usize, LabelId), Option<LabelId>>;

/// A label of another codebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theirs {
    pub label: Arc<Label>,
    /// What it is here, if anything.
    pub here: Option<LabelId>,
    /// Answers that have it.
    pub n: usize,
}

/// How one file's codebook is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    pub file: usize,
    /// Each label of the file.
    pub labels: Vec<Theirs>,
    /// Whether the two codebooks say the same.
    pub is_same: bool,
    /// Answers that are none here: their label is not known, or they have several where one is taken.
    pub n_left: usize,
    /// How often each set of labels was answered.
    sets: BTreeMap<Box<[LabelId]>, usize>,
    takes_several: bool,
}

impl Mapping {
    /// A label is what was chosen for it, else the label of the same id, else the one of the same name.
    pub(super) fn of(file: usize, ours: &Scheme, theirs: &Scheme, chosen: &Chosen) -> Self {
        let by_name = |name: &str| {
            let mut named = ours.labels.iter().filter(|label| fold(&label.name) == fold(name));
            let one = named.next();
            one.filter(|_| named.next().is_none()).map(|label| label.id.clone())
        };
        let labels = theirs.labels.iter().map(|label| {
            let same = || ours.label(&label.id).map(|label| label.id.clone());
            let here = match chosen.get(&(file, label.id.clone())) {
                Some(chosen) => chosen.clone().filter(|id| ours.label(id).is_some()),
                None => same().or_else(|| by_name(&label.name)),
            };
            Theirs { label: Arc::clone(label), here, n: 0 }
        });
        Self {
            file,
            labels: labels.collect(),
            is_same: ours.labels == theirs.labels && ours.choose == theirs.choose,
            n_left: 0,
            sets: BTreeMap::new(),
            takes_several: ours.takes_several(),
        }
    }

    /// What a label of the file is here.
    pub(super) fn label(&self, label: &LabelId) -> Option<LabelId> {
        self.labels.iter().find(|theirs| theirs.label.id == *label)?.here.clone()
    }

    /// An answer of the file has these labels.
    pub(super) fn count(&mut self, labels: &[LabelId]) {
        match self.sets.get_mut(labels) {
            Some(n) => *n += 1,
            None => {
                self.sets.insert(labels.into(), 1);
            }
        }
        for theirs in self.labels.iter_mut().filter(|theirs| labels.contains(&theirs.label.id)) {
            theirs.n += 1;
        }
    }

    /// Whether so many labels may stand together here, each once.
    pub(super) fn takes(&self, labels: &[LabelId]) -> bool {
        let is_once =
            labels.iter().enumerate().all(|(idx, label)| !labels.iter().take(idx).any(|l| l == label));
        is_once && (labels.len() <= 1 || self.takes_several)
    }

    /// What a label would be here, if these were chosen.
    pub fn here(&self, theirs: &Theirs, chosen: &Chosen) -> Option<LabelId> {
        chosen.get(&(self.file, theirs.label.id.clone())).unwrap_or(&theirs.here).clone()
    }

    /// How many answers would stay out, if these were chosen.
    pub fn n_left_so(&self, chosen: &Chosen) -> usize {
        let here = |label: &LabelId| {
            let theirs = self.labels.iter().find(|theirs| theirs.label.id == *label)?;
            self.here(theirs, chosen)
        };
        let stays_out = |set: &[LabelId]| {
            let labels: Option<Vec<LabelId>> = set.iter().map(here).collect();
            !labels.is_some_and(|labels| self.takes(&labels))
        };
        self.sets.iter().filter(|(set, _)| stays_out(set)).map(|(_, n)| n).sum()
    }

    /// Labels that are none here.
    pub fn unknown(&self) -> impl Iterator<Item = &str> {
        self.labels.iter().filter(|theirs| theirs.here.is_none()).map(|theirs| theirs.label.name.as_str())
    }
}
