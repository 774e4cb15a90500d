//! `allegata agreement`: how far coders agree, in a project, in several people's files, or in a table of answers.

use crate::analysis::agreement::matrix::{LabelIdx, Matrix};
use crate::analysis::agreement::of_project::{self, Missing};
use crate::analysis::agreement::panel::{self, LeftOut, Panel};
use crate::analysis::agreement::undefined::Figure;
use crate::analysis::units::Units;
use crate::cli::Outcome;
use crate::cli::console::Console;
use crate::cli::opening::n_of;
use crate::cli::{compare, handout};
use crate::formats::{figures, matrix};
use crate::model::ids::ArticleId;
use crate::shell::folders::Folders;
use crate::shell::{files, intake};
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The label that stands for *none of these*.
const NONE: &str = "none";

const AFTER_HELP: &str = "\
Examples:
  allegata agreement inquiry.allegata.ron
  allegata agreement mira.allegata.ron jonas.allegata.ron --articles \"ledger 2025-03\" --json
  allegata agreement --matrix answers.csv --labels allegation,denial,fact,none
  allegata agreement --matrix answers.csv --json

Several files are read together as `allegata compare` does. A sentence without an answer is missing; with \
`--missing none-if-done` it is *none of these* where its coder called the article done.

The first column of a table names the unit; if the second one is named `article`, it says which article the unit is of; each \
other column is a coder's. An empty cell is a missing answer. Labels are taken to the letter; `none` is *none of these*.

The interval of alpha comes from leaving out one article at a time (jackknife, Student's t), or one unit where articles are not \
known. A figure that cannot be worked out says why.

Exit status: 1 where Krippendorff's alpha or its interval is undefined.";

/// How far coders agree: Krippendorff's alpha with its interval, and other coefficients
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(in crate::cli) struct Args {
    /// The project, or several people's files
    #[arg(value_name = "PROJECT.ron", required_unless_present = "matrix", conflicts_with = "matrix")]
    files: Vec<PathBuf>,
    /// Only articles that fit this query, as `allegata find --help` has them
    #[arg(long, value_name = "QUERY", conflicts_with = "matrix")]
    articles: Option<String>,
    /// What a sentence without an answer is
    #[arg(long, value_name = "missing|none-if-done", default_value = "missing", value_parser = ["missing", "none-if-done"])]
    missing: String,
    /// A CSV table instead: a row a unit, a column a coder; `-` for the standard input
    #[arg(long, value_name = "FILE.csv")]
    matrix: Option<PathBuf>,
    /// The labels of the table's codebook; left out, those that occur
    #[arg(long, value_name = "LABEL,LABEL", requires = "matrix", conflicts_with = "files")]
    labels: Option<String>,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

pub(in crate::cli) fn run(
    args: &Args,
    folders: impl FnOnce() -> anyhow::Result<Folders>,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let (mut answers, other, is_whole) = match &args.matrix {
        Some(path) => (of_table(path, args.labels.as_deref(), console)?, None, true),
        None => of_projects(args, &folders()?, console)?,
    };
    let silent = answers.drop_silent();
    if !silent.is_empty() {
        console.say(&format!("without an answer, so left out: {}", silent.join(", ")));
    }
    let panel = panel::of(&answers, none(&answers));
    if args.json {
        console.json(&figures::of(&panel))?;
    } else {
        table(&panel, console)?;
        if let Some(mut other) = other {
            other.drop_silent();
            other_rule(&answers, &other, args.missing == NONE_IF_DONE, console)?;
        }
    }
    Ok(if panel.alpha_interval.is_ok() && is_whole { Outcome::Fine } else { Outcome::Look })
}

const NONE_IF_DONE: &str = "none-if-done";

/// The answers of a table.
fn of_table(path: &Path, labels: Option<&str>, console: &mut Console<'_>) -> anyhow::Result<Matrix> {
    let bytes = if path == Path::new("-") {
        intake::read_stream(&mut *console.input, path)?
    } else {
        files::read(path, files::MAX_FILE_BYTES)?
    };
    let labels = labels.map(matrix::labels_of);
    let read = matrix::read(&bytes, labels.as_deref())?;
    if labels.is_none() {
        let names: Vec<&str> = read.matrix.labels().iter().take(MAX_NAMED).map(String::as_str).collect();
        let more = read.matrix.labels().len().saturating_sub(names.len());
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        console.say(&format!("the labels are those that occur: {}{more}", names.join(", ")));
    }
    if !read.twice.is_empty() {
        console
            .warn(&format!("units stand in more than one row, each row counts: {}", read.twice.join(", ")));
    }
    Ok(read.matrix)
}

/// The answers in a project or several files: by the rule that is asked for and by the other one, and whether all files came.
fn of_projects(
    args: &Args,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<(Matrix, Option<Matrix>, bool)> {
    let (project, read) = compare::opened(&args.files, folders, console)?;
    let taken = args.articles.as_deref().map(|words| handout::fitting(&project, words)).transpose()?;
    let taken = taken.map(|ids| ids.into_iter().collect::<BTreeSet<_>>());
    let units = Units::of(&project);
    let of = |missing| {
        let is_taken = |id: &ArticleId| taken.as_ref().is_none_or(|ids| ids.contains(id));
        of_project::matrix(&project, &units, missing, is_taken)
    };
    let (rule, other) = match args.missing.as_str() {
        NONE_IF_DONE => (Missing::NoneIfDone, Missing::Missing),
        _ => (Missing::Missing, Missing::NoneIfDone),
    };
    let is_whole = read.is_none_or(|read| read.left_out.is_empty());
    Ok((of(rule), Some(of(other)), is_whole))
}

/// What the other rule for missing answers comes to.
fn other_rule(
    answers: &Matrix,
    other: &Matrix,
    is_done: bool,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let name = if is_done { "no answer is missing" } else { "no answer is none, in articles that are done" };
    console.line("")?;
    if answers == other {
        console.line(&format!("the same where {name}"))?;
        return Ok(());
    }
    let panel = panel::of(other, none(other));
    let interval =
        panel.alpha_interval.map(|i| format!(", {:.3} to {:.3}", i.low, i.high)).unwrap_or_default();
    console.line(&format!("where {name}: alpha {}{interval}", shown(panel.alpha)))?;
    Ok(())
}

/// Most labels that a line names.
const MAX_NAMED: usize = 12;

fn none(matrix: &Matrix) -> Option<LabelIdx> {
    let idx = matrix.labels().iter().position(|label| label == NONE);
    idx.and_then(|idx| LabelIdx::try_from(idx).ok())
}

fn table(panel: &Panel, console: &mut Console<'_>) -> anyhow::Result<()> {
    let counts = &panel.counts;
    let articles = counts.n_articles.and_then(|n| usize::try_from(n).ok());
    let articles = articles.map(|n| format!(" in {}", n_of(n, "article"))).unwrap_or_default();
    let units = n_of(counts.n_units, "unit");
    console.line(&format!(
        "{units}{articles}, {}; {} answered by two or more, with {} answers",
        n_of(counts.n_coders, "coder"),
        counts.n_pairable,
        counts.n_answers,
    ))?;
    console.line("")?;
    let mut out = console.text();
    writeln!(out, "Krippendorff's alpha, nominal  {}", shown(panel.alpha))?;
    match panel.alpha_interval {
        Ok(interval) => {
            let by = match panel.errors.by {
                LeftOut::Article => "article",
                LeftOut::Unit => "unit: articles are not known, or only one",
            };
            writeln!(
                out,
                "  95 % interval                {:.3} to {:.3}  (jackknife by {by}; t with {} df)",
                interval.low, interval.high, interval.df
            )?;
        }
        Err(why) => writeln!(out, "  95 % interval                –  {}", why.words())?,
    }
    let optional =
        [("  detection: none or any", panel.alpha_detection), ("  type: without none", panel.alpha_type)];
    for (name, figure) in optional {
        if let Some(figure) = figure {
            writeln!(out, "{name:<29}  {}", shown(figure))?;
        }
    }
    for (name, figure) in [
        ("percent agreement", panel.percent),
        ("  of all pairs, pooled", panel.percent_pooled),
        ("  units in which all agree", panel.percent_all_agree),
        ("Fleiss' kappa", panel.fleiss),
        ("  on units that all answered", panel.fleiss_listwise),
        ("Gwet's AC1", panel.ac1),
        ("Brennan-Prediger", panel.brennan_prediger),
        ("Conger's kappa", panel.conger),
        ("Light's kappa", panel.light),
    ] {
        writeln!(out, "{name:<29}  {}", shown(figure))?;
    }
    writeln!(out, "\nlabel                          alpha    specific   n")?;
    for label in &panel.labels {
        let (alpha, specific) = (short(label.alpha), short(label.specific));
        writeln!(out, "{:<29}  {alpha:<7}  {specific:<9}  {}", label.name, label.n)?;
    }
    writeln!(out, "\npair                           kappa    percent    n")?;
    for pair in &panel.pairs {
        let (kappa, percent) = (short(pair.cohen), short(pair.percent));
        let name = format!("{} – {}", pair.a, pair.b);
        writeln!(out, "{name:<29}  {kappa:<7}  {percent:<9}  {}", pair.confusion.n())?;
    }
    Ok(())
}

/// A figure, or why there is none.
fn shown(figure: Figure) -> String {
    figure.map_or_else(|why| format!("–  {}", why.words()), |value| format!("{value:.3}"))
}

fn short(figure: Figure) -> String {
    figure.map_or_else(|_| "–".to_owned(), |value| format!("{value:.3}"))
}
