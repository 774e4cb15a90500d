//! `allegata join` and `allegata split`: one sentence mended by hand, with everybody's answers following.

use crate::cli::console::Console;
use crate::cli::failure::NotDone;
use crate::cli::{Outcome, opening, resplit, show};
use crate::formats::datasets::labels_plan;
use crate::model::boundaries::Resplit;
use crate::model::ids::{ArticleId, Span};
use crate::model::project::Project;
use crate::model::repair::{self, Unrepaired};
use crate::shell::folders::Folders;
use std::path::PathBuf;

const AFTER_JOIN: &str = "\
Examples:
  allegata join inquiry.allegata.ron --article 5d1f0c9a2b-03fe --sentence '#7'

An answer stays where both parts have the same; any other is kept beside the article, and the sentence is unanswered. The text \
never changes, and no sentence goes over two paragraphs.";

const AFTER_SPLIT: &str = "\
Examples:
  allegata split inquiry.allegata.ron --article 5d1f0c9a2b-03fe --sentence '#7' --at 141

Both parts get the answer, to be looked at again. Places count Unicode code points of the article's text, as in exports and \
`allegata show --json`.";

/// The sentence that is meant.
#[derive(Debug, clap::Args)]
struct Place {
    /// The project's file
    #[arg(value_name = "PROJECT.ron")]
    project: PathBuf,
    /// The article
    #[arg(long, value_name = "ID")]
    article: String,
    /// The sentence, by its id or by its number in the article
    #[arg(long, value_name = "START-END|#N")]
    sentence: String,
}

/// Join a sentence with the next one of its paragraph
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_JOIN)]
pub(in crate::cli) struct JoinArgs {
    #[command(flatten)]
    place: Place,
}

/// Split a sentence in two
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_SPLIT)]
pub(in crate::cli) struct SplitArgs {
    #[command(flatten)]
    place: Place,
    /// Where the second part begins, in code points of the article's text
    #[arg(long, value_name = "N")]
    at: u32,
}

pub(in crate::cli) fn join(
    args: &JoinArgs,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    mend(&args.place, folders, console, repair::join)
}

pub(in crate::cli) fn split(
    args: &SplitArgs,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    mend(&args.place, folders, console, |project, id, span| repair::split(project, id, span, args.at))
}

fn mend(
    place: &Place,
    folders: &Folders,
    console: &mut Console<'_>,
    plan: impl FnOnce(&Project, &ArticleId, Span) -> Result<Option<Resplit>, Unrepaired>,
) -> anyhow::Result<Outcome> {
    let which = show::sentence(&place.sentence)?;
    let opened = opening::to_write(&place.project, folders, console)?;
    let mut project = opened.project.clone();
    let id = show::article(&project, &place.article)?;
    let Some(was) = opened.project.article(&id) else { return Ok(Outcome::Fine) };
    let span = labels_plan::span_of(was, which).map_err(NotDone)?;
    let Some(plan) = plan(&project, &id, span)? else { return Ok(Outcome::Fine) };
    project.apply(plan.action.clone())?;
    if let Some(is) = project.article(&id) {
        resplit::say(was, is, &plan, &mut console.text())?;
    }
    opening::save(opened, &project, console)?;
    Ok(Outcome::Fine)
}
