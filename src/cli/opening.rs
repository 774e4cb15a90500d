//! Opening a project for a verb: recovery first, and everything that came to light said on the error stream.

use crate::cli::console::Console;
use crate::cli::failure::NotDone;
use crate::formats::project::journal::Draft;
use crate::model::ids::Stamp;
use crate::model::project::Project;
use crate::shell::clock;
use crate::shell::folders::Folders;
use crate::shell::store::{self, Mode, Opened};
use std::path::Path;

/// Opens a project to be read. What a crash left is there too, in memory.
pub(in crate::cli) fn to_read(
    path: &Path,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Project> {
    let opened = store::open(path, folders, Mode::Read)?;
    say_what_came_back(&opened, console);
    say_drafts(&opened.project, &opened.drafts, console);
    say_mends(&opened, console);
    say_warnings(&opened, console);
    Ok(opened.project)
}

/// Opens a project to be written. What a crash left is in it, and goes into the file with the next save.
pub(in crate::cli) fn to_write(
    path: &Path,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Opened> {
    let opened = to_recover(path, folders, console)?;
    say_what_came_back(&opened, console);
    Ok(opened)
}

/// Opens a project to be written, or only to be read where it is a trial that writes nothing.
pub(in crate::cli) fn to_try(
    path: &Path,
    is_trial: bool,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<(Project, Option<Opened>)> {
    if is_trial {
        return Ok((to_read(path, folders, console)?, None));
    }
    let opened = to_write(path, folders, console)?;
    Ok((opened.project.clone(), Some(opened)))
}

/// The same as to be written, for who lists what came back and what did not.
pub(in crate::cli) fn to_recover(
    path: &Path,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Opened> {
    let opened = store::open(path, folders, Mode::Write)?;
    if let Some(why) = &opened.read_only {
        return Err(NotDone(why.clone()).into());
    }
    if !opened.mends.is_empty() {
        say_mends(&opened, console);
        let why = format!(
            "something is wrong in the file, so it is not written: `{}`\0hint: open it in the window, look at what would be \
             mended, and save it",
            path.display()
        );
        return Err(NotDone(why).into());
    }
    say_drafts(&opened.project, &opened.drafts, console);
    say_warnings(&opened, console);
    Ok(opened)
}

/// Saves a project that was opened for writing, and lets it go.
pub(in crate::cli) fn save(
    mut opened: Opened,
    project: &Project,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    opened.store.save(project, opened.last_n)?;
    console.has_saved = true;
    opened.store.close();
    Ok(())
}

/// How changes are counted in messages.
pub(in crate::cli) fn n_of(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

pub(in crate::cli) fn now() -> Stamp {
    Stamp(clock::now_secs())
}

fn say_what_came_back(opened: &Opened, console: &mut Console<'_>) {
    let n = opened.recovered.len();
    if n > 0 {
        console.say(&format!("recovered {} that the file does not have yet", n_of(n, "change")));
    }
}

/// Notes begun in the window and not said: no verb touches them.
pub(in crate::cli) fn say_drafts(project: &Project, drafts: &[Draft], console: &mut Console<'_>) {
    for draft in drafts {
        let article = project.article(&draft.article);
        let idx = article.and_then(|article| article.idx_of(draft.span));
        let number = idx.map(|idx| format!("sentence {} of ", idx + 1)).unwrap_or_default();
        let title = article.map_or(draft.article.as_str(), |article| article.shown_title());
        console.say(&format!(
            "a note half typed on {number}{title} stays in the journal, it is back in its field when the window opens the \
             project"
        ));
    }
}

fn say_warnings(opened: &Opened, console: &mut Console<'_>) {
    for warning in opened.warnings.iter().chain(&opened.left) {
        console.warn(warning);
    }
}

fn say_mends(opened: &Opened, console: &mut Console<'_>) {
    for mend in &opened.mends {
        console.warn(mend);
    }
}
