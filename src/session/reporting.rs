//! The report on reliability: which one is chosen, the job that writes it, what came of it.

use crate::formats::report::Form;
use crate::formats::report::making::{Named, Wish};
use crate::session::Session;
use crate::session::filing::file_stem;
use crate::session::job::{Effect, Job, JobKind};
use crate::session::notice::{Notice, Tone};
use crate::session::watch::Watch;
use crate::session::writing::ended;
use std::path::Path;

/// What is chosen before it is asked where to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chosen {
    pub form: Form,
    pub named: Named,
}

impl Default for Chosen {
    fn default() -> Self {
        Self { form: Form::Html, named: Named::Pseudonyms }
    }
}

impl Session {
    /// What coders are called in the report: while names are hidden, no file names them.
    pub fn report_named(&self) -> Named {
        if self.review.chosen().shows_names { self.view.report.named } else { Named::Pseudonyms }
    }

    /// The report that is being written.
    pub fn report_under_way(&self) -> Option<&Watch> {
        let report = self.running.iter().find(|job| job.kind == JobKind::Report)?;
        report.watch.as_ref()
    }

    pub(in crate::session) fn stop_report(&mut self) {
        if let Some(watch) = self.report_under_way() {
            watch.stop();
        }
    }

    /// Writes the report under this name, or into a new folder in this one. Where the name gets its end here, nobody was asked
    /// about what has the whole name.
    pub(in crate::session) fn write_report(&mut self, named: &Path, form: Form, effects: &mut Vec<Effect>) {
        if self.report_under_way().is_some() {
            return self.notices.status("A report is being written");
        }
        let Some(desk) = &self.desk else { return };
        let (path, replaces) = match form.ending() {
            None => (named.join(format!("{}-report", file_stem(desk.project().title()))), false),
            Some(ending) => ended(named, ending),
        };
        let lens = self.review.agreement().lens();
        let wish = Wish {
            form,
            named: self.report_named(),
            rule: lens.rule,
            articles: lens.articles.trim().to_owned(),
            files: vec![],
        };
        let (project, of) = (desk.project().clone(), desk.path().to_owned());
        self.start(Job::Report { project, of, path, wish, replaces, watch: Watch::default() }, effects);
    }

    pub(in crate::session) fn report_written(
        &mut self,
        path: &Path,
        form: Form,
        result: Result<Option<usize>, String>,
    ) {
        let path = path.display();
        match (result, form) {
            (Ok(None), _) => self.notices.status("The report was stopped; nothing was written"),
            (Ok(Some(n)), Form::Folder) => {
                self.tell(Notice::new(Tone::News, "", format!("The report is in {path}: {n} files")));
            }
            (Ok(_), _) => self.tell(Notice::new(Tone::News, "", format!("The report is in {path}"))),
            (Err(why), _) => self.tell(Notice::new(Tone::Error, "Not written", why)),
        }
    }
}
