//! Asking the person for a file: by one dialog of the desktop at a time, or by our own browser.

use crate::session::Session;
use crate::session::job::{Effect, Question};
use crate::session::notice::{Notice, Tone};
use crate::session::view::Over;
use std::path::PathBuf;

/// Head of the notice about a dialog that is open already.
const OPEN_ALREADY: &str = "A dialog is open already";

/// The dialog of the desktop that is open, and how the next file is asked for.
#[derive(Debug, Default)]
pub(in crate::session) struct Asking {
    open: Option<Question>,
    /// The number of the last dialog: one that was given up answers for nothing.
    n: u64,
    /// Whether the desktop was given up: our own browser asks from then on.
    own: bool,
}

impl Session {
    /// What a dialog of the desktop is open for.
    pub fn asked_for(&self) -> Option<Question> {
        self.asking.open
    }

    /// Asks for a file, one dialog at a time: a second one would lie behind the window, hidden.
    pub(in crate::session) fn ask(&mut self, question: Question, effects: &mut Vec<Effect>) {
        if self.asking.open.is_some() {
            let text = "perhaps hidden, or it does not answer";
            let notice = Notice::new(Tone::Warning, OPEN_ALREADY, text);
            return self.tell(notice.offering("Use Allegata\u{2019}s own browser", "own-browser"));
        }
        if self.asking.own {
            self.view.over = Some(Over::Browser(question));
            return;
        }
        self.asking.open = Some(question);
        self.asking.n += 1;
        effects.push(Effect::Ask(question, self.asking.n));
    }

    /// Gives the desktop's dialog up and asks the same by our own browser.
    pub(in crate::session) fn ask_by_own(&mut self) {
        let Some(question) = self.forget_dialog() else { return };
        self.asking.own = true;
        self.view.over = Some(Over::Browser(question));
    }

    /// No dialog is open any more: it was answered, given up, or broke.
    pub(in crate::session) fn forget_dialog(&mut self) -> Option<Question> {
        self.notices.withdraw(OPEN_ALREADY);
        self.asking.open.take()
    }

    /// A dialog was answered; `None` is our own browser.
    pub(in crate::session) fn asked(
        &mut self,
        dialog: Option<u64>,
        question: Question,
        (paths, no_service): (Vec<PathBuf>, bool),
        effects: &mut Vec<Effect>,
    ) {
        if let Some(number) = dialog {
            let is_open = self.asking.open.is_some() && number == self.asking.n;
            if !is_open {
                // Given up, and yet it answers: the next question is the desktop's again.
                self.asking.own = no_service;
                return;
            }
            self.forget_dialog();
        }
        if no_service {
            self.view.over = Some(Over::Browser(question));
        } else if !paths.is_empty() {
            self.chosen(question, paths, effects);
        }
    }
}
