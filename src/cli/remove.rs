//! `allegata remove`: articles go, with every answer to them, counted first.

use crate::analysis::said::Said;
use crate::cli::console::Console;
use crate::cli::meant::Meant;
use crate::cli::opening::n_of;
use crate::cli::{Outcome, opening};
use crate::model::ids::ArticleId;
use crate::model::plan;
use crate::model::project::Project;
use crate::shell::folders::Folders;
use std::path::PathBuf;

const AFTER_HELP: &str = "\
Examples:
  allegata remove inquiry.allegata.ron --article 5d1f0c9a2b-03fe
  allegata remove inquiry.allegata.ron --articles 'outlet:\"Tide & Trade\" to:2023' --dry-run

Answers, decisions and comments on the articles go with them. The version before stays among the backups: `allegata recover` lists \
them. To keep the answers in the file and ask for none, set articles aside: `allegata set --aside`.";

/// Take articles out of a project, with every answer to them
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(in crate::cli) struct Args {
    /// The project's file
    #[arg(value_name = "PROJECT.ron")]
    project: PathBuf,
    #[command(flatten)]
    meant: Meant,
    /// Show what would go, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

pub(in crate::cli) fn run(
    args: &Args,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    if args.dry_run {
        let project = opening::to_read(&args.project, folders, console)?;
        let ids = args.meant.ids(&project)?;
        return say(&project, &ids, "would remove", console).map(|()| Outcome::Fine);
    }
    let opened = opening::to_write(&args.project, folders, console)?;
    let ids = args.meant.ids(&opened.project)?;
    say(&opened.project, &ids, "removed", console)?;
    let mut project = opened.project.clone();
    if let Some(action) = plan::remove_articles(&project, &ids) {
        project.apply(action)?;
        opening::save(opened, &project, console)?;
    }
    Ok(Outcome::Fine)
}

/// A line for each article, and what goes with all of them.
fn say(project: &Project, ids: &[ArticleId], what: &str, console: &mut Console<'_>) -> anyhow::Result<()> {
    for article in ids.iter().filter_map(|id| project.article(id)) {
        console.line(&format!("{what} {}: {}", article.id, article.shown_title()))?;
    }
    let said = Said::of(project, ids, None);
    console.line(&format!("{what} {}, with {said}", n_of(ids.len(), "article")))?;
    Ok(())
}
