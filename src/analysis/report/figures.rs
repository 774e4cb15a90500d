//! The figures of agreement, as tables and pictures.

use super::words::{counted, n_of};
use super::{Block, Cell, Column, Given, Table};
use crate::analysis::agreement::charts;
use crate::analysis::agreement::matrix::LabelIdx;
use crate::analysis::agreement::of_project::Missing;
use crate::analysis::agreement::panel::{Alpha, LeftOut, Pair};
use crate::analysis::agreement::undefined::{Figure, Undefined};
use crate::analysis::agreement::worked::Passed;
use crate::text::numbers::grouped;

/// More pairs than this are only in the file.
const MOST_PAIRS: usize = 15;
/// A matrix of more labels than this is only in the file.
const MOST_LABELS: usize = 12;

pub(super) fn tell(given: &Given<'_>, blocks: &mut Vec<Block>) {
    missing(given, blocks);
    blocks.push(Block::Section("Agreement".to_owned()));
    if given.worked.panel.counts.n_pairable == 0 {
        let why = "No sentence was answered by two coders: there is nothing to work agreement out of.";
        return blocks.push(Block::Paragraph(why.to_owned()));
    }
    coefficients(given, blocks);
    labels(given, blocks);
    pairs(given, blocks);
    over_time(given, blocks);
}

fn missing(given: &Given<'_>, blocks: &mut Vec<Block>) {
    let (worked, other) = (given.worked, &given.worked.other);
    blocks.push(Block::Section("Missing answers".to_owned()));
    let rule = match other.rule {
        Missing::NoneIfDone => {
            "A sentence is \u{201c}none of these\u{201d} only where a coder answered so; without an answer it is missing."
        }
        Missing::Missing => {
            "A sentence without an answer is \u{201c}none of these\u{201d} where its coder called the article done, else missing."
        }
    };
    let beside = if other.differs {
        let n: usize = other.passed.iter().map(|passed| passed.n).sum();
        format!(
            "By the other rule {} would be read the other way, and Krippendorff\u{2019}s alpha is {}.",
            counted(n, "sentence without an answer", "sentences without an answer"),
            super::words::alpha(&other.alpha)
        )
    } else {
        "The other rule for them gives the same answers here.".to_owned()
    };
    blocks.push(Block::Paragraph(format!("{rule} {beside}")));
    let counts = &worked.panel.counts;
    let columns = vec![Column::text("What"), Column::number("How many")];
    let mut table = Table::new("data", "What the figures are worked out of", columns);
    let mut row = |what: &str, n: u64| table.rows.push(vec![Cell::Text(what.to_owned()), Cell::Count(n)]);
    row("Sentences asked for in articles that are compared", counts.n_units as u64);
    row("answered by one coder or more", counts.n_rated);
    row("answered by two coders or more: pairable", counts.n_pairable);
    row("answered by all coders", counts.n_complete);
    row("Answers in pairable sentences", counts.n_answers);
    let sum = |passed: &[Passed]| passed.iter().map(|passed| passed.n as u64).sum::<u64>();
    let (said, rule) = (&worked.said, worked.rule);
    let counted_or = |what: &str, is_left_out: bool| {
        format!("{what}{}", if is_left_out { " (left out)" } else { " (counted)" })
    };
    let more = [
        ("Without an answer in articles called done", sum(&other.passed)),
        ("Without an answer in articles not called done", sum(&other.unreached)),
        ("Sheets not called done", said.n_unfinished as u64),
        (&counted_or("Answers in sheets not called done", rule.finished_only), said.n_in_unfinished as u64),
        (
            &counted_or("Answers of another version of the codebook", rule.this_version_only),
            said.n_of_other_version as u64,
        ),
        ("Answers to look at again, since the sentence became another one", said.n_to_check as u64),
        ("Sentences set aside", said.n_aside as u64),
        (&counted_or("Answers to sentences set aside", !rule.with_aside), said.n_in_aside as u64),
    ];
    for (what, n) in more.into_iter().filter(|(_, n)| *n > 0) {
        row(what, n);
    }
    for (label, n) in &said.retired {
        let name = charts::sign(given.project.scheme(), label.as_str()).name;
        row(
            &counted_or(&format!("Answers with {name}, which is no longer given"), rule.no_retired),
            *n as u64,
        );
    }
    blocks.push(Block::Table(table));
    if !given.made.options.is_empty() {
        blocks.push(Block::Paragraph(format!("Chosen for these figures: {}.", given.made.options.join(" "))));
    }
}

fn coefficients(given: &Given<'_>, blocks: &mut Vec<Block>) {
    let panel = &given.worked.panel;
    let counts = &panel.counts;
    let columns = vec![
        Column::text("Coefficient"),
        Column::number("Value"),
        Column::number("95 % interval"),
        Column::number("Sentences"),
    ];
    let mut table = Table::new("coefficients", "Coefficients of agreement over all coders", columns);
    let ends = |value: Figure, error: Figure| {
        panel.interval(value, error).map(|interval| (interval.low, interval.high))
    };
    let mut row = |name: &str, value: Cell, ends: Cell, n: u64| {
        table.rows.push(vec![Cell::Text(name.to_owned()), value, ends, Cell::Count(n)]);
    };
    let of_alpha = |alpha: &Alpha| alpha.interval.map(|ends| (ends.low, ends.high));
    let none = Cell::Text(String::new());
    let n = counts.n_pairable;
    row(
        "Krippendorff\u{2019}s alpha, nominal",
        value(panel.alpha),
        interval(of_alpha(&panel.whole_alpha())),
        n,
    );
    for (name, alpha) in [
        ("alpha, detection: none of these or any label", &panel.alpha_detection),
        ("alpha, type: which label, without none of these", &panel.alpha_type),
    ] {
        if let Some(alpha) = alpha {
            row(name, value(alpha.value), interval(of_alpha(alpha)), alpha.n);
        }
    }
    for (name, figure) in [
        ("alpha, Jaccard distance of sets", panel.alpha_jaccard),
        ("alpha, MASI distance of sets", panel.alpha_masi),
    ] {
        if let Some(figure) = figure {
            row(name, value(figure), none.clone(), n);
        }
    }
    let errors = &panel.errors;
    row(
        "Percent agreement, mean over sentences",
        share(panel.percent),
        Cell::Shares(ends(panel.percent, errors.percent).map_err(Undefined::words)),
        n,
    );
    row("Percent agreement, all pairs of answers", share(panel.percent_pooled), none.clone(), n);
    row("Percent agreement, sentences in which all agree", share(panel.percent_all_agree), none.clone(), n);
    row(
        "Fleiss\u{2019} kappa, missing answers as Gwet (2014)",
        value(panel.fleiss),
        interval(ends(panel.fleiss, errors.fleiss)),
        n,
    );
    row(
        "Fleiss\u{2019} kappa, sentences that all answered",
        value(panel.fleiss_listwise),
        none.clone(),
        counts.n_complete,
    );
    row("Gwet\u{2019}s AC1", value(panel.ac1), interval(ends(panel.ac1, errors.ac1)), n);
    row("Brennan and Prediger\u{2019}s kappa", value(panel.brennan_prediger), none.clone(), n);
    row("Conger\u{2019}s kappa", value(panel.conger), none.clone(), n);
    row("Light\u{2019}s kappa, mean of the pairs", value(panel.light), none, n);
    blocks.push(Block::Table(table));
    let by = match panel.errors.by {
        LeftOut::Article => "article",
        LeftOut::Unit => "sentence, since there is only one article",
    };
    let q = panel.labels.len();
    let mut said = vec![format!(
        "Intervals: jackknife by {by}, Student\u{2019}s t. Brennan and Prediger\u{2019}s kappa and Gwet\u{2019}s AC1 are worked out \
         for {} (the labels of the codebook, none of these, and what else occurs).",
        counted(q, "category", "categories")
    )];
    if let Some(Ok((of, draws))) = &given.worked.draws {
        let of = if *of == LeftOut::Article { "articles" } else { "sentences" };
        said.push(format!(
            "Percentile bootstrap of alpha: {} ({} draws of {of}, seed {}).",
            super::words::interval((draws.low, draws.high)),
            grouped(draws.n as u64),
            draws.seed
        ));
    }
    if let Some(over) = given.worked.over_text.as_ref().filter(|_| given.worked.has_kept) {
        said.push(format!(
            "Where boundaries of sentences differ: alpha for unitizing, over the text of {} in which all answered, {}.",
            n_of(over.n_articles, "article"),
            super::words::figure(over.figures.alpha)
        ));
    }
    blocks.push(Block::Paragraph(said.join(" ")));
}

fn labels(given: &Given<'_>, blocks: &mut Vec<Block>) {
    let scheme = given.project.scheme();
    let columns = vec![
        Column::text("Label"),
        Column::number("Alpha against the rest"),
        Column::number("95 % interval"),
        Column::number("Specific agreement"),
        Column::number("Answers"),
    ];
    let mut table = Table::new("labels", "Agreement by label", columns);
    for (means, label) in given.worked.by_label() {
        let name = charts::named(scheme, means, &label.name);
        let ends = label.alpha_interval.map(|ends| (ends.low, ends.high));
        table.rows.push(vec![
            Cell::Text(name),
            value(label.alpha),
            interval(ends),
            value(label.specific),
            Cell::Count(label.n),
        ]);
    }
    blocks.push(Block::Table(table));
    if !given.worked.each.is_empty() {
        let said = "A label by its name alone is that label given alone or with others, against answers without it; every other \
                    row is just this answer, against all other answers.";
        blocks.push(Block::Paragraph(said.to_owned()));
    }
    let chart = charts::by_label(given.worked, scheme);
    blocks.push(Block::Picture { file: "alpha-by-label", chart });
}

fn pairs(given: &Given<'_>, blocks: &mut Vec<Block>) {
    let panel = &given.worked.panel;
    let columns = vec![
        Column::text("Pair"),
        Column::number("Cohen\u{2019}s kappa"),
        Column::number("95 % interval"),
        Column::number("Scott\u{2019}s pi"),
        Column::number("Percent agreement"),
        Column::number("Sentences"),
    ];
    let mut table = Table::new("pairs", "Agreement by pair of coders", columns);
    for pair in &panel.pairs {
        table.rows.push(vec![
            Cell::Text(named(given, pair)),
            value(pair.cohen),
            interval(pair.cohen_interval()),
            value(pair.scott),
            share(pair.percent),
            Cell::Count(pair.confusion.n()),
        ]);
    }
    blocks.push(Block::Table(table));
    if panel.pairs.len() > MOST_PAIRS {
        let n = n_of(panel.pairs.len(), "pair");
        blocks.push(Block::Paragraph(format!("Who said what, of {n}, stands in the file of confusions.")));
    } else {
        for pair in panel.pairs.iter().filter(|pair| pair.confusion.n() > 0) {
            blocks.extend(confusion(given, pair).map(Block::Table));
        }
    }
}

fn named(given: &Given<'_>, pair: &Pair) -> String {
    format!("{} and {}", given.coder(&pair.a), given.coder(&pair.b))
}

/// How often which label of one coder met which of the other.
fn confusion(given: &Given<'_>, pair: &Pair) -> Option<Table> {
    let scheme = given.project.scheme();
    let is_given = |label: &LabelIdx| {
        let (a, b) = pair.confusion.n_given(*label);
        a + b > 0
    };
    let labels: Vec<LabelIdx> = given.worked.order().filter(is_given).collect();
    if labels.len() > MOST_LABELS {
        return None;
    }
    let name = |label: &LabelIdx| {
        let name = given.worked.matrix.labels().get(usize::from(*label)).map_or("", String::as_str);
        charts::sign(scheme, name).name
    };
    let (a, b) = (given.coder(&pair.a), given.coder(&pair.b));
    let mut columns = vec![Column::text(&format!("{a} \u{2193}  {b} \u{2192}"))];
    columns.extend(labels.iter().map(|label| Column::number(&name(label))));
    columns.push(Column::number("All"));
    let caption = format!(
        "What {a} (rows) and {b} (columns) answered to the same {}",
        n_of(usize::try_from(pair.confusion.n()).unwrap_or_default(), "sentence")
    );
    let mut table = Table::new("", caption, columns);
    for row in &labels {
        let mut cells = vec![Cell::Text(name(row))];
        cells.extend(labels.iter().map(|column| Cell::Count(pair.confusion.n_of(*row, *column))));
        cells.push(Cell::Count(pair.confusion.n_given(*row).0));
        table.rows.push(cells);
    }
    let mut cells = vec![Cell::Text("All".to_owned())];
    cells.extend(labels.iter().map(|column| Cell::Count(pair.confusion.n_given(*column).1)));
    cells.push(Cell::Count(pair.confusion.n()));
    table.rows.push(cells);
    Some(table)
}

/// All pairs, a row a cell that is not empty.
pub(super) fn confusions(given: &Given<'_>) -> Table {
    let columns = vec![
        Column::text("coder_a"),
        Column::text("coder_b"),
        Column::text("label_a"),
        Column::text("label_b"),
        Column::number("n"),
    ];
    let mut table = Table::new("confusions", "", columns);
    let labels = given.worked.matrix.labels();
    let name = |label: LabelIdx| Cell::Text(labels.get(usize::from(label)).cloned().unwrap_or_default());
    for pair in &given.worked.panel.pairs {
        for (a, b, n) in pair.confusion.cells() {
            table.rows.push(vec![
                Cell::Text(given.coder(&pair.a)),
                Cell::Text(given.coder(&pair.b)),
                name(*a),
                name(*b),
                Cell::Count(*n),
            ]);
        }
    }
    table
}

fn over_time(given: &Given<'_>, blocks: &mut Vec<Block>) {
    let drift = given.drift;
    blocks.push(Block::Section("Over time".to_owned()));
    if drift.batches.is_empty() {
        return blocks.push(Block::Paragraph(format!("Agreement {}.", charts::batches(drift))));
    }
    let columns = vec![
        Column::text("Articles"),
        Column::number("Alpha"),
        Column::number("95 % interval"),
        Column::number("Sentences"),
        Column::text("Codebook"),
    ];
    let caption = format!("Krippendorff\u{2019}s alpha {}", charts::batches(drift));
    let mut table = Table::new("batches", caption, columns);
    for batch in &drift.batches {
        let changes =
            drift.changes.iter().filter(|change| (batch.first..=batch.last).contains(&(change.after + 1)));
        let changes: Vec<String> = changes
            .map(|change| format!("version {} from article {}", change.version, change.after + 1))
            .collect();
        table.rows.push(vec![
            Cell::Text(format!("{} to {}", batch.first, batch.last)),
            value(batch.alpha),
            interval(batch.interval.map(|ends| (ends.low, ends.high))),
            Cell::Count(batch.n_pairable),
            Cell::Text(changes.join(", ")),
        ]);
    }
    blocks.push(Block::Table(table));
    blocks.push(Block::Picture { file: "alpha-over-time", chart: charts::over_time(drift) });
    let shares = charts::label_shares(drift, given.project.scheme(), |id| given.coder(id));
    blocks.push(Block::Picture { file: "labels-over-time", chart: shares });
}

fn value(figure: Figure) -> Cell {
    Cell::Value(figure.map_err(Undefined::words))
}

fn share(figure: Figure) -> Cell {
    Cell::Share(figure.map_err(Undefined::words))
}

fn interval(ends: Result<(f64, f64), Undefined>) -> Cell {
    Cell::Interval(ends.map_err(Undefined::words))
}
