//! Which articles fit what is typed: at once as far as what was counted says it, else when somebody has looked into them.

use crate::analysis::filter::{self, Entry};
use crate::analysis::query::{Ask, Says};
use crate::model::ids::{ArticleId, CoderId};
use crate::text::find::Sieve;
use crate::text::shelf::Shelf;
use std::collections::BTreeSet;

/// A query that looks into texts and answers, and in which state of the articles it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeepWanted {
    pub typed: String,
    pub articles_revision: u64,
    pub coder: Option<CoderId>,
}

/// What a query is asked of.
#[derive(Clone, Copy)]
pub(in crate::session) struct Among<'a> {
    pub entries: &'a [Entry],
    pub shelf: &'a Shelf,
}

/// One field with a query, from key to key.
#[derive(Debug, Default)]
pub(in crate::session) struct Fitting {
    /// Articles that fit a query that looks into them.
    deep: Option<(DeepWanted, BTreeSet<ArticleId>)>,
    /// What is still to be looked into.
    wanted: Option<DeepWanted>,
}

impl Fitting {
    /// For each entry whether it fits. Until articles were looked into it is what fitted before, of what there still is.
    pub fn fits(&mut self, ask: &Ask, wanted: DeepWanted, among: Among<'_>) -> Vec<bool> {
        let mut fits = filter::fitting(ask, among.entries, among.shelf);
        self.wanted = None;
        if !ask.is_deep() {
            self.deep = None;
            return fits;
        }
        if let Some((_, ids)) = &self.deep {
            for (fits, entry) in fits.iter_mut().zip(among.entries) {
                *fits &= ids.contains(&entry.article.id);
            }
        }
        if self.deep.as_ref().is_none_or(|(of, _)| *of != wanted) {
            self.wanted = Some(wanted);
        }
        fits
    }

    /// The query that is to be looked into articles for, if there is one.
    pub fn wanted(&self) -> Option<&DeepWanted> {
        self.wanted.as_ref()
    }

    /// Takes over which articles fit, if that was asked for; whether it was.
    pub fn take(&mut self, of: &DeepWanted, ids: &BTreeSet<ArticleId>) -> bool {
        let is_wanted = self.wanted.as_ref() == Some(of);
        if is_wanted {
            self.wanted = None;
            self.deep = Some((of.clone(), ids.clone()));
        }
        is_wanted
    }
}

/// What is looked for in the palette among the articles.
#[derive(Debug, Default)]
pub struct Sought {
    fitting: Fitting,
    of: Option<DeepWanted>,
    list: Vec<usize>,
    ask: Ask,
    n_results: u64,
}

impl Sought {
    /// The articles that fit, as places among all of them: titles in which a word begins so come first.
    pub fn list(&self) -> &[usize] {
        &self.list
    }

    /// The query, to show where its words stand.
    pub fn ask(&self) -> &Ask {
        &self.ask
    }

    /// Whether articles are looked into still.
    pub fn is_looking(&self) -> bool {
        self.fitting.wanted.is_some()
    }

    /// Grows with every result.
    pub fn n_results(&self) -> u64 {
        self.n_results
    }

    pub(in crate::session) fn wanted(&self) -> Option<&DeepWanted> {
        self.fitting.wanted()
    }

    pub(in crate::session) fn refresh(
        &mut self,
        wanted: DeepWanted,
        read: impl FnOnce(&str) -> Ask,
        among: Among<'_>,
    ) {
        if self.of.as_ref() == Some(&wanted) {
            return;
        }
        self.ask = read(&wanted.typed);
        self.of = Some(wanted.clone());
        self.n_results += 1;
        self.list.clear();
        if self.ask.is_empty() {
            self.fitting = Fitting::default();
            return;
        }
        let fits = self.fitting.fits(&self.ask, wanted, among);
        // `Enter` must not take one that may not fit.
        if !self.is_looking() {
            self.list = in_order(&self.ask, among.entries, &fits);
        }
    }

    pub(in crate::session) fn take(&mut self, of: &DeepWanted, ids: &BTreeSet<ArticleId>) {
        if self.fitting.take(of, ids) {
            self.of = None;
        }
    }
}

/// What fits, by how well the words fit the title; then as the articles came in.
fn in_order(ask: &Ask, entries: &[Entry], fits: &[bool]) -> Vec<usize> {
    let words = ask.tests().filter(|test| !test.not).filter_map(|test| match &test.says {
        Says::Words { text, .. } | Says::Title(text) => Some(text.as_str()),
        _ => None,
    });
    let sieve = Sieve::new(&words.collect::<Vec<_>>().join(" "));
    let fitting = entries.iter().enumerate().zip(fits).filter(|(_, fits)| **fits);
    let looseness = |entry: &Entry| sieve.looseness(entry.folded_title()).unwrap_or(usize::MAX);
    let mut list: Vec<(usize, usize)> = fitting.map(|((idx, entry), _)| (looseness(entry), idx)).collect();
    list.sort_unstable();
    list.into_iter().map(|(_, idx)| idx).collect()
}
