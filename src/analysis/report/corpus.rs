//! What was coded, in which units, by which codebook.

use super::words::{list, n_of};
use super::{Block, Cell, Column, Given, Table};
use crate::model::article::Article;
use crate::model::scheme::Label;
use crate::text::dates;
use crate::text::numbers::grouped;
use std::collections::BTreeMap;

pub(super) fn tell(given: &Given<'_>, blocks: &mut Vec<Block>) {
    corpus(given, blocks);
    segmentation(given, blocks);
    codebook(given, blocks);
}

fn corpus(given: &Given<'_>, blocks: &mut Vec<Block>) {
    let project = given.project;
    let scheme = project.scheme();
    let n_sentences: usize = project.articles().map(|article| article.n_sentences()).sum();
    let n_aside = project.articles().filter(|article| article.aside.is_some()).count();
    let asked = |article: &Article| {
        article.sentences().iter().filter(|sentence| scheme.asks(article, sentence)).count()
    };
    let n_asked: usize = project.articles().map(|article| asked(article)).sum();
    blocks.push(Block::Section("Corpus".to_owned()));
    let mut said = vec![format!(
        "The project holds {} with {}; an answer is asked for {} of them.",
        n_of(project.n_articles(), "article"),
        n_of(n_sentences, "sentence"),
        grouped(n_asked as u64)
    )];
    said.extend(period(project.articles().map(|article| article.meta.published.as_deref())));
    match n_aside {
        0 => {}
        1 => said.push("One article is set aside whole.".to_owned()),
        n => said.push(format!("{} are set aside whole.", n_of(n, "article"))),
    }
    if !given.made.filter.is_empty() {
        said.push(format!(
            "Agreement was worked out over the articles that fit \u{201c}{}\u{201d}.",
            given.made.filter
        ));
    }
    blocks.push(Block::Paragraph(said.join(" ")));
    let columns = vec![
        Column::text("Outlet"),
        Column::number("Articles"),
        Column::number("Sentences"),
        Column::number("Asked for"),
        Column::text("From"),
        Column::text("To"),
    ];
    let mut outlets: BTreeMap<&str, (u64, usize, usize, Vec<&str>)> = BTreeMap::new();
    for article in project.articles() {
        let outlet = outlets.entry(article.meta.outlet.as_deref().unwrap_or_default()).or_default();
        outlet.0 += 1;
        outlet.1 += article.n_sentences();
        outlet.2 += asked(article);
        outlet.3.extend(article.meta.published.as_deref());
    }
    let mut table = Table::new("corpus", "Articles by outlet", columns);
    for (outlet, (n, n_sentences, n_asked, mut published)) in outlets {
        published.sort_unstable();
        let date = |date: Option<&&str>| Cell::Text(date.map(|date| dates::long(date)).unwrap_or_default());
        table.rows.push(vec![
            Cell::Text(if outlet.is_empty() { "not known".to_owned() } else { outlet.to_owned() }),
            Cell::Count(n),
            Cell::Count(n_sentences as u64),
            Cell::Count(n_asked as u64),
            date(published.first()),
            date(published.last()),
        ]);
    }
    if !table.rows.is_empty() {
        blocks.push(Block::Table(table));
    }
}

/// From when to when articles were published, as far as that is known.
fn period<'a>(published: impl Iterator<Item = Option<&'a str>>) -> Option<String> {
    let (mut known, mut n_unknown) = (vec![], 0);
    for date in published {
        match date {
            Some(date) => known.push(date),
            None => n_unknown += 1,
        }
    }
    known.sort_unstable();
    let unknown = if n_unknown > 0 && !known.is_empty() {
        format!(" ({} without a date)", n_of(n_unknown, "article"))
    } else {
        String::new()
    };
    match (known.first(), known.last()) {
        (Some(first), Some(last)) if first == last => {
            Some(format!("Published: {}{unknown}.", dates::long(first)))
        }
        (Some(first), Some(last)) => {
            Some(format!("Published: {} to {}{unknown}.", dates::long(first), dates::long(last)))
        }
        _ => (n_unknown > 0).then(|| "When they were published is not known.".to_owned()),
    }
}

fn segmentation(given: &Given<'_>, blocks: &mut Vec<Block>) {
    let (project, made) = (given.project, given.made);
    let skip: Vec<String> = project.scheme().skip.clone();
    blocks.push(Block::Section("Unit and segmentation".to_owned()));
    let mut said =
        vec!["The unit is the sentence, named by its place in the text in Unicode code points.".to_owned()];
    if !skip.is_empty() {
        said.push(format!("Not asked for: sentences of the kind {}.", list(&skip)));
    }
    let n_aside = given.worked.said.n_aside;
    if n_aside > 0 {
        said.push(format!("Set aside in the articles that are compared: {}.", n_of(n_aside, "sentence")));
    }
    let n = project.n_articles();
    let n_other = n.saturating_sub(made.segmentation.n_same);
    said.extend(match n_other {
        _ if n == 0 => None,
        0 => Some(format!("All articles have the sentences that the splitter of Allegata {} makes.", made.version)),
        _ => Some(format!(
            "{} of {} have exactly the sentences that the splitter of Allegata {} makes; in the others people joined or split \
             some, or an earlier version made them.",
            grouped(made.segmentation.n_same as u64),
            n_of(n, "article"),
            made.version
        )),
    });
    let own = project.never_end_after();
    if !own.is_empty() {
        said.push(format!("The project\u{2019}s own abbreviations: {}.", list(own)));
    }
    blocks.push(Block::Paragraph(said.join(" ")));
    if made.segmentation.languages.is_empty() {
        return;
    }
    let columns = vec![Column::text("Rules"), Column::text("Language"), Column::number("Articles")];
    let mut table = Table::new("segmentation", "Language rules of the splitter", columns);
    for ((code, is_said), n) in &made.segmentation.languages {
        let from = if *is_said { "as the article says" } else { "guessed from the text" };
        table.rows.push(vec![Cell::Text(code.clone()), Cell::Text(from.to_owned()), Cell::Count(*n as u64)]);
    }
    blocks.push(Block::Table(table));
}

fn codebook(given: &Given<'_>, blocks: &mut Vec<Block>) {
    let scheme = given.project.scheme();
    blocks.push(Block::Section("Codebook".to_owned()));
    let takes = if scheme.takes_several() { "several labels" } else { "one label" };
    blocks.push(Block::Paragraph(format!(
        "Codebook, version {}. A sentence takes {takes}, or \u{201c}none of these\u{201d}: it was read, and no label fits.",
        scheme.version
    )));
    for label in &scheme.labels {
        entry(label, blocks);
    }
}

fn entry(label: &Label, blocks: &mut Vec<Block>) {
    let retired = if label.retired { " (no longer given)" } else { "" };
    blocks.push(Block::Part(format!("{}{retired}", label.name)));
    let doubt = label.doubt.as_deref().map(str::trim).filter(|doubt| !doubt.is_empty());
    let doubt = doubt.map(|doubt| format!("When in doubt: {doubt}"));
    for paragraph in [Some(label.says.clone()), doubt].into_iter().flatten().filter(|p| !p.trim().is_empty())
    {
        blocks.push(Block::Paragraph(paragraph));
    }
    for (what, examples) in [("Belongs here:", &label.is), ("Does not belong here:", &label.is_not)] {
        if !examples.is_empty() {
            blocks.extend([Block::Paragraph(what.to_owned()), Block::Items(examples.clone())]);
        }
    }
    blocks.push(Block::Paragraph(format!("In the data: {}", label.id)));
}
