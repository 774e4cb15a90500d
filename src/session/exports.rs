//! Datasets on their way out: one at a time, what came of it, and the last one of a project, which can be had again.

use crate::formats;
use crate::formats::FormatId;
use crate::formats::datasets::asked::{Asked, shell_word};
use crate::session::Session;
use crate::session::filing::shown_name;
use crate::session::job::{Effect, ExportTrouble, Job, JobKind};
use crate::session::notice::{Notice, Tone};
use crate::session::prefs::Setting;
use crate::session::screens::Screen;
use crate::session::view::Over;
use crate::session::watch::{Watch, bytes};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Head of the notice about an export that did not come off.
const NOT_EXPORTED: &str = "Not exported";

/// What is written, as what, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToExport {
    pub path: PathBuf,
    pub format: FormatId,
    pub asked: Asked,
}

impl ToExport {
    /// The command line that writes the same of the project in the file `of`.
    pub fn command_line(&self, of: &Path) -> String {
        let path = |path: &Path| {
            let text = path.to_string_lossy();
            if text.starts_with('-') { format!("./{text}") } else { text.into_owned() }
        };
        let mut words: Vec<String> =
            ["allegata", "export", &path(of), "--to", self.format, "-o", &path(&self.path)]
                .map(str::to_owned)
                .into();
        words.extend(self.asked.words());
        words.iter().map(|word| shell_word(word)).collect::<Vec<_>>().join(" ")
    }
}

/// What tells cheaply that a dataset is still the one that was written: the sums of its files, and when the newest was changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mark {
    pub n_files: usize,
    pub n_bytes: u64,
    /// Nanoseconds since 1970.
    pub changed_ns: i64,
}

/// What an export may take the place of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replaces {
    Nothing,
    /// What was written before, if it is still that.
    Own(Mark),
    /// What the person was asked about.
    Asked,
}

/// The last export of a project, kept on this computer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LastExport {
    pub format: String,
    /// The options, as `allegata export` takes them.
    pub options: Vec<String>,
    pub to: PathBuf,
    /// Seconds since 1970.
    pub at: i64,
    /// `12,480 sentences`.
    pub said: String,
    pub mark: Mark,
}

impl LastExport {
    /// The same once more; none where the format is that of another version.
    pub fn again(&self) -> Option<ToExport> {
        let format = formats::by_id(&self.format)?;
        Some(ToExport { path: self.to.clone(), format: format.id, asked: Asked::read(&self.options) })
    }
}

/// What came of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// `12,480 sentences`.
    pub said: String,
    /// How much was read back and stands where it should; none in a pipe or a device.
    pub n_verified: Option<String>,
    pub left_out: Vec<String>,
    /// What the format has no place for.
    pub not_held: Vec<String>,
    pub mark: Mark,
}

impl Session {
    /// The export under way.
    pub fn export_under_way(&self) -> Option<&Watch> {
        let is_it = |kind| kind == JobKind::Export;
        self.running.iter().filter(|job| is_it(job.kind)).find_map(|job| job.watch.as_ref())
    }

    /// The last export of the open project.
    pub fn last_export(&self) -> Option<&LastExport> {
        self.settings.exports.get(self.desk.as_ref()?.project.id().as_str())
    }

    pub(in crate::session) fn export(&mut self, to: ToExport, replaces: Replaces, effects: &mut Vec<Effect>) {
        if self.export_under_way().is_some() {
            return self.notices.status("An export is under way");
        }
        let Some(desk) = &self.desk else { return };
        let of = desk.path.clone();
        let split = self.as_split().filter(|_| to.asked.splits);
        let project = split.unwrap_or_else(|| desk.project.clone());
        self.notices.withdraw(NOT_EXPORTED);
        self.start(Job::Export { project, of, to, replaces, watch: Watch::default() }, effects);
    }

    pub(in crate::session) fn stop_export(&mut self) {
        if let Some(watch) = self.export_under_way() {
            watch.stop();
        }
    }

    /// What was exported last, to the same place.
    pub(in crate::session) fn export_again(&mut self, effects: &mut Vec<Effect>) {
        let last = self.last_export().and_then(|last| Some((last.again()?, last.mark)));
        if let Some((to, mark)) = last {
            self.export(to, Replaces::Own(mark), effects);
        }
    }

    /// Shows where the last export lies.
    pub(in crate::session) fn show_export(&mut self, effects: &mut Vec<Effect>) {
        if let Some(path) = self.last_export().map(|last| last.to.clone()) {
            self.start(Job::ShowFolder { path }, effects);
        }
    }

    /// Why nothing can be exported again.
    pub(in crate::session) fn export_again_refusal(&self) -> Option<&'static str> {
        match self.last_export() {
            None => Some("nothing was exported from this project yet"),
            Some(last) if last.again().is_none() => {
                Some("this version does not have the format of the last export")
            }
            Some(_) => None,
        }
    }

    pub(in crate::session) fn exported(
        &mut self,
        project: String,
        to: ToExport,
        result: Result<Written, ExportTrouble>,
        effects: &mut Vec<Effect>,
    ) {
        let written = match result {
            Ok(written) => written,
            Err(ExportTrouble::IsThere) => return self.view.over = Some(Over::Replace(Box::new(to))),
            Err(ExportTrouble::Stopped) => {
                return self.notices.status("The export was stopped; nothing was written");
            }
            Err(ExportTrouble::Failed(why)) => return self.tell(Notice::new(Tone::Error, NOT_EXPORTED, why)),
        };
        let (head, text) = (head(&written), text(&written, &to));
        self.notices.status(format!("Exported {} to {}", written.said, shown_name(&to.path)));
        let tone = if written.not_held.is_empty() { Tone::Success } else { Tone::Warning };
        let notice = Notice::new(tone, &head, text);
        let is_somewhere = written.n_verified.is_some();
        self.tell(if is_somewhere { notice.offering("Show the folder", "export-show") } else { notice });
        if let Some(Screen::Export(exporting)) = &mut self.view.screen {
            exporting.written(&to.path);
        }
        let last = LastExport {
            format: to.format.to_owned(),
            options: to.asked.words(),
            to: to.path,
            at: self.now.at.0,
            said: written.said,
            mark: written.mark,
        };
        self.set(Setting::Exported { project, last: Box::new(last) }, effects);
    }
}

/// `12,480 sentences written, 12,480 verified`.
fn head(written: &Written) -> String {
    let verified = written.n_verified.as_ref().map(|n| format!(", {n} verified")).unwrap_or_default();
    format!("{} written{verified}", written.said)
}

/// `gold.csv, 2.9 MB. Read back: …`.
fn text(written: &Written, to: &ToExport) -> String {
    let Mark { n_files, n_bytes, .. } = written.mark;
    let n_files = if n_files > 1 { format!(", {n_files} files") } else { String::new() };
    let mut text = format!("{}{n_files}, {}", to.path.display(), bytes(n_bytes));
    if written.n_verified.is_some() {
        text.push_str(". Read back: every place cuts out its sentence");
    }
    for (words, these) in [("Left out", &written.left_out), ("No place for", &written.not_held)] {
        if !these.is_empty() {
            text.extend([". ", words, ": ", &these.join(", ")]);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_does_the_same() {
        let asked = Asked { articles: "is:done -court".to_owned(), no_text: true, ..Asked::default() };
        let to = ToExport { path: "/data/Ana's out.csv".into(), format: "csv", asked };
        assert_eq!(
            to.command_line(Path::new("-p.ron")),
            "allegata export ./-p.ron --to csv -o '/data/Ana'\\''s out.csv' --articles 'is:done -court' --no-text"
        );
    }

    #[test]
    fn a_format_of_another_version_is_not_had_again() {
        let last = LastExport {
            format: "csv".to_owned(),
            options: vec!["--no-text".to_owned()],
            ..LastExport::default()
        };
        assert!(last.again().is_some_and(|to| to.asked.no_text && to.format == "csv"));
        assert_eq!(LastExport { format: "webanno".to_owned(), ..last }.again(), None);
    }
}
