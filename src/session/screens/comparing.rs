//! The screen *Compare files*: where files say different things, what is taken. Other codebooks side by side, label by label; and
//! whose answers stand in two files.

use crate::analysis::together::again::Change;
use crate::analysis::together::{Choice, Mapping, Theirs, Twice};
use crate::model::ids::LabelId;
use crate::session::Session;
use crate::session::intent::Say;
use crate::session::job::{Effect, Job};
use crate::session::notice::{Notice, Tone};
use crate::session::review::together::{CameTogether, TakenSo};
use crate::session::screens::Screen;
use std::sync::Arc;

#[derive(Debug, Clone)]
pub struct Comparing {
    came: Arc<CameTogether>,
    choice: Choice,
    /// What is in hand: a file with another codebook, or a coder; and the row of it.
    pub thing: usize,
    pub row: usize,
    /// For this state of the project it is being worked out.
    asked: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ComparingLook {
    Thing(usize),
    Row(usize),
    /// The label of this row is this one here, or none.
    Label(usize, Option<LabelId>),
    /// The answers of the coder in hand are from this file.
    From(usize),
}

/// Something that files say differently.
#[derive(Debug, Clone, Copy)]
pub enum Thing<'a> {
    Codebook(&'a Mapping),
    Coder(&'a Twice),
}

impl Comparing {
    pub fn new(came: Arc<CameTogether>) -> Self {
        let choice = came.choice.clone();
        Self { came, choice, thing: 0, row: 0, asked: None }
    }

    pub fn came(&self) -> &CameTogether {
        &self.came
    }

    pub fn choice(&self) -> &Choice {
        &self.choice
    }

    pub fn things(&self) -> impl Iterator<Item = Thing<'_>> {
        let together = &self.came.together;
        let codebooks = together.mappings.iter().filter(|mapping| !mapping.is_same).map(Thing::Codebook);
        codebooks.chain(together.twice.iter().map(Thing::Coder))
    }

    pub fn in_hand(&self) -> Option<Thing<'_>> {
        self.things().nth(self.thing)
    }

    /// What a label is here, as it is chosen.
    pub fn here(&self, mapping: &Mapping, theirs: &Theirs) -> Option<LabelId> {
        mapping.here(theirs, &self.choice.labels)
    }

    /// From which file the answers of a coder are, as it is chosen.
    pub fn from(&self, twice: &Twice) -> usize {
        let chosen = self.choice.from.get(&twice.coder).copied();
        chosen.filter(|file| [twice.taken, twice.other].contains(file)).unwrap_or(twice.taken)
    }

    /// Answers that stay out, and answers that are taken from another file than now.
    pub fn n_out_and_other(&self) -> (usize, usize) {
        let (mut n_out, mut n_other) = (0, 0);
        for thing in self.things() {
            match thing {
                Thing::Codebook(mapping) => n_out += mapping.n_left_so(&self.choice.labels),
                Thing::Coder(twice) if self.from(twice) == twice.other => n_other += twice.differ.len(),
                Thing::Coder(_) => {}
            }
        }
        (n_out, n_other)
    }

    pub fn is_working(&self) -> bool {
        self.asked.is_some()
    }

    pub(in crate::session) fn give_up(&mut self) {
        self.asked = None;
    }

    fn n_rows(&self) -> usize {
        match self.in_hand() {
            Some(Thing::Codebook(mapping)) => mapping.labels.len(),
            Some(Thing::Coder(twice)) => twice.differ.len(),
            None => 0,
        }
    }
}

impl Session {
    fn comparing(&mut self) -> Option<&mut Comparing> {
        match &mut self.view.screen {
            Some(Screen::Compare(comparing)) => Some(comparing),
            _ => None,
        }
    }

    /// Shows what the files say differently.
    pub(in crate::session) fn open_comparing(&mut self) {
        if let Some(came) = self.review.came().filter(|came| came.has_choices()) {
            self.view.screen = Some(Screen::Compare(Box::new(Comparing::new(Arc::clone(came)))));
        }
    }

    pub(in crate::session) fn look_at_comparing(&mut self, look: ComparingLook) {
        let Some(comparing) = self.comparing() else { return };
        match look {
            ComparingLook::Thing(thing) => (comparing.thing, comparing.row) = (thing, 0),
            ComparingLook::Row(row) => comparing.row = row,
            ComparingLook::Label(row, here) => {
                comparing.row = row;
                let Some(Thing::Codebook(mapping)) = comparing.in_hand() else { return };
                let Some(theirs) = mapping.labels.get(row) else { return };
                let label = (mapping.file, theirs.label.id.clone());
                comparing.choice.labels.insert(label, here);
            }
            ComparingLook::From(file) => {
                let Some(Thing::Coder(twice)) = comparing.in_hand() else { return };
                let coder = twice.coder.clone();
                comparing.choice.from.insert(coder, file);
            }
        }
    }

    /// A label's key: the label in hand is that one here; and on to the next.
    pub(in crate::session) fn map_label(&mut self, say: &Say) {
        let here = match say {
            Say::Label(label) => Some(label.clone()),
            Say::None => None,
            _ => return,
        };
        let Some(row) = self.comparing().map(|comparing| comparing.row) else { return };
        self.look_at_comparing(ComparingLook::Label(row, here));
        self.go_in_comparing(1);
    }

    pub(in crate::session) fn go_in_comparing(&mut self, by: isize) {
        let Some(comparing) = self.comparing() else { return };
        let last = comparing.n_rows().saturating_sub(1);
        comparing.row = comparing.row.saturating_add_signed(by).min(last);
    }

    pub(in crate::session) fn turn_in_comparing(&mut self, by: isize) {
        let Some(comparing) = self.comparing() else { return };
        let last = comparing.things().count().saturating_sub(1);
        let thing = comparing.thing.saturating_add_signed(by).min(last);
        if thing != comparing.thing {
            (comparing.thing, comparing.row) = (thing, 0);
        }
    }

    /// The answers of the coder in hand are those of the file that was taken, or those of the other one.
    pub(in crate::session) fn take_in_comparing(&mut self, other: bool) {
        let Some(comparing) = self.comparing() else { return };
        let Some(Thing::Coder(twice)) = comparing.in_hand() else {
            return self.notices.status("Choose a coder whose answers stand in two files");
        };
        let file = if other { twice.other } else { twice.taken };
        self.look_at_comparing(ComparingLook::From(file));
    }

    /// Puts the files together as it is chosen.
    pub(in crate::session) fn compare_so(&mut self, effects: &mut Vec<Effect>) {
        let Some(desk) = &self.desk else { return };
        let (project, revision) = (desk.project().clone(), desk.revision());
        let Some(comparing) = self.comparing().filter(|comparing| comparing.asked.is_none()) else { return };
        comparing.asked = Some(revision);
        let (came, choice) = (Arc::clone(&comparing.came), comparing.choice.clone());
        self.start(Job::TogetherAgain { project, came, choice, revision }, effects);
    }

    /// It was worked out.
    pub(in crate::session) fn together_again(
        &mut self,
        revision: u64,
        result: Result<TakenSo, String>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(comparing) = self.comparing() else { return };
        comparing.give_up();
        let TakenSo { came, change } = match result {
            Ok(taken) => taken,
            Err(why) => return self.tell(Notice::new(Tone::Error, "Not done", why)),
        };
        if self.desk.as_ref().is_some_and(|desk| desk.revision() != revision) {
            return self.compare_so(effects);
        }
        if let Some(Change { action, n_answers: n }) = change {
            let answers = if n == 1 { "1 answer".to_owned() } else { format!("{n} answers") };
            if !self.act("files taken otherwise", action, effects) {
                return;
            }
            self.notices.changed(format!("{answers} as they were chosen"));
        }
        self.view.screen = None;
        self.review.keep_came(came);
        self.say_different();
    }
}
