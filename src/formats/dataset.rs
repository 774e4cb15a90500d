//! The rows of a labelled dataset: what every table format writes, in one order.
//!
//! One row for every sentence and sheet, and one without a coder for every sentence of an article that has no sheet. Articles
//! stand in the order in which they came in, then sentences, then coders. Answers to what is set aside are left out.

use crate::analysis::filter::in_order;
use crate::model::article::{Article, Sentence};
use crate::model::coding::Coding;
use crate::model::ids::CoderId;
use crate::model::project::Project;

/// The names of the columns, in order.
pub const COLUMNS: [&str; 17] = [
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
    /// Whether an answer is asked for.
    pub asked: bool,
}

impl<'a> Row<'a> {
    pub fn text(&self) -> &'a str {
        self.article.words_of(self.sentence)
    }

    pub fn kind(&self) -> &'a str {
        self.sentence.kind_name()
    }
}

/// Calls `take` with every row until it fails. With `only`, just the rows of that coder's sheets.
pub fn rows<E>(
    project: &Project,
    only: Option<&CoderId>,
    mut take: impl FnMut(Row<'_>) -> Result<(), E>,
) -> Result<(), E> {
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
                take(Row { article, sentence, coder: None, coding: None, asked })?;
            }
            for (sheet, left) in sheets.iter().zip(&mut left) {
                let coding = left.next_if(|row| row.span == sentence.span).map(|row| &row.coding);
                let coding = coding.filter(|_| !article.is_aside(sentence));
                take(Row { article, sentence, coder: Some(&sheet.key.coder), coding, asked })?;
            }
        }
    }
    Ok(())
}

/// Codings that no table can hold, since their sentence is no longer there.
pub fn n_left_out(project: &Project, only: Option<&CoderId>) -> usize {
    let wanted = project.sheets().filter(|sheet| only.is_none_or(|coder| sheet.key.coder == *coder));
    wanted.map(|sheet| sheet.kept.len()).sum()
}
