//! `allegata new`: an empty project.

use crate::cli::console::Console;
use crate::cli::failure::Usage;
use crate::cli::{Outcome, people, scheme};
use crate::formats::codebook;
use crate::model::ids::{ProjectId, is_name};
use crate::model::project::{Parts, Project};
use crate::model::scheme::Scheme;
use crate::shell::folders::Folders;
use crate::shell::{clock, store};
use std::path::{Path, PathBuf};

const AFTER_HELP: &str = "\
Example:
  allegata new inquiry.allegata.ron --title \"The harbour inquiry\" --coder \"Ines Várga\"

A file that is there already is never replaced.";

/// Make an empty project, with the labels allegation, denial and fact if no others are named
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(in crate::cli) struct Args {
    /// The project's file, usually NAME.allegata.ron
    #[arg(value_name = "PROJECT.ron")]
    project: PathBuf,
    /// Title of the project; left out, it is the name of the file
    #[arg(long)]
    title: Option<String>,
    /// Your name: whoever labels on this computer from now on
    #[arg(long, value_name = "NAME")]
    coder: Option<String>,
    /// The labels to begin with: allegation (the default), claim, stance or empty, or a file with a scheme
    #[arg(long, value_name = "NAME|FILE.ron")]
    scheme: Option<String>,
}

pub(in crate::cli) fn run(
    args: &Args,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let path = &args.project;
    let title = title(args)?;
    let mut parts = Parts::new(ProjectId::new(clock::project_id()), &title);
    if let Some(name) = &args.scheme {
        parts.scheme = scheme_named(name, console)?;
    }
    parts.coders.extend(args.coder.as_deref().map(people::new_coder).transpose()?);
    let coder = parts.coders.first().map(|coder| coder.id.clone());
    let project = Project::assemble(parts)?;
    store::create(path, &project, folders)?.close();
    console.has_saved = true;
    let Some(coder) = coder else {
        console.line(&format!("new project `{}`", path.display()))?;
        return Ok(Outcome::Fine);
    };
    console.line(&format!("new project `{}`, coder {coder}", path.display()))?;
    Ok(people::remember(&project, &coder, folders, console))
}

/// A ready scheme, or that of a file.
fn scheme_named(name: &str, console: &mut Console<'_>) -> anyhow::Result<Scheme> {
    if let Some(ready) = codebook::READY.iter().find(|ready| ready.name == name) {
        return Ok(ready.scheme()?);
    }
    if !Path::new(name).exists() {
        let names: Vec<_> = codebook::READY.iter().map(|r| format!("`{}` ({})", r.name, r.says)).collect();
        let hint = format!("{}, or a file", names.join(", "));
        return Err(Usage(format!("no scheme `{name}`\0hint: {hint}")).into());
    }
    scheme::of_file(Path::new(name), console)
}

fn title(args: &Args) -> Result<String, Usage> {
    let stem = project_stem(&args.project)?;
    match &args.title {
        Some(title) if !is_name(title) => Err(Usage(
            "a title has at most 200 characters and no control characters\0hint: give a shorter one"
                .to_owned(),
        )),
        Some(title) => Ok(title.trim().to_owned()),
        None => Ok(if is_name(&stem) { stem } else { String::new() }),
    }
}

/// The name of a new project's file without its endings; another name, and `-` too, is wrong usage.
pub(in crate::cli) fn project_stem(path: &Path) -> Result<String, Usage> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    stem(&name).map(str::to_owned).ok_or_else(|| {
        let shown = path.display();
        let better = if name.chars().any(char::is_alphanumeric) {
            format!("{shown}.allegata.ron")
        } else {
            "inquiry.allegata.ron".to_owned()
        };
        Usage(format!("the name of a project ends with `.ron`: `{shown}`\0hint: `{better}`"))
    })
}

/// A file's name without the endings of a project; nothing without them.
fn stem(name: &str) -> Option<&str> {
    let is_ron = Path::new(name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron"));
    let stem = is_ron.then(|| name.rsplit_once('.'))??.0;
    Some(stem.strip_suffix(".allegata").unwrap_or(stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_comes_from_the_file() {
        let check = |name: &str, want: Option<&str>| assert_eq!(stem(name), want, "{name}");
        check("inquiry.allegata.ron", Some("inquiry"));
        check("inquiry.ron", Some("inquiry"));
        check("a.b.RON", Some("a.b"));
        check("inquiry", None);
        check("inquiry.txt", None);
        check(".ron", None);
    }
}
