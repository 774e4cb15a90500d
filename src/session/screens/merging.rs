//! The screen *Merge*: a copy of the project and the open one become one; what both changed is decided, or waits.

use crate::analysis::merge::Merged;
use crate::analysis::merge::account::{Account, Sums};
use crate::analysis::merge::deciding::{self, Side};
use crate::model::action::Action;
use crate::model::conflict::Conflict;
use crate::model::ids::{ArticleId, Stamp};
use crate::model::project::Project;
use crate::session::Session;
use crate::session::filing::shown_name;
use crate::session::finished::CHANGED;
use crate::session::job::{Effect, Job, Question};
use crate::session::notice::{Notice, Tone};
use crate::session::screens::Screen;
use crate::session::version::{Version, VersionKind};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// Where the copy is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    File(PathBuf),
    /// The project's own file, which another program wrote.
    OnDisk(PathBuf),
    /// Work that the file does not have, or a backup.
    Version(Version),
}

/// A copy as it was read, and what both came from.
#[derive(Debug)]
pub struct Copy {
    pub source: Source,
    pub at: Option<Stamp>,
    /// SHA-256 of its file.
    pub hash: String,
    pub project: Project,
    pub base: Option<Base>,
}

/// The version that both came from.
#[derive(Debug)]
pub struct Base {
    pub project: Project,
    pub at: Option<Stamp>,
    pub from: BaseFrom,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BaseFrom {
    Backups,
    /// The file that work not yet saved is on.
    Journal,
}

/// What a job reads: a copy, or nothing new, where the project is another one since.
#[derive(Debug)]
pub enum ToMerge {
    New(Source),
    Again(Arc<Copy>),
}

/// Both as one, and what makes the open project that.
#[derive(Debug)]
pub struct Planned {
    pub copy: Option<Arc<Copy>>,
    pub merged: Merged,
    /// `None` = nothing is new.
    pub action: Option<Action>,
}

#[derive(Debug, Clone, Default)]
pub struct Merging {
    waiting: Option<Source>,
    planned: Option<Arc<Planned>>,
    /// Of which state of the project that is.
    stamp: Option<u64>,
    asked: Option<u64>,
    /// What was decided, step by step: one step decides several where all of them are.
    decided: Vec<Vec<(Conflict, Side)>>,
    /// The rows of what changed: conflicts first.
    rows: Vec<Changed>,
    /// The conflict in hand.
    pub at: usize,
    /// The rows of the list of what changed are not in view without it: the row in hand.
    pub row: usize,
    /// It is merged as soon as it is of the project as it is now.
    takes: bool,
}

/// One article, or what belongs to none, in which something changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    pub article: Option<ArticleId>,
    pub sums: Sums,
    /// Open conflicts in it, with those that lay in the file.
    pub n_conflicts: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub enum MergeLook {
    /// Merge this.
    Open(Source),
    /// A conflict, by its place.
    Conflict(usize),
    /// A row of what changed, by its place.
    Row(usize),
}

impl Source {
    pub fn name(&self) -> String {
        match self {
            Self::File(path) | Self::OnDisk(path) => shown_name(path),
            Self::Version(version) => match version.kind {
                VersionKind::Backup => "an earlier version".to_owned(),
                VersionKind::Journal | VersionKind::Away => "work that is not in the file".to_owned(),
            },
        }
    }
}

impl Merging {
    pub fn planned(&self) -> Option<&Planned> {
        self.planned.as_deref()
    }

    pub fn copy(&self) -> Option<&Copy> {
        self.planned.as_ref()?.copy.as_deref()
    }

    pub fn is_reading(&self) -> bool {
        self.asked.is_some()
    }

    pub fn conflicts(&self) -> &[Conflict] {
        self.planned.as_ref().map(|planned| planned.merged.project.conflicts()).unwrap_or_default()
    }

    pub fn conflict(&self) -> Option<&Conflict> {
        self.conflicts().get(self.at)
    }

    pub fn rows(&self) -> &[Changed] {
        &self.rows
    }

    /// Which side a conflict was decided for.
    pub fn side(&self, conflict: &Conflict) -> Option<Side> {
        self.decided.iter().flatten().rev().find(|(of, _)| of == conflict).map(|(_, side)| *side)
    }

    pub fn n_open(&self) -> usize {
        self.conflicts().iter().filter(|conflict| self.side(conflict).is_none()).count()
    }

    pub fn n_decided(&self) -> usize {
        self.conflicts().len() - self.n_open()
    }

    /// Why nothing can be merged now.
    pub fn refusal(&self) -> Option<&'static str> {
        match &self.planned {
            _ if self.asked.is_some() || self.takes => Some("the copy is being read"),
            None => Some("no copy was chosen yet"),
            Some(planned) if planned.action.is_none() && self.n_decided() == 0 => {
                Some(if planned.copy.is_none() {
                    "nothing is decided yet"
                } else {
                    "the copy has nothing new"
                })
            }
            Some(_) => None,
        }
    }

    pub(in crate::session) fn can_undo(&self) -> bool {
        !self.decided.is_empty()
    }

    /// The last step is undone, and its first conflict is in hand again.
    pub(in crate::session) fn undo(&mut self) {
        if let Some((conflict, _)) = self.decided.pop().unwrap_or_default().first() {
            self.at = self.conflicts().iter().position(|other| other == conflict).unwrap_or(self.at);
        }
    }

    /// Lets go of decisions of which this is not so.
    fn keep_decided(&mut self, is_so: impl Fn(&Conflict) -> bool) {
        self.decided.iter_mut().for_each(|step| step.retain(|(conflict, _)| is_so(conflict)));
        self.decided.retain(|step| !step.is_empty());
    }

    pub(in crate::session) fn give_up(&mut self) {
        self.stamp = self.asked.take();
        self.takes = false;
    }

    fn take(&mut self, planned: Planned) {
        let project = &planned.merged.project;
        self.rows = changed(&planned.merged.account, project.conflicts());
        self.planned = Some(Arc::new(planned));
        let there = self.conflicts().to_vec();
        self.keep_decided(|conflict| there.contains(conflict));
        self.at = self.at.min(there.len().saturating_sub(1));
        self.row = self.row.min(self.rows.len().saturating_sub(1));
    }
}

/// What changed where: first where something is to be decided, then as the account has it.
fn changed(account: &Account, conflicts: &[Conflict]) -> Vec<Changed> {
    let mut n_open: BTreeMap<Option<&ArticleId>, usize> = BTreeMap::new();
    for conflict in conflicts {
        *n_open.entry(conflict.article.as_ref()).or_default() += 1;
    }
    let ids = account.articles().into_iter().map(Some).chain([None]);
    let mut all: Vec<Option<&ArticleId>> = ids.chain(n_open.keys().copied()).collect();
    all.sort();
    all.dedup();
    let row = |article: Option<&ArticleId>| Changed {
        article: article.cloned(),
        sums: article.map_or_else(|| account.of_project(), |article| account.of_article(article)),
        n_conflicts: n_open.get(&article).copied().unwrap_or(0),
    };
    let mut rows: Vec<_> = all.into_iter().map(row).collect();
    rows.retain(|row| row.n_conflicts > 0 || !row.sums.is_nothing());
    rows.sort_by_key(|row| row.n_conflicts == 0);
    rows
}

/// Why a conflict is not decided, in the middle of a sentence.
fn why_not(why: &str) -> String {
    why.replace('`', "")
}

impl Session {
    /// Opens the screen; without a copy it asks for one, and open conflicts of the file can be decided.
    pub(in crate::session) fn open_merging(&mut self, source: Option<Source>, effects: &mut Vec<Effect>) {
        let Some(desk) = &self.desk else { return };
        if let Some(why) = desk.closed_for_writing() {
            let why = why.to_owned();
            return self.notices.status(format!("Nothing can be merged: {why}"));
        }
        let mut merging = Merging::default();
        if source.is_none() && !desk.project().conflicts().is_empty() {
            merging.take(as_it_is(desk.project()));
            merging.stamp = Some(desk.revision());
        }
        let asks = source.is_none();
        merging.waiting = source;
        self.view.over = None;
        self.view.screen = Some(Screen::Merge(Box::new(merging)));
        if asks {
            self.ask(Question::Copy, effects);
        }
    }

    pub(in crate::session) fn look_at_merging(&mut self, look: MergeLook, effects: &mut Vec<Effect>) {
        if let MergeLook::Open(source) = look {
            return self.open_merging(Some(source), effects);
        }
        let Some(Screen::Merge(merging)) = &mut self.view.screen else { return };
        match look {
            MergeLook::Conflict(place) => merging.at = place.min(merging.conflicts().len().saturating_sub(1)),
            MergeLook::Row(row) => {
                merging.row = row;
                let article = merging.rows.get(row).and_then(|row| row.article.clone());
                let first = merging.conflicts().iter().position(|conflict| conflict.article == article);
                merging.at = first.unwrap_or(merging.at);
            }
            MergeLook::Open(_) => {}
        }
    }

    /// To the conflict before or after this one.
    pub(in crate::session) fn go_in_merging(&mut self, by: isize) {
        let Some(Screen::Merge(merging)) = &mut self.view.screen else { return };
        let last = merging.conflicts().len().saturating_sub(1);
        merging.at = merging.at.saturating_add_signed(by).min(last);
    }

    /// To the next conflict that is open, round the end.
    pub(in crate::session) fn next_conflict(&mut self) {
        let Some(Screen::Merge(merging)) = &mut self.view.screen else { return };
        let n = merging.conflicts().len();
        let round = (1..=n).map(|step| (merging.at + step) % n.max(1));
        let is_open =
            |place: &usize| merging.conflicts().get(*place).is_some_and(|one| merging.side(one).is_none());
        match round.into_iter().find(is_open) {
            Some(place) => merging.at = place,
            None if n > 0 => self.notices.status("Every conflict is decided"),
            None => {}
        }
    }

    /// Decides the conflict in hand for a side, or opens it again.
    pub(in crate::session) fn decide_conflict(&mut self, side: Option<Side>) {
        let Some(Screen::Merge(merging)) = &mut self.view.screen else { return };
        let (Some(conflict), Some(planned)) = (merging.conflict().cloned(), merging.planned.clone()) else {
            return;
        };
        let number = merging.at + 1;
        let text = match side {
            None => {
                merging.keep_decided(|of| *of != conflict);
                format!("Conflict {number} stays open")
            }
            Some(side) => match deciding::decide(&planned.merged.project, &conflict, side) {
                Ok(_) => {
                    merging.decided.push(vec![(conflict, side)]);
                    format!("Decided conflict {number}: {}", words_of(side))
                }
                Err(why) => {
                    let why = why_not(&why.to_string());
                    return self.notices.status(format!("Conflict {number} stays open: {why}"));
                }
            },
        };
        self.next_conflict();
        if side.is_some() {
            self.notices.changed(text);
        } else {
            self.notices.status(text);
        }
    }

    /// Decides all that are open for one side.
    pub(in crate::session) fn decide_all(&mut self, side: Side) {
        let Some(Screen::Merge(merging)) = &mut self.view.screen else { return };
        let Some(planned) = merging.planned.clone() else { return };
        let project = &planned.merged.project;
        let open: Vec<Conflict> =
            project.conflicts().iter().filter(|one| merging.side(one).is_none()).cloned().collect();
        let can = |conflict: &Conflict| deciding::decide(project, conflict, side).is_ok();
        let n_open = open.len();
        let step: Vec<_> = open.into_iter().filter(can).map(|conflict| (conflict, side)).collect();
        merging.decided.extend(Some(step).filter(|step| !step.is_empty()));
        let n_left = merging.n_open();
        let left = if n_left == 0 { String::new() } else { format!(", {n_left} stay open") };
        self.notices.changed(format!("Decided {}: {}{left}", n_open - n_left, words_of(side)));
    }

    /// Has it merged again where the project is another one, or a copy waits.
    pub(in crate::session) fn merge_again(&mut self, effects: &mut Vec<Effect>) {
        let (Some(desk), Some(Screen::Merge(merging))) = (&self.desk, &mut self.view.screen) else { return };
        let now = desk.revision();
        if merging.asked.is_some() || merging.waiting.is_none() && merging.stamp == Some(now) {
            return;
        }
        let copy = merging.planned.as_ref().and_then(|planned| planned.copy.clone());
        let wanted = match (merging.waiting.take(), copy) {
            (Some(source), _) => ToMerge::New(source),
            (None, Some(copy)) => ToMerge::Again(copy),
            (None, None) if merging.planned.is_some() => {
                merging.take(as_it_is(desk.project()));
                merging.stamp = Some(now);
                return;
            }
            (None, None) => return,
        };
        merging.asked = Some(now);
        let (project, of) = (desk.project().clone(), desk.path().to_owned());
        self.start(Job::Merge { project, of, copy: wanted }, effects);
    }

    /// Both are one.
    pub(in crate::session) fn merged(&mut self, result: Result<Planned, String>, effects: &mut Vec<Effect>) {
        let Some(Screen::Merge(merging)) = &mut self.view.screen else { return };
        merging.stamp = merging.asked.take();
        match result {
            Ok(planned) => {
                merging.take(planned);
                if std::mem::take(&mut merging.takes) {
                    self.take_merged(effects);
                }
            }
            Err(why) => {
                merging.takes = false;
                self.tell(Notice::new(Tone::Error, "Not merged", why));
            }
        }
    }

    /// Merges, as one action; first again where the project is another one by now.
    pub(in crate::session) fn take_merged(&mut self, effects: &mut Vec<Effect>) {
        let (Some(desk), Some(Screen::Merge(merging))) = (&self.desk, &mut self.view.screen) else { return };
        if let Some(why) = merging.refusal() {
            return self.notices.status(format!("Nothing was merged: {why}"));
        }
        if merging.stamp != Some(desk.revision()) {
            merging.takes = true;
            return;
        }
        let Some(planned) = merging.planned.clone() else { return };
        let mut after = planned.merged.project.clone();
        let mut actions: Vec<Action> = planned.action.iter().cloned().collect();
        let mut n_decided = 0;
        for (conflict, side) in
            planned.merged.project.conflicts().iter().filter_map(|one| Some((one, merging.side(one)?)))
        {
            // One that another decision took along, with its article, is decided by that.
            if let Ok(action) = deciding::decide(&after, conflict, side)
                && after.apply(action.clone()).is_ok()
            {
                actions.push(action);
                n_decided += 1;
            }
        }
        let n_open = after.conflicts().len();
        let name = planned.copy.as_ref().map_or("conflicts".to_owned(), |copy| copy.source.name());
        let title =
            if planned.copy.is_some() { format!("merge: {name}") } else { "decide conflicts".to_owned() };
        if !self.act(&title, Action::Many(actions), effects) {
            return;
        }
        self.view.screen = None;
        let sums = planned.merged.account.all();
        let text = said(planned.copy.is_some().then_some((&name, sums)), n_decided, n_open);
        self.notices.changed(text.clone());
        self.tell(Notice::new(Tone::News, "", text).offering("Undo", "undo").until_changed());
        if let Some(copy) = &planned.copy {
            self.settle_copy(copy, effects);
        }
    }

    /// What was merged is not offered again.
    fn settle_copy(&mut self, copy: &Copy, effects: &mut Vec<Effect>) {
        match &copy.source {
            Source::OnDisk(_) => {
                let (hash, project) = (copy.hash.clone(), copy.project.clone());
                effects.push(Effect::TakeUp { hash, project });
                if let Some(desk) = &mut self.desk {
                    desk.safety.changed_outside = false;
                }
                self.notices.withdraw(CHANGED);
                // What is in the window and what is on the disk are one version from here on.
                self.save(effects);
            }
            Source::Version(version) if version.kind == VersionKind::Journal => {
                self.start(Job::PutAway { version: version.clone(), away: true }, effects);
            }
            Source::Version(_) | Source::File(_) => {}
        }
    }
}

/// The project alone, with the conflicts that lie in it.
fn as_it_is(project: &Project) -> Planned {
    let merged = Merged { project: project.clone(), account: Account::default(), new_conflicts: vec![] };
    Planned { copy: None, merged, action: None }
}

fn words_of(side: Side) -> &'static str {
    match side {
        Side::Ours => "mine",
        Side::Theirs => "theirs",
    }
}

fn said(copy: Option<(&String, Sums)>, n_decided: usize, n_open: usize) -> String {
    let of = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
    let open = match n_open {
        0 => String::new(),
        n => format!("; {} open", of(n, "conflict")),
    };
    match copy {
        Some((name, sums)) => format!(
            "Merged with {name}: {} of theirs, {} of mine, {} decided{open}",
            of(sums.theirs, "change"),
            sums.ours,
            of(n_decided, "conflict")
        ),
        None => format!("{} decided{open}", of(n_decided, "conflict")),
    }
}
