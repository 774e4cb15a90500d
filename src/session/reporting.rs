//! The report on reliability: which one is chosen, the job that writes it, what came of it.

use crate::formats::report::Form;
use crate::formats::report::making::{Named, Wish};
use crate::session::Session;
use crate::session::filing::file_stem;
use crate::session::job::{Effect, Job};
use crate::session::notice::{Notice, Tone};
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
    /// Writes the report under this name, or into a new folder in this one. Where the name gets its end here, nobody was asked
    /// about what has the whole name.
    pub(in crate::session) fn write_report(&mut self, named: &Path, form: Form, effects: &mut Vec<Effect>) {
        let Some(desk) = &self.desk else { return };
        let (path, replaces) = match form.ending() {
            None => (named.join(format!("{}-report", file_stem(desk.project().title()))), false),
            Some(ending) => ended(named, ending),
        };
        let lens = self.review.agreement().lens();
        let wish = Wish {
            form,
            named: self.view.report.named,
            rule: lens.rule,
            articles: lens.articles.trim().to_owned(),
            files: vec![],
        };
        let (project, of) = (desk.project().clone(), desk.path().to_owned());
        self.start(Job::Report { project, of, path, wish, replaces }, effects);
    }

    pub(in crate::session) fn report_written(
        &mut self,
        path: &Path,
        form: Form,
        result: Result<usize, String>,
    ) {
        let path = path.display();
        match (result, form) {
            (Ok(n), Form::Folder) => {
                self.tell(Notice::new(Tone::News, "", format!("The report is in {path}: {n} files")));
            }
            (Ok(_), _) => self.tell(Notice::new(Tone::News, "", format!("The report is in {path}"))),
            (Err(why), _) => self.tell(Notice::new(Tone::Error, "Not written", why)),
        }
    }
}
