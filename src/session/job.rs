//! Work that only the shell can do, as values: jobs, their results, effects.

use crate::analysis::collect::{Boundaries, Collected};
use crate::analysis::compare::Comparison;
use crate::analysis::need::Design;
use crate::analysis::query::index::Index;
use crate::analysis::query::search::Wanted;
use crate::analysis::together::Choice;
use crate::analysis::together::over::Over;
use crate::analysis::units::Units;
use crate::formats::datasets::rows::Layer;
use crate::formats::project::journal;
use crate::formats::report::Form;
use crate::formats::report::making::Wish;
use crate::formats::svg::Width;
use crate::formats::{Format, FormatId};
use crate::model::coder::Coder;
use crate::model::history::History;
use crate::model::ids::{ArticleId, CoderId, Span, Stamp};
use crate::model::project::Project;
use crate::model::scheme::Scheme;
use crate::session::arriving::{Arrived, Pasted};
use crate::session::derived::Counted;
use crate::session::fitting::DeepWanted;
use crate::session::prefs::Setting;
use crate::session::review::agreement::{Figures, Of, Picture};
use crate::session::review::together::{CameTogether, TakenSo};
use crate::session::screens::collecting::TeamFile;
use crate::session::screens::merging::{Planned, ToMerge};
use crate::session::searching::Looked;
use crate::session::version::Version;
use crate::session::writing::Writing;
use std::path::PathBuf;
use std::sync::Arc;

/// What only the shell can do.
#[derive(Debug)]
pub enum Effect {
    /// Write one action to the journal.
    Append(journal::Entry),
    /// Write a note begun and not said to the journal, or that it is said; its number.
    PutDraft(u64, journal::Draft),
    Start(Job),
    /// Put this on the clipboard.
    Copy(String),
    /// Ask the person for a file, by a dialog of this number.
    Ask(Question, u64),
    /// Keep a choice on this computer.
    Keep(Setting),
    /// The project is closed: let its file go.
    Release,
    /// What another program wrote into the project's file, the file of this hash, is in the open project by now.
    TakeUp {
        hash: String,
        project: Project,
    },
    Quit,
}

/// Work off the window's thread.
#[derive(Debug)]
pub enum Job {
    Open {
        path: PathBuf,
        /// What was given with it: articles are taken in, other projects are said to be left.
        with: Vec<PathBuf>,
    },
    /// The sample, as an untitled copy.
    Sample,
    /// An untitled project, and the articles that it begins with.
    New {
        title: String,
        /// The ready scheme that it begins with, by its place.
        scheme: usize,
        articles: Vec<PathBuf>,
    },
    /// The scheme of a file: its own, or any project's.
    ReadScheme {
        path: PathBuf,
    },
    /// The codebook as a page, or as a scheme's file where the name ends so.
    WriteCodebook {
        project: Project,
        /// The project's own file.
        of: PathBuf,
        path: PathBuf,
    },
    ReadArticles {
        paths: Vec<PathBuf>,
        project: Project,
    },
    /// An article that was pasted.
    Paste {
        project: Project,
        pasted: Pasted,
    },
    Save {
        project: Project,
        upto: u64,
        to: Option<PathBuf>,
    },
    Export {
        project: Project,
        /// The project's own file.
        of: PathBuf,
        path: PathBuf,
        format: &'static Format,
        layer: Layer,
        /// Whether it may take the place of another file.
        replaces: bool,
    },
    /// Write a file for people, beside the project's own file `of`.
    Write {
        writing: Writing,
        path: PathBuf,
        of: PathBuf,
        /// Whether it may take the place of another file.
        replaces: bool,
    },
    /// Write the report on reliability.
    Report {
        project: Project,
        /// The project's own file.
        of: PathBuf,
        path: PathBuf,
        wish: Wish,
        /// Whether it may take the place of another file.
        replaces: bool,
    },
    /// Write the files that are handed out.
    HandOut {
        project: Project,
        names: Vec<String>,
        shares: Vec<(Coder, Vec<ArticleId>)>,
        folder: PathBuf,
    },
    /// Read what coders sent, and put it together.
    Collect {
        project: Project,
        files: Vec<TeamFile>,
        /// What is still to be read.
        paths: Vec<PathBuf>,
        /// Of each file that was read, whether it is taken.
        chosen: Vec<bool>,
        boundaries: Boundaries,
    },
    /// Several people's files as one untitled project.
    Together {
        paths: Vec<PathBuf>,
    },
    /// The same files put together once more, with other choices.
    TogetherAgain {
        project: Project,
        came: Arc<CameTogether>,
        choice: Choice,
        revision: u64,
    },
    /// Where coders differ in this state of the project.
    Compare {
        project: Project,
        /// A colleague's file that lies over it.
        over: Option<PathBuf>,
        revision: u64,
    },
    /// How far coders agree.
    Agree {
        project: Project,
        units: Arc<Units>,
        of: Of,
    },
    /// What the answers say of how much an interval needs.
    Measure {
        project: Project,
        revision: u64,
    },
    /// Read a copy and make one of it and the project, which is open from the file `of`.
    Merge {
        project: Project,
        of: PathBuf,
        copy: ToMerge,
    },
    /// Look through the texts, as `index` has them: for sentences, for a filter that looks into articles.
    Search {
        project: Project,
        index: Index,
        sentences: Option<Wanted>,
        articles: Option<DeepWanted>,
        coder: Option<CoderId>,
    },
    /// Has the file changed under us?
    LookOutside,
    Versions,
    /// Put a journal away, or take it back.
    PutAway {
        version: Version,
        away: bool,
    },
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
    Team,
    Compare,
    Agree,
    Search,
    Measure,
    Other,
}

impl Job {
    /// What the status bar says meanwhile; nothing for what passes at once.
    pub fn name(&self) -> Option<&'static str> {
        match self {
            Self::Open { .. } | Self::Sample | Self::OpenVersion { .. } => Some("Opening\u{2026}"),
            Self::ReadArticles { .. } | Self::Paste { .. } => Some("Reading articles\u{2026}"),
            Self::Export { .. } => Some("Exporting\u{2026}"),
            Self::Write { writing, .. } => Some(writing.name()),
            Self::Report { .. } => Some("Writing the report\u{2026}"),
            Self::Save { .. } => Some("Saving\u{2026}"),
            Self::HandOut { .. } => Some("Writing files\u{2026}"),
            Self::Collect { .. } => Some("Reading files\u{2026}"),
            Self::Together { .. } => Some("Reading files\u{2026}"),
            Self::TogetherAgain { .. } => Some("Putting files together\u{2026}"),
            Self::Compare { .. } => Some("Comparing\u{2026}"),
            Self::Merge { .. } => Some("Merging\u{2026}"),
            Self::New { .. }
            | Self::Search { .. }
            | Self::Agree { .. }
            | Self::Measure { .. }
            | Self::ReadScheme { .. }
            | Self::WriteCodebook { .. }
            | Self::LookOutside
            | Self::Versions
            | Self::PutAway { .. } => None,
        }
    }

    pub fn kind(&self) -> JobKind {
        match self {
            Self::Open { .. }
            | Self::Sample
            | Self::New { .. }
            | Self::OpenVersion { .. }
            | Self::Together { .. } => JobKind::Open,
            Self::Compare { .. } => JobKind::Compare,
            Self::Agree { .. } => JobKind::Agree,
            Self::Search { .. } => JobKind::Search,
            Self::ReadArticles { .. } | Self::Paste { .. } => JobKind::Articles,
            Self::Save { .. } => JobKind::Save,
            Self::LookOutside
            | Self::Versions
            | Self::PutAway { .. }
            | Self::ReadScheme { .. }
            | Self::WriteCodebook { .. } => JobKind::Other,
            Self::Measure { .. } => JobKind::Measure,
            Self::Export { .. } | Self::Write { .. } | Self::Report { .. } => JobKind::Export,
            Self::HandOut { .. } | Self::Collect { .. } | Self::Merge { .. } | Self::TogetherAgain { .. } => {
                JobKind::Team
            }
        }
    }
}

/// A file that the person is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    OpenProject,
    AddArticles,
    AddFolder,
    /// Files that coders sent.
    TeamFiles,
    /// Files to be compared.
    CompareFiles,
    /// A colleague's file, to lie over the project.
    OverMine,
    /// A copy of the project, to be merged.
    Copy,
    /// The folder for files that are handed out.
    HandOutFolder,
    /// A file with a scheme to take over.
    Scheme,
    /// Where the codebook goes.
    Codebook,
    SaveAs,
    /// A summary of what differs and what was decided.
    Summary,
    /// The report on reliability; a folder for it, or a file.
    Report(Form),
    /// The figures of agreement as a table.
    Figures,
    /// A picture of them, so wide.
    Chart(Picture, Width),
    /// A dataset in this format, unless the name says another one.
    Export(FormatId),
}

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
        path: PathBuf,
        format: &'static Format,
        result: Result<String, ExportTrouble>,
    },
    /// A file for people was written, or why not; `The summary is`.
    Written {
        path: PathBuf,
        says: &'static str,
        result: Result<(), String>,
    },
    /// How many files the report has, or why it was not written.
    ReportWritten {
        path: PathBuf,
        form: Form,
        result: Result<usize, String>,
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
