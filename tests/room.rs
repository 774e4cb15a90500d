//! What a project file takes in memory: at most eight times its bytes, whatever somebody wrote into it.
//!
//! Each kind of small record fills a file of its own, which is read in a process of its own as `check` reads it.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

use allegata::formats::project;
use allegata::shell::{files, jobs};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How long files are, and one that says what the program itself takes, in bytes.
const LONG: usize = 1_000_000;
const MIDDLE: usize = 200_000;
const QUARTER: usize = 250_000;
const SHORT: usize = 2_000;

/// What names the file to the process that reads it.
const FILE: &str = "ALLEGATA_ROOM_FILE";

/// How often a file's bytes may stand in memory, beside what the program takes for a short file of the kind.
const MOST: usize = 8;

const HEAD: &str =
    r#"(format:1,id:"p",scheme:(version:1,choose:"one",labels:[(id:"a"),(id:"b")]),coders:[(id:"b")],"#;
const ARTICLE: &str = r#"articles:[(id:"a",sha256:"",text:[(s:"0-1",t:"x")])],"#;

/// What stands before the records of a kind and after them, and how each is written, by its number.
type Kind = (&'static str, &'static str, fn(usize) -> String);

const KINDS: [Kind; 13] = [
    ("articles:[", "]", |n| format!(r#"(id:"{n:x}",sha256:"",text:[(s:"",t:"x")]),"#)),
    ("articles:[", "]", |n| {
        format!(r#"(id:"{n:x}",sha256:"",text:[(s:"0-1",t:"x")],tags:[{}]),"#, r#""x","#.repeat(1000))
    }),
    ("articles:[", "]", |n| {
        format!(r#"(id:"{n:x}",sha256:"",text:[(s:"0-1",t:"x")],{}),"#, unknown_fields())
    }),
    (r#"articles:[(id:"a",sha256:"",text:["#, "])]", |_| r#"(s:"",t:"x",a:1),"#.to_owned()),
    (r#"sheets:[(coder:"b",article:"a",rows:["#, "])]", |_| r#"(s:""),"#.to_owned()),
    (r#"sheets:[(coder:"b",article:"a",rows:["#, "])]", |_| r#"(s:"0-1",at:""),"#.to_owned()),
    (r#"sheets:[(coder:"b",article:"a",rows:[],kept:["#, "])]", |_| r#"(s:"5-6",labels:["a"]),"#.to_owned()),
    (r#"sheets:[(coder:"b",article:"a",rows:["#, "])]", |_| {
        format!(r#"(s:"0-1",labels:[{}]),"#, r#""a","#.repeat(6000))
    }),
    ("sheets:[", "]", |_| r#"(coder:"b",article:"a",rows:[]),"#.to_owned()),
    ("comments:[", "]", |n| format!(r#"(id:"{n:x}",article:"a",by:"b",text:"",re:""),"#)),
    ("comments:[", "]", |n| format!(r#"(id:"{n:x}",article:"a",by:"b",text:""),"#)),
    ("comments:[", "]", |n| {
        format!(r#"(id:"{n:x}",article:"a",by:"b",text:"",re:"{:x}"),"#, n.saturating_sub(1))
    }),
    ("conflicts:[", "]", |_| r#"(coder:"b",article:"a",s:"0-1",base:(),ours:(),theirs:()),"#.to_owned()),
];

/// Lists of texts inside one record, which may not be as long as the others.
const LISTS: [Kind; 3] = [
    ("never_end_after:[", "]", |n| format!(r#""{n:04x}","#)),
    (r#"articles:[(id:"a",sha256:"",text:[(s:"0-1",t:"x")],tags:["#, "])]", |_| r#""x","#.to_owned()),
    (r#"sheets:[(coder:"b",article:"a",rows:[(s:"0-1",labels:["#, "])])]", |_| r#""a","#.to_owned()),
];

fn unknown_fields() -> String {
    (0..40).map(|n| format!("x{n}:1")).collect::<Vec<_>>().join(",")
}

/// A file of so many bytes, and nothing but one kind of record.
fn filled((before, after, record): Kind, n_bytes: usize) -> String {
    let mut text = HEAD.to_owned();
    if !before.starts_with("articles") {
        text.push_str(ARTICLE);
    }
    text.push_str(before);
    let mut n = 0;
    while text.len() < n_bytes {
        text.push_str(&record(n));
        n += 1;
    }
    text.push_str(after);
    text.push(')');
    text
}

/// The most memory that a process which reads a file had at once, in bytes; the process is this one again.
fn peak(file: &Path) -> usize {
    let mut reader = Command::new(std::env::current_exe().unwrap());
    reader.args(["--exact", "a_file_is_read", "--nocapture"]).env(FILE, file);
    let output = reader.output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let peak =
        said.split_once("VmHWM:").and_then(|(_, rest)| rest.split_once("kB")?.0.trim().parse::<usize>().ok());
    1024 * peak.unwrap_or_else(|| panic!("no peak is said: {said}"))
}

#[test]
fn a_file_is_read() {
    let file = std::env::var_os(FILE).map_or("tests/cases/project/format-1.ron".into(), PathBuf::from);
    let bytes = files::read(&file, files::MAX_FILE_BYTES).unwrap();
    let loaded = project::read_on(&bytes, jobs::cores()).unwrap();
    assert!(loaded.project.n_articles() + loaded.n_left_out > 0);
    println!("{}", fs::read_to_string("/proc/self/status").unwrap());
}

#[test]
fn no_kind_of_record_takes_more_than_eight_times_its_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let long = KINDS.map(|kind| (kind, LONG));
    let middle =
        KINDS.into_iter().chain(LISTS).flat_map(|kind| [MIDDLE, QUARTER].map(|n_bytes| (kind, n_bytes)));
    for (n, (kind, n_bytes)) in long.into_iter().chain(middle).enumerate() {
        let of = |n_bytes| {
            let file = folder.path().join(format!("{n}-{n_bytes}.ron"));
            let text = filled(kind, n_bytes);
            fs::write(&file, &text).unwrap();
            (peak(&file), text.len())
        };
        let ((of_the_program, _), (peak, n_bytes)) = (of(SHORT), of(n_bytes));
        assert!(of_the_program > 1 << 20 && peak > of_the_program, "the peak is not to be seen: {peak}");
        let times = (peak - of_the_program) as f64 / n_bytes as f64;
        let record = kind.2(7).chars().take(60).collect::<String>();
        assert!(times <= MOST as f64, "{times:.1} times {n_bytes}: {}{record}", kind.0);
    }
}
