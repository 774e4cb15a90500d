//! `allegata add`: articles into a project.

use crate::analysis::count;
use crate::cli::console::Console;
use crate::cli::failure::{NotDone, Usage};
use crate::cli::opening::n_of;
use crate::cli::{Outcome, opening};
use crate::formats::articles::arrivals;
use crate::formats::{self, Format};
use crate::model::article::Meta;
use crate::model::ids::ProjectId;
use crate::model::mending::Field;
use crate::model::project::{Parts, Project};
use crate::model::scheme::Scheme;
use crate::shell::folders::Folders;
use crate::shell::intake::{self, Came, Intake, Said};
use crate::text::message::plain;
use serde::Serialize;
use std::path::{Path, PathBuf};

const AFTER_HELP: &str = "\
Examples:
  allegata add inquiry.allegata.ron articles/
  allegata add inquiry.allegata.ron fire.txt --outlet \"Harbour Post\" --date 2025-03-02
  pdftotext fire.pdf - | allegata add inquiry.allegata.ron - --title \"Cold store fire\"
  curl -s https://example.org/fire.md | allegata add inquiry.allegata.ron - --format md

Names of articles end in `.txt`, `.md`, `.docx`, `.odt`, `.rtf`, `.epub` or `.pdf`. A text that is there already with the same outlet, date and address is skipped.";

/// Add articles to a project
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(in crate::cli) struct Args {
    /// The project's file
    #[arg(value_name = "PROJECT.ron")]
    project: PathBuf,
    /// Articles, folders, or `-` for the standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Title of the article; left out, it is its headline
    #[arg(long)]
    title: Option<String>,
    /// Who printed it
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// When it was printed: a year, a year and month, or a day, as 2025-03-01
    #[arg(long)]
    date: Option<String>,
    /// Where it stands on the web
    #[arg(long)]
    url: Option<String>,
    /// Its language, as `en`
    #[arg(long)]
    lang: Option<String>,
    /// How the standard input is written; left out, it is guessed
    #[arg(long, value_parser = ["md", "txt"])]
    format: Option<String>,
    /// Say what came of each file as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report<'a> {
    added: Vec<Added<'a>>,
    skipped: Vec<Skipped<'a>>,
    refused: Vec<Refused<'a>>,
    warnings: Vec<Warned<'a>>,
}

#[derive(Serialize)]
struct Added<'a> {
    source: &'a str,
    id: &'a str,
    title: &'a str,
    sentences: usize,
}

/// It is there already, as this article.
#[derive(Serialize)]
struct Skipped<'a> {
    source: &'a str,
    id: &'a str,
    title: &'a str,
}

#[derive(Serialize)]
struct Refused<'a> {
    source: &'a str,
    why: String,
}

#[derive(Serialize)]
struct Warned<'a> {
    source: &'a str,
    warning: &'a str,
}

pub(in crate::cli) fn run(
    args: &Args,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let said = said(args)?;
    let opened = opening::to_write(&args.project, folders, console)?;
    let mut project = opened.project.clone();
    let mut intake = read(&args.files, &mut project, &said, console)?;
    if said.meta.title.is_some() && intake.articles.len() > 1 {
        let n = intake.articles.len();
        return Err(Usage(format!(
            "one title for {n} articles\0hint: add them one by one, or without `--title`"
        ))
        .into());
    }
    refuse_projects(&mut intake);
    if !intake.articles.is_empty() {
        opening::save(opened, &project, console)?;
    }
    report(&intake, project.scheme(), args.json, console)?;
    outcome(&intake)
}

/// Reads articles into a project, with progress for who watches.
pub(in crate::cli) fn read(
    paths: &[PathBuf],
    project: &mut Project,
    said: &Said,
    console: &mut Console<'_>,
) -> anyhow::Result<Intake> {
    let (stdin, files): (Vec<_>, Vec<_>) = paths.iter().cloned().partition(|path| path == Path::new("-"));
    let gathered = intake::gather(&files);
    let progress = console.progress(gathered.files.len());
    let mut intake = intake::read(gathered, project, said, |n_done, path| progress.at(n_done, path));
    progress.end();
    if let Some(name) = stdin.first() {
        let bytes = intake::read_stream(&mut *console.input, name)?;
        intake::take_in(&mut intake, project, name, &bytes, said);
    }
    Ok(intake)
}

/// A project to read articles into that nobody keeps.
pub(in crate::cli) fn nothing() -> anyhow::Result<Project> {
    Ok(Project::assemble(Parts::new(ProjectId::new("none"), ""))?)
}

fn said(args: &Args) -> Result<Said, Usage> {
    let known = |field: &Option<String>| {
        field.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    for (field, text) in [(Field::Date, &args.date), (Field::Lang, &args.lang)] {
        arrivals::fits(field, text.as_deref().unwrap_or_default()).map_err(Usage)?;
    }
    let meta = Meta {
        title: known(&args.title),
        outlet: known(&args.outlet),
        published: known(&args.date),
        url: known(&args.url),
        lang: known(&args.lang),
        ..Meta::default()
    };
    Ok(Said { meta, lower_case: false, format: format_of(args.format.as_deref(), &args.files)? })
}

/// The format that is said of the standard input, which must be read then.
pub(in crate::cli) fn format_of(
    said: Option<&str>,
    files: &[PathBuf],
) -> Result<Option<&'static Format>, Usage> {
    if said.is_some() && !files.iter().any(|file| file == Path::new("-")) {
        return Err(Usage("`--format` is for the standard input\0hint: name it with `-`".to_owned()));
    }
    Ok(said.and_then(formats::by_id))
}

fn refuse_projects(intake: &mut Intake) {
    for path in std::mem::take(&mut intake.projects) {
        let path = path.display().to_string();
        let why =
            format!("this is a project, not an article: `{path}`\0hint: open it with `allegata {path}`");
        intake.refused.push((path, why));
    }
}

fn report(intake: &Intake, scheme: &Scheme, json: bool, console: &mut Console<'_>) -> anyhow::Result<()> {
    if json {
        console.json(&report_of(intake, scheme))?;
    } else {
        say(intake, scheme, console)?;
    }
    for what in intake::left_out(intake) {
        console.warn(&what);
    }
    Ok(())
}

fn say(intake: &Intake, scheme: &Scheme, console: &mut Console<'_>) -> anyhow::Result<()> {
    for Came { file, article, .. } in &intake.articles {
        let n = n_of(count::n_asked(scheme, article), "sentence");
        console.line(&format!("added {}  {n}  {file}: {}", article.id, article.shown_title()))?;
    }
    for twin in &intake.skipped {
        console.say(&format!("skipped, it is there already as {}: `{}`", twin.id, twin.file));
    }
    for (_, why) in &intake.refused {
        console.say(&format!("error: {why}"));
    }
    for (file, warning) in &intake.warnings {
        console.warn(&format!("{warning}: `{file}`"));
    }
    Ok(())
}

fn report_of<'a>(intake: &'a Intake, scheme: &Scheme) -> Report<'a> {
    let added = intake.articles.iter().map(|Came { file, article, .. }| Added {
        source: file,
        id: article.id.as_str(),
        title: article.shown_title(),
        sentences: count::n_asked(scheme, article),
    });
    let skipped = intake.skipped.iter().map(|twin| Skipped {
        source: &twin.file,
        id: twin.id.as_str(),
        title: &twin.title,
    });
    Report {
        added: added.collect(),
        skipped: skipped.collect(),
        refused: intake.refused.iter().map(|(source, why)| Refused { source, why: plain(why) }).collect(),
        warnings: intake.warnings.iter().map(|(source, warning)| Warned { source, warning }).collect(),
    }
}

fn outcome(intake: &Intake) -> anyhow::Result<Outcome> {
    let n_refused = intake.refused.len();
    match (intake.articles.len(), n_refused, intake.skipped.len()) {
        (0, 0, 0) => {
            let hint = format!("names of articles end in {}", formats::ARTICLES_END_IN);
            Err(NotDone(format!("no article was named\0hint: {hint}")).into())
        }
        (0, 1.., 0) => {
            Err(NotDone(format!("{} could not be read, nothing was added", n_of(n_refused, "file"))).into())
        }
        (_, 0, 0) => Ok(Outcome::Fine),
        _ => Ok(Outcome::Look),
    }
}
