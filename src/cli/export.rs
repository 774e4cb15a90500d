//! `allegata export`: the labelled dataset, in the form that another program reads.

mod asked;
mod splits;

use crate::cli::console::{self, Console};
use crate::cli::failure::{NotDone, Usage};
use crate::cli::{Outcome, opening, query};
use crate::formats::datasets::asked::LayerAsked;
use crate::formats::datasets::counts::{self, Counts};
use crate::formats::datasets::outlet::{Form, Outlet};
use crate::formats::datasets::rows::{Going, Layer};
use crate::formats::datasets::spacy;
use crate::formats::datasets::what::{Shape, What};
use crate::formats::{self, Format, Writes, twin};
use crate::model::project::Project;
use crate::shell::export::{self, Exported, To};
use crate::shell::file_error::FileError;
use crate::shell::folders::Folders;
use clap::builder::PossibleValuesParser;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const AFTER_HELP: &str = "\
Examples:
  allegata export inquiry.allegata.ron --to csv -o inquiry.csv
  allegata export inquiry.allegata.ron --to jsonl --layer ines-7f3k | head
  allegata export inquiry.allegata.ron --to csv --layer gold --unanswered drop -o gold.csv
  allegata export inquiry.allegata.ron --to tsv --articles 'outlet:ledger from:2024' --names pseudonyms -o ledger
  allegata export inquiry.allegata.ron --to spacy --layer gold --splits -o out        out.train.jsonl and the others
  allegata export inquiry.allegata.ron --to jsonl --rows articles -o whole.jsonl      everything; `allegata import` makes it again

A table has one row for each sentence and sheet. `labels` holds ids joined by `|`, `none` for none of these, and nothing where \
there is no answer. The gold layer has one row a sentence, and `gold_by` says where it is from. `start` and `end` count Unicode \
code points of the article's text.

Cells hold what was written, to the letter; `--for-excel` writes a table that a spreadsheet takes for no formula.

A file is read back before it gets its name, and each sentence is looked up at its place in the text; what goes to a pipe cannot \
be read back. The exit code is 1 where the format had no place for something.";

/// Write the labelled sentences as a dataset
#[derive(Debug, clap::Args)]
#[command(after_help = format!("{AFTER_HELP}\n\n{}\n\n{}", said_of_formats(), query::grammar()))]
pub(in crate::cli) struct Args {
    /// The project's file
    #[arg(value_name = "PROJECT.ron")]
    project: PathBuf,
    /// The format; left out, the ending of OUT says it
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(formats::datasets().map(|format| format.id)))]
    to: Option<String>,
    /// Where to write; `-` or nothing is the standard output. A name without an ending gets that of the format
    #[arg(short, long, value_name = "OUT", default_value = "-")]
    output: PathBuf,
    /// Replace an older file or dataset
    #[arg(long)]
    force: bool,
    /// In splits, as for training and testing: those of the project, or as `allegata splits` would place what is in none. Tables
    /// get a column `split`, other formats a file or a folder each, as `out.train.jsonl`
    #[arg(long)]
    splits: bool,
    #[command(flatten)]
    options: asked::Options,
}

pub(in crate::cli) fn run(
    args: &Args,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let named = args.output.file_name().and_then(|name| formats::written_by_name(&name.to_string_lossy()));
    let found = args.to.as_deref().map_or(named, formats::by_id).map(|format| (format, format.writes));
    let Some((format, Writes::Dataset(outlet))) = found else {
        let why = "no format is named\0hint: `--to csv`, or `-o NAME.csv`";
        return Err(Usage(why.to_owned()).into());
    };
    let asked = args.options.asked();
    asked.fits(format).map_err(Usage)?;
    let to_stdout = args.output == Path::new("-");
    let is_folder = format.is_folder();
    if to_stdout && is_folder {
        let hint = "`-o NAME`, a folder that is yet to be made";
        return Err(Usage(format!("`{}` is a folder of files\0hint: {hint}", format.id)).into());
    }
    if to_stdout && format.is_packed() && console.is_watched() {
        let hint = format!("`-o NAME.{}`, or a pipe", format.ending());
        return Err(Usage(format!("a terminal does not show `{}`\0hint: {hint}", format.id)).into());
    }
    if formats::by_name(&args.output.to_string_lossy()).is_some_and(|f| matches!(f.writes, Writes::Project)) {
        let path = args.output.display();
        return Err(
            Usage(format!("this names a project: `{path}`\0hint: `-o {path}.{}`", format.ending())).into()
        );
    }
    let project = opening::to_read(&args.project, folders, console)?;
    let mut what = asked.what(&project, format).map_err(Usage)?;
    if outlet.is_one_answer && matches!(asked.layer, LayerAsked::Usual | LayerAsked::Coders) {
        say_choice(&project, &what.layer, console);
    }
    what.splits = args.splits.then(BTreeMap::new);
    let unfit = twin::unfit(&what, &What::usual(&outlet, Layer::Coders));
    if let Some(option) = unfit.filter(|_| format.id == formats::JSONL.id) {
        let why =
            format!("`--rows articles` in `jsonl` is the whole project, and `{option}` asks for another");
        return Err(Usage(format!("{why}\0hint: leave it out, or `--to csv --rows articles`")).into());
    }
    if args.splits {
        let placed = splits::placed(&project, &args.project, console);
        // The others have a place for them.
        if matches!(outlet.shape, Shape::Lines | Shape::Spans) {
            what.splits = None;
            return splits::write(args, &project, (format, &outlet, &what), &placed, console);
        }
        what.splits = Some(placed.of);
    }
    let going = Going::new(&project, &what);
    let exported = if let (true, Form::File { write, .. }) = (to_stdout, outlet.form) {
        Exported { counts: write(&going, &mut console.data())?, n_verified: None, beside: None }
    } else {
        let path = with_ending(&args.output, format);
        written(&going, &outlet, To { path: &path, source: &args.project, replaces: args.force })?
    };
    Ok(said(&exported, &project, (format, &what), console))
}

/// Says whose answers go out where a format has one a sentence and nobody named them.
fn say_choice(project: &Project, layer: &Layer, console: &mut Console<'_>) {
    match layer {
        Layer::Gold if project.decisions().next().is_some() => {
            console.say("answers of the gold layer, since there are decisions");
        }
        Layer::Coder(id) => {
            let name = project.coder(id).map(|coder| format!(" ({})", coder.name)).unwrap_or_default();
            console.say(&format!("answers of `{id}`{name}: nobody else answered"));
        }
        Layer::Gold | Layer::Coders => {}
    }
}

/// A name without an ending gets that of the format; a folder, a pipe and a device have none.
fn with_ending(path: &Path, format: &Format) -> PathBuf {
    if export::is_stream(path) { path.to_owned() } else { format.named(path) }
}

fn written(going: &Going<'_>, outlet: &Outlet, to: To<'_>) -> anyhow::Result<Exported> {
    // On a terminal nothing may steer it.
    if let (Form::File { write, .. }, Some(mut stream)) = (outlet.form, export::stream(to.path)?) {
        let counts = write(going, &mut console::into_stream(&mut stream))?;
        return Ok(Exported { counts, n_verified: None, beside: None });
    }
    export::dataset(going, outlet, to).map_err(|error| not_written(error, to.replaces))
}

/// Why nothing was written; what is there already may be replaced.
pub(in crate::cli) fn not_written(error: FileError, replaces: bool) -> anyhow::Error {
    match error {
        FileError::Exists(path) if !replaces => {
            let what = if path.is_dir() { "folder" } else { "file" };
            let hint = "`--force` replaces it, or choose another name";
            NotDone(format!("a {what} of this name is there already: `{}`\0hint: {hint}", path.display()))
                .into()
        }
        error => error.into(),
    }
}

/// Says what was written and what was not.
fn said(
    exported: &Exported,
    project: &Project,
    (format, what): (&Format, &What),
    console: &mut Console<'_>,
) -> Outcome {
    let counts = &exported.counts;
    if let Some(n_verified) = exported.n_verified {
        console.say(&format!("{}, {} verified", counts.written(project, what), counts::grouped(n_verified)));
    }
    if let Some(beside) = &exported.beside {
        console.say(&format!("beside it: `{}`", beside.display()));
    }
    let left_out = counts.left_out();
    if !left_out.is_empty() {
        console.say(&format!("left out: {}", left_out.join(", ")));
    }
    let outcome = gone(counts, console);
    let not_held = counts.not_held(format);
    if not_held.is_empty() {
        return outcome;
    }
    let hint = "see what a format keeps in `allegata export --help`";
    console.warn(&format!("`{}` has no place for {}\0hint: {hint}", format.id, not_held.join(", ")));
    Outcome::Look
}

fn gone(counts: &Counts, console: &mut Console<'_>) -> Outcome {
    let n_gone = counts.left.gone;
    if n_gone == 0 {
        return Outcome::Fine;
    }
    console.warn(&format!(
        "{} left out, since the sentences are no longer there\0hint: look at \u{201c}To check\u{201d} in the window",
        opening::n_of(n_gone, "answer")
    ));
    Outcome::Look
}

/// What each format keeps, and how to go on with one of them, for the help.
fn said_of_formats() -> String {
    let all = formats::datasets().map(|format| format!("  {:<17} {}", format.id, format.things(true)));
    let all = all.collect::<Vec<_>>().join("\n");
    let lines = spacy::DOCBIN.lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n");
    format!(
        "Formats, and what they keep:\n{all}\n\nA DocBin of `--to spacy -o train.jsonl`, in Python:\n{lines}"
    )
}
