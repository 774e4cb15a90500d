//! `allegata resplit`: sentences as the splitter makes them today, with everybody's answers following.

use crate::analysis::filter::in_order;
use crate::cli::console::Console;
use crate::cli::door::{Door, one_line};
use crate::cli::failure::NotDone;
use crate::cli::opening::n_of;
use crate::cli::{Outcome, opening, show};
use crate::formats::articles::{settings_of, split_again};
use crate::model::action::Action;
use crate::model::article::Article;
use crate::model::boundaries::Resplit;
use crate::model::follow::Followed;
use crate::model::ids::{ArticleId, Span};
use crate::model::plan;
use crate::model::project::Project;
use crate::shell::folders::Folders;
use std::io::Write as _;
use std::ops::Range;
use std::path::PathBuf;

const AFTER_HELP: &str = "\
Examples:
  allegata resplit inquiry.allegata.ron --dry-run
  allegata resplit inquiry.allegata.ron --article 5d1f0c9a2b-03fe

Only the places that change are shown: `-` what a sentence was, `+` what it becomes. An answer follows where its sentence stays \
or is joined with others that have the same answer; both parts of a divided one get it, to be checked; any other is kept \
beside the article, and its sentence is unanswered. Earlier versions: `allegata recover`.";

/// Divide articles into sentences again, as new ones are today
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(in crate::cli) struct Args {
    /// The project's file
    #[arg(value_name = "PROJECT.ron")]
    project: PathBuf,
    /// Only this article; may be given several times
    #[arg(long = "article", value_name = "ID")]
    articles: Vec<String>,
    /// Show what would change, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// The longest text of a sentence that is shown whole, and what is shown of a longer one. Characters.
const MAX_SHOWN_CHARS: usize = 76;
const N_HEAD_CHARS: usize = 46;
const N_TAIL_CHARS: usize = 27;

/// The most sentences that a list names.
const MAX_LISTED: usize = 12;

/// What was planned for a project, and the project after it.
struct Planned {
    project: Project,
    /// Each without its action, which was done.
    plans: Vec<(ArticleId, Resplit)>,
    refused: Vec<String>,
}

pub(in crate::cli) fn run(
    args: &Args,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let (before, opened) = opening::to_try(&args.project, args.dry_run, folders, console)?;
    let planned = plans(&before, &args.articles)?;
    if planned.plans.is_empty() && planned.refused.len() == 1 {
        return Err(NotDone(planned.refused.concat()).into());
    }
    if let Some(opened) = opened.filter(|_| !planned.plans.is_empty()) {
        opening::save(opened, &planned.project, console)?;
    }
    for (id, plan) in &planned.plans {
        if let Some((was, is)) = before.article(id).zip(planned.project.article(id)) {
            say(was, is, plan, &mut console.text())?;
        }
    }
    for why in &planned.refused {
        console.say(&format!("error: {why}"));
    }
    match (planned.plans.len(), planned.refused.len()) {
        (0, 0) => console.line("nothing to split again")?,
        (0, n) => return Err(NotDone(format!("{} could not be split again", n_of(n, "article"))).into()),
        _ => totals(args, &before, &planned, &mut console.text())?,
    }
    Ok(if planned.refused.is_empty() { Outcome::Fine } else { Outcome::Look })
}

/// Plans article after article, in the order shown. Where nothing is named, all of them.
fn plans(before: &Project, named: &[String]) -> anyhow::Result<Planned> {
    let named = named.iter().map(|id| show::article(before, id)).collect::<Result<Vec<_>, _>>()?;
    let mut planned = Planned { project: before.clone(), plans: vec![], refused: vec![] };
    for article in in_order(before).into_iter().filter(|a| named.is_empty() || named.contains(&a.id)) {
        let to = split_again(article, settings_of(before))?;
        match plan::resplit(&planned.project, &article.id, to) {
            Ok(None) => {}
            Ok(Some(mut plan)) => {
                planned.project.apply(std::mem::replace(&mut plan.action, Action::Many(vec![])))?;
                planned.plans.push((article.id.clone(), plan));
            }
            Err(refusal) => planned.refused.push(refusal.to_string()),
        }
    }
    Ok(planned)
}

/// One article: its name, the places that change, what became of each coder's rows.
pub(in crate::cli) fn say(
    was: &Article,
    is: &Article,
    plan: &Resplit,
    out: &mut Door<'_>,
) -> anyhow::Result<()> {
    writeln!(out, "article {}: {}", is.id, line_of(is.shown_title()))?;
    for change in &plan.changes {
        lines('-', was, &change.old, out)?;
        lines('+', is, &change.new, out)?;
    }
    for followed in &plan.followed {
        let said = said(is, followed);
        if !said.is_empty() {
            writeln!(out, "  {}: {said}", followed.coder)?;
        }
    }
    let others = [(plan.n_comments, "comment"), (plan.n_links, "link"), (plan.n_decisions, "decision")];
    let others = others.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| n_of(n, what));
    let others = others.collect::<Vec<_>>().join(", ");
    if !others.is_empty() {
        writeln!(out, "  moved to the new sentences: {others}")?;
    }
    if !plan.fields_lost.is_empty() {
        let spans = list(plan.fields_lost.iter().map(ToString::to_string));
        writeln!(out, "  gone with their sentences, fields of a newer version: {spans}")?;
    }
    writeln!(out)?;
    Ok(())
}

fn lines(sign: char, article: &Article, at: &Range<usize>, out: &mut Door<'_>) -> anyhow::Result<()> {
    for (idx, sentence) in article.sentences().iter().enumerate().take(at.end).skip(at.start) {
        let kind = sentence.kind.as_ref().map(|kind| format!("({}) ", line_of(kind))).unwrap_or_default();
        let words = shortened(&line_of(article.words_of(sentence)));
        writeln!(out, "{sign} #{} {}  {kind}{words}", idx + 1, sentence.span)?;
    }
    Ok(())
}

/// `3 carried, 1 split; to check: #2, #3; now unanswered: #5`.
fn said(article: &Article, followed: &Followed) -> String {
    let Followed { n_carried, joined, split, kept, restored, to_check, unanswered, .. } = followed;
    let counts = [(*n_carried, "carried"), (joined.len(), "joined"), (split.len(), "split")];
    let counts = counts.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}"));
    let mut said = vec![counts.collect::<Vec<_>>().join(", ")];
    for (what, spans) in [("back from what was kept", restored), ("to check", to_check)] {
        said.push(named(what, list(spans.iter().map(|span| number(article, *span)))));
    }
    // These are no sentences any more.
    said.push(named("kept", list(kept.iter().map(ToString::to_string))));
    said.push(named("now unanswered", list(unanswered.iter().map(|span| number(article, *span)))));
    said.push(if followed.reopened { "no longer done".to_owned() } else { String::new() });
    said.retain(|part| !part.is_empty());
    said.join("; ")
}

fn named(what: &str, list: String) -> String {
    if list.is_empty() { list } else { format!("{what}: {list}") }
}

fn number(article: &Article, span: Span) -> String {
    article.idx_of(span).map_or_else(|| span.to_string(), |idx| format!("#{}", idx + 1))
}

fn list(items: impl Iterator<Item = String>) -> String {
    let items: Vec<_> = items.collect();
    let first = items.iter().take(MAX_LISTED).cloned().collect::<Vec<_>>().join(", ");
    match items.len().saturating_sub(MAX_LISTED) {
        0 => first,
        n => format!("{first} and {n} more"),
    }
}

fn totals(args: &Args, before: &Project, planned: &Planned, out: &mut Door<'_>) -> anyhow::Result<()> {
    let n_of_all = |of: fn(&Followed) -> usize| -> usize {
        planned.plans.iter().flat_map(|(_, plan)| &plan.followed).map(of).sum()
    };
    let n_sentences = |project: &Project| -> usize {
        planned.plans.iter().filter_map(|(id, _)| project.article(id)).map(|a| a.n_sentences()).sum()
    };
    let rows = [
        (n_of_all(|f| f.n_carried), "carried"),
        (n_of_all(|f| f.joined.len()), "joined"),
        (n_of_all(|f| f.split.len()), "split"),
        (n_of_all(|f| f.kept.len()), "kept"),
        (n_of_all(|f| f.restored.len()), "back"),
    ];
    let rows = rows.iter().map(|(n, what)| format!("{n} {what}")).collect::<Vec<_>>().join(", ");
    let would = if args.dry_run { " would be" } else { "" };
    writeln!(
        out,
        "{}{would} split again: {} in place of {}",
        n_of(planned.plans.len(), "article"),
        n_of(n_sentences(&planned.project), "sentence"),
        n_sentences(before)
    )?;
    writeln!(out, "answers and notes: {rows}")?;
    let (n_check, n_empty) = (n_of_all(|f| f.to_check.len()), n_of_all(|f| f.unanswered.len()));
    writeln!(out, "sentences: {n_check} to check, {n_empty} now unanswered")?;
    if args.dry_run {
        writeln!(out, "nothing was written")?;
    }
    Ok(())
}

fn line_of(text: &str) -> String {
    one_line(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The text with its middle left out, if it is long; between words, if there are any.
fn shortened(text: &str) -> String {
    let n_chars = text.chars().count();
    if n_chars <= MAX_SHOWN_CHARS {
        return text.to_owned();
    }
    let head: String = text.chars().take(N_HEAD_CHARS).collect();
    let tail: String = text.chars().skip(n_chars - N_TAIL_CHARS).collect();
    let head = head.rsplit_once(' ').map_or(head.as_str(), |(words, _)| words);
    let tail = tail.split_once(' ').map_or(tail.as_str(), |(_, words)| words);
    format!("{head} … {tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_lose_their_middle() {
        let check = |text: &str, want: &str| assert_eq!(shortened(text), want);
        check("He ran.", "He ran.");
        check(
            &format!("He {} home.", "ran ".repeat(40).trim_end()),
            &format!("He {}… {}home.", "ran ".repeat(10), "ran ".repeat(5)),
        );
        check(&"é".repeat(77), &format!("{} … {}", "é".repeat(46), "é".repeat(27)));
    }

    #[test]
    fn long_lists_are_counted() {
        let check = |n: usize, want: &str| assert_eq!(list((1..=n).map(|n| n.to_string())), want);
        check(0, "");
        check(2, "1, 2");
        check(14, "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 2 more");
    }
}
