//! `allegata import` of a project's twin: the same project again, or its answers into one that is there.

use crate::analysis::incoming::Incoming;
use crate::analysis::incoming::taking::Taken;
use crate::cli::console::Console;
use crate::cli::failure::{NotDone, Usage};
use crate::cli::import::{Args, free_path, say};
use crate::cli::{Outcome, new};
use crate::formats::datasets::incoming::File;
use crate::formats::twin::{self, Twin};
use crate::model::project::Project;
use crate::shell::folders::Folders;
use crate::shell::store;

/// The twin in these files, if it is one and nobody calls it another format.
pub(in crate::cli::import) fn read(args: &Args, files: &[File]) -> anyhow::Result<Option<Twin>> {
    let [file] = files else { return Ok(None) };
    if args.from.as_deref().is_some_and(|from| from != "jsonl") || !twin::is_twin(&file.bytes) {
        return Ok(None);
    }
    let shown = args.dataset.display();
    let read = twin::read(&file.bytes).map_err(|why| {
        let (what, hint) = why.to_string().split_once('\0').map_or_else(
            || (why.to_string(), String::new()),
            |(what, hint)| (what.to_owned(), format!("\0{hint}")),
        );
        NotDone(format!("{what}: `{shown}`{hint}"))
    })?;
    Ok(Some(read))
}

/// Its answers, for a project that is there.
pub(in crate::cli::import) fn answers(twin: &Twin) -> Incoming {
    let mut incoming = twin::incoming(&twin.project);
    let project = &twin.project;
    let n_beside = project.n_comments() + project.links().count() + project.decisions().count();
    if n_beside > 0 {
        let what = format!("{n_beside} comments, links and decisions of it are not taken");
        incoming.notes.push(format!("{what}: `allegata merge` takes all of a project's copy"));
    }
    incoming
}

/// Makes the project.
pub(in crate::cli::import) fn make(
    args: &Args,
    twin: &Twin,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let options = [(args.coder.is_some(), "--coder"), (!args.maps.is_empty(), "--map")];
    if let Some((_, option)) = options.iter().find(|(is, _)| *is) {
        let why = format!("this is a whole project, which is made as it is, and `{option}` changes it");
        return Err(
            Usage(format!("{why}\0hint: leave it out, or name a project that takes its answers")).into()
        );
    }
    let path = free_path(args)?;
    new::project_stem(&path)?;
    if !args.dry_run {
        store::create(&path, &twin.project, folders)?.close();
        console.has_saved = true;
    }
    let taken = Taken { n_new: n_answers(&twin.project), notes: twin.unknown.clone(), ..Taken::default() };
    say(args, &path, Some(twin.project.n_articles()), &taken, console)?;
    for mended in &twin.mended {
        console.warn(mended);
    }
    Ok(if twin.mended.is_empty() { Outcome::Fine } else { Outcome::Look })
}

fn n_answers(project: &Project) -> usize {
    project.sheets().map(|sheet| sheet.n_answered()).sum()
}
