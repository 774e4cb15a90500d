//! A project as people read it: an overview, and plain text.

use crate::analysis::aside::Aside;
use crate::analysis::count::{self, Counts, Progress, State};
use crate::analysis::filter::in_order;
use crate::model::article::Article;
use crate::model::coder::Coder;
use crate::model::coding::{Coding, Row};
use crate::model::comment::Comment;
use crate::model::conflict::{Plain, Value};
use crate::model::decision::Decision;
use crate::model::ids::{self, ArticleId, LabelId, Span};
use crate::model::project::Project;
use crate::model::sheet::Sheet;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

/// The project in a few lines, then a line for each coder and each article.
pub fn overview(project: &Project, out: &mut dyn Write) -> io::Result<()> {
    let totals = count::of_project(project, None);
    writeln!(out, "{}", title(project))?;
    let labels: Vec<_> = project.scheme().current().map(|label| label.id.as_str()).collect();
    let choose = if project.scheme().takes_several() { "several" } else { "one" };
    writeln!(out, "labels: {} ({choose} for each sentence)", labels.join(", "))?;
    if !project.never_end_after().is_empty() {
        writeln!(out, "no sentence ends after: {}", some_of(project.never_end_after()))?;
    }
    let n_sentences = totals.progress.n_sentences;
    writeln!(out, "{}, {n_sentences} sentences to label", n_of(project.n_articles(), "article"))?;
    let aside = Aside::of(project);
    if aside.n_articles + aside.n_sentences > 0 {
        writeln!(out, "{aside}")?;
    }
    table(&["coder", "answered", "unsure", "notes", "done", "name"], coder_rows(project), out)?;
    table(&["article", "sentences", "answered", "title"], article_rows(project), out)
}

/// The first few of a list, and how many more there are.
fn some_of(texts: &[String]) -> String {
    const MAX_SHOWN: usize = 20;
    let shown = texts.iter().take(MAX_SHOWN).map(|text| line_of(text)).collect::<Vec<_>>().join(", ");
    match texts.len().saturating_sub(MAX_SHOWN) {
        0 => shown,
        n => format!("{shown} and {n} more"),
    }
}

fn coder_rows(project: &Project) -> Vec<Vec<String>> {
    let row = |coder: &Coder| {
        let totals = count::of_project(project, Some(&coder.id));
        let Progress { n_answered, n_sentences, n_unsure, n_notes, .. } = totals.progress;
        vec![
            coder.id.to_string(),
            format!("{n_answered} of {n_sentences}"),
            n_unsure.to_string(),
            n_notes.to_string(),
            format!("{} of {}", totals.n_done, n_of(totals.n_articles as usize, "article")),
            line_of(&coder.name),
        ]
    };
    project.coders().map(row).collect()
}

fn article_rows(project: &Project) -> Vec<Vec<String>> {
    let row = |article: &Arc<Article>| {
        let answered = progress_of(project, article);
        vec![
            article.id.to_string(),
            count::n_asked(project.scheme(), article).to_string(),
            if answered.is_empty() { "-".to_owned() } else { answered },
            heading(article),
        ]
    };
    in_order(project).into_iter().map(row).collect()
}

/// Rows under a header, each column as wide as its widest cell; nothing when there are no rows.
fn table(header: &[&str], rows: Vec<Vec<String>>, out: &mut dyn Write) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let header: Vec<String> = header.iter().map(|name| name.to_uppercase()).collect();
    let mut widths = vec![0; header.len()];
    let rows: Vec<_> = std::iter::once(header).chain(rows).collect();
    for row in &rows {
        let n_chars = row.iter().map(|cell| cell.chars().count());
        widths.iter_mut().zip(n_chars).for_each(|(width, n)| *width = n.max(*width));
    }
    writeln!(out)?;
    for row in rows {
        let cells = row.iter().zip(&widths).map(|(cell, &width)| format!("{cell:width$}"));
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}

/// The articles as text: one line a sentence, and one line below it for what each coder said.
///
/// Made for reading and for `git diff`: one answer changed is one line changed. Decisions, comments and conflicts stand below
/// their article.
pub fn plain(project: &Project, only: Option<&ArticleId>, out: &mut dyn Write) -> io::Result<()> {
    if only.is_none() {
        writeln!(out, "{}", title(project))?;
        for label in &project.scheme().labels {
            let retired = if label.retired { " (retired)" } else { "" };
            writeln!(out, "label {}{retired}: {}", label.id, line_of(&label.says))?;
        }
        for coder in project.coders() {
            writeln!(out, "coder {}: {}", coder.id, line_of(coder.shown_name()))?;
        }
    }
    let beside = beside(project);
    if only.is_none() {
        beside.get(&None).into_iter().flatten().try_for_each(|line| writeln!(out, "{line}"))?;
    }
    for article in in_order(project).into_iter().filter(|article| only.is_none_or(|id| article.id == *id)) {
        plain_article(project, article, only.is_none(), out)?;
        let lines = beside.get(&Some(&article.id));
        lines.into_iter().flatten().try_for_each(|line| writeln!(out, "{line}"))?;
    }
    Ok(())
}

fn title(project: &Project) -> String {
    let title = line_of(project.title());
    if title.is_empty() { "(untitled)".to_owned() } else { title }
}

fn plain_article(project: &Project, article: &Article, gap: bool, out: &mut dyn Write) -> io::Result<()> {
    let lead = if gap { "\n" } else { "" };
    writeln!(out, "{lead}article {}: {}", article.id, heading(article))?;
    if let Some(url) = &article.meta.url {
        writeln!(out, "{}", line_of(url))?;
    }
    if let Some(reason) = &article.aside {
        writeln!(out, "{}", line_of(&format!("set aside: {reason}")))?;
    }
    if !article.intact {
        writeln!(out, "its text is not what it was when it came in, so it cannot be labelled")?;
    }
    let sheets: Vec<_> = project.sheets_for(&article.id).collect();
    for sheet in sheets.iter().filter(|sheet| sheet.done) {
        writeln!(out, "{} is done", sheet.key.coder)?;
    }
    for (idx, sentence) in article.sentences().iter().enumerate() {
        let kind = sentence.kind.as_ref().map(|kind| format!(" ({})", line_of(kind))).unwrap_or_default();
        writeln!(out, "#{} {}{kind}  {}", idx + 1, sentence.span, line_of(article.words_of(sentence)))?;
        for sheet in &sheets {
            if let Some(coding) = sheet.coding(sentence.span) {
                writeln!(out, "    {}: {}", sheet.key.coder, said(coding))?;
            }
        }
    }
    for sheet in sheets {
        for Row { span, coding } in &sheet.kept {
            let gone = if article.idx_of(*span).is_none() { ", no longer a sentence" } else { "" };
            writeln!(out, "to check: {span}{gone}, {}: {}", sheet.key.coder, said(coding))?;
        }
    }
    Ok(())
}

/// What else is said, by article: decisions, comments, conflicts; what is about none of them is about the project.
fn beside(project: &Project) -> BTreeMap<Option<&ArticleId>, Vec<String>> {
    let mut lines: BTreeMap<Option<&ArticleId>, Vec<String>> = BTreeMap::new();
    let place = |article: Option<&ArticleId>, span: Option<Span>| {
        let number = article.zip(span).and_then(|(id, span)| project.article(id)?.idx_of(span));
        let number = number.map(|idx| format!(" #{}", idx + 1));
        number.or_else(|| span.map(|span| format!(" {span}"))).unwrap_or_default()
    };
    for Decision { article, sentence, by, labels, reason, .. } in project.decisions() {
        let at = place(Some(article), Some(*sentence));
        let reason = if reason.is_empty() { String::new() } else { format!(": {}", line_of(reason)) };
        let line = format!("decided{at}, {by}: {}{reason}", labels_of(labels));
        lines.entry(Some(article)).or_default().push(line);
    }
    for Comment { article, sentence, by, text, resolved, .. } in project.comments() {
        let resolved = if *resolved { " (resolved)" } else { "" };
        let line = format!("comment{}, {by}{resolved}: {}", place(Some(article), *sentence), line_of(text));
        lines.entry(Some(article)).or_default().push(line);
    }
    for conflict in project.conflicts() {
        let article = conflict.article.as_ref();
        let mut line = format!("in conflict: {}", line_of(conflict.what.word()));
        let words = [conflict.id.clone(), conflict.coder.as_ref().map(|coder| format!("of {coder}"))];
        words.iter().flatten().for_each(|word| line = format!("{line} {}", line_of(word)));
        let field = conflict.field.as_ref().map(|field| format!(", {}", line_of(field))).unwrap_or_default();
        let sides =
            [&conflict.ours, &conflict.theirs].map(|side| side.as_ref().map_or("nothing".into(), value));
        let line = format!("{line}{}{field}: {}", place(article, conflict.sentence), sides.join(" | "));
        lines.entry(article).or_default().push(line);
    }
    lines
}

/// One side of a conflict.
fn value(value: &Value) -> String {
    match value {
        Value::Coding(coding) => said(coding),
        Value::Decision(decision) => labels_of(&decision.labels),
        Value::Label(label) => line_of(&format!("{}, {}", label.name, label.says)),
        Value::Plain(Plain::Text(text) | Plain::Source(text), _) => line_of(text),
        Value::Plain(Plain::Texts(texts), _) => line_of(&texts.join(", ")),
    }
}

fn labels_of(labels: &[LabelId]) -> String {
    if labels.is_empty() {
        return "none".to_owned();
    }
    labels.iter().map(LabelId::as_str).collect::<Vec<_>>().join(", ")
}

/// What a coder said of a sentence, in one line: `allegation, unsure, note: who says it?`.
pub fn said(coding: &Coding) -> String {
    let mut said =
        if coding.answered { coding.labels_cell().replace('|', ", ") } else { "unanswered".to_owned() };
    if coding.unsure {
        said.push_str(", unsure");
    }
    if coding.check {
        said.push_str(", to check");
    }
    if let Some(note) = &coding.note {
        said.push_str(", note: ");
        said.push_str(&line_of(note));
    }
    said
}

/// How far each coder is who has a sheet: `anna 3 of 4, ben 4 of 4 done`.
fn progress_of(project: &Project, article: &Article) -> String {
    let one = |sheet: &Arc<Sheet>| {
        let coder = &sheet.key.coder;
        let Counts { progress, .. } = count::of_article(project, article, Some(coder));
        let done = if progress.state == State::Done { " done" } else { "" };
        format!("{coder} {} of {}{done}", progress.n_answered, progress.n_sentences)
    };
    project.sheets_for(&article.id).map(one).collect::<Vec<_>>().join(", ")
}

pub fn heading(article: &Article) -> String {
    let meta = &article.meta;
    let about: Vec<_> =
        [&meta.outlet, &meta.published].into_iter().flatten().map(|part| line_of(part)).collect();
    let title = line_of(article.shown_title());
    let aside = if article.aside.is_some() { ", set aside" } else { "" };
    if about.is_empty() {
        format!("{title}{aside}")
    } else {
        format!("{title} ({}){aside}", about.join(", "))
    }
}

fn n_of(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// A text as one line that cannot steer a terminal: no line breaks, no control or bidi characters.
fn line_of(text: &str) -> String {
    let plain = |c: char| if c.is_control() || ids::is_bidi_control(c) { '\u{FFFD}' } else { c };
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().map(plain).collect()
}
