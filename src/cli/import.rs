//! `allegata import`: labels made elsewhere, as a project of their own or as a coder's answers in one that is there.

mod whole;

use crate::analysis::incoming::Incoming;
use crate::analysis::incoming::taking::{self, Impossible, Taken, Wish};
use crate::cli::console::Console;
use crate::cli::failure::{NotDone, Usage};
use crate::cli::opening::n_of;
use crate::cli::{Outcome, new, opening, people};
use crate::formats::datasets::incoming::{self, READERS, Source};
use crate::formats::datasets::labels_plan;
use crate::formats::making;
use crate::formats::{self, Format};
use crate::model::coder::Coder;
use crate::model::ids::{CoderId, LabelId, ProjectId};
use crate::model::project::Project;
use crate::shell::folders::Folders;
use crate::shell::store::Opened;
use crate::shell::{clock, datasets, store};
use crate::text::message::plain;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const AFTER_HELP: &str = "\
Examples:
  allegata import labelled.csv                      makes labelled.allegata.ron
  allegata import all.jsonl inquiry.allegata.ron --from doccano --coder \"Mira Okafor\" --dry-run
  allegata import tasks.json inquiry.allegata.ron --map NEG=denial --map other=skip
  allegata import brat-folder inquiry.allegata.ron --coder mira-ougq
  allegata import whole.jsonl                       the same project as `export --to jsonl --rows articles` wrote

Articles are found by their id, their hash, then their text; sentences by their place and the words that come along, else by what the \
place overlaps. Places that count in another unit (UTF-16, bytes, graphemes) are noticed by these words, and said. A table has \
columns as `article_id`, `start`, `end`, `text`, `label`, `coder`, `note`, in any order; labels in a cell stand between `|`.

Into a project that is there come answers, no articles. An answer that says something else stays and is listed; `--overwrite` takes \
the dataset's. The same again adds nothing.

Exit status: 0 all is in, 1 something was left out or differs, 2 wrong usage, 3 unreadable or impossible, and nothing was written.";

/// Bring in a labelled dataset, as a project or as answers in one
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(in crate::cli) struct Args {
    /// The dataset: a file, or a folder of brat
    #[arg(value_name = "DATASET")]
    dataset: PathBuf,
    /// The project; one that is not there is made, and left out it is called after the dataset
    #[arg(value_name = "PROJECT.ron")]
    project: Option<PathBuf>,
    /// The format; left out, it is told by the ending and the first object
    #[arg(long, value_name = "NAME", value_parser = READERS.each_ref().map(|reader| reader.id))]
    from: Option<String>,
    /// Whose answers they are, by id or name, or somebody new; needed where the dataset names nobody
    #[arg(long, value_name = "NAME")]
    coder: Option<String>,
    /// What a label of the dataset is here: another label, `skip`, or its own name to add it; may be given several times
    #[arg(long = "map", value_name = "OLD=NEW|OLD=skip")]
    maps: Vec<String>,
    /// Let answers that are there give way where the dataset says something else
    #[arg(long)]
    overwrite: bool,
    /// Show what would come in, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Say it as JSON
    #[arg(long)]
    json: bool,
}

/// The most lines of a list that are shown.
const MAX_LISTED: usize = 20;

#[derive(Serialize)]
struct Report<'a> {
    project: String,
    written: bool,
    /// In a project that is made.
    articles: Option<usize>,
    new: usize,
    same: usize,
    by_overlap: usize,
    moved: usize,
    skipped: usize,
    new_coders: Vec<&'a str>,
    new_labels: Vec<&'a str>,
    differs: Vec<DiffersOut<'a>>,
    left_out: Vec<LeftOut>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct DiffersOut<'a> {
    article: &'a str,
    sentence: String,
    coder: &'a str,
    here: &'a str,
    there: &'a str,
}

#[derive(Serialize)]
struct LeftOut {
    line: Option<u64>,
    why: String,
}

/// Where answers come into.
enum Target {
    Made(PathBuf),
    There(PathBuf, Option<Box<Opened>>),
}

pub(in crate::cli) fn run(
    args: &Args,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let map = map(&args.maps).map_err(Usage)?;
    let (files, is_folder) = datasets::read(&args.dataset)?;
    let is_there = args.project.as_ref().is_some_and(|path| path.exists());
    let mut incoming = match whole::read(args, &files)? {
        Some(twin) if !is_there => return whole::make(args, &twin, folders, console),
        Some(twin) => whole::answers(&twin),
        None => read(args, &Source::of(&files, is_folder))?,
    };
    let (target, before) = target(args, &mut incoming, folders, console)?;
    let coder = args.coder.as_deref().map(|said| coder(&before, said)).transpose()?;
    let adds_labels = matches!(target, Target::Made(_));
    let wish = Wish { coder, map, adds_labels, overwrites: args.overwrite, at: opening::now() };
    let taken = taking::take(&before, &incoming, &wish).map_err(|why| match why {
        Impossible::NoCoder | Impossible::SeveralCoders(_) | Impossible::Reviewer(_) => {
            anyhow::Error::from(Usage(why.to_string()))
        }
        Impossible::UnknownLabels(_) => {
            let known: Vec<_> = before.scheme().current().map(|label| format!("`{}`", label.id)).collect();
            Usage(format!("{why}; the scheme has {}", known.join(", "))).into()
        }
        Impossible::Refused(_) => NotDone(why.to_string()).into(),
    })?;
    let mut project = before.clone();
    if let Some(action) = taken.action.clone() {
        project.apply(action)?;
    }
    let n_articles = adds_labels.then(|| project.n_articles());
    let path = write(target, &before, &project, (args.dry_run, folders), console)?;
    say(args, &path, n_articles, &taken, console)?;
    let is_whole = taken.left.is_empty() && taken.differs.is_empty();
    Ok(if is_whole { Outcome::Fine } else { Outcome::Look })
}

fn read(args: &Args, source: &Source<'_>) -> anyhow::Result<Incoming> {
    let is_folder = source.is_folder;
    let name = args.dataset.file_name().unwrap_or_default().to_string_lossy();
    let reader = match &args.from {
        Some(id) => incoming::by_id(id),
        None => incoming::guess(&name, source),
    };
    let known = || READERS.iter().map(|reader| format!("`{}`", reader.id)).collect::<Vec<_>>().join(", ");
    let shown = args.dataset.display();
    let reader = reader.ok_or_else(|| {
        NotDone(format!(
            "what kind of dataset this is cannot be told: `{shown}`\0hint: `--from` names it: {}",
            known()
        ))
    })?;
    if is_folder != formats::by_id(reader.id).is_some_and(Format::is_folder) {
        let hint = if is_folder {
            "a folder is `brat` or `hf`; else name the file in it"
        } else {
            "name its folder"
        };
        return Err(Usage(format!("this is not read as `{}`: `{shown}`\0hint: {hint}", reader.id)).into());
    }
    Ok((reader.read)(source).map_err(|why| NotDone(why.to_string()))?)
}

/// The project that answers come into: one that is there, or one that is made now.
fn target(
    args: &Args,
    incoming: &mut Incoming,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<(Target, Project)> {
    if let Some(path) = args.project.as_ref().filter(|path| path.exists()) {
        let (project, opened) = opening::to_try(path, args.dry_run, folders, console)?;
        return Ok((Target::There(path.clone(), opened.map(Box::new)), project));
    }
    let path = free_path(args)?;
    let title = new::project_stem(&path)?;
    let id = ProjectId::new(clock::project_id());
    let project = making::project(incoming, id, &title).map_err(NotDone)?;
    Ok((Target::Made(path), project))
}

/// Where a project is made: the one that is named, else one called after the dataset.
fn free_path(args: &Args) -> Result<PathBuf, NotDone> {
    let stem = args.dataset.file_stem().unwrap_or_default().to_string_lossy();
    let path = args.project.clone().unwrap_or_else(|| PathBuf::from(format!("{stem}.allegata.ron")));
    if path.exists() {
        let shown = path.display();
        let hint = format!("name it to add answers to it, or another one: `allegata import DATASET {shown}`");
        return Err(NotDone(format!("there is a project already: `{shown}`\0hint: {hint}")));
    }
    Ok(path)
}

/// Who is meant, or somebody new.
fn coder(project: &Project, said: &str) -> anyhow::Result<Coder> {
    match labels_plan::coder_of(project, said).and_then(|id| project.coder(&id).cloned()) {
        Some(coder) => Ok(coder),
        None => Ok(people::new_coder(said)?),
    }
}

fn map(said: &[String]) -> Result<BTreeMap<String, Option<String>>, String> {
    let mut map = BTreeMap::new();
    for one in said {
        let parts = one.rsplit_once('=').map(|(old, new)| (old.trim(), new.trim()));
        let Some((old, new)) = parts.filter(|(old, new)| !old.is_empty() && !new.is_empty()) else {
            return Err(format!("`{one}` maps nothing\0hint: `--map OLD=NEW`, or `--map OLD=skip`"));
        };
        let to = (new != "skip").then(|| new.to_owned());
        if map.insert(old.to_owned(), to).is_some() {
            return Err(format!("label `{old}` is mapped twice\0hint: once is enough"));
        }
    }
    Ok(map)
}

/// Writes what came, unless it is a trial or nothing did. Gives back where.
fn write(
    target: Target,
    before: &Project,
    project: &Project,
    (is_trial, folders): (bool, &Folders),
    console: &mut Console<'_>,
) -> anyhow::Result<PathBuf> {
    match target {
        Target::Made(path) => {
            if !is_trial {
                store::create(&path, project, folders)?.close();
                console.has_saved = true;
            }
            Ok(path)
        }
        Target::There(path, opened) => {
            if let Some(opened) = opened.filter(|_| project != before) {
                opening::save(*opened, project, console)?;
            }
            Ok(path)
        }
    }
}

fn say(
    args: &Args,
    path: &Path,
    n_articles: Option<usize>,
    taken: &Taken,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    if args.json {
        console.json(&report(args, path, n_articles, taken))?;
        return Ok(());
    }
    let would = if args.dry_run { "would come" } else { "came" };
    let shown = path.display();
    if let Some(n) = n_articles {
        let would = if args.dry_run { "would be made" } else { "made" };
        console.line(&format!("project `{shown}` {would}, {}", n_of(n, "article")))?;
    }
    let mut said = vec![format!("{} {would} in", n_of(taken.n_new, "answer"))];
    let counts = [
        (taken.n_same, "there already"),
        (taken.n_overlaps, "placed by what they overlap"),
        (taken.n_moved, "found elsewhere than they say"),
        (taken.n_skipped, "skipped as asked for"),
    ];
    said.extend(counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")));
    console.line(&said.join(", "))?;
    for coder in &taken.coders {
        console.line(&format!("new coder {}", coder.id))?;
    }
    for label in &taken.labels {
        console.line(&format!("new label {}: {}", label.id, label.name))?;
    }
    for note in &taken.notes {
        console.say(&format!("note: {note}"));
    }
    let stays = if args.overwrite { "is replaced by" } else { "stays, the dataset says" };
    for differs in taken.differs.iter().take(MAX_LISTED) {
        let taking::Differs { article, sentence, coder, here, there } = differs;
        console.warn(&format!("{article} {sentence} {coder}: {here} {stays} {there}"));
    }
    for left in taken.left.iter().take(MAX_LISTED) {
        console.warn(&left.to_string());
    }
    for (n, what) in
        [(taken.differs.len(), "more that differ"), (taken.left.len(), "more that were left out")]
    {
        if n > MAX_LISTED {
            console.warn(&format!("{} {what}\0hint: `--json` lists all", n - MAX_LISTED));
        }
    }
    if args.dry_run {
        console.line("nothing was written")?;
    }
    Ok(())
}

fn report<'a>(args: &Args, path: &Path, n_articles: Option<usize>, taken: &'a Taken) -> Report<'a> {
    let differs = taken.differs.iter().map(|one| DiffersOut {
        article: one.article.as_str(),
        sentence: one.sentence.to_string(),
        coder: one.coder.as_str(),
        here: &one.here,
        there: &one.there,
    });
    let left = taken.left.iter();
    Report {
        project: path.display().to_string(),
        written: !args.dry_run && (n_articles.is_some() || taken.action.is_some()),
        articles: n_articles,
        new: taken.n_new,
        same: taken.n_same,
        by_overlap: taken.n_overlaps,
        moved: taken.n_moved,
        skipped: taken.n_skipped,
        new_coders: taken.coders.iter().map(|coder| CoderId::as_str(&coder.id)).collect(),
        new_labels: taken.labels.iter().map(|label| LabelId::as_str(&label.id)).collect(),
        differs: differs.collect(),
        left_out: left
            .map(|left| LeftOut { line: (left.line > 0).then_some(left.line), why: plain(&left.why) })
            .collect(),
        notes: &taken.notes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_mapped_or_skipped() {
        let check = |said: &[&str], want: Result<&[(&str, Option<&str>)], &str>| {
            let said: Vec<_> = said.iter().map(|&one| one.to_owned()).collect();
            let got = map(&said).map_err(|why| why.split('\0').next().unwrap_or_default().to_owned());
            let want = want.map(|all| {
                all.iter()
                    .map(|(old, new)| ((*old).to_owned(), new.map(str::to_owned)))
                    .collect::<BTreeMap<_, _>>()
            });
            assert_eq!(got, want.map_err(str::to_owned));
        };
        check(&["a=b", "x=y=skip"], Ok(&[("a", Some("b")), ("x=y", None)]));
        check(&["a"], Err("`a` maps nothing"));
        check(&["=b"], Err("`=b` maps nothing"));
        check(&["a=b", "a=c"], Err("label `a` is mapped twice"));
    }
}
