//! `allegata show`: a project for people, for programs, for `git diff`.

use crate::cli::console::Console;
use crate::cli::failure::{NotDone, Usage};
use crate::cli::{Outcome, opening};
use crate::formats::datasets::labels_table::Which;
use crate::formats::{json, show};
use crate::model::ids::ArticleId;
use crate::model::project::Project;
use crate::shell::folders::Folders;
use std::path::PathBuf;

const AFTER_HELP: &str = "\
Examples:
  allegata show inquiry.allegata.ron
  allegata show inquiry.allegata.ron --article 5d1f0c9a2b-03fe
  allegata show inquiry.allegata.ron --json | jq '.articles[].sentences | length'

Offsets count Unicode code points of the article's text; an end is the place after the last character.";

/// Show a project: an overview, its text with all answers, or JSON
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(in crate::cli) struct Args {
    /// The project's file
    #[arg(value_name = "PROJECT.ron")]
    project: PathBuf,
    /// Only this article, as text if nothing else is asked for
    #[arg(long, value_name = "ID")]
    article: Option<String>,
    /// Every sentence with what each coder said of it
    #[arg(long, conflicts_with = "json")]
    plain: bool,
    /// One JSON object: format, title, scheme, coders, articles
    #[arg(long)]
    json: bool,
}

pub(in crate::cli) fn run(
    args: &Args,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let project = opening::to_read(&args.project, folders, console)?;
    let article = args.article.as_deref().map(|id| article(&project, id)).transpose()?;
    if args.json {
        console.json(&json::of(&project, article.as_ref()))?;
    } else if args.plain || article.is_some() {
        show::plain(&project, article.as_ref(), &mut console.text())?;
    } else {
        show::overview(&project, &mut console.text())?;
    }
    Ok(Outcome::Fine)
}

/// The sentence that is named, by its id or by its number.
pub(in crate::cli) fn sentence(text: &str) -> Result<Which, Usage> {
    Which::parse(text)
        .ok_or_else(|| Usage(format!("`{text}` is no sentence\0hint: an id as `0-121`, or a number as `#7`")))
}

/// The article of that id.
pub(in crate::cli) fn article(project: &Project, id: &str) -> Result<ArticleId, NotDone> {
    let id = ArticleId::new(id);
    match project.article(&id) {
        Some(_) => Ok(id),
        None => Err(NotDone(format!(
            "no article `{id}` in this project\0hint: `allegata show PROJECT.ron` lists them"
        ))),
    }
}
