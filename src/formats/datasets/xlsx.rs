//! An Excel workbook: the sentences with the columns of the CSV, the articles they are of, the codebook, and the agreement where
//! several people answered.
//!
//! A cell of Excel ends after 32,767 UTF-16 code units: what was cut there is counted.

use crate::analysis::agreement::worked::{self, Asked};
use crate::analysis::units::Units;
use crate::formats::datasets::check::{Places, Quote, unread};
use crate::formats::datasets::counts::Counts;
use crate::formats::datasets::csv::{COLUMNS, HASHES, SPLIT};
use crate::formats::datasets::lines::Words;
use crate::formats::datasets::outlet::{Form, Outlet, Takes};
use crate::formats::datasets::rows::{Going, Layer, Row, Walk};
use crate::formats::datasets::sheets::{Book, Cell, Column, fitting};
use crate::formats::datasets::what::Shape;
use crate::formats::workbook;
use crate::formats::{Format, Reads, Thing, Writes, figures};
use crate::model::article::Article;
use crate::model::ids::{ArticleId, CoderId};
use crate::text::units::Unit;
use serde_json::Value;
use std::io;

pub const FORMAT: Format = Format {
    id: "xlsx",
    name: "Excel workbook",
    extensions: &["xlsx"],
    reads: Reads::Nothing,
    writes: Writes::Dataset(Outlet {
        shape: Shape::Workbook,
        is_one_answer: false,
        units: &[Unit::CodePoints],
        form: Form::File { write, check, beside: None },
        takes: &[Takes::NoText],
    }),
    keeps: &[
        Thing::Text,
        Thing::Sentences,
        Thing::Labels,
        Thing::Unsure,
        Thing::Notes,
        Thing::Coders,
        Thing::Times,
        Thing::Metadata,
    ],
};

pub(in crate::formats) const SENTENCES: &str = "sentences";
pub(in crate::formats) const ARTICLES: &str = "articles";

/// The columns of the sheet of articles; the last one only with text.
const OF_ARTICLES: [Column<'static>; 16] = [
    ("article_id", 22),
    ("title", 40),
    ("subtitle", 30),
    ("byline", 16),
    ("outlet", 16),
    ("section", 12),
    ("published", 12),
    ("url", 24),
    ("lang", 6),
    ("doc_id", 12),
    ("tags", 12),
    ("source", 16),
    ("sha256", 12),
    ("sentences", 10),
    ("answered", 10),
    ("text", 80),
];
const OF_LABELS: [Column<'static>; 12] = [
    ("label", 14),
    ("name", 18),
    ("letter", 6),
    ("keys", 8),
    ("colour", 10),
    ("line", 8),
    ("definition", 60),
    ("belongs", 40),
    ("does_not_belong", 40),
    ("in_doubt", 40),
    ("retired", 8),
    ("answers", 10),
];
const OF_FIGURES: [Column<'static>; 4] = [("coders", 28), ("figure", 44), ("value", 14), ("undefined", 30)];

fn write(going: &Going<'_>, mut out: &mut dyn io::Write) -> io::Result<Counts> {
    let scheme = going.project.scheme();
    let mut book = Book::new(&mut out, scheme.labels.iter().map(|label| &label.colour));
    let columns = columns(going);
    book.sheet(SENTENCES, &columns)?;
    let (mut walk, mut words, mut answered) = (Walk::new(going), Words::default(), vec![]);
    for article in going.articles() {
        let mut n = 0;
        walk.article(article, |row| {
            n += usize::from(row.labels().is_some());
            words.take(row, going);
            book.row(columns.iter().map(|(column, _)| cell(column, row, going, &words)))
        })?;
        answered.push(n);
    }
    let mut counts = walk.counts;
    let with_text = going.what.text;
    let (_, without_text) = OF_ARTICLES.split_last().unwrap_or((&("", 0), &[]));
    book.sheet(ARTICLES, if with_text { &OF_ARTICLES } else { without_text })?;
    for (article, n) in going.articles().iter().zip(answered) {
        let tags = article.meta.tags.join("|");
        let cells = of_article(article, going, &tags, n);
        book.row(cells.into_iter().chain(with_text.then(|| Cell::Text(article.text()))))?;
    }
    codebook(&mut book, going, &counts)?;
    agreement(&mut book, going)?;
    counts.cut = book.end()?;
    Ok(counts)
}

/// The columns of the CSV, with their widths.
fn columns(going: &Going<'_>) -> Vec<Column<'static>> {
    let mut all = vec![];
    for column in COLUMNS {
        match column {
            "text" if !going.what.text => all.extend(HASHES.map(|hash| (hash, 12))),
            "label" if going.project.scheme().takes_several() => {}
            "text" => all.push((column, 80)),
            "note" | "title" | "reason" => all.push((column, 30)),
            "start" | "end" | "unsure" | "asked" | "kind" | "layer" => all.push((column, 8)),
            _ => all.push((column, 14)),
        }
    }
    all.extend(going.what.splits.is_some().then_some((SPLIT, 10)));
    all
}

fn cell<'r>(column: &str, row: &'r Row<'r>, going: &'r Going<'_>, words: &'r Words) -> Cell<'r> {
    let meta = &row.article.meta;
    let known = |text: Option<&'r str>| text.map_or(Cell::Nothing, Cell::Text);
    match column {
        "article_id" => Cell::Text(row.article.id.as_str()),
        "sentence_id" => Cell::Text(&words.span),
        "coder" => known(row.coder.map(|coder| going.coder(coder))),
        "labels" | "label" => {
            let first = row.labels().and_then(<[_]>::first);
            let colour = first.and_then(|label| going.project.scheme().idx_of(label));
            colour.map_or(Cell::Text(&words.labels), |idx| Cell::Marked(&words.labels, idx))
        }
        "unsure" if row.is_unsure() => Cell::Truth(true),
        "note" => known(row.note()),
        "start" => Cell::Whole(row.sentence.span.start.into()),
        "end" => Cell::Whole(row.sentence.span.end.into()),
        "text" => Cell::Text(row.text()),
        "text_sha256" => Cell::Text(&words.hash),
        "article_sha256" => Cell::Text(&row.article.sha256),
        "title" => Cell::Text(going.title(row.article)),
        "outlet" => known(meta.outlet.as_deref()),
        "published" => known(meta.published.as_deref()),
        "url" => known(meta.url.as_deref()),
        "labelled_at" => Cell::Text(&words.at),
        "kind" => Cell::Text(row.kind()),
        "asked" => Cell::Truth(row.asked),
        "source" => known(row.article.source.as_deref()),
        "layer" => Cell::Text(row.layer),
        "gold_by" => known(row.gold.map(|gold| gold.by.word())),
        "reason" => Cell::Text(&words.reason),
        "decided_by" => known(row.decision().map(|decision| going.coder(&decision.by))),
        "decided_at" => Cell::Text(&words.decided_at),
        _ => known(going.what.split(&row.article.id)),
    }
}

fn of_article<'r>(
    article: &'r Article,
    going: &Going<'_>,
    tags: &'r str,
    n_answered: usize,
) -> [Cell<'r>; OF_ARTICLES.len() - 1] {
    let known = |text: &'r Option<String>| text.as_deref().map_or(Cell::Nothing, Cell::Text);
    let meta = &article.meta;
    [
        Cell::Text(article.id.as_str()),
        Cell::Text(going.title(article)),
        known(&meta.subtitle),
        known(&meta.byline),
        known(&meta.outlet),
        known(&meta.section),
        known(&meta.published),
        known(&meta.url),
        known(&meta.lang),
        known(&meta.doc_id),
        Cell::Text(tags),
        known(&article.source),
        Cell::Text(&article.sha256),
        whole(article.n_sentences()),
        whole(n_answered),
    ]
}

fn whole(n: usize) -> Cell<'static> {
    Cell::Whole(u64::try_from(n).unwrap_or(u64::MAX))
}

fn codebook<W: io::Write>(book: &mut Book<W>, going: &Going<'_>, counts: &Counts) -> io::Result<()> {
    book.sheet("codebook", &OF_LABELS)?;
    for (idx, label) in going.project.scheme().labels.iter().enumerate() {
        let (keys, is, is_not) = (label.keys.join(" "), label.is.join("\n"), label.is_not.join("\n"));
        book.row([
            Cell::Marked(going.renamed(&label.id).as_str(), idx),
            Cell::Text(&label.name),
            Cell::Text(&label.letter),
            Cell::Text(&keys),
            Cell::Text(&label.colour),
            Cell::Text(&label.line),
            Cell::Text(&label.says),
            Cell::Text(&is),
            Cell::Text(&is_not),
            Cell::Text(label.doubt.as_deref().unwrap_or_default()),
            Cell::Truth(label.retired),
            whole(counts.labels.get(idx).copied().unwrap_or_default()),
        ])?;
    }
    Ok(())
}

/// The figures that `allegata agreement --json` has, a row each, where two people answered the same.
fn agreement<W: io::Write>(book: &mut Book<W>, going: &Going<'_>) -> io::Result<()> {
    if matches!(going.what.layer, Layer::Coder(_)) || going.project.n_coders() < 2 {
        return Ok(());
    }
    let taken = |article: &ArticleId| going.what.has(article);
    let worked = worked::of(going.project, &Units::of(going.project), Asked::default(), taken);
    if worked.panel.counts.n_pairable == 0 {
        return Ok(());
    }
    book.sheet("agreement", &OF_FIGURES)?;
    let figures = figures::of(&worked.panel);
    flat(
        &mut |coders, figure, value, undefined| {
            let value = value.map_or(Cell::Nothing, Cell::Figure);
            book.row([Cell::Text(coders), Cell::Text(figure), value, Cell::Text(undefined)])
        },
        going,
        "",
        "",
        &figures,
        &figures,
    )
}

/// Takes the coders, the name, the value of a figure, and why it has none.
type TakeFigure<'t> = &'t mut dyn FnMut(&str, &str, Option<f64>, &str) -> io::Result<()>;

/// Calls `take` with each number of an object, under the names on the way to it; pairs of coders come with who they are.
fn flat(
    take: TakeFigure<'_>,
    going: &Going<'_>,
    coders: &str,
    name: &str,
    whole: &Value,
    value: &Value,
) -> io::Result<()> {
    match value {
        Value::Object(all) => {
            all.iter().filter(|(key, _)| *key != "undefined").try_for_each(|(key, value)| {
                let name = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
                flat(take, going, coders, &name, whole, value)
            })
        }
        Value::Array(pairs) => pairs.iter().try_for_each(|pair| {
            let named = |key: &str| {
                let id = CoderId::new(pair.get(key).and_then(Value::as_str).unwrap_or_default());
                going.coder(&id).to_owned()
            };
            flat(take, going, &format!("{} | {}", named("a"), named("b")), "", pair, pair)
        }),
        Value::Number(n) => take(coders, name, n.as_f64(), ""),
        Value::Null => {
            let why = whole.get("undefined").and_then(|all| all.get(name)).and_then(Value::as_str);
            take(coders, name, None, why.unwrap_or_default())
        }
        Value::String(_) | Value::Bool(_) => Ok(()),
    }
}

/// Looks up every sentence, and the text of every article.
fn check(going: &Going<'_>, from: &mut dyn io::BufRead) -> Result<usize, String> {
    let mut bytes = vec![];
    from.read_to_end(&mut bytes).map_err(unread)?;
    let mut book = workbook::open(&bytes).map_err(unread)?;
    let mut places = Places::new(going);
    let mut head: Vec<String> = vec![];
    let column = |head: &[String], name: &str| head.iter().position(|column| column == name);
    let mut at = [None; 5];
    book.each_row(SENTENCES, &mut |_, cells| {
        if head.is_empty() {
            head.extend(cells.iter().cloned());
            at = ["article_id", "start", "end", "text", HASHES[0]].map(|name| column(&head, name));
            return Ok(());
        }
        let [article, start, end, text, hash] =
            at.map(|at| at.and_then(|at| cells.get(at)).map_or("", String::as_str));
        let span = (start.parse().map_err(unread)?, end.parse().map_err(unread)?);
        let quote =
            if at.last().is_some_and(Option::is_some) { Quote::Hash(hash) } else { Quote::Cell(text) };
        places.look(article, span, &quote)
    })?;
    let (mut texts, mut is_head) = (going.articles().iter(), true);
    book.each_row(ARTICLES, &mut |_, cells| {
        if std::mem::take(&mut is_head) {
            return Ok(());
        }
        let article = texts.next().ok_or_else(|| unread("there is more in it"))?;
        let text = cells.get(OF_ARTICLES.len() - 1).map(String::as_str);
        let is_it = cells.first().is_some_and(|id| id == article.id.as_str())
            && text.is_none_or(|text| text == fitting(article.text()));
        if is_it { Ok(()) } else { Err(format!("article `{}` does not read as it is", article.id)) }
    })?;
    Ok(places.n)
}
