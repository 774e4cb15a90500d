//! Merging the codebook and the coders: what one side changed is taken and said; what both changed stays ours, and is open.

use crate::analysis::merge::Work;
use crate::analysis::merge::account::{Fate, Kind};
use crate::analysis::merge::three::{self, Pick};
use crate::model::coder::Coder;
use crate::model::conflict::{Conflict, Value, What};
use crate::model::ids::{CoderId, LabelId};
use crate::model::project::Project;
use crate::model::scheme::{Label, Scheme};
use std::collections::BTreeSet;
use std::sync::Arc;

impl Work {
    /// The scheme, with at least these labels, which something names.
    pub(super) fn scheme(&mut self, named: &BTreeSet<LabelId>, several: Several) -> Scheme {
        let (base, ours, theirs) = (self.base.was.clone(), self.ours.was.clone(), self.theirs.was.clone());
        let (base, ours, theirs) = (base.scheme(), ours.scheme(), theirs.scheme());
        let mut labels = vec![];
        for id in self.order(base, ours, theirs) {
            let [was, our, their] = [base, ours, theirs].map(|scheme| scheme.label(&id));
            let (label, pick) = three::value(&was, &our, &their);
            let fate = three::fate(&was, &our, &their);
            self.account.count(Kind::Codebook, None, fate);
            if fate == Fate::Theirs {
                self.account.said.push(format!("label `{id}` is taken as theirs has it"));
            }
            let label = label.or_else(|| their.or(was).filter(|_| pick == Pick::Open || named.contains(&id)));
            if pick == Pick::Open {
                self.conflicts.push(label_conflict(&id, [was, our, their]));
            } else if label.is_some() && our.is_none() != their.is_none() && was.is_some() {
                // One side took it away, and it is still given to a sentence.
                self.account.said.push(format!("label `{id}` stays, since it is still given"));
            }
            labels.extend(label.cloned());
        }
        self.own_signs(&mut labels, ours);
        let (mut choose, pick) = three::value(&base.choose, &ours.choose, &theirs.choose);
        self.account.count(Kind::Codebook, None, three::fate(&base.choose, &ours.choose, &theirs.choose));
        if pick == Pick::Open {
            self.conflicts.push(Conflict {
                field: Some("choose".to_owned()),
                base: Some(Value::text(base.choose.clone())).filter(|_| !base.choose.is_empty()),
                ours: Some(Value::text(ours.choose.clone())),
                theirs: Some(Value::text(theirs.choose.clone())),
                ..Conflict::new(What::Scheme)
            });
        }
        let now = Scheme { choose: choose.clone(), ..ours.clone() };
        if several == Several::Given && !now.takes_several() {
            "several".clone_into(&mut choose);
            self.account.said.push("the scheme takes several labels, since a sentence has them".to_owned());
        }
        let skip = three::texts(&base.skip, &ours.skip, &theirs.skip);
        self.account.count(Kind::Codebook, None, three::fate(&base.skip, &ours.skip, &theirs.skip));
        let version = match three::value(&base.version, &ours.version, &theirs.version) {
            (_, Pick::Open) => ours.version.max(theirs.version),
            (version, _) => version,
        };
        let (extra, open) = three::extra(&base.extra, &ours.extra, &theirs.extra);
        self.conflicts.extend(open.into_iter().map(|field| Conflict::of_field(What::Scheme, field)));
        Scheme { version, choose, skip, labels, extra }
    }

    /// The ids of all labels in the merged order: that of the side which changed it.
    fn order(&mut self, base: &Scheme, ours: &Scheme, theirs: &Scheme) -> Vec<LabelId> {
        let ids = |scheme: &Scheme| -> Vec<LabelId> { scheme.labels.iter().map(|l| l.id.clone()).collect() };
        let (was, our, their) = (ids(base), ids(ours), ids(theirs));
        let all: BTreeSet<LabelId> = was.iter().chain(&our).chain(&their).cloned().collect();
        let mut order = match three::pick(&was, &our, &their) {
            Pick::Same | Pick::Ours => our.clone(),
            Pick::Theirs => their.clone(),
            Pick::Open => {
                let common: BTreeSet<&LabelId> =
                    was.iter().filter(|id| our.contains(id) && their.contains(id)).collect();
                let of = |list: &[LabelId]| -> Vec<LabelId> {
                    list.iter().filter(|id| common.contains(id)).cloned().collect()
                };
                let (order, pick) = three::value(&of(&was), &of(&our), &of(&their));
                if pick == Pick::Open {
                    let words =
                        |list: &[LabelId]| Some(Value::texts(list.iter().map(ToString::to_string).collect()));
                    self.account.count(Kind::Codebook, None, Fate::Conflict);
                    self.conflicts.push(Conflict {
                        field: Some("labels".to_owned()),
                        base: words(&of(&was)),
                        ours: words(&of(&our)),
                        theirs: words(&of(&their)),
                        ..Conflict::new(What::Scheme)
                    });
                }
                order
            }
        };
        let there: BTreeSet<LabelId> = order.iter().cloned().collect();
        for id in all.into_iter().filter(|id| !there.contains(id)) {
            let (here, turned) = (place(&id, &our, &order), place(&id, &their, &order));
            let at = here.or(turned).filter(|at| turned.is_none_or(|turned| turned == *at));
            order.insert(at.unwrap_or(order.len()), id);
        }
        order
    }

    /// Takes a key or a letter from a label that another has already; the label as it came waits as a conflict.
    fn own_signs(&mut self, labels: &mut [Arc<Label>], ours: &Scheme) {
        let (mut keys, mut letters) = (BTreeSet::new(), BTreeSet::new());
        // Those of ours choose first.
        let mut turns: Vec<usize> = (0..labels.len()).collect();
        turns.sort_by_key(|idx| labels.get(*idx).is_none_or(|label| ours.label(&label.id) != Some(label)));
        for idx in turns {
            let Some(label) = labels.get_mut(idx).filter(|label| !label.retired) else { continue };
            let free: Vec<String> = label.keys.iter().filter(|key| !keys.contains(*key)).cloned().collect();
            let letter =
                Some(label.letter.clone()).filter(|letter| !letters.contains(letter)).unwrap_or_default();
            keys.extend(free.iter().cloned());
            if !letter.is_empty() {
                letters.insert(letter.clone());
            }
            if free == label.keys && letter == label.letter {
                continue;
            }
            let came = Arc::clone(label);
            *label = Arc::new(Label { keys: free, letter, ..Label::clone(label) });
            let was = self.base.was.scheme().label(&came.id);
            self.conflicts.push(label_conflict(&came.id, [was, Some(label), Some(&came)]));
            self.account.count(Kind::Codebook, None, Fate::Conflict);
        }
    }

    /// The coders, with at least these, whom something names.
    pub(super) fn coders(&mut self, named: &BTreeSet<CoderId>) -> Vec<Coder> {
        let versions = [&self.base.was, &self.ours.was, &self.theirs.was];
        let ids: BTreeSet<CoderId> =
            versions.into_iter().flat_map(Project::coders).map(|coder| coder.id.clone()).collect();
        let (mut merged, mut counts, mut open) = (vec![], vec![], vec![]);
        for id in ids {
            let [base, ours, theirs] = versions.map(|project| project.coder(&id));
            let fate = three::fate(&base, &ours, &theirs);
            let coder = match (three::pick(&base, &ours, &theirs), ours, theirs) {
                (Pick::Open, Some(ours), Some(theirs)) => {
                    let no_name = String::new();
                    let was = base.map_or(&no_name, |base| &base.name);
                    let (name, pick) = three::value(was, &ours.name, &theirs.name);
                    if pick == Pick::Open {
                        open.push(Conflict {
                            field: Some("name".to_owned()),
                            coder: Some(id.clone()),
                            base: base.map(|base| Value::text(base.name.clone())),
                            ours: Some(Value::text(ours.name.clone())),
                            theirs: Some(Value::text(theirs.name.clone())),
                            ..Conflict::new(What::Coder)
                        });
                    }
                    let was_role = base.and_then(|base| base.role.clone());
                    let (role, pick) = three::value(&was_role, &ours.role, &theirs.role);
                    if pick == Pick::Open {
                        open.push(Conflict {
                            field: Some("role".to_owned()),
                            coder: Some(id.clone()),
                            base: was_role.map(Value::text),
                            ours: ours.role.clone().map(Value::text),
                            theirs: theirs.role.clone().map(Value::text),
                            ..Conflict::new(What::Coder)
                        });
                    }
                    let was = base.and_then(|base| base.extra.clone());
                    let (extra, fields) = three::extra(&was, &ours.extra, &theirs.extra);
                    open.extend(fields.into_iter().map(|field| Conflict {
                        coder: Some(id.clone()),
                        ..Conflict::of_field(What::Coder, field)
                    }));
                    Some(Coder { id: id.clone(), name, role, extra })
                }
                (Pick::Open, ours, theirs) => {
                    let name = |coder: Option<&Coder>| coder.map(|coder| Value::text(coder.name.clone()));
                    open.push(Conflict {
                        coder: Some(id.clone()),
                        base: name(base),
                        ours: name(ours),
                        theirs: name(theirs),
                        ..Conflict::new(What::Coder)
                    });
                    ours.or(theirs).cloned()
                }
                (Pick::Theirs, _, theirs) => theirs.cloned(),
                (_, ours, _) => ours.cloned(),
            };
            counts.push(fate);
            let any = ours.or(theirs).or(base);
            merged.extend(coder.or_else(|| any.filter(|_| named.contains(&id)).cloned()));
        }
        for fate in counts {
            let fate = if fate == Fate::Conflict && open.is_empty() { Fate::Both } else { fate };
            self.account.count(Kind::Coders, None, fate);
        }
        self.conflicts.extend(open);
        merged
    }
}

/// Where a label goes into an order that lacks it: behind the last before it in a list. `None` = the list lacks it too.
fn place(id: &LabelId, list: &[LabelId], order: &[LabelId]) -> Option<usize> {
    let before = list.get(..list.iter().position(|other| other == id)?)?;
    Some(before.iter().rev().find_map(|other| order.iter().position(|at| at == other)).map_or(0, |at| at + 1))
}

/// Whether a sentence has more than one label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Several {
    Given,
    NotGiven,
}

fn label_conflict(id: &LabelId, sides: [Option<&Arc<Label>>; 3]) -> Conflict {
    let [base, ours, theirs] = sides.map(|label| label.cloned().map(Value::Label));
    Conflict { id: Some(id.to_string()), base, ours, theirs, ..Conflict::new(What::Label) }
}
