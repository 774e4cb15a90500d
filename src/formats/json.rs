//! A project as programs read it: one JSON object with everything that a person said.

use crate::analysis::filter::in_order;
use crate::formats::time;
use crate::model::article::Article;
use crate::model::coding::Row;
use crate::model::ids::{ArticleId, CoderId, LabelId, is_bidi_control};
use crate::model::project::Project;
use crate::model::scheme::{Label, Scheme};
use crate::model::sheet::Sheet;
use serde::{Serialize, Serializer};
use std::io::{self, Write};
use std::sync::Arc;

/// The version of the object.
const FORMAT: u32 = 1;

/// The project as one JSON object. Offsets are code points of `text`, end exclusive.
pub fn of<'a>(project: &'a Project, only: Option<&'a ArticleId>) -> impl Serialize + 'a {
    ProjectOut {
        format: FORMAT,
        title: project.title(),
        scheme: SchemeOut::of(project.scheme()),
        coders: project.coders().map(|coder| CoderOut { id: coder.id.as_str(), name: &coder.name }).collect(),
        never_end_after: project.never_end_after(),
        articles: Articles { project, only },
    }
}

/// The scheme of a project as one JSON object.
pub fn scheme(project: &Project) -> impl Serialize + '_ {
    SchemeOut::of(project.scheme())
}

/// Writes a value as JSON on one line. What steers a terminal or turns the direction of a text is escaped.
pub fn line(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut *out, Escaping))?;
    out.write_all(b"\n")
}

/// JSON without white space, in which texts have no character that a terminal or a reader might stumble over.
struct Escaping;

impl serde_json::ser::Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((plain, tail)) = rest.find(is_escaped).and_then(|at| rest.split_at_checked(at)) {
            out.write_all(plain.as_bytes())?;
            let mut chars = tail.chars();
            if let Some(c) = chars.next() {
                write!(out, "\\u{:04x}", u32::from(c))?;
            }
            rest = chars.as_str();
        }
        out.write_all(rest.as_bytes())
    }
}

/// What JSON itself lets stand: DEL, C1 controls, and what turns the direction, marks too. All of it lies below U+10000.
fn is_escaped(c: char) -> bool {
    c.is_control() || is_bidi_control(c) || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}')
}

#[derive(Serialize)]
struct ProjectOut<'a> {
    format: u32,
    title: &'a str,
    scheme: SchemeOut<'a>,
    coders: Vec<CoderOut<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    never_end_after: &'a [String],
    articles: Articles<'a>,
}

#[derive(Serialize)]
struct SchemeOut<'a> {
    version: u32,
    choose: &'a str,
    skip: &'a [String],
    labels: Vec<LabelOut<'a>>,
}

#[derive(Serialize)]
struct LabelOut<'a> {
    id: &'a str,
    name: &'a str,
    keys: &'a [String],
    letter: &'a str,
    colour: &'a str,
    line: &'a str,
    says: &'a str,
    is: &'a [String],
    is_not: &'a [String],
    doubt: Option<&'a str>,
    retired: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    was: Vec<&'a str>,
}

impl<'a> SchemeOut<'a> {
    fn of(scheme: &'a Scheme) -> Self {
        let label = |label: &'a Arc<Label>| LabelOut {
            id: label.id.as_str(),
            name: &label.name,
            keys: &label.keys,
            letter: &label.letter,
            colour: &label.colour,
            line: &label.line,
            says: &label.says,
            is: &label.is,
            is_not: &label.is_not,
            doubt: label.doubt.as_deref(),
            retired: label.retired,
            was: label.was.iter().map(LabelId::as_str).collect(),
        };
        Self {
            version: scheme.version,
            choose: &scheme.choose,
            skip: &scheme.skip,
            labels: scheme.labels.iter().map(label).collect(),
        }
    }
}

#[derive(Serialize)]
struct CoderOut<'a> {
    id: &'a str,
    name: &'a str,
}

/// The articles, each made as it is written.
struct Articles<'a> {
    project: &'a Project,
    only: Option<&'a ArticleId>,
}

impl Serialize for Articles<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let wanted =
            in_order(self.project).into_iter().filter(|article| self.only.is_none_or(|id| article.id == *id));
        serializer.collect_seq(wanted.map(|article| ArticleOut::of(self.project, article)))
    }
}

#[derive(Serialize)]
struct ArticleOut<'a> {
    id: &'a str,
    #[serde(flatten)]
    meta: MetaOut<'a>,
    sha256: &'a str,
    /// Left out as long as the text is what the hash says.
    #[serde(skip_serializing_if = "Option::is_none")]
    intact: Option<bool>,
    /// Why it is set aside; left out while it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    aside: Option<&'a str>,
    text: &'a str,
    sentences: Vec<SentenceOut<'a>>,
    sheets: Vec<SheetOut<'a>>,
}

/// What is known about an article; the unknown is left out.
#[derive(Serialize)]
struct MetaOut<'a> {
    added: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subtitle: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byline: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outlet: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published_as: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    doc_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_sha256: Option<&'a str>,
}

#[derive(Serialize)]
struct SentenceOut<'a> {
    id: String,
    start: u32,
    end: u32,
    text: &'a str,
    kind: &'a str,
}

#[derive(Serialize)]
struct SheetOut<'a> {
    coder: &'a str,
    done: bool,
    scheme: u32,
    rows: Vec<RowOut<'a>>,
    /// Codings whose sentence is no longer there; left out without any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    kept: Vec<RowOut<'a>>,
}

#[derive(Serialize)]
struct RowOut<'a> {
    sentence: String,
    answered: bool,
    labels: Vec<&'a str>,
    unsure: bool,
    note: Option<&'a str>,
    at: Option<String>,
    /// The version of the scheme it was given under, where that is not the sheet's.
    #[serde(skip_serializing_if = "Option::is_none")]
    scheme: Option<u32>,
}

impl<'a> ArticleOut<'a> {
    fn of(project: &'a Project, article: &'a Article) -> Self {
        let sentences = article.sentences().iter().map(|sentence| SentenceOut {
            id: sentence.span.to_string(),
            start: sentence.span.start,
            end: sentence.span.end,
            text: article.words_of(sentence),
            kind: sentence.kind_name(),
        });
        let sheet = |sheet: &'a Arc<Sheet>| SheetOut {
            coder: CoderId::as_str(&sheet.key.coder),
            done: sheet.done,
            scheme: sheet.scheme,
            rows: sheet.rows.iter().map(RowOut::of).collect(),
            kept: sheet.kept.iter().map(RowOut::of).collect(),
        };
        Self {
            id: article.id.as_str(),
            meta: MetaOut::of(article),
            sha256: &article.sha256,
            intact: (!article.intact).then_some(false),
            aside: article.aside.as_deref(),
            text: article.text(),
            sentences: sentences.collect(),
            sheets: project.sheets_for(&article.id).map(sheet).collect(),
        }
    }
}

impl<'a> MetaOut<'a> {
    fn of(article: &'a Article) -> Self {
        let meta = &article.meta;
        Self {
            added: article.added,
            title: meta.title.as_deref(),
            subtitle: meta.subtitle.as_deref(),
            byline: meta.byline.as_deref(),
            outlet: meta.outlet.as_deref(),
            section: meta.section.as_deref(),
            published: meta.published.as_deref(),
            published_as: meta.published_as.as_deref(),
            url: meta.url.as_deref(),
            doc_id: meta.doc_id.as_deref(),
            words: meta.words,
            lang: meta.lang.as_deref(),
            tags: &meta.tags,
            source: article.source.as_deref(),
            source_sha256: article.source_sha256.as_deref(),
        }
    }
}

impl<'a> RowOut<'a> {
    fn of(row: &'a Row) -> Self {
        Self {
            sentence: row.span.to_string(),
            answered: row.coding.answered,
            labels: row.coding.labels.iter().map(LabelId::as_str).collect(),
            unsure: row.coding.unsure,
            note: row.coding.note.as_deref(),
            at: row.coding.at.map(time::write),
            scheme: row.coding.scheme,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_is_escaped_and_read_back_to_the_letter() {
        let check = |text: &str, want: &str| {
            let mut out = Vec::new();
            line(&text, &mut out).unwrap();
            let said = String::from_utf8(out).unwrap();
            assert_eq!(said, format!("\"{want}\"\n"), "{text:?}");
            assert_eq!(serde_json::from_str::<String>(&said).unwrap(), text);
        };
        check("Várga \u{1F525} \"a\" \\ \n\t", r#"Várga 🔥 \"a\" \\ \n\t"#);
        check("\u{1b}[31m\u{9b}31m\u{7f}\0", r"\u001b[31m\u009b31m\u007f\u0000");
        check("a\u{202e}b\u{2066}\u{200f}c", r"a\u202eb\u2066\u200fc");
    }
}
