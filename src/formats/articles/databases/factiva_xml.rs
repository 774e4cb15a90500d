//! Factiva as XML (`ppsArticle`): fields with names of their own, whatever the language of whoever exported it.

use crate::formats::articles::blocks::{self, Line};
use crate::formats::articles::databases::export::{Export, Piece};
use crate::formats::articles::found::{Asked, Found, Layout};
use crate::formats::articles::xml::{Node, walk};
use crate::formats::reading::{ReadError, Warning};
use crate::formats::{Format, Reads, Thing, Writes};
use crate::text::fold::squeeze;

pub(in crate::formats) const FORMAT: Format = Format {
    id: "xml",
    name: "XML of Factiva",
    extensions: &["xml"],
    reads: Reads::Articles(read),
    writes: Writes::Nothing,
    keeps: &[Thing::Text, Thing::Metadata, Thing::MoreMetadata],
};

/// Elements of an article that are kept, in lower case.
const FIELDS: [&str; 12] = [
    "accessionno",
    "baselanguage",
    "headline",
    "subheadline",
    "sourcename",
    "byline",
    "sectionname",
    "publicationdate",
    "wordcount",
    "leadparagraph",
    "tailparagraphs",
    "newssubject",
];

fn read(bytes: &[u8], asked: Asked<'_>) -> Result<Found, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    let mut reader = Reader {
        export: Export::new(asked, "UTF-8", false),
        open: None,
        field: None,
        text: String::new(),
        n: 0,
    };
    let fault = walk(bytes, |node| reader.take(node));
    reader.end_article();
    let mut found = reader.export.found;
    if let Some(fault) = fault {
        found.warnings.push(Warning(format!("the document is {fault}: what comes after is missing")));
    }
    if found.articles.is_empty() && found.left.is_empty() {
        let why = "it has no articles of Factiva".to_owned();
        return Err(ReadError::Broken { what: "XML", why });
    }
    found.layout = Some(Layout::Factiva);
    Ok(found)
}

struct Reader<'a> {
    export: Export<'a>,
    open: Option<Piece>,
    /// The field that is open, and whether it was opened in itself.
    field: Option<&'static str>,
    text: String,
    n: usize,
}

impl Reader<'_> {
    fn take(&mut self, node: Node<'_>) {
        match node {
            Node::Open(tag) => {
                let name = tag.name.to_ascii_lowercase();
                if name == "ppsarticleresultset" {
                    let count = tag.attr("count").and_then(|count| count.parse().ok());
                    self.export.found.announced = self.export.found.announced.or(count);
                } else if name == "article" {
                    self.end_article();
                    self.n += 1;
                    self.open = Some(Piece { place: format!("{}", self.n), ..Piece::default() });
                } else if self.field.is_none() && self.open.is_some() {
                    self.field = FIELDS.iter().find(|field| **field == name).copied();
                    self.text.clear();
                } else if name == "paragraph" {
                    self.end_paragraph();
                }
            }
            Node::Close(name) => {
                let name = name.to_ascii_lowercase();
                if self.field.is_some_and(|field| field == name) {
                    self.end_paragraph();
                    self.field = None;
                } else if name == "paragraph" {
                    self.end_paragraph();
                } else if name == "article" {
                    self.end_article();
                }
            }
            // Hits of a search stand in elements of their own, in the middle of a word too.
            Node::Text(text) if self.field.is_some() => self.text.push_str(text),
            Node::Text(_) => {}
        }
    }

    fn end_paragraph(&mut self) {
        let text = std::mem::take(&mut self.text);
        let (Some(field), Some(piece)) = (self.field, &mut self.open) else { return };
        let words = squeeze(&text);
        if words.is_empty() {
            return;
        }
        let place = match field {
            "leadparagraph" | "tailparagraphs" => {
                // Without paragraphs of its own it may be a text with line breaks.
                let n_lines = text.trim().lines().count();
                let lines = if n_lines > 2 {
                    blocks::lines(text.trim_matches('\n'))
                } else {
                    vec![Line { text: words, kind: None, starts_paragraph: true }]
                };
                let from = piece.body.len();
                piece.body.extend(lines);
                if let Some(first) = piece.body.get_mut(from) {
                    first.starts_paragraph = true;
                }
                return;
            }
            "accessionno" => &mut piece.doc_id,
            "baselanguage" => &mut piece.lang,
            "headline" => &mut piece.title,
            "subheadline" => &mut piece.subtitle,
            "sourcename" => &mut piece.outlet,
            "byline" => &mut piece.byline,
            "sectionname" => &mut piece.section,
            "publicationdate" => &mut piece.date,
            "wordcount" => &mut piece.length,
            _ => {
                piece.subjects.extend([words.as_str(), ";"]);
                return;
            }
        };
        if !place.is_empty() {
            place.push(' ');
        }
        place.push_str(&words);
    }

    fn end_article(&mut self) {
        self.end_paragraph();
        self.field = None;
        if let Some(piece) = self.open.take() {
            self.export.add(piece);
        }
    }
}
