//! `allegata agreement`: how far coders agree, from a table of their answers.

use crate::analysis::agreement::matrix::{LabelIdx, Matrix};
use crate::analysis::agreement::panel::{self, LeftOut, Panel};
use crate::analysis::agreement::undefined::Figure;
use crate::cli::Outcome;
use crate::cli::console::Console;
use crate::cli::opening::n_of;
use crate::formats::{figures, matrix};
use crate::shell::{files, intake};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The label that stands for *none of these*.
const NONE: &str = "none";

const AFTER_HELP: &str = "\
Examples:
  allegata agreement --matrix answers.csv --labels allegation,denial,fact,none
  allegata agreement --matrix answers.csv --json

The first column of the table names the unit; if the second one is named `article`, it says which article the unit is of; each \
other column is a coder's. An empty cell is a missing answer. Labels are taken to the letter; `none` is *none of these*.

The interval of alpha comes from leaving out one article at a time (jackknife, Student's t), or one unit where articles are not \
known. A figure that cannot be worked out says why.

Exit status: 1 where Krippendorff's alpha or its interval is undefined.";

/// How far coders agree: Krippendorff's alpha with its interval, and other coefficients
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(in crate::cli) struct Args {
    /// A CSV table: a row a unit, a column a coder; `-` for the standard input
    #[arg(long, value_name = "FILE.csv")]
    matrix: PathBuf,
    /// The labels of the codebook; left out, those that occur
    #[arg(long, value_name = "LABEL,LABEL")]
    labels: Option<String>,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

pub(in crate::cli) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let bytes = if args.matrix == Path::new("-") {
        intake::read_stream(&mut *console.input, &args.matrix)?
    } else {
        files::read(&args.matrix, files::MAX_FILE_BYTES)?
    };
    let labels = args.labels.as_deref().map(matrix::labels_of);
    let read = matrix::read(&bytes, labels.as_deref())?;
    let mut answers = read.matrix;
    if labels.is_none() {
        let names: Vec<&str> = answers.labels().iter().take(MAX_NAMED).map(String::as_str).collect();
        let more = answers.labels().len().saturating_sub(names.len());
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        console.say(&format!("the labels are those that occur: {}{more}", names.join(", ")));
    }
    if !read.twice.is_empty() {
        console
            .warn(&format!("units stand in more than one row, each row counts: {}", read.twice.join(", ")));
    }
    let silent = answers.drop_silent();
    if !silent.is_empty() {
        console.say(&format!("without an answer, so left out: {}", silent.join(", ")));
    }
    let panel = panel::of(&answers, none(&answers));
    if args.json {
        console.json(&figures::of(&panel))?;
    } else {
        table(&panel, console)?;
    }
    Ok(if panel.alpha_interval.is_ok() { Outcome::Fine } else { Outcome::Look })
}

/// Most labels that a line names.
const MAX_NAMED: usize = 12;

fn none(matrix: &Matrix) -> Option<LabelIdx> {
    let idx = matrix.labels().iter().position(|label| label == NONE);
    idx.and_then(|idx| LabelIdx::try_from(idx).ok())
}

fn table(panel: &Panel, console: &mut Console<'_>) -> anyhow::Result<()> {
    let counts = &panel.counts;
    let articles = counts.n_articles.map(|n| format!(" in {n} articles")).unwrap_or_default();
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
