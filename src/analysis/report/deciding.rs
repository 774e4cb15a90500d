//! What a reviewer decided, how often against most coders, and why.

use super::words::counted;
use super::{Block, Cell, Column, Given, Table};
use crate::analysis::compare::{At, Decided};
use crate::model::decision::Decision;
use crate::model::ids::LabelId;
use crate::text::numbers::grouped;
use std::collections::{BTreeMap, BTreeSet};

/// More reasons than this are only counted.
const MOST_REASONS: usize = 30;

/// Decisions of different kinds.
#[derive(Debug, Default)]
pub(super) struct Sums<'a> {
    /// Sentences that coders answered differently, and those of them that are decided.
    pub n_differ: u64,
    pub n_differing: u64,
    n_stale: u64,
    /// Those decided that had a majority, and those decided against it.
    n_with_majority: u64,
    n_overruled: u64,
    /// What no coder had said.
    n_new: u64,
    /// Sentences that all who answered had answered alike, and those decided against them.
    n_alike: u64,
    n_against_all: u64,
    by: BTreeSet<&'a str>,
    codes: BTreeMap<&'a str, u64>,
    reasons: BTreeMap<&'a str, u64>,
    n_without: u64,
}

pub(super) fn tell(given: &Given<'_>, blocks: &mut Vec<Block>) {
    blocks.push(Block::Section("Adjudication".to_owned()));
    let sums = sums(given);
    let n_decided = sums.n_differing + sums.n_alike;
    if n_decided == 0 {
        return blocks.push(Block::Paragraph(match sums.n_differ {
            0 => "Coders answered no sentence differently, and none was decided.".to_owned(),
            1 => "1 sentence had different answers; it was not decided.".to_owned(),
            n => format!("{} sentences had different answers; none was decided.", grouped(n)),
        }));
    }
    blocks.push(Block::Paragraph(format!(
        "Disagreements were decided by {}. Decisions change no answer, and no figure above is worked out of them.",
        counted(sums.by.len(), "person", "people")
    )));
    let columns = vec![Column::text("What"), Column::number("Sentences")];
    let mut table = Table::new("adjudication", "Disagreements and decisions", columns);
    let mut row = |what: &str, n: u64| table.rows.push(vec![Cell::Text(what.to_owned()), Cell::Count(n)]);
    row("Answered differently", sums.n_differ);
    row("of these decided", sums.n_differing);
    row("decided where most coders had said the same", sums.n_with_majority);
    row("of these decided against the majority", sums.n_overruled);
    row("decided as no coder had answered", sums.n_new);
    if sums.n_alike > 0 {
        row("Decided though nobody had answered differently", sums.n_alike);
        row("of these decided against all who had answered", sums.n_against_all);
    }
    if sums.n_stale > 0 {
        row("Decided, and answered otherwise since", sums.n_stale);
    }
    blocks.push(Block::Table(table));
    reasons(given, &sums, blocks);
}

fn reasons(given: &Given<'_>, sums: &Sums<'_>, blocks: &mut Vec<Block>) {
    let columns = || vec![Column::text("Reason"), Column::number("Decisions")];
    let rows = |of: &BTreeMap<&str, u64>| {
        let mut rows: Vec<_> = of.iter().map(|(reason, n)| (*n, (*reason).to_owned())).collect();
        rows.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        rows.into_iter()
            .take(MOST_REASONS)
            .map(|(n, reason)| vec![Cell::Text(reason), Cell::Count(n)])
            .collect()
    };
    if !sums.codes.is_empty() {
        let caption = "Reasons that are used again and again";
        blocks.push(Block::Table(Table {
            rows: rows(&sums.codes),
            ..Table::new("reasons", caption, columns())
        }));
    }
    let n_reasons: u64 = sums.reasons.values().sum();
    let without = match sums.n_without {
        0 => String::new(),
        n => format!(" Without any reason: {}.", grouped(n)),
    };
    if given.is_real() && !sums.reasons.is_empty() {
        let caption = "Reasons in the reviewers\u{2019} own words";
        blocks.push(Block::Table(Table {
            rows: rows(&sums.reasons),
            ..Table::new("reasons-in-words", caption, columns())
        }));
        if sums.reasons.len() > MOST_REASONS {
            let more = sums.reasons.len() - MOST_REASONS;
            blocks.push(Block::Paragraph(format!(
                "{} not listed.{without}",
                counted(more, "reason more is", "reasons more are")
            )));
        } else if !without.is_empty() {
            blocks.push(Block::Paragraph(without.trim().to_owned()));
        }
    } else {
        let own = format!(
            "Decisions with a reason in the reviewer\u{2019}s own words: {}{}.{without}",
            grouped(n_reasons),
            if n_reasons > 0 { " (not printed beside pseudonyms, since words may name people)" } else { "" }
        );
        blocks.push(Block::Paragraph(own));
    }
}

/// Goes through the decisions about sentences that are compared.
pub(super) fn sums<'a>(given: &Given<'a>) -> Sums<'a> {
    let comparison = given.comparison;
    let mut sums = Sums::default();
    for (place, article) in comparison.units.articles.iter().enumerate() {
        if !given.takes(&article.article) {
            continue;
        }
        for (unit, row) in article.units.iter().enumerate() {
            let Some(judged) = comparison.judged(At { article: place, unit }) else { continue };
            sums.n_differ += u64::from(judged.differs());
            let decision = comparison.decision(given.project, &article.article, row.span);
            let Some(decision) = decision else { continue };
            sums.n_stale += u64::from(judged.decided == Decided::Stale);
            let answers = article.cells(unit).iter().filter_map(|cell| cell.answer);
            let answers: Vec<&[LabelId]> =
                answers.map(|answer| comparison.units.answers.labels(answer)).collect();
            let is_said = answers.iter().any(|labels| **labels == *decision.labels);
            let majority = judged.majority.map(|answer| comparison.units.answers.labels(answer));
            sums.by.insert(decision.by.as_str());
            if judged.differs() {
                sums.n_differing += 1;
                sums.n_with_majority += u64::from(majority.is_some());
                sums.n_overruled += u64::from(majority.is_some_and(|labels| *labels != *decision.labels));
                sums.n_new += u64::from(!is_said);
            } else {
                sums.n_alike += 1;
                sums.n_against_all += u64::from(!answers.is_empty() && !is_said);
            }
            sums.count(decision);
        }
    }
    sums
}

impl<'a> Sums<'a> {
    fn count(&mut self, decision: &'a Decision) {
        let (code, reason) = (decision.code.trim(), decision.reason.trim());
        if !code.is_empty() {
            *self.codes.entry(code).or_default() += 1;
        }
        if !reason.is_empty() {
            *self.reasons.entry(reason).or_default() += 1;
        }
        self.n_without += u64::from(code.is_empty() && reason.is_empty());
    }
}
