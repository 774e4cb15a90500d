//! `allegata report`: what is said of reliability in a methods section, as a page, in Markdown, in LaTeX or as a folder.

use crate::analysis::agreement::of_project::{Missing, Rule};
use crate::cli::Outcome;
use crate::cli::console::Console;
use crate::cli::failure::{NotDone, Usage};
use crate::cli::opening::n_of;
use crate::cli::{compare, handout};
use crate::formats::report::Form;
use crate::formats::report::making::{self, Named, Wish};
use crate::shell::files;
use crate::shell::folders::Folders;
use crate::shell::reporting::{self, Replaces};
use std::path::{Path, PathBuf};

const AFTER_HELP: &str = "\
Examples:
  allegata report inquiry.allegata.ron -o reliability.html
  allegata report mira.allegata.ron jonas.allegata.ron -o report/
  allegata report inquiry.allegata.ron -o reliability.tex --names real --force

One page of HTML that holds all it needs and runs nothing; Markdown; LaTeX, its tables with booktabs; or a folder with all three, \
each table as CSV, each picture as SVG (90 mm and 190 mm wide), and the raw matrix of sentences and coders, which `allegata \
agreement --matrix` reads. What it says: a paragraph on reliability for a methods section, corpus, unit and segmentation, \
codebook, coders, subsample, the rule for missing answers, coefficients with their intervals, pairs, agreement over time, \
adjudication, versions, hashes, and the command that makes it again. The figures are those of `allegata agreement`.

Coders stand under pseudonyms, the same in every report of the project; with `--names real` under their names. A file that is \
there stays, unless `--force` says otherwise; it never gives way if it is a project.

Several files are read together as `allegata compare` does. Files are only read.

Exit status: 1 where a file was left out, 3 where the report is there already.";

/// Write a report on reliability, ready for a methods section
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(in crate::cli) struct Args {
    /// The project, or several people's files
    #[arg(value_name = "PROJECT.ron", required = true)]
    files: Vec<PathBuf>,
    /// Where to write
    #[arg(short, long, value_name = "FILE.html|FILE.md|FILE.tex|FOLDER/")]
    output: PathBuf,
    /// What coders are called
    #[arg(long, value_name = "real|pseudonyms", default_value = "pseudonyms", value_parser = ["real", "pseudonyms"])]
    names: String,
    /// Write over an older report
    #[arg(long)]
    force: bool,
    /// Only articles that fit this query, as `allegata find --help` has them
    #[arg(long, value_name = "QUERY")]
    articles: Option<String>,
    /// What a sentence without an answer is
    #[arg(long, value_name = "missing|none-if-done", default_value = "missing", value_parser = ["missing", "none-if-done"])]
    missing: String,
    /// Which answers do not count, as for `allegata agreement`
    #[arg(long, value_name = "unfinished,retired,older", value_delimiter = ',',
        value_parser = ["unfinished", "retired", "older"])]
    leave_out: Vec<String>,
    /// Which answers count too, as for `allegata agreement`
    #[arg(long, value_name = "aside", value_parser = ["aside"])]
    also: Option<String>,
}

pub(in crate::cli) fn run(
    args: &Args,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let form = form_of(&args.output)?;
    let replaces = if args.force { Replaces::Older } else { Replaces::Nothing };
    if let Some(there) = reporting::taken(&args.output, form).filter(|_| !args.force) {
        let what = format!("there is a file of this name: `{}`", there.display());
        return Err(NotDone(format!("{what}\0hint: `--force` writes over an older report")).into());
    }
    if args.files.contains(&args.output) {
        return Err(NotDone(format!("this is one of the files read: `{}`", args.output.display())).into());
    }
    let (project, read) = compare::opened(&args.files, folders, console)?;
    // Ids of what is put together are made by chance: by that of the first file the report is the same each time.
    let first = read.as_ref().and_then(|read| read.projects.first()).map(|project| project.id().clone());
    let project = first.map_or_else(|| project.clone(), |id| project.copy_as(id));
    if let Some(words) = &args.articles {
        handout::fitting(&project, words)?;
    }
    let leaves_out = |what: &str| args.leave_out.iter().any(|one| one == what);
    let rule = Rule {
        missing: if args.missing == "missing" { Missing::Missing } else { Missing::NoneIfDone },
        finished_only: leaves_out("unfinished"),
        no_retired: leaves_out("retired"),
        this_version_only: leaves_out("older"),
        with_aside: args.also.is_some(),
    };
    let left_out = read.map(|read| read.left_out).unwrap_or_default();
    let mut hashes = vec![];
    for path in &args.files {
        let is_left_out = left_out.iter().any(|(name, _)| *name == path.display().to_string());
        if !is_left_out {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
            hashes.push((name, files::hash_of_file(path)?));
        }
    }
    let wish = Wish {
        form,
        named: if args.names == "real" { Named::Real } else { Named::Pseudonyms },
        rule,
        articles: args.articles.clone().unwrap_or_default(),
        files: hashes,
    };
    let made = making::make(&project, &wish, &|_| true).unwrap_or_default();
    let source = args.files.first().map_or(Path::new(""), PathBuf::as_path);
    let n = reporting::write(&args.output, (&made, form), (source, replaces), &|| true)?.unwrap_or_default();
    let files = if form == Form::Folder { format!("{} in ", n_of(n, "file")) } else { String::new() };
    console.say(&format!("written: {files}`{}`", args.output.display()));
    Ok(if left_out.is_empty() { Outcome::Fine } else { Outcome::Look })
}

/// What is written, by the name: a folder that is there, or a name that ends as one.
fn form_of(path: &Path) -> Result<Form, Usage> {
    let name = path.to_string_lossy();
    if path.is_dir() || name.ends_with(['/', std::path::MAIN_SEPARATOR]) {
        return Ok(Form::Folder);
    }
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    Form::ALL.into_iter().find(|form| form.ending() == Some(ending.as_str())).ok_or_else(|| {
        let hint = format!("name a file that ends with `.html`, `.md` or `.tex`, or a folder: `{name}/`");
        Usage(format!("no report has this name: `{name}`\0hint: {hint}"))
    })
}
