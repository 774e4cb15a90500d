//! The screen *Add articles*: what was found in the files, before anything enters the project; mended, chosen, then one action.

use crate::analysis::count;
use crate::formats::articles::batch::taking::{Taking, taking};
use crate::formats::articles::batch::{Batch, Choices, Key, NearTo, Row, Standing};
use crate::formats::articles::dated::Order;
use crate::formats::time;
use crate::model::action::Action;
use crate::model::mending::Field;
use crate::model::plan;
use crate::session::Session;
use crate::session::arriving::{Coming, title_for};
use crate::session::job::{Effect, Job, Question};
use crate::session::notice::{Notice, Tone};
use crate::session::screens::Screen;
use crate::text::numbers;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Of which state of the project, and after how many choices.
pub type Stamp = (u64, u64);

/// Which rows are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shown {
    #[default]
    All,
    New,
    Doubtful,
    Near,
    There,
}

impl Shown {
    pub const ALL: [Self; 5] = [Self::All, Self::New, Self::Doubtful, Self::Near, Self::There];

    pub fn name(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::New => "New",
            Self::Doubtful => "Doubtful",
            Self::Near => "Near-identical",
            Self::There => "Already there",
        }
    }

    fn has(self, row: &Row) -> bool {
        match self {
            Self::All => true,
            Self::New => row.standing == Standing::New && !row.is_doubtful(),
            Self::Doubtful => row.is_doubtful(),
            Self::Near => matches!(row.standing, Standing::Near(_)),
            Self::There => matches!(row.standing, Standing::There { .. } | Standing::Refused(_)),
        }
    }
}

/// In which order rows stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Listed {
    #[default]
    DoubtfulFirst,
    AsInFiles,
}

#[derive(Debug, Clone)]
pub struct Adding {
    coming: Arc<Coming>,
    batch: Arc<Batch>,
    /// What would come in of it, worked out when a tick or the batch changes: the window asks in every frame.
    taking: Arc<Taking>,
    choices: Choices,
    /// Ticks that somebody set or took away.
    ticks: BTreeMap<Key, bool>,
    shown: Shown,
    listed: Listed,
    /// The rows that are shown, in their order: places in the batch.
    visible: Vec<usize>,
    selected: Option<Key>,
    /// The byte of its text where a second article may begin, as somebody pointed at it.
    caret: Option<usize>,
    stamp: Stamp,
    asked: Option<Stamp>,
    choice: u64,
    /// They come in as soon as what is shown is of now.
    takes: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddLook {
    Select(Key),
    Tick(Key),
    /// All that are shown, or none of them.
    TickAll,
    Shown(Shown),
    Listed(Listed),
    Cut(bool),
    DateOrder(Order),
    /// What is said of an article; of many, of all that are ticked.
    Say {
        of: Key,
        field: Field,
        text: String,
        many: bool,
    },
    /// A second article may begin at this byte of the one in hand.
    Caret(usize),
}

impl Adding {
    fn of(coming: Arc<Coming>, batch: Arc<Batch>, revision: u64) -> Self {
        let mut adding = Self {
            coming,
            batch,
            taking: Arc::default(),
            choices: Choices::default(),
            ticks: BTreeMap::new(),
            shown: Shown::All,
            listed: Listed::DoubtfulFirst,
            visible: Vec::new(),
            selected: None,
            caret: None,
            stamp: (revision, 0),
            asked: None,
            choice: 0,
            takes: false,
        };
        adding.list_again();
        adding.take_stock();
        adding.selected =
            adding.visible.first().and_then(|idx| adding.batch.rows.get(*idx)).map(|row| row.key);
        adding
    }

    pub fn coming(&self) -> &Coming {
        &self.coming
    }

    pub fn batch(&self) -> &Batch {
        &self.batch
    }

    pub fn choices(&self) -> &Choices {
        &self.choices
    }

    pub fn shown(&self) -> Shown {
        self.shown
    }

    pub fn listed(&self) -> Listed {
        self.listed
    }

    /// The rows that are shown, in their order.
    pub fn visible(&self) -> &[usize] {
        &self.visible
    }

    pub fn selected(&self) -> Option<&Row> {
        let key = self.selected?;
        self.batch.rows.iter().find(|row| row.key == key)
    }

    /// Where the article in hand would be parted: where somebody pointed, else where a second headline seems to stand.
    pub fn part_at(&self) -> Option<usize> {
        self.caret.or_else(|| self.selected()?.second_at())
    }

    /// Whether somebody pointed there.
    pub fn has_caret(&self) -> bool {
        self.caret.is_some()
    }

    fn select(&mut self, key: Key) {
        if self.selected != Some(key) {
            self.caret = None;
        }
        self.selected = Some(key);
    }

    pub fn is_counting(&self) -> bool {
        self.asked.is_some()
    }

    pub fn n_of(&self, shown: Shown) -> usize {
        self.batch.rows.iter().filter(|row| shown.has(row)).count()
    }

    /// Whether a row may come in, and whether it is wanted.
    pub fn ticked(&self, row: &Row) -> Option<bool> {
        let default = match &row.standing {
            Standing::There { .. } | Standing::Refused(_) => return None,
            Standing::New => !row.is_message(),
            Standing::Near(near) => matches!(near.to, NearTo::Row(_)) && !row.is_message(),
        };
        Some(self.ticks.get(&row.key).copied().unwrap_or(default))
    }

    /// What would come in.
    pub fn taking(&self) -> &Taking {
        &self.taking
    }

    fn take_stock(&mut self) {
        let taking = taking(&self.batch, &self.coming.files, |row| self.ticked(row) == Some(true));
        self.taking = Arc::new(taking);
    }

    /// How many articles would, and of them the doubtful ones.
    pub fn n_ticked(&self) -> (usize, usize) {
        let ticked = self.batch.rows.iter().filter(|row| self.ticked(row) == Some(true));
        ticked.fold((0, 0), |(n, n_doubtful), row| (n + 1, n_doubtful + usize::from(row.is_doubtful())))
    }

    pub fn refusal(&self) -> Option<String> {
        let none = !self.batch.rows.iter().any(|row| self.ticked(row) == Some(true));
        none.then(|| {
            match (self.batch.rows.is_empty(), self.n_of(Shown::There)) {
                (true, _) => "no articles were found",
                (false, n) if n == self.batch.rows.len() => "all of them are in the project",
                _ => "no article is ticked",
            }
            .to_owned()
        })
    }

    pub(in crate::session) fn give_up(&mut self) {
        self.takes = false;
        if let Some(stamp) = self.asked.take() {
            self.stamp = stamp;
        }
    }

    fn list_again(&mut self) {
        let rows = &self.batch.rows;
        let is_shown = |idx: &usize| rows.get(*idx).is_some_and(|row| self.shown.has(row));
        let mut visible: Vec<usize> = (0..rows.len()).filter(is_shown).collect();
        if self.listed == Listed::DoubtfulFirst {
            let rank = |idx: &usize| match rows.get(*idx) {
                Some(row) if row.is_doubtful() => 0,
                Some(Row { standing: Standing::Near(_), .. }) => 1,
                Some(Row { standing: Standing::There { .. } | Standing::Refused(_), .. }) => 2,
                _ => 3,
            };
            visible.sort_by_key(rank);
        }
        self.visible = visible;
    }

    /// The place of the row in hand among those that are shown.
    pub fn place(&self) -> Option<usize> {
        let key = self.selected?;
        self.visible.iter().position(|idx| self.batch.rows.get(*idx).is_some_and(|row| row.key == key))
    }

    fn step(&mut self, by: isize) {
        let last = self.visible.len().saturating_sub(1);
        let to = self.place().map_or(0, |place| place.saturating_add_signed(by).min(last));
        let row = self.visible.get(to).and_then(|idx| self.batch.rows.get(*idx));
        if let Some(key) = row.map(|row| row.key) {
            self.select(key);
        }
    }

    fn tick(&mut self, key: Key) {
        let row = self.batch.rows.iter().find(|row| row.key == key);
        if let Some(ticked) = row.and_then(|row| self.ticked(row)) {
            self.ticks.insert(key, !ticked);
            self.take_stock();
        }
    }

    fn tick_all(&mut self) {
        let rows: Vec<(Key, bool)> = self
            .visible
            .iter()
            .filter_map(|idx| self.batch.rows.get(*idx))
            .filter_map(|row| Some((row.key, self.ticked(row)?)))
            .collect();
        let all = rows.iter().all(|(_, ticked)| *ticked);
        self.ticks.extend(rows.into_iter().map(|(key, _)| (key, !all)));
        self.take_stock();
    }

    fn say(&mut self, of: Key, field: Field, text: &str, many: bool) {
        let keys: Vec<Key> = if many {
            self.batch.rows.iter().filter(|row| self.ticked(row) == Some(true)).map(|row| row.key).collect()
        } else {
            vec![of]
        };
        for key in keys {
            let says = self.choices.says.entry(key).or_default();
            says.retain(|(said, _)| *said != field);
            says.push((field, text.to_owned()));
        }
        self.choice += 1;
    }
}

impl Session {
    /// Asks for files that are looked at before anything of them comes in.
    pub(in crate::session) fn ask_to_look(&mut self, effects: &mut Vec<Effect>) {
        self.looks_first = true;
        self.ask(Question::AddArticles, effects);
    }

    /// Opens the screen with what was read.
    pub(in crate::session) fn open_adding(&mut self, coming: Arc<Coming>, batch: Arc<Batch>) {
        let revision = self.desk.as_ref().map_or(0, crate::session::desk::Desk::revision);
        self.view.over = None;
        self.view.screen = Some(Screen::Add(Box::new(Adding::of(coming, batch, revision))));
    }

    pub(in crate::session) fn look_at_adding(&mut self, look: AddLook) {
        let Some(Screen::Add(adding)) = &mut self.view.screen else { return };
        match look {
            AddLook::Select(key) => adding.select(key),
            AddLook::Tick(key) => adding.tick(key),
            AddLook::TickAll => adding.tick_all(),
            AddLook::Shown(shown) => {
                adding.shown = shown;
                adding.list_again();
                if adding.place().is_none() {
                    adding.step(0);
                }
            }
            AddLook::Listed(listed) => {
                adding.listed = listed;
                adding.list_again();
            }
            AddLook::Cut(cuts) => {
                adding.choices.cuts = cuts;
                adding.choice += 1;
            }
            AddLook::DateOrder(order) => {
                adding.choices.order = Some(order);
                adding.choice += 1;
            }
            AddLook::Say { of, field, text, many } => adding.say(of, field, &text, many),
            AddLook::Caret(at) => adding.caret = if adding.caret == Some(at) { None } else { Some(at) },
        }
    }

    pub(in crate::session) fn step_adding(&mut self, by: isize) {
        if let Some(Screen::Add(adding)) = &mut self.view.screen {
            adding.step(by);
        }
    }

    pub(in crate::session) fn tick_adding(&mut self) {
        if let Some(Screen::Add(adding)) = &mut self.view.screen
            && let Some(key) = adding.selected
        {
            adding.tick(key);
        }
    }

    /// Parts the article in hand where a second one seems to begin, or puts it together again.
    pub(in crate::session) fn part_adding(&mut self) {
        let Some(Screen::Add(adding)) = &mut self.view.screen else { return };
        let Some(row) = adding.selected() else { return };
        let (key, at) = (row.key, adding.part_at());
        let before = Key { part: key.part.saturating_sub(1), ..key };
        if let Some(at) = at {
            adding.choices.parted.insert(key, at);
            adding.caret = None;
        } else if key.part > 0 && adding.choices.parted.remove(&before).is_some() {
            adding.selected = Some(before);
        } else if adding.choices.parted.remove(&key).is_none() {
            self.notices
                .status("No second headline was found; click the paragraph where the second article begins");
            return;
        }
        adding.choice += 1;
    }

    /// Has it worked out anew, where the project or a choice is another one.
    pub(in crate::session) fn look_again_at_adding(&mut self, effects: &mut Vec<Effect>) {
        let today = time::write(self.now.at).get(..10).unwrap_or_default().to_owned();
        let Some(desk) = &self.desk else { return };
        let (revision, project) = (desk.revision(), desk.project().clone());
        let Some(Screen::Add(adding)) = &mut self.view.screen else { return };
        let now = (revision, adding.choice);
        if adding.stamp == now || adding.asked.is_some() {
            return;
        }
        adding.asked = Some(now);
        let (coming, choices) = (Arc::clone(&adding.coming), Box::new(adding.choices.clone()));
        self.start(Job::LookAtAdding { coming, project, choices, today, stamp: now }, effects);
    }

    /// It is worked out.
    pub(in crate::session) fn looked_at_adding(
        &mut self,
        stamp: Stamp,
        batch: Batch,
        effects: &mut Vec<Effect>,
    ) {
        let Some(Screen::Add(adding)) = &mut self.view.screen else { return };
        if adding.asked != Some(stamp) {
            return;
        }
        (adding.asked, adding.stamp) = (None, stamp);
        adding.batch = Arc::new(batch);
        adding.list_again();
        adding.take_stock();
        if adding.selected().is_none() {
            adding.step(0);
        }
        if std::mem::take(&mut adding.takes) {
            self.take_adding(effects);
        }
    }

    /// Takes the ticked articles in, as one action; first again where what is shown is not of now.
    pub(in crate::session) fn take_adding(&mut self, effects: &mut Vec<Effect>) {
        let Some(desk) = &self.desk else { return };
        let Some(Screen::Add(adding)) = &mut self.view.screen else { return };
        if let Some(why) = adding.refusal() {
            return self.notices.status(format!("Nothing came in: {why}"));
        }
        if adding.stamp != (desk.revision(), adding.choice) {
            adding.takes = true;
            return;
        }
        let taking = Arc::clone(&adding.taking);
        let articles = taking.articles(&adding.batch);
        let n_doubtful = adding.n_ticked().1;
        let folder = adding.coming.folder.clone();
        let id = self.now.letters(7, 10);
        let (n, scheme) = (articles.len(), desk.project.scheme());
        let n_sentences: usize = articles.iter().map(|article| count::n_asked(scheme, article)).sum();
        let title = title_for(desk, folder.as_deref(), &articles);
        let first = articles.first().map(|article| article.id.clone());
        let record = taking.record(&id, desk.coder.clone(), self.now.at);
        let mut action = plan::take_in_all(&desk.project, articles, Some(record));
        if let Some(title) = title {
            let never_end_after = desk.project.never_end_after().to_vec();
            action = Action::Many(vec![Action::Project { title, never_end_after }, action]);
        }
        let says = format!("{} added, {}", counted(n, "article"), counted(n_sentences, "sentence"));
        if !self.act(&format!("add {}", counted(n, "article")), action, effects) {
            return;
        }
        self.view.screen = None;
        self.derived.refresh(self.desk.as_ref(), &self.view);
        let mut text = says;
        if n_doubtful > 0 {
            text.extend([", ", &numbers::grouped(n_doubtful as u64), " of them doubtful"]);
        }
        if !taking.left.is_empty() {
            text.extend([", ", &numbers::grouped(taking.left.len() as u64), " left out"]);
        }
        let lines: Vec<String> = taking
            .left
            .iter()
            .map(|left| {
                let place = if left.place.is_empty() { String::new() } else { format!(", {}", left.place) };
                format!("{}{place}: {} ({})", left.file, left.why, left.title)
            })
            .collect();
        self.tell(
            Notice::new(Tone::Success, "", text).listing(&lines).offering("Undo", "undo").until_changed(),
        );
        self.view.filter.clear();
        if let Some(first) = first {
            self.go(&first, None);
        }
        self.remember(effects);
    }
}

fn counted(n: usize, one: &str) -> String {
    let many = if n == 1 { "" } else { "s" };
    format!("{} {one}{many}", numbers::grouped(n as u64))
}
