//! Merging comments, links, decisions, and the conflicts that are open already.

use crate::analysis::merge::Work;
use crate::analysis::merge::account::{Fate, Kind};
use crate::analysis::merge::three::{self, Pick};
use crate::analysis::merge::versions::ById;
use crate::model::comment::Comment;
use crate::model::conflict::{Conflict, Value, What};
use crate::model::decision::Decision;
use crate::model::ids::{ArticleId, LabelId, RecordId, Span};
use crate::model::link::Link;
use crate::model::project::Project;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The ids of three lists.
pub(super) fn ids<'a, T>(lists: [&ById<'a, T>; 3]) -> BTreeSet<&'a RecordId> {
    lists.into_iter().flat_map(|list| list.keys().copied()).collect()
}

impl Work {
    /// All comments; one that was taken away goes, unless the other side changed it or somebody answers it.
    pub(super) fn comments(&mut self) -> Vec<Comment> {
        let [base, ours, theirs] = [&self.base, &self.ours, &self.theirs].map(|version| version.comments());
        let (mut merged, mut gone) = (BTreeMap::new(), BTreeMap::new());
        let (mut counts, mut open) = (vec![], vec![]);
        for id in ids([&base, &ours, &theirs]) {
            let [was, our, their] = [&base, &ours, &theirs].map(|list| list.get(id).copied());
            let fate = three::fate(&was, &our, &their);
            let Some(any) = our.or(their).or(was) else { continue };
            let (comment, conflict) = match (three::pick(&was, &our, &their), our, their) {
                (Pick::Open, Some(our), Some(their)) => changed_by_both(was, our, their),
                (Pick::Open, one, other) => (one.or(other).cloned(), None),
                (Pick::Theirs, _, their) => (their.cloned(), None),
                (_, our, _) => (our.cloned(), None),
            };
            let fate = match (&conflict, fate) {
                (None, Fate::Conflict) => Fate::Both,
                _ => fate,
            };
            counts.push((any.article.clone(), fate));
            open.extend(conflict);
            match comment {
                Some(comment) => drop(merged.insert(id.clone(), comment)),
                None => drop(gone.insert(id.clone(), any.clone())),
            }
        }
        let mut said = vec![];
        // What somebody answers stays.
        let mut answered: Vec<RecordId> =
            merged.values().filter_map(|comment: &Comment| comment.re.clone()).collect();
        while let Some(above) = answered.pop() {
            if let Some(comment) = gone.remove(&above) {
                said.push(format!("comment `{above}` stays, since it is answered"));
                answered.extend(comment.re.clone());
                merged.insert(above, comment);
            }
        }
        said.extend(cut_circles(&mut merged));
        for (article, fate) in counts {
            self.account.count(Kind::Comments, Some(&article), fate);
        }
        self.conflicts.extend(open);
        self.account.said.extend(said);
        merged.into_values().collect()
    }

    /// All links; one that was taken away goes, unless the other side changed it.
    pub(super) fn links(&mut self) -> Vec<Link> {
        let before = [&self.base, &self.ours, &self.theirs].map(|version| version.links_before());
        let [base, ours, theirs] = &before;
        let (our_now, their_now) = (links_of(&self.ours.now), links_of(&self.theirs.now));
        let (mut merged, mut counts) = (vec![], vec![]);
        for id in ids([base, ours, theirs]) {
            let [was, our, their] = [base, ours, theirs].map(|list| list.get(id).copied());
            let Some(any) = our.or(their).or(was) else { continue };
            let fate = match three::fate(&was, &our, &their) {
                Fate::Conflict => Fate::Both,
                fate => fate,
            };
            counts.push((any.article.clone(), fate));
            let ours = our.map(|our| our_now.get(id).copied().unwrap_or(our));
            let theirs = their.map(|their| their_now.get(id).copied().unwrap_or(their));
            merged.extend(match three::pick(&was, &our, &their) {
                // The same whichever side is ours: no program changes more of a link than where it stands.
                Pick::Open => {
                    ours.into_iter().chain(theirs).max_by_key(|link| (link.at, format!("{link:?}"))).cloned()
                }
                Pick::Theirs => theirs.cloned(),
                Pick::Same | Pick::Ours => ours.cloned(),
            });
        }
        for (article, fate) in counts {
            self.account.count(Kind::Links, Some(&article), fate);
        }
        merged
    }

    /// Decisions by their ids, then by their sentences: two about one sentence are one, or in conflict.
    pub(super) fn decisions(&mut self) -> Vec<Decision> {
        let before = [&self.base, &self.ours, &self.theirs].map(|version| version.decisions_before());
        let [base, ours, theirs] = &before;
        let (our_now, their_now) = (decisions_of(&self.ours.now), decisions_of(&self.theirs.now));
        let mut merged: Vec<Decision> = vec![];
        let (mut new_theirs, mut open, mut counts) = (vec![], vec![], BTreeMap::new());
        let place = |decision: &Decision| (decision.article.clone(), decision.sentence);
        let is_free = |id: &RecordId| ![base, ours, theirs].into_iter().any(|list| list.contains_key(id));
        for id in ids([base, ours, theirs]) {
            let [was, our, their] = [base, ours, theirs].map(|list| list.get(id).copied());
            let ours = our.map(|our| our_now.get(id).copied().unwrap_or(our));
            let theirs = their.map(|their| their_now.get(id).copied().unwrap_or(their));
            let Some(any) = ours.or(theirs).or(was) else { continue };
            let mut fate = three::fate(&was, &our, &their);
            match (three::pick(&was, &our, &their), ours, theirs) {
                (Pick::Open, Some(ours), Some(theirs)) if was.is_none() && place(ours) != place(theirs) => {
                    // Two decisions that got the same id by chance.
                    merged.push(ours.clone());
                    let ids = (2..10_000).map(|n| RecordId::new(format!("{id}-{n}")));
                    let id = ids.into_iter().find(is_free);
                    new_theirs.extend(id.map(|id| Decision { id, ..theirs.clone() }));
                    fate = Fate::Ours;
                }
                (Pick::Open, Some(ours), Some(theirs)) if is_alike(ours, theirs) => {
                    fate = Fate::Alike;
                    merged.push(later(ours, theirs).clone());
                }
                (Pick::Open, ours, theirs) => {
                    open.push(conflict(was, ours, theirs, any));
                    merged.extend(ours.cloned());
                }
                (Pick::Theirs, _, Some(theirs)) if was.is_none() => {
                    new_theirs.push(theirs.clone());
                    continue;
                }
                (Pick::Theirs, _, theirs) => merged.extend(theirs.cloned()),
                (_, ours, _) => merged.extend(ours.cloned()),
            }
            counts.insert(id.clone(), (any.article.clone(), fate));
        }
        // What theirs has too is no other decision than theirs, and each of ours meets one of theirs at most.
        let is_of_theirs = |d: &Decision| their_now.get(&d.id).is_some_and(|their| place(their) == place(d));
        let is_of_ours =
            |d: &Decision| !base.contains_key(&d.id) && ours.contains_key(&d.id) && !is_of_theirs(d);
        let mut new_ours = BTreeMap::<_, VecDeque<usize>>::new();
        for (idx, decision) in merged.iter().enumerate().filter(|(_, decision)| is_of_ours(decision)) {
            new_ours.entry(place(decision)).or_default().push_back(idx);
        }
        for theirs in new_theirs {
            let idx = new_ours.get_mut(&place(&theirs)).and_then(VecDeque::pop_front);
            let same = idx.and_then(|idx| merged.get_mut(idx));
            if let Some(ours) = &same {
                counts.remove(&ours.id);
            }
            let fate = match same {
                Some(ours) if is_alike(ours, &theirs) => {
                    if is_free(&ours.id) == is_free(&theirs.id) {
                        *ours = later(ours, &theirs).clone();
                    }
                    Fate::Alike
                }
                Some(ours) => {
                    open.push(conflict(None, Some(ours), Some(&theirs), ours));
                    Fate::Conflict
                }
                None => {
                    if is_free(&theirs.id) {
                        self.account.said.push(format!("a decision of theirs is `{}` here", theirs.id));
                    }
                    merged.push(theirs.clone());
                    Fate::Theirs
                }
            };
            counts.insert(theirs.id.clone(), (theirs.article.clone(), fate));
        }
        for (article, fate) in counts.into_values() {
            self.account.count(Kind::Decisions, Some(&article), fate);
        }
        self.conflicts.extend(open);
        merged
    }

    /// The open conflicts of both, then the new ones: what one side has decided is open no more.
    pub(super) fn conflicts(&mut self, articles: &BTreeSet<ArticleId>) -> Vec<Conflict> {
        let [base, ours, theirs] =
            [&self.base, &self.ours, &self.theirs].map(|version| version.was.conflicts());
        let (stay, come): (Vec<&Conflict>, Vec<&Conflict>) = match three::pick(base, ours, theirs) {
            Pick::Same | Pick::Ours => (ours.iter().collect(), vec![]),
            Pick::Theirs => (theirs.iter().collect(), vec![]),
            Pick::Open => {
                let (before, our, their) = (Listed::of(base), Listed::of(ours), Listed::of(theirs));
                let stays = |one: &&Conflict, other: &Listed<'_>| !before.has(one) || other.has(one);
                let stay = ours.iter().filter(|one| stays(one, &their)).collect();
                (stay, theirs.iter().filter(|one| stays(one, &our)).collect())
            }
        };
        let mut merged: Vec<Conflict> = stay.into_iter().cloned().collect();
        let mut new: Vec<Conflict> = vec![];
        let there = merged.clone();
        let mut listed = Listed::of(&there);
        for conflict in come.into_iter().chain(&self.conflicts) {
            // The other way round when the same was merged on the other side.
            let turned =
                Conflict { ours: conflict.theirs.clone(), theirs: conflict.ours.clone(), ..conflict.clone() };
            if !listed.has(conflict) && !listed.has(&turned) {
                listed.put(conflict);
                new.push(conflict.clone());
            }
        }
        merged.extend(new);
        merged.retain(|conflict| conflict.article.as_ref().is_none_or(|article| articles.contains(article)));
        merged
    }
}

/// Conflicts by what they are about.
struct Listed<'a>(BTreeMap<About<'a>, Vec<&'a Conflict>>);

/// A kind of thing at a place.
type About<'a> = (&'a str, Option<&'a ArticleId>, Option<Span>);

impl<'a> Listed<'a> {
    fn of(conflicts: &'a [Conflict]) -> Self {
        let mut listed = Self(BTreeMap::new());
        for conflict in conflicts {
            listed.put(conflict);
        }
        listed
    }

    fn put(&mut self, conflict: &'a Conflict) {
        self.0.entry(Self::key(conflict)).or_default().push(conflict);
    }

    fn has(&self, conflict: &Conflict) -> bool {
        let alike = self.0.get(&Self::key(conflict));
        alike.into_iter().flatten().any(|other| other.is_same(conflict))
    }

    fn key(conflict: &Conflict) -> About<'_> {
        (conflict.what.word(), conflict.article.as_ref(), conflict.sentence)
    }
}

fn links_of(project: &Project) -> ById<'_, Link> {
    project.links().map(|link| (&link.id, link)).collect()
}

fn decisions_of(project: &Project) -> ById<'_, Decision> {
    project.decisions().map(|decision| (&decision.id, decision)).collect()
}

/// Whether two decisions say the same for the same reason, whoever decided and when.
fn is_alike(a: &Decision, b: &Decision) -> bool {
    let labels = |decision: &Decision| -> BTreeSet<LabelId> { decision.labels.iter().cloned().collect() };
    let place = |decision: &Decision| (decision.article.clone(), decision.sentence);
    labels(a) == labels(b)
        && a.reason == b.reason
        && a.code == b.code
        && a.extra == b.extra
        && place(a) == place(b)
}

fn later<'a>(a: &'a Decision, b: &'a Decision) -> &'a Decision {
    let weight = |decision: &Decision| (decision.at, decision.id.clone(), decision.by.clone());
    if weight(b) > weight(a) { b } else { a }
}

fn conflict(
    base: Option<&Decision>,
    ours: Option<&Decision>,
    theirs: Option<&Decision>,
    place: &Decision,
) -> Conflict {
    // The place is that of the conflict, so that sides differ in what they say alone.
    let (article, sentence): (ArticleId, Span) = (place.article.clone(), place.sentence);
    let side = |decision: Option<&Decision>| {
        let here = |decision: &Decision| Decision { article: article.clone(), sentence, ..decision.clone() };
        decision.map(here).map(Value::Decision)
    };
    Conflict {
        base: side(base),
        ours: side(ours),
        theirs: side(theirs),
        who: theirs.map(|theirs| theirs.by.to_string()),
        at: theirs.and_then(|theirs| theirs.at),
        article: Some(article.clone()),
        sentence: Some(sentence),
        ..Conflict::new(What::Decision)
    }
}

/// A comment that both changed, field by field; ours where both changed the same field, and a conflict where that is its text.
fn changed_by_both(
    was: Option<&Comment>,
    ours: &Comment,
    theirs: &Comment,
) -> (Option<Comment>, Option<Conflict>) {
    let was_text = was.map(|was| was.text.clone()).unwrap_or_default();
    let (text, pick) = three::value(&was_text, &ours.text, &theirs.text);
    let (extra, _) = three::extra(&was.and_then(|was| was.extra.clone()), &ours.extra, &theirs.extra);
    // Of the rest one stands, the same whichever side is ours: no program changes it.
    let (article, sentence) = settled(was, ours, theirs, |c| (c.article.clone(), c.sentence));
    let by = settled(was, ours, theirs, |c| c.by.clone());
    let at = settled(was, ours, theirs, |c| c.at);
    let re = settled(was, ours, theirs, |c| c.re.clone());
    let resolved = settled(was, ours, theirs, |c| c.resolved);
    let comment = Comment { id: ours.id.clone(), article, sentence, by, at, text, re, resolved, extra };
    let conflict = (pick == Pick::Open).then(|| Conflict {
        field: Some("text".to_owned()),
        article: Some(comment.article.clone()),
        sentence: comment.sentence,
        id: Some(comment.id.to_string()),
        base: was.map(|was| Value::text(was.text.clone())),
        ours: Some(Value::text(ours.text.clone())),
        theirs: Some(Value::text(theirs.text.clone())),
        who: Some(theirs.by.to_string()),
        at: theirs.at,
        ..Conflict::new(What::Comment)
    });
    (Some(comment), conflict)
}

/// A field that is never open: the greater where both changed it.
fn settled<T: Ord + Clone>(
    was: Option<&Comment>,
    ours: &Comment,
    theirs: &Comment,
    of: impl Fn(&Comment) -> T,
) -> T {
    let (our, their) = (of(ours), of(theirs));
    let was = was.map(of);
    match three::pick(&was, &Some(our.clone()), &Some(their.clone())) {
        Pick::Open => our.max(their),
        Pick::Theirs => their,
        Pick::Same | Pick::Ours => our,
    }
}

/// Comments that answer each other in a circle, once two sides come together: one of them answers nothing.
fn cut_circles(comments: &mut BTreeMap<RecordId, Comment>) -> Vec<String> {
    let mut said = vec![];
    let mut met: BTreeMap<RecordId, usize> = BTreeMap::new();
    let starts: Vec<RecordId> = comments.keys().cloned().collect();
    for (walk, start) in starts.into_iter().enumerate() {
        let mut here = Some(start);
        while let Some(id) = here.take() {
            if let Some(earlier) = met.insert(id.clone(), walk) {
                if let Some(comment) = comments.get_mut(&id).filter(|_| earlier == walk) {
                    comment.re = None;
                    said.push(format!(
                        "comment `{id}` answered itself by way of others: it answers nothing now"
                    ));
                }
                break;
            }
            here = comments.get(&id).and_then(|comment| comment.re.clone());
        }
    }
    said
}
