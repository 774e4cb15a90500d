//! Bytes in and out: one file a format, and the one table of them.

pub mod arrivals;
pub mod articles;
mod blocks;
pub mod csv;
pub mod dataset;
pub mod datelines;
mod decode;
pub mod ends;
mod front_matter;
pub mod journal;
pub mod json;
pub mod jsonl;
mod kinds;
pub mod labels_plan;
pub mod labels_table;
pub mod markdown;
pub mod plain;
pub mod project;
pub mod show;

use crate::formats::articles::{ArticleIn, ReadError, Warning};
use crate::model::ids::CoderId;
use crate::model::project::Project;
use crate::text::rules::Settings;
use std::io;
use std::path::Path;

/// Bytes to articles, split as the settings say; never fails for what a text says.
pub type ReadArticles = fn(&[u8], Settings<'_>) -> Result<(Vec<ArticleIn>, Vec<Warning>), ReadError>;

/// Writes the dataset, of all coders or of one.
pub type WriteDataset = fn(&Project, Option<&CoderId>, &mut dyn io::Write) -> io::Result<()>;

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
    Dataset(WriteDataset),
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

/// A row of the table of readers and writers.
#[derive(Debug)]
pub struct Format {
    pub id: &'static str,
    pub name: &'static str,
    /// Without the dot, the usual one first.
    pub extensions: &'static [&'static str],
    pub reads: Reads,
    pub writes: Writes,
    /// What comes through, in the direction that the format has.
    pub keeps: &'static [Thing],
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
    reads: Reads::Articles(plain::read_plain),
    writes: Writes::Nothing,
    keeps: &[Thing::Text],
};

pub const MARKDOWN: Format = Format {
    id: "md",
    name: "Markdown",
    extensions: &["md", "markdown"],
    reads: Reads::Articles(markdown::read_markdown),
    writes: Writes::Nothing,
    keeps: &[Thing::Text, Thing::Metadata, Thing::MoreMetadata],
};

pub const CSV: Format = Format {
    id: "csv",
    name: "CSV",
    extensions: &["csv"],
    reads: Reads::Nothing,
    writes: Writes::Dataset(csv::write),
    keeps: IN_TABLES,
};

pub const JSONL: Format = Format {
    id: "jsonl",
    name: "JSON lines",
    extensions: &["jsonl", "ndjson"],
    reads: Reads::Nothing,
    writes: Writes::Dataset(jsonl::write),
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
pub static FORMATS: [Format; 5] = [PROJECT, PLAIN, MARKDOWN, CSV, JSONL];

/// The format of that id.
pub fn by_id(id: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.id == id)
}

/// The format that the end of a file's name says, in any case.
pub fn by_name(file_name: &str) -> Option<&'static Format> {
    let file_name = file_name.to_lowercase();
    let ends = |extension: &&str| {
        file_name.strip_suffix(*extension).is_some_and(|rest| rest.ends_with('.') && rest.len() > 1)
    };
    FORMATS.iter().find(|format| format.extensions.iter().any(ends))
}

/// The format of a file: by its name, else a project if it begins like one, else plain text.
///
/// Names that say another kind of file than text give nothing.
pub fn guess(file_name: &str, bytes: &[u8]) -> Option<&'static Format> {
    if let Some(format) = by_name(file_name) {
        return Some(format);
    }
    if begins_like_a_project(bytes) {
        return FORMATS.iter().find(|format| matches!(format.reads, Reads::Project));
    }
    let extension = Path::new(file_name).extension().map(|e| e.to_string_lossy().to_lowercase());
    let other = extension.is_some_and(|extension| NO_TEXT.contains(&extension.as_str()));
    if other { None } else { by_id(PLAIN.id) }
}

/// Kinds of files that would come in as markup or as rows if they were read as plain text.
const NO_TEXT: [&str; 14] =
    ["html", "htm", "xhtml", "xml", "json", "tsv", "rtf", "tex", "eml", "yaml", "yml", "toml", "svg", "bib"];

/// The dataset as bytes, in the format that the file's name says.
pub fn export(project: &Project, path: &Path, only: Option<&CoderId>) -> Result<Vec<u8>, String> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let Some(Writes::Dataset(write)) = by_name(&name).map(|format| format.writes) else {
        let endings: Vec<_> = datasets().map(|format| format!("`.{}`", format.id)).collect();
        return Err(format!(
            "no dataset is written in this format: `{}` hint: let the name end with {}",
            path.display(),
            endings.join(" or ")
        ));
    };
    let mut bytes = Vec::new();
    write(project, only, &mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes)
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
        let names = |keeps: bool| {
            let things = Thing::ALL.into_iter().filter(|thing| format.keeps.contains(thing) == keeps);
            let names: Vec<_> = things.map(Thing::name).collect();
            if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }
        };
        let keeps =
            if format.keeps.len() == Thing::ALL.len() { "everything".to_owned() } else { names(true) };
        let endings: Vec<_> = format.extensions.iter().map(|end| format!("`.{end}`")).collect();
        let reads = if matches!(format.reads, Reads::Nothing) { "" } else { "yes" };
        let writes = if matches!(format.writes, Writes::Nothing) { "" } else { "yes" };
        // What only comes in loses nothing that it had.
        let loses = if matches!(format.writes, Writes::Nothing) { String::new() } else { names(false) };
        let cells = [format.name, &endings.join(" "), reads, writes, &keeps, &loses];
        table.extend(["| ", &cells.join(" | "), " |\n"]);
    }
    table
}

/// Whether a file is RON that begins with our line, or with an opening bracket and its format.
fn begins_like_a_project(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(1000)).unwrap_or_default();
    let head = String::from_utf8_lossy(head);
    let head = head.trim_start_matches('\u{feff}').trim_start();
    head.starts_with("// Allegata project")
        || head.strip_prefix('(').is_some_and(|rest| rest.trim_start().starts_with("format:"))
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
        check("verse", "(formal) words", Some("txt"));
        check("page.html", "<p>Words.", None);
        check("page.XML", "<p>Words.", None);
    }

    #[test]
    fn datasets_are_written_by_the_name_of_their_file() {
        let project = Project::assemble(crate::model::project::Parts::new(
            crate::model::ids::ProjectId::new("p"),
            "Empty",
        ));
        let project = project.unwrap();
        let csv = export(&project, Path::new("/x/out.CSV"), None).unwrap();
        assert!(csv.starts_with(b"article_id,"));
        assert_eq!(export(&project, Path::new("out.jsonl"), None), Ok(vec![]));
        let want =
            "no dataset is written in this format: `out.txt` hint: let the name end with `.csv` or `.jsonl`";
        assert_eq!(export(&project, Path::new("out.txt"), None), Err(want.to_owned()));
    }

    #[test]
    fn every_thing_is_kept_by_some_format_and_ids_differ() {
        for thing in Thing::ALL {
            assert!(FORMATS.iter().any(|format| format.keeps.contains(&thing)), "{thing:?}");
        }
        for format in &FORMATS {
            assert!(std::ptr::eq(by_id(format.id).unwrap(), format));
            for extension in format.extensions {
                assert!(std::ptr::eq(by_name(&format!("x.{extension}")).unwrap(), format));
            }
        }
    }
}
