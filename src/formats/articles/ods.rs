//! Spreadsheets of `LibreOffice` (`.ods`) with an article a row, by the walk that reads its texts.
//!
//! A row or cell that says it stands there many times is taken once: such a file has a million of them in a hundred bytes.

use crate::formats::articles::columns::Columns;
use crate::formats::articles::found::{Asked, Found};
use crate::formats::articles::packed::Packed;
use crate::formats::articles::rows::Rows;
use crate::formats::articles::xml::{Node, Tag, walk};
use crate::formats::reading::{ReadError, Warning};
use crate::formats::{Format, Reads, Thing, Writes};

pub(in crate::formats) const FORMAT: Format = Format {
    id: "ods",
    name: "OpenDocument spreadsheet",
    extensions: &["ods", "fods"],
    reads: Reads::Articles(read),
    writes: Writes::Nothing,
    keeps: &[Thing::Text, Thing::Metadata],
};

const WHAT: &str = "an OpenDocument spreadsheet";
/// As many columns are looked at; further cells are left out.
const MAX_COLUMNS: usize = 1024;
/// What is in no cell although it stands in one.
const SKIPPED: [&str; 4] = ["annotation", "forms", "shapes", "tracked-changes"];
const MOST_BLANKS: usize = 64;

fn read(bytes: &[u8], asked: Asked<'_>) -> Result<Found, ReadError> {
    let is_flat = !bytes.starts_with(b"PK") && memchr::memmem::find(bytes, b"office:document").is_some();
    let content = if is_flat { bytes.to_vec() } else { Packed::open(WHAT, bytes)?.needed("content.xml")? };
    let mut sheets = Sheets::of(asked);
    if let Some(fault) = walk(&content, |node| sheets.take(node)) {
        sheets.end_row();
        sheets
            .rows
            .found
            .warnings
            .push(Warning(format!("the document is {fault}: what comes after is missing")));
    }
    match sheets.fault {
        Some(fault) if sheets.n_read == 0 || fault == ReadError::Dataset => Err(fault),
        None if sheets.n_read == 0 => Err(ReadError::NoWords),
        _ => Ok(sheets.rows.found),
    }
}

/// The walk through the content.
struct Sheets<'a> {
    rows: Rows<'a>,
    asked: Asked<'a>,
    /// Elements that are passed over, one in the other.
    skipped: usize,
    sheet: String,
    n_begun: usize,
    head: Head,
    /// Sheets with a column of texts, and why the first other one has none.
    n_read: usize,
    fault: Option<ReadError>,
    /// The number of the row, how often it says that it stands there, and its cells.
    row: u64,
    n_alike: u64,
    cells: Vec<String>,
    /// The cell that is open, if one is.
    cell: Option<Cell>,
}

/// What the first row of a sheet says.
enum Head {
    /// It is yet to come.
    None,
    /// It names no column of texts.
    Unfit,
    Of(Columns),
}

#[derive(Default)]
struct Cell {
    /// A date as the file has it, whatever the cell shows.
    value: Option<String>,
    text: String,
    n_alike: usize,
    n_paragraphs: usize,
}

impl<'a> Sheets<'a> {
    fn of(asked: Asked<'a>) -> Self {
        Self {
            rows: Rows::new(asked, "UTF-8", Vec::new()),
            asked,
            skipped: 0,
            sheet: String::new(),
            n_begun: 0,
            head: Head::None,
            n_read: 0,
            fault: None,
            row: 0,
            n_alike: 1,
            cells: Vec::new(),
            cell: None,
        }
    }

    fn take(&mut self, node: Node<'_>) {
        match node {
            Node::Open(tag) if self.skipped > 0 || SKIPPED.contains(&tag.name) => self.skipped += 1,
            Node::Close(_) if self.skipped > 0 => self.skipped -= 1,
            Node::Text(_) if self.skipped > 0 => {}
            Node::Open(tag) => self.open(&tag),
            Node::Close("table-cell" | "covered-table-cell") => self.end_cell(),
            Node::Close("table-row") => self.end_row(),
            Node::Close(_) => {}
            Node::Text(text) => self.push(text),
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        let number = |name: &str| tag.attr(name).and_then(|n| n.parse::<u64>().ok()).unwrap_or(1).max(1);
        match tag.name {
            "table" => {
                self.sheet = tag.attr("name").unwrap_or_default();
                self.n_begun += 1;
                (self.head, self.row) = (Head::None, 0);
            }
            "table-row" => {
                self.cells.clear();
                self.n_alike = number("number-rows-repeated");
            }
            "table-cell" | "covered-table-cell" => {
                self.end_cell();
                let n_alike = usize::try_from(number("number-columns-repeated")).unwrap_or(usize::MAX);
                self.cell = Some(Cell { value: tag.attr("date-value"), n_alike, ..Cell::default() });
            }
            "p" => {
                if let Some(cell) = &mut self.cell {
                    cell.text.push_str(if cell.n_paragraphs > 0 { "\n" } else { "" });
                    cell.n_paragraphs += 1;
                }
            }
            "s" => {
                let n = usize::try_from(number("c")).unwrap_or(1).min(MOST_BLANKS);
                self.push(&" ".repeat(n));
            }
            "tab" => self.push("\t"),
            "line-break" => {
                if let Some(cell) = &mut self.cell {
                    cell.text.push('\n');
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(cell) = self.cell.as_mut().filter(|cell| cell.n_paragraphs > 0) {
            cell.text.extend(text.chars().map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c }));
        }
    }

    fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        let words = cell.value.unwrap_or(cell.text);
        let n = cell.n_alike.min(MAX_COLUMNS.saturating_sub(self.cells.len()));
        // What is long stands in one cell.
        let is_long = words.len() > 256;
        for idx in 0..n {
            self.cells.push(if is_long && idx > 0 { String::new() } else { words.clone() });
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        let (number, n_alike) = (self.row + 1, std::mem::replace(&mut self.n_alike, 1));
        self.row = self.row.saturating_add(n_alike);
        let cells = std::mem::take(&mut self.cells);
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        let columns = match &self.head {
            Head::Unfit => return,
            Head::Of(columns) => columns,
            Head::None => {
                match Columns::of(&cells, self.asked.columns) {
                    Ok(columns) => {
                        self.n_read += 1;
                        self.rows.name(&columns);
                        self.head = Head::Of(columns);
                    }
                    Err(fault) => {
                        self.head = Head::Unfit;
                        let why = "a sheet without a column of texts";
                        self.rows.left(self.sheet.clone(), "", why);
                        self.fault.get_or_insert(fault);
                    }
                }
                return;
            }
        };
        let place =
            |n: u64| if self.n_begun < 2 { format!("row {n}") } else { format!("{}, row {n}", self.sheet) };
        let (here, next) = (place(number), place(number + 1));
        self.rows.take(here, columns, &|at| cells.get(at).map(String::as_str), Vec::new());
        if n_alike > 1 {
            let why = format!("the same as the row before, {} times", n_alike - 1);
            self.rows.left(next, "", why);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::articles::office::testing::packed;

    fn sheet(rows: &str) -> Vec<u8> {
        let body = format!("<table:table table:name='A'>{rows}</table:table>");
        packed(&[(
            "content.xml",
            &format!(
                "<office:document-content><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
            ),
        )])
    }

    fn row(cells: &[&str]) -> String {
        let cell = |text: &&str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
        format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>())
    }

    #[test]
    fn rows_are_articles() {
        let date = "<table:table-row><table:table-cell><text:p>Depot burnt</text:p></table:table-cell>\
            <table:table-cell office:value-type='date' office:date-value='2006-03-14T00:00:00'><text:p>14.03.06</text:p></table:table-cell>\
            <table:table-cell><office:annotation><text:p>mine</text:p></office:annotation><text:p>It<text:s text:c='2'/>burnt.</text:p>\
            <text:p>Nobody was hurt.</text:p></table:table-cell></table:table-row>";
        let found = read(
            &sheet(&(row(&["title", "date", "text"]) + date + &row(&["Empty", "", ""]))),
            Asked::default(),
        )
        .unwrap();
        let [article] = found.articles.as_slice() else { panic!("{found:?}") };
        assert_eq!(article.text, "Depot burnt\n\nIt  burnt.\nNobody was hurt.");
        assert_eq!(
            (article.place.as_str(), article.meta.published.as_deref()),
            ("row 2", Some("2006-03-14"))
        );
        let [left] = found.left.as_slice() else { panic!("{found:?}") };
        assert_eq!(
            (left.place.as_str(), left.title.as_str(), left.why.as_str()),
            ("row 3", "Empty", "no text in it")
        );
    }

    #[test]
    fn what_stands_there_a_million_times_is_taken_once() {
        let bomb = "<table:table-row table:number-rows-repeated='1048576'><table:table-cell table:number-columns-repeated='16384'>\
            <text:p>It burnt.</text:p></table:table-cell></table:table-row>";
        let found = read(&sheet(&(row(&["text"]) + bomb)), Asked::default()).unwrap();
        assert_eq!(found.articles.len(), 1);
        assert_eq!(found.left.first().unwrap().why, "the same as the row before, 1048575 times");
    }

    #[test]
    fn a_sheet_without_texts_is_said() {
        let why = read(&sheet(&row(&["title", "url"])), Asked::default()).unwrap_err().to_string();
        assert!(why.contains("`title`, `url`"), "{why}");
    }
}
