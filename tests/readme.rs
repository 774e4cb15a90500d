//! The README cannot go stale: its tables are those of the program, its picture is of the window.
//!
//! `UPDATE=1 cargo test --test readme` writes them anew.
#![expect(clippy::unwrap_used, clippy::string_slice, reason = "a test stops at what it did not expect")]

#[cfg(feature = "gui")]
#[path = "support/cpu.rs"]
mod cpu;
#[cfg(feature = "gui")]
#[path = "readme/minutes.rs"]
mod minutes;
#[cfg(feature = "gui")]
#[path = "readme/picture.rs"]
mod picture;
#[cfg(feature = "gui")]
#[path = "support/window.rs"]
mod window;

use allegata::analysis::agreement::of_project::Rule;
use allegata::analysis::query::GRAMMAR;
use allegata::formats::datasets::csv::COLUMNS;
use allegata::formats::loss_table;
use allegata::formats::project;
use allegata::formats::report::Form;
use allegata::formats::report::making::{self, Named, Wish};
use allegata::model::scheme::Scheme;
use allegata::session::command::{self, Menu, Where};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const README: &str = "README.md";

/// Whether what is compared is to be written anew.
fn updates() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The text of a file of the repository.
fn file(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap()
}

/// The README before, between and after `<!-- name: … -->` and `<!-- end of name -->`, with the marks left outside.
fn cut<'a>(readme: &'a str, name: &str) -> [&'a str; 3] {
    let mark = readme.find(&format!("<!-- {name}: ")).unwrap();
    let start = mark + readme[mark..].find("-->\n").unwrap() + "-->\n".len();
    let end = start + readme[start..].find(&format!("<!-- end of {name} -->")).unwrap();
    [&readme[..start], &readme[start..end], &readme[end..]]
}

/// The README with a table put between its marks.
fn with(readme: &str, name: &str, table: &str) -> String {
    let [before, _, after] = cut(readme, name);
    format!("{before}\n{table}\n{after}")
}

fn cap(key: &str) -> String {
    let arrows = [("Down", "↓"), ("Up", "↑"), ("Left", "←"), ("Right", "→")];
    let shown = arrows.into_iter().fold(key.to_owned(), |key, (name, arrow)| key.replace(name, arrow));
    format!("`{shown}`")
}

/// Keys of the labels that a new project has, then of all commands that have one.
fn keys() -> String {
    let caps = |keys: &mut dyn Iterator<Item = &str>| keys.map(cap).collect::<Vec<_>>().join(" ");
    let mut table = String::from("| keys | what it does | menu |\n| --- | --- | --- |\n");
    let scheme = Scheme::allegata();
    for label in scheme.current() {
        let keys = caps(&mut label.keys.iter().map(String::as_str));
        writeln!(table, "| {keys} | {}, and go to the next sentence | |", label.name).unwrap();
    }
    let with_shift: Vec<_> = scheme.current().filter_map(|label| label.keys.first()).collect();
    let none = command::find("none").unwrap().keys.iter();
    let with_shift: Vec<_> = with_shift.iter().map(|key| format!("Shift+{key}")).collect();
    let with_shift: Vec<_> = with_shift.into_iter().chain(none.map(|key| format!("Shift+{key}"))).collect();
    let with_shift = caps(&mut with_shift.iter().map(String::as_str));
    writeln!(table, "| {with_shift} | label and stay | |").unwrap();
    // What is pressed most comes first.
    let (sentence, others): (Vec<_>, Vec<_>) = command::all()
        .filter(|command| !command.keys.is_empty() && command.holds != Where::Review)
        .partition(|c| c.menu == Menu::Sentence);
    for command in sentence.into_iter().chain(others) {
        let keys = caps(&mut command.keys.iter().copied());
        writeln!(table, "| {keys} | {} | {} |", command.label, command.menu.name()).unwrap();
    }
    table
}

/// The keys that hold in Review alone.
fn review_keys() -> String {
    let mut table = String::from("| keys | what it does |\n| --- | --- |\n");
    let labels: Vec<String> =
        Scheme::allegata().current().filter_map(|label| label.keys.first()).map(|key| cap(key)).collect();
    writeln!(
        table,
        "| {} | decide this label, and go on; where a sentence takes several, choose it |",
        labels.join(" ")
    )
    .unwrap();
    let here = command::all().filter(|command| command.holds == Where::Review && !command.keys.is_empty());
    for command in here {
        let keys: Vec<String> = command.keys.iter().map(|key| cap(key)).collect();
        writeln!(table, "| {} | {} |", keys.join(" "), command.label.trim_end_matches('\u{2026}')).unwrap();
    }
    table
}

/// What can be asked for where one filters and searches.
fn grammar() -> String {
    let mut table = String::from("| for example | what it asks for |\n| --- | --- |\n");
    for (example, says) in GRAMMAR {
        writeln!(table, "| `{example}` | {says} |").unwrap();
    }
    table
}

/// What the report says of the sample.
fn reliability() -> String {
    let story = fs::read(path("projects/harbour-story.allegata.ron")).unwrap();
    let story = project::read(&story).unwrap().project;
    let wish = Wish {
        form: Form::Markdown,
        named: Named::Pseudonyms,
        rule: Rule::default(),
        articles: String::new(),
        files: vec![],
    };
    let (_, page) = making::make(&story, &wish, &|_| true).unwrap().pop().unwrap();
    let paragraph = page.split("\n\n").nth(2).unwrap();
    format!("> {paragraph}\n")
}

#[test]
fn the_tables_are_those_of_the_program() {
    let readme = file(README);
    let want = with(&with(&readme, "keys", &keys()), "formats", &loss_table());
    let want = with(&want, "review", &review_keys());
    let want = with(&want, "grammar", &grammar());
    let want = with(&want, "reliability", &reliability());
    if updates() && want != readme {
        // Put in its place whole: other tests read it meanwhile.
        fs::write(path("README.new.md"), &want).unwrap();
        fs::rename(path("README.new.md"), path(README)).unwrap();
        return;
    }
    let hint = "`UPDATE=1 cargo test --test readme` writes the tables";
    for (there, want) in readme.lines().zip(want.lines()) {
        assert_eq!(there, want, "{hint}");
    }
    assert_eq!(readme.len(), want.len(), "{hint}");
}

#[test]
fn the_columns_are_those_of_the_table() {
    let readme = file(README);
    let rows = cut(&readme, "columns")[1].lines().skip(2);
    let names = rows.flat_map(|row| row.split('|').nth(1).unwrap().split(',').collect::<Vec<_>>());
    let names: Vec<_> = names.map(|name| name.trim().trim_matches('`')).collect();
    assert_eq!(names, COLUMNS);
}

/// Pieces between the dots of the example stand in one line of the sample, in their order.
#[test]
fn the_example_is_of_the_sample() {
    let (readme, story) = (file(README), file("projects/harbour-story.allegata.ron"));
    let is_of = |line: &str, pieces: &str| {
        let mut rest = Some(line);
        for piece in pieces.split('…') {
            rest = rest.and_then(|rest| rest.split_once(piece)).map(|(_, rest)| rest);
        }
        rest.is_some()
    };
    let example = cut(&readme, "example")[1].lines().filter(|line| !line.starts_with("```"));
    for pieces in example {
        assert!(story.lines().any(|line| is_of(line, pieces)), "no such line in the sample: {pieces}");
    }
}

#[test]
fn the_commands_run() {
    let readme = file(README);
    let (_, section) = readme.split_once("## Command line").unwrap();
    let block = section.split("```").nth(1).unwrap().trim_start_matches("sh\n");
    let dir = tempfile::tempdir().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_allegata"));
    let table = section.split("```csv\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    fs::write(dir.path().join("answers.csv"), table).unwrap();
    let mut n_run = 0;
    for line in block.lines() {
        let mut words = words(line)
            .into_iter()
            .map(|word| word.replace("assets/", &format!("{}/", path("assets").display())));
        assert_eq!(words.next().as_deref(), Some("allegata"));
        let mut command = Command::new(program);
        command.args(words).current_dir(dir.path()).env("ALLEGATA_STATE_DIR", dir.path().join("state"));
        let out = command.env("ALLEGATA_CONFIG_DIR", dir.path().join("config")).output().unwrap();
        assert_eq!(out.status.code(), Some(0), "{line}\n{}", String::from_utf8_lossy(&out.stderr));
        n_run += 1;
    }
    assert!(n_run > 5);
}

/// Copies that went their own ways, and git: each line is run as it stands.
#[test]
fn the_lines_for_two_copies_run() {
    let readme = file(README);
    let (_, section) = readme.split_once("## Working in a team").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let blocks = section.split("```sh\n").skip(1).filter_map(|block| block.split_once("```"));
    let mut lines = vec![
        "allegata new inquiry.allegata.ron --coder Ines".to_owned(),
        format!("allegata add inquiry.allegata.ron {}", path("assets/articles/harbour").display()),
    ];
    lines.extend(
        blocks.flat_map(|(block, _)| block.lines()).filter(|line| !is_by_mail(line)).map(str::to_owned),
    );
    let program = Path::new(env!("CARGO_BIN_EXE_allegata")).parent().unwrap();
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let folders =
        std::env::join_paths([program.into()].into_iter().chain(std::env::split_paths(&folders))).unwrap();
    let dir = tempfile::tempdir().unwrap();
    for line in &lines {
        let mut command = Command::new("sh");
        command.args(["-c", line]).current_dir(dir.path()).env("PATH", &folders);
        command.env("ALLEGATA_STATE_DIR", dir.path().join("state"));
        let out = command.env("ALLEGATA_CONFIG_DIR", dir.path().join("config")).output().unwrap();
        assert_eq!(out.status.code(), Some(0), "{line}\n{}", String::from_utf8_lossy(&out.stderr));
    }
    assert!(lines.len() > 8, "{lines:?}");
}

/// Lines about files that come back by mail, which are not there.
fn is_by_mail(line: &str) -> bool {
    line.starts_with("allegata handout") || line.starts_with("allegata collect")
}

/// Words of a command line, with quotes as a shell takes them.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut quote) = (vec![String::new()], None);
    for c in line.chars() {
        match (c, quote) {
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            (' ', None) => words.push(String::new()),
            (c, _) => words.last_mut().unwrap().push(c),
        }
    }
    words
}

#[cfg(feature = "gui")]
#[test]
fn the_packages_are_those_of_the_error() {
    assert!(file(README).contains(&format!("\n{}\n", allegata::ui::faults::PACKAGES)));
}

#[test]
fn links_lead_somewhere() {
    let readme = file(README);
    let links = readme.split("](").skip(1).map(|rest| rest.split(')').next().unwrap());
    let mut n_links = 0;
    for link in links.filter(|link| !link.starts_with("https:")) {
        n_links += 1;
        match link.strip_prefix('#') {
            Some(title) => {
                let heads = readme.lines().filter_map(|line| line.strip_prefix("## "));
                assert!(
                    heads.map(|head| head.to_lowercase().replace(' ', "-")).any(|head| head == title),
                    "{link}"
                );
            }
            None => assert!(path(link).exists(), "{link}"),
        }
    }
    assert!(n_links > 5);
}
