//! Telling git how projects are merged and shown: a line in `.gitattributes`, and settings of one repository.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::disk;
use crate::shell::file_error::FileError;
use crate::shell::files;
use crate::shell::replace::{self, Expected};

/// The line for all who share the repository.
pub const ATTRIBUTES: &str = "*.allegata.ron text eol=lf merge=allegata diff=allegata";

/// Settings of this repository, which git never takes from others.
pub const CONFIG: [(&str, &str); 3] = [
    ("merge.allegata.name", "Allegata projects, field by field"),
    ("merge.allegata.driver", "allegata merge %O %A %B %L %P"),
    ("diff.allegata.textconv", "allegata show --plain"),
];

/// The sections that hold them.
const SECTIONS: [&str; 2] = ["merge.allegata", "diff.allegata"];

/// The longest `.gitattributes` that is read, in bytes.
const MAX_BYTES: u64 = 1 << 20;

#[derive(Debug, thiserror::Error)]
pub enum GitError {
    #[error("git cannot be run, {0}\0hint: install git, or see that it is on the PATH")]
    NoGit(io::Error),
    #[error("this folder is in no git repository: `{}`\0hint: `git init` makes one", .0.display())]
    NoRepository(PathBuf),
    #[error("git refused: {0}")]
    Refused(String),
    #[error("not UTF-8 text: `{}`\0hint: write the line by hand: `{ATTRIBUTES}`", .0.display())]
    NotText(PathBuf),
    #[error(transparent)]
    File(#[from] FileError),
}

/// A repository, by its folder.
#[derive(Debug, Clone)]
pub struct Repository {
    root: PathBuf,
}

impl Repository {
    /// The repository that holds a folder.
    pub fn around(folder: &Path) -> Result<Self, GitError> {
        let (code, said, _) = git(folder, &["rev-parse", "--show-toplevel"])?;
        let root = said.trim_end_matches('\n');
        if code != Some(0) || root.is_empty() {
            return Err(GitError::NoRepository(folder.into()));
        }
        Ok(Self { root: root.into() })
    }

    pub fn attributes(&self) -> PathBuf {
        self.root.join(".gitattributes")
    }

    /// What is missing for git to merge and show projects, in words.
    pub fn missing(&self) -> Result<Vec<String>, GitError> {
        let mut missing = vec![];
        if !self.attribute_lines()?.iter().any(|line| is_ours(line)) {
            missing.push(format!("`{ATTRIBUTES}` in `{}`", self.attributes().display()));
        }
        for (name, value) in CONFIG {
            if self.config(name)?.as_deref() != Some(value) {
                missing.push(format!("`{name} = {value}` in this repository's config"));
            }
        }
        Ok(missing)
    }

    /// Writes both halves; what is there already stays.
    pub fn set_up(&self) -> Result<(), GitError> {
        let mut lines = self.attribute_lines()?;
        if !lines.iter().any(|line| is_ours(line)) {
            if let Some(last) = lines.last_mut().filter(|last| !last.ends_with('\n')) {
                last.push('\n');
            }
            lines.push(format!("{ATTRIBUTES}\n"));
            self.put(&lines)?;
        }
        for (name, value) in CONFIG {
            if self.config(name)?.as_deref() != Some(value) {
                self.done(&["config", "--local", "--replace-all", name, value])?;
            }
        }
        Ok(())
    }

    /// Takes both halves away; the rest of the file stays.
    pub fn undo(&self) -> Result<(), GitError> {
        let lines = self.attribute_lines()?;
        let rest: Vec<String> = lines.iter().filter(|line| !is_ours(line)).cloned().collect();
        if rest.len() < lines.len() {
            self.put(&rest)?;
        }
        for section in SECTIONS {
            let is_there = CONFIG.iter().filter(|(name, _)| name.starts_with(section));
            for (name, _) in is_there {
                if self.config(name)?.is_some() {
                    self.done(&["config", "--local", "--remove-section", section])?;
                    break;
                }
            }
        }
        Ok(())
    }

    /// The lines as they stand there, with their ends.
    fn attribute_lines(&self) -> Result<Vec<String>, GitError> {
        let path = self.attributes();
        let bytes = match files::read(&path, MAX_BYTES) {
            Err(FileError::Missing(_)) => return Ok(vec![]),
            bytes => bytes?,
        };
        let text = String::from_utf8(bytes).map_err(|_| GitError::NotText(path))?;
        Ok(text.split_inclusive('\n').map(str::to_owned).collect())
    }

    /// Writes the lines; no file stays where none is left.
    fn put(&self, lines: &[String]) -> Result<(), GitError> {
        let path = self.attributes();
        if lines.is_empty() {
            return disk::remove(&path).map_err(|error| FileError::writing(&path, "removing", error).into());
        }
        let saved = replace::save(&path, lines.concat().as_bytes(), Expected::Whatever, &mut |_| Ok(()));
        Ok(saved.map(drop)?)
    }

    /// A setting of this repository.
    fn config(&self, name: &str) -> Result<Option<String>, GitError> {
        let (code, said, _) = git(&self.root, &["config", "--local", "--get", name])?;
        Ok((code == Some(0)).then(|| said.trim_end_matches('\n').to_owned()))
    }

    fn done(&self, arguments: &[&str]) -> Result<(), GitError> {
        let (code, _, error) = git(&self.root, arguments)?;
        if code == Some(0) { Ok(()) } else { Err(GitError::Refused(error.trim().to_owned())) }
    }
}

/// Whether a line is the one that is written here, whatever ends it.
fn is_ours(line: &str) -> bool {
    line.trim_end() == ATTRIBUTES
}

/// Whether a program of this name is found where git will look for it.
pub fn is_on_path(name: &str) -> bool {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&folders).any(|folder| {
        let program = folder.join(name);
        program.is_file() || program.with_extension("exe").is_file()
    })
}

/// Exit code, output, errors.
fn git(folder: &Path, arguments: &[&str]) -> Result<(Option<i32>, String, String), GitError> {
    let run = Command::new("git").arg("-C").arg(folder).args(arguments).output();
    let output = run.map_err(GitError::NoGit)?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok((output.status.code(), text(&output.stdout), text(&output.stderr)))
}
