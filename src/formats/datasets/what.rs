//! What goes out of a project in a dataset: a value that the command line and the window fill in alike.

use crate::formats::datasets::outlet::Outlet;
use crate::formats::datasets::rows::Layer;
use crate::model::ids::{ArticleId, LabelId};
use crate::model::project::Project;
use crate::text::units::Unit;
use std::collections::{BTreeMap, BTreeSet};

/// The words that a choice has on a command line.
pub type WordsOf<T> = &'static [(&'static str, T)];

/// The choice of that word.
pub fn choice<T: Copy>(words: WordsOf<T>, said: &str) -> Option<T> {
    words.iter().find(|(word, _)| *word == said).map(|(_, choice)| *choice)
}

/// The word of that choice.
pub fn word_of<T: Copy + PartialEq>(words: WordsOf<T>, of: T) -> Option<&'static str> {
    words.iter().find(|(_, choice)| *choice == of).map(|(word, _)| *word)
}

/// A sentence without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unanswered {
    Keep,
    Drop,
}

/// A sentence answered with "none of these".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoneAs {
    /// The label `none`.
    Label,
    Drop,
}

/// An answer that somebody was unsure about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnsureAs {
    /// A mark beside it.
    Column,
    Drop,
    /// The label `unsure` in the place of what was answered.
    Label,
}

/// What stands for the coders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    Real,
    Pseudonyms,
}

/// What a row of a table is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowsOf {
    Sentences,
    Articles,
}

/// How cells are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cells {
    /// To the letter.
    Plain,
    /// So that a spreadsheet shows them as they are.
    ForExcel,
}

/// How a table holds labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Columns {
    /// Their ids in one cell.
    Ids,
    /// Beside that a column a label, with 0 and 1.
    ZeroOne,
}

/// What Label Studio takes answers for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswersAs {
    Annotations,
    Predictions,
}

impl Unanswered {
    pub const WORDS: WordsOf<Self> = &[("keep", Self::Keep), ("drop", Self::Drop)];
}

impl NoneAs {
    pub const WORDS: WordsOf<Self> = &[("label", Self::Label), ("drop", Self::Drop)];
}

impl UnsureAs {
    pub const WORDS: WordsOf<Self> =
        &[("column", Self::Column), ("drop", Self::Drop), ("label", Self::Label)];
}

impl Names {
    pub const WORDS: WordsOf<Self> = &[("real", Self::Real), ("pseudonyms", Self::Pseudonyms)];
}

impl RowsOf {
    pub const WORDS: WordsOf<Self> = &[("sentences", Self::Sentences), ("articles", Self::Articles)];
}

impl AnswersAs {
    pub const WORDS: WordsOf<Self> =
        &[("annotations", Self::Annotations), ("predictions", Self::Predictions)];
}

/// The words of units, for formats that have a choice.
pub const UNITS: WordsOf<Unit> =
    &[("codepoints", Unit::CodePoints), ("utf16", Unit::Utf16), ("graphemes", Unit::Graphemes)];

/// What goes out, and as what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct What {
    pub layer: Layer,
    pub unanswered: Unanswered,
    pub none: NoneAs,
    pub unsure: UnsureAs,
    /// The sentences' words; without them their hashes.
    pub text: bool,
    pub names: Names,
    /// Labels that go out under another id.
    pub renamed: BTreeMap<LabelId, LabelId>,
    /// Absent = all.
    pub articles: Option<BTreeSet<ArticleId>>,
    pub rows: RowsOf,
    pub unit: Unit,
    pub cells: Cells,
    pub columns: Columns,
    pub answers: AnswersAs,
    /// The split of each article that has one, for a column of a table. Absent = no such column.
    pub splits: Option<BTreeMap<ArticleId, String>>,
}

/// What a line of a dataset is; what goes out unless somebody says otherwise follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A row a sentence with everything that is known of it.
    Table,
    /// The same in a file that is handed on and looked into: without the coders' names.
    Workbook,
    /// A sentence a line, as what a program learns from.
    Lines,
    /// Whole articles with labels at places.
    Spans,
    /// A row a sentence with one label, to be published: without the coders' names.
    Published,
}

impl What {
    /// What goes out where nobody says otherwise.
    pub fn usual(outlet: &Outlet, layer: Layer) -> Self {
        let (unanswered, none, unsure) = match outlet.shape {
            Shape::Table | Shape::Workbook => (Unanswered::Keep, NoneAs::Label, UnsureAs::Column),
            Shape::Lines => (Unanswered::Drop, NoneAs::Label, UnsureAs::Column),
            Shape::Spans | Shape::Published => (Unanswered::Drop, NoneAs::Drop, UnsureAs::Drop),
        };
        let hides = matches!(outlet.shape, Shape::Workbook | Shape::Published);
        Self {
            layer,
            unanswered,
            none,
            unsure,
            text: true,
            names: if hides { Names::Pseudonyms } else { Names::Real },
            renamed: BTreeMap::new(),
            articles: None,
            rows: RowsOf::Sentences,
            unit: outlet.units.first().copied().unwrap_or(Unit::CodePoints),
            cells: Cells::Plain,
            columns: Columns::Ids,
            answers: AnswersAs::Annotations,
            splits: None,
        }
    }

    /// The split of an article in a table that names them; empty where it is in none. `None` = the table has no such column.
    pub fn split(&self, article: &ArticleId) -> Option<&str> {
        let splits = self.splits.as_ref()?;
        Some(splits.get(article).map(String::as_str).unwrap_or_default())
    }

    /// Whether an article goes out.
    pub fn has(&self, article: &ArticleId) -> bool {
        self.articles.as_ref().is_none_or(|chosen| chosen.contains(article))
    }
}

/// The layer of a format that has one answer a sentence, where nobody names one: gold where something was decided, else the
/// only coder who answered; `None` = there are several, and it has to be said.
pub fn one_answer(project: &Project) -> Option<Layer> {
    if project.decisions().next().is_some() {
        return Some(Layer::Gold);
    }
    let mut answered: BTreeSet<_> = project.sheets().map(|sheet| &sheet.key.coder).collect();
    if answered.len() > 1 {
        let all = project.sheets().filter(|sheet| sheet.n_answered() > 0);
        answered = all.map(|sheet| &sheet.key.coder).collect();
    }
    let mut answered = answered.into_iter();
    match (answered.next(), answered.next()) {
        (Some(_), Some(_)) => None,
        (Some(only), None) => Some(Layer::Coder(only.clone())),
        // Nobody answered: then there is no difference.
        _ => Some(Layer::Gold),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::deciding::{self, By, Deciding};
    use crate::model::ids::{CoderId, RecordId, Stamp};
    use crate::model::sketch;

    #[test]
    fn one_answer_is_gold_or_the_only_coders() {
        let drawn = |text: &str| sketch::project(text, |_| "a".to_owned(), |_| String::new()).unwrap();
        assert_eq!(one_answer(&drawn("One. []")), Some(Layer::Gold));
        assert_eq!(one_answer(&drawn("One. [fact]")), Some(Layer::Coder(CoderId::new("anna"))));
        // A note is no answer.
        assert_eq!(
            one_answer(&drawn("One. [fact] Two. [ben: \"hm\"]")),
            Some(Layer::Coder(CoderId::new("anna")))
        );
        let mut two = drawn("One. [fact; ben: denial]");
        assert_eq!(one_answer(&two), None);
        let deciding = Deciding {
            article: ArticleId::new("a"),
            sentence: crate::model::ids::Span::new(0, 4),
            labels: vec![],
            reason: String::new(),
            code: String::new(),
        };
        let by = By { coder: CoderId::new("ben"), at: Stamp(0) };
        let action = deciding::decide(&two, None, &deciding, &by, || RecordId::new("d")).unwrap();
        two.apply(action).unwrap();
        assert_eq!(one_answer(&two), Some(Layer::Gold));
    }
}
