//! How far a coder is: in one article, in each, in all.
//!
//! A sentence counts when its kind is labelled in this scheme, or when it has an answer all the same; so there are never more
//! answers than sentences. What is set aside counts nowhere, with all that was said of it.

use crate::model::article::{Article, Sentence};
use crate::model::coding::{Coding, Row};
use crate::model::ids::{CoderId, LabelId, Span};
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
    /// Set aside: nothing is asked of it.
    Aside,
}

impl State {
    /// The word for it, in lists and filters.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "not begun",
            Self::Begun => "begun",
            Self::Done => "done",
            Self::Aside => "set aside",
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
    /// Whether the article is assigned to this coder.
    pub is_mine: bool,
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

/// What a coder did in all articles together, save those set aside.
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

/// How many sentences of an article ask for a label.
pub fn n_asked(scheme: &Scheme, article: &Article) -> usize {
    article.sentences().iter().filter(|sentence| scheme.asks(article, sentence)).count()
}

/// The counts of one article. Without a coder nothing is answered.
pub fn of_article(project: &Project, article: &Article, coder: Option<&CoderId>) -> Counts {
    let key = |coder: &CoderId| SheetKey { coder: coder.clone(), article: article.id.clone() };
    let sheet = coder.and_then(|coder| project.sheet(&key(coder)));
    count(project.scheme(), article, sheet.map(AsRef::as_ref))
}

/// Adds to a figure or takes from it.
type Sum = fn(u32, u32) -> u32;

/// The counts of an article in which one answer was given, changed or taken away: what it was goes, what it is comes.
pub fn after_answer(
    counts: &Counts,
    project: &Project,
    article: &Article,
    (key, span): (&SheetKey, Span),
    was: Option<&Coding>,
) -> Counts {
    let scheme = project.scheme();
    let sheet = project.sheet(key);
    let sentence = article.idx_of(span).and_then(|idx| article.sentences().get(idx));
    if article.aside.is_some() || sentence.is_some_and(Sentence::is_aside) {
        return count(scheme, article, sheet.map(AsRef::as_ref));
    }
    let mut counts = counts.clone();
    let is = sheet.and_then(|sheet| sheet.coding(span));
    let asked = sentence.is_none_or(|sentence| scheme.asks(article, sentence));
    let sides: [(Option<&Coding>, Sum); 2] = [(was, u32::wrapping_sub), (is, u32::wrapping_add)];
    for (coding, sum) in sides {
        let Some(coding) = coding else { continue };
        let progress = &mut counts.progress;
        progress.n_sentences = sum(progress.n_sentences, u32::from(coding.answered && !asked));
        add(progress, coding, sum);
        for label in &coding.labels {
            if let Some(n) = idx_of(scheme, label).and_then(|idx| counts.labels.get_mut(idx)) {
                *n = sum(*n, 1);
            }
        }
    }
    counts.progress.state = sheet.map_or(State::New, |sheet| state(sheet));
    counts
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
        totals.change(None, Some(one));
    }
    totals
}

impl Totals {
    /// Sums again when one article has other counts than it had: what it had goes, what it has comes.
    pub fn change(&mut self, was: Option<&Counts>, is: Option<&Counts>) {
        if let Some(was) = was {
            self.add(was, u32::wrapping_sub);
        }
        if let Some(is) = is {
            self.add(is, u32::wrapping_add);
        }
        self.progress.state = match (self.n_begun + self.n_done, self.n_done == self.n_articles) {
            (0, _) => State::New,
            (_, true) => State::Done,
            (_, false) => State::Begun,
        };
    }

    fn add(&mut self, one: &Counts, sum: Sum) {
        let Counts { progress, labels } = one;
        if self.labels.len() < labels.len() {
            self.labels = vec![0; labels.len()].into();
        }
        let all = &mut self.progress;
        let figures = [
            (&mut self.n_articles, u32::from(progress.state != State::Aside)),
            (&mut self.n_begun, u32::from(progress.state == State::Begun)),
            (&mut self.n_done, u32::from(progress.state == State::Done)),
            (&mut all.n_sentences, progress.n_sentences),
            (&mut all.n_answered, progress.n_answered),
            (&mut all.n_unsure, progress.n_unsure),
            (&mut all.n_none, progress.n_none),
            (&mut all.n_notes, progress.n_notes),
            (&mut all.n_check, progress.n_check),
        ];
        for (figure, n) in figures.into_iter().chain(self.labels.iter_mut().zip(labels.iter().copied())) {
            *figure = sum(*figure, n);
        }
    }
}

/// What a coder did in the whole project.
pub fn of_project(project: &Project, coder: Option<&CoderId>) -> Totals {
    let each = of_each(project, coder);
    total(each.iter().map(|(_, counts)| counts))
}

fn count(scheme: &Scheme, article: &Article, sheet: Option<&Sheet>) -> Counts {
    let mut labels = vec![0_u32; scheme.labels.len()].into_boxed_slice();
    if article.aside.is_some() {
        return Counts { progress: Progress { state: State::Aside, ..Progress::default() }, labels };
    }
    let asks = |sentence: &Sentence| scheme.asks(article, sentence);
    let n_asked = n_asked(scheme, article);
    let mut progress = Progress { n_sentences: narrow(n_asked), ..Progress::default() };
    let Some(sheet) = sheet else { return Counts { progress, labels } };
    progress.is_mine = sheet.assigned;
    for Row { span, coding } in &sheet.rows {
        if n_asked < article.n_sentences() {
            let sentence = article.idx_of(*span).and_then(|idx| article.sentences().get(idx));
            if sentence.is_some_and(Sentence::is_aside) {
                continue;
            }
            progress.n_sentences += u32::from(coding.answered && sentence.is_some_and(|s| !asks(s)));
        }
        add(&mut progress, coding, u32::wrapping_add);
        for label in &coding.labels {
            if let Some(n) = idx_of(scheme, label).and_then(|idx| labels.get_mut(idx)) {
                *n += 1;
            }
        }
    }
    progress.n_check += narrow(sheet.kept.len());
    progress.state = state(sheet);
    Counts { progress, labels }
}

/// How far a sheet is.
pub(in crate::analysis) fn state(sheet: &Sheet) -> State {
    match (sheet.done, sheet.rows.is_empty() && sheet.kept.is_empty()) {
        (true, _) => State::Done,
        (false, true) => State::New,
        (false, false) => State::Begun,
    }
}

fn add(progress: &mut Progress, coding: &Coding, sum: Sum) {
    let figures = [
        (&mut progress.n_answered, coding.answered),
        (&mut progress.n_unsure, coding.unsure),
        (&mut progress.n_none, coding.is_none()),
        (&mut progress.n_notes, coding.note.is_some()),
        (&mut progress.n_check, coding.check),
    ];
    for (figure, is_so) in figures {
        *figure = sum(*figure, u32::from(is_so));
    }
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
        let Progress { n_sentences, n_answered, n_unsure, n_none, n_notes, n_check, state, is_mine: _ } =
            progress;
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
    fn totals_that_are_kept_are_those_that_are_summed() {
        let mut project = drawn();
        let ben = CoderId::new("ben");
        let mut kept = of_project(&project, Some(&ben));
        let (mut most_done, mut n_answers) = (0, 0);
        let articles: Vec<_> = project.articles().cloned().collect();
        for (n, article) in articles.iter().cycle().take(24).enumerate() {
            let key = SheetKey { coder: ben.clone(), article: article.id.clone() };
            let span = article.sentences()[n % article.n_sentences()].span;
            let was = of_article(&project, article, Some(&ben));
            let fact = plan::Answer::Labels(["fact", "denial"].map(LabelId::new)[..n % 2].to_vec());
            let planned = match n % 6 {
                0 => plan::answer(&project, &key, span, &plan::Answer::Unanswered, Stamp(0)),
                1 => plan::unsure(&project, &key, span, true),
                2 => plan::note(&project, &key, span, "why?"),
                3 => plan::done(&project, &key, n % 4 == 3, Stamp(0)),
                _ => plan::answer(&project, &key, span, &fact, Stamp(0)),
            };
            let Some(action) = planned else { continue };
            let coding = project.coding(&key, span).cloned();
            let is_answer = matches!(action, Action::Coding { .. });
            project.apply(action).unwrap();
            let is = of_article(&project, article, Some(&ben));
            if is_answer {
                n_answers += 1;
                let kept = after_answer(&was, &project, article, (&key, span), coding.as_ref());
                assert_eq!(kept, is, "after step {n}");
            }
            kept.change(Some(&was), Some(&is));
            assert_eq!(kept, of_project(&project, Some(&ben)), "after step {n}");
            most_done = most_done.max(kept.n_done);
        }
        assert!(kept.progress.n_notes > 0 && kept.progress.n_unsure > 0 && most_done > 0 && n_answers > 5);
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
        let span = Span::new(0, 10);
        let answer: Action = plan::answer(&project, &key, span, &fact, Stamp(0)).unwrap();
        project.apply(answer).unwrap();
        assert_eq!(n(&project), (1, 2));
        let counts =
            |project: &Project| of_article(project, project.article(&key.article).unwrap(), Some(&key.coder));
        let (was, coding) = (counts(&project), project.coding(&key, span).cloned());
        project
            .apply(plan::answer(&project, &key, span, &plan::Answer::Unanswered, Stamp(1)).unwrap())
            .unwrap();
        let article = project.article(&key.article).unwrap();
        let kept = after_answer(&was, &project, article, (&key, span), coding.as_ref());
        assert_eq!((kept, n(&project)), (counts(&project), (0, 1)), "one answer counted alone");
    }
}
