//! `allegata agreement`: how far coders agree, in a project, in several people's files, or in a table of answers.

use crate::analysis::agreement::bootstrap;
use crate::analysis::agreement::drift::Drift;
use crate::analysis::agreement::matrix::Matrix;
use crate::analysis::agreement::of_project::{Missing, OverText, Rule, Said};
use crate::analysis::agreement::panel::{self, LeftOut, OfLabel, Pair, Panel};
use crate::analysis::agreement::undefined::{Figure, Undefined};
use crate::analysis::agreement::worked::{self, Asked, Drawn, Draws, Other};
use crate::analysis::units::Units;
use crate::cli::Outcome;
use crate::cli::console::Console;
use crate::cli::opening::n_of;
use crate::cli::{compare, handout};
use crate::formats::figures;
use crate::formats::matrix::{self, shortened};
use crate::model::ids::ArticleId;
use crate::shell::folders::Folders;
use crate::shell::{files, intake};
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};

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
cannot be worked out says why. Percent agreement is the mean over units with two answers or more of the share of pairs that agree; \
`q` is how many labels chance is spread over: those of the codebook with *none*, and what else occurs, as a retired label does.

What somebody who reads the figures has to know is counted and said: sheets not called done, labels no longer given, answers of \
another version of the codebook, sentences set aside (nobody is asked about them, and they are left out). `--leave-out` takes \
such answers as missing; with `--also aside` what was answered before a sentence was set aside counts too.

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
    /// Which answers count too: those to sentences set aside, which nobody is asked about
    #[arg(long, value_name = "aside", conflicts_with = "matrix", value_parser = [ASIDE])]
    also: Option<String>,
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
    let given = match &args.matrix {
        Some(path) => Given::of_table(of_table(path, args.labels.as_deref(), console)?, draws_of(args)),
        None => of_projects(args, &folders()?, console)?,
    };
    if !given.silent.is_empty() {
        console.say(&format!("without an answer, so left out: {}", given.silent.join(", ")));
    }
    if args.json {
        let mut all = figures::of(&given.panel);
        figures::add_each(&mut all, &given.each, given.panel.errors.by);
        figures::add_beside(&mut all, given.draws.as_ref(), given.over_text.as_ref());
        if let Some((said, other)) = &given.said {
            figures::add_said(&mut all, said, (rule_name(other.rule), &other.alpha));
        }
        if let Some(drift) = &given.drift {
            figures::add_over_time(&mut all, drift);
        }
        console.json(&all)?;
    } else {
        table(&given.panel, &given.each, console)?;
        beside(&given, console)?;
        if let Some((said, other)) = &given.said {
            other_rule(other, console)?;
            what_is_in(said, args, console)?;
        }
    }
    Ok(if given.panel.alpha_interval.is_ok() && given.is_whole { Outcome::Fine } else { Outcome::Look })
}

/// The figures, and what is said beside them.
struct Given {
    panel: Panel,
    /// Each label, alone or with others, where an answer can be several.
    each: Vec<OfLabel>,
    silent: Vec<String>,
    draws: Option<Drawn>,
    /// What has to be known of a project's answers, and the other rule for missing ones.
    said: Option<(Said, Other)>,
    over_text: Option<OverText>,
    /// Of a project.
    drift: Option<Drift>,
    /// Whether there are answers to sentences that are no longer there.
    has_kept: bool,
    /// Whether all files came.
    is_whole: bool,
}

impl Given {
    fn of_table(mut answers: Matrix, draws: Option<Draws>) -> Self {
        let silent = answers.drop_silent();
        let draws = draws.map(|draws| {
            let (of, parts) = panel::left_out(&answers);
            bootstrap::of_alpha(&parts, draws.n, draws.seed).map(|drawn| (of, drawn))
        });
        Self {
            panel: panel::of(&answers, worked::none(&answers)),
            each: vec![],
            silent,
            draws,
            said: None,
            over_text: None,
            drift: None,
            has_kept: false,
            is_whole: true,
        }
    }
}

fn draws_of(args: &Args) -> Option<Draws> {
    args.bootstrap.map(|n| Draws { n: n as usize, seed: args.seed })
}

const fn rule_name(rule: Missing) -> &'static str {
    match rule {
        Missing::Missing => MISSING,
        Missing::NoneIfDone => NONE_IF_DONE,
    }
}

const UNFINISHED: &str = "unfinished";
const RETIRED: &str = "retired";
const OLDER: &str = "older";
const ASIDE: &str = "aside";
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
        let names: Vec<String> =
            read.matrix.labels().iter().take(MAX_NAMED).map(|name| shortened(name)).collect();
        let more = read.matrix.labels().len().saturating_sub(names.len());
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        console.say(&format!("the labels are those that occur: {names}{more}"));
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
    let leaves_out = |what: &str| args.leave_out.iter().any(|one| one == what);
    let rule = Rule {
        missing: if args.missing == NONE_IF_DONE { Missing::NoneIfDone } else { Missing::Missing },
        finished_only: leaves_out(UNFINISHED),
        no_retired: leaves_out(RETIRED),
        this_version_only: leaves_out(OLDER),
        with_aside: args.also.is_some(),
    };
    let asked = Asked { rule, draws: draws_of(args), over_text: true, over_time: args.json };
    let worked = worked::of(&project, &Units::of(&project), asked, is_taken);
    Ok(Given {
        drift: worked.drift,
        panel: worked.panel,
        each: worked.each,
        silent: worked.silent,
        draws: worked.draws,
        said: Some((worked.said, worked.other)),
        over_text: worked.over_text,
        has_kept: worked.has_kept,
        is_whole: read.is_none_or(|read| read.left_out.is_empty()),
    })
}

/// The interval by draws, and agreement over the text where boundaries differ.
fn beside(given: &Given, console: &mut Console<'_>) -> anyhow::Result<()> {
    let mut lines = vec![];
    match &given.draws {
        Some(Ok((of, draws))) => {
            let of = if *of == LeftOut::Article { "articles" } else { "units" };
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
    if let Some(over) = given.over_text.as_ref().filter(|_| given.has_kept) {
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

/// What the other rule for missing answers comes to.
fn other_rule(other: &Other, console: &mut Console<'_>) -> anyhow::Result<()> {
    let name = match other.rule {
        Missing::Missing => "a sentence without an answer is missing",
        Missing::NoneIfDone => "a sentence without an answer is none, in articles that are done",
    };
    console.line("")?;
    if !other.differs {
        console.line(&format!("the same where {name}"))?;
        return Ok(());
    }
    let alpha = &other.alpha;
    let interval = alpha.interval.map(|i| format!(", {:.3} to {:.3}", i.low, i.high)).unwrap_or_default();
    console.line(&format!("where {name}: alpha {}{interval}", shown(alpha.value)))?;
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
        let how = if args.also.is_some() { "counted" } else { "left out" };
        let answers = match said.n_in_aside {
            0 => "without an answer".to_owned(),
            n => format!("with {}", n_of(n, "answer")),
        };
        lines.push(format!("{how}: {} set aside, {answers}", n_of(said.n_aside, "sentence")));
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

fn table(panel: &Panel, each: &[OfLabel], console: &mut Console<'_>) -> anyhow::Result<()> {
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
        Err(why) => {
            let why = if panel.alpha.is_ok() { why.no_interval() } else { why.words() };
            writeln!(out, "  95 % interval                –  {why}")?;
        }
    }
    let optional =
        [("  detection: none or any", panel.alpha_detection), ("  type: without none", panel.alpha_type)];
    for (name, alpha) in optional {
        if let Some(alpha) = alpha {
            let interval = match (alpha.value, alpha.interval) {
                (Ok(_), Ok(i)) => format!("  {:.3} to {:.3}", i.low, i.high),
                (Ok(_), Err(why)) => format!("  no interval: {}", why.no_interval()),
                (Err(_), _) => String::new(),
            };
            writeln!(out, "{name:<29}  {}{interval}", shown(alpha.value))?;
        }
    }
    for (name, figure) in
        [("alpha, sets by Jaccard", panel.alpha_jaccard), ("alpha, sets by MASI", panel.alpha_masi)]
    {
        if let Some(figure) = figure {
            writeln!(out, "{name:<29}  {}", shown(figure))?;
        }
    }
    let q = panel.labels.len();
    let (ac1, brennan) = (format!("Gwet's AC1, q = {q}"), format!("Brennan-Prediger, q = {q}"));
    for (name, figure) in [
        ("percent agreement, unit mean", panel.percent),
        ("  of all pairs, pooled", panel.percent_pooled),
        ("  units in which all agree", panel.percent_all_agree),
        ("Fleiss' kappa, as Gwet (2014)", panel.fleiss),
        ("  on units that all answered", panel.fleiss_listwise),
        (&ac1, panel.ac1),
        (&brennan, panel.brennan_prediger),
        ("Conger's kappa", panel.conger),
        ("Light's kappa", panel.light),
    ] {
        writeln!(out, "{name:<29}  {}", shown(figure))?;
    }
    if !each.is_empty() {
        writeln!(out, "\n{:<29}  {LABEL_COLUMNS}", "label, alone or with others")?;
        each.iter().try_for_each(|of| writeln!(out, "{}", label_row(of)))?;
    }
    let label = if each.is_empty() { "label" } else { "answer, just so" };
    writeln!(out, "\n{label:<29}  {LABEL_COLUMNS}")?;
    panel.labels.iter().try_for_each(|of| writeln!(out, "{}", label_row(of)))?;
    if panel.pairs.is_empty() {
        writeln!(out, "\nno pairs: {}", Undefined::FewerThanTwoRaters.words())?;
        return Ok(());
    }
    writeln!(out, "\n{:<29}  kappa    95 % interval     percent    n", "pair")?;
    panel.pairs.iter().try_for_each(|pair| writeln!(out, "{}", pair_row(pair)))?;
    Ok(())
}

const LABEL_COLUMNS: &str = "alpha    95 % interval     specific   n";

/// The figures of a label; what is undefined says why at the end.
fn label_row(of: &OfLabel) -> String {
    let ends = of.alpha_interval.map(|ends| (ends.low, ends.high));
    let row = row(&of.name, (of.alpha, ends), of.specific, of.n);
    match (of.alpha, ends, of.specific) {
        // That nobody gave it says more than that everybody did without it.
        (Err(why), _, Err(none)) if why != Undefined::NoPairableUnits => because(&row, none.words()),
        (Err(why), ..) | (_, _, Err(why)) => because(&row, why.words()),
        (Ok(_), Err(why), _) => because(&row, &format!("no interval: {}", why.no_interval())),
        _ => row,
    }
}

fn pair_row(pair: &Pair) -> String {
    let ends = pair.cohen_interval();
    let name = format!("{} – {}", pair.a, pair.b);
    let row = row(&name, (pair.cohen, ends), pair.percent, pair.confusion.n());
    match (pair.cohen, ends) {
        (Err(why), _) => because(&row, why.words()),
        (Ok(_), Err(why)) => because(&row, &format!("no interval: {}", why.no_interval())),
        _ => row,
    }
}

fn because(row: &str, why: &str) -> String {
    format!("{row:<75}  {why}")
}

fn row(name: &str, (value, ends): (Figure, Result<(f64, f64), Undefined>), beside: Figure, n: u64) -> String {
    let ends = ends.map_or("–".to_owned(), |(low, high)| format!("{low:.3} to {high:.3}"));
    let name = shortened(name);
    format!("{name:<29}  {:<7}  {ends:<16}  {:<9}  {n}", short(value), short(beside))
}

/// A figure, or why there is none.
fn shown(figure: Figure) -> String {
    figure.map_or_else(|why| format!("–  {}", why.words()), |value| format!("{value:.3}"))
}

fn short(figure: Figure) -> String {
    figure.map_or_else(|_| "–".to_owned(), |value| format!("{value:.3}"))
}
