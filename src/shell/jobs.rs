//! Runs jobs: each on a thread of its own, with values in and one result out. A panic is a failed job.

use crate::analysis::filter;
use crate::formats;
use crate::model::history::History;
use crate::model::ids::{CoderId, ProjectId, Stamp};
use crate::model::project::{Parts, Project};
use crate::session::job::{Arrived, Job, JobKind, JobResult, Opened, Recovered, Version};
use crate::shell::folders::Folders;
use crate::shell::store::{self, Mode, Store};
use crate::shell::{Wake, clock, files, intake, sample};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::Sender;

/// Who is at the keyboard on this computer: coder id by project id.
pub type Coders = BTreeMap<String, String>;

/// What a thread came to.
pub struct Ended {
    pub result: JobResult,
    /// The store of a project that was opened.
    pub store: Option<Store>,
    /// Which open project it is about, when it comes from the store's thread.
    pub sitting: Option<u64>,
    /// Whether it answers something that the keeper was asked.
    pub from_keeper: bool,
}

impl Ended {
    pub fn of(result: JobResult) -> Self {
        Self { result, store: None, sitting: None, from_keeper: false }
    }
}

/// Runs something on a named thread and sends what it came to.
pub fn spawn(name: &str, ended: &Sender<Ended>, wake: Wake, run: impl FnOnce() -> Ended + Send + 'static) {
    spawn_kind(name, JobKind::Other, ended, wake, run);
}

/// The same, with the kind of job to be named when it breaks.
pub fn spawn_kind(
    name: &str,
    kind: JobKind,
    ended: &Sender<Ended>,
    wake: Wake,
    run: impl FnOnce() -> Ended + Send + 'static,
) {
    let broke = move |why: &str| Ended::of(JobResult::Broke { kind, why: why.to_owned() });
    let sender = ended.clone();
    let work = move || {
        let result = catch_unwind(AssertUnwindSafe(run));
        let result = result.unwrap_or_else(|_| broke("a fault in the program stopped it"));
        if sender.send(result).is_ok() {
            wake();
        }
    };
    if let Err(error) = std::thread::Builder::new().name(name.to_owned()).spawn(work)
        && ended.send(broke(&error.to_string())).is_err()
    {
        tracing::error!("no thread for a job: {error}");
    }
}

/// Does a job; those of the store's thread never come here.
///
/// `coders` is who is at the keyboard, by project id.
pub fn run(job: Job, folders: &Folders, coders: &Coders) -> Ended {
    match job {
        Job::Open { path } => opened(&path, folders, coders),
        Job::Sample => untitled(sample::project(), folders, None),
        Job::New { title, articles } => {
            let parts = Parts::new(ProjectId::new(clock::project_id()), &title);
            let project = Project::assemble(parts).map_err(|problem| problem.to_string());
            let arrived = match &project {
                Ok(project) if !articles.is_empty() => Some(intake::read_paths(&articles, project)),
                _ => None,
            };
            if let Some(arrived) = arrived.as_ref().filter(|a| a.articles.is_empty() && a.skipped.is_empty())
            {
                return nothing_read(arrived, folders, coders);
            }
            untitled(project, folders, arrived)
        }
        Job::OpenVersion { version } => match read_version(&version) {
            Ok(project) => untitled(Ok(project), folders, None),
            Err(why) => Ended::of(JobResult::Opened(Err(why))),
        },
        Job::ReadArticles { paths, project } => {
            Ended::of(JobResult::Articles(intake::read_paths(&paths, &project)))
        }
        Job::Export { project, path, coder } => {
            let bytes = formats::export(&project, &path, coder.as_ref());
            let written =
                bytes.and_then(|bytes| files::save(&path, &bytes).map_err(|error| error.to_string()));
            Ended::of(JobResult::Exported(written.map(|_| path)))
        }
        Job::Save { .. } | Job::LookOutside | Job::Versions => {
            Ended::of(JobResult::Broke { kind: JobKind::Other, why: "no project is open".to_owned() })
        }
    }
}

/// Only projects, or nothing that can be read, was named: open the project, or say why.
fn nothing_read(arrived: &Arrived, folders: &Folders, coders: &Coders) -> Ended {
    if let Some(project) = arrived.projects.first() {
        return opened(project, folders, coders);
    }
    let mut why = arrived.refused.join("\n");
    if why.is_empty() {
        why.push_str("there are no articles in it hint: articles are .txt and .md files");
    }
    Ended::of(JobResult::Opened(Err(why)))
}

fn opened(path: &Path, folders: &Folders, coders: &Coders) -> Ended {
    match store::open(path, folders, Mode::Write) {
        Ok(found) => {
            let mut history = History::default();
            let mut project = found.base;
            let mut recovered = Vec::new();
            for entry in found.recovered {
                let place = entry.action.place();
                // The store has applied it once already, so that nothing is refused here.
                if let Err(refusal) = history.act(&mut project, &entry.name, entry.action) {
                    tracing::error!("a recovered action was refused: {refusal}");
                }
                let (article, sentence) = place.map_or((None, None), |p| (Some(p.article), p.sentence));
                recovered.push(Recovered { name: entry.name, at: entry.at, article, sentence });
            }
            let known = coders.get(found.project.id().as_str()).map(|coder| CoderId::new(coder.as_str()));
            let coder = known.filter(|coder| found.project.coder(coder).is_some());
            let opened = Opened {
                entries: filter::entries(&found.project, coder.as_ref()),
                coder,
                project: found.project,
                history,
                path: found.store.path().to_owned(),
                untitled: found.store.is_untitled(),
                read_only: found.read_only,
                mends: found.mends,
                recovered,
                warnings: found.warnings,
                saved_at: found.saved_at,
                last_n: found.last_n,
                places: found.store.places(),
                arrived: None,
            };
            Ended { store: Some(found.store), ..Ended::of(JobResult::Opened(Ok(Box::new(opened)))) }
        }
        Err(error) => Ended::of(JobResult::Opened(Err(error.to_string()))),
    }
}

/// A project that gets its place later: a real file in the state folder.
fn untitled(project: Result<Project, String>, folders: &Folders, arrived: Option<Arrived>) -> Ended {
    let made = project.and_then(|project| {
        let store = store::create_untitled(&project, folders).map_err(|error| error.to_string())?;
        Ok((project, store))
    });
    match made {
        Ok((project, store)) => {
            let opened = Opened {
                coder: None,
                entries: filter::entries(&project, None),
                project,
                history: History::default(),
                path: store.path().to_owned(),
                untitled: true,
                read_only: None,
                mends: vec![],
                recovered: vec![],
                warnings: vec![],
                saved_at: Stamp(clock::now_secs()),
                last_n: 0,
                places: store.places(),
                arrived,
            };
            Ended { store: Some(store), ..Ended::of(JobResult::Opened(Ok(Box::new(opened)))) }
        }
        Err(why) => Ended::of(JobResult::Opened(Err(why))),
    }
}

/// An earlier version as a project of its own: with another id, so that its journal is another.
fn read_version(version: &Version) -> Result<Project, String> {
    let bytes = files::read(&version.path, files::MAX_FILE_BYTES).map_err(|error| error.to_string())?;
    let loaded = formats::project::read(&bytes).map_err(|error| error.to_string())?;
    Ok(loaded.project.copy_as(ProjectId::new(clock::project_id())))
}
