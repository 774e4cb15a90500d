//! A dataset in splits: where they come from, and a file or a folder for each.

use crate::analysis::splits::{self, Placed};
use crate::cli::Outcome;
use crate::cli::console::Console;
use crate::cli::export::{Args, not_written, said, with_ending};
use crate::cli::failure::{NotDone, Usage};
use crate::cli::opening::n_of;
use crate::formats::Format;
use crate::formats::datasets::outlet::Outlet;
use crate::formats::datasets::rows::Going;
use crate::formats::datasets::what::What;
use crate::model::ids::ArticleId;
use crate::model::project::Project;
use crate::shell::export::{self, parts};
use std::collections::BTreeSet;
use std::path::Path;

/// The split of each article; says where they are not those of the project.
pub(in crate::cli::export) fn placed(project: &Project, path: &Path, console: &mut Console<'_>) -> Placed {
    let placed = splits::placed(project);
    if placed.n_made > 0 {
        let names = placed.names.join(", ");
        let n = n_of(placed.n_made, "article");
        console.say(&format!(
            "{n} in no split yet, placed for this dataset alone: {names}\0hint: `allegata splits {} 70,15,15` keeps them",
            path.display()
        ));
    }
    placed
}

/// Writes a file or a folder for each split.
pub(in crate::cli::export) fn write(
    args: &Args,
    project: &Project,
    (format, outlet, what): (&Format, &Outlet, &What),
    placed: &Placed,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    if args.output == Path::new("-") || export::is_stream(&args.output) {
        let why = format!("`{}` with `--splits` is a file for each of them", format.id);
        return Err(Usage(format!("{why}\0hint: `-o NAME`")).into());
    }
    let path = with_ending(&args.output, format);
    let mut wanted = Vec::with_capacity(placed.names.len());
    for name in &placed.names {
        let is_in = |(article, split): (&ArticleId, &String)| {
            (split == name && what.has(article)).then(|| article.clone())
        };
        let articles: BTreeSet<_> = placed.of.iter().filter_map(is_in).collect();
        if !articles.is_empty() {
            let path = parts::path_of(&path, name, format.is_folder());
            wanted.push((name, path, What { articles: Some(articles), ..what.clone() }));
        }
    }
    if wanted.is_empty() {
        let hint = "look at `--articles`, and at what is set aside";
        return Err(NotDone(format!("no article is in a split\0hint: {hint}")).into());
    }
    let goings: Vec<_> =
        wanted.iter().map(|(_, path, what)| (path.clone(), Going::new(project, what))).collect();
    let written = parts::parts(&goings, outlet, (&args.project, args.force))
        .map_err(|error| not_written(error, args.force))?;
    let (mut outcome, mut n_there) = (Outcome::Fine, 0);
    for ((name, path, what), mut exported) in wanted.iter().zip(written) {
        console.say(&format!("split {name}: `{}`", path.display()));
        n_there += what.articles.as_ref().map_or(0, BTreeSet::len);
        // What is in another split is not left out.
        exported.counts.left.articles = 0;
        if said(&exported, project, (format, what), console) == Outcome::Look {
            outcome = Outcome::Look;
        }
    }
    let n_left = project.n_articles() - n_there;
    if n_left > 0 {
        console.say(&format!("left out of all splits: {}", n_of(n_left, "article")));
    }
    Ok(outcome)
}
