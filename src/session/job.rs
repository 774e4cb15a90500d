//! Work that only the shell can do, as values: jobs, their results, effects.

mod result;

pub use result::{ExportTrouble, JobResult, Opened, Outside, Recovered, SaveTrouble};

use crate::analysis::collect::Boundaries;
use crate::analysis::incoming::taking;
use crate::analysis::query::index::Index;
use crate::analysis::query::search::Wanted;
use crate::analysis::splits::near::Near;
use crate::analysis::together::Choice;
use crate::analysis::units::Units;
use crate::formats::articles::batch::Choices;
use crate::formats::datasets::asked::Asked;
use crate::formats::datasets::parting::ToSplit;
use crate::formats::project::journal;
use crate::formats::report::Form;
use crate::formats::report::making::Wish;
use crate::formats::svg::Width;
use crate::formats::{Format, FormatId};
use crate::model::action::Action;
use crate::model::coder::Coder;
use crate::model::ids::{ArticleId, CoderId};
use crate::model::project::Project;
use crate::session::arriving::{Coming, Pasted};
use crate::session::exports::{Replaces, ToExport};
use crate::session::fitting::DeepWanted;
use crate::session::prefs::Setting;
use crate::session::review::agreement::{Of, Picture};
use crate::session::review::together::CameTogether;
use crate::session::screens::adding;
use crate::session::screens::collecting::TeamFile;
use crate::session::screens::exporting;
use crate::session::screens::importing;
use crate::session::screens::merging::ToMerge;
use crate::session::version::Version;
use crate::session::watch::Watch;
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
        to: ToExport,
        replaces: Replaces,
        watch: Watch,
    },
    /// Show this file, or what is in this folder, in the desktop's own window.
    ShowFolder {
        path: PathBuf,
    },
    /// Whether there is a dataset among these files.
    WhatIsIt {
        paths: Vec<PathBuf>,
    },
    /// What would come of a dataset, read by the reader `from` or by the one that fits; `read` = it is in memory already.
    /// Works out what comes of files that were read.
    LookAtAdding {
        coming: Arc<Coming>,
        project: Project,
        choices: Box<Choices>,
        /// ISO date.
        today: String,
        stamp: adding::Stamp,
    },
    LookAtImport {
        project: Option<Project>,
        path: PathBuf,
        from: Option<&'static str>,
        read: Option<Arc<importing::Read>>,
        wish: Box<taking::Wish>,
        stamp: importing::Stamp,
        watch: Watch,
    },
    /// An untitled project of a dataset.
    MakeOfDataset {
        read: Arc<importing::Read>,
        action: Option<Action>,
    },
    /// Which texts are near-identical; `known` of another state may be that of this one.
    FindNear {
        project: Project,
        known: Option<Arc<Near>>,
        revision: u64,
    },
    /// What would go out of a dataset.
    LookAtExport {
        project: Project,
        format: &'static Format,
        asked: Asked,
        /// Absent = without splits, or with those of the project.
        splits: Option<ToSplit>,
        stamp: exporting::Stamp,
        watch: Watch,
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
        watch: Watch,
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
    /// How far it is, of one that can be stopped.
    pub watch: Option<Watch>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobKind {
    Open,
    Articles,
    Save,
    Export,
    Report,
    Preview,
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
            Self::LookAtImport { .. } => Some("Reading the dataset\u{2026}"),
            Self::MakeOfDataset { .. } => Some("Making a project\u{2026}"),
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
            | Self::FindNear { .. }
            | Self::LookAtExport { .. }
            | Self::LookAtAdding { .. }
            | Self::ShowFolder { .. }
            | Self::WhatIsIt { .. }
            | Self::LookOutside
            | Self::Versions
            | Self::PutAway { .. } => None,
        }
    }

    /// What it is watched and stopped by.
    pub fn watch(&self) -> Option<Watch> {
        match self {
            Self::Export { watch, .. } | Self::LookAtImport { watch, .. } | Self::Report { watch, .. } => {
                Some(watch.clone())
            }
            _ => None,
        }
    }

    pub fn kind(&self) -> JobKind {
        match self {
            Self::Open { .. }
            | Self::Sample
            | Self::New { .. }
            | Self::OpenVersion { .. }
            | Self::MakeOfDataset { .. }
            | Self::Together { .. } => JobKind::Open,
            Self::Compare { .. } => JobKind::Compare,
            Self::Agree { .. } => JobKind::Agree,
            Self::Search { .. } => JobKind::Search,
            Self::ReadArticles { .. } | Self::Paste { .. } => JobKind::Articles,
            Self::Save { .. } => JobKind::Save,
            Self::LookOutside
            | Self::Versions
            | Self::ShowFolder { .. }
            | Self::WhatIsIt { .. }
            | Self::PutAway { .. }
            | Self::ReadScheme { .. }
            | Self::WriteCodebook { .. } => JobKind::Other,
            Self::Measure { .. } => JobKind::Measure,
            Self::FindNear { .. } | Self::LookAtExport { .. } => JobKind::Preview,
            Self::Export { .. } | Self::Write { .. } => JobKind::Export,
            Self::Report { .. } => JobKind::Report,
            Self::LookAtImport { .. }
            | Self::LookAtAdding { .. }
            | Self::HandOut { .. }
            | Self::Collect { .. }
            | Self::Merge { .. }
            | Self::TogetherAgain { .. } => JobKind::Team,
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
    /// A dataset to be taken in: a file, or a folder.
    Dataset,
    DatasetFolder,
    /// Where a dataset goes, in this format.
    Export(FormatId),
}
