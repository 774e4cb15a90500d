//! Search: what is looked for, what was found, the hit in hand. The looking itself is a job.

use crate::analysis::query::index::Index;
use crate::analysis::query::search::{Found, Options, Scope, Wanted};
use crate::model::ids::{ArticleId, ProjectId};
use crate::session::Session;
use crate::session::fitting::DeepWanted;
use crate::session::job::{Effect, Job};
use crate::session::view::Field;
use std::collections::BTreeSet;
use std::ops::Range;

/// The find bar, and what it found.
#[derive(Debug, Default)]
pub struct Search {
    /// Whether the bar is shown.
    is_open: bool,
    typed: String,
    options: Options,
    found: Found,
    /// What `found` is of.
    of: Option<Wanted>,
    /// The texts, as they were looked through last.
    index: Index,
    /// Whether somebody is looking.
    is_running: bool,
    /// The hit gone to last.
    at: Option<usize>,
    /// Whether to the next hit or to the one before, asked for before what is typed was looked for.
    step: Option<bool>,
    /// Grows with every result, also when there is none any more.
    n_results: u64,
}

/// What came of looking through a project.
#[derive(Debug)]
pub struct Looked {
    pub project: ProjectId,
    pub index: Index,
    pub sentences: Option<(Wanted, Found)>,
    pub articles: Option<(DeepWanted, BTreeSet<ArticleId>)>,
}

/// What is done in the find bar and its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FindLook {
    Open,
    Close,
    Typed(String),
    Options(Options),
    /// The next hit, or the one before.
    Step(bool),
    /// A hit by its number.
    Hit(usize),
}

impl Search {
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    pub fn typed(&self) -> &str {
        &self.typed
    }

    pub fn options(&self) -> &Options {
        &self.options
    }

    pub fn found(&self) -> &Found {
        &self.found
    }

    /// Whether what was found is of what is typed.
    pub fn is_up_to_date(&self) -> bool {
        self.of.as_ref().is_some_and(|of| of.typed == self.typed && of.options == self.options)
    }

    /// Grows with every result.
    pub fn n_results(&self) -> u64 {
        self.n_results
    }

    pub(in crate::session) fn broke(&mut self) {
        self.is_running = false;
        self.step = None;
        self.of.get_or_insert_default();
    }
}

impl Session {
    pub fn search(&self) -> &Search {
        &self.search
    }

    /// The number of the hit in hand: where the person is.
    pub fn hit_in_hand(&self) -> Option<usize> {
        if !self.search.is_open {
            return None;
        }
        let article = self.view.article.as_ref()?;
        let is_here = |number: &usize| {
            let hit = self.search.found.hit(*number);
            hit.is_some_and(|(of, hit)| {
                of == article && hit.sentence().is_none_or(|idx| idx == self.view.sentence)
            })
        };
        self.search.at.filter(is_here).or_else(|| self.search.found.number_at(article, self.view.sentence))
    }

    /// Where what is looked for stands in a note or a comment that is shown, in bytes; nowhere while it is not looked for there.
    pub fn found_in_note(&self, text: &str) -> Vec<Range<usize>> {
        let Search { is_open, options, found, .. } = &self.search;
        let is_meant = *is_open && matches!(options.scope, Scope::Everything | Scope::Notes);
        if is_meant && !text.is_empty() { found.query.places(text, found.whole) } else { Vec::new() }
    }

    pub(in crate::session) fn find(&mut self, look: FindLook) {
        match look {
            FindLook::Open => {
                self.search.is_open = true;
                self.view.focus = Some(Field::Search);
            }
            FindLook::Close => {
                // The texts stay: the next search has them at once.
                let search = std::mem::take(&mut self.search);
                let Search { options, index, is_running, n_results, .. } = search;
                // That nothing is found any more is another result.
                let n_results = n_results + 1;
                self.search = Search { options, index, is_running, n_results, ..Search::default() };
            }
            FindLook::Typed(text) => {
                self.search.typed = text;
                self.search.at = None;
                self.search.step = None;
            }
            FindLook::Options(options) => {
                self.search.options = options;
                self.search.at = None;
                self.search.step = None;
            }
            FindLook::Step(forward) => {
                self.step_hit(forward);
            }
            FindLook::Hit(number) => self.go_to_hit(number),
        }
    }

    /// Goes to the next hit, or the one before, round all of them; false where there is none. Whoever types faster than is
    /// looked for goes there as soon as it is found.
    pub(in crate::session) fn step_hit(&mut self, forward: bool) -> bool {
        if !self.search.is_up_to_date() {
            self.search.step = Some(forward);
            return true;
        }
        let n = self.search.found.n_hits();
        if n == 0 {
            return false;
        }
        let to = match self.hit_in_hand() {
            Some(at) if forward => (at + 1) % n,
            Some(at) => (at + n - 1) % n,
            None => self.hit_near(forward),
        };
        if forward && to == 0 && self.hit_in_hand() == Some(n - 1) && n > 1 {
            self.notices.status("After the last hit: back to the first one");
        }
        self.go_to_hit(to);
        true
    }

    /// Whether a hit that was answered is followed by another one, which is gone to.
    pub(in crate::session) fn step_hit_on(&mut self) -> Option<bool> {
        let at = self.hit_in_hand()?;
        let here = self.view.article.clone();
        let sentence = self.view.sentence;
        let found = &self.search.found;
        // Another find in the same sentence needs no second answer.
        let is_other = |number: &usize| {
            let hit = found.hit(*number);
            hit.is_some_and(|(article, hit)| {
                hit.sentence().is_some()
                    && (Some(article) != here.as_ref() || hit.sentence() != Some(sentence))
            })
        };
        let next = (at + 1..found.n_hits()).find(is_other);
        if let Some(next) = next {
            self.go_to_hit(next);
        }
        Some(next.is_some())
    }

    fn go_to_hit(&mut self, number: usize) {
        let Some((article, hit)) = self.search.found.hit(number) else { return };
        let (article, sentence): (ArticleId, _) = (article.clone(), hit.sentence());
        let Some(found) = self.desk.as_ref().and_then(|desk| desk.article(&article)) else { return };
        let span = sentence.and_then(|idx| found.sentences().get(idx)).map(|sentence| sentence.span);
        self.go(&article, span);
        if sentence.is_none() {
            self.go_to(0);
        }
        self.search.at = Some(number);
        self.view.drawer = false;
    }

    /// The first hit after where the person is, or the last one before.
    fn hit_near(&self, forward: bool) -> usize {
        let found = &self.search.found;
        let last = found.n_hits().saturating_sub(1);
        let added = |article: &ArticleId| {
            self.desk.as_ref().and_then(|desk| desk.article(article)).map(|article| article.added)
        };
        let Some(here) = self.view.article.as_ref() else { return 0 };
        let after = found.n_hits_until(&added(here), self.view.sentence, added);
        match forward {
            true if after <= last => after,
            true => 0,
            false => after.checked_sub(1).unwrap_or(last),
        }
    }

    /// Has what is wanted looked for, unless somebody is looking already: then it comes after.
    pub(in crate::session) fn refresh_search(&mut self, effects: &mut Vec<Effect>) {
        let Some(desk) = &self.desk else {
            if self.search.of.is_some() || self.search.is_open {
                let Search { is_running, n_results, .. } = self.search;
                self.search = Search { is_running, n_results: n_results + 1, ..Search::default() };
            }
            return;
        };
        if self.search.is_running {
            return;
        }
        let articles_revision = self.derived.articles_revision();
        let options = self.search.options.clone();
        let wanted = Wanted {
            typed: self.search.typed.clone(),
            only: self.view.article.clone().filter(|_| options.here),
            options,
            coder: desk.coder.clone(),
            articles_revision,
        };
        let articles = self.derived.deep_wanted();
        let sentences = (self.search.is_open && self.search.of.as_ref() != Some(&wanted)).then_some(wanted);
        if sentences.is_none() && articles.is_none() {
            return;
        }
        self.search.is_running = true;
        let (project, index) = (desk.project.clone(), self.search.index.clone());
        let job = Job::Search { project, index, sentences, articles, coder: desk.coder.clone() };
        effects.push(Effect::Start(job));
    }

    pub(in crate::session) fn searched(&mut self, looked: Looked) {
        self.search.is_running = false;
        let Some(desk) = &self.desk else { return };
        if *desk.project.id() != looked.project {
            return;
        }
        self.search.index = looked.index;
        if let Some((wanted, found)) = looked.sentences
            && self.search.is_open
        {
            self.search.found = found;
            self.search.of = Some(wanted);
            self.search.at = None;
            self.search.n_results += 1;
            if self.search.is_up_to_date()
                && let Some(forward) = self.search.step.take()
            {
                self.step_hit(forward);
            }
        }
        if let Some((wanted, ids)) = looked.articles {
            self.derived.take_deep(&wanted, &ids);
        }
    }
}
