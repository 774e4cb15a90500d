//! Merging draws: all of both sides, by their ids.

use crate::analysis::merge::Work;
use crate::analysis::merge::account::{Fate, Kind};
use crate::analysis::merge::records::ids;
use crate::analysis::merge::three::{self, Pick};
use crate::analysis::merge::versions::Version;
use crate::model::draw::Draw;
use crate::model::ids::{ArticleId, RecordId};
use std::collections::{BTreeMap, BTreeSet};

impl Work {
    /// All draws, with those of their articles that are there; one that was taken away goes, unless the other side changed it.
    pub(super) fn draws(&mut self, there: &BTreeSet<ArticleId>) -> Vec<Draw> {
        let [base, ours, theirs] =
            [&self.base, &self.ours, &self.theirs].map(|version| with_what_is_back(version, &self.base));
        let [base, ours, theirs] = [&base, &ours, &theirs].map(|draws| -> BTreeMap<&RecordId, &Draw> {
            draws.iter().map(|draw| (&draw.id, draw)).collect()
        });
        let mut merged = vec![];
        for id in ids([&base, &ours, &theirs]) {
            let [was, our, their] = [&base, &ours, &theirs].map(|list| list.get(id).copied());
            let fate = match three::fate(&was, &our, &their) {
                Fate::Conflict => Fate::Both,
                fate => fate,
            };
            self.account.count(Kind::Draws, None, fate);
            merged.extend(match (three::pick(&was, &our, &their), our, their) {
                (Pick::Open, Some(our), Some(their)) => Some(changed_by_both(was, our, their)),
                (Pick::Open, one, other) => one.or(other).cloned(),
                (Pick::Theirs, _, their) => their.cloned(),
                (_, our, _) => our.cloned(),
            });
        }
        for draw in &mut merged {
            draw.articles.retain(|article| there.contains(article));
        }
        merged
    }
}

/// The draws of a version. An article that it took away and that is back is in them as it was in the base.
fn with_what_is_back(version: &Version, base: &Version) -> Vec<Draw> {
    let put_back = |draw: &Draw| {
        let mut draw = draw.clone();
        if let Some(was) = base.was.draw(&draw.id).filter(|_| !version.back.is_empty()) {
            let stays = |article: &&ArticleId| draw.has(article) || version.back.contains_key(*article);
            let old = was.articles.iter().filter(stays);
            let new = draw.articles.iter().filter(|article| !was.has(article));
            draw.articles = old.chain(new).cloned().collect();
        }
        draw
    };
    version.was.draws().map(put_back).collect()
}

/// A draw that both changed. No program changes more of it than who drew and which of its articles are left: of all else one
/// stands, the same whichever side is ours.
fn changed_by_both(was: Option<&Draw>, ours: &Draw, theirs: &Draw) -> Draw {
    let weight = |draw: &Draw| (draw.at, format!("{draw:?}"));
    let (one, other) = if weight(ours) >= weight(theirs) { (ours, theirs) } else { (theirs, ours) };
    let names = |draw: &Draw| draw.articles.iter().map(ToString::to_string).collect::<Vec<_>>();
    let articles = three::texts(&was.map(names).unwrap_or_default(), &names(one), &names(other));
    let by = three::value(&was.and_then(|was| was.by.clone()), &one.by, &other.by).0;
    let (extra, _) = three::extra(&was.and_then(|was| was.extra.clone()), &one.extra, &other.extra);
    Draw { by, articles: articles.into_iter().map(ArticleId::new).collect(), extra, ..one.clone() }
}
