//! Saved pages (`.html`): the article of the page with what the page says of it. Exports of news databases in HTML are taken apart.
//!
//! Nothing is fetched and no script runs. What nobody sees of a page is no text of it.

mod exports;
mod lines;
pub(super) mod page;
mod page_meta;
mod shallow;

use crate::formats::articles::found::{Asked, Found};
use crate::formats::articles::html::page::Page;
use crate::formats::decode::{Decoded, decode_as};
use crate::formats::reading::{ReadError, Warning};
use crate::formats::{Format, Reads, Thing, Writes};

pub(in crate::formats) const FORMAT: Format = Format {
    id: "html",
    name: "web page",
    extensions: &["html", "htm", "xhtml"],
    reads: Reads::Articles(read),
    writes: Writes::Nothing,
    keeps: &[Thing::Text, Thing::Metadata, Thing::MoreMetadata],
};

fn read(bytes: &[u8], asked: Asked<'_>) -> Result<Found, ReadError> {
    read_page(bytes, None, None, asked)
}

/// Reads a page that lay at `address`, in the encoding that whoever sent it said unless the page's bytes know better.
pub(super) fn read_page(
    bytes: &[u8],
    address: Option<&str>,
    sent_as: Option<&str>,
    asked: Asked<'_>,
) -> Result<Found, ReadError> {
    let Decoded { text, encoding, warnings } = decoded(bytes, sent_as, asked)?;
    read_text(&Page { text: &text, encoding, address }, asked, warnings)
}

/// The same of one that was decoded: an export of a database gives its articles, any other page one.
pub(super) fn read_text(
    page: &Page<'_>,
    asked: Asked<'_>,
    warnings: Vec<Warning>,
) -> Result<Found, ReadError> {
    match exports::read(page, asked, &warnings) {
        Some(found) => Ok(found),
        None => page::read(page, asked, warnings),
    }
}

/// Bytes that are valid as UTF-8 are that, whatever the page says: pages are saved anew by programs that do not look.
fn decoded(bytes: &[u8], sent_as: Option<&str>, asked: Asked<'_>) -> Result<Decoded, ReadError> {
    if asked.encoding.is_some() {
        return decode_as(bytes, asked.encoding);
    }
    let found = decode_as(bytes, None)?;
    if found.encoding.starts_with("UTF-") {
        return Ok(found);
    }
    let declared = sent_as.map(str::to_owned).or_else(|| declared(bytes));
    let declared = declared.filter(|name| !name.to_lowercase().starts_with("utf-16"));
    match declared.filter(|name| encoding_rs::Encoding::for_label(name.as_bytes()).is_some()) {
        Some(name) => decode_as(bytes, Some(&name)),
        None => Ok(found),
    }
}

/// The encoding that a page names in its first 4 KiB: `<meta charset=…>`, `content="text/html; charset=…"`, or as XML does.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(4096))?).to_lowercase();
    let name = |mark: &str| {
        let (_, rest) = head.split_once(mark)?;
        let rest = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        let name = rest.split(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c)).next()?;
        Some(name.to_owned()).filter(|name| !name.is_empty())
    };
    name("charset").or_else(|| name("encoding").filter(|_| head.trim_start().starts_with("<?xml")))
}
