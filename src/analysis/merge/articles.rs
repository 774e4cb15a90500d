//! Merging articles: which are there, what is known about them, where their sentences begin.

use crate::analysis::merge::Work;
use crate::analysis::merge::account::{Fate, Kind};
use crate::analysis::merge::fields::FIELDS;
use crate::analysis::merge::three::{self, Pick};
use crate::analysis::merge::versions;
use crate::model::article::{Article, PROSE, Sentence, tile};
use crate::model::conflict::{Conflict, Value, What};
use crate::model::ids::ArticleId;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

impl Work {
    /// All ids of articles of the three versions.
    pub(super) fn article_ids(&self) -> BTreeSet<ArticleId> {
        let versions = [&self.base, &self.ours, &self.theirs];
        versions
            .into_iter()
            .flat_map(|version| version.was.articles())
            .map(|article| article.id.clone())
            .collect()
    }

    /// Brings the three versions over the same sentences. Gives back articles that could not: theirs stay by themselves.
    pub(super) fn boundaries(&mut self, ids: &BTreeSet<ArticleId>) -> Vec<ArticleId> {
        let mut apart = vec![];
        for id in ids {
            let [base, ours, theirs] =
                [&self.base, &self.ours, &self.theirs].map(|version| version.was.article(id).cloned());
            let fate = match (&base, &ours, &theirs) {
                (_, Some(our), Some(their)) if our.sentences() == their.sentences() => {
                    let is_new = base.as_ref().is_some_and(|base| base.sentences() != our.sentences());
                    let to = our.sentences().to_vec();
                    if is_new && !versions::follows(&mut self.base.now, id, &to) {
                        self.base.forget(id);
                    }
                    if is_new { Fate::Alike } else { Fate::Unchanged }
                }
                (_, Some(our), Some(their)) => {
                    let Some(fate) = self.common(id, base.as_deref(), our, their) else {
                        apart.push(id.clone());
                        continue;
                    };
                    fate
                }
                // Only one has it: the base follows that one, where the other took it away.
                (Some(base), Some(one), None) | (Some(base), None, Some(one)) => {
                    let to = one.sentences().to_vec();
                    if base.sentences() != one.sentences() && !versions::follows(&mut self.base.now, id, &to)
                    {
                        self.base.forget(id);
                    }
                    Fate::Unchanged
                }
                _ => Fate::Unchanged,
            };
            self.account.count(Kind::Boundaries, Some(id), fate);
        }
        apart
    }

    /// Sentences that both versions of an article can take, as near to what both did as can be.
    fn common(
        &mut self,
        id: &ArticleId,
        base: Option<&Article>,
        our: &Article,
        their: &Article,
    ) -> Option<Fate> {
        let was = base.map(Article::sentences);
        let (our_change, their_change) = (was != Some(our.sentences()), was != Some(their.sentences()));
        let (merged, open) = match (base, our_change, their_change) {
            (Some(_), true, false) => (Some(our.sentences().to_vec()), vec![]),
            (Some(_), false, true) => (Some(their.sentences().to_vec()), vec![]),
            (Some(base), ..) => together(base, our, their),
            (None, ..) => (None, vec![]),
        };
        let fate = match (our_change, their_change) {
            (true, false) => Fate::Ours,
            (false, true) => Fate::Theirs,
            _ => Fate::Both,
        };
        if let Some(to) = merged.filter(|to| self.all_follow(id, to)) {
            self.sentences.insert(id.clone(), to);
            let fate = if open.is_empty() { fate } else { Fate::Conflict };
            self.conflicts.extend(open);
            return Some(fate);
        }
        for side in [our, their] {
            if self.all_follow(id, side.sentences()) {
                let spans = |article: &Article| {
                    Value::texts(
                        article.sentences().iter().map(|sentence| sentence.span.to_string()).collect(),
                    )
                };
                self.conflicts.push(Conflict {
                    article: Some(id.clone()),
                    base: base.map(spans),
                    ours: Some(spans(our)),
                    theirs: Some(spans(their)),
                    ..Conflict::new(What::Sentences)
                });
                return Some(Fate::Conflict);
            }
        }
        None
    }

    /// Gives all versions of an article these sentences, or none of them.
    fn all_follow(&mut self, id: &ArticleId, to: &[Sentence]) -> bool {
        let (mut ours, mut theirs) = (self.ours.now.clone(), self.theirs.now.clone());
        if !versions::follows(&mut ours, id, to) || !versions::follows(&mut theirs, id, to) {
            return false;
        }
        (self.ours.now, self.theirs.now) = (ours, theirs);
        let has_base = self.base.now.article(id).is_some();
        if has_base && !versions::follows(&mut self.base.now, id, to) {
            self.base.forget(id);
        }
        true
    }

    /// The articles that stay, by id.
    pub(super) fn articles(&mut self, ids: &BTreeSet<ArticleId>) -> Vec<Arc<Article>> {
        let mut merged = Vec::with_capacity(ids.len());
        for id in ids {
            let [base, ours, theirs] =
                [&self.base, &self.ours, &self.theirs].map(|version| version.article(id).cloned());
            let is_back = self.ours.back.contains_key(id) || self.theirs.back.contains_key(id);
            if is_back {
                self.account.count(Kind::Articles, Some(id), Fate::Conflict);
            } else {
                let there = [base.is_some(), ours.is_some(), theirs.is_some()];
                let [was, our, their] = there;
                self.account.count(Kind::Articles, Some(id), three::fate(&was, &our, &their));
            }
            let article = match (base, ours, theirs) {
                (_, Some(ours), None) if self.base.was.article(id).is_none() => ours,
                (_, None, Some(theirs)) if self.base.was.article(id).is_none() => theirs,
                (base, Some(ours), Some(theirs)) => self.article(base.as_deref(), ours, &theirs),
                _ => continue,
            };
            // Beside what both versions took over, what a newer version wrote in a sentence.
            let sentences = self.sentences.remove(id).filter(|to| to.as_slice() != article.sentences());
            merged.push(sentences.map_or(article.clone(), |to| Arc::new(article.with_sentences(to))));
        }
        merged
    }

    /// What is known about an article, field by field.
    fn article(&mut self, base: Option<&Article>, ours: Arc<Article>, theirs: &Article) -> Arc<Article> {
        if *ours == *theirs {
            let fate =
                if base.is_some_and(|base| base.meta != ours.meta) { Fate::Alike } else { Fate::Unchanged };
            self.account.count(Kind::ArticleData, Some(&ours.id), fate);
            return ours;
        }
        let id = ours.id.clone();
        let (mut now, mut open) = (Article::clone(&ours), vec![]);
        let mut fates = vec![];
        for field in FIELDS {
            let was = base.and_then(field.get);
            let (our, their) = ((field.get)(&ours), (field.get)(theirs));
            let (to, pick) = three::value(&was, &our, &their);
            fates.push(three::fate(&was, &our, &their));
            if pick == Pick::Open {
                let value = |text: Option<String>| text.map(Value::text);
                open.push(Conflict {
                    field: Some(field.name.to_owned()),
                    article: Some(id.clone()),
                    base: value(was),
                    ours: value(our),
                    theirs: value(their),
                    ..Conflict::new(What::Article)
                });
            } else {
                (field.set)(&mut now, to);
            }
        }
        let no_tags = vec![];
        let was_tags = base.map_or(&no_tags, |base| &base.meta.tags);
        fates.push(three::fate(was_tags, &ours.meta.tags, &theirs.meta.tags));
        now.meta.tags = three::texts(was_tags, &ours.meta.tags, &theirs.meta.tags);
        let (extra, fields) = three::extra(&base.and_then(|b| b.extra.clone()), &ours.extra, &theirs.extra);
        now.extra = extra;
        open.extend(
            fields.into_iter().map(|field| Conflict {
                article: Some(id.clone()),
                ..Conflict::of_field(What::Article, field)
            }),
        );
        let added = base.map_or(0, |base| base.added);
        now.added = match three::value(&added, &ours.added, &theirs.added) {
            (_, Pick::Open) => ours.added.min(theirs.added),
            (added, _) => added,
        };
        let sha256 = base.map(|base| base.sha256.clone()).unwrap_or_default();
        (now.sha256, _) = three::value(&sha256, &ours.sha256, &theirs.sha256);
        (now.intact, _) = three::value(&base.is_none_or(|base| base.intact), &ours.intact, &theirs.intact);
        for fate in fates.iter().filter(|fate| **fate != Fate::Conflict) {
            self.account.count(Kind::ArticleData, Some(&id), *fate);
        }
        for _ in &open {
            self.account.count(Kind::ArticleData, Some(&id), Fate::Conflict);
        }
        self.conflicts.extend(open);
        Arc::new(now)
    }
}

/// The sentences of three versions of an article as one: where they begin as a set, and each kind by itself.
fn together(base: &Article, ours: &Article, theirs: &Article) -> (Option<Vec<Sentence>>, Vec<Conflict>) {
    let [was, our, their] = [base, ours, theirs].map(|article| -> BTreeMap<u32, &Sentence> {
        article.sentences().iter().map(|sentence| (sentence.bytes.start, sentence)).collect()
    });
    let begins = |start: &u32| {
        let of = |side: &BTreeMap<u32, &Sentence>| side.contains_key(start);
        three::value(&of(&was), &of(&our), &of(&their)).0
    };
    let mut starts: BTreeSet<u32> = was.keys().chain(our.keys()).chain(their.keys()).copied().collect();
    starts.retain(begins);
    let mut open = vec![];
    let (mut rows, mut extras) = (vec![], vec![]);
    let ends = starts.iter().skip(1).map(|start| *start as usize).chain([ours.text().len()]);
    for (start, end) in starts.iter().zip(ends) {
        let at = |side: &BTreeMap<u32, &Sentence>| {
            side.get(start).map(|sentence| (sentence.kind.clone(), sentence.extra.clone()))
        };
        let (base, our, their) = (at(&was), at(&our), at(&their));
        // A side without a sentence there has no say in what it is.
        let known = base.clone().or_else(|| our.clone()).or_else(|| their.clone()).unwrap_or_default();
        let (our, their) = (our.unwrap_or_else(|| known.clone()), their.unwrap_or_else(|| known.clone()));
        let base = base.unwrap_or_default();
        let (kind, pick) = three::value(&base.0, &our.0, &their.0);
        let (extra, fields) = three::extra(&base.1, &our.1, &their.1);
        rows.push((*start as usize..end, kind));
        extras.push((extra, fields, (pick == Pick::Open).then_some([base.0, our.0, their.0])));
    }
    let Ok(mut sentences) = tile(ours.text(), &rows) else { return (None, vec![]) };
    for (sentence, (extra, fields, kinds)) in sentences.iter_mut().zip(extras) {
        sentence.extra = extra;
        let here = |conflict: Conflict| Conflict {
            article: Some(ours.id.clone()),
            sentence: Some(sentence.span),
            ..conflict
        };
        open.extend(fields.into_iter().map(|field| here(Conflict::of_field(What::Sentences, field))));
        if let Some(kinds) = kinds {
            let [base, ours, theirs] = kinds.map(|kind| Some(Value::text(kind.as_deref().unwrap_or(PROSE))));
            let field = Some("kind".to_owned());
            open.push(here(Conflict { field, base, ours, theirs, ..Conflict::new(What::Sentences) }));
        }
    }
    (Some(sentences), open)
}
