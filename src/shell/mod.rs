//! Disk, threads, clock; kept thin: it carries out what the session asks for and brings back what came of it.

pub mod aside;
pub mod backups;
pub mod clock;
pub mod datasets;
mod disk;
pub mod export;
pub mod file_error;
pub mod files;
pub mod folders;
pub mod frames;
pub mod git;
pub mod handing;
pub mod held;
pub mod intake;
pub mod jobs;
pub mod journal_file;
mod keeper;
pub mod lines;
pub mod lock;
mod merging;
pub mod places;
pub mod reading;
pub mod replace;
pub mod reporting;
pub mod sample;
mod schemes;
pub mod searching;
pub mod settings;
mod showing;
pub mod signals;
pub mod store;
pub mod teammates;
pub mod together;
mod trials;
pub mod watch;

use crate::model::ids::Stamp;
use crate::session::Session;
use crate::session::intent::Intent;
use crate::session::job::{Effect, Job, JobKind, JobResult, Question, SaveTrouble};
use crate::session::moment::Moment;
use crate::session::notice::Tone;
use crate::session::prefs::Setting;
use crate::shell::folders::Folders;
use crate::shell::jobs::Ended;
use crate::shell::keeper::Keeper;
use crate::shell::settings::SettingsFile;
use crate::shell::store::Store;
use crate::shell::watch::Watch;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

/// Called from other threads when there is something to be drawn.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// The session with its hands: the store's thread, jobs, settings.
pub struct Shell {
    session: Session,
    folders: Folders,
    settings: SettingsFile,
    keeper: Option<Keeper>,
    /// A project that was opened, until the one before it is let go.
    next_store: Option<Store>,
    watch: Option<Watch>,
    /// The watched file was touched.
    touched: Arc<AtomicBool>,
    /// Files to ask the person for; the window takes them.
    questions: Vec<(Question, u64)>,
    /// What is to go to the clipboard; the window takes it.
    copied: Option<String>,
    n_running: usize,
    ended: (Sender<Ended>, Receiver<Ended>),
    wake: Wake,
    quits: bool,
}

impl Shell {
    /// A shell over these folders; `wake` is called from other threads.
    pub fn new(folders: Folders, wake: Wake) -> Self {
        let settings = SettingsFile::of(&folders);
        let found = settings.read();
        if let Some(warning) = &found.warning {
            tracing::warn!("{warning}");
        }
        Self {
            session: Session::new(found.settings),
            folders,
            settings,
            keeper: None,
            next_store: None,
            watch: None,
            touched: Arc::default(),
            questions: Vec::new(),
            copied: None,
            n_running: 0,
            ended: channel(),
            wake,
            quits: false,
        }
    }

    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Whether the program is to end.
    pub fn quits(&self) -> bool {
        self.quits
    }

    /// The files that the person is to be asked for, each by a dialog of its number.
    pub fn take_questions(&mut self) -> Vec<(Question, u64)> {
        std::mem::take(&mut self.questions)
    }

    /// What is to go to the clipboard.
    pub fn take_copied(&mut self) -> Option<String> {
        self.copied.take()
    }

    /// Hands the session what was asked for, then what finished, and carries out what it says.
    pub fn tick(&mut self, intents: Vec<Intent>) {
        let moment = now();
        for intent in intents {
            self.handle(intent, &moment);
        }
        while let Ok(ended) = self.ended.1.try_recv() {
            self.take_in(ended, &moment);
        }
        if self.touched.swap(false, Ordering::Relaxed) && self.session.desk().is_some() {
            self.start(Job::LookOutside);
        }
        self.handle(Intent::Time, &moment);
    }

    /// Waits until nothing is under way; for tests and for the end of the program.
    pub fn settle(&mut self) {
        loop {
            self.tick(Vec::new());
            let keeper_rests = self.keeper.as_ref().is_none_or(Keeper::rests);
            if self.n_running == 0 && keeper_rests {
                self.tick(Vec::new());
                return;
            }
            if let Ok(ended) = self.ended.1.recv() {
                self.take_in(ended, &now());
            }
        }
    }

    /// Asks for a file off the window's thread; `ask` gives the paths, and whether nobody could ask.
    pub fn ask(
        &mut self,
        (question, dialog): (Question, u64),
        ask: impl FnOnce() -> (Vec<PathBuf>, bool) + Send + 'static,
    ) {
        self.n_running += 1;
        let sitting = self.sitting_of(question != Question::OpenProject);
        jobs::spawn("allegata-dialog", &self.ended.0, Arc::clone(&self.wake), move || {
            let (paths, no_service) = ask();
            let asked = JobResult::Asked { dialog: Some(dialog), question, paths, no_service };
            Ended { sitting, ..Ended::of(asked) }
        });
    }

    /// The project open now, for what is to be done to no other one.
    fn sitting_of(&self, is_about_it: bool) -> Option<u64> {
        self.keeper.as_ref().filter(|_| is_about_it).map(Keeper::sitting)
    }

    fn take_in(&mut self, ended: Ended, moment: &Moment) {
        let is_here = ended.sitting.is_none() || ended.sitting == self.keeper.as_ref().map(Keeper::sitting);
        if !ended.from_keeper {
            self.n_running = self.n_running.saturating_sub(1);
        } else if let Some(keeper) = self.keeper.as_mut().filter(|_| is_here) {
            keeper.one_done();
        }
        let result = if is_here { Some(ended.result) } else { of_a_project_left(ended.result) };
        let Some(result) = result else { return };
        self.next_store = ended.store.or(self.next_store.take());
        let moves = matches!(&result, JobResult::Saved { to: Some(_), result: Ok(_), .. });
        self.handle(Intent::Finished(Box::new(result)), moment);
        if moves && let Some(path) = self.session.desk().map(|desk| desk.path().to_owned()) {
            self.watch(&path);
        }
    }

    fn handle(&mut self, intent: Intent, moment: &Moment) {
        for effect in self.session.handle(intent, moment) {
            self.carry_out(effect);
        }
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Append(entry) => {
                if let Some(keeper) = &mut self.keeper {
                    keeper.append(entry);
                }
            }
            Effect::PutDraft(n, draft) => {
                if let Some(keeper) = &mut self.keeper {
                    keeper.put_draft(n, draft);
                }
            }
            Effect::Start(job) => self.start(job),
            Effect::Copy(text) => self.copied = Some(text),
            Effect::Ask(question, dialog) => self.questions.push((question, dialog)),
            Effect::Keep(setting) => self.keep(setting),
            Effect::TakeUp { hash, project } => {
                if let Some(keeper) = &mut self.keeper {
                    keeper.take_up(hash, project);
                }
            }
            Effect::Release => self.release(),
            Effect::Quit => {
                self.release();
                self.quits = true;
            }
        }
    }

    fn start(&mut self, job: Job) {
        match job {
            Job::Save { project, upto, to } => {
                if let Some(keeper) = &mut self.keeper {
                    keeper.save(project, upto, to);
                }
            }
            Job::LookOutside => {
                if let Some(keeper) = &mut self.keeper {
                    keeper.look_outside();
                }
            }
            Job::Versions => {
                if let Some(keeper) = &mut self.keeper {
                    keeper.versions(self.folders.clone());
                }
            }
            job => {
                let (folders, kind) = (self.folders.clone(), job.kind());
                self.n_running += 1;
                let coders = self.session.settings().coders.clone();
                let sitting = self.sitting_of(kind == JobKind::Articles);
                let run = move || Ended { sitting, ..jobs::run(job, &folders, &coders) };
                jobs::spawn_kind("allegata-job", kind, &self.ended.0, Arc::clone(&self.wake), run);
            }
        }
    }

    /// The end, without asking the session: what was handed over is written, and nothing else.
    pub fn let_go(&mut self) {
        self.next_store = None;
        self.release();
    }

    /// Lets the open project go and takes the next one on, if there is one.
    fn release(&mut self) {
        self.watch = None;
        if let Some(keeper) = self.keeper.take() {
            keeper.close();
        }
        let Some(store) = self.next_store.take() else { return };
        let path = store.path().to_owned();
        self.keeper = Some(Keeper::start(store, self.ended.0.clone(), Arc::clone(&self.wake)));
        self.watch(&path);
    }

    fn watch(&mut self, path: &Path) {
        let (wake, touched) = (Arc::clone(&self.wake), Arc::clone(&self.touched));
        let tell = move || {
            touched.store(true, Ordering::Relaxed);
            wake();
        };
        self.watch = Watch::start(path, tell).inspect_err(|error| tracing::warn!("{error}")).ok();
    }

    fn keep(&mut self, setting: Setting) {
        if let Err(error) = self.settings.update(|settings| settings.take(setting)) {
            tracing::warn!("settings are not kept: {error}");
        }
    }

    /// Whether an error is shown that nobody closed yet; for the end of the program.
    pub fn has_trouble(&self) -> bool {
        self.session.notices().shown().iter().any(|notice| notice.tone == Tone::Error)
    }
}

/// What there is to say of a result that is about a project no longer open: what failed, and what was not done.
fn of_a_project_left(result: JobResult) -> Option<JobResult> {
    let (kind, why) = match result {
        JobResult::Saved { result: Err(why), .. } => {
            let why = match why {
                SaveTrouble::ChangedOutside => "another program wrote its file".to_owned(),
                SaveTrouble::Failed(why) => why,
            };
            tracing::error!("a project that was closed could not be saved: {why}");
            (JobKind::Other, format!("the project that was closed could not be saved: {why}"))
        }
        // The dialog is closed, and what it gave is for nobody.
        JobResult::Asked { dialog, question, .. } => {
            return Some(JobResult::Asked { dialog, question, paths: Vec::new(), no_service: false });
        }
        JobResult::Articles(_) => {
            (JobKind::Articles, "the project that these articles were for was closed".to_owned())
        }
        _ => return None,
    };
    Some(JobResult::Broke { kind, why })
}

/// The time and the chance of this tick.
pub fn now() -> Moment {
    Moment { at: Stamp(clock::now_secs()), chance: clock::chance() }
}
