//! A folder as Hugging Face has datasets: Parquet by split below `data/`, a card whose head says what the columns are, and a
//! description in Croissant. `datasets` loads it without a script.

use crate::formats::codebook;
use crate::formats::datasets::check::{Places, unread};
use crate::formats::datasets::counts::{Counts, grouped};
use crate::formats::datasets::outlet::{Form, Get, Outlet, Put, Takes};
use crate::formats::datasets::parquet::{self, Column, Kind, Table, classes, columns};
use crate::formats::datasets::rows::{self, Going, Walk};
use crate::formats::datasets::what::Shape;
use crate::formats::hashes::sha256_hex;
use crate::formats::{Format, Reads, Writes};
use crate::model::article::Article;
use crate::text::units::Unit;
use serde_json::{Value, json};
use std::convert::Infallible;
use std::fmt::Write as _;
use std::io;

pub const FORMAT: Format = Format {
    id: "hf",
    name: "Hugging Face dataset",
    extensions: &[],
    reads: Reads::Nothing,
    writes: Writes::Dataset(Outlet {
        shape: Shape::Published,
        is_one_answer: false,
        units: &[Unit::CodePoints],
        form: Form::Folder { write, check },
        takes: &[Takes::NoText],
    }),
    keeps: parquet::KEEPS,
};

pub(in crate::formats) const CARD: &str = "README.md";
pub(in crate::formats) const CROISSANT: &str = "croissant.json";

/// So many rows are in one file at most.
const FILE_ROWS: usize = 200_000;
/// The split of everything where nobody made any, and of what is in none where somebody did.
const ALL: &str = "train";
const NO_SPLIT: &str = "unsplit";

/// A part of the dataset, with the articles in it.
struct Split<'a> {
    name: String,
    articles: Vec<&'a Article>,
    n_rows: usize,
}

impl Split<'_> {
    fn n_files(&self) -> usize {
        self.n_rows.div_ceil(FILE_ROWS).max(1)
    }

    fn file(&self, idx: usize) -> String {
        format!("data/{}-{idx:05}-of-{:05}.parquet", self.name, self.n_files())
    }
}

/// The splits of which something goes out: `train`, `validation` and `test` first.
fn splits<'a>(going: &Going<'a>) -> Vec<Split<'a>> {
    let split_of = |article: &'a Article| match &going.what.splits {
        Some(splits) => splits.get(&article.id).map(String::as_str),
        None => article.split.as_deref(),
    };
    let is_any = going.articles().iter().any(|article| split_of(article).is_some());
    let mut all: Vec<Split<'a>> = vec![];
    let mut walk = Walk::new(going);
    for article in going.articles() {
        let article: &'a Article = article;
        let before = walk.counts.n_rows;
        let Ok(_) = walk.article(article, |_| Ok::<(), Infallible>(()));
        let n_rows = walk.counts.n_rows - before;
        if n_rows == 0 {
            continue;
        }
        // Words joined by points is what `datasets` takes.
        let name = split_of(article).unwrap_or(if is_any { NO_SPLIT } else { ALL }).replace('-', "_");
        match all.iter_mut().find(|split| split.name == name) {
            Some(split) => {
                split.articles.push(article);
                split.n_rows += n_rows;
            }
            None => all.push(Split { name, articles: vec![article], n_rows }),
        }
    }
    if all.is_empty() {
        all.push(Split { name: ALL.to_owned(), articles: vec![], n_rows: 0 });
    }
    let order = |split: &Split<'_>| {
        let usual = [ALL, "validation", "dev", "test"].iter().position(|name| *name == split.name);
        (usual.unwrap_or(usize::MAX), split.name.clone())
    };
    all.sort_by_key(order);
    all
}

/// A file that was written.
struct Done {
    name: String,
    n_bytes: usize,
    sha256: String,
}

fn write(going: &Going<'_>, put: Put<'_>) -> io::Result<Counts> {
    let splits = splits(going);
    let mut walk = Walk::new(going);
    let mut done = vec![];
    for split in &splits {
        let mut files = Files {
            going,
            split,
            table: Table::new(going, columns(going))?,
            bytes: vec![],
            n: 0,
            done: vec![],
        };
        for article in &split.articles {
            walk.article(article, |row| {
                files.table.push(row, going, &mut files.bytes)?;
                files.n += 1;
                if files.n == FILE_ROWS { files.next(put) } else { Ok(()) }
            })?;
        }
        done.push(files.end(put)?);
    }
    put(CARD, card(going, &splits, &done).as_bytes())?;
    put(CROISSANT, croissant(going, &splits, &done).as_bytes())?;
    Ok(walk.counts)
}

/// The files of a split, one after the other.
struct Files<'a, 'g> {
    going: &'g Going<'a>,
    split: &'g Split<'a>,
    table: Table,
    bytes: Vec<u8>,
    /// Rows of the file that is being written.
    n: usize,
    done: Vec<Done>,
}

impl Files<'_, '_> {
    fn next(&mut self, put: Put<'_>) -> io::Result<()> {
        let table = std::mem::replace(&mut self.table, Table::new(self.going, columns(self.going))?);
        table.end(&mut self.bytes)?;
        let name = self.split.file(self.done.len());
        put(&name, &self.bytes)?;
        self.done.push(Done { name, n_bytes: self.bytes.len(), sha256: sha256_hex(&self.bytes) });
        self.bytes.clear();
        self.n = 0;
        Ok(())
    }

    fn end(mut self, put: Put<'_>) -> io::Result<Vec<Done>> {
        if self.n > 0 || self.done.is_empty() {
            self.next(put)?;
        }
        Ok(self.done)
    }
}

/// The card: what `datasets` reads between two lines, and what people read below.
fn card(going: &Going<'_>, splits: &[Split<'_>], done: &[Vec<Done>]) -> String {
    let (columns, classes) = (columns(going), classes(going));
    let mut card = String::from("---\nconfigs:\n- config_name: default\n  data_files:\n");
    // A String takes everything.
    let mut line = |line: std::fmt::Arguments<'_>| card.write_fmt(line).unwrap_or_default();
    for split in splits {
        line(format_args!("  - split: {0}\n    path: data/{0}-*.parquet\n", split.name));
    }
    line(format_args!("dataset_info:\n  config_name: default\n  features:\n"));
    for Column { name, kind, .. } in &columns {
        let names = |line: &mut dyn FnMut(std::fmt::Arguments<'_>), indent: &str| {
            line(format_args!("{indent}class_label:\n{indent}  names:\n"));
            for (idx, class) in classes.iter().enumerate() {
                line(format_args!("{indent}    '{idx}': {}\n", quoted(class)));
            }
        };
        line(format_args!("  - name: {name}\n"));
        match kind {
            Kind::Text => line(format_args!("    dtype: string\n")),
            Kind::Whole => line(format_args!("    dtype: int64\n")),
            Kind::Truth => line(format_args!("    dtype: bool\n")),
            Kind::Class => {
                line(format_args!("    dtype:\n"));
                names(&mut line, "      ");
            }
            Kind::Classes => {
                line(format_args!("    sequence:\n"));
                names(&mut line, "      ");
            }
        }
    }
    line(format_args!("  splits:\n"));
    let n_bytes = |files: &[Done]| files.iter().map(|file| file.n_bytes).sum::<usize>();
    for (split, files) in splits.iter().zip(done) {
        line(format_args!(
            "  - name: {}\n    num_bytes: {}\n    num_examples: {}\n",
            split.name,
            n_bytes(files),
            split.n_rows
        ));
    }
    let all = done.iter().map(|files| n_bytes(files)).sum::<usize>();
    line(format_args!("  download_size: {all}\n  dataset_size: {all}\n---\n\n"));
    line(format_args!("# {}\n\n", codebook::line(title(going))));
    line(format_args!(
        "A row is a sentence of a news article, and what was said of it. `start` and `end` count Unicode code points of the article's text; coders have names that hide theirs unless it was asked otherwise.\n\n| split | articles | rows |\n| --- | --- | --- |\n"
    ));
    for split in splits {
        line(format_args!(
            "| {} | {} | {} |\n",
            split.name,
            grouped(split.articles.len()),
            grouped(split.n_rows)
        ));
    }
    line(format_args!("\n## Labels\n\n"));
    for (idx, named) in rows::named(going).iter().filter(|named| classes.contains(&named.id)).enumerate() {
        let says = named.label.map_or("", |label| label.says.as_str());
        let colon = if says.is_empty() { "" } else { ": " };
        line(format_args!(
            "- `{}` ({idx}): {}{colon}{}\n",
            named.id,
            codebook::line(named.name()),
            codebook::line(says)
        ));
    }
    card
}

fn title<'a>(going: &Going<'a>) -> &'a str {
    if going.project.title().is_empty() { "Labelled sentences" } else { going.project.title() }
}

/// A text between quotes, as YAML and JSON have it alike.
fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

/// The description that `mlcroissant` reads (Croissant 1.1).
fn croissant(going: &Going<'_>, splits: &[Split<'_>], done: &[Vec<Done>]) -> String {
    let files = done.iter().flatten().map(|file| {
        json!({
            "@type": "cr:FileObject", "@id": file.name, "name": file.name, "contentUrl": file.name,
            "contentSize": format!("{} B", file.n_bytes),
            "encodingFormat": "application/x-parquet", "sha256": file.sha256,
        })
    });
    let records = splits.iter().zip(done).flat_map(|(split, files)| {
        let fields = |file: &str, record: &str| -> Vec<Value> {
            let columns = columns(going);
            columns
                .iter()
                .map(|column| {
                    let kind = match column.kind {
                        Kind::Text => "sc:Text",
                        Kind::Whole | Kind::Class | Kind::Classes => "sc:Integer",
                        Kind::Truth => "sc:Boolean",
                    };
                    let mut field = json!({
                        "@type": "cr:Field", "@id": format!("{record}/{}", column.name), "name": column.name,
                        "dataType": kind,
                        "source": { "fileObject": { "@id": file }, "extract": { "column": column.name } },
                    });
                    if let (Kind::Classes, Value::Object(field)) = (column.kind, &mut field) {
                        field.insert("isArray".to_owned(), true.into());
                        field.insert("arrayShape".to_owned(), "-1".into());
                    }
                    field
                })
                .collect()
        };
        let record = move |(idx, file): (usize, &Done)| {
            // A split in one file has its name.
            let name = if files.len() == 1 { split.name.clone() } else { format!("{}-{idx:05}", split.name) };
            json!({
                "@type": "cr:RecordSet", "@id": name, "name": name,
                "field": fields(&file.name, &name),
            })
        };
        files.iter().enumerate().map(record).collect::<Vec<_>>()
    });
    let (files, records): (Vec<Value>, Vec<Value>) = (files.collect(), records.collect());
    let whole = json!({
        "@context": context(),
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": title(going),
        "description": format!("Labelled sentences of news articles. Labels: {}.", classes(going).join(", ")),
        "distribution": files,
        "recordSet": records,
    });
    serde_json::to_string_pretty(&whole).unwrap_or_default() + "\n"
}

/// What the words of Croissant mean.
fn context() -> Value {
    let cr = |name: &str| json!(format!("cr:{name}"));
    let mut all = json!({
        "@language": "en",
        "@vocab": "https://schema.org/",
        "sc": "https://schema.org/",
        "cr": "http://mlcommons.org/croissant/",
        "rai": "http://mlcommons.org/croissant/RAI/",
        "dct": "http://purl.org/dc/terms/",
        "conformsTo": "dct:conformsTo",
        "data": { "@id": "cr:data", "@type": "@json" },
        "dataType": { "@id": "cr:dataType", "@type": "@vocab" },
        "examples": { "@id": "cr:examples", "@type": "@json" },
    });
    if let Value::Object(all) = &mut all {
        for name in [
            "arrayShape",
            "citeAs",
            "column",
            "containedIn",
            "equivalentProperty",
            "extract",
            "field",
            "fileObject",
            "fileProperty",
            "fileSet",
            "format",
            "includes",
            "isArray",
            "isLiveDataset",
            "jsonPath",
            "key",
            "md5",
            "parentField",
            "path",
            "recordSet",
            "references",
            "regex",
            "repeated",
            "replace",
            "samplingRate",
            "separator",
            "source",
            "subField",
            "transform",
        ] {
            all.insert(name.to_owned(), cr(name));
        }
        all.insert("citeAs".to_owned(), cr("citeAs"));
    }
    all
}

fn check(going: &Going<'_>, get: Get<'_>) -> Result<usize, String> {
    let mut places = Places::new(going);
    let described = get(CROISSANT).map_err(unread)?;
    let described: Value = serde_json::from_slice(&described).map_err(unread)?;
    let files = described.get("distribution").and_then(Value::as_array);
    for file in files.into_iter().flatten() {
        let said = |key: &str| file.get(key).and_then(Value::as_str).unwrap_or_default();
        let bytes = get(said("contentUrl")).map_err(unread)?;
        if sha256_hex(&bytes) != said("sha256") {
            return Err(unread(format!("`{}` is not what was described", said("contentUrl"))));
        }
        parquet::look(bytes, &mut places)?;
    }
    get(CARD).map_err(unread)?;
    Ok(places.n)
}
