//! A row an article: what is known of it, its text, and how often each label was given in it.

use crate::formats::datasets::counts::Counts;
use crate::formats::datasets::csv::{BOM, Line, SPLIT, Style};
use crate::formats::datasets::rows::{self, Going, Walk};
use crate::formats::datasets::what::Cells;
use std::io;

/// The columns before those of the labels and the text.
const COLUMNS: [&str; 15] = [
    "article_id",
    "title",
    "subtitle",
    "byline",
    "outlet",
    "section",
    "published",
    "url",
    "lang",
    "doc_id",
    "tags",
    "source",
    "sha256",
    "sentences",
    "answered",
];

pub(in crate::formats) fn write(
    going: &Going<'_>,
    style: Style,
    out: &mut dyn io::Write,
) -> io::Result<Counts> {
    let names = rows::names(going);
    let mut lines = Vec::new();
    if style.cells == Cells::ForExcel {
        lines.extend_from_slice(BOM);
    }
    let mut head = Line::begin(&mut lines, style);
    for column in COLUMNS {
        head.cell(column);
    }
    for name in &names {
        head.cell(&format!("n_{name}"));
    }
    if going.what.splits.is_some() {
        head.cell(SPLIT);
    }
    if going.what.text {
        head.cell("text");
    }
    head.end();
    let mut walk = Walk::new(going);
    for article in going.articles() {
        let (mut n_answered, mut given) = (0_usize, vec![0_usize; names.len()]);
        walk.article(article, |row| {
            n_answered += usize::from(row.labels().is_some());
            for label in going.labels(row).into_iter().flat_map(rows::Given::or_none) {
                names.iter().zip(&mut given).filter(|(name, _)| *name == label).for_each(|(_, n)| *n += 1);
            }
            Ok::<_, io::Error>(())
        })?;
        let meta = &article.meta;
        let mut line = Line::begin(&mut lines, style);
        line.cell(article.id.as_str());
        line.cell(going.title(article));
        for known in [&meta.subtitle, &meta.byline, &meta.outlet, &meta.section, &meta.published, &meta.url] {
            line.cell(known.as_deref().unwrap_or_default());
        }
        line.cell(meta.lang.as_deref().unwrap_or_default());
        line.cell(meta.doc_id.as_deref().unwrap_or_default());
        line.cell(&meta.tags.join("|"));
        line.cell(article.source.as_deref().unwrap_or_default());
        line.cell(&article.sha256);
        line.cell(&article.n_sentences().to_string());
        line.cell(&n_answered.to_string());
        for n in given {
            line.cell(&n.to_string());
        }
        going.what.split(&article.id).into_iter().for_each(|split| line.cell(split));
        if going.what.text {
            line.cell(article.text());
        }
        line.end();
        out.write_all(&lines)?;
        lines.clear();
    }
    out.write_all(&lines)?;
    out.flush()?;
    // Every chosen article has its row, whatever was answered in it.
    walk.counts.n_articles = going.articles().len();
    Ok(walk.counts)
}
