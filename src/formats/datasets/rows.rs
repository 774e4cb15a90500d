//! The rows of a labelled dataset: what every format writes, in one order.
//!
//! One row for every sentence and sheet, and one without a coder for every sentence of an article that has no sheet. Articles
//! stand in the order in which they came in, then sentences, then coders. Answers to what is set aside are left out. The gold
//! layer has one row a sentence.

use crate::analysis::filter::in_order;
use crate::analysis::gold::{self, Gold};
use crate::analysis::pseudonyms::Pseudonyms;
use crate::analysis::units::{Answers, Cell};
use crate::formats::datasets::counts::Counts;
use crate::formats::datasets::what::{Names, NoneAs, Unanswered, UnsureAs, What};
use crate::model::article::{Article, Sentence};
use crate::model::coding::Coding;
use crate::model::deciding;
use crate::model::decision::Decision;
use crate::model::ids::{ArticleId, CoderId, LabelId, Span, Stamp};
use crate::model::project::Project;
use crate::model::scheme::Label;
use crate::model::sheet::Sheet;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;

/// Which answers a dataset is of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Layer {
    /// Those of all coders.
    #[default]
    Coders,
    Coder(CoderId),
    /// What was decided, what all said, what the only one said.
    Gold,
}

/// One sentence as one coder sees it.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    pub article: &'a Article,
    pub sentence: &'a Sentence,
    /// Absent = the sentence is in no sheet.
    pub coder: Option<&'a CoderId>,
    /// Absent = the coder said nothing of it.
    pub coding: Option<&'a Coding>,
    pub layer: &'static str,
    /// In the gold layer; absent = it is open.
    pub gold: Option<Gold<'a>>,
    /// Whether an answer is asked for.
    pub asked: bool,
}

impl<'a> Row<'a> {
    pub fn text(&self) -> &'a str {
        self.article.words_of(self.sentence)
    }

    /// The labels of an answer; absent = there is none.
    pub fn labels(&self) -> Option<&'a [LabelId]> {
        let coding = self.coding.filter(|coding| coding.answered);
        self.gold.map(|gold| gold.labels).or(coding.map(|coding| &*coding.labels))
    }

    pub fn is_unsure(&self) -> bool {
        self.coding.is_some_and(|coding| coding.unsure)
    }

    pub fn note(&self) -> Option<&'a str> {
        self.coding.and_then(|coding| coding.note.as_deref())
    }

    pub fn decision(&self) -> Option<&'a Decision> {
        self.gold.and_then(|gold| gold.decision)
    }

    /// Why it was decided so: `slip: see p. 2`, or either of the two.
    pub fn push_reason(&self, to: &mut String) {
        let Some(decision) = self.decision() else { return };
        to.push_str(&decision.code);
        if !decision.code.is_empty() && !decision.reason.is_empty() {
            to.push_str(": ");
        }
        to.push_str(&decision.reason);
    }

    pub fn decided_at(&self) -> Option<Stamp> {
        self.decision().and_then(|decision| decision.at)
    }

    pub fn kind(&self) -> &'a str {
        self.sentence.kind_name()
    }
}

/// The word of a gold table, in its column `layer`.
pub const GOLD: &str = "gold";
const CODERS: &str = "coders";
/// What stands for "none of these" and for an unsure answer among labels: no label has such an id.
pub const NONE: &str = "none";
pub const UNSURE: &str = "unsure";

/// A project on its way out, with what of it goes.
#[derive(Debug)]
pub struct Going<'a> {
    pub project: &'a Project,
    pub what: &'a What,
    articles: Vec<&'a Arc<Article>>,
    /// Names in the place of the coders' ids, where wanted.
    pseudonyms: Option<BTreeMap<&'a CoderId, CoderId>>,
}

impl<'a> Going<'a> {
    pub fn new(project: &'a Project, what: &'a What) -> Self {
        let articles = in_order(project).into_iter().filter(|article| what.has(&article.id)).collect();
        let pseudonyms = (what.names == Names::Pseudonyms).then(|| {
            let pseudonyms = Pseudonyms::of(project);
            project.coders().map(|coder| (&coder.id, pseudonyms.id(&coder.id))).collect()
        });
        Self { project, what, articles, pseudonyms }
    }

    /// The chosen articles, in the order in which they came in.
    pub fn articles(&self) -> &[&'a Arc<Article>] {
        &self.articles
    }

    /// What stands for a coder.
    pub fn coder<'r>(&'r self, coder: &'r CoderId) -> &'r str {
        let named = self.pseudonyms.as_ref().and_then(|pseudonyms| pseudonyms.get(coder));
        named.unwrap_or(coder).as_str()
    }

    /// The title; without text also not the first words of it.
    pub fn title<'r>(&self, article: &'r Article) -> &'r str {
        if self.what.text { article.shown_title() } else { article.meta.title.as_deref().unwrap_or_default() }
    }

    /// The id that a label goes out under.
    pub fn renamed<'r>(&'r self, label: &'r LabelId) -> &'r LabelId {
        self.what.renamed.get(label).unwrap_or(label)
    }

    /// The labels of an answer as they go out; absent = there is no answer.
    pub fn labels<'r>(&'r self, row: &Row<'r>) -> Option<Given<'r>> {
        let ids = row.labels()?;
        let is_unsure = row.is_unsure() && self.what.unsure == UnsureAs::Label;
        Some(Given { ids, is_unsure, renamed: &self.what.renamed })
    }

    /// Codings that no dataset can hold, since their sentence is no longer there.
    fn n_gone(&self) -> usize {
        let is_wanted = |sheet: &&Arc<Sheet>| match &self.what.layer {
            Layer::Coders => true,
            Layer::Coder(coder) => sheet.key.coder == *coder,
            Layer::Gold => deciding::is_counted(self.project, &sheet.key.coder),
        };
        let sheets =
            self.project.sheets().filter(is_wanted).filter(|sheet| self.what.has(&sheet.key.article));
        sheets.map(|sheet| sheet.kept.len()).sum()
    }
}

/// The labels of an answer, under the ids that they go out under.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    ids: &'a [LabelId],
    /// It goes out as the label `unsure`.
    is_unsure: bool,
    renamed: &'a BTreeMap<LabelId, LabelId>,
}

impl<'a> Given<'a> {
    /// None for "none of these".
    pub fn ids(self) -> impl Iterator<Item = &'a str> {
        let Self { ids, is_unsure, renamed } = self;
        let name = move |label: &'a LabelId| renamed.get(label).unwrap_or(label);
        let labels = if is_unsure { &[] } else { ids };
        // Two labels may go out as one.
        let is_first = move |idx: usize, named: &LabelId| {
            renamed.is_empty() || !labels.iter().take(idx).any(|other| name(other) == named)
        };
        let named = labels.iter().enumerate().map(move |(idx, label)| (idx, name(label)));
        let named = named.filter(move |(idx, named)| is_first(*idx, named)).map(|(_, named)| named.as_str());
        is_unsure.then_some(UNSURE).into_iter().chain(named)
    }

    /// The same with `none`.
    pub fn or_none(self) -> impl Iterator<Item = &'a str> {
        let is_none = self.ids.is_empty() && !self.is_unsure;
        self.ids().chain(is_none.then_some(NONE))
    }
}

/// What answers go out under.
#[derive(Debug, Clone)]
pub struct Named<'a> {
    pub id: String,
    /// Absent = `none` or `unsure`.
    pub label: Option<&'a Label>,
}

impl Named<'_> {
    /// As people read it.
    pub fn name(&self) -> &str {
        match self.label {
            Some(label) => &label.name,
            None if self.id == NONE => "none of these",
            None => &self.id,
        }
    }
}

/// What answers go out under: labels that can be given or are, then `none` and `unsure` where these stand for answers.
pub fn named<'a>(going: &Going<'a>) -> Vec<Named<'a>> {
    let counts = count(going);
    let mut all: Vec<Named<'a>> = vec![];
    for (label, n) in going.project.scheme().labels.iter().zip(&counts.labels) {
        let id = going.renamed(&label.id).to_string();
        if (!label.retired || *n > 0) && !all.iter().any(|other| other.id == id) {
            all.push(Named { id, label: Some(label) });
        }
    }
    let is_none = going.what.none == NoneAs::Label;
    let is_unsure = going.what.unsure == UnsureAs::Label;
    let others = [(is_none, NONE), (is_unsure, UNSURE)].into_iter().filter(|(stands, _)| *stands);
    all.extend(others.map(|(_, id)| Named { id: id.to_owned(), label: None }));
    all
}

/// Their ids.
pub fn names(going: &Going<'_>) -> Vec<String> {
    named(going).into_iter().map(|named| named.id).collect()
}

/// Calls `take` with every row that goes out until it fails.
pub fn each<E>(going: &Going<'_>, mut take: impl FnMut(&Row<'_>) -> Result<(), E>) -> Result<Counts, E> {
    let mut walk = Walk::new(going);
    for article in going.articles() {
        walk.article(article, &mut take)?;
    }
    Ok(walk.counts)
}

/// How much goes out, and what does not.
pub fn count(going: &Going<'_>) -> Counts {
    let Ok(counts) = each(going, |_| Ok::<(), Infallible>(()));
    counts
}

/// Goes through the articles one after the other, and counts.
pub struct Walk<'a, 'g> {
    going: &'g Going<'a>,
    /// In the gold layer.
    decided: BTreeMap<(&'a ArticleId, Span), &'a Decision>,
    answers: Answers,
    pub counts: Counts,
}

impl<'a, 'g> Walk<'a, 'g> {
    pub fn new(going: &'g Going<'a>) -> Self {
        let project = going.project;
        let is_gold = going.what.layer == Layer::Gold;
        let mut counts = Counts { labels: vec![0; project.scheme().labels.len()], ..Counts::default() };
        counts.left.articles = project.n_articles() - going.articles().len();
        counts.left.gone = going.n_gone();
        Self {
            going,
            decided: if is_gold { deciding::standing(project) } else { BTreeMap::new() },
            answers: Answers::of(project.scheme()),
            counts,
        }
    }

    /// Calls `take` with every row of an article that goes out; says whether somebody answered in it.
    pub fn article<E>(
        &mut self,
        article: &'a Article,
        mut take: impl FnMut(&Row<'_>) -> Result<(), E>,
    ) -> Result<bool, E> {
        let Self { going, decided, answers, counts } = self;
        let (n_before, mut is_answered) = (counts.n_rows, false);
        let mut tell = |row: Row<'_>| {
            is_answered |= row.labels().is_some();
            if counted(&row, going, counts) { take(&row) } else { Ok(()) }
        };
        match &going.what.layer {
            Layer::Gold => gold_rows((going.project, article), decided, answers, &mut tell)?,
            Layer::Coder(coder) => coders_rows(going.project, article, Some(coder), &mut tell)?,
            Layer::Coders => coders_rows(going.project, article, None, &mut tell)?,
        }
        self.counts.n_articles += usize::from(self.counts.n_rows > n_before);
        Ok(is_answered)
    }
}

fn coders_rows<E>(
    project: &Project,
    article: &Article,
    only: Option<&CoderId>,
    tell: &mut impl FnMut(Row<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let layer = CODERS;
    let sheets: Vec<_> = project
        .sheets_for(&article.id)
        .filter(|sheet| only.is_none_or(|coder| sheet.key.coder == *coder))
        .collect();
    // Rows stand in the order of the sentences: each sheet is gone through once.
    let mut left: Vec<_> = sheets.iter().map(|sheet| sheet.rows.iter().peekable()).collect();
    for sentence in article.sentences() {
        let asked = project.scheme().asks(article, sentence);
        if sheets.is_empty() && only.is_none() {
            tell(Row { article, sentence, coder: None, coding: None, layer, gold: None, asked })?;
        }
        for (sheet, left) in sheets.iter().zip(&mut left) {
            let coding = left.next_if(|row| row.span == sentence.span).map(|row| &row.coding);
            let coding = coding.filter(|_| !article.is_aside(sentence));
            let coder = Some(&sheet.key.coder);
            tell(Row { article, sentence, coder, coding, layer, gold: None, asked })?;
        }
    }
    Ok(())
}

/// The same of the gold layer.
fn gold_rows<E>(
    (project, article): (&Project, &Article),
    decided: &BTreeMap<(&ArticleId, Span), &Decision>,
    answers: &mut Answers,
    tell: &mut impl FnMut(Row<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let layer = GOLD;
    let sheets = project.sheets_for(&article.id);
    let sheets: Vec<_> = sheets.filter(|sheet| deciding::is_counted(project, &sheet.key.coder)).collect();
    let mut left: Vec<_> = sheets.iter().map(|sheet| sheet.rows.iter().peekable()).collect();
    for sentence in article.sentences() {
        let asked = project.scheme().asks(article, sentence);
        let cells = left.iter_mut().map(|left| {
            let coding = left.next_if(|row| row.span == sentence.span).map(|row| &row.coding);
            let coding = coding.filter(|coding| coding.answered);
            let answer = coding.map(|coding| answers.place(project.scheme(), &coding.labels));
            Cell { answer, ..Cell::default() }
        });
        let cells: Vec<Cell> = cells.collect();
        let decision = decided.get(&(&article.id, sentence.span)).copied();
        let gold = gold::of(answers, &cells, decision).filter(|_| !article.is_aside(sentence));
        tell(Row { article, sentence, coder: None, coding: None, layer, gold, asked })?;
    }
    Ok(())
}

/// Counts a row, and says whether it goes out.
fn counted(row: &Row<'_>, going: &Going<'_>, counts: &mut Counts) -> bool {
    let what = going.what;
    match row.labels() {
        None if what.unanswered == Unanswered::Drop => {
            counts.left.unanswered += 1;
            return false;
        }
        None => counts.open += 1,
        Some(_) if row.is_unsure() && what.unsure == UnsureAs::Drop => {
            counts.left.unsure += 1;
            return false;
        }
        Some(_) if row.is_unsure() && what.unsure == UnsureAs::Label => {}
        Some([]) if what.none == NoneAs::Drop => {
            counts.left.none += 1;
            return false;
        }
        Some([]) => counts.none += 1,
        Some(labels) => {
            let places = labels.iter().filter_map(|label| going.project.scheme().idx_of(label));
            places.for_each(|idx| {
                if let Some(n) = counts.labels.get_mut(idx) {
                    *n += 1;
                }
            });
        }
    }
    counts.n_rows += 1;
    counts.notes += usize::from(row.note().is_some());
    counts.unsure += usize::from(row.is_unsure() && what.unsure == UnsureAs::Column);
    true
}
