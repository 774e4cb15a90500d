//! A file of lines that only grows: what was appended is on the disk when `append` returns.
//!
//! What a line means, and its checksum, is somebody else's affair: a callback says whether a line is valid.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _};
use std::path::{Path, PathBuf};

use crate::shell::disk;
use crate::shell::file_error::FileError;
use crate::shell::files;

/// The longest line that is believed in, in bytes; an action over 4 MiB is never journalled.
pub const MAX_LINE_BYTES: u64 = 16 * 1024 * 1024;

/// The part of a journal that can be trusted: complete lines from the start, each accepted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ValidPrefix {
    /// Its lines, the header included.
    pub n_lines: usize,
    /// Its length in bytes: where to trim before appending.
    pub len: u64,
    /// Bytes after it: a line cut off by a crash, or rubbish.
    pub rest: u64,
}

/// A journal open for appending.
#[derive(Debug)]
pub struct JournalFile {
    file: File,
    path: PathBuf,
    len: u64,
    /// Set while the file may be longer than `len`, after an append that failed.
    is_untidy: bool,
}

impl JournalFile {
    /// Makes a new journal that starts with `header_line`; both it and its name are on the disk afterwards.
    pub fn create(path: &Path, header_line: &str) -> Result<Self, FileError> {
        let file = disk::open(path, files::private_file().append(true).create_new(true))
            .map_err(|e| FileError::writing(path, "making the journal", e))?;
        let mut journal = Self { file, path: path.into(), len: 0, is_untidy: false };
        if let Err(error) = journal.append(&[header_line]) {
            files::remove_left_over(path);
            return Err(error);
        }
        files::sync_folder(path);
        Ok(journal)
    }

    /// Opens a journal that `read_valid` has read, and trims it: appending after a cut-off line corrupts both.
    pub fn open(path: &Path, valid: &ValidPrefix) -> Result<Self, FileError> {
        let opened = disk::open(path, File::options().append(true));
        let file = opened.map_err(|e| FileError::reading(path, "opening the journal", e))?;
        let mut journal = Self { file, path: path.into(), len: valid.len, is_untidy: false };
        journal.truncate_to(valid.len)?;
        Ok(journal)
    }

    /// Appends `lines`, given without their line ends, and waits once until all are on the disk.
    ///
    /// After an error none of them counts: append them again.
    pub fn append<S: AsRef<str>>(&mut self, lines: &[S]) -> Result<(), FileError> {
        let mut text = String::new();
        for line in lines.iter().map(AsRef::as_ref) {
            if line.contains('\n') {
                return Err(FileError::LineBreak(self.path.clone()));
            }
            text.push_str(line);
            text.push('\n');
        }
        if text.is_empty() {
            return Ok(());
        }
        if self.is_untidy {
            self.truncate_to(self.len)?;
        }
        // Also after a failed sync: the system may have dropped what it could not write, and would not say so again.
        self.is_untidy = true;
        let written = disk::write(&mut self.file, &self.path, text.as_bytes())
            .and_then(|()| disk::sync_data(&self.file, &self.path));
        if let Err(e) = written {
            if let Err(left) = self.truncate_to(self.len) {
                tracing::warn!("cannot trim the journal, it is tried again: {left}");
            }
            return Err(FileError::writing(&self.path, "writing the journal", e));
        }
        self.len += text.len() as u64;
        self.is_untidy = false;
        Ok(())
    }

    /// Cuts the journal to its first `len` bytes and waits until that is on the disk. It never grows.
    pub fn truncate_to(&mut self, len: u64) -> Result<(), FileError> {
        let failed = |e| FileError::writing(&self.path, "trimming the journal", e);
        let there = self.file.metadata().map_err(failed)?.len();
        if there > len {
            disk::set_len(&self.file, &self.path, len)
                .and_then(|()| disk::sync(&self.file, &self.path))
                .map_err(failed)?;
        }
        self.len = there.min(len);
        self.is_untidy = false;
        Ok(())
    }

    /// Whether the journal is still the file under its name: else what is appended is lost with this program.
    pub fn is_in_place(&self) -> bool {
        files::same_file(&self.path, &self.file)
    }

    /// Length in bytes of what is safe.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether it holds not even a header.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// The longest prefix of complete lines that `is_valid` accepts, each asked once, in order, without its line end.
///
/// A last line without its end is not complete. A line that is not UTF-8 or too long ends the prefix.
pub fn read_valid(path: &Path, mut is_valid: impl FnMut(&str) -> bool) -> Result<ValidPrefix, FileError> {
    let failed = |e: io::Error| FileError::reading(path, "reading the journal", e);
    let mut reader = reader(path)?;
    let there = reader.get_ref().metadata().map_err(failed)?;
    let mut valid = ValidPrefix::default();
    let mut line = Vec::new();
    loop {
        line.clear();
        let n = reader.by_ref().take(MAX_LINE_BYTES).read_until(b'\n', &mut line).map_err(failed)?;
        let Some((b'\n', bytes)) = line.split_last() else { break };
        if !std::str::from_utf8(bytes).is_ok_and(&mut is_valid) {
            break;
        }
        valid.n_lines += 1;
        valid.len += n as u64;
    }
    valid.rest = there.len().saturating_sub(valid.len);
    Ok(valid)
}

/// Gives every complete line after the first `from` bytes, without its line end.
///
/// A line that is too long ends it, so that no journal is ever read whole.
pub fn read_rest(path: &Path, from: u64, mut take: impl FnMut(&[u8])) -> Result<(), FileError> {
    let failed = |e: io::Error| FileError::reading(path, "reading the journal", e);
    let mut reader = reader(path)?;
    reader.seek(io::SeekFrom::Start(from)).map_err(failed)?;
    let mut line = Vec::new();
    loop {
        line.clear();
        reader.by_ref().take(MAX_LINE_BYTES).read_until(b'\n', &mut line).map_err(failed)?;
        let Some((b'\n', bytes)) = line.split_last() else { return Ok(()) };
        take(bytes);
    }
}

fn reader(path: &Path) -> Result<BufReader<File>, FileError> {
    files::ordinary(path)?;
    let file = disk::open_to_read(path).map_err(|e| FileError::reading(path, "opening the journal", e))?;
    Ok(BufReader::with_capacity(1 << 16, file))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// Invented lines: a number, a colon, that many letters.
    fn is_line(line: &str) -> bool {
        line.split_once(':').is_some_and(|(n, rest)| n.parse() == Ok(rest.chars().count()))
    }

    #[test]
    fn the_valid_prefix() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("j");
        let check = |bytes: &[u8], n_lines: usize, len: u64| {
            fs::write(&path, bytes).unwrap();
            let want = ValidPrefix { n_lines, len, rest: bytes.len() as u64 - len };
            assert_eq!(read_valid(&path, is_line).unwrap(), want, "{}", String::from_utf8_lossy(bytes));
        };
        check(b"", 0, 0);
        check(b"\n", 0, 0);
        check(b"1:a", 0, 0);
        check(b"1:a\n", 1, 4);
        check(b"1:a\n2:bc\n", 2, 9);
        check(b"1:a\n2:bc", 1, 4);
        check(b"1:a\n2:b\n1:c\n", 1, 4);
        check(b"1:a\n2:\xff\xfe\n1:c\n", 1, 4);
        check(b"1:a\n\0\0\0\0\0\0", 1, 4);
        check("1:é\n0:\n".as_bytes(), 2, 8);
        check(b"1:a\r\n", 0, 0);
    }

    #[test]
    fn whole_lines_after_the_valid_prefix() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("j");
        let check = |bytes: &[u8], from: u64, want: &[&str]| {
            fs::write(&path, bytes).unwrap();
            let mut lines = Vec::new();
            read_rest(&path, from, |line| lines.push(line.to_vec())).unwrap();
            assert_eq!(
                lines,
                want.iter().map(|line| line.as_bytes()).collect::<Vec<_>>(),
                "{}",
                String::from_utf8_lossy(bytes)
            );
        };
        check(b"", 0, &[]);
        check(b"1:a\nx\n\n1:b\n1:c", 4, &["x", "", "1:b"]);
        check(b"1:a\n2:bc\n\n", 9, &[""]);
        check(b"1:a\n", 9, &[]);
        let mut bytes = vec![0; usize::try_from(MAX_LINE_BYTES).unwrap()];
        bytes.extend(b"\n1:b\n");
        check(&bytes, 0, &[]);
    }

    #[test]
    fn a_huge_line_is_not_believed() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("j");
        let mut bytes = b"1:a\n".to_vec();
        bytes.resize(bytes.len() + usize::try_from(MAX_LINE_BYTES).unwrap(), b'x');
        bytes.extend(b"\n1:b\n");
        fs::write(&path, &bytes).unwrap();
        let mut asked = 0;
        let valid = read_valid(&path, |_| {
            asked += 1;
            true
        });
        assert_eq!((valid.unwrap().len, asked), (4, 1));
    }

    #[test]
    fn a_line_break_in_a_line_is_refused_whole() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("j");
        let mut journal = JournalFile::create(&path, "1:h").unwrap();
        assert!(matches!(journal.append(&["1:a", "2:b\n"]), Err(FileError::LineBreak(_))));
        journal.append(&["1:c"]).unwrap();
        journal.append::<&str>(&[]).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "1:h\n1:c\n");
        assert_eq!(journal.len(), 8);
        assert!(JournalFile::create(&path, "1:h").is_err(), "a journal is never overwritten");
        assert_eq!(fs::read_to_string(&path).unwrap(), "1:h\n1:c\n");
    }
}
