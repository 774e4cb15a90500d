//! `allegata recover`: what a crash left, and earlier versions.

use crate::cli::console::Console;
use crate::cli::opening::n_of;
use crate::cli::{Outcome, new, opening};
use crate::formats::journal::Entry;
use crate::model::project::Project;
use crate::shell::clock;
use crate::shell::folders::Folders;
use crate::shell::store::{self, StoreError};
use std::path::{Path, PathBuf};

const AFTER_HELP: &str = "\
Examples:
  allegata recover inquiry.allegata.ron
  allegata recover inquiry.allegata.ron --list
  allegata recover inquiry.allegata.ron --restore 2 -o inquiry-of-monday.allegata.ron

Without an option it takes up what a crash left, lists it, and saves. An earlier version is only ever written to a new file.";

/// Take up what a crash left, or bring back an earlier version
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(in crate::cli) struct Args {
    /// The project's file
    #[arg(value_name = "PROJECT.ron")]
    project: PathBuf,
    /// Number the journals and the earlier versions
    #[arg(long, conflicts_with = "restore")]
    list: bool,
    /// Write the version of that number to a new file
    #[arg(long, value_name = "N", requires = "output")]
    restore: Option<usize>,
    /// The new file
    #[arg(short, long, value_name = "FILE", requires = "restore")]
    output: Option<PathBuf>,
}

pub(in crate::cli) fn run(
    args: &Args,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    match (args.list, args.restore, &args.output) {
        (true, ..) => list(&args.project, folders, console),
        (_, Some(n), Some(out)) => restore(&args.project, folders, n, out, console),
        _ => replay(&args.project, folders, console),
    }
}

fn replay(path: &Path, folders: &Folders, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let opened = opening::to_recover(path, folders, console)?;
    let has_warnings = !opened.warnings.is_empty();
    let (project, recovered) = (opened.project.clone(), opened.recovered.clone());
    if recovered.is_empty() {
        opened.store.close();
        writeln!(console.out, "nothing to recover: the file has everything")?;
    } else {
        opening::save(opened, &project, console)?;
        for entry in &recovered {
            writeln!(console.out, "{}", said(entry, &project))?;
        }
        writeln!(console.out, "{} saved", n_of(recovered.len(), "change"))?;
    }
    Ok(if has_warnings { Outcome::Look } else { Outcome::Fine })
}

/// What was done, where, and when.
fn said(entry: &Entry, project: &Project) -> String {
    let when = clock::day(entry.at.0, clock::now_secs());
    let place = entry.action.place().and_then(|place| {
        let article = project.article(&place.article)?;
        let idx = place.sentence.and_then(|span| article.idx_of(span));
        let sentence = idx.map(|idx| format!("sentence {} of ", idx + 1)).unwrap_or_default();
        Some(format!(", {sentence}{}", article.shown_title()))
    });
    format!("{}{} ({when})", entry.name, place.unwrap_or_default())
}

fn list(path: &Path, folders: &Folders, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let (journals, backups) = match (store::journals(path, folders), store::backups(path, folders)) {
        (Err(StoreError::Unknown(_)), _) => (Vec::new(), Vec::new()),
        (journals, backups) => (journals?, backups?),
    };
    let now = clock::now_secs();
    for journal in &journals {
        let when = clock::day(journal.at.0, now);
        let changes = n_of(journal.n_changes, "change");
        writeln!(console.out, "{}  journal  {when}  {changes}, {}", journal.n, journal.says)?;
    }
    for (n, backup) in (journals.len() + 1..).zip(&backups) {
        writeln!(console.out, "{n}  version  {}  {}", clock::day(backup.at.0, now), backup.says)?;
    }
    if journals.is_empty() && backups.is_empty() {
        writeln!(console.out, "no journals and no earlier versions on this computer")?;
    }
    Ok(Outcome::Fine)
}

fn restore(
    path: &Path,
    folders: &Folders,
    n: usize,
    out: &Path,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    // A project is no stream: `-` is no place for it.
    new::project_stem(out)?;
    let restored = store::restore(path, folders, n, out)?;
    console.has_saved = true;
    let changes = match restored.n_changes {
        0 => String::new(),
        n => format!(", with {} from the journal", n_of(n, "change")),
    };
    writeln!(console.out, "version {n} is in `{}`{changes}", out.display())?;
    if restored.n_refused == 0 {
        return Ok(Outcome::Fine);
    }
    console.warn(&format!("{} could not be taken up", n_of(restored.n_refused, "change")));
    Ok(Outcome::Look)
}
