//! Rich Text Format (`.rtf`): paragraphs with headings, table cells and notes in order, title and author.
//!
//! Read from the words of the RTF specification 1.9.1. A byte means a letter by the character set of its font, else by the code
//! page of the document; `\uN` is a code unit of UTF-16, and what stands behind it for older programs is passed over.

use crate::formats::articles::code_pages::{charset, code_page};
use crate::formats::articles::found::{Asked, Found};
use crate::formats::articles::pages::{Pages, article_of};
use crate::formats::reading::{ReadError, Warning};
use crate::formats::{Format, Reads, Thing, Writes};
use crate::model::article::Meta;
use encoding_rs::Encoding;
use std::collections::{BTreeMap, BTreeSet};

pub(in crate::formats) const FORMAT: Format = Format {
    id: "rtf",
    name: "Rich Text Format",
    extensions: &["rtf"],
    reads: Reads::Articles(read),
    writes: Writes::Nothing,
    keeps: &[Thing::Text, Thing::MoreMetadata],
};

const WHAT: &str = "an RTF document";
/// Groups in groups are told apart down to here.
const MAX_DEPTH: usize = 1_000;

fn read(bytes: &[u8], asked: Asked<'_>) -> Result<Found, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if !bytes.trim_ascii_start().starts_with(b"{\\rtf") {
        return Err(ReadError::Broken { what: WHAT, why: "it does not begin like one".to_owned() });
    }
    let mut walk = Walk { bytes, at: 0, groups: vec![], n_deeper: 0, document: Document::default() };
    let is_whole = walk.run();
    let mut document = walk.document;
    document.flush();
    let mut warnings = Vec::new();
    if !is_whole {
        warnings.push(Warning("the document ends in the middle: what comes after is missing".to_owned()));
    }
    let encoding = document.code_page.map_or("windows-1252", Encoding::name);
    article_of(document.pages, document.meta, asked, encoding, warnings)
}

/// What the text of a group is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Goes {
    Text,
    Nowhere,
    Fonts,
    Styles,
    Info,
    Title,
    Author,
}

/// What holds in a group.
#[derive(Debug, Clone, Copy)]
struct Group {
    goes: Goes,
    /// How many characters stand behind `\uN` for older programs.
    n_behind: usize,
    font: Option<i32>,
    is_deleted: bool,
    /// Whether a note begins with it.
    is_note: bool,
}

const OUTERMOST: Group =
    Group { goes: Goes::Text, n_behind: 1, font: None, is_deleted: false, is_note: false };

/// Words that begin what is no text of the article.
const NOWHERE: [&str; 22] = [
    "colortbl",
    "pict",
    "object",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "themedata",
    "datastore",
    "listtable",
    "listoverridetable",
    "revtbl",
    "rsidtbl",
    "filetbl",
    "generator",
    "annotation",
    "fldinst",
    "nonshppict",
];

/// What has been read so far.
struct Document {
    pages: Pages,
    meta: Meta,
    code_page: Option<&'static Encoding>,
    fonts: BTreeMap<i32, &'static Encoding>,
    /// The font that the table of fonts speaks of.
    font: i32,
    headings: BTreeSet<i32>,
    /// The style that the table of styles speaks of, and its name so far.
    style: i32,
    name: String,
    is_heading: bool,
    /// Bytes that are letters together, and those that are code units.
    letters: Vec<u8>,
    units: Vec<u16>,
    /// In which character set the bytes are, and where their text goes.
    of: (Option<i32>, Goes),
}

impl Default for Document {
    fn default() -> Self {
        let mut pages = Pages::default();
        pages.begin();
        Self {
            pages,
            meta: Meta::default(),
            code_page: None,
            fonts: BTreeMap::new(),
            font: 0,
            headings: BTreeSet::new(),
            style: 0,
            name: String::new(),
            is_heading: false,
            letters: vec![],
            units: vec![],
            of: (None, Goes::Nowhere),
        }
    }
}

impl Document {
    fn byte(&mut self, byte: u8, group: Group) {
        if !self.units.is_empty() || self.of != (group.font, group.goes) {
            self.flush();
        }
        self.of = (group.font, group.goes);
        self.letters.push(byte);
    }

    fn unit(&mut self, unit: u16, group: Group) {
        if !self.letters.is_empty() || self.of.1 != group.goes {
            self.flush();
        }
        self.of = (group.font, group.goes);
        self.units.push(unit);
    }

    fn text(&mut self, text: &str, group: Group) {
        self.flush();
        self.put(text, group.goes);
    }

    /// Puts away the letters that are read but not yet text.
    fn flush(&mut self) {
        let (font, goes) = self.of;
        if !self.letters.is_empty() {
            let encoding = font.and_then(|font| self.fonts.get(&font).copied()).or(self.code_page);
            let letters = std::mem::take(&mut self.letters);
            let (text, _) =
                encoding.unwrap_or(encoding_rs::WINDOWS_1252).decode_without_bom_handling(&letters);
            self.put(&text, goes);
        }
        if !self.units.is_empty() {
            let text = String::from_utf16_lossy(&std::mem::take(&mut self.units));
            self.put(&text, goes);
        }
    }

    fn put(&mut self, text: &str, goes: Goes) {
        let said = match goes {
            Goes::Text => return self.pages.push(text),
            Goes::Styles => return self.name.push_str(text),
            Goes::Title => &mut self.meta.title,
            Goes::Author => &mut self.meta.byline,
            Goes::Nowhere | Goes::Fonts | Goes::Info => return,
        };
        said.get_or_insert_default().push_str(text);
    }

    fn end_paragraph(&mut self) {
        self.flush();
        if self.is_heading {
            self.pages.heading();
        }
        self.pages.end();
        self.pages.begin();
    }

    /// The table of styles has said all of one.
    fn end_style(&mut self) {
        self.flush();
        let name = std::mem::take(&mut self.name).to_lowercase();
        if name.starts_with("heading") || name.trim_end_matches(';') == "title" {
            self.headings.insert(self.style);
        }
    }
}

/// The way through the bytes.
struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
    groups: Vec<Group>,
    /// Groups that are not told apart any more.
    n_deeper: usize,
    document: Document,
}

impl Walk<'_> {
    fn group(&self) -> Group {
        self.groups.last().copied().unwrap_or(OUTERMOST)
    }

    fn change(&mut self, change: impl FnOnce(&mut Group)) {
        if let Some(group) = self.groups.last_mut() {
            change(group);
        }
    }

    /// Reads all; whether every group was ended.
    fn run(&mut self) -> bool {
        while let Some(byte) = self.next() {
            match byte {
                b'{' => self.begin(),
                b'}' => {
                    self.end();
                    if self.groups.is_empty() {
                        return true;
                    }
                }
                b'\\' => self.control(),
                b'\r' | b'\n' | 0 => {}
                byte => self.letter(byte),
            }
        }
        false
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.bytes.get(self.at).copied()?;
        self.at += 1;
        Some(byte)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn begin(&mut self) {
        if self.groups.len() >= MAX_DEPTH {
            self.n_deeper += 1;
            return;
        }
        self.groups.push(Group { is_note: false, ..self.group() });
    }

    fn end(&mut self) {
        if self.n_deeper > 0 {
            self.n_deeper -= 1;
            return;
        }
        let Some(group) = self.groups.pop() else { return };
        if group.goes == Goes::Styles {
            self.document.end_style();
        }
        if group.is_note {
            self.document.flush();
            self.document.pages.end();
        }
    }

    fn letter(&mut self, byte: u8) {
        let group = self.group();
        if group.goes == Goes::Styles && byte == b';' {
            return self.document.end_style();
        }
        if !group.is_deleted {
            self.document.byte(byte, group);
        }
    }

    fn control(&mut self) {
        let Some(first) = self.next() else { return };
        if first.is_ascii_alphabetic() {
            let (word, number) = self.word();
            return self.obey(&word, number);
        }
        let group = self.group();
        match first {
            b'\'' => {
                if let Some(byte) = self.hex() {
                    self.letter(byte);
                }
            }
            b'*' => self.change(|group| group.goes = Goes::Nowhere),
            b'\\' | b'{' | b'}' => self.letter(first),
            b'~' => self.document.text("\u{a0}", group),
            b'_' => self.document.text("\u{2011}", group),
            b'\r' | b'\n' if group.goes == Goes::Text => self.document.end_paragraph(),
            _ => {}
        }
    }

    /// A control word and its number, with the blank that ends them.
    fn word(&mut self) -> (String, Option<i32>) {
        const LONGEST: usize = 32;
        let mut word = String::new();
        self.at -= 1;
        while let Some(byte) = self.peek().filter(u8::is_ascii_alphabetic)
            && word.len() < LONGEST
        {
            word.push(char::from(byte));
            self.at += 1;
        }
        let from = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        while self.at - from < 11 && self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        let digits = self.bytes.get(from..self.at).unwrap_or_default();
        let number = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok());
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        (word, number)
    }

    fn hex(&mut self) -> Option<u8> {
        let digits = self.bytes.get(self.at..self.at + 2)?;
        let byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
        self.at += 2;
        Some(byte)
    }

    fn obey(&mut self, word: &str, number: Option<i32>) {
        let group = self.group();
        let goes = match word {
            "fonttbl" => Some(Goes::Fonts),
            "stylesheet" => Some(Goes::Styles),
            "info" => Some(Goes::Info),
            "title" if group.goes == Goes::Info => Some(Goes::Title),
            "author" if group.goes == Goes::Info => Some(Goes::Author),
            word if NOWHERE.contains(&word) => Some(Goes::Nowhere),
            _ => None,
        };
        if let Some(goes) = goes {
            return self.change(|group| group.goes = goes);
        }
        let is_on = number != Some(0);
        match word {
            "bin" => {
                self.at += usize::try_from(number.unwrap_or(0)).unwrap_or(0).min(self.bytes.len() - self.at);
            }
            "ansicpg" => self.document.code_page = number.and_then(code_page),
            "mac" => self.document.code_page = Some(encoding_rs::MACINTOSH),
            "uc" => {
                self.change(|group| {
                    group.n_behind = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(8);
                });
            }
            "deleted" => self.change(|group| group.is_deleted = is_on),
            "plain" => self.change(|group| group.is_deleted = false),
            "f" if group.goes == Goes::Fonts => self.document.font = number.unwrap_or(0),
            "f" => self.change(|group| group.font = number),
            "fcharset" if group.goes == Goes::Fonts => {
                if let Some(encoding) = number.and_then(charset) {
                    self.document.fonts.insert(self.document.font, encoding);
                }
            }
            "s" if group.goes == Goes::Styles => self.document.style = number.unwrap_or(0),
            "outlinelevel" if group.goes == Goes::Styles && number.is_some_and(|level| level < 9) => {
                self.document.headings.insert(self.document.style);
            }
            "u" => self.unicode(number, group),
            _ if group.goes == Goes::Text && !group.is_deleted => self.layout(word, number, group),
            _ => {}
        }
    }

    /// What only a text has.
    fn layout(&mut self, word: &str, number: Option<i32>, group: Group) {
        let document = &mut self.document;
        let sign = match word {
            "tab" => "\t",
            "emdash" => "\u{2014}",
            "endash" => "\u{2013}",
            "lquote" => "\u{2018}",
            "rquote" => "\u{2019}",
            "ldblquote" => "\u{201c}",
            "rdblquote" => "\u{201d}",
            "bullet" => "\u{2022}",
            _ => "",
        };
        match word {
            _ if !sign.is_empty() => document.text(sign, group),
            "par" | "page" | "sect" | "cell" | "nestcell" | "row" | "nestrow" => document.end_paragraph(),
            "line" => {
                document.flush();
                document.pages.line_break();
            }
            "pard" => document.is_heading = false,
            "s" => document.is_heading = number.is_some_and(|style| document.headings.contains(&style)),
            "outlinelevel" => document.is_heading = number.is_some_and(|level| level < 9),
            "footnote" => {
                document.flush();
                document.pages.begin();
                self.change(|group| group.is_note = true);
            }
            _ => {}
        }
    }

    /// A code unit, and what stands behind it for programs that know none.
    fn unicode(&mut self, number: Option<i32>, group: Group) {
        // Written as a number of 16 bits with a sign.
        let unit = number.and_then(|number| u16::try_from(number & 0xffff).ok());
        if let Some(unit) = unit.filter(|_| !group.is_deleted) {
            self.document.unit(unit, group);
        }
        for _ in 0..group.n_behind {
            match self.peek() {
                Some(b'\\') => {
                    self.at += 1;
                    match self.next() {
                        Some(b'\'') => self.at = (self.at + 2).min(self.bytes.len()),
                        Some(byte) if byte.is_ascii_alphabetic() => {
                            // A word stands for one character; what is no character goes on as it is.
                            let from = self.at - 2;
                            let (word, _) = self.word();
                            if matches!(word.as_str(), "u" | "par" | "line" | "tab" | "cell" | "row") {
                                self.at = from;
                                return;
                            }
                        }
                        _ => {}
                    }
                }
                Some(b'{' | b'}') | None => return,
                Some(_) => self.at += 1,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::articles::office::testing::shown;

    fn text(rtf: &str) -> String {
        shown(read(rtf.as_bytes(), Asked::default()))
    }

    #[test]
    fn paragraphs_headings_notes_and_properties() {
        let got = text(
            "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset238 Arial CE;}}\n{\\stylesheet{\\s1 heading 1;}{\\s2 Normal;}}\
             {\\info{\\title Name}{\\author Ines}{\\creatim\\yr2024}}{\\header Page 1}\n\
             \\pard\\s1 Depot burnt\\par\\pard\\s2 It {\\b burnt} at\\~night, caf\\'e9.\\line {\\f1 \\'e8\\'ec} \\u8220 ?no\\u8221?{\\footnote So a witness.}{\\deleted gone}\\par\n\
             {\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt A link}}\\emdash\\u-10179?\\u-9152?.\\par\\trowd One\\cell Two\\cell\\row}",
        );
        assert_eq!(
            got,
            "title: Depot burnt\nbyline: Ines\n\n[headline] Depot burnt\n\nIt burnt at\u{a0}night, caf\u{e9}.\n\u{10d}\u{11b} \u{201c}no\u{201d}\n\n\
             So a witness.\n\nA link\u{2014}\u{1f440}.\n\nOne\n\nTwo"
        );
    }

    #[test]
    fn letters_of_several_bytes_and_what_stands_behind_unicode() {
        assert_eq!(text("{\\rtf1\\ansicpg932 \\'93\\'fa\\'96\\'7b.}"), "\n\u{65e5}\u{672c}.");
        assert_eq!(text("{\\rtf1\\uc0 a\\u233 b{\\uc2\\u233 xyc}d\\u233 e}"), "\na\u{e9}b\u{e9}cd\u{e9}e");
        assert_eq!(text("{\\rtf1 a\\u233\\'e9b}"), "\na\u{e9}b");
    }

    #[test]
    fn damaged_documents_give_what_they_have() {
        let n_warnings = |rtf: &[u8]| read(rtf, Asked::default()).unwrap().warnings.len();
        assert_eq!(n_warnings(b"{\\rtf1 Words here"), 1);
        assert_eq!(n_warnings(format!("{{\\rtf1 Words {}", "{".repeat(200_000)).as_bytes()), 1);
        assert_eq!(n_warnings(b"{\\rtf1 Words {\\bin99999999 here}"), 1);
        assert_eq!(n_warnings(b"{\\rtf1 Words \\u"), 1);
        assert_eq!(n_warnings(b"{\\rtf1 Words \\'"), 1);
        assert_eq!(n_warnings(b"{\\rtf1 Words }}}} more"), 0);
        assert!(matches!(read(b"words", Asked::default()), Err(ReadError::Broken { .. })));
        assert_eq!(read(b"{\\rtf1}", Asked::default()), Err(ReadError::NoWords));
    }
}
