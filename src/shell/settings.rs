//! What this person chose on this computer: one RON file in the config folder, read and written as a whole.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::session::prefs::Settings;
use crate::shell::disk;
use crate::shell::file_error::FileError;
use crate::shell::files;
use crate::shell::folders::Folders;
use crate::shell::lock;

/// The largest settings file that is read, in bytes.
const MAX_SETTINGS_BYTES: u64 = 4 * 1024 * 1024;

/// How long another program's update is waited for: `WAITS` times `WAIT`.
const WAITS: usize = 100;
const WAIT: Duration = Duration::from_millis(10);

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
        let done = match disk::rename(&self.path, &aside) {
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
        let Ok((file, _)) = lock::open_side_car(&path) else { return None }; // the save will say why
        for _ in 0..WAITS {
            match disk::try_lock(&file, &path) {
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
    use crate::session::exports::{LastExport, Mark};
    use crate::session::prefs::{AfterLabel, LabelCount, Panels, RecentProject, Stop, Theme, WindowPlace};

    fn file(dir: &Path) -> SettingsFile {
        SettingsFile::of(&Folders::at(dir).unwrap())
    }

    fn full() -> Settings {
        Settings {
            window: Some(WindowPlace {
                x: Some(-5.0),
                y: Some(20.5),
                width: 1280.0,
                height: 800.0,
                maximized: true,
            }),
            theme: Theme::Dark,
            zoom: 1.25,
            reading_size: Some(18.0),
            panels: Panels { articles: Some(260.0), inspector: None },
            autosave: false,
            after_label: AfterLabel::NextUnanswered,
            name: Some("Ines Várga".into()),
            coached: true,
            folder: Some("/data/articles".into()),
            export: Some("jsonl".into()),
            recent: vec![RecentProject {
                untitled: false,
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
            exports: [(
                "p1".to_owned(),
                LastExport {
                    format: "csv".into(),
                    options: vec!["--articles".into(), "is:done \"Zürich\"".into()],
                    to: "/data/Zürich.csv".into(),
                    at: 1_795_428_672,
                    said: "12 sentences".into(),
                    mark: Mark { n_files: 1, n_bytes: 4_812, changed_ns: 1_795_428_672_000_000_001 },
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
        check("(window: (x: 10, width: 800, height: 1e30))", usual());
        let window =
            WindowPlace { x: Some(7.0), y: Some(-3.0), width: 800.0, height: 600.0, maximized: false };
        check(
            "(window: (x: 7.0, y: -3.0, width: 800.0, height: 600.0))",
            Settings { window: Some(window), ..usual() },
        );
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
}
