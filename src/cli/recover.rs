//! `allegata recover`: what a crash left, and earlier versions.

use crate::cli::console::Console;
use crate::cli::failure::NotDone;
use crate::cli::opening::n_of;
use crate::cli::{Outcome, new, opening};
use crate::formats::project::journal::Entry;
use crate::model::project::Project;
use crate::session::version::{Version, VersionKind};
use crate::shell::clock;
use crate::shell::folders::Folders;
use crate::shell::store::{self, Mode, StoreError};
use crate::text::message::Message;
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
    let opened = match opening::to_recover(path, folders, console) {
        Ok(opened) => opened,
        Err(error) => {
            // What was kept of a file that is empty, damaged or gone is there all the same.
            let n = versions(path, folders).map_or(0, |versions| versions.len());
            let (message, is_unreadable) = (error.to_string(), error.is::<StoreError>());
            if n == 0 || !is_unreadable {
                return Err(error);
            }
            let what = Message::of(&message).what;
            let (list, first) = (store::list_command(path), store::restore_command(path, 1));
            let ways = format!("`{list}` lists {}, `{first}` brings back the first", n_of(n, "version"));
            return Err(NotDone(format!("{what}\0hint: {ways}")).into());
        }
    };
    let has_warnings = !opened.warnings.is_empty() || !opened.left.is_empty();
    let (project, recovered) = (opened.project.clone(), opened.recovered.clone());
    let has_drafts = !opened.drafts.is_empty();
    if recovered.is_empty() {
        opened.store.close();
    } else {
        opening::save(opened, &project, console)?;
        for entry in &recovered {
            console.line(&said(entry, &project))?;
        }
        console.line(&format!("{} saved", n_of(recovered.len(), "change")))?;
    }
    let left = store::journals(path, folders)?;
    let left: Vec<_> = left.iter().filter(|journal| !journal.is_elsewhere).collect();
    if recovered.is_empty() && left.is_empty() {
        let but = if has_drafts { " that was said" } else { "" };
        console.line(&format!("nothing to recover: the file has everything{but}"))?;
    }
    for journal in &left {
        let when = clock::day(journal.at.0, clock::now_secs());
        console.line(&format!("not taken up: {}, {when}, {}", journal.holds, journal.says))?;
        console.line(&format!("  in a file of its own: {}", store::restore_command(path, journal.n)))?;
    }
    Ok(if has_warnings || !left.is_empty() { Outcome::Look } else { Outcome::Fine })
}

fn is_journal(version: &Version) -> bool {
    version.kind != VersionKind::Backup
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
    let versions = versions(path, folders)?;
    say_versions(&versions, console)?;
    // A file that cannot be opened is no reason: what is kept of it is listed all the same.
    if let Ok(opened) = store::open(path, folders, Mode::Read) {
        opening::say_drafts(&opened.project, &opened.drafts, console);
    }
    if versions.is_empty() {
        console.line("no journals and no earlier versions on this computer")?;
    }
    Ok(Outcome::Fine)
}

/// What can be brought back, in the order of its numbers; of a file that nobody knows, nothing.
fn versions(path: &Path, folders: &Folders) -> Result<Vec<Version>, StoreError> {
    match store::versions(path, folders) {
        Err(StoreError::Unknown(_)) => Ok(Vec::new()),
        versions => versions,
    }
}

fn say_versions(versions: &[Version], console: &mut Console<'_>) -> std::io::Result<()> {
    let now = clock::now_secs();
    for (n, version) in (1..).zip(versions) {
        let kind = if is_journal(version) { "journal" } else { "version" };
        let note = if version.note.is_empty() { String::new() } else { format!(", {}", version.note) };
        console.line(&format!("{n}  {kind}  {}  {}{note}", clock::day(version.at.0, now), version.says))?;
    }
    Ok(())
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
    console.line(&format!("version {n} is in `{}`{changes}", out.display()))?;
    if restored.n_refused == 0 {
        return Ok(Outcome::Fine);
    }
    console.warn(&format!("{} could not be taken up", n_of(restored.n_refused, "change")));
    Ok(Outcome::Look)
}
