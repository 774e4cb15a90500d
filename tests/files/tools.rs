//! Starting and killing other processes, and texts that show whether they are whole.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

/// The variables that tell another process its task.
pub const TASK: &str = "ALLEGATA_TEST_TASK";
pub const PLACE: &str = "ALLEGATA_TEST_PLACE";

pub fn with_task(mut command: Command, task: &str, place: &Path) -> Command {
    command.args(["--exact", "child", "--nocapture"]).env(TASK, task).env(PLACE, place);
    command
}

pub fn command(task: &str, place: &Path) -> Command {
    with_task(Command::new(std::env::current_exe().unwrap()), task, place)
}

/// Starts a task and waits until it says that it is ready.
pub fn spawn(task: &str, place: &Path) -> Child {
    let mut child = command(task, place).stdout(Stdio::piped()).spawn().unwrap();
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

/// Kills a task at a moment that differs with `n`, spread over 6 ms; what it has said meanwhile.
pub fn kill_after(mut child: Child, n: u64) -> String {
    std::thread::sleep(Duration::from_micros(n * 2_654_435_761 % 6_000));
    child.kill().unwrap();
    let mut said = String::new();
    child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
    child.wait().unwrap();
    said
}

pub fn run_together(task: &str, place: &Path, n: usize) {
    let start = |_| command(task, place).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    for child in (0..n).map(start).collect::<Vec<_>>() {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
    }
}

/// Runs the task `fill` under a shell script that ends with `exec "$@"`.
pub fn under(script: &str) -> Output {
    let dir = tempfile::tempdir().unwrap();
    let mut shell = Command::new("sh");
    shell.args(["-c", script, "sh"]).arg(std::env::current_exe().unwrap());
    with_task(shell, "fill", dir.path()).output().unwrap()
}

pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// About 2 MB, of another length and other letters for each `n`, which show whether they are whole.
pub fn text(n: u8) -> Vec<u8> {
    let mut text = vec![b'a' + n; 2_000_000 + 1_000 * usize::from(n)];
    text.push(b'\n');
    text
}

pub fn is_whole(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(|first| first.is_ascii_lowercase() && bytes == text(first - b'a'))
}

/// A line with a sum of its bytes before it, as the journal's own lines have.
pub fn summed(line: impl AsRef<str>) -> String {
    let line = line.as_ref();
    let sum = line.bytes().fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    format!("{sum:08x} {line}")
}

pub fn is_summed(line: &str) -> bool {
    line.split_once(' ').is_some_and(|(_, rest)| summed(rest) == line)
}

pub fn names(dir: &Path) -> Vec<String> {
    let name = |entry: std::io::Result<fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
    let mut names: Vec<String> = fs::read_dir(dir).unwrap().map(name).collect();
    names.sort();
    names
}

pub fn is_root() -> bool {
    // The owner of a new file is who made it, also where there is no /proc.
    tempfile::tempfile().unwrap().metadata().unwrap().uid() == 0
}

pub fn make_pipe(path: &PathBuf) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}
