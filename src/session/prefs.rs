//! What this person chose on this computer, as values; `shell/settings` keeps them.

use crate::session::exports::LastExport;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// How many projects the welcome page can list.
const MAX_RECENT: usize = 30;

/// For how many projects it is remembered where the person stopped and what was exported.
const MAX_STOPS: usize = 500;

/// More than any desktop has, in pixels from its corner.
const MAX_PIXELS: f32 = 32_767.0;

/// Everything that is kept. A field that is missing has its default; one that is not known is passed over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Where the window was.
    pub window: Option<WindowPlace>,
    pub theme: Theme,
    /// 1 is the usual size.
    pub zoom: f32,
    /// Size of the article's text in points, 14 to 24; none = as the window's width has it.
    pub reading_size: Option<f32>,
    pub panels: Panels,
    /// Whether the project is saved without being asked.
    pub autosave: bool,
    pub after_label: AfterLabel,
    /// What this person is called: offered where a coder has no name yet.
    pub name: Option<String>,
    /// Whether this person has given the first answers: the lines about the first keys go for good.
    pub coached: bool,
    /// The folder that a file was chosen in last.
    pub folder: Option<PathBuf>,
    /// The format that was exported last, of whichever project.
    pub export: Option<String>,
    /// Newest first.
    pub recent: Vec<RecentProject>,
    /// Who is at the keyboard: coder id by project id.
    pub coders: BTreeMap<String, String>,
    /// Where this person stopped, by project id.
    pub stops: BTreeMap<String, Stop>,
    /// What was exported last, by project id.
    pub exports: BTreeMap<String, LastExport>,
}

/// The window's outer corner and inner size where it is not maximised, in pixels of the screen: no zoom is in them. Where a
/// program is not told its place (Wayland) there is no corner, and the size is in the desktop's own units.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WindowPlace {
    pub x: Option<f32>,
    pub y: Option<f32>,
    pub width: f32,
    pub height: f32,
    pub maximized: bool,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Theme {
    /// As the desktop has it.
    #[default]
    System,
    Light,
    Dark,
}

/// Where a label key goes when it has labelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum AfterLabel {
    /// To the next sentence, answered or not.
    #[default]
    Next,
    /// To the next sentence of the article without an answer.
    NextUnanswered,
}

/// Widths of the side panels in points; none before the person has moved them.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Panels {
    pub articles: Option<f32>,
    pub inspector: Option<f32>,
}

/// A row of the welcome page, with the figures of when it was last open.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RecentProject {
    pub id: String,
    pub path: PathBuf,
    pub title: String,
    /// Whether it waits for its place in the state folder.
    pub untitled: bool,
    /// Seconds since 1970.
    pub opened_at: i64,
    pub n_articles: usize,
    pub n_done: usize,
    pub n_sentences: usize,
    pub n_answered: usize,
    /// In the scheme's order.
    pub labels: Vec<LabelCount>,
}

/// A piece of the bar on the welcome page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LabelCount {
    pub name: String,
    /// `#RRGGBB`.
    pub colour: String,
    pub n: usize,
}

/// Where a person stopped in one project.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Stop {
    pub article: String,
    /// Start of the current sentence in code points.
    pub sentence: u32,
    /// In points from the top of the article.
    pub scroll: f32,
    pub filter: String,
    pub sort: String,
    pub group: String,
    /// Groups of the list of which only the heads are shown.
    pub folded: Vec<String>,
    /// Seconds since 1970.
    pub at: i64,
}

/// One choice, as it is made.
#[derive(Debug, Clone, PartialEq)]
pub enum Setting {
    Theme(Theme),
    Zoom(f32),
    ReadingSize(f32),
    Panels(Panels),
    Autosave(bool),
    AfterLabel(AfterLabel),
    Name(String),
    Coached,
    Folder(PathBuf),
    /// A project was exported so.
    Exported {
        project: String,
        last: Box<LastExport>,
    },
    Window(WindowPlace),
    /// A project was open: it leads the recent ones.
    Remember(RecentProject),
    /// A recent project is no longer listed.
    Forget(PathBuf),
    Coder {
        project: String,
        coder: String,
    },
    Stop {
        project: String,
        stop: Stop,
    },
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            window: None,
            theme: Theme::System,
            zoom: 1.0,
            reading_size: None,
            panels: Panels::default(),
            autosave: true,
            after_label: AfterLabel::Next,
            name: None,
            coached: false,
            folder: None,
            export: None,
            recent: Vec::new(),
            coders: BTreeMap::new(),
            stops: BTreeMap::new(),
            exports: BTreeMap::new(),
        }
    }
}

impl Settings {
    /// Puts a project at the head of the recent ones; the same file is listed once.
    pub fn remember(&mut self, project: RecentProject) {
        self.recent.retain(|row| row.path != project.path);
        self.recent.insert(0, project);
        self.recent.truncate(MAX_RECENT);
    }

    /// Values that would make the window unusable become usable ones.
    #[must_use]
    pub fn mended(mut self) -> Self {
        let usual = Self::default();
        let within = |value: f32, from: f32, to: f32, usual: f32| {
            if value.is_finite() { value.clamp(from, to) } else { usual }
        };
        self.zoom = within(self.zoom, 0.5, 3.0, usual.zoom);
        self.reading_size =
            self.reading_size.filter(|size| size.is_finite()).map(|size| size.clamp(14.0, 24.0));
        let is_width = |width: &f32| width.is_finite() && *width > 0.0;
        self.panels.articles = self.panels.articles.filter(is_width);
        self.panels.inspector = self.panels.inspector.filter(is_width);
        self.window = self.window.filter(|place| {
            let WindowPlace { x, y, width, height, .. } = *place;
            let is_size = |size: f32| (100.0..=MAX_PIXELS).contains(&size);
            let is_corner = |at: Option<f32>| at.is_none_or(|at| at.abs() <= MAX_PIXELS);
            is_size(width) && is_size(height) && is_corner(x) && is_corner(y)
        });
        for stop in self.stops.values_mut() {
            stop.scroll = within(stop.scroll, 0.0, f32::MAX, 0.0);
        }
        self.recent.truncate(MAX_RECENT);
        while self.stops.len() > MAX_STOPS {
            let oldest = self.stops.iter().min_by_key(|(_, stop)| stop.at).map(|(id, _)| id.clone());
            let Some(oldest) = oldest else { break };
            self.stops.remove(&oldest);
        }
        while self.exports.len() > MAX_STOPS {
            let oldest = self.exports.iter().min_by_key(|(_, last)| last.at).map(|(id, _)| id.clone());
            let Some(oldest) = oldest else { break };
            self.exports.remove(&oldest);
        }
        self
    }
}

impl Settings {
    /// Takes one choice in.
    pub fn take(&mut self, setting: Setting) {
        match setting {
            Setting::Theme(theme) => self.theme = theme,
            Setting::Zoom(zoom) => self.zoom = zoom.clamp(0.5, 3.0),
            Setting::ReadingSize(size) => self.reading_size = Some(size.clamp(14.0, 24.0)),
            Setting::Panels(panels) => self.panels = panels,
            Setting::Autosave(on) => self.autosave = on,
            Setting::AfterLabel(to) => self.after_label = to,
            Setting::Name(name) => self.name = Some(name),
            Setting::Coached => self.coached = true,
            Setting::Folder(folder) => self.folder = Some(folder),
            Setting::Exported { project, last } => {
                self.export = Some(last.format.clone());
                self.exports.insert(project, *last);
            }
            Setting::Window(place) => self.window = Some(place),
            Setting::Remember(project) => self.remember(project),
            Setting::Forget(path) => self.recent.retain(|row| row.path != path),
            Setting::Coder { project, coder } => {
                self.coders.insert(project, coder);
            }
            Setting::Stop { project, stop } => {
                self.stops.insert(project, stop);
            }
        }
    }
}

impl From<String> for Theme {
    /// A theme that only a newer version knows is the system's.
    fn from(name: String) -> Self {
        match name.as_str() {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

impl From<Theme> for String {
    fn from(theme: Theme) -> Self {
        match theme {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
        .into()
    }
}

impl From<String> for AfterLabel {
    /// A place that only a newer version knows is the next sentence.
    fn from(name: String) -> Self {
        if name == "next-unanswered" { Self::NextUnanswered } else { Self::Next }
    }
}

impl From<AfterLabel> for String {
    fn from(to: AfterLabel) -> Self {
        match to {
            AfterLabel::Next => "next",
            AfterLabel::NextUnanswered => "next-unanswered",
        }
        .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn lists_do_not_grow_for_ever() {
        let mut settings = Settings::default();
        for n in 0..40 {
            settings.remember(RecentProject { path: format!("/{n}").into(), ..RecentProject::default() });
        }
        settings.remember(RecentProject {
            path: "/39".into(),
            title: "again".into(),
            ..RecentProject::default()
        });
        assert_eq!(settings.recent.len(), MAX_RECENT);
        assert_eq!(
            (settings.recent[0].title.as_str(), settings.recent[1].path.as_path()),
            ("again", Path::new("/38"))
        );
        for n in 0..600_i64 {
            settings.stops.insert(format!("p{n}"), Stop { at: n, ..Stop::default() });
        }
        let mended = settings.mended();
        assert_eq!(mended.stops.len(), MAX_STOPS);
        assert!(mended.stops.contains_key("p599") && !mended.stops.contains_key("p99"));
    }
}
