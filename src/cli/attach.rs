//! `allegata attach`: a dataset without texts, joined with copies that the receiver has.

use crate::cli::console::{self, Console};
use crate::cli::failure::{NotDone, Usage};
use crate::cli::opening::n_of;
use crate::cli::{Outcome, opening};
use crate::formats::attach::{self, Attached, Copies, FoundBy, Kind, NotAttached};
use crate::formats::datasets::counts::grouped;
use crate::formats::{self, Writes, sheet};
use crate::model::ids::ProjectId;
use crate::model::project::{Parts, Project};
use crate::shell::export::{self, To};
use crate::shell::files::{self, MAX_FILE_BYTES};
use crate::shell::folders::Folders;
use crate::shell::intake::{self, Said};
use crate::text::message;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

const AFTER_HELP: &str = "\
Examples:
  allegata attach labels.csv my-articles/ -o labelled.csv
  allegata attach labels.jsonl copies.allegata.ron more/ -o labelled.jsonl

The dataset is one that `allegata export --no-text` wrote as `csv`, `tsv`, `jsonl` or `xlsx`, not as `parquet` or `hf`: its hashes stand for texts that may not be \
passed on. OUT is the same with the words, of a workbook its sheet `sentences` as CSV. An article is found by the hash of its text, else by that of the text with other line \
ends or without wrapped lines, else by the hashes of its sentences; a sentence where the dataset says, else where the copy has \
words of its hash. What is written is what the hashes say, and is read back.

Exit status: 0 all is joined, 1 some rows had no words and are left out, 2 wrong usage, 3 nothing could be joined.";

/// Join a dataset without texts with your own copies of them
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(in crate::cli) struct Args {
    /// The dataset, as `allegata export --no-text` wrote it
    #[arg(value_name = "DATASET")]
    dataset: PathBuf,
    /// The copies: articles, folders of them, or projects
    #[arg(value_name = "TEXTS", required = true)]
    texts: Vec<PathBuf>,
    /// Where to write; `-` or nothing is the standard output. A name without an ending gets that of the dataset
    #[arg(short, long, value_name = "OUT", default_value = "-")]
    output: PathBuf,
    /// Replace an older file
    #[arg(long)]
    force: bool,
}

/// The most articles that are named.
const MAX_LISTED: usize = 20;

pub(in crate::cli) fn run(
    args: &Args,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let name = args.dataset.file_name().unwrap_or_default().to_string_lossy();
    let shown = args.dataset.display();
    let format = formats::by_name(&name);
    let is_workbook = format.is_some_and(|format| format.id == "xlsx");
    let format = if is_workbook { formats::by_id("csv") } else { format };
    let Some((format, kind)) = format.and_then(|format| Some((format, Kind::of(format.id)?))) else {
        let why = format!(
            "texts are joined with `csv`, `tsv`, `jsonl` and `xlsx`, and this is none of them: `{shown}`"
        );
        return Err(
            Usage(format!("{why}\0hint: have it exported once more, with `--to csv --no-text`")).into()
        );
    };
    let is_same = |a: &Path, b: &Path| {
        fs::canonicalize(a).ok().zip(fs::canonicalize(b).ok()).is_some_and(|(a, b)| a == b)
    };
    let output = match args.output.extension() {
        None if args.output != Path::new("-") && !export::is_stream(&args.output) => {
            args.output.with_extension(format.ending())
        }
        _ => args.output.clone(),
    };
    if is_same(&output, &args.dataset) {
        return Err(Usage(format!("this is the dataset itself: `{shown}`\0hint: `-o` another name")).into());
    }
    if formats::by_name(&output.to_string_lossy()).is_some_and(|f| matches!(f.writes, Writes::Project)) {
        let why = format!("this names a project: `{}`", output.display());
        return Err(Usage(format!("{why}\0hint: `-o` a name that ends with `.{}`", format.ending())).into());
    }
    if is_workbook && output.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx")) {
        let why = format!("what a workbook is joined to is a table: `{}`", output.display());
        return Err(Usage(format!("{why}\0hint: `-o` a name that ends with `.csv`")).into());
    }
    let mut bytes = files::read(&args.dataset, MAX_FILE_BYTES)?;
    if is_workbook {
        bytes = sheet::sentences(&bytes).map_err(|why| {
            let why = message::what(&why);
            NotDone(format!("no sheet of sentences, {why}: `{shown}`\0hint: export the dataset again"))
        })?;
    }
    let copies = copies(&args.texts, folders, console)?;
    let refused = |why: NotAttached| match why {
        NotAttached::HasTexts | NotAttached::NoColumn(_) => anyhow::Error::from(Usage(why.to_string())),
        why => NotDone(why.to_string()).into(),
    };
    let (attached, n_verified) = if output == Path::new("-") {
        let attached = attach::attach(kind, &bytes, &copies, &mut console.data())?.map_err(refused)?;
        (attached, None)
    } else if let Some(mut stream) = export::stream(&output)? {
        let mut out = console::into_stream(&mut stream);
        (attach::attach(kind, &bytes, &copies, &mut out)?.map_err(refused)?, None)
    } else {
        // Whether it can be joined at all is known before a file is begun.
        let mut made = Vec::new();
        let attached = attach::attach(kind, &bytes, &copies, &mut made)?.map_err(refused)?;
        let mut n_verified = 0;
        let mut look = |file: &mut fs::File| {
            let mut back = Vec::new();
            io::Read::read_to_end(file, &mut back).map_err(|error| error.to_string())?;
            n_verified = attach::check(kind, &back, &attached)?;
            Ok(())
        };
        let to = To { path: &output, source: &args.dataset, replaces: args.force };
        let mut content = |out: &mut dyn io::Write| out.write_all(&made);
        export::write_checked(to, &mut content, &mut look)
            .map_err(|error| crate::cli::export::not_written(error, args.force))?;
        (attached, Some(n_verified))
    };
    Ok(say(&attached, n_verified, console))
}

/// What there is of texts: articles as they come into a project, files as they stand, the articles of projects.
fn copies(paths: &[PathBuf], folders: &Folders, console: &mut Console<'_>) -> anyhow::Result<Copies> {
    let mut copies = Copies::default();
    let mut project = Project::assemble(Parts::new(ProjectId::new("copies"), ""))?;
    let gathered = intake::gather(paths);
    for path in &gathered.files {
        // What cannot be read is named below.
        if let Ok(bytes) = files::read(path, MAX_FILE_BYTES) {
            copies.take_bytes(&bytes);
        }
    }
    let intake = intake::read(gathered, &mut project, &Said::default(), |_, _| {});
    for path in &intake.projects {
        let project = opening::to_read(path, folders, console)?;
        project.articles().for_each(|article| copies.take_article(article));
    }
    project.articles().for_each(|article| copies.take_article(article));
    for (_, why) in &intake.refused {
        console.warn(why);
    }
    Ok(copies)
}

fn say(attached: &Attached, n_verified: Option<usize>, console: &mut Console<'_>) -> Outcome {
    let n = attached.n_joined;
    let verified = n_verified.map(|n| format!(", {} verified", grouped(n))).unwrap_or_default();
    console.say(&format!("{} {} joined{verified}", grouped(n), if n == 1 { "row" } else { "rows" }));
    for (by, n) in &attached.found {
        let how = match by {
            FoundBy::Hash => "by the hash of the text",
            FoundBy::FoldedText => "by the text with other line ends or white space",
            FoundBy::Quotes => "by the hashes of sentences",
        };
        console.say(&format!("{} found {how}", n_of(*n, "article")));
    }
    if attached.n_moved > 0 {
        let n = n_of(attached.n_moved, "sentence");
        console.say(&format!("{n} found elsewhere in the copy than the dataset says"));
    }
    for (article, (n, why)) in attached.left.iter().take(MAX_LISTED) {
        console.warn(&format!("{} of article `{article}` left out: {why}", n_of(*n, "row")));
    }
    if attached.left.len() > MAX_LISTED {
        console.warn(&format!("{} more such articles", attached.left.len() - MAX_LISTED));
    }
    if attached.left.is_empty() { Outcome::Fine } else { Outcome::Look }
}
