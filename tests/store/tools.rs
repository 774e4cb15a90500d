//! Projects of numbered answers, which show whether one is missing, and other processes to be killed.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use allegata::formats::project::journal::Entry;
use allegata::formats::project::{self, Loaded};
use allegata::model::action::Action;
use allegata::model::coding::Coding;
use allegata::model::ids::{LabelId, Stamp};
use allegata::model::project::Project;
use allegata::model::sketch;
use allegata::shell::files;
use allegata::shell::folders::Folders;
use allegata::shell::store::{self, Mode, Opened, Store};

/// The variables that tell another process its task.
pub const TASK: &str = "ALLEGATA_TEST_TASK";
pub const PLACE: &str = "ALLEGATA_TEST_PLACE";

const DRAWING: &str = "# The bridge that was never built | Harbour Post | 2025-03-14\n\
    The council paid for a bridge, an auditor says. [allegation] The builder calls that a mistake in the books. [] Nobody \
    has seen a bridge. []\n\nThe mayor did not answer. [] A second report is to follow. [] It had been promised for May.";

/// A project with six sentences, of which the first is answered.
pub fn sample() -> Project {
    let id = |text: &str| format!("{}-0000", &files::hash_of(text.as_bytes())[..10]);
    sketch::project(DRAWING, id, |text| files::hash_of(text.as_bytes())).unwrap()
}

/// Answer number `mark`: it has its number as its note, so that the highest note is that of the last answer.
pub fn answer(project: &Project, mark: u64) -> Action {
    let sheet = project.sheets().next().unwrap();
    let article = project.article(&sheet.key.article).unwrap();
    let idx = usize::try_from(mark).unwrap() % article.n_sentences();
    let label = ["allegation", "denial", "fact"][usize::try_from(mark).unwrap() % 3];
    let to = Coding {
        answered: true,
        labels: [LabelId::new(label)].into(),
        note: Some(mark.to_string().into()),
        at: Some(Stamp(1_795_000_000 + i64::try_from(mark).unwrap())),
        ..Coding::default()
    };
    Action::Coding { key: sheet.key.clone(), span: article.sentences()[idx].span, to: Some(to) }
}

pub fn entry(n: u64, action: Action) -> Entry {
    let at = Stamp(1_795_000_000 + i64::try_from(n).unwrap());
    Entry { n, at, by: None, name: format!("answer {n}"), undoes: None, action }
}

/// The sample with the answers 1 to `mark`.
pub fn answered(mark: u64) -> Project {
    let mut project = sample();
    for mark in 1..=mark {
        project.apply(answer(&project, mark)).unwrap();
    }
    project
}

/// The number of the last answer in a project; if one before it is missing, that is an error.
pub fn last_mark(project: &Project) -> u64 {
    let notes = project.sheets().flat_map(|sheet| &sheet.rows).filter_map(|row| row.coding.note.as_deref());
    let mark = notes.map(|note| note.parse().unwrap()).max().unwrap_or(0);
    // Six sentences: what came before the last six answers shows no more.
    let mut want = sample();
    for mark in 1..=mark {
        want.apply(answer(&want, mark)).unwrap();
    }
    assert_eq!(*project, want, "an answer before {mark} is missing");
    mark
}

/// A project that is open, answered by number.
pub struct Desk {
    pub project: Project,
    pub store: Store,
    pub n: u64,
}

impl Desk {
    pub fn new(opened: Opened) -> Self {
        Self { project: opened.project, store: opened.store, n: opened.last_n }
    }

    /// Gives answer `mark`; safe when this returns.
    pub fn answer(&mut self, mark: u64) {
        let action = answer(&self.project, mark);
        self.project.apply(action.clone()).unwrap();
        self.n += 1;
        self.store.append(&[entry(self.n, action)]).unwrap();
    }

    pub fn save(&mut self) {
        self.store.save(&self.project, self.n).unwrap();
    }

    /// Ends as a killed process does: the lock goes, the journal stays.
    pub fn crash(self) {
        drop(self);
    }
}

/// A folder with a project file and the folders of a user.
pub struct Place {
    dir: tempfile::TempDir,
    pub folders: Folders,
    pub file: PathBuf,
}

impl Place {
    /// With the sample saved in it, and closed.
    pub fn new() -> Self {
        let place = Self::empty(tempfile::tempdir().unwrap());
        store::create(&place.file, &sample(), &place.folders).unwrap().close();
        place
    }

    pub fn empty(dir: tempfile::TempDir) -> Self {
        let folders = Folders::at(dir.path()).unwrap();
        let docs = dir.path().join("docs");
        fs::create_dir(&docs).unwrap();
        Self { folders, file: docs.join("a.ron"), dir }
    }

    /// The place that `new` has made in another process.
    pub fn root(&self) -> &Path {
        self.dir.path()
    }

    pub fn open(&self) -> Opened {
        open(&self.file, &self.folders)
    }

    pub fn look(&self) -> Opened {
        store::open(&self.file, &self.folders, Mode::Read).unwrap()
    }

    pub fn desk(&self) -> Desk {
        Desk::new(self.open())
    }

    /// The project's own folder in the state folder.
    pub fn state(&self) -> PathBuf {
        self.folders.place_of("sketch")
    }

    pub fn journals(&self) -> Vec<PathBuf> {
        ending(&self.state(), ".journal")
    }

    pub fn read(&self) -> Loaded {
        project::read(&fs::read(&self.file).unwrap()).unwrap()
    }
}

pub fn open(file: &Path, folders: &Folders) -> Opened {
    let opened = store::open(file, folders, Mode::Write).unwrap();
    assert_eq!(opened.read_only, None);
    assert!(opened.mends.is_empty());
    let mut project = opened.base.clone();
    for entry in &opened.recovered {
        project.apply(entry.action.clone()).unwrap();
    }
    assert_eq!(project, opened.project, "the base with what was recovered is the project");
    opened
}

/// A folder on a drive in memory, where the system has one: waiting for a disk would take most of the time.
pub fn quick_dir() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

pub fn names(dir: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(dir) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

pub fn ending(dir: &Path, end: &str) -> Vec<PathBuf> {
    names(dir).into_iter().filter(|name| name.ends_with(end)).map(|name| dir.join(name)).collect()
}

/// Copies a folder with all that is in it; paths in it stay as they are.
pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for name in names(from) {
        if from.join(&name).is_dir() {
            copy_folder(&from.join(&name), &to.join(&name));
        } else {
            fs::copy(from.join(&name), to.join(&name)).unwrap();
        }
    }
}

pub fn with_task(mut command: Command, task: &str, place: &Path) -> Command {
    command.args(["--exact", "child", "--nocapture"]).env(TASK, task).env(PLACE, place);
    command
}

/// Starts a task and waits until it says that it is ready.
pub fn spawn(task: &str, place: &Path) -> Child {
    let command = Command::new(std::env::current_exe().unwrap());
    let mut child = with_task(command, task, place).stdout(Stdio::piped()).spawn().unwrap();
    // A buffer of one byte, so that nothing said later is lost in it.
    let mut stdout = BufReader::with_capacity(1, child.stdout.take().unwrap());
    let mut line = String::new();
    while !line.contains("READY") {
        line.clear();
        assert!(stdout.read_line(&mut line).unwrap() > 0, "{task} has ended");
    }
    child.stdout = Some(stdout.into_inner());
    child
}

/// Kills a task at a moment that differs with `n`, spread over `spread_us` microseconds; the number that it said last.
pub fn kill_after(mut child: Child, n: u64, spread_us: u64) -> Option<u64> {
    std::thread::sleep(Duration::from_micros(n * 2_654_435_761 % spread_us));
    child.kill().unwrap();
    let mut said = String::new();
    child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
    child.wait().unwrap();
    let whole = said.rsplit_once('\n').map_or("", |(whole, _)| whole);
    whole.lines().rev().find_map(|line| line.strip_prefix("SAFE ")?.parse().ok())
}

/// Runs a task under a shell script that ends with `exec "$@"`.
pub fn under(script: &str, task: &str, place: &Path) -> Output {
    let mut shell = Command::new("sh");
    shell.args(["-c", script, "sh"]).arg(std::env::current_exe().unwrap());
    with_task(shell, task, place).output().unwrap()
}

pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}
