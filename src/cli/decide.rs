//! `allegata decide`: what coders answered differently is decided, many sentences at once or by a table.

use crate::analysis::compare::{Comparison, Kind};
use crate::analysis::taking::{self, Take};
use crate::cli::console::Console;
use crate::cli::failure::{NotDone, Usage};
use crate::cli::opening::n_of;
use crate::cli::{Outcome, label, opening, people};
use crate::formats::datasets::decisions_plan;
use crate::model::action::Action;
use crate::model::coder::Coder;
use crate::model::deciding::By;
use crate::model::ids::{CoderId, RecordId};
use crate::model::project::Project;
use crate::shell::clock;
use crate::shell::folders::Folders;
use std::path::{Path, PathBuf};

const AFTER_HELP: &str = "\
Examples:
  allegata decide p.ron --take unanimous --by \"Ada Brandt\"
  allegata decide p.ron --take majority:0.75 --reason \"three of four\" --dry-run
  allegata decide p.ron --take coder:mira-7f3k --by jonas-q2ma
  allegata decide p.ron --from decisions.csv

Nobody\u{2019}s answer changes. What is decided already stays. A majority is the same labels from more than half of those who \
answered, at least two; SHARE asks for at least that much. A table has the columns article, sentence, labels (ids joined by `|`, \
`none`, or `unanswered` to open it again) and if wanted reason; all rows are taken, or none.

Exit status: 0 nothing stays open, 1 where coders differ and nothing is decided.";

/// Decide where coders differ
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
#[command(group = clap::ArgGroup::new("what").required(true).args(["take", "from"]))]
pub(in crate::cli) struct Args {
    /// The project's file
    #[arg(value_name = "PROJECT.ron")]
    project: PathBuf,
    /// Decide what all said, what most said, or everything that one coder said
    #[arg(long, value_name = "unanimous|majority[:SHARE]|coder:ID")]
    take: Option<String>,
    /// A CSV table of decisions, or `-` for the standard input
    #[arg(long, value_name = "FILE.csv", conflicts_with_all = ["reason", "dry_run"])]
    from: Option<PathBuf>,
    /// Who decides: an id, a name, or somebody new, who then is a reviewer; left out, whoever is known on this computer
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Why, kept with each decision
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Show what would be decided, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

pub(in crate::cli) fn run(
    args: &Args,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    if let Some(from) = &args.from {
        return from_table(args, from, folders, console);
    }
    let said = args.take.as_deref().unwrap_or_default();
    let (before, opened) = if args.dry_run {
        (opening::to_read(&args.project, folders, console)?, None)
    } else {
        let opened = opening::to_write(&args.project, folders, console)?;
        (opened.project.clone(), Some(opened))
    };
    let take = take(&before, said)?;
    let mut project = before;
    let (by, new) = decider(args, &mut project, folders)?;
    let comparison = Comparison::of(&project);
    let reason = args.reason.as_deref().unwrap_or_default();
    let decidings = taking::decidings(&comparison, &take, reason, "");
    let action =
        taking::action(&project, &comparison, &decidings, &by, || RecordId::new(clock::random_id(10)));
    if let Some(action) = action {
        project.apply(action)?;
        if let Some(opened) = opened {
            opening::save(opened, &project, console)?;
        }
    }
    let after = Comparison::of(&project);
    let would = if args.dry_run { "would be decided, nothing was written" } else { "decided" };
    console.line(&format!("{} {would}", n_of(decidings.len(), "sentence")))?;
    if let Some(id) = new.filter(|_| !args.dry_run && !decidings.is_empty()) {
        console.line(&format!("new reviewer {id}"))?;
    }
    say_open(&after, console)
}

fn from_table(
    args: &Args,
    from: &Path,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let table = label::table_of(from, console)?;
    let opened = opening::to_write(&args.project, folders, console)?;
    table.notes.iter().for_each(|note| console.warn(&note.to_string()));
    let mut project = opened.project.clone();
    let (by, new) = decider(args, &mut project, folders)?;
    let planned = decisions_plan::rows(&project, &table, &by, || RecordId::new(clock::random_id(10)));
    let planned = planned.map_err(|bad| label::refused(from, &bad, console))?;
    if let Some(planned) = &planned.project {
        project = planned.clone();
        opening::save(opened, &project, console)?;
    }
    console.line(&format!("{} taken, {} as it was", n_of(planned.n_changed, "row"), planned.n_same))?;
    if let Some(id) = new.filter(|_| planned.project.is_some()) {
        console.line(&format!("new reviewer {id}"))?;
    }
    say_open(&Comparison::of(&project), console)
}

fn say_open(after: &Comparison, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let (n_open, n_stale) = (after.sums.n(Kind::Undecided), after.sums.n(Kind::Stale));
    if n_stale > 0 {
        console.warn(&format!("{} answered otherwise since it was decided", n_of(n_stale, "sentence")));
    }
    if n_open == 0 {
        return Ok(Outcome::Fine);
    }
    let stay = if n_open == 1 { "stays" } else { "stay" };
    console.line(&format!("{} {stay} open", n_of(n_open, "sentence")))?;
    Ok(Outcome::Look)
}

/// What is to be taken.
fn take(project: &Project, said: &str) -> anyhow::Result<Take> {
    let bad =
        |why: &str| Usage(format!("`{said}` {why}\0hint: unanimous, majority, majority:0.75, coder:ID"));
    match said.split_once(':') {
        None if said == "unanimous" => Ok(Take::Unanimous),
        None if said == "majority" => Ok(Take::Majority(0.5)),
        Some(("majority", share)) => {
            let share = match share.strip_suffix('%') {
                Some(percent) => percent.trim().parse::<f64>().map(|percent| percent / 100.0),
                None => share.trim().parse::<f64>(),
            };
            let share = share.ok().filter(|share| (0.5..=1.0).contains(share));
            Ok(Take::Majority(share.ok_or_else(|| bad("names no share from 0.5 to 1"))?))
        }
        Some(("coder", coder)) => {
            let id = people::named(project, coder)?;
            if project.coder(&id).is_some_and(Coder::is_reviewer) {
                return Err(NotDone(format!("`{coder}` is a reviewer, who does not label")).into());
            }
            Ok(Take::Coder(id))
        }
        _ => Err(bad("is nothing that can be taken").into()),
    }
}

/// Who decides, in the project by then; the id of somebody new.
fn decider(args: &Args, project: &mut Project, folders: &Folders) -> anyhow::Result<(By, Option<CoderId>)> {
    let at = opening::now();
    let Some(said) = &args.by else {
        let coder = people::known_here(project, folders).ok_or_else(|| people::nobody_decides(project))?;
        return Ok((By { coder, at }, None));
    };
    let (coder, new) = people::decider(project, said)?;
    let is_new = new.is_some();
    if let Some(new) = new {
        project.apply(Action::Coder { id: coder.clone(), to: Some(new) })?;
    }
    Ok((By { coder: coder.clone(), at }, is_new.then_some(coder)))
}
