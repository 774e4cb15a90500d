//! `allegata sentences`: what the splitter makes of articles, without a project.

mod ends;
mod figures;

use crate::cli::console::Console;
use crate::cli::failure::NotDone;
use crate::cli::opening::n_of;
use crate::cli::{Outcome, add};
use crate::formats::articles::arrivals::is_lang_tag;
use crate::model::article::{Article, Meta};
use crate::shell::intake::{self, Came, Intake, Said};
use crate::text::language::language;
use serde::Serialize;
use std::path::PathBuf;

const AFTER_HELP: &str = "\
Examples:
  allegata sentences fire.txt
  allegata sentences articles/ --stats
  allegata sentences brand.txt --lang de
  curl -s https://example.org/fire.txt | allegata sentences - --json
  allegata sentences --jsonl < gold.jsonl > ends.jsonl

A line has the sentence's number, its place in code points, its kind if it is not prose, and its text.

With `--json` each article has its text, the language whose rules were used, and its sentences with `start` and `end` in code points \
and `start_byte` and `end_byte` in bytes of the text in UTF-8; an end is the place after the last character.

With `--jsonl` a line comes in as `{\"id\": 7, \"text\": \"It rained. It blew.\", \"lang\": \"en\"}`, without `lang` if it is to be \
guessed, and goes out as `{\"id\":7,\"ends\":[10,19]}`: bytes of the text as it was given, just after each sentence. \
A line that cannot be read is said and passed over.";

/// Divide articles into sentences
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(in crate::cli) struct Args {
    /// Articles, folders, or `-` for the standard input, which `--jsonl` reads without a FILE too
    #[arg(value_name = "FILE", required_unless_present = "jsonl")]
    files: Vec<PathBuf>,
    /// A JSON list of articles with their text and sentences
    #[arg(long, conflicts_with_all = ["jsonl", "stats"])]
    json: bool,
    /// Read JSON lines of texts, write JSON lines of where their sentences end
    #[arg(long, conflicts_with = "stats")]
    jsonl: bool,
    /// Figures instead of sentences: how many of each kind, and how long
    #[arg(long)]
    stats: bool,
    /// The language, as `en` or `pt-BR`, whatever the articles say; left out, theirs, else guessed
    #[arg(long, value_name = "TAG", value_parser = lang_tag)]
    lang: Option<String>,
    /// How the standard input is written; left out, it is guessed
    #[arg(long, value_parser = ["md", "txt"], conflicts_with = "jsonl")]
    format: Option<String>,
    /// A sentence may begin in lower case: for texts from the web, not for news
    #[arg(long)]
    lower_case: bool,
}

#[derive(Serialize)]
struct ArticleOut<'a> {
    source: &'a str,
    id: &'a str,
    title: Option<&'a str>,
    lang: &'a str,
    text: &'a str,
    sentences: Vec<SentenceOut<'a>>,
}

#[derive(Serialize)]
struct SentenceOut<'a> {
    id: String,
    start: u32,
    end: u32,
    start_byte: u32,
    end_byte: u32,
    text: &'a str,
    kind: &'a str,
}

pub(in crate::cli) fn run(args: &Args, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    if let Some(lang) = args.lang.as_deref().filter(|lang| language(lang).is_none()) {
        console.warn(&format!(
            "there are no rules for the language `{lang}`, Unicode's are used\0hint: a language is named by its tag, as `en`"
        ));
    }
    if args.jsonl {
        return ends::run(args, console);
    }
    let meta = Meta { lang: args.lang.clone(), ..Meta::default() };
    let format = add::format_of(args.format.as_deref(), &args.files)?;
    let said = Said { meta, lower_case: args.lower_case, format, ..Said::default() };
    let intake = add::read(&args.files, &mut add::nothing()?, &said, console)?;
    let Intake { articles, .. } = &intake;
    if args.json {
        let articles: Vec<_> = articles.iter().map(article_out).collect();
        console.json(&articles)?;
    } else if args.stats {
        figures::write(&intake, console)?;
    } else {
        for Came { file, article, .. } in articles {
            if articles.len() > 1 {
                console.line(&format!("== {file}"))?;
            }
            lines(article, console)?;
        }
    }
    outcome(&intake, console)
}

/// Says what was not divided, and how it went.
fn outcome(intake: &Intake, console: &mut Console<'_>) -> anyhow::Result<Outcome> {
    for twin in &intake.skipped {
        console.say(&format!("skipped, the same text as before, {}: `{}`", twin.id, twin.file));
    }
    for (file, warning) in &intake.warnings {
        console.warn(&format!("{warning}: `{file}`"));
    }
    for what in intake::left_out(intake.passed) {
        console.warn(&what);
    }
    for (_, why) in &intake.refused {
        console.say(&format!("error: {why}"));
    }
    for path in &intake.projects {
        console.say(&format!(
            "error: this is a project: `{}`\0hint: `allegata show` has its sentences",
            path.display()
        ));
    }
    let n_refused = intake.refused.len() + intake.projects.len();
    match (n_refused, intake.articles.len()) {
        (0, _) if intake.skipped.is_empty() => Ok(Outcome::Fine),
        (0, _) => Ok(Outcome::Look),
        (n, 0) => Err(NotDone(format!("{} could not be read", n_of(n, "file"))).into()),
        (_, _) => Ok(Outcome::Look),
    }
}

fn lines(article: &Article, console: &mut Console<'_>) -> anyhow::Result<()> {
    for (idx, sentence) in article.sentences().iter().enumerate() {
        let kind = sentence.kind.as_deref().map(|kind| format!("({kind}) ")).unwrap_or_default();
        let words: Vec<_> = article.words_of(sentence).split_whitespace().collect();
        console.line(&format!("#{}  {}  {kind}{}", idx + 1, sentence.span, words.join(" ")))?;
    }
    Ok(())
}

fn article_out(came: &Came) -> ArticleOut<'_> {
    let article = &came.article;
    let sentences = article.sentences().iter().map(|sentence| SentenceOut {
        id: sentence.span.to_string(),
        start: sentence.span.start,
        end: sentence.span.end,
        start_byte: sentence.bytes.start,
        end_byte: sentence.bytes.end,
        text: article.words_of(sentence),
        kind: sentence.kind_name(),
    });
    ArticleOut {
        source: &came.file,
        id: article.id.as_str(),
        title: article.meta.title.as_deref(),
        lang: &came.lang,
        text: article.text(),
        sentences: sentences.collect(),
    }
}

fn lang_tag(text: &str) -> Result<String, String> {
    if is_lang_tag(text) {
        Ok(text.to_owned())
    } else {
        Err("this is no tag of a language: two or three letters, and parts after hyphens, as `pt-BR`"
            .to_owned())
    }
}
