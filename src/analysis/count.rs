//! How far a coder is: in one article, in each, in all.
//!
//! A sentence counts when its kind is labelled in this scheme, or when it has an answer all the same; so there are never more
//! answers than sentences.

use crate::model::article::Article;
use crate::model::coding::{Coding, Row};
use crate::model::ids::{CoderId, LabelId};
use crate::model::project::Project;
use crate::model::scheme::{Label, Scheme};
use crate::model::sheet::{Sheet, SheetKey};
use std::sync::Arc;

/// How far the work in an article is.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Nothing was said of it yet.
    #[default]
    New,
    Begun,
    Done,
}

impl State {
    /// The word for it, in lists and filters.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "not begun",
            Self::Begun => "begun",
            Self::Done => "done",
        }
    }
}

/// How many sentences of one article have what.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Sentences that ask for a label.
    pub n_sentences: u32,
    pub n_answered: u32,
    pub n_unsure: u32,
    /// Answered with "none of these".
    pub n_none: u32,
    pub n_notes: u32,
    /// Sentences to be looked at again, with the rows whose sentence is no longer there.
    pub n_check: u32,
    pub state: State,
}

impl Progress {
    pub fn n_unanswered(&self) -> u32 {
        self.n_sentences.saturating_sub(self.n_answered)
    }
}

/// The progress in one article, with how often each label was given.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Counts {
    pub progress: Progress,
    /// One number a label, in the scheme's order.
    pub labels: Box<[u32]>,
}

/// What a coder did in all articles together.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Totals {
    pub n_articles: u32,
    pub n_begun: u32,
    pub n_done: u32,
    /// Sums over all articles; its state is that of the whole project.
    pub progress: Progress,
    /// One number a label, in the scheme's order.
    pub labels: Box<[u32]>,
}

/// The counts of one article. Without a coder nothing is answered.
pub fn of_article(project: &Project, article: &Article, coder: Option<&CoderId>) -> Counts {
    let key = |coder: &CoderId| SheetKey { coder: coder.clone(), article: article.id.clone() };
    let sheet = coder.and_then(|coder| project.sheet(&key(coder)));
    count(project.scheme(), article, sheet.map(AsRef::as_ref))
}

/// The counts of every article, in the order of their ids, in one pass over the coder's sheets.
pub fn of_each<'a>(project: &'a Project, coder: Option<&'a CoderId>) -> Vec<(&'a Arc<Article>, Counts)> {
    let mut sheets = coder.into_iter().flat_map(|coder| project.sheets_of(coder)).peekable();
    let mut each = Vec::with_capacity(project.n_articles());
    for article in project.articles() {
        while sheets.next_if(|sheet| sheet.key.article < article.id).is_some() {}
        let sheet = sheets.next_if(|sheet| sheet.key.article == article.id);
        each.push((article, count(project.scheme(), article, sheet.map(AsRef::as_ref))));
    }
    each
}

/// The sums of counts.
pub fn total<'a>(counts: impl IntoIterator<Item = &'a Counts>) -> Totals {
    let mut totals = Totals::default();
    for one in counts {
        totals.n_articles += 1;
        totals.n_begun += u32::from(one.progress.state == State::Begun);
        totals.n_done += u32::from(one.progress.state == State::Done);
        if totals.labels.len() < one.labels.len() {
            totals.labels = vec![0; one.labels.len()].into();
        }
        totals.labels.iter_mut().zip(&one.labels).for_each(|(sum, n)| *sum += n);
        let sum = &mut totals.progress;
        sum.n_sentences += one.progress.n_sentences;
        sum.n_answered += one.progress.n_answered;
        sum.n_unsure += one.progress.n_unsure;
        sum.n_none += one.progress.n_none;
        sum.n_notes += one.progress.n_notes;
        sum.n_check += one.progress.n_check;
    }
    totals.progress.state = match (totals.n_begun + totals.n_done, totals.n_done == totals.n_articles) {
        (0, _) => State::New,
        (_, true) => State::Done,
        (_, false) => State::Begun,
    };
    totals
}

/// What a coder did in the whole project.
pub fn of_project(project: &Project, coder: Option<&CoderId>) -> Totals {
    let each = of_each(project, coder);
    total(each.iter().map(|(_, counts)| counts))
}

fn count(scheme: &Scheme, article: &Article, sheet: Option<&Sheet>) -> Counts {
    let asks = |kind: Option<&Arc<str>>| scheme.asks_for(kind.map(AsRef::as_ref));
    let n_silent = article.sentences().iter().filter(|sentence| !asks(sentence.kind.as_ref())).count();
    let mut labels = vec![0_u32; scheme.labels.len()].into_boxed_slice();
    let mut progress =
        Progress { n_sentences: narrow(article.n_sentences() - n_silent), ..Progress::default() };
    let Some(sheet) = sheet else { return Counts { progress, labels } };
    for Row { span, coding } in &sheet.rows {
        add(&mut progress, coding);
        for label in &coding.labels {
            if let Some(n) = idx_of(scheme, label).and_then(|idx| labels.get_mut(idx)) {
                *n += 1;
            }
        }
        if n_silent > 0 && coding.answered {
            let sentence = article.idx_of(*span).and_then(|idx| article.sentences().get(idx));
            progress.n_sentences += u32::from(sentence.is_some_and(|s| !asks(s.kind.as_ref())));
        }
    }
    progress.n_check += narrow(sheet.kept.len());
    progress.state = match (sheet.done, sheet.rows.is_empty() && sheet.kept.is_empty()) {
        (true, _) => State::Done,
        (false, true) => State::New,
        (false, false) => State::Begun,
    };
    Counts { progress, labels }
}

fn add(progress: &mut Progress, coding: &Coding) {
    progress.n_answered += u32::from(coding.answered);
    progress.n_unsure += u32::from(coding.unsure);
    progress.n_none += u32::from(coding.is_none());
    progress.n_notes += u32::from(coding.note.is_some());
    progress.n_check += u32::from(coding.check);
}

/// A label's place in the scheme. Most ids are the scheme's own in memory, and then no text has to be read.
fn idx_of(scheme: &Scheme, id: &LabelId) -> Option<usize> {
    let is_own = |label: &Arc<Label>| std::ptr::eq(label.id.as_str(), id.as_str());
    scheme.labels.iter().position(is_own).or_else(|| scheme.idx_of(id))
}

/// Sentences of a text of at most 32 MiB.
fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::action::Action;
    use crate::model::article::tile;
    use crate::model::ids::{ArticleId, Span, Stamp};
    use crate::model::{plan, sketch};

    const DRAWN: &str = "# Depot fire | Harbour Post | 2025-02-01
A guard says the door was locked. [allegation ?; ben: fact] The firm denies it. [denial \"which door?\"; ben: denial] It burnt. []

Rain fell. [none]
# Quiet week
Nothing happened. []
# Council
It met. [ben: fact]";

    fn drawn() -> Project {
        sketch::project(DRAWN, |text| format!("a{}", text.len()), |_| String::new()).unwrap()
    }

    fn said(progress: &Progress) -> String {
        let Progress { n_sentences, n_answered, n_unsure, n_none, n_notes, n_check, state } = progress;
        format!(
            "{n_answered}/{n_sentences} unsure {n_unsure} none {n_none} notes {n_notes} check {n_check} {}",
            state.name()
        )
    }

    fn check(project: &Project, coder: Option<&str>, want: &[&str]) {
        let coder = coder.map(CoderId::new);
        let mut each = of_each(project, coder.as_ref());
        each.sort_by_key(|(article, _)| article.added);
        let got: Vec<_> = each.iter().map(|(_, c)| format!("{} {:?}", said(&c.progress), c.labels)).collect();
        assert_eq!(got, want);
        for (article, counts) in each {
            assert_eq!(of_article(project, article, coder.as_ref()), counts);
        }
    }

    #[test]
    fn counts_are_one_coders() {
        let project = drawn();
        check(
            &project,
            Some("anna"),
            &[
                "3/4 unsure 1 none 1 notes 1 check 0 begun [1, 1, 0]",
                "0/1 unsure 0 none 0 notes 0 check 0 not begun [0, 0, 0]",
                "0/1 unsure 0 none 0 notes 0 check 0 not begun [0, 0, 0]",
            ],
        );
        check(
            &project,
            Some("ben"),
            &[
                "2/4 unsure 0 none 0 notes 0 check 0 begun [0, 1, 1]",
                "0/1 unsure 0 none 0 notes 0 check 0 not begun [0, 0, 0]",
                "1/1 unsure 0 none 0 notes 0 check 0 begun [0, 0, 1]",
            ],
        );
        check(
            &project,
            None,
            &[
                "0/4 unsure 0 none 0 notes 0 check 0 not begun [0, 0, 0]",
                "0/1 unsure 0 none 0 notes 0 check 0 not begun [0, 0, 0]",
                "0/1 unsure 0 none 0 notes 0 check 0 not begun [0, 0, 0]",
            ],
        );
    }

    #[test]
    fn totals_are_sums() {
        let project = drawn();
        let totals = of_project(&project, Some(&CoderId::new("anna")));
        assert_eq!(said(&totals.progress), "3/6 unsure 1 none 1 notes 1 check 0 begun");
        assert_eq!((totals.n_articles, totals.n_begun, totals.n_done), (3, 1, 0));
        assert_eq!(*totals.labels, [1, 1, 0]);
        assert_eq!(of_project(&project, None).progress.state, State::New);
    }

    #[test]
    fn an_article_said_to_be_done_is_done() {
        let mut project = drawn();
        let article = project.articles().find(|a| a.shown_title() == "Council").unwrap().id.clone();
        let key = SheetKey { coder: CoderId::new("ben"), article };
        project.apply(plan::done(&project, &key, true, Stamp(0)).unwrap()).unwrap();
        assert_eq!(of_project(&project, Some(&key.coder)).n_done, 1);
        assert_eq!(of_project(&project, Some(&CoderId::new("anna"))).n_done, 0);
    }

    #[test]
    fn a_byline_counts_only_when_answered() {
        let mut project = drawn();
        let text = "By I. Venn\n\nIt burnt.";
        let kind = Some("byline".into());
        let tiled = tile(text, &[(0..12, kind), (12..text.len(), None)]).unwrap();
        let id = ArticleId::new("byline");
        let article = Article::new(id.clone(), text.into(), tiled, String::new());
        project.apply(plan::add_article(&project, article)).unwrap();
        let key = SheetKey { coder: CoderId::new("anna"), article: id };
        let n = |project: &Project| {
            let counts = of_article(project, project.article(&key.article).unwrap(), Some(&key.coder));
            (counts.progress.n_answered, counts.progress.n_sentences)
        };
        assert_eq!(n(&project), (0, 1));
        let fact = plan::Answer::Labels(vec![LabelId::new("fact")]);
        let answer: Action = plan::answer(&project, &key, Span::new(0, 10), &fact, Stamp(0)).unwrap();
        project.apply(answer).unwrap();
        assert_eq!(n(&project), (1, 2));
    }
}
