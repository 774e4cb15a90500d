//! `allegata check`: what is wrong with project files.

use crate::cli::Outcome;
use crate::cli::console::Console;
use crate::cli::failure::NotDone;
use crate::cli::opening::n_of;
use crate::formats::project::{self, Loaded};
use crate::shell::folders::Folders;
use crate::shell::{files, store};
use serde::Serialize;
use std::io;
use std::path::{Path, PathBuf};

const AFTER_HELP: &str = "\
Examples:
  allegata check *.allegata.ron
  allegata check inquiry.allegata.ron --json

Nothing is written. The exit status is 1 when there is something to look at.";

/// Look whether project files are sound
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(in crate::cli) struct Args {
    /// The projects' files
    #[arg(value_name = "PROJECT.ron", required = true)]
    projects: Vec<PathBuf>,
    /// Say it as JSON
    #[arg(long)]
    json: bool,
}

/// What is in one file and what is wrong with it.
#[derive(Debug, Default, Serialize)]
struct Checked {
    path: String,
    /// Left out when the file is no project.
    #[serde(skip_serializing_if = "Option::is_none")]
    contents: Option<Contents>,
    problems: Vec<String>,
    /// Changes that a crash left in journals and the file does not have.
    unsaved: usize,
    #[serde(skip)]
    unreadable: bool,
}

#[derive(Debug, Serialize)]
struct Contents {
    format: u32,
    coders: usize,
    articles: usize,
    sentences: usize,
    answers: usize,
}

pub(in crate::cli) fn run(
    args: &Args,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let checked: Vec<_> = args.projects.iter().map(|path| check(path, folders)).collect();
    if args.json {
        serde_json::to_writer(&mut *console.out, &checked).map_err(io::Error::from)?;
        writeln!(console.out)?;
    } else {
        checked.iter().try_for_each(|file| say(file, console))?;
    }
    for file in checked.iter().filter(|file| file.unsaved > 0) {
        let (n, path) = (n_of(file.unsaved, "change"), &file.path);
        console.say(&format!("{n} not in the file yet: `{path}` hint: `allegata recover {path} --list`"));
    }
    if let Some(n) = Some(checked.iter().filter(|file| file.unreadable).count()).filter(|n| *n > 0) {
        return Err(NotDone(format!("{} could not be read", n_of(n, "file"))).into());
    }
    let sound = checked.iter().all(|file| file.problems.is_empty());
    Ok(if sound { Outcome::Fine } else { Outcome::Look })
}

fn check(path: &Path, folders: &Folders) -> Checked {
    let mut checked = Checked { path: path.display().to_string(), ..Checked::default() };
    let bytes = match files::read(path, files::MAX_FILE_BYTES) {
        Ok(bytes) => bytes,
        Err(error) => {
            checked.problems.push(error.to_string());
            checked.unreadable = true;
            return checked;
        }
    };
    match project::read(&bytes) {
        Ok(loaded) => checked.take(&loaded),
        Err(error) => checked.problems.push(error.to_string()),
    }
    // A project that was never open on this computer has no journals.
    let journals = store::journals(path, folders).unwrap_or_default();
    checked.unsaved = journals.iter().map(|journal| journal.n_changes).sum();
    checked
}

impl Checked {
    fn take(&mut self, loaded: &Loaded) {
        let project = &loaded.project;
        self.contents = Some(Contents {
            format: loaded.format,
            coders: project.n_coders(),
            articles: project.n_articles(),
            sentences: project.articles().map(|article| article.n_sentences()).sum(),
            answers: project.sheets().map(|sheet| sheet.n_answered()).sum(),
        });
        if let Some(format) = loaded.read_only {
            self.problems.push(format!(
                "only format {format} and later may write this file hint: change it with a newer version of Allegata"
            ));
        }
        self.problems.extend(loaded.mends.iter().map(ToString::to_string));
        let n = project.conflicts().len();
        if n > 0 {
            self.problems.push(format!(
                "{} of one coder to one sentence wait for a decision",
                n_of(n, "pair of answers")
            ));
        }
    }
}

fn say(file: &Checked, console: &mut Console<'_>) -> anyhow::Result<()> {
    let said = match file.problems.len() {
        0 => "fine".to_owned(),
        n => n_of(n, "problem"),
    };
    let contents = file.contents.as_ref().map(|contents| {
        let Contents { articles, sentences, answers, .. } = contents;
        format!(
            ", {}, {}, {}",
            n_of(*articles, "article"),
            n_of(*sentences, "sentence"),
            n_of(*answers, "answer")
        )
    });
    writeln!(console.out, "{}: {said}{}", file.path, contents.unwrap_or_default())?;
    for problem in &file.problems {
        writeln!(console.out, "  {problem}")?;
    }
    Ok(())
}
