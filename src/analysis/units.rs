//! Units: each sentence that is asked about, with what every coder answered to it, article by article.

use crate::analysis::filter::in_order;
use crate::model::article::{Article, Sentence};
use crate::model::coding::Coding;
use crate::model::ids::{ArticleId, CoderId, LabelId, Span};
use crate::model::project::Project;
use crate::model::scheme::Scheme;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The place of an answer in [`Answers`]: a set of labels.
pub type AnswerIdx = u32;

/// The different answers, each a set of labels in the scheme's order. The first is *none of these*, then each label alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    sets: Vec<Box<[LabelId]>>,
    places: BTreeMap<Box<[LabelId]>, AnswerIdx>,
}

/// What one coder said of a unit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cell {
    /// Absent = no answer.
    pub answer: Option<AnswerIdx>,
    pub unsure: bool,
    pub noted: bool,
}

/// A sentence that is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// Its place among the sentences of the article.
    pub idx: u32,
    pub span: Span,
}

/// The units of one article, and the coders who have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleUnits {
    pub article: ArticleId,
    /// Places in [`Units::coders`], in order.
    pub coders: Vec<u16>,
    pub units: Vec<Unit>,
    /// How many of them, the last ones, are sentences set aside: none, unless somebody wants those too.
    pub n_aside: usize,
    /// Unit after unit, each with a cell for each of these coders.
    cells: Vec<Cell>,
}

/// All units of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Units {
    /// Everybody who labels and has a sheet, in the order of their ids.
    pub coders: Vec<CoderId>,
    pub answers: Answers,
    /// In the order in which articles came in; only those that a coder has.
    pub articles: Vec<Arc<ArticleUnits>>,
    places: BTreeMap<ArticleId, usize>,
}

impl Answers {
    /// The answers that a scheme has by itself.
    pub fn of(scheme: &Scheme) -> Self {
        let mut answers = Self { sets: vec![], places: BTreeMap::new() };
        answers.place(scheme, &[]);
        for label in &scheme.labels {
            answers.place(scheme, std::slice::from_ref(&label.id));
        }
        answers
    }

    /// The place of an answer, which it gets now if it has none.
    pub fn place(&mut self, scheme: &Scheme, labels: &[LabelId]) -> AnswerIdx {
        if let Some(place) = self.places.get(labels) {
            return *place;
        }
        // Several labels mean the same in any order.
        let mut set = labels.to_vec();
        set.sort_by_key(|label| scheme.idx_of(label));
        set.dedup();
        if let Some(place) = self.places.get(set.as_slice()) {
            return *place;
        }
        let place = AnswerIdx::try_from(self.sets.len()).unwrap_or(AnswerIdx::MAX);
        self.places.insert(set.clone().into(), place);
        self.sets.push(set.into());
        place
    }

    /// The labels of an answer; empty = none of these.
    pub fn labels(&self, answer: AnswerIdx) -> &[LabelId] {
        self.sets.get(answer as usize).map_or(&[], |set| set)
    }

    pub fn len(&self) -> usize {
        self.sets.len()
    }

    pub fn is_empty(&self) -> bool {
        self.sets.is_empty()
    }

    /// How far two answers are apart, in thousandths: the labels that only one has among those that either has.
    pub fn apart(&self, a: AnswerIdx, b: AnswerIdx) -> u32 {
        if a == b {
            return 0;
        }
        let (a, b) = (self.labels(a), self.labels(b));
        let n_both = a.iter().filter(|label| b.contains(label)).count();
        let n_either = a.len() + b.len() - n_both;
        u32::try_from(1000 * (n_either - n_both) / n_either.max(1)).unwrap_or(1000)
    }
}

impl ArticleUnits {
    /// What each coder of the article said of a unit, in their order.
    pub fn cells(&self, unit: usize) -> &[Cell] {
        let n = self.coders.len();
        self.cells.get(unit * n..(unit + 1) * n).unwrap_or_default()
    }

    /// How many of the units are asked about.
    pub const fn n_asked(&self) -> usize {
        self.units.len() - self.n_aside
    }

    /// The unit of a sentence that is asked about.
    pub fn at(&self, span: Span) -> Option<usize> {
        self.units.get(..self.n_asked())?.binary_search_by_key(&span, |unit| unit.span).ok()
    }
}

impl Units {
    pub fn of(project: &Project) -> Self {
        let mut coders: Vec<CoderId> = Vec::new();
        for coder in project.coders().filter(|coder| !coder.is_reviewer()) {
            if project.sheets_of(&coder.id).next().is_some() {
                coders.push(coder.id.clone());
            }
        }
        let answers = Answers::of(project.scheme());
        let mut units = Self { coders, answers, articles: vec![], places: BTreeMap::new() };
        for article in in_order(project) {
            let of_article = units.of_article(project, article);
            if !of_article.coders.is_empty() {
                units.places.insert(article.id.clone(), units.articles.len());
                units.articles.push(Arc::new(of_article));
            }
        }
        units
    }

    /// The units of one article as they are now.
    pub fn of_article(&mut self, project: &Project, article: &Article) -> ArticleUnits {
        let scheme = project.scheme();
        let asked = (0..).zip(article.sentences()).filter(|(_, sentence)| scheme.asks(article, sentence));
        let units: Vec<Unit> = asked.map(|(idx, sentence)| Unit { idx, span: sentence.span }).collect();
        self.answered(project, article, (units, 0))
    }

    /// The same with sentences set aside too, after all others of their article.
    #[must_use]
    pub fn with_aside(&self, project: &Project) -> Self {
        let mut with = self.clone();
        let scheme = project.scheme();
        for place in 0..self.articles.len() {
            let Some(of) = self.articles.get(place) else { continue };
            let Some(article) = project.article(&of.article) else { continue };
            // What is passed over for its kind is no answer that was put aside.
            let is_one = |sentence: &Sentence| {
                article.is_aside(sentence)
                    && (sentence.is_aside() || scheme.asks_for(sentence.kind.as_deref()))
            };
            let aside = (0..).zip(article.sentences()).filter(|(_, sentence)| is_one(sentence));
            let aside: Vec<Unit> = aside.map(|(idx, sentence)| Unit { idx, span: sentence.span }).collect();
            if aside.is_empty() {
                continue;
            }
            let n_aside = aside.len();
            let units = of.units.iter().copied().chain(aside).collect();
            let answered = with.answered(project, article, (units, n_aside));
            if let Some(place) = with.articles.get_mut(place) {
                *place = Arc::new(answered);
            }
        }
        with
    }

    /// What was answered to these units; the last so many of them are set aside.
    fn answered(
        &mut self,
        project: &Project,
        article: &Article,
        (units, n_aside): (Vec<Unit>, usize),
    ) -> ArticleUnits {
        let scheme = project.scheme();
        let sheets = project.sheets_for(&article.id).filter_map(|sheet| {
            let place = self.coders.binary_search(&sheet.key.coder).ok()?;
            Some((u16::try_from(place).ok()?, sheet))
        });
        let sheets: Vec<_> = sheets.collect();
        let mut cells = vec![Cell::default(); units.len() * sheets.len()];
        for (column, (_, sheet)) in sheets.iter().enumerate() {
            // Rows and units stand in the same order: each sheet is gone through once, and once more for what is aside.
            let mut rows = sheet.rows.iter().peekable();
            for (idx, (unit, cells)) in units.iter().zip(cells.chunks_exact_mut(sheets.len())).enumerate() {
                if idx == units.len() - n_aside {
                    rows = sheet.rows.iter().peekable();
                }
                while rows.next_if(|row| row.span < unit.span).is_some() {}
                let Some(row) = rows.next_if(|row| row.span == unit.span) else { continue };
                if let Some(cell) = cells.get_mut(column) {
                    *cell = self.cell(scheme, &row.coding);
                }
            }
        }
        let coders = sheets.into_iter().map(|(place, _)| place).collect();
        ArticleUnits { article: article.id.clone(), coders, units, n_aside, cells }
    }

    fn cell(&mut self, scheme: &Scheme, coding: &Coding) -> Cell {
        let answer = coding.answered.then(|| self.answers.place(scheme, &coding.labels));
        Cell { answer, unsure: coding.unsure, noted: coding.note.is_some() }
    }

    /// The place of an article among those compared.
    pub fn place_of(&self, article: &ArticleId) -> Option<usize> {
        self.places.get(article).copied()
    }

    pub fn coder(&self, place: u16) -> Option<&CoderId> {
        self.coders.get(usize::from(place))
    }

    /// How often two coders both answered, and how often they answered the same; for each pair that has an article in common.
    pub fn pairs(&self) -> Vec<Pair> {
        let mut pairs: BTreeMap<(u16, u16), (usize, usize)> = BTreeMap::new();
        for article in &self.articles {
            for (idx, a) in article.coders.iter().enumerate() {
                for b in article.coders.iter().skip(idx + 1) {
                    pairs.entry((*a, *b)).or_default();
                }
            }
            for unit in 0..article.units.len() {
                let answered = article.coders.iter().zip(article.cells(unit));
                let answered: Vec<_> =
                    answered.filter_map(|(coder, cell)| Some((*coder, cell.answer?))).collect();
                for (idx, (a, said)) in answered.iter().enumerate() {
                    for (b, other) in answered.iter().skip(idx + 1) {
                        let (n, n_same) = pairs.entry((*a, *b)).or_default();
                        *n += 1;
                        *n_same += usize::from(said == other);
                    }
                }
            }
        }
        let name = |coder: u16| self.coder(coder).cloned();
        let pairs = pairs.into_iter().filter_map(|((a, b), (n, n_same))| {
            let (a, b) = (name(a)?, name(b)?);
            Some(Pair { a, b, n, n_same })
        });
        pairs.collect()
    }
}

/// Two coders who have an article in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    pub a: CoderId,
    pub b: CoderId,
    /// Sentences that both answered.
    pub n: usize,
    /// Sentences to which both gave the same answer.
    pub n_same: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::coding::labels_cell;
    use crate::model::sketch;

    const DRAWN: &str =
        "# Fire\nOne. [denial; ben: fact ?] Two. [none; ben: none \"so?\"] Three. [fact] Four. []
# Rain\nIt fell. [ben: fact; cleo: fact]\n# Nobody\nEnd. []";

    fn units(drawing: &str) -> Units {
        let project = sketch::project(drawing, |text| format!("a{}", text.len()), |_| String::new()).unwrap();
        Units::of(&project)
    }

    #[test]
    fn a_row_for_each_sentence_of_who_has_the_article() {
        let units = units(DRAWN);
        let shown = units.articles.iter().map(|article| {
            let rows = (0..article.units.len()).map(|unit| {
                let cells = article.cells(unit).iter().map(|cell| {
                    let said = cell.answer.map_or("-".to_owned(), |a| labels_cell(units.answers.labels(a)));
                    let marks =
                        [(cell.unsure, "?"), (cell.noted, "\"")].map(|(is, mark)| if is { mark } else { "" });
                    format!("{said}{}", marks.concat())
                });
                cells.collect::<Vec<_>>().join(" ")
            });
            format!("{:?}: {}", article.coders, rows.collect::<Vec<_>>().join(", "))
        });
        assert_eq!(
            shown.collect::<Vec<_>>(),
            ["[0, 1]: denial fact?, none none\", fact -, - -", "[1, 2]: fact fact"]
        );
    }

    #[test]
    fn pairs_are_those_with_an_article_in_common() {
        let shown = units(DRAWN).pairs().into_iter().map(|p| format!("{} {} {}/{}", p.a, p.b, p.n_same, p.n));
        assert_eq!(shown.collect::<Vec<_>>(), ["anna ben 1/2", "ben cleo 1/1"]);
    }

    #[test]
    fn answers_are_apart_by_the_labels_that_one_alone_has() {
        let mut answers = Answers::of(&Scheme::allegata());
        let scheme = Scheme::allegata();
        let place = |labels: &[&str]| {
            let labels: Vec<_> = labels.iter().map(|id| LabelId::new(*id)).collect();
            answers.place(&scheme, &labels)
        };
        let [none, fact, both, turned] =
            [&[][..], &["fact"], &["denial", "fact"], &["fact", "denial"]].map(place);
        assert_eq!(both, turned);
        for (a, b, want) in [(none, none, 0), (none, fact, 1000), (fact, both, 500), (none, both, 1000)] {
            assert_eq!((answers.apart(a, b), answers.apart(b, a)), (want, want));
        }
    }
}
