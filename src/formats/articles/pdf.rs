//! PDF (`.pdf`): paragraphs in the order of reading, headings, a title. Running heads and feet and page numbers are no text of an
//! article, and counted; a scan without text is said to be one.

#[cfg(feature = "pdf")]
mod guard;
#[cfg(feature = "pdf")]
mod library;
#[cfg(feature = "pdf")]
mod numbers;
#[cfg(feature = "pdf")]
mod pages;

use crate::formats::articles::found::{Asked, Found};
use crate::formats::reading::ReadError;
use crate::formats::{Format, Reads, Thing, Writes};

pub(in crate::formats) const FORMAT: Format = Format {
    id: "pdf",
    name: "PDF",
    extensions: &["pdf"],
    reads: Reads::Articles(read),
    writes: Writes::Nothing,
    keeps: &[Thing::Text],
};

const WHAT: &str = "a PDF";

#[cfg(feature = "pdf")]
fn read(bytes: &[u8], asked: Asked<'_>) -> Result<Found, ReadError> {
    library::read(bytes, asked)
}

/// A program that was built without the feature `pdf` says so.
#[cfg(not(feature = "pdf"))]
fn read(bytes: &[u8], _: Asked<'_>) -> Result<Found, ReadError> {
    if bytes.is_empty() {
        Err(ReadError::Empty)
    } else {
        Err(ReadError::BuiltWithout { what: WHAT, feature: "pdf" })
    }
}
