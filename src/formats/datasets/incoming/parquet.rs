//! Parquet, ours and what others write: a row a sentence, columns by their names. A folder of Hugging Face is the files in it, one
//! after the other.
//!
//! A number under a label is its name where the schema has names of classes (`huggingface`).

use crate::analysis::incoming::{Incoming, Left};
use crate::formats::datasets::incoming::parquet_pages::{self as pages, MAX_ROWS};
use crate::formats::datasets::incoming::rows::{Of, RowIn, Rows, columns};
use crate::formats::datasets::incoming::{Source, Told, Unreadable, table};
use crate::formats::time::Clockwork;
use crate::formats::workbook::{caught, short};
use crate::model::ids::Stamp;
use bytes::Bytes;
use parquet::basic::{ConvertedType, LogicalType, Repetition, TimeUnit};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::file::reader::{FileReader as _, RowGroupReader, SerializedFileReader};
use parquet::schema::types::{ColumnDescriptor, SchemaDescriptor};
use serde_json::Value;
use std::collections::BTreeMap;

/// So many rows are read at once.
const BATCH: usize = 4096;

pub(super) fn read(source: &Source<'_>) -> Result<Incoming, Unreadable> {
    let (mut rows, mut left, mut n) = (Rows::default(), Vec::new(), 0_u64);
    let files: Vec<_> = source.files.iter().filter(|file| file.name.ends_with(".parquet")).collect();
    // A single file is Parquet under whatever name.
    let files = if files.is_empty() { source.files.iter().take(1).collect() } else { files };
    for file in &files {
        let read = caught(|| one((&file.bytes, source.told), &mut rows, &mut left, &mut n));
        match read.unwrap_or_else(|why| Err(Unreadable::NoParquet(why))) {
            Err(why) if files.len() == 1 && n == 0 => return Err(why),
            Err(why) => left.push(Left::new(0, format!("{}: {why}", file.name))),
            Ok(()) => {}
        }
    }
    if n == 0 {
        let named = left.into_iter().next().map(|left| Unreadable::NoParquet(left.why));
        return Err(named.unwrap_or(Unreadable::Empty));
    }
    Ok(rows.end(left))
}

fn one(
    (bytes, told): (&[u8], Told<'_>),
    rows: &mut Rows,
    left: &mut Vec<Left>,
    n: &mut u64,
) -> Result<(), Unreadable> {
    let no = |why: String| Unreadable::NoParquet(short(&why));
    if bytes.is_empty() {
        return Err(Unreadable::Empty);
    }
    pages::footer(bytes).map_err(no)?;
    let bytes = Bytes::copy_from_slice(bytes);
    let reader = SerializedFileReader::new(bytes.clone()).map_err(|error| no(error.to_string()))?;
    let metadata = reader.metadata();
    let names = class_names(metadata.file_metadata().key_value_metadata());
    let wanted = wanted(metadata.file_metadata().schema_descr(), &names)?;
    let leaves: Vec<usize> = wanted.iter().map(|column| column.leaf).collect();
    pages::measure(&bytes, metadata, &leaves).map_err(no)?;
    for idx in 0..reader.num_row_groups() {
        let group = reader.get_row_group(idx).map_err(|error| no(error.to_string()))?;
        let n_before = *n;
        if let Err(why) = of_group((&*group, told), &wanted, rows, left, n) {
            if *n == 0 {
                return Err(no(why));
            }
            left.push(Left::new(
                n_before + 1,
                format!("the rows from here on cannot be read: {}", short(&why)),
            ));
        }
    }
    Ok(())
}

/// A column that is read.
struct Wanted {
    of: Of,
    leaf: usize,
    /// The names of the classes, where it has any.
    classes: Vec<String>,
    /// How deep a value stands, and whether there may be no list.
    depth: i16,
    is_list: bool,
    may_miss: bool,
    means: Means,
}

/// What a number in a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Means {
    Itself,
    Day,
    /// A moment, so many of which are a second.
    Moment(i64),
}

fn wanted(
    schema: &SchemaDescriptor,
    names: &BTreeMap<String, Vec<String>>,
) -> Result<Vec<Wanted>, Unreadable> {
    let root = |leaf: usize| schema.column(leaf).path().parts().first().cloned().unwrap_or_default();
    // What stands inside of another value is none of ours, but for lists.
    let is_plain = |column: &ColumnDescriptor| {
        let n = column.path().parts().len();
        n == 1 && column.max_rep_level() == 0 || column.max_rep_level() == 1 && n == 3
    };
    let leaves: Vec<usize> =
        (0..schema.num_columns()).filter(|leaf| is_plain(&schema.column(*leaf))).collect();
    let roots: Vec<String> = leaves.iter().map(|leaf| root(*leaf)).collect();
    let mut wanted = vec![];
    for (of, place) in columns(&roots) {
        let (Some(leaf), Some(name)) = (leaves.get(place).copied(), roots.get(place)) else { continue };
        let column = schema.column(leaf);
        let may_miss = schema.get_column_root(leaf).get_basic_info().repetition() == Repetition::OPTIONAL;
        wanted.push(Wanted {
            of,
            leaf,
            classes: names.get(name).cloned().unwrap_or_default(),
            depth: column.max_def_level(),
            is_list: column.max_rep_level() > 0,
            may_miss,
            means: means(&column),
        });
    }
    let has = |of: Of| wanted.iter().any(|column| column.of == of);
    if !has(Of::Labels) && !has(Of::Label) {
        return Err(Unreadable::NoColumn("labels"));
    }
    let has_place = has(Of::Start) && has(Of::End);
    if !has(Of::Text) && !has(Of::Sentence) && !has_place {
        return Err(Unreadable::NoColumn("the sentence"));
    }
    Ok(wanted)
}

fn means(column: &ColumnDescriptor) -> Means {
    match (column.logical_type_ref(), column.converted_type()) {
        (Some(LogicalType::Date), _) | (None, ConvertedType::DATE) => Means::Day,
        (Some(LogicalType::Timestamp(of)), _) => Means::Moment(match of.unit {
            TimeUnit::MILLIS => 1_000,
            TimeUnit::MICROS => 1_000_000,
            TimeUnit::NANOS => 1_000_000_000,
        }),
        (None, ConvertedType::TIMESTAMP_MILLIS) => Means::Moment(1_000),
        (None, ConvertedType::TIMESTAMP_MICROS) => Means::Moment(1_000_000),
        _ => Means::Itself,
    }
}

/// The names of the classes of each column.
fn class_names(keys: Option<&Vec<parquet::file::metadata::KeyValue>>) -> BTreeMap<String, Vec<String>> {
    let key =
        keys.into_iter().flatten().find(|key| key.key == "huggingface").and_then(|key| key.value.as_deref());
    let said: Value = key.and_then(|said| serde_json::from_str(said).ok()).unwrap_or_default();
    let features = said.pointer("/info/features").and_then(Value::as_object).cloned().unwrap_or_default();
    let names = |feature: &Value| {
        // A list of them says so in one of three ways.
        let of = [Some(feature), feature.get("feature"), feature.get(0)];
        let names = of.into_iter().flatten().find_map(|one| one.get("names")?.as_array().cloned())?;
        Some(names.iter().map(|name| name.as_str().unwrap_or_default().to_owned()).collect())
    };
    features.iter().filter_map(|(column, feature)| Some((column.clone(), names(feature)?))).collect()
}

/// A cell: its words; none = nothing is there.
type Cell = Option<Vec<String>>;

fn of_group(
    (group, told): (&dyn RowGroupReader, Told<'_>),
    wanted: &[Wanted],
    rows: &mut Rows,
    left: &mut Vec<Left>,
    n: &mut u64,
) -> Result<(), String> {
    let mut columns = vec![];
    for column in wanted {
        let reader = group.get_column_reader(column.leaf).map_err(|error| error.to_string())?;
        columns.push((column, reader));
    }
    loop {
        let mut cells: BTreeMap<Of, std::vec::IntoIter<Cell>> = BTreeMap::new();
        let mut n_rows = None;
        for (column, reader) in &mut columns {
            let read = batch(column, reader)?;
            if n_rows.is_some_and(|n| n != read.len()) {
                return Err("its columns have different lengths".to_owned());
            }
            n_rows = Some(read.len());
            cells.insert(column.of, read.into_iter());
        }
        let n_rows = n_rows.unwrap_or_default();
        if n_rows == 0 {
            return Ok(());
        }
        for _ in 0..n_rows {
            told.row().map_err(|stopped| stopped.to_string())?;
            *n += 1;
            if *n > MAX_ROWS {
                return Err(format!("it has more than {MAX_ROWS} rows"));
            }
            let mut row: BTreeMap<Of, Cell> =
                cells.iter_mut().map(|(of, cells)| (*of, cells.next().flatten())).collect();
            if let Err(why) = push(&mut row, wanted, rows, *n) {
                left.push(Left::new(*n, why));
            }
        }
    }
}

fn push(row: &mut BTreeMap<Of, Cell>, wanted: &[Wanted], rows: &mut Rows, line: u64) -> Result<(), String> {
    let of = if row.contains_key(&Of::Labels) { Of::Labels } else { Of::Label };
    let column = wanted.iter().find(|column| column.of == of);
    let labels = match (row.remove(&of).flatten(), column) {
        (Some(words), Some(column)) => labels(words, column)?,
        _ => None,
    };
    let is_answered = row.get(&Of::Answered).and_then(|cell| cell.as_ref()?.first().cloned());
    let labels = labels.filter(|_| is_answered.as_deref() != Some("false"));
    let cell = |of: Of| row.get(&of).and_then(|cell| cell.as_ref()?.first().cloned());
    rows.push(RowIn { line, cell: &cell, labels })
}

/// The labels of a cell: a list as it is, numbers by the names of the classes, words as those of any table.
fn labels(words: Vec<String>, column: &Wanted) -> Result<Option<Vec<String>>, String> {
    if !column.classes.is_empty() {
        let class = |word: &String| match word.parse::<i64>() {
            // As `datasets` has it for what nobody labelled.
            Ok(-1) => Ok(None),
            Ok(number) => {
                let name = usize::try_from(number).ok().and_then(|number| column.classes.get(number));
                name.cloned().map(Some).ok_or_else(|| format!("`{number}` is no class of this dataset"))
            }
            Err(_) => Ok(Some(word.clone())),
        };
        let classes: Vec<Option<String>> = words.iter().map(class).collect::<Result<_, _>>()?;
        let is_open = !column.is_list && classes.iter().all(Option::is_none);
        return Ok((!is_open).then(|| classes.into_iter().flatten().collect()));
    }
    if column.is_list {
        return Ok(Some(words));
    }
    words.first().map_or(Ok(None), |cell| table::words(cell))
}

/// The next cells of a column.
fn batch(column: &Wanted, reader: &mut ColumnReader) -> Result<Vec<Cell>, String> {
    let number = |n: i64| match column.means {
        Means::Itself => n.to_string(),
        Means::Day => moment(n.saturating_mul(86_400)),
        Means::Moment(per_second) => moment(n.div_euclid(per_second)),
    };
    match reader {
        ColumnReader::BoolColumnReader(reader) => cells(column, reader, |is| Ok(is.to_string())),
        ColumnReader::Int32ColumnReader(reader) => cells(column, reader, |n| Ok(number(i64::from(*n)))),
        ColumnReader::Int64ColumnReader(reader) => cells(column, reader, |n| Ok(number(*n))),
        ColumnReader::FloatColumnReader(reader) => cells(column, reader, |n| Ok(n.to_string())),
        ColumnReader::DoubleColumnReader(reader) => cells(column, reader, |n| Ok(n.to_string())),
        ColumnReader::ByteArrayColumnReader(reader) => {
            cells(column, reader, |text| Ok(text.as_utf8().map_err(|_| "a text is not UTF-8")?.to_owned()))
        }
        _ => Err("a column has values that are neither texts nor numbers".to_owned()),
    }
}

fn moment(seconds: i64) -> String {
    let mut text = String::new();
    Clockwork::default().push(&mut text, Stamp(seconds));
    text.strip_suffix("T00:00:00Z").map(str::to_owned).unwrap_or(text)
}

fn cells<T: DataType>(
    column: &Wanted,
    reader: &mut ColumnReaderImpl<T>,
    word: impl Fn(&T::T) -> Result<String, String>,
) -> Result<Vec<Cell>, String> {
    let (mut depths, mut begins, mut values) = (vec![], vec![], vec![]);
    let is_deep = column.depth > 0;
    let (n_rows, ..) = reader
        .read_records(
            BATCH,
            is_deep.then_some(&mut depths),
            column.is_list.then_some(&mut begins),
            &mut values,
        )
        .map_err(|error| error.to_string())?;
    let mut values = values.iter();
    let mut next = || values.next().ok_or_else(|| "a value is missing".to_owned()).and_then(&word);
    if !is_deep {
        return (0..n_rows).map(|_| Ok(Some(vec![next()?]))).collect();
    }
    let mut cells: Vec<Cell> = Vec::with_capacity(n_rows);
    for (idx, depth) in depths.iter().enumerate() {
        let is_there = *depth == column.depth;
        let word = is_there.then(&mut next).transpose()?;
        if !column.is_list {
            cells.push(word.map(|word| vec![word]));
        } else if begins.get(idx).is_none_or(|begin| *begin == 0) {
            let is_list = *depth > 0 || !column.may_miss;
            cells.push(is_list.then(|| word.into_iter().collect()));
        } else if let (Some(Some(list)), Some(word)) = (cells.last_mut(), word) {
            list.push(word);
        }
    }
    Ok(cells)
}
