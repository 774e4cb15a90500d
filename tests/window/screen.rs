//! A screen of its own for each test: Xvfb, and what is on it.

use crate::picture::Picture;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a state is waited for before the test fails: long, for a machine that does other things too.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// Pause between two looks.
pub const BREATH: Duration = Duration::from_millis(15);

pub struct Screen {
    server: Child,
    pub display: String,
    folder: tempfile::TempDir,
}

impl Screen {
    pub fn new(width: u32, height: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("{width}x{height}x24");
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", &size, "-nolisten", "tcp", "-noreset", "-fbdir"])
            .arg(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("Xvfb does not start ({error}): install the package xvfb"));
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
        assert!(!number.trim().is_empty(), "Xvfb gave no display");
        Self { server, display: format!(":{}", number.trim()), folder }
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.server.id()
    }

    /// What the screen shows now.
    pub fn picture(&self) -> Picture {
        Picture::of_dump(&self.dump())
    }

    /// The same as an X window dump, quick to compare.
    pub fn dump(&self) -> Vec<u8> {
        fs::read(self.folder.path().join("Xvfb_screen0")).unwrap()
    }

    /// The desktop ends, as when somebody logs out.
    pub fn end(&self) {
        let id = self.id().to_string();
        assert!(Command::new("kill").args(["-9", &id]).status().unwrap().success());
    }

    /// Gives the screen the keyboard of a country, before a program starts: `de`, `fr`.
    pub fn keyboard(&self, country: &str) {
        let done = Command::new("setxkbmap").args(["-display", &self.display, country]).status();
        assert!(done.unwrap().success(), "no keyboard {country}");
    }

    /// Runs xdotool on this screen; what it prints.
    pub fn xdotool(&self, arguments: &[&str]) -> String {
        let out =
            Command::new("xdotool").args(arguments).env("DISPLAY", &self.display).output().unwrap_or_else(
                |error| panic!("xdotool does not start ({error}): install the package xdotool"),
            );
        assert!(
            out.status.success(),
            "xdotool {arguments:?}: {}{}",
            String::from_utf8_lossy(&out.stdout),
            String::from_utf8_lossy(&out.stderr)
        );
        String::from_utf8(out.stdout).unwrap()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // The test may be failing already: nothing more to say then.
        self.server.kill().unwrap_or_default();
        self.server.wait().map(drop).unwrap_or_default();
    }
}

/// Looks until it is so; fails with these words.
pub fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(began.elapsed() < PATIENCE, "waited in vain for: {what}");
        std::thread::sleep(BREATH);
    }
}
