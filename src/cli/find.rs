//! `allegata find`: the sentences that fit a query.

use crate::analysis::query::index::{Index, Part};
use crate::analysis::query::sentences::{Asking, Fields};
use crate::analysis::query::{Ask, Who};
use crate::cli::console::Console;
use crate::cli::door::one_line;
use crate::cli::failure::Usage;
use crate::cli::opening::n_of;
use crate::cli::{Outcome, opening, query};
use crate::model::article::{Article, Sentence};
use crate::model::ids::{CoderId, LabelId};
use crate::model::project::Project;
use crate::model::sheet::SheetKey;
use crate::shell::folders::Folders;
use crate::shell::jobs;
use serde::Serialize;
use std::path::PathBuf;

const AFTER_HELP: &str = "\
Examples:
  allegata find inquiry.allegata.ron 'bribe -label:denial'
  allegata find inquiry.allegata.ron 'coder:anna is:unsure from:2024-01 to:2024-06'
  allegata find inquiry.allegata.ron '/took \\w+ money/' --json | jq '.[].text'

Words are looked for in sentences, notes and comments; words of an article (`title:`, `outlet:`, dates) choose the articles. What is \
asked of an answer, one coder must have said. `start` and `end` count Unicode code points of the article's text; an end is the place \
after the last character. A query that begins with `-` goes after `--`.";

/// Find sentences by their words and by what was said of them
#[derive(Debug, clap::Args)]
#[command(after_help = format!("{AFTER_HELP}\n\n{}", query::grammar()))]
pub(in crate::cli) struct Args {
    /// The project's file
    #[arg(value_name = "PROJECT.ron")]
    project: PathBuf,
    /// What is looked for; several words may stand side by side
    #[arg(value_name = "QUERY", required = true, num_args = 1..)]
    query: Vec<String>,
    /// A JSON list of the sentences with everybody's answers
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct SentenceOut<'a> {
    article: &'a str,
    sentence: String,
    start: u32,
    end: u32,
    text: &'a str,
    title: &'a str,
    answers: Vec<AnswerOut<'a>>,
}

#[derive(Serialize)]
struct AnswerOut<'a> {
    coder: &'a str,
    /// Absent = no answer, beside which a note or a doubt stands.
    labels: Option<Vec<&'a str>>,
    unsure: bool,
    note: Option<&'a str>,
}

pub(in crate::cli) fn run(
    args: &Args,
    folders: &Folders,
    console: &mut Console<'_>,
) -> anyhow::Result<Outcome> {
    let project = opening::to_read(&args.project, folders, console)?;
    let ask = query::read(&project, &args.query.join(" "))?;
    if ask.is_empty() {
        let hint = "a word, or something as `label:denial`: see `allegata find --help`";
        return Err(Usage(format!("nothing to look for\0hint: {hint}")).into());
    }
    let found = found(&project, &ask);
    if args.json {
        let all = found.iter().flat_map(|(article, idxs)| {
            idxs.iter()
                .filter_map(|idx| Some(sentence_out(&project, article, article.sentences().get(*idx)?)))
        });
        console.json(&all.collect::<Vec<_>>())?;
        return Ok(Outcome::Fine);
    }
    for (article, idxs) in &found {
        console.line(&format!("{} {}", article.id, one_line(article.shown_title())))?;
        for idx in idxs {
            let Some(sentence) = article.sentences().get(*idx) else { continue };
            let words: Vec<_> = article.words_of(sentence).split_whitespace().collect();
            let said = answers(&project, article, sentence).iter().map(said).collect::<Vec<_>>().join("; ");
            let said = if said.is_empty() { said } else { format!("  [{said}]") };
            console.line(&format!(
                "#{} {}  {}{}",
                idx + 1,
                sentence.span,
                one_line(&words.join(" ")),
                one_line(&said)
            ))?;
        }
    }
    let n: usize = found.iter().map(|(_, idxs)| idxs.len()).sum();
    console.say(&format!("{} in {}", n_of(n, "sentence"), n_of(found.len(), "article")));
    Ok(Outcome::Fine)
}

/// The articles with something that fits, each with the places of its sentences.
fn found<'a>(project: &'a Project, ask: &Ask) -> Vec<(&'a Article, Vec<usize>)> {
    let fields = Fields { titles: false, ..Fields::ALL };
    let asking = Asking::new(ask, project, Who::Everybody, (fields, false), None);
    let planned = Index::default().plan(project).unwrap_or_default();
    let hits = jobs::cores().map(planned.len(), |idx| {
        let part = planned.get(idx).map(|planned| Part::made(planned.clone()))?;
        let finds = asking.finds(ask, &part, None);
        let mut idxs: Vec<usize> = finds.hits.iter().filter_map(|hit| hit.sentence()).collect();
        idxs.dedup();
        Some((part.article.id.clone(), idxs))
    });
    let some = hits.into_iter().flatten().filter(|(_, idxs)| !idxs.is_empty());
    some.filter_map(|(id, idxs)| Some((project.article(&id)?.as_ref(), idxs))).collect()
}

fn answers<'a>(project: &'a Project, article: &Article, sentence: &Sentence) -> Vec<AnswerOut<'a>> {
    let of = |id: &'a CoderId| {
        let key = SheetKey { coder: id.clone(), article: article.id.clone() };
        let coding = project.coding(&key, sentence.span).filter(|coding| !coding.says_nothing())?;
        Some(AnswerOut {
            coder: id.as_str(),
            labels: coding.answered.then(|| coding.labels.iter().map(LabelId::as_str).collect()),
            unsure: coding.unsure,
            note: coding.note.as_deref(),
        })
    };
    project.coders().filter_map(|coder| of(&coder.id)).collect()
}

/// `anna denial ? "which door"`.
fn said(answer: &AnswerOut<'_>) -> String {
    let labels = answer.labels.as_ref().map(|labels| match labels.as_slice() {
        [] => "none".to_owned(),
        labels => labels.join("|"),
    });
    let unsure = answer.unsure.then(|| "?".to_owned());
    let note = answer
        .note
        .map(|note| format!("\u{201c}{}\u{201d}", note.split_whitespace().collect::<Vec<_>>().join(" ")));
    [Some(answer.coder.to_owned()), labels, unsure, note].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn sentence_out<'a>(project: &'a Project, article: &'a Article, sentence: &'a Sentence) -> SentenceOut<'a> {
    SentenceOut {
        article: article.id.as_str(),
        sentence: sentence.span.to_string(),
        start: sentence.span.start,
        end: sentence.span.end,
        text: article.words_of(sentence),
        title: article.shown_title(),
        answers: answers(project, article, sentence),
    }
}
