//! A table of answers to be read into a project: `label --from`.
//!
//! Columns are found by name, in any order and any case: `article` or `article_id`, `sentence` or `sentence_id`, `labels`, and if
//! wanted `unsure`, `note`, `coder`, and `reason` where decisions are read; others are ignored, so that an exported table can be read back. Cells stand between commas,
//! or between semicolons or tabs if the first line has no comma. An empty cell changes nothing,
//! and neither does a row of empty cells.

use crate::formats::cells::{self, Lines};
use crate::formats::datasets::csv;
use crate::formats::datasets::rows;
use crate::formats::decode;
use crate::model::ids::{ArticleId, CoderId, LabelId, Span};
use crate::model::plan::Answer;

/// A sentence as people name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    Span(Span),
    /// `#7` is the seventh: counted from 1.
    Nth(usize),
}

impl Which {
    /// Reads `122-268` or `#7`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        match text.strip_prefix('#') {
            Some(number) => {
                let plain = number.bytes().all(|byte| byte.is_ascii_digit());
                number.parse().ok().filter(|nth| plain && *nth > 0).map(Self::Nth)
            }
            None => Span::parse(text).map(Self::Span),
        }
    }
}

impl std::fmt::Display for Which {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Span(span) => span.fmt(f),
            Self::Nth(nth) => write!(f, "#{nth}"),
        }
    }
}

/// What one line says about one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelRow {
    /// The line it begins on, counted from 1; 0 where no table is read.
    pub line: u64,
    pub article: ArticleId,
    pub sentence: Which,
    /// Absent = the answer stays as it is.
    pub answer: Option<Answer>,
    /// Absent = stays as it is.
    pub unsure: Option<bool>,
    /// Absent = stays as it is; empty takes the note away.
    pub note: Option<String>,
    /// Absent = whoever reads the table in.
    pub coder: Option<CoderId>,
    /// Why it is decided so; empty = no reason is given.
    pub reason: String,
}

/// A line that cannot be read in, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    pub line: u64,
    pub reason: String,
}

impl std::fmt::Display for BadLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

/// Why a table is no table of answers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    #[error("the table is empty\0hint: its first line names the columns `article,sentence,labels`")]
    Empty,
    #[error(
        "the first line names no column `{0}`\0hint: it has to name `article`, `sentence` and `labels`, and may name `unsure`, \
         `note` and `coder`"
    )]
    NoColumn(&'static str),
    #[error("the first line names column `{0}` twice\0hint: take one of them out")]
    ColumnTwice(&'static str),
    #[error(
        "the table is cut off inside a cell that begins in line {0}\0hint: get it again, or close the quote that opens the cell"
    )]
    CutOff(u64),
}

/// What a table says, and its lines that say nothing that can be understood.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Table {
    pub rows: Vec<LabelRow>,
    pub bad: Vec<BadLine>,
    /// Lines that were understood in spite of what a spreadsheet did to them.
    pub notes: Vec<BadLine>,
    /// Whether it is an exported gold layer, which is no coder's.
    pub is_gold: bool,
}

/// Places of the columns in a line.
struct Columns {
    article: usize,
    sentence: usize,
    labels: usize,
    start: Option<usize>,
    end: Option<usize>,
    unsure: Option<usize>,
    note: Option<usize>,
    coder: Option<usize>,
    reason: Option<usize>,
    layer: Option<usize>,
    n: usize,
    /// Whether a sign was put before cells that a spreadsheet would take for formulas.
    from_excel: bool,
}

/// Reads a table, in UTF-8 or UTF-16; whether it fits a project is another question.
pub fn read(bytes: &[u8]) -> Result<Table, TableError> {
    let from_utf16 = decode::from_utf16(bytes).map(|(text, ..)| text);
    let bytes = from_utf16.as_ref().map_or(bytes, String::as_bytes);
    let (bytes, from_excel) = match bytes.strip_prefix(csv::BOM) {
        Some(bytes) => (bytes, true),
        None => (bytes, false),
    };
    let delimiter = cells::delimiter(bytes).ok_or(TableError::Empty)?;
    if let Some(at) = cells::open_at_end(bytes, delimiter) {
        let line = Lines::of(bytes).line_of(at);
        return Err(TableError::CutOff(line));
    }
    let mut reader =
        ::csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bytes);
    let mut record = ::csv::ByteRecord::new();
    let mut columns = None;
    let mut table = Table::default();
    let mut lines = Lines::of(bytes);
    // Reading from memory never fails, and lines of different lengths are allowed.
    while let Ok(true) = reader.read_byte_record(&mut record) {
        let start = record.position().map_or(0, ::csv::Position::byte);
        let line = lines.line_of(usize::try_from(start).unwrap_or(usize::MAX));
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        let Some(columns) = &columns else {
            columns = Some(Columns { from_excel, ..Columns::of(&record)? });
            continue;
        };
        let layer = columns.layer.and_then(|idx| record.get(idx));
        table.is_gold |= layer.is_some_and(|layer| layer == rows::GOLD.as_bytes());
        match row(&record, columns, line) {
            Ok((row, note)) => {
                table.rows.push(row);
                table.notes.extend(note.map(|reason| BadLine { line, reason }));
            }
            Err(reason) => table.bad.push(BadLine { line, reason }),
        }
    }
    if columns.is_some() { Ok(table) } else { Err(TableError::Empty) }
}

impl Columns {
    fn of(header: &::csv::ByteRecord) -> Result<Self, TableError> {
        let names: Vec<String> =
            header.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_lowercase()).collect();
        let find = |name: &'static str, long: &str| {
            let mut places = (0..).zip(&names).filter(|(_, n)| *n == name || *n == long).map(|(idx, _)| idx);
            let place = places.next();
            if places.next().is_some() { Err(TableError::ColumnTwice(name)) } else { Ok(place) }
        };
        let must = |name: &'static str, long: &str| find(name, long)?.ok_or(TableError::NoColumn(name));
        Ok(Self {
            article: must("article", "article_id")?,
            sentence: must("sentence", "sentence_id")?,
            labels: must("labels", "labels")?,
            start: find("start", "start")?,
            end: find("end", "end")?,
            unsure: find("unsure", "unsure")?,
            note: find("note", "note")?,
            coder: find("coder", "coder")?,
            reason: find("reason", "reason")?,
            layer: find("layer", "layer")?,
            n: names.len(),
            from_excel: false,
        })
    }
}

/// What a row says, and what is to be noted of it.
fn row(
    record: &::csv::ByteRecord,
    columns: &Columns,
    line: u64,
) -> Result<(LabelRow, Option<String>), String> {
    if record.len() != columns.n {
        return Err(format!("{} cells under {} columns", record.len(), columns.n));
    }
    if record.as_slice().contains(&0) {
        return Err("a NUL character stands in it".to_owned());
    }
    let cell = |idx: usize| {
        let bytes = record.get(idx).unwrap_or_default();
        std::str::from_utf8(bytes).map_err(|_| "not UTF-8".to_owned())
    };
    let optional = |idx: Option<usize>| idx.map_or(Ok(""), cell);
    // What people wrote; the sign goes that is put before formulas.
    let said = |idx: Option<usize>| -> Result<&str, String> {
        let said = optional(idx)?.trim_end();
        Ok(if columns.from_excel { csv::unguarded(said) } else { said })
    };
    let article = cell(columns.article)?.trim();
    if article.is_empty() {
        return Err("no article".to_owned());
    }
    let sentence = cell(columns.sentence)?;
    let mut note = None;
    let which = match Which::parse(sentence) {
        Some(which) => which,
        None if cells::is_date(sentence) => {
            let (start, end) = (optional(columns.start)?.trim(), optional(columns.end)?.trim());
            let made = format!("`{sentence}` is a date that a spreadsheet made of the sentence's id");
            let span = Span::parse(&format!("{start}-{end}"))
                .ok_or_else(|| format!("{made}: export again, and import that column as text"))?;
            note = Some(format!("{made}, which is `{span}` by its start and end"));
            Which::Span(span)
        }
        None => {
            return Err(format!("`{sentence}` is no sentence: it is an id as `0-121`, or a number as `#7`"));
        }
    };
    let unsure = match optional(columns.unsure)?.trim() {
        "" => None,
        word if word.eq_ignore_ascii_case("true") => Some(true),
        word if word.eq_ignore_ascii_case("false") => Some(false),
        word => return Err(format!("unsure is `true`, `false` or empty, not `{word}`")),
    };
    let row = LabelRow {
        line,
        article: ArticleId::new(article),
        sentence: which,
        answer: answer(cell(columns.labels)?, '|')?,
        unsure,
        note: Some(said(columns.note)?).filter(|note| !note.is_empty()).map(str::to_owned),
        coder: Some(optional(columns.coder)?.trim()).filter(|id| !id.is_empty()).map(CoderId::new),
        reason: said(columns.reason)?.to_owned(),
    };
    Ok((row, note))
}

/// Reads the labels of an answer: ids with a sign between, `none`, `unanswered`, or nothing.
pub fn answer(cell: &str, between: char) -> Result<Option<Answer>, String> {
    match cell.trim() {
        "" => return Ok(None),
        "none" => return Ok(Some(Answer::Labels(Vec::new()))),
        "unanswered" => return Ok(Some(Answer::Unanswered)),
        _ => {}
    }
    let labels: Vec<LabelId> = cell.split(between).map(|id| LabelId::new(id.trim())).collect();
    match labels.iter().find(|id| ["", "none", "unanswered", "unsure"].contains(&id.as_str())) {
        Some(id) if id.as_str().is_empty() => Err(format!("`{cell}` has an empty label")),
        Some(id) => Err(format!("`{id}` is no label, so it cannot stand in `{cell}`")),
        None => Ok(Some(Answer::Labels(labels))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_before_a_formula_goes_in_a_table_for_spreadsheets() {
        let note = |table: &str| read(table.as_bytes()).unwrap().rows[0].note.clone().unwrap();
        let table = "article,sentence,labels,note\na,#1,fact,'=1+1\n";
        assert_eq!(note(table), "'=1+1");
        assert_eq!(note(&format!("\u{feff}{table}")), "=1+1");
        assert_eq!(note("\u{feff}article,sentence,labels,note\na,#1,fact,'so'\n"), "'so'");
    }

    fn lines(table: &[u8]) -> Vec<String> {
        let table = read(table).unwrap();
        let said = |row: &LabelRow| {
            let answer = match &row.answer {
                None => "-".to_owned(),
                Some(Answer::Unanswered) => "unanswered".to_owned(),
                Some(Answer::Labels(labels)) => {
                    format!("{:?}", labels.iter().map(LabelId::as_str).collect::<Vec<_>>())
                }
            };
            let LabelRow { line, article, sentence, unsure, note, coder, .. } = row;
            let coder = coder.as_ref().map(CoderId::as_str);
            format!("{line} {article} {sentence} {answer} {unsure:?} {note:?} {coder:?}")
        };
        let mut lines: Vec<_> = table.rows.iter().map(said).collect();
        lines.extend(table.bad.iter().map(ToString::to_string));
        lines
    }

    #[test]
    fn tables_in_all_their_dresses() {
        let check = |table: &[u8], want: &[&str]| {
            assert_eq!(lines(table), want, "{}", String::from_utf8_lossy(table));
        };
        let plain = ["2 a 0-5 [\"fact\"] None None None", "3 a #2 [] None None None"];
        check(b"article,sentence,labels\na,0-5,fact\na,#2,none\n", &plain);
        check(b"\xEF\xBB\xBFarticle,sentence,labels\r\na,0-5,fact\r\na,#2,none", &plain);
        check(b"labels;extra;ARTICLE_ID;sentence_id\nfact;x,y;a;0-5\nnone;;a;#2\n", &plain);
        check(b"article\tsentence\tlabels\na\t0-5\tfact\na\t#2\tnone\n", &plain);
        check(
            b"article,sentence,labels,note,unsure,coder\na,#1,fact|denial,\"two\nlines, \"\"so\"\"\",TRUE,ben\n\n\na,#2,unanswered,,false,\n",
            &[
                "2 a #1 [\"fact\", \"denial\"] Some(true) Some(\"two\\nlines, \\\"so\\\"\") Some(\"ben\")",
                "6 a #2 unanswered Some(false) None None",
            ],
        );
        check(
            b"article,sentence,labels\r\n\r\na,#1,fact\r\n\r\na,#2,\xFF\r\na,#0,fact\r\na,#1,fact|\r\na,#1,unsure",
            &[
                "3 a #1 [\"fact\"] None None None",
                "line 5: not UTF-8",
                "line 6: `#0` is no sentence: it is an id as `0-121`, or a number as `#7`",
                "line 7: `fact|` has an empty label",
                "line 8: `unsure` is no label, so it cannot stand in `unsure`",
            ],
        );
        check(b"article,sentence,labels\n", &[]);
        check(b"article,sentence,labels\na,#1\n", &["line 2: 2 cells under 3 columns"]);
        check(b"article,sentence,labels\na,#1,\0hint: no\n", &["line 2: a NUL character stands in it"]);
    }

    #[test]
    fn tables_that_went_through_a_spreadsheet() {
        let check = |table: &[u8], want: &[&str], notes: &[&str]| {
            assert_eq!(lines(table), want);
            let said: Vec<_> = read(table).unwrap().notes.iter().map(ToString::to_string).collect();
            assert_eq!(said, notes);
        };
        let row = ["2 a 5-18 [\"fact\"] None None None"];
        check(b"article,sentence,labels\r\na,5-18,fact\r\n,,\r\n , ,\r\n", &row, &[]);
        check(b",,\narticle,sentence,labels\na,5-18,fact\n", &["3 a 5-18 [\"fact\"] None None None"], &[]);
        let wide = |units: fn(u16) -> [u8; 2], mark: &str| -> Vec<u8> {
            let table = format!("{mark}article\tsentence\tlabels\r\na\t5-18\tfact\r\n");
            table.encode_utf16().flat_map(units).collect()
        };
        for mark in ["\u{feff}", ""] {
            check(&wide(u16::to_le_bytes, mark), &row, &[]);
            check(&wide(u16::to_be_bytes, mark), &row, &[]);
        }
        check(
            b"article,sentence,labels,start,end\na,18-May,fact,5,18\n",
            &row,
            &[
                "line 2: `18-May` is a date that a spreadsheet made of the sentence's id, which is `5-18` by its start and end",
            ],
        );
        check(
            b"article,sentence,labels,start,end\na,18-May,fact,,\na,seven,fact,5,18\n",
            &[
                "line 2: `18-May` is a date that a spreadsheet made of the sentence's id: export again, and import that column as text",
                "line 3: `seven` is no sentence: it is an id as `0-121`, or a number as `#7`",
            ],
            &[],
        );
    }

    #[test]
    fn other_tables_are_refused_with_what_is_missing() {
        let check = |table: &[u8], want: TableError| assert_eq!(read(table), Err(want));
        check(b"", TableError::Empty);
        check(b"\xEF\xBB\xBF\n\r\n", TableError::Empty);
        check(b"article,labels\n", TableError::NoColumn("sentence"));
        check(b"article,sentence,labels\na,#2,none\na,\"#1,fact\na,#2,none\n", TableError::CutOff(3));
        check(b"\x00\x01\x02", TableError::NoColumn("article"));
        check(b"article,article_id,sentence,labels\n", TableError::ColumnTwice("article"));
    }
}
