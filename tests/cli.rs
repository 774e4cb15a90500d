//! Does the command line say so: whole output and exit code of every verb, by the real program.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use allegata::formats::journal::Entry;
use allegata::model::ids::{ArticleId, LabelId, Stamp};
use allegata::model::plan::{self, Answer};
use allegata::model::sheet::SheetKey;
use allegata::shell::clock;
use allegata::shell::folders::Folders;
use allegata::shell::store::{self, Mode, Opened};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

const FIRE: &str = "\
Cold store burnt for nine hours

An inspector alleged that the owner, Várga & Sons, had hidden a leak for months. \u{1F525} \u{201c}We hid nothing,\u{201d} \
Ines Várga replied.

The fire began at 04:10.
";

/// The id of [`FIRE`] with its outlet and date, which follows from them.
const FIRE_ID: &str = "fc05108711-848e";

const RAIN: &str = "It rained in the harbour.\n";

/// A folder to work in, with settings and state of its own.
struct Desk {
    folder: tempfile::TempDir,
    said: String,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap(), said: String::new() };
        desk.file("fire.txt", FIRE);
        desk.file("rain.txt", RAIN);
        desk
    }

    /// With a project of one article and one coder.
    fn with_project() -> Self {
        let mut desk = Self::new();
        desk.run(&["new", "p.allegata.ron", "--coder", "Ines Várga"]);
        desk.run(&["add", "p.allegata.ron", "fire.txt", "--outlet", "Harbour Post", "--date", "2025-03-02"]);
        desk.said.clear();
        desk
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn file(&self, name: &str, contents: &str) {
        fs::write(self.at(name), contents).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.at(name)).unwrap()
    }

    fn folders(&self) -> Folders {
        Folders { state: self.at("state"), config: self.at("config") }
    }

    fn open(&self) -> Opened {
        store::open(&self.at("p.allegata.ron"), &self.folders(), Mode::Write).unwrap()
    }

    fn run(&mut self, arguments: &[&str]) -> i32 {
        self.run_with("", arguments)
    }

    /// Runs the program and writes down what it said: `! ` before lines of the error stream, the exit code last.
    fn run_with(&mut self, input: &str, arguments: &[&str]) -> i32 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_allegata"))
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
        let said = after(&said, "today, ", 5, "TIME");
        let said = after(&said, "since ", 20, "TIME");
        stamps(&said)
    }

    fn transcript(self) -> String {
        self.said
    }
}

/// Puts a word in place of the `n` characters after every `lead`.
fn after(said: &str, lead: &str, n: usize, word: &str) -> String {
    let mut parts = said.split(lead);
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |done, part| done + lead + word + &part.chars().skip(n).collect::<String>())
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

#[test]
fn help_of_every_verb() {
    let mut desk = Desk::new();
    desk.run(&["--help"]);
    for verb in ["new", "add", "show", "label", "export", "check", "recover", "sentences"] {
        desk.run(&[verb, "--help"]);
    }
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn new_makes_a_project_once() {
    let mut desk = Desk::new();
    desk.run(&["new", "p.allegata.ron", "--title", "The cold store", "--coder", "Ines Várga"]);
    desk.run(&["new", "p.allegata.ron"]);
    desk.run(&["new", "q.ron"]);
    desk.run(&["new", "q"]);
    desk.run(&["new", "nowhere/q.ron"]);
    desk.run(&["new", "r.ron", "--coder", ""]);
    desk.run(&["new", "r.ron", "--title", "a\u{202E}b"]);
    desk.run(&["new"]);
    desk.run(&["show", "p.allegata.ron"]);
    desk.run(&["show", "q.ron"]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn add_takes_files_folders_and_the_standard_input() {
    let mut desk = Desk::with_project();
    fs::create_dir_all(desk.at("more/deep")).unwrap();
    desk.file(
        "more/a.md",
        "---\noutlet: Ledger\ndate: 2024-05\n---\n\n# Council\n\nIt met. It denied nothing.\n",
    );
    desk.file("more/deep/rain.txt", RAIN);
    desk.file("more/page.html", "<p>It rained.</p>");
    desk.file("empty.txt", "");
    fs::write(desk.at("program.txt"), b"\x7fELF\0\0\x01").unwrap();
    fs::write(desk.at("latin.txt"), b"The caf\xe9 burnt, the owner said in the evening of that day.")
        .unwrap();
    desk.run(&["add", "p.allegata.ron", "more", "rain.txt", "fire.txt", "latin.txt"]);
    desk.run(&["add", "p.allegata.ron", "fire.txt", "--outlet", "Harbour Post", "--date", "2025-03-02"]);
    desk.run(&[
        "add",
        "p.allegata.ron",
        "empty.txt",
        "program.txt",
        "nope.txt",
        "more/page.html",
        "p.allegata.ron",
    ]);
    desk.run_with("# Rain\n\nIt rained.\n", &["add", "p.allegata.ron", "-", "--title", "Rain", "--json"]);
    desk.run(&["add", "p.allegata.ron", "rain.txt", "empty.txt", "--json"]);
    desk.run(&["show", "p.allegata.ron"]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn add_refuses_what_makes_no_sense() {
    let mut desk = Desk::with_project();
    let before = desk.read("p.allegata.ron");
    desk.run(&["add", "p.allegata.ron"]);
    desk.run(&["add", "p.allegata.ron", "rain.txt", "--date", "1 March"]);
    desk.file("wind.txt", "It blew.");
    desk.run(&["add", "p.allegata.ron", "rain.txt", "wind.txt", "--title", "Weather"]);
    fs::create_dir(desk.at("hollow")).unwrap();
    desk.run(&["add", "p.allegata.ron", "hollow"]);
    desk.run(&["add", "q.allegata.ron", "rain.txt"]);
    assert_eq!(desk.read("p.allegata.ron"), before);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn label_one_sentence() {
    let mut desk = Desk::with_project();
    let label = |desk: &mut Desk, rest: &[&str]| {
        desk.run(&[&["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence"], rest].concat())
    };
    label(&mut desk, &["#2", "--as", "allegation", "--unsure", "--note", "=who says it?"]);
    label(&mut desk, &["#3", "--as", "denial"]);
    label(&mut desk, &["33-113", "--as", "allegation"]);
    label(&mut desk, &["#1", "--as", "none"]);
    label(&mut desk, &["#3", "--as", "unanswered"]);
    label(&mut desk, &["#2", "--as", "fact", "--unsure=false"]);
    desk.run(&["show", "p.allegata.ron", "--article", FIRE_ID]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn label_refuses_and_says_why() {
    let mut desk = Desk::with_project();
    let before = desk.read("p.allegata.ron");
    let label = |desk: &mut Desk, article: &str, sentence: &str, labels: &str| {
        desk.run(&["label", "p.allegata.ron", "--article", article, "--sentence", sentence, "--as", labels])
    };
    label(&mut desk, "nope", "#1", "fact");
    label(&mut desk, FIRE_ID, "#9", "fact");
    label(&mut desk, FIRE_ID, "0-1", "fact");
    label(&mut desk, FIRE_ID, "seven", "fact");
    label(&mut desk, FIRE_ID, "#1", "fakt");
    label(&mut desk, FIRE_ID, "#1", "fact,denial");
    label(&mut desk, FIRE_ID, "#1", "fact,none");
    label(&mut desk, FIRE_ID, "#1", "");
    desk.run(&["label", "p.allegata.ron", "--article", FIRE_ID]);
    desk.run(&["label", "p.allegata.ron", "--from", "x.csv", "--as", "fact"]);
    desk.run(&["label", "p.allegata.ron", "--from", "x.csv"]);
    desk.run(&["label", "p.allegata.ron", "--from", "rain.txt"]);
    assert_eq!(desk.read("p.allegata.ron"), before);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn nobody_is_answered_for() {
    let mut desk = Desk::with_project();
    // Another computer, where nobody is known.
    fs::remove_dir_all(desk.at("config")).unwrap();
    let fact = ["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", "#4", "--as", "fact"];
    desk.run(&fact);
    desk.run(&[&fact[..], &["--coder", "Cleo"]].concat());
    desk.run(&[&fact[..], &["--coder", "Ines Várga"]].concat());
    // Naming somebody once does not sit them down in front of this computer.
    desk.run(&fact);
    // In a project without coders the first one may be named into it.
    desk.run(&["new", "q.ron"]);
    desk.run(&["add", "q.ron", "rain.txt"]);
    let rain = ["label", "q.ron", "--article", "177e222c1c-75a1", "--sentence", "#1", "--as", "fact"];
    desk.run(&rain);
    desk.run(&[&rain[..], &["--coder", "Ines Várga"]].concat());
    desk.run(&[&rain[..7], &["none"]].concat());
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn label_from_a_table() {
    let mut desk = Desk::with_project();
    desk.file(
        "good.csv",
        &format!("article,sentence,labels,unsure,note\n{FIRE_ID},#2,allegation,true,who?\n{FIRE_ID},#3,denial,,\n{FIRE_ID},#1,,,\n"),
    );
    desk.file(
        "bad.csv",
        &format!(
            "\u{feff}article;sentence;labels;coder\r\n{FIRE_ID};#4;fact;\r\n{FIRE_ID};#9;fact;\r\n\r\nnope;#1;fact;\r\n{FIRE_ID};#4;fact;cleo\r\n"
        ),
    );
    desk.run(&["label", "p.allegata.ron", "--from", "good.csv"]);
    desk.run(&["label", "p.allegata.ron", "--from", "good.csv"]);
    let before = desk.read("p.allegata.ron");
    desk.run(&["label", "p.allegata.ron", "--from", "bad.csv"]);
    assert_eq!(desk.read("p.allegata.ron"), before);
    // What was exported can be read back, and changes nothing.
    desk.run(&["export", "p.allegata.ron", "--to", "csv", "-o", "out.csv"]);
    desk.run(&["label", "p.allegata.ron", "--from", "out.csv"]);
    let table = desk.read("out.csv");
    desk.run_with(&table, &["label", "p.allegata.ron", "--from", "-"]);
    assert_eq!(desk.read("p.allegata.ron"), before);
    desk.run(&["export", "p.allegata.ron", "--to", "csv"]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn export_writes_where_it_may() {
    let mut desk = Desk::with_project();
    desk.run(&["export", "p.allegata.ron", "--to", "jsonl"]);
    desk.run(&["export", "p.allegata.ron", "--to", "csv", "-o", "new.csv"]);
    assert!(desk.read("new.csv").starts_with("article_id,sentence_id,coder,labels,"));
    let before = desk.read("p.allegata.ron");
    desk.run(&["export", "p.allegata.ron", "--to", "csv", "-o", "p.allegata.ron"]);
    assert_eq!(desk.read("p.allegata.ron"), before);
    desk.run(&["export", "p.allegata.ron", "--to", "csv", "-o", "nowhere/new.csv"]);
    desk.run(&["export", "p.allegata.ron", "--to", "xlsx"]);
    desk.run(&["export", "p.allegata.ron", "--to", "csv", "--coder", "cleo"]);
    desk.run(&["export", "nope.ron", "--to", "csv"]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn show_says_what_is_there() {
    let mut desk = Desk::with_project();
    desk.run(&["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", "#2", "--as", "allegation"]);
    desk.said.clear();
    desk.run(&["show", "p.allegata.ron"]);
    desk.run(&["show", "p.allegata.ron", "--plain"]);
    desk.run(&["show", "p.allegata.ron", "--json"]);
    desk.run(&["show", "p.allegata.ron", "--article", "nope"]);
    desk.run(&["show", "p.allegata.ron", "--plain", "--json"]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn sentences_without_a_project() {
    let mut desk = Desk::new();
    desk.run(&["sentences", "fire.txt"]);
    desk.run(&["sentences", "rain.txt", "fire.txt", "nope.txt"]);
    desk.run_with("It rained. It blew.", &["sentences", "-", "--json"]);
    desk.run(&["sentences", "nope.txt"]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn a_mistyped_verb_opens_no_window() {
    let mut desk = Desk::new();
    assert_eq!(desk.run(&["lable", "p.ron"]), 2);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn who_has_seen_enough_may_go() {
    let desk = Desk::with_project();
    let mut child = Command::new(env!("CARGO_BIN_EXE_allegata"))
        .args(["show", "p.allegata.ron", "--json"])
        .current_dir(desk.folder.path())
        .env("ALLEGATA_STATE_DIR", desk.at("state"))
        .env("ALLEGATA_CONFIG_DIR", desk.at("config"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap()), (Some(0), String::new()));
}

/// An answer in the journal that the file does not have, as a killed program leaves it.
fn answer_and_die(desk: &Desk) {
    let mut opened = desk.open();
    let coder = opened.project.coders().next().unwrap().id.clone();
    let key = SheetKey { coder, article: ArticleId::new(FIRE_ID) };
    let denial = Answer::Labels(vec![LabelId::new("denial")]);
    let at = Stamp(clock::now_secs());
    let span = opened.project.article(&key.article).unwrap().sentences().get(2).unwrap().span;
    let action = plan::answer(&opened.project, &key, span, &denial, at).unwrap();
    let name = "Label: denial".to_owned();
    let entry = Entry { n: opened.last_n + 1, at, by: None, name, undoes: None, action };
    opened.store.append(&[entry]).unwrap();
}

#[test]
fn what_a_crash_left_comes_back() {
    let mut desk = Desk::with_project();
    answer_and_die(&desk);
    let before = desk.read("p.allegata.ron");
    desk.run(&["check", "p.allegata.ron"]);
    desk.run(&["show", "p.allegata.ron", "--article", FIRE_ID]);
    desk.run(&["recover", "p.allegata.ron", "--list"]);
    assert_eq!(desk.read("p.allegata.ron"), before);
    desk.run(&["recover", "p.allegata.ron"]);
    desk.run(&["recover", "p.allegata.ron"]);
    desk.run(&["check", "p.allegata.ron"]);
    desk.run(&["recover", "p.allegata.ron", "--list"]);
    desk.run(&["recover", "p.allegata.ron", "--restore", "2", "-o", "old.allegata.ron"]);
    desk.run(&["recover", "p.allegata.ron", "--restore", "2", "-o", "old.allegata.ron"]);
    desk.run(&["recover", "p.allegata.ron", "--restore", "9", "-o", "nine.allegata.ron"]);
    desk.run(&["recover", "p.allegata.ron", "--restore", "1"]);
    desk.run(&["recover", "fire.txt", "--list"]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn verbs_that_write_take_up_what_a_crash_left() {
    let mut desk = Desk::with_project();
    answer_and_die(&desk);
    desk.run(&["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", "#4", "--as", "fact"]);
    desk.run(&["show", "p.allegata.ron", "--article", FIRE_ID]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn while_another_program_has_it_open() {
    let mut desk = Desk::with_project();
    let opened = desk.open();
    let label = ["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", "#4", "--as", "fact"];
    assert_eq!(desk.run(&label), 3);
    assert!(desk.said.contains("another program has this project open"), "{}", desk.said);
    assert_eq!(desk.run(&["show", "p.allegata.ron"]), 0);
    assert_eq!(desk.run(&["export", "p.allegata.ron", "--to", "csv"]), 0);
    assert_eq!(desk.run(&["check", "p.allegata.ron"]), 0);
    drop(opened);
    assert_eq!(desk.run(&label), 0);
}

/// What `check`, `show` and `label` say of a file that is damaged; none of them changes it.
fn damaged(contents: &[u8]) -> String {
    let mut desk = Desk::with_project();
    fs::write(desk.at("p.allegata.ron"), contents).unwrap();
    assert_eq!(desk.run(&["check", "p.allegata.ron"]), 1, "{}", desk.said);
    desk.run(&["show", "p.allegata.ron"]);
    let label = ["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", "#4", "--as", "fact"];
    assert_eq!(desk.run(&label), 3, "{}", desk.said);
    assert_eq!(desk.run(&["add", "p.allegata.ron", "rain.txt"]), 3, "{}", desk.said);
    assert_eq!(fs::read(desk.at("p.allegata.ron")).unwrap(), contents);
    desk.transcript()
}

/// The file of a project with one answer.
fn sound() -> String {
    let mut desk = Desk::with_project();
    desk.run(&["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", "#2", "--as", "allegation"]);
    desk.read("p.allegata.ron")
}

#[test]
fn damaged_files_are_named_and_left_alone() {
    let sound = sound();
    let answer = sound.lines().find(|line| line.contains("labels: [\"allegation\"]")).unwrap();
    let cases: [(&str, Vec<u8>); 9] = [
        ("empty", Vec::new()),
        ("cut off", sound.as_bytes()[..sound.len() / 2].to_vec()),
        ("git conflict", sound.replacen("articles: [", "<<<<<<< ours\narticles: [", 1).into_bytes()),
        ("newer", sound.replacen("format: 1, writers_from: 1", "format: 9, writers_from: 9", 1).into_bytes()),
        ("brackets", "[".repeat(100_000).into_bytes()),
        ("not UTF-8", [sound.as_bytes(), b"\xff"].concat()),
        (
            "two rows",
            sound
                .replacen(answer, &format!("{answer}\n{}", answer.replace("allegation", "denial")), 1)
                .into_bytes(),
        ),
        ("no such sentence", sound.replacen(answer, &answer.replace("33-113", "33-112"), 1).into_bytes()),
        ("other text", sound.replacen("had hidden a leak", "had mended a leak", 1).into_bytes()),
    ];
    let mut said = String::new();
    for (name, contents) in cases {
        assert!(contents != sound.as_bytes(), "{name}");
        writeln!(said, "== {name}\n{}", damaged(&contents)).unwrap();
    }
    insta::assert_snapshot!(said);
}

#[test]
fn a_folder_is_no_project() {
    let mut desk = Desk::new();
    fs::create_dir(desk.at("p.ron")).unwrap();
    desk.run(&["show", "p.ron"]);
    desk.run(&["check", "p.ron", "nope.ron"]);
    desk.run(&["check", "fire.txt"]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn what_a_newer_version_wrote_stays_word_for_word() {
    let desk = &mut Desk::with_project();
    let newer = desk.read("p.allegata.ron").replacen("(id: \"fc", "(future: Some((a: [1, 2])), id: \"fc", 1);
    let newer = newer.replacen("(id: \"fact\"", "(r#odd: \"f\", id: \"fact\"", 1);
    desk.file("p.allegata.ron", &newer);
    assert_eq!(
        desk.run(&["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", "#4", "--as", "fact"]),
        0
    );
    let written = desk.read("p.allegata.ron");
    assert!(written.contains("future: Some((a: [1, 2]))"), "{written}");
    assert!(written.contains("odd: \"f\""), "{written}");
}

#[test]
fn check_says_what_is_in_files() {
    let mut desk = Desk::with_project();
    desk.run(&["new", "q.ron"]);
    desk.said.clear();
    desk.file("broken.ron", "(");
    desk.run(&["check", "p.allegata.ron", "q.ron"]);
    desk.run(&["check", "p.allegata.ron", "broken.ron"]);
    desk.run(&["check", "p.allegata.ron", "broken.ron", "nope.ron", "--json"]);
    insta::assert_snapshot!(desk.transcript());
}
