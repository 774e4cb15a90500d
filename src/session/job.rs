//! Work that only the shell can do, as values: jobs, their results, effects.

use crate::analysis::filter::Entry;
use crate::formats::journal;
use crate::model::article::Article;
use crate::model::history::History;
use crate::model::ids::{ArticleId, CoderId, Span, Stamp};
use crate::model::project::Project;
use crate::session::prefs::Setting;
use std::path::PathBuf;

/// What only the shell can do.
#[derive(Debug)]
pub enum Effect {
    /// Write one action to the journal.
    Append(journal::Entry),
    Start(Job),
    /// Ask the person for a file, by a dialog.
    Ask(Question),
    /// Keep a choice on this computer.
    Keep(Setting),
    /// The project is closed: let its file go.
    Release,
    Quit,
}

/// Work off the window's thread.
#[derive(Debug)]
pub enum Job {
    Open {
        path: PathBuf,
    },
    /// The sample, as an untitled copy.
    Sample,
    /// An untitled project, and the articles that it begins with.
    New {
        title: String,
        articles: Vec<PathBuf>,
    },
    ReadArticles {
        paths: Vec<PathBuf>,
        project: Project,
    },
    Save {
        project: Project,
        upto: u64,
        to: Option<PathBuf>,
    },
    Export {
        project: Project,
        path: PathBuf,
        coder: Option<CoderId>,
    },
    /// Has the file changed under us?
    LookOutside,
    Versions,
    /// An earlier version of the file, as an untitled copy.
    OpenVersion {
        version: Version,
    },
}

/// A job under way, for the status bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    pub name: String,
    pub kind: JobKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobKind {
    Open,
    Articles,
    Save,
    Export,
    Other,
}

impl Job {
    /// What the status bar says meanwhile; nothing for what passes at once.
    pub fn name(&self) -> Option<&'static str> {
        match self {
            Self::Open { .. } | Self::Sample | Self::OpenVersion { .. } => Some("Opening\u{2026}"),
            Self::ReadArticles { .. } => Some("Reading articles\u{2026}"),
            Self::Export { .. } => Some("Exporting\u{2026}"),
            Self::Save { .. } => Some("Saving\u{2026}"),
            Self::New { .. } | Self::LookOutside | Self::Versions => None,
        }
    }

    pub fn kind(&self) -> JobKind {
        match self {
            Self::Open { .. } | Self::Sample | Self::New { .. } | Self::OpenVersion { .. } => JobKind::Open,
            Self::ReadArticles { .. } => JobKind::Articles,
            Self::Save { .. } => JobKind::Save,
            Self::Export { .. } => JobKind::Export,
            Self::LookOutside | Self::Versions => JobKind::Other,
        }
    }
}

/// A file that the person is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    OpenProject,
    AddArticles,
    AddFolder,
    SaveAs,
    Export,
}

/// What a job came to. `Err` is a sentence for the person, with its hint.
#[derive(Debug)]
pub enum JobResult {
    Opened(Result<Box<Opened>, String>),
    Articles(Arrived),
    Saved {
        upto: u64,
        to: Option<PathBuf>,
        result: Result<Stamp, SaveTrouble>,
    },
    Exported(Result<PathBuf, String>),
    /// The paths that a dialog gave; `no_service` = nobody could ask.
    Asked {
        question: Question,
        paths: Vec<PathBuf>,
        no_service: bool,
    },
    Outside(Outside),
    Versions(Result<Vec<Version>, String>),
    /// Everything up to this action is in the journal, synced.
    Synced {
        n: u64,
    },
    /// The journal could not be written.
    JournalFailed(String),
    /// An action is too large for the journal: it is safe once the file has it.
    SaveNow,
    /// A job ended without a result.
    Broke {
        kind: JobKind,
        why: String,
    },
}

/// Why a file was not saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveTrouble {
    /// Somebody else wrote it since.
    ChangedOutside,
    Failed(String),
}

/// Whether the file is still what we read or wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outside {
    Same,
    Changed,
    Gone,
}

/// An opened project with all that came to light.
#[derive(Debug)]
pub struct Opened {
    pub project: Project,
    /// Who is at the keyboard, as far as this computer knows.
    pub coder: Option<CoderId>,
    /// Every article, counted for that coder.
    pub entries: Vec<Entry>,
    /// The way back through what was recovered.
    pub history: History,
    pub path: PathBuf,
    pub untitled: bool,
    /// Why nothing can be written, if so.
    pub read_only: Option<String>,
    pub mends: Vec<String>,
    pub recovered: Vec<Recovered>,
    /// Things to be said: unsaved work on another version, a lock that guards this computer only.
    pub warnings: Vec<String>,
    /// When the file was last written.
    pub saved_at: Stamp,
    /// Number of the last action in the journal.
    pub last_n: u64,
    /// Folders where everything lies: name and path.
    pub places: Vec<(String, PathBuf)>,
    /// Articles that it begins with.
    pub arrived: Option<Arrived>,
}

/// An action that recovery brought back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovered {
    pub name: String,
    pub at: Stamp,
    pub article: Option<ArticleId>,
    pub sentence: Option<Span>,
}

/// Articles that were read, and what was wrong with others.
#[derive(Debug, Default)]
pub struct Arrived {
    pub articles: Vec<Article>,
    /// Articles already there: file and title.
    pub skipped: Vec<String>,
    /// Files that could not be read, each with the reason.
    pub refused: Vec<String>,
    pub warnings: Vec<String>,
    /// A project file among the paths.
    pub projects: Vec<PathBuf>,
}

/// An earlier version of a project's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    pub path: PathBuf,
    pub at: Stamp,
    /// Articles and answers in it.
    pub says: String,
}
