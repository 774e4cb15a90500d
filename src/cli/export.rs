//! `allegata export`: the labelled dataset as a table.

use crate::cli::console::{self, Console};
use crate::cli::failure::Usage;
use crate::cli::opening::n_of;
use crate::cli::{Outcome, opening, people};
use crate::formats::datasets::rows::{self, Layer};
use crate::formats::{self, Writes};
use crate::shell::export;
use crate::shell::folders::Folders;
use std::io;
use std::path::{Path, PathBuf};

const AFTER_HELP: &str = "\
Examples:
  allegata export inquiry.allegata.ron --to csv -o inquiry.csv
  allegata export inquiry.allegata.ron --to jsonl --layer ines-7f3k | head
  allegata export inquiry.allegata.ron --to csv --layer gold -o gold.csv

One row for each sentence and sheet. `labels` holds ids joined by `|`, `none` for none of these, and nothing where \
there is no answer. The gold layer has one row a sentence, and `gold_by` says where it is from. `start` and `end` count Unicode code points of the article's text.

Cells hold what was written, to the letter: in a spreadsheet, import the columns as text, or it takes a note that \
begins with `=` for a formula.";

/// Write the labelled sentences as a table
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(in crate::cli) struct Args {
    /// The project's file
    #[arg(value_name = "PROJECT.ron")]
    project: PathBuf,
    /// The format
    #[arg(long, value_name = "FORMAT", value_parser = ["csv", "jsonl"])]
    to: String,
    /// Where to write; `-` or nothing is the standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
    /// `coders`, one coder's id or name, or `gold`: what was decided, else what all said, else what the only one said
    #[arg(long, value_name = "gold|coders|CODER", default_value = "coders")]
    layer: String,
    /// The same as `--layer CODER`
    #[arg(long, value_name = "CODER", conflicts_with = "layer")]
    coder: Option<String>,
}

pub(in crate::cli) fn run(
    args: &Args,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let Some(Writes::Dataset(write)) = formats::by_id(&args.to).map(|format| format.writes) else {
        return Err(Usage(format!("no dataset is written as `{}`\0hint: `csv` or `jsonl`", args.to)).into());
    };
    let to_stdout = args.output == Path::new("-");
    if !to_stdout
        && formats::by_name(&args.output.to_string_lossy())
            .is_some_and(|f| matches!(f.writes, Writes::Project))
    {
        let path = args.output.display();
        return Err(Usage(format!("this names a project: `{path}`\0hint: `-o {path}.{}`", args.to)).into());
    }
    let project = opening::to_read(&args.project, folders, console)?;
    let layer = match (args.coder.as_deref(), args.layer.as_str()) {
        (None, "coders") => Layer::Coders,
        (None, rows::GOLD) => Layer::Gold,
        (Some(said), _) | (None, said) => Layer::Coder(people::named(&project, said)?),
    };
    if to_stdout {
        write(&project, &layer, &mut console.data())?;
    } else if let Some(mut stream) = export::stream(&args.output)? {
        write(&project, &layer, &mut console::into_stream(&mut stream))?;
    } else {
        let mut content = |out: &mut dyn io::Write| write(&project, &layer, out);
        export::write_from(&args.output, &mut content, &args.project)?;
    }
    let n_left = rows::n_left_out(&project, &layer);
    if n_left == 0 {
        return Ok(Outcome::Fine);
    }
    console.warn(&format!(
        "{} left out, since the sentences are no longer there\0hint: look at \u{201c}To check\u{201d} in the window",
        n_of(n_left, "answer")
    ));
    Ok(Outcome::Look)
}
