//! `allegata splits`: which articles of a dataset are for training, and which for testing.

use crate::analysis::splits::{self, Plan, Split, wishes};
use crate::cli::console::Console;
use crate::cli::failure::{NotDone, Usage};
use crate::cli::opening::n_of;
use crate::cli::{Outcome, opening};
use crate::model::ids::ArticleId;
use crate::shell::folders::Folders;
use std::path::PathBuf;

const AFTER_HELP: &str = "\
Examples:
  allegata splits inquiry.allegata.ron 70,15,15
  allegata splits inquiry.allegata.ron train=80,test=20 --seed 7 --dry-run

Two shares are `train` and `test`, three `train`, `validation` and `test`; others need names. Whole articles are placed, never \
sentences: each split gets its share of every label and every outlet as far as that goes. Identical and near-identical texts stay \
together, and an article once placed never moves; `allegata set --split` places one by hand.";

/// Place articles in splits, as for training and testing
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(in crate::cli) struct Args {
    /// The project's file
    #[arg(value_name = "PROJECT.ron")]
    project: PathBuf,
    /// The share of the articles for each split, in percent
    #[arg(value_name = "[NAME=]PERCENT,…")]
    shares: String,
    /// Another number is another draw
    #[arg(long, value_name = "N", default_value_t = splits::FIRST_SEED)]
    seed: u64,
    /// Show what would be placed where, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// The most groups that are named.
const MAX_LISTED: usize = 10;

pub(in crate::cli) fn run(
    args: &Args,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let wishes = wishes::read(&args.shares).map_err(Usage)?;
    let (mut project, opened) = opening::to_try(&args.project, args.dry_run, folders, console)?;
    if let Some(why) = wishes::refusal(&project) {
        return Err(NotDone(why).into());
    }
    let mut plan = splits::plan(&project, &wishes, args.seed);
    if let Some(action) = plan.action.take() {
        project.apply(action)?;
        opened.map_or(Ok(()), |opened| opening::save(opened, &project, console))?;
    }
    say(&plan, args.dry_run, console)?;
    for group in plan.apart.iter().take(MAX_LISTED) {
        let ids: Vec<_> = group.iter().map(ArticleId::as_str).collect();
        console.warn(&format!("near-identical articles stood in different splits: {}", ids.join(", ")));
    }
    if plan.apart.len() > MAX_LISTED {
        console.warn(&format!("{} more such groups", plan.apart.len() - MAX_LISTED));
    }
    Ok(if plan.apart.is_empty() { Outcome::Fine } else { Outcome::Look })
}

fn say(plan: &Plan, is_trial: bool, console: &mut Console<'_>) -> anyhow::Result<()> {
    let width = plan.splits.iter().map(|split| split.name.len()).max().unwrap_or_default();
    for split in &plan.splits {
        console.line(&format!("{:width$}  {}", split.name, words(split)))?;
    }
    let would = if is_trial { "would be " } else { "" };
    let mut said = vec![format!("{} {would}placed", n_of(plan.n_placed, "article"))];
    if plan.n_there > 0 {
        said.push(format!("{} stay where they are", plan.n_there));
    }
    if plan.n_aside > 0 {
        said.push(format!("{} set aside and in no split", plan.n_aside));
    }
    console.line(&said.join(", "))?;
    if plan.n_groups > 0 {
        let groups = n_of(plan.n_groups, "group");
        console.line(&format!("{groups} of near-identical texts, {}", n_of(plan.n_grouped, "article")))?;
    }
    if is_trial {
        console.line("nothing was written")?;
    }
    Ok(())
}

/// `140 articles, 70.0 % of 70 %; 4 outlets; allegation 28, denial 3`.
fn words(split: &Split) -> String {
    let share = format!("{:.1} %", 100.0 * split.share);
    let share = match split.wanted {
        Some(wanted) => format!("{share}, {:.1} % asked for", 100.0 * wanted),
        None => format!("{share}, not asked for"),
    };
    let labels: Vec<_> =
        split.labels.iter().filter(|(_, n)| *n > 0).map(|(label, n)| format!("{label} {n}")).collect();
    let labels = if labels.is_empty() { "no labels".to_owned() } else { labels.join(", ") };
    format!("{} ({share}); {}; {labels}", n_of(split.n_articles, "article"), n_of(split.n_outlets, "outlet"))
}
