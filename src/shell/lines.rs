//! A stream line by line, so that a file of any size is read with little memory.

use crate::shell::disk;
use crate::shell::file_error::FileError;
use std::fs::File;
use std::io::{BufRead, BufReader, Read as _};
use std::path::{Path, PathBuf};

/// One line after the other. Lines end with `\n`.
#[derive(Debug)]
pub struct Lines<R> {
    from: R,
    /// The name of the stream, for errors.
    path: PathBuf,
    max_bytes: usize,
    line: Vec<u8>,
}

/// A line without its end.
#[derive(Debug, PartialEq, Eq)]
pub enum Line<'a> {
    Bytes(&'a [u8]),
    /// It was longer than allowed, and was passed over.
    TooLong,
}

impl Lines<BufReader<File>> {
    /// The lines of a file; also of one that is no ordinary file, such as a pipe.
    pub fn open(path: &Path, max_bytes: usize) -> Result<Self, FileError> {
        let file = disk::open_to_read(path).map_err(|e| FileError::reading(path, "opening", e))?;
        Ok(Self::new(BufReader::with_capacity(1 << 16, file), path, max_bytes))
    }
}

impl<R: BufRead> Lines<R> {
    pub fn new(from: R, path: &Path, max_bytes: usize) -> Self {
        Self { from, path: path.to_owned(), max_bytes, line: Vec::new() }
    }

    /// The next line; nothing at the end.
    pub fn read(&mut self) -> Result<Option<Line<'_>>, FileError> {
        let path = &self.path;
        let failed = |e| FileError::reading(path, "reading", e);
        self.line.clear();
        let limit = (self.max_bytes as u64).saturating_add(1);
        let n_read = self.from.by_ref().take(limit).read_until(b'\n', &mut self.line).map_err(failed)?;
        if n_read == 0 {
            return Ok(None);
        }
        if let Some(line) = self.line.strip_suffix(b"\n") {
            return Ok(Some(Line::Bytes(line)));
        }
        if n_read as u64 == limit {
            self.from.skip_until(b'\n').map_err(failed)?;
            return Ok(Some(Line::TooLong));
        }
        Ok(Some(Line::Bytes(&self.line)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: &[&str]) {
        let mut lines = Lines::new(text.as_bytes(), Path::new("a"), 3);
        let mut got = Vec::new();
        while let Some(line) = lines.read().unwrap() {
            got.push(match line {
                Line::Bytes(bytes) => String::from_utf8(bytes.to_vec()).unwrap(),
                Line::TooLong => "too long".to_owned(),
            });
        }
        assert_eq!(got, want, "{text:?}");
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let said = Lines::open(Path::new("nowhere/a.jsonl"), 3).unwrap_err().to_string();
        assert!(said.starts_with("no such file: `nowhere/a.jsonl`"), "{said}");
        let folder = tempfile::tempdir().unwrap();
        let said = Lines::open(folder.path(), 3).and_then(|mut lines| lines.read().map(|_| ()));
        assert!(said.is_err());
    }

    #[test]
    fn lines_within_the_limit_come_one_by_one() {
        check("", &[]);
        check("\n", &[""]);
        check("abc", &["abc"]);
        check("abc\n\nde\r\n", &["abc", "", "de\r"]);
        check("abcd\nabc\nabcdefgh\nab", &["too long", "abc", "too long", "ab"]);
        check("abcd", &["too long"]);
    }
}
