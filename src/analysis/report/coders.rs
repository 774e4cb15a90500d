//! Who coded how much, and which articles several were to code.

use super::words::{list, n_of};
use super::{Block, Cell, Column, Given, Table};
use crate::model::article::Article;
use crate::model::coder::Coder;
use crate::text::numbers::grouped;
use std::sync::Arc;

pub(super) fn tell(given: &Given<'_>, blocks: &mut Vec<Block>) {
    coders(given, blocks);
    subsample(given, blocks);
}

fn coders(given: &Given<'_>, blocks: &mut Vec<Block>) {
    let project = given.project;
    let n_reviewers = project.coders().filter(|coder| coder.is_reviewer()).count();
    blocks.push(Block::Section("Coders".to_owned()));
    let names = if given.is_real() {
        "Coders stand under their names."
    } else {
        "Coders stand under pseudonyms, which are worked out of the project and the coder: in every report of this project they \
         are the same."
    };
    let reviewers = match n_reviewers {
        0 => String::new(),
        1 => " One person more decided and did not code.".to_owned(),
        n => format!(" {n} people more decided and did not code."),
    };
    let silent = match given.worked.silent.len() {
        0 => String::new(),
        n => format!(" Left out, since they answered nothing: {}.", n_of(n, "coder")),
    };
    blocks.push(Block::Paragraph(format!("{names}{reviewers}{silent}")));
    let columns = vec![
        Column::text("Coder"),
        Column::number("Articles begun"),
        Column::number("Called done"),
        Column::number("Sentences answered"),
        Column::number("Unsure"),
    ];
    let mut table = Table::new("coders", "Answers by coder, over all articles of the project", columns);
    for coder in project.coders().filter(|coder| !coder.is_reviewer()) {
        let (mut n_begun, mut n_done, mut n_answers, mut n_unsure) = (0, 0, 0, 0);
        for sheet in project.sheets_of(&coder.id) {
            n_begun += u64::from(sheet.n_answered() > 0);
            n_done += u64::from(sheet.done);
            n_answers += sheet.n_answered() as u64;
            let unsure = sheet.rows.iter().filter(|row| row.coding.answered && row.coding.unsure);
            n_unsure += unsure.count() as u64;
        }
        table.rows.push(vec![
            Cell::Text(given.coder(coder.id.as_str())),
            Cell::Count(n_begun),
            Cell::Count(n_done),
            Cell::Count(n_answers),
            Cell::Count(n_unsure),
        ]);
    }
    if !table.rows.is_empty() {
        blocks.push(Block::Table(table));
    }
}

fn subsample(given: &Given<'_>, blocks: &mut Vec<Block>) {
    let project = given.project;
    blocks.push(Block::Section("Subsample".to_owned()));
    let is_counted = |coder: &Coder| !coder.is_reviewer();
    let n_of_article = |assigned: bool| {
        move |article: &&Arc<Article>| {
            let sheets = project.sheets_for(&article.id).filter(|sheet| {
                let takes = if assigned { sheet.assigned } else { sheet.n_answered() > 0 };
                takes && project.coder(&sheet.key.coder).is_some_and(is_counted)
            });
            sheets.count() > 1
        }
    };
    let n_assigned = project.articles().filter(n_of_article(true)).count();
    let n_begun = project.articles().filter(n_of_article(false)).count();
    let mut said = vec![];
    if project.draws().next().is_none() {
        said.push("No drawing of articles for agreement is recorded in the project.".to_owned());
    }
    if n_assigned > 0 {
        said.push(format!("Handed out to two coders or more: {}.", n_of(n_assigned, "article")));
    }
    said.push(format!(
        "Two coders or more answered in {} of {}.",
        grouped(n_begun as u64),
        n_of(project.n_articles(), "article")
    ));
    blocks.push(Block::Paragraph(said.join(" ")));
    draws(given, n_of_article(false), blocks);
}

/// Which articles were drawn for agreement, and how many of them two coders answered in.
fn draws(given: &Given<'_>, is_shared: impl Fn(&&Arc<Article>) -> bool, blocks: &mut Vec<Block>) {
    let columns = vec![
        Column::number("Seed"),
        Column::number("Articles drawn"),
        Column::number("From"),
        Column::text("Even by"),
        Column::number("Answered by two coders or more"),
    ];
    let mut table =
        Table::new("draws", "Articles drawn for agreement, with the seed that draws them again", columns);
    for draw in given.project.draws() {
        let articles = draw.articles.iter().filter_map(|id| given.project.article(id));
        let n_shared = articles.filter(|article| is_shared(article)).count();
        let strata: Vec<String> = draw.strata.iter().map(ToString::to_string).collect();
        table.rows.push(vec![
            Cell::Text(draw.seed.to_string()),
            Cell::Count(draw.size.into()),
            Cell::Count(draw.of.into()),
            Cell::Text(if strata.is_empty() { "chance alone".to_owned() } else { list(&strata) }),
            Cell::Count(n_shared as u64),
        ]);
    }
    if !table.rows.is_empty() {
        blocks.push(Block::Table(table));
    }
}
