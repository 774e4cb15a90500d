//! `allegata git-setup`: lets git merge and show projects as this program does.

use crate::cli::Outcome;
use crate::cli::console::Console;
use crate::shell::git::{self, Repository};
use std::path::Path;

const AFTER_HELP: &str = "\
Examples:
  allegata git-setup
  allegata git-setup --check

It writes a line into `.gitattributes`, which is committed and shared, and settings into this repository's config, which git \
keeps on each computer: everybody runs it once after `git clone`. With --check the exit status is 1 when something is missing.";

/// Let git merge and show projects, in the repository of this folder
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(in crate::cli) struct Args {
    /// Only say what is missing; nothing is written
    #[arg(long, conflicts_with = "undo")]
    check: bool,
    /// Take out what was written
    #[arg(long)]
    undo: bool,
}

pub(in crate::cli) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let repository = Repository::around(Path::new("."))?;
    if args.undo {
        repository.undo()?;
        console.line("git merges and shows projects as plain text again")?;
        return Ok(Outcome::Fine);
    }
    if !args.check {
        repository.set_up()?;
        console
            .line("git merges projects with `allegata merge` and shows them with `allegata show --plain`")?;
        console
            .line("commit `.gitattributes`; everybody else runs `allegata git-setup` once after cloning")?;
    }
    let mut missing = repository.missing()?;
    if !git::is_on_path("allegata") {
        missing.push("`allegata` on the PATH, where git looks for it".to_owned());
    }
    for what in &missing {
        console.line(&format!("missing: {what}"))?;
    }
    if args.check && missing.is_empty() {
        console.line("nothing is missing")?;
    }
    Ok(if missing.is_empty() { Outcome::Fine } else { Outcome::Look })
}
