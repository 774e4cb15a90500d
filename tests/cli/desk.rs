//! A folder to work in, and the real program run in it.

use allegata::shell::folders::Folders;
use allegata::shell::store::{self, Mode, Opened};
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const FIRE: &str = "\
Cold store burnt for nine hours

An inspector alleged that the owner, Várga & Sons, had hidden a leak for months. \u{1F525} \u{201c}We hid nothing,\u{201d} \
Ines Várga replied.

The fire began at 04:10.
";

/// The id of [`FIRE`] with its outlet and date, which follows from them.
pub const FIRE_ID: &str = "fc05108711-848e";

pub const RAIN: &str = "It rained in the harbour.\n";

/// A folder to work in, with settings and state of its own.
pub struct Desk {
    folder: tempfile::TempDir,
    /// What was asked and said so far.
    pub said: String,
}

impl Desk {
    pub fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap(), said: String::new() };
        desk.file("fire.txt", FIRE);
        desk.file("rain.txt", RAIN);
        desk
    }

    /// With a project of one article and one coder.
    pub fn with_project() -> Self {
        let mut desk = Self::new();
        desk.run(&["new", "p.allegata.ron", "--coder", "Ines Várga"]);
        desk.run(&["add", "p.allegata.ron", "fire.txt", "--outlet", "Harbour Post", "--date", "2025-03-02"]);
        desk.said.clear();
        desk
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn file(&self, name: &str, contents: &str) {
        let path = self.at(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.at(name)).unwrap()
    }

    pub fn folders(&self) -> Folders {
        Folders { state: self.at("state"), config: self.at("config") }
    }

    pub fn open(&self) -> Opened {
        store::open(&self.at("p.allegata.ron"), &self.folders(), Mode::Write).unwrap()
    }

    pub fn run(&mut self, arguments: &[&str]) -> i32 {
        self.run_with("", arguments)
    }

    /// The same where the program is on the PATH.
    pub fn run_where_git_looks(&mut self, arguments: &[&str]) -> i32 {
        let program = Path::new(env!("CARGO_BIN_EXE_allegata"));
        let path = env::var_os("PATH").unwrap_or_default();
        let folders = program.parent().map(Path::to_owned).into_iter().chain(env::split_paths(&path));
        let mut command = Command::new(program);
        command.env("PATH", env::join_paths(folders).unwrap());
        self.take_down(command, "", arguments)
    }

    /// Runs the program and writes down what it said: `! ` before lines of the error stream, the exit code last.
    pub fn run_with(&mut self, input: &str, arguments: &[&str]) -> i32 {
        self.take_down(Command::new(env!("CARGO_BIN_EXE_allegata")), input, arguments)
    }

    fn take_down(&mut self, mut command: Command, input: &str, arguments: &[&str]) -> i32 {
        let mut child = command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("ALLEGATA_STATE_DIR", self.at("state"))
            .env("ALLEGATA_CONFIG_DIR", self.at("config"))
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET")
            .env("TZ", "UTC")
            .env_remove("COLUMNS")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap_or_default();
        let output = child.wait_with_output().unwrap();
        let code = output.status.code().unwrap();
        let (out, err) =
            (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
        writeln!(self.said, "$ allegata {}", arguments.join(" ")).unwrap();
        self.said.push_str(&self.masked(&out));
        err.lines().for_each(|line| writeln!(self.said, "! {}", self.masked(line)).unwrap());
        writeln!(self.said, "[{code}]\n").unwrap();
        code
    }

    /// What is said, without what differs from run to run: folders, random letters, times.
    fn masked(&self, said: &str) -> String {
        let folder = self.folder.path().canonicalize().unwrap();
        let said = said.replace(&folder.display().to_string(), "DIR");
        let said = after(&said, "ines-", 4, "IDID");
        let said = after(&said, "mira-", 4, "IDID");
        let said = after(&said, "jonas-", 4, "IDID");
        let said = after(&said, "drawn `", 10, "IDID");
        let said = after(&said, "\"import\":\"", 10, "IDID");
        let said = after(&said, "today, ", 5, "TIME");
        let said = after(&said, "since ", 20, "TIME");
        let said = after(&said, "unsaved work of ", 5, "TIME");
        stamps(&imports(&said))
    }

    pub fn transcript(self) -> String {
        self.said
    }
}

/// Puts a word in place of the `n` characters after every `lead`.
fn after(said: &str, lead: &str, n: usize, word: &str) -> String {
    let mut parts = said.split(lead);
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |done, part| done + lead + word + &part.chars().skip(n).collect::<String>())
}

/// Puts a word in place of the ids of imports, where they are named.
fn imports(said: &str) -> String {
    let mut parts = said.split("import ");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |done, part| {
        let is_id = |id: &str| id.bytes().all(|b| b.is_ascii_lowercase() || (b'2'..=b'7').contains(&b));
        match part.split_at_checked(10) {
            Some((id, rest)) if is_id(id) && rest.starts_with([':', '"']) => done + "import IDID" + rest,
            _ => done + "import " + part,
        }
    })
}

/// Puts a word in place of times as files write them.
fn stamps(said: &str) -> String {
    let is_stamp = |c: &[char]| {
        c.iter()
            .zip("0000-00-00T00:00:00Z".chars())
            .all(|(c, form)| if form == '0' { c.is_ascii_digit() } else { *c == form })
    };
    let said: Vec<char> = said.chars().collect();
    let (mut masked, mut at) = (String::new(), 0);
    while let Some(c) = said.get(at) {
        match said.get(at..at + 20) {
            Some(window) if is_stamp(window) => {
                masked.push_str("TIME");
                at += 20;
            }
            _ => {
                masked.push(*c);
                at += 1;
            }
        }
    }
    masked
}
