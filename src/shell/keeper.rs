//! The store's own thread: what is asked of it is done in order, so that an append never meets a save.

use crate::formats::project::journal::{Draft, Entry};
use crate::model::project::Project;
use crate::session::job::{JobResult, SaveTrouble};
use crate::shell::Wake;
use crate::shell::folders::Folders;
use crate::shell::jobs::{self, Ended};
use crate::shell::store::{self, Store, StoreError};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// How long work may lie in a journal that nobody has looked after: its folder may go while nobody types.
const LOOK: Duration = Duration::from_secs(2);

enum Ask {
    Append(Entry),
    PutDraft(u64, Draft),
    Save { project: Project, upto: u64, to: Option<PathBuf> },
    LookOutside,
    TakeUp { hash: String, project: Project },
    Versions(Folders),
    Close,
}

/// The hand on that thread.
pub struct Keeper {
    asks: Sender<Ask>,
    thread: Option<JoinHandle<()>>,
    sitting: u64,
    /// Asked and not yet answered.
    n_open: usize,
}

impl Keeper {
    pub fn start(store: Store, ended: Sender<Ended>, wake: Wake) -> Self {
        static SITTINGS: AtomicU64 = AtomicU64::new(1);
        let sitting = SITTINGS.fetch_add(1, Ordering::Relaxed);
        let (asks, inbox) = channel();
        let (broken, wake_broken) = (ended.clone(), Arc::clone(&wake));
        let broke = move |why: String| {
            let ended = Ended { sitting: Some(sitting), ..Ended::of(JobResult::JournalFailed(why)) };
            // From the keeper, but no answer: see `Ended::from_keeper`.
            if broken.send(Ended { from_keeper: true, ..ended }).is_ok() {
                wake_broken();
            }
        };
        let (held, drafts) = (Vec::new(), Vec::new());
        let work =
            Work { store, sitting, ended, wake, held, wait_for_save: false, in_trouble: false, drafts };
        let say_broke = broke.clone();
        let run = move || {
            if catch_unwind(AssertUnwindSafe(|| work.run(&inbox))).is_err() {
                say_broke("a fault in the program stopped the keeping of your work".to_owned());
            }
        };
        let thread = std::thread::Builder::new().name("allegata-store".to_owned()).spawn(run);
        let thread = thread.inspect_err(|error| broke(format!("no thread to keep your work: {error}"))).ok();
        Self { asks, thread, sitting, n_open: 0 }
    }

    pub fn sitting(&self) -> u64 {
        self.sitting
    }

    /// Whether everything asked for was answered.
    pub fn rests(&self) -> bool {
        self.n_open == 0
    }

    pub fn one_done(&mut self) {
        self.n_open = self.n_open.saturating_sub(1);
    }

    pub fn append(&mut self, entry: Entry) {
        self.ask(Ask::Append(entry));
    }

    pub fn put_draft(&mut self, n: u64, draft: Draft) {
        self.ask(Ask::PutDraft(n, draft));
    }

    pub fn save(&mut self, project: Project, upto: u64, to: Option<PathBuf>) {
        self.ask(Ask::Save { project, upto, to });
    }

    pub fn look_outside(&mut self) {
        self.ask(Ask::LookOutside);
    }

    pub fn take_up(&mut self, hash: String, project: Project) {
        self.ask(Ask::TakeUp { hash, project });
    }

    pub fn versions(&mut self, folders: Folders) {
        self.ask(Ask::Versions(folders));
    }

    /// Does all that was asked for, then lets the file go.
    pub fn close(mut self) {
        self.ask(Ask::Close);
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the store's thread broke; the journal has what it had");
        }
    }

    fn ask(&mut self, ask: Ask) {
        if self.asks.send(ask).is_ok() {
            self.n_open += 1;
        }
    }
}

struct Work {
    store: Store,
    sitting: u64,
    ended: Sender<Ended>,
    wake: Wake,
    /// Actions that are not in the journal: one of them is too large for it, or it could not be written.
    held: Vec<Entry>,
    /// Whether they wait for a save; else they are tried again with the next one.
    wait_for_save: bool,
    /// Whether it was said last that the journal cannot be written.
    in_trouble: bool,
    /// Notes begun that are not in the journal, and their numbers.
    drafts: Vec<(u64, Draft)>,
}

impl Work {
    fn run(mut self, inbox: &Receiver<Ask>) {
        let mut next = self.next(inbox);
        while let Some(ask) = next.take() {
            match ask {
                Ask::Append(entry) => {
                    // One sync for all that wait.
                    let mut entries = vec![entry];
                    loop {
                        match inbox.try_recv() {
                            Ok(Ask::Append(entry)) => entries.push(entry),
                            Ok(other) => {
                                next = Some(other);
                                break;
                            }
                            Err(_) => break,
                        }
                    }
                    self.append(entries);
                }
                Ask::PutDraft(n, draft) => {
                    self.drafts.push((n, draft));
                    let result = self.write_drafts();
                    self.say(result);
                }
                Ask::Save { project, upto, to } => self.save(&project, upto, to),
                Ask::LookOutside => {
                    // Who waits for the answer may take it that the journal was looked after too.
                    let outside = self.store.outside();
                    self.look_after_journal();
                    self.say(JobResult::Outside(outside));
                }
                Ask::TakeUp { hash, project } => {
                    if let Err(error) = self.store.take_up(&hash, project) {
                        tracing::warn!("{error}"); // the save says it
                    }
                    let outside = self.store.outside();
                    self.say(JobResult::Outside(outside));
                }
                Ask::Versions(folders) => {
                    // Each is read whole: the journal does not wait for that.
                    let (path, own) = self.store.place();
                    let (sitting, from_keeper) = (Some(self.sitting), true);
                    jobs::spawn("allegata-versions", &self.ended, Arc::clone(&self.wake), move || {
                        let versions = store::versions_beside(&path, own.as_deref(), &folders);
                        let result = JobResult::Versions(versions.map_err(|error| error.to_string()));
                        Ended { sitting, from_keeper, ..Ended::of(result) }
                    });
                }
                Ask::Close => {
                    self.store.close();
                    return;
                }
            }
            if next.is_none() {
                next = self.next(inbox);
            }
        }
    }

    /// Waits for what is asked next, and looks after the journal meanwhile.
    fn next(&mut self, inbox: &Receiver<Ask>) -> Option<Ask> {
        loop {
            if self.held.is_empty() && self.drafts.is_empty() && !self.store.has_unsaved() {
                return inbox.recv().ok();
            }
            match inbox.recv_timeout(LOOK) {
                Err(RecvTimeoutError::Timeout) => self.look_after_journal(),
                asked => return asked.ok(),
            }
        }
    }

    /// Tries again what could not be written, and begins the journal anew if it is gone; says what has changed by that.
    fn look_after_journal(&mut self) {
        if self.wait_for_save {
            return;
        }
        let was_in_trouble = self.in_trouble;
        let result = self.write_held();
        if self.in_trouble != was_in_trouble || matches!(result, JobResult::SaveNow) {
            self.tell(result, false);
        }
        if !self.in_trouble && !self.drafts.is_empty() {
            let result = self.write_drafts();
            // What still cannot be written was said when it was typed.
            if matches!(result, JobResult::DraftsSynced { .. }) {
                self.tell(result, false);
            }
        }
    }

    /// Notes begun go to the journal in the order in which they were typed.
    fn write_drafts(&mut self) -> JobResult {
        let mut last_n = 0;
        while let Some((n, draft)) = self.drafts.first() {
            match self.store.put_draft(draft) {
                Ok(()) => last_n = *n,
                Err(error @ StoreError::JournalGone(_)) => return JobResult::JournalGone(error.to_string()),
                Err(error) => {
                    // Nothing is gained by trying again what is too long; what is typed next takes its place.
                    if matches!(error, StoreError::DraftTooLarge { .. }) {
                        self.drafts.remove(0);
                    }
                    return JobResult::JournalFailed(error.to_string());
                }
            }
            self.drafts.remove(0);
        }
        JobResult::DraftsSynced { n: last_n }
    }

    fn append(&mut self, entries: Vec<Entry>) {
        // Every ask is answered once: the last answer carries what came of all of them.
        for _ in 1..entries.len() {
            self.say(JobResult::Synced { n: 0 });
        }
        self.held.extend(entries);
        let result = if self.wait_for_save { JobResult::Synced { n: 0 } } else { self.write_held() };
        self.say(result);
    }

    fn write_held(&mut self) -> JobResult {
        let appended = self.store.append(&self.held);
        self.in_trouble = appended.is_err();
        match appended {
            Ok(()) => {
                self.held.clear();
                if self.store.journal_bytes() > store::LONG_JOURNAL_BYTES {
                    self.tell(JobResult::SaveNow, false);
                }
                JobResult::Synced { n: self.store.last_n() }
            }
            Err(StoreError::TooLarge { .. } | StoreError::Gap { .. }) => {
                self.wait_for_save = true;
                JobResult::SaveNow
            }
            Err(error @ StoreError::JournalGone(_)) => JobResult::JournalGone(error.to_string()),
            Err(error) => JobResult::JournalFailed(error.to_string()),
        }
    }

    fn save(&mut self, project: &Project, upto: u64, to: Option<PathBuf>) {
        let saved = match &to {
            Some(path) => self.store.save_as(path, project, upto),
            None => self.store.save(project, upto),
        };
        let result = saved.map_err(|error| match error {
            StoreError::ChangedOutside { .. } => SaveTrouble::ChangedOutside,
            other => SaveTrouble::Failed(other.to_string()),
        });
        if result.is_ok() {
            self.wait_for_save = false;
            self.held.retain(|entry| entry.n > upto);
            if !self.held.is_empty() {
                let said = self.write_held();
                self.tell(said, false);
            }
        }
        self.say(JobResult::Saved { upto, to, result });
    }

    fn say(&self, result: JobResult) {
        self.tell(result, true);
    }

    fn tell(&self, result: JobResult, answers: bool) {
        let ended = Ended { sitting: Some(self.sitting), from_keeper: answers, ..Ended::of(result) };
        if self.ended.send(ended).is_ok() {
            (self.wake)();
        }
    }
}
