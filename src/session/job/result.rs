//! What jobs come to.

use crate::analysis::collect::Collected;
use crate::analysis::compare::Comparison;
use crate::analysis::need::Design;
use crate::analysis::splits::near::Near;
use crate::analysis::together::over::Over;
use crate::formats::articles::batch::Batch;
use crate::formats::datasets::preview::Preview;
use crate::formats::project::journal;
use crate::formats::report::Form;
use crate::model::coder::Coder;
use crate::model::history::History;
use crate::model::ids::{ArticleId, CoderId, ProjectId, Span, Stamp};
use crate::model::project::Project;
use crate::model::scheme::Scheme;
use crate::session::arriving::Arrived;
use crate::session::derived::Counted;
use crate::session::exports::{ToExport, Written};
use crate::session::job::{JobKind, Question};
use crate::session::review::agreement::Figures;
use crate::session::review::together::{CameTogether, TakenSo};
use crate::session::screens::adding;
use crate::session::screens::collecting::TeamFile;
use crate::session::screens::exporting;
use crate::session::screens::importing;
use crate::session::screens::merging::Planned;
use crate::session::searching::Looked;
use crate::session::version::Version;
use crate::session::watch::Watch;
use std::path::PathBuf;
use std::sync::Arc;

/// What a job came to. `Err` is a sentence for the person, with its hint, and a text in `Ok` one of what was done.
#[derive(Debug)]
pub enum JobResult {
    Opened(Result<Box<Opened>, String>),
    /// A project cannot be opened, but there is something that its file can be gone back to.
    NotOpened {
        why: String,
        versions: Vec<Version>,
    },
    Articles(Arrived),
    Saved {
        upto: u64,
        to: Option<PathBuf>,
        result: Result<Stamp, SaveTrouble>,
    },
    Exported {
        /// The project by its id.
        project: String,
        to: ToExport,
        result: Result<Written, ExportTrouble>,
    },
    /// A dataset among these files.
    WhatItIs {
        paths: Vec<PathBuf>,
        dataset: Option<PathBuf>,
    },
    LookedAtAdding {
        stamp: adding::Stamp,
        batch: Box<Batch>,
    },
    LookedAtImport {
        stamp: importing::Stamp,
        /// Whose job it was.
        watch: Watch,
        result: Result<Box<importing::Looked>, String>,
    },
    /// A folder is shown, or why not.
    Shown(Result<(), String>),
    NearFound {
        project: ProjectId,
        revision: u64,
        near: Arc<Near>,
    },
    /// What would go out; nothing where nobody waits for it any more.
    LookedAtExport {
        stamp: exporting::Stamp,
        result: Result<Option<Box<Preview>>, String>,
    },
    /// A file for people was written, or why not; `The summary is`.
    Written {
        path: PathBuf,
        says: &'static str,
        result: Result<(), String>,
    },
    /// How many files the report has, or why it was not written; nothing where it was stopped.
    ReportWritten {
        path: PathBuf,
        form: Form,
        result: Result<Option<usize>, String>,
    },
    /// The paths that a dialog gave; `no_service` = nobody could ask.
    Asked {
        /// The number of the desktop's dialog; none for our own browser.
        dialog: Option<u64>,
        question: Question,
        paths: Vec<PathBuf>,
        no_service: bool,
    },
    /// Files that were dropped, or named when the program started.
    Given(Vec<PathBuf>),
    Outside(Outside),
    /// A scheme, and the name of its file.
    SchemeRead {
        name: String,
        result: Result<Scheme, String>,
    },
    CodebookWritten {
        name: String,
        result: Result<(), String>,
    },
    /// How many files were written.
    HandedOut {
        shares: Vec<(Coder, Vec<ArticleId>)>,
        folder: PathBuf,
        result: Result<usize, String>,
    },
    Collected {
        files: Vec<TeamFile>,
        collected: Box<Collected>,
    },
    Compared {
        revision: u64,
        comparison: Box<Comparison>,
        /// What came of a colleague's file.
        over: Option<Result<Over, String>>,
    },
    Agreed(Box<Figures>),
    Measured {
        revision: u64,
        design: Design,
    },
    Merged(Result<Box<Planned>, String>),
    Searched(Box<Looked>),
    /// Files put together with other choices: what that changes, and how many answers of it.
    TogetherAgain {
        revision: u64,
        result: Result<TakenSo, String>,
    },
    Versions(Result<Vec<Version>, String>),
    PutAway {
        away: bool,
        result: Result<(), String>,
    },
    /// Everything up to this action is in the journal, synced.
    Synced {
        n: u64,
    },
    /// So are the notes begun and not said, up to this number.
    DraftsSynced {
        n: u64,
    },
    /// The journal could not be written.
    JournalFailed(String),
    /// The journal is lost with all that it held, and no new one can be begun.
    JournalGone(String),
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

/// Why a dataset was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportTrouble {
    /// A file of this name is there, and nobody was asked about it.
    IsThere,
    Stopped,
    Failed(String),
}

/// Whether the file is still what we read or wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outside {
    Same,
    Changed,
    Gone,
    /// It cannot be looked at, and why.
    Unseen(String),
}

/// An opened project with all that came to light.
#[derive(Debug)]
pub struct Opened {
    pub project: Project,
    /// Who is at the keyboard, as far as this computer knows.
    pub coder: Option<CoderId>,
    /// Every article, counted for that coder.
    pub counted: Counted,
    /// The way back through what was recovered.
    pub history: History,
    pub path: PathBuf,
    pub untitled: bool,
    /// Why nothing can be written, if so.
    pub read_only: Option<String>,
    pub mends: Vec<String>,
    pub recovered: Vec<Recovered>,
    /// Notes begun and not said.
    pub drafts: Vec<journal::Draft>,
    /// Things to be said: a lock that guards this computer only.
    pub warnings: Vec<String>,
    /// Work that lies on this computer and did not come back by itself: sentences.
    pub left: Vec<String>,
    /// When the file was last written.
    pub saved_at: Stamp,
    /// Number of the last action in the journal.
    pub last_n: u64,
    /// Folders where everything lies: name and path.
    pub places: Vec<(String, PathBuf)>,
    /// Articles that it begins with.
    pub arrived: Option<Arrived>,
    /// Where several files were put together: what came of it.
    pub together: Option<Arc<CameTogether>>,
}

/// An action that recovery brought back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovered {
    pub name: String,
    pub at: Stamp,
    pub article: Option<ArticleId>,
    pub sentence: Option<Span>,
}
