//! What the program is doing now: the open project, the view of it, and the one door [`Session::handle`].

pub mod answering;
pub mod arriving;
mod asking;
pub mod begun;
pub mod checks;
pub mod choosing;
pub mod command;
mod commands;
pub mod derived;
pub mod desk;
pub mod drawing;
mod ends;
pub mod exports;
pub mod filing;
pub mod finished;
pub mod fitting;
pub mod intent;
pub mod job;
pub mod mending;
pub mod moment;
mod moving;
pub mod notice;
pub mod people;
pub mod prefs;
pub mod repairing;
pub mod reporting;
pub mod resplitting;
pub mod review;
mod runs;
pub mod screens;
pub mod searching;
pub mod sense;
pub mod version;
pub mod view;
pub mod watch;
pub mod writing;

use crate::session::asking::Asking;
use crate::session::checks::Checks;
use crate::session::derived::Derived;
use crate::session::desk::Desk;
use crate::session::intent::Intent;
use crate::session::job::{Effect, Job, JobKind, Running};
use crate::session::moment::Moment;
use crate::session::notice::{Notice, Notices, Tone};
use crate::session::prefs::Settings;
use crate::session::review::Review;
use crate::session::searching::Search;
use crate::session::view::{Over, View};

/// Everything the window shows, as values. It changes through [`Session::handle`] alone.
#[derive(Debug, Default)]
pub struct Session {
    desk: Option<Desk>,
    view: View,
    derived: Derived,
    notices: Notices,
    settings: Settings,
    running: Vec<Running>,
    asking: Asking,
    review: Review,
    search: Search,
    checks: Checks,
    /// Articles that are asked for are looked at before they come in, plain ones too.
    looks_first: bool,
    /// The time of the last tick.
    now: Moment,
}

impl Session {
    pub fn new(settings: Settings) -> Self {
        Self { settings, ..Self::default() }
    }

    /// The open project; none on the welcome page.
    pub fn desk(&self) -> Option<&Desk> {
        self.desk.as_ref()
    }

    pub fn view(&self) -> &View {
        &self.view
    }

    pub fn derived(&self) -> &Derived {
        &self.derived
    }

    pub fn notices(&self) -> &Notices {
        &self.notices
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Jobs under way.
    pub fn running(&self) -> &[Running] {
        &self.running
    }

    /// The time that the last tick brought.
    pub fn now(&self) -> Moment {
        self.now
    }

    /// The one door: takes what a view, key, command or finished job asks for, and says what only the shell can do.
    pub fn handle(&mut self, intent: Intent, moment: &Moment) -> Vec<Effect> {
        self.now = *moment;
        let mut effects = Vec::new();
        if matches!(intent, Intent::Run(_) | Intent::Start(_) | Intent::Pause) {
            self.say_typed(&mut effects);
        }
        match intent {
            Intent::Do { name, action } => {
                self.act(&name, action, &mut effects);
            }
            Intent::Answer(answering) => self.answer(answering, &mut effects),
            Intent::Mend(mending) => self.mend(mending, &mut effects),
            Intent::Note(noting) => self.note(noting, &mut effects),
            Intent::Coder(choice) => self.choose_coder(choice, &mut effects),
            Intent::Look(look) => self.look(look, &mut effects),
            Intent::Run(command) => self.run(command, &mut effects),
            Intent::Set(setting) => self.set(setting, &mut effects),
            Intent::Start(job) => self.start(job, &mut effects),
            Intent::Finished(result) => self.finished(*result, &mut effects),
            Intent::Time => self.pass_time(&mut effects),
            Intent::Pause => self.save_quietly(&mut effects),
        }
        self.derived.refresh(self.desk.as_ref(), &self.view);
        self.keep_choice();
        self.refresh_search(&mut effects);
        self.refresh_checks();
        self.refresh_review(&mut effects);
        self.refresh_screen(&mut effects);
        self.measure_again(&mut effects);
        effects
    }

    fn run(&mut self, id: command::CommandId, effects: &mut Vec<Effect>) {
        let command = command::by_id(id);
        if matches!(self.view.over, Some(Over::Menu { .. })) {
            self.view.over = None;
        }
        match command.refusal(self) {
            None => (command.run)(self, effects),
            Some(why) => self.notices.status(format!("{}: {why}", command.label)),
        }
    }

    fn start(&mut self, job: Job, effects: &mut Vec<Effect>) {
        if job.kind() == JobKind::Open && self.desk.as_ref().is_some_and(|desk| desk.safety.is_stranded()) {
            let text = "what you did here is on no disk yet\0hint: save it under another name first";
            let notice = Notice::new(Tone::Warning, "Not opened", text);
            return self.tell(notice.offering("Save as\u{2026}", "save-as"));
        }
        if let Job::Open { path, .. } = &job {
            self.let_go_of(path, effects);
        }
        if let Some(name) = job.name() {
            self.running.push(Running { name: name.to_owned(), kind: job.kind(), watch: job.watch() });
        }
        effects.push(Effect::Start(job));
    }

    fn tell(&mut self, notice: Notice) {
        self.notices.tell(notice, self.now);
    }
}
