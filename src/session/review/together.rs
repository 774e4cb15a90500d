//! Several people's files, put together: what came of it is said.

use crate::analysis::together::again::Change;
use crate::analysis::together::{Choice, Together};
use crate::model::project::Project;
use crate::session::Session;
use crate::session::job::{Effect, Job};
use crate::session::notice::{Notice, Tone};
use crate::session::review::Review;
use crate::session::view::Place;
use std::path::PathBuf;
use std::sync::Arc;

/// Head of the notice about what files say differently.
const DIFFERENT: &str = "Look";

/// What came of files that were put together.
#[derive(Debug)]
pub struct CameTogether {
    /// The files that were read, by name.
    pub names: Vec<String>,
    /// The same as they were read, as long as something of them can be chosen.
    pub files: Arc<Vec<Project>>,
    pub choice: Choice,
    pub together: Together,
    /// What could not be read: sentences.
    pub left_out: Vec<String>,
}

/// The same files with other choices, and what that changes.
#[derive(Debug)]
pub struct TakenSo {
    pub came: Arc<CameTogether>,
    pub change: Option<Change>,
}

impl CameTogether {
    /// Whether there is something to choose: another codebook, or a coder whose answers stand in two files.
    pub fn has_choices(&self) -> bool {
        self.together.mappings.iter().any(|mapping| !mapping.is_same) || !self.together.twice.is_empty()
    }
}

impl Review {
    /// What came of the files that the project was made of.
    pub fn came(&self) -> Option<&Arc<CameTogether>> {
        self.together.as_ref()
    }

    pub(in crate::session) fn keep_came(&mut self, came: Arc<CameTogether>) {
        self.together = Some(came);
    }
}

impl Session {
    /// Puts several files together as an untitled project.
    pub(in crate::session) fn put_together(&mut self, paths: Vec<PathBuf>, effects: &mut Vec<Effect>) {
        self.start(Job::Together { paths }, effects);
    }

    pub(in crate::session) fn came_together(&mut self, came: Arc<CameTogether>) {
        self.view.place = Place::Review;
        if !came.left_out.is_empty() {
            let n = came.left_out.len();
            let files =
                if n == 1 { "1 file was left out".to_owned() } else { format!("{n} files were left out") };
            let text = format!("{files}; the others are here");
            self.tell(Notice::new(Tone::Warning, "Left out", text).listing(&came.left_out));
        }
        // What is taken of them is shown before anything is decided on it.
        let has_choices = came.has_choices();
        self.review.together = Some(came);
        if has_choices {
            self.open_comparing();
        } else {
            self.say_different();
        }
    }

    /// Says what of the files does not go together.
    pub(in crate::session) fn say_different(&mut self) {
        self.notices.withdraw(DIFFERENT);
        let Some(came) = &self.review.together else { return };
        let has_choices = came.has_choices();
        let says = came.together.says(&came.names);
        if !says.is_empty() {
            let text = "not everything in the files goes together";
            let mut notice = Notice::new(Tone::Warning, DIFFERENT, text).listing(&says);
            if has_choices {
                notice = notice.offering("Choose\u{2026}", "compare-choose");
            }
            self.tell(notice);
        }
    }
}
