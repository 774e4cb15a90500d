//! `allegata collect`: what coders did in the files that were handed out, back into the project.

use crate::analysis::collect::{self, Boundaries, Came, Collected, LeftOut, News, Row};
use crate::cli::console::Console;
use crate::cli::opening::n_of;
use crate::cli::{Outcome, opening};
use crate::model::coder::Coder;
use crate::model::ids::{ArticleId, CoderId};
use crate::model::project::Project;
use crate::shell::folders::Folders;
use crate::shell::teammates;
use serde::Serialize;
use std::path::PathBuf;

const AFTER_HELP: &str = "\
Examples:
  allegata collect inquiry.allegata.ron back/*.ron --dry-run
  allegata collect inquiry.allegata.ron back/*.ron
  allegata collect inquiry.allegata.ron back/inquiry-anna.allegata.ron --boundaries

The later answer to a sentence wins, and one taken away is an answer too. Codebook, details of articles and other boundaries stay the \
project's and are listed. Files are only read. Collecting a file twice adds nothing. Exit status 1: something was left out, \
differs, or was answered in the same seconds by two coders.";

/// Collect the files that coders send back
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(in crate::cli) struct Args {
    /// The project's file
    #[arg(value_name = "PROJECT.ron")]
    project: PathBuf,
    /// What the coders sent
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Take the sentences as the files have them, with everybody's answers following
    #[arg(long)]
    boundaries: bool,
    /// Show what would come in, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Say it as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Report<'a> {
    files: Vec<RowOut<'a>>,
    same_times: Vec<SameOut<'a>>,
    #[serde(flatten)]
    news: NewsOut,
    written: bool,
}

#[derive(Serialize)]
struct RowOut<'a> {
    file: &'a str,
    coder: Option<&'a str>,
    name: &'a str,
    answered: usize,
    sentences: usize,
    done: usize,
    sheets: usize,
    #[serde(flatten)]
    news: NewsOut,
    left_out: Option<String>,
    differs: Vec<DifferenceOut<'a>>,
}

#[derive(Serialize)]
struct NewsOut {
    new: usize,
    changed: usize,
    taken_away: usize,
    notes: usize,
    /// Articles that are done now, and that are open again.
    newly_done: usize,
    open_again: usize,
    articles: usize,
    comments: usize,
    /// Articles whose sentences were taken.
    boundaries: usize,
}

#[derive(Serialize)]
struct DifferenceOut<'a> {
    kind: &'a str,
    n: usize,
    article: Option<&'a str>,
    says: String,
    fields: Vec<FieldOut<'a>>,
}

#[derive(Serialize)]
struct FieldOut<'a> {
    field: &'a str,
    project: &'a str,
    file: &'a str,
}

#[derive(Serialize)]
struct SameOut<'a> {
    article: &'a str,
    coders: [&'a str; 2],
    same: usize,
    of: usize,
}

pub(in crate::cli) fn run(
    args: &Args,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let (project, opened) = opening::to_try(&args.project, args.dry_run, folders, console)?;
    let files: Vec<Came> =
        args.files.iter().map(|path| teammates::came(path, path.display().to_string())).collect();
    let boundaries = if args.boundaries { Boundaries::Theirs } else { Boundaries::Ours };
    let collected = collect::collect(&project, &files, &vec![true; files.len()], &boundaries);
    if let Some(opened) = opened.filter(|_| collected.action.is_some()) {
        opening::save(opened, &collected.after, console)?;
    }
    if args.json {
        console.json(&report(args, &files, &collected))?;
    } else {
        lines(args, &files, &collected, console)?;
    }
    Ok(if collected.is_to_be_looked_at() { Outcome::Look } else { Outcome::Fine })
}

fn report<'a>(args: &Args, files: &'a [Came], collected: &'a Collected) -> Report<'a> {
    let names: Vec<String> = files.iter().map(|came| came.name.clone()).collect();
    let row = |row: &'a Row| RowOut {
        file: files.get(row.file).map_or("", |came| came.name.as_str()),
        coder: row.coder.as_ref().map(CoderId::as_str),
        name: &row.name,
        answered: row.n_answered,
        sentences: row.n_sentences,
        done: row.n_done,
        sheets: row.n_sheets,
        news: NewsOut::of(row.news),
        left_out: row.left_out.as_ref().map(|why| why.says(&names)),
        differs: row
            .differences
            .iter()
            .map(|one| DifferenceOut {
                kind: one.kind.id(),
                n: one.n,
                article: one.article.as_ref().map(ArticleId::as_str),
                says: one.says(),
                fields: one
                    .fields
                    .iter()
                    .map(|(field, project, file)| FieldOut { field, project, file })
                    .collect(),
            })
            .collect(),
    };
    let same = collected.same_times.iter().map(|same| SameOut {
        article: same.article.as_str(),
        coders: [same.coders[0].as_str(), same.coders[1].as_str()],
        same: same.n,
        of: same.of,
    });
    Report {
        files: collected.rows.iter().map(row).collect(),
        same_times: same.collect(),
        news: NewsOut::of(collected.news),
        written: !args.dry_run && collected.action.is_some(),
    }
}

impl NewsOut {
    fn of(news: News) -> Self {
        Self {
            new: news.n_new,
            changed: news.n_changed,
            taken_away: news.n_taken_away,
            notes: news.n_notes,
            newly_done: news.n_done,
            open_again: news.n_reopened,
            articles: news.n_articles,
            comments: news.n_comments,
            boundaries: news.n_boundaries,
        }
    }
}

fn lines(
    args: &Args,
    files: &[Came],
    collected: &Collected,
    console: &mut Console<'_>,
) -> anyhow::Result<()> {
    let names: Vec<String> = files.iter().map(|came| format!("`{}`", came.name)).collect();
    for row in &collected.rows {
        let file = names.get(row.file).map_or("", String::as_str);
        match (&row.left_out, &row.coder) {
            (Some(why @ (LeftOut::Unread(_) | LeftOut::OtherProject | LeftOut::Empty)), _) => {
                console.line(&format!("{}: {file}", why.says(&names)))?;
                continue;
            }
            (Some(why), _) => console.line(&format!("{}: {}: {file}", row.name, why.says(&names)))?,
            (None, _) => console.line(&format!(
                "{}: {} of {} answered, {} of {} done, {}: {file}",
                row.name,
                row.n_answered,
                n_of(row.n_sentences, "sentence"),
                row.n_done,
                n_of(row.n_sheets, "article"),
                row.news.says(|n| n.to_string())
            ))?,
        }
        for one in &row.differences {
            console.line(&format!("  {}", one.says()))?;
            one.field_lines()
                .try_for_each(|line| console.line(&format!("    {}", line.replace('\n', " "))))?;
        }
    }
    for same in &collected.same_times {
        let name = |coder| collected.after.coder(coder).map_or("", Coder::shown_name);
        let title = title(&collected.after, &same.article);
        console.line(&format!(
            "{} and {} gave {} of {} in the same seconds in \u{201c}{title}\u{201d}: look before you compare",
            name(&same.coders[0]),
            name(&same.coders[1]),
            same.n,
            n_of(same.of, "answer"),
        ))?;
    }
    let all = if args.dry_run { "nothing was written; it would be" } else { "all" };
    console.line(&format!("{all}: {}", collected.news.says(|n| n.to_string())))?;
    Ok(())
}

fn title<'a>(project: &'a Project, id: &ArticleId) -> &'a str {
    project.article(id).map_or("", |article| article.shown_title())
}
