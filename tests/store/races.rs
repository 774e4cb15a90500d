//! A colleague's program writes the file while ours saves it. It knows of no locks, and waits for nothing but the file that our
//! save writes beside the other.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use allegata::formats::project;
use allegata::model::action::Action;
use allegata::model::project::Project;
use allegata::shell::store::{self, Mode, StoreError};

use crate::tools::{Place, sample, with_task};

const ROUNDS: usize = 300;

/// Who writes the file in another process, once a round.
struct Colleague {
    child: Child,
    asks: ChildStdin,
    says: BufReader<ChildStdout>,
    place: PathBuf,
}

impl Colleague {
    fn new(place: &Path, task: &str) -> Self {
        let command = Command::new(std::env::current_exe().unwrap());
        let mut command = with_task(command, task, place);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (asks, says) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut colleague = Self { child, asks, says, place: place.to_owned() };
        colleague.hear("READY");
        colleague
    }

    /// From now on it waits for a save.
    fn go(&mut self) {
        self.asks.write_all(b"go\n").unwrap();
        self.hear("WAITING");
    }

    /// The save is over: whether it came in between.
    fn stop(&mut self) -> bool {
        fs::write(self.place.join("stop"), "").unwrap();
        let said = self.hear("");
        fs::remove_file(self.place.join("stop")).unwrap();
        said.contains("PUT")
    }

    fn hear(&mut self, word: &str) -> String {
        let mut line = String::new();
        while !(line.contains(word) && line.ends_with('\n') && !line.trim().is_empty()) {
            line.clear();
            assert!(self.says.read_line(&mut line).unwrap() > 0, "the colleague has ended");
        }
        line
    }
}

impl Drop for Colleague {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// The colleague: each round waits for the side file and then puts `theirs`, which the test has laid there, into the file.
pub fn perform(root: &Path, put: impl Fn(&Path, &Path)) {
    let (file, aside) = (root.join("docs/a.ron"), root.join("docs/.a.ron.allegata-new"));
    println!("READY");
    for line in std::io::stdin().lines() {
        assert_eq!(line.unwrap(), "go");
        println!("WAITING");
        let is_seen = loop {
            if fs::symlink_metadata(&aside).is_ok() {
                break true;
            }
            if root.join("stop").exists() {
                break false;
            }
        };
        if is_seen {
            put(&root.join("docs/theirs"), &file);
        }
        println!("{}", if is_seen { "PUT" } else { "MISSED" });
    }
}

fn titled(project: &Project, title: &str) -> Project {
    let mut project = project.clone();
    project.apply(Action::Project { title: title.into(), never_end_after: vec![] }).unwrap();
    project
}

/// Whether a project with this title lies in the file or among its versions.
fn is_somewhere(place: &Place, title: &str) -> bool {
    let versions = store::backups(&place.file, &place.folders).unwrap();
    let paths = versions.into_iter().map(|version| version.path).chain([place.file.clone()]);
    let head = format!("title: \"{title}\"");
    paths.into_iter().any(|path| fs::read_to_string(path).unwrap().contains(&head))
}

fn race(task: &str) {
    // On a real drive: a save waits for it, and that is when a colleague comes.
    let place = Place::new();
    let mut colleague = Colleague::new(place.root(), task);
    let (mut n_put, mut n_refused) = (0, 0);
    for n in 0..ROUNDS {
        let (ours, theirs) = (format!("ours {n}"), format!("theirs {n}"));
        let mut opened = store::open(&place.file, &place.folders, Mode::Write).unwrap();
        assert_eq!((opened.read_only.as_deref(), opened.left.len()), (None, 0), "{:?}", opened.left);
        let mine = titled(&opened.project, &ours);
        fs::write(place.root().join("docs/theirs"), project::write(&titled(&sample(), &theirs))).unwrap();
        colleague.go();
        let saved = opened.store.save(&mine, opened.last_n);
        let has_put = colleague.stop();
        opened.store.close();
        let file = fs::read_to_string(&place.file).unwrap();
        assert!(project::read(file.as_bytes()).is_ok(), "round {n}: the file is torn");
        assert!(!has_put || is_somewhere(&place, &theirs), "round {n}: what the colleague wrote is lost");
        match saved {
            Ok(_) => assert!(is_somewhere(&place, &ours), "round {n}: what was said to be saved is lost"),
            Err(StoreError::ChangedOutside(_)) => {
                assert!(has_put && file.contains(&theirs), "round {n}: refused for nothing");
                n_refused += 1;
            }
            Err(error) => panic!("round {n}: {error}"),
        }
        assert!(has_put || file.contains(&ours), "round {n}: nobody came between");
        n_put += usize::from(has_put);
    }
    println!("{task}: {n_put} of {ROUNDS} came between, {n_refused} saves were refused");
    // Else the colleague came too late each time, and it proves nothing.
    assert!(n_put > ROUNDS / 20, "the colleague came between {n_put} of {ROUNDS} times");
    assert!(n_refused > 0, "no save was refused: the colleague always came last");
    let names = crate::tools::names(&place.root().join("docs"));
    assert!(names.iter().all(|name| ["a.ron", "theirs"].contains(&name.as_str())), "{names:?}");
}

#[test]
fn a_colleagues_file_that_arrives_while_we_save_is_not_replaced() {
    race("colleague renames");
}

#[test]
fn a_colleagues_writing_while_we_save_is_not_lost() {
    race("colleague writes in place");
}
