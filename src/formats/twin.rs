//! The project as JSON lines, an article each, from which the same project is made again.
//!
//! The first line is what the project has beside its articles. Every record has the fields of the project file under the same
//! names; what differs: an article's `text` is one text with its `sentences` beside it, what is said of an article stands in its
//! line, and fields that this version does not know stand in an object `extra`, each as the RON that the project file has.

mod read;
mod ron_of;

pub use read::{Twin, TwinError, is_twin, read};

use crate::analysis::incoming::{Document, Incoming, Mark};
use crate::formats::datasets::counts::Counts;
use crate::formats::datasets::jsonl;
use crate::formats::datasets::rows::Going;
use crate::formats::datasets::what::{Names, RowsOf, What};
use crate::formats::hashes::sha256_hex;
use crate::formats::project::out::{Fields, Layout, Out};
use crate::formats::project::write::{HEAD, split_head};
use crate::formats::project::write_records as records;
use crate::formats::project::{FORMAT, WRITERS_FROM};
use crate::model::article::{Article, PROSE, Sentence};
use crate::model::comment::Comment;
use crate::model::decision::Decision;
use crate::model::ids::{ArticleId, CoderId, LabelId};
use crate::model::link::Link;
use crate::model::project::Project;
use std::collections::BTreeMap;
use std::io::{self, BufRead};

/// What the first line begins with, and its value.
const MARK: (&str, &str) = ("allegata", "project");
/// How many articles there are, so that a file that was cut off is noticed.
const N_ARTICLES: &str = "n_articles";
/// How many bytes are put together before they are written.
const BLOCK: usize = 64 * 1024;

/// Writes JSON lines: a row a sentence, or the twin.
pub fn lines(going: &Going<'_>, out: &mut dyn io::Write) -> io::Result<Counts> {
    match going.what.rows {
        RowsOf::Sentences => jsonl::write(going, out),
        RowsOf::Articles => {
            write(going.project, out)?;
            Ok(Counts { n_articles: going.project.n_articles(), ..Counts::default() })
        }
    }
}

/// Reads them back: a twin gives the same project.
pub fn check_lines(going: &Going<'_>, from: &mut dyn BufRead) -> Result<usize, String> {
    use crate::formats::datasets::check;
    if going.what.rows == RowsOf::Sentences {
        return check::json_lines(going, from);
    }
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes).map_err(check::unread)?;
    let twin = read(&bytes).map_err(check::unread)?;
    if twin.project == *going.project {
        return Ok(twin.project.n_articles());
    }
    let differs = going.project.articles().find(|article| twin.project.article(&article.id) != Some(article));
    let what = differs.map_or("what is beside the articles".to_owned(), |a| format!("article `{}`", a.id));
    Err(format!("{what} does not read as it is"))
}

/// Writes the twin of a project.
pub fn write(project: &Project, out: &mut dyn io::Write) -> io::Result<()> {
    let mut line = Out::new(Layout::Json, 2 * BLOCK);
    head(&mut line, project);
    let said = Said::of(project);
    for article in crate::analysis::filter::in_order(project) {
        line.push("\n");
        article_line(&mut line, project, article, &said);
        if line.text.len() >= BLOCK {
            out.write_all(line.text.as_bytes())?;
            line.text.clear();
        }
    }
    line.push("\n");
    out.write_all(line.text.as_bytes())?;
    out.flush()
}

fn head(out: &mut Out, project: &Project) {
    let (newer, extra) = split_head(project.extra());
    let mut fields = out.record("");
    fields.text(MARK.0, MARK.1);
    for ((name, known), newer) in HEAD.iter().zip([FORMAT, WRITERS_FROM]).zip(newer) {
        match newer {
            Some(newer) => fields.name(name).push(newer),
            None => fields.name(name).number(known),
        }
    }
    let n_articles = u32::try_from(project.n_articles()).unwrap_or(u32::MAX);
    fields.number(N_ARTICLES, n_articles);
    fields.text("id", project.id().as_str()).text("title", project.title());
    let scheme = project.scheme();
    let mut of_scheme = fields.name("scheme").record("");
    records::scheme_fields(&mut of_scheme, scheme.version, &scheme.choose, &scheme.skip);
    of_scheme.name("labels").list(&scheme.labels, |out, label| records::label(out, "", label));
    of_scheme.end(&scheme.extra);
    fields.name("coders").list(project.coders(), |out, coder| records::coder(out, "", coder));
    list(&mut fields, "conflicts", project.conflicts(), |out, conflict| records::conflict(out, "", conflict));
    fields.texts("never_end_after", project.never_end_after().iter().map(String::as_str));
    fields.opt("handed_to", project.handed_to().map(CoderId::as_str));
    list(&mut fields, "draws", project.draws(), |out, draw| records::draw(out, "", draw));
    list(&mut fields, "imports", project.imports(), |out, import| records::import(out, "", import));
    let extra: crate::model::ids::Extra = extra.collect();
    fields.end(&(extra.n_bytes() > 0).then(|| Box::new(extra)));
}

/// What is said beside the sheets, article by article.
#[derive(Default)]
struct Said<'a> {
    links: BTreeMap<&'a ArticleId, Vec<&'a Link>>,
    decisions: BTreeMap<&'a ArticleId, Vec<&'a Decision>>,
    comments: BTreeMap<&'a ArticleId, Vec<&'a Comment>>,
}

impl<'a> Said<'a> {
    fn of(project: &'a Project) -> Self {
        let mut said = Self::default();
        project.links().for_each(|link| said.links.entry(&link.article).or_default().push(link));
        project.decisions().for_each(|one| said.decisions.entry(&one.article).or_default().push(one));
        project.comments().for_each(|one| said.comments.entry(&one.article).or_default().push(one));
        said
    }
}

fn article_line(out: &mut Out, project: &Project, article: &Article, said: &Said<'_>) {
    let locked = (!article.intact).then(|| sha256_hex(article.text().as_bytes()));
    let mut fields = out.record("");
    records::article_fields(&mut fields, article);
    fields.opt("locked", locked.as_deref()).text("text", article.text());
    fields.name("sentences").list(article.sentences(), |out, sentence| {
        let mut fields = out.record("");
        fields.span("s", Some(sentence.span)).opt("kind", sentence.kind.as_deref());
        fields.end(&sentence.extra);
    });
    fields.opt("aside", article.aside.as_deref()).opt("split", article.split.as_deref());
    list(&mut fields, "sheets", project.sheets_for(&article.id), |out, sheet| {
        records::sheet(out, "", &[], sheet);
    });
    let id = &article.id;
    list(&mut fields, "links", said.links.get(id).into_iter().flatten(), |out, it| {
        records::link(out, "", it);
    });
    list(&mut fields, "decisions", said.decisions.get(id).into_iter().flatten(), |out, it| {
        records::decision(out, "", it);
    });
    list(&mut fields, "comments", said.comments.get(id).into_iter().flatten(), |out, it| {
        records::comment(out, "", it);
    });
    fields.end(&article.extra);
}

/// A list that is left out where there is nothing in it.
fn list<T>(
    fields: &mut Fields<'_>,
    name: &str,
    things: impl IntoIterator<Item = T>,
    write: impl FnMut(&mut Out, T),
) {
    let mut things = things.into_iter().peekable();
    if things.peek().is_some() {
        fields.name(name).list(things, write);
    }
}

/// The answers of a twin, for a project that is there already.
pub fn incoming(project: &Project) -> Incoming {
    let mut incoming = Incoming::default();
    for article in project.articles() {
        let mut document = Document {
            id: Some(article.id.to_string()),
            sha256: Some(article.sha256.clone()),
            text: Some(article.text().to_owned()),
            meta: (*article.meta).clone(),
            source: article.source.clone(),
            split: article.split.clone(),
            is_tiled: true,
            ..Document::default()
        };
        for sheet in project.sheets_for(&article.id) {
            let sentence = |span| article.idx_of(span).and_then(|idx| article.sentences().get(idx));
            for row in &sheet.rows {
                let coding = &row.coding;
                let kind = sentence(row.span).map(Sentence::kind_name).filter(|kind| *kind != PROSE);
                document.marks.push(Mark {
                    span: Some(row.span.start.into()..row.span.end.into()),
                    quote: sentence(row.span).map(|sentence| article.words_of(sentence).to_owned()),
                    kind: kind.map(str::to_owned),
                    coder: Some(sheet.key.coder.to_string()),
                    labels: coding.answered.then(|| coding.labels.iter().map(LabelId::to_string).collect()),
                    unsure: coding.unsure,
                    note: coding.note.as_deref().map(str::to_owned),
                    at: coding.at,
                    ..Mark::default()
                });
            }
        }
        incoming.documents.push(document);
    }
    incoming
}

/// The option that asks for something else than the whole project, if one does.
pub fn unfit(what: &What, usual: &What) -> Option<&'static str> {
    let is_other = [
        (what.articles.is_some(), "--articles"),
        (what.layer != usual.layer, "--layer"),
        (what.unanswered != usual.unanswered, "--unanswered"),
        (what.none != usual.none, "--none"),
        (what.unsure != usual.unsure, "--unsure"),
        (!what.text, "--no-text"),
        (what.names != Names::Real, "--names"),
        (!what.renamed.is_empty(), "--rename"),
        (what.splits.is_some(), "--splits"),
    ];
    let is_twin = what.rows == RowsOf::Articles;
    is_other.into_iter().find(|(is, _)| is_twin && *is).map(|(_, option)| option)
}
