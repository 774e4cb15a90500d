//! The rows of a labelled dataset: what every table format writes, in one order.
//!
//! One row for every sentence and sheet, and one without a coder for every sentence of an article that has no sheet. Articles
//! stand in the order in which they came in, then sentences, then coders. Answers to what is set aside are left out. The gold
//! layer has one row a sentence.

use crate::analysis::filter::in_order;
use crate::analysis::gold::{self, Gold};
use crate::analysis::units::{Answers, Cell};
use crate::model::article::{Article, Sentence};
use crate::model::coding::Coding;
use crate::model::deciding;
use crate::model::decision::Decision;
use crate::model::ids::{CoderId, LabelId, Stamp};
use crate::model::project::Project;
use crate::model::sheet::Sheet;
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

/// The names of the columns, in order.
pub const COLUMNS: [&str; 22] = [
    "article_id",
    "sentence_id",
    "coder",
    "labels",
    "unsure",
    "note",
    "start",
    "end",
    "text",
    "title",
    "outlet",
    "published",
    "url",
    "labelled_at",
    "kind",
    "asked",
    "source",
    "layer",
    "gold_by",
    "reason",
    "decided_by",
    "decided_at",
];

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

/// Calls `take` with every row until it fails.
pub fn each<E>(
    project: &Project,
    layer: &Layer,
    mut take: impl FnMut(Row<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let only = match layer {
        Layer::Gold => return gold_rows(project, take),
        Layer::Coder(coder) => Some(coder),
        Layer::Coders => None,
    };
    let layer = CODERS;
    for article in in_order(project) {
        let sheets: Vec<_> = project
            .sheets_for(&article.id)
            .filter(|sheet| only.is_none_or(|coder| sheet.key.coder == *coder))
            .collect();
        // Rows stand in the order of the sentences: each sheet is gone through once.
        let mut left: Vec<_> = sheets.iter().map(|sheet| sheet.rows.iter().peekable()).collect();
        for sentence in article.sentences() {
            let asked = project.scheme().asks(article, sentence);
            if sheets.is_empty() && only.is_none() {
                take(Row { article, sentence, coder: None, coding: None, layer, gold: None, asked })?;
            }
            for (sheet, left) in sheets.iter().zip(&mut left) {
                let coding = left.next_if(|row| row.span == sentence.span).map(|row| &row.coding);
                let coding = coding.filter(|_| !article.is_aside(sentence));
                let coder = Some(&sheet.key.coder);
                take(Row { article, sentence, coder, coding, layer, gold: None, asked })?;
            }
        }
    }
    Ok(())
}

/// The same of the gold layer.
fn gold_rows<E>(project: &Project, mut take: impl FnMut(Row<'_>) -> Result<(), E>) -> Result<(), E> {
    let decided = deciding::standing(project);
    let mut answers = Answers::of(project.scheme());
    let layer = GOLD;
    for article in in_order(project) {
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
            let gold = gold::of(&answers, &cells, decision).filter(|_| !article.is_aside(sentence));
            take(Row { article, sentence, coder: None, coding: None, layer, gold, asked })?;
        }
    }
    Ok(())
}

/// Codings that no table can hold, since their sentence is no longer there.
pub fn n_left_out(project: &Project, layer: &Layer) -> usize {
    let is_wanted = |sheet: &&Arc<Sheet>| match layer {
        Layer::Coders => true,
        Layer::Coder(coder) => sheet.key.coder == *coder,
        Layer::Gold => deciding::is_counted(project, &sheet.key.coder),
    };
    project.sheets().filter(is_wanted).map(|sheet| sheet.kept.len()).sum()
}
