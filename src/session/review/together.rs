//! Several people's files, put together: what came of it is said.

use crate::analysis::together::Choice;
use crate::session::Session;
use crate::session::job::{CameTogether, Effect, Job};
use crate::session::notice::{Notice, Tone};
use crate::session::review::Review;
use crate::session::view::Place;
use std::path::PathBuf;

impl Review {
    /// Whether somebody has a later file than the one that was taken.
    pub fn has_later(&self) -> bool {
        self.together.as_ref().is_some_and(|together| !together.later.is_empty())
    }
}

impl Session {
    /// Puts several files together as an untitled project.
    pub(in crate::session) fn put_together(&mut self, paths: Vec<PathBuf>, effects: &mut Vec<Effect>) {
        self.start(Job::Together { paths, choice: Choice::default() }, effects);
    }

    /// The same once more, with the later file of who has two.
    pub(in crate::session) fn take_later(&mut self, effects: &mut Vec<Effect>) {
        let Some(together) = &self.review.together else { return };
        let later = together.later.iter().cloned().collect();
        let choice = Choice { later, ..Choice::default() };
        self.start(Job::Together { paths: together.paths.clone(), choice }, effects);
    }

    pub(in crate::session) fn came_together(&mut self, together: CameTogether) {
        self.view.place = Place::Review;
        if !together.left_out.is_empty() {
            let n = together.left_out.len();
            let files =
                if n == 1 { "1 file was left out".to_owned() } else { format!("{n} files were left out") };
            let text = format!("{files}; the others are here");
            self.tell(Notice::new(Tone::Warning, "Left out", text).listing(&together.left_out));
        }
        if !together.says.is_empty() {
            let text = "not everything in the files goes together";
            let mut notice = Notice::new(Tone::Warning, "Look", text).listing(&together.says);
            if !together.later.is_empty() {
                notice = notice.offering("Take the later answers", "compare-later");
            }
            self.tell(notice);
        }
        self.review.together = Some(together);
    }
}
