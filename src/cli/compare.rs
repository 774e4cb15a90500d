//! `allegata compare`: where coders differ, in one project or in several people's files.

use crate::analysis::compare::{At, Comparison, Decided, Kind};
use crate::analysis::together::{Choice, Differing, Together};
use crate::analysis::units::Units;
use crate::cli::console::Console;
use crate::cli::failure::{NotDone, Usage};
use crate::cli::opening::n_of;
use crate::cli::{Outcome, opening};
use crate::formats::datasets::labels_plan;
use crate::formats::summary;
use crate::model::coder::Coder;
use crate::model::coding::labels_cell;
use crate::model::ids::{CoderId, LabelId};
use crate::model::project::Project;
use crate::shell::export;
use crate::shell::folders::Folders;
use crate::shell::together::{self, Read};
use crate::text::fold::fold;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

const AFTER_HELP: &str = "\
Examples:
  allegata compare inquiry.allegata.ron
  allegata compare mira.allegata.ron jonas.allegata.ron tove.allegata.ron --json
  allegata compare mira.ron jonas.ron --label rumour=allegation --label opinion=
  allegata compare mira.ron tove.ron tove-2.ron --answers tove-9x1c=tove-2.ron
  allegata compare inquiry.allegata.ron --summary review.md

One file: the project with itself. Several: articles are paired by their text, then outlet, date and url, and sentences by their \
place; what finds no place is counted. The labels are those of the first file, those of others are matched by id, then by name, and \
said one by one. Files are only read.

Exit status: 0 nobody differs, 1 coders differ or a file was left out.";

/// Show where coders differ
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(in crate::cli) struct Args {
    /// The project, or several people's files
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Say it as JSON: coders, articles, pairs, disagreements
    #[arg(long)]
    json: bool,
    /// Write a summary to send back, as Markdown, into this file; `-` for the standard output
    #[arg(long, value_name = "FILE.md", conflicts_with = "json")]
    summary: Option<PathBuf>,
    /// Where codebooks differ: this label of another file (id or name) is that one here, or none, if nothing stands after `=`
    #[arg(long, value_name = "THEIRS=HERE")]
    label: Vec<String>,
    /// Where somebody’s answers stand in two files: take those of this one
    #[arg(long, value_name = "CODER=FILE")]
    answers: Vec<String>,
}

pub(in crate::cli) fn run(
    args: &Args,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let (project, read) = opened_so(&args.files, (&args.label, &args.answers), folders, console)?;
    let comparison = Comparison::of(&project);
    if let Some(path) = &args.summary {
        let text = summary::markdown(&project, &comparison);
        if path == Path::new("-") {
            text.lines().try_for_each(|line| console.line(line))?;
        } else if args.files.contains(path) {
            return Err(NotDone(format!("this is one of the files compared: `{}`", path.display())).into());
        } else {
            let first = args.files.first().map_or(Path::new(""), PathBuf::as_path);
            export::write(path, text.as_bytes(), first)?;
        }
    } else if args.json {
        let mut said = json_of(&project, &comparison);
        if let (Some(said), Some(read)) = (said.as_object_mut(), &read) {
            said.extend(files_json(read));
        }
        console.json(&said)?;
    } else {
        lines(&project, &comparison, read.as_ref(), console)?;
    }
    let is_whole = read.is_none_or(|read| read.left_out.is_empty());
    let same = comparison.sums.n(Kind::Disagree) == 0;
    Ok(if same && is_whole { Outcome::Fine } else { Outcome::Look })
}

/// The project, or what several people's files come to together, only read.
pub(in crate::cli) fn opened(
    files: &[PathBuf],
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<(Project, Option<Read>)> {
    opened_so(files, (&[], &[]), folders, console)
}

/// The same with what is chosen where the files say different things: `THEIRS=HERE` of labels, `CODER=FILE` of answers.
fn opened_so(
    files: &[PathBuf],
    (labels, answers): (&[String], &[String]),
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<(Project, Option<Read>)> {
    let several = match files {
        [_] if !labels.is_empty() || !answers.is_empty() => {
            let hint = "name several files to choose what is taken of them";
            return Err(Usage(format!("one file has nothing to choose\0hint: {hint}")).into());
        }
        [one] => return Ok((opening::to_read(one, folders, console)?, None)),
        several => several,
    };
    let mut read = together::read(several, |path| path.display().to_string(), &Choice::default());
    if read.together.is_some() && (!labels.is_empty() || !answers.is_empty()) {
        let choice = choice(&read, labels, answers)?;
        read.put_together(&choice);
    }
    let read = read;
    for (name, why) in &read.left_out {
        console.warn(&format!("{why}: `{name}`"));
    }
    for (name, n_mends) in read.files.iter().filter(|(_, n)| *n > 0) {
        console.warn(&format!("{} mended in memory: `{name}`", n_of(*n_mends, "damage")));
    }
    let Some(together) = &read.together else {
        let why = "no file could be read\0hint: name project files";
        return Err(NotDone(why.to_owned()).into());
    };
    Ok((together.project.clone(), Some(read)))
}

/// What is chosen on the command line.
fn choice(read: &Read, labels: &[String], answers: &[String]) -> Result<Choice, Usage> {
    let mut choice = Choice::default();
    let parted = |said: &str, example: &str| {
        let parts =
            said.split_once('=').map(|(left, right)| (left.trim().to_owned(), right.trim().to_owned()));
        parts.ok_or_else(|| Usage(format!("`{said}` has no `=`\0hint: as in {example}")))
    };
    let label_of = |project: &Project, said: &str| {
        let labels = &project.scheme().labels;
        let of_id = labels.iter().find(|label| label.id.as_str() == said);
        let of_id = of_id.or_else(|| labels.iter().find(|label| fold(&label.name) == fold(said)));
        of_id.map(|label| label.id.clone())
    };
    let Some(ours) = read.projects.first() else { return Ok(choice) };
    for said in labels {
        let (theirs, here) = parted(said, "`--label rumour=allegation`")?;
        let to = label_of(ours, &here);
        if to.is_none() && !here.is_empty() {
            let ids: Vec<_> = ours.scheme().labels.iter().map(|label| label.id.as_str()).collect();
            return Err(Usage(format!("no label `{here}` here\0hint: the labels are {}", ids.join(", "))));
        }
        let others = read.projects.iter().enumerate().skip(1);
        let known: Vec<_> = others.filter_map(|(file, it)| Some((file, label_of(it, &theirs)?))).collect();
        if known.is_empty() {
            return Err(Usage(format!("no other file has a label `{theirs}`")));
        }
        choice.labels.extend(known.into_iter().map(|label| (label, to.clone())));
    }
    for said in answers {
        let (coder, file) = parted(said, "`--answers mira-7f3k=mira-2.ron`")?;
        let Some(at) = read.files.iter().position(|(name, _)| *name == file) else {
            return Err(Usage(format!("not one of the files that were read: `{file}`")));
        };
        let project = read.projects.get(at);
        let Some(coder) = project.and_then(|project| labels_plan::coder_of(project, &coder)) else {
            return Err(Usage(format!("no coder `{coder}` in it: `{file}`")));
        };
        choice.from.insert(coder, at);
    }
    Ok(choice)
}

/// How much each coder answered.
fn n_answered(units: &Units, coder: u16) -> usize {
    let of_article = units.articles.iter().filter_map(|article| {
        let column = article.coders.iter().position(|of| *of == coder)?;
        let answered = (0..article.units.len())
            .filter(|unit| article.cells(*unit).get(column).is_some_and(|cell| cell.answer.is_some()));
        Some(answered.count())
    });
    of_article.sum()
}

fn ids(labels: &[LabelId]) -> Vec<&str> {
    labels.iter().map(LabelId::as_str).collect()
}

fn json_of(project: &Project, comparison: &Comparison) -> Value {
    let units = &comparison.units;
    let coders = (0..).zip(&units.coders).map(|(place, id)| {
        let name = project.coder(id).map_or("", |coder| coder.name.as_str());
        json!({ "id": id.as_str(), "name": name, "answered": n_answered(units, place) })
    });
    let articles = units.articles.iter().enumerate().map(|(place, article)| {
        let of = article.coders.iter().filter_map(|coder| units.coder(*coder)).map(CoderId::as_str);
        json!({
            "id": article.article.as_str(),
            "title": project.article(&article.article).map_or("", |article| article.shown_title()),
            "coders": of.collect::<Vec<_>>(),
            "sentences": article.units.len(),
            "differ": comparison.sums_of(place).n(Kind::Disagree),
        })
    });
    let pairs = units.pairs();
    let pairs = pairs
        .iter()
        .map(|pair| json!({ "a": pair.a.as_str(), "b": pair.b.as_str(), "n": pair.n, "same": pair.n_same }));
    let queue = comparison.queue(Kind::Disagree, None);
    let disagreements = queue.into_iter().filter_map(|at| disagreement_json(project, comparison, at));
    json!({
        "coders": coders.collect::<Vec<_>>(),
        "articles": articles.collect::<Vec<_>>(),
        "pairs": pairs.collect::<Vec<_>>(),
        "disagreements": disagreements.collect::<Vec<_>>(),
    })
}

fn disagreement_json(project: &Project, comparison: &Comparison, at: At) -> Option<Value> {
    let units = &comparison.units;
    let article = units.articles.get(at.article)?;
    let unit = article.units.get(at.unit)?;
    let mut answers = Map::new();
    for (coder, cell) in article.coders.iter().zip(article.cells(at.unit)) {
        if let Some((coder, answer)) = units.coder(*coder).zip(cell.answer) {
            answers.insert(coder.to_string(), ids(units.answers.labels(answer)).into());
        }
    }
    let decision = comparison.decision(project, &article.article, unit.span);
    Some(json!({
        "article": article.article.as_str(),
        "sentence": unit.span.to_string(),
        "answers": answers,
        "decided": decision.map(|decision| ids(&decision.labels)),
        "stale": comparison.judged(at).is_some_and(|judged| judged.decided == Decided::Stale),
    }))
}

/// What is said beside it where there are several files.
fn files_json(read: &Read) -> Map<String, Value> {
    let name = |file: usize| read.files.get(file).map_or("", |(name, _)| name.as_str());
    let mut said = Map::new();
    said.insert("files".to_owned(), read.files.iter().map(|(name, _)| name.as_str()).collect());
    let left = read.left_out.iter().map(|(name, why)| json!({ "file": name, "why": why }));
    said.insert("left_out".to_owned(), left.collect());
    let Some(together) = &read.together else { return said };
    said.insert("paired".to_owned(), together.n_paired.into());
    let doubtful =
        together.doubtful.iter().map(|(file, title)| json!({ "file": name(*file), "title": title }));
    said.insert("doubtful".to_owned(), doubtful.collect());
    let elsewhere = together.elsewhere.iter().map(|one| {
        json!({
            "file": name(one.file),
            "article": one.article.as_str(),
            "coder": one.coder.as_str(),
            "sentence": one.span.to_string(),
            "text": one.text,
        })
    });
    said.insert("elsewhere".to_owned(), elsewhere.collect());
    let twice = together.twice.iter().map(|twice| {
        json!({
            "coder": twice.coder.as_str(),
            "taken": name(twice.taken),
            "other": name(twice.other),
            "other_is_later": twice.other_is_later,
            "differ": twice.differ.len(),
            "differences": twice.differ.iter().map(differing_json).collect::<Vec<_>>(),
        })
    });
    said.insert("twice".to_owned(), twice.collect());
    let schemes = together.mappings.iter().filter(|mapping| !mapping.is_same).map(|mapping| {
        let labels = mapping.labels.iter().map(|theirs| {
            let here = theirs.here.as_ref().map(LabelId::as_str);
            let (id, name) = (theirs.label.id.as_str(), &theirs.label.name);
            json!({ "id": id, "name": name, "answers": theirs.n, "here": here })
        });
        let labels: Vec<Value> = labels.collect();
        json!({ "file": name(mapping.file), "labels": labels, "left_out": mapping.n_left })
    });
    said.insert("schemes".to_owned(), schemes.collect());
    said.insert("records_left_out".to_owned(), together.n_records_left.into());
    said
}

/// A sentence that one coder answered in two ways; null = unanswered.
fn differing_json(one: &Differing) -> Value {
    let labels = |labels: &Option<Box<[LabelId]>>| labels.as_ref().map(|labels| json!(ids(labels)));
    json!({
        "article": one.article.as_str(),
        "sentence": one.span.to_string(),
        "taken": labels(&one.taken),
        "other": labels(&one.other),
    })
}

fn lines(
    project: &Project,
    comparison: &Comparison,
    read: Option<&Read>,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let units = &comparison.units;
    let shown = |id: &CoderId| project.coder(id).map_or(id.as_str(), Coder::shown_name).to_owned();
    let coders = (0..).zip(&units.coders);
    let coders: Vec<_> =
        coders.map(|(place, id)| format!("{} ({} answered)", shown(id), n_answered(units, place))).collect();
    console.line(&format!(
        "coders: {}",
        if coders.is_empty() { "none".to_owned() } else { coders.join(", ") }
    ))?;
    let n_shared = units.articles.iter().filter(|article| article.coders.len() > 1).count();
    console.line(&format!("articles: {}, {n_shared} of several coders", units.articles.len()))?;
    if let Some((read, together)) = read.and_then(|read| Some((read, read.together.as_ref()?))) {
        files_lines(read, together, console)?;
    }
    for pair in units.pairs() {
        console.line(&format!(
            "{}, {}: {} of {} the same",
            shown(&pair.a),
            shown(&pair.b),
            pair.n_same,
            pair.n
        ))?;
    }
    let (n, n_decided) = (comparison.sums.n(Kind::Disagree), comparison.sums.n_decided);
    let differ = if n == 1 { "differs" } else { "differ" };
    console.line(&format!("{} {differ}, {n_decided} decided", n_of(n, "sentence")))?;
    for at in comparison.queue(Kind::Disagree, None) {
        let Some(article) = units.articles.get(at.article) else { continue };
        let Some(unit) = article.units.get(at.unit) else { continue };
        let answers = article.coders.iter().zip(article.cells(at.unit)).filter_map(|(coder, cell)| {
            let said = labels_cell(units.answers.labels(cell.answer?));
            Some(format!("{} {said}", shown(units.coder(*coder)?)))
        });
        let answers: Vec<_> = answers.collect();
        let decided = comparison.decision(project, &article.article, unit.span);
        let decided =
            decided.map_or_else(|| "open".to_owned(), |d| format!("decided {}", labels_cell(&d.labels)));
        let stale = comparison.judged(at).is_some_and(|judged| judged.decided == Decided::Stale);
        let stale = if stale { " (answered otherwise since)" } else { "" };
        let (id, number) = (&article.article, unit.idx + 1);
        console.line(&format!("  {id} #{number} {}: {}: {decided}{stale}", unit.span, answers.join(", ")))?;
    }
    Ok(())
}

fn files_lines(read: &Read, together: &Together, console: &mut Console<'_>) -> anyhow::Result<()> {
    console.line(&format!(
        "files: {}, {} in several of them",
        read.files.len(),
        n_of(together.n_paired, "article")
    ))?;
    let names: Vec<String> = read.files.iter().map(|(name, _)| name.clone()).collect();
    for said in together.says(&names) {
        console.line(&format!("  {said}"))?;
    }
    Ok(())
}
