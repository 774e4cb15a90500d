//! `allegata check`: what is wrong with project files.

use crate::analysis::again::again;
use crate::analysis::aside::Aside;
use crate::analysis::count;
use crate::cli::console::Console;
use crate::cli::failure::NotDone;
use crate::cli::opening::n_of;
use crate::cli::{Outcome, opening};
use crate::formats::project::journal::Draft;
use crate::formats::project::{self, Loaded};
use crate::model::conflict::What;
use crate::model::project::Project;
use crate::session::sense;
use crate::shell::folders::Folders;
use crate::shell::jobs;
use crate::shell::{files, store};
use crate::text::message::{Message, plain};
use serde::Serialize;
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

/// The most answers to be looked at again that are named.
const MAX_NAMED: usize = 12;

/// What is in one file and what is wrong with it.
#[derive(Debug, Default, Serialize)]
struct Checked {
    path: String,
    /// Left out when the file is no project.
    #[serde(skip_serializing_if = "Option::is_none")]
    contents: Option<Contents>,
    /// Left out when nothing is set aside.
    #[serde(skip_serializing_if = "Option::is_none")]
    aside: Option<SetAside>,
    /// Answers to be looked at again, since their sentences changed; left out when there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    to_check: Vec<ToCheck>,
    problems: Vec<String>,
    /// What makes no sense and does no harm.
    warnings: Vec<String>,
    /// Changes that a crash left in journals and the file does not have.
    unsaved: usize,
    /// The project, and the notes begun on it and not said.
    #[serde(skip)]
    begun: Option<(Project, Vec<Draft>)>,
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

#[derive(Debug, Serialize)]
struct ToCheck {
    article: String,
    sentence: String,
    coder: String,
    /// Its sentence is no longer there.
    kept: bool,
}

/// What is never asked for and counts in none of the contents.
#[derive(Debug, Serialize)]
struct SetAside {
    articles: usize,
    sentences: usize,
    answers: usize,
    #[serde(skip)]
    said: String,
}

pub(in crate::cli) fn run(
    args: &Args,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let mut checked: Vec<_> = args.projects.iter().map(|path| check(path, folders)).collect();
    if args.json {
        checked.iter_mut().flat_map(|file| &mut file.problems).for_each(|problem| *problem = plain(problem));
        console.json(&checked)?;
    } else {
        checked.iter().try_for_each(|file| say(file, console))?;
    }
    for file in checked.iter().filter(|file| file.unsaved > 0) {
        let (n, path) = (n_of(file.unsaved, "change"), &file.path);
        let command = store::list_command(Path::new(path));
        console.say(&format!("{n} not in the file yet: `{path}`\0hint: `{command}`"));
    }
    for (project, drafts) in checked.iter().filter_map(|file| file.begun.as_ref()) {
        opening::say_drafts(project, drafts, console);
    }
    if let Some(n) = Some(checked.iter().filter(|file| file.unreadable).count()).filter(|n| *n > 0) {
        return Err(NotDone(format!("{} could not be read", n_of(n, "file"))).into());
    }
    let sound = checked.iter().all(|file| file.problems.is_empty() && file.warnings.is_empty());
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
    let loaded = project::read_on(&bytes, jobs::cores());
    match &loaded {
        Ok(loaded) => checked.take(loaded),
        Err(error) => checked.problems.push(error.to_string()),
    }
    // A project that was never open on this computer has no journals.
    let id = loaded.as_ref().ok().map(|loaded| loaded.project.id());
    let journals = store::journals_of(path, &bytes, id, folders).unwrap_or_default();
    let its_own = journals.iter().filter(|journal| !journal.is_elsewhere);
    checked.unsaved = its_own.map(|journal| journal.n_changes).sum();
    if let Ok(loaded) = loaded {
        let drafts = store::drafts_of(path, &bytes, &loaded.project, folders).unwrap_or_default();
        checked.begun = (!drafts.is_empty()).then_some((loaded.project, drafts));
    }
    checked
}

impl Checked {
    fn take(&mut self, loaded: &Loaded) {
        let project = &loaded.project;
        let aside = Aside::of(project);
        self.contents = Some(Contents {
            format: loaded.format,
            coders: project.n_coders(),
            articles: project.n_articles(),
            sentences: project.articles().map(|article| count::n_asked(project.scheme(), article)).sum(),
            answers: project.sheets().map(|sheet| sheet.n_answered()).sum::<usize>() - aside.n_answers,
        });
        self.aside = (aside.n_articles + aside.n_sentences > 0).then(|| SetAside {
            articles: aside.n_articles,
            sentences: aside.n_sentences,
            answers: aside.n_answers,
            said: aside.to_string(),
        });
        self.to_check = again(project)
            .map(|again| ToCheck {
                article: again.article.id.to_string(),
                sentence: again.row.span.to_string(),
                coder: again.coder.to_string(),
                kept: again.is_kept,
            })
            .collect();
        if let Some(format) = loaded.read_only {
            self.problems.push(format!(
                "only format {format} and later may write this file\0hint: change it with a newer version of Allegata"
            ));
        }
        if loaded.n_left_out > 0 {
            self.problems.push(format!(
                "the file may not be written: it holds more than a project of its length has room for, {} left out",
                n_of(loaded.n_left_out, "record")
            ));
        }
        self.problems.extend(loaded.mends.iter().map(ToString::to_string));
        self.warnings = sense::nonsense(project);
        let n = project.conflicts().len();
        if n > 0 {
            let (it, waits) = if n == 1 { ("it", "waits") } else { ("them", "wait") };
            self.problems.push(format!(
                "{} {waits} for a decision: {}\0hint: File \u{25b8} Merge a copy\u{2026} in the window shows both sides and \
                 decides {it}",
                n_of(n, "conflict"),
                kinds_of(project)
            ));
        }
    }
}

/// What conflicts are about: `2 answers, 1 label`.
fn kinds_of(project: &Project) -> String {
    let words = |what: &What| match what {
        What::Coding => ("1 answer", "answers"),
        What::Note => ("1 note", "notes"),
        What::Decision => ("1 decision", "decisions"),
        What::Sheet => ("1 sheet", "sheets"),
        What::Article => ("1 article", "articles"),
        What::Sentences => ("the sentences of 1 article", "articles' sentences"),
        What::Label => ("1 label", "labels"),
        What::Scheme => ("the scheme", "fields of the scheme"),
        What::Coder => ("1 coder", "coders"),
        What::Comment => ("1 comment", "comments"),
        What::Project => ("the project's title", "fields of the project"),
        What::Other(_) => ("1 thing of a newer version", "things of a newer version"),
    };
    let mut kinds: Vec<((&str, &str), usize)> = vec![];
    for words in project.conflicts().iter().map(|conflict| words(&conflict.what)) {
        match kinds.iter_mut().find(|(known, _)| *known == words) {
            Some((_, n)) => *n += 1,
            None => kinds.push((words, 1)),
        }
    }
    let said =
        kinds.into_iter().map(|((one, many), n)| if n == 1 { one.to_owned() } else { format!("{n} {many}") });
    said.collect::<Vec<_>>().join(", ")
}

fn say(file: &Checked, console: &mut Console<'_>) -> anyhow::Result<()> {
    let said = match (file.problems.len(), file.warnings.len()) {
        (0, 0) => "fine".to_owned(),
        (n, 0) => n_of(n, "problem"),
        (0, n) => n_of(n, "warning"),
        (n, n_warnings) => format!("{}, {}", n_of(n, "problem"), n_of(n_warnings, "warning")),
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
    console.line(&format!("{}: {said}{}", file.path, contents.unwrap_or_default()))?;
    if let Some(aside) = &file.aside {
        console.line(&format!("  {}", aside.said))?;
    }
    if !file.to_check.is_empty() {
        let named = file.to_check.iter().take(MAX_NAMED);
        let named = named.map(|row| format!("{} {} of {}", row.article, row.sentence, row.coder));
        let named = named.collect::<Vec<_>>().join(", ");
        let more = match file.to_check.len().saturating_sub(MAX_NAMED) {
            0 => String::new(),
            n => format!(" and {n} more"),
        };
        let n = n_of(file.to_check.len(), "answer");
        console.line(&format!("  {n} to look at again, as their sentences changed: {named}{more}"))?;
    }
    for problem in &file.problems {
        let Message { what, hint } = Message::of(problem);
        console.line(&format!("  {what}"))?;
        if let Some(hint) = hint.map(|hint| format!("hint: {hint}")) {
            console.line(&format!("    {hint}"))?;
        }
    }
    for warning in &file.warnings {
        console.line(&format!("  warning: {warning}"))?;
    }
    Ok(())
}
