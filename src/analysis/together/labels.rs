//! Another codebook's labels as those of this one.

use crate::model::ids::LabelId;
use crate::model::scheme::Scheme;
use crate::text::fold::fold;
use std::collections::BTreeMap;

/// How one file's codebook is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    pub file: usize,
    /// Each label of the file: its id and name there, and what it is here, if anything.
    pub labels: Vec<(LabelId, String, Option<LabelId>)>,
    /// Whether the two codebooks say the same.
    pub is_same: bool,
    /// Answers that are none here: their label is not known, or they have several where one is taken.
    pub n_left: usize,
    places: BTreeMap<LabelId, LabelId>,
    takes_several: bool,
}

impl Mapping {
    /// A label is what was chosen for it, else the label of the same id, else the one of the same name.
    pub(super) fn of(
        file: usize,
        ours: &Scheme,
        theirs: &Scheme,
        chosen: &BTreeMap<(usize, LabelId), LabelId>,
    ) -> Self {
        let by_name = |name: &str| {
            let mut named = ours.labels.iter().filter(|label| fold(&label.name) == fold(name));
            let one = named.next();
            one.filter(|_| named.next().is_none()).map(|label| label.id.clone())
        };
        let labels = theirs.labels.iter().map(|label| {
            let chosen = chosen.get(&(file, label.id.clone())).filter(|id| ours.label(id).is_some()).cloned();
            let same = || ours.label(&label.id).map(|label| label.id.clone());
            let here = chosen.or_else(same).or_else(|| by_name(&label.name));
            (label.id.clone(), label.name.clone(), here)
        });
        let labels: Vec<_> = labels.collect();
        let places = labels.iter().filter_map(|(there, _, here)| Some((there.clone(), here.clone()?)));
        Self {
            file,
            is_same: ours.labels == theirs.labels && ours.choose == theirs.choose,
            n_left: 0,
            places: places.collect(),
            takes_several: ours.takes_several(),
            labels,
        }
    }

    /// What a label of the file is here.
    pub(super) fn label(&self, label: &LabelId) -> Option<LabelId> {
        self.places.get(label).cloned()
    }

    /// Whether so many labels may stand together here, each once.
    pub(super) fn takes(&self, labels: &[LabelId]) -> bool {
        let is_once =
            labels.iter().enumerate().all(|(idx, label)| !labels.iter().take(idx).any(|l| l == label));
        is_once && (labels.len() <= 1 || self.takes_several)
    }

    /// Labels that are none here.
    pub fn unknown(&self) -> impl Iterator<Item = &str> {
        self.labels.iter().filter(|(.., here)| here.is_none()).map(|(_, name, _)| name.as_str())
    }
}
