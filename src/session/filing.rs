//! Files of the open project: taking in, saving, leaving; and what time brings by itself.

use crate::model::action::Action;
use crate::model::ids::is_name;
use crate::session::Session;
use crate::session::job::{Effect, Job, JobKind, Question};
use crate::session::prefs::{LabelCount, RecentProject, Setting};
use crate::session::view::{Over, View};
use std::path::{Path, PathBuf};

/// The title of a project that nobody named.
pub(in crate::session) const UNTITLED: &str = "Untitled";

impl Session {
    /// Does what a file was asked for.
    pub(in crate::session) fn chosen(
        &mut self,
        question: Question,
        paths: Vec<PathBuf>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(first) = paths.first().cloned() else { return };
        if matches!(self.view.over, Some(Over::Browser(_))) {
            self.view.over = None;
        }
        match question {
            Question::OpenProject => self.open(first, effects),
            Question::AddArticles | Question::AddFolder => self.add(paths, effects),
            Question::SaveAs => self.save_to(Some(with_extension(&first)), effects),
            Question::Export => self.export_to(first, effects),
        }
    }

    /// Files that were dropped, or named when the program started: a project is opened, articles are taken in.
    pub(in crate::session) fn add(&mut self, paths: Vec<PathBuf>, effects: &mut Vec<Effect>) {
        if paths.is_empty() {
            return;
        }
        if let [one] = paths.as_slice()
            && is_project(one)
        {
            self.open(one.clone(), effects);
            return;
        }
        match &self.desk {
            Some(desk) => {
                let project = desk.project.clone();
                self.start(Job::ReadArticles { paths, project }, effects);
            }
            None => self.start(Job::New { title: UNTITLED.to_owned(), articles: paths }, effects),
        }
    }

    pub(in crate::session) fn save(&mut self, effects: &mut Vec<Effect>) {
        self.save_to(None, effects);
    }

    pub(in crate::session) fn save_to(&mut self, to: Option<PathBuf>, effects: &mut Vec<Effect>) {
        // A project that had no name gets that of its file.
        let nameless =
            self.desk.as_ref().is_some_and(|desk| desk.untitled && desk.project.title() == UNTITLED);
        let title = to.as_deref().filter(|_| nameless).and_then(title_of);
        if let (Some(title), Some(desk)) = (title, &self.desk) {
            let never_end_after = desk.project.never_end_after().to_vec();
            self.act("project's title", Action::Project { title, never_end_after }, effects);
        }
        let Some(desk) = &mut self.desk else { return };
        if desk.safety.saving {
            let again = desk.safety.save_again.take().flatten();
            desk.safety.save_again = Some(to.or(again));
            return;
        }
        desk.safety.saving = true;
        let (project, upto) = (desk.project.clone(), desk.safety.done_n);
        self.start(Job::Save { project, upto, to }, effects);
    }

    fn export_to(&mut self, path: PathBuf, effects: &mut Vec<Effect>) {
        let Some(desk) = &self.desk else { return };
        let project = desk.project.clone();
        self.start(Job::Export { project, path, coder: None }, effects);
    }

    /// Time went by: news goes, and what was not saved for a while is saved.
    pub(in crate::session) fn pass_time(&mut self, effects: &mut Vec<Effect>) {
        self.notices.pass_time(self.now);
        if !self.settings.autosave {
            return;
        }
        let Some(desk) = &self.desk else { return };
        let due = desk.safety.save_due().is_some_and(|due| self.now.at.0 >= due);
        if due && desk.closed_for_writing().is_none() {
            self.save(effects);
        }
    }

    /// Saves what is not saved, where that may happen by itself: the window lost the focus, an article is done.
    pub(in crate::session) fn save_quietly(&mut self, effects: &mut Vec<Effect>) {
        self.keep_stop(effects, true);
        let Some(desk) = &self.desk else { return };
        let may =
            self.settings.autosave && !desk.safety.changed_outside && desk.closed_for_writing().is_none();
        if may && !desk.safety.is_saved() {
            self.save(effects);
        }
    }

    /// Seconds until something changes by itself; nothing = never.
    pub fn wake_in_secs(&self) -> Option<i64> {
        let save =
            self.desk.as_ref().filter(|_| self.settings.autosave).and_then(|desk| desk.safety.save_due());
        let next = self.notices.next_end().into_iter().chain(save).min()?;
        Some((next - self.now.at.0).max(1))
    }

    /// Puts the project on the welcome page, with its figures.
    pub(in crate::session) fn remember(&mut self, effects: &mut Vec<Effect>) {
        let Some(desk) = &self.desk else { return };
        if desk.untitled && desk.project.n_articles() == 0 {
            return;
        }
        self.derived.refresh(Some(desk), &self.view);
        let totals = self.derived.totals();
        let labels = desk.project.scheme().labels.iter().zip(&totals.labels);
        let project = RecentProject {
            id: desk.project.id().to_string(),
            path: desk.path.clone(),
            title: desk.project.title().to_owned(),
            untitled: desk.untitled,
            opened_at: self.now.at.0,
            n_articles: totals.n_articles as usize,
            n_done: totals.n_done as usize,
            n_sentences: totals.progress.n_sentences as usize,
            n_answered: totals.progress.n_answered as usize,
            labels: labels
                .map(|(label, n)| LabelCount {
                    name: label.name.clone(),
                    colour: label.colour.clone(),
                    n: *n as usize,
                })
                .collect(),
        };
        let setting = Setting::Remember(project);
        self.settings.take(setting.clone());
        effects.push(Effect::Keep(setting));
    }

    pub(in crate::session) fn open(&mut self, path: PathBuf, effects: &mut Vec<Effect>) {
        match &self.desk {
            Some(desk) if desk.path == path && desk.read_only.is_none() => {
                let status = format!("{} is open already", desk.file_name());
                self.notices.status(status);
            }
            _ => self.start(Job::Open { path }, effects),
        }
    }

    /// Before a file is read again its lock has to go, or we would find it held by ourselves. Nothing is saved: it may be
    /// another's by now. What only the journal has comes back with the file, or is said.
    pub(in crate::session) fn let_go_of(&mut self, path: &Path, effects: &mut Vec<Effect>) {
        if self.desk.as_ref().is_none_or(|desk| desk.path != path || desk.read_only.is_some()) {
            return;
        }
        self.keep_stop(effects, true);
        effects.push(Effect::Release);
        self.desk = None;
        self.view = View::default();
        self.running.retain(|running| running.kind != JobKind::Save);
    }

    /// The last save of a project. It does not wait for one under way, whose end nobody here will see; and what is not in
    /// the journal is saved also where nothing is saved by itself.
    fn save_at_last(&mut self, effects: &mut Vec<Effect>) {
        self.keep_stop(effects, true);
        let Some(desk) = &self.desk else { return };
        let safety = &desk.safety;
        let wanted = safety.gone || !safety.is_saved() && (self.settings.autosave || !safety.is_safe());
        if !wanted || safety.changed_outside || desk.closed_for_writing().is_some() {
            return;
        }
        let to = safety.save_again.clone().flatten();
        let (project, upto) = (desk.project.clone(), safety.done_n);
        self.start(Job::Save { project, upto, to }, effects);
    }

    /// Closes the open project: everything it has is on its way to the disk.
    pub(in crate::session) fn leave(&mut self, effects: &mut Vec<Effect>) {
        if self.desk.is_some() {
            self.remember(effects);
            self.save_at_last(effects);
        }
        effects.push(Effect::Release);
        self.desk = None;
        self.view = View::default();
        self.notices.clear();
        // What the store's thread still says is about a project that is no longer here.
        self.running.retain(|running| running.kind != JobKind::Save);
    }
}

/// A title from a file's name: `Cold chain` for `Cold chain.allegata.ron`.
fn title_of(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let name = name.strip_suffix(".ron").unwrap_or(name);
    let name = name.strip_suffix(".allegata").unwrap_or(name).trim();
    (!name.is_empty() && is_name(name)).then(|| name.to_owned())
}

/// Whether a file is opened as a project rather than taken in as an article.
pub fn is_project(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron"))
}

/// A name without an ending gets the usual one.
fn with_extension(path: &Path) -> PathBuf {
    if is_project(path) {
        return path.to_owned();
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".allegata.ron");
    PathBuf::from(name)
}
