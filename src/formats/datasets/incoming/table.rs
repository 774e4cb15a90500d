//! Tables of sentences, between commas, semicolons or tabs: our own, and those of others by the names of their columns.

use crate::analysis::incoming::{Incoming, Left};
use crate::formats::cells::{self, Lines};
use crate::formats::datasets::incoming::rows::{Of, RowIn, Rows, columns};
use crate::formats::datasets::incoming::{Source, Unreadable, values};
use std::collections::BTreeMap;

pub(super) fn read(source: &Source<'_>) -> Result<Incoming, Unreadable> {
    let is_for_excel = source.bytes().starts_with(b"\xEF\xBB\xBF");
    let text = values::unicode(source.bytes());
    let bytes: &[u8] = &text;
    let delimiter = cells::delimiter(bytes).ok_or(Unreadable::Empty)?;
    if let Some(at) = cells::open_at_end(bytes, delimiter) {
        return Err(Unreadable::CutOff(Lines::of(bytes).line_of(at)));
    }
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bytes);
    let mut record = csv::ByteRecord::new();
    let (mut rows, mut left) = (Rows::default(), Vec::new());
    let (mut lines, mut head) = (Lines::of(bytes), None);
    // Reading from memory never fails, and lines of different lengths are allowed.
    while let Ok(true) = reader.read_byte_record(&mut record) {
        let start = record.position().map_or(0, csv::Position::byte);
        let line = lines.line_of(usize::try_from(start).unwrap_or(usize::MAX));
        source.told.row()?;
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        let Some(head) = &head else {
            head = Some(Head::of(&record)?);
            continue;
        };
        if let Err(why) = row(&record, head, is_for_excel, line, &mut rows) {
            left.push(Left::new(line, why));
        }
    }
    if head.is_some() { Ok(rows.end(left)) } else { Err(Unreadable::Empty) }
}

/// The first line.
pub(super) struct Head {
    columns: BTreeMap<Of, usize>,
    /// Columns of 0 and 1, each with its label.
    zero_one: Vec<(usize, String)>,
    n: usize,
}

impl Head {
    pub(super) fn of(record: &csv::ByteRecord) -> Result<Self, Unreadable> {
        let names: Vec<String> =
            record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
        let columns = columns(&names);
        let prefixed =
            |(idx, name): (usize, &String)| Some((idx, name.trim().strip_prefix("label_")?.to_owned()));
        let zero_one: Vec<_> = names.iter().enumerate().filter_map(prefixed).collect();
        let has = |of: &[Of]| of.iter().any(|of| columns.contains_key(of));
        if !has(&[Of::Labels, Of::Label]) && zero_one.is_empty() {
            return Err(Unreadable::NoColumn("labels"));
        }
        let has_place =
            has(&[Of::Sentence]) || columns.contains_key(&Of::Start) && columns.contains_key(&Of::End);
        if !has(&[Of::Text]) && !has_place {
            return Err(Unreadable::NoColumn("the sentence"));
        }
        Ok(Self { columns, zero_one, n: names.len() })
    }

    /// How many columns there are.
    pub(super) fn n(&self) -> usize {
        self.n
    }
}

/// Takes a row as its head says.
pub(super) fn row(
    record: &csv::ByteRecord,
    head: &Head,
    is_for_excel: bool,
    line: u64,
    rows: &mut Rows,
) -> Result<(), String> {
    if record.len() != head.n {
        return Err(format!("{} cells under {} columns", record.len(), head.n));
    }
    if record.as_slice().contains(&0) {
        return Err("a NUL character stands in it".to_owned());
    }
    if record.iter().any(|cell| std::str::from_utf8(cell).is_err()) {
        return Err("not UTF-8".to_owned());
    }
    let at = |idx: usize| {
        let cell = std::str::from_utf8(record.get(idx).unwrap_or_default()).unwrap_or_default();
        if is_for_excel { unguarded(cell) } else { cell }
    };
    let cell = |of: Of| head.columns.get(&of).map(|idx| at(*idx).to_owned());
    let said = cell(Of::Labels).or_else(|| cell(Of::Label));
    let labels = match said {
        Some(said) => words(&said),
        None => zero_one(head, at),
    };
    rows.push(RowIn { line, cell: &cell, labels: labels? })
}

/// The labels that have 1 in columns of their own; only empty cells are no answer.
fn zero_one<'a>(head: &Head, at: impl Fn(usize) -> &'a str) -> Result<Option<Vec<String>>, String> {
    let given: Vec<_> = head.zero_one.iter().map(|(idx, label)| (at(*idx).trim(), label)).collect();
    if let Some((odd, label)) = given.iter().find(|(cell, _)| !["", "0", "1"].contains(cell)) {
        return Err(format!("`{odd}` under `label_{label}`, where 0 or 1 is meant"));
    }
    let is_answered = given.iter().any(|(cell, _)| !cell.is_empty());
    let words = given.into_iter().filter(|(cell, _)| *cell == "1").map(|(_, label)| label.clone());
    Ok(is_answered.then(|| words.collect()))
}

/// The words of a cell: joined by `|`, `#` or `;`, or as a list of JSON; an empty cell is no answer.
pub(super) fn words(cell: &str) -> Result<Option<Vec<String>>, String> {
    let cell = cell.trim();
    if cell.is_empty() {
        return Ok(None);
    }
    if cell.starts_with('[') && cell.ends_with(']') {
        let list: Vec<String> = serde_json::from_str(cell)
            .map_err(|_| format!("`{}` is no list of labels", cell.replace('`', "'")))?;
        return Ok(Some(list));
    }
    let between = ['|', '#', ';'].into_iter().find(|sign| cell.contains(*sign)).unwrap_or('|');
    Ok(Some(cell.split(between).map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()))
}

/// A cell without the sign that keeps a spreadsheet from taking it for a formula.
fn unguarded(cell: &str) -> &str {
    let is_formula = cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']);
    cell.strip_prefix('\'').filter(|_| is_formula).unwrap_or(cell)
}
