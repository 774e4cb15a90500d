//! Lines that repeat in most articles of a batch: copyright notices, calls to subscribe. They are offered for cutting.

use crate::formats::articles::batch::{Row, lines};
use crate::formats::articles::kinds;
use crate::text::fold::squeeze;
use crate::text::rules::Settings;
use std::collections::{BTreeMap, BTreeSet};

/// A line and in how many articles it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeated {
    pub line: String,
    pub n: usize,
}

/// Of fewer articles nothing repeats in most.
const FEWEST: usize = 3;
/// A longer one is no boilerplate. Bytes.
const LONGEST: usize = 300;

/// The lines that stand in more than half of the articles, those in most first.
pub(super) fn find(rows: &[Row]) -> Vec<Repeated> {
    if rows.len() < FEWEST {
        return Vec::new();
    }
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows {
        let all = lines::of(&row.article).into_iter().map(|(_, line)| line);
        let own = all.filter(|line| line.text.len() <= LONGEST && line.kind != Some(kinds::HEADLINE));
        let own: BTreeSet<String> = own.map(|line| squeeze(&line.text)).collect();
        for line in own.into_iter().filter(|line| !line.is_empty()) {
            *counted.entry(line).or_default() += 1;
        }
    }
    let most = counted.into_iter().filter(|(_, n)| n * 2 > rows.len() && *n >= FEWEST);
    let mut repeated: Vec<Repeated> = most.map(|(line, n)| Repeated { line, n }).collect();
    repeated.sort_by(|a, b| b.n.cmp(&a.n).then_with(|| a.line.cmp(&b.line)));
    repeated
}

/// Takes those lines out. An article of nothing else stays as it is.
pub(super) fn cut(rows: &mut [Row], repeated: &[Repeated], settings: Settings<'_>) {
    let cut: BTreeSet<&str> = repeated.iter().map(|repeated| repeated.line.as_str()).collect();
    if cut.is_empty() {
        return;
    }
    for row in rows {
        let all = lines::of(&row.article);
        let n = all.len();
        let goes = |line: &str| line.len() <= LONGEST * 2 && cut.contains(squeeze(line).as_str());
        let kept: Vec<_> = all
            .into_iter()
            .map(|(_, line)| line)
            .filter(|line| line.kind == Some(kinds::HEADLINE) || !goes(&line.text))
            .collect();
        if kept.len() < n
            && let Some(made) = lines::with(row, &kept, (*row.article.meta).clone(), settings)
        {
            *row = made;
        }
    }
}
