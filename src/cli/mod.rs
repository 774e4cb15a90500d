//! The command line: what may be asked for, and the way to each verb. One file a verb.

mod add;
mod agreement;
mod attach;
mod check;
mod collect;
mod compare;
mod console;
mod decide;
mod diff;
mod door;
mod draw;
mod export;
mod failure;
mod find;
mod git_setup;
mod handout;
mod import;
mod label;
mod meant;
mod merge;
mod new;
mod opening;
mod people;
mod query;
mod recover;
mod remove;
mod repair;
mod report;
mod resplit;
mod scheme;
mod sentences;
mod set;
mod show;
mod splits;
mod versions;

use crate::cli::console::Console;
use crate::cli::failure::Usage;
use crate::shell::folders::Folders;
use clap::{Parser, Subcommand};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

/// What came of a verb that could be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Fine,
    /// Done, but there is something to look at.
    Look,
}

/// Exit codes, as the help says them.
const LOOK: u8 = 1;
const WRONG_USAGE: u8 = 2;
const NOT_DONE: u8 = 3;

const AFTER_HELP: &str = "\
Examples:
  allegata fire.txt                   begins a project with this article
  allegata inquiry.allegata.ron       opens a project
  allegata new inquiry.allegata.ron --coder \"Ines Várga\"
  allegata add inquiry.allegata.ron articles/
  allegata export inquiry.allegata.ron --to csv -o inquiry.csv

Exit status: 0 fine, 1 done but look, 2 wrong usage, 3 could not be done and nothing was written.";

/// Read news articles and label, sentence by sentence, what is alleged, denied or stated as fact.
///
/// Without a verb it opens the window.
#[derive(Debug, Parser)]
#[command(name = "allegata", version, after_help = AFTER_HELP, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    verb: Option<Verb>,
    /// A project to open, or articles and folders to begin one with
    #[arg(value_name = "PROJECT.ron|ARTICLE|FOLDER")]
    paths: Vec<PathBuf>,
    /// Writes one line for each frame drawn: what set it off, and its times in milliseconds
    #[arg(long, value_name = "FILE", hide = true)]
    frame_log: Option<PathBuf>,
}

/// The verbs, in the order of the help.
#[derive(Debug, Subcommand)]
enum Verb {
    New(new::Args),
    Add(add::Args),
    Import(import::Args),
    Show(show::Args),
    Find(find::Args),
    Label(label::Args),
    Set(set::Args),
    Remove(remove::Args),
    Scheme(scheme::Args),
    Resplit(resplit::Args),
    Join(repair::JoinArgs),
    Split(repair::SplitArgs),
    Splits(splits::Args),
    Export(export::Args),
    Attach(attach::Args),
    Check(check::Args),
    Recover(recover::Args),
    Diff(diff::Args),
    Merge(merge::Args),
    GitSetup(git_setup::Args),
    Sentences(sentences::Args),
    Draw(draw::Args),
    Handout(handout::Args),
    Collect(collect::Args),
    Compare(compare::Args),
    Decide(decide::Args),
    Agreement(agreement::Args),
    Report(report::Args),
}

/// What a command line asks for.
#[derive(Debug)]
pub struct Asked {
    arguments: Arguments,
}

/// What the window is asked to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    pub paths: Vec<PathBuf>,
    pub frame_log: Option<PathBuf>,
}

pub use crate::cli::console::Log;

/// Says a message on the error stream.
pub fn say(message: &str) {
    console::say(message);
}

/// Reads a command line. `Err` = everything was said already; exit with this.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Asked, ExitCode> {
    match Arguments::try_parse_from(arguments) {
        Ok(arguments) => Ok(Asked { arguments }),
        Err(error) => {
            let is_help = error.exit_code() == 0;
            let said = console::say_usage(&error);
            Err(if is_help && said.is_ok() { ExitCode::SUCCESS } else { ExitCode::from(WRONG_USAGE) })
        }
    }
}

impl Asked {
    /// What the window is to open, if the window is asked for.
    pub fn window(&self) -> Option<Window> {
        let Arguments { verb, paths, frame_log } = &self.arguments;
        verb.is_none().then(|| Window { paths: paths.clone(), frame_log: frame_log.clone() })
    }

    /// Runs the verb; without one, looks whether the window can open what it is asked to.
    pub fn run(self) -> ExitCode {
        console::run(|console| match self.arguments.verb {
            Some(verb) => run(verb, console),
            None => paths_exist(&self.arguments.paths),
        })
    }
}

fn run(verb: Verb, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    // These read files as they are, and need no folder of this program's.
    match &verb {
        Verb::Sentences(args) => return sentences::run(args, console),
        Verb::Diff(args) => return diff::run(args, console),
        Verb::Merge(args) => return merge::run(args, console),
        Verb::GitSetup(args) => return git_setup::run(args, console),
        Verb::Agreement(args) => return agreement::run(args, || Ok(Folders::named()?), console),
        _ => {}
    }
    // Who only reads needs no folder to write in.
    let is_reader = match &verb {
        Verb::Show(_)
        | Verb::Find(_)
        | Verb::Export(_)
        | Verb::Attach(_)
        | Verb::Check(_)
        | Verb::Compare(_)
        | Verb::Report(_) => true,
        Verb::Decide(args) => args.dry_run,
        Verb::Resplit(args) => args.dry_run,
        Verb::Remove(args) => args.dry_run,
        Verb::Scheme(args) => args.only_reads(),
        Verb::Draw(args) => args.only_reads(),
        Verb::Handout(args) => args.dry_run,
        Verb::Collect(args) => args.dry_run,
        Verb::Splits(args) => args.dry_run,
        Verb::Import(args) => args.dry_run,
        _ => false,
    };
    let folders = if is_reader { Folders::named()? } else { Folders::find()? };
    match verb {
        Verb::New(args) => new::run(&args, &folders, console),
        Verb::Add(args) => add::run(&args, &folders, console),
        Verb::Import(args) => import::run(&args, &folders, console),
        Verb::Show(args) => show::run(&args, &folders, console),
        Verb::Find(args) => find::run(&args, &folders, console),
        Verb::Label(args) => label::run(&args, &folders, console),
        Verb::Set(args) => set::run(&args, &folders, console),
        Verb::Remove(args) => remove::run(&args, &folders, console),
        Verb::Scheme(args) => scheme::run(&args, &folders, console),
        Verb::Resplit(args) => resplit::run(&args, &folders, console),
        Verb::Join(args) => repair::join(&args, &folders, console),
        Verb::Split(args) => repair::split(&args, &folders, console),
        Verb::Splits(args) => splits::run(&args, &folders, console),
        Verb::Export(args) => export::run(&args, &folders, console),
        Verb::Attach(args) => attach::run(&args, &folders, console),
        Verb::Check(args) => check::run(&args, &folders, console),
        Verb::Recover(args) => recover::run(&args, &folders, console),
        Verb::Sentences(args) => sentences::run(&args, console),
        Verb::Diff(args) => diff::run(&args, console),
        Verb::Merge(args) => merge::run(&args, console),
        Verb::GitSetup(args) => git_setup::run(&args, console),
        Verb::Draw(args) => draw::run(&args, &folders, console),
        Verb::Handout(args) => handout::run(&args, &folders, console),
        Verb::Collect(args) => collect::run(&args, &folders, console),
        Verb::Compare(args) => compare::run(&args, &folders, console),
        Verb::Decide(args) => decide::run(&args, &folders, console),
        Verb::Agreement(args) => agreement::run(&args, || Ok(folders), console),
        Verb::Report(args) => report::run(&args, &folders, console),
    }
}

/// A verb that is mistyped looks like a file that is not there.
fn paths_exist(paths: &[PathBuf]) -> anyhow::Result<Outcome> {
    let Some(missing) = paths.iter().find(|path| !path.exists()) else { return Ok(Outcome::Fine) };
    let verbs: Vec<_> = <Arguments as clap::CommandFactory>::command()
        .get_subcommands()
        .map(|verb| format!("`{}`", verb.get_name()))
        .collect();
    let what = missing.display();
    Err(Usage(format!("no such file or verb: `{what}`\0hint: the verbs are {}", verbs.join(", "))).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    fn parsed(line: &str) -> Result<Arguments, clap::Error> {
        Arguments::try_parse_from(line.split_whitespace())
    }

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn without_a_verb_the_window_is_asked_for() {
        let window = |line: &str| Asked { arguments: parsed(line).unwrap() }.window();
        let paths = |paths: &[&str]| paths.iter().map(PathBuf::from).collect();
        let want = Window { paths: paths(&["a.txt", "b/"]), frame_log: None };
        assert_eq!(window("allegata a.txt b/"), Some(want));
        let want = Window { paths: paths(&["p.ron"]), frame_log: Some("f.log".into()) };
        assert_eq!(window("allegata --frame-log f.log p.ron"), Some(want));
        assert_eq!(window("allegata"), Some(Window { paths: vec![], frame_log: None }));
        assert_eq!(window("allegata show p.ron"), None);
    }

    #[test]
    fn verbs_are_as_the_manual_has_them() {
        let verbs: Vec<_> = Arguments::command().get_subcommands().map(|v| v.get_name().to_owned()).collect();
        assert_eq!(
            verbs,
            [
                "new",
                "add",
                "import",
                "show",
                "find",
                "label",
                "set",
                "remove",
                "scheme",
                "resplit",
                "join",
                "split",
                "splits",
                "export",
                "attach",
                "check",
                "recover",
                "diff",
                "merge",
                "git-setup",
                "sentences",
                "draw",
                "handout",
                "collect",
                "compare",
                "decide",
                "agreement",
                "report",
            ]
        );
        for verb in Arguments::command().get_subcommands() {
            let help = verb.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains("Example"), "{} has no example", verb.get_name());
        }
    }
}
