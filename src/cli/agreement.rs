//! `allegata agreement`: how far coders agree, in a project, in several people's files, or in a table of answers.

use crate::analysis::agreement::bootstrap::{self, Bootstrap};
use crate::analysis::agreement::matrix::{LabelIdx, Matrix};
use crate::analysis::agreement::of_project::{self, Missing, OverText, Rule, Said};
use crate::analysis::agreement::panel::{self, LeftOut, Panel};
use crate::analysis::agreement::undefined::{Figure, Undefined};
use crate::analysis::units::Units;
use crate::cli::Outcome;
use crate::cli::console::Console;
use crate::cli::opening::n_of;
use crate::cli::{compare, handout};
use crate::formats::{figures, matrix};
use crate::model::ids::{ArticleId, CoderId};
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
  allegata agreement inquiry.allegata.ron --leave-out unfinished,retired --bootstrap 1000 --seed 7
  allegata agreement --matrix answers.csv --json

Several files are read together as `allegata compare` does. A sentence without an answer is missing; with \
`--missing none-if-done` it is *none of these* where its coder called the article done.

The first column of a table names the unit; if the second one is named `article`, it says which article the unit is of; each \
other column is a coder's. An empty cell is a missing answer. Labels are taken to the letter; `none` is *none of these*.

The interval of alpha comes from leaving out one article at a time (jackknife, Student's t), or one unit where articles are not \
known. With `--bootstrap` a second one comes from drawing articles with replacement, as often as it says, by the seed. A figure that \
cannot be worked out says why.

What somebody who reads the figures has to know is counted and said: sheets not called done, labels no longer given, answers of \
another version of the codebook, sentences set aside (nobody is asked about them). `--leave-out` takes such answers as missing.

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
    /// Which answers do not count: of sheets not called done, with labels no longer given, of another codebook version
    #[arg(long, value_name = "unfinished,retired,older", value_delimiter = ',', conflicts_with = "matrix",
        value_parser = [UNFINISHED, RETIRED, OLDER])]
    leave_out: Vec<String>,
    /// An interval of alpha by that many draws of articles too
    #[arg(long, value_name = "DRAWS", value_parser = clap::value_parser!(u32).range(100..=100_000))]
    bootstrap: Option<u32>,
    /// Where the draws begin: the same seed, the same draws
    #[arg(long, value_name = "N", default_value_t = 1, requires = "bootstrap")]
    seed: u64,
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
    let mut given = match &args.matrix {
        Some(path) => Given::of_table(of_table(path, args.labels.as_deref(), console)?),
        None => of_projects(args, &folders()?, console)?,
    };
    let silent = given.answers.drop_silent();
    if !silent.is_empty() {
        console.say(&format!("without an answer, so left out: {}", silent.join(", ")));
    }
    let panel = panel::of(&given.answers, none(&given.answers));
    let other = given.other.as_mut().map(|other| {
        other.drop_silent();
        panel::of(other, none(other))
    });
    let draws = args.bootstrap.map(|n| {
        let (of, parts) = panel::left_out(&given.answers);
        bootstrap::of_alpha(&parts, n as usize, args.seed).map(|draws| (of, draws))
    });
    if args.json {
        let mut all = figures::of(&panel);
        figures::add_beside(&mut all, draws.as_ref(), given.over_text.as_ref());
        if let Some((said, other)) = given.said.as_ref().zip(other.as_ref()) {
            let rule = if args.missing == NONE_IF_DONE { MISSING } else { NONE_IF_DONE };
            figures::add_said(&mut all, said, (rule, other));
        }
        console.json(&all)?;
    } else {
        table(&panel, console)?;
        beside(draws, &given, console)?;
        if let Some(other) = &other {
            let differs = given.other.as_ref() != Some(&given.answers);
            other_rule(differs.then_some(other), args.missing == NONE_IF_DONE, console)?;
        }
        if let Some(said) = &given.said {
            what_is_in(said, args, console)?;
        }
    }
    Ok(if panel.alpha_interval.is_ok() && given.is_whole { Outcome::Fine } else { Outcome::Look })
}

/// What the figures are worked out of.
struct Given {
    answers: Matrix,
    /// The same by the other rule for what has no answer.
    other: Option<Matrix>,
    said: Option<Said>,
    /// Over the text, and whether there are answers to sentences that are no longer there.
    over_text: Option<(OverText, bool)>,
    /// Whether all files came.
    is_whole: bool,
}

impl Given {
    fn of_table(answers: Matrix) -> Self {
        Self { answers, other: None, said: None, over_text: None, is_whole: true }
    }
}

const UNFINISHED: &str = "unfinished";
const RETIRED: &str = "retired";
const OLDER: &str = "older";
const MISSING: &str = "missing";
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

/// The answers in a project or several files.
fn of_projects(args: &Args, folders: &Folders, console: &mut Console<'_>) -> anyhow::Result<Given> {
    let (project, read) = compare::opened(&args.files, folders, console)?;
    let taken = args.articles.as_deref().map(|words| handout::fitting(&project, words)).transpose()?;
    let taken = taken.map(|ids| ids.into_iter().collect::<BTreeSet<_>>());
    let is_taken = |id: &ArticleId| taken.as_ref().is_none_or(|ids| ids.contains(id));
    let units = Units::of(&project);
    let (missing, other) = match args.missing.as_str() {
        NONE_IF_DONE => (Missing::NoneIfDone, Missing::Missing),
        _ => (Missing::Missing, Missing::NoneIfDone),
    };
    let leaves_out = |what: &str| args.leave_out.iter().any(|one| one == what);
    let of = |missing| {
        let rule = Rule {
            missing,
            finished_only: leaves_out(UNFINISHED),
            no_retired: leaves_out(RETIRED),
            this_version_only: leaves_out(OLDER),
        };
        of_project::matrix(&project, &units, rule, is_taken)
    };
    let answered = |coder: &&CoderId| {
        let mut sheets = project.sheets_of(coder).filter(|sheet| is_taken(&sheet.key.article));
        sheets.any(|sheet| sheet.rows.iter().chain(&sheet.kept).any(|row| row.coding.answered))
    };
    let coders: Vec<CoderId> = units.coders.iter().filter(answered).cloned().collect();
    let over_text = of_project::unitized(&project, &units, &coders, is_taken);
    let has_kept = project.sheets().any(|sheet| is_taken(&sheet.key.article) && !sheet.kept.is_empty());
    Ok(Given {
        answers: of(missing),
        other: Some(of(other)),
        said: Some(of_project::said(&project, &units, is_taken)),
        over_text: Some((over_text, has_kept)),
        is_whole: read.is_none_or(|read| read.left_out.is_empty()),
    })
}

/// The interval by draws, and agreement over the text where boundaries differ.
fn beside(
    draws: Option<Result<(LeftOut, Bootstrap), Undefined>>,
    given: &Given,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let mut lines = vec![];
    match draws {
        Some(Ok((of, draws))) => {
            let of = if of == LeftOut::Article { "articles" } else { "units" };
            let left = draws.n_undefined;
            let undefined = if left > 0 { format!(", {left} of them undefined") } else { String::new() };
            let (low, high, n, seed) = (draws.low, draws.high, draws.n, draws.seed);
            lines.push(format!(
                "alpha by the bootstrap: 95 % interval {low:.3} to {high:.3}  ({n} draws of {of}{undefined}, seed {seed})"
            ));
        }
        Some(Err(why)) => lines.push(format!("alpha by the bootstrap: –  {}", why.words())),
        None => {}
    }
    if let Some((over, true)) = &given.over_text {
        let articles = n_of(over.n_articles, "article");
        let alpha = shown(over.figures.alpha);
        lines.push(format!(
            "where boundaries differ: alpha for unitizing, over the text of {articles} that all answered in, {alpha}"
        ));
    }
    for line in lines {
        console.line("")?;
        console.line(&line)?;
    }
    Ok(())
}

/// What the other rule for missing answers comes to; absent = the same.
fn other_rule(other: Option<&Panel>, is_done: bool, console: &mut Console<'_>) -> anyhow::Result<()> {
    let name = if is_done { "no answer is missing" } else { "no answer is none, in articles that are done" };
    console.line("")?;
    let Some(other) = other else {
        console.line(&format!("the same where {name}"))?;
        return Ok(());
    };
    let interval =
        other.alpha_interval.map(|i| format!(", {:.3} to {:.3}", i.low, i.high)).unwrap_or_default();
    console.line(&format!("where {name}: alpha {}{interval}", shown(other.alpha)))?;
    Ok(())
}

/// What has to be known of the answers, a line each.
fn what_is_in(said: &Said, args: &Args, console: &mut Console<'_>) -> anyhow::Result<()> {
    let leaves_out = |what: &str| args.leave_out.iter().any(|one| one == what);
    let how = |what: &str| if leaves_out(what) { "left out" } else { "counted" };
    let mut lines = vec![];
    if said.n_unfinished > 0 {
        let (n, sheets) = (n_of(said.n_in_unfinished, "answer"), n_of(said.n_unfinished, "sheet"));
        lines.push(format!("{}: {n} in {sheets} not called done", how(UNFINISHED)));
    }
    for (label, n) in &said.retired {
        lines.push(format!(
            "{}: {} with `{label}`, which is no longer given",
            how(RETIRED),
            n_of(*n, "answer")
        ));
    }
    if said.n_of_other_version > 0 {
        let n = n_of(said.n_of_other_version, "answer");
        lines.push(format!("{}: {n} of another version of the codebook", how(OLDER)));
    }
    if said.n_to_check > 0 {
        let n = n_of(said.n_to_check, "answer");
        lines.push(format!("counted: {n} to look at again, since the sentence became another one"));
    }
    if said.n_aside > 0 {
        lines.push(format!("left out: {} set aside", n_of(said.n_aside, "sentence")));
    }
    if !lines.is_empty() {
        console.line("")?;
    }
    for line in lines {
        console.line(&line)?;
    }
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
    for (name, figure) in
        [("alpha, sets by Jaccard", panel.alpha_jaccard), ("alpha, sets by MASI", panel.alpha_masi)]
    {
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
    writeln!(out, "\npair                           kappa    95 % interval     percent    n")?;
    for pair in &panel.pairs {
        let (kappa, percent) = (short(pair.cohen), short(pair.percent));
        let name = format!("{} – {}", pair.a, pair.b);
        let interval = pair.cohen_interval();
        let interval =
            interval.map_or_else(|_| "–".to_owned(), |(low, high)| format!("{low:.3} to {high:.3}"));
        writeln!(out, "{name:<29}  {kappa:<7}  {interval:<16}  {percent:<9}  {}", pair.confusion.n())?;
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
