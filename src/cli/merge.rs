//! `allegata merge`: two versions of a project become one, by hand and as git calls it.

use crate::analysis::merge::account::{Kind, Sums};
use crate::analysis::merge::{self, Merged};
use crate::cli::Outcome;
use crate::cli::console::Console;
use crate::cli::failure::NotDone;
use crate::cli::opening::n_of;
use crate::cli::versions;
use crate::formats::project;
use crate::shell::reading::{self, AsItIs};
use serde_json::json;
use std::path::{Path, PathBuf};

const AFTER_HELP: &str = "\
Examples:
  allegata merge yesterday.allegata.ron inquiry.allegata.ron from-jonas.allegata.ron
  allegata merge base.ron ours.ron theirs.ron -o merged.allegata.ron --json
  allegata merge /dev/null ours.ron theirs.ron      where no common version is known

What one side changed is taken. What both changed differently stays as OURS has it, and both sides wait in the file as a \
conflict. `allegata git-setup` lets git call this.

Exit status: 0 clean, 1 with conflicts inside a valid file, 3 nothing was written.";

/// Merge two versions of a project into the second one named
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(in crate::cli) struct Args {
    /// The version that both came from; an empty file or /dev/null if none is known
    #[arg(value_name = "BASE.ron")]
    base: PathBuf,
    /// The version that the other is merged into
    #[arg(value_name = "OURS.ron")]
    ours: PathBuf,
    /// The other version; nothing is written to it
    #[arg(value_name = "THEIRS.ron")]
    theirs: PathBuf,
    /// Length of conflict markers, which git tells and no project needs
    #[arg(value_name = "MARKERS", hide = true)]
    markers: Option<String>,
    /// The name of the file, which git tells where the others have names for the moment
    #[arg(value_name = "NAME", hide = true)]
    name: Option<PathBuf>,
    /// Write here, where no file is yet, and leave OURS as it is
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Say it as JSON: clean, written, counts, conflicts, said
    #[arg(long)]
    json: bool,
}

pub(in crate::cli) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let shown = |path: &Path| args.name.clone().unwrap_or_else(|| path.to_owned());
    let base = reading::version(&args.base)?;
    let version = |path: &Path| -> anyhow::Result<AsItIs> {
        let Some(version) = reading::version(path)? else {
            let path = path.display();
            return Err(NotDone(format!("the file is empty: `{path}`\0hint: name a project")).into());
        };
        Ok(version.whole(&shown(path)).map_err(|why| NotDone(why.to_string()))?)
    };
    let (ours, theirs) = (version(&args.ours)?, version(&args.theirs)?);
    let merged = merge::merge(base.as_ref().map(|base| &base.project), &ours.project, &theirs.project)?;
    let text = project::write(&merged.project);
    if text.len() > project::MAX_BYTES {
        let path = shown(&args.ours);
        let why =
            format!("the two are too large for one file: `{}`\0hint: divide the project", path.display());
        return Err(NotDone(why).into());
    }
    let target = args.output.as_ref().unwrap_or(&args.ours);
    let expected = if args.output.is_some() { None } else { Some(ours.hash.as_str()) };
    reading::put(target, &text, expected)?;
    console.has_saved = true;
    say(args, &merged, target, base.is_some(), console)?;
    Ok(if merged.new_conflicts.is_empty() { Outcome::Fine } else { Outcome::Look })
}

fn say(
    args: &Args,
    merged: &Merged,
    target: &Path,
    has_base: bool,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let conflicts = &merged.new_conflicts;
    let sums = |kind: Kind| Some((kind, merged.account.of_kind(kind))).filter(|(_, sums)| !sums.is_nothing());
    if args.json {
        let counts: serde_json::Map<_, _> = Kind::ALL
            .into_iter()
            .filter_map(sums)
            .map(|(kind, sums)| (kind.name().to_lowercase(), counts(sums)))
            .collect();
        console.json(&json!({
            "clean": conflicts.is_empty(),
            "written": target.display().to_string(),
            "base_known": has_base,
            "counts": counts,
            "open": merged.project.conflicts().len(),
            "conflicts": conflicts.iter().map(versions::conflict_json).collect::<Vec<_>>(),
            "said": merged.account.said,
        }))?;
        return Ok(());
    }
    if !has_base {
        console.line("no common version is known: what differs is a conflict")?;
    }
    let name = args.name.as_deref().unwrap_or(target).display();
    let all = merged.account.all();
    console.line(&format!(
        "{name}: {} of theirs, {} of ours, {} alike, {}",
        n_of(all.theirs, "change"),
        all.ours,
        all.alike,
        n_of(conflicts.len(), "conflict")
    ))?;
    for (kind, sums) in Kind::ALL.into_iter().filter_map(sums) {
        let Sums { theirs, ours, alike, conflicts } = sums;
        console.line(&format!(
            "  {}: {theirs} theirs, {ours} ours, {alike} alike, {}",
            kind.name(),
            n_of(conflicts, "conflict")
        ))?;
    }
    for said in &merged.account.said {
        console.line(&format!("  {said}"))?;
    }
    for conflict in conflicts {
        console.line(&format!("  {}", versions::conflict_line(conflict, &merged.project)))?;
    }
    if !conflicts.is_empty() {
        console.say("both sides of each conflict wait in the file, which says what OURS says");
    }
    Ok(())
}

fn counts(sums: Sums) -> serde_json::Value {
    json!({"theirs": sums.theirs, "ours": sums.ours, "alike": sums.alike, "conflicts": sums.conflicts})
}
