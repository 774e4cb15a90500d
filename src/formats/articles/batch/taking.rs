//! What of a batch comes in, and the account of it: each file with what it announced, each article that stays out with the reason.

use crate::formats::articles::batch::{Batch, FileRead, Key, Near, NearTo, Row, Standing};
use crate::formats::articles::found::{Column, Layout};
use crate::formats::reading::Warning;
use crate::model::article::Article;
use crate::model::ids::{CoderId, RecordId, Stamp};
use crate::model::import::{self, Import, ImportFile};
use std::collections::BTreeSet;

/// A file, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub name: String,
    pub sha256: Option<String>,
    /// The database whose export it is, as `--layout` names it.
    pub layout: Option<&'static str>,
    pub announced: Option<usize>,
    /// Articles that stand in it, whether they came in or not.
    pub found: usize,
    pub taken: usize,
    pub warnings: Vec<String>,
    /// Which column of a table was taken for what.
    pub columns: Vec<(Column, String)>,
}

/// An article, a row, a part of a file that did not come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    pub file: String,
    pub place: String,
    pub title: String,
    /// A clause in lower case.
    pub why: String,
}

/// What comes in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Taking {
    /// Places of the rows of the batch.
    pub articles: Vec<usize>,
    /// Their keys.
    pub taken: BTreeSet<Key>,
    /// Files that gave something, or should have.
    pub files: Vec<Account>,
    pub left: Vec<LeftOut>,
}

/// Takes the rows that are wanted, of those that may come in.
pub fn taking(batch: &Batch, files: &[FileRead], is_wanted: impl Fn(&Row) -> bool) -> Taking {
    let mut taking = Taking::default();
    let mut n_taken = vec![0; files.len()];
    for (idx, row) in batch.rows.iter().enumerate() {
        let why = match &row.standing {
            Standing::There { .. } => Some("already in the project".to_owned()),
            Standing::Refused(why) => Some(why.clone()),
            _ if is_wanted(row) => None,
            Standing::Near(near) => Some(format!("near-identical to {}", near.whom(batch))),
            Standing::New if row.is_message() => Some("a message of the database".to_owned()),
            Standing::New => Some("not wanted".to_owned()),
        };
        match why {
            None => {
                taking.articles.push(idx);
                taking.taken.insert(row.key);
                if let Some(n) = n_taken.get_mut(row.key.file) {
                    *n += 1;
                }
            }
            Some(why) => taking.left.push(LeftOut {
                file: files.get(row.key.file).map(|file| file.name.clone()).unwrap_or_default(),
                place: row.place.clone(),
                title: row.article.shown_title().to_owned(),
                why,
            }),
        }
    }
    for (file, taken) in files.iter().zip(n_taken) {
        let Ok(read) = &file.read else { continue };
        taking.left.extend(read.left.iter().map(|left| LeftOut {
            file: file.name.clone(),
            place: left.place.clone(),
            title: left.title.clone(),
            why: left.why.clone(),
        }));
        taking.files.push(Account {
            name: file.name.clone(),
            sha256: file.sha256.clone(),
            layout: read.layout.map(Layout::id),
            announced: read.announced,
            found: read.articles.len() + read.left.len(),
            taken,
            warnings: read.warnings.iter().map(|Warning(warning)| warning.clone()).collect(),
            columns: read.columns.clone(),
        });
    }
    taking
}

impl Account {
    /// The columns of a table in words: `text = fulltext, title = headline`.
    pub fn columns_said(&self) -> String {
        let said = self.columns.iter().map(|(column, name)| format!("{} = {name}", column.name()));
        said.collect::<Vec<_>>().join(", ")
    }
}

impl Taking {
    /// The articles themselves.
    pub fn articles(&self, batch: &Batch) -> Vec<Article> {
        let rows = self.articles.iter().filter_map(|idx| batch.rows.get(*idx));
        rows.map(|row| row.article.clone()).collect()
    }

    /// The record of it, for the project.
    pub fn record(&self, id: &str, by: Option<CoderId>, at: Stamp) -> Import {
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let file = |file: &Account| ImportFile {
            name: file.name.clone(),
            sha256: file.sha256.clone(),
            layout: file.layout.map(str::to_owned),
            announced: file.announced.map(number),
            found: number(file.found),
            taken: number(file.taken),
            warnings: file.warnings.clone(),
            ..ImportFile::default()
        };
        let left = |left: &LeftOut| import::LeftOut {
            file: left.file.clone(),
            place: left.place.clone(),
            title: left.title.clone(),
            why: left.why.clone(),
            ..import::LeftOut::default()
        };
        Import {
            by,
            at: Some(at),
            files: self.files.iter().map(file).collect(),
            left: self.left.iter().map(left).collect(),
            ..Import::new(RecordId::new(id), env!("CARGO_PKG_VERSION"))
        }
    }
}

impl Near {
    /// The other text, in words.
    pub fn whom(&self, batch: &Batch) -> String {
        match &self.to {
            NearTo::There(_) => "an article of the project".to_owned(),
            NearTo::Row(idx) => match batch.rows.get(*idx) {
                Some(row) if !row.place.is_empty() => format!("{} of this batch", row.place),
                _ => format!("number {} of this batch", idx + 1),
            },
        }
    }
}
