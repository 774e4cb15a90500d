//! An import of articles: what was read, and what came of it. Articles name it in their `meta.import`.

use crate::model::ids::{CoderId, Kept, MAX_FILE_NAME_BYTES, RecordId, Stamp};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    pub id: RecordId,
    /// Who took them in, where that is known.
    pub by: Option<CoderId>,
    pub at: Option<Stamp>,
    /// Version of the program that read them.
    pub program: String,
    pub files: Vec<ImportFile>,
    /// What did not come in, in the order of the files.
    pub left: Vec<LeftOut>,
    pub extra: Kept,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportFile {
    pub name: String,
    /// Of its bytes, in hex.
    pub sha256: Option<String>,
    /// How the database lays it out, `nexis-uni`; none = no database.
    pub layout: Option<String>,
    /// How many articles it says that it has.
    pub announced: Option<u32>,
    pub found: u32,
    pub taken: u32,
    /// As said in words: lines cut, warnings of the reader.
    pub warnings: Vec<String>,
    pub extra: Kept,
}

/// Something that did not come in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LeftOut {
    pub file: String,
    /// Where in the file: `4`, `row 7`; empty = all of it.
    pub place: String,
    pub title: String,
    pub why: String,
    pub extra: Kept,
}

impl Import {
    /// One that says nothing yet.
    pub fn new(id: RecordId, program: &str) -> Self {
        let program = program.to_owned();
        Self { id, by: None, at: None, program, files: vec![], left: vec![], extra: None }
    }

    /// The same with names of files as long as they may be: no import is refused for a path.
    #[must_use]
    pub fn fitted(mut self) -> Self {
        for name in self.files.iter_mut().map(|file| &mut file.name) {
            name.truncate(name.floor_char_boundary(MAX_FILE_NAME_BYTES));
        }
        self
    }

    pub fn n_found(&self) -> usize {
        self.files.iter().map(|file| file.found as usize).sum()
    }

    pub fn n_taken(&self) -> usize {
        self.files.iter().map(|file| file.taken as usize).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_cut_at_a_character() {
        let file =
            |name: String, found| ImportFile { name, found, taken: found - 1, ..ImportFile::default() };
        let mut import = Import::new(RecordId::new("i1"), "1.2");
        import.files = vec![file("a.docx".to_owned(), 3), file(format!("x{}", "é".repeat(4000)), 4)];
        let import = import.fitted();
        assert_eq!(import.files.iter().map(|file| file.name.len()).collect::<Vec<_>>(), [6, 4095]);
        assert_eq!((import.n_found(), import.n_taken()), (7, 5));
    }
}
