//! A repository of its own, in which two branches changed one project.

use allegata::formats::project;
use allegata::model::project::Project;
use allegata::shell::folders::Folders;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The project's name there.
pub const FILE: &str = "p.allegata.ron";

pub struct Repository {
    folder: tempfile::TempDir,
    state: tempfile::TempDir,
}

impl Repository {
    /// Branches `ours` and `theirs` from a common commit.
    pub fn new(base: &Project, ours: &Project, theirs: &Project) -> Self {
        let repository = Self { folder: tempfile::tempdir().unwrap(), state: tempfile::tempdir().unwrap() };
        repository.git(&["init", "-q", "-b", "base"]);
        for (branch, project) in [("base", base), ("ours", ours), ("theirs", theirs)] {
            repository.tries(&["checkout", "-q", "base"]);
            repository.tries(&["checkout", "-q", "-b", branch]);
            fs::write(repository.at(FILE), project::write(project)).unwrap();
            repository.git(&["add", FILE]);
            repository.git(&["commit", "-q", "--allow-empty", "-m", branch]);
        }
        repository
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Tells git of the driver.
    pub fn set_up(&self) {
        assert_eq!(self.allegata(&["git-setup"]), 0);
    }

    /// What git says; it must be done.
    pub fn git(&self, arguments: &[&str]) -> String {
        let output = self.run(Path::new("git"), arguments);
        assert!(output.status.success(), "git {arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Whether git could do it, and all that it said.
    pub fn tries(&self, arguments: &[&str]) -> (bool, String) {
        let output = self.run(Path::new("git"), arguments);
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(said).unwrap())
    }

    /// The exit code of a verb.
    pub fn allegata(&self, arguments: &[&str]) -> i32 {
        self.says(arguments).1
    }

    /// What a verb says, and its exit code.
    pub fn says(&self, arguments: &[&str]) -> (String, i32) {
        let output = self.run(Path::new(env!("CARGO_BIN_EXE_allegata")), arguments);
        (String::from_utf8(output.stdout).unwrap(), output.status.code().unwrap())
    }

    /// What lies beside the project and git's own.
    pub fn left_overs(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> =
            names.filter(|name| ![FILE, ".git", ".gitattributes"].contains(&&**name)).collect();
        names.sort();
        names
    }

    pub fn folders(&self) -> Folders {
        Folders { state: self.state.path().join("state"), config: self.state.path().join("config") }
    }

    /// All files but git's own, with what is in them: in the folder, of the program's state, and where temporary files go.
    pub fn all_files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = vec![];
        let mut folders = vec![self.folder.path().to_owned(), self.state.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if !path.is_dir() {
                    files.push((path.clone(), fs::read(&path).unwrap()));
                } else if !path.ends_with(".git") {
                    folders.push(path);
                }
            }
        }
        files.sort();
        files
    }

    fn temporary(&self) -> PathBuf {
        let folder = self.state.path().join("temporary");
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn run(&self, program: &Path, arguments: &[&str]) -> Output {
        let ours = Path::new(env!("CARGO_BIN_EXE_allegata")).parent().unwrap().to_owned();
        let path = env::var_os("PATH").unwrap_or_default();
        let path = env::join_paths([ours].into_iter().chain(env::split_paths(&path))).unwrap();
        Command::new(program)
            .args(arguments)
            .current_dir(self.folder.path())
            .env("PATH", path)
            .env("HOME", self.state.path())
            .env("TMPDIR", self.temporary())
            .env("ALLEGATA_STATE_DIR", self.state.path().join("state"))
            .env("ALLEGATA_CONFIG_DIR", self.state.path().join("config"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_EDITOR", "true")
            .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_NAME"), "Anna")))
            .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_EMAIL"), "anna@example.org")))
            .output()
            .unwrap()
    }
}
