//! The built program: its folders, its window, what it is told by keys, and what it has written.

use crate::picture::Picture;
use crate::screen::{BREATH, PATIENCE, Screen, wait_for};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_allegata");
/// Pixels that do not change for so long are what the program wanted to show.
const STILL: Duration = Duration::from_millis(250);
/// Looks that find the program asleep, beside the time: one alone may fall between two steps of its work.
const LOOKS: usize = 5;
/// A caret that came and went so often is drawn by a program with nothing else to do.
const BLINKS: usize = 4;
/// The most that a caret changes in a dump.
const CARET_BYTES: usize = 512;

/// A computer of one person: settings, state, documents.
pub struct Place(tempfile::TempDir);

impl Place {
    pub fn new() -> Self {
        let place = Self(tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap());
        fs::create_dir(place.doc("")).unwrap();
        place
    }

    pub fn doc(&self, name: &str) -> PathBuf {
        self.0.path().join("docs").join(name)
    }

    pub fn state(&self) -> PathBuf {
        self.0.path().join("state")
    }

    pub fn settings(&self) -> PathBuf {
        self.0.path().join("config/settings.ron")
    }

    /// What the windows opened here said on their error output.
    pub fn said(&self) -> String {
        fs::read_to_string(self.0.path().join("said")).unwrap_or_default()
    }

    pub fn write(&self, name: &str, content: &str) -> PathBuf {
        let path = self.doc(name);
        fs::write(&path, content).unwrap();
        path
    }

    /// An article of so many sentences, in paragraphs of five.
    pub fn article(&self, name: &str, n_sentences: usize) -> PathBuf {
        let mut text = "Harbour office answers\n".to_owned();
        for n in 0..n_sentences {
            text.push_str(if n % 5 == 0 { "\n" } else { " " });
            let sentence = format!("The harbour office answered question number {} in writing.", n + 1);
            text.push_str(&sentence);
        }
        self.write(name, &text)
    }

    /// A saved project of one coder, whose name is Ines, with these files in it.
    pub fn project(&self, name: &str, articles: &[&Path]) -> PathBuf {
        let path = self.doc(name);
        self.cli(&["new", path.to_str().unwrap(), "--coder", "Ines"]);
        for article in articles {
            self.cli(&["add", path.to_str().unwrap(), article.to_str().unwrap()]);
        }
        path
    }

    fn command(&self) -> Command {
        let mut command = Command::new(PROGRAM);
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("XDG_")) {
            command.env_remove(name);
        }
        // No desktop behind it: without an address one is looked for, and this machine may have one.
        let no_desktop = format!("unix:path={}", self.0.path().join("no-bus").display());
        command
            .env("HOME", self.0.path())
            .env("DBUS_SESSION_BUS_ADDRESS", no_desktop)
            .env("ALLEGATA_STATE_DIR", self.state())
            .env("ALLEGATA_CONFIG_DIR", self.0.path().join("config"))
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET")
            .env_remove("RUST_BACKTRACE")
            .current_dir(self.doc(""));
        command
    }

    /// Runs the command line; what it prints.
    pub fn cli(&self, arguments: &[&str]) -> String {
        let out = self.command().args(arguments).output().unwrap();
        // Articles made for a test may be near-identical: they come in, and it is said.
        let is_said = arguments.first() == Some(&"add") && out.status.code() == Some(1);
        assert!(out.status.success() || is_said, "{arguments:?}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    }

    /// All answers of a project, as `show --plain` prints them, also those that are only in the journal: `1 fact`.
    pub fn answers(&self, project: &Path) -> Vec<String> {
        let mut answers = Vec::new();
        let mut number = String::new();
        for line in self.cli(&["show", "--plain", project.to_str().unwrap()]).lines() {
            if let Some(sentence) = line.strip_prefix('#') {
                sentence.split(' ').next().unwrap_or_default().clone_into(&mut number);
            } else if let Some((_, said)) = line.strip_prefix("    ").and_then(|line| line.split_once(": ")) {
                answers.push(format!("{number} {said}"));
            }
        }
        answers
    }

    /// Waits until these are all answers of a project.
    pub fn expect(&self, project: &Path, want: &[&str]) {
        let began = Instant::now();
        loop {
            let got = self.answers(project);
            if got == want {
                return;
            }
            assert!(began.elapsed() < PATIENCE, "{got:?} instead of {want:?}");
            std::thread::sleep(BREATH);
        }
    }

    /// Starts the program on these files and waits until its window stands still.
    pub fn open<'a>(&'a self, screen: &'a Screen, arguments: &[&str]) -> Window<'a> {
        let window = self.start(screen, arguments);
        window.settle();
        window
    }

    /// Starts the program and waits until its window is there, with the keyboard.
    pub fn start<'a>(&'a self, screen: &'a Screen, arguments: &[&str]) -> Window<'a> {
        self.start_with(screen, &[], arguments)
    }

    /// Starts the program with these surroundings changed, where it will not open a window; how it ends, and its words.
    pub fn fail(&self, changed: &[(&str, &str)]) -> (Option<i32>, String) {
        let out = self.command().envs(changed.iter().copied()).output().unwrap();
        (out.status.code(), String::from_utf8(out.stderr).unwrap())
    }

    /// Starts the program with these surroundings changed.
    pub fn start_with<'a>(
        &'a self,
        screen: &'a Screen,
        changed: &[(&str, &str)],
        arguments: &[&str],
    ) -> Window<'a> {
        let before = windows(screen);
        let said = fs::File::options().append(true).create(true).open(self.0.path().join("said")).unwrap();
        let child = self
            .command()
            .args(arguments)
            .env("DISPLAY", &screen.display)
            .envs(changed.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(said)
            .spawn()
            .unwrap();
        let mut window = Window { screen, child, id: String::new() };
        window.id = wait_for("the window", || {
            assert!(window.child.try_wait().unwrap().is_none(), "the program has ended: {}", self.said());
            windows(screen).into_iter().find(|id| !before.contains(id))
        });
        window.focus();
        window
    }
}

/// Two pictures that come in turn and differ by a caret: on a busy machine its blinking is all that a program gets done.
#[derive(Default)]
struct Blinks {
    two: Option<[Vec<u8>; 2]>,
    n: usize,
}

impl Blinks {
    /// How often the picture went from one of the two to the other, with this time.
    fn n_with(&mut self, last: &[u8], now: &[u8]) -> usize {
        let is_known =
            |two: &[Vec<u8>; 2]| two.iter().any(|one| one == last) && two.iter().any(|one| one == now);
        if self.two.as_ref().is_some_and(is_known) {
            self.n += 1;
            return self.n;
        }
        let n_bytes = last.iter().zip(now).filter(|(one, other)| one != other).count();
        self.two = (n_bytes <= CARET_BYTES).then(|| [last.to_vec(), now.to_vec()]);
        self.n = usize::from(self.two.is_some());
        self.n
    }
}

fn windows(screen: &Screen) -> Vec<String> {
    let out = Command::new("xdotool")
        .args(["search", "--onlyvisible", "--name", "Allegata"])
        .env("DISPLAY", &screen.display)
        .output()
        .unwrap_or_else(|error| panic!("xdotool does not start ({error}): install the package xdotool"));
    String::from_utf8(out.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// The program in its window.
pub struct Window<'a> {
    pub screen: &'a Screen,
    child: Child,
    id: String,
}

impl Window<'_> {
    /// Gives the window the keyboard, as a window manager would.
    pub fn focus(&self) {
        self.screen.xdotool(&["windowfocus", "--sync", &self.id]);
    }

    /// Presses keys, in xdotool's names, one after the other: `ctrl+s`, `Down`.
    pub fn keys(&self, keys: &str) {
        self.keys_every(Duration::from_millis(12), keys);
    }

    pub fn keys_every(&self, pause: Duration, keys: &str) {
        let pause = pause.as_millis().to_string();
        let mut arguments = vec!["key", "--delay", &pause];
        arguments.extend(keys.split(' '));
        self.screen.xdotool(&arguments);
    }

    /// Holds a key down for that long; only a held key needs time itself.
    pub fn hold(&self, key: &str, time: Duration) {
        self.screen.xdotool(&["keydown", key]);
        std::thread::sleep(time);
        self.screen.xdotool(&["keyup", key]);
    }

    /// Types text as a person does.
    pub fn text(&self, text: &str) {
        self.screen.xdotool(&["type", "--delay", "12", text]);
    }

    pub fn click(&self, x: usize, y: usize) {
        let (x, y) = (x.to_string(), y.to_string());
        self.screen.xdotool(&["mousemove", &x, &y, "click", "1"]);
    }

    pub fn point_at(&self, x: usize, y: usize) {
        self.screen.xdotool(&["mousemove", &x.to_string(), &y.to_string()]);
    }

    pub fn resize(&self, width: usize, height: usize) {
        self.screen.xdotool(&["windowsize", "--sync", &self.id, &width.to_string(), &height.to_string()]);
        self.settle();
    }

    /// Waits until nothing on the screen moves and the program sleeps; what it shows then. On a busy machine a picture
    /// that stands still may only be one that the program had no time to change.
    pub fn settle(&self) -> Picture {
        let began = Instant::now();
        let mut last = self.screen.dump();
        let (mut since, mut n_looks) = (Instant::now(), 0);
        let mut blinks = Blinks::default();
        loop {
            std::thread::sleep(BREATH);
            // In this order: what is drawn after the look at the program is not missed.
            let works = self.works();
            let now = self.screen.dump();
            if now != last && blinks.n_with(&last, &now) >= BLINKS {
                return Picture::of_dump(&now);
            }
            if works || now != last {
                (last, since, n_looks) = (now, Instant::now(), 0);
            } else if since.elapsed() > STILL && n_looks > LOOKS {
                let picture = Picture::of_dump(&last);
                if picture.n_ink(picture.whole()) > 0 {
                    return picture;
                }
            }
            n_looks += 1;
            assert!(began.elapsed() < PATIENCE, "the window does not come to rest");
        }
    }

    /// Whether a thread of the program or of its screen has something to do.
    fn works(&self) -> bool {
        [self.child.id(), self.screen.id()].into_iter().any(|id| {
            let threads = fs::read_dir(format!("/proc/{id}/task")).into_iter().flatten().flatten();
            // A thread may end while it is looked at.
            let mut stats = threads.filter_map(|thread| fs::read_to_string(thread.path().join("stat")).ok());
            // Its name stands in brackets and may hold anything.
            stats.any(|stat| stat.rsplit_once(") ").is_some_and(|(_, state)| state.starts_with(['R', 'D'])))
        })
    }

    /// Waits until the picture is so; the picture.
    pub fn see(&self, what: &str, is_so: impl Fn(&Picture) -> bool) -> Picture {
        wait_for(what, || Some(self.screen.picture()).filter(&is_so))
    }

    /// Ends the program as a power cut would.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Closes the window by its key and waits for the end of the program.
    pub fn quit(self) -> ExitStatus {
        self.keys("ctrl+q");
        self.end()
    }

    /// Waits for the end of the program.
    pub fn end(mut self) -> ExitStatus {
        wait_for("the end of the program", || self.child.try_wait().unwrap())
    }

    /// Sends the program a signal, as a desktop does that ends: `TERM`.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success(), "{name}: {sent}");
    }

    /// Lets xdotool do something with this window: `windowclose`.
    pub fn by_another(&self, what: &str) {
        self.screen.xdotool(&[what, &self.id]);
    }

    /// Left, top, width and height of the window on its screen.
    pub fn rect(&self) -> [i32; 4] {
        let said = self.screen.xdotool(&["getwindowgeometry", "--shell", &self.id]);
        ["X", "Y", "WIDTH", "HEIGHT"].map(|name| {
            let value = said.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
            value.unwrap_or_else(|| panic!("no {name} in {said}")).parse().unwrap()
        })
    }

    /// Puts the window there, as a person does who drags it.
    pub fn put(&self, rect: [i32; 4]) {
        let [x, y, width, height] = rect.map(|value| value.to_string());
        self.screen.xdotool(&["windowsize", "--sync", &self.id, &width, &height]);
        self.screen.xdotool(&["windowmove", "--sync", &self.id, &x, &y]);
        wait_for("the window to be there", || Some(()).filter(|()| self.rect() == rect));
    }
}

impl Drop for Window<'_> {
    fn drop(&mut self) {
        // It may have ended already, or the test is failing: nothing more to say then.
        self.child.kill().unwrap_or_default();
        self.child.wait().map(drop).unwrap_or_default();
    }
}
