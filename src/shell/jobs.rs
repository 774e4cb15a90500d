//! Runs jobs: each on a thread of its own, with values in and one result out. A panic is a failed job.

use crate::analysis::collect::{self, Boundaries};
use crate::analysis::compare::Comparison;
use crate::analysis::need::Design;
use crate::analysis::splits::near::Near;
use crate::analysis::together::again::again;
use crate::analysis::together::over::{self, Over};
use crate::analysis::together::{self as analysis, Choice};
use crate::formats::articles::batch;
use crate::formats::cores::Cores;
use crate::formats::datasets::parting;
use crate::formats::report::making::{self, Wish};
use crate::model::coder::Coder;
use crate::model::handing;
use crate::model::history::History;
use crate::model::ids::{ArticleId, CoderId, ProjectId, Stamp};
use crate::model::project::Project;
use crate::session::arriving::{self, Arrived};
use crate::session::derived::Counted;
use crate::session::filing::{self, shown_name};
use crate::session::job::{Job, JobKind, JobResult, Opened, Recovered};
use crate::session::review::agreement;
use crate::session::review::together::{CameTogether, TakenSo};
use crate::session::screens::collecting::TeamFile;
use crate::session::version::Version;
use crate::session::watch::Watch;
use crate::session::writing::Writing;
use crate::shell::folders::Folders;
use crate::shell::reporting::Replaces;
use crate::shell::store::{self, Mode, Store};
use crate::shell::{
    Wake, clock, datasets, export, files, intake, merging, places, reporting, sample, schemes, searching,
    showing, teammates, together,
};
use crate::text::message::Message;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::Sender;
use std::thread;

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
    if let Err(error) = thread::Builder::new().name(name.to_owned()).spawn(work)
        && ended.send(broke(&error.to_string())).is_err()
    {
        tracing::error!("no thread for a job: {error}");
    }
}

/// The cores of this machine, lent to a piece of work that can be done in parts.
pub fn cores() -> Cores<'static> {
    Cores::new(n_cores(), &on_all_cores)
}

/// The one place where work is spread: the caller takes its share, so that its thread, and what waits for it, stays the
/// same. A panic in a part is a panic of the caller.
fn on_all_cores(n: usize, work: &(dyn Fn(usize) + Sync)) {
    let next = AtomicUsize::new(0);
    let take_parts = || {
        loop {
            let idx = next.fetch_add(1, Ordering::Relaxed);
            if idx >= n {
                break;
            }
            work(idx);
        }
    };
    thread::scope(|scope| {
        for _ in 1..n_cores().min(n) {
            let hand = thread::Builder::new().name("allegata-core".to_owned());
            if hand.spawn_scoped(scope, take_parts).is_err() {
                break; // the others do its share
            }
        }
        take_parts();
    });
}

fn n_cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// Does a job; those of the store's thread never come here.
///
/// `coders` is who is at the keyboard, by project id.
pub fn run(job: Job, folders: &Folders, coders: &Coders) -> Ended {
    match job {
        Job::Open { path, with } => {
            opened_with(&path, |project| read_given(&with, project), with.len(), folders, coders)
        }
        Job::Sample => untitled(sample::project(), folders, None),
        Job::New { title, scheme, articles } => {
            begun(schemes::begin(&title, scheme), &articles, folders, coders)
        }
        Job::OpenVersion { version } => open_version(&version, folders),
        Job::ReadArticles { paths, project } => {
            Ended::of(JobResult::Articles(intake::read_paths(&paths, &project, &clock::today())))
        }
        Job::Paste { project, pasted } => Ended::of(JobResult::Articles(arriving::pasted(&project, &pasted))),
        Job::Export { project, of, to, replaces, watch } => {
            let result = export::asked::write(&project, &of, &to, replaces, &watch);
            Ended::of(JobResult::Exported { project: project.id().to_string(), to, result })
        }
        Job::ShowFolder { path } => Ended::of(JobResult::Shown(showing::show(&path))),
        Job::WhatIsIt { paths } => {
            let dataset = datasets::among(&paths);
            Ended::of(JobResult::WhatItIs { paths, dataset })
        }
        Job::LookAtAdding { coming, project, choices, today, stamp } => {
            let batch = Box::new(batch::batch(&coming.files, &project, &choices, &today));
            Ended::of(JobResult::LookedAtAdding { stamp, batch })
        }
        Job::LookAtImport { project, path, from, read, wish, stamp, watch } => {
            let looked = datasets::look(project.as_ref(), (&path, from), read, &wish, &watch);
            Ended::of(JobResult::LookedAtImport { stamp, watch, result: looked.map(Box::new) })
        }
        Job::MakeOfDataset { read, action } => untitled(datasets::made(&read, action), folders, None),
        Job::FindNear { project, known, revision } => {
            let near = Near::again(known, &project);
            Ended::of(JobResult::NearFound { project: project.id().clone(), revision, near })
        }
        Job::LookAtExport { project, format, asked, splits, stamp, watch } => {
            let looked = parting::look(&project, (format, &asked), splits.as_ref(), &|| watch.stops());
            Ended::of(JobResult::LookedAtExport { stamp, result: looked.map(|looked| looked.map(Box::new)) })
        }
        Job::ReadScheme { path } => {
            let result = teammates::read(&path).map(|loaded| loaded.project.scheme().clone());
            let result = result.map_err(|why| why.to_string());
            Ended::of(JobResult::SchemeRead { name: shown_name(&path), result })
        }
        Job::WriteCodebook { project, of, path } => {
            let result = schemes::write(&project, &of, &path);
            Ended::of(JobResult::CodebookWritten { name: shown_name(&path), result })
        }
        Job::Write { writing, path, of, replaces } => {
            let result = write(&writing, (&path, &of), replaces);
            Ended::of(JobResult::Written { path, says: writing.says(), result })
        }
        Job::Report { project, of, path, wish, replaces, watch } => {
            report((&project, &of), path, (wish, replaces), &watch)
        }
        Job::HandOut { project, names, shares, folder } => {
            let result = hand_out(&project, &names, &shares, &folder);
            Ended::of(JobResult::HandedOut { shares, folder, result })
        }
        Job::Collect { project, files, paths, chosen, boundaries } => {
            Ended::of(collect(&project, files, &paths, chosen, &boundaries))
        }
        Job::Together { paths } => put_together(&paths, folders),
        Job::TogetherAgain { project, came, choice, revision } => {
            let result = together_again(&project, &came, choice);
            Ended::of(JobResult::TogetherAgain { revision, result })
        }
        Job::Compare { project, over, revision } => {
            let over = over.map(|path| lay_over(&project, &path));
            let laid = over.as_ref().and_then(|over| over.as_ref().ok());
            let compared = laid.map_or(&project, |over| &over.project);
            let guest = laid.map(|over| over.coder.clone());
            let comparison = Box::new(Comparison::beside(compared, guest));
            Ended::of(JobResult::Compared { revision, comparison, over })
        }
        Job::Agree { project, units, of } => {
            let figures = Box::new(agreement::figures(&project, &units, of));
            Ended::of(JobResult::Agreed(figures))
        }
        Job::Measure { project, revision } => {
            Ended::of(JobResult::Measured { revision, design: Design::of_project(&project) })
        }
        Job::Merge { project, of, copy } => {
            let planned = merging::merge(&project, &of, copy, folders);
            Ended::of(JobResult::Merged(planned.map(Box::new)))
        }
        Job::Search { project, index, sentences, articles, coder } => {
            let looked = searching::search(&project, &index, sentences, articles, coder.as_ref());
            Ended::of(JobResult::Searched(Box::new(looked)))
        }
        Job::PutAway { version, away } => {
            let result = store::put_away(&version, away).map_err(|error| error.to_string());
            Ended::of(JobResult::PutAway { away, result })
        }
        Job::Save { .. } | Job::LookOutside | Job::Versions => {
            Ended::of(JobResult::Broke { kind: JobKind::Other, why: "no project is open".to_owned() })
        }
    }
}

fn write(writing: &Writing, (path, of): (&Path, &Path), replaces: bool) -> Result<(), String> {
    if !replaces && places::exists(path) {
        let name = path.display();
        return Err(format!("there is a file of that name: `{name}`\0hint: choose another name"));
    }
    export::write(path, writing.text().as_bytes(), of).map_err(|error| error.to_string())
}

fn hand_out(
    project: &Project,
    names: &[String],
    shares: &[(Coder, Vec<ArticleId>)],
    folder: &Path,
) -> Result<usize, String> {
    let some = names.iter().zip(shares).filter(|(_, (_, articles))| !articles.is_empty());
    let files = some.map(|(name, (coder, articles))| {
        handing::file_of(project, coder, articles).map(|file| (name.clone(), file))
    });
    let files = files.collect::<Result<Vec<_>, _>>().map_err(|problem| problem.to_string())?;
    let folder = places::typed(&folder.to_string_lossy(), Path::new("/"));
    crate::shell::handing::write(&folder, &files)
        .map(|written| written.len())
        .map_err(|error| error.to_string())
}

/// Reads what is still to be read, and puts all together.
fn collect(
    project: &Project,
    mut files: Vec<TeamFile>,
    paths: &[PathBuf],
    mut chosen: Vec<bool>,
    boundaries: &Boundaries,
) -> JobResult {
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let at = files::stamp(path).ok().map(|stamp| Stamp(stamp.secs()));
        files.push(TeamFile { path: path.clone(), came: Arc::new(teammates::came(path, name)), at });
        chosen.push(true);
    }
    let came: Vec<_> = files.iter().map(|file| file.came.as_ref().clone()).collect();
    let collected = Box::new(collect::collect(project, &came, &chosen, boundaries));
    JobResult::Collected { files, collected }
}

/// A project that has just been made, with articles, if any were asked for.
fn begun(
    project: Result<Project, String>,
    articles: &[PathBuf],
    folders: &Folders,
    coders: &Coders,
) -> Ended {
    let arrived = match &project {
        Ok(project) if !articles.is_empty() => Some(intake::read_paths(articles, project, &clock::today())),
        _ => None,
    };
    match arrived {
        Some(arrived) if arrived.articles.is_empty() && !arrived.needs_look() => {
            nothing_read(arrived, folders, coders)
        }
        arrived => untitled(project, folders, arrived),
    }
}

/// Only projects, or nothing that can be read, was named: open the first project, and say the rest.
fn nothing_read(mut arrived: Arrived, folders: &Folders, coders: &Coders) -> Ended {
    if arrived.projects.is_empty() {
        return Ended::of(JobResult::Articles(arrived));
    }
    let project = arrived.projects.remove(0);
    let n_with = arrived.projects.len() + arrived.refused.len();
    opened_with(&project, |_| arrived, n_with, folders, coders)
}

/// What was given with a project: articles, and other projects.
fn read_given(paths: &[PathBuf], project: &Project) -> Arrived {
    let (mut projects, articles): (Vec<_>, Vec<_>) =
        paths.iter().cloned().partition(|path| filing::is_project(path));
    let mut arrived = intake::read_paths(&articles, project, &clock::today());
    projects.append(&mut arrived.projects);
    Arrived { projects, ..arrived }
}

/// Opens a project that `n_with` other files were given with: they come in with it, or it is said that they do not.
fn opened_with(
    path: &Path,
    with: impl FnOnce(&Project) -> Arrived,
    n_with: usize,
    folders: &Folders,
    coders: &Coders,
) -> Ended {
    let mut ended = opened(path, folders, coders);
    let left = match n_with {
        0 => return ended,
        1 => "the file given with it is left out".to_owned(),
        n => format!("the {n} files given with it are left out"),
    };
    match &mut ended.result {
        JobResult::Opened(Ok(opened)) => opened.arrived = Some(with(&opened.project)),
        JobResult::Opened(Err(why)) | JobResult::NotOpened { why, .. } => {
            *why = Message::of(why).and(&format!("; {left}"));
        }
        _ => {}
    }
    ended
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
                counted: Counted::of(&found.project, coder.as_ref()),
                coder,
                project: found.project,
                history,
                path: found.store.path().to_owned(),
                untitled: found.store.is_untitled(),
                read_only: found.read_only,
                mends: found.mends,
                recovered,
                drafts: found.drafts,
                warnings: found.warnings,
                left: found.left,
                saved_at: found.saved_at,
                last_n: found.last_n,
                places: found.store.places(),
                arrived: None,
                together: None,
            };
            Ended { store: Some(found.store), ..Ended::of(JobResult::Opened(Ok(Box::new(opened)))) }
        }
        Err(error) => {
            let why = error.to_string();
            let versions = store::versions(path, folders).unwrap_or_default();
            Ended::of(if versions.is_empty() {
                JobResult::Opened(Err(why))
            } else {
                JobResult::NotOpened { why, versions }
            })
        }
    }
}

/// Makes the report and writes it. The hash beside the file's name is that of the project as it is saved next.
fn report(
    (project, of): (&Project, &Path),
    path: PathBuf,
    (mut wish, replaces): (Wish, bool),
    watch: &Watch,
) -> Ended {
    wish.files = vec![(shown_name(of), making::hash_of(project))];
    let goes_on = |percent| watch.is_at(percent);
    let replaces = if replaces { Replaces::Older } else { Replaces::Nothing };
    let written = making::make(project, &wish, &goes_on).map_or(Ok(None), |files| {
        reporting::write(&path, (&files, wish.form), (of, replaces), &|| !watch.stops())
    });
    let result = written.map_err(|why| why.to_string());
    Ended::of(JobResult::ReportWritten { path, form: wish.form, result })
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
                counted: Counted::of(&project, None),
                project,
                history: History::default(),
                path: store.path().to_owned(),
                untitled: true,
                read_only: None,
                mends: vec![],
                recovered: vec![],
                drafts: vec![],
                warnings: vec![],
                left: vec![],
                saved_at: Stamp(clock::now_secs()),
                last_n: 0,
                places: store.places(),
                arrived,
                together: None,
            };
            Ended { store: Some(store), ..Ended::of(JobResult::Opened(Ok(Box::new(opened)))) }
        }
        Err(why) => Ended::of(JobResult::Opened(Err(why))),
    }
}

/// A colleague's answers over a project.
fn lay_over(project: &Project, path: &Path) -> Result<Over, String> {
    let theirs = teammates::read(path).map_err(|why| why.to_string())?;
    let over = over::over(project, &theirs.project).map_err(|problem| problem.to_string())?;
    over.ok_or_else(|| format!("nobody answered anything in it: `{}`", path.display()))
}

/// Several files as one untitled project.
fn put_together(paths: &[PathBuf], folders: &Folders) -> Ended {
    let read = together::read(paths, shown_name_of, &Choice::default());
    let left_out: Vec<String> = read.left_out.iter().map(|(name, why)| format!("{name}: {why}")).collect();
    let Some(together) = read.together else {
        let why = left_out.first().cloned().unwrap_or_else(|| "no file was named".to_owned());
        return Ended::of(JobResult::Opened(Err(format!("no file could be compared: {why}"))));
    };
    let mut ended = untitled(Ok(together.project.clone()), folders, None);
    if let JobResult::Opened(Ok(opened)) = &mut ended.result {
        let names = read.files.into_iter().map(|(name, _)| name).collect();
        let mut came =
            CameTogether { names, files: Arc::default(), choice: Choice::default(), together, left_out };
        if came.has_choices() {
            came.files = Arc::new(read.projects);
        }
        opened.together = Some(Arc::new(came));
    }
    ended
}

/// The same files with other choices, beside the project that was made of them.
fn together_again(project: &Project, came: &CameTogether, choice: Choice) -> Result<TakenSo, String> {
    let files: Vec<&Project> = came.files.iter().collect();
    let together = analysis::together(&files, came.together.project.id().clone(), &choice);
    let together = together.map_err(|problem| problem.to_string())?;
    let change = again(project, &came.together, &together);
    let (names, left_out) = (came.names.clone(), came.left_out.clone());
    let files = Arc::clone(&came.files);
    Ok(TakenSo { came: Arc::new(CameTogether { names, files, choice, together, left_out }), change })
}

#[expect(clippy::ptr_arg, reason = "it is handed to what reads paths")]
fn shown_name_of(path: &PathBuf) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// An earlier version as a project of its own: with another id, so that its journal is another.
fn open_version(version: &Version, folders: &Folders) -> Ended {
    let (project, restored) = match store::read_version(version) {
        Ok(read) => read,
        Err(error) => return Ended::of(JobResult::Opened(Err(error.to_string()))),
    };
    let mut ended = untitled(Ok(project.copy_as(ProjectId::new(clock::project_id()))), folders, None);
    if let JobResult::Opened(Ok(opened)) = &mut ended.result
        && restored.n_refused > 0
    {
        let n = restored.n_refused;
        let changes = if n == 1 { "1 change".to_owned() } else { format!("{n} changes") };
        opened.warnings.push(format!("{changes} of this version could not be taken up"));
    }
    ended
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_done_once_each_and_one_that_breaks_breaks_the_whole() {
        assert!(cores().map(1000, |idx| idx * 2).into_iter().eq((0..1000).map(|idx| idx * 2)));
        assert!(cores().map(0, |idx| idx).is_empty());
        let broken = catch_unwind(|| cores().map(100, |idx| assert_ne!(idx, 57)));
        assert!(broken.is_err());
    }
}
