//! Where coders differ: each unit judged, with what was decided about it, and how much of that there is.

use crate::analysis::units::{AnswerIdx, Answers, ArticleUnits, Cell, Units};
use crate::model::deciding;
use crate::model::decision::Decision;
use crate::model::ids::{ArticleId, CoderId, LabelId, RecordId, Span};
use crate::model::project::Project;
use crate::model::sheet::SheetKey;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Whether a unit was decided.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Decided {
    #[default]
    No,
    Yes,
    /// What was answered is other than it was when it was decided.
    Stale,
}

/// Why a unit is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Disagree,
    Unsure,
    Noted,
    Conflict,
    Stale,
    /// They differ, and nothing is decided.
    Undecided,
    All,
}

/// A unit as it is looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Judged {
    pub n_answered: u16,
    /// How many different answers it has.
    pub n_different: u16,
    /// How far two answers are apart on average, in thousandths.
    pub apart: u16,
    /// What more than half of those said who answered, and at least two.
    pub majority: Option<AnswerIdx>,
    pub decided: Decided,
    marks: u8,
}

/// How many units there are of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    n: [usize; Kind::ALL.len()],
    /// Units that differ and are decided.
    pub n_decided: usize,
}

/// A place among the units: the place of the article among those compared, and of the unit in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    pub article: usize,
    pub unit: usize,
}

/// A project compared with itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    pub units: Arc<Units>,
    /// Whose answers only lie over the project: no decision keeps them, since they go again.
    guest: Option<CoderId>,
    /// Of each article a row of its units.
    judged: Vec<Vec<Judged>>,
    of_articles: Vec<Sums>,
    pub sums: Sums,
    decisions: BTreeMap<ArticleId, BTreeMap<Span, RecordId>>,
    conflicts: BTreeMap<ArticleId, BTreeSet<Span>>,
    comments: BTreeMap<ArticleId, BTreeSet<Span>>,
}

impl Kind {
    /// In the order in which they are offered.
    pub const ALL: [Self; 7] =
        [Self::Disagree, Self::Unsure, Self::Noted, Self::Conflict, Self::Stale, Self::Undecided, Self::All];

    pub fn name(self) -> &'static str {
        match self {
            Self::Disagree => "Disagree",
            Self::Unsure => "Unsure",
            Self::Noted => "With a note",
            Self::Conflict => "In conflict",
            Self::Stale => "Stale",
            Self::Undecided => "Undecided",
            Self::All => "All",
        }
    }

    fn place(self) -> usize {
        Self::ALL.iter().position(|kind| *kind == self).unwrap_or_default()
    }
}

impl Judged {
    const UNSURE: u8 = 1;
    const NOTED: u8 = 2;
    const CONFLICT: u8 = 4;
    const COMMENTED: u8 = 8;

    /// Judges the answers to a unit.
    fn of(answers: &Answers, cells: &[Cell]) -> Self {
        let given: Vec<AnswerIdx> = cells.iter().filter_map(|cell| cell.answer).collect();
        let mut different = given.clone();
        different.sort_unstable();
        different.dedup();
        let narrow = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        let mut marks = 0;
        for cell in cells {
            marks |= if cell.unsure { Self::UNSURE } else { 0 } | if cell.noted { Self::NOTED } else { 0 };
        }
        Self {
            n_answered: narrow(given.len()),
            n_different: narrow(different.len()),
            apart: if different.len() > 1 { apart(answers, &given) } else { 0 },
            majority: most(cells).filter(Most::is_majority).map(|most| most.answer),
            decided: Decided::No,
            marks,
        }
    }

    /// Whether two who answered said different things.
    pub fn differs(&self) -> bool {
        self.n_different > 1
    }

    pub fn is_decided(&self) -> bool {
        self.decided != Decided::No
    }

    /// Whether somebody wrote something about it for everybody that is not settled.
    pub fn is_commented(&self) -> bool {
        self.marks & Self::COMMENTED != 0
    }

    pub fn is(&self, kind: Kind) -> bool {
        match kind {
            Kind::Disagree => self.differs(),
            Kind::Unsure => self.marks & Self::UNSURE != 0,
            Kind::Noted => self.marks & (Self::NOTED | Self::COMMENTED) != 0,
            Kind::Conflict => self.marks & Self::CONFLICT != 0,
            Kind::Stale => self.decided == Decided::Stale,
            Kind::Undecided => self.differs() && !self.is_decided(),
            Kind::All => true,
        }
    }
}

/// The answer that most gave to a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Most {
    pub answer: AnswerIdx,
    /// How many gave it, and how many answered.
    pub n: usize,
    pub of: usize,
}

impl Most {
    /// More than half of those who answered, and at least two.
    pub fn is_majority(&self) -> bool {
        self.n >= 2 && 2 * self.n > self.of
    }
}

/// The answer given most often; the first one of several such. `None` = nobody answered.
pub fn most(cells: &[Cell]) -> Option<Most> {
    let given: Vec<AnswerIdx> = cells.iter().filter_map(|cell| cell.answer).collect();
    let times = |answer: &AnswerIdx| given.iter().filter(|other| *other == answer).count();
    let answer = given.iter().rev().max_by_key(|answer| times(answer))?;
    Some(Most { answer: *answer, n: times(answer), of: given.len() })
}

/// How far answers are apart on average over all pairs.
fn apart(answers: &Answers, given: &[AnswerIdx]) -> u16 {
    let (mut sum, mut n) = (0_u32, 0_u32);
    for (idx, a) in given.iter().enumerate() {
        for b in given.iter().skip(idx + 1) {
            sum = sum.saturating_add(answers.apart(*a, *b));
            n += 1;
        }
    }
    u16::try_from(sum / n.max(1)).unwrap_or(1000)
}

impl Sums {
    pub fn n(&self, kind: Kind) -> usize {
        self.n.get(kind.place()).copied().unwrap_or_default()
    }

    fn of(judged: &[Judged]) -> Self {
        let mut sums = Self::default();
        for judged in judged {
            for (n, kind) in sums.n.iter_mut().zip(Kind::ALL) {
                *n += usize::from(judged.is(kind));
            }
            sums.n_decided += usize::from(judged.differs() && judged.is_decided());
        }
        sums
    }

    fn add(&mut self, other: &Self) {
        self.n.iter_mut().zip(other.n).for_each(|(n, more)| *n += more);
        self.n_decided += other.n_decided;
    }

    fn take_away(&mut self, other: &Self) {
        self.n.iter_mut().zip(other.n).for_each(|(n, less)| *n = n.saturating_sub(less));
        self.n_decided = self.n_decided.saturating_sub(other.n_decided);
    }
}

impl Comparison {
    pub fn of(project: &Project) -> Self {
        Self::beside(project, None)
    }

    /// The same where the answers of somebody lie over the project who is not of it.
    pub fn beside(project: &Project, guest: Option<CoderId>) -> Self {
        let mut comparison = Self {
            units: Arc::new(Units::of(project)),
            guest,
            judged: vec![],
            of_articles: vec![],
            sums: Sums::default(),
            decisions: BTreeMap::new(),
            conflicts: BTreeMap::new(),
            comments: BTreeMap::new(),
        };
        for decision in project.decisions() {
            comparison.list(project, decision);
        }
        comparison.read_records(project);
        for place in 0..comparison.units.articles.len() {
            let judged = comparison.judge(project, place);
            let sums = Sums::of(&judged);
            comparison.sums.add(&sums);
            comparison.of_articles.push(sums);
            comparison.judged.push(judged);
        }
        comparison
    }

    fn read_records(&mut self, project: &Project) {
        let places = |places: &mut BTreeMap<ArticleId, BTreeSet<Span>>, article: &ArticleId, span: Span| {
            places.entry(article.clone()).or_default().insert(span);
        };
        self.conflicts.clear();
        for conflict in project.conflicts() {
            if let Some((article, span)) = conflict.article.as_ref().zip(conflict.sentence) {
                places(&mut self.conflicts, article, span);
            }
        }
        self.comments.clear();
        for comment in project.comments().filter(|comment| !comment.resolved) {
            if let Some(span) = comment.sentence {
                places(&mut self.comments, &comment.article, span);
            }
        }
    }

    /// Of several decisions about one sentence the latest stands.
    fn list(&mut self, project: &Project, decision: &Decision) {
        let here = self.decisions.entry(decision.article.clone()).or_default();
        let stands = here.get(&decision.sentence).and_then(|id| project.decision(id));
        if stands.is_none_or(|stands| deciding::is_later(decision, stands)) {
            here.insert(decision.sentence, decision.id.clone());
        }
    }

    fn judge(&self, project: &Project, place: usize) -> Vec<Judged> {
        let Some(article) = self.units.articles.get(place) else { return vec![] };
        let decisions = self.decisions.get(&article.article);
        let has = |places: &BTreeMap<ArticleId, BTreeSet<Span>>, span: Span| {
            places.get(&article.article).is_some_and(|spans| spans.contains(&span))
        };
        let units = article.units.iter().enumerate().map(|(unit, row)| {
            let cells = article.cells(unit);
            let mut judged = Judged::of(&self.units.answers, cells);
            let decision = decisions.and_then(|here| project.decision(here.get(&row.span)?));
            judged.decided = match decision {
                None => Decided::No,
                Some(decision) if self.is_stale(project, article, cells, decision) => Decided::Stale,
                Some(_) => Decided::Yes,
            };
            if has(&self.conflicts, row.span) {
                judged.marks |= Judged::CONFLICT;
            }
            if has(&self.comments, row.span) {
                judged.marks |= Judged::COMMENTED;
            }
            judged
        });
        units.collect()
    }

    /// Who of the project answered what.
    fn given<'a>(
        &'a self,
        article: &'a ArticleUnits,
        cells: &'a [Cell],
    ) -> impl Iterator<Item = (&'a CoderId, AnswerIdx)> {
        let given = article.coders.iter().zip(cells);
        let given = given.filter_map(|(coder, cell)| Some((self.units.coder(*coder)?, cell.answer?)));
        given.filter(|(coder, _)| self.guest.as_ref() != Some(*coder))
    }

    /// Whether other things are answered than when it was decided.
    fn is_stale(
        &self,
        project: &Project,
        article: &ArticleUnits,
        cells: &[Cell],
        decision: &Decision,
    ) -> bool {
        let given = self.given(article, cells);
        if decision.answers.is_empty() {
            // It does not say: then what is later than it counts.
            let mut given = given;
            return given.any(|(coder, _)| {
                let key = SheetKey { coder: coder.clone(), article: article.article.clone() };
                let at = project.coding(&key, decision.sentence).and_then(|coding| coding.at);
                decision.at.is_some() && at > decision.at
            });
        }
        let mut n = 0;
        for (coder, answer) in given {
            n += 1;
            let said = |line: &str| {
                let labels = line.strip_prefix(coder.as_str())?.strip_prefix(' ')?;
                let now = self.units.answers.labels(answer);
                let same = if labels == "none" {
                    now.is_empty()
                } else {
                    let mut was: Vec<&str> = labels.split('|').collect();
                    let mut now: Vec<&str> = now.iter().map(LabelId::as_str).collect();
                    was.sort_unstable();
                    now.sort_unstable();
                    was == now
                };
                Some(same)
            };
            if decision.answers.iter().find_map(|line| said(line)) != Some(true) {
                return true;
            }
        }
        n != decision.answers.len()
    }

    /// Looks at one article again: answers to it changed.
    pub fn look_again(&mut self, project: &Project, article: &ArticleId) {
        let Some(place) = self.units.place_of(article) else { return };
        if let Some(found) = project.article(article) {
            // A job may still read them as they were.
            let all = Arc::make_mut(&mut self.units);
            let units = all.of_article(project, found);
            if let Some(was) = all.articles.get_mut(place) {
                *was = Arc::new(units);
            }
        }
        self.judge_again(project, place);
    }

    /// Looks at one sentence again: the decision of this id came, went or changed.
    pub fn decided_again(&mut self, project: &Project, article: &ArticleId, span: Span, id: &RecordId) {
        if let Some(decision) = project.decision(id) {
            self.list(project, decision);
        } else {
            if let Some(here) = self.decisions.get_mut(article) {
                here.remove(&span);
            }
            let others = project.decisions().filter(|d| d.article == *article && d.sentence == span);
            others.for_each(|other| self.list(project, other));
        }
        if let Some(place) = self.units.place_of(article) {
            self.judge_again(project, place);
        }
    }

    /// Comments came, went or were settled in this article.
    pub fn commented_again(&mut self, project: &Project, article: &ArticleId) {
        self.read_records(project);
        if let Some(place) = self.units.place_of(article) {
            self.judge_again(project, place);
        }
    }

    fn judge_again(&mut self, project: &Project, place: usize) {
        let judged = self.judge(project, place);
        let sums = Sums::of(&judged);
        let (Some(was), Some(row)) = (self.of_articles.get_mut(place), self.judged.get_mut(place)) else {
            return;
        };
        self.sums.take_away(was);
        self.sums.add(&sums);
        (*was, *row) = (sums, judged);
    }

    /// The place of a sentence among the units.
    pub fn at(&self, article: &ArticleId, span: Span) -> Option<At> {
        let place = self.units.place_of(article)?;
        let unit = self.units.articles.get(place)?.at(span)?;
        Some(At { article: place, unit })
    }

    pub fn judged(&self, at: At) -> Option<&Judged> {
        self.judged.get(at.article)?.get(at.unit)
    }

    /// What was answered to a unit, a line a coder, as a decision keeps it.
    pub fn answers(&self, at: At) -> Box<[Box<str>]> {
        let Some(article) = self.units.articles.get(at.article) else { return Box::default() };
        self.given(article, article.cells(at.unit))
            .map(|(coder, answer)| deciding::answer(coder, self.units.answers.labels(answer)).into())
            .collect()
    }

    /// The units of an article, judged.
    pub fn judged_in(&self, article: usize) -> &[Judged] {
        self.judged.get(article).map_or(&[], Vec::as_slice)
    }

    pub fn sums_of(&self, article: usize) -> Sums {
        self.of_articles.get(article).copied().unwrap_or_default()
    }

    /// The decision that stands about a sentence.
    pub fn decision<'a>(
        &self,
        project: &'a Project,
        article: &ArticleId,
        span: Span,
    ) -> Option<&'a Decision> {
        project.decision(self.decisions.get(article)?.get(&span)?)
    }

    /// The units of a kind in one article, or in all of them, those first whose answers are most apart.
    pub fn queue(&self, kind: Kind, article: Option<usize>) -> Vec<At> {
        let articles = match article {
            Some(article) => article..article + 1,
            None => 0..self.judged.len(),
        };
        let mut queue: Vec<(u16, At)> = Vec::new();
        for article in articles {
            if self.sums_of(article).n(kind) == 0 {
                continue;
            }
            let units = self.judged_in(article).iter().enumerate().filter(|(_, judged)| judged.is(kind));
            queue.extend(units.map(|(unit, judged)| (judged.apart, At { article, unit })));
        }
        // Those that were alike stay in the order of reading.
        if kind != Kind::All {
            queue.sort_by_key(|(apart, _)| std::cmp::Reverse(*apart));
        }
        queue.into_iter().map(|(_, at)| at).collect()
    }
}
