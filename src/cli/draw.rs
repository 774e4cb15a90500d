//! `allegata draw`: the articles that agreement is measured on, and how many of them an interval needs.

use crate::analysis::deal::EvenBy;
use crate::analysis::drawing::{self, Wish};
use crate::analysis::need::{Design, Need};
use crate::cli::console::Console;
use crate::cli::failure::{NotDone, Usage};
use crate::cli::handout::{fitting, percent};
use crate::cli::opening::n_of;
use crate::cli::{Outcome, opening, people};
use crate::formats::show;
use crate::model::action::{Action, Record};
use crate::model::draw::Draw;
use crate::model::ids::{ArticleId, CoderId, RecordId};
use crate::model::project::Project;
use crate::shell::clock;
use crate::shell::folders::Folders;
use serde::Serialize;
use std::path::PathBuf;

const AFTER_HELP: &str = "\
Examples:
  allegata draw inquiry.allegata.ron
  allegata draw inquiry.allegata.ron --half-width 0.05 --dry-run
  allegata draw inquiry.allegata.ron --share 15% --seed 7
  allegata draw inquiry.allegata.ron --take-back k3f9z0a1b2

Without a size it lists what was drawn, and how many sentences in how many articles two or more have to answer for an interval of \
Krippendorff's alpha of plus or minus 0.1, 0.05 and 0.025; nothing is written.

Drawn is from the articles that are not set aside and were not drawn before (or from those that fit `--articles`): sorted by outlet, \
month and chance, every so-manieth from a start by chance. Each article has the same chance, each outlet and month its share, and the \
same seed draws the same. The project remembers the draw; files of `allegata handout` leave it out, so that coders do not see \
which articles count. `handout --drawn` gives what was drawn to several.

What an interval needs depends on how much sentences of one article are alike. The design effect says it: measured here where two \
or more answered in at least ten articles, else taken to be 2, with an alpha near 0.8 and labels as likely as each other.";

/// Draw the articles that agreement is measured on, and say how many an interval needs
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
#[command(group = clap::ArgGroup::new("size").args(["share", "count", "half_width"]))]
pub(in crate::cli) struct Args {
    /// The project's file
    #[arg(value_name = "PROJECT.ron")]
    project: PathBuf,
    /// Draw this share of the articles
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    share: Option<f64>,
    /// Draw that many articles
    #[arg(long, value_name = "N")]
    count: Option<usize>,
    /// Draw as many as an interval of alpha of plus or minus this needs
    #[arg(long, value_name = "WIDTH", value_parser = half_width)]
    half_width: Option<f64>,
    /// Draw from the articles that fit this query, as `allegata find --help` has them
    #[arg(long, value_name = "QUERY", requires = "size")]
    articles: Option<String>,
    /// What the draw is even by
    #[arg(long, value_name = "WHAT", default_value = "outlet-month",
        value_parser = ["outlet-month", "outlet", "month", "chance"])]
    even_by: String,
    /// Another number is another draw
    #[arg(long, value_name = "N", default_value = "1")]
    seed: u64,
    /// Forget a draw, by its id
    #[arg(long, value_name = "ID", conflicts_with = "size")]
    take_back: Option<String>,
    /// Show what would be drawn, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

impl Args {
    /// Whether the project's file is only read.
    pub fn only_reads(&self) -> bool {
        self.dry_run || !self.has_size() && self.take_back.is_none()
    }

    fn has_size(&self) -> bool {
        self.share.is_some() || self.count.is_some() || self.half_width.is_some()
    }
}

/// Half widths that are told where nobody asks for one.
const HALF_WIDTHS: [f64; 3] = [0.1, 0.05, 0.025];

#[derive(Serialize)]
struct Report<'a> {
    design_effect: f64,
    /// In how many articles it was measured; null = assumed.
    design_effect_measured_in: Option<usize>,
    alpha: f64,
    sentences_per_article: f64,
    need: Vec<NeedOut>,
    draws: Vec<DrawOut<'a>>,
    written: bool,
}

#[derive(Serialize)]
struct NeedOut {
    half_width: f64,
    articles: Option<usize>,
    sentences: Option<usize>,
}

#[derive(Serialize)]
struct DrawOut<'a> {
    id: &'a str,
    by: Option<&'a str>,
    seed: u64,
    size: u32,
    of: u32,
    even_by: &'a [Box<str>],
    sentences: usize,
    half_width: Option<f64>,
    articles: Vec<&'a str>,
}

pub(in crate::cli) fn run(
    args: &Args,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let (project, opened) = opening::to_try(&args.project, args.only_reads(), folders, console)?;
    let design = Design::of_project(&project);
    let from = match args.articles.as_deref() {
        Some(words) => fitting(&project, words)?,
        None => drawing::not_drawn(&project),
    };
    let per_article = per_article(&project, &from);
    let mut after = project.clone();
    let shown = if let Some(id) = &args.take_back {
        let id = RecordId::new(id.as_str());
        let gone = project.draw(&id).cloned();
        let gone = gone.ok_or_else(|| no_draw(&project, &id))?;
        after.apply(Action::Record(Record::Draw { id, to: None }))?;
        vec![gone]
    } else if args.has_size() {
        let wish = Wish {
            size: size(args, &design, (from.len(), per_article))?,
            articles: from,
            even_by: even_by(&args.even_by),
            seed: args.seed,
        };
        let drawn = drawing::draw(&project, &wish).map_err(|why| NotDone(why.to_string()))?;
        let by = people::known_here(&project, folders);
        let id = RecordId::new(clock::random_id(10));
        after.apply(drawing::remember(&wish, drawn, id.clone(), (by, opening::now())))?;
        after.draw(&id).cloned().into_iter().collect()
    } else {
        project.draws().cloned().collect()
    };
    if let Some(opened) = opened {
        opening::save(opened, &after, console)?;
    }
    let told = Told { args, project: &project, design, per_article };
    if args.json {
        console.json(&told.report(&shown))?;
    } else {
        told.lines(&shown, console)?;
    }
    Ok(Outcome::Fine)
}

/// How many are to be drawn.
fn size(args: &Args, design: &Design, (of, per_article): (usize, f64)) -> anyhow::Result<usize> {
    Ok(match (args.share, args.count, args.half_width) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a part of a number of articles"
        )]
        (Some(share), ..) => (share * of as f64 - 1e-9).ceil() as usize,
        (_, Some(count), _) => count,
        (.., Some(half)) => {
            let need = design.need(half, per_article);
            need.map(|need| need.n_articles).ok_or_else(|| {
                NotDone(format!(
                    "no number of articles is enough for ±{half}\0hint: ask for a wider interval"
                ))
            })?
        }
        _ => 0,
    })
}

fn even_by(word: &str) -> EvenBy {
    match word {
        "outlet" => EvenBy::Outlet,
        "month" => EvenBy::Month,
        "chance" => EvenBy::Nothing,
        _ => EvenBy::OutletAndMonth,
    }
}

/// Sentences to answer in an article, on average.
fn per_article(project: &Project, articles: &[ArticleId]) -> f64 {
    let n = drawing::n_sentences(project, articles);
    if articles.is_empty() { 0.0 } else { n as f64 / articles.len() as f64 }
}

fn no_draw(project: &Project, id: &RecordId) -> Usage {
    let known: Vec<_> = project.draws().map(|draw| format!("`{}`", draw.id)).collect();
    let hint = if known.is_empty() { "nothing was drawn yet".to_owned() } else { known.join(", ") };
    Usage(format!("no draw `{id}` in this project\0hint: {hint}"))
}

/// All that is told of draws.
struct Told<'a> {
    args: &'a Args,
    project: &'a Project,
    design: Design,
    per_article: f64,
}

impl Told<'_> {
    fn needs(&self) -> Vec<(f64, Option<Need>)> {
        let asked = self.args.half_width.map_or(HALF_WIDTHS.to_vec(), |half| vec![half]);
        asked.into_iter().map(|half| (half, self.design.need(half, self.per_article))).collect()
    }

    /// How many articles and sentences there are in a draw.
    fn n(&self, draw: &Draw) -> (usize, usize) {
        (draw.articles.len(), drawing::n_sentences(self.project, &draw.articles))
    }

    fn report<'d>(&self, draws: &'d [Draw]) -> Report<'d> {
        let need = self.needs().into_iter().map(|(half_width, need)| NeedOut {
            half_width,
            articles: need.map(|need| need.n_articles),
            sentences: need.map(|need| need.n_sentences),
        });
        let draws = draws.iter().map(|draw| DrawOut {
            id: draw.id.as_str(),
            by: draw.by.as_ref().map(CoderId::as_str),
            seed: draw.seed,
            size: draw.size,
            of: draw.of,
            even_by: &draw.strata,
            sentences: drawing::n_sentences(self.project, &draw.articles),
            half_width: self.design.half_width(self.n(draw)),
            articles: draw.articles.iter().map(ArticleId::as_str).collect(),
        });
        Report {
            design_effect: self.design.effect,
            design_effect_measured_in: self.design.measured,
            alpha: self.design.alpha,
            sentences_per_article: self.per_article,
            need: need.collect(),
            draws: draws.collect(),
            written: !self.args.only_reads(),
        }
    }

    fn lines(&self, draws: &[Draw], console: &mut Console<'_>) -> anyhow::Result<()> {
        let is_taken_back = self.args.take_back.is_some();
        for draw in draws {
            let what = match (is_taken_back, self.args.dry_run) {
                (true, false) => "taken back",
                (true, true) => "would be taken back",
                (false, true) if self.args.has_size() => "would be drawn",
                _ => "drawn",
            };
            let (n_articles, n_sentences) = self.n(draw);
            let articles = n_of(n_articles, "article");
            let sentences = n_of(n_sentences, "sentence");
            let even = if draw.strata.is_empty() {
                "by chance alone".to_owned()
            } else {
                format!("even by {}", draw.strata.join(" and "))
            };
            let (id, of, seed) = (&draw.id, draw.of, draw.seed);
            let id = if self.args.dry_run { String::new() } else { format!(" `{id}`") };
            console.line(&format!("{what}{id}: {articles} of {of}, {sentences}, {even}, seed {seed}"))?;
            if is_taken_back {
                continue;
            }
            let alpha = self.design.alpha;
            console.line(&match self.design.half_width((n_articles, n_sentences)) {
                Some(half) => format!(
                    "  where several read all of it, an alpha near {alpha:.2} has an interval of about ±{half:.3}"
                ),
                None => "  too little for an interval".to_owned(),
            })?;
            if self.args.has_size() {
                for article in draw.articles.iter().filter_map(|id| self.project.article(id)) {
                    console.line(&format!("  {}  {}", article.id, show::heading(article)))?;
                }
            }
        }
        if draws.is_empty() {
            console.line("nothing was drawn yet")?;
        }
        if !is_taken_back {
            self.need_lines(console)?;
        }
        if self.args.dry_run {
            console.line("nothing was written")?;
        }
        Ok(())
    }

    fn need_lines(&self, console: &mut Console<'_>) -> anyhow::Result<()> {
        for (half, need) in self.needs() {
            let Some(need) = need else { continue };
            let articles = n_of(need.n_articles, "article");
            let sentences = n_of(need.n_sentences, "shared sentence");
            console.line(&format!("for ±{half} you need about {sentences} in {articles}"))?;
        }
        console.line(&format!("{}; {:.1} sentences an article", self.design.says(), self.per_article))?;
        Ok(())
    }
}

/// `0.05`.
fn half_width(text: &str) -> Result<f64, String> {
    let width = text.trim().trim_start_matches('±').parse::<f64>().ok();
    width
        .filter(|width| *width > 0.0 && *width < 1.0)
        .ok_or_else(|| "a number between 0 and 1, as 0.05".to_owned())
}
