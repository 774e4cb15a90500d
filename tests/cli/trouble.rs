//! Crashes, other programs, damaged files: everything is said, nothing is lost.

use crate::desk::{Desk, FIRE_ID};
use allegata::formats::project::journal::{Draft, Entry};
use allegata::model::ids::{ArticleId, LabelId, Stamp};
use allegata::model::plan::{self, Answer};
use allegata::model::sheet::SheetKey;
use allegata::shell::clock;
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

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

/// A note half typed in the window, as a killed program leaves it.
#[test]
fn verbs_leave_a_note_half_typed_where_it_is() {
    let mut desk = Desk::with_project();
    answer_and_die(&desk);
    let mut opened = desk.open();
    let by = opened.project.coders().next().map(|coder| coder.id.clone());
    let article = ArticleId::new(FIRE_ID);
    let span = opened.project.article(&article).unwrap().sentences().get(1).unwrap().span;
    let (at, text) = (Stamp(clock::now_secs()), Some("who is the inspector?".to_owned()));
    opened.store.put_draft(&Draft { at, by, article, span, text }).unwrap();
    drop(opened);
    desk.run(&["check", "p.allegata.ron"]);
    desk.run(&["recover", "p.allegata.ron", "--list"]);
    desk.run(&["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", "#4", "--as", "fact"]);
    desk.run(&["recover", "p.allegata.ron"]);
    // Nothing but the note is in the journal now.
    desk.run(&["check", "p.allegata.ron"]);
    desk.run(&["export", "p.allegata.ron", "--to", "csv", "-o", "out.csv"]);
    assert!(!desk.read("p.allegata.ron").contains("who is the inspector"));
    assert!(!desk.read("out.csv").contains("who is the inspector"));
    assert_eq!(desk.open().drafts.len(), 1);
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
    assert_eq!(desk.run(&["resplit", "p.allegata.ron", "--dry-run"]), 0);
    assert_eq!(desk.run(&["resplit", "p.allegata.ron"]), 3);
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

/// Nonsense in great numbers: it is counted, and a file of which not all can be kept is only looked at.
#[test]
fn more_nonsense_than_there_is_room_for_is_never_written() {
    let mut desk = Desk::with_project();
    desk.run(&["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", "#2", "--as", "allegation"]);
    let sound = desk.read("p.allegata.ron");
    let with = |rows: &str| sound.replacen("scheme: 1, rows: [", &format!("scheme: 1, rows: [{rows}"), 1);
    desk.said.clear();
    desk.file("p.allegata.ron", &with(&"(s:\"\"),".repeat(2000)));
    assert_eq!(desk.run(&["check", "p.allegata.ron"]), 1);
    assert_eq!(
        desk.said.matches("names no sentence: it stays under `unplaced`").count(),
        101,
        "{}",
        desk.said
    );
    assert!(desk.said.contains("  1900 more of this kind: a row of `ines-IDID` for "), "{}", desk.said);
    assert!(!desk.said.contains("may not be written"), "{}", desk.said);
    desk.said.clear();
    let too_many = with(&"(s:\"\"),".repeat(60_000));
    desk.file("p.allegata.ron", &too_many);
    assert_eq!(desk.run(&["check", "p.allegata.ron"]), 1);
    assert!(
        desk.said.contains(
            "  the file may not be written: it holds more than a project of its length has room for"
        ),
        "{}",
        desk.said
    );
    assert_eq!(desk.run(&["show", "p.allegata.ron"]), 0);
    assert!(
        desk.said.contains("! warning: file holds more than a project of its length has room for"),
        "{}",
        desk.said
    );
    let label = ["label", "p.allegata.ron", "--article", FIRE_ID, "--sentence", "#3", "--as", "fact"];
    assert_eq!(desk.run(&label), 3);
    assert!(
        desk.said.contains("! error: file holds more than a project of its length has room for"),
        "{}",
        desk.said
    );
    assert_eq!(desk.read("p.allegata.ron"), too_many);
}

/// As the window leaves it that was killed while somebody else changed the file.
#[test]
fn what_does_not_fit_is_never_called_nothing() {
    let mut desk = Desk::with_project();
    answer_and_die(&desk);
    let sound = desk.read("p.allegata.ron");
    desk.file("p.allegata.ron", &sound.replacen("title: \"p\"", "title: \"Ana's\"", 1));
    desk.run(&["recover", "p.allegata.ron"]);
    desk.run(&["show", "p.allegata.ron"]);
    desk.run(&["recover", "p.allegata.ron", "--list"]);
    desk.run(&["recover", "p.allegata.ron", "--restore", "1", "-o", "p-recovered.allegata.ron"]);
    desk.run(&["check", "p-recovered.allegata.ron"]);
    // The same when the file is empty, or gone, or another lies there.
    desk.file("p.allegata.ron", "");
    desk.run(&["recover", "p.allegata.ron"]);
    desk.run(&["recover", "p.allegata.ron", "--list"]);
    fs::remove_file(desk.at("p.allegata.ron")).unwrap();
    desk.run(&["recover", "p.allegata.ron", "--list"]);
    desk.run(&["new", "p.allegata.ron"]);
    desk.run(&["recover", "p.allegata.ron"]);
    insta::assert_snapshot!(desk.transcript());
}

#[test]
fn a_project_is_no_place_for_a_dataset() {
    let mut desk = Desk::with_project();
    let project = desk.read("p.allegata.ron");
    std::os::unix::fs::symlink("p.allegata.ron", desk.at("link.csv")).unwrap();
    fs::hard_link(desk.at("p.allegata.ron"), desk.at("second.csv")).unwrap();
    fs::copy(desk.at("p.allegata.ron"), desk.at("other.csv")).unwrap();
    for open in [false, true] {
        let opened = open.then(|| desk.open());
        for name in ["link.csv", "second.csv", "other.csv", "p.allegata.ron"] {
            for force in [&[][..], &["--force"]] {
                let code =
                    desk.run(&[&["export", "p.allegata.ron", "--to", "csv", "-o", name], force].concat());
                assert!(code >= 2, "{name}: {}", desk.said);
            }
            assert_eq!(
                (desk.read("p.allegata.ron"), desk.read("other.csv")),
                (project.clone(), project.clone())
            );
        }
        drop(opened);
    }
    assert!(
        desk.said.contains("this is a project, and nothing else takes its place: `link.csv`"),
        "{}",
        desk.said
    );
    // An older dataset is replaced where that is said, a pipe or device written into.
    desk.file("old.csv", "old");
    assert_eq!(desk.run(&["export", "p.allegata.ron", "--to", "csv", "-o", "old.csv"]), 3);
    assert_eq!(desk.read("old.csv"), "old");
    assert_eq!(desk.run(&["export", "p.allegata.ron", "--to", "csv", "-o", "old.csv", "--force"]), 0);
    assert!(desk.read("old.csv").starts_with("article_id,"));
    assert_eq!(desk.run(&["export", "p.allegata.ron", "--to", "csv", "-o", "/dev/null"]), 0);
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
    desk.said.clear();
    assert_eq!(desk.run(&["export", "p.allegata.ron", "--to", "csv", "-o", "/dev/stdout"]), 0);
    assert!(desk.said.contains("article_id,sentence_id"), "{}", desk.said);
}

/// A colleague's file comes while the program saves, and the program says that it has not saved.
#[test]
fn a_file_that_comes_while_a_verb_saves_is_not_replaced() {
    const ROUNDS: usize = 60;
    let mut desk = Desk::with_project();
    let (path, aside, theirs) =
        (desk.at("p.allegata.ron"), desk.at(".p.allegata.ron.allegata-new"), desk.at("theirs"));
    let sound = desk.read("p.allegata.ron");
    let mut n_refused = 0;
    for n in 0..ROUNDS {
        let title = format!("title: \"theirs {n}\"");
        desk.file("p.allegata.ron", &sound);
        desk.file("theirs", &sound.replacen("title: \"p\"", &title, 1));
        let stop = std::sync::atomic::AtomicBool::new(false);
        let (code, has_come) = std::thread::scope(|scope| {
            let colleague = scope.spawn(|| {
                while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                    if fs::symlink_metadata(&aside).is_ok() {
                        fs::rename(&theirs, &path).unwrap();
                        return true;
                    }
                }
                false
            });
            let label = if n % 2 == 0 { "fact" } else { "denial" };
            let code = desk.run(&[
                "label",
                "p.allegata.ron",
                "--article",
                FIRE_ID,
                "--sentence",
                "#4",
                "--as",
                label,
            ]);
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
            (code, colleague.join().unwrap())
        });
        let file = desk.read("p.allegata.ron");
        match code {
            0 => assert!(!has_come || file.contains(&title), "{}", desk.said),
            3 => assert!(has_come && file.contains(&title), "{}", desk.said),
            _ => panic!("{code}: {}", desk.said),
        }
        n_refused += usize::from(code == 3);
    }
    assert!(n_refused > 0, "the colleague never came between");
    assert!(desk.said.contains("error: another program wrote the file since "), "{}", desk.said);
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
fn an_earlier_version_goes_into_a_project_file() {
    let mut desk = Desk::with_project();
    let restore =
        |desk: &mut Desk, out: &str| desk.run(&["recover", "p.allegata.ron", "--restore", "1", "-o", out]);
    assert_eq!(restore(&mut desk, "-"), 2);
    assert_eq!(restore(&mut desk, "old.txt"), 2);
    assert!(!desk.at("-").exists() && !desk.at("old.txt").exists());
    assert!(desk.said.contains("hint: `inquiry.allegata.ron`"), "{}", desk.said);
    assert!(desk.said.contains("hint: `old.txt.allegata.ron`"), "{}", desk.said);
    assert_eq!(restore(&mut desk, "old.ron"), 0, "{}", desk.said);
}

/// A file stands where the folders would be made, so that not even root can make them.
#[test]
fn who_only_reads_needs_no_folder_of_its_own() {
    let mut desk = Desk::with_project();
    for folder in ["state", "config"] {
        fs::remove_dir_all(desk.at(folder)).unwrap();
        desk.file(folder, "in the way");
    }
    assert_eq!(desk.run(&["show", "p.allegata.ron"]), 0, "{}", desk.said);
    assert_eq!(desk.run(&["check", "p.allegata.ron"]), 0, "{}", desk.said);
    assert_eq!(desk.run(&["export", "p.allegata.ron", "--to", "csv"]), 0, "{}", desk.said);
    assert_eq!(desk.run(&["resplit", "p.allegata.ron", "--dry-run"]), 0, "{}", desk.said);
    assert_eq!(desk.run(&["add", "p.allegata.ron", "rain.txt"]), 3, "{}", desk.said);
}

#[test]
#[cfg(target_os = "linux")]
fn an_output_that_takes_nothing() {
    let desk = Desk::with_project();
    let run = |arguments: &[&str]| {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_allegata"))
            .args(arguments)
            .current_dir(desk.at(""))
            .env("ALLEGATA_STATE_DIR", desk.at("state"))
            .env("ALLEGATA_CONFIG_DIR", desk.at("config"))
            .stdout(full)
            .output()
            .unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, said) = run(&["export", "p.allegata.ron", "--to", "csv"]);
    assert!(code == 3 && said.starts_with("error: the output cannot be written, "), "{code} {said}");
    assert!(said.contains("\nhint: "), "{said}");
    let (code, said) = run(&["add", "p.allegata.ron", "rain.txt"]);
    assert!(
        code == 1 && said.starts_with("error: what was asked for is saved, but the output"),
        "{code} {said}"
    );
    assert!(desk.read("p.allegata.ron").contains("It rained in the harbour."));
}
