//! `allegata remove`: articles go, with every answer to them, counted first.

use crate::analysis::said::Said;
use crate::cli::console::Console;
use crate::cli::failure::NotDone;
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

const DECIDE: &str = "File \u{25b8} Merge a copy\u{2026} in the window decides it";

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
        let (ids, left) = plan::removable(&project, &args.meant.ids(&project)?);
        return say(&project, (&ids, &left), "would remove", console);
    }
    let opened = opening::to_write(&args.project, folders, console)?;
    let (ids, left) = plan::removable(&opened.project, &args.meant.ids(&opened.project)?);
    let before = opened.project.clone();
    let mut project = before.clone();
    if let Some(action) = plan::remove_articles(&project, &ids) {
        project.apply(action)?;
        opening::save(opened, &project, console)?;
    }
    say(&before, (&ids, &left), "removed", console)
}

/// A line for each article that goes, and what goes with all of them; those that cannot go are left out.
fn say(
    project: &Project,
    (ids, left): (&[ArticleId], &[ArticleId]),
    what: &str,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    if ids.is_empty() && !left.is_empty() {
        let which = left.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
        return Err(NotDone(format!("a conflict is open in {which}\0hint: {DECIDE}")).into());
    }
    for article in ids.iter().filter_map(|id| project.article(id)) {
        console.line(&format!("{what} {}: {}", article.id, article.shown_title()))?;
    }
    let said = Said::of(project, ids, None);
    console.line(&format!("{what} {}, with {said}", n_of(ids.len(), "article")))?;
    for article in left.iter().filter_map(|id| project.article(id)) {
        console.warn(&format!(
            "left out {}, for a conflict in it is open: {}",
            article.id,
            article.shown_title()
        ));
    }
    Ok(if left.is_empty() { Outcome::Fine } else { Outcome::Look })
}
