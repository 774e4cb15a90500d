//! The files in a zip archive, one at a time and never larger than they may be: what an archive says of itself is not trusted.

use crate::formats::reading::ReadError;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;
use zip::result::ZipError;

/// Of one file in it, of all that are read together, and how many there may be.
const MAX_ENTRY_BYTES: u64 = 64 << 20;
const MAX_WHOLE_BYTES: u64 = 256 << 20;
const MAX_ENTRIES: usize = 10_000;

/// An archive, open.
pub(super) struct Packed<'a> {
    /// What kind of file it is, for messages: `a Word document`.
    what: &'static str,
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that may still be read.
    left: u64,
}

/// Something in an archive, as the archive describes it.
pub(super) struct Listed {
    pub idx: usize,
    pub path: String,
    pub is_folder: bool,
    pub is_link: bool,
    pub has_password: bool,
    /// Whether its path stays in the archive.
    pub is_inside: bool,
}

impl<'a> Packed<'a> {
    pub fn open(what: &'static str, bytes: &'a [u8]) -> Result<Self, ReadError> {
        if bytes.is_empty() {
            return Err(ReadError::Empty);
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(what, &error))?;
        if zip.len() > MAX_ENTRIES {
            let why = format!("it holds {} files, the limit is {MAX_ENTRIES}", zip.len());
            return Err(ReadError::Broken { what, why });
        }
        Ok(Self { what, zip, left: MAX_WHOLE_BYTES })
    }

    /// Everything in it, in its order.
    pub fn list(&mut self) -> Vec<Listed> {
        let mut list = Vec::with_capacity(self.zip.len());
        for idx in 0..self.zip.len() {
            let Ok(entry) = self.zip.by_index_raw(idx) else { continue };
            // A name in no encoding that is known is shown as it may be read.
            let path = entry.name().map_or_else(|_| format!("{idx}"), std::borrow::Cow::into_owned);
            list.push(Listed {
                idx,
                is_folder: entry.is_dir(),
                is_link: entry.is_symlink(),
                has_password: entry.encrypted(),
                is_inside: entry.enclosed_name().is_some(),
                path: path.chars().filter(|c| !c.is_control()).collect(),
            });
        }
        list
    }

    /// A file in it by its path; none where there is none.
    pub fn entry(&mut self, path: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let path = path.trim_start_matches('/');
        let Some(idx) = self.zip.index_for_name(path) else { return Ok(None) };
        self.entry_at(idx, path).map(Some)
    }

    /// The file at a place of the list.
    pub fn entry_at(&mut self, idx: usize, path: &str) -> Result<Vec<u8>, ReadError> {
        let entry = self.zip.by_index(idx).map_err(|error| broken(self.what, &error))?;
        let limit = MAX_ENTRY_BYTES.min(self.left);
        let mut bytes = Vec::new();
        let read = entry.take(limit + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > limit {
            let why = format!("its part `{path}` has more than {} MiB", limit >> 20);
            return Err(ReadError::Broken { what: self.what, why });
        }
        read.map_err(|error| ReadError::Broken { what: self.what, why: error.to_string() })?;
        self.left -= bytes.len() as u64;
        Ok(bytes)
    }

    /// The same, where there must be one.
    pub fn needed(&mut self, path: &str) -> Result<Vec<u8>, ReadError> {
        let what = self.what;
        self.entry(path)?.ok_or_else(|| ReadError::Broken { what, why: format!("it has no part `{path}`") })
    }
}

fn broken(what: &'static str, error: &ZipError) -> ReadError {
    let why = match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => "it has a password".to_owned(),
        other => other.to_string(),
    };
    ReadError::Broken { what, why }
}

/// The path that a link in a file of an archive leads to: `../a/b.xml` seen from `c/d/e.opf` is `c/a/b.xml`.
pub(super) fn beside(from: &str, to: &str) -> String {
    if let Some(whole) = to.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut parts: Vec<&str> =
        from.rsplit_once('/').map_or_else(Vec::new, |(folder, _)| folder.split('/').collect());
    for part in to.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_paths() {
        let check = |from: &str, to: &str, want: &str| assert_eq!(beside(from, to), want, "{to} from {from}");
        check("content.opf", "a.xhtml", "a.xhtml");
        check("OEBPS/content.opf", "text/a.xhtml", "OEBPS/text/a.xhtml");
        check("c/d/e.opf", "../a/./b.xml", "c/a/b.xml");
        check("word/document.xml", "/word/styles.xml", "word/styles.xml");
        check("a/b", "../../../c", "c");
    }

    #[test]
    fn what_is_no_archive_is_said_to_be_none() {
        assert_eq!(Packed::open("a Word document", b"").err(), Some(ReadError::Empty));
        for bytes in [&b"PK"[..], b"PK\x03\x04", b"words", &[0; 100]] {
            let Err(ReadError::Broken { what, .. }) = Packed::open("a Word document", bytes) else {
                panic!()
            };
            assert_eq!(what, "a Word document");
        }
    }
}
