//! A table without texts joined with copies of them: places and hashes say which words stood there.
//!
//! An article is found by the hash of its text, else by that of the text in another form (line ends, wrapped lines, white space
//! around it), else by the hashes of its sentences. A sentence is what stands at its place in that copy, else what has its hash
//! elsewhere in it. What is found is always what the hash says; what is not is left out, and named.

use crate::formats::cells;
use crate::formats::datasets::csv::{BOM, HASHES, Line, Style, TEXT, unguarded};
use crate::formats::datasets::what::Cells;
use crate::formats::decode::decode;
use crate::formats::hashes::sha256_hex;
use crate::formats::object::Object;
use crate::model::article::Article;
use crate::text::fold::squeeze;
use crate::text::message;
use crate::text::offsets::CharIndex;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// The receiver's copies.
#[derive(Debug, Clone, Default)]
pub struct Copies {
    texts: Vec<String>,
    /// Hashes of whole texts, each with its text and, where it is not the text itself, which of its forms that is.
    by_hash: BTreeMap<String, (usize, Option<usize>)>,
    /// Hashes of sentences.
    by_quote: BTreeMap<String, BTreeSet<usize>>,
}

/// How an article was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FoundBy {
    Hash,
    FoldedText,
    Quotes,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attached {
    /// Rows with their words, and those of them that stand elsewhere than they say.
    pub n_joined: usize,
    pub n_moved: usize,
    pub found: BTreeMap<FoundBy, usize>,
    /// Rows that are left out, by article: how many, and why.
    pub left: BTreeMap<String, (usize, &'static str)>,
    /// Hashes of the words that were written, row by row.
    hashes: Vec<String>,
}

/// Why a table cannot be joined with texts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAttached {
    #[error("the file is empty\0hint: export the dataset again")]
    Empty,
    #[error("line {line}: {why}\0hint: export the dataset again, with `--no-text`")]
    Line { line: u64, why: String },
    #[error("this dataset has its texts already\0hint: use it as it is")]
    HasTexts,
    #[error("the table has no column `{0}`\0hint: it is one that `allegata export --no-text` wrote")]
    NoColumn(&'static str),
    #[error("none of these texts is in the dataset\0hint: look whether these are the right copies")]
    Nothing,
}

/// The forms of a table that are known without texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Commas,
    Tabs,
    JsonLines,
}

impl Kind {
    /// By the id of a format.
    pub fn of(format: &str) -> Option<Self> {
        match format {
            "csv" => Some(Self::Commas),
            "tsv" => Some(Self::Tabs),
            "jsonl" => Some(Self::JsonLines),
            _ => None,
        }
    }
}

/// What a row says of its sentence.
struct RowOf {
    article: String,
    article_sha256: String,
    span: Option<(usize, usize)>,
    hash: String,
}

impl Copies {
    /// Takes an article with its sentences.
    pub fn take_article(&mut self, article: &Article) {
        let place = self.take_text(article.text());
        for sentence in article.sentences() {
            let hash = sha256_hex(article.words_of(sentence).as_bytes());
            self.by_quote.entry(hash).or_default().insert(place);
        }
    }

    /// Takes a file as it stands, if it is a text.
    pub fn take_bytes(&mut self, bytes: &[u8]) {
        if let Ok(decoded) = decode(bytes) {
            self.take_text(&decoded.text);
        }
    }

    fn take_text(&mut self, text: &str) -> usize {
        let place = self.texts.len();
        self.by_hash.insert(sha256_hex(text.as_bytes()), (place, None));
        for (form, idx) in forms(text).iter().zip(0..) {
            self.by_hash.entry(sha256_hex(form.as_bytes())).or_insert((place, Some(idx)));
        }
        self.texts.push(text.to_owned());
        place
    }

    /// The text of that hash, in the form in which it has it.
    fn of_hash(&self, hash: &str) -> Option<(Cow<'_, str>, FoundBy)> {
        let (place, form) = self.by_hash.get(hash)?;
        let text = self.texts.get(*place)?;
        match form {
            None => Some((text.into(), FoundBy::Hash)),
            Some(form) => Some((forms(text).into_iter().nth(*form)?.into(), FoundBy::FoldedText)),
        }
    }
}

/// A text as other programs write the same: with other line ends, without wrapped lines, without what is around it.
fn forms(text: &str) -> [String; 6] {
    let plain = text.replace("\r\n", "\n");
    let paragraphs = plain.split("\n\n").map(squeeze).filter(|paragraph| !paragraph.is_empty());
    let paragraphs: Vec<String> = paragraphs.collect();
    [
        plain.trim().to_owned(),
        format!("{}\n", plain.trim_end()),
        plain.replace('\n', "\r\n"),
        paragraphs.join("\n\n"),
        paragraphs.join("\n"),
        plain,
    ]
}

/// Joins a table with copies, and writes it with its texts.
pub fn attach(
    kind: Kind,
    bytes: &[u8],
    copies: &Copies,
    out: &mut dyn io::Write,
) -> io::Result<Result<Attached, NotAttached>> {
    let mut rows = Vec::new();
    if let Err(why) = each_row(kind, bytes, |row| rows.push(row)) {
        return Ok(Err(why));
    }
    let mut attached = Attached::default();
    let words = words_of(&rows, copies, &mut attached);
    if attached.n_joined == 0 {
        return Ok(Err(if rows.is_empty() { NotAttached::Empty } else { NotAttached::Nothing }));
    }
    drop(rows);
    written(kind, bytes, &words, out)?;
    Ok(Ok(attached))
}

/// Reads what was written, and says how many rows have the words that their hashes stood for.
pub fn check(kind: Kind, bytes: &[u8], attached: &Attached) -> Result<usize, String> {
    let mut hashes = attached.hashes.iter();
    let mut n = 0;
    each_text(kind, bytes, |text| {
        let is_it = hashes.next().is_some_and(|hash| *hash == sha256_hex(text.as_bytes()));
        n += 1;
        if is_it { Ok(()) } else { Err(format!("the words of row {n} are not what its hash says")) }
    })?;
    if n == attached.n_joined {
        Ok(n)
    } else {
        Err(format!("{} rows were joined and {n} read back", attached.n_joined))
    }
}

/// The words of each row; absent = they are in no copy.
fn words_of(rows: &[RowOf], copies: &Copies, attached: &mut Attached) -> Vec<Option<String>> {
    let mut of_article: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (idx, row) in rows.iter().enumerate() {
        of_article.entry(&row.article).or_default().push(idx);
    }
    let mut words: Vec<Option<String>> = vec![None; rows.len()];
    for (article, places) in of_article {
        let own: Vec<&RowOf> = places.iter().filter_map(|idx| rows.get(*idx)).collect();
        let Some((copy, by)) = found(&own, copies) else {
            attached.left.insert(article.to_owned(), (own.len(), "no copy of it"));
            continue;
        };
        *attached.found.entry(by).or_default() += 1;
        let index = CharIndex::new(&copy);
        let mut elsewhere: BTreeMap<&str, Option<&str>> = BTreeMap::new();
        let mut n_left = 0;
        for (idx, row) in places.iter().zip(own) {
            let at_place = row.span.and_then(|(start, end)| {
                let there = copy.get(index.byte_of(start)..index.byte_of(end))?;
                (sha256_hex(there.as_bytes()) == row.hash).then_some(there)
            });
            let there =
                at_place.or_else(|| *elsewhere.entry(&row.hash).or_insert_with(|| searched(&copy, row)));
            match there {
                Some(there) => {
                    attached.n_moved += usize::from(at_place.is_none());
                    if let Some(place) = words.get_mut(*idx) {
                        *place = Some(there.to_owned());
                    }
                }
                None => n_left += 1,
            }
        }
        if n_left > 0 {
            attached.left.insert(article.to_owned(), (n_left, "the copy has other words there"));
        }
    }
    let joined = rows.iter().zip(&words).filter(|(_, words)| words.is_some());
    attached.hashes = joined.map(|(row, _)| row.hash.clone()).collect();
    attached.n_joined = attached.hashes.len();
    words
}

/// The copy of an article.
fn found<'a>(rows: &[&RowOf], copies: &'a Copies) -> Option<(Cow<'a, str>, FoundBy)> {
    let whole = copies.of_hash(&rows.first()?.article_sha256);
    if whole.is_some() {
        return whole;
    }
    let mut n_of: BTreeMap<usize, usize> = BTreeMap::new();
    for hash in rows.iter().map(|row| &row.hash).collect::<BTreeSet<_>>() {
        for place in copies.by_quote.get(hash).into_iter().flatten() {
            *n_of.entry(*place).or_default() += 1;
        }
    }
    let (place, _) = n_of.into_iter().max_by_key(|(place, n)| (*n, usize::MAX - place))?;
    Some((copies.texts.get(place)?.into(), FoundBy::Quotes))
}

/// The words of that hash and length anywhere in a text.
fn searched<'a>(text: &'a str, row: &RowOf) -> Option<&'a str> {
    /// So many bytes are hashed for one sentence at the most.
    const MOST_BYTES: usize = 64 << 20;
    let (start, end) = row.span?;
    let n = end.checked_sub(start).filter(|n| *n > 0)?;
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    if n.saturating_mul(starts.len()) > MOST_BYTES {
        return None;
    }
    // A sentence begins and ends with something to see.
    let seen =
        |window: &&'a str| !window.starts_with(char::is_whitespace) && !window.ends_with(char::is_whitespace);
    let windows = starts.iter().zip(starts.iter().skip(n)).filter_map(|(from, to)| text.get(*from..*to));
    windows.filter(seen).find(|window| sha256_hex(window.as_bytes()) == row.hash)
}

fn number(cell: &str) -> Option<usize> {
    cell.trim().parse().ok()
}

/// Calls `take` with every row.
fn each_row(kind: Kind, bytes: &[u8], mut take: impl FnMut(RowOf)) -> Result<(), NotAttached> {
    if kind == Kind::JsonLines {
        return each_object(bytes, |line, object| {
            let text = |name: &str| object.text(name);
            let place = |name: &str| object.get(name).and_then(|value| number(value.get()));
            if object.get(TEXT).is_some() {
                return Err(NotAttached::HasTexts);
            }
            let hash = text(HASH).ok_or_else(|| NotAttached::Line { line, why: format!("no `{HASH}`") })?;
            take(RowOf {
                article: text(ARTICLE).unwrap_or_default(),
                article_sha256: text(ARTICLE_HASH).unwrap_or_default(),
                span: place("start").zip(place("end")),
                hash,
            });
            Ok(())
        });
    }
    let mut head: Option<Vec<String>> = None;
    each_record(kind, bytes, |_, cells| {
        let Some(head) = &head else {
            let has = |name: &str| cells.iter().any(|cell| cell == name);
            return match [ARTICLE, HASH, ARTICLE_HASH, "start", "end"].into_iter().find(|name| !has(name)) {
                Some(_) if has(TEXT) => Err(NotAttached::HasTexts),
                Some(name) => Err(NotAttached::NoColumn(name)),
                None => {
                    head = Some(cells);
                    Ok(())
                }
            };
        };
        let cell = |name: &str| {
            let place = head.iter().position(|column| column == name);
            place.and_then(|place| cells.get(place)).cloned().unwrap_or_default()
        };
        take(RowOf {
            article: cell(ARTICLE),
            article_sha256: cell(ARTICLE_HASH),
            span: number(&cell("start")).zip(number(&cell("end"))),
            hash: cell(HASH),
        });
        Ok(())
    })
}

/// Calls `take` with the words of every row of a table that has them.
fn each_text(
    kind: Kind,
    bytes: &[u8],
    mut take: impl FnMut(&str) -> Result<(), String>,
) -> Result<(), String> {
    let as_why = |why: NotAttached| message::what(&why.to_string()).to_owned();
    let mut fault = Ok(());
    let no_text = || NotAttached::NoColumn(TEXT);
    let mut tell = |text: &str| {
        if fault.is_ok() {
            fault = take(text);
        }
    };
    let read = if kind == Kind::JsonLines {
        each_object(bytes, |_, object| {
            tell(&object.text(TEXT).ok_or_else(no_text)?);
            Ok(())
        })
    } else {
        let mut place = None;
        each_record(kind, bytes, |_, cells| {
            match place {
                None => place = Some(cells.iter().position(|cell| cell == TEXT).ok_or_else(no_text)?),
                Some(place) => tell(cells.get(place).ok_or_else(no_text)?),
            }
            Ok(())
        })
    };
    read.map_err(as_why)?;
    fault
}

const ARTICLE: &str = "article_id";
const HASH: &str = HASHES[0];
const ARTICLE_HASH: &str = HASHES[1];

/// The same table with texts where the hashes of sentences were; rows without words are left out.
fn written(kind: Kind, bytes: &[u8], words: &[Option<String>], out: &mut dyn io::Write) -> io::Result<()> {
    let mut words = words.iter();
    let (mut lines, mut failed) = (Vec::new(), Ok(()));
    let mut put = |lines: &mut Vec<u8>, failed: &mut io::Result<()>| {
        if failed.is_ok() {
            *failed = out.write_all(lines);
        }
        lines.clear();
    };
    // It was read before: nothing in it is wrong.
    if kind == Kind::JsonLines {
        each_object(bytes, |_, object| {
            let Some(Some(words)) = words.next() else { return Ok(()) };
            lines.push(b'{');
            let mut is_first = true;
            for (name, value) in object.fields().filter(|(name, _)| *name != ARTICLE_HASH) {
                if !std::mem::take(&mut is_first) {
                    lines.push(b',');
                }
                let (name, value) =
                    if name == HASH { (TEXT, quoted(words)) } else { (name, value.get().to_owned()) };
                lines.extend([&quoted(name), ":", &value].concat().bytes());
            }
            lines.extend_from_slice(b"}\n");
            put(&mut lines, &mut failed);
            Ok(())
        })
        .unwrap_or_default();
        return failed;
    }
    let is_for_excel = bytes.starts_with(BOM);
    let cells = if is_for_excel { Cells::ForExcel } else { Cells::Plain };
    let style = Style { separator: if kind == Kind::Tabs { b'\t' } else { b',' }, cells };
    if is_for_excel {
        lines.extend_from_slice(BOM);
    }
    let mut head: Option<Vec<String>> = None;
    each_record(kind, bytes, |_, cells| {
        let is_head = head.is_none();
        let columns = head.get_or_insert_with(|| cells.clone());
        let words = if is_head {
            TEXT
        } else {
            let Some(Some(words)) = words.next() else { return Ok(()) };
            words
        };
        let mut line = Line::begin(&mut lines, style);
        for (name, cell) in columns.iter().zip(&cells).filter(|(name, _)| *name != ARTICLE_HASH) {
            line.cell(if name == HASH { words } else { cell });
        }
        line.end();
        put(&mut lines, &mut failed);
        Ok(())
    })
    .unwrap_or_default();
    failed
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

fn each_object(
    bytes: &[u8],
    mut take: impl FnMut(u64, &Object<'_>) -> Result<(), NotAttached>,
) -> Result<(), NotAttached> {
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
    for (line, bytes) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        let failed = |why: String| NotAttached::Line { line, why: message::unmarked(&why) };
        let text = std::str::from_utf8(bytes).map_err(|_| failed("not UTF-8".to_owned()))?;
        let object: Object<'_> = serde_json::from_str(text).map_err(|error| failed(error.to_string()))?;
        take(line, &object)?;
    }
    Ok(())
}

/// Calls `take` with the cells of every record, the head too.
fn each_record(
    kind: Kind,
    bytes: &[u8],
    mut take: impl FnMut(u64, Vec<String>) -> Result<(), NotAttached>,
) -> Result<(), NotAttached> {
    let (is_for_excel, bytes) = (bytes.starts_with(BOM), bytes.strip_prefix(BOM).unwrap_or(bytes));
    let separator = if kind == Kind::Tabs { b'\t' } else { b',' };
    if let Some(at) = cells::open_at_end(bytes, separator) {
        let line = cells::Lines::of(bytes).line_of(at);
        return Err(NotAttached::Line { line, why: "the table is cut off inside a cell".to_owned() });
    }
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).delimiter(separator).from_reader(bytes);
    let mut record = ::csv::StringRecord::new();
    loop {
        let read = reader.read_record(&mut record).map_err(|error| {
            let line = error.position().map_or(0, ::csv::Position::line);
            let why = match error.kind() {
                ::csv::ErrorKind::Utf8 { .. } => "not UTF-8".to_owned(),
                ::csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                    format!("{len} cells under {expected_len} columns")
                }
                _ => message::unmarked(&error.to_string()),
            };
            NotAttached::Line { line, why }
        });
        if !read? {
            return Ok(());
        }
        let line = record.position().map_or(0, ::csv::Position::line);
        let plain = |cell: &str| if is_for_excel { unguarded(cell).to_owned() } else { cell.to_owned() };
        take(line, record.iter().map(plain).collect())?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::TABLE;
    use crate::formats::articles::found::{Asked, Found};
    use crate::formats::articles::plain::read_plain;
    use crate::formats::datasets::rows::{Going, Layer};
    use crate::formats::datasets::what::What;
    use crate::formats::datasets::{csv, jsonl};
    use crate::model::project::Project;
    use crate::model::sketch;

    const DRAWN: &str =
        "# Fire | Post\nHe lit it, 👍🏽 they say. [allegation] No. [none]\n\nIt rained all night. [fact]";

    fn drawn() -> Project {
        sketch::project(DRAWN, |_| "a".to_owned(), |text| sha256_hex(text.as_bytes())).unwrap()
    }

    fn bare(project: &Project, kind: Kind) -> Vec<u8> {
        let what = What { text: false, ..What::usual(&TABLE, Layer::Coders) };
        let (going, mut out) = (Going::new(project, &what), Vec::new());
        match kind {
            Kind::Commas => csv::write(&going, &mut out).unwrap(),
            Kind::Tabs => csv::write_tabs(&going, &mut out).unwrap(),
            Kind::JsonLines => jsonl::write(&going, &mut out).unwrap(),
        };
        out
    }

    /// With a copy as a file, or as an article that was read of it.
    fn joined(copy: &str, by: FoundBy) -> Result<Attached, NotAttached> {
        let (project, mut copies) = (drawn(), Copies::default());
        if by == FoundBy::Quotes {
            let Found { articles, .. } = read_plain(copy.as_bytes(), Asked::default()).unwrap();
            for article in articles {
                copies.take_article(&article.into_article().unwrap());
            }
        } else {
            copies.take_bytes(copy.as_bytes());
        }
        let mut all = vec![];
        for kind in [Kind::Commas, Kind::Tabs, Kind::JsonLines] {
            let mut out = Vec::new();
            let attached = attach(kind, &bare(&project, kind), &copies, &mut out).unwrap();
            if let Ok(attached) = &attached {
                assert_eq!(check(kind, &out, attached), Ok(attached.n_joined));
                let other = String::from_utf8(out).unwrap().replacen("rained", "poured", 1);
                assert!(attached.n_joined < 3 || check(kind, other.as_bytes(), attached).is_err());
            }
            all.push(attached);
        }
        assert!(all.iter().all(|one| *one == all[0]), "{all:?}");
        all.remove(0)
    }

    #[test]
    fn copies_are_found_by_hash_by_another_form_and_by_their_sentences() {
        let project = drawn();
        let text = project.articles().next().unwrap().text();
        let check = |copy: &str, by: FoundBy, (n_joined, n_moved): (usize, usize)| {
            let attached = joined(copy, by).unwrap();
            assert_eq!(attached.found, BTreeMap::from([(by, 1)]), "{copy}");
            assert_eq!((attached.n_joined, attached.n_moved), (n_joined, n_moved), "{copy}");
            assert_eq!(attached.left.len(), usize::from(n_joined < 3));
        };
        check(text, FoundBy::Hash, (3, 0));
        for form in [
            format!("\n{text}\n\n"),
            text.replace('\n', "\r\n"),
            text.replacen("all night", "all\nnight", 1),
            text.replacen(", ", ",\r\n   ", 1),
        ] {
            check(&form, FoundBy::FoldedText, (3, 0));
        }
        check(&format!("Home page.\n\n{text}\n\nShare it."), FoundBy::Quotes, (3, 3));
        check(&format!("Home page.\n\n{}", text.replace("night", "day")), FoundBy::Quotes, (2, 2));
        assert_eq!(joined("Something else.", FoundBy::Quotes), Err(NotAttached::Nothing));
    }

    #[test]
    fn what_is_no_such_table_is_refused() {
        let check = |kind: Kind, table: &str, want: &str| {
            let why =
                attach(kind, table.as_bytes(), &Copies::default(), &mut Vec::new()).unwrap().unwrap_err();
            assert!(why.to_string().starts_with(want), "{why}");
        };
        check(Kind::Commas, "", "the file is empty");
        check(Kind::Commas, "a,b\n1,2\n", "the table has no column `article_id`");
        check(Kind::Commas, "article_id,text\n1,2\n", "this dataset has its texts already");
        check(Kind::Commas, "a,b\n1\n", "the table has no column");
        check(Kind::Commas, "a,\"b\n1", "line 1: the table is cut off inside a cell");
        check(Kind::JsonLines, "{\"text\": \"a\"}", "this dataset has its texts already");
        check(Kind::JsonLines, "{}", "line 1: no `text_sha256`");
        check(Kind::JsonLines, "\n3", "line 2: ");
        let head = "article_id,start,end,text_sha256,article_sha256\n";
        check(Kind::Commas, &format!("{head}a,1\n"), "line 2: 2 cells under 5 columns");
        check(Kind::Commas, &format!("{head}a,18446744073709551616,-1,x,y\n"), "none of these texts");
    }
}
