//! The screen *Collect*: what came back, what differs, and then one action.

use crate::analysis::collect::{Boundaries, Came, Collected, Kind, Row};
use crate::model::ids::{ArticleId, Stamp};
use crate::session::Session;
use crate::session::job::{Effect, Job, Question};
use crate::session::notice::{Notice, Tone};
use crate::session::screens::Screen;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

/// A file that somebody sent.
#[derive(Debug, Clone)]
pub struct TeamFile {
    pub path: PathBuf,
    pub came: Arc<Came>,
    /// When it was last written.
    pub at: Option<Stamp>,
}

#[derive(Debug, Clone, Default)]
pub struct Collecting {
    pub files: Vec<TeamFile>,
    /// Files that are not taken, by place.
    pub unticked: BTreeSet<usize>,
    /// What was decided of other boundaries: true = theirs.
    pub boundaries: BTreeMap<(usize, ArticleId), bool>,
    collected: Option<Arc<Collected>>,
    /// Of which state of the project, and of how many choices before, the table is.
    stamp: Option<(u64, u64)>,
    asked: Option<(u64, u64)>,
    /// Grows with every choice.
    choice: u64,
    waiting: Vec<PathBuf>,
    /// The row in hand, and which of its boundaries.
    pub row: usize,
    pub boundary: usize,
    /// It is taken in as soon as the table is that of now.
    takes: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CollectLook {
    Row(usize),
    Tick(usize),
}

/// Which boundaries of a file are decided at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::session) enum Deciding {
    One,
    All,
}

/// One place where a file has other sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Boundary {
    pub file: usize,
    /// The article by its id in the file.
    pub article: ArticleId,
    pub title: String,
    pub n: usize,
}

impl Collecting {
    pub fn collected(&self) -> Option<&Collected> {
        self.collected.as_deref()
    }

    pub fn is_reading(&self) -> bool {
        self.asked.is_some()
    }

    pub fn rows(&self) -> &[Row] {
        self.collected.as_ref().map(|collected| collected.rows.as_slice()).unwrap_or_default()
    }

    pub fn n_taken(&self) -> usize {
        let taken: BTreeSet<_> =
            self.rows().iter().filter(|row| row.left_out.is_none()).map(|row| row.file).collect();
        taken.len()
    }

    /// The boundaries that differ in the row in hand.
    pub fn boundaries_here(&self) -> Vec<Boundary> {
        self.rows().get(self.row).map(boundaries_of).unwrap_or_default()
    }

    pub fn n_undecided(&self) -> usize {
        let all = self.rows().iter().flat_map(boundaries_of);
        all.filter(|one| !self.boundaries.contains_key(&(one.file, one.article.clone()))).count()
    }

    /// Why nothing can be taken in now.
    pub fn refusal(&self) -> Option<&'static str> {
        match &self.collected {
            _ if self.asked.is_some() || self.takes => Some("the files are being read"),
            None => Some("no file was added yet"),
            Some(collected) if collected.action.is_none() => Some("nothing is new"),
            Some(_) => None,
        }
    }

    /// The table stays as it is until something else is chosen.
    pub(in crate::session) fn give_up(&mut self) {
        self.stamp = self.asked.take();
        self.takes = false;
    }

    fn job(&self) -> (Vec<bool>, Boundaries) {
        let chosen = (0..self.files.len()).map(|file| !self.unticked.contains(&file)).collect();
        let theirs = self.boundaries.iter().filter(|(_, theirs)| **theirs).map(|(of, _)| of.clone());
        (chosen, Boundaries::Some(theirs.collect()))
    }
}

fn boundaries_of(row: &Row) -> Vec<Boundary> {
    let is_one = |kind: Kind| matches!(kind, Kind::Boundaries | Kind::BoundariesTaken);
    let found = row.differences.iter().filter(|one| is_one(one.kind));
    let boundary = |one: &crate::analysis::collect::Difference| {
        Some(Boundary { file: row.file, article: one.article.clone()?, title: one.what.clone(), n: one.n })
    };
    found.filter_map(boundary).collect()
}

impl Session {
    pub(in crate::session) fn open_collecting(&mut self, effects: &mut Vec<Effect>) {
        self.view.screen = Some(Screen::Collect(Box::default()));
        self.ask(Question::TeamFiles, effects);
    }

    /// Files that were chosen or dropped.
    pub(in crate::session) fn add_team_files(&mut self, paths: Vec<PathBuf>) {
        let Some(Screen::Collect(collecting)) = &mut self.view.screen else { return };
        let is_new = |path: &PathBuf| collecting.files.iter().all(|file| file.path != *path);
        let new: Vec<_> = paths.into_iter().filter(is_new).collect();
        if !new.is_empty() {
            collecting.waiting.extend(new);
            collecting.choice += 1;
        }
    }

    pub(in crate::session) fn look_at_collecting(&mut self, look: CollectLook) {
        let Some(Screen::Collect(collecting)) = &mut self.view.screen else { return };
        match look {
            CollectLook::Row(row) => (collecting.row, collecting.boundary) = (row, 0),
            CollectLook::Tick(row) => {
                let Some(file) = collecting.rows().get(row).map(|row| row.file) else { return };
                if !collecting.unticked.remove(&file) {
                    collecting.unticked.insert(file);
                }
                (collecting.row, collecting.boundary) = (row, 0);
                collecting.choice += 1;
            }
        }
    }

    pub(in crate::session) fn go_in_collecting(&mut self, by: isize) {
        let Some(Screen::Collect(collecting)) = &mut self.view.screen else { return };
        let last = collecting.rows().len().saturating_sub(1);
        let row = collecting.row.saturating_add_signed(by).min(last);
        (collecting.row, collecting.boundary) = (row, 0);
    }

    pub(in crate::session) fn tick_in_collecting(&mut self) {
        if let Some(Screen::Collect(collecting)) = &self.view.screen {
            let row = collecting.row;
            self.look_at_collecting(CollectLook::Tick(row));
        }
    }

    /// Decides the boundary in hand, or all of its file, and goes to the next.
    pub(in crate::session) fn decide_boundary(&mut self, theirs: bool, of: Deciding) {
        let Some(Screen::Collect(collecting)) = &mut self.view.screen else { return };
        let here = collecting.boundaries_here();
        let some = match of {
            Deciding::All => here.as_slice(),
            Deciding::One => here.get(collecting.boundary..=collecting.boundary).unwrap_or_default(),
        };
        for one in some {
            collecting.boundaries.insert((one.file, one.article.clone()), theirs);
        }
        if !some.is_empty() {
            collecting.boundary = (collecting.boundary + 1).min(here.len() - 1);
            collecting.choice += 1;
        }
    }

    /// Has the table made again where the project or a choice is another one.
    pub(in crate::session) fn collect_again(&mut self, effects: &mut Vec<Effect>) {
        let (Some(desk), Some(Screen::Collect(collecting))) = (&self.desk, &mut self.view.screen) else {
            return;
        };
        let now = (desk.revision(), collecting.choice);
        let has_files = !collecting.files.is_empty() || !collecting.waiting.is_empty();
        if collecting.asked.is_some() || collecting.stamp == Some(now) || !has_files {
            return;
        }
        collecting.asked = Some(now);
        let (chosen, boundaries) = collecting.job();
        let job = Job::Collect {
            project: desk.project().clone(),
            files: collecting.files.clone(),
            paths: std::mem::take(&mut collecting.waiting),
            chosen,
            boundaries,
        };
        self.start(job, effects);
    }

    /// The table is there.
    pub(in crate::session) fn collected(
        &mut self,
        files: Vec<TeamFile>,
        collected: Collected,
        effects: &mut Vec<Effect>,
    ) {
        let Some(Screen::Collect(collecting)) = &mut self.view.screen else { return };
        collecting.stamp = collecting.asked.take();
        collecting.files = files;
        collecting.collected = Some(Arc::new(collected));
        collecting.row = collecting.row.min(collecting.rows().len().saturating_sub(1));
        if std::mem::take(&mut collecting.takes) {
            self.take_collected(effects);
        }
    }

    /// Takes it all in, as one action; first again where the project is another one by now.
    pub(in crate::session) fn take_collected(&mut self, effects: &mut Vec<Effect>) {
        let (Some(desk), Some(Screen::Collect(collecting))) = (&self.desk, &mut self.view.screen) else {
            return;
        };
        if let Some(why) = collecting.refusal() {
            return self.notices.status(format!("Nothing was taken in: {why}"));
        }
        if collecting.stamp != Some((desk.revision(), collecting.choice)) {
            collecting.takes = true;
            return;
        }
        let n_files = collecting.n_taken();
        let Some(collected) = collecting.collected.clone() else { return };
        let Some(action) = collected.action.clone() else { return };
        let files = if n_files == 1 { "1 file".to_owned() } else { format!("{n_files} files") };
        let n = collected.news.n_new + collected.news.n_changed + collected.news.n_taken_away;
        if self.act(&format!("collect: {files}"), action, effects) {
            self.view.screen = None;
            let answers = if n == 1 { "1 answer".to_owned() } else { format!("{n} answers") };
            let text = format!("{files} taken in, {answers}");
            self.notices.changed(text.clone());
            self.tell(Notice::new(Tone::News, "", text).offering("Undo", "undo").until_changed());
        }
    }
}
