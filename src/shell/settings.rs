//! What this person chose on this computer: one RON file in the config folder, read and written as a whole.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::shell::file_error::FileError;
use crate::shell::files;
use crate::shell::folders::Folders;

/// The largest settings file that is read, in bytes.
const MAX_SETTINGS_BYTES: u64 = 4 * 1024 * 1024;

/// How many projects the welcome page can list.
const MAX_RECENT: usize = 30;

/// For how many projects it is remembered where the person stopped.
const MAX_STOPS: usize = 500;

/// How long another program's update is waited for: `WAITS` times `WAIT`.
const WAITS: usize = 100;
const WAIT: Duration = Duration::from_millis(10);

/// Everything that is kept. A field that is missing has its default; one that is not known is passed over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Where the window was.
    pub window: Option<WindowPlace>,
    pub theme: Theme,
    /// 1 is the usual size.
    pub zoom: f32,
    /// Size of the article's text in points, 14 to 24; none while the window's width decides.
    pub reading_size: Option<f32>,
    pub panels: Panels,
    /// Whether the project is saved without being asked.
    pub autosave: bool,
    /// Newest first.
    pub recent: Vec<RecentProject>,
    /// Who is at the keyboard: coder id by project id.
    pub coders: BTreeMap<String, String>,
    /// Where this person stopped, by project id.
    pub stops: BTreeMap<String, Stop>,
}

/// The window's outer corner and inner size, in points.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WindowPlace {
    pub x: f32,
    pub y: f32,
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
    /// Seconds since 1970.
    pub at: i64,
}

/// The settings as they were found, and what was wrong with them.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub settings: Settings,
    pub warning: Option<String>,
}

/// The settings file of this person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsFile {
    path: PathBuf,
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
            recent: Vec::new(),
            coders: BTreeMap::new(),
            stops: BTreeMap::new(),
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
    fn mended(mut self) -> Self {
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
            [x, y, width, height].iter().all(|value| value.is_finite()) && width >= 100.0 && height >= 100.0
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
        self
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

impl SettingsFile {
    pub fn of(folders: &Folders) -> Self {
        Self { path: folders.config.join("settings.ron") }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The settings, never an error: a broken file is put aside as `settings.ron.broken`.
    pub fn read(&self) -> Found {
        if let Ok(settings) = self.parsed() {
            return Found { settings, warning: None };
        }
        // Looked at again under the lock: another program may have put it right meanwhile.
        let _guard = self.guard();
        self.read_or_put_aside()
    }

    /// Changes the settings as they are in the file now, so that of two programs neither undoes the other's change.
    pub fn update(&self, change: impl FnOnce(&mut Settings)) -> Result<Settings, FileError> {
        let _guard = self.guard();
        let found = self.read_or_put_aside();
        let mut settings = found.settings.clone();
        change(&mut settings);
        let settings = settings.mended();
        if settings != found.settings || !self.path.exists() {
            files::save(&self.path, written(&settings)?.as_bytes())?;
        }
        Ok(settings)
    }

    fn parsed(&self) -> Result<Settings, String> {
        let bytes = match files::read(&self.path, MAX_SETTINGS_BYTES) {
            Err(FileError::Missing(_)) => return Ok(Settings::default()),
            bytes => bytes.map_err(|e| e.to_string())?,
        };
        let settings = options().from_bytes::<Settings>(&bytes).map_err(|e| e.to_string())?;
        Ok(settings.mended())
    }

    fn read_or_put_aside(&self) -> Found {
        let what = match self.parsed() {
            Ok(settings) => return Found { settings, warning: None },
            Err(what) => what,
        };
        let aside = self.path.with_extension("ron.broken");
        let done = match fs::rename(&self.path, &aside) {
            Ok(()) => format!("it lies in `{}` now", aside.display()),
            Err(error) => format!("it stays where it is, {error}: `{}`", self.path.display()),
        };
        let warning = format!("the settings could not be read and start anew, {what}; {done}");
        tracing::warn!("{warning}");
        Found { settings: Settings::default(), warning: Some(warning) }
    }

    /// The right to change the file. After a second it is changed without: a lost width is better than a dead window.
    fn guard(&self) -> Option<File> {
        let path = files::beside(&self.path, "lock");
        let opened = files::private_file().write(true).create(true).truncate(false).open(&path);
        let Ok(file) = opened else { return None }; // the save will say why
        for _ in 0..WAITS {
            match file.try_lock() {
                Ok(()) => return Some(file),
                Err(fs::TryLockError::WouldBlock) => std::thread::sleep(WAIT),
                Err(fs::TryLockError::Error(_)) => return None,
            }
        }
        tracing::warn!("another program holds the settings for long: `{}`", path.display());
        None
    }
}

fn options() -> ron::Options {
    ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
}

fn written(settings: &Settings) -> Result<String, FileError> {
    let config = ron::ser::PrettyConfig::new().new_line("\n").struct_names(false);
    let text = options().to_string_pretty(settings, config);
    Ok(text.map_err(|e| FileError::Settings(e.to_string()))? + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(dir: &Path) -> SettingsFile {
        SettingsFile::of(&Folders::at(dir).unwrap())
    }

    fn full() -> Settings {
        Settings {
            window: Some(WindowPlace { x: -5.0, y: 20.5, width: 1280.0, height: 800.0, maximized: true }),
            theme: Theme::Dark,
            zoom: 1.25,
            reading_size: Some(18.0),
            panels: Panels { articles: Some(260.0), inspector: None },
            autosave: false,
            recent: vec![RecentProject {
                id: "p1".into(),
                path: "/data/Zürich \"2\".allegata.ron".into(),
                title: "The bridge\n\u{202e}".into(),
                opened_at: 1_795_428_672,
                n_articles: 3,
                n_done: 1,
                n_sentences: 90,
                n_answered: 40,
                labels: vec![LabelCount { name: "Denial".into(), colour: "#0072B2".into(), n: 40 }],
            }],
            coders: [("p1".to_owned(), "ana-7f3k".to_owned())].into(),
            stops: [(
                "p1".to_owned(),
                Stop {
                    article: "a".into(),
                    sentence: 122,
                    scroll: 3.5,
                    sort: "date".into(),
                    ..Stop::default()
                },
            )]
            .into(),
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let dir = tempfile::tempdir().unwrap();
        let file = file(dir.path());
        assert_eq!(file.read(), Found { settings: Settings::default(), warning: None });
        assert_eq!(file.update(|s| *s = full()).unwrap(), full());
        assert_eq!(file.read(), Found { settings: full(), warning: None });
    }

    #[test]
    fn older_and_newer_files_are_read() {
        let check = |text: &str, want: Settings| {
            let dir = tempfile::tempdir().unwrap();
            let file = file(dir.path());
            fs::write(file.path(), text).unwrap();
            assert_eq!(file.read(), Found { settings: want, warning: None }, "{text}");
        };
        let usual = Settings::default;
        check("()", usual());
        check("(theme: \"dark\")", Settings { theme: Theme::Dark, ..usual() });
        check(
            "(theme: \"sepia\", ai: (on: true, x: [1, Some(2)]), autosave: false)",
            Settings { autosave: false, ..usual() },
        );
        check(
            "(zoom: 0, reading_size: 99, panels: (articles: -1))",
            Settings { zoom: 0.5, reading_size: Some(24.0), ..usual() },
        );
        check("(zoom: NaN, window: (x: inf, width: 800, height: 600))", usual());
    }

    #[test]
    fn a_broken_file_is_put_aside_and_kept() {
        let check = |bytes: &[u8]| {
            let dir = tempfile::tempdir().unwrap();
            let file = file(dir.path());
            fs::write(file.path(), bytes).unwrap();
            let found = file.read();
            assert_eq!(found.settings, Settings::default());
            assert!(found.warning.is_some_and(|w| w.contains("settings.ron.broken")));
            assert_eq!(fs::read(dir.path().join("config/settings.ron.broken")).unwrap(), bytes);
            assert_eq!(file.read().warning, None);
            fs::write(file.path(), bytes).unwrap();
            assert!(!file.update(|s| s.autosave = false).unwrap().autosave);
            assert!(!file.read().settings.autosave);
        };
        check(b"");
        check(b"(zoom: 1.5");
        check(b"(zoom: \"big\")");
        check(b"\xff\xfe\0");
        check(&b"(".repeat(100_000));
    }

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
