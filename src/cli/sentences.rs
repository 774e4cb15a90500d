//! `allegata sentences`: what the splitter makes of articles, without a project.

use crate::cli::console::{Console, harmless};
use crate::cli::failure::NotDone;
use crate::cli::opening::n_of;
use crate::cli::{Outcome, add};
use crate::model::article::{Article, Meta};
use crate::shell::intake::{self, Intake};
use serde::Serialize;
use std::path::PathBuf;

const AFTER_HELP: &str = "\
Examples:
  allegata sentences fire.txt
  curl -s https://example.org/fire.txt | allegata sentences - --json

A line has the sentence's number, its place in code points, its kind if it is not prose, and its text.";

/// Divide articles into sentences
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(in crate::cli) struct Args {
    /// Articles, folders, or `-` for the standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// A JSON list of articles with their text and sentences
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct ArticleOut<'a> {
    source: &'a str,
    id: &'a str,
    title: Option<&'a str>,
    text: &'a str,
    sentences: Vec<SentenceOut<'a>>,
}

#[derive(Serialize)]
struct SentenceOut<'a> {
    id: String,
    start: u32,
    end: u32,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
}

pub(in crate::cli) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    let intake = add::read(&args.files, &mut add::nothing()?, &Meta::default(), console)?;
    let Intake { articles, refused, warnings, skipped, .. } = &intake;
    if args.json {
        let articles: Vec<_> = articles.iter().map(|(file, article)| article_out(file, article)).collect();
        serde_json::to_writer(&mut *console.out, &articles)?;
        writeln!(console.out)?;
    } else {
        for (file, article) in articles {
            if articles.len() > 1 {
                writeln!(console.out, "== {}", harmless(file))?;
            }
            lines(article, console)?;
        }
    }
    for twin in skipped {
        console.say(&format!("skipped, the same text as before, {}: `{}`", twin.id, twin.file));
    }
    for (file, warning) in warnings {
        console.warn(&format!("{warning}: `{file}`"));
    }
    if intake.n_left > 0 {
        console.warn(&intake::left_out(intake.n_left));
    }
    for (_, why) in refused {
        console.say(&format!("error: {why}"));
    }
    for path in &intake.projects {
        console.say(&format!(
            "error: this is a project: `{}` hint: `allegata show` has its sentences",
            path.display()
        ));
    }
    let n_refused = refused.len() + intake.projects.len();
    match (n_refused, articles.len()) {
        (0, _) if skipped.is_empty() => Ok(Outcome::Fine),
        (0, _) => Ok(Outcome::Look),
        (n, 0) => Err(NotDone(format!("{} could not be read", n_of(n, "file"))).into()),
        (_, _) => Ok(Outcome::Look),
    }
}

fn lines(article: &Article, console: &mut Console<'_>) -> anyhow::Result<()> {
    for (idx, sentence) in article.sentences().iter().enumerate() {
        let kind = sentence.kind.as_deref().map(|kind| format!("({kind}) ")).unwrap_or_default();
        let words: Vec<_> = article.words_of(sentence).split_whitespace().collect();
        writeln!(console.out, "#{}  {}  {kind}{}", idx + 1, sentence.span, harmless(&words.join(" ")))?;
    }
    Ok(())
}

fn article_out<'a>(file: &'a str, article: &'a Article) -> ArticleOut<'a> {
    let sentences = article.sentences().iter().map(|sentence| SentenceOut {
        id: sentence.span.to_string(),
        start: sentence.span.start,
        end: sentence.span.end,
        text: article.words_of(sentence),
        kind: sentence.kind.as_deref(),
    });
    ArticleOut {
        source: file,
        id: article.id.as_str(),
        title: article.meta.title.as_deref(),
        text: article.text(),
        sentences: sentences.collect(),
    }
}
