//! `allegata scheme`: the labels with their codebook: shown, written, taken over from elsewhere.

use crate::cli::console::Console;
use crate::cli::failure::NotDone;
use crate::cli::opening::n_of;
use crate::cli::{Outcome, opening};
use crate::formats::{codebook, json};
use crate::model::codebook::{Adopted, adopt};
use crate::model::ids::LabelId;
use crate::model::project::Project;
use crate::model::scheme::{Label, Scheme};
use crate::shell::folders::Folders;
use crate::shell::{export, teammates};
use std::path::{Path, PathBuf};

const AFTER_HELP: &str = "\
Examples:
  allegata scheme inquiry.allegata.ron --show
  allegata scheme inquiry.allegata.ron --markdown codebook.md
  allegata scheme inquiry.allegata.ron --export labels.allegata.ron
  allegata scheme inquiry.allegata.ron --import labels.allegata.ron --dry-run

A scheme's file is a project without articles, and any project can lend its scheme. A label that is missing there goes; one that \
somebody gave is retired instead: its answers stay, and it is no longer offered. The version rises with a definition, an example, a \
doubt, a label more or fewer, or how many labels a sentence takes; not with names, colours and keys.

Exit status: 1 where answers have a label that is retired by it.";

/// Show the labels with their codebook, write them to a file, or take them over from one
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP, group(clap::ArgGroup::new("what").required(true)))]
pub(in crate::cli) struct Args {
    /// The project's file
    #[arg(value_name = "PROJECT.ron")]
    project: PathBuf,
    /// Show the labels
    #[arg(long, group = "what")]
    show: bool,
    /// One JSON object: version, choose, skip, labels
    #[arg(long, requires = "show")]
    json: bool,
    /// Write the scheme to a file, which must not be there yet
    #[arg(long, value_name = "FILE.ron", group = "what")]
    export: Option<PathBuf>,
    /// Write the codebook as a page to read, to a file that must not be there yet
    #[arg(long, value_name = "FILE.md", group = "what")]
    markdown: Option<PathBuf>,
    /// Take over the scheme of a file
    #[arg(long, value_name = "FILE.ron", group = "what")]
    import: Option<PathBuf>,
    /// Say what would change, and write nothing
    #[arg(long, requires = "import")]
    dry_run: bool,
}

impl Args {
    /// Whether the project stays as it is.
    pub fn only_reads(&self) -> bool {
        self.import.is_none() || self.dry_run
    }
}

pub(in crate::cli) fn run(
    args: &Args,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    if let Some(from) = &args.import {
        return import(args, from, folders, console);
    }
    let project = opening::to_read(&args.project, folders, console)?;
    if let Some(path) = &args.export {
        export::create(path, codebook::file(&project)?.as_bytes())?;
        console.line(&format!("scheme written to `{}`", path.display()))?;
    } else if let Some(path) = &args.markdown {
        export::create(path, codebook::markdown(&project).as_bytes())?;
        console.line(&format!("codebook written to `{}`", path.display()))?;
    } else if args.json {
        console.json(&json::scheme(&project))?;
    } else {
        show(&project, console)?;
    }
    Ok(Outcome::Fine)
}

/// The scheme of a file: a scheme's own, or any project's.
pub(in crate::cli) fn of_file(path: &Path, console: &mut Console<'_>) -> anyhow::Result<Scheme> {
    let loaded = teammates::read(path)?;
    for mend in &loaded.mends {
        console.warn(&mend.to_string());
    }
    Ok(loaded.project.scheme().clone())
}

fn import(args: &Args, from: &Path, folders: &Folders, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let to = of_file(from, console)?;
    let (before, opened) = opening::to_try(&args.project, args.dry_run, folders, console)?;
    let adopted = adopt(&before, &to).map_err(|several| {
        let n = n_of(several.0.len(), "sentence");
        let named = several.0.iter().take(MAX_NAMED).map(|(article, span)| format!("{article} {span}"));
        let named = named.collect::<Vec<_>>().join(", ");
        let more = if several.0.len() > MAX_NAMED { ", …" } else { "" };
        NotDone(format!(
            "{n} with several labels, and the scheme would take one: {named}{more}\0hint: answer them with one label first"
        ))
    })?;
    let Some(adopted) = adopted else {
        console.line("the same scheme: nothing to change")?;
        return Ok(Outcome::Fine);
    };
    let mut project = before;
    project.apply(adopted.action.clone())?;
    report(&adopted, console)?;
    match opened {
        Some(opened) => opening::save(opened, &project, console)?,
        None => console.line("nothing was written")?,
    }
    let is_touched = adopted.retired.iter().any(|(_, n)| *n > 0);
    Ok(if is_touched { Outcome::Look } else { Outcome::Fine })
}

/// The most sentences that an error names.
const MAX_NAMED: usize = 12;

fn report(adopted: &Adopted, console: &mut Console<'_>) -> anyhow::Result<()> {
    let named = |ids: &[LabelId]| ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
    for (what, ids) in
        [("added", &adopted.added), ("changed", &adopted.changed), ("gone, nobody gave it", &adopted.removed)]
    {
        if !ids.is_empty() {
            console.line(&format!("{what}: {}", named(ids)))?;
        }
    }
    for (id, n) in &adopted.retired {
        console.line(&format!("retired: `{id}`, with {}", n_of(*n, "answer")))?;
    }
    console.line(&format!("version {}", adopted.version))?;
    Ok(())
}

fn show(project: &Project, console: &mut Console<'_>) -> anyhow::Result<()> {
    let scheme = project.scheme();
    let takes = if scheme.takes_several() { "several labels" } else { "one label" };
    let skips = if scheme.skip.is_empty() {
        String::new()
    } else {
        format!(", passes over {}", scheme.skip.join(", "))
    };
    console.line(&format!("version {}, {takes} a sentence{skips}", scheme.version))?;
    for label in &scheme.labels {
        let Label { id, name, keys, letter, colour, line, says, is, is_not, doubt, retired, .. } = &**label;
        let retired = if *retired { ", retired" } else { "" };
        let keys = if keys.is_empty() { "no key".to_owned() } else { format!("keys {}", keys.join(" ")) };
        console.line(&format!("{id}: {name}, {keys}, letter {letter}, {colour} {line}{retired}"))?;
        let examples = [("belongs", is), ("does not belong", is_not)];
        let examples =
            examples.iter().flat_map(|(what, list)| list.iter().map(move |example| (*what, example)));
        let said = [("says", says)].into_iter().filter(|(_, says)| !says.is_empty());
        let doubt = doubt.iter().map(|doubt| ("in doubt", doubt));
        for (what, text) in said.chain(doubt).chain(examples) {
            console.line(&format!("  {what}: {text}"))?;
        }
    }
    Ok(())
}
