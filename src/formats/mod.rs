//! Bytes in and out: one file a format, and the one table of them.

pub mod articles;
pub mod attach;
mod cells;
pub mod charts;
pub mod codebook;
pub mod cores;
pub mod datasets;
pub mod decode;
pub mod ends;
pub mod figures;
pub mod figures_table;
pub mod handed;
pub mod hashes;
pub mod json;
pub mod making;
pub mod markup;
pub mod matrix;
mod misread;
mod object;
pub mod project;
pub mod reading;
pub mod report;
pub mod sheet;
pub mod show;
pub mod summary;
pub mod svg;
pub mod time;
pub mod twin;
mod workbook;

use crate::formats::articles::databases::{factiva_xml, ris};
use crate::formats::articles::found::{Asked, Found};
use crate::formats::articles::{docx, epub, html, mail, objects, ods, odt, pdf, rtf, tables, warc, zipped};
use crate::formats::datasets::outlet::{Form, Outlet, Takes};
use crate::formats::datasets::what::Shape;
use crate::formats::datasets::{brat, check, doccano, incoming, labelstudio, prodigy, spacy, xlsx};
#[cfg(feature = "parquet")]
use crate::formats::datasets::{hf, parquet};
use crate::formats::reading::ReadError;
use crate::text::units::Unit;
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// Bytes to articles; never fails for what a text says.
pub type ReadArticles = fn(&[u8], Asked<'_>) -> Result<Found, ReadError>;

/// What a file of this format is to us when it comes in.
#[derive(Debug, Clone, Copy)]
pub enum Reads {
    Articles(ReadArticles),
    /// A whole project: it is opened, not taken in.
    Project,
    /// Not read as articles.
    Nothing,
}

/// What is written in this format.
#[derive(Debug, Clone, Copy)]
pub enum Writes {
    Dataset(Outlet),
    Project,
    Nothing,
}

/// What a project has that a format keeps or loses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    Text,
    /// Sentences with their places in the text.
    Sentences,
    /// Labels, with "none of these" apart from "not answered".
    Labels,
    Unsure,
    Notes,
    Coders,
    /// When an answer was given.
    Times,
    /// Title, outlet, date and address.
    Metadata,
    /// Everything else that is known of an article.
    MoreMetadata,
    /// Which articles are done.
    Done,
    Scheme,
    /// Comments, links, decisions.
    Talk,
}

impl Thing {
    pub const ALL: [Self; 12] = [
        Self::Text,
        Self::Sentences,
        Self::Labels,
        Self::Unsure,
        Self::Notes,
        Self::Coders,
        Self::Times,
        Self::Metadata,
        Self::MoreMetadata,
        Self::Done,
        Self::Scheme,
        Self::Talk,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "whole text with its paragraphs",
            Self::Sentences => "sentences and their places",
            Self::Labels => "labels",
            Self::Unsure => "unsure",
            Self::Notes => "notes",
            Self::Coders => "coders",
            Self::Times => "times",
            Self::Metadata => "title, outlet, date, address",
            Self::MoreMetadata => "other metadata",
            Self::Done => "what is done",
            Self::Scheme => "codebook",
            Self::Talk => "comments, links, decisions",
        }
    }
}

/// A format's name in the table.
pub type FormatId = &'static str;

/// A row of the table of readers and writers.
#[derive(Debug)]
pub struct Format {
    pub id: FormatId,
    pub name: &'static str,
    /// Without the dot, the usual one first.
    pub extensions: &'static [&'static str],
    pub reads: Reads,
    pub writes: Writes,
    /// What comes through, in the direction that the format has.
    pub keeps: &'static [Thing],
}

impl Format {
    /// The usual ending, without its dot.
    pub fn ending(&self) -> &'static str {
        self.extensions.first().copied().unwrap_or(self.id)
    }

    /// Whether a dataset in this format is a folder of files.
    pub fn is_folder(&self) -> bool {
        matches!(self.writes, Writes::Dataset(Outlet { form: Form::Folder { .. }, .. }))
    }

    /// The name that a dataset goes by: a folder's as it stands, and a file's too where it has an ending; one without gets that
    /// of the format.
    pub fn named(&self, path: &Path) -> PathBuf {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_whole = path.extension().is_some_and(|ending| !ending.is_empty());
        if self.is_folder() || is_whole || name.is_empty() {
            return path.to_owned();
        }
        path.with_extension(self.ending())
    }

    /// Whether a file of this format is packed: no terminal shows it.
    pub fn is_packed(&self) -> bool {
        matches!(self.ending(), "xlsx" | "parquet")
    }

    /// Whether a dataset in this format can be asked for so.
    pub fn takes(&self, takes: Takes) -> bool {
        matches!(self.writes, Writes::Dataset(outlet) if outlet.takes.contains(&takes))
    }

    /// The names of what is kept, or of what is lost.
    pub fn things(&self, kept: bool) -> String {
        let things = Thing::ALL.into_iter().filter(|thing| self.keeps.contains(thing) == kept);
        things.map(Thing::name).collect::<Vec<_>>().join(", ")
    }
}

/// The project file holds everything.
pub const PROJECT: Format = Format {
    id: "project",
    name: "Allegata project",
    extensions: &["allegata.ron", "ron"],
    reads: Reads::Project,
    writes: Writes::Project,
    keeps: &Thing::ALL,
};

pub const PLAIN: Format = Format {
    id: "txt",
    name: "plain text",
    extensions: &["txt", "text"],
    reads: Reads::Articles(articles::plain::read_plain),
    writes: Writes::Nothing,
    keeps: &[Thing::Text],
};

pub const MARKDOWN: Format = Format {
    id: "md",
    name: "Markdown",
    extensions: &["md", "markdown"],
    reads: Reads::Articles(articles::markdown::read_markdown),
    writes: Writes::Nothing,
    keeps: &[Thing::Text, Thing::Metadata, Thing::MoreMetadata],
};

/// What the tables have in common, here with commas.
pub const TABLE: Outlet = Outlet {
    shape: Shape::Table,
    is_one_answer: false,
    units: &[Unit::CodePoints],
    form: Form::File { write: datasets::csv::write, check: check::commas, beside: None },
    takes: &[Takes::NoText, Takes::Articles, Takes::ForExcel, Takes::ZeroOne],
};

pub const CSV: Format = Format {
    id: "csv",
    name: "CSV",
    extensions: &["csv"],
    reads: Reads::Articles(tables::read_plain),
    writes: Writes::Dataset(TABLE),
    keeps: IN_TABLES,
};

pub const TSV: Format = Format {
    id: "tsv",
    name: "TSV",
    extensions: &["tsv", "tab"],
    reads: Reads::Articles(tables::read_plain),
    writes: Writes::Dataset(Outlet {
        form: Form::File { write: datasets::csv::write_tabs, check: check::tabs, beside: None },
        ..TABLE
    }),
    keeps: IN_TABLES,
};

pub const JSONL: Format = Format {
    id: "jsonl",
    name: "JSON lines",
    extensions: &["jsonl", "ndjson"],
    reads: Reads::Articles(objects::read),
    writes: Writes::Dataset(Outlet {
        form: Form::File { write: twin::lines, check: twin::check_lines, beside: None },
        takes: &[Takes::NoText, Takes::Articles],
        ..TABLE
    }),
    keeps: IN_TABLES,
};

/// What a row a sentence holds.
const IN_TABLES: &[Thing] = &[
    Thing::Sentences,
    Thing::Labels,
    Thing::Unsure,
    Thing::Notes,
    Thing::Coders,
    Thing::Times,
    Thing::Metadata,
];

/// All formats, in the order of the README.
pub static FORMATS: [Format; 30 + 2 * cfg!(feature = "parquet") as usize] = [
    PROJECT,
    PLAIN,
    MARKDOWN,
    docx::FORMAT,
    odt::FORMAT,
    rtf::FORMAT,
    epub::FORMAT,
    pdf::FORMAT,
    html::FORMAT,
    mail::SAVED,
    mail::MAIL,
    mail::MAILBOX,
    warc::FORMAT,
    CSV,
    TSV,
    JSONL,
    objects::FORMAT,
    Format { reads: Reads::Articles(tables::read_workbook), ..xlsx::FORMAT },
    ods::FORMAT,
    factiva_xml::FORMAT,
    ris::FORMAT,
    zipped::FORMAT,
    #[cfg(feature = "parquet")]
    parquet::FORMAT,
    #[cfg(feature = "parquet")]
    hf::FORMAT,
    doccano::SPANS,
    doccano::ROWS,
    labelstudio::SPANS,
    labelstudio::ROWS,
    brat::FORMAT,
    prodigy::ROWS,
    prodigy::SPANS,
    spacy::FORMAT,
];

/// The format of that id.
pub fn by_id(id: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.id == id)
}

/// The format that the end of a file's name says, in any case; of several with one ending the first.
pub fn by_name(file_name: &str) -> Option<&'static Format> {
    all_by_name(file_name).next()
}

/// The format that a file of that name is written in; of several with one ending the first that is written.
pub fn written_by_name(file_name: &str) -> Option<&'static Format> {
    all_by_name(file_name).find(|format| !matches!(format.writes, Writes::Nothing))
}

/// All formats with that ending.
pub fn all_by_name(file_name: &str) -> impl Iterator<Item = &'static Format> {
    let file_name = file_name.to_lowercase();
    FORMATS.iter().filter(move |format| format.extensions.iter().any(|ending| ends(&file_name, ending)))
}

/// Whether a name in lower case has this ending behind something else.
fn ends(file_name: &str, ending: &str) -> bool {
    file_name.strip_suffix(ending).is_some_and(|rest| rest.ends_with('.') && rest.len() > 1)
}

/// The format of a file: by its name, else a project or Markdown if it begins like one, else plain text.
///
/// Names that say another kind of file than text give nothing.
pub fn guess(file_name: &str, bytes: &[u8]) -> Option<&'static Format> {
    if let Some(format) = by_name(file_name) {
        return Some(format);
    }
    if is_project(bytes) {
        return FORMATS.iter().find(|format| matches!(format.reads, Reads::Project));
    }
    if bytes.starts_with(b"%PDF-") {
        return by_id(pdf::FORMAT.id);
    }
    let extension = Path::new(file_name).extension().map(|e| e.to_string_lossy().to_lowercase());
    let other = extension.is_some_and(|extension| NO_TEXT.contains(&extension.as_str()));
    if other {
        return None;
    }
    by_id(if articles::markdown::begins(&head_of(bytes)) { MARKDOWN.id } else { PLAIN.id })
}

/// Kinds of files that would come in as markup or as rows if they were read as plain text.
const NO_TEXT: [&str; 6] = ["tex", "yaml", "yml", "toml", "svg", "bib"];

/// The usual endings of files that are articles, for messages.
pub const ARTICLES_END_IN: &str = "`.txt`, `.md`, `.docx`, `.odt`, `.rtf`, `.epub`, `.pdf`, `.html`, `.mht`, `.eml`, `.mbox`, `.warc`, `.csv`, `.tsv`, `.jsonl`, `.json`, `.xlsx`, `.ods`, `.xml`, `.ris` or `.zip`";

/// Ids of the formats that articles are read from.
pub fn article_ids() -> Vec<&'static str> {
    let readers = FORMATS.iter().filter(|format| matches!(format.reads, Reads::Articles(_)));
    readers.map(|format| format.id).collect()
}

/// Whether a file is an article by its name.
pub fn is_article(file_name: &str) -> bool {
    by_name(file_name).is_some_and(|format| matches!(format.reads, Reads::Articles(_)))
}

/// The formats that datasets are written in.
pub fn datasets() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().filter(|format| matches!(format.writes, Writes::Dataset(_)))
}

/// The table of the README: what each format is for, what it keeps and what it loses.
pub fn loss_table() -> String {
    let mut table = String::from(
        "| format | name ends with | in | out | keeps | loses |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for format in &FORMATS {
        let names = |kept: bool| {
            let names = format.things(kept);
            if names.is_empty() { "nothing".to_owned() } else { names }
        };
        let keeps =
            if format.keeps.len() == Thing::ALL.len() { "everything".to_owned() } else { names(true) };
        let endings: Vec<_> = format.extensions.iter().map(|end| format!("`.{end}`")).collect();
        let endings = if format.is_folder() { "a folder".to_owned() } else { endings.join(" ") };
        let comes_in = !matches!(format.reads, Reads::Nothing) || incoming::by_id(format.id).is_some();
        let reads = if comes_in { "yes" } else { "" };
        let writes = if matches!(format.writes, Writes::Nothing) { "" } else { "yes" };
        // What only comes in loses nothing that it had.
        let loses = if matches!(format.writes, Writes::Nothing) { String::new() } else { names(false) };
        let cells = [format.name, &endings, reads, writes, &keeps, &loses];
        table.extend(["| ", &cells.join(" | "), " |\n"]);
    }
    table
}

/// Whether a file that begins so is a project: RON with our line, or with an opening bracket and its format after whatever
/// comments.
pub fn is_project(head: &[u8]) -> bool {
    let head = head_of(head);
    let mut rest = head.trim_start_matches('\u{feff}').trim_start();
    while let Some((comment, after)) = rest.split_once('\n').filter(|(line, _)| line.starts_with("//")) {
        if comment.starts_with("// Allegata project") {
            return true;
        }
        rest = after.trim_start();
    }
    rest.starts_with("// Allegata project")
        || rest.strip_prefix('(').is_some_and(|rest| rest.trim_start().starts_with("format:"))
}

/// The beginning of a file as text, as far as it is UTF-8.
fn head_of(bytes: &[u8]) -> Cow<'_, str> {
    const MAX_HEAD_BYTES: usize = 64 * 1024;
    String::from_utf8_lossy(bytes.get(..bytes.len().min(MAX_HEAD_BYTES)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_name_then_by_how_they_begin() {
        let check = |name: &str, bytes: &str, want: Option<&str>| {
            assert_eq!(guess(name, bytes.as_bytes()).map(|format| format.id), want, "{name}");
        };
        check("a.txt", "", Some("txt"));
        check("A.TXT", "", Some("txt"));
        check("notes.md", "", Some("md"));
        check("p.allegata.ron", "", Some("project"));
        check("p.ron", "", Some("project"));
        check("a.csv", "", Some("csv"));
        check("README", "Words.", Some("txt"));
        check("article.2025-03-01", "Words.", Some("txt"));
        check(".txt", "Words.", Some("txt"));
        check("backup.1", "// Allegata project: any RON reader reads it\n(", Some("project"));
        check("backup.2", "\u{feff}(\n  format: 1,", Some("project"));
        check("backup.3", "// mine\n// Ana's\n\n(format: 1,", Some("project"));
        check("verse", "(formal) words", Some("txt"));
        check("", "---\ntitle: Fire\n---\n\nIt burnt.", Some("md"));
        check("story", "\u{feff}\n# Fire\n\nIt burnt.", Some("md"));
        check("", "#fire\n\nIt burnt.", Some("txt"));
        check("", "# 1 of 3\nIt burnt.", Some("txt"));
        check("a.txt", "# Fire\n\nIt burnt.", Some("txt"));
        check("code", "// (\n// format: 1", Some("txt"));
        check("download", "%PDF-1.7", Some("pdf"));
        check("page.html", "<p>Words.", Some("html"));
        check("page.SVG", "<p>Words.", None);
    }

    #[test]
    fn messages_name_every_kind_of_article() {
        let readers = FORMATS.iter().filter(|format| matches!(format.reads, Reads::Articles(_)));
        let endings: Vec<String> = readers.map(|format| format!("`.{}`", format.ending())).collect();
        let (last, others) = endings.split_last().unwrap();
        assert_eq!(ARTICLES_END_IN, format!("{} or {last}", others.join(", ")));
    }

    #[test]
    fn a_name_without_an_ending_gets_one_and_no_name_gets_two() {
        let check = |name: &str, want: &str| {
            assert_eq!(by_id("csv").unwrap().named(Path::new(name)), Path::new(want));
            assert_eq!(by_id("brat").unwrap().named(Path::new(name)), Path::new(name));
        };
        check("out", "out.csv");
        check("a/out", "a/out.csv");
        check("out.", "out.csv");
        for whole in ["out.csv", "out.CSV", "out.xlsx", "out.txt", "v1.2", "a.b/c.jsonl"] {
            check(whole, whole);
        }
        check(".csv", ".csv.csv");
        check("a.b/c", "a.b/c.csv");
    }

    #[test]
    fn every_thing_is_kept_by_some_format_and_ids_differ() {
        for thing in Thing::ALL {
            assert!(FORMATS.iter().any(|format| format.keeps.contains(&thing)), "{thing:?}");
        }
        for format in &FORMATS {
            assert!(std::ptr::eq(by_id(format.id).unwrap(), format));
            for extension in format.extensions {
                let first = FORMATS.iter().find(|other| other.extensions.contains(extension)).unwrap();
                assert!(std::ptr::eq(by_name(&format!("x.{extension}")).unwrap(), first));
            }
        }
    }
}
