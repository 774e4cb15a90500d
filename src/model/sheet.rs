//! A sheet: what one coder has to do and has done in one article.

use crate::model::coding::{Coding, Row};
use crate::model::ids::{ArticleId, CoderId, Kept, Span, Stamp};
use std::fmt;

/// Whose sheet, and for which article.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SheetKey {
    pub coder: CoderId,
    pub article: ArticleId,
}

impl fmt::Display for SheetKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.coder, self.article)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub key: SheetKey,
    pub assigned: bool,
    pub done: bool,
    pub done_at: Option<Stamp>,
    /// The version of the scheme it was made under.
    pub scheme: u32,
    /// Sorted by span, one a sentence.
    pub rows: Vec<Row>,
    /// Rows whose sentence is no longer there, to be looked at.
    pub kept: Vec<Row>,
    pub extra: Kept,
}

impl Sheet {
    pub fn new(key: SheetKey, scheme: u32) -> Self {
        Self {
            key,
            assigned: false,
            done: false,
            done_at: None,
            scheme,
            rows: vec![],
            kept: vec![],
            extra: None,
        }
    }

    pub fn coding(&self, span: Span) -> Option<&Coding> {
        let idx = self.rows.binary_search_by_key(&span, |row| row.span).ok()?;
        self.rows.get(idx).map(|row| &row.coding)
    }

    /// Sets or takes away a row; gives back what was there.
    pub(in crate::model) fn put(&mut self, span: Span, coding: Option<Coding>) -> Option<Coding> {
        match (self.rows.binary_search_by_key(&span, |row| row.span), coding) {
            (Ok(idx), Some(coding)) => {
                self.rows.get_mut(idx).map(|row| std::mem::replace(&mut row.coding, coding))
            }
            (Ok(idx), None) => Some(self.rows.remove(idx).coding),
            (Err(idx), Some(coding)) => {
                self.rows.insert(idx, Row { span, coding });
                None
            }
            (Err(_), None) => None,
        }
    }

    /// The version of the scheme that one of its codings was given under.
    pub fn version_of(&self, coding: &Coding) -> u32 {
        coding.scheme.unwrap_or(self.scheme)
    }

    /// Whether one of its answers was given, or found right, under an earlier version than this.
    pub fn is_older(&self, coding: &Coding, version: u32) -> bool {
        coding.answered && self.version_of(coding) < version
    }

    /// One of its codings as it says the same in any sheet: with its version.
    pub fn by_itself(&self, coding: &Coding) -> Coding {
        let scheme = coding.scheme.or_else(|| coding.answered.then_some(self.scheme));
        Coding { scheme, ..coding.clone() }
    }

    /// A coding as it stands in this sheet: a version that is the sheet's own is not said.
    pub fn in_place(&self, coding: Coding) -> Coding {
        Coding { scheme: coding.scheme.filter(|scheme| *scheme != self.scheme), ..coding }
    }

    /// The same with every coding by itself.
    #[must_use]
    pub fn with_versions(mut self) -> Self {
        let version = self.scheme;
        for row in self.rows.iter_mut().chain(&mut self.kept).filter(|row| row.coding.answered) {
            row.coding.scheme.get_or_insert(version);
        }
        self
    }

    /// The same with every coding in its place.
    #[must_use]
    pub fn without_versions(mut self) -> Self {
        let version = self.scheme;
        for row in self.rows.iter_mut().chain(&mut self.kept) {
            row.coding.scheme = row.coding.scheme.filter(|scheme| *scheme != version);
        }
        self
    }

    pub fn n_answered(&self) -> usize {
        self.rows.iter().filter(|row| row.coding.answered).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coding_says_its_version_where_it_is_another_one() {
        let key = SheetKey { coder: CoderId::new("anna"), article: ArticleId::new("a") };
        let coding = |scheme| Coding { answered: true, scheme, ..Coding::default() };
        let mut sheet = Sheet::new(key.clone(), 2);
        sheet.put(Span::new(0, 1), Some(coding(None)));
        sheet.put(Span::new(2, 3), Some(coding(Some(4))));
        let versions = |sheet: &Sheet| sheet.rows.iter().map(|row| row.coding.scheme).collect::<Vec<_>>();
        let whole = sheet.clone().with_versions();
        assert_eq!(versions(&whole), [Some(2), Some(4)]);
        assert_eq!(whole.without_versions(), sheet);
        let later = Sheet { scheme: 4, ..sheet.clone().with_versions() }.without_versions();
        assert_eq!(versions(&later), [Some(2), None]);
        for row in &sheet.rows {
            assert_eq!(sheet.in_place(sheet.by_itself(&row.coding)), row.coding);
            let elsewhere = Sheet::new(key.clone(), 4);
            let there = elsewhere.in_place(sheet.by_itself(&row.coding));
            assert_eq!(elsewhere.version_of(&there), sheet.version_of(&row.coding));
        }
        let is_older = |nth: usize, version| sheet.is_older(&sheet.rows[nth].coding, version);
        assert_eq!(
            [is_older(0, 2), is_older(0, 3), is_older(1, 4), is_older(1, 5)],
            [false, true, false, true]
        );
        assert!(
            !sheet.is_older(&Coding { unsure: true, ..Coding::default() }, 9),
            "no answer is none of a version"
        );
    }
}
