//! Parquet: a row a sentence in typed columns, with what Hugging Face's `datasets` needs to know of them.
//!
//! A label is a number, and the schema says its name (`ClassLabel`); where a sentence takes several, `labels` is a list of them.
//! An empty list is "none of these", and no list no answer. Rows are put together in groups, so that a table of any length takes
//! little memory.

use crate::formats::datasets::check::{Places, Quote, unread};
use crate::formats::datasets::counts::Counts;
use crate::formats::datasets::csv::SPLIT;
use crate::formats::datasets::lines::Words;
use crate::formats::datasets::outlet::{Form, Outlet, Takes};
use crate::formats::datasets::rows::{self, Given, Going, NONE, Row};
use crate::formats::datasets::what::Shape;
use crate::formats::{Format, Reads, Thing, Writes};
use crate::text::units::Unit;
use bytes::Bytes;
use parquet::basic::{Compression, ZstdLevel};
use parquet::column::reader::ColumnReader;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::reader::{FileReader as _, RowGroupReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::ColumnPath;
use serde_json::{Map, Value, json};
use std::io;
use std::sync::Arc;

pub const FORMAT: Format = Format {
    id: "parquet",
    name: "Parquet",
    extensions: &["parquet"],
    reads: Reads::Nothing,
    writes: Writes::Dataset(Outlet {
        shape: Shape::Table,
        is_one_answer: false,
        units: &[Unit::CodePoints],
        form: Form::File { write, check, beside: None },
        takes: &[Takes::NoText],
    }),
    keeps: KEEPS,
};

pub(in crate::formats) const KEEPS: &[Thing] =
    &[Thing::Sentences, Thing::Labels, Thing::Unsure, Thing::Notes, Thing::Coders, Thing::Metadata];

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::formats) enum Kind {
    Text,
    Whole,
    Truth,
    Class,
    Classes,
}

/// A column: whether a row may have nothing in it is the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::formats) struct Column {
    pub name: &'static str,
    pub kind: Kind,
    pub may_miss: bool,
}

const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, may_miss: false }
}

const fn maybe(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, may_miss: true }
}

const ARTICLE: &str = "article_id";
const TEXT: &str = "text";
const HASH: &str = "text_sha256";
const START: &str = "start";
const END: &str = "end";

/// The columns, in order.
pub(in crate::formats) fn columns(going: &Going<'_>) -> Vec<Column> {
    let several = going.project.scheme().takes_several();
    let mut all = vec![column(ARTICLE, Kind::Text), column("sentence_id", Kind::Text)];
    if going.what.text {
        all.push(column(TEXT, Kind::Text));
    } else {
        all.extend([column(HASH, Kind::Text), column("article_sha256", Kind::Text)]);
    }
    all.push(if several { maybe("labels", Kind::Classes) } else { maybe("label", Kind::Class) });
    all.extend([
        column("layer", Kind::Text),
        maybe("coder", Kind::Text),
        column("unsure", Kind::Truth),
        maybe("note", Kind::Text),
        column(START, Kind::Whole),
        column(END, Kind::Whole),
        column("kind", Kind::Text),
    ]);
    all.extend(["title", "outlet", "published", "url", "lang"].map(|name| maybe(name, Kind::Text)));
    all
}

/// The names of the classes, in the order of their numbers.
pub(in crate::formats) fn classes(going: &Going<'_>) -> Vec<String> {
    let mut names = rows::names(going);
    // A list without a label says it already.
    names.retain(|name| name != NONE || !going.project.scheme().takes_several());
    names
}

/// What `datasets` reads from the schema: the type of each column.
pub(in crate::formats) fn features(columns: &[Column], classes: &[String]) -> Value {
    let value = |kind: &str| json!({ "dtype": kind, "_type": "Value" });
    let class = || json!({ "names": classes, "_type": "ClassLabel" });
    let all: Map<String, Value> = columns
        .iter()
        .map(|column| {
            let feature = match column.kind {
                Kind::Text => value("string"),
                Kind::Whole => value("int64"),
                Kind::Truth => value("bool"),
                Kind::Class => class(),
                Kind::Classes => json!({ "feature": class(), "length": -1, "_type": "Sequence" }),
            };
            (column.name.to_owned(), feature)
        })
        .collect();
    Value::Object(all)
}

fn schema(columns: &[Column]) -> String {
    let fields = columns.iter().map(|Column { name, kind, may_miss }| {
        let need = if *may_miss { "optional" } else { "required" };
        match kind {
            Kind::Text => format!("{need} binary {name} (STRING);"),
            Kind::Whole | Kind::Class => format!("{need} int64 {name};"),
            Kind::Truth => format!("{need} boolean {name};"),
            Kind::Classes => {
                format!("{need} group {name} (LIST) {{ repeated group list {{ required int64 element; }} }}")
            }
        }
    });
    format!("message schema {{ {} }}", fields.collect::<String>())
}

/// So many rows are put together before they are written.
const GROUP: usize = 32 * 1024;

/// A Parquet file on its way out, row by row.
pub(in crate::formats) struct Table {
    writer: SerializedFileWriter<Vec<u8>>,
    columns: Vec<(Column, Store)>,
    classes: Vec<String>,
    words: Words,
    n: usize,
}

/// The values of a column in the rows that wait.
#[derive(Default)]
struct Store {
    bytes: Vec<u8>,
    /// Where each text stands in `bytes`.
    texts: Vec<(usize, usize)>,
    wholes: Vec<i64>,
    truths: Vec<bool>,
    /// How much of each value is there, as Parquet counts it; of lists also whether one begins.
    levels: Vec<i16>,
    begins: Vec<i16>,
}

impl Table {
    pub fn new(going: &Going<'_>, columns: Vec<Column>) -> io::Result<Self> {
        let classes = classes(going);
        let features = json!({ "info": { "features": features(&columns, &classes) } });
        let key = KeyValue::new("huggingface".to_owned(), features.to_string());
        let mut properties = WriterProperties::builder()
            .set_created_by("allegata".to_owned())
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_statistics_enabled(EnabledStatistics::None)
            .set_offset_index_disabled(true)
            .set_key_value_metadata(Some(vec![key]));
        // Nearly every row has another one.
        for name in ["sentence_id", TEXT, HASH, START, END] {
            properties = properties.set_column_dictionary_enabled(ColumnPath::from(name), false);
        }
        let schema = Arc::new(parse_message_type(&schema(&columns)).map_err(failed)?);
        let writer = SerializedFileWriter::new(vec![], schema, Arc::new(properties.build()));
        let columns = columns.into_iter().map(|column| (column, Store::default())).collect();
        Ok(Self { writer: writer.map_err(failed)?, columns, classes, words: Words::default(), n: 0 })
    }

    /// Takes a row; what is ready is written.
    pub fn push(&mut self, row: &Row<'_>, going: &Going<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let Self { columns, classes, words, .. } = self;
        words.take(row, going);
        let meta = &row.article.meta;
        let title = going.title(row.article);
        for (column, store) in columns {
            match column.name {
                ARTICLE => store.text(row.article.id.as_str()),
                "sentence_id" => store.text(&words.span),
                TEXT => store.text(row.text()),
                HASH => store.text(&words.hash),
                "article_sha256" => store.text(&row.article.sha256),
                "label" => store.class(going.labels(row), classes),
                "labels" => store.classes(going.labels(row), classes),
                "layer" => store.text(row.layer),
                "coder" => store.maybe(row.coder.map(|coder| going.coder(coder))),
                "unsure" => store.truths.push(row.is_unsure()),
                "note" => store.maybe(row.note()),
                START => store.wholes.push(row.sentence.span.start.into()),
                END => store.wholes.push(row.sentence.span.end.into()),
                "kind" => store.text(row.kind()),
                "title" => store.maybe(Some(title).filter(|title| !title.is_empty())),
                "outlet" => store.maybe(meta.outlet.as_deref()),
                "published" => store.maybe(meta.published.as_deref()),
                "url" => store.maybe(meta.url.as_deref()),
                "lang" => store.maybe(meta.lang.as_deref()),
                _ => store.maybe(going.what.split(&row.article.id).filter(|split| !split.is_empty())),
            }
        }
        self.n += 1;
        if self.n >= GROUP { self.put(out) } else { Ok(()) }
    }

    /// Writes the rows that wait as a group.
    fn put(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        if self.n > 0 {
            let mut group = self.writer.next_row_group().map_err(failed)?;
            for (column, store) in &mut self.columns {
                let mut writer = group.next_column().map_err(failed)?.ok_or_else(too_few)?;
                let levels = column.may_miss.then_some(store.levels.as_slice());
                match column.kind {
                    Kind::Text => {
                        let bytes = Bytes::from(std::mem::take(&mut store.bytes));
                        let texts = store.texts.iter().map(|(start, end)| bytes.slice(*start..*end).into());
                        let texts: Vec<ByteArray> = texts.collect();
                        writer.typed::<ByteArrayType>().write_batch(&texts, levels, None)
                    }
                    Kind::Truth => writer.typed::<BoolType>().write_batch(&store.truths, levels, None),
                    Kind::Classes => {
                        writer.typed::<Int64Type>().write_batch(&store.wholes, levels, Some(&store.begins))
                    }
                    Kind::Whole | Kind::Class => {
                        writer.typed::<Int64Type>().write_batch(&store.wholes, levels, None)
                    }
                }
                .map_err(failed)?;
                writer.close().map_err(failed)?;
                store.clear();
            }
            group.close().map_err(failed)?;
            self.n = 0;
        }
        self.pass(out)
    }

    /// Hands on what has been put together.
    fn pass(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        self.writer.flush()?;
        out.write_all(self.writer.inner())?;
        self.writer.inner_mut().clear();
        Ok(())
    }

    pub fn end(mut self, out: &mut dyn io::Write) -> io::Result<()> {
        self.put(out)?;
        self.writer.finish().map_err(failed)?;
        self.pass(out)?;
        out.flush()
    }
}

impl Store {
    fn text(&mut self, text: &str) {
        // Rows of one article have much in common.
        let last = self.texts.last().copied();
        let last = last.filter(|(start, end)| self.bytes.get(*start..*end) == Some(text.as_bytes()));
        let place = last.unwrap_or_else(|| {
            let start = self.bytes.len();
            self.bytes.extend_from_slice(text.as_bytes());
            (start, self.bytes.len())
        });
        self.texts.push(place);
    }

    fn maybe(&mut self, text: Option<&str>) {
        self.levels.push(i16::from(text.is_some()));
        if let Some(text) = text {
            self.text(text);
        }
    }

    fn class(&mut self, given: Option<Given<'_>>, classes: &[String]) {
        let number = given.and_then(|given| given.or_none().find_map(|label| number(classes, label)));
        self.levels.push(i16::from(number.is_some()));
        self.wholes.extend(number);
    }

    fn classes(&mut self, given: Option<Given<'_>>, classes: &[String]) {
        let n_before = self.wholes.len();
        let numbers = given.into_iter().flat_map(Given::ids).filter_map(|label| number(classes, label));
        self.wholes.extend(numbers);
        match self.wholes.len() - n_before {
            0 => {
                // An empty list is there, and nothing is not.
                self.levels.push(i16::from(given.is_some()));
                self.begins.push(0);
            }
            n => {
                self.levels.resize(self.levels.len() + n, 2);
                self.begins.push(0);
                self.begins.resize(self.begins.len() + n - 1, 1);
            }
        }
    }

    fn clear(&mut self) {
        let Self { bytes, texts, wholes, truths, levels, begins } = self;
        bytes.clear();
        texts.clear();
        wholes.clear();
        truths.clear();
        levels.clear();
        begins.clear();
    }
}

fn number(classes: &[String], label: &str) -> Option<i64> {
    classes.iter().position(|class| class == label).and_then(|idx| i64::try_from(idx).ok())
}

fn failed(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

fn too_few() -> io::Error {
    io::Error::other("the schema has too few columns")
}

fn write(going: &Going<'_>, out: &mut dyn io::Write) -> io::Result<Counts> {
    let mut columns = columns(going);
    columns.extend(going.what.splits.is_some().then(|| maybe(SPLIT, Kind::Text)));
    let mut table = Table::new(going, columns)?;
    let counts = rows::each(going, |row| table.push(row, going, out))?;
    table.end(out)?;
    Ok(counts)
}

fn check(going: &Going<'_>, from: &mut dyn io::BufRead) -> Result<usize, String> {
    let mut bytes = vec![];
    from.read_to_end(&mut bytes).map_err(unread)?;
    let mut places = Places::new(going);
    look(bytes, &mut places)?;
    Ok(places.n)
}

/// Looks up every row of a file.
pub(in crate::formats) fn look(bytes: Vec<u8>, places: &mut Places<'_, '_>) -> Result<(), String> {
    let reader = SerializedFileReader::new(Bytes::from(bytes)).map_err(unread)?;
    for idx in 0..reader.num_row_groups() {
        let group = reader.get_row_group(idx).map_err(unread)?;
        let (ids, starts, ends) = (texts(&*group, ARTICLE)?, wholes(&*group, START)?, wholes(&*group, END)?);
        let (texts, hashes) = (texts(&*group, TEXT)?, texts(&*group, HASH)?);
        let is_hashed = texts.is_empty();
        let quotes = if is_hashed { &hashes } else { &texts };
        let n = n_rows(&*group);
        if [ids.len(), starts.len(), ends.len(), quotes.len()] != [n; 4] {
            return Err(unread("a row has too few cells"));
        }
        for (((id, start), end), quote) in ids.iter().zip(starts).zip(ends).zip(quotes) {
            let (id, quote) = (id.as_utf8().map_err(unread)?, quote.as_utf8().map_err(unread)?);
            let quote = if is_hashed { Quote::Hash(quote) } else { Quote::Words(quote) };
            let place = |n: i64| usize::try_from(n).map_err(unread);
            places.look(id, (place(start)?, place(end)?), &quote)?;
        }
    }
    Ok(())
}

/// The texts of a column of a group that has one everywhere; none where there is no such column.
fn texts(group: &dyn RowGroupReader, name: &str) -> Result<Vec<ByteArray>, String> {
    let mut texts = vec![];
    if let Some(idx) = place(group, name) {
        let reader = group.get_column_reader(idx).map_err(unread)?;
        let ColumnReader::ByteArrayColumnReader(mut reader) = reader else {
            return Err(unread(format!("`{name}` is no text")));
        };
        reader.read_records(n_rows(group), None, None, &mut texts).map_err(unread)?;
    }
    Ok(texts)
}

fn wholes(group: &dyn RowGroupReader, name: &str) -> Result<Vec<i64>, String> {
    let mut wholes = vec![];
    if let Some(idx) = place(group, name) {
        let reader = group.get_column_reader(idx).map_err(unread)?;
        let ColumnReader::Int64ColumnReader(mut reader) = reader else {
            return Err(unread(format!("`{name}` is no number")));
        };
        reader.read_records(n_rows(group), None, None, &mut wholes).map_err(unread)?;
    }
    Ok(wholes)
}

fn n_rows(group: &dyn RowGroupReader) -> usize {
    usize::try_from(group.metadata().num_rows()).unwrap_or_default()
}

fn place(group: &dyn RowGroupReader, name: &str) -> Option<usize> {
    let columns = group.metadata().columns();
    columns.iter().position(|column| column.column_path().parts().first().is_some_and(|part| part == name))
}
