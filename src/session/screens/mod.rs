//! Screens that are no place: they lie over a place, have keys of their own, and write nothing before their one button.

pub mod adding;
pub mod collecting;
pub mod comparing;
pub mod exporting;
pub mod handing;
pub mod importing;
pub mod merging;
pub mod scheming;
pub mod splitting;

use crate::session::Session;
use crate::session::command::Where;
use crate::session::job::Effect;
use crate::session::screens::adding::{AddLook, Adding};
use crate::session::screens::collecting::{CollectLook, Collecting};
use crate::session::screens::comparing::{Comparing, ComparingLook};
use crate::session::screens::exporting::{ExportLook, Exporting};
use crate::session::screens::handing::{HandOut, HandOutLook};
use crate::session::screens::importing::{ImportLook, Importing};
use crate::session::screens::merging::{MergeLook, Merging};
use crate::session::screens::scheming::{SchemeLook, Scheming};
use crate::session::view::Place;

/// The screen that is open.
#[derive(Debug, Clone)]
pub enum Screen {
    HandOut(Box<HandOut>),
    Collect(Box<Collecting>),
    Merge(Box<Merging>),
    Scheme(Box<Scheming>),
    Compare(Box<Comparing>),
    Export(Box<Exporting>),
    Import(Box<Importing>),
    Add(Box<Adding>),
    /// Its state is Review's.
    Agreement,
}

/// What is looked at, chosen or typed in a screen.
#[derive(Debug, Clone, PartialEq)]
pub enum ScreenLook {
    Close,
    HandOut(HandOutLook),
    Collect(CollectLook),
    Merge(MergeLook),
    Scheme(SchemeLook),
    Compare(ComparingLook),
    Export(ExportLook),
    Import(ImportLook),
    Add(AddLook),
}

impl Screen {
    /// Which keys hold in it.
    pub fn place(&self) -> Where {
        match self {
            Self::HandOut(_) => Where::HandOut,
            Self::Collect(_) => Where::Collect,
            Self::Merge(_) => Where::Merge,
            Self::Scheme(_) => Where::Scheme,
            Self::Compare(_) => Where::Compare,
            Self::Export(_) => Where::Export,
            Self::Import(_) => Where::Import,
            Self::Add(_) => Where::Add,
            Self::Agreement => Where::Agreement,
        }
    }
}

impl Session {
    /// Where the person is: which keys hold.
    pub fn place(&self) -> Where {
        let place = match self.view.place {
            Place::Annotate => Where::Annotate,
            Place::Review => Where::Review,
        };
        self.view.screen.as_ref().map_or(place, Screen::place)
    }

    pub(in crate::session) fn look_at_screen(&mut self, look: ScreenLook, effects: &mut Vec<Effect>) {
        match look {
            ScreenLook::Close => {
                self.say_typed(effects);
                // What was done in the screen is gone with it.
                if self.undo_name_in_screen().is_some() {
                    self.notices.status("");
                }
                match self.view.screen.take() {
                    Some(Screen::Compare(_)) => self.say_different(),
                    Some(Screen::Import(mut importing)) => importing.stop(),
                    _ => {}
                }
            }
            ScreenLook::HandOut(look) => self.look_at_hand_out(look),
            ScreenLook::Collect(look) => self.look_at_collecting(look),
            ScreenLook::Merge(look) => self.look_at_merging(look, effects),
            ScreenLook::Scheme(look) => self.look_at_scheme(look, effects),
            ScreenLook::Compare(look) => self.look_at_comparing(look),
            ScreenLook::Export(look) => self.look_at_export(look, effects),
            ScreenLook::Import(look) => self.look_at_import(look, effects),
            ScreenLook::Add(look) => self.look_at_adding(look),
        }
    }

    /// What a screen shows is of the project as it is now.
    pub(in crate::session) fn refresh_screen(&mut self, effects: &mut Vec<Effect>) {
        if self.view.screen.is_none() {
            return;
        }
        // It makes a project.
        self.look_again_at_import(effects);
        if self.desk.is_none() {
            if !matches!(self.view.screen, Some(Screen::Import(_))) {
                self.view.screen = None;
            }
            return;
        }
        self.draw_again();
        self.collect_again(effects);
        self.merge_again(effects);
        self.scheme_again();
        self.look_again_at_export(effects);
        self.look_again_at_adding(effects);
    }

    /// What undo means in the screen, if it means something that was done there.
    pub fn undo_name_in_screen(&self) -> Option<&'static str> {
        match &self.view.screen {
            Some(Screen::HandOut(hand_out)) => (hand_out.n_moves() > 0).then_some("move"),
            Some(Screen::Merge(merging)) => merging.can_undo().then_some("decision"),
            _ => None,
        }
    }

    /// Undoes the last thing done in the screen; true if there was one.
    pub(in crate::session) fn undo_in_screen(&mut self) -> bool {
        let Some(name) = self.undo_name_in_screen() else { return false };
        match &mut self.view.screen {
            Some(Screen::HandOut(hand_out)) => hand_out.undo(),
            Some(Screen::Merge(merging)) => merging.undo(),
            _ => {}
        }
        self.notices.status(format!("The last {name} is undone"));
        true
    }

    /// A job of the screen broke off: what it was asked may be asked again.
    pub(in crate::session) fn screen_broke(&mut self) {
        match &mut self.view.screen {
            Some(Screen::HandOut(hand_out)) => hand_out.is_writing = false,
            Some(Screen::Collect(collecting)) => collecting.give_up(),
            Some(Screen::Merge(merging)) => merging.give_up(),
            Some(Screen::Compare(comparing)) => comparing.give_up(),
            Some(Screen::Export(exporting)) => exporting.give_up(),
            Some(Screen::Import(importing)) => importing.give_up(),
            Some(Screen::Add(adding)) => adding.give_up(),
            Some(Screen::Scheme(_) | Screen::Agreement) | None => {}
        }
    }
}
