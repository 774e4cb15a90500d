//! What a dataset holds, and what of the project was left out and why: the same numbers in the window and on a command line.

use crate::formats::datasets::rows::Layer;
use crate::formats::datasets::what::{RowsOf, What};
use crate::formats::{Format, Thing};
use crate::model::project::Project;
use crate::text::numbers;

/// How much goes out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Articles of which something goes out.
    pub n_articles: usize,
    /// Sentences; where each coder has an answer of their own, answers.
    pub n_rows: usize,
    /// Answers of each label, in the order of the scheme.
    pub labels: Vec<usize>,
    pub none: usize,
    /// Without an answer.
    pub open: usize,
    /// Notes and marks beside the answers that go out.
    pub notes: usize,
    pub unsure: usize,
    pub left: LeftOut,
    /// Links that a format with links could not hold.
    pub links: usize,
    /// Places that the unit of the format cannot name.
    pub places: usize,
    /// Cells that end where a cell of Excel does.
    pub cut: usize,
}

/// What is left out since it was asked for so, and what has no place any more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftOut {
    pub unanswered: usize,
    pub none: usize,
    pub unsure: usize,
    pub articles: usize,
    /// Answers whose sentence is no longer there.
    pub gone: usize,
}

impl Counts {
    /// `12,480 sentences written`.
    pub fn written(&self, project: &Project, what: &What) -> String {
        format!("{} written", self.said(project, what))
    }

    /// `12,480 sentences`.
    pub fn said(&self, project: &Project, what: &What) -> String {
        let one_each = what.layer != Layer::Coders || project.n_coders() < 2;
        let (n, one, many) = match what.rows {
            RowsOf::Articles => (self.n_articles, "article", "articles"),
            RowsOf::Sentences if one_each => (self.n_rows, "sentence", "sentences"),
            RowsOf::Sentences => (self.n_rows, "row", "rows"),
        };
        format!("{} {}", grouped(n), if n == 1 { one } else { many })
    }

    /// What was asked to be left out: `138 without an answer`.
    pub fn left_out(&self) -> Vec<String> {
        let left = &self.left;
        [
            (left.unanswered, "without an answer", "without an answer"),
            (left.none, "\u{201c}none of these\u{201d}", "\u{201c}none of these\u{201d}"),
            (left.unsure, "unsure", "unsure"),
            (left.articles, "article", "articles"),
        ]
        .into_iter()
        .filter_map(|(n, one, many)| counted(n, one, many))
        .collect()
    }

    /// What would have gone out, but the format has no place for it: `3 notes`.
    pub fn not_held(&self, format: &Format) -> Vec<String> {
        let of = |thing: Thing, n: usize| if format.keeps.contains(&thing) { 0 } else { n };
        [
            (of(Thing::Notes, self.notes), "note", "notes"),
            (of(Thing::Unsure, self.unsure), "mark \u{201c}unsure\u{201d}", "marks \u{201c}unsure\u{201d}"),
            (self.links, "link", "links"),
            (
                self.places,
                "sentence that begins or ends inside a character",
                "sentences that begin or end inside a character",
            ),
            (
                self.cut,
                "cell of more than 32,767 characters, which ends there",
                "cells of more than 32,767 characters, which end there",
            ),
        ]
        .into_iter()
        .filter_map(|(n, one, many)| counted(n, one, many))
        .collect()
    }
}

fn counted(n: usize, one: &str, many: &str) -> Option<String> {
    (n > 0).then(|| format!("{} {}", grouped(n), if n == 1 { one } else { many }))
}

/// `12,480`.
pub fn grouped(n: usize) -> String {
    numbers::grouped(u64::try_from(n).unwrap_or(u64::MAX))
}
