//! Files of the open project: taking in, saving, leaving; and what time brings by itself.

use crate::formats;
use crate::formats::datasets::incoming;
use crate::model::action::Action;
use crate::model::ids::is_name;
use crate::session::Session;
use crate::session::desk::Desk;
use crate::session::job::{Effect, Job, JobKind, Question};
use crate::session::notice::{Notice, Tone};
use crate::session::prefs::{LabelCount, RecentProject, Setting};
use crate::session::screens::Screen;
use crate::session::screens::handing::{Form, HandOutLook};
use crate::session::screens::merging::Source;
use crate::session::view::{Over, View};
use std::path::{Path, PathBuf};

/// The title of a project that nobody named.
pub const UNTITLED: &str = "Untitled";

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
        let is_folder = matches!(
            question,
            Question::AddFolder
                | Question::HandOutFolder
                | Question::DatasetFolder
                | Question::Report(formats::report::Form::Folder)
        );
        let folder = if is_folder { Some(first.as_path()) } else { first.parent() };
        if let Some(folder) = folder {
            self.been_in(folder.to_owned(), effects);
        }
        match question {
            Question::OpenProject => self.open(first, Vec::new(), effects),
            Question::AddArticles | Question::AddFolder => self.given(paths, effects),
            Question::SaveAs => self.save_to(Some(with_extension(&first)), effects),
            Question::Dataset | Question::DatasetFolder => self.open_importing(Some(first), effects),
            Question::Export(_) => self.chosen_where(&first, effects),
            Question::Summary => self.save_summary(&first, effects),
            Question::Report(form) => self.write_report(&first, form, effects),
            Question::Figures => self.save_figures(&first, effects),
            Question::Chart(picture, width) => self.save_chart(&first, (picture, width), effects),
            Question::TeamFiles => self.add_team_files(paths),
            Question::CompareFiles => self.put_together(paths, effects),
            Question::OverMine => self.lay_over(first),
            Question::Copy => self.open_merging(Some(Source::File(first)), effects),
            Question::Scheme => self.start(Job::ReadScheme { path: first }, effects),
            Question::Codebook => {
                if let Some(desk) = &self.desk {
                    let (project, of) = (desk.project.clone(), desk.path.clone());
                    self.start(Job::WriteCodebook { project, of, path: first }, effects);
                }
            }
            Question::HandOutFolder => {
                if let Some(Screen::HandOut(hand_out)) = &self.view.screen {
                    let form = Form { folder: first.display().to_string(), ..hand_out.form.clone() };
                    self.look_at_hand_out(HandOutLook::Form(form));
                }
            }
        }
    }

    /// The next question for a file begins in this folder.
    fn been_in(&mut self, folder: PathBuf, effects: &mut Vec<Effect>) {
        if self.settings.folder.as_ref() != Some(&folder) {
            self.set(Setting::Folder(folder), effects);
        }
    }

    /// Files that were chosen, dropped, or named when the program started: the first project is opened, articles are taken in;
    /// who gives both is asked.
    pub(in crate::session) fn given(&mut self, mut paths: Vec<PathBuf>, effects: &mut Vec<Effect>) {
        if matches!(self.view.screen, Some(Screen::Collect(_))) {
            return self.add_team_files(paths);
        }
        if let (Some(Screen::Import(_)), [one]) = (&self.view.screen, paths.as_slice()) {
            return self.open_importing(Some(one.clone()), effects);
        }
        if matches!(self.view.screen, Some(Screen::Merge(_)))
            && let Some(copy) = paths.iter().find(|path| is_project(path))
        {
            return self.open_merging(Some(Source::File(copy.clone())), effects);
        }
        if let Some(Over::Given { projects, articles }) = &self.view.over {
            // Given while it was still asked about others.
            paths = [projects, articles].into_iter().flatten().cloned().chain(paths).collect();
            self.view.over = None;
        }
        if let Some(folder) = paths.first().and_then(|path| path.parent()) {
            self.been_in(folder.to_owned(), effects);
        }
        let (mut projects, articles): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| is_project(path));
        if projects.first().is_some_and(|first| self.has_open(first)) {
            self.open(projects.remove(0), std::mem::take(&mut projects), effects);
        }
        if projects.len() > 1 && articles.is_empty() {
            return self.put_together(projects, effects);
        }
        match (projects.is_empty(), articles.is_empty()) {
            (true, true) => {}
            (true, false) if articles.iter().any(|path| incoming::may_be(&shown_name(path))) => {
                self.start(Job::WhatIsIt { paths: articles }, effects);
            }
            (true, false) => self.add(articles, effects),
            (false, true) => self.open(projects.remove(0), projects, effects),
            (false, false) => self.view.over = Some(Over::Given { projects, articles }),
        }
    }

    pub(in crate::session) fn add(&mut self, paths: Vec<PathBuf>, effects: &mut Vec<Effect>) {
        match &self.desk {
            Some(desk) => {
                let project = desk.project.clone();
                self.start(Job::ReadArticles { paths, project }, effects);
            }
            None => self.start(Job::New { title: UNTITLED.to_owned(), scheme: 0, articles: paths }, effects),
        }
    }

    /// Projects that were given with another one.
    pub(in crate::session) fn say_not_opened(&mut self, projects: &[PathBuf]) {
        let names: Vec<_> = projects.iter().map(|path| path.display().to_string()).collect();
        let text = match projects {
            [] => return,
            [one] => format!("{}: open it by itself; one project is open at a time", shown_name(one)),
            more => format!("{} more projects: open each by itself; one is open at a time", more.len()),
        };
        self.tell(Notice::new(Tone::Warning, "Not opened", text).listing(&names));
    }

    fn has_open(&self, path: &Path) -> bool {
        self.desk.as_ref().is_some_and(|desk| desk.path == path && desk.read_only.is_none())
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

    /// Time went by: news goes, and what was not saved for a while is saved.
    pub(in crate::session) fn pass_time(&mut self, effects: &mut Vec<Effect>) {
        self.notices.pass_time(self.now);
        if let Some(desk) = &mut self.desk
            && desk.drafts_due().is_some_and(|due| self.now.at.0 >= due)
        {
            desk.put_drafts(effects);
        }
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
        let Some(desk) = &mut self.desk else { return };
        desk.put_drafts(effects);
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
        let draft = self.desk.as_ref().and_then(Desk::drafts_due);
        let next = self.notices.next_end().into_iter().chain(save).chain(draft).min()?;
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

    /// Opens a project, unless it is open; `with` are projects that were given with it.
    pub(in crate::session) fn open(&mut self, path: PathBuf, with: Vec<PathBuf>, effects: &mut Vec<Effect>) {
        match &self.desk {
            Some(desk) if self.has_open(&path) => {
                let status = format!("{} is open already", desk.file_name());
                self.notices.status(status);
                self.say_not_opened(&with);
            }
            _ => self.start(Job::Open { path, with }, effects),
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
        let wanted =
            safety.unseen.is_some() || !safety.is_saved() && (self.settings.autosave || !safety.is_safe());
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

/// The longest name that is made of a title, in characters.
const MAX_STEM: usize = 60;

/// A title as the name of a file that every system takes: letters and digits, lower case, joined by `-`.
pub fn file_stem(title: &str) -> String {
    let mut stem = String::new();
    for c in title.chars().flat_map(char::to_lowercase).take(MAX_STEM) {
        if c.is_alphanumeric() {
            stem.push(c);
        } else if !stem.ends_with('-') && !stem.is_empty() {
            stem.push('-');
        }
    }
    let stem = stem.trim_end_matches('-');
    if stem.is_empty() { "project".to_owned() } else { stem.to_owned() }
}

/// Whether a file is opened as a project rather than taken in as an article.
pub fn is_project(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron"))
}

/// A file's name without its folders.
pub fn shown_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_from_titles() {
        let check = |title: &str, want: &str| assert_eq!(file_stem(title), want, "{title}");
        check("Cold chain 2025", "cold-chain-2025");
        check("  What / now? ", "what-now");
        check("Żurek: pół na pół", "żurek-pół-na-pół");
        check("../../etc", "etc");
        check("…", "project");
        check("", "project");
    }
}
