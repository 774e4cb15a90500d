//! The cells of an Excel workbook, row by row. What would take more memory than a machine has is refused before the library that
//! reads it sees the bytes: it takes a file at its word.

use crate::formats::datasets::check::unread;
use calamine::{DataRef, ExcelDateTime, Reader as _, Xlsx};
use std::io::{Cursor, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use zip::ZipArchive;

/// Sheets are read piece by piece; other parts, as the list of shared texts, are kept.
const MAX_SHEET_BYTES: u64 = 512 << 20;
const MAX_PART_BYTES: u64 = 64 << 20;
const MAX_WHOLE_BYTES: u64 = 1 << 30;
const MAX_PARTS: usize = 10_000;
/// Between two tags: a cell holds no more than 32,767 characters.
const MAX_RUN_BYTES: usize = 8 << 20;
/// As many columns are looked at; further cells are left out.
const MAX_COLUMNS: usize = 1_024;
/// How an encrypted workbook begins, and one of before 2007.
const OLD_OR_LOCKED: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];

/// A workbook that can be read.
pub(in crate::formats) struct Opened<'a> {
    book: Xlsx<Cursor<&'a [u8]>>,
}

/// Takes a row's number, counted from 1, and its cells as words; an error ends it.
pub(in crate::formats) type TakeCells<'t> = &'t mut dyn FnMut(u64, &[String]) -> Result<(), String>;

/// Opens a workbook that this program has just written.
pub(in crate::formats) fn open(bytes: &[u8]) -> Result<Opened<'_>, String> {
    let opened = caught(|| Xlsx::new(Cursor::new(bytes)).map_err(|error| why(&error)))?;
    Ok(Opened { book: opened? })
}

/// Opens one from elsewhere, after a look at how large it is.
pub(in crate::formats) fn open_any(bytes: &[u8]) -> Result<Opened<'_>, String> {
    if bytes.starts_with(OLD_OR_LOCKED) {
        let hint = "save it as `.xlsx` without a password";
        return Err(format!("it is of before 2007 or has a password\0hint: {hint}"));
    }
    caught(|| measure(bytes))??;
    open(bytes)
}

impl Opened<'_> {
    pub fn sheets(&self) -> Vec<String> {
        self.book.sheet_names()
    }

    /// Calls `take` with each row of a sheet that is not empty.
    pub fn each_row(&mut self, sheet: &str, take: TakeCells<'_>) -> Result<(), String> {
        caught(|| self.rows(sheet, take))?
    }

    fn rows(&mut self, sheet: &str, take: TakeCells<'_>) -> Result<(), String> {
        let mut reader = self.book.worksheet_cells_reader(sheet).map_err(|error| unread(why(&error)))?;
        let (mut at, mut cells): (u32, Vec<String>) = (0, vec![]);
        let mut put = |at: u32, cells: &mut Vec<String>| {
            let is_any = cells.iter().any(|cell| !cell.is_empty());
            let taken = if is_any { take(u64::from(at) + 1, cells) } else { Ok(()) };
            cells.clear();
            taken
        };
        while let Some(cell) = reader.next_cell().map_err(|error| unread(why(&error)))? {
            let (row, column) = cell.get_position();
            if row != at {
                put(at, &mut cells)?;
                at = row;
            }
            let column = usize::try_from(column).unwrap_or(usize::MAX);
            if column >= MAX_COLUMNS || matches!(cell.get_value(), DataRef::Empty) {
                continue;
            }
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            if let Some(place) = cells.get_mut(column) {
                *place = words(cell.get_value());
            }
        }
        put(at, &mut cells)
    }
}

/// The words of a cell, whole numbers without a point and days as `2025-03-02`.
fn words(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(n) => n.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(is) => is.to_string(),
        DataRef::DateTime(at) => moment(at),
        // `#N/A` is what a cell shows, and no word of a dataset.
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn moment(at: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    let day = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { day } else { format!("{day}T{hour:02}:{minute:02}:{second:02}") }
}

/// Whether a workbook is no larger than it may be, whatever it says of itself.
fn measure(bytes: &[u8]) -> Result<(), String> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    if zip.len() > MAX_PARTS {
        return Err(format!("it has {} parts: the limit is {MAX_PARTS}", zip.len()));
    }
    let mut left = MAX_WHOLE_BYTES;
    let mut block = vec![0; 64 * 1024];
    for idx in 0..zip.len() {
        let entry = zip.by_index(idx).map_err(|error| error.to_string())?;
        let name = entry.name().map_err(|error| error.to_string())?.into_owned();
        let is_sheet = name.to_ascii_lowercase().contains("worksheets/");
        let is_xml = name.to_ascii_lowercase().ends_with(".xml");
        let limit = if is_sheet { MAX_SHEET_BYTES } else { MAX_PART_BYTES }.min(left);
        let mut part = Part::default();
        let mut entry = entry.take(limit + 1);
        loop {
            let n = entry.read(&mut block).map_err(|error| error.to_string())?;
            if n == 0 {
                break;
            }
            part.see(block.get(..n).unwrap_or_default());
            if is_xml && part.longest > MAX_RUN_BYTES {
                return Err(format!("one of its cells has more than {} MiB", MAX_RUN_BYTES >> 20));
            }
        }
        if part.n > limit {
            return Err(format!("its part `{}` has more than {} MiB", short(&name), limit >> 20));
        }
        part.end()?;
        left -= part.n;
    }
    Ok(())
}

/// What is known of a part that has been seen so far.
#[derive(Default)]
struct Part {
    n: u64,
    /// Since the last tag began, and the most of them.
    run: usize,
    longest: usize,
    /// The last bytes, in which a word may have begun.
    tail: Vec<u8>,
    /// The most texts that it says it has.
    says: u64,
}

/// As many texts are made ready as this word says, before the first of them is read.
const WORD: &[u8] = b"uniqueCount";
const MAX_AFTER: usize = 64;

impl Part {
    fn see(&mut self, bytes: &[u8]) {
        self.n += bytes.len() as u64;
        let mut from = 0;
        for at in memchr::memchr_iter(b'<', bytes) {
            self.longest = self.longest.max(self.run + at - from);
            (self.run, from) = (0, at);
        }
        self.run += bytes.len() - from;
        self.longest = self.longest.max(self.run);
        let mut whole = std::mem::take(&mut self.tail);
        whole.extend_from_slice(bytes);
        for at in memchr::memmem::find_iter(&whole, WORD) {
            let rest = whole.get(at + WORD.len()..).unwrap_or_default();
            let digits = rest.iter().take(MAX_AFTER).skip_while(|byte| !byte.is_ascii_digit());
            let said: String =
                digits.take_while(|byte| byte.is_ascii_digit()).map(|byte| char::from(*byte)).collect();
            let said = if said.is_empty() { 0 } else { said.parse().unwrap_or(u64::MAX) };
            self.says = self.says.max(said);
        }
        let keep = whole.len().saturating_sub(WORD.len() + MAX_AFTER);
        self.tail = whole.split_off(keep);
    }

    fn end(&self) -> Result<(), String> {
        if self.says <= self.n {
            return Ok(());
        }
        Err(format!("it says that it has {} texts, and has {} bytes of them", self.says, self.n))
    }
}

/// What a function gives that may panic on odd bytes.
pub(in crate::formats) fn caught<T>(read: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(read)).map_err(|_| "something in it is not as it should be".to_owned())
}

fn why(error: &calamine::XlsxError) -> String {
    short(&error.to_string())
}

/// Words of the file for a message.
pub(in crate::formats) fn short(text: &str) -> String {
    text.chars().filter(|c| *c != '`' && !c.is_control()).take(120).collect()
}
