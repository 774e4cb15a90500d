//! A workbook of Excel (ECMA-376), written sheet by sheet and row by row into whatever takes bytes: nothing of it waits in memory
//! or on the disk.
//!
//! Every text is a string of its own cell (`inlineStr`) in a cell of the kind *text*, so that a spreadsheet takes none of it for
//! a formula, also after it was edited. What XML cannot hold stands as `_x000D_`.

use std::fmt::Write as _;
use std::io::{self, Write};
use zip::ZipWriter;
use zip::write::{SimpleFileOptions, StreamWriter};

/// What a cell of Excel can hold, in UTF-16 code units.
pub(in crate::formats) const MAX_CELL: usize = 32_767;
/// What a sheet can hold, with its head.
pub(in crate::formats) const MAX_ROWS: usize = 1_048_576;

/// A column: its name, and its width in letters.
pub(in crate::formats) type Column<'a> = (&'a str, u32);

#[derive(Debug, Clone, Copy)]
pub(in crate::formats) enum Cell<'a> {
    Text(&'a str),
    /// On the background of that colour of the book.
    Marked(&'a str, usize),
    Whole(u64),
    Figure(f64),
    Truth(bool),
    Nothing,
}

/// A workbook on its way out.
pub(in crate::formats) struct Book<W: Write> {
    zip: ZipWriter<StreamWriter<W>>,
    sheets: Vec<Done>,
    xml: String,
    /// Columns and rows of the sheet that is being written.
    n: (usize, usize),
    /// The colours of the marks, `RRGGBB`.
    colours: Vec<String>,
    /// Cells that were longer than Excel holds, and end where it does.
    pub n_cut: usize,
}

/// A sheet with its head's place.
struct Done {
    name: &'static str,
    range: String,
}

/// How much of a sheet is put together before it is written.
const BLOCK: usize = 64 * 1024;
/// The styles that cells name: those behind are of the colours.
const HEAD_STYLE: usize = 1;
const TEXT_STYLE: usize = 2;
const FIRST_MARK: usize = 3;

impl<W: Write> Book<W> {
    /// `colours` are those that cells can be marked with, `#RRGGBB`.
    pub fn new(out: W, colours: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let colours = colours.into_iter().map(|colour| tint(colour.as_ref())).collect();
        let zip = ZipWriter::new_stream(out);
        Self { zip, sheets: vec![], xml: String::with_capacity(2 * BLOCK), n: (0, 0), colours, n_cut: 0 }
    }

    /// Begins a sheet after what was written before, with its head.
    pub fn sheet(&mut self, name: &'static str, columns: &[Column<'_>]) -> io::Result<()> {
        self.end_sheet()?;
        let n = self.sheets.len() + 1;
        self.begin(&format!("xl/worksheets/sheet{n}.xml"))?;
        self.n = (columns.len(), 0);
        let selected = if n == 1 { " tabSelected=\"1\"" } else { "" };
        self.push(format_args!(
            "{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetViews><sheetView{selected} workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>"
        ));
        for (at, (_, width)) in columns.iter().enumerate() {
            let at = at + 1;
            self.push(format_args!(
                "<col min=\"{at}\" max=\"{at}\" width=\"{width}\" style=\"{TEXT_STYLE}\" customWidth=\"1\"/>"
            ));
        }
        self.xml.push_str("</cols><sheetData>");
        self.sheets.push(Done { name, range: String::new() });
        self.begin_row();
        for (name, _) in columns {
            self.text(name, HEAD_STYLE);
        }
        self.end_row()
    }

    pub fn row<'c>(&mut self, cells: impl IntoIterator<Item = Cell<'c>>) -> io::Result<()> {
        if self.n.1 >= MAX_ROWS {
            let why = "a sheet of Excel holds 1,048,576 rows\0hint: choose articles, or write `csv`";
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, why));
        }
        self.begin_row();
        for cell in cells {
            match cell {
                Cell::Nothing | Cell::Text("") => self.xml.push_str("<c/>"),
                Cell::Text(text) => self.text(text, TEXT_STYLE),
                Cell::Marked(text, colour) if colour < self.colours.len() => {
                    self.text(text, FIRST_MARK + colour);
                }
                Cell::Marked(text, _) => self.text(text, TEXT_STYLE),
                Cell::Whole(n) => self.push(format_args!("<c><v>{n}</v></c>")),
                Cell::Figure(n) if n.is_finite() => self.push(format_args!("<c><v>{n}</v></c>")),
                Cell::Figure(_) => self.xml.push_str("<c/>"),
                Cell::Truth(is) => self.push(format_args!("<c t=\"b\"><v>{}</v></c>", u8::from(is))),
            }
        }
        self.end_row()
    }

    /// Writes what binds the sheets together; says how many cells were cut.
    pub fn end(mut self) -> io::Result<usize> {
        self.end_sheet()?;
        let (mut list, mut names, mut parts, mut kinds) =
            (String::new(), String::new(), String::new(), String::new());
        for (idx, Done { name, range }) in self.sheets.iter().enumerate() {
            let n = idx + 1;
            let put = |to: &mut String, what: std::fmt::Arguments<'_>| to.write_fmt(what).unwrap_or_default();
            put(&mut list, format_args!("<sheet name=\"{name}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>"));
            put(
                &mut names,
                format_args!(
                    "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{idx}\" hidden=\"1\">{name}!{}</definedName>",
                    absolute(range)
                ),
            );
            put(
                &mut parts,
                format_args!(
                    "<Relationship Id=\"rId{n}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"
                ),
            );
            put(
                &mut kinds,
                format_args!(
                    "<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"{KIND}.worksheet+xml\"/>"
                ),
            );
        }
        let n = self.sheets.len() + 1;
        let styles = styles(&self.colours);
        for (path, text) in [
            (
                "xl/workbook.xml",
                format!(
                    "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{list}</sheets><definedNames>{names}</definedNames></workbook>"
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                format!(
                    "<Relationships xmlns=\"{RELATIONS}\">{parts}<Relationship Id=\"rId{n}\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/></Relationships>"
                ),
            ),
            ("xl/styles.xml", styles),
            (
                "_rels/.rels",
                format!(
                    "<Relationships xmlns=\"{RELATIONS}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
                ),
            ),
            (
                "[Content_Types].xml",
                format!(
                    "<Types xmlns=\"{TYPES}\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{KIND}.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"{KIND}.styles+xml\"/>{kinds}</Types>"
                ),
            ),
        ] {
            self.begin(path)?;
            self.zip.write_all(HEAD.as_bytes())?;
            self.zip.write_all(text.as_bytes())?;
        }
        self.zip.finish()?.into_inner().flush()?;
        Ok(self.n_cut)
    }

    fn begin(&mut self, path: &str) -> io::Result<()> {
        // The third of nine levels: a quarter larger than the usual one, in a third of the time.
        let options = SimpleFileOptions::default().compression_level(Some(3)).large_file(false);
        Ok(self.zip.start_file(path, options)?)
    }

    fn begin_row(&mut self) {
        self.n.1 += 1;
        self.xml.push_str("<row>");
    }

    fn end_row(&mut self) -> io::Result<()> {
        self.xml.push_str("</row>");
        if self.xml.len() >= BLOCK { self.put() } else { Ok(()) }
    }

    fn end_sheet(&mut self) -> io::Result<()> {
        let Some(done) = self.sheets.last_mut() else { return Ok(()) };
        done.range = format!("A1:{}{}", letters(self.n.0), self.n.1);
        let range = done.range.clone();
        self.push(format_args!("</sheetData><autoFilter ref=\"{range}\"/></worksheet>"));
        self.put()
    }

    fn put(&mut self) -> io::Result<()> {
        self.zip.write_all(self.xml.as_bytes())?;
        self.xml.clear();
        Ok(())
    }

    fn push(&mut self, what: std::fmt::Arguments<'_>) {
        self.xml.write_fmt(what).unwrap_or_default(); // a String takes everything
    }

    fn text(&mut self, text: &str, style: usize) {
        let shown = fitting(text);
        self.n_cut += usize::from(shown.len() < text.len());
        self.push(format_args!("<c s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"));
        escape(shown, &mut self.xml);
        self.xml.push_str("</t></is></c>");
    }
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// As much of a text as a cell holds.
pub(in crate::formats) fn fitting(text: &str) -> &str {
    // No letter takes more units than bytes.
    if text.len() <= MAX_CELL {
        return text;
    }
    let mut n = 0;
    let end = text.char_indices().find(|(_, c)| {
        n += c.len_utf16();
        n > MAX_CELL
    });
    end.and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// Whether a text may be only the beginning of what stood there.
pub(in crate::formats) fn is_full(text: &str) -> bool {
    // The last letter of it may have needed two units where there was one.
    text.len() + 1 >= MAX_CELL && text.encode_utf16().count() + 1 >= MAX_CELL
}

/// A text as it stands in XML for Excel.
fn escape(text: &str, to: &mut String) {
    let is_plain = |byte: u8| byte >= b' ' && !matches!(byte, b'&' | b'<' | b'>' | b'_' | 0xEF);
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if is_plain(byte) || matches!(byte, b'\t' | b'\n') {
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        let (len, instead) = match byte {
            b'&' => (1, "&amp;".to_owned()),
            b'<' => (1, "&lt;".to_owned()),
            b'>' => (1, "&gt;".to_owned()),
            // What would be read as such an escape.
            b'_' if is_escape(rest.as_bytes()) => (1, "_x005F_".to_owned()),
            b'_' => continue,
            0xEF if rest.starts_with('\u{FFFE}') => (3, "_xFFFE_".to_owned()),
            0xEF if rest.starts_with('\u{FFFF}') => (3, "_xFFFF_".to_owned()),
            0xEF => continue,
            _ => (1, format!("_x{byte:04X}_")),
        };
        to.push_str(text.get(from..at).unwrap_or_default());
        to.push_str(&instead);
        from = at + len;
    }
    to.push_str(text.get(from..).unwrap_or_default());
}

/// Whether it begins with `_xHHHH_`.
fn is_escape(text: &[u8]) -> bool {
    let Some(([b'_', b'x' | b'X', digits @ .., b'_'], _)) = text.split_at_checked(7) else { return false };
    digits.iter().all(u8::is_ascii_hexdigit)
}

/// The styles: a head, texts, and a background for each colour.
fn styles(colours: &[String]) -> String {
    let mut fills = String::new();
    let mut cells = String::new();
    let put = |to: &mut String, what: std::fmt::Arguments<'_>| to.write_fmt(what).unwrap_or_default();
    for (idx, colour) in colours.iter().enumerate() {
        put(
            &mut fills,
            format_args!(
                "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF{colour}\"/><bgColor indexed=\"64\"/></patternFill></fill>"
            ),
        );
        put(
            &mut cells,
            format_args!(
                "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"{}\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFill=\"1\"/>",
                idx + 3
            ),
        );
    }
    let (n_fills, n_cells) = (colours.len() + 3, colours.len() + FIRST_MARK);
    format!(
        "<styleSheet xmlns=\"{MAIN}\">\
         <fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font>\
         <font><b/><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font></fonts>\
         <fills count=\"{n_fills}\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>\
         <fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE7E6E6\"/><bgColor indexed=\"64\"/></patternFill></fill>{fills}</fills>\
         <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
         <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
         <cellXfs count=\"{n_cells}\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
         <xf numFmtId=\"49\" fontId=\"1\" fillId=\"2\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\"/>\
         <xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>{cells}</cellXfs>\
         <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
    )
}

/// A light background of a colour, on which black letters are read: `RRGGBB`.
fn tint(colour: &str) -> String {
    let parts: Option<Vec<u32>> = colour
        .strip_prefix('#')
        .filter(|hex| hex.len() == 6)
        .and_then(|hex| (0..3).map(|n| u32::from_str_radix(hex.get(2 * n..2 * n + 2)?, 16).ok()).collect());
    // A quarter of it, and white.
    let light = parts.unwrap_or_else(|| vec![0x80; 3]).into_iter().map(|part| (part + 3 * 255) / 4);
    light.fold(String::new(), |text, part| text + &format!("{part:02X}"))
}

/// The letters of a column, counted from 1.
fn letters(mut column: usize) -> String {
    let mut letters = vec![];
    while column > 0 {
        column -= 1;
        letters.insert(0, char::from(b'A' + u8::try_from(column % 26).unwrap_or_default()));
        column /= 26;
    }
    letters.into_iter().collect()
}

/// `A1:C9` as `$A$1:$C$9`.
fn absolute(range: &str) -> String {
    let place = |place: &str| {
        let digits = place.find(|c: char| c.is_ascii_digit()).unwrap_or(place.len());
        let (letters, row) = place.split_at_checked(digits).unwrap_or((place, ""));
        format!("${letters}${row}")
    };
    range.split(':').map(place).collect::<Vec<_>>().join(":")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_escaped_and_what_looks_escaped_too() {
        let check = |text: &str, want: &str| {
            let mut to = String::new();
            escape(text, &mut to);
            assert_eq!(to, want);
        };
        check("a\r\nb", "a_x000D_\nb");
        check("<&>\t\"", "&lt;&amp;&gt;\t\"");
        check("_x000D_", "_x005F_x000D_");
        check("__x00e9__", "__x005F_x00e9__");
        check("_x00_ _xGGGG_ _", "_x00_ _xGGGG_ _");
        check("\0\u{1F}\u{FFFE}\u{FEFF}é👍", "_x0000__x001F__xFFFE_\u{FEFF}é👍");
        check("=1", "=1");
    }

    #[test]
    fn a_cell_ends_where_excels_does() {
        let check = |text: &str, n: usize| assert_eq!(fitting(text).len(), n, "{}", text.len());
        check("a", 1);
        check(&"a".repeat(MAX_CELL), MAX_CELL);
        check(&"a".repeat(MAX_CELL + 1), MAX_CELL);
        check(&"é".repeat(MAX_CELL), 2 * MAX_CELL);
        // No half of an emoji.
        check(&"👍".repeat(MAX_CELL), 4 * (MAX_CELL / 2));
        assert!(is_full(fitting(&"👍".repeat(MAX_CELL))) && !is_full(&"é".repeat(MAX_CELL - 2)));
    }

    #[test]
    fn columns_have_letters_and_colours_a_tint() {
        assert_eq!([1, 26, 27, 702, 703].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
        assert_eq!(absolute("A1:AB30"), "$A$1:$AB$30");
        assert_eq!((tint("#0072B2"), tint("odd")), ("BFDBEB".to_owned(), "DFDFDF".to_owned()));
    }
}
