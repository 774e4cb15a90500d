//! Tables with an article a row: between commas, semicolons, tabs or bars, and in the sheets of a workbook.

use crate::formats::articles::columns::Columns;
use crate::formats::articles::found::{Asked, Column, Doubt, Found};
use crate::formats::articles::rows::Rows;
use crate::formats::cells;
use crate::formats::decode::decode_table;
use crate::formats::reading::{ReadError, Warning};
use crate::formats::workbook;
use crate::text::message;

/// Reads a table in plain text, whatever stands between its cells.
pub(in crate::formats) fn read_plain(bytes: &[u8], asked: Asked<'_>) -> Result<Found, ReadError> {
    let decoded = decode_table(bytes, asked.encoding)?;
    let text = decoded.text.as_bytes();
    let delimiter = delimiter(text);
    let mut rows = Rows::new(asked, decoded.encoding, decoded.warnings);
    let cut_off = cells::open_at_end(text, delimiter);
    let mut reader = reader(text, delimiter);
    let mut record = csv::StringRecord::new();
    let (mut head, mut n): (Option<(usize, Columns)>, usize) = (None, 0);
    let (mut n_ragged, mut first_ragged) = (0_usize, 0);
    // Reading from memory never fails, and lines of different lengths are allowed.
    while let Ok(true) = reader.read_record(&mut record) {
        n += 1;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let Some((n_columns, columns)) = &head else {
            let names: Vec<String> = record.iter().map(str::to_owned).collect();
            head = Some((names.len(), Columns::of(&names, asked.columns)?));
            continue;
        };
        let place = format!("row {n}");
        let ends = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        if cut_off.is_some_and(|at| at < ends) {
            rows.left(place, record.get(0).unwrap_or_default(), "the table is cut off in the middle of it");
            continue;
        }
        let mut doubts = Vec::new();
        if record.len() != *n_columns {
            n_ragged += 1;
            first_ragged = if n_ragged == 1 { n } else { first_ragged };
            let cells =
                if record.len() == 1 { "1 cell".to_owned() } else { format!("{} cells", record.len()) };
            doubts.push(Doubt::Other(format!("{cells} under {n_columns} columns")));
        }
        rows.take(place, columns, &|at| record.get(at), doubts);
    }
    let Some((n_columns, columns)) = head else { return Err(ReadError::NoWords) };
    rows.name(&columns);
    if n_ragged > 0 {
        let n_rows = if n_ragged == 1 { "1 row has".to_owned() } else { format!("{n_ragged} rows have") };
        let why = format!("{n_rows} more or fewer than {n_columns} cells, the first is row {first_ragged}");
        rows.found.warnings.push(Warning(why));
    }
    Ok(rows.found)
}

fn reader(text: &[u8], delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text)
}

/// As many records say what stands between cells, in as many bytes.
const N_LOOK: usize = 100;
const LOOK_BYTES: usize = 1 << 20;

/// What stands between cells: that by which most records have as many as the first.
fn delimiter(text: &[u8]) -> u8 {
    let look = text.get(..text.len().min(LOOK_BYTES)).unwrap_or_default();
    let fitness = |delimiter: u8| {
        let mut reader = reader(look, delimiter);
        let mut record = csv::ByteRecord::new();
        let (mut n_columns, mut n_alike, mut n) = (0, 0_usize, 0_usize);
        while n < N_LOOK && matches!(reader.read_byte_record(&mut record), Ok(true)) {
            n_columns = if n == 0 { record.len() } else { n_columns };
            n_alike += usize::from(record.len() == n_columns);
            n += 1;
        }
        // In thousandths.
        let share = (n_alike * 1000).checked_div(n).unwrap_or(0);
        (n_columns > 1, share / 100, n_columns)
    };
    let all = [b',', b';', b'\t', b'|'].into_iter();
    // Of those that fit alike, the first.
    all.rev().max_by_key(|delimiter| fitness(*delimiter)).unwrap_or(b',')
}

/// A cell of Excel holds no more UTF-16 code units.
const FULL_CELL: usize = 32_767;

/// Reads the sheets of an Excel workbook that have a column of texts.
pub(in crate::formats) fn read_workbook(bytes: &[u8], asked: Asked<'_>) -> Result<Found, ReadError> {
    const WHAT: &str = "an Excel workbook";
    let broken = |why: &str| ReadError::Broken { what: WHAT, why: message::what(why).to_owned() };
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    let mut book = workbook::open_any(bytes).map_err(|why| broken(&why))?;
    let mut rows = Rows::new(asked, "UTF-8", Vec::new());
    let mut first_fault = None;
    let mut n_read = 0_usize;
    let sheets = book.sheets();
    for sheet in &sheets {
        let mut head: Option<Columns> = None;
        let mut fault = None;
        let read = book.each_row(sheet, &mut |n, cells| {
            let Some(columns) = &head else {
                return match Columns::of(cells, asked.columns) {
                    Ok(columns) => {
                        head = Some(columns);
                        Ok(())
                    }
                    Err(why) => {
                        fault = Some(why);
                        Err(String::new())
                    }
                };
            };
            let place = if sheets.len() == 1 { format!("row {n}") } else { format!("{sheet}, row {n}") };
            let text = columns.places(Column::Text).next();
            let is_full = text.and_then(|at| cells.get(at)).is_some_and(|cell| is_full(cell));
            let doubt = Doubt::Other("the cell is full, and the text may go on".to_owned());
            let doubts = is_full.then_some(doubt).into_iter().collect();
            rows.take(place, columns, &|at| cells.get(at).map(String::as_str), doubts);
            Ok(())
        });
        match (fault, read, &head) {
            (Some(fault @ ReadError::Dataset), ..) => return Err(fault),
            (Some(fault), ..) => {
                rows.left(sheet.clone(), "", "a sheet without a column of texts");
                first_fault.get_or_insert(fault);
            }
            (None, Err(why), Some(columns)) => {
                n_read += 1;
                rows.name(columns);
                rows.left(sheet.clone(), "", format!("what comes after is missing, {}", message::what(&why)));
            }
            (None, Err(why), None) => {
                rows.left(sheet.clone(), "", message::what(&why));
                first_fault.get_or_insert(broken(&why));
            }
            (None, Ok(()), Some(columns)) => {
                n_read += 1;
                rows.name(columns);
            }
            (None, Ok(()), None) => {}
        }
    }
    if n_read == 0 { Err(first_fault.unwrap_or(ReadError::NoWords)) } else { Ok(rows.found) }
}

fn is_full(cell: &str) -> bool {
    cell.len() >= FULL_CELL && cell.encode_utf16().count() >= FULL_CELL
}
