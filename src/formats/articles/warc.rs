//! Web archives (`.warc`, `.warc.gz`): the pages that a crawler was given, each an article (ISO 28500).
//!
//! Records are read one at a time. What is no page that was found is counted by its kind. When a page was fetched is no date of an
//! article.

use crate::formats::articles::found::{Asked, Found, Left};
use crate::formats::articles::html::read_page;
use crate::formats::reading::{ReadError, Warning};
use crate::formats::{Format, Reads, Thing, Writes};
use flate2::bufread::{GzDecoder, MultiGzDecoder, ZlibDecoder};
use memchr::memmem;
use std::collections::BTreeMap;
use std::io::Read;

pub(in crate::formats) const FORMAT: Format = Format {
    id: "warc",
    name: "web archive",
    extensions: &["warc", "warc.gz"],
    reads: Reads::Articles(read),
    writes: Writes::Nothing,
    keeps: &[Thing::Text, Thing::Metadata, Thing::MoreMetadata],
};

/// Of one record, and of all that are unpacked.
const MAX_RECORD_BYTES: usize = 64 << 20;
const MAX_WHOLE_BYTES: usize = 1 << 30;
/// Of the lines at the head of a record.
const MAX_HEAD_BYTES: usize = 64 << 10;

fn read(bytes: &[u8], asked: Asked<'_>) -> Result<Found, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    let mut archive =
        Archive { asked, found: Found::default(), others: BTreeMap::new(), n: 0, n_unpacked: 0 };
    if bytes.starts_with(&GZIP) {
        archive.packed(bytes);
    } else {
        archive.records(bytes);
    }
    if archive.n == 0 {
        return Err(ReadError::Broken { what: "a web archive", why: "no record begins in it".to_owned() });
    }
    let Archive { mut found, others, .. } = archive;
    if !others.is_empty() {
        let others: Vec<String> = others.iter().map(|(what, n)| format!("{n} {what}")).collect();
        found.warnings.push(Warning(format!("of the archive is no page of its own: {}", others.join(", "))));
    }
    Ok(found)
}

const GZIP: [u8; 2] = [0x1f, 0x8b];

struct Archive<'a> {
    asked: Asked<'a>,
    found: Found,
    /// Records that are no pages, by what they are.
    others: BTreeMap<String, usize>,
    /// Records so far, and bytes that were unpacked.
    n: usize,
    n_unpacked: usize,
}

impl Archive<'_> {
    /// Each record is packed for itself: where one is broken, the next begins with the mark.
    fn packed(&mut self, mut rest: &[u8]) {
        while rest.starts_with(&GZIP) && self.n_unpacked < MAX_WHOLE_BYTES {
            let mut record = Vec::new();
            let mut decoder = GzDecoder::new(rest);
            let read = (&mut decoder).take(MAX_RECORD_BYTES as u64 + 1).read_to_end(&mut record);
            let after = decoder.into_inner();
            self.n_unpacked += record.len();
            let is_whole = read.is_ok() && record.len() <= MAX_RECORD_BYTES;
            if is_whole {
                self.records(&record);
            } else {
                self.n += 1;
                let why = match read {
                    Ok(_) => format!("larger than {} MiB", MAX_RECORD_BYTES >> 20),
                    Err(_) => "damaged".to_owned(),
                };
                self.leave(None, why);
            }
            rest = if is_whole { after } else { rest.get(GZIP.len()..).unwrap_or_default() };
            if !rest.starts_with(&GZIP) {
                let next = memmem::find(rest, &[0x1f, 0x8b, 0x08]);
                rest = next.and_then(|at| rest.get(at..)).unwrap_or_default();
            }
        }
        if !rest.is_empty() && self.n_unpacked >= MAX_WHOLE_BYTES {
            let why =
                format!("it holds more than {} MiB: what comes after is missing", MAX_WHOLE_BYTES >> 20);
            self.found.warnings.push(Warning(why));
        }
    }

    fn records(&mut self, mut rest: &[u8]) {
        while let Some(start) = memmem::find(rest, b"WARC/1.") {
            rest = rest.get(start..).unwrap_or_default();
            let Some((head, body)) = parted(rest) else { return self.cut_off() };
            let fields = Fields::of(&head);
            let len = fields.get("content-length").and_then(|len| len.parse::<usize>().ok());
            let Some(content) = len.and_then(|len| body.get(..len)) else {
                self.cut_off();
                rest = rest.get(7..).unwrap_or_default();
                continue;
            };
            self.n += 1;
            self.record(&fields, content);
            rest = body.get(content.len()..).unwrap_or_default();
        }
    }

    fn cut_off(&mut self) {
        self.n += 1;
        self.leave(None, "cut off".to_owned());
    }

    fn leave(&mut self, address: Option<&str>, why: String) {
        self.found.left.push(Left {
            place: self.n.to_string(),
            title: address.unwrap_or_default().to_owned(),
            why,
        });
    }

    fn record(&mut self, fields: &Fields, content: &[u8]) {
        let kind = fields.get("warc-type").unwrap_or_default();
        let address = fields.get("warc-target-uri").map(|uri| uri.trim_matches(['<', '>']));
        if kind != "response" {
            let what = match kind {
                "request" => "requests",
                "revisit" => "pages that are the same as before",
                "warcinfo" | "metadata" => "notes of the crawler",
                "resource" | "conversion" => "files",
                _ => "other records",
            };
            return self.count(what);
        }
        let Some((head, body)) = parted(content) else {
            return self.leave(address, "no answer of a server".to_owned());
        };
        let Some((status, http)) = head.split_once('\n') else { return self.count("answers without a page") };
        if status.split_whitespace().nth(1) != Some("200") {
            return self.count("pages that were not found or lie elsewhere");
        }
        let http = Fields::of_lines(http);
        let kind = http.get("content-type").unwrap_or_default().to_lowercase();
        if !(kind.starts_with("text/html") || kind.starts_with("application/xhtml")) {
            return self.count("files that are no page");
        }
        let charset =
            kind.split_once("charset=").map(|(_, name)| name.trim_matches(['"', '\'', ' ']).to_owned());
        match page_of(&http, body) {
            Err(why) => self.leave(address, why),
            Ok(page) => match read_page(&page, address, charset.as_deref(), self.asked) {
                Ok(read) => self.add(read),
                Err(why) => {
                    let why = why.to_string().split('\0').next().unwrap_or_default().to_owned();
                    self.leave(address, why);
                }
            },
        }
    }

    fn count(&mut self, what: &str) {
        *self.others.entry(what.to_owned()).or_default() += 1;
    }

    fn add(&mut self, read: Found) {
        let record = self.n;
        let place =
            |inner: &str| if inner.is_empty() { record.to_string() } else { format!("{record}, {inner}") };
        for mut article in read.articles {
            article.place = place(&article.place);
            self.found.articles.push(article);
        }
        self.found.left.extend(read.left.into_iter().map(|left| Left { place: place(&left.place), ..left }));
        for warning in read.warnings {
            self.found.warnings.push(Warning(format!("record {record}: {}", warning.0)));
        }
    }
}

/// The page in an answer, without what was done to send it.
fn page_of(http: &Fields, body: &[u8]) -> Result<Vec<u8>, String> {
    let is_chunked = http.get("transfer-encoding").is_some_and(|how| how.to_lowercase().contains("chunked"));
    // Crawlers write down the head as it came and the body as it is, or both as they came.
    let body = if is_chunked { joined(body).unwrap_or_else(|| body.to_vec()) } else { body.to_vec() };
    let packed = http.get("content-encoding").map(|how| how.trim().to_lowercase());
    match packed.as_deref() {
        Some("gzip" | "x-gzip") if body.starts_with(&GZIP) => unpacked(MultiGzDecoder::new(body.as_slice())),
        Some("deflate") if body.first() == Some(&0x78) => unpacked(ZlibDecoder::new(body.as_slice())),
        Some("br" | "zstd") if std::str::from_utf8(&body).is_err() => {
            Err("packed in a way that is not read (`br` or `zstd`)".to_owned())
        }
        _ => Ok(body),
    }
}

fn unpacked(reader: impl Read) -> Result<Vec<u8>, String> {
    let mut page = Vec::new();
    let read = reader.take(MAX_RECORD_BYTES as u64 + 1).read_to_end(&mut page);
    if page.len() > MAX_RECORD_BYTES {
        return Err(format!("larger than {} MiB", MAX_RECORD_BYTES >> 20));
    }
    // What was unpacked before the damage is a page too, if a short one.
    read.map(|_| ()).or_else(|_| if page.is_empty() { Err("damaged".to_owned()) } else { Ok(()) })?;
    Ok(page)
}

/// A body that was sent in pieces, each after its length; none where it was not.
fn joined(body: &[u8]) -> Option<Vec<u8>> {
    let (mut rest, mut out) = (body, Vec::with_capacity(body.len()));
    loop {
        let end = memmem::find(rest, b"\r\n").filter(|end| *end <= 64)?;
        let line = std::str::from_utf8(rest.get(..end)?).ok()?;
        let len = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        rest = rest.get(end + 2..)?;
        if len == 0 {
            return Some(out);
        }
        // The last piece may be cut off.
        let piece = rest.get(..len).unwrap_or(rest);
        out.extend_from_slice(piece);
        rest = rest.get(piece.len()..)?;
        if rest.is_empty() {
            return Some(out);
        }
        rest = rest.strip_prefix(b"\r\n")?;
    }
}

/// The head as text and what follows its empty line.
fn parted(bytes: &[u8]) -> Option<(String, &[u8])> {
    let look = bytes.get(..bytes.len().min(MAX_HEAD_BYTES))?;
    let (end, len) = match (memmem::find(look, b"\r\n\r\n"), memmem::find(look, b"\n\n")) {
        (Some(end), Some(other)) if other < end => (other, 2),
        (Some(end), _) => (end, 4),
        (None, Some(end)) => (end, 2),
        (None, None) => return None,
    };
    Some((String::from_utf8_lossy(look.get(..end)?).into_owned(), bytes.get(end + len..)?))
}

/// Lines with a name and a value, the names in lower case.
struct Fields(Vec<(String, String)>);

impl Fields {
    /// Of a head whose first line says what it is.
    fn of(head: &str) -> Self {
        Self::of_lines(head.split_once('\n').map_or("", |(_, lines)| lines))
    }

    fn of_lines(lines: &str) -> Self {
        let field = |line: &str| {
            let (name, value) = line.split_once(':')?;
            Some((name.trim().to_lowercase(), value.trim().to_owned()))
        };
        Self(lines.lines().filter_map(field).collect())
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}
