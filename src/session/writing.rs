//! Files for people, written beside the project: a summary, the figures of agreement, a chart.

use crate::analysis::chart::Chart;
use crate::formats::svg::{self, Width};
use crate::formats::{figures_table, summary};
use crate::session::Session;
use crate::session::job::{Effect, Job};
use crate::session::notice::{Notice, Tone};
use crate::session::review::agreement::{Figures, Picture};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is written.
#[derive(Debug)]
pub enum Writing {
    Summary(String),
    /// Every figure as CSV, and what coders are called.
    Figures(Arc<Figures>, BTreeMap<String, String>),
    /// A chart as SVG.
    Chart(Box<Chart>, Width),
}

impl Writing {
    /// The text of the file.
    pub fn text(&self) -> String {
        match self {
            Self::Summary(text) => text.clone(),
            Self::Figures(figures, names) => {
                figures_table::csv(&figures.worked, |id| names.get(id).map_or(id, String::as_str).to_owned())
            }
            Self::Chart(chart, width) => svg::write(chart, *width),
        }
    }

    /// `The figures are`: the beginning of what is said afterwards.
    pub const fn says(&self) -> &'static str {
        match self {
            Self::Summary(_) => "The summary is",
            Self::Figures(..) => "The figures are",
            Self::Chart(..) => "The chart is",
        }
    }

    /// What the status bar says meanwhile.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Summary(_) => "Writing a summary\u{2026}",
            Self::Figures(..) => "Writing the figures\u{2026}",
            Self::Chart(..) => "Writing a chart\u{2026}",
        }
    }
}

impl Session {
    /// The summary as Markdown, of what is compared now.
    pub(in crate::session) fn summary(&self) -> Option<String> {
        let (project, comparison) = self.review_project().zip(self.review.comparison())?;
        Some(summary::markdown(project, comparison))
    }

    pub(in crate::session) fn save_summary(&mut self, named: &Path, effects: &mut Vec<Effect>) {
        let writing = self.summary().map(Writing::Summary);
        // A summary may have any ending.
        let path = if named.extension().is_some() { (named.to_owned(), true) } else { ended(named, "md") };
        self.write(writing, path, effects);
    }

    /// The figures of Agreement as they are shown, coders called as they are called there.
    pub(in crate::session) fn save_figures(&mut self, named: &Path, effects: &mut Vec<Effect>) {
        let agreement = self.review.agreement();
        let shown = agreement.columns().iter().map(|column| (column.coder.to_string(), column.name.clone()));
        let writing = agreement.shared().map(|figures| Writing::Figures(figures, shown.collect()));
        self.write(writing, ended(named, "csv"), effects);
    }

    pub(in crate::session) fn save_chart(
        &mut self,
        named: &Path,
        (picture, width): (Picture, Width),
        effects: &mut Vec<Effect>,
    ) {
        let scheme = self.desk.as_ref().map(|desk| desk.project().scheme());
        let chart = scheme.and_then(|scheme| self.review.agreement().chart(picture, scheme));
        let writing = chart.map(|chart| Writing::Chart(Box::new(chart), width));
        self.write(writing, ended(named, "svg"), effects);
    }

    fn write(
        &mut self,
        writing: Option<Writing>,
        (path, replaces): (PathBuf, bool),
        effects: &mut Vec<Effect>,
    ) {
        let Some((writing, desk)) = writing.zip(self.desk.as_ref()) else {
            let why = "what was to be written is not there any more".to_owned();
            return self.tell(Notice::new(Tone::Error, "Not written", why));
        };
        let of = desk.path().to_owned();
        self.start(Job::Write { writing, path, of, replaces }, effects);
    }

    pub(in crate::session) fn written(&mut self, path: &Path, says: &str, result: Result<(), String>) {
        match result {
            Ok(()) => self.tell(Notice::new(Tone::News, "", format!("{says} in {}", path.display()))),
            Err(why) => self.tell(Notice::new(Tone::Error, "Not written", why)),
        }
    }
}

/// The name with its ending, and whether it may take the place of a file: where the ending is put on here, nobody was asked about
/// a file of the whole name.
pub(in crate::session) fn ended(named: &Path, ending: &str) -> (PathBuf, bool) {
    if named.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending)) {
        return (named.to_owned(), true);
    }
    let mut path = named.as_os_str().to_owned();
    path.push(".");
    path.push(ending);
    (PathBuf::from(path), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_gets_its_ending_here_replaces_nothing() {
        let check = |named: &str, want: &str, replaces: bool| {
            assert_eq!(ended(Path::new(named), "csv"), (PathBuf::from(want), replaces));
        };
        check("a/b.csv", "a/b.csv", true);
        check("a/b.CSV", "a/b.CSV", true);
        check("a/b", "a/b.csv", false);
        check("a/v1.2", "a/v1.2.csv", false);
    }
}
