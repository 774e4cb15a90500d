//! What differs and what was decided, in words to be sent back.

use crate::formats::summary;
use crate::session::Session;
use crate::session::job::{Effect, Job};
use crate::session::notice::{Notice, Tone};
use std::path::{Path, PathBuf};

impl Session {
    /// The summary as Markdown, of what is compared now.
    pub(in crate::session) fn summary(&self) -> Option<String> {
        let (project, comparison) = self.review_project().zip(self.review.comparison())?;
        Some(summary::markdown(project, comparison))
    }

    /// Writes it under this name. Where the name gets its ending here, nobody was asked about a file of the whole name.
    pub(in crate::session) fn save_summary(&mut self, named: &Path, effects: &mut Vec<Effect>) {
        let (Some(text), Some(desk)) = (self.summary(), &self.desk) else { return };
        let replaces = named.extension().is_some();
        let mut path = named.as_os_str().to_owned();
        if !replaces {
            path.push(".md");
        }
        let of = desk.path().to_owned();
        self.start(Job::WriteSummary { path: PathBuf::from(path), text, of, replaces }, effects);
    }

    pub(in crate::session) fn summary_written(&mut self, path: &Path, result: Result<(), String>) {
        match result {
            Ok(()) => {
                self.tell(Notice::new(Tone::News, "", format!("The summary is in {}", path.display())));
            }
            Err(why) => self.tell(Notice::new(Tone::Error, "Not written", why)),
        }
    }
}
