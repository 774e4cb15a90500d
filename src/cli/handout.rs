//! `allegata handout`: a file for each coder, with the articles that are theirs.

use crate::analysis::deal::{self, Deal, EvenBy, Shared, Wish};
use crate::analysis::need::Design;
use crate::analysis::query::Who;
use crate::analysis::{drawing, filter};
use crate::cli::console::Console;
use crate::cli::failure::{NotDone, Usage};
use crate::cli::opening::n_of;
use crate::cli::{Outcome, opening, people, query};
use crate::formats::datasets::labels_plan;
use crate::formats::handed;
use crate::model::coder::Coder;
use crate::model::handing;
use crate::model::ids::ArticleId;
use crate::model::project::Project;
use crate::shell::folders::Folders;
use crate::shell::handing as files;
use serde::Serialize;
use std::path::PathBuf;

const AFTER_HELP: &str = "\
Examples:
  allegata handout inquiry.allegata.ron --to out/ --overlap 20%
  allegata handout inquiry.allegata.ron --to out/ --coder Anna --coder Ben --coder \"Cleo Marsh\"
  allegata handout inquiry.allegata.ron --to out/ --articles \"ledger 2025-03\" --dry-run
  allegata handout inquiry.allegata.ron --to out/ --drawn --by 3

Each coder gets a file `PROJECT-NAME.allegata.ron` with the articles drawn for them, the scheme, and nobody else's work. The draw is \
even by outlet and month; the same seed gives the same draw. Shared articles go to every pair (or group of `--by`) equally often; \
with `--drawn` they are those of `allegata draw`. \
A file that is there is never replaced. When the files come back: `allegata collect`.";

/// Hand articles out to coders, a file each
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(in crate::cli) struct Args {
    /// The project's file
    #[arg(value_name = "PROJECT.ron")]
    project: PathBuf,
    /// The folder for the files
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// Who gets a file, by id or name, or somebody new; may be given several times. Left out, everybody but reviewers
    #[arg(long = "coder", value_name = "NAME")]
    coders: Vec<String>,
    /// The share of the articles that several read
    #[arg(long, value_name = "PERCENT", default_value = "0%", value_parser = percent)]
    overlap: f64,
    /// Several read what was drawn with `allegata draw`, as far as it is handed out
    #[arg(long, conflicts_with = "overlap")]
    drawn: bool,
    /// How many read a shared article
    #[arg(long, value_name = "N", default_value = "2", value_parser = clap::value_parser!(u16).range(2..))]
    by: u16,
    /// Another number is another draw
    #[arg(long, value_name = "N", default_value = "1")]
    seed: u64,
    /// Only articles that fit this query, as `allegata find --help` has them; left out, those that nobody was handed yet
    #[arg(long, value_name = "QUERY")]
    articles: Option<String>,
    /// Show who would get what, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Say it as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report<'a> {
    seed: u64,
    articles: usize,
    /// Articles and sentences that several read.
    shared: usize,
    shared_sentences: usize,
    by: u16,
    /// What to expect of alpha, and what that rests on.
    interval: Option<[f64; 2]>,
    design_effect: f64,
    /// In how many articles it was measured; null = assumed.
    design_effect_measured_in: Option<usize>,
    written: bool,
    files: Vec<FileOut<'a>>,
    in_common: Vec<InCommon<'a>>,
}

#[derive(Serialize)]
struct FileOut<'a> {
    file: String,
    coder: &'a str,
    name: &'a str,
    new: bool,
    articles: Vec<&'a str>,
    shared: usize,
    sentences: usize,
}

#[derive(Serialize)]
struct InCommon<'a> {
    coders: [&'a str; 2],
    articles: usize,
    sentences: usize,
}

pub(in crate::cli) fn run(
    args: &Args,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let (project, opened) = opening::to_try(&args.project, args.dry_run, folders, console)?;
    let coders = coders(&project, &args.coders)?;
    let wish = Wish {
        coders: coders.iter().map(|coder| coder.id.clone()).collect(),
        articles: articles(&project, args.articles.as_deref())?,
        shared: if args.drawn {
            Shared::Drawn(drawing::drawn(&project))
        } else {
            Shared::Share(args.overlap)
        },
        by: args.by.into(),
        even_by: EvenBy::default(),
        seed: args.seed,
        moves: vec![],
    };
    let deal = Deal::draw(&project, &wish).map_err(|why| NotDone(why.to_string()))?;
    let of = args.project.file_name().unwrap_or_default().to_string_lossy();
    let names = handed::names(&of, &coders);
    files::are_free(&args.to, names.iter().map(String::as_str))?;
    let ids = |coder: usize| deal.articles_of(coder).map(|article| article.id.clone()).collect::<Vec<_>>();
    let shares: Vec<(Coder, Vec<ArticleId>)> =
        coders.iter().cloned().enumerate().map(|(idx, coder)| (coder, ids(idx))).collect();
    // Who gets nothing gets no file.
    let getting = || shares.iter().zip(&names).filter(|((_, articles), _)| !articles.is_empty());
    if let Some(opened) = opened {
        let file = |((coder, articles), name): (&(Coder, Vec<ArticleId>), &String)| {
            handing::file_of(&project, coder, articles).map(|file| (name.clone(), file))
        };
        let made = getting().map(file).collect::<Result<Vec<_>, _>>()?;
        let mut after = project.clone();
        let action = handing::assign(&project, &shares);
        if let Some(action) = action {
            after.apply(action)?;
        }
        let written = files::write(&args.to, &made)?;
        if after != project
            && let Err(error) = opening::save(opened, &after, console)
        {
            files::take_back(&written);
            return Err(error);
        }
        console.has_saved = true;
    }
    let paths: Vec<String> = names.iter().map(|name| args.to.join(name).display().to_string()).collect();
    if args.json {
        console.json(&report(args, &project, &deal, &coders, &paths))?;
    } else {
        lines(args, (&project, &deal), &coders, &paths, console)?;
    }
    Ok(Outcome::Fine)
}

/// Who gets a file: those named, or everybody who labels.
fn coders(project: &Project, named: &[String]) -> Result<Vec<Coder>, Usage> {
    if named.is_empty() {
        let coders: Vec<_> = project.coders().filter(|coder| !coder.is_reviewer()).cloned().collect();
        if coders.is_empty() {
            return Err(Usage(
                "nobody labels in this project yet\0hint: name the coders with `--coder`".to_owned(),
            ));
        }
        return Ok(coders);
    }
    let mut coders: Vec<Coder> = Vec::with_capacity(named.len());
    for name in named {
        let known = labels_plan::coder_of(project, name).and_then(|id| project.coder(&id)).cloned();
        let coder = match known {
            Some(coder) => coder,
            None => people::new_coder(name)?,
        };
        if coder.is_reviewer() {
            return Err(Usage(format!("`{name}` reviews and does not label\0hint: name coders who label")));
        }
        let is_twice =
            |other: &Coder| other.id == coder.id || other.name == coder.name && !coder.name.is_empty();
        if coders.iter().any(is_twice) {
            return Err(Usage(format!("coder `{name}` is named twice\0hint: name everybody once")));
        }
        coders.push(coder);
    }
    Ok(coders)
}

/// The articles that fit, or those that nobody was handed yet; never one that is set aside.
fn articles(project: &Project, words: Option<&str>) -> anyhow::Result<Vec<ArticleId>> {
    let Some(words) = words else {
        let open = deal::not_handed_out(project);
        if open.is_empty() && project.n_articles() > 0 {
            return Err(NotDone(
                "every article was handed out already\0hint: name articles with `--articles`, or add more"
                    .to_owned(),
            )
            .into());
        }
        return Ok(open);
    };
    fitting(project, words)
}

/// The articles that fit a query of the one grammar; never one that is set aside. Answers are anybody's.
pub(in crate::cli) fn fitting(project: &Project, words: &str) -> anyhow::Result<Vec<ArticleId>> {
    let ask = query::read(project, words)?;
    let mut ids = filter::all_fitting(&ask, project, Who::Everybody);
    ids.retain(|id| project.article(id).is_some_and(|article| article.aside.is_none()));
    if ids.is_empty() {
        return Err(NotDone(format!("no article fits `{words}`\0hint: look with `allegata show`")).into());
    }
    Ok(ids)
}

fn report<'a>(
    args: &Args,
    project: &Project,
    deal: &'a Deal,
    coders: &'a [Coder],
    paths: &[String],
) -> Report<'a> {
    let (shared, shared_sentences) = deal.n_double();
    let design = Design::of_project(project);
    let files = coders.iter().zip(paths).enumerate().map(|(idx, (coder, path))| {
        let share = deal.share(idx);
        FileOut {
            file: path.clone(),
            coder: coder.id.as_str(),
            name: &coder.name,
            new: project.coder(&coder.id).is_none(),
            articles: deal.articles_of(idx).map(|article| article.id.as_str()).collect(),
            shared: share.n_double,
            sentences: share.n_sentences,
        }
    });
    Report {
        seed: args.seed,
        articles: deal.columns.len(),
        shared,
        shared_sentences,
        by: args.by,
        interval: design.interval(deal.n_double()).map(|(low, high)| [low, high]),
        design_effect: design.effect,
        design_effect_measured_in: design.measured,
        written: !args.dry_run,
        files: files.filter(|file| !file.articles.is_empty()).collect(),
        in_common: in_common(deal)
            .filter_map(|(one, other, articles, sentences)| {
                let coders = [coders.get(one)?.id.as_str(), coders.get(other)?.id.as_str()];
                Some(InCommon { coders, articles, sentences })
            })
            .collect(),
    }
}

/// The pairs that share something: two places, articles, sentences.
fn in_common(deal: &Deal) -> impl Iterator<Item = (usize, usize, usize, usize)> {
    let n = deal.coders.len();
    let pairs = (0..n).flat_map(move |one| (one + 1..n).map(move |other| (one, other)));
    let pairs = pairs.map(|(one, other)| (one, other, deal.in_common(one, other)));
    pairs.filter(|(.., (n, _))| *n > 0).map(|(one, other, (n, n_sentences))| (one, other, n, n_sentences))
}

fn lines(
    args: &Args,
    (project, deal): (&Project, &Deal),
    coders: &[Coder],
    paths: &[String],
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    for (idx, (coder, path)) in coders.iter().zip(paths).enumerate() {
        let share = deal.share(idx);
        let new = if project.coder(&coder.id).is_none() { " (new)" } else { "" };
        let file = if share.n_articles > 0 { format!(": `{path}`") } else { ", no file".to_owned() };
        console.line(&format!(
            "{}{new}: {}, {} of them shared, {}{file}",
            coder.shown_name(),
            n_of(share.n_articles, "article"),
            share.n_double,
            n_of(share.n_sentences, "sentence"),
        ))?;
    }
    let (shared, sentences) = deal.n_double();
    let n = deal.columns.len();
    console.line(&format!(
        "{shared} of {} are read by several, {}",
        n_of(n, "article"),
        n_of(sentences, "sentence")
    ))?;
    for (one, other, articles, sentences) in in_common(deal) {
        let name = |idx: usize| coders.get(idx).map_or("", Coder::shown_name);
        let (one, other) = (name(one), name(other));
        console.line(&format!(
            "{one} and {other} share {}, {}",
            n_of(articles, "article"),
            n_of(sentences, "sentence")
        ))?;
    }
    let design = Design::of_project(project);
    if let Some((low, high)) = design.interval((shared, sentences)) {
        let alpha = design.alpha;
        console.line(&format!(
            "an alpha near {alpha:.2} has an interval of about {low:.2} to {high:.2} ({})",
            design.says()
        ))?;
    }
    let all: usize = deal.columns.iter().map(|column| column.n_sentences).sum();
    if let Some(need) = design.need(HALF_WIDTH, all as f64 / n.max(1) as f64) {
        let (articles, sentences) =
            (n_of(need.n_articles, "article"), n_of(need.n_sentences, "shared sentence"));
        console.line(&format!("for ±{HALF_WIDTH} you need about {sentences} in {articles}"))?;
    }
    if args.dry_run {
        console.line("nothing was written")?;
    }
    Ok(())
}

/// The interval that is told where nobody asks for one.
const HALF_WIDTH: f64 = 0.05;

/// `20%` or `20`; a bare `0.2` may mean either.
pub(in crate::cli) fn percent(text: &str) -> Result<f64, String> {
    let number = text.trim().strip_suffix('%');
    let is_bare = number.is_none();
    match number.unwrap_or(text).trim().parse::<f64>() {
        Ok(share) if is_bare && share > 0.0 && share < 1.0 => {
            Err(format!("a share of {share} is `{}%` or `{share}%`: which is meant?", share * 100.0))
        }
        Ok(percent) if (0.0..=100.0).contains(&percent) => Ok(percent / 100.0),
        _ => Err("a percentage from 0% to 100%, as 20%".to_owned()),
    }
}
