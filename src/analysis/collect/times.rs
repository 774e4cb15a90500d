//! Answers of two coders that were given in the same seconds: a reason to look, never a verdict.

use crate::model::ids::{ArticleId, CoderId};
use crate::model::project::Project;
use crate::model::sheet::Sheet;
use std::collections::BTreeSet;

/// From so many identical times in one article on they are shown.
pub const LEAST_SAME: usize = 20;

/// Two coders with many identical times in one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SameTimes {
    pub article: ArticleId,
    pub coders: [CoderId; 2],
    pub n: usize,
    /// Sentences that both answered.
    pub of: usize,
}

/// Where one of `takes` has many times in common with somebody.
pub(super) fn same_times(project: &Project, takes: &BTreeSet<CoderId>) -> Vec<SameTimes> {
    let mut found = vec![];
    if takes.is_empty() || project.n_coders() < 2 {
        return found;
    }
    for article in project.articles() {
        let sheets: Vec<_> =
            project.sheets_for(&article.id).filter(|sheet| sheet.rows.len() >= LEAST_SAME).collect();
        for (idx, one) in sheets.iter().enumerate() {
            for other in sheets.iter().skip(idx + 1) {
                let coders = [one.key.coder.clone(), other.key.coder.clone()];
                if !coders.iter().any(|coder| takes.contains(coder)) {
                    continue;
                }
                let (n, of) = alike(one, other);
                if n >= LEAST_SAME {
                    found.push(SameTimes { article: article.id.clone(), coders, n, of });
                }
            }
        }
    }
    found
}

fn alike(one: &Sheet, other: &Sheet) -> (usize, usize) {
    let (mut n, mut of) = (0, 0);
    for row in one.rows.iter().filter(|row| row.coding.answered) {
        let Some(there) = other.coding(row.span).filter(|there| there.answered) else { continue };
        of += 1;
        n += usize::from(row.coding.at.is_some() && row.coding.at == there.at);
    }
    (n, of)
}
